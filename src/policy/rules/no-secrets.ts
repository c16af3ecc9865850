import type { SecretKind } from "../../inspect/credential-files.ts";
import type { Inspection, Secret } from "../../inspect/inspection.ts";
import { type Sentence, say } from "../sentence.ts";
import { presenceRule } from "./presence.ts";

export const noSecrets = presenceRule({
  id: "no-secrets",
  about: "secrets",
  title: "No layer holds a secret",
  meaning:
    "A secret in an image is known to everyone who can pull it, also if a later layer deletes its file. The rule finds private keys by their content, and the credentials of clouds, registries, git, npm, pip and others in the files where these programs keep them, with `.env` files. Reports show the path and the kind, and never the value. Keys that packages ship in their documentation and tests do not count. A protected private key counts, and its protection is named. Files above 64 kB and archives are not searched, except for the first 64 kB of files that look like a key.",
  description:
    "Require layers without private keys, credentials and .env files: fail, warn, off, or ratchet.",
  what: "secrets",
  of: secretsOf,
  kindOf: ({ kind, path, pathBase64 }) => `${kind} ${pathBase64 ?? path}`,
  nameOf: nameOfSecret,
  advice: (secrets) => [
    say`Mount secrets with ${"RUN --mount=type=secret"}, list their files in ${".dockerignore"}, and pass them to the container when it starts. Deleting a file in a later instruction does not remove it from the image.`,
    ...(secrets.length === 0 ? [] : [say`If an image with the secret was pushed, replace the secret.`]),
  ],
});

/** Returns the secrets that are not only examples. */
export function secretsOf({ secrets }: Inspection): readonly Secret[] {
  return secrets.filter(({ isExample }) => !isExample);
}

/** `private key /app/key.pem`, `.env file /app/.env, deleted later` */
function nameOfSecret({ kind, path, isDeleted }: Secret): Sentence {
  return say`${[words[kind]]} ${path}${isDeleted ? say`, deleted later` : []}`;
}

const words: Readonly<Record<SecretKind, string>> = {
  "private-key": "private key",
  "encrypted-private-key": "private key with a passphrase",
  "ssh-host-key": "SSH host key",
  "env-file": "variables with secrets",
  "aws-credentials": "AWS credentials",
  "gcp-credentials": "Google Cloud credentials",
  "azure-credentials": "Azure credentials",
  "docker-credentials": "Docker credentials",
  kubeconfig: "Kubernetes credentials",
  "git-credentials": "git credentials",
  "npm-token": "npm token",
  "pypi-credentials": "PyPI credentials",
  netrc: "passwords in .netrc",
  "package-registry-credentials": "registry credentials",
  "database-password": "database password",
  "vault-token": "Vault token",
};
