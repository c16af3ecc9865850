import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { proveStart } from "../../../src/inspect/start/prove.ts";
import type { Start } from "../../../src/inspect/start/start.ts";
import { docker, stores } from "../../helpers/engine.ts";
import {
  type StartImage,
  type StartImageName,
  startImages,
  type Variations,
} from "../../helpers/start-images.ts";

// Compares what is proven of a command with the engine, the runtime and the kernel that execute it. Every
// command that is proven to start exits with 0, so the exit status shows whether it started.

interface Way {
  readonly user?: string;
  readonly workdir?: string;
  readonly path?: string;
}

type Case = readonly [expected: string, image: StartImageName, argv: readonly string[], way?: Way];

const app: Way = { user: "app" };
const number: Way = { user: "1234" };

const cases: readonly Case[] = [
  // The entrypoint's own file.
  ["yes", "bare", ["/app/true"]],
  ["yes", "bare", ["/app/links/true"]],
  ["yes", "bare", ["/app/absolute/true"]],
  ["yes", "bare", ["/app/outside/true"]],
  ["yes", "bare", ["//app/./dir/../true"]],
  ["yes", "bare", ["./true"], { workdir: "/app" }],
  ["yes", "bare", ["app/true"]],
  ["yes", "bare", ["../app/true"], { workdir: "/new/../made" }],
  ["yes", "bare", ["true"], { path: "/nowhere:/app/mode644:/app" }],
  ["entrypoint", "bare", ["true"]],
  ["entrypoint", "bare", ["true"], { path: "" }],
  ["entrypoint", "bare", ["true"], { path: "/app/mode644" }],
  ["entrypoint", "bare", ["true"], { workdir: "/app" }],
  ["unknown", "bare", ["true"], { workdir: "/app", path: "/nowhere:." }],
  ["entrypoint", "bare", ["/app/mode644/true"]],
  ["entrypoint", "bare", ["/app/plain"]],
  ["entrypoint", "bare", ["/app/dir"]],
  ["entrypoint", "bare", ["/app/true/"]],
  ["entrypoint", "bare", ["/app/true/."]],
  ["entrypoint", "bare", ["/app/nothing"]],
  ["entrypoint", "bare", ["/app/dangling"]],
  ["entrypoint", "bare", ["/app/loop"]],
  ["entrypoint", "bare", ["/app/fifo"]],
  ["entrypoint", "bare", ["./true"]],
  ["entrypoint", "bare", ["./true"], { workdir: "/made" }],
  ["working-directory", "bare", ["/app/true"], { workdir: "/app/true" }],
  ["working-directory", "bare", ["/app/true"], { workdir: "/app/true/below" }],
  ["entrypoint", "bare", [`/${"a/".repeat(2100)}`]],
  ["script", "bare", ["/app/empty"]],
  ["script", "bare", ["/app/no-line.sh"]],
  ["script", "bare", ["/app/bad.elf"]],

  // Permissions to execute.
  ["yes", "bare", ["/app/mode700/true"], number],
  ["yes", "bare", ["/app/closed/true"], number],
  ["yes", "bare", ["/app/staff/true"], number],
  ["entrypoint", "bare", ["/app/mode644/true"], number],
  ["yes", "shell", ["env", "/app/mode700/true"]],
  ["entrypoint", "shell", ["env", "/app/mode700/true"], number],
  ["entrypoint", "shell", ["env", "/app/closed/true"], number],
  ["entrypoint", "shell", ["env", "/app/staff/true"], number],
  ["yes", "shell", ["env", "/app/staff/true"], app],
  ["yes", "shell", ["env", "/app/staff/true"], { user: "1234:50" }],
  ["yes", "shell", ["env", "/app/staff/true"], { user: "1234:staff" }],
  ["entrypoint", "shell", ["env", "/app/staff/true"], { user: "app:root" }],
  ["yes", "shell", ["/app/private.sh"]],
  ["script", "shell", ["/app/private.sh"], number],
  ["script", "shell", ["/app/closed/run.sh"], number],
  ["script", "shell", ["env", "/app/private.sh"], number],
  ["unknown", "shell", ["/app/true.sh"], number],

  // Scripts.
  ["yes", "shell", ["/app/run.sh"]],
  ["yes", "shell", ["run.sh"], { path: "/app" }],
  ["yes", "shell", ["./run.sh"], { workdir: "/app" }],
  ["yes", "shell", ["/app/blanks.sh"]],
  ["yes", "shell", ["/app/env.sh"]],
  ["yes", "debian", ["/app/env-split.sh"]],
  ["unknown", "shell", ["/app/env-split.sh"]],
  ["yes", "shell", ["/app/long.sh"]],
  ["yes", "shell", ["/app/long-argument.sh"]],
  ["yes", "shell", ["/app/relative.sh"]],
  ["yes", "shell", ["/app/s1"]],
  ["script", "shell", ["/app/s0"]],
  ["script", "shell", ["/app/too-long.sh"]],
  ["script", "shell", ["/app/no-name.sh"]],
  ["script", "shell", ["/app/directory.sh"]],
  ["script", "shell", ["/app/data.sh"]],
  ["script", "shell", ["/app/no-line-interpreter.sh"]],
  ["interpreter-missing", "shell", ["/app/relative.sh"], { workdir: "/app" }],
  ["interpreter-missing", "shell", ["/app/crlf.sh"]],
  ["interpreter-missing", "shell", ["/app/env-crlf.sh"]],
  ["interpreter-missing", "shell", ["/app/env-bash.sh"]],
  ["interpreter-missing", "shell", ["/app/env-words.sh"]],
  ["interpreter-missing", "shell", ["/app/no-interpreter.sh"]],
  ["interpreter-missing", "shell", ["env", "/app/no-interpreter.sh"]],
  ["interpreter-missing", "distroless", ["/app/run.sh"]],
  ["interpreter-missing", "distroless", ["/app/env.sh"]],

  // The shell form.
  ["shell-form", "distroless", ["/bin/sh", "-c", "exit 0"]],
  ["shell-form", "bare", ["/bin/sh", "-c", "exec /app/true"]],
  ["yes", "shell", ["/bin/sh", "-c", "/app/true 'a b'"]],
  ["yes", "shell", ["/bin/sh", "-c", "exec /app/true $HOME"]],
  ["yes", "shell", ["/bin/sh", "-c", 'A="b c" /app/true "$HOME" \\; *']],
  ["yes", "shell", ["sh", "-euo", "pipefail", "-c", "/app/true"]],
  ["yes", "shell", ["busybox", "sh", "-c", "/app/links/true"]],
  ["yes", "debian", ["bash", "-c", "/app/true"]],
  ["entrypoint", "shell", ["/bin/sh", "-c", "/app/nothing"]],
  ["entrypoint", "shell", ["/bin/sh", "-c", "node server.js $PORT"]],
  ["entrypoint", "debian", ["/bin/sh", "-c", "exec node server.js"]],
  ["entrypoint", "debian", ["sh", "-c", "/app/mode644/true"]],
  ["unknown", "shell", ["/bin/sh", "-c", "cd /app && ./true"]],
  ["unknown", "shell", ["/bin/sh", "-c", "$PROGRAM"]],
  ["unknown", "shell", ["/bin/sh", "-c", "exit 0"]],
  ["unknown", "shell", ["/bin/sh", "-c", "/app/no-line.sh"]],

  // Programs that execute their arguments.
  ["yes", "debian", ["tini", "--", "/app/true"]],
  ["yes", "debian", ["tini", "-g", "-vv", "-e", "143", "--", "sh", "-c", "/app/true"]],
  ["yes", "debian", ["/usr/bin/dumb-init", "--rewrite", "15:2", "--", "/app/true"]],
  ["yes", "debian", ["gosu", "app", "/app/true"]],
  ["yes", "debian", ["gosu", "1234:0", "tini", "/app/true"]],
  ["yes", "debian", ["setpriv", "--reuid=1000", "--clear-groups", "/app/true"]],
  ["yes", "debian", ["env", "-i", "A=b", "PATH=/app", "true"]],
  ["yes", "debian", ["env", "-S", "A=b /app/true c"]],
  ["yes", "debian", ["nice", "-n", "5", "nohup", "/app/true"]],
  ["yes", "shell", ["env", "A=b", "busybox", "env", "true"]],
  ["entrypoint", "debian", ["tini", "--", "/app/nothing"]],
  ["entrypoint", "debian", ["tini", "node"]],
  ["entrypoint", "debian", ["dumb-init", "node"]],
  ["entrypoint", "debian", ["gosu", "app", "node"]],
  ["entrypoint", "debian", ["gosu", "app", "/app/mode700/true"]],
  ["entrypoint", "debian", ["setpriv", "--nnp", "/app/mode644/true"]],
  ["entrypoint", "debian", ["env", "PATH=/nowhere", "true"]],
  ["entrypoint", "debian", ["nice", "nohup", "/app/dir"]],
  ["script", "debian", ["gosu", "app", "/app/no-line.sh"]],
  ["user", "debian", ["gosu", "nobody-such", "/app/true"]],
  ["unknown", "debian", ["gosu", "app", "/app/true"], number],
  ["unknown", "debian", ["env", "-i", "true"]],
  ["unknown", "debian", ["tini", "/app/no-line.sh"]],
  ["yes", "shell", ["/app/docker-entrypoint.sh", "true"]],

  // A doubled entrypoint, and a shell that an interpreter gets as its script.
  ["doubled-entrypoint", "debian", ["python3", "python3", "app.py"]],
  ["doubled-entrypoint", "debian", ["/usr/bin/python3", "-u", "/usr/bin/python3", "app.py"]],
  ["doubled-entrypoint", "debian", ["perl", "perl", "app.pl"]],
  ["doubled-entrypoint", "debian", ["sh", "sh", "/app/run.sh"]],
  ["doubled-entrypoint", "debian", ["bash", "bash", "/app/run.sh"]],
  ["shell-form", "debian", ["python3", "/bin/sh", "-c", "python3 app.py"]],
  ["runtime", "debian", ["sh", "/app/nothing.sh"]],
  ["yes", "debian", ["sh", "/app/no-line.sh"]],
  ["yes", "debian", ["python3", "python3", "app.py"], { workdir: "/app/doubled" }],
  ["yes", "debian", ["python3", "-c", "pass", "python3"]],
  ["yes", "debian", ["perl", "-e", "1", "perl"]],

  // Accounts.
  ["yes", "shell", ["/app/true"], app],
  ["yes", "shell", ["/app/true"], { user: "app:staff" }],
  ["yes", "shell", ["/app/true"], { user: ":staff" }],
  ["yes", "shell", ["/app/true"], { user: "4321:54321" }],
  ["yes", "bare", ["/app/true"], { user: "0" }],
  ["yes", "bare", ["/app/true"], { user: "4321:54321" }],
  ["yes", "bare", ["/app/true"], { user: "2147483647" }],
  ["yes", "distroless", ["/app/true"], { user: "nonroot" }],
  ["user", "bare", ["/app/true"], { user: "root" }],
  ["user", "bare", ["/app/true"], { user: "0:root" }],
  ["user", "bare", ["/app/true"], { user: "2147483648" }],
  ["user", "bare", ["/app/true"], { user: "-1" }],
  ["user", "shell", ["/app/true"], { user: "nobody-such" }],
  ["user", "shell", ["/app/true"], { user: "app:nobody-such" }],
  ["user", "shell", ["/app/true"], { user: "App" }],
  ["user", "distroless", ["/app/true"], { user: "app" }],
];

