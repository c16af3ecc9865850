import { readFileSync, writeFileSync } from "node:fs";
import { failureCodes } from "../src/failure.ts";
import { type Option, optionGroups, options, outputs } from "../src/inputs/options.ts";
import { policyFileSchema } from "../src/policy/file/schema.ts";
import { rules } from "../src/policy/rules/rules.ts";
import { roomTree } from "./room-tree.ts";

// Generates the texts that appear in several files from their one source. With --check, it only compares, and
// fails if a file is out of date.

const files: Record<string, () => string> = {
  "action.yml": actionYml,
  "README.md": () => withTables("README.md", { inputs: inputTable(), outputs: outputTable() }),
  "schema/policy.schema.json": () => `${JSON.stringify(policyFileSchema(), null, 2)}\n`,
  "docs/policy.md": () => withTables("docs/policy.md", { rules: ruleSections() }),
  "docs/errors.md": () => withTables("docs/errors.md", { errors: errorTable() }),
  "docs/architecture.md": () => withTables("docs/architecture.md", { rooms: roomTree() }),
};

const check = process.argv.includes("--check");
let stale = 0;
for (const [path, make] of Object.entries(files)) {
  const made = make();
  if (read(path) === made) continue;
  stale += 1;
  if (check) console.error(`${path} is out of date. Run npm run generate.`);
  else writeFileSync(path, made);
}
process.exitCode = check && stale > 0 ? 1 : 0;

function actionYml(): string {
  const all: readonly Option[] = options;
  const inputs = Object.entries(optionGroups).flatMap(([group, title]) => [
    `  # ${title}`,
    ...all.filter((option) => option.group === group).flatMap(inputYaml),
  ]);
  const outputLines = Object.entries(outputs).flatMap(([name, description]) => [
    `  ${name}:`,
    `    description: ${JSON.stringify(description)}`,
  ]);
  return `# Made by npm run generate from src/inputs/options.ts.
name: Image Audit
description: Know what a pull request does to your container image, before it merges.
author: Image Audit
branding:
  icon: package
  color: blue
inputs:
${inputs.join("\n")}
outputs:
${outputLines.join("\n")}
runs:
  using: node24
  main: dist/index.js
  post: dist/cleanup.js
`;
}

function inputYaml(option: Option): readonly string[] {
  return [
    `  ${option.name}:`,
    `    description: ${JSON.stringify(describe(option))}`,
    "    required: false",
    ...(option.default === undefined ? [] : [`    default: ${JSON.stringify(option.default)}`]),
  ];
}

/** Describes an input. A default that the runner does not pass is part of the text. */
function describe({ description, otherwise }: Option): string {
  return otherwise === undefined ? description : `${description} Default: ${otherwise}.`;
}

function inputTable(): string {
  const all: readonly Option[] = options;
  return Object.entries(optionGroups)
    .map(([group, title]) => {
      const rows = all
        .filter((option) => option.group === group)
        .map((option) => `| \`${option.name}\` | ${cell(option.description)} | ${defaultOf(option)} |`);
      return `**${title}**\n\n| input | meaning | default |\n|---|---|---|\n${rows.join("\n")}`;
    })
    .join("\n\n");
}

function defaultOf(option: Option): string {
  const holds = option.default ?? option.otherwise;
  return holds === undefined ? "" : `\`${holds}\``;
}

function outputTable(): string {
  const rows = Object.entries(outputs).map(([name, description]) => `| \`${name}\` | ${cell(description)} |`);
  return `| output | meaning |\n|---|---|\n${rows.join("\n")}`;
}

function ruleSections(): string {
  return rules.map((rule) => `### \`${rule.id}\`: ${rule.title}\n\n${rule.meaning}`).join("\n\n");
}

function errorTable(): string {
  const rows = Object.entries(failureCodes).map(([code, meaning]) => `| \`${code}\` | ${cell(meaning)} |`);
  return `| code | meaning |\n|---|---|\n${rows.join("\n")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** Returns the file with the text between `<!-- name:start -->` and `<!-- name:end -->` replaced. */
function withTables(path: string, tables: Record<string, string>): string {
  let text = read(path);
  for (const [name, table] of Object.entries(tables)) {
    const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${path} has no ${start} … ${end}`);
    text = `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
  }
  return text;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
