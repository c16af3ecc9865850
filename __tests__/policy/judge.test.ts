import { expect, test } from "vitest";
import { type MissingBase, type Verdict, worst } from "../../src/policy/finding.ts";
import {
  auditedImage,
  baseLayers,
  built,
  digestOf,
  filesystem,
  type ImageParts,
  inspection,
  layer,
  packageManager,
  shell,
  wasting,
} from "../helpers/inspection.ts";

/** Returns an inspection with one own layer of a size in bytes. */
const sized = (size: number) => inspection({ layers: [layer("COPY a a", size)] });
const shelled = (...paths: readonly string[]) => inspection({ shells: paths.map((path) => shell(path)) });
const unread = inspection({
  distroless: { verdict: "unknown", evidence: [{ kind: "unread", path: "/packed", detail: "UPX" }] },
});
const missing = (reason: MissingBase["reason"]): MissingBase => ({ reason, message: "There is no base." });
const pull = (low: number, high: number) =>
  inspection({ pullSize: { bytes: (low + high) / 2, exact: low === high, low, high } });

const moved = (size: number, digest: string, own: number) =>
  inspection({
    layers: [...baseLayers(digest, size), layer("COPY a a", own)],
    baseImage: { written: "debian", resolved: "docker.io/library/debian:latest", digest: digestOf(digest) },
  });
const changed = (size: number, name: string) =>
  inspection({
    layers: [...baseLayers(name, size), layer("COPY a a", 10)],
    baseImage: { written: name, resolved: name, digest: digestOf(name) },
  });

/** The base image's layers waste 20 bytes, and the image's own 30. */
const wasteful = wasting(
  [...baseLayers("debian", 100, 100), layer("RUN make", 80), layer("RUN rm a", 20)],
  [
    { kind: "deleted", bytes: 30, files: 1, layer: 2, wastedBy: 3 },
    { kind: "overwritten", bytes: 20, files: 1, layer: 0, wastedBy: 1 },
  ],
);
const models = filesystem({ "opt/models/a.bin": [10, 0], "opt/models/b": [20, 0], "opt/c": [5, 0] });

