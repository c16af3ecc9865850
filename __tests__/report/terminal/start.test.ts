import { expect, test } from "vitest";
import type { StartLink } from "../../../src/inspect/start/start.ts";
import { renderStart } from "../../../src/report/terminal/start.ts";
import { startOf } from "../../helpers/inspection.ts";
import { hostileTexts } from "../../helpers/situations.ts";

const looks = { columns: 100, colour: false };
const named = { name: "app:dev", platform: "linux/amd64", instruction: "ENTRYPOINT" } as const;

function link(kind: StartLink["kind"], path: string, neededBy: string | null, needs = path): StartLink {
  return { kind, path, neededBy, needs, isFound: true };
}

const loader = "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2";

test("the proof is a tree, in which each file is below the one that needs it", () => {
  const start = startOf("no", {
    chain: [
      link("script", "/entrypoint.sh", null, "entrypoint.sh"),
      link("interpreter", "/usr/bin/dash", "/entrypoint.sh", "/bin/sh"),
      link("program", "/app/server", "/usr/bin/dash", "server"),
      link("loader", loader, "/usr/bin/dash", "/lib64/ld-linux-x86-64.so.2"),
      link("library", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "/app/server", "libssl.so.3"),
      { ...link("library", "libz.so.1", "/usr/lib/x86_64-linux-gnu/libssl.so.3"), isFound: false },
    ],
    problems: [
      {
        class: "library-missing",
        path: "/usr/lib/x86_64-linux-gnu/libssl.so.3",
        needs: "libz.so.1",
        found: "no directory that the loader searches has it",
      },
    ],
    unproven: ["What /app/server loads by name is not known."],
    hints: ["/app/server has mode 0700."],
  });
  expect(renderStart({ ...named, start }, looks)).toBe(`entrypoint.sh => /entrypoint.sh (script)
    /bin/sh => /usr/bin/dash (interpreter)
        server => /app/server
            libssl.so.3 => /usr/lib/x86_64-linux-gnu/libssl.so.3
                libz.so.1 => not found
        /lib64/ld-linux-x86-64.so.2 => ${loader} (loader)

✗ app:dev cannot start.

  Why, and what to do
    • /usr/lib/x86_64-linux-gnu/libssl.so.3 needs libz.so.1, but no directory that the loader
      searches has it. Install the library's package in the last stage, or copy the library into it
      with COPY --from.

  Not proven
    • What /app/server loads by name is not known.

  Hints
    • /app/server has mode 0700.
`);
});

test("a proof without a chain has only its verdict", () => {
  const start = startOf("unknown", { command: [], chain: [] });
  expect(renderStart({ ...named, start }, looks)).toBe(
    "? Whether app:dev can start is not proven. That is not a failure: the exit status is 0.\n",
  );
  expect(renderStart({ ...named, start: startOf("yes") }, looks)).toContain(
    "✓ app:dev can start: its program, interpreters and libraries are in the image. Nothing was run.",
  );
});

test("a chain of thousands, and one whose files need each other, is written", () => {
  const deep = Array.from({ length: 5000 }, (_, index) =>
    link("library", `/lib/lib${index}.so`, index === 0 ? null : `/lib/lib${index - 1}.so`),
  );
  const circle = [link("library", "/a.so", "/b.so"), link("library", "/b.so", "/a.so")];
  const text = renderStart({ ...named, start: startOf("yes", { chain: [...deep, ...circle] }) }, looks);
  const tree = text.split("\n\n")[0]?.split("\n") ?? [];
  expect(tree).toHaveLength(5002);
  expect(Math.max(...tree.map((line) => line.length))).toBeLessThan(100);
});

test("untrusted text neither colours nor commands", () => {
  const chain = hostileTexts.map((text) => link("library", `/${text}`, null, text));
  const problems = hostileTexts.map((text) => ({
    class: "runtime" as const,
    path: text,
    needs: text,
    found: text,
  }));
  const start = startOf("no", { chain, problems, unproven: hostileTexts, hints: hostileTexts });
  const text = renderStart({ ...named, name: hostileTexts.join(), start }, looks);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|##\[|^\s*::/mu);
});
