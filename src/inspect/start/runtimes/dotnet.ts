import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../../image/filesystem/node.ts";
import { type BytePath, baseOf, parentOf } from "../../../image/path.ts";
import { shownPath, textOf } from "../../bytes.ts";
import { type Call, variableOf } from "../call.ts";
import { type FrameworkReference, frameworksOf, type Policy } from "./dotnet-config.ts";
import { compare, type DotnetVersion, serves, versionOf } from "./dotnet-version.ts";
import { directoryAt, fileAt, namesIn, opened } from "./opened.ts";
import { failing, joined, nothingProven, type RuntimeProof, unproven } from "./proof.ts";
import { named } from "./tree.ts";

export function isDotnet({ program }: Call): boolean {
  return baseOf(program.path) === "dotnet";
}

/**
 * Looks for the app of `dotnet APP.dll` and for the frameworks that its runtimeconfig.json names. Their
 * versions are the directories `shared/NAME/VERSION` beside the program itself, links followed. DOTNET_ROOT
 * is for apps' own programs only (corehost: fxr/command_line.cpp, fxr/fx_resolver.cpp,
 * docs/design/features/framework-version-resolution.md of dotnet/runtime).
 */
export function proveDotnet(call: Call, filesystem: Filesystem): RuntimeProof {
  const command = commandOf(call.argv.slice(1));
  if (command === null) return unproven("What .NET executes is not known: the command does not name an app.");
  const { app, rollForward, isConfigOwn } = command;
  const place = opened(app, call, filesystem);
  if (place.kind === "missing" || place.kind === "unreadable")
    return failing(shownPath(call.program.path), textOf(app), place.found);
  if (place.kind !== "file") return unproven(`What ${textOf(app)} is to .NET is not known.`);
  const root = parentOf(call.program.path);
  const hosts = directoryAt(filesystem, `/${root}/host/fxr`);
  const fxr = shownPath(`${root}/host/fxr`);
  if (hosts === null) return failing(shownPath(call.program.path), fxr, "it does not exist");
  const assemblies = unproven(
    `Whether the assemblies that ${shownPath(place.node.path)} loads exist is not known.`,
  );
  // With these beside it, the host takes itself for an app's program (fx_muxer.cpp detect_operating_mode).
  const isOther = ["libcoreclr.so", "dotnet.dll"].some(
    (name) => fileAt(filesystem, `/${root}/${name}`) !== null,
  );
  if (!isConfigOwn || isOther) return assemblies;
  const config = configOf(place.node, filesystem);
  if (config === null) return joined([withoutConfig(place.node, hosts, call, filesystem), assemblies]);
  const references = frameworksOf(config, policyOf(call, rollForward));
  if (references === null || hasDevelopmentConfig(place.node, filesystem) || isOldHost(hosts, filesystem))
    return joined([
      unproven(`Which frameworks ${shownPath(place.node.path)} needs is not known.`),
      assemblies,
    ]);
  const missing = references.flatMap((reference) => {
    const existing = versionsIn(directoryAt(filesystem, `/${root}/shared/${reference.name}`), filesystem);
    return missingFramework(reference, existing, config) ?? [];
  });
  return joined([...missing, assemblies]);
}

/**
 * Looks for the frameworks of an app's own program, which has the app's name and is beside its .dll. It looks
 * for .NET by DOTNET_ROOT, /etc/dotnet and its own text, so that only what exists nowhere is proven missing
 * (docs/design/features/apphost-location.md, AppHostDotNetSearch).
 */
export function proveDotnetApp(call: Call, filesystem: Filesystem): RuntimeProof {
  const { path, size } = call.program;
  const app = fileAt(filesystem, `/${path}.dll`);
  const config = fileAt(filesystem, `/${path}.runtimeconfig.json`);
  if (app === null || config === null) return nothingProven;
  const references = frameworksOf(config, policyOf(call, undefined));
  const all = named(filesystem, (name) => name === "shared");
  if (references === null || all === null || hasDevelopmentConfig(app, filesystem))
    return unproven(`Which frameworks ${shownPath(path)} needs is not known.`);
  if (references.length === 0) return nothingProven;
  // A program compiled ahead of time contains the runtime, and such files may be leftovers beside it.
  if (size > maxAppHost) return unproven(`Whether ${shownPath(path)} needs .NET is not known.`);
  const missing = references.flatMap((reference) => {
    const directories = all.map((shared) => directoryAt(filesystem, `/${shared.path}/${reference.name}`));
    const existing = directories.flatMap((directory) => versionsIn(directory, filesystem));
    return missingFramework(reference, existing, config) ?? [];
  });
  if (missing.length > 0) return joined(missing);
  return unproven(`Which .NET ${shownPath(path)} finds is not known.`);
}

