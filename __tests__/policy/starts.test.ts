import { expect, test } from "vitest";
import type { Start, StartProblem } from "../../src/inspect/start/start.ts";
import { explain } from "../../src/policy/rules/rules.ts";
import { inText } from "../../src/report/text/sentence.ts";
import { auditedImage, type ImageParts, inspection, startOf } from "../helpers/inspection.ts";

const missing: StartProblem = {
  class: "interpreter-missing",
  path: "/app/server",
  needs: "/lib64/ld-linux-x86-64.so.2",
  found: "this image does not have it",
};

function side(verdict: Start["verdict"]) {
  const problems = verdict === "no" ? [missing] : [];
  const unproven = verdict === "unknown" ? ["What sh runs is more than one plain command."] : [];
  return inspection({ start: startOf(verdict, { problems, unproven }) });
}

function findingOf(parts: ImageParts) {
  const image = auditedImage(parts);
  const finding = image.findings.find(({ rule }) => rule === "starts");
  return { image, finding };
}

const verdicts = ["yes", "no", "unknown"] as const;
const pairs = verdicts.flatMap((head) => [...verdicts, null].map((base) => [head, base] as const));

/** The verdict of a head that cannot start, by level and base. */
const ofFailing = {
  ratchet: { yes: "fail", no: "warn", unknown: "fail", none: "fail" },
  fail: { yes: "fail", no: "fail", unknown: "fail", none: "fail" },
  warn: { yes: "warn", no: "warn", unknown: "warn", none: "warn" },
} as const;

test.for(pairs)("head %s, base %s: each level has its verdict", ([head, base]) => {
  const sides = { head: side(head), ...(base === null ? {} : { base: side(base) }) };
  for (const level of ["ratchet", "fail", "warn"] as const) {
    const expected = head === "no" ? ofFailing[level][base ?? "none"] : "pass";
    const { finding } = findingOf({ ...sides, policy: { starts: level } });
    expect(finding?.verdict, level).toBe(expected);
    expect(finding).toMatchObject({ actual: head === "unknown" ? null : head === "no" ? 1 : 0, limit: null });
  }
  expect(findingOf({ ...sides, policy: { starts: "off" } }).finding).toBeUndefined();
  expect(findingOf(sides).finding).toEqual(findingOf({ ...sides, policy: { starts: "ratchet" } }).finding);
});

test("a failure does not need a base, and warn-only softens it", () => {
  for (const reason of ["new", "build-failed", "unavailable"] as const)
    expect(findingOf({ head: side("no"), baseMissing: { reason, message: "" } }).finding).toMatchObject({
      verdict: "fail",
      reason: "cannot-start",
      paths: ["/app/server"],
    });
  expect(
    findingOf({ head: side("no"), base: side("yes"), policy: { "warn-only": "true" } }).finding,
  ).toMatchObject({ verdict: "warn", softenedFrom: "fail", reason: "starts-no-longer" });
});

/** Returns the rule's remark, its words for the headline, and its sentence. */
function words(parts: ImageParts): readonly string[] {
  const { image, finding } = findingOf(parts);
  if (finding === undefined) throw new Error("the rule found nothing");
  const { remark, short, sentence } = explain(finding, image);
  return [remark, short, sentence].map((text) => inText(text));
}

test("the words say what is proven, and no more", () => {
  expect(words({ head: side("yes"), base: side("yes") })[0]).toBe("proven, not run");
  expect(words({ head: side("unknown") })).toEqual([
    "not proven",
    "may be unable to start",
    "Whether the image's command can start is not proven. What sh runs is more than one plain command.",
  ]);
  expect(words({ head: side("no"), base: side("yes") })).toEqual([
    "could start before",
    "cannot start (/app/server needs /lib64/ld-linux-x86-64.so.2)",
    "The image cannot start: /app/server needs /lib64/ld-linux-x86-64.so.2 (glibc), but this image does not have it.",
  ]);
  expect(words({ head: side("no"), base: side("no") })[0]).toBe("could not start before either");
  expect(words({ head: side("no") })[0]).toBe("required");
  expect(words({ head: side("no"), policy: { starts: "warn" } })[0]).toBe("wanted");
});

