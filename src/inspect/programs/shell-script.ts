import type { Content } from "../../image/layer/content.ts";
import { baseOf } from "../../image/path.ts";
import { shellNameOf } from "./shell-names.ts";

/** Reports whether a shell runs the script, directly or through env(1). It is useless without that shell. */
export function isShellScript(content: Content | undefined): boolean {
  if (content?.interpreter === undefined) return false;
  const [program = "", ...words] = content.interpreter.trim().split(/[ \t]+/);
  const interpreter = baseOf(program) === "env" ? words.find((word) => !/^-|=/.test(word)) : program;
  return shellNameOf(baseOf(interpreter ?? "")) !== null;
}
