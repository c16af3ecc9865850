import { type Sentence, say } from "../../policy/sentence.ts";

/** A failure's message: a sentence or two, and the lines that it quotes, such as the end of a build step. */
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

/** The last lines say the most. */
const maxLines = 20;

/** Ends a text with a full stop, since other sentences may follow. */
function asSentence(text: string): string {
  return text === "" || /[.!?…][)"'”’]*$/.test(text) ? text : `${text.replace(/[:;,]$/, "")}.`;
}
