import { Buffer } from "node:buffer";
import type { Content, ContentProbe, ExaminedFile } from "../../image/layer/content.ts";
import { isLfsPointer, lfsPointerMarker } from "../lfs-pointers.ts";
import { DenseBytes } from "./dense-bytes.ts";
import { elfHeadSize, hasSections, isElf, isLoadable, isPacked } from "./elf.ts";
import { isExecutableMode } from "./executable.ts";
import { MarkerSearch } from "./marker-search.ts";
import { denseMarker, packedMarker, unreadMarker } from "./unread.ts";

/** Maximum bytes of a program to search: four seconds' work, and 1,000 times any known shell's size. */
const maxSearchedBytes = 2 * 1024 ** 3;
/** Minimum bytes of a packed shell. No unpacked program without section headers has as many dense bytes. */
const minDenseBytes = 16 * 1024;
const maxTextSize = 64 * 1024;
/** Maximum bytes that Linux reads of a script's first line (BINPRM_BUF_SIZE). */
const maxInterpreterLength = 255;

/** Small files to keep as text: os-release(5) and shells(5). */
const texts: ReadonlySet<string> = new Set(["etc/os-release", "usr/lib/os-release", "etc/shells"]);

/**
 * Decides what to examine in a file. For files with an exec bit, it records the format, the interpreter of a
 * script, and the markers of shells and package managers in ELF files. For other files, it records Git LFS
 * pointers and the markers of ELF programs and libraries, because the loader starts those without an exec bit
 * (`/lib64/ld-linux-x86-64.so.2 /data.bin`). It keeps the text of a few small files.
 *
 * It does not examine archives, or data that a program keeps packed or encrypted in its sections.
 * @param searchLimit maximum bytes of an ELF file to search for markers
 */
export function examineContent(
  { path, mode, size }: ExaminedFile,
  searchLimit = maxSearchedBytes,
): ContentProbe | undefined {
  if (size === 0) return undefined;
  const keepsText = texts.has(path) && size <= maxTextSize;
  return new Probe({ isExecutable: isExecutableMode(mode), size, keepsText, searchLimit });
}

interface ProbeOptions {
  readonly isExecutable: boolean;
  /** bytes of the file */
  readonly size: number;
  readonly keepsText: boolean;
  /** maximum bytes of an ELF file to search for markers */
  readonly searchLimit: number;
}

const nothing = Buffer.alloc(0);

/** What the head of a file decides. */
interface Plan {
  readonly content: Content;
  readonly search: MarkerSearch | null;
  /** null if the file has section headers, as unpacked programs do */
  readonly dense: DenseBytes | null;
}

/** Examines one file. */
class Probe implements ContentProbe {
  readonly #options: ProbeOptions;
  /** the head of the file, until it is long enough for a plan; then empty */
  #head: Buffer = nothing;
  #plan: Plan | null = null;
  #searched = 0;
  #text = "";

  constructor(options: ProbeOptions) {
    this.#options = options;
  }

  update(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#options.keepsText) this.#text += bytes.toString("latin1");
    if (this.#plan !== null) {
      this.#search(bytes);
      return;
    }
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (head.length >= elfHeadSize) this.#decide(head);
    else this.#head = Buffer.from(head);
  }

  finish(): Content | undefined {
    const { content, search, dense } = this.#plan ?? this.#decide(this.#head);
    const markers = [...(search?.finish() ?? []), ...(content.markers ?? [])];
    const { isExecutable, keepsText, searchLimit } = this.#options;
    if (this.#searched > searchLimit) markers.push(unreadMarker);
    if (dense !== null && dense.total >= minDenseBytes) markers.push(denseMarker);
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
    this.#plan = {
      content,
      search: isSearched ? new MarkerSearch() : null,
      dense: isSearched && !hasSections(head, this.#options.size) ? new DenseBytes() : null,
    };
    this.#search(head);
    return this.#plan;
  }

  #search(bytes: Uint8Array): void {
    const search = this.#plan?.search;
    if (!search) return;
    const remaining = Math.max(0, this.#options.searchLimit - this.#searched);
    this.#searched += bytes.length;
    if (remaining === 0) return;
    search.update(bytes.subarray(0, remaining));
    this.#plan?.dense?.update(bytes.subarray(0, remaining));
  }
}

function contentOf(head: Buffer, isSearched: boolean): Content {
  if (isElf(head))
    return { format: "elf", ...(isSearched && isPacked(head) ? { markers: [packedMarker] } : {}) };
  if (isLfsPointer(head)) return { format: "other", markers: [lfsPointerMarker] };
  if (head.toString("latin1", 0, 2) !== "#!") return { format: "other" };
  const line = head.toString("latin1", 2, 2 + maxInterpreterLength).split("\n", 1)[0] ?? "";
  return { format: "script", interpreter: line.trim() };
}
