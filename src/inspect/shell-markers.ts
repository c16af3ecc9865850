import type { Marker } from "./marker.ts";

/**
 * Bytes that shells hold, and no other program of those that were searched: version strings, messages, and tables of
 * their own variables and applets. Seen in Debian's packages (__tests__/inspect/real-programs.test.ts), and chosen to be what a build cannot
 * leave out. The first that fits names the shell: BusyBox holds the strings of dash too, since its ash was made from it.
 */
export const shellMarkers: readonly Marker[] = [
  // The applet table is one string of names between NULs; without ash or hush there is no shell in it.
  { name: "busybox", all: ["BusyBox v", "\0ash\0"] },
  { name: "busybox", all: ["BusyBox v", "\0hush\0"] },
  // toys/posix/sh.c; most builds have no sh.
  { name: "toybox", all: ["Toybox %s multicall", "\0sh\0"] },
  // version.c: the string that what(1) looks for.
  { name: "bash", all: ["@(#)Bash version "] },
  { name: "mksh", all: ["@(#)MIRBSD KSH "] },
  { name: "lksh", all: ["@(#)LEGACY KSH "] },
  { name: "oksh", all: ["@(#)PD KSH "] },
  { name: "ksh93", all: ["@(#)$Id: whence ("] },
  // ZSH_VERSION alone stands in the completions that many programs bring.
  { name: "zsh", all: ["ZSH_PATCHLEVEL"] },
  { name: "tcsh", all: ["/etc/csh.cshrc", "No job control in", "tcsh.cat"] },
  { name: "csh", all: ["/etc/csh.cshrc", "No job control in"] },
  // Written at the top of a file of its own; a sentence, since its names stand in the completions that many programs bring.
  { name: "fish", all: ["# This file contains fish universal variable definitions."] },
  { name: "yash", all: ["Yet another shell"] },
  { name: "posh", all: ["POSH_VERSION"] },
  { name: "sash", all: ["Stand-alone shell (version"] },
  { name: "elvish", all: ["src.elv.sh/pkg/shell."] },
  { name: "rc", all: ["@(#)rc 1."] },
  // The path of its main package. Programs that only embed the interpreter (mvdan.cc/sh/v3/interp) are no shells.
  { name: "gosh", all: ["mvdan.cc/sh/v3/cmd/gosh"] },
  // dash, and what was made from it: klibc's sh, FreeBSD's.
  { name: "dash", all: ["OPTIND=1\0", "ad fd number"] },
];

/** Programs that are many in one and act as the name says that they are called by. */
export const multiCallShells: ReadonlySet<string> = new Set(["busybox", "toybox"]);
