import { directory, file, opaque, symlink, type TarMember, whiteout } from "./tar.ts";

/** Two layers, and what a container sees of them. */
export interface OverlayCase {
  readonly name: string;
  readonly lower: readonly TarMember[];
  readonly upper: readonly TarMember[];
  /** paths in order, `/` after directories, `@` and the target after links, `:` and the size after files that have content */
  readonly seen: string;
}

const usrmerge = [directory("usr/bin"), file("usr/bin/sh", "sh"), symlink("bin", "usr/bin")];

/** What overlay file systems make of layers, traps included. */
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
    name: "a whiteout hides a directory whole",
    lower: [file("d/a"), file("d/e/b")],
    upper: [whiteout("d")],
    seen: "",
  },
  {
    name: "a whiteout leaves names that begin alike",
    lower: [file("d/a"), file("da")],
    upper: [whiteout("d")],
    seen: "da",
  },
  {
    name: "a link over which a layer has a directory is gone",
    lower: usrmerge,
    upper: [file("bin/foo")],
    seen: "bin/ bin/foo usr/ usr/bin/ usr/bin/sh:2",
  },
  {
    name: "so it is when only a whiteout is in it",
    lower: usrmerge,
    upper: [whiteout("bin/sh")],
    seen: "bin/ usr/ usr/bin/ usr/bin/sh:2",
  },
  {
    name: "a whiteout, then the same file: it is there",
    lower: [file("a", "1")],
    upper: [whiteout("a"), file("a", "22")],
    seen: "a:2",
  },
  {
    name: "a file, then its whiteout: it is there",
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
    name: "one at the root hides nothing",
    lower: [file("a"), file("d/b")],
    upper: [opaque(""), file("c")],
    seen: "a c d/ d/b",
  },
  {
    name: "a whiteout and a new directory: the lower files are in it",
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
  { name: "a directory over a file", lower: [file("a")], upper: [directory("a")], seen: "a/" },
  { name: "a file over a directory", lower: [file("a/b")], upper: [file("a")], seen: "a" },
  { name: "a link over a directory", lower: [file("a/b")], upper: [symlink("a", "c")], seen: "a@c" },
  {
    name: "a whiteout where nothing is makes its directory",
    lower: [],
    upper: [whiteout("x/y/z")],
    seen: "x/ x/y/",
  },
  {
    name: "a directory over a directory keeps what is in it",
    lower: [file("a/b")],
    upper: [directory("a", { mode: 0o700 })],
    seen: "a/ a/b",
  },
  {
    name: "a whiteout of the whiteout's prefix is a name like any other",
    lower: [file("which"), file(".who")],
    upper: [whiteout(".who")],
    seen: "which",
  },
  {
    name: "names of objects are names",
    lower: [file("__proto__/constructor")],
    upper: [],
    seen: "__proto__/ __proto__/constructor",
  },
];
