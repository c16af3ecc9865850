import { expect, test } from "vitest";
import type { Inspection } from "../../src/inspect/inspection.ts";
import { explain } from "../../src/policy/rules/rules.ts";
import { inText } from "../../src/report/text/sentence.ts";
import { auditedImage, type ImageParts, inspection, packageManager, shell } from "../helpers/inspection.ts";

/** Returns the rule's sentence, then its advice. */
function told(parts: ImageParts): readonly string[] {
  const image = auditedImage(parts);
  return image.findings.flatMap((finding) => {
    const { sentence, advice } = explain(finding, image);
    return [sentence, ...advice].map((part) => inText(part));
  });
}

const gitShell = shell("/usr/bin/git-shell", { certainty: "likely" });
const clean = inspection({});

test.each<[string, Partial<Inspection>]>([
  ["a certain shell", { shells: [shell("/bin/bash"), gitShell] }],
  ["a package manager", { shells: [gitShell], packageManagers: [packageManager("/usr/bin/apt")] }],
])("expresses no doubt about a likely shell beside %s", (_, head) => {
  for (const parts of [{ base: clean }, { policy: { distroless: "fail" } }]) {
    expect(told({ head: inspection(head), ...parts }).join()).not.toContain("likely");
  }
});

test("expresses doubt with its fix if there are only likely shells", () => {
  const doubt =
    "/usr/bin/git-shell is likely a shell (git-shell), judging by its content. If it is not, set distroless: warn for this image.";
  const head = inspection({ shells: [gitShell] });
  expect(told({ head, base: clean })).toContain(doubt);
  expect(told({ head, policy: { distroless: "fail" } })).toContain(doubt);
  expect(told({ head, policy: { distroless: "warn" } })).not.toContain(doubt);
});

test("expresses doubt with its fix if only a likely shell is new", () => {
  const base = inspection({ shells: [shell("/bin/bash")] });
  const head = inspection({ shells: [shell("/bin/bash"), gitShell] });
  expect(told({ head, base }).join()).toContain("If it is not, set distroless: warn");
});

test.each<[string, Partial<Inspection>, Partial<Inspection>, string]>([
  [
    "no longer distroless",
    { shells: [shell("/bin/sh")] },
    {},
    "The image was distroless and now has /bin/sh.",
  ],
  [
    "more than before",
    { shells: [shell("/bin/sh"), shell("/bin/bash")] },
    { shells: [shell("/bin/sh")] },
    "The image has more shells or package managers than before: /bin/bash.",
  ],
  [
    "another shell instead of one",
    { shells: [shell("/bin/busybox")], packageManagers: [packageManager("/usr/bin/apt")] },
    { shells: [shell("/bin/bash")], packageManagers: [packageManager("/bin/apt")] },
    "The image has a new kind of shell or package manager: /bin/busybox.",
  ],
  [
    "another package manager instead of one",
    { packageManagers: [packageManager("/sbin/apk")] },
    { packageManagers: [packageManager("/usr/bin/apt")] },
    "The image has a new kind of shell or package manager: /sbin/apk.",
  ],
])("says what is worse: %s", (_, head, base, sentence) => {
  expect(told({ head: inspection(head), base: inspection(base) })[0]).toBe(sentence);
});

test("says where the ratchet starts for a new image", () => {
  const baseMissing = { reason: "new", message: "Dockerfile is new." } as const;
  const head = inspection({ shells: [shell("/bin/sh")] });
  expect(told({ head, baseMissing })[0]).toBe(
    "The new image is not distroless: it has /bin/sh. From now on, the rule fails only if it gets worse.",
  );
  expect(told({ head, baseMissing, policy: { distroless: "fail" } })[0]).toBe(
    "The image is not distroless: it has /bin/sh.",
  );
});
