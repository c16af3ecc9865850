import { defineConfig } from "rolldown";

// One bundle per entry's needs, shared code in one chunk: an action is run from the repository as it is,
// without an install. Not minified: security teams read `dist/`.
export default defineConfig({
  input: { index: "src/index.ts", cleanup: "src/cleanup.ts", cli: "src/cli.ts" },
  platform: "node",
  transform: { target: "node24" },
  output: {
    dir: "dist",
    format: "esm",
    comments: false,
    cleanDir: true,
    entryFileNames: "[name].js",
    chunkFileNames: "shared.js",
  },
});