test("a passing headline mentions the rule only if the base could not start", () => {
  const praise = (base: Start["verdict"]) => {
    const { image, finding } = findingOf({ head: side("yes"), base: side(base) });
    return finding === undefined ? undefined : explain(finding, image).praise;
  };
  expect(praise("no")).toEqual(["can start now"]);
  expect(praise("yes")).toBeUndefined();
});

test.for<readonly [string, Partial<StartProblem>, short: string, advice: string]>([
  [
    "a musl program on another distribution",
    { needs: "/lib/ld-musl-x86_64.so.1" },
    "/app/server needs /lib/ld-musl-x86_64.so.1",
    "/app/server needs /lib/ld-musl-x86_64.so.1 (musl), but this image does not have it. Build it statically, or with the C library of the last stage instead of Alpine's.",
  ],
  [
    "a script whose interpreter is missing",
    { path: "/run.sh", needs: "/bin/bash" },
    "/run.sh needs /bin/bash",
    "/run.sh needs /bin/bash, but this image does not have it. Start from a base image that has /bin/bash, or start a program that does not need it.",
  ],
  [
    "env that looks for an interpreter",
    { path: "bash", needs: "bash", found: "no directory in PATH has it" },
    "no program bash",
    "bash cannot be started: no directory in PATH has it. Start from a base image that has bash, or start a program that does not need it.",
  ],
  ...(
    [
      [
        "package",
        "flask",
        "/deps",
        " Line 9 installs flask into /deps, and no COPY --from takes it from there.",
      ],
      [
        "list",
        "a.txt",
        "/deps",
        " Line 9 installs the packages of a.txt into /deps, and no COPY --from takes them from there.",
      ],
      ["file", "/out/a", "/out/a", " Line 9 makes /out/a, and no COPY --from takes it."],
      ["directory", "/src", "/src", " Line 9 builds in /src, and no COPY --from takes anything from there."],
    ] as const
  ).map(
    ([kind, what, into, sentence]) =>
      [
        `a ${kind} that an earlier stage has`,
        { class: "library-missing", needs: "libx.so.1", leftBehind: { line: 9, kind, what, into } },
        "/app/server needs libx.so.1",
        `/app/server needs libx.so.1, but this image does not have it.${sentence} Install the library's package in the last stage, or copy the library into it with COPY --from.`,
      ] as const,
  ),
  [
    "CRLF",
    { path: "/run.sh", needs: "/bin/sh\r", found: "the line that names it ends in a carriage return" },
    "/run.sh has CRLF line endings",
    "The first line of /run.sh ends in a carriage return (CRLF), which becomes part of the name /bin/sh. Save it with LF line endings, for example with *.sh text eol=lf in .gitattributes.",
  ],
  [
    "a symbol version",
    {
      class: "version-missing",
      needs: "GLIBC_2.34",
      found: "libc.so.6 has versions up to GLIBC_2.31",
    },
    "/app/server needs GLIBC_2.34",
    "/app/server needs GLIBC_2.34, but libc.so.6 has versions up to GLIBC_2.31. Build it on the distribution of the last stage or on an older one, or start the last stage from a newer one.",
  ],
  [
    "a library",
    { class: "library-missing", needs: "libssl.so.3", found: "no directory that the loader searches has it" },
    "/app/server needs libssl.so.3",
    "/app/server needs libssl.so.3, but no directory that the loader searches has it. Install the library's package in the last stage, or copy the library into it with COPY --from.",
  ],
  [
    "a library in the wrong place",
    {
      class: "library-missing",
      needs: "libapp.so",
      found: "/app/lib/libapp.so is in a directory that the loader does not search",
    },
    "/app/server needs libapp.so",
    "/app/server needs libapp.so, but /app/lib/libapp.so is in a directory that the loader does not search. Put the library into a directory that the loader searches, or name its directory in LD_LIBRARY_PATH.",
  ],
  [
    "another processor",
    {
      class: "wrong-architecture",
      needs: "arm64",
      found: "the image's platform is linux/amd64",
    },
    "/app/server is for arm64",
    "/app/server is for arm64, but the image's platform is linux/amd64. Build it for linux/amd64, for example with --platform or GOARCH=amd64.",
  ],
  [
    "a program without an execute bit",
    { class: "entrypoint", needs: "/app/server", found: "its mode 0644 has no execute bit" },
    "/app/server is not executable",
    "/app/server cannot be started: its mode 0644 has no execute bit. Make it executable, for example with COPY --chmod=0755 or RUN chmod +x.",
  ],
  [
    "a name that is not in PATH",
    { class: "entrypoint", path: "server", needs: "server", found: "no directory in PATH has it" },
    "no program server",
    "server cannot be started: no directory in PATH has it. Copy it into a directory of PATH in the last stage, or name it in ENTRYPOINT by its full path.",
  ],
  [
    "a relative path",
    { class: "entrypoint", needs: "./server", found: "it does not exist" },
    "no program ./server",
    "./server (/app/server) cannot be started: it does not exist. Correct its path in ENTRYPOINT, or copy it there in the last stage.",
  ],
  [
    "a virtual environment without its Python",
    {
      class: "entrypoint",
      path: "/venv/bin/python",
      needs: "/venv/bin/python",
      found: "it is a link to /usr/local/bin/python3, which does not exist",
    },
    "no program /venv/bin/python",
    "/venv/bin/python cannot be started: it is a link to /usr/local/bin/python3, which does not exist. A virtual environment needs the Python that made it, at the same path: make it with one that the last stage has, or install the packages with pip install --target and copy them to a directory that the last stage's Python searches.",
  ],
  [
    "a script whose interpreter is a link to nothing",
    {
      class: "interpreter-missing",
      path: "/app/run",
      needs: "/bin/tool",
      found: "it is a link to /opt/tool, which does not exist",
    },
    "/app/run needs /bin/tool",
    "/app/run needs /bin/tool, but it is a link to /opt/tool, which does not exist. Copy what it links to as well, to the same path, or use the file itself.",
  ],
  [
    "a script without a first line",
    {
      class: "script",
      path: "/run.sh",
      needs: "/run.sh",
      found: "it is neither an ELF program nor a script with a `#!` line",
    },
    "/run.sh cannot be executed",
    "/run.sh cannot be executed: it is neither an ELF program nor a script with a `#!` line. Begin it with a line such as #!/bin/sh, or start a program instead.",
  ],
  [
    "a script whose interpreter cannot be executed",
    { class: "script", path: "/run.sh", needs: "/bin/tool", found: "its mode 0644 has no execute bit" },
    "/run.sh needs /bin/tool",
    "/run.sh needs /bin/tool, but its mode 0644 has no execute bit. Change the mode of /bin/tool, for example with COPY --chmod=0755.",
  ],
  [
    "a pointer of Git LFS",
    { class: "script", needs: "/app/server", found: "it is a Git LFS pointer" },
    "/app/server cannot be executed",
    "/app/server cannot be executed: it is a Git LFS pointer. Set lfs: true for actions/checkout.",
  ],
  [
    "shell form without a shell",
    { class: "shell-form", path: "/bin/sh", needs: "/bin/sh", found: "it does not exist" },
    "its shell form needs /bin/sh",
    'The command is in shell form, which needs /bin/sh: it does not exist. Write ENTRYPOINT in exec form, such as ["/app/server"].',
  ],
  [
    "a doubled entrypoint",
    {
      class: "doubled-entrypoint",
      path: "/usr/bin/python3.13",
      needs: "python3",
      found: "that script does not exist",
    },
    "its command names python3 twice",
    "The command names the interpreter twice, so /usr/bin/python3.13 gets python3 as its script: that script does not exist. Leave python3 out of CMD: the base image's ENTRYPOINT is already the interpreter.",
  ],
  [
    "a user",
    { class: "user", path: "/etc/passwd", needs: "app", found: "the file has no such name" },
    "no account app",
    "USER names app, which must be in /etc/passwd: the file has no such name. Set USER to a number such as 65532, or create the account in the last stage.",
  ],
  [
    "a user's number",
    { class: "user", path: "/etc/passwd", needs: "4294967296", found: "numbers range from 0 to 2147483647" },
    "no account 4294967296",
    "USER cannot be 4294967296: numbers range from 0 to 2147483647. Set USER to a number such as 65532, or create the account in the last stage.",
  ],
  [
    "a file as working directory",
    { class: "working-directory", path: "/app", needs: "/app", found: "it is a file" },
    "WORKDIR /app is not a directory",
    "WORKDIR must be a directory, but /app cannot be one: it is a file. Correct WORKDIR, or end the destination of COPY with a slash, so that it becomes a directory.",
  ],
  [
    "a module",
    {
      class: "runtime",
      path: "/usr/bin/python3.13",
      needs: "the module uvicorn",
      found: "no directory that Python 3.13 searches has it",
    },
    "/usr/bin/python3.13 needs the module uvicorn",
    "/usr/bin/python3.13 needs the module uvicorn, but no directory that Python 3.13 searches has it. Install it in the last stage. Without pip there, install it with pip install --target=/packages in an earlier stage that has Python 3.13, copy /packages, and set PYTHONPATH=/packages.",
  ],
  [
    "a file of a language",
    { class: "runtime", path: "/usr/bin/node", needs: "server.js", found: "/srv/server.js does not exist" },
    "/usr/bin/node needs server.js",
    "/usr/bin/node needs server.js, but /srv/server.js does not exist. Copy it into the last stage, or correct its path in the command.",
  ],
  [
    "a file that the user cannot read",
    {
      class: "runtime",
      path: "/usr/bin/node",
      needs: "/srv/server.js",
      found:
        "the mode 0600 of /srv/server.js, or that of a directory above it, does not let user 1000 read it",
    },
    "/usr/bin/node needs /srv/server.js",
    "/usr/bin/node needs /srv/server.js, but the mode 0600 of /srv/server.js, or that of a directory above it, does not let user 1000 read it. Make it readable by the image's user, for example with COPY --chown or COPY --chmod.",
  ],
  [
    "a language runtime",
    {
      class: "runtime",
      path: "/usr/bin/dotnet",
      needs: "Microsoft.NETCore.App 9.0",
      found: "8.0.4 is there",
    },
    "/usr/bin/dotnet needs Microsoft.NETCore.App 9.0",
    "/usr/bin/dotnet needs Microsoft.NETCore.App 9.0, but 8.0.4 is there. Add it to the last stage, or start from a base image that has it.",
  ],
])("says what is wrong and what to do: %s", ([, problem, short, advice]) => {
  const head = inspection({ start: startOf("no", { problems: [{ ...missing, ...problem }] }) });
  const { image, finding } = findingOf({ head });
  if (finding === undefined) throw new Error("the rule found nothing");
  const explained = explain(finding, image);
  expect(inText(explained.short)).toBe(`cannot start (${short})`);
  expect(explained.advice.map((sentence) => inText(sentence))).toEqual([advice]);
});

test("gives advice on three problems, and counts the others", () => {
  const problems = Array.from({ length: 5 }, (_, index) => ({ ...missing, path: `/bin/program-${index}` }));
  const { image, finding } = findingOf({ head: inspection({ start: startOf("no", { problems }) }) });
  if (finding === undefined) throw new Error("the rule found nothing");
  expect(finding.actual).toBe(5);
  expect(explain(finding, image).advice).toHaveLength(3);
  expect(inText(explain(finding, image).sentence)).toMatch(
    /^The image cannot start: .* Other problems: 4\.$/,
  );
});
