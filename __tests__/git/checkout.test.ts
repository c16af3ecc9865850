import { execFileSync, spawnSync } from "node:child_process";
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { checkOut } from "../../src/git/checkout.ts";
import { openRepository } from "../../src/git/repository.ts";
import { isSha } from "../../src/git/sha.ts";
import { makeRepository, testEnvironment } from "../helpers/repository.ts";

test("uses local objects first, without a remote, and the head's history and tags", async () => {
  using origin = makeRepository();
  const one = origin.commit({ Dockerfile: "FROM scratch\n" });
  origin.git("tag", "v1.0");
  const two = origin.commit({ "a b/ü": "2" });
  origin.commit({ "a b/ü": "3" });
  const { refs, index } = {
    refs: origin.git("for-each-ref"),
    index: statSync(join(origin.directory, ".git/index")).mtimeMs,
  };
  await using repository = await openRepository(origin.directory);
  const checkout = await checkOut(repository, two);
  expect(readFileSync(join(checkout.directory, "a b/ü"), "utf8")).toBe("2");
  expect(lstatSync(join(checkout.directory, ".git")).isDirectory()).toBe(true);
  expect(gitIn(checkout.directory, "rev-list", "HEAD")).toBe(`${two}\n${one}`);
  expect(gitIn(checkout.directory, "describe", "--tags")).toBe(`v1.0-1-g${two.slice(0, 7)}`);
  expect(gitIn(checkout.directory, "status", "--porcelain")).toBe("");
  expect(origin.git("for-each-ref")).toBe(refs);
  expect(statSync(join(origin.directory, ".git/index")).mtimeMs).toBe(index);
  await checkout[Symbol.asyncDispose]();
  expect(() => statSync(checkout.directory)).toThrow("ENOENT");
});

test("then fetches by SHA at depth 1 into a separate directory", async () => {
  using origin = makeRepository();
  origin.commit({ a: "0" });
  const one = origin.commit({ a: "1" });
  origin.commit({ a: "2" });
  using clone = origin.shallowClone("main");
  await using repository = await openRepository(clone.directory);
  await using checkout = await checkOut(repository, one);
  expect(readFileSync(join(checkout.directory, "a"), "utf8")).toBe("1");
  expect(gitIn(checkout.directory, "rev-list", "HEAD")).toBe(one);
  expect(readdirSync(join(checkout.directory, ".git/objects/info"))).not.toContain("alternates");
  expect(() => clone.git("cat-file", "-e", one)).toThrow();
  expect(clone.git("rev-list", "HEAD")).not.toContain(one);
});

test("uses the head's depth", async () => {
  using origin = makeRepository();
  const commits = ["1", "2", "3", "4", "5"].map((a) => origin.commit({ a }));
  using clone = origin.shallowClone("main", 3);
  await using repository = await openRepository(clone.directory);
  await using checkout = await checkOut(repository, commits[3] ?? origin.tip());
  expect(gitIn(checkout.directory, "rev-list", "--count", "HEAD")).toBe("2");
});

test("fetches a base by name after a force push", async () => {
  using origin = makeRepository();
  origin.commit({ a: "0" });
  const lost = origin.commit({ a: "lost" });
  origin.git("reset", "--quiet", "--hard", "HEAD~1");
  origin.commit({ a: "new" });
  using clone = origin.shallowClone("main");
  await using repository = await openRepository(clone.directory);
  await using checkout = await checkOut(repository, lost);
  expect(readFileSync(join(checkout.directory, "a"), "utf8")).toBe("lost");
});

test("reports a missing commit as unavailable, with a fix, and leaves nothing behind", async () => {
  using origin = makeRepository();
  origin.commit({ a: "1" });
  using clone = origin.shallowClone("main");
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), "image-audit-test-"));
  {
    await using repository = await openRepository(clone.directory, { temporary });
    await expect(checkOut(repository, shaOf("1".repeat(40)))).rejects.toMatchObject({
      code: "git-commit-unavailable",
      message: expect.stringContaining("fetch-depth: 0"),
    });
    clone.git("remote", "remove", "origin");
    await expect(checkOut(repository, shaOf("1".repeat(40)))).rejects.toMatchObject({
      code: "git-commit-unavailable",
    });
  }
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
});

test("fetches the whole base for a partial clone, without adding blobs to the clone", async () => {
  using origin = makeRepository();
  const one = origin.commit({ a: "the first" });
  origin.commit({ a: "the second" });
  using clone = origin.clone();
  rmSync(join(clone.directory, ".git"), { recursive: true });
  const url = pathToFileURL(origin.directory).href;
  rmSync(join(clone.directory, "a"));
  clone.git("clone", "--quiet", "--filter=blob:none", url, ".");
  const objects = clone.git("count-objects", "-v");
  await using repository = await openRepository(clone.directory);
  await using checkout = await checkOut(repository, one);
  expect(readFileSync(join(checkout.directory, "a"), "utf8")).toBe("the first");
  expect(clone.git("count-objects", "-v")).toBe(objects);
});

