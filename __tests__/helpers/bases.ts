import * as bases from "../../tools/engine/bases.ts";
import type { Store } from "../../tools/engine/stores.ts";
import { engineEnvironment } from "./engine.ts";

// Base images under names of our own, kept by the engine between runs. Each function answers a tag for `FROM`.

/** A shell and small tools in about 2 MB, as Alpine has them. */
export function busyboxBase(store: Store): Promise<string> {
  return bases.busyboxBase(engineEnvironment(store));
}

/** Debian's minimal system, about 170 MB, with dash, bash, apt and dpkg. */
export function debianBase(store: Store): Promise<string> {
  return bases.debianBase(engineEnvironment(store));
}

/** As distroless/static has it: no shell, the packages in /var/lib/dpkg/status.d/. */
export function distrolessBase(store: Store): Promise<string> {
  return bases.distrolessBase(engineEnvironment(store));
}

/** The Debian base with these packages of Debian's installed in one layer; takes up to minutes the first time. */
export function debianWith(store: Store, packages: readonly string[]): Promise<string> {
  return bases.debianWith(packages, engineEnvironment(store));
}
