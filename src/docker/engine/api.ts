import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import * as v from "valibot";
import { request as send } from "../../process/http.ts";

/** A request of the Engine API (moby api/swagger.yaml). */
export interface EngineRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** unversioned: the engine then uses its newest API version */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a request to the engine's socket. The docker CLI would only relay it, and takes 50 ms to start. The
 * CLI is still used for what it does better: contexts, credentials and the reasons for failures.
 * @returns null if the engine does not answer
 */
export async function callEngine(
  socket: string,
  { method, path, headers, signal }: EngineRequest,
): Promise<IncomingMessage | null> {
  return new Promise((resolve) => {
    // No agent: it would check whether the socket's path is an IPv6 address, and that regular expression
    // takes as long to compile as the engine takes to answer.
    const createConnection = () => connect(socket);
    send({ method, path, createConnection, ...(headers && { headers }), ...(signal && { signal }) })
      .once("response", resolve)
      .once("error", () => resolve(null))
      .end();
  });
}

/** Like `callEngine`, but reads the whole body. Only for short responses. */
export async function askEngine(
  socket: string,
  request: EngineRequest,
): Promise<{ readonly status: number; readonly body: string } | null> {
  const response = await callEngine(socket, request);
  if (response === null) return null;
  const body = await text(response).catch(() => null);
  return body === null ? null : { status: response.statusCode ?? 0, body };
}

/** Escapes a reference for the path of a URL. */
export function inPath(reference: string): string {
  return reference.split("/").map(encodeURIComponent).join("/");
}

/** Returns the message in the body of an error response. */
export function messageOf(body: string): string {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), errorSchema), body);
  return parsed.success ? parsed.output.message : body;
}

const errorSchema = v.object({ message: v.string() });
