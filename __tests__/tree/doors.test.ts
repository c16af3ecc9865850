import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Code that opens files, and why a pull request cannot choose them. Only src/tree opens files of a tree. */
const doors: Readonly<Record<string, string>> = {
  "tree/read-file.ts": "the door: a tree's files, and what a person named",
  "action/set-up.ts": "the event, which the runner wrote",
  "docker/build/metadata-file.ts": "what buildx wrote into a directory of ours",
  "docker/build/confidential.ts":
    "secret files, which the workflow names, to keep their content out of reports",
  "docker/build/preset-blobs.ts": "writes new files only",
  "git/checkout-choices.ts": "git's own directory",
  "git/discover.ts": "`.git`, which git keeps out of every tree",
  "source/disk.ts": "images that a user or the workflow named; has the same rules for files in a layout",
  "source/stream.ts": "pipes that a person named",
  "reading-store/private-directory.ts": "readings in a directory of this user's own",
};

const importOfFiles = /import (?!type )([^;]*?) from "node:fs(?:\/promises)?"/g;
const otherWays =
  /(?:import|require|getBuiltinModule)\(["'`](?:node:)?fs|\* as \w+ from "node:fs|Bun\.|process\.binding/;
const reads = /\b(?:readFile|readFileSync|open|openSync|openAsBlob|createReadStream)\b|^\w+$/;

test("only the door opens files of a tree", async () => {
  const names = (await readdir("src", { recursive: true })).filter((name) => name.endsWith(".ts"));
  const found: string[] = [];
  for (const name of names) {
    const text = await readFile(join("src", name), "utf8");
    const imported = [...text.matchAll(importOfFiles)].map(([, what = ""]) => what);
    if (otherWays.test(text) || imported.some((what) => reads.test(what))) found.push(name);
  }
  expect(found.toSorted()).toEqual(Object.keys(doors).toSorted());
});
