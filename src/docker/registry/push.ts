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
 * Has the engine push an image to a receiver: only what the receiver has not read before is sent. Nothing of it stays in the
 * engine, however it ends. The image must have a name: removing the last one of an image removes the image.
 * @returns false where the image has to be read another way, since the engine has no socket here, or does not reach this
 * machine's loopback (it runs in a virtual machine)
 * @throws Failure image-not-found, what the receiver refused it for, engine-failed or another of the engine's, cancelled
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
  // To its end, whatever happens: a name that the engine gave after it was asked to remove it would stay.
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

/** @returns null where all went well, else what the engine says */
async function push(
  socket: string,
  repository: string,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const answer = await callEngine(socket, {
    method: "POST",
    path: `/images/${inPath(repository)}/push?${new URLSearchParams({ tag })}`,
    headers: noCredentials,
    signal,
  });
  if (answer === null) return "the engine does not answer any more";
  let error: string | null = answer.statusCode === 200 ? null : `status ${answer.statusCode}`;
  const read = (line: string) => {
    const message = v.safeParse(messageSchema, line);
    if (message.success) error = message.output.error;
  };
  await readLines(answer, read).catch((cause: Error) => {
    error ??= cause.message;
  });
  return error;
}

/** The header must be there (Engine API, "Push an image"). */
const noCredentials = { "X-Registry-Auth": Buffer.from("{}").toString("base64url") };

/** The one message of a push's stream that matters: after an error the status is 200 all the same. */
const messageSchema = v.pipe(v.string(), v.parseJson(), v.object({ error: v.string() }));

function partsOf(reference: string): { readonly repository: string; readonly tag: string } {
  const colon = reference.lastIndexOf(":");
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

/**
 * With the tag goes the name by digest; but an engine whose push was cancelled may add that one afterwards. Not with the run's
 * signal: a cancelled run has to tidy up, too.
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
