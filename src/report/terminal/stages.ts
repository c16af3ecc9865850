import type { Stage, Stages } from "../../dockerfile/stages/stages.ts";
import { readableReference } from "../../oci/reference.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { inText } from "../text/sentence.ts";
import { type Looks, makePen, type Pen } from "./pen.ts";
import { padEnd, padStart, widthOf, wrap } from "./text-layout.ts";

/** Renders the stages of a Dockerfile for a terminal. */
export function renderStages(stages: Stages, looks: Looks): string {
  return `${stageLines(stages, makePen(looks)).join("\n")}\n`;
}

function stageLines({ stages, target, baseImage, images }: Stages, pen: Pen): readonly string[] {
  const used = stages.filter(({ reachable }) => reachable).length;
  const summary = say`${stages.length} ${[stages.length === 1 ? "stage" : "stages"]}, ${used} used; base image ${readableReference(baseImage.resolved)}`;
  const names = stages.map((stage) =>
    inText(stage.name === null ? [`${stage.index}`] : say`${stage.name}`, pen.code),
  );
  const width = Math.max(0, ...names.map(widthOf));
  return [
    wrap(inText(summary, pen.paint.bold), pen.columns, 2),
    "",
    ...stages.map((stage, index) => {
      const line = padStart(`line ${stage.line}`, 9);
      const text = `${line}  ${padEnd(names[index] ?? "", width)}  ${inText(fromOf(stage, stages), pen.code)}${stateOf(stage, target)}`;
      return stage.reachable ? text : pen.paint.dim(text);
    }),
    ...(images.length === 0 ? [] : ["", `  copies from ${inText(imageList(images), pen.code)}`]),
  ];
}

function fromOf({ parent, resolved, replaced }: Stage, stages: readonly Stage[]): Sentence {
  if (replaced) return say`replaced by the build context ${readableReference(resolved)}`;
  if (parent === null) return say`FROM ${readableReference(resolved)}`;
  return say`FROM stage ${stages[parent]?.name ?? String(parent)}`;
}

function stateOf({ index, reachable }: Stage, target: number): string {
  if (index === target) return "  ← target";
  return reachable ? "" : "  not used";
}

function imageList(images: readonly string[]): Sentence {
  return images.flatMap((image, index) =>
    index === 0 ? say`${readableReference(image)}` : say`, ${readableReference(image)}`,
  );
}
