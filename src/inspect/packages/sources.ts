import { dpkg } from "./dpkg.ts";
import type { PackageSource } from "./source.ts";

/** Every record of packages that is read. */
export const packageSources: readonly PackageSource[] = [dpkg];
