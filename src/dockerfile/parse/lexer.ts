import { isBlank } from "./blank.ts";
import type { EscapeToken } from "./directives.ts";
import { replace, trimPrefix, trimSuffix } from "./pattern.ts";
import { expandedLimit, type Fail } from "./refuse.ts";

export interface LexOptions {
  readonly escapeToken: EscapeToken;
  /** keep quotes in the text */
  readonly keepQuotes?: boolean;
  /** treat quotes as ordinary characters */
  readonly ignoreQuotes?: boolean;
  /** keep escape characters in the text */
  readonly keepEscapes?: boolean;
  /** keep references to unset variables as written */
  readonly keepUnset?: boolean;
}

/** The variables that a text may refer to. */
export type Variables = Pick<ReadonlyMap<string, string>, "get">;

/** An expanded text, whole and split into words at unquoted blanks. */
export interface Lexed {
  readonly text: string;
  readonly words: readonly string[];
}

const maxDepth = 200;

/** Expands and splits a text as BuildKit's shell package does (reference.md, "Environment replacement"). */
export function lex(text: string, variables: Variables, options: LexOptions, fail: Fail): Lexed {
  return new Lexer(text, variables, options, fail).lex();
}

class Lexer {
  readonly #characters: readonly string[];
  readonly #variables: Variables;
  readonly #options: LexOptions;
  readonly #fail: Fail;
  #at: number;
  #depth = 0;
  #keepEscapes: boolean;
  /** the word in progress; nested texts share it and reset it, as in BuildKit */
  #word = "";

  constructor(text: string, variables: Variables, options: LexOptions, fail: Fail) {
    this.#characters = Array.from(text);
    this.#variables = variables;
    this.#options = options;
    this.#fail = fail;
    this.#keepEscapes = options.keepEscapes ?? false;
    // Go's text/scanner drops a byte-order mark at the start of any text.
    this.#at = this.#characters[0] === "\uFEFF" ? 1 : 0;
  }

  lex(): Lexed {
    return this.#until(null, this.#keepEscapes);
  }

