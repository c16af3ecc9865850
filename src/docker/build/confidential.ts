import { readFile, stat } from "node:fs/promises";
import { credentialsIn } from "../../secrecy/credentials.ts";
import type { Confidential } from "../../secrecy/mask.ts";
import { isCommit, isNameOfSecret, isPlain } from "../../secrecy/plain.ts";
import type { BuildDefinition } from "./definition.ts";

/**
 * Collects the values of a build that no report may show: its secrets, keys, and the credentials in its
 * references.
 *
 * A build argument counts if its name or its value looks like a secret. BuildKit expands all build arguments
 * in its output and records, so reports show the Dockerfile's own text. But values such as those of
 * `VERSION=1.2` and `TARGET=release` also occur in paths and image names for other reasons, and a report that
 * hid them would be useless.
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

/** BuildKit's own limit (session/secrets/secretsprovider, MaxSecretSize). */
const maxSecretBytes = 500 * 1024;

/** Reads a secret's file. Empty if it is too large or unreadable: then the build cannot read it either. */
export async function bytesOf(path: string): Promise<Buffer> {
  try {
    const file = await stat(path);
    return file.isFile() && file.size <= maxSecretBytes ? await readFile(path) : Buffer.alloc(0);
  } catch {
    return Buffer.alloc(0);
  }
}
