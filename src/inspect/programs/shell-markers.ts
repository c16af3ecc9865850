import { type Marker, marker, type Sign } from "./marker.ts";

/** Strings of BusyBox itself, which do not show which applets it has. */
const busybox: Sign = {
  least: 2,
  of: [
    "BusyBox v1.",
    "BusyBox is copyrighted by many authors",
    "Usage: busybox [function",
    "Currently defined functions:",
    "multi-call binary that combines many",
    "/etc/busybox.conf",
    "applet not found",
  ],
};

/** Kenneth Almquist's shell and its descendants. Some of them begin messages with a capital letter. */
const ash: Sign = {
  least: 4,
  of: [
    "EOF in backquote substitution",
    'se "exit" to leave shell.',
    "You have stopped jobs.",
    "ad for loop variable",
    "nterminated quoted string",
    ": bad variable name",
    "%s not defined in %s",
    "llegal option -%c",
    "o arg for -%c option",
    "osing paren expected",
    "ad fd number",
    " is a shell keyword",
  ],
};

/** BusyBox's other shell. */
const hush: Sign = {
  least: 3,
  of: [
    "HUSH_VERSION=",
    "syntax error: unterminated %s",
    "syntax error: unexpected %s",
    "syntax error at '%s'",
    "unexpected EOF in here document",
    "fatal recursion (depth %u)",
    "wait: pid %u is not a child of this shell",
    "%s: not in a function or sourced script",
  ],
};

/** The MirBSD Korn shell, and the legacy shell that is built from it. */
const mirbsd: Sign = {
  least: 4,
  of: [
    "${ENV:-~/.mkshrc}",
    "Use 'exit' to leave mksh",
    "empty nameref target",
    "funny $()-command",
    "integer overflow %zu %c %zu prevented",
    "TELIF unexpected",
    "L#R#UZ#afgi#lnprtux",
    "nested arrays not yet supported",
    "reference variable can't be an array",
    "wdscan: unknown char 0x%X (carrying on)",
  ],
};

/** Bill Joy's shell. tcsh is derived from it. */
const csh: Sign = {
  least: 4,
  of: [
    "/etc/csh.cshrc",
    "No job control in this shell",
    "Too dangerous to alias that",
    "Words not parenthesized",
    "$?<digit> or $#<digit> not allowed",
    "Directory stack not that deep",
    "Can't << within ()'s",
    "Not in while/foreach",
    "Malformed file inquiry",
    "Can't suspend a login shell",
  ],
};

/**
 * Strings that only shells contain: messages, names of variables, tables of options. Each list has more
 * strings than are required, and all are in every searched version, for every processor
 * (__tests__/inspect/programs/real-programs.oracle.test.ts). The first marker that matches names the shell:
 * BusyBox contains the strings of dash as well, because its ash is derived from dash.
 */
