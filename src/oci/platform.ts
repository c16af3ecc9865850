/** A platform as github.com/containerd/platforms parses and normalises it. */
export interface Platform {
  readonly os: string;
  /** empty where there is none */
  readonly osVersion: string;
  readonly architecture: string;
  /** empty where there is none */
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

/** v8 is what every arm64 is */
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
 * Parses `os`, `architecture`, `os/architecture` or `os/architecture/variant`. Null where it is invalid.
 * @param builder what a missing half is taken from
 */
export function parsePlatform(text: string, builder: Pick<Platform, "os" | "architecture">): Platform | null {
  const [first = "", ...rest] = text.split("/");
  const system = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$/.exec(first);
  if (system === null || rest.length > 2 || rest.some((part) => !/^[A-Za-z0-9_.-]+$/.test(part))) return null;
  const [, written = "", osVersion = "", features = ""] = system;
  if (/%(?![0-9a-fA-F]{2})/.test(`${osVersion} ${features}`)) return null;
  const os = written.toLowerCase() === "macos" ? "darwin" : written.toLowerCase();
  const [architecture, variant = ""] = rest;
  if (architecture !== undefined) return { os, osVersion, ...normalArchitecture(architecture, variant) };
  if (systems.has(os)) return { os, osVersion, architecture: builder.architecture, variant: "" };
  const alone = normalArchitecture(first, "");
  return architectures.has(alone.architecture) ? { os: builder.os, osVersion: "", ...alone } : null;
}

/** A platform of an image's config or of an index, whose fields need not be as containerd writes them. */
export function normalisePlatform(platform: {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
}): Platform {
  const { os, architecture, variant } = platform;
  return { os: os.toLowerCase(), osVersion: "", ...normalArchitecture(architecture, variant) };
}

/** Whether what is built for one runs on the other. Versions of an operating system are not compared. */
export function isSamePlatform(a: Platform, b: Platform): boolean {
  return a.os === b.os && a.architecture === b.architecture && a.variant === b.variant;
}

/** `os[/architecture[/variant]]` as reports show it: the variant that nearly every machine has is left out. */
export function readablePlatform({ os, architecture, variant }: Platform): string {
  const isUsual = architecture === "arm" && variant === "v7";
  return [os, architecture, isUsual ? "" : variant].filter((part) => part !== "").join("/");
}

/** `os[(version)]/architecture[/variant]` */
export function formatPlatform({ os, osVersion, architecture, variant }: Platform): string {
  const system = osVersion === "" ? os : `${os}(${osVersion})`;
  return [system, architecture, variant].filter((part) => part !== "").join("/");
}

function normalArchitecture(writtenArchitecture: string, writtenVariant: string) {
  const architecture = writtenArchitecture.toLowerCase();
  const variant = writtenVariant.toLowerCase();
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
