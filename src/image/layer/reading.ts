import type { Digest } from "../../oci/digest.ts";
import type { Anomaly } from "./entry.ts";
import type { EntryTable } from "./entry-table.ts";

/**
 * All that is ever needed from one layer's bytes: a plain value that can be stored and keyed by diff ID, so that no layer is
 * read twice. Images are merged from readings alone.
 */
export interface LayerReading {
  /** sha256 of the uncompressed tar, computed while reading */
  readonly diffId: Digest;
  /** payload bytes of the layer's regular files, those that a later layer deletes included: the *layer size* */
  readonly size: number;
  /** bytes of the uncompressed tar stream */
  readonly tarSize: number;
  /** bytes, an estimate of the tar compressed by gzip at level 6; only where it came unpacked and that was asked for */
  readonly gzipSize?: number;
  readonly entries: EntryTable;
  readonly anomalies: readonly Anomaly[];
}
