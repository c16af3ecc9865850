import { stretch, type Work } from "../work.ts";
import type { Filesystem } from "./filesystem.ts";
import { firstNames } from "./linked-files.ts";
import { type Children, type FilesystemNode, nodesIn } from "./node.ts";

/** Visits every regular file once, one with hard links under its first name. In no order. */
export function* visitingFiles(filesystem: Filesystem, visit: (file: FilesystemNode) => void): Work<void> {
  const first = yield* firstNames.work(filesystem);
  const open: Children[] = [filesystem.children];
  let steps = 0;
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    for (const node of nodesIn(directory)) {
      if (++steps % stretch === 0) yield;
      const { children, attributes, inode } = node;
      if (children !== null) open.push(children);
      else if (attributes.type === "file" && (inode === null || first.get(inode)?.path === node.path))
        visit(node);
    }
  }
}
