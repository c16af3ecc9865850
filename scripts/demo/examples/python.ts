import { standIns } from "../base-image.ts";
import { changesOf } from "../changes.ts";
import type { Example } from "../example.ts";

/** A service with packages: on Python's image, on distroless, and with a virtual environment that cannot start. */
export const python: Example = {
  language: "python",
  name: "converter",
  sources: ["converter.py", "requirements.txt"],
  baseImages: standIns(
    "python:3.13",
    "python:3.13-slim-trixie",
    "gcr.io/distroless/python3-debian13:nonroot",
  ),
  changes: changesOf({
    policy: { "max-size": "100MB", distroless: "fail" },
    slim: "Run on distroless",
    full: "Build and run on Python's full image",
    broken: { name: "venv", title: "Run on distroless, in a virtual environment", from: "Dockerfile.full" },
  }),
  use: {
    kind: "service",
    path: "/convert?value=26.2&from=mi&to=km",
    body: null,
    answer: '{"unit":"km","value":42.164813}',
  },
};
