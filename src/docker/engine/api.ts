import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import * as v from "valibot";
import { request as send } from "../../process/http.ts";

/** A request of the Engine API (moby api/swagger.yaml). */
export interface EngineRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** without a version, which an engine takes for its newest */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the engine at its own socket, where the docker CLI would only carry question and answer, and take fifty milliseconds
 * to start. What the CLI knows better, contexts, credentials and the reasons of failures, is asked of it.
 * @returns null where nobody answers
 */
export async function callEngine(
  socket: string,
  { method, path, headers, signal }: EngineRequest,
): Promise<IncomingMessage | null> {
  return new Promise((resolve) => {
    // Its own connection: an agent would ask whether the socket's path is an IPv6 address, by a pattern that takes as long as
    // the engine's answer to compile.
    const createConnection = () => connect(socket);
    send({ method, path, createConnection, ...(headers && { headers }), ...(signal && { signal }) })
      .once("response", resolve)
      .once("error", () => resolve(null))
      .end();
  });
}

/** As `callEngine`, with the whole answer, which is short. */
export async function askEngine(
  socket: string,
  request: EngineRequest,
): Promise<{ readonly status: number; readonly body: string } | null> {
  const answer = await callEngine(socket, request);
  if (answer === null) return null;
  const body = await text(answer).catch(() => null);
  return body === null ? null : { status: answer.statusCode ?? 0, body };
}

/** A reference as one part of a path. */
export function inPath(reference: string): string {
  return reference.split("/").map(encodeURIComponent).join("/");
}

/** The reason in the body of an answer that is an error. */
export function messageOf(body: string): string {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), errorSchema), body);
  return parsed.success ? parsed.output.message : body;
}

const errorSchema = v.object({ message: v.string() });
