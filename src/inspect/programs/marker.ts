/** What tells a program by its bytes, whatever its name. */
export interface Marker {
  /** the program, as it stands in Content.markers and in reports */
  readonly name: string;
  /** what its file holds, all of them */
  readonly signs: readonly Sign[];
}

/** Strings of which a file holds some: neither a few changed bytes nor another version hides the program. */
export interface Sign {
  /** how many of the strings are enough */
  readonly least: number;
  /** byte strings (latin1) of eleven bytes at least, as the search needs them */
  readonly of: readonly string[];
}

/** A program that some strings of one list tell. */
export function marker(name: string, least: number, of: readonly string[]): Marker {
  return { name, signs: [{ least, of }] };
}

/** The strings of all markers, each once. */
export function stringsOf(markers: readonly Marker[]): readonly string[] {
  return [...new Set(markers.flatMap(({ signs }) => signs.flatMap(({ of }) => of)))];
}
