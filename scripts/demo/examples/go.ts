import { busyboxBase, debianBase } from "../../../tools/engine/bases.ts";
import { tagged, type Variables } from "../../../tools/engine/images.ts";
import { changesOf } from "../changes.ts";
import type { Example } from "../example.ts";

const limits = { "max-size": "100MB", distroless: "fail" };

/** A command on a full base image, alone on `scratch`, and on Alpine, where it cannot start. */
export const go: Example = {
  language: "go",
  name: "calculator",
  sources: ["go.mod", "main.go"],
  baseImages: [
    {
      reference: "debian:bookworm-slim",
      standIn: ({ variables }) => named("image-audit-demo/debian:minimal", debianBase, variables),
    },
    // BusyBox alone has no glibc either.
    {
      reference: "alpine:3.22",
      standIn: ({ variables }) => named("image-audit-demo/busybox:minimal", busyboxBase, variables),
    },
  ],
  changes: changesOf({
    policy: limits,
    slim: "Ship the calculator alone, from scratch",
    full: "Build and run on a full base",
    broken: {
      name: "alpine",
      title: "Run on Alpine, to reduce the image size",
      from: "Dockerfile.full",
      policy: { ...limits, distroless: "ratchet" },
    },
  }),
  use: { kind: "command", args: ["6", "x", "7"], answer: "42" },
};

/** Gives a base image of the tests the name that reports of the demo show. */
async function named(
  tag: string,
  make: (variables: Variables) => Promise<string>,
  variables: Variables,
): Promise<string> {
  await tagged(await make(variables), tag, variables);
  return tag;
}
