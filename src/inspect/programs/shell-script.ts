import type { Content } from "../../image/layer/content.ts";
import { baseOf } from "../../image/path.ts";
import { shellNameOf } from "./shell-names.ts";

/** Whether a shell runs it, be it through env(1): such a script can do nothing without that shell. */
export function isShellScript(content: Content | undefined): boolean {
  if (content?.interpreter === undefined) return false;
  const [program = "", ...words] = content.interpreter.split(/[ \t]+/);
  const interpreter = baseOf(program) === "env" ? words.find((word) => !/^-|=/.test(word)) : program;
  return shellNameOf(baseOf(interpreter ?? "")) !== null;
}
