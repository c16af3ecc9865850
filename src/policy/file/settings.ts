import { type PolicyKey, parseSetting, policyKeys } from "../keys.ts";
import type { SettingType } from "../setting.ts";
import { unknownKey } from "./map-reader.ts";
import { attempt, type Mistake } from "./mistake.ts";
import type { Value } from "./yaml.ts";

/** What a file sets. */
export type Settings = ReadonlyMap<PolicyKey, Setting>;

/** A setting as the file has it, with its line. */
export interface Setting {
  readonly text: string;
  /** 1-based */
  readonly line: number;
}

/** Reads the settings of a policy. Each is parsed, so that mistakes show here. */
export function readSettings(map: Extract<Value, { kind: "map" }> | null, mistakes: Mistake[]): Settings {
  const settings: [PolicyKey, Setting][] = [];
  for (const { key, value, line, column } of map?.entries ?? []) {
    const type = policyKeys.get(key as PolicyKey);
    if (type === undefined) {
      mistakes.push({ line, column, message: unknownKey(key, [...policyKeys.keys()]) });
      continue;
    }
    const text = textOf(value, type);
    if (text === null) {
      mistakes.push({ line: value.line, column: value.column, message: shapeMessage(key, type) });
      continue;
    }
    const setting = attempt(value, mistakes, () => {
      parseSetting(key as PolicyKey, text);
      return { text, line };
    });
    if (setting !== null) settings.push([key as PolicyKey, setting]);
  }
  return new Map(settings);
}

/** Writes a value as the inputs of a workflow have it: a list is one item a line. Null: it has another form. */
function textOf(value: Value, { form }: SettingType<unknown>): string | null {
  switch (value.kind) {
    case "text":
      return value.text.trim();
    case "list":
      return form === "list"
        ? joined(value.items.map((item) => (item.kind === "text" ? item.text : null)))
        : null;
    case "map":
      return form === "map"
        ? joined(
            value.entries.map(({ key, value: each }) =>
              each.kind === "text" ? `${key}: ${each.text}` : null,
            ),
          )
        : null;
    case "nothing":
      return null;
  }
}

function joined(lines: readonly (string | null)[]): string | null {
  return lines.includes(null) ? null : lines.join("\n");
}

function shapeMessage(key: string, { form }: SettingType<unknown>): string {
  if (form === "list") return `${key} needs a list: lines that begin with a dash.`;
  if (form === "map") return `${key} needs a map: lines of a name, a colon and a value.`;
  return `${key} needs one value.`;
}
