import { userOf } from "../../compare/runtime.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import { familiarName } from "../../oci/reference.ts";
import { type Sentence, say } from "../sentence.ts";
import { shareOfBase } from "./base-share.ts";
import { baseReference, instructionOf, ownCommands, ownLayers, sizeOf } from "./own-layers.ts";
import { architectureOf } from "./program-stage.ts";
import { mayNeedSystemLibraries } from "./run-time-packages.ts";
import { runs } from "./what-runs.ts";

/** Returns how to start from a smaller base image of the same family, if the base image is most of the image. */
export function smallerBaseImage(head: Inspection): readonly Sentence[] {
  const size = sizeOf(head, (layer) => layer.origin === "base-image");
  if (head.baseImage === null || size * 2 < head.size || size === 0) return [];
  const smaller = sameServer(head) ?? chiseled(head);
  const share = shareOfBase(head);
  return [
    smaller === null
      ? say`Start from a smaller base image:${share}`
      : say`Start from ${smaller}, a smaller base image:${share}`,
  ];
}

/**
 * Returns the official image of the same server and version on Alpine; null if the server may not start on it.
 * Tags as published in August 2026 by https://github.com/docker-library/official-images (library/nginx,
 * library/httpd): each version has one with -alpine, and `latest` is `alpine` there.
 */
function sameServer(head: Inspection): string | null {
  const reference = baseReference(head);
  if (runs(head).kind !== "server" || reference === null) return null;
  // Commands of Debian fail on Alpine, and the main configuration may name Debian's accounts and modules.
  if (ownCommands(head).length > 0 || userOf(head) !== "root") return null;
  const [, server] = /^docker\.io\/library\/(nginx|httpd)$/.exec(reference.name) ?? [];
  if (server === undefined || ownLayers(head).some((layer) => configures(instructionOf(layer).text)))
    return null;
  const [, version] =
    /^(latest|stable|mainline|\d+(?:\.\d+){0,2})(?:-(?:bullseye|bookworm|trixie))?$/.exec(reference.tag) ??
    [];
  if (version === undefined || !onAlpine.has(architectureOf(head))) return null;
  return `${server}:${version === "latest" ? "alpine" : `${version}-alpine`}`;
}

/** Debian's images are for more architectures than Alpine's. */
const onAlpine: ReadonlySet<string> = new Set([
  ...["amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64"],
]);

function configures(text: string): boolean {
  return /\/etc\/nginx(?!\/(?:conf\.d|templates)\/)|\/usr\/local\/apache2\/(?!htdocs)|\.so\b/.test(text);
}

/**
 * Returns Microsoft's image of the same .NET without a shell; null if the application may not start on it. Tags
 * as published in August 2026 by https://github.com/dotnet/dotnet-docker (README.aspnet.md, README.runtime.md):
 * Debian 12 under 8.0 and 9.0, and Ubuntu 24.04 (noble) under 10.0. The extra variant has ICU and time zones, as
 * the whole images do.
 */
function chiseled(head: Inspection): string | null {
  const reference = baseReference(head);
  if (runs(head).kind !== "dotnet" || reference === null) return null;
  // It starts as an account of its own, and no command runs in it.
  if (ownCommands(head).length > 0 || !["app", "1654"].includes(userOf(head))) return null;
  if (mayNeedSystemLibraries(head) || !["amd64", "arm64"].includes(architectureOf(head))) return null;
  const [version] = /^(?:[89]\.0(?=$|-bookworm-slim$|-noble$)|10\.0(?=$|-noble$))/.exec(reference.tag) ?? [];
  if (version === undefined || !/^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/.test(reference.name))
    return null;
  return familiarName({ name: reference.name, tag: `${version}-noble-chiseled-extra`, digest: null });
}
