import type { LayerOptions } from "../layer/layer.ts";
import type { ReadingStore } from "./reading-store.ts";

/** How the bytes of an image become layer readings, whichever way they come. */
export interface ReadOptions extends Pick<LayerOptions, "examine" | "needsPullSize"> {
  /** readings made so far: what it knows is not read again, and what is read is added */
  readonly store: ReadingStore;
  readonly signal?: AbortSignal | undefined;
}
