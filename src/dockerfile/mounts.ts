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
