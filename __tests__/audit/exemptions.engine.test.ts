import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { busyboxBase } from "../helpers/bases.ts";
import { docker, engineEnvironment, stores } from "../helpers/engine.ts";
import { type Github, startGithub } from "../helpers/github-api.ts";
import { auditPullRequest, type Files, openPullRequest, type Step } from "../helpers/pull-request.ts";
import { hasRegistry, startRegistry, type TestRegistry } from "../helpers/registry.ts";
import type { StepOptions } from "../helpers/runner.ts";
import { workspace } from "../helpers/workspace.ts";

// Which growth is exempt from the gate, and which is not: with real repositories, a real engine, and the real
// action.

let github: Github;
let registry: TestRegistry | null = null;
beforeAll(async () => {
  github = await startGithub();
  if (await hasRegistry()) registry = await startRegistry();
});
afterAll(async () => {
  await github[Symbol.asyncDispose]();
  await registry?.[Symbol.asyncDispose]();
});

const padding = 9_000_000;
const pad = (bytes: number) => "x".repeat(bytes);
const small = { app: pad(1000) };
const padded = { app: pad(padding) };

interface Attack {
  readonly base: Files;
  readonly head: Files;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Uses the same Dockerfile in both commits. The file that it reads differs. */
const readsApp = (Dockerfile: string): Attack => ({ base: { Dockerfile, ...small }, head: padded });
/** Uses one Dockerfile with a size that the pull request changes. */
const says = (Dockerfile: (bytes: number) => string): Attack => ({
  base: { Dockerfile: Dockerfile(1000), ...small },
  head: { Dockerfile: Dockerfile(padding) },
});
const growing = "head -c $BYTES /dev/zero > /pad";

/** A step that reads from neighbouring addresses until one answers. */
const asking = String.raw`RUN set -- $(ip -4 addr show eth0 | sed -n 's|.*inet \([0-9.]*\)[.]\([0-9]*\)/.*|\1 \2|p'); \
  for try in 1 2 3 4 5 6 7 8; do for far in -1 1 -2 2; do \
    sleep 2 | timeout 4 nc $1.$(($2 + far)) 9999 > /pad; [ -s /pad ] && exit 0; \
  done; done
`;

/** Each attack has a RUN with the same line in both commits that writes 9 MB more in the head. */
const attacks: Readonly<Record<string, (from: string) => Attack>> = {
  "a document that is run as a file": (from) =>
    says((bytes) => `${from}\nRUN <<EOF\n#!/bin/sh\nhead -c ${bytes} /dev/zero > /pad\nEOF\n`),
  "a mount with two types": (from) =>
    readsApp(`${from}\nRUN --mount=type=cache,type=bind,target=/src cp /src/app /pad\n`),
  "a mount with keys in mixed case": (from) =>
    readsApp(`${from}\nRUN --mount=TYPE=tmpfs,Type=bind,TARGET=/src cp /src/app /pad\n`),
  "a mount flag with quotes": (from) =>
    readsApp(`${from}\nRUN --"mou"nt=type=bind,target=/src cp /src/app /pad\n`),
  "a mount flag across lines": (from) =>
    readsApp(`${from}\nRUN --mou\\\n# comment\n\nnt=type=bind,target=/src cp /src/app /pad\n`),
  "a mount in an ONBUILD": (from) =>
    readsApp(`${from} AS parent\nONBUILD RUN --mount=type=bind,target=/src cp /src/app /pad\nFROM parent\n`),
  "a cache that another stage fills": (from) =>
    says(
      (bytes) =>
        `${from} AS fill\nRUN --mount=type=cache,id=exemptions,target=/c head -c ${bytes} /dev/zero > /c/pad; touch -d @0 /done\n${from}\nCOPY --from=fill /done /\nRUN --mount=type=cache,id=exemptions,target=/c cp /c/pad /pad\n`,
    ),
  "a variable of an earlier ENV": (from) => says((bytes) => `${from}\nENV BYTES=${bytes}\nRUN ${growing}\n`),
  "a variable of an earlier ARG": (from) =>
    says((bytes) => `ARG A=${bytes}\n${from}\nARG A BYTES=$A\nRUN ${growing}\n`),
  "another shell": (from) =>
    says(
      (bytes) => `${from}\nSHELL ["/bin/sh", "-c", "head -c ${bytes} /dev/zero > /pad; eval $0"]\nRUN true\n`,
    ),
  "a concurrent step of another stage": (from) => ({
    ...says(
      (bytes) =>
        `${from} AS other\nRUN head -c ${bytes} /dev/zero | timeout 30 nc -l -p 9999; touch -d @0 /done\n${from}\n${asking}COPY --from=other /done /\n`,
    ),
    inputs: { network: "default" },
  }),
  "another directory": (from) =>
    says((bytes) => `${from}\nWORKDIR /${bytes}\nRUN head -c $(pwd | tail -c +2) /dev/zero > /pad\n`),
};

function comparisonOf(step: Step) {
  const [image] = step.report?.images ?? [];
  if (image?.comparison == null) throw new Error(step.log);
  return { ...image.comparison, findings: image.findings };
}

describe.each(stores)("on the %s store", (store) => {
  let from: string;
  beforeAll(async () => {
    from = `FROM ${await busyboxBase(store)}`;
  });

  async function audit({ base, head, inputs = {} }: Attack, more: Partial<StepOptions> = {}): Promise<Step> {
    const pullRequest = await openPullRequest(github, base, head);
    onTestFinished(() => pullRequest[Symbol.dispose]());
    const step = await auditPullRequest(github, pullRequest, {
      env: engineEnvironment(store),
      inputs: { "max-increase": "100kB", distroless: "off", network: "none", ...inputs },
      ...more,
    });
    onTestFinished(() => step[Symbol.asyncDispose]());
    return step;
  }

  // Each attack runs on only one store, because the instructions for a builder do not depend on its store.
  const ofStore = Object.entries(attacks).filter((_, index) => stores[index % stores.length] === store);
  test.for(ofStore)("counts 9 MB from %s as the author's", async ([, attackOn]) => {
    const attack = attackOn(from);
    const step = await audit({ ...attack, inputs: { "no-cache": "true", ...attack.inputs } });
    expect(step.status, step.log).toBe(1);
    expect(comparisonOf(step).split).toMatchObject({ baseImage: 0, drift: 0 });
    expect(comparisonOf(step).findings).toContainEqual(
      expect.objectContaining({ rule: "max-increase", verdict: "fail" }),
    );
  });

  test("counts 9 MB as the author's that ONBUILD of a base image without a digest copies", async () => {
    const tag = await baseImage("ONBUILD COPY app /data\n");
    const Dockerfile = `FROM ${tag}\nCOPY more /more\n`;
    const step = await audit({ base: { Dockerfile, ...small, more: "1" }, head: { ...padded, more: "2" } });
    expect(step.status, step.log).toBe(1);
    const { split, layers } = comparisonOf(step);
    expect(split).toEqual({ baseImage: 0, own: padding - 1000, drift: 0 });
    expect(layers.find(({ difference }) => difference !== 0)).toMatchObject({ line: 1, origin: "own" });
  });

  // Writes more bytes with every second that has passed since the build of the base.
  const ages = "RUN sleep 1 && head -c $(($(date +%s) % 1000000)) /dev/zero > /aged\nRUN cp /aged /copy\n";

  test("counts new output of an unchanged command as drift", async () => {
    const Dockerfile = `${from}\n${ages}COPY app /app\n`;
    const step = await audit({
      base: { Dockerfile, ...small },
      head: { app: pad(1001) },
      inputs: { "no-cache": "true", "max-increase": "1B" },
    });
    expect(step.status, step.log).toBe(0);
    const { split, layers } = comparisonOf(step);
    expect(split).toEqual({ baseImage: 0, own: 1, drift: expect.any(Number) });
    expect(split.drift).toBeGreaterThanOrEqual(2);
    expect(layers.slice(-3).map(({ kind }) => kind)).toEqual(["drift", "drift", "changed"]);
  });

  test("reports a base image as moved, but not the layers above, if its tag moves between the builds", async (context) => {
    if (registry === null) return context.skip();
    const repository = `${registry.address}/base-${randomUUID()}`;
    // No other image has these layers: the record then has no other base image for them.
    const own = `RUN echo ${randomUUID()} > /own\n`;
    await baseImage(`${own}RUN head -c 9000000 /dev/zero > /larger\n`, `${repository}:new`);
    await baseImage(own, `${repository}:1`);
    for (const tag of ["new", "1"]) {
      const pushed = await docker(store, "push", `${repository}:${tag}`);
      expect(pushed.code, pushed.stderr).toBe(0);
    }
    const Dockerfile = `FROM ${repository}:1\nCOPY app /app\n`;
    const move = (child: ChildProcess) => {
      child.stdout?.on("data", async (text: Buffer | string) => {
        if (text.toString().includes("Building the head")) await retag(repository, "new", "1");
      });
    };
    const attack = { base: { Dockerfile, ...small }, head: { app: pad(1001) }, inputs: { pull: "true" } };
    const step = await audit(attack, { started: move });
    expect(step.status, step.log).toBe(0);
    expect(comparisonOf(step)).toMatchObject({
      baseImage: { kind: "moved" },
      split: { baseImage: padding, own: 1, drift: 0 },
    });

    await baseImage(own, `${repository}:1`);
    await docker(store, "push", `${repository}:1`);
    const over = await audit({ ...attack, head: padded }, { started: move });
    expect(over.status, over.log).toBe(1);
    expect(comparisonOf(over)).toMatchObject({
      baseImage: { kind: "moved" },
      split: { baseImage: padding, own: padding - 1000, drift: 0 },
    });
  });

  /** Builds an image on the small base image. Only the engine has it until it is pushed. */
  async function baseImage(
    lines: string,
    tag = `image-audit-test/exemptions:${randomUUID()}`,
  ): Promise<string> {
    await using directory = await workspace({ Dockerfile: `${from}\n${lines}` });
    const built = await docker(
      store,
      "buildx",
      "build",
      "--provenance=false",
      "--load",
      `--tag=${tag}`,
      directory.path,
    );
    expect(built.code, built.stderr).toBe(0);
    onTestFinished(async () => void (await docker(store, "image", "rm", tag)));
    return tag;
  }
});

/** Gives one tag of a repository the manifest of another. `repository` has the form of FROM. */
async function retag(repository: string, from: string, to: string): Promise<void> {
  const [address, name] = repository.split("/");
  const manifests = `http://${address}/v2/${name}/manifests`;
  const accept = ["oci.image.manifest.v1", "docker.distribution.manifest.v2"].map(
    (type) => `application/vnd.${type}+json`,
  );
  const found = await fetch(`${manifests}/${from}`, { headers: { accept: accept.join(", ") } });
  const headers = { "content-type": found.headers.get("content-type") ?? "" };
  const put = await fetch(`${manifests}/${to}`, { method: "PUT", headers, body: await found.bytes() });
  if (!put.ok) throw new Error(`The registry answers ${put.status}.`);
}
