/**
 * How far Debian 13 may stand in for the distribution that a program was built on. A program that starts with
 * older libraries needs no symbol version that newer ones lack.
 * @param family PRETTY_NAME of os-release
 * @returns `all`: its glibc, OpenSSL and GCC libraries are no newer; `libc`: only its glibc is known not to be;
 *   null: nothing is known
 */
export function olderThanDebian13(family: string | null): "all" | "libc" | null {
  return families.find(([pattern]) => pattern.test(family ?? ""))?.[1] ?? null;
}

const families: readonly (readonly [pattern: RegExp, answer: "all" | "libc"])[] = [
  [/^Debian GNU\/Linux (?:9|1[0-3])(?:\.\d+)? \((?!.*\/sid)/, "all"],
  // 25.04 has glibc 2.41, but the libstdc++ of GCC 15.
  [/^Ubuntu (?:1\d|2[0-4])\.(?:04|10)\b/, "all"],
  [/^Ubuntu 25\.04\b/, "libc"],
  [/^(?:Red Hat Enterprise Linux|CentOS|Rocky|Alma|Oracle)\D* (?:[789]|10)\b/, "libc"],
  [/^Amazon Linux (?:2|2023)\b/, "libc"],
  [/^Fedora(?: Linux)? (?:3\d|4[0-2])\b/, "libc"],
];
