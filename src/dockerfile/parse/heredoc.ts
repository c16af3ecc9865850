import { Failure } from "../../failure.ts";
import { type LexOptions, lex } from "./lexer.ts";

/** The `<<EOF` that announces a here-document. */
export interface HeredocMarker {
  readonly name: string;
  /** `<<-`: leading tabs are not content */
  readonly chomp: boolean;
  /** the name is not quoted, so ADD and COPY expand variables in the content */
  readonly expand: boolean;
}

/** A here-document: its marker and the lines up to the end mark, with their line ends. */
export interface Heredoc extends HeredocMarker {
  readonly content: string;
}

const none: ReadonlyMap<string, string> = new Map();

/** Returns the markers in a logical line, in order. The escape character is always a backslash here. */
export function heredocMarkers(text: string): readonly HeredocMarker[] {
  if (!text.includes("<<")) return [];
  const words = wordsOf(text, { escapeToken: "\\", keepUnset: true, keepQuotes: true, keepEscapes: true });
  return words.flatMap((word) => heredocMarker(word) ?? []);
}

/** Reads a word as a marker. Null if it is none. */
export function heredocMarker(word: string): HeredocMarker | null {
  const match = /^[0-9]*<<(-?)[\t\n\f\r ]*([^<]*)$/.exec(word);
  const options = { escapeToken: "\\", keepUnset: true } as const;
  const words = wordsOf(match?.[2] ?? "", options);
  const [name] = words;
  if (words.length !== 1 || name === undefined) return null;
  const [written = ""] = wordsOf(match?.[2] ?? "", { ...options, keepQuotes: true });
  return { name, chomp: match?.[1] === "-", expand: quotesIn(name) === quotesIn(written) };
}

function quotesIn(word: string): number {
  return word.match(/['"]/g)?.length ?? 0;
}

/** Splits a text. BuildKit finds no here-document in a text that cannot be split: `RUN echo "<<EOF`. */
function wordsOf(text: string, options: LexOptions): readonly string[] {
  const fail = (what: string): never => {
    throw new Failure("dockerfile-invalid", what);
  };
  try {
    return lex(text, none, options, fail).words;
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
