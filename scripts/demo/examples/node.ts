import { standIns } from "../base-image.ts";
import { changesOf } from "../changes.ts";
import type { Example } from "../example.ts";

/** A service with a package: on Node.js's image, on distroless, and with a command that names node twice. */
export const node: Example = {
  language: "node",
  name: "markdown",
  sources: ["package.json", "package-lock.json", "server.js"],
  baseImages: standIns("node:24", "node:24-trixie-slim", "gcr.io/distroless/nodejs24-debian13:nonroot"),
  changes: changesOf({
    policy: { "max-size": "200MB", distroless: "fail" },
    slim: "Run on distroless",
    full: "Build and run on Node.js's full image",
    broken: { name: "twice", title: "Run on distroless, with the same command", from: "Dockerfile.full" },
  }),
  use: { kind: "service", path: "/", body: "# Hello", answer: "<h1>Hello</h1>" },
};
