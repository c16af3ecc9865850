import { setImmediate } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { Failure } from "../../failure.ts";
import type { Algorithm, Digest } from "../../oci/digest.ts";
import { limits } from "../limits.ts";
import { type BytePath, cleanPath, displayPath } from "../path.ts";
import type { PaxRecords } from "../tar/pax.ts";
import { readTar, type TarMember } from "../tar/tar.ts";
import { stretch } from "../work.ts";
import { compressionOf, magicLength, unpack } from "./compression.ts";
import type { Content, Examine } from "./content.ts";
import type { Anomaly, EntryType } from "./entry.ts";
import { type EntryTable, EntryTableBuilder } from "./entry-table.ts";
import { extendedAttributesOf } from "./extended-attributes.ts";
import { gzipSize } from "./gzip-size.ts";
import { MeasuredStream } from "./measured-stream.ts";
import { peek } from "./peek.ts";
import type { LayerReading } from "./reading.ts";
import { LayerTree } from "./tree.ts";
import { type Whiteout, whiteoutOf } from "./whiteout.ts";

/** A layer and its blob. If the layer is not compressed, the blob's sha256 digest is the diff ID. */
export interface ReadLayer {
  readonly reading: LayerReading;
  readonly blob: { readonly digest: Digest; readonly size: number };
}

export interface LayerOptions {
  /** examines the content of files while they stream; without it, entries have no content */
  readonly examine?: Examine | undefined;
  /**
   * whether the pull size is needed. An uncompressed layer is then compressed to estimate it, which takes
   * many times longer than reading it.
   */
  readonly needsPullSize?: boolean | undefined;
  /** the algorithm of the blob's digest, sha256 by default; the diff ID is always sha256, as in engines */
  readonly algorithm?: Algorithm | undefined;
}

/**
 * Reads a layer's blob in one pass: hashes it as stored, decompresses it, hashes the tar, and lists the
 * members. The caller must compare the result with the manifest's claims.
 * @throws Failure archive-invalid for a tar that no runtime unpacks, archive-truncated, layer-unsupported,
 * limit-exceeded
 */
export async function readLayer(
  bytes: AsyncIterable<Uint8Array>,
  options: LayerOptions = {},
): Promise<ReadLayer> {
  const { start, all: stored } = await peek(bytes, magicLength);
  const compression = compressionOf(start);
  const isCompressed = compression !== "none";
  const estimate = options.needsPullSize && !isCompressed ? gzipSize() : null;
  const blob = new MeasuredStream(stored, limits.layerSize, estimate?.add ?? null, options.algorithm);
  const isTar = !isCompressed && (options.algorithm ?? "sha256") === "sha256";
  const tar = isTar ? blob : new MeasuredStream(unpack(blob.bytes(), compression, "layer"), limits.layerSize);
  try {
    const list = new EntryList(options.examine);
    const overhead = { headers: 0, padding: 0 };
    for await (const member of readTar(tar.bytes(), { overhead })) await list.add(member);
    if (!isTar) await blob.drain();
    const diffId = tar.digest();
    return {
      reading: {
        diffId,
        size: list.size,
        tarSize: tar.size,
        tarParts: {
          content: list.stored,
          headers: overhead.headers + list.ignored,
          padding: overhead.padding,
        },
        entries: await list.finish(),
        anomalies: list.anomalies,
        ...(estimate === null ? {} : { gzipSize: await estimate.finish() }),
      },
      blob: { digest: isTar ? diffId : blob.digest(), size: blob.size },
    };
  } finally {
    estimate?.close();
    await tar.close();
    await blob.close();
  }
}

/** The type flags that engines unpack. Go's reader accepts more, such as 7 and S, on which engines fail. */
const types: ReadonlyMap<string, EntryType> = new Map([
  ["0", "file"],
  ["1", "hardlink"],
  ["2", "symlink"],
  ["3", "character-device"],
  ["4", "block-device"],
  ["5", "directory"],
  ["6", "fifo"],
]);

