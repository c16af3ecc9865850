import { defineConfig } from "rolldown";
import { licenses } from "./scripts/licenses.ts";

// A runner runs an action from its repository without an install, so everything is bundled. The bundle is not
// minified, because security teams read `dist/`.
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
        // A chunk of its own: the command seldom needs GitHub's API, whose client takes as long to load as the rest.
        {
          name: "toolkit",
          test: /node_modules\/(@actions\/(core|github|http-client)|@octokit|bottleneck|undici|tunnel)\//,
          priority: 1,
        },
        { name: "exec", test: /node_modules\/@actions\/(exec|io)\//, priority: 2 },
        // Whatever loads the toolkit when it is needed is not shared.
        { name: "shared", test: /^(?!.*\/src\/github\/api\.ts$)/, minShareCount: 2 },
      ],
    },
  },
});
