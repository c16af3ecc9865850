import * as bases from "../../tools/engine/bases.ts";
import type { Store } from "../../tools/engine/stores.ts";
import { engineEnvironment } from "./engine.ts";

// Base images under names of our own. The engine keeps them between runs. Each function returns a tag for
// `FROM`.

/** Provides a shell and small tools in about 2 MB, like Alpine. */
export function busyboxBase(store: Store): Promise<string> {
  return bases.busyboxBase(engineEnvironment(store));
}

/** Provides Debian's minimal system, about 170 MB, with dash, bash, apt and dpkg. */
export function debianBase(store: Store): Promise<string> {
  return bases.debianBase(engineEnvironment(store));
}

/** Provides an image like distroless/static: no shell, and its packages in /var/lib/dpkg/status.d/. */
export function distrolessBase(store: Store): Promise<string> {
  return bases.distrolessBase(engineEnvironment(store));
}

/** Provides the Debian image with these packages in one more layer. May take minutes the first time. */
export function debianWith(store: Store, packages: readonly string[]): Promise<string> {
  return bases.debianWith(packages, engineEnvironment(store));
}
