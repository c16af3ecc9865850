import { Buffer } from "node:buffer";
import { isObject, type JsonObject, parseJson } from "../../../image/documents/json.ts";
import type { FilesystemNode } from "../../../image/filesystem/node.ts";
import { type DotnetVersion, type Range, versionOf } from "./dotnet-version.ts";

/** A framework that an app needs. */
export interface FrameworkReference {
  readonly name: string;
  readonly version: DotnetVersion;
  /** at most: where versions of .NET differ, the wider one */
  readonly range: Range;
}

/** What decides a policy besides the file. */
export interface Policy {
  /** `--roll-forward` */
  readonly option: string | undefined;
  /** DOTNET_ROLL_FORWARD */
  readonly variable: string | undefined;
  /** DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX is set, which .NET 12 ignores */
  readonly isLegacy: boolean;
}

const maxSize = 64 * 1024;

/**
 * Reads the frameworks of a *.runtimeconfig.json (runtime_config.cpp parse_opts). A self-contained app names
 * none.
 * @returns null if that is not known
 */
export function frameworksOf(
  { attributes }: FilesystemNode,
  policy: Policy,
): readonly FrameworkReference[] | null {
  const text = attributes.content?.text;
  if (text === undefined) return null;
  const options = runtimeOptions(text);
  if (options === null) return null;
  const { framework, frameworks } = options;
  const listed = [
    ...(framework === undefined ? [] : [framework]),
    ...(Array.isArray(frameworks) ? frameworks : []),
  ];
  if (frameworks !== undefined && !Array.isArray(frameworks)) return null;
  const references = listed.map((item) => (isObject(item) ? referenceOf(item, options, policy) : null));
  const known = references.filter((reference) => reference !== null);
  return known.length === references.length ? known : null;
}

/** .NET also takes comments, and the first of two keys with one name; neither is supported here. */
function runtimeOptions(text: string): JsonObject | null {
  try {
    const { runtimeOptions: options } = parseJson(Buffer.from(text, "latin1"), "runtimeconfig.json", maxSize);
    return isObject(options) ? options : null;
  } catch {
    return null;
  }
}

function referenceOf(item: JsonObject, options: JsonObject, policy: Policy): FrameworkReference | null {
  const { name, version } = item;
  if (typeof name !== "string" || !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/.test(name)) return null;
  const asked = typeof version === "string" ? versionOf(version) : null;
  if (asked === null) return null;
  // The last that is given wins: the file, the framework in it, the variable, the option.
  const given = [options["rollForward"], item["rollForward"], policy.variable, policy.option];
  const ranges = given.filter((value) => value !== undefined).map(rangeOf);
  if (ranges.includes(null)) return null;
  const isLegacy =
    policy.isLegacy || [options, item].some((object) => object["rollForwardOnNoCandidateFx"] !== undefined);
  return { name, version: asked, range: isLegacy ? "major" : (ranges.at(-1) ?? "minor") };
}

/** roll_forward_option_from_string ignores case. */
function rangeOf(policy: unknown): Range | null {
  if (typeof policy !== "string") return null;
  switch (policy.toLowerCase()) {
    case "disable":
      return "exact";
    case "latestpatch":
      return "patch";
    case "minor":
    case "latestminor":
      return "minor";
    case "major":
    case "latestmajor":
      return "major";
    default:
      return null;
  }
}
