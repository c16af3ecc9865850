import * as v from "valibot";
import type { GithubApi } from "../api.ts";

export interface CommentPlace {
  readonly owner: string;
  readonly repo: string;
  /** number of the issue or pull request */
  readonly issue: number;
  /** tells our comments apart; their first line */
  readonly marker: string;
}

export type Comment = v.InferOutput<typeof commentSchema>;

const commentSchema = v.object({
  id: v.number(),
  html_url: v.string(),
  /** null where the account was deleted */
  user: v.nullable(v.object({ login: v.string() })),
  body: v.pipe(
    v.nullish(v.string(), ""),
    v.transform((body) => body.replaceAll("\r\n", "\n")),
  ),
});

/**
 * The comments that earlier runs wrote there, oldest first: by author and by marker, since whoever can comment can write
 * our marker.
 * @throws RequestError where GitHub refuses, ValiError where its answer cannot be understood
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
  return marked.filter(({ user }) => user?.login === login).sort((one, other) => one.id - other.id);
}

/**
 * Read strictly, and not by Octokit's paginate, which takes an answer that broke off for an empty list. A page may be
 * short and not the last: GitHub leaves out comments of accounts that it hides.
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
 * The account that the token writes as: a user's, or an App's bot such as `github-actions[bot]`. No user can take a
 * login with brackets. REST does not tell installation tokens who they are (`GET /user` is 403), GraphQL does.
 */
async function ownLogin(api: GithubApi): Promise<string> {
  const answer = await api.graphql("query { viewer { login } }");
  return v.parse(v.object({ viewer: v.object({ login: v.string() }) }), answer).viewer.login;
}
