import type { FindingOf, Subject } from "../finding.ts";
import { type PathBudget, pathBudgets } from "../path-budget.ts";
import { listed, say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Rule } from "./rule.ts";

export const paths: Rule<"paths", readonly PathBudget[], readonly PathBudget[], PointersReason> = {
  id: "paths",
  about: "paths",
  title: "No path of the image is larger than its budget",
  meaning:
    "Fails when the files at or below a path are larger than its budget together. A path names a file, or a directory with everything below it. `*` and `?` stand for characters of one name, `**` for any directories, `[ab]` for one of some characters: `/usr/**/*.pyc: 1MB` is a budget for all such files together. A file counts once, however many hard links it has. Files that a later layer deletes do not count. In the action, write one `path: size` a line.",
  input: {
    description: "Maximum size of paths in the image, one a line, such as /opt/models: 2GB.",
    value: "path: size",
    isList: true,
    type: pathBudgets,
  },
  reasons: [pointersReason],
  evaluate: (subject, limit) => {
    const over = overBudget(limit, subject);
    const paths = over.map(({ pattern }) => pattern);
    return unlessPointers<FindingOf<"paths", readonly PathBudget[], PointersReason>>(
      {
        rule: "paths",
        verdict: over.length > 0 ? "fail" : "pass",
        actual: over.length,
        limit,
        ...(paths.length === 0 ? {} : { paths }),
      },
      subject.head,
    );
  },
  explain: (finding, subject) => {
    const pointers = explainPointers(finding);
    if (pointers !== null) return pointers;
    // Not the finding's paths: an exception may have taken some of them out.
    const over = overBudget(finding.limit, subject);
    if (over.length === 0) {
      const within = say`within budget`;
      return { remark: within, short: within, sentence: say`Each path is within its budget.`, advice: [] };
    }
    const budgets = listed(
      over.slice(0, maxListed).map(({ pattern, bytes }) => {
        const size = { bytes: sizeOf(pattern, subject), unlike: bytes };
        return say`${pattern} is ${size} of ${{ bytes, unlike: size.bytes }}`;
      }),
    );
    const rest =
      over.length > maxListed ? say`, and ${over.length - maxListed} more are over their budgets` : [];
    return {
      remark: say`${budgets}${rest}`,
      short: say`${over[0]?.pattern ?? ""} is over its budget`,
      sentence: say`Paths are over their budgets: ${budgets}${rest}.`,
      advice: [],
    };
  },
};

const maxListed = 5;

function overBudget(budgets: readonly PathBudget[], subject: Subject): readonly PathBudget[] {
  return budgets.filter(({ pattern, bytes }) => sizeOf(pattern, subject) > bytes);
}

/** Returns what was measured for a pattern. Whoever judges measures each pattern of each policy first. */
function sizeOf(pattern: string, { pathSizes = [] }: Subject): number {
  const size = pathSizes.find((measured) => measured.pattern === pattern);
  if (size === undefined) throw new Error(`the size of ${pattern} was not measured`);
  return size.bytes;
}
