import type { Marker } from "./marker.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { shellMarkers } from "./shell-markers.ts";

/** Identifies the markers of `examineContent`. Readings made with others are not comparable. */
export const contentVersion: string = versionOfMarkers([...shellMarkers, ...packageManagerMarkers]);

/** Returns a text that is unique for a list of markers. */
export function versionOfMarkers(markers: readonly Marker[]): string {
  return JSON.stringify(markers);
}
