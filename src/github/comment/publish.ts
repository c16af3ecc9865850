import * as v from "valibot";
import type { GithubApi } from "../api.ts";
import type { Event, PullRequestEvent } from "../event.ts";
import { remarkOnFault, remarkOnShortForm } from "./fault.ts";
import type { CommentPlace } from "./find.ts";
import { updateComment, upsertComment, withdrawComments } from "./upsert.ts";

export interface CommentToPublish {
  readonly api: GithubApi;
  readonly event: Event;
  readonly owner: string;
  readonly repo: string;
  /** the first line of the body */
  readonly marker: string;
  readonly body: string;
  /** written if GitHub rejects the body: short, and without text of others */
  readonly shortBody: string;
  /** update-only: an old comment must not keep reporting a fixed problem, but a new one would be noise */
  readonly wanted: "write" | "update-only" | "none";
}

export interface PublishedComment {
  /** null if there is no comment, or if it could not be updated */
  readonly url: string | null;
  /** why a wanted comment could not be written, for people; null if there is nothing to report */
  readonly remark: string | null;
}

/**
 * Writes the report as a comment on the pull request. Never throws: the report is also in the job summary,
 * and the verdict does not depend on the comment.
 */
export async function publishComment(input: CommentToPublish): Promise<PublishedComment> {
  const { event, wanted } = input;
  if (event.kind !== "pull-request" || wanted === "none") return { url: null, remark: null };
  try {
    return await write(input, event);
  } catch (error) {
    return { url: null, remark: remarkOnFault(error, event) };
  }
}

async function write(input: CommentToPublish, event: PullRequestEvent): Promise<PublishedComment> {
  const { api, owner, repo, marker, body, shortBody, wanted } = input;
  const head = await currentHead(api, owner, repo, event.number);
  if (head !== event.headSha) {
    const remark = `The run for ${head.slice(0, 7)} writes the comment, since ${event.headSha.slice(0, 7)} is no longer the head of the pull request.`;
    return { url: null, remark };
  }
  const place = { owner, repo, issue: event.number, marker };
  const put = wanted === "write" ? upsertComment : updateComment;
  try {
    return { url: (await put(api, { ...place, body }))?.url ?? null, remark: null };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return await writeShort(() => put(api, { ...place, body: shortBody }), api, place, error, event);
  }
}

/** Writes the short text. If GitHub rejects that, too, deletes the comment, which is outdated. */
async function writeShort(
  put: () => Promise<{ readonly url: string } | null>,
  api: GithubApi,
  place: CommentPlace,
  refused: unknown,
  event: PullRequestEvent,
): Promise<PublishedComment> {
  try {
    const written = await put();
    return { url: written?.url ?? null, remark: remarkOnShortForm(refused, event) };
  } catch (error) {
    if (isRefusal(error)) await withdrawComments(api, place).catch(() => {});
    return { url: null, remark: remarkOnFault(error, event) };
  }
}

/** Reports whether GitHub rejects the text, because it is too long or for another reason. */
function isRefusal(error: unknown): boolean {
  return (error as { status?: number }).status === 422;
}

/** Returns the current head. A slow run for an old commit must not overwrite a newer run's comment. */
async function currentHead(api: GithubApi, owner: string, repo: string, number: number): Promise<string> {
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
  const { data } = await api.request(route, { owner, repo, pull_number: number });
  return v.parse(v.object({ head: v.object({ sha: v.string() }) }), data).head.sha;
}
