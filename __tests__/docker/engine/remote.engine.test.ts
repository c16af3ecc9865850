import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildImage } from "../../../src/docker/build/build.ts";
import { cacheScope, definition } from "../../helpers/build-definition.ts";
import { buildkitd, remoteBuilder } from "../../helpers/builders.ts";
import { findProgram, workspace } from "../../helpers/workspace.ts";

test.skipIf(buildkitd === null)(
  "a remote builder needs no engine and writes both sides into one layout",
  async () => {
    await using builder = await remoteBuilder();
    const { engine } = builder;
    expect(engine).toMatchObject({
      store: null,
      driver: "remote",
      builder: "elsewhere",
      builderSharesLoopback: true,
    });

    await using shared = await workspace();
    const destination = { kind: "layout", directory: shared.path } as const;
    const built = [];
    for (const side of ["base", "head"] as const) {
      await using tree = await workspace({
        Dockerfile:
          'FROM scratch\nCOPY busybox /bin/busybox\nCOPY side /side\nRUN ["/bin/busybox", "cat", "/side"]\n',
        side,
      });
      await cp(await findProgram("busybox", process.env), join(tree.path, "busybox"));
      const log: string[] = [];
      const request = { definition: definition(), side, root: tree.path, cacheScope };
      built.push(await buildImage(request, engine, { log: (line) => log.push(line), destination }));
      expect(log.map((line) => line.replace(/^#\d+ /, ""))).toContain(side);
      expect(log.join("\n")).not.toContain("recorded no Dockerfile");
    }
    const index = await readFile(join(shared.path, "index.json"), "utf8");
    const blobs = await readdir(join(shared.path, "blobs/sha256"));
    for (const { reference, configDigest } of built) {
      expect(index).toContain(reference);
      expect(blobs).toContain(configDigest?.slice("sha256:".length));
    }
    await using failing = await workspace({ Dockerfile: "FROM scratch\nCOPY none /\n" });
    const request = { definition: definition(), side: "head", root: failing.path, cacheScope } as const;
    await expect(buildImage(request, engine, { log: () => {}, destination })).rejects.toThrow(
      /line 2 of the Dockerfile/,
    );
  },
  120_000,
);
