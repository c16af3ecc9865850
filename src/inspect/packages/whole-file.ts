import { Buffer } from "node:buffer";
import type { PackageType } from "../../image/layer/content.ts";
import type { Examination } from "../examiner.ts";
import { PackageList } from "./package-list.ts";

/** A record of packages that is kept as a whole. */
export interface WholeFile {
  readonly type: PackageType;
  /** bytes of the file */
  readonly size: number;
  /** bytes; nothing is kept of a larger file */
  readonly maxSize: number;
  /** why a larger file is unread, as the predicate of a sentence that begins with its path */
  readonly tooLarge: string;
  readonly read: (bytes: Buffer, list: PackageList) => void;
}

/** Examines a record in a format that cannot be read in one pass. */
export function examineWhole({ type, size, maxSize, tooLarge, read }: WholeFile): Examination {
  const list = new PackageList(type);
  const bytes = size > maxSize ? null : Buffer.alloc(size);
  let length = 0;
  return {
    update(chunk) {
      if (bytes !== null) length += chunk.copy(bytes, length);
    },
    finish() {
      if (bytes === null) list.miss(tooLarge);
      else read(bytes.subarray(0, length), list);
      return list.facts();
    },
  };
}
