import fc from "fast-check";
import { expect, test } from "vitest";
import { type StartChain, startChainOf } from "../../../src/inspect/start/chain.ts";
import type { StartConfig } from "../../../src/inspect/start/command.ts";
import { filesystemOf, program, script } from "../../helpers/images.ts";
import { file, symlink } from "../../helpers/tar.ts";

const filesystem = await filesystemOf([
  ...[
    "env",
    "nice",
    "nohup",
    "tini",
    "dumb-init",
    "catatonit",
    "gosu",
    "su-exec",
    "setpriv",
    "dash",
    "python3",
  ].map((name) => program(`usr/bin/${name}`)),
  symlink("bin", "usr/bin"),
  symlink("usr/bin/sh", "dash"),
  program("usr/bin/busybox"),
  symlink("usr/bin/ash", "busybox"),
  program("usr/bin/coreutils"),
  symlink("usr/bin/nproc", "coreutils"),
  script("opt/env", "/usr/bin/coreutils --coreutils-prog-shebang=env"),
  program("app/server"),
  program("app/env"),
  program("app/root-only", {}, 0o700),
  program("usr/bin/nurse", {}, 0o4755),
  script("app/run.sh", "/bin/sh -e"),
  script("app/docker-entrypoint.sh", "/bin/sh"),
  script("app/python.sh", "/usr/bin/env python3"),
  script("app/split.sh", "/usr/bin/env -S A=b python3 -u"),
  script("app/bash.sh", "/usr/bin/env bash"),
  script("app/windows.sh", "/bin/sh\r"),
  script("app/coreutils.sh", "/opt/env python3"),
  script("app/again", "/usr/bin/env again"),
  file("app/private.sh", "#!/bin/sh\n", { mode: 0o711 }),
  file("app/odd.sh", "#!/app/server\n", { mode: 0o711 }),
  file("app/text", "exit 0\n", { mode: 0o755 }),
  file("app/plain", "exit 0\n", { mode: 0o644 }),
  file("etc/passwd", "root:x:0:0\napp:x:1000:1000\n"),
  file("etc/group", "root:x:0:\n"),
]);

const user: Partial<StartConfig> = { user: "1000" };

