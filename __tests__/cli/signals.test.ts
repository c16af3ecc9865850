import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { runAction } from "../helpers/runner.ts";
import { endsOnSignals, signalled } from "../helpers/signalled.ts";

vi.setConfig({ testTimeout: 120_000 });

const at = signalled(["many files", "links through links"]);
endsOnSignals(["links through links"]);

test.each([
  ["inspect", ["inspect", "./endless.tar"], "SIGINT"],
  ["inspect", ["inspect", "./endless.tar"], "SIGTERM"],
  ["files", ["files", "./endless.tar"], "SIGINT"],
  ["compare, in the base", ["compare", "./many-files.tar", "--to", "./endless.tar"], "SIGTERM"],
  ["compare, in the head", ["compare", "./endless.tar", "--to", "./many-files.tar"], "SIGINT"],
] as const)("a signal ends the reading of a layer of 60 GB: %s", async (_, args, signal) => {
  const { child, ended } = at.start(args);
  // When the first step is announced, signals are handled.
  await once(child.stderr as NodeJS.ReadableStream, "data");
  child.kill(signal);
  await at.expectCancelled(await ended);
});

test.each([
  ["a layer of 60 GB", "./endless.tar", "SIGINT"],
  ["a layer of 60 GB", "./endless.tar", "SIGTERM"],
  ["links through links", "./links-through-links.tar", "SIGINT"],
] as const)("a signal ends the action, which leaves nothing: %s, %s", async (_, image, signal) => {
  let main: ChildProcess | undefined;
  await using step = await runAction({
    workspace: at.home,
    eventName: "push",
    event: {
      ref: "refs/heads/main",
      before: "0".repeat(40),
      after: "1".repeat(40),
      repository: { default_branch: "main" },
    },
    inputs: { image, "compare-with": "./many-files.tar", "github-token": "" },
    env: { PATH: process.env["PATH"], HOME: at.home },
    apiUrl: "http://127.0.0.1:9",
    repository: "owner/name",
    started: (child) => {
      main ??= child;
    },
    begun: (title) => void (title.startsWith("Reading") && main?.kill(signal)),
    beforePost: async (state) => expect(await readdir(state.get("temporary") ?? "")).toEqual([]),
  });
  expect(step.status, step.log).toBe(2);
  expect(step.log).toContain("[cancelled]");
  expect(step.outputs.get("verdict")).toBe("inconclusive");
  expect(await readdir(step.temporary)).toEqual([expect.stringMatching(/^image-audit-report-/)]);
});
