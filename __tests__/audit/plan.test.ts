import { expect, test } from "vitest";
import { inWorkspace, makePlan } from "../../src/audit/plan.ts";
import { dockerfileOf } from "../../src/docker/build/definition.ts";
import { parseInputs } from "../../src/inputs/inputs.ts";
import type { OptionName } from "../../src/inputs/options.ts";

const place = { directory: "/workspace", root: "/workspace" };

const planOf = (texts: Partial<Record<OptionName, string>>, where = place) =>
  makePlan(parseInputs(new Map(Object.entries(texts) as [OptionName, string][])), where);

test("builds both sides and names the image after the repository if there is no input", () => {
  const plan = planOf({}, { directory: "/home/me/shop", root: "/home/me/shop" });
  expect(plan).toMatchObject({ name: "shop", platform: null });
  expect([plan.head.kind, plan.base.kind]).toEqual(["build", "build"]);
  expect(dockerfileOf(plan.definition)).toBe("Dockerfile");
});

test("names the image after the context unless a name is given", () => {
  expect(planOf({ context: "services/api" }).name).toBe("api");
  expect(planOf({ context: "services/api", name: "backend" }).name).toBe("backend");
});

test("makes paths relative to the repository's root, so that they are valid in every commit's tree", () => {
  // actions/checkout with `path: app`; the inputs are relative to the workspace.
  const checkedOut = { directory: "/workspace", root: "/workspace/app" };
  const { definition } = planOf(
    {
      context: "app/service",
      file: "app/docker/Dockerfile",
      "build-contexts": "assets=app/assets\nalpine=docker-image://alpine:3",
    },
    checkedOut,
  );
  expect(definition.context).toBe("service");
  expect(definition.file).toBe("docker/Dockerfile");
  expect([...definition.buildContexts]).toEqual([
    ["assets", "assets"],
    ["alpine", "docker-image://alpine:3"],
  ]);
});

test("accepts absolute paths that start with the workspace's own name", () => {
  const named = parseInputs(
    new Map<OptionName, string>([
      ["context", "/link/app/service"],
      ["file", "/link/app/Dockerfile"],
      ["base-file", "/link/app/docker/Dockerfile"],
      ["build-contexts", "assets=/link/app/assets\nalpine=docker-image://alpine:3"],
    ]),
  );
  const checkedOut = { directory: "/workspace", root: "/workspace/app" };
  const { definition, base } = makePlan(inWorkspace(named, "/link"), checkedOut);
  expect([definition.context, definition.file]).toEqual(["service", "Dockerfile"]);
  expect(base).toMatchObject({ definition: { file: "docker/Dockerfile" } });
  expect([...definition.buildContexts.values()]).toEqual(["assets", "docker-image://alpine:3"]);
  expect(() => makePlan(inWorkspace(named, "/other"), checkedOut)).toThrow(/lies outside the repository/);
  const workspace = parseInputs(new Map<OptionName, string>([["context", "/link"]]));
  expect(inWorkspace(workspace, "/link/").build.context).toBe(".");
});

test("the repository's root is the context `.`, also from a subdirectory", () => {
  expect(
    planOf({ context: "app" }, { directory: "/workspace", root: "/workspace/app" }).definition.context,
  ).toBe(".");
  const inside = planOf({ context: ".." }, { directory: "/repository/docs", root: "/repository" });
  expect(inside.definition.context).toBe(".");
  expect(inside.name).toBe("repository");
});

test.each([
  { context: "../other" },
  { context: ".." },
  { file: "../Dockerfile" },
  { "base-file": "../Dockerfile" },
  { "build-contexts": "assets=/srv/assets" },
])("refuses a path outside the repository, since no commit has it: %j", (texts) => {
  expect(() => planOf(texts)).toThrow(/lies outside the repository.*name a path inside \/workspace/);
});

test("a directory with a name that begins with two dots is inside", () => {
  expect(planOf({ context: "..data" }).definition.context).toBe("..data");
});

test("the Dockerfile is in the context unless one is named", () => {
  expect(dockerfileOf(planOf({ context: "api" }).definition)).toBe("api/Dockerfile");
  expect(dockerfileOf(planOf({ context: "api", file: "Dockerfile" }).definition)).toBe("Dockerfile");
});

test("base-file affects only the base", () => {
  const plan = planOf({ file: "docker/Dockerfile", "base-file": "Dockerfile" });
  if (plan.head.kind !== "build" || plan.base.kind !== "build") throw new Error("both are built");
  expect(plan.head.definition.file).toBe("docker/Dockerfile");
  expect(plan.base.definition.file).toBe("Dockerfile");
});

test("secret files in the repository are each side's own, and others are the machine's", () => {
  const { definition } = planOf({ "secret-files": "key=secrets/key\nabsolute=/run/key" });
  expect([...definition.secretFiles]).toEqual([
    ["key", "secrets/key"],
    ["absolute", "/run/key"],
  ]);
});

test("existing images are not built and need no base commit", () => {
  const both = planOf({ image: "shop:new", "compare-with": "registry:shop:old" });
  expect(both).toMatchObject({
    head: { kind: "image", reference: { kind: "engine", name: "shop:new" } },
    base: { kind: "image", reference: { kind: "registry", name: "shop:old" } },
  });
  const headAlone = planOf({ image: "shop:new" });
  expect(headAlone).toMatchObject({
    head: { kind: "image" },
    base: { kind: "build" },
  });
});

test.each(["https://example.com/x.git", "git@example.com:x.git", "-"])(
  "leaves the remote context %s unchanged, to be refused later",
  (context) => {
    expect(planOf({ context }).definition.context).toBe(context);
  },
);
