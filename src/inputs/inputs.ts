import { parse } from "csv-parse/sync";
import { closest } from "fastest-levenshtein";
import type { BuildDefinition } from "../docker/build/definition.ts";
import { Failure } from "../failure.ts";
import { type Limit, parseLimit } from "../policy/limit.ts";
import { type Policy, policyOf } from "../policy/policy.ts";
import { oneOf } from "../policy/words.ts";
import { type ImageReference, parseImageReference } from "../source/reference.ts";
import { type Option, type OptionName, options } from "./options.ts";

/** What the user asked for, parsed and believed from here on. */
export interface Inputs {
  readonly name: string | null;
  /** an image that exists already, for each side; null = build it */
  readonly image: ImageReference | null;
  readonly compareWith: ImageReference | null;
  readonly build: BuildDefinition;
  /** the Dockerfile's path at the base, where it was moved */
  readonly baseFile: string | null;
  /** a shell command that prepares the base's directory */
  readonly basePrepare: string | null;
  /** what the inputs set, without defaults */
  readonly policy: Policy;
  readonly report: ReportInputs;
}

export interface ReportInputs {
  readonly comment: "always" | "on-change" | "on-failure" | "never";
  readonly minChange: Limit;
  readonly commentKey: string | null;
  readonly token: string | null;
}

/** Texts by option name; what is absent or empty takes its default. */
export type InputTexts = ReadonlyMap<OptionName, string>;

/**
 * The inputs that a workflow gave, by name. The runner passes each as INPUT_NAME, unknown ones as well (it only warns
 * of those), so that a misspelt `max-sise` can be refused here instead of being a limit that never applies.
 */
export function inputTextsOf(env: NodeJS.ProcessEnv): InputTexts {
  const given = givenTexts(env);
  for (const name of given.keys()) refuseUnknown(name);
  return given as InputTexts;
}

/** Whatever the workflow gave, known or not. */
export function givenTexts(env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(env)
      .filter(([variable]) => variable.startsWith("INPUT_"))
      .map(([variable, text]) => [variable.slice("INPUT_".length).toLowerCase(), text?.trim() ?? ""] as const)
      .filter(([, text]) => text !== ""),
  );
}

/** Parses inputs or flags. Throws Failure `input-invalid`, which names the input and the nearest right value. */
export function parseInputs(texts: InputTexts): Inputs {
  const all = new Map<string, string>();
  for (const option of options as readonly Option[]) {
    const text = texts.get(option.name as OptionName) || option.default;
    // The runner fills in ${{ github.token }}; in a terminal there is none.
    if (text && !text.startsWith("${{")) all.set(option.name, text);
  }
  return {
    name: all.get("name") ?? null,
    image: referenceOf(all, "image"),
    compareWith: referenceOf(all, "compare-with"),
    build: buildDefinitionOf(all),
    baseFile: all.get("base-file") ?? null,
    basePrepare: all.get("base-prepare") ?? null,
    policy: policyOf(all, { kind: "inputs" }),
    report: {
      comment: oneOf(["always", "on-change", "on-failure", "never"])(all.get("comment") ?? "", "comment"),
      minChange: parseLimit(all.get("min-change") ?? "0", "min-change"),
      commentKey: all.get("comment-key") ?? null,
      token: all.get("github-token") ?? null,
    },
  };
}

/**
 * Where the report of inputs that hold a mistake goes: an earlier run's comment must not stand as if it were today's.
 * @returns null where that cannot be understood either
 */
export function inputsOfReport(given: ReadonlyMap<string, string>): Inputs | null {
  const names = ["name", "context", "file", "target", "platforms", "comment-key", "github-token"] as const;
  const texts = names.flatMap((name): [OptionName, string][] => [[name, given.get(name) ?? ""]]);
  const comment = given.get("comment") === "never" ? "never" : "on-failure";
  try {
    return parseInputs(new Map([...texts, ["comment", comment]]));
  } catch {
    return null;
  }
}

function buildDefinitionOf(all: ReadonlyMap<string, string>): BuildDefinition {
  const platforms = listOf(all, "platforms");
  if (platforms.length > 1) {
    throw new Failure(
      "input-invalid",
      `platforms names ${platforms.length} platforms, and one audit is of one platform: use a matrix with one job a platform.`,
    );
  }
  return {
    context: all.get("context") ?? ".",
    file: all.get("file") ?? null,
    target: all.get("target") ?? null,
    buildArgs: pairsOf(all, "build-args", /^[A-Za-z_][A-Za-z0-9_.-]*$/),
    buildContexts: pairsOf(all, "build-contexts", /./),
    platform: platforms[0] ?? null,
    builder: all.get("builder") ?? null,
    secrets: pairsOf(all, "secrets", secretId),
    secretEnvs: pairsOf(all, "secret-envs", secretId),
    secretFiles: pairsOf(all, "secret-files", secretId),
    ssh: listOf(all, "ssh"),
    cacheFrom: listOf(all, "cache-from"),
    cacheTo: listOf(all, "cache-to"),
    network: all.get("network") ?? null,
    pull: booleanOf(all, "pull"),
    noCache: booleanOf(all, "no-cache"),
    addHosts: listOf(all, "add-hosts"),
    allow: listOf(all, "allow"),
    shmSize: all.get("shm-size") ?? null,
    ulimit: listOf(all, "ulimit"),
    labels: listOf(all, "labels"),
  };
}

const secretId = /^[A-Za-z0-9_.-]+$/;

/**
 * Lists as docker/build-push-action reads them: one item a line, quotes around an item that holds line ends, and, for
 * the inputs that it splits so, commas as well.
 */
function listOf(all: ReadonlyMap<string, string>, name: OptionName): readonly string[] {
  const text = all.get(name);
  if (text === undefined) return [];
  const commas = options.find((option) => option.name === name)?.kind === "comma-list";
  let records: readonly (readonly string[])[];
  try {
    records = parse(text, { relaxQuotes: true, relaxColumnCount: true, skipEmptyLines: true });
  } catch (cause) {
    throw new Failure(
      "input-invalid",
      `${name} has an unfinished quote: write one item a line, and double a quote inside quotes.`,
      {
        cause,
      },
    );
  }
  return records
    .flatMap((record) => (commas ? record : [record.join(",")]))
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** `name=value` items. A bare name is refused: docker would copy our own environment into the image. */
function pairsOf(
  all: ReadonlyMap<string, string>,
  name: OptionName,
  validName: RegExp,
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const item of listOf(all, name)) {
    const split = item.indexOf("=");
    const key = item.slice(0, split);
    if (split < 1 || !validName.test(key)) {
      // The item may be a line of a secret that lacks its quotes: nothing of it is shown.
      const shown = split < 0 ? "an item without =" : "an item with no name before its =";
      throw new Failure("input-invalid", `${name} has ${shown}: write NAME=value, one a line.`);
    }
    pairs.set(key, item.slice(split + 1));
  }
  return pairs;
}

function referenceOf(all: ReadonlyMap<string, string>, name: OptionName): ImageReference | null {
  const text = all.get(name);
  return text === undefined ? null : parseImageReference(text);
}

function booleanOf(all: ReadonlyMap<string, string>, name: OptionName): boolean {
  return oneOf(["true", "false"])(all.get(name) ?? "", name) === "true";
}

function refuseUnknown(name: string): void {
  const names = options.map((option) => option.name);
  if ((names as readonly string[]).includes(name)) return;
  throw new Failure("input-unknown", `There is no input "${name}": did you mean "${closest(name, names)}"?`);
}
