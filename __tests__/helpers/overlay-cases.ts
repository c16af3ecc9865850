import { directory, file, opaque, symlink, type TarMember, whiteout } from "./tar.ts";

/** Two layers, and what a container sees. */
export interface OverlayCase {
  readonly name: string;
  readonly lower: readonly TarMember[];
  readonly upper: readonly TarMember[];
  /**
   * sorted paths; `/` after directories, `@` and target after links, `:` and size after files with content
   */
  readonly seen: string;
}

const usrmerge = [directory("usr/bin"), file("usr/bin/sh", "sh"), symlink("bin", "usr/bin")];

/** How overlay filesystems merge layers, including the surprises. */
export const overlayCases: readonly OverlayCase[] = [
  { name: "a file of the lower layer stays", lower: [file("a")], upper: [file("b")], seen: "a b" },
  { name: "a file hides the lower one", lower: [file("a", "1")], upper: [file("a", "22")], seen: "a:2" },
  {
    name: "a whiteout hides the lower file",
    lower: [file("d/a"), file("d/b")],
    upper: [whiteout("d/a")],
    seen: "d/ d/b",
  },
  {
    name: "a whiteout hides a whole directory",
    lower: [file("d/a"), file("d/e/b")],
    upper: [whiteout("d")],
    seen: "",
  },
  {
    name: "a whiteout keeps names with the same prefix",
    lower: [file("d/a"), file("da")],
    upper: [whiteout("d")],
    seen: "da",
  },
  {
    name: "a directory replaces a link",
    lower: usrmerge,
    upper: [file("bin/foo")],
    seen: "bin/ bin/foo usr/ usr/bin/ usr/bin/sh:2",
  },
  {
    name: "a directory with only a whiteout replaces a link",
    lower: usrmerge,
    upper: [whiteout("bin/sh")],
    seen: "bin/ usr/ usr/bin/ usr/bin/sh:2",
  },
  {
    name: "a file after its own whiteout stays",
    lower: [file("a", "1")],
    upper: [whiteout("a"), file("a", "22")],
    seen: "a:2",
  },
  {
    name: "a file before its own whiteout stays",
    lower: [file("a", "1")],
    upper: [file("a", "22"), whiteout("a")],
    seen: "a:2",
  },
  {
    name: "an opaque whiteout after its siblings hides the lower ones",
    lower: [file("d/a")],
    upper: [file("d/b"), opaque("d")],
    seen: "d/ d/b",
  },
  {
    name: "an opaque whiteout at the root hides nothing",
    lower: [file("a"), file("d/b")],
    upper: [opaque(""), file("c")],
    seen: "a c d/ d/b",
  },
  {
    name: "a new directory beside its whiteout keeps the lower files",
    lower: [file("a/old")],
    upper: [whiteout("a"), directory("a"), file("a/new")],
    seen: "a/ a/new a/old",
  },
  {
    name: "a device 0:0 is a whiteout",
    lower: [file("a")],
    upper: [{ path: "a", type: "3", device: [0, 0] }],
    seen: "",
  },
  { name: "a directory replaces a file", lower: [file("a")], upper: [directory("a")], seen: "a/" },
  { name: "a file replaces a directory", lower: [file("a/b")], upper: [file("a")], seen: "a" },
  { name: "a link replaces a directory", lower: [file("a/b")], upper: [symlink("a", "c")], seen: "a@c" },
  {
    name: "a whiteout of nothing creates its directory",
    lower: [],
    upper: [whiteout("x/y/z")],
    seen: "x/ x/y/",
  },
  {
    name: "a directory over a directory keeps its contents",
    lower: [file("a/b")],
    upper: [directory("a", { mode: 0o700 })],
    seen: "a/ a/b",
  },
  {
    name: "a whiteout of a file named like the whiteout prefix hides only that file",
    lower: [file("which"), file(".who")],
    upper: [whiteout(".who")],
    seen: "which",
  },
  {
    name: "property names of objects are ordinary names",
    lower: [file("__proto__/constructor")],
    upper: [],
    seen: "__proto__/ __proto__/constructor",
  },
];
