import { closest } from "fastest-levenshtein";
import { attempt, type Mistake } from "./mistake.ts";
import type { Entry, Value } from "./yaml.ts";

/** Reads a map with known keys. Adds a mistake for each unknown key, and for each value of another kind. */
export class MapReader {
  readonly #value: Value;
  readonly #mistakes: Mistake[];
  readonly #entries: ReadonlyMap<string, Entry>;

  /** @param what names the map at the begin of a sentence */
  constructor(value: Value, mistakes: Mistake[], what: string, keys: readonly string[]) {
    this.#value = value;
    this.#mistakes = mistakes;
    const entries = value.kind === "map" ? value.entries : [];
    this.#entries = new Map(entries.map((entry) => [entry.key, entry]));
    if (value.kind !== "map" && mistakes.length === 0)
      this.mistake(`${what} is to be a map with ${listed(keys)}.`);
    for (const { key, line, column } of entries) {
      if (!keys.includes(key) && key !== "") mistakes.push({ line, column, message: unknownKey(key, keys) });
    }
  }

  /** Adds a mistake at a key's value, or at the map. */
  mistake(message: string, key?: string): void {
    const { line, column } = this.#entries.get(key ?? "")?.value ?? this.#value;
    this.#mistakes.push({ line, column, message });
  }

  /** Returns a text; null if the key is missing. */
  text(key: string): string | null {
    const value = this.#entries.get(key)?.value;
    if (value === undefined) return null;
    if (value.kind === "text") return value.text.trim();
    this.mistake(`${key} needs a text.`, key);
    return null;
  }

  /** Returns what a parser makes of a text; null if the key is missing, or the text is a mistake. */
  parsed<T>(key: string, parse: (text: string) => T): T | null {
    const text = this.text(key);
    const place = this.#entries.get(key)?.value ?? this.#value;
    return text === null ? null : attempt(place, this.#mistakes, () => parse(text));
  }

  /** Returns a map; null if the key is missing or empty. */
  map(key: string): Extract<Value, { kind: "map" }> | null {
    const value = this.#entries.get(key)?.value;
    if (value === undefined || value.kind === "nothing") return null;
    if (value.kind === "map") return value;
    this.mistake(`${key} needs a map: lines of a name, a colon and a value, each indented.`, key);
    return null;
  }

  /** Returns the items of a list; empty if the key is missing. */
  list(key: string): readonly Value[] {
    const value = this.#entries.get(key)?.value;
    if (value === undefined || value.kind === "nothing") return [];
    if (value.kind === "list") return value.items;
    this.mistake(`${key} needs a list: lines that begin with a dash.`, key);
    return [];
  }

  /**
   * Returns the texts of a list; null if the key is missing.
   * @param check throws Failure for a text that is a mistake
   */
  texts(key: string, check: (text: string) => unknown): readonly string[] | null {
    if (!this.#entries.has(key)) return null;
    return this.list(key).flatMap((item) => {
      if (item.kind === "text") {
        attempt(item, this.#mistakes, () => check(item.text));
        return [item.text];
      }
      this.#mistakes.push({ line: item.line, column: item.column, message: `${key} needs texts.` });
      return [];
    });
  }
}

/** Says that a key does not exist, and which one was probably meant. */
export function unknownKey(key: string, keys: readonly string[]): string {
  if (key === "<<") return "Merge keys are not read. Write each key where it holds.";
  return `There is no key "${key}" here. Did you mean "${closest(key, [...keys])}"?`;
}

function listed(keys: readonly string[]): string {
  return keys.length === 1
    ? `the key ${keys[0]}`
    : `the keys ${keys.slice(0, -1).join(", ")} and ${keys.at(-1)}`;
}
