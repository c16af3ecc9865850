import { StringDecoder } from "node:string_decoder";
import * as v from "valibot";
import { harmlessLine } from "../../process/harmless-line.ts";
import { type Mask, type MaskedStream, maskOf } from "../../secrecy/mask.ts";

/** The step in which a build failed. */
export interface FailedStep {
  /** BuildKit's name of the step, such as `[build 2/3] RUN make`; sanitized */
  readonly name: string;
  /** BuildKit's sentence, which contains the step's command; untrusted and not sanitized, but masked */
  readonly error: string;
  /** the last lines that the step wrote, at most 20; sanitized */
  readonly tail: readonly string[];
}

/** What is kept of a build's output after the build has ended. */
export interface BuildOutcome {
  readonly failed: FailedStep | null;
  /** the last 200 lines that are not progress: buildx's error and the Dockerfile excerpt; untrusted */
  readonly text: readonly string[];
}

export interface BuildLog {
  /** reads one line of the output of `docker buildx build --progress=rawjson` */
  read(line: string): void;
  end(): BuildOutcome;
}

/**
 * Turns BuildKit's progress into readable lines, numbered by step like BuildKit's plain progress. Internal
 * steps are omitted unless they fail. Every line is sanitized by `harmlessLine`.
 * @param maxBytes limit for the whole log; the tail of a failed step is kept even beyond it
 * @param mask hides secrets in a step's bytes before they are decoded, and in all other text before it is cut
 */
export function buildLog(
  write: (line: string) => void,
  maxBytes = mostLogged,
  mask: Mask = maskOf([]),
): BuildLog {
  const steps = new Map<string, Step>();
  const text: string[] = [];
  let failed: Step | null = null;
  let left = maxBytes;
  let announced = 0;

  function say(line: string): void {
    if (left <= 0) return;
    const harmless = harmlessLine(line);
    left -= Buffer.byteLength(harmless) + 1;
    write(left > 0 ? harmless : `Further output of the builder is omitted: it exceeds ${maxBytes} bytes.`);
  }

  function stepOf(digest: string): Step {
    const known = steps.get(digest);
    if (known !== undefined) return known;
    const step = newStep();
    steps.set(digest, step);
    return step;
  }

  /** Standard output and standard error alternate, and neither ends a line or a secret of the other. */
  function outputOf({ outputs }: Step, stream: number): Output {
    const known = outputs.get(stream);
    if (known !== undefined) return known;
    const output = { bytes: mask.stream(), decoder: new StringDecoder("utf8"), unfinished: "" };
    outputs.set(stream, output);
    return output;
  }

  function readVertex(vertex: Vertex): void {
    const step = stepOf(vertex.digest);
    step.name = mask.text(vertex.name);
    if (vertex.started === undefined && vertex.completed === undefined) return;
    const isInternal = vertex.name.startsWith("[internal]") && vertex.error === "";
    if (step.number === 0 && !isInternal) {
      announced += 1;
      step.number = announced;
      say(`#${step.number} ${step.name}`);
    }
    if (vertex.completed === undefined || step.isEnded) return;
    step.isEnded = true;
    step.error = mask.text(vertex.error);
    for (const output of step.outputs.values()) sayOutput(step, output, output.bytes.end(), true);
    // Steps that run in parallel with the failing one are cancelled. They are not the cause.
    if (vertex.error !== "" && !vertex.error.endsWith("context canceled")) failed ??= step;
    if (step.number > 0) say(`#${step.number} ${ending(vertex, step.error)}`);
  }

  function sayOutput(step: Step, output: Output, bytes: Buffer, isLast: boolean): void {
    const decoded = output.decoder.write(bytes) + (isLast ? output.decoder.end() : "");
    const lines = (output.unfinished + decoded).split("\n");
    const rest = lines.pop() ?? "";
    const isFlushed = isLast || rest.length > maxUnfinished;
    output.unfinished = isFlushed ? "" : rest;
    if (isFlushed && rest !== "") lines.push(rest);
    for (const line of lines) sayLine(step, harmlessLine(mask.text(lastShown(line))));
  }

  function sayLine(step: Step, line: string): void {
    step.tail.push(line);
    if (step.tail.length > maxTailLines) step.tail.shift();
    say(`#${step.number} ${line}`);
  }

  function read(line: string): void {
    const status = parseStatus(line);
    if (status === null) {
      text.push(mask.text(line).slice(0, maxUnfinished));
      if (text.length > maxTextLines) text.shift();
      return;
    }
    // Output first: one message may contain both a step's last output and its end.
    for (const vertex of status.vertexes.filter((vertex) => vertex.completed === undefined))
      readVertex(vertex);
    for (const { vertex, stream, data } of status.logs) {
      const step = stepOf(vertex);
      if (mask.withholds) {
        if (step.tail.length === 0) sayLine(step, withheld);
        continue;
      }
      const output = outputOf(step, stream);
      sayOutput(step, output, output.bytes.write(Buffer.from(data ?? "", "base64")), false);
    }
    for (const vertex of status.vertexes.filter((vertex) => vertex.completed !== undefined))
      readVertex(vertex);
  }

  function end(): BuildOutcome {
    return { failed: failed === null ? null : failedStep(failed), text };
  }

  return { read, end };
}

