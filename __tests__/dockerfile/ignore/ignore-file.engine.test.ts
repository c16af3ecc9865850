import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseIgnoreFile } from "../../../src/dockerfile/ignore/ignore-file.ts";
import { engineEnvironment, stores } from "../../helpers/engine.ts";
import { docker, workspace } from "../../helpers/workspace.ts";

const some = <Value>(arbitrary: fc.Arbitrary<Value>, most: number) =>
  fc.array(arbitrary, { minLength: 1, maxLength: most });
const joined = (parts: fc.Arbitrary<readonly string[]>, by: string) => parts.map((all) => all.join(by));

const name = joined(some(fc.constantFrom("a", "b", "c", "é", ".", "[", "*", " a", "a "), 3), "").filter(
  (text) => !/^\.+$/.test(text),
);
const paths = some(joined(some(name, 4), "/"), 12);

const piece = fc.constantFrom(
  "a",
  "b",
  "c",
  "é",
  ".",
  "*",
  "*",
  "?",
  "**",
  "[ab]",
  "[^a]",
  "[a-c]",
  "\\*",
  "\\[",
  " ",
);
const part = fc.oneof(
  { weight: 3, arbitrary: joined(some(piece, 3), "") },
  { weight: 1, arbitrary: fc.constantFrom("**", "..", ".") },
);
const line = fc
  .tuple(
    fc.constantFrom("", "", "", "!", "! ", "#"),
    fc.constantFrom("", "/", "./"),
    joined(some(part, 3), "/"),
  )
  .map(([mark, root, path]) => `${mark}${root}${path}`)
  // BuildKit refuses an empty exception.
  .filter((text) => !/^!(?:[/. ]*$|.*\.\.)/.test(text));
const ignoreFile = fc
  .tuple(fc.constantFrom("", "\ufeff"), some(line, 5), fc.constantFrom("\n", "\r\n"))
  .map(([mark, lines, end]) => mark + lines.join(end));

/** Returns the paths that can exist together: a path that is a directory of another cannot be a file. */
function files(all: readonly string[]): readonly string[] {
  const unique = [...new Set(all)];
  return unique.filter((path) => !unique.some((other) => other.startsWith(`${path}/`)));
}

test("ignores exactly what BuildKit leaves out, for random trees and ignore files", async () => {
  const cases = fc.sample(fc.record({ ignoreFile, paths: paths.map(files) }), 60);
  await using place = await workspace();
  const args: string[] = [];
  const copies: string[] = [];
  await using stack = new AsyncDisposableStack();
  for (const [index, { ignoreFile, paths }] of cases.entries()) {
    const tree = stack.use(
      await workspace({
        ".dockerignore": ignoreFile,
        ...Object.fromEntries(paths.map((path) => [path, ""])),
      }),
    );
    args.push("--build-context", `c${index}=${tree.path}`);
    copies.push(`COPY --from=c${index} . /${index}/`);
  }
  await using main = await workspace({ Dockerfile: ["FROM scratch", ...copies].join("\n") });
  const tar = join(place.path, "out.tar");
  const env = engineEnvironment(stores[0]);
  await docker(env, "buildx", "build", ...args, "--output", `type=tar,dest=${tar}`, main.path);
  const listing = await promisify(execFile)("tar", ["--quoting-style=literal", "-tf", tar], {
    maxBuffer: 2 ** 26,
  });
  const found = new Set(listing.stdout.split("\n"));
  for (const [index, { ignoreFile, paths }] of cases.entries()) {
    const { ignores } = parseIgnoreFile(ignoreFile);
    const kept = paths.filter((path) => found.has(`${index}/${path}`));
    expect({ ignoreFile, kept: paths.filter((path) => !ignores(path)) }).toEqual({ ignoreFile, kept });
  }
});
