import { canInstall, distribution, installMissing } from "../tools/engine/apt.ts";

// The browser that takes the demo's pictures, and a font for the emoji in them, where they can be installed without
// asking. Ubuntu's package chromium is only a pointer to a snap.

if (canInstall()) {
  const emoji = { "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf": "fonts-noto-color-emoji" };
  const isDebian = (await distribution()).id === "debian";
  await installMissing(isDebian ? { chromium: "chromium", ...emoji } : emoji);
}
