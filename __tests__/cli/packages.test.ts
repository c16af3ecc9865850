import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCli } from "../helpers/cli.ts";
import { imageArchive, testImage } from "../helpers/layout.ts";
import { file } from "../helpers/tar.ts";

vi.setConfig({ testTimeout: 60_000 });

// The installed packages of an image, as the command lists them.

let home: string;
const token = "ghp_16c7e42f292c6912e7710c83abcdefghijkl";
const status = `Package: curl
Status: install ok installed
Installed-Size: 500
Version: 7.88.1-10
Architecture: amd64

Package: ${token}
Status: install ok installed
Version: 1\u00e9

Package: cut`;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-packages-"));
  const members = [file("etc/os-release", "ID=debian\nVERSION_ID=12\n"), file("var/lib/dpkg/status", status)];
  await writeFile(join(home, "image.tar"), imageArchive("containerd", [testImage({ layers: [members] })]));
});
afterAll(() => rm(home, { recursive: true }));

const packages = (...args: readonly string[]) =>
  runCli(["packages", "./image.tar", ...args, "--no-reading-store", "--quiet"], {
    cwd: home,
    env: { PATH: process.env["PATH"], HOME: home, TMPDIR: home, TOKEN: token },
  });

test("are lines for a terminal, and then what is missing", async () => {
  const { status, stdout } = await packages();
  expect(status).toBe(0);
  expect(stdout.replace(/ +/g, " ")).toBe(
    "deb curl 7.88.1-10 amd64 512 kB\ndeb *** 1é\nPackages are missing: /var/lib/dpkg/status ends within a line.\n",
  );
});

test("are JSON, with package URLs", async () => {
  const { stdout } = await packages("--format", "json");
  expect(stdout).not.toContain(token);
  expect(JSON.parse(stdout)).toMatchObject({
    packages: [
      { name: "curl", size: 512_000, purl: "pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12" },
      { name: "***" },
    ],
    packagesUnread: [{ path: "/var/lib/dpkg/status", type: "deb", detail: "ends within a line" }],
  });
});
