import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { answer } from "./server.js";

const server = createServer(answer);
const post = (body) => fetch(`http://127.0.0.1:${server.address().port}`, { method: "POST", body });

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
after(() => server.close());

test("renders Markdown as HTML", async () => {
  const response = await post("# Hello");
  assert.equal(await response.text(), "<h1>Hello</h1>\n");
});

test("refuses what is too large", async () => {
  const response = await post("a".repeat(1_000_001));
  assert.equal(response.status, 413);
});
