import { defaultTexts, generalKeys, off, type PolicyKey, policyKeys } from "../keys.ts";
import { rules } from "../rules/rules.ts";
import type { JsonSchema } from "../setting.ts";

/** Returns the JSON Schema of policy files, with which an editor completes and explains their keys. */
export function policyFileSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Policy of Image Audit (.github/image-audit.yml)",
    ...mapOf(
      {
        version: { const: 1, description: "The version of this file's format." },
        extends: {
          type: "string",
          pattern: "^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9_.-]+/.+@([0-9a-f]{40}|[0-9a-f]{64})$",
          description:
            "A policy file of another repository whose policy holds as well: owner/repo/path@commit, with the full SHA of the commit.",
        },
        policy: { $ref: "#/$defs/policy", description: "What every image has to satisfy." },
        images: {
          type: "object",
          description: "The images of this repository, by name.",
          additionalProperties: { $ref: "#/$defs/image" },
        },
        exceptions: {
          type: "array",
          description: "What the rules find and its owners accept for a while.",
          items: { $ref: "#/$defs/exception" },
        },
      },
      ["version"],
    ),
    $defs: { policy: mapOf(policyProperties()), image, exception },
  };
}

function mapOf(properties: JsonSchema, required: readonly string[] = []): JsonSchema {
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties,
  };
}

const image = mapOf({
  context: {
    type: "string",
    description: "Directory of the build context, from the root of the repository.",
  },
  file: { type: "string", description: "Path of the Dockerfile. Default: Dockerfile in the context." },
  target: { type: "string", description: "Stage to build. Default: the last one." },
  platforms: { type: "string", description: "Platform to build and audit, such as linux/arm64." },
  policy: {
    $ref: "#/$defs/policy",
    description: "What this image has to satisfy. A key stands in place of the same key for every image.",
  },
});

const exception = mapOf(
  {
    rule: { enum: rules.map(({ id }) => id), description: "The rule that accepts this." },
    image: { type: "string", description: "The image that it is for. Default: every image." },
    paths: {
      type: "array",
      minItems: 1,
      items: { type: "string", pattern: "^/" },
      description:
        "Paths in the image, with everything below them. *, ? and ** are wildcards. Without paths, whatever the rule finds is accepted.",
    },
    reason: {
      type: "string",
      minLength: 1,
      description: "Why this is accepted, for those who read it later.",
    },
    expires: {
      type: "string",
      format: "date",
      description: "The last day on which it counts, as YYYY-MM-DD.",
    },
  },
  ["rule", "reason", "expires"],
);

function policyProperties(): JsonSchema {
  return Object.fromEntries(
    [...policyKeys].map(([key, { schema }]) => {
      const holds = defaultTexts.get(key);
      return [
        key,
        {
          description: descriptionOf(key),
          ...(holds === undefined ? {} : { default: holds }),
          ...(key in generalKeys || isLevel(schema) ? schema : { anyOf: [{ const: off }, schema] }),
        },
      ];
    }),
  );
}

/** Reports whether a rule has levels, of which `off` is one. */
function isLevel(schema: JsonSchema): boolean {
  return "enum" in schema;
}

function descriptionOf(key: PolicyKey): string {
  const rule = rules.find(({ id }) => id === key);
  return rule?.input.description ?? generalKeys[key as keyof typeof generalKeys].description;
}
