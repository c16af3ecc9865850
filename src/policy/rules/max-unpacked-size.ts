import { say } from "../sentence.ts";
import { sizeLimit } from "./size-limit.ts";

export const maxUnpackedSize = sizeLimit({
  id: "max-unpacked-size",
  about: "unpacked-size",
  title: "The image's filesystem is not larger than a limit",
  meaning:
    "Fails when the regular files that a container sees are larger than the limit together. A file counts once, however many hard links it has. Unlike `max-size`, the rule does not count what later layers overwrite or delete.",
  description: "Maximum size of the files that a container sees.",
  sizeOf: ({ unpackedSize }) => unpackedSize,
  within: "The unpacked size is within its limit of",
  over: ({ actual, limit }) => ({
    short: say`its unpacked size is over the limit of ${limit}`,
    sentence: say`The unpacked size is ${actual}, over the ${"max-unpacked-size"} of ${limit}.`,
  }),
});
