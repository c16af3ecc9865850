import { Failure } from "../failure.ts";
import { type Filesystem, nodeAt } from "../image/filesystem/filesystem.ts";
import type { EntryAttributes } from "../image/layer/entry-table.ts";
import type { LayerReading } from "../image/layer/reading.ts";
import { limits } from "../image/limits.ts";
import { type BytePath, displayPath } from "../image/path.ts";
import type { SecretKind } from "./credential-files.ts";
import { secretMarker } from "./credentials.ts";
import type { Secret } from "./inspection.ts";

/**
 * Finds the files that hold secrets, by layer. It searches the layers and not the final root filesystem: whoever has
 * the image also has what a later layer deletes.
 * @throws Failure limit-exceeded if there are too many
 */
export function findSecrets(readings: readonly LayerReading[], filesystem: Filesystem): readonly Secret[] {
  const secrets: Secret[] = [];
  for (const [layer, { entries }] of readings.entries()) {
    for (const [index, kind] of entries.telling(kindOf)) {
      if (secrets.length === limits.findings) throw tooMany();
      const path = entries.pathAt(index);
      const isDeleted = nodeAt(filesystem, path)?.layer !== layer;
      secrets.push({
        ...displayPath(path),
        kind,
        isExample: isExample(path),
        isDeleted,
        bytes: entries.sizeAt(index),
        layer,
      });
    }
  }
  return secrets;
}

function kindOf({ content }: EntryAttributes): SecretKind | null {
  const marker = content?.markers?.find((each) => each.startsWith(secretMarker));
  return marker === undefined ? null : (marker.slice(secretMarker.length) as SecretKind);
}

/**
 * Reports whether a path is one where packages ship keys that are no secrets: documentation, tests of a package, and
 * the self-signed certificate of Debian's ssl-cert.
 */
function isExample(path: BytePath): boolean {
  return (
    path.startsWith("usr/share/doc/") ||
    /(?:^|\/)ssl-cert-snakeoil\.key$/.test(path) ||
    (ofPackage.test(path) && ofTests.test(path))
  );
}

const ofPackage =
  /(?:^|\/)(?:site-packages|dist-packages|node_modules|gems|python[\d.]+|pkg\/mod|usr\/share)\//;
const ofTests =
  /\/(?:tests?|testing|testdata|test-data|test_data|fixtures?|examples?|samples?|specs?|demos?|docs?)\//;

function tooMany(): Failure {
  return new Failure("limit-exceeded", "The image has more files with secrets than any honest image has.");
}
