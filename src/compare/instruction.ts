/** A history's `created_by`, read as the Dockerfile instruction that it stands for. */
export interface Instruction {
  /** RUN, COPY, …; null where the text follows no builder's habit */
  readonly keyword: string | null;
  /** as somebody would have written it, in one line */
  readonly text: string;
}

/**
 * Undoes what builders put around an instruction: BuildKit `RUN |1 A=b /bin/sh -c make # buildkit`, the legacy builder
 * `/bin/sh -c #(nop) COPY dir:…` and `|1 A=b /bin/sh -c make`. Build arguments' values are left out: they are long, and
 * may be what nobody wants to see in a report.
 */
export function readInstruction(createdBy: string): Instruction {
  // Bounded: a stranger wrote it.
  const line = createdBy
    .slice(0, longest)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/ # buildkit$/, "");
  const noop = /^(?:\/bin\/sh -c )?#\(nop\) (.*)$/.exec(line)?.[1]?.trim();
  if (noop !== undefined) return { keyword: keywordOf(noop), text: noop };
  const keyword = keywordOf(line);
  if (keyword !== null && keyword !== "RUN") return { keyword, text: line };
  const command = keyword === "RUN" ? line.slice("RUN ".length) : line;
  const shell = /^(?:\|\d+ .*?)?\/bin\/(?:ba)?sh -c (.*)$/.exec(command)?.[1];
  if (shell !== undefined) return { keyword: "RUN", text: `RUN ${shell}` };
  return { keyword, text: line };
}

const longest = 4000;

function keywordOf(line: string): string | null {
  return /^(?:RUN|COPY|ADD|WORKDIR|ENV|CMD|ENTRYPOINT|LABEL|USER|VOLUME|EXPOSE)(?= )/.exec(line)?.[0] ?? null;
}
