import { Buffer } from "node:buffer";
import { open } from "node:fs/promises";
import { digestOf, imageArchive, testImage } from "./layout.ts";
import { directory, file, hardlink, symlink, type TarMember, tarMember } from "./tar.ts";

/** Layers designed to keep their reader busy. In each, untrusted input makes something different grow. */
export const hostileLayers: Readonly<Record<string, () => readonly TarMember[]>> = {
  "many files": () => numbered(60_000, (index) => file(`d${index % 300}/f${index}`, "x")),
  "one directory": () => numbered(60_000, (index) => file(`d/f${index}`, "x")),
  "links through links": linksThroughLinks,
  "a chain of links": () => numbered(60_000, (index) => symlink(`l${index}`, `l${index + 1}`)),
  "links down and up": () => [
    file(`${"d/".repeat(300)}f`),
    ...numbered(5000, (index) =>
      symlink(`l${index}`, `${"d/".repeat(300)}${"../".repeat(300)}l${index + 1}`),
    ),
  ],
  "members through links": () => [
    directory("l0"),
    ...numbered(39, (index) => symlink(`l${index + 1}`, `${"d/".repeat(600)}${"../".repeat(600)}l${index}`)),
    ...numbered(20_000, (index) => file(`l39/${index % 2}/${index}`)),
  ],
  "files and hard links in turn": () =>
    numbered(60_000, (index) =>
      index % 2 === 0 ? file(`d/${index}`, "x") : hardlink(`d/${index}`, `d/${index - 1}`),
    ),
  "deep directories": () =>
    numbered(3000, (index) => file(`${index % 100}/${"d/".repeat(900)}f${index}`, "x")),
  "shells everywhere": () =>
    numbered(60_000, (index) => file(`d${index}/sh`, "\x7fELF busybox", { mode: 0o755 })),
  "the same names again": () => numbered(60_000, (index) => file(`d/${index % 30_000}`, "x")),
  deletions: () => numbered(60_000, (index) => file(`d${index % 300}/.wh.f${index}`)),
};

function linksThroughLinks(): readonly TarMember[] {
  const through = `${"d/".repeat(350)}${"../".repeat(350)}`;
  return [
    file("sh", "x"),
    file(`${"d/".repeat(350)}f`, "x"),
    ...numbered(20, (index) => symlink(`m${index}`, index === 0 ? "sh" : `${through}m${index - 1}`)),
    ...numbered(20_000, (index) => symlink(`links/${index}`, `../m${index % 20}`)),
  ];
}

/** Returns an archive of an image with one such layer. @param salt makes it a different layer */
export function hostileArchive(name: string, salt = ""): Buffer {
  const members = hostileLayers[name]?.() ?? [];
  return imageArchive("graphdriver", [
    testImage({ layers: [[file("salt", salt), ...members]], compression: "none" }),
  ]);
}

/** Writes an archive that takes minutes to read but almost no disk space: its layer is 60 GB of zeros. */
export async function writeEndlessArchive(path: string): Promise<void> {
  const size = 60_000_000_000;
  const image = testImage({ layers: [] });
  await using out = await open(path, "w");
  const config = JSON.stringify({
    os: "linux",
    architecture: "amd64",
    rootfs: { diff_ids: [digestOf(Buffer.of())] },
  });
  const manifest = JSON.stringify([{ Config: "config.json", RepoTags: [image.tag], Layers: ["layer.tar"] }]);
  const before = Buffer.concat([
    ...[file("config.json", config), file("manifest.json", manifest)].map(tarMember),
    tarMember({ path: "layer.tar", pax: { size: `${size}` } }),
  ]);
  await out.write(before);
  await out.truncate(before.length + size + 1024);
}

function numbered(count: number, member: (index: number) => TarMember): readonly TarMember[] {
  return Array.from({ length: count }, (_, index) => member(index));
}
