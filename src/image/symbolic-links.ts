import { nodesWhere } from "./per-directory.ts";

/** The symbolic links of a filesystem, in byte order of their paths. */
export const symbolicLinks = nodesWhere(({ attributes }) => attributes.type === "symlink");
