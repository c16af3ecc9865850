/** A directory of src/. */
export interface Room {
  /** below src/ */
  readonly path: string;
  /** what it does, in one line of docs/architecture.md */
  readonly about: string;
  /** the rooms that it imports from; src/failure.ts is open to all. A room's name stands for the rooms inside it as well. */
  readonly imports: readonly string[];
  /** turns values into values: no files, child processes, network or workflow commands */
  readonly isPure?: true;
}

/** All rooms, from the surfaces down to the words that everyone uses: each imports from rooms further down only. */
export const rooms: readonly Room[] = [
  {
    path: "action",
    about: "The GitHub Action: its entry, its post step, and where its reports go",
    imports: ["audit", "inputs", "github", "docker/engine", "process", "secrecy", "policy", "report"],
  },
  {
    path: "cli",
    about: "The command: one file for each command, its flags, and what it writes",
    imports: [
      "audit",
      "inputs",
      "source",
      "reading-store",
      "docker/engine",
      "docker/build",
      "github",
      "tree",
      "process",
      "secrecy",
      "image",
      "dockerfile",
      "inspect",
      "policy",
      "report",
    ],
  },
  {
    path: "audit",
    about: "The sentence: plan, prepare both sides, read, inspect, compare, judge; and the exit status",
    imports: [
      "inputs",
      "source",
      "docker/build",
      "docker/engine",
      "git",
      "tree",
      "process",
      "secrecy",
      "oci",
      "image",
      "dockerfile",
      "inspect",
      "compare",
      "policy",
    ],
  },
  {
    path: "inputs",
    about: "Every input, with its meaning and default; parsed; and which of them are secret",
    imports: ["source", "docker/build", "secrecy", "policy"],
  },
  {
    path: "source",
    about: "A reference in, an image out: one file for each route by which an image's bytes arrive",
    imports: [
      "docker/build",
      "docker/registry",
      "docker/engine",
      "process",
      "oci",
      "image",
      "dockerfile/build-record",
    ],
  },
  {
    path: "reading-store",
    about: "Layer readings that outlast a run, in a private directory",
    imports: ["oci", "image"],
  },
  {
    path: "docker/build",
    about: "Builds with buildx: sources, arguments, builder, progress, failures, and what BuildKit recorded",
    imports: ["docker/engine", "tree", "process", "secrecy", "oci", "dockerfile", "image/readings"],
  },
  {
    path: "docker/registry",
    about: "The registry on loopback that engines and builders push to, and that reads what arrives",
    imports: ["docker/engine", "process", "oci", "image"],
  },
  {
    path: "docker/engine",
    about: "The Docker Engine: its API, images, save and pull, tags, environment, failures",
    imports: ["process", "oci"],
  },
  {
    path: "github",
    about: "GitHub: the event, the API, the job summary",
    imports: ["git", "process"],
  },
  {
    path: "github/comment",
    about: "The one comment: find it, create it, update it, say why it could not be written",
    imports: ["github", "process"],
  },
  {
    path: "git",
    about: "The repository: which commit is the base, its checkout, what changed",
    imports: ["process"],
  },
  {
    path: "tree",
    about: "The one door for files of a tree that a pull request fills: no links, regular, bounded",
    imports: ["process"],
  },
  {
    path: "process",
    about: "This process and its children: running, cancelling, progress, lines, system errors",
    imports: ["secrecy", "image"],
  },
  {
    path: "report/markdown",
    about: "The comment and the job summary",
    imports: ["report/model", "report/text", "policy", "inspect"],
    isPure: true,
  },
  {
    path: "report/terminal",
    about: "The same report for a terminal",
    imports: ["report/model", "report/text", "policy", "dockerfile", "inspect", "oci"],
    isPure: true,
  },
  {
    path: "report/machine",
    about: "JSON and annotations",
    imports: ["report/model", "report/text", "policy", "dockerfile", "inspect"],
    isPure: true,
  },
  {
    path: "report/model",
    about: "What a report says, before it has a look: headline, rows, layers, files, advice",
    imports: ["report/text", "policy", "compare", "dockerfile", "inspect", "oci"],
    isPure: true,
  },
  {
    path: "report/text",
    about: "Numbers and sentences as text; the one door for untrusted text into Markdown and terminals",
    imports: ["policy", "inspect"],
    isPure: true,
  },
  {
    path: "policy/file",
    about: "The policy file: YAML with places, settings, images, exceptions, and its JSON Schema",
    imports: ["policy", "policy/rules"],
    isPure: true,
  },
  {
    path: "policy",
    about: "Limits, findings and verdicts: what an image is judged by",
    imports: ["policy/rules", "compare", "inspect", "oci"],
    isPure: true,
  },
  {
    path: "policy/rules",
    about: "One file for each rule, with its words",
    imports: ["policy", "policy/advice", "compare", "dockerfile", "inspect", "oci"],
    isPure: true,
  },
  {
    path: "policy/advice",
    about: "What to do about a finding",
    imports: ["policy", "compare", "dockerfile", "inspect", "oci"],
    isPure: true,
  },
  {
    path: "compare",
    about: "Two inspections side by side: layers, files, drift, base image",
    imports: ["inspect", "dockerfile", "image", "oci"],
    isPure: true,
  },
  {
    path: "inspect",
    about: "All facts about one image, one file for each fact",
    imports: [
      "inspect/left-behind",
      "inspect/programs",
      "inspect/start",
      "inspect/packages",
      "dockerfile",
      "image",
      "oci",
    ],
    isPure: true,
  },
  {
    path: "inspect/left-behind",
    about: "What earlier stages make and nothing copies, where it is what an image lacks to start",
    imports: ["inspect/start", "dockerfile", "image", "oci"],
    isPure: true,
  },
  {
    path: "inspect/start",
    about: "Whether the image's command can start: command, interpreters, loaders, libraries, versions",
    imports: ["inspect", "inspect/programs", "image", "oci"],
    isPure: true,
  },
  {
    path: "inspect/packages",
    about: "Installed packages: one file for each record of them, and how they are named and found",
    imports: ["inspect", "inspect/programs", "image"],
    isPure: true,
  },
  {
    path: "inspect/programs",
    about: "Shells and package managers, found by content: markers, ELF, scripts",
    imports: ["inspect", "image"],
    isPure: true,
  },
  {
    path: "dockerfile/history",
    about: "Which instruction made which layer, and how a history reads",
    imports: ["dockerfile/stages", "dockerfile/parse"],
    isPure: true,
  },
  {
    path: "dockerfile/stages",
    about: "Stages, targets, variables and base images, as BuildKit resolves them",
    imports: ["dockerfile/parse", "oci"],
    isPure: true,
  },
  {
    path: "dockerfile/ignore",
    about: ".dockerignore, as BuildKit matches it",
    imports: ["dockerfile/parse"],
    isPure: true,
  },
  {
    path: "dockerfile/parse",
    about: "Instructions, flags, heredocs and words, as BuildKit parses them",
    imports: ["oci"],
    isPure: true,
  },
  {
    path: "dockerfile/build-record",
    about: "What BuildKit recorded of a build: its operations, in order, with their layers",
    imports: [],
    isPure: true,
  },
  {
    path: "image",
    about: "An image made of layer readings; paths, limits, and work that can be interrupted",
    imports: ["image/documents", "image/layer", "oci"],
    isPure: true,
  },
  {
    path: "image/archive",
    about: "Images in a tar: docker save, OCI archives",
    imports: ["image", "image/documents", "image/readings", "image/layer", "image/tar", "oci"],
    isPure: true,
  },
  {
    path: "image/layout",
    about: "Images in an OCI image layout",
    imports: ["image", "image/documents", "image/readings", "image/layer", "oci"],
    isPure: true,
  },
  {
    path: "image/documents",
    about: "Manifests, indexes and configs: parsing, choosing by name and platform, verifying",
    imports: ["image", "oci"],
    isPure: true,
  },
  {
    path: "image/filesystem",
    about: "The final root filesystem, merged from layer readings as an overlay",
    imports: ["image", "image/layer"],
    isPure: true,
  },
  {
    path: "image/readings",
    about: "Layer readings to keep: the store, and how a reading becomes bytes",
    imports: ["image", "image/layer", "oci"],
    isPure: true,
  },
  {
    path: "image/layer",
    about: "One layer's bytes become one layer reading: compression, entries, whiteouts",
    imports: ["image", "image/tar", "oci"],
    isPure: true,
  },
  {
    path: "image/tar",
    about: "A streaming tar reader, faithful to Go's archive/tar",
    imports: ["image"],
    isPure: true,
  },
  {
    path: "oci",
    about: "Words without bytes: references, platforms, digests",
    imports: [],
    isPure: true,
  },
  {
    path: "secrecy",
    about: "What no report may show: the forms of a secret, found and masked in bytes and texts",
    imports: [],
    isPure: true,
  },
];
