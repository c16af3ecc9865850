import * as v from "valibot";
import { type DockerOptions, runDocker } from "./command.ts";
import type { Engine } from "./engine.ts";
import { engineFailure } from "./engine-failure.ts";
import { imageFailure } from "./export.ts";
import type { Receiver } from "./receive.ts";
import { removeTag } from "./tags.ts";

interface PushOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has the engine push an image to a receiver: only what the receiver has not read before is sent. Nothing of it stays in the
 * engine, however it ends.
 * @returns false where the image has to be read another way: the engine does not reach this machine's loopback
 * (it runs elsewhere, or in a virtual machine), or the image has no name, and so would not outlive one of ours
 * @throws Failure image-not-found, what the receiver refused it for, engine-failed or another of the engine's, cancelled
 */
export async function pushImage(
  reference: string,
  receiver: Receiver,
  engine: Pick<Engine, "env">,
  options: PushOptions = {},
): Promise<boolean> {
  // A client that signs what it pushes would have a key made for it.
  const docker = { env: { ...engine.env, DOCKER_CONTENT_TRUST: "0" }, signal: options.signal };
  if (!(await hasName(reference, docker))) return false;
  await using tags = new AsyncDisposableStack();
  tags.defer(() => removeTags(receiver, engine));
  const tag = await runDocker(["image", "tag", reference, receiver.reference], docker);
  if (tag.code !== 0) throw engineFailure(tag.stderr, "docker tag");
  const { code, stderr } = await runDocker(["image", "push", "--quiet", "--", receiver.reference], docker);
  if (code === 0) return true;
  if (receiver.refusal !== null) throw receiver.refusal;
  if (!receiver.wasReached) return false;
  throw engineFailure(stderr, "docker push");
}

/**
 * Removing the last name of an image removes the image, and someone may still need it that has none but its ID. The
 * name that it got by being pulled or pushed by digest is a name, too.
 */
async function hasName(reference: string, docker: DockerOptions): Promise<boolean> {
  const args = ["image", "inspect", "--format", "{{json .}}", "--", reference];
  const { code, stdout, stderr } = await runDocker(args, docker);
  if (code !== 0) throw imageFailure(stderr, reference, "docker image inspect");
  const { RepoTags, RepoDigests } = v.parse(imageSchema, JSON.parse(stdout));
  return RepoTags.length + RepoDigests.length > 0;
}

const imageSchema = v.object({
  RepoTags: v.nullish(v.array(v.string()), []),
  RepoDigests: v.nullish(v.array(v.string()), []),
});

/** With the tag goes the name by digest; but an engine whose push was cancelled may add that one afterwards. */
async function removeTags({ reference, digestReference }: Receiver, engine: Pick<Engine, "env">) {
  await removeTag(reference, engine);
  if (digestReference !== null) await removeTag(digestReference, engine);
}
