import { makeStandIn } from "../../../tools/engine/stand-ins/stand-in.ts";
import type { Example } from "../example.ts";

const limits = { "max-size": "250MB", distroless: "fail" };

/** A service of the JDK alone: on a JDK, on distroless, and with an archive whose name has changed. */
export const java: Example = {
  language: "java",
  name: "clock",
  sources: ["Clock.java"],
  baseImages: ["eclipse-temurin:21", "gcr.io/distroless/java21-debian13:nonroot"].map((reference) => ({
    reference,
    standIn: (engine) => makeStandIn(reference, engine),
  })),
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
      title: "Build and run on a JDK",
      base: "release",
      from: "Dockerfile",
      to: "Dockerfile.full",
      policy: limits,
      expected: "fail",
    },
    {
      name: "renamed",
      title: "Put the version into the archive's name",
      base: "develop",
      from: "Dockerfile",
      to: "Dockerfile.renamed",
      policy: limits,
      expected: "fail",
    },
  ],
  use: { kind: "service", path: "/UTC", body: null, answer: "20" },
};
