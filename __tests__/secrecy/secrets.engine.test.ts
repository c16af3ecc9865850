import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { busyboxBase } from "../helpers/bases.ts";
import { runCli } from "../helpers/cli.ts";
import { engineEnvironment, stores } from "../helpers/engine.ts";
import { type Github, startGithub } from "../helpers/github-api.ts";
import { auditPullRequest, type Files, openPullRequest, type Step } from "../helpers/pull-request.ts";
import { workspace } from "../helpers/workspace.ts";

// Passes secrets to a build in every possible way, on a real engine. No text that a run publishes may contain
// one: neither verbatim, nor as a log shows it, nor a part of it, nor encoded.

const [store] = stores;

let github: Github;
let busybox: string;
beforeAll(async () => {
  github = await startGithub();
  busybox = await busyboxBase(store);
});
afterAll(() => github[Symbol.asyncDispose]());

const letters = (count: number) => randomBytes(count).toString("base64url").slice(0, count);

/** Returns secrets that are new in every run, because steps from the build cache would prove nothing. */
function newSecrets() {
  const password = `pw+${letters(12)}`;
  return {
    line: `line-${randomUUID()}`,
    seven: letters(7),
    tabs: `left\t${letters(8)}\tright`,
    soft: `soft\u00ad${letters(8)}\u200bhyphen`,
    long: `long-${letters(1500)}`,
    key: `-----BEGIN KEY-----\n${letters(64)}\n${letters(64)}\n${letters(20)}\n-----END KEY-----\n`,
    fromEnv: `env-${randomUUID()}`,
    argument: `arg-${letters(16)}`,
    word: "correct-horse-battery",
    ofDocker: password,
    ofProxy: `proxy-${letters(12)}`,
    ofGit: letters(40),
    ofPrepare: `prepare-${letters(12)}`,
  };
}
type Secrets = ReturnType<typeof newSecrets>;

/** Returns the texts that must not appear, by description. */
function tracesOf(secrets: Secrets): ReadonlyMap<string, string> {
  const traces = Object.entries(secrets).flatMap(([name, value]): (readonly [string, string])[] => {
    const lines = value.split("\n").filter((line) => line.length >= 7 && !line.startsWith("---"));
    const seen = value.replaceAll("\t", "  ").replace(/[\u00ad\u200b]/g, "");
    return [
      ...lines.map((line, index) => [`${name}, line ${index}`, line] as const),
      [`${name} as a log shows it`, seen.trim()],
      [`${name} in base64`, Buffer.from(value).toString("base64").slice(0, 20)],
      [`${name} in JSON`, JSON.stringify(value).slice(1, -1)],
      [`${name} in a URL`, encodeURIComponent(value)],
      ...lines.flatMap((line) =>
        line.length < 12
          ? []
          : ([
              [`the beginning of ${name}`, line.slice(0, 12)],
              [`the end of ${name}`, line.slice(-10)],
            ] as const),
      ),
    ];
  });
  const auth = Buffer.from(`user:${secrets.ofDocker}`).toString("base64");
  return new Map([...traces, ["Docker's auth", auth], ["the workflow's token", github.token]]);
}

/** Returns everything that a run publishes: the seven places, by name. */
async function published(step: Step, comments: readonly { readonly body: string }[]) {
  const lines = step.log.split("\n").filter((line) => !line.startsWith("::add-mask::"));
  return {
    comment: comments.map(({ body }) => body).join("\n"),
    summary: step.summary,
    json: await readFile(step.outputs.get("report") ?? "", "utf8"),
    markdown: await readFile(step.outputs.get("markdown") ?? "", "utf8"),
    outputs: [...step.outputs.values()].join("\n"),
    annotations: lines.filter((line) => /^::(?:error|warning)/.test(line)).join("\n"),
    log: lines.join("\n"),
  };
}

function hits(
  texts: Readonly<Record<string, string>>,
  traces: ReadonlyMap<string, string>,
): readonly string[] {
  return Object.entries(texts).flatMap(([place, text]) => {
    const read = text.replace(/<wbr>|<!-- -->/g, "");
    return [...traces].flatMap(([what, trace]) =>
      text.includes(trace) || read.includes(trace) ? [`${place}: ${what}`] : [],
    );
  });
}

async function open(base: Files, head: Files) {
  const pullRequest = await openPullRequest(github, base, head);
  onTestFinished(() => pullRequest[Symbol.dispose]());
  return pullRequest;
}

