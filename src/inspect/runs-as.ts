import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { bytesOf } from "./bytes.ts";
import type { RunsAs } from "./inspection.ts";
import { resolveUser } from "./start/user.ts";

/**
 * Returns the account that a container starts with: that of USER, by its number in /etc/passwd.
 * @param user as in the config; null or empty means root
 * @param isHidden whether the value of a build argument may be in it; the number is then left out
 */
export function runsAsOf(user: string | null, filesystem: Filesystem, isHidden: boolean): RunsAs {
  const { account, problem, unproven } = resolveUser(bytesOf(user ?? ""), filesystem);
  if (account !== null) {
    return {
      isRoot: account.uid === 0,
      uid: isHidden ? null : account.uid,
      isInRootGroup: account.gids?.has(0) ?? null,
      unknown: null,
    };
  }
  // Engines refuse the name without an entry in /etc/passwd; other runtimes may not.
  const isNamedRoot = /^root(?::|$)/.test(user ?? "");
  const why = problem === null ? unproven : `${problem.path}: ${problem.found}`;
  return { isRoot: isNamedRoot ? true : null, uid: null, isInRootGroup: null, unknown: why };
}
