import { shortestForm } from "./forms.ts";
import { isNameOfSecret, isPlain } from "./plain.ts";

/**
 * Credentials inside a text that is none as a whole: users and passwords in URLs, headers that authorize, what Docker's
 * config.json and attributes such as `token=` hold.
 */
export function credentialsIn(text: string): readonly string[] {
  return [
    ...[...text.matchAll(userInfo)].flatMap(([, user = "", password]) =>
      password === undefined ? tokens(user) : [password, decoded(password)],
    ),
    ...[...text.matchAll(authorization)].flatMap(([, value = ""]) => [value, ...passwordIn(value)]),
    ...[...text.matchAll(ofDocker)].flatMap(([, value = ""]) => [value, ...passwordIn(value)]),
    ...[...text.matchAll(attribute)].flatMap(([, name = "", value = ""]) =>
      isNameOfSecret(name) ? [value] : [],
    ),
  ].filter((value) => value.length >= shortestForm);
}

/** `https://user:password@host`, and `https://token@host` */
const userInfo = /:\/\/([^/\s:@"']+)(?::([^/\s@"']*))?@/g;
const authorization = /\b(?:basic|bearer)\s+([\w+/.~=-]{8,})/gi;
const ofDocker = /"(?:auth|password|identitytoken|registrytoken)"\s*:\s*"([^"]+)"/g;
/** As in `type=s3,secret_access_key=…`. */
const attribute = /\b([\w-]+)=([^,\s"']+)/g;

/** `git@` is no token. */
function tokens(user: string): readonly string[] {
  return isPlain(user) ? [] : [user, decoded(user)];
}

/** `user:password` in base64. */
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
