import { expect, test } from "vitest";
import type { StartProblem } from "../../../src/inspect/start/start.ts";
import { culpritOf } from "../../../src/policy/rules/start-words.ts";

test.for<[Omit<StartProblem, "found">, string]>([
  [{ class: "runtime", path: "/usr/bin/java", needs: "clock.jar" }, "clock.jar"],
  [{ class: "runtime", path: "/usr/bin/python3.13", needs: "the module flask" }, "flask"],
  [{ class: "doubled-entrypoint", path: "/nodejs/bin/node", needs: "node" }, "node"],
  [{ class: "user", path: "/etc/passwd", needs: "app" }, "app"],
  [{ class: "entrypoint", path: "/app/server", needs: "./server" }, "/app/server"],
  [{ class: "library-missing", path: "/app/server", needs: "libpq.so.5" }, "/app/server"],
])("of %j, a table names %s", ([problem, name]) => {
  expect(culpritOf({ ...problem, found: "it does not exist" })).toBe(name);
});
