import { Buffer } from "node:buffer";
import type { Content, ContentProbe, ExaminedFile } from "../image/layer/content.ts";
import { examineCredentials } from "./credentials.ts";
import { type Examination, type Examiner, type Facts, headSize } from "./examiner.ts";
import { examinePointer } from "./lfs-pointers.ts";
import { examineElfPackages } from "./packages/elf-packages.ts";
import { packageSources } from "./packages/sources.ts";
import { isElf } from "./programs/elf.ts";
import { examineElf } from "./programs/examine-elf.ts";
import { isExecutableMode } from "./programs/executable.ts";
import { examineText } from "./programs/kept-text.ts";
import { examineProgram } from "./programs/program-search.ts";

/** Everything that is looked for in files. */
const examiners: readonly Examiner[] = [
  examineProgram,
  examinePointer,
  examineElf,
  examineText,
  ...packageSources.map(({ examine }) => examine),
  examineElfPackages,
  examineCredentials,
];

/** Maximum bytes that Linux reads of a script's first line (BINPRM_BUF_SIZE). */
const maxInterpreterLength = 255;

/**
 * Examines a file. Its content is what the examiners found. A file with an exec bit has content in any case:
 * its format, and the interpreter of a script.
 */
export function examineContent(file: ExaminedFile): ContentProbe | undefined {
  return file.size === 0 ? undefined : new Probe(file);
}

const nothing = Buffer.alloc(0);

/** What a file's head told. */
interface Plan {
  readonly format: Pick<Content, "format" | "interpreter">;
  readonly examinations: readonly Examination[];
}

/** Passes one file to the examiners that want it. */
class Probe implements ContentProbe {
  readonly #file: ExaminedFile;
  /** until it is complete; then empty */
  #head: Buffer = nothing;
  #plan: Plan | null = null;

  constructor(file: ExaminedFile) {
    this.#file = file;
  }

  update(chunk: Uint8Array): void {
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#plan !== null) {
      for (const examination of this.#plan.examinations) examination.update(bytes);
      return;
    }
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (head.length >= headSize) this.#begin(head);
    else this.#head = Buffer.from(head);
  }

  finish(): Content | undefined {
    const { format, examinations } = this.#plan ?? this.#begin(this.#head);
    const facts = examinations.length === 0 ? null : joined(examinations);
    return facts === null && !isExecutableMode(this.#file.mode) ? undefined : { ...format, ...facts };
  }

  /** @param bytes the head, or more */
  #begin(bytes: Buffer): Plan {
    this.#head = nothing;
    const head = bytes.subarray(0, headSize);
    const examinations: Examination[] = [];
    for (const examiner of examiners) {
      const examination = examiner(this.#file, head);
      if (examination === null) continue;
      examination.update(bytes);
      examinations.push(examination);
    }
    this.#plan = { format: formatOf(head), examinations };
    return this.#plan;
  }
}

function joined(examinations: readonly Examination[]): Facts | null {
  const all = examinations.map((examination) => examination.finish()).filter((facts) => facts !== null);
  if (all.length === 0) return null;
  const markers = all.flatMap((facts) => facts.markers ?? []).sort();
  const packages = all.flatMap((facts) => facts.packages ?? []);
  return Object.assign(
    {},
    ...all,
    markers.length === 0 ? {} : { markers },
    packages.length === 0 ? {} : { packages },
  );
}

const other = { format: "other" } as const;

function formatOf(head: Buffer): Plan["format"] {
  if (isElf(head)) return { format: "elf" };
  // #!
  if (head[0] !== 0x23 || head[1] !== 0x21) return other;
  const line = head.toString("latin1", 2, 2 + maxInterpreterLength).split("\n", 1)[0] ?? "";
  return { format: "script", interpreter: line };
}