test("uses the head's sparse checkout", async () => {
  using origin = makeRepository();
  const one = origin.commit({ "app/a": "1", "docs/b": "1" });
  origin.commit({ "app/a": "2" });
  using clone = origin.clone();
  clone.git("sparse-checkout", "set", "app");
  await using repository = await openRepository(clone.directory);
  await using checkout = await checkOut(repository, one);
  expect(readdirSync(checkout.directory).sort()).toEqual([".git", "app"]);
});

test("submodules exist if the head has them, and are empty if it has not", async () => {
  using library = makeRepository();
  library.commit({ code: "of the library" });
  using origin = makeRepository();
  origin.git("submodule", "--quiet", "add", pathToFileURL(library.directory).href, "library");
  const one = origin.commit({ a: "1" });
  origin.commit({ a: "2" });
  using clone = origin.clone();
  writeFileSync(join(clone.directory, "..", ".gitconfig"), '[protocol "file"]\n\tallow = always\n');
  const env = { PATH: process.env.PATH, HOME: join(clone.directory, "..") };
  await using repository = await openRepository(clone.directory, { env });
  {
    await using without = await checkOut(repository, one);
    expect(readdirSync(join(without.directory, "library"))).toEqual([]);
  }
  clone.git("submodule", "--quiet", "update", "--init");
  await using checkout = await checkOut(repository, one);
  expect(readFileSync(join(checkout.directory, "library/code"), "utf8")).toBe("of the library");
});

test("runs no hooks, fsmonitor or ext transports of the user's clone", async () => {
  using origin = makeRepository();
  const one = origin.commit({ a: "1" });
  origin.commit({ a: "2" });
  using clone = origin.clone();
  const canary = join(clone.directory, "..", "canary");
  for (const hook of ["post-checkout", "post-index-change", "reference-transaction"]) {
    writeFileSync(join(clone.directory, ".git/hooks", hook), `#!/bin/sh\ntouch '${canary}'\n`, {
      mode: 0o755,
    });
  }
  clone.git("config", "core.fsmonitor", `touch '${canary}'; false`);
  await using repository = await openRepository(clone.directory);
  await using checkout = await checkOut(repository, one);
  expect(readFileSync(join(checkout.directory, "a"), "utf8")).toBe("1");

  clone.git("config", "remote.origin.url", `ext::sh -c touch% '${canary}'`);
  await expect(checkOut(repository, shaOf("1".repeat(40)))).rejects.toMatchObject({
    code: "git-commit-unavailable",
  });
  expect(() => statSync(canary)).toThrow("ENOENT");
});

test("a checkout has the clone's hooks and info, for builds that copy .git", async () => {
  using origin = makeRepository();
  const one = origin.commit({ a: "1" });
  origin.commit({ a: "2" });
  for (const clone of [origin.clone(), origin.shallowClone("main")]) {
    using _ = clone;
    writeFileSync(join(clone.directory, ".git/hooks/pre-push"), "#!/bin/sh\n", { mode: 0o755 });
    await using repository = await openRepository(clone.directory);
    await using checkout = await checkOut(repository, one);
    for (const directory of ["hooks", "info"]) {
      const [ours, theirs] = [checkout, clone].map((side) =>
        contentOf(join(side.directory, ".git", directory)),
      );
      expect(ours).toEqual(theirs);
    }
  }
});

function contentOf(directory: string): unknown {
  const names = readdirSync(directory).sort();
  return names.map((name) => [
    name,
    readFileSync(join(directory, name), "utf8"),
    statSync(join(directory, name)).mode,
  ]);
}

test("files have the time of the checkout", async () => {
  using origin = makeRepository();
  const one = origin.commit({ a: "1" });
  const before = Date.now() - 2000;
  await using repository = await openRepository(origin.directory);
  await using checkout = await checkOut(repository, one);
  expect(statSync(join(checkout.directory, "a")).mtimeMs).toBeGreaterThan(before);
});

