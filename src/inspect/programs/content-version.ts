import { versionOfMarkers } from "./marker.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { shellMarkers } from "./shell-markers.ts";

/** Identifies the markers of `examineContent`. Readings made with others are not comparable. */
export const contentVersion: string = versionOfMarkers([...shellMarkers, ...packageManagerMarkers]);
