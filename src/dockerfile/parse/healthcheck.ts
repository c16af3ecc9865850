import { checkFlags, type FlagKind, flagValues } from "./flags.ts";
import { healthcheckCommand, type Instruction } from "./instruction.ts";
import { quote, refuse } from "./refuse.ts";

const durations = ["interval", "timeout", "start-period", "start-interval"] as const;

const known: ReadonlyMap<string, FlagKind> = new Map([...durations, "retries"].map((name) => [name, "once"]));

/** nanoseconds */
const units: ReadonlyMap<string, number> = new Map([
  ["ns", 1],
  ["us", 1e3],
  ["\u00b5s", 1e3],
  ["\u03bcs", 1e3],
  ["ms", 1e6],
  ["s", 1e9],
  ["m", 60e9],
  ["h", 3600e9],
]);

/** Checks HEALTHCHECK NONE or HEALTHCHECK [flags] CMD command. */
export function checkHealthcheck({ text, json, flags, line }: Instruction): void {
  const type = /^[^\t\n\v\f\r ]*/.exec(text)?.[0].toUpperCase() ?? "";
  const command = json === undefined ? healthcheckCommand(text) : json.join("");
  const empty = json === undefined ? command === "" : json.length === 0;
  if (type === "") refuse(line, "HEALTHCHECK needs an argument");
  if (type === "NONE") {
    if (!empty) refuse(line, "HEALTHCHECK NONE takes no arguments");
    return;
  }
  checkFlags(flags, known, line);
  if (type !== "CMD") refuse(line, `${quote(type)} is not a type of HEALTHCHECK; use CMD or NONE`);
  if (empty) refuse(line, "HEALTHCHECK CMD needs a command");
  for (const name of durations) {
    for (const value of flagValues(flags, name)) checkDuration(value, line);
  }
  for (const value of flagValues(flags, "retries")) checkRetries(value, line);
}

/** Checks a duration as Go's time.ParseDuration does. It must be zero or at least one millisecond. */
function checkDuration(value: string, line: number): void {
  if (value === "") return;
  const [, sign, rest = ""] = /^([+-]?)(.*)$/s.exec(value) ?? [];
  const form = /^(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;
  if (!form.test(rest)) refuse(line, `${quote(value)} is not a duration`);
  const nanoseconds = [...rest.matchAll(/([0-9.]+)([^0-9.]+)/g)]
    .map(([, count = "", unit = ""]) => Math.trunc(Number(count) * (units.get(unit) ?? 0)))
    .reduce((sum, part) => sum + part, 0);
  if (nanoseconds > 2 ** 63) refuse(line, `the duration ${quote(value)} is too long`);
  if (nanoseconds > 0 && (sign === "-" || nanoseconds < 1e6))
    refuse(line, `the duration ${quote(value)} is less than one millisecond`);
}

function checkRetries(value: string, line: number): void {
  if (value === "") return;
  if (!/^[+-]?[0-9]+$/.test(value) || Number(value) < 0 || Number(value) > 2 ** 31 - 1) {
    refuse(line, `${quote(value)} is not a number of retries`);
  }
}
