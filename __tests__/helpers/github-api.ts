import { createSign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator, type Emulator } from "emulate";

export interface GithubOptions {
  /** the token's permission from the workflow's `permissions: pull-requests:`; write by default */
  readonly permission?: "write" | "read";
}

/** A stateful GitHub API on loopback. */
export interface Github extends AsyncDisposable {
  /** value for GITHUB_API_URL */
  readonly url: string;
  readonly owner: string;
  readonly repo: string;
  /** the workflow's token, which acts as `github-actions[bot]` */
  readonly token: string;
  /** a personal access token of `owner` */
  readonly ownerToken: string;
  /** all requests to `url`, in order of arrival; status null if they got no answer */
  readonly requests: readonly GithubRequest[];
  /** makes matching requests fail; the first matching rule that is not used up applies */
  fail(rule: FaultRule): void;
  /** creates the pull request, or sets its commits; returns its number */
  seedPullRequest(seed: PullRequestSeed): Promise<number>;
  comments(issue: number): Promise<readonly SeenComment[]>;
  /** returns the comment's ID */
  addComment(issue: number, body: string, as: Author): Promise<number>;
  deleteComment(id: number): Promise<void>;
}

export interface GithubRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
}

export interface FaultRule {
  readonly method: string;
  readonly path: RegExp;
  /** how many requests the rule applies to; 1 by default */
  readonly times?: number;
  /** what others do just before the answer */
  readonly meanwhile?: () => Promise<unknown>;
  /** whether the API executes the request, so that only its answer fails */
  readonly done?: boolean;
  /**
   * resets the connection, never answers, never ends the body, or gives another answer; by default the API's
   * answer
   */
  readonly answer?: "reset" | "hang" | "stall" | FaultAnswer;
}

export interface FaultAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface PullRequestSeed {
  /** the next number by default */
  readonly number?: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

export interface SeenComment {
  readonly id: number;
  readonly login: string;
  readonly body: string;
}

export type Author = "workflow" | "owner" | "stranger";

/**
 * Starts the API. emulate keeps the state; a proxy records requests, injects faults, and adds what emulate
 * lacks.
 */
export async function startGithub(options: GithubOptions = {}): Promise<Github> {
  const emulator = await createEmulator({
    service: "github",
    port: 0,
    seed: { tokens: userTokens, github: seed },
  });
  const workflowTokens = {
    write: await installationToken(emulator, "write"),
    read: await installationToken(emulator, "read"),
  };
  const tokens: Readonly<Record<Author, string>> = {
    workflow: workflowTokens.write,
    owner: "owner-token",
    stranger: "stranger-token",
  };
  const pulls = new Map<number, PullRequestSeed>();
  const proxy = await startProxy(emulator.url, pulls);
  const call = (as: Author, method: string, path: string, body?: unknown) =>
    callApi(emulator.url, tokens[as], method, path, body);

  async function seedPullRequest(seed: PullRequestSeed): Promise<number> {
    if (seed.number !== undefined && pulls.has(seed.number)) {
      pulls.set(seed.number, seed);
      return seed.number;
    }
    const number = await createPullRequest(call, seed);
    pulls.set(number, seed);
    return number;
  }

  return {
    url: proxy.url,
    owner,
    repo,
    token: workflowTokens[options.permission ?? "write"],
    ownerToken: tokens.owner,
    requests: proxy.requests,
    fail: proxy.fail,
    seedPullRequest,
    comments: (issue) => listComments(call, issue),
    async addComment(issue, body, as) {
      const created = await call(as, "POST", `/repos/${owner}/${repo}/issues/${issue}/comments`, { body });
      return (created as { id: number }).id;
    },
    async deleteComment(id) {
      await call("owner", "DELETE", `/repos/${owner}/${repo}/issues/comments/${id}`);
    },
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await emulator.close();
    },
  };
}

type Call = (as: Author, method: string, path: string, body?: unknown) => Promise<unknown>;

const owner = "octo";
const repo = "shop";
const appId = 15368;
const installationId = 1;

const userTokens = {
  "owner-token": { login: owner, scopes: ["repo"] },
  "stranger-token": { login: "stranger", scopes: ["repo"] },
};

/**
 * The App's bot is the author of comments with an installation token: with this slug, `github-actions[bot]`.
 */
const seed = {
  users: [{ login: owner }, { login: "stranger" }],
  repos: [{ owner, name: repo, auto_init: true }],
  apps: [
    {
      app_id: appId,
      slug: "github-actions",
      name: "GitHub Actions",
      permissions: { contents: "read", issues: "read", pull_requests: "write" },
      installations: [{ installation_id: installationId, account: owner, repository_selection: "all" }],
    },
  ],
};

async function installationToken(emulator: Emulator, permission: "write" | "read"): Promise<string> {
  const key = emulator.generatedSecrets.find((secret) => secret.kind === "github.app_private_key");
  if (key === undefined) throw new Error("emulate generated no key for the App.");
  const path = `/app/installations/${installationId}/access_tokens`;
  const permissions = { contents: "read", pull_requests: permission };
  const made = await callApi(emulator.url, appJwt(key.value), "POST", path, { permissions });
  return (made as { token: string }).token;
}

