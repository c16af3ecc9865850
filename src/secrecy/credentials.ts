import { shortestForm } from "./forms.ts";
import { isNameOfSecret, isPlain } from "./plain.ts";

/**
 * Finds credentials inside a longer text: users and passwords in URLs, authorization headers, entries of
 * Docker's config.json, and values with the name of a secret.
 */
export function credentialsIn(text: string): readonly string[] {
  const found = [
    ...[...text.matchAll(userInfo)].flatMap(([, user = "", password]) =>
      password === undefined ? tokens(user) : [password, decoded(password)],
    ),
    ...[...text.matchAll(authorization)].flatMap(([, value = ""]) => [value, ...passwordIn(value)]),
    ...[...text.matchAll(dockerAuth)].flatMap(([, value = ""]) => [value, ...passwordIn(value)]),
    ...assignments.flatMap((assignment) =>
      [...text.matchAll(assignment)].flatMap(([, name = "", value = ""]) =>
        isNameOfSecret(name) ? [value] : [],
      ),
    ),
  ];
  return [...new Set(found)].filter((value) => value.length >= shortestForm && !notSecret.test(value));
}

/** Values that are not secrets. */
const notSecret = /^(?:true|false|null|none|\$\{?\w+\}?)$/i;

/** `https://user:password@host` or `https://token@host`, up to the last `@` before the path, as in git. */
const userInfo = /:\/\/([^/\s:@"']*)(?::([^/\s"']*))?@/g;
const authorization = /\b(?:basic|bearer)\s+([\w+/.~=-]{8,})/gi;
const dockerAuth = /"(?:auth|password|identitytoken|registrytoken)"\s*:\s*"([^"]+)"/g;
const assignments = [
  // As in `type=s3,secret_access_key=…`, `DB_PASSWORD="…"` and `//registry/:_authToken=…`.
  /(?<![\w-])([\w-]{1,200})\s?=\s?["']?([^,\s"']+)/g,
  // YAML and JSON.
  /(?<![\w-])([\w-]{1,200})["']?:[ \t]*["']([^"'\n]+)["']/g,
  /(?<![\w-])([\w-]{1,200}):[ \t]+([^\s"',]+)/g,
  // A .netrc, and Maven's settings.
  /\b(password)\s+([^\s"'<>]+)/g,
  /<([\w-]+)>([^<>\n]+)<\//g,
] as const;

/** Returns a user name that may be a token, unlike `git@`. */
function tokens(user: string): readonly string[] {
  return user === "" || isPlain(user) ? [] : [user, decoded(user)];
}

/** Returns the password from `user:password` in base64. */
function passwordIn(base64: string): readonly string[] {
  const text = Buffer.from(base64, "base64").toString("utf8");
  return text.includes(":") ? [text.slice(text.indexOf(":") + 1)] : [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
