import { measuring } from "../image/file-sizes.ts";
import { type Filesystem, resolvingLink } from "../image/filesystem.ts";
import { stretch, type Work } from "../image/work.ts";
import { candidatesIn } from "./candidates.ts";

/**
 * All that an inspection looks for at every path and behind every link. It is remembered of the filesystem, so that `inspect`
 * has it at once afterwards.
 * @throws Failure limit-exceeded for links that a stranger made to be followed without end
 */
export function* searching(filesystem: Filesystem): Work<void> {
  const { links } = yield* candidatesIn.work(filesystem);
  for (const [index, link] of links.entries()) {
    if (index % stretch === 0) yield;
    yield* resolvingLink(filesystem, link);
  }
  yield* measuring(filesystem);
}
