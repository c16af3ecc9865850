import { expect, test } from "vitest";
import { confirmDockerfile } from "../../../src/docker/build/confirm-dockerfile.ts";
import { definition } from "../../helpers/build-definition.ts";

const read = Buffer.from("\ufeffFROM a\r\n\xff", "latin1");
const recorded = (...texts: readonly (string | Buffer)[]) =>
  texts.map((text) => ({ name: "Dockerfile", bytes: Buffer.from(text as string) }));

test("confirms a recorded Dockerfile that is the one read, for each platform", () => {
  expect(confirmDockerfile(read, recorded(read), definition(), "head")).toBe(true);
  expect(confirmDockerfile(read, recorded(read, read), definition(), "head")).toBe(true);
});

test("confirms nothing if the Dockerfile was not recorded", () => {
  expect(confirmDockerfile(read, [], definition(), "head")).toBe(false);
  const other = [{ name: "other", bytes: Buffer.from("FROM b") }];
  expect(confirmDockerfile(read, other, definition(), "head")).toBe(false);
});

test.each([
  ["FROM b"],
  [""],
  ["\ufeffFROM a\n"],
  [read.subarray(1)],
  [Buffer.concat([read, Buffer.from("\n")])],
])("refuses %j as another Dockerfile, also beside the right one", (text) => {
  for (const all of [recorded(text), recorded(read, text)]) {
    const wishes = definition({ file: "app/##[x].Dockerfile" });
    expect(() => confirmDockerfile(read, all, wishes, "base")).toThrow(
      'The base\'s image was built from a Dockerfile that differs from "app/## [x].Dockerfile" as it was read',
    );
  }
});

test("accepts what another frontend records, but Docker's frontends must not change the file", () => {
  const of = (text: string, buildArgs = new Map<string, string>()) =>
    confirmDockerfile(Buffer.from(text), recorded("FROM b\n"), definition({ buildArgs }), "head");
  expect(of("# syntax=example/plus\nFROM a\n")).toBe(false);
  expect(of("FROM a\n", new Map([["BUILDKIT_SYNTAX", "example/plus"]]))).toBe(false);
  expect(() => of("# syntax=docker/dockerfile:1\nFROM a\n")).toThrow("a Dockerfile that differs");
  expect(() => of("FROM a\n# syntax=example/plus\n")).toThrow("a Dockerfile that differs");
});
