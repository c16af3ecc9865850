import { n as getOctokit, t as retry } from "./toolkit.js";
import { d as fetchFile, l as beCareful, u as findMergeBase } from "./shared.js";
// src/github/api.ts
const defaultTimeouts = {
	request: 3e4,
	rateLimits: 6e4,
	retry: 1e3,
	cancelled: 5e3
};
function githubApi(token, env, timeouts = defaultTimeouts, cancel) {
	const { request, graphql } = getOctokit(token, {
		baseUrl: env.GITHUB_API_URL || "https://api.github.com",
		retry: {
			retries: 2,
			retryAfterBaseValue: timeouts.retry,
			doNotRetry: [
				400,
				401,
				403,
				404,
				410,
				422,
				429,
				451
			]
		}
	}, (octokit) => beCareful(octokit, timeouts, cancel), retry);
	const repository = env.GITHUB_REPOSITORY ?? "";
	const files = new Map();
	return {
		request,
		graphql,
		mergeBase: (base, head) => findMergeBase(request, repository, base, head),
		fetchFile(file) {
			const key = JSON.stringify(file);
			const known = files.get(key) ?? fetchFile(request, file);
			files.set(key, known);
			return known;
		}
	};
}
export { githubApi as t };
