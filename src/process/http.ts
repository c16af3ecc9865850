/**
 * Node's HTTP. An import of it would read each of its exports, WebSocket among them, and so load the whole of a client that nobody
 * here uses: 40 ms of every start.
 */
export const { createServer, request } = process.getBuiltinModule("node:http");
