import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { FileRecord } from "../../src/inspect/files.ts";
import { run } from "../../tools/engine/run.ts";
import type { Store } from "../../tools/engine/stores.ts";
import { docker, engineEnvironment } from "./engine.ts";
import { describeFile, type ListedFile, type Listing, listingOf } from "./listing.ts";

// Docker's own view of an image's filesystem, read without any of the product's code.

/** A member of a tar, as read by Python's tarfile. */
interface Member {
  readonly path: string;
  readonly type: FileRecord["type"] | "hardlink";
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly linkname: string;
}

interface LayerMember extends Member {
  readonly layer: string;
}

interface SavedImage {
  readonly RepoTags: readonly string[];
  readonly Layers: readonly string[];
}

/** Lists the filesystem of a container of that image, which is never started, with `docker export`. */
export async function exportedListing(store: Store, tag: string): Promise<Listing> {
  await using container = await createContainer(store, tag);
  const members = await listTarOf<Member>(store, ["export", container.name]);
  return listingOf(filesOf(members.filter(({ path }) => path !== "/")));
}

/**
 * Lists these paths in the layers of images, with `docker save`. For each path, the topmost layer that has it
 * decides.
 * @param tags complete, including the part after the colon
 * @returns by tag
 */
export async function savedListings(
  store: Store,
  tags: readonly string[],
  paths: readonly string[],
): Promise<ReadonlyMap<string, Listing>> {
  const lines = await listTarOf<LayerMember | { manifest: SavedImage[] }>(store, ["save", ...tags], paths);
  const members = lines.filter((line) => "layer" in line);
  const images = lines.flatMap((line) => ("manifest" in line ? line.manifest : []));
  return new Map(
    tags.map((tag) => {
      const image = images.find(({ RepoTags }) => RepoTags.includes(tag));
      if (image === undefined) throw new Error(`docker save did not save ${tag}`);
      const inOrder = image.Layers.flatMap((layer) => members.filter((member) => member.layer === layer));
      return [tag, new Map(inOrder.map((member) => [member.path, describeFile(fileOf(member, 0))]))];
    }),
  );
}

async function createContainer(store: Store, tag: string) {
  const name = `image-audit-test-${randomUUID()}`;
  // The container is never started, so the command need not exist. The image may have no command of its own.
  const { code, stderr } = await docker(store, "create", "--name", name, tag, "/none");
  if (code !== 0) throw new Error(stderr);
  return {
    name,
    [Symbol.asyncDispose]: async () => {
      await docker(store, "rm", "--force", "--volumes", name);
    },
  };
}

/** Resolves each hard link to its target, which precedes it in the tar. */
function filesOf(members: readonly Member[]): readonly ListedFile[] {
  const files = new Map<string, ListedFile>();
  for (const [inode, member] of members.entries()) {
    const target = member.type === "hardlink" ? files.get(member.linkname) : fileOf(member, inode);
    if (target === undefined) throw new Error(`${member.path} is a hard link to nothing: ${member.linkname}`);
    files.set(member.path, { ...target, path: member.path });
  }
  return [...files.values()];
}

function fileOf({ type, linkname, ...rest }: Member, inode: number): ListedFile {
  if (type === "hardlink") throw new Error(`${rest.path} is a hard link`);
  return { ...rest, type, linkTarget: type === "symlink" ? linkname : null, inode };
}

const script = join(import.meta.dirname, "../oracles/export/list.py");

/** Returns the lines that the Python script prints for the tar that a docker command writes. */
async function listTarOf<Line>(
  store: Store,
  command: readonly string[],
  paths: readonly string[] = [],
): Promise<Line[]> {
  const only = paths.flatMap((path) => ["--only", path]);
  const env = engineEnvironment(store);
  const lines = await run("python3", [script, ...only, "docker", ...command], { env });
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
