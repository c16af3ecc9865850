import packageJson from "../../package.json" with { type: "json" };

/** What this program calls itself in reports. */
export const tool = { name: "image-audit", version: packageJson.version } as const;
