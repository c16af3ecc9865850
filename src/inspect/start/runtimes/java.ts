import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import { baseOf, parentOf } from "../../../image/path.ts";
import { shownPath, textOf } from "../../bytes.ts";
import { type Call, variableOf } from "../call.ts";
import { fileAt, opened } from "./opened.ts";
import { failing, nothingProven, type RuntimeProof, unproven } from "./proof.ts";

export function isJava({ program }: Call): boolean {
  return baseOf(program.path) === "java";
}

/**
 * Looks for the archive of `java -jar FILE`: the first word that is not an option, wherever `-jar` is before
 * it. Without that file the launcher ends with "Unable to access jarfile". It expands no wildcards there
 * (libjli/java.c ParseArguments, sun.launcher.LauncherHelper). Class paths and classes are not read.
 */
export function proveJava(call: Call, filesystem: Filesystem): RuntimeProof {
  const command = commandOf(call.argv.slice(1));
  if (command === "none") return nothingProven;
  if (command === null || !variables.every((name) => isHarmless(variableOf(call, name))))
    return unproven(
      "Which program Java executes is not known: it depends on files or options that are not read.",
    );
  const { main, isJar } = command;
  if (!isJar)
    return unproven(`Whether Java finds the class ${textOf(main)} is not known: class paths are not read.`);
  const place = opened(main, call, filesystem);
  if (place.kind === "missing" || place.kind === "unreadable")
    return failing(shownPath(call.program.path), textOf(main), place.found);
  if (place.kind !== "file") return unproven(`What ${textOf(main)} is to Java is not known.`);
  const version = versionOf(call, filesystem);
  const runtime = version === null ? "the runtime's version" : `version ${version}, which this runtime is`;
  return unproven(`Whether ${shownPath(place.node.path)} needs a newer Java than ${runtime}, is not known.`);
}

/** The launcher and the virtual machine read options from these. */
const variables = ["JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"];

function isHarmless(value: string | undefined): boolean {
  const words = (value ?? "").split(/\s+/).filter((word) => word !== "");
  return words.every(
    (word) =>
      /^-(?:Xm[sxn][0-9]+[a-zA-Z]?|Xss[0-9]+[a-zA-Z]?|XX:[+-]?\w+(?:=[\w.%]+)?)$/.test(word) &&
      !/Flags|VMOptionsFile/.test(word),
  );
}

/** Options whose value is the next word (IsWhiteSpaceOption), without those that name the main class. */
const valued =
  /^(?:-cp|-classpath|-p|--(?:class-path|module-path|upgrade-module-path|add-modules|limit-modules|add-exports|add-opens|add-reads|patch-module|enable-native-access))$/;
/** Single words, agents and files of options left out: they may do anything. */
const single =
  /^(?:-D.*|-X(?!X:Flags|X:VMOptionsFile).+|-(?:ea|esa|da|dsa|enableassertions|disableassertions)(?::.*)?|-(?:server|client|d64|showversion|jar)|-verbose(?::.*)?|--(?:enable-preview|show-version)|--(?:class-path|module-path|add-modules|add-exports|add-opens|add-reads|enable-native-access|illegal-access|sun-misc-unsafe-memory-access|finalization)=.*)$/s;

/** @returns "none": it executes nothing; null: that is not known */
function commandOf(
  args: readonly string[],
): { readonly main: string; readonly isJar: boolean } | "none" | null {
  let isJar = false;
  for (let at = 0; ; at++) {
    const word = args[at];
    if (
      word === undefined ||
      /^--?(?:version|fullversion|full-version|help|help-extra|list-modules|X)$|^-\?$/.test(word)
    )
      return "none";
    // Each word may be the name of a file of words.
    if (word.startsWith("@")) return null;
    if (!word.startsWith("-")) return { main: word, isJar };
    if (valued.test(word)) at++;
    else if (!single.test(word)) return null;
    if (word === "-jar") isJar = true;
  }
}

/** Reads JAVA_VERSION from `release` in the runtime's directory. In Java 8, `java` may be in `jre/bin`. */
function versionOf({ program }: Call, filesystem: Filesystem): string | null {
  const home = parentOf(parentOf(program.path));
  for (const directory of [home, parentOf(home)]) {
    const text = fileAt(filesystem, `/${directory}/release`)?.attributes.content?.text ?? "";
    const version = /^JAVA_VERSION="?([0-9._]{1,40})"?\s*$/m.exec(text)?.[1];
    if (version !== undefined) return version;
  }
  return null;
}
