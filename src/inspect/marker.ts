/** What tells a program by its bytes, whatever its name. */
export interface Marker {
  /** the program, as it stands in Content.markers and in reports */
  readonly name: string;
  /** byte strings (latin1) of four bytes at least that the program's file holds, all of them */
  readonly all: readonly string[];
}