test.for<[argv: string, files: string, end?: string, config?: Partial<StartConfig>]>([
  ["/app/server a b", "/app/server"],
  ["tini -- /app/server", "/usr/bin/tini /app/server"],
  ["tini -s -vvv -e 143 -p SIGTERM /app/server -x", "/usr/bin/tini /app/server"],
  ["tini", "/usr/bin/tini"],
  ["tini --new-option /app/server", "/usr/bin/tini", "unknown"],
  ["dumb-init -c --rewrite=1:2 -r 3:4 nice /app/server", "/usr/bin/dumb-init /usr/bin/nice /app/server"],
  ["catatonit -g -- /app/server", "/usr/bin/catatonit /app/server"],
  [
    "nohup nice -n 5 nice -n5 nice --adjustment=1 /app/server",
    "/usr/bin/nohup /usr/bin/nice /usr/bin/nice /usr/bin/nice /app/server",
  ],
  ["gosu app:root tini /app/server", "/usr/bin/gosu /usr/bin/tini /app/server"],
  ["gosu app", "/usr/bin/gosu"],
  ["su-exec 1:2 /app/server", "/usr/bin/su-exec /app/server"],
  ["su-exec nobody /app/server", "/usr/bin/su-exec /app/server", "user /etc/passwd nobody"],
  ["gosu app /app/server", "/usr/bin/gosu", "unknown", user],
  ["gosu app /app/root-only", "/usr/bin/gosu /app/root-only", "entrypoint /app/root-only /app/root-only"],
  ["setpriv --reuid 1 --nnp /app/server", "/usr/bin/setpriv /app/server"],
  ["setpriv --reset-env /app/server", "/usr/bin/setpriv", "unknown"],
  ["env A=b -- /app/server", "/usr/bin/env --", "entrypoint -- --"],
  ["env -u A -- B=c /app/server", "/usr/bin/env /app/server"],
  ["env - PATH=/app server", "/usr/bin/env /app/server"],
  ["env -i server", "/usr/bin/env", "unknown"],
  ["env PATH=/nowhere server", "/usr/bin/env server", "entrypoint server server"],
  ["env A=b", "/usr/bin/env"],
  ["env --chdir=/app ./server", "/usr/bin/env", "unknown"],
  ["/app/env bash", "/app/env"],
  ["busybox env awk", "/usr/bin/busybox"],
  ["busybox env bash", "/usr/bin/busybox bash", "entrypoint bash bash"],
  ["busybox nginx", "/usr/bin/busybox"],
  ["ash -c awk", "/usr/bin/busybox"],
  ["ash -c node", "/usr/bin/busybox node", "entrypoint node node"],
  ["sh -c awk", "/usr/bin/dash awk", "entrypoint awk awk"],
  ["sh -ec /app/server", "/usr/bin/dash /app/server"],
  ["sh -o pipefail -c -- /app/server", "/usr/bin/dash /app/server"],
  ["sh -lc /app/server", "/usr/bin/dash", "unknown"],
  ["sh -c cd", "/usr/bin/dash", "unknown"],
  ["sh -c exec", "/usr/bin/dash", "unknown"],
  ["sh -c", "/usr/bin/dash", "unknown"],
  ["sh", "/usr/bin/dash"],
  ["sh -c node", "/usr/bin/dash", "unknown", { env: ["BASH_ENV=/x"] }],
  ["sh -c /app/text", "/usr/bin/dash /app/text", "unknown"],
  ["/bin/sh -c /app/plain", "/usr/bin/dash /app/plain", "entrypoint /app/plain /app/plain"],
  ["/app/run.sh", "/app/run.sh /usr/bin/dash"],
  ["tini /app/run.sh", "/usr/bin/tini /app/run.sh /usr/bin/dash"],
  ["/app/python.sh", "/app/python.sh /usr/bin/env /usr/bin/python3"],
  ["/app/split.sh", "/app/split.sh /usr/bin/env /usr/bin/python3"],
  ["/app/coreutils.sh", "/app/coreutils.sh /opt/env /usr/bin/coreutils /usr/bin/python3"],
  ["/app/bash.sh", "/app/bash.sh /usr/bin/env bash", "interpreter-missing /app/bash.sh bash"],
  ["/app/windows.sh", "/app/windows.sh /bin/sh\r", "interpreter-missing /app/windows.sh /bin/sh\r"],
  ["/app/text", "/app/text", "script /app/text /app/text"],
  ["tini /app/text", "/usr/bin/tini /app/text", "unknown"],
  ["gosu app /app/text", "/usr/bin/gosu /app/text", "script /app/text /app/text"],
  ["/app/private.sh", "/app/private.sh /usr/bin/dash", "script /usr/bin/dash /app/private.sh", user],
  ["/app/private.sh", "/app/private.sh /usr/bin/dash"],
  ["/app/odd.sh", "/app/odd.sh /app/server", "unknown", user],
  ["nginx", "nginx", "entrypoint nginx nginx"],
  ["nvidia-smi", "", "unknown"],
  ["/dev/init -- x", "", "unknown"],
  [
    "again",
    `/app/again ${"/usr/bin/env /app/again ".repeat(31)}/usr/bin/env`,
    "unknown",
    { env: ["PATH=/app"] },
  ],
  ["/app/server", "/app/server", "user /etc/passwd nobody", { user: "nobody" }],
  ["./server", "/app/server", "", { workingDir: "/app" }],
  [
    "./server",
    "/app/server/server",
    "working-directory /app/server /app/server",
    { workingDir: "/app/server" },
  ],
  ["./server", "/app/server", "unknown", { workingDir: "app" }],
  ["", "", "unknown"],
])("%s", ([argv, files, end = "", config = {}]) => {
  const chain = chainOf(
    argv.split(" ").filter((word) => word !== ""),
    config,
  );
  expect(chain.links.map(({ path }) => path).join(" ")).toBe(files);
  expect(endOf(chain)).toBe(end);
});

test("reports a missing shell of the shell form and of SHELL", async () => {
  const empty = await filesystemOf([]);
  const problems = [
    startChainOf(configOf({ cmd: ["/bin/sh", "-c", "x"] }), empty),
    startChainOf(configOf({ cmd: ["/bin/ash", "-ec", "x"], shell: ["/bin/ash", "-ec"] }), empty),
    startChainOf(configOf({ cmd: ["/bin/ash", "-ec", "x"] }), empty),
  ].map((chain) => chain.problems[0]?.class);
  expect(problems).toEqual(["shell-form", "shell-form", "entrypoint"]);
});

test("each link has what named it, and each program has its arguments", () => {
  const chain = chainOf(["env", "A=b", "/app/python.sh", "c"], { user: "app", workingDir: "/srv" });
  expect(chain.links).toEqual([
    { kind: "program", path: "/usr/bin/env", neededBy: null, needs: "env", isFound: true },
    {
      kind: "script",
      path: "/app/python.sh",
      neededBy: "/usr/bin/env",
      needs: "/app/python.sh",
      isFound: true,
    },
    {
      kind: "interpreter",
      path: "/usr/bin/env",
      neededBy: "/app/python.sh",
      needs: "/usr/bin/env",
      isFound: true,
    },
    { kind: "program", path: "/usr/bin/python3", neededBy: "/usr/bin/env", needs: "python3", isFound: true },
  ]);
  expect(chain.programs.map(({ argv }) => argv)).toEqual([
    ["env", "A=b", "/app/python.sh", "c"],
    ["/usr/bin/env", "python3", "/app/python.sh", "c"],
    ["python3", "/app/python.sh", "c"],
  ]);
  expect(chain.programs.map(({ isStartedByEngine }) => isStartedByEngine)).toEqual([true, false, false]);
  expect(chain.programs.map(({ env }) => env.includes("A=b"))).toEqual([false, true, true]);
  const account = { uid: 1000, gids: new Set([1000]) };
  expect(chain.programs.at(-1)).toMatchObject({
    account,
    directory: "/srv",
    isSecure: false,
    isArgvKnown: true,
  });
});

