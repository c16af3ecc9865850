import { createServer } from "node:http";
import { marked } from "marked";

// A web service that renders Markdown as HTML: POST / with the text as the body.

const maxBytes = 1_000_000;

/** Answers with the body as HTML; 413 if it is too large. */
export async function answer(request, response) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > maxBytes) return response.writeHead(413).end();
    chunks.push(chunk);
  }
  const html = marked.parse(Buffer.concat(chunks).toString("utf8"));
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
}

if (import.meta.main) createServer(answer).listen(8000, () => console.log("Listening on port 8000."));
