import { spawn } from "node:child_process";
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildImage } from "../../src/docker/build.ts";
import { probeEngine } from "../../src/docker/engine.ts";
import { dockerEnvironment } from "../../src/docker/environment.ts";
import { engineEnvironment, stores } from "../helpers/engine.ts";
import { definition } from "./definition.ts";
import { docker, findProgram, workspace } from "./workspace.ts";

const buildkitd = await findProgram("buildkitd", process.env).catch(() => null);

test.skipIf(buildkitd === null)(
  "a remote builder needs no engine, and writes both sides into one layout",
  async () => {
    await using place = await workspace();
    const address = `unix://${join(place.path, "buildkitd.sock")}`;
    const known = await engineEnvironment(stores[0]);
    const daemon = spawn(
      buildkitd ?? "",
      ["--root", join(place.path, "root"), "--addr", address, "--oci-worker-net=host"],
      { env: known, stdio: "ignore" },
    );
    await using _ = { [Symbol.asyncDispose]: async () => void (await ended(daemon)) };
    const env = dockerEnvironment({
      ...known,
      DOCKER_HOST: "unix:///nowhere.sock",
      BUILDX_CONFIG: join(place.path, "buildx"),
    });
    await docker(env, "buildx", "create", "--name", "elsewhere", "--driver", "remote", address);
    const engine = await probeEngine({ env, builder: "elsewhere" });
    expect(engine).toMatchObject({ store: null, driver: "remote", builder: "elsewhere" });

    await using shared = await workspace();
    const built = [];
    for (const side of ["base", "head"] as const) {
      await using tree = await workspace({
        Dockerfile:
          'FROM scratch\nCOPY busybox /bin/busybox\nCOPY side /side\nRUN ["/bin/busybox", "cat", "/side"]\n',
        side,
      });
      await cp(await findProgram("busybox", known), join(tree.path, "busybox"));
      const log: string[] = [];
      const request = { definition: definition(), side, root: tree.path };
      built.push(await buildImage(request, engine, { log: (line) => log.push(line), layout: shared.path }));
      expect(log.map((line) => line.replace(/^#\d+ /, ""))).toContain(side);
    }
    const index = await readFile(join(shared.path, "index.json"), "utf8");
    const blobs = await readdir(join(shared.path, "blobs/sha256"));
    for (const { reference, configDigest } of built) {
      expect(index).toContain(reference);
      expect(blobs).toContain(configDigest?.slice("sha256:".length));
    }
    await using failing = await workspace({ Dockerfile: "FROM scratch\nCOPY none /\n" });
    const request = { definition: definition(), side: "head", root: failing.path } as const;
    await expect(buildImage(request, engine, { log: () => {} })).rejects.toThrow(/line 2 of the Dockerfile/);
  },
  120_000,
);

async function ended(daemon: ReturnType<typeof spawn>): Promise<void> {
  const exit = new Promise((resolve) => daemon.once("exit", resolve));
  daemon.kill();
  await exit;
}
