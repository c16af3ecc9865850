import type { ElfFacts } from "../../image/layer/content.ts";
import type { CacheAbi } from "./ld-so-cache.ts";

/**
 * Returns which entries of /etc/ld.so.cache a glibc loader accepts (glibc's sysdeps/generic/ldconfig.h and
 * sysdeps/…/dl-cache.h). If a processor has several ABIs, the loader's own name identifies the one.
 * @returns null for unknown processors
 */
export function cacheAbi(loader: ElfFacts): CacheAbi | null {
  const flags = flagsOf(loader);
  if (flags === null) return null;
  const { byteOrder, class: width, machine } = loader;
  const alignment = width === 32 && machine === 3 ? 4 : 8;
  return { byteOrder, alignment, flags, preferred: flags.at(-1) ?? 0 };
}

const plain: readonly number[] = [0x1, 0x3];

/** Returns the accepted flags, the preferred ones last. */
function flagsOf({ machine, class: width, dynamic }: ElfFacts): readonly number[] | null {
  const name = dynamic?.soname ?? "";
  switch (machine) {
    case 62:
      return width === 64 ? [0x303] : [0x1, 0x803];
    case 183:
      return [0xa03];
    case 40:
      return name.includes("armhf") ? [0x903, 0x3] : [0xb03, 0x3];
    case 21:
      return [0x503];
    case 22:
      return width === 64 ? [0x403] : plain;
    case 243:
      return name.includes("lp64d") || name.includes("ilp32d") ? [0x1003] : [0xf03];
    case 258:
      return name.includes("lp64d") ? [0x1203] : [0x1103];
    case 43:
      return [0x103];
    case 8:
      if (width === 32) return null;
      return name.includes("mipsn8") ? [0xe03] : [0x703];
    case 2:
    case 3:
    case 18:
    case 20:
      return plain;
    default:
      return null;
  }
}
