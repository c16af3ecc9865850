import { answeringStore } from "./answers.ts";
import { canInstall } from "./apt.ts";
import { startEngine, stopEngine } from "./private-engine.ts";
import type { Store } from "./stores.ts";

/** An engine that answers. On one that is not private nobody may overwrite a tag that its user could own. */
export interface Engine {
  readonly store: Store;
  readonly isPrivate: boolean;
  /** what a client needs in its environment besides the inherited one */
  readonly variables: Readonly<Record<string, string>>;
  /** ends the engine where opening it has started it */
  readonly close: () => Promise<void>;
}

/** The machine's own engine, whichever its store is, else a private one with the store that ubuntu-latest has. */
export async function openAnyEngine(): Promise<Engine> {
  return openEngine((await answeringStore()) ?? "containerd");
}

/** The machine's own engine where it has that store, else a private one. */
export async function openEngine(store: Store): Promise<Engine> {
  if ((await answeringStore()) === store)
    return { store, isPrivate: false, variables: {}, close: async () => {} };
  if (!canInstall())
    throw new Error(`No Docker Engine with the ${store} image store answers. ${advice[store]}`);
  const { variables, started } = await startEngine(store);
  return { store, isPrivate: true, variables, close: async () => (started ? stopEngine(store) : undefined) };
}

const alone =
  "Or run this as root on Debian or Ubuntu, where a private engine is started beside whatever there is.";
const advice: Readonly<Record<Store, string>> = {
  graphdriver: `Install Docker with buildx, and set "containerd-snapshotter" to false under "features" of its daemon.json. ${alone}`,
  containerd: `Install Docker 29 or newer with buildx, or set "containerd-snapshotter" to true under "features" of its daemon.json. ${alone}`,
};
