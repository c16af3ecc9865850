import { delimiter, isAbsolute } from "node:path";

/**
 * Restricts the search for programs to the absolute directories in PATH. Relative ones are relative to the
 * working directory, which is a pull request's tree. Windows even searches the working directory first.
 */
export function searchAbsolutePaths(env: NodeJS.ProcessEnv): void {
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  env[name] = (env[name] ?? "").split(delimiter).filter(isAbsolute).join(delimiter);
  env["NoDefaultCurrentDirectoryInExePath"] = "1";
}
