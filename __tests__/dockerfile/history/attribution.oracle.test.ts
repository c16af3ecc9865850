// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is shell syntax for variables
import { execFileSync } from "node:child_process";
import { mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBuildMetadata } from "../../../src/docker/build/metadata-file.ts";
import type { BuildRecord } from "../../../src/dockerfile/build-record/build-record.ts";
import { attributeLayers } from "../../../src/dockerfile/history/attribution.ts";
import type { History } from "../../../src/dockerfile/history/history.ts";
import { parseDockerfile } from "../../../src/dockerfile/parse/dockerfile.ts";
import { resolveStages } from "../../../src/dockerfile/stages/stages.ts";
import { baseImageStep } from "../../../src/inspect/layer-chain.ts";
import type { Digest } from "../../../src/oci/digest.ts";
import type { Store } from "../../../tools/engine/stores.ts";
import { busyboxBase } from "../../helpers/bases.ts";
import { docker, engineEnvironment, stores } from "../../helpers/engine.ts";

/**
 * Every instruction that creates a layer puts a file or directory `line-N` in it, where N is its line. So
 * each layer's bytes identify its line. `BASE` is an image with two layers.
 */
const dockerfiles: Readonly<Record<string, readonly string[]>> = {
  "copies, runs and what makes no layer": [
    "FROM BASE",
    "ENV A=1 B='2 3'",
    "RUN touch /line-3",
    "LABEL x=y",
    "WORKDIR /line-5",
    "COPY line-6 /",
    "ADD --chown=1:1 line-7 /",
    "EXPOSE 80",
    "USER 1000",
    'CMD ["x"]',
  ],
  "a RUN across lines, and comments": [
    "FROM BASE",
    "# comment",
    "RUN touch \\",
    "    # inside",
    "",
    "    /line-3",
    "RUN true && touch /line-7",
  ],
  "inline documents": [
    "FROM BASE",
    "RUN <<EOF",
    "touch /line-2",
    "echo '  two  blanks'",
    "EOF",
    "COPY <<line-6 <<-other /d/",
    "text",
    "line-6",
    "\ttext",
    "other",
    "RUN cat <<A > /line-11",
    "text",
    "A",
    "RUN <<EOF",
    "#!/bin/sh",
    "touch /line-14",
    "EOF",
  ],
  "build arguments": [
    "ARG EARLY=x",
    "FROM BASE",
    "ARG TOKEN",
    "ARG EARLY OTHER='a  b'",
    "RUN touch /line-5 && test ${#TOKEN} = 12",
    "COPY --chmod=755 $TOKEN* line-6 /",
    "WORKDIR /$EARLY/line-7",
  ],
  "COPY --link": [
    "FROM BASE",
    "COPY --link line-2 /",
    "COPY --link --chown=1:1 line-3 /d/",
    "RUN touch /line-4",
  ],
  "a chain of stages": [
    "FROM BASE AS one",
    "RUN touch /line-2",
    "FROM BASE AS side",
    "RUN touch /line-4",
    "FROM one AS two",
    "COPY --from=side /line-4 /line-6",
    "FROM two",
    "COPY --link line-8 /",
  ],
  "FROM scratch": [
    "FROM BASE AS build",
    "RUN touch /line-2",
    "FROM scratch",
    "COPY line-4 /",
    "COPY --from=build --link /line-2 /line-5",
  ],
  "ONBUILD of a stage": [
    "FROM BASE AS one",
    "ONBUILD RUN touch /line-4",
    "ONBUILD ENV A=1",
    "FROM one",
    "RUN touch /line-5",
  ],
  "ONBUILD of the base image": ["FROM ONBUILD", "RUN touch /line-2"],
  "another shell, and none": [
    "FROM BASE",
    'SHELL ["/bin/sh", "-e", "-c"]',
    "RUN touch /line-3",
    'RUN ["touch", "/line-4"]',
  ],
  "instructions that are alike": [
    "FROM BASE",
    "COPY line-2 /",
    "USER root",
    "COPY line-4 /",
    "USER root",
    "COPY line-6 /",
  ],
};

