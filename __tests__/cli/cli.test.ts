import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Option, optionGroups, options } from "../../src/inputs/options.ts";
import { type CliOptions, type CliResult, runCli } from "../helpers/cli.ts";
import { imageArchive, layoutFiles, type TestImage, testImage } from "../helpers/layout.ts";
import { makeRepository } from "../helpers/repository.ts";
import { directory, file, symlink as link } from "../helpers/tar.ts";

vi.setConfig({ testTimeout: 60_000 });

// Runs the command as a child process without docker on its PATH: layouts, archives and Dockerfiles need no
// engine.

let home: string;
let env: NodeJS.ProcessEnv;
const image = makeImage({ app: 20_000, shell: false });
const larger = makeImage({ app: 30_000, shell: true });

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-cli-"));
  const git = await findProgram("git");
  await mkdir(join(home, "bin"));
  await symlink(git, join(home, "bin/git"));
  await mkdir(join(home, "tmp"));
  env = { PATH: join(home, "bin"), HOME: home, TMPDIR: join(home, "tmp") };
  await writeFiles(join(home, "layout"), layoutFiles([image]));
  await writeFile(join(home, "image.tar"), imageArchive("graphdriver", [image]));
  await writeFile(join(home, "larger.tar"), imageArchive("containerd", [larger]));
  await writeFile(join(home, "Dockerfile"), dockerfile);
});
afterAll(() => rm(home, { recursive: true }));

const cli = (args: readonly string[], options: CliOptions = {}) =>
  runCli(args, { cwd: home, env, ...options });

const dockerfile = `ARG VERSION=3.20
FROM --platform=$BUILDPLATFORM alpine:$VERSION AS build
RUN true
FROM alpine:3 AS unused
FROM scratch
COPY --from=build /bin/busybox /app
COPY --from=docker.io/library/nginx:1 /etc/nginx /etc/nginx
`;

/** Expects one sentence with its code, no stack trace, and no temporary files. */
async function expectFailure(result: CliResult, code: string, sentence: RegExp): Promise<void> {
  const said = result.stderr.split("\n").filter((line) => line.startsWith("image-audit: "));
  expect(said, result.stderr).toHaveLength(1);
  expect(said[0]).toMatch(sentence);
  expect(said[0]?.endsWith(`[${code}]`), said[0]).toBe(true);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(result.status).toBe(2);
  expect(await readdir(join(home, "tmp"))).toEqual([]);
}

describe("stages", () => {
  test.each(["terminal", "json"])(
    "do not show a build argument that looks like a token, as %s",
    async (format) => {
      const token = "ghp_16C7e42F292c6912E7710c83";
      const { stdout, stderr } = await cli(["stages", "--format", format, "--build-arg", `VERSION=${token}`]);
      expect(stdout, stderr).toContain(":***");
      expect(stdout + stderr).not.toContain(token);
    },
  );

  test("are JSON with stable keys", async () => {
    const { status, stdout } = await cli(["stages", "--format", "json", "--build-arg", "VERSION=3.19"]);
    expect(status).toBe(0);
    const { stages, target, baseImage, images } = JSON.parse(stdout);
    expect(stages[0]).toEqual({
      index: 0,
      name: "build",
      written: "alpine:$VERSION",
      resolved: "docker.io/library/alpine:3.19",
      parent: null,
      replaced: false,
      line: 2,
      reachable: true,
    });
    expect(stages.map(({ reachable }: { reachable: boolean }) => reachable)).toEqual([true, false, true]);
    expect(target).toBe(2);
    expect(baseImage).toMatchObject({ resolved: "scratch" });
    expect(images).toEqual(["docker.io/library/nginx:1"]);
  });

  test("are lines for a terminal, and depend on the target", async () => {
    const last = await cli(["stages"]);
    expect(last.stdout).toMatch(/^3 stages, 2 used; base image scratch\n/);
    expect(last.stdout).toMatch(/line 4 .*not used/);
    const build = await cli(["stages", "--target", "build"]);
    expect(build.stdout).toMatch(/^3 stages, 1 used; base image alpine:3\.20\n/);
  });

  test("report a missing Dockerfile or target in one sentence", async () => {
    await expectFailure(
      await cli(["stages", "-f", "absent"]),
      "dockerfile-missing",
      /absent does not exist.* Name the Dockerfile with --file/,
    );
    await expectFailure(
      await cli(["stages", "--target", "biuld"]),
      "target-unknown",
      /no stage "biuld".*build/,
    );
  });
});

