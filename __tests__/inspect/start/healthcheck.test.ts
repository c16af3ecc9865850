import { expect, test } from "vitest";
import { startChainOf } from "../../../src/inspect/start/chain.ts";
import { filesystemOf, program } from "../../helpers/images.ts";
import { symlink } from "../../helpers/tar.ts";

const dash = [program("bin/dash"), symlink("bin/sh", "dash"), program("bin/curl"), program("app/server")];
const busybox = [program("bin/busybox"), symlink("bin/sh", "busybox"), program("app/server")];
const bare = [program("app/server")];

test.for<[readonly string[] | null, typeof bare, RegExp | null, shell?: readonly string[]]>([
  [["CMD-SHELL", "curl -f http://localhost:$PORT/ || exit 1"], dash, null],
  [["CMD-SHELL", "wget -q -O- http://localhost/ || exit 1"], dash, /^HEALTHCHECK cannot run wget, /],
  [["CMD-SHELL", "exec wget -q"], dash, /^HEALTHCHECK cannot run wget, /],
  [["CMD-SHELL", "wget -q -O- http://localhost/ || exit 1"], busybox, null],
  [["CMD-SHELL", "curl -f http://localhost/ || exit 1"], busybox, /^HEALTHCHECK cannot run curl, /],
  [["CMD-SHELL", "curl -f http://localhost/ || exit 1"], bare, /^HEALTHCHECK cannot run \/bin\/sh, /],
  [["CMD-SHELL", "curl"], dash, null, ["/bin/bash", "-c"]],
  [["CMD-SHELL", "test -f /x"], dash, null],
  [["CMD-SHELL", "$CHECK || exit 1"], dash, null],
  [["CMD", "curl", "-f"], dash, null],
  [["CMD", "curl", "-f"], bare, /^HEALTHCHECK cannot run curl, .*: no directory in PATH has it\.$/],
  [["CMD", "/app/check"], bare, /^HEALTHCHECK cannot run \/app\/check, .*: it does not exist\.$/],
  [["NONE"], bare, null],
  [["CMD"], bare, null],
  [[], bare, null],
  [null, bare, null],
])("%j", async ([healthcheck, members, hint, shell]) => {
  const config = { entrypoint: ["/app/server"], cmd: null, env: [], workingDir: null, user: null };
  const chain = startChainOf({ ...config, healthcheck, shell: shell ?? null }, await filesystemOf(members));
  expect([chain.problems, chain.unknown]).toEqual([[], []]);
  expect(chain.hints).toEqual(hint === null ? [] : [expect.stringMatching(hint)]);
});
