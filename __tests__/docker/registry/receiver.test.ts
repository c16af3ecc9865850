import { Buffer } from "node:buffer";
import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openReceiver, type Receiver } from "../../../src/docker/registry/receiver.ts";
import { trustIn } from "../../../src/docker/registry/trust.ts";
import { readLayout } from "../../../src/image/layout/layout.ts";
import { type ReadingStore, readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import type { Digest } from "../../../src/oci/digest.ts";
import {
  type Blob,
  blob,
  descriptor,
  digestOf,
  indexOf,
  jsonBlob,
  layoutFiles,
  opener,
  type TestImage,
  testImage,
} from "../../helpers/layout.ts";
import { storedReading } from "../../helpers/reading.ts";
import { file, tar } from "../../helpers/tar.ts";

const image = testImage({
  layers: [[file("etc/passwd", "root")], [file("app", "x".repeat(300_000)), file("etc/hosts", "")]],
});

interface Asked {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

type Body = Uint8Array | Readable;

interface Asking {
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Body | undefined;
}

/** Returns a receiver's address, and the path and tag that a push uses. */
function partsOf({ reference }: Receiver) {
  const [, port = "", repository = "", tag = ""] = /^127\.0\.0\.1:(\d+)\/(.+):([^:]+)$/.exec(reference) ?? [];
  return { port: Number(port), root: `/v2/${repository}`, tag };
}

/** Sends a request to a path, absolute or below the repository's path. */
function ask(receiver: Receiver, method: string, path: string, asking: Asking = {}): Promise<Asked> {
  const { port, root } = partsOf(receiver);
  const { headers = {}, body } = asking;
  return new Promise((resolve, reject) => {
    const whole = path.startsWith("/v2/") ? path : `${root}/${path}`;
    const request = httpRequest(
      { host: "127.0.0.1", port, method, path: whole, headers, agent: false },
      async (response) => {
        try {
          const text = (await buffer(response)).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        } catch (error) {
          reject(error);
        }
      },
    );
    request.on("error", reject);
    if (body instanceof Readable) body.on("error", () => request.destroy()).pipe(request);
    else request.end(body);
  });
}

async function begin(receiver: Receiver): Promise<string> {
  const { headers } = await ask(receiver, "POST", "blobs/uploads/");
  return headers.location ?? "";
}

/** Pushes like BuildKit and the containerd store: the whole blob with the final request. */
async function pushBlob(
  receiver: Receiver,
  { bytes, digest }: Pick<Blob, "bytes" | "digest">,
): Promise<Asked> {
  return ask(receiver, "PUT", `${await begin(receiver)}?digest=${digest}`, { body: bytes });
}

function pushManifest(receiver: Receiver, manifest: Blob, name = partsOf(receiver).tag): Promise<Asked> {
  const headers = { "Content-Type": manifest.mediaType };
  return ask(receiver, "PUT", `manifests/${name}`, { headers, body: manifest.bytes });
}

async function pushAll(receiver: Receiver, pushed: TestImage = image, name?: string): Promise<void> {
  for (const one of [...pushed.layers, pushed.config])
    expect((await pushBlob(receiver, one)).status).toBe(201);
  expect((await pushManifest(receiver, pushed.manifest, name)).status).toBe(201);
}

function open(options: Partial<Parameters<typeof openReceiver>[0]> = {}): Promise<Receiver> {
  return openReceiver({ store: readingsOfThisRun(), ...options });
}

/** Resolves when either side has closed the connection. */
async function closed(socket: Socket): Promise<void> {
  socket.on("error", () => {}).resume();
  // Not `once` of node:events, which rejects on an error.
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
}

describe("what engines request", () => {
  test("a pushed image is the same as that of a layout with the same blobs", async () => {
    await using receiver = await open();
    await pushAll(receiver);
    const files = layoutFiles([image]);
    const expected = await readLayout(opener(files), { store: readingsOfThisRun() });
    expect(receiver.image({})).toEqual(expected);
    expect(receiver.image({ platform: "linux/amd64", configDigest: image.config.digest })).toEqual(expected);
    expect(receiver.size).toBe(
      [...image.layers, image.config].reduce((sum, { bytes }) => sum + bytes.length, 0),
    );
    expect(receiver.refusal).toBeNull();
    expect(receiver.wasReached).toBe(true);
  });

  test("answers requests for the API and for a missing blob", async () => {
    await using receiver = await open();
    expect(await ask(receiver, "GET", "/v2/")).toMatchObject({
      status: 200,
      headers: { "docker-distribution-api-version": "registry/2.0" },
    });
    expect(receiver.wasReached).toBe(false);
    expect((await ask(receiver, "HEAD", `blobs/${image.config.digest}`)).status).toBe(404);
    expect((await ask(receiver, "HEAD", `manifests/${partsOf(receiver).tag}`)).status).toBe(404);
    expect(receiver.wasReached).toBe(true);
  });

  test("a blob with a cached reading exists, with its true size, and need not be sent", async () => {
    const store = readingsOfThisRun();
    await using first = await open({ store });
    await pushAll(first);
    await using second = await open({ store });
    for (const { digest, bytes } of image.layers) {
      const { status, headers } = await ask(second, "HEAD", `blobs/${digest}`);
      expect([status, headers["content-length"]]).toEqual([200, String(bytes.length)]);
      const mount = await ask(second, "POST", `blobs/uploads/?mount=${digest}&from=another`);
      expect(mount).toMatchObject({ status: 201, headers: { "docker-content-digest": digest } });
    }
    expect((await ask(second, "HEAD", `blobs/${image.config.digest}`)).status).toBe(404);
    await pushBlob(second, image.config);
    await pushManifest(second, image.manifest);
    expect(second.image({})).toEqual(first.image({}));
    expect(second.size).toBe(image.config.bytes.length);
  });

  test("a blob that was sent exists", async () => {
    await using receiver = await open();
    await pushAll(receiver);
    for (const { digest, bytes } of [...image.layers, image.config]) {
      const { status, headers } = await ask(receiver, "HEAD", `blobs/${digest}`);
      expect([status, headers["content-length"]]).toEqual([200, String(bytes.length)]);
    }
    for (const [method, name] of [
      ["HEAD", partsOf(receiver).tag],
      ["GET", partsOf(receiver).tag],
      ["HEAD", image.manifest.digest],
    ] as const) {
      expect(await ask(receiver, method, `manifests/${name}`)).toMatchObject({
        status: 200,
        text: method === "GET" ? image.manifest.bytes.toString() : "",
        headers: {
          "content-type": image.manifest.mediaType,
          "docker-content-digest": image.manifest.digest,
        },
      });
    }
  });

  test.each(["with ranges", "without ranges"])("accepts a blob in chunks, %s", async (how) => {
    await using receiver = await open();
    const [layer] = image.layers as [Blob];
    let location = await begin(receiver);
    for (let at = 0; at < layer.bytes.length; at += 100) {
      const body = layer.bytes.subarray(at, at + 100);
      const headers = how === "with ranges" ? { "Content-Range": `${at}-${at + body.length - 1}` } : {};
      const chunk = await ask(receiver, "PATCH", location, { headers, body });
      expect(chunk).toMatchObject({ status: 202, headers: { range: `0-${at + body.length - 1}` } });
      location = chunk.headers.location ?? "";
    }
    expect((await ask(receiver, "PUT", `${location}?digest=${layer.digest}`)).status).toBe(201);
  });

  test("accepts a blob as a stream without a length, or with the first request", async () => {
    await using receiver = await open();
    const [layer] = image.layers as [Blob];
    const body = Readable.from([layer.bytes.subarray(0, 7), layer.bytes.subarray(7)]);
    const location = await begin(receiver);
    expect((await ask(receiver, "PATCH", location, { body })).status).toBe(202);
    expect((await ask(receiver, "PUT", `${location}?digest=${layer.digest}`)).status).toBe(201);
    const whole = await ask(receiver, "POST", `blobs/uploads/?digest=${image.config.digest}`, {
      body: image.config.bytes,
    });
    expect(whole.status).toBe(201);
  });

  test("accepts an index with attestations and selects the requested platform", async () => {
    await using receiver = await open();
    const arm = testImage({
      layers: [[file("arm", "64")]],
      platform: { os: "linux", architecture: "arm64" },
      compression: "zstd",
    });
    const statement = blob("application/vnd.in-toto+json", Buffer.from("{}"));
    const nothing = jsonBlob("application/vnd.oci.image.config.v1+json", {
      os: "unknown",
      architecture: "unknown",
      rootfs: { type: "layers", diff_ids: [statement.digest] },
    });
    const attestation = jsonBlob("application/vnd.oci.image.manifest.v1+json", {
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: descriptor(nothing),
      layers: [descriptor(statement)],
    });
    const attached = {
      ...descriptor(attestation),
      annotations: { "vnd.docker.reference.type": "attestation-manifest" },
      platform: { os: "unknown", architecture: "unknown" },
    };
    const blobs = [statement, nothing, image.config, arm.config, ...image.layers, ...arm.layers];
    for (const one of blobs) expect((await pushBlob(receiver, one)).status).toBe(201);
    for (const one of [image.manifest, arm.manifest, attestation]) {
      expect((await pushManifest(receiver, one, one.digest)).status).toBe(201);
    }
    expect((await pushManifest(receiver, indexOf([image, arm], [attached]))).status).toBe(201);
    const chosen = (platform: string) => receiver.image({ platform }).digest;
    expect(chosen("linux/arm64")).toBe(arm.manifest.digest);
    expect(chosen("linux/amd64")).toBe(image.manifest.digest);
    expect(receiver.image({ configDigest: arm.config.digest }).digest).toBe(arm.manifest.digest);
    expect(() => chosen("linux/s390x")).toThrow(expect.objectContaining({ code: "platform-missing" }));
  });

  test("accepts one blob twice at the same time", async () => {
    await using receiver = await open();
    const answers = await Promise.all(
      [...image.layers, ...image.layers].map((one) => pushBlob(receiver, one)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    await pushAll(receiver);
    expect(receiver.image({}).layers).toHaveLength(2);
  });

  test("reads a layer while it arrives, at the reader's pace", async () => {
    await using receiver = await open();
    const before = process.memoryUsage().rss;
    const block = Buffer.alloc(1 << 20, "not compressible, were it not for repetition");
    async function* member() {
      yield tar([file("big", "", { claimedSize: 300 * block.length })]).subarray(0, 512);
      for (let count = 0; count < 300; count++) yield block;
      yield Buffer.alloc(1024);
    }
    const body = Readable.from(member(), { objectMode: false });
    const location = await begin(receiver);
    expect((await ask(receiver, "PATCH", location, { body })).status).toBe(202);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });
});

describe("what is trusted", () => {
  /**
   * Returns a store as after a graph driver's save: it has layers by diff ID, but by no blob of the engine.
   */
  async function saved(layers: number): Promise<ReadingStore> {
    const whole = readingsOfThisRun();
    await readLayout(opener(layoutFiles([image])), { store: whole });
    const store = readingsOfThisRun();
    for (const { digest } of image.layers.slice(0, layers)) {
      const reading = whole.find({ digest });
      if (reading) store.keep(reading, { digest: reading.diffId, size: reading.tarSize });
    }
    return store;
  }
  const trusting = (layers: number, except: readonly Digest[] = [], bytes = 10_000) => ({
    configDigest: image.config.digest,
    most: { layers, bytes },
    except: new Set(except),
  });
  const isReportedAsPresent = async (receiver: Receiver, { digest }: Blob) =>
    (await ask(receiver, "HEAD", `blobs/${digest}`)).status === 200;

  test("layers that were read under another name are not sent, and the sizes of their blobs are unknown", async () => {
    await using receiver = await open({ store: await saved(2), trust: trusting(0) });
    for (const layer of image.layers) expect(await isReportedAsPresent(receiver, layer)).toBe(true);
    expect(await isReportedAsPresent(receiver, image.config)).toBe(false);
    await pushBlob(receiver, image.config);
    await pushManifest(receiver, image.manifest);
    expect(receiver.unproven({})).toEqual([]);
    const received = receiver.image({});
    expect(received).toMatchObject({ digest: null, metadataSize: null, configDigest: image.config.digest });
    expect(received.layers.map(({ blob }) => blob)).toEqual([null, null]);
    const expected = await readLayout(opener(layoutFiles([image])), { store: readingsOfThisRun() });
    expect(received.layers.map(({ reading }) => reading)).toEqual(
      expected.layers.map(({ reading }) => reading),
    );
  });

  test("a blob of an unread layer is not trusted, and is requested the second time", async () => {
    const [, second] = image.layers as [Blob, Blob];
    const store = await saved(1);
    {
      await using receiver = await open({ store, trust: trusting(1) });
      for (const layer of image.layers) expect(await isReportedAsPresent(receiver, layer)).toBe(true);
      await ask(receiver, "HEAD", `blobs/${image.config.digest}`);
      await pushBlob(receiver, image.config);
      await pushManifest(receiver, image.manifest);
      expect(receiver.unproven({})).toEqual([second.digest]);
      expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "blob-missing" }));
    }
    await using again = await open({ store, trust: trusting(1, [second.digest]) });
    for (const layer of image.layers) expect(await isReportedAsPresent(again, layer)).toBe(layer !== second);
    await pushBlob(again, second);
    await ask(again, "HEAD", `blobs/${image.config.digest}`);
    await pushBlob(again, image.config);
    await pushManifest(again, image.manifest);
    expect(again.unproven({})).toEqual([]);
    expect(again.image({}).layers.map(({ blob }) => blob?.digest)).toEqual([undefined, second.digest]);
  });

  test("stops an engine that would send a cached layer before it has compressed any", async () => {
    await using receiver = await open({ store: await saved(2), trust: trusting(1) });
    expect((await ask(receiver, "POST", "blobs/uploads/")).status).toBe(202);
    expect((await ask(receiver, "POST", "blobs/uploads/")).status).toBe(400);
    expect(receiver.refusal).toMatchObject({ code: "engine-failed" });
  });

  test("stops an engine that sends more than unread and small layers", async () => {
    await using receiver = await open({ store: await saved(2), trust: trusting(1, [], 10) });
    const [first] = image.layers as [Blob, Blob];
    expect((await pushBlob(receiver, first)).status).toBe(400);
    expect(receiver.refusal).toMatchObject({ code: "engine-failed" });
  });

  test("allows unread layers, and cached layers that are small in comparison with the image", () => {
    const MB = 1e6;
    const store = readingsOfThisRun();
    const diffIds = [500, 20, 8, 1, 300].map((megabytes): Digest => {
      const diffId: Digest = `sha256:${String(megabytes).padStart(64, "0")}`;
      const size = megabytes * MB;
      const reading = { ...storedReading("any", 0).reading, diffId, size, tarSize: size };
      if (megabytes !== 300) store.keep(reading, { digest: diffId, size });
      return diffId;
    });
    const whole = { id: image.config.digest, diffIds, size: 829 * MB, digests: [], hasName: true };
    // 829 / 30 = 27.6: 1 and 8 fit, but 20 does not.
    const most = { layers: 3, bytes: 309 * MB * 1.05 + 1024 * 1024 };
    expect(trustIn(whole, store)).toEqual({ configDigest: whole.id, most, except: new Set() });
    expect(trustIn({ ...whole, id: null }, store)).toBeNull();
  });

  test("refuses a manifest with fewer layers than its trusted config", async () => {
    await using receiver = await open({ store: await saved(2), trust: trusting(0) });
    for (const layer of image.layers) await isReportedAsPresent(receiver, layer);
    await ask(receiver, "HEAD", `blobs/${image.config.digest}`);
    await pushBlob(receiver, image.config);
    const manifest = JSON.parse(Buffer.from(image.manifest.bytes).toString());
    const fewer = { ...manifest, layers: manifest.layers.slice(1) };
    await pushManifest(receiver, jsonBlob(image.manifest.mediaType, fewer));
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "image-invalid" }));
  });
});

