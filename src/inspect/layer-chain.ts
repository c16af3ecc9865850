import type { BuildRecord, BuildStep } from "../dockerfile/build-record/build-record.ts";
import type { InspectedLayer } from "./inspection.ts";

type Layer = Pick<InspectedLayer, "diffId" | "digest">;

/**
 * Returns the build step of the base image: its image is the reference, and its layers are the lowest ones by
 * content. Null if the builder's record does not show it.
 * @param reference normalised
 */
export function baseImageStep(
  record: BuildRecord,
  reference: string,
  layers: readonly Layer[],
): BuildStep | null {
  const steps = record.steps.filter(
    ({ image, layers: chain }) =>
      (image === reference || image?.startsWith(`${reference}@`)) &&
      chain.length > 0 &&
      isChain(chain, layers),
  );
  const [step, ...others] = steps;
  // A reference may name an image of several platforms.
  return step === undefined || others.length > 0 ? null : step;
}

/** Returns the step that made a layer. Null if the builder's record shows none, or several. */
export function stepOfLayer(record: BuildRecord, index: number, layers: readonly Layer[]): BuildStep | null {
  const [step, ...others] = record.steps.filter(
    ({ layers: chain }) => chain.length === index + 1 && isChain(chain, layers),
  );
  return step === undefined || others.length > 0 ? null : step;
}

/** Reports whether a chain of digests, compressed or not, equals the lowest layers. */
function isChain(chain: readonly string[], layers: readonly Layer[]): boolean {
  return chain.every((digest, index) => {
    const layer = layers[index];
    return layer !== undefined && (digest === layer.diffId || digest === layer.digest);
  });
}
