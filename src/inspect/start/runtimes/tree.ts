import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import type { Children, FilesystemNode } from "../../../image/filesystem/node.ts";
import { baseOf } from "../../../image/path.ts";

/** Maximum paths to visit: more than images have that ship a runtime. */
const maxVisited = 500_000;

/**
 * Finds every node by its name, wherever it is. Only a proof that something is nowhere needs this.
 * @returns null if the image has too many paths
 */
export function named(
  { children }: Filesystem,
  isMeant: (name: string) => boolean,
): readonly FilesystemNode[] | null {
  const found: FilesystemNode[] = [];
  const open: Children[] = [children];
  let visited = 0;
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    if (visited > maxVisited) return null;
    directory.forEach((node) => {
      visited++;
      if (isMeant(baseOf(node.path))) found.push(node);
      if (node.children !== null) open.push(node.children);
    });
  }
  return found;
}
