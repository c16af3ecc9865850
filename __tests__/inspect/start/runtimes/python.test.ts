import { expect, test } from "vitest";
import { proveStart } from "../../../../src/inspect/start/prove.ts";
import { elfFile } from "../../../helpers/elf.ts";
import { filesystemOf } from "../../../helpers/images.ts";
import { runtime, runtimeOf, type StartedWith } from "../../../helpers/started-runtime.ts";
import { directory, file, symlink, type TarMember } from "../../../helpers/tar.ts";

const program = "/usr/local/bin/python3.11";
const lib = "usr/local/lib/python3.11";
const site = `${lib}/site-packages`;

function library(path: string): readonly TarMember[] {
  return [
    file(`${path}/os.py`, "x"),
    file(`${path}/encodings/__init__.py`, "x"),
    file(`${path}/runpy.py`, "x"),
  ];
}

/** As in the official images. */
const python = [
  runtime("usr/local/bin/python3.11"),
  symlink("usr/local/bin/python3", "python3.11"),
  symlink("usr/local/bin/python", "python3"),
  ...library(lib),
];
const packages = [
  file(`${site}/gunicorn/__main__.py`, "x"),
  file(`${site}/single.py`, "x"),
  file(`${site}/native.cpython-311-x86_64-linux-gnu.so`, "x"),
  file(`${site}/distutils-precedence.pth`, "x"),
  file("app/main.py", "x"),
  file("app/secret.py", "x", { mode: 0o600 }),
  file("app/package/__init__.py", "x"),
  file("app/runnable/__main__.py", "x"),
  file("app/app.zip", "PK"),
];
const image = [...python, ...packages];
const noModule = (name: string) => `the module ${name}: no directory that Python 3.11 searches has it`;

test.for<[command: string, problem: string, config?: StartedWith]>([
  ["python missing.py", "missing.py: /app/missing.py does not exist"],
  ["python3 -u -B missing.py", "missing.py: /app/missing.py does not exist"],
  ["python3 -Wignore -X utf8 missing.py", "missing.py: /app/missing.py does not exist"],
  ["python3 -uW ignore missing.py", "missing.py: /app/missing.py does not exist"],
  ["python3 -- missing.py", "missing.py: /app/missing.py does not exist"],
  ["python main.py", "main.py: /srv/main.py does not exist", { workingDir: "/srv" }],
  ["python package", "package: /app/package is a directory without __main__.py"],
  [
    "python secret.py",
    "secret.py: the mode 0600 of /app/secret.py, or that of a directory above it, does not let user 1000 read it",
    { user: "1000:1000" },
  ],
  ["python -m uvicorn app:app", noModule("uvicorn")],
  ["python -um uvicorn", noModule("uvicorn")],
  ["python -muvicorn.main", noModule("uvicorn.main")],
  ["python -m main", noModule("main"), { workingDir: "/srv" }],
  ["python -m uvicorn", noModule("uvicorn"), { env: ["PYTHONPATH=/app:/none"] }],
])("`%s` cannot start: %s", async ([command, problem, config]) => {
  const { problems } = await runtimeOf(image, command.split(" "), config);
  expect(problems).toEqual([`${program} needs ${problem}`]);
});

test.for<[command: string, config?: StartedWith]>([
  ["python main.py"],
  ["python runnable"],
  ["python app.zip"],
  ["python secret.py"],
  ["python /dev/stdin"],
  ["python -"],
  ["python"],
  ["python --version"],
  ["python -VV"],
  ["python -c missing.py"],
  ["python -i missing.py"],
  ["python -k missing.py"],
  ["python --check-hash-based-pycs always missing.py"],
  ["python missing.py", { env: ["PYTHONINSPECT=1"] }],
  ["python -m gunicorn app:app"],
  ["python -m gunicorn.app.none"],
  ["python -m single"],
  ["python -m native"],
  ["python -m main"],
  ["python -m package"],
  ["python -m runpy"],
  ["python -m distutils"],
  ["python -m sys"],
  ["python -m main", { workingDir: "/srv", env: ["PYTHONPATH=/app"] }],
  ["python -m main", { workingDir: "/srv", env: ["PYTHONPATH=../app"] }],
  ["python -m uvicorn", { env: ["PYTHONPATH=/app/app.zip"] }],
  ["python -m uvicorn", { env: ["PYTHONHOME=/usr/local"] }],
  ["python -m uvicorn", { env: ["PYTHONUSERBASE=/x"] }],
  ["python -m uvicorn", { workingDir: "/proc/self/cwd" }],
])("`%s` is left alone", async ([command, config]) => {
  const { problems, hints } = await runtimeOf(image, command.split(" "), config);
  expect([problems, hints]).toEqual([[], []]);
});

