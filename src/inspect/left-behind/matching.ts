import { baseOf } from "../../image/path.ts";
import type { LeftBehind, StartProblem } from "../start/start.ts";
import type { Made } from "./made.ts";

/** Something made that a problem needs, and where a copy would have to take it from. */
export interface Match extends Omit<LeftBehind, "line"> {
  /** absolute directories or files */
  readonly places: readonly string[];
  /** the name of the only file that matters in these; null for all */
  readonly file: string | null;
}

/** Returns what a command made of that which a problem needs; null for nothing. */
export function matchOf(problem: StartProblem, made: Made): Match | null {
  const { needs, found } = problem;
  switch (problem.class) {
    case "runtime":
      return needs.startsWith(modulePrefix)
        ? moduleMatch(needs.slice(modulePrefix.length), made)
        : fileMatch(needs, found, made);
    case "library-missing":
      return found === "no directory that the loader searches has it" ? libraryMatch(needs, made) : null;
    case "entrypoint":
    case "interpreter-missing":
      return isMissing(found) ? (programMatch(needs, made) ?? fileMatch(needs, found, made)) : null;
    default:
      return null;
  }
}

const modulePrefix = "the module ";

function isMissing(found: string): boolean {
  return /(?:^no directory in PATH has it|does not exist|does not have it)$/.test(found);
}

/** The name of a package need not be that of its module, so a list of packages matches every module. */
function moduleMatch(name: string, made: Made): Match | null {
  if (made.by !== "pip") return null;
  const [top = ""] = name.split(".");
  const what = made.kind === "list" ? made.what[0] : made.what.find((one) => moduleOf(one) === moduleOf(top));
  if (what === undefined || top === "encodings") return null;
  return { kind: made.kind, what, into: made.into, places: [made.into], file: null };
}

function moduleOf(name: string): string {
  return name.toLowerCase().replace(/[-.]/g, "_");
}

/** Packages that are named after a library, as Debian's and Alpine's are: libpq5 and libpq-dev of libpq.so.5. */
function libraryMatch(needs: string, { by, what, into }: Made): Match | null {
  const [, name = "", version = ""] = /^(lib[\w+.-]+?)\.so(?:\.([\w.]+))?$/.exec(needs.toLowerCase()) ?? [];
  if (by !== "system" || name === "") return null;
  const [major = ""] = version.split(".");
  const versions = [...new Set(["", version, `-${version}`, major, `-${major}`])];
  const names = new Set(
    versions.flatMap((end) =>
      ["", "t64", "-dev"].map((suffix) => `${name.replaceAll("_", "-")}${end}${suffix}`),
    ),
  );
  const found = what.find((one) => names.has(one.replaceAll("_", "-")));
  if (found === undefined) return null;
  return { kind: "package", what: found, into, places: [into, "/lib", "/lib64", "/usr/lib64"], file: needs };
}

/** Programs that have their package's name. */
function programMatch(needs: string, { kind, by, what, programs }: Made): Match | null {
  const name = baseOf(needs);
  if (kind !== "package" || programs === null || /^(?:sh|ld[-.].*)$/.test(name)) return null;
  const found = what.find(
    (one) => baseOf(one) === name || (by === "system" && name === "node" && one === "nodejs"),
  );
  if (found === undefined) return null;
  const directories = by === "system" ? ["/usr/bin", "/bin", "/usr/sbin", "/sbin"] : [programs];
  const places = directories.map((directory) => `${directory}/${name}`);
  return { kind, what: found, into: programs, places, file: null };
}

/** A file of that name, a file in a directory that is made, or an archive that a build tool makes. */
function fileMatch(needs: string, found: string, { kind, by, into }: Made): Match | null {
  if ((kind !== "file" && kind !== "directory") || !isMissing(found)) return null;
  const isFile =
    by === "compiler" && (needs === into || needs.startsWith(`${into}/`) || baseOf(needs) === baseOf(into));
  const isArchive = by === "jvm" && needs.endsWith(".jar");
  const isProgram =
    by === "cargo" && needs.includes("/") && !/\.\w+$|^\/(?:usr\/)?bin\/(?:sh|env)$/.test(needs);
  if (!isFile && !isArchive && !isProgram) return null;
  return { kind, what: into, into, places: [into], file: null };
}
