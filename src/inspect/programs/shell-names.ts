/** Names that no other program has. */
const certain: ReadonlySet<string> = new Set([
  ...["sh", "bash", "rbash", "bash-static", "dash", "ash", "hush", "msh", "busybox", "sash", "mrsh", "scsh"],
  ...["zsh", "rzsh", "zsh5", "zsh-static", "csh", "bsd-csh", "tcsh", "fish", "yash", "posh", "osh", "ysh"],
  ...["ksh", "rksh", "ksh93", "rksh93", "pdksh", "oksh", "loksh"],
  ...["mksh", "mksh-static", "rmksh", "lksh", "rlksh", "elvish", "xonsh", "pwsh", "murex"],
]);

/**
 * Short words that name other programs as well; toybox, which has a shell in few builds; git-shell, which runs git's
 * commands only. Likely shells, until their bytes agree.
 */
const ambiguous: ReadonlySet<string> = new Set([
  ...["rc", "rc.byron", "es", "ion", "nu", "oil", "rush", "brush", "gosh", "toybox", "git-shell"],
]);

/** What stands where a shell could be, so that there is none. */
const notShells: ReadonlySet<string> = new Set(["nologin", "false", "true", "coreutils", "sbase-box"]);

export interface ShellName {
  /** without a version: `zsh-5.9` is zsh */
  readonly name: string;
  readonly isAmbiguous: boolean;
}

/** The shell that a file name speaks of; null: of none. */
export function shellNameOf(fileName: string): ShellName | null {
  for (const name of [fileName, fileName.replace(/-\d+(?:\.\d+)*$/, "")]) {
    if (certain.has(name)) return { name, isAmbiguous: false };
    if (ambiguous.has(name)) return { name, isAmbiguous: true };
  }
  // BusyBox asks for an applet's name as its first argument when its own begins so (libbb/appletlib.c).
  if (fileName.startsWith("busybox")) return { name: "busybox", isAmbiguous: false };
  return null;
}

export function isNotShell(fileName: string): boolean {
  return notShells.has(fileName);
}
