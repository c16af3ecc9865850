import type { TestProject } from "vitest/node";
import { busyboxBase, debianBase, distrolessBase } from "../../tools/engine/bases.ts";
import { type Engine, openEngine } from "../../tools/engine/engine.ts";
import { type Store, stores } from "../../tools/engine/stores.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** environment for a client, for each store whose engine was found or started */
    engines: Partial<Record<Store, Readonly<Record<string, string>>>>;
  }
}

const engines: Engine[] = [];

/** Opens an engine for each store, once for all `*.engine.test.ts` files. */
export async function setup(project: TestProject): Promise<void> {
  try {
    for (const store of stores) engines.push(...(await openOrExplain(store)));
    if (engines.length === 0)
      throw new Error("No image store can be tested; `npm test -- --project unit` runs the rest.");
    // Created here, so that concurrent tests find the same base image.
    for (const { variables } of engines)
      for (const makeBase of [busyboxBase, debianBase, distrolessBase]) await makeBase(variables);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("engines", Object.fromEntries(engines.map(({ store, variables }) => [store, variables])));
}

/** Stops the engines that were started here. Leaves engines running that were running before. */
export async function teardown(): Promise<void> {
  for (const engine of engines.splice(0)) await engine.close();
}

/** Opens an engine. A developer's machine may lack one store; in CI that is an error, never a skip. */
async function openOrExplain(store: Store): Promise<Engine[]> {
  try {
    return [await openEngine(store)];
  } catch (error) {
    if (process.env.CI) throw error;
    console.error(`NOT TESTED: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}
