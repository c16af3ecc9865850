import { Failure, type FailureCode } from "../failure.ts";
import { written } from "./reference.ts";
import type { ImageRequest } from "./request.ts";

/** What messages call an image. */
interface ImageLabel {
  /** the name that the user gave; null if this run built it */
  readonly name: string | null;
  /** null if there are no two sides */
  readonly side: "head" | "base" | null;
}

/** Returns the label of an image, or of several if any of them may be meant. */
export function labelOf(
  ...wanted: readonly Pick<ImageRequest, "reference" | "isBuilt" | "side">[]
): ImageLabel {
  const [only, ...others] = wanted;
  const side = others.length > 0 ? null : (only?.side ?? null);
  const isBuilt = side !== null && only?.isBuilt === true;
  return { name: isBuilt ? null : wanted.map(({ reference }) => written(reference)).join(" or "), side };
}

/** Adds to a failure, once, which image it is about: the reader of its bytes does not know. */
export function namingImage(error: unknown, { name, side }: ImageLabel): unknown {
  if (!(error instanceof Failure) || !ofImages.has(error.code) || error.cause instanceof Failure)
    return error;
  const { code, message } = error;
  const image = side === null ? "" : `The ${side}'s image`;
  const withMessage = (text: string) => new Failure(code, text, { cause: error });
  const isNamed = name !== null && (message.startsWith(name) || message.includes(`image ${name}`));
  if (isNamed) return image === "" ? error : withMessage(`${image}: ${message}`);
  const advice = code.startsWith("archive-") ? " Build, save or pull it again." : "";
  return withMessage(`${[image, name ?? ""].join(" ").trim()} cannot be read. ${message}${advice}`);
}

const ofImages: ReadonlySet<FailureCode> = new Set([
  "archive-truncated",
  "archive-invalid",
  "image-invalid",
  "image-not-found",
  "image-unsupported",
  "layer-unsupported",
  "limit-exceeded",
  "platform-missing",
  "digest-mismatch",
  "blob-missing",
  "file-failed",
]);
