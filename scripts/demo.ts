import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pc from "picocolors";
import { startGithub } from "../__tests__/helpers/github-api.ts";
import { runAction } from "../__tests__/helpers/runner.ts";
import type { Audit } from "../src/policy/audit-record.ts";
import { renderTerminal } from "../src/report/terminal/terminal.ts";
import { demoBase, smallBase } from "./demo/base.ts";
import { demoRepository, type PullRequest } from "./demo/repository.ts";
import { type Picture, pageOf, takePictures } from "./page.ts";

// Audits three pull requests of a small repository. The action's bundle runs the way a runner runs it, with a
// real Docker Engine and a stateful GitHub API on this machine. Writes what users see to demo/, and with
// --keep-pictures the README's pictures to docs/ as well.

const begin = Date.now();
const keepsPictures = process.argv.includes("--keep-pictures");
const output = "demo";
const picturesOfReadme: readonly Picture[] = [
  { width: 848, height: 700, scheme: "light", path: "docs/comment.light.png" },
  { width: 848, height: 700, scheme: "dark", path: "docs/comment.dark.png" },
];
await rm(output, { recursive: true, force: true });
await mkdir(output);

step("Getting base images");
const base = await demoBase();
const small = await smallBase();
await using github = await startGithub();
await using repository = await demoRepository();
for (const { reference, pulled } of [base, small])
  say(`A base image of the demo is ${reference}${pulled ? "" : ", built from Debian's packages"}.`);

for (const pullRequest of repository.pullRequests) await auditPullRequest(pullRequest);
say(`\n${output}/ has each comment as Markdown, HTML and PNG, the job summary, and the report as JSON.`);

async function auditPullRequest(pullRequest: PullRequest): Promise<void> {
  const { name, title, headSha, baseSha, baseRef } = pullRequest;
  say(pc.bold(`\nPull request: ${title}`));
  const number = await github.seedPullRequest({ headSha, baseSha, baseRef });
  await repository.checkOut(pullRequest);
  await using result = await runAction({
    workspace: repository.directory,
    eventName: "pull_request",
    event: eventOf(pullRequest, number),
    inputs: {
      name: "calculator",
      "build-args": `BASE=${base.reference}\nSMALL=${small.reference}`,
      "max-size": "100MB",
      distroless: pullRequest.distroless,
      "comment-key": name,
      "github-token": github.token,
    },
    env: process.env,
    apiUrl: github.url,
    repository: `${github.owner}/${github.repo}`,
    echo: process.env["DEMO_VERBOSE"] !== undefined,
    begun: step,
  });
  const [comment] = await github.comments(number);
  const report = result.outputs.get("report");
  if (comment === undefined || !report) throw new Error(`The audit did not report:\n${result.log}`);
  const json = await readFile(report, "utf8");
  say(
    renderTerminal(JSON.parse(json) as Audit, {
      columns: process.stdout.columns ?? 100,
      colour: pc.isColorSupported,
    }),
  );
  say(
    `Exit status ${result.status}: a required check ${result.status === 0 ? "lets it merge" : "blocks the merge"}.`,
  );
  await keep(name, title, { comment: comment.body, summary: result.summary, json });
  if (result.outputs.get("verdict") !== pullRequest.expected) {
    throw new Error(
      `The verdict is ${result.outputs.get("verdict")}, not ${pullRequest.expected}:\n${result.log}`,
    );
  }
}

async function keep(
  name: string,
  title: string,
  { comment, summary, json }: { comment: string; summary: string; json: string },
): Promise<void> {
  step("Taking pictures of the comment");
  const page = pageOf(title, comment);
  await writeFile(join(output, `${name}.md`), comment);
  await writeFile(join(output, `${name}.summary.md`), summary);
  await writeFile(join(output, `${name}.html`), page);
  await writeFile(join(output, `${name}.json`), json);
  const pictured = await takePictures(page, [
    { width: 1012, scheme: "light", path: join(output, `${name}.png`) },
    { width: 1012, scheme: "dark", path: join(output, `${name}.dark.png`) },
    { width: 390, scheme: "light", path: join(output, `${name}.narrow.png`) },
    { width: 390, scheme: "dark", path: join(output, `${name}.narrow.dark.png`) },
    ...(keepsPictures && name === "full" ? picturesOfReadme : []),
  ]);
  if (!pictured) {
    say("No pictures were taken, because Chromium was not found. Install chromium or set CHROME_PATH.");
  }
}

/** Announces a step that may take a while. The first build installs Go, which takes half a minute. */
function step(title: string): void {
  const seconds = Math.round((Date.now() - begin) / 1000);
  say(pc.dim(`${String(seconds).padStart(4)} s  ${title} …`));
}

function eventOf({ headSha, baseSha, baseRef, headRef }: PullRequest, number: number) {
  const repo = { id: 1, full_name: `${github.owner}/${github.repo}`, default_branch: "main", fork: false };
  return {
    action: "synchronize",
    number,
    repository: repo,
    pull_request: {
      number,
      head: { sha: headSha, ref: headRef, repo },
      base: { sha: baseSha, ref: baseRef, repo },
    },
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
