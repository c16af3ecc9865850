import type { BuildRecord, BuildStep } from "../dockerfile/build-record/build-record.ts";
import type { InspectedLayer } from "./inspection.ts";

type Layer = Pick<InspectedLayer, "diffId" | "digest">;

/**
 * The step of a build whose image was lowest in what was built: it stands for the reference, and its layers are, by
 * their content, the lowest. Null where the builder's record does not show it.
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
  // One reference may stand for several platforms.
  return step === undefined || others.length > 0 ? null : step;
}

/** The step that made one layer; null where the builder's record does not show it, or shows several. */
export function stepOfLayer(record: BuildRecord, index: number, layers: readonly Layer[]): BuildStep | null {
  const [step, ...others] = record.steps.filter(
    ({ layers: chain }) => chain.length === index + 1 && isChain(chain, layers),
  );
  return step === undefined || others.length > 0 ? null : step;
}

/** Whether a chain of a builder's is that of the lowest layers. A digest names its bytes, be they packed or not. */
function isChain(chain: readonly string[], layers: readonly Layer[]): boolean {
  return chain.every((digest, index) => {
    const layer = layers[index];
    return layer !== undefined && (digest === layer.diffId || digest === layer.digest);
  });
}
