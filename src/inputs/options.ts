import { type RuleId, rules } from "../policy/rules/rules.ts";

/**
 * Every input of the action, which is every flag of the command: the one table that inputs.ts, cli.ts, action.yml and
 * the README are made from (scripts/generate.ts). Build inputs have the names and meanings of docker/build-push-action.
 */
export interface Option {
  readonly name: string;
  readonly group: "what" | "build" | "base" | "policy" | "report";
  /** `list`: one item a line; `comma-list`: lines or commas; as in docker/build-push-action */
  readonly kind: "text" | "list" | "comma-list" | "boolean";
  readonly description: string;
  readonly default?: string;
  /** the command's flag where Docker's own has another name, such as --build-arg; repeatable */
  readonly flag?: string;
  readonly short?: string;
  /** the placeholder in the command's help */
  readonly value?: string;
  /** an input of the action that has no meaning in a terminal */
  readonly actionOnly?: true;
}

/** Titles of the groups, as they head the README's tables and the command's help. */
export const optionGroups: Readonly<Record<Option["group"], string>> = {
  what: "What to audit",
  build: "How to build it (names and meanings of docker/build-push-action)",
  base: "The base side",
  policy: "Policy",
  report: "Report",
};

export const options = [
  {
    name: "name",
    group: "what",
    kind: "text",
    value: "name",
    description: "What the image is called in the report. Default: the name of the context's directory.",
  },
  {
    name: "image",
    group: "what",
    kind: "text",
    value: "image",
    description:
      "An image that an earlier step built or pushed; the head is then not built again. A name of the engine, registry:NAME, a path that starts with /, ./ or ../, or oci-dir:PATH, oci-archive:PATH or docker-archive:PATH; after these three :NAME takes one of several images, as in docker-archive:app.tar:app:1.2.",
  },
  {
    name: "compare-with",
    group: "what",
    kind: "text",
    value: "image",
    description: "The same for the base side: an image to compare with, instead of building the base commit.",
  },
  {
    name: "context",
    group: "build",
    kind: "text",
    value: "directory",
    default: ".",
    description: "Directory of the build context, inside the workspace.",
  },
  {
    name: "file",
    group: "build",
    kind: "text",
    short: "f",
    value: "path",
    description: "Path of the Dockerfile. Default: Dockerfile in the context.",
  },
  {
    name: "target",
    group: "build",
    kind: "text",
    value: "stage",
    description: "Stage to build. Default: the last one.",
  },
  {
    name: "build-args",
    group: "build",
    kind: "list",
    flag: "build-arg",
    value: "name=value",
    description: "Build arguments, one NAME=value a line.",
  },
  {
    name: "build-contexts",
    group: "build",
    kind: "list",
    flag: "build-context",
    value: "name=path",
    description: "Additional build contexts, one name=path a line.",
  },
  {
    name: "platforms",
    group: "build",
    kind: "comma-list",
    flag: "platform",
    value: "os/arch",
    description: "Platform to build and audit, such as linux/arm64; one for now. Default: the engine's own.",
  },
  {
    name: "builder",
    group: "build",
    kind: "text",
    value: "name",
    description: "Name of the buildx builder, such as the output of docker/setup-buildx-action.",
  },
  {
    name: "secrets",
    group: "build",
    kind: "list",
    flag: "secret",
    value: "id=value",
    description: "Secrets for RUN --mount=type=secret, one id=value a line.",
  },
  {
    name: "secret-envs",
    group: "build",
    kind: "comma-list",
    flag: "secret-env",
    value: "id=variable",
    description: "Secrets from environment variables, one id=VARIABLE a line.",
  },
  {
    name: "secret-files",
    group: "build",
    kind: "list",
    flag: "secret-file",
    value: "id=path",
    description: "Secrets from files, one id=path a line.",
  },
  {
    name: "ssh",
    group: "build",
    kind: "comma-list",
    value: "id",
    description: "SSH agent sockets or keys for RUN --mount=type=ssh, such as default.",
  },
  {
    name: "cache-from",
    group: "build",
    kind: "list",
    value: "source",
    description: "External cache sources, such as type=gha, for both sides.",
  },
  {
    name: "cache-to",
    group: "build",
    kind: "list",
    value: "destination",
    description: "External cache destinations; written by the head's build only.",
  },
  {
    name: "network",
    group: "build",
    kind: "text",
    value: "mode",
    description: "Network mode of RUN: default, none or host.",
  },
  {
    name: "pull",
    group: "build",
    kind: "boolean",
    default: "false",
    description: "Always pull the images that FROM names.",
  },
  {
    name: "no-cache",
    group: "build",
    kind: "boolean",
    default: "false",
    description: "Build without cache. Unchanged steps then differ by their noise.",
  },
  {
    name: "add-hosts",
    group: "build",
    kind: "comma-list",
    flag: "add-host",
    value: "host:ip",
    description: "Custom host-to-IP mappings, such as docker:10.180.0.1.",
  },
  {
    name: "allow",
    group: "build",
    kind: "comma-list",
    value: "entitlement",
    description: "Extra privileged entitlements, such as network.host.",
  },
  {
    name: "shm-size",
    group: "build",
    kind: "text",
    value: "size",
    description: "Size of /dev/shm, such as 2g.",
  },
  {
    name: "ulimit",
    group: "build",
    kind: "list",
    value: "limit",
    description: "Ulimit options, such as nofile=1024:1024.",
  },
  {
    name: "labels",
    group: "build",
    kind: "list",
    flag: "label",
    value: "name=value",
    description: "Metadata of the image, one name=value a line.",
  },
  {
    name: "base-file",
    group: "base",
    kind: "text",
    value: "path",
    description: "Path of the Dockerfile in the base commit, where the pull request moved it.",
  },
  {
    name: "base-prepare",
    group: "base",
    kind: "text",
    value: "command",
    description:
      "Shell command run in the base commit's directory before its build, to make files that earlier steps made for the head, such as npm ci && npm run build.",
  },
  ...rules.map(optionOf),
  {
    name: "missing-base",
    group: "policy",
    kind: "text",
    value: "level",
    default: "fail",
    description:
      "What becomes of rules that need the base where there is none: fail (inconclusive, which fails the step) or warn.",
  },
  {
    name: "warn-only",
    group: "policy",
    kind: "boolean",
    default: "false",
    description:
      "Turn every failing rule into a warning, while a team adopts the audit. What is inconclusive still fails.",
  },
  {
    name: "comment",
    group: "report",
    kind: "text",
    default: "on-change",
    actionOnly: true,
    description: "When to write the pull request comment: always, on-change, on-failure or never.",
  },
  {
    name: "min-change",
    group: "report",
    kind: "text",
    default: "100kB or 0.5%",
    actionOnly: true,
    description:
      "A change of size up to this is none to on-change. Another base image, command, user or working directory, other stages, shells or package managers, and a new .git always are one.",
  },
  {
    name: "comment-key",
    group: "report",
    kind: "text",
    actionOnly: true,
    description:
      "Tells several comments on one pull request apart. Default: workflow, job, name and platform.",
  },
  {
    name: "github-token",
    group: "report",
    kind: "text",
    default: "${{ github.token }}",
    actionOnly: true,
    description:
      "Token that writes the comment: needs pull-requests: write. Without it the verdict stands all the same.",
  },
] as const satisfies readonly Option[];

