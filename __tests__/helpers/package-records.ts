import { Buffer } from "node:buffer";
import type { PackageRecords } from "../../src/image/layer/content.ts";
import { examineContent } from "../../src/inspect/content.ts";

/** Reads what a file records of packages, as a layer's file that arrives in chunks. */
export async function packagesIn(
  path: string,
  content: string | Uint8Array,
  { chunk = 65_536 } = {},
): Promise<readonly PackageRecords[] | undefined> {
  const bytes = Buffer.from(content);
  const probe = examineContent({ path, mode: 0o644, size: bytes.length });
  for (let at = 0; at < bytes.length; at += chunk) await probe?.update(bytes.subarray(at, at + chunk));
  return probe?.finish()?.packages;
}

/** Lists packages as `name version`. */
export async function listed(
  path: string,
  content: string | Uint8Array,
  options: { readonly chunk?: number } = {},
): Promise<readonly string[] | undefined> {
  const records = await packagesIn(path, content, options);
  return records?.flatMap(({ packages }) => packages.map(({ name, version }) => `${name} ${version}`));
}
