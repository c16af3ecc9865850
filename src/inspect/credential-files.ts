import type { BytePath } from "../image/path.ts";

/** What a secret in an image is. Reports show the kind and the path, never the value. */
export type SecretKind =
  | "private-key"
  | "encrypted-private-key"
  | "ssh-host-key"
  | "env-file"
  | "aws-credentials"
  | "gcp-credentials"
  | "azure-credentials"
  | "docker-credentials"
  | "kubeconfig"
  | "git-credentials"
  | "npm-token"
  | "pypi-credentials"
  | "netrc"
  | "package-registry-credentials"
  | "database-password"
  | "vault-token";

/** A file that programs keep credentials in. */
export interface CredentialFile {
  readonly kind: SecretKind;
  /** what the text has if it holds credentials, and not only settings */
  readonly holds: RegExp;
}

/** The files by the last components of their paths. No pattern backtracks far: each line is short. */
const files: readonly (CredentialFile & { readonly path: RegExp })[] = [
  {
    kind: "aws-credentials",
    path: /(?:^|\/)\.aws\/(?:credentials|config)$/,
    holds: /^[ \t]*aws_secret_access_key\s*=\s*[^\s$<]\S{15}/m,
  },
  {
    kind: "gcp-credentials",
    path: /(?:^|\/)application_default_credentials\.json$/,
    holds: /"(?:refresh_token|private_key)"\s*:\s*"[^"]/,
  },
  {
    kind: "azure-credentials",
    path: /(?:^|\/)\.azure\/(?:accessTokens\.json|msal_token_cache\.json|service_principal_entries\.json)$/,
    holds: /"(?:accessToken|refreshToken|secret|client_secret)"\s*:\s*"[^"]/,
  },
  {
    kind: "docker-credentials",
    path: /(?:^|\/)(?:\.docker\/config\.json|\.dockercfg|\.?containers\/auth\.json)$/,
    holds: /"(?:auth|identitytoken|registrytoken)"\s*:\s*"[^"]{4}/,
  },
  {
    kind: "kubeconfig",
    path: /(?:^|\/)(?:\.kube\/config|kubeconfig|[^/]{1,100}\.kubeconfig)$/,
    holds: /^[ \t]*(?:-[ \t]+)?(?:client-key-data|token|password):\s*["']?[^\s"']/m,
  },
  {
    kind: "git-credentials",
    path: /(?:^|\/)(?:\.git-credentials|\.gitconfig|\.git\/config|git\/credentials)$/,
    holds: /:\/\/[^\s/:@]{1,200}:[^\s/@]{1,300}@|\bextraheader\s*=\s*AUTHORIZATION:/i,
  },
  {
    kind: "npm-token",
    path: /(?:^|\/)\.(?:npmrc|yarnrc\.yml|yarnrc)$/,
    holds: /(?:_authToken|_auth|_password)\s*=\s*["']?[^\s"'$<]|^[ \t]*npmAuthToken:\s*["']?[^\s"'$<]/m,
  },
  {
    kind: "pypi-credentials",
    path: /(?:^|\/)(?:\.pypirc|pip\.conf|pip\/pip\.conf)$/,
    holds: /^[ \t]*password\s*[=:]\s*[^\s$<]|:\/\/[^\s/:@]{1,200}:[^\s/@$]{1,300}@/m,
  },
  { kind: "netrc", path: /(?:^|\/)[._]netrc$/, holds: /\bpassword\s+[^\s$<]/ },
  {
    kind: "package-registry-credentials",
    path: /(?:^|\/)(?:\.cargo|cargo)\/credentials(?:\.toml)?$/,
    holds: /^[ \t]*token\s*=\s*["'][^"'$<]/m,
  },
  {
    kind: "package-registry-credentials",
    path: /(?:^|\/)\.gem\/credentials$/,
    holds: /^:?[\w-]{1,100}_api_key:\s*\S/m,
  },
  {
    kind: "package-registry-credentials",
    path: /(?:^|\/)\.m2\/settings\.xml$/,
    holds: /<(?:password|passphrase)>\s*[^\s<${]/,
  },
  {
    kind: "package-registry-credentials",
    path: /(?:^|\/)(?:\.composer|composer)\/auth\.json$/,
    holds: /"(?:password|[^"]{1,100}-(?:oauth|token))"\s*:\s*[{"][^}]/,
  },
  { kind: "database-password", path: /(?:^|\/)\.pgpass$/, holds: /^[^#:\n]+(?::[^:\n]+){3}:[^\s:]/m },
  { kind: "database-password", path: /(?:^|\/)\.my\.cnf$/, holds: /^[ \t]*password\s*=\s*["']?[^\s"'$<]/m },
  { kind: "vault-token", path: /(?:^|\/)\.vault-token$/, holds: /\S{8}/ },
];

const names: ReadonlySet<string> = new Set([
  ...["credentials", "config", "application_default_credentials.json", "accessTokens.json", "config.json"],
  ...["msal_token_cache.json", "service_principal_entries.json", ".dockercfg", "auth.json", "kubeconfig"],
  ...[".git-credentials", ".gitconfig", ".npmrc", ".yarnrc", ".yarnrc.yml", ".pypirc", "pip.conf", ".netrc"],
  ...["_netrc", "credentials.toml", "settings.xml", ".pgpass", ".my.cnf", ".vault-token"],
]);

/**
 * Returns what a file's text must have to hold credentials; null if no program keeps them at its path.
 * @param name the last component of the path
 */
export function credentialFileAt(path: BytePath, name: string): CredentialFile | null {
  if (isEnvFile(name)) return { kind: "env-file", holds: secretVariable };
  if (!names.has(name) && !name.endsWith(".kubeconfig")) return null;
  return files.find((file) => file.path.test(path)) ?? null;
}

/** Reports whether a name is that of a file of variables, and not of an example of one. */
function isEnvFile(name: string): boolean {
  if (!name.endsWith(".env") && !name.startsWith(".env.")) return false;
  return !/(?:example|sample|template|dist|defaults?|schema)$/i.test(name);
}

/** An assignment whose name is a secret's and whose value is not a placeholder. */
const secretVariable =
  /^[ \t]*(?:export[ \t]+)?(?:[A-Za-z0-9]{1,40}_){0,5}(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|APIKEY|API_KEY|PRIVATE_KEY|ACCESS_KEY|SECRET_KEY|CREDENTIALS?)(?!_(?:FILE|PATH|DIR|URL|URI|NAME|TTL|ID|TYPE|HEADER|LENGTH|TIMEOUT|ENABLED|EXPIR))(?:_[A-Za-z0-9]{1,40}){0,2}[ \t]*=[ \t]*["']?(?!(?:["']|\s|$|true\b|false\b|null\b|none\b|change_?me|your[_-]|example|placeholder|xxx|dummy|test\b|todo\b|[\d.]{1,6}\s*$|[<${*]))\S/im;