test("say only that another frontend reads the Dockerfile", async () => {
  await writeFile(
    join(home, "foreign.Dockerfile"),
    "# syntax=example.com/x\nFROM alpine\nINCLUDE Dockerfile.common\n",
  );
  const told = /A frontend other than Docker's reads this Dockerfile \("example\.com\/x", .* not known\./;
  await expectFailure(await cli(["stages", "-f", "foreign.Dockerfile"]), "frontend-unknown", told);
  const inspected = await cli(["inspect", "./image.tar", "--file", "foreign.Dockerfile", "--format", "json"]);
  expect(inspected.status, inspected.stderr).toBe(0);
  expect(JSON.parse(inspected.stdout)).toMatchObject({
    baseImage: null,
    stages: null,
    notes: [expect.stringMatching(told)],
  });
});

describe("files", () => {
  test("are JSON lines with stable keys, in byte order", async () => {
    const { status, stdout } = await cli(["files", "./image.tar", "--format", "json"]);
    expect(status).toBe(0);
    const records = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(records.map(({ path }) => path)).toEqual(["/app", "/bin", "/link", "/new"]);
    expect(records[0]).toMatchObject({
      type: "file",
      mode: "0644",
      uid: 0,
      gid: 0,
      size: 20_000,
      linkTarget: null,
      layer: 0,
    });
    expect(records[1]).toMatchObject({ type: "directory", size: 0 });
    expect(records[2]).toMatchObject({ type: "symlink", linkTarget: "app", size: 0 });
    expect(records[3]).toMatchObject({ path: "/new", layer: 1 });
  });

  test("are lines like those of ls for a terminal", async () => {
    const { stdout } = await cli(["files", "./layout"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^-rw-r--r-- .*20000 .* \/app \[layer 1\]$/);
    expect(lines[2]).toMatch(/^l.* \/link -> app \[layer 1\]$/);
  });

  test.each(["terminal", "json"])("show no secret in a path or a link, as %s", async (format) => {
    const token = "ghp_16C7e42F292c6912E7710c83";
    const entries = [file(`srv/${token}/app`, "x"), link("link", `srv/${token}/app`)];
    const tag = "docker.io/library/token:1";
    await writeFile(join(home, "token.tar"), imageArchive("oci", [testImage({ layers: [entries], tag })]));
    const args = ["files", "./token.tar", "--format", format];
    const { status, stdout, stderr } = await cli(args, { env: { ...env, RELEASE_TOKEN: token } });
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("/srv/***/app");
    expect(stdout).toMatch(/-> srv\/\*\*\*\/app|"linkTarget": ?"srv\/\*\*\*\/app"/);
    expect(stdout + stderr).not.toContain(token);
  });

  test("may be piped to a reader that stops early", async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => file(`a-file-with-a-long-name-${index}`, ""));
    await writeFile(
      join(home, "many.tar"),
      imageArchive("oci", [testImage({ layers: [many], tag: "docker.io/library/many:1" })]),
    );
    for (const format of ["terminal", "json"]) {
      const script = `"$0" "$1" files ./many.tar --quiet --format ${format} | head -n 1; echo "status \${PIPESTATUS[0]}"`;
      const { stdout, stderr } = await bash(script, [process.execPath, resolve("src/cli/index.ts")]);
      expect(stderr).toBe("");
      expect(stdout).toMatch(/^.*a-file-with-a-long-name-0.*\nstatus 0\n$/);
    }
  });
});