test.for<[string, readonly TarMember[]]>([
  ["a .pth file of packages", [file(`${site}/easy-install.pth`, "x")]],
  ["a link of an egg", [file(`${site}/x.egg-link`, "x")]],
  ["a library in a zip file", [file("usr/local/lib/python311.zip", "PK")]],
  ["a sitecustomize", [file(`${site}/sitecustomize.py`, "x")]],
  ["a usercustomize in the working directory", [file("app/usercustomize.py", "x")]],
  ["packages of the user", [file("root/.local/lib/python3.11/site-packages/uvicorn/__init__.py", "x")]],
  ["packages of Debian's", [file("usr/lib/python3/dist-packages/uvicorn.py", "x")]],
  ["packages below lib64", [file("usr/local/lib64/python3.11/site-packages/uvicorn.py", "x")]],
])("a module is not missing for certain with %s", async ([, more]) => {
  const { problems, unproven } = await runtimeOf([...image, ...more], ["python", "-m", "uvicorn"]);
  expect(problems).toEqual([]);
  expect(unproven).toHaveLength(1);
});

test("Debian's own sitecustomize adds nothing to the path", async () => {
  const debian = [
    symlink(`${lib}/sitecustomize.py`, "/etc/python3.11/sitecustomize.py"),
    file("etc/python3.11/sitecustomize.py", "x".repeat(155)),
  ];
  expect((await runtimeOf([...image, ...debian], ["python", "-m", "uvicorn"])).problems).toHaveLength(1);
});

test("a sitecustomize that is a link to nothing is none", async () => {
  const link = symlink(`${lib}/sitecustomize.py`, "/etc/python3.11/sitecustomize.py");
  expect((await runtimeOf([...image, link], ["python", "-m", "uvicorn"])).problems).toHaveLength(1);
});

test("a home of the user's own is looked at for packages", async () => {
  const home = [
    file("etc/passwd", "app:x:1000:1000::/srv/home:/bin/sh\n"),
    file("srv/home/.local/lib/python3.11/site-packages/uvicorn.py", "x"),
  ];
  const command = ["python", "-m", "uvicorn"];
  expect((await runtimeOf([...image, ...home], command, { user: "1000" })).problems).toEqual([]);
  const elsewhere = { user: "1000", env: ["HOME=/none"] };
  expect((await runtimeOf([...image, ...home], command, elsewhere)).problems).toHaveLength(1);
});

test("a module that is there for another version is named", async () => {
  const other = file("usr/local/lib/python3.9/site-packages/uvicorn/__init__.py", "x");
  const { problems } = await runtimeOf([...image, other], ["python", "-m", "uvicorn"]);
  expect(problems).toEqual([
    `${program} needs ${noModule("uvicorn")}; /usr/local/lib/python3.9/site-packages, which is for Python 3.9, has it`,
  ]);
});

const noLibrary = `${program} needs the module encodings: this image has no standard library for Python 3.11`;

test.for<[string, readonly TarMember[], StartedWith?]>([
  ["nothing else", []],
  ["packages only", [file(`${site}/gunicorn/__main__.py`, "x")]],
  ["the library of another version", library("usr/local/lib/python3.9")],
  ["a PYTHONPATH without it", [file("app/main.py", "x")], { env: ["PYTHONPATH=/app"] }],
])("an interpreter without its library cannot start: %s", async ([, more, config]) => {
  const members = [...python.slice(0, 3), ...more];
  for (const command of [["python", "main.py"], ["python3", "-c", "1"], ["python"]])
    expect((await runtimeOf(members, command, config)).problems).toEqual([noLibrary]);
});

