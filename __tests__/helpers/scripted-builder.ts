import { once } from "node:events";
import { access, chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, delimiter, dirname, join } from "node:path";
import { json } from "node:stream/consumers";
import type { Builder } from "../../src/docker/build/builder.ts";
import { type Blob, descriptor, layoutFiles, type TestImage } from "./layout.ts";
import { workspace } from "./workspace.ts";

/** A requested build: the fields of its --output. */
export interface AskedBuild {
  readonly type: string;
  readonly name: string;
  /** directory of a layout */
  readonly dest: string;
}

export interface ScriptedBuilder extends AsyncDisposable {
  readonly engine: Builder;
  /** the requested output types, one for each build */
  readonly builds: readonly string[];
}

/**
 * Provides a `docker` on the PATH that lets the test do each build.
 * @param build does the build; returns null on success, or the text with which docker fails
 */
export async function scriptedBuilder(
  image: TestImage,
  build: (asked: AskedBuild) => Promise<string | null>,
): Promise<ScriptedBuilder> {
  await using stack = new AsyncDisposableStack();
  const builds: string[] = [];
  const server = createServer(async (request, response) => {
    const args = (await json(request)) as readonly string[];
    const after = (flag: string) => args[args.indexOf(flag) + 1] ?? "";
    const {
      type = "",
      name = "",
      dest = "",
    } = Object.fromEntries(
      after("--output")
        .split(",")
        .map((field) => field.split("=", 2)),
    );
    builds.push(type);
    await writeFile(after("--metadata-file"), await metadataOf(image, after("--file")));
    const failure = await build({ type, name, dest });
    response.writeHead(failure === null ? 200 : 500).end(failure ?? "");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  stack.defer(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const place = stack.use(await workspace({ "bin/docker": `#!/bin/sh\n${ask(address)}\n` }));
  await chmod(join(place.path, "bin/docker"), 0o755);
  const kept = stack.move();
  return {
    engine: {
      store: null,
      socket: null,
      platform: "linux/amd64",
      driver: "remote",
      builderSharesLoopback: true,
      env: { PATH: `${join(place.path, "bin")}${delimiter}${process.env.PATH}` },
      builder: null,
    },
    builds,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Returns buildx's metadata of a build: the image and a record of the Dockerfile. */
async function metadataOf(image: TestImage, dockerfile: string): Promise<string> {
  const infos = [{ filename: basename(dockerfile), data: await readFile(dockerfile, "base64") }];
  const record = { source: { infos } };
  return JSON.stringify({
    "containerimage.config.digest": image.config.digest,
    "buildx.build.provenance": { metadata: { "https://mobyproject.org/buildkit@v1#metadata": record } },
  });
}

/** Delivers an image to the requested output, like BuildKit. */
export async function deliver(image: TestImage, asked: AskedBuild): Promise<null> {
  if (asked.type === "image") await push(image, asked.name);
  else await writeLayout(image, asked);
  return null;
}

/**
 * Pushes an image without the blobs that the receiver already has. @returns statuses of the refused requests
 */
export async function push(
  image: TestImage,
  reference: string,
  sent: readonly Blob[] = [...image.layers, image.config],
): Promise<readonly number[]> {
  const [, host, repository, tag] = /^([^/]+)\/(.*):([^:]+)$/.exec(reference) ?? [];
  const root = `http://${host}/v2/${repository}`;
  const refused: number[] = [];
  const put = async (url: string, body: Buffer, type: string) => {
    const { status } = await fetch(url, { method: "PUT", body, headers: { "Content-Type": type } });
    if (status !== 201) refused.push(status);
  };
  for (const { digest, bytes } of sent) {
    if ((await fetch(`${root}/blobs/${digest}`, { method: "HEAD" })).ok) continue;
    const begun = await fetch(`${root}/blobs/uploads/`, { method: "POST" });
    const place = `http://${host}${begun.headers.get("location")}`;
    await put(`${place}?digest=${digest}`, bytes, "application/octet-stream");
  }
  await put(`${root}/manifests/${tag}`, image.manifest.bytes, image.manifest.mediaType);
  return refused;
}

/** Adds an image to a layout's index. Does not write blobs that exist. */
async function writeLayout(image: TestImage, { dest, name }: AskedBuild): Promise<void> {
  const known = await readFile(join(dest, "index.json"), "utf8").catch(() => '{"manifests":[]}');
  const annotations = { "io.containerd.image.name": name };
  const manifests = [...JSON.parse(known).manifests, { ...descriptor(image.manifest), annotations }];
  for (const [path, bytes] of layoutFiles([image])) {
    const isThere = await access(join(dest, path)).then(
      () => true,
      () => false,
    );
    await mkdir(dirname(join(dest, path)), { recursive: true });
    if (!isThere) await writeFile(join(dest, path), bytes);
  }
  await writeFile(join(dest, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
}

/** Returns a script that sends its arguments to the test and exits as the test decides. */
function ask(address: string): string {
  const program = `fetch(${JSON.stringify(address)}, { method: "POST", body: JSON.stringify(process.argv.slice(1)) }).then(async (answer) => { process.exitCode = answer.ok ? 0 : 1; process.stderr.write(await answer.text()); })`;
  return `exec '${process.execPath}' -e '${program}' -- "$@"`;
}
