import { describe, expect, test } from "vitest";
import { buildLog } from "../../../src/docker/build/progress.ts";
import { maskOf } from "../../../src/secrecy/mask.ts";

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString("base64");
const vertex = (digest: string, name: string, more: object = {}) =>
  JSON.stringify({ vertexes: [{ digest, name, started: "2026-11-21T08:00:00.000000001Z", ...more }] });
const ended = { completed: "2026-11-21T08:00:01.5Z" };
const output = (digest: string, data: string | Uint8Array) =>
  JSON.stringify({
    logs: [{ vertex: digest, stream: 1, data: base64(data), timestamp: "2026-11-21T08:00:01Z" }],
  });

function readAll(lines: readonly string[], mostBytes?: number) {
  const written: string[] = [];
  const log = buildLog((line) => written.push(line), mostBytes);
  for (const line of lines) log.read(line);
  return { written, outcome: log.end() };
}

test("steps have numbers, which precede their output, and end with their time", () => {
  const { written } = readAll([
    vertex("a", "[1/2] FROM scratch", { ...ended, cached: true }),
    vertex("b", "[2/2] RUN make"),
    output("b", "cc x.c\ncc"),
    output("b", " y.c\n"),
    vertex("b", "[2/2] RUN make", ended),
  ]);
  expect(written).toEqual([
    "#1 [1/2] FROM scratch",
    "#1 CACHED",
    "#2 [2/2] RUN make",
    "#2 cc x.c",
    "#2 cc y.c",
    "#2 DONE 1.5s",
  ]);
});

test("shows a step's last output even if it arrives with the step's end and without a newline", () => {
  const both = JSON.stringify({
    vertexes: [
      {
        digest: "b",
        name: "RUN x",
        started: "2026-11-21T08:00:00Z",
        completed: "2026-11-21T08:00:00Z",
        error: "exit",
      },
    ],
    logs: [{ vertex: "b", data: base64("last words") }],
  });
  const { written, outcome } = readAll([both]);
  expect(written).toContain("#1 last words");
  expect(outcome.failed).toEqual({ name: "RUN x", error: "exit", tail: ["last words"] });
});

test("a character split across two messages is one character", () => {
  const bytes = Buffer.from("naïve\n");
  const { written } = readAll([
    vertex("a", "RUN x"),
    output("a", bytes.subarray(0, 3)),
    output("a", bytes.subarray(3)),
  ]);
  expect(written).toContain("#1 naïve");
});

test("shows only the last state of a progress bar", () => {
  const { written } = readAll([vertex("a", "RUN x"), output("a", "10 %\r50 %\r100 %\r\n")]);
  expect(written).toEqual(["#1 RUN x", "#1 100 %"]);
});

test("internal steps are silent unless they fail", () => {
  const name = "[internal] load metadata for docker.io/library/none:1";
  expect(readAll([vertex("a", name), vertex("a", name, ended)]).written).toEqual([]);
  expect(readAll([vertex("a", name), vertex("a", name, { ...ended, error: "not found" })]).written).toEqual([
    `#1 ${name}`,
    "#1 ERROR: not found",
  ]);
});

