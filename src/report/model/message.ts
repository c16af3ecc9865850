import { type Sentence, say } from "../../policy/sentence.ts";

/** What a failure says: a sentence or two, and below it lines that it quotes, such as a build step's last ones. */
export interface Message {
  readonly said: Sentence;
  readonly lines: readonly string[];
}

export function readMessage(message: string): Message {
  const [first = "", ...rest] = message.trimEnd().split("\n");
  const lines = rest.map((line) => line.replace(/^ {2}/, "").trimEnd()).filter((line) => line !== "");
  const said = lines.length === 0 ? first : first.replace(/\s*Its last lines:\s*$/, "");
  return { said: say`${{ words: asSentence(said.trim()) }}`, lines: lines.slice(-maxLines) };
}

/** A step's last words tell most. */
const maxLines = 20;

/** It ends in a full stop, since others may follow. */
function asSentence(text: string): string {
  return text === "" || /[.!?…][)"'”’]*$/.test(text) ? text : `${text.replace(/[:;,]$/, "")}.`;
}
