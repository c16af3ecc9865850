import { expect, test } from "vitest";
import { readMessage } from "../../../src/report/model/message.ts";
import { inText } from "../../../src/report/text/sentence.ts";

test.for<[string, string, readonly string[]]>([
  ["It ended.", "It ended.", []],
  ["lookup docker.io: no such host", "lookup docker.io: no such host.", []],
  ["It ended (twice.)", "It ended (twice.)", []],
  ["What now?", "What now?", []],
  ["", "", []],
  [
    "The build failed: exit code: 2. Its last lines:\n  make: *** [all]\n\n    indented\n",
    "The build failed: exit code: 2.",
    ["make: *** [all]", "  indented"],
  ],
  ["exit code: 2. Its last lines:", "exit code: 2. Its last lines.", []],
])("splits %j into a sentence and the lines below it", ([message, said, lines]) => {
  const read = readMessage(message);
  expect(inText(read.said)).toBe(said);
  expect(read.lines).toEqual(lines);
});