/** Bytes. The host that the SDK copies has about a tenth of it. */
const maxAppHost = 1024 ** 2;

interface Command {
  readonly app: BytePath;
  readonly rollForward: string | undefined;
  /** the configuration beside the app decides, and the frameworks that it names */
  readonly isConfigOwn: boolean;
}

/** Options of the host, each with a value; another word than an app's is a command of the SDK. */
const hostOptions =
  /^--(?:additionalprobingpath|depsfile|runtimeconfig|fx-version|roll-forward|additional-deps|roll-forward-on-no-candidate-fx)$/i;

function commandOf(args: readonly string[]): Command | null {
  let rollForward: string | undefined;
  let isConfigOwn = true;
  for (let at = args[0]?.toLowerCase() === "exec" ? 1 : 0; ; at += 2) {
    const [word, value] = args.slice(at, at + 2);
    if (word === undefined) return null;
    if (!hostOptions.test(word))
      return /\.(?:dll|exe)$/i.test(word) ? { app: word, rollForward, isConfigOwn } : null;
    if (word.toLowerCase() === "--roll-forward") rollForward = value;
    else isConfigOwn = false;
  }
}

function policyOf(call: Call, option: string | undefined): Policy {
  return {
    option,
    variable: variableOf(call, "DOTNET_ROLL_FORWARD") || undefined,
    isLegacy: variableOf(call, "DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX") !== undefined,
  };
}

/** The host takes the app's real path, and a name without its last extension. */
function stemOf({ path }: FilesystemNode): BytePath {
  return path.replace(/\.[^./]*$/, "");
}

function configOf(app: FilesystemNode, filesystem: Filesystem): FilesystemNode | null {
  return fileAt(filesystem, `/${stemOf(app)}.runtimeconfig.json`);
}

/** Its text is not kept, and may name frameworks and policies. */
function hasDevelopmentConfig(app: FilesystemNode, filesystem: Filesystem): boolean {
  return fileAt(filesystem, `/${stemOf(app)}.runtimeconfig.dev.json`) !== null;
}

/**
 * Without that file an app is self-contained, and the host wants its own library beside it
 * (hostpolicy_resolver.cpp try_get_dir).
 */
function withoutConfig(
  app: FilesystemNode,
  hosts: FilesystemNode,
  call: Call,
  filesystem: Filesystem,
): RuntimeProof {
  const directory = `/${parentOf(app.path)}`;
  const isUnclear =
    fileAt(filesystem, `${directory}/libhostpolicy.so`) !== null ||
    variableOf(call, "CORE_SERVICING") !== undefined ||
    directoryAt(filesystem, "/opt/coreservicing") !== null ||
    hasDevelopmentConfig(app, filesystem) ||
    isOldHost(hosts, filesystem);
  if (isUnclear) return nothingProven;
  const file = `${stemOf(app)}.runtimeconfig.json`;
  return failing(
    shownPath(app.path),
    textOf(baseOf(file)),
    `${shownPath(file)} does not exist, nor does libhostpolicy.so, which an app without that file has beside it`,
  );
}

/** Reports whether the host, the newest that exists, is older than .NET Core 3.0, which had other rules. */
function isOldHost(hosts: FilesystemNode, filesystem: Filesystem): boolean {
  return !versionsIn(hosts, filesystem).some(({ numbers: [major] }) => major >= 3);
}

/** The directories that are versions; links to directories are some. */
function versionsIn(directory: FilesystemNode | null, filesystem: Filesystem): readonly DotnetVersion[] {
  const versions: DotnetVersion[] = [];
  for (const name of namesIn(directory)) {
    const version = versionOf(name);
    if (version === null || directory === null) continue;
    if (directoryAt(filesystem, `/${directory.path}/${name}`) !== null) versions.push(version);
  }
  return versions;
}

function missingFramework(
  { name, version, range }: FrameworkReference,
  existing: readonly DotnetVersion[],
  config: FilesystemNode,
): RuntimeProof | null {
  if (existing.some((other) => serves(other, version, range))) return null;
  const has = existing.toSorted(compare).map(({ text }) => text);
  const shown = has.length > 5 ? [...has.slice(0, 2), "…", ...has.slice(-2)] : has;
  const found = has.length === 0 ? "this image has no version of it" : `this image has ${shown.join(", ")}`;
  return failing(shownPath(config.path), `${name} ${version.text}`, found);
}
