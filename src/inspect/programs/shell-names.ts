/** Names that only shells have. */
const certain: ReadonlySet<string> = new Set([
  ...["sh", "bash", "rbash", "bash-static", "dash", "ash", "hush", "msh", "busybox", "sash", "mrsh", "scsh"],
  ...["zsh", "rzsh", "zsh5", "zsh-static", "csh", "bsd-csh", "tcsh", "fish", "yash", "posh", "osh", "ysh"],
  ...["ksh", "rksh", "ksh93", "rksh93", "pdksh", "oksh", "loksh"],
  ...["mksh", "mksh-static", "rmksh", "lksh", "rlksh", "elvish", "xonsh", "pwsh", "murex"],
]);

/**
 * Short words that other programs have as names, too; toybox, which has a shell in few builds; and git-shell,
 * which runs only git's commands. They are likely shells, and certain ones if the content matches.
 */
const ambiguous: ReadonlySet<string> = new Set([
  ...["rc", "rc.byron", "es", "ion", "nu", "oil", "rush", "brush", "gosh", "toybox", "git-shell"],
]);

/** Programs that take the place of a shell but are not shells. */
const notShells: ReadonlySet<string> = new Set(["nologin", "false", "true", "coreutils", "sbase-box"]);

export interface ShellName {
  /** without a version: `zsh-5.9` is zsh */
  readonly name: string;
  readonly isAmbiguous: boolean;
}

/** Returns the shell that a file name identifies. Null if it is not a shell's name. */
export function shellNameOf(fileName: string): ShellName | null {
  for (const name of [fileName, fileName.replace(/-\d+(?:\.\d+)*$/, "")]) {
    if (certain.has(name)) return { name, isAmbiguous: false };
    if (ambiguous.has(name)) return { name, isAmbiguous: true };
  }
  // A BusyBox with such a name takes an applet's name as its first argument (libbb/appletlib.c).
  if (fileName.startsWith("busybox")) return { name: "busybox", isAmbiguous: false };
  return null;
}

export function isNotShell(fileName: string): boolean {
  return notShells.has(fileName);
}