/** Returns inputs and variables that pass all secrets to a build, and Docker's configuration. */
async function given(secrets: Secrets) {
  const outside = await workspace({ key: secrets.key, tabs: secrets.tabs });
  onTestFinished(() => outside[Symbol.asyncDispose]());
  const env = engineEnvironment(store);
  const dockerConfig = join(outside.path, "docker");
  await mkdir(dockerConfig);
  const auth = Buffer.from(`user:${secrets.ofDocker}`).toString("base64");
  const config = {
    auths: { "registry.invalid": { auth } },
    cliPluginsExtraDirs: [join(env["DOCKER_CONFIG"] ?? "", "cli-plugins")],
  };
  await writeFile(join(dockerConfig, "config.json"), JSON.stringify(config, null, "\t"));
  return {
    config: join(dockerConfig, "config.json"),
    inputs: {
      network: "none",
      secrets: [
        `line=${secrets.line}`,
        `seven=${secrets.seven}`,
        `soft=${secrets.soft}`,
        `long=${secrets.long}`,
        `word=${secrets.word}`,
      ].join("\n"),
      "secret-envs": "env=SOME_VARIABLE",
      "secret-files": [
        `key=${outside.path}/key`,
        `tabs=${outside.path}/tabs`,
        `docker=${dockerConfig}/config.json`,
      ].join("\n"),
      "build-args": `TOKEN=${secrets.argument}`,
    },
    env: { ...env, DOCKER_CONFIG: dockerConfig },
    variables: {
      SOME_VARIABLE: secrets.fromEnv,
      PREPARE_TOKEN: secrets.ofPrepare,
      https_proxy: `http://user:${secrets.ofProxy}@proxy.invalid:1`,
      no_proxy: "*",
    },
  };
}

const ids = ["line", "seven", "soft", "long", "word", "env", "key", "tabs", "docker"];
const mounts = ids.map((id) => `--mount=type=secret,id=${id}`).join(" ");

test("publishes no secret of a build that puts them into instructions, config, files and log", async () => {
  const secrets = newSecrets();
  const { inputs, env, variables } = await given(secrets);
  const Dockerfile = [
    `FROM ${busybox}`,
    "ARG TOKEN",
    "WORKDIR /srv/$TOKEN",
    "COPY app /copied/$TOKEN/app",
    "ENV IN_ENV=$TOKEN",
    "LABEL in.label=$TOKEN",
    `RUN ${mounts} cat /run/secrets/* && cp /bin/busybox "/bin/$TOKEN" && dd if=/dev/zero of="/big-$TOKEN" bs=100k count=3`,
    // Also in file names: a directory, and a program that is a shell.
    `RUN ${mounts} cp /bin/busybox "/bin/$(cat /run/secrets/line)" && mkdir "/$(cat /run/secrets/seven)" && cp app "/$(cat /run/secrets/seven)/app"`,
    'USER "$TOKEN"',
    'ENTRYPOINT ["/bin/sh"]',
    "",
  ].join("\n");
  const app = "x".repeat(300_000);
  const pullRequest = await open(
    { Dockerfile: "FROM scratch\nCOPY app /app\n", app: "x" },
    { Dockerfile: Dockerfile.replace("cp app", "cp /copied/$TOKEN/app"), app },
  );
  const step = await auditPullRequest(github, pullRequest, {
    env,
    variables,
    inputs: { ...inputs, "max-size": "1kB", distroless: "fail" },
  });
  onTestFinished(() => step[Symbol.asyncDispose]());
  expect(step.status, step.log).toBe(1);
  const texts = await published(step, await pullRequest.comments());
  for (const [place, text] of Object.entries(texts)) expect(text, place).not.toBe("");
  expect(texts.json).toContain("***");
  expect(texts.log).toContain("***");
  expect(hits(texts, tracesOf(secrets))).toEqual([]);
});

test.each([
  ["prints its secrets", `RUN ${mounts} cat /run/secrets/*; exit 9`],
  [
    "prints them alternately on both streams",
    `RUN ${mounts} for id in /run/secrets/*; do cat $id; cat $id >&2; done; exit 9`,
  ],
  [
    "prints them in colour and after much other text",
    `RUN ${mounts} for id in /run/secrets/*; do printf 'x%.0s' $(seq 990); cat $id; printf '\\033[31m'; done; exit 9`,
  ],
  [
    "prints them encoded",
    `RUN ${mounts} for id in /run/secrets/*; do base64 $id; base64 $id | tr -d '\\n'; echo; done; exit 9`,
  ],
  ["has one in the failing command", 'RUN test "$TOKEN" = ""'],
  ["cannot fetch from an address with one", "ADD http://user:$TOKEN@127.0.0.1:1/file /file"],
  ["copies a missing file", "COPY absent /srv/$TOKEN"],
  ["copies from a missing image", "COPY --from=registry.invalid/$TOKEN /x /x"],
])("publishes no secret of a build that %s", async (_, instruction) => {
  const secrets = newSecrets();
  const { inputs, env, variables } = await given(secrets);
  const Dockerfile = `FROM ${busybox}\nARG TOKEN\nCOPY app /app\n${instruction}\n`;
  const pullRequest = await open({ Dockerfile: "FROM scratch\nCOPY app /app\n", app: "x" }, { Dockerfile });
  const options = { env, variables, inputs };
  const step = await auditPullRequest(github, pullRequest, options);
  onTestFinished(() => step[Symbol.asyncDispose]());
  expect(step.status, step.log).toBe(2);
  expect(step.report?.error?.code).toBe("build-failed");
  const texts = await published(step, await pullRequest.comments());
  expect(hits(texts, tracesOf(secrets))).toEqual([]);
});

