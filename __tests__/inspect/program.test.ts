import { expect, test } from "vitest";
import { programOf } from "../../src/inspect/program.ts";
import { filesystemOf, program, script } from "../helpers/images.ts";
import { directory, file, symlink } from "../helpers/tar.ts";

const members = [
  program("usr/bin/python3.13"),
  symlink("usr/bin/python3", "python3.13"),
  symlink("usr/local/bin/python", "/usr/bin/python3"),
  file("usr/local/bin/server", "no program"),
  program("usr/bin/server"),
  program("opt/bin/server"),
  script("srv/app/run", "/bin/sh"),
  directory("usr/local/bin/tool"),
  symlink("bin", "usr/bin"),
  symlink("srv/outside", "../../../../opt/bin/server"),
  symlink("srv/loop", "loop"),
  file("srv/ünï", "#!/bin/sh\n", { mode: 0o755 }),
];

test.for<[string, Parameters<typeof programOf>[0], string | null]>([
  ["an absolute path", run(["/usr/bin/server"]), "/usr/bin/server"],
  ["a name of the default PATH, through two links", run(["python"]), "/usr/bin/python3.13"],
  [
    "a name of the config's PATH",
    run(["server"], { env: ["PATH=/opt/bin:/usr/bin", "A=1"] }),
    "/opt/bin/server",
  ],
  ["the last PATH", run(["server"], { env: ["PATH=/nowhere", "PATH=/opt/bin"] }), "/opt/bin/server"],
  ["a file that is not executable is skipped", run(["server"]), "/usr/bin/server"],
  ["a directory is not a program", run(["tool"]), null],
  ["only absolute directories of PATH", run(["server"], { env: ["PATH=opt/bin::."] }), null],
  ["an empty PATH", run(["server"], { env: ["PATH="] }), null],
  ["a path below the working directory", run(["./run"], { workingDir: "/srv/app" }), "/srv/app/run"],
  ["a path without a working directory", run(["srv/app/run"]), "/srv/app/run"],
  ["a link that leads out of the root stays inside", run(["/srv/outside"]), "/opt/bin/server"],
  ["a directory that is a link", run(["/bin/server"]), "/usr/bin/server"],
  ["a link to itself", run(["/srv/loop"]), null],
  ["a path that is not ASCII", run(["/srv/ünï"]), "/srv/ünï"],
  ["the command if there is no entrypoint", { ...run([]), cmd: ["python3"] }, "/usr/bin/python3.13"],
  ["the entrypoint if there are both", { ...run(["server"]), cmd: ["python3"] }, "/usr/bin/server"],
  ["nothing", run([]), null],
  ["an empty word", run([""]), null],
  ["a missing name", run(["node"]), null],
  ["a path that is too long", run([`/${"a/".repeat(5000)}`]), null],
  ["a PATH that is too long", run(["server"], { env: [`PATH=${"/a:".repeat(50_000)}/usr/bin`] }), null],
])("%s", async ([, config, path]) => {
  expect(programOf(config, await filesystemOf(members))?.path ?? null).toBe(path);
});

function run(
  entrypoint: readonly string[],
  more: { readonly env?: readonly string[]; readonly workingDir?: string } = {},
): Parameters<typeof programOf>[0] {
  return { entrypoint, cmd: null, env: [], workingDir: null, ...more };
}
