import { Buffer } from "node:buffer";
import type { Content, ContentProbe, Examine } from "../../image/layer/content.ts";
import { isLfsPointer, lfsPointerMarker } from "../lfs-pointers.ts";
import { DenseBytes } from "./dense-bytes.ts";
import { elfHeadSize, hasSections, isElf, isLoadable, isPacked } from "./elf.ts";
import { isExecutableMode } from "./executable.ts";
import { MarkerSearch } from "./marker-search.ts";
import { denseMarker, packedMarker, unreadMarker } from "./unread.ts";

/** Bytes of one program that are searched: four seconds' work, and more than any known shell has a thousand times over. */
const searchLimit = 2 * 1024 ** 3;
/** The least that a packed shell takes; without section headers no program that is not packed holds as much. */
const denseLimit = 16 * 1024;
const textLimit = 64 * 1024;
/** As much of a script's first line as Linux reads (BINPRM_BUF_SIZE). */
const interpreterLimit = 255;

/** Small files whose text is a fact: os-release(5) and shells(5). */
const texts: ReadonlySet<string> = new Set(["etc/os-release", "usr/lib/os-release", "etc/shells"]);

/**
 * What is looked at, and what is kept of it. Every file with an exec bit: its format, a script's interpreter, and in
 * ELF files the markers of shells and package managers. Of other files only ELF programs and libraries, since the loader
 * starts them without an exec bit (`/lib64/ld-linux-x86-64.so.2 /data.bin`), and pointers of Git LFS. The text of a few
 * small files.
 *
 * Not looked into: archives, and what a program keeps packed or encrypted in sections of its own.
 */
export const examineContent: Examine = ({ path, mode, size }) => {
  if (size === 0) return undefined;
  return new Probe({
    isExecutable: isExecutableMode(mode),
    size,
    keepsText: texts.has(path) && size <= textLimit,
    searchLimit,
  });
};

export interface ProbeOptions {
  readonly isExecutable: boolean;
  /** of the file, in bytes */
  readonly size: number;
  readonly keepsText: boolean;
  /** bytes of an ELF file that are searched for markers */
  readonly searchLimit: number;
}

const nothing = Buffer.alloc(0);

/** What a file's begin told. */
interface Begin {
  readonly content: Content;
  readonly search: MarkerSearch | null;
  /** null: it has the section headers of a program that is not packed */
  readonly dense: DenseBytes | null;
}

/** Looks at one file. */
export class Probe implements ContentProbe {
  readonly #options: ProbeOptions;
  /** the file's begin, until it has told what is to be done with the rest; then empty */
  #head: Buffer = nothing;
  #begin: Begin | null = null;
  #searched = 0;
  #text = "";

  constructor(options: ProbeOptions) {
    this.#options = options;
  }

  update(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#options.keepsText) this.#text += bytes.toString("latin1");
    if (this.#begin !== null) {
      this.#search(bytes);
      return;
    }
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (head.length >= elfHeadSize) this.#decide(head);
    else this.#head = Buffer.from(head);
  }

  finish(): Content | undefined {
    const { content, search, dense } = this.#begin ?? this.#decide(this.#head);
    const markers = [...(search?.finish() ?? []), ...(content.markers ?? [])];
    const { isExecutable, keepsText, searchLimit } = this.#options;
    if (this.#searched > searchLimit) markers.push(unreadMarker);
    if (dense !== null && dense.total >= denseLimit) markers.push(denseMarker);
    if (!isExecutable && !keepsText && markers.length === 0) return undefined;
    return {
      ...content,
      ...(markers.length === 0 ? {} : { markers: markers.sort() }),
      ...(keepsText ? { text: this.#text } : {}),
    };
  }

  #decide(head: Buffer) {
    this.#head = nothing;
    const isSearched = (isElf(head) && this.#options.isExecutable) || isLoadable(head, this.#options.size);
    const content = contentOf(head, isSearched);
    this.#begin = {
      content,
      search: isSearched ? new MarkerSearch() : null,
      dense: isSearched && !hasSections(head, this.#options.size) ? new DenseBytes() : null,
    };
    this.#search(head);
    return this.#begin;
  }

  #search(bytes: Uint8Array): void {
    const search = this.#begin?.search;
    if (!search) return;
    const left = Math.max(0, this.#options.searchLimit - this.#searched);
    this.#searched += bytes.length;
    if (left === 0) return;
    search.update(bytes.subarray(0, left));
    this.#begin?.dense?.update(bytes.subarray(0, left));
  }
}

function contentOf(head: Buffer, isSearched: boolean): Content {
  if (isElf(head))
    return { format: "elf", ...(isSearched && isPacked(head) ? { markers: [packedMarker] } : {}) };
  if (isLfsPointer(head)) return { format: "other", markers: [lfsPointerMarker] };
  if (head.toString("latin1", 0, 2) !== "#!") return { format: "other" };
  const line = head.toString("latin1", 2, 2 + interpreterLimit).split("\n", 1)[0] ?? "";
  return { format: "script", interpreter: line.trim() };
}
