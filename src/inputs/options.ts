import { generalKeys } from "../policy/keys.ts";
import { type RuleId, rules } from "../policy/rules/rules.ts";

/**
 * An input of the action and a flag of the command. The table below is the one source of action.yml, of the
 * README's tables (scripts/generate.ts), of the command's flags and of the parser in inputs.ts. Build inputs
 * have the names and meanings of docker/build-push-action.
 */
export interface Option {
  readonly name: string;
  readonly group: "what" | "build" | "base" | "policy" | "report";
  /** `list`: one item per line; `comma-list`: separated by lines or commas; as in docker/build-push-action */
  readonly kind: "text" | "list" | "comma-list" | "boolean";
  readonly description: string;
  readonly default?: string;
  /** what holds without the input; unlike `default`, a runner does not pass it as if it had been given */
  readonly otherwise?: string;
  /** the command's flag if Docker's name differs from the input's, such as --build-arg; repeatable */
  readonly flag?: string;
  readonly short?: string;
  /** the placeholder in the command's help */
  readonly value?: string;
  /** only the action has this input: it has no meaning in a terminal */
  readonly actionOnly?: true;
}

/** Headings of the groups in the README's tables and in the command's help. */
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
    description: "Name of the image in the report. Default: the name of the context directory.",
  },
  {
    name: "image",
    group: "what",
    kind: "text",
    value: "image",
    description:
      "An image that an earlier step built or pushed, to audit instead of building the head. Accepts an image name in the engine, registry:NAME, a path that starts with /, ./ or ../, oci-dir:PATH, oci-archive:PATH or docker-archive:PATH. The last three accept :NAME to select one of several images, such as docker-archive:app.tar:app:1.2.",
  },
  {
    name: "compare-with",
    group: "what",
    kind: "text",
    value: "image",
    description:
      "An image to compare with instead of building the base commit. Accepts the same forms as image.",
  },
  {
    name: "context",
    group: "build",
    kind: "text",
    value: "directory",
    default: ".",
    description: "Directory of the build context. It must be inside the workspace.",
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
    description: "Build arguments, one NAME=value per line.",
  },
  {
    name: "build-contexts",
    group: "build",
    kind: "list",
    flag: "build-context",
    value: "name=path",
    description: "Additional build contexts, one name=path per line.",
  },
  {
    name: "platforms",
    group: "build",
    kind: "comma-list",
    flag: "platform",
    value: "os/arch",
    description: "Platform to build and audit, such as linux/arm64. Only one per run. Default: the engine's.",
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
    description: "Secrets for RUN --mount=type=secret, one id=value per line.",
  },
  {
    name: "secret-envs",
    group: "build",
    kind: "comma-list",
    flag: "secret-env",
    value: "id=variable",
    description: "Secrets from environment variables, one id=VARIABLE per line.",
  },
  {
    name: "secret-files",
    group: "build",
    kind: "list",
    flag: "secret-file",
    value: "id=path",
    description: "Secrets from files, one id=path per line.",
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
    description: "External cache sources for both builds, such as type=gha.",
  },
  {
    name: "cache-to",
    group: "build",
    kind: "list",
    value: "destination",
    description: "External cache destinations. Only the head's build writes to them.",
  },
  {
    name: "network",
    group: "build",
    kind: "text",
    value: "mode",
    description: "Network mode for RUN instructions: default, none or host.",
  },
  {
    name: "pull",
    group: "build",
    kind: "boolean",
    default: "false",
    description: "Always pull the images in FROM.",
  },
  {
    name: "no-cache",
    group: "build",
    kind: "boolean",
    default: "false",
    description: "Build without the cache. Unchanged steps may then produce different bytes.",
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
    description: "Labels of the image, one name=value per line.",
  },
  {
    name: "base-file",
    group: "base",
    kind: "text",
    value: "path",
    description: "Path of the Dockerfile in the base commit, if the pull request moved it.",
  },
  {
    name: "base-prepare",
    group: "base",
    kind: "text",
    value: "command",
    description:
      "Shell command to run in the base commit's directory before its build, such as npm ci && npm run build. Use it to create the files that earlier steps created for the head.",
  },
  ...rules.map(optionOf),
  {
    name: "missing-base",
    group: "policy",
    kind: "text",
    value: "level",
    default: generalKeys["missing-base"].default,
    description: generalKeys["missing-base"].description,
  },
  {
    name: "warn-only",
    group: "policy",
    kind: "boolean",
    default: generalKeys["warn-only"].default,
    description: generalKeys["warn-only"].description,
  },
  {
    name: "comment",
    group: "report",
    kind: "text",
    default: "on-change",
    actionOnly: true,
    description: "When to comment on the pull request: always, on-change, on-failure or never.",
  },
  {
    name: "min-change",
    group: "report",
    kind: "text",
    default: generalKeys["min-change"].default,
    actionOnly: true,
    description:
      "Size changes up to this do not count for comment: on-change. A different base image, command, user, working directory or number of stages, a different set of shells or package managers, a new .git directory, a new secret and a new set-uid or set-gid file always count.",
  },
  {
    name: "comment-key",
    group: "report",
    kind: "text",
    actionOnly: true,
    description:
      "Key that distinguishes several comments on one pull request. Default: workflow, job, name and platform.",
  },
  {
    name: "github-token",
    group: "report",
    kind: "text",
    default: "${{ github.token }}",
    actionOnly: true,
    description:
      "Token that writes the comment. Needs pull-requests: write. The verdict does not depend on it.",
  },
] as const satisfies readonly Option[];

/** Every rule of the policy has an input. */
function optionOf({ id, input }: (typeof rules)[number]): Option & { readonly name: RuleId } {
  const { description, value, default: fallback, isList } = input;
  return {
    name: id,
    group: "policy",
    kind: isList ? "list" : "text",
    value,
    ...(fallback === undefined ? {} : { otherwise: fallback }),
    description,
  };
}

export type OptionName = (typeof options)[number]["name"];

/** The action's outputs, in the order of action.yml. No value contains untrusted text. */
export const outputs = {
  verdict: "pass, warn, fail or inconclusive.",
  passed: "true when the verdict is pass or warn.",
  size: "Size of the head image in bytes: the payload of all layers.",
  "size-delta": "Size difference from the base in bytes. Empty without a base.",
  "size-delta-percent":
    "Size difference in percent of the base's size, with two decimals. Empty without a base.",
  "unpacked-size": "Size of the regular files in the final root filesystem, in bytes.",
  "pull-size": "Compressed bytes that a registry would serve. Empty if unknown.",
  layers: "Number of layers.",
  stages: "Number of stages that the target needs. Empty if no Dockerfile is known.",
  shells: "Number of shells in the final root filesystem.",
  distroless: "yes, no or unknown.",
  digest: "Digest of the head image's manifest, or of its config if the engine keeps no manifest.",
  report: "Path of the JSON report.",
  markdown: "Path of the Markdown report.",
  "comment-url": "URL of the comment. Empty if none was written.",
} as const satisfies Record<string, string>;

export type OutputName = keyof typeof outputs;
