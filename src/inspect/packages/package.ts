import type { PackageType } from "../../image/layer/content.ts";

/** A package that is installed in the final root filesystem, as its record says. Strings are UTF-8. */
export interface Package {
  readonly type: PackageType;
  /** as its own tools write it, with its group or scope */
  readonly name: string;
  /** as its own tools write it, in full */
  readonly version: string;
  /** such as amd64 or noarch; null if the type has none */
  readonly architecture: string | null;
  /** bytes that it takes, as its record says, or those of its own directory; null if neither tells */
  readonly size: number | null;
  /** absolute path of the record */
  readonly path: string;
  readonly pathBase64?: string;
  /** package URL; null if it would have to name the distribution, or a jar's group, and the image does not say it */
  readonly purl: string | null;
}

/** What is known of an image's packages. */
export interface InstalledPackages {
  /** by type, name, version and path; at most 100,000 */
  readonly packages: readonly Package[];
  /** at most 100; the last one then counts the rest */
  readonly packagesUnread: readonly UnreadPackages[];
}

/** A record of packages that was not read, or not completely. */
export interface UnreadPackages {
  /** absolute path of the record */
  readonly path: string;
  readonly pathBase64?: string;
  /** the ecosystem whose packages are not all known */
  readonly type: PackageType;
  /** why, as the predicate of a sentence that begins with the path */
  readonly detail: string;
}
