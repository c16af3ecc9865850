import type { InstalledPackages } from "../../inspect/packages/package.ts";
import { terminalText } from "../text/escape.ts";
import { formatBytes } from "../text/format.ts";

/** Renders one package as a line: type, name, version, architecture and size. Then what could not be read. */
export function* packageListLines({ packages, packagesUnread }: InstalledPackages): Iterable<string> {
  for (const { type, name, version, architecture, size } of packages) {
    const columns = [
      type.padEnd(6),
      terminalText(name, maxText).padEnd(32),
      terminalText(version, maxText).padEnd(24),
      terminalText(architecture ?? "", maxText).padEnd(7),
      (size === null ? "" : formatBytes(size).replaceAll("\u00a0", " ")).padStart(8),
    ];
    yield `${columns.join("  ").trimEnd()}\n`;
  }
  for (const { path, detail } of packagesUnread)
    yield `Packages are missing: ${terminalText(path, maxText)} ${terminalText(detail, maxText)}.\n`;
}

const maxText = 1024;