describe("what is wrong with an image", () => {
  test("accepts a damaged layer, but fails if the image needs it", async () => {
    await using receiver = await open();
    const broken = testImage({ layers: [[file("a", "b")], Buffer.alloc(2048, 7)] });
    await pushAll(receiver, broken);
    expect(() => receiver.image({})).toThrow(
      expect.objectContaining({
        code: "archive-invalid",
        message: expect.stringContaining(broken.layers[1]?.digest ?? "a digest"),
      }),
    );
  });

  test("reports a layer that ends early", async () => {
    await using receiver = await open();
    const whole = tar([file("a", "b".repeat(5000))]);
    await pushAll(receiver, testImage({ layers: [whole.subarray(0, 2048)] }));
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "archive-truncated" }));
  });

  test("bytes that are not a layer do not count as one", async () => {
    await using receiver = await open();
    await pushAll(receiver, testImage({ layers: [Buffer.from("no tar")], compression: "none" }));
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "archive-invalid" }));
  });

  test("stops a bomb at its limit and answers its sender", { timeout: 30_000 }, async () => {
    await using receiver = await open();
    const zeros = Buffer.alloc(1 << 20);
    const header = tar([file("zeros", "", { claimedSize: 700 * zeros.length })]).subarray(0, 512);
    const member = gzipSync(zeros);
    const bytes = Buffer.concat([gzipSync(header), ...Array.from({ length: 700 }, () => member)]);
    const layer = { mediaType: image.layers[0]?.mediaType ?? "", bytes, digest: digestOf(bytes) };
    expect((await pushBlob(receiver, layer)).status).toBe(201);
    await pushBlob(receiver, image.config);
    const manifest = manifestOf(image.config, [layer]);
    await pushManifest(receiver, manifest);
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "limit-exceeded" }));
  });

  test("refuses a layer that is not the config's", async () => {
    await using receiver = await open();
    const other = testImage({ layers: [[file("etc/passwd", "evil")], [file("app", "y")]] });
    for (const one of [...other.layers, image.config]) await pushBlob(receiver, one);
    await pushManifest(receiver, manifestOf(image.config, other.layers));
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "digest-mismatch" }));
  });

  test("refuses a manifest with fewer layers than its config", async () => {
    await using receiver = await open();
    for (const one of [...image.layers, image.config]) await pushBlob(receiver, one);
    await pushManifest(receiver, manifestOf(image.config, image.layers.slice(0, 1)));
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "image-invalid" }));
  });

  test.each(["layer", "config"])("refuses a %s of a wrong length", async (which) => {
    await using receiver = await open();
    for (const one of [...image.layers, image.config]) await pushBlob(receiver, one);
    const config = { ...descriptor(image.config), ...(which === "config" ? { size: 1 } : {}) };
    const layers = image.layers.map((layer) => ({
      ...descriptor(layer),
      ...(which === "layer" ? { size: 1 } : {}),
    }));
    await pushManifest(receiver, jsonBlob(image.manifest.mediaType, { schemaVersion: 2, config, layers }));
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "digest-mismatch" }));
  });

  test("refuses an image without one of its blobs", async () => {
    const [first, second] = image.layers as [Blob, Blob];
    for (const sent of [
      [first, second],
      [first, image.config],
    ]) {
      await using receiver = await open();
      for (const one of sent) await pushBlob(receiver, one);
      await pushManifest(receiver, image.manifest);
      expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "blob-missing" }));
    }
  });

  test("limits the number of nested indexes", async () => {
    await using receiver = await open();
    await pushAll(receiver, image, image.manifest.digest);
    let under = image.manifest;
    for (let level = 0; level < 8; level++) {
      const manifests = Array.from({ length: 100 }, () => descriptor(under));
      under = jsonBlob("application/vnd.oci.image.index.v1+json", { schemaVersion: 2, manifests });
      await pushManifest(receiver, under, under.digest);
    }
    await pushManifest(receiver, under);
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "limit-exceeded" }));
  });

  test("refuses an image that is not the built one", async () => {
    await using receiver = await open();
    await pushAll(receiver);
    expect(() => receiver.image({ configDigest: `sha256:${"0".repeat(64)}` })).toThrow(
      expect.objectContaining({ code: "digest-mismatch" }),
    );
  });

  test("has no image without a manifest", async () => {
    await using receiver = await open();
    for (const one of [...image.layers, image.config]) await pushBlob(receiver, one);
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "engine-failed" }));
  });
});

