import { expect, test } from "vitest";
import { renderComment } from "../../src/report/markdown/comment.ts";
import { renderSummary } from "../../src/report/markdown/summary.ts";
import { renderTerminal } from "../../src/report/terminal/terminal.ts";
import { situations } from "../helpers/situations.ts";

const options = {
  marker: "<!-- image-audit ci.yml/image -->",
  runUrl: "https://github.com/octo/calculator/actions/runs/1",
  authority: "image",
};

test.for([...situations.keys()])("the comment of %s is the reviewed one", async (name) => {
  const audit = situations.get(name)?.();
  if (audit === undefined) throw new Error(`no situation ${name}`);
  await expect(renderComment(audit, options)).toMatchFileSnapshot(`../snapshots/${name}.md`);
});

test.for([...situations.keys()])("the terminal's report of %s is the reviewed one", async (name) => {
  const audit = situations.get(name)?.();
  if (audit === undefined) throw new Error(`no situation ${name}`);
  await expect(renderTerminal(audit, { columns: 100, colour: false })).toMatchFileSnapshot(
    `../snapshots/${name}.txt`,
  );
});

test.for(["installs-packages", "over-budget-not-distroless", "several-images"])(
  "the summary of %s is the reviewed one",
  async (name) => {
    const audit = situations.get(name)?.();
    if (audit === undefined) throw new Error(`no situation ${name}`);
    await expect(renderSummary(audit)).toMatchFileSnapshot(`../snapshots/${name}.summary.md`);
  },
);
