import { Failure, throwIfCancelled } from "../../failure.ts";
import { startChild } from "../../process/child.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { readMaskedLines } from "../../process/lines.ts";
import { type Mask, maskOf } from "../../secrecy/mask.ts";

/**
 * Runs the command of `base-prepare`, which does in the base's tree what earlier steps of the workflow did in
 * the head's. The command is the workflow author's own text. It runs like a step's `run:` with `shell: bash`.
 * @param directory the base's tree
 * @param options.env the whole environment; variables that `run:` steps do not have are removed
 * @throws Failure base-prepare-failed or cancelled
 */
export async function prepareBase(
  command: string,
  directory: string,
  options: {
    readonly env: NodeJS.ProcessEnv;
    readonly log: (line: string) => void;
    /** hides secrets in what the command writes */
    readonly mask?: Mask | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  throwIfCancelled(options.signal);
  const child = startChild("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", command], {
    cwd: directory,
    env: environmentOfStep(options.env, directory),
    signal: options.signal,
    isGroup: true,
  });
  const { mask = maskOf([]) } = options;
  const tail: string[] = [];
  const say = (line: string) => {
    const harmless = harmlessLine(mask.withholds ? withheld : mask.text(line));
    if (mask.withholds && tail.length > 0) return;
    tail.push(harmless);
    if (tail.length > maxTailLines) tail.shift();
    options.log(harmless);
  };
  const [ended] = await Promise.all([
    child.end.catch((cause: unknown) => {
      throw new Failure(
        "base-prepare-failed",
        "The command of base-prepare cannot be run: bash is not installed.",
        { cause },
      );
    }),
    readMaskedLines(child.stdout, mask, say),
    readMaskedLines(child.stderr, mask, say),
  ]);
  throwIfCancelled(options.signal);
  if (ended.code === 0) return;
  const how = ended.code === null ? "was killed" : `ended with exit code ${ended.code}`;
  throw new Failure(
    "base-prepare-failed",
    [`The command of base-prepare ${how}. Its last lines:`, ...tail.map((line) => `  ${line}`)].join("\n"),
  );
}

const maxTailLines = 20;

const withheld =
  "The output of the command is withheld: a secret of the build is shorter than four characters, so it cannot be distinguished from other text.";

/**
 * A `run:` step has neither our inputs nor a runtime token, and must not write our outputs. Its workspace is
 * the base's tree.
 */
function environmentOfStep(env: NodeJS.ProcessEnv, directory: string): NodeJS.ProcessEnv {
  const ofAction = /^(INPUT_|STATE_|ACTIONS_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;
  const kept = Object.entries(env).filter(([name]) => !ofAction.test(name));
  return { ...Object.fromEntries(kept), GITHUB_WORKSPACE: directory };
}
