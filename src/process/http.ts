/**
 * Node's HTTP module. An import would access each of its exports, including WebSocket, and so load an HTTP
 * client that is not used here. That takes 40 ms of every start.
 */
export const { createServer, request } = process.getBuiltinModule("node:http");
