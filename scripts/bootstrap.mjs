import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

// Plain JavaScript for Node 20: it runs before there are dependencies, and dependencies bring the Node that we need.

const root = join(import.meta.dirname, "..");
const bin = join(root, "node_modules/.bin");

/** Installs the dependencies where they are not what the lockfile says, and puts their programs first on the PATH. */
export function bootstrap() {
  process.chdir(root);
  if (!isInstalled()) {
    console.error("Installing the dependencies with npm ci.");
    // Its warnings are of packages that we do not choose, and of the Node that it runs on itself.
    npm("ci", "--loglevel=error");
  }
  process.env.PATH = `${bin}${delimiter}${process.env.PATH}`;
  // npm can be told not to run install scripts, and the package `node` needs its own to get its program.
  if (nodeMajor() < 24)
    spawnSync(process.execPath, ["installArchSpecificPackage.js"], {
      cwd: join(root, "node_modules/node"),
      stdio: "inherit",
    });
  if (nodeMajor() < 24)
    throw new Error(
      "Node 24 or newer is needed, and the package `node` could not bring it. Install Node 24, or let npm run its " +
        "script: `npm rebuild --foreground-scripts node`.",
    );
}

function isInstalled() {
  const installed = packages("node_modules/.package-lock.json");
  if (installed === null) return false;
  const locked = packages("package-lock.json");
  const isLocked = ([path, { version }]) => locked[path]?.version === version;
  const isThere = ([path, { optional }]) => path === "" || optional || path in installed;
  return Object.entries(installed).every(isLocked) && Object.entries(locked).every(isThere);
}

function packages(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, "utf8")).packages : null;
}

/** @returns {number} of the Node that programs started from here get; 0 where it does not start */
function nodeMajor() {
  const { stdout } = spawnSync("node", ["--version"], { encoding: "utf8" });
  return Number(/^v(\d+)/.exec(stdout ?? "")?.[1] ?? 0);
}

/** Runs npm, the one that called us where one did. */
function npm(...args) {
  const ours = process.env.npm_execpath;
  const { status } = ours?.endsWith(".js")
    ? spawnSync(process.execPath, [ours, ...args], { stdio: "inherit" })
    : spawnSync("npm", args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed.`);
}
