import { Buffer } from "node:buffer";
import type { InflateBudget } from "./inflate.ts";
import { identityInManifest, identityInPom, type JarIdentity } from "./jar-identity.ts";
import type { ZipEntry } from "./zip-headers.ts";
import { type EntrySink, ZipReader } from "./zip-reader.ts";

/** What an archive and the archives in it say they contain. */
export interface JarContents {
  readonly packages: readonly JarIdentity[];
  /** why there may be more, as the predicate of a sentence; null if everything was read */
  readonly unread: string | null;
}

/** What one entry says. */
interface Part extends JarContents {
  readonly kind: Kind;
}

type Kind = "pom" | "manifest" | "archive";

/** Archives in archives that are read: an ear has wars, and a war has jars. */
const maxDepth = 2;
/** Maximum bytes of a pom.properties, and of as much of a manifest as is read; compressed and not compressed. */
const maxText = 64 * 1024;
const maxManifest = 1024 ** 2;
/** Maximum bytes of an archive that is compressed in another one, which is in memory as a whole; then not compressed. */
const maxCompressed = 32 * 1024 ** 2;
const maxArchive = 64 * 1024 ** 2;

/** Reads a jar in one pass. */
export class JarReader {
  readonly #budget: InflateBudget;
  readonly #depth: number;
  readonly #zip: ZipReader<Part>;

  constructor(budget: InflateBudget, depth = 0) {
    this.#budget = budget;
    this.#depth = depth;
    this.#zip = new ZipReader({
      isWanted: (name) => kindOf(name) !== null,
      open: (entry) => this.#open(entry),
    });
  }

  update(bytes: Buffer): void {
    this.#zip.update(bytes);
  }

  /** Called once, after the last chunk. */
  finish(): JarContents {
    const { results, unread } = this.#zip.finish();
    const of = (kind: Kind) => results.filter((part) => part.kind === kind);
    const poms = of("pom");
    // Maven writes the manifest's fields as well, but with other names.
    const parts = [...(poms.length > 0 ? poms : of("manifest")), ...of("archive")];
    return {
      packages: parts.flatMap(({ packages }) => packages),
      unread: unread ?? parts.find((part) => part.unread !== null)?.unread ?? null,
    };
  }

  #open(entry: ZipEntry): EntrySink<Part> {
    const kind = kindOf(entry.name) ?? "archive";
    const isReadable = !entry.isEncrypted && (entry.method === 0 || entry.method === 8);
    if (!isReadable || (kind === "archive" && this.#depth === maxDepth)) return unreadable;
    const isStored = entry.method === 0;
    if (kind === "archive" && isStored) return this.#archive();
    const [limit, maxSize] = limits[kind];
    const kept: Buffer[] = [];
    let size = 0;
    return {
      update(bytes) {
        if (size < limit) kept.push(Buffer.from(bytes.subarray(0, limit - size)));
        size += bytes.length;
      },
      finish: () => {
        const isWhole = size <= limit;
        if (!isWhole && kind !== "manifest") return null;
        const stored = Buffer.concat(kept);
        const bytes = isStored ? stored : this.#budget.inflate(stored, maxSize);
        return bytes && this.#read(kind, bytes, isWhole);
      },
    };
  }

  #read(kind: Kind, bytes: Buffer, isWhole: boolean): Part | null {
    if (kind === "archive") {
      const archive = this.#archive();
      archive.update(bytes);
      return archive.finish();
    }
    const identity = kind === "pom" ? identityInPom(bytes) : identityInManifest(bytes, isWhole);
    if (identity !== null) return { kind, packages: [identity], unread: null };
    return { kind, packages: [], unread: kind === "pom" ? "has a pom.properties without coordinates" : null };
  }

  #archive(): EntrySink<Part> {
    const reader = new JarReader(this.#budget, this.#depth + 1);
    return {
      update: (bytes) => reader.update(bytes),
      finish() {
        const { packages, unread } = reader.finish();
        return { kind: "archive", packages, unread: unread && `contains an archive that ${unread}` };
      },
    };
  }
}

const limits: Readonly<Record<Kind, readonly [compressed: number, inflated: number]>> = {
  pom: [maxText, maxText],
  manifest: [maxText, maxManifest],
  archive: [maxCompressed, maxArchive],
};

const unreadable: EntrySink<Part> = { update() {}, finish: () => null };

function kindOf(name: string): Kind | null {
  if (name === "META-INF/MANIFEST.MF") return "manifest";
  if (/^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(name)) return "pom";
  return /\.(?:jar|war|ear)$/i.test(name) ? "archive" : null;
}
