import { isAbsolute, relative, sep } from "node:path";

/** Whether a path lies in a tree, or is its root. Both absolute; links are not looked at. */
export function isInside(tree: string, path: string): boolean {
  const way = relative(tree, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
