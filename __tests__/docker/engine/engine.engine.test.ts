import { chmod } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { probeBuilder } from "../../../src/docker/build/builder.ts";
import { dockerEnvironment } from "../../../src/docker/engine/environment.ts";
import { engineEnvironment, stores } from "../../helpers/engine.ts";
import { dockerScript, workspace } from "../../helpers/workspace.ts";

describe.each([...stores])("on the %s store", (store) => {
  const environment = async () => dockerEnvironment(await engineEnvironment(store));

  test("detects the store, the platform and the driver", async () => {
    const env = await environment();
    const platform = `linux/${process.arch === "x64" ? "amd64" : process.arch}`;
    const expected = {
      store,
      socket: expect.stringMatching(/docker\.sock$/),
      platform,
      driver: "docker",
      builderSharesLoopback: false,
      env,
      builder: null,
    };
    expect(await probeBuilder({ env })).toEqual(expected);
  });

  test("reports a socket without a listener as a missing engine", async () => {
    const env = { ...(await environment()), DOCKER_HOST: "unix:///nowhere/docker.sock" };
    await expect(probeBuilder({ env })).rejects.toMatchObject({ code: "engine-missing" });
  });

  test("distinguishes a socket without permission from a socket without a listener", async () => {
    await using place = await workspace();
    await chmod(place.path, 0o755);
    const socket = join(place.path, "docker.sock");
    const server = createServer((connection) => connection.destroy()).listen(socket);
    await chmod(socket, 0o000);
    // Root may open every socket, so the CLI runs as another user.
    const asNobody = process.getuid?.() === 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "";
    const docker = await dockerScript(await environment(), `exec ${asNobody} "$REAL_DOCKER" "$@"`);
    await using _ = docker;
    const env = { ...docker.env, DOCKER_HOST: `unix://${socket}` };
    await expect(probeBuilder({ env })).rejects.toMatchObject({
      code: "engine-permission",
      message: /group `docker`/,
    });
    server.close();
  });
});