/** Configs as Dockerfiles make them. */
const configs: Variations = {
  "shell-form-none": ["distroless", ["CMD /app/true"]],
  "shell-form": ["shell", ["ENTRYPOINT exec /app/true", 'CMD ["/app/nothing"]']],
  "other-shell-none": ["distroless", ['SHELL ["/bin/ash", "-ec"]', "ENTRYPOINT /app/true"]],
  "other-shell": ["shell", ['SHELL ["/bin/ash", "-ec"]', "ENTRYPOINT /app/true"]],
  "entrypoint-and-shell-form": ["debian", ['ENTRYPOINT ["python3"]', "CMD python3 app.py"]],
  doubled: ["debian", ['ENTRYPOINT ["/usr/bin/python3"]', 'CMD ["python3", "/app/doubled/python3"]']],
  reset: ["debian", ['ENTRYPOINT [""]', 'CMD ["/app/true"]']],
  "user-none": ["distroless", ["USER nobody-such", 'CMD ["/app/true"]']],
  nothing: ["bare", []],
};

/** What is proven of each config. */
const proven: Readonly<Record<string, string>> = {
  "shell-form-none": "shell-form",
  "shell-form": "yes",
  "other-shell-none": "shell-form",
  "other-shell": "yes",
  "entrypoint-and-shell-form": "shell-form",
  doubled: "doubled-entrypoint",
  reset: "yes",
  "user-none": "user",
  nothing: "unknown",
};

