import type { AuditEnvironment } from "../audit/environment.ts";
import { type InspectedImage, inspectingSides } from "../audit/inspect-sides.ts";
import type { Side, Sides } from "../audit/side.ts";
import type { BuildDefinition } from "../docker/build/definition.ts";
import { probeEngine } from "../docker/engine/engine.ts";
import { dockerEnvironment } from "../docker/engine/environment.ts";
import { Failure } from "../failure.ts";
import { merging } from "../image/filesystem/merge.ts";
import { type Image, readingsOf } from "../image/image.ts";
import { readingsOfThisRun } from "../image/readings/reading-store.ts";
import type { Work } from "../image/work.ts";
import type { Inputs } from "../inputs/inputs.ts";
import { examineContent } from "../inspect/content.ts";
import type { StartOverrides } from "../inspect/start/command.ts";
import { proveStart } from "../inspect/start/prove.ts";
import type { Start } from "../inspect/start/start.ts";
import type { MissingBase } from "../policy/finding.ts";
import { needsPullSize } from "../policy/policy.ts";
import { inTurns } from "../process/in-turns.ts";
import { once } from "../process/once.ts";
import { readImages } from "../source/read-images.ts";
import { parseImageReference } from "../source/reference.ts";
import type { ImageRequest, SourceOptions } from "../source/request.ts";
import { readNamedFile } from "../tree/read-file.ts";

/**
 * Inputs that say how an existing image was built, so that its layers can be matched with Dockerfile lines.
 */
export const dockerfileInputs: ReadonlySet<string> = new Set([
  "file",
  "target",
  "build-args",
  "build-contexts",
  "platforms",
]);

/** Descriptions of these inputs for an existing image. */
export const dockerfileMeanings = {
  file: "The Dockerfile that the image was built from, to show its stages and the lines of its layers. Default: none.",
  target: "The stage that was built. Default: the last one.",
  platforms: "Platform to read, such as linux/arm64. Default: the only one, or this machine's.",
} as const;

/** Headings of these inputs, by group. */
export const dockerfileTitles = { build: "How it was built" } as const;

/** The forms of an image argument, for the end of a command's help. */
export const imageForms = `
An image is one of:
  NAME                           an image in the engine, such as app:dev
  registry:NAME                  an image that the engine pulls
  ./PATH, ../PATH or /PATH       an OCI image layout, or an archive
  oci-dir:DIRECTORY[:NAME]       an OCI image layout; NAME selects an image
  oci-archive:FILE[:NAME]        an archive of an OCI image layout
  docker-archive:FILE[:NAME]     an archive that docker save wrote
  -                              an archive from standard input`;

/** Returns the image's name for people. */
export function shownName(name: string): string {
  return name === "-" ? "standard input" : name;
}

/** Reads and inspects an existing image. The name has the forms of inspectTwo. */
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

/** A proof whether an existing image starts, and what advice needs to know of the image. */
export interface ProvenImage {
  readonly start: Start;
  readonly platform: string;
  /** the instruction that names the program */
  readonly instruction: "ENTRYPOINT" | "CMD";
}

/** Reads an existing image and proves whether it starts. The name has the forms of inspectTwo. */
export async function proveImage(
  name: string,
  inputs: Inputs,
  environment: AuditEnvironment,
  overrides: StartOverrides,
): Promise<ProvenImage> {
  const { progress, signal } = environment;
  try {
    progress.step(`Reading ${shownName(name)}`);
    const [image] = await readImages([request(name, inputs)] as const, sourceOptions(inputs, environment));
    return await inTurns(proving(image, overrides), signal);
  } finally {
    progress.end();
  }
}

function* proving(image: Image, overrides: StartOverrides): Work<ProvenImage> {
  const [filesystem] = yield* merging([readingsOf(image)] as const);
  const { config, platform } = image;
  const hasEntrypoint = overrides.entrypoint !== undefined || (config.entrypoint?.length ?? 0) > 0;
  return {
    start: proveStart(config, filesystem, overrides),
    platform,
    instruction: hasEntrypoint ? "ENTRYPOINT" : "CMD",
  };
}

/**
 * Reads and inspects two existing images. Matches the layers of the first with the lines of the named
 * Dockerfile.
 * @param name as a person writes it: an image in the engine, registry:NAME, or a path
 * @throws Failure with a code of the engine or of an image, or dockerfile-missing
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

/** Returns what is known about an existing image: the named Dockerfile, if any. */
async function existing({ build }: Inputs): Promise<Omit<Side, "image">> {
  refuseWithoutFile(build);
  return {
    definition: build,
    // Without --file, no Dockerfile is guessed: the one in this directory may belong to another image.
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
    needsPullSize: needsPullSize([policy]),
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
    "--target, --build-arg and --build-context need a Dockerfile. Name it with --file, or leave them out.",
  );
}

/** Reads a Dockerfile that a person named. @throws Failure dockerfile-missing or file-refused */
export async function readDockerfileAt(path: string): Promise<string> {
  const advice = "Name the Dockerfile with --file.";
  const bytes = await readNamedFile(path, advice);
  if (bytes === null) throw new Failure("dockerfile-missing", `${path} does not exist. ${advice}`);
  return bytes.toString("utf8");
}
