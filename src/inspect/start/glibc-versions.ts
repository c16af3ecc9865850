import type { BytePath } from "../../image/path.ts";
import { shownPath, textOf } from "../bytes.ts";
import type { Loaded } from "./glibc-search.ts";
import type { LoadingRecord } from "./loading-record.ts";
import type { Reach } from "./reach.ts";
import { definedVersions, missingVersions, versionsThere } from "./versions.ts";

/**
 * Looks for the symbol versions that all loaded files need, each in the file with the library's name (glibc's
 * _dl_check_all_versions).
 */
export function recordVersions(
  loaded: readonly Loaded[],
  named: (name: BytePath) => Loaded | undefined,
  { record, reach }: { readonly record: LoadingRecord; readonly reach: Reach },
): void {
  const known = new Map<Loaded, ReadonlySet<string> | null>();
  for (const { node, elf } of loaded) {
    for (const { library, versions } of elf?.dynamic?.versionNeeds ?? []) {
      const file = named(library);
      if (file === undefined) {
        // Patched files name versions of libraries that they no longer need. The loader fails there or
        // before.
        if (!reach.isExhausted && elf?.dynamic?.needed?.includes(library) !== true) {
          record.unknown(
            `${shownPath(node.path)} needs symbol versions of ${textOf(library)}, which it does not load.`,
          );
        }
        continue;
      }
      let defined = known.get(file);
      if (defined === undefined) {
        defined = definedVersions(file.elf?.dynamic ?? {});
        known.set(file, defined);
      }
      for (const name of missingVersions(versions, defined)) {
        record.problem(
          "version-missing",
          node,
          name,
          textOf(versionsThere(name, library, file.elf?.dynamic?.versionDefinitions ?? [])),
        );
      }
    }
  }
}
