import { expect, test } from "vitest";
import inspectionSchema from "../../../schema/inspection.schema.json" with { type: "json" };
import type { StartProblemClass } from "../../../src/inspect/start/start.ts";
import type { Audit } from "../../../src/policy/audit-record.ts";
import { renderComment } from "../../../src/report/markdown/comment.ts";
import { renderInspectionMarkdown } from "../../../src/report/markdown/inspection.ts";
import { renderSummary } from "../../../src/report/markdown/summary.ts";
import {
  audit,
  auditedImage,
  baseLayers,
  buildTool,
  digestOf,
  inspection,
  layer,
  shell,
  startOf,
} from "../../helpers/inspection.ts";
import { hasCmark, linksAndTags, linksAndTagsByCmark } from "../../helpers/markdown-oracle.ts";
import { hostileTexts, situations } from "../../helpers/situations.ts";

const marker = "<!-- image-audit ci.yml/image -->";
const runUrl = "https://github.com/octo/calculator/actions/runs/1";
const isOurs = (address: string) => address === runUrl;

function situation(name: string): Audit {
  const one = situations.get(name)?.();
  if (one === undefined) throw new Error(`no situation ${name}`);
  return one;
}

test("a quiet run is its marker and one line", () => {
  const comment = renderComment(situation("passes-quietly"), { marker, runUrl });
  expect(comment.split("\n").filter((line) => line !== "")).toHaveLength(2);
  expect(comment).toMatch(/^<!-- image-audit ci\.yml\/image -->\n\n✅ <code>calculator<\/code> 1\.84/);
});

test("the failing image is first, and only it is not folded", () => {
  const comment = renderComment(situation("several-images"), {});
  expect(comment.indexOf("#### ❌ <code>calculator")).toBeGreaterThan(0);
  expect(comment.indexOf("#### ❌ <code>calculator")).toBeLessThan(
    comment.indexOf("<summary>✅ <code>gateway"),
  );
});

const startProblemClasses: readonly StartProblemClass[] = inspectionSchema.$defs.startProblem.properties.class
  .enum as StartProblemClass[];

/** Returns an audit with a text everywhere that untrusted text can appear. */
function hostileAudit(text: string): Audit {
  const program = { path: `/${text}`, name: text };
  const problems = startProblemClasses.map((problem) => ({
    class: problem,
    path: `/${text}`,
    needs: text,
    found: text,
  }));
  const side = (size: number, firstProblem = 0) =>
    inspection({
      platform: text,
      start: startOf("no", { problems: problems.slice(firstProblem), unproven: [text], hints: [text] }),
      layers: [...baseLayers(text, size), layer(text, size * 2, { line: 3 })],
      baseImage: { written: text, resolved: text, digest: digestOf(text) },
      shells: [shell(`/${text}`, { certainty: "likely", kind: text })],
      packageManagers: [program],
      buildTools: [buildTool(program.path)],
      family: text,
      user: text,
      entrypoint: [`/${text}`],
      notes: [text],
    });
  const policy = { "max-size": "1", distroless: "fail", "max-increase": "1" };
  const images = [
    auditedImage({ name: text, head: side(9_000_000), base: side(1_000_000), policy }),
    auditedImage({
      name: text,
      head: side(9),
      baseMissing: { reason: "build-failed", message: text },
      policy,
    }),
    // Advice is on the first three problems.
    ...[3, 6, 9].map((first) => auditedImage({ name: text, head: side(9, first), policy })),
  ].map((image) => ({ ...image, dockerfile: text }));
  return audit(images, { notes: [text], baseName: text, baseCommit: text, headCommit: text });
}

function allMarkdown(one: Audit): readonly string[] {
  const [first] = one.images;
  return [
    renderComment(one, { marker, runUrl, authority: "image" }),
    renderComment({ ...one, images: one.images.slice(0, 1) }, { marker, runUrl }),
    renderSummary(one),
    renderInspectionMarkdown(first?.name ?? "", first?.head ?? inspection()),
    renderComment({ ...one, error: { code: first?.name ?? "", message: first?.name ?? "" } }, { marker }),
  ];
}

test.for(hostileTexts)("%j in every field creates no link, tag or reference in the report", (text) => {
  for (const markdown of allMarkdown(hostileAudit(text))) {
    expect(linksAndTags(markdown, isOurs)).toEqual([]);
    if (hasCmark) expect(linksAndTagsByCmark(markdown, isOurs)).toEqual([]);
  }
});

test.for(hostileTexts)("%j in every field breaks no table and leaves no details unclosed", (text) => {
  const shape = (markdown: string) =>
    markdown.split("\n").map((line) => line.replace(/<code>.*?<\/code>/g, "").replace(/[^|<>/#]/g, ""));
  expect(allMarkdown(hostileAudit(text)).map((markdown) => markdown.match(/<\/?details>/g)?.join())).toEqual(
    allMarkdown(hostileAudit("plain")).map((markdown) => markdown.match(/<\/?details>/g)?.join()),
  );
  expect(shape(renderSummary(hostileAudit(text))).length).toBe(
    shape(renderSummary(hostileAudit("plain"))).length,
  );
});

function large(images: number, layers: number): Audit {
  const side = (grown: number) =>
    inspection({
      layers: Array.from({ length: layers }, (_, index) =>
        layer(`RUN ${index} ${"<&|".repeat(60)}`, 1_000_000 + index * grown, { line: index + 1 }),
      ),
    });
  const [head, base] = [side(1000), side(0)];
  return audit(
    Array.from({ length: images }, (_, index) =>
      auditedImage({
        name: `image${index}`,
        head,
        base,
        policy: index === images - 1 ? { "max-size": "1", "max-layers": "1" } : {},
      }),
    ),
  );
}

test.for([
  [1, 1000],
  [30, 127],
  [200, 127],
] as const)("a comment of %i images with %i layers each fits and keeps its verdict", ([images, layers]) => {
  const comment = renderComment(large(images, layers), { marker });
  expect(comment.length).toBeLessThanOrEqual(60_000);
  expect(comment).toMatch(/❌/);
  expect(comment).toContain(`image${images - 1}`);
  expect(comment).toMatch(/and \d+ more|left out to save space/);
  expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
});

test("a summary fits the runner's limit", () => {
  const summary = renderSummary(large(200, 127));
  expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576);
  expect(summary.indexOf("image199")).toBeLessThan(summary.indexOf("image0"));
});
