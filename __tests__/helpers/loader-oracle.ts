import { execFile } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { type Filesystem, nodeAt, resolve } from "../../src/image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../src/image/filesystem/node.ts";
import type { ElfFacts } from "../../src/image/layer/content.ts";
import { bytesOf } from "../../src/inspect/bytes.ts";
import { resolveLibraries } from "../../src/inspect/start/loader.ts";
import type { Credentials, Loading } from "../../src/inspect/start/loading.ts";

/** The results of both for one program, as sorted lines in the same words. */
export interface Answers {
  readonly path: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  /** programs of which our result is unknown, and does not contradict */
  readonly isUnknown: boolean;
}

export interface Asked {
  readonly root: string;
  readonly filesystem: Filesystem;
  /** absolute, in the root */
  readonly loader: string;
  /** relative to the root; programs and libraries */
  readonly paths: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** emulator to run the loader with, by its path in the root */
  readonly emulator?: string;
  readonly user?: Credentials;
}

/**
 * Asks a loader in the root what it would load for each program, and compares that with what the bytes show.
 */
export async function askLoader(asked: Asked): Promise<readonly Answers[]> {
  const texts = await listed(asked);
  return asked.paths.flatMap((path, index) => {
    const text = texts[index] ?? "";
    // Without libc.so.6, ldd's method reports this of files without a problem, and nothing else.
    if (text.includes("DT_RELR without GLIBC_ABI_DT_RELR")) return [];
    const loading = told(asked, path);
    return {
      path,
      ours: ourLines(loading, asked),
      theirs: asked.loader.includes("musl") ? muslLines(text, path, asked) : glibcLines(text, asked),
      isUnknown: loading.unknown.length > 0,
    };
  });
}

/**
 * Uses one shell for all, because a process of this size is slow to fork. The shell is static and in the
 * root, so neither variables of the loader nor missing libraries affect it. glibc's `--list` ends at the
 * first missing library. ldd(1)'s method goes on.
 */
async function listed({
  root,
  loader,
  paths,
  environment = {},
  emulator,
  user,
}: Asked): Promise<readonly string[]> {
  const isMusl = loader.includes("musl");
  const variables = { ...environment, ...(!isMusl && { LD_TRACE_LOADED_OBJECTS: "1" }) };
  const set = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const list = isMusl ? ["--list"] : [];
  const command =
    emulator === undefined
      ? [shell, "env", ...set, loader, ...list]
      : [emulator, ...set.flatMap((one) => ["-E", one]), loader, ...list];
  const script = 'while IFS= read -r path; do echo "=== $path"; "$@" "/$path" 2>&1; echo; done';
  await copyFile("/bin/busybox", join(root, shell));
  return new Promise((resolve, reject) => {
    const child = execFile(
      "chroot",
      [
        ...(user === undefined
          ? []
          : [`--userspec=${user.uid}:${[...user.gids][0]}`, `--groups=${[...user.gids]}`]),
        root,
        shell,
        "sh",
        "-c",
        script,
        "sh",
        ...command,
      ],
      { maxBuffer: 2 ** 30, encoding: "latin1" },
      (error, stdout) => (error === null ? resolve(stdout.split(/^=== .*\n/m).slice(1)) : reject(error)),
    );
    child.stdin?.end(`${paths.join("\n")}\n`);
  });
}

/** BusyBox would not recognize another name. */
const shell = "/busybox-of-the-test";

/** Libraries have no interpreter, but the loader loads them if it is told to. */
function told({ filesystem, loader, environment = {}, user }: Asked, path: string): Loading {
  const node = nodeAt(filesystem, path);
  const elf = node?.attributes.content?.elf;
  if (node === null || elf === undefined) throw new Error(`${path} is not an ELF file.`);
  return resolveLibraries({
    filesystem,
    program: withFacts(node, { ...elf, interpreter: loader }),
    env: Object.entries(environment).map(([name, value]) => bytesOf(`${name}=${value}`)),
    directory: "/",
    isSecure: false,
    user: user ?? null,
    isStartedByEngine: true,
  });
}

function withFacts(node: FilesystemNode, elf: ElfFacts): FilesystemNode {
  const { path, attributes, size, crc32, modified, layer, children, inode } = node;
  return {
    path,
    attributes: { ...attributes, content: { format: "elf", elf } },
    size,
    crc32,
    modified,
    layer,
    children,
    inode,
  };
}

function ourLines({ links, problems }: Loading, { loader, filesystem }: Asked): readonly string[] {
  const own = resolve(filesystem, loader)?.path;
  const broken = problems.find(({ found }) =>
    / (?:is empty|is not an ELF|is a |is neither|is \w+-endian|has no dynamic)/.test(found),
  );
  if (broken !== undefined && !loader.includes("musl")) return ["breaks"];
  const lines = links
    .filter(({ kind, path }) => kind === "library" && path !== `/${own}`)
    .map(({ needs, path, isFound }) => `${needs} => ${isFound ? path : "not found"}`);
  const versions = problems
    .filter((problem) => problem.class === "version-missing")
    .map(({ path, needs }) => `${path} lacks ${needs}`);
  return [...new Set([...lines, ...versions])].sort();
}

/** As glibc's loader writes them (elf/rtld.c): `name => path (address)`, or one where both are the same. */
function glibcLines(text: string, asked: Asked): readonly string[] {
  if (/error while loading shared libraries/.test(text)) return ["breaks"];
  const own = resolve(asked.filesystem, asked.loader)?.path;
  const lines = [...text.matchAll(/^\t(?:(.*) => )?(.*?)(?: \(0x[0-9a-f]+\))?$/gm)].flatMap(
    ([, name, path = ""]) => {
      if (path === "not found") return [`${name} => not found`];
      const end = resolve(asked.filesystem, path)?.path;
      if (end === own || /^linux-(?:vdso|gate)/.test(path) || path === "statically linked") return [];
      return [`${name ?? path} => /${end}`];
    },
  );
  const versions = [...text.matchAll(/: version `(.*)' not found \(required by (.*)\)$/gm)].map(
    ([, version, path = ""]) => `/${resolve(asked.filesystem, path)?.path} lacks ${version}`,
  );
  return [...new Set([...lines, ...versions])].sort();
}

/** As musl's loader writes them (ldso/dynlink.c). Its own names lead to the loader that the program names. */
function muslLines(text: string, program: string, asked: Asked): readonly string[] {
  const own = resolve(asked.filesystem, asked.loader)?.path;
  const named = nodeAt(asked.filesystem, program)?.attributes.content?.elf?.interpreter;
  const found = [...text.matchAll(/^\t(.*) => (.*) \(0x[0-9a-f]+\)$/gm)].flatMap(([, name, path = ""]) => {
    const end = resolve(asked.filesystem, path)?.path;
    return end === own || path === named ? [] : [`${name} => /${end}`];
  });
  const missing = [...text.matchAll(/^Error loading shared library (.*): .* \(needed by .*\)$/gm)].map(
    ([, name]) => `${name} => not found`,
  );
  return [...new Set([...found, ...missing])].sort();
}

export function elfPaths(
  filesystem: Filesystem,
  isWanted: (elf: ElfFacts, path: string) => boolean,
): readonly string[] {
  const found: string[] = [];
  const visit = (node: FilesystemNode) => {
    const { content, type } = node.attributes;
    if (type === "file" && content?.elf !== undefined && isWanted(content.elf, node.path))
      found.push(node.path);
    node.children?.forEach(visit);
  };
  filesystem.children.forEach(visit);
  return found.sort();
}
