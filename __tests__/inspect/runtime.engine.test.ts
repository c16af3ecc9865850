import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runCli } from "../helpers/cli.ts";
import { engineEnvironment, stores } from "../helpers/engine.ts";
import { makeRepository } from "../helpers/repository.ts";

// How an audit reports the config that a real builder writes.

const token = "gh-5ecret/../x";

const dockerfile = `FROM scratch AS files
COPY . /app
FROM files
ARG TOKEN
ENV PATH=/bin:/app/bin
WORKDIR /srv/$TOKEN
USER $TOKEN
ENTRYPOINT ["server"]
CMD ["--title", "a b"]
`;

describe.each(stores)("on the %s store", (store) => {
  test("reports the program and .git, but no build argument", async () => {
    const repository = makeRepository();
    onTestFinished(() => repository[Symbol.dispose]());
    repository.commit({ Dockerfile: dockerfile.replace("USER $TOKEN", "USER 0:0"), "bin/server": "x" });
    repository.branch("topic");
    repository.commit({ Dockerfile: dockerfile });
    chmodSync(join(repository.directory, "bin/server"), 0o755);
    const options = { cwd: repository.directory, env: engineEnvironment(store) };
    const flags = ["--build-arg", `TOKEN=${token}`, "--distroless", "off"];

    const { stdout, stderr } = await runCli([...flags, "--format", "json"], options);
    const [image] = JSON.parse(stdout || `{"error":${JSON.stringify(stderr)}}`).images;
    expect(image.head).toMatchObject({
      user: "$TOKEN",
      workingDirectory: "/srv/$TOKEN",
      entrypoint: ["server"],
      program: "/app/bin/server",
      gitDirectories: [{ path: "/app/.git", layer: 0, bytes: expect.any(Number) }],
    });
    expect(image.base).toMatchObject({ user: "0:0", workingDirectory: "/srv/$TOKEN", program: null });

    const shown = await runCli(flags, options);
    expect(shown.stdout).toMatch(/Runs .*\n? +.*server --title 'a b' \(\/app\/bin\/server\)/);
    expect(shown.stdout).toMatch(/User +root +\$TOKEN +changed/);
    expect(shown.stdout).toMatch(/Line 2 copies \/app\/\.git \(.*\.dockerignore/s);
    expect(shown.stdout).not.toContain("Working directory");
    expect(shown.stdout).not.toContain("gh-5ecret");
  });
});
