import { Failure } from "../../failure.ts";
import type { OpenFile } from "./documents.ts";

/**
 * Explains why a directory is not an OCI image layout. Recognises directories that people mistake for one by
 * their files.
 * @param missing the file that it lacks
 */
export async function whyNoLayout(open: OpenFile, missing: string): Promise<Failure> {
  for (const [path, what] of kinds)
    if (await exists(open, path)) return new Failure("image-unsupported", what);
  return new Failure("image-not-found", `It is not an OCI image layout: it has no ${missing}.`);
}

/** The first file that exists decides. */
const kinds: readonly (readonly [path: string, what: string])[] = [
  ["version", "It is a directory of skopeo's dir: transport. Convert it to oci: with skopeo copy."],
  ["manifest.json", "It is an unpacked archive from docker save. Specify the archive itself."],
  ["Dockerfile", "It is a build context. Build it and specify the image."],
];

async function exists(open: OpenFile, path: string): Promise<boolean> {
  return open(path).then(
    (stream) => {
      stream.destroy();
      return true;
    },
    () => false,
  );
}
