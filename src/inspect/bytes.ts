import { Buffer } from "node:buffer";
import { displayPath } from "../image/path.ts";

/** Converts text, such as a config's, to the encoding of an image's paths and texts: its bytes as latin1. */
export function bytesOf(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** Converts bytes to text for people, and replaces what is not UTF-8. */
export function textOf(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Converts a clean path without a leading slash to the path that people see. */
export function shownPath(path: string): string {
  return displayPath(path).path;
}
