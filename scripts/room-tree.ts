import { rooms } from "./rooms.ts";

interface Branch {
  readonly name: string;
  readonly about: string;
  readonly branches: readonly Branch[];
}

/** The rooms as a tree of directories, one line for each, for docs/architecture.md. */
export function roomTree(): string {
  const leaf = {
    name: "failure.ts",
    about: "What the user or the world got wrong, with a stable code",
    branches: [],
  };
  const lines = ["src/", ...linesOf([leaf, ...branchesOf("")], "")];
  return `\`\`\`\n${lines.join("\n")}\n\`\`\``;
}

function branchesOf(parent: string): readonly Branch[] {
  const prefix = parent === "" ? "" : `${parent}/`;
  const inside = rooms.map(({ path }) => path).filter((path) => path.startsWith(prefix) && path !== parent);
  const names = new Set(inside.map((path) => path.slice(prefix.length).split("/")[0] ?? ""));
  return [...names].map((name) => {
    const path = prefix + name;
    const about = rooms.find((room) => room.path === path)?.about ?? "";
    return { name: `${name}/`, about, branches: branchesOf(path) };
  });
}

function linesOf(branches: readonly Branch[], indent: string): readonly string[] {
  return branches.flatMap(({ name, about, branches: inner }, index) => {
    const isLast = index === branches.length - 1;
    const line = `${indent}${isLast ? "└── " : "├── "}${name}`;
    return [
      about === "" ? line : `${line.padEnd(columnOfAbout)}${about}`,
      ...linesOf(inner, `${indent}${isLast ? "    " : "│   "}`),
    ];
  });
}

const columnOfAbout = 28;
