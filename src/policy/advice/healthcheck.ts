import type { Inspection } from "../../inspect/inspection.ts";
import { type Sentence, say } from "../sentence.ts";
import { runs } from "./what-runs.ts";

/** Returns how to get a HEALTHCHECK that can succeed, the most telling way first. */
export function passingHealthcheck(head: Inspection): readonly Sentence[] {
  const { healthcheck } = head.start;
  if (healthcheck === undefined) return [];
  return [
    withProgramOfImage(head, healthcheck.needs),
    say`Or turn it off with ${"HEALTHCHECK NONE"} where an orchestrator probes the container itself: Kubernetes ignores ${"HEALTHCHECK"}.`,
  ];
}

function withProgramOfImage(head: Inspection, needs: string): Sentence {
  const what = runs(head);
  const request = "http://localhost:8080/";
  switch (what.kind) {
    case "python":
      return say`Write ${"HEALTHCHECK"} in exec form with the interpreter that is in the image, such as ${execForm(
        [what.path ?? "python3", "-c", `import urllib.request as r; r.urlopen('${request}')`],
      )}.`;
    case "node":
      return say`Write ${"HEALTHCHECK"} in exec form with the interpreter that is in the image, such as ${execForm(
        [
          what.path ?? "node",
          "-e",
          `require('http').get('${request}', (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))`,
        ],
      )}.`;
    default:
      return /^Alpine Linux\b/.test(head.family ?? "") && needs === "curl"
        ? say`Use ${"wget -q --spider"} in place of ${"curl"}: Alpine's BusyBox has it.`
        : say`Write ${"HEALTHCHECK"} in exec form with a program that is in the image. Let the application itself be one, such as ${execForm(["path" in what && what.path !== null ? what.path : "/app/server", "--check"])}, or copy a static one with ${"COPY --from"}.`;
  }
}

function execForm(words: readonly string[]): string {
  return `HEALTHCHECK CMD ${JSON.stringify(words)}`;
}