test("masks the output of the base's build and of base-prepare in the reason for a missing base", async () => {
  const secrets = newSecrets();
  const { inputs, env, variables } = await given(secrets);
  const failing = `FROM ${busybox}\nARG TOKEN\nRUN ${mounts} cat /run/secrets/*; exit 9\n`;
  const pullRequest = await open(
    { Dockerfile: failing, app: "x" },
    { Dockerfile: "FROM scratch\nCOPY app /app\n" },
  );
  pullRequest.repository.git(
    "config",
    "http.https://git.invalid/.extraheader",
    `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${secrets.ofGit}`).toString("base64")}`,
  );
  const built = await auditPullRequest(github, pullRequest, { env, variables, inputs });
  onTestFinished(() => built[Symbol.asyncDispose]());
  expect(built.report?.images[0]?.baseMissing?.message).toContain("exit code: 9");

  const prepare =
    'echo "$PREPARE_TOKEN $SOME_VARIABLE"; cat "$WORKSPACE_CONFIG"; echo "$https_proxy"; exit 4';
  const prepared = await auditPullRequest(github, pullRequest, {
    env,
    variables: { ...variables, WORKSPACE_CONFIG: join(pullRequest.repository.directory, ".git/config") },
    inputs: { ...inputs, "base-prepare": prepare },
  });
  onTestFinished(() => prepared[Symbol.asyncDispose]());
  expect(prepared.report?.images[0]?.baseMissing?.message).toMatch(/exit code 4.*\*\*\*/s);
  for (const step of [built, prepared])
    expect(hits(await published(step, await pullRequest.comments()), tracesOf(secrets))).toEqual([]);
});

test("withholds the output of steps if a secret has one character, and the report says so", async () => {
  const pullRequest = await open(
    { Dockerfile: "FROM scratch\nCOPY app /app\n", app: "x" },
    {
      Dockerfile: `FROM ${busybox}\nRUN --mount=type=secret,id=pin echo "the pin is <$(cat /run/secrets/pin)>"; exit 9\n`,
    },
  );
  const step = await auditPullRequest(github, pullRequest, {
    env: engineEnvironment(store),
    inputs: { network: "none", secrets: "pin=7" },
  });
  onTestFinished(() => step[Symbol.asyncDispose]());
  expect(step.report?.error?.message).toMatch(/exit code: 9\. Its last lines:\n.*withheld/);
  const texts = await published(step, await pullRequest.comments());
  for (const [place, text] of Object.entries(texts)) {
    expect(text, place).not.toContain("<7>");
    expect(text, place).not.toMatch(/\*\*\*.*\*\*\*.*\*\*\*/);
  }
});

test("does not mask a build argument that is an ordinary word", async () => {
  const pullRequest = await open(
    { Dockerfile: "FROM scratch\nCOPY app /app\n", app: "x" },
    {
      Dockerfile: "FROM scratch\nARG VERSION\nCOPY app /opt/python3.13/release/app\n",
      app: "x".repeat(400_000),
    },
  );
  const step = await auditPullRequest(github, pullRequest, {
    env: engineEnvironment(store),
    inputs: { "build-args": "VERSION=3.13\nNODE_ENV=release" },
  });
  onTestFinished(() => step[Symbol.asyncDispose]());
  expect(step.status, step.log).toBe(0);
  expect(JSON.stringify(step.report)).toContain("/opt/python3.13/release/app");
});

test("the command shows no secret on either stream in any format", async () => {
  const secrets = newSecrets();
  const { env, config } = await given(secrets);
  const Dockerfile = `FROM ${busybox}\nARG TOKEN\nWORKDIR /srv/$TOKEN\nCOPY app /srv/$TOKEN/app\nRUN --mount=type=secret,id=docker cat /run/secrets/docker\nUSER $TOKEN\n`;
  const pullRequest = await open({ Dockerfile: "FROM scratch\nCOPY app /app\n", app: "x" }, { Dockerfile });
  const flags = [
    "--build-arg",
    `TOKEN=${secrets.argument}`,
    "--secret-file",
    `docker=${config}`,
    "--network",
    "none",
    "--verbose",
  ];
  for (const format of ["terminal", "json", "markdown"]) {
    const ran = await runCli([...flags, "--format", format, "--base", "main"], {
      cwd: pullRequest.repository.directory,
      env,
    });
    expect(ran.stdout, ran.stderr).not.toBe("");
    expect(hits({ stdout: ran.stdout, stderr: ran.stderr }, tracesOf(secrets))).toEqual([]);
  }
  await pullRequest.push({
    Dockerfile: `${Dockerfile}RUN --mount=type=secret,id=docker cat /run/secrets/docker; exit 9\n`,
  });
  const failed = await runCli([...flags, "--format", "json", "--base", "main"], {
    cwd: pullRequest.repository.directory,
    env,
  });
  expect(failed.status, failed.stderr).toBe(2);
  expect(hits({ stdout: failed.stdout, stderr: failed.stderr }, tracesOf(secrets))).toEqual([]);
});
