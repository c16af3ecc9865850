import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../../image/filesystem/node.ts";
import { type BytePath, baseOf } from "../../../image/path.ts";
import { shownPath } from "../../bytes.ts";
import { isListed, mayReach } from "../account.ts";
import type { Call } from "../call.ts";
import { linkToNothing, modeText, whoOf } from "../find-program.ts";
import { locate } from "../locate.ts";

/** What a runtime gets when it opens a path. */
export type Opened =
  | { readonly kind: "file"; readonly node: FilesystemNode }
  | { readonly kind: "directory"; readonly node: FilesystemNode }
  /** proven; `found` is the end of a sentence, as in StartProblem */
  | { readonly kind: "missing"; readonly found: string }
  | { readonly kind: "unreadable"; readonly found: string }
  /**
   * the runtime mounts something over it, an access control list decides who may read it, or it is the root or
   * a WORKDIR that only the engine makes
   */
  | { readonly kind: "unclear" };

/** @param path a relative path begins in the working directory */
export function opened(path: BytePath, call: Call, filesystem: Filesystem): Opened {
  const place = locate(filesystem, path, call.directory);
  if (place.kind === "mounted" || place.kind === "directory") return { kind: "unclear" };
  if (place.kind === "missing") {
    const at = shownPath(place.at);
    if (place.why === "links") return { kind: "missing", found: "it leads through too many symbolic links" };
    if (place.target !== null) return { kind: "missing", found: linkToNothing(place.target) };
    return {
      kind: "missing",
      found: place.why === "nothing" ? `${at} does not exist` : `${at} is not a directory`,
    };
  }
  const { node } = place;
  if (node.children !== null) return { kind: "directory", node };
  if (isListed(call.account, place)) return { kind: "unclear" };
  if (mayReach(call.account, place, 4) !== false) return { kind: "file", node };
  const mode = modeText(node.attributes.mode);
  const found = `the mode ${mode} of ${shownPath(node.path)}, or that of a directory above it, does not let ${whoOf(call.account)} read it`;
  return { kind: "unreadable", found };
}

/** Returns the directory at an absolute path, links followed; null if there is none. */
export function directoryAt(filesystem: Filesystem, path: BytePath): FilesystemNode | null {
  const place = locate(filesystem, path, "/");
  return place.kind === "found" && place.node.children !== null ? place.node : null;
}

/** Returns the file at an absolute path, links followed; null if there is none. */
export function fileAt(filesystem: Filesystem, path: BytePath): FilesystemNode | null {
  const place = locate(filesystem, path, "/");
  return place.kind === "found" && place.node.children === null ? place.node : null;
}

/** Returns the names in a directory; none if the node is not a directory. */
export function namesIn(node: Pick<FilesystemNode, "children"> | null): readonly string[] {
  const names: string[] = [];
  node?.children?.forEach(({ path }) => {
    names.push(baseOf(path));
  });
  return names;
}
