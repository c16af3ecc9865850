import { CsvError, parse } from "csv-parse/sync";
import { quote, refuse } from "./refuse.ts";

/** The source of a `RUN --mount`. */
export interface MountSource {
  /** as written; null if absent, which BuildKit takes for scratch */
  readonly from: string | null;
  readonly cache: boolean;
}

/**
 * Refuses what BuildKit refuses in a `--mount` before anything is expanded. It checks the other keys only
 * when it builds the stage.
 * @param value what follows `--mount=`
 */
export function checkMount(value: string, line: number): void {
  for (const [key, from] of fieldsOf(value, line)) {
    const dollar = key === "from" && from !== null ? from.indexOf("$") : -1;
    if (dollar !== -1 && dollar !== (from ?? "").length - 1) {
      refuse(
        line,
        "variables are not expanded in the from of a mount; name a stage with FROM and use that name",
      );
    }
  }
}

/**
 * Refuses what BuildKit refuses in a `--mount` when it builds the stage. Values with variables are not
 * checked: only the build knows them.
 * @param value what follows `--mount=`
 * @param inRoot whether the command runs in the root directory, as far as the Dockerfile shows
 */
export function checkBuiltMount(value: string, line: number, inRoot: boolean, expand: Expand): void {
  const given = new Map<string, string>();
  const reject = (what: string) => refuse(line, `the mount ${quote(value)} ${what}`);
  let type: string | null = "bind";
  for (const [key, text, field] of fieldsOf(value, line)) {
    const name = aliases.get(key) ?? key;
    const written = text === null ? "" : expand(text);
    if (!mountKeys.has(name)) reject(`has the unknown key ${quote(key)}`);
    if (text === null && !mountSwitches.has(name)) reject(`has the field ${quote(field)} without a value`);
    given.set(name, written ?? unknownValue);
    if (name === "type") {
      type = written?.toLowerCase() ?? null;
      if (type !== null && !mountTypes.has(type)) reject(`has the unknown type ${quote(type)}`);
    }
    // A mount of unknown type cannot be checked any further.
    if (type !== null) checkMountKey(name, written, type, reject);
  }
  if (type !== null) checkMountWhole(given, type, inRoot, reject);
}

/** Returns the value of a word. Null if it depends on variables. */
export type Expand = (word: string) => string | null;

type Reject = (what: string) => never;

/** Represents a value that only the build knows. */
const unknownValue = "\0";

const mountTypes = new Set(["bind", "cache", "tmpfs", "secret", "ssh"]);
const mountSwitches = new Set(["readonly", "readwrite", "required"]);
const mountKeys = new Set([
  ...["type", "from", "source", "target", "readonly", "readwrite", "required", "size"],
  ...["id", "sharing", "mode", "uid", "gid", "env"],
]);
const aliases: ReadonlyMap<string, string> = new Map([
  ["src", "source"],
  ["dst", "target"],
  ["destination", "target"],
  ["ro", "readonly"],
  ["rw", "readwrite"],
]);

/** @param value null if only the build knows it */
function checkMountKey(key: string, value: string | null, type: string, reject: Reject): void {
  const isSecret = type === "secret" || type === "ssh";
  if (key === "required" && !isSecret) reject("cannot be required");
  if (key === "size" && type !== "tmpfs") reject("has a size, which only tmpfs may have");
  if (value === null) return;
  if (mountSwitches.has(key) && value !== "" && !isBoolean(value))
    reject(`has a value of ${key} that is neither true nor false`);
  if (key === "size" && !/^[0-9.]/.test(value)) reject("has a size that is not a number");
  if (key === "sharing" && !["shared", "private", "locked"].includes(value.toLowerCase())) {
    reject("has a sharing that is not shared, private or locked");
  }
  if (key === "mode" && !isNumber(value, /^[0-7]+$/, 8)) reject("has a mode that is not octal");
  if ((key === "uid" || key === "gid") && !isNumber(value, /^[0-9]+$/, 10))
    reject(`has a ${key} that is not a number`);
}

function checkMountWhole(
  given: ReadonlyMap<string, string>,
  type: string,
  inRoot: boolean,
  reject: Reject,
): void {
  const has = (key: string) => (given.get(key) ?? "") !== "";
  const isSecret = type === "secret";
  if (!isSecret && type !== "ssh" && type !== "cache") {
    for (const key of ["mode", "uid", "gid"])
      if (given.has(key)) reject(`has a ${key}, which its type does not allow`);
  }
  if (has("sharing") && type !== "cache") reject("has a sharing, which only a cache may have");
  if (isSecret && has("from")) reject("is a secret, which cannot come from a stage");
  if (isSecret && !has("source") && !has("target") && !has("id")) reject("names no secret");
  if (isSecret && has("source") && has("id")) reject("has both a source and an id");
  if (type === "ssh" && has("source")) reject("has a source, which type ssh does not allow");
  if (isSecret || type === "ssh") return;
  const target = given.get("target") ?? "";
  if (target === "" && inRoot) reject("needs a target");
  if (target === "/") reject("would hide the root directory");
}

/** Go's strconv.ParseUint for 32 bits. */
function isNumber(text: string, form: RegExp, radix: number): boolean {
  return form.test(text) && Number.parseInt(text, radix) < 2 ** 32;
}

/**
 * Refuses what BuildKit refuses in a `--device`.
 * @param value what follows `--device=`
 */
export function checkDevice(value: string, line: number): void {
  let name = "";
  for (const [key, text, field] of fieldsOf(value, line)) {
    if (key === "required") {
      if (text !== null && !isBoolean(text)) refuse(line, `${quote(text)} is neither true nor false`);
    } else if (key === "name" && text !== null) {
      if (name !== "") refuse(line, "a device has only one name");
      name = text;
    } else {
      if (name !== "") refuse(line, `${quote(field)} is not a property of a device`);
      name = field;
    }
  }
}

/** Returns the source of a mount that was checked before. */
export function mountSource(value: string, line: number): MountSource {
  const fields = fieldsOf(value, line);
  const last = (name: string) => fields.findLast(([key, text]) => key === name && text !== null)?.[1] ?? "";
  return { from: last("from") || null, cache: last("type").toLowerCase() === "cache" };
}

type Field = readonly [key: string, value: string | null, field: string];

function fieldsOf(value: string, line: number): readonly Field[] {
  return csvLine(value, line).map((field) => {
    const at = field.indexOf("=");
    return at === -1
      ? [field.toLowerCase(), null, field]
      : [field.slice(0, at).toLowerCase(), field.slice(at + 1), field];
  });
}

function csvLine(value: string, line: number): readonly string[] {
  try {
    const [fields] = parse(value, { record_delimiter: "\n" }) as string[][];
    if (fields !== undefined) return fields;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
  }
  return refuse(line, `${quote(value)} is not a list of comma-separated values`);
}

/** Go's strconv.ParseBool. */
function isBoolean(text: string): boolean {
  return ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"].includes(text);
}
