import { Buffer } from "node:buffer";
import type { Content, ContentProbe, ExaminedFile } from "../../image/layer/content.ts";
import type { BytePath } from "../../image/path.ts";
import { isLfsPointer, lfsPointerMarker } from "../lfs-pointers.ts";
import { DenseBytes } from "./dense-bytes.ts";
import { elfHeadSize, hasSections, isElf, isLoadable, isPacked } from "./elf.ts";
import { ElfReader } from "./elf-facts.ts";
import { isExecutableMode } from "./executable.ts";
import { type KeptText, keptTextOf } from "./kept-text.ts";
import { MarkerSearch } from "./marker-search.ts";
import { denseMarker, packedMarker, unreadMarker } from "./unread.ts";

/** Maximum bytes of a program to search: four seconds' work, and 1,000 times any known shell's size. */
const maxSearchedBytes = 2 * 1024 ** 3;
/** Minimum bytes of a packed shell. No unpacked program without section headers has as many dense bytes. */
const minDenseBytes = 16 * 1024;
/** Maximum bytes that Linux reads of a script's first line (BINPRM_BUF_SIZE). */
const maxInterpreterLength = 255;

/**
 * Decides what to examine in a file. For files with an exec bit, it records the format, the interpreter of a
 * script, and in ELF files the markers of shells and package managers and what the kernel and the loader need.
 * For other files, it records Git LFS pointers, and the same of ELF programs and libraries: the loader starts
 * those without an exec bit (`/lib64/ld-linux-x86-64.so.2 /data.bin`), and most libraries have none. It keeps
 * the text of a few small files.
 *
 * It does not examine archives, or data that a program keeps packed or encrypted in its sections.
 * @param searchLimit maximum bytes of an ELF file to search for markers
 */
export function examineContent(
  { path, mode, size }: ExaminedFile,
  searchLimit = maxSearchedBytes,
): ContentProbe | undefined {
  if (size === 0) return undefined;
  const text = keptTextOf(path);
  return new Probe({
    path,
    isExecutable: isExecutableMode(mode),
    size,
    text: text !== null && size <= text.limit ? text : null,
    searchLimit,
  });
}

interface ProbeOptions {
  readonly path: BytePath;
  readonly isExecutable: boolean;
  /** bytes of the file */
  readonly size: number;
  /** null if its text is not kept */
  readonly text: KeptText | null;
  /** maximum bytes of an ELF file to search for markers */
  readonly searchLimit: number;
}

const nothing = Buffer.alloc(0);

/** What a file's plan told. */
interface Plan {
  readonly content: Content;
  readonly search: MarkerSearch | null;
  /** null: it has the section headers of a program that is not packed */
  readonly dense: DenseBytes | null;
  /** null: no loader is told anything */
  readonly elf: ElfReader | null;
}

/** Looks at one file. */
class Probe implements ContentProbe {
  readonly #options: ProbeOptions;
  /** the file's plan, until it has told what is to be done with the rest; then empty */
  #head: Buffer = nothing;
  #plan: Plan | null = null;
  #searched = 0;
  #text = "";

  constructor(options: ProbeOptions) {
    this.#options = options;
  }

  update(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#options.text !== null) this.#text += bytes.toString("latin1");
    if (this.#plan !== null) {
      this.#look(this.#plan, bytes);
      return;
    }
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (head.length >= elfHeadSize) this.#decide(head);
    else this.#head = Buffer.from(head);
  }

  finish(): Content | undefined {
    const { content, search, dense, elf } = this.#plan ?? this.#decide(this.#head);
    const markers = [...(search?.finish() ?? []), ...(content.markers ?? [])];
    const { isExecutable, text: keeps, searchLimit } = this.#options;
    if (this.#searched > searchLimit) markers.push(unreadMarker);
    if (dense !== null && dense.total >= minDenseBytes) markers.push(denseMarker);
    const facts = elf?.finish();
    const text = keeps?.of(this.#text) ?? null;
    const isNothing = facts === undefined && text === null && markers.length === 0;
    if (!isExecutable && isNothing) return undefined;
    return {
      ...content,
      ...(markers.length === 0 ? {} : { markers: markers.sort() }),
      ...(facts === undefined ? {} : { elf: facts }),
      ...(text === null ? {} : { text }),
    };
  }

  #decide(head: Buffer): Plan {
    this.#head = nothing;
    const { path, size, isExecutable } = this.#options;
    const isSearched = (isElf(head) && isExecutable) || isLoadable(head, size);
    const plan: Plan = {
      content: contentOf(head, isSearched),
      search: isSearched ? new MarkerSearch() : null,
      dense: isSearched && !hasSections(head, size) ? new DenseBytes() : null,
      elf: isElf(head) ? new ElfReader({ path, size }) : null,
    };
    this.#plan = plan;
    this.#look(plan, head);
    return plan;
  }

  #look({ search, dense, elf }: Plan, bytes: Buffer): void {
    elf?.update(bytes);
    if (search === null) return;
    const left = Math.max(0, this.#options.searchLimit - this.#searched);
    this.#searched += bytes.length;
    if (left === 0) return;
    search.update(bytes.subarray(0, left));
    dense?.update(bytes.subarray(0, left));
  }
}

function contentOf(head: Buffer, isSearched: boolean): Content {
  if (isElf(head))
    return { format: "elf", ...(isSearched && isPacked(head) ? { markers: [packedMarker] } : {}) };
  if (isLfsPointer(head)) return { format: "other", markers: [lfsPointerMarker] };
  if (head.toString("latin1", 0, 2) !== "#!") return { format: "other" };
  const line = head.toString("latin1", 2, 2 + maxInterpreterLength).split("\n", 1)[0] ?? "";
  return { format: "script", interpreter: line };
}
