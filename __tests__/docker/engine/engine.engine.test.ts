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

  test("the store, the platform and the driver are found by asking", async () => {
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

  test("a socket where nobody listens is no engine", async () => {
    const env = { ...(await environment()), DOCKER_HOST: "unix:///nowhere/docker.sock" };
    await expect(probeBuilder({ env })).rejects.toMatchObject({ code: "engine-missing" });
  });

  test("a socket that this user may not open is told from one where nobody listens", async () => {
    await using place = await workspace();
    await chmod(place.path, 0o755);
    const socket = join(place.path, "docker.sock");
    const server = createServer((connection) => connection.destroy()).listen(socket);
    await chmod(socket, 0o000);
    // root may open everything, and then hears nothing here: the command line is run as somebody else
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
