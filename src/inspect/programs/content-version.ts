import type { Marker } from "./marker.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { shellMarkers } from "./shell-markers.ts";

/** Names the markers that `examineContent` looks for: a reading made with others says something else. */
export const contentVersion: string = versionOfMarkers([...shellMarkers, ...packageManagerMarkers]);

/** One text for each list of markers. */
export function versionOfMarkers(markers: readonly Marker[]): string {
  return JSON.stringify(markers);
}
