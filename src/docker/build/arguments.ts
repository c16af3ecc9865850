import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { type CacheScope, cacheNamespace } from "./cache-scope.ts";
import type { BuildDefinition } from "./definition.ts";
import type { BuildPlaces } from "./staged-paths.ts";

/** Where a build delivers its image. */
export type Destination =
  /** the engine keeps it */
  | { readonly kind: "engine" }
  /** a registry on this machine's loopback; `reference` names the image there */
  | { readonly kind: "receiver"; readonly reference: string }
  /** an OCI layout; blobs that exist in the directory are not written again */
  | { readonly kind: "layout"; readonly directory: string };

/** The input of `buildArguments`. */
export interface BuildCommand {
  readonly definition: BuildDefinition;
  readonly side: "head" | "base";
  readonly cacheScope: CacheScope;
  readonly places: BuildPlaces;
  /** the builder's name; null = the current builder */
  readonly builder: string | null;
  /** `name:tag` for the image */
  readonly reference: string;
  readonly destination: Destination;
}

/**
 * Returns the arguments after `docker`, in the form that docker/build-push-action would pass them.
 * @throws Failure input-invalid if a name could be parsed as something else
 */
export function buildArguments(command: BuildCommand): readonly string[] {
  const { definition, side, cacheScope, places, builder, reference, destination } = command;
  // Not part of the definition: a report must not show it as the user's.
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
    // Two writers of one cache would conflict, and later runs need the head's cache.
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
    // Attestations would turn the image into an index, and differ in every build.
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

/** With these options, no image is stored under the name, and the manifest is the same as in a layout. */
const pushed = ["push=true", "registry.insecure=true", "store=false", "oci-mediatypes=true"];

function optional(flag: string, value: string | null): readonly string[] {
  return value === null ? [] : [flag, value];
}

function each(flag: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [flag, value]);
}

/** Always has a value: for a bare name, docker would copy our environment's variable into the build. */
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
    `${input} contains the invalid name "${harmlessLine(name)}". Write NAME=VALUE, one per line.`,
  );
}

/** Formats fields for Go's encoding/csv, with which buildx parses such values. */
function csv(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(",");
}
