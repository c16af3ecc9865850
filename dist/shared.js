import { a as __toCommonJS, n as __esmMin, r as __exportAll, t as __commonJSMin } from "./rolldown-runtime.js";
import { t as getExecOutput } from "./exec.js";
import { Socket, connect, isIP } from "node:net";
import { Readable, addAbortSignal } from "node:stream";
import { Buffer as Buffer$1 } from "node:buffer";
import { getSystemErrorMap, stripVTControlCharacters } from "node:util";
import { once } from "node:events";
import { createGunzip, createGzip, createZstdDecompress } from "node:zlib";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { cp, lstat, mkdir, mkdtemp, open, readFile, readdir, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { setImmediate, setTimeout as setTimeout$1 } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { basename, delimiter, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { homedir, tmpdir } from "node:os";
import { closeSync, constants, existsSync, fstatSync, openSync } from "node:fs";
import { createInterface } from "node:readline";
import { StringDecoder } from "node:string_decoder";
import { setFlagsFromString } from "node:v8";
// src/failure.ts
var Failure = class extends Error {
	name = "Failure";
	code;
	constructor(code, message, options) {
		super(message, options);
		this.code = code;
	}
};
function throwIfCancelled(signal) {
	if (signal?.aborted) throw new Failure("cancelled", "The run was cancelled.", { cause: signal.reason });
}
// src/process/child.ts
function startChild(command, args, options = {}) {
	const child = spawn(command, args, {
		...options.cwd === void 0 ? {} : { cwd: options.cwd },
		...options.env === void 0 ? {} : { env: options.env },
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		],
		windowsHide: true,
		detached: options.isGroup ?? false
	});
	let killed = null;
	const kill = () => {
		killed ??= stop(child, options.isGroup ?? false);
	};
	options.signal?.addEventListener("abort", kill, { once: true });
	if (options.signal?.aborted) kill();
	let stderr = "";
	child.stderr.setEncoding("utf8");
	child.stderr.on("data", (text) => {
		stderr = (stderr + text).slice(-65536);
	});
	const end = new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code) => resolve({
			code,
			stderr
		}));
	}).finally(async () => {
		options.signal?.removeEventListener("abort", kill);
		await killed;
	});
	end.catch(() => {});
	return {
		stdout: child.stdout,
		stderr: child.stderr,
		end,
		kill
	};
}
async function stop(child, isGroup) {
	const { pid } = child;
	if (pid === void 0) return;
	const send = (signal) => {
		if (!isGroup) return hasEnded(child) ? false : child.kill(signal);
		try {
			return process.kill(-pid, signal);
		} catch {
			return false;
		}
	};
	send("SIGTERM");
	await waitWhile(() => send(0), 2e3);
	send("SIGKILL");
	await waitWhile(() => !hasEnded(child), 1e3);
	await setTimeout$1(pollMs);
	child.stdout?.destroy();
	child.stderr?.destroy();
}
const pollMs = 50;
async function waitWhile(condition, timeoutMs) {
	for (let waited = 0; condition() && waited < timeoutMs; waited += pollMs) await setTimeout$1(pollMs);
}
function hasEnded({ exitCode, signalCode }) {
	return exitCode !== null || signalCode !== null;
}
// src/docker/engine/docker.ts
function startDocker(args, options) {
	const child = startChild("docker", args, options);
	const end = child.end.then((result) => {
		throwIfCancelled(options.signal);
		return result;
	}, (cause) => {
		throw new Failure("engine-missing", "docker is not installed, or not on the PATH. Install Docker Engine and its buildx plugin.", { cause });
	});
	end.catch(() => {});
	return {
		...child,
		end
	};
}
async function runDocker(args, options) {
	const child = startDocker(args, options);
	const chunks = [];
	let size = 0;
	child.stdout.on("data", (chunk) => {
		size += chunk.length;
		if (size <= maxStdoutBytes) chunks.push(chunk);
	});
	const { code, stderr } = await child.end;
	return {
		code,
		stdout: Buffer.concat(chunks).toString("utf8"),
		stderr
	};
}
const maxStdoutBytes = 16777216;
// src/secrecy/visible.ts
function visibleLine(text) {
	const line = text.replace(lineBreak, " ").toWellFormed();
	return stripVTControlCharacters(line).replaceAll("	", "  ").replace(invisible$1, "");
}
function withoutCommands(line) {
	return line.replaceAll("##[", "## [").replace(/^(\s*):(?=:)/, "$1: ");
}
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
const invisible$1 = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
// src/process/harmless-line.ts
function harmlessLine(text) {
	return withoutCommands(cut$2(visibleLine(text.slice(0, maxRead)), text.length > maxRead));
}
const maxLine = 1e3;
const maxRead = 8 * maxLine;
function cut$2(line, isPart) {
	if (line.length <= maxLine && !isPart) return line;
	return `${line.slice(0, maxLine).toWellFormed()}…`;
}
// src/docker/engine/failure.ts
function engineFailure(stderr, doing) {
	if (/permission denied while trying to connect to the docker/i.test(stderr)) return new Failure("engine-permission", "The container engine refuses this user. Add the user to the `docker` group and log in again, or set DOCKER_HOST to an engine that this user can access.");
	if (/cannot connect to the docker daemon|failed to connect to the docker api|error during connect/i.test(stderr)) return new Failure("engine-missing", `No container engine answers: ${lastLine(stderr)} Start it, or set DOCKER_HOST to a running engine.`);
	if (/unknown command: docker buildx|'buildx' is not a docker command/i.test(stderr)) return new Failure("buildx-missing", "docker buildx is not installed. Install the docker-buildx-plugin package, or use docker/setup-buildx-action before this step.");
	if (saysNoSpace(stderr)) return noSpace(doing);
	return new Failure("engine-failed", `${doing} failed: ${lastLine(stderr)}`);
}
function noSpace(doing) {
	return new Failure("engine-no-space", `${doing} failed: no space left on the disk. Free some space, for example with \`docker builder prune\`, or use a machine with a larger disk.`);
}
function saysNoSpace(text) {
	return /no space left on device/i.test(text);
}
function saysThrottled(text) {
	return /toomanyrequests|\b429\b.{0,3}too many requests|too many requests|pull rate limit/i.test(text);
}
function lastLine(stderr) {
	return asSentence$1(harmlessLine(stderr.split("\n").filter((line) => line.trim() !== "" && !/^\s*(?:(?:See|Run) '|Usage:)/.test(line)).at(-1) ?? "no reason was given").replace(/^ERROR: /, "").trim());
}
function asSentence$1(text) {
	return /[.?!…]$/.test(text) ? text : `${text}.`;
}
// src/docker/engine/ask.ts
async function ask(args, asking, timeoutMs, what) {
	return inTime(asking, timeoutMs, what, async (signal) => {
		const { code, stdout, stderr } = await runDocker(args, {
			env: asking.env,
			signal
		});
		if (code !== 0) throw engineFailure(stderr, what);
		return stdout;
	});
}
async function inTime(asking, timeoutMs, what, work) {
	const timeout = AbortSignal.timeout(timeoutMs);
	try {
		return await work(asking.signal === void 0 ? timeout : AbortSignal.any([asking.signal, timeout]));
	} catch (error) {
		throwIfCancelled(asking.signal);
		if (!timeout.aborted) throw error;
		throw new Failure("engine-missing", `The container engine does not answer: ${what} took longer than ${timeoutMs / 1e3} s.`);
	}
}
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
function getGlobalConfig(config$1) {
	if (!config$1 && true) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? void 0,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? void 0,
		abortPipeEarly: config$1?.abortPipeEarly ?? void 0
	};
}
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? (context.reference, issue.lang, void 0) ?? (isSchema ? (issue.lang, void 0) : null) ?? config$1.message ?? (issue.lang, void 0);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}
function _isSameValueZero(value1, value2) {
	return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
function _isValidObjectKey(object$1, key) {
	return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, getGlobalConfig())
	};
	return schema;
}
function getDotPath(issue) {
	if (issue.path) {
		let key = "";
		for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
		else key += item.key;
		else return null;
		return key;
	}
	return null;
}
var ValiError = class extends Error {
	constructor(issues) {
		super(issues[0].message);
		this.name = "ValiError";
		this.issues = issues;
	}
};
function integer$1(message$1) {
	return {
		kind: "validation",
		type: "integer",
		reference: integer$1,
		async: false,
		expects: null,
		requirement: Number.isInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "integer", dataset, config$1);
			return dataset;
		}
	};
}
function maxLength$4(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_length",
		reference: maxLength$4,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length > this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
function maxValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_value",
		reference: maxValue,
		async: false,
		expects: `<=${requirement instanceof Date ? requirement.toJSON() : _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value <= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : _stringify(dataset.value) });
			return dataset;
		}
	};
}
function minValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_value",
		reference: minValue,
		async: false,
		expects: `>=${requirement instanceof Date ? requirement.toJSON() : _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : _stringify(dataset.value) });
			return dataset;
		}
	};
}
function nonEmpty(message$1) {
	return {
		kind: "validation",
		type: "non_empty",
		reference: nonEmpty,
		async: false,
		expects: "!0",
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length === 0) _addIssue(this, "length", dataset, config$1, { received: "0" });
			return dataset;
		}
	};
}
function parseJson$2(config$1, message$1) {
	return {
		kind: "transformation",
		type: "parse_json",
		reference: parseJson$2,
		config: config$1,
		message: message$1,
		async: false,
		"~run"(dataset, config$2) {
			try {
				dataset.value = JSON.parse(dataset.value, this.config?.reviver);
			} catch (error) {
				if (error instanceof Error) {
					_addIssue(this, "JSON", dataset, config$2, { received: `"${error.message}"` });
					dataset.typed = false;
				} else throw error;
			}
			return dataset;
		}
	};
}
function safeInteger(message$1) {
	return {
		kind: "validation",
		type: "safe_integer",
		reference: safeInteger,
		async: false,
		expects: null,
		requirement: Number.isSafeInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "safe integer", dataset, config$1);
			return dataset;
		}
	};
}
function transform$1(operation) {
	return {
		kind: "transformation",
		type: "transform",
		reference: transform$1,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = this.operation(dataset.value);
			return dataset;
		}
	};
}
const ABORT_EARLY_CONFIG = { abortEarly: true };
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
function is(schema, input) {
	return !schema["~run"]({ value: input }, ABORT_EARLY_CONFIG).issues;
}
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function custom(check$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "custom",
		reference: custom,
		expects: "unknown",
		async: false,
		check: check$1,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.check(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function exactOptional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "exact_optional",
		reference: exactOptional,
		expects: wrapped.expects,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function literal$1(literal_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "literal",
		reference: literal$1,
		expects: _stringify(literal_),
		async: false,
		literal: literal_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (_isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function looseObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "loose_object",
		reference: looseObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (_isValidObjectKey(input, key) && !Object.prototype.hasOwnProperty.call(this.entries, key)) dataset.value[key] = input[key];
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function nullable(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullable",
		reference: nullable,
		expects: `(${wrapped.expects} | null)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null) {
				if (this.default !== void 0) dataset.value = getDefault(this, dataset, config$1);
				if (dataset.value === null) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function nullish(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullish",
		reference: nullish,
		expects: `(${wrapped.expects} | null | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null || dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = getDefault(this, dataset, config$1);
				if (dataset.value === null || dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function number$2(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number$2,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function object(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: object,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function optional$1(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional$1,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function record(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "record",
		reference: record,
		expects: "Object",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const entryKey in input) if (_isValidObjectKey(input, entryKey)) {
					const entryValue = input[entryKey];
					const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "key",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of keyDataset.issues) {
							issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function strictObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function strictTuple(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_tuple",
		reference: strictTuple,
		expects: "Array",
		async: false,
		items,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < this.items.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.items[key]["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
				if (!(dataset.issues && config$1.abortEarly) && this.items.length < input.length) _addIssue(this, "type", dataset, config$1, {
					input: input[this.items.length],
					expected: "never",
					path: [{
						type: "array",
						origin: "value",
						input,
						key: this.items.length,
						value: input[this.items.length]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function _subIssues(datasets) {
	let issues;
	if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
	else issues = dataset.issues;
	return issues;
}
function union(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: union,
		expects: _joinExpects(options.map((option) => option.expects), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}
function unknown$4() {
	return _standardSchema({
		kind: "schema",
		type: "unknown",
		reference: unknown$4,
		expects: "unknown",
		async: false,
		"~run"(dataset) {
			dataset.typed = true;
			return dataset;
		}
	});
}
function parse$3(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, getGlobalConfig(config$1));
	if (dataset.issues) throw new ValiError(dataset.issues);
	return dataset.value;
}
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}
// src/process/http.ts
const { createServer, request } = process.getBuiltinModule("node:http");
// src/docker/engine/api.ts
async function callEngine(socket, { method, path, headers, signal }) {
	return new Promise((resolve) => {
		const createConnection = () => connect(socket);
		request({
			method,
			path,
			createConnection,
			...headers && { headers },
			...signal && { signal }
		}).once("response", resolve).once("error", () => resolve(null)).end();
	});
}
async function askEngine(socket, request) {
	const response = await callEngine(socket, request);
	if (response === null) return null;
	const body = await text(response).catch(() => null);
	return body === null ? null : {
		status: response.statusCode ?? 0,
		body
	};
}
function inPath(reference) {
	return reference.split("/").map(encodeURIComponent).join("/");
}
function messageOf(body) {
	const parsed = safeParse(pipe(string(), parseJson$2(), errorSchema), body);
	return parsed.success ? parsed.output.message : body;
}
const errorSchema = object({ message: string() });
// src/docker/engine/engine.ts
async function probeEngine(asking) {
	const socket = await findSocket(asking);
	const info = safeParse(infoSchema, parseJson$1(await askInfo(asking, socket)));
	if (!info.success) throw new Failure("engine-failed", "The output of docker info cannot be parsed.");
	const { DriverStatus, OSType, Architecture } = info.output;
	return {
		store: DriverStatus.some(([name, value]) => name === "driver-type" && value === "io.containerd.snapshotter.v1") ? "containerd" : "graphdriver",
		socket,
		platform: `${OSType}/${architectures$2.get(Architecture) ?? Architecture}`,
		env: asking.env
	};
}
async function askInfo(asking, socket) {
	if (socket !== null) {
		const info = await inTime(asking, timeoutMs, "docker info", async (signal) => {
			const response = await askEngine(socket, {
				method: "GET",
				path: "/info",
				signal
			});
			signal.throwIfAborted();
			return response;
		});
		if (info?.status === 200) return info.body;
	}
	return ask([
		"info",
		"--format",
		"{{json .}}"
	], asking, timeoutMs, "docker info");
}
const timeoutMs = 1e4;
async function findSocket(asking) {
	const host = asking.env["DOCKER_HOST"] || await askHost(asking);
	return host?.startsWith("unix:///") ? host.slice(7) : null;
}
async function askHost({ env, signal }, context) {
	const { stdout } = await runDocker([
		"context",
		"inspect",
		"--format",
		"{{.Endpoints.docker.Host}}",
		...context === void 0 ? [] : ["--", context]
	], {
		env,
		signal
	});
	return stdout.trim() || null;
}
const infoSchema = object({
	DriverStatus: nullish(array(array(string())), []),
	OSType: string(),
	Architecture: string()
});
const architectures$2 = new Map([
	["x86_64", "amd64"],
	["aarch64", "arm64"],
	["armv7l", "arm/v7"],
	["armv6l", "arm/v6"],
	["i386", "386"],
	["i686", "386"]
]);
function parseJson$1(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
// src/docker/build/driver.ts
const drivers = [
	"docker",
	"docker-container",
	"kubernetes",
	"remote"
];
// src/docker/build/loopback.ts
async function sharesLoopback(driver, inspected, hostOf) {
	const nodes = nodesOf(inspected);
	const answers = await Promise.all(nodes.map((node) => nodeSharesLoopback(driver, node, hostOf)));
	return nodes.length > 0 && answers.every((answer) => answer);
}
async function nodeSharesLoopback(driver, { endpoint, options }, hostOf) {
	switch (driver) {
		case "remote": return isSocket(endpoint);
		case "docker-container": return options.get("network") === "host" && isSocket(endpoint.includes("://") ? endpoint : await hostOf(endpoint));
		default: return false;
	}
}
function isSocket(address) {
	return address?.startsWith("unix:///") ?? false;
}
function nodesOf(inspected) {
	const [, listed = ""] = inspected.split(/^Nodes:$/m);
	return listed.split(/^Name:/m).slice(1).map((text) => ({
		endpoint: field$1(text, "Endpoint") ?? "",
		options: new Map([...(field$1(text, "Driver Options") ?? "").matchAll(option)].map(([, key = "", value = ""]) => [key, value]))
	}));
}
const option = /(?:^| )([^ =]+)="((?:[^"\\]|\\.)*)"/g;
function field$1(text, name) {
	return text.split("\n").find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1).trim() ?? null;
}
// src/docker/build/builder.ts
async function probeBuilder(options) {
	const { env, signal, builder = null } = options;
	const [probed, found] = await Promise.allSettled([probeEngine({
		env,
		signal
	}), askBuilder({
		env,
		signal
	}, builder)]);
	const driver = found.status === "fulfilled" ? found.value.driver : null;
	const isElsewhere = driver === "kubernetes" || driver === "remote";
	if (probed.status === "rejected" && !isElsewhere) throw probed.reason;
	if (found.status === "rejected") throw found.reason;
	const engine = probed.status === "fulfilled" ? probed.value : {
		store: null,
		socket: null,
		platform: null
	};
	const platform = driver === "docker" ? null : await askPlatform({
		env,
		signal
	}, builder);
	return {
		...engine,
		platform: platform ?? engine.platform ?? unknownPlatform(),
		...found.value,
		env,
		builder
	};
}
async function askBuilder(asking, builder) {
	const inspected = await inspectBuilder([], builder, asking, 1e4);
	const driver = drivers.find((known) => known === field$1(inspected, "Driver"));
	if (driver !== void 0) {
		const hostOf = (context) => askHost(asking, context);
		return {
			driver,
			builderSharesLoopback: await sharesLoopback(driver, inspected, hostOf)
		};
	}
	throw new Failure("engine-failed", `The builder's driver is not supported. Use one of: ${drivers.join(", ")}.`);
}
async function askPlatform(asking, builder) {
	return field$1(await inspectBuilder(["--bootstrap"], builder, asking, 3e5), "Platforms")?.split(",")[0]?.replace("*", "").trim() || null;
}
function inspectBuilder(flags, builder, asking, timeoutMs) {
	const name = builder === null ? [] : ["--", builder];
	return ask([
		"buildx",
		"inspect",
		...flags,
		...name
	], asking, timeoutMs, "docker buildx inspect");
}
function unknownPlatform() {
	throw new Failure("engine-failed", "The builder does not report the platforms that it builds for. Set the input `platforms`.");
}
// src/docker/build/definition.ts
function dockerfileOf({ file, context }) {
	return file ?? posix.join(context, "Dockerfile");
}
// src/docker/build/environment.ts
function namesForBuild(definition) {
	const usesGhaCache = [...definition.cacheFrom, ...definition.cacheTo].some((cache) => cache.split(",").includes("type=gha"));
	return [...definition.secretEnvs.values(), ...usesGhaCache ? ghaCacheNames : []];
}
const ghaCacheNames = [
	"ACTIONS_CACHE_SERVICE_V2",
	"ACTIONS_CACHE_URL",
	"ACTIONS_RESULTS_URL",
	"ACTIONS_RUNTIME_TOKEN"
];
// src/docker/engine/environment.ts
function dockerEnvironment(env, extra = []) {
	const names = new Set(extra);
	const passed = Object.entries(env).filter(([name, value]) => value !== void 0 && (names.has(name) || isPassed$1(name)));
	return {
		...Object.fromEntries(passed),
		LANG: "C.UTF-8",
		LC_ALL: "C.UTF-8"
	};
}
const passedNames$1 = new Set([
	"PATH",
	"HOME",
	"USER",
	"TMPDIR",
	"SSH_AUTH_SOCK",
	"SSL_CERT_FILE",
	"SSL_CERT_DIR",
	"KUBECONFIG",
	"SOURCE_DATE_EPOCH",
	"HTTP_PROXY",
	"HTTPS_PROXY",
	"FTP_PROXY",
	"ALL_PROXY",
	"NO_PROXY"
]);
const passedPrefixes = [
	"DOCKER_",
	"BUILDX_",
	"BUILDKIT_",
	"XDG_"
];
function isPassed$1(name) {
	const isProxy = /^[a-z]+_proxy$/.test(name) && passedNames$1.has(name.toUpperCase());
	return passedNames$1.has(name) || isProxy || passedPrefixes.some((prefix) => name.startsWith(prefix));
}
// src/git/git.ts
async function git(place, args) {
	return requireSuccess(place, args, await tryGit(place, args)).stdout;
}
async function tryGit(place, args) {
	throwIfCancelled(place.signal);
	const options = {
		cwd: place.directory,
		env: stringsOf$1(place.env),
		silent: true,
		ignoreReturnCode: true
	};
	const result = await getExecOutput("git", [...argumentsOf$1(place, args)], options).catch((cause) => {
		throw cause.message.startsWith("Unable to locate executable file") ? gitMissing(cause) : cause;
	});
	throwIfCancelled(place.signal);
	return {
		code: result.exitCode,
		stdout: result.stdout,
		stderr: result.stderr
	};
}
async function gitWork(place, args) {
	requireSuccess(place, args, await tryGitWork(place, args));
}
async function tryGitWork(place, args) {
	const { directory, env, signal } = place;
	const child = startChild("git", argumentsOf$1(place, args), {
		cwd: directory,
		env,
		signal
	});
	child.stdout.resume();
	const { code, stderr } = await child.end.catch((error) => {
		throw error.code === "ENOENT" ? gitMissing(error) : error;
	});
	throwIfCancelled(signal);
	return {
		code,
		stdout: "",
		stderr
	};
}
function argumentsOf$1({ isTrusted, gitDirectory }, args) {
	const repository = gitDirectory === void 0 ? [] : [`--git-dir=${gitDirectory}`];
	const trust = isTrusted ? ["-c", "safe.directory=*"] : [];
	return [
		"--literal-pathspecs",
		...repository,
		...hardening,
		...trust,
		...args
	];
}
function requireSuccess({ directory }, args, result) {
	if (result.code === 0) return result;
	throw new Failure("git-failed", `git ${args[0]} failed in ${directory}: ${reasonOf$1(result)}`);
}
function gitMissing(cause) {
	return new Failure("git-missing", "git is not installed, or not on PATH. Install git 2.30 or newer.", { cause });
}
function stringsOf$1(env) {
	const defined = Object.entries(env).filter((entry) => entry[1] !== void 0);
	return Object.fromEntries(defined);
}
function reasonOf$1({ code, stderr }) {
	const shown = (stderr.trimEnd().split("\n").at(-1) ?? "").replace(/\p{C}/gu, " ").replace(/:\/\/[^/\s]*@/g, "://").slice(0, 300);
	return shown === "" ? `status ${code}` : shown;
}
const hardening = [
	"safe.bareRepository=explicit",
	"core.hooksPath=/dev/null",
	"core.fsmonitor=false",
	"core.quotePath=false",
	"protocol.ext.allow=never",
	"gc.auto=0",
	"maintenance.auto=false",
	"submodule.recurse=false",
	"fetch.recurseSubmodules=false",
	"advice.detachedHead=false",
	"http.lowSpeedLimit=1000",
	"http.lowSpeedTime=60"
].flatMap((setting) => ["-c", setting]);
// src/git/sha.ts
function isSha(text) {
	return typeof text === "string" && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);
}
function isZero$1(sha) {
	return /^0+$/.test(sha);
}
// src/git/history.ts
async function readHead(repository) {
	const commit = await firstFound(repository, ["HEAD"]);
	if (commit === null) throw new Failure("git-base-unknown", `${repository.root} has no commit yet.`);
	const [header = ""] = (await git(repository, [
		"cat-file",
		"commit",
		commit
	])).split("\n\n", 1);
	return {
		commit,
		parents: header.split("\n").flatMap((line) => line.startsWith("parent ") ? [line.slice(7)] : []).filter(isSha)
	};
}
function baseOfTestMerge({ parents: [base, merged, ...more] }, headSha) {
	return base !== void 0 && merged === headSha && more.length === 0 ? base : null;
}
async function mergeBaseHere(repository, base, head) {
	if ((await git(repository, ["rev-parse", "--is-shallow-repository"])).trim() === "true") return null;
	const found = await tryGit(repository, [
		"merge-base",
		base,
		head
	]);
	const commit = found.stdout.trimEnd();
	return found.code === 0 && isSha(commit) ? commit : null;
}
function refsOf(name) {
	if (isSha(name)) return [name];
	return [
		`refs/remotes/origin/${name}`,
		`refs/heads/${name}`,
		`refs/remotes/${name}`,
		`refs/tags/${name}`
	];
}
async function firstFound(repository, refs) {
	for (const ref of refs) {
		if (!await isWellFormed(repository, ref)) continue;
		const found = await tryGit(repository, [
			"rev-parse",
			"--verify",
			"--quiet",
			"--end-of-options",
			`${ref}^{commit}`
		]);
		const commit = found.stdout.trimEnd();
		if (found.code === 0 && isSha(commit)) return commit;
	}
	return null;
}
async function nameOfBaseBranch(repository) {
	const prefix = "refs/remotes/origin/";
	const origin = await tryGit(repository, [
		"symbolic-ref",
		"--quiet",
		`${prefix}HEAD`
	]);
	const target = origin.stdout.trimEnd();
	if (origin.code === 0 && target.startsWith(prefix)) return target.slice(20);
	const configured = (await tryGit(repository, [
		"config",
		"--get",
		"init.defaultBranch"
	])).stdout.trimEnd();
	for (const name of [
		"main",
		"master",
		configured
	]) if (name !== "" && await firstFound(repository, refsOf(name)) !== null) return name;
	throw new Failure("git-base-unknown", `${repository.root} has no branch main or master. Name the base branch with --base.`);
}
async function isWellFormed(repository, ref) {
	if (ref === "HEAD" || isSha(ref)) return true;
	return (await tryGit(repository, ["check-ref-format", ref])).code === 0;
}
// src/git/commit.ts
async function findBase(repository, question, options = {}) {
	switch (question.kind) {
		case "pull-request": {
			const { headSha, baseSha, baseRef } = question;
			const head = await readHead(repository);
			return unlessHead({
				commit: baseOfTestMerge(head, headSha) ?? await mergeBase(repository, head.commit, {
					refs: [shaOfEvent(baseSha)],
					names: [baseSha, baseRef]
				}, options),
				name: baseRef
			}, [head.commit, headSha]);
		}
		case "merge-group": return unlessHead({
			commit: shaOfEvent(question.baseSha),
			name: question.baseRef
		}, [question.headSha]);
		case "push": {
			if (isZero$1(question.before)) return sinceDefaultBranch(repository, question, options);
			const head = await readHead(repository);
			return unlessHead({
				commit: shaOfEvent(question.before),
				name: question.branch
			}, [head.commit]);
		}
		case "dispatch": return sinceDefaultBranch(repository, question, options);
		case "terminal": {
			const name = question.baseBranch ?? await nameOfBaseBranch(repository);
			const { commit: head } = await readHead(repository);
			return {
				commit: await mergeBase(repository, head, ofBranch(name), options),
				name
			};
		}
	}
}
function unlessHead(base, heads) {
	if (!heads.includes(base.commit)) return base;
	throw new Failure("event-mismatch", `The base of this event, ${base.commit}, is also its head, so there is nothing to compare. Make sure that the workflow checks out the change itself, with the default ref of actions/checkout.`);
}
function shaOfEvent(commit) {
	if (isSha(commit)) return commit;
	throw new Failure("git-base-unknown", `The event names ${JSON.stringify(commit)} as its base, which is not a full commit SHA.`);
}
async function sinceDefaultBranch(repository, { branch, defaultBranch }, options) {
	const head = await readHead(repository);
	if (branch !== defaultBranch) {
		const commit = await mergeBase(repository, head.commit, ofBranch(defaultBranch), options);
		if (commit !== head.commit) return {
			commit,
			name: defaultBranch
		};
	}
	const [parent] = head.parents;
	if (parent === void 0) throw new Failure("git-base-unknown", `${head.commit} is the first commit, so there is no earlier one to compare with.`);
	return {
		commit: parent,
		name: defaultBranch
	};
}
function ofBranch(name) {
	return {
		refs: refsOf(name),
		names: [name]
	};
}
async function mergeBase(repository, head, { refs, names }, { mergeBaseByApi }) {
	const tip = await firstFound(repository, refs);
	const found = tip === null ? null : await mergeBaseHere(repository, tip, head);
	if (found !== null) return found;
	for (const name of mergeBaseByApi === void 0 ? [] : names) {
		const answer = await mergeBaseByApi?.(name, head);
		if (isSha(answer)) return answer;
	}
	throw new Failure("git-base-unknown", `The merge base of ${head.slice(0, 7)} and ${names.at(-1)} is not known: this clone lacks the branch or has too little history. In a workflow, set fetch-depth: 0 for actions/checkout. Elsewhere, run git fetch --unshallow or name the base branch.`);
}
// src/git/event-head.ts
async function checkHead(repository, question, runSha, options = {}) {
	if (question.kind !== "pull-request" && question.kind !== "merge-group") return;
	const head = await readHead(repository);
	if (head.commit === question.headSha) return;
	const isRunCommit = head.commit === runSha;
	if (question.kind === "merge-group" ? isRunCommit : await isTestMerge(head, question, isRunCommit, options)) return;
	const what = question.kind === "merge-group" ? "merge group" : "pull request";
	throw new Failure("event-mismatch", `${repository.root} has ${head.commit} checked out, which is neither the head of the ${what} (${question.headSha}) nor GitHub's merge of it. Use the default ref of actions/checkout, and commit nothing before the audit.`);
}
async function isTestMerge(head, { headSha, baseSha, baseRef }, isRunCommit, { mergeBaseByApi }) {
	const base = baseOfTestMerge(head, headSha);
	if (base === null) return false;
	return isRunCommit || base === baseSha || await mergeBaseByApi?.(baseRef, base) === base;
}
// src/git/discover.ts
async function findRoot({ directory, context, isWorkspace }) {
	const above = isWorkspace ? [directory] : ancestorsOf(directory);
	for (const candidate of above) if (await hasRepository(candidate)) return candidate;
	for (const candidate of directoriesBetween(directory, resolve(directory, context))) {
		if (!(await lstat(candidate).catch(() => null))?.isDirectory()) break;
		if (await hasRepository(candidate)) return candidate;
	}
	return null;
}
async function isOwnGitDirectory(root, gitDirectory) {
	const entry = join(root, ".git");
	const found = await lstat(entry).catch(() => null);
	if (found === null) return false;
	const named = found.isFile() ? await targetOfGitFile(entry) : entry;
	return named !== null && await isSamePath(named, gitDirectory);
}
async function hasRepository(directory) {
	return await lstat(join(directory, ".git")).catch(() => null) !== null;
}
function ancestorsOf(directory) {
	const parent = dirname(directory);
	return parent === directory ? [directory] : [directory, ...ancestorsOf(parent)];
}
function directoriesBetween(directory, target) {
	const names = relative(directory, target).split(sep);
	if (names[0] === "..") return [];
	return names.map((_, index) => join(directory, ...names.slice(0, index + 1)));
}
async function targetOfGitFile(file) {
	const text = await readFile(file, "utf8").catch(() => "");
	const path = /^gitdir: (.+?)\r?\n?$/.exec(text)?.[1];
	return path === void 0 ? null : resolve(dirname(file), path);
}
async function isSamePath(a, b) {
	const [first, second] = await Promise.all([a, b].map((path) => realpath(path).catch(() => null)));
	return first !== null && first === second;
}
// src/git/environment.ts
function gitEnvironment(env) {
	const passed = Object.entries(env).filter(([name, value]) => value !== void 0 && isPassed(name));
	return {
		...Object.fromEntries(passed),
		LC_ALL: "C",
		GIT_TERMINAL_PROMPT: "0",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_NO_LAZY_FETCH: "1",
		GIT_NO_REPLACE_OBJECTS: "1"
	};
}
const passedNames = new Set([
	"PATH",
	"HOME",
	"USER",
	"TMPDIR",
	"RUNNER_TEMP",
	"XDG_CONFIG_HOME",
	"SSH_AUTH_SOCK",
	"SSL_CERT_FILE",
	"SSL_CERT_DIR",
	"GIT_SSH",
	"GIT_SSH_COMMAND",
	"GIT_SSL_CAINFO",
	"GIT_CONFIG_GLOBAL",
	"GIT_CONFIG_SYSTEM",
	"GIT_CONFIG_NOSYSTEM",
	"HTTP_PROXY",
	"HTTPS_PROXY",
	"ALL_PROXY",
	"NO_PROXY"
]);
function isPassed(name) {
	return passedNames.has(name) || /^[a-z]+_proxy$/.test(name) && passedNames.has(name.toUpperCase());
}
// src/git/repository.ts
async function openRepository(directory, options = {}) {
	const { env = process.env, signal, isWorkspace = false, access = null, temporary = tmpdir() } = options;
	const found = await realpath(directory).catch(() => null);
	if (found === null) throw new Failure("git-not-a-repository", `${directory} is not a directory.`);
	const environment = {
		env: gitEnvironment(env),
		isTrusted: isWorkspace,
		signal
	};
	const root = await findRoot({
		directory: found,
		context: options.context ?? ".",
		isWorkspace
	});
	if (root === null) throw await noRepository({
		directory: found,
		...environment
	});
	const place = {
		directory: root,
		...environment
	};
	const gitDirectory = await revParse(place, "--absolute-git-dir");
	const workTree = await revParse(place, "--show-toplevel");
	if (!await isOwnGitDirectory(root, gitDirectory) || await realpath(workTree) !== root) throw new Failure("git-not-a-repository", `In ${root}, git finds the repository ${gitDirectory} with the working tree ${workTree}. The repository must be the one that ${join(root, ".git")} is or names, with its working tree in ${root}.`);
	const store = join(temporary, `image-audit-objects-${randomUUID()}`);
	return {
		...place,
		env: {
			...place.env,
			GIT_ALTERNATE_OBJECT_DIRECTORIES: objectDirectories([join(store, "objects")])
		},
		root,
		gitDirectory,
		store,
		access,
		[Symbol.asyncDispose]: () => rm(store, {
			recursive: true,
			force: true,
			maxRetries: 3
		})
	};
}
function objectDirectories(paths) {
	return paths.map((path) => `"${path.replace(/["\\]/g, "\\$&")}"`).join(delimiter);
}
async function revParse(place, option) {
	const result = await tryGit(place, ["rev-parse", option]);
	if (result.code !== 0) throw new Failure("git-not-a-repository", explain$1(place.directory, result));
	return result.stdout.replace(/\r?\n$/, "");
}
async function noRepository(place) {
	await tryGit(place, ["version"]);
	return new Failure("git-not-a-repository", `${place.directory} is not in a git repository. Run this in a clone that contains the Dockerfile, in a workflow after actions/checkout.`);
}
function explain$1(directory, result) {
	if (result.stderr.includes("dubious ownership")) return `git does not read ${directory} because another user owns it. If you trust it, run git config --global --add safe.directory ${directory}`;
	return `${directory} has no working tree that git can read: ${reasonOf$1(result)}`;
}
// src/git/transfer-settings.ts
function settingForTransfer(key, value) {
	if (/^core\.(?:autocrlf|eol|symlinks|longpaths)$/.test(key)) return plainWord.test(value) ? [[key, value]] : [];
	if (/^http\.https?:\/\/[^/]+\/\.extraheader$/.test(key)) return header.test(value) ? [[key, value]] : [];
	if (key === "core.sshcommand") return sshCommandOf(value);
	const server = /^url\.https?:\/\/([^/:]+)(?::\d+)?\/\.insteadof$/.exec(key)?.[1];
	return server !== void 0 && /^(?:git|org-\d+)@([^/:@]+):$/.exec(value)?.[1] === server ? [[key, value]] : [];
}
const plainWord = /^[a-z]+$/i;
const header = /^authorization: (?:basic|bearer) [\w.~+/=-]+$/i;
function sshCommandOf(value) {
	const match = /^"[^"]+" -i "\$RUNNER_TEMP\/([\w-]+)"( -o StrictHostKeyChecking=yes -o CheckHostIP=no)? -o "UserKnownHostsFile=\$RUNNER_TEMP\/([\w-]+)"$/.exec(value);
	if (match === null) return [];
	const [, key = "", strict = "", hosts = ""] = match;
	return [["core.sshcommand", `ssh -i "$RUNNER_TEMP/${key}"${strict} -o "UserKnownHostsFile=$RUNNER_TEMP/${hosts}"`]];
}
// src/git/remote.ts
async function originOf(repository) {
	const answer = await tryGit(repository, [
		"remote",
		"get-url",
		"origin"
	]);
	if (answer.code !== 0) return null;
	const { url, settings } = withoutCredentials(absolute(answer.stdout.trimEnd(), repository.root));
	const local = await localSettings(repository);
	const all = [
		...local,
		...settings,
		...authorization$1(repository.access, url, [...local, ...settings])
	];
	return {
		url,
		env: {
			...repository.env,
			...asEnvironment(all)
		}
	};
}
function ownPlace(repository, directory, env) {
	const { GIT_ALTERNATE_OBJECT_DIRECTORIES: _, ...own } = env;
	return {
		directory,
		env: own,
		isTrusted: true,
		signal: repository.signal
	};
}
function storePlace(repository, env) {
	return {
		...ownPlace(repository, repository.store, env),
		gitDirectory: repository.store
	};
}
async function localSettings(repository) {
	return (await git(repository, [
		"config",
		"--local",
		"--includes",
		"--null",
		"--list"
	])).split("\0").flatMap((entry) => {
		const end = entry.indexOf("\n");
		return settingForTransfer(end < 0 ? entry : entry.slice(0, end), end < 0 ? "true" : entry.slice(end + 1));
	});
}
function authorization$1(access, url, known) {
	const isStored = known.some(([key]) => /^(?:http\..*\.extraheader|url\..*\.insteadof)$/i.test(key));
	if (access === null || isStored || !url.startsWith(`${access.server}/`)) return [];
	const basic = Buffer.from(`x-access-token:${access.token}`).toString("base64");
	return [[`http.${access.server}/.extraheader`, `AUTHORIZATION: basic ${basic}`]];
}
function asEnvironment(settings) {
	const pairs = settings.flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${index}`, key], [`GIT_CONFIG_VALUE_${index}`, value]]);
	return {
		...Object.fromEntries(pairs),
		GIT_CONFIG_COUNT: String(settings.length)
	};
}
function withoutCredentials(url) {
	const match = /^(https?:\/\/)([^/@]*@)([^/]*\/)(.*)$/.exec(url);
	if (match === null) return {
		url,
		settings: []
	};
	const [, scheme = "", user = "", host = "", path = ""] = match;
	return {
		url: scheme + host + path,
		settings: [[`url.${scheme}${user}${host}.insteadof`, scheme + host]]
	};
}
function absolute(url, root) {
	return !/^[^/]*:/.test(url) ? resolve(root, url) : url;
}
// src/git/objects.ts
async function obtainCommit(repository, commit) {
	if (await isStored(repository, commit)) return "store";
	if (!await isPartial(repository) && await hasCommit(repository, commit)) return "repository";
	await fetchIntoStore(repository, commit);
	return "store";
}
async function isPartial(repository) {
	return (await tryGit(repository, [
		"config",
		"--get-regexp",
		"^(extensions\\.partialclone|remote\\..*\\.promisor)$"
	])).code === 0;
}
async function isStored(repository, commit) {
	if (!existsSync(repository.store)) return false;
	return hasCommit(storePlace(repository, repository.env), commit);
}
async function hasCommit(place, commit) {
	return (await tryGit(place, [
		"cat-file",
		"-e",
		`${commit}^{tree}`
	])).code === 0;
}
async function fetchIntoStore(repository, commit) {
	const origin = await originOf(repository);
	if (origin === null) throw new Failure("git-commit-unavailable", `Commit ${commit} is not in ${repository.root}, which has no remote named origin to fetch it from.`);
	const store = storePlace(repository, origin.env);
	if (!existsSync(repository.store)) {
		await mkdir(repository.store, { recursive: true });
		await git(store, [
			"init",
			"--quiet",
			"--bare",
			"--template=",
			`--object-format=${formatOf$1(commit)}`
		]);
	}
	const fetched = await tryGitWork(store, [
		...fetchOne,
		"--",
		origin.url,
		commit
	]);
	if (fetched.code === 0) return;
	throw new Failure("git-commit-unavailable", `Commit ${commit} is not in ${repository.root} and cannot be fetched from origin (${reasonOf$1(fetched)}). In a workflow, set github-token to a token that may read the repository, set fetch-depth: 0 for actions/checkout, or rerun if the network failed.`);
}
const fetchOne = [
	"fetch",
	"--quiet",
	"--depth=1",
	"--no-tags",
	"--no-write-fetch-head"
];
function formatOf$1(commit) {
	return commit.length === 64 ? "sha256" : "sha1";
}
// src/git/tree.ts
const maxBytes$3 = 1048576;
async function fileAt$1(repository, commit, path) {
	const inside = insideOf(path);
	if (inside === ".") return { kind: "directory" };
	await obtainCommit(repository, commit);
	const [mode, , object, size] = ((await git(repository, [
		"ls-tree",
		"-z",
		"-l",
		"--full-tree",
		commit,
		"--",
		inside
	])).split("	", 1)[0] ?? "").split(/ +/);
	if (mode === void 0 || object === void 0) return { kind: "missing" };
	if (mode === "120000") return { kind: "symlink" };
	if (mode !== "100644" && mode !== "100755") return { kind: "directory" };
	if (Number(size) > maxBytes$3) throw new Failure("limit-exceeded", `${inside} at ${commit.slice(0, 7)} is larger than 1 MiB.`);
	return {
		kind: "file",
		text: await git(repository, [
			"cat-file",
			"blob",
			object
		])
	};
}
function currentCommit(repository) {
	return firstFound(repository, ["HEAD"]);
}
async function isTracked(repository, path) {
	return await git(repository, [
		"ls-files",
		"-z",
		"--",
		insideOf(path)
	]) !== "";
}
async function uncommittedInContext(repository, contextPath) {
	const context = insideOf(contextPath);
	const listed = await tryGit(repository, [
		...[
			"ls-files",
			"-z",
			"--others",
			"--directory",
			"--no-empty-directory"
		],
		"--",
		context
	]);
	if (listed.stderr.includes("is in submodule")) return [];
	if (listed.code !== 0) throw new Failure("git-failed", `git ls-files failed in ${repository.root}: ${reasonOf$1(listed)}`);
	return listed.stdout.split("\0").filter((path) => path !== "");
}
async function wasMoved(repository, baseCommit, headPath) {
	const path = insideOf(headPath);
	const file = await lstat(join(repository.root, path)).catch(() => null);
	if (!file?.isFile() || file.size > maxBytes$3) return null;
	await obtainCommit(repository, baseCommit);
	await using scratch = await makeScratch(repository);
	const { place, list } = scratch;
	await git(place, ["read-tree", baseCommit]);
	const deleted = await git(place, [
		"diff-files",
		"--diff-filter=D",
		"--name-only",
		"-z"
	]);
	if (deleted === "") return null;
	await writeFile(list, deleted);
	await git(place, [
		"rm",
		"--quiet",
		"--cached",
		"--force",
		`--pathspec-from-file=${list}`,
		"--pathspec-file-nul"
	]);
	await git(place, [
		"update-index",
		"--add",
		"--cacheinfo",
		`100644,${(await git(place, [
			"hash-object",
			"-w",
			"--no-filters",
			"--",
			path
		])).trim()},${path}`
	]);
	const [, from] = (await git(place, [
		...[
			"diff-index",
			"--cached",
			"--find-renames",
			"--diff-filter=R",
			"--name-status",
			"-z"
		],
		baseCommit,
		"--"
	])).split("\0");
	return from ?? null;
}
async function makeScratch(repository) {
	const objects = (await git(repository, [
		"rev-parse",
		"--git-path",
		"objects"
	])).replace(/\r?\n$/, "");
	const directory = await mkdtemp(join(dirname(repository.store), "image-audit-index-"));
	await mkdir(join(directory, "objects"));
	const sources = [resolve(repository.root, objects), join(repository.store, "objects")];
	const env = {
		...repository.env,
		GIT_INDEX_FILE: join(directory, "index"),
		GIT_OBJECT_DIRECTORY: join(directory, "objects"),
		GIT_ALTERNATE_OBJECT_DIRECTORIES: objectDirectories(sources)
	};
	return {
		place: {
			...repository,
			env
		},
		list: join(directory, "deleted"),
		[Symbol.asyncDispose]: () => rm(directory, {
			recursive: true,
			force: true,
			maxRetries: 3
		})
	};
}
function insideOf(path) {
	const clean = posix.normalize(path).replace(/\/+$/, "");
	if (clean.startsWith("/") || clean === ".." || clean.startsWith("../") || clean.includes("\0")) throw new Failure("input-invalid", `The path ${JSON.stringify(path)} is not inside the repository.`);
	return clean === "" ? "." : clean;
}
// src/image/readings/reading-store.ts
function readingsOfThisRun() {
	const byDiffId = new Map();
	const byDigest = new Map();
	return {
		find({ digest, diffId }) {
			return (digest && byDigest.get(digest)?.reading) ?? (diffId && byDiffId.get(diffId));
		},
		sizeOf: (digest) => byDigest.get(digest)?.size,
		*blobs() {
			for (const [digest, { reading, size }] of byDigest) yield {
				diffId: reading.diffId,
				digest,
				size
			};
		},
		keep(reading, { digest, size }) {
			byDiffId.set(reading.diffId, reading);
			byDigest.set(digest, {
				reading,
				size
			});
		}
	};
}
// src/image/path.ts
function displayPath(path) {
	const absolute = `/${path}`;
	if (isAscii(absolute)) return { path: absolute };
	const bytes = Buffer$1.from(absolute, "latin1");
	const text = bytes.toString("utf8");
	return Buffer$1.from(text, "utf8").equals(bytes) ? { path: text } : {
		path: text,
		pathBase64: bytes.toString("base64")
	};
}
function cleanPath$1(path) {
	if (isClean(path)) return {
		path,
		isOutside: false
	};
	const parts = [];
	let isOutside = false;
	for (const part of path.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) isOutside = true;
	}
	return {
		path: parts.join("/"),
		isOutside
	};
}
function parentOf(path) {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
function baseOf(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
function isClean(path) {
	return path !== "" && !/^\/|\/\/|\/$|(?:^|\/)\.{1,2}(?:\/|$)/.test(path);
}
function isAscii(text) {
	return /^[\x00-\x7f]*$/.test(text);
}
// src/inspect/lfs-pointers.ts
const lfsPointerMarker = "lfs-pointer";
const maxPointerSize = 1024;
const versions$1 = new Set([
	"version https://git-lfs.github.com/spec/v1",
	"version https://hawser.github.com/spec/v1",
	"version http://git-media.io/v/2"
]);
function isLfsPointer(head) {
	if (!mayBegin(head[0] ?? 0)) return false;
	const text = head.toString("utf8", 0, maxPointerSize);
	if (!text.includes("version http")) return false;
	const [version = "", oid = "", size = "", ...more] = text.replace(spaceAround, "").split(/\r?\n/).filter((line) => line !== "" && !extension.test(line));
	return versions$1.has(version) && oid.startsWith("oid ") && size.startsWith("size ") && more.length === 0;
}
const spaceAround = /^[\s\u0085]+|[\s\u0085]+$/g;
const extension = /^ext-[0-9]-\w/;
function mayBegin(byte) {
	return byte <= 32 || byte >= 128 || byte === 101 || byte === 118;
}
function lfsPointersIn(readings) {
	return readings.flatMap(({ entries }, layer) => {
		const marked = entries.columns.distinct.map(({ content }) => content?.markers?.includes(lfsPointerMarker));
		if (!marked.includes(true)) return [];
		const found = [];
		entries.columns.attributes.forEach((attributes, index) => {
			if (marked[attributes]) found.push({
				path: entries.pathAt(index),
				layer
			});
		});
		return found;
	});
}
function firstPointers(pointers, layers) {
	const isOwn = ({ layer }) => layers[layer]?.origin !== "base-image";
	return [...pointers.filter(isOwn), ...pointers.filter((pointer) => !isOwn(pointer))].slice(0, maxListed$2).map(({ path, layer }) => ({
		...displayPath(path),
		layer
	}));
}
const maxListed$2 = 10;
// src/inspect/programs/dense-bytes.ts
const blockSize$1 = 1024;
const minEntropy = 7.4;
var DenseBytes = class {
	#counts = new Uint32Array(256);
	#inBlock = 0;
	#total = 0;
	get total() {
		return this.#total;
	}
	update(bytes) {
		for (const byte of bytes) {
			this.#counts[byte] = (this.#counts[byte] ?? 0) + 1;
			this.#inBlock += 1;
			if (this.#inBlock === blockSize$1) this.#closeBlock();
		}
	}
	#closeBlock() {
		let entropy = 0;
		for (const count of this.#counts) if (count > 0) entropy -= count / blockSize$1 * Math.log2(count / blockSize$1);
		if (entropy >= minEntropy) this.#total += blockSize$1;
		this.#counts.fill(0);
		this.#inBlock = 0;
	}
};
function isElf(head) {
	return head.toString("latin1", 0, 4) === "ELF";
}
function isLoadable(head, size) {
	if (head.length < headerSize) return isElf(head);
	return [head.readUInt16LE(16), head.readUInt16BE(16)].some((type) => type === 2 || type === 3) && (isElf(head) || hasProgramHeaders(head, size));
}
function hasProgramHeaders(head, size) {
	return [true, false].some((isLittle) => {
		const { uint16, uint32, uint64 } = fieldsOf$1(head, isLittle);
		return [{
			tableAt: uint64(32),
			entrySize: uint16(54),
			count: uint16(56)
		}, {
			tableAt: uint32(28),
			entrySize: uint16(42),
			count: uint16(44)
		}].some(({ tableAt, entrySize, count }) => {
			const isUsual = entrySize < 256 && count < 256;
			const isThere = tableAt > 0 && tableAt + entrySize * count <= size;
			return entrySize >= 32 && count > 0 && (isUsual || isThere);
		});
	});
}
function isPacked(head) {
	return head.subarray(0, 1024).includes("UPX!", 0, "latin1");
}
function hasSections(head, size) {
	if (head.length < headerSize) return false;
	const { uint16, uint32, uint64 } = fieldsOf$1(head, head[5] !== 2);
	const [tableAt, entrySize, count, wanted] = head[4] === 2 ? [
		uint64(40),
		uint16(58),
		uint16(60),
		64
	] : [
		uint32(32),
		uint16(46),
		uint16(48),
		40
	];
	return entrySize === wanted && count > 1 && tableAt >= headerSize && tableAt + count * entrySize <= size;
}
const headerSize = 64;
function fieldsOf$1(head, isLittle) {
	const uint32 = (at) => isLittle ? head.readUInt32LE(at) : head.readUInt32BE(at);
	return {
		uint16: (at) => isLittle ? head.readUInt16LE(at) : head.readUInt16BE(at),
		uint32,
		uint64: (at) => isLittle ? uint32(at + 4) * 2 ** 32 + uint32(at) : uint32(at) * 2 ** 32 + uint32(at + 4)
	};
}
// src/inspect/programs/elf-header.ts
const segmentTypes = {
	load: 1,
	dynamic: 2,
	interpreter: 3
};
function identityOf(head) {
	if (head.length < 20 || head.toString("latin1", 0, 4) !== "ELF") return null;
	const [width, order] = [head[4], head[5]];
	if (width !== 1 && width !== 2 || order !== 1 && order !== 2) return null;
	const { uint16 } = fieldsOf$1(head, order === 1);
	const type = uint16(16);
	if (type !== 2 && type !== 3) return null;
	return {
		class: width === 1 ? 32 : 64,
		byteOrder: order === 1 ? "little" : "big",
		machine: uint16(18),
		type
	};
}
function headerOf(head, identity) {
	const { uint16, uint32, uint64 } = fieldsOf$1(head, identity.byteOrder === "little");
	if (identity.class === 64) return {
		identity,
		entry: uint64(24),
		programHeaders: {
			offset: uint64(32),
			entrySize: uint16(54),
			count: uint16(56)
		},
		sectionHeaders: {
			offset: uint64(40),
			entrySize: uint16(58),
			count: uint16(60)
		}
	};
	return {
		identity,
		entry: uint32(24),
		programHeaders: {
			offset: uint32(28),
			entrySize: uint16(42),
			count: uint16(44)
		},
		sectionHeaders: {
			offset: uint32(32),
			entrySize: uint16(46),
			count: uint16(48)
		}
	};
}
function hasSoundProgramHeaders({ identity, programHeaders }) {
	const { offset, entrySize, count } = programHeaders;
	return offset > 0 && count > 0 && entrySize === sizes$1[identity.class].program && entrySize * count <= 65536;
}
const sizes$1 = {
	32: {
		program: 32,
		section: 40
	},
	64: {
		program: 56,
		section: 64
	}
};
function segmentsOf(table, { identity, programHeaders }) {
	const { uint32, uint64 } = fieldsOf$1(table, identity.byteOrder === "little");
	return Array.from({ length: programHeaders.count }, (_, index) => {
		const at = index * programHeaders.entrySize;
		const flags = uint32(identity.class === 64 ? at + 4 : at + 24);
		const place = identity.class === 64 ? {
			offset: uint64(at + 8),
			address: uint64(at + 16),
			size: uint64(at + 32)
		} : {
			offset: uint32(at + 4),
			address: uint32(at + 8),
			size: uint32(at + 16)
		};
		return {
			type: uint32(at),
			isExecutable: (flags & 1) !== 0,
			isWritable: (flags & 2) !== 0,
			...place
		};
	});
}
const tableTypes = new Set([
	3,
	6,
	1879048189,
	1879048190
]);
function tableSectionsOf(table, { identity, sectionHeaders }) {
	const { uint32, uint64 } = fieldsOf$1(table, identity.byteOrder === "little");
	const is64 = identity.class === 64;
	if (sectionHeaders.entrySize !== sizes$1[identity.class].section) return [];
	return Array.from({ length: sectionHeaders.count }, (_, index) => {
		const at = index * sectionHeaders.entrySize;
		const isLoaded = ((is64 ? uint64(at + 8) : uint32(at + 8)) & 2) !== 0;
		const place = is64 ? {
			offset: uint64(at + 24),
			size: uint64(at + 32)
		} : {
			offset: uint32(at + 16),
			size: uint32(at + 20)
		};
		return isLoaded && tableTypes.has(uint32(at + 4)) ? [place] : [];
	}).flat();
}
// src/inspect/programs/elf-ranges.ts
const keepLimit = 16 * 1024 ** 2;
const segmentLimit = 8 * 1024 ** 2;
const small = 1024 ** 2;
const interpreterLimit = 4096;
const dynamicLimit = 1024 ** 2;
const usualHeaders = 131072;
const beforeHeaders = 3 * 1024 ** 2;
const earlySections = 16384;
function hasEarlySections({ sectionHeaders }) {
	return sectionHeaders.offset > 0 && endOf(sectionHeaders) <= earlySections;
}
function headersEnd(header) {
	return Math.max(endOf(header.programHeaders), hasEarlySections(header) ? endOf(header.sectionHeaders) : 0);
}
function rangesUntilHeaders(header, { size, passed }) {
	const end = headersEnd(header);
	return take([{
		start: end <= usualHeaders ? 0 : header.programHeaders.offset - beforeHeaders,
		end
	}, {
		start: 0,
		end: Math.min(end, segmentLimit)
	}], {
		limit: keepLimit,
		size,
		passed
	});
}
function rangesOfTables(header, segments, sections, file) {
	const loads = loadsOf(segments);
	const room = {
		limit: keepLimit - file.kept,
		size: file.size,
		passed: file.passed
	};
	const interpreter = segments.find(({ type }) => type === segmentTypes.interpreter);
	const names = interpreter === void 0 ? [] : [rangeOf$3(interpreter, interpreterLimit)];
	const dynamic = dynamicOf(segments);
	if (dynamic === null) return take(names, room);
	const table = {
		offset: offsetOf(loads, dynamic.address) ?? 0,
		size: dynamic.size
	};
	const first = [...names, rangeOf$3(table, dynamicLimit)];
	if (file.isLoader) return take([...first, ...loads.map((load) => rangeOf$3(load, segmentLimit))], room);
	const named = sections.map((section) => rangeOf$3(section, segmentLimit));
	const isSaid = sections.length > 0 && file.size > small;
	return take([
		...first,
		...named,
		...isSaid ? [] : rangesOfSegments(loads, header.entry)
	], room);
}
function rangesOfSegments(loads, entry) {
	const [head, ...others] = loads.toSorted((a, b) => a.offset - b.offset);
	if (head === void 0) return [];
	const data = others.findIndex(({ isWritable }) => isWritable);
	const constants = head.isExecutable ? others.filter(({ isWritable }) => !isWritable) : [];
	const plain = [...data < 0 ? [] : others.slice(data + 1), ...constants].filter(({ isExecutable }) => !isExecutable);
	return [beforeCode(head, entry), ...plain.map((load) => rangeOf$3(load, segmentLimit))];
}
function loadsOf(segments) {
	return segments.filter(({ type }) => type === segmentTypes.load);
}
function dynamicOf(segments) {
	return segments.findLast(({ type }) => type === segmentTypes.dynamic) ?? null;
}
function offsetOf(loads, address) {
	const load = loads.findLast((load) => address >= load.address && address < load.address + load.size);
	return load === void 0 ? null : load.offset + (address - load.address);
}
function rangeOf$3({ offset, size }, limit) {
	return {
		start: offset,
		end: offset + Math.min(size, limit)
	};
}
function endOf({ offset, entrySize, count }) {
	return offset + entrySize * count;
}
function beforeCode(load, entry) {
	const { start, end } = rangeOf$3(load, segmentLimit);
	return {
		start,
		end: load.isExecutable && load.size > small && entry > load.address ? Math.min(end, start + entry - load.address) : end
	};
}
function take(ranges, { limit, size, passed }) {
	let taken = [];
	for (const range of ranges) {
		const [start, end] = [Math.max(range.start, passed), Math.min(range.end, size)];
		const excess = Math.max(0, totalOf(join$1([...taken, {
			start,
			end
		}])) - limit);
		const joined = join$1([...taken, {
			start,
			end: end - excess
		}]);
		if (totalOf(joined) <= limit) taken = joined;
	}
	return taken;
}
function join$1(ranges) {
	const joined = [];
	for (const range of ranges.filter(({ start, end }) => start < end).toSorted((a, b) => a.start - b.start)) {
		const last = joined.at(-1);
		if (last === void 0 || range.start > last.end) joined.push(range);
		else joined[joined.length - 1] = {
			start: last.start,
			end: Math.max(last.end, range.end)
		};
	}
	return joined;
}
function totalOf(ranges) {
	return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
// src/inspect/programs/elf-memory.ts
var Unread = class extends Error {};
const textLimit = 4096;
const textsLimit = 2e5;
var ElfMemory = class {
	#kept;
	#loads;
	#texts = 0;
	constructor(kept, loads) {
		this.#kept = kept;
		this.#loads = loads;
	}
	bytes(address, length) {
		const offset = this.#offsetOf(address);
		const bytes = this.#kept.from(offset, length);
		if (bytes.length === length) return bytes;
		throw this.#missing(offset + length);
	}
	text(address) {
		const offset = this.#offsetOf(address);
		const bytes = this.#kept.from(offset, 4097);
		const end = bytes.indexOf(0);
		if (end < 0 && bytes.length > textLimit) throw new Unread("it has a name longer than 4096 bytes");
		if (end < 0) throw this.#missing(offset + bytes.length + 1);
		const text = bytes.toString("latin1", 0, end);
		this.#texts += sizeOf$4(text);
		if (this.#texts > textsLimit) throw new Unread("it has more names than are kept of one file");
		return text;
	}
	#offsetOf(address) {
		const offset = offsetOf(this.#loads, address);
		if (offset === null) throw new Unread("its tables are outside of its loaded segments");
		return offset;
	}
	#missing(end) {
		return end > this.#kept.passed ? new Unread("its tables are beyond the end of the file") : new Unread("its tables are too far into the file");
	}
};
function sizeOf$4(text) {
	return 20 + (/^[ !#-[\]-~]*$/.test(text) ? text.length : 6 * text.length);
}
// src/inspect/programs/elf-versions.ts
const listLimit = 1e4;
function versionNeedsOf(start, { memory, isLittle, text }) {
	let left = listLimit;
	return [...chain(start, (address) => {
		const { uint16, uint32 } = fieldsOf$1(memory.bytes(address, 16), isLittle);
		checkRevision(uint16(0));
		const versions = [...chain(address + uint32(8), (address) => {
			if (left-- === 0) throw tooMany$2();
			const { uint16, uint32 } = fieldsOf$1(memory.bytes(address, 16), isLittle);
			const isWeak = (uint16(4) & flags$1.weak) !== 0;
			return {
				item: {
					name: text(uint32(8)),
					...isWeak ? { isWeak } : {}
				},
				next: uint32(12)
			};
		})];
		return {
			item: {
				library: text(uint32(4)),
				versions
			},
			next: uint32(12)
		};
	})];
}
function versionDefinitionsOf(start, { memory, isLittle, text }) {
	return [...chain(start, (address) => {
		const { uint16, uint32 } = fieldsOf$1(memory.bytes(address, 20), isLittle);
		checkRevision(uint16(0));
		const next = uint32(16);
		if ((uint16(2) & flags$1.base) !== 0) return {
			item: null,
			next
		};
		return {
			item: text(fieldsOf$1(memory.bytes(address + uint32(12), 8), isLittle).uint32(0)),
			next
		};
	})].filter((name) => name !== null);
}
const flags$1 = {
	base: 1,
	weak: 2
};
function* chain(start, read) {
	let address = start;
	for (let count = 0; count < listLimit; count++) {
		const { item, next } = read(address);
		yield item;
		if (next === 0) return;
		address += next;
	}
	throw tooMany$2();
}
function checkRevision(revision) {
	if (revision !== 1) throw new Unread("its symbol versions are damaged or of an unknown kind");
}
function tooMany$2() {
	return new Unread("it has more names than are kept of one file");
}
// src/inspect/programs/elf-dynamic.ts
const tags = {
	end: 0,
	needed: 1,
	strings: 5,
	soname: 14,
	rpath: 15,
	runpath: 29,
	flags1: 1879048187,
	versionDefinitions: 1879048188,
	versionNeeds: 1879048190
};
const flags1 = {
	noDefaultLibraries: 2048,
	pie: 134217728
};
function readDynamic(table, memory, identity) {
	let unread = null;
	const attempt = (read) => {
		try {
			return read();
		} catch (error) {
			if (!(error instanceof Unread)) throw error;
			unread ??= error.message;
			return;
		}
	};
	const entries = attempt(() => entriesOf$3(table, identity)) ?? [];
	const values = new Map(entries);
	const text = (offset) => {
		const strings = values.get(tags.strings);
		if (strings === void 0) throw new Unread("it has no string table");
		return memory.text(strings + offset);
	};
	const textOf = (tag) => {
		const offset = values.get(tag);
		return offset === void 0 ? void 0 : attempt(() => text(offset));
	};
	const tableOf = (tag, read) => {
		const address = values.get(tag);
		return address === void 0 ? void 0 : attempt(() => read(address));
	};
	const reader = {
		memory,
		isLittle: identity.byteOrder === "little",
		text
	};
	const flags = values.get(tags.flags1) ?? 0;
	return {
		dynamic: withoutAbsent({
			needed: attempt(() => neededOf(entries, text)),
			soname: textOf(tags.soname),
			rpath: textOf(tags.rpath),
			runpath: textOf(tags.runpath),
			hasNoDefaultLibraries: (flags & flags1.noDefaultLibraries) !== 0 ? true : void 0,
			isPie: (flags & flags1.pie) !== 0 ? true : void 0,
			versionNeeds: tableOf(tags.versionNeeds, (address) => versionNeedsOf(address, reader)),
			versionDefinitions: tableOf(tags.versionDefinitions, (address) => versionDefinitionsOf(address, reader))
		}),
		unread
	};
}
function entriesOf$3(table, identity) {
	const { uint32, uint64 } = fieldsOf$1(table, identity.byteOrder === "little");
	const [word, size] = identity.class === 64 ? [uint64, 8] : [uint32, 4];
	const entries = [];
	for (let at = 0; at + 2 * size <= table.length; at += 2 * size) {
		const tag = word(at);
		if (tag === tags.end) return entries;
		entries.push([tag, word(at + size)]);
	}
	throw new Unread("its dynamic section has no end");
}
function neededOf(entries, text) {
	const offsets = entries.filter(([tag]) => tag === tags.needed);
	if (offsets.length > 1e4) throw new Unread("it has more names than are kept of one file");
	return offsets.map(([, offset]) => text(offset));
}
function withoutAbsent(dynamic) {
	const present = Object.entries(dynamic).filter(([, value]) => value !== void 0 && !(Array.isArray(value) && value.length === 0));
	return Object.fromEntries(present);
}
// src/inspect/programs/kept-ranges.ts
let spare = null;
const minReusable = 65536;
var KeptRanges = class {
	#kept = [];
	#next = 0;
	#passed = 0;
	#total = 0;
	#block = null;
	get passed() {
		return this.#passed;
	}
	get total() {
		return this.#total;
	}
	add(ranges) {
		let at = 0;
		const block = this.#take(ranges.reduce((sum, { start, end }) => sum + end - start, 0));
		for (const { start, end } of ranges) {
			this.#kept.push({
				start,
				end,
				bytes: block.subarray(at, at + end - start)
			});
			at += end - start;
		}
		this.#total += at;
	}
	release() {
		this.#kept.length = 0;
		if (this.#block !== null && this.#block.length > (spare?.length ?? 0)) spare = this.#block;
		this.#block = null;
	}
	update(chunk) {
		const begin = this.#passed;
		this.#passed += chunk.length;
		for (;;) {
			const range = this.#kept[this.#next];
			if (range === void 0 || range.start >= this.#passed) return;
			const from = Math.max(range.start, begin);
			chunk.copy(range.bytes, from - range.start, from - begin, Math.min(range.end, this.#passed) - begin);
			if (range.end > this.#passed) return;
			this.#next++;
		}
	}
	from(offset, length) {
		const parts = [];
		let at = offset;
		for (const { start, end, bytes } of this.#kept) {
			const until = Math.min(end, offset + length, this.#passed);
			if (at < start || at >= until) continue;
			parts.push(bytes.subarray(at - start, until - start));
			at = until;
		}
		return parts.length === 1 && parts[0] !== void 0 ? parts[0] : Buffer$1.concat(parts);
	}
	#take(size) {
		if (size < minReusable) return Buffer$1.allocUnsafe(size);
		const block = spare !== null && spare.length >= size ? spare : Buffer$1.allocUnsafe(size);
		if (block === spare) spare = null;
		if (block.length > (this.#block?.length ?? 0)) this.#block = block;
		return block;
	}
	all() {
		return this.#kept.filter(({ start }) => start < this.#passed).map(({ start, end, bytes }) => bytes.subarray(0, Math.min(end, this.#passed) - start));
	}
};
// src/inspect/programs/loader-directories.ts
const loaderName = /^(?:ld(?:64)?\.so\.\d+|ld-linux.*\.so\.\d+|ld-\d.*\.so|ld-musl-.*|libc\.musl-.*|libc\.so)$/;
const searchLimit = 4 * 1024 ** 2;
const directoriesLimit = 100;
function isLoader(path) {
	return loaderName.test(baseOf(path));
}
function loaderDirectoriesOf(bytes) {
	const paths = [...pathsIn(bytes.subarray(0, searchLimit))];
	return (paths.some(({ text }) => /\/etc\/ld-musl-[^/]+\.path$/.test(text)) ? paths.map(muslDirectories) : glibcDirectories(paths)).reduce((longest, list) => list.length > longest.length ? list : longest, []).slice(0, directoriesLimit);
}
function* pathsIn(bytes) {
	let start = 0;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] ?? 0;
		if (byte > 32 && byte < 127) continue;
		const first = bytes[start];
		if (byte === 0 && at - start > 2 && at - start < 4096 && (first === 47 || first === 37)) yield {
			text: bytes.toString("latin1", start, at),
			start,
			end: at
		};
		start = at + 1;
	}
}
function glibcDirectories(paths) {
	const lists = [];
	let end = -1;
	for (const path of paths.filter(({ text }) => /^(?:\/[^/]+)+\/$/.test(text))) {
		if (path.start !== end + 1) lists.push([]);
		lists.at(-1)?.push(path.text.slice(0, -1));
		end = path.end;
	}
	return lists;
}
function muslDirectories({ text }) {
	const directories = text.split(":");
	return directories.length > 1 && directories.every((path) => /^\/(?:.*\/)?lib/.test(path)) ? directories : [];
}
// src/inspect/programs/elf-facts.ts
var ElfReader = class {
	#file;
	#kept = new KeptRanges();
	#header = null;
	#segments = null;
	#unread = null;
	#turn = 64;
	constructor(file) {
		this.#file = file;
		this.#kept.add([{
			start: 0,
			end: 64
		}]);
	}
	update(chunk) {
		let rest = Buffer$1.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
		while (this.#turn !== null && this.#kept.passed + rest.length >= this.#turn) {
			const before = Math.max(0, this.#turn - this.#kept.passed);
			this.#kept.update(rest.subarray(0, before));
			rest = rest.subarray(before);
			this.#turn = this.#header === null ? this.#readHeader() : this.#readSegments(this.#header);
		}
		this.#kept.update(rest);
	}
	finish() {
		if (this.#header !== null && this.#segments === null) this.#readSegments(this.#header);
		const facts = this.#facts();
		this.#kept.release();
		return facts;
	}
	#facts() {
		const identity = identityOf(this.#kept.from(0, 64));
		if (identity === null) return void 0;
		if (this.#segments === null || this.#header === null) return {
			...identity,
			unread: this.#unread ?? "its headers are cut off"
		};
		const interpreter = this.#interpreter(this.#segments);
		const read = this.#dynamic(this.#header, this.#segments);
		const directories = isLoader(this.#file.path) ? loaderDirectoriesOf(Buffer$1.concat(this.#kept.all())) : [];
		const unread = this.#unread ?? read?.unread ?? null;
		return {
			...identity,
			...interpreter === null ? {} : { interpreter },
			...read === null ? {} : { dynamic: read.dynamic },
			...directories.length === 0 ? {} : { loaderDirectories: directories },
			...unread === null ? {} : { unread }
		};
	}
	#readHeader() {
		const head = this.#kept.from(0, 64);
		const identity = identityOf(head);
		if (identity === null) return null;
		const header = headerOf(head, identity);
		if (!hasSoundProgramHeaders(header)) {
			this.#unread = "its program headers are damaged";
			return null;
		}
		this.#header = header;
		this.#kept.add(rangesUntilHeaders(header, {
			size: this.#file.size,
			passed: this.#kept.passed
		}));
		return headersEnd(header);
	}
	#readSegments(header) {
		const table = this.#table(header.programHeaders);
		if (table === null) return null;
		const segments = segmentsOf(table, header);
		if (loadsOf(segments).length > 64) {
			this.#unread = "it has more segments than linkers write";
			return null;
		}
		const sections = hasEarlySections(header) ? this.#table(header.sectionHeaders) : null;
		const places = sections === null ? [] : tableSectionsOf(sections, header);
		const { path, size } = this.#file;
		const { passed, total: kept } = this.#kept;
		const file = {
			size,
			passed,
			kept,
			isLoader: isLoader(path)
		};
		this.#kept.add(rangesOfTables(header, segments, places, file));
		this.#segments = segments;
		return null;
	}
	#table({ offset, entrySize, count }) {
		const table = this.#kept.from(offset, entrySize * count);
		return table.length === entrySize * count ? table : null;
	}
	#interpreter(segments) {
		const segment = segments.find(({ type }) => type === segmentTypes.interpreter);
		if (segment === void 0) return null;
		const bytes = this.#kept.from(segment.offset, Math.min(segment.size, interpreterLimit));
		if (bytes.length > 1 && bytes.length === segment.size && bytes.at(-1) === 0) return bytes.toString("latin1", 0, bytes.indexOf(0));
		this.#unread = "its interpreter's name is damaged";
		return null;
	}
	#dynamic({ identity }, segments) {
		const segment = dynamicOf(segments);
		if (segment === null) return null;
		const loads = loadsOf(segments);
		const offset = offsetOf(loads, segment.address);
		if (offset === null) {
			this.#unread = "its dynamic section is not loaded";
			return null;
		}
		return readDynamic(this.#kept.from(offset, Math.min(segment.size, dynamicLimit)), new ElfMemory(this.#kept, loads), identity);
	}
};
// src/inspect/programs/executable.ts
function isExecutableMode(mode) {
	return (mode & 73) !== 0;
}
function isExecutable(node) {
	const { type, mode } = node.attributes;
	return type === "file" && isExecutableMode(mode) && node.size > 0;
}
function isProgram(node) {
	return isExecutable(node) && node.attributes.content?.format !== "other";
}
// src/inspect/programs/kept-text.ts
function keptTextOf(path) {
	return byPath.get(path) ?? byName$1.get(baseOf(path)) ?? (patterns.test(path) ? whole : null);
}
const limit = 65536;
const whole = {
	limit,
	of: (text) => text
};
const accounts$1 = {
	limit,
	of: (text) => text.replace(/^([^:\n]*:)[^:\n]+/gm, "$1x")
};
const libraryCache = {
	limit: 1024 ** 2,
	of: (text) => text
};
const javaRelease = {
	limit,
	of: (text) => /^JAVA_VERSION=/m.test(text) ? text : null
};
const byPath = new Map([
	["etc/os-release", whole],
	["usr/lib/os-release", whole],
	["etc/shells", whole],
	["etc/passwd", accounts$1],
	["etc/group", accounts$1],
	["etc/ld.so.cache", libraryCache]
]);
const byName$1 = new Map([["pyvenv.cfg", whole], ["release", javaRelease]]);
const patterns = /(?:^|\/)etc\/ld-musl-[^/]+\.path$|\.runtimeconfig\.json$/;
// src/inspect/programs/marker.ts
function marker(name, least, of) {
	return {
		name,
		signs: [{
			least,
			of
		}]
	};
}
function stringsOf(markers) {
	return [...new Set(markers.flatMap(({ signs }) => signs.flatMap(({ of }) => of)))];
}
function versionOfMarkers(markers) {
	return JSON.stringify(markers);
}
// src/inspect/programs/package-manager-markers.ts
const packageManagerMarkers = [
	marker("apt", 3, [
		"apt is a commandline package manager",
		"upgrade the system by removing/installing/upgrading packages",
		"list packages based on package names",
		"edit the source information file",
		"search in package descriptions",
		"update list of available packages",
		"satisfy dependency strings"
	]),
	marker("apt-get", 3, [
		"apt-get is a command line interface for retrieval",
		"Follow dselect selections",
		"Retrieve new lists of packages",
		"Erase old downloaded archive files",
		"Distribution upgrade, see apt-get(8)",
		"Configure build-dependencies for source packages",
		"Verify that there are no broken dependencies"
	]),
	marker("aptitude", 3, [
		"aptitude::Logging::File",
		"PkgIsInstalled",
		"User's ^Manual",
		"Aptitude::ProblemResolver",
		"Aptitude::CmdLine::",
		"12task_subtree"
	]),
	marker("dpkg", 3, [
		" - DPKG_CONFFILE_OLD",
		" - DPKG_SHELL_REASON",
		"tortoise_in_hare",
		"promptconfaction",
		"deppossi_ok_found",
		"forget-old-unavail",
		"yettobeunpacked",
		"stupidlyverbose"
	]),
	marker("dselect", 3, [
		"ensurestatsortinfo",
		"query/setup script",
		"kd_swapstatorder",
		"affectedmatches",
		"revertinstalled",
		"cu_unlockmethod"
	]),
	marker("rpm", 3, [
		"Install/Upgrade/Erase options:",
		"no packages given for erase",
		"no packages given for install",
		"only installation and upgrading may be forced",
		"--prefix may only be used when installing new packages",
		"files may only be relocated during package installation",
		"only one of --excludedocs and --includedocs"
	]),
	marker("pacman", 3, [
		"Pacman v%s - libalpm v%s",
		"alpm_sync_sysupgrade",
		"machinereadable",
		"%s: no mtree file",
		"no targets specified (use -h for help)",
		"Explicitly installed",
		"there is nothing to do"
	]),
	marker("zypper", 3, [
		"Enter the zypper command shell.",
		"./src/Zypper.h",
		"12AddLocaleCmd",
		"--plus-content",
		"rug-compatible",
		"main/showAlias",
		"_tmpRPMcache_"
	]),
	marker("dnf5", 3, [
		"Enable libdnf5 plugins by name.",
		"DNF5_PLUGINS_DIR",
		"dump-main-config",
		"dump-repo-config",
		"show-new-leaves",
		"whatsupplements",
		"offline-upgrade"
	]),
	marker("nix", 4, [
		"__run_in_chroot",
		"/.nix-channels",
		"--add-drv-link",
		"installing derivations",
		"upgrading derivations",
		"NIX_BUILD_SHELL",
		"13CmdUpgradeNix",
		"--print-fixed-path"
	]),
	marker("snap", 3, [
		"github.com/snapcore/snapd/cmd/snap/",
		"main.(*cmdInstall).",
		"main.(*cmdRefresh).",
		"main.(*cmdRevert).",
		"main.advisePkg"
	]),
	marker("flatpak", 3, [
		"Install an application or runtime",
		"- Install applications or runtimes",
		"__FLATPAK_FILE",
		"Uninstalling %s",
		"flatpak remote-add",
		"Show only apps"
	]),
	marker("cupt", 3, [
		"show-reasons,D",
		"importance=wish",
		"You've got ride",
		"N4cupt9ExceptionE",
		"all-versions,a"
	]),
	marker("synaptic", 3, [
		"Usage: synaptic [options]",
		"/usr/share/synaptic/gtkbuilder/",
		"Mark all possible upgrades",
		"Volatile::ParentWindowId",
		"--test-me-harder",
		"_overrideVersionM"
	]),
	marker("apk", 3, [
		", compiled for ",
		"' is not an apk command. See",
		"Failed to open apk database: %s",
		"World updated, but the following packages",
		"You tried to add a non-repository package to system",
		"Go and fetch your own coffee",
		"PANIC! Failed to re-execute new apk-tools!",
		"Unable to select packages. Run apk fix."
	]),
	marker("xbps-install", 3, [
		"Usage: xbps-install [OPTIONS] [PKGNAME...]",
		"[*] Configuring unpacked packages",
		"[*] Collecting package files",
		"[*] Verifying package integrity",
		"total-configure-pkgs",
		"ignore-file-conflicts"
	]),
	marker("microdnf", 2, [
		"This is microdnf, which implements subset of",
		"Use of \"--enableplugin\" and \"--disableplugin\" has no meaning.",
		"Argument --nobest is not allowed with argument --best",
		"Missing subcommand for command: '%s'",
		"DNF_IN_TREE_PLUGINS"
	]),
	marker("tdnf", 3, [
		"Usage: tdnf [options] COMMAND",
		"Please use /usr/bin/tdnf --help",
		"[--rpmverbosity [debug level name]]",
		"[--sec-severity CVSS_v3.0_Severity]",
		"[--disableplugin=<plugin_name>]",
		"[--downloaddir=<directory>]",
		"[--noautoremove]"
	]),
	marker("opkg", 3, [
		"usage: opkg [options...] sub-command",
		"force-removal-of-essential-packages",
		"force-removal-of-dependent-packages",
		"force_removal_of_dependent_packages",
		"Confusion: getopt_long returned %d",
		"List user modified configuration files"
	])
];
// src/inspect/programs/shell-markers.ts
const busybox = {
	least: 2,
	of: [
		"BusyBox v1.",
		"BusyBox is copyrighted by many authors",
		"Usage: busybox [function",
		"Currently defined functions:",
		"multi-call binary that combines many",
		"/etc/busybox.conf",
		"applet not found"
	]
};
const ash = {
	least: 4,
	of: [
		"EOF in backquote substitution",
		"se \"exit\" to leave shell.",
		"You have stopped jobs.",
		"ad for loop variable",
		"nterminated quoted string",
		": bad variable name",
		"%s not defined in %s",
		"llegal option -%c",
		"o arg for -%c option",
		"osing paren expected",
		"ad fd number",
		" is a shell keyword"
	]
};
const hush = {
	least: 3,
	of: [
		"HUSH_VERSION=",
		"syntax error: unterminated %s",
		"syntax error: unexpected %s",
		"syntax error at '%s'",
		"unexpected EOF in here document",
		"fatal recursion (depth %u)",
		"wait: pid %u is not a child of this shell",
		"%s: not in a function or sourced script"
	]
};
const mirbsd = {
	least: 4,
	of: [
		"${ENV:-~/.mkshrc}",
		"Use 'exit' to leave mksh",
		"empty nameref target",
		"funny $()-command",
		"integer overflow %zu %c %zu prevented",
		"TELIF unexpected",
		"L#R#UZ#afgi#lnprtux",
		"nested arrays not yet supported",
		"reference variable can't be an array",
		"wdscan: unknown char 0x%X (carrying on)"
	]
};
const csh = {
	least: 4,
	of: [
		"/etc/csh.cshrc",
		"No job control in this shell",
		"Too dangerous to alias that",
		"Words not parenthesized",
		"$?<digit> or $#<digit> not allowed",
		"Directory stack not that deep",
		"Can't << within ()'s",
		"Not in while/foreach",
		"Malformed file inquiry",
		"Can't suspend a login shell"
	]
};
const shellMarkers = [
	{
		name: "busybox",
		signs: [busybox, ash]
	},
	{
		name: "busybox",
		signs: [busybox, hush]
	},
	marker("toybox", 3, [
		"(noediting)(noprofile)(norc)sc:i",
		"bad quote depth",
		"recursive occlusion",
		"need for/while/until",
		"%s: bad pid/job",
		"declare -%s %.*s",
		"bad math: %s @ %ld",
		"%s: ambiguous redirect"
	]),
	marker("bash", 4, [
		"@(#)Bash version ",
		"bash_execute_unix_command",
		"BASH_EXECUTION_STRING",
		"maximum function nesting level exceeded",
		"error importing function definition for `%s'",
		"initialize_job_control",
		"make_redirection: redirection instruction",
		"trap_handler: bad signal",
		"wait_for: No record of process",
		"cannot make pipe for command substitution",
		"-ilrsD or -c command or -O shopt_option"
	]),
	{
		name: "lksh",
		signs: [{
			least: 1,
			of: ["@(#)LEGACY KSH "]
		}, mirbsd]
	},
	{
		name: "mksh",
		signs: [mirbsd]
	},
	marker("posh", 4, [
		"POSH_VERSION",
		"%s/poshXXXXXX",
		"shcomexec: %s",
		"posh_builtin_getopts: no argv",
		"waitlast: no last job",
		"remove_job: job not found (%s)",
		"j_async: bad nzombie (%d)",
		"no file specified for sourcing"
	]),
	marker("oksh", 4, [
		"@(#)PD KSH ",
		"FVIESCCOMPLETE",
		"FVITABCOMPLETE",
		"Use `exit' to leave ksh",
		"could not finish (dup) redirection",
		"can't find function definition file",
		"No controlling tty (open /dev/tty: %s)",
		"integer=typeset -i",
		"autoload=typeset -fu",
		"stop=kill -STOP"
	]),
	marker("ksh93", 4, [
		"@(#)$Id: whence (",
		"@(#)$Id: typeset (",
		"/etc/ksh.kshrc",
		"typeset -T %s",
		".sh.subscript",
		"no query process",
		"is an undefined function",
		"is a tracked alias"
	]),
	marker("zsh", 4, [
		"ZSH_PATCHLEVEL",
		"READNULLCMD",
		"REPORTMEMORY",
		"KEYBOARD_HACK",
		"HISTORY_IGNORE",
		"warnnestedvar",
		"autoparamslash",
		"rcexpandparam",
		"zmodload -ab",
		"job table full or recursion limit exceeded",
		"maximum nested function level reached"
	]),
	{
		name: "tcsh",
		signs: [csh, {
			least: 2,
			of: [
				"run-fg-editor",
				"transpose-gosling",
				"Bad tw_command",
				"e_dosify_next",
				"No $watch variable set",
				"list-choices-raw"
			]
		}]
	},
	{
		name: "csh",
		signs: [csh]
	},
	marker("fish", 3, [
		"# This file contains fish universal variable definitions.",
		"# VERSION: %64s",
		"FISH_NO_WSL_CHECK",
		"fish_emoji_width",
		"fish_read_limit",
		"populate_from_file_contents",
		"setpgid(2) returned EPERM. Retrying",
		"process_type_t::exec process found in pipeline",
		"disable_automatic_save_counter > 0"
	]),
	marker("yash", 4, [
		"Yet another shell",
		"$YASH_AFTER_CD",
		"YASH_LOADPATH",
		"vi-exec-alias",
		"srch-self-insert",
		"bol-or-digit",
		"eof-or-delete",
		"accept-prediction",
		"abort-expect-char",
		"lineedit command"
	]),
	marker("sash", 4, [
		"Stand-alone shell (version",
		"Exit from sash",
		"-pivot_root",
		"Alias \"%s\" is not defined",
		"Cannot alias \"alias\"",
		"Illegal use of -o",
		"List ext2 file attributes",
		"No memory for alias table"
	]),
	marker("elvish", 2, [
		"src.elv.sh/pkg/shell.",
		"src.elv.sh/pkg/edit.",
		"src.elv.sh/pkg/prog.",
		"src.elv.sh/pkg/daemon.",
		"elves/elvish/pkg/shell.",
		"elves/elvish/pkg/edit.",
		"elves/elvish/pkg/prog.",
		"elves/elvish/pkg/daemon."
	]),
	marker("rc", 4, [
		"rc: unknown flag",
		"`if not' must follow `if'",
		"rc: line %d: %s near %s",
		"multi-word variable name",
		"null function name",
		"rc: `%s' is a bad number",
		"'=' in variable name",
		"caught signal set to SIG_DFL",
		"bad mode passed to rc_open"
	]),
	marker("rc", 4, [
		"mismatched list lengths in concatenation",
		"Can't cd -- $home empty",
		"`if not' does not follow `if(...)'",
		"variable name not singleton!",
		"null list in concatenation",
		"Bad address %d in stuffdot",
		"Xunlocal: no locals!",
		"builtin: empty argument list",
		"unknown flags %08ux in rfork",
		"turfredir null!"
	]),
	marker("es", 4, [
		"$&writehistory",
		"$&backquote",
		"fn-%interactive-loop",
		"fn-%eval-noprint",
		"%exit-on-false",
		"fn-%backquote"
	]),
	marker("mrsh", 3, [
		"builtin_unalias",
		"mrsh_run_program",
		"mrsh_state_",
		"usage: command [-v|-V|-p] command_name",
		"expected a complete command"
	]),
	marker("brush", 3, [
		"BRUSH_VERSION",
		"bash-compatible, Rust-implemented, POSIX-style shell",
		"unknown bundled command: ",
		"Configure the running brush shell",
		"github.com/reubeno/brush/issues",
		"For more information, visit https://brush.sh"
	]),
	marker("gosh", 1, ["mvdan.cc/sh/v3/cmd/gosh", "/cmd/gosh/main.go"]),
	{
		name: "dash",
		signs: [ash]
	}
];
const multiCallShells = new Set(["busybox", "toybox"]);
// src/inspect/programs/marker-search.ts
const markers = [...shellMarkers, ...packageManagerMarkers];
const strings = stringsOf(markers);
const maxLength$3 = Math.max(...strings.map(({ length }) => length));
const wordSize = 4;
const step = 8;
const windowSize = 11;
const byFrequency = "\0etiasnroldcpum_hg fbEvyAkSTCIRwDONPLMx-F:.U/V0B1";
function frequencyOf(word) {
	return [...word].map((byte) => byFrequency.indexOf(byte)).map((rank) => rank < 0 ? 49 : rank).reduce((product, rank) => product / (rank + 1), 1);
}
function windowOf(text) {
	const words = Array.from({ length: text.length - wordSize + 1 }, (_, at) => frequencyOf(text.slice(at, at + wordSize)));
	const windows = words.slice(7).map((_, at) => Math.max(...words.slice(at, at + step)));
	return windows.indexOf(Math.min(...windows));
}
const clues = Map.groupBy(strings.flatMap((text) => {
	if (text.length < windowSize) throw new Error(`too short to search for: ${text}`);
	const bytes = Buffer$1.from(text, "latin1");
	const window = windowOf(text);
	return Array.from({ length: step }, (_, index) => ({
		text,
		bytes,
		offset: window + index
	}));
}), ({ bytes, offset }) => Buffer$1.from(bytes).readInt32LE(offset));
const isClue = new Uint8Array(2 ** 18);
for (const word of clues.keys()) isClue[slotOf(word)] = 1;
function slotOf(word) {
	return Math.imul(word, 2654435761) >>> 14;
}
var MarkerSearch = class {
	#found = new Set();
	#tail = Buffer$1.alloc(0);
	update(chunk) {
		const seam = Buffer$1.concat([this.#tail, chunk.subarray(0, maxLength$3 - 1)]);
		if (this.#tail.length > 0) this.#search(seam);
		this.#search(chunk);
		this.#tail = chunk.length < maxLength$3 ? seam.subarray(1 - maxLength$3) : Buffer$1.from(chunk.subarray(1 - maxLength$3));
	}
	#search(bytes) {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		const end = bytes.length - wordSize + 1;
		let at = 0;
		for (; at + 24 < end; at += 32) if (((isClue[slotOf(view.getInt32(at, true))] ?? 0) | (isClue[slotOf(view.getInt32(at + step, true))] ?? 0) | (isClue[slotOf(view.getInt32(at + 16, true))] ?? 0) | (isClue[slotOf(view.getInt32(at + 24, true))] ?? 0)) !== 0) this.#look(bytes, view, at, at + 32);
		this.#look(bytes, view, at, end);
	}
	#look(bytes, view, from, to) {
		for (let at = from; at < to; at += step) {
			const word = view.getInt32(at, true);
			if (isClue[slotOf(word)] === 0) continue;
			for (const clue of clues.get(word) ?? []) if (isAt(bytes, at - clue.offset, clue.bytes)) this.#found.add(clue.text);
		}
	}
	finish() {
		const complete = markers.filter(({ signs }) => signs.every(({ least, of }) => of.filter((text) => this.#found.has(text)).length >= least));
		return [...new Set(complete.map(({ name }) => name))].sort();
	}
};
function isAt(bytes, start, wanted) {
	if (start < 0 || start + wanted.length > bytes.length) return false;
	for (let index = 0; index < wanted.length; index += 1) if (bytes[start + index] !== wanted[index]) return false;
	return true;
}
// src/inspect/programs/unread.ts
function findUnread({ unread: candidates }) {
	const seen = new Set();
	const unread = [];
	for (const node of candidates) {
		const detail = reasonOf(node);
		if (detail === null || seen.has(node.inode ?? node)) continue;
		seen.add(node.inode ?? node);
		unread.push({
			path: displayPath(node.path).path,
			detail
		});
	}
	return unread;
}
function couldBeUnread(node) {
	return node.attributes.type === "file" && reasonOf(node) !== null;
}
function reasonOf(node) {
	const { content } = node.attributes;
	if (content === void 0) return isExecutable(node) ? "became executable only through a hard link" : null;
	if (content.markers?.includes("packed")) return "is packed with UPX";
	if (content.markers?.includes("dense")) return "has no section headers and contains compressed or encrypted bytes, like packed programs";
	if (content.markers?.includes("unread")) return "is too large to search";
	return null;
}
const packedMarker = "packed";
const denseMarker = "dense";
const unreadMarker = "unread";
// src/inspect/programs/content.ts
const maxSearchedBytes = 2 * 1024 ** 3;
const minDenseBytes = 16384;
function examineContent({ path, mode, size }, searchLimit = maxSearchedBytes) {
	if (size === 0) return void 0;
	const text = keptTextOf(path);
	return new Probe({
		path,
		isExecutable: isExecutableMode(mode),
		size,
		text: text !== null && size <= text.limit ? text : null,
		searchLimit
	});
}
const nothing$2 = Buffer$1.alloc(0);
var Probe = class {
	#options;
	#head = nothing$2;
	#plan = null;
	#searched = 0;
	#text = "";
	constructor(options) {
		this.#options = options;
	}
	update(chunk) {
		const bytes = Buffer$1.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
		if (this.#options.text !== null) this.#text += bytes.toString("latin1");
		if (this.#plan !== null) {
			this.#look(this.#plan, bytes);
			return;
		}
		const head = this.#head.length === 0 ? bytes : Buffer$1.concat([this.#head, bytes]);
		if (head.length >= 1024) this.#decide(head);
		else this.#head = Buffer$1.from(head);
	}
	finish() {
		const { content, search, dense, elf } = this.#plan ?? this.#decide(this.#head);
		const markers = [...search?.finish() ?? [], ...content.markers ?? []];
		const { isExecutable, text: keeps, searchLimit } = this.#options;
		if (this.#searched > searchLimit) markers.push(unreadMarker);
		if (dense !== null && dense.total >= minDenseBytes) markers.push(denseMarker);
		const facts = elf?.finish();
		const text = keeps?.of(this.#text) ?? null;
		const isNothing = facts === void 0 && text === null && markers.length === 0;
		if (!isExecutable && isNothing) return void 0;
		return {
			...content,
			...markers.length === 0 ? {} : { markers: markers.sort() },
			...facts === void 0 ? {} : { elf: facts },
			...text === null ? {} : { text }
		};
	}
	#decide(head) {
		this.#head = nothing$2;
		const { path, size, isExecutable } = this.#options;
		const isSearched = isElf(head) && isExecutable || isLoadable(head, size);
		const plan = {
			content: contentOf(head, isSearched),
			search: isSearched ? new MarkerSearch() : null,
			dense: isSearched && !hasSections(head, size) ? new DenseBytes() : null,
			elf: isElf(head) ? new ElfReader({
				path,
				size
			}) : null
		};
		this.#plan = plan;
		this.#look(plan, head);
		return plan;
	}
	#look({ search, dense, elf }, bytes) {
		elf?.update(bytes);
		if (search === null) return;
		const left = Math.max(0, this.#options.searchLimit - this.#searched);
		this.#searched += bytes.length;
		if (left === 0) return;
		search.update(bytes.subarray(0, left));
		dense?.update(bytes.subarray(0, left));
	}
};
function contentOf(head, isSearched) {
	if (isElf(head)) return {
		format: "elf",
		...isSearched && isPacked(head) ? { markers: [packedMarker] } : {}
	};
	if (isLfsPointer(head)) return {
		format: "other",
		markers: [lfsPointerMarker]
	};
	if (head.toString("latin1", 0, 2) !== "#!") return { format: "other" };
	return {
		format: "script",
		interpreter: head.toString("latin1", 2, 257).split("\n", 1)[0] ?? ""
	};
}
// src/policy/sentence.ts
function say(texts, ...values) {
	return texts.flatMap((text, index) => {
		const value = values[index];
		const own = text === "" ? [] : [text];
		return value === void 0 ? own : [...own, ...partsOf$1(value)];
	});
}
function listed$2(sentences) {
	return sentences.flatMap((sentence, index) => {
		if (index === 0) return sentence;
		return [index === sentences.length - 1 ? " and " : ", ", ...sentence];
	});
}
function partsOf$1(value) {
	if (typeof value === "string") return [{ code: value }];
	if (typeof value === "number") return [String(value)];
	return isSentence(value) ? value : [value];
}
function isSentence(value) {
	return Array.isArray(value);
}
// src/policy/advice/missing-base.ts
function havingBase({ baseMissing }) {
	const accept = say`To only warn when the base is missing, set ${"missing-base: warn"}.`;
	switch (baseMissing?.reason) {
		case "moved": return [say`Set ${"base-file"} to the Dockerfile's old path.`, accept];
		case "build-failed": return [say`Fix the build on the base branch, or create the files that it lacks with ${"base-prepare"}.`, accept];
		case "unavailable": return [say`Run again once the base can be fetched.`, accept];
		case "not-asked": return [say`Set ${"compare-with"} to an image to compare with.`];
		default: return [];
	}
}
// src/policy/advice/base-images.ts
const libc = [
	...[
		"libBrokenLocale.so.1",
		"libanl.so.1",
		"libc.so.6",
		"libdl.so.2",
		"libm.so.6",
		"libnsl.so.1"
	],
	...[
		"libnss_compat.so.2",
		"libnss_dns.so.2",
		"libnss_files.so.2",
		"libpthread.so.0",
		"libresolv.so.2"
	],
	...[
		"librt.so.1",
		"libthread_db.so.1",
		"libutil.so.1"
	]
];
const openssl = [
	"libssl.so.3",
	"libcrypto.so.3",
	"libz.so.1",
	"libzstd.so.1"
];
const gcc = [
	"libstdc++.so.6",
	"libgcc_s.so.1",
	"libgomp.so.1"
];
const distrolessStatic = {
	name: "gcr.io/distroless/static-debian13",
	architectures: [
		"amd64",
		"arm64",
		"arm",
		"s390x",
		"ppc64le",
		"riscv64"
	],
	entrypoint: null,
	libc: null,
	libraries: new Set()
};
const distrolessBase = {
	...distrolessStatic,
	name: "gcr.io/distroless/base-debian13",
	libc: "glibc",
	libraries: new Set([...libc, ...openssl])
};
const distrolessCc = {
	...distrolessBase,
	name: "gcr.io/distroless/cc-debian13",
	libraries: new Set([
		...libc,
		...openssl,
		...gcc
	])
};
const distrolessPython = {
	...distrolessCc,
	name: "gcr.io/distroless/python3-debian13",
	architectures: [
		"amd64",
		"arm64",
		"riscv64"
	],
	entrypoint: ["/usr/bin/python3.13"],
	version: "3.13",
	builder: "python:3.13-slim-trixie"
};
function distrolessJava(version) {
	const next = version < 17 ? void 0 : [
		17,
		21,
		25
	].find((known) => known >= version);
	if (next === void 0) return null;
	return {
		...distrolessBase,
		name: `gcr.io/distroless/java${next}-debian13`,
		architectures: [
			"amd64",
			"arm64",
			"s390x",
			"ppc64le",
			"riscv64"
		],
		entrypoint: ["/usr/bin/java", "-jar"],
		version: next
	};
}
function distrolessNode(version) {
	const next = [
		22,
		24,
		26
	].find((known) => known >= version);
	if (next === void 0) return null;
	return {
		...distrolessCc,
		name: `gcr.io/distroless/nodejs${next}-debian13`,
		architectures: [
			"amd64",
			"arm64",
			"s390x",
			"ppc64le",
			...next === 22 ? ["arm"] : []
		],
		entrypoint: ["/nodejs/bin/node"],
		version: next
	};
}
const accounts = new Set([
	"root",
	"nobody",
	"nonroot"
]);
const libraryDirectories = new Map([
	["amd64", "/usr/lib/x86_64-linux-gnu"],
	["arm64", "/usr/lib/aarch64-linux-gnu"],
	["arm", "/usr/lib/arm-linux-gnueabihf"],
	["s390x", "/usr/lib/s390x-linux-gnu"],
	["ppc64le", "/usr/lib/powerpc64le-linux-gnu"],
	["riscv64", "/usr/lib/riscv64-linux-gnu"]
]);
const loaders = new Map([
	["amd64", "/lib64/ld-linux-x86-64.so.2"],
	["arm64", "/lib/ld-linux-aarch64.so.1"],
	["arm", "/lib/ld-linux-armhf.so.3"],
	["s390x", "/lib/ld64.so.1"],
	["ppc64le", "/lib64/ld64.so.2"],
	["riscv64", "/lib/ld-linux-riscv64-lp64d.so.1"]
]);
// src/policy/advice/older-libraries.ts
function olderThanDebian13(family) {
	return families.find(([pattern]) => pattern.test(family ?? ""))?.[1] ?? null;
}
const families = [
	[/^Debian GNU\/Linux (?:9|1[0-3])(?:\.\d+)? \((?!.*\/sid)/, "all"],
	[/^Ubuntu (?:1\d|2[0-4])\.(?:04|10)\b/, "all"],
	[/^Ubuntu 25\.04\b/, "libc"],
	[/^(?:Red Hat Enterprise Linux|CentOS|Rocky|Alma|Oracle)\D* (?:[789]|10)\b/, "libc"],
	[/^Amazon Linux (?:2|2023)\b/, "libc"],
	[/^Fedora(?: Linux)? (?:3\d|4[0-2])\b/, "libc"]
];
// src/compare/runtime.ts
function startsOtherwise(head, base) {
	return [
		commandOf$7,
		userOf,
		workingDirectoryOf
	].some((fact) => JSON.stringify(fact(head)) !== JSON.stringify(fact(base)));
}
function commandOf$7({ entrypoint, command }) {
	return [...entrypoint ?? [], ...command ?? []];
}
function userOf({ user }) {
	const [name = "", group = "", ...rest] = (user ?? "").split(":");
	if (rest.length > 0) return user ?? "";
	const isRoot = isOneOf(name, "root");
	const isNoGroup = group === "" || isRoot && isOneOf(group, "root");
	return `${isRoot ? "root" : name}${isNoGroup ? "" : `:${group}`}`;
}
function isOneOf(text, name) {
	return text === "" || text === name || /^[+-]?0+$/.test(text);
}
function workingDirectoryOf({ workingDirectory }) {
	const directory = workingDirectory || "/";
	return directory.startsWith("/") ? posix.normalize(directory).replace(/(?<=.)\/$/, "") : directory;
}
function hasNewGitDirectory(head, base) {
	const before = new Set(base.gitDirectories.map(({ path, pathBase64 }) => pathBase64 ?? path));
	return head.gitDirectories.some(({ path, pathBase64 }) => !before.has(pathBase64 ?? path));
}
// src/oci/reference.ts
const hostLabel = "(?:[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*)";
const host = `(?:${hostLabel}(?:\\.${hostLabel})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathComponent = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const referenceForm = new RegExp(`^(?:(${host})/)?(${`${pathComponent}(?:/${pathComponent})*`})(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`);
const maxPathLength = 255;
const maxReferenceLength = 4096;
const digestLengths = new Map([
	["sha256", 64],
	["sha384", 96],
	["sha512", 128]
]);
function parseReference(text) {
	if (text.length > maxReferenceLength || /^[a-f0-9]{64}$/.test(text)) return null;
	const [domain, rest] = splitDomain(text);
	const match = referenceForm.exec(`${domain}/${rest}`);
	if (match === null) return null;
	const [, parsedHost, path = "", parsedTag = null, parsedDigest = null] = match;
	if (path.length > maxPathLength || parsedDigest !== null && !isRegisteredDigest(parsedDigest)) return null;
	return {
		name: parsedHost === void 0 ? path : `${parsedHost}/${path}`,
		tag: parsedTag,
		digest: parsedDigest
	};
}
function formatReference({ name, tag, digest }) {
	return (tag === null && digest === null ? `${name}:latest` : name + (tag === null ? "" : `:${tag}`)) + (digest === null ? "" : `@${digest}`);
}
function familiarName({ name, tag, digest }) {
	const text = familiarRepository(name) + (tag === null ? "" : `:${tag}`);
	return digest === null ? text.replace(/:latest$/, "") : `${text}@${digest}`;
}
function readableReference(text) {
	const reference = parseReference(text);
	if (reference === null) return text;
	const { name, tag, digest } = reference;
	const readableDigest = digest?.replace(/(?<=:[0-9a-f]{12})[0-9a-f]+$/, "…");
	return `${familiarRepository(name)}${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${readableDigest}`}`;
}
function isPinned(text) {
	return text === "scratch" || (parseReference(text)?.digest ?? null) !== null;
}
function familiarRepository(name) {
	const onHub = name.startsWith("docker.io/") ? name.slice(10) : name;
	return onHub !== name && /^library\/[^/]+$/.test(onHub) ? onHub.slice(8) : onHub;
}
function splitDomain(text) {
	const slash = text.indexOf("/");
	if (slash === -1) return ["docker.io", `library/${text}`];
	const first = text.slice(0, slash);
	const rest = text.slice(slash + 1);
	const isDomain = first === "localhost" || /[.:]/.test(first) || first.toLowerCase() !== first;
	const domain = !isDomain || first === "index.docker.io" ? "docker.io" : first;
	const path = isDomain ? rest : text;
	return [domain, domain === "docker.io" && !path.includes("/") ? `library/${path}` : path];
}
function isRegisteredDigest(digest) {
	const [algorithm = "", hex = ""] = digest.split(":");
	return digestLengths.get(algorithm) === hex.length && !/[A-F]/.test(hex);
}
// src/dockerfile/parse/blank.ts
const blanks = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const blank = new RegExp(`[${blanks}]`);
const leading = new RegExp(`^[${blanks}]+`);
function isBlank$1(character) {
	return blank.test(character);
}
function trimLeft(text) {
	return text.replace(leading, "");
}
function trim(text) {
	let end = text.length;
	while (end > 0 && isBlank$1(text.charAt(end - 1))) end--;
	return trimLeft(text.slice(0, end));
}
function splitAtBlanks(text) {
	return text.split(/[\t\v\f\r ]+/);
}
function lower(text) {
	return text.replaceAll("İ", "i").toLowerCase();
}
// src/dockerfile/parse/refuse.ts
const maxQuotedLength = 80;
const expandedLimit = 1048576;
function refuse$1(line, what) {
	throw new Failure("dockerfile-invalid", `Dockerfile line ${line}: ${what}. docker build refuses it, too. Correct that line.`);
}
function quote$1(text) {
	return JSON.stringify(text.length > maxQuotedLength ? `${text.slice(0, maxQuotedLength)}…` : text);
}
// src/dockerfile/parse/instruction.ts
const jsonKeywords = new Set([
	"ADD",
	"CMD",
	"COPY",
	"ENTRYPOINT",
	"RUN",
	"SHELL",
	"VOLUME"
]);
function jsonArguments(keyword, text, line) {
	const source = keyword === "HEALTHCHECK" ? healthcheckCommand(text) : text;
	if (!(jsonKeywords.has(keyword) || keyword === "HEALTHCHECK") || !source.startsWith("[")) return null;
	const values = parseArray(source);
	if (values === null) return null;
	return values.map((value) => typeof value === "string" ? value : refuse$1(line, "the JSON form may contain only strings"));
}
function argumentsOf(instruction) {
	return instruction.json ?? (instruction.text === "" ? [] : splitAtBlanks(instruction.text));
}
function healthcheckCommand(text) {
	return trim(text.replace(/^[^\t\n\v\f\r ]+/, ""));
}
function parseArray(text) {
	try {
		const value = JSON.parse(text);
		return Array.isArray(value) ? value : null;
	} catch {
		return null;
	}
}
// src/dockerfile/parse/pattern.ts
const maxWork = 2 ** 20;
function trimPrefix(value, pattern, longest, fail) {
	const matcher = matcherOf(Array.from(value), tokensOf$1(pattern, fail), longest, fail);
	return matcher.characters.slice(matcher.end(0) ?? 0).join("");
}
function trimSuffix(value, pattern, longest, fail) {
	const reversed = Array.from(value).reverse().join("");
	return Array.from(trimPrefix(reversed, reversePattern(pattern), longest, fail)).reverse().join("");
}
function replace(value, pattern, replacement, all, fail) {
	const { characters, starts, end } = matcherOf(Array.from(value), tokensOf$1(pattern, fail), true, fail);
	const pieces = [];
	const dollars = replacement.split("$").length - 1;
	let added = 0;
	let copied = 0;
	for (let from = 0; from <= characters.length;) {
		const start = starts(from);
		if (start === null) break;
		const stop = end(start) ?? start;
		pieces.push(characters.slice(copied, start).join(""));
		if (stop > copied || start === 0) {
			added += replacement.length + dollars * (stop - start);
			if (added > 1048576) fail(`the expanded text is longer than ${expandedLimit} characters`);
			pieces.push(all ? template(replacement, characters.slice(start, stop).join("")) : replacement);
		}
		copied = stop;
		if (!all) break;
		from = Math.max(stop, from + 1);
	}
	return pieces.join("") + characters.slice(copied).join("");
}
function tokensOf$1(pattern, fail) {
	const characters = Array.from(pattern);
	const tokens = [];
	for (let at = characters[0] === "﻿" ? 1 : 0; at < characters.length; at++) {
		const character = characters[at] ?? "";
		const following = characters[at + 1];
		if (character === "*") tokens.push({ kind: "star" });
		else if (character === "?") tokens.push({ kind: "any" });
		else if (character !== "\\") tokens.push({
			kind: "character",
			character
		});
		else if (following !== "}" && following !== "/") {
			if (following !== "*" && following !== "?" && following !== "\\") fail(`invalid pattern (${pattern}) in substitution: invalid escape '\\${following ?? ""}'`);
			tokens.push({
				kind: "character",
				character: following
			});
			at++;
		}
	}
	return tokens;
}
function matcherOf(characters, tokens, greedy, fail) {
	const width = characters.length + 1;
	if ((tokens.length + 1) * width > maxWork) fail("the pattern and the value that it is matched against are too long");
	const table = new Uint8Array((tokens.length + 1) * width).fill(1, tokens.length * width);
	const matches = (token, at) => table[token * width + at] === 1;
	for (let token = tokens.length - 1; token >= 0; token--) for (let at = width - 1; at >= 0; at--) if (fits(token, at)) table[token * width + at] = 1;
	function fits(index, at) {
		const token = tokens[index];
		const character = characters[at];
		if (token?.kind === "star") return matches(index + 1, at) || character !== void 0 && character !== "\n" && matches(index, at + 1);
		if (character === void 0) return false;
		return (token?.kind === "character" ? character === token.character : character !== "\n") && matches(index + 1, at + 1);
	}
	function end(start) {
		if (!matches(0, start)) return null;
		let at = start;
		for (const [index, token] of tokens.entries()) at = token.kind === "star" ? starEnd(index, at) : at + 1;
		return at;
	}
	function starEnd(index, from) {
		let found = matches(index + 1, from) ? from : null;
		for (let at = from; at < characters.length && characters[at] !== "\n" && (greedy || found === null); at++) if (matches(index + 1, at + 1)) found = at + 1;
		return found ?? from;
	}
	function starts(from) {
		for (let at = from; at < width; at++) if (matches(0, at)) return at;
		return null;
	}
	return {
		characters,
		end,
		starts
	};
}
function reversePattern(pattern) {
	const pieces = [];
	const characters = Array.from(pattern);
	for (let at = 0; at < characters.length; at++) {
		const piece = characters[at] ?? "";
		pieces.push(piece === "\\" && at + 1 < characters.length ? piece + characters[++at] : piece);
	}
	return pieces.reverse().join("");
}
function template(replacement, match) {
	return replacement.replace(/\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (_, dollar, braced, bare) => {
		if (dollar !== void 0) return "$";
		return /^0+$/.test(braced ?? bare) ? match : "";
	});
}
// src/dockerfile/parse/lexer.ts
const maxDepth$1 = 200;
function lex(text, variables, options, fail) {
	return new Lexer(text, variables, options, fail).lex();
}
var Lexer = class {
	#characters;
	#variables;
	#options;
	#fail;
	#at;
	#depth = 0;
	#keepEscapes;
	#word = "";
	constructor(text, variables, options, fail) {
		this.#characters = Array.from(text);
		this.#variables = variables;
		this.#options = options;
		this.#fail = fail;
		this.#keepEscapes = options.keepEscapes ?? false;
		this.#at = this.#characters[0] === "﻿" ? 1 : 0;
	}
	lex() {
		return this.#until(null, this.#keepEscapes);
	}
	#peek() {
		return this.#characters[this.#at];
	}
	#next() {
		return this.#characters[this.#at++];
	}
	#until(stop, keepEscapes) {
		if (++this.#depth > maxDepth$1) this.#fail("substitutions are nested too deeply");
		const outerKeepEscapes = this.#keepEscapes;
		this.#keepEscapes = keepEscapes;
		this.#word = "";
		const pieces = [];
		const words = [];
		let length = 0;
		let inWord = false;
		const { ignoreQuotes = false } = this.#options;
		const add = (piece) => {
			length += piece.length;
			if (length > 1048576) this.#fail(`the expanded text is longer than ${expandedLimit} characters`);
			pieces.push(piece);
		};
		const addToWord = (text) => {
			this.#word += text;
			inWord = true;
		};
		const splitToWords = (text) => {
			for (const character of text) if (!isBlank$1(character)) addToWord(character);
			else if (inWord && this.#word !== "") {
				words.push(this.#word);
				this.#word = "";
				inWord = false;
			}
		};
		const finish = () => {
			if (this.#word !== "") words.push(this.#word);
			this.#word = "";
			this.#keepEscapes = outerKeepEscapes;
			this.#depth--;
			return {
				text: pieces.join(""),
				words
			};
		};
		for (let character = this.#peek(); character !== void 0; character = this.#peek()) {
			if (character === stop) {
				this.#at++;
				return finish();
			}
			if (character === "$") {
				const value = this.#dollar();
				add(value);
				splitToWords(value);
			} else if (character === "<" || !ignoreQuotes && (character === "'" || character === "\"")) {
				const value = this.#quoted(character);
				add(value);
				addToWord(value);
			} else if (character === this.#options.escapeToken) {
				this.#at++;
				if (this.#keepEscapes) {
					add(character);
					addToWord(character);
				}
				const escaped = this.#next();
				if (escaped === void 0) break;
				add(escaped);
				addToWord(escaped);
			} else {
				this.#at++;
				add(character);
				splitToWords(character);
			}
		}
		if (stop !== null) this.#fail(`unexpected end of statement while looking for matching ${stop}`);
		return finish();
	}
	#quoted(opening) {
		if (opening === "'") return this.#singleQuoted();
		return opening === "\"" ? this.#doubleQuoted() : this.#possibleHeredoc();
	}
	#singleQuoted() {
		const start = this.#at++;
		const end = this.#characters.indexOf("'", this.#at);
		if (end === -1) this.#fail("unexpected end of statement while looking for matching single-quote");
		this.#at = end + 1;
		const [from, to] = this.#options.keepQuotes ? [start, end + 1] : [start + 1, end];
		return this.#characters.slice(from, to).join("");
	}
	#doubleQuoted() {
		const quote = this.#options.keepQuotes ? "\"" : "";
		const pieces = [quote];
		this.#at++;
		for (let character = this.#peek(); character !== void 0; character = this.#peek()) {
			if (character === "\"") {
				this.#at++;
				pieces.push(quote);
				return pieces.join("");
			}
			if (character === "$") {
				pieces.push(this.#dollar());
				continue;
			}
			this.#at++;
			if (character !== this.#options.escapeToken) {
				pieces.push(character);
				continue;
			}
			if (this.#keepEscapes) pieces.push(character);
			const following = this.#peek();
			if (following === void 0) break;
			const escapable = following === "\"" || following === "$" || following === this.#options.escapeToken;
			if (escapable) this.#at++;
			pieces.push(escapable ? following : character);
		}
		return this.#fail("unexpected end of statement while looking for matching double-quote");
	}
	#possibleHeredoc() {
		const start = this.#at++;
		if (this.#peek() !== "<") return "<";
		this.#at++;
		while ([
			"	",
			"\r",
			" "
		].includes(this.#peek() ?? "")) this.#at++;
		return this.#characters.slice(start, this.#at).join("");
	}
	#dollar() {
		this.#at++;
		if (this.#peek() !== "{") {
			const name = this.#name();
			return name === "" ? "$" : this.#variables.get(name) ?? this.#unset(`$${name}`);
		}
		this.#at++;
		const first = this.#peek();
		if (first === void 0) this.#fail("syntax error: missing '}'");
		if (first === "{" || first === "}" || first === ":") this.#fail("syntax error: bad substitution");
		const name = this.#name();
		const modifier = this.#next();
		if (modifier === "}") return this.#variables.get(name) ?? this.#unset(`\${${name}}`);
		if (modifier === ":") return this.#modified(name, ":", this.#next());
		if (modifier === "/") return this.#replaced(name);
		return this.#modified(name, "", modifier);
	}
	#unset(reference) {
		return this.#options.keepUnset ? reference : "";
	}
	#name() {
		const first = this.#peek();
		if (first === void 0) return "";
		const start = this.#at;
		if (isDigit(first)) while (isDigit(this.#peek() ?? "")) this.#at++;
		else if ("@*#?-$!".includes(first)) this.#at++;
		else while (/^[\p{L}\p{Nd}_]$/u.test(this.#peek() ?? "")) this.#at++;
		return this.#characters.slice(start, this.#at).join("");
	}
	#modified(name, colon, modifier) {
		const unsupported = () => this.#fail(`unsupported modifier (${colon}${modifier ?? ""}) in substitution`);
		const isPattern = modifier === "#" || modifier === "%";
		if (modifier === void 0) return colon === "" ? unsupported() : this.#fail("syntax error: missing '}'");
		if (colon === "" && !"+-?#%".includes(modifier)) unsupported();
		if (colon === ":" && isPattern) unsupported();
		const word = this.#until("}", isPattern).text;
		const value = this.#variables.get(name);
		if (value === void 0 && this.#options.keepUnset) return `\${${name}${colon}${modifier}${word}}`;
		const present = value !== void 0 && !(colon === ":" && value === "");
		switch (modifier) {
			case "-": return present ? value : word;
			case "+": return present ? word : "";
			case "?": {
				const lack = value === void 0 ? "is not allowed to be unset" : "is not allowed to be empty";
				return present ? value : this.#fail(`${name}: ${word === "" ? lack : word}`);
			}
			case "#":
			case "%": {
				const longest = word.startsWith(modifier);
				return (modifier === "#" ? trimPrefix : trimSuffix)(value ?? "", longest ? word.slice(1) : word, longest, this.#fail);
			}
			default: return unsupported();
		}
	}
	#replaced(name) {
		const all = this.#peek() === "/";
		if (all) this.#at++;
		const pattern = this.#until("/", true).text;
		const replacement = this.#until("}", true).text;
		const value = this.#variables.get(name);
		if (value === void 0 && this.#options.keepUnset) return `\${${name}/${pattern}/${replacement}}`;
		return replace(value ?? "", pattern, replacement, all, this.#fail);
	}
};
function isDigit(character) {
	return /^\p{Nd}$/u.test(character);
}
// src/dockerfile/parse/expand.ts
function expandWord(word, variables, options) {
	const fail = (what) => refuse$1(options.line, `${quote$1(word)} cannot be expanded: ${what}`);
	return lex(word, variables, { escapeToken: options.escapeToken }, fail).text;
}
// src/dockerfile/parse/flags.ts
function takeFlags(text, escapeToken) {
	const bytes = Buffer.from(text).toString("latin1");
	const flags = [];
	let at = 0;
	for (;;) {
		while (at < bytes.length && isBlank$1(bytes.charAt(at))) at++;
		if (!bytes.startsWith("--", at)) break;
		const word = takeWord(bytes, at, escapeToken);
		at = word.end;
		if (word.text === "--") break;
		flags.push(word.text);
	}
	return {
		flags,
		rest: Buffer.from(bytes.slice(at), "latin1").toString()
	};
}
function checkFlags(flags, known, line) {
	const used = new Set();
	for (const flag of flags) {
		const [name, value] = splitFlag(flag);
		const kind = known.get(name);
		if (kind === void 0) refuse$1(line, `unknown flag ${quote$1(`--${name}`)}`);
		if (kind !== "many" && used.has(name)) refuse$1(line, `the flag --${name} is given twice`);
		used.add(name);
		if (kind === "switch") checkSwitch(name, value, line);
		else if (value === null) refuse$1(line, `the flag --${name} needs a value`);
	}
}
function flagValues(flags, name) {
	return flags.map(splitFlag).flatMap(([key, value]) => key === name && value !== null ? [value] : []);
}
function takeWord(bytes, start, escapeToken) {
	let text = "";
	let quoteMark = null;
	let at = start;
	for (; at < bytes.length; at++) {
		const character = bytes.charAt(at);
		if (quoteMark === null && isBlank$1(character)) break;
		if (quoteMark === null && (character === "'" || character === "\"")) quoteMark = character;
		else if (character === quoteMark) quoteMark = null;
		else if (character === escapeToken) text += bytes.charAt(++at);
		else text += character;
	}
	return {
		text,
		end: Math.min(at, bytes.length)
	};
}
function splitFlag(flag) {
	const at = flag.indexOf("=");
	return at === -1 ? [flag.slice(2), null] : [flag.slice(2, at), flag.slice(at + 1)];
}
function checkSwitch(name, value, line) {
	if (value !== null && !["true", "false"].includes(value.toLowerCase())) refuse$1(line, `the flag --${name} takes true or false, not ${quote$1(value)}`);
}
// src/dockerfile/parse/heredoc.ts
const none$2 = new Map();
function heredocMarkers(text) {
	if (!text.includes("<<")) return [];
	return wordsOf$1(text, {
		escapeToken: "\\",
		keepUnset: true,
		keepQuotes: true,
		keepEscapes: true
	}).flatMap((word) => heredocMarker(word) ?? []);
}
function heredocMarker(word) {
	const match = /^[0-9]*<<(-?)[\t\n\f\r ]*([^<]*)$/.exec(word);
	const options = {
		escapeToken: "\\",
		keepUnset: true
	};
	const words = wordsOf$1(match?.[2] ?? "", options);
	const [name] = words;
	if (words.length !== 1 || name === void 0) return null;
	const [written = ""] = wordsOf$1(match?.[2] ?? "", {
		...options,
		keepQuotes: true
	});
	return {
		name,
		chomp: match?.[1] === "-",
		expand: quotesIn(name) === quotesIn(written)
	};
}
function quotesIn(word) {
	return word.match(/['"]/g)?.length ?? 0;
}
function wordsOf$1(text, options) {
	const fail = (what) => {
		throw new Failure("dockerfile-invalid", what);
	};
	try {
		return lex(text, none$2, options, fail).words;
	} catch (error) {
		if (error instanceof Failure) return [];
		throw error;
	}
}
// src/dockerfile/parse/words.ts
function splitWords(text, escapeToken) {
	const words = [];
	let word = null;
	let quote = null;
	for (let at = 0; at < text.length; at++) {
		const character = text.charAt(at);
		if (quote === null && isBlank$1(character)) {
			if (word !== null) words.push(word);
			word = null;
			continue;
		}
		word ??= "";
		if (character === escapeToken && quote !== "'") {
			if (at + 1 === text.length) break;
			word += character + text.charAt(++at);
			continue;
		}
		if (quote === null && (character === "'" || character === "\"")) quote = character;
		else if (character === quote) quote = null;
		word += character;
	}
	if (word !== null && word !== "") words.push(word);
	return words;
}
// src/dockerfile/history/history-text.ts
const gap = "\0";
const none$1 = new Map();
function isHistoryOf({ createdBy, emptyLayer }, instruction) {
	const { keyword } = instruction;
	if (keyword !== "WORKDIR" && (keyword === "RUN" || keyword === "COPY" || keyword === "ADD") === emptyLayer) return false;
	const text = collapse(createdBy);
	const legacy = /^\/bin\/sh -c #\(nop\) (.*)$/.exec(text)?.[1];
	if (legacy !== void 0) return legacy.trim().split(" ")[0] === keyword && keyword !== "RUN";
	if (keyword === "RUN") return isRun(text, instruction);
	return fits(keyword === "WORKDIR" ? cleanWorkdir(text) : text.replace(/ # buildkit$/, ""), collapse(expectedText(instruction)));
}
function commandOf$6({ text, json, heredocs }) {
	const [first] = heredocs;
	if (json !== void 0) return json.join(" ");
	if (first === void 0) return text;
	if (heredocMarker(text) === null) return [text, ...heredocs.map(({ content, name }) => content + name)].join("\n");
	return first.chomp ? first.content.replace(/^\t+/gm, "") : first.content;
}
function collapse(text) {
	return text.replace(/\s+/g, " ").trim();
}
function isRun(text, instruction) {
	const written = text.replace(/^RUN /, "").replace(/ # buildkit$/, "");
	const command = collapse(commandOf$6(instruction));
	return [command, command.startsWith("#!") ? `/dev/pipes/${instruction.heredocs[0]?.name}` : command].some((end) => written === end || end === "" || written.endsWith(` ${end}`));
}
function expectedText(instruction) {
	const { keyword, text, escapeToken } = instruction;
	switch (keyword) {
		case "COPY":
		case "ADD": return copyText(instruction);
		case "WORKDIR": return `${keyword} ${workdir(expanded(text, instruction))}`;
		case "ARG": return [keyword, ...splitWords(text, escapeToken).map((word) => word.replace(/=.*$/s, "")).map((name) => name + gap)].join(" ");
		case "ENV":
		case "LABEL": {
			const words = splitWords(text, escapeToken);
			return [keyword, ...(words[0]?.includes("=") ? words : words.slice(0, 1)).map((word) => expanded(word.replace(/=.*$/s, ""), instruction)).map((name) => `${name}=${gap}`)].join(" ");
		}
		default: return `${keyword} ${gap}`;
	}
}
function copyText(instruction) {
	const { keyword, flags } = instruction;
	const words = argumentsOf(instruction);
	const sources = words.slice(0, -1);
	const paths = sources.filter((word) => heredocMarker(word) === null);
	const documents = sources.flatMap((word) => heredocMarker(word) ?? []);
	const valued = ["chown", "chmod"].flatMap((name) => flagValues(flags, name).filter((value) => value !== "").map((value) => value.includes("$") ? gap : `--${name}=${expanded(value, instruction)}`));
	return [
		keyword,
		...flags.some((flag) => /^--parents(?:=true)?$/i.test(flag)) ? ["--parents"] : [],
		...valued,
		...paths.map((word) => expanded(word, instruction)),
		...documents.map(({ name }) => `<<${name}`),
		expanded(words.at(-1) ?? "", instruction)
	].join(" ");
}
function workdir(path) {
	if (path.includes(gap)) return gap;
	const clean = cleanPath(path);
	if (clean.startsWith("/")) return clean;
	return clean.startsWith(".") ? gap : `${gap}/${clean}`;
}
function cleanWorkdir(text) {
	return text.replace(/^WORKDIR (.*)$/, (_, path) => `WORKDIR ${cleanPath(path)}`);
}
function cleanPath(path) {
	const clean = posix.normalize(path);
	return clean.length > 1 && clean.endsWith("/") ? clean.slice(0, -1) : clean;
}
function expanded(word, { escapeToken, line }) {
	return word.includes("$") ? gap : expandWord(word, none$1, {
		escapeToken,
		line
	});
}
function fits(text, expected) {
	const [first = "", ...parts] = expected.replaceAll(` ${gap}`, gap).replaceAll(`${gap} `, gap).split(gap);
	const last = parts.pop();
	if (last === void 0) return text === first;
	let at = first.length;
	if (!text.startsWith(first)) return false;
	for (const part of parts) {
		const found = text.indexOf(part, at);
		if (found === -1) return false;
		at = found + part.length;
	}
	return text.length - last.length >= at && text.endsWith(last);
}
// src/dockerfile/history/readable.ts
function readableInstruction(createdBy) {
	const text = collapse(createdBy).replace(/ # buildkit$/, "");
	const metadata = /^\/bin\/sh -c #\(nop\) (.*)$/.exec(text)?.[1]?.trim() ?? text;
	if (/^(?:ARG|ENV) /.test(metadata)) return metadata.replace(/^(\S+ [^= ]+)[= ].*$/, "$1=…");
	const run = text.replace(/^RUN /, "");
	if (/^\|[0-9]+ /.test(run)) return `RUN ${withoutArguments(run)}`.trim();
	if (metadata !== text) return metadata;
	const command = /^\/bin\/(?:ba)?sh -c (.*)$/.exec(run)?.[1];
	return command === void 0 ? text : `RUN ${command}`;
}
function readHistory(createdBy) {
	const text = readableInstruction(createdBy.slice(0, maxLength$2));
	return {
		keyword: knownKeyword.exec(text)?.[0] ?? null,
		text
	};
}
const maxLength$2 = 4e3;
const knownKeyword = /^(?:RUN|COPY|ADD|WORKDIR|ENV|CMD|ENTRYPOINT|LABEL|USER|VOLUME|EXPOSE)(?= )/;
function writtenInstruction(instruction) {
	const { keyword, flags, json, text } = instruction;
	if (keyword === "RUN") return collapse(`RUN ${commandOf$6(instruction)}`);
	return collapse([
		keyword,
		...flags,
		...json === void 0 ? [text] : argumentsOf(instruction)
	].join(" "));
}
function concealedInstruction(createdBy) {
	const keyword = /^[A-Z]+(?= )/.exec(readableInstruction(createdBy))?.[0];
	return keyword === void 0 || !layerKeywords.has(keyword) ? null : `${keyword} …`;
}
const layerKeywords = new Set([
	"ADD",
	"COPY",
	"RUN",
	"WORKDIR"
]);
function withoutArguments(run) {
	const at = run.lastIndexOf(` /bin/sh -c `);
	return at === -1 ? "…" : run.slice(at + 1 + 11);
}
// src/policy/advice/own-layers.ts
function ownLayers({ layers }) {
	return layers.filter(({ origin }) => origin !== "base-image");
}
function instructionOf$1({ createdBy }) {
	return readHistory(createdBy ?? "");
}
function ownCommands(head) {
	return ownLayers(head).map(instructionOf$1).flatMap(({ keyword, text }) => keyword === "RUN" ? [text] : []);
}
function sizeOf$3(head, belongs) {
	return head.layers.filter(belongs).reduce((sum, { size }) => sum + size, 0);
}
function installs(layer) {
	return /\b(?:apt|apt-get|apk|dnf|microdnf|yum|zypper|tdnf)\b[^&|;]{0,200}\b(?:install|add)\b/.test(instructionOf$1(layer).text);
}
function copiesContext(layer) {
	const { keyword, text } = instructionOf$1(layer);
	if (layer.origin !== "own" || keyword !== "COPY" && keyword !== "ADD") return false;
	if (/\s(?:--from\b|<<)/i.test(text)) return false;
	return keyword === "COPY" || !/\s["']?(?:\w+:\/\/|git@|\$)/i.test(text);
}
function baseReference({ baseImage }) {
	const reference = baseImage === null || baseImage.resolved === "scratch" ? null : parseReference(baseImage.resolved);
	return reference === null ? null : {
		name: reference.name,
		tag: reference.tag ?? "latest"
	};
}
// src/policy/advice/placing.ts
function placementOf(head) {
	if (head.stages !== null && head.stages.reachable > 1) return "last";
	return head.stages !== null && ownCommands(head).length === 0 ? "only" : "add";
}
function isReplaceable({ baseImage }) {
	const name = baseImage?.resolved ?? "";
	return name !== "scratch" && (!name.startsWith("gcr.io/distroless/") || /[:-]debug\b/.test(name));
}
function referenceFor({ name }, head) {
	return userOf(head) === "root" ? name : `${name}:nonroot`;
}
function startingFrom(references, head) {
	const placement = placementOf(head);
	const code = (reference) => say`${placement === "add" ? `FROM ${reference}` : reference}`;
	const [first = "", ...others] = references;
	const from = [...code(first), ...others.flatMap((reference) => [" or ", ...code(reference)])];
	if (placement === "add") return say`Add a second stage ${from}`;
	const instead = head.baseImage === null ? [] : say` instead of ${readableReference(head.baseImage.resolved)}`;
	return placement === "last" ? say`Start the last stage from ${from}${instead}` : say`Start from ${from}${instead}`;
}
function savings(head) {
	if (placementOf(head) === "add") return shareOfOwn(head);
	const size = sizeOf$3(head, (layer) => layer.origin === "base-image");
	if (head.baseImage === null || size === 0 || size * 100 < head.size) return [];
	return say` ${readableReference(head.baseImage.resolved)} alone is ${{ bytes: size }} of ${{ bytes: head.size }}.`;
}
function shareOfOwn(head) {
	const own = head.size - sizeOf$3(head, (layer) => layer.origin === "base-image" || installs(layer));
	if (own === 0 || own * 2 > head.size) return [];
	return head.layers.some((layer) => layer.origin !== "base-image" && installs(layer)) ? say` Only ${{ bytes: own }} of this image is neither base image nor packages.` : say` Only ${{ bytes: own }} of this image is not from its base image.`;
}
function instructions(head, start, environment = null) {
	const isNew = placementOf(head) === "add";
	const { workingDirectory } = head;
	const directory = isNew && workingDirectory !== null && !/^\/?$/.test(workingDirectory);
	const hasUnknownAccount = namedAccounts(head).some((name) => !accounts.has(name));
	const written = [
		...directory ? [`WORKDIR ${workingDirectory}`] : [],
		...environment === null ? [] : [`ENV ${environment}`],
		...hasUnknownAccount ? ["USER 65532"] : [],
		...start === null ? [] : [start]
	];
	const write = listed$2(written.map((line) => say`${line}`));
	if (!isNew) return written.length === 0 ? [] : say` Write ${write}.`;
	const isUserKept = userOf(head) !== "root" && !hasUnknownAccount;
	const repeat = listed$2([...[
		...start === null && head.entrypoint?.length ? ["ENTRYPOINT"] : [],
		...start === null && head.command?.length ? ["CMD"] : [],
		...isUserKept ? ["USER"] : []
	].map((line) => say`the ${line} line`), say`any ${[environment === null ? "" : "other "]}${"ENV"} lines`]);
	return written.length === 0 ? say` Repeat ${repeat} there.` : say` There, write ${write}, and repeat ${repeat}.`;
}
function movingCommands(head) {
	return placementOf(head) === "last" && ownCommands(head).length > 0 ? say` Move its ${"RUN"} lines to an earlier stage, and copy what they make.` : [];
}
function namedAccounts({ user }) {
	return (user ?? "").split(":").filter((name) => !/^\d*$/.test(name));
}
// src/policy/advice/program-stage.ts
function programStage(program, head) {
	const start = startOf(program);
	if (start === void 0) return [];
	switch (program.kind) {
		case "static": return staticStage(program, head, start);
		case "glibc": return glibcStage(program, head, start);
		case "musl": return muslStage(program, head, start);
	}
}
function staticStage({ path }, head, start) {
	const references = staticReferences(head);
	if (references.length === 0) return [];
	const from = startingFrom(references, head);
	const end = say`${instructions(head, start)}${movingCommands(head)}${savings(head)}`;
	return placementOf(head) === "add" ? [say`${from}, and copy the static program ${path} and the files that it reads to the same paths there with ${"COPY --from"}.${end}`] : [say`${from}: ${path} is a static program.${end}`];
}
function glibcStage({ path, loads }, head, start) {
	const architecture = architectureOf$1(head);
	const libraries = loads.filter(({ kind }) => kind === "library");
	if (loads[0]?.needs !== loaders.get(architecture)) return [];
	const names = libraries.map(({ needs }) => needs);
	const base = [distrolessBase, distrolessCc].find(({ libraries }) => names.every((name) => libraries.has(name) || !distrolessCc.libraries.has(name)));
	const others = names.filter((name) => !distrolessCc.libraries.has(name));
	const isOlder = olderThanDebian13(head.family);
	const isLibcOnly = names.every((name) => distrolessBase.libraries.has(name) && !isVersioned(name));
	const isOwnBuild = libraries.some(({ path, needs }) => distrolessCc.libraries.has(needs) && !/^\/(?:usr\/)?lib(?:64)?\//.test(path));
	if (base === void 0 || isOlder === null || isOlder === "libc" && !isLibcOnly || isOwnBuild) return [];
	if (!base.architectures.includes(architecture) || others.length > maxLibraries$2) return [];
	if (others.some((name) => name.includes("/"))) return [];
	const from = startingFrom([referenceFor(base, head)], head);
	const directory = libraryDirectories.get(architecture) ?? "/usr/lib";
	const copied = listed$2(others.map((name) => say`${name}`));
	const end = say`${instructions(head, start)}${movingCommands(head)}${withoutLibc(names, head)}${savings(head)}`;
	if (placementOf(head) === "add") return [say`${from}, which has glibc, and copy ${path} and the files that it reads to the same paths there with ${"COPY --from"}.${others.length === 0 ? [] : say` Copy ${copied} to ${directory} as well.`}${end}`];
	const source = head.baseImage === null ? say`with ${"COPY --from"}` : say`from a stage that still starts from ${readableReference(head.baseImage.resolved)}`;
	return [say`${from}: ${path} needs glibc, which that base image has.${others.length === 0 ? [] : say` Copy ${copied} to ${directory} ${source}.`}${end}`];
}
const maxLibraries$2 = 6;
function isVersioned(name) {
	return /^lib(?:ssl|crypto|z|zstd)\.so/.test(name);
}
function withoutLibc(names, head) {
	const isGo = ownLayers(head).some((layer) => /\bgo (?:build|install)\b/.test(instructionOf$1(layer).text));
	const isLibc = names.every((name) => /^lib(?:c|pthread|resolv|dl)\.so\.\d$/.test(name));
	if (!isGo || !isLibc) return [];
	return say` Unless it contains C code, it needs no glibc when built with ${"CGO_ENABLED=0"}: then ${distrolessStatic.name} or ${"scratch"} will do.`;
}
function muslStage({ path, loads }, head, start) {
	const references = staticReferences(head);
	if (loads.some(({ kind, needs }) => kind === "library" && !/^lib(?:c\.musl-.*|gcc_s|stdc\+\+)\.so/.test(needs)) || references.length === 0) return [];
	const end = say`${instructions(head, start)}${movingCommands(head)}${savings(head)}`;
	const link = say`Link ${path} statically, as Go does with ${"CGO_ENABLED=0"}: it needs the loader of Alpine (musl), which distroless images lack.`;
	const copy = placementOf(head) === "add" ? say`, and copy it and the files that it reads to the same paths there with ${"COPY --from"}` : [];
	return [say`${link} Then ${lowered(startingFrom(references, head))}${copy}.${end}`];
}
function staticReferences(head) {
	if (!distrolessStatic.architectures.includes(architectureOf$1(head))) return [];
	const reference = referenceFor(distrolessStatic, head);
	const needsData = ownLayers(head).some((layer) => /ca-certificates|tzdata|zoneinfo|\/etc\/ssl/.test(instructionOf$1(layer).text));
	const needsAccounts = namedAccounts(head).some((name) => accounts.has(name));
	return needsData || needsAccounts ? [reference] : ["scratch", reference];
}
function startOf({ words, isDirect }) {
	if (isDirect) return null;
	const start = `ENTRYPOINT ${JSON.stringify(words)}`;
	return start.length > 200 ? void 0 : start;
}
function architectureOf$1({ platform }) {
	const [, architecture = "", variant] = platform.split("/");
	return architecture === "arm" && variant !== void 0 && variant !== "v7" ? "" : architecture;
}
function lowered([first = "", ...rest]) {
	return typeof first === "string" ? [first.charAt(0).toLowerCase() + first.slice(1), ...rest] : [first, ...rest];
}
// src/policy/advice/run-time-packages.ts
function mayNeedSystemLibraries(head) {
	return ownCommands(head).some((command) => {
		if (/^RUN …/.test(command)) return true;
		return [...command.matchAll(installation)].flatMap(([, words = ""]) => words.trim().split(/\s+/)).some((word) => word !== "" && !word.startsWith("-") && !harmless$1.test(word));
	});
}
const installation = /\b(?:apt|apt-get|apk|dnf|microdnf|yum|zypper)\b[^&|;]{0,200}?\b(?:install|add)\b([^&|;]*)/g;
const harmless$1 = /^(?:build-essential|build-base|gcc|g\+\+|make|cmake|git|curl|wget|unzip|tar|gnupg2?|ca-certificates|tzdata|tini|dumb-init|pkg-config|libc6-dev|musl-dev|libc-dev|linux-headers|python3|python3-pip|py3-pip|python3-venv|python3-dev|nodejs|npm|default-j(?:re|dk)(?:-headless)?|openjdk-?\d+-j(?:re|dk)(?:-headless)?|maven)(?:[=~<>].*)?$/;
function mayHavePythonPackages(head) {
	const base = baseReference(head)?.name ?? "";
	if (!/^docker\.io\/library\/(?:python|debian|ubuntu|alpine)$/.test(base)) return true;
	return ownLayers(head).some((layer) => {
		const { keyword, text } = instructionOf$1(layer);
		return layer.size > 0 && (keyword === "RUN" || keyword === null || /\s--from\b/i.test(text));
	});
}
// src/policy/advice/interpreted-stage.ts
function interpretedStage(what, head) {
	const recipe = what.version === null || what.args.length === 0 ? null : recipeFor(what, what.version, head);
	if (recipe === null || mayNeedSystemLibraries(head)) return [];
	if (!recipe.base.architectures.includes(architectureOf$1(head))) return [];
	if (recipe.start.length > 200) return [];
	const from = startingFrom([referenceFor(recipe.base, head)], head);
	const copy = placementOf(head) === "add" ? say`, and copy the application to the same paths there with ${"COPY --from"}` : [];
	const isRemoved = what.path !== null && (head.entrypoint?.length ?? 0) > 0 && placementOf(head) !== "add";
	const why = recipe.start.startsWith("CMD") ? say` ${isRemoved ? say`Remove the ${"ENTRYPOINT"} line: the` : ["The"]} ${"ENTRYPOINT"} of that base image is ${recipe.entrypoint}.` : [];
	return [say`${from}${copy}.${recipe.versions}${recipe.packages}${instructions(head, recipe.start, recipe.environment)}${why}${movingCommands(head)}${savings(head)}`];
}
function recipeFor({ kind, path, args }, version, head) {
	switch (kind) {
		case "python": {
			if (/conda|miniforge|mamba/.test(path ?? "")) return null;
			const hasPackages = mayHavePythonPackages(head);
			return {
				base: distrolessPython,
				entrypoint: "python3",
				start: `CMD ${JSON.stringify(args)}`,
				versions: versions("Python", version, distrolessPython.version),
				packages: hasPackages ? say` Install its packages in an earlier stage ${`FROM ${distrolessPython.builder}`} with ${"pip install --target=/packages"}, and copy ${"/packages"} as well.` : [],
				environment: hasPackages ? "PYTHONPATH=/packages" : null
			};
		}
		case "java": {
			const base = distrolessJava(Number(version));
			if (base === null || args.some((word) => word.endsWith(".java"))) return null;
			return {
				base,
				entrypoint: "java -jar",
				start: args[0] === "-jar" ? `CMD ${JSON.stringify(args.slice(1))}` : `ENTRYPOINT ${JSON.stringify(["/usr/bin/java", ...args])}`,
				versions: versions("Java", version, String(base.version)),
				packages: [],
				environment: null
			};
		}
		case "node": {
			const base = distrolessNode(Number(version));
			if (base === null) return null;
			const isSame = Number(version) === base.version && olderThanDebian13(head.family) === "all";
			return {
				base,
				entrypoint: "node",
				start: `CMD ${JSON.stringify(args)}`,
				versions: versions("Node.js", version, String(base.version)),
				packages: isSame ? [] : say` Install its packages in an earlier stage ${`FROM node:${base.version}-trixie-slim`}, since native ones are built for one version and one C library.`,
				environment: null
			};
		}
	}
}
function versions(name, own, other) {
	return own === other ? say` Both have ${[`${name} ${other}`]}.` : say` It has ${[`${name} ${other}`]}, and this image has ${[own]}: test the application with it first.`;
}
// src/policy/advice/command.ts
function plainCommand$1(image) {
	const form = shellFormOf(image);
	if (form === null) return {
		words: [...image.entrypoint ?? [], ...image.command ?? []],
		shellForm: null
	};
	const words = plainWords(form.text);
	return words === null ? null : {
		words,
		shellForm: form.instruction
	};
}
function shellFormOf({ entrypoint, command }) {
	const isEntrypoint = entrypoint !== null && entrypoint.length > 0;
	const [shell = "", ...words] = (isEntrypoint ? entrypoint : command) ?? [];
	const flag = words.indexOf("-c");
	const text = words[flag + 1];
	const isPlain = words.slice(0, flag).every((word) => /^(?:-[eux]+|-o|pipefail)$/.test(word));
	if (text === void 0 || flag === -1 || !isPlain || !/(?:^|\/)(?:ba|da|a|z|k)?sh$/.test(shell)) return null;
	return {
		instruction: isEntrypoint ? "ENTRYPOINT" : "CMD",
		text
	};
}
function plainWords(text) {
	if (text.length > maxLength$1 || !/^[\w@%+:,./ =-]+$/.test(text)) return null;
	const [first = "", ...rest] = text.trim().split(/ +/);
	const words = first === "exec" ? rest : [first, ...rest];
	const [program = "-"] = words;
	return program.startsWith("-") || program.includes("=") || builtins.has(program) ? null : words;
}
const maxLength$1 = 1e3;
const builtins = new Set([...[
	".",
	":",
	"alias",
	"cd",
	"command",
	"echo",
	"eval",
	"exec",
	"exit",
	"export",
	"printf",
	"read",
	"set"
], ...[
	"source",
	"test",
	"time",
	"trap",
	"true",
	"false",
	"ulimit",
	"umask",
	"unset",
	"wait",
	"if",
	"for",
	"while"
]]);
// src/policy/advice/what-runs.ts
const unknown$3 = { kind: "unknown" };
function runs$1(head) {
	const { chain, verdict } = head.start;
	if (verdict === "no" || chain.length >= maxLinks$1) return unknown$3;
	const executed = chain.filter(({ kind }) => kind !== "loader" && kind !== "library");
	const last = executed.at(-1);
	if (last === void 0 || executed.some(({ isFound }) => !isFound)) return unknown$3;
	const ofBaseImage = afterBaseEntrypoint(head, executed[0]);
	if (ofBaseImage !== null) return ofBaseImage;
	const shellNeed = needsShell(head, executed, last);
	if (shellNeed !== null) return shellNeed;
	const command = plainCommand$1(head);
	const script = executed.find(({ kind }) => kind === "script") ?? null;
	const entry = script ?? last;
	const at = command?.words.indexOf(entry.needs) ?? -1;
	if (command === null || at === -1 || !command.words.slice(0, at).every(isPlainWrapper)) return unknown$3;
	const after = command.words.slice(at + 1);
	const name = baseName(script === null ? last.needs : script.needs);
	if (packageRunners.test(name)) return {
		kind: "package-script",
		name
	};
	const interpreter = interpreterOf$2(last);
	if (interpreter !== null) {
		if (interpreter === "other") return unknown$3;
		if (interpreter === "dotnet") return { kind: "dotnet" };
		const args = script === null ? after : scriptArgs(script, interpreter, after);
		const version = versionOf$3(interpreter, last.path, head);
		return args === null ? unknown$3 : {
			kind: interpreter,
			version,
			path: last.path,
			args
		};
	}
	if (servers.test(baseName(last.path))) return {
		kind: "server",
		name: baseName(last.path)
	};
	if (script !== null || verdict !== "yes" || !isOwn(last.path, head)) return unknown$3;
	const words = [last.path, ...after];
	const isDirect = command.shellForm === null && command.words.every((word, index) => word === words[index]);
	if (!isDirect && !isLiteral(last.path)) return unknown$3;
	return programOf$1(chain.slice(chain.indexOf(last) + 1), {
		path: last.path,
		words,
		isDirect
	});
}
const maxLinks$1 = 200;
function programOf$1(loads, { path, words, isDirect }) {
	const [loader] = loads;
	const all = {
		path,
		words,
		isDirect,
		loads
	};
	if (loader === void 0) return {
		kind: "static",
		...all
	};
	if (loader.kind !== "loader") return unknown$3;
	if (/^\/lib\/ld-musl-[\w-]+\.so\.1$/.test(loader.needs)) return {
		kind: "musl",
		...all
	};
	return /\/ld(?:64|-linux[\w-]*)\.so\.\d$/.test(loader.needs) ? {
		kind: "glibc",
		...all
	} : unknown$3;
}
function afterBaseEntrypoint(head, first) {
	const name = baseReference(head)?.name ?? "";
	const known = baseEntrypoints.find(({ script, image }) => first?.path === script && image.test(name));
	if (known === void 0 || head.entrypoint?.length !== 1) return null;
	const script = baseName(known.script);
	if (ownLayers(head).some((layer) => instructionOf$1(layer).text.includes(script))) return null;
	const [word = "", ...args] = head.command ?? [];
	const called = baseName(word);
	if (known.kind === "server") return {
		kind: "server",
		name: called
	};
	if (packageRunners.test(called)) return {
		kind: "package-script",
		name: called
	};
	if (called !== known.kind || args.length === 0) return unknown$3;
	return {
		kind: known.kind,
		version: versionOf$3(known.kind, "", head),
		path: null,
		args
	};
}
const baseEntrypoints = [
	{
		script: "/usr/local/bin/docker-entrypoint.sh",
		image: /^docker\.io\/library\/node$/,
		kind: "node"
	},
	{
		script: "/__cacert_entrypoint.sh",
		image: /^docker\.io\/library\/eclipse-temurin$/,
		kind: "java"
	},
	{
		script: "/docker-entrypoint.sh",
		image: /^docker\.io\/library\/nginx$/,
		kind: "server"
	},
	{
		script: "/usr/local/bin/docker-entrypoint.sh",
		image: /^docker\.io\/library\/redis$/,
		kind: "server"
	}
];
function needsShell(head, executed, last) {
	const shells = executed.filter(({ path, needs }) => isShell(path) || isShell(needs));
	const lastShell = shells.at(-1);
	if (lastShell === void 0) return null;
	const script = executed.slice(0, executed.indexOf(lastShell)).findLast(({ kind }) => kind === "script");
	if (script !== void 0) return {
		kind: "shell",
		instruction: null,
		script: script.path
	};
	const form = shellFormOf(head);
	if (form === null) return unknown$3;
	if (plainCommand$1(head) !== null && lastShell !== last && shells.length === 1) return null;
	return {
		kind: "shell",
		instruction: form.instruction,
		script: null
	};
}
function isLiteral(path) {
	return path.startsWith("/") && !/\$|\*\*\*/.test(path);
}
function isPlainWrapper(word) {
	return /^(?:(?:tini|docker-init)(?:-static)?(?:-[a-z0-9]+)?|dumb-init|catatonit|nohup|-.*)$/.test(baseName(word));
}
function isShell(path) {
	return /^(?:sh|ash|dash|bash|rbash|ksh\d*|mksh|zsh|fish|busybox|toybox)$/.test(baseName(path));
}
function interpreterOf$2({ path, needs }) {
	const names = [baseName(path), baseName(needs)];
	return interpreters$1.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? null;
}
const interpreters$1 = [
	[/^python[\d.]*$/, "python"],
	[/^java$/, "java"],
	[/^node(?:js)?$/, "node"],
	[/^dotnet$/, "dotnet"],
	[/^(?:ruby|perl|php(?:-fpm|-cgi)?|lua|luajit|tclsh|erl|beam\.smp|Rscript|pypy)[\d.]*$/, "other"],
	[/^(?:bun|bunx|deno|jshell|jbang|elixir|iex|guile|racket|julia|octave|R)$/, "other"]
];
const packageRunners = /^(?:npm|npx|yarn|pnpm)$/;
const servers = /^(?:nginx|httpd|apache2|lighttpd|redis-server|valkey-server|memcached|haproxy|varnishd|postgres|mysqld|mariadbd|mongod|rabbitmq-server|squid|postfix|exim4?|sshd|slapd|named|unbound|dnsmasq)$/;
function scriptArgs({ path, needs }, interpreter, after) {
	if (/\.(?:py|js|mjs|cjs)$/.test(path)) return path.startsWith("/usr/") || !isLiteral(path) ? null : [path, ...after];
	const module = interpreter === "python" ? modules.get(baseName(needs)) : void 0;
	return module === void 0 ? null : [
		"-m",
		module,
		...after
	];
}
const modules = new Map([...[
	"gunicorn",
	"uvicorn",
	"hypercorn",
	"daphne",
	"flask",
	"celery",
	"streamlit"
].map((name) => [name, name]), ["waitress-serve", "waitress"]]);
function versionOf$3(interpreter, path, head) {
	const { name = "", tag = "" } = baseReference(head) ?? {};
	const ofTag = /^\d+/.exec(tag)?.[0] ?? null;
	switch (interpreter) {
		case "python": return /\/python(\d+\.\d+)$/.exec(path)?.[1] ?? null;
		case "java": return /\/(?:java|jdk|jre|temurin)-?(\d+)[^/]*\//.exec(path)?.[1] ?? (/\/(?:eclipse-temurin|openjdk|amazoncorretto)$/.test(name) ? ofTag : null);
		case "node": return name === "docker.io/library/node" && /^(?:\/usr\/local\/bin\/node)?$/.test(path) ? ofTag : null;
	}
}
function isOwn(path, head) {
	const own = ownLayers(head).filter(({ size }) => size > 0);
	if (/^\/(?:usr\/)?(?:s?bin|lib(?:exec|32|64)?|share)\//.test(path)) return own.some((layer) => {
		const { keyword, text } = instructionOf$1(layer);
		return (keyword === "COPY" || keyword === "ADD") && text.includes(baseName(path));
	});
	return own.length > 0;
}
function baseName(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
// src/policy/advice/second-stage.ts
function secondStage(head) {
	if (head.distroless.verdict === "yes") return [];
	const what = runs$1(head);
	switch (what.kind) {
		case "shell": return [needingShell(what.instruction, what.script)];
		case "package-script": return [say`${what.name} runs scripts with a shell: this image cannot be distroless as it is. Start directly what its script starts.`];
		default: return otherStage(head);
	}
}
function otherStage(head) {
	if (!isReplaceable(head) || dependsOnArguments(head)) return [];
	const what = runs$1(head);
	switch (what.kind) {
		case "static":
		case "glibc":
		case "musl": return programStage(what, head);
		case "python":
		case "java":
		case "node": return interpretedStage(what, head);
		default: return [];
	}
}
function dependsOnArguments(head) {
	return placementOf(head) === "add" && /\$|\*\*\*/.test(head.workingDirectory ?? "");
}
function needingShell(instruction, script) {
	if (script !== null) return say`${script} needs a shell: this image cannot be distroless as it is. Start a program in its place that does what the script does.`;
	return say`The shell form of ${instruction ?? ""} does more than start one program, and needs a shell: this image cannot be distroless as it is. Write it as a JSON array, without variables and shell syntax.`;
}
// node_modules/fastest-levenshtein/mod.js
var require_fastest_levenshtein = __commonJSMin(((exports) => {
	exports.__esModule = true;
	exports.distance = exports.closest = void 0;
	var peq = new Uint32Array(65536);
	var myers_32 = function(a, b) {
		var n = a.length;
		var m = b.length;
		var lst = 1 << n - 1;
		var pv = -1;
		var mv = 0;
		var sc = n;
		var i = n;
		while (i--) peq[a.charCodeAt(i)] |= 1 << i;
		for (i = 0; i < m; i++) {
			var eq = peq[b.charCodeAt(i)];
			var xv = eq | mv;
			eq |= (eq & pv) + pv ^ pv;
			mv |= ~(eq | pv);
			pv &= eq;
			if (mv & lst) sc++;
			if (pv & lst) sc--;
			mv = mv << 1 | 1;
			pv = pv << 1 | ~(xv | mv);
			mv &= xv;
		}
		i = n;
		while (i--) peq[a.charCodeAt(i)] = 0;
		return sc;
	};
	var myers_x = function(b, a) {
		var n = a.length;
		var m = b.length;
		var mhc = [];
		var phc = [];
		var hsize = Math.ceil(n / 32);
		var vsize = Math.ceil(m / 32);
		for (var i = 0; i < hsize; i++) {
			phc[i] = -1;
			mhc[i] = 0;
		}
		var j = 0;
		for (; j < vsize - 1; j++) {
			var mv_1 = 0;
			var pv_1 = -1;
			var start_1 = j * 32;
			var vlen_1 = Math.min(32, m) + start_1;
			for (var k = start_1; k < vlen_1; k++) peq[b.charCodeAt(k)] |= 1 << k;
			for (var i = 0; i < n; i++) {
				var eq = peq[a.charCodeAt(i)];
				var pb = phc[i / 32 | 0] >>> i & 1;
				var mb = mhc[i / 32 | 0] >>> i & 1;
				var xv = eq | mv_1;
				var xh = ((eq | mb) & pv_1) + pv_1 ^ pv_1 | eq | mb;
				var ph = mv_1 | ~(xh | pv_1);
				var mh = pv_1 & xh;
				if (ph >>> 31 ^ pb) phc[i / 32 | 0] ^= 1 << i;
				if (mh >>> 31 ^ mb) mhc[i / 32 | 0] ^= 1 << i;
				ph = ph << 1 | pb;
				mh = mh << 1 | mb;
				pv_1 = mh | ~(xv | ph);
				mv_1 = ph & xv;
			}
			for (var k = start_1; k < vlen_1; k++) peq[b.charCodeAt(k)] = 0;
		}
		var mv = 0;
		var pv = -1;
		var start = j * 32;
		var vlen = Math.min(32, m - start) + start;
		for (var k = start; k < vlen; k++) peq[b.charCodeAt(k)] |= 1 << k;
		var score = m;
		for (var i = 0; i < n; i++) {
			var eq = peq[a.charCodeAt(i)];
			var pb = phc[i / 32 | 0] >>> i & 1;
			var mb = mhc[i / 32 | 0] >>> i & 1;
			var xv = eq | mv;
			var xh = ((eq | mb) & pv) + pv ^ pv | eq | mb;
			var ph = mv | ~(xh | pv);
			var mh = pv & xh;
			score += ph >>> m - 1 & 1;
			score -= mh >>> m - 1 & 1;
			if (ph >>> 31 ^ pb) phc[i / 32 | 0] ^= 1 << i;
			if (mh >>> 31 ^ mb) mhc[i / 32 | 0] ^= 1 << i;
			ph = ph << 1 | pb;
			mh = mh << 1 | mb;
			pv = mh | ~(xv | ph);
			mv = ph & xv;
		}
		for (var k = start; k < vlen; k++) peq[b.charCodeAt(k)] = 0;
		return score;
	};
	var distance = function(a, b) {
		if (a.length < b.length) {
			var tmp = b;
			b = a;
			a = tmp;
		}
		if (b.length === 0) return a.length;
		if (a.length <= 32) return myers_32(a, b);
		return myers_x(a, b);
	};
	exports.distance = distance;
	var closest = function(str, arr) {
		var min_distance = Infinity;
		var min_index = 0;
		for (var i = 0; i < arr.length; i++) {
			var dist = distance(str, arr[i]);
			if (dist < min_distance) {
				min_distance = dist;
				min_index = i;
			}
		}
		return arr[min_index];
	};
	exports.closest = closest;
}));
// src/policy/words.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
function parseCount(text, input) {
	if (/^\d{1,9}$/.test(text)) return Number(text);
	throw new Failure("input-invalid", `${input} is "${text}", which is not a count: write a whole number such as 20.`);
}
function oneOf(words) {
	return (text, input) => {
		const word = words.find((candidate) => candidate === text.toLowerCase());
		if (word !== void 0) return word;
		throw new Failure("input-invalid", `${input} is "${text}": did you mean "${(0, import_fastest_levenshtein.closest)(text, words)}"? It takes ${words.join(", ")}.`);
	};
}
const distroless = {
	id: "distroless",
	about: "distroless",
	title: "The final image has no shell and no package manager",
	meaning: "An image is distroless when its final filesystem has no shell and no operating system package manager. Both are found by content and links; the image's name does not matter. `fail` requires a distroless image, `warn` only warns, and `off` skips the rule. `ratchet`, the default, fails only when the image is worse than the base: it is no longer distroless, it has more shells or package managers, or it has one of a new kind, such as BusyBox in place of bash. A new kind passes if there are fewer kinds than before. With a new Dockerfile there is no base to be worse than, so the rule only warns. If the base is missing for another reason, an image that is not distroless is inconclusive. If something could not be examined, the rule is inconclusive, or warns if it would only warn.",
	input: {
		description: "Require a final image without a shell or package manager: fail, warn, off, or ratchet, which fails only if the image is worse than the base.",
		value: "level",
		default: "ratchet",
		parse: oneOf([
			"fail",
			"warn",
			"ratchet",
			"off"
		])
	},
	reasons: [
		"no-base",
		"unread",
		"not-distroless",
		"not-distroless-yet",
		"worse-than-base",
		"no-worse-than-base",
		"base-unread"
	],
	evaluate: (subject, level) => {
		switch (level) {
			case "off": return null;
			case "fail": return required(subject.head, "fail");
			case "warn": return required(subject.head, "warn");
			case "ratchet": return subject.baseMissing?.reason === "new" ? first(subject.head) : ratcheted$1(subject);
		}
	},
	explain: explainDistroless
};
function required({ distroless, shells, packageManagers }, level) {
	switch (distroless.verdict) {
		case "yes": return found$1("pass", 0);
		case "unknown": return found$1(level === "warn" ? "warn" : "inconclusive", null, "unread", unreadPaths(distroless));
		case "no": return found$1(level, shells.length + packageManagers.length, "not-distroless", programPaths(shells, packageManagers));
	}
}
function first(head) {
	const finding = required(head, "warn");
	return finding.reason === "not-distroless" ? {
		...finding,
		reason: "not-distroless-yet"
	} : finding;
}
function ratcheted$1({ head, base, comparison }) {
	if (head.distroless.verdict !== "no") return required(head, "fail");
	const { shells, packageManagers } = head;
	const count = shells.length + packageManagers.length;
	if (base === null || comparison === null) return found$1("inconclusive", count, "no-base", programPaths(shells, packageManagers));
	switch (base.distroless.verdict) {
		case "yes": return found$1("fail", count, "worse-than-base", programPaths(shells, packageManagers));
		case "unknown": return found$1("inconclusive", count, "base-unread", programPaths(shells, packageManagers));
		case "no": {
			const worse = [...worseThan(base.shells, shells, comparison.shells.appeared), ...worseThan(base.packageManagers, packageManagers, comparison.packageManagers.appeared)];
			if (worse.length > 0) return found$1("fail", count, "worse-than-base", worse);
			return found$1("pass", count, "no-worse-than-base");
		}
	}
}
function worseThan(base, head, appeared) {
	const before = new Set(base.map(kindOf$1));
	const worse = new Set(head.length > base.length ? appeared : []);
	if (new Set(head.map(kindOf$1)).size >= before.size) {
		for (const program of head) if (!before.has(kindOf$1(program))) worse.add(program);
	}
	return [...worse].map(({ path }) => path);
}
function kindOf$1(program) {
	return "kind" in program ? program.kind : program.name;
}
function found$1(verdict, actual, reason, paths) {
	return {
		rule: "distroless",
		verdict,
		actual,
		limit: null,
		...reason === void 0 ? {} : { reason },
		...paths === void 0 ? {} : { paths }
	};
}
function programPaths(...programs) {
	return programs.flat().map(({ path }) => path);
}
function unreadPaths({ evidence }) {
	return evidence.filter(({ kind }) => kind === "unread").map(({ path }) => path);
}
function explainDistroless(finding, subject) {
	const named = firstPaths(finding.paths ?? []);
	switch (finding.reason) {
		case void 0: return {
			remark: say`no shell, no package manager`,
			short: say`distroless`,
			sentence: say`The image is distroless: it has no shell and no package manager.`,
			advice: []
		};
		case "no-worse-than-base": return {
			remark: say`no worse than before`,
			short: say`no worse than before`,
			sentence: say`The image is not distroless, but has no more shells or package managers than before.`,
			advice: []
		};
		case "no-base": return {
			remark: say`may be worse than before`,
			short: say`not distroless, maybe worse than before`,
			sentence: say`The image has ${named}. Without a base, it is unknown whether that is worse than before.`,
			advice: [...havingBase(subject), ...becomingDistroless(finding, subject)]
		};
		case "base-unread": return {
			remark: say`may be worse than before`,
			short: say`not distroless, maybe worse than before`,
			sentence: say`The image has ${named}. It is unknown whether that is worse, since something in the base could not be examined.`,
			advice: becomingDistroless(finding, subject)
		};
		case "unread": return {
			remark: say`could not be examined`,
			short: say`may not be distroless`,
			sentence: say`It is unknown whether the image is distroless: ${named} could not be examined.`,
			advice: [say`Ship ${named} as it was built, not packed or encrypted, or set ${"distroless: warn"} for this image.`]
		};
		case "not-distroless-yet": return {
			remark: say`its Dockerfile is new`,
			short: say`not distroless`,
			sentence: say`The new image is not distroless: it has ${named}. From now on, the rule fails only if it gets worse.`,
			advice: becomingDistroless(finding, subject)
		};
		case "worse-than-base": return {
			...worsening(named, subject),
			advice: [...leavingOut(finding, subject), ...doubts(finding, subject.head)]
		};
		default: return {
			remark: finding.verdict === "warn" && finding.softenedFrom === void 0 ? say`wanted` : say`required`,
			short: say`not distroless`,
			sentence: say`The image is not distroless: it has ${named}.`,
			advice: becomingDistroless(finding, subject)
		};
	}
}
function worsening(named, { head, base }) {
	if (base === null || base.distroless.verdict === "yes") return {
		remark: say`was distroless before`,
		short: say`no longer distroless`,
		sentence: say`The image was distroless and now has ${named}.`
	};
	if (head.shells.length > base.shells.length || head.packageManagers.length > base.packageManagers.length) return {
		remark: say`worse than before`,
		short: say`less distroless than before`,
		sentence: say`The image has more shells or package managers than before: ${named}.`
	};
	return {
		remark: say`a new kind`,
		short: say`a new kind of shell or package manager`,
		sentence: say`The image has a new kind of shell or package manager: ${named}.`
	};
}
function becomingDistroless(finding, { head }) {
	return [...secondStage(head), ...doubts(finding, head)];
}
function leavingOut({ paths = [] }, { head, base, comparison }) {
	if (!(base?.distroless.verdict === "yes" && comparison?.baseImage.kind === "unchanged")) return secondStage(head);
	const [line = null] = comparison.grownFiles.filter(({ path }) => paths.includes(path)).map(({ line }) => line);
	const where = line === null ? [] : say` (line ${line})`;
	return [say`Leave ${firstPaths(paths)} out of the last stage${where}, and run what needs ${paths.length === 1 ? say`it` : say`them`} in an earlier one.`];
}
function doubts({ verdict, softenedFrom, paths = [] }, { shells }) {
	return ((verdict === "warn" && softenedFrom === void 0 ? null : likelyAt(paths, shells)) ?? []).slice(0, 2).map(({ path, kind }) => say`${path} is likely a shell (${kind}), judging by its content. If it is not, set ${"distroless: warn"} for this image.`);
}
function likelyAt(paths, shells) {
	const found = [];
	let index = 0;
	for (const path of paths) {
		while (index < shells.length && shells[index]?.path !== path) index += 1;
		const shell = shells[index];
		if (shell?.certainty !== "likely") return null;
		found.push(shell);
		index += 1;
	}
	return found;
}
function firstPaths(paths) {
	const shown = paths.length > 4 ? 3 : paths.length;
	const rest = paths.length - shown;
	return listed$2([...paths.slice(0, shown).map((path) => say`${path}`), ...rest > 0 ? [say`${rest} more`] : []]);
}
// src/policy/advice/base-image.ts
function smallerBaseImage(head) {
	const size = sizeOf$3(head, (layer) => layer.origin === "base-image");
	if (head.baseImage === null || size * 2 < head.size || size === 0) return [];
	const smaller = sameServer(head) ?? chiseled(head);
	const alone = say`${readableReference(head.baseImage.resolved)} alone is ${{ bytes: size }} of ${{ bytes: head.size }}.`;
	return [smaller === null ? say`Start from a smaller base image: ${alone}` : say`Start from ${smaller}, a smaller base image: ${alone}`];
}
function sameServer(head) {
	const reference = baseReference(head);
	if (runs$1(head).kind !== "server" || reference === null) return null;
	if (ownCommands(head).length > 0 || userOf(head) !== "root") return null;
	const [, server] = /^docker\.io\/library\/(nginx|httpd)$/.exec(reference.name) ?? [];
	if (server === void 0 || ownLayers(head).some((layer) => configures(instructionOf$1(layer).text))) return null;
	const [, version] = /^(latest|stable|mainline|\d+(?:\.\d+){0,2})(?:-(?:bullseye|bookworm|trixie))?$/.exec(reference.tag) ?? [];
	if (version === void 0) return null;
	return `${server}:${version === "latest" ? "alpine" : `${version}-alpine`}`;
}
function configures(text) {
	return /\/etc\/nginx(?!\/(?:conf\.d|templates)\/)|\/usr\/local\/apache2\/(?!htdocs)|\.so\b/.test(text);
}
function chiseled(head) {
	const reference = baseReference(head);
	if (runs$1(head).kind !== "dotnet" || reference === null) return null;
	if (ownCommands(head).length > 0 || !["app", "1654"].includes(userOf(head))) return null;
	if (mayNeedSystemLibraries(head) || !["amd64", "arm64"].includes(architectureOf$1(head))) return null;
	const [, version] = /^(8\.0|9\.0|10\.0)(?:-bookworm-slim|-noble)?$/.exec(reference.tag) ?? [];
	if (version === void 0 || !/^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/.test(reference.name)) return null;
	return familiarName({
		name: reference.name,
		tag: `${version}-noble-chiseled-extra`,
		digest: null
	});
}
// src/policy/advice/layers.ts
function smallerLayer({ head, comparison }, isLeftOut) {
	const index = heaviestOwnLayer(head, comparison);
	const layer = index === null ? void 0 : head.layers[index];
	if (index === null || layer === void 0 || !isWorthIt(layer.size, head)) return [];
	const where = layer.line === null ? ["the largest layer"] : say`line ${layer.line}`;
	if (copiesContext(layer)) return [say`${layer.line === null ? ["The largest layer copies"] : say`Line ${layer.line} copies`} ${{ bytes: layer.size }}: copy only what runs, or list the rest in ${".dockerignore"}.`];
	const { text } = instructionOf$1(layer);
	const lacking = habits.filter(({ call, lacks }) => call.test(text) && !lacks.test(text)).map((habit) => ({
		...habit,
		bytes: bytesLeft(habit.leaves, index, comparison)
	})).filter(({ bytes }) => bytes === null || isWorthIt(bytes, head));
	if (lacking.length === 0) return [];
	const remedies = listed$2(lacking.map(({ remedy }) => remedy));
	const left = listed$2(lacking.flatMap(({ leaves, bytes }) => leaves === null || bytes === null ? [] : [say`${{ bytes }} of ${leaves}`]));
	const leaving = left.length === 0 ? [] : say` It now leaves ${left} in the image.`;
	return isLeftOut ? [say`If the packages of ${where} are needed at run time, use ${remedies}.${leaving}`] : [say`In ${where}, use ${remedies}.${leaving}`];
}
function isWorthIt(bytes, head) {
	return bytes * 100 >= head.size;
}
const habits = [
	{
		call: /\bapt(?:-get)?\b[^&|;]*\binstall\b/,
		lacks: /--no-install-recommends/,
		leaves: null,
		remedy: say`${"apt-get install --no-install-recommends"} (and name the recommended packages that are needed)`
	},
	{
		call: /\bapt(?:-get)?\s+update\b/,
		lacks: /\/var\/lib\/apt\/lists/,
		leaves: "/var/lib/apt/lists",
		remedy: say`${"rm -rf /var/lib/apt/lists/*"}`
	},
	{
		call: /\bapk\s+add\b/,
		lacks: /--no-cache/,
		leaves: "/var/cache/apk",
		remedy: say`${"apk add --no-cache"}`
	},
	{
		call: /\bpip3?\s+install\b/,
		lacks: /--no-cache-dir/,
		leaves: "/root/.cache/pip",
		remedy: say`${"pip install --no-cache-dir"}`
	}
];
function bytesLeft(directory, index, comparison) {
	if (directory === null || comparison === null) return null;
	const part = comparison.parts.find(({ layer }) => layer !== null && comparison.layers[layer]?.head === index);
	const isBelow = ({ path }) => path === directory || path.startsWith(`${directory}/`);
	const shares = [
		part?.paths ?? [],
		comparison.grownDirectories.filter(({ layer }) => layer === index),
		comparison.grownFiles.filter(({ layer }) => layer === index)
	].map((paths) => paths.filter(isBelow).reduce((sum, { difference }) => sum + Math.max(0, difference), 0));
	const bytes = Math.max(...shares);
	return bytes > 0 ? bytes : null;
}
function heaviestOwnLayer(head, comparison) {
	const growths = comparison?.layers.filter(({ kind }) => kind !== "drift") ?? head.layers.map(({ size }, index) => ({
		head: index,
		difference: size
	}));
	let heaviest = null;
	let largest = 0;
	for (const { head: index, difference } of growths) {
		const layer = head.layers[index ?? -1];
		if (layer === void 0 || layer.origin === "base-image" || difference <= largest) continue;
		heaviest = index;
		largest = difference;
	}
	return heaviest;
}
// src/policy/advice/slimming.ts
function slimming(subject) {
	const { head } = subject;
	const stage = isWorthAStage(head) ? otherStage(head) : [];
	const base = stage.length > 0 ? [] : smallerBaseImage(head);
	return [
		...stage,
		...smallerLayer(subject, stage.length > 0),
		...base
	].slice(0, 3);
}
function isWorthAStage(head) {
	const rest = sizeOf$3(head, (layer) => layer.origin !== "own" || installs(layer));
	return head.distroless.verdict !== "yes" && rest * 100 >= head.size;
}
// src/policy/limit.ts
function parseLimit(text, input = "a limit") {
	const [first = "", word, second, ...rest] = text.trim().split(/\s+(and|or)\s+/i);
	const left = parsePart(first);
	if (left !== null && second === void 0) return left;
	const right = second === void 0 ? null : parsePart(second);
	if (left !== null && right !== null && left.kind !== right.kind && rest.length === 0) {
		const percent = left.kind === "percent" ? left : right;
		const bytes = left.kind === "bytes" ? left : right;
		if (percent.kind === "percent" && bytes.kind === "bytes") return {
			kind: word?.toLowerCase() === "or" ? "or" : "and",
			percent: percent.percent,
			bytes: bytes.bytes
		};
	}
	throw new Failure("input-invalid", `${input} is "${text}", which is not a limit: write a size such as 10MB or 10MiB, a percentage such as 5%, or one of each such as "5% and 10MB" or "5% or 10MB".`);
}
function parseSize(text, input = "a size") {
	const bytes = bytesOf$3(text.trim());
	if (bytes !== null) return bytes;
	throw new Failure("input-invalid", `${input} is "${text}", which is not a size: write bytes, or a number with one of ${[...units$2.keys()].join(", ")}, such as 300MB or 1.5GiB.`);
}
function breaches(limit, change) {
	switch (limit.kind) {
		case "bytes": return change.difference > limit.bytes;
		case "percent": return exceedsPercent(limit.percent, change);
		case "and": return change.difference > limit.bytes && exceedsPercent(limit.percent, change);
		case "or": return change.difference > limit.bytes || exceedsPercent(limit.percent, change);
	}
}
function parsePart(text) {
	const percent = /^(\d{1,9}(?:\.\d{1,4})?)\s*%$/.exec(text.trim());
	if (percent !== null) return {
		kind: "percent",
		percent: Number(percent[1])
	};
	const bytes = bytesOf$3(text.trim());
	return bytes === null ? null : {
		kind: "bytes",
		bytes
	};
}
const units$2 = new Map([
	["B", 1n],
	["kB", 10n ** 3n],
	["MB", 10n ** 6n],
	["GB", 10n ** 9n],
	["TB", 10n ** 12n],
	["KiB", 2n ** 10n],
	["MiB", 2n ** 20n],
	["GiB", 2n ** 30n],
	["TiB", 2n ** 40n]
]);
function bytesOf$3(text) {
	const [, whole = "", fraction = "", unit = ""] = /^(\d{1,16})(?:\.(\d{1,9}))?\s*([A-Za-z]{0,3})$/.exec(text) ?? [];
	if (whole === "" || unit === "" && fraction !== "") return null;
	const factor = [...units$2].find(([name]) => name.toLowerCase() === (unit || "B").toLowerCase())?.[1];
	if (factor === void 0) return null;
	const bytes = BigInt(whole + fraction) * factor / 10n ** BigInt(fraction.length);
	return bytes > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(bytes);
}
function exceedsPercent(percent, change) {
	if (change.base === 0) return change.difference > 0;
	return BigInt(change.difference) * 1000000n > BigInt(change.base) * BigInt(Math.round(percent * 1e4));
}
// src/policy/rules/lfs.ts
const pointersReason = "lfs-pointers";
function unlessPointers(finding, { lfsPointers, layers }) {
	const own = lfsPointers.filter(({ layer }) => layers[layer]?.origin !== "base-image");
	if (finding.verdict !== "pass" || own.length === 0) return finding;
	return {
		...finding,
		verdict: "inconclusive",
		reason: pointersReason,
		paths: own.map(({ path }) => path)
	};
}
function explainPointers({ reason, rule, paths = [] }) {
	if (reason !== "lfs-pointers") return null;
	const [first = ""] = paths;
	return {
		remark: say`Git LFS files are missing`,
		short: say`its Git LFS files are missing`,
		sentence: say`${first} is a Git LFS pointer and not the file itself, so ${rule} cannot be decided.`,
		advice: [say`Set ${"lfs: true"} for actions/checkout, or keep the pointers out of the image.`]
	};
}
// src/policy/rules/image-size.ts
const maxSize$1 = {
	id: "max-size",
	about: "size",
	title: "The image is not larger than a limit",
	meaning: "Fails when the image's size is above the limit. The size is the sum of its layers' uncompressed payload. The rule needs no base, so it works from the first pull request on.",
	input: {
		description: "Maximum size of the image, the sum of its uncompressed layers, such as 300MB.",
		value: "size",
		parse: parseSize
	},
	reasons: [pointersReason],
	evaluate: ({ head }, limit) => unlessPointers({
		rule: "max-size",
		verdict: head.size > limit ? "fail" : "pass",
		actual: head.size,
		limit
	}, head),
	explain: (finding, subject) => {
		const limit = limitOf$1(finding);
		const remark = say`limit ${limit}`;
		return explainSize(finding, subject, {
			within: remark,
			over: remark,
			overShort: say`over its limit of ${limit}`,
			praise: remark
		});
	}
};
const warnSize = {
	id: "warn-size",
	about: "size",
	title: "Warns when the image is larger than a limit",
	meaning: "Warns when the image's size is above the limit. Set it below `max-size` to be warned before the image fails.",
	input: {
		description: "Warn when the image is larger than this.",
		value: "size",
		parse: parseSize
	},
	reasons: [pointersReason],
	evaluate: ({ head }, limit) => unlessPointers({
		rule: "warn-size",
		verdict: head.size > limit ? "warn" : "pass",
		actual: head.size,
		limit
	}, head),
	explain: (finding, subject) => {
		const limit = limitOf$1(finding);
		return explainSize(finding, subject, {
			within: say`warns above ${limit}`,
			over: say`above ${limit}`,
			overShort: say`over its warning limit of ${limit}`
		});
	}
};
function limitOf$1({ limit, actual }) {
	return {
		bytes: limit,
		unlike: actual ?? 0
	};
}
function explainSize(finding, subject, words) {
	const pointers = explainPointers(finding);
	if (pointers !== null) return pointers;
	const { within, over, overShort, ...praise } = words;
	const limit = limitOf$1(finding);
	if (finding.verdict === "pass") return {
		remark: within,
		short: within,
		sentence: say`The image is within its limit of ${limit}.`,
		advice: [],
		...praise
	};
	const actual = finding.actual ?? 0;
	const excess = { bytes: actual - limit.bytes };
	return {
		remark: over,
		short: overShort,
		sentence: say`The image is ${{
			bytes: actual,
			unlike: limit.bytes
		}}, ${excess} over the ${finding.rule} of ${limit}.`,
		advice: slimming(subject)
	};
}
// src/policy/attributable.ts
function attributable({ split, baseImage }) {
	return baseImage.kind === "moved" ? split.own : split.own + split.baseImage;
}
// src/policy/rules/increase.ts
const maxIncrease = {
	id: "max-increase",
	about: "size",
	title: "The image does not grow by more than a limit",
	meaning: "Fails when the image grows by more than the limit: bytes, percent of the base, both (`5% and 10MB`), or either (`5% or 10MB`). Only what the pull request changes is judged. Drift does not count, nor does the growth of a base image whose digest moved while its reference in `FROM` stayed the same. Choosing another base image counts. Without a base the rule is inconclusive, unless the Dockerfile is new: then it does not apply.",
	input: {
		description: "Maximum growth of the image: 10MB, 5%, 5% and 10MB (fails above both), or 5% or 10MB (fails above either).",
		value: "limit",
		parse: parseLimit
	},
	reasons: ["no-base", pointersReason],
	evaluate: (subject, limit) => evaluateIncrease("max-increase", "fail", subject, limit),
	explain: (finding, subject) => {
		const limit = limitOf(finding);
		return explainIncrease(finding, subject, {
			unknown: say`unknown growth, limit +${limit}`,
			within: say`limit +${limit}`,
			over: say`limit +${limit}`
		});
	}
};
const warnIncrease = {
	id: "warn-increase",
	about: "size",
	title: "Warns when the image grows by more than a limit",
	meaning: "Warns when the image grows by more than the limit. What counts is the same as for `max-increase`.",
	input: {
		description: "Warn when the image grows by more than this.",
		value: "limit",
		parse: parseLimit
	},
	reasons: ["no-base", pointersReason],
	evaluate: (subject, limit) => evaluateIncrease("warn-increase", "warn", subject, limit),
	explain: (finding, subject) => {
		const limit = limitOf(finding);
		return explainIncrease(finding, subject, {
			unknown: say`unknown whether above +${limit}`,
			within: say`warns above +${limit}`,
			over: say`above +${limit}`
		});
	}
};
function evaluateIncrease(rule, over, { head, comparison, baseMissing }, limit) {
	if (baseMissing?.reason === "new") return null;
	if (comparison === null || comparison.size.base === null) return {
		rule,
		verdict: "inconclusive",
		actual: null,
		limit,
		reason: "no-base"
	};
	const actual = attributable(comparison);
	return unlessPointers({
		rule,
		verdict: breaches(limit, {
			difference: actual,
			base: comparison.size.base
		}) ? over : "pass",
		actual,
		limit
	}, head);
}
function limitOf({ limit }) {
	return { limit };
}
function explainIncrease(finding, subject, remarks) {
	const pointers = explainPointers(finding);
	if (pointers !== null) return pointers;
	const limit = limitOf(finding);
	if (finding.reason === "no-base") return {
		remark: remarks.unknown,
		short: say`unknown growth`,
		sentence: say`Without a base, the image's growth is unknown; ${finding.rule} is ${limit}.`,
		advice: havingBase(subject)
	};
	const growth = { change: finding.actual ?? 0 };
	if (finding.verdict === "pass") {
		const sentence = say`The growth of ${growth} is within the limit of ${limit}.`;
		return {
			remark: remarks.within,
			short: remarks.within,
			sentence,
			advice: []
		};
	}
	return {
		remark: remarks.over,
		short: say`grown by more than ${limit}`,
		sentence: say`The pull request's own growth is ${growth}, more than the ${finding.rule} of ${limit}.`,
		advice: slimming(subject)
	};
}
// src/policy/rules/max-layers.ts
const maxLayers = {
	id: "max-layers",
	about: "layers",
	title: "The image has no more layers than a limit",
	meaning: "Fails when the image has more layers than the limit. The layers of its base image count.",
	input: {
		description: "Maximum number of layers.",
		value: "count",
		parse: parseCount
	},
	reasons: [],
	evaluate: ({ head }, limit) => {
		const actual = head.layers.length;
		return {
			rule: "max-layers",
			verdict: actual > limit ? "fail" : "pass",
			actual,
			limit
		};
	},
	explain: (finding, { head }) => {
		const { limit } = finding;
		const remark = say`limit ${limit}`;
		if (finding.verdict === "pass") return {
			remark,
			short: remark,
			sentence: say`The image is within its limit of ${limit} layers.`,
			advice: []
		};
		const own = head.layers.filter((layer) => layer.origin !== "base-image").length;
		return {
			remark,
			short: say`over its limit of ${limit} layers`,
			sentence: say`The image has ${finding.actual ?? 0} layers, more than the ${finding.rule} of ${limit}.`,
			advice: [say`Join adjacent ${"RUN"} instructions, and ${"COPY"} instructions with the same destination: ${own} of the ${finding.actual ?? 0} layers do not come from the base image.`]
		};
	}
};
// src/policy/rules/max-pull-size.ts
const maxPullSize = {
	id: "max-pull-size",
	about: "pull-size",
	title: "Pulling the image does not transfer more than a limit",
	meaning: "Fails when the compressed bytes that a registry would serve (manifest, config and layers) are above the limit. The rule is inconclusive if the pull size is unknown, or is an estimate whose range includes the limit.",
	input: {
		description: "Maximum pull size: the compressed bytes that a registry would serve.",
		value: "size",
		parse: parseSize
	},
	reasons: [
		"pull-size-unknown",
		"pull-size-estimate",
		pointersReason
	],
	needsPullSize: true,
	evaluate: ({ head }, limit) => {
		const rule = "max-pull-size";
		const pull = head.pullSize;
		if (pull === null) return {
			rule,
			verdict: "inconclusive",
			actual: null,
			limit,
			reason: "pull-size-unknown"
		};
		const actual = pull.bytes;
		const [low, high] = pull.exact ? [actual, actual] : [pull.low, pull.high];
		if (low > limit) return {
			rule,
			verdict: "fail",
			actual,
			limit
		};
		if (high <= limit) return unlessPointers({
			rule,
			verdict: "pass",
			actual,
			limit
		}, head);
		return {
			rule,
			verdict: "inconclusive",
			actual,
			limit,
			reason: "pull-size-estimate"
		};
	},
	explain: (finding, subject) => {
		const pointers = explainPointers(finding);
		if (pointers !== null) return pointers;
		const limit = {
			bytes: finding.limit,
			unlike: finding.actual ?? 0
		};
		const remark = say`limit ${limit}`;
		const exactly = say`Build the image where its compressed layers are kept (with a ${"docker-container"} builder, or in the engine's containerd image store), or push it and set ${"image: registry:NAME"}.`;
		const pull = subject.head.pullSize;
		if (finding.reason === "pull-size-unknown" || pull === null) return {
			remark: say`unknown, ${remark}`,
			short: say`its pull size is unknown`,
			sentence: say`The pull size is unknown; ${finding.rule} is ${limit}.`,
			advice: [exactly]
		};
		if (finding.reason === "pull-size-estimate") {
			const range = say`between ${{
				bytes: pull.low,
				unlike: limit.bytes
			}} and ${{
				bytes: pull.high,
				unlike: limit.bytes
			}}`;
			return {
				remark: say`too close to the limit of ${limit}`,
				short: say`its pull size may be over ${limit}`,
				sentence: say`The pull size is estimated ${range}, too close to the ${finding.rule} of ${limit}.`,
				advice: [exactly]
			};
		}
		if (finding.verdict === "pass") return {
			remark,
			short: remark,
			sentence: say`The pull size is within its limit of ${limit}.`,
			advice: []
		};
		return {
			remark,
			short: say`its pull size is over the limit of ${limit}`,
			sentence: say`The pull size is ${{
				bytes: pull.bytes,
				unlike: limit.bytes
			}}, over the ${finding.rule} of ${limit}.`,
			advice: slimming(subject)
		};
	}
};
// src/policy/rules/start-words.ts
function problemSentence(problem) {
	const { path, needs, found } = problem;
	const words = { words: found };
	if (endsInReturn(problem)) return say`The first line of ${path} ends in a carriage return (CRLF), which becomes part of the name ${needs.slice(0, -1)}.`;
	switch (problem.class) {
		case "interpreter-missing": {
			const library = libraryOf$1(needs);
			const name = library === null ? [] : say` (${[library]})`;
			return path === needs ? cannotBeStarted(problem) : say`${path} needs ${needs}${name}, but ${words}.`;
		}
		case "wrong-architecture": return needs.startsWith("/") ? say`${path} needs ${needs}, but ${words}.` : say`${path} is for ${needs}, but ${words}.`;
		case "entrypoint": return cannotBeStarted(problem);
		case "script": return isAboutNeeds(problem) ? say`${path} needs ${needs}, but ${words}.` : say`${path} cannot be executed: ${words}.`;
		case "shell-form": return path === needs ? say`The command is in shell form, which needs ${needs}: ${words}.` : say`The command is in shell form, so ${path} gets ${needs} as its script: ${words}.`;
		case "doubled-entrypoint": return say`The command names the interpreter twice, so ${path} gets ${needs} as its script: ${words}.`;
		case "user": return say`${"USER"} needs ${needs} in ${path}: ${words}.`;
		case "version-missing":
		case "library-missing": return say`${path} needs ${needs}, but ${words}.`;
		case "runtime": return say`${path} needs ${named$3(needs)}, but ${words}.`;
	}
}
function problemInShort(problem) {
	const { needs } = problem;
	const path = problem.path.length > maxPath ? problem.path.slice(problem.path.lastIndexOf("/") + 1) : problem.path;
	if (endsInReturn(problem)) return say`${path} has CRLF line endings`;
	switch (problem.class) {
		case "wrong-architecture": return needs.startsWith("/") ? say`${path} needs ${needs}` : say`${path} is for ${needs}`;
		case "entrypoint": return lacksExecuteBit(problem) ? say`${needs} is not executable` : say`no program ${needs}`;
		case "script": return isAboutNeeds(problem) ? say`${path} needs ${needs}` : say`${path} cannot be executed`;
		case "shell-form": return say`its shell form needs ${needs}`;
		case "doubled-entrypoint": return say`its command names ${needs} twice`;
		case "user": return problem.path === "/etc/group" ? say`no group ${needs}` : say`no account ${needs}`;
		case "runtime": return say`${path} needs ${named$3(needs)}`;
		case "interpreter-missing":
		case "version-missing":
		case "library-missing": return problem.path === needs ? say`no program ${needs}` : say`${path} needs ${needs}`;
	}
}
const maxPath = 40;
function adviceOnStart({ start, platform, entrypoint }) {
	const instruction = entrypoint === null || entrypoint.length === 0 ? "CMD" : "ENTRYPOINT";
	return start.problems.slice(0, maxAdvice$1).map((problem) => say`${problemSentence(problem)} ${remedyFor(problem, platform, instruction)}`);
}
const maxAdvice$1 = 3;
function remedyFor(problem, platform, instruction) {
	const { needs, found } = problem;
	if (endsInReturn(problem)) return say`Save it with LF line endings, for example with ${"*.sh text eol=lf"} in ${".gitattributes"}.`;
	switch (problem.class) {
		case "interpreter-missing": return onInterpreter(needs);
		case "version-missing": return say`Build it on the distribution of the last stage or on an older one, or start the last stage from a newer one.`;
		case "library-missing": return / is in a directory that the loader does not search$/.test(found) ? say`Put the library into a directory that the loader searches, or name its directory in ${"LD_LIBRARY_PATH"}.` : say`Install the library's package in the last stage, or copy the library into it with ${"COPY --from"}.`;
		case "wrong-architecture": return say`Build it for ${platform}, for example with ${"--platform"} or ${`GOARCH=${platform.split("/")[1] ?? ""}`}.`;
		case "entrypoint": return onEntrypoint(problem, instruction);
		case "script": return onScript(problem);
		case "shell-form": return say`Write ${instruction} in exec form, such as ${"[\"/app/server\"]"}.`;
		case "doubled-entrypoint": return say`Leave ${needs} out of ${"CMD"}: the base image's ${"ENTRYPOINT"} is already the interpreter.`;
		case "user": return say`Set ${"USER"} to a number such as ${"65532"}, or create the account in the last stage.`;
		case "runtime": return onRuntime(problem);
	}
}
function onInterpreter(needs) {
	switch (libraryOf$1(needs)) {
		case "glibc": return say`Build it statically, as Go does with ${"CGO_ENABLED=0"}, or start from a base image with glibc, such as ${"gcr.io/distroless/base"}.`;
		case "musl": return say`Build it statically, or with the C library of the last stage instead of Alpine's.`;
		case null: return say`Start from a base image that has ${needs}, or start a program that does not need it.`;
	}
}
function onEntrypoint(problem, instruction) {
	const { needs } = problem;
	if (lacksExecuteBit(problem)) return say`Make it executable, for example with ${"COPY --chmod=0755"} or ${"RUN chmod +x"}.`;
	if (!needs.includes("/")) return say`Copy it into a directory of ${"PATH"} in the last stage, or name it in ${instruction} by its full path.`;
	return say`Correct its path in ${instruction}, or copy it there in the last stage.`;
}
function onScript(problem) {
	const { needs, found } = problem;
	if (found.includes("Git LFS")) return say`Set ${"lfs: true"} for actions/checkout.`;
	if (!isAboutNeeds(problem)) return say`Begin it with a line such as ${"#!/bin/sh"}, or start a program instead.`;
	return found.startsWith("its mode") ? say`Change the mode of ${needs}, for example with ${"COPY --chmod=0755"}.` : say`Correct the script's first line.`;
}
function onRuntime({ needs, found }) {
	if (needs.startsWith(modulePrefix)) return say`Install it in the last stage, for the interpreter that runs there.`;
	if (found.endsWith(" read it")) return say`Make it readable by the image's user, for example with ${"COPY --chown"} or ${"COPY --chmod"}.`;
	return / (?:does not exist|is not a directory)$/.test(found) ? say`Copy it into the last stage, or correct its path in the command.` : say`Add it to the last stage, or start from a base image that has it.`;
}
const modulePrefix = "the module ";
function named$3(needs) {
	return needs.startsWith(modulePrefix) ? say`the module ${needs.slice(11)}` : say`${needs}`;
}
function cannotBeStarted({ path, needs, found }) {
	return say`${needs}${path === needs ? [] : say` (${path})`} cannot be started: ${{ words: found }}.`;
}
function lacksExecuteBit({ found }) {
	return /^its mode | is there, but its mode /.test(found);
}
function endsInReturn({ needs }) {
	return needs.endsWith("\r");
}
function isAboutNeeds({ found }) {
	return /^(?:its mode|it is a directory|it is not a regular)/.test(found);
}
function libraryOf$1(needs) {
	const name = needs.slice(needs.lastIndexOf("/") + 1);
	if (name.startsWith("ld-musl-")) return "musl";
	return /^ld(?:64)?(?:-linux[\w-]*)?\.so\.\d+$/.test(name) ? "glibc" : null;
}
const starts = {
	id: "starts",
	about: "start",
	title: "The image's own command can start",
	meaning: "The image's bytes show whether its ENTRYPOINT and CMD can start on its platform: the program, its interpreters, its libraries and their symbol versions, the account of `USER`, and whether the kernel may execute them. Nothing is run. `fail` fails for an image that cannot start, `warn` only warns, and `off` skips the rule. `ratchet`, the default, fails unless the base could not start either, and then warns. Without a base it fails, because the proof needs none. What cannot be proven either way passes, and the report says so. Examples are an image without a command, and a script that does more than run one program. An image that can start may still contain an application that does not work.",
	input: {
		description: "Require a final image whose own command can start: fail, warn, off, or ratchet, which only warns if the base could not start either.",
		value: "level",
		default: "ratchet",
		parse: oneOf([
			"fail",
			"warn",
			"ratchet",
			"off"
		])
	},
	reasons: [
		"cannot-start",
		"starts-no-longer",
		"cannot-start-either",
		"start-unknown"
	],
	evaluate: ({ head, base }, level) => {
		if (level === "off") return null;
		switch (head.start.verdict) {
			case "yes": return found("pass", head.start);
			case "unknown": return found("pass", head.start, "start-unknown");
			case "no": return level === "ratchet" ? ratcheted(head.start, base?.start.verdict ?? null) : found(level, head.start, "cannot-start");
		}
	},
	explain: explainStart
};
function ratcheted(start, base) {
	if (base === "no") return found("warn", start, "cannot-start-either");
	return found("fail", start, base === "yes" ? "starts-no-longer" : "cannot-start");
}
function found(verdict, start, reason) {
	const isProven = start.verdict !== "unknown";
	const paths = [...new Set(start.problems.map(({ path }) => path))].filter((path) => path.startsWith("/"));
	return {
		rule: "starts",
		verdict,
		actual: isProven ? start.problems.length : null,
		limit: null,
		...reason === void 0 ? {} : { reason },
		...start.verdict === "no" ? { paths } : {}
	};
}
function explainStart(finding, { head, base }) {
	const { problems, unproven } = head.start;
	const [problem] = problems;
	switch (finding.reason) {
		case void 0: return {
			remark: say`proven, not run`,
			short: say`can start`,
			sentence: say`The image's command can start: its program and that program's libraries are in the image.`,
			advice: [],
			...base?.start.verdict === "no" ? { praise: say`can start now` } : {}
		};
		case "start-unknown": return {
			remark: say`not proven`,
			short: say`may be unable to start`,
			sentence: say`Whether the image's command can start is not proven. ${{ words: unproven[0] ?? "" }}`,
			advice: []
		};
		default: {
			const others = problems.length - 1;
			const rest = others > 0 ? say` Other problems: ${others}.` : [];
			const what = problem === void 0 ? [] : say`: ${problemSentence(problem)}${rest}`;
			const why = problem === void 0 ? [] : say` (${problemInShort(problem)})`;
			return {
				remark: remarkOn(finding),
				short: say`cannot start${why}`,
				sentence: say`The image cannot start${what}`,
				advice: adviceOnStart(head)
			};
		}
	}
}
function remarkOn({ reason, verdict, softenedFrom }) {
	if (reason === "starts-no-longer") return say`could start before`;
	if (reason === "cannot-start-either") return say`could not start before either`;
	return verdict === "warn" && softenedFrom === void 0 ? say`wanted` : say`required`;
}
// src/policy/rules/rules.ts
const rules = [
	maxSize$1,
	warnSize,
	maxIncrease,
	warnIncrease,
	distroless,
	starts,
	maxPullSize,
	maxLayers
];
function evaluate(subject, settings) {
	return untypedRules.flatMap((rule) => {
		const setting = settings[rule.id];
		return setting === null ? [] : rule.evaluate(subject, setting) ?? [];
	});
}
function explain(finding, subject) {
	return ruleOf(finding).explain(finding, subject);
}
function factOf(finding) {
	return ruleOf(finding).about;
}
const untypedRules = rules;
const byId = new Map(untypedRules.map((rule) => [rule.id, rule]));
function ruleOf({ rule: id }) {
	const rule = byId.get(id);
	if (rule === void 0) throw new Error(`there is no rule ${id}`);
	return rule;
}
// src/policy/policy.ts
function parsePolicy(texts) {
	const text = (name, fallback = "") => texts.get(name)?.trim() || fallback;
	const settings = rules.map(({ id, input }) => {
		const given = text(id, input.default);
		return [id, given === "" ? null : input.parse(given, id)];
	});
	return {
		rules: Object.fromEntries(settings),
		missingBase: oneOf(["fail", "warn"])(text("missing-base", "fail"), "missing-base"),
		warnOnly: oneOf(["true", "false"])(text("warn-only", "false"), "warn-only") === "true"
	};
}
function needsPullSize({ rules: settings }) {
	return rules.some((rule) => rule.needsPullSize && settings[rule.id] !== null);
}
// src/process/in-turns.ts
const maxTurnMs = 50;
async function inTurns(work, signal) {
	for (let began = performance.now();;) {
		const step = work.next();
		if (step.done) return step.value;
		if (performance.now() - began < maxTurnMs) continue;
		await setImmediate();
		throwIfCancelled(signal);
		began = performance.now();
	}
}
async function* eachInTurn(items, signal) {
	for (const item of items) {
		yield item;
		await setImmediate();
		throwIfCancelled(signal);
	}
}
// src/process/once.ts
function once$1(ask) {
	let answer;
	return () => {
		answer ??= ask();
		return answer;
	};
}
// src/process/lines.ts
async function readLines(stream, read) {
	const lines = createInterface({
		input: stream,
		crlfDelay: Infinity
	});
	stream.once("close", () => lines.close());
	for await (const line of lines) read(line);
}
function readMaskedLines(stream, mask, read) {
	return readLines(Readable.from(maskedBytes(stream, mask)), read);
}
async function* maskedBytes(stream, mask) {
	const masked = mask.stream();
	try {
		for await (const chunk of stream) yield masked.write(Buffer.from(chunk));
	} catch (error) {
		if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
	}
	yield masked.end();
}
// src/process/temporary-directory.ts
async function temporaryDirectory() {
	const path = await mkdtemp(join(tmpdir(), prefix));
	return {
		path,
		[Symbol.asyncDispose]: () => rm(path, {
			recursive: true,
			force: true,
			maxRetries: 2
		})
	};
}
async function sweepTemporaryDirectories(before) {
	const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
	for (const name of names) {
		const path = join(tmpdir(), name);
		const made = await stat(path).catch(() => null);
		if (made !== null && made.mtime < before) await rm(path, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
const prefix = "image-audit-docker-";
// src/secrecy/plain.ts
function isPlain$2(text) {
	const parts = text.replace(digest, "").split(/[\s/.:@_=,+-]+/);
	return parts.every((part) => word.test(part) || short.test(part)) && countMixed(parts) <= maxMixed;
}
const digest = /\bsha256:[0-9a-f]{64}\b/g;
const word = /^(?:\d{0,14}|[a-z]{1,15}|[A-Z]{1,15}|[A-Z][a-z]{1,14})$/;
const short = /^[A-Za-z0-9]{1,5}$/;
const maxMixed = 2;
function countMixed(parts) {
	return parts.filter((part) => !word.test(part)).length;
}
function isCommit(name, value) {
	return /(?:^|[_-])(?:sha|sha1|commit|rev|revision|ref)$/i.test(name) && /^[0-9a-f]{7,40}$/.test(value);
}
function isNameOfSecret(name) {
	return /(?:token|secret|password|passwd|passphrase|credentials?|apikey)$|(?:^|[_.-])(?:pass|pwd|pat|auth|key)$/i.test(name);
}
// src/secrecy/spellings.ts
function spellingsOf(text) {
	const whole = text.toWellFormed();
	return [
		...inShells(whole),
		...inJson(whole),
		...inXml(whole),
		...inUrls(whole),
		...inLiterals(whole)
	];
}
function inShells(text) {
	return [
		text.replaceAll("'", `'"'"'`),
		text.replaceAll("'", String.raw`'\''`),
		text.replace(/["$\\`]/g, String.raw`\$&`),
		text.replace(/^[~#]|[ !"$&'()*,;<>?[\\\]^`{|}]/g, String.raw`\$&`)
	];
}
function inJson(text) {
	const json = JSON.stringify(text).slice(1, -1);
	return [
		json,
		json.replace(/[&<>\u2028\u2029]/g, codeUnits),
		json.replaceAll("/", String.raw`\/`),
		...bothCases(json, /[\u007f-\uffff]/g, codeUnits)
	];
}
function codeUnits(character) {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
function inXml(text) {
	const content = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
	return [
		content,
		content.replaceAll("\"", "&quot;"),
		...[
			["&quot;", "&apos;"],
			["&quot;", "&#39;"],
			["&quot;", "&#x27;"],
			["&#34;", "&#39;"]
		].map(([double, single]) => content.replaceAll("\"", double).replaceAll("'", single))
	];
}
const plainInUrls = [
	"",
	"!'()*",
	"/",
	"!$&'()*+,;=:",
	"$&+,;=",
	"$&+,/:;=@",
	"*"
];
function inUrls(text) {
	return plainInUrls.flatMap((plain) => {
		const escaped = bothCases(text, /[^\w.~-]/gu, (character) => plain.includes(character) ? character : hexadecimal(character, "%"));
		return [...escaped, ...escaped.map((url) => url.replaceAll("%20", "+"))];
	});
}
function inLiterals(text) {
	return [text, ...[text.replace(/[\\"]/g, String.raw`\$&`), text.replace(/[\\']/g, String.raw`\$&`)]].flatMap((literal) => [
		literal,
		literal.replace(outsideAscii, (character) => hexadecimal(character, "\\x").toLowerCase()),
		literal.replace(outsideAscii, octal)
	]);
}
const outsideAscii = /[^\0-\x7f]/gu;
function hexadecimal(character, before) {
	return [...Buffer.from(character)].map((byte) => `${before}${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}
function octal(character) {
	return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8)}`).join("");
}
function bothCases(text, special, spell) {
	const swapped = (character) => {
		const escaped = spell(character);
		if (escaped === character) return character;
		return escaped.replace(/(?<=[%u].*)[a-f]+/gi, (letters) => letters === letters.toUpperCase() ? letters.toLowerCase() : letters.toUpperCase());
	};
	return [text.replace(special, spell), text.replace(special, swapped)];
}
const maxChunkBytes = 4096;
function formsOf(value) {
	const pieces = piecesOf(value.toString("utf8"));
	const encoded = pieces.length > maxEncodedPieces ? pieces.slice(0, 1) : pieces;
	return [
		value,
		...pieces.flatMap((piece) => [...shownAs(piece)].map((text) => Buffer.from(text))),
		...encoded.flatMap((piece) => encodingsOf(Buffer.from(piece))),
		...encodingsOf(value)
	].flatMap(chunksOf).filter((form) => form.length >= 4);
}
const maxEncodedPieces = 200;
function piecesOf(text) {
	const whole = text.trim();
	const lines = whole.split(lineBreak).map((line) => line.trim());
	const shortestLine = lines.length > maxEncodedPieces ? 8 : 4;
	const words = whole.split(/[\s"'`,;<>()[\]{}|]+|=(?=[^=\s"'])|:\/\/|:(?=\S*@)|@/).filter((word) => word !== whole);
	return [...new Set([
		whole,
		...lines.length > 1 ? [lines.join("\r\n"), ...lines.filter(({ length }) => length >= shortestLine)] : [],
		...words.filter((word) => word.length >= 8 && !isPlain$2(word))
	])];
}
function shownAs(text) {
	const visible = visibleLine(text);
	return new Set([
		text,
		visible,
		withoutCommands(visible),
		...spellingsOf(text)
	]);
}
function encodingsOf(bytes) {
	const base64 = [
		0,
		1,
		2
	].map((before) => {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64").replace(/=+$/, "");
		const end = Math.floor((before + bytes.length) * 8 / 6);
		return text.slice(before === 0 ? 0 : before + 1, end);
	});
	const lines = [/.{1,76}/g, /.{1,64}/g].flatMap((line) => base64[0]?.match(line) ?? []);
	const hex = bytes.toString("hex");
	return [
		...base64,
		...base64.map(urlSafe),
		...lines,
		hex,
		hex.toUpperCase()
	].filter(({ length }) => length >= 8).map((text) => Buffer.from(text));
}
function urlSafe(base64) {
	return base64.replaceAll("+", "-").replaceAll("/", "_");
}
function chunksOf(form) {
	const count = Math.ceil(form.length / maxChunkBytes);
	return Array.from({ length: count }, (_, index) => form.subarray(index * maxChunkBytes, (index + 1) * maxChunkBytes));
}
// src/secrecy/search.ts
function searchFor(forms) {
	const forwards = orderedForms(forms);
	const backwards = orderedForms(forms.map(reversed));
	const longest = Math.max(0, ...[...new Set(forms.map(({ length }) => length))]);
	function find(bytes) {
		const found = [];
		for (let start = 0; start < bytes.length; start++) {
			const length = forwards.longestAt(bytes, start);
			if (length > 0) found.push({
				start,
				end: start + length
			});
		}
		return found;
	}
	function startOfPart(bytes, ordered, isPart) {
		for (let start = Math.max(0, bytes.length - longest + 1); start < bytes.length; start++) if (ordered.isPrefixAt(bytes, start, isPart)) return start;
		return bytes.length;
	}
	const ends = anyEnd(forms);
	return {
		longest,
		mayBeIn: (text) => ends === null || ends.test(text),
		find: (bytes) => mergedRanges(find(bytes)),
		findWithParts(bytes) {
			const mirrored = reversed(bytes.subarray(0, longest));
			const end = mirrored.length - startOfPart(mirrored, backwards, isSignificant);
			const start = startOfPart(bytes, forwards, isSignificant);
			return mergedRanges([
				{
					start: 0,
					end
				},
				...find(bytes),
				{
					start,
					end: bytes.length
				}
			]);
		},
		beginOfUnfinished: (bytes) => startOfPart(bytes, forwards, () => true)
	};
}
function isSignificant(part, whole) {
	return part >= Math.min(8, Math.max(4, Math.ceil(whole / 2)));
}
function anyEnd(forms) {
	const ends = new Set(forms.flatMap((form) => [form.subarray(0, 4), form.subarray(-4)].map((end) => end.toString("latin1"))));
	if (![...ends].every((end) => Buffer.byteLength(end) === end.length) || ends.size > maxEnds) return null;
	return new RegExp([...ends].map((end) => end.replace(/[$()*+./?[\\\]^{|}-]/g, "\\$&")).join("|"));
}
const maxEnds = 200;
function orderedForms(forms) {
	const sorted = forms.toSorted(Buffer.compare).filter((form, index, all) => index === 0 || !form.equals(all[index - 1] ?? form));
	const prefixes = prefixesAmong(sorted);
	const firstTwo = new Uint8Array(65536);
	const first = new Uint8Array(256);
	for (const form of sorted) {
		firstTwo[form.readUInt16BE(0)] = 1;
		first[form[0] ?? 0] = 1;
	}
	function mayMatchAt(bytes, start) {
		const [byte = 0, next] = [bytes[start], bytes[start + 1]];
		return (next === void 0 ? first[byte] : firstTwo[byte << 8 | next]) === 1;
	}
	function countUpTo(bytes, start) {
		let [low, high] = [0, sorted.length];
		while (low < high) {
			const middle = low + high >>> 1;
			if (compareAt(bytes, start, sorted[middle]) < 0) high = middle;
			else low = middle + 1;
		}
		return low;
	}
	return {
		longestAt(bytes, start) {
			if (!mayMatchAt(bytes, start)) return 0;
			let index = countUpTo(bytes, start) - 1;
			while (index >= 0 && compareAt(bytes, start, sorted[index]) !== 0) index = prefixes[index] ?? -1;
			return sorted[index]?.length ?? 0;
		},
		isPrefixAt(bytes, start, isPart) {
			if (!mayMatchAt(bytes, start)) return false;
			const part = bytes.subarray(start);
			for (let index = countUpTo(bytes, start); index < sorted.length; index++) {
				const form = sorted[index];
				if (form === void 0 || !form.subarray(0, part.length).equals(part)) return false;
				if (isPart(part.length, form.length)) return true;
			}
			return false;
		}
	};
}
function prefixesAmong(sorted) {
	const open = [];
	return sorted.map((form, index) => {
		while (open.length > 0 && compareAt(form, 0, sorted[open.at(-1) ?? 0]) !== 0) open.pop();
		const prefix = open.at(-1) ?? -1;
		open.push(index);
		return prefix;
	});
}
function compareAt(bytes, start, form = Buffer.alloc(0)) {
	return bytes.compare(form, 0, form.length, start, Math.min(start + form.length, bytes.length));
}
function reversed(bytes) {
	return Buffer.from(bytes).reverse();
}
function mergedRanges(ranges) {
	const result = [];
	const filled = ranges.filter(({ start, end }) => end > start);
	for (const range of filled.toSorted((a, b) => a.start - b.start)) {
		const before = result.at(-1);
		if (before === void 0 || range.start > before.end) result.push(range);
		else if (range.end > before.end) result[result.length - 1] = {
			start: before.start,
			end: range.end
		};
	}
	return result;
}
// src/secrecy/mask.ts
const stars = Buffer.from("***");
function maskOf(confidential) {
	const values = confidential.filter(({ value }) => value.toString("utf8").trim() !== "");
	const tooShort = values.filter(({ value }) => value.toString("utf8").trim().length < 4);
	const search = searchFor(values.flatMap(({ value }) => formsOf(value)));
	return {
		withholds: tooShort.some(({ kind }) => kind === "secret"),
		text: (text) => search.longest === 0 ? text : maskedText(text, search),
		stream: () => maskedStream(search)
	};
}
function lastMaskOf(confidential) {
	const search = searchFor(confidential.filter(({ kind }) => kind === "secret").flatMap(({ value }) => formsOf(value)).filter((form) => form.length >= 8 && !isPlain$2(form.toString("utf8"))));
	return {
		withholds: false,
		text: (text) => search.longest > 0 && search.mayBeIn(text) ? replaced(text, search.find) : text,
		stream: () => maskedStream(search)
	};
}
function maskedText(text, search) {
	const hasInvisible = invisible.test(text);
	if (!hasInvisible && !search.mayBeIn(text)) return text;
	const parts = cut$1.test(text) ? replaced(text, search.find).split(cut$1).map((part) => replaced(part, search.findWithParts)).join("") : replaced(text, search.findWithParts);
	const visible = hasInvisible ? visibleLine(parts) : parts;
	const masked = visible === parts ? parts : replaced(visible, search.findWithParts);
	return masked === visible ? parts : masked;
}
const cut$1 = /(…|\[output clipped[^\]]*\]|\r?\n)/;
const invisible = /[^\P{C}\n]|\p{Default_Ignorable_Code_Point}/u;
function replaced(text, find) {
	const bytes = Buffer.from(text);
	const ranges = find(bytes);
	return ranges.length === 0 ? text : withStars(bytes, ranges).toString("utf8");
}
function withStars(bytes, ranges) {
	const pieces = ranges.flatMap(({ start }, index) => [bytes.subarray(ranges[index - 1]?.end ?? 0, start), stars]);
	return Buffer.concat([...pieces, bytes.subarray(ranges.at(-1)?.end ?? 0)]);
}
function maskedStream(search) {
	if (search.longest === 0) return {
		write: (piece) => piece,
		end: () => Buffer.alloc(0)
	};
	let held = Buffer.alloc(0);
	let maskedCount = 0;
	function release(bytes, end, found) {
		held = Buffer.from(bytes.subarray(end));
		if (end === 0) return Buffer.alloc(0);
		const started = mergedRanges([{
			start: 0,
			end: maskedCount
		}, ...found]).filter(({ start }) => start < end);
		const masked = withStars(bytes.subarray(0, end), started.map((range) => ({
			start: range.start,
			end: Math.min(range.end, end)
		})));
		const isWritten = maskedCount > 0;
		maskedCount = Math.max(0, (started.at(-1)?.end ?? 0) - end);
		return isWritten ? masked.subarray(stars.length) : masked;
	}
	return {
		write(piece) {
			const bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
			return release(bytes, search.beginOfUnfinished(bytes), search.find(bytes));
		},
		end: () => release(held, held.length, search.findWithParts(held))
	};
}
// node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;
const isError = (value) => objectToString.call(value) === "[object Error]";
const errorMessages = new Set([
	"network error",
	"NetworkError when attempting to fetch resource.",
	"The Internet connection appears to be offline.",
	"Network request failed",
	"fetch failed",
	"terminated",
	" A network error occurred.",
	"Network connection lost"
]);
function isNetworkError(error) {
	if (!(error && isError(error) && error.name === "TypeError" && typeof error.message === "string")) return false;
	const { message, stack } = error;
	if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) return stack === void 0 || "__sentry_captured__" in error;
	if (message.startsWith("error sending request for url")) return true;
	if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) return true;
	return errorMessages.has(message);
}
// node_modules/p-retry/index.js
function validateRetries(retries) {
	if (typeof retries === "number") {
		if (retries < 0) throw new TypeError("Expected `retries` to be a non-negative number.");
		if (Number.isNaN(retries)) throw new TypeError("Expected `retries` to be a valid number or Infinity, got NaN.");
	} else if (retries !== void 0) throw new TypeError("Expected `retries` to be a number or Infinity.");
}
function validateNumberOption(name, value, { min = 0, allowInfinity = false } = {}) {
	if (value === void 0) return;
	if (typeof value !== "number" || Number.isNaN(value)) throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? " or Infinity" : ""}.`);
	if (!allowInfinity && !Number.isFinite(value)) throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	if (value < min) throw new TypeError(`Expected \`${name}\` to be \u2265 ${min}.`);
}
var AbortError = class extends Error {
	constructor(message) {
		super();
		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			this.originalError = new Error(message);
			this.originalError.stack = this.stack;
		}
		this.name = "AbortError";
		this.message = message;
	}
};
function calculateDelay(retriesConsumed, options) {
	const attempt = Math.max(1, retriesConsumed + 1);
	const random = options.randomize ? Math.random() + 1 : 1;
	let timeout = Math.round(random * options.minTimeout * options.factor ** (attempt - 1));
	timeout = Math.min(timeout, options.maxTimeout);
	return timeout;
}
function calculateRemainingTime(start, max) {
	if (!Number.isFinite(max)) return max;
	return max - (performance.now() - start);
}
async function onAttemptFailure({ error, attemptNumber, retriesConsumed, startTime, options }) {
	const normalizedError = error instanceof Error ? error : new TypeError(`Non-error was thrown: "${error}". You should only throw errors.`);
	if (normalizedError instanceof AbortError) throw normalizedError.originalError;
	const retriesLeft = Number.isFinite(options.retries) ? Math.max(0, options.retries - retriesConsumed) : options.retries;
	const maxRetryTime = options.maxRetryTime ?? Number.POSITIVE_INFINITY;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed
	});
	await options.onFailedAttempt(context);
	if (calculateRemainingTime(startTime, maxRetryTime) <= 0) throw normalizedError;
	const consumeRetry = await options.shouldConsumeRetry(context);
	const remainingTime = calculateRemainingTime(startTime, maxRetryTime);
	if (remainingTime <= 0 || retriesLeft <= 0) throw normalizedError;
	if (normalizedError instanceof TypeError && !isNetworkError(normalizedError)) {
		if (consumeRetry) throw normalizedError;
		options.signal?.throwIfAborted();
		return false;
	}
	if (!await options.shouldRetry(context)) throw normalizedError;
	if (!consumeRetry) {
		options.signal?.throwIfAborted();
		return false;
	}
	const delayTime = calculateDelay(retriesConsumed, options);
	const finalDelay = Math.min(delayTime, remainingTime);
	options.signal?.throwIfAborted();
	if (finalDelay > 0) await new Promise((resolve, reject) => {
		const onAbort = () => {
			clearTimeout(timeoutToken);
			options.signal?.removeEventListener("abort", onAbort);
			reject(options.signal.reason);
		};
		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener("abort", onAbort);
			resolve();
		}, finalDelay);
		if (options.unref) timeoutToken.unref?.();
		options.signal?.addEventListener("abort", onAbort, { once: true });
	});
	options.signal?.throwIfAborted();
	return true;
}
async function pRetry(input, options = {}) {
	options = { ...options };
	validateRetries(options.retries);
	if (Object.hasOwn(options, "forever")) throw new Error("The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.");
	options.retries ??= 10;
	options.factor ??= 2;
	options.minTimeout ??= 1e3;
	options.maxTimeout ??= Number.POSITIVE_INFINITY;
	options.maxRetryTime ??= Number.POSITIVE_INFINITY;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;
	validateNumberOption("factor", options.factor, {
		min: 0,
		allowInfinity: false
	});
	validateNumberOption("minTimeout", options.minTimeout, {
		min: 0,
		allowInfinity: false
	});
	validateNumberOption("maxTimeout", options.maxTimeout, {
		min: 0,
		allowInfinity: true
	});
	validateNumberOption("maxRetryTime", options.maxRetryTime, {
		min: 0,
		allowInfinity: true
	});
	if (!(options.factor > 0)) options.factor = 1;
	options.signal?.throwIfAborted();
	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();
	while (Number.isFinite(options.retries) ? retriesConsumed <= options.retries : true) {
		attemptNumber++;
		try {
			options.signal?.throwIfAborted();
			const result = await input(attemptNumber);
			options.signal?.throwIfAborted();
			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options
			})) retriesConsumed++;
		}
	}
	throw new Error("Retry attempts exhausted without throwing an error.");
}
// src/docker/engine/retry.ts
async function retryThrottled(attempt, signal, firstWait = 5e3) {
	try {
		return await pRetry(attempt, {
			retries: 3,
			minTimeout: firstWait,
			factor: 3,
			...signal === void 0 ? {} : { signal },
			shouldRetry: ({ error }) => error instanceof Failure && error.code === "pull-throttled"
		});
	} catch (error) {
		throwIfCancelled(signal);
		throw error;
	}
}
function pullThrottled(doing) {
	return new Failure("pull-throttled", `${doing} failed: a registry throttles pulls. Log in with docker/login-action before this step, use a mirror, or try again later.`);
}
// src/docker/engine/tags.ts
function newReference(side, run, now = new Date()) {
	return `${repository}:${side}-${tagEnding(run, now)}`;
}
function newPushReference(address, secret, run, now = new Date()) {
	const pushed = `image-audit/${secret}`;
	const tag = `push-${tagEnding(run, now)}`;
	return {
		repository: pushed,
		tag,
		reference: `${address}/${pushed}:${tag}`
	};
}
function newRunId() {
	return randomBytes(12).toString("hex");
}
function isRunId(text) {
	return /^[0-9a-f]{24}$/.test(text);
}
async function removeTag(reference, engine, ofRun) {
	const signal = AbortSignal.timeout(ofRun?.aborted ? 1500 : 3e4);
	await runDocker([
		"image",
		"rm",
		"--",
		reference
	], {
		env: engine.env,
		signal
	}).catch(() => {});
}
async function sweepLeftovers(engine, hours = 24) {
	const before = new Date(Date.now() - hours * 36e5);
	await sweepTemporaryDirectories(before).catch(() => {});
	return removeTags(engine, (reference) => {
		const made = madeAt(reference);
		return made !== null && made < before;
	});
}
function removeTagsOf(run, engine) {
	return removeTags(engine, (reference) => madeAt(reference) !== null && reference.endsWith(`-${run}`));
}
async function removeTags(engine, isLeftover) {
	const list = [
		"image",
		"ls",
		"--format",
		"{{.Repository}}:{{.Tag}}",
		...[repository, "127.0.0.1:*/image-audit/*"].flatMap((name) => ["--filter", `reference=${name}`])
	];
	const signal = AbortSignal.timeout(3e4);
	const { stdout } = await runDocker(list, {
		env: engine.env,
		signal
	}).catch(() => ({ stdout: "" }));
	const leftovers = stdout.split("\n").filter(isLeftover);
	for (const reference of leftovers) await removeTag(reference, engine);
	return leftovers;
}
const repository = "image-audit/build";
function tagEnding(run, now) {
	return `${now.toISOString().replace(/[-:]|\.\d+/g, "")}-${run}`;
}
function madeAt(reference) {
	const [, date, time] = ourReference.exec(reference) ?? [];
	if (date === void 0 || time === void 0) return null;
	const iso = `${date.replace(/(....)(..)(..)/, "$1-$2-$3")}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}Z`;
	return new Date(iso);
}
const ourReference = /^(?:image-audit\/build:(?:head|base)|127\.0\.0\.1:\d+\/image-audit\/[0-9a-f]{32}:push)-(\d{8})T(\d{6})Z-[0-9a-f]{24}$/;
// src/docker/build/cache-scope.ts
function cacheNamespace({ repository, change }, side) {
	const owner = JSON.stringify(side === "base" ? [repository] : [repository, change]);
	return `image-audit/${createHash("sha256").update(owner).digest("hex").slice(0, 32)}`;
}
// src/docker/build/arguments.ts
function buildArguments(command) {
	const { definition, side, cacheScope, places, builder, reference, destination } = command;
	const buildArgs = new Map(definition.buildArgs).set(namespaceArg, cacheNamespace(cacheScope, side));
	return [
		"buildx",
		"build",
		...optional("--builder", builder),
		...each("--add-host", definition.addHosts),
		...each("--allow", definition.allow),
		...each("--build-arg", [...buildArgs].map(buildArg)),
		...each("--build-context", [...places.buildContexts].map(buildContext)),
		...each("--cache-from", definition.cacheFrom),
		...each("--cache-to", side === "head" ? definition.cacheTo : []),
		"--file",
		places.dockerfile,
		...each("--label", definition.labels),
		...optional("--network", definition.network),
		...definition.noCache ? ["--no-cache"] : [],
		...optional("--platform", definition.platform),
		...definition.pull ? ["--pull"] : [],
		...each("--secret", [...definition.secretEnvs].map(([id, name]) => csv([`id=${id}`, `env=${name}`]))),
		...each("--secret", [...places.secretFiles].map(([id, path]) => csv([`id=${id}`, `src=${path}`]))),
		...optional("--shm-size", definition.shmSize),
		...each("--ssh", definition.ssh),
		...optional("--target", definition.target),
		...each("--ulimit", definition.ulimit),
		"--provenance=false",
		"--sbom=false",
		"--progress=rawjson",
		"--metadata-file",
		places.metadata,
		...output(destination, reference),
		"--",
		places.context
	];
}
const namespaceArg = "BUILDKIT_CACHE_MOUNT_NS";
function output(destination, reference) {
	switch (destination.kind) {
		case "engine": return [
			"--load",
			"--tag",
			reference
		];
		case "receiver": return ["--output", csv([
			"type=image",
			`name=${reference}`,
			...pushed
		])];
		case "layout": return ["--output", csv([
			"type=oci",
			"tar=false",
			`dest=${destination.directory}`,
			`name=${reference}`
		])];
	}
}
const pushed = [
	"push=true",
	"registry.insecure=true",
	"store=false",
	"oci-mediatypes=true"
];
function optional(flag, value) {
	return value === null ? [] : [flag, value];
}
function each(flag, values) {
	return values.flatMap((value) => [flag, value]);
}
function buildArg([name, value]) {
	if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) throw badName("build-args", name);
	return `${name}=${value}`;
}
function buildContext([name, value]) {
	if (name === "" || name.includes("=")) throw badName("build-contexts", name);
	return `${name}=${value}`;
}
function badName(input, name) {
	return new Failure("input-invalid", `${input} contains the invalid name "${harmlessLine(name)}". Write NAME=VALUE, one per line.`);
}
function csv(fields) {
	return fields.map((field) => /[",\r\n]/.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field).join(",");
}
// src/secrecy/credentials.ts
function credentialsIn(text) {
	const found = [
		...[...text.matchAll(userInfo)].flatMap(([, user = "", password]) => password === void 0 ? tokens(user) : [password, decoded(password)]),
		...[...text.matchAll(authorization)].flatMap(([, value = ""]) => [value, ...passwordIn(value)]),
		...[...text.matchAll(dockerAuth)].flatMap(([, value = ""]) => [value, ...passwordIn(value)]),
		...assignments.flatMap((assignment) => [...text.matchAll(assignment)].flatMap(([, name = "", value = ""]) => isNameOfSecret(name) ? [value] : []))
	];
	return [...new Set(found)].filter((value) => value.length >= 4 && !notSecret.test(value));
}
const notSecret = /^(?:true|false|null|none|\$\{?\w+\}?)$/i;
const userInfo = /:\/\/([^/\s:@"']*)(?::([^/\s"']*))?@/g;
const authorization = /\b(?:basic|bearer)\s+([\w+/.~=-]{8,})/gi;
const dockerAuth = /"(?:auth|password|identitytoken|registrytoken)"\s*:\s*"([^"]+)"/g;
const assignments = [
	/(?<![\w-])([\w-]{1,200})\s?=\s?["']?([^,\s"']+)/g,
	/(?<![\w-])([\w-]{1,200})["']?:[ \t]*["']([^"'\n]+)["']/g,
	/(?<![\w-])([\w-]{1,200}):[ \t]+([^\s"',]+)/g,
	/\b(password)\s+([^\s"'<>]+)/g,
	/<([\w-]+)>([^<>\n]+)<\//g
];
function tokens(user) {
	return user === "" || isPlain$2(user) ? [] : [user, decoded(user)];
}
function passwordIn(base64) {
	const text = Buffer.from(base64, "base64").toString("utf8");
	return text.includes(":") ? [text.slice(text.indexOf(":") + 1)] : [];
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
// src/docker/build/confidential.ts
async function confidentialOf(definition, env) {
	const { secrets, secretEnvs, secretFiles, ssh, buildArgs } = definition;
	const keys = ssh.flatMap((item) => item.split("=").slice(1)).flatMap((paths) => paths.split(","));
	const files = await Promise.all([...secretFiles.values(), ...keys].map(bytesOf$2));
	const given = [...[...secrets.values(), ...[...secretEnvs.values()].map((name) => env[name] ?? "")].map((text) => Buffer.from(text)), ...files];
	const inside = given.flatMap((value) => credentialsIn(value.toString("utf8")));
	const references = [
		definition.context,
		...definition.buildContexts.values(),
		...buildArgs.values()
	];
	const caches = [...definition.cacheFrom, ...definition.cacheTo];
	return [
		...given.map(secret),
		...[...inside, ...[...references, ...caches].flatMap(credentialsIn)].map(secret),
		...[...buildArgs].filter(isConfidential).map(([, value]) => ({
			value: Buffer.from(value),
			kind: "build argument"
		}))
	];
}
function secret(value) {
	return {
		value: Buffer.from(value),
		kind: "secret"
	};
}
function isConfidential([name, value]) {
	return isNameOfSecret(name) || !(isPlain$2(value.replaceAll("*", "")) || isCommit(name, value));
}
const maxSecretBytes = 512e3;
async function bytesOf$2(path) {
	try {
		const file = await stat(path);
		return file.isFile() && file.size <= maxSecretBytes ? await readFile(path) : Buffer.alloc(0);
	} catch {
		return Buffer.alloc(0);
	}
}
// src/dockerfile/parse/directives.ts
const names$3 = new Set([
	"syntax",
	"escape",
	"check"
]);
function readEscape(lines) {
	let escapeToken = "\\";
	const seen = new Set();
	for (const [index, line] of lines.entries()) {
		const directive = directiveOf(trimLeft(line), "#");
		if (directive === null) break;
		if (seen.has(directive.name)) refuse$1(index + 1, `the ${directive.name} directive may appear only once`);
		seen.add(directive.name);
		if (directive.name === "escape") escapeToken = escapeOf(directive.value, index + 1);
	}
	return escapeToken;
}
function readSyntax(text) {
	const source = text.replace(/^\uFEFF/, "").replace(/^#![^\n]*\n?/, "");
	return syntaxOf(source, "#") ?? syntaxOf(source, "//") ?? syntaxOfJson(source);
}
function syntaxOf(text, comment) {
	const seen = new Set();
	for (const line of text.split("\n", names$3.size)) {
		const directive = directiveOf(line, comment);
		if (directive === null || seen.has(directive.name)) return null;
		seen.add(directive.name);
		if (directive.name === "syntax") return directive.value.split(" ")[0] ?? null;
	}
	return null;
}
function syntaxOfJson(text) {
	if (!text.trimStart().startsWith("{")) return null;
	try {
		const { syntax } = JSON.parse(text);
		return typeof syntax === "string" ? syntax : null;
	} catch {
		return null;
	}
}
function directiveOf(line, comment) {
	if (!line.startsWith(comment)) return null;
	const [written = "", ...rest] = trimLeft(line.slice(comment.length)).split("=");
	const name = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*$/.exec(written)?.[1]?.toLowerCase();
	const value = rest.join("=").replace(/[\r\n]+$/, "");
	return name !== void 0 && names$3.has(name) && value !== "" ? {
		name,
		value: trimAscii(value)
	} : null;
}
function escapeOf(value, line) {
	return value === "\\" || value === "`" ? value : refuse$1(line, `${quote$1(value)} is not an escape character; use \\ or \``);
}
function trimAscii(text) {
	let end = text.length;
	while (end > 0 && "	\n\f\r ".includes(text.charAt(end - 1))) end--;
	return text.slice(0, end).replace(/^[\t\n\f\r ]+/, "");
}
// src/dockerfile/parse/frontend.ts
const minMinor = 4;
const builtIn = "dockerfile.v0";
function isFollowed(reference) {
	if (reference === null) return true;
	const parsed = parseReference(reference);
	if (parsed?.name !== "docker.io/docker/dockerfile" || parsed.digest !== null) return false;
	if (parsed.tag === null || parsed.tag === "latest" || parsed.tag === "1") return true;
	const minor = /^1\.([0-9]+)(?:\.[0-9]+)?$/.exec(parsed.tag)?.[1];
	return minor !== void 0 && Number(minor) >= minMinor;
}
function checkFrontend(text, syntax) {
	const reference = foreignFrontend(text, syntax);
	if (reference === null) return;
	const origin = syntax === void 0 ? "its syntax line" : "BUILDKIT_SYNTAX";
	throw new Failure("frontend-unknown", `A frontend other than Docker's reads this Dockerfile (${quote$1(reference)}, set by ${origin}), so its stages and lines are not known.`);
}
function foreignFrontend(text, syntax) {
	const reference = syntax === void 0 ? readSyntax(text) : syntax.trim().split(" ")[0] ?? "";
	if (reference === null || reference === builtIn) return null;
	const parsed = parseReference(reference);
	return parsed !== null && /(?:^|\/)docker\/dockerfile(?:-upstream)?$/.test(parsed.name) ? null : reference;
}
// src/docker/build/staged-paths.ts
async function stagePaths(sources, definition, side, directory) {
	const unique = () => join(directory, `${side}-${randomUUID()}`);
	const link = async (target) => {
		const path = unique();
		await symlink(target, path, "dir");
		return path;
	};
	const buildContexts = new Map();
	for (const [name, { kind, value }] of sources.buildContexts) buildContexts.set(name, kind === "local" ? await link(value) : value);
	const secretFiles = new Map(sources.secretFiles);
	for (const [id, value] of definition.secrets) {
		const path = join(directory, `secret-${secretFiles.size}`);
		await writeFile(path, value, privateFile);
		secretFiles.set(id, path);
	}
	return {
		context: await link(sources.context),
		dockerfile: await copyOf(sources, unique()),
		buildContexts,
		secretFiles,
		metadata: join(directory, "metadata.json")
	};
}
const privateFile = {
	mode: 384,
	flag: "wx"
};
const nameOfCopy = "Dockerfile";
async function copyOf({ dockerfile, ignoreFile }, directory) {
	const path = join(directory, nameOfCopy);
	await mkdir(directory);
	await writeFile(path, dockerfile, privateFile);
	await writeFile(`${path}.dockerignore`, ignoreFile?.length ? ignoreFile : "\n", privateFile);
	return path;
}
// src/docker/build/confirm-dockerfile.ts
function confirmDockerfile(read, recorded, definition, side) {
	const built = recorded.filter(({ name }) => name === nameOfCopy);
	if (built.every(({ bytes }) => bytes.equals(read))) return built.length > 0;
	if (foreignFrontend(read.toString("utf8"), definition.buildArgs.get("BUILDKIT_SYNTAX")) !== null) return false;
	throw new Failure("dockerfile-differs", `The ${side}'s image was built from a Dockerfile that differs from "${harmlessLine(dockerfileOf(definition))}" as it was read, so the image cannot be judged. Find out which Dockerfile the builder uses instead.`);
}
// node_modules/dockerfile-ast/lib/argument.js
var require_argument = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Argument = void 0;
	var Argument = class {
		constructor(value, range) {
			this.value = value;
			this.range = range;
		}
		toString() {
			return this.value;
		}
		getRange() {
			return this.range;
		}
		getValue() {
			return this.value;
		}
		isAfter(position) {
			if (this.range.end.line < position.line) return false;
			return this.range.start.line > position.line ? true : this.range.start.character > position.character;
		}
		isBefore(position) {
			if (this.range.start.line < position.line) return true;
			return this.range.end.line > position.line ? false : this.range.end.character < position.character;
		}
	};
	exports.Argument = Argument;
}));
// node_modules/dockerfile-ast/lib/jsonArgument.js
var require_jsonArgument = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.JSONArgument = void 0;
	const argument_1 = require_argument();
	var JSONArgument = class extends argument_1.Argument {
		constructor(value, range, jsonRange) {
			super(value, range);
			this.jsonRange = jsonRange;
		}
		getJSONRange() {
			return this.jsonRange;
		}
		getJSONValue() {
			let value = super.getValue();
			value = value.substring(1, value.length - 1);
			return value;
		}
	};
	exports.JSONArgument = JSONArgument;
}));
// node_modules/vscode-languageserver-types/lib/esm/main.js
var main_exports$1 = __exportAll({
	AnnotatedTextEdit: () => AnnotatedTextEdit,
	ApplyKind: () => ApplyKind,
	ChangeAnnotation: () => ChangeAnnotation,
	ChangeAnnotationIdentifier: () => ChangeAnnotationIdentifier,
	CodeAction: () => CodeAction,
	CodeActionContext: () => CodeActionContext,
	CodeActionKind: () => CodeActionKind,
	CodeActionTag: () => CodeActionTag,
	CodeActionTriggerKind: () => CodeActionTriggerKind,
	CodeDescription: () => CodeDescription,
	CodeLens: () => CodeLens,
	Color: () => Color,
	ColorInformation: () => ColorInformation,
	ColorPresentation: () => ColorPresentation,
	Command: () => Command,
	CompletionItem: () => CompletionItem,
	CompletionItemKind: () => CompletionItemKind,
	CompletionItemLabelDetails: () => CompletionItemLabelDetails,
	CompletionItemTag: () => CompletionItemTag,
	CompletionList: () => CompletionList,
	CreateFile: () => CreateFile,
	DeleteFile: () => DeleteFile,
	Diagnostic: () => Diagnostic,
	DiagnosticRelatedInformation: () => DiagnosticRelatedInformation,
	DiagnosticSeverity: () => DiagnosticSeverity,
	DiagnosticTag: () => DiagnosticTag,
	DocumentHighlight: () => DocumentHighlight,
	DocumentHighlightKind: () => DocumentHighlightKind,
	DocumentLink: () => DocumentLink,
	DocumentSymbol: () => DocumentSymbol,
	DocumentUri: () => DocumentUri,
	EOL: () => EOL,
	FoldingRange: () => FoldingRange,
	FoldingRangeKind: () => FoldingRangeKind,
	FormattingOptions: () => FormattingOptions,
	Hover: () => Hover,
	InlayHint: () => InlayHint,
	InlayHintKind: () => InlayHintKind,
	InlayHintLabelPart: () => InlayHintLabelPart,
	InlineCompletionContext: () => InlineCompletionContext,
	InlineCompletionItem: () => InlineCompletionItem,
	InlineCompletionList: () => InlineCompletionList,
	InlineCompletionTriggerKind: () => InlineCompletionTriggerKind,
	InlineValueContext: () => InlineValueContext,
	InlineValueEvaluatableExpression: () => InlineValueEvaluatableExpression,
	InlineValueText: () => InlineValueText,
	InlineValueVariableLookup: () => InlineValueVariableLookup,
	InsertReplaceEdit: () => InsertReplaceEdit,
	InsertTextFormat: () => InsertTextFormat,
	InsertTextMode: () => InsertTextMode,
	LanguageKind: () => LanguageKind,
	Location: () => Location,
	LocationLink: () => LocationLink,
	MarkedString: () => MarkedString,
	MarkupContent: () => MarkupContent,
	MarkupKind: () => MarkupKind,
	OptionalVersionedTextDocumentIdentifier: () => OptionalVersionedTextDocumentIdentifier,
	ParameterInformation: () => ParameterInformation,
	Position: () => Position,
	Range: () => Range,
	RenameFile: () => RenameFile,
	SelectedCompletionInfo: () => SelectedCompletionInfo,
	SelectionRange: () => SelectionRange,
	SemanticTokenModifiers: () => SemanticTokenModifiers,
	SemanticTokenTypes: () => SemanticTokenTypes,
	SemanticTokens: () => SemanticTokens,
	SignatureInformation: () => SignatureInformation,
	SnippetTextEdit: () => SnippetTextEdit,
	StringValue: () => StringValue,
	SymbolInformation: () => SymbolInformation,
	SymbolKind: () => SymbolKind,
	SymbolTag: () => SymbolTag,
	TextDocument: () => TextDocument$1,
	TextDocumentEdit: () => TextDocumentEdit,
	TextDocumentIdentifier: () => TextDocumentIdentifier,
	TextDocumentItem: () => TextDocumentItem,
	TextEdit: () => TextEdit,
	URI: () => URI,
	VersionedTextDocumentIdentifier: () => VersionedTextDocumentIdentifier,
	WorkspaceChange: () => WorkspaceChange,
	WorkspaceEdit: () => WorkspaceEdit,
	WorkspaceFolder: () => WorkspaceFolder,
	WorkspaceSymbol: () => WorkspaceSymbol,
	integer: () => integer,
	uinteger: () => uinteger
});
var DocumentUri, URI, integer, uinteger, Position, Range, Location, LocationLink, Color, ColorInformation, ColorPresentation, FoldingRangeKind, FoldingRange, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, CodeDescription, Diagnostic, Command, TextEdit, ChangeAnnotation, ChangeAnnotationIdentifier, AnnotatedTextEdit, TextDocumentEdit, CreateFile, RenameFile, DeleteFile, WorkspaceEdit, TextEditChangeImpl, SnippetTextEdit, ChangeAnnotations, WorkspaceChange, TextDocumentIdentifier, VersionedTextDocumentIdentifier, OptionalVersionedTextDocumentIdentifier, LanguageKind, TextDocumentItem, MarkupKind, MarkupContent, CompletionItemKind, InsertTextFormat, CompletionItemTag, InsertReplaceEdit, InsertTextMode, ApplyKind, CompletionItemLabelDetails, CompletionItem, CompletionList, MarkedString, Hover, ParameterInformation, SignatureInformation, DocumentHighlightKind, DocumentHighlight, SymbolKind, SymbolTag, SymbolInformation, WorkspaceSymbol, DocumentSymbol, CodeActionKind, CodeActionTriggerKind, CodeActionContext, CodeActionTag, CodeAction, CodeLens, FormattingOptions, DocumentLink, SelectionRange, SemanticTokenTypes, SemanticTokenModifiers, SemanticTokens, InlineValueText, InlineValueVariableLookup, InlineValueEvaluatableExpression, InlineValueContext, InlayHintKind, InlayHintLabelPart, InlayHint, StringValue, InlineCompletionItem, InlineCompletionList, InlineCompletionTriggerKind, SelectedCompletionInfo, InlineCompletionContext, WorkspaceFolder, EOL, TextDocument$1, FullTextDocument$1, Is;
var init_main$1 = __esmMin((() => {
	(function(DocumentUri) {
		function is(value) {
			return typeof value === "string";
		}
		DocumentUri.is = is;
	})(DocumentUri || (DocumentUri = {}));
	(function(URI) {
		function is(value) {
			return typeof value === "string";
		}
		URI.is = is;
	})(URI || (URI = {}));
	(function(integer) {
		integer.MIN_VALUE = -2147483648;
		integer.MAX_VALUE = 2147483647;
		function is(value) {
			return typeof value === "number" && integer.MIN_VALUE <= value && value <= integer.MAX_VALUE;
		}
		integer.is = is;
	})(integer || (integer = {}));
	(function(uinteger) {
		uinteger.MIN_VALUE = 0;
		uinteger.MAX_VALUE = 2147483647;
		function is(value) {
			return typeof value === "number" && uinteger.MIN_VALUE <= value && value <= uinteger.MAX_VALUE;
		}
		uinteger.is = is;
	})(uinteger || (uinteger = {}));
	(function(Position) {
		function create(line, character) {
			if (line === Number.MAX_VALUE) line = uinteger.MAX_VALUE;
			if (character === Number.MAX_VALUE) character = uinteger.MAX_VALUE;
			return {
				line,
				character
			};
		}
		Position.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Is.uinteger(candidate.line) && Is.uinteger(candidate.character);
		}
		Position.is = is;
	})(Position || (Position = {}));
	(function(Range) {
		function create(one, two, three, four) {
			if (Is.uinteger(one) && Is.uinteger(two) && Is.uinteger(three) && Is.uinteger(four)) return {
				start: Position.create(one, two),
				end: Position.create(three, four)
			};
			else if (Position.is(one) && Position.is(two)) return {
				start: one,
				end: two
			};
			else throw new Error(`Range#create called with invalid arguments[${one}, ${two}, ${three}, ${four}]`);
		}
		Range.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Position.is(candidate.start) && Position.is(candidate.end);
		}
		Range.is = is;
	})(Range || (Range = {}));
	(function(Location) {
		function create(uri, range) {
			return {
				uri,
				range
			};
		}
		Location.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Range.is(candidate.range) && (Is.string(candidate.uri) || Is.undefined(candidate.uri));
		}
		Location.is = is;
	})(Location || (Location = {}));
	(function(LocationLink) {
		function create(targetUri, targetRange, targetSelectionRange, originSelectionRange) {
			return {
				targetUri,
				targetRange,
				targetSelectionRange,
				originSelectionRange
			};
		}
		LocationLink.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Range.is(candidate.targetRange) && Is.string(candidate.targetUri) && Range.is(candidate.targetSelectionRange) && (Range.is(candidate.originSelectionRange) || Is.undefined(candidate.originSelectionRange));
		}
		LocationLink.is = is;
	})(LocationLink || (LocationLink = {}));
	(function(Color) {
		function create(red, green, blue, alpha) {
			return {
				red,
				green,
				blue,
				alpha
			};
		}
		Color.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Is.numberRange(candidate.red, 0, 1) && Is.numberRange(candidate.green, 0, 1) && Is.numberRange(candidate.blue, 0, 1) && Is.numberRange(candidate.alpha, 0, 1);
		}
		Color.is = is;
	})(Color || (Color = {}));
	(function(ColorInformation) {
		function create(range, color) {
			return {
				range,
				color
			};
		}
		ColorInformation.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Range.is(candidate.range) && Color.is(candidate.color);
		}
		ColorInformation.is = is;
	})(ColorInformation || (ColorInformation = {}));
	(function(ColorPresentation) {
		function create(label, textEdit, additionalTextEdits) {
			return {
				label,
				textEdit,
				additionalTextEdits
			};
		}
		ColorPresentation.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Is.string(candidate.label) && (Is.undefined(candidate.textEdit) || TextEdit.is(candidate.textEdit)) && (Is.undefined(candidate.additionalTextEdits) || Is.typedArray(candidate.additionalTextEdits, TextEdit.is));
		}
		ColorPresentation.is = is;
	})(ColorPresentation || (ColorPresentation = {}));
	(function(FoldingRangeKind) {
		FoldingRangeKind.Comment = "comment";
		FoldingRangeKind.Imports = "imports";
		FoldingRangeKind.Region = "region";
	})(FoldingRangeKind || (FoldingRangeKind = {}));
	(function(FoldingRange) {
		function create(startLine, endLine, startCharacter, endCharacter, kind, collapsedText) {
			const result = {
				startLine,
				endLine
			};
			if (Is.defined(startCharacter)) result.startCharacter = startCharacter;
			if (Is.defined(endCharacter)) result.endCharacter = endCharacter;
			if (Is.defined(kind)) result.kind = kind;
			if (Is.defined(collapsedText)) result.collapsedText = collapsedText;
			return result;
		}
		FoldingRange.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Is.uinteger(candidate.startLine) && Is.uinteger(candidate.endLine) && (Is.undefined(candidate.startCharacter) || Is.uinteger(candidate.startCharacter)) && (Is.undefined(candidate.endCharacter) || Is.uinteger(candidate.endCharacter)) && (Is.undefined(candidate.kind) || Is.string(candidate.kind));
		}
		FoldingRange.is = is;
	})(FoldingRange || (FoldingRange = {}));
	(function(DiagnosticRelatedInformation) {
		function create(location, message) {
			return {
				location,
				message
			};
		}
		DiagnosticRelatedInformation.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Location.is(candidate.location) && Is.string(candidate.message);
		}
		DiagnosticRelatedInformation.is = is;
	})(DiagnosticRelatedInformation || (DiagnosticRelatedInformation = {}));
	(function(DiagnosticSeverity) {
		DiagnosticSeverity.Error = 1;
		DiagnosticSeverity.Warning = 2;
		DiagnosticSeverity.Information = 3;
		DiagnosticSeverity.Hint = 4;
	})(DiagnosticSeverity || (DiagnosticSeverity = {}));
	(function(DiagnosticTag) {
		DiagnosticTag.Unnecessary = 1;
		DiagnosticTag.Deprecated = 2;
	})(DiagnosticTag || (DiagnosticTag = {}));
	(function(CodeDescription) {
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Is.string(candidate.href);
		}
		CodeDescription.is = is;
	})(CodeDescription || (CodeDescription = {}));
	(function(Diagnostic) {
		function create(range, message, severity, code, source, relatedInformation) {
			const result = {
				range,
				message
			};
			if (Is.defined(severity)) result.severity = severity;
			if (Is.defined(code)) result.code = code;
			if (Is.defined(source)) result.source = source;
			if (Is.defined(relatedInformation)) result.relatedInformation = relatedInformation;
			return result;
		}
		Diagnostic.create = create;
		function is(value) {
			var _a;
			const candidate = value;
			return Is.defined(candidate) && Range.is(candidate.range) && (Is.string(candidate.message) || MarkupContent.is(candidate.message)) && (Is.number(candidate.severity) || Is.undefined(candidate.severity)) && (Is.integer(candidate.code) || Is.string(candidate.code) || Is.undefined(candidate.code)) && (Is.undefined(candidate.codeDescription) || Is.string((_a = candidate.codeDescription) === null || _a === void 0 ? void 0 : _a.href)) && (Is.string(candidate.source) || Is.undefined(candidate.source)) && (Is.undefined(candidate.relatedInformation) || Is.typedArray(candidate.relatedInformation, DiagnosticRelatedInformation.is));
		}
		Diagnostic.is = is;
		function is3_17(value) {
			return Is.string(value.message);
		}
		Diagnostic.is3_17 = is3_17;
		function getMessageString(diagnostic) {
			if (Is.string(diagnostic.message)) return diagnostic.message;
			else if (MarkupContent.is(diagnostic.message)) return diagnostic.message.value;
			else throw new Error(`Unknown message type ${typeof diagnostic.message}`);
		}
		Diagnostic.getMessageString = getMessageString;
	})(Diagnostic || (Diagnostic = {}));
	(function(Command) {
		function create(title, command, ...args) {
			const result = {
				title,
				command
			};
			if (Is.defined(args) && args.length > 0) result.arguments = args;
			return result;
		}
		Command.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Is.string(candidate.title) && (candidate.tooltip === void 0 || Is.string(candidate.tooltip)) && Is.string(candidate.command);
		}
		Command.is = is;
	})(Command || (Command = {}));
	(function(TextEdit) {
		function replace(range, newText) {
			return {
				range,
				newText
			};
		}
		TextEdit.replace = replace;
		function insert(position, newText) {
			return {
				range: {
					start: position,
					end: position
				},
				newText
			};
		}
		TextEdit.insert = insert;
		function del(range) {
			return {
				range,
				newText: ""
			};
		}
		TextEdit.del = del;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Is.string(candidate.newText) && Range.is(candidate.range);
		}
		TextEdit.is = is;
	})(TextEdit || (TextEdit = {}));
	(function(ChangeAnnotation) {
		function create(label, needsConfirmation, description) {
			const result = { label };
			if (needsConfirmation !== void 0) result.needsConfirmation = needsConfirmation;
			if (description !== void 0) result.description = description;
			return result;
		}
		ChangeAnnotation.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Is.string(candidate.label) && (Is.boolean(candidate.needsConfirmation) || candidate.needsConfirmation === void 0) && (Is.string(candidate.description) || candidate.description === void 0);
		}
		ChangeAnnotation.is = is;
	})(ChangeAnnotation || (ChangeAnnotation = {}));
	(function(ChangeAnnotationIdentifier) {
		function is(value) {
			const candidate = value;
			return Is.string(candidate);
		}
		ChangeAnnotationIdentifier.is = is;
	})(ChangeAnnotationIdentifier || (ChangeAnnotationIdentifier = {}));
	(function(AnnotatedTextEdit) {
		function replace(range, newText, annotation) {
			return {
				range,
				newText,
				annotationId: annotation
			};
		}
		AnnotatedTextEdit.replace = replace;
		function insert(position, newText, annotation) {
			return {
				range: {
					start: position,
					end: position
				},
				newText,
				annotationId: annotation
			};
		}
		AnnotatedTextEdit.insert = insert;
		function del(range, annotation) {
			return {
				range,
				newText: "",
				annotationId: annotation
			};
		}
		AnnotatedTextEdit.del = del;
		function is(value) {
			const candidate = value;
			return TextEdit.is(candidate) && (ChangeAnnotation.is(candidate.annotationId) || ChangeAnnotationIdentifier.is(candidate.annotationId));
		}
		AnnotatedTextEdit.is = is;
	})(AnnotatedTextEdit || (AnnotatedTextEdit = {}));
	(function(TextDocumentEdit) {
		function create(textDocument, edits) {
			return {
				textDocument,
				edits
			};
		}
		TextDocumentEdit.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && OptionalVersionedTextDocumentIdentifier.is(candidate.textDocument) && Array.isArray(candidate.edits);
		}
		TextDocumentEdit.is = is;
	})(TextDocumentEdit || (TextDocumentEdit = {}));
	(function(CreateFile) {
		function create(uri, options, annotation) {
			const result = {
				kind: "create",
				uri
			};
			if (options !== void 0 && (options.overwrite !== void 0 || options.ignoreIfExists !== void 0)) result.options = options;
			if (annotation !== void 0) result.annotationId = annotation;
			return result;
		}
		CreateFile.create = create;
		function is(value) {
			const candidate = value;
			return candidate && candidate.kind === "create" && Is.string(candidate.uri) && (candidate.options === void 0 || (candidate.options.overwrite === void 0 || Is.boolean(candidate.options.overwrite)) && (candidate.options.ignoreIfExists === void 0 || Is.boolean(candidate.options.ignoreIfExists))) && (candidate.annotationId === void 0 || ChangeAnnotationIdentifier.is(candidate.annotationId));
		}
		CreateFile.is = is;
	})(CreateFile || (CreateFile = {}));
	(function(RenameFile) {
		function create(oldUri, newUri, options, annotation) {
			const result = {
				kind: "rename",
				oldUri,
				newUri
			};
			if (options !== void 0 && (options.overwrite !== void 0 || options.ignoreIfExists !== void 0)) result.options = options;
			if (annotation !== void 0) result.annotationId = annotation;
			return result;
		}
		RenameFile.create = create;
		function is(value) {
			const candidate = value;
			return candidate && candidate.kind === "rename" && Is.string(candidate.oldUri) && Is.string(candidate.newUri) && (candidate.options === void 0 || (candidate.options.overwrite === void 0 || Is.boolean(candidate.options.overwrite)) && (candidate.options.ignoreIfExists === void 0 || Is.boolean(candidate.options.ignoreIfExists))) && (candidate.annotationId === void 0 || ChangeAnnotationIdentifier.is(candidate.annotationId));
		}
		RenameFile.is = is;
	})(RenameFile || (RenameFile = {}));
	(function(DeleteFile) {
		function create(uri, options, annotation) {
			const result = {
				kind: "delete",
				uri
			};
			if (options !== void 0 && (options.recursive !== void 0 || options.ignoreIfNotExists !== void 0)) result.options = options;
			if (annotation !== void 0) result.annotationId = annotation;
			return result;
		}
		DeleteFile.create = create;
		function is(value) {
			const candidate = value;
			return candidate && candidate.kind === "delete" && Is.string(candidate.uri) && (candidate.options === void 0 || (candidate.options.recursive === void 0 || Is.boolean(candidate.options.recursive)) && (candidate.options.ignoreIfNotExists === void 0 || Is.boolean(candidate.options.ignoreIfNotExists))) && (candidate.annotationId === void 0 || ChangeAnnotationIdentifier.is(candidate.annotationId));
		}
		DeleteFile.is = is;
	})(DeleteFile || (DeleteFile = {}));
	(function(WorkspaceEdit) {
		function is(value) {
			const candidate = value;
			return candidate && (candidate.changes !== void 0 || candidate.documentChanges !== void 0) && (candidate.documentChanges === void 0 || candidate.documentChanges.every((change) => {
				if (Is.string(change.kind)) return CreateFile.is(change) || RenameFile.is(change) || DeleteFile.is(change);
				else return TextDocumentEdit.is(change);
			}));
		}
		WorkspaceEdit.is = is;
	})(WorkspaceEdit || (WorkspaceEdit = {}));
	TextEditChangeImpl = class {
		constructor(edits, changeAnnotations) {
			this.edits = edits;
			this.changeAnnotations = changeAnnotations;
		}
		insert(position, newText, annotation) {
			let edit;
			let id;
			if (annotation === void 0) edit = TextEdit.insert(position, newText);
			else if (ChangeAnnotationIdentifier.is(annotation)) {
				id = annotation;
				edit = AnnotatedTextEdit.insert(position, newText, annotation);
			} else {
				this.assertChangeAnnotations(this.changeAnnotations);
				id = this.changeAnnotations.manage(annotation);
				edit = AnnotatedTextEdit.insert(position, newText, id);
			}
			this.edits.push(edit);
			if (id !== void 0) return id;
		}
		replace(range, newText, annotation) {
			let edit;
			let id;
			if (annotation === void 0) edit = TextEdit.replace(range, newText);
			else if (ChangeAnnotationIdentifier.is(annotation)) {
				id = annotation;
				edit = AnnotatedTextEdit.replace(range, newText, annotation);
			} else {
				this.assertChangeAnnotations(this.changeAnnotations);
				id = this.changeAnnotations.manage(annotation);
				edit = AnnotatedTextEdit.replace(range, newText, id);
			}
			this.edits.push(edit);
			if (id !== void 0) return id;
		}
		delete(range, annotation) {
			let edit;
			let id;
			if (annotation === void 0) edit = TextEdit.del(range);
			else if (ChangeAnnotationIdentifier.is(annotation)) {
				id = annotation;
				edit = AnnotatedTextEdit.del(range, annotation);
			} else {
				this.assertChangeAnnotations(this.changeAnnotations);
				id = this.changeAnnotations.manage(annotation);
				edit = AnnotatedTextEdit.del(range, id);
			}
			this.edits.push(edit);
			if (id !== void 0) return id;
		}
		add(edit) {
			this.edits.push(edit);
		}
		all() {
			return this.edits;
		}
		clear() {
			this.edits.splice(0, this.edits.length);
		}
		assertChangeAnnotations(value) {
			if (value === void 0) throw new Error(`Text edit change is not configured to manage change annotations.`);
		}
	};
	(function(SnippetTextEdit) {
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Range.is(candidate.range) && StringValue.isSnippet(candidate.snippet) && (candidate.annotationId === void 0 || ChangeAnnotation.is(candidate.annotationId) || ChangeAnnotationIdentifier.is(candidate.annotationId));
		}
		SnippetTextEdit.is = is;
	})(SnippetTextEdit || (SnippetTextEdit = {}));
	ChangeAnnotations = class {
		constructor(annotations) {
			this._annotations = annotations === void 0 ? Object.create(null) : annotations;
			this._counter = 0;
			this._size = 0;
		}
		all() {
			return this._annotations;
		}
		get size() {
			return this._size;
		}
		manage(idOrAnnotation, annotation) {
			let id;
			if (ChangeAnnotationIdentifier.is(idOrAnnotation)) id = idOrAnnotation;
			else {
				id = this.nextId();
				annotation = idOrAnnotation;
			}
			if (this._annotations[id] !== void 0) throw new Error(`Id ${id} is already in use.`);
			if (annotation === void 0) throw new Error(`No annotation provided for id ${id}`);
			this._annotations[id] = annotation;
			this._size++;
			return id;
		}
		nextId() {
			this._counter++;
			return this._counter.toString();
		}
	};
	WorkspaceChange = class {
		constructor(workspaceEdit) {
			this._textEditChanges = Object.create(null);
			if (workspaceEdit !== void 0) {
				this._workspaceEdit = workspaceEdit;
				if (workspaceEdit.documentChanges) {
					this._changeAnnotations = new ChangeAnnotations(workspaceEdit.changeAnnotations);
					workspaceEdit.changeAnnotations = this._changeAnnotations.all();
					workspaceEdit.documentChanges.forEach((change) => {
						if (TextDocumentEdit.is(change)) {
							const textEditChange = new TextEditChangeImpl(change.edits, this._changeAnnotations);
							this._textEditChanges[change.textDocument.uri] = textEditChange;
						}
					});
				} else if (workspaceEdit.changes) Object.keys(workspaceEdit.changes).forEach((key) => {
					const textEditChange = new TextEditChangeImpl(workspaceEdit.changes[key]);
					this._textEditChanges[key] = textEditChange;
				});
			} else this._workspaceEdit = {};
		}
		get edit() {
			this.initDocumentChanges();
			if (this._changeAnnotations !== void 0) {
				if (this._changeAnnotations.size === 0) this._workspaceEdit.changeAnnotations = void 0;
				else this._workspaceEdit.changeAnnotations = this._changeAnnotations.all();
			}
			return this._workspaceEdit;
		}
		getTextEditChange(key) {
			if (OptionalVersionedTextDocumentIdentifier.is(key)) {
				this.initDocumentChanges();
				if (this._workspaceEdit.documentChanges === void 0) throw new Error("Workspace edit is not configured for document changes.");
				const textDocument = {
					uri: key.uri,
					version: key.version
				};
				let result = this._textEditChanges[textDocument.uri];
				if (!result) {
					const edits = [];
					const textDocumentEdit = {
						textDocument,
						edits
					};
					this._workspaceEdit.documentChanges.push(textDocumentEdit);
					result = new TextEditChangeImpl(edits, this._changeAnnotations);
					this._textEditChanges[textDocument.uri] = result;
				}
				return result;
			} else {
				this.initChanges();
				if (this._workspaceEdit.changes === void 0) throw new Error("Workspace edit is not configured for normal text edit changes.");
				let result = this._textEditChanges[key];
				if (!result) {
					const edits = [];
					this._workspaceEdit.changes[key] = edits;
					result = new TextEditChangeImpl(edits);
					this._textEditChanges[key] = result;
				}
				return result;
			}
		}
		initDocumentChanges() {
			if (this._workspaceEdit.documentChanges === void 0 && this._workspaceEdit.changes === void 0) {
				this._changeAnnotations = new ChangeAnnotations();
				this._workspaceEdit.documentChanges = [];
				this._workspaceEdit.changeAnnotations = this._changeAnnotations.all();
			}
		}
		initChanges() {
			if (this._workspaceEdit.documentChanges === void 0 && this._workspaceEdit.changes === void 0) this._workspaceEdit.changes = Object.create(null);
		}
		createFile(uri, optionsOrAnnotation, options) {
			this.initDocumentChanges();
			if (this._workspaceEdit.documentChanges === void 0) throw new Error("Workspace edit is not configured for document changes.");
			let annotation;
			if (ChangeAnnotation.is(optionsOrAnnotation) || ChangeAnnotationIdentifier.is(optionsOrAnnotation)) annotation = optionsOrAnnotation;
			else options = optionsOrAnnotation;
			let operation;
			let id;
			if (annotation === void 0) operation = CreateFile.create(uri, options);
			else {
				id = ChangeAnnotationIdentifier.is(annotation) ? annotation : this._changeAnnotations.manage(annotation);
				operation = CreateFile.create(uri, options, id);
			}
			this._workspaceEdit.documentChanges.push(operation);
			if (id !== void 0) return id;
		}
		renameFile(oldUri, newUri, optionsOrAnnotation, options) {
			this.initDocumentChanges();
			if (this._workspaceEdit.documentChanges === void 0) throw new Error("Workspace edit is not configured for document changes.");
			let annotation;
			if (ChangeAnnotation.is(optionsOrAnnotation) || ChangeAnnotationIdentifier.is(optionsOrAnnotation)) annotation = optionsOrAnnotation;
			else options = optionsOrAnnotation;
			let operation;
			let id;
			if (annotation === void 0) operation = RenameFile.create(oldUri, newUri, options);
			else {
				id = ChangeAnnotationIdentifier.is(annotation) ? annotation : this._changeAnnotations.manage(annotation);
				operation = RenameFile.create(oldUri, newUri, options, id);
			}
			this._workspaceEdit.documentChanges.push(operation);
			if (id !== void 0) return id;
		}
		deleteFile(uri, optionsOrAnnotation, options) {
			this.initDocumentChanges();
			if (this._workspaceEdit.documentChanges === void 0) throw new Error("Workspace edit is not configured for document changes.");
			let annotation;
			if (ChangeAnnotation.is(optionsOrAnnotation) || ChangeAnnotationIdentifier.is(optionsOrAnnotation)) annotation = optionsOrAnnotation;
			else options = optionsOrAnnotation;
			let operation;
			let id;
			if (annotation === void 0) operation = DeleteFile.create(uri, options);
			else {
				id = ChangeAnnotationIdentifier.is(annotation) ? annotation : this._changeAnnotations.manage(annotation);
				operation = DeleteFile.create(uri, options, id);
			}
			this._workspaceEdit.documentChanges.push(operation);
			if (id !== void 0) return id;
		}
	};
	(function(TextDocumentIdentifier) {
		function create(uri) {
			return { uri };
		}
		TextDocumentIdentifier.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Is.string(candidate.uri);
		}
		TextDocumentIdentifier.is = is;
	})(TextDocumentIdentifier || (TextDocumentIdentifier = {}));
	(function(VersionedTextDocumentIdentifier) {
		function create(uri, version) {
			return {
				uri,
				version
			};
		}
		VersionedTextDocumentIdentifier.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Is.string(candidate.uri) && Is.integer(candidate.version);
		}
		VersionedTextDocumentIdentifier.is = is;
	})(VersionedTextDocumentIdentifier || (VersionedTextDocumentIdentifier = {}));
	(function(OptionalVersionedTextDocumentIdentifier) {
		function create(uri, version) {
			return {
				uri,
				version
			};
		}
		OptionalVersionedTextDocumentIdentifier.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Is.string(candidate.uri) && (candidate.version === null || Is.integer(candidate.version));
		}
		OptionalVersionedTextDocumentIdentifier.is = is;
	})(OptionalVersionedTextDocumentIdentifier || (OptionalVersionedTextDocumentIdentifier = {}));
	(function(LanguageKind) {
		LanguageKind.ABAP = "abap";
		LanguageKind.WindowsBat = "bat";
		LanguageKind.BibTeX = "bibtex";
		LanguageKind.Clojure = "clojure";
		LanguageKind.Coffeescript = "coffeescript";
		LanguageKind.C = "c";
		LanguageKind.CPP = "cpp";
		LanguageKind.CSharp = "csharp";
		LanguageKind.CSS = "css";
		LanguageKind.D = "d";
		LanguageKind.Delphi = "pascal";
		LanguageKind.Diff = "diff";
		LanguageKind.Dart = "dart";
		LanguageKind.Dockerfile = "dockerfile";
		LanguageKind.Elixir = "elixir";
		LanguageKind.Erlang = "erlang";
		LanguageKind.FSharp = "fsharp";
		LanguageKind.GitCommit = "git-commit";
		LanguageKind.GitRebase = "git-rebase";
		LanguageKind.Go = "go";
		LanguageKind.Groovy = "groovy";
		LanguageKind.Handlebars = "handlebars";
		LanguageKind.Haskell = "haskell";
		LanguageKind.HTML = "html";
		LanguageKind.Ini = "ini";
		LanguageKind.Java = "java";
		LanguageKind.JavaScript = "javascript";
		LanguageKind.JavaScriptReact = "javascriptreact";
		LanguageKind.JSON = "json";
		LanguageKind.LaTeX = "latex";
		LanguageKind.Less = "less";
		LanguageKind.Lua = "lua";
		LanguageKind.Makefile = "makefile";
		LanguageKind.Markdown = "markdown";
		LanguageKind.ObjectiveC = "objective-c";
		LanguageKind.ObjectiveCPP = "objective-cpp";
		LanguageKind.Pascal = "pascal";
		LanguageKind.Perl = "perl";
		LanguageKind.Perl6 = "perl6";
		LanguageKind.PHP = "php";
		LanguageKind.Plaintext = "plaintext";
		LanguageKind.Powershell = "powershell";
		LanguageKind.Pug = "jade";
		LanguageKind.Python = "python";
		LanguageKind.R = "r";
		LanguageKind.Razor = "razor";
		LanguageKind.Ruby = "ruby";
		LanguageKind.Rust = "rust";
		LanguageKind.SCSS = "scss";
		LanguageKind.SASS = "sass";
		LanguageKind.Scala = "scala";
		LanguageKind.ShaderLab = "shaderlab";
		LanguageKind.ShellScript = "shellscript";
		LanguageKind.SQL = "sql";
		LanguageKind.Swift = "swift";
		LanguageKind.TypeScript = "typescript";
		LanguageKind.TypeScriptReact = "typescriptreact";
		LanguageKind.TeX = "tex";
		LanguageKind.VisualBasic = "vb";
		LanguageKind.XML = "xml";
		LanguageKind.XSL = "xsl";
		LanguageKind.YAML = "yaml";
	})(LanguageKind || (LanguageKind = {}));
	(function(TextDocumentItem) {
		function create(uri, languageId, version, text) {
			return {
				uri,
				languageId,
				version,
				text
			};
		}
		TextDocumentItem.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Is.string(candidate.uri) && Is.string(candidate.languageId) && Is.integer(candidate.version) && Is.string(candidate.text);
		}
		TextDocumentItem.is = is;
	})(TextDocumentItem || (TextDocumentItem = {}));
	(function(MarkupKind) {
		MarkupKind.PlainText = "plaintext";
		MarkupKind.Markdown = "markdown";
		function is(value) {
			const candidate = value;
			return candidate === MarkupKind.PlainText || candidate === MarkupKind.Markdown;
		}
		MarkupKind.is = is;
	})(MarkupKind || (MarkupKind = {}));
	(function(MarkupContent) {
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(value) && MarkupKind.is(candidate.kind) && Is.string(candidate.value);
		}
		MarkupContent.is = is;
	})(MarkupContent || (MarkupContent = {}));
	(function(CompletionItemKind) {
		CompletionItemKind.Text = 1;
		CompletionItemKind.Method = 2;
		CompletionItemKind.Function = 3;
		CompletionItemKind.Constructor = 4;
		CompletionItemKind.Field = 5;
		CompletionItemKind.Variable = 6;
		CompletionItemKind.Class = 7;
		CompletionItemKind.Interface = 8;
		CompletionItemKind.Module = 9;
		CompletionItemKind.Property = 10;
		CompletionItemKind.Unit = 11;
		CompletionItemKind.Value = 12;
		CompletionItemKind.Enum = 13;
		CompletionItemKind.Keyword = 14;
		CompletionItemKind.Snippet = 15;
		CompletionItemKind.Color = 16;
		CompletionItemKind.File = 17;
		CompletionItemKind.Reference = 18;
		CompletionItemKind.Folder = 19;
		CompletionItemKind.EnumMember = 20;
		CompletionItemKind.Constant = 21;
		CompletionItemKind.Struct = 22;
		CompletionItemKind.Event = 23;
		CompletionItemKind.Operator = 24;
		CompletionItemKind.TypeParameter = 25;
	})(CompletionItemKind || (CompletionItemKind = {}));
	(function(InsertTextFormat) {
		InsertTextFormat.PlainText = 1;
		InsertTextFormat.Snippet = 2;
	})(InsertTextFormat || (InsertTextFormat = {}));
	(function(CompletionItemTag) {
		CompletionItemTag.Deprecated = 1;
	})(CompletionItemTag || (CompletionItemTag = {}));
	(function(InsertReplaceEdit) {
		function create(newText, insert, replace) {
			return {
				newText,
				insert,
				replace
			};
		}
		InsertReplaceEdit.create = create;
		function is(value) {
			const candidate = value;
			return candidate && Is.string(candidate.newText) && Range.is(candidate.insert) && Range.is(candidate.replace);
		}
		InsertReplaceEdit.is = is;
	})(InsertReplaceEdit || (InsertReplaceEdit = {}));
	(function(InsertTextMode) {
		InsertTextMode.asIs = 1;
		InsertTextMode.adjustIndentation = 2;
	})(InsertTextMode || (InsertTextMode = {}));
	(function(ApplyKind) {
		ApplyKind.Replace = 1;
		ApplyKind.Merge = 2;
	})(ApplyKind || (ApplyKind = {}));
	(function(CompletionItemLabelDetails) {
		function is(value) {
			const candidate = value;
			return candidate && (Is.string(candidate.detail) || candidate.detail === void 0) && (Is.string(candidate.description) || candidate.description === void 0);
		}
		CompletionItemLabelDetails.is = is;
	})(CompletionItemLabelDetails || (CompletionItemLabelDetails = {}));
	(function(CompletionItem) {
		function create(label) {
			return { label };
		}
		CompletionItem.create = create;
	})(CompletionItem || (CompletionItem = {}));
	(function(CompletionList) {
		function create(items, isIncomplete) {
			return {
				items: items ? items : [],
				isIncomplete: !!isIncomplete
			};
		}
		CompletionList.create = create;
	})(CompletionList || (CompletionList = {}));
	(function(MarkedString) {
		function fromPlainText(plainText) {
			return plainText.replace(/[\\`*_{}[\]()#+\-.!]/g, "\\$&");
		}
		MarkedString.fromPlainText = fromPlainText;
		function is(value) {
			const candidate = value;
			return Is.string(candidate) || Is.objectLiteral(candidate) && Is.string(candidate.language) && Is.string(candidate.value);
		}
		MarkedString.is = is;
	})(MarkedString || (MarkedString = {}));
	(function(Hover) {
		function is(value) {
			const candidate = value;
			return !!candidate && Is.objectLiteral(candidate) && (MarkupContent.is(candidate.contents) || MarkedString.is(candidate.contents) || Is.typedArray(candidate.contents, MarkedString.is)) && (value.range === void 0 || Range.is(value.range));
		}
		Hover.is = is;
	})(Hover || (Hover = {}));
	(function(ParameterInformation) {
		function create(label, documentation) {
			return documentation ? {
				label,
				documentation
			} : { label };
		}
		ParameterInformation.create = create;
	})(ParameterInformation || (ParameterInformation = {}));
	(function(SignatureInformation) {
		function create(label, documentation, ...parameters) {
			const result = { label };
			if (Is.defined(documentation)) result.documentation = documentation;
			if (Is.defined(parameters)) result.parameters = parameters;
			else result.parameters = [];
			return result;
		}
		SignatureInformation.create = create;
	})(SignatureInformation || (SignatureInformation = {}));
	(function(DocumentHighlightKind) {
		DocumentHighlightKind.Text = 1;
		DocumentHighlightKind.Read = 2;
		DocumentHighlightKind.Write = 3;
	})(DocumentHighlightKind || (DocumentHighlightKind = {}));
	(function(DocumentHighlight) {
		function create(range, kind) {
			const result = { range };
			if (Is.number(kind)) result.kind = kind;
			return result;
		}
		DocumentHighlight.create = create;
	})(DocumentHighlight || (DocumentHighlight = {}));
	(function(SymbolKind) {
		SymbolKind.File = 1;
		SymbolKind.Module = 2;
		SymbolKind.Namespace = 3;
		SymbolKind.Package = 4;
		SymbolKind.Class = 5;
		SymbolKind.Method = 6;
		SymbolKind.Property = 7;
		SymbolKind.Field = 8;
		SymbolKind.Constructor = 9;
		SymbolKind.Enum = 10;
		SymbolKind.Interface = 11;
		SymbolKind.Function = 12;
		SymbolKind.Variable = 13;
		SymbolKind.Constant = 14;
		SymbolKind.String = 15;
		SymbolKind.Number = 16;
		SymbolKind.Boolean = 17;
		SymbolKind.Array = 18;
		SymbolKind.Object = 19;
		SymbolKind.Key = 20;
		SymbolKind.Null = 21;
		SymbolKind.EnumMember = 22;
		SymbolKind.Struct = 23;
		SymbolKind.Event = 24;
		SymbolKind.Operator = 25;
		SymbolKind.TypeParameter = 26;
	})(SymbolKind || (SymbolKind = {}));
	(function(SymbolTag) {
		SymbolTag.Deprecated = 1;
	})(SymbolTag || (SymbolTag = {}));
	(function(SymbolInformation) {
		function create(name, kind, range, uri, containerName) {
			const result = {
				name,
				kind,
				location: {
					uri,
					range
				}
			};
			if (containerName) result.containerName = containerName;
			return result;
		}
		SymbolInformation.create = create;
	})(SymbolInformation || (SymbolInformation = {}));
	(function(WorkspaceSymbol) {
		function create(name, kind, uri, range) {
			return range !== void 0 ? {
				name,
				kind,
				location: {
					uri,
					range
				}
			} : {
				name,
				kind,
				location: { uri }
			};
		}
		WorkspaceSymbol.create = create;
	})(WorkspaceSymbol || (WorkspaceSymbol = {}));
	(function(DocumentSymbol) {
		function create(name, detail, kind, range, selectionRange, children) {
			const result = {
				name,
				detail,
				kind,
				range,
				selectionRange
			};
			if (children !== void 0) result.children = children;
			return result;
		}
		DocumentSymbol.create = create;
		function is(value) {
			const candidate = value;
			return candidate && Is.string(candidate.name) && Is.number(candidate.kind) && Range.is(candidate.range) && Range.is(candidate.selectionRange) && (candidate.detail === void 0 || Is.string(candidate.detail)) && (candidate.deprecated === void 0 || Is.boolean(candidate.deprecated)) && (candidate.children === void 0 || Array.isArray(candidate.children)) && (candidate.tags === void 0 || Array.isArray(candidate.tags));
		}
		DocumentSymbol.is = is;
	})(DocumentSymbol || (DocumentSymbol = {}));
	(function(CodeActionKind) {
		CodeActionKind.Empty = "";
		CodeActionKind.QuickFix = "quickfix";
		CodeActionKind.Refactor = "refactor";
		CodeActionKind.RefactorExtract = "refactor.extract";
		CodeActionKind.RefactorInline = "refactor.inline";
		CodeActionKind.RefactorMove = "refactor.move";
		CodeActionKind.RefactorRewrite = "refactor.rewrite";
		CodeActionKind.Source = "source";
		CodeActionKind.SourceOrganizeImports = "source.organizeImports";
		CodeActionKind.SourceFixAll = "source.fixAll";
		CodeActionKind.Notebook = "notebook";
	})(CodeActionKind || (CodeActionKind = {}));
	(function(CodeActionTriggerKind) {
		CodeActionTriggerKind.Invoked = 1;
		CodeActionTriggerKind.Automatic = 2;
	})(CodeActionTriggerKind || (CodeActionTriggerKind = {}));
	(function(CodeActionContext) {
		function create(diagnostics, only, triggerKind) {
			const result = { diagnostics };
			if (only !== void 0 && only !== null) result.only = only;
			if (triggerKind !== void 0 && triggerKind !== null) result.triggerKind = triggerKind;
			return result;
		}
		CodeActionContext.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Is.typedArray(candidate.diagnostics, Diagnostic.is) && (candidate.only === void 0 || Is.typedArray(candidate.only, Is.string)) && (candidate.triggerKind === void 0 || candidate.triggerKind === CodeActionTriggerKind.Invoked || candidate.triggerKind === CodeActionTriggerKind.Automatic);
		}
		CodeActionContext.is = is;
	})(CodeActionContext || (CodeActionContext = {}));
	(function(CodeActionTag) {
		CodeActionTag.LLMGenerated = 1;
		function is(value) {
			return Is.defined(value) && value === CodeActionTag.LLMGenerated;
		}
		CodeActionTag.is = is;
	})(CodeActionTag || (CodeActionTag = {}));
	(function(CodeAction) {
		function create(title, kindOrCommandOrEdit, kind) {
			const result = { title };
			let checkKind = true;
			if (typeof kindOrCommandOrEdit === "string") {
				checkKind = false;
				result.kind = kindOrCommandOrEdit;
			} else if (Command.is(kindOrCommandOrEdit)) result.command = kindOrCommandOrEdit;
			else result.edit = kindOrCommandOrEdit;
			if (checkKind && kind !== void 0) result.kind = kind;
			return result;
		}
		CodeAction.create = create;
		function is(value) {
			const candidate = value;
			return candidate && Is.string(candidate.title) && (candidate.diagnostics === void 0 || Is.typedArray(candidate.diagnostics, Diagnostic.is)) && (candidate.kind === void 0 || Is.string(candidate.kind)) && (candidate.edit !== void 0 || candidate.command !== void 0) && (candidate.command === void 0 || Command.is(candidate.command)) && (candidate.isPreferred === void 0 || Is.boolean(candidate.isPreferred)) && (candidate.edit === void 0 || WorkspaceEdit.is(candidate.edit)) && (candidate.tags === void 0 || Is.typedArray(candidate.tags, CodeActionTag.is));
		}
		CodeAction.is = is;
	})(CodeAction || (CodeAction = {}));
	(function(CodeLens) {
		function create(range, data) {
			const result = { range };
			if (Is.defined(data)) result.data = data;
			return result;
		}
		CodeLens.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Range.is(candidate.range) && (Is.undefined(candidate.command) || Command.is(candidate.command));
		}
		CodeLens.is = is;
	})(CodeLens || (CodeLens = {}));
	(function(FormattingOptions) {
		function create(tabSize, insertSpaces) {
			return {
				tabSize,
				insertSpaces
			};
		}
		FormattingOptions.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Is.uinteger(candidate.tabSize) && Is.boolean(candidate.insertSpaces);
		}
		FormattingOptions.is = is;
	})(FormattingOptions || (FormattingOptions = {}));
	(function(DocumentLink) {
		function create(range, target, data) {
			return {
				range,
				target,
				data
			};
		}
		DocumentLink.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Range.is(candidate.range) && (Is.undefined(candidate.target) || Is.string(candidate.target));
		}
		DocumentLink.is = is;
	})(DocumentLink || (DocumentLink = {}));
	(function(SelectionRange) {
		function create(range, parent) {
			return {
				range,
				parent
			};
		}
		SelectionRange.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Range.is(candidate.range) && (candidate.parent === void 0 || SelectionRange.is(candidate.parent));
		}
		SelectionRange.is = is;
	})(SelectionRange || (SelectionRange = {}));
	(function(SemanticTokenTypes) {
		SemanticTokenTypes["namespace"] = "namespace";
		SemanticTokenTypes["type"] = "type";
		SemanticTokenTypes["class"] = "class";
		SemanticTokenTypes["enum"] = "enum";
		SemanticTokenTypes["interface"] = "interface";
		SemanticTokenTypes["struct"] = "struct";
		SemanticTokenTypes["typeParameter"] = "typeParameter";
		SemanticTokenTypes["parameter"] = "parameter";
		SemanticTokenTypes["variable"] = "variable";
		SemanticTokenTypes["property"] = "property";
		SemanticTokenTypes["enumMember"] = "enumMember";
		SemanticTokenTypes["event"] = "event";
		SemanticTokenTypes["function"] = "function";
		SemanticTokenTypes["method"] = "method";
		SemanticTokenTypes["macro"] = "macro";
		SemanticTokenTypes["keyword"] = "keyword";
		SemanticTokenTypes["modifier"] = "modifier";
		SemanticTokenTypes["comment"] = "comment";
		SemanticTokenTypes["string"] = "string";
		SemanticTokenTypes["number"] = "number";
		SemanticTokenTypes["regexp"] = "regexp";
		SemanticTokenTypes["operator"] = "operator";
		SemanticTokenTypes["decorator"] = "decorator";
		SemanticTokenTypes["label"] = "label";
	})(SemanticTokenTypes || (SemanticTokenTypes = {}));
	(function(SemanticTokenModifiers) {
		SemanticTokenModifiers["declaration"] = "declaration";
		SemanticTokenModifiers["definition"] = "definition";
		SemanticTokenModifiers["readonly"] = "readonly";
		SemanticTokenModifiers["static"] = "static";
		SemanticTokenModifiers["deprecated"] = "deprecated";
		SemanticTokenModifiers["abstract"] = "abstract";
		SemanticTokenModifiers["async"] = "async";
		SemanticTokenModifiers["modification"] = "modification";
		SemanticTokenModifiers["documentation"] = "documentation";
		SemanticTokenModifiers["defaultLibrary"] = "defaultLibrary";
	})(SemanticTokenModifiers || (SemanticTokenModifiers = {}));
	(function(SemanticTokens) {
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && (candidate.resultId === void 0 || typeof candidate.resultId === "string") && Array.isArray(candidate.data) && (candidate.data.length === 0 || typeof candidate.data[0] === "number");
		}
		SemanticTokens.is = is;
	})(SemanticTokens || (SemanticTokens = {}));
	(function(InlineValueText) {
		function create(range, text) {
			return {
				range,
				text
			};
		}
		InlineValueText.create = create;
		function is(value) {
			const candidate = value;
			return candidate !== void 0 && candidate !== null && Range.is(candidate.range) && Is.string(candidate.text);
		}
		InlineValueText.is = is;
	})(InlineValueText || (InlineValueText = {}));
	(function(InlineValueVariableLookup) {
		function create(range, variableName, caseSensitiveLookup) {
			return {
				range,
				variableName,
				caseSensitiveLookup
			};
		}
		InlineValueVariableLookup.create = create;
		function is(value) {
			const candidate = value;
			return candidate !== void 0 && candidate !== null && Range.is(candidate.range) && Is.boolean(candidate.caseSensitiveLookup) && (Is.string(candidate.variableName) || candidate.variableName === void 0);
		}
		InlineValueVariableLookup.is = is;
	})(InlineValueVariableLookup || (InlineValueVariableLookup = {}));
	(function(InlineValueEvaluatableExpression) {
		function create(range, expression) {
			return {
				range,
				expression
			};
		}
		InlineValueEvaluatableExpression.create = create;
		function is(value) {
			const candidate = value;
			return candidate !== void 0 && candidate !== null && Range.is(candidate.range) && (Is.string(candidate.expression) || candidate.expression === void 0);
		}
		InlineValueEvaluatableExpression.is = is;
	})(InlineValueEvaluatableExpression || (InlineValueEvaluatableExpression = {}));
	(function(InlineValueContext) {
		function create(frameId, stoppedLocation) {
			return {
				frameId,
				stoppedLocation
			};
		}
		InlineValueContext.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Range.is(value.stoppedLocation);
		}
		InlineValueContext.is = is;
	})(InlineValueContext || (InlineValueContext = {}));
	(function(InlayHintKind) {
		InlayHintKind.Type = 1;
		InlayHintKind.Parameter = 2;
		function is(value) {
			return value === 1 || value === 2;
		}
		InlayHintKind.is = is;
	})(InlayHintKind || (InlayHintKind = {}));
	(function(InlayHintLabelPart) {
		function create(value) {
			return { value };
		}
		InlayHintLabelPart.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && (candidate.tooltip === void 0 || Is.string(candidate.tooltip) || MarkupContent.is(candidate.tooltip)) && (candidate.location === void 0 || Location.is(candidate.location)) && (candidate.command === void 0 || Command.is(candidate.command));
		}
		InlayHintLabelPart.is = is;
	})(InlayHintLabelPart || (InlayHintLabelPart = {}));
	(function(InlayHint) {
		function create(position, label, kind) {
			const result = {
				position,
				label
			};
			if (kind !== void 0) result.kind = kind;
			return result;
		}
		InlayHint.create = create;
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && Position.is(candidate.position) && (Is.string(candidate.label) || Is.typedArray(candidate.label, InlayHintLabelPart.is)) && (candidate.kind === void 0 || InlayHintKind.is(candidate.kind)) && candidate.textEdits === void 0 || Is.typedArray(candidate.textEdits, TextEdit.is) && (candidate.tooltip === void 0 || Is.string(candidate.tooltip) || MarkupContent.is(candidate.tooltip)) && (candidate.paddingLeft === void 0 || Is.boolean(candidate.paddingLeft)) && (candidate.paddingRight === void 0 || Is.boolean(candidate.paddingRight));
		}
		InlayHint.is = is;
	})(InlayHint || (InlayHint = {}));
	(function(StringValue) {
		function createSnippet(value) {
			return {
				kind: "snippet",
				value
			};
		}
		StringValue.createSnippet = createSnippet;
		function isSnippet(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && candidate.kind === "snippet" && Is.string(candidate.value);
		}
		StringValue.isSnippet = isSnippet;
	})(StringValue || (StringValue = {}));
	(function(InlineCompletionItem) {
		function create(insertText, filterText, range, command) {
			return {
				insertText,
				filterText,
				range,
				command
			};
		}
		InlineCompletionItem.create = create;
	})(InlineCompletionItem || (InlineCompletionItem = {}));
	(function(InlineCompletionList) {
		function create(items) {
			return { items };
		}
		InlineCompletionList.create = create;
	})(InlineCompletionList || (InlineCompletionList = {}));
	(function(InlineCompletionTriggerKind) {
		InlineCompletionTriggerKind.Invoked = 1;
		InlineCompletionTriggerKind.Automatic = 2;
	})(InlineCompletionTriggerKind || (InlineCompletionTriggerKind = {}));
	(function(SelectedCompletionInfo) {
		function create(range, text) {
			return {
				range,
				text
			};
		}
		SelectedCompletionInfo.create = create;
	})(SelectedCompletionInfo || (SelectedCompletionInfo = {}));
	(function(InlineCompletionContext) {
		function create(triggerKind, selectedCompletionInfo) {
			return {
				triggerKind,
				selectedCompletionInfo
			};
		}
		InlineCompletionContext.create = create;
	})(InlineCompletionContext || (InlineCompletionContext = {}));
	(function(WorkspaceFolder) {
		function is(value) {
			const candidate = value;
			return Is.objectLiteral(candidate) && URI.is(candidate.uri) && Is.string(candidate.name);
		}
		WorkspaceFolder.is = is;
	})(WorkspaceFolder || (WorkspaceFolder = {}));
	EOL = [
		"\n",
		"\r\n",
		"\r"
	];
	(function(TextDocument) {
		function create(uri, languageId, version, content) {
			return new FullTextDocument$1(uri, languageId, version, content);
		}
		TextDocument.create = create;
		function is(value) {
			const candidate = value;
			return Is.defined(candidate) && Is.string(candidate.uri) && (Is.undefined(candidate.languageId) || Is.string(candidate.languageId)) && Is.uinteger(candidate.lineCount) && Is.func(candidate.getText) && Is.func(candidate.positionAt) && Is.func(candidate.offsetAt) ? true : false;
		}
		TextDocument.is = is;
		function applyEdits(document, edits) {
			let text = document.getText();
			const sortedEdits = mergeSort(edits, (a, b) => {
				const diff = a.range.start.line - b.range.start.line;
				if (diff === 0) return a.range.start.character - b.range.start.character;
				return diff;
			});
			let lastModifiedOffset = text.length;
			for (let i = sortedEdits.length - 1; i >= 0; i--) {
				const e = sortedEdits[i];
				const startOffset = document.offsetAt(e.range.start);
				const endOffset = document.offsetAt(e.range.end);
				if (endOffset <= lastModifiedOffset) text = text.substring(0, startOffset) + e.newText + text.substring(endOffset, text.length);
				else throw new Error("Overlapping edit");
				lastModifiedOffset = startOffset;
			}
			return text;
		}
		TextDocument.applyEdits = applyEdits;
		function mergeSort(data, compare) {
			if (data.length <= 1) return data;
			const p = data.length / 2 | 0;
			const left = data.slice(0, p);
			const right = data.slice(p);
			mergeSort(left, compare);
			mergeSort(right, compare);
			let leftIdx = 0;
			let rightIdx = 0;
			let i = 0;
			while (leftIdx < left.length && rightIdx < right.length) if (compare(left[leftIdx], right[rightIdx]) <= 0) data[i++] = left[leftIdx++];
			else data[i++] = right[rightIdx++];
			while (leftIdx < left.length) data[i++] = left[leftIdx++];
			while (rightIdx < right.length) data[i++] = right[rightIdx++];
			return data;
		}
	})(TextDocument$1 || (TextDocument$1 = {}));
	FullTextDocument$1 = class {
		constructor(uri, languageId, version, content) {
			this._uri = uri;
			this._languageId = languageId;
			this._version = version;
			this._content = content;
			this._lineOffsets = void 0;
		}
		get uri() {
			return this._uri;
		}
		get languageId() {
			return this._languageId;
		}
		get version() {
			return this._version;
		}
		getText(range) {
			if (range) {
				const start = this.offsetAt(range.start);
				const end = this.offsetAt(range.end);
				return this._content.substring(start, end);
			}
			return this._content;
		}
		update(event, version) {
			this._content = event.text;
			this._version = version;
			this._lineOffsets = void 0;
		}
		getLineOffsets() {
			if (this._lineOffsets === void 0) {
				const lineOffsets = [];
				const text = this._content;
				let isLineStart = true;
				for (let i = 0; i < text.length; i++) {
					if (isLineStart) {
						lineOffsets.push(i);
						isLineStart = false;
					}
					const ch = text.charAt(i);
					isLineStart = ch === "\r" || ch === "\n";
					if (ch === "\r" && i + 1 < text.length && text.charAt(i + 1) === "\n") i++;
				}
				if (isLineStart && text.length > 0) lineOffsets.push(text.length);
				this._lineOffsets = lineOffsets;
			}
			return this._lineOffsets;
		}
		positionAt(offset) {
			offset = Math.max(Math.min(offset, this._content.length), 0);
			const lineOffsets = this.getLineOffsets();
			let low = 0, high = lineOffsets.length;
			if (high === 0) return Position.create(0, offset);
			while (low < high) {
				const mid = Math.floor((low + high) / 2);
				if (lineOffsets[mid] > offset) high = mid;
				else low = mid + 1;
			}
			const line = low - 1;
			return Position.create(line, offset - lineOffsets[line]);
		}
		offsetAt(position) {
			const lineOffsets = this.getLineOffsets();
			if (position.line >= lineOffsets.length) return this._content.length;
			else if (position.line < 0) return 0;
			const lineOffset = lineOffsets[position.line];
			const nextLineOffset = position.line + 1 < lineOffsets.length ? lineOffsets[position.line + 1] : this._content.length;
			return Math.max(Math.min(lineOffset + position.character, nextLineOffset), lineOffset);
		}
		get lineCount() {
			return this.getLineOffsets().length;
		}
	};
	(function(Is) {
		const toString = Object.prototype.toString;
		function defined(value) {
			return typeof value !== "undefined";
		}
		Is.defined = defined;
		function undefined(value) {
			return typeof value === "undefined";
		}
		Is.undefined = undefined;
		function boolean(value) {
			return value === true || value === false;
		}
		Is.boolean = boolean;
		function string(value) {
			return toString.call(value) === "[object String]";
		}
		Is.string = string;
		function number(value) {
			return toString.call(value) === "[object Number]";
		}
		Is.number = number;
		function numberRange(value, min, max) {
			return toString.call(value) === "[object Number]" && min <= value && value <= max;
		}
		Is.numberRange = numberRange;
		function integer(value) {
			return toString.call(value) === "[object Number]" && -2147483648 <= value && value <= 2147483647;
		}
		Is.integer = integer;
		function uinteger(value) {
			return toString.call(value) === "[object Number]" && 0 <= value && value <= 2147483647;
		}
		Is.uinteger = uinteger;
		function func(value) {
			return toString.call(value) === "[object Function]";
		}
		Is.func = func;
		function objectLiteral(value) {
			return value !== null && typeof value === "object";
		}
		Is.objectLiteral = objectLiteral;
		function typedArray(value, check) {
			return Array.isArray(value) && value.every(check);
		}
		Is.typedArray = typedArray;
	})(Is || (Is = {}));
}));
// node_modules/dockerfile-ast/lib/line.js
var require_line = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Line = void 0;
	var Line = class {
		constructor(document, range) {
			this.document = document;
			this.range = range;
		}
		getRange() {
			return this.range;
		}
		getTextContent() {
			return this.document.getText().substring(this.document.offsetAt(this.range.start), this.document.offsetAt(this.range.end));
		}
		isAfter(line) {
			return this.range.start.line > line.range.start.line;
		}
		isBefore(line) {
			return this.range.start.line < line;
		}
	};
	exports.Line = Line;
}));
// node_modules/dockerfile-ast/lib/util.js
var require_util = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Util = void 0;
	exports.Util = class Util {
		static isUTF8BOM(char) {
			const uintArray = Uint8Array.from(Buffer.from(char, "UTF-8"));
			return uintArray[0] === 239 && uintArray[1] == 187 && uintArray[2] == 191;
		}
		static isWhitespace(char) {
			return char === " " || char === "	" || Util.isNewline(char);
		}
		static isNewline(char) {
			return char === "\r" || char === "\n";
		}
		static findLeadingNonWhitespace(content, escapeChar) {
			whitespaceCheck: for (let i = 0; i < content.length; i++) switch (content.charAt(i)) {
				case " ":
				case "	": continue;
				case escapeChar:
					escapeCheck: for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
						case " ":
						case "	": continue;
						case "\r":
							i = j + 1;
							continue whitespaceCheck;
						case "\n":
							i = j;
							continue whitespaceCheck;
						default: break escapeCheck;
					}
					return -1;
				default: return i;
			}
			return -1;
		}
		static isInsideRange(position, range) {
			if (range.start.line === range.end.line) return range.start.line === position.line && range.start.character <= position.character && position.character <= range.end.character;
			else if (range.start.line === position.line) return range.start.character <= position.character;
			else if (range.end.line === position.line) return position.character <= range.end.character;
			return range.start.line < position.line && position.line < range.end.line;
		}
		static parseHeredocName(value) {
			value = value.substring(2);
			if (value.charAt(0) === "-") value = value.substring(1);
			if (value.charAt(0) === "\"") {
				if (value.charAt(value.length - 1) !== "\"") return null;
				value = value.substring(1, value.length - 1);
			}
			if (value.charAt(0) === "'") {
				if (value.charAt(value.length - 1) !== "'") return null;
				value = value.substring(1, value.length - 1);
			}
			if (value.charAt(0) === "<") return null;
			return value;
		}
	};
}));
// node_modules/dockerfile-ast/lib/comment.js
var require_comment = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Comment = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const line_1 = require_line();
	const util_1 = require_util();
	var Comment = class extends line_1.Line {
		constructor(document, range) {
			super(document, range);
		}
		toString() {
			const content = this.getContent();
			if (content) return "# " + content;
			return "#";
		}
		getContent() {
			let range = this.getContentRange();
			if (range === null) return "";
			return this.document.getText().substring(this.document.offsetAt(range.start), this.document.offsetAt(range.end));
		}
		getContentRange() {
			let range = this.getRange();
			const startOffset = this.document.offsetAt(range.start);
			let raw = this.document.getText().substring(startOffset, this.document.offsetAt(range.end));
			let start = -1;
			let end = -1;
			for (let i = 1; i < raw.length; i++) if (!util_1.Util.isWhitespace(raw.charAt(i))) {
				start = i;
				break;
			}
			if (start === -1) return null;
			for (let i = raw.length - 1; i >= 1; i--) if (!util_1.Util.isWhitespace(raw.charAt(i))) {
				end = i + 1;
				break;
			}
			return vscode_languageserver_types_1.Range.create(this.document.positionAt(startOffset + start), this.document.positionAt(startOffset + end));
		}
	};
	exports.Comment = Comment;
}));
// node_modules/vscode-languageserver-textdocument/lib/esm/main.js
var main_exports = __exportAll({ TextDocument: () => TextDocument });
function mergeSort(data, compare) {
	if (data.length <= 1) return data;
	const p = data.length / 2 | 0;
	const left = data.slice(0, p);
	const right = data.slice(p);
	mergeSort(left, compare);
	mergeSort(right, compare);
	let leftIdx = 0;
	let rightIdx = 0;
	let i = 0;
	while (leftIdx < left.length && rightIdx < right.length) if (compare(left[leftIdx], right[rightIdx]) <= 0) data[i++] = left[leftIdx++];
	else data[i++] = right[rightIdx++];
	while (leftIdx < left.length) data[i++] = left[leftIdx++];
	while (rightIdx < right.length) data[i++] = right[rightIdx++];
	return data;
}
function computeLineOffsets(text, isAtLineStart, textOffset = 0) {
	const result = isAtLineStart ? [textOffset] : [];
	for (let i = 0; i < text.length; i++) {
		const ch = text.charCodeAt(i);
		if (isEOL(ch)) {
			if (ch === 13 && i + 1 < text.length && text.charCodeAt(i + 1) === 10) i++;
			result.push(textOffset + i + 1);
		}
	}
	return result;
}
function isEOL(char) {
	return char === 13 || char === 10;
}
function getWellformedRange(range) {
	const start = range.start;
	const end = range.end;
	if (start.line > end.line || start.line === end.line && start.character > end.character) return {
		start: end,
		end: start
	};
	return range;
}
function getWellformedEdit(textEdit) {
	const range = getWellformedRange(textEdit.range);
	if (range !== textEdit.range) return {
		newText: textEdit.newText,
		range
	};
	return textEdit;
}
var FullTextDocument, TextDocument;
var init_main = __esmMin((() => {
	FullTextDocument = class FullTextDocument {
		constructor(uri, languageId, version, content) {
			this._uri = uri;
			this._languageId = languageId;
			this._version = version;
			this._content = content;
			this._lineOffsets = void 0;
		}
		get uri() {
			return this._uri;
		}
		get languageId() {
			return this._languageId;
		}
		get version() {
			return this._version;
		}
		getText(range) {
			if (range) {
				const start = this.offsetAt(range.start);
				const end = this.offsetAt(range.end);
				return this._content.substring(start, end);
			}
			return this._content;
		}
		update(changes, version) {
			for (const change of changes) if (FullTextDocument.isIncremental(change)) {
				const range = getWellformedRange(change.range);
				const startOffset = this.offsetAt(range.start);
				const endOffset = this.offsetAt(range.end);
				this._content = this._content.substring(0, startOffset) + change.text + this._content.substring(endOffset, this._content.length);
				const insertedEndOffset = startOffset + change.text.length;
				const crlfAtStart = this._content.charCodeAt(startOffset - 1) === 13 && this._content.charCodeAt(startOffset) === 10;
				const crlfAtEnd = this._content.charCodeAt(insertedEndOffset - 1) === 13 && this._content.charCodeAt(insertedEndOffset) === 10;
				if (crlfAtStart || crlfAtEnd) {
					this._lineOffsets = void 0;
					continue;
				}
				const startLine = Math.max(range.start.line, 0);
				const endLine = Math.max(range.end.line, 0);
				let lineOffsets = this._lineOffsets;
				const addedLineOffsets = computeLineOffsets(change.text, false, startOffset);
				if (endLine - startLine === addedLineOffsets.length) for (let i = 0, len = addedLineOffsets.length; i < len; i++) lineOffsets[i + startLine + 1] = addedLineOffsets[i];
				else if (addedLineOffsets.length < 1e4) lineOffsets.splice(startLine + 1, endLine - startLine, ...addedLineOffsets);
				else this._lineOffsets = lineOffsets = lineOffsets.slice(0, startLine + 1).concat(addedLineOffsets, lineOffsets.slice(endLine + 1));
				const diff = change.text.length - (endOffset - startOffset);
				if (diff !== 0) for (let i = startLine + 1 + addedLineOffsets.length, len = lineOffsets.length; i < len; i++) lineOffsets[i] = lineOffsets[i] + diff;
			} else if (FullTextDocument.isFull(change)) {
				this._content = change.text;
				this._lineOffsets = void 0;
			} else throw new Error("Unknown change event received");
			this._version = version;
		}
		getLineOffsets() {
			if (this._lineOffsets === void 0) this._lineOffsets = computeLineOffsets(this._content, true);
			return this._lineOffsets;
		}
		positionAt(offset) {
			offset = Math.max(Math.min(offset, this._content.length), 0);
			const lineOffsets = this.getLineOffsets();
			let low = 0, high = lineOffsets.length;
			if (high === 0) return {
				line: 0,
				character: offset
			};
			while (low < high) {
				const mid = Math.floor((low + high) / 2);
				if (lineOffsets[mid] > offset) high = mid;
				else low = mid + 1;
			}
			const line = low - 1;
			offset = this.ensureBeforeEOL(offset, lineOffsets[line]);
			return {
				line,
				character: offset - lineOffsets[line]
			};
		}
		offsetAt(position) {
			const lineOffsets = this.getLineOffsets();
			if (position.line >= lineOffsets.length) return this._content.length;
			else if (position.line < 0) return 0;
			const lineOffset = lineOffsets[position.line];
			if (position.character <= 0) return lineOffset;
			const nextLineOffset = position.line + 1 < lineOffsets.length ? lineOffsets[position.line + 1] : this._content.length;
			const offset = Math.min(lineOffset + position.character, nextLineOffset);
			return this.ensureBeforeEOL(offset, lineOffset);
		}
		getLineRange(line) {
			const lineOffsets = this.getLineOffsets();
			if (line >= lineOffsets.length) {
				const lastLine = lineOffsets.length - 1;
				return {
					start: {
						line: lastLine,
						character: 0
					},
					end: {
						line: lastLine,
						character: this._content.length - lineOffsets[lastLine]
					}
				};
			} else if (line < 0) return {
				start: {
					line: 0,
					character: 0
				},
				end: {
					line: 0,
					character: 0
				}
			};
			const startOffset = lineOffsets[line];
			const nextLineOffset = line + 1 < lineOffsets.length ? lineOffsets[line + 1] : this._content.length;
			const endOffset = this.ensureBeforeEOL(nextLineOffset, startOffset);
			return {
				start: {
					line,
					character: 0
				},
				end: {
					line,
					character: endOffset - startOffset
				}
			};
		}
		getEOLCharacters(line) {
			const lineOffsets = this.getLineOffsets();
			if (line >= lineOffsets.length) return "";
			else if (line < 0) return "";
			const nextLineOffset = line + 1 < lineOffsets.length ? lineOffsets[line + 1] : this._content.length;
			const eolOffset = this.ensureBeforeEOL(nextLineOffset, lineOffsets[line]);
			return this._content.substring(eolOffset, nextLineOffset);
		}
		ensureBeforeEOL(offset, lineOffset) {
			while (offset > lineOffset && isEOL(this._content.charCodeAt(offset - 1))) offset--;
			return offset;
		}
		get lineCount() {
			return this.getLineOffsets().length;
		}
		static isIncremental(event) {
			const candidate = event;
			return candidate !== void 0 && candidate !== null && typeof candidate.text === "string" && candidate.range !== void 0 && (candidate.rangeLength === void 0 || typeof candidate.rangeLength === "number");
		}
		static isFull(event) {
			const candidate = event;
			return candidate !== void 0 && candidate !== null && typeof candidate.text === "string" && candidate.range === void 0 && candidate.rangeLength === void 0;
		}
	};
	(function(TextDocument) {
		function create(uri, languageId, version, content) {
			return new FullTextDocument(uri, languageId, version, content);
		}
		TextDocument.create = create;
		function update(document, changes, version) {
			if (document instanceof FullTextDocument) {
				document.update(changes, version);
				return document;
			} else throw new Error("TextDocument.update: document must be created by TextDocument.create");
		}
		TextDocument.update = update;
		function applyEdits(document, edits) {
			const text = document.getText();
			const sortedEdits = mergeSort(edits.map(getWellformedEdit), (a, b) => {
				const diff = a.range.start.line - b.range.start.line;
				if (diff === 0) return a.range.start.character - b.range.start.character;
				return diff;
			});
			let lastModifiedOffset = 0;
			const spans = [];
			for (const e of sortedEdits) {
				const startOffset = document.offsetAt(e.range.start);
				if (startOffset < lastModifiedOffset) throw new Error("Overlapping edit");
				else if (startOffset > lastModifiedOffset) spans.push(text.substring(lastModifiedOffset, startOffset));
				if (e.newText.length) spans.push(e.newText);
				lastModifiedOffset = document.offsetAt(e.range.end);
			}
			spans.push(text.substr(lastModifiedOffset));
			return spans.join("");
		}
		TextDocument.applyEdits = applyEdits;
	})(TextDocument || (TextDocument = {}));
}));
// node_modules/dockerfile-ast/lib/parserDirective.js
var require_parserDirective = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ParserDirective = void 0;
	const main_1 = require_main();
	const line_1 = require_line();
	var ParserDirective = class extends line_1.Line {
		constructor(document, range, nameRange, valueRange) {
			super(document, range);
			this.nameRange = nameRange;
			this.valueRange = valueRange;
		}
		toString() {
			return "# " + this.getName() + "=" + this.getValue();
		}
		getNameRange() {
			return this.nameRange;
		}
		getValueRange() {
			return this.valueRange;
		}
		getName() {
			return this.document.getText().substring(this.document.offsetAt(this.nameRange.start), this.document.offsetAt(this.nameRange.end));
		}
		getValue() {
			return this.document.getText().substring(this.document.offsetAt(this.valueRange.start), this.document.offsetAt(this.valueRange.end));
		}
		getDirective() {
			const directive = main_1.Directive[this.getName().toLowerCase()];
			return directive === void 0 ? null : directive;
		}
	};
	exports.ParserDirective = ParserDirective;
}));
// node_modules/dockerfile-ast/lib/heredoc.js
var require_heredoc = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Heredoc = void 0;
	var Heredoc = class {
		constructor(startRange, name, nameRange, contentRange, endRange) {
			this.startRange = startRange;
			this.name = name;
			this.nameRange = nameRange;
			this.contentRange = contentRange;
			this.endRange = endRange;
		}
		getName() {
			return this.name;
		}
		getStartRange() {
			return this.startRange;
		}
		getNameRange() {
			return this.nameRange;
		}
		getContentRange() {
			return this.contentRange;
		}
		getDelimiterRange() {
			return this.endRange;
		}
	};
	exports.Heredoc = Heredoc;
}));
// node_modules/dockerfile-ast/lib/variable.js
var require_variable = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Variable = void 0;
	var Variable = class {
		constructor(name, nameRange, range, modifier, modifierRange, substitutionParameter, substitutionRange, defined, buildVariable, stringValue) {
			this.name = name;
			this.nameRange = nameRange;
			this.range = range;
			this.modifier = modifier;
			this.modifierRange = modifierRange;
			this.substitutionParameter = substitutionParameter;
			this.substitutionRange = substitutionRange;
			this.defined = defined;
			this.buildVariable = buildVariable;
			this.stringValue = stringValue;
		}
		toString() {
			return this.stringValue;
		}
		getName() {
			return this.name;
		}
		getNameRange() {
			return this.nameRange;
		}
		getRange() {
			return this.range;
		}
		getModifier() {
			return this.modifier;
		}
		getModifierRange() {
			return this.modifierRange;
		}
		getSubstitutionParameter() {
			return this.substitutionParameter;
		}
		getSubstitutionRange() {
			return this.substitutionRange;
		}
		isDefined() {
			return this.defined;
		}
		isBuildVariable() {
			return this.buildVariable === true;
		}
		isEnvironmentVariable() {
			return this.buildVariable === false;
		}
	};
	exports.Variable = Variable;
}));
// node_modules/dockerfile-ast/lib/instruction.js
var require_instruction = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Instruction = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const util_1 = require_util();
	const line_1 = require_line();
	const argument_1 = require_argument();
	const heredoc_1 = require_heredoc();
	const variable_1 = require_variable();
	const main_1 = require_main();
	var Instruction = class extends line_1.Line {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range);
			this.dockerfile = dockerfile;
			this.escapeChar = escapeChar;
			this.instruction = instruction;
			this.instructionRange = instructionRange;
		}
		toString() {
			let value = this.getKeyword();
			for (let arg of this.getRawArguments()) {
				value += " ";
				value += arg.getValue();
			}
			return value;
		}
		getRangeContent(range) {
			if (range === null) return null;
			return this.document.getText().substring(this.document.offsetAt(range.start), this.document.offsetAt(range.end));
		}
		getInstructionRange() {
			return this.instructionRange;
		}
		getInstruction() {
			return this.instruction;
		}
		getKeyword() {
			return this.getInstruction().toUpperCase();
		}
		getArgumentsRange() {
			let args = this.getArguments();
			if (args.length === 0) return null;
			return vscode_languageserver_types_1.Range.create(args[0].getRange().start, args[args.length - 1].getRange().end);
		}
		getArgumentsRanges() {
			let args = this.getArguments();
			if (args.length === 0) return [];
			if (args[0].getRange().start.line === args[args.length - 1].getRange().end.line) return [vscode_languageserver_types_1.Range.create(args[0].getRange().start, args[args.length - 1].getRange().end)];
			let ranges = [];
			let end = -1;
			let startPosition = args[0].getRange().start;
			let range = this.getInstructionRange();
			let extra = this.document.offsetAt(startPosition) - this.document.offsetAt(range.start);
			let fullArgs = this.getTextContent().substring(extra, this.document.offsetAt(args[args.length - 1].getRange().end) - this.document.offsetAt(range.start));
			let offset = this.document.offsetAt(range.start) + extra;
			let comment = false;
			for (let i = 0; i < fullArgs.length; i++) {
				let char = fullArgs.charAt(i);
				if (char === this.escapeChar) {
					let next = fullArgs.charAt(i + 1);
					if (next === " " || next === "	") whitespaceCheck: for (let j = i + 2; j < fullArgs.length; j++) switch (fullArgs.charAt(j)) {
						case " ":
						case "	": continue;
						case "\r": j++;
						case "\n":
							if (startPosition !== null) ranges.push(vscode_languageserver_types_1.Range.create(startPosition, this.document.positionAt(offset + end + 1)));
							startPosition = null;
							comment = false;
							i = j;
							break whitespaceCheck;
						default: break whitespaceCheck;
					}
					else if (next === "\r") {
						if (startPosition !== null) {
							ranges.push(vscode_languageserver_types_1.Range.create(startPosition, this.document.positionAt(offset + end + 1)));
							startPosition = null;
						}
						comment = false;
						i += 2;
					} else if (next === "\n") {
						if (startPosition !== null) ranges.push(vscode_languageserver_types_1.Range.create(startPosition, this.document.positionAt(offset + end + 1)));
						startPosition = null;
						comment = false;
						i++;
					} else i++;
				} else if (util_1.Util.isNewline(char)) {
					if (comment) {
						startPosition = null;
						comment = false;
					}
				} else if (!comment) {
					if (startPosition === null) {
						if (char === "#") {
							comment = true;
							continue;
						}
						let position = this.document.positionAt(offset + i);
						if (position.character !== 0) startPosition = vscode_languageserver_types_1.Position.create(position.line, 0);
					}
					end = i;
				}
			}
			if (startPosition === null) ranges.push(vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + end), this.document.positionAt(offset + end + 1)));
			else ranges.push(vscode_languageserver_types_1.Range.create(startPosition, this.document.positionAt(offset + end + 1)));
			return ranges;
		}
		getRawArgumentsContent() {
			let args = this.getArguments();
			if (args.length === 0) return null;
			return this.getRangeContent(vscode_languageserver_types_1.Range.create(args[0].getRange().start, args[args.length - 1].getRange().end));
		}
		getArgumentsContent() {
			if (this.getArguments().length === 0) return null;
			let content = "";
			let ranges = this.getArgumentsRanges();
			let documentText = this.document.getText();
			for (let range of ranges) content += documentText.substring(this.document.offsetAt(range.start), this.document.offsetAt(range.end));
			return content;
		}
		getArguments() {
			return this.getRawArguments();
		}
		getRawArguments() {
			let args = [];
			let range = this.getInstructionRange();
			let extra = this.document.offsetAt(range.end) - this.document.offsetAt(range.start);
			let fullArgs = this.getTextContent().substring(extra);
			let offset = this.document.offsetAt(range.start) + extra;
			let start = false;
			let comment = false;
			let found = -1;
			let escapedWhitespaceDetected = false;
			let escaping = false;
			let escapeMarker = -1;
			let escapedArg = "";
			for (let i = 0; i < fullArgs.length; i++) {
				let char = fullArgs.charAt(i);
				if (util_1.Util.isWhitespace(char)) {
					if (escaping) {
						escapedWhitespaceDetected = true;
						if (util_1.Util.isNewline(char)) {
							escapedWhitespaceDetected = false;
							if (comment) {
								comment = false;
								start = true;
							}
						}
						continue;
					} else if (found !== -1) {
						if (escapeMarker === -1) args.push(new argument_1.Argument(escapedArg, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + found), this.document.positionAt(offset + i))));
						else args.push(new argument_1.Argument(escapedArg, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + found), this.document.positionAt(offset + escapeMarker))));
						escapeMarker = -1;
						escapedArg = "";
						found = -1;
					}
				} else if (char === this.escapeChar) {
					let next = fullArgs.charAt(i + 1);
					if (next === " " || next === "	") whitespaceCheck: for (let j = i + 2; j < fullArgs.length; j++) switch (fullArgs.charAt(j)) {
						case " ":
						case "	": continue;
						case "\r": j++;
						case "\n":
							comment = false;
							escaping = true;
							start = true;
							if (found !== -1) escapeMarker = i;
							i = j;
							break whitespaceCheck;
						default:
							escapeMarker = i;
							if (found === -1) i = j - 1;
							break whitespaceCheck;
					}
					else if (next === "\r") {
						comment = false;
						escaping = true;
						start = true;
						if (found !== -1 && escapeMarker === -1) escapeMarker = i;
						i += 2;
					} else if (next === "\n") {
						comment = false;
						escaping = true;
						start = true;
						if (found !== -1 && escapeMarker === -1) escapeMarker = i;
						i++;
					} else {
						if (escapedWhitespaceDetected && escapeMarker !== -1) {
							args.push(new argument_1.Argument(escapedArg, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + found), this.document.positionAt(offset + escapeMarker))));
							escapedArg = "";
							found = -1;
						}
						escapeMarker = -1;
						escapedWhitespaceDetected = false;
						escaping = false;
						if (next === "$") escapedArg = escapedArg + char + next;
						else if (next === "") break;
						else escapedArg = escapedArg + next;
						if (found === -1) found = i;
						i++;
					}
				} else if (!comment) {
					if (start && char === "#") comment = true;
					else {
						if (escapedWhitespaceDetected && escapeMarker !== -1) {
							args.push(new argument_1.Argument(escapedArg, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + found), this.document.positionAt(offset + escapeMarker))));
							escapedArg = "";
							found = -1;
						}
						escapedWhitespaceDetected = false;
						escaping = false;
						escapeMarker = -1;
						escapedArg = escapedArg + char;
						if (found === -1) found = i;
					}
					start = false;
				}
			}
			if (found !== -1) {
				if (escapeMarker === -1) args.push(new argument_1.Argument(escapedArg, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + found), this.document.positionAt(offset + fullArgs.length))));
				else args.push(new argument_1.Argument(escapedArg, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + found), this.document.positionAt(offset + escapeMarker))));
			}
			return args;
		}
		getExpandedArguments() {
			let args = this.getArguments();
			for (let i = 0; i < args.length; i++) {
				const argRange = args[i].getRange();
				let offset = this.document.offsetAt(argRange.start);
				const variables = this.parseVariables(offset, args[i].getValue());
				const swaps = [];
				let requiresExpansion = false;
				for (let variable of variables) {
					const value = this.dockerfile.resolveVariable(variable.getName(), variable.getNameRange().start.line);
					swaps.push(value);
					requiresExpansion = requiresExpansion || value !== void 0;
				}
				if (requiresExpansion) {
					let expanded = "";
					for (let j = 0; j < swaps.length; j++) {
						const variableRange = variables[j].getRange();
						const start = this.document.offsetAt(variableRange.start);
						const end = this.document.offsetAt(variableRange.end);
						if (swaps[j]) {
							expanded += this.document.getText().substring(offset, start);
							expanded += swaps[j];
							offset = end;
						} else {
							expanded += this.document.getText().substring(offset, end);
							offset = end;
						}
					}
					const argEnd = this.document.offsetAt(argRange.end);
					if (argEnd !== offset) expanded += this.document.getText().substring(offset, argEnd);
					args[i] = new argument_1.Argument(expanded, argRange);
				}
			}
			return args;
		}
		getVariables() {
			const variables = [];
			const args = this.getRawArguments();
			for (const arg of args) {
				let range = arg.getRange();
				let rawValue = this.document.getText().substring(this.document.offsetAt(range.start), this.document.offsetAt(range.end));
				const parsedVariables = this.parseVariables(this.document.offsetAt(arg.getRange().start), rawValue);
				for (const parsedVariable of parsedVariables) variables.push(parsedVariable);
			}
			return variables;
		}
		parseVariables(offset, arg) {
			let variables = [];
			variableLoop: for (let i = 0; i < arg.length; i++) switch (arg.charAt(i)) {
				case this.escapeChar:
					if (arg.charAt(i + 1) === "$") i++;
					break;
				case "$":
					if (arg.charAt(i + 1) === "{") {
						let escapedString = "${";
						let escapedName = "";
						let nameEnd = -1;
						let escapedSubstitutionParameter = "";
						let substitutionStart = -1;
						let substitutionEnd = -1;
						let modifierRead = -1;
						nameLoop: for (let j = i + 2; j < arg.length; j++) {
							let char = arg.charAt(j);
							switch (char) {
								case this.escapeChar:
									for (let k = j + 1; k < arg.length; k++) switch (arg.charAt(k)) {
										case " ":
										case "	":
										case "\r": continue;
										case "\n":
											j = k;
											continue nameLoop;
									}
									break;
								case "}":
									escapedString += "}";
									let modifier = null;
									let modifierRange = null;
									let substitutionParameter = modifierRead !== -1 ? escapedSubstitutionParameter : null;
									let substitutionRange = null;
									if (nameEnd === -1) nameEnd = j;
									else if (nameEnd + 1 === j) {
										modifier = "";
										modifierRange = vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + nameEnd + 1), this.document.positionAt(offset + nameEnd + 1));
									} else {
										if (substitutionStart === -1) {
											substitutionStart = modifierRead + 1;
											substitutionEnd = modifierRead + 1;
										} else substitutionEnd = substitutionEnd + 1;
										modifier = arg.substring(modifierRead, modifierRead + 1);
										modifierRange = vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + modifierRead), this.document.positionAt(offset + modifierRead + 1));
										substitutionRange = vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + substitutionStart), this.document.positionAt(offset + substitutionEnd));
									}
									let start = this.document.positionAt(offset + i);
									variables.push(new variable_1.Variable(escapedName, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + i + 2), this.document.positionAt(offset + nameEnd)), vscode_languageserver_types_1.Range.create(start, this.document.positionAt(offset + j + 1)), modifier, modifierRange, substitutionParameter, substitutionRange, this.dockerfile.resolveVariable(escapedName, start.line) !== void 0, this.isBuildVariable(escapedName, start.line), escapedString));
									i = j;
									continue variableLoop;
								case ":":
									if (nameEnd === -1) nameEnd = j;
									else if (modifierRead !== -1) {
										if (substitutionStart === -1) {
											substitutionStart = j;
											substitutionEnd = j;
										} else substitutionEnd = j;
										escapedSubstitutionParameter += ":";
									} else modifierRead = j;
									escapedString += ":";
									break;
								case "\n":
								case "\r":
								case " ":
								case "	": break;
								default:
									if (nameEnd === -1) escapedName += char;
									else if (modifierRead !== -1) {
										if (substitutionStart === -1) {
											substitutionStart = j;
											substitutionEnd = j;
										} else substitutionEnd = j;
										escapedSubstitutionParameter += char;
									} else modifierRead = j;
									escapedString += char;
							}
						}
						break variableLoop;
					} else if (util_1.Util.isWhitespace(arg.charAt(i + 1)) || i === arg.length - 1) continue;
					else {
						let escapedName = "";
						nameLoop: for (let j = i + 1; j < arg.length; j++) {
							let char = arg.charAt(j);
							switch (char) {
								case "\r":
								case "\n":
								case " ":
								case "	": continue;
								case "$":
								case "'":
								case "\"":
									let varStart = this.document.positionAt(offset + i);
									variables.push(new variable_1.Variable(escapedName, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + i + 1), this.document.positionAt(offset + j)), vscode_languageserver_types_1.Range.create(varStart, this.document.positionAt(offset + j)), null, null, null, null, this.dockerfile.resolveVariable(escapedName, varStart.line) !== void 0, this.isBuildVariable(escapedName, varStart.line), "$" + escapedName));
									i = j - 1;
									continue variableLoop;
								case this.escapeChar:
									for (let k = j + 1; k < arg.length; k++) switch (arg.charAt(k)) {
										case " ":
										case "	":
										case "\r": continue;
										case "\n":
											j = k;
											continue nameLoop;
									}
									let start = this.document.positionAt(offset + i);
									variables.push(new variable_1.Variable(escapedName, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + i + 1), this.document.positionAt(offset + j)), vscode_languageserver_types_1.Range.create(start, this.document.positionAt(offset + j)), null, null, null, null, this.dockerfile.resolveVariable(escapedName, start.line) !== void 0, this.isBuildVariable(escapedName, start.line), "$" + escapedName));
									break variableLoop;
							}
							if (char.match(/^[a-z0-9_]+$/i) === null) {
								let varStart = this.document.positionAt(offset + i);
								variables.push(new variable_1.Variable(escapedName, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + i + 1), this.document.positionAt(offset + j)), vscode_languageserver_types_1.Range.create(varStart, this.document.positionAt(offset + j)), null, null, null, null, this.dockerfile.resolveVariable(escapedName, varStart.line) !== void 0, this.isBuildVariable(escapedName, varStart.line), "$" + escapedName));
								i = j - 1;
								continue variableLoop;
							}
							escapedName += char;
						}
						let start = this.document.positionAt(offset + i);
						variables.push(new variable_1.Variable(escapedName, vscode_languageserver_types_1.Range.create(this.document.positionAt(offset + i + 1), this.document.positionAt(offset + arg.length)), vscode_languageserver_types_1.Range.create(start, this.document.positionAt(offset + arg.length)), null, null, null, null, this.dockerfile.resolveVariable(escapedName, start.line) !== void 0, this.isBuildVariable(escapedName, start.line), "$" + escapedName));
					}
					break variableLoop;
			}
			return variables;
		}
		isBuildVariable(variable, line) {
			if (this.getKeyword() === main_1.Keyword.FROM) {
				for (const initialArg of this.dockerfile.getInitialARGs()) {
					const property = initialArg.getProperty();
					if (property && variable === property.getName()) return true;
				}
				return;
			}
			let image = this.dockerfile.getContainingImage(vscode_languageserver_types_1.Position.create(line, 0));
			let envs = image.getENVs();
			for (let i = envs.length - 1; i >= 0; i--) if (envs[i].isBefore(line)) {
				for (let property of envs[i].getProperties()) if (property.getName() === variable) return false;
			}
			let args = image.getARGs();
			for (let i = args.length - 1; i >= 0; i--) if (args[i].isBefore(line)) {
				let property = args[i].getProperty();
				if (property && property.getName() === variable) return true;
			}
		}
		createSingleLineHeredocs(args) {
			const heredocs = [];
			for (const arg of args) {
				const value = arg.getValue();
				if (value.startsWith("<<") && util_1.Util.parseHeredocName(value) !== null) {
					const startRange = arg.getRange();
					const nameRange = this.getNameRange(startRange);
					const name = this.getName(nameRange);
					heredocs.push(new heredoc_1.Heredoc(startRange, name, nameRange, null, null));
				}
			}
			return heredocs;
		}
		getName(nameRange) {
			const content = this.document.getText(nameRange);
			let escaping = false;
			let name = "";
			nameLoop: for (let i = 0; i < content.length; i++) {
				const ch = content.charAt(i);
				switch (ch) {
					case this.escapeChar:
						escaping = true;
						for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
							case " ":
							case "	": break;
							case "\r":
								i = j + 1;
								continue nameLoop;
							case "\n":
								i = j;
								continue nameLoop;
							default:
								name += content.charAt(j);
								i = j;
								continue nameLoop;
						}
						break;
					case "#": if (escaping) for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
						case "\n":
							i = j;
							continue nameLoop;
					}
					case " ":
					case "	":
					case "\r":
					case "\n": if (escaping) break;
					default: name += ch;
				}
			}
			return name;
		}
		getNameRange(startRange) {
			const content = this.document.getText(startRange);
			let endFound = false;
			let searchHyphen = false;
			let start = -1;
			let end = -1;
			let escaping = false;
			let quote = null;
			contentLoop: for (let i = 0; i < content.length; i++) {
				const ch = content.charAt(i);
				switch (ch) {
					case "\"":
					case "'":
						if (quote === ch) break contentLoop;
						quote = ch;
						continue;
					case this.escapeChar:
						for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
							case "\n":
								escaping = true;
								j = i;
								continue contentLoop;
						}
						break;
					case " ":
					case "	":
					case "\r":
					case "\n": break;
					case "<":
						if (endFound) searchHyphen = true;
						else endFound = true;
						break;
					case "-": if (searchHyphen) {
						searchHyphen = false;
						break;
					}
					case "#": if (escaping) for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
						case "\n":
							i = j;
							continue contentLoop;
					}
					default:
						if (start === -1) start = i;
						if (quote !== null) {
							end = i + 1;
							break;
						}
						break contentLoop;
				}
			}
			if (start === -1) return vscode_languageserver_types_1.Range.create(startRange.end, startRange.end);
			const nameStart = this.document.positionAt(this.document.offsetAt(startRange.start) + start);
			const nameEnd = quote !== null ? this.document.positionAt(this.document.offsetAt(startRange.start) + end) : startRange.end;
			return vscode_languageserver_types_1.Range.create(nameStart, nameEnd);
		}
		getHeredocs() {
			const args = this.getArguments();
			if (args.length === 0) return [];
			const heredocs = [];
			const range = this.getRange();
			if (range.start.line === range.end.line) return this.createSingleLineHeredocs(args);
			const heredocDefinitions = [];
			let heredocsProcessed = false;
			let escaping = false;
			let contentStart = -1;
			let contentEnd = -1;
			let lineStart = -1;
			let currentHeredoc = 0;
			const startOffset = this.document.offsetAt(args[0].getRange().start);
			const content = this.getRangeContent(vscode_languageserver_types_1.Range.create(args[0].getRange().start, this.getRange().end));
			contentLoop: for (let i = 0; i < content.length; i++) switch (content.charAt(i)) {
				case this.escapeChar:
					escaping = true;
					for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
						case " ":
						case "	": break;
						case "\r": j++;
						case "\n":
							i = j;
							continue contentLoop;
						default:
							i = j;
							continue contentLoop;
					}
					break;
				case "\r": break;
				case "\n":
					if (escaping) break;
					if (heredocsProcessed) {
						if (contentStart === -1) contentStart = i;
						contentEnd = i;
						const arg = heredocDefinitions[currentHeredoc];
						const startRange = arg.getRange();
						const nameRange = this.getNameRange(startRange);
						const name = this.getName(nameRange);
						const delimiterRange = this.getDelimiterRange(arg, name, vscode_languageserver_types_1.Range.create(this.document.positionAt(startOffset + lineStart), this.document.positionAt(startOffset + i)));
						if (delimiterRange !== null) {
							const contentRange = vscode_languageserver_types_1.Range.create(this.document.positionAt(startOffset + contentStart), this.document.positionAt(startOffset + lineStart - 1));
							heredocs.push(new heredoc_1.Heredoc(startRange, name, nameRange, contentRange, delimiterRange));
							contentStart = -1;
							currentHeredoc++;
						}
						lineStart = -1;
					} else {
						const offsetLimit = startOffset + i;
						for (const arg of args) if (this.document.offsetAt(arg.getRange().start) < offsetLimit) {
							if (arg.getValue().startsWith("<<")) heredocDefinitions.push(arg);
						} else break;
						heredocsProcessed = true;
						lineStart = -1;
						continue contentLoop;
					}
					break;
				case " ":
				case "	": if (escaping) break;
				case "#": if (escaping) for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
					case "\n":
						i = j;
						continue contentLoop;
				}
				default:
					if (escaping) escaping = false;
					if (heredocsProcessed) {
						if (contentStart === -1) contentStart = i;
						if (lineStart === -1) lineStart = i;
					}
			}
			if (heredocsProcessed) {
				const arg = heredocDefinitions[currentHeredoc];
				const startRange = arg.getRange();
				const nameRange = this.getNameRange(startRange);
				const name = this.getName(nameRange);
				let contentRange = null;
				const delimiterRange = this.getDelimiterRange(arg, name, vscode_languageserver_types_1.Range.create(this.document.positionAt(startOffset + lineStart), range.end));
				if (delimiterRange === null) contentRange = vscode_languageserver_types_1.Range.create(this.document.positionAt(startOffset + contentStart), range.end);
				else if (contentEnd !== -1) contentRange = vscode_languageserver_types_1.Range.create(this.document.positionAt(startOffset + contentStart), this.document.positionAt(startOffset + contentEnd));
				heredocs.push(new heredoc_1.Heredoc(startRange, name, nameRange, contentRange, delimiterRange));
				currentHeredoc++;
				for (let i = currentHeredoc; i < heredocDefinitions.length; i++) {
					const startRange = heredocDefinitions[currentHeredoc].getRange();
					const nameRange = this.getNameRange(startRange);
					const name = this.getName(nameRange);
					heredocs.push(new heredoc_1.Heredoc(startRange, name, nameRange, null, null));
					currentHeredoc++;
				}
			} else return this.createSingleLineHeredocs(args);
			return heredocs;
		}
		getDelimiterRange(startArg, name, candidateRange) {
			const text = this.document.getText(candidateRange);
			if (startArg.getValue().startsWith("<<-")) {
				let index = 0;
				while (text.charAt(index) === "	") index++;
				if (text.substring(index) === name) return vscode_languageserver_types_1.Range.create(vscode_languageserver_types_1.Position.create(candidateRange.start.line, index), candidateRange.end);
				return null;
			}
			return text === name ? candidateRange : null;
		}
	};
	exports.Instruction = Instruction;
}));
// node_modules/dockerfile-ast/lib/flagOption.js
var require_flagOption = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.FlagOption = void 0;
	var FlagOption = class {
		constructor(range, name, nameRange, value, valueRange) {
			this.range = range;
			this.name = name;
			this.nameRange = nameRange;
			this.value = value;
			this.valueRange = valueRange;
		}
		toString() {
			if (this.valueRange !== null) return this.name + "=" + this.value;
			return this.name;
		}
		getRange() {
			return this.range;
		}
		getName() {
			return this.name;
		}
		getNameRange() {
			return this.nameRange;
		}
		getValue() {
			return this.value;
		}
		getValueRange() {
			return this.valueRange;
		}
	};
	exports.FlagOption = FlagOption;
}));
// node_modules/dockerfile-ast/lib/flag.js
var require_flag = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Flag = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const flagOption_1 = require_flagOption();
	var Flag = class {
		constructor(document, range, name, nameRange, value, valueRange) {
			this.options = [];
			this.range = range;
			this.name = name;
			this.nameRange = nameRange;
			this.value = value;
			this.valueRange = valueRange;
			if (this.value !== null) {
				let offset = document.offsetAt(valueRange.start);
				let nameStart = -1;
				let valueStart = -1;
				let hasOptions = false;
				for (let i = 0; i < value.length; i++) switch (value.charAt(i)) {
					case "=":
						hasOptions = true;
						if (valueStart === -1) {
							valueStart = i + 1;
							break;
						}
						break;
					case ",":
						this.options.push(this.createFlagOption(document, value, offset, nameStart, valueStart, i));
						nameStart = -1;
						valueStart = -1;
						break;
					default: if (nameStart === -1) nameStart = i;
				}
				if (hasOptions && nameStart !== -1) this.options.push(this.createFlagOption(document, value, offset, nameStart, valueStart, value.length));
			}
		}
		createFlagOption(document, content, documentOffset, nameStart, valueStart, valueEnd) {
			const optionRange = vscode_languageserver_types_1.Range.create(document.positionAt(documentOffset + nameStart), document.positionAt(documentOffset + valueEnd));
			if (valueStart === -1) return new flagOption_1.FlagOption(optionRange, content.substring(nameStart, valueEnd), optionRange, null, null);
			return new flagOption_1.FlagOption(optionRange, content.substring(nameStart, valueStart - 1), vscode_languageserver_types_1.Range.create(document.positionAt(documentOffset + nameStart), document.positionAt(documentOffset + valueStart - 1)), content.substring(valueStart, valueEnd), vscode_languageserver_types_1.Range.create(document.positionAt(documentOffset + valueStart), document.positionAt(documentOffset + valueEnd)));
		}
		toString() {
			if (this.valueRange) return "--" + this.name + "=" + this.value;
			return "--" + this.name;
		}
		getRange() {
			return this.range;
		}
		getName() {
			return this.name;
		}
		getNameRange() {
			return this.nameRange;
		}
		getValue() {
			return this.value;
		}
		getValueRange() {
			return this.valueRange;
		}
		getOption(name) {
			for (const option of this.options) if (option.getName() === name) return option;
			return null;
		}
		getOptions() {
			return this.options;
		}
		hasOptions() {
			return this.options.length > 0;
		}
	};
	exports.Flag = Flag;
}));
// node_modules/dockerfile-ast/lib/modifiableInstruction.js
var require_modifiableInstruction = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ModifiableInstruction = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const flag_1 = require_flag();
	const instruction_1 = require_instruction();
	var ModifiableInstruction = class extends instruction_1.Instruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		getFlags() {
			if (!this.flags) {
				this.flags = [];
				for (let arg of this.getArguments()) {
					let value = arg.getValue();
					if (this.stopSearchingForFlags(value)) return this.flags;
					else if (value.indexOf("--") === 0) {
						let range = arg.getRange();
						let rawValue = this.document.getText().substring(this.document.offsetAt(range.start), this.document.offsetAt(range.end));
						let nameIndex = value.indexOf("=");
						let index = rawValue.indexOf("=");
						let firstMatch = false;
						let secondMatch = false;
						let startIndex = -1;
						nameSearchLoop: for (let i = 0; i < rawValue.length; i++) switch (rawValue.charAt(i)) {
							case "\\":
							case " ":
							case "	":
							case "\r":
							case "\n": break;
							case "-":
								if (secondMatch) {
									startIndex = i;
									break nameSearchLoop;
								} else if (firstMatch) secondMatch = true;
								else firstMatch = true;
								break;
							default:
								startIndex = i;
								break nameSearchLoop;
						}
						let nameStart = this.document.positionAt(this.document.offsetAt(range.start) + startIndex);
						if (index === -1) this.flags.push(new flag_1.Flag(this.document, range, value.substring(2), vscode_languageserver_types_1.Range.create(nameStart, range.end), null, null));
						else if (index === value.length - 1) {
							let nameEnd = this.document.positionAt(this.document.offsetAt(range.start) + index);
							this.flags.push(new flag_1.Flag(this.document, range, value.substring(2, index), vscode_languageserver_types_1.Range.create(nameStart, nameEnd), "", vscode_languageserver_types_1.Range.create(range.end, range.end)));
						} else {
							let nameEnd = this.document.positionAt(this.document.offsetAt(range.start) + index);
							this.flags.push(new flag_1.Flag(this.document, range, value.substring(2, nameIndex), vscode_languageserver_types_1.Range.create(nameStart, nameEnd), value.substring(nameIndex + 1), vscode_languageserver_types_1.Range.create(this.document.positionAt(this.document.offsetAt(range.start) + index + 1), range.end)));
						}
					}
				}
			}
			return this.flags;
		}
		getArguments() {
			const args = super.getArguments();
			const flags = this.getFlags();
			if (flags.length === 0) return args;
			for (let i = 0; i < flags.length; i++) args.shift();
			return args;
		}
	};
	exports.ModifiableInstruction = ModifiableInstruction;
}));
// node_modules/dockerfile-ast/lib/jsonInstruction.js
var require_jsonInstruction = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.JSONInstruction = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const argument_1 = require_argument();
	const jsonArgument_1 = require_jsonArgument();
	const modifiableInstruction_1 = require_modifiableInstruction();
	var JSONInstruction = class extends modifiableInstruction_1.ModifiableInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
			this.openingBracket = null;
			this.closingBracket = null;
			this.jsonStrings = [];
			const argsContent = this.getRawArgumentsContent();
			if (argsContent === null) return;
			const args = this.getArguments();
			if (args.length === 1 && args[0].getValue() === "[]") {
				let argRange = args[0].getRange();
				this.openingBracket = new argument_1.Argument("[", vscode_languageserver_types_1.Range.create(argRange.start.line, argRange.start.character, argRange.start.line, argRange.start.character + 1));
				this.closingBracket = new argument_1.Argument("]", vscode_languageserver_types_1.Range.create(argRange.start.line, argRange.start.character + 1, argRange.end.line, argRange.end.character));
				return;
			} else if (args.length === 2 && args[0].getValue() === "[" && args[1].getValue() === "]") {
				this.openingBracket = args[0];
				this.closingBracket = args[1];
				return;
			}
			const argsOffset = document.offsetAt(this.getArgumentsRange().start);
			let start = -1;
			let last = "";
			let quoted = false;
			let escapedArg = "";
			argsCheck: for (let i = 0; i < argsContent.length; i++) {
				let char = argsContent.charAt(i);
				switch (char) {
					case "[":
						if (last === "") {
							this.openingBracket = new argument_1.Argument("[", vscode_languageserver_types_1.Range.create(document.positionAt(argsOffset + i), document.positionAt(argsOffset + i + 1)));
							last = "[";
						} else if (quoted) escapedArg = escapedArg + char;
						else break argsCheck;
						break;
					case "\"":
						if (last === "[" || last === ",") {
							start = i;
							quoted = true;
							last = "\"";
							escapedArg = escapedArg + char;
							continue;
						} else if (last === "\"") {
							if (quoted) {
								escapedArg = escapedArg + char;
								quoted = false;
								this.jsonStrings.push(new jsonArgument_1.JSONArgument(escapedArg, vscode_languageserver_types_1.Range.create(document.positionAt(argsOffset + start), document.positionAt(argsOffset + i + 1)), vscode_languageserver_types_1.Range.create(document.positionAt(argsOffset + start + 1), document.positionAt(argsOffset + i))));
								escapedArg = "";
							} else break argsCheck;
						} else break argsCheck;
						break;
					case ",":
						if (quoted) escapedArg = escapedArg + char;
						else if (last === "\"") last = ",";
						else break argsCheck;
						break;
					case "]":
						if (quoted) escapedArg = escapedArg + char;
						else if (last !== "") {
							this.closingBracket = new argument_1.Argument("]", vscode_languageserver_types_1.Range.create(document.positionAt(argsOffset + i), document.positionAt(argsOffset + i + 1)));
							break argsCheck;
						}
						break;
					case " ":
					case "	": break;
					case "\\":
						if (quoted) switch (argsContent.charAt(i + 1)) {
							case "\"":
							case "\\":
								escapedArg = escapedArg + argsContent.charAt(i + 1);
								i++;
								continue;
							case " ":
							case "	":
								escapeCheck: for (let j = i + 2; j < argsContent.length; j++) switch (argsContent.charAt(j)) {
									case "\r": j++;
									case "\n":
										i = j;
										continue argsCheck;
									case " ":
									case "	": break;
									default: break escapeCheck;
								}
								break;
							case "\r": i++;
							default:
								i++;
								continue;
						}
						else escapeCheck: for (let j = i + 1; j < argsContent.length; j++) switch (argsContent.charAt(j)) {
							case "\r": j++;
							case "\n":
								i = j;
								continue argsCheck;
							case " ":
							case "	": break;
							default: break escapeCheck;
						}
						break argsCheck;
					default:
						if (!quoted) break argsCheck;
						escapedArg = escapedArg + char;
				}
			}
		}
		stopSearchingForFlags(_value) {
			return true;
		}
		getOpeningBracket() {
			return this.openingBracket;
		}
		getJSONStrings() {
			return this.jsonStrings;
		}
		getClosingBracket() {
			return this.closingBracket;
		}
	};
	exports.JSONInstruction = JSONInstruction;
}));
// node_modules/dockerfile-ast/lib/instructions/add.js
var require_add = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Add = void 0;
	const jsonInstruction_1 = require_jsonInstruction();
	var Add = class extends jsonInstruction_1.JSONInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		stopSearchingForFlags(argument) {
			return argument.indexOf("--") === -1;
		}
	};
	exports.Add = Add;
}));
// node_modules/dockerfile-ast/lib/property.js
var require_property = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Property = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const util_1 = require_util();
	exports.Property = class Property {
		constructor(document, escapeChar, arg, arg2) {
			this.assignmentOperatorRange = null;
			this.assignmentOperator = null;
			this.valueRange = null;
			this.value = null;
			this.document = document;
			this.escapeChar = escapeChar;
			this.nameRange = Property.getNameRange(document, arg);
			let value = document.getText().substring(document.offsetAt(this.nameRange.start), document.offsetAt(this.nameRange.end));
			this.name = Property.getValue(value, escapeChar);
			if (arg2) {
				this.valueRange = arg2.getRange();
				value = document.getText().substring(document.offsetAt(this.valueRange.start), document.offsetAt(this.valueRange.end));
				this.value = Property.getValue(value, escapeChar);
				this.range = vscode_languageserver_types_1.Range.create(this.nameRange.start, this.valueRange.end);
			} else {
				let argRange = arg.getRange();
				if (this.nameRange.start.line === argRange.start.line && this.nameRange.start.character === argRange.start.character && this.nameRange.end.line === argRange.end.line && this.nameRange.end.character === argRange.end.character) {} else {
					this.valueRange = Property.getValueRange(document, arg);
					value = document.getText().substring(document.offsetAt(this.valueRange.start), document.offsetAt(this.valueRange.end));
					this.value = Property.getValue(value, escapeChar);
					this.assignmentOperatorRange = vscode_languageserver_types_1.Range.create(this.nameRange.end, this.valueRange.start);
					this.assignmentOperator = "=";
				}
				this.range = argRange;
			}
		}
		getRange() {
			return this.range;
		}
		getName() {
			return this.name;
		}
		getNameRange() {
			return this.nameRange;
		}
		getValue() {
			return this.value;
		}
		getValueRange() {
			return this.valueRange;
		}
		getAssignmentOperator() {
			return this.assignmentOperator;
		}
		getAssignmentOperatorRange() {
			return this.assignmentOperatorRange;
		}
		getUnescapedValue() {
			if (this.valueRange === null) return null;
			let escaped = false;
			let rawValue = "";
			let value = this.document.getText().substring(this.document.offsetAt(this.valueRange.start), this.document.offsetAt(this.valueRange.end));
			rawLoop: for (let i = 0; i < value.length; i++) {
				let char = value.charAt(i);
				switch (char) {
					case this.escapeChar:
						for (let j = i + 1; j < value.length; j++) switch (value.charAt(j)) {
							case "\r": j++;
							case "\n":
								escaped = true;
								i = j;
								continue rawLoop;
							case " ":
							case "	": break;
							default:
								rawValue = rawValue + char;
								continue rawLoop;
						}
						rawValue = rawValue + char;
						break;
					case "\r":
					case "\n": break;
					case " ":
					case "	":
						if (!escaped) rawValue = rawValue + char;
						break;
					case "#":
						if (escaped) for (let j = i + 1; j < value.length; j++) switch (value.charAt(j)) {
							case "\r": j++;
							case "\n":
								i = j;
								continue rawLoop;
						}
						else rawValue = rawValue + char;
						break;
					default:
						rawValue = rawValue + char;
						escaped = false;
				}
			}
			return rawValue;
		}
		static getNameRange(document, arg) {
			let value = arg.getValue();
			let index = value.indexOf("=");
			if (index !== -1) {
				let initial = value.charAt(0);
				let before = value.charAt(index - 1);
				if (initial === "\"" && before === "\"" || initial === "'" && before === "'" || initial !== "\"" && initial !== "'") return vscode_languageserver_types_1.Range.create(arg.getRange().start, document.positionAt(document.offsetAt(arg.getRange().start) + index));
			}
			return arg.getRange();
		}
		static getValueRange(document, arg) {
			return vscode_languageserver_types_1.Range.create(document.positionAt(document.offsetAt(arg.getRange().start) + arg.getValue().indexOf("=") + 1), document.positionAt(document.offsetAt(arg.getRange().end)));
		}
		static getValue(value, escapeChar) {
			let escaped = false;
			const skip = util_1.Util.findLeadingNonWhitespace(value, escapeChar);
			if (skip !== 0 && value.charAt(skip) === "#") escaped = true;
			value = value.substring(skip);
			let first = value.charAt(0);
			let last = value.charAt(value.length - 1);
			let literal = first === "'" || first === "\"";
			let inSingle = first === "'" && last === "'";
			let inDouble = false;
			if (first === "\"") {
				for (let i = 1; i < value.length; i++) if (value.charAt(i) === escapeChar) i++;
				else if (value.charAt(i) === "\"" && i === value.length - 1) inDouble = true;
			}
			if (inSingle || inDouble) value = value.substring(1, value.length - 1);
			let commentCheck = -1;
			let escapedValue = "";
			parseValue: for (let i = 0; i < value.length; i++) {
				let char = value.charAt(i);
				switch (char) {
					case escapeChar:
						if (i + 1 === value.length) {
							escapedValue = escapedValue + escapeChar;
							break parseValue;
						}
						char = value.charAt(i + 1);
						if (char === " " || char === "	") whitespaceCheck: for (let j = i + 2; j < value.length; j++) {
							let char2 = value.charAt(j);
							switch (char2) {
								case " ":
								case "	": break;
								case "\r": j++;
								case "\n":
									escaped = true;
									i = j;
									continue parseValue;
								default:
									if (!inDouble && !inSingle && !literal) {
										if (char2 === escapeChar) {
											escapedValue = escapedValue + char;
											i = i + 1;
										} else {
											escapedValue = escapedValue + char + char2;
											i = j;
										}
										continue parseValue;
									}
									break whitespaceCheck;
							}
						}
						if (inDouble) {
							if (char === "\r") {
								escaped = true;
								i = i + 2;
							} else if (char === "\n") {
								escaped = true;
								i++;
							} else if (char !== "\"") {
								if (char === escapeChar) i++;
								escapedValue = escapedValue + escapeChar;
							}
							continue parseValue;
						} else if (inSingle || literal) {
							if (char === "\r") {
								escaped = true;
								i = i + 2;
							} else if (char === "\n") {
								escaped = true;
								i++;
							} else escapedValue = escapedValue + escapeChar;
							continue parseValue;
						} else if (char === escapeChar) {
							escapedValue = escapedValue + escapeChar;
							i++;
						} else if (char === "\r") {
							escaped = true;
							i = i + 2;
						} else if (char === "\n") {
							escaped = true;
							i++;
						} else {
							escapedValue = escapedValue + char;
							i++;
						}
						break;
					case " ":
					case "	":
						if (escaped && commentCheck === -1) commentCheck = i;
						escapedValue = escapedValue + char;
						break;
					case "\r": i++;
					case "\n":
						if (escaped && commentCheck !== -1) {
							escapedValue = escapedValue.substring(0, escapedValue.length - (i - commentCheck - 1));
							commentCheck = -1;
						}
						break;
					case "#": if (escaped) {
						if (commentCheck !== -1) {
							escapedValue = escapedValue.substring(0, escapedValue.length - (i - commentCheck));
							commentCheck = -1;
						}
						newlineCheck: for (let j = i + 1; j < value.length; j++) switch (value.charAt(j)) {
							case "\r": j++;
							case "\n":
								i = j;
								break newlineCheck;
						}
						continue parseValue;
					}
					default:
						if (escaped) {
							escaped = false;
							commentCheck = -1;
						}
						escapedValue = escapedValue + char;
				}
			}
			return escapedValue;
		}
	};
}));
// node_modules/dockerfile-ast/lib/propertyInstruction.js
var require_propertyInstruction = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.PropertyInstruction = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const instruction_1 = require_instruction();
	const property_1 = require_property();
	const argument_1 = require_argument();
	const util_1 = require_util();
	var PropertyInstruction = class extends instruction_1.Instruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
			this.properties = void 0;
		}
		getProperties() {
			if (this.properties === void 0) {
				let args = this.getPropertyArguments();
				if (args.length === 0) this.properties = [];
				else if (args.length === 1) this.properties = [new property_1.Property(this.document, this.escapeChar, args[0])];
				else if (args.length === 2) {
					if (args[0].getValue().indexOf("=") === -1) this.properties = [new property_1.Property(this.document, this.escapeChar, args[0], args[1])];
					else this.properties = [new property_1.Property(this.document, this.escapeChar, args[0]), new property_1.Property(this.document, this.escapeChar, args[1])];
				} else if (args[0].getValue().indexOf("=") === -1) {
					let text = this.document.getText();
					let start = args[1].getRange().start;
					let end = args[args.length - 1].getRange().end;
					text = text.substring(this.document.offsetAt(start), this.document.offsetAt(end));
					this.properties = [new property_1.Property(this.document, this.escapeChar, args[0], new argument_1.Argument(text, vscode_languageserver_types_1.Range.create(args[1].getRange().start, args[args.length - 1].getRange().end)))];
				} else {
					this.properties = [];
					for (let i = 0; i < args.length; i++) this.properties.push(new property_1.Property(this.document, this.escapeChar, args[i]));
				}
			}
			return this.properties;
		}
		findTrailingNonWhitespace(content) {
			let index = content.length;
			whitespaceCheck: for (let i = content.length - 1; i >= 0; i--) switch (content.charAt(i)) {
				case " ":
				case "	": continue;
				case "\n": if (content.charAt(i - 1) === "\r") i = i - 1;
				case "\r":
					newlineCheck: for (let j = i - 1; j >= 0; j--) switch (content.charAt(j)) {
						case " ":
						case "	":
						case "\r":
						case "\n":
						case this.escapeChar: continue;
						default:
							index = j;
							break newlineCheck;
					}
					break whitespaceCheck;
				default:
					index = i;
					break whitespaceCheck;
			}
			return index;
		}
		getPropertyArguments() {
			const args = [];
			let range = this.getInstructionRange();
			let instructionNameEndOffset = this.document.offsetAt(range.end);
			let extra = instructionNameEndOffset - this.document.offsetAt(range.start);
			let content = this.getTextContent();
			let fullArgs = content.substring(extra);
			let start = util_1.Util.findLeadingNonWhitespace(fullArgs, this.escapeChar);
			if (start === -1) return [];
			const startPosition = this.document.positionAt(instructionNameEndOffset + start);
			let escaped = range.start.line !== startPosition.line;
			let endingEscape = false;
			let mark = -1;
			let end = this.findTrailingNonWhitespace(fullArgs);
			content = fullArgs.substring(start, end + 1);
			let argStart = escaped ? -1 : 0;
			let spaced = false;
			argumentLoop: for (let i = 0; i < content.length; i++) {
				let char = content.charAt(i);
				switch (char) {
					case this.escapeChar:
						if (i + 1 === content.length) {
							endingEscape = true;
							break argumentLoop;
						}
						if (!escaped) mark = i;
						switch (content.charAt(i + 1)) {
							case " ":
							case "	":
								if (!util_1.Util.isWhitespace(content.charAt(i + 2))) {
									i = i + 1;
									continue argumentLoop;
								}
								whitespaceCheck: for (let j = i + 2; j < content.length; j++) switch (content.charAt(j)) {
									case "\r": j++;
									case "\n":
										escaped = true;
										i = j;
										continue argumentLoop;
									case " ":
									case "	": break;
									default:
										args.push(new argument_1.Argument(content.substring(argStart, i), vscode_languageserver_types_1.Range.create(this.document.positionAt(instructionNameEndOffset + start + argStart), this.document.positionAt(instructionNameEndOffset + start + i + 2))));
										argStart = j;
										break whitespaceCheck;
								}
								i = argStart - 1;
								continue argumentLoop;
							case "\r": i++;
							case "\n":
								escaped = true;
								i = i + 1;
								continue argumentLoop;
							case this.escapeChar:
								if (argStart === -1) argStart = i;
								i = i + 1;
								continue argumentLoop;
							default:
								if (argStart === -1) argStart = i;
								continue argumentLoop;
						}
					case "'":
					case "\"":
						if (spaced) {
							this.createSpacedArgument(argStart, args, content, mark, instructionNameEndOffset, start);
							argStart = i;
							spaced = false;
						}
						if (argStart === -1) argStart = i;
						for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
							case char:
								if (content.charAt(j + 1) !== " " && content.charAt(j + 1) !== "") {
									i = j;
									continue argumentLoop;
								}
								args.push(new argument_1.Argument(content.substring(argStart, j + 1), vscode_languageserver_types_1.Range.create(this.document.positionAt(instructionNameEndOffset + start + argStart), this.document.positionAt(instructionNameEndOffset + start + j + 1))));
								i = j;
								argStart = -1;
								continue argumentLoop;
							case this.escapeChar: j++;
						}
						break argumentLoop;
					case " ":
					case "	":
						if (escaped) {
							if (argStart !== -1) spaced = true;
						} else if (argStart !== -1) {
							args.push(new argument_1.Argument(content.substring(argStart, i), vscode_languageserver_types_1.Range.create(this.document.positionAt(instructionNameEndOffset + start + argStart), this.document.positionAt(instructionNameEndOffset + start + i))));
							argStart = -1;
						}
						break;
					case "\r": i++;
					case "\n":
						spaced = false;
						break;
					case "#":
						if (escaped) {
							for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
								case "\r": j++;
								case "\n":
									i = j;
									spaced = false;
									continue argumentLoop;
							}
							if (argStart !== -1) {
								let value = content.substring(argStart, mark);
								args.push(new argument_1.Argument(value, vscode_languageserver_types_1.Range.create(this.document.positionAt(instructionNameEndOffset + start + argStart), this.document.positionAt(instructionNameEndOffset + start + mark))));
								argStart = -1;
							}
							break argumentLoop;
						} else if (argStart === -1) argStart = i;
						break;
					default:
						if (spaced) {
							this.createSpacedArgument(argStart, args, content, mark, instructionNameEndOffset, start);
							argStart = i;
							spaced = false;
						}
						escaped = false;
						if (argStart === -1) argStart = i;
						if (char === "$" && content.charAt(i + 1) === "{") {
							let singleQuotes = false;
							let doubleQuotes = false;
							let escaped = false;
							for (let j = i + 1; j < content.length; j++) switch (content.charAt(j)) {
								case this.escapeChar:
									escaped = true;
									break;
								case "\r":
								case "\n": break;
								case "'":
									singleQuotes = !singleQuotes;
									escaped = false;
									break;
								case "\"":
									doubleQuotes = !doubleQuotes;
									escaped = false;
									break;
								case " ":
								case "	":
									if (escaped || singleQuotes || doubleQuotes) break;
									i = j - 1;
									continue argumentLoop;
								case "}":
									i = j;
									continue argumentLoop;
								default: escaped = false;
							}
							break argumentLoop;
						}
				}
			}
			if (argStart !== -1 && argStart !== content.length) {
				let end = endingEscape ? content.length - 1 : content.length;
				let value = content.substring(argStart, end);
				args.push(new argument_1.Argument(value, vscode_languageserver_types_1.Range.create(this.document.positionAt(instructionNameEndOffset + start + argStart), this.document.positionAt(instructionNameEndOffset + start + end))));
			}
			return args;
		}
		createSpacedArgument(argStart, args, content, mark, instructionNameEndOffset, start) {
			if (argStart !== -1) args.push(new argument_1.Argument(content.substring(argStart, mark), vscode_languageserver_types_1.Range.create(this.document.positionAt(instructionNameEndOffset + start + argStart), this.document.positionAt(instructionNameEndOffset + start + mark))));
		}
	};
	exports.PropertyInstruction = PropertyInstruction;
}));
// node_modules/dockerfile-ast/lib/instructions/arg.js
var require_arg = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Arg = void 0;
	const property_1 = require_property();
	const propertyInstruction_1 = require_propertyInstruction();
	var Arg = class extends propertyInstruction_1.PropertyInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
			this.property = null;
			const args = this.getPropertyArguments();
			if (args.length === 1) this.property = new property_1.Property(this.document, this.escapeChar, args[0]);
			else this.property = null;
		}
		getProperty() {
			return this.property;
		}
	};
	exports.Arg = Arg;
}));
// node_modules/dockerfile-ast/lib/instructions/cmd.js
var require_cmd = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Cmd = void 0;
	const jsonInstruction_1 = require_jsonInstruction();
	var Cmd = class extends jsonInstruction_1.JSONInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
	};
	exports.Cmd = Cmd;
}));
// node_modules/dockerfile-ast/lib/instructions/copy.js
var require_copy = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Copy = void 0;
	const jsonInstruction_1 = require_jsonInstruction();
	var Copy = class extends jsonInstruction_1.JSONInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		stopSearchingForFlags(argument) {
			return argument.indexOf("--") === -1;
		}
		getFromFlag() {
			let flags = super.getFlags();
			return flags.length === 1 && flags[0].getName() === "from" ? flags[0] : null;
		}
		getHeredocs() {
			return super.getHeredocs();
		}
	};
	exports.Copy = Copy;
}));
// node_modules/dockerfile-ast/lib/instructions/env.js
var require_env = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Env = void 0;
	const propertyInstruction_1 = require_propertyInstruction();
	var Env = class extends propertyInstruction_1.PropertyInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		getProperties() {
			return super.getProperties();
		}
	};
	exports.Env = Env;
}));
// node_modules/dockerfile-ast/lib/instructions/entrypoint.js
var require_entrypoint = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Entrypoint = void 0;
	const jsonInstruction_1 = require_jsonInstruction();
	var Entrypoint = class extends jsonInstruction_1.JSONInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
	};
	exports.Entrypoint = Entrypoint;
}));
// node_modules/dockerfile-ast/lib/instructions/from.js
var require_from = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.From = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const modifiableInstruction_1 = require_modifiableInstruction();
	var From = class extends modifiableInstruction_1.ModifiableInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		stopSearchingForFlags(argument) {
			return argument.indexOf("--") === -1;
		}
		getImage() {
			const args = this.getArguments();
			return args.length > 0 ? args[0].getValue() : null;
		}
		getImageName() {
			const imageName = this.getRangeContent(this.getImageNameRange());
			if (imageName === null) return null;
			let commented = false;
			let escaped = false;
			let name = "";
			for (let i = 0; i < imageName.length; i++) {
				const ch = imageName.charAt(i);
				switch (ch) {
					case this.escapeChar:
						escaped = true;
						break;
					case "\r": continue;
					case "\n":
						commented = false;
						break;
					case " ":
					case "	": break;
					case "#":
						if (escaped) commented = true;
						else {
							name = name + ch;
							escaped = false;
						}
						break;
					default: if (!commented) {
						name = name + ch;
						escaped = false;
					}
				}
			}
			return name;
		}
		getImageNameRange() {
			let range = this.getImageRange();
			if (range) {
				let registryRange = this.getRegistryRange();
				if (registryRange) range.start = this.document.positionAt(this.document.offsetAt(registryRange.end) + 1);
				let tagRange = this.getImageTagRange();
				let digestRange = this.getImageDigestRange();
				if (tagRange === null) {
					if (digestRange !== null) range.end = this.document.positionAt(this.document.offsetAt(digestRange.start) - 1);
				} else range.end = this.document.positionAt(this.document.offsetAt(tagRange.start) - 1);
				return range;
			}
			return null;
		}
		getImageRange() {
			let args = this.getArguments();
			return args.length !== 0 ? args[0].getRange() : null;
		}
		getImageTag() {
			return this.getRangeContent(this.getImageTagRange());
		}
		getImageTagRange() {
			const range = this.getImageRange();
			if (range) {
				const rangeStartOffset = this.document.offsetAt(range.start);
				const content = this.getRangeContent(range);
				const atIndex = this.indexOf(rangeStartOffset, content, "@");
				const slashIndex = content.indexOf("/");
				if (atIndex === -1) {
					const colonIndex = this.lastIndexOf(rangeStartOffset, content, ":");
					if (colonIndex > slashIndex) return vscode_languageserver_types_1.Range.create(this.document.positionAt(rangeStartOffset + colonIndex + 1), range.end);
				}
				const subcontent = content.substring(0, atIndex);
				const subcolonIndex = subcontent.indexOf(":");
				if (subcolonIndex === -1) return null;
				if (slashIndex === -1) return vscode_languageserver_types_1.Range.create(this.document.positionAt(rangeStartOffset + subcolonIndex + 1), this.document.positionAt(rangeStartOffset + atIndex));
				if (subcolonIndex < slashIndex) return null;
				return vscode_languageserver_types_1.Range.create(this.document.positionAt(rangeStartOffset + subcolonIndex + 1), this.document.positionAt(rangeStartOffset + subcontent.length));
			}
			return null;
		}
		getImageDigest() {
			return this.getRangeContent(this.getImageDigestRange());
		}
		getImageDigestRange() {
			let range = this.getImageRange();
			if (range) {
				let content = this.getRangeContent(range);
				let index = this.lastIndexOf(this.document.offsetAt(range.start), content, "@");
				if (index !== -1) return vscode_languageserver_types_1.Range.create(range.start.line, range.start.character + index + 1, range.end.line, range.end.character);
			}
			return null;
		}
		indexOf(documentOffset, content, searchString) {
			let index = content.indexOf(searchString);
			const variables = this.getVariables();
			for (let i = 0; i < variables.length; i++) {
				const position = documentOffset + index;
				const variableRange = variables[i].getRange();
				if (this.document.offsetAt(variableRange.start) < position && position < this.document.offsetAt(variableRange.end)) {
					const offset = this.document.offsetAt(variableRange.end) - documentOffset;
					const subIndex = content.substring(offset).indexOf(searchString);
					if (subIndex === -1) return -1;
					index = subIndex + offset;
					i = -1;
					continue;
				}
			}
			return index;
		}
		lastIndexOf(documentOffset, content, searchString) {
			let index = content.lastIndexOf(searchString);
			const variables = this.getVariables();
			for (let i = 0; i < variables.length; i++) {
				const position = documentOffset + index;
				const variableRange = variables[i].getRange();
				if (this.document.offsetAt(variableRange.start) < position && position < this.document.offsetAt(variableRange.end)) {
					index = content.substring(0, index).lastIndexOf(searchString);
					if (index === -1) return -1;
					i = -1;
					continue;
				}
			}
			return index;
		}
		getRegistry() {
			return this.getRangeContent(this.getRegistryRange());
		}
		getRegistryRange() {
			const range = this.getImageRange();
			if (range) {
				const tagRange = this.getImageTagRange();
				const digestRange = this.getImageDigestRange();
				if (tagRange === null) {
					if (digestRange !== null) range.end = this.document.positionAt(this.document.offsetAt(digestRange.start) - 1);
				} else range.end = this.document.positionAt(this.document.offsetAt(tagRange.start) - 1);
				const content = this.getRangeContent(range);
				const rangeStart = this.document.offsetAt(range.start);
				const startingSlashIndex = this.indexOf(rangeStart, content, "/");
				if (startingSlashIndex === -1) return null;
				const portIndex = this.indexOf(rangeStart, content, ":");
				const dotIndex = this.indexOf(rangeStart, content, ".");
				if (portIndex !== -1 || dotIndex !== -1) return vscode_languageserver_types_1.Range.create(range.start, this.document.positionAt(rangeStart + startingSlashIndex));
				if (content.substring(0, startingSlashIndex) === "localhost") return vscode_languageserver_types_1.Range.create(range.start, this.document.positionAt(rangeStart + startingSlashIndex));
			}
			return null;
		}
		getBuildStage() {
			let range = this.getBuildStageRange();
			return range === null ? null : this.getRangeContent(range);
		}
		getBuildStageRange() {
			let args = this.getArguments();
			if (args.length > 2 && args[1].getValue().toUpperCase() === "AS") return args[2].getRange();
			return null;
		}
		getPlatformFlag() {
			let flags = super.getFlags();
			return flags.length === 1 && flags[0].getName() === "platform" ? flags[0] : null;
		}
	};
	exports.From = From;
}));
// node_modules/dockerfile-ast/lib/instructions/healthcheck.js
var require_healthcheck = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Healthcheck = void 0;
	const modifiableInstruction_1 = require_modifiableInstruction();
	var Healthcheck = class extends modifiableInstruction_1.ModifiableInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		stopSearchingForFlags(argument) {
			argument = argument.toUpperCase();
			return argument === "CMD" || argument === "NONE";
		}
		getSubcommand() {
			let args = this.getArguments();
			return args.length !== 0 ? args[0] : null;
		}
	};
	exports.Healthcheck = Healthcheck;
}));
// node_modules/dockerfile-ast/lib/instructions/label.js
var require_label = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Label = void 0;
	const propertyInstruction_1 = require_propertyInstruction();
	const util_1 = require_util();
	var Label = class extends propertyInstruction_1.PropertyInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		getVariables() {
			const variables = super.getVariables();
			const properties = this.getProperties();
			for (const property of properties) {
				const value = property.getUnescapedValue();
				if (value !== null && value.length > 2 && value.charAt(0) === "'" && value.charAt(value.length - 1) === "'") {
					const range = property.getValueRange();
					for (let i = 0; i < variables.length; i++) if (util_1.Util.isInsideRange(variables[i].getRange().start, range)) {
						variables.splice(i, 1);
						i--;
					}
				}
			}
			return variables;
		}
		getProperties() {
			return super.getProperties();
		}
	};
	exports.Label = Label;
}));
// node_modules/dockerfile-ast/lib/instructions/onbuild.js
var require_onbuild = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Onbuild = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const parser_1 = require_parser();
	const instruction_1 = require_instruction();
	var Onbuild = class extends instruction_1.Instruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		getTrigger() {
			let trigger = this.getTriggerWord();
			return trigger === null ? null : trigger.toUpperCase();
		}
		getTriggerWord() {
			return this.getRangeContent(this.getTriggerRange());
		}
		getTriggerRange() {
			let args = this.getArguments();
			return args.length > 0 ? args[0].getRange() : null;
		}
		getTriggerInstruction() {
			let triggerRange = this.getTriggerRange();
			if (triggerRange === null) return null;
			let args = this.getArguments();
			return parser_1.Parser.createInstruction(this.document, this.dockerfile, this.escapeChar, vscode_languageserver_types_1.Range.create(args[0].getRange().start, this.getRange().end), this.getTriggerWord(), triggerRange);
		}
	};
	exports.Onbuild = Onbuild;
}));
// node_modules/dockerfile-ast/lib/instructions/run.js
var require_run = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Run = void 0;
	const jsonInstruction_1 = require_jsonInstruction();
	var Run = class extends jsonInstruction_1.JSONInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		stopSearchingForFlags(argument) {
			return argument.indexOf("--") === -1;
		}
		getHeredocs() {
			return super.getHeredocs();
		}
	};
	exports.Run = Run;
}));
// node_modules/dockerfile-ast/lib/instructions/shell.js
var require_shell = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Shell = void 0;
	const jsonInstruction_1 = require_jsonInstruction();
	var Shell = class extends jsonInstruction_1.JSONInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
	};
	exports.Shell = Shell;
}));
// node_modules/dockerfile-ast/lib/instructions/stopsignal.js
var require_stopsignal = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Stopsignal = void 0;
	const instruction_1 = require_instruction();
	var Stopsignal = class extends instruction_1.Instruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
	};
	exports.Stopsignal = Stopsignal;
}));
// node_modules/dockerfile-ast/lib/instructions/workdir.js
var require_workdir = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Workdir = void 0;
	const instruction_1 = require_instruction();
	var Workdir = class extends instruction_1.Instruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
		getPath() {
			return this.getArgumentsContent();
		}
		getAbsolutePath() {
			const path = this.getPath();
			if (path === null || path.startsWith("/")) return path;
			const startLine = this.getRange().start.line;
			const hierarchy = this.dockerfile.getStageHierarchy(startLine);
			for (let i = hierarchy.length - 1; i >= 0; i--) {
				const workdirs = hierarchy[i].getWORKDIRs();
				for (let j = workdirs.length - 1; j >= 0; j--) if (workdirs[j].getRange().start.line < startLine) {
					const parent = workdirs[j].getAbsolutePath();
					if (parent === void 0 || parent === null) return;
					return parent.endsWith("/") ? parent + path : parent + "/" + path;
				}
			}
		}
	};
	exports.Workdir = Workdir;
}));
// node_modules/dockerfile-ast/lib/instructions/user.js
var require_user = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.User = void 0;
	const instruction_1 = require_instruction();
	var User = class extends instruction_1.Instruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
	};
	exports.User = User;
}));
// node_modules/dockerfile-ast/lib/instructions/volume.js
var require_volume = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Volume = void 0;
	const jsonInstruction_1 = require_jsonInstruction();
	var Volume = class extends jsonInstruction_1.JSONInstruction {
		constructor(document, range, dockerfile, escapeChar, instruction, instructionRange) {
			super(document, range, dockerfile, escapeChar, instruction, instructionRange);
		}
	};
	exports.Volume = Volume;
}));
// node_modules/dockerfile-ast/lib/imageTemplate.js
var require_imageTemplate = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ImageTemplate = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const arg_1 = require_arg();
	const cmd_1 = require_cmd();
	const copy_1 = require_copy();
	const env_1 = require_env();
	const entrypoint_1 = require_entrypoint();
	const from_1 = require_from();
	const healthcheck_1 = require_healthcheck();
	const onbuild_1 = require_onbuild();
	const util_1 = require_util();
	const workdir_1 = require_workdir();
	var ImageTemplate = class {
		constructor() {
			this.comments = [];
			this.instructions = [];
		}
		addComment(comment) {
			this.comments.push(comment);
		}
		getComments() {
			return this.comments;
		}
		addInstruction(instruction) {
			this.instructions.push(instruction);
		}
		getInstructions() {
			return this.instructions;
		}
		getInstructionAt(line) {
			for (let instruction of this.instructions) if (util_1.Util.isInsideRange(vscode_languageserver_types_1.Position.create(line, 0), instruction.getRange())) return instruction;
			return null;
		}
		getARGs() {
			let args = [];
			for (let instruction of this.instructions) if (instruction instanceof arg_1.Arg) args.push(instruction);
			return args;
		}
		getCMDs() {
			let cmds = [];
			for (let instruction of this.instructions) if (instruction instanceof cmd_1.Cmd) cmds.push(instruction);
			return cmds;
		}
		getCOPYs() {
			let copies = [];
			for (let instruction of this.instructions) if (instruction instanceof copy_1.Copy) copies.push(instruction);
			return copies;
		}
		getENTRYPOINTs() {
			let froms = [];
			for (let instruction of this.instructions) if (instruction instanceof entrypoint_1.Entrypoint) froms.push(instruction);
			return froms;
		}
		getENVs() {
			let args = [];
			for (let instruction of this.instructions) if (instruction instanceof env_1.Env) args.push(instruction);
			return args;
		}
		getFROM() {
			for (const instruction of this.instructions) if (instruction instanceof from_1.From) return instruction;
			return null;
		}
		getFROMs() {
			let froms = [];
			for (let instruction of this.instructions) if (instruction instanceof from_1.From) froms.push(instruction);
			return froms;
		}
		getHEALTHCHECKs() {
			let froms = [];
			for (let instruction of this.instructions) if (instruction instanceof healthcheck_1.Healthcheck) froms.push(instruction);
			return froms;
		}
		getWORKDIRs() {
			const workdirs = [];
			for (const instruction of this.instructions) if (instruction instanceof workdir_1.Workdir) workdirs.push(instruction);
			return workdirs;
		}
		getOnbuildTriggers() {
			let triggers = [];
			for (let instruction of this.instructions) if (instruction instanceof onbuild_1.Onbuild) {
				let trigger = instruction.getTriggerInstruction();
				if (trigger) triggers.push(trigger);
			}
			return triggers;
		}
		getAvailableVariables(currentLine) {
			const variables = [];
			for (const arg of this.getARGs()) if (arg.isBefore(currentLine)) {
				const property = arg.getProperty();
				if (property) {
					const variable = property.getName();
					if (variables.indexOf(variable) === -1) variables.push(variable);
				}
			}
			for (const env of this.getENVs()) if (env.isBefore(currentLine)) for (const property of env.getProperties()) {
				const variable = property.getName();
				if (variables.indexOf(variable) === -1) variables.push(variable);
			}
			return variables;
		}
		resolveVariable(variable, line) {
			let envs = this.getENVs();
			for (let i = envs.length - 1; i >= 0; i--) if (envs[i].isBefore(line)) {
				for (let property of envs[i].getProperties()) if (property.getName() === variable) return property.getValue();
			}
			let args = this.getARGs();
			for (let i = args.length - 1; i >= 0; i--) if (args[i].isBefore(line)) {
				let property = args[i].getProperty();
				if (property && property.getName() === variable) return property.getValue();
			}
		}
		getRange() {
			const instructions = this.getInstructions();
			if (instructions.length === 0) return vscode_languageserver_types_1.Range.create(0, 0, 0, 0);
			const instructionStart = instructions[0].getRange().start;
			const instructionEnd = instructions[instructions.length - 1].getRange().end;
			return vscode_languageserver_types_1.Range.create(instructionStart, instructionEnd);
		}
		contains(position) {
			const range = this.getRange();
			if (range === null) return false;
			return util_1.Util.isInsideRange(position, range);
		}
	};
	exports.ImageTemplate = ImageTemplate;
}));
// node_modules/dockerfile-ast/lib/dockerfile.js
var require_dockerfile = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Dockerfile = void 0;
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const ast = require_main();
	const imageTemplate_1 = require_imageTemplate();
	const from_1 = require_from();
	const util_1 = require_util();
	const main_1 = require_main();
	var Dockerfile = class extends imageTemplate_1.ImageTemplate {
		constructor(document) {
			super();
			this.initialInstructions = new imageTemplate_1.ImageTemplate();
			this.buildStages = [];
			this.directives = [];
			this.foundFrom = false;
			this.document = document;
		}
		getEscapeCharacter() {
			for (const directive of this.directives) if (directive.getDirective() === ast.Directive.escape) {
				const value = directive.getValue();
				if (value === "\\" || value === "`") return value;
			}
			return "\\";
		}
		getInitialARGs() {
			return this.initialInstructions.getARGs();
		}
		getContainingImage(position) {
			let range = vscode_languageserver_types_1.Range.create(vscode_languageserver_types_1.Position.create(0, 0), this.document.positionAt(this.document.getText().length));
			if (!util_1.Util.isInsideRange(position, range)) return null;
			if (this.initialInstructions.getComments().length > 0 || this.initialInstructions.getInstructions().length > 0) {
				if (util_1.Util.isInsideRange(position, this.initialInstructions.getRange())) return this.initialInstructions;
			}
			for (const buildStage of this.buildStages) if (util_1.Util.isInsideRange(position, buildStage.getRange())) return buildStage;
			return this;
		}
		addInstruction(instruction) {
			if (instruction.getKeyword() === main_1.Keyword.FROM) {
				this.currentBuildStage = new imageTemplate_1.ImageTemplate();
				this.buildStages.push(this.currentBuildStage);
				this.foundFrom = true;
			} else if (!this.foundFrom) this.initialInstructions.addInstruction(instruction);
			if (this.foundFrom) this.currentBuildStage.addInstruction(instruction);
			super.addInstruction(instruction);
		}
		setDirectives(directives) {
			this.directives = directives;
		}
		getDirective() {
			return this.directives.length === 0 ? null : this.directives[0];
		}
		getDirectives() {
			return this.directives;
		}
		resolveVariable(variable, line) {
			for (let from of this.getFROMs()) {
				let range = from.getRange();
				if (range.start.line <= line && line <= range.end.line) {
					let initialARGs = new imageTemplate_1.ImageTemplate();
					for (let instruction of this.initialInstructions.getARGs()) initialARGs.addInstruction(instruction);
					return initialARGs.resolveVariable(variable, line);
				}
			}
			let image = this.getContainingImage(vscode_languageserver_types_1.Position.create(line, 0));
			if (image === null) return;
			let resolvedVariable = image.resolveVariable(variable, line);
			if (resolvedVariable === null) {
				let initialARGs = new imageTemplate_1.ImageTemplate();
				for (let instruction of this.initialInstructions.getARGs()) initialARGs.addInstruction(instruction);
				return initialARGs.resolveVariable(variable, line);
			}
			return resolvedVariable;
		}
		getAvailableVariables(currentLine) {
			if (this.getInstructionAt(currentLine) instanceof from_1.From) {
				let variables = [];
				for (let arg of this.getInitialARGs()) {
					let property = arg.getProperty();
					if (property) variables.push(property.getName());
				}
				return variables;
			}
			let image = this.getContainingImage(vscode_languageserver_types_1.Position.create(currentLine, 0));
			return image ? image.getAvailableVariables(currentLine) : [];
		}
		getParentStage(image) {
			const templateFrom = image.getFROM();
			const imageName = templateFrom === null ? null : templateFrom.getImageName();
			if (imageName === null) return null;
			for (const from of this.getFROMs()) if (from.getBuildStage() === imageName) {
				const range = from.getRange();
				if (range.start.line === templateFrom.getRange().start.line) return null;
				return this.getContainingImage(range.start);
			}
			return null;
		}
		getStageHierarchy(line) {
			const image = this.getContainingImage(vscode_languageserver_types_1.Position.create(line, 0));
			if (image === null) return [];
			const stages = [image];
			let stage = this.getParentStage(image);
			while (stage !== null) {
				stages.splice(0, 0, stage);
				stage = this.getParentStage(stage);
			}
			return stages;
		}
		getAvailableWorkingDirectories(line) {
			const availableDirectories = new Set();
			for (const image of this.getStageHierarchy(line)) for (const workdir of image.getWORKDIRs()) if (workdir.getRange().end.line < line) {
				let directory = workdir.getAbsolutePath();
				if (directory !== void 0 && directory !== null) {
					if (!directory.endsWith("/")) directory += "/";
					availableDirectories.add(directory);
				}
			}
			return Array.from(availableDirectories);
		}
		organizeComments() {
			const comments = this.getComments();
			for (let i = 0; i < comments.length; i++) if (util_1.Util.isInsideRange(comments[i].getRange().end, this.initialInstructions.getRange())) this.initialInstructions.addComment(comments[i]);
			else for (const buildStage of this.buildStages) if (util_1.Util.isInsideRange(comments[i].getRange().start, buildStage.getRange())) buildStage.addComment(comments[i]);
		}
		getRange() {
			const comments = this.getComments();
			const instructions = this.getInstructions();
			let range = null;
			if (comments.length === 0) {
				if (instructions.length > 0) range = vscode_languageserver_types_1.Range.create(instructions[0].getRange().start, instructions[instructions.length - 1].getRange().end);
			} else if (instructions.length === 0) range = vscode_languageserver_types_1.Range.create(comments[0].getRange().start, comments[comments.length - 1].getRange().end);
			else {
				const commentStart = comments[0].getRange().start;
				const commentEnd = comments[comments.length - 1].getRange().end;
				const instructionStart = instructions[0].getRange().start;
				const instructionEnd = instructions[instructions.length - 1].getRange().end;
				if (commentStart.line < instructionStart.line) {
					if (commentEnd.line < instructionEnd.line) range = vscode_languageserver_types_1.Range.create(commentStart, instructionEnd);
					range = vscode_languageserver_types_1.Range.create(commentStart, commentEnd);
				} else if (commentEnd.line < instructionEnd.line) range = vscode_languageserver_types_1.Range.create(instructionStart, instructionEnd);
				else range = vscode_languageserver_types_1.Range.create(instructionStart, commentEnd);
			}
			if (range === null) {
				if (this.directives.length === 0) return null;
				return this.directives[0].getRange();
			} else if (this.directives.length === 0) return range;
			return vscode_languageserver_types_1.Range.create(this.directives[0].getRange().start, range.end);
		}
	};
	exports.Dockerfile = Dockerfile;
}));
// node_modules/dockerfile-ast/lib/parser.js
var require_parser = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Parser = void 0;
	const vscode_languageserver_textdocument_1 = (init_main(), __toCommonJS(main_exports));
	const vscode_languageserver_types_1 = (init_main$1(), __toCommonJS(main_exports$1));
	const comment_1 = require_comment();
	const parserDirective_1 = require_parserDirective();
	const instruction_1 = require_instruction();
	const add_1 = require_add();
	const arg_1 = require_arg();
	const cmd_1 = require_cmd();
	const copy_1 = require_copy();
	const env_1 = require_env();
	const entrypoint_1 = require_entrypoint();
	const from_1 = require_from();
	const healthcheck_1 = require_healthcheck();
	const label_1 = require_label();
	const onbuild_1 = require_onbuild();
	const run_1 = require_run();
	const shell_1 = require_shell();
	const stopsignal_1 = require_stopsignal();
	const workdir_1 = require_workdir();
	const user_1 = require_user();
	const volume_1 = require_volume();
	const dockerfile_1 = require_dockerfile();
	const util_1 = require_util();
	const main_1 = require_main();
	exports.Parser = class Parser {
		constructor() {
			this.escapeChar = null;
		}
		static createInstruction(document, dockerfile, escapeChar, lineRange, instruction, instructionRange) {
			switch (instruction.toUpperCase()) {
				case "ADD": return new add_1.Add(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "ARG": return new arg_1.Arg(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "CMD": return new cmd_1.Cmd(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "COPY": return new copy_1.Copy(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "ENTRYPOINT": return new entrypoint_1.Entrypoint(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "ENV": return new env_1.Env(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "FROM": return new from_1.From(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "HEALTHCHECK": return new healthcheck_1.Healthcheck(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "LABEL": return new label_1.Label(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "ONBUILD": return new onbuild_1.Onbuild(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "RUN": return new run_1.Run(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "SHELL": return new shell_1.Shell(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "STOPSIGNAL": return new stopsignal_1.Stopsignal(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "WORKDIR": return new workdir_1.Workdir(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "USER": return new user_1.User(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
				case "VOLUME": return new volume_1.Volume(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
			}
			return new instruction_1.Instruction(document, lineRange, dockerfile, escapeChar, instruction, instructionRange);
		}
		getParserDirectives(document, buffer) {
			const directives = [];
			this.escapeChar = "";
			const offset = util_1.Util.isUTF8BOM(buffer.substring(0, 1)) ? 1 : 0;
			directiveCheck: for (let i = offset; i < buffer.length; i++) switch (buffer.charAt(i)) {
				case " ":
				case "	": break;
				case "\r":
				case "\n": break directiveCheck;
				case "#":
					let directiveStart = -1;
					let directiveEnd = -1;
					for (let j = i + 1; j < buffer.length; j++) {
						let char = buffer.charAt(j);
						switch (char) {
							case " ":
							case "	":
								if (directiveStart !== -1 && directiveEnd === -1) directiveEnd = j;
								break;
							case "\r":
							case "\n": break directiveCheck;
							case "=":
								let valueStart = -1;
								let valueEnd = -1;
								if (directiveEnd === -1) directiveEnd = j;
								let lineEnd = buffer.length;
								directiveValue: for (let k = j + 1; k < buffer.length; k++) {
									char = buffer.charAt(k);
									switch (char) {
										case "\r":
										case "\n":
											if (valueStart !== -1 && valueEnd === -1) valueEnd = k;
											lineEnd = k;
											break directiveValue;
										case "	":
										case " ":
											if (valueStart !== -1 && valueEnd === -1) valueEnd = k;
											continue;
										default: if (valueStart === -1) valueStart = k;
									}
								}
								if (directiveStart === -1) break directiveCheck;
								if (valueStart === -1) {
									valueStart = j + 1;
									valueEnd = lineEnd;
								} else if (valueEnd === -1) valueEnd = buffer.length;
								const lineRange = vscode_languageserver_types_1.Range.create(document.positionAt(i), document.positionAt(lineEnd));
								const nameRange = vscode_languageserver_types_1.Range.create(document.positionAt(directiveStart), document.positionAt(directiveEnd));
								const valueRange = vscode_languageserver_types_1.Range.create(document.positionAt(valueStart), document.positionAt(valueEnd));
								directives.push(new parserDirective_1.ParserDirective(document, lineRange, nameRange, valueRange));
								directiveStart = -1;
								if (buffer.charAt(valueEnd) === "\r") i = valueEnd + 1;
								else i = valueEnd;
								continue directiveCheck;
							default: if (directiveStart === -1) directiveStart = j;
						}
					}
					break;
				default: break directiveCheck;
			}
			return directives;
		}
		parse(buffer) {
			this.document = vscode_languageserver_textdocument_1.TextDocument.create("", "", 0, buffer);
			this.buffer = buffer;
			let dockerfile = new dockerfile_1.Dockerfile(this.document);
			let directives = this.getParserDirectives(this.document, this.buffer);
			let offset = 0;
			this.escapeChar = "\\";
			if (directives.length > 0) {
				dockerfile.setDirectives(directives);
				this.escapeChar = dockerfile.getEscapeCharacter();
				offset = this.document.offsetAt(vscode_languageserver_types_1.Position.create(directives.length, 0));
			} else if (util_1.Util.isUTF8BOM(buffer.substring(0, 1))) offset = 1;
			for (let i = offset; i < this.buffer.length; i++) {
				const char = this.buffer.charAt(i);
				switch (char) {
					case " ":
					case "	":
					case "\r":
					case "\n": break;
					case "#":
						i = this.processComment(dockerfile, i);
						break;
					default: i = this.processInstruction(dockerfile, char, i);
				}
			}
			dockerfile.organizeComments();
			return dockerfile;
		}
		processInstruction(dockerfile, char, start) {
			let instruction = char;
			let instructionEnd = -1;
			let escapedInstruction = false;
			instructionCheck: for (let i = start + 1; i < this.buffer.length; i++) {
				char = this.buffer.charAt(i);
				switch (char) {
					case this.escapeChar:
						escapedInstruction = true;
						char = this.buffer.charAt(i + 1);
						if (char === "\r" || char === "\n") {
							if (instructionEnd === -1) instructionEnd = i;
							i++;
						} else if (char === " " || char === "	") {
							for (let j = i + 2; j < this.buffer.length; j++) switch (this.buffer.charAt(j)) {
								case " ":
								case "	": break;
								case "\r":
								case "\n":
									i = j;
									continue instructionCheck;
								default:
									instructionEnd = i + 1;
									instruction = instruction + this.escapeChar;
									i = j - 2;
									continue instructionCheck;
							}
							instructionEnd = i + 1;
							instruction = instruction + this.escapeChar;
							break instructionCheck;
						} else {
							instructionEnd = i + 1;
							instruction = instruction + this.escapeChar;
							escapedInstruction = false;
						}
						break;
					case " ":
					case "	":
						if (escapedInstruction) {
							escapeCheck: for (let j = i + 1; j < this.buffer.length; j++) switch (this.buffer.charAt(j)) {
								case " ":
								case "	": break;
								case "\r":
								case "\n":
									i = j;
									continue instructionCheck;
								default: break escapeCheck;
							}
							escapedInstruction = false;
						}
						if (instructionEnd === -1) instructionEnd = i;
						i = this.processArguments(dockerfile, instruction, instructionEnd, start, i);
						dockerfile.addInstruction(this.createInstruction(dockerfile, instruction, start, instructionEnd, i));
						return i;
					case "\r":
					case "\n":
						if (escapedInstruction) continue;
						if (instructionEnd === -1) instructionEnd = i;
						dockerfile.addInstruction(this.createInstruction(dockerfile, instruction, start, i, i));
						return i;
					case "#": if (escapedInstruction) continue;
					default:
						instructionEnd = i + 1;
						instruction = instruction + char;
						escapedInstruction = false;
				}
			}
			if (instructionEnd === -1) instructionEnd = this.buffer.length;
			dockerfile.addInstruction(this.createInstruction(dockerfile, instruction, start, instructionEnd, this.buffer.length));
			return this.buffer.length;
		}
		processHeredocs(instruction, offset) {
			let keyword = instruction.getKeyword();
			if (keyword === main_1.Keyword.ONBUILD) {
				instruction = instruction.getTriggerInstruction();
				if (instruction === null) return offset;
				keyword = instruction.getKeyword();
			}
			if (keyword !== main_1.Keyword.ADD && keyword !== main_1.Keyword.COPY && keyword !== main_1.Keyword.RUN) return offset;
			const heredocs = [];
			let tabbed = false;
			for (const arg of instruction.getArguments()) {
				const value = arg.getValue();
				if (value.startsWith("<<") && value.length > 2) {
					if (value.startsWith("<<-")) tabbed = true;
					const name = util_1.Util.parseHeredocName(value);
					if (name !== null) heredocs.push(name);
				}
			}
			if (heredocs.length > 0) for (const heredoc of heredocs) offset = this.parseHeredoc(heredoc, offset, tabbed);
			return offset;
		}
		processArguments(dockerfile, instruction, instructionEnd, start, offset) {
			let escaped = false;
			argumentsCheck: for (let i = offset + 1; i < this.buffer.length; i++) switch (this.buffer.charAt(i)) {
				case "\r":
				case "\n":
					if (escaped) continue;
					return this.processHeredocs(this.createInstruction(dockerfile, instruction, start, instructionEnd, i), i);
				case this.escapeChar:
					const next = this.buffer.charAt(i + 1);
					if (next === "\n" || next === "\r") {
						escaped = true;
						i++;
					} else if (next === " " || next === "	") {
						for (let j = i + 2; j < this.buffer.length; j++) switch (this.buffer.charAt(j)) {
							case " ":
							case "	": break;
							case "\r":
							case "\n": escaped = true;
							default:
								i = j;
								continue argumentsCheck;
						}
						return this.buffer.length;
					}
					continue;
				case "#":
					if (escaped) {
						i = this.processComment(dockerfile, i);
						continue argumentsCheck;
					}
					break;
				case " ":
				case "	": break;
				default: if (escaped) escaped = false;
			}
			return this.buffer.length;
		}
		processComment(dockerfile, start) {
			let end = this.buffer.length;
			commentLoop: for (let i = start + 1; i < this.buffer.length; i++) switch (this.buffer.charAt(i)) {
				case "\r":
				case "\n":
					end = i;
					break commentLoop;
			}
			const range = vscode_languageserver_types_1.Range.create(this.document.positionAt(start), this.document.positionAt(end));
			dockerfile.addComment(new comment_1.Comment(this.document, range));
			return end;
		}
		parseHeredoc(heredocName, offset, tabbed) {
			let startWord = -1;
			let lineStart = true;
			for (let i = offset; i < this.buffer.length; i++) switch (this.buffer.charAt(i)) {
				case " ":
					lineStart = false;
					break;
				case "	":
					if (!tabbed) lineStart = false;
					break;
				case "\r":
				case "\n":
					if (startWord !== -1 && heredocName === this.buffer.substring(startWord, i)) return i;
					startWord = -1;
					lineStart = true;
					break;
				default: if (lineStart) {
					startWord = i;
					lineStart = false;
				}
			}
			return this.buffer.length;
		}
		createInstruction(dockerfile, instruction, start, instructionEnd, end) {
			const startPosition = this.document.positionAt(start);
			const instructionRange = vscode_languageserver_types_1.Range.create(startPosition, this.document.positionAt(instructionEnd));
			const lineRange = vscode_languageserver_types_1.Range.create(startPosition, this.document.positionAt(end));
			return Parser.createInstruction(this.document, dockerfile, this.escapeChar, lineRange, instruction, instructionRange);
		}
	};
}));
// node_modules/dockerfile-ast/lib/main.js
var require_main = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.DockerfileParser = exports.DefaultVariables = exports.Directive = exports.Keyword = exports.Workdir = exports.Volume = exports.User = exports.Stopsignal = exports.Shell = exports.Run = exports.PropertyInstruction = exports.Onbuild = exports.ModifiableInstruction = exports.Label = exports.JSONInstruction = exports.Heredoc = exports.Healthcheck = exports.From = exports.Env = exports.Entrypoint = exports.Copy = exports.Cmd = exports.Arg = exports.Add = exports.Variable = exports.Property = exports.ParserDirective = exports.Line = exports.Instruction = exports.Flag = exports.Comment = exports.JSONArgument = exports.Argument = void 0;
	var argument_1 = require_argument();
	Object.defineProperty(exports, "Argument", {
		enumerable: true,
		get: function() {
			return argument_1.Argument;
		}
	});
	var jsonArgument_1 = require_jsonArgument();
	Object.defineProperty(exports, "JSONArgument", {
		enumerable: true,
		get: function() {
			return jsonArgument_1.JSONArgument;
		}
	});
	const comment_1 = require_comment();
	Object.defineProperty(exports, "Comment", {
		enumerable: true,
		get: function() {
			return comment_1.Comment;
		}
	});
	const parser_1 = require_parser();
	var flag_1 = require_flag();
	Object.defineProperty(exports, "Flag", {
		enumerable: true,
		get: function() {
			return flag_1.Flag;
		}
	});
	const instruction_1 = require_instruction();
	Object.defineProperty(exports, "Instruction", {
		enumerable: true,
		get: function() {
			return instruction_1.Instruction;
		}
	});
	var line_1 = require_line();
	Object.defineProperty(exports, "Line", {
		enumerable: true,
		get: function() {
			return line_1.Line;
		}
	});
	const parserDirective_1 = require_parserDirective();
	Object.defineProperty(exports, "ParserDirective", {
		enumerable: true,
		get: function() {
			return parserDirective_1.ParserDirective;
		}
	});
	var property_1 = require_property();
	Object.defineProperty(exports, "Property", {
		enumerable: true,
		get: function() {
			return property_1.Property;
		}
	});
	var variable_1 = require_variable();
	Object.defineProperty(exports, "Variable", {
		enumerable: true,
		get: function() {
			return variable_1.Variable;
		}
	});
	var add_1 = require_add();
	Object.defineProperty(exports, "Add", {
		enumerable: true,
		get: function() {
			return add_1.Add;
		}
	});
	const arg_1 = require_arg();
	Object.defineProperty(exports, "Arg", {
		enumerable: true,
		get: function() {
			return arg_1.Arg;
		}
	});
	const cmd_1 = require_cmd();
	Object.defineProperty(exports, "Cmd", {
		enumerable: true,
		get: function() {
			return cmd_1.Cmd;
		}
	});
	const copy_1 = require_copy();
	Object.defineProperty(exports, "Copy", {
		enumerable: true,
		get: function() {
			return copy_1.Copy;
		}
	});
	const entrypoint_1 = require_entrypoint();
	Object.defineProperty(exports, "Entrypoint", {
		enumerable: true,
		get: function() {
			return entrypoint_1.Entrypoint;
		}
	});
	const env_1 = require_env();
	Object.defineProperty(exports, "Env", {
		enumerable: true,
		get: function() {
			return env_1.Env;
		}
	});
	const from_1 = require_from();
	Object.defineProperty(exports, "From", {
		enumerable: true,
		get: function() {
			return from_1.From;
		}
	});
	const healthcheck_1 = require_healthcheck();
	Object.defineProperty(exports, "Healthcheck", {
		enumerable: true,
		get: function() {
			return healthcheck_1.Healthcheck;
		}
	});
	var heredoc_1 = require_heredoc();
	Object.defineProperty(exports, "Heredoc", {
		enumerable: true,
		get: function() {
			return heredoc_1.Heredoc;
		}
	});
	var jsonInstruction_1 = require_jsonInstruction();
	Object.defineProperty(exports, "JSONInstruction", {
		enumerable: true,
		get: function() {
			return jsonInstruction_1.JSONInstruction;
		}
	});
	var label_1 = require_label();
	Object.defineProperty(exports, "Label", {
		enumerable: true,
		get: function() {
			return label_1.Label;
		}
	});
	var modifiableInstruction_1 = require_modifiableInstruction();
	Object.defineProperty(exports, "ModifiableInstruction", {
		enumerable: true,
		get: function() {
			return modifiableInstruction_1.ModifiableInstruction;
		}
	});
	var onbuild_1 = require_onbuild();
	Object.defineProperty(exports, "Onbuild", {
		enumerable: true,
		get: function() {
			return onbuild_1.Onbuild;
		}
	});
	var propertyInstruction_1 = require_propertyInstruction();
	Object.defineProperty(exports, "PropertyInstruction", {
		enumerable: true,
		get: function() {
			return propertyInstruction_1.PropertyInstruction;
		}
	});
	var run_1 = require_run();
	Object.defineProperty(exports, "Run", {
		enumerable: true,
		get: function() {
			return run_1.Run;
		}
	});
	var shell_1 = require_shell();
	Object.defineProperty(exports, "Shell", {
		enumerable: true,
		get: function() {
			return shell_1.Shell;
		}
	});
	var stopsignal_1 = require_stopsignal();
	Object.defineProperty(exports, "Stopsignal", {
		enumerable: true,
		get: function() {
			return stopsignal_1.Stopsignal;
		}
	});
	var user_1 = require_user();
	Object.defineProperty(exports, "User", {
		enumerable: true,
		get: function() {
			return user_1.User;
		}
	});
	var volume_1 = require_volume();
	Object.defineProperty(exports, "Volume", {
		enumerable: true,
		get: function() {
			return volume_1.Volume;
		}
	});
	const workdir_1 = require_workdir();
	Object.defineProperty(exports, "Workdir", {
		enumerable: true,
		get: function() {
			return workdir_1.Workdir;
		}
	});
	var Keyword;
	(function(Keyword) {
		Keyword["ADD"] = "ADD";
		Keyword["ARG"] = "ARG";
		Keyword["CMD"] = "CMD";
		Keyword["COPY"] = "COPY";
		Keyword["ENTRYPOINT"] = "ENTRYPOINT";
		Keyword["ENV"] = "ENV";
		Keyword["EXPOSE"] = "EXPOSE";
		Keyword["FROM"] = "FROM";
		Keyword["HEALTHCHECK"] = "HEALTHCHECK";
		Keyword["LABEL"] = "LABEL";
		Keyword["MAINTAINER"] = "MAINTAINER";
		Keyword["ONBUILD"] = "ONBUILD";
		Keyword["RUN"] = "RUN";
		Keyword["SHELL"] = "SHELL";
		Keyword["STOPSIGNAL"] = "STOPSIGNAL";
		Keyword["USER"] = "USER";
		Keyword["VOLUME"] = "VOLUME";
		Keyword["WORKDIR"] = "WORKDIR";
	})(Keyword || (exports.Keyword = Keyword = {}));
	var Directive;
	(function(Directive) {
		Directive["escape"] = "escape";
		Directive["syntax"] = "syntax";
	})(Directive || (exports.Directive = Directive = {}));
	exports.DefaultVariables = [
		"ALL_PROXY",
		"all_proxy",
		"FTP_PROXY",
		"ftp_proxy",
		"HTTP_PROXY",
		"http_proxy",
		"HTTPS_PROXY",
		"https_proxy",
		"NO_PROXY",
		"no_proxy"
	];
	var DockerfileParser;
	(function(DockerfileParser) {
		function parse(content) {
			return new parser_1.Parser().parse(content);
		}
		DockerfileParser.parse = parse;
	})(DockerfileParser || (exports.DockerfileParser = DockerfileParser = {}));
}));
// src/dockerfile/parse/healthcheck.ts
var import_main = require_main();
const durations = [
	"interval",
	"timeout",
	"start-period",
	"start-interval"
];
const known = new Map([...durations, "retries"].map((name) => [name, "once"]));
const units$1 = new Map([
	["ns", 1],
	["us", 1e3],
	["µs", 1e3],
	["μs", 1e3],
	["ms", 1e6],
	["s", 1e9],
	["m", 6e10],
	["h", 36e11]
]);
function checkHealthcheck({ text, json, flags, line }) {
	const type = /^[^\t\n\v\f\r ]*/.exec(text)?.[0].toUpperCase() ?? "";
	const command = json === void 0 ? healthcheckCommand(text) : json.join("");
	const empty = json === void 0 ? command === "" : json.length === 0;
	if (type === "") refuse$1(line, "HEALTHCHECK needs an argument");
	if (type === "NONE") {
		if (!empty) refuse$1(line, "HEALTHCHECK NONE takes no arguments");
		return;
	}
	checkFlags(flags, known, line);
	if (type !== "CMD") refuse$1(line, `${quote$1(type)} is not a type of HEALTHCHECK; use CMD or NONE`);
	if (empty) refuse$1(line, "HEALTHCHECK CMD needs a command");
	for (const name of durations) for (const value of flagValues(flags, name)) checkDuration(value, line);
	for (const value of flagValues(flags, "retries")) checkRetries(value, line);
}
function checkDuration(value, line) {
	if (value === "") return;
	const [, sign, rest = ""] = /^([+-]?)(.*)$/s.exec(value) ?? [];
	if (!/^(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/.test(rest)) refuse$1(line, `${quote$1(value)} is not a duration`);
	const nanoseconds = [...rest.matchAll(/([0-9.]+)([^0-9.]+)/g)].map(([, count = "", unit = ""]) => Math.trunc(Number(count) * (units$1.get(unit) ?? 0))).reduce((sum, part) => sum + part, 0);
	if (nanoseconds > 2 ** 63) refuse$1(line, `the duration ${quote$1(value)} is too long`);
	if (nanoseconds > 0 && (sign === "-" || nanoseconds < 1e6)) refuse$1(line, `the duration ${quote$1(value)} is less than one millisecond`);
}
function checkRetries(value, line) {
	if (value === "") return;
	if (!/^[+-]?[0-9]+$/.test(value) || Number(value) < 0 || Number(value) > 2 ** 31 - 1) refuse$1(line, `${quote$1(value)} is not a number of retries`);
}
// node_modules/csv-parse/lib/api/CsvError.js
var CsvError = class CsvError extends Error {
	constructor(code, message, options, ...contexts) {
		if (Array.isArray(message)) message = message.join(" ").trim();
		super(message);
		if (Error.captureStackTrace !== void 0) Error.captureStackTrace(this, CsvError);
		this.code = code;
		for (const context of contexts) for (const key in context) {
			const value = context[key];
			this[key] = Buffer.isBuffer(value) ? value.toString(options.encoding) : value == null ? value : JSON.parse(JSON.stringify(value));
		}
	}
};
// node_modules/csv-parse/lib/utils/is_object.js
const is_object = function(obj) {
	return typeof obj === "object" && obj !== null && !Array.isArray(obj);
};
// node_modules/csv-parse/lib/api/normalize_columns_array.js
const normalize_columns_array = function(columns) {
	const normalizedColumns = [];
	for (let i = 0, l = columns.length; i < l; i++) {
		const column = columns[i];
		if (column === void 0 || column === null || column === false) normalizedColumns[i] = { disabled: true };
		else if (typeof column === "string" || typeof column === "number") normalizedColumns[i] = { name: `${column}` };
		else if (is_object(column)) {
			if (typeof column.name !== "string") throw new CsvError("CSV_OPTION_COLUMNS_MISSING_NAME", [
				"Option columns missing name:",
				`property "name" is required at position ${i}`,
				"when column is an object literal"
			]);
			normalizedColumns[i] = column;
		} else throw new CsvError("CSV_INVALID_COLUMN_DEFINITION", [
			"Invalid column definition:",
			"expect a string or a literal object,",
			`got ${JSON.stringify(column)} at position ${i}`
		]);
	}
	return normalizedColumns;
};
// node_modules/csv-parse/lib/utils/ResizeableBuffer.js
var ResizeableBuffer = class {
	constructor(size = 100) {
		this.size = size;
		this.length = 0;
		this.buf = Buffer.allocUnsafe(size);
	}
	prepend(val) {
		if (Buffer.isBuffer(val)) {
			const length = this.length + val.length;
			if (length >= this.size) {
				this.resize();
				if (length >= this.size) throw Error("INVALID_BUFFER_STATE");
			}
			const buf = this.buf;
			this.buf = Buffer.allocUnsafe(this.size);
			val.copy(this.buf, 0);
			buf.copy(this.buf, val.length);
			this.length += val.length;
		} else {
			const length = this.length++;
			if (length === this.size) this.resize();
			const buf = this.clone();
			this.buf[0] = val;
			buf.copy(this.buf, 1, 0, length);
		}
	}
	append(val) {
		const length = this.length++;
		if (length === this.size) this.resize();
		this.buf[length] = val;
	}
	clone() {
		return Buffer.from(this.buf.slice(0, this.length));
	}
	resize() {
		const length = this.length;
		this.size = this.size * 2;
		const buf = Buffer.allocUnsafe(this.size);
		this.buf.copy(buf, 0, 0, length);
		this.buf = buf;
	}
	toString(encoding) {
		if (encoding) return this.buf.toString(encoding, 0, this.length);
		else return Uint8Array.prototype.slice.call(this.buf.slice(0, this.length));
	}
	toJSON() {
		return this.toString("utf8");
	}
	reset() {
		this.length = 0;
	}
};
// node_modules/csv-parse/lib/api/init_state.js
const init_state = function(options) {
	const timchars = [
		32,
		9,
		10,
		13,
		12,
		11,
		160,
		5760,
		8192,
		8193,
		8194,
		8195,
		8196,
		8197,
		8198,
		8199,
		8200,
		8201,
		8202,
		8232,
		8233,
		8239,
		8287,
		12288,
		65279
	].reduce((acc, codepoint) => {
		const encoded = Buffer.from(String.fromCharCode(codepoint), options.encoding);
		if (codepoint !== 63 && encoded.length === 1 && encoded[0] === 63) return acc;
		acc.push(encoded);
		return acc;
	}, []);
	const timcharFirstBytes = new Uint8Array(256);
	for (const t of timchars) timcharFirstBytes[t[0]] = 1;
	return {
		bomSkipped: false,
		bufBytesStart: 0,
		castField: options.cast_function,
		commenting: false,
		delimiterBufPrevious: void 0,
		delimiterDiscovered: false,
		error: void 0,
		enabled: options.from_line === 1,
		escaping: false,
		escapeIsQuote: Buffer.isBuffer(options.escape) && Buffer.isBuffer(options.quote) && Buffer.compare(options.escape, options.quote) === 0,
		expectedRecordLength: Array.isArray(options.columns) ? options.columns.length : void 0,
		field: new ResizeableBuffer(20),
		firstLineToHeaders: options.cast_first_line_to_header,
		needMoreDataSize: Math.max(options.comment !== null ? options.comment.length : 0, ...options.delimiter ? options.delimiter.map((delimiter) => delimiter.length) : [], options.delimiter_auto ? 1 : 0, options.quote !== null ? options.quote.length : 0, ...timchars.map((t) => t.length)),
		previousBuf: void 0,
		quoting: false,
		stop: false,
		rawBuffer: new ResizeableBuffer(100),
		record: [],
		recordHasError: false,
		record_length: 0,
		recordDelimiterMaxLength: options.record_delimiter.length === 0 ? 0 : Math.max(...options.record_delimiter.map((v) => v.length)),
		trimChars: [Buffer.from(" ", options.encoding)[0], Buffer.from("	", options.encoding)[0]],
		wasQuoting: false,
		wasRowDelimiter: false,
		timchars,
		timcharFirstBytes
	};
};
// node_modules/csv-parse/lib/utils/underscore.js
const underscore = function(str) {
	return str.replace(/([A-Z])/g, function(_, match) {
		return "_" + match.toLowerCase();
	});
};
// node_modules/csv-parse/lib/api/normalize_options.js
const normalize_options = function(opts) {
	const options = {};
	for (const opt in opts) options[underscore(opt)] = opts[opt];
	if (options.encoding === void 0 || options.encoding === true) options.encoding = "utf8";
	else if (options.encoding === null || options.encoding === false) options.encoding = null;
	else if (typeof options.encoding !== "string" && options.encoding !== null) throw new CsvError("CSV_INVALID_OPTION_ENCODING", [
		"Invalid option encoding:",
		"encoding must be a string or null to return a buffer,",
		`got ${JSON.stringify(options.encoding)}`
	], options);
	if (options.bom === void 0 || options.bom === null || options.bom === false) options.bom = false;
	else if (options.bom !== true) throw new CsvError("CSV_INVALID_OPTION_BOM", [
		"Invalid option bom:",
		"bom must be true,",
		`got ${JSON.stringify(options.bom)}`
	], options);
	options.cast_function = null;
	if (options.cast === void 0 || options.cast === null || options.cast === false || options.cast === "") options.cast = void 0;
	else if (typeof options.cast === "function") {
		options.cast_function = options.cast;
		options.cast = true;
	} else if (options.cast !== true) throw new CsvError("CSV_INVALID_OPTION_CAST", [
		"Invalid option cast:",
		"cast must be true or a function,",
		`got ${JSON.stringify(options.cast)}`
	], options);
	if (options.cast_date === void 0 || options.cast_date === null || options.cast_date === false || options.cast_date === "") options.cast_date = false;
	else if (options.cast_date === true) options.cast_date = function(value) {
		const date = Date.parse(value);
		return !isNaN(date) ? new Date(date) : value;
	};
	else if (typeof options.cast_date !== "function") throw new CsvError("CSV_INVALID_OPTION_CAST_DATE", [
		"Invalid option cast_date:",
		"cast_date must be true or a function,",
		`got ${JSON.stringify(options.cast_date)}`
	], options);
	options.cast_first_line_to_header = void 0;
	if (options.columns === true) options.cast_first_line_to_header = void 0;
	else if (typeof options.columns === "function") {
		options.cast_first_line_to_header = options.columns;
		options.columns = true;
	} else if (Array.isArray(options.columns)) options.columns = normalize_columns_array(options.columns);
	else if (options.columns === void 0 || options.columns === null || options.columns === false) options.columns = false;
	else throw new CsvError("CSV_INVALID_OPTION_COLUMNS", [
		"Invalid option columns:",
		"expect an array, a function or true,",
		`got ${JSON.stringify(options.columns)}`
	], options);
	if (options.group_columns_by_name === void 0 || options.group_columns_by_name === null || options.group_columns_by_name === false) options.group_columns_by_name = false;
	else if (options.group_columns_by_name !== true) throw new CsvError("CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME", [
		"Invalid option group_columns_by_name:",
		"expect an boolean,",
		`got ${JSON.stringify(options.group_columns_by_name)}`
	], options);
	else if (options.columns === false) throw new CsvError("CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME", ["Invalid option group_columns_by_name:", "the `columns` mode must be activated."], options);
	if (options.comment === void 0 || options.comment === null || options.comment === false || options.comment === "") options.comment = null;
	else {
		if (typeof options.comment === "string") options.comment = Buffer.from(options.comment, options.encoding);
		if (!Buffer.isBuffer(options.comment)) throw new CsvError("CSV_INVALID_OPTION_COMMENT", [
			"Invalid option comment:",
			"comment must be a buffer or a string,",
			`got ${JSON.stringify(options.comment)}`
		], options);
	}
	if (options.comment_no_infix === void 0 || options.comment_no_infix === null || options.comment_no_infix === false) options.comment_no_infix = false;
	else if (options.comment_no_infix !== true) throw new CsvError("CSV_INVALID_OPTION_COMMENT", [
		"Invalid option comment_no_infix:",
		"value must be a boolean,",
		`got ${JSON.stringify(options.comment_no_infix)}`
	], options);
	if (options.delimiter_auto === void 0 || options.delimiter_auto === null || options.delimiter_auto === false) options.delimiter_auto = false;
	else if (options.delimiter_auto === true) options.delimiter_auto = {};
	else if (!is_object(options.delimiter_auto)) throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
		"Invalid option delimiter_auto:",
		"delimiter_auto must be a boolean or a configuration object,",
		`got ${JSON.stringify(options.delimiter_auto)}`
	], options);
	if (options.delimiter_auto) {
		if (options.delimiter_auto.preferred === void 0) options.delimiter_auto.preferred = {
			[",".charCodeAt(0)]: 1.8,
			["	".charCodeAt(0)]: 1.8,
			[";".charCodeAt(0)]: 1.6,
			[" ".charCodeAt(0)]: 1.6,
			[":".charCodeAt(0)]: 1.5,
			[".".charCodeAt(0)]: 1.4,
			["/".charCodeAt(0)]: 1.4
		};
		else if (!is_object(options.delimiter_auto.preferred)) throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"preferred must be an object,",
			`got ${JSON.stringify(options.delimiter_auto.preferred)}`
		], options);
		if (options.delimiter_auto.score === void 0) options.delimiter_auto.score = (info, options) => {
			return (info.total - info.std) * (options.preferred[info.char_code] || 1);
		};
		else if (typeof options.delimiter_auto.score !== "function") throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"score must be a function,",
			`got ${JSON.stringify(options.delimiter_auto.score)}`
		], options);
		if (options.delimiter_auto.size === void 0) options.delimiter_auto.size = 2048;
		else if (typeof options.delimiter_auto.size !== "number") throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"size must be a number,",
			`got ${JSON.stringify(options.delimiter_auto.size)}`
		], options);
	}
	const delimiter_json = JSON.stringify(options.delimiter);
	if (options.delimiter_auto !== false) options.delimiter = [];
	if (!Array.isArray(options.delimiter)) {
		if (options.delimiter === void 0 || options.delimiter === null || options.delimiter === false) options.delimiter = Buffer.from(",", options.encoding);
		options.delimiter = [options.delimiter];
	}
	options.delimiter = options.delimiter.map(function(delimiter) {
		if (typeof delimiter === "string") delimiter = Buffer.from(delimiter, options.encoding);
		if (!Buffer.isBuffer(delimiter) || delimiter.length === 0) throw new CsvError("CSV_INVALID_OPTION_DELIMITER", [
			"Invalid option delimiter:",
			"delimiter must be a non empty string or buffer or array of string|buffer,",
			`got ${delimiter_json}`
		], options);
		return delimiter;
	});
	if (options.escape === void 0 || options.escape === true) options.escape = Buffer.from("\"", options.encoding);
	else if (typeof options.escape === "string") options.escape = Buffer.from(options.escape, options.encoding);
	else if (options.escape === null || options.escape === false) options.escape = null;
	if (options.escape !== null) {
		if (!Buffer.isBuffer(options.escape)) throw new Error(`Invalid Option: escape must be a buffer, a string or a boolean, got ${JSON.stringify(options.escape)}`);
	}
	if (options.from === void 0 || options.from === null) options.from = 1;
	else {
		if (typeof options.from === "string" && /\d+/.test(options.from)) options.from = parseInt(options.from);
		if (Number.isInteger(options.from)) {
			if (options.from < 0) throw new Error(`Invalid Option: from must be a positive integer, got ${JSON.stringify(opts.from)}`);
		} else throw new Error(`Invalid Option: from must be an integer, got ${JSON.stringify(options.from)}`);
	}
	if (options.from_line === void 0 || options.from_line === null) options.from_line = 1;
	else {
		if (typeof options.from_line === "string" && /\d+/.test(options.from_line)) options.from_line = parseInt(options.from_line);
		if (Number.isInteger(options.from_line)) {
			if (options.from_line <= 0) throw new Error(`Invalid Option: from_line must be a positive integer greater than 0, got ${JSON.stringify(opts.from_line)}`);
		} else throw new Error(`Invalid Option: from_line must be an integer, got ${JSON.stringify(opts.from_line)}`);
	}
	if (options.ignore_last_delimiters === void 0 || options.ignore_last_delimiters === null) options.ignore_last_delimiters = false;
	else if (typeof options.ignore_last_delimiters === "number") {
		options.ignore_last_delimiters = Math.floor(options.ignore_last_delimiters);
		if (options.ignore_last_delimiters === 0) options.ignore_last_delimiters = false;
	} else if (typeof options.ignore_last_delimiters !== "boolean") throw new CsvError("CSV_INVALID_OPTION_IGNORE_LAST_DELIMITERS", [
		"Invalid option `ignore_last_delimiters`:",
		"the value must be a boolean value or an integer,",
		`got ${JSON.stringify(options.ignore_last_delimiters)}`
	], options);
	if (options.ignore_last_delimiters === true && options.columns === false) throw new CsvError("CSV_IGNORE_LAST_DELIMITERS_REQUIRES_COLUMNS", ["The option `ignore_last_delimiters`", "requires the activation of the `columns` option"], options);
	if (options.info === void 0 || options.info === null || options.info === false) options.info = false;
	else if (options.info !== true) throw new Error(`Invalid Option: info must be true, got ${JSON.stringify(options.info)}`);
	if (options.max_record_size === void 0 || options.max_record_size === null || options.max_record_size === false) options.max_record_size = 0;
	else if (Number.isInteger(options.max_record_size) && options.max_record_size >= 0) {} else if (typeof options.max_record_size === "string" && /\d+/.test(options.max_record_size)) options.max_record_size = parseInt(options.max_record_size);
	else throw new Error(`Invalid Option: max_record_size must be a positive integer, got ${JSON.stringify(options.max_record_size)}`);
	if (options.objname === void 0 || options.objname === null || options.objname === false) options.objname = void 0;
	else if (Buffer.isBuffer(options.objname)) {
		if (options.objname.length === 0) throw new Error(`Invalid Option: objname must be a non empty buffer`);
		if (options.encoding === null) {} else options.objname = options.objname.toString(options.encoding);
	} else if (typeof options.objname === "string") {
		if (options.objname.length === 0) throw new Error(`Invalid Option: objname must be a non empty string`);
	} else if (typeof options.objname === "number") {} else throw new Error(`Invalid Option: objname must be a string or a buffer, got ${options.objname}`);
	if (options.objname !== void 0) {
		if (typeof options.objname === "number") {
			if (options.columns !== false) throw Error("Invalid Option: objname index cannot be combined with columns or be defined as a field");
		} else if (options.columns === false) throw Error("Invalid Option: objname field must be combined with columns or be defined as an index");
	}
	if (options.on_record === void 0 || options.on_record === null) options.on_record = void 0;
	else if (typeof options.on_record !== "function") throw new CsvError("CSV_INVALID_OPTION_ON_RECORD", [
		"Invalid option `on_record`:",
		"expect a function,",
		`got ${JSON.stringify(options.on_record)}`
	], options);
	if (options.on_skip !== void 0 && options.on_skip !== null && typeof options.on_skip !== "function") throw new Error(`Invalid Option: on_skip must be a function, got ${JSON.stringify(options.on_skip)}`);
	if (options.quote === null || options.quote === false || options.quote === "") options.quote = null;
	else {
		if (options.quote === void 0 || options.quote === true) options.quote = Buffer.from("\"", options.encoding);
		else if (typeof options.quote === "string") options.quote = Buffer.from(options.quote, options.encoding);
		if (!Buffer.isBuffer(options.quote)) throw new Error(`Invalid Option: quote must be a buffer or a string, got ${JSON.stringify(options.quote)}`);
	}
	if (options.raw === void 0 || options.raw === null || options.raw === false) options.raw = false;
	else if (options.raw !== true) throw new Error(`Invalid Option: raw must be true, got ${JSON.stringify(options.raw)}`);
	if (options.record_delimiter === void 0) options.record_delimiter = [];
	else if (typeof options.record_delimiter === "string" || Buffer.isBuffer(options.record_delimiter)) {
		if (options.record_delimiter.length === 0) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a non empty string or buffer,",
			`got ${JSON.stringify(options.record_delimiter)}`
		], options);
		options.record_delimiter = [options.record_delimiter];
	} else if (!Array.isArray(options.record_delimiter)) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
		"Invalid option `record_delimiter`:",
		"value must be a string, a buffer or array of string|buffer,",
		`got ${JSON.stringify(options.record_delimiter)}`
	], options);
	options.record_delimiter = options.record_delimiter.map(function(rd, i) {
		if (typeof rd !== "string" && !Buffer.isBuffer(rd)) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a string, a buffer or array of string|buffer",
			`at index ${i},`,
			`got ${JSON.stringify(rd)}`
		], options);
		else if (rd.length === 0) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a non empty string or buffer",
			`at index ${i},`,
			`got ${JSON.stringify(rd)}`
		], options);
		if (typeof rd === "string") rd = Buffer.from(rd, options.encoding);
		return rd;
	});
	if (typeof options.relax_column_count === "boolean") {} else if (options.relax_column_count === void 0 || options.relax_column_count === null) options.relax_column_count = false;
	else throw new Error(`Invalid Option: relax_column_count must be a boolean, got ${JSON.stringify(options.relax_column_count)}`);
	if (typeof options.relax_column_count_less === "boolean") {} else if (options.relax_column_count_less === void 0 || options.relax_column_count_less === null) options.relax_column_count_less = false;
	else throw new Error(`Invalid Option: relax_column_count_less must be a boolean, got ${JSON.stringify(options.relax_column_count_less)}`);
	if (typeof options.relax_column_count_more === "boolean") {} else if (options.relax_column_count_more === void 0 || options.relax_column_count_more === null) options.relax_column_count_more = false;
	else throw new Error(`Invalid Option: relax_column_count_more must be a boolean, got ${JSON.stringify(options.relax_column_count_more)}`);
	if (typeof options.relax_quotes === "boolean") {} else if (options.relax_quotes === void 0 || options.relax_quotes === null) options.relax_quotes = false;
	else throw new Error(`Invalid Option: relax_quotes must be a boolean, got ${JSON.stringify(options.relax_quotes)}`);
	if (typeof options.skip_empty_lines === "boolean") {} else if (options.skip_empty_lines === void 0 || options.skip_empty_lines === null) options.skip_empty_lines = false;
	else throw new Error(`Invalid Option: skip_empty_lines must be a boolean, got ${JSON.stringify(options.skip_empty_lines)}`);
	if (typeof options.skip_records_with_empty_values === "boolean") {} else if (options.skip_records_with_empty_values === void 0 || options.skip_records_with_empty_values === null) options.skip_records_with_empty_values = false;
	else throw new Error(`Invalid Option: skip_records_with_empty_values must be a boolean, got ${JSON.stringify(options.skip_records_with_empty_values)}`);
	if (typeof options.skip_records_with_error === "boolean") {} else if (options.skip_records_with_error === void 0 || options.skip_records_with_error === null) options.skip_records_with_error = false;
	else throw new Error(`Invalid Option: skip_records_with_error must be a boolean, got ${JSON.stringify(options.skip_records_with_error)}`);
	if (options.rtrim === void 0 || options.rtrim === null || options.rtrim === false) options.rtrim = false;
	else if (options.rtrim !== true) throw new Error(`Invalid Option: rtrim must be a boolean, got ${JSON.stringify(options.rtrim)}`);
	if (options.ltrim === void 0 || options.ltrim === null || options.ltrim === false) options.ltrim = false;
	else if (options.ltrim !== true) throw new Error(`Invalid Option: ltrim must be a boolean, got ${JSON.stringify(options.ltrim)}`);
	if (options.trim === void 0 || options.trim === null || options.trim === false) options.trim = false;
	else if (options.trim !== true) throw new Error(`Invalid Option: trim must be a boolean, got ${JSON.stringify(options.trim)}`);
	if (options.trim === true && opts.ltrim !== false) options.ltrim = true;
	else if (options.ltrim !== true) options.ltrim = false;
	if (options.trim === true && opts.rtrim !== false) options.rtrim = true;
	else if (options.rtrim !== true) options.rtrim = false;
	if (options.to === void 0 || options.to === null) options.to = -1;
	else if (options.to !== -1) {
		if (typeof options.to === "string" && /\d+/.test(options.to)) options.to = parseInt(options.to);
		if (Number.isInteger(options.to)) {
			if (options.to <= 0) throw new Error(`Invalid Option: to must be a positive integer greater than 0, got ${JSON.stringify(opts.to)}`);
		} else throw new Error(`Invalid Option: to must be an integer, got ${JSON.stringify(opts.to)}`);
	}
	if (options.to_line === void 0 || options.to_line === null) options.to_line = -1;
	else if (options.to_line !== -1) {
		if (typeof options.to_line === "string" && /\d+/.test(options.to_line)) options.to_line = parseInt(options.to_line);
		if (Number.isInteger(options.to_line)) {
			if (options.to_line <= 0) throw new Error(`Invalid Option: to_line must be a positive integer greater than 0, got ${JSON.stringify(opts.to_line)}`);
		} else throw new Error(`Invalid Option: to_line must be an integer, got ${JSON.stringify(opts.to_line)}`);
	}
	return options;
};
// node_modules/csv-parse/lib/utils/delimiter_discover.js
const delimiter_discover = function(records, options) {
	if (!options) ({delimiter_auto: options} = normalize_options({ delimiter_auto: true }));
	if (typeof records === "string") records = Buffer.from(records);
	if (Buffer.isBuffer(records)) records = ((data) => {
		const records = [];
		const parser = transform({ delimiter: [] });
		const push = (record) => records.push(record);
		const close = () => {};
		const error = parser.parse(data, true, push, close);
		if (error !== void 0) throw error;
		return records;
	})(records);
	const info = Array(127).fill().map(() => ({ lines: [] }));
	records.map(([record], line) => {
		for (let i = 0, l = record.length; i < l; i++) {
			const code = record.charCodeAt(i);
			if (info[code].lines[line] === void 0) info[code].lines[line] = 0;
			info[code].lines[line]++;
		}
	});
	info.map((info, i) => {
		info.char_code = i;
		info.std = std(info.lines);
		info.total = info.lines.reduce((acc, val) => acc + val, 0);
		info.preferred = !!options.preferred[i];
		info.score = options.score(info, options);
	});
	const result = info.reduce((acc, info) => acc.score > info.score ? acc : info, {});
	return String.fromCharCode(result.char_code);
};
const std = function(array) {
	const n = array.length;
	if (n === 0) return 0;
	const mean = array.reduce((a, b) => a + b) / n;
	return Math.sqrt(array.map((x) => Math.pow(x - mean, 2)).reduce((a, b) => a + b) / n);
};
// node_modules/csv-parse/lib/api/index.js
const isRecordEmpty = function(record) {
	return record.every((field) => field == null || field.toString && field.toString().trim() === "");
};
const cr = 13;
const nl = 10;
const boms = {
	utf8: Buffer.from([
		239,
		187,
		191
	]),
	utf16le: Buffer.from([255, 254])
};
const transform = function(original_options = {}) {
	const info = {
		bytes: 0,
		bytes_records: 0,
		comment_lines: 0,
		empty_lines: 0,
		invalid_field_length: 0,
		lines: 1,
		records: 0
	};
	const options = normalize_options(original_options);
	return {
		info,
		original_options,
		options,
		state: init_state(options),
		__needMoreData: function(i, bufLen, end) {
			if (end) return false;
			const { encoding, escape, quote } = this.options;
			const { quoting, needMoreDataSize, recordDelimiterMaxLength } = this.state;
			return bufLen - i - 1 < Math.max(needMoreDataSize, recordDelimiterMaxLength === 0 ? Buffer.from("\r\n", encoding).length : recordDelimiterMaxLength, quoting ? (escape === null ? 0 : escape.length) + quote.length : 0, quoting ? quote.length + recordDelimiterMaxLength : 0);
		},
		parse: function(nextBuf, end, push, close) {
			const { bom, comment_no_infix, delimiter_auto, encoding, from_line, ltrim, max_record_size, raw, relax_quotes, rtrim, skip_empty_lines, to, to_line } = this.options;
			let { comment, escape, quote, record_delimiter } = this.options;
			const { bomSkipped, delimiterDiscovered, delimiterBufPrevious, rawBuffer, escapeIsQuote } = this.state;
			if (!delimiterDiscovered && delimiter_auto) {
				let delimiterBuf;
				if (delimiterBufPrevious === void 0) delimiterBuf = nextBuf;
				else if (delimiterBufPrevious !== void 0 && nextBuf === void 0) delimiterBuf = delimiterBufPrevious;
				else delimiterBuf = Buffer.concat([delimiterBufPrevious, nextBuf]);
				nextBuf = void 0;
				if (end || delimiterBuf.length > delimiter_auto.size) {
					this.options.delimiter = [Buffer.from(delimiter_discover(delimiterBuf, this.options.delimiter_auto))];
					this.state.previousBuf = delimiterBuf;
					this.state.delimiterBufPrevious = void 0;
					this.state.delimiterDiscovered = true;
				} else {
					this.state.delimiterBufPrevious = delimiterBuf;
					return;
				}
			}
			const { previousBuf } = this.state;
			let buf;
			if (previousBuf === void 0) {
				if (nextBuf === void 0) {
					close();
					return;
				} else buf = nextBuf;
			} else if (previousBuf !== void 0 && nextBuf === void 0) buf = previousBuf;
			else buf = Buffer.concat([previousBuf, nextBuf]);
			if (bomSkipped === false) {
				if (bom === false) this.state.bomSkipped = true;
				else if (buf.length < 3) {
					if (end === false) {
						this.state.previousBuf = buf;
						return;
					}
				} else {
					for (const encoding in boms) if (boms[encoding].compare(buf, 0, boms[encoding].length) === 0) {
						const bomLength = boms[encoding].length;
						this.state.bufBytesStart += bomLength;
						buf = buf.slice(bomLength);
						const options = normalize_options({
							...this.original_options,
							encoding
						});
						for (const key in options) this.options[key] = options[key];
						({comment, escape, quote} = this.options);
						break;
					}
					this.state.bomSkipped = true;
				}
			}
			const bufLen = buf.length;
			let pos = 0;
			for (; pos < bufLen; pos++) {
				if (this.__needMoreData(pos, bufLen, end)) break;
				if (this.state.wasRowDelimiter === true) {
					this.info.lines++;
					this.state.wasRowDelimiter = false;
				}
				if (to_line !== -1 && this.info.lines > to_line) {
					this.state.stop = true;
					close();
					return;
				}
				if (this.state.quoting === false && record_delimiter.length === 0) {
					if (this.__autoDiscoverRecordDelimiter(buf, pos)) record_delimiter = this.options.record_delimiter;
				}
				const chr = buf[pos];
				if (raw === true) rawBuffer.append(chr);
				if ((chr === cr || chr === nl) && this.state.wasRowDelimiter === false) this.state.wasRowDelimiter = true;
				if (this.state.escaping === true) this.state.escaping = false;
				else {
					if (escape !== null && this.state.quoting === true && this.__isEscape(buf, pos, chr) && pos + escape.length < bufLen) {
						if (escapeIsQuote) {
							if (this.__isQuote(buf, pos + escape.length)) {
								this.state.escaping = true;
								pos += escape.length - 1;
								continue;
							}
						} else {
							this.state.escaping = true;
							pos += escape.length - 1;
							continue;
						}
					}
					if (this.state.commenting === false && this.__isQuote(buf, pos)) {
						if (this.state.quoting === true) {
							const nextChr = buf[pos + quote.length];
							const isNextChrTrimable = rtrim && this.__isCharTrimable(buf, pos + quote.length);
							const isNextChrComment = comment !== null && this.__compareBytes(comment, buf, pos + quote.length, nextChr);
							const isNextChrDelimiter = this.__isDelimiter(buf, pos + quote.length, nextChr);
							const isNextChrRecordDelimiter = record_delimiter.length === 0 ? this.__autoDiscoverRecordDelimiter(buf, pos + quote.length) : this.__isRecordDelimiter(nextChr, buf, pos + quote.length);
							if (escape !== null && this.__isEscape(buf, pos, chr) && this.__isQuote(buf, pos + escape.length)) pos += escape.length - 1;
							else if (!nextChr || isNextChrDelimiter || isNextChrRecordDelimiter || isNextChrComment || isNextChrTrimable) {
								this.state.quoting = false;
								this.state.wasQuoting = true;
								pos += quote.length - 1;
								continue;
							} else if (relax_quotes === false) {
								const err = this.__error(new CsvError("CSV_INVALID_CLOSING_QUOTE", [
									"Invalid Closing Quote:",
									`got "${String.fromCharCode(nextChr)}"`,
									`at line ${this.info.lines}`,
									"instead of delimiter, record delimiter, trimable character",
									"(if activated) or comment"
								], this.options, this.__infoField()));
								if (err !== void 0) return err;
							} else {
								this.state.quoting = false;
								this.state.wasQuoting = true;
								this.state.field.prepend(quote);
								pos += quote.length - 1;
							}
						} else if (this.state.field.length !== 0) {
							if (relax_quotes === false) {
								const info = this.__infoField();
								const bom = Object.keys(boms).map((b) => boms[b].equals(this.state.field.toString()) ? b : false).filter(Boolean)[0];
								const err = this.__error(new CsvError("INVALID_OPENING_QUOTE", [
									"Invalid Opening Quote:",
									`a quote is found on field ${JSON.stringify(info.column)} at line ${info.lines}, value is ${JSON.stringify(this.state.field.toString(encoding))}`,
									bom ? `(${bom} bom)` : void 0
								], this.options, info, { field: this.state.field }));
								if (err !== void 0) return err;
							}
						} else {
							this.state.quoting = true;
							pos += quote.length - 1;
							continue;
						}
					}
					if (this.state.quoting === false) {
						const recordDelimiterLength = this.__isRecordDelimiter(chr, buf, pos);
						if (recordDelimiterLength !== 0) {
							if (this.state.commenting && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) this.info.comment_lines++;
							else {
								if (this.state.enabled === false && this.info.lines + (this.state.wasRowDelimiter === true ? 1 : 0) >= from_line) {
									this.state.enabled = true;
									this.__resetField();
									this.__resetRecord();
									pos += recordDelimiterLength - 1;
									continue;
								}
								if (skip_empty_lines === true && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) {
									this.info.empty_lines++;
									pos += recordDelimiterLength - 1;
									continue;
								}
								this.info.bytes = this.state.bufBytesStart + pos;
								const errField = this.__onField();
								if (errField !== void 0) return errField;
								this.info.bytes = this.state.bufBytesStart + pos + recordDelimiterLength;
								const errRecord = this.__onRecord(push);
								if (errRecord !== void 0) return errRecord;
								if (to !== -1 && this.info.records >= to) {
									this.state.stop = true;
									close();
									return;
								}
							}
							this.state.commenting = false;
							pos += recordDelimiterLength - 1;
							continue;
						}
						if (this.state.commenting) continue;
						if (comment !== null && (comment_no_infix === false || this.state.record.length === 0 && this.state.field.length === 0)) {
							if (this.__compareBytes(comment, buf, pos, chr) !== 0) {
								this.state.commenting = true;
								continue;
							}
						}
						const delimiterLength = this.__isDelimiter(buf, pos, chr);
						if (delimiterLength !== 0) {
							this.info.bytes = this.state.bufBytesStart + pos;
							const errField = this.__onField();
							if (errField !== void 0) return errField;
							pos += delimiterLength - 1;
							continue;
						}
					}
				}
				if (this.state.commenting === false) {
					if (max_record_size !== 0 && this.state.record_length + this.state.field.length > max_record_size) return this.__error(new CsvError("CSV_MAX_RECORD_SIZE", [
						"Max Record Size:",
						"record exceed the maximum number of tolerated bytes",
						`of ${max_record_size}`,
						`at line ${this.info.lines}`
					], this.options, this.__infoField()));
				}
				const lappend = ltrim === false || this.state.quoting === true || this.state.field.length !== 0 || !this.__isCharTrimable(buf, pos);
				const rappend = rtrim === false || this.state.wasQuoting === false;
				if (lappend === true && rappend === true) this.state.field.append(chr);
				else if (rtrim === true && !this.__isCharTrimable(buf, pos)) return this.__error(new CsvError("CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE", [
					"Invalid Closing Quote:",
					"found non trimable byte after quote",
					`at line ${this.info.lines}`
				], this.options, this.__infoField()));
				else {
					if (lappend === false) pos += this.__isCharTrimable(buf, pos) - 1;
					continue;
				}
			}
			if (end === true) {
				if (this.state.quoting === true) {
					const err = this.__error(new CsvError("CSV_QUOTE_NOT_CLOSED", ["Quote Not Closed:", `the parsing is finished with an opening quote at line ${this.info.lines}`], this.options, this.__infoField()));
					if (err !== void 0) return err;
				} else if (this.state.wasQuoting === true || this.state.record.length !== 0 || this.state.field.length !== 0) {
					this.info.bytes = this.state.bufBytesStart + pos;
					const errField = this.__onField();
					if (errField !== void 0) return errField;
					const errRecord = this.__onRecord(push);
					if (errRecord !== void 0) return errRecord;
				} else if (this.state.wasRowDelimiter === true) this.info.empty_lines++;
				else if (this.state.commenting === true) this.info.comment_lines++;
			} else {
				this.state.bufBytesStart += pos;
				this.state.previousBuf = buf.slice(pos);
			}
			if (this.state.wasRowDelimiter === true) {
				this.info.lines++;
				this.state.wasRowDelimiter = false;
			}
		},
		__onRecord: function(push) {
			const { columns, group_columns_by_name, encoding, info, from, relax_column_count, relax_column_count_less, relax_column_count_more, raw, skip_records_with_empty_values } = this.options;
			const { enabled, record } = this.state;
			if (enabled === false) return this.__resetRecord();
			const recordLength = record.length;
			if (columns === true) {
				if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
					this.__resetRecord();
					return;
				}
				return this.__firstLineToColumns(record);
			}
			if (columns === false && this.info.records === 0) this.state.expectedRecordLength = recordLength;
			if (recordLength !== this.state.expectedRecordLength) {
				const err = columns === false ? new CsvError("CSV_RECORD_INCONSISTENT_FIELDS_LENGTH", [
					"Invalid Record Length:",
					`expect ${this.state.expectedRecordLength},`,
					`got ${recordLength} on line ${this.info.lines}`
				], this.options, this.__infoField(), { record }) : new CsvError("CSV_RECORD_INCONSISTENT_COLUMNS", [
					"Invalid Record Length:",
					`columns length is ${columns.length},`,
					`got ${recordLength} on line ${this.info.lines}`
				], this.options, this.__infoField(), { record });
				if (relax_column_count === true || relax_column_count_less === true && recordLength < this.state.expectedRecordLength || relax_column_count_more === true && recordLength > this.state.expectedRecordLength) {
					this.info.invalid_field_length++;
					this.state.error = err;
				} else {
					const finalErr = this.__error(err);
					if (finalErr) return finalErr;
				}
			}
			if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
				this.__resetRecord();
				return;
			}
			if (this.state.recordHasError === true) {
				this.__resetRecord();
				this.state.recordHasError = false;
				return;
			}
			this.info.records++;
			if (from === 1 || this.info.records >= from) {
				const { objname } = this.options;
				if (columns !== false) {
					const obj = {};
					for (let i = 0, l = record.length; i < l; i++) {
						if (columns[i] === void 0 || columns[i].disabled) continue;
						if (group_columns_by_name === true && Object.hasOwn(obj, columns[i].name)) {
							if (Array.isArray(obj[columns[i].name])) obj[columns[i].name] = obj[columns[i].name].concat(record[i]);
							else obj[columns[i].name] = [obj[columns[i].name], record[i]];
						} else Object.defineProperty(obj, columns[i].name, {
							value: record[i],
							enumerable: true,
							writable: true,
							configurable: true
						});
					}
					if (raw === true || info === true) {
						const extRecord = Object.assign({ record: obj }, raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {}, info === true ? { info: this.__infoRecord() } : {});
						const err = this.__push(objname === void 0 ? extRecord : [obj[objname], extRecord], push);
						if (err) return err;
					} else {
						const err = this.__push(objname === void 0 ? obj : [obj[objname], obj], push);
						if (err) return err;
					}
				} else if (raw === true || info === true) {
					const extRecord = Object.assign({ record }, raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {}, info === true ? { info: this.__infoRecord() } : {});
					const err = this.__push(objname === void 0 ? extRecord : [record[objname], extRecord], push);
					if (err) return err;
				} else {
					const err = this.__push(objname === void 0 ? record : [record[objname], record], push);
					if (err) return err;
				}
			}
			this.__resetRecord();
		},
		__firstLineToColumns: function(record) {
			const { firstLineToHeaders } = this.state;
			try {
				const headers = firstLineToHeaders === void 0 ? record : firstLineToHeaders.call(null, record);
				if (!Array.isArray(headers)) return this.__error(new CsvError("CSV_INVALID_COLUMN_MAPPING", [
					"Invalid Column Mapping:",
					"expect an array from column function,",
					`got ${JSON.stringify(headers)}`
				], this.options, this.__infoField(), { headers }));
				const normalizedHeaders = normalize_columns_array(headers);
				this.state.expectedRecordLength = normalizedHeaders.length;
				this.options.columns = normalizedHeaders;
				this.__resetRecord();
				return;
			} catch (err) {
				return err;
			}
		},
		__resetRecord: function() {
			if (this.options.raw === true) this.state.rawBuffer.reset();
			this.state.error = void 0;
			this.state.record = [];
			this.state.record_length = 0;
		},
		__onField: function() {
			const { cast, encoding, rtrim, max_record_size } = this.options;
			const { enabled, wasQuoting } = this.state;
			if (enabled === false) return this.__resetField();
			let field = this.state.field.toString(encoding);
			if (rtrim === true && wasQuoting === false) field = field.trimRight();
			if (cast === true) {
				const [err, f] = this.__cast(field);
				if (err !== void 0) return err;
				field = f;
			}
			this.state.record.push(field);
			if (max_record_size !== 0 && typeof field === "string") this.state.record_length += field.length;
			this.__resetField();
		},
		__resetField: function() {
			this.state.field.reset();
			this.state.wasQuoting = false;
		},
		__push: function(record, push) {
			const { on_record } = this.options;
			if (on_record !== void 0) {
				const info = this.__infoRecord();
				try {
					record = on_record.call(null, record, info);
				} catch (err) {
					return err;
				}
				if (record === void 0 || record === null) return;
			}
			this.info.bytes_records += this.info.bytes;
			push(record);
		},
		__cast: function(field) {
			const { columns, relax_column_count } = this.options;
			if (Array.isArray(columns) === true && relax_column_count && this.options.columns.length <= this.state.record.length) return [void 0, void 0];
			if (this.state.castField !== null) try {
				const info = this.__infoField();
				return [void 0, this.state.castField.call(null, field, info)];
			} catch (err) {
				return [err];
			}
			if (this.__isFloat(field)) return [void 0, parseFloat(field)];
			else if (this.options.cast_date !== false) {
				const info = this.__infoField();
				return [void 0, this.options.cast_date.call(null, field, info)];
			}
			return [void 0, field];
		},
		__compareBytes: function(sourceBuf, targetBuf, targetPos, firstByte) {
			if (sourceBuf[0] !== firstByte) return 0;
			const sourceLength = sourceBuf.length;
			for (let i = 1; i < sourceLength; i++) if (sourceBuf[i] !== targetBuf[targetPos + i]) return 0;
			return sourceLength;
		},
		__isCharTrimable: function(buf, pos) {
			const { timchars, timcharFirstBytes } = this.state;
			const first = buf[pos];
			if (first === void 0 || timcharFirstBytes[first] === 0) return 0;
			loop1: for (let i = 0; i < timchars.length; i++) {
				const timchar = timchars[i];
				for (let j = 0; j < timchar.length; j++) if (timchar[j] !== buf[pos + j]) continue loop1;
				return timchar.length;
			}
			return 0;
		},
		__isDelimiter: function(buf, pos, chr) {
			const { delimiter, ignore_last_delimiters } = this.options;
			if (ignore_last_delimiters === true && this.state.record.length === this.options.columns.length - 1) return 0;
			else if (ignore_last_delimiters !== false && typeof ignore_last_delimiters === "number" && this.state.record.length === ignore_last_delimiters - 1) return 0;
			loop1: for (let i = 0; i < delimiter.length; i++) {
				const del = delimiter[i];
				if (del[0] === chr) {
					for (let j = 1; j < del.length; j++) if (del[j] !== buf[pos + j]) continue loop1;
					return del.length;
				}
			}
			return 0;
		},
		__isEscape: function(buf, pos, chr) {
			const { escape } = this.options;
			if (escape === null) return false;
			const l = escape.length;
			if (escape[0] === chr) {
				for (let i = 0; i < l; i++) if (escape[i] !== buf[pos + i]) return false;
				return true;
			}
			return false;
		},
		__isFloat: function(value) {
			return value - parseFloat(value) + 1 >= 0;
		},
		__isQuote: function(buf, pos) {
			const { quote } = this.options;
			if (quote === null) return false;
			const l = quote.length;
			for (let i = 0; i < l; i++) if (quote[i] !== buf[pos + i]) return false;
			return true;
		},
		__isRecordDelimiter: function(chr, buf, pos) {
			const { record_delimiter } = this.options;
			const recordDelimiterLength = record_delimiter.length;
			loop1: for (let i = 0; i < recordDelimiterLength; i++) {
				const rd = record_delimiter[i];
				const rdLength = rd.length;
				if (rd[0] !== chr) continue;
				for (let j = 1; j < rdLength; j++) if (rd[j] !== buf[pos + j]) continue loop1;
				return rd.length;
			}
			return 0;
		},
		__autoDiscoverRecordDelimiter: function(buf, pos) {
			const { encoding } = this.options;
			const rds = [
				Buffer.from("\r\n", encoding),
				Buffer.from("\n", encoding),
				Buffer.from("\r", encoding)
			];
			loop: for (let i = 0; i < rds.length; i++) {
				const l = rds[i].length;
				for (let j = 0; j < l; j++) if (rds[i][j] !== buf[pos + j]) continue loop;
				this.options.record_delimiter.push(rds[i]);
				this.state.recordDelimiterMaxLength = rds[i].length;
				return rds[i].length;
			}
			return 0;
		},
		__error: function(msg) {
			const { encoding, raw, skip_records_with_error } = this.options;
			const err = typeof msg === "string" ? new Error(msg) : msg;
			if (skip_records_with_error) {
				this.state.recordHasError = true;
				if (this.options.on_skip !== void 0) try {
					this.options.on_skip(err, raw ? this.state.rawBuffer.toString(encoding) : void 0);
				} catch (err) {
					return err;
				}
				return;
			} else return err;
		},
		__infoDataSet: function() {
			return {
				...this.info,
				columns: this.options.columns
			};
		},
		__infoRecord: function() {
			const { columns, raw, encoding } = this.options;
			return {
				...this.__infoDataSet(),
				bytes_records: this.info.bytes,
				error: this.state.error,
				header: columns === true,
				index: this.state.record.length,
				raw: raw ? this.state.rawBuffer.toString(encoding) : void 0
			};
		},
		__infoField: function() {
			const { columns } = this.options;
			const isColumns = Array.isArray(columns);
			const bytes_records = this.info.bytes_records;
			return {
				...this.__infoRecord(),
				bytes_records,
				column: isColumns === true ? columns.length > this.state.record.length ? columns[this.state.record.length].name : null : this.state.record.length,
				quoting: this.state.wasQuoting
			};
		}
	};
};
// node_modules/csv-parse/lib/sync.js
const parse$2 = function(data, opts = {}) {
	if (typeof data === "string") data = Buffer.from(data);
	const records = opts && opts.objname ? Object.create(null) : [];
	const parser = transform(opts);
	const push = (record) => {
		if (parser.options.objname === void 0) records.push(record);
		else records[record[0]] = record[1];
	};
	const close = () => {};
	const error = parser.parse(data, true, push, close);
	if (error !== void 0) throw error;
	return records;
};
// src/dockerfile/parse/mounts.ts
function checkMount(value, line) {
	for (const [key, from] of fieldsOf(value, line)) {
		const dollar = key === "from" && from !== null ? from.indexOf("$") : -1;
		if (dollar !== -1 && dollar !== (from ?? "").length - 1) refuse$1(line, "variables are not expanded in the from of a mount; name a stage with FROM and use that name");
	}
}
function checkBuiltMount(value, line, inRoot, expand) {
	const given = new Map();
	const reject = (what) => refuse$1(line, `the mount ${quote$1(value)} ${what}`);
	let type = "bind";
	for (const [key, text, field] of fieldsOf(value, line)) {
		const name = aliases.get(key) ?? key;
		const written = text === null ? "" : expand(text);
		if (!mountKeys.has(name)) reject(`has the unknown key ${quote$1(key)}`);
		if (text === null && !mountSwitches.has(name)) reject(`has the field ${quote$1(field)} without a value`);
		given.set(name, written ?? unknownValue);
		if (name === "type") {
			type = written?.toLowerCase() ?? null;
			if (type !== null && !mountTypes.has(type)) reject(`has the unknown type ${quote$1(type)}`);
		}
		if (type !== null) checkMountKey(name, written, type, reject);
	}
	if (type !== null) checkMountWhole(given, type, inRoot, reject);
}
const unknownValue = "\0";
const mountTypes = new Set([
	"bind",
	"cache",
	"tmpfs",
	"secret",
	"ssh"
]);
const mountSwitches = new Set([
	"readonly",
	"readwrite",
	"required"
]);
const mountKeys = new Set([...[
	"type",
	"from",
	"source",
	"target",
	"readonly",
	"readwrite",
	"required",
	"size"
], ...[
	"id",
	"sharing",
	"mode",
	"uid",
	"gid",
	"env"
]]);
const aliases = new Map([
	["src", "source"],
	["dst", "target"],
	["destination", "target"],
	["ro", "readonly"],
	["rw", "readwrite"]
]);
function checkMountKey(key, value, type, reject) {
	if (key === "required" && !(type === "secret" || type === "ssh")) reject("cannot be required");
	if (key === "size" && type !== "tmpfs") reject("has a size, which only tmpfs may have");
	if (value === null) return;
	if (mountSwitches.has(key) && value !== "" && !isBoolean(value)) reject(`has a value of ${key} that is neither true nor false`);
	if (key === "size" && !/^[0-9.]/.test(value)) reject("has a size that is not a number");
	if (key === "sharing" && ![
		"shared",
		"private",
		"locked"
	].includes(value.toLowerCase())) reject("has a sharing that is not shared, private or locked");
	if (key === "mode" && !isNumber(value, /^[0-7]+$/, 8)) reject("has a mode that is not octal");
	if ((key === "uid" || key === "gid") && !isNumber(value, /^[0-9]+$/, 10)) reject(`has a ${key} that is not a number`);
}
function checkMountWhole(given, type, inRoot, reject) {
	const has = (key) => (given.get(key) ?? "") !== "";
	const isSecret = type === "secret";
	if (!isSecret && type !== "ssh" && type !== "cache") {
		for (const key of [
			"mode",
			"uid",
			"gid"
		]) if (given.has(key)) reject(`has a ${key}, which its type does not allow`);
	}
	if (has("sharing") && type !== "cache") reject("has a sharing, which only a cache may have");
	if (isSecret && has("from")) reject("is a secret, which cannot come from a stage");
	if (isSecret && !has("source") && !has("target") && !has("id")) reject("names no secret");
	if (isSecret && has("source") && has("id")) reject("has both a source and an id");
	if (type === "ssh" && has("source")) reject("has a source, which type ssh does not allow");
	if (isSecret || type === "ssh") return;
	const target = given.get("target") ?? "";
	if (target === "" && inRoot) reject("needs a target");
	if (target === "/") reject("would hide the root directory");
}
function isNumber(text, form, radix) {
	return form.test(text) && Number.parseInt(text, radix) < 2 ** 32;
}
function checkDevice(value, line) {
	let name = "";
	for (const [key, text, field] of fieldsOf(value, line)) if (key === "required") {
		if (text !== null && !isBoolean(text)) refuse$1(line, `${quote$1(text)} is neither true nor false`);
	} else if (key === "name" && text !== null) {
		if (name !== "") refuse$1(line, "a device has only one name");
		name = text;
	} else {
		if (name !== "") refuse$1(line, `${quote$1(field)} is not a property of a device`);
		name = field;
	}
}
function mountSource(value, line) {
	const fields = fieldsOf(value, line);
	const last = (name) => fields.findLast(([key, text]) => key === name && text !== null)?.[1] ?? "";
	return {
		from: last("from") || null,
		cache: last("type").toLowerCase() === "cache"
	};
}
function fieldsOf(value, line) {
	return csvLine(value, line).map((field) => {
		const at = field.indexOf("=");
		return at === -1 ? [
			field.toLowerCase(),
			null,
			field
		] : [
			field.slice(0, at).toLowerCase(),
			field.slice(at + 1),
			field
		];
	});
}
function csvLine(value, line) {
	try {
		const [fields] = parse$2(value, { record_delimiter: "\n" });
		if (fields !== void 0) return fields;
	} catch (cause) {
		if (!(cause instanceof CsvError)) throw cause;
	}
	return refuse$1(line, `${quote$1(value)} is not a list of comma-separated values`);
}
function isBoolean(text) {
	return [
		"1",
		"t",
		"T",
		"TRUE",
		"true",
		"True",
		"0",
		"f",
		"F",
		"FALSE",
		"false",
		"False"
	].includes(text);
}
// src/dockerfile/parse/checks.ts
const noFlags = new Map();
const addFlags = new Map([
	["chown", "once"],
	["chmod", "once"],
	["link", "switch"],
	["keep-git-dir", "switch"],
	["checksum", "once"],
	["unpack", "switch"],
	["exclude", "many"]
]);
const copyFlags = new Map([
	["chown", "once"],
	["from", "once"],
	["chmod", "once"],
	["link", "switch"],
	["exclude", "many"],
	["parents", "switch"]
]);
const runFlags = new Map([
	["mount", "many"],
	["network", "once"],
	["security", "once"],
	["device", "many"]
]);
const checks = new Map([
	["ADD", (instruction) => checkCopy(instruction, addFlags)],
	["ARG", checkArg],
	["CMD", checkNoFlags],
	["COPY", (instruction) => checkCopy(instruction, copyFlags)],
	["ENTRYPOINT", checkNoFlags],
	["ENV", checkKeyValues],
	["EXPOSE", checkArguments],
	["HEALTHCHECK", checkHealthcheck],
	["LABEL", checkKeyValues],
	["MAINTAINER", checkArguments],
	["ONBUILD", checkArguments],
	["RUN", checkRun],
	["SHELL", checkShell],
	["STOPSIGNAL", checkText],
	["USER", checkArguments],
	["VOLUME", checkVolume],
	["WORKDIR", checkArguments]
]);
function checkInstruction(instruction) {
	checks.get(instruction.keyword)?.(instruction);
}
function checkSyntax({ keyword, text, line, escapeToken }) {
	if (keyword !== "ENV" && keyword !== "LABEL") return;
	const [first, ...rest] = splitWords(text, escapeToken);
	if (first === void 0) return;
	if (!first.includes("=")) {
		if (!/[\t\v\f\r ]/.test(text)) refuse$1(line, `${keyword} must have two arguments`);
		return;
	}
	for (const word of rest) if (!word.includes("=")) refuse$1(line, `${quote$1(word)} does not have the form name=value`);
}
function checkNoFlags({ flags, line }) {
	checkFlags(flags, noFlags, line);
}
function checkText({ keyword, text, line }) {
	if (text === "") refuse$1(line, `${keyword} needs an argument`);
}
function checkArguments(instruction) {
	checkText(instruction);
	checkNoFlags(instruction);
}
function checkArg({ text, escapeToken, line }) {
	const words = splitWords(text, escapeToken);
	if (words.length === 0) refuse$1(line, "ARG needs an argument");
	if (words.some((word) => word.startsWith("="))) refuse$1(line, "the name of an ARG is blank");
}
function checkKeyValues(instruction) {
	checkNoFlags(instruction);
	const { keyword, text, escapeToken, line } = instruction;
	const words = splitWords(text, escapeToken);
	const [first = ""] = words;
	if (words.length === 0) refuse$1(line, `${keyword} needs an argument`);
	if (first.includes("=") && words.some((word) => word.startsWith("="))) refuse$1(line, `a name in ${keyword} is blank`);
}
function checkCopy(instruction, known) {
	const { keyword, flags, line } = instruction;
	const words = argumentsOf(instruction);
	if (words.length < 2) refuse$1(line, `${keyword} needs a source and a destination`);
	checkFlags(flags, known, line);
	if (heredocMarker(words.at(-1) ?? "") !== null) refuse$1(line, `${keyword} cannot copy to a here-document`);
}
function checkRun({ flags, line }) {
	checkFlags(flags, runFlags, line);
	for (const mount of flagValues(flags, "mount")) checkMount(mount, line);
	for (const device of flagValues(flags, "device")) checkDevice(device, line);
	checkOneOf("network", flagValues(flags, "network"), [
		"default",
		"none",
		"host"
	], line);
	checkOneOf("security", flagValues(flags, "security"), ["sandbox", "insecure"], line);
}
function checkOneOf(name, values, known, line) {
	for (const value of values) if (!known.includes(value)) refuse$1(line, `${quote$1(value)} is not a value of --${name}`);
}
function checkShell(instruction) {
	checkNoFlags(instruction);
	if (instruction.json === void 0 || instruction.json.length === 0) refuse$1(instruction.line, "SHELL needs a JSON array of at least one string");
}
function checkVolume(instruction) {
	const words = argumentsOf(instruction);
	if (words.length === 0) refuse$1(instruction.line, "VOLUME needs an argument");
	checkNoFlags(instruction);
	if (words.some((word) => trim(word) === "")) refuse$1(instruction.line, "a path in VOLUME is blank");
}
// src/dockerfile/parse/lines.ts
const maxLineBytes = 65535;
function logicalLines(lines, escapeToken, markersOf) {
	for (const [index, line] of lines.entries()) checkLength$1(line, index + 1);
	const logical = [];
	let next = 0;
	while (next < lines.length) {
		const first = next++;
		let piece = continuation(withoutComment(trimLeft(withoutLineEnd(lines[first] ?? ""))), escapeToken);
		if (piece.last && piece.text === "") continue;
		const pieces = [piece.text];
		while (!piece.last && next < lines.length) {
			const line = withoutLineEnd(lines[next++] ?? "");
			if (trimLeft(withoutComment(line)) === "") continue;
			piece = continuation(line, escapeToken);
			pieces.push(piece.text);
		}
		const text = pieces.join("");
		const heredocs = [];
		for (const marker of markersOf(text, first + 1)) {
			const end = endOfHeredoc(lines, next, marker);
			if (end === -1) refuse$1(first + 1, `the here-document ${quote$1(marker.name)} has no end`);
			heredocs.push({
				...marker,
				content: lines.slice(next, end).join("")
			});
			next = end + 1;
		}
		logical.push({
			text,
			line: first + 1,
			endLine: next,
			heredocs
		});
	}
	return logical;
}
function checkLength$1(line, number) {
	if (Buffer.byteLength(line.endsWith("\n") ? line.slice(0, -1) : line) > maxLineBytes) refuse$1(number, `the line is longer than ${maxLineBytes} bytes`);
}
function withoutLineEnd(line) {
	let end = line.length;
	while (end > 0 && (line[end - 1] === "\n" || line[end - 1] === "\r")) end--;
	return line.slice(0, end);
}
function withoutComment(line) {
	return trimLeft(line).startsWith("#") ? "" : line;
}
function continuation(line, escapeToken) {
	let end = line.length;
	while (end > 0 && (line[end - 1] === " " || line[end - 1] === "	")) end--;
	return end > 0 && line[end - 1] === escapeToken && line[end - 2] !== escapeToken ? {
		text: line.slice(0, end - 1),
		last: false
	} : {
		text: line,
		last: true
	};
}
function endOfHeredoc(lines, from, marker) {
	for (let at = from; at < lines.length; at++) {
		const line = withoutLineEnd(lines[at] ?? "");
		if ((marker.chomp ? line.replace(/^\t+/, "") : line) === marker.name) return at;
	}
	return -1;
}
// src/dockerfile/parse/dockerfile.ts
const maxBytes$2 = 1048576;
const keywords = new Set(Object.values(import_main.Keyword));
const withHeredocs = new Set([
	import_main.Keyword.ADD,
	import_main.Keyword.COPY,
	import_main.Keyword.RUN
]);
const noTriggers = new Set([
	import_main.Keyword.FROM,
	import_main.Keyword.MAINTAINER,
	import_main.Keyword.ONBUILD
]);
function parseDockerfile(text, syntax) {
	if (Buffer.byteLength(text) > maxBytes$2) throw new Failure("dockerfile-invalid", "The Dockerfile is larger than 1 MiB. Make it smaller.");
	checkFrontend(text, syntax);
	const { escapeToken, instructions } = readInstructions(text);
	for (const instruction of instructions) checkKnown(instruction);
	const firstFrom = instructions.findIndex(({ keyword }) => keyword === import_main.Keyword.FROM);
	const metaArgs = instructions.slice(0, firstFrom === -1 ? instructions.length : firstFrom);
	for (const { keyword, line } of metaArgs) if (keyword !== import_main.Keyword.ARG) refuse$1(line, `${keyword} appears before the first FROM, where only ARG is allowed`);
	const stages = stagesOf$1(instructions.slice(metaArgs.length));
	if (stages.length === 0) throw new Failure("dockerfile-invalid", "The Dockerfile has no FROM. Start it with FROM and a base image.");
	return {
		escapeToken,
		metaArgs,
		stages
	};
}
function parseTrigger(expression, line) {
	const [read, ...more] = readInstructions(expression).instructions;
	if (read === void 0 || more.length > 0) refuse$1(line, "an ONBUILD trigger must be one instruction");
	const trigger = {
		...read,
		line,
		endLine: line
	};
	if (trigger.keyword === import_main.Keyword.FROM) refuse$1(line, "FROM cannot be triggered by ONBUILD");
	checkKnown(trigger);
	return trigger;
}
function triggerExpression({ text, heredocs }) {
	return [text, ...heredocs.map(({ content, name }) => content + name)].join("\n");
}
function readInstructions(text) {
	const lines = text.replace(/^\uFEFF/, "").match(/[^\n]*\n|[^\n]+$/g) ?? [];
	const escapeToken = readEscape(lines);
	const markersOf = (joined, line) => heredocsOf(joined, line, escapeToken);
	return {
		escapeToken,
		instructions: logicalLines(lines, escapeToken, markersOf).map((logical) => ({
			...readInstruction(logical.text, logical.line, escapeToken),
			endLine: logical.endLine,
			heredocs: logical.heredocs
		}))
	};
}
function readInstruction(joined, line, escapeToken) {
	const text = trim(joined);
	const end = keywordEnd(text);
	const { flags, rest } = takeFlags(text.slice(end).replace(/^[\t\v\f\r ]+/, ""), escapeToken);
	const keyword = keywordOf(text.slice(0, end));
	const argument = trim(rest);
	const json = jsonArguments(keyword, argument, line);
	const instruction = {
		keyword,
		line,
		endLine: line,
		flags,
		text: argument,
		...json === null ? {} : { json },
		heredocs: [],
		escapeToken
	};
	checkSyntax(instruction);
	if (keyword === import_main.Keyword.ONBUILD && argument !== "") readInstruction(argument, line, escapeToken);
	return instruction;
}
function keywordEnd(text) {
	const line = text.replace(/[\v\f\r]/g, " ");
	const [instruction] = import_main.DockerfileParser.parse(line).getInstructions();
	return instruction?.getInstructionRange().end.character ?? 0;
}
function keywordOf(written) {
	return lower(written).toUpperCase();
}
function heredocsOf(joined, line, escapeToken) {
	if (!joined.includes("<<")) return [];
	const instruction = readInstruction(joined, line, escapeToken);
	const holder = instruction.keyword === import_main.Keyword.ONBUILD && instruction.text !== "" ? readInstruction(instruction.text, line, escapeToken) : instruction;
	return withHeredocs.has(holder.keyword) && holder.json === void 0 ? heredocMarkers(joined) : [];
}
function checkKnown(instruction) {
	const { keyword, line, text, escapeToken } = instruction;
	if (!keywords.has(keyword)) refuse$1(line, `unknown instruction ${quote$1(keyword)}; the nearest is ${(0, import_fastest_levenshtein.closest)(keyword, [...keywords])}`);
	checkInstruction(instruction);
	if (keyword !== import_main.Keyword.ONBUILD) return;
	const trigger = readInstruction(text, line, escapeToken).keyword;
	if (noTriggers.has(trigger)) refuse$1(line, `${trigger} cannot be triggered by ONBUILD`);
}
function stagesOf$1(instructions) {
	const stages = [];
	for (const instruction of instructions) if (instruction.keyword === import_main.Keyword.FROM) stages.push({
		...readFrom(instruction),
		instructions: []
	});
	else stages.at(-1)?.instructions.push(instruction);
	return stages;
}
function readFrom(from) {
	const words = argumentsOf(from);
	const [base = "", as, written] = words;
	const hasName = words.length === 3 && lower(as ?? "") === "as";
	if (words.length !== 1 && !hasName) refuse$1(from.line, "FROM needs one argument, or three: FROM image AS name");
	const name = hasName ? lower(written ?? "") : null;
	if (name !== null && !/^[a-z][a-z0-9\-_.]*$/.test(name)) refuse$1(from.line, `${quote$1(written ?? "")} cannot name a stage: a name begins with a letter and contains only letters, digits, - _ .`);
	checkFlags(from.flags, new Map([["platform", "once"]]), from.line);
	return {
		name,
		base,
		platform: flagValues(from.flags, "platform")[0] || null,
		from
	};
}
// src/dockerfile/stages/taken-for-image.ts
function takenForImages({ stages }) {
	const known = new Set(stages.map(({ name }) => name));
	return stages.flatMap(({ instructions }) => instructions).flatMap((instruction) => sourcesOf$2(instruction).filter(({ name }) => likeStage.test(name) && !known.has(lower(name))).map((source) => ({
		line: instruction.line,
		...source
	})));
}
const likeStage = /^[a-z][a-z0-9._-]*$/i;
function sourcesOf$2({ keyword, flags, line }) {
	if (keyword === "COPY") return flagValues(flags, "from").map((name) => ({
		does: "copies",
		name
	}));
	if (keyword !== "RUN") return [];
	return flagValues(flags, "mount").map((mount) => mountSource(mount, line).from).flatMap((name) => name === null ? [] : [{
		does: "mounts",
		name
	}]);
}
// src/docker/build/missing-stage.ts
function missingStage({ failed, text: lines }, text) {
	const output = [
		failed?.name ?? "",
		failed?.error ?? "",
		...lines
	].join("\n");
	const found = sourcesIn(text).find(({ name }) => [
		":",
		"/",
		")"
	].some((end) => output.includes(`library/${name}${end}`)));
	if (found === void 0) return null;
	const { line, does, name } = found;
	return `Line ${line} ${does} from \`${name}\`. No stage of this Dockerfile has that name, so it was taken for an image.`;
}
function sourcesIn(text) {
	try {
		return takenForImages(parseDockerfile(text));
	} catch {
		return [];
	}
}
// src/docker/build/failure.ts
var DeliveryFailure = class extends Failure {};
function isOfPush({ failed, text }, reference) {
	const path = reference.slice(reference.indexOf("/"), reference.lastIndexOf(":"));
	return [failed?.error ?? "", ...text].some((line) => line.includes(path));
}
function buildFailure(outcome, side, target, dockerfile = {
	path: "Dockerfile",
	text: ""
}) {
	const what = `The build of the ${side}'s image`;
	const error = finalError(outcome.text);
	const exit = /^process ".*" did not complete successfully: (.*)$/s.exec(outcome.failed?.error ?? "")?.[1];
	const reason = exit ?? `${outcome.failed?.error ?? ""}\n${error}`;
	if (saysNoSpace(reason)) return noSpace(what);
	if (exit === void 0) {
		if (saysThrottled(reason)) return pullThrottled(what);
		if (/target stage .* could not be found/.test(error)) return new Failure("target-unknown", `${what} failed: the Dockerfile has no stage "${harmlessLine(target ?? "")}". Set the input \`target\` to the name of one of its stages.`);
		if (outcome.failed === null && !/failed to (build|solve)/.test(outcome.text.join("\n"))) return engineFailure(outcome.text.join("\n"), what);
	}
	const missing = exit === void 0 ? missingStage(outcome, dockerfile.text) : null;
	return new Failure("build-failed", formatMessage(outcome, what, [exit ?? outcome.failed?.error ?? error, missing], dockerfile.path));
}
function formatMessage({ failed, text }, what, why, path) {
	const line = dockerfileLine(text);
	const file = path === "Dockerfile" ? "the Dockerfile" : harmlessLine(path);
	const place = [line === null ? null : `line ${line} of ${file}`, failed && cut(failed.name)].filter((part) => part !== null).join(", ");
	const reasons = why.filter((reason) => reason !== null).map((reason) => asSentence$1(harmlessLine(reason)));
	const first = `${what} failed${place === "" ? "" : ` at ${place}`}: ${reasons.join(" ")}`;
	if (failed === null || failed.tail.length === 0) return first;
	return [`${first} Its last lines:`, ...failed.tail.map((line) => `  ${line}`)].join("\n");
}
function cut(name) {
	return name.length <= 200 ? name : `${name.slice(0, 200).toWellFormed()}…`;
}
function finalError(text) {
	return (text.findLast((line) => line.startsWith("ERROR: ")) ?? text.at(-1) ?? "no reason was given").replace(/^ERROR: (failed to build: )?(failed to solve: )?/, "");
}
function dockerfileLine(text) {
	const marked = text.map((line) => /^ *(\d+) \| >>> /.exec(line)?.[1]).find((number) => number !== void 0);
	return marked === void 0 ? null : Number(marked);
}
// src/oci/digest.ts
function isDigest(text) {
	return typeof text === "string" && /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}
function algorithmOf(digest) {
	return digest.startsWith("sha512:") ? "sha512" : "sha256";
}
function digestOf(bytes, algorithm = "sha256") {
	return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}
function isOfNothing(digest) {
	return digest === digestOf(new Uint8Array(), algorithmOf(digest));
}
function blobPath(digest) {
	return `blobs/${digest.replace(":", "/")}`;
}
function digestAt(path) {
	const digest = path.replace(/^blobs\/([^/]+)\//, "$1:");
	return isDigest(digest) ? digest : null;
}
// src/docker/engine/stream.ts
async function streamFromEngine(socket, path, signal) {
	const reader = new SocketReader(socket, `GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`, signal);
	const start = await startOfBody(reader).catch(() => null);
	if (start !== null) return bodyOf$1(reader, start);
	reader.close();
	return null;
}
async function startOfBody(reader) {
	let text = "";
	while (text.length < maxHead) {
		const chunk = await reader.next();
		if (chunk === null) return null;
		const before = text.length;
		text += chunk.toString("latin1");
		const end = text.indexOf("\r\n\r\n");
		if (end < 0) continue;
		const head = text.slice(0, end);
		return /^HTTP\/1\.[01] 200 /.test(head) && !/^transfer-encoding:/im.test(head) ? chunk.subarray(end + 4 - before) : null;
	}
	return null;
}
async function* bodyOf$1(reader, start) {
	try {
		if (start.length > 0) yield start;
		for (let chunk = await reader.next(); chunk !== null; chunk = await reader.next()) yield chunk;
	} finally {
		reader.close();
	}
}
const maxHead = 65536;
const bufferSize = 262144;
var SocketReader = class {
	#socket;
	#chunk = null;
	#isOver = false;
	#error = null;
	#wake = () => {};
	constructor(path, request, signal) {
		const callback = (length, buffer) => {
			this.#chunk = Buffer.from(buffer.buffer, buffer.byteOffset, length);
			this.#wake();
			return false;
		};
		const onread = {
			buffer: Buffer.allocUnsafeSlow(bufferSize),
			callback
		};
		this.#socket = connect({
			path,
			onread,
			...signal && { signal }
		});
		this.#socket.on("error", (error) => {
			this.#error = error;
		});
		this.#socket.once("close", () => {
			this.#isOver = true;
			this.#wake();
		});
		this.#socket.write(request);
	}
	async next() {
		if (this.#chunk === null && !this.#isOver) {
			const ready = new Promise((resolve) => {
				this.#wake = resolve;
			});
			this.#socket.resume();
			await ready;
		}
		const chunk = this.#chunk;
		this.#chunk = null;
		if (chunk === null && this.#error !== null) throw this.#error;
		return chunk;
	}
	close() {
		this.#socket.destroy();
	}
};
// src/docker/engine/save-and-pull.ts
async function* saveImages(references, engine, { signal } = {}) {
	try {
		yield* await archiveFromSocket(references, engine.socket, signal) ?? archiveFromCli(references, engine, signal);
	} catch (error) {
		throwIfCancelled(signal);
		if (error instanceof Failure) throw error;
		throw new Failure("engine-failed", "The engine broke off while saving the image. Run again.", { cause: error });
	}
}
async function archiveFromSocket(references, socket, signal) {
	if (socket === null) return null;
	const names = references.map((reference) => ["names", reference]);
	return streamFromEngine(socket, `/images/get?${new URLSearchParams(names)}`, signal);
}
async function* archiveFromCli(references, { env }, signal) {
	const child = startDocker([
		"image",
		"save",
		"--",
		...references
	], {
		env,
		signal
	});
	try {
		yield* child.stdout;
		const { code, stderr } = await child.end;
		if (code !== 0) throw imageFailure(stderr, references.join(", "), "docker save");
	} finally {
		child.kill();
	}
}
async function pullImage(reference, platform, engine, options = {}) {
	const args = [
		"image",
		"pull",
		"--quiet",
		...platform === null ? [] : ["--platform", platform],
		"--",
		reference
	];
	const pull = async () => {
		const { code, stderr } = await runDocker(args, {
			env: engine.env,
			signal: options.signal
		});
		if (code === 0) return;
		const doing = `The pull of ${harmlessLine(reference)}`;
		if (saysThrottled(stderr)) throw pullThrottled(doing);
		throw imageFailure(stderr, reference, doing);
	};
	await retryThrottled(pull, options.signal, options.firstWait);
}
function imageFailure(stderr, reference, doing) {
	const image = harmlessLine(reference);
	if (/no matching manifest for|does not provide the specified platform/i.test(stderr)) return new Failure("platform-missing", `${doing} failed: ${image} has no variant for the platform. Set the input \`platforms\` to one that the image has.`);
	if (saysNoImage(stderr)) return new Failure("image-not-found", `${doing} failed: the image ${image} does not exist, or access to it is denied. Check its name, and log in to its registry before this step.`);
	return engineFailure(stderr, doing);
}
function saysNoImage(stderr) {
	return /no such image|invalid reference format|reference does not exist|manifest unknown|manifest for .* not found|pull access denied|: not found|repository .* not found|name unknown/i.test(stderr);
}
// src/docker/engine/image.ts
async function findEngineImage(reference, engine, options = {}) {
	const { signal } = options;
	if (engine.socket !== null) {
		const path = `/images/${inPath(reference)}/json`;
		const response = await askEngine(engine.socket, {
			method: "GET",
			path,
			signal
		});
		if (response?.status === 200) return parseImage(response.body);
	}
	const { code, stdout, stderr } = await runDocker([
		"image",
		"inspect",
		"--format",
		"{{json .}}",
		"--",
		reference
	], {
		env: engine.env,
		signal
	});
	if (code === 0) return parseImage(stdout);
	if (saysNoImage(stderr)) return null;
	throw engineFailure(stderr, "docker image inspect");
}
function parseImage(text) {
	const { Id, RepoTags, RepoDigests, Size, RootFS } = parse$3(imageSchema, JSON.parse(text));
	return {
		id: isDigest(Id) ? Id : null,
		diffIds: RootFS.Layers.filter(isDigest),
		size: Size,
		digests: RepoDigests.map((named) => named.slice(named.lastIndexOf("@") + 1)),
		hasName: RepoTags.length + RepoDigests.length > 0
	};
}
const names$2 = nullish(array(string()), []);
const imageSchema = object({
	Id: nullish(string(), ""),
	RepoTags: names$2,
	RepoDigests: names$2,
	Size: nullish(number$2(), 0),
	RootFS: nullish(object({ Layers: names$2 }), { Layers: [] })
});
// src/docker/build/materials.ts
async function withRegistryDigests(materials, engine, signal) {
	if (engine.driver !== "docker" || engine.store !== "graphdriver") return materials;
	return (await Promise.all(materials.map((material) => withRegistryDigest(material, engine, signal)))).filter((material) => material !== null);
}
async function withRegistryDigest(material, engine, signal) {
	const image = await findEngineImage(material.reference, engine, { signal }).catch(() => null);
	throwIfCancelled(signal);
	if (image === null || chainId(image.diffIds) !== material.digest) return material;
	const [digest, ...others] = new Set(image.digests);
	return isDigest(digest) && others.length === 0 ? {
		...material,
		digest
	} : null;
}
function chainId(diffIds) {
	const [lowest, ...above] = diffIds;
	return above.reduce((below, diffId) => `sha256:${createHash("sha256").update(`${below} ${diffId}`).digest("hex")}`, lowest);
}
// src/dockerfile/build-record/build-order.ts
const maxCommands = 1e3;
function stepsAlone(steps) {
	const reachable = steps.filter(({ isReachable }) => isReachable).map(({ id }) => id);
	if (reachable.length > maxCommands) return new Set();
	const inputs = new Map(steps.map(({ id, inputs }) => [id, inputs.map(stepOf)]));
	const users = new Map(steps.map(({ id }) => [id, []]));
	for (const [id, used] of inputs) for (const input of used) users.get(input)?.push(id);
	return new Set(reachable.filter((id) => {
		const ordered = new Set([...allFrom(id, inputs), ...allFrom(id, users)]);
		return reachable.every((other) => ordered.has(other));
	}));
}
function stepOf(input) {
	return input.replace(/:[0-9]+$/, "");
}
function allFrom(id, next) {
	const found = new Set([id]);
	for (const step of found) for (const neighbour of next.get(step) ?? []) found.add(neighbour);
	return found;
}
// src/dockerfile/build-record/build-record.ts
function readBuildRecord(provenance) {
	const parsed = safeParse(provenanceSchema$1, provenance);
	if (!parsed.success) return null;
	const { request, definition, layers } = parsed.output;
	const { frontend, args } = request;
	const source = args["source"] ?? null;
	if (!(frontend === "dockerfile.v0" ? source === null : frontend === "gateway.v0" && source !== null)) return null;
	const alone = stepsAlone(definition.map(({ id, op, inputs }) => ({
		id,
		inputs,
		isReachable: !is(unreachableSchema, op.Op)
	})));
	return {
		frontend: source,
		ignoredCache: args["no-cache"] === "",
		steps: definition.flatMap(({ id, op }) => {
			const [chain, ...others] = layers[`${id}:0`] ?? [];
			if (chain === void 0 || others.length > 0) return [];
			return [{
				image: imageOf$1(op.Op),
				platform: platformOf$2(op),
				operation: createHash("sha256").update(JSON.stringify(op)).digest("hex"),
				isClosedCommand: is(closedCommandSchema, op.Op) && (alone.has(id) || is(unreachableSchema, op.Op)),
				layers: chain.map(({ digest }) => digest)
			}];
		})
	};
}
const requestSchema = object({
	frontend: string(),
	args: optional$1(record(string(), string()), {})
});
const definitionSchema = array(object({
	id: string(),
	op: looseObject({ Op: record(string(), unknown$4()) }),
	inputs: optional$1(array(string()), [])
}));
const layersSchema = optional$1(record(string(), array(array(object({ digest: string() })))), {});
const metadataOf02 = "https://mobyproject.org/buildkit@v1#metadata";
const provenanceSchema$1 = union([pipe(object({
	invocation: object({ parameters: requestSchema }),
	buildConfig: object({ llbDefinition: definitionSchema }),
	metadata: object({ [metadataOf02]: object({ layers: layersSchema }) })
}), transform$1(({ invocation, buildConfig, metadata }) => ({
	request: invocation.parameters,
	definition: buildConfig.llbDefinition,
	layers: metadata[metadataOf02]?.layers ?? {}
}))), pipe(object({
	buildDefinition: object({
		externalParameters: object({ request: requestSchema }),
		internalParameters: object({ buildConfig: object({ llbDefinition: definitionSchema }) })
	}),
	runDetails: object({ metadata: object({ buildkit_metadata: object({ layers: layersSchema }) }) })
}), transform$1(({ buildDefinition, runDetails }) => ({
	request: buildDefinition.externalParameters.request,
	definition: buildDefinition.internalParameters.buildConfig.llbDefinition,
	layers: runDetails.metadata.buildkit_metadata.layers
})))]);
function platformOf$2(operation) {
	const parsed = safeParse(platformSchema, operation);
	if (!parsed.success) return "";
	const { OS, Architecture, Variant } = parsed.output.platform;
	return [
		OS,
		Architecture,
		Variant
	].filter((part) => part !== void 0).join("/");
}
const platformSchema = object({ platform: object({
	OS: string(),
	Architecture: string(),
	Variant: optional$1(string())
}) });
const sourceSchema = object({ source: object({ identifier: string() }) });
const imagePrefix = "docker-image://";
function imageOf$1(operation) {
	const parsed = safeParse(sourceSchema, operation);
	const identifier = parsed.success ? parsed.output.source.identifier : "";
	return identifier.startsWith(imagePrefix) ? identifier.slice(15) : null;
}
const noNetwork = literal$1(2);
const unreachableSchema = union([
	strictObject({}),
	...[
		"source",
		"file",
		"merge",
		"diff"
	].map((kind) => strictObject({ [kind]: unknown$4() })),
	strictObject({ exec: looseObject({ network: noNetwork }) })
]);
const closedCommandSchema = strictObject({ exec: strictObject({
	meta: looseObject({}),
	mounts: strictTuple([strictObject({ dest: literal$1("/") })]),
	network: optional$1(noNetwork)
}) });
// src/docker/build/metadata.ts
function parseBuildMetadata(text) {
	const metadata = safeParse(metadataSchema, JSON.parse(text));
	if (!metadata.success) return noMetadata;
	const digest = metadata.output["containerimage.config.digest"];
	const provenances = Object.entries(metadata.output).filter(([key]) => /^buildx\.build\.provenance(\/|$)/.test(key));
	const materials = new Map();
	for (const [, provenance] of provenances) for (const { uri, digest } of materialsOf(provenance)) {
		const reference = referenceOf$2(uri);
		const sha256 = `sha256:${digest.sha256}`;
		if (reference !== null && isDigest(sha256)) materials.set(reference, {
			reference,
			digest: sha256
		});
	}
	const [only, ...others] = provenances;
	return {
		configDigest: isDigest(digest) ? digest : null,
		materials: [...materials.values()],
		recorded: provenances.flatMap(([, provenance]) => sourcesOf$1(provenance)),
		record: only === void 0 || others.length > 0 ? null : readBuildRecord(only[1])
	};
}
const noMetadata = {
	configDigest: null,
	materials: [],
	recorded: [],
	record: null
};
const metadataSchema = record(string(), unknown$4());
const listSchema = array(object({
	uri: string(),
	digest: optional$1(object({ sha256: optional$1(string()) }), {})
}));
const provenanceSchema = union([pipe(object({ materials: listSchema }), transform$1(({ materials }) => materials)), pipe(object({ buildDefinition: object({ resolvedDependencies: listSchema }) }), transform$1(({ buildDefinition }) => buildDefinition.resolvedDependencies))]);
const recordSchema = object({ source: object({ infos: array(object({
	filename: string(),
	data: optional$1(string(), "")
})) }) });
const recordedSchema = union([pipe(object({ metadata: object({ "https://mobyproject.org/buildkit@v1#metadata": recordSchema }) }), transform$1(({ metadata }) => metadata["https://mobyproject.org/buildkit@v1#metadata"])), pipe(object({ runDetails: object({ metadata: object({ buildkit_metadata: recordSchema }) }) }), transform$1(({ runDetails }) => runDetails.metadata.buildkit_metadata))]);
function sourcesOf$1(provenance) {
	const parsed = safeParse(recordedSchema, provenance);
	if (!parsed.success) return [];
	return parsed.output.source.infos.map(({ filename, data }) => ({
		name: filename,
		bytes: Buffer.from(data, "base64")
	}));
}
function materialsOf(provenance) {
	const parsed = safeParse(provenanceSchema, provenance);
	return parsed.success ? parsed.output : [];
}
function referenceOf$2(uri) {
	const parts = /^pkg:docker\/([^@?#]+)(?:@([^?#]*))?(?:\?([^#]*))?$/.exec(uri);
	if (parts?.[1] === void 0) return null;
	try {
		const name = decodeURIComponent(parts[1]);
		const version = decodeURIComponent(parts[2] ?? "");
		const pinned = new URLSearchParams(parts[3] ?? "").get("digest");
		const isVersionDigest = isDigest(version);
		const reference = parseReference(`${name}${version === "" || isVersionDigest ? "" : `:${version}`}${isVersionDigest ? `@${version}` : pinned === null ? "" : `@${pinned}`}`);
		return reference === null ? null : formatReference(reference);
	} catch {
		return null;
	}
}
// src/docker/build/metadata-file.ts
async function readBuildMetadata(path) {
	const size = await stat(path).then((file) => file.size, () => null);
	if (size === null || size > maxBytes$1) return noMetadata;
	return parseBuildMetadata(await readFile(path, "utf8"));
}
const maxBytes$1 = 67108864;
// src/docker/build/progress.ts
function buildLog(write, maxBytes = mostLogged, mask = maskOf([])) {
	const steps = new Map();
	const text = [];
	let failed = null;
	let left = maxBytes;
	let announced = 0;
	function say(line) {
		if (left <= 0) return;
		const harmless = harmlessLine(line);
		left -= Buffer.byteLength(harmless) + 1;
		write(left > 0 ? harmless : `Further output of the builder is omitted: it exceeds ${maxBytes} bytes.`);
	}
	function stepOf(digest) {
		const known = steps.get(digest);
		if (known !== void 0) return known;
		const step = newStep();
		steps.set(digest, step);
		return step;
	}
	function outputOf({ outputs }, stream) {
		const known = outputs.get(stream);
		if (known !== void 0) return known;
		const output = {
			bytes: mask.stream(),
			decoder: new StringDecoder("utf8"),
			unfinished: ""
		};
		outputs.set(stream, output);
		return output;
	}
	function readVertex(vertex) {
		const step = stepOf(vertex.digest);
		step.name = mask.text(vertex.name);
		if (vertex.started === void 0 && vertex.completed === void 0) return;
		const isInternal = vertex.name.startsWith("[internal]") && vertex.error === "";
		if (step.number === 0 && !isInternal) {
			announced += 1;
			step.number = announced;
			say(`#${step.number} ${step.name}`);
		}
		if (vertex.completed === void 0 || step.isEnded) return;
		step.isEnded = true;
		step.error = mask.text(vertex.error);
		for (const output of step.outputs.values()) sayOutput(step, output, output.bytes.end(), true);
		if (vertex.error !== "" && !vertex.error.endsWith("context canceled")) failed ??= step;
		if (step.number > 0) say(`#${step.number} ${ending(vertex, step.error)}`);
	}
	function sayOutput(step, output, bytes, isLast) {
		const decoded = output.decoder.write(bytes) + (isLast ? output.decoder.end() : "");
		const lines = (output.unfinished + decoded).split("\n");
		const rest = lines.pop() ?? "";
		const isFlushed = isLast || rest.length > maxUnfinished;
		output.unfinished = isFlushed ? "" : rest;
		if (isFlushed && rest !== "") lines.push(rest);
		for (const line of lines) sayLine(step, harmlessLine(mask.text(lastShown(line))));
	}
	function sayLine(step, line) {
		step.tail.push(line);
		if (step.tail.length > maxTailLines$1) step.tail.shift();
		say(`#${step.number} ${line}`);
	}
	function read(line) {
		const status = parseStatus(line);
		if (status === null) {
			text.push(mask.text(line).slice(0, maxUnfinished));
			if (text.length > maxTextLines) text.shift();
			return;
		}
		for (const vertex of status.vertexes.filter((vertex) => vertex.completed === void 0)) readVertex(vertex);
		for (const { vertex, stream, data } of status.logs) {
			const step = stepOf(vertex);
			if (mask.withholds) {
				if (step.tail.length === 0) sayLine(step, withheld$1);
				continue;
			}
			const output = outputOf(step, stream);
			sayOutput(step, output, output.bytes.write(Buffer.from(data ?? "", "base64")), false);
		}
		for (const vertex of status.vertexes.filter((vertex) => vertex.completed !== void 0)) readVertex(vertex);
	}
	function end() {
		return {
			failed: failed === null ? null : failedStep(failed),
			text
		};
	}
	return {
		read,
		end
	};
}
const mostLogged = 4194304;
const withheld$1 = "The output of this step is withheld: a secret of the build is shorter than four characters, so it cannot be distinguished from other text.";
const maxTailLines$1 = 20;
const maxTextLines = 200;
const maxUnfinished = 8192;
function newStep() {
	return {
		number: 0,
		outputs: new Map(),
		tail: [],
		name: "",
		error: "",
		isEnded: false
	};
}
function failedStep(step) {
	return {
		name: harmlessLine(step.name),
		error: step.error,
		tail: step.tail
	};
}
function lastShown(line) {
	const trimmed = line.replace(/\r+$/, "");
	return trimmed.slice(trimmed.lastIndexOf("\r") + 1);
}
function ending(vertex, error) {
	if (error !== "") return `ERROR: ${error}`;
	if (vertex.cached) return "CACHED";
	const seconds = (Date.parse(vertex.completed ?? "") - Date.parse(vertex.started ?? "")) / 1e3;
	return Number.isFinite(seconds) ? `DONE ${seconds.toFixed(1)}s` : "DONE";
}
const statusSchema = object({
	vertexes: optional$1(array(object({
		digest: string(),
		name: optional$1(string(), ""),
		started: optional$1(string()),
		completed: optional$1(string()),
		cached: optional$1(boolean(), false),
		error: optional$1(string(), "")
	})), []),
	logs: optional$1(array(object({
		vertex: optional$1(string(), ""),
		stream: optional$1(number$2(), 1),
		data: nullish(string())
	})), [])
});
function parseStatus(line) {
	if (!line.startsWith("{")) return null;
	try {
		const parsed = safeParse(statusSchema, JSON.parse(line));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}
// src/process/system-error.ts
const nulInPath = "ERR_INVALID_ARG_VALUE";
const meanings = new Map([
	["ENOENT", "does not exist"],
	["ENOTDIR", "does not exist: a part of its path is a file, not a directory"],
	["EACCES", "is not accessible to this user: change its permissions, or those of the directories above it"],
	["EPERM", "is not accessible to this user: the system forbids it, whatever its permissions"],
	["EISDIR", "is a directory: name a file"],
	["ELOOP", "leads into a loop of symbolic links: name the file itself"],
	["ENAMETOOLONG", "has a name that is too long: shorten it"],
	[nulInPath, "contains a NUL, which no file name can contain: remove it"],
	["ENXIO", "is a socket, or a device that does not exist: name a regular file"],
	["ENODEV", "is a device that does not exist: name a regular file"],
	["EINVAL", "cannot be read or written like a file: name a regular file"],
	["EIO", "is on a disk that reports an error: check the disk"],
	["ESTALE", "is no longer available on its network disk: mount the disk again"],
	["ETIMEDOUT", "is on a disk that does not respond: check the network"],
	["EMFILE", "exceeds this process's limit of open files: raise it with ulimit -n"],
	["ENFILE", "exceeds this machine's limit of open files: end other programs"],
	["ENOMEM", "needs more memory than this machine has left: end other programs"],
	["EBUSY", "is in use: end the program that uses it"],
	["ETXTBSY", "is a running program: end it"],
	["EAGAIN", "is locked by another program: end that program"],
	["EROFS", "is on a disk that is mounted read-only: name another location"],
	["ENOSPC", "is on a full disk: free some space"],
	["EDQUOT", "exceeds this user's quota on its disk: free some space"],
	["EFBIG", "exceeds the maximum file size of its disk or of this process: name another location"],
	["ERR_FS_FILE_TOO_LARGE", "is far too large for its purpose"],
	["EEXIST", "already exists: name another location"]
]);
function isSystemError(error) {
	if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
	if (error.code === nulInPath) return error.message.includes("null bytes");
	return "errno" in error && typeof error.errno === "number" || meanings.has(error.code);
}
function isAbsent(error) {
	return isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
function systemMeaning(error, file = error.path) {
	if (file !== void 0) return `${file.replaceAll("\0", "␀")} ${whyRefused(error)}.`;
	return `The system refuses ${error.syscall ?? "a call"}: ${wordsOf(error)} (${error.code}).`;
}
function whyRefused(error) {
	const { code = "" } = error;
	return `${meanings.get(code) ?? `cannot be used: ${wordsOf(error)}`} (${code})`;
}
function wordsOf({ errno = 0, message }) {
	return getSystemErrorMap().get(errno)?.[1] ?? message;
}
function fileFailure(error, file, code = "file-failed") {
	return isSystemError(error) ? new Failure(code, systemMeaning(error, file), { cause: error }) : error;
}
// src/tree/inside.ts
function isInside(tree, path) {
	const relativePath = relative(tree, path);
	return relativePath !== ".." && !relativePath.startsWith(`..${sep}`) && !isAbsolute(relativePath);
}
// src/tree/read-file.ts
async function readTreeFile(tree, path, cure) {
	const inside = relative(tree, resolve(tree, path));
	return refusing(inside, cure, async (refused) => {
		if (!isInside(tree, join(tree, inside))) throw refused("is outside the repository");
		const steps = inside.split(sep);
		for (const index of steps.keys()) {
			const prefix = steps.slice(0, index + 1).join(sep);
			const found = await lstat(join(tree, prefix));
			if (found.isSymbolicLink()) throw refused(await whereLinkLeads(tree, prefix, prefix === inside));
			if (prefix === inside) return readRegular(join(tree, prefix), found, refused);
		}
		throw new Error("a path without components");
	});
}
async function readNamedFile(path, cure) {
	return refusing(path, cure, async (refused) => {
		const found = await realpath(path);
		return readRegular(found, await lstat(found), refused);
	});
}
const maxBytes = 1048576;
async function refusing(name, cure, read) {
	const refused = (why, cause) => new Failure("file-refused", `${shown$2(name)} ${why}. ${cure}`, { cause });
	try {
		return await read(refused);
	} catch (error) {
		if (error instanceof Failure || !isSystemError(error)) throw error;
		if (absentCodes.has(error.code ?? "")) return null;
		throw refused(whyRefused(error), error);
	}
}
const absentCodes = new Set([
	"ENOENT",
	"ENOTDIR",
	"ENAMETOOLONG"
]);
async function readRegular(path, seen, refused) {
	if (!seen.isFile()) throw refused("is not a regular file, and only regular files are read");
	await using file = await open(path, openFlags);
	const opened = await file.stat();
	if (!opened.isFile() || opened.ino !== seen.ino || opened.dev !== seen.dev) throw refused("was replaced while it was being read");
	const buffer = Buffer.alloc(1048577);
	let filled = 0;
	for (let read = 1; read > 0 && filled < buffer.length; filled += read) read = (await file.read(buffer, filled)).bytesRead;
	if (filled > maxBytes) throw refused("is larger than 1 MiB, the maximum that is read");
	return Buffer.from(buffer.subarray(0, filled));
}
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
async function whereLinkLeads(tree, link, isFile) {
	const target = await realpath(join(tree, link)).catch(() => null);
	const kind = target !== null && isInside(tree, target) ? `a symbolic link to ${shown$2(relative(tree, target) || ".")}` : "a symbolic link";
	return `${isFile ? `is ${kind}` : `is reached through ${shown$2(link)}, ${kind}`}, and links in a repository are not followed`;
}
function shown$2(path) {
	return `"${harmlessLine(path)}"`;
}
// src/docker/build/dockerfile.ts
async function readDockerfile(definition, root) {
	const tree = await realpath(root);
	const path = dockerfileOf(definition);
	const bytes = await readTreeFile(tree, path, dockerfileCure);
	if (bytes !== null) return bytes;
	throw new Failure("dockerfile-missing", `"${harmlessLine(path)}" does not exist. Set the input \`file\` to the Dockerfile's path.`);
}
async function readIgnoreFile(definition, root) {
	const tree = await realpath(root);
	const context = await realpath(resolve(tree, definition.context));
	const ofContext = relative(tree, join(context, ".dockerignore"));
	return await readTreeFile(tree, `${dockerfileOf(definition)}.dockerignore`, ignoreCure) ?? await readTreeFile(tree, ofContext, ignoreCure);
}
const dockerfileCure = "Set the input `file`, or for the base `base-file`, to the Dockerfile's own path.";
const ignoreCure = "Replace it with the file itself.";
// src/docker/build/sources.ts
async function findSources(definition, root) {
	const tree = await realpath(root);
	const context = await directoryInside(tree, definition.context, "The build context");
	const buildContexts = new Map();
	for (const [name, value] of definition.buildContexts) buildContexts.set(name, isRemote(value) ? {
		kind: "other",
		value
	} : {
		kind: "local",
		value: await directoryInside(tree, value, `The build context ${shown$1(name)}`)
	});
	const secretFiles = new Map();
	for (const [id, path] of definition.secretFiles) secretFiles.set(id, await secretFile(tree, path, id));
	return {
		context,
		dockerfile: await readDockerfile(definition, tree),
		ignoreFile: await readIgnoreFile(definition, tree),
		buildContexts,
		secretFiles
	};
}
async function directoryInside(tree, path, what) {
	if (path === "-" || isRemote(path)) throw new Failure("context-outside-workspace", `${what} is ${shown$1(path)}, which is not a directory of the repository. Only local directories can be built for two commits. Check it out and give its path.`);
	const found = await realpath(resolve(tree, path)).catch((error) => refuseUnlessAbsent(error, what, path));
	if (found === null || !(await stat(found)).isDirectory()) throw new Failure("input-invalid", `${what} is ${shown$1(path)}, which is not an existing directory. Give a path relative to the workspace.`);
	if (!isInside(tree, found)) throw outside(what, path);
	return found;
}
async function secretFile(tree, path, id) {
	const what = `The file of the secret ${shown$1(id)}`;
	const asWritten = resolve(tree, path);
	const found = await realpath(asWritten).catch((error) => refuseUnlessAbsent(error, what, path));
	if (found === null || !(await stat(found)).isFile()) throw new Failure("input-invalid", `${what} is ${shown$1(path)}, which is not an existing file. For a file that is not committed, give an absolute path.`);
	if ((!isAbsolute(path) || isInside(tree, asWritten)) && !isInside(tree, found)) throw outside(what, path);
	return found;
}
function isRemote(value) {
	return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) || value.startsWith("git@");
}
function refuseUnlessAbsent(error, what, path) {
	if (isAbsent(error)) return null;
	if (!isSystemError(error)) throw error;
	throw new Failure("input-invalid", `${what} is ${shown$1(path)}, which ${whyRefused(error)}.`, { cause: error });
}
function outside(what, path) {
	return new Failure("context-outside-workspace", `${what} is ${shown$1(path)}, which leads out of the workspace. Give a path inside the workspace that is not a link out of it.`);
}
function shown$1(text) {
	return `"${harmlessLine(text)}"`;
}
// src/docker/build/build.ts
async function buildImage(request, engine, options) {
	const { definition, side, root, cacheScope } = request;
	const { signal, destination = { kind: "engine" }, log } = options;
	throwIfCancelled(signal);
	const sources = await findSources(definition, root);
	await using built = new AsyncDisposableStack();
	await using temporary = await temporaryDirectory();
	const places = await stagePaths(sources, definition, side, temporary.path);
	const reference = destination.kind === "receiver" ? destination.reference : newReference(side, options.run ?? newRunId());
	if (destination.kind === "engine") built.defer(() => removeTag(reference, engine, signal));
	const { builder } = engine;
	const args = buildArguments({
		definition,
		side,
		cacheScope,
		places,
		builder,
		reference,
		destination
	});
	const dockerfile = {
		path: dockerfileOf(definition),
		text: sources.dockerfile.toString("utf8")
	};
	const { secretFiles } = sources;
	const mask = maskOf(await confidentialOf({
		...definition,
		secretFiles
	}, engine.env));
	await retryThrottled(() => runBuild(args, request, mask, dockerfile, engine, options), signal);
	const { configDigest, materials, recorded, record } = await readBuildMetadata(places.metadata);
	if (!confirmDockerfile(sources.dockerfile, recorded, definition, side)) log("The builder recorded no Dockerfile to compare with the one that was read.");
	const pulled = await withRegistryDigests(materials, engine, signal);
	const kept = built.move();
	return {
		reference,
		configDigest,
		dockerfile: dockerfile.text,
		materials: pulled,
		record,
		[Symbol.asyncDispose]: () => kept.disposeAsync()
	};
}
async function runBuild(args, { definition, side, root }, mask, dockerfile, engine, { log, signal, destination }) {
	const child = startDocker(args, {
		env: {
			...engine.env,
			BUILDX_METADATA_PROVENANCE: "max",
			BUILDX_GIT_INFO: "false",
			BUILDX_GIT_LABELS: "false",
			DOCKER_CLI_HINTS: "false"
		},
		cwd: root,
		signal
	});
	child.stdout.resume();
	const progress = buildLog(log, mostLogged, mask);
	try {
		await readLines(child.stderr, progress.read);
	} catch (error) {
		child.kill();
		throw error;
	}
	const { code } = await child.end;
	if (code !== 0) {
		const outcome = progress.end();
		const failure = buildFailure(outcome, side, definition.target, dockerfile);
		throw destination?.kind === "receiver" && isOfPush(outcome, destination.reference) ? new DeliveryFailure("build-failed", failure.message) : failure;
	}
}
// src/docker/build/preset-blobs.ts
async function presetBlobs(directory, store) {
	await mkdir(blobsOf(directory), { recursive: true });
	let created = 0;
	for (const { digest } of store.blobs()) {
		if (created === maxCreated) break;
		const file = await open(join(directory, blobPath(digest)), "wx").catch((error) => {
			if (error.code === "EEXIST") return null;
			throw error;
		});
		await file?.close();
		if (file !== null) created++;
	}
	return created;
}
async function removePresetBlobs(directory) {
	let removed = 0;
	for (const name of await readdir(blobsOf(directory))) {
		const path = join(blobsOf(directory), name);
		if ((await stat(path)).size > 0) continue;
		await rm(path);
		removed++;
	}
	return removed;
}
const maxCreated = 1e4;
function blobsOf(directory) {
	return join(directory, "blobs", "sha256");
}
// src/oci/platform.ts
const systems = new Set("aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos".split(" "));
const architectures$1 = new Set("386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm".split(" "));
const arm64Variants = new Map([
	["8", ""],
	["v8", ""],
	["v8.0", ""],
	["9", "v9"],
	["9.0", "v9"],
	["v9.0", "v9"]
]);
const armVariants = new Map([
	["", "v7"],
	["5", "v5"],
	["6", "v6"],
	["7", "v7"],
	["8", "v8"]
]);
function parsePlatform(text, builder) {
	const [first = "", ...rest] = text.split("/");
	const system = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$/.exec(first);
	if (system === null || rest.length > 2 || rest.some((part) => !/^[A-Za-z0-9_.-]+$/.test(part))) return null;
	const [, rawOs = "", osVersion = "", features = ""] = system;
	if (/%(?![0-9a-fA-F]{2})/.test(`${osVersion} ${features}`)) return null;
	const os = rawOs.toLowerCase() === "macos" ? "darwin" : rawOs.toLowerCase();
	const [architecture, variant = ""] = rest;
	if (architecture !== void 0) return {
		os,
		osVersion,
		...normalArchitecture(architecture, variant)
	};
	if (systems.has(os)) return {
		os,
		osVersion,
		architecture: builder.architecture,
		variant: ""
	};
	const alone = normalArchitecture(first, "");
	return architectures$1.has(alone.architecture) ? {
		os: builder.os,
		osVersion: "",
		...alone
	} : null;
}
function normalisePlatform(platform) {
	const { os, architecture, variant } = platform;
	return {
		os: os.toLowerCase(),
		osVersion: "",
		...normalArchitecture(architecture, variant)
	};
}
function isSamePlatform(a, b) {
	return a.os === b.os && a.architecture === b.architecture && a.variant === b.variant;
}
function readablePlatform({ os, architecture, variant }) {
	return [
		os,
		architecture,
		architecture === "arm" && variant === "v7" ? "" : variant
	].filter((part) => part !== "").join("/");
}
function formatPlatform({ os, osVersion, architecture, variant }) {
	return [
		osVersion === "" ? os : `${os}(${osVersion})`,
		architecture,
		variant
	].filter((part) => part !== "").join("/");
}
function normalArchitecture(rawArchitecture, rawVariant) {
	const architecture = rawArchitecture.toLowerCase();
	const variant = rawVariant.toLowerCase();
	switch (architecture) {
		case "i386": return {
			architecture: "386",
			variant: ""
		};
		case "x86_64":
		case "x86-64":
		case "amd64": return {
			architecture: "amd64",
			variant: variant === "v1" ? "" : variant
		};
		case "aarch64":
		case "arm64": return {
			architecture: "arm64",
			variant: arm64Variants.get(variant) ?? variant
		};
		case "armhf": return {
			architecture: "arm",
			variant: "v7"
		};
		case "armel": return {
			architecture: "arm",
			variant: "v6"
		};
		case "arm": return {
			architecture,
			variant: armVariants.get(variant) ?? variant
		};
		default: return {
			architecture,
			variant
		};
	}
}
// src/image/limits.ts
const MiB = 1048576;
const limits = {
	layerSize: 64 * (1024 * MiB),
	ratio: 200,
	ratioFrom: 512 * MiB,
	members: 2e6,
	path: 4096,
	pathComponent: 255,
	depth: 1e3,
	paths: 256 * MiB,
	imageEntries: 4e6,
	imagePaths: 512 * MiB,
	extendedHeader: MiB,
	extendedHeaders: 256 * MiB,
	holes: 512 * MiB,
	links: 40,
	linkTarget: 4095,
	linkSteps: 1e7,
	placingSteps: 2e6,
	missingDirectories: 1e6,
	findings: 1e5,
	layers: 1e3,
	manifest: 4 * MiB,
	config: 8 * MiB,
	jsonDepth: 100,
	jsonValues: 15e4,
	indexedManifests: 1e3,
	indexEntries: 1e4,
	documents: 16 * MiB,
	indexDepth: 8,
	history: 1e4,
	archiveEntries: 1e5,
	archiveMember: 8 * MiB,
	archiveMembers: 256 * MiB
};
// src/image/listed.ts
function listed$1(items, max) {
	const shown = items.slice(0, max).join(", ");
	return items.length > max ? `${shown} and ${items.length - max} more` : shown;
}
// src/image/documents/media-type.ts
const mediaTypes = new Map([
	["application/vnd.oci.image.index.v1+json", { kind: "index" }],
	["application/vnd.docker.distribution.manifest.list.v2+json", { kind: "index" }],
	["application/vnd.oci.image.manifest.v1+json", { kind: "manifest" }],
	["application/vnd.docker.distribution.manifest.v2+json", { kind: "manifest" }],
	["application/vnd.oci.image.config.v1+json", { kind: "config" }],
	["application/vnd.docker.container.image.v1+json", { kind: "config" }],
	["application/vnd.oci.image.layer.v1.tar", {
		kind: "layer",
		format: "tar"
	}],
	["application/vnd.oci.image.layer.v1.tar+gzip", {
		kind: "layer",
		format: "gzip"
	}],
	["application/vnd.oci.image.layer.v1.tar+zstd", {
		kind: "layer",
		format: "zstd"
	}],
	["application/vnd.docker.image.rootfs.diff.tar", {
		kind: "layer",
		format: "tar"
	}],
	["application/vnd.docker.image.rootfs.diff.tar.gzip", {
		kind: "layer",
		format: "gzip"
	}],
	["application/vnd.docker.image.rootfs.diff.tar.zstd", {
		kind: "layer",
		format: "zstd"
	}],
	["application/vnd.oci.image.layer.nondistributable.v1.tar", {
		kind: "layer",
		format: "tar",
		isForeign: true
	}],
	["application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", {
		kind: "layer",
		format: "gzip",
		isForeign: true
	}],
	["application/vnd.oci.image.layer.nondistributable.v1.tar+zstd", {
		kind: "layer",
		format: "zstd",
		isForeign: true
	}],
	["application/vnd.docker.image.rootfs.foreign.diff.tar", {
		kind: "layer",
		format: "tar",
		isForeign: true
	}],
	["application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", {
		kind: "layer",
		format: "gzip",
		isForeign: true
	}]
]);
function isSchema1(mediaType) {
	return mediaType.startsWith("application/vnd.docker.distribution.manifest.v1+");
}
function isImageConfig(mediaType) {
	return kindOf(mediaType) === "config" || oldConfigTypes.has(mediaType);
}
const oldConfigTypes = new Set([
	"",
	"application/octet-stream",
	"application/json",
	"text/html"
]);
function kindOf(mediaType) {
	return mediaTypes.get(mediaType)?.kind ?? "unknown";
}
function layerFormatOf(mediaType) {
	if (mediaType.startsWith("application/vnd.erofs")) return "erofs";
	return mediaTypes.get(mediaType)?.format ?? null;
}
function isForeignLayer(mediaType) {
	return mediaTypes.get(mediaType)?.isForeign ?? false;
}
// src/image/documents/artifact.ts
function artifactOf({ config, artifactType, layers }) {
	if (!isImageConfig(config.mediaType)) return describe$1(artifactType ?? config.mediaType);
	const [first] = layers;
	const isOfStatements = layers.every(({ mediaType }) => mediaType.endsWith("json"));
	return first !== void 0 && isOfStatements ? describe$1(first.mediaType) : null;
}
function isAttachment({ annotations, platform }) {
	return annotations.get("vnd.docker.reference.type") === "attestation-manifest" || platform?.os === "unknown" && platform.architecture === "unknown";
}
function describe$1(type) {
	return `${names$1.get(type) ?? "an artifact"} (${JSON.stringify(type)})`;
}
const names$1 = new Map([
	["application/vnd.cncf.helm.config.v1+json", "a Helm chart"],
	["application/vnd.docker.plugin.v1+json", "a Docker plugin"],
	["application/vnd.docker.attestation.manifest.v1+json", "an attestation"],
	["application/vnd.in-toto+json", "an attestation"],
	["application/vnd.dev.cosign.simplesigning.v1+json", "a signature"]
]);
// src/image/documents/json.ts
function parseJson(bytes, what, maxSize) {
	if (bytes.length > maxSize) throw tooLarge$1(what, maxSize);
	const value = parsed$1.get(bytes) ?? parse$1(bytes, what);
	if (!isObject(value)) throw malformed(what, "is not a JSON object");
	parsed$1.set(bytes, value);
	return value;
}
const parsed$1 = new WeakMap();
function parseJsonList(bytes, what, maxSize) {
	if (bytes.length > maxSize) throw tooLarge$1(what, maxSize);
	const value = parse$1(bytes, what);
	if (!Array.isArray(value)) throw malformed(what, "is not a JSON list");
	return value;
}
function field(object, name, what) {
	const keys = keysByFold(object).get(fold$1(name)) ?? [];
	if (keys.length > 1) throw malformed(what, `has the field ${JSON.stringify(name)} more than once`);
	const [key] = keys;
	return key === void 0 ? void 0 : object[key] ?? void 0;
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function malformed(what, problem) {
	return new Failure("image-invalid", `The image's ${what} ${problem}. Build or pull the image again.`);
}
function tooLarge$1(what, maxSize) {
	return new Failure("limit-exceeded", `The image's ${what} is over ${maxSize} bytes.`);
}
function list(value, what, name) {
	if (!Array.isArray(value)) throw malformed(what, `has a field ${JSON.stringify(name)} that is not a list`);
	return value;
}
function text$1(value, what, name) {
	if (typeof value !== "string") throw malformed(what, `has a field ${JSON.stringify(name)} that is not a string`);
	return value;
}
function textMap(value, what, name) {
	if (value === void 0) return new Map();
	if (!isObject(value)) throw malformed(what, `has a field ${JSON.stringify(name)} that is not an object`);
	return new Map(Object.entries(value).map(([key, item]) => [key, text$1(item ?? "", what, name)]));
}
function parse$1(bytes, what) {
	checkAmount$1(bytes, what);
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
		const value = JSON.parse(text);
		checkKeys(text, what);
		return value;
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw malformed(what, "is not JSON");
	}
}
const quote = 34;
const backslash = 92;
const [comma, colon] = [44, 58];
const [opening$1, closing$1] = [91, 93];
function checkAmount$1(bytes, what) {
	let values = 1;
	let depth = 0;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] ?? 0;
		if (byte === quote) {
			at++;
			while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
		} else if (byte === comma || byte === colon) values++;
		else if ((byte & -33) === opening$1) depth++;
		else if ((byte & -33) === closing$1) depth--;
		if (depth > limits.jsonDepth) throw new Failure("limit-exceeded", `The image's ${what} is nested too deeply.`);
	}
	if (values > limits.jsonValues) throw new Failure("limit-exceeded", `The image's ${what} has over ${limits.jsonValues} keys and values.`);
}
function checkKeys(text, what) {
	const open = [];
	let last = "";
	for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/gs)) if (token === "{") open.push(new Set());
	else if (token === "[") open.push(null);
	else if (token === "}" || token === "]") open.pop();
	else if (token === ":") checkKey(open.at(-1), JSON.parse(last), what);
	else last = token;
}
function checkKey(keys, key, what) {
	if (keys?.has(key)) throw malformed(what, `has the key ${JSON.stringify(key)} twice in one object`);
	keys?.add(key);
}
const cache$1 = new WeakMap();
function keysByFold(object) {
	const cached = cache$1.get(object);
	if (cached !== void 0) return cached;
	const keys = Map.groupBy(Object.keys(object), fold$1);
	cache$1.set(object, keys);
	return keys;
}
function fold$1(key) {
	return key.replaceAll("K", "k").replaceAll("ſ", "s").toLowerCase();
}
// src/image/documents/config.ts
function parseConfig(bytes) {
	const config = parsed.get(bytes) ?? parse(bytes);
	parsed.set(bytes, config);
	return config;
}
const parsed = new WeakMap();
function parse(bytes) {
	const document = parseJson(bytes, what$2, limits.config);
	const run = objectAt(document, "config");
	return {
		os: textAt$1(document, "os") || "linux",
		architecture: textAt$1(document, "architecture") || "unknown",
		variant: textAt$1(document, "variant") || null,
		created: textAt$1(document, "created") || null,
		user: textAt$1(run, "User") || null,
		entrypoint: textsAt(run, "Entrypoint"),
		cmd: textsAt(run, "Cmd"),
		workingDir: textAt$1(run, "WorkingDir") || null,
		shell: textsAt(run, "Shell"),
		healthcheck: textsAt(objectAt(run, "Healthcheck"), "Test"),
		volumes: Object.keys(objectAt(run, "Volumes")),
		env: textsAt(run, "Env") ?? [],
		labels: textMap(field(run, "Labels", what$2), what$2, "Labels"),
		diffIds: diffIdsOf(objectAt(document, "rootfs")),
		history: historyOf(field(document, "history", what$2))
	};
}
const what$2 = "config";
function diffIdsOf(rootfs) {
	const diffIds = list(field(rootfs, "diff_ids", what$2) ?? [], what$2, "diff_ids");
	if (diffIds.length > limits.layers) throw malformed(what$2, `lists over ${limits.layers} layers`);
	const isDiffId = (id) => isDigest(id) && algorithmOf(id) === "sha256";
	if (!diffIds.every(isDiffId)) throw malformed(what$2, "has a diff ID that is not sha256");
	return diffIds;
}
function historyOf(value) {
	const history = list(value ?? [], what$2, "history");
	if (history.length > limits.history) throw malformed(what$2, `has over ${limits.history} history entries`);
	return history.map((entry) => {
		if (!isObject(entry)) throw malformed(what$2, "has a history entry that is not an object");
		return {
			createdBy: textAt$1(entry, "created_by"),
			comment: textAt$1(entry, "comment"),
			emptyLayer: field(entry, "empty_layer", what$2) === true
		};
	});
}
function objectAt(object, name) {
	const value = field(object, name, what$2) ?? {};
	if (!isObject(value)) throw malformed(what$2, `has a field ${JSON.stringify(name)} that is not an object`);
	return value;
}
function textAt$1(object, name) {
	return text$1(field(object, name, what$2) ?? "", what$2, name);
}
function textsAt(object, name) {
	const value = field(object, name, what$2);
	if (value === void 0) return null;
	if (typeof value === "string") return [value];
	return list(value, what$2, name).map((item) => text$1(item ?? "", what$2, name));
}
// src/image/documents/manifest.ts
function kindOfDocument(bytes, mediaType) {
	if (mediaType !== "") return kindOf(mediaType);
	const document = parseJson(bytes, "manifest", limits.manifest);
	const own = field(document, "mediaType", "manifest");
	if (typeof own === "string" && own !== "") return kindOf(own);
	if (field(document, "manifests", "manifest") !== void 0) return "index";
	return field(document, "config", "manifest") === void 0 ? "unknown" : "manifest";
}
function parseIndex(bytes, mediaType) {
	const document = parseDocument(bytes, "index", mediaType);
	const cached = indexes.get(document);
	if (cached !== void 0) return cached;
	const manifests = list(field(document, "manifests", "index") ?? [], "index", "manifests");
	if (manifests.length > limits.indexEntries) throw new Failure("limit-exceeded", `The image's index lists over ${limits.indexEntries} manifests. Save or export only this image.`);
	const descriptors = manifests.map((item) => parseDescriptor(item, "index"));
	indexes.set(document, descriptors);
	return descriptors;
}
function parseManifest(bytes, mediaType) {
	const document = parseDocument(bytes, "manifest", mediaType);
	const cached = manifests.get(document);
	if (cached !== void 0) return cached;
	const layers = list(field(document, "layers", "manifest") ?? [], "manifest", "layers");
	if (layers.length > limits.layers) throw malformed("manifest", `lists over ${limits.layers} layers`);
	const manifest = {
		config: parseDescriptor(field(document, "config", "manifest"), "manifest"),
		layers: layers.map((layer) => parseDescriptor(layer, "manifest")),
		artifactType: text$1(field(document, "artifactType", "manifest") ?? "", "manifest", "artifactType") || null
	};
	checkSizes([manifest.config, ...manifest.layers]);
	manifests.set(document, manifest);
	return manifest;
}
function checkSizes(descriptors) {
	const sizes = new Map();
	for (const { digest, size } of descriptors) {
		if ((sizes.get(digest) ?? size) !== size) throw malformed("manifest", `lists two sizes for the blob ${digest}`);
		sizes.set(digest, size);
	}
}
const indexes = new WeakMap();
const manifests = new WeakMap();
function parseDocument(bytes, kind, mediaType) {
	const document = parseJson(bytes, kind, limits.manifest);
	const has = (name) => field(document, name, kind) !== void 0;
	if (has("manifests") && (has("layers") || has("config"))) throw malformed(kind, "is both an index and a manifest");
	if (has("fsLayers")) throw malformed(kind, "uses Docker's schema 1, which engines no longer read");
	const own = text$1(field(document, "mediaType", kind) ?? "", kind, "mediaType") || (mediaType ?? "");
	if (mediaType !== null && own !== mediaType) throw malformed(kind, "has a media type that differs from its descriptor's");
	if (own !== "" && kindOf(own) !== kind) throw malformed(kind, "has the media type of another kind of document");
	return document;
}
function parseDescriptor(value, what) {
	if (!isObject(value)) throw malformed(what, "has a descriptor that is not an object");
	const get = (name) => field(value, name, what);
	const digest = get("digest");
	const size = get("size") ?? -1;
	if (!isDigest(digest)) throw malformed(what, "has a digest that is not a valid sha256 or sha512 digest");
	if (typeof size !== "number" || !Number.isSafeInteger(size) || size < -1) throw malformed(what, "has an invalid size");
	return {
		mediaType: text$1(get("mediaType") ?? "", what, "mediaType"),
		digest,
		size: Math.max(0, size),
		annotations: textMap(get("annotations"), what, "annotations"),
		platform: parseDescribedPlatform(get("platform"), what)
	};
}
function parseDescribedPlatform(value, what) {
	if (value === void 0) return null;
	if (!isObject(value)) throw malformed(what, "has a platform that is not an object");
	const get = (name) => text$1(field(value, name, what) ?? "", what, name);
	const platform = {
		os: get("os"),
		architecture: get("architecture"),
		variant: get("variant")
	};
	return platform.os === "" || platform.architecture === "" ? null : normalisePlatform(platform);
}
// src/image/documents/names.ts
function named$2(images, name) {
	const index = /^@(\d{1,6})$/.exec(name)?.[1];
	if (index !== void 0) return images.slice(Number(index), Number(index) + 1);
	const [, wantedDigest = name] = /@(sha\d+:.+)$/.exec(name) ?? [];
	const exact = images.filter(({ names, digest }) => names.includes(name) || digest === wantedDigest);
	if (exact.length > 0) return exact;
	return images.filter(({ names }) => names.some((candidate) => isSameName(candidate, name)));
}
function tellingNames(images) {
	const count = (name) => images.filter(({ names }) => names.includes(name)).length;
	return images.map(({ names }, index) => names.find((name) => count(name) === 1) ?? `@${index}`);
}
function namesInIndex(descriptors) {
	return descriptors.map((descriptor) => ({
		...descriptor,
		names: ["io.containerd.image.name", "org.opencontainers.image.ref.name"].map((key) => descriptor.annotations.get(key) ?? "").filter((name) => name !== "")
	}));
}
function isSameName(a, b) {
	if (a === b) return true;
	const [referenceA, referenceB] = [parseReference(a), parseReference(b)];
	return referenceA !== null && referenceB !== null && formatReference(referenceA) === formatReference(referenceB);
}
// src/image/documents/why-none.ts
function whyNone(roots, documents) {
	let [descriptor] = roots;
	for (let depth = 0; descriptor !== void 0 && depth <= limits.indexDepth; depth++) {
		const { digest, mediaType } = descriptor;
		const bytes = documents.get(digest);
		if (isSchema1(mediaType)) return unsupported$3("It is an image in Docker's schema 1, which engines no longer read. Build it again.");
		if (isAttachment(descriptor)) return unsupported$3("It is an attestation, not a container image.");
		if (bytes === void 0) return kindOf(mediaType) === "unknown" ? noImage(mediaType) : missing$2("manifest", digest);
		const kind = kindOfDocument(bytes, mediaType);
		if (kind === "manifest") return whyNoImage(bytes, mediaType);
		if (kind !== "index") return noImage(mediaType);
		[descriptor] = parseIndex(bytes, mediaType || null);
	}
	return new Failure("image-not-found", "Its index lists no images.");
}
function whyNoImage(bytes, mediaType) {
	const manifest = parseManifest(bytes, mediaType || null);
	const artifact = artifactOf(manifest);
	return artifact === null ? missing$2("config", manifest.config.digest) : unsupported$3(`It is ${artifact}, not a container image.`);
}
function noImage(mediaType) {
	return unsupported$3(`Its media type ${JSON.stringify(mediaType)} is not that of a container image.`);
}
function unsupported$3(what) {
	return new Failure("image-unsupported", what);
}
function missing$2(what, digest) {
	return new Failure("blob-missing", `The image's ${what} ${digest} is missing. Save, export or pull the image again.`);
}
// src/image/documents/choose.ts
function chooseManifest(roots, documents, wanted) {
	const selected = namedRoots(roots, wanted);
	const candidates = listCandidates(selected, documents);
	const [first] = candidates;
	if (first === void 0) throw whyNone(selected, documents);
	const isOnePlatform = candidates.every(({ platform }) => isSamePlatform(platform, first.platform));
	const platform = wanted.platform ?? (isOnePlatform ? readablePlatform(first.platform) : wanted.defaultPlatform);
	if (platform === void 0) throw platformMissing$1(candidates, null);
	const matching = candidates.filter((candidate) => isForPlatform(candidate.platform, platform));
	const [chosen] = matching;
	if (chosen === void 0) throw platformMissing$1(candidates, platform);
	const matchingRoots = new Set(matching.map(({ root }) => root.digest));
	if (matchingRoots.size > 1) throw ambiguous$1(roots, matchingRoots, wanted);
	return chosen;
}
function namedRoots(roots, { name, asWritten = asItIs }) {
	if (name === void 0) return roots;
	const all = namesInIndex(roots);
	const found = named$2(all, name);
	if (found.length > 0) return found;
	throw new Failure("image-not-found", `No image has the name ${JSON.stringify(name)}. Specify one of these: ${listed$1(tellingNames(all).map(asWritten), 20)}.`);
}
function listCandidates(roots, documents) {
	const budget = {
		left: limits.indexedManifests,
		bytes: limits.documents
	};
	return roots.flatMap((root) => candidatesUnder(root, root, documents, {
		depth: 0,
		budget
	}));
}
function candidatesUnder(descriptor, root, documents, { depth, budget }) {
	if (depth > limits.indexDepth) throw new Failure("limit-exceeded", "The image's indexes are nested too deeply.");
	const bytes = documents.get(descriptor.digest);
	if (bytes === void 0 || isAttachment(descriptor)) return [];
	budget.bytes -= bytes.length;
	if (budget.left-- <= 0 || budget.bytes < 0) throw new Failure("limit-exceeded", `The image's indexes list over ${limits.indexedManifests} manifests, or over ${limits.documents} bytes of manifests.`);
	const mediaType = descriptor.mediaType || null;
	const kind = kindOfDocument(bytes, descriptor.mediaType);
	if (kind === "index") return parseIndex(bytes, mediaType).flatMap((child) => candidatesUnder(child, root, documents, {
		depth: depth + 1,
		budget
	}));
	if (kind !== "manifest") return [];
	const manifest = parseManifest(bytes, mediaType);
	if (artifactOf(manifest) !== null) return [];
	const platform = descriptor.platform ?? platformOfConfig(manifest, documents);
	return platform === null ? [] : [{
		descriptor,
		manifest,
		platform,
		root
	}];
}
function platformOfConfig(manifest, documents) {
	const bytes = documents.get(manifest.config.digest);
	return bytes === void 0 ? null : configPlatform(parseConfig(bytes));
}
function configPlatform({ os, architecture, variant }) {
	return normalisePlatform({
		os,
		architecture,
		variant: variant ?? ""
	});
}
function isForPlatform(platform, wanted) {
	const parsed = parsePlatform(wanted, {
		os: "linux",
		architecture: ""
	});
	return parsed !== null && isSamePlatform(platform, parsed);
}
function platformMissing$1(candidates, wanted) {
	const available = [...new Set(candidates.map(({ platform }) => readablePlatform(platform)))].join(", ");
	return new Failure("platform-missing", wanted === null ? `The image has variants for ${available}. Choose one of these platforms.` : `The image has no variant for ${wanted}, only for ${available}. Choose one of these.`);
}
function ambiguous$1(roots, matching, { asWritten = asItIs }) {
	const all = tellingNames(namesInIndex(roots));
	const names = roots.flatMap(({ digest }, index) => matching.has(digest) ? all[index] ?? [] : []);
	return new Failure("image-not-found", `There are ${names.length} images. Specify one of them: ${listed$1(names.map(asWritten), 20)}.`);
}
const asItIs = (name) => name;
// src/image/documents/layer-type.ts
function checkLayerType(layer) {
	const { mediaType } = layer;
	if (mediaType.endsWith("+encrypted")) throw encrypted(layer);
	if (layerFormatOf(mediaType) === "erofs") throw unsupported$2(layer);
}
function failureOfLayer(layer, error) {
	if (!(error instanceof Failure)) return error;
	if (layer.mediaType !== "" && layerFormatOf(layer.mediaType) === null && formatFailures.has(error.code)) return unsupported$2(layer);
	return error.code === "blob-missing" && isForeignLayer(layer.mediaType) ? unsupported$2(layer) : error;
}
const formatFailures = new Set([
	"archive-invalid",
	"archive-truncated",
	"image-invalid"
]);
function encrypted({ digest }) {
	return new Failure("layer-unsupported", `The layer ${digest} is encrypted. Decrypt the image first, for example with skopeo copy --decryption-key.`);
}
function unsupported$2({ mediaType, digest }) {
	return new Failure("layer-unsupported", `The layer ${digest} has the media type ${JSON.stringify(mediaType)}, which Image Audit cannot read.`);
}
// src/image/documents/verify.ts
function verifyBlob(descriptor, blob) {
	if (descriptor.size !== 0 && blob.size !== descriptor.size) throw mismatch$2(descriptor, `is ${blob.size} bytes long, but its descriptor says ${descriptor.size}`);
	if (blob.digest !== descriptor.digest) throw mismatch$2(descriptor, `has the digest ${blob.digest}`);
}
function mismatch$2({ digest }, problem) {
	return new Failure("digest-mismatch", `The blob ${digest} is damaged: it ${problem}. Build, save or pull the image again.`);
}
// src/image/image.ts
function readingsOf({ layers }) {
	return layers.map(({ reading }) => reading);
}
function assembleImage(parts) {
	const { config, layers } = parts;
	if (config.os === "windows") throw new Failure("layer-unsupported", "This is a Windows image. Only Linux images can be audited.");
	if (config.diffIds.length !== layers.length) throw new Failure("image-invalid", `The image's config lists ${config.diffIds.length} layers, but its manifest lists ${layers.length}. Build the image again.`);
	layers.forEach(({ reading }, index) => {
		if (reading.diffId !== config.diffIds[index]) throw new Failure("digest-mismatch", `Layer ${index + 1} of the image has the diff ID ${reading.diffId}, but the config lists ${config.diffIds[index]}. Build or pull the image again.`);
	});
	const platform = [
		config.os,
		config.architecture,
		config.variant
	].filter((part) => part !== null).join("/");
	return {
		...parts,
		platform
	};
}
// src/docker/registry/pushed-image.ts
function imageOfPush(received, store, wanted) {
	const { descriptor, manifest } = chooseCandidate(received, wanted);
	const configBytes = configOf$1(received, manifest);
	const config = parseConfig(configBytes);
	const manifestSize = received.manifests.get(descriptor.digest)?.length ?? descriptor.size;
	const layers = manifest.layers.map((layer, index) => layerOf$1(layer, config.diffIds[index], received, store));
	const isServed = layers.every(({ blob }) => blob !== null);
	return assembleImage({
		digest: isServed ? descriptor.digest : null,
		configDigest: manifest.config.digest,
		metadataSize: isServed ? manifestSize + configBytes.length : null,
		config,
		layers
	});
}
function unprovenOf(received, store, wanted) {
	const { manifest } = chooseCandidate(received, wanted);
	const { diffIds } = parseConfig(configOf$1(received, manifest));
	return manifest.layers.flatMap(({ digest }, index) => received.trusted.has(digest) && store.find({ diffId: diffIds[index] }) === void 0 ? [digest] : []);
}
function configOf$1(received, manifest) {
	const config = received.blobs.get(manifest.config.digest);
	if (config?.kind === "failed") throw unreadable("config", manifest.config, config.failure);
	if (config?.kind !== "document") throw missing$1("config", manifest.config);
	verifyBlob(manifest.config, {
		digest: config.digest,
		size: config.bytes.length
	});
	return config.bytes;
}
function chooseCandidate({ root, manifests, blobs }, wanted) {
	const documents = new Map(manifests);
	for (const [digest, blob] of blobs) if (blob.kind === "document") documents.set(digest, blob.bytes);
	const { configDigest } = wanted;
	if (configDigest === void 0) return chooseManifest([root], documents, wanted);
	const built = listCandidates([root], documents).find(({ manifest }) => manifest.config.digest === configDigest);
	if (built !== void 0) return built;
	throw new Failure("digest-mismatch", `The image that the engine pushed is not the one that was built (${configDigest}): it was replaced in between. Run again.`);
}
function layerOf$1(descriptor, diffId, { blobs, trusted }, store) {
	const { digest } = descriptor;
	const proven = trusted.has(digest) ? store.find({ diffId }) : void 0;
	if (proven !== void 0) return {
		reading: proven,
		blob: null
	};
	const received = blobs.get(digest);
	const reading = received?.kind === "layer" ? received.reading : store.find({ digest });
	const size = received?.kind === "layer" ? received.size : store.sizeOf(digest);
	if (reading === void 0 || size === void 0) {
		checkLayerType(descriptor);
		if (received === void 0) throw failureOfLayer(descriptor, missing$1("layer", descriptor));
		throw unreadable("layer", descriptor, received.kind === "failed" ? received.failure : notATar());
	}
	verifyBlob(descriptor, {
		digest,
		size
	});
	return {
		reading,
		blob: {
			digest,
			size
		}
	};
}
function unreadable(what, { digest }, { code, message }) {
	return new Failure(code, `The image's ${what} ${digest} cannot be read. ${message}`);
}
function notATar() {
	return new Failure("archive-invalid", "It is neither a tar nor a compressed tar.");
}
function missing$1(what, { digest }) {
	return new Failure("blob-missing", `The engine pushed an image without its ${what} ${digest}. Build or pull the image again.`);
}
// src/image/layout/documents.ts
async function loadDocuments(open, roots) {
	const documents = new Map();
	let size = 0;
	const load = async (descriptor, maxSize) => {
		if (documents.has(descriptor.digest)) return null;
		const bytes = await readDocument(open, descriptor, maxSize);
		if (bytes === null) return null;
		documents.set(descriptor.digest, bytes);
		size += bytes.length;
		if (documents.size > 2 * limits.indexedManifests || size > limits.archiveMembers) throw tooMany$1();
		return bytes;
	};
	const follow = async (descriptor, depth) => {
		const { mediaType } = descriptor;
		if (depth > limits.indexDepth || isAttachment(descriptor) || !mayLead(mediaType)) return;
		const bytes = await load(descriptor, limits.manifest);
		if (bytes === null) return;
		const kind = kindOfDocument(bytes, mediaType);
		if (kind === "index") for (const child of parseIndex(bytes, mediaType || null)) await follow(child, depth + 1);
		if (kind !== "manifest") return;
		const { config } = parseManifest(bytes, mediaType || null);
		if (isImageConfig(config.mediaType)) await load(config, limits.config);
	};
	for (const root of roots) await follow(root, 0);
	return documents;
}
function mayLead(mediaType) {
	return mediaType === "" || kindOf(mediaType) === "index" || kindOf(mediaType) === "manifest";
}
async function readDocument(open, descriptor, maxSize) {
	try {
		const bytes = await collect(await open(blobPath(descriptor.digest)), maxSize);
		verifyBlob(descriptor, {
			digest: digestOf(bytes, algorithmOf(descriptor.digest)),
			size: bytes.length
		});
		return bytes;
	} catch (error) {
		if (isMissing$1(error)) return null;
		throw error;
	}
}
async function collect(stream, maxSize) {
	const chunks = [];
	let size = 0;
	for await (const chunk of stream) {
		size += chunk.length;
		if (size > maxSize) throw new Failure("limit-exceeded", `A manifest, index or config of the image is over ${maxSize} bytes.`);
		chunks.push(chunk);
	}
	return Buffer$1.concat(chunks);
}
function isMissing$1(error) {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}
function tooMany$1() {
	return new Failure("limit-exceeded", `The image's indexes list over ${limits.indexedManifests} manifests, or over ${limits.archiveMembers} bytes of documents.`);
}
// src/docker/registry/manifests.ts
var PushedManifests = class {
	#tag;
	#byDigest = new Map();
	#tagged = null;
	constructor(tag) {
		this.#tag = tag;
	}
	get root() {
		if (this.#tagged === null) return null;
		const { mediaType, digest, bytes } = this.#tagged;
		return {
			mediaType,
			digest,
			size: bytes.length,
			annotations: new Map(),
			platform: null
		};
	}
	get documents() {
		return new Map([...this.#byDigest].map(([digest, { bytes }]) => [digest, bytes]));
	}
	find(name) {
		if (name === this.#tag) return this.#tagged;
		return isDigest(name) && this.#byDigest.get(name) || null;
	}
	async take(name, request) {
		const isTag = name === this.#tag;
		if (!isTag && !isDigest(name)) return null;
		const mediaType = request.headers["content-type"]?.split(";")[0]?.trim() ?? "";
		const bytes = await collect(request, limits.manifest);
		const manifest = {
			digest: digestOf(bytes),
			bytes,
			mediaType
		};
		if (!isTag && manifest.digest !== name) throw mismatch$1(name, manifest.digest);
		checkManifest(manifest);
		if (isTag && this.#tagged !== null && this.#tagged.digest !== manifest.digest) throw secondImage();
		if (!this.#byDigest.has(manifest.digest)) this.#keep(manifest);
		if (isTag) this.#tagged = manifest;
		return manifest;
	}
	#keep(manifest) {
		this.#byDigest.set(manifest.digest, manifest);
		let size = 0;
		for (const { bytes } of this.#byDigest.values()) size += bytes.length;
		if (size > limits.archiveMembers || this.#byDigest.size > 2 * limits.indexedManifests) {
			this.#byDigest.delete(manifest.digest);
			throw new Failure("limit-exceeded", "More manifests were pushed than any honest image has.");
		}
	}
};
function checkManifest({ bytes, mediaType }) {
	const kind = kindOf(mediaType);
	if (kind === "index") parseIndex(bytes, mediaType);
	else if (kind === "manifest") parseManifest(bytes, mediaType);
	else throw new Failure("image-invalid", "The engine pushed a manifest whose media type no image has.");
}
function mismatch$1(claimed, actual) {
	return new Failure("digest-mismatch", `The engine pushed a manifest as ${claimed}, but its digest is ${actual}. Run again.`);
}
function secondImage() {
	return new Failure("digest-mismatch", "Two images were pushed, but only one was expected. Run again.");
}
// src/image/sum.ts
function sum(numbers) {
	let total = 0;
	for (const number of numbers) total += number;
	return total;
}
// src/docker/registry/trust.ts
function trustIn(image, store) {
	if (image.id === null) return null;
	const layers = [...new Set(image.diffIds)];
	const read = layers.flatMap((diffId) => store.find({ diffId })?.size ?? []).toSorted((a, b) => a - b);
	let spare = image.size / smallShare;
	const small = read.filter((size) => {
		spare -= size;
		return spare >= 0;
	});
	const unreadBytes = Math.max(0, image.size - sum(read));
	const most = {
		layers: layers.length - read.length + small.length,
		bytes: (unreadBytes + sum(small)) * packing + allowance
	};
	return {
		configDigest: image.id,
		most,
		except: new Set()
	};
}
const smallShare = 30;
const packing = 1.05;
const allowance = 1048576;
var Trusted = class {
	digests = new Set();
	#trust;
	#isConfigAsked = false;
	#uploads = 0;
	#bytes = 0;
	constructor(trust) {
		this.#trust = trust;
	}
	takes(digest) {
		if (digest === this.#trust.configDigest) this.#isConfigAsked = true;
		if (digest === this.#trust.configDigest || this.#trust.except.has(digest)) return false;
		this.digests.add(digest);
		return true;
	}
	countUpload() {
		if (this.#isConfigAsked) return;
		this.#uploads += 1;
		if (this.#uploads > this.#trust.most.layers) throw sentAgain();
	}
	countBytes(bytes) {
		if (this.#isConfigAsked) return;
		this.#bytes += bytes;
		if (this.#bytes > this.#trust.most.bytes) throw sentAgain();
	}
};
function sentAgain() {
	return new Failure("engine-failed", "The engine would compress layers that have already been read.");
}
function parseTarHeader(block) {
	const format = formatOf(block);
	const header = {
		path: parseString(block, 0, 100),
		linkTarget: parseString(block, 157, 100),
		type: String.fromCharCode(block[156] ?? 0),
		mode: parseNumber(block, 100, 8),
		uid: parseNumber(block, 108, 8),
		gid: parseNumber(block, 116, 8),
		size: parseNumber(block, 124, 12),
		modified: parseNumber(block, 136, 12),
		device: format === "v7" ? [0, 0] : [parseNumber(block, 329, 8), parseNumber(block, 337, 8)],
		format
	};
	const prefix = prefixOf(block, format);
	if (prefix !== "") header.path = `${prefix}/${header.path}`;
	return header;
}
function parseNumber(block, offset, length) {
	if ((block[offset] ?? 0) & 128) return parseBase256(block, offset, length);
	let at = offset;
	let end = offset + length;
	while (at < end && isBlank(block[at])) at++;
	while (end > at && isBlank(block[end - 1])) end--;
	let value = 0;
	for (; at < end && block[at] !== 0; at++) {
		const digit = (block[at] ?? 0) - 48;
		if (digit < 0 || digit > 7) throw invalid$5("a number in a header is not octal");
		value = value * 8 + digit;
	}
	return value;
}
function parseString(block, offset, length) {
	if (block[offset] === 0) return "";
	const nul = block.indexOf(0, offset);
	const end = nul < 0 || nul > offset + length ? offset + length : nul;
	return block.toString("latin1", offset, end);
}
const magics = {
	posix: "ustar\0",
	star: "tar\0",
	gnu: "ustar  \0"
};
function formatOf(block) {
	checkSum(block);
	if (holds(block, 257, magics.posix)) return holds(block, 508, magics.star) ? "star" : "ustar";
	return holds(block, 257, magics.gnu) ? "gnu" : "v7";
}
function holds(block, offset, text) {
	for (let index = 0; index < text.length; index++) if (block[offset + index] !== text.charCodeAt(index)) return false;
	return true;
}
function checkSum(block) {
	const expected = parseNumberOrNaN(block, 148, 8);
	const sum = sumOf$1(block, 0, 148) + 256 + sumOf$1(block, 156, 512);
	if (expected === sum) return;
	if (expected !== sum - 256 * [...block.subarray(0, 148), ...block.subarray(156)].filter((byte) => byte > 127).length) throw invalid$5("a header's checksum is wrong");
}
function sumOf$1(block, from, to) {
	let sum = 0;
	for (let index = from; index < to; index++) sum += block[index] ?? 0;
	return sum;
}
function parseNumberOrNaN(block, offset, length) {
	try {
		return (block[offset] ?? 0) & 128 ? NaN : parseNumber(block, offset, length);
	} catch {
		return NaN;
	}
}
function prefixOf(block, format) {
	switch (format) {
		case "v7": return "";
		case "ustar": return parseString(block, 345, 155);
		case "star":
			parseNumber(block, 476, 12);
			parseNumber(block, 488, 12);
			return parseString(block, 345, 131);
		case "gnu": return buggyGoPrefix(block);
	}
}
function buggyGoPrefix(block) {
	const isNumber = (offset) => {
		if (block[offset] === 0) return true;
		try {
			parseNumber(block, offset, 12);
			return true;
		} catch {
			return false;
		}
	};
	if (isNumber(345) && isNumber(357)) return "";
	const prefix = parseString(block, 345, 155);
	for (let index = 0; index < prefix.length; index++) if (prefix.charCodeAt(index) >= 128) return "";
	return prefix;
}
function parseBase256(block, offset, length) {
	const bits = 8 * length - 1;
	const raw = BigInt(`0x${block.toString("hex", offset, offset + length)}`);
	const value = BigInt.asIntN(bits, raw);
	if (BigInt.asIntN(64, value) !== value) throw invalid$5("a number in a header is too large");
	return Number(value);
}
function isBlank(byte) {
	return byte === 32 || byte === 0;
}
function invalid$5(what) {
	return new Failure("archive-invalid", `The archive is malformed: ${what}.`);
}
// src/image/tar/byte-reader.ts
var ByteReader = class {
	#chunks;
	#chunk = Buffer$1.alloc(0);
	#offset = 0;
	constructor(bytes) {
		this.#chunks = bytes[Symbol.asyncIterator]();
	}
	some(maxCount) {
		return this.#left === 0 ? this.#someOfNext(maxCount) : this.#take(Math.min(maxCount, this.#left));
	}
	exactly(count) {
		return this.atHand(count) ?? this.#gather(count);
	}
	must(count) {
		return this.atHand(count) ?? this.#gather(count).then((bytes) => bytes ?? fail(truncated()));
	}
	atHand(count) {
		return this.#left < count ? null : this.#take(count);
	}
	skip(count) {
		if (this.#left < count) return this.#skipUpTo(count).then((skipped) => skipped < count ? fail(truncated()) : void 0);
		this.#offset += count;
	}
	upTo(count) {
		if (this.#left < count) return this.#skipUpTo(count);
		this.#offset += count;
		return count;
	}
	async close() {
		await this.#chunks.return?.();
	}
	get #left() {
		return this.#chunk.length - this.#offset;
	}
	async #someOfNext(maxCount) {
		return await this.#next() ? this.#take(Math.min(maxCount, this.#left)) : null;
	}
	async #gather(count) {
		const parts = [];
		let remaining = count;
		while (remaining > 0) {
			const part = await this.some(remaining);
			if (part === null) {
				if (remaining === count) return null;
				throw truncated();
			}
			parts.push(part.length === remaining ? part : Buffer$1.from(part));
			remaining -= part.length;
		}
		return Buffer$1.concat(parts, count);
	}
	async #skipUpTo(count) {
		let skipped = 0;
		while (skipped < count) {
			const part = await this.some(count - skipped);
			if (part === null) break;
			skipped += part.length;
		}
		return skipped;
	}
	#take(count) {
		this.#offset += count;
		return this.#chunk.subarray(this.#offset - count, this.#offset);
	}
	async #next() {
		do {
			const { value, done } = await this.#chunks.next();
			if (done) return false;
			this.#chunk = Buffer$1.from(value.buffer, value.byteOffset, value.byteLength);
			this.#offset = 0;
		} while (this.#chunk.length === 0);
		return true;
	}
};
function fail(failure) {
	throw failure;
}
function truncated() {
	return new Failure("archive-truncated", "The archive ends in the middle of a member.");
}
// src/image/tar/pax.ts
const sparseOffset = "GNU.sparse.offset";
const sparseLength = "GNU.sparse.numbytes";
function parsePax(payload) {
	const text = payload.toString("latin1");
	const records = new Map();
	const sparseMap = [];
	for (let at = 0; at < text.length;) {
		const [key, value, end] = parseRecord(text, at);
		at = end;
		if (key !== sparseOffset && key !== sparseLength) {
			records.set(key, value);
			continue;
		}
		if (key !== (sparseMap.length % 2 === 0 ? sparseOffset : sparseLength) || value.includes(",")) throw invalid$4();
		sparseMap.push(value);
	}
	if (sparseMap.length > 0) records.set("GNU.sparse.map", sparseMap.join(","));
	return records;
}
function applyPax(header, records) {
	for (const [key, value] of records) {
		if (value === "") continue;
		switch (key) {
			case "path":
				header.path = value;
				break;
			case "linkpath":
				header.linkTarget = value;
				break;
			case "size":
				header.size = parseDecimal(value);
				break;
			case "uid":
				header.uid = parseDecimal(value);
				break;
			case "gid":
				header.gid = parseDecimal(value);
				break;
			case "mtime":
				header.modified = parseTime(value);
				break;
			case "atime":
			case "ctime": parseTime(value);
		}
	}
}
function parseDecimal(text) {
	if (!/^[+-]?[0-9]{1,4096}$/.test(text)) throw invalid$4();
	const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
	if (BigInt.asIntN(64, value) !== value) throw invalid$4();
	return Number(value);
}
function parseRecord(text, start) {
	const space = text.indexOf(" ", start);
	if (space < 0) throw invalid$4();
	const length = parseDecimal(text.slice(start, space));
	const end = start + length;
	if (length < 5 || end > text.length || end <= space + 1 || text[end - 1] !== "\n") throw invalid$4();
	const equals = text.indexOf("=", space);
	if (equals < 0 || equals > end - 2 || equals === space + 1) throw invalid$4();
	const key = text.slice(space + 1, equals);
	const value = text.slice(equals + 1, end - 1);
	if ((isName(key) ? value : key).includes("\0")) throw invalid$4();
	return [
		key,
		value,
		end
	];
}
function isName(key) {
	return key === "path" || key === "linkpath" || key === "uname" || key === "gname";
}
function parseTime(text) {
	const [seconds = "", fraction = ""] = splitOnce(text, ".");
	if (!/^[0-9]*$/.test(fraction)) throw invalid$4();
	const whole = parseDecimal(seconds);
	return seconds.startsWith("-") && /[1-9]/.test(fraction.slice(0, 9)) ? whole - 1 : whole;
}
function splitOnce(text, separator) {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
function invalid$4() {
	return new Failure("archive-invalid", "The archive is malformed: an extended header cannot be read.");
}
// src/image/tar/sparse.ts
const maxNumberLength = 4096;
async function readOldSparseMap(header, block, reader) {
	if (header.format !== "gnu") throw invalid$3();
	const size = parseNumber(block, 483, 12);
	const fragments = oldFragments(block, 386, 4);
	let isExtended = block[482] !== 0;
	for (let mapSize = 0; isExtended; mapSize += 512) {
		if (mapSize >= limits.extendedHeader) throw tooLong$1();
		const more = await reader.must(512);
		fragments.push(...oldFragments(more, 0, 21));
		isExtended = more[504] !== 0;
	}
	return checked({
		fragments,
		size,
		mapSize: 0
	});
}
function readPaxSparseMap(header, records, reader) {
	const version = versionOf$2(records);
	return version === null ? null : readPaxMap(version, header, records, reader);
}
async function readPaxMap(version, header, records, reader) {
	const sizeRecord = records.get("GNU.sparse.size") || records.get("GNU.sparse.realsize");
	const size = sizeRecord ? parseDecimal(sizeRecord) : header.size;
	if (version === "0.1") return checked({
		fragments: recordedFragments(records),
		size,
		mapSize: 0
	});
	return checked({
		...await readLeadingMap(reader, header.size),
		size
	});
}
function versionOf$2(records) {
	const version = `${records.get("GNU.sparse.major") ?? ""}.${records.get("GNU.sparse.minor") ?? ""}`;
	if (version === "1.0") return "1.0";
	if (version === "0.0" || version === "0.1") return "0.1";
	return version === "." && records.get("GNU.sparse.map") ? "0.1" : null;
}
function oldFragments(block, start, count) {
	const fragments = [];
	for (let at = start; at < start + count * 24 && block[at] !== 0; at += 24) fragments.push({
		offset: parseNumber(block, at, 12),
		length: parseNumber(block, at + 12, 12)
	});
	return fragments;
}
function recordedFragments(records) {
	const count = parseDecimal(records.get("GNU.sparse.numblocks") ?? "");
	const map = records.get("GNU.sparse.map") ?? "";
	const numbers = map === "" ? [] : map.split(",");
	if (numbers.length !== 2 * count) throw invalid$3();
	return fragmentsOf(numbers.map(parseDecimal));
}
async function readLeadingMap(reader, payloadSize) {
	const numbers = [];
	let line = "";
	let mapSize = 0;
	while (numbers.length === 0 || numbers.length < 1 + 2 * (numbers[0] ?? 0)) {
		mapSize += 512;
		if (mapSize > limits.extendedHeader) throw tooLong$1();
		if (mapSize > payloadSize) throw invalid$3();
		const lines = (line + (await reader.must(512)).toString("latin1")).split("\n");
		line = lines.pop() ?? "";
		if (line.length > maxNumberLength) throw invalid$3();
		for (const text of lines) if (numbers.length === 0 || numbers.length < 1 + 2 * (numbers[0] ?? 0)) numbers.push(parseDecimal(text));
		if ((numbers[0] ?? 0) < 0) throw invalid$3();
	}
	return {
		fragments: fragmentsOf(numbers.slice(1)),
		mapSize
	};
}
function fragmentsOf(numbers) {
	const fragments = [];
	for (let index = 0; index < numbers.length; index += 2) fragments.push({
		offset: numbers[index] ?? 0,
		length: numbers[index + 1] ?? 0
	});
	return fragments;
}
function checked(map) {
	let end = 0;
	for (const { offset, length } of map.fragments) {
		if (offset < end || length < 0) throw invalid$3();
		end = offset + length;
	}
	if (map.size < end) throw invalid$3();
	return map;
}
function invalid$3() {
	return new Failure("archive-invalid", "The archive is malformed: the map of a sparse file is invalid.");
}
function tooLong$1() {
	return new Failure("limit-exceeded", "The archive has a sparse file whose map is over 1 MiB.");
}
// src/image/tar/tar.ts
async function* readTar(bytes, options = {}) {
	const reader = new ByteReader(bytes);
	const tar = new TarReader(reader, options.isMarked ?? false);
	try {
		for (let member = await tar.next(); member !== null; member = await tar.next()) {
			yield member;
			await member.payload.discard();
		}
		while (await reader.some(Number.POSITIVE_INFINITY) !== null);
	} finally {
		await reader.close();
	}
}
function looksLikeTar(firstBlock) {
	if (firstBlock.length < 512) return false;
	if (isZero(firstBlock)) return true;
	try {
		parseTarHeader(firstBlock);
		return true;
	} catch {
		return false;
	}
}
const headerOnly = new Set([
	"1",
	"2",
	"3",
	"4",
	"5",
	"6"
]);
const noRecords = new Map();
const zeroBlock = Buffer$1.alloc(512);
const zeros = Buffer$1.alloc(65536);
const zeroChunksPerTurn = 128;
var TarReader = class {
	#reader;
	#isMarked;
	#members = 0;
	#extendedHeaders = 0;
	#holes = 0;
	constructor(reader, isMarked) {
		this.#reader = reader;
		this.#isMarked = isMarked;
	}
	async next() {
		if (++this.#members > limits.members) throw tooMuch$2(`over ${limits.members} members`);
		let records = noRecords;
		let longPath = "";
		let longTarget = "";
		for (let block = await this.#block(); block !== null; block = await this.#block()) {
			const header = parseTarHeader(block);
			payloadSize(header);
			switch (header.type) {
				case "x":
					records = parsePax(await this.#extended(header));
					break;
				case "g":
					parsePax(await this.#extended(header));
					[records, longPath, longTarget] = [
						noRecords,
						"",
						""
					];
					break;
				case "L":
					longPath = cString(await this.#extended(header));
					break;
				case "K":
					longTarget = cString(await this.#extended(header));
					break;
				default:
					applyPax(header, records);
					if (longPath !== "") header.path = longPath;
					if (longTarget !== "") header.linkTarget = longTarget;
					if (header.type === "\0") header.type = header.path.endsWith("/") ? "5" : "0";
					return this.#member(header, block, records);
			}
		}
		return null;
	}
	#block() {
		const block = this.#reader.atHand(512);
		return block === null || isZero(block) ? this.#lastBlock(block) : block;
	}
	async #lastBlock(available) {
		const read = () => this.#isMarked ? this.#reader.must(512) : this.#reader.exactly(512);
		const block = available ?? await read();
		if (block === null || !isZero(block)) return block;
		const second = await this.#reader.exactly(512);
		if (second === null || isZero(second)) return null;
		throw invalid$2("there is a block of zeros between two members");
	}
	async #extended(header) {
		const size = payloadSize(header);
		this.#extendedHeaders += size;
		if (size > limits.extendedHeader) throw tooMuch$2("an extended header of over 1 MiB");
		if (this.#extendedHeaders > limits.extendedHeaders) throw tooMuch$2("over 256 MiB of extended headers");
		const bytes = Buffer$1.from(await this.#reader.must(size));
		await this.#reader.upTo(paddingOf(size));
		return bytes;
	}
	#member(header, block, pax) {
		const stored = payloadSize(header);
		const map = header.type === "S" ? readOldSparseMap(header, block, this.#reader) : readPaxSparseMap(header, pax, this.#reader);
		if (map !== null) return this.#sparseMember(header, pax, stored, map);
		return member(header, pax, header.size, new Payload(this.#reader, stored, null, paddingOf(stored)));
	}
	async #sparseMember(header, pax, stored, reading) {
		const map = await reading;
		const data = map.fragments.reduce((sum, fragment) => sum + fragment.length, 0);
		if (headerOnly.has(header.type) || data !== stored - map.mapSize) throw invalid$2("a sparse file's map does not match its size");
		this.#holes += map.size - data;
		if (this.#holes > limits.holes) throw tooMuch$2("sparse files with over 512 MiB of holes");
		if (header.type !== "S") header.path = pax.get("GNU.sparse.name") || header.path;
		return member(header, pax, map.size, new Payload(this.#reader, data, map, paddingOf(stored)));
	}
};
function member(header, pax, size, payload) {
	const { path, linkTarget, type, mode, uid, gid, modified, device } = header;
	return {
		path,
		linkTarget,
		type,
		mode,
		uid,
		gid,
		size,
		modified,
		device,
		pax,
		payload
	};
}
var Payload = class {
	#reader;
	#map;
	#padding;
	#remaining;
	constructor(reader, stored, map, padding) {
		this.#reader = reader;
		this.#remaining = stored;
		this.#map = map;
		this.#padding = padding;
	}
	atHand() {
		if (this.#map !== null) return null;
		const bytes = this.#reader.atHand(this.#remaining);
		if (bytes !== null) this.#remaining = 0;
		return bytes;
	}
	async *[Symbol.asyncIterator]() {
		if (this.#map === null) return yield* this.#stored(this.#remaining);
		let position = 0;
		for (const { offset, length } of this.#map.fragments) {
			yield* holes(offset - position);
			yield* this.#stored(length);
			position = offset + length;
		}
		yield* holes(this.#map.size - position);
	}
	async discard() {
		await this.#reader.skip(this.#remaining);
		await this.#reader.upTo(this.#padding);
	}
	async *#stored(length) {
		for (let remaining = length; remaining > 0;) {
			const chunk = await this.#reader.some(remaining);
			if (chunk === null) throw truncated();
			remaining -= chunk.length;
			this.#remaining -= chunk.length;
			yield chunk;
		}
	}
};
async function* holes(length) {
	for (let remaining = length, turn = 1; remaining > 0; remaining -= zeros.length, turn++) {
		yield zeros.subarray(0, remaining);
		if (turn % zeroChunksPerTurn === 0) await setImmediate();
	}
}
function payloadSize(header) {
	if (headerOnly.has(header.type)) return 0;
	if (header.size < 0) throw invalid$2("a member has a negative size");
	return header.size;
}
function paddingOf(size) {
	return (512 - size % 512) % 512;
}
function isZero(block) {
	return block[0] === 0 && zeroBlock.equals(block);
}
function cString(bytes) {
	return parseString(bytes, 0, bytes.length);
}
function invalid$2(what) {
	return new Failure("archive-invalid", `The archive is malformed: ${what}.`);
}
function tooMuch$2(what) {
	return new Failure("limit-exceeded", `The archive has ${what}, more than any honest image has.`);
}
// src/image/layer/peek.ts
async function peek(bytes, length) {
	const chunks = bytes[Symbol.asyncIterator]();
	const first = await readStart(chunks, length);
	return {
		start: first.subarray(0, length),
		all: continued(first, chunks)
	};
}
async function readStart(chunks, length) {
	const parts = [];
	for (let size = 0; size < length; size += parts.at(-1)?.length ?? 0) {
		const { value, done } = await chunks.next();
		if (done) break;
		parts.push(size + value.length < length ? Buffer$1.from(value) : value);
	}
	const [only] = parts;
	return only !== void 0 && parts.length === 1 ? Buffer$1.from(only.buffer, only.byteOffset, only.byteLength) : Buffer$1.concat(parts);
}
async function* continued(start, chunks) {
	try {
		if (start.length > 0) yield start;
		for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
	} finally {
		await chunks.return?.();
	}
}
// src/image/layer/zstd-frames.ts
async function* cutZstdFrames(bytes) {
	const reader = new ByteReader(bytes);
	try {
		for (let magic = await reader.exactly(4); magic !== null; magic = await reader.exactly(4)) {
			const number = magic.readUInt32LE();
			if (number === 4247762216) yield* joined$1(frame(magic, reader));
			else if (isSkippable(number)) await reader.skip((await reader.must(4)).readUInt32LE());
			else throw new Failure("archive-invalid", "The zstd stream has bytes between its frames that are not a frame.");
		}
	} finally {
		await reader.close();
	}
}
async function* joined$1(parts) {
	let run = [];
	let size = 0;
	for await (const part of parts) {
		run.push(Buffer$1.from(part));
		size += part.length;
		if (size < largeChunk) continue;
		yield Buffer$1.concat(run);
		[run, size] = [[], 0];
	}
	if (size > 0) yield Buffer$1.concat(run);
}
const largeChunk = 65536;
function isSkippable(magic) {
	return magic >>> 4 === 25481893;
}
async function* frame(magic, reader) {
	yield magic;
	const descriptor = await reader.must(1);
	yield descriptor;
	const flags = descriptor.readUInt8();
	const rest = headerRest(flags);
	if (rest > 0) yield await reader.must(rest);
	for (let isLast = false; !isLast;) {
		const header = await reader.must(3);
		yield header;
		const bits = header.readUIntLE(0, 3);
		isLast = (bits & 1) === 1;
		let remaining = (bits >>> 1 & 3) === 1 ? 1 : bits >>> 3;
		while (remaining > 0) {
			const chunk = await reader.some(remaining) ?? await reader.must(1);
			remaining -= chunk.length;
			yield chunk;
		}
	}
	if (flags & 4) yield await reader.must(4);
}
function headerRest(flags) {
	const isSingleSegment = (flags & 32) !== 0;
	const window = isSingleSegment ? 0 : 1;
	const dictionary = [
		0,
		1,
		2,
		4
	][flags & 3] ?? 0;
	const contentSize = [
		isSingleSegment ? 1 : 0,
		2,
		4,
		8
	][flags >>> 6] ?? 0;
	return window + dictionary + contentSize;
}
function compressionOf(start) {
	const magic = Buffer$1.from(start.buffer, start.byteOffset, Math.min(start.length, 6)).toString("hex");
	if (magic.startsWith("1f8b")) return "gzip";
	if (magic.startsWith("28b52ffd") || /^5.2a4d18/.test(magic)) return "zstd";
	if (/^425a683[1-9](31|17)/.test(magic)) return "bzip2";
	if (magic === "fd377a585a00") return "xz";
	return "none";
}
function unpack(bytes, compression, what) {
	switch (compression) {
		case "none": return bytes;
		case "gzip": return inflate(batchesOf(bytes), createGunzip({ chunkSize }));
		case "zstd": return inflate(copiesOf(cutZstdFrames(bytes)), createZstdDecompress({ chunkSize }));
		case "bzip2":
		case "xz": throw refusal(compression, what);
	}
}
async function* decompress(bytes) {
	const { start, all } = await peek(bytes, 6);
	yield* unpack(all, compressionOf(start), "archive");
}
const chunkSize = 262144;
const batchSize = 262144;
async function* inflate(compressed, decompressor) {
	const size = {
		compressed: 0,
		decompressed: 0
	};
	const ending = feed(compressed, decompressor, size);
	try {
		for await (const chunk of decompressor) {
			size.decompressed += chunk.length;
			if (size.decompressed > limits.ratioFrom && size.decompressed > size.compressed * limits.ratio) throw bomb();
			yield chunk;
		}
	} catch (error) {
		throw asFailure(error);
	} finally {
		decompressor.destroy();
		await ending;
	}
}
async function feed(compressed, decompressor, size) {
	let giveUp = () => {};
	decompressor.once("close", () => giveUp());
	const write = (part) => new Promise((resolve) => {
		size.compressed += part.length;
		giveUp = () => resolve(false);
		if (decompressor.closed) resolve(false);
		else decompressor.write(part, (error) => resolve(error == null));
	});
	try {
		let isWritten = Promise.resolve(true);
		for await (const part of compressed) {
			if (!await isWritten) return;
			isWritten = write(part);
		}
		if (await isWritten) decompressor.end();
	} catch (error) {
		decompressor.destroy(error);
	}
}
async function* copiesOf(bytes) {
	for await (const chunk of bytes) yield Buffer$1.from(chunk);
}
async function* batchesOf(bytes) {
	let [batch, spare] = [Buffer$1.allocUnsafeSlow(batchSize), Buffer$1.allocUnsafeSlow(batchSize)];
	let filled = 0;
	for await (const chunk of bytes) for (let rest = chunk; rest.length > 0;) {
		const part = rest.subarray(0, batchSize - filled);
		batch.set(part, filled);
		filled += part.length;
		rest = rest.subarray(part.length);
		if (filled < batchSize) break;
		yield batch;
		[batch, spare, filled] = [
			spare,
			batch,
			0
		];
	}
	if (filled > 0) yield batch.subarray(0, filled);
}
function asFailure(error) {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	if (code === "Z_BUF_ERROR") return new Failure("archive-truncated", "The compressed stream ends early.", { cause: error });
	if (/^(Z_|ZSTD_)/.test(code)) return new Failure("archive-invalid", "The compressed stream is damaged.", { cause: error });
	return error;
}
function bomb() {
	return new Failure("limit-exceeded", `A compressed stream decompresses to over ${limits.ratio} times its size.`);
}
function refusal(format, what) {
	return what === "layer" ? new Failure("layer-unsupported", `A layer is compressed with ${format}. Build it with gzip or zstd.`) : new Failure("image-unsupported", `It is compressed with ${format}. Decompress it first, with ${format} -dk.`);
}
// src/image/work.ts
function atOnce(work) {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}
const stretch = 4096;
// src/image/layer/entry-table.ts
var EntryTable = class {
	columns;
	constructor(columns) {
		this.columns = columns;
	}
	static of(entries) {
		const builder = new EntryTableBuilder();
		for (const entry of entries) builder.add(entry);
		return builder.finish();
	}
	get length() {
		return this.columns.ends.length;
	}
	pathAt(index) {
		return this.columns.paths.slice(this.#beginAt(index), must(this.columns.ends[index]));
	}
	isIn(directory, index) {
		const { paths, ends } = this.columns;
		const begin = this.#beginAt(index);
		const end = must(ends[index]);
		const name = directory === "" ? begin : begin + directory.length + 1;
		if (name >= end) return false;
		if (directory !== "" && (paths[name - 1] !== "/" || !paths.startsWith(directory, begin))) return false;
		return !paths.slice(name, end).includes("/");
	}
	attributesAt(index) {
		return must(this.columns.distinct[must(this.columns.attributes[index])]);
	}
	sizeAt(index) {
		return must(this.columns.sizes[index]);
	}
	modifiedAt(index) {
		return must(this.columns.modified[index]);
	}
	at(index) {
		return {
			path: this.pathAt(index),
			...this.attributesAt(index),
			size: this.sizeAt(index),
			modified: this.modifiedAt(index)
		};
	}
	*[Symbol.iterator]() {
		for (let index = 0; index < this.length; index++) yield this.at(index);
	}
	#beginAt(index) {
		return index === 0 ? 0 : must(this.columns.ends[index - 1]);
	}
};
var EntryTableBuilder = class {
	#ends = new Column(Uint32Array);
	#sizes = new Column(Float64Array);
	#modified = new Column(Float64Array);
	#attributes = new Column(Uint32Array);
	#distinct = new Map();
	#paths = [];
	#pathLength = 0;
	add(entry) {
		const { path, size, modified } = entry;
		this.#pathLength += path.length;
		if (this.#pathLength > limits.paths) throw new Failure("limit-exceeded", "A layer's paths have more text than in any honest image.");
		this.#paths.push(path);
		this.#ends.push(this.#pathLength);
		this.#sizes.push(size);
		this.#modified.push(modified);
		this.#attributes.push(this.#indexOf(entry));
	}
	finish() {
		return new EntryTable({
			paths: this.#paths.join(""),
			ends: this.#ends.finish(),
			sizes: this.#sizes.finish(),
			modified: this.#modified.finish(),
			attributes: this.#attributes.finish(),
			distinct: [...this.#distinct.values()].map(({ attributes }) => attributes)
		});
	}
	#indexOf(entry) {
		const key = keyOf(entry);
		const existing = this.#distinct.get(key);
		if (existing !== void 0) return existing.index;
		const { path: _path, size: _size, modified: _modified, ...attributes } = entry;
		const index = this.#distinct.size;
		this.#distinct.set(key, {
			index,
			attributes
		});
		return index;
	}
};
function keyOf({ type, mode, uid, gid, linkTarget, device, content }) {
	const plain = `${type} ${mode} ${uid} ${gid}`;
	return linkTarget === void 0 && device === void 0 && content === void 0 ? plain : plain + JSON.stringify([
		linkTarget,
		device,
		content
	]);
}
var Column = class {
	#type;
	#numbers;
	#length = 0;
	constructor(type) {
		this.#type = type;
		this.#numbers = new type(64);
	}
	push(number) {
		if (this.#length === this.#numbers.length) {
			const grown = new this.#type(this.#length * 2);
			grown.set(this.#numbers);
			this.#numbers = grown;
		}
		this.#numbers[this.#length++] = number;
	}
	finish() {
		const numbers = new this.#type(this.#length);
		numbers.set(this.#numbers.subarray(0, this.#length));
		return numbers;
	}
};
function must(item) {
	if (item === void 0) throw new RangeError("there is no such entry");
	return item;
}
// src/image/layer/gzip-size.ts
function gzipSize() {
	const gzip = createGzip({ level: 6 });
	let size = 0;
	gzip.on("data", (chunk) => {
		size += chunk.length;
	});
	return {
		add: (chunk) => new Promise((resolve, reject) => {
			gzip.write(chunk, (error) => error ? reject(error) : resolve());
		}),
		async finish() {
			gzip.end();
			await once(gzip, "end");
			return size;
		},
		close: () => gzip.destroy()
	};
}
// src/image/layer/measured-stream.ts
var MeasuredStream = class {
	#chunks;
	#maxSize;
	#tap;
	#algorithm;
	#hash;
	#size = 0;
	constructor(bytes, maxSize = Number.POSITIVE_INFINITY, tap = null, algorithm = "sha256") {
		this.#chunks = bytes[Symbol.asyncIterator]();
		this.#maxSize = maxSize;
		this.#tap = tap;
		this.#algorithm = algorithm;
		this.#hash = createHash(algorithm);
	}
	get size() {
		return this.#size;
	}
	async *bytes() {
		for (let chunk = await this.#next(); chunk !== null; chunk = await this.#next()) yield chunk;
	}
	async drain() {
		while (await this.#next() !== null);
	}
	digest() {
		return `${this.#algorithm}:${this.#hash.digest("hex")}`;
	}
	async close() {
		await this.#chunks.return?.();
	}
	async #next() {
		const { value, done } = await this.#chunks.next();
		if (done) return null;
		this.#hash.update(value);
		this.#size += value.length;
		if (this.#size > this.#maxSize) throw new Failure("limit-exceeded", `A layer has over ${this.#maxSize} bytes.`);
		await this.#tap?.(value);
		return value;
	}
};
// src/image/layer/tree.ts
var LayerTree = class {
	#root = directory();
	#top = {
		requested: "",
		path: "",
		node: this.#root
	};
	#last = this.#top;
	#disputed = new Set();
	#unlisted = 0;
	#steps = 0;
	place(path) {
		const base = baseOf(path);
		const parent = this.#enter(parentOf(path)).path;
		return parent === "" ? base : `${parent}/${base}`;
	}
	add(path, type, linkTarget = "") {
		const siblings = this.#enter(parentOf(path)).node.children;
		const name = baseOf(path);
		const existing = siblings.get(name);
		if (existing?.type !== "directory" || type !== "directory") {
			siblings.set(name, nodeOf(type, linkTarget));
			if (existing !== void 0) this.#last = this.#top;
		}
		return existing === void 0;
	}
	typeAt(path) {
		return this.#at(path)?.type;
	}
	dispute(path) {
		const node = this.#at(path);
		if (node === void 0) return;
		this.#disputed.add(node);
		this.#last = this.#top;
	}
	#at(path) {
		let node = this.#root;
		for (const name of path === "" ? [] : path.split("/")) node = node?.children.get(name);
		return node;
	}
	#enter(path) {
		if (path !== this.#last.requested) this.#last = this.#walk(path);
		return this.#last;
	}
	#walk(path) {
		const trail = [];
		const rest = path.split("/").reverse();
		let links = 0;
		for (let name = rest.pop(); name !== void 0; name = rest.pop()) {
			if (name === "" || name === ".") continue;
			if (name === "..") {
				trail.pop();
				continue;
			}
			const { children } = trail.at(-1)?.node ?? this.#root;
			const child = children.get(name) ?? this.#createDirectory(children, name);
			if (child.type === "other") throw notADirectory(name);
			if (child.type === "symlink") {
				if (++links > limits.links) throw tooManyLinks();
				const nodes = [child, ...trail.map(({ node }) => node)];
				if (nodes.some((node) => this.#disputed.has(node))) throw disputed(name);
				this.#spend(nodes.length);
				if (child.linkTarget.startsWith("/")) trail.length = 0;
				const parts = child.linkTarget.split("/");
				this.#spend(parts.length);
				for (const part of parts.reverse()) rest.push(part);
				continue;
			}
			trail.push({
				name,
				node: child
			});
			if (trail.length > limits.depth) throw tooDeep();
		}
		const node = trail.at(-1)?.node ?? this.#root;
		return {
			requested: path,
			path: links === 0 ? path : trail.map(({ name }) => name).join("/"),
			node
		};
	}
	#createDirectory(siblings, name) {
		if (++this.#unlisted > limits.missingDirectories) throw tooManyDirectories$1();
		const created = directory();
		siblings.set(name, created);
		return created;
	}
	#spend(steps) {
		this.#steps += steps;
		if (this.#steps > limits.placingSteps) throw tooManySteps$1();
	}
};
function nodeOf(type, linkTarget) {
	if (type === "directory") return directory();
	return type === "symlink" ? {
		type,
		linkTarget,
		children: none
	} : other;
}
const none = new Map();
const other = {
	type: "other",
	linkTarget: "",
	children: none
};
function directory() {
	return {
		type: "directory",
		linkTarget: "",
		children: new Map()
	};
}
function notADirectory(name) {
	return new Failure("archive-invalid", `A layer has a file under ${JSON.stringify(name)}, which is not a directory in the same layer.`);
}
function disputed(name) {
	return new Failure("archive-invalid", `A layer has files under the symbolic link ${JSON.stringify(name)}, which it also deletes. Build the layer again.`);
}
function tooManyLinks() {
	return new Failure("limit-exceeded", `A layer has a path that leads through over ${limits.links} symbolic links.`);
}
function tooManySteps$1() {
	return new Failure("limit-exceeded", "The paths of a layer lead through more links than those of any honest image.");
}
function tooManyDirectories$1() {
	return new Failure("limit-exceeded", `A layer has files in over ${limits.missingDirectories} directories that it does not list.`);
}
function tooDeep() {
	return new Failure("limit-exceeded", "A layer has a path through links that is deeper than Linux allows.");
}
// src/image/layer/whiteout.ts
function whiteoutOf(path, type, device) {
	const base = baseOf(path);
	if (base === ".wh..wh..opq") return {
		type: "opaque-whiteout",
		path: parentOf(path)
	};
	if (base.startsWith(".wh..wh.")) return { type: "ignored" };
	if (base.startsWith(".wh.")) {
		const name = base.slice(4);
		if (name === "" || name === "." || name === "..") throw invalid$1(path);
		const parent = parentOf(path);
		return {
			type: "whiteout",
			path: parent === "" ? name : `${parent}/${name}`
		};
	}
	if (type === "character-device" && device[0] === 0 && device[1] === 0) return {
		type: "whiteout",
		path
	};
	return null;
}
function invalid$1(path) {
	return new Failure("archive-invalid", `A layer has the whiteout ${JSON.stringify(displayPath(path).path)}, which names no file to hide.`);
}
// src/image/layer/layer.ts
async function readLayer(bytes, options = {}) {
	const { start, all: stored } = await peek(bytes, 6);
	const compression = compressionOf(start);
	const isCompressed = compression !== "none";
	const estimate = options.needsPullSize && !isCompressed ? gzipSize() : null;
	const blob = new MeasuredStream(stored, limits.layerSize, estimate?.add ?? null, options.algorithm);
	const isTar = !isCompressed && (options.algorithm ?? "sha256") === "sha256";
	const tar = isTar ? blob : new MeasuredStream(unpack(blob.bytes(), compression, "layer"), limits.layerSize);
	try {
		const list = new EntryList(options.examine);
		for await (const member of readTar(tar.bytes())) await list.add(member);
		if (!isTar) await blob.drain();
		const diffId = tar.digest();
		return {
			reading: {
				diffId,
				size: list.size,
				tarSize: tar.size,
				entries: await list.finish(),
				anomalies: list.anomalies,
				...estimate === null ? {} : { gzipSize: await estimate.finish() }
			},
			blob: {
				digest: isTar ? diffId : blob.digest(),
				size: blob.size
			}
		};
	} finally {
		estimate?.close();
		await tar.close();
		await blob.close();
	}
}
const types = new Map([
	["0", "file"],
	["1", "hardlink"],
	["2", "symlink"],
	["3", "character-device"],
	["4", "block-device"],
	["5", "directory"],
	["6", "fifo"]
]);
var EntryList = class {
	#examine;
	#tree = new LayerTree();
	#entries = new EntryTableBuilder();
	anomalies = [];
	size = 0;
	constructor(examine) {
		this.#examine = examine;
	}
	async add(member) {
		const { path: cleaned, isOutside } = cleanPath$1(member.path);
		checkLength(cleaned);
		const path = this.#tree.place(cleaned);
		if (path !== cleaned) checkLength(path);
		if (isOutside) this.anomalies.push({
			kind: "path-outside-root",
			path
		});
		this.#checkRecords(path, member.pax);
		const type = typeOf(member, path);
		const whiteout = whiteoutOf(path, type, member.device);
		if (whiteout !== null) this.#addWhiteout(member, whiteout);
		else await this.#addEntry(member, path, type);
	}
	async finish() {
		if (this.#tree.typeAt("Files") === "directory" && this.#tree.typeAt("Hives") === "directory") throw windows();
		const entries = this.#entries.finish();
		let whiteouts = 0;
		for (let index = 0; index < entries.length; index++) {
			if (entries.attributesAt(index).type !== "whiteout") continue;
			if (++whiteouts % 4096 === 0) await setImmediate();
			const path = entries.pathAt(index);
			if (this.#tree.typeAt(path) === "directory") this.anomalies.push({
				kind: "whiteout-with-replacement",
				path
			});
		}
		return entries;
	}
	#checkRecords(path, records) {
		let isKnown = true;
		for (const key of records.keys()) {
			if (key.startsWith("MSWINDOWS.")) throw windows();
			if (isOverlayRecord(key)) throw overlay(path);
			isKnown &&= knownRecord.test(key);
		}
		if (!isKnown) this.anomalies.push({
			kind: "unknown-pax-record",
			path
		});
	}
	#addWhiteout(member, whiteout) {
		if (whiteout.type === "ignored") return;
		const { path, type } = whiteout;
		const existing = this.#tree.typeAt(path);
		if (type === "whiteout" && existing !== void 0) {
			this.#tree.dispute(path);
			if (existing !== "directory") this.anomalies.push({
				kind: "whiteout-with-replacement",
				path
			});
		}
		if (type === "opaque-whiteout" && path !== "") this.#tree.place(`${path}/x`);
		this.#entries.add({
			...ownership(member),
			path,
			type,
			size: 0
		});
	}
	async #addEntry(member, path, type) {
		if (path === "") {
			if (type !== "directory") throw invalid("the member for the root is not a directory");
			this.#entries.add({
				...ownership(member),
				path,
				type,
				size: 0
			});
			return;
		}
		if (member.linkTarget.length > limits.linkTarget) throw tooLong();
		const linkTarget = type === "hardlink" ? this.#hardlinkTarget(member, path) : member.linkTarget;
		const kind = type === "directory" || type === "symlink" ? type : "other";
		if (!this.#tree.add(path, kind, linkTarget)) this.anomalies.push({
			kind: "duplicate-path",
			path
		});
		const size = type === "file" ? member.size : 0;
		const content = type === "file" ? await this.#look(member, path) : void 0;
		this.size += size;
		this.#entries.add({
			...ownership(member),
			path,
			type,
			size,
			...type === "symlink" || type === "hardlink" ? { linkTarget } : {},
			...type === "character-device" || type === "block-device" ? { device: member.device } : {},
			...content === void 0 ? {} : { content }
		});
	}
	#hardlinkTarget(member, path) {
		const target = this.#tree.place(cleanPath$1(member.linkTarget).path);
		const type = this.#tree.typeAt(target);
		if (type !== void 0 && type !== "directory" && target !== path) return target;
		throw invalid(`the hard link ${shown(path)} points to ${shown(target)}, which is not a file of this layer`);
	}
	async #look(member, path) {
		const probe = this.#examine?.({
			path,
			mode: member.mode & 4095,
			size: member.size
		});
		if (probe === void 0) return void 0;
		const whole = member.payload.atHand();
		if (whole !== null) probe.update(whole);
		else for await (const chunk of member.payload) probe.update(chunk);
		return probe.finish();
	}
};
const knownRecord = /^(?:path|linkpath|size|uid|gid|uname|gname|mtime|atime|ctime|charset|comment|hdrcharset|realtime\..*|security\..*|[A-Z][A-Za-z0-9]*\..*)$/s;
function isOverlayRecord(key) {
	if (!key.includes("xattr")) return false;
	const name = key.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
	return /xattr\.(?:trusted|user|security)\.(?:overlay|fuseoverlayfs)(?:\.|$)/i.test(name);
}
function typeOf(member, path) {
	const type = types.get(member.type);
	if (type === void 0) throw invalid(`${shown(path)} has the type flag ${JSON.stringify(member.type)}, which no engine unpacks`);
	return type;
}
function checkLength(path) {
	if (path.length <= limits.pathComponent) return;
	const parts = path.split("/");
	if (path.length > limits.path || parts.some((part) => part.length > limits.pathComponent) || parts.length > limits.depth) throw tooLong();
}
function ownership({ mode, uid, gid, modified }) {
	return {
		mode: mode & 4095,
		uid,
		gid,
		modified
	};
}
function shown(path) {
	return JSON.stringify(displayPath(path).path);
}
function invalid(what) {
	return new Failure("archive-invalid", `A layer is malformed: ${what}.`);
}
function tooLong() {
	return new Failure("limit-exceeded", "A layer has a path or link target that is longer or deeper than Linux allows.");
}
function overlay(path) {
	return new Failure("layer-unsupported", `A layer sets extended attributes on ${shown(path)} with which overlay file systems hide or show files, so what a container sees depends on the engine. Build the layer without trusted.overlay.* and user.overlay.*.`);
}
function windows() {
	return new Failure("layer-unsupported", "This is a Windows image. Only Linux images can be audited.");
}
// src/image/layer/blob.ts
async function readBlob(bytes, options = {}) {
	const { start, all } = await peek(bytes, 512);
	if (compressionOf(start) !== "none" || looksLikeTar(start) || start.length === 0) {
		const { reading, blob } = await readLayer(all, options);
		return {
			kind: "layer",
			reading,
			...blob
		};
	}
	const chunks = [];
	let size = 0;
	for await (const chunk of all) {
		size += chunk.length;
		if (size > limits.archiveMember) throw tooLarge();
		chunks.push(Buffer$1.from(chunk));
	}
	const document = Buffer$1.concat(chunks);
	return {
		kind: "document",
		bytes: document,
		digest: digestOf(document, options.algorithm)
	};
}
function tooLarge() {
	return new Failure("limit-exceeded", "A blob that is not a layer is larger than any honest image's manifest or config.");
}
// src/docker/registry/upload.ts
var Upload = class {
	#options;
	#writer = null;
	#reading = null;
	#isBusy = false;
	#size = 0;
	constructor(options) {
		this.#options = options;
	}
	get size() {
		return this.#size;
	}
	async add(body, count = () => {}) {
		if (this.#isBusy) throw new Failure("engine-failed", "Two requests tried to write one blob at once.");
		this.#isBusy = true;
		for await (const chunk of body) {
			this.#size += chunk.length;
			count(chunk.length);
			if (this.#size > limits.layerSize) throw new Failure("limit-exceeded", `A pushed blob has more than ${limits.layerSize} bytes.`);
			this.#writer ??= this.#start();
			await this.#writer.write(chunk).catch(() => {});
		}
		this.#isBusy = false;
	}
	async finish(claimed) {
		if (this.#isBusy) throw new Failure("engine-failed", "A blob was completed during its upload.");
		this.#isBusy = true;
		this.#writer ??= this.#start();
		await this.#writer.close().catch(() => {});
		const blob = await this.#reading;
		if (blob.kind !== "failed" && blob.digest !== claimed) throw new Failure("digest-mismatch", `The engine pushed a blob as ${claimed}, but its digest is ${blob.digest}. Run again.`);
		return blob;
	}
	async abandon() {
		await this.#writer?.abort(new Error("the upload was abandoned")).catch(() => {});
		await this.#reading?.catch(() => {});
	}
	#start() {
		const { readable, writable } = new TransformStream();
		const writer = writable.getWriter();
		writer.closed.catch(() => {});
		const chunks = readable[Symbol.asyncIterator]();
		this.#reading = readBlob({ [Symbol.asyncIterator]: () => chunks }, this.#options).catch((error) => {
			if (error instanceof Failure) return {
				kind: "failed",
				failure: error
			};
			throw error;
		}).finally(() => chunks.return?.());
		this.#reading.catch(() => {});
		return writer;
	}
};
// src/docker/registry/routes.ts
var Registry = class {
	#options;
	#root;
	#uploads = new Map();
	#blobs = new Map();
	#manifests;
	#trusted;
	#documentBytes = 0;
	#size = 0;
	constructor(options) {
		this.#options = options;
		this.#root = `/v2/${options.repository}/`;
		this.#manifests = new PushedManifests(options.tag);
		this.#trusted = options.trust === void 0 ? null : new Trusted(options.trust);
	}
	get received() {
		const { root, documents } = this.#manifests;
		if (root === null) return null;
		return {
			root,
			manifests: documents,
			blobs: this.#blobs,
			trusted: this.#trusted?.digests ?? new Set()
		};
	}
	get size() {
		return this.#size;
	}
	async answer(request) {
		const { method, url = "" } = request;
		const [path = "", query] = url.split("?", 2);
		if (path === "/v2/") return {
			status: 200,
			headers: { "Docker-Distribution-Api-Version": "registry/2.0" }
		};
		if (!path.startsWith(this.#root)) return null;
		const [kind, name = "", ...rest] = path.slice(this.#root.length).split("/");
		const parameters = new URLSearchParams(query);
		if (kind === "blobs" && name === "uploads" && rest.length === 1) {
			const [id = ""] = rest;
			if (method === "POST" && id === "") return this.#begin(request, parameters);
			if (method === "PATCH") return this.#continue(id, request);
			if (method === "PUT") return this.#end(id, request, parameters.get("digest"));
		}
		if (kind === "blobs" && rest.length === 0 && method === "HEAD") return this.#headBlob(name);
		if (kind === "manifests" && rest.length === 0) {
			if (method === "HEAD" || method === "GET") return this.#getManifest(name);
			if (method === "PUT") return this.#takeManifest(name, request);
		}
		return null;
	}
	async close() {
		const uploads = [...this.#uploads.values()];
		this.#uploads.clear();
		await Promise.all(uploads.map((upload) => upload.abandon()));
	}
	#headBlob(digest) {
		const size = this.#sizeOf(digest) ?? (isDigest(digest) && this.#trusted?.takes(digest) ? unknownSize : void 0);
		return size === void 0 ? absent : {
			status: 200,
			headers: described(digest, size, "application/octet-stream")
		};
	}
	#sizeOf(digest) {
		if (!isDigest(digest)) return void 0;
		const blob = this.#blobs.get(digest);
		if (blob?.kind === "document") return blob.bytes.length;
		return blob?.kind === "layer" ? blob.size : this.#options.store.sizeOf(digest);
	}
	#begin(request, parameters) {
		const mounted = parameters.get("mount");
		if (mounted !== null && this.#sizeOf(mounted) !== void 0) return this.#created("blobs", mounted);
		this.#trusted?.countUpload();
		if (this.#uploads.size >= maxUploads) throw new Failure("limit-exceeded", `More than ${maxUploads} blobs were pushed at once.`);
		const id = randomBytes(16).toString("hex");
		this.#uploads.set(id, new Upload(this.#options));
		const digest = parameters.get("digest");
		return digest === null ? this.#accepted(id, 0) : this.#end(id, request, digest);
	}
	async #continue(id, request) {
		const upload = this.#uploads.get(id);
		if (upload === void 0) return null;
		await this.#add(id, upload, request);
		return this.#accepted(id, upload.size);
	}
	async #end(id, request, digest) {
		const upload = this.#uploads.get(id);
		if (upload === void 0) return null;
		await this.#add(id, upload, request);
		try {
			if (!isDigest(digest)) throw new Failure("image-invalid", "A blob was pushed without a sha256 digest.");
			this.#keep(digest, await upload.finish(digest));
			this.#size += upload.size;
			return this.#created("blobs", digest);
		} finally {
			await this.#drop(id, upload);
		}
	}
	async #add(id, upload, request) {
		try {
			const range = rangeOf$2(request);
			if (range !== null && range.first !== upload.size) throw misplaced$1();
			await upload.add(request, (bytes) => this.#trusted?.countBytes(bytes));
			if (range !== null && range.last + 1 !== upload.size) throw misplaced$1();
		} catch (error) {
			await this.#drop(id, upload);
			throw error;
		}
	}
	async #drop(id, upload) {
		this.#uploads.delete(id);
		await upload.abandon();
	}
	#keep(digest, blob) {
		const existing = this.#blobs.get(digest);
		if (existing !== void 0 && existing.kind !== "failed") return;
		const documentBytes = this.#documentBytes + (blob.kind === "document" ? blob.bytes.length : 0);
		if (documentBytes > limits.archiveMembers || this.#blobs.size >= maxBlobs) throw tooMuch$1();
		this.#documentBytes = documentBytes;
		if (blob.kind === "layer") this.#options.store.keep(blob.reading, blob);
		this.#blobs.set(digest, blob);
	}
	#getManifest(name) {
		const manifest = this.#manifests.find(name);
		if (manifest === null) return absent;
		const { digest, bytes, mediaType } = manifest;
		return {
			status: 200,
			headers: described(digest, bytes.length, mediaType),
			body: bytes
		};
	}
	async #takeManifest(name, request) {
		const manifest = await this.#manifests.take(name, request);
		return manifest && this.#created("manifests", manifest.digest);
	}
	#accepted(id, size) {
		return {
			status: 202,
			headers: {
				Location: `${this.#root}blobs/uploads/${id}`,
				Range: `0-${Math.max(0, size - 1)}`,
				"Docker-Upload-UUID": id
			}
		};
	}
	#created(kind, digest) {
		return {
			status: 201,
			headers: {
				Location: `${this.#root}${kind}/${digest}`,
				"Docker-Content-Digest": digest
			}
		};
	}
};
const unknownSize = 1;
const absent = { status: 404 };
const maxUploads = 32;
const maxBlobs = 10 * limits.layers;
function described(digest, size, mediaType) {
	return {
		"Content-Length": size,
		"Content-Type": mediaType,
		"Docker-Content-Digest": digest
	};
}
function rangeOf$2({ headers }) {
	const range = headers["content-range"];
	if (range === void 0) return null;
	const [, first, last] = /^(?:bytes )?(\d{1,15})-(\d{1,15})(?:\/\S+)?$/.exec(range) ?? [];
	return {
		first: Number(first),
		last: Number(last)
	};
}
function misplaced$1() {
	return new Failure("archive-invalid", "A blob was pushed in chunks that are out of order. Run again.");
}
function tooMuch$1() {
	return new Failure("limit-exceeded", "The push contains more than any honest image has.");
}
// src/docker/registry/receiver.ts
async function openReceiver(options) {
	const { store, signal } = options;
	throwIfCancelled(signal);
	let refusal = null;
	let wasReached = false;
	const server = createServer(serverLimits);
	server.maxConnections = maxConnections;
	server.requestTimeout = 0;
	server.timeout = idleTimeoutMs;
	server.keepAliveTimeout = idleTimeoutMs;
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address();
	const name = newPushReference(`127.0.0.1:${port}`, randomBytes(16).toString("hex"), options.run ?? newRunId());
	const registry = new Registry({
		...options,
		...name
	});
	server.on("request", async (request, response) => {
		try {
			const answer = await registry.answer(request);
			if (answer === null) return void response.writeHead(404, closing).end();
			wasReached ||= request.url !== "/v2/";
			response.writeHead(answer.status, answer.headers).end(answer.body);
		} catch (error) {
			refusal ??= asRefusal(error, request);
			refuse(response);
		}
	});
	const dispose = async () => {
		signal?.removeEventListener("abort", dispose);
		const closed = server.listening ? once(server, "close") : null;
		server.close();
		server.closeAllConnections();
		await registry.close();
		await closed;
	};
	signal?.addEventListener("abort", dispose, { once: true });
	if (signal?.aborted) await dispose();
	throwIfCancelled(signal);
	return {
		reference: name.reference,
		get digestReference() {
			const digest = registry.received?.root.digest;
			return digest === void 0 ? null : name.reference.replace(/:[^:]+$/, `@${digest}`);
		},
		get size() {
			return registry.size;
		},
		get wasReached() {
			return wasReached;
		},
		get refusal() {
			return refusal;
		},
		image(wanted) {
			throwIfCancelled(signal);
			const { received } = registry;
			if (received === null) throw refusal ?? nothingPushed();
			return imageOfPush(received, store, wanted);
		},
		unproven(wanted) {
			return registry.received === null ? [] : unprovenOf(registry.received, store, wanted);
		},
		[Symbol.asyncDispose]: dispose
	};
}
const idleTimeoutMs = 6e4;
const maxConnections = 64;
const serverLimits = {
	headersTimeout: 1e4,
	connectionsCheckingInterval: 1e3,
	maxHeaderSize: 16384
};
const closing = { Connection: "close" };
function refuse(response) {
	if (response.destroyed || response.headersSent) return;
	response.writeHead(400, {
		...closing,
		"Content-Type": "application/json"
	});
	response.end(JSON.stringify({ errors: [{
		code: "DENIED",
		message: "refused"
	}] }));
}
function asRefusal(error, request) {
	if (error instanceof Failure) return error;
	if (request.errored !== null) return new Failure("archive-truncated", "The engine's push broke off in the middle of a blob. Run again.", { cause: error });
	return error instanceof Error ? error : new Error(String(error));
}
function nothingPushed() {
	return new Failure("engine-failed", "The engine's push ended without an image. Run again.");
}
// src/image/archive/lookup.ts
function memberAt(archive, path) {
	let member = archive.members.get(cleanPath$1(path).path);
	for (let links = 0; member?.kind === "link" && links < limits.links; links++) member = archive.members.get(member.target);
	if (member?.kind === "failed") throw member.failure;
	if (member === void 0 || member.kind === "link") throw new Failure("blob-missing", `The archive lacks ${JSON.stringify(path)}. Save the image again.`);
	return member;
}
function configAt(archive, name) {
	const member = memberAt(archive, name);
	if (member.kind !== "document") throw misplaced(name, "an image config");
	return {
		config: parseConfig(member.bytes),
		digest: member.digest,
		size: member.bytes.length
	};
}
function layerAt(archive, name) {
	const member = memberAt(archive, name);
	if (member.kind !== "layer") throw misplaced(name, "a layer");
	return member;
}
function rootsOf(archive) {
	const index = documentAt(archive, "index.json");
	return index === null ? [] : parseIndex(index, null);
}
function documentAt(archive, name) {
	if (!archive.members.has(name)) return null;
	const member = memberAt(archive, name);
	if (member.kind !== "document") throw misplaced(name, "JSON");
	return member.bytes;
}
function documentsOf(archive) {
	const documents = new Map();
	for (const [path, member] of archive.members) if (member.kind === "document" && digestAt(path) !== null) documents.set(member.digest, member.bytes);
	return documents;
}
function misplaced(name, expected) {
	return new Failure("image-invalid", `The archive's ${JSON.stringify(name)} is not ${expected}. Save the image again.`);
}
// src/image/archive/agreement.ts
function checkAgreement(archive, { entry, isOnly }, roots) {
	const { config, digest } = configAt(archive, entry.config);
	const platform = configPlatform(config);
	const isEntry = ({ manifest }) => manifest.config.digest === digest;
	const candidates = listCandidates(roots, documentsOf(archive));
	const namesakes = new Set(entry.tags.flatMap((tag) => named$2(namesInIndex(roots), tag).map((root) => root.digest)));
	const byNamesake = Map.groupBy(candidates.filter(({ root }) => namesakes.has(root.digest)), ({ root }) => root.digest);
	for (const group of byNamesake.values()) {
		const [first] = group.filter((candidate) => isSamePlatform(candidate.platform, platform));
		if (first === void 0 ? !group.some(isEntry) : !isEntry(first)) throw disagreement();
	}
	if ((isOnly || !entry.hasLayerSources) && candidates.length > 0 && !candidates.some(isEntry)) throw disagreement();
}
function disagreement() {
	return new Failure("image-invalid", "The archive's manifest.json and index.json disagree on the image, so engines may load different ones. Save the image again.");
}
// src/image/archive/archive-manifest.ts
function readArchiveManifest(bytes) {
	if (bytes === null) return [];
	return parseJsonList(bytes, what$1, limits.manifest).map((entry) => {
		if (!isObject(entry)) throw malformed(what$1, "has an entry that is not an object");
		const texts = (name) => list(field(entry, name, what$1) ?? [], what$1, name).map((item) => text$1(item, what$1, name));
		return {
			config: text$1(field(entry, "Config", what$1), what$1, "Config"),
			tags: texts("RepoTags"),
			layers: texts("Layers"),
			hasLayerSources: field(entry, "LayerSources", what$1) !== void 0
		};
	});
}
const what$1 = "archive manifest (manifest.json)";
// src/image/archive/choose.ts
function chooseEntry(archive, entries, roots, wanted) {
	const matching = entriesFor(archive, entries, roots, wanted);
	const [chosen] = matching;
	if (chosen === void 0 || matching.some(({ config }) => config !== chosen.config)) throw notFound$1(wanted, entries);
	return chosen;
}
function entriesFor(archive, entries, roots, wanted) {
	const { name, configDigest } = wanted;
	const byConfig = (matches) => entries.filter(({ config }) => matches(memberAt(archive, config).digest));
	if (configDigest !== void 0) return byConfig((digest) => digest === configDigest);
	if (name === void 0) return entries;
	const found = named$2(namesOf(entries), name);
	if (found.length > 0) return found;
	const id = /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(name)?.[1];
	const byId = id === void 0 ? [] : byConfig((digest) => digest.startsWith(`sha256:${id}`));
	if (byId.length > 0) return byId;
	const configs = listCandidates(named$2(namesInIndex(roots), name), documentsOf(archive)).map(({ manifest }) => manifest.config.digest);
	return byConfig((digest) => configs.includes(digest));
}
function namesOf(entries) {
	return entries.map((entry) => ({
		...entry,
		names: entry.tags,
		digest: null
	}));
}
function chooseIndexed(archive, roots, wanted) {
	const { configDigest } = wanted;
	const documents = documentsOf(archive);
	if (configDigest === void 0) return chooseManifest(roots, documents, wanted);
	const chosen = listCandidates(namedRoots(roots, wanted), documents).find(({ manifest }) => manifest.config.digest === configDigest);
	if (chosen === void 0) throw notFound$1(wanted, []);
	return chosen;
}
function notFound$1({ name, configDigest, asWritten }, entries) {
	const available = listed$1(tellingNames(namesOf(entries)).map(asWritten ?? ((text) => text)), 20);
	const wanted = name ?? configDigest;
	return new Failure("image-not-found", wanted === void 0 ? `The archive holds ${entries.length} images. Specify one of them: ${available}.` : `The archive holds no image ${wanted}${available === "" ? "" : `, only ${available}`}.`);
}
// src/image/archive/member.ts
async function readMember(path, member, { store, examine, needsPullSize }) {
	if (member.type === "2") return {
		kind: "link",
		target: cleanPath$1(`${parentOf(path)}/${member.linkTarget}`).path
	};
	if (member.type === "1") return {
		kind: "link",
		target: cleanPath$1(member.linkTarget).path
	};
	if (member.type !== "0") return null;
	const claimed = digestAt(path);
	const known = claimed === null ? void 0 : store.find({ digest: claimed });
	const isComplete = !needsPullSize || known?.gzipSize !== void 0 || known?.diffId !== claimed;
	if (claimed !== null && known !== void 0 && isComplete) return {
		kind: "layer",
		reading: known,
		digest: claimed,
		size: member.size
	};
	try {
		const algorithm = claimed === null ? void 0 : algorithmOf(claimed);
		const read = await readBlob(member.payload, {
			examine,
			needsPullSize,
			algorithm
		});
		if (claimed !== null && read.digest !== claimed) throw mismatch(claimed, read.digest);
		if (read.kind === "layer") store.keep(read.reading, read);
		return read;
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return {
			kind: "failed",
			failure: error
		};
	}
}
function mismatch(claimed, actual) {
	return new Failure("digest-mismatch", `The archive's blob ${claimed} has the digest ${actual}. Save the image again.`);
}
// src/image/archive/other-kinds.ts
function whyNoImages(members) {
	return otherKind(members) ?? new Failure("image-not-found", "It has no manifest.json and no index.json, so it holds no image. Use docker save.");
}
function otherKind(members) {
	if (members.has("manifest.json") || members.has("index.json")) return null;
	const paths = [...members.keys()];
	if (paths.some((path) => filesystemPath.test(path))) return unsupported$1("It is a filesystem without layers, as from docker export. Use docker save.");
	const inner = paths.find((path) => /^[^/]+\/(?:manifest|index)\.json$/.test(path));
	if (inner === void 0) return null;
	const directory = displayPath(parentOf(inner)).path.slice(1);
	return unsupported$1(`Its files are in the directory ${JSON.stringify(directory)}. Archive only the content of that directory, with tar -C.`);
}
const filesystemPath = /^(?:\.dockerenv$|run\/\.containerenv$|(?:bin|etc|lib|sbin|usr|var)\/)/;
function unsupported$1(what) {
	return new Failure("image-unsupported", what);
}
// src/image/archive/stream.ts
async function* tarOf(bytes) {
	const { start, all } = await peek(decompress(bytes), 512);
	if (!looksLikeTar(start)) throw noTar(start);
	yield* all;
}
function noTar(start) {
	if (start.length === 0) return new Failure("archive-truncated", "It is empty.");
	const compression = compressionOf(start);
	if (compression !== "none") return unsupported(`It is compressed twice, with ${compression} inside. Decompress it once.`);
	const what = kindOfFile(start.toString("latin1"));
	if (what !== null) return unsupported(what);
	if (start.length < 512) return new Failure("archive-truncated", "It ends within the first member of an archive.");
	return unsupported("It is not a tar, compressed or not. Create an archive with docker save.");
}
function kindOfFile(start) {
	if (start.startsWith("PK")) return "It is a zip file. Create an archive with docker save.";
	if (start.startsWith("ELF")) return "It is a program. Specify an image, or an archive from docker save.";
	if (!/^[\t\n\r -~\x80-\xff]*$/.test(start)) return null;
	if (/^\s*[{[]/.test(start)) return "It is JSON. Specify the directory or the archive that it belongs to.";
	if (/^[ \t]*(?:FROM|ARG)[ \t]/im.test(start)) return "It is a Dockerfile. Build it and specify the image.";
	return "It is text. Specify an image, or an archive from docker save.";
}
function unsupported(what) {
	return new Failure("image-unsupported", what);
}
// src/image/archive/archive.ts
async function readArchive(bytes, options) {
	const members = new Map();
	let documentBytes = 0;
	for await (const member of readTar(tarOf(bytes), { isMarked: true })) {
		const { path } = cleanPath$1(member.path);
		const read = await readMember(path, member, options);
		if (read === null) continue;
		members.set(path, read);
		if (read.kind === "document") documentBytes += read.bytes.length;
		if (documentBytes > limits.archiveMembers || members.size > limits.archiveEntries) throw otherKind(members) ?? tooMuch();
	}
	return { members };
}
function imageOf(archive, wanted) {
	const entries = readArchiveManifest(documentAt(archive, "manifest.json"));
	const roots = rootsOf(archive);
	if (entries.length === 0 && roots.length === 0) throw whyNoImages(archive.members);
	const entry = entries.length === 0 ? null : chooseEntry(archive, entries, roots, wanted);
	if (entry !== null) checkAgreement(archive, {
		entry,
		isOnly: entries.length === 1
	}, roots);
	const hasNoAlternative = entry?.hasLayerSources || roots.length === 0;
	if (entry !== null && (hasNoAlternative || isEntryForPlatform(archive, entry, wanted))) return imageOfEntry(archive, entry, roots, wanted);
	return imageOfManifest(archive, chooseIndexed(archive, roots, wanted));
}
function isEntryForPlatform(archive, entry, { platform }) {
	return platform === void 0 || isForPlatform(configPlatform(configAt(archive, entry.config).config), platform);
}
function imageOfEntry(archive, entry, roots, wanted) {
	const { config, digest } = configAt(archive, entry.config);
	if (!isEntryForPlatform(archive, entry, wanted)) throw platformMissing(wanted, readablePlatform(configPlatform(config)));
	const served = entry.hasLayerSources ? void 0 : listCandidates(roots, documentsOf(archive)).find(({ manifest }) => manifest.config.digest === digest);
	if (served !== void 0) return imageOfManifest(archive, served);
	return assembleImage({
		digest: null,
		configDigest: digest,
		metadataSize: null,
		config,
		layers: entry.layers.map((name) => ({
			reading: layerAt(archive, name).reading,
			blob: null
		}))
	});
}
function imageOfManifest(archive, { descriptor, manifest }) {
	const { config, digest, size } = configAt(archive, blobPath(manifest.config.digest));
	const layers = manifest.layers.map((layer) => {
		const { reading, ...blob } = layerOf(archive, layer);
		verifyBlob(layer, blob);
		return {
			reading,
			blob
		};
	});
	const metadataSize = (documentsOf(archive).get(descriptor.digest)?.length ?? descriptor.size) + size;
	return assembleImage({
		digest: descriptor.digest,
		configDigest: digest,
		metadataSize,
		config,
		layers
	});
}
function layerOf(archive, layer) {
	checkLayerType(layer);
	try {
		const { reading, digest, size } = layerAt(archive, blobPath(layer.digest));
		return {
			reading,
			digest,
			size
		};
	} catch (error) {
		throw failureOfLayer(layer, error);
	}
}
function platformMissing({ platform }, available) {
	return new Failure("platform-missing", `The archive has no image for ${platform}, only for ${available}. Save the image for ${platform}.`);
}
function tooMuch() {
	return new Failure("limit-exceeded", "The archive has more documents than any honest image archive.");
}
// src/image/layout/no-layout.ts
async function whyNoLayout(open, missing) {
	for (const [path, what] of kinds$1) if (await exists$1(open, path)) return new Failure("image-unsupported", what);
	return new Failure("image-not-found", `It is not an OCI image layout: it has no ${missing}.`);
}
const kinds$1 = [
	["version", "It is a directory of skopeo's dir: transport. Convert it to oci: with skopeo copy."],
	["manifest.json", "It is an unpacked archive from docker save. Specify the archive itself."],
	["Dockerfile", "It is a build context. Build it and specify the image."]
];
async function exists$1(open, path) {
	return open(path).then((stream) => {
		stream.destroy();
		return true;
	}, () => false);
}
// src/image/layout/layout.ts
async function readLayout(open, options) {
	await checkVersion(open);
	const roots = parseIndex(await readFile$2(open, "index.json", limits.manifest), null);
	const documents = await loadDocuments(open, namedRoots(roots, options));
	return readImage(open, chooseManifest(roots, documents, options), documents, options);
}
async function readImage(open, { descriptor, manifest }, documents, options) {
	const config = documents.get(manifest.config.digest);
	if (config === void 0) throw blobMissing(manifest.config);
	return assembleImage({
		digest: descriptor.digest,
		configDigest: manifest.config.digest,
		metadataSize: (documents.get(descriptor.digest)?.length ?? 0) + config.length,
		config: parseConfig(config),
		layers: await readLayers(open, manifest.layers, options)
	});
}
const workerCount = 4;
async function readLayers(open, descriptors, { examine, store }) {
	const layers = new Map();
	const pending = [...new Map(descriptors.map((descriptor) => [descriptor.digest, descriptor])).values()];
	const opened = new Set();
	const work = async () => {
		for (let descriptor = pending.shift(); descriptor !== void 0; descriptor = pending.shift()) {
			const { digest, size } = descriptor;
			const known = size > 0 && store.sizeOf(digest) === size ? store.find({ digest }) : void 0;
			layers.set(digest, known ? {
				reading: known,
				blob: {
					digest,
					size
				}
			} : await readBlob(descriptor));
		}
	};
	const readBlob = async (descriptor) => {
		checkLayerType(descriptor);
		const stream = await openBlob(open, descriptor);
		opened.add(stream);
		const { reading, blob } = await readLayer(stream, {
			examine,
			algorithm: algorithmOf(descriptor.digest)
		}).catch((error) => {
			throw failureOfLayer(descriptor, error);
		});
		opened.delete(stream);
		verifyBlob(descriptor, blob);
		store.keep(reading, blob);
		return {
			reading,
			blob
		};
	};
	const workers = Array.from({ length: workerCount }, work);
	try {
		await Promise.all(workers);
	} finally {
		pending.length = 0;
		for (const stream of opened) stream.destroy();
		await Promise.allSettled(workers);
	}
	return descriptors.map(({ digest }) => {
		const layer = layers.get(digest);
		if (layer === void 0) throw new Error(`layer ${digest} was not read`);
		return layer;
	});
}
async function checkVersion(open) {
	const version = field(parseJson(await readFile$2(open, "oci-layout", limits.manifest), what, limits.manifest), "imageLayoutVersion", what);
	if (typeof version !== "string" || !version.startsWith("1.")) throw new Failure("image-invalid", "The directory's oci-layout file does not specify version 1. Export the image again.");
}
const what = "oci-layout file";
async function readFile$2(open, path, maxSize) {
	try {
		return await collect(await open(path), maxSize);
	} catch (error) {
		if (!isMissing$1(error)) throw error;
		throw await whyNoLayout(open, path);
	}
}
async function openBlob(open, descriptor) {
	try {
		return await open(blobPath(descriptor.digest));
	} catch (error) {
		if (!isMissing$1(error)) throw error;
		throw failureOfLayer(descriptor, blobMissing(descriptor));
	}
}
function blobMissing({ digest }) {
	return new Failure("blob-missing", `The image's blob ${digest} is missing. Save, export or pull the image again.`);
}
// src/source/reference.ts
function parseImageReference(text) {
	if (text === "-" || standardInputs.has(text)) return {
		kind: "stdin",
		path: "-",
		name: null
	};
	if (/^(?:\/|\.{1,2}(?:[/\\]|$)|[A-Za-z]:[/\\])/.test(text)) return {
		kind: "path",
		path: text
	};
	const [scheme, rest] = splitScheme(text);
	switch (scheme) {
		case "oci-dir": return {
			kind: scheme,
			path: notEmpty(rest, text)
		};
		case "oci-archive":
		case "docker-archive": return archiveAt(scheme, notEmpty(rest, text));
		case "docker": return {
			kind: "engine",
			name: notEmpty(rest, text)
		};
		case "registry": return {
			kind: "registry",
			name: notEmpty(rest, text)
		};
		default: return {
			kind: "engine",
			name: notEmpty(text, text)
		};
	}
}
function written(reference) {
	switch (reference.kind) {
		case "stdin": return "Standard input";
		case "path": return reference.path;
		case "engine":
		case "registry": return reference.name;
		default: return `${reference.kind}:${reference.path}`;
	}
}
function places$1(text) {
	const named = [...text.matchAll(/:/g)].map(({ index }) => index).reverse().map((cut) => ({
		path: text.slice(0, cut),
		name: text.slice(cut + 1)
	})).filter(({ path, name }) => path !== "" && imageName.test(name));
	return [{
		path: text,
		name: null
	}, ...named];
}
const imageName = /^(?:@\d{1,6}|[A-Za-z0-9_]+(?:[-._:@+/]+[A-Za-z0-9_]+)*)$/;
const standardInputs = new Set([
	"/dev/stdin",
	"/dev/fd/0",
	"/proc/self/fd/0"
]);
function archiveAt(kind, path) {
	for (const place of places$1(path)) if (place.path === "-" || standardInputs.has(place.path)) return {
		kind: "stdin",
		path: "-",
		name: place.name
	};
	return {
		kind,
		path
	};
}
function splitScheme(text) {
	const colon = text.indexOf(":");
	return colon < 0 ? ["", text] : [text.slice(0, colon), text.slice(colon + 1)];
}
function notEmpty(part, whole) {
	if (part.trim() !== "") return part;
	throw new Failure("input-invalid", `${JSON.stringify(whole)} names no image; write a name such as app:latest, or a path.`);
}
// src/source/locate.ts
async function locate$1(reference) {
	const { kind, path } = reference;
	if (kind === "path") return {
		path,
		name: null
	};
	if (reference.name !== void 0) return {
		path,
		name: reference.name
	};
	const possible = places$1(path);
	const existing = [];
	for (const place of possible) if (await exists(place.path)) existing.push(place);
	const [found, second] = existing;
	if (found !== void 0 && second !== void 0) throw new Failure("input-invalid", `${kind}:${path} could mean ${found.path} or ${second.path}, since both exist: rename one.`);
	return found ?? possible.at(-1) ?? {
		path,
		name: null
	};
}
async function exists(path) {
	return lstat(path).then(() => true, () => false);
}
// src/source/stream.ts
function standardInput(signal) {
	const { stdin } = process;
	if (stdin.isTTY) throw new Failure("input-invalid", "Standard input is a terminal: pipe an archive into it, as in docker save IMAGE | image-audit inspect -.");
	if (stdin.readableEnded || stdin.destroyed) throw new Failure("input-invalid", "Standard input has been read: only one image can come from it.");
	return signal === void 0 ? stdin : addAbortSignal(signal, stdin);
}
function namedPipe(path, signal) {
	const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	if (!fstatSync(fd).isFIFO()) {
		closeSync(fd);
		throw new Failure("image-invalid", `${path} was replaced while it was being opened.`);
	}
	const pipe = new Socket({
		fd,
		readable: true,
		writable: false
	});
	return signal === void 0 ? pipe : addAbortSignal(signal, pipe);
}
// src/source/disk.ts
async function readImageFile(reference, options) {
	if (!("path" in reference)) throw new Error(`not an image on disk: ${reference.kind}`);
	const place = await locate$1(reference);
	try {
		if (reference.kind === "stdin") return await readArchiveAt(place, "docker-archive", options, standardInput);
		const found = await stat(place.path);
		checkKind(reference, place, found.isDirectory());
		if (found.isDirectory()) return await readDirectory(place, options);
		if (!found.isFile() && !found.isFIFO()) throw notRegular(place.path);
		const open = found.isFIFO() ? openPipe(place.path) : openFile(place.path);
		return await readArchiveAt(place, reference.kind, options, open);
	} catch (error) {
		if (options.signal?.aborted) throw new Failure("cancelled", "The run was cancelled.", { cause: error });
		throw notReadable(place.path, error);
	}
}
function checkKind({ kind }, { path }, isDirectory) {
	if (kind === "oci-dir" && !isDirectory) throw notFound(`${path} is not a directory; for a tar write oci-archive:.`);
	if (kind.endsWith("-archive") && isDirectory) throw notFound(`${path} is a directory; for an OCI image layout write oci-dir:.`);
}
async function readDirectory({ path, name }, options) {
	const root = await realpath(path);
	return await readLayout((inside) => openInside({
		root,
		written: path
	}, inside, options.signal), {
		...options,
		...wanted(options),
		name: name ?? void 0,
		asWritten: (known) => `oci-dir:${path}:${known}`
	});
}
async function readArchiveAt({ path, name }, kind, options, open) {
	const stream = await open(options.signal);
	try {
		const archive = await readArchive(stream, options);
		const scheme = kind !== "path" ? kind : archive.members.has("manifest.json") ? "docker-archive" : "oci-archive";
		const asWritten = (known) => `${scheme}:${path}:${known}`;
		return imageOf(archive, {
			...wanted(options),
			name: name ?? void 0,
			asWritten
		});
	} finally {
		stream.destroy();
	}
}
function openPipe(path) {
	return (signal) => namedPipe(path, signal);
}
function openFile(path) {
	return async (signal) => {
		const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
		await sizeOf$2(handle, path);
		return streamOf(handle, signal);
	};
}
async function openInside({ root, written }, path, signal) {
	try {
		const directory = await realpath(join(root, dirname(path)));
		if (directory !== root && !directory.startsWith(root.endsWith(sep) ? root : root + sep)) throw leadsOutside(path);
		const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
		const handle = await open(join(directory, basename(path)), flags).catch((error) => {
			throw isSystemError(error) && error.code === "ELOOP" ? leadsOutside(path) : error;
		});
		const digest = digestAt(path);
		if (await sizeOf$2(handle, path) === 0 && digest !== null && !isOfNothing(digest)) {
			await handle.close();
			throw Object.assign(new Error(`${path} is empty`), { code: "ENOENT" });
		}
		return streamOf(handle, signal);
	} catch (error) {
		throw isSystemError(error) && error.code === "ENOENT" ? error : fileFailure(error, join(written, path));
	}
}
async function sizeOf$2(handle, path) {
	const found = await handle.stat();
	if (found.isFile()) return found.size;
	await handle.close();
	throw notRegular(path);
}
function streamOf(handle, signal) {
	return handle.createReadStream({
		highWaterMark: 1048576,
		...signal === void 0 ? {} : { signal }
	});
}
function wanted({ platform }) {
	const architecture = process.arch === "x64" ? "amd64" : process.arch;
	return {
		platform: platform ?? void 0,
		defaultPlatform: `linux/${architecture}`
	};
}
function notRegular(path) {
	return new Failure("image-invalid", `${path} is not a regular file, so it is not read.`);
}
function leadsOutside(path) {
	return new Failure("image-invalid", `The layout's ${path} is a symbolic link, which is not followed; copy the file there.`);
}
function notReadable(path, error) {
	const failure = fileFailure(error, path === "-" ? "Standard input" : path);
	return isAbsent(error) && failure instanceof Failure ? notFound(`${failure.message} Name an existing archive or OCI image layout.`, error) : failure;
}
function notFound(what, cause) {
	return new Failure("image-not-found", what, { cause });
}
// src/source/fallback.ts
function isWorthAnotherRoute(error) {
	return error instanceof DeliveryFailure || error instanceof Failure && ofDelivery.has(error.code);
}
const ofDelivery = new Set([
	"archive-truncated",
	"archive-invalid",
	"blob-missing",
	"engine-failed"
]);
// src/source/naming-image.ts
function labelOf(...wanted) {
	const [only, ...others] = wanted;
	const side = others.length > 0 ? null : only?.side ?? null;
	return {
		name: side !== null && only?.isBuilt === true ? null : wanted.map(({ reference }) => written(reference)).join(" or "),
		side
	};
}
function namingImage(error, { name, side }) {
	if (!(error instanceof Failure) || !ofImages.has(error.code) || error.cause instanceof Failure) return error;
	const { code, message } = error;
	const image = side === null ? "" : `The ${side}'s image`;
	const withMessage = (text) => new Failure(code, text, { cause: error });
	if (name !== null && (message.startsWith(name) || message.includes(`image ${name}`))) return image === "" ? error : withMessage(`${image}: ${message}`);
	const advice = code.startsWith("archive-") ? " Build, save or pull it again." : "";
	return withMessage(`${[image, name ?? ""].join(" ").trim()} cannot be read. ${message}${advice}`);
}
const ofImages = new Set([
	"archive-truncated",
	"archive-invalid",
	"image-invalid",
	"image-not-found",
	"image-unsupported",
	"layer-unsupported",
	"limit-exceeded",
	"platform-missing",
	"digest-mismatch",
	"blob-missing",
	"file-failed"
]);
// src/source/request.ts
function isUnread(image) {
	return "reference" in image;
}
function verifyBuilt(image, configDigest) {
	if (image === void 0) throw new Error("a requested image was not read");
	if (configDigest !== null && configDigest !== image.configDigest) throw new Failure("digest-mismatch", `The image that was read (${image.configDigest}) is not the one that was built (${configDigest}): something replaced it. Run again.`);
	return image;
}
// src/source/builder.ts
function builderReader(reading) {
	const layout = once$1(() => openLayout(reading));
	let route = null;
	return async (request, builder) => {
		route ??= chooseRoute$1(builder, reading);
		if (route === "push") {
			const pushed = await buildAndReceive(request, builder, reading);
			if (pushed !== null) return pushed;
			route = "preset layout";
		}
		return buildIntoLayout(request, builder, await layout(), reading);
	};
}
function chooseRoute$1(builder, { route, log }) {
	const chosen = route ?? (builder.builderSharesLoopback ? "push" : "preset layout");
	const reason = builder.builderSharesLoopback ? "it shares this machine's loopback" : "it may not share this machine's loopback";
	log(`Images leave the builder by ${chosen}: ${route === void 0 ? reason : "as requested"}.`);
	return chosen;
}
async function buildAndReceive(request, builder, { examine, store, signal, run, log }) {
	const name = nameOf$2(request);
	await using receiver = await openReceiver({
		examine,
		store,
		signal,
		run
	});
	const destination = {
		kind: "receiver",
		reference: receiver.reference
	};
	const giveUp = (error) => {
		if (!isWorthAnotherRoute(error)) throw namingImage(error, {
			name,
			side: null
		});
		log(`${name} could not be pushed here, so an OCI layout is used. ${error.message}`);
		return null;
	};
	const built = await buildImage(request, builder, {
		log,
		signal,
		run,
		destination
	}).catch((error) => {
		throwIfCancelled(signal);
		if (!(error instanceof DeliveryFailure) && receiver.refusal === null) throw error;
		return giveUp(receiver.refusal ?? error);
	});
	if (built === null) return null;
	const { materials, configDigest, dockerfile, record } = built;
	try {
		const wanted = {
			platform: request.definition.platform ?? void 0,
			defaultPlatform: builder.platform,
			configDigest: configDigest ?? void 0
		};
		return {
			image: receiver.image(wanted),
			dockerfile,
			materials,
			record
		};
	} catch (error) {
		return giveUp(error);
	}
}
async function openLayout({ store, stack, route, log }) {
	const directory = stack.use(await temporaryDirectory()).path;
	log(`The OCI layout starts with ${route === "whole layout" ? 0 : await presetBlobs(directory, store)} known blobs, which need not be written.`);
	return directory;
}
async function buildIntoLayout(request, builder, directory, reading) {
	const destination = {
		kind: "layout",
		directory
	};
	const { log, signal, run } = reading;
	const build = async () => {
		const { reference, configDigest, materials, dockerfile, record } = await buildImage(request, builder, {
			log,
			signal,
			run,
			destination
		});
		return {
			image: verifyBuilt(await readImageFile({
				kind: "oci-dir",
				path: directory,
				name: reference
			}, {
				...reading,
				platform: request.definition.platform
			}), configDigest),
			dockerfile,
			materials,
			record
		};
	};
	const name = nameOf$2(request);
	try {
		return await build();
	} catch (error) {
		if (!(error instanceof Failure && error.code === "blob-missing") || await removePresetBlobs(directory) === 0) throw namingImage(error, {
			name,
			side: null
		});
		log(`${name} is built again, with all its blobs: a known one is missing.`);
		return await build().catch((again) => {
			throw namingImage(again, {
				name,
				side: null
			});
		});
	}
}
function nameOf$2({ side }) {
	return `The ${side}'s image`;
}
// src/docker/registry/push.ts
async function pushImage(reference, receiver, engine, { signal } = {}) {
	const { socket } = engine;
	if (socket === null) return false;
	await using tags = new AsyncDisposableStack();
	tags.defer(() => removeNames(receiver, {
		...engine,
		socket
	}));
	const { repository, tag } = partsOf(receiver.reference);
	const query = new URLSearchParams({
		repo: repository,
		tag
	});
	throwIfCancelled(signal);
	const tagged = await askEngine(socket, {
		method: "POST",
		path: `/images/${inPath(reference)}/tag?${query}`,
		signal: AbortSignal.timeout(3e4)
	});
	throwIfCancelled(signal);
	if (tagged === null) return false;
	if (tagged.status !== 201) throw imageFailure(messageOf(tagged.body), reference, "docker tag");
	const error = await push(socket, repository, tag, signal);
	throwIfCancelled(signal);
	if (error === null) return true;
	if (receiver.refusal !== null) throw receiver.refusal;
	if (!receiver.wasReached) return false;
	throw engineFailure(error, "docker push");
}
async function push(socket, repository, tag, signal) {
	const response = await callEngine(socket, {
		method: "POST",
		path: `/images/${inPath(repository)}/push?${new URLSearchParams({ tag })}`,
		headers: noCredentials,
		signal
	});
	if (response === null) return "the engine no longer answers";
	let error = response.statusCode === 200 ? null : `status ${response.statusCode}`;
	const read = (line) => {
		const message = safeParse(messageSchema, line);
		if (message.success) error = message.output.error;
	};
	await readLines(response, read).catch((cause) => {
		error ??= cause.message;
	});
	return error;
}
const noCredentials = { "X-Registry-Auth": Buffer.from("{}").toString("base64url") };
const messageSchema = pipe(string(), parseJson$2(), object({ error: string() }));
function partsOf(reference) {
	const colon = reference.lastIndexOf(":");
	return {
		repository: reference.slice(0, colon),
		tag: reference.slice(colon + 1)
	};
}
async function removeNames({ reference, digestReference }, engine) {
	for (const name of [reference, digestReference]) {
		if (name === null) continue;
		const signal = AbortSignal.timeout(3e4);
		const removal = {
			method: "DELETE",
			path: `/images/${inPath(name)}`,
			signal
		};
		if (await askEngine(engine.socket, removal) === null) await removeTag(name, engine);
	}
}
// src/source/engine-route.ts
function chooseRoute(images, engine, { store, needsPullSize }) {
	if (engine.socket === null) return {
		name: "save",
		reason: "the engine has no socket on this machine"
	};
	if (images.some(({ hasName }) => !hasName)) return {
		name: "save",
		reason: "an image without a name cannot be pushed"
	};
	if (engine.store === "containerd") return {
		name: "push",
		reason: "new blobs are sent as they are stored"
	};
	if (needsPullSize) return {
		name: "push",
		reason: "a limit needs the compressed size"
	};
	return chooseOfGraphDriver(images, store);
}
function chooseOfGraphDriver(images, store) {
	const blobs = [...store.blobs()];
	const maxOf = (bytesOf) => Math.max(...images.map(bytesOf));
	const maxUnread = (known) => {
		const byDiffId = new Map(known.map(({ diffId, digest }) => [diffId, digest]));
		return maxOf((image) => unreadBytes(image, images, byDiffId, store));
	};
	const saved = maxOf(({ size }) => size);
	const compressed = maxUnread(blobs.filter(({ diffId, digest }) => diffId !== digest));
	const numbers = `${megabytes(compressed)} of ${megabytes(saved)} would have to be compressed`;
	if (compressed * compressionCost <= saved) return {
		name: "push",
		reason: `only ${numbers}`
	};
	if (maxUnread(blobs) * compressionCost <= saved) return {
		name: "push",
		reason: `${numbers}, if the engine has never pulled it`,
		onTrust: true
	};
	return {
		name: "save",
		reason: numbers
	};
}
const compressionCost = 3;
function unreadBytes(image, images, blobs, store) {
	const layers = new Set(image.diffIds);
	const [part] = images.filter(({ diffIds }) => diffIds.every((layer) => layers.has(layer) && blobs.has(layer))).toSorted((a, b) => b.size - a.size);
	const read = [...layers.difference(new Set(part?.diffIds))].map((diffId) => {
		const digest = blobs.get(diffId);
		return digest === void 0 ? 0 : store.find({ digest })?.size ?? 0;
	});
	return Math.max(0, image.size - (part?.size ?? 0) - sum(read));
}
function megabytes(bytes) {
	return `${Math.round(bytes / 1e6)} MB`;
}
// src/source/near-name.ts
async function withNearName(error, reference) {
	if (!(error instanceof Failure) || reference.kind !== "engine") return error;
	if (error.code !== "image-not-found" && !error.code.startsWith("engine-")) return error;
	const near = await nearName(reference.name);
	if (near === null) return error;
	const hint = `There is a file of that name: write ${near} to read it.`;
	return new Failure(error.code, `${error.message} ${hint}`, { cause: error.cause });
}
async function nearName(name) {
	const [, scheme, rest = name] = /^(oci|dir):(.+)$/s.exec(name) ?? [];
	if (await isFile$1(join(rest.replace(/(?<=.):[^:/]*$/, ""), "oci-layout"))) return `oci-dir:${rest}`;
	if (scheme !== void 0) return null;
	return await isFile$1(name) ? `./${name}` : null;
}
async function isFile$1(path) {
	return stat(path).then((found) => found.isFile(), () => false);
}
// src/source/engine.ts
async function readFromEngine(requests, options) {
	const engine = await options.engine().catch(async (error) => {
		const [first] = requests;
		throw first === void 0 ? error : await withNearName(error, first.reference);
	});
	const found = [];
	for (const request of requests) found.push({
		request,
		image: request.found ?? await provide(request, engine, options)
	});
	const images = found.map(({ image }) => image);
	const route = options.route === void 0 ? chooseRoute(images, engine, options) : {
		name: options.route,
		reason: "as requested"
	};
	options.remark?.(`Images of the engine are read by ${route.name}: ${route.reason}.`);
	if (route.name === "push") {
		const pushed = await readPushed(found, engine, {
			...options,
			onTrust: route.onTrust
		});
		if (pushed !== null) return pushed;
	}
	return readSaved(found, engine, options);
}
async function provide(request, engine, { signal }) {
	const { reference, platform } = request;
	return provideImage(reference, platform, engine, signal).catch(async (error) => {
		throw namingImage(await withNearName(error, reference), labelOf(request));
	});
}
async function provideImage(reference, platform, engine, signal) {
	const name = nameOf$1(reference);
	if (reference.kind === "registry") await pullImage(name, platform, engine, { signal });
	const image = await findEngineImage(name, engine, { signal });
	if (image !== null) return image;
	throw new Failure("image-not-found", `The engine has no image ${name}: build or pull it first, or write registry:${name} to pull it. A path starts with ./ or /.`);
}
async function readPushed(found, engine, options) {
	const trustOf = (image) => options.onTrust ? trustIn(image, options.store) : null;
	const read = new Set([...options.store.blobs()].map(({ diffId }) => diffId));
	const { known = [], lacking = [] } = Object.groupBy(found, ({ image }) => image.diffIds.every((layer) => read.has(layer)) ? "known" : "lacking");
	const images = new Map();
	const readInTurn = async (queue) => {
		for (const { request, image } of queue) images.set(request, await readPush(request, engine, options, trustOf(image)));
	};
	const failures = (await Promise.allSettled([readInTurn(lacking), ...known.map((image) => readInTurn([image]))])).filter((result) => result.status === "rejected");
	for (const { reason } of failures) if (!isWorthAnotherRoute(reason)) throw reason;
	const [first] = failures;
	if (first === void 0) return images;
	options.remark?.(`The push failed, so docker save is used. ${first.reason.message}`);
	return null;
}
async function readPush(request, engine, options, trust) {
	const { examine, store, signal, run } = options;
	await using receiver = await openReceiver({
		examine,
		store,
		signal,
		run,
		trust: trust ?? void 0
	});
	const name = nameOf$1(request.reference);
	if (!await pushImage(name, receiver, engine, { signal })) throw new Failure("engine-failed", "The engine cannot reach this machine.");
	options.remark?.(`The engine sent ${receiver.size} bytes of ${name}.`);
	const platform = platformOf$1(request, engine);
	const unproven = trust === null ? [] : receiver.unproven(platform);
	if (trust === null || unproven.length === 0) return receiver.image(platform);
	return readPush(request, engine, options, {
		...trust,
		except: new Set([...trust.except, ...unproven])
	});
}
async function readSaved(found, engine, { signal, examine, store, needsPullSize }) {
	const names = found.map(({ request }) => nameOf$1(request.reference));
	const archive = await readArchive(saveImages([...new Set(names)], engine, { signal }), {
		examine,
		store,
		needsPullSize
	});
	return new Map(found.map(({ request, image }) => {
		const name = nameOf$1(request.reference);
		const known = name.includes("@") ? image.id ?? void 0 : name;
		return [request, imageOf(archive, {
			name: known,
			...platformOf$1(request, engine)
		})];
	}));
}
function platformOf$1({ platform }, engine) {
	return {
		platform: platform ?? void 0,
		defaultPlatform: engine.platform
	};
}
function nameOf$1(reference) {
	if (reference.kind === "engine" || reference.kind === "registry") return reference.name;
	throw new Error(`not an image of the engine: ${reference.kind}`);
}
// src/source/read-images.ts
async function readImages(requests, options) {
	const inEngine = requests.filter(isUnread).filter(isOfEngine);
	const ofEngine = once$1(() => readAllOfEngine(inEngine, options));
	const images = [];
	for (const request of requests) if (!isUnread(request)) images.push(request);
	else {
		const image = isOfEngine(request) ? (await ofEngine()).get(request) : await readFile$1(request, options);
		images.push(verifyBuilt(image, request.configDigest));
	}
	return images;
}
function isOfEngine({ reference }) {
	return reference.kind === "engine" || reference.kind === "registry";
}
async function readAllOfEngine(requests, options) {
	return readFromEngine(requests, options).catch((error) => {
		throw namingImage(error, labelOf(...requests));
	});
}
async function readFile$1(request, options) {
	const { reference, platform, isBuilt } = request;
	const store = isBuilt ? options.store : readingsOfThisRun();
	return readImageFile(reference, {
		...options,
		platform,
		store
	}).catch((error) => {
		throw namingImage(error, labelOf(request));
	});
}
// src/inspect/layer-chain.ts
function baseImageStep(record, reference, layers) {
	const [step, ...others] = record.steps.filter(({ image, layers: chain }) => (image === reference || image?.startsWith(`${reference}@`)) && chain.length > 0 && isChain(chain, layers));
	return step === void 0 || others.length > 0 ? null : step;
}
function stepOfLayer(record, index, layers) {
	const [step, ...others] = record.steps.filter(({ layers: chain }) => chain.length === index + 1 && isChain(chain, layers));
	return step === void 0 || others.length > 0 ? null : step;
}
function isChain(chain, layers) {
	return chain.every((digest, index) => {
		const layer = layers[index];
		return layer !== void 0 && (digest === layer.diffId || digest === layer.digest);
	});
}
// src/compare/base-image.ts
function compareBaseImages(headSide, baseSide) {
	const { inspection: head } = headSide;
	const { inspection: base } = baseSide;
	if (head.baseImage === null || base.baseImage === null) return "unknown";
	if (head.baseImage.resolved !== base.baseImage.resolved) return "changed";
	if (head.baseImage.resolved === "scratch") return "unchanged";
	const layers = {
		head: baseImageLayers(head),
		base: baseImageLayers(base)
	};
	if (layers.head.length > 0 && layers.head.join() === layers.base.join()) return "unchanged";
	if (head.baseImage.digest === null || base.baseImage.digest === null) return "unknown";
	const platforms = {
		head: provenPlatform(headSide),
		base: provenPlatform(baseSide)
	};
	const isProven = platforms.head !== null && platforms.base !== null;
	if (isProven && platforms.head !== platforms.base) return "unknown";
	if (head.baseImage.digest === base.baseImage.digest) return "unchanged";
	return isProven ? "moved" : "unknown";
}
function baseImageLayers({ layers }) {
	return layers.filter(({ origin }) => origin === "base-image").map(({ diffId }) => diffId);
}
function provenPlatform({ inspection: { baseImage, layers }, record }) {
	if (baseImage === null || record == null || !isFollowed(record.frontend)) return null;
	return baseImageStep(record, baseImage.resolved, layers)?.platform ?? null;
}
// src/image/filesystem/link-ends.ts
const nowhere$1 = {
	place: null,
	links: Number.POSITIVE_INFINITY
};
var LinkEnds = class {
	#root;
	#ends = new Map();
	#lastParent = {
		path: "",
		place: null
	};
	#steps = 0;
	constructor(root) {
		this.#root = root;
	}
	*following(path) {
		return (yield* this.#following(path, null))?.node ?? null;
	}
	*findingEnd({ path }) {
		const cached = this.#ends.get(path);
		if (cached !== void 0) return cached.place?.node ?? null;
		const parent = parentOf(path);
		if (parent !== this.#lastParent.path) this.#lastParent = {
			path: parent,
			place: yield* this.#following(parent, null)
		};
		return (yield* this.#following(baseOf(path), this.#lastParent.place))?.node ?? null;
	}
	*#following(path, from) {
		let place = path.startsWith("/") ? null : from;
		let frame = this.#frame(null, path);
		const outer = [];
		for (let steps = 1;; steps++) {
			if (steps % 4096 === 0) yield;
			const part = frame.rest.pop();
			if (part === void 0) {
				if (frame.link !== null) this.#ends.set(frame.link, {
					place,
					links: frame.links
				});
				const next = outer.pop();
				if (next === void 0) return place;
				next.links += frame.links;
				frame = next;
				if (frame.links > limits.links) return null;
				continue;
			}
			const children = place === null ? this.#root : place.node.children;
			if (children === null) return null;
			if (part === "" || part === ".") continue;
			if (part === "..") {
				place = place?.parent ?? null;
				continue;
			}
			const node = children.get(part);
			if (node === void 0) return null;
			const { type, linkTarget = "" } = node.attributes;
			if (type !== "symlink") {
				place = {
					node,
					parent: place
				};
				continue;
			}
			const { path: link } = node;
			const cached = this.#ends.get(link);
			if (cached === void 0) {
				outer.push(frame);
				frame = this.#frame(link, linkTarget);
				if (linkTarget.startsWith("/")) place = null;
				continue;
			}
			frame.links += cached.links;
			if (frame.links > limits.links) return null;
			place = cached.place;
		}
	}
	#frame(link, path) {
		const rest = path.split("/").reverse();
		this.#steps += rest.length;
		if (this.#steps > limits.linkSteps) throw tooManySteps();
		if (link === null) return {
			link,
			rest,
			links: 0
		};
		this.#ends.set(link, nowhere$1);
		return {
			link,
			rest,
			links: 1
		};
	}
};
function tooManySteps() {
	return new Failure("limit-exceeded", "The image's symbolic links have more text than those of any honest image, so they are not followed.");
}
// src/image/filesystem/filesystem.ts
function nodeAt(filesystem, path) {
	let children = filesystem.children;
	let node = null;
	for (const part of path === "" ? [] : path.split("/")) {
		node = children?.get(part) ?? null;
		children = node?.children ?? null;
	}
	return node;
}
function resolve$1(filesystem, path) {
	return atOnce(linkEnds(filesystem).following(path));
}
function resolveLink(filesystem, node) {
	return atOnce(resolvingLink(filesystem, node));
}
function* resolvingLink(filesystem, node) {
	return node.attributes.type === "symlink" ? yield* linkEnds(filesystem).findingEnd(node) : node;
}
const cache = new WeakMap();
function linkEnds({ children }) {
	const ends = cache.get(children) ?? new LinkEnds(children);
	cache.set(children, ends);
	return ends;
}
function* inByteOrder({ children }) {
	const open = [keysOf(children)];
	for (let directory = open.at(-1); directory !== void 0; directory = open.at(-1)) {
		const key = directory.keys[directory.next++];
		if (key === void 0) {
			open.pop();
			continue;
		}
		const node = directory.children.get(key.endsWith("/") ? key.slice(0, -1) : key);
		if (node === void 0) continue;
		if (!key.endsWith("/")) yield node;
		else if (node.children !== null) open.push(keysOf(node.children));
	}
}
function keysOf(children) {
	const keys = [];
	children.forEach((node) => {
		const name = baseOf(node.path);
		keys.push(name);
		if (node.children !== null) keys.push(`${name}/`);
	});
	return {
		children,
		keys: keys.sort(),
		next: 0
	};
}
// src/image/filesystem/per-directory.ts
function perDirectory(begin) {
	const cache = new WeakMap();
	let visited = 0;
	function visit(children) {
		const tally = begin();
		const directories = [];
		const rest = [];
		let count = 0;
		children.forEach((node) => {
			if (++count > 4096) rest.push(node);
			else tally.add(node);
			if (node.children !== null) directories.push(node.children);
		});
		visited += count;
		return {
			children,
			tally,
			directories,
			rest
		};
	}
	function* finish({ children, tally, directories, rest }) {
		for (const [index, node] of rest.entries()) {
			if (index % 4096 === 0) yield;
			tally.add(node);
		}
		for (const directory of directories) {
			if (visited >= 4096) {
				visited = 0;
				yield;
			}
			const cached = cache.get(directory);
			if (cached !== void 0) {
				tally.addBelow(cached);
				continue;
			}
			const below = visit(directory);
			const isComplete = below.directories.length === 0 && below.rest.length === 0;
			tally.addBelow(isComplete ? below.tally.result() : yield* finish(below));
		}
		const result = tally.result();
		cache.set(children, result);
		return result;
	}
	return function* of(children) {
		return cache.get(children) ?? (yield* finish(visit(children)));
	};
}
function perFilesystem(compute) {
	const cache = new WeakMap();
	function* work(filesystem) {
		const result = cache.get(filesystem.children) ?? (yield* compute(filesystem));
		cache.set(filesystem.children, result);
		return result;
	}
	return Object.assign((filesystem) => atOnce(work(filesystem)), { work });
}
function nodesOfKinds(kinds, isNone = () => false) {
	const names = Object.keys(kinds);
	const findIn = perDirectory(() => {
		const matches = [];
		const below = [];
		return {
			add(node) {
				if (!isNone(node)) {
					for (const kind of names) if (kinds[kind](node)) matches.push({
						kind,
						node
					});
				}
			},
			addBelow(found) {
				if (found !== null) below.push(found);
			},
			result: () => matches.length > 0 || below.length > 1 ? {
				matches,
				below
			} : below[0] ?? null
		};
	});
	return perFilesystem(function* ({ children }) {
		const matches = Map.groupBy(listed(yield* findIn(children)), ({ kind }) => kind);
		const entries = [];
		for (const kind of names) entries.push([kind, yield* inOrder(matches.get(kind) ?? [])]);
		return Object.fromEntries(entries);
	});
}
function listed(found, list = []) {
	if (found === null) return list;
	for (const match of found.matches) list.push(match);
	for (const below of found.below) listed(below, list);
	return list;
}
const partSize = 16 * stretch;
function* inOrder(matches) {
	let parts = [];
	for (let from = 0; from < matches.length; from += partSize) {
		const part = matches.slice(from, from + partSize).map(({ node }) => ({
			path: node.path,
			node
		}));
		parts.push(part.sort((a, b) => a.path < b.path ? -1 : 1));
		yield;
	}
	while (parts.length > 1) {
		const merged = [];
		for (let at = 0; at < parts.length; at += 2) merged.push(yield* mergeSorted(parts[at] ?? [], parts[at + 1] ?? []));
		parts = merged;
	}
	return (parts[0] ?? []).map(({ node }) => node);
}
function* mergeSorted(left, right) {
	const all = [];
	for (let leftIndex = 0, rightIndex = 0;;) {
		if (all.length % 4096 === 0) yield;
		const [a, b] = [left[leftIndex], right[rightIndex]];
		if (a !== void 0 && (b === void 0 || a.path < b.path)) {
			all.push(a);
			leftIndex++;
		} else if (b !== void 0) {
			all.push(b);
			rightIndex++;
		} else return all;
	}
}
// src/image/filesystem/linked-files.ts
function isLinkedFile({ inode, attributes }) {
	return inode !== null && attributes.type === "file";
}
function linkedFiles(filesystem) {
	return searchLinks(filesystem).linked;
}
const searchLinks = nodesOfKinds({ linked: isLinkedFile });
const firstNames = perFilesystem(function* (filesystem) {
	const first = new Map();
	const { linked } = yield* searchLinks.work(filesystem);
	for (const node of linked) if (!first.has(node.inode)) first.set(node.inode, node);
	return first;
});
// src/image/filesystem/file-sizes.ts
const singleFiles = perDirectory(() => {
	let bytes = 0;
	return {
		add(node) {
			if (node.children === null && node.inode === null) bytes += node.size;
		},
		addBelow(below) {
			bytes += below;
		},
		result: () => bytes
	};
});
function* measuring(filesystem) {
	yield* singleFiles(filesystem.children);
	yield* firstNames.work(filesystem);
}
function bytesOf$1(filesystem) {
	let bytes = atOnce(singleFiles(filesystem.children));
	for (const { size } of firstNames(filesystem).values()) bytes += size;
	return bytes;
}
function bytesUnder(filesystem, directory) {
	const children = nodeAt(filesystem, directory)?.children;
	if (children == null) return null;
	let bytes = atOnce(singleFiles(children));
	for (const { path, size } of firstNames(filesystem).values()) if (path.startsWith(`${directory}/`)) bytes += size;
	return bytes;
}
// src/compare/files.ts
function* comparingFiles(head, base) {
	const changes = [];
	yield* compareDirectories(head.children, base.children, changes);
	const counting = {
		head: yield* countingNames(head, base),
		base: yield* countingNames(base, head)
	};
	const linked = [...linkedFiles(head), ...linkedFiles(base)].map(({ path }) => path);
	for (const [index, path] of [...new Set(linked)].entries()) {
		if (index % 4096 === 0) yield;
		const [headFile, baseFile] = ["head", "base"].map((side) => {
			const node = nodeAt(side === "head" ? head : base, path);
			return node === null || !isLinkedFile(node) || counting[side].get(node.inode) === path ? node : null;
		});
		addChange(path, headFile, baseFile, changes);
	}
	return changes;
}
function* countingNames(filesystem, other) {
	const names = new Map();
	const found = new Set();
	for (const [index, { path, inode }] of linkedFiles(filesystem).entries()) {
		if (index % 4096 === 0) yield;
		if (found.has(inode)) continue;
		if (!names.has(inode)) names.set(inode, path);
		if (nodeAt(other, path)?.attributes.type !== "file") continue;
		found.add(inode);
		names.set(inode, path);
	}
	return names;
}
function* compareDirectories(head, base, changes) {
	const open = [[head, base]];
	let compared = 0;
	for (let pair = open.pop(); pair !== void 0; pair = open.pop()) {
		const [headSide, baseSide] = pair;
		if (headSide === baseSide) continue;
		const [headNodes, baseNodes] = [nodesIn(headSide), nodesIn(baseSide)];
		if (headNodes.length > 0) yield* opening(baseSide);
		if (baseNodes.length > 0) yield* opening(headSide);
		for (const node of headNodes) {
			if (compared++ % 4096 === 0) yield;
			compareNodes(node, baseSide.get(baseOf(node.path)));
		}
		for (const node of baseNodes) {
			if (compared++ % 4096 === 0) yield;
			if (headSide.get(baseOf(node.path)) === void 0) compareNodes(void 0, node);
		}
	}
	function compareNodes(head, base) {
		if (head?.children || base?.children) open.push([head?.children ?? nothing$1, base?.children ?? nothing$1]);
		if (![head, base].some((node) => node !== void 0 && isLinkedFile(node))) addChange((head ?? base)?.path ?? "", head, base, changes);
	}
}
function* opening(children) {
	if (children.opening !== void 0) yield* children.opening();
}
function nodesIn(children) {
	const nodes = [];
	children.forEach((node) => {
		nodes.push(node);
	});
	return nodes;
}
const nothing$1 = new Map();
function addChange(path, headNode, baseNode, changes) {
	const head = fileSize(headNode);
	const base = fileSize(baseNode);
	if (head === base) return;
	const layer = head === null ? null : headNode?.layer ?? null;
	const baseLayer = base === null ? null : baseNode?.layer ?? null;
	changes.push({
		path,
		head,
		base,
		difference: (head ?? 0) - (base ?? 0),
		layer,
		baseLayer
	});
}
function fileSize(node) {
	return node?.attributes.type === "file" ? node.size : null;
}
function byGrowth(a, b) {
	return b.difference - a.difference || (a.path < b.path ? -1 : 1);
}
function byLoss(a, b) {
	return a.difference - b.difference || (a.path < b.path ? -1 : 1);
}
// src/compare/first.ts
function* findingFirst(items, order, count) {
	let first = [];
	for (let from = 0; from < items.length; from += stretch) {
		yield;
		first = [...first, ...items.slice(from, from + stretch)].sort(order).slice(0, count);
	}
	return first;
}
// src/compare/packages.ts
const directoryNames = new Set([
	"site-packages",
	"dist-packages",
	"node_modules",
	"gems"
]);
const isNotPackage = /^[._]|\.(?:dist-info|egg-info|pth)$/;
function isPackageDirectory(path) {
	return directoryNames.has(baseOf(path));
}
function packagesIn(directory, changes) {
	const growth = new Map();
	for (const { path, difference } of changes) {
		const [first = "", second] = path.slice(directory.length + 1).split("/", 2);
		const name = first.startsWith("@") && second !== void 0 ? `${first}/${second}` : first;
		growth.set(name, (growth.get(name) ?? 0) + difference);
	}
	return [...growth].filter(([name, difference]) => difference > 0 && !isNotPackage.test(name)).toSorted(([a, growthOfA], [b, growthOfB]) => growthOfB - growthOfA || (a < b ? -1 : 1)).map(([name, difference]) => ({
		name: Buffer$1.from(name.replace(/\.py$/, ""), "latin1").toString("utf8"),
		path: `${directory}/${name}`,
		difference
	}));
}
// src/compare/grown-directories.ts
function* findingGrownDirectories(changes) {
	const growth = yield* growthByDirectory(changes);
	const total = growth.get("")?.growth ?? 0;
	if (total <= 0) return [];
	let chosen = [""];
	for (;;) {
		yield;
		const next = refined(chosen, growth, total);
		if (next === null) break;
		chosen = next;
	}
	return chosen.filter((path) => path !== "" && growthAt(path, growth) * 100 >= total);
}
const maxDirectories$1 = 5;
const minDepth = 3;
const maxDepth = 12;
function* growthByDirectory(changes) {
	const root = {
		growth: 0,
		children: new Set()
	};
	const directories = new Map([["", root]]);
	for (const [index, { path, difference }] of changes.entries()) {
		if (index % 4096 === 0) yield;
		root.growth += difference;
		let parent = root;
		let end = path.indexOf("/");
		for (let depth = 0; end !== -1 && depth < maxDepth; depth++) {
			const name = path.slice(0, end);
			let directory = directories.get(name);
			if (directory === void 0) {
				directory = {
					growth: 0,
					children: new Set()
				};
				directories.set(name, directory);
				parent.children.add(name);
			}
			directory.growth += difference;
			parent = directory;
			end = path.indexOf("/", end + 1);
		}
	}
	return directories;
}
function refined(chosen, growth, total) {
	for (const path of chosen.toSorted((a, b) => growthAt(b, growth) - growthAt(a, growth))) {
		if (baseOf(path) === ".git") continue;
		const own = growthAt(path, growth);
		const children = [...growth.get(path)?.children ?? []].filter((child) => growthAt(child, growth) * 10 >= own).toSorted((a, b) => growthAt(b, growth) - growthAt(a, growth));
		const explained = children.reduce((sum, child) => sum + growthAt(child, growth), 0);
		const [largest] = children;
		if (largest !== void 0 && growthAt(largest, growth) * 10 >= own * 9) return [...chosen.filter((other) => other !== path), largest];
		if (isPackageDirectory(path)) continue;
		if ((own * 3 > total * 2 || path.split("/").length < minDepth) && explained * 3 >= own * 2 && chosen.length - 1 + children.length <= maxDirectories$1) return [...chosen.filter((other) => other !== path), ...children];
	}
	return null;
}
function growthAt(path, growth) {
	return growth.get(path)?.growth ?? 0;
}
// src/compare/changed-paths.ts
function* findingChangedPaths(headSide, baseSide, changes) {
	const { filesystem: base } = baseSide;
	const grown = changes.filter(({ difference }) => difference > 0);
	const shrunk = changes.filter(({ difference }) => difference < 0);
	yield;
	const largest = {
		grown: yield* findingFirst(grown, byGrowth, maxFiles),
		shrunk: yield* findingFirst(shrunk, byLoss, maxFiles)
	};
	const directories = yield* findingGrownDirectories(changes);
	return {
		grownFiles: largest.grown.map(grownFile),
		shrunkFiles: largest.shrunk.map(shrunkFile),
		fileCounts: {
			grown: grown.length,
			shrunk: shrunk.length
		},
		grownDirectories: directories.map(directoryChange).toSorted(byGrowth)
	};
	function grownFile({ path, head, base, difference, layer }) {
		return {
			...displayPath(path),
			kind: "file",
			head,
			base,
			difference,
			...madeBy(layer ?? 0)
		};
	}
	function shrunkFile({ path, head, base, difference, baseLayer }) {
		const layer = baseLayer ?? 0;
		const line = baseSide.inspection.layers[layer]?.line ?? null;
		return {
			...displayPath(path),
			kind: "file",
			head,
			base,
			difference,
			layer,
			line
		};
	}
	function directoryChange(path) {
		const inside = changes.filter((change) => change.path.startsWith(`${path}/`));
		const difference = inside.reduce((sum, change) => sum + change.difference, 0);
		const before = bytesUnder(base, path);
		return {
			...displayPath(path),
			kind: "directory",
			head: (before ?? 0) + difference,
			base: before,
			difference,
			...madeBy(growingLayer(inside))
		};
	}
	function madeBy(layer) {
		return {
			layer,
			line: headSide.inspection.layers[layer]?.line ?? null
		};
	}
}
const maxFiles = 10;
function growingLayer(changes) {
	const growth = new Map();
	for (const { layer, difference } of changes) if (layer !== null) growth.set(layer, (growth.get(layer) ?? 0) + difference);
	const [largest] = [...growth].toSorted(([, a], [, b]) => b - a);
	return largest?.[0] ?? 0;
}
// src/compare/align.ts
function align(head, base, keys) {
	const [keyOf, ...rest] = keys;
	if (keyOf === void 0 || head.length === 0 || base.length === 0) return [];
	const anchors = longestCommon(head, base, keyOf);
	const pairs = [];
	let from = [0, 0];
	for (const to of [...anchors, [head.length, base.length]]) {
		pairs.push(...align(head.slice(from[0], to[0]), base.slice(from[1], to[1]), rest));
		const pair = [head[to[0]], base[to[1]]];
		if (pair[0] !== void 0 && pair[1] !== void 0) pairs.push([pair[0], pair[1]]);
		from = [to[0] + 1, to[1] + 1];
	}
	return pairs;
}
function longestCommon(head, base, keyOf) {
	const keys = {
		head: head.map((index) => keyOf("head", index)),
		base: base.map((index) => keyOf("base", index))
	};
	const isEqual = (i, j) => keys.head[i] !== null && keys.head[i] === keys.base[j];
	const width = base.length + 1;
	const lengths = new Uint32Array((head.length + 1) * width);
	const at = (i, j) => lengths[i * width + j] ?? 0;
	for (let i = head.length - 1; i >= 0; i--) for (let j = base.length - 1; j >= 0; j--) lengths[i * width + j] = isEqual(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	const pairs = [];
	for (let i = 0, j = 0; i < head.length && j < base.length;) if (isEqual(i, j)) pairs.push([i++, j++]);
	else if (at(i + 1, j) >= at(i, j + 1)) i++;
	else j++;
	return pairs;
}
// src/compare/drift.ts
function isDrift(index, headSide, baseSide) {
	const head = commandOf$5(index, headSide);
	const base = commandOf$5(index, baseSide);
	return head !== null && base !== null && head.operation === base.operation;
}
function commandOf$5(index, { record, inspection }) {
	if (record == null || !record.ignoredCache || !isFollowed(record.frontend)) return null;
	const step = stepOfLayer(record, index, inspection.layers);
	return step?.isClosedCommand ? step : null;
}
// src/compare/layers.ts
function compareLayers(headSide, baseSide, baseImage) {
	const head = headSide.inspection.layers;
	const base = baseSide.inspection.layers;
	const partners = new Map(pairLayers(head, base, baseImage === "moved"));
	const paired = new Set(partners.values());
	let isUndisturbed = true;
	const kept = head.map((layer, index) => {
		const partner = partners.get(index) ?? null;
		const before = partner === null ? void 0 : base[partner];
		isUndisturbed &&= partner === index;
		const kind = kindOf(layer, before, index);
		isUndisturbed &&= kind === "same" || kind === "drift";
		return {
			kind,
			head: index,
			base: partner,
			...provenanceOf(layer),
			difference: layer.size - (before?.size ?? 0)
		};
	});
	const removed = base.flatMap((layer, index) => paired.has(index) ? [] : [{
		kind: "removed",
		head: null,
		base: index,
		...provenanceOf(layer),
		difference: -layer.size
	}]);
	return [...kept, ...removed];
	function kindOf(layer, before, index) {
		if (before === void 0) return "added";
		if (before.diffId === layer.diffId) return "same";
		return isUndisturbed && isDrift(index, headSide, baseSide) ? "drift" : "changed";
	}
}
function pairLayers(head, base, hasMoved) {
	const same = pairByDiffId(head, base);
	const taken = {
		head: new Set(same.map(([index]) => index)),
		base: new Set(same.map(([, index]) => index))
	};
	const others = (layers, side, ofBaseImage) => [...layers.keys()].filter((index) => !taken[side].has(index) && layers[index]?.origin === "base-image" === ofBaseImage);
	const similar = align(others(head, "head", false), others(base, "base", false), [(side, index) => layerOf(side, index)?.createdBy ?? null, (side, index) => gistOf(layerOf(side, index)?.createdBy ?? "")]);
	const moved = hasMoved ? align(others(head, "head", true), others(base, "base", true), [() => "base image"]) : [];
	return [
		...same,
		...similar,
		...moved
	];
	function layerOf(side, index) {
		return (side === "head" ? head : base)[index];
	}
}
function gistOf(createdBy) {
	const { keyword, text } = readHistory(createdBy);
	if (keyword !== "COPY" && keyword !== "ADD") return keyword === null ? null : text.split(" ").slice(0, 3).join(" ");
	const words = text.split(" ").slice(1);
	const from = words.filter((word) => word.startsWith("--from="));
	const paths = words.filter((word) => !word.startsWith("--"));
	const destination = paths.at(-1) ?? "";
	const isDirectory = /^\.{1,2}$|\/$/.test(destination);
	const target = destination.replace(/^(?:\.\/)+(?=.)|(?<=.)\/+$/g, "");
	const isHash = paths.at(-2) === "in";
	return [
		keyword,
		...from,
		target,
		...isDirectory && !isHash ? paths.slice(0, 1) : []
	].join(" ");
}
function pairByDiffId(head, base) {
	const free = new Map();
	for (const [index, { diffId }] of base.entries()) {
		const same = free.get(diffId);
		if (same === void 0) free.set(diffId, [index]);
		else same.push(index);
	}
	return head.flatMap(({ diffId }, index) => {
		const partner = free.get(diffId)?.shift();
		return partner === void 0 ? [] : [[index, partner]];
	});
}
function provenanceOf({ origin, createdBy, line }) {
	return {
		origin,
		createdBy,
		line
	};
}
// src/compare/size-parts.ts
function* explainingSize({ layers, files, head, base }) {
	const differences = new Map();
	const partOf = {
		head: new Map(),
		base: new Map()
	};
	for (const [index, layer] of layers.entries()) {
		const part = layer.origin === "base-image" && layer.kind !== "drift" ? null : index;
		differences.set(part, (differences.get(part) ?? 0) + layer.difference);
		if (layer.head !== null) partOf.head.set(layer.head, part);
		if (layer.base !== null) partOf.base.set(layer.base, part);
	}
	const shares = yield* sharing(files, partOf);
	const parts = [];
	for (const [layer, difference] of differences) {
		if (difference === 0) continue;
		const paths = yield* explainingPaths(shares.get(layer) ?? [], difference, {
			head,
			base
		});
		parts.push({
			layer,
			difference,
			paths
		});
	}
	return parts;
}
function* sharing(files, partOf) {
	const shares = new Map();
	for (const [index, { path, head, base, layer, baseLayer, difference }] of files.entries()) {
		if (index % 4096 === 0) yield;
		const headPart = layer === null ? void 0 : partOf.head.get(layer);
		const basePart = baseLayer === null ? void 0 : partOf.base.get(baseLayer);
		if (headPart === basePart) add(headPart, {
			path,
			difference
		});
		else {
			add(headPart, {
				path,
				difference: head ?? 0
			});
			add(basePart, {
				path,
				difference: -(base ?? 0)
			});
		}
	}
	return shares;
	function add(part, share) {
		if (part === void 0) return;
		const others = shares.get(part);
		if (others === void 0) shares.set(part, [share]);
		else others.push(share);
	}
}
const maxShown = 3;
function* explainingPaths(files, total, sides) {
	const sign = Math.sign(total);
	const changes = files.map(({ path, difference }) => ({
		path,
		difference: difference * sign
	}));
	const directories = [];
	for (const directory of yield* findingGrownDirectories(changes)) {
		yield;
		directories.push(directoryShare(directory));
	}
	const candidates = directories.length > 0 ? directories.toSorted(bySize) : yield* largestFiles();
	let remaining = Math.abs(total);
	const shown = [];
	for (const share of candidates) {
		if (shown.length === maxShown) break;
		if (Math.abs(share.difference) > remaining) continue;
		remaining -= Math.abs(share.difference);
		shown.push(share);
	}
	return shown;
	function* largestFiles() {
		return (yield* findingFirst(changes.filter(({ difference }) => difference > 0 && difference <= Math.abs(total)), byGrowth, maxShown)).map(fileShare);
	}
	function fileShare({ path, difference }) {
		return {
			...displayPath(path),
			kind: "file",
			difference: difference * sign
		};
	}
	function directoryShare(directory) {
		const within = changes.filter(({ path }) => path.startsWith(`${directory}/`));
		const growth = within.reduce((sum, { difference }) => sum + difference, 0);
		const largest = within.reduce((a, b) => b.difference > a.difference ? b : a);
		if (largest.difference * 10 >= growth * 9 && largest.difference <= growth && baseOf(directory) !== ".git") return fileShare(largest);
		const packages = isPackageDirectory(directory) ? packagesIn(directory, within) : [];
		const named = packages.slice(0, maxShown).map(({ name, path, difference }) => ({
			name,
			difference: difference * sign,
			isWhole: [sides.head, sides.base].some((side) => nodeAt(side, path) === null)
		}));
		return {
			...displayPath(directory),
			kind: "directory",
			difference: growth * sign,
			...named.length === 0 ? {} : {
				packages: named,
				packageCount: packages.length
			}
		};
	}
}
function bySize(a, b) {
	return Math.abs(b.difference) - Math.abs(a.difference) || (a.path < b.path ? -1 : 1);
}
// src/compare/compare.ts
function* comparing(headSide, baseSide) {
	const { inspection: head } = headSide;
	const { inspection: base } = baseSide;
	const baseImage = compareBaseImages(headSide, baseSide);
	const layers = compareLayers(headSide, baseSide, baseImage);
	const files = yield* comparingFiles(headSide.filesystem, baseSide.filesystem);
	const parts = yield* explainingSize({
		layers,
		files,
		head: headSide.filesystem,
		base: baseSide.filesystem
	});
	const paths = yield* findingChangedPaths(headSide, baseSide, files);
	return {
		size: change(head.size, base.size),
		unpackedSize: change(head.unpackedSize, base.unpackedSize),
		pullSize: change(head.pullSize?.bytes ?? null, base.pullSize?.bytes ?? null),
		updateSize: updateSizeOf(head, base),
		layerCount: change(head.layers.length, base.layers.length),
		stages: {
			declared: change(head.stages?.declared ?? null, base.stages?.declared ?? null),
			reachable: change(head.stages?.reachable ?? null, base.stages?.reachable ?? null)
		},
		split: splitOf$1(head.size - base.size, layers),
		layers,
		parts,
		...paths,
		shells: compareSets(head.shells, base.shells),
		packageManagers: compareSets(head.packageManagers, base.packageManagers),
		baseImage: {
			kind: baseImage,
			base: base.baseImage,
			head: head.baseImage
		}
	};
}
function change(head, base) {
	const difference = head === null || base === null ? null : head - base;
	return {
		head,
		base,
		difference,
		percent: difference === null || base === null || base === 0 ? null : difference / base * 100
	};
}
function updateSizeOf(head, base) {
	const baseDiffIds = new Set(base.layers.map(({ diffId }) => diffId));
	const fetched = new Map(head.layers.filter(({ diffId }) => !baseDiffIds.has(diffId)).map(({ diffId, digest, compressedSize }) => [digest ?? diffId, compressedSize]));
	let bytes = 0;
	for (const compressedSize of fetched.values()) {
		if (compressedSize === null) return null;
		bytes += compressedSize;
	}
	return bytes;
}
function splitOf$1(difference, layers) {
	const drift = differenceOf(layers.filter(({ kind }) => kind === "drift"));
	const baseImage = differenceOf(layers.filter(({ kind, origin }) => kind !== "drift" && origin === "base-image"));
	return {
		baseImage,
		own: difference - baseImage - drift,
		drift
	};
}
function differenceOf(layers) {
	return sum(layers.map(({ difference }) => difference));
}
function compareSets(head, base) {
	return {
		appeared: without(head, base),
		gone: without(base, head)
	};
}
function without(items, excluded) {
	const paths = new Set(excluded.map(({ path, pathBase64 }) => pathBase64 ?? path));
	return items.filter(({ path, pathBase64 }) => !paths.has(pathBase64 ?? path));
}
// src/policy/finding.ts
const severity = [
	"fail",
	"inconclusive",
	"warn",
	"pass"
];
function worst(verdicts) {
	return severity.find((verdict) => verdicts.includes(verdict)) ?? "pass";
}
// src/policy/judge.ts
function judge$1(subject, policy) {
	const findings = evaluate(subject, policy.rules).map((finding) => soften(finding, policy));
	return {
		findings,
		verdict: worst(findings.map(({ verdict }) => verdict))
	};
}
function soften(finding, policy) {
	const { verdict } = finding;
	return verdict === "fail" && policy.warnOnly || verdict === "inconclusive" && finding.reason === "no-base" && policy.missingBase === "warn" ? {
		...finding,
		verdict: "warn",
		softenedFrom: verdict
	} : finding;
}
// src/audit/side.ts
function isMissing(value) {
	return "reason" in value;
}
// src/audit/audit-image.ts
async function auditImage({ name, dockerfile }, { head, base }, policy, signal) {
	const subject = isMissing(base) ? {
		head: head.inspection,
		base: null,
		baseMissing: base,
		comparison: null
	} : {
		head: head.inspection,
		base: base.inspection,
		baseMissing: null,
		comparison: await inTurns(comparing(head, base), signal)
	};
	return {
		name,
		platform: head.inspection.platform,
		dockerfile,
		...subject,
		...judge$1(subject, policy)
	};
}
// src/dockerfile/parse/ports.ts
function checkPort(text, line) {
	const parts = text.split(":");
	const container = parts.pop() ?? "";
	const host = parts.pop() ?? "";
	const address = parts.join(":").replace(/^\[(.*)\]$/, "$1");
	const [ports = "", protocol = ""] = splitAt(container, "/");
	const range = rangeOf$1(ports);
	const hostRange = host === "" ? range : rangeOf$1(host);
	if (!(range !== null && hostRange !== null && [
		"",
		"tcp",
		"udp",
		"sctp"
	].includes(protocol.toLowerCase()) && (address === "" || isIP(address) !== 0 && !address.includes("%")) && (range.length === hostRange.length || range.length === 1))) refuse$1(line, `${quote$1(text)} is not a port to expose`);
}
function rangeOf$1(text) {
	const [first = "", last] = splitAt(text, "-");
	const start = portOf(first);
	const end = last === void 0 ? start : portOf(last);
	return start === null || end === null || end < start ? null : { length: end - start + 1 };
}
function portOf(text) {
	const port = /^[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
	return port >= 0 && port <= 65535 ? port : null;
}
function splitAt(text, separator) {
	const at = text.indexOf(separator);
	return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
// src/dockerfile/parse/signals.ts
const names = new Set("ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX".split(" "));
function checkSignal(text, line) {
	const name = text.toUpperCase().replace(/^SIG/, "");
	const offset = /^(?:RTMIN\+|RTMAX-)([1-9]|1[0-5])$/.exec(name)?.[0];
	if (!(/^[+-]?[0-9]+$/.test(text) && Number(text) !== 0 || names.has(name) || offset !== void 0 && offset !== "RTMAX-15")) refuse$1(line, `${quote$1(text)} is not a signal`);
}
// src/dockerfile/stages/build-checks.ts
const anyVariables = { get: () => "x" };
function checkBuilt(instruction, { inRoot, buildArgs }) {
	const { keyword, flags, text, escapeToken, line } = instruction;
	const expand = (word, options = { escapeToken }) => lex(word, anyVariables, options, (what) => refuse$1(line, `${quote$1(word)} cannot be expanded: ${what}`));
	const expanded = (word) => {
		const { text: value } = expand(word);
		return word.includes("$") ? null : value;
	};
	for (const word of expandedWords(instruction, buildArgs)) expand(word);
	for (const content of copiedDocuments(instruction)) expand(content, {
		escapeToken: "\\",
		ignoreQuotes: true
	});
	switch (keyword) {
		case "RUN":
			for (const mount of flagValues(flags, "mount")) checkBuiltMount(mount, line, inRoot, expanded);
			break;
		case "EXPOSE": {
			const known = argumentsOf(instruction).filter((word) => !word.includes("$"));
			for (const word of known) for (const port of expand(word).words) checkPort(port, line);
			break;
		}
		case "STOPSIGNAL": {
			const signal = expanded(text);
			if (signal !== null) checkSignal(signal, line);
			break;
		}
		case "ADD":
		case "COPY": for (const mode of flagValues(flags, "chmod").map(expanded)) if (mode !== null) checkMode(mode, line);
	}
}
function expandedWords(instruction, buildArgs) {
	const { keyword, text, flags, escapeToken } = instruction;
	switch (keyword) {
		case "ADD":
		case "COPY": return [...[
			"chown",
			"chmod",
			"checksum"
		].flatMap((name) => flagValues(flags, name)), ...argumentsOf(instruction).filter((word) => heredocMarker(word) === null)];
		case "ARG": return splitWords(text, escapeToken).map(nameAndValue).flatMap(([name, value]) => value === null || buildArgs.has(name) ? [] : [value]);
		case "ENV":
		case "LABEL": {
			const [first = "", ...rest] = splitWords(text, escapeToken);
			if (!first.includes("=")) return [first, text.slice(first.length)];
			return [first, ...rest].flatMap((word) => nameAndValue(word).filter((part) => part !== null));
		}
		case "EXPOSE":
		case "VOLUME": return argumentsOf(instruction);
		case "STOPSIGNAL":
		case "USER":
		case "WORKDIR": return [text];
		default: return [];
	}
}
function nameAndValue(word) {
	const at = word.indexOf("=");
	return at === -1 ? [word, null] : [word.slice(0, at), word.slice(at + 1)];
}
function copiedDocuments({ keyword, heredocs }) {
	return keyword === "RUN" ? [] : heredocs.filter(({ expand }) => expand).map(({ content }) => content);
}
function checkMode(mode, line) {
	if (!/^[0-9]+$/.test(mode)) return;
	if (!/^[0-7]+$/.test(mode) || Number.parseInt(mode, 8) > 4095) refuse$1(line, `${quote$1(mode)} is not a file mode, which is octal and at most 7777`);
}
// src/dockerfile/stages/named-context.ts
function namedContexts(contexts) {
	const byName = new Map();
	for (const [written, value] of contexts) {
		const name = contextName(written);
		if (name === null) throw new Failure("input-invalid", `${quote$1(written)} cannot name a build context. Use a stage's name or an image reference.`);
		byName.set(name, value);
	}
	return (written) => {
		if (["scratch", "context"].includes(written.toLowerCase())) return null;
		const name = contextName(written);
		return name === null ? null : byName.get(name) ?? null;
	};
}
function contextName(written) {
	const reference = parseReference(written);
	return reference === null ? null : familiarName(reference);
}
function contextImage(value) {
	if (!value.startsWith("docker-image://")) return { image: null };
	const written = value.slice(15);
	if (written === "scratch") return { image: "scratch" };
	const reference = parseReference(written);
	return reference === null ? null : { image: formatReference(reference) };
}
// src/dockerfile/stages/graph.ts
function declareStages(dockerfile, bases, context) {
	const graph = {
		nodes: [],
		numbered: [],
		byName: new Map()
	};
	for (const [index, stage] of dockerfile.stages.entries()) {
		const { name, from } = stage;
		if (name !== null && !["scratch", "context"].includes(name) && contextName(name) === null) refuse$1(from.line, `${quote$1(name)} cannot name a stage: it is not a valid context name`);
		const replaced = name === null ? null : context(name);
		addNode(graph, {
			base: bases[index] ?? "",
			context: replaced,
			declared: true,
			line: from.line
		});
		if (name !== null) graph.byName.set(name, index);
	}
	return graph;
}
function linkStages(graph, dockerfile) {
	for (const [index, stage] of dockerfile.stages.entries()) {
		const node = graph.nodes[index];
		if (node !== void 0) node.steps = stage.instructions.map((instruction) => linkStep(graph, instruction));
	}
}
function linkStep(graph, instruction) {
	const { keyword, flags, line } = instruction;
	if (keyword === "RUN") {
		const mounts = flagValues(flags, "mount").map((mount) => mountSource(mount, line));
		const known = mounts.map(({ from }) => graph.byName.get(lower(from ?? "scratch")));
		return {
			instruction,
			sources: mounts.map((mount, index) => mountedNode(graph, mount, known[index], line))
		};
	}
	const from = keyword === "COPY" ? flagValues(flags, "from")[0] || null : null;
	return {
		instruction,
		sources: from === null ? [] : [{
			node: copiedNode(graph, from, instruction),
			used: true
		}]
	};
}
function addNode(graph, node) {
	const index = graph.nodes.length;
	const parent = node.context === null ? graph.byName.get(node.base) ?? null : null;
	graph.nodes.push({
		...node,
		index,
		parent,
		steps: []
	});
	graph.numbered.push(index);
	return index;
}
function mountedNode(graph, mount, known, line) {
	const base = mount.from ?? "scratch";
	return {
		node: known ?? addNode(graph, {
			base,
			context: null,
			declared: false,
			line
		}),
		used: mount.from !== null || mount.cache
	};
}
function copiedNode(graph, from, { line, escapeToken }) {
	if (expandWord(from, new Map(), {
		escapeToken,
		line
	}) !== from) refuse$1(line, "variables are not expanded in COPY --from; name a stage with FROM and use that name");
	const number = /^[+-]?[0-9]+$/.test(from) ? BigInt(from.replace(/^\+/, "")) : null;
	if (number !== null && number === BigInt.asIntN(64, number)) return numberedNode(graph, Number(number), line);
	return graph.byName.get(lower(from)) ?? addNode(graph, {
		base: from,
		context: null,
		declared: false,
		line
	});
}
function numberedNode({ nodes, numbered }, number, line) {
	const node = numbered[number];
	if (node === void 0) refuse$1(line, `there is no stage ${number} to copy from`);
	if (nodes[node]?.declared === false) numbered.push(node);
	return node;
}
// src/dockerfile/stages/reach.ts
function reachableNodes(graph, dockerfile, target) {
	const triggered = new Set();
	for (;;) {
		const reachable = closure(graph, target);
		refuseInvalidReferences(graph);
		let hasNew = false;
		for (const index of reachable) {
			const node = graph.nodes[index];
			const parent = node?.parent ?? null;
			if (node === void 0 || parent === null || triggered.has(index)) continue;
			triggered.add(index);
			const steps = (dockerfile.stages[parent]?.instructions.filter(({ keyword }) => keyword === "ONBUILD") ?? []).map((trigger) => linkStep(graph, parseTrigger(triggerExpression(trigger), node.line)));
			node.steps = [...steps, ...node.steps];
			hasNew ||= steps.some(({ sources }) => sources.length > 0);
		}
		if (!hasNew) return reachable;
	}
}
function refuseLaterSources(graph, reachable) {
	for (const node of graph.nodes) {
		if (!reachable.has(node.index) || existsFromStart(node)) continue;
		for (const { instruction, sources } of node.steps) for (const source of sources) {
			const from = graph.nodes[source.node];
			if (source.used && from !== void 0 && from.index > node.index && !existsFromStart(from)) refuse$1(instruction.line, `${instruction.keyword} takes files from a stage that is built later (line ${from.line})`);
		}
	}
}
function refuseCircle({ nodes }) {
	const finished = new Set();
	const onPath = new Set();
	for (const root of nodes) {
		const path = [{
			node: root.index,
			rest: sourcesOf(root)
		}];
		if (finished.has(root.index)) continue;
		onPath.add(root.index);
		for (let top = path.at(-1); top !== void 0; top = path.at(-1)) {
			const next = top.rest.pop();
			if (next === void 0) {
				onPath.delete(top.node);
				finished.add(top.node);
				path.pop();
			} else if (onPath.has(next)) refuse$1(nodes[top.node]?.line ?? 1, "the stages copy or mount from each other in a circle");
			else if (!finished.has(next)) {
				const node = nodes[next];
				onPath.add(next);
				path.push({
					node: next,
					rest: node === void 0 ? [] : sourcesOf(node)
				});
			}
		}
	}
}
function existsFromStart({ declared, context }) {
	return !declared || context !== null;
}
function sourcesOf(node) {
	return [...new Set(node.steps.flatMap(({ sources }) => sources.map((source) => source.node)))];
}
function closure({ nodes }, target) {
	const reachable = new Set();
	const open = [target];
	for (let index = open.pop(); index !== void 0; index = open.pop()) {
		const node = nodes[index];
		if (node === void 0 || reachable.has(index)) continue;
		reachable.add(index);
		if (node.parent !== null) open.push(node.parent);
		for (const source of sourcesOf(node)) open.push(source);
	}
	return reachable;
}
function refuseInvalidReferences({ nodes }) {
	for (const { base, parent, context, line } of nodes) {
		if (parent !== null || base === "scratch" && context === null || parseReference(base) !== null) continue;
		const hint = base.toLowerCase() === base ? "" : "; repository names, and stage names in FROM, must be in lower case";
		throw new Failure("dockerfile-invalid", `Dockerfile line ${line}: ${quote$1(base)} is not a valid image reference${hint}.`);
	}
}
// src/dockerfile/stages/variables.ts
const maxTotal = 16777216;
function globalVariables({ metaArgs, escapeToken }, request) {
	const variables = new Map();
	let total = 0;
	for (const [name, value] of predefined(request)) variables.set(name, request.buildArgs.get(name) ?? value);
	for (const { text, line } of metaArgs) for (const word of splitWords(text, escapeToken)) {
		const at = word.indexOf("=");
		const name = at === -1 ? word : word.slice(0, at);
		const given = request.buildArgs.get(name);
		if (given === void 0 && at === -1) continue;
		const value = given ?? expandWord(word.slice(at + 1), variables, {
			escapeToken,
			line
		});
		total += value.length;
		if (total > maxTotal) refuse$1(line, `the values of ARG add up to more than ${maxTotal} characters`);
		variables.set(name, value);
	}
	return variables;
}
function predefined({ target, targetPlatform, buildPlatform }) {
	return [
		["BUILDPLATFORM", formatPlatform({
			...buildPlatform,
			osVersion: ""
		})],
		["BUILDOS", buildPlatform.os],
		["BUILDOSVERSION", buildPlatform.osVersion],
		["BUILDARCH", buildPlatform.architecture],
		["BUILDVARIANT", buildPlatform.variant],
		["TARGETPLATFORM", formatPlatform(targetPlatform)],
		["TARGETOS", targetPlatform.os],
		["TARGETOSVERSION", targetPlatform.osVersion],
		["TARGETARCH", targetPlatform.architecture],
		["TARGETVARIANT", targetPlatform.variant],
		["TARGETSTAGE", target === "" ? "default" : target]
	];
}
// src/dockerfile/stages/stages.ts
const defaultPlatform = {
	os: "linux",
	osVersion: "",
	architecture: "amd64",
	variant: ""
};
function resolveStages(dockerfile, request) {
	const context = namedContexts(request.buildContexts ?? new Map());
	const graph = declareStages(dockerfile, expandBases(dockerfile, request), context);
	const target = findTarget(graph, dockerfile, request.target ?? "");
	linkStages(graph, dockerfile);
	refuseCircle(graph);
	const reachable = reachableNodes(graph, dockerfile, target);
	refuseLaterSources(graph, reachable);
	checkBuiltStages(graph, reachable, request.buildArgs ?? new Map());
	const stages = [];
	for (const [index, { name, base, from }] of dockerfile.stages.entries()) {
		const node = graph.nodes[index];
		if (node === void 0) throw new Error(`stage ${index} has no node`);
		const { parent } = node;
		const isReachable = reachable.has(index);
		const resolved = stages[parent ?? -1]?.resolved ?? resolveBase(node, context, isReachable).resolved;
		const replaced = node.context !== null;
		stages.push({
			index,
			name,
			written: base,
			resolved,
			parent,
			replaced,
			line: from.line,
			reachable: isReachable
		});
	}
	return {
		stages,
		target,
		baseImage: rootOf(stages, target),
		images: imagesOf(graph, reachable, context)
	};
}
function chainOf(stages, target) {
	const chain = [];
	for (let stage = stages[target]; stage !== void 0; stage = stages[stage.parent ?? -1]) chain.push(stage);
	return chain.reverse();
}
function checkBuiltStages({ nodes }, reachable, buildArgs) {
	const inRoot = new Map();
	for (const { index, parent, context, declared, steps } of nodes) {
		let isInRoot = context === null && (inRoot.get(parent ?? -1) ?? true);
		for (const { instruction } of steps) {
			isInRoot &&= instruction.keyword !== "WORKDIR";
			if (declared && context === null && reachable.has(index)) checkBuilt(instruction, {
				inRoot: isInRoot,
				buildArgs
			});
		}
		inRoot.set(index, isInRoot);
	}
}
function expandBases(dockerfile, request) {
	const { stages, escapeToken } = dockerfile;
	const targetPlatform = platformOf(request.platform, platformOf(request.buildPlatform, defaultPlatform));
	const buildPlatform = platformOf(request.buildPlatform, targetPlatform);
	const target = request.target || (stages.at(-1)?.name ?? "");
	const variables = globalVariables(dockerfile, {
		buildArgs: request.buildArgs ?? new Map(),
		target,
		targetPlatform,
		buildPlatform
	});
	return stages.map(({ base, platform, from: { line } }) => {
		const expanded = expandWord(base, variables, {
			escapeToken,
			line
		});
		if (expanded === "") refuse$1(line, `the base image ${quote$1(base)} is blank after its variables are expanded`);
		const wanted = platform === null ? null : expandWord(platform, variables, {
			escapeToken,
			line
		});
		if (wanted !== null && parsePlatform(wanted, buildPlatform) === null) refuse$1(line, `the platform ${quote$1(platform ?? "")} expands to ${quote$1(wanted)}, which is not a platform`);
		return expanded;
	});
}
function platformOf(text, fallback) {
	if (text === void 0) return fallback;
	const platform = parsePlatform(text, fallback);
	if (platform === null) throw new Failure("input-invalid", `${quote$1(text)} is not a platform. Write it as os/architecture, such as linux/arm64.`);
	return platform;
}
function findTarget(graph, { stages }, target) {
	if (target === "") return stages.length - 1;
	const found = graph.byName.get(lower(target));
	if (found !== void 0) return found;
	const names = [...graph.byName.keys()];
	const advice = names.length === 0 ? "None of its stages has a name. Add one with FROM … AS name." : `The nearest is ${quote$1((0, import_fastest_levenshtein.closest)(lower(target), names))}; its stages are ${names.join(", ")}.`;
	throw new Failure("target-unknown", `The Dockerfile has no stage ${quote$1(target)}. ${advice}`);
}
function resolveBase(node, context, reachable) {
	if (node.context !== null) return resolveContext(node.context, reachable);
	const reference = parseReference(node.base);
	if (node.base === "scratch" || reference === null) return {
		resolved: node.base,
		isImage: false
	};
	const image = formatReference(reference);
	const replacement = context(image);
	return replacement === null ? {
		resolved: image,
		isImage: true
	} : resolveContext(replacement, reachable);
}
function resolveContext(value, reachable) {
	const context = contextImage(value);
	if (context === null && reachable) throw new Failure("input-invalid", `The build context ${quote$1(value)} is not a valid image reference. Correct it.`);
	const image = context?.image ?? null;
	return {
		resolved: image ?? value,
		isImage: image !== null && image !== "scratch"
	};
}
function rootOf(stages, target) {
	const [root] = chainOf(stages, target);
	if (root === void 0) throw new Error(`there is no stage ${target}`);
	return {
		written: root.written,
		resolved: root.resolved
	};
}
function imagesOf({ nodes }, reachable, context) {
	const images = nodes.filter(({ declared, index }) => !declared && reachable.has(index)).map((node) => resolveBase(node, context, true)).flatMap(({ resolved, isImage }) => isImage ? [resolved] : []);
	return [...new Set(images)].sort();
}
// src/image/filesystem/overlay-node.ts
var EntryNode = class EntryNode {
	#layer;
	#index;
	children;
	inode = null;
	constructor(layer, index, children) {
		this.#layer = layer;
		this.#index = index;
		this.children = children;
	}
	get path() {
		return this.#layer.entries.pathAt(this.#index);
	}
	get attributes() {
		return this.inode?.attributes ?? this.#layer.entries.attributesAt(this.#index);
	}
	get size() {
		return this.inode?.size ?? this.#layer.entries.sizeAt(this.#index);
	}
	get modified() {
		return this.inode?.modified ?? this.#layer.entries.modifiedAt(this.#index);
	}
	get layer() {
		return this.#layer.index;
	}
	holding(children) {
		return new EntryNode(this.#layer, this.#index, children);
	}
	linkTo(target) {
		if (!(target instanceof EntryNode) || target.children !== null || target.#layer !== this.#layer) throw new Failure("archive-invalid", `A layer has a hard link at ${JSON.stringify(displayPath(this.path).path)} that points to no file.`);
		const { mode, uid, gid } = this.attributes;
		const { attributes, size } = target;
		target.inode ??= {
			attributes,
			size,
			modified: 0
		};
		target.inode.attributes = {
			...attributes,
			mode,
			uid,
			gid
		};
		target.inode.modified = this.modified;
		this.inode = target.inode;
	}
};
var MissingDirectory = class MissingDirectory {
	path;
	layer;
	children;
	constructor(path, layer, children) {
		this.path = path;
		this.layer = layer;
		this.children = children;
	}
	get attributes() {
		return rootOwned;
	}
	get size() {
		return 0;
	}
	get modified() {
		return 0;
	}
	get inode() {
		return null;
	}
	holding(children) {
		return new MissingDirectory(this.path, this.layer, children);
	}
};
const rootOwned = {
	type: "directory",
	mode: 493,
	uid: 0,
	gid: 0
};
var Directory = class Directory {
	owner;
	#layer;
	#runs = noRuns;
	#nodes = noNodes;
	constructor(owner, layer) {
		this.owner = owner;
		this.#layer = layer;
	}
	copy(owner) {
		const copy = new Directory(owner, this.#layer);
		copy.#runs = [...this.#runs];
		copy.#nodes = new Map(this.#nodes);
		return copy;
	}
	get(name) {
		const node = this.#nodes.get(name);
		if (node !== void 0 || this.#runs.length === 0) return node;
		this.#open();
		return this.#nodes.get(name);
	}
	*opening() {
		while (this.#runs.length > 0) {
			for (let left = stretch; left > 0 && this.#runs.length > 0;) {
				const end = this.#runs.pop() ?? 0;
				const begin = this.#runs.pop() ?? 0;
				const from = Math.max(begin, end - left);
				this.#keep([from, end]);
				if (from > begin) this.#runs.push(begin, from);
				left -= end - from;
			}
			if (this.#runs.length > 0) yield;
		}
	}
	directoryAt(name) {
		return this.#nodes.get(name)?.children ?? void 0;
	}
	forEach(visit) {
		const runs = this.#runs;
		let left = this.#nodes.size;
		for (const node of this.#nodes.values()) {
			if (left-- === 0) break;
			visit(node);
		}
		this.#visit(runs, visit);
	}
	isOf(layer) {
		return this.#layer === layer;
	}
	addFile(index) {
		const last = this.#runs.length - 1;
		if (last < 0) this.#runs = [index, index + 1];
		else if (this.#runs[last] === index) this.#runs[last] = index + 1;
		else this.#runs.push(index, index + 1);
	}
	set(name, node, isNew = false) {
		if (!isNew && !this.#nodes.has(name)) this.#open();
		if (this.#nodes === noNodes) this.#nodes = new Map();
		this.#nodes.set(name, node);
	}
	delete(name) {
		if (!this.#nodes.has(name)) this.#open();
		this.#nodes.delete(name);
	}
	clear() {
		this.#runs = noRuns;
		this.#nodes = noNodes;
	}
	#visit(runs, visit) {
		for (let run = 0; run < runs.length; run += 2) {
			const end = runs[run + 1] ?? 0;
			for (let index = runs[run] ?? 0; index < end; index++) visit(new EntryNode(this.#layer, index, null));
		}
	}
	#open() {
		if (this.#runs.length === 0) return;
		this.#keep(this.#runs);
		this.#runs = noRuns;
	}
	#keep(runs) {
		if (this.#nodes === noNodes) this.#nodes = new Map();
		const nodes = this.#nodes;
		this.#visit(runs, (node) => {
			nodes.set(baseOf(node.path), node);
		});
	}
};
const noRuns = [];
const noNodes = new Map();
// src/image/filesystem/overlay.ts
var Overlay = class Overlay {
	#children;
	#unlisted;
	constructor(children, unlisted) {
		this.#children = children;
		this.#unlisted = unlisted;
	}
	static empty() {
		return new Overlay(new Directory(nobody, noLayer), 0);
	}
	get children() {
		return this.#children;
	}
	fork() {
		return new Overlay(this.#children, this.#unlisted);
	}
	*applying({ entries, anomalies }, index) {
		const pathsOf = (kind) => new Set(anomalies.filter((anomaly) => anomaly.kind === kind).map(({ path }) => path));
		const layer = {
			entries,
			index,
			repeated: pathsOf("duplicate-path")
		};
		const replaced = pathsOf("whiteout-with-replacement");
		if (entries.columns.distinct.some(isWhiteout)) for (let from = 0, to = 0; from < entries.length; from = to) {
			to = endOfStretch(entries, from);
			this.#applyWhiteouts(layer, {
				from,
				to
			}, replaced);
			yield;
		}
		const place = {
			layer,
			parent: "",
			siblings: this.#enter("", layer)
		};
		for (let from = 0, to = 0; from < entries.length; from = to) {
			to = endOfStretch(entries, from);
			for (let entry = from; entry < to; entry++) this.#applyEntry(place, entry);
			yield;
		}
	}
	#applyWhiteouts(layer, { from, to }, replaced) {
		const { entries } = layer;
		for (let index = from; index < to; index++) {
			const attributes = entries.attributesAt(index);
			if (!isWhiteout(attributes)) continue;
			const path = entries.pathAt(index);
			const hidden = this.#find(path);
			if (hidden === void 0) continue;
			if (attributes.type === "whiteout") {
				if (!replaced.has(path)) this.#enter(parentOf(path), layer).delete(baseOf(path));
			} else if (hidden.children !== null) this.#enter(path, layer).clear();
		}
	}
	#applyEntry(place, index) {
		const { layer } = place;
		const { entries } = layer;
		if (!entries.isIn(place.parent, index)) {
			const path = entries.pathAt(index);
			if (path === "") return;
			this.#goTo(place, parentOf(path));
		}
		const attributes = entries.attributesAt(index);
		const { type, linkTarget = "" } = attributes;
		if (isWhiteout(attributes)) {
			if (type === "opaque-whiteout") this.#goTo(place, entries.pathAt(index));
			return;
		}
		const { siblings } = place;
		const isNew = siblings.isOf(layer) && !isRepeated(layer, index);
		if (isNew && type !== "directory" && type !== "hardlink") {
			siblings.addFile(index);
			return;
		}
		const name = baseOf(entries.pathAt(index));
		const node = new EntryNode(layer, index, type === "directory" ? siblings.directoryAt(name) ?? new Directory(this, layer) : null);
		if (type === "hardlink") node.linkTo(this.#find(linkTarget));
		siblings.set(name, node, isNew);
	}
	#goTo(place, directory) {
		place.siblings = this.#enter(directory, place.layer);
		place.parent = directory;
	}
	#find(path) {
		let node;
		let children = this.#children;
		for (const name of path.split("/")) {
			node = children?.get(name);
			children = node?.children;
		}
		return node;
	}
	#enter(path, layer) {
		this.#children = this.#ownOf(this.#children);
		let parent = this.#children;
		let length = 0;
		for (const name of path === "" ? [] : path.split("/")) {
			length += name.length + (length === 0 ? 0 : 1);
			const node = parent.get(name);
			const isDirectory = node !== void 0 && node.children !== null;
			const children = isDirectory ? this.#ownOf(node.children) : new Directory(this, layer);
			if (!isDirectory) {
				if (++this.#unlisted > limits.missingDirectories) throw tooManyDirectories();
				parent.set(name, new MissingDirectory(path.slice(0, length), layer.index, children));
			} else if (children !== node.children) parent.set(name, node.holding(children));
			parent = children;
		}
		return parent;
	}
	#ownOf(directory) {
		return directory.owner === this ? directory : directory.copy(this);
	}
};
function endOfStretch({ length, columns: { ends } }, from) {
	const textBefore = from === 0 ? 0 : ends[from - 1] ?? 0;
	let to = from + 1;
	while (to < length && to - from < 4096 && (ends[to] ?? 0) - textBefore < 262144) to++;
	return to;
}
const nobody = {};
const noLayer = {
	entries: EntryTable.of([]),
	index: 0,
	repeated: new Set()
};
function isWhiteout({ type }) {
	return type === "whiteout" || type === "opaque-whiteout";
}
function tooManyDirectories() {
	return new Failure("limit-exceeded", `The image has files in over ${limits.missingDirectories} directories that its layers do not list.`);
}
function isRepeated({ entries, repeated }, index) {
	return repeated.size > 0 && repeated.has(entries.pathAt(index));
}
// src/image/filesystem/merge.ts
function* merging(images) {
	for (const image of images) checkAmount(image);
	const merged = new Map();
	yield* grow(Overlay.empty(), images, 0, merged);
	return images.map((image) => merged.get(image) ?? Overlay.empty());
}
function mergeLayers(readings) {
	const [filesystem] = atOnce(merging([readings]));
	return filesystem;
}
function checkAmount(readings) {
	let entries = 0;
	let text = 0;
	for (const reading of readings) {
		entries += reading.entries.length;
		text += reading.entries.columns.paths.length;
	}
	if (entries <= limits.imageEntries && text <= limits.imagePaths) return;
	throw new Failure("limit-exceeded", `The image's layers list ${entries} files with ${text} bytes of paths, more than any honest image has.`);
}
function* grow(overlay, images, depth, merged) {
	const branches = Map.groupBy(images, (image) => image[depth]?.diffId);
	for (const [diffId, branch] of branches) {
		const reading = branch[0]?.[depth];
		if (diffId === void 0 || reading === void 0) {
			for (const image of branch) merged.set(image, overlay);
			continue;
		}
		const next = branches.size === 1 ? overlay : overlay.fork();
		yield* next.applying(reading, depth);
		yield* grow(next, branch, depth + 1, merged);
	}
}
// src/dockerfile/history/attribution.ts
const exporterComment = "buildkit.exporter.image.v0";
function attributeLayers({ history, layerCount, dockerfile, stages, baseLayerCount = null }) {
	const own = ownInstructions(dockerfile, stages);
	const entries = entriesOfLayers(history, layerCount);
	const fitting = entries === null ? 0 : countFitting(history, own);
	const isScratch = stages.baseImage.resolved === "scratch";
	const isComplete = entries !== null && fitting === own.length && (!isScratch || fitting === history.length);
	const firstOwn = history.length - fitting;
	const trigger = isComplete ? chainOf(stages.stages, stages.target)[0]?.line ?? null : null;
	const layers = Array.from({ length: layerCount }, (_, index) => {
		const entry = entries?.[index] ?? -1;
		const instruction = entry < firstOwn ? void 0 : own[own.length - (history.length - entry)];
		if (index < (baseLayerCount ?? 0)) return baseImageLayer;
		if (instruction !== void 0) return {
			line: instruction.line,
			origin: "own",
			instruction: writtenInstruction(instruction)
		};
		if (baseLayerCount !== null) return {
			line: trigger,
			origin: "own",
			instruction: null
		};
		return isComplete ? baseImageLayer : {
			line: null,
			origin: "unknown",
			instruction: null
		};
	});
	const countByHistory = isComplete ? layers.filter(({ origin }) => origin === "base-image").length : null;
	return {
		layers,
		baseLayerCount: baseLayerCount ?? countByHistory
	};
}
const baseImageLayer = {
	line: null,
	origin: "base-image",
	instruction: null
};
function entriesOfLayers(history, layerCount) {
	if (history.some(({ comment }) => comment === exporterComment)) return null;
	const made = [...history.keys()].filter((index) => history[index]?.emptyLayer === false);
	return made.length === layerCount ? made : null;
}
function ownInstructions(dockerfile, { stages, target }) {
	return chainOf(stages, target).flatMap(({ index, parent, line, replaced }) => {
		if (replaced) return [];
		const triggers = (dockerfile.stages[parent ?? -1]?.instructions.filter(isOnBuild) ?? []).map((trigger) => parseTrigger(triggerExpression(trigger), line));
		const instructions = dockerfile.stages[index]?.instructions ?? [];
		return [...triggers, ...instructions.filter((instruction) => !isOnBuild(instruction))];
	});
}
function isOnBuild({ keyword }) {
	return keyword === "ONBUILD";
}
function countFitting(history, own) {
	for (let count = 0; count < own.length; count++) {
		const entry = history[history.length - 1 - count];
		const instruction = own[own.length - 1 - count];
		if (entry === void 0 || instruction === void 0 || !isHistoryOf(entry, instruction)) return count;
	}
	return own.length;
}
// src/dockerfile/history/history.ts
function historyOfLayers(history, layerCount) {
	const made = history.filter(({ emptyLayer }) => !emptyLayer);
	return made.length === layerCount ? made.map(({ createdBy }) => createdBy) : Array(layerCount).fill(null);
}
// src/inspect/git-directories.ts
function isGitDirectory({ path, children }) {
	if (children === null || !(path === ".git" || path.endsWith("/.git"))) return false;
	return children.get("HEAD") !== void 0 && children.get("objects")?.children != null;
}
function findGitDirectories(filesystem, { gitDirectories }) {
	return gitDirectories.slice(0, maxMeasured).map(({ path, layer, children }) => ({
		...displayPath(path),
		bytes: bytesUnder(filesystem, path) ?? 0,
		layer: children?.get("HEAD")?.layer ?? layer
	})).toSorted((a, b) => b.bytes - a.bytes).slice(0, maxListed$1);
}
const maxListed$1 = 10;
const maxMeasured = 20;
// src/inspect/programs/shell-names.ts
const certain = new Set([
	...[
		"sh",
		"bash",
		"rbash",
		"bash-static",
		"dash",
		"ash",
		"hush",
		"msh",
		"busybox",
		"sash",
		"mrsh",
		"scsh"
	],
	...[
		"zsh",
		"rzsh",
		"zsh5",
		"zsh-static",
		"csh",
		"bsd-csh",
		"tcsh",
		"fish",
		"yash",
		"posh",
		"osh",
		"ysh"
	],
	...[
		"ksh",
		"rksh",
		"ksh93",
		"rksh93",
		"pdksh",
		"oksh",
		"loksh"
	],
	...[
		"mksh",
		"mksh-static",
		"rmksh",
		"lksh",
		"rlksh",
		"elvish",
		"xonsh",
		"pwsh",
		"murex"
	]
]);
const ambiguous = new Set([...[
	"rc",
	"rc.byron",
	"es",
	"ion",
	"nu",
	"oil",
	"rush",
	"brush",
	"gosh",
	"toybox",
	"git-shell"
]]);
const notShells = new Set([
	"nologin",
	"false",
	"true",
	"coreutils",
	"sbase-box"
]);
function shellNameOf(fileName) {
	for (const name of [fileName, fileName.replace(/-\d+(?:\.\d+)*$/, "")]) {
		if (certain.has(name)) return {
			name,
			isAmbiguous: false
		};
		if (ambiguous.has(name)) return {
			name,
			isAmbiguous: true
		};
	}
	if (fileName.startsWith("busybox")) return {
		name: "busybox",
		isAmbiguous: false
	};
	return null;
}
function isNotShell(fileName) {
	return notShells.has(fileName);
}
// src/inspect/programs/shell-script.ts
function isShellScript(content) {
	if (content?.interpreter === void 0) return false;
	const [program = "", ...words] = content.interpreter.trim().split(/[ \t]+/);
	return shellNameOf(baseOf((baseOf(program) === "env" ? words.find((word) => !/^-|=/.test(word)) : program) ?? "")) !== null;
}
// src/inspect/programs/package-manager.ts
const managerNames = new Set([
	...[
		"apt",
		"apt-get",
		"cupt",
		"nala",
		"aptitude",
		"aptitude-curses",
		"dpkg",
		"dselect",
		"synaptic",
		"apk",
		"apk.static"
	],
	...[
		"rpm",
		"rpm-ostree",
		"dnf",
		"dnf5",
		"yum",
		"microdnf",
		"tdnf",
		"zypper",
		"urpmi",
		"swupd"
	],
	...[
		"pacman",
		"pamac",
		"yay",
		"paru",
		"xbps-install",
		"emerge",
		"cave",
		"eopkg",
		"slackpkg",
		"guix"
	],
	...[
		"opkg",
		"ipkg",
		"nix",
		"nix-env",
		"snap",
		"flatpak",
		"brew",
		"pkgin",
		"pkg_add"
	]
]);
const shellScripts = new Set(["brew", "slackpkg"]);
const toolNames = new Set([
	...[
		"pip",
		"pipx",
		"pipenv",
		"poetry",
		"pdm",
		"uv",
		"uvx",
		"easy_install",
		"conda",
		"mamba",
		"micromamba"
	],
	...[
		"npm",
		"npx",
		"yarn",
		"yarnpkg",
		"pnpm",
		"pnpx",
		"corepack"
	],
	...[
		"gem",
		"bundle",
		"bundler",
		"cargo",
		"go",
		"composer",
		"mvn",
		"gradle",
		"sbt",
		"lein",
		"nuget"
	],
	...[
		"cpan",
		"cpanm",
		"luarocks",
		"cabal",
		"stack",
		"opam",
		"mix",
		"rebar3"
	]
]);
function findPackageManagers(filesystem, { packageManagers, links }) {
	return find(filesystem, {
		programs: packageManagers,
		links
	}, managers);
}
function findBuildTools(filesystem, { buildTools, links }) {
	return find(filesystem, {
		programs: buildTools,
		links
	}, tools);
}
function isPackageManager(node) {
	return nameOfProgram(node, managers) !== null;
}
function isBuildTool(node) {
	return nameOfProgram(node, tools) !== null;
}
const managers = {
	markers: packageManagerMarkers,
	nameOf: (node) => {
		const name = nameAmong(managerNames, node);
		return name !== null && isShellScript(node.attributes.content) && !shellScripts.has(name) ? null : name;
	}
};
const tools = {
	markers: [],
	nameOf: (node) => nameAmong(toolNames, node)
};
function find(filesystem, { programs, links }, kind) {
	const found = new Map();
	for (const node of programs) {
		const name = nameOfProgram(node, kind);
		if (name !== null) found.set(node.path, name);
	}
	for (const node of links) {
		const named = kind.nameOf(node);
		if (named === null && found.size === 0) continue;
		const end = resolveLink(filesystem, node);
		if (end === null) continue;
		const name = (isProgram(end) ? named : null) ?? found.get(end.path);
		if (name !== void 0) found.set(node.path, name);
	}
	return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([path, name]) => ({
		...displayPath(path),
		name
	}));
}
function nameOfProgram(node, { nameOf, markers }) {
	return (isProgram(node) ? nameOf(node) : null) ?? nameByContent(node, markers);
}
function nameAmong(names, { path }) {
	const fileName = baseOf(path);
	if (names.has(fileName)) return fileName;
	if (!/\d$/.test(fileName)) return null;
	const name = fileName.replace(/-?\d+(?:\.\d+)?$/, "");
	return names.has(name) ? name : null;
}
function nameByContent({ attributes }, markers) {
	const found = attributes.content?.markers;
	if (found === void 0) return null;
	return markers.find(({ name }) => found.includes(name))?.name ?? null;
}
// src/inspect/programs/etc-shells.ts
function etcShells(filesystem) {
	return (resolve$1(filesystem, "etc/shells")?.attributes.content?.text ?? "").split("\n").map((line) => line.trim()).filter((line) => line.startsWith("/")).map((line) => cleanPath$1(line).path).filter((path) => !isNotShell(baseOf(path)));
}
// src/inspect/programs/shell.ts
const conventionalPaths = [
	"bin/sh",
	"usr/bin/sh",
	"bin/bash",
	"usr/bin/bash",
	"busybox/sh"
];
function findShells(filesystem, { shells, links }) {
	const found = new Map();
	const isNew = ({ path }) => !found.has(path);
	for (const file of shells) add(found, file.path, byName(file));
	const inodeOf = (file) => file.inode ?? file;
	const namedInodes = new Set(shells.filter(({ path }) => found.has(path)).map(inodeOf));
	for (const file of shells.filter(isNew)) {
		const finding = byContent(file, namedInodes.has(inodeOf(file)));
		add(found, file.path, finding);
		if (finding !== null && multiCallShells.has(finding.kind)) namedInodes.add(inodeOf(file));
	}
	for (const link of links) {
		const end = resolveLink(filesystem, link);
		if (end !== null) add(found, link.path, byLink(link, end, found.get(end.path)));
	}
	for (const [paths, judge] of [[conventionalPaths, byConvention], [etcShells(filesystem), byEtcShells]]) for (const path of paths) {
		const end = resolve$1(filesystem, path);
		if (end !== null && isNew(end)) add(found, nodeAt(filesystem, path) === null ? end.path : path, judge(end));
	}
	return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([path, shell]) => ({
		...displayPath(path),
		...shell
	}));
}
function couldBeShell(node) {
	return node.attributes.type === "file" && (kindByContent(node) !== null || byName(node) !== null);
}
function add(found, path, finding) {
	if (finding !== null && !found.has(path)) found.set(path, finding);
}
function byName(file) {
	if (!isProgram(file)) return null;
	const named = shellNameOf(baseOf(file.path));
	if (named === null) return null;
	const kind = kindByContent(file);
	return {
		reason: "name",
		certainty: named.isAmbiguous && kind === null ? "likely" : "certain",
		kind: kind ?? named.name
	};
}
function byContent(file, isNamed) {
	const kind = kindByContent(file);
	if (kind === null) return null;
	if (!isNamed) return {
		reason: "content",
		certainty: "likely",
		kind
	};
	return multiCallShells.has(kind) ? null : {
		reason: "link",
		certainty: "certain",
		kind
	};
}
function byLink(link, end, target) {
	const named = shellNameOf(baseOf(link.path));
	if (target !== void 0) {
		if (named === null && multiCallShells.has(target.kind)) return null;
		return {
			reason: "link",
			certainty: named?.isAmbiguous === false ? "certain" : target.certainty,
			kind: target.kind
		};
	}
	if (named === null || named.isAmbiguous || !isProgram(end) || isNotShell(baseOf(end.path))) return null;
	return {
		reason: "name",
		certainty: "certain",
		kind: named.name
	};
}
function byConvention(end) {
	if (!isExecutable(end) || isNotShell(baseOf(end.path))) return null;
	return {
		reason: "path",
		certainty: "likely",
		kind: "sh"
	};
}
function byEtcShells(end) {
	if (!isProgram(end) || isNotShell(baseOf(end.path))) return null;
	return {
		reason: "etc-shells",
		certainty: "likely",
		kind: baseOf(displayPath(end.path).path)
	};
}
function kindByContent({ attributes }) {
	const markers = attributes.content?.markers;
	if (markers === void 0) return null;
	return shellMarkers.find(({ name }) => markers.includes(name))?.name ?? null;
}
// src/inspect/candidates.ts
const candidateKinds = {
	shells: couldBeShell,
	packageManagers: isPackageManager,
	buildTools: isBuildTool,
	unread: couldBeUnread,
	gitDirectories: isGitDirectory,
	links: ({ attributes }) => attributes.type === "symlink"
};
const candidatesIn = nodesOfKinds(candidateKinds, isPlain$1);
function isPlain$1({ attributes: { type, mode, content } }) {
	return type === "file" && !isExecutableMode(mode) && content === void 0;
}
// src/inspect/start/bytes.ts
function bytesOf(text) {
	return Buffer$1.from(text).toString("latin1");
}
function textOf$1(bytes) {
	return Buffer$1.from(bytes, "latin1").toString("utf8");
}
function shownPath(path) {
	return displayPath(path).path;
}
// src/inspect/family.ts
const key = "PRETTY_NAME=";
const maxLength = 100;
function familyOf(filesystem) {
	const line = textOf$1((resolve$1(filesystem, "etc/os-release") ?? resolve$1(filesystem, "usr/lib/os-release"))?.attributes.content?.text ?? "").split("\n").findLast((line) => line.startsWith(key));
	if (line === void 0) return null;
	const name = [...unquote(line.slice(12).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim())].slice(0, maxLength).join("").trim();
	return name === "" ? null : name;
}
function unquote(value) {
	const inSingle = /^'([^']*)'$/.exec(value)?.[1];
	if (inSingle !== void 0) return inSingle;
	return (/^"(.*)"$/.exec(value)?.[1] ?? value).replace(/\\([\\"$`'])/g, "$1");
}
// src/inspect/beside-payload.ts
function notesOnBytesBesidePayload(readings) {
	const large = readings.map((reading, index) => ({
		number: index + 1,
		reading,
		bytes: besidePayload(reading)
	})).filter(({ reading, bytes }) => isFarAbove(bytes, reading));
	const bytes = sum(large.map((layer) => layer.bytes));
	if (bytes < minBytes) return [];
	const payload = sum(large.map(({ reading }) => reading.size));
	const numbers = large.filter((layer) => layer.bytes * 1e3 >= bytes).map(({ number }) => number);
	return [`${numbers.length === 1 ? `Layer ${numbers[0]} holds` : `Layers ${listed$1(numbers, maxListed)} hold`} ${inMegabytes(bytes)} of names, link targets, attributes and archive padding, besides ${inMegabytes(payload)} of files' content. No size counts these bytes.`];
}
const minBytes = 5e6;
const maxListed = 5;
const perEntry = 2048;
function besidePayload({ size, tarSize }) {
	return Math.max(0, tarSize - size);
}
function isFarAbove(bytes, { size, entries }) {
	return bytes > size || bytes > entries.length * perEntry;
}
function inMegabytes(bytes) {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}
// src/inspect/notes.ts
const sentences = {
	"duplicate-path": (count, path) => `${paths(count, "occurs", "occur")} more than once in one layer, such as ${path}. The last one counts; some engines refuse the image.`,
	"path-outside-root": (count, path) => `${paths(count, "leads", "lead")} out of the root filesystem, such as ${path}. Image Audit reads it inside the root; some engines refuse the image.`,
	"whiteout-with-replacement": (count, path) => `${paths(count, "is", "are")} both deleted and created in one layer, such as ${path}. Engines disagree about the content below.`,
	"unknown-pax-record": (count, path) => `${paths(count, "has", "have")} a nonstandard tar record, such as ${path}. Other programs may read it differently.`
};
function notesOf(readings, lfsPointers) {
	return [
		...[...Map.groupBy(readings.flatMap(({ anomalies }) => anomalies), ({ kind }) => kind)].map(([kind, paths]) => sentences[kind](paths.length, displayPath(paths[0]?.path ?? "").path)),
		...notesOnBytesBesidePayload(readings),
		...notesOnPointers(lfsPointers)
	];
}
function notesOnPointers([first, ...more]) {
	if (first === void 0) return [];
	const { path } = displayPath(first.path);
	return [`${more.length === 0 ? `${path} is a Git LFS pointer` : `${path} and ${more.length} more files are Git LFS pointers`}. Sizes do not include the files that a checkout with lfs: true would fetch.`];
}
function paths(count, singular, plural) {
	return count === 1 ? `1 path ${singular}` : `${count} paths ${plural}`;
}
// src/inspect/programs/distroless.ts
function judgeDistroless({ shells, packageManagers, unread }) {
	const found = [...shells.map(({ path, kind, certainty }) => evidence("shell", path, certainty === "likely" ? `${kind}, likely` : kind)), ...packageManagers.map(({ path, name }) => evidence("package-manager", path, name))];
	return {
		verdict: found.length > 0 ? "no" : unread.length > 0 ? "unknown" : "yes",
		evidence: [...found, ...unread.map(({ path, detail }) => evidence("unread", path, detail))]
	};
}
function evidence(kind, path, detail) {
	return {
		kind,
		path,
		detail
	};
}
// src/inspect/pull-size.ts
const spread = {
	low: .85,
	high: 1.1
};
const metadataAllowance = 16384;
function pullSize({ layers, metadataSize }, estimates) {
	const blobs = new Map(layers.flatMap(({ blob }) => blob === null ? [] : [[blob.digest, blob.size]]));
	const known = (metadataSize ?? 0) + sum([...blobs.values()]);
	const unknown = [...new Set(layers.filter(({ blob }) => blob === null).map(({ reading }) => reading.diffId))];
	if (metadataSize !== null && unknown.length === 0) return {
		bytes: known,
		exact: true,
		low: known,
		high: known
	};
	if (unknown.length === 0 || !unknown.every((diffId) => estimates.has(diffId))) return null;
	const estimated = sum(unknown.map((diffId) => estimates.get(diffId) ?? 0));
	return {
		bytes: known + estimated,
		exact: false,
		low: known + Math.floor(estimated * spread.low),
		high: known + Math.ceil(estimated * spread.high) + (metadataSize === null ? metadataAllowance : 0)
	};
}
// src/dockerfile/stages/setting.ts
function writtenUser(instructions) {
	const text = instructions.findLast(({ keyword }) => keyword === "USER")?.text.trim();
	return text === void 0 ? null : {
		text,
		hasVariable: text.includes("$"),
		isWhole: true
	};
}
function writtenWorkingDirectory(instructions) {
	return instructions.filter(({ keyword }) => keyword === "WORKDIR").reduce((above, { text }) => workingDirectoryBelow(above, text.trim()), null);
}
function workingDirectoryBelow(above, written) {
	const hasVariable = written.includes("$");
	if (/^["']?\//.test(written)) return {
		text: written,
		hasVariable,
		isWhole: true
	};
	return {
		text: above !== null && /^[\w.@-]/.test(written) ? `${above.text.replace(/\/$/, "")}/${written}` : written,
		hasVariable: hasVariable || above?.hasVariable === true,
		isWhole: above?.isWhole === true
	};
}
// src/inspect/start/command.ts
function commandOf$4(config, overrides = {}) {
	const { entrypoint, cmd } = overrides.entrypoint === void 0 ? config : {
		entrypoint: [overrides.entrypoint],
		cmd: null
	};
	const argv = [...entrypoint === null || entrypoint.length === 1 && entrypoint[0] === "" ? [] : entrypoint, ...cmd ?? []];
	return {
		argv,
		user: overrides.user ?? config.user ?? "",
		directory: overrides.workdir || config.workingDir || "/",
		env: environmentOf(config.env),
		shellWords: shellWords(argv, config.shell ?? null)
	};
}
const defaultShell = ["/bin/sh", "-c"];
function shellWords(argv, shell) {
	return (shell === null || shell.length === 0 ? [defaultShell] : [shell, defaultShell]).find((words) => argv.length > words.length && words.every((word, at) => argv[at] === word))?.length ?? 0;
}
function environmentOf(env) {
	const variables = new Map([["PATH", defaultPath]]);
	for (const variable of env) {
		const equals = variable.indexOf("=");
		if (equals === -1) variables.set(variable, null);
		else variables.set(variable.slice(0, equals), variable.slice(equals + 1));
	}
	return [...variables].flatMap(([name, value]) => value === null ? [] : [`${name}=${value}`]);
}
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
// src/inspect/start/account.ts
const root = {
	uid: 0,
	gids: new Set([0])
};
function mayReach(account, { node, searched }, wish) {
	const answers = [...searched.map((directory) => may(account, directory, 1)), may(account, node, wish)];
	if (answers.includes(false)) return false;
	return answers.includes(null) ? null : true;
}
function may(account, { attributes }, wish) {
	const { mode, uid, gid, type } = attributes;
	const [owner, group, others] = [
		6,
		3,
		0
	].map((shift) => (mode >> shift & wish) !== 0);
	const asRoot = wish === 4 || type === "directory" || isExecutableMode(mode);
	if (account === null) return allSame([
		asRoot,
		owner,
		group,
		others
	]);
	if (account.uid === 0) return asRoot;
	if (account.uid === uid) return owner ?? null;
	if (account.gids === null) return allSame([group, others]);
	return (account.gids.has(gid) ? group : others) ?? null;
}
function allSame(answers) {
	const [first = null] = answers;
	return answers.every((answer) => answer === first) ? first : null;
}
// src/inspect/start/call.ts
function variableOf({ env }, name) {
	return env.findLast((variable) => variable.startsWith(`${name}=`))?.slice(name.length + 1);
}
// src/inspect/start/locate.ts
function locate(filesystem, path, directory) {
	if (path.length >= limits.path || directory.length >= limits.path) return {
		kind: "missing",
		at: "",
		why: "nothing"
	};
	const walk = new Walk(filesystem);
	if (!path.startsWith("/")) {
		const stop = walk.follow(directory, true);
		if (stop !== null) return stop;
		walk.searched.length = 0;
	}
	return walk.follow(path, false) ?? walk.end();
}
const mounted = new Set([
	"proc",
	"sys",
	"dev"
]);
var Walk = class {
	searched = [];
	#filesystem;
	#steps = [];
	#links = 0;
	constructor(filesystem) {
		this.#filesystem = filesystem;
	}
	follow(path, makes) {
		const rest = path.split("/").reverse();
		if (path.startsWith("/")) this.#steps = [];
		for (let part = rest.pop(); part !== void 0; part = rest.pop()) {
			const here = this.#steps.at(-1);
			const children = here === void 0 ? this.#filesystem.children : here.node?.children ?? null;
			if (children === null && here?.node) return this.#missing("no-directory");
			if (part === "" || part === ".") continue;
			if (here?.node) this.searched.push(here.node);
			if (part === "..") {
				this.#steps.pop();
				continue;
			}
			if (here === void 0 && mounted.has(part)) return {
				kind: "mounted",
				at: [part, ...rest.reverse()].join("/")
			};
			const node = children?.get(part) ?? null;
			if (node === null && !makes) return this.#missing("nothing", part);
			if (node?.attributes.type !== "symlink") {
				this.#steps.push({
					name: part,
					node
				});
				continue;
			}
			if (++this.#links > limits.links) return this.#missing("links", part);
			const target = node.attributes.linkTarget ?? "";
			if (target.startsWith("/")) this.#steps = [];
			const parts = target.split("/");
			countLinkSteps(this.#filesystem, parts.length);
			rest.push(...parts.reverse());
		}
		return null;
	}
	end() {
		const node = this.#steps.at(-1)?.node ?? null;
		return node === null ? { kind: "directory" } : {
			kind: "found",
			node,
			searched: this.searched
		};
	}
	#missing(why, part) {
		return {
			kind: "missing",
			at: [...this.#steps.map(({ name }) => name), ...part === void 0 ? [] : [part]].join("/"),
			why
		};
	}
};
const linkSteps = new WeakMap();
function countLinkSteps({ children }, steps) {
	const all = (linkSteps.get(children) ?? 0) + steps;
	linkSteps.set(children, all);
	if (all > limits.linkSteps) throw new Failure("limit-exceeded", "The symbolic links of the image have more path components than any real image. What it starts cannot be determined.");
}
// src/inspect/start/find-program.ts
function findProgram(name, scope) {
	const found = name.includes("/") ? programAt(name, scope) : programInPath(name, scope);
	if (found.kind === "missing" && /(?:^|\/)nvidia-[a-z-]+$/.test(name)) return {
		kind: "unknown",
		why: `Some runtimes add ${textOf$1(name)} to containers.`
	};
	return found;
}
function programInPath(name, scope) {
	const missing = {
		kind: "missing",
		path: textOf$1(name),
		isThere: false
	};
	if (name === "") return {
		...missing,
		found: "its name is empty"
	};
	const path = variableOf(scope, "PATH");
	if (scope.by === "c" && !path) return {
		kind: "unknown",
		why: `There is no PATH to find ${textOf$1(name)} in.`
	};
	if ((path ?? "").length > 131072) return {
		...missing,
		found: "PATH is longer than Linux allows"
	};
	let found = {
		...missing,
		found: "no directory in PATH has it"
	};
	for (const directory of path === void 0 || path === "" ? [] : path.split(":")) {
		const candidate = `${directory === "" ? "." : directory}/${name}`;
		if (candidate.length >= limits.path) continue;
		const here = programAt(candidate, scope);
		if (here.kind === "missing") {
			if (here.isThere) found = {
				...missing,
				found: `${here.path} is there, but ${here.found}`,
				isThere: true
			};
			continue;
		}
		if (here.kind === "found" && !candidate.startsWith("/") && scope.by !== "c") return {
			kind: "unknown",
			why: `PATH finds ${textOf$1(name)} in a directory that is not absolute.`
		};
		return here;
	}
	return found;
}
function programAt(path, scope) {
	const shown = textOf$1(path.startsWith("/") ? path : `${scope.directory}/${path}`).replace(/\/(?:\.?\/)+/g, "/");
	const place = locate(scope.filesystem, path, scope.directory);
	if (place.kind === "mounted") return {
		kind: "unknown",
		why: `${shown} is in a directory that the runtime mounts.`
	};
	const found = whyNot(path, place, scope);
	if (found === null && place.kind === "found") return {
		kind: "found",
		path,
		place
	};
	const isThere = place.kind !== "missing";
	return {
		kind: "missing",
		path: shown.slice(0, limits.path),
		found: found ?? "",
		isThere
	};
}
function whyNot(path, place, { account, by, directory }) {
	if (place.kind === "directory") return "it is a directory";
	if (place.kind === "missing") return whyMissing(path, place, directory);
	if (place.kind !== "found") return null;
	const { type, mode } = place.node.attributes;
	if (type === "directory") return "it is a directory";
	if (type !== "file") return "it is not a regular file";
	if (!isExecutableMode(mode)) return `its mode ${modeText(mode)} has no execute bit`;
	if (by === "runtime" || mayReach(account, place, 1) !== false) return null;
	return `its mode ${modeText(mode)}, or that of a directory above it, does not let ${whoOf(account)} execute it`;
}
function whyMissing(path, { at, why }, directory) {
	if (path.length >= limits.path || directory.length >= limits.path) return "its path is too long";
	if (why === "links") return "it leads through too many symbolic links";
	const shown = shownPath(at);
	const isAsked = `${path.startsWith("/") ? "" : `${directory}/`}${path}`.endsWith(`/${at}`);
	if (why === "no-directory") return `${shown} is not a directory`;
	return isAsked ? "it does not exist" : `${shown} does not exist`;
}
function modeText(mode) {
	return (mode & 4095).toString(8).padStart(4, "0");
}
function whoOf(account) {
	return account === null ? "the user" : `user ${account.uid}`;
}
function needsCapabilities(account, place) {
	return account !== null && mayReach(account, place, 1) === false;
}
// src/inspect/program.ts
function programOf(config, filesystem) {
	const { argv, directory, env } = commandOf$4({
		...config,
		user: null
	});
	const name = bytesOf(argv[0] ?? "");
	const found = findProgram(name, {
		filesystem,
		directory: bytesOf(`/${directory}`),
		env: env.map(bytesOf),
		account: null,
		by: "runtime"
	});
	if (found.kind !== "found") return null;
	return {
		path: shownPath(found.place.node.path),
		isBelowWorkingDirectory: name.includes("/") && !name.startsWith("/")
	};
}
// src/inspect/runtime.ts
function runtimeOf(config, filesystem, { instructions, ...origin }) {
	const written = {
		user: instructions === null ? null : writtenUser(instructions),
		workingDirectory: instructions === null ? null : writtenWorkingDirectory(instructions)
	};
	const isUnknown = instructions === null && origin.isBuilt;
	const workingDirectory = shown(config.workingDir, written.workingDirectory);
	const isHidden = workingDirectory !== config.workingDir;
	const program = programOf(config, filesystem);
	return {
		user: shown(config.user, written.user),
		workingDirectory,
		entrypoint: config.entrypoint,
		command: config.cmd,
		program: program?.isBelowWorkingDirectory && isHidden ? null : program?.path ?? null
	};
	function shown(value, setting) {
		if (value === null) return null;
		if (setting?.hasVariable) return setting.text;
		if (setting?.isWhole) return value;
		return origin.confidential.filter((secret) => secret !== "").some((secret) => isUnknown || value.includes(secret)) ? "***" : value;
	}
}
// src/inspect/start/architecture.ts
function runsOn(elf, { os, architecture }) {
	if (os !== "linux") return "unknown";
	const name = architectureOf(elf);
	if (name === architecture) return "yes";
	if (!architectures.has(architecture)) return "unknown";
	return kin.some((names) => names.includes(name) && names.includes(architecture)) ? "unknown" : "no";
}
function isSameMachine(a, b) {
	return a.machine === b.machine && a.class === b.class && a.byteOrder === b.byteOrder;
}
function machineName(elf) {
	const name = architectureOf(elf);
	return said.get(name) ?? name;
}
function architectureOf({ machine, class: width, byteOrder }) {
	const isLittle = byteOrder === "little";
	switch (machine) {
		case 3: return "386";
		case 62: return width === 64 ? "amd64" : "amd64p32";
		case 40: return isLittle ? "arm" : "armbe";
		case 183: return isLittle ? "arm64" : "arm64be";
		case 8: return `mips${width === 64 ? "64" : ""}${isLittle ? "le" : ""}`;
		case 20: return "ppc";
		case 21: return isLittle ? "ppc64le" : "ppc64";
		case 22: return width === 64 ? "s390x" : "s390";
		case 2:
		case 18: return "sparc";
		case 43: return "sparc64";
		case 243: return width === 64 ? "riscv64" : "riscv";
		case 258: return width === 64 ? "loong64" : "loong32";
		default: return `ELF machine ${machine}`;
	}
}
const kin = [
	[
		"amd64",
		"amd64p32",
		"386"
	],
	["arm64", "arm"],
	["arm64be", "armbe"],
	["mips64", "mips"],
	["mips64le", "mipsle"],
	["ppc64", "ppc"],
	["s390x", "s390"],
	["sparc64", "sparc"],
	["riscv64", "riscv"],
	["loong64", "loong32"]
];
const architectures = new Set([...kin.flat(), "ppc64le"]);
const said = new Map([
	["amd64", "x86-64"],
	["amd64p32", "x32"],
	["386", "i386"]
]);
// src/inspect/start/script.ts
function executableOf({ size, attributes }) {
	const { content } = attributes;
	if (size === 0) return {
		kind: "no-format",
		found: "it is empty"
	};
	if (content === void 0) return { kind: "unknown" };
	if (content.format === "elf" && ![
		void 0,
		2,
		3
	].includes(content.elf?.type)) return {
		kind: "no-format",
		found: "it is an ELF file, but not a program"
	};
	if (content.format === "elf") return { kind: "elf" };
	if (content.format === "script") return firstLine(content.interpreter ?? "");
	return {
		kind: "no-format",
		found: content.markers?.includes("lfs-pointer") === true ? "it is a Git LFS pointer" : "it is neither an ELF program nor a script with a `#!` line"
	};
}
const seenBytes = 254;
function firstLine(line) {
	const isCut = line.length >= seenBytes;
	const text = (isCut ? line.slice(0, 253) : line).replace(/^[ \t]+/, "");
	const end = text.search(/[ \t\0]/);
	if (text === "" || end === 0) return {
		kind: "no-format",
		found: "its `#!` line names no interpreter"
	};
	if (isCut && end === -1) return {
		kind: "no-format",
		found: "its `#!` line is longer than the kernel reads"
	};
	if (end === -1) return {
		kind: "script",
		interpreter: text,
		argument: null
	};
	const trimmed = (text[end] === "\0" ? "" : text.slice(end).replace(/^[ \t]+/, "").split("\0")[0] ?? "").replace(/[ \t]+$/, "");
	return {
		kind: "script",
		interpreter: text.slice(0, end),
		argument: trimmed === "" ? null : trimmed
	};
}
// src/inspect/start/execute.ts
function execute(argv, scope, ofMissing) {
	const opened = [];
	let [needs = "", ...args] = argv;
	let found = findProgram(needs, scope);
	for (;;) {
		if (found.kind === "unknown") return ending({ unknown: found.why });
		const script = opened.at(-1)?.place.node;
		if (found.kind === "missing") return ending({
			problem: missingProblem(needs, found, script === void 0 ? null : shownPath(script.path), ofMissing),
			missing: {
				needs,
				path: found.path
			}
		});
		const { place, path } = found;
		opened.push({
			needs,
			place
		});
		const file = executableOf(place.node);
		const shown = shownPath(place.node.path);
		if (file.kind === "elf") return ending({ argv: [opened.length === 1 ? needs : path, ...args] });
		if (file.kind === "unknown") return ending({ unknown: `${shown} was not inspected.` });
		if (file.kind === "no-format") {
			if (scope.by === "c") return ending({ unknown: `Only some shells and C libraries execute ${shown}: ${file.found}.` });
			return ending({ problem: {
				class: "script",
				path: shown,
				needs: textOf$1(needs),
				found: file.found
			} });
		}
		if (opened.length > 5) return ending({ problem: {
			class: "script",
			path: shown,
			needs: textOf$1(file.interpreter),
			found: "the chain of interpreter scripts is longer than the kernel follows"
		} });
		needs = file.interpreter;
		args = [
			...file.argument === null ? [] : [file.argument],
			path,
			...args
		];
		found = programAt(needs, scope);
	}
	function ending(end) {
		return {
			opened,
			argv: null,
			missing: null,
			problem: null,
			unknown: null,
			...end
		};
	}
}
function closedToUser({ opened }, { account, by }) {
	return by === "runtime" ? opened.filter(({ place }) => needsCapabilities(account, place)) : [];
}
function missingProblem(needs, { path, found, isThere }, script, ofMissing) {
	const words = needs.endsWith("\r") ? "the line that names it ends in a carriage return" : found;
	const cut = textOf$1(needs.slice(0, limits.path));
	if (script === null) return {
		path,
		...ofMissing,
		needs: cut,
		found: words
	};
	return {
		class: isThere ? "script" : "interpreter-missing",
		path: script,
		needs: cut,
		found: words
	};
}
// src/inspect/start/busybox-applets.ts
function isBusyboxApplet(name) {
	return applets.has(name);
}
const applets = new Set(`[ [[ acpi acpid add-shell addgroup adduser adjtimex ar arch arp arping ascii ash awk base64 basename bbconfig bc
  beep blkdiscard blkid blockdev bootchartd brctl bunzip2 busybox bzcat bzip2 cal cat chat chattr chcon chgrp chmod
  chown chpasswd chpst chroot chrt chsh chvt cksum clear cmp comm conspy count cp cpio crc32 crond crontab cryptpw
  cttyhack cut date dc dd deallocvt demo_number depmod devmem df dhcprelay diff dirname dmesg dnsd dnsdomainname
  dos2unix dpkg dpkg-deb du dumpkmap dumpleases echo ed egrep eject env envdir envuidgid ether-wake expand expr factor
  fakeidentd fallocate false fatattr fbset fbsplash fdflush fdformat fdisk fgconsole fgrep file find findfs
  flash_eraseall flash_lock flash_unlock flashcp flock fold free freeramdisk fsck fsck.minix fsfreeze fstrim fstype
  fsync ftpget ftpput fuser getconf getenforce getfattr getopt getsebool getty gpiodetect grep groups gunzip gzip halt
  hd hdparm head hello help hexdump host hostid hostname httpd hush hwclock i2cdetect i2cdump i2cget i2cset
  i2ctransfer iconv id ifconfig ifdown ifplugd ifup inetd init inotifyd insmod install ionice iorenice iostat ip
  ipaddr ipcalc ipcrm ipcs iplink ipneigh iproute iprule iptunnel jps kill killall killall5 klogd last less link
  linux32 linux64 linuxrc ln load_policy loadfont loadkmap logger login logname logpath logread losetup lpd lpq lpr ls
  lsattr lsmod lsof lspci lsscsi lsusb lzcat lzma lzop lzopcat makedevs makemime man matchpathcon mcookie md5sum mdev
  memeater mesg microcom mim minips mix mkdir mkdosfs mke2fs mkfifo mkfs.ext2 mkfs.minix mkfs.reiser mkfs.vfat mknod
  mkpasswd mkswap mktemp modinfo modprobe more mount mountpoint mpstat msh mt mv nameif nanddump nandwrite nbd-client
  nc netcat netstat nl nmeter nologin nproc nsenter nslookup ntpd nuke od oneit openvt partprobe passwd paste patch
  pgrep pidof ping ping6 pipe_progress pivot_root pkill pmap popmaildir poweroff powertop printf prlimit ps pscan
  pstree pwd pwdx raidautorun rdate readahead readelf readlink readprofile realpath reboot reformime remove-shell
  renice reset resize restorecon resume rev rfkill rm rmdir rmmod route rpm rpm2cpio rtcwake run-init run-parts runcon
  runlevel runsv runsvdir rx sb script scriptreplay sed selinuxenabled sendmail seq sestatus setarch setenforce
  setfattr setfiles setfont setkeycodes setlogcons setpriv setsebool setserial setsid setuidgid sh sha1sum sha224sum
  sha256sum sha384sum sha3sum sha512sum showkey showsize shred shuf slattach sleep smemcap sntp softlimit sort split
  ssl_client start-stop-daemon stat strace strings stty su sulogin sum sv svc svlogd svok swapoff swapon switch_root
  sync sysctl syslogd tac tail tar taskset tc tcpsvd tee telnet telnetd test tftp time timeout top touch toybox toysh
  tr traceroute traceroute6 tree true truncate ts ttop tty tunctl tune2fs ubiattach ubidetach ubimkvol ubirename
  ubirmvol ubirsvol ubiupdatevol uclampset udhcpc udhcpc6 udhcpd udpsvd uevent ulimit umount uname uncompress unexpand
  unicode uniq unit unix2dos unlink unlzma unshare unxz unzip uptime users usleep uudecode uuencode uuidgen vconfig vi
  vlock vmstat volname w wall watch watchdog wc wget which who whoami whois xargs xxd xz xzcat yes zcat zcip`.split(/\s+/));
// src/inspect/start/shell-builtins.ts
function isShellWord(word) {
	return words$1.has(word);
}
const words$1 = new Set(`! [ [[ { } . : alias autoload bg bind break builtin caller case cd chdir command compgen complete compopt continue coproc
  declare dirs disown do done echo elif else emulate enable esac eval exec exit export false fc fg fi float for foreach function
  functions getopts hash help history if in integer jobs kill let limit local log logout mapfile nameref noglob nohup popd print
  printf pushd pwd read readarray readonly repeat rehash return select set setopt shift shopt sleep source suspend test then time
  times trap true type typeset ulimit umask unalias unfunction unlimit unset unsetopt until wait whence where which while
  zmodload`.split(/\s+/));
// src/inspect/start/shell-words.ts
function plainCommand(text) {
	const command = firstCommand(text);
	return command === null || /[^ \t\n]/.test(command.rest) ? null : command;
}
function firstCommand(text) {
	if (text.length > maxTextLength) return null;
	const assignments = [];
	const words = [];
	let areWordsKnown = true;
	let at = 0;
	for (;;) {
		const [blanks = ""] = matchAt(words.length === 0 ? /(?:[ \t\n]|\\\n)*/y : /(?:[ \t]|\\\n)*/y, text, at) ?? [];
		at += blanks.length;
		if (at === text.length || /[;&|<>()\n#]/.test(text.charAt(at))) break;
		const word = wordAt(text, at);
		if (word === null) return null;
		const isAssignment = words.length === 0 && /^[A-Za-z_][A-Za-z0-9_]*=/.test(text.slice(at, word.end));
		at = word.end;
		if (word.value === null && (words.length === 0 || isAssignment)) return null;
		if (word.value === null) areWordsKnown = false;
		else if (isAssignment) assignments.push(word.value);
		else if (areWordsKnown) words.push(word.value);
	}
	return words.length === 0 ? null : {
		assignments,
		words,
		areWordsKnown,
		rest: text.slice(at)
	};
}
const maxTextLength = 32768;
const variable = /\$(?:[A-Za-z0-9_@*#?$!-]|\{[A-Za-z0-9_]+(?::?[-=+?][^"'\\`$}]*)?\})/y;
const pieces = [
	[/([^\\'"$`*?[\]{}~!;&|<>() \t\n]+)/y, (inside) => inside],
	[/'([^']*)'/y, (inside) => inside],
	[/"((?:[^"\\`$]|\\.)*)"/sy, (inside) => inside.replace(/\\\n/g, "").replace(/\\([$`"\\])/g, "$1")],
	[new RegExp(`"((?:[^"\\\\\`$]|\\\\.|${variable.source})*)"`, "sy"), () => null],
	[/\\(\n)/y, () => ""],
	[/\\(.)/sy, (inside) => inside],
	[variable, () => null],
	[/[*?[\]{}~!]/y, () => null]
];
function wordAt(text, start) {
	let value = "";
	let at = start;
	while (at < text.length && !/[;&|<>() \t\n]/.test(text.charAt(at))) {
		const piece = pieceAt(text, at);
		if (piece === null) return null;
		value = value === null || piece.value === null ? null : value + piece.value;
		at += piece.length;
	}
	return {
		end: at,
		value
	};
}
function pieceAt(text, at) {
	for (const [pattern, read] of pieces) {
		const [all, inside = ""] = matchAt(pattern, text, at) ?? [];
		if (all !== void 0 && all !== "") return {
			length: all.length,
			value: read(inside)
		};
	}
	return null;
}
function matchAt(pattern, text, at) {
	pattern.lastIndex = at;
	return pattern.exec(text);
}
// src/inspect/start/wrapped.ts
function isMultiCall(name) {
	return /^(?:busybox|toybox)(?:$|[-._])/.test(name);
}
function hasApplets({ path, attributes }) {
	const markers = attributes.content?.markers ?? [];
	return isMultiCall(baseOf(path)) || [...multiCallShells].some((name) => markers.includes(name));
}
// src/inspect/start/healthcheck.ts
function healthcheckHints({ healthcheck }, { directory, env }, filesystem) {
	const [kind, ...words] = healthcheck ?? [];
	if (kind !== "CMD" && kind !== "CMD-SHELL" || words.length === 0 || words.length > maxWords$1) return [];
	const scope = {
		filesystem,
		directory: bytesOf(directory),
		env: env.map(bytesOf),
		account: null,
		by: "runtime"
	};
	const argv = [...kind === "CMD" ? [] : defaultShell, ...words].map(bytesOf);
	const execution = execute(argv, scope, { class: "entrypoint" });
	if (execution.problem !== null) return [hint$1(argv[0] ?? "", execution.problem.found)];
	const text = kind === "CMD-SHELL" ? argv.at(-1) : void 0;
	const program = execution.opened.at(-1)?.place.node;
	if (text === void 0 || program === void 0) return [];
	const command = firstCommand(text);
	const name = command?.words[command.words[0] === "exec" ? 1 : 0];
	if (command === null || name === void 0 || isShellWord(name) || command.assignments.length > 0) return [];
	if (hasApplets(program) && isBusyboxApplet(name)) return [];
	const found = findProgram(name, {
		...scope,
		by: "c"
	});
	return found.kind === "missing" ? [hint$1(name, found.found)] : [];
}
function hint$1(name, found) {
	return `HEALTHCHECK cannot run ${textOf$1(name)}, so the container never becomes healthy: ${found}.`;
}
const maxWords$1 = 5e3;
// src/inspect/start/entrypoint-script.ts
function entrypointScriptHint(call, links, filesystem) {
	const script = links.findLast(({ kind }) => kind === "script");
	if (script === void 0 || !/entry-?point/i.test(baseOf(script.path))) return null;
	const at = call.argv.findLastIndex((word) => baseOf(word) === baseOf(script.path));
	const name = call.argv[at + 1];
	if (at === -1 || name === void 0 || name === "" || name.startsWith("-") || isShellWord(name)) return null;
	const found = findProgram(name, {
		...call,
		filesystem,
		by: "c"
	});
	if (found.kind !== "missing") return null;
	return `${script.path} fails if it executes its argument ${textOf$1(name)}: ${found.found}.`;
}
// src/inspect/start/options.ts
function operandsOf(args, spec) {
	const options = [];
	for (let at = 0;; at++) {
		const word = args[at];
		if (word === void 0 || !word.startsWith("-") || word === "-") return {
			options,
			operands: args.slice(at)
		};
		if (word === "--") return {
			options,
			operands: args.slice(at + 1)
		};
		const taken = word.startsWith("--") ? longOption(word, args[at + 1], spec) : letters(word, args[at + 1], spec);
		if (taken === null) return null;
		options.push(...taken.options);
		if (taken.usesNext) at++;
	}
}
function longOption(word, next, spec) {
	const [, name = "", equals, value = ""] = /^--([^=]*)(=?)(.*)$/s.exec(word) ?? [];
	if (spec.longFlags?.includes(name) && equals === "") return {
		options: [[name, ""]],
		usesNext: false
	};
	if (!spec.longValued?.includes(name)) return null;
	if (equals === "=") return {
		options: [[name, value]],
		usesNext: false
	};
	return next === void 0 ? null : {
		options: [[name, next]],
		usesNext: true
	};
}
function letters(word, next, { flags, valued }) {
	const options = [];
	for (let at = 1; at < word.length; at++) {
		const letter = word.charAt(at);
		if (flags.includes(letter)) {
			options.push([letter, ""]);
			continue;
		}
		if (!valued.includes(letter)) return null;
		const rest = word.slice(at + 1);
		if (rest !== "") return {
			options: [...options, [letter, rest]],
			usesNext: false
		};
		return next === void 0 ? null : {
			options: [...options, [letter, next]],
			usesNext: true
		};
	}
	return {
		options,
		usesNext: false
	};
}
// src/inspect/start/script-operand.ts
function scriptOperandProblem(call, filesystem) {
	const interpreter = interpreterOf$1(call);
	if (interpreter === null) return null;
	const operand = interpreter.operandOf(call);
	if (operand === null || operand === "") return null;
	const isAgain = interpreter.name.test(baseOf(operand));
	const isShell = operand === "/bin/sh" || operand === "/bin/bash";
	if (!isAgain && !isShell && interpreter.suffixes !== "shell") return null;
	const found = whatItFinds(operand, interpreter, call, filesystem);
	if (found === null) return null;
	return {
		class: isAgain ? "doubled-entrypoint" : isShell ? "shell-form" : "runtime",
		path: shownPath(call.program.path),
		needs: textOf$1(operand),
		found
	};
}
function isInterpreter(call) {
	return interpreterOf$1(call) !== null;
}
function interpreterOf$1({ argv, program }) {
	const names = [baseOf(argv[0] ?? ""), baseOf(program.path)];
	return interpreters.find(({ name }) => names.some((one) => name.test(one))) ?? null;
}
const interpreters = [
	{
		name: /^python[0-9.]*$/,
		operandOf: pythonScript,
		suffixes: []
	},
	{
		name: /^node(?:js)?$/,
		operandOf: firstArgument,
		suffixes: [
			".js",
			".json",
			".node",
			".mjs",
			".cjs"
		]
	},
	{
		name: /^java$/,
		operandOf: javaFile,
		suffixes: [".class"]
	},
	{
		name: /^(?:ruby|perl|php|lua)[0-9.]*$/,
		operandOf: firstArgument,
		suffixes: []
	},
	{
		name: /^(?:sh|ash|dash|bash|ksh|mksh|zsh)$/,
		operandOf: shellScript,
		suffixes: "shell"
	}
];
function whatItFinds(operand, { suffixes }, call, filesystem) {
	const place = locate(filesystem, operand, call.directory);
	if (place.kind === "found") return place.node.attributes.type === "file" && executableOf(place.node).kind === "elf" ? "that is a program, not a script" : null;
	if (place.kind !== "missing") return null;
	const missing = "that script does not exist";
	if (suffixes !== "shell") return suffixes.map((suffix) => locate(filesystem, operand + suffix, call.directory)).every(({ kind }) => kind === "missing") ? missing : null;
	if (operand.includes("/")) return missing;
	const inPath = findProgram(operand, {
		...call,
		filesystem,
		by: "c"
	});
	if (inPath.kind === "missing") return missing;
	return inPath.kind === "found" && executableOf(inPath.place.node).kind === "elf" ? "that is a program, not a script" : null;
}
function firstArgument({ argv: [, first] }) {
	return first === void 0 || first.startsWith("-") ? null : first;
}
function pythonScript({ argv }) {
	const taken = operandsOf(argv.slice(1), {
		flags: "bBdEiIOPqRsSuvx",
		valued: "cmWX"
	});
	if (taken === null || taken.options.some(([name]) => name === "c" || name === "m")) return null;
	const [script = null] = taken.operands;
	return script === "-" ? null : script;
}
function javaFile(call) {
	if ([
		"CLASSPATH",
		"JDK_JAVA_OPTIONS",
		"JAVA_TOOL_OPTIONS",
		"_JAVA_OPTIONS"
	].some((name) => variableOf(call, name) !== void 0)) return null;
	const args = call.argv.slice(1);
	const [first, second] = args.slice(args.findIndex((word) => !/^-[DX]./.test(word)));
	if (first === "-jar") return second ?? null;
	return first === void 0 || /^[-@]/.test(first) ? null : first;
}
function shellScript({ argv }) {
	const [script = null] = operandsOf(argv.slice(1), {
		flags: "aefhumx",
		valued: "o"
	})?.operands ?? [];
	return script !== null && /^[-+]/.test(script) ? null : script;
}
// src/inspect/start/last-program.ts
function lastProgram(call, { unreadable, links }, filesystem) {
	const path = shownPath(call.program.path);
	const closed = unreadable.map(({ place: { node } }) => ({
		class: "script",
		path,
		needs: shownPath(node.path),
		found: `its mode ${modeText(node.attributes.mode)}, or that of a directory above it, does not let ${whoOf(call.account)} read it`
	}));
	const isReader = isInterpreter(call);
	return {
		problems: [...isReader ? closed : [], ...present(scriptOperandProblem(call, filesystem))],
		unknown: isReader ? [] : closed.map(({ needs, found }) => `${path} may have to read ${needs}: ${found}.`),
		hints: present(entrypointScriptHint(call, links, filesystem))
	};
}
function present(item) {
	return item === null ? [] : [item];
}
// src/inspect/start/started-program.ts
function startedProgram({ opened, argv }, { env, directory, account, by }, { link, isArgvKnown }) {
	const program = opened.at(-1)?.place.node;
	if (argv === null || program === void 0 || link === void 0) return null;
	const { mode, uid } = program.attributes;
	const isSetuid = (mode & 2048) !== 0 && account?.uid !== uid;
	return {
		program,
		argv,
		isArgvKnown,
		env,
		directory,
		account: isSetuid ? {
			uid,
			gids: null
		} : account,
		isStartedByEngine: by === "runtime",
		link,
		isSecure: isSetuid || (mode & 1032) === 1032
	};
}
// src/inspect/start/user.ts
function resolveUser(user, filesystem) {
	const [name = "", ...rest] = user.split(":");
	const group = rest.join(":");
	const wrong = outOfRange(name, "/etc/passwd") ?? outOfRange(group, "/etc/group");
	if (wrong !== null) return {
		account: null,
		problem: wrong,
		unproven: null
	};
	if (name === "" && group === "") return {
		account: root,
		problem: null,
		unproven: null
	};
	const passwd = linesOf(filesystem, "etc/passwd");
	const uid = name === "" ? root.uid : numberOf$1(name);
	const entry = passwd.lines?.find((fields) => uid === null ? fields[0] === name : goNumber(fields[2]) === uid);
	if (uid === null && entry === void 0) {
		if (passwd.unread !== null) return unknown$2(passwd.unread);
		return missing("/etc/passwd", name, passwd.lines === null);
	}
	const groups = linesOf(filesystem, "etc/group");
	const gid = numberOf$1(group);
	const groupEntry = groups.lines?.find((fields) => gid === null ? fields[0] === group : goNumber(fields[2]) === gid);
	if (group !== "" && gid === null && groupEntry === void 0) {
		if (groups.unread !== null) return unknown$2(groups.unread);
		return missing("/etc/group", group, groups.lines === null);
	}
	return {
		account: {
			uid: uid ?? goNumber(entry?.[2]),
			gids: gids()
		},
		problem: null,
		unproven: null
	};
	function gids() {
		if (group !== "") return new Set([gid ?? goNumber(groupEntry?.[2])]);
		if (passwd.unread !== null || groups.unread !== null) return null;
		const further = groups.lines?.filter((fields) => entry !== void 0 && fields[3]?.split(",").includes(entry[0] ?? ""));
		return new Set([goNumber(entry?.[3]), ...(further ?? []).map((fields) => goNumber(fields[2]))]);
	}
}
const maxId = 2 ** 31 - 1;
function outOfRange(part, path) {
	const number = numberOf$1(part);
	if (number === null || number >= 0 && number <= maxId) return null;
	return {
		class: "user",
		path,
		needs: textOf$1(part),
		found: `numbers range from 0 to ${maxId}`
	};
}
function numberOf$1(text) {
	return /^[+-]?[0-9]+$/.test(text) ? Number(text) : null;
}
function goNumber(field) {
	return numberOf$1(field ?? "") ?? 0;
}
function linesOf(filesystem, path) {
	const place = locate(filesystem, `/${path}`, "/");
	if (place.kind === "missing") return {
		lines: null,
		unread: null
	};
	const node = place.kind === "found" ? place.node : null;
	const text = node?.size === 0 && node.children === null ? "" : node?.attributes.content?.text;
	if (text === void 0) return {
		lines: null,
		unread: `The content of /${path} is not known.`
	};
	return {
		lines: text.split("\n").map((line) => line.trim()).filter((line) => line !== "").map((line) => line.split(":")),
		unread: null
	};
}
function missing(path, name, isFileMissing) {
	const found = isFileMissing ? "this image has no such file" : "the file has no such name";
	return {
		account: null,
		problem: {
			class: "user",
			path,
			needs: textOf$1(name),
			found
		},
		unproven: null
	};
}
function unknown$2(unproven) {
	return {
		account: null,
		problem: null,
		unproven
	};
}
// src/inspect/start/working-directory.ts
function workingDirectoryProblem(directory, filesystem) {
	const place = locate(filesystem, bytesOf(directory), "/");
	if (!(place.kind === "found" && place.node.children === null) && (place.kind !== "missing" || place.why !== "no-directory")) return null;
	return {
		class: "entrypoint",
		path: directory,
		needs: directory,
		found: "as WORKDIR, it must be a directory, but a file is in the way"
	};
}
// src/inspect/start/env-command.ts
function envWrapped(call) {
	const isBusybox = hasApplets(call.program);
	const split = splitString(call.argv.slice(1));
	if (split === null || split.isSplit && isBusybox) return unknown$1;
	const taken = operandsOf(split.words.map((word, at) => word === "-" && at === 0 ? "-i" : word), {
		flags: "iv0",
		valued: "u",
		longFlags: ["ignore-environment", "debug"],
		longValued: ["unset"]
	});
	if (taken === null) return unknown$1;
	let env = call.env;
	for (const [name, value] of taken.options) {
		if (name === "i" || name === "ignore-environment") env = [];
		if (name === "u" || name === "unset") env = env.filter((variable) => !variable.startsWith(`${value}=`));
	}
	const first = taken.operands.findIndex((word) => !word.includes("="));
	if (first === -1) return call.isArgvKnown ? { kind: "end" } : unknown$1;
	return {
		kind: "command",
		argv: taken.operands.slice(first),
		env: [...env, ...taken.operands.slice(0, first)],
		...isBusybox ? { isBuiltIn: isBusyboxApplet } : {}
	};
}
const unknown$1 = {
	kind: "unknown",
	why: "The options of env do not show what it executes."
};
function splitString(words) {
	const [first = "", ...rest] = words;
	const option = /^(?:-v?S|--split-string(?:=|$))/.exec(first)?.[0];
	if (option === void 0) return {
		words,
		isSplit: false
	};
	const [text = "", ...following] = option.length < first.length ? [first.slice(option.length), ...rest] : rest;
	if (/["'\\$#]/.test(text)) return null;
	return {
		words: [...text.split(/[ \t\n\v\f\r]+/).filter((word) => word !== ""), ...following],
		isSplit: true
	};
}
// src/inspect/start/shell-command.ts
function shellWrapped(call) {
	const [name = "", ...args] = call.argv;
	const text = textOfShell(args);
	if (text === "none") return call.isArgvKnown ? { kind: "end" } : unknown(name);
	const isPlain = variableOf(call, "BASH_ENV") === void 0 && !call.env.some((item) => item.startsWith("BASH_FUNC_"));
	const command = text === null || !isPlain ? null : plainCommand(text);
	if (command === null) return unknown(name);
	const words = command.words[0] === "exec" ? command.words.slice(1) : command.words;
	const [program = ""] = words;
	if (program === "" || program.startsWith("-") || isShellWord(program)) return unknown(name);
	return {
		kind: "command",
		argv: words,
		isArgvKnown: command.areWordsKnown,
		env: [...call.env, ...command.assignments],
		...hasApplets(call.program) ? { isBuiltIn: isBusyboxApplet } : {}
	};
}
function textOfShell(args) {
	let hasText = false;
	for (let at = 0; at < args.length; at++) {
		const word = args[at] ?? "";
		if (word === "--" || !/^[-+]./.test(word)) return hasText ? args[word === "--" ? at + 1 : at] ?? null : "none";
		if (!/^(?:-[aefhumxBcEHT]*o?|\+[aefhumxo]+)$/.test(word)) return null;
		if (word.startsWith("-") && word.includes("c")) hasText = true;
		if (word.endsWith("o")) at++;
	}
	return hasText ? null : "none";
}
function unknown(name) {
	return {
		kind: "unknown",
		why: `${baseOf(name)} runs more than one plain command, so what it starts is not known.`
	};
}
// src/inspect/start/wrappers.ts
function wrappedBy(call) {
	const called = baseOf(call.argv[0] ?? "");
	const file = baseOf(call.program.path);
	if (isMultiCall(file) && isMultiCall(called)) return wrappedBy({
		...call,
		argv: call.argv.slice(1)
	});
	if (file === "coreutils" && call.argv[1]?.startsWith("--coreutils-prog-shebang=") === true) return wrappedBy({
		...call,
		argv: call.argv.slice(2)
	});
	const isApplet = isMultiCall(file) || file === "coreutils";
	for (const name of isApplet ? [called] : [called, file]) {
		const [, kind, place] = kinds.find(([pattern]) => pattern.test(name)) ?? [];
		if (kind !== void 0 && (place === void 0 || place.test(call.program.path))) return kind(call);
	}
	return { kind: "end" };
}
const inBin = /(?:^|\/)s?bin\/[^/]+$|(?:^|\/)busybox[^/]*$/;
const kinds = [
	[/^(?:tini|docker-init)(?:-static)?(?:-[a-z0-9]+)?$/, plain$1({
		flags: "svwgl",
		valued: "pe"
	})],
	[/^catatonit$/, plain$1({
		flags: "gv",
		valued: ""
	})],
	[/^dumb-init(?:_[\w.]+)?$/, plain$1({
		flags: "vc",
		valued: "r",
		longFlags: ["verbose", "single-child"],
		longValued: ["rewrite"]
	})],
	[
		/^nohup$/,
		plain$1({
			flags: "",
			valued: ""
		}),
		inBin
	],
	[
		/^nice$/,
		plain$1({
			flags: "",
			valued: "n",
			longValued: ["adjustment"]
		}),
		inBin
	],
	[/^gosu(?:-[a-z0-9]+)?$/, asUser("go")],
	[/^su-exec(?:-[a-z0-9]+)?$/, asUser("c")],
	[/^setpriv$/, setpriv],
	[
		/^env$/,
		envWrapped,
		inBin
	],
	[
		/^(?:sh|ash|dash|bash|ksh|mksh|zsh)$/,
		shellWrapped,
		inBin
	]
];
function plain$1(spec) {
	return ({ argv, isArgvKnown }) => {
		const taken = operandsOf(argv.slice(1), spec);
		if (taken === null) return unknownOptions(argv);
		return taken.operands.length > 0 ? {
			kind: "command",
			argv: taken.operands
		} : ended(isArgvKnown, argv);
	};
}
function asUser(by) {
	return ({ argv, isArgvKnown, account }) => {
		const [name = "", user, ...command] = argv;
		if (user?.startsWith("-")) return unknownOptions(argv);
		if (user === void 0 || command.length === 0) return ended(isArgvKnown, argv);
		if (account !== null && account.uid !== 0) return {
			kind: "unknown",
			why: `${baseOf(name)} needs root to switch to another user.`
		};
		return {
			kind: "command",
			argv: command,
			by,
			user
		};
	};
}
function setpriv({ argv, isArgvKnown }) {
	const taken = operandsOf(argv.slice(1), {
		flags: "",
		valued: "",
		longFlags: [
			"clear-groups",
			"init-groups",
			"keep-groups",
			"no-new-privs",
			"nnp"
		],
		longValued: [...[
			"reuid",
			"regid",
			"ruid",
			"euid",
			"rgid",
			"egid",
			"groups"
		], ...[
			"inh-caps",
			"ambient-caps",
			"bounding-set",
			"pdeathsig"
		]]
	});
	if (taken === null) return unknownOptions(argv);
	if (taken.operands.length === 0) return ended(isArgvKnown, argv);
	return {
		kind: "command",
		argv: taken.operands,
		...taken.options.length === 0 ? {} : { user: null }
	};
}
function unknownOptions([name = ""]) {
	return {
		kind: "unknown",
		why: `The options of ${baseOf(name)} do not show what it executes.`
	};
}
function ended(isArgvKnown, argv) {
	return isArgvKnown ? { kind: "end" } : unknownOptions(argv);
}
// src/inspect/start/chain.ts
function startChainOf(config, filesystem, overrides = {}) {
	const command = commandOf$4(config, overrides);
	const chain = new Chain(filesystem, command);
	chain.follow();
	const { links, programs, problems, unknown, hints } = chain;
	const all = [...hints, ...healthcheckHints(config, command, filesystem)];
	return {
		command: command.argv,
		links,
		programs,
		problems,
		unknown: [...unknown],
		hints: all
	};
}
const maxWords = 5e3;
const maxExecutions = 32;
var Chain = class {
	links = [];
	programs = [];
	problems = [];
	unknown = new Set();
	hints = [];
	#filesystem;
	#command;
	#unreadable = [];
	constructor(filesystem, command) {
		this.#filesystem = filesystem;
		this.#command = command;
	}
	follow() {
		const { argv, user, directory, env, shellWords } = this.#command;
		if (argv.length === 0) {
			this.unknown.add("The image has neither ENTRYPOINT nor CMD, so there is nothing to start.");
			return;
		}
		if (Math.max(argv.length, env.length) > maxWords || argv.some((word) => word.length >= 131072)) {
			this.unknown.add("The command is too long to follow.");
			return;
		}
		if (!directory.startsWith("/")) this.unknown.add(`WORKDIR is ${directory}, which is not an absolute path.`);
		const noDirectory = workingDirectoryProblem(directory, this.#filesystem);
		if (noDirectory !== null) this.problems.push(noDirectory);
		const account = this.#become(bytesOf(user));
		let scope = {
			filesystem: this.#filesystem,
			directory: bytesOf(directory),
			env: env.map(bytesOf),
			account,
			by: "runtime"
		};
		let next = { argv: argv.map(bytesOf) };
		let missing = { class: shellWords > 0 ? "shell-form" : "entrypoint" };
		for (let count = 0; next !== null; count++) {
			if (count === maxExecutions) {
				this.unknown.add("The command goes through too many programs that execute one another.");
				return;
			}
			const neededBy = this.programs.at(-1)?.link.path ?? null;
			const execution = execute(next.argv, scope, missing);
			const call = this.#take(execution, scope, neededBy, next.isArgvKnown ?? true);
			if (call === null) return;
			next = this.#wrapped(call);
			if (next === null) return;
			const [script, ...interpreters] = execution.opened;
			missing = script === void 0 || interpreters.length === 0 ? { class: "entrypoint" } : {
				class: "interpreter-missing",
				path: shownPath(script.place.node.path)
			};
			const becomes = next.user === void 0 ? call.account : next.user === null ? null : this.#become(next.user);
			scope = {
				...scope,
				env: next.env ?? scope.env,
				account: becomes,
				by: next.by ?? "c"
			};
		}
	}
	#take(execution, scope, neededBy, isArgvKnown) {
		const { opened, missing, problem, unknown, argv } = execution;
		let by = neededBy;
		const isLast = (at) => argv !== null && at === opened.length - 1;
		for (const [at, { needs, place }] of opened.entries()) {
			const kind = at > 0 ? "interpreter" : isLast(at) ? "program" : "script";
			by = this.#link(kind, shownPath(place.node.path), by, needs, true);
			if (!isLast(at) && argv !== null && mayReach(scope.account, place, 4) === false) this.#unreadable.push({
				needs,
				place
			});
		}
		if (missing !== null) this.#link(opened.length > 0 ? "interpreter" : "program", missing.path, by, missing.needs, false);
		for (const { place } of closedToUser(execution, scope)) this.hints.push(closedHint(place.node.path, place.node.attributes.mode, scope.account));
		if (problem !== null) this.problems.push(problem);
		if (unknown !== null) this.unknown.add(unknown);
		const program = startedProgram(execution, scope, {
			link: this.links.at(-1),
			isArgvKnown
		});
		if (program !== null) this.programs.push(program);
		return program;
	}
	#wrapped(call) {
		const wrapped = wrappedBy(call);
		if (wrapped.kind === "unknown") this.unknown.add(wrapped.why);
		if (wrapped.kind === "command") {
			if (wrapped.isBuiltIn?.(wrapped.argv[0] ?? "") === true) return null;
			return {
				...wrapped,
				isArgvKnown: call.isArgvKnown && wrapped.isArgvKnown !== false
			};
		}
		if (wrapped.kind === "end") this.#end(call);
		return null;
	}
	#end(call) {
		const { problems, unknown, hints } = lastProgram(call, {
			unreadable: this.#unreadable,
			links: this.links
		}, this.#filesystem);
		this.problems.push(...problems);
		for (const sentence of unknown) this.unknown.add(sentence);
		this.hints.push(...hints);
	}
	#become(user) {
		const { account, problem, unproven } = resolveUser(user, this.#filesystem);
		if (problem !== null) this.problems.push(problem);
		if (unproven !== null) this.unknown.add(unproven);
		return account;
	}
	#link(kind, path, neededBy, needs, isFound) {
		this.links.push({
			kind,
			path,
			neededBy,
			needs: textOf$1(needs),
			isFound
		});
		return path;
	}
};
function closedHint(path, mode, account) {
	return `${shownPath(path)} has mode ${modeText(mode)}: ${whoOf(account)} can execute it only with the runtime's capabilities, which clusters often drop.`;
}
// src/inspect/start/abi.ts
function cacheAbi(loader) {
	const flags = flagsOf(loader);
	if (flags === null) return null;
	const { byteOrder, class: width, machine } = loader;
	return {
		byteOrder,
		alignment: width === 32 && machine === 3 ? 4 : 8,
		flags,
		preferred: flags.at(-1) ?? 0
	};
}
const plain = [1, 3];
function flagsOf({ machine, class: width, dynamic }) {
	const name = dynamic?.soname ?? "";
	switch (machine) {
		case 62: return width === 64 ? [771] : [1, 2051];
		case 183: return [2563];
		case 40: return name.includes("armhf") ? [2307, 3] : [2819, 3];
		case 21: return [1283];
		case 22: return width === 64 ? [1027] : plain;
		case 243: return name.includes("lp64d") || name.includes("ilp32d") ? [4099] : [3843];
		case 258: return name.includes("lp64d") ? [4611] : [4355];
		case 43: return [259];
		case 8:
			if (width === 32) return null;
			return name.includes("mipsn8") ? [3587] : [1795];
		case 2:
		case 3:
		case 18:
		case 20: return plain;
		default: return null;
	}
}
// src/inspect/start/candidate.ts
function candidate(node, program) {
	const { type, content } = node.attributes;
	if (type === "directory") return {
		kind: "broken",
		words: "is a directory"
	};
	if (type !== "file") return {
		kind: "unread",
		words: "is not a regular file"
	};
	if (node.size === 0) return {
		kind: "broken",
		words: "is empty"
	};
	if (content === void 0) return {
		kind: "unread",
		words: "was not inspected"
	};
	if (content.format !== "elf") return {
		kind: "broken",
		words: "is not an ELF file"
	};
	const { elf } = content;
	if (elf === void 0) return {
		kind: "unread",
		words: "was not read as an ELF file"
	};
	if (elf.class === program.class && elf.byteOrder !== program.byteOrder) return {
		kind: "broken",
		words: `is ${elf.byteOrder}-endian`
	};
	if (!isSameMachine(elf, program)) return {
		kind: "other",
		words: `is for ${machineName(elf)}`
	};
	if (elf.type === 2) return {
		kind: "broken",
		words: "is a program, not a library"
	};
	if (elf.type !== 3) return {
		kind: "broken",
		words: "is neither a program nor a library"
	};
	if (elf.unread !== void 0) return {
		kind: "unread",
		words: `could not be read: ${elf.unread}`
	};
	if (elf.dynamic === void 0) return {
		kind: "broken",
		words: "has no dynamic section"
	};
	return elf.dynamic.isPie === true ? {
		kind: "unread",
		words: "is a program, which newer loaders refuse to load as a library"
	} : {
		kind: "library",
		elf
	};
}
// src/inspect/start/tokens.ts
const token = /\$(?:\{(ORIGIN|PLATFORM|LIB)\}|(ORIGIN|PLATFORM|LIB)(?![A-Za-z0-9_]))/g;
function expandTokens(path, tokens) {
	if (!path.includes("$")) return {
		path,
		doubt: null
	};
	let isOut = false;
	let hasOrigin = false;
	let doubt = null;
	const expanded = path.replace(token, (written, curly, plain, at) => {
		const name = curly ?? plain;
		if (name === "ORIGIN") {
			hasOrigin = true;
			const next = path[at + written.length];
			if (tokens.isSecure && (at !== 0 || next !== void 0 && next !== "/")) isOut = true;
			return tokens.origin;
		}
		if (name === "LIB" && tokens.lib !== null) return tokens.lib;
		doubt = `${written} in ${path} differs between machines`;
		return name === "LIB" ? "lib" : tokens.platform;
	});
	if (isOut || hasOrigin && !isTrusted(expanded, tokens.trusted)) return {
		path: null,
		doubt
	};
	return {
		path: expanded,
		doubt
	};
}
function libToken({ loaderDirectories = [] }) {
	const [first] = loaderDirectories;
	if (first === void 0) return null;
	return /(?:^|\/)(lib\/[^/]+-linux-[^/]+)$/.exec(first)?.[1] ?? baseOf(first);
}
function platformToken({ machine, byteOrder }) {
	return {
		3: "i686",
		40: "v7l",
		62: "x86_64",
		183: "aarch64"
	}[machine] ?? (machine === 21 && byteOrder === "little" ? "power9" : "");
}
function isTrusted(path, trusted) {
	if (trusted === null) return true;
	const parts = [];
	for (const part of path.split("/")) if (part === "..") parts.pop();
	else if (part !== "" && part !== ".") parts.push(part);
	return trusted.some((directory) => `/${parts.join("/")}/`.startsWith(`${directory}/`));
}
// src/inspect/start/glibc-search.ts
function searchLibrary(name, by, settings) {
	const doubts = [];
	const passed = [];
	const { reach } = settings;
	for (const { directory, name: file, doubt } of places(name, by, settings, doubts)) {
		if (reach.isExhausted) break;
		const path = directory === "" || directory.endsWith("/") ? `${directory}${file}` : `${directory}/${file}`;
		const opened = reach.openIn(directory, file);
		const is = judge(opened, settings.machine);
		if (opened.kind === "nothing" || is === null) continue;
		if (doubt !== null) {
			if (is.kind === "library" || is.kind === "unread") doubts.push(`${textOf$1(path)} exists, but ${doubt}`);
		} else if (opened.kind === "denied") passed.push(`the image's user cannot read ${shownPath(opened.node.path)}`);
		else if (is.kind === "other") passed.push(`${shownPath(opened.node.path)} ${is.words}`);
		else return {
			found: {
				path,
				node: opened.node,
				is
			},
			doubts,
			passed
		};
	}
	return {
		found: null,
		doubts,
		passed
	};
}
function judge(opened, machine) {
	return opened.kind === "nothing" ? null : candidate(opened.node, machine);
}
function* places(name, by, settings, doubts) {
	if (name.includes("/")) {
		yield placeOf(name, null);
		return;
	}
	const { reach } = settings;
	let main = by;
	const hasRunpath = by.elf?.dynamic?.runpath !== void 0;
	for (let one = by; one !== null && !reach.isExhausted; one = one.loader) {
		reach.spend(1);
		main = one;
		const { rpath, runpath } = one.elf?.dynamic ?? {};
		if (!hasRunpath && runpath === void 0) yield* inList$1(rpath, /:/, name, one.tokens, settings);
	}
	yield* inList$1(settings.libraryPath ?? void 0, /[:;]/, name, main.tokens, settings);
	yield* inList$1(by.elf?.dynamic?.runpath, /:/, name, by.tokens, settings);
	yield* inDefaults(name, by.elf?.dynamic?.hasNoDefaultLibraries === true, settings, doubts);
}
function* inList$1(list, separator, name, tokens, settings) {
	if (list === void 0 || list === "") return;
	for (const part of list.split(separator)) {
		settings.reach.spend(1 + Math.floor(part.length / 64));
		const { path, doubt } = expandTokens(part, tokens);
		if (path === null || path === "" && part !== "") continue;
		yield* inDirectory(path, name, doubt, settings);
	}
}
function* inDefaults(name, isLeftOut, settings, doubts) {
	const { cache, directories } = settings;
	const isDefault = (path) => directories?.some((one) => path.startsWith(`${one}/`)) ?? true;
	if (cache === null) doubts.push("the loader's cache could not be read");
	const { path, processors } = cache?.(name) ?? {
		path: null,
		processors: []
	};
	for (const one of processors) if (!isLeftOut || !isDefault(one)) yield placeOf(one, someProcessors);
	if (path !== null && (!isLeftOut || !isDefault(path))) yield placeOf(path, null);
	if (isLeftOut) return;
	if (directories === null) doubts.push("the loader's built-in directories could not be read");
	for (const directory of directories ?? []) yield* inDirectory(directory, name, null, settings);
}
const someProcessors = "only for some processors";
function* inDirectory(directory, name, doubt, { processors }) {
	for (const processor of processors.of(directory)) yield {
		directory: processor,
		name,
		doubt: someProcessors
	};
	yield {
		directory,
		name,
		doubt
	};
}
function placeOf(path, doubt) {
	const slash = path.lastIndexOf("/");
	return {
		directory: path.slice(0, slash + 1),
		name: path.slice(slash + 1),
		doubt
	};
}
// src/inspect/start/versions.ts
function definedVersions({ versionDefinitions = [], soname }) {
	if (versionDefinitions.length === 0) return null;
	return new Set(soname === void 0 ? versionDefinitions : [...versionDefinitions, soname]);
}
function missingVersions(needs, defined) {
	if (defined === null) return [];
	return needs.filter(({ name, isWeak }) => isWeak !== true && !defined.has(name)).map(({ name }) => name);
}
function versionsThere(name, library, defined) {
	const wanted = numbered(name);
	const series = [...defined].map(numbered).filter((version) => version !== null && version.series === wanted?.series).filter((version) => version !== null);
	let [highest] = series;
	for (const version of series) if (highest !== void 0 && isHigher(version, highest)) highest = version;
	if (highest === void 0) return `${library} does not define it`;
	return wanted !== null && isHigher(wanted, highest) ? `${library} has versions up to ${highest.name}` : `${library} defines ${highest.name}, but not this version`;
}
function numbered(name) {
	const [, series, numbers] = /^(.*_)(\d+(?:\.\d+)*)$/.exec(name) ?? [];
	if (series === void 0 || numbers === void 0) return null;
	return {
		name,
		series,
		numbers: numbers.split(".").map(Number)
	};
}
function isHigher(a, b) {
	const at = a.numbers.findIndex((number, index) => number !== b.numbers[index]);
	return at !== -1 && (a.numbers[at] ?? 0) > (b.numbers[at] ?? -1);
}
// src/inspect/start/glibc-versions.ts
function recordVersions(loaded, named, { record, reach }) {
	const known = new Map();
	for (const { node, elf } of loaded) for (const { library, versions } of elf?.dynamic?.versionNeeds ?? []) {
		const file = named(library);
		if (file === void 0) {
			if (!reach.isExhausted && elf?.dynamic?.needed?.includes(library) !== true) record.unknown(`${shownPath(node.path)} needs symbol versions of ${textOf$1(library)}, which it does not load.`);
			continue;
		}
		let defined = known.get(file);
		if (defined === void 0) {
			defined = definedVersions(file.elf?.dynamic ?? {});
			known.set(file, defined);
		}
		for (const name of missingVersions(versions, defined)) record.problem("version-missing", node, name, textOf$1(versionsThere(name, library, file.elf?.dynamic?.versionDefinitions ?? [])));
	}
}
// src/inspect/start/ld-so-cache.ts
const oldMagic = "ld.so-1.7.0";
const newMagic = "glibc-ld.so.cache1.1";
const newHeader = 48;
const nowhere = {
	path: null,
	processors: []
};
function ldSoCache(text, abi) {
	const file = Buffer$1.from(text, "latin1");
	const begin = beginOfNew(file, abi);
	if (begin === null) return () => nowhere;
	if (begin !== "old") return newFormat(file.subarray(begin), abi);
	const amount = number(file, 12, abi);
	const strings = file.subarray(16 + amount * 12);
	return lookup(strings, abi, entriesOf$2(file.subarray(16, 16 + amount * 12), 12, strings, abi));
}
function beginOfNew(file, abi) {
	if (hasAt(file, 0, newMagic)) return isWhole(file, abi) ? 0 : null;
	if (!hasAt(file, 0, oldMagic) || file.length <= 16) return null;
	const amount = number(file, 12, abi);
	if (Math.floor((file.length - 16) / 12) < amount) return null;
	const end = 16 + amount * 12;
	const begin = Math.ceil(end / abi.alignment) * abi.alignment;
	if (!hasAt(file, begin, newMagic)) return "old";
	return isWhole(file.subarray(begin), abi) ? begin : null;
}
function isWhole(file, abi) {
	if (file.length <= newHeader) return false;
	const order = file.readUInt8(28);
	if (order !== 0 && (order & 3) !== (abi.byteOrder === "little" ? 2 : 3)) return false;
	return Math.floor((file.length - newHeader) / 24) >= number(file, 20, abi);
}
function newFormat(file, abi) {
	return lookup(file, abi, entriesOf$2(file.subarray(newHeader, newHeader + number(file, 20, abi) * 24), 24, file, abi));
}
function entriesOf$2(table, size, strings, abi) {
	const entries = new Map();
	for (let at = 0; at + size <= table.length; at += size) {
		const flags = number(table, at, abi);
		if (!abi.flags.includes(flags)) continue;
		const name = textAt(strings, number(table, at + 4, abi), 255);
		if (name === null) continue;
		const isForSomeProcessors = size === 24 && (number(table, at + 16, abi) !== 0 || number(table, at + 20, abi) !== 0);
		const entry = {
			flags,
			value: number(table, at + 8, abi),
			isForSomeProcessors
		};
		const known = entries.get(comparable(name));
		if (known === void 0) entries.set(comparable(name), [entry]);
		else known.push(entry);
	}
	return entries;
}
function lookup(strings, abi, entries) {
	return (name) => {
		const found = entries.get(comparable(name)) ?? [];
		const pathsOf = (some) => some.slice(0, 16).map(({ value }) => textAt(strings, value, 4095)).filter((path) => path !== null);
		const others = found.filter(({ isForSomeProcessors }) => !isForSomeProcessors);
		const best = others.find(({ flags }) => flags === abi.preferred) ?? others.at(-1);
		const [path = null] = best === void 0 ? [] : pathsOf([best]);
		return {
			path,
			processors: pathsOf(found.filter(({ isForSomeProcessors }) => isForSomeProcessors))
		};
	};
}
function comparable(name) {
	return name.replace(/(?<!\d)0+(?=\d)/g, "");
}
function number(file, at, { byteOrder }) {
	if (at + 4 > file.length) return 0;
	return byteOrder === "little" ? file.readUInt32LE(at) : file.readUInt32BE(at);
}
function hasAt(file, at, text) {
	return file.toString("latin1", at, at + text.length) === text;
}
function textAt(strings, at, maxBytes) {
	if (at >= strings.length) return null;
	const end = strings.subarray(at, at + maxBytes + 1).indexOf(0);
	return end === -1 ? null : strings.toString("latin1", at, at + end);
}
// src/inspect/start/missing-library.ts
function recordMissing(name, by, { record, reach, doubts, passed }) {
	if (reach.isExhausted) return;
	record.link("library", name, by, null);
	if (ofDriver.test(name)) record.unknown(`${shownPath(by.path)} needs ${textOf$1(name)}, which images do not contain: the runtime adds it on machines with NVIDIA's driver.`);
	else if (doubts.length > 0) {
		const because = [...new Set(doubts)].slice(0, 3).join("; ");
		record.unknown(`${shownPath(by.path)} needs ${textOf$1(name)}, and it is not certain that the loader finds it: ${because}.`);
	} else record.problem("library-missing", by, name, passed[0] ?? elsewhere(name, by, reach));
}
const ofDriver = /^lib(?:cuda|cudadebugger|nvcuvid|nvoptix|nvidia-[\w-]+|(?:vdpau|GLX|EGL|GLESv2|GLESv1_CM)_nvidia)\.so/;
function elsewhere(name, by, reach) {
	if (name.includes("/")) return "this image does not have it";
	const own = `/${parentOf(by.path)}`;
	for (const directory of [
		...usual$1,
		own,
		`${own}/lib`,
		`${own}/../lib`
	]) {
		const opened = reach.openIn(directory, name);
		if (opened.kind !== "nothing") return `${shownPath(opened.node.path)} is in a directory that the loader does not search`;
	}
	return "no directory that the loader searches has it";
}
const usual$1 = [
	"/lib",
	"/usr/lib",
	"/usr/local/lib",
	"/lib64",
	"/usr/lib64",
	"/usr/local/lib64"
];
// src/inspect/start/processor-directories.ts
const legacy = "tls haswell xeon_phi avx512_1 x86_64 i386 i486 i586 i686 sse2 cmov nosegneg aarch64 atomics v6l v7l v8l neon vfp vfpv3 thumb power7 power8 power9 altivec dfp z900 z990 z10 z196 zEC12 z13".split(" ");
const maxDirectories = 64;
var ProcessorDirectories = class {
	#reach;
	#known = new Map();
	constructor(reach) {
		this.#reach = reach;
	}
	of(directory) {
		const known = this.#known.get(directory);
		if (known !== void 0) return known;
		const found = [];
		if (this.#reach.isDirectory(directory)) {
			const hwcaps = inside$1(directory, "glibc-hwcaps");
			found.push(...this.#reach.namesIn(hwcaps).map((name) => inside$1(hwcaps, name)));
			this.#addLegacy(directory, 0, found);
		}
		this.#known.set(directory, found);
		return found;
	}
	#addLegacy(directory, depth, found) {
		for (const name of legacy) {
			const path = inside$1(directory, name);
			if (found.length >= maxDirectories || !this.#reach.isDirectory(path)) continue;
			found.push(path);
			if (depth < 3) this.#addLegacy(path, depth + 1, found);
		}
	}
};
function inside$1(directory, name) {
	return directory === "" || directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
}
// src/inspect/start/glibc.ts
const maxLibraries$1 = 1e4;
function loadWithGlibc(start) {
	new GlibcLoading(start).load();
}
var GlibcLoading = class {
	#start;
	#settings;
	#main;
	#loaded;
	#byName = new Map();
	#byFile = new Map();
	#missing = new Set();
	constructor(start) {
		this.#start = start;
		const { request, elf, loader, reach, variable } = start;
		this.#settings = {
			reach,
			processors: new ProcessorDirectories(reach),
			machine: elf,
			libraryPath: request.isSecure ? null : variable("LD_LIBRARY_PATH"),
			cache: cacheOf(start),
			directories: loader.elf.loaderDirectories ?? null
		};
		this.#main = {
			node: request.program,
			elf,
			loader: null,
			tokens: this.#tokens(`/${request.program.path}`, true)
		};
		this.#loaded = [this.#main];
		this.#name(elf.dynamic?.soname, this.#main);
		const itself = {
			node: loader.node,
			elf: loader.elf,
			loader: this.#main,
			tokens: this.#tokens(start.requested, false)
		};
		this.#name(start.requested, itself);
		this.#name(loader.elf.dynamic?.soname, itself);
	}
	load() {
		const { record, reach } = this.#start;
		for (const name of this.#preloads()) this.#preload(name);
		for (let at = 0; at < this.#loaded.length && !reach.isExhausted; at++) {
			const by = this.#loaded[at];
			for (const name of by?.elf?.dynamic?.needed ?? []) if (by !== void 0) this.#need(name, by);
		}
		if (reach.isExhausted) record.unknown(`${shownPath(this.#main.node.path)} leads to more libraries and directories than Image Audit follows.`);
		recordVersions(this.#loaded, (name) => this.#byName.get(name), {
			record,
			reach
		});
	}
	#need(written, by) {
		const { record, reach } = this.#start;
		const { path, doubt } = expandTokens(written, by.tokens);
		const name = path ?? written;
		if (this.#byName.has(name)) return;
		if (doubt !== null || path === null) {
			record.unknown(`${shownPath(by.node.path)} needs ${textOf$1(written)}: ${doubt ?? "the loader ignores such a path"}.`);
			return;
		}
		const { found, doubts, passed } = searchLibrary(name, by, this.#settings);
		if (found === null) {
			if (this.#missing.has(name)) return;
			this.#missing.add(name);
			recordMissing(name, by.node, {
				record,
				reach,
				doubts,
				passed
			});
		} else if (found.is.kind === "broken" || found.is.kind === "other") {
			if (this.#missing.has(name)) return;
			this.#missing.add(name);
			record.link("library", name, by.node, null);
			record.problem("library-missing", by.node, name, `${shownPath(found.node.path)} ${found.is.words}`);
		} else {
			if (found.is.kind === "unread") record.unknown(`${shownPath(found.node.path)} ${found.is.words}.`);
			this.#add(name, found.path, found.node, found.is.kind === "library", by);
		}
	}
	#preload(name) {
		if (this.#byName.has(name)) return;
		const { found } = searchLibrary(name, this.#main, this.#settings);
		if (found?.is.kind === "library") this.#add(name, found.path, found.node, true, this.#main);
		else if (found?.is.kind !== "unread") this.#start.record.hint(`The loader cannot preload ${textOf$1(name)}, and prints a warning.`);
	}
	#add(name, path, node, isRead, by) {
		const { record, reach } = this.#start;
		const file = node.inode ?? node.path;
		const known = this.#byFile.get(file);
		if (known !== void 0) {
			this.#name(name, known);
			return;
		}
		const elf = isRead ? node.attributes.content?.elf ?? null : null;
		const loaded = {
			node,
			elf,
			loader: by,
			tokens: this.#tokens(reach.absolute(path), false)
		};
		record.link("library", name, by.node, node);
		this.#byFile.set(file, loaded);
		this.#name(name, loaded);
		this.#name(path, loaded);
		this.#name(elf?.dynamic?.soname, loaded);
		this.#loaded.push(loaded);
		if (this.#loaded.length > maxLibraries$1) reach.spend(Number.POSITIVE_INFINITY);
	}
	#name(name, loaded) {
		if (name !== void 0 && !this.#byName.has(name)) this.#byName.set(name, loaded);
	}
	#preloads() {
		const { request, reach, record, variable } = this.#start;
		const own = request.isSecure ? [] : (variable("LD_PRELOAD") ?? "").split(/[ :]/);
		const file = reach.open("/etc/ld.so.preload");
		const text = file.kind === "open" ? file.node.attributes.content?.text : "";
		if (text === void 0) record.unproven("/etc/ld.so.preload was not read: it may name libraries to preload.");
		return [...own, ...(text ?? "").replace(/#.*/g, "").split(/[ \t\n:]/)].filter((name) => name !== "");
	}
	#tokens(path, isMain) {
		const { request, loader, elf } = this.#start;
		const { isSecure } = request;
		return {
			origin: parentOf(path) || "/",
			lib: libToken(loader.elf),
			platform: platformToken(elf),
			isSecure,
			trusted: isSecure && isMain ? loader.elf.loaderDirectories ?? [] : null
		};
	}
};
function cacheOf({ reach, loader }) {
	if (!(loader.elf.loaderDirectories?.some((path) => /^\/(?:usr\/)?lib/.test(path)) ?? true)) return null;
	const file = reach.open("/etc/ld.so.cache");
	if (file.kind !== "open" || file.node.size === 0) return () => ({
		path: null,
		processors: []
	});
	const text = file.node.attributes.content?.text;
	const abi = cacheAbi(loader.elf);
	return text === void 0 || abi === null ? null : ldSoCache(text, abi);
}
// src/inspect/start/loader-kind.ts
function loaderKind(file, elf, requested) {
	const { soname = "", versionDefinitions = [], needed = [] } = elf.dynamic ?? {};
	if (needed.length > 0) return null;
	if (versionDefinitions.includes("GLIBC_PRIVATE")) return /^ld(?:\d+|-.*)?\.so/.test(soname) ? "glibc" : null;
	if (versionDefinitions.length > 0) return null;
	if (/^libc\.musl-/.test(soname)) return "musl";
	if (elf.loaderDirectories?.includes("/usr/local/lib") === true) return "musl";
	return [requested, file.path].some((path) => muslName.test(baseOf(path))) ? "musl" : null;
}
function muslArchitecture(file, elf, requested) {
	return (/^libc\.musl-(.+)\.so/.exec(elf.dynamic?.soname ?? "") ?? muslName.exec(baseOf(requested)) ?? muslName.exec(baseOf(file.path)))?.[1] ?? (elf.class === 64 && elf.byteOrder === "little" ? usual[elf.machine] ?? null : null);
}
const muslName = /^ld-musl-(.+)\.so\.1$/;
const usual = {
	21: "powerpc64le",
	62: "x86_64",
	183: "aarch64"
};
// src/inspect/start/loading-record.ts
const maxSentences = 1e3;
var LoadingRecord = class {
	#links = [];
	#problems = [];
	#unknown = new Set();
	#unproven = new Set();
	#hints = new Set();
	link(kind, needs, neededBy, file) {
		this.#links.push({
			kind,
			path: file === null ? textOf$1(needs) : shownPath(file.path),
			neededBy: neededBy === null ? null : shownPath(neededBy.path),
			needs: textOf$1(needs),
			isFound: file !== null
		});
	}
	problem(of, file, needs, found) {
		if (this.#problems.length === maxSentences) return;
		this.#problems.push({
			class: of,
			path: shownPath(file.path),
			needs: textOf$1(needs),
			found
		});
	}
	unknown(sentence) {
		if (this.#unknown.size < maxSentences) this.#unknown.add(sentence);
	}
	unproven(sentence) {
		if (this.#unproven.size < maxSentences) this.#unproven.add(sentence);
	}
	hint(sentence) {
		if (this.#hints.size < maxSentences) this.#hints.add(sentence);
	}
	finish() {
		return {
			links: this.#links,
			problems: this.#problems,
			unknown: [...this.#unknown],
			unproven: [...this.#unproven],
			hints: [...this.#hints]
		};
	}
};
// src/inspect/start/musl.ts
const maxLibraries = 1e4;
const reserved = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./;
function loadWithMusl(start) {
	new MuslLoading(start).load();
}
var MuslLoading = class {
	#start;
	#loaded;
	#byShortName = new Map();
	#byFile = new Map();
	#missing = new Set();
	#libraryPath;
	#systemPath;
	constructor(start) {
		this.#start = start;
		const { request, elf, variable } = start;
		const { program } = request;
		this.#loaded = [{
			node: program,
			path: `/${program.path}`,
			elf,
			neededBy: null
		}];
		this.#libraryPath = request.isSecure ? null : variable("LD_LIBRARY_PATH");
		this.#systemPath = systemPathOf(start);
	}
	load() {
		const { request, record, reach, variable } = this.#start;
		const preloads = request.isSecure ? "" : variable("LD_PRELOAD") ?? "";
		for (const name of preloads.split(/[\s:]+/)) if (name !== "") this.#load(name, null);
		for (let at = 0; at < this.#loaded.length && !reach.isExhausted; at++) {
			const by = this.#loaded[at];
			for (const name of by?.elf?.dynamic?.needed ?? []) if (by !== void 0) this.#load(name, by);
		}
		const [main] = this.#loaded;
		if (main === void 0) return;
		if (reach.isExhausted) record.unknown(`${shownPath(main.node.path)} leads to more libraries and directories than Image Audit follows.`);
		this.#recordSymbols();
	}
	#recordSymbols() {
		const { record, loader } = this.#start;
		const alien = this.#loaded.find(({ elf }) => elf?.dynamic?.versionNeeds?.some(({ versions }) => versions.some(({ name }) => name.startsWith("GLIBC_"))));
		if (alien !== void 0) record.unknown(`${shownPath(alien.node.path)} was built for glibc, but ${shownPath(loader.node.path)} is musl: symbols may be missing.`);
		record.unproven("musl has no symbol versions, so whether all symbols exist was not checked.");
	}
	#load(name, by) {
		const { record, reach, requested, elf, loader } = this.#start;
		if (reserved.test(name) || name === requested || this.#byShortName.has(name)) return;
		const node = by?.node ?? this.#start.request.program;
		const { found, doubts, passed } = this.#search(name, by);
		if (found === null) {
			if (by === null) record.hint(`The loader cannot preload ${textOf$1(name)}: it was not found.`);
			else if (!this.#missing.has(name)) recordMissing(name, node, {
				record,
				reach,
				doubts,
				passed
			});
			this.#missing.add(name);
			return;
		}
		if (isSameFile(found.node, loader.node)) return;
		const file = found.node.inode ?? found.node.path;
		const known = this.#byFile.get(file);
		if (known !== void 0) {
			if (!name.includes("/") && !this.#hasShortName(known)) this.#byShortName.set(baseOf(known.path), known);
			return;
		}
		const is = candidate(found.node, elf);
		if (is.kind === "broken" || is.kind === "other") {
			if (by === null) record.hint(`The loader cannot preload ${textOf$1(name)}, which ${is.words}.`);
			else if (!this.#missing.has(name)) {
				record.link("library", name, node, null);
				record.problem("library-missing", node, name, `${shownPath(found.node.path)} ${is.words}`);
			}
			this.#missing.add(name);
			return;
		}
		if (is.kind === "unread") record.unknown(`${shownPath(found.node.path)} ${is.words}.`);
		record.link("library", name, node, found.node);
		const loaded = {
			node: found.node,
			path: found.path,
			elf: is.kind === "library" ? is.elf : null,
			neededBy: by
		};
		this.#byFile.set(file, loaded);
		if (!name.includes("/")) this.#byShortName.set(name, loaded);
		this.#loaded.push(loaded);
		if (this.#loaded.length > maxLibraries) reach.spend(Number.POSITIVE_INFINITY);
	}
	#hasShortName(loaded) {
		return this.#byShortName.get(baseOf(loaded.path)) === loaded;
	}
	#search(name, by) {
		const { reach } = this.#start;
		const doubts = [];
		const passed = [];
		for (const path of name.includes("/") ? [name] : this.#places(name, by, doubts)) {
			if (reach.isExhausted) break;
			const opened = reach.open(path);
			if (opened.kind === "open") return {
				found: {
					path,
					node: opened.node
				},
				doubts,
				passed
			};
			if (opened.kind === "denied") passed.push(`the image's user cannot read ${shownPath(opened.node.path)}`);
		}
		return {
			found: null,
			doubts,
			passed
		};
	}
	*#places(name, by, doubts) {
		const { reach } = this.#start;
		yield* inList(this.#libraryPath ?? "", name);
		for (let one = by; one !== null && !reach.isExhausted; one = one.neededBy) {
			const path = this.#runpathOf(one);
			reach.spend(1 + Math.floor(path.length / 64));
			yield* inList(path, name);
		}
		if (this.#systemPath === null) doubts.push("musl's path file could not be read");
		yield* inList(this.#systemPath ?? "", name);
	}
	#runpathOf({ elf, path, neededBy }) {
		const { request, reach } = this.#start;
		const written = elf?.dynamic?.runpath ?? elf?.dynamic?.rpath ?? "";
		if (!written.includes("$")) return written;
		if (/\$(?!ORIGIN|\{ORIGIN\})/.test(written)) return "";
		const isMain = neededBy === null && path === `/${request.program.path}`;
		if (request.isSecure && (isMain || !path.startsWith("/"))) return "";
		const origin = path.includes("/") ? parentOf(path) : ".";
		const expanded = written.replace(/\$(?:ORIGIN|\{ORIGIN\})/g, () => origin);
		reach.spend(Math.floor(expanded.length / 64));
		return expanded;
	}
};
function* inList(list, name) {
	for (const directory of list.split(/[:\n]/)) if (directory !== "") yield `${directory}/${name}`;
}
function systemPathOf({ requested, loader, reach }) {
	const usual = "/lib:/usr/local/lib:/usr/lib";
	const architecture = muslArchitecture(loader.node, loader.elf, requested);
	if (architecture === null) return null;
	const prefix = requested.startsWith("/") ? parentOf(parentOf(requested)) : "";
	const file = reach.open(`${prefix}/etc/ld-musl-${architecture}.path`);
	if (file.kind === "nothing") return usual;
	if (file.kind === "denied") return "";
	return file.node.size === 0 ? "" : file.node.attributes.content?.text ?? null;
}
function isSameFile(a, b) {
	return a.path === b.path || a.inode !== null && a.inode === b.inode;
}
// src/inspect/start/reach.ts
const nothing = { kind: "nothing" };
var Reach = class {
	#filesystem;
	#workingDirectory;
	#user;
	#directories = new Map();
	#searchable = new Map();
	#top;
	#steps = 5e5;
	constructor(filesystem, workingDirectory, user) {
		this.#filesystem = filesystem;
		this.#workingDirectory = workingDirectory;
		this.#user = user;
	}
	get isExhausted() {
		return this.#steps <= 0;
	}
	spend(steps) {
		this.#steps -= steps;
	}
	absolute(path) {
		return path.startsWith("/") ? path : `${this.#workingDirectory}/${path}`;
	}
	open(path) {
		const slash = path.lastIndexOf("/");
		const directory = path.slice(0, slash + 1);
		return this.openIn(directory, path.slice(slash + 1));
	}
	openIn(directory, name) {
		this.#steps--;
		if (this.isExhausted) return nothing;
		const child = this.#childrenOf(directory)?.get(name);
		if (child === void 0) return nothing;
		const node = child.attributes.type === "symlink" ? this.#resolve(`/${child.path}`) : child;
		if (node === null) return nothing;
		return {
			kind: this.#isSearchable(parentOf(child.path)) && this.#isSearchable(parentOf(node.path)) && this.#may(node, 4) ? "open" : "denied",
			node
		};
	}
	mayExecute(node) {
		return this.#isSearchable(parentOf(node.path)) && this.#may(node, 1);
	}
	isDirectory(path) {
		return this.#childrenOf(path) !== null;
	}
	namesIn(directory) {
		const names = [];
		this.#childrenOf(directory)?.forEach(({ path }) => {
			this.#steps--;
			if (names.length < 64) names.push(baseOf(path));
		});
		return names.sort();
	}
	#resolve(path) {
		this.#steps -= path.split("/").length;
		return this.isExhausted ? null : resolve$1(this.#filesystem, path);
	}
	#childrenOf(directory) {
		const known = this.#directories.get(directory);
		if (known !== void 0) return known;
		const path = this.absolute(directory);
		const children = this.#resolve(path)?.children ?? (this.#isRoot(path) ? this.#filesystem.children : null);
		this.#directories.set(directory, children);
		return children;
	}
	#isRoot(path) {
		if (this.#top === void 0) {
			this.#top = "";
			this.#filesystem.children.forEach(({ path }) => {
				this.#top ||= path;
			});
		}
		return this.#top !== "" && this.#pathOf(`${path}/${this.#top}`) === this.#pathOf(this.#top);
	}
	#pathOf(path) {
		return this.#resolve(path)?.path;
	}
	#isSearchable(directory) {
		if (this.#user === null || directory === "") return true;
		const known = this.#searchable.get(directory);
		if (known !== void 0) return known;
		this.#steps -= directory.split("/").length;
		const node = nodeAt(this.#filesystem, directory);
		const isSearchable = node !== null && this.#may(node, 1) && this.#isSearchable(parentOf(directory));
		this.#searchable.set(directory, isSearchable);
		return isSearchable;
	}
	#may(node, wish) {
		if (this.#user === null || this.#user.uid === 0) return true;
		return may(this.#user, node, wish) === true;
	}
};
// src/inspect/start/loader.ts
function resolveLibraries(request) {
	const record = new LoadingRecord();
	const { program, filesystem, directory, user } = request;
	const elf = program.attributes.content?.elf;
	if (elf === void 0) {
		record.unknown(`${shownPath(program.path)} was not read as an ELF program.`);
		return record.finish();
	}
	if (elf.unread !== void 0) {
		record.unknown(`${shownPath(program.path)} could not be read: ${elf.unread}.`);
		return record.finish();
	}
	const { interpreter: requested } = elf;
	if (requested === void 0) {
		if (elf.dynamic?.needed !== void 0) record.unknown(`${shownPath(program.path)} needs libraries, but names no loader to load them.`);
		return record.finish();
	}
	const reach = new Reach(filesystem, directory, user);
	const node = resolve$1(filesystem, reach.absolute(requested));
	record.link("loader", requested, program, node);
	const loader = loaderOf(node, elf, request, record);
	if (loader === null) return record.finish();
	const variable = (name) => variableOf(request, name) || null;
	const start = {
		request,
		elf,
		requested,
		loader,
		reach,
		record,
		variable
	};
	const kind = loaderKind(loader.node, loader.elf, requested);
	if (kind === "glibc") loadWithGlibc(start);
	else if (kind === "musl") loadWithMusl(start);
	else record.unknown(`${shownPath(loader.node.path)} is an unknown dynamic loader, so what it loads is not known.`);
	return record.finish();
}
function loaderOf(node, program, { program: file, filesystem, isStartedByEngine, user }, record) {
	const requested = program.interpreter ?? "";
	const missing = (found) => record.problem("interpreter-missing", file, requested, found);
	if (node === null) {
		missing("this image does not have it");
		return null;
	}
	const { type, mode, content } = node.attributes;
	if (type !== "file") {
		missing(`${shownPath(node.path)} is not a file`);
		return null;
	}
	if (!isExecutableMode(mode)) {
		missing(`${shownPath(node.path)} has no execute bit`);
		return null;
	}
	if (!isStartedByEngine && new Reach(filesystem, "", user).mayExecute(node) === false) {
		missing(`the image's user cannot execute ${shownPath(node.path)}`);
		return null;
	}
	if (content !== void 0 && content.format !== "elf") {
		missing(`${shownPath(node.path)} is not an ELF file`);
		return null;
	}
	const elf = content?.elf;
	if (elf !== void 0 && !isSameMachine(elf, program)) {
		record.problem("wrong-architecture", file, requested, `${shownPath(node.path)} is for ${machineName(elf)}`);
		return null;
	}
	if (elf === void 0 || elf.unread !== void 0) {
		record.unknown(`${textOf$1(requested)} could not be read, so what it loads is not known.`);
		return null;
	}
	return {
		node,
		elf
	};
}
// src/inspect/start/runtimes/dotnet-version.ts
const pattern = /^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(?:-([0-9A-Za-z.-]{1,99}))?(?:\+[0-9A-Za-z.-]{1,99})?$/;
function versionOf$1(text) {
	const match = pattern.exec(text);
	if (match === null) return null;
	const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map(Number);
	return {
		text,
		numbers: [
			major,
			minor,
			patch
		],
		preview: match[4]?.split(".") ?? null
	};
}
function serves(existing, asked, range) {
	if (existing.text === asked.text) return true;
	if (range === "exact" || compare(existing, asked) < 0) return false;
	const [major, minor] = existing.numbers;
	if (range !== "major" && major !== asked.numbers[0]) return false;
	return range !== "patch" || minor === asked.numbers[1];
}
function compare(a, b) {
	for (const at of [
		0,
		1,
		2
	]) if (a.numbers[at] !== b.numbers[at]) return a.numbers[at] - b.numbers[at];
	if (a.preview === null || b.preview === null) return (a.preview === null ? 1 : 0) - (b.preview === null ? 1 : 0);
	for (let at = 0; at < Math.max(a.preview.length, b.preview.length); at++) {
		const order = comparePart(a.preview[at], b.preview[at]);
		if (order !== 0) return order;
	}
	return 0;
}
function comparePart(a, b) {
	if (a === void 0 || b === void 0) return (a === void 0 ? 0 : 1) - (b === void 0 ? 0 : 1);
	const isNumber = [a, b].map((part) => /^[0-9]+$/.test(part));
	if (isNumber[0] && isNumber[1]) return Number(a) - Number(b);
	if (isNumber[0] !== isNumber[1]) return isNumber[0] ? -1 : 1;
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/inspect/start/runtimes/dotnet-config.ts
const maxSize = 65536;
function frameworksOf({ attributes }, policy) {
	const text = attributes.content?.text;
	if (text === void 0) return null;
	const options = runtimeOptions(text);
	if (options === null) return null;
	const { framework, frameworks } = options;
	const listed = [...framework === void 0 ? [] : [framework], ...Array.isArray(frameworks) ? frameworks : []];
	if (frameworks !== void 0 && !Array.isArray(frameworks)) return null;
	const references = listed.map((item) => isObject(item) ? referenceOf$1(item, options, policy) : null);
	const known = references.filter((reference) => reference !== null);
	return known.length === references.length ? known : null;
}
function runtimeOptions(text) {
	try {
		const { runtimeOptions: options } = parseJson(Buffer$1.from(text, "latin1"), "runtimeconfig.json", maxSize);
		return isObject(options) ? options : null;
	} catch {
		return null;
	}
}
function referenceOf$1(item, options, policy) {
	const { name, version } = item;
	if (typeof name !== "string" || !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/.test(name)) return null;
	const asked = typeof version === "string" ? versionOf$1(version) : null;
	if (asked === null) return null;
	const ranges = [
		options["rollForward"],
		item["rollForward"],
		policy.variable,
		policy.option
	].filter((value) => value !== void 0).map(rangeOf);
	if (ranges.includes(null)) return null;
	return {
		name,
		version: asked,
		range: policy.isLegacy || [options, item].some((object) => object["rollForwardOnNoCandidateFx"] !== void 0) ? "major" : ranges.at(-1) ?? "minor"
	};
}
function rangeOf(policy) {
	if (typeof policy !== "string") return null;
	switch (policy.toLowerCase()) {
		case "disable": return "exact";
		case "latestpatch": return "patch";
		case "minor":
		case "latestminor": return "minor";
		case "major":
		case "latestmajor": return "major";
		default: return null;
	}
}
// src/inspect/start/runtimes/opened.ts
function opened(path, call, filesystem) {
	const place = locate(filesystem, path, call.directory);
	if (place.kind === "mounted" || place.kind === "directory") return { kind: "unclear" };
	if (place.kind === "missing") {
		const at = shownPath(place.at);
		if (place.why === "links") return {
			kind: "missing",
			found: "it leads through too many symbolic links"
		};
		return {
			kind: "missing",
			found: place.why === "nothing" ? `${at} does not exist` : `${at} is not a directory`
		};
	}
	const { node } = place;
	if (node.children !== null) return {
		kind: "directory",
		node
	};
	if (mayReach(call.account, place, 4) !== false) return {
		kind: "file",
		node
	};
	return {
		kind: "unreadable",
		found: `the mode ${modeText(node.attributes.mode)} of ${shownPath(node.path)}, or that of a directory above it, does not let ${whoOf(call.account)} read it`
	};
}
function directoryAt(filesystem, path) {
	const place = locate(filesystem, path, "/");
	return place.kind === "found" && place.node.children !== null ? place.node : null;
}
function fileAt(filesystem, path) {
	const place = locate(filesystem, path, "/");
	return place.kind === "found" && place.node.children === null ? place.node : null;
}
function namesIn(node) {
	const names = [];
	node?.children?.forEach(({ path }) => {
		names.push(baseOf(path));
	});
	return names;
}
// src/inspect/start/runtimes/proof.ts
const nothingProven = {
	problems: [],
	unproven: [],
	hints: []
};
function failing(path, needs, found) {
	return {
		...nothingProven,
		problems: [{
			class: "runtime",
			path,
			needs,
			found
		}]
	};
}
function unproven(sentence) {
	return {
		...nothingProven,
		unproven: [sentence]
	};
}
function hint(sentence) {
	return {
		...nothingProven,
		hints: [sentence]
	};
}
function joined(proofs) {
	return {
		problems: proofs.flatMap(({ problems }) => problems),
		unproven: [...new Set(proofs.flatMap((proof) => proof.unproven))],
		hints: [...new Set(proofs.flatMap(({ hints }) => hints))]
	};
}
// src/inspect/start/runtimes/tree.ts
const maxVisited = 5e5;
function named$1({ children }, isMeant) {
	const found = [];
	const open = [children];
	let visited = 0;
	for (let directory = open.pop(); directory !== void 0; directory = open.pop()) {
		if (visited > maxVisited) return null;
		directory.forEach((node) => {
			visited++;
			if (isMeant(baseOf(node.path))) found.push(node);
			if (node.children !== null) open.push(node.children);
		});
	}
	return found;
}
// src/inspect/start/runtimes/dotnet.ts
function isDotnet({ program }) {
	return baseOf(program.path) === "dotnet";
}
function proveDotnet(call, filesystem) {
	const command = commandOf$3(call.argv.slice(1));
	if (command === null) return unproven("What .NET executes is not known: the command does not name an app.");
	const { app, rollForward, isConfigOwn } = command;
	const place = opened(app, call, filesystem);
	if (place.kind === "missing" || place.kind === "unreadable") return failing(shownPath(call.program.path), textOf$1(app), place.found);
	if (place.kind !== "file") return unproven(`What ${textOf$1(app)} is to .NET is not known.`);
	const root = parentOf(call.program.path);
	const hosts = directoryAt(filesystem, `/${root}/host/fxr`);
	const fxr = shownPath(`${root}/host/fxr`);
	if (hosts === null) return failing(shownPath(call.program.path), fxr, "it does not exist");
	const assemblies = unproven(`Whether the assemblies that ${shownPath(place.node.path)} loads exist is not known.`);
	const isOther = ["libcoreclr.so", "dotnet.dll"].some((name) => fileAt(filesystem, `/${root}/${name}`) !== null);
	if (!isConfigOwn || isOther) return assemblies;
	const config = configOf(place.node, filesystem);
	if (config === null) return joined([withoutConfig(place.node, hosts, call, filesystem), assemblies]);
	const references = frameworksOf(config, policyOf(call, rollForward));
	if (references === null || hasDevelopmentConfig(place.node, filesystem) || isOldHost(hosts, filesystem)) return joined([unproven(`Which frameworks ${shownPath(place.node.path)} needs is not known.`), assemblies]);
	return joined([...references.flatMap((reference) => {
		return missingFramework(reference, versionsIn(directoryAt(filesystem, `/${root}/shared/${reference.name}`), filesystem), config) ?? [];
	}), assemblies]);
}
function proveDotnetApp(call, filesystem) {
	const { path, size } = call.program;
	const app = fileAt(filesystem, `/${path}.dll`);
	const config = fileAt(filesystem, `/${path}.runtimeconfig.json`);
	if (app === null || config === null) return nothingProven;
	const references = frameworksOf(config, policyOf(call, void 0));
	const all = named$1(filesystem, (name) => name === "shared");
	if (references === null || all === null || hasDevelopmentConfig(app, filesystem)) return unproven(`Which frameworks ${shownPath(path)} needs is not known.`);
	if (references.length === 0) return nothingProven;
	if (size > maxAppHost) return unproven(`Whether ${shownPath(path)} needs .NET is not known.`);
	const missing = references.flatMap((reference) => {
		return missingFramework(reference, all.map((shared) => directoryAt(filesystem, `/${shared.path}/${reference.name}`)).flatMap((directory) => versionsIn(directory, filesystem)), config) ?? [];
	});
	if (missing.length > 0) return joined(missing);
	return unproven(`Which .NET ${shownPath(path)} finds is not known.`);
}
const maxAppHost = 1024 ** 2;
const hostOptions = /^--(?:additionalprobingpath|depsfile|runtimeconfig|fx-version|roll-forward|additional-deps|roll-forward-on-no-candidate-fx)$/i;
function commandOf$3(args) {
	let rollForward;
	let isConfigOwn = true;
	for (let at = args[0]?.toLowerCase() === "exec" ? 1 : 0;; at += 2) {
		const [word, value] = args.slice(at, at + 2);
		if (word === void 0) return null;
		if (!hostOptions.test(word)) return /\.(?:dll|exe)$/i.test(word) ? {
			app: word,
			rollForward,
			isConfigOwn
		} : null;
		if (word.toLowerCase() === "--roll-forward") rollForward = value;
		else isConfigOwn = false;
	}
}
function policyOf(call, option) {
	return {
		option,
		variable: variableOf(call, "DOTNET_ROLL_FORWARD") || void 0,
		isLegacy: variableOf(call, "DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX") !== void 0
	};
}
function stemOf({ path }) {
	return path.replace(/\.[^./]*$/, "");
}
function configOf(app, filesystem) {
	return fileAt(filesystem, `/${stemOf(app)}.runtimeconfig.json`);
}
function hasDevelopmentConfig(app, filesystem) {
	return fileAt(filesystem, `/${stemOf(app)}.runtimeconfig.dev.json`) !== null;
}
function withoutConfig(app, hosts, call, filesystem) {
	if (fileAt(filesystem, `${`/${parentOf(app.path)}`}/libhostpolicy.so`) !== null || variableOf(call, "CORE_SERVICING") !== void 0 || directoryAt(filesystem, "/opt/coreservicing") !== null || hasDevelopmentConfig(app, filesystem) || isOldHost(hosts, filesystem)) return nothingProven;
	const file = `${stemOf(app)}.runtimeconfig.json`;
	return failing(shownPath(app.path), textOf$1(baseOf(file)), `${shownPath(file)} does not exist, nor does libhostpolicy.so, which an app without that file has beside it`);
}
function isOldHost(hosts, filesystem) {
	return !versionsIn(hosts, filesystem).some(({ numbers: [major] }) => major >= 3);
}
function versionsIn(directory, filesystem) {
	const versions = [];
	for (const name of namesIn(directory)) {
		const version = versionOf$1(name);
		if (version === null || directory === null) continue;
		if (directoryAt(filesystem, `/${directory.path}/${name}`) !== null) versions.push(version);
	}
	return versions;
}
function missingFramework({ name, version, range }, existing, config) {
	if (existing.some((other) => serves(other, version, range))) return null;
	const has = existing.toSorted(compare).map(({ text }) => text);
	const shown = has.length > 5 ? [
		...has.slice(0, 2),
		"…",
		...has.slice(-2)
	] : has;
	const found = has.length === 0 ? "this image has no version of it" : `this image has ${shown.join(", ")}`;
	return failing(shownPath(config.path), `${name} ${version.text}`, found);
}
// src/inspect/start/runtimes/java.ts
function isJava({ program }) {
	return baseOf(program.path) === "java";
}
function proveJava(call, filesystem) {
	const command = commandOf$2(call.argv.slice(1));
	if (command === "none") return nothingProven;
	if (command === null || !variables.every((name) => isHarmless(variableOf(call, name)))) return unproven("Which program Java executes is not known: it depends on files or options that are not read.");
	const { main, isJar } = command;
	if (!isJar) return unproven(`Whether Java finds the class ${textOf$1(main)} is not known: class paths are not read.`);
	const place = opened(main, call, filesystem);
	if (place.kind === "missing" || place.kind === "unreadable") return failing(shownPath(call.program.path), textOf$1(main), place.found);
	if (place.kind !== "file") return unproven(`What ${textOf$1(main)} is to Java is not known.`);
	const version = versionOf(call, filesystem);
	const runtime = version === null ? "the runtime's version" : `version ${version}, which this runtime is`;
	return unproven(`Whether ${shownPath(place.node.path)} needs a newer Java than ${runtime}, is not known.`);
}
const variables = [
	"JDK_JAVA_OPTIONS",
	"JAVA_TOOL_OPTIONS",
	"_JAVA_OPTIONS"
];
function isHarmless(value) {
	return (value ?? "").split(/\s+/).filter((word) => word !== "").every((word) => /^-(?:Xm[sxn][0-9]+[a-zA-Z]?|Xss[0-9]+[a-zA-Z]?|XX:[+-]?\w+(?:=[\w.%]+)?)$/.test(word) && !/Flags|VMOptionsFile/.test(word));
}
const valued$1 = /^(?:-cp|-classpath|-p|--(?:class-path|module-path|upgrade-module-path|add-modules|limit-modules|add-exports|add-opens|add-reads|patch-module|enable-native-access))$/;
const single = /^(?:-D.*|-X(?!X:Flags|X:VMOptionsFile).+|-(?:ea|esa|da|dsa|enableassertions|disableassertions)(?::.*)?|-(?:server|client|d64|showversion|jar)|-verbose(?::.*)?|--(?:enable-preview|show-version)|--(?:class-path|module-path|add-modules|add-exports|add-opens|add-reads|enable-native-access|illegal-access|sun-misc-unsafe-memory-access|finalization)=.*)$/s;
function commandOf$2(args) {
	let isJar = false;
	for (let at = 0;; at++) {
		const word = args[at];
		if (word === void 0 || /^--?(?:version|fullversion|full-version|help|help-extra|list-modules|X)$|^-\?$/.test(word)) return "none";
		if (word.startsWith("@")) return null;
		if (!word.startsWith("-")) return {
			main: word,
			isJar
		};
		if (valued$1.test(word)) at++;
		else if (!single.test(word)) return null;
		if (word === "-jar") isJar = true;
	}
}
function versionOf({ program }, filesystem) {
	const home = parentOf(parentOf(program.path));
	for (const directory of [home, parentOf(home)]) {
		const text = fileAt(filesystem, `/${directory}/release`)?.attributes.content?.text ?? "";
		const version = /^JAVA_VERSION="?([0-9._]{1,40})"?\s*$/m.exec(text)?.[1];
		if (version !== void 0) return version;
	}
	return null;
}
// src/inspect/start/runtimes/node.ts
function isNode({ program }) {
	return /^node(?:js)?$/.test(baseOf(program.path));
}
function proveNode(call, filesystem) {
	const command = commandOf$1(call.argv.slice(1));
	if (command === "none") return nothingProven;
	if (command === null) return unproven("The command has options of Node.js that Image Audit does not know, so its file is not known.");
	const { main } = command;
	const place = opened(main, call, filesystem);
	if (place.kind === "file") return unproven(`Whether the modules that ${shownPath(place.node.path)} loads exist is not known.`);
	if (place.kind === "unclear") return unproven(`What ${textOf$1(main)} is to Node.js is not known.`);
	if (place.kind === "unreadable") return failing(shownPath(call.program.path), textOf$1(main), place.found);
	if (hasOther(main, call, filesystem)) return unproven(`Which file Node.js executes for ${textOf$1(main)} is not known.`);
	if (place.kind === "directory" && namesIn(place.node).some((name) => /^(?:package\.json$|index\.)/.test(name))) return unproven(`Which file of ${shownPath(place.node.path)} Node.js executes is not known.`);
	if (command.isPreloading || changesResolution(call)) return unproven(`Modules that Node.js loads first may resolve ${textOf$1(main)}, which does not exist.`);
	const found = place.kind === "missing" ? place.found : `${shownPath(place.node.path)} is a directory that has neither package.json nor index.js`;
	return failing(shownPath(call.program.path), textOf$1(main), found);
}
const extensions = [
	".js",
	".json",
	".node",
	".mjs",
	".cjs",
	".ts",
	".mts",
	".cts",
	".wasm"
];
function hasOther(main, call, filesystem) {
	const text = `/${cleanPath$1(main.startsWith("/") ? main : `${call.directory}/${main}`).path}`;
	return [text, ...[text, main.replace(/\/+(?:\.\/*)*$/, "")].flatMap((path) => extensions.map((extension) => path + extension))].some((path) => {
		const { kind } = opened(path, call, filesystem);
		return kind !== "missing" && !(path === text && kind === "directory");
	});
}
const harmless = new RegExp(`^--(?:${[
	"enable-source-maps|no-(?:warnings|deprecation|addons|experimental-[a-z-]+|network-family-autoselection)",
	"trace-(?:warnings|deprecation|uncaught|exit|sigint|sync-io|gc)|throw-deprecation|pending-deprecation",
	"inspect(?:-brk|-wait)?(?:=.*)?|expose[-_]gc|max[-_]old[-_]space[-_]size=[0-9]+|max[-_]semi[-_]space[-_]size=[0-9]+",
	"stack[-_]size=[0-9]+|stack-trace-limit=[0-9]+|optimize[-_]for[-_]size|jitless|unhandled-rejections=[a-z-]+",
	"dns-result-order=[a-z0-9]+|max-http-header-size=[0-9]+|openssl-(?:legacy-provider|shared-config)",
	"use-(?:openssl|bundled|system)-ca|abort-on-uncaught-exception|insecure-http-parser|tls-m[a-z]+-v1\\.[0-9]",
	"experimental-(?:fetch|json-modules|vm-modules|wasm-modules|worker|websocket|sqlite|detect-module)",
	"experimental-(?:require-module|strip-types|transform-types|global-webcrypto|import-meta-resolve|modules)",
	"disable-warning=.*|report-[a-z-]+(?:=.*)?|heapsnapshot-[a-z-]+=.*|preserve-symlinks(?:-main)?|frozen-intrinsics"
].join("|")})$`);
const preloading = /^(?:-r|--(?:require|import|loader|experimental-loader|env-file|env-file-if-exists))$/;
const valued = /^(?:-C|--(?:conditions|title|icu-data-dir|openssl-config|diagnostic-dir|redirect-warnings))$/;
function commandOf$1(args) {
	let isPreloading = false;
	for (let at = 0;; at++) {
		const word = args[at];
		if (word === void 0 || word === "-") return "none";
		if (word === "--" || !word.startsWith("-")) {
			const main = word === "--" ? args[at + 1] : word;
			if (main === "inspect" || main === "debug") return null;
			return main === void 0 || main === "" ? "none" : {
				main,
				isPreloading
			};
		}
		if (/^(?:-[vhepic]|-pe|--(?:version|help|eval|print|interactive|check|v8-options))$/.test(word)) return "none";
		if (harmless.test(word)) continue;
		const name = word.replace(/=.*$/s, "");
		if (!preloading.test(name) && !valued.test(name)) return null;
		if (preloading.test(name)) isPreloading = true;
		if (!word.includes("=") || /^-[^-]/.test(word)) at++;
	}
}
function changesResolution(call) {
	return !(variableOf(call, "NODE_OPTIONS") ?? "").split(/\s+/).filter((word) => word !== "").every((word) => harmless.test(word));
}
// src/inspect/start/runtimes/python-interpreter.ts
function isPython({ program }) {
	return /^python(?:3(?:\.[0-9]{1,2}t?)?)?$/.test(baseOf(program.path));
}
function interpreterOf(call, filesystem) {
	const { path, attributes } = call.program;
	const match = [baseOf(path), ...attributes.content?.elf?.dynamic?.needed ?? []].map((name) => /^(?:lib)?python3\.([0-9]{1,2})t?(?:\.so.*)?$/.exec(name)).find((found) => found);
	if (!match) return null;
	const minor = Number(match[1]);
	const named = directoryNamed(call, filesystem);
	return {
		version: `3.${minor}`,
		minor,
		directories: [`python3.${minor}`, `python3.${minor}t`],
		archives: [`python3${minor}.zip`, `python3${minor}t.zip`],
		binaries: [parentOf(path), ...named === null ? [] : [named]],
		environment: named === null ? null : environmentAt(named, filesystem),
		call
	};
}
function directoryNamed(call, filesystem) {
	const name = call.argv[0] ?? "";
	const found = name.includes("/") ? name : pathOf(name, call, filesystem);
	if (found === null) return null;
	return parentOf((found.startsWith("/") ? found : `${call.directory}/${found}`).slice(1));
}
function pathOf(name, call, filesystem) {
	const found = findProgram(name, {
		...call,
		filesystem,
		by: "c"
	});
	return found.kind === "found" ? found.path : null;
}
function environmentAt(directory, filesystem) {
	for (const path of [`${directory}/..`, directory]) {
		const file = fileAt(filesystem, `/${path}/pyvenv.cfg`);
		if (file === null) continue;
		const home = /^[ \t]*home[ \t]*=[ \t]*(\/[^\r\n]{0,4000}?)[ \t\r]*$/im.exec(file.attributes.content?.text ?? "")?.[1];
		return home === void 0 ? null : {
			path: parentOf(file.path),
			home
		};
	}
	return null;
}
function isMoved(call) {
	return [
		"PYTHONHOME",
		"PYTHONPLATLIBDIR",
		"__PYVENV_LAUNCHER__"
	].some((name) => variableOf(call, name));
}
// src/inspect/start/runtimes/python-path.ts
function entryAt(path, call, filesystem) {
	const place = locate(filesystem, path === "" ? "." : path, call.directory);
	if (place.kind === "missing") return "missing";
	if (place.kind === "directory") return {
		path: "",
		names: namesIn({ children: filesystem.children })
	};
	if (place.kind === "mounted" || place.node.children === null) return null;
	return {
		path: place.node.path,
		names: namesIn(place.node)
	};
}
function entriesOf$1(call, filesystem) {
	const paths = (variableOf(call, "PYTHONPATH") ?? "").split(":");
	if (paths.length > 256) return null;
	const entries = paths.filter((path) => path !== "").map((path) => entryAt(path, call, filesystem));
	if (entries.includes(null)) return null;
	return entries.filter((entry) => entry !== null && entry !== "missing");
}
// src/inspect/start/runtimes/python-library.ts
const minors = {
	from: 3,
	to: 14
};
function libraryOf(python, isIsolated, filesystem) {
	const { call, environment, binaries, directories } = python;
	if (isMoved(call)) return "unclear";
	const prefixes = [
		...[...environment === null ? [] : [environment.home.slice(1)], ...binaries].flatMap(upwards),
		"usr",
		"usr/local"
	];
	const found = new Set();
	for (const prefix of prefixes) for (const name of ["lib", "lib64"].flatMap((lib) => directories.map((one) => `${lib}/${one}`))) {
		const directory = directoryAt(filesystem, `/${prefix}/${name}`);
		if (directory === null) continue;
		const names = namesIn(directory);
		if (names.includes("encodings") && (names.includes("os.py") || names.includes("os.pyc"))) found.add(directory.path);
	}
	if (found.size > 0) return [...found];
	return python.minor >= minors.from && python.minor <= minors.to && isNowhere$1(python, isIsolated, filesystem) ? "missing" : "unclear";
}
function isNowhere$1(python, isIsolated, filesystem) {
	const { call, directories, archives } = python;
	const isMeant = (name) => directories.includes(name) || archives.includes(name) || name.endsWith("._pth") || name === "pybuilddir.txt";
	const candidates = named$1(filesystem, isMeant);
	if (candidates === null) return false;
	if (candidates.some((node) => {
		if (!directories.includes(baseOf(node.path))) return true;
		return namesIn(directoryAt(filesystem, `/${node.path}`)).some((name) => name.startsWith("encodings"));
	})) return false;
	const entries = isIsolated ? [] : entriesOf$1(call, filesystem);
	return entries !== null && !entries.some((entry) => entry.names.some((name) => name.startsWith("encodings")));
}
function upwards(directory) {
	const all = [directory];
	for (let at = directory; at !== "" && all.length < 64;) {
		at = parentOf(at);
		all.push(at);
	}
	return all;
}
// src/inspect/start/runtimes/python-versions.ts
function otherPackages({ python, library, filesystem }) {
	if (python === null) return [];
	return (python.environment === null ? [...new Set([
		...(library ?? []).map((path) => parentOf(parentOf(path))),
		"usr/local",
		"usr"
	])] : [python.environment.path]).flatMap((prefix) => packagesBelow(prefix, filesystem)).filter(({ version }) => version !== python.version);
}
function packagesBelow(prefix, filesystem) {
	return ["lib", "lib64"].flatMap((lib) => {
		const directory = directoryAt(filesystem, `/${prefix}/${lib}`);
		return namesIn(directory).flatMap((name) => {
			const version = /^python(3\.[0-9]{1,2})t?$/.exec(name)?.[1];
			if (version === void 0 || directory === null) return [];
			return ["site-packages", "dist-packages"].flatMap((kind) => {
				const packages = directoryAt(filesystem, `/${directory.path}/${name}/${kind}`);
				const names = namesIn(packages).filter((entry) => !isInstaller(entry));
				return packages === null || names.length === 0 ? [] : [{
					path: packages.path,
					version,
					names
				}];
			});
		});
	});
}
function isInstaller(name) {
	return /^(?:__pycache__|README\.txt|_?distutils[-_].*|_virtualenv\..*|pkg_resources|(?:pip|setuptools|wheel)(?:[-.].*)?)$/.test(name);
}
function versionHints(scope) {
	const { python, filesystem, call } = scope;
	if (python === null) return nothingProven;
	const { environment, version } = python;
	const added = entriesOf$1(call, filesystem);
	const others = otherPackages(scope).filter(({ version: other, path }) => {
		if (added === null || added.some((entry) => entry.path === path)) return false;
		const prefix = path.replace(/\/lib(?:64)?\/python[^/]*\/[^/]*$/, "");
		return environment !== null || fileAt(filesystem, `/${prefix}/bin/python${other}`) === null;
	});
	const hints = environment !== null && packagesBelow(environment.path, filesystem).some((packages) => packages.version === version) ? [] : others.slice(0, 3).map((other) => hint(`${shownPath(other.path)} is for Python ${other.version}, and ${shownPath(call.program.path)} is ${version}: it does not look there.`));
	if (environment === null || directoryAt(filesystem, environment.home) !== null) return joined(hints);
	const config = shownPath(`${environment.path}/pyvenv.cfg`);
	return joined([...hints, hint(`${config} says that its Python is in ${shownPath(environment.home.slice(1))}, which does not exist.`)]);
}
// src/inspect/start/runtimes/python-module.ts
function proveModule(name, scope) {
	const { call, python } = scope;
	const [top = ""] = name.split(".");
	const search = python === null ? "unclear" : searchModule(top, scope);
	if (search === "found") return unproven(`Whether the modules that ${textOf$1(name)} imports exist is not known.`);
	if (search === "unclear" || python === null) return unproven(`Whether Python finds the module ${textOf$1(name)} is not known.`);
	const evidence = otherPackages(scope).filter(({ names }) => names.some((entry) => isModule(entry, top))).slice(0, 1).map(({ path, version }) => `; ${shownPath(path)}, which is for Python ${version}, has it`);
	const found = `no directory that Python ${python.version} searches has it${evidence.join("")}`;
	return failing(shownPath(call.program.path), `the module ${textOf$1(name)}`, found);
}
function searchModule(top, scope) {
	const { call, python, library, filesystem } = scope;
	if (!/^[A-Za-z]\w{0,99}$/.test(top) || special$1.test(top)) return "unclear";
	if (python === null || library === null || variableOf(call, "PYTHONUSERBASE")) return "unclear";
	const directory = entryAt("", call, filesystem);
	const variable = entriesOf$1(call, filesystem);
	const sites = siteDirectories(scope);
	if (directory === null || variable === null || sites === null) return "unclear";
	const libraries = library.flatMap((path) => entriesAt([path, `${path}/lib-dynload`], filesystem));
	const packages = entriesAt(sites, filesystem);
	const entries = [
		...directory === "missing" ? [] : [directory],
		...variable,
		...libraries,
		...packages
	];
	if (entries.some(({ names }) => names.some((name) => isModule(name, top)))) return "found";
	if (library.flatMap((path) => python.archives.map((name) => `/${parentOf(path)}/${name}`)).some((path) => fileAt(filesystem, path) !== null)) return "unclear";
	if (packages.some(({ names }) => names.some(addsToPath))) return "unclear";
	return entries.some((entry) => isCustomized(entry, scope)) ? "unclear" : "missing";
}
const special$1 = /^(?:distutils|test|sys|builtins|marshal|gc|time|errno|posix|pwd|itertools|atexit|faulthandler|signal)$/;
function isModule(name, top) {
	return name === top || name.startsWith(`${top}.`);
}
function siteDirectories(scope) {
	const { python, library, filesystem, call } = scope;
	const { directories = [], environment = null } = python ?? {};
	const libraries = [...new Set([
		...(library ?? []).map((path) => parentOf(parentOf(path))),
		...environment === null ? [] : [environment.path],
		"usr",
		"usr/local"
	])].flatMap((prefix) => [
		"lib",
		"lib64",
		"local/lib",
		"local/lib64"
	].map((lib) => `${prefix}/${lib}`));
	const homes = homesOf(call, filesystem);
	if (homes === null) return null;
	const users = homes.map((home) => `${home}/.local/lib`);
	return [...libraries, ...users].flatMap((lib) => [...directories, "python3"].flatMap((name) => [`${lib}/${name}/site-packages`, `${lib}/${name}/dist-packages`]));
}
const maxHomes = 100;
function homesOf(call, filesystem) {
	const home = variableOf(call, "HOME");
	if (home !== void 0 && home !== "") return [home];
	const passwd = fileAt(filesystem, "/etc/passwd");
	const text = passwd === null ? "" : passwd.attributes.content?.text;
	if (text === void 0) return passwd?.size === 0 ? ["", "root"] : null;
	const homes = new Set(text.split("\n").map((line) => line.split(":")[5] ?? ""));
	return homes.size > maxHomes ? null : [
		...homes,
		"",
		"root"
	];
}
function entriesAt(paths, filesystem) {
	return paths.flatMap((path) => {
		const node = directoryAt(filesystem, `/${path}`);
		return node === null ? [] : [{
			path: node.path,
			names: namesIn(node)
		}];
	});
}
function addsToPath(name) {
	return /\.(?:pth|egg-link|start)$/.test(name) && !/^(?:distutils-precedence|_virtualenv)\.pth$/.test(name);
}
const sizeOfDebians = 155;
function isCustomized({ path, names }, { python, filesystem }) {
	return names.filter((name) => /^(?:site|user)customize(?:\.|$)/.test(name)).some((name) => {
		const place = locate(filesystem, `/${path}/${name}`, "/");
		if (place.kind !== "found") return place.kind !== "missing";
		const { node } = place;
		return node.path !== `etc/python${python?.version}/sitecustomize.py` || node.size !== sizeOfDebians;
	});
}
// src/inspect/start/runtimes/python-script.ts
function proveScript(path, scope) {
	const { call, filesystem } = scope;
	const place = opened(path, call, filesystem);
	const program = shownPath(call.program.path);
	if (place.kind === "missing" || place.kind === "unreadable") return failing(program, textOf$1(path), place.found);
	if (place.kind === "unclear") return unproven(`What ${textOf$1(path)} is to Python is not known.`);
	const shown = shownPath(place.node.path);
	if (place.kind === "directory" && !namesIn(place.node).some((name) => name.startsWith("__main__"))) return failing(program, textOf$1(path), `${shown} is a directory without __main__.py`);
	const own = place.kind === "file" ? proveConsoleScript(place.node, scope) : nothingProven;
	if (own.problems.length > 0) return own;
	return joined([unproven(`Whether the modules that ${shown} imports exist is not known.`), versionHints(scope)]);
}
const maxConsoleScript = 512;
function proveConsoleScript(node, scope) {
	const { python, call, filesystem } = scope;
	const directory = parentOf(node.path);
	const name = baseOf(node.path).replaceAll("-", "_");
	const isScript = node.attributes.content?.format === "script" && node.size <= maxConsoleScript;
	if (python === null || !isScript || baseOf(directory) !== "bin") return nothingProven;
	const other = packagesBelow(parentOf(directory), filesystem).filter(({ names }) => names.includes(name)).find(({ version }) => version !== python.version);
	if (other === void 0 || searchModule(name, scope) !== "missing") return nothingProven;
	const found = `${shownPath(other.path)} is for Python ${other.version}, and ${shownPath(call.program.path)} is ${python.version}`;
	return failing(shownPath(node.path), `the module ${textOf$1(name)}`, found);
}
// src/inspect/start/runtimes/python.ts
function provePython(call, filesystem) {
	const command = commandOf(call.argv.slice(1));
	if (command === "nothing") return nothingProven;
	const python = interpreterOf(call, filesystem);
	if (command === null || variableOf(call, "PYTHONINSPECT")) return unproven("The command has options of Python that Image Audit does not know, so what it executes is not known.");
	const library = python === null ? "unclear" : libraryOf(python, command.isIsolated, filesystem);
	if (python !== null && library === "missing") {
		const found = `this image has no standard library for Python ${python.version}`;
		return failing(shownPath(call.program.path), "the module encodings", found);
	}
	const scope = {
		call,
		python,
		library: library === "unclear" || library === "missing" ? null : library,
		filesystem
	};
	if (command.kind === "module") return proveModule(command.name, scope);
	if (command.kind === "text") return nothingProven;
	return proveScript(command.path, scope);
}
const flags = "bBdOqRsSuvxP";
function commandOf(args) {
	let isIsolated = false;
	for (let at = 0;; at++) {
		const word = args[at];
		if (word === void 0 || word === "-") return {
			kind: "text",
			isIsolated
		};
		if (/^--(?:version|help|help-all|help-env|help-xoptions)$/.test(word)) return "nothing";
		if (word === "--" || !word.startsWith("-")) {
			const path = word === "--" ? args[at + 1] : word;
			if (path === "") return null;
			return path === void 0 || path === "-" ? {
				kind: "text",
				isIsolated
			} : {
				kind: "script",
				path,
				isIsolated
			};
		}
		for (let letter = 1; letter < word.length; letter++) {
			const option = word.charAt(letter);
			const rest = word.slice(letter + 1);
			if (/[hV?]/.test(option)) return "nothing";
			if (option === "c") return {
				kind: "text",
				isIsolated
			};
			if (option === "m") {
				const name = rest === "" ? args[at + 1] : rest;
				return name === void 0 ? null : {
					kind: "module",
					name,
					isIsolated
				};
			}
			if (option === "E" || option === "I") isIsolated = true;
			else if (option === "W" || option === "X") {
				if (rest === "") at++;
				break;
			} else if (!flags.includes(option)) return null;
		}
	}
}
// src/inspect/start/runtimes/runtimes.ts
function proveRuntimes({ programs, problems }, filesystem) {
	const isKnown = ({ program }) => problems.some(({ path }) => path === shownPath(program.path));
	return joined(programs.filter((program) => !isKnown(program)).map((program) => proveRuntime(program, filesystem)));
}
function proveRuntime(call, filesystem) {
	if (isPython(call)) return provePython(call, filesystem);
	if (isNode(call)) return proveNode(call, filesystem);
	if (isJava(call)) return proveJava(call, filesystem);
	if (isDotnet(call)) return proveDotnet(call, filesystem);
	return proveDotnetApp(call, filesystem);
}
// src/inspect/start/volumes.ts
function volumeFor({ path, needs }, volumes, directory) {
	const places = [path, posix.resolve(directory, needs)].map((place) => posix.normalize(place));
	const covers = (volume) => {
		const root = posix.resolve("/", volume);
		return root !== "/" && places.some((place) => place === root || place.startsWith(`${root}/`));
	};
	return volumes.find(covers) ?? null;
}
// src/inspect/start/prove.ts
function proveStart(config, filesystem, overrides = {}) {
	const chain = startChainOf(config, filesystem, overrides);
	if (config.os !== "linux" || config.architecture.startsWith("wasm")) {
		const unproven = [`Image Audit does not know how programs start on ${config.os}/${config.architecture}.`];
		return {
			verdict: "unknown",
			command: chain.command,
			chain: [],
			problems: [],
			unproven,
			hints: []
		};
	}
	const loadings = new Map(chain.programs.map((program) => [program.link, resolveLibraries(requestOf(program, filesystem))]));
	const all = [...loadings.values()];
	const machines = chain.programs.map((program) => checkMachine(program, config));
	const runtimes = proveRuntimes(chain, filesystem);
	const found = [
		...chain.problems,
		...machines.flatMap(({ problem }) => problem ?? []),
		...all.flatMap((loading) => loading.problems),
		...runtimes.problems
	];
	const directory = overrides.workdir || config.workingDir || "/";
	const problems = [];
	const inVolumes = [];
	for (const problem of found) {
		const volume = volumeFor(problem, config.volumes ?? [], directory);
		if (volume === null) problems.push(problem);
		else inVolumes.push(`${problem.path} needs ${problem.needs}, which the volume ${volume} may contain.`);
	}
	const unknown = [
		...inVolumes,
		...chain.unknown,
		...machines.flatMap(({ unknown }) => unknown ?? []),
		...all.flatMap((loading) => loading.unknown)
	];
	return {
		verdict: problems.length > 0 ? "no" : unknown.length > 0 ? "unknown" : "yes",
		command: chain.command,
		chain: chain.links.flatMap((link) => [link, ...linksOf(loadings.get(link))]),
		problems,
		unproven: [...new Set([
			...unknown,
			...all.flatMap(({ unproven }) => unproven),
			...runtimes.unproven
		])],
		hints: [...new Set([
			...chain.hints,
			...all.flatMap(({ hints }) => hints),
			...runtimes.hints
		])]
	};
}
function requestOf(call, filesystem) {
	const { program, env, directory, isSecure, account, isStartedByEngine } = call;
	return {
		filesystem,
		program,
		env,
		directory,
		isSecure,
		user: account === null || account.gids === null ? null : {
			uid: account.uid,
			gids: account.gids
		},
		isStartedByEngine
	};
}
function checkMachine({ program }, { os, architecture }) {
	const elf = program.attributes.content?.elf;
	if (elf === void 0) return {};
	const path = shownPath(program.path);
	const answer = runsOn(elf, {
		os,
		architecture
	});
	if (answer === "unknown") return { unknown: `It is not known whether every ${os}/${architecture} machine executes ${path}, which is for ${machineName(elf)}.` };
	if (answer === "yes") return {};
	const found = `the image's platform is ${os}/${architecture}`;
	return { problem: {
		class: "wrong-architecture",
		path,
		needs: machineName(elf),
		found
	} };
}
function linksOf(loading) {
	return loading?.links ?? [];
}
// src/inspect/shown-start.ts
function shownStart(config, filesystem, settings) {
	let start = proveStart(config, filesystem);
	const isFrom = (neutral) => JSON.stringify(proveStart({
		...config,
		...neutral
	}, filesystem)) !== JSON.stringify(start);
	const isDirectoryShown = settings.workingDirectory !== config.workingDir && isFrom({ workingDir: null });
	const isUserShown = settings.user !== config.user && isFrom({ user: null });
	if (isDirectoryShown) start = withoutDirectory(start, config.workingDir ?? "", settings.workingDirectory ?? "***", filesystem);
	if (isUserShown) start = withoutUser(start, config.user ?? "", settings.user ?? "***");
	return boundedStart(start);
}
function withoutDirectory(start, value, text, filesystem) {
	const clean = `/${value.split("/").filter((name) => name !== "" && name !== ".").join("/")}`;
	const node = resolve$1(filesystem, bytesOf(value));
	const relative = start.chain.filter(({ needs }) => needs.includes("/") && !needs.startsWith("/"));
	const patterns = [...new Map([...[
		value,
		clean,
		...node === null ? [] : [shownPath(node.path)]
	].map((path) => [path.replace(/(?<=.)\/+$/, ""), text]), ...relative.map(({ path, needs }) => [path, `${text}/${needs.replace(/^(?:\.\/+)+/, "")}`])])].filter(([path]) => path !== "" && path !== "/").toSorted(([a], [b]) => b.length - a.length).map(([path, shown]) => [new RegExp(`(?<![\\w./-])${escaped$1(path)}(?![\\w-]|\\.\\w)`, "g"), shown]);
	return withTexts(start, (words) => patterns.reduce((all, [path, shown]) => all.replace(path, () => shown), words));
}
function withoutUser(start, value, text) {
	const names = [value, ...value.split(":")].filter((name) => name !== "").map(escaped$1);
	const pattern = new RegExp(`(?<![\\w./-])(?:${names.join("|")})(?![\\w/-]|\\.\\w)`, "g");
	const sentence = (words) => words.replace(/\buser [0-9]+\b/g, "the user").replace(pattern, () => text);
	return {
		...start,
		problems: start.problems.map((problem) => ({
			...problem,
			needs: problem.class === "user" ? text : problem.needs,
			found: sentence(problem.found)
		})),
		unproven: start.unproven.map(sentence),
		hints: start.hints.map(sentence)
	};
}
function withTexts(start, change) {
	return {
		...start,
		chain: start.chain.map((link) => ({
			...link,
			path: change(link.path),
			neededBy: link.neededBy === null ? null : change(link.neededBy),
			needs: change(link.needs)
		})),
		problems: start.problems.map((problem) => ({
			...problem,
			path: change(problem.path),
			needs: change(problem.needs),
			found: change(problem.found)
		})),
		unproven: start.unproven.map(change),
		hints: start.hints.map(change)
	};
}
function escaped$1(text) {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
const maxLinks = 200;
const maxTexts = 20;
function boundedStart(start) {
	const { chain, problems, unproven, hints } = start;
	const left = [
		[chain.length - maxLinks, "files of the chain"],
		[problems.length - maxTexts, "problems"],
		[hints.length - maxTexts, "hints"]
	];
	if (!(unproven.length > maxTexts || left.some(([count]) => count > 0))) return start;
	const kept = unproven.slice(0, 19);
	const words = [...left, [unproven.length - kept.length, "doubts"]].filter(([count]) => count > 0).map(([count, what]) => `${count} more ${what}`);
	return {
		...start,
		chain: chain.slice(0, maxLinks),
		problems: problems.slice(0, maxTexts),
		unproven: [...kept, `Not listed here: ${words.join(", ")}.`],
		hints: hints.slice(0, maxTexts)
	};
}
// src/inspect/inspect.ts
function inspect(image, context = null, options = {}) {
	const { estimates = new Map(), confidential = [], isBuilt = false } = options;
	const filesystem = options.filesystem ?? mergeLayers(readingsOf(image));
	const candidates = candidatesIn(filesystem);
	const layers = inspectLayers(image, context, isBuilt);
	const pointers = lfsPointersIn(readingsOf(image));
	const shells = findShells(filesystem, candidates);
	const packageManagers = findPackageManagers(filesystem, candidates);
	const origin = {
		instructions: instructionsOf(context),
		confidential,
		isBuilt
	};
	const runtime = runtimeOf(image.config, filesystem, origin);
	return {
		schemaVersion: 1,
		platform: image.platform,
		digest: image.digest,
		configDigest: image.configDigest,
		size: sizeOf$1(image),
		unpackedSize: bytesOf$1(filesystem),
		pullSize: pullSize(image, estimates),
		layers,
		baseImage: baseImageOf(context),
		stages: stagesOf(context),
		shells,
		packageManagers,
		buildTools: findBuildTools(filesystem, candidates),
		distroless: judgeDistroless({
			shells,
			packageManagers,
			unread: findUnread(candidates)
		}),
		family: familyOf(filesystem),
		...runtime,
		start: shownStart(image.config, filesystem, runtime),
		gitDirectories: findGitDirectories(filesystem, candidates),
		lfsPointers: firstPointers(pointers, layers),
		notes: notesOf(readingsOf(image), pointers)
	};
}
function sizeOf$1({ layers }) {
	return layers.reduce((sum, { reading }) => sum + reading.size, 0);
}
function inspectLayers({ layers, config }, context, isBuilt) {
	const read = layers.map(({ reading, blob }) => ({
		diffId: reading.diffId,
		digest: blob?.digest ?? null,
		size: reading.size,
		compressedSize: blob?.size ?? null
	}));
	const known = {
		history: config.history,
		layerCount: layers.length
	};
	const createdBy = historyOfLayers(known.history, known.layerCount);
	const baseLayerCount = (context?.record == null ? null : baseImageStep(context.record, context.stages.baseImage.resolved, read))?.layers.length ?? null;
	const attribution = context === null ? null : attributeLayers({
		...known,
		...context,
		baseLayerCount
	});
	return read.map((layer, index) => {
		const attributed = attribution?.layers[index] ?? null;
		const isPublic = !isBuilt || index < (baseLayerCount ?? 0);
		return {
			...layer,
			createdBy: attributed?.instruction ?? shownHistory(createdBy[index] ?? null, isPublic),
			line: attributed?.line ?? null,
			origin: attributed?.origin ?? "unknown"
		};
	});
}
function shownHistory(createdBy, isPublic) {
	if (createdBy === null) return null;
	if (!isPublic) return concealedInstruction(createdBy);
	return /^(?:RUN )?\|[0-9]+ /.test(createdBy) ? readableInstruction(createdBy) : createdBy;
}
function instructionsOf(context) {
	return context === null ? null : ownInstructions(context.dockerfile, context.stages);
}
function baseImageOf(context) {
	if (context === null) return null;
	const { written, resolved } = context.stages.baseImage;
	return {
		written,
		resolved,
		digest: context.baseImageDigest ?? null
	};
}
function stagesOf(context) {
	if (context === null) return null;
	const { stages } = context.stages;
	return {
		declared: stages.length,
		reachable: stages.filter(({ reachable }) => reachable).length
	};
}
// src/inspect/searching.ts
function* searching(filesystem) {
	const { links, ...candidates } = yield* candidatesIn.work(filesystem);
	let found = 0;
	for (const kind of findings) found += candidates[kind].length;
	for (const [index, link] of links.entries()) {
		if (index % 4096 === 0) yield;
		const end = yield* resolvingLink(filesystem, link);
		if (end !== null && isFinding(end)) found++;
	}
	if (found > limits.findings) throw tooMany(found);
	yield* measuring(filesystem);
}
const findings = [
	"shells",
	"packageManagers",
	"buildTools",
	"unread"
];
function isFinding(node) {
	return findings.some((kind) => candidateKinds[kind](node));
}
function tooMany(found) {
	return new Failure("limit-exceeded", `The image has ${found} programs and links that could be a shell or a package manager, which is more than any honest image has.`);
}
// src/audit/inspect-sides.ts
function* inspectingSides({ head, base }) {
	if (isMissing(base)) {
		const [filesystem] = yield* merging([readingsOf(head.image)]);
		return {
			head: yield* inspectingSide(head, filesystem),
			base
		};
	}
	const [headFiles, baseFiles] = yield* merging([readingsOf(head.image), readingsOf(base.image)]);
	return {
		head: yield* inspectingSide(head, headFiles),
		base: yield* inspectingSide(base, baseFiles)
	};
}
function* inspectingSide(side, filesystem) {
	yield* searching(filesystem);
	const inspection = inspectSide(side, filesystem);
	yield;
	return {
		inspection,
		filesystem,
		record: side.record
	};
}
function inspectSide(side, filesystem) {
	const { image, dockerfile, isBuilt } = side;
	const confidential = [...side.definition.buildArgs.values()];
	const options = {
		estimates: estimatesOf(image),
		filesystem,
		confidential,
		isBuilt
	};
	if (dockerfile === null) return inspect(image, null, options);
	try {
		return inspect(image, factsOf(dockerfile, side), options);
	} catch (error) {
		if (!(error instanceof Failure) || !isOfDockerfile(error)) throw error;
		const inspection = inspect(image, null, options);
		const note = error.code === "frontend-unknown" ? error.message : `Stages, base image and lines are unknown: ${error.message}`;
		return {
			...inspection,
			notes: [...inspection.notes, note]
		};
	}
}
function factsOf(text, { image, definition, buildPlatform, materials, record }) {
	const dockerfile = parseDockerfile(text, definition.buildArgs.get("BUILDKIT_SYNTAX"));
	const stages = resolveStages(dockerfile, stageRequestOf(definition, {
		platform: image.platform,
		buildPlatform
	}));
	return {
		dockerfile,
		stages,
		baseImageDigest: materials.find(({ reference }) => reference === stages.baseImage.resolved)?.digest ?? null,
		record
	};
}
function estimatesOf({ layers }) {
	const estimates = new Map();
	for (const { reading } of layers) if (reading.gzipSize !== void 0) estimates.set(reading.diffId, reading.gzipSize);
	return estimates;
}
function isOfDockerfile({ code }) {
	return code === "dockerfile-invalid" || code === "frontend-unknown" || code === "target-unknown";
}
function stageRequestOf(definition, known) {
	return {
		target: definition.target ?? void 0,
		buildArgs: definition.buildArgs,
		buildContexts: definition.buildContexts,
		platform: definition.platform ?? known?.platform,
		buildPlatform: known?.buildPlatform ?? void 0
	};
}
// src/git/former-dockerfile.ts
async function formerDockerfile(repository, base, lacking) {
	const { path } = lacking;
	if (!hasEntry(entriesOf(await git(repository, [
		"ls-files",
		"--stage",
		"-z"
	])), path)) return { kind: "not-committed" };
	await obtainCommit(repository, base);
	const entries = entriesOf(await git(repository, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		base
	]));
	const submodule = entries.find((entry) => isSubmoduleOf(entry, path));
	if (submodule !== void 0) return {
		kind: "not-checked-out",
		path: submodule.path
	};
	if ((await fileAt$1(repository, base, path)).kind !== "missing") return {
		kind: "not-checked-out",
		path
	};
	const renamed = await wasMoved(repository, base, path);
	if (renamed !== null) return {
		kind: "dockerfile",
		path: renamed
	};
	const directories = [lacking.context, posix.dirname(path)].map((directory) => posix.normalize(directory));
	const named = entries.filter((entry) => isNamedLikeDockerfile(entry.path)).map((entry) => entry.path);
	const beside = named.find((other) => directories.includes(posix.dirname(other)));
	if (beside !== void 0) return {
		kind: "dockerfile",
		path: beside
	};
	for (const other of [...named, ...await readLikeDockerfiles(repository, base)]) if (!await isFile(join(repository.root, other))) return {
		kind: "dockerfile",
		path: other
	};
	return { kind: "nothing" };
}
function entriesOf(listed) {
	return listed.split("\0").flatMap((entry) => {
		const tab = entry.indexOf("	");
		return tab < 0 ? [] : [{
			mode: entry.slice(0, 6),
			path: entry.slice(tab + 1)
		}];
	});
}
function hasEntry(entries, path) {
	return entries.some((entry) => entry.path === path || isSubmoduleOf(entry, path));
}
function isSubmoduleOf(entry, path) {
	return entry.mode === "160000" && path.startsWith(`${entry.path}/`);
}
function isNamedLikeDockerfile(path) {
	return /(?:^|[._-])(?:docker|container)file(?:$|[._-](?!dockerignore$))/i.test(posix.basename(path));
}
async function readLikeDockerfiles(repository, commit) {
	const blank = "[[:space:]]+";
	const word = "[^[:space:]]+";
	return (await tryGit(repository, [
		"grep",
		"--no-color",
		"--full-name",
		"-l",
		"-z",
		"-a",
		"-i",
		"-E",
		"-e",
		`^(\ufeff)?[[:space:]]*from${blank}(--${word}${blank})*${word}${`(${blank}as${blank}${word})?`}[[:space:]]*[\\\`]?[[:space:]]*$`,
		commit,
		"--"
	])).stdout.split("\0").flatMap((line) => line === "" ? [] : [line.slice(commit.length + 1)]);
}
async function isFile(path) {
	return (await lstat(path).catch(() => null))?.isFile() ?? false;
}
// src/audit/missing-base.ts
async function whyAbsent(definition, base, repository) {
	const path = dockerfileOf(definition);
	const former = await formerDockerfile(repository, base.commit, {
		path,
		context: definition.context
	});
	switch (former.kind) {
		case "nothing": return {
			reason: "new",
			message: `${path} is new: ${base.name} has no such Dockerfile.`
		};
		case "dockerfile": return {
			reason: "moved",
			message: `${base.name} has no ${path}, but has ${former.path}. If the file was moved, set base-file: ${former.path}. If this is another image, set missing-base: warn.`
		};
		case "not-checked-out": return {
			reason: "unavailable",
			message: `${base.name} has ${former.path}, but a checkout made like the head's does not. Check that its submodules can be fetched, and that sparse-checkout includes it.`
		};
		case "not-committed": return {
			reason: "unavailable",
			message: `${path} is not committed, so ${base.name} cannot have it. Commit it, or create it with base-prepare.`
		};
	}
}
const reasonsNotBuilt = {
	"build-failed": "build-failed",
	"dockerfile-missing": "build-failed",
	"dockerfile-invalid": "build-failed",
	"file-refused": "build-failed",
	"target-unknown": "build-failed",
	"context-outside-workspace": "build-failed",
	"base-prepare-failed": "build-failed",
	"pull-throttled": "unavailable",
	"git-base-unknown": "unavailable",
	"git-commit-unavailable": "unavailable",
	"git-failed": "unavailable"
};
const reasonsUnavailable = {
	"image-not-found": "unavailable",
	"platform-missing": "unavailable",
	"file-failed": "unavailable",
	"pull-throttled": "unavailable"
};
function missingBaseFor(error, reasons = reasonsNotBuilt) {
	const reason = error instanceof Failure ? reasons[error.code] : void 0;
	if (reason === void 0) throw error;
	return {
		reason,
		message: error.message
	};
}
// src/dockerfile/ignore/ignore-pattern.ts
const special = /[*?[\]\\]/;
function ignorePattern(pattern, spend) {
	const plain = plainTest(pattern);
	if (plain !== null) return (path) => (end) => {
		spend(pattern.length + perTest);
		return plain(path, end);
	};
	const tokens = tokensOf(pattern);
	if (tokens === null) return () => () => false;
	return (path) => {
		let ends = null;
		return (end) => {
			ends ??= matchingEnds(tokens, path, spend);
			return ends.has(end);
		};
	};
}
function plainTest(pattern) {
	if (!special.test(pattern)) return (path, end) => end === pattern.length && path.startsWith(pattern);
	const after = pattern.slice(2);
	if (pattern.startsWith("**") && !special.test(after)) {
		const isWhole = (path, end) => after.startsWith("/") && end === after.length - 1 && path.startsWith(after.slice(1));
		return (path, end) => end >= after.length && path.startsWith(after, end - after.length) || isWhole(path, end);
	}
	const before = pattern.slice(0, -2);
	if (pattern.endsWith("**") && !special.test(before)) return (path, end) => end >= before.length && path.startsWith(before);
	return null;
}
function tokensOf(pattern) {
	const characters = Array.from(pattern);
	const tokens = [];
	for (let at = characters[0] === "﻿" ? 1 : 0; at < characters.length; at++) {
		const character = characters[at] ?? "";
		if (character === "*" && characters[at + 1] === "*") {
			at += characters[at + 2] === "/" ? 2 : 1;
			tokens.push({ kind: at === characters.length - 1 ? "rest" : "deep" });
		} else if (character === "*") tokens.push({ kind: "star" });
		else if (character === "?") tokens.push({ kind: "any" });
		else if (character === "[") {
			const found = readClass(characters, at + 1);
			if (found === null) return null;
			tokens.push({
				kind: "class",
				has: found.has
			});
			at = found.end;
		} else if (character === "\\") {
			at++;
			const escaped = literal(characters, at);
			if (escaped === null) return null;
			tokens.push({
				kind: "character",
				character: escaped
			});
		} else if (character === "^") return null;
		else tokens.push({
			kind: "character",
			character
		});
	}
	return tokens;
}
function readClass(characters, from) {
	const isNegated = characters[from] === "^";
	const ranges = [];
	let at = isNegated ? from + 1 : from;
	const readOne = () => {
		const isEscaped = characters[at] === "\\";
		if (!isEscaped && "*?[]-".includes(characters[at] ?? "]")) return null;
		const character = isEscaped ? literal(characters, at + 1) : characters[at];
		at += isEscaped ? 2 : 1;
		return character?.codePointAt(0) ?? null;
	};
	while (characters[at] !== "]" || ranges.length === 0) {
		const low = readOne();
		if (low === null) return null;
		let high = low;
		if (characters[at] === "-") {
			at++;
			high = readOne();
		}
		if (high === null || high < low) return null;
		ranges.push([low, high]);
	}
	const has = (character) => {
		const code = character.codePointAt(0) ?? 0;
		return ranges.some(([low, high]) => low <= code && code <= high) !== isNegated;
	};
	return {
		has,
		end: at
	};
}
function literal(characters, at) {
	const character = characters[at];
	return character === void 0 || /[A-Za-z0-9]/.test(character) ? null : character;
}
function matchingEnds(tokens, path, spend) {
	const ends = new Set();
	const { length } = tokens;
	spend(length + perPath);
	let states = new Uint8Array(length + 1).fill(atToken, 0, 1);
	let next = new Uint8Array(length + 1);
	skip(tokens, states);
	let end = 0;
	for (const character of path) {
		if (character === "/" && states[length] === atToken) ends.add(end);
		spend(length + perCharacter);
		next.fill(0);
		let isAlive = false;
		for (let index = 0; index < length; index++) {
			const state = states[index] ?? 0;
			const token = tokens[index];
			if (state === 0 || token === void 0 || !takes(token, character)) continue;
			isAlive = true;
			if (token.kind === "deep") {
				next[index] = Math.max(next[index] ?? 0, inDeep);
				if (character === "/") next[index + 1] = atToken;
			} else next[token.kind === "star" || token.kind === "rest" ? index : index + 1] = atToken;
		}
		if (!isAlive) return ends;
		skip(tokens, next);
		[states, next] = [next, states];
		end += character.length;
	}
	if (states[length] === atToken) ends.add(end);
	return ends;
}
const inDeep = 1;
const atToken = 2;
const perTest = 8;
const perPath = 256;
const perCharacter = 8;
function takes(token, character) {
	switch (token.kind) {
		case "character": return character === token.character;
		case "class": return token.has(character);
		case "star":
		case "any": return character !== "/";
		case "rest":
		case "deep": return character !== "\n";
	}
}
function skip(tokens, states) {
	for (let index = 0; index < tokens.length; index++) {
		if (states[index] !== atToken) continue;
		const kind = tokens[index]?.kind;
		if (kind === "star" || kind === "deep" || kind === "rest") states[index + 1] = atToken;
	}
}
// src/dockerfile/ignore/ignore-file.ts
function parseIgnoreFile(text, maxSteps = 2 ** 27) {
	let stepsLeft = maxSteps;
	const spend = (steps) => {
		stepsLeft -= steps;
		if (stepsLeft >= 0) return;
		throw new Failure("limit-exceeded", "The patterns of .dockerignore take too long to match.");
	};
	const patterns = patternTexts(text).map((written) => {
		const isException = written.startsWith("!");
		return {
			isException,
			on: ignorePattern(isException ? written.slice(1) : written, spend)
		};
	});
	return { ignores: (path) => isIgnored(path, patterns, spend) };
}
function patternTexts(text) {
	return text.replace(/^\uFEFF/, "").split("\n").flatMap((line) => {
		const written = line.startsWith("#") ? "" : trim(line);
		if (written === "") return [];
		const mark = written.startsWith("!") ? "!" : "";
		const path = cleaned(trim(written.slice(mark.length)));
		const again = trim(`${mark}${path.length > 1 ? path.replace(/^\//, "") : path}`);
		return again === "" ? [] : [cleaned(again)];
	});
}
function cleaned(path) {
	const clean = posix.normalize(path);
	return clean.length > 1 ? clean.replace(/\/$/, "") : clean;
}
function isIgnored(path, patterns, spend) {
	spend(32 * patterns.length);
	const tests = patterns.map(({ on }) => on(path));
	const matched = patterns.map(() => false);
	let isOut = false;
	for (let end = path.indexOf("/");; end = path.indexOf("/", end + 1)) {
		spend(4 * patterns.length);
		isOut = false;
		for (const [index, { isException }] of patterns.entries()) {
			if (matched[index] !== true) {
				if (isException !== isOut) continue;
				matched[index] = tests[index]?.(end === -1 ? path.length : end) ?? false;
			}
			if (matched[index] === true) isOut = !isException;
		}
		if (end === -1) return isOut;
	}
}
// src/audit/notes.ts
async function notesOn(plan, base, inputs, repository) {
	if (!(plan.head.kind === "build" && plan.base.kind === "build" && !isMissing(base)) || repository === null || inputs.basePrepare !== null) return [];
	const files = await headOnlyFiles(plan, repository).catch(unknownFor);
	if ("unknown" in files) return [files.unknown];
	const [first] = files;
	if (first === void 0) return [];
	return [`The build context has files that are not committed (${first}${files.length === 1 ? "" : ` and ${files.length - 1} more`}), and the base was built without them. If its build needs them, create them with base-prepare; else list them in .dockerignore.`];
}
function unknownFor(error) {
	if (!(error instanceof Failure) || error.code !== "limit-exceeded") throw error;
	return { unknown: `It is unknown whether the build context has files that are not committed. ${error.message}` };
}
async function headOnlyFiles(plan, repository) {
	const { context } = plan.definition;
	const uncommitted = await uncommittedInContext(repository, context);
	if (uncommitted.length === 0) return [];
	const prefix = context === "." ? "" : `${context}/`;
	const ignoreFile = parseIgnoreFile(String(await readIgnoreFile(plan.definition, repository.root) ?? ""));
	return uncommitted.filter((path) => {
		const inContext = path.slice(prefix.length).replace(/\/$/, "");
		return inContext === "" || !ignoreFile.ignores(inContext);
	});
}
// src/audit/plan.ts
function makePlan(inputs, place) {
	const definition = rebase(inputs.build, place.directory, place.root);
	const baseFile = inputs.baseFile === null ? null : inside(place, inputs.baseFile);
	return {
		name: inputs.name ?? nameOf(definition.context, place.root),
		platform: definition.platform,
		head: inputs.image === null ? {
			kind: "build",
			definition
		} : {
			kind: "image",
			reference: inputs.image
		},
		base: inputs.compareWith === null ? {
			kind: "build",
			definition: {
				...definition,
				file: baseFile ?? definition.file
			}
		} : {
			kind: "image",
			reference: inputs.compareWith
		},
		definition
	};
}
function inWorkspace(inputs, directory) {
	const within = (path) => isAbsolute(path) && isInside(directory, path) ? relative(directory, path) || "." : path;
	const each = (paths) => new Map([...paths].map(([name, path]) => [name, within(path)]));
	const { build, baseFile } = inputs;
	return {
		...inputs,
		build: {
			...build,
			context: within(build.context),
			file: build.file === null ? null : within(build.file),
			buildContexts: each(build.buildContexts),
			secretFiles: each(build.secretFiles)
		},
		baseFile: baseFile === null ? null : within(baseFile)
	};
}
function rebase(definition, directory, root) {
	const place = {
		directory,
		root
	};
	return {
		...definition,
		context: inside(place, definition.context),
		file: definition.file === null ? null : inside(place, definition.file),
		buildContexts: new Map([...definition.buildContexts].map(([name, value]) => [name, isLocal(value) ? inside(place, value) : value])),
		secretFiles: new Map([...definition.secretFiles].map(([id, path]) => {
			const absolute = resolve(directory, path);
			return [id, isInside(root, absolute) ? relative(root, absolute) : absolute];
		}))
	};
}
function inside(place, path) {
	if (!isLocal(path)) return path;
	const found = relative(place.root, resolve(place.directory, path)).replaceAll("\\", "/");
	if (found === ".." || found.startsWith("../")) throw new Failure("context-outside-workspace", `"${path}" lies outside the repository, so no commit has it: name a path inside ${place.root}.`);
	return found || ".";
}
function isLocal(value) {
	return value !== "-" && !value.includes("://") && !value.startsWith("git@");
}
function nameOf(context, root) {
	return posix.basename(context === "." ? root.replaceAll("\\", "/") : context);
}
// src/docker/build/prepare-base.ts
async function prepareBase(command, directory, options) {
	throwIfCancelled(options.signal);
	const child = startChild("bash", [
		"--noprofile",
		"--norc",
		"-eo",
		"pipefail",
		"-c",
		command
	], {
		cwd: directory,
		env: environmentOfStep(options.env, directory),
		signal: options.signal,
		isGroup: true
	});
	const { mask = maskOf([]) } = options;
	const tail = [];
	const say = (line) => {
		const harmless = harmlessLine(mask.withholds ? withheld : mask.text(line));
		if (mask.withholds && tail.length > 0) return;
		tail.push(harmless);
		if (tail.length > maxTailLines) tail.shift();
		options.log(harmless);
	};
	const [ended] = await Promise.all([
		child.end.catch((cause) => {
			throw new Failure("base-prepare-failed", "The command of base-prepare cannot be run: bash is not installed.", { cause });
		}),
		readMaskedLines(child.stdout, mask, say),
		readMaskedLines(child.stderr, mask, say)
	]);
	throwIfCancelled(options.signal);
	if (ended.code === 0) return;
	throw new Failure("base-prepare-failed", [`The command of base-prepare ${ended.code === null ? "was killed" : `ended with exit code ${ended.code}`}. Its last lines:`, ...tail.map((line) => `  ${line}`)].join("\n"));
}
const maxTailLines = 20;
const withheld = "The output of the command is withheld: a secret of the build is shorter than four characters, so it cannot be distinguished from other text.";
function environmentOfStep(env, directory) {
	const ofAction = /^(INPUT_|STATE_|ACTIONS_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;
	const kept = Object.entries(env).filter(([name]) => !ofAction.test(name));
	return {
		...Object.fromEntries(kept),
		GITHUB_WORKSPACE: directory
	};
}
// src/git/checkout-choices.ts
async function choicesOf(repository) {
	return {
		depth: await depthOf(repository),
		hasLfs: await hasLargeFiles(repository),
		submodules: await submodulesOf(repository),
		sparse: await sparsenessOf(repository)
	};
}
async function depthOf(repository) {
	if (await isPartial(repository)) return 1;
	if (!((await git(repository, ["rev-parse", "--is-shallow-repository"])).trim() === "true")) return null;
	return Number(await git(repository, [
		"rev-list",
		"--count",
		"--first-parent",
		"HEAD"
	]));
}
async function hasLargeFiles(repository) {
	const objects = await gitPath(repository, "lfs/objects");
	return (await readdir(objects).catch(() => [])).length > 0;
}
async function submodulesOf(repository) {
	if (!await hasInitialised(repository)) return "none";
	const paths = (await git(repository, [
		"ls-files",
		"-z",
		"--stage"
	])).split("\0").flatMap((entry) => {
		const [state, path] = entry.split("	", 2);
		return state?.startsWith("160000 ") && path !== void 0 ? [path] : [];
	});
	for (const path of paths) {
		const inside = {
			...repository,
			directory: join(repository.root, path),
			gitDirectory: void 0
		};
		if (existsSync(join(inside.directory, ".git")) && await hasInitialised(inside).catch(() => false)) return "all";
	}
	return "top";
}
async function hasInitialised(place) {
	if ((await git(place, ["rev-parse", "--show-prefix"])).trim() !== "") return false;
	return (await tryGit(place, [
		"config",
		"--local",
		"--get-regexp",
		"^submodule\\..*\\.url$"
	])).code === 0;
}
async function sparsenessOf(repository) {
	if ((await tryGit(repository, [
		"config",
		"--type=bool",
		"--get",
		"core.sparseCheckout"
	])).stdout.trim() !== "true") return null;
	const patterns = await readFile(await gitPath(repository, "info/sparse-checkout"), "utf8").catch(() => null);
	if (patterns === null) return null;
	return {
		patterns,
		isCone: (await tryGit(repository, [
			"config",
			"--type=bool",
			"--get",
			"core.sparseCheckoutCone"
		])).stdout.trim() === "true"
	};
}
async function gitPath(repository, path) {
	return resolve(repository.root, (await git(repository, [
		"rev-parse",
		"--git-path",
		path
	])).replace(/\r?\n$/, ""));
}
// src/git/checkout.ts
async function checkOut(repository, commit, options = {}) {
	const source = {
		...repository,
		signal: options.signal ?? repository.signal
	};
	const holder = await obtainCommit(source, commit);
	const choices = await choicesOf(source);
	const origin = await originOf(source);
	await using stack = new AsyncDisposableStack();
	const directory = await mkdtemp(join(dirname(repository.store), "image-audit-base-"));
	stack.defer(() => rm(directory, {
		recursive: true,
		force: true,
		maxRetries: 3
	}));
	const place = ownPlace(source, directory, origin?.env ?? source.env);
	if (holder === "repository" && choices.depth === null) await cloneWhole(place, source.root);
	else await fetchLocally(place, commit, holder === "store" ? source.store : source.root, choices.depth ?? 1);
	await copyTemplate(source, directory);
	if (origin !== null) await git(place, [
		"config",
		"remote.origin.url",
		origin.url
	]);
	await fill(place, commit, choices);
	const release = stack.move();
	return {
		directory,
		[Symbol.asyncDispose]: () => release.disposeAsync()
	};
}
async function cloneWhole(place, root) {
	await gitWork(place, [
		"clone",
		"--quiet",
		"--no-checkout",
		"--template=",
		...trustingUpload,
		"--",
		root,
		"."
	]);
}
async function fetchLocally(place, commit, source, depth) {
	await git(place, [
		"init",
		"--quiet",
		"--template=",
		`--object-format=${formatOf$1(commit)}`
	]);
	await gitWork(place, [
		"-c",
		"protocol.file.allow=always",
		...[
			...fetchOne,
			`--depth=${depth}`,
			...trustingUpload,
			"--",
			source,
			commit
		]
	]);
}
async function copyTemplate(source, directory) {
	const common = (await git(source, ["rev-parse", "--git-common-dir"])).replace(/\r?\n$/, "");
	for (const name of [
		"description",
		"hooks",
		"info/exclude"
	]) {
		const from = join(resolve(source.directory, common), name);
		await cp(from, join(directory, ".git", name), {
			recursive: true,
			verbatimSymlinks: true
		}).catch(ignoreMissing);
	}
}
function ignoreMissing(error) {
	if (error.code !== "ENOENT") throw error;
}
async function fill(place, commit, choices) {
	const filters = choices.hasLfs ? smudge : pointers;
	const env = choices.hasLfs ? place.env : {
		...place.env,
		GIT_LFS_SKIP_SMUDGE: "1"
	};
	const filling = {
		...place,
		env
	};
	if (choices.sparse !== null) {
		await mkdir(join(place.directory, ".git", "info"), { recursive: true });
		await writeFile(join(place.directory, ".git", "info", "sparse-checkout"), choices.sparse.patterns);
		await git(place, [
			"config",
			"core.sparseCheckout",
			"true"
		]);
		await git(place, [
			"config",
			"core.sparseCheckoutCone",
			String(choices.sparse.isCone)
		]);
	}
	await gitWork(filling, [
		...filters,
		"checkout",
		"--quiet",
		"--force",
		"--detach",
		commit
	]);
	if (choices.submodules === "none") return;
	const recursive = choices.submodules === "all" ? ["--recursive"] : [];
	await gitWork(filling, [
		...filters,
		"submodule",
		"--quiet",
		"update",
		"--init",
		"--force",
		"--depth=1",
		...recursive
	]);
}
const trustingUpload = ["--upload-pack", "git -c safe.directory=* -c uploadpack.allowAnySHA1InWant=true upload-pack"];
const smudge = [
	"filter.lfs.process=git-lfs filter-process",
	"filter.lfs.smudge=git-lfs smudge -- %f",
	"filter.lfs.required=true"
].flatMap((setting) => ["-c", setting]);
const pointers = [
	"filter.lfs.process=",
	"filter.lfs.smudge=",
	"filter.lfs.required=false"
].flatMap((setting) => ["-c", setting]);
// src/audit/prepare.ts
async function prepareHead(plan, options) {
	const { root } = options;
	if (plan.head.kind === "build") return buildSide("head", plan.head.definition, root, options);
	return existing("head", plan.head.reference, plan, root);
}
async function prepareBaseSide(plan, commit, basePrepare, options) {
	if (plan.base.kind === "image") return existingBase(plan.base.reference, plan, options);
	const { repository, progress, stack, env, signal, mask } = options;
	if (commit === null || repository === null) throw new Error("a base is to be built and no commit is known");
	if (isMissing(commit)) return commit;
	const { definition } = plan.base;
	try {
		progress.step(`Checking out the base ${commit.name} ${commit.commit.slice(0, 7)}`);
		const checkout = stack.use(await checkOut(repository, commit.commit, { signal }));
		if (basePrepare !== null) {
			progress.step("Preparing the base");
			await prepareBase(basePrepare, checkout.directory, {
				env,
				log: progress.detail,
				mask,
				signal
			});
		}
		const path = dockerfileOf(definition);
		if (await isNowhere(join(checkout.directory, path))) {
			if (path === dockerfileOf(plan.definition)) return await whyAbsent(definition, commit, repository);
			return {
				reason: "unavailable",
				message: `base-file is ${path}, but ${commit.name} has no such file.`
			};
		}
		const lacking = await lackingDirectory(definition, checkout.directory);
		if (lacking !== null) return {
			reason: "build-failed",
			message: `${commit.name} has no directory ${lacking}, which is a build context.`
		};
		const secretFiles = await secretFilesOf(definition, checkout.directory, {
			repository,
			name: commit.name
		});
		return await buildSide("base", {
			...definition,
			secretFiles
		}, checkout.directory, options);
	} catch (error) {
		const missing = missingBaseFor(error);
		for (const line of missing.message.split("\n")) progress.detail(line);
		return missing;
	}
}
async function buildSide(side, definition, root, options) {
	const { progress, stack, signal, reading } = options;
	const builder = await options.builder();
	const request = {
		definition,
		side,
		root,
		cacheScope: options.cacheScope ?? {
			repository: options.root,
			change: "working tree"
		}
	};
	progress.step(`Building the ${side}`);
	if (builder.driver !== "docker") return {
		...await options.readFromBuilder(request, builder),
		definition,
		isBuilt: true,
		buildPlatform: builder.platform
	};
	const { run } = reading;
	const { reference, configDigest, materials, dockerfile, record } = stack.use(await buildImage(request, builder, {
		log: progress.detail,
		signal,
		run
	}));
	return {
		image: {
			reference: {
				kind: "engine",
				name: reference
			},
			platform: definition.platform,
			configDigest,
			isBuilt: true,
			side
		},
		definition,
		dockerfile,
		materials,
		isBuilt: true,
		buildPlatform: builder.platform,
		record
	};
}
async function existing(side, reference, plan, root) {
	return {
		image: {
			reference,
			platform: plan.platform,
			configDigest: null,
			isBuilt: false,
			side
		},
		definition: plan.definition,
		dockerfile: root === null ? null : await readDockerfile(plan.definition, root).then(String, () => null),
		materials: [],
		isBuilt: false,
		buildPlatform: null,
		record: null
	};
}
async function existingBase(reference, plan, { reading, progress, signal }) {
	progress.step("Finding the base's image");
	try {
		if (!("path" in reference)) {
			const found = await provideImage(reference, plan.platform, await reading.engine(), signal);
			const side = await existing("base", {
				kind: "engine",
				name: reference.name
			}, plan, null);
			return {
				...side,
				image: {
					...side.image,
					found
				}
			};
		}
		const side = await existing("base", reference, plan, null);
		const [image] = await readImages([side.image], reading);
		return {
			...side,
			image
		};
	} catch (error) {
		const label = {
			name: written(reference),
			side: "base"
		};
		return missingBaseFor(namingImage(await withNearName(error, reference), label), reasonsUnavailable);
	}
}
async function secretFilesOf({ secretFiles }, root, { repository, name }) {
	const found = new Map();
	for (const [id, path] of secretFiles) {
		const isHeads = !isAbsolute(path) && await isNowhere(join(root, path));
		if (isHeads && await isTracked(repository, path)) throw new Failure("build-failed", `${name} has no file ${path}, which its build needs as the secret ${id}.`);
		found.set(id, isHeads ? join(repository.root, path) : path);
	}
	return found;
}
async function isNowhere(path) {
	return lstat(path).then(() => false, isAbsent);
}
async function lackingDirectory({ context, buildContexts }, root) {
	for (const path of [context, ...buildContexts.values()]) if (!isRemote(path) && await isNowhere(join(root, path))) return path;
	return null;
}
// src/audit/tool.ts
const tool = {
	name: "image-audit",
	version: "0.1.0"
};
// src/audit/audit.ts
async function audit(given, question, environment) {
	const inputs = inWorkspace(given, environment.directory);
	const { progress, signal } = environment;
	await using stack = new AsyncDisposableStack();
	stack.defer(() => progress.end());
	const repository = await repositoryOf(inputs, environment);
	if (repository !== null) {
		stack.use(repository);
		await checkHead(repository, question, environment.env["GITHUB_SHA"] ?? null, environment);
	}
	const root = repository?.root ?? await realpath(environment.directory);
	const plan = makePlan(inputs, {
		directory: await realpath(environment.directory),
		root
	});
	const options = prepareOptions(plan, inputs, {
		...environment,
		root,
		repository,
		stack
	});
	const commit = plan.base.kind === "build" ? await baseCommitOf(repository, question, environment) : null;
	const base = await prepareBaseSide(plan, commit, inputs.basePrepare, options);
	const head = await prepareHead(plan, options);
	const inspected = await inTurns(inspectingSides(await readSides({
		head,
		base
	}, options)), signal);
	const image = await auditImage({
		name: plan.name,
		dockerfile: head.dockerfile === null ? null : dockerfileOf(plan.definition)
	}, inspected, inputs.policy, signal);
	return {
		schemaVersion: 1,
		tool,
		verdict: image.verdict,
		headCommit: repository === null ? null : await currentCommit(repository),
		baseCommit: commit === null || isMissing(commit) ? null : commit.commit,
		baseName: commit === null || isMissing(commit) ? null : commit.name,
		images: [image],
		notes: await notesOn(plan, base, inputs, repository)
	};
}
async function readSides({ head, base }, { progress, reading }) {
	const unread = [head, base].filter((side) => !isMissing(side) && isUnread(side.image));
	if (unread.length > 0) progress.step(unread.length > 1 ? "Reading both images" : "Reading the image");
	if (isMissing(base)) {
		const [image] = await readImages([head.image], reading);
		return {
			head: {
				...head,
				image
			},
			base
		};
	}
	const [image, baseImage] = await readImages([head.image, base.image], reading);
	return {
		head: {
			...head,
			image
		},
		base: {
			...base,
			image: baseImage
		}
	};
}
async function repositoryOf(inputs, { directory, env, signal, access = null }) {
	if (inputs.compareWith !== null && inputs.image !== null) return null;
	return openRepository(directory, {
		env,
		signal,
		access,
		isWorkspace: env["GITHUB_ACTIONS"] === "true",
		context: inputs.build.context
	});
}
async function baseCommitOf(repository, question, { mergeBaseByApi }) {
	if (repository === null) throw new Error("a base is to be built and there is no repository");
	const isNamed = question.kind === "terminal" && question.baseBranch !== null;
	return findBase(repository, question, { mergeBaseByApi }).catch((error) => {
		if (isNamed) throw error;
		return missingBaseFor(error);
	});
}
function prepareOptions(plan, inputs, environment) {
	const { progress, signal, run, stack } = environment;
	const env = dockerEnvironment(environment.env, namesForBuild(plan.definition));
	const builder = once$1(() => probeBuilder({
		env,
		builder: plan.definition.builder,
		signal
	}));
	const isBuilding = plan.head.kind === "build" || plan.base.kind === "build";
	const shared = {
		examine: examineContent,
		store: environment.store ?? readingsOfThisRun(),
		run,
		signal
	};
	return {
		...environment,
		builder,
		reading: {
			...shared,
			needsPullSize: needsPullSize(inputs.policy),
			remark: progress.detail,
			engine: isBuilding ? builder : once$1(() => probeEngine({
				env,
				signal
			}))
		},
		readFromBuilder: builderReader({
			...shared,
			route: environment.builderRoute,
			log: progress.detail,
			stack
		})
	};
}
// src/audit/exit-status.ts
const statusOfVerdict = {
	pass: 0,
	warn: 0,
	fail: 1,
	inconclusive: 2
};
function exitOf(error) {
	if (error instanceof Failure) return {
		status: 2,
		code: error.code,
		message: error.message,
		stack: null
	};
	if (isSystemError(error)) return {
		status: 2,
		code: "file-failed",
		message: systemMeaning(error),
		stack: null
	};
	const thrown = error instanceof Error ? error : new Error(String(error));
	return {
		status: 3,
		code: "bug",
		message: `This is a bug in Image Audit, please report it: ${thrown.message}`,
		stack: thrown.stack ?? null
	};
}
function maskedError(error, mask) {
	if (!(error instanceof Error)) return typeof error === "string" ? mask.text(error) : error;
	error.message = mask.text(error.message);
	if (error.stack !== void 0) error.stack = mask.text(error.stack);
	if ("path" in error && typeof error.path === "string") error.path = mask.text(error.path);
	return error;
}
function unfinishedAudit(exit) {
	return {
		schemaVersion: 1,
		tool,
		verdict: "inconclusive",
		headCommit: null,
		baseCommit: null,
		baseName: null,
		images: [],
		notes: [],
		error: {
			code: exit.code,
			message: exit.message
		}
	};
}
// src/process/heap.ts
function keepHeapSmall() {
	setFlagsFromString("--semi-space-growth-factor=1");
	setFlagsFromString("--heap-growing-percent=40");
	setFlagsFromString("--no-parallel-scavenge");
}
// src/process/progress.ts
function maskedProgress(progress, mask) {
	return {
		step: (title) => progress.step(mask.text(title)),
		detail: (line) => progress.detail(mask.text(line)),
		end: () => progress.end()
	};
}
// src/process/search-path.ts
function searchAbsolutePaths(env) {
	const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
	env[name] = (env[name] ?? "").split(delimiter).filter(isAbsolute).join(delimiter);
	env["NoDefaultCurrentDirectoryInExePath"] = "1";
}
// src/policy/worth-saying.ts
const defaultMinChange = {
	kind: "or",
	bytes: 1e5,
	percent: .5
};
function isWorthSaying(audit, minChange) {
	if (audit.verdict !== "pass" || audit.error !== void 0) return true;
	return audit.images.some((image) => isChanged(image, minChange));
}
function isChanged({ head, base, comparison, baseMissing }, minChange) {
	if (comparison === null || base === null) return baseMissing?.reason !== "not-asked";
	const { size, shells, packageManagers, baseImage, stages } = comparison;
	return breaches(minChange, {
		difference: Math.abs(attributable(comparison)),
		base: size.base ?? 0
	}) || [shells, packageManagers].some(({ appeared, gone }) => appeared.length + gone.length > 0) || baseImage.kind === "changed" || head.start.verdict === "no" !== (base.start.verdict === "no") || startsOtherwise(head, base) || hasNewGitDirectory(head, base) || [stages.declared, stages.reachable].some(({ difference }) => difference !== null && difference !== 0);
}
// src/report/text/escape.ts
function markdownCode(text, maxCharacters = 120) {
	return `<code>${asEntities(visible(shortened(text, maxCharacters)))}</code>`;
}
function breakableCode(text, maxCharacters = 120) {
	return `<code>${visible(shortened(text, maxCharacters)).replace(/[^\s-]{4,}?(?:[/_.=,@]|:(?!\/))(?=[^\s-]{4})/g, "$&\0").replace(/[^\s\0-]{14}(?=[^\s\0:-]{4})/g, "$&\0").split("\0").map(asEntities).join("<wbr>")}</code>`;
}
function asEntities(text) {
	return text.replace(/[&<>"'|`#*~^[\]$\\]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=www)\.|:(?=\/)/gi, entity).replaceAll("@", "<!-- -->&#64;<!-- -->").replace(/^ | $/g, "&#32;");
}
function markdownText(text, maxCharacters = 1e3) {
	return visible(shortened(text.trim(), maxCharacters).replace(/\s+/g, " ")).split(" ").map((word) => isPlain(word) ? word : wordAsCode(word)).join(" ").replaceAll("</code> <code>", " ");
}
function withoutMarkup(markdown) {
	return markdown.replace(/<!-- -->|<wbr>|<\/?code>/g, "").replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code, name) => code === void 0 ? characters.get(name) ?? "" : String.fromCodePoint(Number(code)));
}
function terminalText(text, maxCharacters = 1e3) {
	return visible(shortened(text, maxCharacters)).replaceAll("##[", "## [").replace(/(?<=(?:^|\s):*):(?=:)/g, ": ");
}
function annotationText(text) {
	return terminalText(text, 4e3);
}
function shortened(text, maxCharacters) {
	const characters = [...(text.length > 4 * maxCharacters ? `${text.slice(0, 2 * maxCharacters)}${text.slice(-2 * maxCharacters)}` : text).toWellFormed()];
	if (characters.length <= maxCharacters) return characters.join("");
	const head = Math.ceil((maxCharacters - 1) * .6);
	return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (maxCharacters - 1 - head)).join("")}`;
}
function visible(text) {
	return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}|(?<=\p{M}{2})\p{M}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
function entity(character) {
	return named.get(character) ?? `&#${character.codePointAt(0)};`;
}
const named = new Map([
	["&", "&amp;"],
	["<", "&lt;"],
	[">", "&gt;"],
	["\"", "&quot;"]
]);
const characters = new Map([...named].map(([character, reference]) => [reference.slice(1, -1), character]));
function wordAsCode(word) {
	const [, before = "", core = "", after = ""] = /^([("']*)(.*?)([)"',.;:!?]*)$/su.exec(word) ?? [];
	return core === "" ? word : `${before}${markdownCode(core, 1e3)}${after}`;
}
function isPlain(word) {
	if (/^\d{1,5}(?:\.\d{1,3})?[,;:]?$/.test(word)) return true;
	return /^[("']?\p{L}+(?:['’-]\p{L}+)*["')]?[.,;:?]{0,2}$/u.test(word) && !/[0-9a-f]{7,}|www/i.test(word);
}
// src/report/model/headline.ts
function headlineOf(image, baseName) {
	const bad = worstFirst(image.findings).filter(({ verdict }) => verdict !== "pass");
	if (bad.length === 0) return praised(image);
	const size = {
		bytes: image.head.size,
		...apartFromLimit(image.findings)
	};
	const shorts = distinct(bad.map((finding) => explain(finding, image).short));
	return say`${image.name} is ${size}${comparedTo(image, baseName)}: ${enumerated(shorts)}`;
}
function worstFirst(findings) {
	return findings.toSorted((a, b) => severity.indexOf(a.verdict) - severity.indexOf(b.verdict));
}
function praised(image) {
	const difference = image.comparison?.size.difference ?? null;
	const change = difference === null ? [] : difference === 0 ? say` (unchanged)` : say` (${{ change: difference }})`;
	return [
		say`${image.name} ${{ bytes: image.head.size }}${change}`,
		...exempted(image.comparison),
		...image.findings.flatMap((finding) => {
			const { praise } = explain(finding, image);
			return praise === void 0 ? [] : [praise];
		}),
		...image.head.distroless.verdict === "yes" ? [say`distroless`] : []
	].flatMap((part, index) => index === 0 ? part : [", ", ...part]);
}
function exempted(comparison) {
	if (comparison === null) return [];
	const { baseImage, drift } = comparison.split;
	return [...comparison.baseImage.kind === "moved" && baseImage !== 0 ? [say`${{ change: baseImage }} from the moved base image`] : [], ...drift === 0 ? [] : [say`${{ change: drift }} from drift`]];
}
function comparedTo({ comparison }, baseName) {
	const difference = comparison?.size.difference ?? null;
	if (difference === null) return [];
	const base = baseName === null ? say`before` : say`${baseName}`;
	if (difference === 0) return say`, as large as ${base}`;
	return say`, ${{ bytes: Math.abs(difference) }} ${difference > 0 ? say`more` : say`less`} than ${base}`;
}
function enumerated(sentences) {
	const last = sentences.length - 1;
	return sentences.flatMap((sentence, index) => index === 0 ? sentence : [index === last ? ", and " : ", ", ...sentence]);
}
function apartFromLimit(findings) {
	const [limit] = findings.filter((finding) => factOf(finding) === "size" && finding.verdict !== "pass").flatMap(({ limit }) => typeof limit === "number" ? [limit] : []);
	return limit === void 0 ? {} : { unlike: limit };
}
function distinct(sentences) {
	return [...new Map(sentences.map((sentence) => [JSON.stringify(sentence), sentence])).values()];
}
// src/report/text/format.ts
function formatBytes(bytes) {
	const unit = unitOf(bytes);
	return `${inUnit(bytes, unit, digitsFor(bytes, unit))}\u00a0${unit.name}`;
}
function formatBytesUnlike(bytes, other) {
	if (bytes === other) return formatRound(bytes);
	const unit = unitOf(bytes);
	for (let digits = digitsFor(bytes, unit); digits <= digitsFor(bytes, unit) + 2; digits++) {
		const text = inUnit(bytes, unit, digits);
		if (text !== inUnit(other, unit, digits)) return `${trimmed(bytes, unit, text)}\u00a0${unit.name}`;
	}
	return `${grouped$1(bytes)}\u00a0B`;
}
function formatRow(sizes) {
	const known = sizes.filter((size) => size !== null);
	const unit = unitOf(Math.max(0, ...known));
	if (!known.every((size) => size === 0 || size * 10 >= unit.factor)) return sizes.map((size) => size === null ? null : formatBytes(size));
	return sizes.map((size) => size === null ? null : `${inUnit(size, unit, digitsFor(size, unit))}\u00a0${unit.name}`);
}
function formatChange(bytes) {
	return bytes === 0 ? "±0\xA0B" : `${signOf(bytes)}${formatBytes(Math.abs(bytes))}`;
}
function formatCountChange(count) {
	return count === 0 ? "±0" : `${signOf(count)}${Math.abs(count)}`;
}
function formatPercentChange(percent) {
	const size = Math.abs(percent);
	if (size >= 1e3) return null;
	if (size < .05) return size === 0 ? "±0%" : `${signOf(percent)}<0.1%`;
	if (size > 99 && size < 100) return `${signOf(percent)}${Math.min(size, 99.9).toFixed(1)}%`;
	return `${signOf(percent)}${size.toFixed(size < 10 ? 1 : 0)}%`;
}
function formatLimit(limit) {
	switch (limit.kind) {
		case "bytes": return formatRound(limit.bytes);
		case "percent": return `${limit.percent}%`;
		case "and":
		case "or": return `${limit.percent}% ${limit.kind} ${formatRound(limit.bytes)}`;
	}
}
function formatCommit(commit) {
	return commit.slice(0, 7);
}
const bytesUnit = {
	name: "B",
	factor: 1
};
const units = [
	{
		name: "TB",
		factor: 0xe8d4a51000
	},
	{
		name: "GB",
		factor: 1e9
	},
	{
		name: "MB",
		factor: 1e6
	},
	{
		name: "kB",
		factor: 1e3
	}
];
function unitOf(bytes) {
	return units.find(({ factor }) => bytes >= factor * .9995) ?? bytesUnit;
}
function digitsFor(bytes, unit) {
	if (unit.factor === 1) return 0;
	const value = bytes / unit.factor;
	if (value < 9.995) return 2;
	return value < 99.95 ? 1 : 0;
}
function inUnit(bytes, unit, digits) {
	return (bytes / unit.factor).toFixed(digits);
}
function formatRound(bytes) {
	const unit = unitOf(bytes);
	return `${trimmed(bytes, unit, inUnit(bytes, unit, digitsFor(bytes, unit)))}\u00a0${unit.name}`;
}
function trimmed(bytes, unit, text) {
	return bytes % unit.factor === 0 ? String(bytes / unit.factor) : text;
}
function grouped$1(count) {
	return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
function signOf(value) {
	return value < 0 ? "−" : "+";
}
// src/report/text/sentence.ts
function inMarkdown(sentence) {
	return withCode(sentence, markdownCode);
}
function inCell(sentence) {
	return withCode(sentence, breakableCode);
}
function withCode(sentence, code) {
	return sentence.map((part) => write(part, {
		ours: ourMarkdown,
		code,
		words: markdownText
	})).join("");
}
function inText(sentence, code = (text) => text) {
	return sentence.map((part) => write(part, {
		ours: (text) => text,
		code: (text) => code(terminalText(text, 200)),
		words: (text) => terminalText(text.replace(/\s+/g, " "))
	})).join("");
}
function write(part, { ours, code, words }) {
	if (typeof part === "string") return ours(part);
	if ("code" in part) return code(part.code);
	if ("words" in part) return words(part.words);
	if ("change" in part) return ours(formatChange(part.change));
	if ("limit" in part) return ours(formatLimit(part.limit));
	return ours(part.unlike === void 0 ? formatBytes(part.bytes) : formatBytesUnlike(part.bytes, part.unlike));
}
function ourMarkdown(text) {
	return text.replace(/[&<>*_`|[\]~\\]/g, (character) => `&#${character.codePointAt(0)};`);
}
// src/report/machine/bounded.ts
function bounded(record, max = maxCharacters) {
	for (const level of levels$1) {
		const cut = cutTo(record, level, max);
		if (cut === null) continue;
		return cut.omitted.length === 0 ? record : {
			...cut.record,
			omitted: cut.omitted
		};
	}
	throw new Error("the last level fits any record");
}
const maxCharacters = 32e6;
const levels$1 = [
	{
		items: 1e4,
		characters: 65536
	},
	{
		items: 1e3,
		characters: 4096
	},
	{
		items: 100,
		characters: 1024
	},
	{
		items: 10,
		characters: 512
	},
	{
		items: 3,
		characters: 256
	}
];
const maxOmissions = 1e3;
function cutTo(record, { items, characters }, max) {
	const omitted = [];
	let left = max;
	function omit(at, of) {
		if (omitted.length < maxOmissions) omitted.push({
			at,
			of
		});
	}
	function cut(value, at) {
		if (left < 0) return null;
		if (typeof value === "string") {
			left -= Math.min(value.length, characters) + 3;
			if (value.length <= characters) return value;
			omit(at, value.length);
			return bothEnds(value, characters);
		}
		if (typeof value !== "object" || value === null) {
			left -= 8;
			return value;
		}
		if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => {
			left -= key.length + 6;
			return [key, cut(item, at === "" ? key : `${at}.${key}`)];
		}));
		if (value.length > items) omit(at, value.length);
		return value.slice(0, items).map((item, index) => cut(item, `${at}.${index}`));
	}
	const result = cut(record, "");
	return left < 0 ? null : {
		record: result,
		omitted
	};
}
function bothEnds(text, characters) {
	const end = Math.floor((characters - 1) / 2);
	return `${text.slice(0, end)}…${text.slice(-end)}`.toWellFormed();
}
// src/report/machine/json.ts
function renderJson(value) {
	return `${withEscapes(JSON.stringify(bounded(value), null, 2))}\n`;
}
function renderJsonLine(value) {
	return `${withEscapes(JSON.stringify(value))}\n`;
}
function withEscapes(json) {
	return json.replaceAll("##[", "##\\u005b").replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}
function escaped(character) {
	return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index)).map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
// src/report/model/layers.ts
function layerRows({ head, base, comparison }) {
	return grouped(comparison?.layers ?? head.layers.map((layer, index) => ({
		...layer,
		kind: "added",
		head: index,
		base: null
	}))).map((group) => {
		const sizes = {
			head: sumOf(group.map((change) => sizeIn(head, change.head))),
			base: sumOf(group.map((change) => sizeIn(base, change.base)))
		};
		return {
			number: numberOf(group),
			count: group.length,
			line: group.length > 1 || group[0].head === null ? null : group[0].line,
			what: group.length > 1 ? say`base image, ${group.length} layers` : whatOf(group[0]),
			...sizes,
			difference: comparison === null ? null : (sizes.head ?? 0) - (sizes.base ?? 0),
			note: comparison === null ? "" : noteOf(group[0].kind, sizes)
		};
	});
}
function layerTotal(rows) {
	const count = (isGone) => rows.reduce((sum, row) => sum + (row.number === "" === isGone ? row.count : 0), 0);
	return `${count(false)}${count(true) === 0 ? "" : `, and ${count(true)} gone`}`;
}
function grouped(changes) {
	const groups = [];
	for (const change of changes) {
		const last = groups.at(-1);
		if (change.origin === "base-image" && last?.[0].origin === "base-image" && last[0].kind === change.kind) last.push(change);
		else groups.push([change]);
	}
	return groups;
}
function numberOf(group) {
	const [first, last] = [group[0].head, group.at(-1)?.head ?? null];
	if (first === null || last === null) return "";
	return first === last ? `${first + 1}` : `${first + 1}–${last + 1}`;
}
function noteOf(kind, sizes) {
	switch (kind) {
		case "removed": return "gone";
		case "added": return "new";
		case "changed": return sizes.head === 0 && sizes.base === 0 ? "" : "changed";
		default: return kind;
	}
}
function sumOf(sizes) {
	return sizes.reduce((sum, size) => size === null ? sum : (sum ?? 0) + size, null);
}
function whatOf({ createdBy, origin }) {
	const instruction = instructionOf(createdBy);
	if (origin !== "base-image") return instruction ?? unknownInstruction;
	return instruction === null ? say`base image` : say`base image: ${instruction}`;
}
function instructionOf(createdBy) {
	const text = createdBy === null ? "" : readHistory(createdBy).text;
	return text === "" ? null : say`${text}`;
}
const unknownInstruction = ["unknown instruction"];
function sizeIn(side, index) {
	return index === null ? null : side?.layers[index]?.size ?? null;
}
// src/report/model/overview.ts
const words = {
	fail: "over policy",
	inconclusive: "inconclusive",
	warn: "with warnings",
	pass: "passed"
};
function overviewOf({ images }) {
	const counts = Object.keys(words).map((verdict) => ({
		verdict,
		count: images.filter((image) => image.verdict === verdict).length
	})).filter(({ count }) => count > 0).map(({ verdict, count }) => `${count} ${words[verdict]}`);
	return `${images.length} images: ${counts.join(", ")}`;
}
// src/policy/advice/git-directories.ts
function withoutGit({ gitDirectories, layers }) {
	return gitDirectories.filter(({ layer }) => layers[layer]?.origin !== "base-image").slice(0, 2).map((directory) => gitAdvice(directory, layers[directory.layer]));
}
function gitAdvice({ path, bytes }, layer) {
	const what = say`${path} (${{ bytes }})`;
	const where = layer === void 0 || layer.line === null ? null : say`Line ${layer.line}`;
	if (where === null || layer === void 0) return say`The image holds ${what}, the whole history of a repository. Keep it out: if it is copied from the build context, list it in ${".dockerignore"}.`;
	if (copiesContext(layer)) return say`${where} copies ${what} into the image: list ${".git"} in ${".dockerignore"}. It holds the whole history of the repository and differs in every clone, so this step and those after it never come from the build cache.`;
	return say`${where} leaves ${what} in the image, the whole history of a repository: ${instructionOf$1(layer).keyword === "RUN" ? say`remove it in the same instruction` : say`copy only what is needed`}.`;
}
// src/report/model/advice.ts
function adviceOn(image) {
	const all = worstFirst(image.findings).flatMap((finding) => finding.verdict === "pass" ? [] : explain(finding, image).advice);
	return [...[...new Map(all.map((advice) => [JSON.stringify(advice), advice])).values()].slice(0, maxAdvice), ...withoutGit(image.head)];
}
const maxAdvice = 5;
// src/report/model/files.ts
function fileLists({ comparison }) {
	if (comparison === null) return [];
	const { grownFiles, shrunkFiles, fileCounts } = comparison;
	const shrunk = shrunkFiles.map((file) => ({
		...file,
		line: null
	}));
	return [{
		title: "Files that grew",
		rows: grownFiles,
		count: fileCounts.grown
	}, {
		title: "Files that shrank",
		rows: shrunk,
		count: fileCounts.shrunk
	}].filter(({ count }) => count > 0);
}
// src/report/model/growth.ts
function sizeChanges({ comparison, dockerfile }) {
	const difference = comparison?.size.difference ?? 0;
	if (comparison === null || difference === 0) return null;
	const sign = Math.sign(difference);
	const parts = comparison.parts.filter((part) => part.difference * sign > 0).toSorted((a, b) => sign * (b.difference - a.difference));
	const against = restOf(comparison.parts.filter((part) => part.difference * sign < 0));
	return {
		direction: sign > 0 ? "grew" : "shrank",
		parts: parts.slice(0, maxParts).map((part) => describe(part, comparison, dockerfile ?? null)),
		rest: restOf(parts.slice(maxParts)),
		against: against === null || Math.abs(against.difference) * 100 < Math.abs(difference) ? null : against
	};
}
function restOf(parts) {
	if (parts.length === 0) return null;
	return {
		layers: parts.length,
		difference: parts.reduce((sum, part) => sum + part.difference, 0)
	};
}
function restLines({ rest, against, direction }) {
	const other = direction === "grew" ? "smaller or gone" : "larger or new";
	return [...rest === null ? [] : [{
		...rest,
		what: `${rest.layers} more`
	}], ...against === null ? [] : [{
		...against,
		what: `${against.layers} ${against.layers === 1 ? "other" : "others"}, ${other}`
	}]];
}
const maxParts = 4;
function describe(part, comparison, dockerfile) {
	const layer = comparison.layers[part.layer ?? -1];
	const { where, what } = layer === void 0 ? baseImage(comparison) : instruction(layer, dockerfile);
	return {
		where,
		what,
		difference: part.difference,
		paths: part.paths.map(pathText)
	};
}
function baseImage({ baseImage }) {
	const head = say`${readableReference(baseImage.head?.resolved ?? "unknown")}`;
	const base = say`${readableReference(baseImage.base?.resolved ?? "unknown")}`;
	return {
		where: null,
		what: baseImage.kind === "changed" ? say`base image ${head} instead of ${base}` : say`base image ${head}, which moved`
	};
}
function instruction(layer, dockerfile) {
	const kind = {
		added: "",
		changed: "",
		same: "",
		drift: " (drift)",
		removed: " (gone)"
	}[layer.kind];
	return {
		where: whereIs(layer, dockerfile),
		what: say`${instructionOf(layer.createdBy) ?? unknownInstruction}${[kind]}`
	};
}
function whereIs({ line, head }, dockerfile) {
	if (line === null || head === null) return null;
	return dockerfile === null ? say`line ${line}` : say`${`${dockerfile}:${line}`}`;
}
function pathText({ path, difference, packages = [], packageCount = 0 }) {
	const place = say`${path} ${{ change: difference }}`;
	if (packages.length === 0) return place;
	const others = packages.filter(({ isWhole }) => !isWhole);
	const isWithin = Math.abs(others.reduce((sum, own) => sum + own.difference, 0)) <= Math.abs(difference);
	const names = packages.map((own) => own.isWhole || !isWithin ? say`${own.name}` : say`${own.name} ${{ change: own.difference }}`);
	const rest = packageCount - packages.length;
	return [
		...place,
		": ",
		...listed$2([...names, ...rest > 0 ? [[`${rest} more`]] : []])
	];
}
// src/report/model/measured.ts
function howMeasured(image, audit) {
	const { head, base, comparison } = image;
	const before = base === null ? [] : say` (before: ${{ bytes: base.unpackedSize }})`;
	const id = head.digest === null ? say`config ${head.configDigest}` : say`manifest ${head.digest}`;
	return {
		words: [
			say`Image size is the sum of the layers' uncompressed payload, including files that a later layer deletes. Pull size is what a registry would serve: manifest, config and compressed layers. MB is 10⁶ bytes.`,
			say`${"docker images"} shows a different number for each image store: it counts disk blocks, or compressed and unpacked bytes together.`,
			say`Distroless means no shell and no package manager in the final filesystem. Both are found by content and links, not by the image's name.`
		],
		facts: [
			...comparison === null ? [] : splitOf(comparison),
			say`The final filesystem is ${{ bytes: head.unpackedSize }} unpacked${before}.`,
			...estimateOf(head),
			...commits(audit),
			say`Platform ${head.platform}, ${id}. Image Audit ${[audit.tool.version]} read the image and never ran it.`,
			...startNotes(head),
			...[...head.notes, ...audit.notes].slice(0, maxNotes).map((note) => say`${{ words: note }}`)
		]
	};
}
const maxNotes = 20;
function startNotes({ start }) {
	return [...start.unproven.slice(0, maxStartNotes).map((words) => say`Start, not proven: ${{ words }}`), ...start.hints.slice(0, maxStartNotes).map((words) => say`Start, hint: ${{ words }}`)];
}
const maxStartNotes = 5;
function estimateOf({ pullSize }) {
	if (pullSize === null || pullSize.exact) return [];
	const { low, high } = pullSize;
	return [say`The pull size is an estimate: the real one is between ${{
		bytes: low,
		unlike: high
	}} and ${{
		bytes: high,
		unlike: low
	}}.`];
}
function splitOf({ split, size, baseImage }) {
	if (size.difference === null || size.difference === 0) return [];
	const sum = say`Of ${{ change: size.difference }}, ${{ change: split.own }} is the Dockerfile and context, ${{ change: split.baseImage }} the base image, ${{ change: split.drift }} drift.`;
	const moved = baseImage.kind === "moved" ? say` The base image's digest moved under the same reference, so limits on growth do not count it.` : [];
	const drift = split.drift === 0 ? [] : say` Drift is a different result of an unchanged instruction, such as newer packages; limits on growth do not count it.`;
	return [[
		...sum,
		...moved,
		...drift
	]];
}
function commits({ headCommit, baseCommit, baseName }) {
	if (baseCommit === null || baseName === null) return [];
	return [say`Base ${baseName} at ${baseCommit}${headCommit === null ? [] : say`, head ${headCommit}`}.`];
}
// src/report/model/message.ts
function readMessage(message) {
	const [first = "", ...rest] = message.trimEnd().split("\n");
	const lines = rest.map((line) => line.replace(/^ {2}/, "").trimEnd()).filter((line) => line !== "");
	return {
		said: say`${{ words: asSentence((lines.length === 0 ? first : first.replace(/\s*Its last lines:\s*$/, "")).trim()) }}`,
		lines: lines.slice(-maxLines)
	};
}
const maxLines = 20;
function asSentence(text) {
	return text === "" || /[.!?…][)"'”’]*$/.test(text) ? text : `${text.replace(/[:;,]$/, "")}.`;
}
// src/report/text/command-line.ts
function commandLine(words, program) {
	const [first] = words;
	if (first === void 0) return say`nothing`;
	const file = program === null || program === first ? [] : say` (${program})`;
	const shell = shellOf(words);
	if (shell === null) return say`${words.map(quoted).join(" ")}${file}`;
	return say`${words.at(-1) ?? ""} in the shell ${shell.map(quoted).join(" ")}${file}`;
}
function shellOf(words) {
	const [first = ""] = words;
	const isShellForm = words.length > 2 && words.at(-2) === "-c" && words.indexOf("-c") === words.length - 2;
	const isShell = shellNameOf(first.slice(first.lastIndexOf("/") + 1)) !== null;
	return isShellForm && isShell ? words.slice(0, -2) : null;
}
function quoted(word) {
	return /^$|[\s'"\\$`|&;<>(){}*?!#~]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word;
}
// src/report/model/runtime-rows.ts
function runtimeRows(subject) {
	const { head, base } = subject;
	const differs = (fact) => base !== null && fact(head) !== fact(base);
	return [
		rowOf("Runs", runs, subject),
		...differs(userOf) ? [rowOf("User", user, subject)] : [],
		...differs(workingDirectoryOf) ? [rowOf("Working directory", workingDirectory, subject)] : []
	];
}
function rowOf(label, cellOf, { head, base }) {
	const cells = {
		head: cellOf(head),
		base: base === null ? [] : cellOf(base)
	};
	const isSame = JSON.stringify(cells.head) === JSON.stringify(cells.base);
	const change = base === null ? [] : [isSame ? "same" : "changed"];
	return {
		label,
		...cells,
		details: [],
		change,
		remarks: []
	};
}
function runs(image) {
	return commandLine(commandOf$7(image), image.program);
}
function user(image) {
	const name = userOf(image);
	return name === "root" ? [name] : say`${name}`;
}
function workingDirectory(image) {
	return say`${workingDirectoryOf(image)}`;
}
// src/report/model/rows.ts
function rowsOf(image) {
	return [...[
		sizeRow,
		pullSizeRow,
		distrolessRow,
		startsRow,
		baseImageRow,
		layersRow,
		stagesRow
	].map((row) => row(image)).filter((row) => row !== null), ...runtimeRows(image)];
}
function sizeRow(image) {
	const { comparison, head, base } = image;
	const remarks = remarksOf(image, "size");
	const exempt = comparison?.baseImage.kind === "moved" ? comparison.split.baseImage : 0;
	const drift = comparison?.split.drift ?? 0;
	return {
		...bytesRow("Image size", head.size, base?.size ?? null),
		remarks: [
			...remarks,
			...exempt === 0 ? [] : [{
				verdict: null,
				text: say`${{ change: exempt }} from the moved base image`
			}],
			...drift === 0 ? [] : [{
				verdict: null,
				text: say`${{ change: drift }} from drift`
			}]
		]
	};
}
function pullSizeRow(image) {
	const { head, base, comparison } = image;
	const remarks = remarksOf(image, "pull-size");
	if (head.pullSize === null && (base?.pullSize ?? null) === null && remarks.length === 0) return null;
	const row = bytesRow("Pull size", head.pullSize?.bytes ?? null, base === null ? null : base.pullSize?.bytes ?? null);
	const update = comparison?.updateSize ?? null;
	return {
		...row,
		base: base === null ? [] : estimated(row.base, base.pullSize),
		head: estimated(row.head, head.pullSize),
		remarks: [...remarks, ...update === null || update === 0 ? [] : [{
			verdict: null,
			text: say`${{ bytes: update }} to update`
		}]]
	};
}
function estimated(cell, pull) {
	if (pull === null) return say`unknown`;
	return pull.exact ? cell : ["~", ...cell];
}
function distrolessRow(image) {
	const { head, base, comparison } = image;
	const [shell, ...shells] = head.shells;
	const [manager, ...managers] = head.packageManagers;
	const programs = [
		shell,
		manager,
		...shells,
		...managers
	].flatMap((program) => program?.path ?? []);
	const unread = head.distroless.evidence.filter(({ kind }) => kind === "unread").map(({ path }) => path);
	const appeared = comparison === null ? [] : [...comparison.shells.appeared, ...comparison.packageManagers.appeared];
	const gone = comparison === null ? [] : [...comparison.shells.gone, ...comparison.packageManagers.gone];
	return {
		label: "Distroless",
		base: base === null ? [] : [base.distroless.verdict],
		head: [head.distroless.verdict],
		details: programs.length > 0 ? programs : unread,
		change: base === null ? [] : [programChange(appeared.length, gone.length) ?? (base.distroless.verdict === head.distroless.verdict ? "same" : "changed")],
		remarks: remarksOf(image, "distroless")
	};
}
function programChange(appeared, gone) {
	const changes = [appeared, -gone].filter((count) => count !== 0);
	if (changes.length === 0) return null;
	const noun = changes.length === 1 && appeared + gone === 1 ? "program" : "programs";
	return `${changes.map(formatCountChange).join(" and ")} ${noun}`;
}
function startsRow(image) {
	const { head, base } = image;
	const [before, after] = [base?.start.verdict ?? null, head.start.verdict];
	return {
		label: "Starts",
		base: textCell(before),
		head: [after],
		details: [...new Set(head.start.problems.map(({ path }) => path))],
		change: before === null ? [] : [before === after ? "same" : "changed"],
		remarks: remarksOf(image, "start")
	};
}
function baseImageRow({ head, base, comparison }) {
	if (head.baseImage === null && (base?.baseImage ?? null) === null) return null;
	const kind = comparison?.baseImage.kind;
	const pinned = head.baseImage === null || isPinned(head.baseImage.resolved);
	return {
		label: "Base image",
		base: base === null ? [] : nameCell(base),
		head: nameCell(head),
		details: [],
		change: kind === void 0 ? [] : [{
			unchanged: "same",
			moved: "moved",
			changed: "changed",
			unknown: "unknown"
		}[kind]],
		remarks: pinned ? [] : [{
			verdict: null,
			text: say`not pinned`
		}]
	};
}
function nameCell({ baseImage }) {
	return baseImage === null ? say`unknown` : say`${readableReference(baseImage.resolved)}`;
}
function layersRow(image) {
	return {
		...countRow("Layers", image.head.layers.length, image.base?.layers.length ?? null),
		remarks: remarksOf(image, "layers")
	};
}
function stagesRow({ head, base }) {
	if (head.stages === null) return null;
	const row = countRow("Stages (used)", head.stages.declared, base?.stages?.declared ?? null);
	const used = (stages) => stages === null ? [] : [`${stages.declared} (${stages.reachable})`];
	return {
		...row,
		head: used(head.stages),
		base: used(base?.stages ?? null)
	};
}
function bytesRow(label, head, base) {
	const [headText, baseText] = formatRow([head, base]);
	const difference = head === null || base === null ? null : head - base;
	const percent = difference === null || !base ? null : formatPercentChange(difference / base * 100);
	const change = difference === null ? [] : [difference === 0 ? "same" : `${formatChange(difference)}${percent === null ? "" : ` (${percent})`}`];
	return {
		label,
		base: textCell(baseText),
		head: textCell(headText),
		details: [],
		change,
		remarks: []
	};
}
function countRow(label, head, base) {
	const change = base === null ? [] : [head === base ? "same" : formatCountChange(head - base)];
	return {
		label,
		base: textCell(base),
		head: textCell(head),
		details: [],
		change,
		remarks: []
	};
}
function textCell(value) {
	return value === null || value === void 0 ? [] : [String(value)];
}
function remarksOf(image, fact) {
	return image.findings.filter((finding) => factOf(finding) === fact).map((finding) => {
		const { remark } = explain(finding, image);
		return {
			verdict: finding.verdict,
			text: [...remark, ...softened(finding)]
		};
	});
}
function softened({ softenedFrom }) {
	if (softenedFrom === void 0) return [];
	return softenedFrom === "fail" ? say` (warn-only)` : say` (missing-base: warn)`;
}
// src/report/model/report.ts
const nothingAudited = {
	said: say`No image was audited.`,
	lines: []
};
function makeReport(audit, headName) {
	const images = audit.images.toSorted((a, b) => severity.indexOf(a.verdict) - severity.indexOf(b.verdict)).map((image) => reportOn(image, audit, headName));
	return {
		verdict: audit.verdict,
		error: audit.error === void 0 ? null : errorOf(audit.error),
		images,
		notes: audit.notes.map((note) => say`${{ words: note }}`)
	};
}
function reportOn(image, audit, headName) {
	return {
		name: image.name,
		platform: image.platform,
		verdict: image.verdict,
		headline: headlineOf(image, audit.baseName),
		isQuiet: image.verdict === "pass" && image.comparison !== null && !isChanged(image, defaultMinChange),
		titles: titlesOf(image, audit, headName),
		rows: rowsOf(image),
		missingBase: image.baseMissing === null ? null : missingBaseOf(image),
		sizeChanges: sizeChanges(image),
		advice: adviceOn(image),
		layers: layerRows(image),
		files: fileLists(image),
		measured: howMeasured(image, audit)
	};
}
function titlesOf(image, audit, headName) {
	if (audit.baseName === null) return image.base === null ? {
		base: null,
		head: []
	} : {
		base: say`old`,
		head: say`new`
	};
	const commit = audit.baseCommit === null ? [] : say` ${formatCommit(audit.baseCommit)}`;
	return {
		base: image.base === null ? null : [...say`${audit.baseName}`, ...commit],
		head: [headName]
	};
}
function errorOf({ code, message }) {
	const { said, lines } = readMessage(message);
	return {
		said: say`${said} (${code})`,
		lines
	};
}
function missingBaseOf({ baseMissing, findings }) {
	const { said, lines } = readMessage(baseMissing?.message ?? "");
	return {
		said: say`${said} ${meaningOf(baseMissing?.reason, findings)}`,
		lines
	};
}
function meaningOf(reason, findings) {
	if (reason === "new") return say`Limits on growth do not apply to a new image; all other rules do.`;
	const undecided = findings.filter((finding) => finding.reason === "no-base").map(({ rule }) => rule);
	if (undecided.length === 0) return say`No rule needs it.`;
	return say`Inconclusive without it: ${undecided.flatMap((rule, index) => index === 0 ? say`${rule}` : say`, ${rule}`)}.`;
}
// src/report/model/row.ts
function firstDetails({ details }) {
	const shown = details.length > 3 ? 2 : details.length;
	const rest = details.length - shown;
	return [...details.slice(0, shown).flatMap((path, index) => index === 0 ? say`${path}` : say`, ${path}`), ...rest > 0 ? [` and ${rest} more`] : []];
}
// src/report/markdown/marks.ts
const emoji = {
	pass: "✅",
	warn: "⚠️",
	fail: "❌",
	inconclusive: "❓"
};
// src/report/markdown/table.ts
function table(titles, alignments, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	const rule = titles.map((_, index) => alignments[index] === "right" ? "---:" : "---");
	return [
		line(titles),
		`|${rule.join("|")}|`,
		...rows.map(line)
	].join("\n");
}
// src/report/markdown/blocks.ts
function factsTable(rows, titles) {
	const hasBase = titles.base !== null;
	const hasLast = hasBase || rows.some(({ remarks }) => remarks.length > 0);
	return table([
		"",
		titles.base === null ? inCell(titles.head) : `${inCell(titles.base)} → ${inCell(titles.head)}`,
		...hasLast ? [hasBase ? "change" : ""] : []
	], [
		"left",
		hasBase ? "right" : "left",
		hasBase ? "right" : "left"
	], rows.map((row) => {
		const last = [inCell(row.change), ...row.remarks.map(remarkText)].filter((text) => text !== "");
		return [
			row.label,
			sidesText(row, hasBase),
			...hasLast ? [last.join("<br>")] : []
		];
	}));
}
function sidesText(row, hasBase) {
	const [base, head] = [inCell(row.base), inCell(row.head)];
	const details = row.details.length === 0 ? "" : `: ${inCell(firstDetails(row))}`;
	return hasBase && base !== head ? `${base || "–"} → ${head || "–"}${details}` : `${head}${details}`;
}
function sizeChangeList(changes) {
	const items = [...changes.parts.map(sizeChangeItem), ...restLines(changes).map(({ what, difference }) => `${what}: **${formatChange(difference)}**`)];
	return `**What ${changes.direction}**\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}
function adviceList(advice) {
	return `**What to do**\n\n${bullets(advice)}`;
}
function bullets(sentences) {
	return sentences.map((sentence) => `- ${inMarkdown(sentence)}`).join("\n");
}
function messageText({ said, lines }) {
	return [inMarkdown(said), ...lines.map((line) => markdownCode(line, 200))].join("<br>");
}
function missingBaseQuote({ said, lines }) {
	return `> **No base to compare with.** ${messageText({
		said,
		lines: lines.slice(-5)
	})}`;
}
function remarkText({ verdict, text }) {
	return verdict === null || verdict === "pass" ? inMarkdown(text) : `${emoji[verdict]} ${inMarkdown(text)}`;
}
function sizeChangeItem({ where, what, difference, paths }) {
	const place = where === null ? "" : `${inMarkdown(where)} `;
	const inside = paths.map((path) => inMarkdown(path)).join(" · ");
	return `**${formatChange(difference)}** ${place}${inMarkdown(what)}${inside === "" ? "" : `<br>${inside}`}`;
}
// src/report/markdown/brief.ts
function briefly(report) {
	const { verdict, images, error } = report;
	const [first] = images;
	const title = error !== null || first === void 0 ? "The audit could not be finished" : titles[verdict];
	const size = images.length === 1 && first !== void 0 ? sizes(sizeOf(first), changeOf$1(first)) : "";
	const counts = images.length > 1 ? `${overviewOf(report)}. ` : "";
	return `### ${emoji[verdict]} ${title}\n\n${counts}${size}The report does not fit here: see the run's summary, log and files.`;
}
const titles = {
	pass: "The image passed",
	warn: "The image passed with warnings",
	fail: "The image is over policy",
	inconclusive: "The audit is inconclusive"
};
function sizes(size, change) {
	return `Image size: ${size}${change === "" ? "" : `, ${change}`}. `;
}
function sizeOf({ rows }) {
	return inMarkdown(rows[0]?.head ?? []);
}
function changeOf$1({ rows }) {
	return inMarkdown(rows[0]?.change ?? []);
}
function barsOf(layers) {
	const largest = Math.max(1, ...layers.map(({ head, base }) => Math.max(head ?? 0, base ?? 0)));
	return layers.map(({ head, base }) => head === null ? shade(base ?? 0, largest) : bar(head, largest));
}
function bar(value, largest) {
	const eighths = Math.round(value / largest * 10 * 8);
	const rest = [
		"",
		"▏",
		"▎",
		"▍",
		"▌",
		"▋",
		"▊",
		"▉"
	][eighths % 8] ?? "";
	return "█".repeat(Math.floor(eighths / 8)) + (eighths === 0 && value > 0 ? "▏" : rest);
}
function shade(value, largest) {
	return "░".repeat(Math.round(value / largest * 10)) || bar(value, largest);
}
// src/report/markdown/layers.ts
function layersTable(layers, maxRows, chart) {
	const hasBase = layers.some(({ difference }) => difference !== null);
	const bars = barsOf(layers);
	const shown = layers.slice(0, maxRows);
	return withRest(table([
		"layer",
		"size",
		...hasBase ? ["change"] : []
	], [
		"left",
		"right",
		"right"
	], shown.map((row, index) => [
		`${layerText(row)}${chart && bars[index] ? `<br>${bars[index]}` : ""}`,
		row.head === null ? "" : formatBytes(row.head),
		...hasBase ? [changeOf(row)] : []
	])), layers.slice(maxRows).reduce((sum, { count }) => sum + count, 0), "layer");
}
function filesTable({ rows, count }, maxRows) {
	const shown = rows.slice(0, maxRows);
	const hasSizes = shown.some(({ head }) => head !== null);
	return withRest(table([
		"file",
		...hasSizes ? ["size"] : [],
		"change"
	], [
		"left",
		"right",
		"right"
	], shown.map((row) => [
		fileText(row),
		...hasSizes ? [row.head === null ? "" : formatBytes(row.head)] : [],
		formatChange(row.difference)
	])), count - shown.length, "file");
}
function layerText({ number, line, what, note }) {
	return `${`${number === "" ? "" : `${number} · `}${line === null ? "" : `line ${line} `}`}${inCell(what)}${note === "" || note === "same" ? "" : `, ${note}`}`;
}
function changeOf({ note, difference }) {
	if (note === "same") return "same";
	return difference ? formatChange(difference) : "";
}
function fileText({ path, line, base, head }) {
	const origin = [...base === null ? [line === null ? "new" : "added"] : head === null ? ["gone"] : [], ...line === null ? [] : [`by line ${line}`]].join(" ");
	return `${inCell(say`${path}`)}${origin === "" ? "" : `, ${origin}`}`;
}
function withRest(text, rest, noun) {
	return rest > 0 ? `${text}\n\nand ${rest} more ${noun}${rest === 1 ? "" : "s"}` : text;
}
// src/report/markdown/comment.ts
function renderComment(audit, options) {
	const report = makeReport(audit, options.headName ?? "this pull request");
	const limit = options.limitCharacters ?? 6e4;
	for (const level of levels) {
		const rendered = render(bodyOf(report, audit, options, level), options);
		if (rendered.length <= limit) return rendered;
	}
	return briefComment(report, audit, options);
}
function renderShortComment(audit, options) {
	return briefComment(makeReport(audit, options.headName ?? "this pull request"), audit, options);
}
function briefComment(report, audit, { authority: _, ...options }) {
	return render([briefly(report), ...footerOf(audit, options)], options);
}
const levels = [
	{
		layers: 60,
		files: 10,
		images: 60,
		measured: true
	},
	{
		layers: 15,
		files: 5,
		images: 60,
		measured: true
	},
	{
		layers: 0,
		files: 0,
		images: 60,
		measured: true
	},
	{
		layers: 0,
		files: 0,
		images: 10,
		measured: false
	},
	{
		layers: 0,
		files: 0,
		images: 1,
		measured: false
	}
];
function render(body, { marker }) {
	return `${[...marker === void 0 ? [] : [marker], ...body].join("\n\n")}\n`;
}
function bodyOf(report, audit, options, level) {
	const footer = footerOf(audit, options);
	const [first, ...others] = report.images;
	if (report.error !== null || first === void 0) {
		const error = report.error ?? nothingAudited;
		return [
			`### ${emoji[report.verdict]} The audit could not be finished`,
			messageText(error),
			...footer
		];
	}
	if (others.length > 0) return [...severalImages(report, level), ...footer];
	if (first.isQuiet) return [[`${emoji[first.verdict]} ${inMarkdown(first.headline)}`, ...footer].join(" · ")];
	return [
		`### ${emoji[first.verdict]} ${inMarkdown(first.headline)}`,
		...imageBlocks(first, level),
		...footer
	];
}
function imageBlocks(image, level) {
	const { titles, layers, files } = image;
	return [
		...image.missingBase === null ? [] : [missingBaseQuote(image.missingBase)],
		factsTable(image.rows, titles),
		...image.sizeChanges === null ? [] : [sizeChangeList(image.sizeChanges)],
		...image.advice.length === 0 ? [] : [adviceList(image.advice)],
		...layers.length === 0 ? [] : folded(`Layers (${layerTotal(layers)})`, level.layers, () => layersTable(layers, level.layers, false)),
		...files.flatMap((list) => folded(`${list.title} (${list.count})`, level.files, () => filesTable(list, level.files))),
		...level.measured ? fold("How this was measured", bullets([...image.measured.facts, ...image.measured.words])) : []
	];
}
function severalImages(report, level) {
	const shown = report.images.slice(0, level.images);
	const rest = report.images.length - shown.length;
	const isOnePlatform = shown.every(({ platform }) => platform === shown[0]?.platform);
	const platforms = (cell) => isOnePlatform ? [] : [cell];
	return [
		`### ${emoji[report.verdict]} ${overviewOf(report)}`,
		table([
			"image",
			...platforms("platform"),
			"size",
			"change"
		], [
			"left",
			...platforms("left"),
			"right",
			"right"
		], shown.map((image) => [
			`${emoji[image.verdict]} ${inCell(say`${image.name}`)}`,
			...platforms(inCell(say`${image.platform}`)),
			sizeOf(image),
			changeOf$1(image)
		])),
		...rest > 0 ? [`and ${rest} more ${rest === 1 ? "image, not" : "images, none of them"} worse: the full report is in the run's files.`] : [],
		...shown.flatMap((image) => oneOfSeveral(image, level))
	];
}
function oneOfSeveral(image, level) {
	const headline = `${emoji[image.verdict]} ${inMarkdown(image.headline)}`;
	const blocks = imageBlocks(image, level);
	return image.verdict === "fail" || image.verdict === "inconclusive" ? [`#### ${headline}`, ...blocks] : fold(headline, blocks.join("\n\n"));
}
function folded(title, maxRows, content) {
	return maxRows === 0 ? [`${title}: left out to save space.`] : fold(title, content());
}
function fold(title, content) {
	return [`<details>\n<summary>${title}</summary>\n\n${content}\n\n</details>`];
}
function footerOf({ headCommit }, { runUrl, authority }) {
	const parts = [
		...headCommit === null ? [] : [inMarkdown(say`${formatCommit(headCommit)}`)],
		...runUrl === void 0 ? [] : [`[log](${encodeURI(runUrl).replace(/[()]/g, encodeURIComponent)})`],
		...!authority ? [] : [inMarkdown(say`the check ${authority} decides`)]
	];
	return parts.length === 0 ? [] : [`<sub>${parts.join(" · ")}</sub>`];
}
// src/secrecy/texts.ts
function withTextsMasked(value, mask, ours = oursByType) {
	return masked(value, mask, ours);
}
const nothingIsOurs = new Set();
function masked(value, mask, ours) {
	if (typeof value === "string") return mask.text(value);
	if (Array.isArray(value)) return maskedArray(value, mask, ours);
	if (typeof value !== "object" || value === null) return value;
	let changed = null;
	for (const [key, old] of Object.entries(value)) {
		const replacement = ours.has(key) ? old : masked(old, mask, ours);
		if (replacement === old) continue;
		changed ??= { ...value };
		changed[key] = replacement;
	}
	if (changed === null) return value;
	const { pathBase64: _, ...withoutBytes } = changed;
	return changed["path"] === value.path ? changed : withoutBytes;
}
function maskedArray(values, mask, ours) {
	let changed = null;
	for (const [index, old] of values.entries()) {
		const replacement = masked(old, mask, ours);
		if (replacement === old) continue;
		changed ??= [...values];
		changed[index] = replacement;
	}
	return changed ?? values;
}
const oursByType = new Set([
	"baseCommit",
	"certainty",
	"class",
	"code",
	"configDigest",
	"diffId",
	"digest",
	"headCommit",
	"kind",
	"limit",
	"origin",
	"pathBase64",
	"reason",
	"rule",
	"softenedFrom",
	"tool",
	"verdict"
]);
// src/inputs/confidential.ts
async function secrecyOf({ build, report }, env, directory) {
	const secretFiles = new Map([...build.secretFiles].map(([id, path]) => [id, resolve(directory, path)]));
	const ssh = build.ssh.map((item) => item.replace(/(?<==|,)[^,]+/g, (path) => resolve(directory, path)));
	return secrecyAbout([
		...await confidentialOf({
			...build,
			secretFiles,
			ssh
		}, env),
		...report.token === null ? [] : [secret(report.token)],
		...(await credentialsAround(env, directory)).map(secret)
	]);
}
function secrecyOfTexts(texts, env) {
	const values = ["secrets", "build-args"].flatMap((name) => texts.get(name)?.split("\n") ?? []).map((line) => line.slice(line.indexOf("=") + 1)).filter((value) => value.length >= 4);
	const token = texts.get("github-token");
	return secrecyAbout([
		...values,
		...token ? [token] : [],
		...namedSecrets(env)
	].map(secret));
}
function secrecyAbout(confidential) {
	return {
		mask: maskOf(confidential),
		last: lastMaskOf(confidential)
	};
}
async function credentialsAround(env, directory) {
	const home = env["HOME"] || homedir();
	const places = [
		join(env["DOCKER_CONFIG"] || join(home, ".docker"), "config.json"),
		join(directory, ".git", "config"),
		...ofHome.map((name) => join(home, name))
	];
	const files = await Promise.all(places.map(textOf));
	const included = await Promise.all(files.flatMap(includedIn).map(textOf));
	const texts = [
		...files,
		...included,
		env["DOCKER_AUTH_CONFIG"] ?? ""
	];
	const proxies = Object.entries(env).flatMap(([name, value]) => /_proxy$/i.test(name) ? [value ?? ""] : []);
	return [...[...texts, ...proxies].flatMap(credentialsIn), ...namedSecrets(env)].filter(isTelling);
}
async function textOf(path) {
	return (await bytesOf$2(path)).toString("utf8");
}
function includedIn(text) {
	return [...text.matchAll(/^\s*path\s*=\s*"?(\/[^"\n]+)/gm)].map(([, path = ""]) => path);
}
const ofHome = [".netrc", ".git-credentials"];
function namedSecrets(env) {
	return Object.entries(env).flatMap(([name, value = ""]) => isNameOfSecret(name) && isTelling(value) && !isPlain$2(value) ? [value] : []);
}
function isTelling(value) {
	return value.length >= 8;
}
// src/inputs/options.ts
const optionGroups = {
	what: "What to audit",
	build: "How to build it (names and meanings of docker/build-push-action)",
	base: "The base side",
	policy: "Policy",
	report: "Report"
};
const options = [
	{
		name: "name",
		group: "what",
		kind: "text",
		value: "name",
		description: "Name of the image in the report. Default: the name of the context directory."
	},
	{
		name: "image",
		group: "what",
		kind: "text",
		value: "image",
		description: "An image that an earlier step built or pushed, to audit instead of building the head. Accepts an image name in the engine, registry:NAME, a path that starts with /, ./ or ../, oci-dir:PATH, oci-archive:PATH or docker-archive:PATH. The last three accept :NAME to select one of several images, such as docker-archive:app.tar:app:1.2."
	},
	{
		name: "compare-with",
		group: "what",
		kind: "text",
		value: "image",
		description: "An image to compare with instead of building the base commit. Accepts the same forms as image."
	},
	{
		name: "context",
		group: "build",
		kind: "text",
		value: "directory",
		default: ".",
		description: "Directory of the build context. It must be inside the workspace."
	},
	{
		name: "file",
		group: "build",
		kind: "text",
		short: "f",
		value: "path",
		description: "Path of the Dockerfile. Default: Dockerfile in the context."
	},
	{
		name: "target",
		group: "build",
		kind: "text",
		value: "stage",
		description: "Stage to build. Default: the last one."
	},
	{
		name: "build-args",
		group: "build",
		kind: "list",
		flag: "build-arg",
		value: "name=value",
		description: "Build arguments, one NAME=value per line."
	},
	{
		name: "build-contexts",
		group: "build",
		kind: "list",
		flag: "build-context",
		value: "name=path",
		description: "Additional build contexts, one name=path per line."
	},
	{
		name: "platforms",
		group: "build",
		kind: "comma-list",
		flag: "platform",
		value: "os/arch",
		description: "Platform to build and audit, such as linux/arm64. Only one per run. Default: the engine's."
	},
	{
		name: "builder",
		group: "build",
		kind: "text",
		value: "name",
		description: "Name of the buildx builder, such as the output of docker/setup-buildx-action."
	},
	{
		name: "secrets",
		group: "build",
		kind: "list",
		flag: "secret",
		value: "id=value",
		description: "Secrets for RUN --mount=type=secret, one id=value per line."
	},
	{
		name: "secret-envs",
		group: "build",
		kind: "comma-list",
		flag: "secret-env",
		value: "id=variable",
		description: "Secrets from environment variables, one id=VARIABLE per line."
	},
	{
		name: "secret-files",
		group: "build",
		kind: "list",
		flag: "secret-file",
		value: "id=path",
		description: "Secrets from files, one id=path per line."
	},
	{
		name: "ssh",
		group: "build",
		kind: "comma-list",
		value: "id",
		description: "SSH agent sockets or keys for RUN --mount=type=ssh, such as default."
	},
	{
		name: "cache-from",
		group: "build",
		kind: "list",
		value: "source",
		description: "External cache sources for both builds, such as type=gha."
	},
	{
		name: "cache-to",
		group: "build",
		kind: "list",
		value: "destination",
		description: "External cache destinations. Only the head's build writes to them."
	},
	{
		name: "network",
		group: "build",
		kind: "text",
		value: "mode",
		description: "Network mode for RUN instructions: default, none or host."
	},
	{
		name: "pull",
		group: "build",
		kind: "boolean",
		default: "false",
		description: "Always pull the images in FROM."
	},
	{
		name: "no-cache",
		group: "build",
		kind: "boolean",
		default: "false",
		description: "Build without the cache. Unchanged steps may then produce different bytes."
	},
	{
		name: "add-hosts",
		group: "build",
		kind: "comma-list",
		flag: "add-host",
		value: "host:ip",
		description: "Custom host-to-IP mappings, such as docker:10.180.0.1."
	},
	{
		name: "allow",
		group: "build",
		kind: "comma-list",
		value: "entitlement",
		description: "Extra privileged entitlements, such as network.host."
	},
	{
		name: "shm-size",
		group: "build",
		kind: "text",
		value: "size",
		description: "Size of /dev/shm, such as 2g."
	},
	{
		name: "ulimit",
		group: "build",
		kind: "list",
		value: "limit",
		description: "Ulimit options, such as nofile=1024:1024."
	},
	{
		name: "labels",
		group: "build",
		kind: "list",
		flag: "label",
		value: "name=value",
		description: "Labels of the image, one name=value per line."
	},
	{
		name: "base-file",
		group: "base",
		kind: "text",
		value: "path",
		description: "Path of the Dockerfile in the base commit, if the pull request moved it."
	},
	{
		name: "base-prepare",
		group: "base",
		kind: "text",
		value: "command",
		description: "Shell command to run in the base commit's directory before its build, such as npm ci && npm run build. Use it to create the files that earlier steps created for the head."
	},
	...rules.map(optionOf),
	{
		name: "missing-base",
		group: "policy",
		kind: "text",
		value: "level",
		default: "fail",
		description: "Result of rules that need a base when there is none: fail (inconclusive, which fails the step) or warn."
	},
	{
		name: "warn-only",
		group: "policy",
		kind: "boolean",
		default: "false",
		description: "Turn every failing rule into a warning, for teams that are adopting the audit. Inconclusive rules still fail the step."
	},
	{
		name: "comment",
		group: "report",
		kind: "text",
		default: "on-change",
		actionOnly: true,
		description: "When to comment on the pull request: always, on-change, on-failure or never."
	},
	{
		name: "min-change",
		group: "report",
		kind: "text",
		default: "100kB or 0.5%",
		actionOnly: true,
		description: "Size changes up to this do not count for comment: on-change. A different base image, command, user, working directory or number of stages, a different set of shells or package managers, and a new .git directory always count."
	},
	{
		name: "comment-key",
		group: "report",
		kind: "text",
		actionOnly: true,
		description: "Key that distinguishes several comments on one pull request. Default: workflow, job, name and platform."
	},
	{
		name: "github-token",
		group: "report",
		kind: "text",
		default: "${{ github.token }}",
		actionOnly: true,
		description: "Token that writes the comment. Needs pull-requests: write. The verdict does not depend on it."
	}
];
function optionOf({ id, input }) {
	const { description, value, default: fallback } = input;
	return {
		name: id,
		group: "policy",
		kind: "text",
		value,
		...fallback === void 0 ? {} : { default: fallback },
		description
	};
}
// src/inputs/inputs.ts
function inputTextsOf(env) {
	const given = givenTexts(env);
	for (const name of given.keys()) refuseUnknown(name);
	return given;
}
function givenTexts(env) {
	return new Map(Object.entries(env).filter(([variable]) => variable.startsWith("INPUT_")).map(([variable, text]) => [variable.slice(6).toLowerCase(), text?.trim() ?? ""]).filter(([, text]) => text !== ""));
}
function parseInputs(texts) {
	const all = new Map();
	for (const option of options) {
		const text = texts.get(option.name) || option.default;
		if (text && !text.startsWith("${{")) all.set(option.name, text);
	}
	return {
		name: all.get("name") ?? null,
		image: referenceOf(all, "image"),
		compareWith: referenceOf(all, "compare-with"),
		build: buildDefinitionOf(all),
		baseFile: all.get("base-file") ?? null,
		basePrepare: all.get("base-prepare") ?? null,
		policy: parsePolicy(all),
		report: {
			comment: oneOf([
				"always",
				"on-change",
				"on-failure",
				"never"
			])(all.get("comment") ?? "", "comment"),
			minChange: parseLimit(all.get("min-change") ?? "0", "min-change"),
			commentKey: all.get("comment-key") ?? null,
			token: all.get("github-token") ?? null
		}
	};
}
function inputsOfReport(given) {
	const texts = [
		"name",
		"context",
		"file",
		"target",
		"platforms",
		"comment-key",
		"github-token"
	].flatMap((name) => [[name, given.get(name) ?? ""]]);
	const comment = given.get("comment") === "never" ? "never" : "on-failure";
	try {
		return parseInputs(new Map([...texts, ["comment", comment]]));
	} catch {
		return null;
	}
}
function buildDefinitionOf(all) {
	const platforms = listOf(all, "platforms");
	if (platforms.length > 1) throw new Failure("input-invalid", `platforms names ${platforms.length} platforms, and one audit is of one platform: use a matrix with one job a platform.`);
	return {
		context: all.get("context") ?? ".",
		file: all.get("file") ?? null,
		target: all.get("target") ?? null,
		buildArgs: pairsOf(all, "build-args", /^[A-Za-z_][A-Za-z0-9_.-]*$/),
		buildContexts: pairsOf(all, "build-contexts", /./),
		platform: platforms[0] ?? null,
		builder: all.get("builder") ?? null,
		secrets: pairsOf(all, "secrets", secretId),
		secretEnvs: pairsOf(all, "secret-envs", secretId),
		secretFiles: pairsOf(all, "secret-files", secretId),
		ssh: listOf(all, "ssh"),
		cacheFrom: listOf(all, "cache-from"),
		cacheTo: listOf(all, "cache-to"),
		network: all.get("network") ?? null,
		pull: booleanOf(all, "pull"),
		noCache: booleanOf(all, "no-cache"),
		addHosts: listOf(all, "add-hosts"),
		allow: listOf(all, "allow"),
		shmSize: all.get("shm-size") ?? null,
		ulimit: listOf(all, "ulimit"),
		labels: listOf(all, "labels")
	};
}
const secretId = /^[A-Za-z0-9_.-]+$/;
function listOf(all, name) {
	const text = all.get(name);
	if (text === void 0) return [];
	const commas = options.find((option) => option.name === name)?.kind === "comma-list";
	let records;
	try {
		records = parse$2(text, {
			relaxQuotes: true,
			relaxColumnCount: true,
			skipEmptyLines: true
		});
	} catch (cause) {
		throw new Failure("input-invalid", `${name} has an unfinished quote: write one item a line, and double a quote inside quotes.`, { cause });
	}
	return records.flatMap((record) => commas ? record : [record.join(",")]).map((item) => item.trim()).filter((item) => item !== "");
}
function pairsOf(all, name, validName) {
	const pairs = new Map();
	for (const item of listOf(all, name)) {
		const split = item.indexOf("=");
		const key = item.slice(0, split);
		if (split < 1 || !validName.test(key)) throw new Failure("input-invalid", `${name} has ${split < 0 ? "an item without =" : "an item with no name before its ="}: write NAME=value, one a line.`);
		pairs.set(key, item.slice(split + 1));
	}
	return pairs;
}
function referenceOf(all, name) {
	const text = all.get(name);
	return text === void 0 ? null : parseImageReference(text);
}
function booleanOf(all, name) {
	return oneOf(["true", "false"])(all.get(name) ?? "", name) === "true";
}
function refuseUnknown(name) {
	const names = options.map((option) => option.name);
	if (names.includes(name)) return;
	throw new Failure("input-unknown", `There is no input "${name}": did you mean "${(0, import_fastest_levenshtein.closest)(name, names)}"?`);
}
export { unfinishedAudit as $, maxValue as $t, startNotes as A, explain as At, formatRow as B, versionOfMarkers as Bt, emoji as C, newRunId as Ct, rowsOf as D, eachInTurn as Dt, nothingAudited as E, once$1 as Et, renderJsonLine as F, readableReference as Ft, withoutMarkup as G, probeEngine as Gt, annotationText as H, readingsOfThisRun as Ht, inMarkdown as I, say as It, maskedProgress as J, custom as Jt, isWorthSaying as K, ValiError as Kt, inText as L, examineContent as Lt, overviewOf as M, problemSentence as Mt, layerRows as N, remedyFor as Nt, user as O, inTurns as Ot, renderJson as P, require_fastest_levenshtein as Pt, statusOfVerdict as Q, maxLength$4 as Qt, formatBytes as R, shellMarkers as Rt, sizeChangeList as S, isRunId as St, makeReport as T, sweepLeftovers as Tt, markdownText as U, isSha as Ut, worstFirst as V, displayPath as Vt, terminalText as W, dockerEnvironment as Wt, exitOf as X, getDotPath as Xt, keepHeapSmall as Y, exactOptional as Yt, maskedError as Z, integer$1 as Zt, adviceList as _, fileFailure as _t, optionGroups as a, object as an, merging as at, messageText as b, isDigest as bt, secrecyOfTexts as c, pipe as cn, worst as ct, renderComment as d, strictObject as dn, readImages as dt, minValue as en, audit as et, renderShortComment as f, string as fn, parseImageReference as ft, briefly as g, readNamedFile as gt, barsOf as h, Failure as hn, limits as ht, parseInputs as i, number$2 as in, proveStart as it, restLines as j, factOf as jt, workingDirectory as k, needsPullSize as kt, nothingIsOurs as l, safeInteger as ln, linkedFiles as lt, layersTable as m, harmlessLine as mn, readingsOf as mt, inputTextsOf as n, nullable as nn, inspectingSides as nt, options as o, parse$3 as on, resolveStages as ot, filesTable as p, transform$1 as pn, EntryTable as pt, searchAbsolutePaths as q, array as qt, inputsOfReport as r, nullish as rn, stageRequestOf as rt, secrecyOf as s, picklist as sn, auditImage as st, givenTexts as t, nonEmpty as tn, tool as tt, withTextsMasked as u, safeParse as un, inByteOrder as ut, bullets as v, isSystemError as vt, firstDetails as w, removeTagsOf as wt, missingBaseQuote as x, parseDockerfile as xt, factsTable as y, systemMeaning as yt, formatChange as z, packageManagerMarkers as zt };