test.for<[string, readonly TarMember[], StartedWith?]>([
  ["beside it", library(lib)],
  ["as bytecode only", [file(`${lib}/os.pyc`, "x"), file(`${lib}/encodings/__init__.pyc`, "x")]],
  ["in a zip file", [file("usr/local/lib/python311.zip", "PK")]],
  ["where it may be built for", library("opt/strange/lib/python3.11")],
  ["without the global lock", library("opt/strange/lib/python3.11t")],
  ["behind a link", [symlink("opt/x/lib/python3.11", "/srv/library"), ...library("srv/library")]],
  ["by a file of paths", [file("usr/local/bin/python3.11._pth", "x")]],
  ["in a build directory", [file("usr/local/bin/pybuilddir.txt", "x")]],
  ["in PYTHONHOME", [], { env: ["PYTHONHOME=/opt"] }],
  ["in PYTHONPATH", [file("srv/encodings/__init__.py", "x")], { env: ["PYTHONPATH=/srv"] }],
  ["in a zip file of PYTHONPATH", [file("srv/x.zip", "PK")], { env: ["PYTHONPATH=/srv/x.zip"] }],
])("the library is not missing for certain: %s", async ([, more, config]) => {
  const { problems } = await runtimeOf([...python.slice(0, 3), ...more], ["python", "-c", "1"], config);
  expect(problems).toEqual([]);
});

test("an interpreter that only tells its version needs no library", async () => {
  expect((await runtimeOf(python.slice(0, 3), ["python", "--version"])).problems).toEqual([]);
});

test("without a version in its name, that of its library counts, and else none", async () => {
  const linked = file("opt/bin/python3", elfFile({ dynamic: { needed: ["libpython3.11.so.1.0"] } }), {
    mode: 0o755,
  });
  const prove = async (member: TarMember) =>
    (await runtimeOf([member], ["/opt/bin/python3", "-c", "1"])).problems;
  expect(await prove(linked)).toHaveLength(1);
  expect(await prove(runtime("opt/bin/python3"))).toEqual([]);
  expect(
    await prove(
      file("opt/bin/python3", elfFile({ dynamic: { needed: ["libpython3.15.so.1.0"] } }), { mode: 0o755 }),
    ),
  ).toEqual([]);
});

/** A virtual environment whose packages are for a version. */
function environment(version: string, home = "/usr/local/bin"): readonly TarMember[] {
  return [
    file("venv/pyvenv.cfg", `home = ${home}\ninclude-system-site-packages = false\n`),
    symlink("venv/bin/python", "/usr/local/bin/python3.11"),
    file(`venv/lib/python${version}/site-packages/gunicorn/__init__.py`, "x"),
    file(`venv/lib/python${version}/site-packages/pip/__init__.py`, "x"),
    file("venv/bin/gunicorn", "#!/venv/bin/python\nfrom gunicorn import run\n", { mode: 0o755 }),
    file("app/main.py", "x"),
  ];
}

const mismatch = "/venv/lib/python3.9/site-packages is for Python 3.9, and /usr/local/bin/python3.11 is 3.11";

test("an installer's script cannot start where its package is for another version", async () => {
  const members = [...python, ...environment("3.9")];
  const expected = [`/venv/bin/gunicorn needs the module gunicorn: ${mismatch}`];
  expect((await runtimeOf(members, ["/venv/bin/gunicorn", "x"])).problems).toEqual(expected);
  const found = await runtimeOf(members, ["gunicorn"], { env: ["PATH=/venv/bin:/usr/local/bin"] });
  expect(found.problems).toEqual(expected);
});

test("packages of another version are a hint where a script may need none of them", async () => {
  const members = [...python, ...environment("3.9")];
  const { problems, hints } = await runtimeOf(members, ["/venv/bin/python", "main.py"]);
  expect([problems, hints]).toEqual([[], [`${mismatch}: it does not look there.`]]);
});

