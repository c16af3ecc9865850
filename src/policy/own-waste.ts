import type { Inspection } from "../inspect/inspection.ts";

/** Returns the bytes that layers waste which are not certain to be the base image's. */
export function ownWaste({ layers }: Inspection): number {
  return layers.reduce((sum, { origin, wastes }) => sum + (origin === "base-image" ? 0 : wastes), 0);
}