const sleeping = 'ENTRYPOINT ["sleep", "100"]';
const often = "HEALTHCHECK --interval=1s --start-period=0s --retries=1";

/** Images that keep running, by whether their HEALTHCHECK can be executed. */
const health: Variations = {
  "healthy-command": ["shell", [sleeping, `${often} CMD ["/app/true"]`]],
  "healthy-text": ["shell", [sleeping, `${often} CMD /app/true || exit 1`]],
  "unhealthy-command": ["shell", [sleeping, `${often} CMD ["curl", "localhost"]`]],
  "unhealthy-text": ["shell", [sleeping, `${often} CMD curl -f http://localhost:$PORT/ || exit 1`]],
  "healthy-shell": ["shell", [sleeping, 'SHELL ["/bin/bash", "-c"]', `${often} CMD true`]],
};

describe("against the kernel", () => {
  let images: ReadonlyMap<string, StartImage>;
  const ends = new Map<Case | string, string>();

  beforeAll(async () => {
    images = await startImages(stores[0], { ...configs, ...health });
    const waiting = [
      ...cases
        .filter(([expected]) => expected !== "unknown")
        .map((one) => async () => void ends.set(one, await run(one))),
      ...Object.keys(configs).map((name) => async () => void ends.set(name, await end(imageOf(name).tag))),
    ];
    const work = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await next();
    };
    await Promise.all([work(), work(), work()]);
  });

  test.for(Object.entries(proven))("%s: %s", ([name, expected]) => {
    const { config, filesystem } = imageOf(name);
    compare(proveStart(config, filesystem), expected, ends.get(name));
  });

  test("says what HEALTHCHECK lacks, and the container is unhealthy", async () => {
    const names = Object.keys(health);
    const states = await Promise.all(names.map((name) => healthOf(imageOf(name).tag)));
    expect(states).toEqual(names.map((name) => name.split("-")[0]));
    const starts = names.map(imageOf).map(({ config, filesystem }) => proveStart(config, filesystem));
    expect(starts.map(({ verdict }) => verdict)).toEqual(names.map(() => "yes"));
    expect(starts.map(({ healthcheck }) => (healthcheck === undefined ? "healthy" : "unhealthy"))).toEqual(
      states,
    );
  });

  test.for(cases)("%s: %s %j %j", (one) => {
    const [expected, name, [entrypoint = "", ...cmd], way = {}] = one;
    const { config, filesystem } = imageOf(name);
    const start = proveStart(
      {
        ...config,
        entrypoint: [entrypoint],
        cmd,
        user: way.user ?? config.user,
        workingDir: way.workdir ?? config.workingDir,
        env: way.path === undefined ? config.env : [...config.env, `PATH=${way.path}`],
      },
      filesystem,
    );
    compare(start, expected, ends.get(one));
  });

  async function run([, name, [entrypoint = "", ...args], way = {}]: Case): Promise<string> {
    const options = [
      ...(way.user === undefined ? [] : [`--user=${way.user}`]),
      ...(way.workdir === undefined ? [] : [`--workdir=${way.workdir}`]),
      ...(way.path === undefined ? [] : [`--env=PATH=${way.path}`]),
    ];
    return end(`--entrypoint=${entrypoint}`, ...options, imageOf(name).tag, ...args);
  }

  function imageOf(name: string): StartImage {
    const image = images.get(name);
    if (image === undefined) throw new Error(`there is no image ${name}`);
    return image;
  }
});

