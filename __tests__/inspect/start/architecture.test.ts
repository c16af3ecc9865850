import { expect, test } from "vitest";
import { isSameMachine, type Machine, machineName, runsOn } from "../../../src/inspect/start/architecture.ts";

const little = (machine: number, width: 32 | 64 = 64): Machine => ({
  machine,
  class: width,
  byteOrder: "little",
});
const big = (machine: number, width: 32 | 64 = 64): Machine => ({ machine, class: width, byteOrder: "big" });

test.each<[string, Machine, string]>([
  ["amd64", little(62), "x86-64"],
  ["386", little(3, 32), "i386"],
  ["arm64", little(183), "arm64"],
  ["arm", little(40, 32), "arm"],
  ["ppc64le", little(21), "ppc64le"],
  ["ppc64", big(21), "ppc64"],
  ["s390x", big(22), "s390x"],
  ["riscv64", little(243), "riscv64"],
  ["loong64", little(258), "loong64"],
  ["mips64le", little(8), "mips64le"],
  ["mips", big(8, 32), "mips"],
  ["mipsle", little(8, 32), "mipsle"],
])("%s runs its own programs", (architecture, elf, name) => {
  expect(runsOn(elf, { os: "linux", architecture })).toBe("yes");
  expect(machineName(elf)).toBe(name);
  const other = architecture === "s390x" ? "riscv64" : "s390x";
  expect(runsOn(elf, { os: "linux", architecture: other })).toBe("no");
});

test("a platform may run programs of its predecessor", () => {
  expect(runsOn(little(3, 32), { os: "linux", architecture: "amd64" })).toBe("unknown");
  expect(runsOn(little(62, 32), { os: "linux", architecture: "amd64" })).toBe("unknown");
  expect(runsOn(little(40, 32), { os: "linux", architecture: "arm64" })).toBe("unknown");
  expect(runsOn(little(62), { os: "linux", architecture: "arm64" })).toBe("no");
  expect(runsOn(little(21), { os: "linux", architecture: "ppc64" })).toBe("no");
});

test("an unknown platform or machine is unknown", () => {
  expect(runsOn(little(62), { os: "windows", architecture: "amd64" })).toBe("unknown");
  expect(runsOn(little(62), { os: "linux", architecture: "quantum" })).toBe("unknown");
  expect(machineName(little(4711))).toBe("ELF machine 4711");
  expect(runsOn(little(4711), { os: "linux", architecture: "amd64" })).toBe("no");
});

test("the same machine means the same class, byte order and processor", () => {
  expect(isSameMachine(little(62), little(62))).toBe(true);
  expect(isSameMachine(little(62), little(62, 32))).toBe(false);
  expect(isSameMachine(little(21), big(21))).toBe(false);
});
