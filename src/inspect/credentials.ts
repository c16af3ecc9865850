import type { Buffer } from "node:buffer";
import type { ExaminedFile } from "../image/layer/content.ts";
import { type BytePath, baseOf } from "../image/path.ts";
import { type CredentialFile, credentialFileAt, type SecretKind } from "./credential-files.ts";
import type { Examination } from "./examiner.ts";
import { privateKeyIn } from "./private-key.ts";

/** In Content.markers, before the kind: the file holds a secret. */
export const secretMarker = "secret:";

/** Maximum bytes of a file that are searched. */
const maxSearched = 64 * 1024;

/**
 * Looks for credentials in small files: by the path where programs keep them, and for private keys by content. It keeps
 * only the kind, since readings outlive the run.
 */
export function examineCredentials({ path, size }: ExaminedFile, head: Buffer): Examination | null {
  const name = baseOf(path);
  const file = credentialFileAt(path, name);
  const mayHaveKey = beginsLikeKey(head) || mayBeKey(name);
  const mayBeAccount = head[0] === 0x7b && name.endsWith(".json") && head.includes('"service_account"');
  if ((file === null && !mayHaveKey && !mayBeAccount) || (file !== null && size > maxSearched)) return null;
  let text = "";
  return {
    update(chunk) {
      if (text.length < maxSearched) text += chunk.toString("latin1", 0, maxSearched - text.length);
    },
    finish() {
      const kind = kindIn(text, path, file);
      return kind === null ? null : { markers: [`${secretMarker}${kind}`] };
    },
  };
}

/** Reports whether a file of this name may hold a key after something else, such as a certificate. */
function mayBeKey(name: string): boolean {
  return endsOfKeys.has(name.slice(-4)) || name.startsWith("id_");
}

const endsOfKeys: ReadonlySet<string> = new Set([
  ".pem",
  ".key",
  ".crt",
  ".cer",
  ".pk8",
  ".ppk",
  ".asc",
  "_key",
]);

/** Few files begin so, so that few are searched. */
function beginsLikeKey(head: Buffer): boolean {
  return (
    (head[0] === 0x2d && head.toString("latin1", 0, 11) === "-----BEGIN ") ||
    (head[0] === 0x50 && head.toString("latin1", 0, 20) === "PuTTY-User-Key-File-")
  );
}

/** @param file what programs keep at the path, if anything */
function kindIn(text: string, path: BytePath, file: CredentialFile | null): SecretKind | null {
  const key = privateKeyIn(text);
  if (key !== null && /"type"\s*:\s*"service_account"/.test(text)) return "gcp-credentials";
  if (file?.holds.test(withShortLines(text))) return file.kind;
  if (key === "private-key" && /^etc\/ssh\/ssh_host_[a-z0-9]{1,20}_key$/.test(path)) return "ssh-host-key";
  return key;
}

function withShortLines(text: string): string {
  const lines = text.split("\n").map((line) => line.slice(0, maxLine));
  return lines.join("\n");
}

/** Characters of a line that patterns see. */
const maxLine = 1000;
