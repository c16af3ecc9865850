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
/** what splitDomain took for a domain may still be but a part of the path, as in my_registry.example/app */
const referenceForm = new RegExp(`^(?:(${host})/)?(${repositoryPath})(?::(${tag}))?(?:@(${digest}))?$`);

/** RepositoryNameTotalLengthMax; the path alone is measured */
const pathLimit = 255;
/** No valid reference is longer; longer ones are not worth a regular expression's time. */
const referenceLimit = 4096;

/** hex digits by algorithm, as go-digest has them registered */
const digestLengths: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

/** Parses a reference as people write it: golang is docker.io/library/golang. Null where it is invalid. */
export function parseReference(text: string): Reference | null {
  if (text.length > referenceLimit || /^[a-f0-9]{64}$/.test(text)) return null;
  const [domain, rest] = splitDomain(text);
  const match = referenceForm.exec(`${domain}/${rest}`);
  if (match === null) return null;
  const [, parsedHost, path = "", parsedTag = null, parsedDigest = null] = match;
  if (path.length > pathLimit || (parsedDigest !== null && !isRegisteredDigest(parsedDigest))) return null;
  const name = parsedHost === undefined ? path : `${parsedHost}/${path}`;
  return { name, tag: parsedTag, digest: parsedDigest };
}

/** The whole reference; without tag and digest, the tag is latest. */
export function formatReference({ name, tag, digest }: Reference): string {
  const withTag = tag === null && digest === null ? `${name}:latest` : name + (tag === null ? "" : `:${tag}`);
  return withTag + (digest === null ? "" : `@${digest}`);
}

/** The short form that people write, without the tag latest: what a named context is found by. */
export function familiarName({ name, tag, digest }: Reference): string {
  const text = familiarRepository(name) + (tag === null ? "" : `:${tag}`);
  return digest === null ? text.replace(/:latest$/, "") : `${text}@${digest}`;
}

/**
 * A reference as reports show it: docker.io/library/golang:1.24 is golang:1.24, and of a digest the first 12 digits stand.
 * @param text normalised; what is no reference is shown as it is
 */
export function readableReference(text: string): string {
  const reference = parseReference(text);
  if (reference === null) return text;
  const { name, tag, digest } = reference;
  const readableDigest = digest?.replace(/(?<=:[0-9a-f]{12})[0-9a-f]+$/, "…");
  return `${familiarRepository(name)}${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${readableDigest}`}`;
}

/** Whether a base image always has the same bytes. @param text a normalised reference, or scratch */
export function isPinned(text: string): boolean {
  return text === "scratch" || (parseReference(text)?.digest ?? null) !== null;
}

function familiarRepository(name: string): string {
  const onHub = name.startsWith("docker.io/") ? name.slice("docker.io/".length) : name;
  const isOfficial = onHub !== name && /^library\/[^/]+$/.test(onHub);
  return isOfficial ? onHub.slice("library/".length) : onHub;
}

/** The first component is a domain where it looks like one; everything else is on Docker Hub. */
function splitDomain(text: string): readonly [domain: string, rest: string] {
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
