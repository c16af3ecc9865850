import { type Engine, openEngine } from "../tools/engine/engine.ts";
import type { Store } from "../tools/engine/stores.ts";
import type { Place } from "./base-image.ts";

/** Engines by their store; those that were started are ended when this is disposed of. */
export interface Engines extends AsyncDisposable {
  readonly places: ReadonlyMap<Store, Place>;
}

/**
 * The user's own engine for its store, private ones where they can be started. A store that no engine can be had for is
 * left out.
 * @throws Error where none is left
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
