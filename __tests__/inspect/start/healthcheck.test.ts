import { expect, test } from "vitest";
import { commandOf } from "../../../src/inspect/start/command.ts";
import { healthcheckProblem } from "../../../src/inspect/start/healthcheck.ts";
import { filesystemOf, program } from "../../helpers/images.ts";
import { symlink } from "../../helpers/tar.ts";

const dash = [program("bin/dash"), symlink("bin/sh", "dash"), program("bin/curl"), program("app/server")];
const busybox = [program("bin/busybox"), symlink("bin/sh", "busybox"), program("app/server")];
const bare = [program("app/server")];

test.for<[readonly string[] | null, typeof bare, RegExp | null, shell?: readonly string[]]>([
  [["CMD-SHELL", "curl -f http://localhost:$PORT/ || exit 1"], dash, null],
  [["CMD-SHELL", "wget -q -O- http://localhost/ || exit 1"], dash, /^wget: /],
  [["CMD-SHELL", "exec wget -q"], dash, /^wget: /],
  [["CMD-SHELL", "wget -q -O- http://localhost/ || exit 1"], busybox, null],
  [["CMD-SHELL", "curl -f http://localhost/ || exit 1"], busybox, /^curl: /],
  [["CMD-SHELL", "curl -f http://localhost/ || exit 1"], bare, /^\/bin\/sh: /],
  [["CMD-SHELL", "wget localhost >/dev/null 2>&1 || false"], dash, /^wget: /],
  [["CMD-SHELL", "wget localhost && curl localhost || exit 1;"], dash, /^wget: /],
  [["CMD-SHELL", "wget localhost || curl localhost"], dash, null],
  [["CMD-SHELL", "wget localhost && curl localhost || curl localhost"], dash, null],
  [["CMD-SHELL", "wget localhost || exit 0"], dash, null],
  [["CMD-SHELL", "wget localhost; curl localhost"], dash, null],
  [["CMD-SHELL", "wget localhost | cat"], dash, null],
  [["CMD-SHELL", "curl"], dash, null, ["/bin/bash", "-c"]],
  [["CMD-SHELL", "test -f /x"], dash, null],
  [["CMD-SHELL", "$CHECK || exit 1"], dash, null],
  [["CMD", "curl", "-f"], dash, null],
  [["CMD", "curl", "-f"], bare, /^curl: no directory in PATH has it$/],
  [["CMD", "/app/check"], bare, /^\/app\/check: it does not exist$/],
  [["NONE"], bare, null],
  [["CMD"], bare, null],
  [[], bare, null],
  [null, bare, null],
])("%j", async ([healthcheck, members, lacks, shell]) => {
  const config = { entrypoint: ["/app/server"], cmd: null, env: [], workingDir: null, user: null };
  const whole = { ...config, healthcheck, shell: shell ?? null };
  const problem = healthcheckProblem(whole, commandOf(whole), await filesystemOf(members));
  if (lacks === null) expect(problem).toBeNull();
  else expect(`${problem?.needs}: ${problem?.found}`).toMatch(lacks);
  if (problem !== null) expect(problem.isShellForm).toBe(healthcheck?.[0] === "CMD-SHELL");
});
