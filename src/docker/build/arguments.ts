import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { type CacheScope, cacheNamespace } from "./cache-scope.ts";
import type { BuildDefinition } from "./definition.ts";
import type { BuildPlaces } from "./staged-paths.ts";

/** Where the image of a build goes. */
export type Destination =
  /** it is left in the engine */
  | { readonly kind: "engine" }
  /** a registry on this machine's loopback; `reference` names the image there */
  | { readonly kind: "receiver"; readonly reference: string }
  /** an OCI layout: blobs that the directory has are not written again */
  | { readonly kind: "layout"; readonly directory: string };

/** What the arguments of `docker buildx build` are made of. */
export interface BuildCommand {
  readonly definition: BuildDefinition;
  readonly side: "head" | "base";
  readonly cacheScope: CacheScope;
  readonly places: BuildPlaces;
  /** the builder's name; null = the one in use */
  readonly builder: string | null;
  /** `name:tag` that the image gets */
  readonly reference: string;
  readonly destination: Destination;
}

/**
 * The arguments after `docker`, as docker/build-push-action would give them.
 * @throws Failure input-invalid where a name could be read as something else
 */
export function buildArguments(command: BuildCommand): readonly string[] {
  const { definition, side, cacheScope, places, builder, reference, destination } = command;
  // Not the definition's: a report must not show it as the user's.
  const buildArgs = new Map(definition.buildArgs).set(namespaceArg, cacheNamespace(cacheScope, side));
  return [
    "buildx",
    "build",
    ...optional("--builder", builder),
    ...each("--add-host", definition.addHosts),
    ...each("--allow", definition.allow),
    ...each("--build-arg", [...buildArgs].map(buildArg)),
    ...each("--build-context", [...places.buildContexts].map(buildContext)),
    ...each("--cache-from", definition.cacheFrom),
    // Two writers of one cache would fight, and it is the head's that later runs want.
    ...each("--cache-to", side === "head" ? definition.cacheTo : []),
    "--file",
    places.dockerfile,
    ...each("--label", definition.labels),
    ...optional("--network", definition.network),
    ...(definition.noCache ? ["--no-cache"] : []),
    ...optional("--platform", definition.platform),
    ...(definition.pull ? ["--pull"] : []),
    ...each(
      "--secret",
      [...definition.secretEnvs].map(([id, name]) => csv([`id=${id}`, `env=${name}`])),
    ),
    ...each(
      "--secret",
      [...places.secretFiles].map(([id, path]) => csv([`id=${id}`, `src=${path}`])),
    ),
    ...optional("--shm-size", definition.shmSize),
    ...each("--ssh", definition.ssh),
    ...optional("--target", definition.target),
    ...each("--ulimit", definition.ulimit),
    // Attestations would make an index of the image, and differ in every build.
    "--provenance=false",
    "--sbom=false",
    "--progress=rawjson",
    "--metadata-file",
    places.metadata,
    ...output(destination, reference),
    "--",
    places.context,
  ];
}

/** docs.docker.com/reference/dockerfile, "BuildKit built-in build args" */
const namespaceArg = "BUILDKIT_CACHE_MOUNT_NS";

function output(destination: Destination, reference: string): readonly string[] {
  switch (destination.kind) {
    case "engine":
      return ["--load", "--tag", reference];
    case "receiver":
      return ["--output", csv(["type=image", `name=${reference}`, ...pushed])];
    case "layout":
      return [
        "--output",
        csv(["type=oci", "tar=false", `dest=${destination.directory}`, `name=${reference}`]),
      ];
  }
}

/** Nothing is kept under the image's name, and its manifest is the one that a layout would hold. */
const pushed = ["push=true", "registry.insecure=true", "store=false", "oci-mediatypes=true"];

function optional(flag: string, value: string | null): readonly string[] {
  return value === null ? [] : [flag, value];
}

function each(flag: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [flag, value]);
}

/** With a bare name docker would copy our environment's variable of that name into the build. */
function buildArg([name, value]: readonly [string, string]): string {
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) throw badName("build-args", name);
  return `${name}=${value}`;
}

function buildContext([name, value]: readonly [string, string]): string {
  if (name === "" || name.includes("=")) throw badName("build-contexts", name);
  return `${name}=${value}`;
}

function badName(input: string, name: string): Failure {
  return new Failure(
    "input-invalid",
    `${input} has the name "${harmlessLine(name)}", which is none. Write NAME=VALUE, one a line.`,
  );
}

/** Fields as Go's encoding/csv reads them, which buildx uses for such values. */
function csv(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(",");
}
