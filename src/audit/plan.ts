import { isAbsolute, posix, relative, resolve } from "node:path";
import type { BuildDefinition } from "../docker/build/definition.ts";
import { isRemoteContext } from "../dockerfile/stages/named-context.ts";
import { Failure } from "../failure.ts";
import type { Inputs } from "../inputs/inputs.ts";
import type { ChosenImage } from "../policy/file/choose-image.ts";
import type { ImageReference } from "../source/reference.ts";
import { isInside } from "../tree/inside.ts";
import { buildImageOfFile } from "./image-of-file.ts";

/** One side of the audit: an existing image, or one to build from that side's tree. */
export type SidePlan =
  | { readonly kind: "image"; readonly reference: ImageReference }
  | { readonly kind: "build"; readonly definition: BuildDefinition };

/** Which images are audited, and where each comes from. */
export interface Plan {
  readonly name: string;
  readonly platform: string | null;
  readonly head: SidePlan;
  readonly base: SidePlan;
  /** how the head's Dockerfile is or would be built: also shows which line made which existing layer */
  readonly definition: BuildDefinition;
}

/**
 * Makes the plan of an audit.
 * @param place the directory that the inputs' paths are relative to, and the root of its repository, both
 * absolute with links resolved. They differ if a workflow checks out into a subdirectory, or a user works in
 * one.
 * @param chosen the image of the policy file; null if it lists none
 * @throws Failure context-outside-workspace if a local path is not in the repository
 */
export function makePlan(
  inputs: Inputs,
  place: { readonly directory: string; readonly root: string },
  chosen: ChosenImage | null = null,
): Plan {
  const definition = buildImageOfFile(rebase(inputs.build, place.directory, place.root), chosen);
  const baseFile = inputs.baseFile === null ? null : inside(place, inputs.baseFile);
  return {
    name: chosen?.name ?? inputs.name ?? nameOf(definition.context, place.root),
    platform: definition.platform,
    head: inputs.image === null ? { kind: "build", definition } : { kind: "image", reference: inputs.image },
    base:
      inputs.compareWith === null
        ? { kind: "build", definition: { ...definition, file: baseFile ?? definition.file } }
        : { kind: "image", reference: inputs.compareWith },
    definition,
  };
}

/**
 * Makes absolute paths in the workspace relative to it, such as `${{ github.workspace }}/app`. They begin
 * with the user's path of the workspace, which may contain a link; git's path of the repository does not.
 * @param directory the user's path of the workspace
 */
export function inWorkspace(inputs: Inputs, directory: string): Inputs {
  const within = (path: string) =>
    isAbsolute(path) && isInside(directory, path) ? relative(directory, path) || "." : path;
  const each = (paths: ReadonlyMap<string, string>) =>
    new Map([...paths].map(([name, path]) => [name, within(path)]));
  const { build, baseFile } = inputs;
  return {
    ...inputs,
    build: {
      ...build,
      context: within(build.context),
      file: build.file === null ? null : within(build.file),
      buildContexts: each(build.buildContexts),
      secretFiles: each(build.secretFiles),
    },
    baseFile: baseFile === null ? null : within(baseFile),
  };
}

/** Makes a definition's local paths relative to the repository's root, so that they fit any commit's tree. */
function rebase(definition: BuildDefinition, directory: string, root: string): BuildDefinition {
  const place = { directory, root };
  return {
    ...definition,
    context: inside(place, definition.context),
    file: definition.file === null ? null : inside(place, definition.file),
    buildContexts: new Map(
      [...definition.buildContexts].map(([name, value]) => [
        name,
        isLocal(value) ? inside(place, value) : value,
      ]),
    ),
    secretFiles: new Map(
      [...definition.secretFiles].map(([id, path]) => {
        const absolute = resolve(directory, path);
        return [id, isInside(root, absolute) ? relative(root, absolute) : absolute];
      }),
    ),
  };
}

function inside(place: { readonly directory: string; readonly root: string }, path: string): string {
  // A remote context (URL, git@…, -) is not a path; docker/build refuses it with a message.
  if (!isLocal(path)) return path;
  const found = relative(place.root, resolve(place.directory, path)).replaceAll("\\", "/");
  if (found === ".." || found.startsWith("../")) {
    throw new Failure(
      "context-outside-workspace",
      `"${path}" lies outside the repository, so no commit has it: name a path inside ${place.root}.`,
    );
  }
  return found || ".";
}

function isLocal(value: string): boolean {
  return value !== "-" && !isRemoteContext(value);
}

function nameOf(context: string, root: string): string {
  return posix.basename(context === "." ? root.replaceAll("\\", "/") : context);
}
