import type { ElfFacts } from "../../image/layer/content.ts";
import type { Platform } from "../../oci/platform.ts";

/** What the header of an ELF file says about the processor. */
export type Machine = Pick<ElfFacts, "machine" | "class" | "byteOrder">;

/**
 * Reports whether a machine of the image's platform executes the file. `unknown` means that only some do, or
 * that the platform is unknown. Most x86-64 kernels execute i386 programs, and few arm64 kernels execute arm
 * programs. ELF headers do not contain the platform's variant.
 */
export function runsOn(
  elf: Machine,
  { os, architecture }: Pick<Platform, "os" | "architecture">,
): "yes" | "no" | "unknown" {
  if (os !== "linux") return "unknown";
  const name = architectureOf(elf);
  if (name === architecture) return "yes";
  if (!architectures.has(architecture)) return "unknown";
  return kin.some((names) => names.includes(name) && names.includes(architecture)) ? "unknown" : "no";
}

/** Reports whether both files are for the same processor and mode, as loaders require of libraries. */
export function isSameMachine(a: Machine, b: Machine): boolean {
  return a.machine === b.machine && a.class === b.class && a.byteOrder === b.byteOrder;
}

/** Returns the common name of the processor: `x86-64`, `arm64`, `ELF machine 4711`. */
export function machineName(elf: Machine): string {
  const name = architectureOf(elf);
  return said.get(name) ?? name;
}

/** Returns the architecture as in image configs (Go's GOARCH), or a name that no config has. */
function architectureOf({ machine, class: width, byteOrder }: Machine): string {
  const isLittle = byteOrder === "little";
  switch (machine) {
    case 3:
      return "386";
    case 62:
      return width === 64 ? "amd64" : "amd64p32";
    case 40:
      return isLittle ? "arm" : "armbe";
    case 183:
      return isLittle ? "arm64" : "arm64be";
    case 8:
      return `mips${width === 64 ? "64" : ""}${isLittle ? "le" : ""}`;
    case 20:
      return "ppc";
    case 21:
      return isLittle ? "ppc64le" : "ppc64";
    case 22:
      return width === 64 ? "s390x" : "s390";
    case 2:
    case 18:
      return "sparc";
    case 43:
      return "sparc64";
    case 243:
      return width === 64 ? "riscv64" : "riscv";
    case 258:
      return width === 64 ? "loong64" : "loong32";
    default:
      return `ELF machine ${machine}`;
  }
}

/** Architectures that one kernel may execute. */
const kin: readonly (readonly string[])[] = [
  ["amd64", "amd64p32", "386"],
  ["arm64", "arm"],
  ["arm64be", "armbe"],
  ["mips64", "mips"],
  ["mips64le", "mipsle"],
  ["ppc64", "ppc"],
  ["s390x", "s390"],
  ["sparc64", "sparc"],
  ["riscv64", "riscv"],
  ["loong64", "loong32"],
];

const architectures: ReadonlySet<string> = new Set([...kin.flat(), "ppc64le"]);

const said: ReadonlyMap<string, string> = new Map([
  ["amd64", "x86-64"],
  ["amd64p32", "x32"],
  ["386", "i386"],
]);
