import { isIP } from "node:net";
import { quote, refuse } from "./refuse.ts";

/** Refuses what EXPOSE does not accept as a port: `[[address:]port:]port[-port][/protocol]`. */
export function checkPort(text: string, line: number): void {
  const parts = text.split(":");
  const container = parts.pop() ?? "";
  const host = parts.pop() ?? "";
  const address = parts.join(":").replace(/^\[(.*)\]$/, "$1");
  const [ports = "", protocol = ""] = splitAt(container, "/");
  const range = rangeOf(ports);
  const hostRange = host === "" ? range : rangeOf(host);
  const isPort =
    range !== null &&
    hostRange !== null &&
    ["", "tcp", "udp", "sctp"].includes(protocol.toLowerCase()) &&
    (address === "" || (isIP(address) !== 0 && !address.includes("%"))) &&
    (range.length === hostRange.length || range.length === 1);
  if (!isPort) refuse(line, `${quote(text)} is not a port to expose`);
}

function rangeOf(text: string): { readonly length: number } | null {
  const [first = "", last] = splitAt(text, "-");
  const start = portOf(first);
  const end = last === undefined ? start : portOf(last);
  return start === null || end === null || end < start ? null : { length: end - start + 1 };
}

/** Go's strconv.ParseInt. */
function portOf(text: string): number | null {
  const port = /^[+-]?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return port >= 0 && port <= 65535 ? port : null;
}

function splitAt(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
