import { expect, test } from "vitest";
import { buildFailure, isOfPush } from "../../../src/docker/build/failure.ts";

const excerpt = [
  "Dockerfile:2",
  "--------------------",
  "   1 |     FROM a",
  "   2 | >>> RUN make",
  "--------------------",
];
const step = (error: string, tail: readonly string[] = []) => ({ name: "[2/2] RUN make", error, tail });

test("reports a failed step with its line, its instruction, its exit code and its last lines", () => {
  const error = 'process "/bin/sh -c make" did not complete successfully: exit code: 2';
  const failure = buildFailure(
    { failed: step(error, ["cc x.c", "x.c:1: error"]), text: excerpt },
    "head",
    null,
  );
  expect(failure.code).toBe("build-failed");
  expect(failure.message).toBe(
    "The build of the head's image failed at line 2 of the Dockerfile, [2/2] RUN make: exit code: 2. Its last lines:\n  cc x.c\n  x.c:1: error",
  );
});

test.each([
  ["no space left on device"],
  ["429 Too Many Requests"],
  ["target stage x could not be found"],
  ['" did not complete successfully: no space left on device'],
  ["context canceled"],
  [`${"x".repeat(5000)} 429 Too Many Requests`],
  ["a\nno space left on device"],
])("a command with the text %j does not change the kind of failure", (text) => {
  const error = `process "/bin/sh -c echo ${text}" did not complete successfully: exit code: 1`;
  const outcome = {
    failed: step(error, [text]),
    text: [...excerpt, `ERROR: failed to build: failed to solve: ${error}`],
  };
  expect(buildFailure(outcome, "base", null).code).toBe("build-failed");
});

// Seen with Docker 28.5 and buildx 0.29: 429, target, parse error. The others were not recorded: check them
// when seen.
test.each([
  ["engine-no-space", "write /var/lib/docker/overlay2/x/diff/y: no space left on device", []],
  [
    "engine-no-space",
    'process "/bin/sh -c x" did not complete successfully: mkdir /var/lib/docker/x: no space left on device',
    [],
  ],
  [
    "pull-throttled",
    "unexpected status from HEAD request to https://r/v2/a/manifests/1: 429 Too Many Requests",
    [],
  ],
  ["pull-throttled", "toomanyrequests: You have reached your unauthenticated pull rate limit.", []],
  ["target-unknown", null, ['ERROR: failed to build: failed to solve: target stage "x" could not be found']],
  [
    "build-failed",
    null,
    ["ERROR: failed to build: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN"],
  ],
  ["build-failed", "pull access denied, repository does not exist", []],
  [
    "engine-missing",
    null,
    ["ERROR: Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?"],
  ],
  [
    "buildx-missing",
    null,
    ["docker: unknown command: docker buildx", "", "Run 'docker --help' for more information"],
  ],
  ["engine-failed", null, ['ERROR: no builder "none" found']],
  ["engine-failed", null, []],
] as const)("%s: %j %j", (code, error, text) => {
  expect(buildFailure({ failed: error === null ? null : step(error), text }, "head", "x").code).toBe(code);
});

const receiver =
  "127.0.0.1:40819/image-audit/81855b79992a0b0aee352e486476b494:push-20261121T151846Z-867ab48f";
const refused = `failed to push ${receiver}: failed to do request: Head "https://127.0.0.1:40819/v2/image-audit/81855b79992a0b0aee352e486476b494/blobs/sha256:34": dial tcp 127.0.0.1:40819: connect: connection refused`;

test.each([
  [true, step(refused), [`ERROR: failed to build: failed to solve: ${refused}`]],
  [true, null, [`ERROR: failed to build: failed to solve: ${refused}`]],
  [
    true,
    step("unexpected status from POST request to http://x/v2/image-audit/81855b79992a0b0aee352e486476b494/"),
    [],
  ],
  [false, step("failed to push 127.0.0.1:40819/image-audit/0000: connection refused"), excerpt],
  [false, step("dial tcp 127.0.0.1:40819: connect: connection refused"), excerpt],
  [false, null, []],
] as const)(
  "whether the push failed is %s, according to the receiver's name: %j",
  (expected, failed, text) => {
    expect(isOfPush({ failed, text }, receiver)).toBe(expected);
  },
);

test("a failure contains no workflow command", () => {
  const error = "##[error]a";
  const { message } = buildFailure(
    { failed: null, text: [`ERROR: failed to solve: ${error}`] },
    "head",
    null,
  );
  expect(message).toContain("## [error]a");
  const unknown = buildFailure(
    { failed: null, text: ["ERROR: failed to solve: target stage x could not be found"] },
    "head",
    "##[x]",
  );
  expect(unknown.message).not.toContain("##[");
});

const asked = "[internal] load metadata for docker.io/library/builder:latest";
const unresolved =
  'failed to do request: Head "https://registry-1.docker.io/v2/library/builder/manifests/latest": dial tcp: lookup registry-1.docker.io: no such host';

test.each([
  [
    "COPY --from=builder /a /a",
    "Line 2 copies from `builder`. No stage of this Dockerfile has that name, so it was taken for an image.",
  ],
  [
    "RUN --mount=type=bind,from=builder,target=/a true",
    "Line 2 mounts from `builder`. No stage of this Dockerfile has that name, so it was taken for an image.",
  ],
])("explains an image that only %s names as a missing stage", (instruction, sentence) => {
  const outcome = {
    failed: { name: asked, error: unresolved, tail: [] },
    text: [`ERROR: failed to solve: ${unresolved}`],
  };
  const text = `FROM scratch AS build\n${instruction}\n`;
  const { code, message } = buildFailure(outcome, "head", null, { path: "app/a.Dockerfile", text });
  expect(code).toBe("build-failed");
  expect(message).toBe(`The build of the head's image failed at ${asked}: ${unresolved}. ${sentence}`);
});

test.each([
  ["FROM builder\n"],
  ["FROM scratch AS builder\nCOPY --from=builder a b\n"],
  ["FROM scratch AS Builder\nRUN --mount=type=bind,from=BUILDER,target=/a true\n"],
  ["FROM scratch\nCOPY --from=other a b\nCOPY --from=library/builder a b\n"],
  ["FROM scratch\nCOPY --from=builder:1 a b\n"],
  ["FROM scratch\nCOPY --from=buil a b\n"],
  ["no Dockerfile"],
])("does not mention stages if none was meant: %j", (text) => {
  const outcome = { failed: { name: asked, error: unresolved, tail: [] }, text: [] };
  const { message } = buildFailure(outcome, "head", null, { path: "Dockerfile", text });
  expect(message).toBe(`The build of the head's image failed at ${asked}: ${unresolved}.`);
});

test("names the Dockerfile's path if it is not the default", () => {
  const { message } = buildFailure(
    { failed: null, text: [...excerpt, "ERROR: failed to solve: x"] },
    "base",
    null,
    {
      path: "app/##[a].Dockerfile",
      text: "",
    },
  );
  expect(message).toBe("The build of the base's image failed at line 2 of app/## [a].Dockerfile: x.");
});
