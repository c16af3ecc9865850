import { describe, expect, test } from "vitest";
import { busyboxBase, debianBase, distrolessBase } from "./bases.ts";
import { docker, stores } from "./engine.ts";

describe.each(stores)("on the %s store", (store) => {
  test("the engine has the store that the tests expect", async () => {
    const { stdout } = await docker(store, "info", "--format", "{{json .DriverStatus}}");
    expect(stdout.includes("io.containerd.snapshotter.v1")).toBe(store === "containerd");
  });

  test("a command that fails is a result", async () => {
    const { code, stderr } = await docker(store, "image", "inspect", "image-audit-test/none");
    expect(code).toBe(1);
    expect(stderr).toMatch(/no such image/i);
  });

  test.each([
    ["busybox", busyboxBase, ["sh", "-c", "echo hello"], "hello\n"],
    ["debian", debianBase, ["sh", "-c", ". /etc/os-release; echo $ID"], "debian\n"],
  ] as const)("%s has a working shell", async (_name, makeBase, command, output) => {
    const { stdout, stderr } = await docker(store, "run", "--rm", await makeBase(store), ...command);
    expect(stderr).toBe("");
    expect(stdout).toBe(output);
  });

  test("the distroless image has no shell and runs as nonroot", async () => {
    const tag = await distrolessBase(store);
    const { code } = await docker(store, "run", "--rm", tag, "sh");
    expect(code).not.toBe(0);
    const { stdout } = await docker(store, "image", "inspect", "--format", "{{.Config.User}}", tag);
    expect(stdout).toBe("65532\n");
  });
});
