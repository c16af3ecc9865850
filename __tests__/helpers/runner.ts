import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";

/** One run of the action as a step of a workflow. */
export interface StepOptions {
  readonly workspace: string;
  readonly eventName: string;
  readonly event: unknown;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  readonly apiUrl: string;
  readonly repository: string;
  readonly job?: string;
  /** prints the step's log while the step runs */
  readonly echo?: boolean;
  /** called with the title of each log group when the group begins */
  readonly begun?: (title: string) => void;
  /** variables that an earlier step or the workflow's `env:` has set */
  readonly variables?: Readonly<Record<string, string>>;
  /** called with the main process when it has started, for tests that interrupt it */
  readonly started?: (child: ChildProcess) => void;
  /** called between the main and the post entry, with the state that the main entry saved */
  readonly beforePost?: (state: ReadonlyMap<string, string>) => Promise<void>;
}

export interface StepResult {
  /** exit status of the main entry; null if it was killed */
  readonly status: number | null;
  readonly postStatus: number | null;
  /** standard output and standard error of both entries */
  readonly log: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  readonly summary: string;
  /** the runner's temporary directory, RUNNER_TEMP */
  readonly temporary: string;
}

/**
 * Runs dist/index.js and then dist/cleanup.js like the runner: with inputs as INPUT_*, the defaults of
 * action.yml, and files for outputs, summary and state. Unlike on a real runner, no step precedes.
 */
export async function runAction(options: StepOptions): Promise<StepResult & AsyncDisposable> {
  const home = await mkdtemp(join(tmpdir(), "image-audit-runner-"));
  const temporary = join(home, "temp");
  await mkdir(temporary);
  const files = await commandFiles(home);
  const eventPath = join(home, "event.json");
  await writeFile(eventPath, JSON.stringify(options.event));
  const env = {
    ...pick(options.env, ["PATH", "HOME", "DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CONTEXT", "TMPDIR"]),
    ...(await inputVariables(options.inputs)),
    ...files,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: options.apiUrl,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_EVENT_NAME: options.eventName,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: options.repository,
    GITHUB_WORKSPACE: options.workspace,
    GITHUB_WORKFLOW: "Image audit",
    GITHUB_WORKFLOW_REF: `${options.repository}/.github/workflows/audit.yml@refs/heads/main`,
    GITHUB_JOB: options.job ?? "image",
    GITHUB_RUN_ID: "1000",
    GITHUB_RUN_ATTEMPT: "1",
    RUNNER_TEMP: temporary,
    RUNNER_OS: "Linux",
    ...options.variables,
  };
  const main = await node("dist/index.js", env, options);
  const state = await readKeyValues(files.GITHUB_STATE);
  const stateVariables = Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]));
  await options.beforePost?.(state);
  const post = await node(
    "dist/cleanup.js",
    { ...env, ...stateVariables },
    { ...options, started: () => {} },
  );
  return {
    status: main.status,
    postStatus: post.status,
    log: main.log + post.log,
    outputs: await readKeyValues(files.GITHUB_OUTPUT),
    state,
    summary: await readFile(files.GITHUB_STEP_SUMMARY, "utf8"),
    temporary,
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }),
  };
}

async function commandFiles(home: string) {
  const names = [
    "GITHUB_OUTPUT",
    "GITHUB_STATE",
    "GITHUB_ENV",
    "GITHUB_PATH",
    "GITHUB_STEP_SUMMARY",
  ] as const;
  const files = Object.fromEntries(names.map((name) => [name, join(home, name)])) as Record<
    (typeof names)[number],
    string
  >;
  for (const file of Object.values(files)) await writeFile(file, "");
  return files;
}

/**
 * Returns the variables that the runner sets: every declared input, with or without a default, in upper case.
 */
async function inputVariables(given: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const action = parse(await readFile("action.yml", "utf8")) as {
    inputs: Record<string, { default?: string }>;
  };
  const defaults = Object.entries(action.inputs).map(([name, input]) => [
    name,
    input.default?.startsWith("${{") ? "" : (input.default ?? ""),
  ]);
  const all: Record<string, string> = { ...Object.fromEntries(defaults), ...given };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

function node(
  script: string,
  env: NodeJS.ProcessEnv,
  { workspace, started, echo, begun }: StepOptions,
): Promise<{ status: number | null; log: string }> {
  const child = spawn(process.execPath, [resolve(script)], {
    env,
    cwd: workspace,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started?.(child);
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      if (echo) process.stdout.write(text);
      for (const [, title = ""] of begun ? text.matchAll(/^::group::(.*)$/gm) : []) begun?.(title);
    });
  }
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (status) => done({ status, log }));
  });
}

/** Reads the `NAME=value` lines and `NAME<<delimiter` blocks of a command file. */
async function readKeyValues(path: string): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const lines = (await readFile(path, "utf8")).split("\n");
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const block = /^([^=]+?)<<(.+)$/.exec(line);
    if (block?.[1] !== undefined) {
      const end = lines.indexOf(block[2] ?? randomUUID());
      values.set(block[1], lines.splice(0, end).join("\n"));
      lines.shift();
    } else if (line.includes("=")) {
      values.set(line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1));
    }
  }
  return values;
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));
}
