import { resolve } from "node:path";
import { type GitPlace, git, tryGit } from "./git.ts";
import type { Access, Repository } from "./repository.ts";
import { type Setting, settingForTransfer } from "./transfer-settings.ts";

/** The repository's origin and what is needed to reach it. */
export interface Remote {
  /** without user name and password; absolute if it is a path */
  readonly url: string;
  /** the environment with the credentials that actions/checkout or the user configured for this repository */
  readonly env: NodeJS.ProcessEnv;
}

/** Returns the repository's origin. Null if there is none. */
export async function originOf(repository: Repository): Promise<Remote | null> {
  const answer = await tryGit(repository, ["remote", "get-url", "origin"]);
  if (answer.code !== 0) return null;
  const { url, settings } = withoutCredentials(absolute(answer.stdout.trimEnd(), repository.root));
  const local = await localSettings(repository);
  const all = [...local, ...settings, ...authorization(repository.access, url, [...local, ...settings])];
  return { url, env: { ...repository.env, ...asEnvironment(all) } };
}

/** Returns a place for commands in a repository of our own, which must not see the user's objects. */
export function ownPlace(repository: Repository, directory: string, env: NodeJS.ProcessEnv): GitPlace {
  const { GIT_ALTERNATE_OBJECT_DIRECTORIES: _, ...own } = env;
  return { directory, env: own, isTrusted: true, signal: repository.signal };
}

/** Returns the store of fetched commits. It is bare, so git needs its path. */
export function storePlace(repository: Repository, env: NodeJS.ProcessEnv): GitPlace {
  return { ...ownPlace(repository, repository.store, env), gitDirectory: repository.store };
}

/**
 * Returns the settings of the repository's own configuration file and of its includes. Up to v5,
 * actions/checkout stores the token there as `http.<url>.extraheader`, later versions in a file of
 * `includeIf`. The user's and the system's settings apply anyway, and a header that is set twice would be
 * sent twice.
 */
async function localSettings(repository: Repository): Promise<readonly Setting[]> {
  const listed = await git(repository, ["config", "--local", "--includes", "--null", "--list"]);
  return listed.split("\0").flatMap((entry) => {
    const end = entry.indexOf("\n");
    return settingForTransfer(end < 0 ? entry : entry.slice(0, end), end < 0 ? "true" : entry.slice(end + 1));
  });
}

/** Returns the workflow's token as actions/checkout stores it, for its own server and if none is stored. */
function authorization(access: Access | null, url: string, known: readonly Setting[]): readonly Setting[] {
  const isStored = known.some(([key]) => /^(?:http\..*\.extraheader|url\..*\.insteadof)$/i.test(key));
  if (access === null || isStored || !url.startsWith(`${access.server}/`)) return [];
  const basic = Buffer.from(`x-access-token:${access.token}`).toString("base64");
  return [[`http.${access.server}/.extraheader`, `AUTHORIZATION: basic ${basic}`]];
}

/** Returns settings as variables (git-config(1), GIT_CONFIG_COUNT): no secret is in a file or an argument. */
function asEnvironment(settings: readonly Setting[]): NodeJS.ProcessEnv {
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(settings.length) };
}

/** Removes the password from a URL. A build may copy .git/config, where the URL is written, into an image. */
function withoutCredentials(url: string): { readonly url: string; readonly settings: readonly Setting[] } {
  const match = /^(https?:\/\/)([^/@]*@)([^/]*\/)(.*)$/.exec(url);
  if (match === null) return { url, settings: [] };
  const [, scheme = "", user = "", host = "", path = ""] = match;
  return {
    url: scheme + host + path,
    settings: [[`url.${scheme}${user}${host}.insteadof`, scheme + host]],
  };
}

function absolute(url: string, root: string): string {
  // As in git, `host:path` is SSH unless a slash precedes the colon.
  const isPath = !/^[^/]*:/.test(url);
  return isPath ? resolve(root, url) : url;
}
