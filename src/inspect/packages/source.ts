import type { PackageType } from "../../image/layer/content.ts";
import type { BytePath } from "../../image/path.ts";
import type { Examiner } from "../examiner.ts";

/** One way in which it is recorded that packages are installed. */
export interface PackageSource {
  readonly type: PackageType;
  /**
   * the files, or the directories of files, that are the record; empty if any file may be one, wherever it is
   */
  readonly places: readonly BytePath[];
  /** reads a record into `Content.packages`, also if nothing is installed or the record is damaged */
  readonly examine: Examiner;
}
