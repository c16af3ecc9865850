import { Failure } from "../../failure.ts";
import type { OpenFile } from "./documents.ts";

/** Why a directory is no OCI image layout, by the files of what people take for one. @param missing the file that it lacks */
export async function whyNoLayout(open: OpenFile, missing: string): Promise<Failure> {
  for (const [path, what] of kinds)
    if (await isThere(open, path)) return new Failure("image-unsupported", what);
  return new Failure("image-not-found", `It is no OCI image layout: it has no ${missing}.`);
}

/** The first that is there tells. */
const kinds: readonly (readonly [path: string, what: string])[] = [
  ["version", "It is a directory of skopeo's dir: transport: copy it to oci: with skopeo copy."],
  ["manifest.json", "It is an archive of docker save that was unpacked: name the archive itself."],
  ["Dockerfile", "It is a build context: build it, and name the image."],
];

async function isThere(open: OpenFile, path: string): Promise<boolean> {
  return open(path).then(
    (stream) => {
      stream.destroy();
      return true;
    },
    () => false,
  );
}
