/** Whether an image's own command can start, proven from its bytes. Nothing is run. */
export interface Start {
  /** yes: program, interpreters, libraries and symbol versions exist; unknown: neither could be proven */
  readonly verdict: "yes" | "no" | "unknown";
  /**
   * what the engine executes: ENTRYPOINT and CMD joined, with the shell of a shell form; empty if there is no
   * command
   */
  readonly command: readonly string[];
  /** from the command to the last library, in the order in which the kernel and the loader open them */
  readonly chain: readonly StartLink[];
  /** why it cannot start; empty unless the verdict is no */
  readonly problems: readonly StartProblem[];
  /** what is not proven, such as what a program loads by name at run time: one sentence each, for people */
  readonly unproven: readonly string[];
  /** what may prevent it from working elsewhere, with the evidence: one sentence each, for people */
  readonly hints: readonly string[];
  /** what HEALTHCHECK lacks; absent if it is not known to fail */
  readonly healthcheck?: HealthcheckProblem;
}

/** What HEALTHCHECK needs and the image lacks. Containers start nevertheless, and never become healthy. */
export interface HealthcheckProblem {
  /** the program, as HEALTHCHECK names it, or the shell of the shell form */
  readonly needs: string;
  /** what is there instead, as in StartProblem */
  readonly found: string;
  /** whether its command is a text for `/bin/sh`, not a JSON array */
  readonly isShellForm: boolean;
}

/** One file of the chain. Paths are absolute and UTF-8. */
export interface StartLink {
  readonly kind: "program" | "script" | "interpreter" | "loader" | "library";
  /** the file that was opened, links followed; if nothing was found, what was looked for */
  readonly path: string;
  /** what named it: a file of the chain, or null for the command itself */
  readonly neededBy: string | null;
  /** the name that was used: `libssl.so.3`, `/lib64/ld-linux-x86-64.so.2`, `python3` */
  readonly needs: string;
  readonly isFound: boolean;
}

/** The classes of problems that prevent an image from starting. */
export type StartProblemClass =
  /** the dynamic loader or a script's interpreter does not exist */
  | "interpreter-missing"
  /** a library lacks a symbol version */
  | "version-missing"
  /** a library does not exist */
  | "library-missing"
  /** a file is for a processor other than that of the image's platform */
  | "wrong-architecture"
  /** the command's program does not exist, is not a file, or has no execute bit */
  | "entrypoint"
  /** WORKDIR is a file, or below one */
  | "working-directory"
  /** a script, or the interpreter in its first line, cannot be executed */
  | "script"
  /** the shell form needs a shell that does not exist */
  | "shell-form"
  /** the base image's entrypoint is the interpreter, and the command names it again */
  | "doubled-entrypoint"
  /** USER is not in /etc/passwd, or its group is not in /etc/group */
  | "user"
  /** a language runtime lacks something that it needs to start */
  | "runtime";

export interface StartProblem {
  readonly class: StartProblemClass;
  /** the file that needs it */
  readonly path: string;
  /** what the file needs, as the file names it */
  readonly needs: string;
  /**
   * what is there instead, as the end of a sentence: `this image does not have it`, `libc.so.6 has versions
   * up to GLIBC_2.31`
   */
  readonly found: string;
  /** what an earlier stage of the Dockerfile has instead; absent if nothing is known to be left there */
  readonly leftBehind?: LeftBehind;
}

/**
 * What an instruction of an earlier stage makes, and no `COPY --from` takes. Text is the Dockerfile's own, without
 * values of variables.
 */
export interface LeftBehind {
  /** 1-based line of the instruction */
  readonly line: number;
  /**
   * package: it installs one that it names; list: it installs all that a file names; file: it makes a file or a
   * virtual environment; directory: it builds something in a directory
   */
  readonly kind: "package" | "list" | "file" | "directory";
  /** the package, or the file that names the packages; otherwise the same as `into` */
  readonly what: string;
  /** what it installs into, makes or builds in; absolute */
  readonly into: string;
}
