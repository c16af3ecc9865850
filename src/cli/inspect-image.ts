import type { AuditEnvironment } from "../audit/environment.ts";
import { type InspectedImage, inspectingSides } from "../audit/inspect-sides.ts";
import type { Side, Sides } from "../audit/side.ts";
import type { BuildDefinition } from "../docker/build/definition.ts";
import { probeEngine } from "../docker/engine/engine.ts";
import { dockerEnvironment } from "../docker/engine/environment.ts";
import { Failure } from "../failure.ts";
import { readingsOfThisRun } from "../image/readings/reading-store.ts";
import type { Inputs } from "../inputs/inputs.ts";
import { examineContent } from "../inspect/programs/content.ts";
import type { MissingBase } from "../policy/finding.ts";
import { needsPullSize } from "../policy/policy.ts";
import { inTurns } from "../process/in-turns.ts";
import { once } from "../process/once.ts";
import { readImages } from "../source/read-images.ts";
import { parseImageReference } from "../source/reference.ts";
import type { ImageRequest, SourceOptions } from "../source/request.ts";
import { readNamedFile } from "../tree/read-file.ts";

/** Inputs that say which Dockerfile made an image, so that its layers get their lines. */
export const dockerfileInputs: ReadonlySet<string> = new Set([
  "file",
  "target",
  "build-args",
  "build-contexts",
  "platforms",
]);

/** What they mean for an image that exists. */
export const dockerfileMeanings = {
  file: "The Dockerfile that made the image: tells its stages, and the lines of its layers. Default: none.",
  target: "The stage of it that was built. Default: the last one.",
  platforms: "Platform to read, such as linux/arm64. Default: the only one, or this machine's.",
} as const;

/** What heads them, by group. */
export const dockerfileTitles = { build: "How it was built" } as const;

/** How a person may write an image, for the end of a command's help. */
export const imageForms = `
An image is one of:
  NAME                           an image of the engine, such as app:dev
  registry:NAME                  one that the engine pulls
  ./PATH, ../PATH or /PATH       an OCI image layout, or an archive
  oci-dir:DIRECTORY[:NAME]       an OCI image layout, and which of its images
  oci-archive:FILE[:NAME]        the same as an archive
  docker-archive:FILE[:NAME]     what docker save writes
  -                              an archive by standard input`;

/** What an image is called that was named so. */
export function shownName(name: string): string {
  return name === "-" ? "standard input" : name;
}

/** Reads and inspects one image that exists, named as in inspectTwo. */
export async function inspectImage(
  name: string,
  inputs: Inputs,
  environment: AuditEnvironment,
): Promise<InspectedImage> {
  const { head } = await reading([name], environment, async () => {
    const side = await existing(inputs);
    const [image] = await readImages([request(name, inputs)] as const, sourceOptions(inputs, environment));
    return { head: { ...side, image }, base: notAsked };
  });
  return head;
}

/**
 * Reads and inspects two images that exist, the first with the lines of the Dockerfile that was named.
 * @param name as a person writes it: an image of the engine, registry:NAME, or a path
 * @throws Failure of the engine's or an image's; dockerfile-missing
 */
export async function inspectTwo(
  name: string,
  baseName: string,
  inputs: Inputs,
  environment: AuditEnvironment,
): Promise<Sides<InspectedImage>> {
  return reading([name, baseName], environment, async () => {
    const side = await existing(inputs);
    const [image, baseImage] = await readImages(
      [request(name, inputs, "head"), request(baseName, inputs, "base")] as const,
      sourceOptions(inputs, environment),
    );
    return { head: { ...side, image }, base: { ...side, dockerfile: null, image: baseImage } };
  });
}

async function reading(
  names: readonly string[],
  { progress, signal }: AuditEnvironment,
  read: () => Promise<Sides<Side>>,
): Promise<Sides<InspectedImage>> {
  try {
    progress.step(`Reading ${names.map(shownName).join(" and ")}`);
    return await inTurns(inspectingSides(await read()), signal);
  } finally {
    progress.end();
  }
}

/** What is known about an image that exists: the Dockerfile that was named, if any. */
async function existing({ build }: Inputs): Promise<Omit<Side, "image">> {
  refuseWithoutFile(build);
  return {
    definition: build,
    // Without --file no Dockerfile is guessed: the one that lies here may have made another image.
    dockerfile: build.file === null ? null : await readDockerfileAt(build.file),
    materials: [],
    isBuilt: false,
    buildPlatform: null,
    record: null,
  };
}

function request(name: string, { build }: Inputs, side?: "head" | "base"): ImageRequest {
  return {
    reference: parseImageReference(name),
    platform: build.platform,
    configDigest: null,
    isBuilt: false,
    side,
  };
}

function sourceOptions(
  { policy }: Inputs,
  { progress, signal, env, store = readingsOfThisRun() }: AuditEnvironment,
): SourceOptions {
  return {
    examine: examineContent,
    store,
    needsPullSize: needsPullSize(policy),
    engine: once(() => probeEngine({ env: dockerEnvironment(env), signal })),
    signal,
    remark: progress.detail,
  };
}

const notAsked: MissingBase = { reason: "not-asked", message: "There is no image to compare with." };

function refuseWithoutFile({ file, target, buildArgs, buildContexts }: BuildDefinition): void {
  if (file !== null || (target === null && buildArgs.size === 0 && buildContexts.size === 0)) return;
  throw new Failure(
    "input-invalid",
    "--target, --build-arg and --build-context say how a Dockerfile was built: name it with --file, or leave them out.",
  );
}

/** The text of a Dockerfile that a person named. @throws Failure dockerfile-missing or file-refused */
export async function readDockerfileAt(path: string): Promise<string> {
  const cure = "Name the Dockerfile with --file.";
  const bytes = await readNamedFile(path, cure);
  if (bytes === null) throw new Failure("dockerfile-missing", `${path} does not exist. ${cure}`);
  return bytes.toString("utf8");
}
