import { resolve } from "node:path";
import { type GitPlace, git, tryGit } from "./git.ts";
import type { Access, Repository } from "./repository.ts";
import { type Setting, settingForTransfer } from "./transfer-settings.ts";

/** The repository's origin, and what its own configuration needs to be reached. */
export interface Remote {
  /** absolute where it is a path; without user name and password */
  readonly url: string;
  /** a place's environment with the credentials that actions/checkout, or the user, left for this repository alone */
  readonly env: NodeJS.ProcessEnv;
}

/** Null where there is no origin. */
export async function originOf(repository: Repository): Promise<Remote | null> {
  const asked = await tryGit(repository, ["remote", "get-url", "origin"]);
  if (asked.code !== 0) return null;
  const { url, settings } = withoutCredentials(absolute(asked.stdout.trimEnd(), repository.root));
  const local = await localSettings(repository);
  const all = [...local, ...settings, ...authorization(repository.access, url, [...local, ...settings])];
  return { url, env: { ...repository.env, ...asEnvironment(all) } };
}

/** The same place for commands in a repository of our own, which must not see the user's objects. */
export function ownPlace(repository: Repository, directory: string, env: NodeJS.ProcessEnv): GitPlace {
  const { GIT_ALTERNATE_OBJECT_DIRECTORIES: _, ...own } = env;
  return { directory, env: own, isTrusted: true, signal: repository.signal };
}

/** The store of what was fetched: bare, so that it has to be named. */
export function storePlace(repository: Repository, env: NodeJS.ProcessEnv): GitPlace {
  return { ...ownPlace(repository, repository.store, env), gitDirectory: repository.store };
}

/**
 * Settings of the repository's own file and of what it includes: actions/checkout up to v5 leaves the token there as
 * `http.<url>.extraheader`, later ones in a file of `includeIf`. The user's and the system's apply anyway; given
 * twice, a header would be sent twice.
 */
async function localSettings(repository: Repository): Promise<readonly Setting[]> {
  const listed = await git(repository, ["config", "--local", "--includes", "--null", "--list"]);
  return listed.split("\0").flatMap((entry) => {
    const end = entry.indexOf("\n");
    return settingForTransfer(end < 0 ? entry : entry.slice(0, end), end < 0 ? "true" : entry.slice(end + 1));
  });
}

/** The workflow's token as actions/checkout would have left it, for its own server alone, and where nothing is left. */
function authorization(access: Access | null, url: string, known: readonly Setting[]): readonly Setting[] {
  const isLeft = known.some(([key]) => /^(?:http\..*\.extraheader|url\..*\.insteadof)$/i.test(key));
  if (access === null || isLeft || !url.startsWith(`${access.server}/`)) return [];
  const basic = Buffer.from(`x-access-token:${access.token}`).toString("base64");
  return [[`http.${access.server}/.extraheader`, `AUTHORIZATION: basic ${basic}`]];
}

/** Settings as environment variables (git-config(1), GIT_CONFIG_COUNT): no secret on a command line or in a file. */
function asEnvironment(settings: readonly Setting[]): NodeJS.ProcessEnv {
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(settings.length) };
}

/** A URL is written to the checkout's .git/config, which a build may copy into an image: its password is not. */
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
  // As in git: `host:path` is ssh unless a slash comes before the colon.
  const isPath = !/^[^/]*:/.test(url);
  return isPath ? resolve(root, url) : url;
}
