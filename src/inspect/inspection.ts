import type { Digest } from "../oci/digest.ts";

/** Bytes that a registry would serve for the image: manifest, config and layers as stored. */
export interface PullSize {
  readonly bytes: number;
  /** false: an estimate, and the truth lies between low and high */
  readonly exact: boolean;
  readonly low: number;
  readonly high: number;
}

export type LayerOrigin = "base-image" | "own" | "unknown";

export interface InspectedLayer {
  readonly diffId: Digest;
  /** of the blob as stored; null where the route cannot know it */
  readonly digest: Digest | null;
  /** payload bytes */
  readonly size: number;
  readonly compressedSize: number | null;
  /**
   * what made the layer: the Dockerfile's text, or the history's where the layer is not of the Dockerfile. Null where
   * neither tells
   */
  readonly createdBy: string | null;
  /** 1-based line of the Dockerfile instruction that made it; null where not known */
  readonly line: number | null;
  readonly origin: LayerOrigin;
}

/** How sure a finding about content is: `likely` counts like `certain`, and says so. */
export type Certainty = "certain" | "likely";

export interface Shell {
  /** absolute, UTF-8 (lossy where pathBase64 is there) */
  readonly path: string;
  readonly pathBase64?: string;
  /** `name`: its file name is a shell's; `link`: it leads to a shell; `path`: a conventional path such as /bin/sh;
   * `content`: its bytes are a shell's; `etc-shells`: /etc/shells lists it */
  readonly reason: "name" | "link" | "path" | "content" | "etc-shells";
  readonly certainty: Certainty;
  /** which shell the bytes or the name speak of, such as dash or busybox */
  readonly kind: string;
}

export interface PackageManager {
  readonly path: string;
  readonly pathBase64?: string;
  /** the program's usual name, such as apt-get */
  readonly name: string;
}

/** A git repository's own directory, with its history: what `COPY . .` brings along where nothing keeps it out. */
export interface GitDirectory {
  readonly path: string;
  readonly pathBase64?: string;
  /** of the regular files in it */
  readonly bytes: number;
  /** index into layers of the layer that holds it */
  readonly layer: number;
}

/** A pointer of Git LFS, in place of the file that it stands for. */
export interface LfsPointer {
  readonly path: string;
  readonly pathBase64?: string;
  /** index into layers of the layer that holds it */
  readonly layer: number;
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

/** All facts about one image: one JSON record, described by schema/inspection.schema.json. Null is "cannot be known". */
export interface Inspection {
  readonly schemaVersion: 1;
  readonly platform: string;
  readonly digest: Digest | null;
  readonly configDigest: Digest;
  /** bytes: the sum of the layers' payload. *The* size of an image. */
  readonly size: number;
  /** bytes of regular files in the final root filesystem, each inode once */
  readonly unpackedSize: number;
  readonly pullSize: PullSize | null;
  readonly layers: readonly InspectedLayer[];
  readonly baseImage: {
    readonly written: string | null;
    readonly resolved: string;
    readonly digest: Digest | null;
  } | null;
  readonly stages: { readonly declared: number; readonly reachable: number } | null;
  readonly shells: readonly Shell[];
  readonly packageManagers: readonly PackageManager[];
  /** pip, npm and their like: tools of a language, not of the operating system */
  readonly buildTools: readonly PackageManager[];
  readonly distroless: Distroless;
  /** PRETTY_NAME of os-release, a label only; null where there is none */
  readonly family: string | null;
  /** as in the config, or as the Dockerfile says it where a build argument's value may be in it */
  readonly user: string | null;
  readonly workingDirectory: string | null;
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  /** absolute: the file that entrypoint and command start, links followed; null where the image has none */
  readonly program: string | null;
  /** the largest first, at most ten */
  readonly gitDirectories: readonly GitDirectory[];
  /** by layer, those of the base image last, at most ten */
  readonly lfsPointers: readonly LfsPointer[];
  /** what the spec forbids or runtimes disagree about, in words for people */
  readonly notes: readonly string[];
}
