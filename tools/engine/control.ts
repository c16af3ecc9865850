import { pidOf, startEngine, stopEngine } from "./private-engine.ts";
import { stores } from "./stores.ts";

// `node scripts/engine/control.ts start|stop|status`: the private engines of this checkout, kept running between runs of
// the tests. Tests and demo find and use them, and leave them running.

const action = process.argv[2];
for (const store of stores) {
  if (action === "start") await startEngine(store);
  if (action === "stop") await stopEngine(store);
  const pid = await pidOf(store);
  console.log(`${store}: ${pid === null ? "not running" : `process id ${pid}`}`);
}
if (action === "start") {
  const { variables } = await startEngine(stores[0]);
  console.log(
    Object.entries(variables)
      .map(([name, value]) => `export ${name}='${value}'`)
      .join("\n"),
  );
}