function appJwt(privateKey: string): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: String(appId), iat: now - 60, exp: now + 300 })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
}

async function callApi(
  url: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/**
 * Creates a pull request. Issues and pull requests share their numbers, so issues fill the numbers before it.
 */
async function createPullRequest(call: Call, seed: PullRequestSeed): Promise<number> {
  const path = `/repos/${owner}/${repo}`;
  for (;;) {
    if (seed.number !== undefined && seed.number > 1) {
      const issue = (await call("owner", "POST", `${path}/issues`, { title: "Filler" })) as {
        number: number;
      };
      if (issue.number < seed.number - 1) continue;
    }
    const head = `topic-${seed.headSha.slice(0, 12)}`;
    const body = { title: "A change", head, base: seed.baseRef };
    const pull = (await call("owner", "POST", `${path}/pulls`, body)) as { number: number };
    if (seed.number !== undefined && pull.number !== seed.number) {
      throw new Error(`Pull request ${seed.number} cannot be created: the next number is ${pull.number}.`);
    }
    return pull.number;
  }
}

async function listComments(call: Call, issue: number): Promise<readonly SeenComment[]> {
  const seen: SeenComment[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/repos/${owner}/${repo}/issues/${issue}/comments?per_page=100&page=${page}`;
    const comments = (await call("owner", "GET", path)) as {
      id: number;
      body: string;
      user: { login: string };
    }[];
    seen.push(...comments.map(({ id, body, user }) => ({ id, login: user.login, body })));
    if (comments.length < 100) return seen;
  }
}

async function startProxy(upstream: string, pulls: ReadonlyMap<number, PullRequestSeed>) {
  const requests: GithubRequest[] = [];
  const rules: { readonly rule: FaultRule; left: number }[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "GET";
    const path = request.url ?? "/";
    const body = await readBody(request);
    const index = requests.push({ method, path, status: null }) - 1;
    const matching = rules.find(
      ({ rule, left }) => left > 0 && rule.method === method && rule.path.test(path),
    );
    if (matching !== undefined) matching.left -= 1;
    const rule = matching?.rule;
    await rule?.meanwhile?.();
    const answer = rule?.answer === undefined || rule.done ? await forward(request, body) : null;
    const given = rule?.answer ?? answer;
    if (given === null || given === "reset") {
      request.socket.resetAndDestroy();
      return;
    }
    if (given === "hang") return;
    if (given === "stall") {
      response.writeHead(200, { "content-type": "application/json" }).write("[");
      return;
    }
    requests[index] = { method, path, status: given.status };
    response
      .writeHead(given.status, { "content-type": "application/json", ...given.headers })
      .end(given.body ?? "");
  }

  async function forward(request: IncomingMessage, body: string): Promise<FaultAnswer> {
    const path = request.url ?? "/";
    if (path === "/graphql") return viewer(request.headers.authorization ?? "");
    if (tooLong(body))
      return {
        status: 422,
        body: JSON.stringify({ message: "Body is too long (maximum is 65536 characters)" }),
      };
    const response = await fetch(upstream + path, {
      method: request.method ?? "GET",
      headers: { authorization: request.headers.authorization ?? "", "content-type": "application/json" },
      ...(body === "" ? {} : { body }),
    });
    const text = withCommits(path, await response.text());
    const link = response.headers.get("link");
    const headers = {
      ...(link === null ? {} : { link: link.replaceAll(upstream, url) }),
      // GitHub names the required permissions; emulate does not.
      ...(response.status === 403
        ? { "x-accepted-github-permissions": "issues=write; pull_requests=write" }
        : {}),
    };
    return { status: response.status, headers, body: text.replaceAll(upstream, url) };
  }

  /** Inserts the seeded commits: emulate knows only its own. */
  function withCommits(path: string, text: string): string {
    const seed = pulls.get(Number(/\/pulls\/(\d+)$/.exec(path)?.[1]));
    if (seed === undefined) return text;
    const pull = JSON.parse(text) as { head: object; base: object };
    const commits = { head: { ...pull.head, sha: seed.headSha }, base: { ...pull.base, sha: seed.baseSha } };
    return JSON.stringify({ ...pull, ...commits });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    fail(rule: FaultRule) {
      rules.push({ rule, left: rule.times ?? 1 });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Answers the only GraphQL query that is used, for the owner of the token. emulate has no GraphQL. */
function viewer(authorization: string): FaultAnswer {
  const token = authorization.replace(/^\w+ /, "") as keyof typeof userTokens;
  const login = userTokens[token]?.login ?? "github-actions[bot]";
  return { status: 200, body: JSON.stringify({ data: { viewer: { login } } }) };
}

function tooLong(body: string): boolean {
  if (body === "") return false;
  const text = (JSON.parse(body) as { body?: string }).body ?? "";
  return text.length > 65_536;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
