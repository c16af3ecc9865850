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

/** Options of a receiver. Blobs in the store are not sent again; what is sent is added to the store. */
export interface ReceiverOptions extends ReadOptions {
  /** part of the tag, so that a killed run's tags can be found; default: a new ID */
  readonly run?: RunId | undefined;
  readonly trust?: Trust | undefined;
}

/**
 * A registry on this machine's loopback. It accepts one push of one image, and reads the image as it arrives.
 */
export interface Receiver extends AsyncDisposable {
  /** the reference to push to, `127.0.0.1:PORT/…:tag`; no one can guess it */
  readonly reference: string;
  /** the name by digest that the engine gives the image once it is pushed; null before that */
  readonly digestReference: string | null;
  /** bytes of the blobs received */
  readonly size: number;
  /** whether a client that knows the reference has made a request */
  readonly wasReached: boolean;
  /** the first refusal, which explains why the push failed if it did; null if nothing was refused */
  readonly refusal: Error | null;
  /**
   * Returns the pushed image.
   * @throws Failure platform-missing, digest-mismatch, blob-missing, image-invalid, layer-unsupported, the
   * failure of reading a layer; if nothing was pushed, the refusal or engine-failed
   */
  image(wanted: WantedOfPush): Image;
  /** Returns the blobs taken on trust that must be sent after all; none if nothing was pushed. */
  unproven(wanted: WantedOfPush): readonly Digest[];
}

/**
 * Opens a receiver on a free port of 127.0.0.1, which engines and BuildKit trust without TLS. A client that
 * does not know the repository's path learns only that this is a registry. Disposing of it closes the port
 * and every connection.
 * @throws Failure cancelled
 */
export async function openReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { store, signal } = options;
  throwIfCancelled(signal);
  let refusal: Error | null = null;
  let wasReached = false;

  const server = createServer(serverLimits);
  server.maxConnections = maxConnections;
  // An upload may take any time as long as it makes progress.
  server.requestTimeout = 0;
  server.timeout = idleTimeoutMs;
  server.keepAliveTimeout = idleTimeoutMs;
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
      if (received === null) throw refusal ?? nothingPushed();
      return imageOfPush(received, store, wanted);
    },
    unproven(wanted) {
      return registry.received === null ? [] : unprovenOf(registry.received, store, wanted);
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** Idle time after which a connection is closed. */
const idleTimeoutMs = 60_000;
const maxConnections = 64;
const serverLimits = { headersTimeout: 10_000, connectionsCheckingInterval: 1000, maxHeaderSize: 16 * 1024 };

/** Connections of unauthorized clients are closed: they would take the engine's place. */
const closing = { Connection: "close" };

function refuse(response: ServerResponse): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(400, { ...closing, "Content-Type": "application/json" });
  // The only code that no engine retries (moby distribution/push.go, retryOnError).
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

function nothingPushed(): Failure {
  return new Failure("engine-failed", "The engine's push ended without an image. Run again.");
}