const cases: readonly (readonly [string, Verdict, ImageParts])[] = [
  ["a size at its limit", "pass", { head: sized(100), base: sized(100), policy: { "max-size": "100" } }],
  ["a size over its limit", "fail", { head: sized(101), base: sized(101), policy: { "max-size": "100" } }],
  [
    "a size over its limit without a base",
    "fail",
    { head: sized(101), baseMissing: missing("build-failed"), policy: { "max-size": "100" } },
  ],
  [
    "a size over its warning limit",
    "warn",
    { head: sized(101), base: sized(101), policy: { "warn-size": "100" } },
  ],
  ["growth at its limit", "pass", { head: sized(110), base: sized(100), policy: { "max-increase": "10%" } }],
  [
    "growth over its limit",
    "fail",
    { head: sized(111), base: sized(100), policy: { "max-increase": "10%" } },
  ],
  [
    "growth over its warning limit",
    "warn",
    { head: sized(111), base: sized(100), policy: { "warn-increase": "10" } },
  ],
  ["shrinking", "pass", { head: sized(1), base: sized(100), policy: { "max-increase": "0" } }],
  [
    "a base image that moved",
    "pass",
    { ...built(moved(500, "b", 10), moved(100, "a", 10)), policy: { "max-increase": "10" } },
  ],
  [
    "a base image that moved only according to the history",
    "fail",
    { head: moved(500, "b", 10), base: moved(100, "a", 10), policy: { "max-increase": "10" } },
  ],
  [
    "own growth on a base image that moved",
    "fail",
    { ...built(moved(50, "b", 21), moved(100, "a", 10)), policy: { "max-increase": "10" } },
  ],
  [
    "another base image that is larger",
    "fail",
    { head: changed(500, "b"), base: changed(100, "a"), policy: { "max-increase": "10" } },
  ],
  [
    "growth without a base",
    "inconclusive",
    { head: sized(1), baseMissing: missing("unavailable"), policy: { "max-increase": "1" } },
  ],
  [
    "growth without a base and without a limit",
    "inconclusive",
    { head: sized(1), baseMissing: missing("not-asked"), policy: { "max-increase": "1" } },
  ],
  [
    "growth without a base, which may be missing",
    "warn",
    {
      head: sized(1),
      baseMissing: missing("moved"),
      policy: { "max-increase": "1", "missing-base": "warn" },
    },
  ],
  [
    "growth of a new image",
    "pass",
    { head: sized(1), baseMissing: missing("new"), policy: { "max-increase": "0" } },
  ],
  ["an exact pull size at its limit", "pass", { head: pull(100, 100), policy: { "max-pull-size": "100" } }],
  ["an estimate wholly below the limit", "pass", { head: pull(90, 100), policy: { "max-pull-size": "100" } }],
  [
    "an estimate wholly above the limit",
    "fail",
    { head: pull(101, 110), policy: { "max-pull-size": "100" } },
  ],
  [
    "an estimate around the limit",
    "inconclusive",
    { head: pull(90, 110), policy: { "max-pull-size": "100" } },
  ],
  [
    "an unknown pull size",
    "inconclusive",
    { head: sized(1), policy: { "max-pull-size": "100", "missing-base": "warn" } },
  ],
  ...(["max-unpacked-size", "max-layer-size"] as const).flatMap((rule): (typeof cases)[number][] => [
    [`${rule} at its limit`, "pass", { head: sized(100), policy: { [rule]: "100" } }],
    [`${rule} over its limit`, "fail", { head: sized(101), policy: { [rule]: "100" } }],
  ]),
  ["two layers within the limit", "pass", { head: wasteful, policy: { "max-layer-size": "100" } }],
  ["waste at its limit", "pass", { head: wasteful, policy: { "max-waste": "30" } }],
  ["waste over its limit", "fail", { head: wasteful, policy: { "max-waste": "29" } }],
  ["waste at its limit in percent of the image", "pass", { head: wasteful, policy: { "max-waste": "10%" } }],
  ["waste over its limit in percent", "fail", { head: wasteful, policy: { "max-waste": "9.99%" } }],
  [
    "a path at its budget",
    "pass",
    { head: sized(1), headFiles: models, policy: { paths: "/opt/models: 30" } },
  ],
  [
    "a path over its budget",
    "fail",
    { head: sized(1), headFiles: models, policy: { paths: "/opt: 1kB\n/opt/**/*.bin: 9" } },
  ],
  [
    "too many layers",
    "fail",
    { head: inspection({ layers: [layer("a", 1), layer("b", 1)] }), policy: { "max-layers": "1" } },
  ],
  [
    "a shell with distroless: fail",
    "fail",
    { head: shelled("/bin/sh"), base: shelled("/bin/sh"), policy: { distroless: "fail" } },
  ],
  [
    "a shell with distroless: warn",
    "warn",
    { head: shelled("/bin/sh"), base: sized(1), policy: { distroless: "warn" } },
  ],
  [
    "a shell with distroless: off",
    "pass",
    { head: shelled("/bin/sh"), base: sized(1), policy: { distroless: "off" } },
  ],
  ["an unread file", "inconclusive", { head: unread, base: unread, policy: { distroless: "fail" } }],
  ["an unread file, ratcheted", "inconclusive", { head: unread, base: shelled("/bin/sh") }],
  ["an unread file with distroless: warn", "warn", { head: unread, policy: { distroless: "warn" } }],
  ["a first shell, ratcheted", "fail", { head: shelled("/bin/sh"), base: sized(1) }],
  ["the same shells, ratcheted", "pass", { head: shelled("/bin/sh"), base: shelled("/bin/sh") }],
  ["another shell, ratcheted", "fail", { head: shelled("/bin/sh", "/bin/zsh"), base: shelled("/bin/sh") }],
  [
    "a shell instead of two, ratcheted",
    "pass",
    { head: shelled("/bin/ash"), base: shelled("/bin/sh", "/bin/bash") },
  ],
  [
    "a first package manager, ratcheted",
    "fail",
    {
      head: inspection({ shells: [shell("/bin/sh")], packageManagers: [packageManager("/sbin/apk")] }),
      base: shelled("/bin/sh", "/bin/bash"),
    },
  ],
  [
    "a distroless image without a base, ratcheted",
    "pass",
    { head: sized(1), baseMissing: missing("build-failed") },
  ],
  [
    "a shell without a base, ratcheted",
    "inconclusive",
    { head: shelled("/bin/sh"), baseMissing: missing("build-failed") },
  ],
  ["a shell in a new image, ratcheted", "warn", { head: shelled("/bin/sh"), baseMissing: missing("new") }],
  ["an unread file in a new image, ratcheted", "warn", { head: unread, baseMissing: missing("new") }],
  ["a new distroless image, ratcheted", "pass", { head: sized(1), baseMissing: missing("new") }],
  [
    "a shell in a new image with distroless: fail",
    "fail",
    { head: shelled("/bin/sh"), baseMissing: missing("new"), policy: { distroless: "fail" } },
  ],
  ...(["moved", "unavailable", "not-asked"] as const).map(
    (reason): readonly [string, Verdict, ImageParts] => [
      `a shell in an image whose base is ${reason}, ratcheted`,
      "inconclusive",
      { head: shelled("/bin/sh"), baseMissing: missing(reason) },
    ],
  ),
  ["another kind of shell, ratcheted", "fail", { head: shelled("/bin/busybox"), base: shelled("/bin/bash") }],
  [
    "another kind of shell under the same name, ratcheted",
    "fail",
    {
      head: inspection({ shells: [shell("/bin/sh", { kind: "busybox" })] }),
      base: inspection({ shells: [shell("/bin/sh", { kind: "dash" })] }),
    },
  ],
  [
    "another kind of shell and fewer names, ratcheted",
    "fail",
    {
      head: shelled("/bin/dash", "/bin/busybox"),
      base: shelled("/bin/dash", "/bin/bash", "/usr/bin/bash", "/opt/bash"),
    },
  ],
  [
    "the same kinds of shells elsewhere, ratcheted",
    "pass",
    { head: shelled("/usr/bin/sh", "/opt/bash"), base: shelled("/bin/sh", "/bin/bash") },
  ],
  [
    "another kind of package manager, ratcheted",
    "fail",
    {
      head: inspection({ packageManagers: [packageManager("/sbin/apk")] }),
      base: inspection({ packageManagers: [packageManager("/usr/bin/dpkg")] }),
    },
  ],
  [
    "a package manager of another kind instead of three, ratcheted",
    "pass",
    {
      head: inspection({ packageManagers: [packageManager("/sbin/apk")] }),
      base: inspection({
        packageManagers: ["/usr/bin/apt", "/usr/bin/apt-get", "/usr/bin/dpkg"].map(packageManager),
      }),
    },
  ],
  ["a shell on a base with an unread file", "inconclusive", { head: shelled("/bin/sh"), base: unread }],
  [
    "a failure with warn-only",
    "warn",
    { head: sized(101), policy: { "max-size": "100", "warn-only": "true" } },
  ],
  [
    "an inconclusive rule with warn-only",
    "inconclusive",
    { head: sized(1), policy: { "max-pull-size": "100", "warn-only": "true" } },
  ],
];

