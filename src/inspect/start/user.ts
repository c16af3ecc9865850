import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { textOf } from "../bytes.ts";
import { type Account, root } from "./account.ts";
import { locate } from "./locate.ts";
import type { StartProblem } from "./start.ts";

export interface ResolvedUser {
  /** null if unknown */
  readonly account: Account | null;
  /** the user or its group does not exist */
  readonly problem: StartProblem | null;
  /** why the account is unknown, as a sentence */
  readonly unproven: string | null;
}

/**
 * Resolves `name`, `uid`, `name:group`, `uid:gid` and mixtures as engines and gosu do (GetExecUser of
 * moby/sys/user). A user's name must be in /etc/passwd, and a group's name in /etc/group. Numbers need
 * neither file. So without /etc/passwd, `USER root` fails, but an image without USER starts.
 * @param user bytes; "" means root
 */
export function resolveUser(user: string, filesystem: Filesystem): ResolvedUser {
  const [name = "", ...rest] = user.split(":");
  const group = rest.join(":");
  const wrong = outOfRange(name, "/etc/passwd") ?? outOfRange(group, "/etc/group");
  if (wrong !== null) return { account: null, problem: wrong, unproven: null };
  if (name === "" && group === "") return { account: root, problem: null, unproven: null };

  const passwd = linesOf(filesystem, "etc/passwd");
  const uid = name === "" ? root.uid : numberOf(name);
  const entry = passwd.lines?.find((fields) =>
    uid === null ? fields[0] === name : goNumber(fields[2]) === uid,
  );
  if (uid === null && entry === undefined) {
    if (passwd.unread !== null) return unknown(passwd.unread);
    return missing("/etc/passwd", name, passwd.lines === null);
  }

  const groups = linesOf(filesystem, "etc/group");
  const gid = numberOf(group);
  const groupEntry = groups.lines?.find((fields) =>
    gid === null ? fields[0] === group : goNumber(fields[2]) === gid,
  );
  if (group !== "" && gid === null && groupEntry === undefined) {
    if (groups.unread !== null) return unknown(groups.unread);
    return missing("/etc/group", group, groups.lines === null);
  }
  return { account: { uid: uid ?? goNumber(entry?.[2]), gids: gids() }, problem: null, unproven: null };

  function gids(): ReadonlySet<number> | null {
    if (group !== "") return new Set([gid ?? goNumber(groupEntry?.[2])]);
    if (passwd.unread !== null || groups.unread !== null) return null;
    const further = groups.lines?.filter(
      (fields) => entry !== undefined && fields[3]?.split(",").includes(entry[0] ?? ""),
    );
    return new Set([goNumber(entry?.[3]), ...(further ?? []).map((fields) => goNumber(fields[2]))]);
  }
}

/** The largest ID that runtimes accept. The kernel accepts larger ones. */
const maxId = 2 ** 31 - 1;

function outOfRange(part: string, path: string): StartProblem | null {
  const number = numberOf(part);
  if (number === null || (number >= 0 && number <= maxId)) return null;
  return { class: "user", path, needs: textOf(part), found: `numbers range from 0 to ${maxId}` };
}

/** Parses a number as Go's strconv.Atoi does; null if it is a name. */
function numberOf(text: string): number | null {
  return /^[+-]?[0-9]+$/.test(text) ? Number(text) : null;
}

/** Parses a numeric field; 0 if it is not a number. */
function goNumber(field: string | undefined): number {
  return numberOf(field ?? "") ?? 0;
}

interface Lines {
  /** fields of each line; null if there is no such file, or its text is unknown */
  readonly lines: readonly (readonly string[])[] | null;
  /** why its text is unknown, as a sentence */
  readonly unread: string | null;
}

function linesOf(filesystem: Filesystem, path: string): Lines {
  const place = locate(filesystem, `/${path}`, "/");
  if (place.kind === "missing") return { lines: null, unread: null };
  const node = place.kind === "found" ? place.node : null;
  const text = node?.size === 0 && node.children === null ? "" : node?.attributes.content?.text;
  if (text === undefined) return { lines: null, unread: `The content of /${path} is not known.` };
  const lines = text.split("\n").map((line) => line.trim());
  return {
    lines: lines.filter((line) => line !== "").map((line) => line.split(":")),
    unread: null,
  };
}

function missing(path: string, name: string, isFileMissing: boolean): ResolvedUser {
  const found = isFileMissing ? "this image has no such file" : "the file has no such name";
  return { account: null, problem: { class: "user", path, needs: textOf(name), found }, unproven: null };
}

function unknown(unproven: string): ResolvedUser {
  return { account: null, problem: null, unproven };
}
