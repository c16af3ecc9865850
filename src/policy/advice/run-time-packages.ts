import type { Inspection } from "../../inspect/inspection.ts";
import { baseReference, instructionOf, ownCommands, ownLayers } from "./own-layers.ts";

/**
 * Reports whether the image's own instructions may install libraries of the distribution that an application
 * loads by name. Which ones it needs cannot be told, and no other base image is certain to have them.
 */
export function mayNeedSystemLibraries(head: Inspection): boolean {
  return ownCommands(head).some((command) => {
    if (/^RUN …/.test(command)) return true;
    const installed = [...command.matchAll(installation)].flatMap(([, words = ""]) =>
      words.trim().split(/\s+/),
    );
    return installed.some((word) => word !== "" && !word.startsWith("-") && !harmless.test(word));
  });
}

const installation =
  /\b(?:apt|apt-get|apk|dnf|microdnf|yum|zypper)\b[^&|;]{0,200}?\b(?:install|add)\b([^&|;]*)/g;

/** Packages to build with, and those of the runtimes themselves. */
const harmless =
  /^(?:build-essential|build-base|gcc|g\+\+|make|cmake|git|curl|wget|unzip|tar|gnupg2?|ca-certificates|tzdata|tini|dumb-init|pkg-config|libc6-dev|musl-dev|libc-dev|linux-headers|python3|python3-pip|py3-pip|python3-venv|python3-dev|nodejs|npm|default-j(?:re|dk)(?:-headless)?|openjdk-?\d+-j(?:re|dk)(?:-headless)?|maven)(?:[=~<>].*)?$/;

/** Reports whether a Python image may hold packages: false only if nothing can have installed one. */
export function mayHavePythonPackages(head: Inspection): boolean {
  const base = baseReference(head)?.name ?? "";
  if (!/^docker\.io\/library\/(?:python|debian|ubuntu|alpine)$/.test(base)) return true;
  return ownLayers(head).some((layer) => {
    const { keyword, text } = instructionOf(layer);
    return layer.size > 0 && (keyword === "RUN" || keyword === null || /\s--from\b/i.test(text));
  });
}
