import { Buffer } from "node:buffer";
import type { PaxRecords } from "../tar/pax.ts";
import type { EntryType, FileCapabilities, LayerEntry } from "./entry.ts";

/** What a layer reading keeps of extended attributes (xattr(7)). Most members have none. */
export type ExtendedAttributes = Pick<LayerEntry, "capabilities" | "hasAccessList">;

/**
 * Reads a member's extended attributes. Only SCHILY's records count: Go's engines set no others (moby's
 * pkg/archive, containerd's pkg/archive).
 */
export function extendedAttributesOf(records: PaxRecords, type: EntryType): ExtendedAttributes {
  if (records.size === 0 || type === "symlink") return none;
  const isFile = type === "file" || type === "hardlink";
  const capabilities = isFile ? records.get("SCHILY.xattr.security.capability") : undefined;
  const hasAccessList = accessLists.some((name) => records.has(name));
  if (!capabilities && !hasAccessList) return none;
  return {
    ...(capabilities ? { capabilities: fileCapabilities(Buffer.from(capabilities, "latin1")) } : {}),
    ...(hasAccessList ? { hasAccessList } : {}),
  };
}

const none: ExtendedAttributes = {};

/** acl(5). A directory passes its default list to files that are created in it. */
const accessLists = ["SCHILY.xattr.system.posix_acl_access", "SCHILY.xattr.system.posix_acl_default"];

/**
 * Decodes the attribute as Linux does (struct vfs_cap_data, uapi/linux/capability.h). Revision 3 also has the
 * user namespace that it counts in.
 * @returns null if Linux refuses to set it (validheader in security/commoncap.c)
 */
function fileCapabilities(value: Buffer): FileCapabilities | null {
  const revision = revisions.get(value.length);
  if (revision === undefined) return null;
  const header = value.readUInt32LE(0);
  if (header >>> 24 !== revision) return null;
  const permitted = (value.readUInt32LE(12) & knownHigh) * 2 ** 32 + value.readUInt32LE(4);
  return { permitted, isEffective: (header & 1) === 1 };
}

/** Linux ignores the bits above its last capability: CAP_CHECKPOINT_RESTORE, number 40. */
const knownHigh = 2 ** (41 - 32) - 1;

/** The revision by the length of the attribute in bytes. Linux no longer sets revision 1. */
const revisions: ReadonlyMap<number, number> = new Map([
  [20, 2],
  [24, 3],
]);
