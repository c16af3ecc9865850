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
  /** the body's first line */
  readonly marker: string;
  readonly body: string;
  /** what is written where GitHub does not take the body: short, and of our own words */
  readonly shortBody: string;
  /** update-only: an old comment must not go on telling of a problem that is fixed, but no new one is worth its noise */
  readonly wanted: "write" | "update-only" | "none";
}

export interface PublishedComment {
  /** null = there is none, or it could not be brought up to date */
  readonly url: string | null;
  /** one sentence on why a comment that was wanted is not there, for people; null = nothing to say */
  readonly remark: string | null;
}

/**
 * Writes the report as a comment of the pull request. Never throws: the report is elsewhere too, and the verdict does
 * not depend on being able to comment.
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
    const remark = `The comment is left to the run for ${head.slice(0, 7)}: the pull request has moved on from ${event.headSha.slice(0, 7)}.`;
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

/** What an earlier run said must not stand as if it were today's: where GitHub takes no text at all, it is removed. */
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

/** The text is what GitHub does not want: too long, or another reason of its own. */
function isRefusal(error: unknown): boolean {
  return (error as { status?: number }).status === 422;
}

/** A slow run of an old commit must not overwrite what a newer one wrote. */
async function currentHead(api: GithubApi, owner: string, repo: string, number: number): Promise<string> {
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
  const { data } = await api.request(route, { owner, repo, pull_number: number });
  return v.parse(v.object({ head: v.object({ sha: v.string() }) }), data).head.sha;
}
