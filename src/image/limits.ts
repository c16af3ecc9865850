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
  /** entries of all layers of one image, and the text of their paths */
  imageEntries: 4_000_000,
  imagePaths: 512 * MiB,
  /** one extended header, GNU long name, or sparse map; Go's archive/tar has the same limit */
  extendedHeader: MiB,
  /** all extended headers of one tar */
  extendedHeaders: 256 * MiB,
  /** holes of all sparse files of one tar, read as zeros; engines write none */
  holes: 512 * MiB,
  /** symbolic links followed for one path, as in Linux */
  links: 40,
  /** of a link's target: PATH_MAX with the NUL at its end, beyond which symlink(2) makes none */
  linkTarget: 4095,
  /** components of paths and targets that are looked at to find where all links of a filesystem end: for each some five */
  linkSteps: 10_000_000,
  /** those that are looked at because members of a tar come through links of the same tar, which few do */
  placingSteps: 2_000_000,
  /** directories that one tar, or one image, has files in and does not list */
  missingDirectories: 1_000_000,
  /** shells, package managers and the like, and links to them, of one image: a report lists each */
  findings: 100_000,
  layers: 1000,
  manifest: 4 * MiB,
  config: 8 * MiB,
  jsonDepth: 100,
  /** keys and values of one document: as much history as a config may have comes to 100,000 */
  jsonValues: 150_000,
  /** manifests that one index, and those nested in it, refer to */
  indexedManifests: 1000,
  /** descriptors in one index, of manifests that are there or not */
  indexEntries: 10_000,
  /** indexes, manifests and configs that are looked into to choose one image */
  documents: 16 * MiB,
  indexDepth: 8,
  history: 10_000,
  /** members of an archive of images; then those other than layers: each, and together */
  archiveEntries: 100_000,
  archiveMember: 8 * MiB,
  archiveMembers: 256 * MiB,
} as const;