/** Converts members to entries, in order. A path can appear twice; the last entry is the visible one. */
class EntryList {
  readonly #examine: Examine | undefined;
  readonly #tree = new LayerTree();
  readonly #entries = new EntryTableBuilder();
  readonly anomalies: Anomaly[] = [];
  /** bytes of all files */
  size = 0;
  /** the same without the holes of sparse files */
  stored = 0;
  /** bytes of content that members other than files have */
  ignored = 0;

  constructor(examine: Examine | undefined) {
    this.#examine = examine;
  }

  async add(member: TarMember): Promise<void> {
    const { path: cleaned, isOutside } = cleanPath(member.path);
    checkLength(cleaned);
    const path = this.#tree.place(cleaned);
    // After resolving links, the path may be longer.
    if (path !== cleaned) checkLength(path);
    if (isOutside) this.anomalies.push({ kind: "path-outside-root", path });
    this.#checkRecords(path, member.pax);
    const type = typeOf(member, path);
    const whiteout = whiteoutOf(path, type, member.device);
    if (whiteout !== null || type !== "file") this.ignored += member.stored;
    if (whiteout !== null) this.#addWhiteout(member, whiteout);
    else await this.#addEntry(member, path, type);
  }

  async finish(): Promise<EntryTable> {
    if (this.#tree.typeAt("Files") === "directory" && this.#tree.typeAt("Hives") === "directory")
      throw windows();
    const entries = this.#entries.finish();
    let whiteouts = 0;
    for (let index = 0; index < entries.length; index++) {
      if (entries.attributesAt(index).type !== "whiteout") continue;
      // Each is looked up from the root, at a depth that the untrusted image chooses. Pausing lets signals be
      // handled.
      if (++whiteouts % stretch === 0) await setImmediate();
      const path = entries.pathAt(index);
      if (this.#tree.typeAt(path) === "directory") {
        this.anomalies.push({ kind: "whiteout-with-replacement", path });
      }
    }
    return entries;
  }

  /**
   * Records an anomaly, once per member, for records that Go's reader, POSIX and vendors do not define: other
   * programs may interpret them. Refuses records that change what a container sees.
   */
  #checkRecords(path: BytePath, records: PaxRecords): void {
    let isKnown = true;
    for (const key of records.keys()) {
      if (key.startsWith("MSWINDOWS.")) throw windows();
      if (isOverlayRecord(key)) throw overlay(path);
      isKnown &&= knownRecord.test(key);
    }
    if (!isKnown) this.anomalies.push({ kind: "unknown-pax-record", path });
  }

