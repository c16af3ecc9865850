import type { Source } from "../dockerfile/stages/stages.ts";
import type { TarParts } from "../image/layer/reading.ts";
import type { Digest } from "../oci/digest.ts";
import type { SecretKind } from "./credential-files.ts";
import type { InstalledPackages } from "./packages/package.ts";
import type { Start } from "./start/start.ts";
import type { Waste } from "./waste.ts";

/** Bytes that a registry would serve for the image: manifest, config and layers as stored. */
export interface PullSize {
  readonly bytes: number;
  /** false if it is an estimate; the exact size is then between low and high */
  readonly exact: boolean;
  readonly low: number;
  readonly high: number;
}

export type LayerOrigin = "base-image" | "own" | "unknown";

export interface InspectedLayer {
  readonly diffId: Digest;
  /** digest of the blob as stored; null if the route cannot know it */
  readonly digest: Digest | null;
  /** payload bytes */
  readonly size: number;
  /** bytes of the uncompressed tar: content, headers and padding add up to its size */
  readonly tar: TarParts & { readonly size: number };
  readonly compressedSize: number | null;
  /** bytes of files of this and lower layers that it overwrites, deletes or copies; they add up to waste.bytes */
  readonly wastes: number;
  /** the Dockerfile's text, or the history's if the layer is not from the Dockerfile; null if unknown */
  readonly createdBy: string | null;
  /** 1-based line of the Dockerfile instruction that made the layer; null if unknown */
  readonly line: number | null;
  readonly origin: LayerOrigin;
}

/** What is known of a Dockerfile's stages. */
export interface StageFacts {
  readonly declared: number;
  /** how many the target needs, including itself */
  readonly reachable: number;
  /** whether the target starts from another stage (`FROM build`) whose instructions are thus part of the image */
  readonly inherits: boolean;
}

/** How sure a finding is. `likely` counts as much as `certain`, but reports say so. */
export type Certainty = "certain" | "likely";

export interface Shell {
  /** absolute, UTF-8 (lossy if pathBase64 is present) */
  readonly path: string;
  readonly pathBase64?: string;
  /**
   * `name`: it has a shell's file name; `link`: it links to a shell; `path`: it is at a conventional path such as
   * /bin/sh; `content`: it has a shell's content; `etc-shells`: /etc/shells lists it
   */
  readonly reason: "name" | "link" | "path" | "content" | "etc-shells";
  readonly certainty: Certainty;
  /** the shell that the content or the name identifies, such as dash or busybox */
  readonly kind: string;
}

export interface PackageManager {
  readonly path: string;
  readonly pathBase64?: string;
  /** the program's usual name, such as apt-get */
  readonly name: string;
}

export type ToolKind =
  /** of a language, such as pip and npm */
  | "package-manager"
  | "compiler"
  | "build-system"
  | "version-control"
  | "debugger"
  /** of a language that programs are written in, such as perl */
  | "interpreter"
  /** fetches files from a network */
  | "fetcher";

/** A tool that only a build needs, or that fetches files from a network. */
export interface BuildTool extends PackageManager {
  readonly kind: ToolKind;
  /** whether the image's command or health check uses it; null if a shell's script may */
  readonly isUsed: boolean | null;
  readonly bytes: number;
  /** index into layers of the layer that holds it */
  readonly layer: number;
}

/** A directory that a build leaves behind. */
export interface Leftover {
  readonly path: string;
  readonly pathBase64?: string;
  readonly kind: LeftoverKind;
  /** bytes of the regular files in it */
  readonly bytes: number;
  /** index into layers of the layer that holds most of it */
  readonly layer: number;
}

export type LeftoverKind =
  /** what package managers downloaded: of the operating system, and of languages */
  | "package-lists"
  | "package-cache"
  | "build-cache"
  /** `__pycache__` of the application */
  | "bytecode"
  | "headers"
  | "temporary"
  | "git";

/** A file of a layer that holds a secret, whether a later layer deletes it or not. Its value is nowhere kept. */
export interface Secret {
  readonly path: string;
  readonly pathBase64?: string;
  readonly kind: SecretKind;
  /** whether it is one that packages ship in documentation and tests */
  readonly isExample: boolean;
  /** whether a later layer deletes or replaces it; it can be read nevertheless */
  readonly isDeleted: boolean;
  readonly bytes: number;
  /** index into layers of the layer that holds it */
  readonly layer: number;
}

/** The `.git` directory of a repository. `COPY . .` copies it unless an ignore file excludes it. */
export interface GitDirectory {
  readonly path: string;
  readonly pathBase64?: string;
  /** bytes of the regular files in it */
  readonly bytes: number;
  /** index into layers of the layer that holds it */
  readonly layer: number;
}

/** What a package manager keeps of its downloads in the image. */
export interface PackageCache {
  /** one of the directories that package managers use */
  readonly path: string;
  /** bytes of the regular files in it that are from the layer */
  readonly bytes: number;
  /** index into layers */
  readonly layer: number;
}