/** Maximum size of one build's log, in bytes. */
export const mostLogged = 4 * 1024 * 1024;

interface Step {
  /** 0 = not announced */
  number: number;
  readonly outputs: Map<number, Output>;
  readonly tail: string[];
  name: string;
  error: string;
  isEnded: boolean;
}

/** The output of a step on one of its two streams. */
interface Output {
  readonly bytes: MaskedStream;
  readonly decoder: StringDecoder;
  unfinished: string;
}

/** A secret of one or two characters occurs in every line. */
const withheld =
  "The output of this step is withheld: a secret of the build is shorter than four characters, so it cannot be distinguished from other text.";

const maxTailLines = 20;
const maxTextLines = 200;
/** Characters. */
const maxUnfinished = 8192;

function newStep(): Step {
  return { number: 0, outputs: new Map(), tail: [], name: "", error: "", isEnded: false };
}

function failedStep(step: Step): FailedStep {
  return { name: harmlessLine(step.name), error: step.error, tail: step.tail };
}

/** Returns what a terminal would finally show of a line that overwrites itself, such as a progress bar. */
function lastShown(line: string): string {
  const trimmed = line.replace(/\r+$/, "");
  return trimmed.slice(trimmed.lastIndexOf("\r") + 1);
}

function ending(vertex: Vertex, error: string): string {
  if (error !== "") return `ERROR: ${error}`;
  if (vertex.cached) return "CACHED";
  const seconds = (Date.parse(vertex.completed ?? "") - Date.parse(vertex.started ?? "")) / 1000;
  return Number.isFinite(seconds) ? `DONE ${seconds.toFixed(1)}s` : "DONE";
}

/** The parts of BuildKit's SolveStatus that we use (moby/buildkit client/graph.go). Go omits empty fields. */
const vertexSchema = v.object({
  digest: v.string(),
  name: v.optional(v.string(), ""),
  started: v.optional(v.string()),
  completed: v.optional(v.string()),
  cached: v.optional(v.boolean(), false),
  error: v.optional(v.string(), ""),
});

const statusSchema = v.object({
  vertexes: v.optional(v.array(vertexSchema), []),
  logs: v.optional(
    v.array(
      v.object({
        vertex: v.optional(v.string(), ""),
        stream: v.optional(v.number(), 1),
        data: v.nullish(v.string()),
      }),
    ),
    [],
  ),
});

type Vertex = v.InferOutput<typeof vertexSchema>;
type Status = v.InferOutput<typeof statusSchema>;

function parseStatus(line: string): Status | null {
  if (!line.startsWith("{")) return null;
  try {
    const parsed = v.safeParse(statusSchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
