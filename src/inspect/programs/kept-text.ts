import type { ExaminedFile } from "../../image/layer/content.ts";
import { type BytePath, baseOf } from "../../image/path.ts";
import type { Examination } from "../examiner.ts";

/**
 * Keeps the text of a few small files. Never of etc/shadow: readings outlive the run, and must not contain
 * passwords.
 */
export function examineText({ path, size }: ExaminedFile): Examination | null {
  const kept = keptTextOf(path);
  if (kept === null || size > kept.limit) return null;
  let whole = "";
  return {
    update(chunk) {
      whole += chunk.toString("latin1");
    },
    finish() {
      const text = kept.of(whole);
      return text === null ? null : { text };
    },
  };
}

/** A kind of small file of which the text is kept. */
interface KeptText {
  /** maximum bytes; larger files are not kept */
  readonly limit: number;
  /** returns the text to keep; null if the file is not of this kind */
  readonly of: (text: string) => string | null;
}

/** Returns what to keep of the file at a path; null for nothing. */
function keptTextOf(path: BytePath): KeptText | null {
  const isNear = path.endsWith(".path") || path.endsWith(".json");
  return byPath.get(path) ?? byName.get(baseOf(path)) ?? (isNear && patterns.test(path) ? whole : null);
}

const limit = 64 * 1024;
const whole: KeptText = { limit, of: (text) => text };
/** passwd(5) and group(5) without the second field, which may contain a password. */
const accounts: KeptText = { limit, of: (text) => text.replace(/^([^:\n]*:)[^:\n]+/gm, "$1x") };
/** The cache of ldconfig(8) is binary, with about a hundred bytes per library. */
const libraryCache: KeptText = { limit: 1024 ** 2, of: (text) => text };
/** In the root of a Java runtime, this file has its version. Other files also have this name. */
const javaRelease: KeptText = { limit, of: (text) => (/^JAVA_VERSION=/m.test(text) ? text : null) };

/** os-release(5), shells(5) */
const byPath: ReadonlyMap<BytePath, KeptText> = new Map([
  ["etc/os-release", whole],
  ["usr/lib/os-release", whole],
  ["etc/shells", whole],
  ["etc/passwd", accounts],
  ["etc/group", accounts],
  ["etc/ld.so.cache", libraryCache],
  // ld.so(8)
  ["etc/ld.so.preload", whole],
]);

const byName: ReadonlyMap<string, KeptText> = new Map([
  ["pyvenv.cfg", whole],
  ["release", javaRelease],
]);

/**
 * The path file of musl's loader, in `etc` beside the loader's directory (ldso/dynlink.c), and what a .NET
 * program needs.
 */
const patterns = /(?:^|\/)etc\/ld-musl-[^/]+\.path$|\.runtimeconfig\.json$/;
