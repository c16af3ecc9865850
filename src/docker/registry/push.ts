import * as v from "valibot";
import { throwIfCancelled } from "../../failure.ts";
import { readLines } from "../../process/lines.ts";
import { askEngine, callEngine, inPath, messageOf } from "../engine/api.ts";
import type { Engine } from "../engine/engine.ts";
import { engineFailure } from "../engine/failure.ts";
import { imageFailure } from "../engine/save-and-pull.ts";
import { removeTag } from "../engine/tags.ts";
import type { Receiver } from "./receiver.ts";

interface PushOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the engine push an image to a receiver. The engine sends only what the receiver has not read before.
 * The names added for the push are always removed. The image must have another name: removing its last name
 * removes the image.
 * @returns false if the image must be read another way: the engine has no socket here, or cannot reach this
 * machine's loopback because it runs in a virtual machine
 * @throws Failure image-not-found, the receiver's refusal, engine-failed or another failure of the engine,
 * cancelled
 */
export async function pushImage(
  reference: string,
  receiver: Receiver,
  engine: Pick<Engine, "env" | "socket">,
  { signal }: PushOptions = {},
): Promise<boolean> {
  const { socket } = engine;
  if (socket === null) return false;
  await using tags = new AsyncDisposableStack();
  tags.defer(() => removeNames(receiver, { ...engine, socket }));
  const { repository, tag } = partsOf(receiver.reference);
  const query = new URLSearchParams({ repo: repository, tag });
  throwIfCancelled(signal);
  // Not cancellable: if the engine added the name after it was asked to remove it, the name would stay.
  const path = `/images/${inPath(reference)}/tag?${query}`;
  const tagged = await askEngine(socket, { method: "POST", path, signal: AbortSignal.timeout(30_000) });
  throwIfCancelled(signal);
  if (tagged === null) return false;
  if (tagged.status !== 201) throw imageFailure(messageOf(tagged.body), reference, "docker tag");
  const error = await push(socket, repository, tag, signal);
  throwIfCancelled(signal);
  if (error === null) return true;
  if (receiver.refusal !== null) throw receiver.refusal;
  if (!receiver.wasReached) return false;
  throw engineFailure(error, "docker push");
}

/** Pushes a tag. @returns null on success, else the engine's error */
async function push(
  socket: string,
  repository: string,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const response = await callEngine(socket, {
    method: "POST",
    path: `/images/${inPath(repository)}/push?${new URLSearchParams({ tag })}`,
    headers: noCredentials,
    signal,
  });
  if (response === null) return "the engine no longer answers";
  let error: string | null = response.statusCode === 200 ? null : `status ${response.statusCode}`;
  const read = (line: string) => {
    const message = v.safeParse(messageSchema, line);
    if (message.success) error = message.output.error;
  };
  await readLines(response, read).catch((cause: Error) => {
    error ??= cause.message;
  });
  return error;
}

/** The header is required (Engine API, "Push an image"). */
const noCredentials = { "X-Registry-Auth": Buffer.from("{}").toString("base64url") };

/** The only relevant message in the stream of a push: the status is 200 even after an error. */
const messageSchema = v.pipe(v.string(), v.parseJson(), v.object({ error: v.string() }));

function partsOf(reference: string): { readonly repository: string; readonly tag: string } {
  const colon = reference.lastIndexOf(":");
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

/**
 * Removes the names of a push. Removing the tag also removes the name by digest, but an engine may add that
 * one after its push was cancelled. Ignores the run's signal, because a cancelled run must clean up too.
 */
async function removeNames(
  { reference, digestReference }: Receiver,
  engine: Pick<Engine, "env"> & { readonly socket: string },
): Promise<void> {
  for (const name of [reference, digestReference]) {
    if (name === null) continue;
    const signal = AbortSignal.timeout(30_000);
    const removal = { method: "DELETE", path: `/images/${inPath(name)}`, signal } as const;
    if ((await askEngine(engine.socket, removal)) === null) await removeTag(name, engine);
  }
}
