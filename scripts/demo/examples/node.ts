import { makeStandIn } from "../../../tools/engine/stand-ins/stand-in.ts";
import type { Example } from "../example.ts";

const limits = { "max-size": "200MB", distroless: "fail" };

/** A service with a package: on Node.js's image, on distroless, and with a command that names node twice. */
export const node: Example = {
  language: "node",
  name: "markdown",
  sources: ["package.json", "package-lock.json", "server.js"],
  baseImages: ["node:24", "node:24-trixie-slim", "gcr.io/distroless/nodejs24-debian13:nonroot"].map(
    (reference) => ({ reference, standIn: (engine) => makeStandIn(reference, engine) }),
  ),
  changes: [
    {
      name: "slim",
      title: "Run on distroless",
      base: "main",
      from: "Dockerfile.full",
      to: "Dockerfile",
      policy: limits,
      expected: "pass",
    },
    {
      name: "full",
      title: "Build and run on Node.js's full image",
      base: "release",
      from: "Dockerfile",
      to: "Dockerfile.full",
      policy: limits,
      expected: "fail",
    },
    {
      name: "twice",
      title: "Run on distroless, with the same command",
      base: "develop",
      from: "Dockerfile.full",
      to: "Dockerfile.twice",
      policy: limits,
      expected: "fail",
    },
  ],
  use: { kind: "service", path: "/", body: "# Hello", answer: "<h1>Hello</h1>" },
};
