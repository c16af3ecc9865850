import { bytesUnderEach } from "../image/filesystem/file-sizes.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import type { NodesOfKinds } from "../image/filesystem/per-directory.ts";
import { type BytePath, baseOf, displayPath, parentOf } from "../image/path.ts";
import { isGitDirectory } from "./git-directories.ts";
import type { Leftover, LeftoverKind } from "./inspection.ts";

/** Reports whether a directory holds what a build leaves behind, such as a package manager's cache. */
export function isLeftover(node: FilesystemNode): boolean {
  return kindOf(node) !== null;
}

/** Finds such directories that have files, by path. One inside another belongs to it. */
export function findLeftovers(
  filesystem: Filesystem,
  { leftovers }: NodesOfKinds<"leftovers">,
): readonly Leftover[] {
  const outer = outermost(leftovers);
  const bytes = bytesUnderEach(filesystem, outer);
  return outer.flatMap((node, index): readonly Leftover[] => {
    const kind = kindOf(node);
    const size = bytes[index] ?? 0;
    if (kind === null || size === 0) return [];
    return [{ ...displayPath(node.path), kind, bytes: size, layer: mainLayerOf(node) }];
  });
}

interface Place {
  readonly names: readonly string[];
  /** what the path of the parent directory is, without a leading slash */
  readonly in: RegExp;
  readonly kind: LeftoverKind;
}

/** Where tools keep what they download or make, unless they are told otherwise. */
const placeList: readonly Place[] = [
  { names: ["lists"], in: /^var\/lib\/apt$/, kind: "package-lists" },
  {
    names: ["apt", "dnf", "yum", "libdnf5", "tdnf", "zypp", "apk", "pacman"],
    in: /^var\/cache$/,
    kind: "package-cache",
  },
  {
    names: ["pip", "uv", "pypoetry", "pipenv", "yarn", "composer", "conda"],
    in: /(?:^|\/)\.cache$/,
    kind: "package-cache",
  },
  { names: ["_cacache"], in: /(?:^|\/)\.npm$/, kind: "package-cache" },
  { names: [".pnpm-store"], in: /^/, kind: "package-cache" },
  { names: ["mod"], in: /(?:^|\/)go\/pkg$/, kind: "package-cache" },
  { names: ["repository"], in: /(?:^|\/)\.m2$/, kind: "package-cache" },
  { names: ["caches"], in: /(?:^|\/)\.gradle$/, kind: "package-cache" },
  { names: ["registry", "git"], in: /(?:^|\/)(?:\.cargo|usr\/local\/cargo)$/, kind: "package-cache" },
  { names: ["cache"], in: /(?:^|\/)(?:\.composer|usr\/local\/bundle)$/, kind: "package-cache" },
  { names: ["pkgs"], in: /(?:^|\/)(?:mini|ana)?(?:conda|forge|mamba)3?$/, kind: "package-cache" },
  {
    names: ["go-build", "ccache", "sccache", "bazel", "node-gyp"],
    in: /(?:^|\/)\.cache$/,
    kind: "build-cache",
  },
  { names: [".ccache"], in: /^/, kind: "build-cache" },
  // Python compiles what it installs itself. Elsewhere, a build or a developer's machine did.
  {
    names: ["__pycache__"],
    in: /^(?!(?:.*\/)?lib(?:64)?\/(?:python|pypy)[\d.]*(?:\/|$))/,
    kind: "bytecode",
  },
  { names: ["include"], in: /^usr(?:\/local)?$/, kind: "headers" },
  { names: ["tmp"], in: /^(?:var)?$/, kind: "temporary" },
];

const places: ReadonlyMap<string, readonly Place[]> = Map.groupBy(
  placeList.flatMap((place) => place.names.map((name) => ({ ...place, names: [name] }))),
  ({ names }) => names[0] ?? "",
);

function kindOf(node: FilesystemNode): LeftoverKind | null {
  if (node.children === null) return null;
  const { path } = node;
  const place = places.get(baseOf(path))?.find((each) => each.in.test(parentOf(path)));
  return place?.kind ?? (isGitDirectory(node) ? "git" : null);
}

/** @param nodes by path, so that a directory comes before those inside it */
function outermost(nodes: readonly FilesystemNode[]): readonly FilesystemNode[] {
  const kept = new Set<BytePath>();
  return nodes.filter(({ path }) => {
    for (let parent = parentOf(path); parent !== ""; parent = parentOf(parent)) {
      if (kept.has(parent)) return false;
    }
    kept.add(path);
    return true;
  });
}

/** Returns the layer that holds most of the directory's bytes, as far as its first files show. */
function mainLayerOf({ layer, children }: FilesystemNode): number {
  const bytes = new Map<number, number>();
  const open = children === null ? [] : [children];
  let visited = 0;
  for (let directory = open.pop(); directory !== undefined && visited < maxVisited; directory = open.pop()) {
    directory.forEach((node) => {
      if (++visited > maxVisited) return;
      if (node.children !== null) open.push(node.children);
      bytes.set(node.layer, (bytes.get(node.layer) ?? 0) + node.size);
    });
  }
  const [largest] = [...bytes].toSorted(([, a], [, b]) => b - a);
  return largest?.[0] ?? layer;
}

/** Files of one directory that are looked at: caches have many, mostly of one layer. */
const maxVisited = 200;
