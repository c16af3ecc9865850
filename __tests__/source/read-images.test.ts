import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { readImages } from "../../src/source/read-images.ts";
import { parseImageReference } from "../../src/source/reference.ts";
import type { ImageRequest } from "../../src/source/request.ts";
import { imageArchive, layoutFiles, testImage } from "../helpers/layout.ts";
import { file } from "../helpers/tar.ts";

// The message about an unreadable image names its side once, and suggests what was meant.

let home: string;
const before = process.cwd();
const one = testImage({ layers: [[file("app", "one")]], tag: "docker.io/library/app:v1" });
const two = testImage({ layers: [[file("app", "two")]], tag: "docker.io/library/app:v2" });

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-images-"));
  await writeFile(join(home, "two.tar"), imageArchive("containerd", [one, two]));
  await writeFile(join(home, "one.tar"), imageArchive("containerd", [one]));
  await writeFile(join(home, "Dockerfile"), "FROM scratch\n");
  await writeFile(join(home, "empty.tar"), "");
  await mkdir(join(home, "app"));
  for (const [path, bytes] of layoutFiles([one])) {
    await mkdir(dirname(join(home, "layout", path)), { recursive: true });
    await writeFile(join(home, "layout", path), bytes);
  }
  await chmod(home, 0o755);
  process.chdir(home);
});
afterAll(async () => {
  process.chdir(before);
  await rm(home, { recursive: true });
});

test.each<readonly [name: string, side: ImageRequest["side"], message: string]>([
  ["./empty.tar", undefined, "./empty.tar cannot be read. It is empty. Build, save or pull it again."],
  [
    "./empty.tar",
    "head",
    "The head's image ./empty.tar cannot be read. It is empty. Build, save or pull it again.",
  ],
  [
    "./empty.tar",
    "base",
    "The base's image ./empty.tar cannot be read. It is empty. Build, save or pull it again.",
  ],
  [
    "docker-archive:Dockerfile",
    undefined,
    "docker-archive:Dockerfile cannot be read. It is a Dockerfile. Build it and specify the image.",
  ],
  [
    "./none.tar",
    undefined,
    "./none.tar does not exist (ENOENT). Name an existing archive or OCI image layout.",
  ],
  [
    "./none.tar",
    "base",
    "The base's image: ./none.tar does not exist (ENOENT). Name an existing archive or OCI image layout.",
  ],
  [
    "./two.tar",
    "base",
    "The base's image ./two.tar cannot be read. The archive holds 2 images. Specify one of them: docker-archive:./two.tar:app:v1, docker-archive:./two.tar:app:v2.",
  ],
  [
    "docker-archive:two.tar:app:v3",
    undefined,
    "docker-archive:two.tar:app:v3 cannot be read. The archive holds no image app:v3, only docker-archive:two.tar:app:v1, docker-archive:two.tar:app:v2.",
  ],
])("names the side of a failure: %s of %s", async (name, side, message) => {
  await expect(read(name, side)).rejects.toMatchObject({ name: "Failure", message });
});

test("reports the platform with the image's name", async () => {
  const wanted = { ...wantedOf("./layout", "head"), platform: "linux/s390x" };
  await expect(readImages([wanted], reading)).rejects.toThrow(
    "The head's image ./layout cannot be read. The image has no variant for linux/s390x, only for linux/amd64",
  );
});

describe("a name that the engine does not have", () => {
  test.each([
    ["one.tar", "There is a file of that name: write ./one.tar to read it."],
    ["layout", "There is a file of that name: write oci-dir:layout to read it."],
    ["layout:v1", "There is a file of that name: write oci-dir:layout:v1 to read it."],
    ["oci:layout:v1", "There is a file of that name: write oci-dir:layout:v1 to read it."],
  ])("may be a file's: %s", async (name, hint) => {
    await expect(read(name)).rejects.toMatchObject({
      code: "engine-missing",
      message: `No engine answers. ${hint}`,
    });
  });

  test.each(["none.tar", "app", "app:v1", "registry:one.tar", "oci:none"])(
    "is not a file: %s",
    async (name) => {
      await expect(read(name)).rejects.toMatchObject({ message: "No engine answers." });
    },
  );
});

const reading = {
  examine: () => undefined,
  store: readingsOfThisRun(),
  engine: async () => {
    throw new Failure("engine-missing", "No engine answers.");
  },
};

function read(name: string, side?: ImageRequest["side"]) {
  return readImages([wantedOf(name, side)], reading);
}

function wantedOf(name: string, side: ImageRequest["side"]): ImageRequest {
  return { reference: parseImageReference(name), platform: null, configDigest: null, isBuilt: false, side };
}
