import { expect, test } from "vitest";
import { runtime, runtimeOf, type StartedWith } from "../../../helpers/started-runtime.ts";
import { file, symlink } from "../../../helpers/tar.ts";

const image = [
  runtime("usr/local/bin/node"),
  symlink("usr/local/bin/nodejs", "node"),
  file("app/server.js", "x"),
  file("app/only.json", "{}"),
  file("app/typed.ts", "x"),
  file("app/with-index/index.js", "x"),
  file("app/with-package/package.json", "{}"),
  file("app/with-package/x.js", "x"),
  file("app/plain/x.js", "x"),
  file("app/secret.js", "x", { mode: 0o600 }),
  symlink("app/dangling.js", "/build/server.js"),
  symlink("app/linked.js", "server.js"),
];

test.for<[command: string, problem: string, config?: StartedWith]>([
  ["node missing.js", "missing.js: /app/missing.js does not exist"],
  ["nodejs missing", "missing: /app/missing does not exist"],
  ["node dist/", "dist/: /app/dist does not exist"],
  ["node server.js/x", "server.js/x: /app/server.js is not a directory"],
  ["node dangling.js", "dangling.js: it is a link to /build/server.js, which does not exist"],
  ["node plain", "plain: /app/plain is a directory that has neither package.json nor index.js"],
  ["node ./plain", "./plain: /app/plain is a directory that has neither package.json nor index.js"],
  [
    "node --enable-source-maps --max-old-space-size=512 missing.js",
    "missing.js: /app/missing.js does not exist",
  ],
  ["node -C production missing.js", "missing.js: /app/missing.js does not exist"],
  ["node -- missing.js", "missing.js: /app/missing.js does not exist"],
  ["node server.js", "server.js: /srv/server.js does not exist", { workingDir: "/srv" }],
  ["node missing.js", "missing.js: /app/missing.js does not exist", { env: ["NODE_OPTIONS=--no-warnings"] }],
  [
    "node secret.js",
    "secret.js: the mode 0600 of /app/secret.js, or that of a directory above it, does not let user 1000 read it",
    { user: "1000:1000" },
  ],
])("`%s` cannot start: %s", async ([command, problem, config]) => {
  const { problems } = await runtimeOf(image, command.split(" "), config);
  expect(problems).toEqual([`/usr/local/bin/node needs ${problem}`]);
});

test.for<[command: string, config?: StartedWith]>([
  ["node server.js"],
  ["node server"],
  ["node only"],
  ["node typed"],
  ["node linked.js"],
  ["node with-index"],
  ["node with-package"],
  ["node secret.js"],
  // Path.resolve drops `..` before links are followed, and the trailing slash.
  ["node nowhere/../server.js"],
  ["node server/"],
  ["node"],
  ["node -"],
  ["node -e 1"],
  ["node --version"],
  ["node inspect missing.js"],
  ["node --test missing.js"],
  ["node --unknown missing.js"],
  ["node --max-old-space-size 512 missing.js"],
  ["node -r ts-node/register missing.js"],
  ["node --require=ts-node/register missing.js"],
  ["node --import tsx missing.js"],
  ["node --loader x missing.js"],
  ["node --env-file=.env missing.js"],
  ["node missing.js", { env: ["NODE_OPTIONS=--max-old-space-size=512 --require ./.pnp.cjs"] }],
  ["node /proc/self/fd/0"],
  ["node .", { workingDir: "/" }],
])("`%s` is left alone", async ([command, config]) => {
  const { problems, hints } = await runtimeOf(image, command.split(" "), config);
  expect([problems, hints]).toEqual([[], []]);
});

test("what the file loads is said to be unproven", async () => {
  const { unproven } = await runtimeOf(image, ["node", "server"]);
  expect(unproven).toEqual(["Which file Node.js executes for server is not known."]);
  const { unproven: exact } = await runtimeOf(image, ["node", "server.js"]);
  expect(exact).toEqual(["Whether the modules that /app/server.js loads exist is not known."]);
});

test("a program that only has a link named node is not Node.js", async () => {
  const bun = [runtime("usr/local/bin/bun"), symlink("usr/local/bin/node", "bun")];
  const { problems, unproven } = await runtimeOf(bun, ["node", "missing.js"]);
  expect([problems, unproven]).toEqual([[], []]);
});
