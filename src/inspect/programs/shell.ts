import { type Filesystem, nodeAt, resolve, resolveLink } from "../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { NodesOfKinds } from "../../image/filesystem/per-directory.ts";
import { type BytePath, baseOf, displayPath } from "../../image/path.ts";
import type { Shell } from "../inspection.ts";
import { etcShells } from "./etc-shells.ts";
import { isExecutable, isProgram } from "./executable.ts";
import { multiCallShells, shellMarkers } from "./shell-markers.ts";
import { isNotShell, shellNameOf } from "./shell-names.ts";

type Finding = Pick<Shell, "reason" | "certainty" | "kind">;

/** Where programs expect a shell: system(3), `RUN` in shell form, debug images. */
const conventionalPaths: readonly BytePath[] = [
  "bin/sh",
  "usr/bin/sh",
  "bin/bash",
  "usr/bin/bash",
  "busybox/sh",
];

/**
 * Finds every shell in the final root filesystem. Each path is listed once, in byte order, with the best
 * reason: its name, a link to a shell, a conventional path, its content, or /etc/shells. A program that may
 * be a shell is reported as `likely`.
 *
 * The name of a file that nobody may execute does not count, but its content does: the dynamic loader starts
 * a shell without an exec bit (see examineContent).
 */
export function findShells(
  filesystem: Filesystem,
  { shells, links }: NodesOfKinds<"shells" | "links">,
): readonly Shell[] {
  const found = new Map<BytePath, Finding>();
  const isNew = ({ path }: FilesystemNode) => !found.has(path);

  for (const file of shells) add(found, file.path, byName(file));
  const inodeOf = (file: FilesystemNode) => file.inode ?? file;
  const namedInodes = new Set(shells.filter(({ path }) => found.has(path)).map(inodeOf));
  for (const file of shells.filter(isNew)) {
    const finding = byContent(file, namedInodes.has(inodeOf(file)));
    add(found, file.path, finding);
    // One name is enough to report a BusyBox whose hard links all have the names of other applets.
    if (finding !== null && multiCallShells.has(finding.kind)) namedInodes.add(inodeOf(file));
  }
  for (const link of links) {
    const end = resolveLink(filesystem, link);
    if (end !== null) add(found, link.path, byLink(link, end, found.get(end.path)));
  }
  for (const [paths, judge] of [
    [conventionalPaths, byConvention],
    [etcShells(filesystem), byEtcShells],
  ] as const) {
    for (const path of paths) {
      const end = resolve(filesystem, path);
      if (end !== null && isNew(end))
        add(found, nodeAt(filesystem, path) === null ? end.path : path, judge(end));
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, shell]) => ({ ...displayPath(path), ...shell }));
}

/** Reports whether a file is a shell by its name or content, regardless of links to it. */
export function couldBeShell(node: FilesystemNode): boolean {
  return node.attributes.type === "file" && (kindByContent(node) !== null || byName(node) !== null);
}

function add(found: Map<BytePath, Finding>, path: BytePath, finding: Finding | null): void {
  if (finding !== null && !found.has(path)) found.set(path, finding);
}

function byName(file: FilesystemNode): Finding | null {
  if (!isProgram(file)) return null;
  const named = shellNameOf(baseOf(file.path));
  if (named === null) return null;
  const kind = kindByContent(file);
  const certainty = named.isAmbiguous && kind === null ? "likely" : "certain";
  return { reason: "name", certainty, kind: kind ?? named.name };
}

/** @param isNamed whether another name of the file is a shell's */
function byContent(file: FilesystemNode, isNamed: boolean): Finding | null {
  const kind = kindByContent(file);
  if (kind === null) return null;
  if (!isNamed) return { reason: "content", certainty: "likely", kind };
  return multiCallShells.has(kind) ? null : { reason: "link", certainty: "certain", kind };
}

function byLink(link: FilesystemNode, end: FilesystemNode, target: Finding | undefined): Finding | null {
  const named = shellNameOf(baseOf(link.path));
  if (target !== undefined) {
    // BusyBox acts as a shell only if it is called by a shell's name: `ls -> busybox` is not a shell.
    if (named === null && multiCallShells.has(target.kind)) return null;
    const certainty = named?.isAmbiguous === false ? "certain" : target.certainty;
    return { reason: "link", certainty, kind: target.kind };
  }
  if (named === null || named.isAmbiguous || !isProgram(end) || isNotShell(baseOf(end.path))) return null;
  return { reason: "name", certainty: "certain", kind: named.name };
}

/** Any executable counts where programs expect a shell, because other formats can be registered. */
function byConvention(end: FilesystemNode): Finding | null {
  if (!isExecutable(end) || isNotShell(baseOf(end.path))) return null;
  return { reason: "path", certainty: "likely", kind: "sh" };
}

function byEtcShells(end: FilesystemNode): Finding | null {
  if (!isProgram(end) || isNotShell(baseOf(end.path))) return null;
  return { reason: "etc-shells", certainty: "likely", kind: baseOf(displayPath(end.path).path) };
}

function kindByContent({ attributes }: FilesystemNode): string | null {
  const markers = attributes.content?.markers;
  if (markers === undefined) return null;
  return shellMarkers.find(({ name }) => markers.includes(name))?.name ?? null;
}
