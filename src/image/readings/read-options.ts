import type { LayerOptions } from "../layer/layer.ts";
import type { ReadingStore } from "./reading-store.ts";

/** Options for reading an image's layers, whatever the source. */
export interface ReadOptions extends Pick<LayerOptions, "examine" | "needsPullSize"> {
  /** existing readings: layers in it are not read again, and new readings are added */
  readonly store: ReadingStore;
  readonly signal?: AbortSignal | undefined;
}
