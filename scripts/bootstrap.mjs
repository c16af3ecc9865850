import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

// Plain JavaScript for Node 20: this runs before the dependencies are installed, and they include the Node we
// need.

const root = join(import.meta.dirname, "..");
const bin = join(root, "node_modules/.bin");

/** Installs the dependencies if they differ from the lockfile, and puts their programs first on the PATH. */
export function bootstrap() {
  process.chdir(root);
  if (!isInstalled()) {
    console.error("Installing the dependencies with npm ci.");
    // Its warnings concern packages that we do not choose, and the Node that npm itself runs on.
    npm("ci", "--loglevel=error");
  }
  process.env.PATH = `${bin}${delimiter}${process.env.PATH}`;
  // npm may be configured not to run install scripts, but the package `node` needs its script to get its
  // program.
  if (nodeMajor() < 24)
    spawnSync(process.execPath, ["installArchSpecificPackage.js"], {
      cwd: join(root, "node_modules/node"),
      stdio: "inherit",
    });
  if (nodeMajor() < 24)
    throw new Error(
      "Node 24 or newer is required, and the package `node` could not install it. Install Node 24, or let npm run " +
        "the package's script: `npm rebuild --foreground-scripts node`.",
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

/** @returns {number} major version of the Node that child processes get; 0 if it does not start */
function nodeMajor() {
  const { stdout } = spawnSync("node", ["--version"], { encoding: "utf8" });
  return Number(/^v(\d+)/.exec(stdout ?? "")?.[1] ?? 0);
}

/** Runs npm: the npm that called us, if one did. */
function npm(...args) {
  const ours = process.env.npm_execpath;
  const { status } = ours?.endsWith(".js")
    ? spawnSync(process.execPath, [ours, ...args], { stdio: "inherit" })
    : spawnSync("npm", args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed.`);
}
