import { expect, test } from "vitest";
import { attributeLayers } from "../../../src/dockerfile/history/attribution.ts";
import { type History, historyOfLayers } from "../../../src/dockerfile/history/history.ts";
import { parseDockerfile } from "../../../src/dockerfile/parse/dockerfile.ts";
import { resolveStages, type StageRequest } from "../../../src/dockerfile/stages/stages.ts";

const layer = (createdBy: string): History => ({
  createdBy,
  comment: "buildkit.dockerfile.v0",
  emptyLayer: false,
});
const empty = (createdBy: string): History => ({
  createdBy,
  comment: "buildkit.dockerfile.v0",
  emptyLayer: true,
});

const base = [layer("/bin/sh -c #(nop) ADD file:1 in / "), empty('/bin/sh -c #(nop)  CMD ["bash"]')];

function attribute(
  lines: readonly string[],
  history: readonly History[],
  more: StageRequest & { readonly known?: number } = {},
) {
  const dockerfile = parseDockerfile(lines.join("\n"));
  const { known = null, ...request } = more;
  const stages = resolveStages(dockerfile, request);
  const layerCount = history.filter(({ emptyLayer }) => !emptyLayer).length;
  const { layers, baseLayerCount } = attributeLayers({
    history,
    layerCount,
    dockerfile,
    stages,
    baseLayerCount: known,
  });
  return { baseLayerCount, lines: layers.map(({ origin, line }) => line ?? origin), layers };
}

test("every own layer gets its line, and the others are the base image's", () => {
  const lines = [
    "FROM debian",
    "ENV A=1",
    "RUN apt-get update && \\",
    "  apt-get install x",
    "WORKDIR /app",
    "COPY . .",
    "CMD x",
  ];
  const history = [
    ...base,
    empty("ENV A=1"),
    layer("RUN /bin/sh -c apt-get update &&   apt-get install x # buildkit"),
    layer("WORKDIR /app"),
    layer("COPY . . # buildkit"),
    empty('CMD ["/bin/sh" "-c" "x"]'),
  ];
  expect(attribute(lines, history)).toMatchObject({ baseLayerCount: 1, lines: ["base-image", 3, 5, 6] });
});

test("FROM scratch has no base layers", () => {
  expect(attribute(["FROM scratch", "COPY a /"], [layer("COPY a / # buildkit")])).toMatchObject({
    baseLayerCount: 0,
    lines: [2],
  });
});

test("entries below FROM scratch have no origin", () => {
  expect(attribute(["FROM scratch", "COPY a /"], [...base, layer("COPY a / # buildkit")])).toMatchObject({
    baseLayerCount: null,
    lines: ["unknown", 2],
  });
});

test("stages in the target's chain are the target's own", () => {
  const lines = ["FROM debian AS one", "RUN a", "FROM other", "RUN x", "FROM one", "RUN b"];
  const history = [...base, layer("RUN /bin/sh -c a # buildkit"), layer("RUN /bin/sh -c b # buildkit")];
  expect(attribute(lines, history)).toMatchObject({ baseLayerCount: 1, lines: ["base-image", 2, 6] });
});

test("ONBUILD triggers of a stage get the line of FROM", () => {
  const lines = ["FROM debian AS one", "ONBUILD RUN t", "FROM one", "RUN b"];
  const history = [...base, layer("RUN /bin/sh -c t # buildkit"), layer("RUN /bin/sh -c b # buildkit")];
  expect(attribute(lines, history).lines).toEqual(["base-image", 3, 4]);
});

test("triggers of the base image get the line of FROM if its number of layers is known", () => {
  const lines = ["FROM debian AS one", "RUN a", "FROM one", "RUN b"];
  const history = [
    ...base,
    layer("COPY data /data # buildkit"),
    empty("ENV A=s3cret"),
    layer("RUN /bin/sh -c a # buildkit"),
    layer("RUN /bin/sh -c b # buildkit"),
  ];
  const { lines: attributed, layers } = attribute(lines, history, { known: 1 });
  expect(attributed).toEqual(["base-image", 1, 2, 4]);
  expect(layers[1]).toEqual({ line: 1, origin: "own", instruction: null });
});

test("all layers above the base image's are the author's, whatever the history says", () => {
  const lines = ["FROM debian", "RUN a"];
  const strange = [...base, layer("x"), layer("RUN /bin/sh -c other # buildkit")];
  expect(attribute(lines, strange, { known: 1 })).toMatchObject({
    baseLayerCount: 1,
    lines: ["base-image", "own", "own"],
  });
  const exporter = [
    ...base,
    { ...layer("RUN /bin/sh -c a # buildkit"), comment: "buildkit.exporter.image.v0" },
  ];
  expect(attribute(lines, exporter, { known: 1 }).lines).toEqual(["base-image", "own"]);
  // A history cannot make the base image's layers the author's.
  const short = [layer("RUN /bin/sh -c a # buildkit")];
  expect(attribute(lines, short, { known: 1 }).lines).toEqual(["base-image"]);
});

test("instructions of a stage that a named context replaces do not run", () => {
  const buildContexts = new Map([["one", "docker-image://x"]]);
  const history = [...base, layer("RUN /bin/sh -c b # buildkit")];
  expect(
    attribute(["FROM a AS one", "RUN a", "FROM one", "RUN b"], history, { buildContexts }),
  ).toMatchObject({
    baseLayerCount: 1,
    lines: ["base-image", 4],
  });
});

test("layers below the first mismatched entry are uncertain", () => {
  const lines = ["FROM debian", "RUN a", "RUN b", "RUN c"];
  const history = [
    ...base,
    layer("RUN /bin/sh -c a # buildkit"),
    layer("RUN /bin/sh -c other # buildkit"),
    layer("RUN /bin/sh -c c # buildkit"),
  ];
  expect(attribute(lines, history)).toMatchObject({
    baseLayerCount: null,
    lines: ["unknown", "unknown", "unknown", 4],
  });
});

test("a history that does not account for all layers attributes nothing", () => {
  const history = [...base, { ...layer("COPY a / # buildkit"), comment: "buildkit.exporter.image.v0" }];
  expect(attribute(["FROM debian", "COPY a /"], history)).toMatchObject({
    baseLayerCount: null,
    lines: ["unknown", "unknown"],
  });
  expect(historyOfLayers(history, 5)).toEqual([null, null, null, null, null]);
  expect(historyOfLayers(history, 2)).toEqual(["/bin/sh -c #(nop) ADD file:1 in / ", "COPY a / # buildkit"]);
});

test("the values of build arguments are never shown", () => {
  const lines = ["FROM debian", "ARG TOKEN", "RUN make $TOKEN", "COPY $TOKEN /x"];
  const history = [
    ...base,
    empty("ARG TOKEN=s3cret"),
    layer("RUN |1 TOKEN=s3cret /bin/sh -c make $TOKEN # buildkit"),
    layer("COPY s3cret /x # buildkit"),
  ];
  const { layers } = attribute(lines, history);
  expect(layers.map(({ instruction }) => instruction)).toEqual([null, "RUN make $TOKEN", "COPY $TOKEN /x"]);
});

test("reads the history of the builder before BuildKit", () => {
  const lines = ["FROM debian", "ARG A", "COPY a /", "RUN make", "USER x"];
  const history = [
    ...base,
    empty("/bin/sh -c #(nop)  ARG A=1"),
    layer("/bin/sh -c #(nop) COPY file:abc in / "),
    layer("|1 A=1 /bin/sh -c make"),
    empty("/bin/sh -c #(nop)  USER x"),
  ];
  expect(attribute(lines, history).lines).toEqual(["base-image", 3, 4]);
});
