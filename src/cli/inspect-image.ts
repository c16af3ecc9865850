import type { World } from "../audit/audit.ts";
import { type InspectedImage, inspectingSides } from "../audit/inspect-sides.ts";
import type { BuildDefinition } from "../docker/build/definition.ts";
import { probeEngine } from "../docker/engine/engine.ts";
import { dockerEnvironment } from "../docker/engine/environment.ts";
import { Failure } from "../failure.ts";
import { readingsOfThisRun } from "../image/readings/reading-store.ts";
import type { Inputs } from "../inputs/inputs.ts";
import { examineContent } from "../inspect/programs/content.ts";
import { inTurns } from "../process/in-turns.ts";
import { once } from "../process/once.ts";
import { readImages } from "../source/read-images.ts";
import { parseImageReference } from "../source/reference.ts";
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

/** Reads and inspects one image that exists, named as in inspectImages. */
export async function inspectImage(name: string, inputs: Inputs, world: World): Promise<InspectedImage> {
  const [inspected] = await inspectImages([name], inputs, world);
  if (inspected === undefined) throw new Error("an image was asked for and not inspected");
  return inspected;
}

/**
 * Reads and inspects images that exist, the first with the lines of the Dockerfile that was named.
 * @param names as a person writes them: images of the engine, registry:NAME, or paths
 * @throws Failure of the engine's or an image's; dockerfile-missing
 */
export async function inspectImages(
  names: readonly string[],
  { build, policy }: Inputs,
  { progress, signal, env, store = readingsOfThisRun() }: World,
): Promise<readonly InspectedImage[]> {
  refuseWithoutFile(build);
  // Without --file no Dockerfile is guessed: the one that lies here may have made another image.
  const dockerfile = build.file === null ? null : await readDockerfileAt(build.file);
  progress.step(`Reading ${names.map(shownName).join(" and ")}`);
  try {
    const images = await readImages(
      names.map((name, index) => ({
        reference: parseImageReference(name),
        platform: build.platform,
        configDigest: null,
        isBuilt: false,
        side: names.length === 1 ? undefined : index === 0 ? ("head" as const) : ("base" as const),
      })),
      {
        examine: examineContent,
        store,
        needsPullSize: policy.maxPullSize !== null,
        engine: once(() => probeEngine({ env: dockerEnvironment(env), signal })),
        signal,
        remark: progress.detail,
      },
    );
    const sides = images.map((image, index) => ({
      image,
      definition: build,
      dockerfile: index === 0 ? dockerfile : null,
      materials: [],
      isBuilt: false,
      record: null,
    }));
    return await inTurns(inspectingSides(sides), signal);
  } finally {
    progress.end();
  }
}

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
