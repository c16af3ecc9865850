import type { AuditedImage } from "../../policy/audit-record.ts";
import { distinct } from "../../policy/distinct.ts";
import { severity } from "../../policy/finding.ts";
import { explain, type Finding, factOf } from "../../policy/rules/rules.ts";
import { type Sentence, say } from "../../policy/sentence.ts";

/** Returns the headline: how large the image is, how much larger than the base, and the worst findings. */
export function headlineOf(image: AuditedImage, baseName: string | null): Sentence {
  const bad = worstFirst(image.findings).filter(({ verdict }) => verdict !== "pass");
  if (bad.length === 0) return praised(image);
  const size = { bytes: image.head.size, ...apartFromLimit(image.findings) };
  const shorts = distinct(bad.map((finding) => explain(finding, image).short));
  return say`${image.name} is ${size}${comparedTo(image, baseName)}: ${enumerated(shorts)}`;
}

export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => severity.indexOf(a.verdict) - severity.indexOf(b.verdict));
}

/** `calculator 1.83 MB (+12 kB), limit 100 MB, distroless` */
function praised(image: AuditedImage): Sentence {
  const difference = image.comparison?.size.difference ?? null;
  const change =
    difference === null ? [] : difference === 0 ? say` (unchanged)` : say` (${{ change: difference }})`;
  const parts = [
    say`${image.name} ${{ bytes: image.head.size }}${change}`,
    ...exempted(image.comparison),
    ...image.findings.flatMap((finding) => {
      const { praise } = explain(finding, image);
      return praise === undefined ? [] : [praise];
    }),
    ...(image.head.distroless.verdict === "yes" ? [say`distroless`] : []),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : [", ", ...part]));
}

/** Names growth that limits do not count, since the size shows it. */
function exempted(comparison: AuditedImage["comparison"]): readonly Sentence[] {
  if (comparison === null) return [];
  const { baseImage, drift } = comparison.split;
  return [
    ...(comparison.baseImage.kind === "moved" && baseImage !== 0
      ? [say`${{ change: baseImage }} from the moved base image`]
      : []),
    ...(drift === 0 ? [] : [say`${{ change: drift }} from drift`]),
  ];
}

function comparedTo({ comparison }: AuditedImage, baseName: string | null): Sentence {
  const difference = comparison?.size.difference ?? null;
  if (difference === null) return [];
  const base = baseName === null ? say`before` : say`${baseName}`;
  if (difference === 0) return say`, as large as ${base}`;
  return say`, ${{ bytes: Math.abs(difference) }} ${difference > 0 ? say`more` : say`less`} than ${base}`;
}

/** Joins with a comma before `and`, since the parts may contain `and`. */
function enumerated(sentences: readonly Sentence[]): Sentence {
  const last = sentences.length - 1;
  return sentences.flatMap((sentence, index) =>
    index === 0 ? sentence : [index === last ? ", and " : ", ", ...sentence],
  );
}

/** Asks for enough digits that `100 MB` is never said to be over a limit of 100 MB. */
function apartFromLimit(findings: readonly Finding[]): { readonly unlike?: number } {
  const [limit] = findings
    .filter((finding) => factOf(finding) === "size" && finding.verdict !== "pass")
    .flatMap(({ limit }) => (typeof limit === "number" ? [limit] : []));
  return limit === undefined ? {} : { unlike: limit };
}
