import type { Inspection, PrivilegedFile } from "../../inspect/inspection.ts";
import { say } from "../sentence.ts";
import { presenceRule } from "./presence.ts";

export const noSetuid = presenceRule({
  id: "no-setuid",
  about: "setuid",
  title: "No file has a set-uid or set-gid bit",
  meaning:
    "A program with a set-uid or set-gid bit runs with the privileges of its owner or group, whoever starts it. Few containers need one, and `--security-opt no-new-privileges` takes their effect away. File capabilities are reported and not judged. The ratchet counts files with the same name and bits as the same kind, so that another base image with `su` elsewhere is no worse.",
  description: "Require an image without set-uid and set-gid files: fail, warn, off, or ratchet.",
  what: "set-uid or set-gid files",
  of: setuidFiles,
  kindOf: (file) => `${file.path.slice(file.path.lastIndexOf("/"))} ${bitsOf(file)}`,
  nameOf: (file) => say`${[bitsOf(file)]} ${file.path}`,
  advice: ([file, ...others]) => [
    say`Remove the bits, for example with ${`RUN chmod a-s ${file?.path ?? ""}${others.length > 0 ? " …" : ""}`}, or leave ${[others.length > 0 ? "the files" : "the file"]} out.`,
  ],
});

/** Returns the files with one of the bits. */
export function setuidFiles({ privileged }: Inspection): readonly PrivilegedFile[] {
  return privileged.filter((file) => bitsOf(file) !== "");
}

function bitsOf({ by }: PrivilegedFile): string {
  const names = { setuid: "set-uid", setgid: "set-gid", capabilities: "" };
  return by
    .map((privilege) => names[privilege])
    .filter((name) => name !== "")
    .join(", ");
}