/** A Git LFS pointer, in place of the file that it refers to. */
export interface LfsPointer {
  readonly path: string;
  readonly pathBase64?: string;
  /** index into layers of the layer that holds it */
  readonly layer: number;
}

/** A stage that the target does not need. */
export interface UnusedStage {
  /** null if it has no name */
  readonly name: string | null;
  /** 1-based line of FROM */
  readonly line: number;
}

/** A family of images, such as distroless: a label for people, by which nothing is judged. */
export interface ImageFamily {
  readonly name: string;
  /** for people */
  readonly label: string;
  /** absolute paths that show it; empty for scratch, which only the Dockerfile shows */
  readonly evidence: readonly string[];
}

/** A file that gives privileges to whoever executes it. */
export interface PrivilegedFile {
  readonly path: string;
  readonly pathBase64?: string;
  readonly by: readonly ("setuid" | "setgid" | "capabilities")[];
  /** its owner and group, whose privileges it gives */
  readonly uid: number;
  readonly gid: number;
  readonly bytes: number;
  /** index into layers of the layer that holds it */
  readonly layer: number;
}

/** What an attacker may use, in numbers of files. */
export interface Surface {
  /** programs and scripts that someone may execute */
  readonly executables: number;
  readonly setuid: number;
  readonly setgid: number;
  /** files with capabilities (capabilities(7)) */
  readonly capabilities: number;
  /** regular files that everyone may write */
  readonly worldWritableFiles: number;
  /** directories that everyone may write, without the sticky bit */
  readonly worldWritableDirectories: number;
}

/** The account that a container starts with. */
export interface RunsAs {
  /** null if unknown */
  readonly isRoot: boolean | null;
  /** null if unknown, or if the value of a build argument may be in it */
  readonly uid: number | null;
  /** whether group 0 is among its groups; null if unknown */
  readonly isInRootGroup: boolean | null;
  /** why the account is unknown, in words for people; null if it is known */
  readonly unknown: string | null;
}

export interface Distroless {
  readonly verdict: "yes" | "no" | "unknown";
  readonly evidence: readonly DistrolessEvidence[];
}

export interface DistrolessEvidence {
  readonly kind: "shell" | "package-manager" | "unread";
  readonly path: string;
  readonly detail: string;
}

/** All facts about one image (schema/inspection.schema.json). Null means "cannot be known". */
export interface Inspection extends InstalledPackages {
  readonly schemaVersion: 1;
  readonly platform: string;
  readonly digest: Digest | null;
  readonly configDigest: Digest;
  /** payload bytes of all layers: *the* size of an image */
  readonly size: number;
  /** bytes of regular files in the final root filesystem, each inode once */
  readonly unpackedSize: number;
  /** size - unpackedSize, and where it comes from */
  readonly waste: Waste;
  readonly pullSize: PullSize | null;
  readonly layers: readonly InspectedLayer[];
  readonly baseImage: {
    readonly written: string | null;
    readonly resolved: string;
    readonly digest: Digest | null;
  } | null;
  readonly stages: StageFacts | null;
  /** the stages that the target does not need; null without a Dockerfile */
  readonly unusedStages: readonly UnusedStage[] | null;
  /** what the target's stages start from, copy from or mount from; null without a Dockerfile */
  readonly sources: readonly Source[] | null;
  readonly shells: readonly Shell[];
  readonly packageManagers: readonly PackageManager[];
  /** tools that only a build needs, such as pip and gcc, and network fetchers; not package managers of the system */
  readonly buildTools: readonly BuildTool[];
  readonly distroless: Distroless;
  /** PRETTY_NAME of os-release, only a label; null if there is none */
  readonly family: string | null;
  /** null if nothing shows one */
  readonly imageFamily: ImageFamily | null;
  /** as in the config, or as in the Dockerfile if the value of a build argument may be in it */
  readonly user: string | null;
  readonly runsAs: RunsAs;
  readonly workingDirectory: string | null;
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  /** absolute path of the file that entrypoint and command start, links resolved; null if missing */
  readonly program: string | null;
  /** whether the image's own command can start; bounded, with user and workingDirectory as they are above */
  readonly start: Start;
  readonly surface: Surface;
  /** by path */
  readonly privileged: readonly PrivilegedFile[];
  /** by path, none inside another */
  readonly leftovers: readonly Leftover[];
  /** by layer */
  readonly secrets: readonly Secret[];
  /** the largest first, at most ten */
  readonly gitDirectories: readonly GitDirectory[];
  /** the largest first, at most twenty */
  readonly packageCaches: readonly PackageCache[];
  /** by layer, those of the base image last, at most ten */
  readonly lfsPointers: readonly LfsPointer[];
  /** messages for people about what the spec forbids or runtimes disagree on */
  readonly notes: readonly string[];
}
