import { type Engine, openEngine } from "../tools/engine/engine.ts";
import type { Store } from "../tools/engine/stores.ts";
import type { Place } from "./base-image.ts";

/** Engines by store. Disposing of this stops the engines that it started. */
export interface Engines extends AsyncDisposable {
  readonly places: ReadonlyMap<Store, Place>;
}

/**
 * Opens the user's own engine for its store, and private ones where they can be started. Leaves out stores
 * without an engine.
 * @throws Error if no store has an engine
 */
export async function openEngines(stores: readonly Store[], say: (text: string) => void): Promise<Engines> {
  const opened = new AsyncDisposableStack();
  const places = new Map<Store, Place>();
  for (const store of stores) {
    try {
      const engine: Engine = await openEngine(store);
      opened.defer(engine.close);
      places.set(store, { env: { ...process.env, ...engine.variables } });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }
  if (places.size === 0) throw new Error("No Docker Engine answers, and none can be started.");
  return { places, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
