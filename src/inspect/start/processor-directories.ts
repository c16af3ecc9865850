import type { BytePath } from "../../image/path.ts";
import type { Reach } from "./reach.ts";

/** Subdirectories, also nested, that glibc before 2.37 searches on matching processors (dl-hwcaps.c). */
const legacy: readonly string[] = (
  "tls haswell xeon_phi avx512_1 x86_64 i386 i486 i586 i686 sse2 cmov nosegneg " +
  "aarch64 atomics v6l v7l v8l neon vfp vfpv3 thumb power7 power8 power9 altivec dfp z900 z990 z10 z196 zEC12 z13"
).split(" ");

/** Maximum subdirectories of a directory: each costs a look-up per library. */
const maxDirectories = 64;

/**
 * Finds the subdirectories of a library directory that are for some processors only, such as
 * `glibc-hwcaps/x86-64-v3` (ld.so(8), "Hardware capabilities"). Which of them a loader searches depends on
 * the processor.
 */
export class ProcessorDirectories {
  readonly #reach: Reach;
  readonly #known = new Map<BytePath, readonly BytePath[]>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  of(directory: BytePath): readonly BytePath[] {
    const known = this.#known.get(directory);
    if (known !== undefined) return known;
    const found: BytePath[] = [];
    if (this.#reach.isDirectory(directory)) {
      const hwcaps = inside(directory, "glibc-hwcaps");
      found.push(...this.#reach.namesIn(hwcaps).map((name) => inside(hwcaps, name)));
      this.#addLegacy(directory, 0, found);
    }
    this.#known.set(directory, found);
    return found;
  }

  #addLegacy(directory: BytePath, depth: number, found: BytePath[]): void {
    for (const name of legacy) {
      const path = inside(directory, name);
      if (found.length >= maxDirectories || !this.#reach.isDirectory(path)) continue;
      found.push(path);
      if (depth < 3) this.#addLegacy(path, depth + 1, found);
    }
  }
}

function inside(directory: BytePath, name: string): BytePath {
  return directory === "" || directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
}
