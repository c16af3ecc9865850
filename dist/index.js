import { c as setFailed, d as startGroup, f as warning, i as error, l as setOutput, o as info, r as endGroup, s as saveState, u as setSecret } from "./toolkit.js";
import { $ as markdownText, A as nothingAudited, An as pipe, C as factsTable, Cn as nonEmpty, D as sizeChangeList, Dn as object, E as policyList, En as number, Fn as transform, H as overviewOf, In as harmlessLine, It as newRunId, K as inMarkdown, Ln as Failure, Mn as safeParse, Mt as systemMeaning, O as emoji, On as parse, Pn as string, Q as annotationText, S as bullets, Sn as minValue, T as missingBaseQuote, Tn as nullish, W as renderJson, Xt as factOf, Yt as explain, Z as worstFirst, _ as filesTable, at as keepHeapSmall, b as briefly, bn as maxLength, c as secrecyOfTexts, ct as statusOfVerdict, dn as isSha, f as nothingIsOurs, g as packagesTable, gn as custom, h as renderShortComment, hn as array, i as parseInputs, it as maskedProgress, jn as safeInteger, jt as isSystemError, k as makeReport, lt as unfinishedAudit, m as renderComment, mn as ValiError, n as inputTextsOf, nn as say, nt as isWorthSaying, ot as exitOf, p as withTextsMasked, q as inText, r as inputsOfReport, rt as searchAbsolutePaths, s as secrecyOf, st as maskedError, t as givenTexts, tn as worst, tt as withoutMarkup, ut as audit, v as layersTable, vn as getDotPath, w as messageText, wn as nullable, x as adviceList } from "./shared.js";
import { t as githubApi } from "./api2.js";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { appendFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
// src/action/log-groups.ts
function workflowProgress() {
	let open = false;
	const end = () => {
		if (open) endGroup();
		open = false;
	};
	return {
		step(title) {
			end();
			startGroup(harmlessLine(title));
			open = true;
		},
		detail: (line) => info(harmlessLine(line)),
		end
	};
}
// src/action/outputs.ts
function setOutputs(result) {
	const outputs = result === null ? unknownOutputs : outputsOf(result.audit, result.published);
	try {
		for (const [name, value] of Object.entries(outputs)) setOutput(name, value ?? "");
	} catch (error) {
		const { code = "for an unknown reason" } = error;
		warning(`The outputs of this step are incomplete: their file cannot be written (${code}).`);
	}
}
const unknownOutputs = {
	verdict: "inconclusive",
	passed: false
};
function outputsOf({ verdict, images }, { report, markdown, commentUrl }) {
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
		"comment-url": commentUrl
	};
}
// src/github/comment/marker.ts
function commentMarker(parts) {
	const { workflow, job, name, platform, key } = parts;
	const identity = key === null ? [
		workflow,
		job,
		name,
		platform
	] : [key];
	return `<!-- image-audit:${createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 32)} -->`;
}
// src/github/comment/fault.ts
function remarkOnFault(error, event) {
	return `The pull request comment could not be written: ${reasonOf(error, event)} The report is in the job summary.`;
}
function remarkOnShortForm(error, event) {
	return `The pull request comment shows only the verdict: ${reasonOf(error, event)} The report is in the job summary.`;
}
function reasonOf(fault, event) {
	const { status, response } = fault;
	if (fault instanceof ValiError) return "GitHub's API returned an unexpected response.";
	if (status === void 0) return `${messageOf(fault)}.`;
	if (response === void 0) return unreached(fault);
	if (isRateLimit(fault)) return "GitHub's API received too many requests and asks to wait longer than a minute.";
	if (status === 401) return "GitHub's API does not accept the token. Check the input `github-token`.";
	if (status === 403) return forbidden(fault, event);
	if (status === 404 || status === 410) return "GitHub's API reports no such pull request for this token.";
	if (status >= 500) return `GitHub's API returned status ${status}.`;
	return `GitHub's API returned status ${status}: ${messageOf(fault)}.`;
}
function unreached({ cause }) {
	return cause instanceof Error && cause.name === "TimeoutError" ? "GitHub's API did not answer in time." : "GitHub's API could not be reached.";
}
function isRateLimit({ status, response }) {
	const headers = response?.headers ?? {};
	return status === 429 || headers["retry-after"] !== void 0 || headers["x-ratelimit-remaining"] === "0";
}
function forbidden(fault, event) {
	if (/\blocked\b/i.test(fault.message ?? "")) return "the pull request's conversation is locked.";
	if (event.isFork) return "the token is read-only in a workflow for a fork's pull request.";
	if (event.headRef.startsWith("dependabot/")) return "the token is read-only in a workflow for Dependabot's pull request.";
	const accepted = fault.response?.headers["x-accepted-github-permissions"] ?? "pull_requests=write";
	return `the token lacks a permission (GitHub accepts ${harmlessLine(accepted)}). Give the job \`permissions: pull-requests: write\`.`;
}
function messageOf({ message }) {
	return harmlessLine((message ?? "no reason given").slice(0, 200)).replace(/\.$/, "");
}
// src/github/comment/find.ts
const commentSchema = object({
	id: number(),
	html_url: string(),
	user: nullable(object({ login: string() })),
	body: pipe(nullish(string(), ""), transform((body) => body.replaceAll("\r\n", "\n")))
});
async function listOurs(api, place) {
	const marked = [];
	for (let page = 1;; page += 1) {
		const { comments, isLast } = await listPage(api, place, page);
		marked.push(...comments.filter(({ body }) => body.split("\n", 1)[0] === place.marker));
		if (isLast) break;
	}
	if (marked.length === 0) return [];
	const login = await ownLogin(api);
	return marked.filter(({ user }) => user?.login === login).sort((a, b) => a.id - b.id);
}
async function listPage(api, { owner, repo, issue }, page) {
	const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
	const parameters = {
		owner,
		repo,
		issue_number: issue,
		per_page: 100,
		page
	};
	const { data, headers } = await api.request(route, parameters);
	return {
		comments: parse(array(commentSchema), data),
		isLast: headers.link?.includes("rel=\"next\"") !== true
	};
}
async function ownLogin(api) {
	const answer = await api.graphql("query { viewer { login } }");
	return parse(object({ viewer: object({ login: string() }) }), answer).viewer.login;
}
// src/github/comment/upsert.ts
async function upsertComment(api, wanted) {
	const updated = await updateComment(api, wanted);
	if (updated !== null) return updated;
	const created = await createComment(api, wanted);
	return {
		url: (await updateComment(api, wanted).catch(() => null) ?? created).url,
		outcome: "created"
	};
}
async function updateComment(api, wanted) {
	const ours = await listOurs(api, wanted);
	for (const [index, comment] of ours.entries()) {
		const written = await editComment(api, wanted, comment);
		if (written === null) continue;
		for (const surplus of ours.slice(index + 1)) await deleteComment(api, wanted, surplus);
		return written;
	}
	return null;
}
async function withdrawComments(api, place) {
	for (const comment of await listOurs(api, place)) await deleteComment(api, place, comment);
}
async function createComment(api, wanted) {
	try {
		return await postComment(api, wanted);
	} catch (error) {
		const { status } = error;
		if (status !== void 0 && status < 500) throw error;
		const [found] = await listOurs(api, wanted);
		return found === void 0 ? await postComment(api, wanted) : {
			url: found.html_url,
			outcome: "created"
		};
	}
}
async function postComment(api, { owner, repo, issue, body }) {
	const { data } = await api.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
		owner,
		repo,
		issue_number: issue,
		body
	});
	return {
		url: parse(writtenSchema, data).html_url,
		outcome: "created"
	};
}
async function editComment(api, { owner, repo, body }, comment) {
	if (comment.body.trimEnd() === body.trimEnd()) return {
		url: comment.html_url,
		outcome: "unchanged"
	};
	const response = await nullIfGone(api.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
		owner,
		repo,
		comment_id: comment.id,
		body
	}));
	if (response === null) return null;
	return {
		url: parse(writtenSchema, response.data).html_url,
		outcome: "updated"
	};
}
async function deleteComment(api, { owner, repo }, comment) {
	await nullIfGone(api.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
		owner,
		repo,
		comment_id: comment.id
	}));
}
async function nullIfGone(response) {
	try {
		return await response;
	} catch (error) {
		const { status } = error;
		if (status === 404 || status === 410) return null;
		throw error;
	}
}
const writtenSchema = object({ html_url: string() });
// src/github/comment/publish.ts
async function publishComment(input) {
	const { event, wanted } = input;
	if (event.kind !== "pull-request" || wanted === "none") return {
		url: null,
		remark: null
	};
	try {
		return await write(input, event);
	} catch (error) {
		return {
			url: null,
			remark: remarkOnFault(error, event)
		};
	}
}
async function write(input, event) {
	const { api, owner, repo, marker, body, shortBody, wanted } = input;
	const head = await currentHead(api, owner, repo, event.number);
	if (head !== event.headSha) return {
		url: null,
		remark: `The run for ${head.slice(0, 7)} writes the comment, since ${event.headSha.slice(0, 7)} is no longer the head of the pull request.`
	};
	const place = {
		owner,
		repo,
		issue: event.number,
		marker
	};
	const put = wanted === "write" ? upsertComment : updateComment;
	try {
		return {
			url: (await put(api, {
				...place,
				body
			}))?.url ?? null,
			remark: null
		};
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return await writeShort(() => put(api, {
			...place,
			body: shortBody
		}), api, place, error, event);
	}
}
async function writeShort(put, api, place, refused, event) {
	try {
		return {
			url: (await put())?.url ?? null,
			remark: remarkOnShortForm(refused, event)
		};
	} catch (error) {
		if (isRefusal(error)) await withdrawComments(api, place).catch(() => {});
		return {
			url: null,
			remark: remarkOnFault(error, event)
		};
	}
}
function isRefusal(error) {
	return error.status === 422;
}
async function currentHead(api, owner, repo, number) {
	const { data } = await api.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
		owner,
		repo,
		pull_number: number
	});
	return parse(object({ head: object({ sha: string() }) }), data).head.sha;
}
// src/github/job-summary.ts
async function writeSummary(env, markdown) {
	const path = env.GITHUB_STEP_SUMMARY;
	if (!path) return null;
	try {
		await appendFile(path, cut(markdown));
		return null;
	} catch (error) {
		const { code } = error;
		return `The job summary could not be written (${code ?? "unknown reason"}).`;
	}
}
const maxSummaryBytes = 1e6;
function cut(markdown) {
	const bytes = Buffer.from(markdown);
	if (bytes.length <= maxSummaryBytes) return markdown;
	const end = bytes.lastIndexOf("\n", maxSummaryBytes - closing.length * maxOpen - notice.length);
	const kept = bytes.subarray(0, end + 1).toString("utf8");
	const open = count(kept, "<details") - count(kept, "</details>");
	return `${kept}${closing.repeat(Math.min(Math.max(open, 0), maxOpen))}${notice}`;
}
const notice = "\n\nThe rest of this report is left out because it is too long for a job summary.\n";
const closing = "\n</details>\n";
const maxOpen = 10;
function count(text, part) {
	return text.split(part).length - 1;
}
// src/action/publish.ts
async function publish(audit, reports, destinations) {
	annotate(reports.annotations);
	const report = await written(destinations.files?.report, reports.json);
	const markdown = await written(destinations.files?.markdown, reports.markdown);
	const noSummary = await writeSummary(destinations.env, reports.summary);
	const comment = await writeComment(audit, reports, destinations);
	for (const why of [
		report.remark,
		markdown.remark,
		noSummary,
		comment.remark
	]) {
		if (why === null) continue;
		const remark = destinations.mask.text(why);
		warning(harmlessLine(remark));
		if (why !== noSummary) await writeSummary(destinations.env, `\n> ⚠️ ${markdownText(remark)}\n`);
	}
	return {
		report: report.path,
		markdown: markdown.path,
		commentUrl: comment.url
	};
}
function annotate(annotations) {
	for (const { level, title, message, file, line } of annotations) {
		const where = {
			title,
			...file === null ? {} : { file },
			...line === null ? {} : { startLine: line }
		};
		if (level === "error") error(message, where);
		else warning(message, where);
	}
}
async function written(path, text) {
	if (path === void 0) return {
		path: null,
		remark: null
	};
	try {
		await writeFile(path, text);
		return {
			path,
			remark: null
		};
	} catch (error) {
		const { code = "for an unknown reason" } = error;
		return {
			path: null,
			remark: `The report cannot be written to ${path} (${code}).`
		};
	}
}
async function writeComment(audit, { comment: body, shortComment: shortBody }, { inputs, event, api, env, isCancelled }) {
	if (inputs === null || event?.kind !== "pull-request") return {
		url: null,
		remark: null
	};
	const wanted = wantedComment(audit, inputs.report);
	if (wanted === "none") return {
		url: null,
		remark: null
	};
	if (api === null) return {
		url: null,
		remark: "No comment was written, since github-token is empty."
	};
	const [owner = "", repo = ""] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
	return publishComment({
		api,
		event,
		owner,
		repo,
		marker: markerOf(inputs, env),
		body,
		shortBody,
		wanted: isCancelled ? "update-only" : wanted
	});
}
function commentOptions(inputs, env) {
	return {
		...inputs === null ? {} : { marker: markerOf(inputs, env) },
		runUrl: runUrlOf(env),
		authority: env["GITHUB_JOB"] ?? ""
	};
}
function markerOf({ name, build: { context, file, target, platform }, report }, env) {
	return commentMarker({
		workflow: (env["GITHUB_WORKFLOW_REF"] ?? "").split("@")[0] ?? "",
		job: env["GITHUB_JOB"] ?? "",
		name: JSON.stringify([
			name,
			context,
			file,
			target
		]),
		platform: platform ?? "",
		key: report.commentKey
	});
}
function wantedComment(audit, { comment, minChange }) {
	switch (comment) {
		case "never": return "none";
		case "always": return "write";
		case "on-failure": return audit.verdict === "fail" || audit.verdict === "inconclusive" ? "write" : "update-only";
		case "on-change": return isWorthSaying(audit, minChange) ? "write" : "update-only";
	}
}
function runUrlOf(env) {
	return `${env["GITHUB_SERVER_URL"]}/${env["GITHUB_REPOSITORY"]}/actions/runs/${env["GITHUB_RUN_ID"]}`;
}
// src/report/machine/annotations.ts
function annotationsOf(audit) {
	const all = audit.images.flatMap((image) => worstFirst(image.findings).filter(({ verdict }) => verdict !== "pass").map((finding) => annotationOf(finding, image)));
	return ["error", "warning"].flatMap((level) => all.filter((annotation) => annotation.level === level).slice(0, maxPerLevel));
}
const maxPerLevel = 10;
function annotationOf(finding, image) {
	return {
		level: finding.verdict === "warn" ? "warning" : "error",
		title: annotationText(inText(say`${image.name}: ${finding.rule}`)),
		message: annotationText(inText(explain(finding, image).sentence).replaceAll("\xA0", " ")),
		file: image.dockerfile ?? null,
		line: isAboutBytes(finding) ? heaviestLine(image) : null
	};
}
function isAboutBytes(finding) {
	const fact = factOf(finding);
	return fact === "size" || fact === "pull-size";
}
function heaviestLine({ head, comparison }) {
	const layers = comparison?.layers.filter((layer) => layer.head !== null) ?? [];
	const [heaviest] = (comparison === null ? head.layers.map(({ line, size }) => ({
		line,
		difference: size
	})) : layers).filter(({ line, difference }) => line !== null && difference > 0).toSorted((a, b) => b.difference - a.difference);
	return heaviest?.line ?? null;
}
// src/report/markdown/summary.ts
function renderSummary(audit, limitBytes = 1e6) {
	const report = makeReport(audit, "this change");
	if (report.error !== null || report.images.length === 0) return `${[`## ${emoji[report.verdict]} The audit could not be finished`, messageText(report.error ?? nothingAudited)].join("\n\n")}\n`;
	const title = report.images.length === 1 ? [] : [`## ${emoji[report.verdict]} ${overviewOf(report)}`];
	const policy = report.policy.length === 0 ? [] : [policyList(report.policy)];
	const texts = imagesWithin({ bytes: limitBytes - 1e3 - Buffer.byteLength(policy.join()) }, report.images);
	const left = report.images.length - texts.length;
	const note = left === 0 ? [] : [`and ${left} more ${left === 1 ? "image" : "images"}, left out to save space.`];
	return texts.length === 0 ? `${briefly(report)}\n` : `${[
		...title,
		...texts,
		...note,
		...policy
	].join("\n\n")}\n`;
}
function imagesWithin(room, images) {
	const texts = [];
	for (const image of images) {
		const text = imageWithin(room, image);
		if (text === null) break;
		texts.push(text);
	}
	return texts;
}
function imageWithin(room, image) {
	for (const maxRows of [
		1e3,
		100,
		0
	]) {
		const text = imageText(image, maxRows);
		const bytes = Buffer.byteLength(text) + 2;
		if (bytes > room.bytes) continue;
		room.bytes -= bytes;
		return text;
	}
	return null;
}
function imageText(image, maxRows) {
	const { titles, layers, packages, files, waste } = image;
	return [
		`## ${emoji[image.verdict]} ${inMarkdown(image.headline)}`,
		...image.missingBase === null ? [] : [missingBaseQuote(image.missingBase)],
		factsTable(image.rows, titles),
		...image.sizeChanges === null ? [] : [sizeChangeList(image.sizeChanges)],
		...image.advice.length === 0 ? [] : [adviceList(image.advice)],
		...layers.length === 0 ? [] : ["### Layers", layersTable(layers, maxRows, true)],
		...packages === null ? [] : [`### ${packages.title}`, packagesTable(packages, maxRows)],
		...files.flatMap((list) => [`### ${list.title}`, filesTable(list, list.rows.length)]),
		...waste === null ? [] : [`### ${waste.title}`, bullets(waste.lines)],
		"### How this was measured",
		bullets([...image.measured.facts, ...image.measured.words])
	].join("\n\n");
}
// src/action/reports.ts
function makeReports(audit, { mask, last }, options) {
	const shown = withTextsMasked(audit, mask);
	return {
		json: renderJson(withTextsMasked(shown, last, nothingIsOurs)),
		markdown: searched(renderComment(shown, {}), last),
		summary: searched(renderSummary(shown), last),
		comment: searched(renderComment(shown, options), last),
		shortComment: searched(renderShortComment(shown, options), last),
		annotations: withTextsMasked(annotationsOf(shown), last)
	};
}
function searched(markdown, last) {
	const masked = last.text(markdown);
	const read = withoutMarkup(masked);
	if (last.text(read) !== read) throw new Error("a secret appears in a report and cannot be masked there");
	return masked;
}
function reportsOrUnfinished(audit, secrecy, options) {
	try {
		return {
			audit,
			reports: makeReports(audit, secrecy, options),
			error: null
		};
	} catch (error) {
		const unfinished = unfinishedAudit(exitOf(error));
		const verdict = worst([audit.verdict, unfinished.verdict]);
		const reports = makeReports({
			...unfinished,
			verdict
		}, secrecy, options);
		return {
			audit: {
				...audit,
				verdict
			},
			reports,
			error
		};
	}
}
// src/github/event.ts
async function readEvent(env, readText) {
	const name = env.GITHUB_EVENT_NAME ?? "";
	if (!isSupported(name)) throw unsupported(name);
	const parsed = safeParse(events[name], await readPayload(env.GITHUB_EVENT_PATH ?? "", readText));
	if (parsed.success) return parsed.output;
	const where = getDotPath(parsed.issues[0]) ?? "the root";
	throw new Failure("event-unsupported", `The payload of the ${name} event in GITHUB_EVENT_PATH is not what GitHub documents, at ${where}.`);
}
const shaSchema = custom(isSha);
const refSchema = pipe(string(), nonEmpty(), maxLength(1024));
const branchSchema = pipe(refSchema, transform((ref) => ref.replace(/^refs\/heads\//, "")));
const repositorySchema = object({ default_branch: refSchema });
const events = {
	pull_request: pipe(object({
		pull_request: object({
			number: pipe(number(), safeInteger(), minValue(1)),
			head: object({
				sha: shaSchema,
				ref: refSchema,
				repo: nullable(object({ id: number() }))
			}),
			base: object({
				sha: shaSchema,
				ref: refSchema,
				repo: object({ id: number() })
			})
		}),
		repository: repositorySchema
	}), transform(({ pull_request: { number, head, base }, repository }) => ({
		kind: "pull-request",
		number,
		headSha: head.sha,
		headRef: head.ref,
		baseSha: base.sha,
		baseRef: base.ref,
		defaultBranch: repository.default_branch,
		isFork: head.repo?.id !== base.repo.id
	}))),
	push: pipe(object({
		ref: branchSchema,
		before: shaSchema,
		repository: repositorySchema
	}), transform(({ ref, before, repository }) => ({
		kind: "push",
		branch: ref,
		before,
		defaultBranch: repository.default_branch
	}))),
	workflow_dispatch: pipe(object({
		ref: branchSchema,
		repository: repositorySchema
	}), transform(({ ref, repository }) => ({
		kind: "dispatch",
		branch: ref,
		defaultBranch: repository.default_branch
	}))),
	merge_group: pipe(object({ merge_group: object({
		base_sha: shaSchema,
		head_sha: shaSchema,
		base_ref: branchSchema
	}) }), transform(({ merge_group: group }) => ({
		kind: "merge-group",
		baseSha: group.base_sha,
		headSha: group.head_sha,
		baseRef: group.base_ref
	})))
};
function isSupported(name) {
	return Object.hasOwn(events, name);
}
const privileged = new Set([
	"pull_request_target",
	"workflow_run",
	"issue_comment"
]);
function unsupported(name) {
	if (privileged.has(name)) return new Failure("event-unsupported", `Image Audit does not run on ${name}: a build executes the pull request's code, and on this event that code would have access to the base repository's token and secrets. Use \`on: pull_request\`.`);
	const what = /^\w{1,64}$/.test(name) ? `Image Audit does not run on ${name}, because there is no change to audit.` : "GITHUB_EVENT_NAME names no event.";
	return new Failure("event-unsupported", `${what} Use \`on: pull_request\`, push, merge_group or workflow_dispatch.`);
}
const maxPayloadBytes = 26214400;
async function readPayload(path, readText) {
	try {
		const text = await readText(path);
		if (Buffer.byteLength(text) > maxPayloadBytes) throw new Error(`over ${maxPayloadBytes} bytes`);
		return JSON.parse(text);
	} catch (cause) {
		const why = path !== "" && isSystemError(cause) ? ` ${systemMeaning(cause, path)}` : "";
		throw new Failure("event-unsupported", `The event payload in GITHUB_EVENT_PATH cannot be read.${why} Run the action as a step of a workflow.`, { cause });
	}
}
// src/action/set-up.ts
async function setUpRun(env, cancel) {
	const errors = [];
	const attempt = async (work) => {
		try {
			return await work();
		} catch (error) {
			errors.push(error);
			return null;
		}
	};
	const files = await attempt(() => createRunDirectories(env));
	const inputs = await attempt(() => parseInputs(inputTextsOf(env)));
	const event = await attempt(() => readEvent(env, (path) => readFile(path, "utf8")));
	const given = givenTexts(env);
	const report = inputs ?? inputsOfReport(given);
	const token = report?.report.token ?? null;
	if (token !== null) setSecret(token);
	const secrecy = inputs === null ? secrecyOfTexts(given, env) : await secrecyOf(inputs, env, workspaceOf(env));
	const api = token === null ? null : githubApi(token, env, void 0, cancel);
	const isReady = inputs !== null && event !== null && files !== null;
	return {
		destinations: {
			inputs: report,
			event,
			api,
			env,
			files,
			mask: secrecy.mask
		},
		secrecy,
		start: isReady ? {
			inputs,
			event,
			run: files.run
		} : { error: errors[0] }
	};
}
function workspaceOf(env) {
	return env["GITHUB_WORKSPACE"] ?? process.cwd();
}
async function createRunDirectories(env) {
	const parent = env["RUNNER_TEMP"] ?? tmpdir();
	const temporary = await mkdtemp(join(parent, "image-audit-run-"));
	const reports = await mkdtemp(join(parent, "image-audit-report-"));
	const run = newRunId();
	saveState("temporary", temporary);
	saveState("run", run);
	process.env["TMPDIR"] = temporary;
	return {
		run,
		report: join(reports, "report.json"),
		markdown: join(reports, "report.md")
	};
}
// src/action/index.ts
process.exitCode = 3;
keepHeapSmall();
searchAbsolutePaths(process.env);
const cancel = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => cancel.abort());
try {
	process.exitCode = await run(process.env);
} catch (error) {
	process.exitCode = sayFailure(error, "inconclusive");
}
async function run(env) {
	setOutputs(null);
	const setup = await setUpRun(env, cancel.signal);
	const { destinations, secrecy } = setup;
	const { result, error } = await auditOrUnfinished(setup);
	const published = reportsOrUnfinished(result, secrecy, commentOptions(destinations.inputs, env));
	const isCancelled = error instanceof Failure && error.code === "cancelled";
	const locations = await publish(published.audit, published.reports, {
		...destinations,
		isCancelled
	});
	setOutputs({
		audit: published.audit,
		published: locations
	});
	const thrown = error ?? published.error;
	const { verdict } = published.audit;
	return thrown === null ? statusOfVerdict[verdict] : sayFailure(maskedError(thrown, secrecy.mask), verdict);
}
function sayFailure(thrown, verdict) {
	const exit = exitOf(thrown);
	setFailed(`${exit.message} [${exit.code}]`);
	if (exit.stack !== null) info(exit.stack);
	return verdict === "fail" ? statusOfVerdict.fail : exit.status;
}
async function auditOrUnfinished({ start, destinations, secrecy: { mask } }) {
	try {
		if ("error" in start) throw start.error;
		const environment = environmentOf(start, destinations, mask);
		return {
			result: await audit(start.inputs, start.event, environment),
			error: null
		};
	} catch (thrown) {
		const error = maskedError(thrown, mask);
		return {
			result: unfinishedAudit(exitOf(error)),
			error
		};
	}
}
function environmentOf({ inputs, event, run }, { env, api }, mask) {
	const { token } = inputs.report;
	return {
		directory: workspaceOf(env),
		env,
		progress: maskedProgress(workflowProgress(), mask),
		mask,
		signal: cancel.signal,
		run,
		cacheScope: {
			repository: env["GITHUB_REPOSITORY"] ?? "",
			change: event.kind === "pull-request" ? `pull request ${event.number}` : event.kind
		},
		...token === null ? {} : { access: {
			server: env["GITHUB_SERVER_URL"] ?? "https://github.com",
			token
		} },
		...api === null ? {} : {
			mergeBaseByApi: (base, head) => api.mergeBase(base, head),
			fetchFile: (reference) => api.fetchFile(reference)
		}
	};
}
export {};
