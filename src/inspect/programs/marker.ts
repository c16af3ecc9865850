/** Identifies a program by its content, whatever its name. */
export interface Marker {
  /** the program's name in Content.markers and in reports */
  readonly name: string;
  /** the program's file has all of these signs */
  readonly signs: readonly Sign[];
}

/** Strings of a program. A file needs only some of them, so that changed bytes do not hide it. */
export interface Sign {
  /** minimum number of strings in the file */
  readonly least: number;
  /** byte strings (latin1) of at least eleven bytes, which the search needs */
  readonly of: readonly string[];
}

/** Returns a marker with a single sign. */
export function marker(name: string, least: number, of: readonly string[]): Marker {
  return { name, signs: [{ least, of }] };
}

/** Returns the strings of all markers, without duplicates. */
export function stringsOf(markers: readonly Marker[]): readonly string[] {
  return [...new Set(markers.flatMap(({ signs }) => signs.flatMap(({ of }) => of)))];
}

/** Returns a text that is unique for a list of markers. */
export function versionOfMarkers(markers: readonly Marker[]): string {
  return JSON.stringify(markers);
}
