import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dockerEnvironment } from "../../src/docker/environment.ts";
import { imageExists, pullImage, saveImages } from "../../src/docker/export.ts";
import { newReference, newRunId, removeTag, sweepLeftovers } from "../../src/docker/tags.ts";
import { engineEnvironment, stores } from "../helpers/engine.ts";
import { docker, dockerScript, shellImage } from "./workspace.ts";

const shell = `docker-edge-export:${randomBytes(6).toString("hex")}`;

/** A registry on loopback that has the same answer to everything, and counts how often a manifest is asked for. */
async function registry(status: number, code: string) {
  let asked = 0;
  const server = createServer((request, response) => {
    const isPing = request.url === "/v2/";
    if (!isPing) asked += 1;
    response.writeHead(isPing ? 200 : status, { "content-type": "application/json" });
    response.end(isPing ? "{}" : JSON.stringify({ errors: [{ code, message: "no" }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    name: `127.0.0.1:${port}/some/image:1`,
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe.each([...stores])("on the %s store", (store) => {
  let engine: { env: NodeJS.ProcessEnv };

  beforeAll(async () => {
    engine = { env: dockerEnvironment(await engineEnvironment(store)) };
    await shellImage(engine.env, shell);
  }, 120_000);

  afterAll(async () => {
    await removeTag(shell, engine);
  });

  test("images are streamed as one archive that docker can read", async () => {
    const other = newReference("head", newRunId());
    await docker(engine.env, "tag", shell, other);
    const { bytes, done } = saveImages([shell, other], engine);
    const archive = await buffer(bytes);
    await done;
    expect(archive.length % 512).toBe(0);
    const text = archive.toString("latin1");
    for (const expected of ["manifest.json", "index.json", shell, other]) expect(text).toContain(expected);
    await removeTag(other, engine);
  });

  test("an image that is not there fails the stream, so that nobody takes nothing for an image", async () => {
    const { bytes, done } = saveImages(["docker-edge-none:1"], engine);
    await expect(buffer(bytes)).rejects.toMatchObject({ code: "image-not-found" });
    await expect(done).rejects.toMatchObject({ code: "image-not-found" });
  });

  test("an archive that ends early fails, though its bytes came", async () => {
    await using broken = await dockerScript(
      engine.env,
      'echo some bytes; echo "write /data/tmp/docker-export-1/x: no space left on device" >&2; exit 1',
    );
    const { bytes } = saveImages([shell], broken);
    await expect(buffer(bytes)).rejects.toMatchObject({ code: "engine-no-space" });
  });

  test("a reader who stops ends docker, and so does a cancelled run", async () => {
    await using endless = await dockerScript(engine.env, "exec cat /dev/zero");
    const stopped = saveImages([shell], endless);
    for await (const _ of stopped.bytes) break;
    await expect(stopped.done).rejects.toMatchObject({ code: "engine-failed" });
    const cancelled = saveImages([shell], endless, { signal: AbortSignal.timeout(200) });
    await expect(drain(cancelled.bytes)).rejects.toMatchObject({ code: "cancelled" });
  });

  test("an image that nobody reads does not pile up in memory", async () => {
    await using endless = await dockerScript(engine.env, "exec cat /dev/zero");
    const before = process.memoryUsage().rss;
    const { bytes } = saveImages([shell], endless);
    bytes.read(0);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    bytes.destroy();
  });

  test("whether an image is there is told from an engine that is not", async () => {
    expect(await imageExists(shell, engine)).toBe(true);
    expect(await imageExists("docker-edge-none:1", engine)).toBe(false);
    expect(await imageExists("--help", engine)).toBe(false);
    const gone = { env: { ...engine.env, DOCKER_HOST: "unix:///nowhere.sock" } };
    await expect(imageExists(shell, gone)).rejects.toMatchObject({ code: "engine-missing" });
  });

  test("a pull that a registry throttles is tried again, and then told as such", async () => {
    await using throttling = await registry(429, "TOOMANYREQUESTS");
    const pulling = pullImage(throttling.name, null, engine, { firstWait: 10 });
    await expect(pulling).rejects.toMatchObject({ code: "pull-throttled" });
    expect(throttling.asked()).toBeGreaterThanOrEqual(4);
  }, 60_000);

  test("a pull that waits is cancelled at once", async () => {
    await using throttling = await registry(429, "TOOMANYREQUESTS");
    const abort = new AbortController();
    const pulling = pullImage(throttling.name, null, engine, { firstWait: 60_000, signal: abort.signal });
    setTimeout(() => abort.abort(), 3000);
    await expect(pulling).rejects.toMatchObject({ code: "cancelled" });
  }, 20_000);

  test("an image that a registry does not have is not tried again", async () => {
    await using empty = await registry(404, "MANIFEST_UNKNOWN");
    await expect(pullImage(empty.name, "linux/amd64", engine)).rejects.toMatchObject({
      code: "image-not-found",
    });
  });

  test("what a killed run left is swept, and neither what is new nor what is not ours", async () => {
    const old = newReference("base", newRunId(), new Date(Date.now() - 30 * 3_600_000));
    const fresh = newReference("head", newRunId());
    const foreign = "image-audit/build:mine";
    for (const name of [old, fresh, foreign]) await docker(engine.env, "tag", shell, name);
    expect(await sweepLeftovers(engine)).toEqual([old]);
    const left = await docker(engine.env, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
    expect(left.split("\n")).toEqual(expect.arrayContaining([fresh, foreign, shell]));
    expect(left).not.toContain(old);
    for (const name of [fresh, foreign]) await removeTag(name, engine);
  });

  test("tidying up never fails, not even without an engine", async () => {
    const gone = { env: { ...engine.env, DOCKER_HOST: "unix:///nowhere.sock" } };
    await expect(removeTag(shell, gone)).resolves.toBeUndefined();
    await expect(sweepLeftovers(gone)).resolves.toEqual([]);
  });
});

async function drain(bytes: AsyncIterable<Buffer>): Promise<number> {
  let length = 0;
  for await (const chunk of bytes) length += chunk.length;
  return length;
}
