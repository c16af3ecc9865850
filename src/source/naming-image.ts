import { Failure, type FailureCode } from "../failure.ts";
import { written } from "./reference.ts";
import type { ImageRequest } from "./request.ts";

/** An image that is read, for messages. */
interface ImageLabel {
  /** as it was named; null: this run built it */
  readonly name: string | null;
  /** null: there are no two sides */
  readonly side: "head" | "base" | null;
}

/** An image, or several of which one is meant, for messages. */
export function labelOf(
  ...wanted: readonly Pick<ImageRequest, "reference" | "isBuilt" | "side">[]
): ImageLabel {
  const [only, ...others] = wanted;
  const side = others.length > 0 ? null : (only?.side ?? null);
  const isBuilt = side !== null && only?.isBuilt === true;
  return { name: isBuilt ? null : wanted.map(({ reference }) => written(reference)).join(" or "), side };
}

/** Says labelOf failure it is, once: the reader of bytes does not know labelOf they are. */
export function namingImage(error: unknown, { name, side }: ImageLabel): unknown {
  if (!(error instanceof Failure) || !ofImages.has(error.code) || error.cause instanceof Failure)
    return error;
  const { code, message } = error;
  const image = side === null ? "" : `The ${side}'s image`;
  const said = (text: string) => new Failure(code, text, { cause: error });
  const isNamed = name !== null && (message.startsWith(name) || message.includes(`image ${name}`));
  if (isNamed) return image === "" ? error : said(`${image}: ${message}`);
  const advice = code.startsWith("archive-") ? " Build, save or pull it again." : "";
  return said(`${[image, name ?? ""].join(" ").trim()} cannot be read. ${message}${advice}`);
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
