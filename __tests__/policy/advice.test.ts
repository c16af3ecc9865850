import { expect, test } from "vitest";
import type { InspectedLayer, Inspection } from "../../src/inspect/inspection.ts";
import { secondStage, slimming, withoutGit } from "../../src/policy/advice/slimming.ts";
import { inText } from "../../src/report/text/sentence.ts";
import { baseLayers, inspection, layer, shell } from "../helpers/inspection.ts";

function advised(own: InspectedLayer, baseSize: number): string {
  const head = inspection({ layers: [...baseLayers("debian", baseSize), own] });
  return slimming({ head, base: null, baseMissing: null, comparison: null })
    .map((sentence) => inText(sentence).replaceAll("\u00a0", " "))
    .join("\n");
}

test("gives no advice on a layer below a hundredth of the image", () => {
  const copies = (size: number) => layer("COPY . /app", size, { line: 9 });
  expect(advised(copies(2_670), 149_000_000)).not.toMatch(/Line 9/);
  expect(advised(copies(990_000), 99_100_000)).not.toMatch(/Line 9/);
  expect(advised(copies(1_010_000), 99_000_000)).toMatch(/Line 9 copies 1\.01 MB: .*\.dockerignore/);
  const installs = (size: number) => layer("RUN apk add curl", size, { line: 9 });
  expect(advised(installs(990_000), 99_100_000)).not.toMatch(/line 9/i);
  expect(advised(installs(5_000_000), 99_000_000)).toMatch(/line 9 .*apk add --no-cache/);
});

test.for<[string]>([
  ["COPY --from=build /app/target/*.jar /app.jar"],
  ["COPY --chown=1000 --from=build /app /app"],
  ["COPY --FROM=build /app /app"],
  ["ADD https://example.com/app.tar.gz /app"],
  ["ADD git@github.com:octo/app.git /app"],
  ["ADD $ARCHIVE /app"],
  ["COPY <<EOF /app/config"],
  ["RUN make"],
])("does not suggest .dockerignore for %s", ([createdBy]) => {
  expect(advised(layer(createdBy, 50_000_000, { line: 9 }), 50_000_000)).not.toMatch(/dockerignore/);
});

test("does not suggest .dockerignore for files that may not be from the build context", () => {
  const unknown = layer("COPY /app /app # buildkit", 50_000_000, { origin: "unknown" });
  expect(advised(unknown, 50_000_000)).not.toMatch(/dockerignore/);
});

test.for<[string, Partial<InspectedLayer> & { readonly createdBy: string }, RegExp]>([
  [
    "copied",
    { createdBy: "COPY . /app", line: 4 },
    /^Line 4 copies \/app\/\.git \(23\.5 kB\) .*\.dockerignore/,
  ],
  [
    "cloned",
    { createdBy: "RUN git clone x", line: 4 },
    /^Line 4 leaves .* remove it in the same instruction\.$/,
  ],
  [
    "of a stage",
    { createdBy: "COPY --from=build /a /app", line: 4 },
    /^Line 4 leaves .* only what is needed\.$/,
  ],
  [
    "of an unknown line",
    { createdBy: "COPY . /app", origin: "unknown" },
    /^The image holds .*\.dockerignore/,
  ],
  ["of the base image", { createdBy: "COPY . /app", origin: "base-image" }, /^$/],
])("reports a repository %s with its fix", ([, { createdBy, ...of }, said]) => {
  const head = inspection({
    layers: [layer(createdBy, 500_000_000, of)],
    gitDirectories: [{ path: "/app/.git", bytes: 23_500, layer: 0 }],
  });
  const [sentence = []] = withoutGit(head);
  expect(inText(sentence).replaceAll("\u00a0", " ")).toMatch(said);
});

const oneStage = { stages: { declared: 1, reachable: 1 } };
const twoStages = { stages: { declared: 2, reachable: 2 } };

test.for<[what: string, image: Partial<Inspection>, says: RegExp, saysNot: RegExp]>([
  [
    "an own program",
    { entrypoint: ["/server", "--port", "80"] },
    /FROM scratch .*only \/server into it/,
    /JSON/,
  ],
  [
    "Java",
    { entrypoint: ["java", "-jar", "/app.jar"], ...twoStages },
    /distroless base image that has java, and/,
    /scratch/,
  ],
  [
    "Python by its path",
    { command: ["/usr/bin/python3.13", "app.py"] },
    /has python3.* only what runs into it/,
    /scratch/,
  ],
  ["a Python server", { command: ["gunicorn", "app:app"] }, /has python3/, /scratch/],
  [
    "node under tini",
    { entrypoint: ["/usr/bin/tini", "-g", "--", "node", "x.js"] },
    /has node/,
    /tini|scratch/,
  ],
  [
    "npm",
    { command: ["npm", "start"] },
    /has node.* Start the program directly, since npm needs a shell\./,
    /scratch/,
  ],
  [
    "a shell form",
    { entrypoint: ["/bin/sh", "-c", "exec java $JAVA_OPTS -jar /app.jar"] },
    /has java.* Write ENTRYPOINT as a JSON array: its shell form needs a shell\./,
    /scratch/,
  ],
  [
    "a shell form of CMD",
    { command: ["/bin/sh", "-c", "/server"] },
    /only what runs.* Write CMD as a JSON/,
    /only \/server/,
  ],
  [
    "a script",
    { entrypoint: ["/docker-entrypoint.sh"], command: ["nginx"] },
    /only what runs/,
    /only \/docker/,
  ],
  [
    "a program of the distribution",
    { command: ["/usr/sbin/nginx", "-g", "daemon off;"] },
    /only what runs/,
    /only \/usr/,
  ],
])("advice for an image that starts %s keeps what it needs", ([, image, says, saysNot]) => {
  const head = inspection({
    layers: baseLayers("debian", 1000),
    shells: [shell("/bin/sh")],
    ...oneStage,
    entrypoint: null,
    ...image,
  });
  const said = secondStage(head)
    .map((sentence) => inText(sentence))
    .join("\n");
  expect(said).toMatch(says);
  expect(said).not.toMatch(saysNot);
});

test("names packages only if some were installed, and a share only if it is small", () => {
  const said = (...own: readonly InspectedLayer[]) => {
    const layers = [...baseLayers("debian", 80_000_000), ...own];
    const [sentence = []] = secondStage(inspection({ layers, shells: [shell("/bin/sh")], ...oneStage }));
    return inText(sentence).replaceAll("\u00a0", " ");
  };
  expect(said(layer("RUN npm ci", 9_000_000))).toMatch(
    /: only 9\.00 MB of this image is not from its base image\.$/,
  );
  expect(said(layer("RUN apt-get install -y curl", 5_000_000), layer("COPY a /", 1_000_000))).toMatch(
    /: only 1\.00 MB of this image is neither base image nor packages\.$/,
  );
  expect(said(layer("RUN npm ci", 90_000_000))).not.toMatch(/MB/);
});
