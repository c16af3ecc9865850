import type { Inspection } from "../../inspect/inspection.ts";
import { type BaseImage, distrolessJava, distrolessNode, distrolessPython } from "./base-images.ts";
import { olderThanDebian13 } from "./older-libraries.ts";
import { placed, referenceFor } from "./placing.ts";
import { architectureOf, maxInstruction } from "./program-stage.ts";
import { mayHavePythonPackages, mayNeedSystemLibraries } from "./run-time-packages.ts";
import type { NewStage, PackageStage } from "./stage.ts";
import type { Interpreted } from "./what-runs.ts";

/** Returns how to put an application on a base image that has its interpreter and little else; null if unknown. */
export function interpretedStage(what: Interpreted, head: Inspection): NewStage | null {
  const recipe = what.version === null || what.args.length === 0 ? null : recipeFor(what, what.version, head);
  if (recipe === null || mayNeedSystemLibraries(head)) return null;
  const { base, start, version, packages } = recipe;
  if (!base.architectures.includes(architectureOf(head)) || start.length > maxInstruction) return null;
  const facts = { runs: what, libraries: [], libraryDirectory: "", version, packages };
  const place = placed(head, [referenceFor(base, head)], start);
  // The script of a base image goes with that image.
  const removes = place.removes.filter((line) => line === "CMD" || what.path !== null);
  return { ...facts, ...place, removes };
}

interface Recipe {
  readonly base: BaseImage;
  /** the language's version there */
  readonly version: string;
  /** the instruction that starts the application */
  readonly start: string;
  readonly packages: PackageStage | null;
}

function recipeFor({ kind, path, args }: Interpreted, version: string, head: Inspection): Recipe | null {
  const start = `CMD ${JSON.stringify(args)}`;
  switch (kind) {
    case "python": {
      // conda brings libraries of its own.
      if (/conda|miniforge|mamba/.test(path ?? "")) return null;
      const packages = mayHavePythonPackages(head) ? pythonPackages : null;
      return { base: distrolessPython, version: distrolessPython.version, start, packages };
    }
    case "java": {
      const base = distrolessJava(Number(version));
      // Only a JDK compiles source files.
      if (base === null || args.some((word) => word.endsWith(".java"))) return null;
      const direct =
        args[0] === "-jar"
          ? `CMD ${JSON.stringify(args.slice(1))}`
          : `ENTRYPOINT ${JSON.stringify(["/usr/bin/java", ...args])}`;
      return { base, version: String(base.version), start: direct, packages: null };
    }
    case "node": {
      const base = distrolessNode(Number(version));
      if (base === null) return null;
      const isSame = Number(version) === base.version && olderThanDebian13(head.family) === "all";
      const packages = isSame ? null : { from: `node:${base.version}-trixie-slim`, target: null };
      return { base, version: String(base.version), start, packages };
    }
  }
}

/** Debian's Python searches this directory by itself, and reads the `.pth` files there. */
const pythonPackages: PackageStage = {
  from: distrolessPython.builder,
  target: {
    install: "pip install --target=/packages",
    path: "/packages",
    destination: `/usr/local/lib/python${distrolessPython.version}/dist-packages`,
  },
};
