import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { imageArchive, testImage } from "../helpers/layout.ts";
import { directory, file } from "../helpers/tar.ts";

vi.setConfig({ testTimeout: 60_000 });

// Where the report is written, and what happens if it cannot be written. A shell runs the users' bundle.
// Status 1 means "over policy", so only a report that says so may end with it.

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "image-audit-output-"));
  const small = testImage({ layers: [[directory("bin/"), file("app", "x".repeat(20_000))]] });
  const large = testImage({ layers: [[directory("bin/"), file("app", "x".repeat(30_000))]] });
  const many = Array.from({ length: 5_000 }, (_, index) => file(`a-file-with-a-long-name-${index}`, ""));
  await writeFile(join(home, "small.tar"), imageArchive("graphdriver", [small]));
  await writeFile(join(home, "large.tar"), imageArchive("containerd", [large]));
  await writeFile(join(home, "many.tar"), imageArchive("oci", [testImage({ layers: [many] })]));
  // Users other than root may enter it.
  await chmod(home, 0o755);
});
afterAll(() => rm(home, { recursive: true }));

const pass = "compare ./small.tar --to ./small.tar";
const over = "compare ./large.tar --to ./small.tar --max-increase 5%";

interface Shell {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script with `audit` as the command. */
function bash(script: string): Promise<Shell> {
  const audit = `audit() { "${process.execPath}" "${resolve("dist/cli.js")}" "$@"; }`;
  const env = { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, HOME: home };
  return new Promise((done) => {
    execFile("bash", ["-c", `${audit}; ${script}`], { cwd: home, env }, (error, stdout, stderr) =>
      done({ status: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** Expects that only the last line is an error, without a stack trace. */
function expectOutputFailed({ status, stderr }: Shell, sentence: RegExp): void {
  expect(status, stderr).toBe(2);
  expect(stderr.match(/^image-audit: .*$/gm), stderr).toEqual([expect.stringMatching(sentence)]);
  expect(stderr).toMatch(/ \[output-failed\]\n$/);
  expect(stderr).not.toMatch(/^\s+at /m);
}

test.each([
  "inspect ./mine.tar --bogus --output ./mine.tar",
  "compare ./small.tar --to=./mine.tar --output=mine.tar --max-size",
])("the invalid command %s does not touch the files that it names", async (args) => {
  const ended = await bash(
    `cp small.tar mine.tar && audit ${args}; status=$?; cmp small.tar mine.tar && exit $status`,
  );
  expect(ended.status, ended.stderr).toBe(2);
});

test.each([
  "inspect ./mine.tar --output ./mine.tar",
  "inspect docker-archive:mine.tar:app:1 --output mine.tar",
  "files ./mine.tar --format json --output ./link.tar",
  "compare ./small.tar --to ./mine.tar --output $PWD/mine.tar",
  'compare ./mine.tar --to "" --output ./mine.tar',
  "stages -f mine.tar --output mine.tar",
  "--compare-with ./mine.tar --output mine.tar",
  "--secret-file id=mine.tar --output mine.tar",
])("%s does not overwrite its own input", async (args) => {
  const ended = await bash(
    `cp small.tar mine.tar && ln -sf mine.tar link.tar && audit ${args}; status=$?; cmp small.tar mine.tar && exit $status`,
  );
  expectOutputFailed(
    ended,
    /^image-audit: --output \S+ is a file that this run reads\. Name another file for the report\. /,
  );
});

describe("full standard output", () => {
  const sentence = /^image-audit: Standard output is on a full disk: free some space \(ENOSPC\)\. /;

  test.each([
    pass,
    over,
    `${over} --format json`,
    `${pass} --format markdown`,
    "inspect ./small.tar",
    "files ./many.tar",
    "--help",
    "help compare",
    "--version",
  ])("%s ends with 2 and a sentence", async (args) => {
    const full = await bash(`audit ${args} >/dev/full`);
    expectOutputFailed(full, sentence);
    expect((await bash(`audit ${args} >/dev/full 2>&1`)).status).toBe(2);
  });

  test("is reported after a short write, as on a disk that becomes full", async () => {
    for (const args of [`${over} --format json`, "files ./many.tar"]) {
      const short = await bash(`ulimit -f 2; audit ${args} >short`);
      expectOutputFailed(
        short,
        /^image-audit: Standard output exceeds the maximum file size of its disk or of this process: .* \(EFBIG\)\. /,
      );
    }
  });

  test("does not hide another error", async () => {
    const { status, stderr } = await bash("audit inspect ./absent --format json >/dev/full");
    expect(status).toBe(2);
    expect(stderr).toMatch(/absent does not exist.* \[image-not-found\]$/m);
    expect(stderr).toMatch(/Standard output is on a full disk.* \[output-failed\]$/m);
  });
});

describe("full or closed standard error", () => {
  test.each([
    [pass, 0],
    [over, 1],
  ])("%s still has its report and its status", async (args, status) => {
    const good = await bash(`audit ${args}`);
    expect(good.status, good.stderr).toBe(status);
    for (const stderr of ["2>/dev/full", "2>&-", "--verbose 2>/dev/full"])
      expect(await bash(`audit ${args} ${stderr}`), stderr).toEqual({ ...good, stderr: "" });
    const gone = await bash(`{ audit ${args} 2>&3 3>&-; } 3> >(true); exit $?`);
    expect(gone).toMatchObject({ status, stdout: good.stdout });
  });

  test("does not change the status of an error", async () => {
    expect((await bash("audit inspect ./absent 2>/dev/full")).status).toBe(2);
    expect((await bash("audit --max-sise 3 2>&-")).status).toBe(2);
  });
});

describe("standard output without a reader", () => {
  test.each([
    [pass, 0],
    [over, 1],
  ])("%s ends with its verdict if output is discarded or closed", async (args, status) => {
    for (const stdout of [">/dev/null", ">&-"]) {
      const { status: ended, stderr } = await bash(`audit ${args} --quiet ${stdout}`);
      expect({ ended, stderr }).toEqual({ ended: status, stderr: "" });
    }
  });

  test.each([
    [pass, 0],
    [over, 1],
    ["files ./many.tar", 0],
    ["--help", 0],
  ])("%s ends quietly if its reader stops early", async (args, status) => {
    for (const reader of ["head -n 1", "true"]) {
      const flags = args === "--help" ? "" : "--quiet";
      const left = await bash(`audit ${args} ${flags} | ${reader} >/dev/null; exit "\${PIPESTATUS[0]}"`);
      expect(left, reader).toEqual({ status, stdout: "", stderr: "" });
    }
  });
});

describe("--output", () => {
  test.each([
    ["/dev/full", /--output \/dev\/full is on a full disk: free some space /],
    ["directory", /--output directory is a directory: name a file /],
    ["no/such/place", /--output no\/such\/place is in a directory that does not exist\. Create it first\. /],
    ["small.tar/report", /--output small\.tar\/report does not exist: a part of its path is a file/],
  ])("%s is refused, whatever the verdict", async (place, sentence) => {
    await mkdir(join(home, "directory"), { recursive: true });
    for (const args of [`${over} --format json`, "inspect ./small.tar"]) {
      const refused = await bash(`audit ${args} --output ${place}`);
      expectOutputFailed(refused, sentence);
      expect(refused.stdout).toBe("");
    }
  });

  test("that this user may not write is refused, and the old file does not pass as a new one", async () => {
    const closed = join(home, "closed");
    await mkdir(closed, { mode: 0o555 });
    await writeFile(join(home, "old.json"), "old", { mode: 0o444 });
    // As root, run the command as another user: root may write every file.
    const user = process.getuid?.() === 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups --" : "";
    const refused = (path: string) =>
      bash(
        `${user} "${process.execPath}" "${resolve("dist/cli.js")}" ${over} --format json --output ${path}`,
      );
    expectOutputFailed(
      await refused("closed/report.json"),
      /--output closed\/report\.json is not accessible to this user: change its permissions/,
    );
    expectOutputFailed(
      await refused("old.json"),
      /--output old\.json is not accessible to this user: .* The existing file is not this run's report\. /,
    );
    expect(await readdir(closed)).toEqual([]);
  });

  test("on a disk that becomes full has no partial report", async () => {
    await writeFile(join(home, "half.json"), "old");
    const half = await bash(`ulimit -f 2; audit ${over} --format json --output half.json`);
    expectOutputFailed(
      half,
      /--output half\.json exceeds the maximum file size of its disk or of this process/,
    );
    expect(await readFile(join(home, "half.json"), "utf8")).toBe("");
  });

  test.each([
    ["inspect ./absent", "image-not-found"],
    [`${over} --max-size potatoes`, "input-invalid"],
    [`${over} --max-sise 3`, "input-unknown"],
    ["inspct ./small.tar", "input-unknown"],
  ])("%s replaces an old report with the error", async (args, code) => {
    const report = join(home, "report");
    for (const flags of ["--format json --output report", "--output=report --format=json"]) {
      await writeFile(report, "old");
      const { status, stdout, stderr } = await bash(`audit ${args} ${flags}`);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain(`[${code}]`);
      expect(JSON.parse(await readFile(report, "utf8"))).toMatchObject({
        verdict: "inconclusive",
        images: [],
        error: { code },
      });
    }
    for (const format of ["terminal", "markdown"]) {
      await writeFile(report, "old");
      await bash(`audit ${args} --output report --format ${format}`);
      const text = await readFile(report, "utf8");
      expect(text).toContain(code);
      expect(text).not.toContain("old");
    }
  });

  test("may be a pipe, and its reader gets the whole report", async () => {
    const { stdout } = await bash(`audit ${over} --quiet`);
    const script = `mkfifo pipe; cat pipe >got & audit ${over} --quiet --output pipe; echo "status $?"; wait; cat got`;
    expect((await bash(script)).stdout).toBe(`status 1\n${stdout}`);
    expect((await bash(`audit ${over} --quiet --output /dev/stdout | cat`)).stdout).toBe(stdout);
  });
});
