import { delimiter } from "node:path";
import { expect, test } from "vitest";
import { searchAbsolutePaths } from "../../src/process/search-path.ts";
import { runCli } from "../helpers/cli.ts";
import { makeRepository } from "../helpers/repository.ts";

test("searches for programs only in absolute directories", () => {
  const env: NodeJS.ProcessEnv = { PATH: ["/usr/bin", ".", "", "node_modules/.bin", "/bin"].join(delimiter) };
  searchAbsolutePaths(env);
  expect(env["PATH"]).toBe(["/usr/bin", "/bin"].join(delimiter));
  const unset: NodeJS.ProcessEnv = {};
  searchAbsolutePaths(unset);
  expect(unset["PATH"]).toBe("");
});

test.skipIf(process.platform === "win32")("does not run a git or docker from a pull request", async () => {
  using repository = makeRepository();
  for (const name of ["git", "docker"]) {
    repository.write(name, "#!/bin/sh\ntouch ran\n");
    repository.git("update-index", "--add", "--chmod=+x", name);
  }
  repository.commit({ Dockerfile: "FROM scratch\nCOPY git /\n" });
  repository.git("checkout", "--quiet", "--force", "HEAD");
  const env = {
    PATH: `.:${process.env["PATH"]}`,
    HOME: repository.directory,
    DOCKER_HOST: "unix:///nowhere",
  };
  const ran = await runCli([], { cwd: repository.directory, env });
  expect(ran.status, ran.stderr).toBe(2);
  expect(repository.git("status", "--porcelain")).toBe("");
});
