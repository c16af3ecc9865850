const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/**
 * Limits that protect the reader from images made to exhaust it. They are far above what any honest image
 * has. Exceeding one is the Failure `limit-exceeded`. Sizes are in bytes.
 */
export const limits = {
  /** uncompressed tar of one layer */
  layerSize: 64 * GiB,
  /**
   * decompressed bytes per compressed byte, enforced only beyond `ratioFrom` decompressed bytes, since honest
   * files of zeros compress well
   */
  ratio: 200,
  ratioFrom: 512 * MiB,
  /** members of one tar, not counting extended headers */
  members: 2_000_000,
  /** PATH_MAX and NAME_MAX of Linux: no runtime can create longer ones */
  path: 4096,
  pathComponent: 255,
  depth: 1000,
  /** bytes of all paths in one tar */
  paths: 256 * MiB,
  /** characters of the distinct attributes of all entries in one tar: link targets, and what files contain */
  attributes: 256 * MiB,
  /** entries in all layers of one image, and the bytes of their paths */
  imageEntries: 4_000_000,
  imagePaths: 512 * MiB,
  /** one extended header, GNU long name, or sparse map; Go's archive/tar has the same limit */
  extendedHeader: MiB,
  /** all extended headers of one tar */
  extendedHeaders: 256 * MiB,
  /** holes in all sparse files of one tar, which read as zeros; engines write none */
  holes: 512 * MiB,
  /** symbolic links followed for one path, the limit of Linux */
  links: 40,
  /** length of a link's target: PATH_MAX minus the terminating NUL, the limit of symlink(2) */
  linkTarget: 4095,
  /** path components visited to resolve all links of one filesystem; a link takes about five */
  linkSteps: 10_000_000,
  /**
   * path components visited because a tar's members have paths through links of the same tar, which is rare
   */
  placingSteps: 2_000_000,
  /** directories that hold files in one tar, or one image, and are not listed there */
  missingDirectories: 1_000_000,
  /**
   * shells, package managers, privileged programs and the like of one image, and links to them: the report lists each one
   */
  findings: 100_000,
  layers: 1000,
  manifest: 4 * MiB,
  config: 8 * MiB,
  jsonDepth: 100,
  /** keys and values of one document: a config with the longest allowed history has 100,000 */
  jsonValues: 150_000,
  /** manifests in one index, including those in nested indexes */
  indexedManifests: 1000,
  /** descriptors in one index, whether or not their manifests are present */
  indexEntries: 10_000,
  /** bytes of indexes, manifests and configs read to choose one image */
  documents: 16 * MiB,
  indexDepth: 8,
  history: 10_000,
  /**
   * members of an image archive; then the size of each member that is not a layer, and of all such members
   */
  archiveEntries: 100_000,
  archiveMember: 8 * MiB,
  archiveMembers: 256 * MiB,
} as const;
