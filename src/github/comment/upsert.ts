import * as v from "valibot";
import type { GithubApi } from "../api.ts";
import { type Comment, type CommentPlace, listOurs } from "./find.ts";

/** The wanted place and content of a comment. */
export interface WantedComment extends CommentPlace {
  /** its first line is the marker */
  readonly body: string;
}

export interface WrittenComment {
  readonly url: string;
  readonly outcome: "created" | "updated" | "unchanged";
}

/**
 * Creates a comment, or edits the existing one. Concurrent runs may have created several: the oldest is kept
 * and the others are deleted.
 * @throws RequestError if GitHub refuses, ValiError if its response is unexpected
 */
export async function upsertComment(api: GithubApi, wanted: WantedComment): Promise<WrittenComment> {
  const updated = await updateComment(api, wanted);
  if (updated !== null) return updated;
  const created = await createComment(api, wanted);
  // Another run may have created one meanwhile. The run that looks last sees both and keeps the older one.
  const settled = await updateComment(api, wanted).catch(() => null);
  return { url: (settled ?? created).url, outcome: "created" };
}

/** Like `upsertComment`, but creates no comment. Null if there is none to edit. */
export async function updateComment(api: GithubApi, wanted: WantedComment): Promise<WrittenComment | null> {
  const ours = await listOurs(api, wanted);
  for (const [index, comment] of ours.entries()) {
    const written = await editComment(api, wanted, comment);
    if (written === null) continue;
    for (const surplus of ours.slice(index + 1)) await deleteComment(api, wanted, surplus);
    return written;
  }
  return null;
}

/**
 * Deletes the comments of earlier runs.
 * @throws as `upsertComment`
 */
export async function withdrawComments(api: GithubApi, place: CommentPlace): Promise<void> {
  for (const comment of await listOurs(api, place)) await deleteComment(api, place, comment);
}

/** After a 5xx or a lost response, the comment may exist or not: look before trying again. */
async function createComment(api: GithubApi, wanted: WantedComment): Promise<WrittenComment> {
  try {
    return await postComment(api, wanted);
  } catch (error) {
    const { status } = error as { status?: number };
    if (status !== undefined && status < 500) throw error;
    const [found] = await listOurs(api, wanted);
    return found === undefined ? await postComment(api, wanted) : { url: found.html_url, outcome: "created" };
  }
}

async function postComment(
  api: GithubApi,
  { owner, repo, issue, body }: WantedComment,
): Promise<WrittenComment> {
  const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  const { data } = await api.request(route, { owner, repo, issue_number: issue, body });
  return { url: v.parse(writtenSchema, data).html_url, outcome: "created" };
}

/** Edits a comment. Null if it was deleted meanwhile. */
async function editComment(
  api: GithubApi,
  { owner, repo, body }: WantedComment,
  comment: Comment,
): Promise<WrittenComment | null> {
  if (comment.body.trimEnd() === body.trimEnd()) return { url: comment.html_url, outcome: "unchanged" };
  const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
  const response = await nullIfGone(api.request(route, { owner, repo, comment_id: comment.id, body }));
  if (response === null) return null;
  return { url: v.parse(writtenSchema, response.data).html_url, outcome: "updated" };
}

async function deleteComment(api: GithubApi, { owner, repo }: CommentPlace, comment: Comment): Promise<void> {
  const route = "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}";
  await nullIfGone(api.request(route, { owner, repo, comment_id: comment.id }));
}

async function nullIfGone<T>(response: Promise<T>): Promise<T | null> {
  try {
    return await response;
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 404 || status === 410) return null;
    throw error;
  }
}

const writtenSchema = v.object({ html_url: v.string() });
