import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { candidatesIn } from "../../../src/inspect/candidates.ts";
import type { Shell } from "../../../src/inspect/inspection.ts";
import { findShells } from "../../../src/inspect/programs/shell.ts";
import { shellMarkers } from "../../../src/inspect/programs/shell-markers.ts";
import { filesystemOf, program, script } from "../../helpers/images.ts";
import { directory, file, hardlink, opaque, symlink, type TarMember, whiteout } from "../../helpers/tar.ts";

/** Returns `path reason certainty kind` for each shell. */
async function shellsOf(...layers: readonly (readonly TarMember[])[]): Promise<readonly string[]> {
  return (await findIn(...layers)).map(
    ({ path, reason, certainty, kind }) => `${path} ${reason} ${certainty} ${kind}`,
  );
}

async function findIn(...layers: readonly (readonly TarMember[])[]): Promise<readonly Shell[]> {
  const filesystem = await filesystemOf(...layers);
  return findShells(filesystem, candidatesIn(filesystem));
}

const busybox = program("bin/busybox", { program: "busybox" });

test.each<[string, readonly (readonly TarMember[])[], readonly string[]]>([
  ["an empty image", [[]], []],
  ["a program that is not a shell", [[program("app")]], []],

  ["a shell by name", [[program("bin/dash", { program: "dash" })]], ["/bin/dash name certain dash"]],
  ["a shell by name without a marker", [[program("usr/bin/xonsh")]], ["/usr/bin/xonsh name certain xonsh"]],
  ["a script under a shell's name", [[script("bin/osh", "/usr/bin/python3")]], ["/bin/osh name certain osh"]],
  ["a version in the name", [[program("bin/zsh-5.9")]], ["/bin/zsh-5.9 name certain zsh"]],
  ["the content before the name", [[program("bin/sh", { program: "dash" })]], ["/bin/sh name certain dash"]],
  ["a shell that only root may execute", [[program("bin/sh", {}, 0o4700)]], ["/bin/sh name certain sh"]],
  ["an ambiguous name", [[program("usr/bin/rc")]], ["/usr/bin/rc name likely rc"]],
  [
    "an ambiguous name with matching content",
    [[program("usr/bin/rc", { program: "rc" })]],
    ["/usr/bin/rc name certain rc"],
  ],
  [
    "a completion under a shell's name",
    [[file("usr/share/bash-completion/completions/sh", "complete -F _sh sh\n")]],
    [],
  ],
  ["data with an exec bit under a shell's name", [[file("app/fish", "a picture", { mode: 0o755 })]], []],
  ["an empty file under a shell's name", [[file("opt/sh", "", { mode: 0o755 })]], []],
  ["a directory under a shell's name", [[directory("opt/sh")]], []],
  [
    "a file under a shell's name without an exec bit and without a marker",
    [[program("bin/sh", {}, 0o644)]],
    [],
  ],
  [
    "property names of objects",
    [[program("__proto__"), program("constructor"), symlink("toString", "__proto__")]],
    [],
  ],

  ["a renamed shell", [[program("app/server", { program: "bash" })]], ["/app/server content likely bash"]],
  [
    "a shell without an exec bit that the loader can start",
    [[program("data.bin", { program: "bash" }, 0o644)]],
    ["/data.bin content likely bash"],
  ],
  [
    "the same as a program with fixed addresses, and a link to it",
    [[program("data.bin", { program: "zsh", type: "exec" }, 0o600), symlink("x", "data.bin")]],
    ["/data.bin content likely zsh", "/x link likely zsh"],
  ],
  [
    "files that the loader cannot start: an object file, a core dump, a script",
    [
      [
        program("a.o", { program: "dash", type: "rel" }, 0o644),
        program("core", { program: "dash", type: "core" }, 0o644),
        file("sh.bin", "#!/bin/dash\nEOF in backquote substitution", { mode: 0o644 }),
      ],
    ],
    [],
  ],
  [
    "a shell named like a library",
    [[program("usr/lib/libx.so", { program: "zsh" })]],
    ["/usr/lib/libx.so content likely zsh"],
  ],
  [
    "a shell named like a program that refuses logins",
    [[program("bin/false", { program: "dash" }), symlink("bin/sh", "false")]],
    ["/bin/false content likely dash", "/bin/sh link certain dash"],
  ],
  [
    "a renamed BusyBox",
    [[program("app/tool", { program: "busybox" })]],
    ["/app/tool content likely busybox"],
  ],

  [
    "a link to a shell, whatever its name",
    [[program("opt/bash"), symlink("app/run", "../opt/bash")]],
    ["/app/run link certain bash", "/opt/bash name certain bash"],
  ],
  [
    "a link to a renamed shell",
    [[program("x", { program: "dash" }), symlink("y", "x")]],
    ["/x content likely dash", "/y link likely dash"],
  ],
  [
    "a link with a shell's name to an unknown program",
    [[program("opt/x"), symlink("bin/sh", "/opt/x")]],
    ["/bin/sh name certain sh"],
  ],
  [
    "a link with an ambiguous name to an unknown program",
    [[program("opt/x"), symlink("bin/es", "/opt/x")]],
    [],
  ],
  [
    "a link with a shell's name to a program that refuses logins",
    [[program("sbin/nologin"), symlink("bin/sh", "../sbin/nologin")]],
    [],
  ],
  ["a link to nowhere", [[symlink("bin/sh", "dash")]], []],
  ["links in a cycle", [[symlink("bin/sh", "ash"), symlink("bin/ash", "sh")]], []],
  ["a link to a directory", [[directory("opt/x"), symlink("bin/sh", "/opt/x")]], []],
  [
    "a chain of 40 links",
    [[program("bin/dash"), ...chain(40)]],
    ["/bin/dash name certain dash", ...chainShells(40)],
  ],
  [
    "a chain of 41 links",
    [[program("bin/dash"), ...chain(41)]],
    ["/bin/dash name certain dash", ...chainShells(40)],
  ],
  [
    "a link that leads out of the root",
    [[program("bin/dash"), symlink("bin/sh", "../../../../bin/dash")]],
    ["/bin/dash name certain dash", "/bin/sh link certain dash"],
  ],
  [
    "a merged usr",
    [
      [
        symlink("bin", "usr/bin"),
        program("usr/bin/dash", { program: "dash" }),
        symlink("usr/bin/sh", "dash"),
      ],
    ],
    ["/usr/bin/dash name certain dash", "/usr/bin/sh link certain dash"],
  ],
  [
    "alternatives",
    [
      [
        program("bin/mksh"),
        symlink("etc/alternatives/ksh", "/bin/mksh"),
        symlink("bin/ksh", "/etc/alternatives/ksh"),
      ],
    ],
    ["/bin/ksh link certain mksh", "/bin/mksh name certain mksh", "/etc/alternatives/ksh link certain mksh"],
  ],

  [
    "BusyBox with links",
    [[busybox, symlink("bin/ls", "busybox"), symlink("bin/sh", "/bin/busybox"), symlink("bin/cat", "ls")]],
    ["/bin/busybox name certain busybox", "/bin/sh link certain busybox"],
  ],
  [
    "BusyBox with hard links",
    [
      [
        program("bin/[", { program: "busybox" }),
        hardlink("bin/ash", "bin/[", { mode: 0o755 }),
        hardlink("bin/busybox", "bin/[", { mode: 0o755 }),
        hardlink("bin/ls", "bin/[", { mode: 0o755 }),
      ],
    ],
    ["/bin/ash name certain busybox", "/bin/busybox name certain busybox"],
  ],
  [
    "BusyBox under an unrelated name",
    [[program("bin/cat", { program: "busybox" }), hardlink("bin/ls", "bin/cat", { mode: 0o755 })]],
    ["/bin/cat content likely busybox"],
  ],
  [
    "a debug image of distroless",
    [
      [
        program("busybox/busybox", { program: "busybox" }),
        symlink("busybox/sh", "/busybox/busybox"),
        symlink("busybox/ls", "/busybox/busybox"),
      ],
    ],
    ["/busybox/busybox name certain busybox", "/busybox/sh link certain busybox"],
  ],
  [
    "toybox without a shell",
    [[program("bin/toybox", { strings: ["Toybox %s multicall"] }), symlink("bin/ls", "toybox")]],
    ["/bin/toybox name likely toybox"],
  ],
  [
    "a hard link to a shell",
    [[program("bin/bash", { program: "bash" }), hardlink("app/x", "bin/bash", { mode: 0o755 })]],
    ["/app/x link certain bash", "/bin/bash name certain bash"],
  ],
  [
    "a hard link that makes its file executable",
    [[file("a", "data without an exec bit"), hardlink("bin/sh", "a", { mode: 0o755 })]],
    ["/bin/sh name certain sh"],
  ],

  [
    "an executable at a conventional path",
    [[file("bin/sh", "a format that binfmt_misc knows", { mode: 0o755 })]],
    ["/bin/sh path likely sh"],
  ],
  [
    "an executable at a conventional path through links",
    [[symlink("bin", "opt/b"), symlink("opt/b/sh", "x"), file("opt/b/x", "wasm", { mode: 0o755 })]],
    ["/opt/b/x path likely sh"],
  ],

  [
    "a program in /etc/shells",
    [
      [
        file("etc/shells", "# valid\n /opt/login \n/usr/sbin/nologin\n/gone\nno path\n/opt/data\n"),
        program("opt/login"),
        program("usr/sbin/nologin"),
        file("opt/data", "x"),
      ],
    ],
    ["/opt/login etc-shells likely login"],
  ],
  [
    "a program in /etc/shells with a better reason",
    [[file("etc/shells", "/bin/bash\n/opt/link\n"), program("bin/bash"), symlink("opt/link", "/bin/bash")]],
    ["/bin/bash name certain bash", "/opt/link link certain bash"],
  ],
  [
    "a link in /etc/shells",
    [[file("etc/shells", "//opt/../opt/link\n"), program("opt/x"), symlink("opt/link", "x")]],
    ["/opt/link etc-shells likely x"],
  ],

  ["a shell that a later layer deletes", [[program("bin/sh")], [whiteout("bin/sh")]], []],
  ["a directory of shells that a later layer clears", [[program("bin/sh")], [opaque("bin")]], []],
  ["a shell that a later layer replaces", [[program("bin/sh")], [file("bin/sh", "gone")]], []],
  [
    "a shell that a later layer makes executable",
    [
      [program("x", { program: "dash", type: "rel" }, 0o644)],
      [program("x", { program: "dash", type: "rel" })],
    ],
    ["/x content likely dash"],
  ],
  [
    "a link whose directory a later layer replaces",
    [[symlink("bin", "usr/bin"), program("usr/bin/sh")], [program("bin/app")]],
    ["/usr/bin/sh name certain sh"],
  ],
])("%s", async (_, layers, shells) => {
  expect(await shellsOf(...layers)).toEqual(shells);
});

test.each([...new Set(shellMarkers.map(({ name }) => name))])(
  "%s is a shell under any name",
  async (name) => {
    expect(await shellsOf([program("app", { program: name })])).toEqual([`/app content likely ${name}`]);
  },
);

test("two names that differ in a byte that is not UTF-8 are two shells", async () => {
  const names = [0xe4, 0xf6].map((byte) => Buffer.concat([Buffer.from([byte]), Buffer.from("/sh")]));
  const shells = await findIn(names.map((name) => program(name)));
  expect(shells.map(({ path }) => path)).toEqual(["/\ufffd/sh", "/\ufffd/sh"]);
  expect(shells.map(({ pathBase64 }) => pathBase64)).toEqual(
    names.map((name) => Buffer.concat([Buffer.from("/"), name]).toString("base64")),
  );
});

function chain(length: number): TarMember[] {
  const names = chainNames(length);
  return names.map((name, index) => symlink(name, index === 0 ? "/bin/dash" : `/${names[index - 1]}`));
}

function chainShells(length: number): string[] {
  return chainNames(length).map((name) => `/${name} link certain dash`);
}

function chainNames(length: number): string[] {
  return Array.from({ length }, (_, index) => `l/${String(index).padStart(2, "0")}`);
}
