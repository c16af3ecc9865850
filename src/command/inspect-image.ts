import type { World } from "../audit.ts";
import { probeEngine } from "../docker/engine.ts";
import { dockerEnvironment } from "../docker/environment.ts";
import { Failure } from "../failure.ts";
import { readingsOfThisRun } from "../image/reading-store.ts";
import { inTurns } from "../in-turns.ts";
import { type InputTexts, parseInputs } from "../inputs.ts";
import { examineContent } from "../inspect/content.ts";
import { type InspectedImage, inspectingSides } from "../inspect-sides.ts";
import { once } from "../once.ts";
import { readImages } from "../read-images.ts";
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

/** How a person may write an image. */
export const imageNames =
  "A name of the engine, registry:NAME, or a path that starts with /, ./ or ../ (OCI layout or archive)";

/**
 * Reads and inspects one image that exists.
 * @param name as a person writes it: an image of the engine, registry:NAME, or a path
 * @throws Failure of the engine's or the image's
 */
export async function inspectImage(name: string, texts: InputTexts, world: World): Promise<InspectedImage> {
  const { progress, signal, env } = world;
  const { build } = parseInputs(texts);
  progress.step(`Reading ${name}`);
  try {
    const [image] = await readImages(
      [
        {
          reference: parseImageReference(name),
          platform: build.platform,
          configDigest: null,
          isBuilt: false,
        },
      ],
      {
        examine: examineContent,
        store: world.store ?? readingsOfThisRun(),
        engine: once(() => probeEngine({ env: dockerEnvironment(env), signal })),
        signal,
        remark: progress.detail,
      },
    );
    if (image === undefined) throw new Error("an image was asked for and not read");
    // Without --file no Dockerfile is guessed: the one that lies here may have made another image.
    const dockerfile = build.file === null ? null : await readDockerfileAt(build.file);
    const making = { definition: build, dockerfile, materials: [], isBuilt: false, record: null };
    const [inspected] = await inTurns(inspectingSides([{ image, ...making }]), signal);
    if (inspected === undefined) throw new Error("an image was asked for and not inspected");
    return inspected;
  } finally {
    progress.end();
  }
}

/** The text of a Dockerfile that a person named. @throws Failure dockerfile-missing or file-refused */
export async function readDockerfileAt(path: string): Promise<string> {
  const cure = "Name the Dockerfile with --file.";
  const bytes = await readNamedFile(path, cure);
  if (bytes === null) throw new Failure("dockerfile-missing", `${path} does not exist. ${cure}`);
  return bytes.toString("utf8");
}
