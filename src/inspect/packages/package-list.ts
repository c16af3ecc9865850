import type { PackageRecord, PackageType } from "../../image/layer/content.ts";
import type { Facts } from "../examiner.ts";

/** Maximum packages of one record. The largest distributions offer as many, and nobody installs all of them. */
const maxPackages = 50_000;
/** Maximum characters of a name, a version or an architecture. */
export const maxText = 512;

/** Collects the packages that one file records. A package with the key of an earlier one replaces it. */
export class PackageList {
  readonly #type: PackageType;
  readonly #packages = new Map<string, PackageRecord>();
  #unread: string | null = null;

  constructor(type: PackageType) {
    this.#type = type;
  }

  /**
   * Adds a package, unless its texts cannot be those of a package.
   * @param key tells packages apart that may be installed beside each other
   */
  add(key: string, record: PackageRecord): void {
    const { name, version, architecture } = record;
    if (![name, version, architecture ?? name].every(isPlausible)) {
      this.miss("has a package whose name or version is empty, too long, or not printable");
    } else if (this.#packages.size === maxPackages && !this.#packages.has(key)) {
      this.miss(`records more than ${maxPackages} packages`);
    } else this.#packages.set(key, record);
  }

  /** Removes the package with the key: a later part of the record says that it is not installed. */
  delete(key: string): void {
    this.#packages.delete(key);
  }

  /**
   * Records why packages may be missing from the list. The first reason counts.
   * @param reason predicate of a sentence that begins with the file's path
   */
  miss(reason: string): void {
    this.#unread ??= reason;
  }

  facts(): Facts {
    const packages = [...this.#packages.values()];
    const unread = this.#unread === null ? {} : { unread: this.#unread };
    return { packages: [{ type: this.#type, packages, ...unread }] };
  }
}

/** No ecosystem allows white space or control characters in names and versions. */
function isPlausible(text: string): boolean {
  return text.length <= maxText && /^[!-~\u0080-\u00ff]+$/.test(text);
}
