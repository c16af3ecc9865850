import { expect, test } from "vitest";
import type { Inspection } from "../../src/inspect/inspection.ts";
import { proveStart } from "../../src/inspect/start/prove.ts";
import { runs } from "../../src/policy/advice/what-runs.ts";
import { elfFile } from "../helpers/elf.ts";
import { filesystemOf } from "../helpers/images.ts";
import { inspection } from "../helpers/inspection.ts";
import { file, symlink, type TarMember } from "../helpers/tar.ts";

const ldLinux = "/lib64/ld-linux-x86-64.so.2";
const ldMusl = "/lib/ld-musl-x86_64.so.1";
const executable = (path: string, content: Buffer | string) => file(path, content, { mode: 0o755 });
const dynamic = (path: string, interpreter: string, ...needed: readonly string[]) =>
  executable(path, elfFile({ interpreter, dynamic: { needed, isPie: true } }));
const script = (path: string, interpreter: string) => executable(path, `#!${interpreter}\nx\n`);

/** An image with both C libraries, interpreters and scripts. */
const members: readonly TarMember[] = [
  executable(
    "lib64/ld-linux-x86-64.so.2",
    elfFile({
      dynamic: { soname: "ld-linux-x86-64.so.2", versionDefinitions: ["GLIBC_PRIVATE"] },
      loaderDirectories: ["/lib64", "/usr/lib64"],
    }),
  ),
  executable("lib64/libc.so.6", elfFile({ dynamic: { soname: "libc.so.6" } })),
  executable("lib64/libpq.so.5", elfFile({ dynamic: { soname: "libpq.so.5", needed: ["libc.so.6"] } })),
  executable("lib/ld-musl-x86_64.so.1", elfFile({ dynamic: { soname: "libc.musl-x86_64.so.1" } })),
  executable("app/static", elfFile({ type: 2 })),
  dynamic("app/glibc", ldLinux, "libpq.so.5", "libc.so.6"),
  dynamic("app/musl", ldMusl, "libc.musl-x86_64.so.1"),
  dynamic("bin/dash", ldLinux, "libc.so.6"),
  symlink("bin/sh", "dash"),
  dynamic("usr/bin/env", ldLinux, "libc.so.6"),
  executable("usr/bin/tini", elfFile({ type: 2 })),
  dynamic("usr/local/bin/python3.12", ldLinux, "libc.so.6"),
  symlink("usr/local/bin/python3", "python3.12"),
  symlink("usr/local/bin/python", "python3"),
  ...["os.py", "runpy.py", "encodings/__init__.py", "site-packages/gunicorn/__main__.py"].map((name) =>
    file(`usr/local/lib/python3.12/${name}`, "x"),
  ),
  script("usr/local/bin/gunicorn", "/usr/local/bin/python3.12"),
  script("app/run.py", "/usr/bin/env python3"),
  file("app/app.py", "pass\n"),
  file("app/app.jar", "PK"),
  file("app/app.js", "x"),
  script("app/start.sh", "/bin/sh"),
  dynamic("usr/lib/jvm/java-21-openjdk-amd64/bin/java", ldLinux, "libc.so.6"),
  symlink("usr/bin/java", "/usr/lib/jvm/java-21-openjdk-amd64/bin/java"),
  dynamic("usr/local/bin/node", ldLinux, "libc.so.6"),
  script("usr/local/bin/docker-entrypoint.sh", "/bin/sh"),
  script("usr/local/bin/npm", "/usr/bin/env node"),
  dynamic("usr/sbin/nginx", ldLinux, "libc.so.6"),
  dynamic("usr/bin/curl", ldLinux, "libc.so.6"),
];
const filesystem = await filesystemOf(members);

const node = {
  baseImage: { written: "node:22", resolved: "docker.io/library/node:22", digest: null },
};

