import { expect, test } from "vitest";
import type { Secret } from "../../../src/inspect/inspection.ts";
import { told } from "../../helpers/findings.ts";
import { baseLayers, inspection, layer } from "../../helpers/inspection.ts";
import { hostileTexts } from "../../helpers/situations.ts";

function secret(path: string, overrides: Partial<Secret> = {}): Secret {
  return { path, kind: "private-key", isExample: false, isDeleted: false, bytes: 1, layer: 1, ...overrides };
}

function having(...secrets: readonly Secret[]) {
  return inspection({ layers: [...baseLayers("debian", 100), layer("COPY . .", 10, { line: 4 })], secrets });
}

test("says what is where, and never more", () => {
  const head = having(
    secret("/etc/ssh/ssh_host_rsa_key", { kind: "ssh-host-key", layer: 0 }),
    secret("/app/.env", { kind: "env-file", isDeleted: true }),
  );
  expect(told("no-secrets", "fail", { head })).toMatchObject({
    verdict: "fail",
    actual: 2,
    paths: ["/app/.env", "/etc/ssh/ssh_host_rsa_key"],
    sentence:
      "The image has secrets: variables with secrets /app/.env, deleted later (line 4) and SSH host key /etc/ssh/ssh_host_rsa_key (base image).",
  });
});

test("each level has its verdict, and examples do not count", () => {
  const rule = (level: string, head = having(secret("/a")), base = having()) =>
    told("no-secrets", level, { head, base })?.verdict ?? null;
  expect([rule("fail"), rule("warn"), rule("ratchet"), rule("off")]).toEqual(["fail", "warn", "fail", null]);
  expect(rule("ratchet", having(secret("/a")), having(secret("/a")))).toBe("pass");
  expect(rule("ratchet", having(secret("/b")), having(secret("/a")))).toBe("fail");
  expect(rule("fail", having(secret("/usr/share/doc/x/key.pem", { isExample: true })))).toBe("pass");
});

test("hostile paths are listed as they are", () => {
  const head = having(...hostileTexts.map((text) => secret(`/${text}`)));
  expect(told("no-secrets", "fail", { head })?.paths).toEqual(hostileTexts.map((text) => `/${text}`));
});
