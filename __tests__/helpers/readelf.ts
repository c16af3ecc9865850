import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { ElfDynamic, ElfFacts } from "../../src/image/layer/content.ts";

/** Maximum arguments of one command. */
const atOnce = 100;

/**
 * Returns the facts that binutils' readelf reads of ELF files, as a second opinion, by path. Other files are
 * left out. Directories of a loader are identified by their text alone.
 */
export function readelfFacts(paths: readonly string[]): ReadonlyMap<string, ElfFacts> {
  const facts = new Map<string, ElfFacts>();
  const files = paths.filter((path) => headerOf(path) !== null);
  for (let at = 0; at < files.length; at += atOnce) {
    const some = files.slice(at, at + atOnce);
    const texts = readelf(some);
    for (const [index, path] of some.entries()) facts.set(path, factsOf(path, texts[index] ?? ""));
  }
  return facts;
}

/** Splits the output into one text per file, which begins with its name. */
function readelf(files: readonly string[]): readonly string[] {
  // Two files, because readelf only names several. It complains about some files, and exits with 1.
  const result = run([...files, "/bin/true"]);
  return result.split(/^\nFile: .*\n/m).slice(1);
}

function run(files: readonly string[]): string {
  const { stdout, error } = spawnSync("readelf", ["-ldVW", ...files], {
    encoding: "latin1",
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined) throw error;
  return stdout;
}

function headerOf(path: string): Buffer | null {
  const header = Buffer.alloc(20);
  const file = openSync(path, "r");
  const length = readSync(file, header);
  closeSync(file);
  return length === header.length && header.toString("latin1", 0, 4) === "\x7fELF" ? header : null;
}

function factsOf(path: string, text: string): ElfFacts {
  const header = headerOf(path) ?? Buffer.alloc(20);
  const byteOrder = header[5] === 2 ? "big" : "little";
  const half = (at: number) => (byteOrder === "big" ? header.readUInt16BE(at) : header.readUInt16LE(at));
  const interpreter = /\[Requesting program interpreter: (.*)\]/.exec(text)?.[1];
  const dynamic = dynamicOf(text);
  const directories = /^ld|^libc\.so$/.test(path.slice(path.lastIndexOf("/") + 1))
    ? loaderDirectories(path)
    : [];
  return {
    class: header[4] === 1 ? 32 : 64,
    byteOrder,
    machine: half(18),
    type: half(16),
    ...(interpreter !== undefined && { interpreter }),
    ...(dynamic !== null && { dynamic }),
    ...(directories.length > 0 && { loaderDirectories: directories }),
  };
}

function dynamicOf(text: string): ElfDynamic | null {
  if (!text.includes("Dynamic section at offset")) return null;
  const all = (tag: string) => [...text.matchAll(new RegExp(`\\(${tag}\\) .*?: \\[(.*)\\]$`, "gm"))];
  const needed = all("NEEDED").map(([, name = ""]) => name);
  const soname = all("SONAME")[0]?.[1];
  const rpath = all("RPATH")[0]?.[1];
  const runpath = all("RUNPATH")[0]?.[1];
  const flags = /\(FLAGS_1\) +Flags: (.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
  const versionNeeds = needsOf(text);
  const versionDefinitions = [
    ...text.matchAll(/^ {2}(?:0x)?[0-9a-f]+: Rev: \d+ {2}Flags: (.*?) +Index: .* Name: (.*)$/gm),
  ].flatMap(([, flags = "", name = ""]) => (flags.includes("BASE") ? [] : [name]));
  return {
    ...(needed.length > 0 && { needed }),
    ...(soname !== undefined && { soname }),
    ...(rpath !== undefined && { rpath }),
    ...(runpath !== undefined && { runpath }),
    ...(flags.includes("NODEFLIB") && { hasNoDefaultLibraries: true as const }),
    ...(flags.includes("PIE") && { isPie: true as const }),
    ...(versionNeeds.length > 0 && { versionNeeds }),
    ...(versionDefinitions.length > 0 && { versionDefinitions }),
  };
}

function needsOf(text: string): NonNullable<ElfDynamic["versionNeeds"]> {
  const needs: { library: string; versions: { name: string; isWeak?: true }[] }[] = [];
  for (const [, library, name, flags] of text.matchAll(
    /^ {2}(?:0x)?[0-9a-f]+: Version: \d+ {2}File: (.*?) {2}Cnt: \d+$|^ {2}0x[0-9a-f]+: {3}Name: (.*?) {2}Flags: (.*?) {2}Version: \d+$/gm,
  )) {
    if (library !== undefined) needs.push({ library, versions: [] });
    else if (name !== undefined) {
      needs.at(-1)?.versions.push({ name, ...(flags?.includes("WEAK") && { isWeak: true as const }) });
    }
  }
  return needs;
}

/** glibc has consecutive strings that each end in a slash and a NUL, and musl one string with colons. */
function loaderDirectories(path: string): readonly string[] {
  const text = readFileSync(path, "latin1");
  if (text.includes("/lib:/usr/local/lib:/usr/lib\0")) return ["/lib", "/usr/local/lib", "/usr/lib"];
  const found = /\0((?:\/[\w.+-]+)+\/\0(?:(?:\/[\w.+-]+)+\/\0)+)/.exec(text)?.[1] ?? "";
  return found
    .split("\0")
    .filter((directory) => directory !== "")
    .map((directory) => directory.replace(/\/$/, ""));
}
