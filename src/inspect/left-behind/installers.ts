import { baseOf } from "../../image/path.ts";
import { absolute } from "./absolute.ts";
import { environmentOf, type StageCommand, variablesOf } from "./commands.ts";
import { argumentsOf, type Made } from "./made.ts";
import { madeByPip } from "./pip.ts";

/** Returns what a command makes, where its words and the stage's settings show for certain where. */
export function madeBy(command: StageCommand): readonly Made[] {
  if (!command.areWordsKnown || command.isConditional) return [];
  const environment = environmentOf(command);
  if (environment !== null) return [built(environment, "compiler")];
  return makers.flatMap((maker) => maker(command));
}

type Maker = (command: StageCommand) => readonly Made[];

const makers: readonly Maker[] = [
  madeByPip,
  madeByNpm,
  madeByGem,
  madeBySystem,
  madeByGo,
  madeByCargo,
  madeByJvm,
];

/** Global packages only. Those of an application are in its own directory, which is copied with it. */
function madeByNpm(command: StageCommand): readonly Made[] {
  const [name = "", verb = "", ...args] = command.words;
  if (name !== "npm" || !/^(?:install|i|add)$/.test(verb) || isSet(command, /^npm_config_|^NPM_CONFIG_/i))
    return [];
  const { options, operands } = argumentsOf(args, new Set(["--registry"]));
  const isPlain = [...options.keys()].every((option) =>
    /^(?:-g|--global|--omit|--no-fund|--no-audit|--registry|--production|--quiet|--silent|--loglevel)$/.test(
      option,
    ),
  );
  if (!isPlain || !(options.has("-g") || options.has("--global"))) return [];
  const what = operands.flatMap(
    (operand) => /^((?:@[\w.-]+\/)?[\w.-]+)(?:@[^@/]*)?$/.exec(operand)?.[1] ?? [],
  );
  return packages("npm", what, "/usr/local/lib/node_modules", "/usr/local/bin");
}

/** Official images of Ruby have GEM_HOME. */
function madeByGem(command: StageCommand): readonly Made[] {
  const [name = "", verb = "", ...args] = command.words;
  if (name !== "gem" || verb !== "install" || command.state.base?.name !== "docker.io/library/ruby")
    return [];
  if (isSet(command, /^(?:GEM|BUNDLE)_/)) return [];
  const { options, operands } = argumentsOf(args, new Set(["-v", "--version"]));
  const isPlain = [...options.keys()].every((option) =>
    /^(?:-v|--version|-N|--no-document|--conservative)$/.test(option),
  );
  return isPlain ? packages("gem", operands, "/usr/local/bundle", "/usr/local/bundle/bin") : [];
}

function madeBySystem({ words }: StageCommand): readonly Made[] {
  const [name = "", ...args] = words;
  if (!/^(?:apt|apt-get|apk|dnf|microdnf|yum|zypper)$/.test(name)) return [];
  const valued = new Set([
    "-t",
    "--target-release",
    "-o",
    "--option",
    "--virtual",
    "-X",
    "--repository",
    "-p",
    "--root",
    "--installroot",
  ]);
  const { options, operands } = argumentsOf(args, valued);
  const [verb, ...rest] = operands;
  if (verb !== (name === "apk" ? "add" : "install")) return [];
  if (elsewhere.some((option) => options.has(option))) return [];
  const what = rest.flatMap(
    (word) => /^([a-z0-9][a-z0-9+._-]*)(?::\w+)?(?:[=<>~].*)?$/i.exec(word)?.[1] ?? [],
  );
  return packages("system", what, "/usr/lib", "/usr/bin");
}

/** Options of package managers that install into another root, or nothing. */
const elsewhere = ["-p", "--root", "--installroot", "-s", "--simulate", "--dry-run", "-d", "--download-only"];

/** https://go.dev/ref/mod#go-install, and `go help build` for -o. Official images have GOPATH=/go. */
function madeByGo(command: StageCommand): readonly Made[] {
  const [name = "", verb = "", ...args] = command.words;
  if (baseOf(name) !== "go") return [];
  const { options, operands } = argumentsOf(
    args,
    new Set(["-o", "-ldflags", "-tags", "-mod", "-gcflags", "-p", "-C", "-asmflags", "-overlay"]),
  );
  if (verb === "build") {
    const output = options.get("-o")?.at(-1) ?? "";
    const path = absolute(output, options.has("-C") ? null : command.directory);
    return path === null || !/[^./]$/.test(output) ? [] : [built(path, "compiler")];
  }
  const isOfficial = command.state.base?.name === "docker.io/library/golang";
  if (verb !== "install" || !isOfficial || isSet(command, /^GO(?:BIN|PATH|OS|ARCH)$/)) return [];
  const what = operands.flatMap((operand) => /([\w.-]+)(?:\/v\d+)?@[^/]+$/.exec(operand)?.[1] ?? []);
  return packages("compiler", what, "/go/bin", "/go/bin");
}

/** https://doc.rust-lang.org/cargo/commands/. Official images have CARGO_HOME=/usr/local/cargo. */
function madeByCargo(command: StageCommand): readonly Made[] {
  const [name = "", verb = "", ...args] = command.words;
  if (name !== "cargo" || isSet(command, /^CARGO_/)) return [];
  const { options, operands } = argumentsOf(
    args,
    new Set(["--version", "--features", "--bin", "-p", "--package", "--target", "-j", "--profile"]),
  );
  if ([...options.keys()].some((option) => /^--(?:root|path|target-dir|manifest-path|git)$/.test(option)))
    return [];
  if (verb === "build" || verb === "b") {
    const target = absolute("target", command.directory);
    return target === null ? [] : [built(target, "cargo")];
  }
  const isOfficial = command.state.base?.name === "docker.io/library/rust";
  return verb === "install" && isOfficial
    ? packages("compiler", operands, "/usr/local/cargo/bin", "/usr/local/cargo/bin")
    : [];
}

/** Maven and Gradle build in directories below that of the project, one for each module. */
function madeByJvm({ words, directory }: StageCommand): readonly Made[] {
  const [name = "", ...args] = words;
  const isMaven = /^mvnw?$/.test(baseOf(name));
  if (!isMaven && !/^gradlew?$/.test(baseOf(name))) return [];
  const goals = isMaven
    ? /^(?:package|verify|install)$/
    : /^(?::?[\w:-]*:)?(?:build|assemble|jar|bootJar|shadowJar|installDist)$/;
  if (directory === null || directory === "/" || !args.some((word) => goals.test(word))) return [];
  if (
    args.some(
      (word) =>
        /^(?:-f|--file|-p|--project-dir|--build-file|-b)/.test(word) || /^-D.*[dD]irectory/.test(word),
    )
  )
    return [];
  return [built(directory, "jvm")];
}

function built(path: string, by: Made["by"]): Made {
  return { kind: by === "compiler" ? "file" : "directory", what: [path], by, into: path, programs: null };
}

function packages(by: Made["by"], what: readonly string[], into: string, programs: string): readonly Made[] {
  return what.length === 0
    ? []
    : [{ kind: "package", what: what.filter((name) => name.length <= 100), by, into, programs }];
}

function isSet(command: StageCommand, names: RegExp): boolean {
  return variablesOf(command).some((name) => names.test(name));
}