test("an error keeps its status if its reader stops early", async () => {
  const script = `{ "$0" "$1" inspect ./absent --format json; echo "status $?" >status; } 2>&1 | true`;
  await bash(script, [process.execPath, resolve("src/cli/index.ts")]);
  expect(await readFile(join(home, "status"), "utf8")).toBe("status 2\n");
});

describe("inspect", () => {
  test("is JSON, Markdown or text, each the same for a layout and an archive", async () => {
    const json = JSON.parse((await cli(["inspect", "./layout", "--format=json"])).stdout);
    expect(json).toMatchObject({ unpackedSize: 20_003, shells: [], distroless: { verdict: "yes" } });
    const archive = JSON.parse((await cli(["inspect", "./image.tar", "--format=json"])).stdout);
    expect(archive).toMatchObject({
      size: json.size,
      unpackedSize: json.unpackedSize,
      configDigest: json.configDigest,
    });
    expect((await cli(["inspect", "oci-dir:layout", "--format", "markdown"])).stdout).toMatch(
      /20(?:\.0)?\skB/,
    );
    expect((await cli(["inspect", "docker-archive:image.tar"])).stdout).toMatch(/20(?:\.0)?\skB/);
  });

  test("has colours only if they are wanted", async () => {
    const colours = async (variables: NodeJS.ProcessEnv, ...flags: readonly string[]) =>
      (await cli(["inspect", "./layout", ...flags], { env: { ...env, ...variables } })).stdout.includes(
        "\u001b[",
      );
    expect(await colours({})).toBe(false);
    expect(await colours({ FORCE_COLOR: "1" })).toBe(true);
    expect(await colours({ FORCE_COLOR: "0" })).toBe(false);
    expect(await colours({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  });

  test("is written to a file without colours, with empty standard output", async () => {
    const options = { env: { ...env, NO_COLOR: "1" } };
    const { stdout: expected } = await cli(["inspect", "./layout", "--quiet"], options);
    const { status, stdout, stderr } = await cli(
      ["inspect", "./layout", "--quiet", "--output", "report.txt"],
      options,
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(await readFile(join(home, "report.txt"), "utf8")).toBe(expected);
  });
});

describe("compare", () => {
  test("fails if the image of either side is missing, whatever missing-base says", async () => {
    const arm = testImage({ layers: [[file("app")]], platform: { os: "linux", architecture: "arm64" } });
    await writeFiles(join(home, "arm"), layoutFiles([arm]));
    const cases: readonly (readonly [absent: string, code: string, sentence: RegExp])[] = [
      ["./absent", "image-not-found", /absent does not exist/],
      ["./typo.tar", "image-not-found", /typo\.tar does not exist/],
      ["docker-archive:typo.tar", "image-not-found", /typo\.tar does not exist/],
      ["oci-archive:typo.tar", "image-not-found", /typo\.tar does not exist/],
      ["oci-dir:typo", "image-not-found", /typo does not exist/],
      ["oci-dir:./layout:absent", "image-not-found", /absent/],
      ["./arm", "platform-missing", /only for linux\/arm64/],
    ];
    const lenient = ["--platform", "linux/amd64", "--missing-base", "warn", "--distroless", "off"];
    for (const [absent, code, sentence] of cases) {
      const asOld = await cli(["compare", "./layout", "--to", absent, ...lenient]);
      await expectFailure(asOld, code, sentence);
      const asNew = await cli(["compare", absent, "--to", "./layout", ...lenient]);
      await expectFailure(asNew, code, sentence);
    }
  });

  test("an audit treats a missing compare-with image as a missing base", async () => {
    const args = ["--image", "./layout", "--compare-with", "./typo.tar"];
    const undecided = await cli([...args, "--max-increase", "1MB", "--format", "json"]);
    expect(undecided.status, undecided.stderr).toBe(2);
    const [audited] = JSON.parse(undecided.stdout).images;
    expect(audited).toMatchObject({ verdict: "inconclusive", base: null, comparison: null });
    expect(audited.baseMissing).toEqual({
      reason: "unavailable",
      message: expect.stringMatching(/typo\.tar does not exist/),
    });
    const accepted = await cli([...args, "--missing-base", "warn"]);
    expect(accepted.status, accepted.stderr).toBe(0);
    expect(accepted.stdout).toContain("No base to compare with.");
  });

  test("an audit fails if the named base branch does not exist", async () => {
    using repository = makeRepository();
    repository.commit({ Dockerfile: "FROM scratch\nCOPY app /\n", app: "x" });
    const audit = (...flags: readonly string[]) =>
      cli(["--image", join(home, "layout"), "--missing-base", "warn", ...flags], {
        cwd: repository.directory,
      });
    await expectFailure(await audit("--base", "mian"), "git-base-unknown", /and mian is not known/);
    // A base branch that the audit chose itself is a missing base.
    repository.git("branch", "-m", "main", "topic");
    expect((await audit()).status).toBe(0);
  });

  test("fails if the old image is damaged", async () => {
    await writeFile(join(home, "damaged.tar"), imageArchive("graphdriver", [image]).subarray(0, 9000));
    await expectFailure(
      await cli(["compare", "./layout", "--to", "./damaged.tar", "--missing-base", "warn"]),
      "archive-truncated",
      /damaged\.tar cannot be read/,
    );
  });

  test("guesses no Dockerfile, and uses a named one only for the new image", async () => {
    // A Dockerfile that matches, so that a guess would be accepted.
    const history = [{ created_by: "COPY app /app # buildkit" }];
    const made = testImage({ layers: [[file("app", "new")]], config: { history } });
    const other = testImage({ layers: [[file("app", "old")]], config: { history } });
    const place = join(home, "beside-a-dockerfile");
    await writeFiles(join(place, "new"), layoutFiles([made]));
    await writeFiles(join(place, "old"), layoutFiles([other]));
    await writeFile(join(place, "Dockerfile"), "FROM scratch AS base\nFROM base\nCOPY app /app\n");
    const imagesOf = async (...flags: readonly string[]) => {
      const { stdout, stderr } = await cli(
        ["compare", "./new", "--to", "./old", "--format", "json", ...flags],
        {
          cwd: place,
        },
      );
      const [compared] = JSON.parse(stdout || `{ "images": [${JSON.stringify(stderr)}] }`).images;
      return compared;
    };
    const guessed = await imagesOf();
    expect(guessed.dockerfile).toBeNull();
    for (const side of [guessed.head, guessed.base]) {
      expect(side).toMatchObject({ stages: null, baseImage: null });
    }
    const named = await imagesOf("-f", "../beside-a-dockerfile/Dockerfile");
    expect(named).toMatchObject({
      dockerfile: "../beside-a-dockerfile/Dockerfile",
      head: { stages: { declared: 2 }, layers: [{ line: 3 }] },
      base: { stages: null },
    });
    await expectFailure(
      await cli(["compare", "./new", "--to", "./old", "-f", "absent"], { cwd: place }),
      "dockerfile-missing",
      /absent/,
    );
    const inspected = await cli(["inspect", "./new", "--format", "json"], { cwd: place });
    expect(JSON.parse(inspected.stdout)).toMatchObject({ stages: null, baseImage: null });
  });

  test("has the width in COLUMNS", async () => {
    const widths = async (COLUMNS: string) => {
      const { stdout } = await cli(["compare", "./larger.tar", "--to", "./layout"], {
        env: { ...env, COLUMNS },
      });
      // A digest is a word that no line break divides.
      const lines = stdout.split("\n").filter((line) => !line.includes("sha256:"));
      return Math.max(...lines.map((line) => line.length));
    };
    expect(await widths("60")).toBeLessThanOrEqual(60);
    expect(await widths("120")).toBeGreaterThan(60);
  });

  test("ends with 0 if the new image follows the rules, and with 1 if it does not", async () => {
    const same = await cli(["compare", "./layout", "--to", "./image.tar"]);
    expect(same.status, same.stderr).toBe(0);
    const over = await cli([
      "compare",
      "./larger.tar",
      "--to",
      "./layout",
      "--max-increase",
      "5%",
      "--format",
      "json",
    ]);
    expect(over.status, over.stderr).toBe(1);
    const [compared] = JSON.parse(over.stdout).images;
    expect(
      compared.findings.map(({ rule, verdict }: { rule: string; verdict: string }) => [rule, verdict]),
    ).toEqual(
      expect.arrayContaining([
        ["max-increase", "fail"],
        ["distroless", "fail"],
      ]),
    );
    const lenient = await cli([
      "compare",
      "./larger.tar",
      "--to",
      "./layout",
      "--max-increase",
      "5%",
      "--warn-only",
    ]);
    expect(lenient.status).toBe(0);
  });
});

describe("wrong usage", () => {
  test.each([
    [["--max-sise", "3"], "input-unknown", /'--max-sise'.*--max-size/],
    [["inspct", "x"], "input-unknown", /no command "inspct": did you mean "inspect"/],
    [["help", "inspct"], "input-unknown", /no command "inspct": did you mean "inspect"/],
    [["halp"], "input-unknown", /no command "halp": did you mean "help"/],
    [
      ["some/dir"],
      "input-unknown",
      /no command "some\/dir": use inspect, compare, start, files, packages, stages, policy, or only flags/,
    ],
    [
      ["stages", "some/dir"],
      "input-unknown",
      /stages takes no arguments, and "some\/dir" is one too many: use its flags\. See image-audit stages --help/,
    ],
    [
      ["stages", "--target", "x", "stages"],
      "input-unknown",
      /takes no arguments, and "stages" is one too many/,
    ],
    [
      ["compare", "./new", "./old", "--to", "./old"],
      "input-unknown",
      /compare takes only <new>, and "\.\/old" is one/,
    ],
    [["stages", "--max-size", "3"], "input-unknown", /'--max-size'.* See image-audit stages --help/],
    [["inspect"], "input-invalid", /[Mm]issing required argument 'image'/],
    [["compare", "x"], "input-invalid", /Required option '--to <old>' not specified/],
    [
      ["inspect", "x", "--format", "xml"],
      "input-invalid",
      /'xml' is invalid.* terminal, json, markdown\. See/,
    ],
    [["--max-size", "10 potatoes"], "input-invalid", /max-size is "10 potatoes"/],
    [["--build-arg", "BARE"], "input-invalid", /build-args has an item without =/],
    [["--platform", "linux/amd64,linux/arm64"], "input-invalid", /use a matrix/],
    [["--comment", "never"], "input-unknown", /'--comment' is an input of the action/],
    // An unset shell variable, or a flag in the wrong place, must not silently remove a limit.
    [["--max-size", ""], "input-invalid", /--max-size has an empty value/],
    [["--max-increase=", "--quiet"], "input-invalid", /--max-increase has an empty value/],
    [["--base", " "], "input-invalid", /--base has an empty value/],
    [["--build-arg", "A=1", "--build-arg", ""], "input-invalid", /--build-arg has an empty value/],
    [["inspect", "./layout", "--output", ""], "input-invalid", /--output has an empty value/],
    [
      ["--max-increase", "1%", "compare", "./larger.tar", "--to", "./layout"],
      "input-invalid",
      /--max-increase has no effect before compare: write it after the command/,
    ],
    [["--no-cache", "stages"], "input-invalid", /--no-cache has no effect before stages/],
    [["--warn-only=true"], "input-unknown", /--warn-only takes no value/],
    [["--no-cache", "false"], "input-unknown", /a flag such as --no-cache takes no value/],
    [["--max-size"], "input-invalid", /'--max-size <size>' has no value\. See/],
    [["version"], "input-unknown", /no command "version": did you mean "--version"/],
    [["inspect", "./layout", "--target", "build"], "input-invalid", /--target, .* Name it with --file/],
  ] as const)("reports %j in one sentence", async (args, code, sentence) => {
    await expectFailure(await cli(args), code, sentence);
  });

  test("help and version are not errors", async () => {
    const help = await cli(["--help"]);
    expect(help).toMatchObject({ status: 0, stderr: "" });
    for (const word of ["inspect", "compare", "files", "packages", "stages", "--max-size", "--build-arg"])
      expect(help.stdout).toContain(word);
    expect(help.stdout).toMatch(/may be repeated/);
    expect(await cli(["--version"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  test("help explains flags that have another meaning for existing images", async () => {
    const helpOf = async (command: string) => (await cli([command, "--help"])).stdout.replace(/\s+/g, " ");
    expect(await helpOf("inspect")).toContain("The Dockerfile that the image was built from");
    expect(await helpOf("stages")).toContain("Default: Dockerfile in the context.");
    const compare = await helpOf("compare");
    expect(compare).toContain("Default: <new>, as given.");
    expect(compare).not.toContain("--missing-base");
  });

  test("help COMMAND is the same as COMMAND --help, and help is the general help", async () => {
    const said = async (...args: readonly string[]) => {
      const { status, stdout, stderr } = await cli(args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      return stdout;
    };
    expect(await said("help")).toBe(await said("--help"));
    expect(await said("help", "compare")).toBe(await said("compare", "--help"));
    expect(await said("help", "help")).toContain("Usage: image-audit help");
  });

  test("help has the README's groups in order and ends with examples and exit statuses", async () => {
    const { stdout } = await cli(["--help"]);
    const headings = stdout.match(/^\S.*:$/gm) ?? [];
    expect(headings).toEqual([
      ...Object.values(optionGroups).map((title) => `${title}:`),
      "Other options:",
      "Commands:",
      "Examples:",
      "Exit status:",
    ]);
    const places = options.flatMap((option: Option) =>
      option.actionOnly ? [] : [stdout.indexOf(`--${option.flag ?? option.name} `)],
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test.each([80, 120])("help fits in a terminal of %d columns", async (columns) => {
    for (const command of ["inspect", "compare", "files", "packages", "stages", "policy", "help"]) {
      const { stdout } = await cli([command, "--help"], { env: { ...env, COLUMNS: String(columns) } });
      const widest = Math.max(...stdout.split("\n").map((line) => line.length));
      expect(widest, stdout).toBeLessThanOrEqual(columns);
    }
    const { stdout } = await cli(["--help"], { env: { ...env, COLUMNS: String(columns) } });
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
});

describe("a broken environment", () => {
  test("is reported as JSON if JSON is requested", async () => {
    for (const format of [["--format", "json"], ["--format=json"]]) {
      const result = await cli(["inspect", "./absent", ...format]);
      await expectFailure(result, "image-not-found", /\.\/absent|absent/);
      expect(JSON.parse(result.stdout)).toMatchObject({
        verdict: "inconclusive",
        images: [],
        error: { code: "image-not-found", message: expect.stringContaining("absent") },
      });
    }
  });

  test("without docker on the PATH is reported", async () => {
    using repository = makeRepository();
    repository.commit({ Dockerfile: "FROM scratch\nCOPY app /\n", app: "x" });
    await expectFailure(
      await cli([], { cwd: repository.directory }),
      "engine-missing",
      /docker is not installed, or not on the PATH/,
    );
    await expectFailure(await cli(["inspect", "shop:latest"]), "engine-missing", /docker is not installed/);
  });

  test("without git on the PATH, or without a repository, is reported", async () => {
    await mkdir(join(home, "empty"), { recursive: true });
    const nowhere = join(home, "empty");
    await expectFailure(
      await cli([], { env: { ...env, PATH: nowhere } }),
      "git-missing",
      /git is not installed/,
    );
    await expectFailure(
      await cli([], { cwd: nowhere }),
      "git-not-a-repository",
      /is not in a git repository/,
    );
  });

  test("Ctrl-C in a terminal with a spinner cleans up and ends as cancelled", async () => {
    // An engine that never answers.
    const socket = join(home, "silent.sock");
    const server = createServer(() => {}).listen(socket);
    onTestFinished(() => void server.close());
    const asked = once(server, "connection");
    const run = `echo $$ >pid; exec "${process.execPath}" "${resolve("src/cli/index.ts")}" inspect shop:latest --output report.txt`;
    const ended = bash(`script -qec '${run}' /dev/null >typescript; echo "status $?"`, [], {
      DOCKER_HOST: `unix://${socket}`,
    });
    await asked;
    process.kill(Number(await readFile(join(home, "pid"), "utf8")), "SIGINT");
    expect((await ended).stdout).toBe("status 2\n");
    expect(await readFile(join(home, "typescript"), "utf8")).toMatch(
      /Reading shop:latest …[\s\S]*\[cancelled\]/,
    );
    expect(await readFile(join(home, "report.txt"), "utf8")).toContain("cancelled");
  });

  test.each(["graphdriver", "oci"] as const)(
    "an archive of the form %s that ends early is reported, wherever it ends",
    async (form) => {
      const whole = imageArchive(form, [image]);
      const lengths = [1, 511, 700, 0.3 * whole.length, 0.6 * whole.length, whole.length - 1500].map(
        Math.floor,
      );
      for (const length of lengths) {
        await writeFile(join(home, "short.tar"), whole.subarray(0, length));
        const result = await cli(["inspect", "./short.tar"]);
        const code = /\[([a-z-]+)\]\n$/.exec(result.stderr)?.[1] ?? "";
        expect(
          ["archive-truncated", "archive-invalid", "blob-missing", "image-invalid", "image-unsupported"],
          `at ${length}: ${result.stderr}`,
        ).toContain(code);
        await expectFailure(result, code, /./);
      }
    },
  );

  test("a changed byte of a layer is reported", async () => {
    const files = layoutFiles([image]);
    const [layer] = image.layers;
    const path = [...files].find(([, bytes]) => layer !== undefined && bytes.equals(layer.bytes))?.[0] ?? "";
    await writeFiles(join(home, "flipped"), new Map([...files, [path, flipped(files.get(path), 20)]]));
    const layout = await cli(["inspect", "./flipped"]);
    await expectFailure(layout, "archive-invalid", /compressed stream is damaged/);

    const archive = imageArchive("graphdriver", [image]);
    const at = archive.indexOf("xxxx");
    await writeFile(join(home, "flipped.tar"), flipped(archive, at));
    await expectFailure(await cli(["inspect", "./flipped.tar"]), "digest-mismatch", /sha256:/);
  });
});

function makeImage({ app, shell }: { app: number; shell: boolean }): TestImage {
  return testImage({
    tag: "docker.io/library/shop:1",
    layers: [
      [
        directory("bin/"),
        file("app", "x".repeat(app)),
        link("link", "app"),
        ...(shell ? [file("bin/sh", "\u007fELF a shell by its name", { mode: 0o755 })] : []),
      ],
      [file("new", "new")],
    ],
  });
}

function flipped(bytes: Buffer | undefined, at: number): Buffer {
  const copy = Buffer.from(bytes ?? Buffer.alloc(0));
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

async function writeFiles(root: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
}

function bash(
  script: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<{ stdout: string; stderr: string }> {
  const options = { cwd: home, env: { ...env, PATH: process.env["PATH"], ...more } };
  return new Promise((done, failed) => {
    execFile("bash", ["-c", script, ...args], options, (error, stdout, stderr) =>
      error === null ? done({ stdout, stderr }) : failed(error),
    );
  });
}

async function findProgram(name: string): Promise<string> {
  const { stdout } = await new Promise<{ stdout: string }>((done, failed) => {
    execFile("bash", ["-c", 'command -v "$0"', name], (error, stdout) =>
      error ? failed(error) : done({ stdout }),
    );
  });
  return stdout.trim();
}
