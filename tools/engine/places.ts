import { createHash } from "node:crypto";
import { join } from "node:path";

/**
 * Directory of all our files: ignored by git, kept between runs, safe to delete while no engine is running.
 */
export const engineDirectory = join(import.meta.dirname, "../../.engine");

/** Differs between checkouts, so that their engines can run at the same time on one machine. */
export const checkoutHash = createHash("sha256").update(engineDirectory).digest("hex").slice(0, 8);
