import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import type { Mistake, Place } from "./mistake.ts";

/** A value of a YAML document, with its place. Every scalar is its text: `20`, `true` and `5%` alike. */
export type Value = Place &
  (
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "list"; readonly items: readonly Value[] }
    | { readonly kind: "map"; readonly entries: readonly Entry[] }
    | { readonly kind: "nothing" }
  );

export interface Entry extends Place {
  readonly key: string;
  readonly value: Value;
}

export interface Document {
  readonly root: Value;
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads a YAML 1.2 document of maps, lists and texts. Anchors, aliases, merge keys and tags are mistakes: what a
 * policy asks for stands where it is read, and no text can grow by being repeated.
 */
export function readYaml(text: string): Document {
  if (text.length > maxLength) {
    return failed({
      line: 1,
      column: 1,
      message: `The file has more than ${maxLength} characters, the most that is read.`,
    });
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      version: "1.2",
      // Texts only: a policy has no numbers whose notation would matter.
      schema: "failsafe",
      uniqueKeys: true,
      prettyErrors: false,
      lineCounter: lines,
    });
    const reader = new Reader(lines);
    for (const { pos, message, code } of [...document.errors, ...document.warnings])
      reader.mistake(pos[0], messageOf(code, message));
    return { root: reader.read(document.contents, 0), mistakes: reader.mistakes };
  } catch (error) {
    // The library calls itself for each level.
    if (!(error instanceof RangeError)) throw error;
    return failed({ line: 1, column: 1, message: "The file is nested too deeply to be read." });
  }
}

/** In characters. A policy of a hundred images is a tenth of this. */
const maxLength = 100_000;

/** Levels. A policy has six. */
const maxDepth = 20;

function failed(mistake: Mistake): Document {
  return { root: { kind: "nothing", line: 1, column: 1 }, mistakes: [mistake] };
}

function messageOf(code: string, message: string): string {
  switch (code) {
    case "DUPLICATE_KEY":
      return "This key is given twice. Remove one of the two.";
    case "MULTIPLE_DOCS":
      return "The file has a second document. Remove the line ---.";
    case "TAB_AS_INDENT":
      return "A tab indents this line. Use spaces.";
    default:
      return /[.!?]$/.test(message) ? message : `${message}.`;
  }
}

class Reader {
  readonly mistakes: Mistake[] = [];
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  mistake(offset: number, message: string): void {
    this.mistakes.push({ ...this.#place(offset), message });
  }

  read(node: unknown, depth: number, at = 0): Value {
    const { range, anchor, tag } = (node ?? {}) as Partial<Node> & { anchor?: string };
    const offset = range?.[0] ?? at;
    const place = this.#place(offset);
    if (depth > maxDepth) {
      this.mistake(offset, "This is nested too deeply to be read.");
      return { kind: "nothing", ...place };
    }
    if (anchor !== undefined || isAlias(node))
      this.mistake(offset, "Anchors and aliases are not read. Write the value where it holds.");
    else if (tag !== undefined) this.mistake(offset, "Tags are not read. Write the value without it.");
    if (isMap(node))
      return { kind: "map", ...place, entries: node.items.map((pair) => this.#entry(pair, depth, offset)) };
    if (isSeq(node))
      return { kind: "list", ...place, items: node.items.map((item) => this.read(item, depth + 1, offset)) };
    const text = isScalar(node) && typeof node.value === "string" ? node.value : "";
    return text === "" ? { kind: "nothing", ...place } : { kind: "text", text, ...place };
  }

  #entry({ key, value }: Pair, depth: number, at: number): Entry {
    const name = this.read(key, depth + 1, at);
    const place = { line: name.line, column: name.column };
    const end = (key as Partial<Node> | null)?.range?.[1] ?? at;
    if (name.kind !== "text")
      this.mistakes.push({ ...place, message: "This is no key. Write a name and a colon." });
    return { key: name.kind === "text" ? name.text : "", value: this.read(value, depth + 1, end), ...place };
  }

  #place(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}
