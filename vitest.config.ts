import { defineConfig } from "vitest/config";

const needsEngine = "__tests__/**/*.engine.test.ts";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["__tests__/**/*.test.ts"],
          exclude: [needsEngine],
        },
      },
      {
        // Two engines, kept between runs, are started for these alone: a run of other tests does not pay for them.
        test: {
          name: "engine",
          include: [needsEngine],
          globalSetup: "__tests__/setup/engines.ts",
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