/** Every rule of the policy has an input. */
function optionOf({ id, input }: (typeof rules)[number]): Option & { readonly name: RuleId } {
  const { description, value, default: fallback } = input;
  return {
    name: id,
    group: "policy",
    kind: "text",
    value,
    ...(fallback === undefined ? {} : { default: fallback }),
    description,
  };
}

export type OptionName = (typeof options)[number]["name"];

/** The action's outputs, in the order of action.yml. Values are enums, integers, digests and paths that we created. */
export const outputs = {
  verdict: "pass, warn, fail or inconclusive.",
  passed: "true when the verdict is pass or warn.",
  size: "Size of the head's image in bytes: the sum of its layers' payload.",
  "size-delta": "Difference of size to the base in bytes; empty without a base.",
  "size-delta-percent": "The same in percent of the base, with two decimals; empty without a base.",
  "unpacked-size": "Bytes of the regular files in the final root filesystem.",
  "pull-size": "Compressed bytes that a registry would serve; empty where they are not known.",
  layers: "Number of layers.",
  stages: "Number of stages that the target needs; empty where no Dockerfile is known.",
  shells: "Number of shells in the final root filesystem.",
  distroless: "yes, no or unknown.",
  digest: "Digest of the head's image manifest, or of its config where the engine keeps no manifest.",
  report: "Path of the report as JSON.",
  markdown: "Path of the report as Markdown.",
  "comment-url": "Address of the comment; empty where none was written.",
} as const satisfies Record<string, string>;

export type OutputName = keyof typeof outputs;
