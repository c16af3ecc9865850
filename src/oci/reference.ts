/** A reference to an image, as github.com/distribution/reference parses and normalises it. */
export interface Reference {
  /** domain and path, such as docker.io/library/golang */
  readonly name: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

const hostLabel = "(?:[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*)";
const host = `(?:${hostLabel}(?:\\.${hostLabel})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathComponent = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const repositoryPath = `${pathComponent}(?:/${pathComponent})*`;
const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
/** What splitDomain returns as the domain may still be part of the path, as in my_registry.example/app. */
const referenceForm = new RegExp(`^(?:(${host})/)?(${repositoryPath})(?::(${tag}))?(?:@(${digest}))?$`);

/** RepositoryNameTotalLengthMax, which applies to the path only */
const maxPathLength = 255;
/** No valid reference is longer. Longer ones are rejected before a regular expression spends time on them. */
const maxReferenceLength = 4096;

/** hex digits by algorithm, as registered in go-digest */
const digestLengths: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

/**
 * Parses a reference as people write it: golang is docker.io/library/golang. Returns null if it is invalid.
 */
export function parseReference(text: string): Reference | null {
  if (text.length > maxReferenceLength || /^[a-f0-9]{64}$/.test(text)) return null;
  const [domain, rest] = splitDomain(text);
  const match = referenceForm.exec(`${domain}/${rest}`);
  if (match === null) return null;
  const [, parsedHost, path = "", parsedTag = null, parsedDigest = null] = match;
  if (path.length > maxPathLength || (parsedDigest !== null && !isRegisteredDigest(parsedDigest)))
    return null;
  const name = parsedHost === undefined ? path : `${parsedHost}/${path}`;
  return { name, tag: parsedTag, digest: parsedDigest };
}

/** Formats the full reference. With neither tag nor digest, the tag is latest. */
export function formatReference({ name, tag, digest }: Reference): string {
  const withTag = tag === null && digest === null ? `${name}:latest` : name + (tag === null ? "" : `:${tag}`);
  return withTag + (digest === null ? "" : `@${digest}`);
}

/**
 * Formats the short form that people write, without the tag latest. BuildKit looks up named contexts by this
 * form.
 */
export function familiarName({ name, tag, digest }: Reference): string {
  const text = familiarRepository(name) + (tag === null ? "" : `:${tag}`);
  return digest === null ? text.replace(/:latest$/, "") : `${text}@${digest}`;
}

/**
 * Formats a reference for reports: docker.io/library/golang:1.24 is golang:1.24, and a digest is cut to 12
 * digits.
 * @param text a normalised reference; any other text is returned unchanged
 */
export function readableReference(text: string): string {
  const reference = parseReference(text);
  if (reference === null) return text;
  const { name, tag, digest } = reference;
  const readableDigest = digest?.replace(/(?<=:[0-9a-f]{12})[0-9a-f]+$/, "…");
  return `${familiarRepository(name)}${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${readableDigest}`}`;
}

/** Reports whether a base image always has the same bytes. @param text a normalised reference, or scratch */
export function isPinned(text: string): boolean {
  return text === "scratch" || (parseReference(text)?.digest ?? null) !== null;
}

/** Reports whether a text is a normalised reference, and not scratch or the path of a build context. */
export function isNormalised(text: string): boolean {
  const reference = parseReference(text);
  return reference !== null && formatReference(reference) === text;
}

function familiarRepository(name: string): string {
  const onHub = name.startsWith("docker.io/") ? name.slice("docker.io/".length) : name;
  const isOfficial = onHub !== name && /^library\/[^/]+$/.test(onHub);
  return isOfficial ? onHub.slice("library/".length) : onHub;
}

/** Splits off the domain: the first component if it looks like one, Docker Hub otherwise. */
export function splitDomain(text: string): readonly [domain: string, rest: string] {
  const slash = text.indexOf("/");
  if (slash === -1) return ["docker.io", `library/${text}`];
  const first = text.slice(0, slash);
  const rest = text.slice(slash + 1);
  const isDomain = first === "localhost" || /[.:]/.test(first) || first.toLowerCase() !== first;
  const domain = !isDomain || first === "index.docker.io" ? "docker.io" : first;
  const path = isDomain ? rest : text;
  return [domain, domain === "docker.io" && !path.includes("/") ? `library/${path}` : path];
}

function isRegisteredDigest(digest: string): boolean {
  const [algorithm = "", hex = ""] = digest.split(":");
  return digestLengths.get(algorithm) === hex.length && !/[A-F]/.test(hex);
}