test.for<
  [
    what: string,
    entrypoint: readonly string[] | null,
    command: readonly string[] | null,
    runs: object,
    image?: Partial<Inspection>,
  ]
>([
  [
    "a static program",
    ["/app/static"],
    ["-v"],
    { kind: "static", words: ["/app/static", "-v"], isDirect: true },
  ],
  [
    "a static program under tini",
    ["tini", "-g", "--", "./static"],
    null,
    { kind: "static", words: ["/app/static"], isDirect: false },
  ],
  [
    "a shell form",
    null,
    ["/bin/sh", "-c", "exec ./static -v"],
    { kind: "static", words: ["/app/static", "-v"], isDirect: false },
  ],
  ["a program that needs glibc", ["/app/glibc"], null, { kind: "glibc", path: "/app/glibc" }],
  ["a program that needs musl", ["/app/musl"], null, { kind: "musl", path: "/app/musl" }],
  ["Python", null, ["python", "app.py"], { kind: "python", version: "3.12", args: ["app.py"] }],
  [
    "Python in shell form",
    null,
    ["/bin/sh", "-c", "python app.py"],
    { kind: "python", version: "3.12", args: ["app.py"] },
  ],
  ["a Python script", ["./run.py"], ["-v"], { kind: "python", version: "3.12", args: ["/app/run.py", "-v"] }],
  [
    "a script of a Python package",
    null,
    ["gunicorn", "app:app"],
    { kind: "python", version: "3.12", args: ["-m", "gunicorn", "app:app"] },
  ],
  ["Java", ["java", "-jar", "app.jar"], null, { kind: "java", version: "21", args: ["-jar", "app.jar"] }],
  [
    "Node.js of no known version",
    null,
    ["node", "app.js"],
    { kind: "node", version: null, args: ["app.js"] },
  ],
  [
    "Node.js behind its base image's script",
    ["docker-entrypoint.sh"],
    ["node", "app.js"],
    { kind: "node", version: "22", args: ["app.js"] },
    node,
  ],
  [
    "the same script on another base image",
    ["docker-entrypoint.sh"],
    ["node", "app.js"],
    { kind: "shell", script: "/usr/local/bin/docker-entrypoint.sh" },
  ],
  ["npm", null, ["npm", "start"], { kind: "package-script", name: "npm" }],
  ["a shell script", ["/app/start.sh"], null, { kind: "shell", script: "/app/start.sh" }],
  [
    "a shell form of a shell script",
    null,
    ["/bin/sh", "-c", "/app/start.sh"],
    { kind: "shell", script: "/app/start.sh" },
  ],
  [
    "a shell form with variables",
    null,
    ["/bin/sh", "-c", "/app/static $PORT"],
    { kind: "shell", instruction: "CMD", script: null },
  ],
  [
    "a shell form with several commands",
    ["/bin/bash", "-o", "pipefail", "-c", "/app/static && /app/static"],
    null,
    { kind: "unknown" },
  ],
  ["a variable that env sets", ["env", "A=1", "/app/static"], null, { kind: "unknown" }],
  ["a server of a package", null, ["nginx", "-g", "daemon off;"], { kind: "server", name: "nginx" }],
  ["another program of a package", null, ["curl"], { kind: "unknown" }],
  ["a missing program", ["/app/none"], null, { kind: "unknown" }],
  ["a shell", ["/bin/sh"], null, { kind: "unknown" }],
  ["nothing", null, null, { kind: "unknown" }],
])("tells what the image runs: %s", ([, entrypoint, cmd, expected, image = {}]) => {
  const config = {
    entrypoint,
    cmd,
    env: [],
    user: null,
    workingDir: "/app",
    os: "linux",
    architecture: "amd64",
  };
  const start = proveStart(config, filesystem);
  const head = inspection({ entrypoint, command: cmd, workingDirectory: "/app", start, ...image });
  expect(runs(head), JSON.stringify(start, null, 1)).toMatchObject(expected);
});