describe("what is refused", () => {
  test("does not count a blob that does not match its digest", async () => {
    const store = readingsOfThisRun();
    await using receiver = await open({ store });
    const [layer, other] = image.layers as [Blob, Blob];
    const { status, text } = await pushBlob(receiver, { bytes: other.bytes, digest: layer.digest });
    expect([status, JSON.parse(text).errors[0].code]).toEqual([400, "DENIED"]);
    expect(receiver.refusal).toMatchObject({ code: "digest-mismatch" });
    expect(store.find({ digest: layer.digest })).toBeUndefined();
    expect(store.find({ digest: other.digest })).toBeUndefined();
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "digest-mismatch" }));
  });

  test("does not count a blob that ends early, and accepts it again", async () => {
    await using receiver = await open();
    const [, layer] = image.layers as [Blob, Blob];
    const location = await begin(receiver);
    const broken = ask(receiver, "PATCH", location, {
      headers: { "Content-Length": layer.bytes.length },
      body: Readable.from(breaking(layer.bytes.subarray(0, 200))),
    });
    await expect(broken).rejects.toThrow();
    await expect.poll(() => receiver.refusal).toMatchObject({ code: "archive-truncated" });
    expect((await ask(receiver, "PUT", `${location}?digest=${layer.digest}`)).status).toBe(404);
    await pushAll(receiver);
    expect(receiver.image({}).layers).toHaveLength(2);
  });

  test("bytes after the announced length belong to no blob", async () => {
    await using receiver = await open();
    const { port } = partsOf(receiver);
    const [layer] = image.layers as [Blob];
    const path = `${await begin(receiver)}?digest=${layer.digest}`;
    const socket = connect(port, "127.0.0.1");
    const end = closed(socket);
    socket.write(`PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${layer.bytes.length}\r\n\r\n`);
    socket.write(layer.bytes);
    socket.write(Buffer.alloc(100_000, 1));
    await end;
    const size = async () => (await ask(receiver, "HEAD", `blobs/${layer.digest}`)).headers["content-length"];
    await expect.poll(size).toBe(String(layer.bytes.length));
  });

  test.each([
    ["after a gap", "5-104"],
    ["before the end", "0-99"],
    ["longer than its bytes", "100-5000"],
    ["nonsense", "here"],
  ])("refuses a chunk %s", async (_, range) => {
    await using receiver = await open();
    const [, layer] = image.layers as [Blob, Blob];
    const location = await begin(receiver);
    await ask(receiver, "PATCH", location, { body: layer.bytes.subarray(0, 100) });
    const headers = { "Content-Range": range };
    const body = layer.bytes.subarray(100, 200);
    expect((await ask(receiver, "PATCH", location, { headers, body })).status).toBe(400);
    expect((await ask(receiver, "PATCH", location, { body })).status).toBe(404);
    expect(receiver.refusal).toMatchObject({ code: "archive-invalid" });
  });

  test("two requests cannot write the same blob", async () => {
    await using receiver = await open();
    const location = await begin(receiver);
    const slow = new Readable({ read() {} });
    slow.push(Buffer.alloc(600));
    const first = ask(receiver, "PATCH", location, { body: slow });
    await wait(100);
    expect((await ask(receiver, "PUT", `${location}?digest=${digestOf(Buffer.alloc(600))}`)).status).toBe(
      400,
    );
    slow.push(null);
    await first;
    expect(receiver.refusal).toMatchObject({ code: "engine-failed" });
  });

  test.each([undefined, "", "sha512:00", `sha256:${"A".repeat(64)}`])(
    "refuses a blob with the digest %j",
    async (digest) => {
      await using receiver = await open();
      const end = `${await begin(receiver)}${digest === undefined ? "" : `?digest=${digest}`}`;
      expect((await ask(receiver, "PUT", end, { body: Buffer.from("{}") })).status).toBe(400);
      expect(receiver.refusal).toMatchObject({ code: "image-invalid" });
    },
  );

  test.each([
    ["GET", "/v2/_catalog"],
    ["GET", "/v2/image-audit/build/manifests/latest"],
    ["HEAD", `/v2/image-audit/${"0".repeat(32)}/blobs/${image.config.digest}`],
    ["POST", `/v2/image-audit/${"0".repeat(32)}/blobs/uploads/`],
    ["POST", "/v2/../v2/x/blobs/uploads/"],
    ["GET", `blobs/${image.config.digest}`],
    ["DELETE", `blobs/${image.config.digest}`],
    ["PATCH", `blobs/uploads/${"0".repeat(32)}`],
    ["PUT", `blobs/uploads/${"0".repeat(32)}?digest=${image.config.digest}`],
    ["PUT", "manifests/another"],
    ["GET", "tags/list"],
    ["OPTIONS", "blobs/uploads/"],
  ])("answers %s %s only with 404", async (method, path) => {
    await using receiver = await open();
    const asked = await ask(receiver, method, path);
    expect([asked.status, asked.text, asked.headers.connection]).toEqual([404, "", "close"]);
    expect(receiver.wasReached).toBe(false);
  });

  test("ends an endless body at an unknown path", async () => {
    await using receiver = await open();
    const endless = Readable.from(forever(Buffer.alloc(65_536)));
    await ask(receiver, "PUT", "/v2/guess/blobs/uploads/1", { body: endless }).catch(() => {});
    await expect.poll(() => endless.destroyed || endless.isPaused() || !endless.readableFlowing).toBe(true);
    endless.destroy();
    await pushAll(receiver);
  });

  test("refuses an endless manifest", async () => {
    await using receiver = await open();
    const endless = Readable.from(forever(Buffer.alloc(65_536, " ")));
    const headers = { "Content-Type": image.manifest.mediaType };
    await ask(receiver, "PUT", `manifests/${partsOf(receiver).tag}`, { headers, body: endless }).catch(
      () => {},
    );
    endless.destroy();
    expect(receiver.refusal).toMatchObject({ code: "limit-exceeded" });
  });

  test("does not keep a document that is too large for any image", async () => {
    await using receiver = await open();
    const large = blob(image.config.mediaType, Buffer.alloc(9 << 20, " "));
    expect((await pushBlob(receiver, large)).status).toBe(201);
    for (const layer of image.layers) await pushBlob(receiver, layer);
    await pushManifest(receiver, manifestOf(large, image.layers));
    expect(() => receiver.image({ platform: "linux/amd64" })).toThrow();
    expect((await ask(receiver, "HEAD", `blobs/${large.digest}`)).status).toBe(404);
  });

  test.each([
    ["not JSON", "application/vnd.oci.image.manifest.v1+json", "{", "image-invalid"],
    ["of an unknown type", "text/html", "{}", "image-invalid"],
    [
      "two things at once",
      "application/vnd.oci.image.index.v1+json",
      JSON.stringify({ manifests: [], layers: [], config: {} }),
      "image-invalid",
    ],
  ])("refuses a manifest that is %s", async (_, mediaType, text, code) => {
    await using receiver = await open();
    expect((await pushManifest(receiver, blob(mediaType, Buffer.from(text)))).status).toBe(400);
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code }));
  });

  test("refuses a manifest under the digest of another", async () => {
    await using receiver = await open();
    expect((await pushManifest(receiver, image.manifest, image.config.digest)).status).toBe(400);
    expect(receiver.refusal).toMatchObject({ code: "digest-mismatch" });
  });

  test("refuses a second image under the same name, and keeps the first", async () => {
    await using receiver = await open();
    await pushAll(receiver);
    const other = testImage({ layers: [[file("other")]] });
    for (const one of [...other.layers, other.config]) await pushBlob(receiver, one);
    expect((await pushManifest(receiver, other.manifest)).status).toBe(400);
    expect((await pushManifest(receiver, image.manifest)).status).toBe(201);
    expect(receiver.image({}).digest).toBe(image.manifest.digest);
  });

  test("limits unfinished uploads", async () => {
    await using receiver = await open();
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async () => (await ask(receiver, "POST", "blobs/uploads/")).status),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(32);
    expect(receiver.refusal).toMatchObject({ code: "limit-exceeded" });
  });

  test("refuses endless headers", async () => {
    await using receiver = await open();
    const socket = connect(partsOf(receiver).port, "127.0.0.1");
    socket.write(`GET /v2/ HTTP/1.1\r\n${"X: y\r\n".repeat(10_000)}`);
    await closed(socket);
    expect((await ask(receiver, "GET", "/v2/")).status).toBe(200);
  });

  test("tells an engine that tries TLS first to use HTTP", async () => {
    await using receiver = await open();
    const socket = connect(partsOf(receiver).port, "127.0.0.1");
    socket.write(Buffer.from("160301020001000001fc0303", "hex"));
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
    await closed(socket);
  });

  test("limits and closes a flood of silent connections", { timeout: 30_000 }, async () => {
    await using receiver = await open();
    const sockets = Array.from({ length: 200 }, () => connect(partsOf(receiver).port, "127.0.0.1"));
    const ends = sockets.map(closed);
    await wait(500);
    expect(sockets.filter((socket) => !socket.closed)).toHaveLength(64);
    await Promise.all(ends);
    await pushAll(receiver);
    expect(receiver.image({}).layers).toHaveLength(2);
  });
});

