import { expect, test } from "vitest";
import { commandLine } from "../../../src/report/text/command-line.ts";
import { inText } from "../../../src/report/text/sentence.ts";

test.for<[string, readonly string[], string | null, string]>([
  ["nothing", [], null, "nothing"],
  ["words", ["/srv/server", "--port", "8080"], "/srv/server", "/srv/server --port 8080"],
  ["words that need quotes", ["echo", "a b", "", "it's", "$x"], null, "echo 'a b' '' 'it'\\''s' '$x'"],
  ["the program", ["python", "app.py"], "/usr/bin/python3.13", "python app.py (/usr/bin/python3.13)"],
  ["the shell form", ["/bin/sh", "-c", "node server.js"], "/bin/sh", "node server.js in the shell /bin/sh"],
  [
    "another SHELL",
    ["/bin/bash", "-o", "pipefail", "-c", "a | b"],
    "/usr/bin/bash",
    "a | b in the shell /bin/bash -o pipefail (/usr/bin/bash)",
  ],
  ["a shell's arguments", ["sh", "-c", 'exec "$@"', "sh", "x"], null, `sh -c 'exec "$@"' sh x`],
  ["a program that is not a shell", ["python", "-c", "print(1)"], null, "python -c 'print(1)'"],
  ["a shell alone", ["/bin/bash"], "/bin/bash", "/bin/bash"],
])("%s", ([, words, program, text]) => {
  expect(inText(commandLine(words, program))).toBe(text);
});
