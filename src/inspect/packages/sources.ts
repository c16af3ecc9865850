import { apk } from "./apk.ts";
import { chisel } from "./chisel.ts";
import { dpkg } from "./dpkg.ts";
import { jar } from "./jar.ts";
import { npm } from "./npm.ts";
import { python } from "./python.ts";
import { rpm } from "./rpm.ts";
import type { PackageSource } from "./source.ts";

/** Every record of packages that is read, except for those within programs: see elf-packages.ts. */
export const packageSources: readonly PackageSource[] = [dpkg, chisel, apk, rpm, python, npm, jar];
