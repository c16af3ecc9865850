import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import type { PackageRecords } from "../../../src/image/layer/content.ts";
import { examineContent } from "../../../src/inspect/content.ts";

const status = "var/lib/dpkg/status";

/** Reads a record as a layer's file. */
function read(text: string, { path = status, chunk = 65_536 } = {}): PackageRecords | undefined {
  const bytes = Buffer.from(text);
  const probe = examineContent({ path, mode: 0o644, size: bytes.length });
  for (let at = 0; at < bytes.length; at += chunk) probe?.update(bytes.subarray(at, at + chunk));
  return probe?.finish()?.packages?.[0];
}

function paragraph(fields: Readonly<Record<string, string>>): string {
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("")}\n`;
}

const installed = {
  Package: "curl",
  Status: "install ok installed",
  Version: "7.88.1-10",
  Architecture: "amd64",
};
const curl = { name: "curl", version: "7.88.1-10", architecture: "amd64" };

test("reads name, version, architecture and size of a package", () => {
  const text = paragraph({ ...installed, "Installed-Size": "500", Description: "a\n tool\n .\n Version: 9" });
  for (const chunk of [1, 7, 4096]) {
    expect(read(text, { chunk })).toEqual({ type: "deb", packages: [{ ...curl, size: 512_000 }] });
  }
});

test.each([
  ["install ok installed", true],
  ["hold ok installed", true],
  ["install reinstreq half-installed", true],
  ["install ok unpacked", true],
  ["install ok half-configured", true],
  ["install ok triggers-awaited", true],
  ["install ok triggers-pending", true],
  ["deinstall ok config-files", false],
  ["purge ok not-installed", false],
])("the state %j means that it is installed: %j", (state, isInstalled) => {
  const text = paragraph({ ...installed, Status: state });
  expect(read(text)).toEqual({ type: "deb", packages: isInstalled ? [curl] : [] });
});

test("reads the control files of a distroless image, which have no status", () => {
  const { Status: _, ...control } = installed;
  const path = "var/lib/dpkg/status.d/Y3VybA";
  expect(read(paragraph(control).trimEnd().concat("\n"), { path })?.packages).toEqual([curl]);
  expect(read(paragraph(control))?.packages).toEqual([]);
  expect(read("0123 usr/bin/curl\n", { path: `${path}.md5sums` })).toBeUndefined();
  expect(read(paragraph(control), { path: "var/lib/dpkg/status.d/more/curl" })).toBeUndefined();
});

test("reads fields in any case, lines that end in CR LF, and no blank line at the end", () => {
  const text =
    "\n\nPACKAGE:curl\r\nstatus : install ok installed \r\nVersion:\t7.88.1-10\r\nArchitecture: amd64\r\n";
  expect(read(text)).toEqual({ type: "deb", packages: [curl] });
});

test("packages of two architectures are two packages", () => {
  const [i386, gone] = [{ Architecture: "i386" }, { Status: "purge ok not-installed" }];
  const text = [installed, { ...installed, ...i386 }, { ...installed, ...gone }].map(paragraph).join("");
  expect(read(text)).toEqual({ type: "deb", packages: [{ ...curl, architecture: "i386" }] });
});

test.each([
  ["truncated in a line", `${paragraph(installed)}Package: x`, 1],
  [
    "without a version",
    paragraph({ ...installed, Version: "" }) + paragraph({ ...installed, Package: "x" }),
    1,
  ],
  ["without a name", paragraph({ ...installed, Package: "" }), 0],
  ["with a name of a million characters", paragraph({ ...installed, Package: "x".repeat(1_000_000) }), 0],
  ["with a NUL in a version", paragraph({ ...installed, Version: "1\0" }), 0],
  ["with a package twice", paragraph(installed).repeat(2), 1],
  ["with an unknown state", paragraph({ ...installed, Status: "install ok eaten" }), 0],
  ["with a field twice", `Version: 1\n${paragraph(installed)}`, 1],
  ["with a line that is no field", `hello\n${paragraph(installed)}`, 1],
  ["of other bytes", "\0".repeat(100_000), 0],
  ["in one line", "x".repeat(3_000_000), 0],
])("says that a record %s was not read in full", (_, text, count) => {
  const { packages, unread } = read(text) ?? { packages: [] };
  expect(packages).toHaveLength(count);
  expect(unread).toBeTypeOf("string");
});

test("keeps at most 50,000 packages", () => {
  const text = Array.from({ length: 50_001 }, (_, index) =>
    paragraph({ ...installed, Package: `p${index}` }),
  );
  const { packages, unread } = read(text.join("")) ?? { packages: [] };
  expect(packages).toHaveLength(50_000);
  expect(unread).toBe("records more than 50000 packages");
});
