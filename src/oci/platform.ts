/** A platform as github.com/containerd/platforms parses and normalises it. */
export interface Platform {
  readonly os: string;
  /** empty if unset */
  readonly osVersion: string;
  readonly architecture: string;
  /** empty if unset */
  readonly variant: string;
}

const systems = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos".split(
    " ",
  ),
);

const architectures = new Set(
  (
    "386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 " +
    "mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm"
  ).split(" "),
);

/** Every arm64 is v8, so that variant is left out. */
const arm64Variants: ReadonlyMap<string, string> = new Map([
  ["8", ""],
  ["v8", ""],
  ["v8.0", ""],
  ["9", "v9"],
  ["9.0", "v9"],
  ["v9.0", "v9"],
]);

const armVariants: ReadonlyMap<string, string> = new Map([
  ["", "v7"],
  ["5", "v5"],
  ["6", "v6"],
  ["7", "v7"],
  ["8", "v8"],
]);

/**
 * Parses `os`, `architecture`, `os/architecture` or `os/architecture/variant`. Returns null if the text is
 * invalid.
 * @param builder supplies the operating system or architecture that the text omits
 */
export function parsePlatform(text: string, builder: Pick<Platform, "os" | "architecture">): Platform | null {
  const [first = "", ...rest] = text.split("/");
  const system = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$/.exec(first);
  if (system === null || rest.length > 2 || rest.some((part) => !/^[A-Za-z0-9_.-]+$/.test(part))) return null;
  const [, rawOs = "", osVersion = "", features = ""] = system;
  if (/%(?![0-9a-fA-F]{2})/.test(`${osVersion} ${features}`)) return null;
  const os = rawOs.toLowerCase() === "macos" ? "darwin" : rawOs.toLowerCase();
  const [architecture, variant = ""] = rest;
  if (architecture !== undefined) return { os, osVersion, ...normalArchitecture(architecture, variant) };
  if (systems.has(os)) return { os, osVersion, architecture: builder.architecture, variant: "" };
  const alone = normalArchitecture(first, "");
  return architectures.has(alone.architecture) ? { os: builder.os, osVersion: "", ...alone } : null;
}

/**
 * Normalises the platform of an image's config or an index, where fields may be spelled otherwise than in
 * containerd.
 */
export function normalisePlatform(platform: {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
}): Platform {
  const { os, architecture, variant } = platform;
  return { os: os.toLowerCase(), osVersion: "", ...normalArchitecture(architecture, variant) };
}

/** Reports whether two platforms are the same. Operating system versions are not compared. */
export function isSamePlatform(a: Platform, b: Platform): boolean {
  return a.os === b.os && a.architecture === b.architecture && a.variant === b.variant;
}

/**
 * Formats a platform as `os[/architecture[/variant]]` for reports. Omits arm's v7, which nearly every machine
 * has.
 */
export function readablePlatform({ os, architecture, variant }: Platform): string {
  const isUsual = architecture === "arm" && variant === "v7";
  return [os, architecture, isUsual ? "" : variant].filter((part) => part !== "").join("/");
}

/** Formats a platform as `os[(version)]/architecture[/variant]`. */
export function formatPlatform({ os, osVersion, architecture, variant }: Platform): string {
  const system = osVersion === "" ? os : `${os}(${osVersion})`;
  return [system, architecture, variant].filter((part) => part !== "").join("/");
}

function normalArchitecture(rawArchitecture: string, rawVariant: string) {
  const architecture = rawArchitecture.toLowerCase();
  const variant = rawVariant.toLowerCase();
  switch (architecture) {
    case "i386":
      return { architecture: "386", variant: "" };
    case "x86_64":
    case "x86-64":
    case "amd64":
      return { architecture: "amd64", variant: variant === "v1" ? "" : variant };
    case "aarch64":
    case "arm64":
      return { architecture: "arm64", variant: arm64Variants.get(variant) ?? variant };
    case "armhf":
      return { architecture: "arm", variant: "v7" };
    case "armel":
      return { architecture: "arm", variant: "v6" };
    case "arm":
      return { architecture, variant: armVariants.get(variant) ?? variant };
    default:
      return { architecture, variant };
  }
}
