import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parses a document of an image, refusing what two programs could read differently: a key that comes twice in one
 * object (JSON.parse takes the last, Go's encoding/json merges), nesting without end, text that is not UTF-8.
 * @param what the document's name in messages, such as "manifest"
 * @throws Failure image-invalid, limit-exceeded
 */
export function parseJson(bytes: Uint8Array, what: string, most: number): JsonObject {
  if (bytes.length > most) throw new Failure("limit-exceeded", `The image's ${what} is over ${most} bytes.`);
  const value = parsed.get(bytes) ?? parse(bytes, what);
  if (!isObject(value)) throw malformed(what, "is not a JSON object");
  parsed.set(bytes, value);
  return value;
}

/** Documents that were parsed, by their bytes, which nobody changes: an index can name the same one a thousand times. */
const parsed = new WeakMap<Uint8Array, JsonObject>();

/** As `parseJson`, for a document that is a list. */
export function parseJsonList(bytes: Uint8Array, what: string, most: number): readonly unknown[] {
  if (bytes.length > most) throw new Failure("limit-exceeded", `The image's ${what} is over ${most} bytes.`);
  const value = parse(bytes, what);
  if (!Array.isArray(value)) throw malformed(what, "is not a JSON list");
  return value;
}

/**
 * A field, by the name that Go's encoding/json would fill it from: in any case. `undefined` where it is absent or null.
 * @throws Failure image-invalid where two keys differ in case only
 */
export function field(object: JsonObject, name: string, what: string): unknown {
  const keys = keysByFold(object).get(fold(name)) ?? [];
  if (keys.length > 1) throw malformed(what, `has the field ${JSON.stringify(name)} more than once`);
  const [key] = keys;
  return key === undefined ? undefined : (object[key] ?? undefined);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function malformed(what: string, how: string): Failure {
  return new Failure("image-invalid", `The image's ${what} ${how}; build or pull the image again.`);
}

/** The value, if it is a list. @throws Failure image-invalid */
export function list(value: unknown, what: string, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(what, `has no list ${JSON.stringify(name)}`);
  return value;
}

/** The value, if it is text. @throws Failure image-invalid */
export function text(value: unknown, what: string, name: string): string {
  if (typeof value !== "string") throw malformed(what, `has a field ${JSON.stringify(name)} that is no text`);
  return value;
}

/** The value's keys and texts, null being an empty one as to Go; empty where it is absent. @throws Failure image-invalid */
export function textMap(value: unknown, what: string, name: string): ReadonlyMap<string, string> {
  if (value === undefined) return new Map();
  if (!isObject(value)) throw malformed(what, `has a field ${JSON.stringify(name)} that is no object`);
  return new Map(Object.entries(value).map(([key, item]) => [key, text(item ?? "", what, name)]));
}

function parse(bytes: Uint8Array, what: string): unknown {
  checkAmount(bytes, what);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    checkKeys(text, what);
    return value;
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw malformed(what, "is not JSON");
  }
}

const quote = 0x22;
const backslash = 0x5c;
const [comma, colon] = [0x2c, 0x3a];
/** `[` and `{`, `]` and `}`: they differ in one bit */
const [opening, closing] = [0x5b, 0x5d];

/** Counts values and nesting before anything is made of them. What is no JSON is for its parser to say. */
function checkAmount(bytes: Uint8Array, what: string): void {
  let values = 1;
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      at++;
      while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
    } else if (byte === comma || byte === colon) values++;
    else if ((byte & ~0x20) === opening) depth++;
    else if ((byte & ~0x20) === closing) depth--;
    if (depth > limits.jsonDepth)
      throw new Failure("limit-exceeded", `The image's ${what} is nested too deeply.`);
  }
  if (values > limits.jsonValues)
    throw new Failure("limit-exceeded", `The image's ${what} has over ${limits.jsonValues} keys and values.`);
}

/** Walks the strings and brackets of a text that is JSON: every quote has its partner, so the pattern never backtracks. */
function checkKeys(text: string, what: string): void {
  const open: (Set<string> | null)[] = [];
  let last = "";
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/gs)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") checkKey(open.at(-1), JSON.parse(last), what);
    else last = token;
  }
}

function checkKey(keys: Set<string> | null | undefined, key: string, what: string): void {
  if (keys?.has(key)) throw malformed(what, `has the key ${JSON.stringify(key)} twice in one object`);
  keys?.add(key);
}

const known = new WeakMap<JsonObject, ReadonlyMap<string, readonly string[]>>();

/** An object's keys by what they are in any case: made once, since a stranger can write many keys and each field is asked for. */
function keysByFold(object: JsonObject): ReadonlyMap<string, readonly string[]> {
  const before = known.get(object);
  if (before !== undefined) return before;
  const keys = Map.groupBy(Object.keys(object), fold);
  known.set(object, keys);
  return keys;
}

/** Go folds by Unicode: the Kelvin sign is a k, the long s an s. */
function fold(key: string): string {
  return key.replaceAll("\u212a", "k").replaceAll("\u017f", "s").toLowerCase();
}
