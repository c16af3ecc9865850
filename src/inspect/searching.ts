import { Failure } from "../failure.ts";
import { measuring } from "../image/filesystem/file-sizes.ts";
import { type Filesystem, resolvingLink } from "../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import { limits } from "../image/limits.ts";
import { stretch, type Work } from "../image/work.ts";
import { candidateKinds, candidatesIn } from "./candidates.ts";
import { measuringDirectory } from "./packages/directory-size.ts";
import { countingSurface } from "./surface.ts";
import { wasteIn } from "./waste.ts";

/**
 * Searches a filesystem for everything that an inspection needs of each path and each link. The results are
 * cached with the filesystem, so that `inspect` gets them without delay.
 * @throws Failure limit-exceeded if the image has too many findings, or links that take too long to resolve
 */
export function* searching(filesystem: Filesystem): Work<void> {
  const { links, ...candidates } = yield* candidatesIn.work(filesystem);
  let found = 0;
  for (const kind of findings) found += candidates[kind].length;
  for (const [index, link] of links.entries()) {
    if (index % stretch === 0) yield;
    const end = yield* resolvingLink(filesystem, link);
    if (end !== null && isFinding(end)) found++;
  }
  if (found > limits.findings) throw tooMany(found);
  for (const [index, { path, attributes }] of candidates.packageRecords.entries()) {
    if (index % stretch === 0) yield;
    for (const { type } of attributes.content?.packages ?? [])
      yield* measuringDirectory(filesystem, type, path);
  }
  yield* countingSurface(filesystem);
  yield* measuring(filesystem);
  yield* wasteIn.work(filesystem);
}

/** Kinds of which a report lists every finding. */
const findings = ["shells", "packageManagers", "buildTools", "unread", "privileged", "leftovers"] as const;

function isFinding(node: FilesystemNode): boolean {
  return findings.some((kind) => candidateKinds[kind](node));
}

function tooMany(found: number): Failure {
  return new Failure(
    "limit-exceeded",
    `The image has ${found} files that a report would have to list, such as shells and package managers, which is more than any honest image has.`,
  );
}
