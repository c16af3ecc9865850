import type { Audit, AuditedImage } from "../../policy/audit-record.ts";
import { explain, type Finding, factOf } from "../../policy/rules/rules.ts";
import { say } from "../../policy/sentence.ts";
import { worstFirst } from "../model/headline.ts";
import { annotationText } from "../text/escape.ts";
import { inText } from "../text/sentence.ts";

/** An annotation of a workflow run. `file` is null without a Dockerfile, `line` if the finding has none. */
export interface Annotation {
  readonly level: "error" | "warning";
  readonly title: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** Returns annotations for findings that did not pass, the worst first. GitHub shows them all. */
export function annotationsOf(audit: Audit): readonly Annotation[] {
  const all = audit.images.flatMap((image) =>
    worstFirst(image.findings)
      .filter(({ verdict }) => verdict !== "pass")
      .map((finding) => annotationOf(finding, image)),
  );
  return (["error", "warning"] as const).flatMap((level) =>
    all.filter((annotation) => annotation.level === level).slice(0, maxPerLevel),
  );
}

/** GitHub silently drops a step's annotations beyond ten of one level. */
const maxPerLevel = 10;

function annotationOf(finding: Finding, image: AuditedImage): Annotation {
  return {
    level: finding.verdict === "warn" ? "warning" : "error",
    title: annotationText(inText(say`${image.name}: ${finding.rule}`)),
    message: annotationText(inText(explain(finding, image).sentence).replaceAll("\u00a0", " ")),
    file: image.dockerfile ?? null,
    line: isAboutBytes(finding) ? heaviestLine(image) : null,
  };
}

function isAboutBytes(finding: Finding): boolean {
  const fact = factOf(finding);
  return fact === "size" || fact === "pull-size";
}

/** Returns the line that grew the image most or, without a base, made its largest layer. */
function heaviestLine({ head, comparison }: AuditedImage): number | null {
  const layers = comparison?.layers.filter((layer) => layer.head !== null) ?? [];
  const sizes =
    comparison === null ? head.layers.map(({ line, size }) => ({ line, difference: size })) : layers;
  const [heaviest] = sizes
    .filter(({ line, difference }) => line !== null && difference > 0)
    .toSorted((a, b) => b.difference - a.difference);
  return heaviest?.line ?? null;
}