describe.each(stores)("on the %s store", (store) => {
  test.each(Object.entries(dockerfiles))(
    "attributes every layer to the line that created it: %s",
    async (name, lines) => {
      const base = await baseImages(store);
      const text = lines
        .join("\n")
        .replace(/^FROM ONBUILD/gm, `FROM ${base.onBuild}`)
        .replaceAll("FROM BASE", `FROM ${base.plain}`);
      const image = await build(store, `case-${Object.keys(dockerfiles).indexOf(name)}`, text);
      const dockerfile = parseDockerfile(text);
      const stages = resolveStages(dockerfile, { buildArgs: new Map([["TOKEN", "s3cret value"]]) });
      const layerCount = image.layers.length;
      const step = baseImageStep(image.record, stages.baseImage.resolved, image.chain);
      const isScratch = stages.baseImage.resolved === "scratch";
      expect(step === null).toBe(isScratch);
      const input = { history: image.history, layerCount, dockerfile, stages };
      const known = attributeLayers({ ...input, baseLayerCount: step?.layers.length ?? null });
      // Only the builder records what the base image triggered.
      const told = name === "ONBUILD of the base image" ? [known] : [known, attributeLayers(input)];

      for (const { layers, baseLayerCount } of told) {
        expect(layers.map(({ line, origin }) => line ?? origin)).toEqual(
          image.layers.map((line) => line ?? "base-image"),
        );
        expect(baseLayerCount).toBe(image.layers.filter((line) => line === null).length);
        expect(JSON.stringify(layers)).not.toContain("s3cret");
      }
    },
  );

  test("BuildKit lists the same stages", async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), "image-audit-"));
    const text =
      "ARG V=1\nFROM a:$V AS Build\nFROM build\nFROM --platform=linux/arm64 scratch as final\nCOPY --from=build / /\n";
    await writeFile(join(directory.path, "Dockerfile"), text);
    const { stdout, stderr } = await docker(
      store,
      "buildx",
      "build",
      "--call=targets,format=json",
      directory.path,
    );
    const { targets } = JSON.parse(stdout || `{"targets": ${JSON.stringify(stderr)}}`);
    const { stages, target } = resolveStages(parseDockerfile(text), {});
    expect(targets).toMatchObject(
      stages.map(({ name, written, index }) => ({
        ...(name === null ? {} : { name }),
        base: written,
        ...(index === target ? { default: true } : {}),
      })),
    );
  });
});

interface BuiltImage {
  readonly history: readonly History[];
  /** for each layer, the line that its bytes identify; null if they identify none */
  readonly layers: readonly (number | null)[];
  readonly chain: readonly { readonly diffId: Digest; readonly digest: Digest }[];
  readonly record: BuildRecord;
}

/** Builds an image with two layers that identify no line, and one more with triggers. */
async function baseImages(store: Store): Promise<{ readonly plain: string; readonly onBuild: string }> {
  const plain = "image-audit-test/attribution:base";
  const onBuild = "image-audit-test/attribution:onbuild";
  await dockerBuild(store, plain, `FROM ${await busyboxBase(store)}\nRUN touch /base\nCMD ["sh"]\n`);
  await dockerBuild(
    store,
    onBuild,
    `FROM ${plain}\nONBUILD RUN touch /line-1\nONBUILD LABEL triggered=yes\n`,
  );
  return { plain, onBuild };
}

async function build(store: Store, tag: string, text: string): Promise<BuiltImage> {
  const image = `image-audit-test/attribution:${tag}`;
  const record = await dockerBuild(store, image, text);
  if (record === null) throw new Error("the builder recorded nothing");
  await using directory = await mkdtempDisposable(join(tmpdir(), "image-audit-"));
  const archive = join(directory.path, "image.tar");
  expect(await docker(store, "save", "--output", archive, image)).toMatchObject({ code: 0 });
  execFileSync("tar", ["-xf", archive, "-C", directory.path]);
  const [manifest] = JSON.parse(await readFile(join(directory.path, "manifest.json"), "utf8"));
  const config = JSON.parse(await readFile(join(directory.path, manifest.Config), "utf8"));
  const history = config.history.map((entry: Record<string, unknown>) => ({
    createdBy: entry.created_by ?? "",
    comment: entry.comment ?? "",
    emptyLayer: entry.empty_layer === true,
  }));
  return {
    history,
    layers: manifest.Layers.map((path: string) => lineOf(join(directory.path, path))),
    chain: manifest.Layers.map((path: string, index: number) => ({
      diffId: config.rootfs.diff_ids[index],
      digest: `sha256:${basename(path)}`,
    })),
    record,
  };
}

function lineOf(layer: string): number | null {
  const line = /(?:^|\/)line-([0-9]+)\/?$/m.exec(execFileSync("tar", ["-tf", layer]).toString())?.[1];
  return line === undefined ? null : Number(line);
}

async function dockerBuild(store: Store, tag: string, text: string): Promise<BuildRecord | null> {
  await using context = await mkdtempDisposable(join(tmpdir(), "image-audit-"));
  for (let line = 1; line <= 20; line++) await writeFile(join(context.path, `line-${line}`), `${line}\n`);
  await writeFile(join(context.path, "Dockerfile"), text);
  const metadata = join(context.path, "metadata.json");
  const env = { ...engineEnvironment(store), BUILDX_METADATA_PROVENANCE: "max" };
  const args = ["--build-arg=TOKEN=s3cret value", "--provenance=false", "--metadata-file", metadata];
  execFileSync("docker", ["buildx", "build", ...args, "--tag", tag, context.path], { env, stdio: "pipe" });
  return (await readBuildMetadata(metadata)).record;
}
