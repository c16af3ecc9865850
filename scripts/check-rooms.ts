import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { parseAst } from "rolldown/parseAst";
import { type Room, rooms } from "./rooms.ts";

// Checks what Biome cannot: that every file of src/ has a room, and that rooms import only what scripts/rooms.ts lets
// them. A file imports only from its own room, from rooms in its room's list, and from src/failure.ts.

const shared = "failure.ts";
/** What knowledge must not import: it takes streams and strings. */
const effects = /^(?:node:(?:fs|child_process|http|https)\b|@actions\/)/;

const faults = [
  ...rooms.flatMap(upward),
  ...readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .toSorted()
    .flatMap(faultsOf),
];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Where a list names what is no room, or a room that stands further up: only a room and those inside it may name each other. */
function upward(room: Room): readonly string[] {
  return room.imports.flatMap((name) => {
    const named = rooms.filter(({ path }) => isMeant(name, path, room));
    if (named.length === 0) return `scripts/rooms.ts: ${room.path} imports ${name}, which is no room.`;
    const isFamily = contains(name, room.path) || contains(room.path, name);
    const isDown = named.every((other) => rooms.indexOf(other) > rooms.indexOf(room));
    return isFamily || isDown ? [] : `scripts/rooms.ts: ${room.path} imports ${name}, which stands above it.`;
  });
}

function faultsOf(path: string): readonly string[] {
  const room = roomOf(path);
  if (path === shared)
    return importsOf(path).map((name) => `src/${shared} imports ${name}, and stands below all rooms.`);
  if (room === null) return [`src/${path} is in no room: move it into one of scripts/rooms.ts.`];
  return importsOf(path).flatMap((name) => {
    if (!name.startsWith("."))
      return room.isPure && effects.test(name)
        ? `src/${path} imports ${name}: ${room.path} turns values into values.`
        : [];
    const target = join(dirname(path), name);
    const isAllowed = target === shared || target.startsWith("../") || mayImport(room, roomOf(target));
    return isAllowed
      ? []
      : `src/${path} imports ${target}: scripts/rooms.ts does not let ${room.path} do that.`;
  });
}

function mayImport(room: Room, other: Room | null): boolean {
  return other !== null && (other === room || room.imports.some((name) => isMeant(name, other.path, room)));
}

/** Whether a name in a room's list means the room at a path: of an outer room all inner ones too, unless it is the room's own. */
function isMeant(name: string, path: string, { path: own }: Room): boolean {
  return name === path || (contains(name, path) && !contains(name, own));
}

/** The innermost room that a path of src/ is in. */
function roomOf(path: string): Room | null {
  const [innermost = null] = rooms
    .filter((room) => contains(room.path, path))
    .toSorted((one, other) => other.path.length - one.path.length);
  return innermost;
}

function contains(room: string, path: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}

/** What a module imports and exports from, types included. */
function importsOf(path: string): readonly string[] {
  const program = parseAst(readFileSync(join("src", path), "utf8"), { lang: "ts" });
  return program.body.flatMap((statement) =>
    "source" in statement && statement.source !== null ? [statement.source.value] : [],
  );
}
