import { isAbsolute, relative, sep } from "node:path";

/** Reports whether a path is inside a tree, or is its root. Both are absolute; links are not resolved. */
export function isInside(tree: string, path: string): boolean {
  const relativePath = relative(tree, path);
  return relativePath !== ".." && !relativePath.startsWith(`..${sep}`) && !isAbsolute(relativePath);
}
