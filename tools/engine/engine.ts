import { answeringStore } from "./answers.ts";
import { canInstall } from "./apt.ts";
import { startEngine, stopEngine } from "./private-engine.ts";
import type { Store } from "./stores.ts";

/**
 * An engine that answers. On an engine that is not private, never overwrite a tag that its user could own.
 */
export interface Engine {
  readonly store: Store;
  readonly isPrivate: boolean;
  /** what a client needs in addition to the inherited environment */
  readonly variables: Readonly<Record<string, string>>;
  /** stops the engine if opening it has started it */
  readonly close: () => Promise<void>;
}

/**
 * Opens the machine's own engine, with either store, or else a private one with the store of ubuntu-latest.
 */
export async function openAnyEngine(): Promise<Engine> {
  return openEngine((await answeringStore()) ?? "containerd");
}

/** Opens the machine's own engine if it has that store, or else a private one. */
export async function openEngine(store: Store): Promise<Engine> {
  if ((await answeringStore()) === store)
    return { store, isPrivate: false, variables: {}, close: async () => {} };
  if (!canInstall())
    throw new Error(`No Docker Engine with the ${store} image store answers. ${advice[store]}`);
  const { variables, started } = await startEngine(store);
  return { store, isPrivate: true, variables, close: async () => (started ? stopEngine(store) : undefined) };
}

const asRoot =
  "Or run this as root on Debian or Ubuntu, where a private engine can be started beside existing ones.";
const advice: Readonly<Record<Store, string>> = {
  graphdriver: `Install Docker with buildx, and set "containerd-snapshotter" to false under "features" in its daemon.json. ${asRoot}`,
  containerd: `Install Docker 29 or newer with buildx, or set "containerd-snapshotter" to true under "features" in its daemon.json. ${asRoot}`,
};
