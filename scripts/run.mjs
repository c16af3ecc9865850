import { spawnSync } from "node:child_process";
import { bootstrap } from "./bootstrap.mjs";

// Runs `npm test` and similar commands, also on a fresh clone: `node scripts/run.mjs NAME [ARGUMENT …]`.

const withEngine = ["node", "tools/engine/with-engine.ts", "node"];
const commands = {
  test: (args) => bundle() && run("vitest", "run", ...(args.some(isProject) ? [] : projectsOfTest), ...args),
  oracles: (args) => bundle() && run("vitest", "run", "--project", "oracles", ...args),
  demo: (args) =>
    run("node", "scripts/prepare-demo.ts", ...args) && run(...withEngine, "scripts/demo.ts", ...args),
  bench,
  check,
};

/** Tests run what users run: the bundle. It is built from the source and committed with it. */
const bundle = () => run("npm", "run", "build");
const projectsOfTest = ["--project", "unit", "--project", "engine"];
const isProject = (argument) => argument.startsWith("--project");

const [name = "", ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) throw new Error(`run.mjs knows ${Object.keys(commands).join(", ")}.`);
bootstrap();
process.exitCode = command(args) ? 0 : 1;

/** Runs the benchmark, without an engine in its environment: it opens one for each image store itself. */
function bench(args) {
  // The benchmark handles Ctrl-C; we wait while it cleans up.
  process.on("SIGINT", () => {});
  return run("node", "bench/bench.ts", ...args);
}

/** Runs the whole gate. Runs every step, even after a failure, so that one run shows all problems. */
function check() {
  const steps = {
    "format and lint": () => run("biome", "ci"),
    "directions of imports": () => run("node", "scripts/check-rooms.ts"),
    types: () => run("tsc"),
    "dead code": () => run("knip"),
    "exports for tests alone": () => run("knip", "--production", "--include", "exports"),
    "generated files": () => run("node", "scripts/generate.ts", "--check"),
    bundle: () => bundle() && run("git", "diff", "--exit-code", "--stat", "dist"),
    tests: () => run("vitest", "run", ...projectsOfTest),
    oracles: () => run("vitest", "run", "--project", "oracles"),
    "clean tree": isTreeClean,
  };
  // For CI only, which has just run both on the same files.
  if (process.env.CHECK_WITHOUT_TESTS) {
    delete steps.tests;
    delete steps.oracles;
  }
  const results = Object.entries(steps).map(([step, isFine]) => {
    console.log(`\n— ${step}`);
    return [step, isFine()];
  });
  console.log("");
  for (const [step, passed] of results) console.log(`${passed ? "✓" : "✗"} ${step}`);
  if (process.env.CHECK_WITHOUT_TESTS)
    console.log("- tests and oracles: not run, because CHECK_WITHOUT_TESTS is set");
  return results.every(([, passed]) => passed);
}

function isTreeClean() {
  const { stdout, status } = spawnSync("git", ["status", "--porcelain"], { encoding: "utf8" });
  process.stdout.write(stdout);
  return status === 0 && stdout === "";
}

/** Runs a command in the foreground and reports whether it succeeded. */
function run(program, ...args) {
  const { status, error } = spawnSync(program, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error) console.error(error.message);
  return status === 0;
}
