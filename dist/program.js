import { i as __require, o as __toESM, r as __exportAll, t as __commonJSMin } from "./rolldown-runtime.js";
import { $t as healthcheckSentence, A as nothingAudited, An as pipe, At as fileFailure, B as nameOfSource, Bt as eachInTurn, C as factsTable, Ct as linkedFiles, Dt as EntryTable, En as number, Et as parseImageReference, F as workingDirectory, G as renderJsonLine, Gt as generalKeys, H as overviewOf, Ht as needsPullSize, I as firstDetails, In as harmlessLine, J as formatBytes, Jt as policyKeys, K as inMarkdown, Kt as isAsStrict, L as startNotes, Ln as Failure, M as rowsOf, N as allSurfaceRows, Nn as strictObject, Nt as isDigest, On as parse, Ot as readingsOf, P as user, Pn as string, Pt as parseDockerfile, Qt as remedyFor, R as acceptance, S as bullets, Sn as minValue, St as auditImage, Tt as readImages, U as layerRows, Ut as withDefaults, V as restLines, Vt as inTurns, W as renderJson, Wt as defaultTexts, X as formatRow, Y as formatChange, Zt as problemSentence, _n as exactOptional, _t as inspectingSides, a as optionGroups, an as shellMarkers, at as keepHeapSmall, bt as merging, cn as limits, ct as statusOfVerdict, dt as tool, en as require_fastest_levenshtein, et as terminalText, fn as dockerEnvironment, ft as changesIn, gn as custom, gt as distinct, hn as array, ht as lineOf$1, i as parseInputs, in as examineContent, it as maskedProgress, j as wasteReport, k as makeReport, kn as picklist, kt as readNamedFile, ln as displayPath, lt as unfinishedAudit, m as renderComment, mt as checkPolicyFile, nn as say$1, o as options, on as packageManagerMarkers, ot as exitOf, p as withTextsMasked, pn as probeEngine, pt as settle, q as inText, qt as parseSetting, rn as readableReference, rt as searchAbsolutePaths, s as secrecyOf, sn as versionOfMarkers, st as maskedError, un as readingsOfThisRun, ut as audit, v as layersTable, vt as stageRequestOf, wt as inByteOrder, xn as maxValue, xt as resolveStages, y as barsOf, yn as integer, yt as proveStart, z as policyRemarks, zt as once } from "./shared.js";
import { Buffer as Buffer$1 } from "node:buffer";
import { stripVTControlCharacters } from "node:util";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { createHash, randomUUID } from "node:crypto";
import { join, posix, win32 } from "node:path";
import { stat, truncate, writeFile } from "node:fs/promises";
import { closeSync, constants as constants$1, fstatSync, lstatSync, lutimesSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { endianness } from "node:os";
import process$1 from "node:process";
import tty from "node:tty";
// node_modules/commander/lib/error.js
var require_error = __commonJSMin(((exports) => {
	var CommanderError = class extends Error {
		constructor(exitCode, code, message) {
			super(message);
			Error.captureStackTrace(this, this.constructor);
			this.name = this.constructor.name;
			this.code = code;
			this.exitCode = exitCode;
			this.nestedError = void 0;
		}
	};
	var InvalidArgumentError = class extends CommanderError {
		constructor(message) {
			super(1, "commander.invalidArgument", message);
			Error.captureStackTrace(this, this.constructor);
			this.name = this.constructor.name;
		}
	};
	exports.CommanderError = CommanderError;
	exports.InvalidArgumentError = InvalidArgumentError;
}));
// node_modules/commander/lib/argument.js
var require_argument = __commonJSMin(((exports) => {
	const { InvalidArgumentError } = require_error();
	var Argument = class {
		constructor(name, description) {
			this.description = description || "";
			this.variadic = false;
			this.parseArg = void 0;
			this.defaultValue = void 0;
			this.defaultValueDescription = void 0;
			this.argChoices = void 0;
			switch (name[0]) {
				case "<":
					this.required = true;
					this._name = name.slice(1, -1);
					break;
				case "[":
					this.required = false;
					this._name = name.slice(1, -1);
					break;
				default:
					this.required = true;
					this._name = name;
			}
			if (this._name.endsWith("...")) {
				this.variadic = true;
				this._name = this._name.slice(0, -3);
			}
		}
		name() {
			return this._name;
		}
		_collectValue(value, previous) {
			if (previous === this.defaultValue || !Array.isArray(previous)) return [value];
			previous.push(value);
			return previous;
		}
		default(value, description) {
			this.defaultValue = value;
			this.defaultValueDescription = description;
			return this;
		}
		argParser(fn) {
			this.parseArg = fn;
			return this;
		}
		choices(values) {
			this.argChoices = values.slice();
			this.parseArg = (arg, previous) => {
				if (!this.argChoices.includes(arg)) throw new InvalidArgumentError(`Allowed choices are ${this.argChoices.join(", ")}.`);
				if (this.variadic) return this._collectValue(arg, previous);
				return arg;
			};
			return this;
		}
		argRequired() {
			this.required = true;
			return this;
		}
		argOptional() {
			this.required = false;
			return this;
		}
	};
	function humanReadableArgName(arg) {
		const nameOutput = arg.name() + (arg.variadic === true ? "..." : "");
		return arg.required ? "<" + nameOutput + ">" : "[" + nameOutput + "]";
	}
	exports.Argument = Argument;
	exports.humanReadableArgName = humanReadableArgName;
}));
// node_modules/commander/lib/help.js
var require_help = __commonJSMin(((exports) => {
	const { humanReadableArgName } = require_argument();
	var Help = class {
		constructor() {
			this.helpWidth = void 0;
			this.minWidthToWrap = 40;
			this.sortSubcommands = false;
			this.sortOptions = false;
			this.showGlobalOptions = false;
		}
		prepareContext(contextOptions) {
			this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
		}
		visibleCommands(cmd) {
			const visibleCommands = cmd.commands.filter((cmd) => !cmd._hidden);
			const helpCommand = cmd._getHelpCommand();
			if (helpCommand && !helpCommand._hidden) visibleCommands.push(helpCommand);
			if (this.sortSubcommands) visibleCommands.sort((a, b) => {
				return a.name().localeCompare(b.name());
			});
			return visibleCommands;
		}
		compareOptions(a, b) {
			const getSortKey = (option) => {
				return option.short ? option.short.replace(/^-/, "") : option.long.replace(/^--/, "");
			};
			return getSortKey(a).localeCompare(getSortKey(b));
		}
		visibleOptions(cmd) {
			const visibleOptions = cmd.options.filter((option) => !option.hidden);
			const helpOption = cmd._getHelpOption();
			if (helpOption && !helpOption.hidden) {
				const removeShort = helpOption.short && cmd._findOption(helpOption.short);
				const removeLong = helpOption.long && cmd._findOption(helpOption.long);
				if (!removeShort && !removeLong) visibleOptions.push(helpOption);
				else if (helpOption.long && !removeLong) visibleOptions.push(cmd.createOption(helpOption.long, helpOption.description));
				else if (helpOption.short && !removeShort) visibleOptions.push(cmd.createOption(helpOption.short, helpOption.description));
			}
			if (this.sortOptions) visibleOptions.sort(this.compareOptions);
			return visibleOptions;
		}
		visibleGlobalOptions(cmd) {
			if (!this.showGlobalOptions) return [];
			const globalOptions = [];
			for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
				const visibleOptions = ancestorCmd.options.filter((option) => !option.hidden);
				globalOptions.push(...visibleOptions);
			}
			if (this.sortOptions) globalOptions.sort(this.compareOptions);
			return globalOptions;
		}
		visibleArguments(cmd) {
			if (cmd._argsDescription) cmd.registeredArguments.forEach((argument) => {
				argument.description = argument.description || cmd._argsDescription[argument.name()] || "";
			});
			if (cmd.registeredArguments.find((argument) => argument.description)) return cmd.registeredArguments;
			return [];
		}
		subcommandTerm(cmd) {
			const args = cmd.registeredArguments.map((arg) => humanReadableArgName(arg)).join(" ");
			return cmd._name + (cmd._aliases[0] ? "|" + cmd._aliases[0] : "") + (cmd.options.length ? " [options]" : "") + (args ? " " + args : "");
		}
		optionTerm(option) {
			return option.flags;
		}
		argumentTerm(argument) {
			return argument.name();
		}
		longestSubcommandTermLength(cmd, helper) {
			return helper.visibleCommands(cmd).reduce((max, command) => {
				return Math.max(max, this.displayWidth(helper.styleSubcommandTerm(helper.subcommandTerm(command))));
			}, 0);
		}
		longestOptionTermLength(cmd, helper) {
			return helper.visibleOptions(cmd).reduce((max, option) => {
				return Math.max(max, this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))));
			}, 0);
		}
		longestGlobalOptionTermLength(cmd, helper) {
			return helper.visibleGlobalOptions(cmd).reduce((max, option) => {
				return Math.max(max, this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))));
			}, 0);
		}
		longestArgumentTermLength(cmd, helper) {
			return helper.visibleArguments(cmd).reduce((max, argument) => {
				return Math.max(max, this.displayWidth(helper.styleArgumentTerm(helper.argumentTerm(argument))));
			}, 0);
		}
		commandUsage(cmd) {
			let cmdName = cmd._name;
			if (cmd._aliases[0]) cmdName = cmdName + "|" + cmd._aliases[0];
			let ancestorCmdNames = "";
			for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) ancestorCmdNames = ancestorCmd.name() + " " + ancestorCmdNames;
			return ancestorCmdNames + cmdName + " " + cmd.usage();
		}
		commandDescription(cmd) {
			return cmd.description();
		}
		subcommandDescription(cmd) {
			return cmd.summary() || cmd.description();
		}
		optionDescription(option) {
			const extraInfo = [];
			if (option.argChoices) extraInfo.push(`choices: ${option.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`);
			if (option.defaultValue !== void 0) {
				if (option.required || option.optional || option.isBoolean() && typeof option.defaultValue === "boolean") extraInfo.push(`default: ${option.defaultValueDescription || JSON.stringify(option.defaultValue)}`);
			}
			if (option.presetArg !== void 0 && option.optional) extraInfo.push(`preset: ${JSON.stringify(option.presetArg)}`);
			if (option.envVar !== void 0) extraInfo.push(`env: ${option.envVar}`);
			if (extraInfo.length > 0) {
				const extraDescription = `(${extraInfo.join(", ")})`;
				if (option.description) return `${option.description} ${extraDescription}`;
				return extraDescription;
			}
			return option.description;
		}
		argumentDescription(argument) {
			const extraInfo = [];
			if (argument.argChoices) extraInfo.push(`choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`);
			if (argument.defaultValue !== void 0) extraInfo.push(`default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`);
			if (extraInfo.length > 0) {
				const extraDescription = `(${extraInfo.join(", ")})`;
				if (argument.description) return `${argument.description} ${extraDescription}`;
				return extraDescription;
			}
			return argument.description;
		}
		formatItemList(heading, items, helper) {
			if (items.length === 0) return [];
			return [
				helper.styleTitle(heading),
				...items,
				""
			];
		}
		groupItems(unsortedItems, visibleItems, getGroup) {
			const result = new Map();
			unsortedItems.forEach((item) => {
				const group = getGroup(item);
				if (!result.has(group)) result.set(group, []);
			});
			visibleItems.forEach((item) => {
				const group = getGroup(item);
				if (!result.has(group)) result.set(group, []);
				result.get(group).push(item);
			});
			return result;
		}
		formatHelp(cmd, helper) {
			const termWidth = helper.padWidth(cmd, helper);
			const helpWidth = helper.helpWidth ?? 80;
			function callFormatItem(term, description) {
				return helper.formatItem(term, termWidth, description, helper);
			}
			let output = [`${helper.styleTitle("Usage:")} ${helper.styleUsage(helper.commandUsage(cmd))}`, ""];
			const commandDescription = helper.commandDescription(cmd);
			if (commandDescription.length > 0) output = output.concat([helper.boxWrap(helper.styleCommandDescription(commandDescription), helpWidth), ""]);
			const argumentList = helper.visibleArguments(cmd).map((argument) => {
				return callFormatItem(helper.styleArgumentTerm(helper.argumentTerm(argument)), helper.styleArgumentDescription(helper.argumentDescription(argument)));
			});
			output = output.concat(this.formatItemList("Arguments:", argumentList, helper));
			this.groupItems(cmd.options, helper.visibleOptions(cmd), (option) => option.helpGroupHeading ?? "Options:").forEach((options, group) => {
				const optionList = options.map((option) => {
					return callFormatItem(helper.styleOptionTerm(helper.optionTerm(option)), helper.styleOptionDescription(helper.optionDescription(option)));
				});
				output = output.concat(this.formatItemList(group, optionList, helper));
			});
			if (helper.showGlobalOptions) {
				const globalOptionList = helper.visibleGlobalOptions(cmd).map((option) => {
					return callFormatItem(helper.styleOptionTerm(helper.optionTerm(option)), helper.styleOptionDescription(helper.optionDescription(option)));
				});
				output = output.concat(this.formatItemList("Global Options:", globalOptionList, helper));
			}
			this.groupItems(cmd.commands, helper.visibleCommands(cmd), (sub) => sub.helpGroup() || "Commands:").forEach((commands, group) => {
				const commandList = commands.map((sub) => {
					return callFormatItem(helper.styleSubcommandTerm(helper.subcommandTerm(sub)), helper.styleSubcommandDescription(helper.subcommandDescription(sub)));
				});
				output = output.concat(this.formatItemList(group, commandList, helper));
			});
			return output.join("\n");
		}
		displayWidth(str) {
			return stripColor(str).length;
		}
		styleTitle(str) {
			return str;
		}
		styleUsage(str) {
			return str.split(" ").map((word) => {
				if (word === "[options]") return this.styleOptionText(word);
				if (word === "[command]") return this.styleSubcommandText(word);
				if (word[0] === "[" || word[0] === "<") return this.styleArgumentText(word);
				return this.styleCommandText(word);
			}).join(" ");
		}
		styleCommandDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleOptionDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleSubcommandDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleArgumentDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleDescriptionText(str) {
			return str;
		}
		styleOptionTerm(str) {
			return this.styleOptionText(str);
		}
		styleSubcommandTerm(str) {
			return str.split(" ").map((word) => {
				if (word === "[options]") return this.styleOptionText(word);
				if (word[0] === "[" || word[0] === "<") return this.styleArgumentText(word);
				return this.styleSubcommandText(word);
			}).join(" ");
		}
		styleArgumentTerm(str) {
			return this.styleArgumentText(str);
		}
		styleOptionText(str) {
			return str;
		}
		styleArgumentText(str) {
			return str;
		}
		styleSubcommandText(str) {
			return str;
		}
		styleCommandText(str) {
			return str;
		}
		padWidth(cmd, helper) {
			return Math.max(helper.longestOptionTermLength(cmd, helper), helper.longestGlobalOptionTermLength(cmd, helper), helper.longestSubcommandTermLength(cmd, helper), helper.longestArgumentTermLength(cmd, helper));
		}
		preformatted(str) {
			return /\n[^\S\r\n]/.test(str);
		}
		formatItem(term, termWidth, description, helper) {
			const itemIndent = 2;
			const itemIndentStr = " ".repeat(itemIndent);
			if (!description) return itemIndentStr + term;
			const paddedTerm = term.padEnd(termWidth + term.length - helper.displayWidth(term));
			const spacerWidth = 2;
			const remainingWidth = (this.helpWidth ?? 80) - termWidth - spacerWidth - itemIndent;
			let formattedDescription;
			if (remainingWidth < this.minWidthToWrap || helper.preformatted(description)) formattedDescription = description;
			else formattedDescription = helper.boxWrap(description, remainingWidth).replace(/\n/g, "\n" + " ".repeat(termWidth + spacerWidth));
			return itemIndentStr + paddedTerm + " ".repeat(spacerWidth) + formattedDescription.replace(/\n/g, `\n${itemIndentStr}`);
		}
		boxWrap(str, width) {
			if (width < this.minWidthToWrap) return str;
			const rawLines = str.split(/\r\n|\n/);
			const chunkPattern = /[\s]*[^\s]+/g;
			const wrappedLines = [];
			rawLines.forEach((line) => {
				const chunks = line.match(chunkPattern);
				if (chunks === null) {
					wrappedLines.push("");
					return;
				}
				let sumChunks = [chunks.shift()];
				let sumWidth = this.displayWidth(sumChunks[0]);
				chunks.forEach((chunk) => {
					const visibleWidth = this.displayWidth(chunk);
					if (sumWidth + visibleWidth <= width) {
						sumChunks.push(chunk);
						sumWidth += visibleWidth;
						return;
					}
					wrappedLines.push(sumChunks.join(""));
					const nextChunk = chunk.trimStart();
					sumChunks = [nextChunk];
					sumWidth = this.displayWidth(nextChunk);
				});
				wrappedLines.push(sumChunks.join(""));
			});
			return wrappedLines.join("\n");
		}
	};
	function stripColor(str) {
		return str.replace(/\x1b\[\d*(;\d*)*m/g, "");
	}
	exports.Help = Help;
	exports.stripColor = stripColor;
}));
// node_modules/commander/lib/option.js
var require_option = __commonJSMin(((exports) => {
	const { InvalidArgumentError } = require_error();
	var Option = class {
		constructor(flags, description) {
			this.flags = flags;
			this.description = description || "";
			this.required = flags.includes("<");
			this.optional = flags.includes("[");
			this.variadic = /\w\.\.\.[>\]]$/.test(flags);
			this.mandatory = false;
			const optionFlags = splitOptionFlags(flags);
			this.short = optionFlags.shortFlag;
			this.long = optionFlags.longFlag;
			this.negate = false;
			if (this.long) this.negate = this.long.startsWith("--no-");
			this.defaultValue = void 0;
			this.defaultValueDescription = void 0;
			this.presetArg = void 0;
			this.envVar = void 0;
			this.parseArg = void 0;
			this.hidden = false;
			this.argChoices = void 0;
			this.conflictsWith = [];
			this.implied = void 0;
			this.helpGroupHeading = void 0;
		}
		default(value, description) {
			this.defaultValue = value;
			this.defaultValueDescription = description;
			return this;
		}
		preset(arg) {
			this.presetArg = arg;
			return this;
		}
		conflicts(names) {
			this.conflictsWith = this.conflictsWith.concat(names);
			return this;
		}
		implies(impliedOptionValues) {
			let newImplied = impliedOptionValues;
			if (typeof impliedOptionValues === "string") newImplied = { [impliedOptionValues]: true };
			this.implied = Object.assign(this.implied || {}, newImplied);
			return this;
		}
		env(name) {
			this.envVar = name;
			return this;
		}
		argParser(fn) {
			this.parseArg = fn;
			return this;
		}
		makeOptionMandatory(mandatory = true) {
			this.mandatory = !!mandatory;
			return this;
		}
		hideHelp(hide = true) {
			this.hidden = !!hide;
			return this;
		}
		_collectValue(value, previous) {
			if (previous === this.defaultValue || !Array.isArray(previous)) return [value];
			previous.push(value);
			return previous;
		}
		choices(values) {
			this.argChoices = values.slice();
			this.parseArg = (arg, previous) => {
				if (!this.argChoices.includes(arg)) throw new InvalidArgumentError(`Allowed choices are ${this.argChoices.join(", ")}.`);
				if (this.variadic) return this._collectValue(arg, previous);
				return arg;
			};
			return this;
		}
		name() {
			if (this.long) return this.long.replace(/^--/, "");
			return this.short.replace(/^-/, "");
		}
		attributeName() {
			if (this.negate) return camelcase(this.name().replace(/^no-/, ""));
			return camelcase(this.name());
		}
		helpGroup(heading) {
			this.helpGroupHeading = heading;
			return this;
		}
		is(arg) {
			return this.short === arg || this.long === arg;
		}
		isBoolean() {
			return !this.required && !this.optional && !this.negate;
		}
	};
	var DualOptions = class {
		constructor(options) {
			this.positiveOptions = new Map();
			this.negativeOptions = new Map();
			this.dualOptions = new Set();
			options.forEach((option) => {
				if (option.negate) this.negativeOptions.set(option.attributeName(), option);
				else this.positiveOptions.set(option.attributeName(), option);
			});
			this.negativeOptions.forEach((value, key) => {
				if (this.positiveOptions.has(key)) this.dualOptions.add(key);
			});
		}
		valueFromOption(value, option) {
			const optionKey = option.attributeName();
			if (!this.dualOptions.has(optionKey)) return true;
			const preset = this.negativeOptions.get(optionKey).presetArg;
			const negativeValue = preset !== void 0 ? preset : false;
			return option.negate === (negativeValue === value);
		}
	};
	function camelcase(str) {
		return str.split("-").reduce((str, word) => {
			return str + word[0].toUpperCase() + word.slice(1);
		});
	}
	function splitOptionFlags(flags) {
		let shortFlag;
		let longFlag;
		const shortFlagExp = /^-[^-]$/;
		const longFlagExp = /^--[^-]/;
		const flagParts = flags.split(/[ |,]+/).concat("guard");
		if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
		if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
		if (!shortFlag && shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
		if (!shortFlag && longFlagExp.test(flagParts[0])) {
			shortFlag = longFlag;
			longFlag = flagParts.shift();
		}
		if (flagParts[0].startsWith("-")) {
			const unsupportedFlag = flagParts[0];
			const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags}'`;
			if (/^-[^-][^-]/.test(unsupportedFlag)) throw new Error(`${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`);
			if (shortFlagExp.test(unsupportedFlag)) throw new Error(`${baseError}
- too many short flags`);
			if (longFlagExp.test(unsupportedFlag)) throw new Error(`${baseError}
- too many long flags`);
			throw new Error(`${baseError}
- unrecognised flag format`);
		}
		if (shortFlag === void 0 && longFlag === void 0) throw new Error(`option creation failed due to no flags found in '${flags}'.`);
		return {
			shortFlag,
			longFlag
		};
	}
	exports.Option = Option;
	exports.DualOptions = DualOptions;
}));
// node_modules/commander/lib/suggestSimilar.js
var require_suggestSimilar = __commonJSMin(((exports) => {
	const maxDistance = 3;
	function editDistance(a, b) {
		if (Math.abs(a.length - b.length) > maxDistance) return Math.max(a.length, b.length);
		const d = [];
		for (let i = 0; i <= a.length; i++) d[i] = [i];
		for (let j = 0; j <= b.length; j++) d[0][j] = j;
		for (let j = 1; j <= b.length; j++) for (let i = 1; i <= a.length; i++) {
			let cost = 1;
			if (a[i - 1] === b[j - 1]) cost = 0;
			else cost = 1;
			d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
		}
		return d[a.length][b.length];
	}
	function suggestSimilar(word, candidates) {
		if (!candidates || candidates.length === 0) return "";
		candidates = Array.from(new Set(candidates));
		const searchingOptions = word.startsWith("--");
		if (searchingOptions) {
			word = word.slice(2);
			candidates = candidates.map((candidate) => candidate.slice(2));
		}
		let similar = [];
		let bestDistance = maxDistance;
		const minSimilarity = .4;
		candidates.forEach((candidate) => {
			if (candidate.length <= 1) return;
			const distance = editDistance(word, candidate);
			const length = Math.max(word.length, candidate.length);
			if ((length - distance) / length > minSimilarity) {
				if (distance < bestDistance) {
					bestDistance = distance;
					similar = [candidate];
				} else if (distance === bestDistance) similar.push(candidate);
			}
		});
		similar.sort((a, b) => a.localeCompare(b));
		if (searchingOptions) similar = similar.map((candidate) => `--${candidate}`);
		if (similar.length > 1) return `\n(Did you mean one of ${similar.join(", ")}?)`;
		if (similar.length === 1) return `\n(Did you mean ${similar[0]}?)`;
		return "";
	}
	exports.suggestSimilar = suggestSimilar;
}));
// node_modules/commander/lib/command.js
var require_command = __commonJSMin(((exports) => {
	const EventEmitter = __require("node:events").EventEmitter;
	const childProcess = __require("node:child_process");
	const path = __require("node:path");
	const fs = __require("node:fs");
	const process = __require("node:process");
	const { Argument, humanReadableArgName } = require_argument();
	const { CommanderError } = require_error();
	const { Help, stripColor } = require_help();
	const { Option, DualOptions } = require_option();
	const { suggestSimilar } = require_suggestSimilar();
	var Command = class Command extends EventEmitter {
		constructor(name) {
			super();
			this.commands = [];
			this.options = [];
			this.parent = null;
			this._allowUnknownOption = false;
			this._allowExcessArguments = false;
			this.registeredArguments = [];
			this._args = this.registeredArguments;
			this.args = [];
			this.rawArgs = [];
			this.processedArgs = [];
			this._scriptPath = null;
			this._name = name || "";
			this._optionValues = {};
			this._optionValueSources = {};
			this._storeOptionsAsProperties = false;
			this._actionHandler = null;
			this._executableHandler = false;
			this._executableFile = null;
			this._executableDir = null;
			this._defaultCommandName = null;
			this._exitCallback = null;
			this._aliases = [];
			this._combineFlagAndOptionalValue = true;
			this._description = "";
			this._summary = "";
			this._argsDescription = void 0;
			this._enablePositionalOptions = false;
			this._passThroughOptions = false;
			this._lifeCycleHooks = {};
			this._showHelpAfterError = false;
			this._showSuggestionAfterError = true;
			this._savedState = null;
			this._outputConfiguration = {
				writeOut: (str) => process.stdout.write(str),
				writeErr: (str) => process.stderr.write(str),
				outputError: (str, write) => write(str),
				getOutHelpWidth: () => process.stdout.isTTY ? process.stdout.columns : void 0,
				getErrHelpWidth: () => process.stderr.isTTY ? process.stderr.columns : void 0,
				getOutHasColors: () => useColor() ?? (process.stdout.isTTY && process.stdout.hasColors?.()),
				getErrHasColors: () => useColor() ?? (process.stderr.isTTY && process.stderr.hasColors?.()),
				stripColor: (str) => stripColor(str)
			};
			this._hidden = false;
			this._helpOption = void 0;
			this._addImplicitHelpCommand = void 0;
			this._helpCommand = void 0;
			this._helpConfiguration = {};
			this._helpGroupHeading = void 0;
			this._defaultCommandGroup = void 0;
			this._defaultOptionGroup = void 0;
		}
		copyInheritedSettings(sourceCommand) {
			this._outputConfiguration = sourceCommand._outputConfiguration;
			this._helpOption = sourceCommand._helpOption;
			this._helpCommand = sourceCommand._helpCommand;
			this._helpConfiguration = sourceCommand._helpConfiguration;
			this._exitCallback = sourceCommand._exitCallback;
			this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
			this._combineFlagAndOptionalValue = sourceCommand._combineFlagAndOptionalValue;
			this._allowExcessArguments = sourceCommand._allowExcessArguments;
			this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
			this._showHelpAfterError = sourceCommand._showHelpAfterError;
			this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;
			return this;
		}
		_getCommandAndAncestors() {
			const result = [];
			for (let command = this; command; command = command.parent) result.push(command);
			return result;
		}
		command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
			let desc = actionOptsOrExecDesc;
			let opts = execOpts;
			if (typeof desc === "object" && desc !== null) {
				opts = desc;
				desc = null;
			}
			opts = opts || {};
			const [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/);
			const cmd = this.createCommand(name);
			if (desc) {
				cmd.description(desc);
				cmd._executableHandler = true;
			}
			if (opts.isDefault) this._defaultCommandName = cmd._name;
			cmd._hidden = !!(opts.noHelp || opts.hidden);
			cmd._executableFile = opts.executableFile || null;
			if (args) cmd.arguments(args);
			this._registerCommand(cmd);
			cmd.parent = this;
			cmd.copyInheritedSettings(this);
			if (desc) return this;
			return cmd;
		}
		createCommand(name) {
			return new Command(name);
		}
		createHelp() {
			return Object.assign(new Help(), this.configureHelp());
		}
		configureHelp(configuration) {
			if (configuration === void 0) return this._helpConfiguration;
			this._helpConfiguration = configuration;
			return this;
		}
		configureOutput(configuration) {
			if (configuration === void 0) return this._outputConfiguration;
			this._outputConfiguration = {
				...this._outputConfiguration,
				...configuration
			};
			return this;
		}
		showHelpAfterError(displayHelp = true) {
			if (typeof displayHelp !== "string") displayHelp = !!displayHelp;
			this._showHelpAfterError = displayHelp;
			return this;
		}
		showSuggestionAfterError(displaySuggestion = true) {
			this._showSuggestionAfterError = !!displaySuggestion;
			return this;
		}
		addCommand(cmd, opts) {
			if (!cmd._name) throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
			opts = opts || {};
			if (opts.isDefault) this._defaultCommandName = cmd._name;
			if (opts.noHelp || opts.hidden) cmd._hidden = true;
			this._registerCommand(cmd);
			cmd.parent = this;
			cmd._checkForBrokenPassThrough();
			return this;
		}
		createArgument(name, description) {
			return new Argument(name, description);
		}
		argument(name, description, parseArg, defaultValue) {
			const argument = this.createArgument(name, description);
			if (typeof parseArg === "function") argument.default(defaultValue).argParser(parseArg);
			else argument.default(parseArg);
			this.addArgument(argument);
			return this;
		}
		arguments(names) {
			names.trim().split(/ +/).forEach((detail) => {
				this.argument(detail);
			});
			return this;
		}
		addArgument(argument) {
			const previousArgument = this.registeredArguments.slice(-1)[0];
			if (previousArgument?.variadic) throw new Error(`only the last argument can be variadic '${previousArgument.name()}'`);
			if (argument.required && argument.defaultValue !== void 0 && argument.parseArg === void 0) throw new Error(`a default value for a required argument is never used: '${argument.name()}'`);
			this.registeredArguments.push(argument);
			return this;
		}
		helpCommand(enableOrNameAndArgs, description) {
			if (typeof enableOrNameAndArgs === "boolean") {
				this._addImplicitHelpCommand = enableOrNameAndArgs;
				if (enableOrNameAndArgs && this._defaultCommandGroup) this._initCommandGroup(this._getHelpCommand());
				return this;
			}
			const [, helpName, helpArgs] = (enableOrNameAndArgs ?? "help [command]").match(/([^ ]+) *(.*)/);
			const helpDescription = description ?? "display help for command";
			const helpCommand = this.createCommand(helpName);
			helpCommand.helpOption(false);
			if (helpArgs) helpCommand.arguments(helpArgs);
			if (helpDescription) helpCommand.description(helpDescription);
			this._addImplicitHelpCommand = true;
			this._helpCommand = helpCommand;
			if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);
			return this;
		}
		addHelpCommand(helpCommand, deprecatedDescription) {
			if (typeof helpCommand !== "object") {
				this.helpCommand(helpCommand, deprecatedDescription);
				return this;
			}
			this._addImplicitHelpCommand = true;
			this._helpCommand = helpCommand;
			this._initCommandGroup(helpCommand);
			return this;
		}
		_getHelpCommand() {
			if (this._addImplicitHelpCommand ?? (this.commands.length && !this._actionHandler && !this._findCommand("help"))) {
				if (this._helpCommand === void 0) this.helpCommand(void 0, void 0);
				return this._helpCommand;
			}
			return null;
		}
		hook(event, listener) {
			const allowedValues = [
				"preSubcommand",
				"preAction",
				"postAction"
			];
			if (!allowedValues.includes(event)) throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
			if (this._lifeCycleHooks[event]) this._lifeCycleHooks[event].push(listener);
			else this._lifeCycleHooks[event] = [listener];
			return this;
		}
		exitOverride(fn) {
			if (fn) this._exitCallback = fn;
			else this._exitCallback = (err) => {
				if (err.code !== "commander.executeSubCommandAsync") throw err;
			};
			return this;
		}
		_exit(exitCode, code, message) {
			if (this._exitCallback) this._exitCallback(new CommanderError(exitCode, code, message));
			process.exit(exitCode);
		}
		action(fn) {
			const listener = (args) => {
				const expectedArgsCount = this.registeredArguments.length;
				const actionArgs = args.slice(0, expectedArgsCount);
				if (this._storeOptionsAsProperties) actionArgs[expectedArgsCount] = this;
				else actionArgs[expectedArgsCount] = this.opts();
				actionArgs.push(this);
				return fn.apply(this, actionArgs);
			};
			this._actionHandler = listener;
			return this;
		}
		createOption(flags, description) {
			return new Option(flags, description);
		}
		_callParseArg(target, value, previous, invalidArgumentMessage) {
			try {
				return target.parseArg(value, previous);
			} catch (err) {
				if (err.code === "commander.invalidArgument") {
					const message = `${invalidArgumentMessage} ${err.message}`;
					this.error(message, {
						exitCode: err.exitCode,
						code: err.code
					});
				}
				throw err;
			}
		}
		_registerOption(option) {
			const matchingOption = option.short && this._findOption(option.short) || option.long && this._findOption(option.long);
			if (matchingOption) {
				const matchingFlag = option.long && this._findOption(option.long) ? option.long : option.short;
				throw new Error(`Cannot add option '${option.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
			}
			this._initOptionGroup(option);
			this.options.push(option);
		}
		_registerCommand(command) {
			const knownBy = (cmd) => {
				return [cmd.name()].concat(cmd.aliases());
			};
			const alreadyUsed = knownBy(command).find((name) => this._findCommand(name));
			if (alreadyUsed) {
				const existingCmd = knownBy(this._findCommand(alreadyUsed)).join("|");
				const newCmd = knownBy(command).join("|");
				throw new Error(`cannot add command '${newCmd}' as already have command '${existingCmd}'`);
			}
			this._initCommandGroup(command);
			this.commands.push(command);
		}
		addOption(option) {
			this._registerOption(option);
			const oname = option.name();
			const name = option.attributeName();
			if (option.negate) {
				const positiveLongFlag = option.long.replace(/^--no-/, "--");
				if (!this._findOption(positiveLongFlag)) this.setOptionValueWithSource(name, option.defaultValue === void 0 ? true : option.defaultValue, "default");
			} else if (option.defaultValue !== void 0) this.setOptionValueWithSource(name, option.defaultValue, "default");
			const handleOptionValue = (val, invalidValueMessage, valueSource) => {
				if (val == null && option.presetArg !== void 0) val = option.presetArg;
				const oldValue = this.getOptionValue(name);
				if (val !== null && option.parseArg) val = this._callParseArg(option, val, oldValue, invalidValueMessage);
				else if (val !== null && option.variadic) val = option._collectValue(val, oldValue);
				if (val == null) {
					if (option.negate) val = false;
					else if (option.isBoolean() || option.optional) val = true;
					else val = "";
				}
				this.setOptionValueWithSource(name, val, valueSource);
			};
			this.on("option:" + oname, (val) => {
				const invalidValueMessage = `error: option '${option.flags}' argument '${val}' is invalid.`;
				handleOptionValue(val, invalidValueMessage, "cli");
			});
			if (option.envVar) this.on("optionEnv:" + oname, (val) => {
				const invalidValueMessage = `error: option '${option.flags}' value '${val}' from env '${option.envVar}' is invalid.`;
				handleOptionValue(val, invalidValueMessage, "env");
			});
			return this;
		}
		_optionEx(config, flags, description, fn, defaultValue) {
			if (typeof flags === "object" && flags instanceof Option) throw new Error("To add an Option object use addOption() instead of option() or requiredOption()");
			const option = this.createOption(flags, description);
			option.makeOptionMandatory(!!config.mandatory);
			if (typeof fn === "function") option.default(defaultValue).argParser(fn);
			else if (fn instanceof RegExp) {
				const regex = fn;
				fn = (val, def) => {
					const m = regex.exec(val);
					return m ? m[0] : def;
				};
				option.default(defaultValue).argParser(fn);
			} else option.default(fn);
			return this.addOption(option);
		}
		option(flags, description, parseArg, defaultValue) {
			return this._optionEx({}, flags, description, parseArg, defaultValue);
		}
		requiredOption(flags, description, parseArg, defaultValue) {
			return this._optionEx({ mandatory: true }, flags, description, parseArg, defaultValue);
		}
		combineFlagAndOptionalValue(combine = true) {
			this._combineFlagAndOptionalValue = !!combine;
			return this;
		}
		allowUnknownOption(allowUnknown = true) {
			this._allowUnknownOption = !!allowUnknown;
			return this;
		}
		allowExcessArguments(allowExcess = true) {
			this._allowExcessArguments = !!allowExcess;
			return this;
		}
		enablePositionalOptions(positional = true) {
			this._enablePositionalOptions = !!positional;
			return this;
		}
		passThroughOptions(passThrough = true) {
			this._passThroughOptions = !!passThrough;
			this._checkForBrokenPassThrough();
			return this;
		}
		_checkForBrokenPassThrough() {
			if (this.parent && this._passThroughOptions && !this.parent._enablePositionalOptions) throw new Error(`passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`);
		}
		storeOptionsAsProperties(storeAsProperties = true) {
			if (this.options.length) throw new Error("call .storeOptionsAsProperties() before adding options");
			if (Object.keys(this._optionValues).length) throw new Error("call .storeOptionsAsProperties() before setting option values");
			this._storeOptionsAsProperties = !!storeAsProperties;
			return this;
		}
		getOptionValue(key) {
			if (this._storeOptionsAsProperties) return this[key];
			return this._optionValues[key];
		}
		setOptionValue(key, value) {
			return this.setOptionValueWithSource(key, value, void 0);
		}
		setOptionValueWithSource(key, value, source) {
			if (this._storeOptionsAsProperties) this[key] = value;
			else this._optionValues[key] = value;
			this._optionValueSources[key] = source;
			return this;
		}
		getOptionValueSource(key) {
			return this._optionValueSources[key];
		}
		getOptionValueSourceWithGlobals(key) {
			let source;
			this._getCommandAndAncestors().forEach((cmd) => {
				if (cmd.getOptionValueSource(key) !== void 0) source = cmd.getOptionValueSource(key);
			});
			return source;
		}
		_prepareUserArgs(argv, parseOptions) {
			if (argv !== void 0 && !Array.isArray(argv)) throw new Error("first parameter to parse must be array or undefined");
			parseOptions = parseOptions || {};
			if (argv === void 0 && parseOptions.from === void 0) {
				if (process.versions?.electron) parseOptions.from = "electron";
				const execArgv = process.execArgv ?? [];
				if (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) parseOptions.from = "eval";
			}
			if (argv === void 0) argv = process.argv;
			this.rawArgs = argv.slice();
			let userArgs;
			switch (parseOptions.from) {
				case void 0:
				case "node":
					this._scriptPath = argv[1];
					userArgs = argv.slice(2);
					break;
				case "electron":
					if (process.defaultApp) {
						this._scriptPath = argv[1];
						userArgs = argv.slice(2);
					} else userArgs = argv.slice(1);
					break;
				case "user":
					userArgs = argv.slice(0);
					break;
				case "eval":
					userArgs = argv.slice(1);
					break;
				default: throw new Error(`unexpected parse option { from: '${parseOptions.from}' }`);
			}
			if (!this._name && this._scriptPath) this.nameFromFilename(this._scriptPath);
			this._name = this._name || "program";
			return userArgs;
		}
		parse(argv, parseOptions) {
			this._prepareForParse();
			const userArgs = this._prepareUserArgs(argv, parseOptions);
			this._parseCommand([], userArgs);
			return this;
		}
		async parseAsync(argv, parseOptions) {
			this._prepareForParse();
			const userArgs = this._prepareUserArgs(argv, parseOptions);
			await this._parseCommand([], userArgs);
			return this;
		}
		_prepareForParse() {
			if (this._savedState === null) this.saveStateBeforeParse();
			else this.restoreStateBeforeParse();
		}
		saveStateBeforeParse() {
			this._savedState = {
				_name: this._name,
				_optionValues: { ...this._optionValues },
				_optionValueSources: { ...this._optionValueSources }
			};
		}
		restoreStateBeforeParse() {
			if (this._storeOptionsAsProperties) throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);
			this._name = this._savedState._name;
			this._scriptPath = null;
			this.rawArgs = [];
			this._optionValues = { ...this._savedState._optionValues };
			this._optionValueSources = { ...this._savedState._optionValueSources };
			this.args = [];
			this.processedArgs = [];
		}
		_checkForMissingExecutable(executableFile, executableDir, subcommandName) {
			if (fs.existsSync(executableFile)) return;
			const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDir ? `searched for local subcommand relative to directory '${executableDir}'` : "no directory for search for local subcommand, use .executableDir() to supply a custom directory"}`;
			throw new Error(executableMissing);
		}
		_executeSubCommand(subcommand, args) {
			args = args.slice();
			let launchWithNode = false;
			const sourceExt = [
				".js",
				".ts",
				".tsx",
				".mjs",
				".cjs"
			];
			function findFile(baseDir, baseName) {
				const localBin = path.resolve(baseDir, baseName);
				if (fs.existsSync(localBin)) return localBin;
				if (sourceExt.includes(path.extname(baseName))) return void 0;
				const foundExt = sourceExt.find((ext) => fs.existsSync(`${localBin}${ext}`));
				if (foundExt) return `${localBin}${foundExt}`;
			}
			this._checkForMissingMandatoryOptions();
			this._checkForConflictingOptions();
			let executableFile = subcommand._executableFile || `${this._name}-${subcommand._name}`;
			let executableDir = this._executableDir || "";
			if (this._scriptPath) {
				let resolvedScriptPath;
				try {
					resolvedScriptPath = fs.realpathSync(this._scriptPath);
				} catch {
					resolvedScriptPath = this._scriptPath;
				}
				executableDir = path.resolve(path.dirname(resolvedScriptPath), executableDir);
			}
			if (executableDir) {
				let localFile = findFile(executableDir, executableFile);
				if (!localFile && !subcommand._executableFile && this._scriptPath) {
					const legacyName = path.basename(this._scriptPath, path.extname(this._scriptPath));
					if (legacyName !== this._name) localFile = findFile(executableDir, `${legacyName}-${subcommand._name}`);
				}
				executableFile = localFile || executableFile;
			}
			launchWithNode = sourceExt.includes(path.extname(executableFile));
			let proc;
			if (process.platform !== "win32") {
				if (launchWithNode) {
					args.unshift(executableFile);
					args = incrementNodeInspectorPort(process.execArgv).concat(args);
					proc = childProcess.spawn(process.argv[0], args, { stdio: "inherit" });
				} else proc = childProcess.spawn(executableFile, args, { stdio: "inherit" });
			} else {
				this._checkForMissingExecutable(executableFile, executableDir, subcommand._name);
				args.unshift(executableFile);
				args = incrementNodeInspectorPort(process.execArgv).concat(args);
				proc = childProcess.spawn(process.execPath, args, { stdio: "inherit" });
			}
			if (!proc.killed) [
				"SIGUSR1",
				"SIGUSR2",
				"SIGTERM",
				"SIGINT",
				"SIGHUP"
			].forEach((signal) => {
				process.on(signal, () => {
					if (proc.killed === false && proc.exitCode === null) proc.kill(signal);
				});
			});
			const exitCallback = this._exitCallback;
			proc.on("close", (code) => {
				code = code ?? 1;
				if (!exitCallback) process.exit(code);
				else exitCallback(new CommanderError(code, "commander.executeSubCommandAsync", "(close)"));
			});
			proc.on("error", (err) => {
				if (err.code === "ENOENT") this._checkForMissingExecutable(executableFile, executableDir, subcommand._name);
				else if (err.code === "EACCES") throw new Error(`'${executableFile}' not executable`);
				if (!exitCallback) process.exit(1);
				else {
					const wrappedError = new CommanderError(1, "commander.executeSubCommandAsync", "(error)");
					wrappedError.nestedError = err;
					exitCallback(wrappedError);
				}
			});
			this.runningCommand = proc;
		}
		_dispatchSubcommand(commandName, operands, unknown) {
			const subCommand = this._findCommand(commandName);
			if (!subCommand) this.help({ error: true });
			subCommand._prepareForParse();
			let promiseChain;
			promiseChain = this._chainOrCallSubCommandHook(promiseChain, subCommand, "preSubcommand");
			promiseChain = this._chainOrCall(promiseChain, () => {
				if (subCommand._executableHandler) this._executeSubCommand(subCommand, operands.concat(unknown));
				else return subCommand._parseCommand(operands, unknown);
			});
			return promiseChain;
		}
		_dispatchHelpCommand(subcommandName) {
			if (!subcommandName) this.help();
			const subCommand = this._findCommand(subcommandName);
			if (subCommand && !subCommand._executableHandler) subCommand.help();
			return this._dispatchSubcommand(subcommandName, [], [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? "--help"]);
		}
		_checkNumberOfArguments() {
			this.registeredArguments.forEach((arg, i) => {
				if (arg.required && this.args[i] == null) this.missingArgument(arg.name());
			});
			if (this.registeredArguments.length > 0 && this.registeredArguments[this.registeredArguments.length - 1].variadic) return;
			if (this.args.length > this.registeredArguments.length) this._excessArguments(this.args);
		}
		_processArguments() {
			const myParseArg = (argument, value, previous) => {
				let parsedValue = value;
				if (value !== null && argument.parseArg) {
					const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
					parsedValue = this._callParseArg(argument, value, previous, invalidValueMessage);
				}
				return parsedValue;
			};
			this._checkNumberOfArguments();
			const processedArgs = [];
			this.registeredArguments.forEach((declaredArg, index) => {
				let value = declaredArg.defaultValue;
				if (declaredArg.variadic) {
					if (index < this.args.length) {
						value = this.args.slice(index);
						if (declaredArg.parseArg) value = value.reduce((processed, v) => {
							return myParseArg(declaredArg, v, processed);
						}, declaredArg.defaultValue);
					} else if (value === void 0) value = [];
				} else if (index < this.args.length) {
					value = this.args[index];
					if (declaredArg.parseArg) value = myParseArg(declaredArg, value, declaredArg.defaultValue);
				}
				processedArgs[index] = value;
			});
			this.processedArgs = processedArgs;
		}
		_chainOrCall(promise, fn) {
			if (promise?.then && typeof promise.then === "function") return promise.then(() => fn());
			return fn();
		}
		_chainOrCallHooks(promise, event) {
			let result = promise;
			const hooks = [];
			this._getCommandAndAncestors().reverse().filter((cmd) => cmd._lifeCycleHooks[event] !== void 0).forEach((hookedCommand) => {
				hookedCommand._lifeCycleHooks[event].forEach((callback) => {
					hooks.push({
						hookedCommand,
						callback
					});
				});
			});
			if (event === "postAction") hooks.reverse();
			hooks.forEach((hookDetail) => {
				result = this._chainOrCall(result, () => {
					return hookDetail.callback(hookDetail.hookedCommand, this);
				});
			});
			return result;
		}
		_chainOrCallSubCommandHook(promise, subCommand, event) {
			let result = promise;
			if (this._lifeCycleHooks[event] !== void 0) this._lifeCycleHooks[event].forEach((hook) => {
				result = this._chainOrCall(result, () => {
					return hook(this, subCommand);
				});
			});
			return result;
		}
		_parseCommand(operands, unknown) {
			const parsed = this.parseOptions(unknown);
			this._parseOptionsEnv();
			this._parseOptionsImplied();
			operands = operands.concat(parsed.operands);
			unknown = parsed.unknown;
			this.args = operands.concat(unknown);
			if (operands && this._findCommand(operands[0])) return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
			if (this._getHelpCommand() && operands[0] === this._getHelpCommand().name()) return this._dispatchHelpCommand(operands[1]);
			if (this._defaultCommandName) {
				this._outputHelpIfRequested(unknown);
				return this._dispatchSubcommand(this._defaultCommandName, operands, unknown);
			}
			if (this.commands.length && this.args.length === 0 && !this._actionHandler && !this._defaultCommandName) this.help({ error: true });
			this._outputHelpIfRequested(parsed.unknown);
			this._checkForMissingMandatoryOptions();
			this._checkForConflictingOptions();
			const checkForUnknownOptions = () => {
				if (parsed.unknown.length > 0) this.unknownOption(parsed.unknown[0]);
			};
			const commandEvent = `command:${this.name()}`;
			if (this._actionHandler) {
				checkForUnknownOptions();
				this._processArguments();
				let promiseChain;
				promiseChain = this._chainOrCallHooks(promiseChain, "preAction");
				promiseChain = this._chainOrCall(promiseChain, () => this._actionHandler(this.processedArgs));
				if (this.parent) promiseChain = this._chainOrCall(promiseChain, () => {
					this.parent.emit(commandEvent, operands, unknown);
				});
				promiseChain = this._chainOrCallHooks(promiseChain, "postAction");
				return promiseChain;
			}
			if (this.parent?.listenerCount(commandEvent)) {
				checkForUnknownOptions();
				this._processArguments();
				this.parent.emit(commandEvent, operands, unknown);
			} else if (operands.length) {
				if (this._findCommand("*")) return this._dispatchSubcommand("*", operands, unknown);
				if (this.listenerCount("command:*")) this.emit("command:*", operands, unknown);
				else if (this.commands.length) this.unknownCommand();
				else {
					checkForUnknownOptions();
					this._processArguments();
				}
			} else if (this.commands.length) {
				checkForUnknownOptions();
				this.help({ error: true });
			} else {
				checkForUnknownOptions();
				this._processArguments();
			}
		}
		_findCommand(name) {
			if (!name) return void 0;
			return this.commands.find((cmd) => cmd._name === name || cmd._aliases.includes(name));
		}
		_findOption(arg) {
			return this.options.find((option) => option.is(arg));
		}
		_checkForMissingMandatoryOptions() {
			this._getCommandAndAncestors().forEach((cmd) => {
				cmd.options.forEach((anOption) => {
					if (anOption.mandatory && cmd.getOptionValue(anOption.attributeName()) === void 0) cmd.missingMandatoryOptionValue(anOption);
				});
			});
		}
		_checkForConflictingLocalOptions() {
			const definedNonDefaultOptions = this.options.filter((option) => {
				const optionKey = option.attributeName();
				if (this.getOptionValue(optionKey) === void 0) return false;
				return this.getOptionValueSource(optionKey) !== "default";
			});
			definedNonDefaultOptions.filter((option) => option.conflictsWith.length > 0).forEach((option) => {
				const conflictingAndDefined = definedNonDefaultOptions.find((defined) => option.conflictsWith.includes(defined.attributeName()));
				if (conflictingAndDefined) this._conflictingOption(option, conflictingAndDefined);
			});
		}
		_checkForConflictingOptions() {
			this._getCommandAndAncestors().forEach((cmd) => {
				cmd._checkForConflictingLocalOptions();
			});
		}
		parseOptions(args) {
			const operands = [];
			const unknown = [];
			let dest = operands;
			function maybeOption(arg) {
				return arg.length > 1 && arg[0] === "-";
			}
			const negativeNumberArg = (arg) => {
				if (!/^-(\d+|\d*\.\d+)(e[+-]?\d+)?$/.test(arg)) return false;
				return !this._getCommandAndAncestors().some((cmd) => cmd.options.map((opt) => opt.short).some((short) => /^-\d$/.test(short)));
			};
			let activeVariadicOption = null;
			let activeGroup = null;
			let i = 0;
			while (i < args.length || activeGroup) {
				const arg = activeGroup ?? args[i++];
				activeGroup = null;
				if (arg === "--") {
					if (dest === unknown) dest.push(arg);
					dest.push(...args.slice(i));
					break;
				}
				if (activeVariadicOption && (!maybeOption(arg) || negativeNumberArg(arg))) {
					this.emit(`option:${activeVariadicOption.name()}`, arg);
					continue;
				}
				activeVariadicOption = null;
				if (maybeOption(arg)) {
					const option = this._findOption(arg);
					if (option) {
						if (option.required) {
							const value = args[i++];
							if (value === void 0) this.optionMissingArgument(option);
							this.emit(`option:${option.name()}`, value);
						} else if (option.optional) {
							let value = null;
							if (i < args.length && (!maybeOption(args[i]) || negativeNumberArg(args[i]))) value = args[i++];
							this.emit(`option:${option.name()}`, value);
						} else this.emit(`option:${option.name()}`);
						activeVariadicOption = option.variadic ? option : null;
						continue;
					}
				}
				if (arg.length > 2 && arg[0] === "-" && arg[1] !== "-") {
					const option = this._findOption(`-${arg[1]}`);
					if (option) {
						if (option.required || option.optional && this._combineFlagAndOptionalValue) this.emit(`option:${option.name()}`, arg.slice(2));
						else {
							this.emit(`option:${option.name()}`);
							activeGroup = `-${arg.slice(2)}`;
						}
						continue;
					}
				}
				if (/^--[^=]+=/.test(arg)) {
					const index = arg.indexOf("=");
					const option = this._findOption(arg.slice(0, index));
					if (option && (option.required || option.optional)) {
						this.emit(`option:${option.name()}`, arg.slice(index + 1));
						continue;
					}
				}
				if (dest === operands && maybeOption(arg) && !(this.commands.length === 0 && negativeNumberArg(arg))) dest = unknown;
				if ((this._enablePositionalOptions || this._passThroughOptions) && operands.length === 0 && unknown.length === 0) {
					if (this._findCommand(arg)) {
						operands.push(arg);
						unknown.push(...args.slice(i));
						break;
					} else if (this._getHelpCommand() && arg === this._getHelpCommand().name()) {
						operands.push(arg, ...args.slice(i));
						break;
					} else if (this._defaultCommandName) {
						unknown.push(arg, ...args.slice(i));
						break;
					}
				}
				if (this._passThroughOptions) {
					dest.push(arg, ...args.slice(i));
					break;
				}
				dest.push(arg);
			}
			return {
				operands,
				unknown
			};
		}
		opts() {
			if (this._storeOptionsAsProperties) {
				const result = {};
				const len = this.options.length;
				for (let i = 0; i < len; i++) {
					const key = this.options[i].attributeName();
					result[key] = key === this._versionOptionName ? this._version : this[key];
				}
				return result;
			}
			return this._optionValues;
		}
		optsWithGlobals() {
			return this._getCommandAndAncestors().reduce((combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()), {});
		}
		error(message, errorOptions) {
			this._outputConfiguration.outputError(`${message}\n`, this._outputConfiguration.writeErr);
			if (typeof this._showHelpAfterError === "string") this._outputConfiguration.writeErr(`${this._showHelpAfterError}\n`);
			else if (this._showHelpAfterError) {
				this._outputConfiguration.writeErr("\n");
				this.outputHelp({ error: true });
			}
			const config = errorOptions || {};
			const exitCode = config.exitCode || 1;
			const code = config.code || "commander.error";
			this._exit(exitCode, code, message);
		}
		_parseOptionsEnv() {
			this.options.forEach((option) => {
				if (option.envVar && option.envVar in process.env) {
					const optionKey = option.attributeName();
					if (this.getOptionValue(optionKey) === void 0 || [
						"default",
						"config",
						"env"
					].includes(this.getOptionValueSource(optionKey))) {
						if (option.required || option.optional) this.emit(`optionEnv:${option.name()}`, process.env[option.envVar]);
						else this.emit(`optionEnv:${option.name()}`);
					}
				}
			});
		}
		_parseOptionsImplied() {
			const dualHelper = new DualOptions(this.options);
			const hasCustomOptionValue = (optionKey) => {
				return this.getOptionValue(optionKey) !== void 0 && !["default", "implied"].includes(this.getOptionValueSource(optionKey));
			};
			this.options.filter((option) => option.implied !== void 0 && hasCustomOptionValue(option.attributeName()) && dualHelper.valueFromOption(this.getOptionValue(option.attributeName()), option)).forEach((option) => {
				Object.keys(option.implied).filter((impliedKey) => !hasCustomOptionValue(impliedKey)).forEach((impliedKey) => {
					this.setOptionValueWithSource(impliedKey, option.implied[impliedKey], "implied");
				});
			});
		}
		missingArgument(name) {
			const message = `error: missing required argument '${name}'`;
			this.error(message, { code: "commander.missingArgument" });
		}
		optionMissingArgument(option) {
			const message = `error: option '${option.flags}' argument missing`;
			this.error(message, { code: "commander.optionMissingArgument" });
		}
		missingMandatoryOptionValue(option) {
			const message = `error: required option '${option.flags}' not specified`;
			this.error(message, { code: "commander.missingMandatoryOptionValue" });
		}
		_conflictingOption(option, conflictingOption) {
			const findBestOptionFromValue = (option) => {
				const optionKey = option.attributeName();
				const optionValue = this.getOptionValue(optionKey);
				const negativeOption = this.options.find((target) => target.negate && optionKey === target.attributeName());
				const positiveOption = this.options.find((target) => !target.negate && optionKey === target.attributeName());
				if (negativeOption && (negativeOption.presetArg === void 0 && optionValue === false || negativeOption.presetArg !== void 0 && optionValue === negativeOption.presetArg)) return negativeOption;
				return positiveOption || option;
			};
			const getErrorMessage = (option) => {
				const bestOption = findBestOptionFromValue(option);
				const optionKey = bestOption.attributeName();
				if (this.getOptionValueSource(optionKey) === "env") return `environment variable '${bestOption.envVar}'`;
				return `option '${bestOption.flags}'`;
			};
			const message = `error: ${getErrorMessage(option)} cannot be used with ${getErrorMessage(conflictingOption)}`;
			this.error(message, { code: "commander.conflictingOption" });
		}
		unknownOption(flag) {
			if (this._allowUnknownOption) return;
			let suggestion = "";
			if (flag.startsWith("--") && this._showSuggestionAfterError) {
				let candidateFlags = [];
				let command = this;
				do {
					const moreFlags = command.createHelp().visibleOptions(command).filter((option) => option.long).map((option) => option.long);
					candidateFlags = candidateFlags.concat(moreFlags);
					command = command.parent;
				} while (command && !command._enablePositionalOptions);
				suggestion = suggestSimilar(flag, candidateFlags);
			}
			const message = `error: unknown option '${flag}'${suggestion}`;
			this.error(message, { code: "commander.unknownOption" });
		}
		_excessArguments(receivedArgs) {
			if (this._allowExcessArguments) return;
			const expected = this.registeredArguments.length;
			const s = expected === 1 ? "" : "s";
			const message = `error: too many arguments${this.parent ? ` for '${this.name()}'` : ""}. Expected ${expected} argument${s} but got ${receivedArgs.length}.`;
			this.error(message, { code: "commander.excessArguments" });
		}
		unknownCommand() {
			const unknownName = this.args[0];
			let suggestion = "";
			if (this._showSuggestionAfterError) {
				const candidateNames = [];
				this.createHelp().visibleCommands(this).forEach((command) => {
					candidateNames.push(command.name());
					if (command.alias()) candidateNames.push(command.alias());
				});
				suggestion = suggestSimilar(unknownName, candidateNames);
			}
			const message = `error: unknown command '${unknownName}'${suggestion}`;
			this.error(message, { code: "commander.unknownCommand" });
		}
		version(str, flags, description) {
			if (str === void 0) return this._version;
			this._version = str;
			flags = flags || "-V, --version";
			description = description || "output the version number";
			const versionOption = this.createOption(flags, description);
			this._versionOptionName = versionOption.attributeName();
			this._registerOption(versionOption);
			this.on("option:" + versionOption.name(), () => {
				this._outputConfiguration.writeOut(`${str}\n`);
				this._exit(0, "commander.version", str);
			});
			return this;
		}
		description(str, argsDescription) {
			if (str === void 0 && argsDescription === void 0) return this._description;
			this._description = str;
			if (argsDescription) this._argsDescription = argsDescription;
			return this;
		}
		summary(str) {
			if (str === void 0) return this._summary;
			this._summary = str;
			return this;
		}
		alias(alias) {
			if (alias === void 0) return this._aliases[0];
			let command = this;
			if (this.commands.length !== 0 && this.commands[this.commands.length - 1]._executableHandler) command = this.commands[this.commands.length - 1];
			if (alias === command._name) throw new Error("Command alias can't be the same as its name");
			const matchingCommand = this.parent?._findCommand(alias);
			if (matchingCommand) {
				const existingCmd = [matchingCommand.name()].concat(matchingCommand.aliases()).join("|");
				throw new Error(`cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`);
			}
			command._aliases.push(alias);
			return this;
		}
		aliases(aliases) {
			if (aliases === void 0) return this._aliases;
			aliases.forEach((alias) => this.alias(alias));
			return this;
		}
		usage(str) {
			if (str === void 0) {
				if (this._usage) return this._usage;
				const args = this.registeredArguments.map((arg) => {
					return humanReadableArgName(arg);
				});
				return [].concat(this.options.length || this._helpOption !== null ? "[options]" : [], this.commands.length ? "[command]" : [], this.registeredArguments.length ? args : []).join(" ");
			}
			this._usage = str;
			return this;
		}
		name(str) {
			if (str === void 0) return this._name;
			this._name = str;
			return this;
		}
		helpGroup(heading) {
			if (heading === void 0) return this._helpGroupHeading ?? "";
			this._helpGroupHeading = heading;
			return this;
		}
		commandsGroup(heading) {
			if (heading === void 0) return this._defaultCommandGroup ?? "";
			this._defaultCommandGroup = heading;
			return this;
		}
		optionsGroup(heading) {
			if (heading === void 0) return this._defaultOptionGroup ?? "";
			this._defaultOptionGroup = heading;
			return this;
		}
		_initOptionGroup(option) {
			if (this._defaultOptionGroup && !option.helpGroupHeading) option.helpGroup(this._defaultOptionGroup);
		}
		_initCommandGroup(cmd) {
			if (this._defaultCommandGroup && !cmd.helpGroup()) cmd.helpGroup(this._defaultCommandGroup);
		}
		nameFromFilename(filename) {
			this._name = path.basename(filename, path.extname(filename));
			return this;
		}
		executableDir(path) {
			if (path === void 0) return this._executableDir;
			this._executableDir = path;
			return this;
		}
		helpInformation(contextOptions) {
			const helper = this.createHelp();
			const context = this._getOutputContext(contextOptions);
			helper.prepareContext({
				error: context.error,
				helpWidth: context.helpWidth,
				outputHasColors: context.hasColors
			});
			const text = helper.formatHelp(this, helper);
			if (context.hasColors) return text;
			return this._outputConfiguration.stripColor(text);
		}
		_getOutputContext(contextOptions) {
			contextOptions = contextOptions || {};
			const error = !!contextOptions.error;
			let baseWrite;
			let hasColors;
			let helpWidth;
			if (error) {
				baseWrite = (str) => this._outputConfiguration.writeErr(str);
				hasColors = this._outputConfiguration.getErrHasColors();
				helpWidth = this._outputConfiguration.getErrHelpWidth();
			} else {
				baseWrite = (str) => this._outputConfiguration.writeOut(str);
				hasColors = this._outputConfiguration.getOutHasColors();
				helpWidth = this._outputConfiguration.getOutHelpWidth();
			}
			const write = (str) => {
				if (!hasColors) str = this._outputConfiguration.stripColor(str);
				return baseWrite(str);
			};
			return {
				error,
				write,
				hasColors,
				helpWidth
			};
		}
		outputHelp(contextOptions) {
			let deprecatedCallback;
			if (typeof contextOptions === "function") {
				deprecatedCallback = contextOptions;
				contextOptions = void 0;
			}
			const outputContext = this._getOutputContext(contextOptions);
			const eventContext = {
				error: outputContext.error,
				write: outputContext.write,
				command: this
			};
			this._getCommandAndAncestors().reverse().forEach((command) => command.emit("beforeAllHelp", eventContext));
			this.emit("beforeHelp", eventContext);
			let helpInformation = this.helpInformation({ error: outputContext.error });
			if (deprecatedCallback) {
				helpInformation = deprecatedCallback(helpInformation);
				if (typeof helpInformation !== "string" && !Buffer.isBuffer(helpInformation)) throw new Error("outputHelp callback must return a string or a Buffer");
			}
			outputContext.write(helpInformation);
			if (this._getHelpOption()?.long) this.emit(this._getHelpOption().long);
			this.emit("afterHelp", eventContext);
			this._getCommandAndAncestors().forEach((command) => command.emit("afterAllHelp", eventContext));
		}
		helpOption(flags, description) {
			if (typeof flags === "boolean") {
				if (flags) {
					if (this._helpOption === null) this._helpOption = void 0;
					if (this._defaultOptionGroup) this._initOptionGroup(this._getHelpOption());
				} else this._helpOption = null;
				return this;
			}
			this._helpOption = this.createOption(flags ?? "-h, --help", description ?? "display help for command");
			if (flags || description) this._initOptionGroup(this._helpOption);
			return this;
		}
		_getHelpOption() {
			if (this._helpOption === void 0) this.helpOption(void 0, void 0);
			return this._helpOption;
		}
		addHelpOption(option) {
			this._helpOption = option;
			this._initOptionGroup(option);
			return this;
		}
		help(contextOptions) {
			this.outputHelp(contextOptions);
			let exitCode = Number(process.exitCode ?? 0);
			if (exitCode === 0 && contextOptions && typeof contextOptions !== "function" && contextOptions.error) exitCode = 1;
			this._exit(exitCode, "commander.help", "(outputHelp)");
		}
		addHelpText(position, text) {
			const allowedValues = [
				"beforeAll",
				"before",
				"after",
				"afterAll"
			];
			if (!allowedValues.includes(position)) throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
			const helpEvent = `${position}Help`;
			this.on(helpEvent, (context) => {
				let helpStr;
				if (typeof text === "function") helpStr = text({
					error: context.error,
					command: context.command
				});
				else helpStr = text;
				if (helpStr) context.write(`${helpStr}\n`);
			});
			return this;
		}
		_outputHelpIfRequested(args) {
			const helpOption = this._getHelpOption();
			if (helpOption && args.find((arg) => helpOption.is(arg))) {
				this.outputHelp();
				this._exit(0, "commander.helpDisplayed", "(outputHelp)");
			}
		}
	};
	function incrementNodeInspectorPort(args) {
		return args.map((arg) => {
			if (!arg.startsWith("--inspect")) return arg;
			let debugOption;
			let debugHost = "127.0.0.1";
			let debugPort = "9229";
			let match;
			if ((match = arg.match(/^(--inspect(-brk)?)$/)) !== null) debugOption = match[1];
			else if ((match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+)$/)) !== null) {
				debugOption = match[1];
				if (/^\d+$/.test(match[3])) debugPort = match[3];
				else debugHost = match[3];
			} else if ((match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+):(\d+)$/)) !== null) {
				debugOption = match[1];
				debugHost = match[3];
				debugPort = match[4];
			}
			if (debugOption && debugPort !== "0") return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
			return arg;
		});
	}
	function useColor() {
		if (process.env.NO_COLOR || process.env.FORCE_COLOR === "0" || process.env.FORCE_COLOR === "false") return false;
		if (process.env.FORCE_COLOR || process.env.CLICOLOR_FORCE !== void 0) return true;
	}
	exports.Command = Command;
	exports.useColor = useColor;
}));
const { program, createCommand, createArgument, createOption, CommanderError, InvalidArgumentError, InvalidOptionArgumentError, Command, Argument, Option, Help } = __toESM(__commonJSMin(((exports) => {
	const { Argument } = require_argument();
	const { Command } = require_command();
	const { CommanderError, InvalidArgumentError } = require_error();
	const { Help } = require_help();
	const { Option } = require_option();
	exports.program = new Command();
	exports.createCommand = (name) => new Command(name);
	exports.createOption = (flags, description) => new Option(flags, description);
	exports.createArgument = (name, description) => new Argument(name, description);
	exports.Command = Command;
	exports.Option = Option;
	exports.Argument = Argument;
	exports.Help = Help;
	exports.CommanderError = CommanderError;
	exports.InvalidArgumentError = InvalidArgumentError;
	exports.InvalidOptionArgumentError = InvalidArgumentError;
}))(), 1).default;
// src/report/model/inspection.ts
function inspectionReport({ name, inspection }) {
	const subject = {
		head: inspection,
		base: null,
		baseMissing: null,
		comparison: null
	};
	return {
		headline: say$1`${name} is ${{ bytes: inspection.size }}, ${[{
			yes: "distroless",
			no: "not distroless",
			unknown: "maybe distroless"
		}[inspection.distroless.verdict]]}`,
		rows: [...rowsOf({
			...subject,
			findings: []
		}), ...furtherRows(inspection)],
		layers: layerRows(subject),
		waste: wasteReport(inspection),
		notes: [
			...inspection.start.problems.slice(0, maxProblems).map((problem) => say$1`Cannot start: ${problemSentence(problem)}`),
			...startNotes(inspection),
			...inspection.packagesUnread.slice(0, maxProblems).map(({ path, detail }) => say$1`Packages are missing: ${path} ${{ words: detail }}.`),
			...inspection.notes.map((note) => say$1`${{ words: note }}`)
		]
	};
}
const maxProblems = 5;
function furtherRows(inspection) {
	const { unpackedSize, platform, family, imageFamily, gitDirectories, digest, configDigest } = inspection;
	const { packages } = inspection;
	return [
		row("Unpacked size", [{ bytes: unpackedSize }]),
		row("Wasted bytes", [{ bytes: inspection.waste.bytes }]),
		row("dive's efficiency", [`${Math.floor(inspection.waste.dive.efficiency * 1e3) / 10}%`]),
		row("Platform", say$1`${platform}`),
		row("Operating system", family === null ? say$1`none` : say$1`${family}`),
		...imageFamily === null ? [] : [{
			...row("Family", [imageFamily.label]),
			details: imageFamily.evidence
		}],
		row("Packages", [`${packages.length}${packages.length === 0 ? "" : ` (${countsByType(packages)})`}`]),
		row("User", user(inspection)),
		row("Working directory", workingDirectory(inspection)),
		...allSurfaceRows(inspection),
		...gitDirectories.length === 0 ? [] : [{
			...row("Git history", [{ bytes: gitDirectories.reduce((sum, { bytes }) => sum + bytes, 0) }]),
			details: gitDirectories.map(({ path }) => path)
		}],
		row(digest === null ? "Config" : "Manifest", say$1`${digest ?? configDigest}`)
	];
}
function countsByType(packages) {
	return [...Map.groupBy(packages, ({ type }) => type)].map(([type, { length }]) => `${length} ${type}`).join(", ");
}
function row(label, head) {
	return {
		label,
		base: [],
		head,
		details: [],
		change: [],
		remarks: []
	};
}
// src/report/terminal/pen.ts
var import_picocolors = __toESM(__commonJSMin(((exports, module) => {
	let p = process || {};
	let argv = p.argv || [];
	let env = p.env || {};
	let isColorSupported = !(!!env.NO_COLOR || argv.includes("--no-color")) && (!!env.FORCE_COLOR || argv.includes("--color") || p.platform === "win32" || (p.stdout || {}).isTTY && env.TERM !== "dumb" || !!env.CI);
	let formatter = (open, close, replace = open) => (input) => {
		let string = "" + input, index = string.indexOf(close, open.length);
		return ~index ? open + replaceClose(string, close, replace, index) + close : open + string + close;
	};
	let replaceClose = (string, close, replace, index) => {
		let result = "", cursor = 0;
		do {
			result += string.substring(cursor, index) + replace;
			cursor = index + close.length;
			index = string.indexOf(close, cursor);
		} while (~index);
		return result + string.substring(cursor);
	};
	let createColors = (enabled = isColorSupported) => {
		let f = enabled ? formatter : () => String;
		return {
			isColorSupported: enabled,
			reset: f("\x1B[0m", "\x1B[0m"),
			bold: f("\x1B[1m", "\x1B[22m", "\x1B[22m\x1B[1m"),
			dim: f("\x1B[2m", "\x1B[22m", "\x1B[22m\x1B[2m"),
			italic: f("\x1B[3m", "\x1B[23m"),
			underline: f("\x1B[4m", "\x1B[24m"),
			inverse: f("\x1B[7m", "\x1B[27m"),
			hidden: f("\x1B[8m", "\x1B[28m"),
			strikethrough: f("\x1B[9m", "\x1B[29m"),
			black: f("\x1B[30m", "\x1B[39m"),
			red: f("\x1B[31m", "\x1B[39m"),
			green: f("\x1B[32m", "\x1B[39m"),
			yellow: f("\x1B[33m", "\x1B[39m"),
			blue: f("\x1B[34m", "\x1B[39m"),
			magenta: f("\x1B[35m", "\x1B[39m"),
			cyan: f("\x1B[36m", "\x1B[39m"),
			white: f("\x1B[37m", "\x1B[39m"),
			gray: f("\x1B[90m", "\x1B[39m"),
			bgBlack: f("\x1B[40m", "\x1B[49m"),
			bgRed: f("\x1B[41m", "\x1B[49m"),
			bgGreen: f("\x1B[42m", "\x1B[49m"),
			bgYellow: f("\x1B[43m", "\x1B[49m"),
			bgBlue: f("\x1B[44m", "\x1B[49m"),
			bgMagenta: f("\x1B[45m", "\x1B[49m"),
			bgCyan: f("\x1B[46m", "\x1B[49m"),
			bgWhite: f("\x1B[47m", "\x1B[49m"),
			blackBright: f("\x1B[90m", "\x1B[39m"),
			redBright: f("\x1B[91m", "\x1B[39m"),
			greenBright: f("\x1B[92m", "\x1B[39m"),
			yellowBright: f("\x1B[93m", "\x1B[39m"),
			blueBright: f("\x1B[94m", "\x1B[39m"),
			magentaBright: f("\x1B[95m", "\x1B[39m"),
			cyanBright: f("\x1B[96m", "\x1B[39m"),
			whiteBright: f("\x1B[97m", "\x1B[39m"),
			bgBlackBright: f("\x1B[100m", "\x1B[49m"),
			bgRedBright: f("\x1B[101m", "\x1B[49m"),
			bgGreenBright: f("\x1B[102m", "\x1B[49m"),
			bgYellowBright: f("\x1B[103m", "\x1B[49m"),
			bgBlueBright: f("\x1B[104m", "\x1B[49m"),
			bgMagentaBright: f("\x1B[105m", "\x1B[49m"),
			bgCyanBright: f("\x1B[106m", "\x1B[49m"),
			bgWhiteBright: f("\x1B[107m", "\x1B[49m")
		};
	};
	module.exports = createColors();
	module.exports.createColors = createColors;
}))(), 1);
function makePen({ columns, colour }) {
	const paint = import_picocolors.default.createColors(colour);
	return {
		columns: Math.min(Math.max(columns, 40), 120),
		paint,
		code: (text) => paint.cyan(text.length > maxUnbroken ? text : text.replaceAll(" ", "\xA0"))
	};
}
const maxUnbroken = 48;
function mark(verdict, { paint }) {
	switch (verdict) {
		case "pass": return paint.green("✓ pass");
		case "warn": return paint.yellow("! warning");
		case "fail": return paint.red("✗ fail");
		case "inconclusive": return paint.magenta("? inconclusive");
	}
}
// src/report/terminal/text-layout.ts
function widthOf(text) {
	if (ascii.test(text)) return text.length;
	let width = 0;
	for (const character of stripVTControlCharacters(text)) {
		if (/\p{M}/u.test(character)) continue;
		width += /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u.test(character) ? 2 : 1;
	}
	return width;
}
const ascii = /^[ -~]*$/;
function padStart(text, width) {
	return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}
