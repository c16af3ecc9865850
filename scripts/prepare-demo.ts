import { canInstall, distribution, installMissing } from "../tools/engine/apt.ts";
import { readChoice } from "./demo/choice.ts";

// Runs before an engine starts. Refuses wrong arguments. Installs the browser that takes the demo's pictures and
// a font for their emoji, where this is possible without asking. Not Chromium on Ubuntu: its package only points
// to a snap.

const choice = readChoice(process.argv.slice(2));
if (typeof choice === "string") {
  console.error(choice);
  process.exitCode = 2;
} else if (canInstall()) {
  const emoji = { "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf": "fonts-noto-color-emoji" };
  const isDebian = (await distribution()).id === "debian";
  await installMissing(isDebian ? { chromium: "chromium", ...emoji } : emoji);
}
