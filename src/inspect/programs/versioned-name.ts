/**
 * Returns the name that a program's file name has without its version: pip for pip3.11, and dnf for dnf-3, but dnf5
 * for dnf5. Null if it is none of the names.
 */
export function nameAmong(names: { has(name: string): boolean }, fileName: string): string | null {
  if (names.has(fileName)) return fileName;
  // This runs for every path, and few names end in a digit.
  if (!/\d$/.test(fileName)) return null;
  const name = fileName.replace(/-?\d+(?:\.\d+)?$/, "");
  return names.has(name) ? name : null;
}