function padEnd(text, width) {
	return text + " ".repeat(Math.max(0, width - widthOf(text)));
}
function wrap(text, columns, indent, start = 0) {
	const lines = [];
	let line = "";
	let width = 0;
	for (const word of text.split(" ")) {
		const room = columns - (lines.length === 0 ? start : indent);
		const added = widthOf(word);
		if (line !== "" && width + 1 + added > room) {
			lines.push(line);
			line = word;
			width = added;
		} else {
			width += line === "" ? added : 1 + added;
			line = line === "" ? word : `${line} ${word}`;
		}
	}
	return [...lines, line].join(`\n${" ".repeat(indent)}`);
}
function cut(text, width) {
	if (widthOf(text) <= width) return text;
	let kept = "";
	for (const character of text) {
		if (widthOf(kept + character) > width - 1) break;
		kept += character;
	}
	return `${kept}…`;
}
// src/report/terminal/facts.ts
function factLines(rows, titles, pen) {
	if (titles.base === null) return oneSided(rows, pen);
	const header = [
		"",
		cut(inText(titles.base), maxTitle),
		inText(titles.head),
		"change"
	];
	const whole = rows.map(cellsOf);
	const longestRemark = Math.max(...rows.flatMap((row) => row.remarks.map((remark) => widthOf(remarkText(remark, pen)))), -2);
	const cells = startOfRemarks(widthsOf([header, ...whole])) + longestRemark > pen.columns ? whole.map(withoutLong) : whole;
	const widths = widthsOf([header, ...cells]);
	const start = startOfRemarks(widths);
	return [pen.paint.dim(lineOf(header, widths)), ...rows.flatMap((row, index) => {
		const own = cells[index] ?? header;
		const remarks = row.remarks.map((remark) => remarkText(remark, pen));
		const isRoom = remarks.every((remark) => start + widthOf(remark) <= pen.columns);
		const [first, ...more] = isRoom ? remarks : [];
		return [
			first === void 0 ? lineOf(own, widths) : `${lineOf(own, widths)}  ${first}`,
			...more.map((remark) => " ".repeat(start) + remark),
			...own === whole[index] ? [] : [`    ${wrap(bothSides(row, pen), pen.columns, 4, 4)}`],
			...isRoom ? [] : remarks.map((remark) => `    ${wrap(remark, pen.columns, 4, 4)}`),
			...detailLines(row, 4, pen)
		];
	})];
}
function cellsOf(row) {
	return [
		row.label,
		inText(row.base),
		inText(row.head),
		inText(row.change)
	];
}
const maxCell = 14;
const maxTitle = 24;
function withoutLong(cells) {
	const [label, base, head, change] = cells;
	return [base, head].every((cell) => widthOf(cell) <= maxCell) ? cells : [
		label,
		"",
		"",
		change
	];
}
function bothSides({ base, head }, pen) {
	const [before, after] = [inText(base, pen.code), inText(head, pen.code)];
	return before === after ? after : `${before} → ${after}`;
}
function widthsOf(lines) {
	return [
		0,
		1,
		2,
		3
	].map((column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ""))));
}
function startOfRemarks(widths) {
	return 2 + widths.reduce((sum, width) => sum + (width > 0 ? width + 2 : 0), 0);
}
function lineOf([label, ...facts], [labels = 0, ...widths]) {
	const columns = facts.map((cell, column) => padStart(cell, widths[column] ?? 0)).filter((_, column) => widths[column]);
	return `  ${[padEnd(label, labels), ...columns].join("  ")}`;
}
function oneSided(rows, pen) {
	const labels = Math.max(...rows.map(({ label }) => widthOf(label)));
	const indent = 2 + labels + 2;
	return rows.flatMap((row) => {
		const facts = [inText(row.head, pen.code), ...row.remarks.map((remark) => remarkText(remark, pen))].join(", ");
		return [`  ${padEnd(row.label, labels)}  ${wrap(facts, pen.columns, indent, indent)}`, ...detailLines(row, indent, pen)];
	});
}
function detailLines(row, indent, pen) {
	if (row.details.length === 0) return [];
	return [" ".repeat(indent) + wrap(inText(firstDetails(row), pen.code), pen.columns, indent, indent)];
}
function remarkText({ verdict, text }, pen) {
	const words = inText(text, pen.code);
	return verdict === null || verdict === "pass" ? words : `${mark(verdict, pen)}: ${words}`;
}
// src/report/terminal/parts.ts
function sizeChangeLines(changes, pen) {
	const { parts } = changes;
	const rests = restLines(changes);
	const differences = [...parts, ...rests].map(({ difference }) => formatChange(difference));
	const width = Math.max(...differences.map(widthOf));
	const indent = 4 + width + 2;
	const lines = parts.flatMap(({ where, what, paths }, index) => {
		const text = `${where === null ? "" : `${inText(where)}  `}${inText(what, pen.code)}`;
		const inside = paths.map((path) => wrap(inText(path, pen.code), pen.columns, indent + 2, indent));
		return [`    ${pen.paint.bold(padStart(differences[index] ?? "", width))}  ${wrap(text, pen.columns, indent, indent)}`, ...inside.map((path) => " ".repeat(indent) + path)];
	});
	const last = rests.map(({ what }, index) => `    ${padStart(differences[parts.length + index] ?? "", width)}  ${what}`);
	return [...lines, ...last];
}
function adviceLines(advice, pen) {
	return advice.map((sentence) => `    • ${wrap(inText(sentence, pen.code), pen.columns, 6, 6)}`);
}
function stepLines(steps, pen) {
	if (steps.length < 2) return adviceLines(steps, pen);
	return steps.map((step, index) => `    ${index + 1}. ${wrap(inText(step, pen.code), pen.columns, 7, 7)}`);
}
function layerLines(layers, pen) {
	const bars = barsOf(layers);
	const hasBase = layers.some(({ difference }) => difference !== null);
	const cells = layers.map(({ number, line, head, difference, note }) => [
		number,
		line === null ? "" : `line ${line}`,
		head === null ? "" : formatBytes(head),
		hasBase ? difference ? formatChange(difference) : "" : "",
		note
	]);
	const widths = [
		0,
		1,
		2,
		3,
		4
	].map((column) => Math.max(0, ...cells.map((line) => widthOf(line[column] ?? ""))));
	const wide = pen.columns >= 80;
	return layers.map(({ what }, index) => {
		const [number = "", line = "", size = "", change = "", note = ""] = cells[index] ?? [];
		const [numbers = 0, lines = 0, sizes = 0, changes = 0, notes = 0] = widths;
		const start = `    ${[
			padStart(number, numbers),
			...lines > 0 ? [padEnd(line, lines)] : [],
			...wide ? [padEnd(bars[index] ?? "", 10)] : [],
			padStart(size, sizes),
			...changes > 0 ? [padStart(change, changes)] : [],
			...notes > 0 ? [padEnd(note, notes)] : []
		].join("  ")}  `;
		return start + pen.code(cut(inText(what), Math.max(12, pen.columns - widthOf(start))));
	});
}
function fileLines({ rows, count }, pen) {
	const cells = rows.map(({ head, base, difference }) => ({
		change: formatChange(difference),
		sizes: base === null ? "new" : head === null ? "gone" : `${formatRow([base, head])[0] ?? ""} before`
	}));
	const widths = {
		change: Math.max(0, ...cells.map(({ change }) => widthOf(change))),
		sizes: Math.max(0, ...cells.map(({ sizes }) => widthOf(sizes)))
	};
	const lines = rows.map(({ path }, index) => {
		const { change = "", sizes = "" } = cells[index] ?? {};
		return `    ${padStart(change, widths.change)}  ${padEnd(sizes, widths.sizes)}  ${inText(say$1`${path}`, pen.code)}`;
	});
	return count > rows.length ? [...lines, `    and ${count - rows.length} more`] : lines;
}
function packageLines({ rows }, pen) {
	const shown = rows.slice(0, maxPackages).map(({ what, difference }) => ({
		text: inText(what, pen.code),
		change: difference === null ? "" : formatChange(difference)
	}));
	const width = Math.max(...shown.map(({ change }) => widthOf(change)));
	const indent = 4 + width + 2;
	const lines = shown.map(({ text, change }) => `    ${padStart(change, width)}  ${wrap(text, pen.columns, indent, indent)}`);
	const rest = rows.length - shown.length;
	return rest > 0 ? [...lines, `    and ${rest} more`] : lines;
}
const maxPackages = 20;
function noteLines(notes, pen) {
	return notes.map((note) => pen.paint.dim(`    ${wrap(inText(note), pen.columns, 4, 4)}`));
}
function quotedLines(lines, pen) {
	return lines.map((line) => pen.paint.dim(`    ${terminalText(line, 200)}`));
}
// src/report/terminal/sections.ts
function section(title, lines, { paint }) {
	if (lines.length === 0) return [];
	return [
		"",
		...title === "" ? [] : [`  ${paint.bold(title)}`],
		...lines
	];
}
function inLines(lines) {
	return `${lines.map((line) => line.replaceAll("\xA0", " ").trimEnd()).join("\n")}\n`;
}
// src/report/terminal/terminal.ts
function renderTerminal(what, looks) {
	const pen = makePen(looks);
	return inLines(isAudit(what) ? auditLines(makeReport(what, "this change"), pen) : inspectionLines(what, pen));
}
function isAudit(what) {
	return "images" in what;
}
function auditLines(report, pen) {
	if (report.error !== null || report.images.length === 0) {
		const { said, lines } = report.error ?? nothingAudited;
		return [headline(report.verdict, inText(said, pen.code), pen), ...quotedLines(lines, pen)];
	}
	const overview = report.images.length > 1 ? [headline(report.verdict, overviewOf(report), pen), ""] : [];
	const images = report.images.flatMap((image, index) => [
		...index === 0 ? [] : [""],
		headline(image.verdict, inText(image.headline, pen.paint.bold), pen),
		...image.missingBase === null ? [] : [
			"",
			`  ${wrap(`No base to compare with. ${inText(image.missingBase.said, pen.code)}`, pen.columns, 2, 2)}`,
			...quotedLines(image.missingBase.lines, pen)
		],
		...section("", factLines(image.rows, image.titles, pen), pen),
		...image.sizeChanges === null ? [] : section(`What ${image.sizeChanges.direction}`, sizeChangeLines(image.sizeChanges, pen), pen),
		...section("What to do", stepLines(image.advice, pen), pen),
		...section("Layers", layerLines(image.layers, pen), pen),
		...image.packages === null ? [] : section(image.packages.title, packageLines(image.packages, pen), pen),
		...image.files.flatMap((list) => section(list.title, fileLines(list, pen), pen)),
		...image.waste === null ? [] : section(image.waste.title, adviceLines(image.waste.lines, pen), pen),
		...section("How this was measured", noteLines(image.measured.facts, pen), pen)
	]);
	return [
		...overview,
		...images,
		...section("Policy", adviceLines(report.policy, pen), pen)
	];
}
function inspectionLines(named, pen) {
	const { headline, rows, layers, waste, notes } = inspectionReport(named);
	return [
		wrap(inText(headline, pen.paint.bold), pen.columns, 2),
		...section("", factLines(rows, {
			base: null,
			head: []
		}, pen), pen),
		...section("Layers", layerLines(layers, pen), pen),
		...waste === null ? [] : section(waste.title, adviceLines(waste.lines, pen), pen),
		...section("Notes", noteLines(notes, pen), pen)
	];
}
function headline(verdict, text, pen) {
	return wrap(`${pen.paint.bold(mark(verdict, pen))}  ${text}`, pen.columns, 2);
}
// src/cli/flags.ts
function addInputs(command, wanted, meanings = {}, titles = {}) {
	const added = options.filter((option) => !option.actionOnly && wanted(option));
	for (const option of added) {
		const description = meanings[option.name] ?? option.description;
		const group = `${titles[option.group] ?? optionGroups[option.group]}:`;
		for (const flag of flagsOf({
			...option,
			description
		})) command.addOption(flag.helpGroup(group));
	}
	if (added.some(({ kind }) => kind === "list")) command.addHelpText("after", "\nOptions that take one item per line may be repeated: --label a=1 --label b=2.");
	return command;
}
function addBaseFlag(command) {
	const flag = new Option("--base <branch>", "The base branch. Default: origin's default branch, else main or master.");
	return command.addOption(flag.helpGroup(`${optionGroups.base}:`));
}
function inputTextsOfFlags(command, wanted = () => true) {
	const texts = new Map();
	for (const option of options.filter(wanted)) {
		const values = flagsOf(option).flatMap((flag) => linesOf(flag, command.getOptionValue(flag.attributeName())));
		if (values.length > 0) texts.set(option.name, values.join("\n"));
	}
	return texts;
}
function flagsOf(option) {
	const short = option.short === void 0 ? "" : `-${option.short}, `;
	if (option.kind === "boolean") return [new Option(`${short}--${option.name}`, option.description)];
	const placeholder = `<${option.value ?? "value"}>`;
	const holds = option.default ?? option.otherwise;
	const isDefault = holds === void 0 ? "" : ` (default: ${holds})`;
	const flag = new Option(`${short}--${option.flag ?? option.name} ${placeholder}`, `${option.description}${isDefault}`);
	flag.negate = false;
	if (option.kind === "text") return [flag];
	flag.argParser(collect);
	if (option.flag === void 0) return [flag];
	return [flag, new Option(`--${option.name} ${placeholder}`).argParser(collect).hideHelp()];
}
function collect(value, before) {
	return [...before ?? [], value];
}
function linesOf(flag, value) {
	if (value === void 0) return [];
	if (typeof value === "boolean") return [String(value !== flag.negate)];
	if (typeof value === "string") return [value];
	return value.map((item) => /^"|[\r\n]/.test(item) ? `"${item.replaceAll("\"", "\"\"")}"` : item);
}
// src/cli/output.ts
const formats$1 = [
	"terminal",
	"json",
	"markdown"
];
function addOutputFlags(command, offered = formats$1) {
	const flags = [
		new Option("--format <format>", `Format of the report: ${offered.join(", ").replace(/, (?=\w+$)/, " or ")}. (default: terminal)`).choices(offered).default("terminal"),
		new Option("--output <file>", "Write the report to a file instead of standard output."),
		new Option("--verbose", "Show the builder's output."),
		new Option("--quiet", "Show no progress.")
	];
	for (const flag of flags) command.addOption(flag.helpGroup(`${optionGroups.report}:`));
	return command;
}
function outputFlagsIn(argv) {
	const format = valueIn(argv, "--format");
	const output = valueIn(argv, "--output");
	return {
		format: formats$1.find((known) => known === format) ?? "terminal",
		...output === void 0 ? {} : { output }
	};
}
function valueIn(argv, flag) {
	const at = argv.findLastIndex((word) => word === flag || word.startsWith(`${flag}=`));
	return argv[at] === flag ? argv[at + 1] : argv[at]?.slice(flag.length + 1);
}
function looks(flags, env) {
	const toTerminal = flags.output === void 0 && process.stdout.isTTY === true;
	const forced = env["FORCE_COLOR"] !== void 0 && env["FORCE_COLOR"] !== "0";
	return {
		columns: Number(env["COLUMNS"]) || (toTerminal ? process.stdout.columns : 100),
		colour: !env["NO_COLOR"] && (forced || toTerminal && env["TERM"] !== "dumb")
	};
}
// src/image/readings/layered-store.ts
function layeredStore(first, ...others) {
	const find = (key) => {
		const cached = first.find(key);
		if (cached !== void 0) return cached;
		for (const store of others) {
			const reading = store.find(key);
			if (reading === void 0) continue;
			const size = key.digest && store.sizeOf(key.digest);
			if (key.digest && size !== void 0) first.keep(reading, {
				digest: key.digest,
				size
			});
			return reading;
		}
	};
	return {
		find,
		sizeOf(digest) {
			find({ digest });
			return first.sizeOf(digest);
		},
		*blobs() {
			for (const store of [first, ...others]) yield* store.blobs();
		},
		keep(reading, blob) {
			for (const store of [first, ...others]) store.keep(reading, blob);
		}
	};
}
// src/image/readings/reader-version.ts
const reader = 21;
function readerVersion(examiner) {
	return `${reader}-${createHash("sha256").update(examiner).digest("hex").slice(0, 16)}`;
}
// src/inspect/programs/content-version.ts
const contentVersion = versionOfMarkers([...shellMarkers, ...packageManagerMarkers]);
// src/reading-store/cache-directory.ts
function defaultReadingDirectory(env, platform) {
	const { join, isAbsolute } = platform === "win32" ? win32 : posix;
	const below = (parent, ...names) => parent !== void 0 && isAbsolute(parent) ? join(parent, ...names, "image-audit", "readings") : null;
	switch (platform) {
		case "win32": return below(env["LOCALAPPDATA"]);
		case "darwin": return below(env["HOME"], "Library", "Caches");
		default: return below(env["XDG_CACHE_HOME"]) ?? below(env["HOME"], ".cache");
	}
}
// src/image/readings/bytes.ts
function toBytes({ reading, blob }) {
	const { entries, ...scalars } = reading;
	const { distinct, paths, ends, sizes, checksums, modified, attributes } = entries.columns;
	const { digest, size } = blob;
	const head = {
		...scalars,
		blob: {
			digest,
			size
		},
		distinct,
		count: ends.length
	};
	const json = Buffer$1.from(JSON.stringify(head));
	const columns = [
		sizes,
		modified,
		checksums,
		ends.map((end, index) => end - (ends[index - 1] ?? 0)),
		attributes
	].map(bytesOf);
	return Buffer$1.concat([
		bytesOf(Uint32Array.of(json.length)),
		json,
		...columns,
		Buffer$1.from(paths, "latin1")
	]);
}
function fromBytes(bytes) {
	const reader = new Cutter(bytes);
	const headLength = reader.numbers(Uint32Array, 1)[0] ?? 0;
	const { blob, distinct, count, ...scalars } = parse(headSchema, JSON.parse(reader.text(headLength, "utf8")));
	const columns = {
		distinct,
		sizes: reader.numbers(Float64Array, count),
		modified: reader.numbers(Float64Array, count),
		checksums: reader.numbers(Uint32Array, count),
		ends: endsOf(reader.numbers(Uint32Array, count)),
		attributes: reader.numbers(Uint32Array, count),
		paths: reader.text(reader.left, "latin1")
	};
	check(columns);
	return {
		reading: {
			...scalars,
			entries: new EntryTable(columns)
		},
		blob
	};
}
var Cutter = class {
	#bytes;
	#offset = 0;
	constructor(bytes) {
		this.#bytes = bytes;
	}
	get left() {
		return this.#bytes.length - this.#offset;
	}
	text(length, encoding) {
		return this.#cut(length).toString(encoding);
	}
	numbers(type, count) {
		const numbers = new type(count);
		bytesOf(numbers).set(this.#cut(numbers.byteLength));
		return numbers;
	}
	#cut(length) {
		if (length > this.left) throw new RangeError("the reading is truncated");
		this.#offset += length;
		return this.#bytes.subarray(this.#offset - length, this.#offset);
	}
};
function endsOf(lengths) {
	const ends = new Uint32Array(lengths.length);
	let end = 0;
	for (let index = 0; index < lengths.length; index++) {
		end += lengths[index] ?? 0;
		ends[index] = end;
	}
	if (end > limits.paths) throw new RangeError("the paths are too long");
	return ends;
}
function check({ paths, ends, sizes, modified, attributes, distinct }) {
	let isSound = (ends.at(-1) ?? 0) === paths.length;
	for (let index = 0; index < ends.length; index++) {
		const size = sizes[index] ?? 0;
		isSound &&= size >= 0 && Number.isInteger(size);
		isSound &&= Number.isInteger(modified[index]) && (attributes[index] ?? 0) < distinct.length;
	}
	if (!isSound) throw new RangeError("the reading's columns do not fit together");
}
function bytesOf(numbers) {
	return Buffer$1.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
const entryTypes = {
	file: true,
	directory: true,
	symlink: true,
	hardlink: true,
	"character-device": true,
	"block-device": true,
	fifo: true,
	whiteout: true,
	"opaque-whiteout": true
};
const formats = {
	elf: true,
	script: true,
	other: true
};
function isAttributes(value) {
	return isOf(value, {
		type: isOneOf$1(entryTypes),
		mode: Number.isInteger,
		uid: Number.isInteger,
		gid: Number.isInteger,
		linkTarget: isOptional(isText),
		device: isOptional(isPair),
		capabilities: isOptional((value) => value === null || isFileCapabilities(value)),
		hasAccessList: isOptional(isTrue),
		content: isOptional(isContent)
	});
}
function isFileCapabilities(value) {
	return isOf(value, {
		permitted: (mask) => Number.isSafeInteger(mask) && Number(mask) >= 0,
		isEffective: (flag) => typeof flag === "boolean"
	});
}
function isContent(value) {
	return isOf(value, {
		format: isOneOf$1(formats),
		interpreter: isOptional(isText),
		markers: isOptional(isTexts),
		elf: isOptional(isElfFacts),
		text: isOptional(isText),
		packages: isOptional(isListOf(isPackageRecords))
	});
}
const packageTypes = {
	deb: true,
	apk: true,
	rpm: true,
	pypi: true,
	npm: true,
	maven: true,
	golang: true,
	cargo: true
};
function isPackageRecords(value) {
	return isOf(value, {
		type: isOneOf$1(packageTypes),
		packages: isListOf(isPackageRecord),
		unread: isOptional(isText)
	});
}
function isPackageRecord(value) {
	return isOf(value, {
		name: isText,
		version: isText,
		architecture: isOptional(isText),
		size: isOptional(Number.isInteger)
	});
}
function isElfFacts(value) {
	return isOf(value, {
		class: (width) => width === 32 || width === 64,
		byteOrder: (order) => order === "little" || order === "big",
		machine: Number.isInteger,
		type: Number.isInteger,
		interpreter: isOptional(isText),
		dynamic: isOptional(isElfDynamic),
		loaderDirectories: isOptional(isTexts),
		unread: isOptional(isText)
	});
}
function isElfDynamic(value) {
	return isOf(value, {
		needed: isOptional(isTexts),
		soname: isOptional(isText),
		rpath: isOptional(isText),
		runpath: isOptional(isText),
		hasNoDefaultLibraries: isOptional(isTrue),
		isPie: isOptional(isTrue),
		versionNeeds: isOptional(isListOf(isVersionNeeds)),
		versionDefinitions: isOptional(isTexts)
	});
}
function isVersionNeeds(value) {
	return isOf(value, {
		library: isText,
		versions: isListOf(isVersionNeed)
	});
}
function isVersionNeed(value) {
	return isOf(value, {
		name: isText,
		isWeak: isOptional(isTrue)
	});
}
function isOf(value, checks) {
	if (typeof value !== "object" || value === null) return false;
	const record = value;
	for (const key in record) if (!Object.hasOwn(checks, key)) return false;
	for (const key in checks) if (!checks[key](record[key])) return false;
	return true;
}
const isText = (value) => typeof value === "string";
const isTrue = (value) => value === true;
const isTexts = isListOf(isText);
const isPair = (value) => Array.isArray(value) && value.length === 2 && value.every((part) => Number.isInteger(part));
function isListOf(check) {
	return (value) => Array.isArray(value) && value.every(check);
}
function isOptional(check) {
	return (value) => value === void 0 || check(value);
}
function isOneOf$1(names) {
	return (value) => typeof value === "string" && Object.hasOwn(names, value);
}
const amount = pipe(number(), integer(), minValue(0));
const digest = custom(isDigest);
const headSchema = strictObject({
	diffId: digest,
	size: amount,
	tarSize: amount,
	tarParts: strictObject({
		content: amount,
		headers: amount,
		padding: amount
	}),
	gzipSize: exactOptional(amount),
	blob: strictObject({
		digest,
		size: amount
	}),
	anomalies: array(strictObject({
		kind: picklist([
			"duplicate-path",
			"path-outside-root",
			"whiteout-with-replacement",
			"unknown-pax-record"
		]),
		path: string()
	})),
	distinct: custom((value) => Array.isArray(value) && value.every(isAttributes)),
	count: pipe(amount, maxValue(limits.members))
});
// src/image/readings/codec.ts
const MiB = 1048576;
const encodedLimit = 64 * MiB;
const maxDecompressedSize = 256 * MiB;
const maxDistinctAttributes = 3e5;
function encodeReading(stored, version) {
	if (stored.reading.entries.columns.distinct.length > maxDistinctAttributes) return null;
	const bytes = bytesOrNull(stored);
	if (bytes === null || bytes.length > maxDecompressedSize) return null;
	const compressed = zstdCompressSync(bytes);
	if (compressed.length > 67108864 - sealSize) return null;
	return Buffer$1.concat([sealOf(compressed, version), compressed]);
}
function decodeReading(bytes, version) {
	if (bytes.length > 67108864) return null;
	const compressed = bytes.subarray(sealSize);
	if (!sealOf(compressed, version).equals(bytes.subarray(0, sealSize))) return null;
	try {
		return fromBytes(zstdDecompressSync(compressed, { maxOutputLength: maxDecompressedSize }));
	} catch {
		return null;
	}
}
function bytesOrNull(stored) {
	try {
		return toBytes(stored);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}
const sealSize = 32;
function sealOf(compressed, version) {
	return createHash("sha256").update(`image-audit reading ${version} ${endianness()}\0`).update(compressed).digest();
}
// src/reading-store/private-directory.ts
var PrivateDirectory = class {
	#path;
	constructor(path) {
		this.#path = path;
	}
	exists() {
		const found = lstatSync(this.#path, { throwIfNoEntry: false });
		if (found === void 0) return false;
		if (!found.isDirectory()) throw new Error("it is not a directory");
		if (!isPrivate(found)) throw new Error("another user owns it or can write to it");
		return true;
	}
	create() {
		mkdirSync(this.#path, {
			recursive: true,
			mode: 448
		});
		this.exists();
	}
	names() {
		return readdirSync(this.#path, { withFileTypes: true }).filter((found) => found.isFile()).map(({ name }) => name);
	}
	weigh(name) {
		const found = lstatSync(join(this.#path, name), { throwIfNoEntry: false });
		return found === void 0 ? null : {
			size: found.size,
			usedAt: found.mtimeMs
		};
	}
	read(name, maxBytes) {
		const file = openOwn(join(this.#path, name));
		if (file === null) return null;
		try {
			const found = fstatSync(file);
			return found.isFile() && isPrivate(found) && found.size <= maxBytes ? readFileSync(file) : null;
		} finally {
			closeSync(file);
		}
	}
	write(name, bytes) {
		const temporary = join(this.#path, `.${randomUUID()}.tmp`);
		try {
			writeFileSync(temporary, bytes, {
				flag: "wx",
				mode: 384
			});
			renameSync(temporary, join(this.#path, name));
		} finally {
			rmSync(temporary, { force: true });
		}
	}
	touch(name) {
		const now = new Date();
		try {
			lutimesSync(join(this.#path, name), now, now);
		} catch {}
	}
	remove(name) {
		rmSync(join(this.#path, name), { force: true });
	}
};
function isLeftover(name) {
	return /^\.[0-9a-f-]{36}\.tmp$/.test(name);
}
function isPrivate({ uid, mode }) {
	const user = process.getuid?.();
	return user === void 0 || uid === user && (mode & 18) === 0;
}
function openOwn(path) {
	const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants$1;
	try {
		return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	} catch (error) {
		if (isOneOf(error, ["ENOENT", "ELOOP"])) return null;
		throw error;
	}
}
function isOneOf(error, codes) {
	return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
// src/reading-store/directory.ts
function readingDirectory(path, options) {
	const store = new ReadingDirectory(path, options);
	let isUsable = true;
	const attempt = (work) => {
		if (!isUsable) return void 0;
		try {
			return work();
		} catch (error) {
			isUsable = false;
			const reason = error instanceof Error ? error.message : String(error);
			options.remark?.(`Layer readings in ${path} are not used: ${reason}`);
			return;
		}
	};
	return {
		find: (key) => attempt(() => store.find(key)),
		sizeOf: (digest) => attempt(() => store.sizeOf(digest)),
		blobs: () => attempt(() => store.blobs()) ?? [],
		keep: (reading, blob) => attempt(() => store.keep({
			reading,
			blob
		}))
	};
}
const defaultMaximum = 536870912;
const leftoverAgeMs = 36e5;
var ReadingDirectory = class {
	#directory;
	#version;
	#maximum;
	#isReadOnly;
	#keys = null;
	#sound = new Set();
	#total = null;
	constructor(path, options) {
		this.#directory = new PrivateDirectory(path);
		this.#version = options.version;
		this.#maximum = options.maximumBytes ?? defaultMaximum;
		this.#isReadOnly = options.readOnly ?? false;
	}
	find({ digest, diffId }) {
		const byDigest = this.#matching((key) => key.digest === digest);
		const byDiffId = this.#matching((key) => key.diffId === diffId);
		for (const key of [...byDigest, ...byDiffId]) {
			const stored = this.#load(key);
			if (stored !== null) return stored.reading;
		}
	}
	sizeOf(digest) {
		return this.#matching((key) => key.digest === digest).find((key) => this.#sound.has(key.name) || this.#load(key) !== null)?.size;
	}
	blobs() {
		return this.#matching(() => true);
	}
	keep(stored) {
		if (this.#isReadOnly) return;
		const bytes = encodeReading(stored, this.#version);
		if (bytes === null || bytes.length > this.#maximum) return;
		const key = keyOf(stored, this.#version);
		if (parseName(key.name, this.#version) === null) return;
		this.#directory.create();
		this.#total ??= this.#sweep();
		this.#directory.write(key.name, bytes);
		this.#index().set(key.name, key);
		this.#sound.add(key.name);
		this.#total += bytes.length;
		if (this.#total > this.#maximum) this.#total = this.#sweep();
	}
	#matching(matches) {
		return [...this.#index().values()].filter(matches);
	}
	#index() {
		if (this.#keys !== null) return this.#keys;
		const keys = (this.#directory.exists() ? this.#directory.names() : []).map((name) => parseName(name, this.#version)).filter((key) => key !== null);
		this.#keys = new Map(keys.map((key) => [key.name, key]));
		return this.#keys;
	}
	#load(key) {
		const bytes = this.#directory.read(key.name, encodedLimit);
		const stored = bytes === null ? null : decodeReading(bytes, this.#version);
		if (stored === null || keyOf(stored, this.#version).name !== key.name) {
			this.#index().delete(key.name);
			this.#sound.delete(key.name);
			return null;
		}
		this.#sound.add(key.name);
		if (!this.#isReadOnly) this.#directory.touch(key.name);
		return stored;
	}
	#sweep() {
		const files = this.#directory.names().filter((name) => isLeftover(name) || parseName(name, null) !== null).map((name) => ({
			name,
			...this.#directory.weigh(name) ?? {
				size: 0,
				usedAt: 0
			}
		})).sort((a, b) => a.usedAt - b.usedAt);
		let total = files.reduce((sum, { size }) => sum + size, 0);
		for (const { name, size, usedAt } of files) {
			if (!(isLeftover(name) ? usedAt < Date.now() - leftoverAgeMs : total > this.#maximum)) continue;
			this.#directory.remove(name);
			this.#sound.delete(name);
			total -= size;
		}
		return total;
	}
};
function keyOf({ reading, blob }, version) {
	const { diffId } = reading;
	const { digest, size } = blob;
	return {
		name: `${version}.${hexOf(diffId)}.${hexOf(digest)}.${size}`,
		diffId,
		digest,
		size
	};
}
function hexOf(digest) {
	return digest.slice(7);
}
function parseName(name, version) {
	const [, writtenBy, diffId, digest, size] = /^(\d+-[0-9a-z-]+)\.([0-9a-f]{64})\.([0-9a-f]{64})\.(\d{1,15})$/.exec(name) ?? [];
	if (version !== null && writtenBy !== version) return null;
	if (diffId === void 0 || digest === void 0) return null;
	return {
		name,
		diffId: `sha256:${diffId}`,
		digest: `sha256:${digest}`,
		size: Number(size)
	};
}
// src/cli/usage-error.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
function wrongUsage(error, program) {
	const [word = ""] = program.args;
	const command = program.commands.find((known) => known.name() === word) ?? program;
	const help = `See ${nameOf(command)} --help.`;
	switch (error.code) {
		case "commander.excessArguments":
			if (command === program) return noCommand(word, program);
			return new Failure("input-unknown", `${oneTooMany(command)} ${help}`);
		case "commander.unknownOption": return new Failure("input-unknown", `${unknownFlag(error, command)} ${help}`);
		default: return new Failure("input-invalid", `${saidBy(error)} ${help}`);
	}
}
function noCommand(word, program) {
	const help = `See ${program.name()} --help.`;
	return new Failure("input-unknown", `There is no command "${word}": ${adviceFor(word, program)} ${help}`);
}
function adviceFor(word, program) {
	if (word === "true" || word === "false") return "a flag such as --no-cache takes no value. Give it alone, or leave it out.";
	if (program.options.some(({ long }) => long === `--${word}`)) return `did you mean "--${word}"?`;
	const names = program.commands.map((command) => command.name());
	const nearest = (0, import_fastest_levenshtein.closest)(word, names);
	if ((0, import_fastest_levenshtein.distance)(word, nearest) <= 3) return `did you mean "${nearest}"?`;
	return `use ${names.filter((name) => name !== "help").join(", ")}, or only flags to audit the working tree.`;
}
function refuseFlagsBefore(command, program) {
	if (command === program) return;
	const given = program.options.find((flag) => program.getOptionValueSource(flag.attributeName()) === "cli")?.long;
	if (given === void 0) return;
	throw new Failure("input-invalid", `${given} has no effect before ${command.name()}: write it after the command. See ${nameOf(command)} --help.`);
}
function refuseEmptyValues(command) {
	for (const flag of command.options) {
		if (![command.getOptionValue(flag.attributeName())].flat().some((value) => typeof value === "string" && value.trim() === "")) continue;
		const advice = `give it one, or leave it out. See ${nameOf(command)} --help.`;
		throw new Failure("input-invalid", `${flag.long} has an empty value: ${advice}`);
	}
}
function unknownFlag(error, command) {
	const [, name = "", value = ""] = /'(--[^'=]+)(=?)/.exec(error.message) ?? [];
	if (value !== "" && command.options.some(({ long }) => long === name)) return `${name} takes no value: give it alone, or leave it out.`;
	if (options.find((option) => `--${option.name}` === name)?.actionOnly) return `'${name}' is an input of the action and has no meaning in a terminal.`;
	return saidBy(error);
}
function saidBy({ message }) {
	const said = message.replace(/^error: /, "").replace(/ argument missing$/, " has no value").replaceAll("\n", " ").replace(/\.$/, "");
	return `${said[0]?.toUpperCase() ?? ""}${said.slice(1)}.`;
}
function oneTooMany(command) {
	const { args, registeredArguments } = command;
	const taken = registeredArguments.map((argument) => `<${argument.name()}>`);
	const takes = taken.length === 0 ? "no arguments" : `only ${taken.join(" ")}`;
	return `${nameOf(command)} takes ${takes}, and "${args[taken.length]}" is one too many: use its flags.`;
}
function nameOf(command) {
	return command.parent === null ? command.name() : `${command.parent.name()} ${command.name()}`;
}
// src/cli/help.ts
function addHelp(program) {
	program.description("Know what a pull request does to your container image, before it merges.").usage("[options]\n       image-audit <command> [options]").configureHelp({ optionDescription: ({ description }) => description }).addHelpOption(new Option("-h, --help", "Show this help.").helpGroup(otherOptions));
}
function addHelpCommand(program) {
	program.addHelpText("after", examples).optionsGroup(otherOptions).version(tool.version, "-V, --version", "Show the version.").helpCommand(false).command("help").description("Show the help of a command").argument("[command]").action((name) => {
		const command = name === void 0 ? program : program.commands.find((known) => known.name() === name);
		if (command === void 0) throw noCommand(name ?? "", program);
		command.outputHelp();
	});
}
const otherOptions = "Other options:";
const examples = `
Examples:
  image-audit                                    audit the working tree
  image-audit --max-increase 5% --distroless fail
  image-audit inspect app:dev                    an image in the engine
  docker save app:dev | image-audit inspect -    an archive from standard input
  image-audit inspect docker-archive:apps.tar:app:1.2 --format json
  image-audit compare app:new --to app:old --max-increase 10MB
  image-audit start app:dev --user 1000          can it start, and what it lacks
  image-audit files app:dev --format json
  image-audit packages app:dev
  image-audit stages -f Dockerfile --target prod
  image-audit policy                             the policy that holds here

Exit status:
  0  pass, or warnings only
  1  the policy failed; the report is complete
  2  inconclusive, or wrong usage: prints an error code, see docs/errors.md
  3  a bug in Image Audit`;
function helpColumns(env) {
	return Math.min(Number(env["COLUMNS"]) || process.stdout.columns || 80, 120);
}
// node_modules/yoctocolors/base.js
var base_exports = __exportAll({
	bgBlack: () => bgBlack,
	bgBlue: () => bgBlue,
	bgBlueBright: () => bgBlueBright,
	bgCyan: () => bgCyan,
	bgCyanBright: () => bgCyanBright,
	bgGray: () => bgGray,
	bgGreen: () => bgGreen,
	bgGreenBright: () => bgGreenBright,
	bgMagenta: () => bgMagenta,
	bgMagentaBright: () => bgMagentaBright,
	bgRed: () => bgRed,
	bgRedBright: () => bgRedBright,
	bgWhite: () => bgWhite,
	bgWhiteBright: () => bgWhiteBright,
	bgYellow: () => bgYellow,
	bgYellowBright: () => bgYellowBright,
	black: () => black,
	blue: () => blue,
	blueBright: () => blueBright,
	bold: () => bold,
	cyan: () => cyan,
	cyanBright: () => cyanBright,
	dim: () => dim,
	gray: () => gray,
	green: () => green,
	greenBright: () => greenBright,
	hidden: () => hidden,
	inverse: () => inverse,
	italic: () => italic,
	magenta: () => magenta,
	magentaBright: () => magentaBright,
	overline: () => overline,
	red: () => red,
	redBright: () => redBright,
	reset: () => reset,
	strikethrough: () => strikethrough,
	underline: () => underline,
	underlineBlack: () => underlineBlack,
	underlineBlue: () => underlineBlue,
	underlineBlueBright: () => underlineBlueBright,
	underlineCurly: () => underlineCurly,
	underlineCyan: () => underlineCyan,
	underlineCyanBright: () => underlineCyanBright,
	underlineDashed: () => underlineDashed,
	underlineDotted: () => underlineDotted,
	underlineDouble: () => underlineDouble,
	underlineGray: () => underlineGray,
	underlineGreen: () => underlineGreen,
	underlineGreenBright: () => underlineGreenBright,
	underlineMagenta: () => underlineMagenta,
	underlineMagentaBright: () => underlineMagentaBright,
	underlineRed: () => underlineRed,
	underlineRedBright: () => underlineRedBright,
	underlineWhite: () => underlineWhite,
	underlineWhiteBright: () => underlineWhiteBright,
	underlineYellow: () => underlineYellow,
	underlineYellowBright: () => underlineYellowBright,
	white: () => white,
	whiteBright: () => whiteBright,
	yellow: () => yellow,
	yellowBright: () => yellowBright
});
const hasColors = tty?.WriteStream?.prototype?.hasColors?.() ?? false;
const format = (open, close) => {
	if (!hasColors) return (input) => input;
	const openCode = `\u001B[${open}m`;
	const closeCode = `\u001B[${close}m`;
	return (input) => {
		const string = input + "";
		let index = string.indexOf(closeCode);
		if (index === -1) return openCode + string + closeCode;
		let result = openCode;
		let lastIndex = 0;
		const replaceCode = (close === 22 ? closeCode : "") + openCode;
		while (index !== -1) {
			result += string.slice(lastIndex, index) + replaceCode;
			lastIndex = index + closeCode.length;
			index = string.indexOf(closeCode, lastIndex);
		}
		result += string.slice(lastIndex) + closeCode;
		return result;
	};
};
const reset = format(0, 0);
const bold = format(1, 22);
const dim = format(2, 22);
const italic = format(3, 23);
const underline = format(4, 24);
const underlineDouble = format("4:2", 24);
const underlineCurly = format("4:3", 24);
const underlineDotted = format("4:4", 24);
const underlineDashed = format("4:5", 24);
const overline = format(53, 55);
const inverse = format(7, 27);
const hidden = format(8, 28);
const strikethrough = format(9, 29);
const black = format(30, 39);
const red = format(31, 39);
const green = format(32, 39);
const yellow = format(33, 39);
const blue = format(34, 39);
const magenta = format(35, 39);
const cyan = format(36, 39);
const white = format(37, 39);
const gray = format(90, 39);
const bgBlack = format(40, 49);
const bgRed = format(41, 49);
const bgGreen = format(42, 49);
const bgYellow = format(43, 49);
const bgBlue = format(44, 49);
const bgMagenta = format(45, 49);
const bgCyan = format(46, 49);
const bgWhite = format(47, 49);
const bgGray = format(100, 49);
const redBright = format(91, 39);
const greenBright = format(92, 39);
const yellowBright = format(93, 39);
const blueBright = format(94, 39);
const magentaBright = format(95, 39);
const cyanBright = format(96, 39);
const whiteBright = format(97, 39);
const bgRedBright = format(101, 49);
const bgGreenBright = format(102, 49);
const bgYellowBright = format(103, 49);
const bgBlueBright = format(104, 49);
const bgMagentaBright = format(105, 49);
const bgCyanBright = format(106, 49);
const bgWhiteBright = format(107, 49);
const underlineBlack = format("58;5;0", 59);
const underlineRed = format("58;5;1", 59);
const underlineGreen = format("58;5;2", 59);
const underlineYellow = format("58;5;3", 59);
const underlineBlue = format("58;5;4", 59);
const underlineMagenta = format("58;5;5", 59);
const underlineCyan = format("58;5;6", 59);
const underlineWhite = format("58;5;7", 59);
const underlineGray = format("58;5;8", 59);
const underlineRedBright = format("58;5;9", 59);
const underlineGreenBright = format("58;5;10", 59);
const underlineYellowBright = format("58;5;11", 59);
const underlineBlueBright = format("58;5;12", 59);
const underlineMagentaBright = format("58;5;13", 59);
const underlineCyanBright = format("58;5;14", 59);
const underlineWhiteBright = format("58;5;15", 59);
// node_modules/yocto-spinner/index.js
const isUnicodeSupported = process$1.platform !== "win32" || Boolean(process$1.env.WT_SESSION) || process$1.env.TERM_PROGRAM === "vscode";
const isInteractive = (stream) => Boolean(stream.isTTY && process$1.env.TERM !== "dumb" && !("CI" in process$1.env));
const infoSymbol = blue(isUnicodeSupported ? "ℹ" : "i");
const successSymbol = green(isUnicodeSupported ? "✔" : "√");
const warningSymbol = yellow(isUnicodeSupported ? "⚠" : "‼");
const errorSymbol = red(isUnicodeSupported ? "✖" : "×");
const defaultSpinner = {
	frames: isUnicodeSupported ? [
		"⠋",
		"⠙",
		"⠹",
		"⠸",
		"⠼",
		"⠴",
		"⠦",
		"⠧",
		"⠇",
		"⠏"
	] : [
		"-",
		"\\",
		"|",
		"/"
	],
	interval: 80
};
const SYNCHRONIZED_OUTPUT_ENABLE = "\x1B[?2026h";
const SYNCHRONIZED_OUTPUT_DISABLE = "\x1B[?2026l";
const oscSequenceRegex = /][\s\S]*?(?:|\\)/g;
const activeHooksPerStream = new Set();
var YoctoSpinner = class {
	#frames;
	#interval;
	#currentFrame = -1;
	#timer;
	#handleSignals;
	#text;
	#stream;
	#color;
	#lines = 0;
	#exitHandlerBound;
	#isInteractive;
	#lastSpinnerFrameTime = 0;
	#isSpinning = false;
	#hookedStreams = new Map();
	#isInternalWrite = false;
	#isDeferringRender = false;
	constructor(options = {}) {
		const spinner = options.spinner ?? defaultSpinner;
		if (!Array.isArray(spinner.frames) || spinner.frames.length === 0 || spinner.frames.some((frame) => typeof frame !== "string")) throw new Error("The `spinner.frames` option must be a non-empty array of strings");
		if (spinner.interval !== void 0 && !(Number.isInteger(spinner.interval) && spinner.interval > 0)) throw new Error("The `spinner.interval` option must be a positive integer");
		this.#frames = spinner.frames;
		this.#interval = spinner.interval ?? defaultSpinner.interval;
		this.#handleSignals = options.handleSignals ?? true;
		this.#text = options.text ?? "";
		this.#stream = options.stream ?? process$1.stderr;
		this.#color = options.color ?? "cyan";
		this.#isInteractive = isInteractive(this.#stream);
		this.#exitHandlerBound = this.#exitHandler.bind(this);
	}
	#internalWrite(action) {
		this.#isInternalWrite = true;
		try {
			return action();
		} finally {
			this.#isInternalWrite = false;
		}
	}
	#stringifyChunk(chunk, encoding) {
		if (chunk === void 0 || chunk === null) return "";
		if (typeof chunk === "string") return chunk;
		if (Buffer.isBuffer(chunk) || ArrayBuffer.isView(chunk)) {
			const normalizedEncoding = typeof encoding === "string" && encoding !== "" && encoding !== "buffer" ? encoding : "utf8";
			return Buffer.from(chunk).toString(normalizedEncoding);
		}
		return String(chunk);
	}
	#withSynchronizedOutput(action) {
		if (!this.#isInteractive) return action();
		try {
			this.#write(SYNCHRONIZED_OUTPUT_ENABLE);
			return action();
		} finally {
			this.#write(SYNCHRONIZED_OUTPUT_DISABLE);
		}
	}
	#hookStream(stream) {
		if (!stream || this.#hookedStreams.has(stream) || typeof stream.write !== "function") return;
		if (activeHooksPerStream.has(stream)) return;
		const originalWrite = stream.write;
		const hookedWrite = (...writeArguments) => this.#hookedWrite(stream, originalWrite, writeArguments);
		this.#hookedStreams.set(stream, {
			originalWrite,
			hookedWrite
		});
		activeHooksPerStream.add(stream);
		stream.write = hookedWrite;
	}
	#installHook() {
		if (!this.#isInteractive || this.#hookedStreams.size > 0) return;
		const streamsToHook = new Set([this.#stream]);
		if (this.#stream === process$1.stdout || this.#stream === process$1.stderr) {
			if (isInteractive(process$1.stdout)) streamsToHook.add(process$1.stdout);
			if (isInteractive(process$1.stderr)) streamsToHook.add(process$1.stderr);
		}
		for (const stream of streamsToHook) this.#hookStream(stream);
	}
	#uninstallHook() {
		for (const [stream, hookInfo] of this.#hookedStreams) {
			if (stream.write === hookInfo.hookedWrite) stream.write = hookInfo.originalWrite;
			activeHooksPerStream.delete(stream);
		}
		this.#hookedStreams.clear();
	}
	#hookedWrite(stream, originalWrite, writeArguments) {
		const [chunk, encoding, callback] = writeArguments;
		let resolvedEncoding = encoding;
		let resolvedCallback = callback;
		if (typeof resolvedEncoding === "function") {
			resolvedCallback = resolvedEncoding;
			resolvedEncoding = void 0;
		}
		if (this.#isInternalWrite || !this.isSpinning) return originalWrite.call(stream, chunk, resolvedEncoding, resolvedCallback);
		if (this.#lines > 0) this.clear();
		const chunkString = this.#stringifyChunk(chunk, resolvedEncoding);
		const chunkTerminatesLine = chunkString.at(-1) === "\n";
		const writeResult = originalWrite.call(stream, chunk, resolvedEncoding, resolvedCallback);
		if (chunkTerminatesLine) this.#isDeferringRender = false;
		else if (chunkString !== "") this.#isDeferringRender = true;
		if (this.isSpinning && !this.#isDeferringRender) this.#render();
		return writeResult;
	}
	start(text) {
		if (text) this.#text = text;
		if (this.isSpinning) return this;
		this.#isSpinning = true;
		this.#hideCursor();
		this.#installHook();
		this.#render();
		this.#subscribeToProcessEvents();
		if (this.#isInteractive) this.#timer = setInterval(() => {
			this.#render();
		}, this.#interval);
		return this;
	}
	stop(finalText) {
		if (!this.isSpinning) return this;
		const shouldWriteNewline = this.#isDeferringRender;
		this.#isSpinning = false;
		if (this.#timer) {
			clearInterval(this.#timer);
			this.#timer = void 0;
		}
		this.#isDeferringRender = false;
		this.#uninstallHook();
		this.#showCursor();
		this.clear();
		this.#unsubscribeFromProcessEvents();
		if (finalText) {
			const prefix = shouldWriteNewline ? "\n" : "";
			this.#stream.write(`${prefix}${finalText}\n`);
		}
		return this;
	}
	#symbolStop(symbol, text) {
		return this.stop(`${symbol} ${text ?? this.#text}`);
	}
	success(text) {
		return this.#symbolStop(successSymbol, text);
	}
	error(text) {
		return this.#symbolStop(errorSymbol, text);
	}
	warning(text) {
		return this.#symbolStop(warningSymbol, text);
	}
	info(text) {
		return this.#symbolStop(infoSymbol, text);
	}
	get isSpinning() {
		return this.#isSpinning;
	}
	get text() {
		return this.#text;
	}
	set text(value) {
		this.#text = value ?? "";
		this.#render();
	}
	get color() {
		return this.#color;
	}
	set color(value) {
		this.#color = value;
		this.#render();
	}
	clear() {
		if (!this.#isInteractive) return this;
		if (this.#lines === 0) return this;
		this.#internalWrite(() => {
			this.#stream.cursorTo(0);
			for (let index = 0; index < this.#lines; index++) {
				if (index > 0) this.#stream.moveCursor(0, -1);
				this.#stream.clearLine(1);
			}
		});
		this.#lines = 0;
		return this;
	}
	#render() {
		if (this.#isDeferringRender) return;
		const useSynchronizedOutput = this.#isInteractive;
		const now = Date.now();
		if (this.#currentFrame === -1 || now - this.#lastSpinnerFrameTime >= this.#interval) {
			this.#currentFrame = ++this.#currentFrame % this.#frames.length;
			this.#lastSpinnerFrameTime = now;
		}
		const applyColor = base_exports[this.#color] ?? cyan;
		const frame = this.#frames[this.#currentFrame];
		let string = `${applyColor(frame)} ${this.#text}`;
		if (!this.#isInteractive) string += "\n";
		if (useSynchronizedOutput) this.#withSynchronizedOutput(() => {
			this.clear();
			this.#write(string);
		});
		else this.#write(string);
		if (this.#isInteractive) this.#lines = this.#lineCount(string);
	}
	#write(text) {
		this.#internalWrite(() => {
			this.#stream.write(text);
		});
	}
	#lineCount(text) {
		const width = this.#stream.columns || 80;
		const lines = stripVTControlCharacters(text.replaceAll(oscSequenceRegex, "")).split("\n");
		let lineCount = 0;
		for (const line of lines) lineCount += Math.max(1, Math.ceil(line.length / width));
		return lineCount;
	}
	#hideCursor() {
		if (this.#isInteractive) this.#write("\x1B[?25l");
	}
	#showCursor() {
		if (this.#isInteractive) this.#write("\x1B[?25h");
	}
	#subscribeToProcessEvents() {
		if (!this.#handleSignals) return;
		process$1.once("SIGINT", this.#exitHandlerBound);
		process$1.once("SIGTERM", this.#exitHandlerBound);
	}
	#unsubscribeFromProcessEvents() {
		if (!this.#handleSignals) return;
		process$1.off("SIGINT", this.#exitHandlerBound);
		process$1.off("SIGTERM", this.#exitHandlerBound);
	}
	#exitHandler(signal) {
		if (this.isSpinning) this.stop();
		const exitCode = signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : 1;
		process$1.exit(exitCode);
	}
};
function yoctoSpinner(options) {
	return new YoctoSpinner(options);
}
// src/cli/spinner.ts
function terminalProgress(options) {
	if (options.quiet) return {
		step() {},
		detail() {},
		end() {}
	};
	const spinner = process.stderr.isTTY && !options.verbose ? yoctoSpinner({
		stream: process.stderr,
		handleSignals: false
	}) : null;
	return {
		step(title) {
			const text = `${harmlessLine(title)} …`;
			if (spinner === null) process.stderr.write(`${text}\n`);
			else if (spinner.isSpinning) spinner.text = text;
			else spinner.start(text);
		},
		detail(line) {
			if (options.verbose) process.stderr.write(`  ${harmlessLine(line)}\n`);
		},
		end() {
			spinner?.stop();
		}
	};
}
// src/cli/terminal.ts
function addTerminalFlags(command) {
	const flag = new Option("--no-reading-store", "Neither use nor keep layer readings on this machine.");
	return command.addOption(flag.helpGroup(otherOptions));
}
function terminalEnvironment(flags) {
	const cancel = new AbortController();
	const progress = terminalProgress({
		verbose: flags.verbose === true,
		quiet: flags.quiet === true
	});
	const interrupt = () => {
		if (cancel.signal.aborted) {
			progress.end();
			process.exit(2);
		}
		cancel.abort();
	};
	process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
	return {
		directory: process.cwd(),
		env: process.env,
		progress,
		signal: cancel.signal,
		...fetchingFiles(process.env, cancel.signal),
		store: flags.readingStore ? storeOfThisMachine(process.env, progress) : readingsOfThisRun(),
		[Symbol.dispose]() {
			progress.end();
			process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
		}
	};
}
function fetchingFiles(env, cancel) {
	const token = env["GITHUB_TOKEN"] || env["GH_TOKEN"];
	if (!token) return {};
	const api = once(async () => {
		const { githubApi } = await import("./api.js");
		return githubApi(token, env, void 0, cancel);
	});
	return { fetchFile: async (reference) => (await api()).fetchFile(reference) };
}
function storeOfThisMachine(env, progress) {
	const path = defaultReadingDirectory(env, process.platform);
	if (path === null) return readingsOfThisRun();
	const version = readerVersion(contentVersion);
	return layeredStore(readingsOfThisRun(), readingDirectory(path, {
		version,
		remark: progress.detail
	}));
}
// src/cli/write-out.ts
async function writeOut(pieces, { output }) {
	if (output === void 0) return writeToStandardOutput(pieces);
	try {
		await writeFile(output, pieces);
	} catch (cause) {
		await truncate(output).catch(() => {});
		throw cannotWrite(`--output ${output}`, cause);
	}
}
async function emptyOutput({ output }) {
	if (output === void 0) return;
	const found = await stat(output).catch(() => null);
	if (found !== null && !found.isFile() && !found.isDirectory()) return;
	try {
		await writeFile(output, "");
	} catch (cause) {
		const failure = cannotWrite(`--output ${output}`, cause);
		if (!found?.isFile() || !(failure instanceof Failure)) throw failure;
		const message = `${failure.message} The existing file is not this run's report.`;
		throw new Failure(failure.code, message, { cause });
	}
}
function cannotWrite(target, cause) {
	if (cause.code === "ENOENT") return new Failure("output-failed", `${target} is in a directory that does not exist. Create it first.`, { cause });
	return fileFailure(cause, target, "output-failed");
}
async function writeToStandardOutput(pieces) {
	try {
		const write = fstatSync(1).isFile() ? writeToFile : writeToStream;
		for await (const piece of pieces) await write(piece);
	} catch (cause) {
		if (!hasLeft(cause)) throw cannotWrite("Standard output", cause);
	}
}
function writeToStream(piece) {
	return new Promise((written, failed) => {
		process.stdout.write(piece, (error) => error ? failed(error) : written());
	});
}
function writeToFile(piece) {
	let rest = Buffer.from(piece);
	while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}
function hasLeft({ code }) {
	return code === "EPIPE" || code === "ECONNRESET";
}
// src/cli/audit.ts
function addAuditCommand(program, ended) {
	addInputs(program, () => true);
	addBaseFlag(program);
	addTerminalFlags(addOutputFlags(program)).action(async (flags) => {
		using environment = terminalEnvironment(flags);
		const inputs = parseInputs(inputTextsOfFlags(program));
		const question = {
			kind: "terminal",
			baseBranch: flags.base ?? null
		};
		ended(await auditAndWrite(inputs, environment, flags, (masked) => audit(inputs, question, masked)));
	});
}
async function auditAndWrite(inputs, environment, flags, work) {
	const { mask, last } = await secrecyOf(inputs, environment.env, environment.directory);
	try {
		const result = await work({
			...environment,
			progress: maskedProgress(environment.progress, mask),
			mask
		});
		await writeAudit(withTextsMasked(result, mask), flags, last);
		return statusOfVerdict[result.verdict];
	} catch (error) {
		throw maskedError(error, mask);
	}
}
async function writeAudit(result, flags, last) {
	const text = writers[flags.format](result, flags);
	await writeOut([last === void 0 ? text : last.text(text)], flags);
}
const writers = {
	terminal: (audit, flags) => renderTerminal(audit, looks(flags, process.env)),
	json: renderJson,
	markdown: (audit) => renderComment(audit, {})
};
// src/cli/inspect-image.ts
const dockerfileInputs = new Set([
	"file",
	"target",
	"build-args",
	"build-contexts",
	"platforms"
]);
const dockerfileMeanings = {
	file: "The Dockerfile that the image was built from, to show its stages and the lines of its layers. Default: none.",
	target: "The stage that was built. Default: the last one.",
	platforms: "Platform to read, such as linux/arm64. Default: the only one, or this machine's."
};
const dockerfileTitles = { build: "How it was built" };
const imageForms = `
An image is one of:
  NAME                           an image in the engine, such as app:dev
  registry:NAME                  an image that the engine pulls
  ./PATH, ../PATH or /PATH       an OCI image layout, or an archive
  oci-dir:DIRECTORY[:NAME]       an OCI image layout; NAME selects an image
  oci-archive:FILE[:NAME]        an archive of an OCI image layout
  docker-archive:FILE[:NAME]     an archive that docker save wrote
  -                              an archive from standard input`;
function shownName(name) {
	return name === "-" ? "standard input" : name;
}
async function inspectImage(name, inputs, environment) {
	const { head } = await reading([name], environment, async () => {
		const side = await existing(inputs);
		const [image] = await readImages([request(name, inputs)], sourceOptions(inputs, environment));
		return {
			head: {
				...side,
				image
			},
			base: notAsked
		};
	});
	return head;
}
async function proveImage(name, inputs, environment, overrides) {
	const { progress, signal } = environment;
	try {
		progress.step(`Reading ${shownName(name)}`);
		const [image] = await readImages([request(name, inputs)], sourceOptions(inputs, environment));
		return await inTurns(proving(image, overrides), signal);
	} finally {
		progress.end();
	}
}
function* proving(image, overrides) {
	const [filesystem] = yield* merging([readingsOf(image)]);
	const { config, platform } = image;
	const hasEntrypoint = overrides.entrypoint !== void 0 || (config.entrypoint?.length ?? 0) > 0;
	return {
		start: proveStart(config, filesystem, overrides),
		platform,
		instruction: hasEntrypoint ? "ENTRYPOINT" : "CMD"
	};
}
async function inspectTwo(name, baseName, inputs, environment) {
	return reading([name, baseName], environment, async () => {
		const side = await existing(inputs);
		const [image, baseImage] = await readImages([request(name, inputs, "head"), request(baseName, inputs, "base")], sourceOptions(inputs, environment));
		return {
			head: {
				...side,
				image
			},
			base: {
				...side,
				dockerfile: null,
				image: baseImage
			}
		};
	});
}
async function reading(names, { progress, signal }, read) {
	try {
		progress.step(`Reading ${names.map(shownName).join(" and ")}`);
		return await inTurns(inspectingSides(await read()), signal);
	} finally {
		progress.end();
	}
}
async function existing({ build }) {
	refuseWithoutFile(build);
	return {
		definition: build,
		dockerfile: build.file === null ? null : await readDockerfileAt(build.file),
		materials: [],
		isBuilt: false,
		buildPlatform: null,
		record: null
	};
}
function request(name, { build }, side) {
	return {
		reference: parseImageReference(name),
		platform: build.platform,
		configDigest: null,
		isBuilt: false,
		side
	};
}
function sourceOptions({ policy }, { progress, signal, env, store = readingsOfThisRun() }) {
	return {
		examine: examineContent,
		store,
		needsPullSize: needsPullSize([policy]),
		engine: once(() => probeEngine({
			env: dockerEnvironment(env),
			signal
		})),
		signal,
		remark: progress.detail
	};
}
const notAsked = {
	reason: "not-asked",
	message: "There is no image to compare with."
};
function refuseWithoutFile({ file, target, buildArgs, buildContexts }) {
	if (file !== null || target === null && buildArgs.size === 0 && buildContexts.size === 0) return;
	throw new Failure("input-invalid", "--target, --build-arg and --build-context need a Dockerfile. Name it with --file, or leave them out.");
}
async function readDockerfileAt(path) {
	const advice = "Name the Dockerfile with --file.";
	const bytes = await readNamedFile(path, advice);
	if (bytes === null) throw new Failure("dockerfile-missing", `${path} does not exist. ${advice}`);
	return bytes.toString("utf8");
}
// src/cli/compare.ts
function addCompareCommand(program, ended) {
	const command = program.command("compare").description("Compare an image with another, named by --to").argument("<new>", "The image to judge, in one of the forms below").addHelpText("after", imageForms).addOption(new Option("--to <old>", "The image to compare with, in one of the forms below.").makeOptionMandatory().helpGroup(`${optionGroups.what}:`));
	addInputs(command, ({ name, group }) => isOfCompare(name, group), {
		...dockerfileMeanings,
		name: "Name of the image in the report. Default: <new>, as given.",
		file: "The Dockerfile that <new> was built from, to show its stages and the lines of its layers. Default: none."
	}, dockerfileTitles);
	command.addOption(new Option("--missing-base <level>").hideHelp());
	addTerminalFlags(addOutputFlags(command)).action(async (head, flags) => {
		using environment = terminalEnvironment(flags);
		const inputs = parseInputs(inputTextsOfFlags(command));
		const compared = (masked) => compareImages(head, flags.to, inputs, masked);
		ended(await auditAndWrite(inputs, environment, flags, compared));
	});
}
function isOfCompare(name, group) {
	return group === "policy" && name !== "missing-base" || name === "name" || dockerfileInputs.has(name);
}
async function compareImages(name, baseName, inputs, environment) {
	const { image } = await auditImage({
		name: inputs.name ?? shownName(name),
		dockerfile: inputs.build.file
	}, await inspectTwo(name, baseName, inputs, environment), withDefaults([inputs.policy]), environment.signal);
	return {
		schemaVersion: 1,
		tool,
		verdict: image.verdict,
		headCommit: null,
		baseCommit: null,
		baseName: null,
		images: [image],
		notes: []
	};
}
// src/inspect/files.ts
function* listFiles(filesystem, layers) {
	const names = Map.groupBy(linkedFiles(filesystem), ({ inode }) => inode);
	const numbers = new Map();
	let position = 0;
	for (const node of inByteOrder(filesystem)) {
		const layer = layers[node.layer];
		const number = numbers.get(node.inode) ?? position;
		if (node.inode !== null) numbers.set(node.inode, number);
		position++;
		yield {
			...recordOf(node),
			links: names.get(node.inode)?.length ?? 1,
			inode: number,
			layer: node.layer,
			diffId: layer?.diffId ?? null,
			line: layer?.line ?? null
		};
	}
}
function recordOf({ path, attributes, size, modified }) {
	const { type, mode, uid, gid, linkTarget, device } = attributes;
	return {
		...displayPath(path),
		type,
		mode: mode.toString(8).padStart(4, "0"),
		uid,
		gid,
		size,
		linkTarget: type === "symlink" ? displayTarget(linkTarget ?? "") : null,
		...device === void 0 ? {} : { device },
		modified: displayTime(modified)
	};
}
function displayTarget(target) {
	return displayPath(target).path.slice(1);
}
function displayTime(seconds) {
	const date = new Date(seconds * 1e3);
	return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(".000Z", "Z");
}
// src/report/terminal/file-list.ts
function fileLine(record) {
	const { type, mode, links, uid, gid, size, device, modified, path, linkTarget, layer, line } = record;
	return `${[
		`${typeLetters[type]}${permissions(Number.parseInt(mode, 8))}`,
		String(links).padStart(2),
		String(uid).padStart(5),
		String(gid).padStart(5),
		(device === void 0 ? String(size) : device.join(", ")).padStart(11),
		(modified?.slice(0, 16).replace("T", " ") ?? "").padEnd(16),
		`${terminalText(path, maxPath)}${linkTarget === null ? "" : ` -> ${terminalText(linkTarget, maxPath)}`}`,
		`[layer ${layer + 1}${line === null ? "" : `, line ${line}`}]`
	].join(" ")}\n`;
}
const maxPath = 8192;
const typeLetters = {
	file: "-",
	directory: "d",
	symlink: "l",
	"character-device": "c",
	"block-device": "b",
	fifo: "p"
};
function permissions(mode) {
	const triplet = (shift, special, letter) => {
		const bits = mode >> shift;
		const execute = bits & 1 ? "x" : "-";
		const last = mode & special ? bits & 1 ? letter : letter.toUpperCase() : execute;
		return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`;
	};
	return triplet(6, 2048, "s") + triplet(3, 1024, "s") + triplet(0, 512, "t");
}
// src/report/text/pieces.ts
const pieceLength = 65536;
function* inPieces(items, lineOf) {
	let piece = "";
	for (const item of items) {
		piece += lineOf(item);
		if (piece.length < pieceLength) continue;
		yield piece;
		piece = "";
	}
	yield piece;
}
// src/cli/files.ts
function addFilesCommand(program) {
	const command = program.command("files").description("List the final filesystem of an image, with the layer that holds each path").argument("<image>", "The image, in one of the forms below").addHelpText("after", imageForms);
	addInputs(command, ({ name }) => dockerfileInputs.has(name), dockerfileMeanings, dockerfileTitles);
	addTerminalFlags(addOutputFlags(command, ["terminal", "json"])).action(async (image, flags) => {
		using environment = terminalEnvironment(flags);
		const inputs = parseInputs(inputTextsOfFlags(command));
		const { mask } = await secrecyOf(inputs, environment.env, environment.directory);
		const { inspection, filesystem } = await inspectImage(image, inputs, environment);
		const pieces = inPieces(withPathsMasked(listFiles(filesystem, inspection.layers), mask), flags.format === "json" ? renderJsonLine : fileLine);
		await writeOut(eachInTurn(pieces, environment.signal), flags);
	});
}
function* withPathsMasked(records, mask) {
	for (const record of records) {
		const { path, linkTarget } = record;
		const names = {
			path,
			linkTarget
		};
		const shown = withTextsMasked(names, mask);
		if (shown === names) yield record;
		else {
			const { pathBase64: _, ...rest } = record;
			yield {
				...rest,
				...shown
			};
		}
	}
}
// src/report/markdown/inspection.ts
function renderInspectionMarkdown(name, inspection) {
	const { headline, rows, layers, waste, notes } = inspectionReport({
		name,
		inspection
	});
	return `${[
		`### ${inMarkdown(headline)}`,
		factsTable(rows, {
			base: null,
			head: []
		}),
		...layers.length === 0 ? [] : ["**Layers**", layersTable(layers, layers.length, true)],
		...waste === null ? [] : [`**${waste.title}**`, bullets(waste.lines)],
		...notes.length === 0 ? [] : ["**Notes**", bullets(notes)]
	].join("\n\n")}\n`;
}
// src/cli/inspect.ts
function addInspectCommand(program) {
	const command = program.command("inspect").description("Show the size, layers, shells and package managers of an image, and whether it is distroless").argument("<image>", "The image, in one of the forms below").addHelpText("after", imageForms);
	addInputs(command, ({ name }) => dockerfileInputs.has(name), dockerfileMeanings, dockerfileTitles);
	addTerminalFlags(addOutputFlags(command)).action(async (image, flags) => {
		using environment = terminalEnvironment(flags);
		const inputs = parseInputs(inputTextsOfFlags(command));
		const { mask } = await secrecyOf(inputs, environment.env, environment.directory);
		const { inspection } = await inspectImage(image, inputs, environment);
		await writeOut([textOf(shownName(image), withTextsMasked(inspection, mask), flags)], flags);
	});
}
function textOf(name, inspection, flags) {
	if (flags.format === "json") return renderJson(inspection);
	if (flags.format === "markdown") return renderInspectionMarkdown(name, inspection);
	return renderTerminal({
		name,
		inspection
	}, looks(flags, process.env));
}
// src/cli/keep-inputs.ts
async function keepInputs(command) {
	const { output } = command.opts();
	if (output === void 0 || !await isAmong(output, namedFiles(command))) return;
	throw new Failure("output-failed", `--output ${output} is a file that this run reads. Name another file for the report.`);
}
function isNamedBesides(output, argv) {
	return isAmong(output, argv.filter((word, index) => argv[index - 1] !== "--output" && !word.startsWith("--output=")).flatMap(pathsIn));
}
async function isAmong(output, paths) {
	const target = await fileAt(output);
	if (target === null) return false;
	for (const path of paths) {
		const file = await fileAt(path);
		if (file?.dev === target.dev && file.ino === target.ino) return true;
	}
	return false;
}
const flagsOfFiles = [
	"to",
	"compareWith",
	"file",
	"baseFile",
	"secretFile",
	"secretFiles"
];
function namedFiles(command) {
	const flags = command.opts();
	const texts = [...command.args, ...flagsOfFiles.flatMap((flag) => flags[flag] ?? [])];
	const dockerfile = join(String(flags["context"] ?? "."), "Dockerfile");
	return [...texts.flatMap((text) => pathsIn(String(text))), dockerfile];
}
function pathsIn(text) {
	const path = text.replace(/^(?:oci-dir|oci-archive|docker-archive):/, "").replace(/^[\w.-]+=/, "");
	return [
		text,
		path,
		...[...path.matchAll(/:/g)].slice(0, 8).map(({ index }) => path.slice(0, index))
	];
}
async function fileAt(path) {
	const found = await stat(path, { bigint: true }).catch(() => null);
	return found?.isFile() ? found : null;
}
// src/report/terminal/package-list.ts
function* packageListLines({ packages, packagesUnread }) {
	for (const { type, name, version, architecture, size } of packages) yield `${[
		type.padEnd(6),
		terminalText(name, maxText).padEnd(32),
		terminalText(version, maxText).padEnd(24),
		terminalText(architecture ?? "", maxText).padEnd(7),
		(size === null ? "" : formatBytes(size).replaceAll("\xA0", " ")).padStart(8)
	].join("  ").trimEnd()}\n`;
	for (const { path, detail } of packagesUnread) yield `Packages are missing: ${terminalText(path, maxText)} ${terminalText(detail, maxText)}.\n`;
}
const maxText = 1024;
// src/cli/packages.ts
function addPackagesCommand(program) {
	const command = program.command("packages").description("List the installed packages of an image, with version, size and package URL").argument("<image>", "The image, in one of the forms below").addHelpText("after", imageForms);
	addInputs(command, ({ name }) => name === "platforms", dockerfileMeanings, { build: "What to read" });
	addTerminalFlags(addOutputFlags(command, ["terminal", "json"])).action(async (image, flags) => {
		using environment = terminalEnvironment(flags);
		const inputs = parseInputs(inputTextsOfFlags(command));
		const { mask } = await secrecyOf(inputs, environment.env, environment.directory);
		const { inspection } = await inspectImage(image, inputs, environment);
		const { packages, packagesUnread } = inspection;
		const facts = withTextsMasked({
			packages,
			packagesUnread
		}, mask);
		await writeOut(flags.format === "json" ? [renderJson(facts)] : inPieces(packageListLines(facts), (line) => line), flags);
	});
}
// src/policy/listing.ts
function listPolicies(image, policies, remarks) {
	const settings = [...policyKeys.keys()].flatMap((key) => policies.flatMap(({ texts, source, lines }) => {
		const text = texts.get(key);
		if (text === void 0 || isImplied(key, text, source)) return [];
		return [{
			key,
			text,
			source,
			line: lines.get(key) ?? null
		}];
	}).toSorted((a, b) => {
		const [one, other] = [parseSetting(key, a.text), parseSetting(key, b.text)];
		return Number(isAsStrict(key, other, one)) - Number(isAsStrict(key, one, other));
	}));
	const set = new Set(settings.map(({ key }) => key));
	return {
		schemaVersion: 1,
		image,
		settings: distinct(settings, ({ key, text }) => `${key} ${text}`),
		unset: [...policyKeys.keys()].filter((key) => !set.has(key) && !(key in generalKeys)),
		exceptions: distinct(policies.flatMap(({ exceptions }) => exceptions)),
		remarks
	};
}
function isImplied(key, text, { kind }) {
	if (kind === "default" && text === "off") return true;
	if (!(key in generalKeys)) return false;
	return kind === "default" || kind === "inputs" && text === defaultTexts.get(key);
}
// src/report/terminal/policy.ts
function renderPolicy(listing, looks) {
	const pen = makePen(looks);
	const { image, settings, unset, exceptions, remarks } = listing;
	return inLines([
		inText(say$1`Policy of ${image}`, pen.paint.bold),
		"",
		...settingLines(settings, pen),
		...unset.length === 0 ? [] : ["", pen.paint.dim(`  ${wrap(`Not set: ${unset.join(", ")}`, pen.columns, 2, 2)}`)],
		...section("Exceptions", adviceLines(exceptions.map((exception) => acceptance(exception)), pen), pen),
		...section("To know", adviceLines(policyRemarks({
			sources: [],
			remarks
		}), pen), pen)
	]);
}
function settingLines(settings, pen) {
	const cells = settings.map(({ key, text, source, line }) => [
		key,
		inText(say$1`${text.replaceAll("\n", ", ")}`),
		`${inText(nameOfSource(source))}${line === null ? "" : `, line ${line}`}`
	]);
	const [keys = 0, texts = 0] = [0, 1].map((column) => Math.min(40, Math.max(0, ...cells.map((row) => widthOf(row[column] ?? "")))));
	return cells.map(([key = "", text = "", source = ""]) => {
		return `${`  ${padEnd(key, keys)}  ${pen.code(padEnd(text, texts))}  `}${pen.paint.dim(source)}`;
	});
}
// src/cli/policy.ts
function addPolicyCommand(program, ended) {
	const command = program.command("policy").description("Show the policy that holds here, each setting with where it comes from").addHelpText("after", exitStatus$1);
	addInputs(command, ({ name, group }) => group === "policy" || name === "name");
	addBaseFlag(command).addOption(checkFlag.helpGroup("Policy file:"));
	addOutputFlags(command, ["terminal", "json"]).action(async ({ check, base, ...flags }) => {
		if (check !== void 0) {
			ended(await checkFile(check, flags));
			return;
		}
		using environment = terminalEnvironment({
			...flags,
			readingStore: false
		});
		const inputs = parseInputs(inputTextsOfFlags(command));
		await using settled = await settle(inputs, {
			kind: "terminal",
			baseBranch: base ?? null
		}, environment);
		const remarks = await changesIn(settled, environment.env);
		const listing = listPolicies(settled.plan.name, settled.policies, remarks);
		await writeOut([flags.format === "json" ? renderJson(listing) : renderPolicy(listing, looks(flags, process.env))], flags);
	});
}
async function checkFile(path, flags) {
	const bytes = await readNamedFile(path, "Name a policy file.");
	if (bytes === null) throw new Failure("file-failed", `There is no file ${harmlessLine(path)}.`);
	const { mistakes } = checkPolicyFile(bytes.toString("utf8"));
	const lines = mistakes.map((mistake) => `${harmlessLine(lineOf$1(path, mistake))}\n`);
	await writeOut([(flags.format === "json" ? renderJson({ mistakes }) : lines.join("")) || `${harmlessLine(path)} has no mistake.\n`], flags);
	return mistakes.length === 0 ? 0 : 1;
}
const checkFlag = new Option("--check <file>", "Check a policy file instead, and print its mistakes.");
const exitStatus$1 = `
Exit status:
  0  the policy is shown, or the checked file has no mistake
  1  the checked file has mistakes
  2  the policy cannot be read, or wrong usage
  3  a bug in Image Audit`;
// src/report/terminal/stages.ts
function renderStages(stages, looks) {
	return `${stageLines(stages, makePen(looks)).join("\n")}\n`;
}
function stageLines({ stages, target, baseImage, images }, pen) {
	const used = stages.filter(({ reachable }) => reachable).length;
	const summary = say$1`${stages.length} ${[stages.length === 1 ? "stage" : "stages"]}, ${used} used; base image ${readableReference(baseImage.resolved)}`;
	const names = stages.map((stage) => inText(stage.name === null ? [`${stage.index}`] : say$1`${stage.name}`, pen.code));
	const width = Math.max(0, ...names.map(widthOf));
	return [
		wrap(inText(summary, pen.paint.bold), pen.columns, 2),
		"",
		...stages.map((stage, index) => {
			const text = `${padStart(`line ${stage.line}`, 9)}  ${padEnd(names[index] ?? "", width)}  ${inText(fromOf(stage, stages), pen.code)}${stateOf(stage, target)}`;
			return stage.reachable ? text : pen.paint.dim(text);
		}),
		...images.length === 0 ? [] : ["", `  copies from ${inText(imageList(images), pen.code)}`]
	];
}
function fromOf({ parent, resolved, replaced }, stages) {
	if (replaced) return say$1`replaced by the build context ${readableReference(resolved)}`;
	if (parent === null) return say$1`FROM ${readableReference(resolved)}`;
	return say$1`FROM stage ${stages[parent]?.name ?? String(parent)}`;
}
function stateOf({ index, reachable }, target) {
	if (index === target) return "  ← target";
	return reachable ? "" : "  not used";
}
function imageList(images) {
	return images.flatMap((image, index) => index === 0 ? say$1`${readableReference(image)}` : say$1`, ${readableReference(image)}`);
}
// src/cli/stages.ts
const stageInputs = new Set([
	"file",
	"context",
	"target",
	"build-args",
	"build-contexts",
	"platforms"
]);
function addStagesCommand(program) {
	const command = program.command("stages").description("Show the stages of a Dockerfile as BuildKit resolves them");
	addInputs(command, (option) => stageInputs.has(option.name));
	addOutputFlags(command, ["terminal", "json"]).action(async (flags) => {
		const inputs = parseInputs(inputTextsOfFlags(command));
		const { build } = inputs;
		const source = await readDockerfileAt(build.file ?? join(build.context, "Dockerfile"));
		const dockerfile = parseDockerfile(source, build.buildArgs.get("BUILDKIT_SYNTAX"));
		const { mask } = await secrecyOf(inputs, process.env, process.cwd());
		const stages = withTextsMasked(resolveStages(dockerfile, stageRequestOf(build, null)), mask);
		await writeOut([flags.format === "json" ? renderJson(stages) : renderStages(stages, looks(flags, process.env))], flags);
	});
}
// src/report/terminal/start.ts
function renderStart(named, looks) {
	const pen = makePen(looks);
	const { problems, unproven, hints, chain, healthcheck } = named.start;
	const allHints = [...hints.map(asSentence), ...healthcheck === void 0 ? [] : [healthcheckSentence(healthcheck)]];
	return inLines([
		...treeLines(chain, pen),
		...chain.length === 0 ? [] : [""],
		wrap(verdictLine(named, pen), pen.columns, 2),
		...section("Why, and what to do", adviceLines(problems.map((problem) => say$1`${problemSentence(problem)} ${remedyFor(problem, named.platform, named.instruction)}`), pen), pen),
		...section("Not proven", adviceLines(unproven.map(asSentence), pen), pen),
		...section("Hints", adviceLines(allHints, pen), pen)
	]);
}
function verdictLine({ name, start }, { paint, code }) {
	switch (start.verdict) {
		case "yes": return `${paint.bold(paint.green("✓"))} ${inText(say$1`${name} can start: its program, interpreters and libraries are in the image. Nothing was run.`, code)}`;
		case "no": return `${paint.bold(paint.red("✗"))} ${inText(say$1`${name} cannot start.`, code)}`;
		case "unknown": return `${paint.bold(paint.yellow("?"))} ${inText(say$1`Whether ${name} can start is not proven. That is not a failure: the exit status is 0.`, code)}`;
	}
}
function asSentence(words) {
	return say$1`${{ words }}`;
}
function treeLines(chain, pen) {
	const below = new Map();
	const opened = new Map();
	for (const link of chain) {
		const parent = (link.neededBy === null ? null : opened.get(link.neededBy)) ?? null;
		const siblings = below.get(parent);
		if (siblings === void 0) below.set(parent, [link]);
		else siblings.push(link);
		if (link.isFound) opened.set(link.path, link);
	}
	const lines = [];
	const rest = (below.get(null) ?? []).map((link) => ({
		link,
		level: 0
	})).toReversed();
	for (let next = rest.pop(); next !== void 0; next = rest.pop()) {
		const { link, level } = next;
		lines.push(`${"    ".repeat(Math.min(level, maxLevels))}${linkText(link, pen)}`);
		for (const child of (below.get(link) ?? []).toReversed()) rest.push({
			link: child,
			level: level + 1
		});
	}
	return lines;
}
const maxLevels = 12;
function linkText({ kind, path, needs, isFound }, { paint, code }) {
	if (!isFound) return `${inText(say$1`${needs}`, code)} => ${paint.bold(paint.red("not found"))}`;
	const target = needs === path ? say$1`${needs}` : say$1`${needs} => ${path}`;
	return `${inText(target, code)}${kind === "library" || kind === "program" ? "" : ` (${kind})`}`;
}
// src/cli/start.ts
function addStartCommand(program, ended) {
	const command = program.command("start").description("Prove from an image's bytes whether its command can start, without running it").argument("<image>", "The image, in one of the forms below").addHelpText("after", `${imageForms}\n${exitStatus}`);
	for (const flag of overrideFlags) command.addOption(flag.helpGroup("How it is started:"));
	addInputs(command, isInput, dockerfileMeanings, { build: "What to read" });
	addTerminalFlags(addOutputFlags(command, ["terminal", "json"])).action(async (image, { entrypoint, user, workdir, ...flags }) => {
		using environment = terminalEnvironment(flags);
		const inputs = parseInputs(inputTextsOfFlags(command, isInput));
		const { mask } = await secrecyOf(inputs, environment.env, environment.directory);
		const proof = await proveImage(image, inputs, environment, {
			...entrypoint === void 0 ? {} : { entrypoint },
			...user === void 0 ? {} : { user },
			...workdir === void 0 ? {} : { workdir }
		});
		const start = withTextsMasked(proof.start, mask);
		await writeOut([flags.format === "json" ? renderJson(start) : renderStart({
			...proof,
			name: shownName(image),
			start
		}, looks(flags, process.env))], flags);
		ended(statusOfStart[start.verdict]);
	});
}
function isInput({ name }) {
	return name === "platforms";
}
const statusOfStart = {
	yes: 0,
	unknown: 0,
	no: 1
};
const exitStatus = `
Exit status:
  0  the image can start, or neither could be proven
  1  the image cannot start
  2  the image cannot be read, or wrong usage
  3  a bug in Image Audit`;
const overrideFlags = [
	new Option("--entrypoint <command>", "Start this program instead of ENTRYPOINT and CMD."),
	new Option("-u, --user <user>", "Start as this user, and group: NAME[:GROUP] or UID[:GID]."),
	new Option("-w, --workdir <directory>", "Start in this directory.")
];
// src/cli/unfinished.ts
async function sayFailure(error, flags) {
	const exit = exitOf(error);
	say(exit);
	if ((flags.output === void 0 ? flags.format === "json" : flags.output !== "") && exit.code !== "output-failed") await writeAudit(unfinishedAudit(exit), flags).catch((failure) => say(exitOf(failure)));
	return exit.status;
}
function say({ code, message, stack }) {
	const [sentence = "", ...details] = message.split("\n");
	const lines = [
		`image-audit: ${sentence} [${code}]`,
		...details,
		...stack?.split("\n") ?? []
	];
	for (const line of lines) process.stderr.write(`${terminalText(line)}\n`);
}
// src/cli/program.ts
async function runProgram(argv) {
	keepHeapSmall();
	searchAbsolutePaths(process.env);
	let flags = outputFlagsIn(argv);
	let isBegun = false;
	process.on("uncaughtException", async (error) => {
		process.exit(await sayFailure(error, flags));
	});
	try {
		process.exitCode = await run(argv, (parsed) => {
			flags = parsed;
			isBegun = true;
		});
	} catch (error) {
		const isKept = !isBegun && flags.output !== void 0 && await isNamedBesides(flags.output, argv);
		process.exitCode = await sayFailure(error, isKept ? { format: flags.format } : flags);
	}
}
async function run(argv, begun) {
	let status = 0;
	let help = "";
	const ended = (verdictStatus) => {
		status = verdictStatus;
	};
	const program = new Command(tool.name).exitOverride().showSuggestionAfterError().allowExcessArguments(false).enablePositionalOptions().configureOutput({
		outputError() {},
		writeOut(text) {
			help += text;
		},
		getOutHelpWidth: () => helpColumns(process.env)
	});
	addHelp(program);
	addAuditCommand(program, ended);
	addInspectCommand(program);
	addCompareCommand(program, ended);
	addStartCommand(program, ended);
	addFilesCommand(program);
	addPackagesCommand(program);
	addStagesCommand(program);
	addPolicyCommand(program, ended);
	addHelpCommand(program);
	program.hook("preAction", async (_, command) => {
		const flags = command.opts();
		begun(flags);
		await keepInputs(command);
		refuseFlagsBefore(command, program);
		refuseEmptyValues(command);
		await emptyOutput(flags);
	});
	try {
		await program.parseAsync(argv);
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) throw wrongUsage(error, program);
	}
	if (help !== "") await writeOut([help], {});
	return status;
}
export { runProgram };
