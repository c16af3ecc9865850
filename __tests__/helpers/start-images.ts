import { probeEngine } from "../../src/docker/engine/engine.ts";
import { dockerEnvironment } from "../../src/docker/engine/environment.ts";
import type { ImageConfig } from "../../src/image/documents/config.ts";
import type { Filesystem } from "../../src/image/filesystem/filesystem.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import { readingsOf } from "../../src/image/image.ts";
import { readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { readImages } from "../../src/source/read-images.ts";
import { parseImageReference } from "../../src/source/reference.ts";
import type { Store } from "../../tools/engine/stores.ts";
import { busyboxBase, debianWith, distrolessBase } from "./bases.ts";
import { docker, engineEnvironment } from "./engine.ts";
import { workspace } from "./workspace.ts";

/** Images with a shell, without one, without even /etc/passwd, and with wrappers and an interpreter. */
export type StartImageName = "shell" | "distroless" | "bare" | "debian";

/** Dockerfile lines on top of one of these images, by the name of the new image. */
export type Variations = Readonly<Record<string, readonly [from: StartImageName, lines: readonly string[]]>>;

export interface StartImage {
  readonly tag: string;
  readonly config: ImageConfig;
  readonly filesystem: Filesystem;
}

/** Builds the images with the same files in /app, and their variations, and reads them as an audit does. */
export async function startImages(
  store: Store,
  variations: Variations,
): Promise<ReadonlyMap<string, StartImage>> {
  const bases = {
    shell: await busyboxBase(store),
    distroless: await distrolessBase(store),
    bare: "scratch",
    debian: await debianWith(store, ["dumb-init", "gosu", "python3-minimal", "tini"]),
  };
  const varied = Object.entries(variations).map(
    ([name, [from, lines]]) => `FROM ${from} AS ${name}\n${lines.join("\n")}`,
  );
  await using context = await workspace({
    "make.sh": makeFiles,
    Dockerfile: [dockerfile(bases), ...varied].join("\n"),
  });
  const build = async (name: string): Promise<readonly [string, string]> => {
    const tag = `image-audit-test/start:${name}`;
    const args = ["--quiet", "--provenance=false", "--load", "--target", name, "--tag", tag, context.path];
    const { code, stderr } = await docker(store, "buildx", "build", ...args);
    if (code !== 0) throw new Error(stderr);
    return [name, tag];
  };
  const tags = new Map([
    ...(await Promise.all(Object.keys(bases).map(build))),
    ...(await Promise.all(Object.keys(variations).map(build))),
  ]);
  const images = await read(store, [...tags.values()]);
  return new Map([...tags.keys()].map((name, index) => [name, images[index] ?? fail(name)]));
}

async function read(store: Store, tags: readonly string[]): Promise<readonly StartImage[]> {
  const requests = tags.map((tag) => ({
    reference: parseImageReference(tag),
    platform: null,
    configDigest: null,
    isBuilt: false,
  }));
  const images = await readImages(requests, {
    examine: examineContent,
    store: readingsOfThisRun(),
    engine: () => probeEngine({ env: dockerEnvironment(engineEnvironment(store)) }),
  });
  return images.map((image, index) => ({
    tag: tags[index] ?? "",
    config: image.config,
    filesystem: mergeLayers(readingsOf(image)),
  }));
}

function fail(name: string): never {
  throw new Error(`the image ${name} was not read`);
}

function dockerfile(bases: Readonly<Record<StartImageName, string>>): string {
  const accounts = [
    "COPY --from=files /accounts/passwd /etc/passwd",
    "COPY --from=files /accounts/group /etc/group",
  ];
  return [
    `FROM ${bases.shell} AS files`,
    "COPY make.sh /make.sh",
    'RUN ["/bin/busybox", "sh", "-eu", "/make.sh"]',
    `FROM ${bases.shell} AS shell`,
    "COPY --from=files /app /app",
    "COPY --from=files /links /",
    ...accounts,
    `FROM ${bases.distroless} AS distroless`,
    "COPY --from=files /app /app",
    "FROM scratch AS bare",
    "COPY --from=files /app /app",
    `FROM ${bases.debian} AS debian`,
    "COPY --from=files /app /app",
    "COPY --from=files /accounts/passwd /etc/passwd",
  ].join("\n");
}

/** Every program is BusyBox, which acts as the name that it is called by, and needs no library. */
const makeFiles = `
umask 022
mkdir -p /app/dir /app/closed /app/mode700 /app/mode644 /app/staff /app/doubled /app/links /app/outside /accounts /links/usr/bin
for name in app closed mode700 mode644 staff; do
  [ $name = app ] && to=/app/true || to=/app/$name/true
  cp /bin/busybox $to
done
chmod 700 /app/closed /app/mode700/true
chmod 644 /app/mode644/true
chmod 750 /app/staff/true
chown 0:50 /app/staff/true
ln -s ../true /app/links/true
ln -s /app/links /app/absolute
ln -s ../../../../app/absolute/true /app/outside/true
ln -s nowhere /app/dangling
ln -s loop /app/loop
ln -s /app/mode644/true /app/plain
mkfifo /app/fifo
chmod 777 /app/fifo
: >/app/empty

write() { printf "$2" >/app/$1; chmod \${3:-755} /app/$1; }
repeat() { printf "%*s" $1 | tr " " $2; }
write run.sh '#!/bin/sh\\nexit 0\\n'
write blanks.sh '#! \\t /bin/sh\\t -e \\nexit 0\\n'
write crlf.sh '#!/bin/sh\\r\\nexit 0\\r\\n'
write crlf-argument.sh '#!/bin/sh -e\\r\\n'
write env.sh '#!/usr/bin/env sh\\nexit 0\\n'
write env-crlf.sh '#!/usr/bin/env sh\\r\\nexit 0\\r\\n'
write env-bash.sh '#!/usr/bin/env bash\\nexit 0\\n'
write env-words.sh '#!/usr/bin/env sh -e\\nexit 0\\n'
write env-split.sh '#!/usr/bin/env -S sh -e\\nexit 0\\n'
write no-line.sh 'exit 0\\n'
write no-name.sh '#! \\nexit 0\\n'
write no-interpreter.sh '#!/opt/bin/python3\\nexit 0\\n'
write relative.sh '#!bin/sh\\nexit 0\\n'
write directory.sh '#!/app\\nexit 0\\n'
write data.sh '#!/app/mode644/true\\nexit 0\\n'
write no-line-interpreter.sh '#!/app/no-line.sh\\nexit 0\\n'
write private.sh '#!/bin/sh\\nexit 0\\n' 711
write true.sh '#!/app/true\\n' 711
write long.sh "#!$(repeat 247 /)bin/sh\\nexit 0\\n"
write too-long.sh "#!$(repeat 248 /)bin/sh\\nexit 0\\n"
write long-argument.sh "#!/bin/sh -$(repeat 400 e)\\nexit 0\\n"
write doubled/python3 'pass\\n' 644
write bad.elf 'ELF, it is not'
write s5 '#!/bin/sh\\nexit 0\\n'
for level in 4 3 2 1 0; do write s$level "#!/app/s$((level + 1))\\n"; done
write closed/run.sh '#!/bin/sh\\nexit 0\\n'
write docker-entrypoint.sh '#!/bin/sh\\nexec "$@"\\n'
chmod 755 /app/empty

printf 'root:x:0:0::/:/bin/sh\\napp:x:1000:1000::/:\\n' >/accounts/passwd
printf 'root:x:0:\\nstaff:x:50:app\\n' >/accounts/group
ln -s /bin/busybox /links/usr/bin/env
`;
