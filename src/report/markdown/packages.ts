import type { PackageList } from "../model/packages.ts";
import { formatChange } from "../text/format.ts";
import { inCell } from "../text/sentence.ts";
import { table } from "./table.ts";

/** Renders a table of the packages that changed. @param maxRows rows to show; the others are counted */
export function packagesTable({ rows }: PackageList, maxRows: number): string {
  const shown = rows.slice(0, maxRows);
  const text = table(
    ["package", "change"],
    ["left", "right"],
    shown.map(({ what, difference }) => [inCell(what), difference === null ? "" : formatChange(difference)]),
  );
  const rest = rows.length - shown.length;
  return rest > 0 ? `${text}\n\nand ${rest} more` : text;
}