  #addWhiteout(member: TarMember, whiteout: Whiteout): void {
    if (whiteout.type === "ignored") return;
    const { path, type } = whiteout;
    // For a directory, `finish` records the anomaly, once.
    const existing = this.#tree.typeAt(path);
    if (type === "whiteout" && existing !== undefined) {
      this.#tree.dispute(path);
      if (existing !== "directory") this.anomalies.push({ kind: "whiteout-with-replacement", path });
    }
    if (type === "opaque-whiteout" && path !== "") this.#tree.place(`${path}/x`);
    this.#entries.add({ ...ownership(member), path, type, size: 0, crc32: 0 });
  }

  async #addEntry(member: TarMember, path: BytePath, type: EntryType): Promise<void> {
    if (path === "") {
      if (type !== "directory") throw invalid("the member for the root is not a directory");
      this.#entries.add({ ...ownership(member), path, type, size: 0, crc32: 0 });
      return;
    }
    if (member.linkTarget.length > limits.linkTarget) throw tooLong();
    const linkTarget = type === "hardlink" ? this.#hardlinkTarget(member, path) : member.linkTarget;
    const kind = type === "directory" || type === "symlink" ? type : "other";
    const isNew = this.#tree.add(path, kind, linkTarget);
    if (!isNew) this.anomalies.push({ kind: "duplicate-path", path });
    const isFile = type === "file";
    if (isFile) {
      this.size += member.size;
      this.stored += member.stored;
    }
    const { crc32 = 0, content } = isFile ? await this.#readContent(member, path) : {};
    this.#entries.add({
      ...ownership(member),
      path,
      type,
      size: isFile ? member.size : 0,
      crc32,
      ...(type === "symlink" || type === "hardlink" ? { linkTarget } : {}),
      ...(type === "character-device" || type === "block-device" ? { device: member.device } : {}),
      ...extendedAttributesOf(member.pax, type),
      ...(content === undefined ? {} : { content }),
    });
  }

  #hardlinkTarget(member: TarMember, path: BytePath): BytePath {
    const target = this.#tree.place(cleanPath(member.linkTarget).path);
    const type = this.#tree.typeAt(target);
    if (type !== undefined && type !== "directory" && target !== path) return target;
    throw invalid(
      `the hard link ${shown(path)} points to ${shown(target)}, which is not a file of this layer`,
    );
  }

  async #readContent(
    member: TarMember,
    path: BytePath,
  ): Promise<{ readonly crc32: number; readonly content?: Content | undefined }> {
    const probe = this.#examine?.({ path, mode: member.mode & 0o7777, size: member.size });
    const whole = member.payload.atHand();
    let checksum = 0;
    if (whole !== null) {
      checksum = crc32(whole);
      probe?.update(whole);
    } else {
      for await (const chunk of member.payload) {
        checksum = crc32(chunk, checksum);
        probe?.update(chunk);
      }
    }
    return { crc32: checksum, content: probe?.finish() };
  }
}

/** The keywords of POSIX pax, and VENDOR.keyword, which POSIX reserves for vendors. */
const knownRecord =
  /^(?:path|linkpath|size|uid|gid|uname|gname|mtime|atime|ctime|charset|comment|hdrcharset|realtime\..*|security\..*|[A-Z][A-Za-z0-9]*\..*)$/s;

/**
 * Reports whether a record sets an extended attribute in which overlay file systems keep their own state. A
 * directory with `redirect` or `opaque` shows files that differ from those in the layers (Linux,
 * filesystems/overlayfs.rst). Graph drivers set all such attributes, containerd those of `user`. In
 * libarchive's records, names are percent-encoded.
 */
function isOverlayRecord(key: string): boolean {
  if (!key.includes("xattr")) return false;
  const name = key.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return /xattr\.(?:trusted|user|security)\.(?:overlay|fuseoverlayfs)(?:\.|$)/i.test(name);
}

function typeOf(member: TarMember, path: BytePath): EntryType {
  const type = types.get(member.type);
  if (type === undefined) {
    throw invalid(`${shown(path)} has the type flag ${JSON.stringify(member.type)}, which no engine unpacks`);
  }
  return type;
}

function checkLength(path: BytePath): void {
  if (path.length <= limits.pathComponent) return;
  const parts = path.split("/");
  const isTooLong = path.length > limits.path || parts.some((part) => part.length > limits.pathComponent);
  if (isTooLong || parts.length > limits.depth) throw tooLong();
}

function ownership({ mode, uid, gid, modified }: TarMember) {
  return { mode: mode & 0o7777, uid, gid, modified };
}

function shown(path: BytePath): string {
  return JSON.stringify(displayPath(path).path);
}

function invalid(what: string): Failure {
  return new Failure("archive-invalid", `A layer is malformed: ${what}.`);
}

function tooLong(): Failure {
  return new Failure(
    "limit-exceeded",
    "A layer has a path or link target that is longer or deeper than Linux allows.",
  );
}

function overlay(path: BytePath): Failure {
  return new Failure(
    "layer-unsupported",
    `A layer sets extended attributes on ${shown(path)} with which overlay file systems hide or show files, so what a container sees depends on the engine. Build the layer without trusted.overlay.* and user.overlay.*.`,
  );
}

function windows(): Failure {
  return new Failure("layer-unsupported", "This is a Windows image. Only Linux images can be audited.");
}
