import type { PackageType } from "../../image/layer/content.ts";
import type { Distribution } from "./distribution.ts";
import { unknownVersion } from "./go-modules.ts";
import type { Package } from "./package.ts";

/**
 * Returns the package URL of a package (ECMA-427, and its types' definitions).
 * @returns null if the type requires a distribution, and the image does not say which one it is; or a group, and
 *   the jar does not say it
 */
export function purlOf(
  { type, name, version, architecture }: Pick<Package, "type" | "name" | "version" | "architecture">,
  distribution: Distribution | null,
): string | null {
  switch (type) {
    case "deb":
    case "apk":
      return (
        distribution &&
        assemble(type, [distribution.id, name.toLowerCase()], version, {
          arch: architecture,
          distro: distroOf(distribution),
        })
      );
    case "rpm": {
      const [epoch, rest] = version.includes(":") ? version.split(":", 2) : [null, version];
      return (
        distribution &&
        assemble(type, [vendorOf(distribution), name], rest ?? "", {
          arch: architecture,
          distro: distroOf(distribution),
          epoch,
        })
      );
    }
    case "pypi":
      return assemble(type, [normalizedName(name)], version);
    case "maven":
      return name.includes(":") ? assemble(type, name.split(":"), version) : null;
    case "golang":
      return assemble(type, name.toLowerCase().split("/"), version === unknownVersion ? "" : version);
    case "npm":
      return assemble(type, name.toLowerCase().split("/"), version);
    default:
      return assemble(type, [name], version);
  }
}

/** Returns the name by which Python packages are compared (PEP 503). */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** As scanners write it: `debian-12` */
function distroOf({ id, version }: Distribution): string {
  return version === null ? id : `${id}-${version}`;
}

/** Red Hat's own package URLs name the vendor. */
function vendorOf({ id }: Distribution): string {
  return id === "rhel" ? "redhat" : id;
}

function assemble(
  type: PackageType,
  path: readonly string[],
  version: string,
  qualifiers: Readonly<Record<string, string | null | undefined>> = {},
): string {
  const list = Object.entries(qualifiers)
    .filter((entry): entry is [string, string] => typeof entry[1] === "string")
    .map(([key, value]) => `${key}=${encoded(value)}`);
  const query = list.length === 0 ? "" : `?${list.join("&")}`;
  return `pkg:${type}/${path.map(encoded).join("/")}${version === "" ? "" : `@${encoded(version)}`}${query}`;
}

/** Percent-encodes everything but letters, digits, `.`, `-`, `_`, `~` and `:` (ECMA-427, 5.4). */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
}
