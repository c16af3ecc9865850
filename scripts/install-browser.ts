import { canInstall, distribution, installMissing } from "./engine/apt.ts";

// The browser that takes the demo's pictures, where it can be installed without asking. Ubuntu's package of that name is
// only a pointer to a snap.

if (canInstall() && (await distribution()).id === "debian") await installMissing({ chromium: "chromium" });
