import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pc from "picocolors";
import { startGithub } from "../__tests__/helpers/github-api.ts";
import { runAction } from "../__tests__/helpers/runner.ts";
import type { Audit } from "../src/policy/audit-record.ts";
import { renderTerminal } from "../src/report/terminal/terminal.ts";
import { provide } from "./demo/base-image.ts";
import { readChoice } from "./demo/choice.ts";
import { keep, picturesOfReadme } from "./demo/keep.ts";
import { demoRepository, type PullRequest } from "./demo/repository.ts";
import { use } from "./demo/use.ts";

// Audits pull requests of an example. The action's bundle runs the way a runner runs it, with a real Docker Engine
// and a stateful GitHub API on this machine. Writes what users see to demo/, and with --keep-pictures the README's
// pictures to docs/ as well.

const begin = Date.now();
const choice = readChoice(process.argv.slice(2));
if (typeof choice === "string") throw new Error(choice);
const { example, keepsPictures } = choice;
const output = join("demo", example.name);
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });

step("Getting base images");
const engine = { isPrivate: process.env["IMAGE_AUDIT_ENGINE"] === "private", variables: {} };
const contexts: string[] = [];
for (const baseImage of example.baseImages) {
  const { reference, isStandIn } = await provide(baseImage, engine);
  if (isStandIn) say(`${baseImage.reference} cannot be pulled. An image like it takes its place.`);
  if (reference !== baseImage.reference) contexts.push(`${baseImage.reference}=docker-image://${reference}`);
}
await using github = await startGithub();
await using repository = await demoRepository(example);
for (const pullRequest of repository.pullRequests) await auditPullRequest(pullRequest);
step(`Running ${example.name}, built from examples/${example.name}/Dockerfile`);
say(await use(example, contexts, process.env));
say(`\n${output}/ has each comment as Markdown, HTML and PNG, the job summary, and the report as JSON.`);

async function auditPullRequest(pullRequest: PullRequest): Promise<void> {
  const { name, title, policy, headSha, baseSha, base: baseRef } = pullRequest;
  say(pc.bold(`\nPull request: ${title}`));
  const number = await github.seedPullRequest({ headSha, baseSha, baseRef });
  await repository.checkOut(pullRequest);
  await using result = await runAction({
    workspace: repository.directory,
    eventName: "pull_request",
    event: eventOf(pullRequest, number),
    inputs: {
      name: example.name,
      "build-contexts": contexts.join("\n"),
      ...policy,
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
  step("Taking pictures of the comment");
  const isOfReadme = keepsPictures && example.name === "calculator" && name === "full";
  const shown = { title, comment: comment.body, summary: result.summary, json };
  if (!(await keep(shown, join(output, name), isOfReadme ? picturesOfReadme : [])))
    say("No pictures were taken, because Chromium was not found. Install chromium or set CHROME_PATH.");
  if (result.outputs.get("verdict") !== pullRequest.expected) {
    throw new Error(
      `The verdict is ${result.outputs.get("verdict")}, not ${pullRequest.expected}:\n${result.log}`,
    );
  }
}

/** Announces a step that may take a while. The first build installs Go, which takes half a minute. */
function step(title: string): void {
  const seconds = Math.round((Date.now() - begin) / 1000);
  say(pc.dim(`${String(seconds).padStart(4)} s  ${title} …`));
}

function eventOf({ name, base, headSha, baseSha }: PullRequest, number: number) {
  const repo = { id: 1, full_name: `${github.owner}/${github.repo}`, default_branch: "main", fork: false };
  return {
    action: "synchronize",
    number,
    repository: repo,
    pull_request: {
      number,
      head: { sha: headSha, ref: name, repo },
      base: { sha: baseSha, ref: base, repo },
    },
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
