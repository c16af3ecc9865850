import { baseOf } from "../../image/path.ts";
import type { Call } from "./call.ts";
import { envWrapped } from "./env-command.ts";
import { type OptionSpec, operandsOf } from "./options.ts";
import { shellWrapped } from "./shell-command.ts";
import { isMultiCall, type Wrapped } from "./wrapped.ts";

/**
 * Follows programs that execute their arguments. They are identified by the name that they are called by, or
 * by the name of their file: their bytes do not show more.
 */
export function wrappedBy(call: Call): Wrapped {
  const called = baseOf(call.argv[0] ?? "");
  const file = baseOf(call.program.path);
  if (isMultiCall(file) && isMultiCall(called)) return wrappedBy({ ...call, argv: call.argv.slice(1) });
  // With a single binary for coreutils, /usr/bin/env is a script: `#!/usr/bin/coreutils
  // --coreutils-prog-shebang=env`.
  if (file === "coreutils" && call.argv[1]?.startsWith("--coreutils-prog-shebang=") === true)
    return wrappedBy({ ...call, argv: call.argv.slice(2) });
  const isApplet = isMultiCall(file) || file === "coreutils";
  for (const name of isApplet ? [called] : [called, file]) {
    const [, kind, place] = kinds.find(([pattern]) => pattern.test(name)) ?? [];
    if (kind !== undefined && (place === undefined || place.test(call.program.path))) return kind(call);
  }
  return { kind: "end" };
}

/** The usual places of programs with names that other programs may also have. */
const inBin = /(?:^|\/)s?bin\/[^/]+$|(?:^|\/)busybox[^/]*$/;

const kinds: readonly (readonly [name: RegExp, (call: Call) => Wrapped, place?: RegExp])[] = [
  // https://github.com/krallin/tini, https://github.com/openSUSE/catatonit, https://github.com/Yelp/dumb-init
  [/^(?:tini|docker-init)(?:-static)?(?:-[a-z0-9]+)?$/, plain({ flags: "svwgl", valued: "pe" })],
  [/^catatonit$/, plain({ flags: "gv", valued: "" })],
  [
    /^dumb-init(?:_[\w.]+)?$/,
    plain({ flags: "vc", valued: "r", longFlags: ["verbose", "single-child"], longValued: ["rewrite"] }),
  ],
  [/^nohup$/, plain({ flags: "", valued: "" }), inBin],
  [/^nice$/, plain({ flags: "", valued: "n", longValued: ["adjustment"] }), inBin],
  [/^gosu(?:-[a-z0-9]+)?$/, asUser("go")],
  [/^su-exec(?:-[a-z0-9]+)?$/, asUser("c")],
  [/^setpriv$/, setpriv],
  [/^env$/, envWrapped, inBin],
  [/^(?:sh|ash|dash|bash|ksh|mksh|zsh)$/, shellWrapped, inBin],
];

function plain(spec: OptionSpec): (call: Call) => Wrapped {
  return ({ argv, isArgvKnown }) => {
    const taken = operandsOf(argv.slice(1), spec);
    if (taken === null) return unknownOptions(argv);
    return taken.operands.length > 0 ? { kind: "command", argv: taken.operands } : ended(isArgvKnown, argv);
  };
}

/** gosu (setup-user.go, main.go) and su-exec: a user, then a command. */
function asUser(by: "go" | "c"): (call: Call) => Wrapped {
  return ({ argv, isArgvKnown, account }) => {
    const [name = "", user, ...command] = argv;
    if (user?.startsWith("-")) return unknownOptions(argv);
    if (user === undefined || command.length === 0) return ended(isArgvKnown, argv);
    if (account !== null && account.uid !== 0)
      return { kind: "unknown", why: `${baseOf(name)} needs root to switch to another user.` };
    return { kind: "command", argv: command, by, user };
  };
}

/** setpriv(1) of util-linux. */
function setpriv({ argv, isArgvKnown }: Call): Wrapped {
  const taken = operandsOf(argv.slice(1), {
    flags: "",
    valued: "",
    longFlags: ["clear-groups", "init-groups", "keep-groups", "no-new-privs", "nnp"],
    longValued: [
      ...["reuid", "regid", "ruid", "euid", "rgid", "egid", "groups"],
      ...["inh-caps", "ambient-caps", "bounding-set", "pdeathsig"],
    ],
  });
  if (taken === null) return unknownOptions(argv);
  if (taken.operands.length === 0) return ended(isArgvKnown, argv);
  return { kind: "command", argv: taken.operands, ...(taken.options.length === 0 ? {} : { user: null }) };
}

function unknownOptions([name = ""]: readonly string[]): Wrapped {
  return { kind: "unknown", why: `The options of ${baseOf(name)} do not show what it executes.` };
}

function ended(isArgvKnown: boolean, argv: readonly string[]): Wrapped {
  return isArgvKnown ? { kind: "end" } : unknownOptions(argv);
}
