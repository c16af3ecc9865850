import { expect, test } from "vitest";
import type { HealthcheckProblem, StartLink } from "../../../src/inspect/start/start.ts";
import { told } from "../../helpers/findings.ts";
import { type inspection as Inspect, inspection, startOf } from "../../helpers/inspection.ts";

const curl: HealthcheckProblem = { needs: "curl", found: "no directory in PATH has it", isShellForm: false };
const shell: HealthcheckProblem = { needs: "/bin/sh", found: "it does not exist", isShellForm: true };

function imageWith(healthcheck: HealthcheckProblem, more: Parameters<typeof Inspect>[0] = {}) {
  return inspection({ ...more, start: { ...(more.start ?? startOf("yes")), healthcheck } });
}

test.each(["fail", "warn"] as const)("%s is the verdict on a HEALTHCHECK that cannot run", (level) => {
  expect(told("healthcheck", level, { head: imageWith(curl) })).toMatchObject({
    verdict: level,
    actual: null,
    reason: "never-healthy",
    remark: "its HEALTHCHECK fails",
    sentence:
      "HEALTHCHECK cannot run curl: no directory in PATH has it. Containers start, and never become healthy.",
  });
  expect(told("healthcheck", level, { head: inspection() })).toBeNull();
  expect(told("healthcheck", "off", { head: imageWith(curl) })).toBeNull();
  expect(told("healthcheck", level, { head: imageWith(curl, { start: startOf("no") }) })).toBeNull();
});

test("the shell form needs a shell", () => {
  expect(told("healthcheck", "warn", { head: imageWith(shell) })?.sentence).toBe(
    "HEALTHCHECK is in shell form, which needs /bin/sh: it does not exist. Containers start, and never become healthy.",
  );
});

const orHave =
  "Or turn it off with HEALTHCHECK NONE where an orchestrator probes the container itself: Kubernetes ignores HEALTHCHECK.";

function running(...command: readonly [string, ...string[]]): ReturnType<typeof startOf> {
  const [path] = command;
  const link: StartLink = { kind: "program", path, neededBy: null, needs: path, isFound: true };
  return startOf("yes", { command, chain: [link] });
}

test.for<[what: string, command: readonly [string, ...string[]], family: string, advice: string]>([
  [
    "Python",
    ["/usr/bin/python3.13", "/app/main.py"],
    "Debian GNU/Linux 13 (trixie)",
    `Write HEALTHCHECK in exec form with the interpreter that is in the image, such as HEALTHCHECK CMD ["/usr/bin/python3.13","-c","import urllib.request as r; r.urlopen('http://localhost:8080/')"].`,
  ],
  [
    "Node.js",
    ["/nodejs/bin/node", "/app/main.js"],
    "Debian GNU/Linux 13 (trixie)",
    `Write HEALTHCHECK in exec form with the interpreter that is in the image, such as HEALTHCHECK CMD ["/nodejs/bin/node","-e","require('http').get('http://localhost:8080/', (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"].`,
  ],
  [
    "a program on Alpine",
    ["/app/server"],
    "Alpine Linux v3.22",
    "Use wget -q --spider in place of curl: Alpine's BusyBox has it.",
  ],
])("says what to do for %s", ([, command, family, advice]) => {
  const head = imageWith(curl, { start: running(...command), command, entrypoint: null, family });
  expect(told("healthcheck", "warn", { head })?.advice).toEqual([advice, orHave]);
});

test("lets a program of its own check itself", () => {
  const head = imageWith(shell, { start: running("/srv/api"), command: ["/srv/api"], entrypoint: null });
  expect(told("healthcheck", "warn", { head })?.advice).toEqual([
    'Write HEALTHCHECK in exec form with a program that is in the image. Let the application itself be one, such as HEALTHCHECK CMD ["/srv/api","--check"], or copy a static one with COPY --from.',
    orHave,
  ]);
});
