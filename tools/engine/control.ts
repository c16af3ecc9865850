import { pidOf, startEngine, stopEngine } from "./private-engine.ts";
import { makeStandIn, standInNames } from "./stand-ins/stand-in.ts";
import { stores } from "./stores.ts";

// `node tools/engine/control.ts start|stop|status` controls this checkout's private engines, which may keep
// running between test runs. The tests and the demo use the running engines and do not stop them.
// `… stand-ins [NAME…]` makes stand-ins for base images on a private engine, all of them without a name.

const [action, ...names] = process.argv.slice(2);
for (const store of stores) {
  if (action === "start") await startEngine(store);
  if (action === "stop") await stopEngine(store);
  const pid = await pidOf(store);
  console.log(`${store}: ${pid === null ? "not running" : `process id ${pid}`}`);
}
if (action === "stand-ins") {
  const { variables } = await startEngine(stores[0]);
  for (const name of names.length > 0 ? names : standInNames())
    console.log(await makeStandIn(name, { isPrivate: true, variables }));
}
if (action === "start") {
  const { variables } = await startEngine(stores[0]);
  console.log(
    Object.entries(variables)
      .map(([name, value]) => `export ${name}='${value}'`)
      .join("\n"),
  );
}
