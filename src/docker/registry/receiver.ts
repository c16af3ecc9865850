import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure, throwIfCancelled } from "../../failure.ts";
import type { Image } from "../../image/image.ts";
import type { ReadOptions } from "../../image/readings/read-options.ts";
import type { Digest } from "../../oci/digest.ts";
import { createServer } from "../../process/http.ts";
import { newPushReference, newRunId, type RunId } from "../engine/tags.ts";
import { imageOfPush, unprovenOf, type WantedOfPush } from "./pushed-image.ts";
import { Registry } from "./routes.ts";
import type { Trust } from "./trust.ts";

/** Blobs that the store knows are never sent again, and what is sent is added to it. */
export interface ReceiverOptions extends ReadOptions {
  /** goes into the tag, so that the run's tags can be found where it was killed; default a new one */
  readonly run?: RunId | undefined;
  readonly trust?: Trust | undefined;
}

/** A registry on this machine's loopback that takes one push of one image, and reads it while it comes. */
export interface Receiver extends AsyncDisposable {
  /** what is to be pushed: `127.0.0.1:PORT/…:tag`; no one can guess it */
  readonly reference: string;
  /** the same image by its digest, as the engine names it once it was pushed; null before */
  readonly digestReference: string | null;
  /** bytes of the blobs that were sent */
  readonly size: number;
  /** whether anyone who knows the reference has asked for anything */
  readonly wasReached: boolean;
  /** why something was refused first, which is why the push failed if it did; null: nothing was */
  readonly refusal: Error | null;
  /**
   * The image, once it was pushed.
   * @throws Failure platform-missing, digest-mismatch, blob-missing, image-invalid, layer-unsupported, what reading
   * a layer failed with, or where nothing was pushed the refusal or engine-failed
   */
  image(wanted: WantedOfPush): Image;
  /** Blobs that were taken on trust, and have to be sent after all; none where nothing was pushed. */
  unproven(wanted: WantedOfPush): readonly Digest[];
}

/**
 * Opens such a registry, on a free port of 127.0.0.1, which engines and BuildKit trust without TLS. Who does not know its path
 * learns no more than that it is a registry. Disposing of it closes the port and every connection.
 * @throws Failure cancelled
 */
export async function openReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { store, signal } = options;
  throwIfCancelled(signal);
  let refusal: Error | null = null;
  let wasReached = false;

  const server = createServer(serverLimits);
  server.maxConnections = mostConnections;
  // An upload takes as long as it takes, as long as it goes on.
  server.requestTimeout = 0;
  server.timeout = patience;
  server.keepAliveTimeout = patience;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const name = newPushReference(
    `127.0.0.1:${port}`,
    randomBytes(16).toString("hex"),
    options.run ?? newRunId(),
  );
  const registry = new Registry({ ...options, ...name });

  server.on("request", async (request, response) => {
    try {
      const answer = await registry.answer(request);
      if (answer === null) return void response.writeHead(404, closing).end();
      wasReached ||= request.url !== "/v2/";
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      refusal ??= asRefusal(error, request);
      refuse(response);
    }
  });

  const dispose = async () => {
    signal?.removeEventListener("abort", dispose);
    const closed = server.listening ? once(server, "close") : null;
    server.close();
    server.closeAllConnections();
    await registry.close();
    await closed;
  };
  signal?.addEventListener("abort", dispose, { once: true });
  if (signal?.aborted) await dispose();
  throwIfCancelled(signal);

  return {
    reference: name.reference,
    get digestReference() {
      const digest = registry.received?.root.digest;
      return digest === undefined ? null : name.reference.replace(/:[^:]+$/, `@${digest}`);
    },
    get size() {
      return registry.size;
    },
    get wasReached() {
      return wasReached;
    },
    get refusal() {
      return refusal;
    },
    image(wanted) {
      throwIfCancelled(signal);
      const { received } = registry;
      if (received === null) throw refusal ?? nothing();
      return imageOfPush(received, store, wanted);
    },
    unproven(wanted) {
      return registry.received === null ? [] : unprovenOf(registry.received, store, wanted);
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** milliseconds without a byte after which a connection is closed */
const patience = 60_000;
const mostConnections = 64;
const serverLimits = { headersTimeout: 10_000, connectionsCheckingInterval: 1000, maxHeaderSize: 16 * 1024 };

/** Connections of those who have no business here are not kept: they would take the engine's place. */
const closing = { Connection: "close" };

function refuse(response: ServerResponse): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(400, { ...closing, "Content-Type": "application/json" });
  // The one code that no engine tries again (moby distribution/push.go, retryOnError).
  response.end(JSON.stringify({ errors: [{ code: "DENIED", message: "refused" }] }));
}

function asRefusal(error: unknown, request: IncomingMessage): Error {
  if (error instanceof Failure) return error;
  if (request.errored !== null) {
    return new Failure(
      "archive-truncated",
      "The engine's push broke off in the middle of a blob. Run again.",
      {
        cause: error,
      },
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

function nothing(): Failure {
  return new Failure("engine-failed", "The engine's push ended without an image. Run again.");
}
