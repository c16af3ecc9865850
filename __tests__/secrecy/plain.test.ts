import { expect, test } from "vitest";
import { isNameOfSecret, isPlain } from "../../src/secrecy/plain.ts";

test.each([
  [
    "1.2",
    "3.13-slim-bookworm",
    "v2.0.0-rc.1",
    "linux/amd64",
    "linux/arm/v7",
    "production",
    "Release",
    "DEBUG",
  ],
  [
    "ghcr.io/shop/base:2",
    "https://mirror.shop.dev/simple",
    "2026-11-26T10:00:00Z",
    "20261126",
    "",
    "--enable-foo=bar",
  ],
  [
    `docker.io/library/node:24-slim@sha256:${"0a".repeat(32)}`,
    "main",
    "refs/heads/topic",
    "1000:1000",
    "jdk21",
  ],
])("%s and similar texts are plain", (...texts) => {
  for (const text of texts) expect(isPlain(text), text).toBe(true);
});

test.each([
  [
    "hunter2",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "npm_A1b2C3d4E5",
    "dXNlcjpwYXNz",
    "9f8e7d6c5b4a3928",
  ],
  [
    "6f1c2d3e-4b5a-4678-9abc-def012345678",
    "A1B2C-D3E4F-5G6H7-8I9J0",
    "p@ss!w0rd",
    "correcthorsebatterystaple",
  ],
])("%s and similar texts are not plain", (...texts) => {
  for (const text of texts) expect(isPlain(text), text).toBe(false);
});

test("recognises a secret by its name", () => {
  for (const name of [
    "TOKEN",
    "GITHUB_TOKEN",
    "NpmToken",
    "db-password",
    "API_KEY",
    "KEY",
    "GH_PAT",
    "DB_PASS",
    "AUTH",
  ])
    expect(isNameOfSecret(name), name).toBe(true);
  for (const name of ["VERSION", "COMPAT", "KEYBOARD", "MONKEY", "TOKEN_TYPE", "PATH", "BYPASS", "AUTHOR"])
    expect(isNameOfSecret(name), name).toBe(false);
});
