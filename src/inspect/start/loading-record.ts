import type { FilesystemNode } from "../../image/filesystem/node.ts";
import { shownPath, textOf } from "../bytes.ts";
import type { Loading } from "./loading.ts";
import type { StartLink, StartProblem } from "./start.ts";

/** Maximum sentences of each kind: a hostile image has millions. */
const maxSentences = 1000;

/** Records what a loader does, in order, and in words for people. */
export class LoadingRecord {
  readonly #links: StartLink[] = [];
  readonly #problems: StartProblem[] = [];
  readonly #unknown = new Set<string>();
  readonly #unproven = new Set<string>();
  readonly #hints = new Set<string>();

  /** @param file the file that was opened; null if nothing was found */
  link(
    kind: StartLink["kind"],
    needs: string,
    neededBy: FilesystemNode | null,
    file: FilesystemNode | null,
  ): void {
    this.#links.push({
      kind,
      path: file === null ? textOf(needs) : shownPath(file.path),
      neededBy: neededBy === null ? null : shownPath(neededBy.path),
      needs: textOf(needs),
      isFound: file !== null,
    });
  }

  problem(of: StartProblem["class"], file: FilesystemNode, needs: string, found: string): void {
    if (this.#problems.length === maxSentences) return;
    this.#problems.push({ class: of, path: shownPath(file.path), needs: textOf(needs), found });
  }

  unknown(sentence: string): void {
    if (this.#unknown.size < maxSentences) this.#unknown.add(sentence);
  }

  unproven(sentence: string): void {
    if (this.#unproven.size < maxSentences) this.#unproven.add(sentence);
  }

  hint(sentence: string): void {
    if (this.#hints.size < maxSentences) this.#hints.add(sentence);
  }

  finish(): Loading {
    return {
      links: this.#links,
      problems: this.#problems,
      unknown: [...this.#unknown],
      unproven: [...this.#unproven],
      hints: [...this.#hints],
    };
  }
}
