import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { Socket } from "node:net";
import { addAbortSignal, type Readable } from "node:stream";
import { Failure } from "../failure.ts";

/**
 * Returns standard input, for an archive that another program writes.
 * @throws Failure input-invalid
 */
export function standardInput(signal: AbortSignal | undefined): Readable {
  const { stdin } = process;
  if (stdin.isTTY) {
    throw new Failure(
      "input-invalid",
      "Standard input is a terminal: pipe an archive into it, as in docker save IMAGE | image-audit inspect -.",
    );
  }
  if (stdin.readableEnded || stdin.destroyed)
    throw new Failure("input-invalid", "Standard input has been read: only one image can come from it.");
  return signal === undefined ? stdin : addAbortSignal(signal, stdin);
}

/**
 * Opens a named pipe, such as bash's <(docker save IMAGE). As a socket it needs no blocked thread to wait for
 * it, so signals are handled.
 * @throws Failure image-invalid, and errors of node:fs
 */
export function namedPipe(path: string, signal: AbortSignal | undefined): Readable {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (!fstatSync(fd).isFIFO()) {
    closeSync(fd);
    throw new Failure("image-invalid", `${path} was replaced while it was being opened.`);
  }
  const pipe = new Socket({ fd, readable: true, writable: false });
  return signal === undefined ? pipe : addAbortSignal(signal, pipe);
}
