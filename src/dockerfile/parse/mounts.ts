import { CsvError, parse } from "csv-parse/sync";
import { quote, refuse } from "./refuse.ts";

/** Where a `RUN --mount` gets its content from. */
export interface MountSource {
  /** as written; null where it names nothing, which to BuildKit is scratch */
  readonly from: string | null;
  readonly cache: boolean;
}

/**
 * Refuses what BuildKit refuses in a `--mount` before anything is expanded; the other keys wait for the build.
 * @param value what follows `--mount=`
 */
export function checkMount(value: string, line: number): void {
  for (const [key, from] of fieldsOf(value, line)) {
    const dollar = key === "from" && from !== null ? from.indexOf("$") : -1;
    if (dollar !== -1 && dollar !== (from ?? "").length - 1) {
      refuse(
        line,
        "variables are not expanded in the from of a mount; name a stage with FROM and use its name",
      );
    }
  }
}

/**
 * Refuses what BuildKit refuses in a `--mount` once it builds its stage. What holds variables is known to the build alone.
 * @param value what follows `--mount=`
 * @param inRoot the command runs in the root directory, as far as the Dockerfile says
 */
export function checkBuiltMount(value: string, line: number, inRoot: boolean, expand: Expand): void {
  const given = new Map<string, string>();
  const no = (what: string) => refuse(line, `the mount ${quote(value)} ${what}`);
  let type: string | null = "bind";
  for (const [key, text, field] of fieldsOf(value, line)) {
    const name = aliases.get(key) ?? key;
    const written = text === null ? "" : expand(text);
    if (!mountKeys.has(name)) no(`has the unknown key ${quote(key)}`);
    if (text === null && !mountSwitches.has(name)) no(`has the field ${quote(field)}, which lacks its value`);
    given.set(name, written ?? unknownValue);
    if (name === "type") {
      type = written?.toLowerCase() ?? null;
      if (type !== null && !mountTypes.has(type)) no(`is of the unknown type ${quote(type)}`);
    }
    // Where it may be a mount of any type, no more is known of it.
    if (type !== null) checkMountKey(name, written, type, no);
  }
  if (type !== null) checkMountWhole(given, type, inRoot, no);
}

/** The value of a word, null where that depends on variables. */
export type Expand = (word: string) => string | null;

type No = (what: string) => never;

/** Of a value that only the build knows. */
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

/** @param value null where only the build knows it */
function checkMountKey(key: string, value: string | null, type: string, no: No): void {
  const isSecret = type === "secret" || type === "ssh";
  if (key === "required" && !isSecret) no("cannot be required");
  if (key === "size" && type !== "tmpfs") no("has a size, which only tmpfs has");
  if (value === null) return;
  if (mountSwitches.has(key) && value !== "" && !isBoolean(value))
    no(`has a ${key} that is not true or false`);
  if (key === "size" && !/^[0-9.]/.test(value)) no("has a size that is none");
  if (key === "sharing" && !["shared", "private", "locked"].includes(value.toLowerCase())) {
    no("is shared in no known way");
  }
  if (key === "mode" && !isNumber(value, /^[0-7]+$/, 8)) no("has a mode that is not octal");
  if ((key === "uid" || key === "gid") && !isNumber(value, /^[0-9]+$/, 10))
    no(`has a ${key} that is no number`);
}

function checkMountWhole(given: ReadonlyMap<string, string>, type: string, inRoot: boolean, no: No): void {
  const has = (key: string) => (given.get(key) ?? "") !== "";
  const isSecret = type === "secret";
  if (!isSecret && type !== "ssh" && type !== "cache") {
    for (const key of ["mode", "uid", "gid"]) if (given.has(key)) no(`has a ${key}, which its type has not`);
  }
  if (has("sharing") && type !== "cache") no("is shared, which only a cache is");
  if (isSecret && has("from")) no("is a secret, which comes from no stage");
  if (isSecret && !has("source") && !has("target") && !has("id")) no("names no secret");
  if (isSecret && has("source") && has("id")) no("has both a source and an id");
  if (type === "ssh" && has("source")) no("is of SSH, which has no source");
  if (isSecret || type === "ssh") return;
  const target = given.get("target") ?? "";
  if (target === "" && inRoot) no("lacks its target");
  if (target === "/") no("would hide the root directory");
}

/** Go's strconv.ParseUint for 32 bits. */
function isNumber(text: string, form: RegExp, radix: number): boolean {
  return form.test(text) && Number.parseInt(text, radix) < 2 ** 32;
}

/** @param value what follows `--device=` */
export function checkDevice(value: string, line: number): void {
  let name = "";
  for (const [key, text, field] of fieldsOf(value, line)) {
    if (key === "required") {
      if (text !== null && !isBoolean(text)) refuse(line, `${quote(text)} is not true or false`);
    } else if (key === "name" && text !== null) {
      if (name !== "") refuse(line, "a device has one name");
      name = text;
    } else {
      if (name !== "") refuse(line, `${quote(field)} is no property of a device`);
      name = field;
    }
  }
}

/** The source of a mount whose value was checked. */
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
  return refuse(line, `${quote(value)} is no list of comma-separated values`);
}

/** Go's strconv.ParseBool. */
function isBoolean(text: string): boolean {
  return ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"].includes(text);
}
