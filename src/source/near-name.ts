import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import type { ImageReference } from "./reference.ts";

/**
 * Adds to a failure of the engine what may have been meant: a file or a layout of that name. It is only
 * suggested and never read, since a pull request can add it.
 */
export async function withNearName(error: unknown, reference: ImageReference): Promise<unknown> {
  if (!(error instanceof Failure) || reference.kind !== "engine") return error;
  if (error.code !== "image-not-found" && !error.code.startsWith("engine-")) return error;
  const near = await nearName(reference.name);
  if (near === null) return error;
  const hint = `There is a file of that name: write ${near} to read it.`;
  return new Failure(error.code, `${error.message} ${hint}`, { cause: error.cause });
}

/** Returns how to write the file or layout that has an image's name; null if there is none. */
async function nearName(name: string): Promise<string | null> {
  // Skopeo's `oci:` is `oci-dir:` here.
  const [, scheme, rest = name] = /^(oci|dir):(.+)$/s.exec(name) ?? [];
  const isLayout = await isFile(join(rest.replace(/(?<=.):[^:/]*$/, ""), "oci-layout"));
  if (isLayout) return `oci-dir:${rest}`;
  if (scheme !== undefined) return null;
  return (await isFile(name)) ? `./${name}` : null;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
