import type { Inspection } from "../../inspect/inspection.ts";
import type { Audit, AuditedImage } from "../../policy/audit-record.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { uncomparedPackages } from "./packages.ts";
import { policySources } from "./policy.ts";

/** How the image was measured, for readers who doubt the numbers. */
export interface Measured {
  /** what the terms mean, the same in every report */
  readonly words: readonly Sentence[];
  /** what is specific to this image */
  readonly facts: readonly Sentence[];
}

export function howMeasured(image: AuditedImage, audit: Audit): Measured {
  const { head, base, comparison } = image;
  const before = base === null ? [] : say` (before: ${{ bytes: base.unpackedSize }})`;
  const id = head.digest === null ? say`config ${head.configDigest}` : say`manifest ${head.digest}`;
  return {
    words: [
      say`Image size is the sum of the layers' uncompressed payload, including files that a later layer deletes. Pull size is what a registry would serve: manifest, config and compressed layers. MB is 10⁶ bytes.`,
      say`${"docker images"} shows a different number for each image store: it counts disk blocks, or compressed and unpacked bytes together.`,
      say`Distroless means no shell and no package manager in the final filesystem. Both are found by content and links, not by the image's name.`,
    ],
    facts: [
      ...(comparison === null ? [] : splitOf(comparison)),
      say`The final filesystem is ${{ bytes: head.unpackedSize }} unpacked${before}.`,
      ...estimateOf(head),
      ...commits(audit),
      ...policySources(audit.policy),
      say`Platform ${head.platform}, ${id}. Image Audit ${[audit.tool.version]} read the image and never ran it.`,
      ...startNotes(head),
      ...uncomparedPackages(image),
      ...[...head.notes, ...audit.notes].slice(0, maxNotes).map((note) => say`${{ words: note }}`),
    ],
  };
}

const maxNotes = 20;

/** Says what the proof that the image starts leaves open, and what may matter elsewhere. */
export function startNotes({ start }: Inspection): readonly Sentence[] {
  return [
    ...start.unproven.slice(0, maxStartNotes).map((words) => say`Start, not proven: ${{ words }}`),
    ...start.hints.slice(0, maxStartNotes).map((words) => say`Start, hint: ${{ words }}`),
  ];
}

const maxStartNotes = 5;

function estimateOf({ pullSize }: AuditedImage["head"]): readonly Sentence[] {
  if (pullSize === null || pullSize.exact) return [];
  const { low, high } = pullSize;
  return [
    say`The pull size is an estimate: the real one is between ${{ bytes: low, unlike: high }} and ${{ bytes: high, unlike: low }}.`,
  ];
}

function splitOf({ split, size, baseImage }: NonNullable<AuditedImage["comparison"]>): readonly Sentence[] {
  if (size.difference === null || size.difference === 0) return [];
  const sum = say`Of ${{ change: size.difference }}, ${{ change: split.own }} is the Dockerfile and context, ${{ change: split.baseImage }} the base image, ${{ change: split.drift }} drift.`;
  const moved =
    baseImage.kind === "moved"
      ? say` The base image's digest moved under the same reference, so limits on growth do not count it.`
      : [];
  const drift =
    split.drift === 0
      ? []
      : say` Drift is a different result of an unchanged instruction, such as newer packages; limits on growth do not count it.`;
  return [[...sum, ...moved, ...drift]];
}

function commits({ headCommit, baseCommit, baseName }: Audit): readonly Sentence[] {
  if (baseCommit === null || baseName === null) return [];
  const head = headCommit === null ? [] : say`, head ${headCommit}`;
  return [say`Base ${baseName} at ${baseCommit}${head}.`];
}
