import { StringDecoder } from "node:string_decoder";
import * as v from "valibot";
import { harmlessLine } from "../../process/harmless-line.ts";
import { type Mask, type MaskedStream, maskOf } from "../../secrecy/mask.ts";

/** The step that a build failed in. */
export interface FailedStep {
  /** as BuildKit names it, such as `[build 2/3] RUN make`; harmless */
  readonly name: string;
  /** BuildKit's sentence, with the step's command in it; untrusted, as it came but for what is masked */
  readonly error: string;
  /** the last lines that it wrote, at most 20; harmless */
  readonly tail: readonly string[];
}

/** What remains of a build's output once it has ended. */
export interface BuildOutcome {
  readonly failed: FailedStep | null;
  /** lines that were no progress, the last 200: buildx' error and the excerpt of the Dockerfile; untrusted, as `error` is */
  readonly text: readonly string[];
}

export interface BuildLog {
  /** takes one line of what `docker buildx build --progress=rawjson` writes */
  read(line: string): void;
  end(): BuildOutcome;
}

/**
 * Turns BuildKit's progress into lines for people, numbered by step as its plain progress is. Internal steps are
 * silent unless they fail. Only what `harmlessLine` let through is written.
 * @param mostBytes written in all; the tail of a failed step is remembered beyond it
 * @param mask hides secrets in the bytes of a step before they become text, and in all other text before it is cut
 */
export function buildLog(
  write: (line: string) => void,
  mostBytes = mostLogged,
  mask: Mask = maskOf([]),
): BuildLog {
  const steps = new Map<string, Step>();
  const text: string[] = [];
  let failed: Step | null = null;
  let left = mostBytes;
  let announced = 0;

  function say(line: string): void {
    if (left <= 0) return;
    const harmless = harmlessLine(line);
    left -= Buffer.byteLength(harmless) + 1;
    write(left > 0 ? harmless : `The builder's further output is left out: it exceeds ${mostBytes} bytes.`);
  }

  function stepOf(digest: string): Step {
    const known = steps.get(digest);
    if (known !== undefined) return known;
    const step = newStep();
    steps.set(digest, step);
    return step;
  }

  /** Standard output and standard error come in turns, and neither ends a line, or a secret, of the other's. */
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
    // Steps that run beside the one that fails are cancelled: theirs is not the cause.
    if (vertex.error !== "" && !vertex.error.endsWith("context canceled")) failed ??= step;
    if (step.number > 0) say(`#${step.number} ${ending(vertex, step.error)}`);
  }

  function sayOutput(step: Step, output: Output, bytes: Buffer, isLast: boolean): void {
    const decoded = output.decoder.write(bytes) + (isLast ? output.decoder.end() : "");
    const lines = (output.unfinished + decoded).split("\n");
    const rest = lines.pop() ?? "";
    const isFlushed = isLast || rest.length > longestUnfinished;
    output.unfinished = isFlushed ? "" : rest;
    if (isFlushed && rest !== "") lines.push(rest);
    for (const line of lines) sayLine(step, harmlessLine(mask.text(lastShown(line))));
  }

  function sayLine(step: Step, line: string): void {
    step.tail.push(line);
    if (step.tail.length > tailLines) step.tail.shift();
    say(`#${step.number} ${line}`);
  }

  function read(line: string): void {
    const status = parseStatus(line);
    if (status === null) {
      text.push(mask.text(line).slice(0, longestUnfinished));
      if (text.length > textLines) text.shift();
      return;
    }
    // Output before ends: one message may carry a step's last words and its end.
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

/** Bytes of the log of one build. */
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

/** What a step writes to one of its two streams. */
interface Output {
  readonly bytes: MaskedStream;
  readonly decoder: StringDecoder;
  unfinished: string;
}

/** A step may print a secret of a character or two, and every line has those characters. */
const withheld =
  "The output of this step is withheld: a secret of the build is shorter than four characters, and cannot be told from other text.";

const tailLines = 20;
const textLines = 200;
/** characters */
const longestUnfinished = 8192;

function newStep(): Step {
  return { number: 0, outputs: new Map(), tail: [], name: "", error: "", isEnded: false };
}

function failedStep(step: Step): FailedStep {
  return { name: harmlessLine(step.name), error: step.error, tail: step.tail };
}

/** What a terminal would show in the end of a line that is drawn over, as progress bars are. */
function lastShown(line: string): string {
  const drawn = line.replace(/\r+$/, "");
  return drawn.slice(drawn.lastIndexOf("\r") + 1);
}

function ending(vertex: Vertex, error: string): string {
  if (error !== "") return `ERROR: ${error}`;
  if (vertex.cached) return "CACHED";
  const seconds = (Date.parse(vertex.completed ?? "") - Date.parse(vertex.started ?? "")) / 1000;
  return Number.isFinite(seconds) ? `DONE ${seconds.toFixed(1)}s` : "DONE";
}

/** The parts of BuildKit's SolveStatus that we use (moby/buildkit client/graph.go); Go leaves out what is empty. */
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