test("keeps the failed step with its last 20 lines, not the steps that were cancelled because of it", () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index}\n`).join("");
  const { outcome } = readAll([
    vertex("a", "RUN sleep"),
    vertex("b", "RUN false"),
    output("b", lines),
    vertex("a", "RUN sleep", { ...ended, error: "rpc error: code = Canceled desc = context canceled" }),
    vertex("b", "RUN false", { ...ended, error: "exit code: 1" }),
  ]);
  expect(outcome.failed?.name).toBe("RUN false");
  expect(outcome.failed?.tail).toHaveLength(20);
  expect(outcome.failed?.tail.at(-1)).toBe("line 49");
});

test("keeps lines that are not progress, to explain a failed build", () => {
  const { written, outcome } = readAll([
    "Dockerfile:3",
    "{broken",
    '{"vertexes": 7}',
    "ERROR: failed to solve: x",
  ]);
  expect(written).toEqual([]);
  expect(outcome.text).toEqual(["Dockerfile:3", "{broken", '{"vertexes": 7}', "ERROR: failed to solve: x"]);
});

test("writes no step's name, output or error as a workflow command", () => {
  const { written, outcome } = readAll([
    vertex("a", "##[add-mask]e"),
    output("a", "##[error]x\n::set-output name=a::b\nx\u2028::warning::y\n"),
    vertex("a", "##[add-mask]e", { ...ended, error: "##[stop-commands]x" }),
  ]);
  const all = [...written, ...(outcome.failed?.tail ?? []), outcome.failed?.name];
  expect(all).toHaveLength(9);
  for (const line of all) expect(line).not.toMatch(/##\[|^\s*::/);
});

test("output ends at the limit with a remark, but the tail is still kept", () => {
  const { written, outcome } = readAll(
    [
      vertex("a", "RUN x"),
      output("a", "y".repeat(90).concat("\n").repeat(20)),
      output("a", "end\n"),
      vertex("a", "RUN x", { ...ended, error: "e" }),
    ],
    1000,
  );
  expect(Buffer.byteLength(written.join("\n"))).toBeLessThan(1200);
  expect(written.at(-1)).toBe("Further output of the builder is omitted: it exceeds 1000 bytes.");
  expect(outcome.failed?.tail.at(-1)).toBe("end");
});

describe("secrets", () => {
  const masked = (values: readonly string[], lines: readonly string[]) => {
    const written: string[] = [];
    const confidential = values.map((value) => ({ value: Buffer.from(value), kind: "secret" as const }));
    const log = buildLog((line) => written.push(line), undefined, maskOf(confidential));
    for (const line of lines) log.read(line);
    return { written, outcome: log.end() };
  };
  const onStream = (stream: number, data: string) =>
    JSON.stringify({ logs: [{ vertex: "a", stream, data: base64(data) }] });

  test("are masked before tabs, line endings and cuts change them", () => {
    const key = `-----BEGIN\tKEY-----\n${"k9".repeat(4000)}\nend\u00ad-of-it`;
    const { written, outcome } = masked(
      [key],
      [
        vertex("a", "RUN x"),
        output("a", `${"x".repeat(990)}${key}\n`),
        vertex("a", "RUN x", { ...ended, error: "exit code: 1" }),
      ],
    );
    expect(written.slice(1, -1)).toEqual([`#1 ${"x".repeat(990)}***`]);
    expect(outcome.failed?.tail).toEqual([`${"x".repeat(990)}***`]);
  });

  test("are masked across two messages, even if the other stream writes in between", () => {
    const { written } = masked(
      ["s3cr3t-t0ken"],
      [vertex("a", "RUN x"), onStream(1, "a s3cr3t"), onStream(2, "warning\n"), onStream(1, "-t0ken b\n")],
    );
    expect(written).toEqual(["#1 RUN x", "#1 warning", "#1 a *** b"]);
  });

  test("are masked in BuildKit's messages about a step, and in lines that are not progress", () => {
    const { written, outcome } = masked(
      ["s3cr3t-t0ken"],
      [
        vertex("a", "ADD http://u:s3cr3t-t0ken@h/x"),
        vertex("a", "ADD http://u:s3cr3t-t0ken@h/x", { ...ended, error: `${"x".repeat(995)} s3cr3t-t0ken` }),
        `${"y".repeat(8190)}s3cr3t-t0ken`,
      ],
    );
    expect(JSON.stringify([written, outcome])).not.toMatch(/s3cr|t0ken/);
    expect(outcome.failed?.name).toBe("ADD http://u:***@h/x");
  });

  test("that are too short to search for withhold the output of steps, with a remark", () => {
    const { written, outcome } = masked(
      ["7"],
      [
        vertex("a", "RUN x"),
        output("a", "7\n"),
        output("a", "7\n"),
        vertex("a", "RUN x", { ...ended, error: "exit code: 7" }),
      ],
    );
    expect(written).toEqual(["#1 RUN x", expect.stringContaining("withheld"), "#1 ERROR: exit code: 7"]);
    expect(outcome.failed?.tail).toEqual([expect.stringContaining("withheld")]);
  });
});