test("words that only the container knows stay unknown to programs that get them", () => {
  const chain = chainOf(["sh", "-c", "exec tini -- /app/server $OPTIONS"]);
  expect(chain.programs.map(({ argv, isArgvKnown }) => [argv.at(-1), isArgvKnown])).toEqual([
    ["exec tini -- /app/server $OPTIONS", true],
    ["/app/server", false],
    ["/app/server", false],
  ]);
});

test("a setuid program has its owner's rights, and is marked as secure", () => {
  const chain = chainOf(["nurse"], { user: "1000" });
  expect(chain.programs[0]).toMatchObject({ isSecure: true, account: { uid: 0, gids: null } });
  expect(chainOf(["nurse"]).programs[0]?.isSecure).toBe(false);
});

test("hints at programs that start only with the runtime's capabilities", () => {
  const chain = chainOf(["/app/root-only"], user);
  expect([chain.problems, chain.unknown]).toEqual([[], []]);
  expect(chain.hints).toEqual([
    expect.stringMatching(/^\/app\/root-only has mode 0700: user 1000 can execute it only/),
  ]);
  expect(chainOf(["/app/root-only"]).hints).toEqual([]);
});

test("hints at a missing command that an entrypoint script is passed", () => {
  const hintsOf = (...words: readonly string[]) => chainOf(["/app/docker-entrypoint.sh", ...words]).hints;
  expect(hintsOf("nginx", "-g")).toEqual([
    expect.stringMatching(/^\/app\/docker-entrypoint.sh fails if it executes its argument nginx: /),
  ]);
  expect([
    hintsOf("/app/server"),
    hintsOf("--flag"),
    hintsOf("cd"),
    hintsOf(),
    chainOf(["/app/run.sh", "nginx"]).hints,
  ]).toEqual([[], [], [], [], []]);
});

test("does not follow an excessive command", () => {
  expect(endOf(chainOf(["env", ...Array.from({ length: 6000 }, () => "A=b"), "nothing"]))).toBe("unknown");
  expect(endOf(chainOf(["x".repeat(200_000)]))).toBe("unknown");
  expect(endOf(chainOf([`/${"x/".repeat(3000)}`]))).toMatch(/^entrypoint/);
  expect(endOf(chainOf(["x"], { env: [`PATH=${"/a:".repeat(40_000)}/app`] }))).toMatch(/^entrypoint/);
});

test("follows any command to an end, and no chain goes on after a problem", () => {
  const words = [
    "env",
    "sh",
    "-c",
    "tini",
    "gosu",
    "app",
    "nice",
    "busybox",
    "python3",
    "/app/run.sh",
    "/app/again",
    "-S",
  ];
  const more = [
    "",
    "-",
    "--",
    "A=b",
    "a $B",
    "\r",
    "\0",
    "é",
    "/app",
    "..",
    "/proc/x",
    "-n",
    "exec sh",
    "x".repeat(300),
  ];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...words, ...more), { maxLength: 8 }),
      fc.constantFrom("", "app", "7:8", "x:y:z", ":", "app:root"),
      (entrypoint, name) => {
        const { links, programs, problems } = chainOf(entrypoint, { user: name, workingDir: "/app" });
        expect(programs.length).toBeLessThanOrEqual(links.length);
        expect(links.slice(0, -1).every(({ isFound }) => isFound)).toBe(true);
        if (links.at(-1)?.isFound === false) expect(problems.length).toBeGreaterThan(0);
      },
    ),
  );
});

test("follows overrides like the image's own settings", () => {
  const chain = startChainOf(configOf({ cmd: ["nothing"], user: "nobody" }), filesystem, {
    entrypoint: "./server",
    user: "app",
    workdir: "/app",
  });
  expect([chain.command, endOf(chain)]).toEqual([["./server"], ""]);
});

function chainOf(entrypoint: readonly string[], config: Partial<StartConfig> = {}): StartChain {
  return startChainOf(configOf({ entrypoint, ...config }), filesystem);
}

function configOf(config: Partial<StartConfig>): StartConfig {
  return { entrypoint: null, cmd: null, env: [], workingDir: null, user: null, ...config };
}

/** Returns the first problem, or why the start is unknown; "" if neither. */
function endOf({ problems: [problem], unknown }: StartChain): string {
  if (problem !== undefined) return `${problem.class} ${problem.path} ${problem.needs}`;
  return unknown.length > 0 ? "unknown" : "";
}
