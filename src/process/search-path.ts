import { delimiter, isAbsolute } from "node:path";

/**
 * Lets programs be found in the absolute directories of PATH alone. Relative ones are relative to where a program is
 * started, which is a pull request's tree; so is the directory that Windows looks into before all others.
 */
export function searchAbsolutePaths(env: NodeJS.ProcessEnv): void {
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  env[name] = (env[name] ?? "").split(delimiter).filter(isAbsolute).join(delimiter);
  env["NoDefaultCurrentDirectoryInExePath"] = "1";
}
