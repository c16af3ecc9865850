import type { Buffer } from "node:buffer";

/** What a jar says it is. Strings are latin1. */
export interface JarIdentity {
  /** `group:artifact`, or a name without a group, if only the manifest has one */
  readonly name: string;
  readonly version: string;
}

/**
 * Reads pom.properties as Maven writes it (java.util.Properties, without escapes, which no coordinate needs).
 * @returns null if it does not state all coordinates
 */
export function identityInPom(bytes: Buffer): JarIdentity | null {
  const values = new Map<string, string>();
  for (const line of bytes.toString("latin1").split(/[\r\n]+/)) {
    const [, key, value] = /^\s*([A-Za-z]+)\s*[=:](.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) values.set(key, value.trim());
  }
  const [group, artifact, version] = [values.get("groupId"), values.get("artifactId"), values.get("version")];
  if (!group || !artifact || !version || artifact.includes(":")) return null;
  return { name: `${group}:${artifact}`, version };
}

/** Attributes that name a jar and its version, the most reliable first. */
const attributes = [
  ["bundle-symbolicname", "bundle-version"],
  ["implementation-title", "implementation-version"],
  ["automatic-module-name", "implementation-version"],
] as const;

/**
 * Reads the main section of a manifest (JAR File Specification). Its rest is about single files.
 * @param isWhole false if its end is missing
 * @returns null if it does not state a version, and a name that is no description
 */
export function identityInManifest(bytes: Buffer, isWhole: boolean): JarIdentity | null {
  // A line that begins with a space continues the line before it.
  const lines = bytes.toString("latin1").replace(/\r\n?/g, "\n").replaceAll("\n ", "").split("\n");
  const end = lines.indexOf("");
  if (end < 0 && !isWhole) return null;
  const values = new Map<string, string>();
  for (const line of lines.slice(0, end < 0 ? lines.length : end)) {
    const colon = line.indexOf(": ");
    if (colon > 0) values.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 2).trim());
  }
  for (const [nameOf, versionOf] of attributes) {
    // A symbolic name may have directives behind it.
    const name = values.get(nameOf)?.split(";", 1)[0]?.trim();
    const version = values.get(versionOf);
    if (name && version && !/[\s:]/.test(name) && !/\s/.test(version)) return { name, version };
  }
  return null;
}
