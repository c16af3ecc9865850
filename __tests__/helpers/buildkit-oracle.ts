import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { History } from "../../src/dockerfile/history/history.ts";

/** A question for BuildKit, see __tests__/oracles/buildkit/main.go. */
export interface OracleRequest {
  readonly dockerfile?: string;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** in the form of BuildKit's frontend: `docker-image://…` or `local:…` */
  readonly contexts?: Readonly<Record<string, string>>;
  readonly platform?: string;
  /** a word to expand, with its variables, instead of a Dockerfile */
  readonly word?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly escape?: string;
  /** whether to return the steps that would be executed */
  readonly steps?: boolean;
}

/** BuildKit's answer. */
export interface OracleAnswer {
  readonly word?: string;
  readonly parsed?: ParsedView;
  readonly error?: string;
  readonly errorLine?: number;
  readonly phase?: "parse" | "resolve" | "marshal" | "panic";
  readonly reachable?: readonly number[];
  readonly images?: readonly string[];
  readonly history?: readonly History[];
  /** the steps that would be executed; the last one is the image itself */
  readonly steps?: readonly StepView[];
}

export interface StepView {
  /** digest of the step and all its inputs */
  readonly digest: string;
  /** the step whose result it changes */
  readonly parent?: string;
  readonly inputs: readonly string[];
  /** as in a provenance */
  readonly op: { readonly Op: Readonly<Record<string, unknown>> };
}

export interface ParsedView {
  readonly escape: string;
  readonly metaArgs: readonly InstructionView[];
  readonly stages: readonly StageView[];
}

interface StageView {
  readonly name: string;
  readonly base: string;
  readonly platform: string;
  readonly line: number;
  readonly instructions: readonly InstructionView[];
}

export interface InstructionView {
  readonly keyword: string;
  readonly line: number;
  readonly endLine: number;
  readonly flags: readonly string[];
  readonly args: readonly string[];
  readonly json?: readonly string[];
  readonly heredocs: readonly { readonly name: string; readonly chomp: boolean; readonly content: string }[];
}

/** Builds the oracle and asks it. Needs Go, and the Go module proxy on its first run. */
export function askBuildKit(requests: readonly OracleRequest[]): readonly OracleAnswer[] {
  const directory = mkdtempSync(join(tmpdir(), "buildkit-oracle-"));
  const program = join(directory, "oracle");
  const cwd = join(import.meta.dirname, "../oracles/buildkit");
  try {
    execFileSync("go", ["build", "-o", program, "."], { cwd, stdio: "inherit" });
    const input = requests.map((request) => JSON.stringify(request)).join("\n");
    const output = execFileSync(program, { input, maxBuffer: 1024 ** 3 }).toString();
    return output
      .trimEnd()
      .split("\n")
      .map((line): OracleAnswer => JSON.parse(line));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
