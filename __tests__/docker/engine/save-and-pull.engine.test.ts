import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, probeEngine } from "../../../src/docker/engine/engine.ts";
import { dockerEnvironment } from "../../../src/docker/engine/environment.ts";
import { pullImage, saveImages } from "../../../src/docker/engine/save-and-pull.ts";
import { newReference, newRunId, removeTag, sweepLeftovers } from "../../../src/docker/engine/tags.ts";
import { readArchive } from "../../../src/image/archive/archive.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import { engineEnvironment, stores } from "../../helpers/engine.ts";
import { docker, dockerScript, shellImage, workspace } from "../../helpers/workspace.ts";

const shell = `docker-edge-export:${randomBytes(6).toString("hex")}`;

/**
 * Starts a registry on loopback that gives every request the same answer and counts requests for manifests.
 */
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
  let engine: Pick<Engine, "env" | "socket">;

  beforeAll(async () => {
    const env = dockerEnvironment(await engineEnvironment(store));
    engine = { env, socket: (await probeEngine({ env })).socket };
    await shellImage(engine.env, shell);
  }, 120_000);

  afterAll(async () => {
    await removeTag(shell, engine);
  });

  describe.each(["socket", "CLI"])("through the %s", (way) => {
    const through = () => (way === "socket" ? engine : { ...engine, socket: null });

    test("streams images as one archive that docker can read", async () => {
      const other = newReference("head", newRunId());
      await docker(engine.env, "tag", shell, other);
      const text = await archiveOf(saveImages([shell, other], through()));
      expect(text.length % 512).toBe(0);
      for (const expected of ["manifest.json", "index.json", shell, other]) expect(text).toContain(expected);
      await removeTag(other, engine);
    });

    test("fails the stream for a missing image, so that an empty stream never counts as an image", async () => {
      const saving = drain(saveImages(["docker-edge-none:1"], through()));
      await expect(saving).rejects.toMatchObject({ code: "image-not-found" });
    });

    test("a reader may stop early", async () => {
      let read = 0;
      for await (const chunk of saveImages([shell], through())) {
        read += chunk.length;
        break;
      }
      expect(read).toBeGreaterThan(0);
    });

    test("a cancelled run ends the save", async () => {
      const signal = AbortSignal.timeout(0);
      await once(signal, "abort");
      const cancelled = drain(saveImages([shell], through(), { signal }));
      await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    });
  });

  test("the socket needs no docker CLI", async () => {
    await using broken = await dockerScript(engine.env, "exit 1");
    const saved = saveImages([shell], { ...engine, env: broken.env });
    expect(await archiveOf(saved)).toContain("manifest.json");
  });

  test("uses the CLI if the socket does not answer", async () => {
    const saved = saveImages([shell], { ...engine, socket: "/nowhere.sock" });
    expect(await archiveOf(saved)).toContain("manifest.json");
  });

  test("an answer that breaks off fails when the archive is read", async () => {
    await using place = await workspace();
    const socket = join(place.path, "engine.sock");
    await using _ = await breakingEngine(
      socket,
      Buffer.from(await archiveOf(saveImages([shell], engine)), "latin1"),
    );
    const saved = saveImages([shell], { ...engine, socket });
    await expect(readArchive(saved, { store: readingsOfThisRun() })).rejects.toMatchObject({
      code: "archive-truncated",
    });
  });

  test("uses the CLI if the answer is not an engine's", async () => {
    await using place = await workspace();
    const answers = [
      "",
      "HTTP/1.1 500 Oh\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "x".repeat(200_000),
    ];
    for (const [index, answer] of answers.entries()) {
      const socket = join(place.path, `${index}.sock`);
      await using server = createTcpServer((connection) =>
        connection
          .on("error", () => {})
          .resume()
          .end(answer),
      ).listen(socket);
      await once(server, "listening");
      expect(await archiveOf(saveImages([shell], { ...engine, socket }))).toContain("manifest.json");
    }
  });

  test("fails if docker fails after it has written bytes", async () => {
    await using broken = await dockerScript(
      engine.env,
      'echo some bytes; echo "write /data/tmp/docker-export-1/x: no space left on device" >&2; exit 1',
    );
    const saving = drain(saveImages([shell], { env: broken.env, socket: null }));
    await expect(saving).rejects.toMatchObject({ code: "engine-no-space" });
  });

  test("a cancelled run or a reader that stops ends an endless docker", async () => {
    await using endless = await dockerScript(engine.env, "exec cat /dev/zero");
    const saves = { env: endless.env, socket: null };
    for await (const _ of saveImages([shell], saves)) break;
    const cancelled = saveImages([shell], saves, { signal: AbortSignal.timeout(200) });
    await expect(drain(cancelled)).rejects.toMatchObject({ code: "cancelled" });
  });

  test("a slow reader does not make memory grow", async () => {
    await using endless = await dockerScript(engine.env, "exec cat /dev/zero");
    const before = process.memoryUsage().rss;
    const bytes = saveImages([shell], { env: endless.env, socket: null });
    await bytes.next();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    await bytes.return();
  });

  test("retries a pull that a registry throttles, then reports the throttling", async () => {
    await using throttling = await registry(429, "TOOMANYREQUESTS");
    const pulling = pullImage(throttling.name, null, engine, { firstWait: 10 });
    await expect(pulling).rejects.toMatchObject({ code: "pull-throttled" });
    expect(throttling.asked()).toBeGreaterThanOrEqual(4);
  }, 60_000);

  test("cancels a waiting pull immediately", async () => {
    await using throttling = await registry(429, "TOOMANYREQUESTS");
    const abort = new AbortController();
    const pulling = pullImage(throttling.name, null, engine, { firstWait: 60_000, signal: abort.signal });
    setTimeout(() => abort.abort(), 3000);
    await expect(pulling).rejects.toMatchObject({ code: "cancelled" });
  }, 20_000);

  test("does not retry an image that a registry does not have", async () => {
    await using empty = await registry(404, "MANIFEST_UNKNOWN");
    await expect(pullImage(empty.name, "linux/amd64", engine)).rejects.toMatchObject({
      code: "image-not-found",
    });
  });

  test("removes what a killed run left, but nothing that is new or not ours", async () => {
    const [older, old] = [30, 20].map((hours) =>
      newReference("base", newRunId(), new Date(Date.now() - hours * 3_600_000)),
    ) as [string, string];
    const fresh = newReference("head", newRunId());
    const foreign = `image-audit/build:mine-${newRunId()}`;
    const tags = async () =>
      (await docker(engine.env, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}")).split("\n");
    for (const name of [older, old, fresh, foreign]) await docker(engine.env, "tag", shell, name);
    // The action of another test may remove the first before, by the same rule.
    await sweepLeftovers(engine);
    expect(await tags()).toEqual(expect.arrayContaining([old, fresh, foreign, shell]));
    expect(await tags()).not.toContain(older);
    expect(await sweepLeftovers(engine, 19)).toEqual([old]);
    expect(await tags()).toEqual(expect.arrayContaining([fresh, foreign, shell]));
    expect(await tags()).not.toContain(old);
    for (const name of [fresh, foreign]) await removeTag(name, engine);
  });

  test("cleanup never fails, even without an engine", async () => {
    const gone = { env: { ...engine.env, DOCKER_HOST: "unix:///nowhere.sock" } };
    await expect(removeTag(shell, gone)).resolves.toBeUndefined();
    await expect(sweepLeftovers(gone)).resolves.toEqual([]);
  });
});

/** Starts an engine that answers 200, sends most of an archive, and disconnects. */
async function breakingEngine(socket: string, archive: Buffer): Promise<AsyncDisposable> {
  const server = createServer((_, response) => {
    response.writeHead(200);
    response.write(archive.subarray(0, archive.lastIndexOf("manifest.json")), () => response.destroy());
  });
  server.listen(socket);
  await once(server, "listening");
  return { [Symbol.asyncDispose]: async () => void server.close() };
}

async function archiveOf(saved: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of saved) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("latin1");
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}
