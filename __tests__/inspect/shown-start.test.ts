import { expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/parse/dockerfile.ts";
import { resolveStages } from "../../src/dockerfile/stages/stages.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { elfFile } from "../helpers/elf.ts";
import { readImage } from "../helpers/images.ts";
import { file, type TarMember } from "../helpers/tar.ts";

const executable = { mode: 0o755 };
const needsLibrary = elfFile({ dynamic: { needed: ["libapp.so"] }, interpreter: "/lib/ld.so" });

async function startOfBuilt(
  lines: string,
  members: readonly TarMember[],
  config: object,
  confidential: readonly string[] = [],
) {
  const dockerfile = parseDockerfile(`FROM scratch\n${lines}\n`);
  const context = { dockerfile, stages: resolveStages(dockerfile, {}) };
  const image = await readImage({ layers: [members], config: { config } });
  return inspect(image, context, { confidential, isBuilt: true }).start;
}

test("paths below WORKDIR have the Dockerfile's text in place of a variable's value", async () => {
  const start = await startOfBuilt(
    "ARG TENANT\nWORKDIR /srv/$TENANT",
    [file("srv/s3cret/run", needsLibrary, executable)],
    { WorkingDir: "/srv/s3cret", Cmd: ["./run"] },
  );
  expect(start.verdict).toBe("no");
  expect(start.chain[0]).toMatchObject({ path: "/srv/$TENANT/run", needs: "./run" });
  expect(start.chain[1]).toMatchObject({ neededBy: "/srv/$TENANT/run" });
  expect(start.problems[0]).toMatchObject({ path: "/srv/$TENANT/run" });
  expect(JSON.stringify(start)).not.toContain("s3cret");
});

test.for([
  ["a program that is missing", [], { Cmd: ["./run"] }],
  ["a directory that is a file", [file("srv/s3cret", "x")], { Cmd: ["/run"] }],
  [
    "a way out of it",
    [file("srv/run", needsLibrary, executable), file("srv/s3cret/x", "x")],
    { Cmd: ["../run"] },
  ],
] as const)("no value is shown of %s", async ([, members, config]) => {
  const start = await startOfBuilt("ARG DIRECTORY\nWORKDIR $DIRECTORY", members, {
    WorkingDir: "/srv/s3cret",
    ...config,
  });
  expect(start.verdict).toBe("no");
  expect(JSON.stringify(start)).not.toContain("s3cret");
  expect(JSON.stringify(start)).toContain("$DIRECTORY");
});

test("a proof that does not depend on WORKDIR is shown as it is", async () => {
  const start = await startOfBuilt(
    "ARG DIRECTORY=/app\nWORKDIR $DIRECTORY",
    [file("app/run", needsLibrary, executable)],
    { WorkingDir: "/app", Cmd: ["/app/run"] },
  );
  expect(start.problems[0]).toMatchObject({ path: "/app/run" });
});

test.for([
  ["ARG NAME\nUSER $NAME:staff", "s3cret:staff", "$NAME:staff"],
  ["ARG NAME\nUSER app:$NAME", "app:s3cret", "app:$NAME"],
] as const)(
  "accounts have the Dockerfile's text in place of a variable's value: %s",
  async ([lines, User, shown]) => {
    const passwd = file("etc/passwd", "app:x:1000:1000::/:\n");
    const start = await startOfBuilt(lines, [passwd, file("run", elfFile(), executable)], {
      User,
      Cmd: ["/run"],
    });
    expect(start.problems).toMatchObject([{ class: "user", needs: shown }]);
    expect(JSON.stringify(start)).not.toContain("s3cret");
  },
);

test("the number of a user is left out of sentences", async () => {
  const program = file("run", elfFile(), { mode: 0o700 });
  const config = { User: "41873", Cmd: ["/run"] };
  const start = await startOfBuilt("ARG ID\nUSER $ID", [program], config);
  expect(start.hints.join()).toContain("the user can execute it");
  expect(JSON.stringify(start)).not.toContain("41873");
  expect(JSON.stringify(await startOfBuilt("USER 41873", [program], config))).toContain("41873");
});

test("values of unknown origin are hidden", async () => {
  const start = await startOfBuilt("", [], { WorkingDir: "/srv/s3cret", Cmd: ["./run"] }, ["s3cret"]);
  expect(start.chain).toMatchObject([{ path: "***/run", needs: "./run" }]);
});

test("a proof of thousands of files is cut, and says so", async () => {
  const needed = Array.from({ length: 300 }, (_, index) => `lib${index}.so.1`);
  const program = elfFile({
    dynamic: { needed },
    interpreter: "/lib64/ld-linux-x86-64.so.2",
  });
  const loader = elfFile({
    dynamic: { soname: "ld-linux-x86-64.so.2", versionDefinitions: ["GLIBC_PRIVATE"] },
    loaderDirectories: ["/lib64", "/usr/lib64"],
  });
  const start = await startOfBuilt(
    "",
    [file("run", program, executable), file("lib64/ld-linux-x86-64.so.2", loader, executable)],
    { Cmd: ["/run"] },
  );
  expect(start).toMatchObject({ verdict: "no" });
  expect(start.chain).toHaveLength(200);
  expect(start.problems).toHaveLength(20);
  expect(start.unproven.at(-1)).toBe("Not listed here: 102 more files of the chain, 280 more problems.");
});

test("a problem says which line of an earlier stage has what is missing", async () => {
  const lines = [
    "FROM golang AS build",
    "RUN go build -o /out/server",
    "FROM scratch",
    "COPY --from=build /x /x",
  ];
  const dockerfile = parseDockerfile(lines.join("\n"));
  const image = await readImage({ layers: [[]], config: { config: { Cmd: ["/server"] } } });
  const { start } = inspect(image, { dockerfile, stages: resolveStages(dockerfile, {}) });
  const left = { line: 2, kind: "file", what: "/out/server", into: "/out/server" };
  expect(start.problems).toEqual([expect.objectContaining({ needs: "/server", leftBehind: left })]);
  expect(inspect(image).start.problems[0]).not.toHaveProperty("leftBehind");
});
