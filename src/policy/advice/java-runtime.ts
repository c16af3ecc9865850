import type { Inspection } from "../../inspect/inspection.ts";
import { readableReference } from "../../oci/reference.ts";
import { type Sentence, say } from "../sentence.ts";
import { accounts, distrolessJavaBase } from "./base-images.ts";
import { shareOfBase } from "./base-share.ts";
import { baseReference, ownCommands } from "./own-layers.ts";
import { isReplaceable, namedAccounts, referenceFor } from "./placing.ts";
import { architectureOf, maxInstruction } from "./program-stage.ts";
import { mayNeedSystemLibraries } from "./run-time-packages.ts";
import { type Interpreted, runs } from "./what-runs.ts";

/**
 * Returns how to link a Java runtime of only the modules that an application needs (jlink, JEP 282), if the image
 * holds a whole JDK. Empty where the application is not known to start with it.
 * @param isAlternative whether it follows other advice on the same image
 */
export function linkedJava(head: Inspection, isAlternative: boolean): readonly Sentence[] {
  const what = runs(head);
  if (what.kind !== "java" || head.baseImage === null || !isReplaceable(head) || !holdsJdk(head)) return [];
  if (ownCommands(head).length > 0 || mayNeedSystemLibraries(head)) return [];
  if (!namedAccounts(head).every((name) => accounts.has(name))) return [];
  if (!distrolessJavaBase.architectures.includes(architectureOf(head))) return [];
  const jar = jarOf(what);
  const entrypoint = `ENTRYPOINT ${JSON.stringify(["/runtime/bin/java", ...what.args])}`;
  if (jar === null || entrypoint.length > maxInstruction) return [];
  const jdk = readableReference(head.baseImage.resolved);
  const link = "jlink --no-header-files --no-man-pages --output /runtime --add-modules MODULES";
  const modules = `jdeps --print-module-deps --ignore-missing-deps --multi-release ${what.version} ${jar}`;
  const start = isAlternative ? "Or link" : "Link";
  return [
    say`${[start]} a Java of only the modules that the application needs. In an earlier stage ${`FROM ${jdk}`} that has ${jar}, run ${link}, where ${"MODULES"} is what ${modules} prints. If the jar holds other jars, unpack it first. Add the modules that are only loaded by name, such as ${"jdk.crypto.ec"}. Start the last stage from ${referenceFor(distrolessJavaBase, head)}, copy ${"/runtime"} to it, and write ${entrypoint}.${isAlternative ? [] : shareOfBase(head)}`,
  ];
}

/** Reports whether the base image is one that holds a whole JDK for glibc: its tag says if it does not. */
function holdsJdk(head: Inspection): boolean {
  const { name = "", tag = "" } = baseReference(head) ?? {};
  const isKnown = /^docker\.io\/library\/(?:eclipse-temurin|amazoncorretto|openjdk)$/.test(name);
  return isKnown && !/jre|alpine|headless|slim/.test(tag) && !/^Alpine\b/.test(head.family ?? "");
}

/** Returns the jar of `java -jar`, absolute; null for anything else, and where there is no jlink. */
function jarOf({ args, version }: Interpreted): string | null {
  const jar = args[args.indexOf("-jar") + 1];
  const isLinkable = version !== null && Number(version) >= firstWithJlink;
  return args.includes("-jar") && isLinkable && jar !== undefined && /^\/[\w./-]{1,100}\.jar$/.test(jar)
    ? jar
    : null;
}

const firstWithJlink = 9;