/** Runs a container with these arguments, and returns how it ends. */
async function end(...args: readonly string[]): Promise<string> {
  const { code, stderr } = await docker(
    stores[0],
    "run",
    "--rm",
    "--network=none",
    "--log-driver=none",
    ...args,
  );
  return code === 0 ? "started" : `${code}: ${stderr}`;
}

/** Returns the health of a container after its first checks. */
async function healthOf(tag: string): Promise<string> {
  const { stdout } = await docker(stores[0], "run", "--detach", "--network=none", tag);
  const id = stdout.trim();
  try {
    for (;;) {
      const state = await docker(stores[0], "inspect", "--format", "{{.State.Health.Status}}", id);
      if (state.stdout.trim() !== "starting") return state.stdout.trim();
      await setTimeout(300);
    }
  } finally {
    await docker(stores[0], "rm", "--force", id);
  }
}

function compare(start: Start, expected: string, end = "not run"): void {
  expect(said(start), JSON.stringify(start)).toBe(expected);
  if (expected === "yes") expect(end).toBe("started");
  if (expected !== "yes" && expected !== "unknown") expect(end).toMatch(refusals);
}

function said({ verdict, problems }: Start): string {
  return verdict === "no" ? (problems[0]?.class ?? "") : verdict;
}

/** Messages of runtimes, wrappers and interpreters that cannot execute or open a file, or find an account. */
const refusals = new RegExp(
  [
    // sh, env and the like, of what they cannot find or execute
    "^12[67]:",
    "no such file",
    "not found",
    "permission denied",
    "is a directory",
    "not a directory",
    "exec format error",
    "too many levels of symbolic links",
    "file name too long",
    "unable to find (?:user|group)",
    "uids and gids must be in range",
    "can't open",
    "cannot open",
    "cannot execute",
    "SyntaxError",
    "binary file",
  ].join("|"),
  "i",
);
