import type { ElfFacts } from "../../image/layer/content.ts";
import { type BytePath, baseOf } from "../../image/path.ts";

/** Values of the tokens in a path, such as `$ORIGIN` (ld.so(8), "Dynamic string tokens"). */
export interface Tokens {
  /** the directory of the file that contains the path */
  readonly origin: BytePath;
  /** part of the loader's built-in directories; null if those are unknown */
  readonly lib: string | null;
  readonly platform: string;
  /** AT_SECURE: `$ORIGIN` only counts at the beginning */
  readonly isSecure: boolean;
  /** directories that a path with `$ORIGIN` must be in; null for any */
  readonly trusted: readonly BytePath[] | null;
}

export interface Expanded {
  /** null if glibc ignores the path */
  readonly path: BytePath | null;
  /** why it may differ on another machine, as the end of a sentence; null if it cannot */
  readonly doubt: string | null;
}

const token = /\$(?:\{(ORIGIN|PLATFORM|LIB)\}|(ORIGIN|PLATFORM|LIB)(?![A-Za-z0-9_]))/g;

/** Replaces tokens in a path, as glibc's _dl_dst_substitute does. Unknown tokens stay as they are. */
export function expandTokens(path: BytePath, tokens: Tokens): Expanded {
  if (!path.includes("$")) return { path, doubt: null };
  let isOut = false;
  let hasOrigin = false;
  let doubt: string | null = null;
  const expanded = path.replace(token, (written, curly, plain, at: number) => {
    const name = curly ?? plain;
    if (name === "ORIGIN") {
      hasOrigin = true;
      const next = path[at + written.length];
      if (tokens.isSecure && (at !== 0 || (next !== undefined && next !== "/"))) isOut = true;
      return tokens.origin;
    }
    if (name === "LIB" && tokens.lib !== null) return tokens.lib;
    doubt = `${written} in ${path} differs between machines`;
    return name === "LIB" ? "lib" : tokens.platform;
  });
  if (isOut || (hasOrigin && !isTrusted(expanded, tokens.trusted))) return { path: null, doubt };
  return { path: expanded, doubt };
}

/**
 * Derives `$LIB` from the loader's built-in directories: `lib/x86_64-linux-gnu` on Debian, else the last
 * component.
 */
export function libToken({ loaderDirectories = [] }: ElfFacts): string | null {
  const [first] = loaderDirectories;
  if (first === undefined) return null;
  return /(?:^|\/)(lib\/[^/]+-linux-[^/]+)$/.exec(first)?.[1] ?? baseOf(first);
}

/** Returns `$PLATFORM` (AT_PLATFORM), as most processors of the kind have it. */
export function platformToken({ machine, byteOrder }: ElfFacts): string {
  const names: Readonly<Record<number, string>> = { 3: "i686", 40: "v7l", 62: "x86_64", 183: "aarch64" };
  return names[machine] ?? (machine === 21 && byteOrder === "little" ? "power9" : "");
}

function isTrusted(path: BytePath, trusted: readonly BytePath[] | null): boolean {
  if (trusted === null) return true;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return trusted.some((directory) => `/${parts.join("/")}/`.startsWith(`${directory}/`));
}
