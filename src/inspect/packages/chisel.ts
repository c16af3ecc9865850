import type { Buffer } from "node:buffer";
import { zstdDecompressSync } from "node:zlib";
import * as v from "valibot";
import { bytesOf, textOf } from "../bytes.ts";
import { LineReader } from "./line-reader.ts";
import type { PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";
import { examineWhole } from "./whole-file.ts";

const manifest = "var/lib/chisel/manifest.wall";

/** The packages of Ubuntu of which chisel took slices. An image that it cut has no other record of them. */
export const chisel: PackageSource = {
  type: "deb",
  places: [manifest],
  examine({ path, size }) {
    if (path !== manifest) return null;
    return examineWhole({ type: "deb", size, maxSize, tooLarge: unreadable, read: readManifest });
  },
};

/** Maximum bytes of a manifest, and of its text. One of a thousand files has 50 kB, and 200 kB of text. */
const maxSize = 8 * 1024 ** 2;
const maxTextSize = 64 * 1024 ** 2;
/** Maximum bytes of a line. Those about packages have 200. */
const maxLineLength = 4096;

/** Reads lines of JSON, compressed with zstd (Chisel's documentation, Manifest). Slices have no size. */
function readManifest(bytes: Buffer, list: PackageList): void {
  const text = decompressed(bytes);
  if (text === null) {
    list.miss(unreadable);
    return;
  }
  const lines = new LineReader(maxLineLength, (line) => readLine(line, list));
  lines.update(text);
  lines.finish();
}

const unreadable = "is damaged or too large";

function readLine(line: string, list: PackageList): void {
  // Most lines are about files.
  if (!/"kind":\s*"package"/.test(line)) return;
  const entry = packageIn(line);
  if (entry === null) list.miss("has a package without a name or version");
  else {
    const [name, version, architecture] = [entry.name, entry.version, entry.arch].map(bytesOf);
    if (name !== undefined && version !== undefined && architecture !== undefined)
      list.add(`${name}:${architecture}`, { name, version, architecture });
  }
}

function decompressed(bytes: Buffer): Buffer | null {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: maxTextSize });
  } catch {
    return null;
  }
}

const packageSchema = v.object({ name: v.string(), version: v.string(), arch: v.string() });

function packageIn(line: string): v.InferOutput<typeof packageSchema> | null {
  try {
    return v.parse(packageSchema, JSON.parse(textOf(line)));
  } catch {
    return null;
  }
}
