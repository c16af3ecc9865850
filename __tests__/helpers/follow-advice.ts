import type { Inspection } from "../../src/inspect/inspection.ts";
import type { NewStage } from "../../src/policy/advice/stage.ts";

/**
 * Does with a Dockerfile what the advice says, and nothing else. The Dockerfile has each instruction on one
 * line.
 * @param from the one of the base images that is taken
 * @param application what the advice calls the files that a program reads, the application, or what RUN lines make
 */
export function followAdvice(
  dockerfile: string,
  stage: NewStage,
  { from, application, head }: Followed,
): string {
  const stages = stagesOf(dockerfile);
  const last = stages.at(-1) ?? fail("no stage");
  const isSplit = stage.placement === "add" || stage.movesCommands;
  const made = isSplit || stage.libraries.length > 0 ? [stageOf("made", last)] : [];
  const packages = stage.packages === null ? [] : [packageStage(stage.packages, stages)];
  const copies = [
    ...(isSplit ? pathsToCopy(stage, application) : []).map((path) => copyOf("made", path, path, stage)),
    ...libraryPaths(stage, head).map(([path, to]) => copyOf("made", path, to, stage)),
    ...targetCopy(stage),
  ];
  const lines = stage.placement === "add" ? repeated(stage, lineage(stages, last)) : kept(stage, last);
  const isRepeatedLater = (line: string) => /^(?:USER|ENTRYPOINT|CMD) /.test(line);
  const next = [
    `FROM ${from}`,
    ...lines.filter((line) => !isRepeatedLater(line)),
    ...copies,
    ...lines.filter(isRepeatedLater),
    ...stage.writes,
  ];
  return [...stages.slice(0, -1), ...made, ...packages, next]
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

interface Followed {
  readonly from: string;
  readonly application: readonly string[];
  readonly head: Inspection;
}

function stagesOf(dockerfile: string): readonly (readonly string[])[] {
  return dockerfile
    .split(/^(?=FROM )/m)
    .map((text) => text.split("\n").filter((line) => line !== ""))
    .filter((lines) => lines.length > 0);
}

/** Returns a stage's lines after those of the stage that it continues. */
function lineage(stages: readonly (readonly string[])[], stage: readonly string[]): readonly string[] {
  const [, name] = /^FROM (\S+)/.exec(stage[0] ?? "") ?? [];
  const parent = stages.find(([from = ""]) => from.endsWith(` AS ${name}`));
  return parent === undefined ? stage : [...lineage(stages, parent), ...stage];
}

/** Returns the stage under a name. */
function stageOf(name: string, [first = "", ...lines]: readonly string[]): readonly string[] {
  return [`${first.replace(/ AS \w+$/, "")} AS ${name}`, ...lines];
}

/** Returns the stage that installs packages, started from another base image. */
function packageStage({ from, target }: Packages, stages: readonly (readonly string[])[]): readonly string[] {
  const installing = stages.find((lines) => lines.some((line) => line.includes("pip install"))) ?? [];
  const lines = installing.slice(1, installing.findIndex((line) => line.includes("pip install")) + 1);
  return [
    `FROM ${from} AS packages`,
    ...lines
      .filter((line) => !line.includes("venv /") && !line.includes("useradd"))
      .map((line) => line.replace(/(?:\/\S+\/)?pip install/, target?.install ?? "pip install"))
      .map((line) => line.replace(/--chown=\S+ /, "")),
  ];
}

type Packages = NonNullable<NewStage["packages"]>;

function targetCopy({ packages }: NewStage): readonly string[] {
  const target = packages?.target ?? null;
  return target === null ? [] : [`COPY --from=packages ${target.path} ${target.destination}`];
}

function pathsToCopy({ placement, runs }: NewStage, application: readonly string[]): readonly string[] {
  const program = placement === "add" && "loads" in runs ? [runs.path] : [];
  return [
    ...program.filter((path) => !application.some((other) => path.startsWith(`${other}/`))),
    ...application,
  ];
}

function libraryPaths(
  { libraries, libraryDirectory }: NewStage,
  head: Inspection,
): readonly (readonly [string, string])[] {
  return libraries.map((name) => {
    const link = head.start.chain.find(({ kind, needs }) => kind === "library" && needs === name);
    return [link?.path ?? fail(name), `${libraryDirectory}/${name}`];
  });
}

function copyOf(stage: string, path: string, to: string, { placement, renamed }: NewStage): string {
  const owner = placement === "add" && renamed.length > 0 ? "--chown=65532 " : "";
  return `COPY --from=${stage} ${owner}${path} ${to}`;
}

/** Returns the lines that a new stage repeats. */
function repeated({ repeats }: NewStage, lines: readonly string[]): readonly string[] {
  return lines.filter((line) => repeats.some((name) => line.startsWith(`${name} `)));
}

/** Returns the lines that the last stage keeps. */
function kept(
  { removes, renamed, movesCommands }: NewStage,
  [, ...lines]: readonly string[],
): readonly string[] {
  return lines
    .filter((line) => !removes.some((name) => line.startsWith(`${name} `)))
    .filter((line) => !movesCommands || !line.startsWith("RUN "))
    .map((line) =>
      line.replace(/--chown=(\S+)/, (_, owner: string) => {
        const names = owner.split(":").map((name) => (renamed.includes(name) ? "65532" : name));
        return `--chown=${names.join(":")}`;
      }),
    );
}

function fail(what: string): never {
  throw new Error(`The advice cannot be followed: ${what}.`);
}
