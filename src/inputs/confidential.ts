import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { bytesOf, confidentialOf, secret } from "../docker/build/confidential.ts";
import { credentialsIn } from "../secrecy/credentials.ts";
import { type Confidential, lastMaskOf, type Mask, maskOf } from "../secrecy/mask.ts";
import { isNameOfSecret, isPlain } from "../secrecy/plain.ts";
import type { Inputs } from "./inputs.ts";

/** How a run keeps its secrets. */
export interface Secrecy {
  /** for what strangers wrote, before anything is made of it */
  readonly mask: Mask;
  /** for everything that leaves, at last */
  readonly last: Mask;
}

/**
 * Finds out what no report of this run may show: what its build is given, the workflow's token, what Docker and git log
 * in with, and variables whose names say that they are secrets.
 * @param directory that the inputs' paths are relative to
 */
export async function secrecyOf(
  { build, report }: Pick<Inputs, "build" | "report">,
  env: NodeJS.ProcessEnv,
  directory: string,
): Promise<Secrecy> {
  const secretFiles = new Map([...build.secretFiles].map(([id, path]) => [id, resolve(directory, path)]));
  const ssh = build.ssh.map((item) => item.replace(/(?<==|,)[^,]+/g, (path) => resolve(directory, path)));
  return secrecyAbout([
    ...(await confidentialOf({ ...build, secretFiles, ssh }, env)),
    ...(report.token === null ? [] : [secret(report.token)]),
    ...(await credentialsAround(env, directory)).map(secret),
  ]);
}

/** Where the inputs cannot be understood: whatever stands behind an `=` in those that hold secrets. */
export function secrecyOfTexts(texts: ReadonlyMap<string, string>, env: NodeJS.ProcessEnv): Secrecy {
  const lines = ["secrets", "build-args"].flatMap((name) => texts.get(name)?.split("\n") ?? []);
  const values = lines.map((line) => line.slice(line.indexOf("=") + 1)).filter((value) => value.length >= 4);
  const token = texts.get("github-token");
  return secrecyAbout([...values, ...(token ? [token] : []), ...namedSecrets(env)].map(secret));
}

function secrecyAbout(confidential: readonly Confidential[]): Secrecy {
  return { mask: maskOf(confidential), last: lastMaskOf(confidential) };
}

async function credentialsAround(env: NodeJS.ProcessEnv, directory: string): Promise<readonly string[]> {
  const home = env["HOME"] || homedir();
  const docker = join(env["DOCKER_CONFIG"] || join(home, ".docker"), "config.json");
  const places = [docker, join(directory, ".git", "config"), ...ofHome.map((name) => join(home, name))];
  const files = await Promise.all(places.map(textOf));
  const included = await Promise.all(files.flatMap(includedIn).map(textOf));
  const texts = [...files, ...included, env["DOCKER_AUTH_CONFIG"] ?? ""];
  const proxies = Object.entries(env).flatMap(([name, value]) =>
    /_proxy$/i.test(name) ? [value ?? ""] : [],
  );
  return [...[...texts, ...proxies].flatMap(credentialsIn), ...namedSecrets(env)].filter(isTelling);
}

async function textOf(path: string): Promise<string> {
  return (await bytesOf(path)).toString("utf8");
}

/** Files that git's configuration includes: since its version 6 actions/checkout keeps the token in one. */
function includedIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s*path\s*=\s*"?(\/[^"\n]+)/gm)].map(([, path = ""]) => path);
}

/** Where git, and whatever fetches with curl, log in with. */
const ofHome = [".netrc", ".git-credentials"] as const;

function namedSecrets(env: NodeJS.ProcessEnv): readonly string[] {
  return Object.entries(env).flatMap(([name, value = ""]) =>
    isNameOfSecret(name) && isTelling(value) && !isPlain(value) ? [value] : [],
  );
}

/** Nobody gave these as secrets, so that a short one is more likely something else. */
function isTelling(value: string): boolean {
  return value.length >= 8;
}