test.for(cases)("%s: %s", ([, verdict, parts]) => {
  const baseMissing = parts.base === undefined ? (parts.baseMissing ?? missing("not-asked")) : undefined;
  expect(auditedImage({ ...parts, ...(baseMissing === undefined ? {} : { baseMissing }) }).verdict).toBe(
    verdict,
  );
});

test("a softened finding states its original verdict", () => {
  const { findings } = auditedImage({
    head: sized(101),
    base: sized(101),
    policy: { "max-size": "100", "warn-only": "true", distroless: "off", starts: "off" },
  });
  expect(findings).toEqual([
    { rule: "max-size", verdict: "warn", softenedFrom: "fail", actual: 101, limit: 100 },
  ]);
});

test("a failing ratchet names what is worse", () => {
  const { findings } = auditedImage({
    head: shelled("/bin/sh", "/bin/zsh"),
    base: shelled("/bin/sh"),
    policy: { starts: "off" },
  });
  expect(findings).toMatchObject([{ reason: "worse-than-base", paths: ["/bin/zsh"] }]);
});

test("a failing ratchet names the new kind", () => {
  const { findings } = auditedImage({
    head: shelled("/bin/dash", "/bin/busybox"),
    base: shelled("/bin/dash", "/bin/bash"),
    policy: { starts: "off" },
  });
  expect(findings).toMatchObject([{ reason: "worse-than-base", paths: ["/bin/busybox"] }]);
});

test("the worst verdict decides", () => {
  expect(worst(["pass", "warn", "inconclusive", "fail"])).toBe("fail");
  expect(worst(["pass", "inconclusive", "warn"])).toBe("inconclusive");
  expect(worst(["pass", "warn"])).toBe("warn");
  expect(worst([])).toBe("pass");
});
