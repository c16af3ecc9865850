/** A platform as containerd's library normalises one: `arm64` is `arm64/v8`, `x86_64` is `amd64`, and so on. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** empty where the architecture has no variants, or its usual one is meant */
  readonly variant: string;
}

const aliases: ReadonlyMap<string, readonly [architecture: string, variant: string]> = new Map([
  ["x86_64", ["amd64", ""]],
  ["x86-64", ["amd64", ""]],
  ["aarch64", ["arm64", ""]],
  ["armhf", ["arm", "v7"]],
  ["armel", ["arm", "v6"]],
  ["i386", ["386", ""]],
]);

/** The variant that an architecture has where none is written. */
const usualVariants: ReadonlyMap<string, string> = new Map([
  ["arm64", "v8"],
  ["arm", "v7"],
  ["amd64", "v1"],
]);

/** `os/architecture` or `os/architecture/variant`, as image configs and `--platform` have it. */
export function parsePlatform(text: string): Platform {
  const [os = "", architecture = "", variant = ""] = text.toLowerCase().split("/");
  return normalise({ os, architecture, variant });
}

export function normalise({ os, architecture, variant }: Platform): Platform {
  const [name, impliedVariant] = aliases.get(architecture) ?? [architecture, ""];
  const number = /^[0-9]/.test(variant) ? `v${variant}` : variant;
  const chosen = number || impliedVariant;
  return { os, architecture: name, variant: chosen === usualVariants.get(name) ? "" : chosen };
}

export function isSamePlatform(a: Platform, b: Platform): boolean {
  return a.os === b.os && a.architecture === b.architecture && a.variant === b.variant;
}

/** For people and reports; the usual variant is left out. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== "").join("/");
}
