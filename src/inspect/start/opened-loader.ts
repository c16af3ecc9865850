import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { ElfFacts } from "../../image/layer/content.ts";
import type { BytePath } from "../../image/path.ts";
import type { LoadRequest } from "./loading.ts";
import type { LoadingRecord } from "./loading-record.ts";
import type { Reach } from "./reach.ts";

/** A program and its dynamic loader, both of which the kernel has opened. */
export interface OpenedLoader {
  readonly request: LoadRequest;
  /** the program's facts */
  readonly elf: ElfFacts;
  /** PT_INTERP */
  readonly requested: BytePath;
  readonly loader: { readonly node: FilesystemNode; readonly elf: ElfFacts };
  readonly reach: Reach;
  readonly record: LoadingRecord;
  /** Returns an environment variable as bytes; null if it is unset or empty. */
  readonly variable: (name: string) => BytePath | null;
}
