import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildImage } from "../../../src/docker/build/build.ts";
import { type Builder, probeBuilder } from "../../../src/docker/build/builder.ts";
import type { CacheScope } from "../../../src/docker/build/cache-scope.ts";
import type { BuildDefinition } from "../../../src/docker/build/definition.ts";
import { dockerEnvironment } from "../../../src/docker/engine/environment.ts";
import { saveImages } from "../../../src/docker/engine/save-and-pull.ts";
import { newRunId, type RunId } from "../../../src/docker/engine/tags.ts";
import { cacheScope, definition } from "../../helpers/build-definition.ts";
import { engineEnvironment, stores } from "../../helpers/engine.ts";
import { docker, dockerScript, shellImage, type Workspace, workspace } from "../../helpers/workspace.ts";

const shell = `docker-edge-shell:${randomBytes(6).toString("hex")}`;
const unnumbered = (log: readonly string[]) => log.map((line) => line.replace(/^#\d+ /, ""));
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const leftovers = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith("image-audit-docker-"));

describe.each([...stores])("on the %s store", (store) => {
  let engine: Builder;
  let temporary: Workspace;

  beforeAll(async () => {
    const env = dockerEnvironment(await engineEnvironment(store));
    engine = await probeBuilder({ env });
    await shellImage(env, shell);
    // Other tests build at the same time. A directory of our own has only files of these tests.
    temporary = await workspace();
    process.env.TMPDIR = temporary.path;
  }, 120_000);

  afterAll(async () => {
    await docker(engine.env, "image", "rm", shell);
    await temporary[Symbol.asyncDispose]();
    delete process.env.TMPDIR;
  });

  async function build(
    root: string,
    overrides: Partial<BuildDefinition> = {},
    more: {
      side?: "head" | "base";
      engine?: Builder;
      signal?: AbortSignal;
      cacheScope?: CacheScope;
      run?: RunId;
    } = {},
  ) {
    const log: string[] = [];
    // Engines without a bridge have only the host's network.
    const request = {
      definition: definition({ network: "host", ...overrides }),
      side: more.side ?? "head",
      root,
      cacheScope: more.cacheScope ?? cacheScope,
    } as const;
    const built = await buildImage(request, more.engine ?? engine, {
      log: (line) => log.push(line),
      signal: more.signal,
      run: more.run,
    });
    return Object.assign(built, { log });
  }

  const references = async () =>
    (await docker(engine.env, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}"))
      .split("\n")
      .filter((name) => name.startsWith("image-audit/"));

  async function archiveText(reference: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of saveImages([reference], engine)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString("latin1");
  }

  test("builds an image under a unique name with a config digest, and removes it with its files", async () => {
    await using tree = await workspace({
      Dockerfile: `FROM ${shell}\nARG WORD\nRUN echo "$WORD" > /word && cat /word\n`,
    });
    const built = await build(tree.path, { buildArgs: new Map([["WORD", "bird"]]) });
    expect(built.reference).toMatch(/^image-audit\/build:head-\d{8}T\d{6}Z-[0-9a-f]{24}$/);
    expect(unnumbered(built.log)).toContain("bird");
    expect(await references()).toContain(built.reference);
    expect(await archiveText(built.reference)).toContain(built.configDigest?.slice("sha256:".length));
    await built[Symbol.asyncDispose]();
    expect(await references()).not.toContain(built.reference);
    expect(await leftovers()).toEqual([]);
  });

  test("reports the line, step, exit code and last output of a failing build", async () => {
    await using tree = await workspace({
      Dockerfile: `FROM ${shell}\nRUN true\nRUN echo some words; exit 7\n`,
    });
    await expect(build(tree.path)).rejects.toMatchObject({
      code: "build-failed",
      message:
        "The build of the head's image failed at line 3 of the Dockerfile, [3/3] RUN echo some words; exit 7: exit code: 7. Its last lines:\n  some words",
    });
    expect(await leftovers()).toEqual([]);
  });

  test("distinguishes a Dockerfile that does not parse from a missing target", async () => {
    await using tree = await workspace({
      Dockerfile: `FROM ${shell}\nRUNN x\n`,
      other: `FROM ${shell} AS prod\n`,
    });
    await expect(build(tree.path)).rejects.toThrow(/line 2 of the Dockerfile: .*unknown instruction: RUNN/);
    await expect(build(tree.path, { file: "other", target: "dev" })).rejects.toMatchObject({
      code: "target-unknown",
    });
    await using built = await build(tree.path, { file: "other", target: "prod" });
    expect(built.reference).toContain("head");
  });

  test("gives each side its own bytes, even if directory names, file sizes and times are equal", async () => {
    await using trees = await workspace({
      "base/app/Dockerfile": `FROM ${shell}\nCOPY file /file\nCOPY --from=lib file /lib\nRUN cat /file /lib\n`,
      "base/app/file": "base of app\n",
      "base/lib/file": "base of lib\n",
    });
    await using head = await workspace({
      "base/app/Dockerfile": `FROM ${shell}\nCOPY file /file\nCOPY --from=lib file /lib\nRUN cat /file /lib\n`,
      "base/app/file": "head of app\n",
      "base/lib/file": "head of lib\n",
    });
    const time = new Date("2026-01-01T00:00:00Z");
    for (const root of [trees.path, head.path]) {
      for (const name of ["app/file", "lib/file", "app/Dockerfile"])
        await utimes(join(root, "base", name), time, time);
    }
    const overrides = { context: "base/app", buildContexts: new Map([["lib", "base/lib"]]) };
    await using first = await build(trees.path, overrides, { side: "base" });
    await using second = await build(head.path, overrides, { side: "head" });
    expect(unnumbered(first.log).filter((line) => / of (app|lib)$/.test(line))).toEqual([
      "base of app",
      "base of lib",
    ]);
    expect(unnumbered(second.log).filter((line) => / of (app|lib)$/.test(line))).toEqual([
      "head of app",
      "head of lib",
    ]);
  });

  test("unchanged steps are cache hits on the other side", async () => {
    const files = {
      Dockerfile: `FROM ${shell}\nCOPY file /file\nRUN cat /file /dev/null\n`,
      file: randomBytes(8).toString("hex"),
    };
    await using base = await workspace(files);
    await using head = await workspace(files);
    await using first = await build(base.path, {}, { side: "base" });
    await using second = await build(head.path, {}, { side: "head" });
    expect(first.log.filter((line) => line.endsWith("CACHED"))).toHaveLength(0);
    expect(second.log.filter((line) => line.endsWith("CACHED"))).toHaveLength(2);
    expect(second.configDigest).not.toBeNull();
  });

  test("respects .dockerignore and the ignore file named after the Dockerfile through the link", async () => {
    const files = {
      kept: "1",
      ignored: "2",
      "also-ignored": "3",
      ".dockerignore": "ignored\n",
      "docker/prod.Dockerfile.dockerignore": "also-ignored\n",
    };
    const dockerfile = `FROM ${shell}\nCOPY . /context\nRUN ls /context\n`;
    await using tree = await workspace({
      ...files,
      Dockerfile: dockerfile,
      "docker/prod.Dockerfile": dockerfile,
    });
    await using general = await build(tree.path);
    expect(general.log.join("\n")).toContain("also-ignored");
    expect(unnumbered(general.log)).not.toContain("ignored");
    await using own = await build(tree.path, { file: "docker/prod.Dockerfile" });
    expect(unnumbered(own.log)).toContain("ignored");
    expect(own.log.join("\n")).not.toContain("also-ignored");
  });

  test("builds the bytes that were read, whatever has replaced the files since", async () => {
    const text = `FROM ${shell}\r\n# \xff\xfe\r\nCOPY . /context\r\nRUN echo read; ls /context\r\n`;
    await using tree = await workspace({
      kept: "",
      ignored: "",
      ".dockerignore": "ignored\n",
      decoy: `FROM ${shell}\nRUN echo decoy; exit 1\n`,
    });
    const bytes = Buffer.concat([Buffer.from("\ufeff"), Buffer.from(text, "latin1")]);
    await writeFile(join(tree.path, "Dockerfile"), bytes);
    await using swapping = await dockerScript(
      engine.env,
      `cd '${tree.path}'; ln -sf decoy Dockerfile; ln -sf decoy Dockerfile.dockerignore; echo kept > .dockerignore\nexec "$REAL_DOCKER" "$@"`,
    );
    await using built = await build(tree.path, {}, { engine: { ...engine, env: swapping.env } });
    expect(built.dockerfile).toBe(bytes.toString("utf8"));
    const log = unnumbered(built.log);
    expect(log).toEqual(expect.arrayContaining(["read", "kept", "decoy"]));
    expect(log).not.toContain("ignored");
    expect(built.log.join("\n")).not.toContain("recorded no Dockerfile");
  });

  test("does not use an ignore file that appears later", async () => {
    await using tree = await workspace({
      kept: "",
      Dockerfile: `FROM ${shell}\nCOPY . /context\nRUN ls /context\n`,
    });
    const planting = `echo kept > '${tree.path}/.dockerignore'\nexec "$REAL_DOCKER" "$@"`;
    await using script = await dockerScript(engine.env, planting);
    await using built = await build(tree.path, {}, { engine: { ...engine, env: script.env } });
    expect(unnumbered(built.log)).toContain("kept");
  });

  test("refuses a builder that records a different Dockerfile", async () => {
    await using tree = await workspace({
      "app/my.Dockerfile": `FROM ${shell}\nRUN echo read\n`,
    });
    await using lying = await dockerScript(
      engine.env,
      `for a; do [ "$p" = --file ] && printf 'FROM ${shell}\\nRUN echo other\\n' > "$a"; p=$a; done\nexec "$REAL_DOCKER" "$@"`,
    );
    const run = newRunId();
    for (const side of ["head", "base"] as const) {
      const building = build(
        tree.path,
        { file: "app/my.Dockerfile" },
        { side, run, engine: { ...engine, env: lying.env } },
      );
      await expect(building).rejects.toMatchObject({ code: "dockerfile-differs" });
      await expect(building).rejects.toThrow(
        `The ${side}'s image was built from a Dockerfile that differs from "app/my.Dockerfile"`,
      );
    }
    expect((await references()).filter((name) => name.includes(run))).toEqual([]);
    expect(await leftovers()).toEqual([]);
  });

  test("builds a Dockerfile without steps, for which a builder records nothing", async () => {
    await using tree = await workspace({ Dockerfile: "FROM scratch\nENV a=b\n" });
    await using built = await build(tree.path);
    expect(built.log.join("\n")).toContain("recorded no Dockerfile");
  });

  test("files in a head's cache mount reach later heads of the same change, but no base", async () => {
    const mounts = ["target=/1", "id=x,target=/2", "target=/3,sharing=locked"].map(
      (mount) => `--mount=type=cache,${mount}`,
    );
    const dockerfile = (command: string) =>
      `FROM ${shell}\nARG ONCE\nRUN ${mounts.join(" ")} ${command} && echo $ONCE\n`;
    await using filling = await workspace({ Dockerfile: dockerfile("touch /1/poison /2/poison /3/poison") });
    await using showing = await workspace({
      Dockerfile: dockerfile("echo found $(ls /1) $(ls /2) $(ls /3)"),
    });
    const found = async (tree: Workspace, side: "head" | "base", scope: CacheScope) => {
      const buildArgs = new Map([["ONCE", randomBytes(8).toString("hex")]]);
      await using built = await build(tree.path, { buildArgs }, { side, cacheScope: scope });
      return unnumbered(built.log).find((line) => line.startsWith("found"));
    };
    const one = { ...cacheScope, repository: randomBytes(8).toString("hex") };
    const other = { ...one, change: "pull request 2" };
    await found(filling, "head", one);
    expect(await found(showing, "base", one)).toBe("found");
    expect(await found(showing, "head", other)).toBe("found");
    expect(await found(showing, "head", one)).toBe("found poison poison poison");
  });

  test("separate cache mounts cost no cache hits between the sides and are visible nowhere", async () => {
    const steps = [
      "target=/cache",
      "id=x,target=/cache",
      "target=/cache,sharing=locked",
      "target=/cache,uid=1000",
    ].map((mount) => `RUN --mount=type=cache,${mount} date > /cache/a; cp /cache/a /b`);
    const files = {
      Dockerfile: `FROM ${shell}\nARG USED=1\nRUN echo plain; env\n${steps.join("\n")}\nRUN cat /b\n`,
      file: randomBytes(8).toString("hex"),
    };
    const buildArgs = new Map([["USED", files.file]]);
    await using base = await workspace(files);
    await using head = await workspace(files);
    await using first = await build(base.path, { buildArgs }, { side: "base" });
    await using second = await build(head.path, { buildArgs }, { side: "head" });
    expect(first.log.filter((line) => line.endsWith("CACHED"))).toHaveLength(0);
    expect(second.log.filter((line) => line.endsWith("CACHED"))).toHaveLength(6);
    const history = await docker(engine.env, "image", "history", "--no-trunc", second.reference);
    for (const text of [history, first.log.join("\n")])
      expect(text).not.toMatch(/CACHE_MOUNT_NS|image-audit\//);
    expect(history).toContain(`USED=${files.file}`);
  });

  test("secrets reach the build, but no command line, image or log", async () => {
    const [value, ofEnv, ofFile] = ['canary-value,"1"\n', "canary-env", "canary-file"];
    await using tree = await workspace({
      Dockerfile: `FROM ${shell}\n${["a", "b", "c"].map((id) => `RUN --mount=type=secret,id=${id},required sha256sum /run/secrets/${id}`).join("\n")}\n`,
      "secret.txt": ofFile,
    });
    await using recording = await dockerScript(engine.env, recordArguments);
    await using built = await build(
      tree.path,
      {
        secrets: new Map([["a", value]]),
        secretEnvs: new Map([["b", "TOKEN"]]),
        secretFiles: new Map([["c", "secret.txt"]]),
      },
      { engine: { ...engine, env: { ...recording.env, TOKEN: ofEnv } } },
    );
    const log = built.log.join("\n");
    for (const text of [value, ofEnv, ofFile]) expect(log).toContain(sha256(text));
    const seen = [
      log,
      await readFile(join(recording.path, "bin/arguments"), "utf8"),
      await archiveText(built.reference),
    ];
    for (const text of seen) expect(text).not.toContain("canary");
    expect(seen[1]).toContain("--secret");
  });

  test("an unreadable secret file hides no other failure", async () => {
    await using tree = await workspace({ Dockerfile: "FROM scratch\n", "secret.txt": "canary" });
    // Root may read every file, so a directory replaces the file.
    const secret = join(tree.path, "secret.txt");
    await using broken = await dockerScript(
      engine.env,
      `rm -f '${secret}'; mkdir -p '${secret}'; echo 'ERROR: no builder "none" found' >&2; exit 1`,
    );
    const building = build(
      tree.path,
      { secretFiles: new Map([["c", "secret.txt"]]) },
      { engine: { ...engine, env: broken.env } },
    );
    await expect(building).rejects.toMatchObject({ code: "engine-failed" });
  });

  test("writes a log full of workflow commands without any command", async () => {
    await using tree = await workspace({
      Dockerfile: [
        `FROM ${shell}`,
        "LABEL a='##[add-mask]e'",
        "RUN echo '##[add-mask]x'; echo '::set-output name=result::pass'; printf '\\r::error::x\\n#\\033[0m#[error]y\\n'",
        "RUN echo '##[stop-commands]x' >&2; printf 'a\\342\\200\\250::warning::b'; exit 1",
      ].join("\n"),
    });
    const log: string[] = [];
    const request = {
      definition: definition({ network: "host" }),
      side: "head",
      root: tree.path,
      cacheScope,
    } as const;
    const failure = await buildImage(request, engine, { log: (line) => log.push(line) }).catch(
      (error: Error) => error,
    );
    const lines = [...log, ...(failure as Error).message.split("\n")];
    expect(lines.join("\n")).toContain("## [add-mask]x");
    expect(lines.join("\n")).toContain("set-output name=result");
    for (const line of lines) expect(line).not.toMatch(/##\[|^\s*::|[\u2028\p{Cc}]/u);
  });

  test("a cancelled build ends before its steps and leaves no tag, file or process", async () => {
    await using tree = await workspace({ Dockerfile: `FROM ${shell}\nRUN echo started; sleep 600\n` });
    await using recording = await dockerScript(engine.env, recordArguments);
    const abort = new AbortController();
    const request = {
      definition: definition({ network: "host" }),
      side: "head",
      root: tree.path,
      cacheScope,
    } as const;
    let isCancelled = false;
    const building = buildImage(
      request,
      { ...engine, env: recording.env },
      {
        signal: abort.signal,
        log: (line) => {
          if (!line.endsWith("started")) return;
          isCancelled = true;
          abort.abort();
        },
      },
    );
    await expect(building).rejects.toMatchObject({ code: "cancelled" });
    expect(isCancelled).toBe(true);
    const given = await readFile(join(recording.path, "bin/arguments"), "utf8");
    const reference = /^image-audit\/build:.*$/m.exec(given)?.[0] ?? "none";
    expect(given).toContain(`--tag\n${reference}\n`);
    expect(await references()).not.toContain(reference);
    expect(await processesThatMention(reference)).toEqual([]);
    expect(await leftovers()).toEqual([]);
  });

  test("a cancelled build waits neither for a docker that ignores signals nor for open pipes", async () => {
    await using tree = await workspace({ Dockerfile: "FROM scratch\nCOPY . /\n" });
    await using deaf = await dockerScript(
      engine.env,
      'trap "" TERM; echo $$ >> "$(dirname "$0")/pids"; setsid sleep 600 & echo $! >> "$(dirname "$0")/pids"; exec sleep 600',
    );
    const abort = new AbortController();
    const request = { definition: definition(), side: "head", root: tree.path, cacheScope } as const;
    const pids = async () =>
      (await readFile(join(deaf.path, "bin/pids"), "utf8").catch(() => "")).split("\n");
    const building = buildImage(
      request,
      { ...engine, env: deaf.env },
      { signal: abort.signal, log: () => {} },
    );
    building.catch(() => {});
    await expect.poll(async () => (await pids()).length).toBeGreaterThan(2);
    abort.abort();
    await expect(building).rejects.toMatchObject({ code: "cancelled" });
    expect(await leftovers()).toEqual([]);
    for (const pid of (await pids()).map(Number)) {
      try {
        if (pid > 1) process.kill(pid, "SIGKILL");
      } catch {
        // The process has ended, as expected.
      }
    }
  }, 20_000);

  test("returns the base image's digest if it is a registry's, and never a chain of layers", async () => {
    await using tree = await workspace({ Dockerfile: `FROM ${shell}\nRUN true\n` });
    await using built = await build(tree.path);
    const known = await docker(engine.env, "image", "inspect", "--format", "{{json .RepoDigests}}", shell);
    const digests = new Set((JSON.parse(known) as string[]).map((named) => named.split("@")[1]));
    const reference = `docker.io/library/${shell}`;
    expect(built.materials).toEqual([...digests].map((digest) => ({ reference, digest })));
  });

  test.skipIf(store === "graphdriver")("both sides share one layout, which has each blob once", async () => {
    await using head = await workspace({ Dockerfile: `FROM ${shell}\nRUN echo head > /side\n` });
    await using base = await workspace({ Dockerfile: `FROM ${shell}\nRUN echo base > /side\n` });
    await using shared = await workspace();
    const layout = shared.path;
    const of = (side: "head" | "base", root: string) => ({
      definition: definition({ network: "host" }),
      side,
      root,
      cacheScope,
    });
    const options = { log: () => {}, destination: { kind: "layout", directory: layout } } as const;
    await using first = await buildImage(of("base", base.path), engine, options);
    await using second = await buildImage(of("head", head.path), engine, options);
    const index = await readFile(join(layout, "index.json"), "utf8");
    for (const { reference } of [first, second]) expect(index).toContain(reference);
    // Three layers of the shell's image, one layer of each side, two configs, two manifests.
    expect(await readdir(join(layout, "blobs/sha256"))).toHaveLength(9);
    expect(await readdir(join(layout, "blobs/sha256"))).toContain(
      first.configDigest?.slice("sha256:".length),
    );
    expect(await references()).not.toContain(first.reference);
  });
});

/** Script of a `docker` that records its arguments. */
const recordArguments = `printf '%s\\n' "$@" >> "$(dirname "$0")/arguments"\nexec "$REAL_DOCKER" "$@"`;

async function processesThatMention(text: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (line.includes(text)) found.push(line);
  }
  return found;
}
