import { expect, test } from "vitest";
import { readSyntax } from "../../../src/dockerfile/parse/directives.ts";
import { parseDockerfile } from "../../../src/dockerfile/parse/dockerfile.ts";
import { isFollowed } from "../../../src/dockerfile/parse/frontend.ts";

test.each([
  ["FROM a\n", null],
  ["# syntax=docker/dockerfile:1\nFROM a\n", "docker/dockerfile:1"],
  ["#syntax = x/y \r\nFROM a\r\n", "x/y"],
  ["# SynTax=x\n", "x"],
  ["# syntax=x with arguments\n", "x"],
  ["\uFEFF# syntax=x\n", "x"],
  ["# escape=`\n# check=skip=all\n# syntax=x\n", "x"],
  ["# comment\n# syntax=x\n", null],
  ["\n# syntax=x\n", null],
  ["  # syntax=x\n", null],
  ["# escape=`\n# escape=`\n# syntax=x\n", null],
  ["#!/usr/bin/x\n# syntax=x\n", "x"],
  ["#!/usr/bin/x\n#!/usr/bin/y\n# syntax=x\n", null],
  ["// syntax=x\npackage main\n", "x"],
  ["//escape=`\n// syntax=x\n", "x"],
  ["# syntax=x\n// syntax=y\n", "x"],
  ['{"syntax": "x", "more": 1}', "x"],
  ['#!/usr/bin/x\n {\n "syntax":"x"}\n', "x"],
  ['{"syntax": 1}', null],
  ['{"Syntax": "x"}', null],
  ['{"syntax": "x"', null],
])("BuildKit reads the syntax of %j as %j", (text, syntax) => {
  expect(readSyntax(text)).toBe(syntax);
});

test.each([
  [null, true],
  ["docker/dockerfile", true],
  ["docker/dockerfile:1", true],
  ["docker.io/docker/dockerfile:latest", true],
  ["docker/dockerfile:1.4", true],
  ["docker/dockerfile:1.27.3", true],
  ["docker/dockerfile:1.3", false],
  ["docker/dockerfile:1.2", false],
  ["docker/dockerfile:1.0-experimental", false],
  ["docker/dockerfile:1-labs", false],
  ["docker/dockerfile:1.4-labs", false],
  ["docker/dockerfile:experimental", false],
  [`docker/dockerfile:1@sha256:${"0a".repeat(32)}`, false],
  ["docker/dockerfile-upstream:1", false],
  ["mirror.example.com/docker/dockerfile:1", false],
  ["dockerfile:1", false],
  ["evil/dockerfile:1", false],
  ["", false],
])("whether the frontend %j parses like us: %j", (reference, followed) => {
  expect(isFollowed(reference)).toBe(followed);
});

test.each([
  "docker/dockerfile:1.2",
  "docker/dockerfile:1-labs",
  "docker/dockerfile-upstream:master-labs",
  "docker.io/docker/dockerfile:1",
  `docker/dockerfile:1.7@sha256:${"0a".repeat(32)}`,
  "mirror.example.com:5000/docker/dockerfile:1",
  "company.example.com/hub/docker/dockerfile-upstream",
])("parses Dockerfiles for Docker's own frontends: %j", (reference) => {
  const text = `# syntax=${reference}\nFROM a\n`;
  expect(parseDockerfile(text).stages).toHaveLength(1);
  expect(parseDockerfile("# syntax=other/frontend\nFROM a\n", reference).stages).toHaveLength(1);
});

test.each([
  [
    "# syntax=edrevo/dockerfile-plus\n\nFROM alpine\n\nINCLUDE+ Dockerfile.common\n",
    undefined,
    /^A frontend other than Docker's reads this Dockerfile \("edrevo\/dockerfile-plus", set by its syntax line\)/,
  ],
  ["# syntax=x/docker/dockerfile2\nFROM a\n", undefined, /"x\/docker\/dockerfile2"/],
  ["# syntax=dockerfile\nFROM a\n", undefined, /"dockerfile"/],
  ["# syntax=notdocker/dockerfile\nFROM a\n", undefined, /"notdocker\/dockerfile"/],
  ["#!/x\n# syntax=x\nFROM a\n", undefined, /"x"/],
  ["// syntax=x\nFROM a\n", undefined, /"x"/],
  ['{"syntax":"x"}', undefined, /"x"/],
  ["# syntax=docker/dockerfile:1\nFROM a\n", "x/y arguments", /"x\/y", set by BUILDKIT_SYNTAX/],
  ["FROM a\n", "", /BUILDKIT_SYNTAX/],
])("does not parse a Dockerfile for another frontend, without an error: %j, %j", (text, syntax, message) => {
  expect(() => parseDockerfile(text, syntax)).toThrow(
    expect.objectContaining({ code: "frontend-unknown", message: expect.stringMatching(message) }),
  );
});

test("the build argument BUILDKIT_SYNTAX=dockerfile.v0 selects BuildKit's own frontend", () => {
  expect(parseDockerfile("# syntax=x\nFROM a\n", "dockerfile.v0").stages).toHaveLength(1);
});
