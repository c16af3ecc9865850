import type { FilesystemNode } from "../../image/filesystem/node.ts";
import { isExecutableMode } from "../programs/executable.ts";
import type { Place } from "./locate.ts";

/** The identity of a process for the kernel's file permissions. */
export interface Account {
  readonly uid: number;
  /** its main group and all others; null if unknown */
  readonly gids: ReadonlySet<number> | null;
}

export const root: Account = { uid: 0, gids: new Set([0]) };

/** What a process wants to do with a file, as a mode bit: 4 to read, 1 to execute. */
export type Wish = 4 | 1;

/**
 * Reports whether an account may read or execute the file that a path led to, and may search the directories
 * on the way.
 * @param account null for any account
 * @returns null if that is unknown
 */
export function mayReach(
  account: Account | null,
  { node, searched }: Place & { readonly kind: "found" },
  wish: Wish,
): boolean | null {
  const answers = [...searched.map((directory) => may(account, directory, 1)), may(account, node, wish)];
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

/**
 * Reports whether an access control list (acl(5)) on the way decides what an account may do. Lists are not
 * read, and matter neither to root nor to an owner.
 */
export function isListed(
  account: Account | null,
  { node, searched }: Place & { readonly kind: "found" },
): boolean {
  return (
    account !== null &&
    [...searched, node].some((file) => may(account, file, 4) === null && file.attributes.hasAccessList)
  );
}

/** @param path for people */
export function accessUnknown(path: string): string {
  return `An access control list decides who may use ${path}, and it was not read.`;
}

/**
 * Decides as the kernel does (credentials(7), path_resolution(7)): only the first matching class of owner,
 * group and others counts. Engines give root CAP_DAC_OVERRIDE by default, which still requires one execute bit
 * to execute a file.
 * @returns null if that is unknown, as for a file with an access control list
 */
export function may(account: Account | null, { attributes }: FilesystemNode, wish: Wish): boolean | null {
  const { mode, uid, gid, type, hasAccessList } = attributes;
  const [owner, group, others] = [6, 3, 0].map((shift) => ((mode >> shift) & wish) !== 0);
  const asRoot = wish === 4 || type === "directory" || isExecutableMode(mode);
  if (account === null) return allSame([asRoot, owner, group, others]);
  if (account.uid === 0) return asRoot;
  if (account.uid === uid) return owner ?? null;
  if (hasAccessList) return null;
  if (account.gids === null) return allSame([group, others]);
  return (account.gids.has(gid) ? group : others) ?? null;
}

function allSame(answers: readonly (boolean | undefined)[]): boolean | null {
  const [first = null] = answers;
  return answers.every((answer) => answer === first) ? first : null;
}
