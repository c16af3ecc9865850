import { parseReference, type Reference, splitDomain } from "./reference.ts";

/**
 * A pattern for references, such as `gcr.io/distroless/*`. `*` stands for any characters except `/`, and `**` for any
 * characters.
 */
export interface ReferencePattern {
  readonly name: Glob;
  /** null: any tag, or none */
  readonly tag: Glob | null;
  /** null: any digest, or none */
  readonly digest: Glob | null;
}

/**
 * Parses a pattern. Names are normalised as in references: `golang` is docker.io/library/golang. Returns null if no
 * reference can match it.
 */
export function parseReferencePattern(text: string): ReferencePattern | null {
  if (text.length > maxLength || !form.test(text)) return null;
  if (!text.includes("*") && parseReference(text) === null) return null;
  const [written = "", digest = null] = text.split("@");
  const colon = written.lastIndexOf(":");
  const isTagged = colon > written.lastIndexOf("/");
  const name = isTagged ? written.slice(0, colon) : written;
  return {
    name: globOf(normalisedName(name)),
    tag: isTagged ? globOf(written.slice(colon + 1)) : null,
    digest: digest === null ? null : globOf(digest),
  };
}

/** Reports whether a reference matches. One with neither tag nor digest has the tag latest. */
export function matchesReference(pattern: ReferencePattern, { name, tag, digest }: Reference): boolean {
  const effectiveTag = tag ?? (digest === null ? "latest" : null);
  return (
    matches(pattern.name, name) &&
    (pattern.tag === null || (effectiveTag !== null && matches(pattern.tag, effectiveTag))) &&
    (pattern.digest === null || (digest !== null && matches(pattern.digest, digest)))
  );
}

/** No valid reference is longer. */
const maxLength = 4096;
const form = /^[\w.*:/[\]-]+(?:@[\w.*:+-]+)?$/;

/** Adds the domain and `library/`, as for references, unless `**` stands in their place. */
function normalisedName(name: string): string {
  if (name.startsWith("**")) return name;
  const [domain, path] = splitDomain(name);
  const isAnyOfHub = path.startsWith("library/**") && !name.includes("library/");
  return `${domain}/${isAnyOfHub ? path.slice("library/".length) : path}`;
}

type Glob = readonly Token[];
/** A character, any characters except `/`, or any characters. */
type Token = { readonly character: string } | "some" | "any";

function globOf(text: string): Glob {
  return (text.match(/\*+|[^*]/g) ?? []).map((part) => {
    if (!part.startsWith("*")) return { character: part };
    return part.length === 1 ? "some" : "any";
  });
}

/** Follows all ways to match at once, so that the time is at most the product of both lengths. */
function matches(glob: Glob, text: string): boolean {
  let places = withoutCharacters(glob, new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const place of places) {
      const token = glob[place];
      if (token === undefined) continue;
      if (token === "any" || (token === "some" && character !== "/")) next.add(place);
      else if (typeof token === "object" && token.character === character) next.add(place + 1);
    }
    places = withoutCharacters(glob, next);
  }
  return places.has(glob.length);
}

/** Adds the places that are reached without a further character: a star also stands for none. */
function withoutCharacters(glob: Glob, places: Set<number>): Set<number> {
  for (const place of places) if (typeof glob[place] === "string") places.add(place + 1);
  return places;
}
