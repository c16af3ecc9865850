import { baseOf, parentOf } from "../../image/path.ts";
import { absolute } from "./absolute.ts";
import { type StageCommand, variablesOf } from "./commands.ts";
import { argumentsOf, type Made } from "./made.ts";
import type { StageState } from "./stage-state.ts";

/** Returns what `pip install` installs (https://pip.pypa.io/en/stable/cli/pip_install/). */
export function madeByPip(command: StageCommand): readonly Made[] {
  const call = pipCall(command.words);
  if (call === null || hasSetting(command)) return [];
  const { options, operands } = argumentsOf(call.args, valued);
  if ([...options.keys()].some((name) => !known.test(name))) return [];
  const place = placeOf(call, options, command);
  if (place === null) return [];
  const packages = operands.flatMap(
    (operand) => /^([A-Za-z0-9][\w.-]{0,99})(?:\[[\w,.-]*\])?(?:[=<>!~].*)?$/.exec(operand)?.[1] ?? [],
  );
  const lists = ["-r", "--requirement"]
    .flatMap((name) => options.get(name) ?? [])
    .filter((name) => name.length <= 100);
  return [
    ...(packages.length > 0 ? [{ kind: "package", what: packages, by: "pip", ...place } as const] : []),
    ...(lists.length > 0 ? [{ kind: "list", what: lists, by: "pip", ...place } as const] : []),
  ];
}

interface PipCall {
  /** the program as written */
  readonly program: string;
  /** the words after `install` */
  readonly args: readonly string[];
}

function pipCall(words: readonly string[]): PipCall | null {
  const [program = "", ...args] = words;
  const name = baseOf(program);
  const isPip = /^pip[\d.]*$/.test(name);
  const isModule = /^python[\d.]*$/.test(name) && args[0] === "-m" && args[1] === "pip";
  const isUv = name === "uv" && args[0] === "pip" && args.includes("--system");
  if (!isPip && !isModule && !isUv) return null;
  const [verb, ...rest] = args.slice(isModule ? 2 : isUv ? 1 : 0);
  return verb === "install" ? { program: isUv ? "python" : program, args: rest } : null;
}

const valued: ReadonlySet<string> = new Set([
  ...["-r", "--requirement", "-c", "--constraint", "-t", "--target", "--prefix", "-i", "--index-url"],
  ...["--extra-index-url", "-f", "--find-links", "--trusted-host", "--timeout", "--retries", "--cache-dir"],
  ...["--only-binary", "--no-binary", "--progress-bar", "--root-user-action", "--upgrade-strategy"],
]);

/** Options that leave the place as it is, or that `placeOf` reads. Others may change it. */
const known =
  /^(?:-[rctfiqvUI]|--(?:requirement|constraint|target|prefix|user|index-url|extra-index-url|find-links|trusted-host|timeout|retries|cache-dir|only-binary|no-binary|progress-bar|root-user-action|upgrade-strategy|no-cache-dir|no-cache|no-compile|no-deps|no-input|no-warn-script-location|disable-pip-version-check|upgrade|force-reinstall|ignore-installed|break-system-packages|prefer-binary|pre|quiet|verbose|require-hashes|no-build-isolation|use-pep517|system))$/;

/** Settings with the same effect as options (PIP_TARGET), and those that lead to another Python. */
function hasSetting(command: StageCommand): boolean {
  return variablesOf(command).some((name) => moving.test(name) && !harmless.test(name));
}

const moving = /^(?:PIP_|UV_|PYTHON(?:USERBASE|HOME)$|HOME$|CONDA)/;
const harmless =
  /^(?:PIP|UV)_(?:NO_CACHE_DIR|NO_CACHE|DISABLE_PIP_VERSION_CHECK|DEFAULT_TIMEOUT|ROOT_USER_ACTION|INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|NO_COLOR|PROGRESS_BAR|NO_INPUT|COMPILE_BYTECODE|LINK_MODE|BREAK_SYSTEM_PACKAGES|VERSION)$/;

type Place = Pick<Made, "into" | "programs">;

function placeOf(
  call: PipCall,
  options: ReadonlyMap<string, readonly string[]>,
  command: StageCommand,
): Place | null {
  const { state, directory } = command;
  const [given] = ["--target", "-t", "--prefix"].flatMap((name) => options.get(name)?.at(-1) ?? []);
  if (given !== undefined) {
    const into = absolute(given, directory);
    return into === null ? null : { into, programs: `${into}/bin` };
  }
  const isUser = options.has("--user");
  const environment = environmentOf(call.program, state);
  if (environment === "unknown") return null;
  if (environment !== null) return isUser ? null : { into: environment, programs: `${environment}/bin` };
  // Without root, pip installs into the user's home.
  if (state.isRoot !== true) return null;
  if (isUser) return { into: "/root/.local", programs: "/root/.local/bin" };
  return ofBaseImage(state);
}

/** Returns the virtual environment that a pip belongs to; null if it is the system's. */
function environmentOf(
  program: string,
  { active, environments, variables }: StageState,
): string | null | "unknown" {
  if (program.includes("/")) {
    const prefix = program.startsWith("/") ? parentOf(parentOf(program)) : "";
    if (environments.has(prefix)) return prefix;
    return prefix === "/usr/local" || prefix === "/usr" ? null : "unknown";
  }
  if (active !== null) return environments.has(active) ? active : "unknown";
  const path = variables.get("PATH");
  if (path === undefined) return null;
  if (path === null) return "unknown";
  for (const directory of path.split(":")) {
    if (directory === "" || /^\/(?:usr|root)\//.test(directory)) continue;
    const prefix = directory.endsWith("/bin") ? parentOf(directory) : "";
    return environments.has(prefix) ? prefix : "unknown";
  }
  return null;
}

/** The directory of packages of official images' own Python: site-packages, or dist-packages of Debian's. */
function ofBaseImage({ base }: StageState): Place | null {
  switch (base?.name) {
    case "docker.io/library/python": {
      const [version] = /^\d+\.\d+/.exec(base.tag) ?? [];
      const into = version === undefined ? "/usr/local/lib" : `/usr/local/lib/python${version}/site-packages`;
      return { into, programs: "/usr/local/bin" };
    }
    case "docker.io/library/debian":
    case "docker.io/library/ubuntu":
      return { into: "/usr/local/lib", programs: "/usr/local/bin" };
    case "docker.io/library/alpine":
      return { into: "/usr/lib", programs: "/usr/bin" };
    default:
      return null;
  }
}
