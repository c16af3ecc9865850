import * as v from "valibot";
import type { GithubApi } from "../api.ts";

export interface CommentPlace {
  readonly owner: string;
  readonly repo: string;
  /** number of the issue or pull request */
  readonly issue: number;
  /** the first line of our comments, which identifies them */
  readonly marker: string;
}

export type Comment = v.InferOutput<typeof commentSchema>;

const commentSchema = v.object({
  id: v.number(),
  html_url: v.string(),
  /** null if the account was deleted */
  user: v.nullable(v.object({ login: v.string() })),
  body: v.pipe(
    v.nullish(v.string(), ""),
    v.transform((body) => body.replaceAll("\r\n", "\n")),
  ),
});

/**
 * Lists the comments of earlier runs, oldest first. They have our marker and our author, since anyone who can
 * comment can write the marker.
 * @throws RequestError if GitHub refuses, ValiError if its response is unexpected
 */
export async function listOurs(api: GithubApi, place: CommentPlace): Promise<readonly Comment[]> {
  const marked: Comment[] = [];
  for (let page = 1; ; page += 1) {
    const { comments, isLast } = await listPage(api, place, page);
    marked.push(...comments.filter(({ body }) => body.split("\n", 1)[0] === place.marker));
    if (isLast) break;
  }
  if (marked.length === 0) return [];
  const login = await ownLogin(api);
  return marked.filter(({ user }) => user?.login === login).sort((a, b) => a.id - b.id);
}

/**
 * Reads one page strictly. Octokit's paginate takes a truncated response for an empty list. A short page need
 * not be the last: GitHub omits comments of accounts that it hides.
 */
async function listPage(
  api: GithubApi,
  { owner, repo, issue }: CommentPlace,
  page: number,
): Promise<{ readonly comments: readonly Comment[]; readonly isLast: boolean }> {
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
  const parameters = { owner, repo, issue_number: issue, per_page: 100, page };
  const { data, headers } = await api.request(route, parameters);
  return {
    comments: v.parse(v.array(commentSchema), data),
    isLast: headers.link?.includes('rel="next"') !== true,
  };
}

/**
 * Returns the login that the token writes as: a user's, or an App's bot such as `github-actions[bot]`. No
 * user's login can contain brackets. GraphQL answers this for installation tokens, REST does not (`GET /user`
 * is 403).
 */
async function ownLogin(api: GithubApi): Promise<string> {
  const answer = await api.graphql("query { viewer { login } }");
  return v.parse(v.object({ viewer: v.object({ login: v.string() }) }), answer).viewer.login;
}
