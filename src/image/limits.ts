const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/**
 * What protects the reader from images that are made to exhaust it. Far above what any honest image has; running into
 * one is the Failure `limit-exceeded`. Sizes are bytes.
 */
export const limits = {
  /** uncompressed tar of one layer */
  layerSize: 64 * GiB,
  /** unpacked bytes per stored byte, once `ratioFrom` bytes are unpacked: a file of zeros is honest up to there */
  ratio: 200,
  ratioFrom: 512 * MiB,
  /** members of one tar, the extended headers not counted */
  members: 2_000_000,
  /** PATH_MAX and NAME_MAX of Linux: no runtime could create more */
  path: 4096,
  pathComponent: 255,
  depth: 1000,
  /** text of all paths of one tar */
  paths: 256 * MiB,
  /** one extended header, GNU long name, or sparse map; Go's archive/tar has the same limit */
  extendedHeader: MiB,
  /** all extended headers of one tar */
  extendedHeaders: 256 * MiB,
  /** holes of all sparse files of one tar, read as zeros */
  holes: GiB,
  /** symbolic links followed for one path, as in Linux */
  links: 40,
  layers: 1000,
  manifest: 4 * MiB,
  config: 8 * MiB,
  jsonDepth: 100,
  /** manifests that one index, and those nested in it, refer to */
  indexedManifests: 1000,
  indexDepth: 8,
  history: 10_000,
  /** members of an archive of images; then those other than layers: each, and together */
  archiveEntries: 100_000,
  archiveMember: 8 * MiB,
  archiveMembers: 256 * MiB,
} as const;
