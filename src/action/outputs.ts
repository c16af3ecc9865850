import * as core from "@actions/core";
import type { OutputName } from "../inputs/options.ts";
import type { Audit } from "../policy/audit-record.ts";
import type { Published } from "./publish.ts";

/**
 * Sets every output. Values are enums, integers, digests and paths that we made, never untrusted text. If the
 * outputs cannot be written, the exit status still shows the verdict.
 * @param result null if nothing is known yet
 */
export function setOutputs(result: { readonly audit: Audit; readonly published: Published } | null): void {
  const outputs = result === null ? unknownOutputs : outputsOf(result.audit, result.published);
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value ?? "");
  } catch (error) {
    const { code = "for an unknown reason" } = error as NodeJS.ErrnoException;
    core.warning(`The outputs of this step are incomplete: their file cannot be written (${code}).`);
  }
}

const unknownOutputs: Partial<Record<OutputName, string | boolean>> = {
  verdict: "inconclusive",
  passed: false,
};

function outputsOf(
  { verdict, images }: Audit,
  { report, markdown, commentUrl }: Published,
): Record<OutputName, string | number | boolean | null> {
  const head = images[0]?.head;
  const change = images[0]?.comparison?.size;
  return {
    verdict,
    passed: verdict === "pass" || verdict === "warn",
    size: head?.size ?? null,
    "size-delta": change?.difference ?? null,
    "size-delta-percent": change?.percent?.toFixed(2) ?? null,
    "unpacked-size": head?.unpackedSize ?? null,
    "pull-size": head?.pullSize?.bytes ?? null,
    layers: head?.layers.length ?? null,
    stages: head?.stages?.reachable ?? null,
    shells: head?.shells.length ?? null,
    distroless: head?.distroless.verdict ?? null,
    digest: head?.digest ?? head?.configDigest ?? null,
    report,
    markdown,
    "comment-url": commentUrl,
  };
}