test.each([
  "in the clone's own file, as with actions/checkout up to v5",
  "in an included file, as with later ones",
])("credentials %s are sent once and written nowhere", async (where) => {
  using origin = makeRepository();
  origin.commit({ a: "1" });
  await using server = await listenAsGit(origin.directory);
  const one = origin.tip();
  origin.commit({ a: "2" });
  using clone = origin.shallowClone("main");
  clone.git("config", "remote.origin.url", `${server.url}/.git`);
  const header = "AUTHORIZATION: basic c2VjcmV0LWNhbmFyeQ==";
  if (where.startsWith("in the clone")) clone.git("config", `http.${server.url}/.extraheader`, header);
  else {
    const file = join(clone.directory, "..", "credentials.config");
    clone.git("config", "--file", file, `http.${server.url}/.extraheader`, header);
    clone.git("config", `includeIf.gitdir:${clone.directory}/.git.path`, file);
  }
  await using repository = await openRepository(clone.directory, {
    env: { PATH: process.env.PATH, no_proxy: "127.0.0.1" },
  });
  await using checkout = await checkOut(repository, one);
  expect(readFileSync(join(checkout.directory, "a"), "utf8")).toBe("1");
  expect(new Set(server.authorizations)).toEqual(new Set(["basic c2VjcmV0LWNhbmFyeQ=="]));
  for (const directory of [checkout.directory, repository.store])
    expect(grep(directory, "c2VjcmV0")).toEqual([]);
});

test("sends the workflow's token only to its own server if the checkout left none, and writes it nowhere", async () => {
  using origin = makeRepository();
  const one = origin.commit({ a: "1" });
  origin.commit({ a: "2" });
  await using server = await listenAsGit(origin.directory);
  using clone = origin.shallowClone("main");
  clone.git("config", "remote.origin.url", `${server.url}/.git`);
  const env = { PATH: process.env.PATH, no_proxy: "127.0.0.1" };
  const basic = Buffer.from("x-access-token:canary").toString("base64");
  {
    const access = { server: server.url, token: "canary" };
    await using repository = await openRepository(clone.directory, { env, access });
    await using checkout = await checkOut(repository, one);
    expect(new Set(server.authorizations)).toEqual(new Set([`basic ${basic}`]));
    for (const directory of [checkout.directory, repository.store])
      expect(grep(directory, basic)).toEqual([]);
  }
  server.authorizations.length = 0;
  const access = { server: "https://github.com", token: "canary" };
  await using repository = await openRepository(clone.directory, { env, access });
  await expect(checkOut(repository, one)).rejects.toMatchObject({ code: "git-commit-unavailable" });
  expect(server.authorizations).not.toContain(`basic ${basic}`);
});

test("uses a password in origin's address without writing or showing it", async () => {
  using origin = makeRepository();
  const one = origin.commit({ a: "1" });
  origin.commit({ a: "2" });
  await using server = await listenAsGit(origin.directory);
  using clone = origin.shallowClone("main");
  clone.git("config", "remote.origin.url", `${server.url.replace("://", "://me:canary@")}/.git`);
  await using repository = await openRepository(clone.directory, {
    env: { PATH: process.env.PATH, no_proxy: "127.0.0.1" },
  });
  await using checkout = await checkOut(repository, one);
  expect(server.authorizations).toContain(`Basic ${btoa("me:canary")}`);
  expect(grep(checkout.directory, "canary")).toEqual([]);
  const failure = await checkOut(repository, shaOf("1".repeat(40))).catch((error: Error) => error.message);
  expect(failure).toContain("is not in");
  expect(failure).not.toContain("canary");
});

function shaOf(text: string) {
  if (!isSha(text)) throw new Error(`${text} is no commit`);
  return text;
}

function gitIn(directory: string, ...args: string[]): string {
  const env = testEnvironment(join(directory, ".."));
  return execFileSync("git", args, { cwd: directory, env, encoding: "utf8" }).trimEnd();
}

function grep(directory: string, text: string): string[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  return files
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => readFileSync(path, "latin1").includes(text));
}

/** Starts git's own HTTP backend behind a server that requires credentials and records them. */
async function listenAsGit(
  root: string,
): Promise<AsyncDisposable & { url: string; authorizations: string[] }> {
  const authorizations: string[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="test"' }).end();
      return;
    }
    authorizations.push(authorization);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://x");
      const { stdout: output } = spawnSync("git", ["http-backend"], {
        input: Buffer.concat(chunks),
        env: {
          ...testEnvironment(root),
          GIT_PROJECT_ROOT: root,
          GIT_HTTP_EXPORT_ALL: "1",
          PATH_INFO: url.pathname,
          QUERY_STRING: url.search.slice(1),
          REQUEST_METHOD: request.method,
          CONTENT_TYPE: request.headers["content-type"],
          HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
          GIT_PROTOCOL: request.headers["git-protocol"]?.toString(),
        },
      });
      const end = output.indexOf("\r\n\r\n");
      for (const line of output.subarray(0, end).toString().split("\r\n")) {
        const [name = "", value = ""] = line.split(": ", 2);
        if (name === "Status") response.statusCode = Number.parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.end(output.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    authorizations,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