export const shellMarkers: readonly Marker[] = [
  // A BusyBox without ash and hush has no shell.
  { name: "busybox", signs: [busybox, ash] },
  { name: "busybox", signs: [busybox, hush] },
  // Strings of toybox itself prove nothing, because most builds have no sh (toys/pending/sh.c).
  marker("toybox", 3, [
    "(noediting)(noprofile)(norc)sc:i",
    "bad quote depth",
    "recursive occlusion",
    "need for/while/until",
    "%s: bad pid/job",
    "declare -%s %.*s",
    "bad math: %s @ %ld",
    "%s: ambiguous redirect",
  ]),
  marker("bash", 4, [
    // version.c: the string that what(1) searches for.
    "@(#)Bash version ",
    "bash_execute_unix_command",
    "BASH_EXECUTION_STRING",
    "maximum function nesting level exceeded",
    "error importing function definition for `%s'",
    "initialize_job_control",
    "make_redirection: redirection instruction",
    "trap_handler: bad signal",
    "wait_for: No record of process",
    "cannot make pipe for command substitution",
    "-ilrsD or -c command or -O shopt_option",
  ]),
  { name: "lksh", signs: [{ least: 1, of: ["@(#)LEGACY KSH "] }, mirbsd] },
  { name: "mksh", signs: [mirbsd] },
  // Also derived from the Public Domain Korn shell.
  marker("posh", 4, [
    "POSH_VERSION",
    "%s/poshXXXXXX",
    "shcomexec: %s",
    "posh_builtin_getopts: no argv",
    "waitlast: no last job",
    "remove_job: job not found (%s)",
    "j_async: bad nzombie (%d)",
    "no file specified for sourcing",
  ]),
  marker("oksh", 4, [
    "@(#)PD KSH ",
    "FVIESCCOMPLETE",
    "FVITABCOMPLETE",
    "Use `exit' to leave ksh",
    "could not finish (dup) redirection",
    "can't find function definition file",
    "No controlling tty (open /dev/tty: %s)",
    "integer=typeset -i",
    "autoload=typeset -fu",
    "stop=kill -STOP",
  ]),
  marker("ksh93", 4, [
    "@(#)$Id: whence (",
    "@(#)$Id: typeset (",
    "/etc/ksh.kshrc",
    "typeset -T %s",
    ".sh.subscript",
    "no query process",
    "is an undefined function",
    "is a tracked alias",
  ]),
  marker("zsh", 4, [
    "ZSH_PATCHLEVEL",
    "READNULLCMD",
    "REPORTMEMORY",
    "KEYBOARD_HACK",
    "HISTORY_IGNORE",
    "warnnestedvar",
    "autoparamslash",
    "rcexpandparam",
    "zmodload -ab",
    "job table full or recursion limit exceeded",
    "maximum nested function level reached",
  ]),
  {
    name: "tcsh",
    signs: [
      csh,
      {
        least: 2,
        of: [
          "run-fg-editor",
          "transpose-gosling",
          "Bad tw_command",
          "e_dosify_next",
          "No $watch variable set",
          "list-choices-raw",
        ],
      },
    ],
  },
  { name: "csh", signs: [csh] },
  marker("fish", 3, [
    "# This file contains fish universal variable definitions.",
    "# VERSION: %64s",
    "FISH_NO_WSL_CHECK",
    "fish_emoji_width",
    "fish_read_limit",
    "populate_from_file_contents",
    "setpgid(2) returned EPERM. Retrying",
    "process_type_t::exec process found in pipeline",
    "disable_automatic_save_counter > 0",
  ]),
  marker("yash", 4, [
    "Yet another shell",
    "$YASH_AFTER_CD",
    "YASH_LOADPATH",
    "vi-exec-alias",
    "srch-self-insert",
    "bol-or-digit",
    "eof-or-delete",
    "accept-prediction",
    "abort-expect-char",
    "lineedit command",
  ]),
  marker("sash", 4, [
    "Stand-alone shell (version",
    "Exit from sash",
    "-pivot_root",
    'Alias "%s" is not defined',
    'Cannot alias "alias"',
    "Illegal use of -o",
    "List ext2 file attributes",
    "No memory for alias table",
  ]),
  // Go packages that only this shell has. The second half are their former names.
  marker("elvish", 2, [
    "src.elv.sh/pkg/shell.",
    "src.elv.sh/pkg/edit.",
    "src.elv.sh/pkg/prog.",
    "src.elv.sh/pkg/daemon.",
    "elves/elvish/pkg/shell.",
    "elves/elvish/pkg/edit.",
    "elves/elvish/pkg/prog.",
    "elves/elvish/pkg/daemon.",
  ]),
  // Byron Rakitzis' rc, then Plan 9's.
  marker("rc", 4, [
    "rc: unknown flag",
    "`if not' must follow `if'",
    "rc: line %d: %s near %s",
    "multi-word variable name",
    "null function name",
    "rc: `%s' is a bad number",
    "'=' in variable name",
    "caught signal set to SIG_DFL",
    "bad mode passed to rc_open",
  ]),
  marker("rc", 4, [
    "mismatched list lengths in concatenation",
    "Can't cd -- $home empty",
    "`if not' does not follow `if(...)'",
    "variable name not singleton!",
    "null list in concatenation",
    "Bad address %d in stuffdot",
    "Xunlocal: no locals!",
    "builtin: empty argument list",
    "unknown flags %08ux in rfork",
    "turfredir null!",
  ]),
  marker("es", 4, [
    "$&writehistory",
    "$&backquote",
    "fn-%interactive-loop",
    "fn-%eval-noprint",
    "%exit-on-false",
    "fn-%backquote",
  ]),
  marker("mrsh", 3, [
    "builtin_unalias",
    "mrsh_run_program",
    "mrsh_state_",
    "usage: command [-v|-V|-p] command_name",
    "expected a complete command",
  ]),
  marker("brush", 3, [
    "BRUSH_VERSION",
    "bash-compatible, Rust-implemented, POSIX-style shell",
    "unknown bundled command: ",
    "Configure the running brush shell",
    "github.com/reubeno/brush/issues",
    "For more information, visit https://brush.sh",
  ]),
  // Its main package. Programs that only embed the interpreter (mvdan.cc/sh/v3/interp) are not shells.
  marker("gosh", 1, ["mvdan.cc/sh/v3/cmd/gosh", "/cmd/gosh/main.go"]),
  // dash, and what is derived from it: klibc's and FreeBSD's sh.
  { name: "dash", signs: [ash] },
];

/** Programs that combine many and choose one by the name that they are called by. */
export const multiCallShells: ReadonlySet<string> = new Set(["busybox", "toybox"]);
