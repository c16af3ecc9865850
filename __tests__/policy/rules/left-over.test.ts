import { expect, test } from "vitest";
import type { Inspection } from "../../../src/inspect/inspection.ts";
import { told } from "../../helpers/findings.ts";
import { baseLayers, buildTool, inspection, layer } from "../../helpers/inspection.ts";
import { hostileTexts } from "../../helpers/situations.ts";

function image(parts: Partial<Inspection>) {
  const layers = [...baseLayers("debian", 100), layer("RUN apt-get install", 10, { line: 3 })];
  return inspection({ layers, ...parts });
}

const lists = { path: "/var/lib/apt/lists", kind: "package-lists", bytes: 20_000_000, layer: 1 } as const;

test("build tools count wherever they come from, unless the image uses them", () => {
  const rule = (level: string, ...buildTools: Inspection["buildTools"]) =>
    told("no-build-tools", level, {
      head: image({ buildTools }),
      base: image({ buildTools: [buildTool("/usr/bin/pip")] }),
    });
  expect(rule("fail", buildTool("/usr/bin/gcc", { kind: "compiler" }))).toMatchObject({
    verdict: "fail",
    paths: ["/usr/bin/gcc"],
    sentence: "The image has build tools: /usr/bin/gcc (base image).",
  });
  expect(rule("fail", buildTool("/usr/bin/npm", { isUsed: true }))?.verdict).toBe("pass");
  expect(rule("fail", buildTool("/usr/bin/npm", { isUsed: null }))?.verdict).toBe("fail");
  expect(rule("fail", buildTool("/usr/bin/curl", { kind: "fetcher" }))?.verdict).toBe("pass");
  expect(rule("warn", buildTool("/usr/bin/pip"))?.verdict).toBe("warn");
  expect(rule("ratchet", buildTool("/opt/venv/bin/pip"))?.verdict).toBe("pass");
  expect(rule("ratchet", buildTool("/usr/bin/pip"), buildTool("/usr/bin/make"))).toMatchObject({
    verdict: "fail",
    paths: ["/usr/bin/make"],
  });
});

test("leftovers count only if the base image does not have them", () => {
  const rule = (parts: Partial<Inspection>) => told("no-leftovers", "fail", { head: image(parts) });
  expect(rule({ leftovers: [lists] })).toMatchObject({
    verdict: "fail",
    sentence: "The image has leftovers of the build: /var/lib/apt/lists of 20.0\u00a0MB (line 3).",
    advice: ["End the instruction that installs packages (line 3) with rm -rf /var/lib/apt/lists/*."],
  });
  expect(rule({ leftovers: [{ ...lists, layer: 0 }] })?.verdict).toBe("pass");
  const curl = buildTool("/usr/bin/curl", { kind: "fetcher", layer: 1 });
  expect(rule({ buildTools: [curl] })).toMatchObject({ verdict: "fail", paths: ["/usr/bin/curl"] });
  expect(rule({ buildTools: [{ ...curl, isUsed: null }] })?.verdict).toBe("pass");
  expect(rule({ buildTools: [{ ...curl, layer: 0 }] })?.verdict).toBe("pass");
  const ofUnknownOrigin = { layers: [layer("x", 1, { origin: "unknown" })] };
  expect(rule({ ...ofUnknownOrigin, buildTools: [{ ...curl, layer: 0 }] })?.verdict).toBe("pass");
  expect(rule({ ...ofUnknownOrigin, leftovers: [{ ...lists, layer: 0 }] })?.verdict).toBe("fail");
});

test("the ratchet accepts as many leftovers of a kind as the base has", () => {
  const base = image({ leftovers: [lists] });
  const rule = (...leftovers: Inspection["leftovers"]) =>
    told("no-leftovers", "ratchet", { head: image({ leftovers }), base });
  expect(rule({ ...lists, bytes: 30_000_000 })?.verdict).toBe("pass");
  expect(rule(lists, { path: "/root/.cache/pip", kind: "package-cache", bytes: 1, layer: 1 })).toMatchObject({
    verdict: "fail",
    paths: ["/root/.cache/pip"],
  });
});

test("hostile names are listed as they are", () => {
  const leftovers = hostileTexts.map((text) => ({
    path: `/${text}/__pycache__`,
    kind: "bytecode" as const,
    bytes: 1,
    layer: 1,
  }));
  expect(told("no-leftovers", "fail", { head: image({ leftovers }) })).toMatchObject({
    verdict: "fail",
    actual: leftovers.length,
    paths: leftovers.map(({ path }) => path),
  });
});
