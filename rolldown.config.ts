import { defineConfig } from "rolldown";
import { licenses } from "./scripts/licenses.ts";

// An action is run from the repository as it is, without an install: everything is bundled, and not minified, since
// security teams read `dist/`.
export default defineConfig({
  input: { index: "src/action/index.ts", cleanup: "src/action/cleanup.ts", cli: "src/cli/index.ts" },
  platform: "node",
  transform: { target: "node24" },
  plugins: [licenses()],
  output: {
    dir: "dist",
    format: "esm",
    comments: false,
    cleanDir: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    codeSplitting: {
      groups: [
        // Apart, since the terminal has no use for it, and its HTTP client takes longer to load than the rest.
        {
          name: "toolkit",
          test: /node_modules\/(@actions\/(core|http-client)|undici|tunnel)\//,
          priority: 1,
        },
        { name: "exec", test: /node_modules\/@actions\/(exec|io)\//, priority: 2 },
        { name: "shared", minShareCount: 2 },
      ],
    },
  },
});
