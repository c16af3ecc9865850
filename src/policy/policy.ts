import { closest } from "fastest-levenshtein";
import { Failure } from "../failure.ts";
import { type Limit, parseLimit, parseSize } from "./limit.ts";

/** The rules with their limits that apply to one image. Null = no such rule. Bytes are bytes. */
export interface Policy {
  readonly maxSize: number | null;
  readonly warnSize: number | null;
  readonly maxPullSize: number | null;
  readonly maxIncrease: Limit | null;
  readonly warnIncrease: Limit | null;
  readonly maxLayers: number | null;
  readonly distroless: "fail" | "warn" | "ratchet" | "off";
  /** what rules that need an absent base count as: `fail` = inconclusive, which fails; `warn` = a warning */
  readonly missingBase: "fail" | "warn";
  readonly warnOnly: boolean;
}

/**
 * Makes the policy of the inputs' texts, by input name; other names are passed over.
 * @throws Failure `input-invalid`, which names the input and the value that it may have been meant to be
 */
export function parsePolicy(texts: ReadonlyMap<string, string>): Policy {
  return {
    maxSize: parsed(texts, "max-size", parseSize),
    warnSize: parsed(texts, "warn-size", parseSize),
    maxPullSize: parsed(texts, "max-pull-size", parseSize),
    maxIncrease: parsed(texts, "max-increase", parseLimit),
    warnIncrease: parsed(texts, "warn-increase", parseLimit),
    maxLayers: parsed(texts, "max-layers", parseCount),
    distroless: parsed(texts, "distroless", oneOf(["fail", "warn", "ratchet", "off"])) ?? "ratchet",
    missingBase: parsed(texts, "missing-base", oneOf(["fail", "warn"])) ?? "fail",
    warnOnly: parsed(texts, "warn-only", oneOf(["true", "false"])) === "true",
  };
}

function parsed<Value>(
  texts: ReadonlyMap<string, string>,
  input: string,
  parse: (text: string, input: string) => Value,
): Value | null {
  const text = texts.get(input)?.trim() ?? "";
  return text === "" ? null : parse(text, input);
}

function parseCount(text: string, input: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Failure(
    "input-invalid",
    `${input} is "${text}", which is no count: write a whole number such as 20.`,
  );
}

/** Words are taken in any case, as YAML's `True` is. */
function oneOf<const Word extends string>(words: readonly Word[]): (text: string, input: string) => Word {
  return (text, input) => {
    const word = words.find((candidate) => candidate === text.toLowerCase());
    if (word !== undefined) return word;
    throw new Failure(
      "input-invalid",
      `${input} is "${text}", which it cannot be: did you mean "${closest(text, words)}"? It takes ${words.join(", ")}.`,
    );
  };
}
