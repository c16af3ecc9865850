import { type Filesystem, resolveLink } from "../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { NodesOfKinds } from "../../image/filesystem/per-directory.ts";
import { type BytePath, baseOf, displayPath, parentOf } from "../../image/path.ts";
import type { BuildTool } from "../inspection.ts";
import { isProgram } from "./executable.ts";
import { toolKinds } from "./tool-names.ts";
import { nameAmong } from "./versioned-name.ts";

/** A tool, of which it is not yet known whether the image uses it. */
type Tool = Omit<BuildTool, "isUsed">;

/** Reports whether a program has the name of a tool. */
export function isBuildTool(node: FilesystemNode): boolean {
  return isProgram(node) && toolNameOf(node) !== null;
}

/**
 * Finds tools that only a build needs, such as pip, gcc and git, and those that fetch files from a network, by name. A
 * link with a tool's name counts if its target does not, as `npm -> npm-cli.js`. Each file counts once, by path.
 * @param searched the directories of the image's PATH
 */
export function findBuildTools(
  filesystem: Filesystem,
  { buildTools, links }: NodesOfKinds<"buildTools" | "links">,
  searched: ReadonlySet<BytePath>,
): readonly Tool[] {
  const found = new Map<BytePath, Tool>();
  const inodes = new Set<object>();
  for (const node of buildTools) {
    if (!isInstalled(node, node, searched)) continue;
    if (node.inode !== null && inodes.has(node.inode)) continue;
    if (node.inode !== null) inodes.add(node.inode);
    found.set(node.path, toolAt(node, node));
  }
  for (const link of links) {
    if (toolNameOf(link) === null) continue;
    const end = resolveLink(filesystem, link);
    if (end === null || !isProgram(end) || !isInstalled(link, end, searched)) continue;
    const countsItself = toolNameOf(end) !== null && isInstalled(end, end, searched);
    if (!countsItself) found.set(link.path, toolAt(link, end));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tool]) => tool);
}

/**
 * Reports whether a file is the tool that its name says. Anywhere else than where programs are called by name, a
 * script only shares the name, such as the `ssh` in the test data of Go.
 */
function isInstalled(
  { path }: FilesystemNode,
  end: FilesystemNode,
  searched: ReadonlySet<BytePath>,
): boolean {
  if (end.attributes.content?.format !== "script") return true;
  const directory = parentOf(path);
  return conventional.test(directory) || searched.has(directory);
}

/** Directories of programs by convention, also those of conda, and of version managers such as pyenv. */
const conventional = /(?:^|\/)(?:s?bin|\.bin|condabin|shims)$/;

function toolAt(node: FilesystemNode, end: FilesystemNode): Tool {
  const name = toolNameOf(node) ?? "";
  const kind = toolKinds.get(name) ?? "package-manager";
  return { ...displayPath(node.path), name, kind, bytes: end.size, layer: node.layer };
}

/** Returns the tool that the file name identifies: gcc for x86_64-linux-gnu-gcc-12. */
function toolNameOf({ path }: FilesystemNode): string | null {
  const fileName = baseOf(path);
  const name = nameAmong(toolKinds, fileName);
  if (name !== null || !fileName.includes("-linux-")) return name;
  return nameAmong(
    toolKinds,
    fileName.replace(/^[a-z0-9_]{1,20}(?:-[a-z0-9_]{1,20})?-linux-[a-z0-9_]{1,20}-/, ""),
  );
}
