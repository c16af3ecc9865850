import { isDebian } from "../apt.ts";
import { archived } from "../archives.ts";
import { built, tagged, type Variables } from "../images.ts";
import { type Recipe, recipes } from "./recipes.ts";

// Images that Dockerfiles start from, made of the packages that the real ones are made of, for a machine
// that reaches no container registry. They differ from the real ones in this: Python and Java are Debian's
// builds (Java 17 the one of Debian 12), Node.js is the one that its project publishes on npm, and where a
// real image has scripts and tools that no test needs, the stand-in has none.

/**
 * Makes a stand-in and returns what to write after FROM. On a private engine that is the image's own name,
 * which becomes a tag of the stand-in. On a user's engine it is a name of ours, since no tag may be
 * overwritten that its user could own. Off Debian it is the image's own name too, to be pulled.
 */
export async function makeStandIn(name: string, engine: StandInEngine): Promise<string> {
  if (!(await isDebian())) return name;
  const recipe = recipes.get(name);
  if (recipe === undefined) throw new Error(`${name} has no stand-in.`);
  const key = `${engine.variables["DOCKER_HOST"]} ${name}`;
  const made = making.get(key) ?? make(name, recipe, engine);
  making.set(key, made);
  return made;
}

interface StandInEngine {
  readonly isPrivate: boolean;
  readonly variables: Variables;
}

/** What is being made or is made: several images may need the same one. */
const making = new Map<string, Promise<string>>();

async function make(name: string, { from, fill, lines }: Recipe, engine: StandInEngine): Promise<string> {
  const base = from === null ? "scratch" : await makeStandIn(from, engine);
  const tag = `image-audit-test/${name}`;
  if (fill === null) await built(tag, [`FROM ${base}`, ...lines], engine.variables);
  else {
    const archive = await archived(`${name.replaceAll(/[/:]/g, "_")}.tar`, fill);
    await built(tag, [`FROM ${base}`, "ADD root.tar /", ...lines], engine.variables, { "root.tar": archive });
  }
  if (!engine.isPrivate) return tag;
  await tagged(tag, name, engine.variables);
  return name;
}

/** Returns the names of all images that have a stand-in. */
export function standInNames(): readonly string[] {
  return [...recipes.keys()];
}
