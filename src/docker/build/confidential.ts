import { readFile, stat } from "node:fs/promises";
import { credentialsIn } from "../../secrecy/credentials.ts";
import type { Confidential } from "../../secrecy/mask.ts";
import { isCommit, isNameOfSecret, isPlain } from "../../secrecy/plain.ts";
import type { BuildDefinition } from "./definition.ts";

/**
 * What a build is given and no report may show: its secrets, keys, and what its references hold to log in with.
 *
 * A build argument counts where its name or its looks are a secret's. BuildKit fills the values of all of them into what
 * it says and keeps, and what is shown of a Dockerfile is therefore its own text; but `VERSION=1.2` and `TARGET=release`
 * stand in paths and names of images for reasons of their own, and a report that hid them would say nothing.
 * @param definition paths of files are absolute
 * @param env where `secret-envs` are looked up
 */
export async function confidentialOf(
  definition: BuildDefinition,
  env: NodeJS.ProcessEnv,
): Promise<readonly Confidential[]> {
  const { secrets, secretEnvs, secretFiles, ssh, buildArgs } = definition;
  const keys = ssh.flatMap((item) => item.split("=").slice(1)).flatMap((paths) => paths.split(","));
  const files = await Promise.all([...secretFiles.values(), ...keys].map(bytesOf));
  const given = [
    ...[...secrets.values(), ...[...secretEnvs.values()].map((name) => env[name] ?? "")].map((text) =>
      Buffer.from(text),
    ),
    ...files,
  ];
  const inside = given.flatMap((value) => credentialsIn(value.toString("utf8")));
  const references = [definition.context, ...definition.buildContexts.values(), ...buildArgs.values()];
  const caches = [...definition.cacheFrom, ...definition.cacheTo];
  return [
    ...given.map(secret),
    ...[...inside, ...[...references, ...caches].flatMap(credentialsIn)].map(secret),
    ...[...buildArgs].filter(isConfidential).map(([, value]) => ({
      value: Buffer.from(value),
      kind: "build argument" as const,
    })),
  ];
}

export function secret(value: string | Buffer): Confidential {
  return { value: Buffer.from(value), kind: "secret" };
}

function isConfidential([name, value]: readonly [string, string]): boolean {
  return isNameOfSecret(name) || !(isPlain(value.replaceAll("*", "")) || isCommit(name, value));
}

/** Bytes. BuildKit takes no larger one (session/secrets/secretsprovider, MaxSecretSize). */
const longestSecret = 500 * 1024;

/** A secret's file; empty where it is too large or cannot be read, for then the build could not read it either. */
export async function bytesOf(path: string): Promise<Buffer> {
  try {
    const file = await stat(path);
    return file.isFile() && file.size <= longestSecret ? await readFile(path) : Buffer.alloc(0);
  } catch {
    return Buffer.alloc(0);
  }
}
