import type { Exception } from "../exception.ts";
import { readExceptions } from "./exceptions.ts";
import { type FileReference, parseFileReference } from "./file-reference.ts";
import { MapReader } from "./map-reader.ts";
import { type Mistake, policyInvalid } from "./mistake.ts";
import { readSettings, type Settings } from "./settings.ts";
import { readYaml } from "./yaml.ts";

/** Where a repository keeps its policy. */
export const policyFilePath = ".github/image-audit.yml";

/** What a policy file says (schema/policy.schema.json). */
export interface PolicyFile {
  /** the file whose policy holds as well */
  readonly extends: FileReference | null;
  /** for every image */
  readonly policy: Settings;
  readonly images: ReadonlyMap<string, FileImage>;
  readonly exceptions: readonly Exception[];
}

/** What a policy file says about one image. Paths and names are as the inputs have them; null: not given. */
export interface FileImage {
  readonly context: string | null;
  readonly file: string | null;
  readonly target: string | null;
  readonly platforms: string | null;
  /** in place of the policy for every image, key by key */
  readonly policy: Settings;
}

/**
 * Parses a policy file.
 * @param where names the file for people
 * @throws Failure `policy-invalid`, with every mistake and its place
 */
export function parsePolicyFile(text: string, where: string): PolicyFile {
  const { file, mistakes } = checkPolicyFile(text);
  if (mistakes.length > 0) throw policyInvalid(where, mistakes);
  return file;
}

/** Parses a policy file as far as that is possible, and returns its mistakes in the order of the file. */
export function checkPolicyFile(text: string): {
  readonly file: PolicyFile;
  readonly mistakes: readonly Mistake[];
} {
  const document = readYaml(text);
  const mistakes = [...document.mistakes];
  const root = new MapReader(document.root, mistakes, "The file", [
    "version",
    "extends",
    "policy",
    "images",
    "exceptions",
  ]);
  const version = root.text("version");
  // A file that cannot be read at all has one mistake already.
  if (document.mistakes.length === 0) {
    if (version === null) root.mistake("The file needs version: 1 as its first key.");
    else if (version !== "1")
      root.mistake(`version is "${version}". This release reads version 1.`, "version");
  }
  const policy = readSettings(root.map("policy"), mistakes);
  const images = new Map(
    (root.map("images")?.entries ?? []).map(({ key, value }) => {
      const image = new MapReader(value, mistakes, `The image ${key}`, [
        "context",
        "file",
        "target",
        "platforms",
        "policy",
      ]);
      const read = {
        context: image.text("context"),
        file: image.text("file"),
        target: image.text("target"),
        platforms: image.text("platforms"),
        policy: readSettings(image.map("policy"), mistakes),
      };
      return [key, read] as const;
    }),
  );
  const file = {
    extends: root.parsed("extends", parseFileReference),
    policy,
    images,
    exceptions: readExceptions(root.list("exceptions"), [...images.keys()], mistakes),
  };
  return { file, mistakes: mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}
