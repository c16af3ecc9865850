import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import { perDirectory } from "../image/filesystem/per-directory.ts";
import { atOnce, type Work } from "../image/work.ts";
import type { PrivilegedFile, Surface } from "./inspection.ts";
import { isProgram } from "./programs/executable.ts";

type Counts = Pick<Surface, "executables" | "worldWritableFiles" | "worldWritableDirectories">;

/** Counts the directories' files, so that a later call of `surfaceOf` is fast. */
export function* countingSurface(filesystem: Filesystem): Work<void> {
  yield* counts(filesystem.children);
}

/** Counts what an attacker may use. Each name of a file with hard links counts, as in find(1). */
export function surfaceOf(filesystem: Filesystem, privileged: readonly PrivilegedFile[]): Surface {
  const by = (privilege: PrivilegedFile["by"][number]) =>
    privileged.filter((file) => file.by.includes(privilege)).length;
  return {
    ...atOnce(counts(filesystem.children)),
    setuid: by("setuid"),
    setgid: by("setgid"),
    capabilities: by("capabilities"),
  };
}

const counts = perDirectory<Counts>(() => {
  let [executables, worldWritableFiles, worldWritableDirectories] = [0, 0, 0];
  return {
    add(node) {
      if (isProgram(node)) executables++;
      if (!isWorldWritable(node)) return;
      if (node.children === null) worldWritableFiles++;
      else worldWritableDirectories++;
    },
    addBelow(below) {
      executables += below.executables;
      worldWritableFiles += below.worldWritableFiles;
      worldWritableDirectories += below.worldWritableDirectories;
    },
    result: () => ({ executables, worldWritableFiles, worldWritableDirectories }),
  };
});

/** In a directory with the sticky bit, such as /tmp, nobody can replace another's files. */
function isWorldWritable({ attributes: { type, mode } }: FilesystemNode): boolean {
  if ((mode & 0o002) === 0) return false;
  return type === "file" || (type === "directory" && (mode & 0o1000) === 0);
}
