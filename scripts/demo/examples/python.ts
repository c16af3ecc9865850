import { makeStandIn } from "../../../tools/engine/stand-ins/stand-in.ts";
import type { Example } from "../example.ts";

const limits = { "max-size": "100MB", distroless: "fail" };

/** A service with packages: on Python's image, on distroless, and with a virtual environment that cannot start. */
export const python: Example = {
  language: "python",
  name: "converter",
  sources: ["converter.py", "requirements.txt"],
  baseImages: ["python:3.13", "python:3.13-slim-trixie", "gcr.io/distroless/python3-debian13:nonroot"].map(
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
      title: "Build and run on Python's full image",
      base: "release",
      from: "Dockerfile",
      to: "Dockerfile.full",
      policy: limits,
      expected: "fail",
    },
    {
      name: "venv",
      title: "Run on distroless, in a virtual environment",
      base: "develop",
      from: "Dockerfile.full",
      to: "Dockerfile.venv",
      policy: limits,
      expected: "fail",
    },
  ],
  use: {
    kind: "service",
    path: "/convert?value=26.2&from=mi&to=km",
    body: null,
    answer: '{"unit":"km","value":42.164813}',
  },
};
