import type { Digest } from "../../oci/digest.ts";
import type { Anomaly } from "./entry.ts";
import type { EntryTable } from "./entry-table.ts";

/** What the bytes of an uncompressed tar stream are. They add up to its size. */
export interface TarParts {
  /** content of regular files as stored, without the holes of sparse files */
  readonly content: number;
  /** headers, extended headers, maps of sparse files, and content of members that are not files */
  readonly headers: number;
  /** zeros that fill up blocks, and everything from the end of the archive on */
  readonly padding: number;
}

/**
 * Everything that is needed from one layer's bytes: a plain value that is stored by diff ID, so that no layer
 * is read twice. Images are merged from readings alone.
 */
export interface LayerReading {
  /** sha256 of the uncompressed tar, computed while reading */
  readonly diffId: Digest;
  /** bytes of the layer's regular files, including those that a later layer deletes: the *layer size* */
  readonly size: number;
  /** bytes of the uncompressed tar stream */
  readonly tarSize: number;
  readonly tarParts: TarParts;
  /**
   * estimated bytes of the tar compressed with gzip at level 6; only if the source had it uncompressed and
   * `needsPullSize` is set
   */
  readonly gzipSize?: number;
  readonly entries: EntryTable;
  readonly anomalies: readonly Anomaly[];
}
