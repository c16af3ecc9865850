import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "rolldown";

/** Emits dist/licenses.txt: the licence of every package in the bundle. MIT and others require the notice. */
export function licenses(): Plugin {
  return {
    name: "licenses",
    generateBundle(_options, bundle) {
      const directories = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        for (const id of file.moduleIds) {
          const directory = packageOf(id);
          if (directory !== null) directories.add(directory);
        }
      }
      const notices = [...directories].map(noticeOf).sort();
      this.emitFile({ type: "asset", fileName: "licenses.txt", source: `${notices.join("\n\n")}\n` });
    },
  };
}

function packageOf(moduleId: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(moduleId)?.[0] ?? null;
}

function noticeOf(directory: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const file = readdirSync(directory).find((entry) => /^licen[sc]e(\.|$)/i.test(entry));
  const text =
    file === undefined ? `Licence: ${license}` : readFileSync(join(directory, file), "utf8").trim();
  return `${name} ${version}\n${"-".repeat(60)}\n${text}`;
}
