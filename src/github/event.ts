import * as v from "valibot";
import { Failure } from "../failure.ts";
import { isSha, type Sha } from "../git/sha.ts";
import { isSystemError, systemMeaning } from "../process/system-error.ts";

/** The event that triggered the workflow. Branches are names without `refs/heads/`. */
export type Event =
  | PullRequestEvent
  | {
      readonly kind: "push";
      /** for a tag, `refs/tags/…` */
      readonly branch: string;
      /** the branch's tip before the push; all zeros if the branch is new */
      readonly before: Sha;
      readonly defaultBranch: string;
    }
  | { readonly kind: "dispatch"; readonly branch: string; readonly defaultBranch: string }
  | {
      readonly kind: "merge-group";
      readonly baseSha: Sha;
      readonly headSha: Sha;
      readonly baseRef: string;
    };

export interface PullRequestEvent {
  readonly kind: "pull-request";
  readonly number: number;
  readonly headSha: Sha;
  readonly headRef: string;
  /** tip of the base branch when the event was created; may be outdated */
  readonly baseSha: Sha;
  readonly baseRef: string;
  readonly defaultBranch: string;
  /** whether the head is in another repository, which may have been deleted */
  readonly isFork: boolean;
}

/**
 * Reads the event from GITHUB_EVENT_NAME and GITHUB_EVENT_PATH.
 * @throws Failure event-unsupported, also if there is no event or its payload cannot be read
 */
export async function readEvent(
  env: NodeJS.ProcessEnv,
  readText: (path: string) => Promise<string>,
): Promise<Event> {
  const name = env.GITHUB_EVENT_NAME ?? "";
  if (!isSupported(name)) throw unsupported(name);
  const parsed = v.safeParse(events[name], await readPayload(env.GITHUB_EVENT_PATH ?? "", readText));
  if (parsed.success) return parsed.output;
  const where = v.getDotPath(parsed.issues[0]) ?? "the root";
  throw new Failure(
    "event-unsupported",
    `The payload of the ${name} event in GITHUB_EVENT_PATH is not what GitHub documents, at ${where}.`,
  );
}

const shaSchema = v.custom<Sha>(isSha);
const refSchema = v.pipe(v.string(), v.nonEmpty(), v.maxLength(1024));
const branchSchema = v.pipe(
  refSchema,
  v.transform((ref) => ref.replace(/^refs\/heads\//, "")),
);
const repositorySchema = v.object({ default_branch: refSchema });

const pullRequestSchema = v.pipe(
  v.object({
    pull_request: v.object({
      number: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
      head: v.object({ sha: shaSchema, ref: refSchema, repo: v.nullable(v.object({ id: v.number() })) }),
      base: v.object({ sha: shaSchema, ref: refSchema, repo: v.object({ id: v.number() }) }),
    }),
    repository: repositorySchema,
  }),
  v.transform(
    ({ pull_request: { number, head, base }, repository }): PullRequestEvent => ({
      kind: "pull-request",
      number,
      headSha: head.sha,
      headRef: head.ref,
      baseSha: base.sha,
      baseRef: base.ref,
      defaultBranch: repository.default_branch,
      isFork: head.repo?.id !== base.repo.id,
    }),
  ),
);

const pushSchema = v.pipe(
  v.object({ ref: branchSchema, before: shaSchema, repository: repositorySchema }),
  v.transform(
    ({ ref, before, repository }): Event => ({
      kind: "push",
      branch: ref,
      before,
      defaultBranch: repository.default_branch,
    }),
  ),
);

const dispatchSchema = v.pipe(
  v.object({ ref: branchSchema, repository: repositorySchema }),
  v.transform(
    ({ ref, repository }): Event => ({
      kind: "dispatch",
      branch: ref,
      defaultBranch: repository.default_branch,
    }),
  ),
);

const mergeGroupSchema = v.pipe(
  v.object({ merge_group: v.object({ base_sha: shaSchema, head_sha: shaSchema, base_ref: branchSchema }) }),
  v.transform(
    ({ merge_group: group }): Event => ({
      kind: "merge-group",
      baseSha: group.base_sha,
      headSha: group.head_sha,
      baseRef: group.base_ref,
    }),
  ),
);

const events = {
  pull_request: pullRequestSchema,
  push: pushSchema,
  workflow_dispatch: dispatchSchema,
  merge_group: mergeGroupSchema,
};

function isSupported(name: string): name is keyof typeof events {
  return Object.hasOwn(events, name);
}

/** Events that run with the base repository's token and secrets for an untrusted author. */
const privileged: ReadonlySet<string> = new Set(["pull_request_target", "workflow_run", "issue_comment"]);

function unsupported(name: string): Failure {
  if (privileged.has(name)) {
    return new Failure(
      "event-unsupported",
      `Image Audit does not run on ${name}: a build executes the pull request's code, and on this event that code would have access to the base repository's token and secrets. Use \`on: pull_request\`.`,
    );
  }
  const what = /^\w{1,64}$/.test(name)
    ? `Image Audit does not run on ${name}, because there is no change to audit.`
    : "GITHUB_EVENT_NAME names no event.";
  return new Failure(
    "event-unsupported",
    `${what} Use \`on: pull_request\`, push, merge_group or workflow_dispatch.`,
  );
}

/** GitHub's own limit on webhook payloads, in bytes. */
const maxPayloadBytes = 25 * 1024 * 1024;

async function readPayload(path: string, readText: (path: string) => Promise<string>): Promise<unknown> {
  try {
    const text = await readText(path);
    if (Buffer.byteLength(text) > maxPayloadBytes) throw new Error(`over ${maxPayloadBytes} bytes`);
    return JSON.parse(text);
  } catch (cause) {
    const why = path !== "" && isSystemError(cause) ? ` ${systemMeaning(cause, path)}` : "";
    throw new Failure(
      "event-unsupported",
      `The event payload in GITHUB_EVENT_PATH cannot be read.${why} Run the action as a step of a workflow.`,
      { cause },
    );
  }
}
