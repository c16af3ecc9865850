import type { Call } from "./call.ts";
import { isSecureByCapabilities } from "./capabilities.ts";
import type { Execution } from "./execute.ts";
import type { Scope } from "./find-program.ts";
import type { StartLink } from "./start.ts";

/** An ELF program in the chain. All text is bytes, as in Call. */
export interface StartedProgram extends Call {
  /** its link in the chain */
  readonly link: StartLink;
  /** AT_SECURE: setuid, setgid or file capabilities give it more rights than its caller has */
  readonly isSecure: boolean;
}

/** Returns the program that an execution starts, and the rights that it has (execve(2)). */
export function startedProgram(
  { opened, argv }: Execution,
  { env, directory, account, by }: Scope,
  { link, isArgvKnown }: { readonly link: StartLink | undefined; readonly isArgvKnown: boolean },
): StartedProgram | null {
  const program = opened.at(-1)?.place.node;
  if (argv === null || program === undefined || link === undefined) return null;
  const { mode, uid, capabilities } = program.attributes;
  const isSetuid = (mode & 0o4000) !== 0 && account?.uid !== uid;
  return {
    program,
    argv,
    isArgvKnown,
    env,
    directory,
    account: isSetuid ? { uid, gids: null } : account,
    isStartedByEngine: by === "runtime",
    link,
    // The setgid bit counts only if the group may execute the file (bprm_fill_uid).
    isSecure: isSetuid || (mode & 0o2010) === 0o2010 || isSecureByCapabilities(capabilities, account),
  };
}