test("packages of another version are no hint where PYTHONPATH has them", async () => {
  const members = [...python, ...environment("3.9")];
  const env = ["PYTHONPATH=/venv/lib/python3.9/site-packages"];
  for (const command of [["/venv/bin/python", "main.py"], ["/venv/bin/gunicorn"]]) {
    const { problems, hints } = await runtimeOf(members, command, { env });
    expect([problems, hints]).toEqual([[], []]);
  }
});

test("an environment of the same version is left alone", async () => {
  for (const command of [
    ["/venv/bin/gunicorn"],
    ["/venv/bin/python", "main.py"],
    ["/venv/bin/python", "-m", "gunicorn"],
  ]) {
    const { problems, hints } = await runtimeOf([...python, ...environment("3.11")], command);
    expect([problems, hints]).toEqual([[], []]);
  }
});

test.for<[string, readonly TarMember[]]>([
  ["a long script", [file("venv/bin/gunicorn", `#!/venv/bin/python\n${"x".repeat(600)}`, { mode: 0o755 })]],
  ["a path file", [file("venv/lib/python3.11/site-packages/more.pth", "x")]],
  ["the package elsewhere", [file(`${site}/gunicorn.py`, "x")]],
])("an installer's script is not judged with %s", async ([, more]) => {
  const members = [...python, ...environment("3.9").filter(({ path }) => path !== more[0]?.path), ...more];
  expect((await runtimeOf(members, ["/venv/bin/gunicorn"])).problems).toEqual([]);
});

test("a home that does not exist is a hint", async () => {
  const { problems, hints } = await runtimeOf(
    [...python, ...environment("3.11", "/build/python/bin")],
    ["/venv/bin/python", "main.py"],
  );
  expect(problems).toEqual([]);
  expect(hints).toEqual([
    "/venv/pyvenv.cfg says that its Python is in /build/python/bin, which does not exist.",
  ]);
});

test("packages of another version beside the interpreter are a hint, unless that Python is there too", async () => {
  const members = [...image, file("usr/local/lib/python3.9/site-packages/flask/__init__.py", "x")];
  const { hints } = await runtimeOf(members, ["python", "main.py"]);
  expect(hints).toEqual([
    `/usr/local/lib/python3.9/site-packages is for Python 3.9, and ${program} is 3.11: it does not look there.`,
  ]);
  const both = [...members, runtime("usr/local/bin/python3.9")];
  expect((await runtimeOf(both, ["python", "main.py"])).hints).toEqual([]);
});

test("what was found of the command is not found twice", async () => {
  const { chain, problems } = await runtimeOf(image, ["python3", "python3", "main.py"]);
  expect(chain.problems.map((problem) => problem.class)).toEqual(["doubled-entrypoint"]);
  expect(problems).toEqual([]);
});

test("PyPy by another name is left alone", async () => {
  const pypy = [
    runtime("opt/pypy/bin/pypy3.10"),
    symlink("usr/bin/python3", "/opt/pypy/bin/pypy3.10"),
    directory("app"),
  ];
  expect((await runtimeOf(pypy, ["python3", "missing.py"])).problems).toEqual([]);
});

test("a problem of a runtime makes the image one that does not start", async () => {
  const filesystem = await filesystemOf(image);
  const config = {
    os: "linux",
    architecture: "amd64",
    entrypoint: ["python"],
    env: [],
    user: null,
    workingDir: "/app",
  };
  expect(proveStart({ ...config, cmd: ["missing.py"] }, filesystem)).toMatchObject({
    verdict: "no",
    problems: [
      { class: "runtime", path: program, needs: "missing.py", found: "/app/missing.py does not exist" },
    ],
  });
  const started = proveStart({ ...config, cmd: ["main.py"] }, filesystem);
  expect([started.verdict, started.unproven]).toEqual([
    "yes",
    ["Whether the modules that /app/main.py imports exist is not known."],
  ]);
});
