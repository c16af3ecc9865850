import type { FilesystemNode } from "../../image/filesystem/node.ts";
import { type BytePath, parentOf } from "../../image/path.ts";
import { shownPath, textOf } from "../bytes.ts";
import type { LoadingRecord } from "./loading-record.ts";
import type { Reach } from "./reach.ts";

/**
 * Records that a library was not found. That is a problem, or unknown if the loader may look elsewhere.
 * @param passed files of that name that were skipped, each as a sentence
 */
export function recordMissing(
  name: BytePath,
  by: FilesystemNode,
  {
    record,
    reach,
    doubts,
    passed,
  }: {
    readonly record: LoadingRecord;
    readonly reach: Reach;
    readonly doubts: readonly string[];
    readonly passed: readonly string[];
  },
): void {
  // A search that was cut short proves nothing.
  if (reach.isExhausted) return;
  record.link("library", name, by, null);
  if (ofDriver.test(name)) {
    record.unknown(
      `${shownPath(by.path)} needs ${textOf(name)}, which images do not contain: the runtime adds it on machines with NVIDIA's driver.`,
    );
  } else if (doubts.length > 0) {
    const because = [...new Set(doubts)].slice(0, 3).join("; ");
    record.unknown(
      `${shownPath(by.path)} needs ${textOf(name)}, and it is not certain that the loader finds it: ${because}.`,
    );
  } else {
    record.problem("library-missing", by, name, passed[0] ?? elsewhere(name, by, reach));
  }
}

/** Libraries of NVIDIA's driver, which belong to the machine's kernel (libnvidia-container, nvc_info.c). */
const ofDriver =
  /^lib(?:cuda|cudadebugger|nvcuvid|nvoptix|nvidia-[\w-]+|(?:vdpau|GLX|EGL|GLESv2|GLESv1_CM)_nvidia)\.so/;

/** Looks in the usual directories that a loader may not search. */
function elsewhere(name: BytePath, by: FilesystemNode, reach: Reach): string {
  if (name.includes("/")) return "this image does not have it";
  const own = `/${parentOf(by.path)}`;
  for (const directory of [...usual, own, `${own}/lib`, `${own}/../lib`]) {
    const opened = reach.openIn(directory, name);
    if (opened.kind !== "nothing")
      return `${shownPath(opened.node.path)} is in a directory that the loader does not search`;
  }
  return "no directory that the loader searches has it";
}

const usual: readonly BytePath[] = [
  "/lib",
  "/usr/lib",
  "/usr/local/lib",
  "/lib64",
  "/usr/lib64",
  "/usr/local/lib64",
];
