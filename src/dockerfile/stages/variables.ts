import { formatPlatform, type Platform } from "../../oci/platform.ts";
import type { Dockerfile } from "../parse/dockerfile.ts";
import { expandWord } from "../parse/expand.ts";
import { refuse } from "../parse/refuse.ts";
import { splitWords } from "../parse/words.ts";

/** Characters of all values. A Dockerfile is at most 1 MiB, but values may refer to each other. */
const maxTotal = 16 * 1024 * 1024;

export interface VariableRequest {
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly target: string;
  readonly targetPlatform: Platform;
  readonly buildPlatform: Platform;
}

/**
 * Returns the variables that FROM may use: the predefined ones, then the ARGs before the first FROM. A build
 * argument is used verbatim. A default is expanded with the variables before it. An ARG without a default
 * sets nothing.
 */
export function globalVariables(
  { metaArgs, escapeToken }: Dockerfile,
  request: VariableRequest,
): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  let total = 0;
  for (const [name, value] of predefined(request)) variables.set(name, request.buildArgs.get(name) ?? value);
  for (const { text, line } of metaArgs) {
    for (const word of splitWords(text, escapeToken)) {
      const at = word.indexOf("=");
      const name = at === -1 ? word : word.slice(0, at);
      const given = request.buildArgs.get(name);
      if (given === undefined && at === -1) continue;
      const value = given ?? expandWord(word.slice(at + 1), variables, { escapeToken, line });
      total += value.length;
      if (total > maxTotal) refuse(line, `the values of ARG add up to more than ${maxTotal} characters`);
      variables.set(name, value);
    }
  }
  return variables;
}

function predefined({
  target,
  targetPlatform,
  buildPlatform,
}: VariableRequest): readonly (readonly [string, string])[] {
  return [
    ["BUILDPLATFORM", formatPlatform({ ...buildPlatform, osVersion: "" })],
    ["BUILDOS", buildPlatform.os],
    ["BUILDOSVERSION", buildPlatform.osVersion],
    ["BUILDARCH", buildPlatform.architecture],
    ["BUILDVARIANT", buildPlatform.variant],
    ["TARGETPLATFORM", formatPlatform(targetPlatform)],
    ["TARGETOS", targetPlatform.os],
    ["TARGETOSVERSION", targetPlatform.osVersion],
    ["TARGETARCH", targetPlatform.architecture],
    ["TARGETVARIANT", targetPlatform.variant],
    ["TARGETSTAGE", target === "" ? "default" : target],
  ];
}
