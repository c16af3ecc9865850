import { defineConfig } from "vitest/config";

const needsEngine = "__tests__/**/*.engine.test.ts";
/** Exhaustive rather than decisive; these need an engine and downloads. `npm run oracles` runs them. */
const oracles = "__tests__/**/*.oracle.test.ts";
/** Run in both projects. They generate more cases if EXHAUSTIVE is set. */
const alsoExhaustive = ["__tests__/image/tar/tar-oracles.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["__tests__/**/*.test.ts"],
          exclude: [needsEngine, oracles],
          testTimeout: 30_000,
          maxWorkers: "100%",
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Only these tests start the two engines, which are kept between runs. One file at a time: equal steps of
        // concurrent builds are one step for BuildKit, and its record then names the base images of both.
        test: {
          name: "engine",
          include: [needsEngine],
          globalSetup: "__tests__/helpers/engines.ts",
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "oracles",
          include: [oracles, ...alsoExhaustive],
          env: { EXHAUSTIVE: "1" },
          globalSetup: "__tests__/helpers/engines.ts",
          testTimeout: 600_000,
          hookTimeout: 900_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
