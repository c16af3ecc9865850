import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { notesOn } from "../../src/audit/notes.ts";
import { makePlan } from "../../src/audit/plan.ts";
import type { PreparedSide } from "../../src/audit/prepare.ts";
import { openRepository } from "../../src/git/repository.ts";
import { parseInputs } from "../../src/inputs/inputs.ts";
import type { OptionName } from "../../src/inputs/options.ts";
import { makeRepository, testEnvironment } from "../helpers/repository.ts";

const built = { definition: {}, image: {}, dockerfile: null, materials: [] } as unknown as PreparedSide;

async function notes(
  uncommitted: readonly string[],
  ignoreFile: string | null,
  inputs: Partial<Record<OptionName, string>> = {},
): Promise<readonly string[]> {
  using home = makeRepository();
  home.commit({ Dockerfile: "FROM scratch\n", "app/Dockerfile": "FROM scratch\n" });
  for (const path of uncommitted) home.write(path, "x");
  if (ignoreFile !== null) home.write(".dockerignore", ignoreFile);
  await using repository = await openRepository(home.directory, {
    env: testEnvironment(home.directory),
    isWorkspace: true,
  });
  const { root } = repository;
  const parsed = parseInputs(new Map(Object.entries(inputs) as [OptionName, string][]));
  return await notesOn(makePlan(parsed, { directory: root, root }), built, parsed, repository);
}

test("names files of the context that only the head has, except those that .dockerignore excludes", async () => {
  expect(await notes(["dist/a", "b"], ".dockerignore\ndist\n!dist/a")).toEqual([
    expect.stringContaining("not committed (b)"),
  ]);
  expect(await notes(["dist/a", "b"], "*\n")).toEqual([]);
  expect(await notes(["dist/a", "b"], null)).toEqual([expect.stringContaining("(b and 1 more)")]);
});

test("uses the context's own ignore file and skips files outside the context", async () => {
  const uncommitted = ["b", "app/c", "app/.dockerignore"];
  expect(await notes(uncommitted, "*", { context: "app" })).toEqual([
    expect.stringContaining("(app/.dockerignore and 1 more)"),
  ]);
});

test("reports an ignore file that takes too long to match, and claims nothing", async () => {
  expect(await notes(["a".repeat(200)], `${"*a".repeat(524_000)}b`)).toEqual([
    "It is unknown whether the build context has files that are not committed. The patterns of .dockerignore take too long to match.",
  ]);
});

test("does not read an ignore file that is a link", async () => {
  using home = makeRepository();
  home.commit({ Dockerfile: "FROM scratch\n" });
  home.write("a", "x");
  symlinkSync("/dev/ptmx", join(home.directory, ".dockerignore"));
  await using repository = await openRepository(home.directory, {
    env: testEnvironment(home.directory),
    isWorkspace: true,
  });
  const { root } = repository;
  const inputs = parseInputs(new Map());
  const noting = notesOn(makePlan(inputs, { directory: root, root }), built, inputs, repository);
  await expect(noting).rejects.toMatchObject({ code: "file-refused" });
});
