import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parses a document of an image. Refuses anything that two programs could read differently: duplicate keys in
 * one object (JSON.parse takes the last, Go's encoding/json merges), endless nesting, and text that is not
 * UTF-8.
 * @param what the document's name in messages, such as "manifest"
 * @param maxSize in bytes
 * @throws Failure image-invalid, limit-exceeded
 */
export function parseJson(bytes: Uint8Array, what: string, maxSize: number): JsonObject {
  if (bytes.length > maxSize) throw tooLarge(what, maxSize);
  const value = parsed.get(bytes) ?? parse(bytes, what);
  if (!isObject(value)) throw malformed(what, "is not a JSON object");
  parsed.set(bytes, value);
  return value;
}

/**
 * Parsed documents by their bytes, which never change: an index can list the same document a thousand times.
 */
const parsed = new WeakMap<Uint8Array, JsonObject>();

/** Like `parseJson`, for a document that is a list. */
export function parseJsonList(bytes: Uint8Array, what: string, maxSize: number): readonly unknown[] {
  if (bytes.length > maxSize) throw tooLarge(what, maxSize);
  const value = parse(bytes, what);
  if (!Array.isArray(value)) throw malformed(what, "is not a JSON list");
  return value;
}

/**
 * Returns a field by name, ignoring case as Go's encoding/json does. Returns `undefined` if it is absent or
 * null.
 * @throws Failure image-invalid if two keys differ only in case
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

/** @param problem a predicate, such as "is not JSON" */
export function malformed(what: string, problem: string): Failure {
  return new Failure("image-invalid", `The image's ${what} ${problem}. Build or pull the image again.`);
}

function tooLarge(what: string, maxSize: number): Failure {
  return new Failure("limit-exceeded", `The image's ${what} is over ${maxSize} bytes.`);
}

/** Returns the value if it is a list. @throws Failure image-invalid */
export function list(value: unknown, what: string, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(what, `has a field ${JSON.stringify(name)} that is not a list`);
  return value;
}

/** Returns the value if it is a string. @throws Failure image-invalid */
export function text(value: unknown, what: string, name: string): string {
  if (typeof value !== "string")
    throw malformed(what, `has a field ${JSON.stringify(name)} that is not a string`);
  return value;
}

/**
 * Returns an object's keys and strings. A null string is empty, as in Go; so is an absent object.
 * @throws Failure image-invalid
 */
export function textMap(value: unknown, what: string, name: string): ReadonlyMap<string, string> {
  if (value === undefined) return new Map();
  if (!isObject(value)) throw malformed(what, `has a field ${JSON.stringify(name)} that is not an object`);
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
/** `[` and `{`, and `]` and `}`, differ in one bit. */
const [opening, closing] = [0x5b, 0x5d];

/**
 * Limits values and nesting before anything is allocated for them. Leaves invalid JSON to the parser.
 * @throws Failure limit-exceeded
 */
export function checkAmount(bytes: Uint8Array, what: string): void {
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

/** Checks for duplicate keys. The text is valid JSON: quotes are paired, so the pattern never backtracks. */
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

const cache = new WeakMap<JsonObject, ReadonlyMap<string, readonly string[]>>();

/**
 * Returns an object's keys by their folded form. Cached: untrusted objects may have many keys, and many
 * fields are read.
 */
function keysByFold(object: JsonObject): ReadonlyMap<string, readonly string[]> {
  const cached = cache.get(object);
  if (cached !== undefined) return cached;
  const keys = Map.groupBy(Object.keys(object), fold);
  cache.set(object, keys);
  return keys;
}

/** Folds case as Go does, by Unicode: the Kelvin sign is a k, and the long s is an s. */
function fold(key: string): string {
  return key.replaceAll("\u212a", "k").replaceAll("\u017f", "s").toLowerCase();
}
