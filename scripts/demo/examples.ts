import { busyboxBase, debianBase } from "../../tools/engine/bases.ts";
import type { Example } from "./example.ts";

const limits = { "max-size": "100MB", distroless: "fail" };

const calculator: Example = {
  language: "go",
  name: "calculator",
  sources: ["go.mod", "main.go"],
  baseImages: [
    {
      reference: "debian:bookworm-slim",
      argument: "BASE",
      standIn: { tag: "image-audit-demo/debian:minimal", build: debianBase },
    },
    {
      reference: "alpine:3.22",
      argument: "SMALL",
      // BusyBox alone has no glibc either.
      standIn: { tag: "image-audit-demo/busybox:minimal", build: busyboxBase },
    },
  ],
  changes: [
    {
      name: "slim",
      title: "Ship the calculator alone, from scratch",
      base: "main",
      from: "Dockerfile.full",
      to: "Dockerfile",
      policy: limits,
      expected: "pass",
    },
    {
      name: "full",
      title: "Build and run on a full base",
      base: "release",
      from: "Dockerfile",
      to: "Dockerfile.full",
      policy: limits,
      expected: "fail",
    },
    {
      name: "alpine",
      title: "Run on Alpine, to reduce the image size",
      base: "develop",
      from: "Dockerfile.full",
      to: "Dockerfile.alpine",
      policy: { ...limits, distroless: "ratchet" },
      expected: "fail",
    },
  ],
};

/** The first one is the default. */
export const examples: readonly [Example, ...Example[]] = [calculator];