  /** Undefined at the end of the text. */
  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #next(): string | undefined {
    return this.#characters[this.#at++];
  }

  /** Reads up to `stop` and consumes it. If `stop` is null, reads to the end of the text. */
  #until(stop: string | null, keepEscapes: boolean): Lexed {
    if (++this.#depth > maxDepth) this.#fail("substitutions are nested too deeply");
    const outerKeepEscapes = this.#keepEscapes;
    this.#keepEscapes = keepEscapes;
    this.#word = "";
    const pieces: string[] = [];
    const words: string[] = [];
    let length = 0;
    let inWord = false;
    const { ignoreQuotes = false } = this.#options;
    const add = (piece: string) => {
      length += piece.length;
      if (length > expandedLimit) this.#fail(`the expanded text is longer than ${expandedLimit} characters`);
      pieces.push(piece);
    };
    const addToWord = (text: string) => {
      this.#word += text;
      inWord = true;
    };
    const splitToWords = (text: string) => {
      for (const character of text) {
        if (!isBlank(character)) addToWord(character);
        else if (inWord && this.#word !== "") {
          words.push(this.#word);
          this.#word = "";
          inWord = false;
        }
      }
    };
    const finish = (): Lexed => {
      if (this.#word !== "") words.push(this.#word);
      this.#word = "";
      this.#keepEscapes = outerKeepEscapes;
      this.#depth--;
      return { text: pieces.join(""), words };
    };

    for (let character = this.#peek(); character !== undefined; character = this.#peek()) {
      if (character === stop) {
        this.#at++;
        return finish();
      }
      if (character === "$") {
        const value = this.#dollar();
        add(value);
        splitToWords(value);
      } else if (character === "<" || (!ignoreQuotes && (character === "'" || character === '"'))) {
        const value = this.#quoted(character as "'" | '"' | "<");
        add(value);
        addToWord(value);
      } else if (character === this.#options.escapeToken) {
        this.#at++;
        if (this.#keepEscapes) {
          add(character);
          addToWord(character);
        }
        const escaped = this.#next();
        if (escaped === undefined) break;
        add(escaped);
        addToWord(escaped);
      } else {
        this.#at++;
        add(character);
        splitToWords(character);
      }
    }
    if (stop !== null) this.#fail(`unexpected end of statement while looking for matching ${stop}`);
    return finish();
  }

  #quoted(opening: "'" | '"' | "<"): string {
    if (opening === "'") return this.#singleQuoted();
    return opening === '"' ? this.#doubleQuoted() : this.#possibleHeredoc();
  }

  /** Reads to the next single quote. Everything up to it is literal. */
  #singleQuoted(): string {
    const start = this.#at++;
    const end = this.#characters.indexOf("'", this.#at);
    if (end === -1) this.#fail("unexpected end of statement while looking for matching single-quote");
    this.#at = end + 1;
    const [from, to] = this.#options.keepQuotes ? [start, end + 1] : [start + 1, end];
    return this.#characters.slice(from, to).join("");
  }

  /** Expands variables. Only the escape character itself, `$` and the quote can be escaped. */
  #doubleQuoted(): string {
    const quote = this.#options.keepQuotes ? '"' : "";
    const pieces = [quote];
    this.#at++;
    for (let character = this.#peek(); character !== undefined; character = this.#peek()) {
      if (character === '"') {
        this.#at++;
        pieces.push(quote);
        return pieces.join("");
      }
      if (character === "$") {
        pieces.push(this.#dollar());
        continue;
      }
      this.#at++;
      if (character !== this.#options.escapeToken) {
        pieces.push(character);
        continue;
      }
      if (this.#keepEscapes) pieces.push(character);
      const following = this.#peek();
      if (following === undefined) break;
      const escapable = following === '"' || following === "$" || following === this.#options.escapeToken;
      if (escapable) this.#at++;
      pieces.push(escapable ? following : character);
    }
    return this.#fail("unexpected end of statement while looking for matching double-quote");
  }

  /** Blanks between `<<` and the name belong to the word. */
  #possibleHeredoc(): string {
    const start = this.#at++;
    if (this.#peek() !== "<") return "<";
    this.#at++;
    while (["\t", "\r", " "].includes(this.#peek() ?? "")) this.#at++;
    return this.#characters.slice(start, this.#at).join("");
  }

  #dollar(): string {
    this.#at++;
    if (this.#peek() !== "{") {
      const name = this.#name();
      return name === "" ? "$" : (this.#variables.get(name) ?? this.#unset(`$${name}`));
    }
    this.#at++;
    const first = this.#peek();
    if (first === undefined) this.#fail("syntax error: missing '}'");
    if (first === "{" || first === "}" || first === ":") this.#fail("syntax error: bad substitution");
    const name = this.#name();
    const modifier = this.#next();
    if (modifier === "}") return this.#variables.get(name) ?? this.#unset(`\${${name}}`);
    if (modifier === ":") return this.#modified(name, ":", this.#next());
    if (modifier === "/") return this.#replaced(name);
    return this.#modified(name, "", modifier);
  }

  #unset(reference: string): string {
    return this.#options.keepUnset ? reference : "";
  }

  #name(): string {
    const first = this.#peek();
    if (first === undefined) return "";
    const start = this.#at;
    if (isDigit(first)) {
      while (isDigit(this.#peek() ?? "")) this.#at++;
    } else if ("@*#?-$!".includes(first)) {
      this.#at++;
    } else {
      while (/^[\p{L}\p{Nd}_]$/u.test(this.#peek() ?? "")) this.#at++;
    }
    return this.#characters.slice(start, this.#at).join("");
  }

  /** Expands `${name-word}` and the like. With a colon, an empty value counts as unset. */
  #modified(name: string, colon: "" | ":", modifier: string | undefined): string {
    const unsupported = () => this.#fail(`unsupported modifier (${colon}${modifier ?? ""}) in substitution`);
    const isPattern = modifier === "#" || modifier === "%";
    if (modifier === undefined) return colon === "" ? unsupported() : this.#fail("syntax error: missing '}'");
    if (colon === "" && !"+-?#%".includes(modifier)) unsupported();
    if (colon === ":" && isPattern) unsupported();
    const word = this.#until("}", isPattern).text;
    const value = this.#variables.get(name);
    if (value === undefined && this.#options.keepUnset) return `\${${name}${colon}${modifier}${word}}`;
    const present = value !== undefined && !(colon === ":" && value === "");
    switch (modifier) {
      case "-":
        return present ? value : word;
      case "+":
        return present ? word : "";
      case "?": {
        const lack = value === undefined ? "is not allowed to be unset" : "is not allowed to be empty";
        return present ? value : this.#fail(`${name}: ${word === "" ? lack : word}`);
      }
      case "#":
      case "%": {
        const longest = word.startsWith(modifier);
        const trim = modifier === "#" ? trimPrefix : trimSuffix;
        return trim(value ?? "", longest ? word.slice(1) : word, longest, this.#fail);
      }
      default:
        return unsupported();
    }
  }

  /** Expands `${name/pattern/replacement}`. A second slash replaces all matches. */
  #replaced(name: string): string {
    const all = this.#peek() === "/";
    if (all) this.#at++;
    const pattern = this.#until("/", true).text;
    const replacement = this.#until("}", true).text;
    const value = this.#variables.get(name);
    if (value === undefined && this.#options.keepUnset) return `\${${name}/${pattern}/${replacement}}`;
    return replace(value ?? "", pattern, replacement, all, this.#fail);
  }
}

function isDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character);
}
