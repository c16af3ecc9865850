import { standIns } from "../base-image.ts";
import { changesOf } from "../changes.ts";
import type { Example } from "../example.ts";

/** A service of the JDK alone: on a JDK, on distroless, and with an archive whose name has changed. */
export const java: Example = {
  language: "java",
  name: "clock",
  sources: ["Clock.java"],
  baseImages: standIns("eclipse-temurin:21", "gcr.io/distroless/java21-debian13:nonroot"),
  changes: changesOf({
    policy: { "max-size": "250MB", distroless: "fail" },
    slim: "Run on distroless",
    full: "Build and run on a JDK",
    broken: { name: "renamed", title: "Put the version into the archive's name", from: "Dockerfile" },
  }),
  use: { kind: "service", path: "/UTC", body: null, answer: "20" },
};