describe("how it ends", () => {
  test("disposing closes the port and every connection, including unfinished blobs", async () => {
    const receiver = await open();
    const { port } = partsOf(receiver);
    const idle = connect(port, "127.0.0.1");
    await once(idle, "connect");
    const slow = new Readable({ read() {} });
    slow.push(gzipSync(tar([file("a", "b")])).subarray(0, 40));
    const upload = ask(receiver, "PATCH", await begin(receiver), { body: slow });
    const ended = expect(upload).rejects.toThrow();
    await wait(100);
    await receiver[Symbol.asyncDispose]();
    await ended;
    await closed(idle);
    await expect(once(connect(port, "127.0.0.1"), "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await receiver[Symbol.asyncDispose]();
  });

  test("a cancelled run also closes it", async () => {
    const abort = new AbortController();
    await using receiver = await open({ signal: abort.signal });
    await pushAll(receiver);
    abort.abort();
    await expect(ask(receiver, "GET", "/v2/")).rejects.toThrow();
    expect(() => receiver.image({})).toThrow(expect.objectContaining({ code: "cancelled" }));
    await expect(open({ signal: abort.signal })).rejects.toMatchObject({ code: "cancelled" });
    const late = new AbortController();
    const opening = open({ signal: late.signal });
    late.abort();
    await expect(opening).rejects.toMatchObject({ code: "cancelled" });
  });

  test("no two receivers share a path or a tag", async () => {
    await using one = await open();
    await using other = await open();
    const [a, b] = [partsOf(one), partsOf(other)];
    expect(a.root).toMatch(/^\/v2\/image-audit\/[0-9a-f]{32}$/);
    expect(new Set([a.root, b.root, a.tag, b.tag]).size).toBe(4);
  });
});

function manifestOf(config: Blob, layers: readonly Blob[]): Blob {
  return jsonBlob("application/vnd.oci.image.manifest.v1+json", {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: descriptor(config),
    layers: layers.map(descriptor),
  });
}

async function* breaking(bytes: Uint8Array) {
  yield bytes;
  await wait(100);
  throw new Error("the line is cut");
}

async function* forever(bytes: Uint8Array) {
  for (;;) {
    yield bytes;
    await wait(1);
  }
}
