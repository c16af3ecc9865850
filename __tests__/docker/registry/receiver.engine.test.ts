import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { type Engine, probeEngine } from "../../../src/docker/engine/engine.ts";
import { dockerEnvironment } from "../../../src/docker/engine/environment.ts";
import { saveImages } from "../../../src/docker/engine/save-and-pull.ts";
import { newPushReference, newRunId, removeTag, removeTagsOf } from "../../../src/docker/engine/tags.ts";
import { pushImage } from "../../../src/docker/registry/push.ts";
import { openReceiver, type Receiver } from "../../../src/docker/registry/receiver.ts";
import { imageOf, readArchive } from "../../../src/image/archive/archive.ts";
import type { Image } from "../../../src/image/image.ts";
import { type ReadingStore, readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import { examineContent } from "../../../src/inspect/content.ts";
import { inspect } from "../../../src/inspect/inspect.ts";
import type { Inspection } from "../../../src/inspect/inspection.ts";
import { debianBase } from "../../helpers/bases.ts";
import { engineEnvironment, stores } from "../../helpers/engine.ts";
import { hasRegistry, startRegistry } from "../../helpers/registry.ts";
import { docker, shellImage, workspace } from "../../helpers/workspace.ts";

const isRegistryThere = await hasRegistry();

describe.each(stores)("on the %s store", (store) => {
  const unique = randomBytes(6).toString("hex");
  const shell = `image-audit-test/receive:shell-${unique}`;
  const grown = `image-audit-test/receive:grown-${unique}`;
  const debian = `image-audit-test/receive:debian-${unique}`;
  const env = dockerEnvironment(engineEnvironment(store));
  let engine: Pick<Engine, "env" | "socket">;

  beforeAll(async () => {
    engine = await probeEngine({ env });
    await shellImage(env, shell);
    await build(`FROM ${shell}\nRUN echo one >/one && rm /bin/vi\nCOPY Dockerfile /srv/`, grown);
    await build(`FROM ${await debianBase(store)}\nRUN echo two >/two`, debian);
    return async () => {
      for (const name of [grown, shell, debian]) await removeTag(name, engine);
    };
  });

  async function build(dockerfile: string, tag: string, provenance = "false"): Promise<void> {
    await using context = await workspace({ Dockerfile: dockerfile });
    const args = ["buildx", "build", "--quiet", "--load", "--tag", tag, `--provenance=${provenance}`];
    await docker(env, ...args, context.path);
  }

  function open(from: ReadingStore = readingsOfThisRun()): Promise<Receiver> {
    return openReceiver({ store: from, examine: examineContent });
  }

  async function saved(name: string): Promise<Image> {
    const archive = await readArchive(saveImages([name], engine), {
      store: readingsOfThisRun(),
      examine: examineContent,
    });
    return imageOf(archive, { name });
  }

  /** Returns the tags and digests that the engine has under a receiver's address. */
  async function leftOf({ reference }: Receiver): Promise<string> {
    const list = await docker(env, "image", "ls", "--all", "--digests");
    const [address = ""] = reference.split("/");
    return list
      .split("\n")
      .filter((line) => line.startsWith(`${address}/`))
      .join("\n");
  }

  test("a pushed image is the same as a saved one", async () => {
    for (const name of [grown, debian]) {
      await using receiver = await open();
      expect(await pushImage(name, receiver, engine)).toBe(true);
      const [received, expected] = [receiver.image({}), await saved(name)];
      expect(portable(received)).toEqual(portable(expected));
      expect(received.layers.map(({ reading }) => reading)).toEqual(
        expected.layers.map(({ reading }) => reading),
      );
      expect(received.digest).not.toBeNull();
      // The containerd store pushes what it saves.
      if (store === "containerd") expect(received).toEqual(expected);
      expect(await leftOf(receiver)).toBe("");
      expect(receiver.refusal).toBeNull();
    }
  });

  test("does not receive layers again that it has read", async () => {
    const readings = readingsOfThisRun();
    await using first = await open(readings);
    await pushImage(shell, first, engine);
    await using second = await open(readings);
    await pushImage(grown, second, engine);
    const [base, head] = [first.image({}), second.image({})];
    const known = new Set(base.layers.map(({ blob }) => blob?.digest));
    const added = head.layers.filter(({ blob }) => !known.has(blob?.digest));
    expect(added.length).toBe(head.layers.length - base.layers.length);
    await using third = await open(readings);
    await pushImage(grown, third, engine);
    expect(third.image({})).toEqual(head);
    // Only the config was sent.
    expect(third.size).toBeLessThan(head.metadataSize ?? 0);
    expect(second.size).toBe(added.reduce((sum, { blob }) => sum + (blob?.size ?? 0), 0) + third.size);
  });

  test.runIf(isRegistryThere)("the pull size is exactly what a registry serves", async () => {
    await using registry = await startRegistry();
    await using receiver = await open();
    await pushImage(grown, receiver, engine);
    const received = receiver.image({});
    const name = `${registry.address}/some/image:1`;
    await docker(env, "image", "tag", grown, name);
    await docker(env, "image", "push", "--quiet", name);
    await docker(env, "image", "rm", name);
    const served = await fetch(`http://${registry.address}/v2/some/image/manifests/1`, {
      headers: {
        Accept:
          "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json",
      },
    });
    const text = await served.text();
    const manifest: Served = JSON.parse(text);
    expect(received.digest).toBe(served.headers.get("docker-content-digest"));
    expect(received.metadataSize).toBe(text.length + manifest.config.size);
    expect(received.layers.map(({ blob }) => blob)).toEqual(
      manifest.layers.map(({ digest, size }) => ({ digest, size })),
    );
    for (const { digest, size } of manifest.layers) {
      const { headers } = await fetch(`http://${registry.address}/v2/some/image/blobs/${digest}`, {
        method: "HEAD",
      });
      expect(Number(headers.get("content-length"))).toBe(size);
    }
  });

  test.runIf(store === "containerd")("an image with attestations is pushed with its index", async () => {
    const attested = `image-audit-test/receive:attested-${unique}`;
    await build(`FROM ${shell}\nRUN echo three >/three`, attested, "mode=max");
    await using receiver = await open();
    await pushImage(attested, receiver, engine);
    const received = receiver.image({});
    expect(portable(received)).toEqual(portable(await saved(attested)));
    await removeTag(attested, engine);
    expect(await leftOf(receiver)).toBe("");
  });

  test("BuildKit pushes without the engine", async () => {
    await using receiver = await open();
    await using context = await workspace({ Dockerfile: `FROM ${grown}\nRUN echo four >/four` });
    const output = `type=image,name=${receiver.reference},push=true,registry.insecure=true`;
    const args = ["buildx", "build", "--quiet", "--provenance=false", "--output", output, context.path];
    await docker(env, ...args);
    const { layers } = receiver.image({});
    expect([...(layers.at(-1)?.reading.entries ?? [])].map(({ path }) => path)).toContain("four");
    await removeTag(receiver.reference, engine);
    expect(await leftOf(receiver)).toBe("");
  });

  test("distinguishes the built image from any other", async () => {
    await using receiver = await open();
    await pushImage(grown, receiver, engine);
    const { configDigest } = receiver.image({});
    expect(receiver.image({ configDigest })).toEqual(receiver.image({}));
    const other = { configDigest: `sha256:${"0".repeat(64)}` } as const;
    expect(() => receiver.image(other)).toThrow(expect.objectContaining({ code: "digest-mismatch" }));
  });

  test("a cancelled push fails as cancelled and leaves nothing", async () => {
    for (const after of [0, 50, 150, 400]) {
      const abort = new AbortController();
      await using receiver = await open();
      const pushing = pushImage(debian, receiver, engine, { signal: abort.signal });
      pushing.catch(() => {});
      await wait(after);
      abort.abort();
      await expect(pushing).rejects.toMatchObject({ code: "cancelled" });
      await receiver[Symbol.asyncDispose]();
      await wait(300);
      expect(await leftOf(receiver)).toBe("");
    }
    expect(await docker(env, "image", "ls", "--quiet", debian)).not.toBe("");
  });

  test("a refused push reports the reason without delay and leaves nothing", async () => {
    // Another process that has discovered the path pushes first.
    await using receiver = await open();
    const [address, path] = [
      receiver.reference.split("/")[0],
      receiver.reference.split("/").slice(1).join("/"),
    ];
    const [repository, tag] = path.split(":");
    const answer = await fetch(`http://${address}/v2/${repository}/manifests/${tag}`, {
      method: "PUT",
      headers: { "Content-Type": "application/vnd.oci.image.index.v1+json" },
      body: JSON.stringify({ schemaVersion: 2, manifests: [] }),
    });
    expect(answer.status).toBe(201);
    await expect(pushImage(grown, receiver, engine)).rejects.toMatchObject({ code: "digest-mismatch" });
    expect(await leftOf(receiver)).toBe("");
  });

  test("an engine that cannot reach us is not a failure, so the image is read by another route", async () => {
    await using receiver = await open();
    // Simulates an engine on another machine, which has another loopback.
    const elsewhere = { ...receiver, wasReached: false, refusal: null, reference: await deadReference() };
    expect(await pushImage(grown, elsewhere, engine)).toBe(false);
    expect(await docker(env, "image", "ls", "--quiet", elsewhere.reference)).toBe("");
  });

  test("does not ask an engine without a socket on this machine", async () => {
    await using receiver = await open();
    expect(await pushImage(grown, receiver, { env, socket: null })).toBe(false);
    expect(await pushImage(grown, receiver, { env, socket: "/nowhere.sock" })).toBe(false);
    expect(receiver.wasReached).toBe(false);
  });

  test("reports a missing image as not found", async () => {
    await using receiver = await open();
    await expect(pushImage("image-audit-test/none", receiver, engine)).rejects.toMatchObject({
      code: "image-not-found",
    });
  });

  test("reports the engine's error during a push", async () => {
    await using receiver = await open();
    await using place = await workspace();
    const socket = join(place.path, "engine.sock");
    await using _ = await fullEngine(socket);
    const { pathname } = new URL(`http://${receiver.reference}`);
    const repository = pathname.replace(/:[^:]+$/, "");
    const blob = `http://${receiver.reference.split("/")[0]}/v2${repository}/blobs/sha256:${"0".repeat(64)}`;
    expect((await fetch(blob, { method: "HEAD" })).status).toBe(404);
    const pushing = pushImage(grown, receiver, { env, socket });
    await expect(pushing).rejects.toMatchObject({ code: "engine-no-space" });
  });

  test("removes what a killed run left", async () => {
    const run = newRunId();
    const { reference } = newPushReference("127.0.0.1:1", "0".repeat(32), run);
    await docker(env, "image", "tag", shell, reference);
    expect(await removeTagsOf(run, engine)).toEqual([reference]);
    expect(await docker(env, "image", "ls", "--quiet", reference)).toBe("");
  });
});

interface Served {
  readonly config: { readonly size: number };
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

/** Inspects an image, without what depends on the route: the layers' compression, and so the manifest. */
function portable(image: Image): Omit<Inspection, "digest" | "pullSize"> {
  const { digest, pullSize, layers, ...rest } = inspect(image);
  return { ...rest, layers: layers.map((layer) => ({ ...layer, digest: null, compressedSize: null })) };
}

/** Starts an engine with a full disk. It reports this in the stream, after a status of 200. */
async function fullEngine(socket: string): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    const isPush = request.url?.includes("/push?");
    response.writeHead(request.method === "POST" && !isPush ? 201 : 200);
    response.write('{"status":"Preparing"}\r\n');
    response.end(isPush ? '{"errorDetail":{},"error":"write /x: no space left on device"}\r\n' : "");
  });
  server.listen(socket);
  await once(server, "listening");
  return { [Symbol.asyncDispose]: async () => void server.close() };
}

/** Returns a reference at a port without a listener. */
async function deadReference(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return newPushReference(`127.0.0.1:${port}`, "0".repeat(32), newRunId()).reference;
}
