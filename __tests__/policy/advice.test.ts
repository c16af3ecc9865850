import { expect, test } from "vitest";
import type { InspectedLayer, Inspection } from "../../src/inspect/inspection.ts";
import type { Start, StartLink } from "../../src/inspect/start/start.ts";
import { withoutGit } from "../../src/policy/advice/git-directories.ts";
import { secondStage } from "../../src/policy/advice/second-stage.ts";
import { slimming } from "../../src/policy/advice/slimming.ts";
import {
  auditedImage,
  baseLayers,
  filesystem,
  inspection,
  layer,
  shell,
  startOf,
} from "../helpers/inspection.ts";
import { plainText } from "../helpers/plain-text.ts";

/** Returns the advice on an image that is compared with none. */
const slimmed = (head: Inspection) => slimming({ head, base: null, baseMissing: null, comparison: null });

function advised(own: InspectedLayer, baseSize: number): string {
  const head = inspection({ layers: [...baseLayers("debian", baseSize), own] });
  return slimmed(head).map(plainText).join("\n");
}

test("gives no advice on a layer below a hundredth of the image", () => {
  const copies = (size: number) => layer("COPY . /app", size, { line: 9 });
  expect(advised(copies(2_670), 149_000_000)).not.toMatch(/Line 9/);
  expect(advised(copies(990_000), 99_100_000)).not.toMatch(/Line 9/);
  expect(advised(copies(1_010_000), 99_000_000)).toMatch(/Line 9 copies 1\.01 MB: .*\.dockerignore/);
  const installs = (size: number) => layer("RUN apt-get install curl", size, { line: 9 });
  expect(advised(installs(990_000), 99_100_000)).not.toMatch(/line 9/i);
  expect(advised(installs(5_000_000), 99_000_000)).toMatch(
    /line 9, use apt-get install --no-install-recommends/,
  );
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
  expect(plainText(sentence)).toMatch(said);
});

/** Returns the proof of a start that opens these files: the program, script or interpreter, then what it loads. */
function starting(...opened: readonly (readonly [StartLink["kind"], path: string, needs?: string])[]): Start {
  const chain = opened.map(([kind, path, needs = path]) => ({
    kind,
    path,
    needs,
    neededBy: null,
    isFound: true,
  }));
  return startOf("yes", { command: [], chain });
}

const glibc = [
  "loader",
  "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
  "/lib64/ld-linux-x86-64.so.2",
] as const;
const musl = ["loader", "/lib/ld-musl-x86_64.so.1"] as const;
const library = (name: string, directory = "/usr/lib/x86_64-linux-gnu") =>
  ["library", `${directory}/${name}`, name] as const;
const shellOf = [["program", "/usr/bin/dash", "/bin/sh"], glibc, library("libc.so.6")] as const;

const debian = { written: "debian:12", resolved: "docker.io/library/debian:12", digest: null };
const copied = layer("COPY . /app", 9_000_000, { line: 3 });
const compiled = layer("RUN make", 9_000_000, { line: 4 });

const oneStage = { stages: { declared: 1, reachable: 1, inherits: false } };
const twoStages = { stages: { declared: 2, reachable: 2, inherits: false } };

/** Returns an image with a shell, of 80 MB of Debian and 9 MB of its own, and what is said of it. */
function toldOf(image: Partial<Inspection>, tell = secondStage): string {
  const head = inspection({
    layers: [...baseLayers("debian", 80_000_000), compiled],
    baseImage: debian,
    family: "Debian GNU/Linux 12 (bookworm)",
    shells: [shell("/bin/sh")],
    user: null,
    ...oneStage,
    entrypoint: null,
    ...image,
  });
  return tell(head).map(plainText).join("\n");
}

const base = (name: string, resolved = `docker.io/library/${name}`) => ({
  baseImage: { written: name, resolved, digest: null },
});
const copyOnly = { layers: [...baseLayers("debian", 80_000_000), copied] };

const server = { entrypoint: ["/app/server", "--port", "80"] };
const python = (minor: string) => ["program", `/usr/local/bin/python${minor}`, "python"] as const;
const flask = { ...base("python:3.13-slim"), command: ["python", "app.py"], workingDirectory: "/app" };
const java = ["program", "/opt/java/openjdk/bin/java", "java"] as const;
const node = ["program", "/usr/local/bin/node", "node"] as const;
const nodeScript = ["script", "/usr/local/bin/docker-entrypoint.sh", "docker-entrypoint.sh"] as const;
const busybox = ["interpreter", "/bin/busybox", "/bin/sh"] as const;

test.for<[what: string, image: Partial<Inspection>, says: string]>([
  [
    "a static program",
    { ...server, start: starting(["program", "/app/server"]) },
    "Add a second stage FROM scratch or FROM gcr.io/distroless/static-debian13, and copy the static program /app/server and the files that it reads to the same paths there with COPY --from. Repeat the ENTRYPOINT line and any ENV lines there. Only 9.00 MB of this image is not from its base image.",
  ],
  [
    "a static program behind tini, as a named user, in a directory",
    {
      entrypoint: ["/usr/bin/tini", "--", "./server"],
      workingDirectory: "/app",
      user: "app:app",
      start: starting(["program", "/usr/bin/tini"], glibc, ["program", "/app/server", "./server"]),
    },
    'Add a second stage FROM scratch or FROM gcr.io/distroless/static-debian13:nonroot, and copy the static program /app/server and the files that it reads to the same paths there with COPY --from --chown=65532. There, write WORKDIR /app, USER 65532 and ENTRYPOINT ["/app/server"], and repeat any ENV lines. Only 9.00 MB of this image is not from its base image.',
  ],
  [
    "a static program that comes with certificates, in the last stage",
    {
      ...server,
      ...twoStages,
      layers: [
        ...baseLayers("debian", 80_000_000),
        layer("RUN apk add --no-cache ca-certificates", 500_000),
        copied,
      ],
      start: starting(["program", "/app/server"]),
    },
    "Start the last stage from gcr.io/distroless/static-debian13 instead of debian:12: /app/server is a static program. Move its RUN lines to an earlier stage, and copy what they make. debian:12 alone is 80.0 MB of 89.5 MB.",
  ],
  [
    "a static program as an account that scratch lacks",
    { ...server, ...copyOnly, user: "nobody", start: starting(["program", "/app/server"]) },
    "Start from gcr.io/distroless/static-debian13:nonroot instead of debian:12: /app/server is a static program. Write WORKDIR /. debian:12 alone is 80.0 MB of 89.0 MB.",
  ],
  [
    "a shell form that starts one static program",
    {
      ...copyOnly,
      command: ["/bin/sh", "-c", "exec /app/server --port 80"],
      start: starting(...shellOf, ["program", "/app/server"]),
    },
    'Start from scratch or gcr.io/distroless/static-debian13 instead of debian:12: /app/server is a static program. Write ENTRYPOINT ["/app/server","--port","80"]. Remove the CMD line. debian:12 alone is 80.0 MB of 89.0 MB.',
  ],
  [
    "a program that needs glibc",
    {
      ...server,
      ...twoStages,
      ...copyOnly,
      start: starting(["program", "/app/server"], glibc, library("libc.so.6")),
    },
    "Start the last stage from gcr.io/distroless/base-debian13 instead of debian:12: /app/server needs glibc, which that base image has. debian:12 alone is 80.0 MB of 89.0 MB.",
  ],
  [
    "a static program in a stage that continues another",
    {
      ...server,
      ...copyOnly,
      stages: { declared: 2, reachable: 2, inherits: true },
      start: starting(["program", "/app/server"]),
    },
    "Add a last stage FROM scratch or FROM gcr.io/distroless/static-debian13, and copy the static program /app/server and the files that it reads to the same paths there with COPY --from. Repeat the ENTRYPOINT line and any ENV lines of the stages that it continues there. Only 9.00 MB of this image is not from its base image.",
  ],
  [
    "a Go program that needs glibc",
    {
      ...server,
      layers: [...baseLayers("debian", 80_000_000), layer("RUN go build -o /app/server .", 9_000_000)],
      start: starting(["program", "/app/server"], glibc, library("libc.so.6")),
    },
    "Add a second stage FROM gcr.io/distroless/base-debian13, which has glibc, and copy /app/server and the files that it reads to the same paths there with COPY --from. Repeat the ENTRYPOINT line and any ENV lines there. Unless it contains C code, it needs no glibc when built with CGO_ENABLED=0: then gcr.io/distroless/static-debian13 or scratch will do. Only 9.00 MB of this image is not from its base image.",
  ],
  [
    "a program that needs libraries of GCC and others",
    {
      ...server,
      start: starting(
        ["program", "/app/server"],
        glibc,
        library("libpq.so.5"),
        library("libgcc_s.so.1"),
        library("libc.so.6"),
        library("libldap-2.5.so.0"),
        library("libssl.so.3"),
      ),
    },
    "Add a second stage FROM gcr.io/distroless/cc-debian13, which has glibc, and copy /app/server and the files that it reads to the same paths there with COPY --from. Copy libpq.so.5 and libldap-2.5.so.0 to /usr/lib/x86_64-linux-gnu as well. Repeat the ENTRYPOINT line and any ENV lines there. Only 9.00 MB of this image is not from its base image.",
  ],
  [
    "a program of the last stage that needs another library",
    {
      ...server,
      ...twoStages,
      ...copyOnly,
      command: ["-v"],
      start: starting(["program", "/app/server"], glibc, library("libpq.so.5"), library("libc.so.6")),
    },
    "Start the last stage from gcr.io/distroless/base-debian13 instead of debian:12: /app/server needs glibc, which that base image has. Copy libpq.so.5 to /usr/lib/x86_64-linux-gnu from a stage that still starts from debian:12. debian:12 alone is 80.0 MB of 89.0 MB.",
  ],
  [
    "a program that needs musl",
    {
      ...server,
      ...twoStages,
      ...copyOnly,
      ...base("alpine:3.20"),
      family: "Alpine Linux v3.20",
      start: starting(["program", "/app/server"], musl),
    },
    "Link /app/server statically, as Go does with CGO_ENABLED=0: it needs the loader of Alpine (musl), which distroless images lack. Then start the last stage from scratch or gcr.io/distroless/static-debian13 instead of alpine:3.20. alpine:3.20 alone is 80.0 MB of 89.0 MB.",
  ],
  [
    "Python, of the same version and without packages",
    { ...flask, ...copyOnly, start: starting(python("3.13"), glibc) },
    'Start from gcr.io/distroless/python3-debian13 instead of python:3.13-slim. Both have Python 3.13. Write WORKDIR /app and CMD ["app.py"]. The ENTRYPOINT of that base image is python3. python:3.13-slim alone is 80.0 MB of 89.0 MB.',
  ],
  [
    "Python, of another version and with packages",
    {
      ...flask,
      layers: [...baseLayers("debian", 80_000_000), layer("RUN pip install flask", 9_000_000)],
      start: starting(python("3.11"), glibc),
    },
    'Add a second stage FROM gcr.io/distroless/python3-debian13, and copy the application to the same paths there with COPY --from. It has Python 3.13, and this image has 3.11: test the application with it first. Install its packages in an earlier stage FROM python:3.13-slim-trixie with pip install --target=/packages, and copy /packages to /usr/local/lib/python3.13/dist-packages. There, write WORKDIR /app and CMD ["app.py"], and repeat any ENV lines. The ENTRYPOINT of that base image is python3. Only 9.00 MB of this image is not from its base image.',
  ],
  [
    "a script of a Python package",
    {
      ...flask,
      ...twoStages,
      command: ["gunicorn", "-b", ":80", "app:app"],
      start: starting(
        ["script", "/usr/local/bin/gunicorn", "gunicorn"],
        ["interpreter", "/usr/local/bin/python3.13", "/usr/local/bin/python3.13"],
        glibc,
      ),
    },
    'Start the last stage from gcr.io/distroless/python3-debian13 instead of python:3.13-slim. Both have Python 3.13. Install its packages in an earlier stage FROM python:3.13-slim-trixie with pip install --target=/packages, and copy /packages to /usr/local/lib/python3.13/dist-packages. Write WORKDIR /app and CMD ["-m","gunicorn","-b",":80","app:app"]. The ENTRYPOINT of that base image is python3. Move its RUN lines to an earlier stage, and copy what they make. python:3.13-slim alone is 80.0 MB of 89.0 MB.',
  ],
  [
    "a jar",
    {
      ...base("eclipse-temurin:21-jre"),
      ...twoStages,
      ...copyOnly,
      entrypoint: ["java", "-jar", "/app.jar"],
      start: starting(java, glibc),
    },
    'Start the last stage from gcr.io/distroless/java21-debian13 instead of eclipse-temurin:21-jre. Both have Java 21. Write CMD ["/app.jar"]. Remove the ENTRYPOINT line: the ENTRYPOINT of that base image is java -jar. eclipse-temurin:21-jre alone is 80.0 MB of 89.0 MB.',
  ],
  [
    "a whole JDK",
    {
      ...base("eclipse-temurin:21"),
      ...twoStages,
      ...copyOnly,
      entrypoint: ["java", "-jar", "/app.jar"],
      start: starting(java, glibc),
    },
    `Start the last stage from gcr.io/distroless/java21-debian13 instead of eclipse-temurin:21. Both have Java 21. Write CMD ["/app.jar"]. Remove the ENTRYPOINT line: the ENTRYPOINT of that base image is java -jar. eclipse-temurin:21 alone is 80.0 MB of 89.0 MB.
Or link a Java of only the modules that the application needs. In an earlier stage FROM eclipse-temurin:21 that has /app.jar, run jlink --no-header-files --no-man-pages --output /runtime --add-modules MODULES, where MODULES is what jdeps --print-module-deps --ignore-missing-deps --multi-release 21 /app.jar prints. If the jar holds other jars, unpack it first. Add the modules that are only loaded by name, such as jdk.crypto.ec. Start the last stage from gcr.io/distroless/java-base-debian13, copy /runtime to it, and write ENTRYPOINT ["/runtime/bin/java","-jar","/app.jar"].`,
  ],
  [
    "a JDK of which no base image has the version",
    {
      ...base("eclipse-temurin:11"),
      ...twoStages,
      ...copyOnly,
      entrypoint: ["java", "-jar", "/app.jar"],
      start: starting(java, glibc),
    },
    `Link a Java of only the modules that the application needs. In an earlier stage FROM eclipse-temurin:11 that has /app.jar, run jlink --no-header-files --no-man-pages --output /runtime --add-modules MODULES, where MODULES is what jdeps --print-module-deps --ignore-missing-deps --multi-release 11 /app.jar prints. If the jar holds other jars, unpack it first. Add the modules that are only loaded by name, such as jdk.crypto.ec. Start the last stage from gcr.io/distroless/java-base-debian13, copy /runtime to it, and write ENTRYPOINT ["/runtime/bin/java","-jar","/app.jar"]. eclipse-temurin:11 alone is 80.0 MB of 89.0 MB.`,
  ],
  [
    "Java with options, behind its base image's script",
    {
      ...base("eclipse-temurin:17"),
      ...copyOnly,
      entrypoint: ["/__cacert_entrypoint.sh"],
      command: ["java", "-Xmx1g", "-jar", "app.jar"],
      start: starting(["script", "/__cacert_entrypoint.sh"], ["interpreter", "/usr/bin/bash"], glibc),
    },
    'Start from gcr.io/distroless/java17-debian13 instead of eclipse-temurin:17. Both have Java 17. Write ENTRYPOINT ["/usr/bin/java","-Xmx1g","-jar","app.jar"]. Remove the CMD line. eclipse-temurin:17 alone is 80.0 MB of 89.0 MB.',
  ],
  [
    "Node.js behind its base image's script",
    {
      ...base("node:22-slim"),
      ...twoStages,
      layers: [
        ...baseLayers("debian", 80_000_000),
        layer("WORKDIR /app", 0),
        layer("COPY --link --chown=node:node . .", 9_000_000),
      ],
      user: "node",
      workingDirectory: "/app",
      entrypoint: ["docker-entrypoint.sh"],
      command: ["node", "server.js"],
      start: starting(nodeScript, ["interpreter", "/usr/bin/dash", "/bin/sh"], glibc),
    },
    'Start the last stage from gcr.io/distroless/nodejs22-debian13:nonroot instead of node:22-slim. Both have Node.js 22. Write USER 65532 and CMD ["server.js"]. The ENTRYPOINT of that base image is node. In --chown, write 65532 for node, which that base image lacks. node:22-slim alone is 80.0 MB of 89.0 MB.',
  ],
  [
    "Node.js on Alpine, of an older version",
    {
      ...base("node:20-alpine"),
      ...copyOnly,
      family: "Alpine Linux v3.20",
      entrypoint: ["/sbin/tini", "--", "node", "server.js"],
      start: starting(["program", "/sbin/tini"], musl, node, musl),
    },
    'Start from gcr.io/distroless/nodejs22-debian13 instead of node:20-alpine. It has Node.js 22, and this image has 20: test the application with it first. Install its packages in an earlier stage FROM node:22-trixie-slim, since native ones are built for one version and one C library. Write CMD ["server.js"]. Remove the ENTRYPOINT line: the ENTRYPOINT of that base image is node. node:20-alpine alone is 80.0 MB of 89.0 MB.',
  ],
  [
    "a script of its own",
    {
      entrypoint: ["/entrypoint.sh"],
      start: starting(["script", "/entrypoint.sh"], ["interpreter", "/bin/busybox", "/bin/sh"], musl),
    },
    "/entrypoint.sh needs a shell: this image cannot be distroless as it is. Start a program in its place that does what the script does.",
  ],
  [
    "a shell form that needs its shell",
    {
      entrypoint: ["/bin/sh", "-c", "exec java $JAVA_OPTS -jar /app.jar"],
      start: starting(...shellOf),
    },
    "The shell form of ENTRYPOINT does more than start one program, and needs a shell: this image cannot be distroless as it is. Write it as a JSON array, without variables and shell syntax.",
  ],
  [
    "npm",
    {
      ...base("node:22"),
      entrypoint: ["docker-entrypoint.sh"],
      command: ["npm", "start"],
      start: starting(nodeScript, ["interpreter", "/usr/bin/dash", "/bin/sh"], glibc),
    },
    "npm runs scripts with a shell: this image cannot be distroless as it is. Start directly what its script starts.",
  ],
])("says how to be distroless and start: %s", ([, image, says]) => {
  expect(toldOf(image)).toBe(says);
});

test.for<[what: string, image: Partial<Inspection>]>([
  [
    "a start that is not proven",
    { ...server, start: { ...starting(["program", "/app/server"]), verdict: "unknown" } },
  ],
  ["no start", { ...server, start: { ...starting(["program", "/app/server"]), verdict: "no" } }],
  ["no command", { entrypoint: null, start: startOf("unknown", { chain: [] }) }],
  [
    "a newer glibc than that of the base image",
    {
      ...server,
      family: "Ubuntu 25.10",
      start: starting(["program", "/app/server"], glibc, library("libc.so.6")),
    },
  ],
  [
    "libraries of a newer GCC",
    {
      ...server,
      family: "Fedora Linux 42 (Container Image)",
      start: starting(["program", "/app/server"], glibc, library("libstdc++.so.6")),
    },
  ],
  [
    "a GCC that was built by hand",
    {
      ...server,
      start: starting(["program", "/app/server"], glibc, library("libstdc++.so.6", "/usr/local/lib64")),
    },
  ],
  [
    "a loader that other images lack",
    {
      ...server,
      start: starting(["program", "/app/server"], ["loader", "/nix/store/x/lib/ld-linux-x86-64.so.2"]),
    },
  ],
  [
    "another processor than the base image's",
    { ...flask, platform: "linux/s390x", start: starting(python("3.13"), glibc) },
  ],
  [
    "a program of a package",
    { command: ["curl"], start: starting(["program", "/usr/bin/curl", "curl"], glibc) },
  ],
  [
    "a server with files of its own",
    {
      ...base("nginx:1.27"),
      entrypoint: ["/docker-entrypoint.sh"],
      command: ["nginx", "-g", "daemon off;"],
      start: starting(["script", "/docker-entrypoint.sh"], ["interpreter", "/usr/bin/dash", "/bin/sh"]),
    },
  ],
  [
    "Python with libraries of the distribution",
    {
      ...flask,
      layers: [
        ...baseLayers("debian", 80_000_000),
        layer("RUN apt-get update && apt-get install -y libpq5 && pip install psycopg2", 9_000_000),
      ],
      start: starting(python("3.13"), glibc),
    },
  ],
  [
    "a Java that no base image has",
    {
      ...base("eclipse-temurin:11-jre"),
      entrypoint: ["java", "-jar", "/app.jar"],
      start: starting(java, glibc),
    },
  ],
  [
    "a JDK for musl",
    {
      ...base("eclipse-temurin:11-alpine"),
      ...copyOnly,
      entrypoint: ["java", "-jar", "/app.jar"],
      start: starting(java, glibc),
    },
  ],
  [
    "a JDK that a command adds packages to",
    {
      ...base("eclipse-temurin:11"),
      layers: [...copyOnly.layers, layer("RUN apt-get install -y imagemagick", 9_000_000, { line: 9 })],
      entrypoint: ["java", "-jar", "/app.jar"],
      start: starting(java, glibc),
    },
  ],
  ["a Java of unknown version", { entrypoint: ["java", "-jar", "/app.jar"], start: starting(java, glibc) }],
  [
    "Ruby",
    { command: ["ruby", "app.rb"], start: starting(["program", "/usr/local/bin/ruby", "ruby"], glibc) },
  ],
  [
    "a shell that is not from the base image",
    { ...server, ...twoStages, ...base("scratch", "scratch"), start: starting(["program", "/app/server"]) },
  ],
  [
    "a working directory that a build argument names",
    { ...server, workingDirectory: "/srv/$RELEASE", start: starting(["program", "/app/server"]) },
  ],
  [
    "a program below such a directory",
    {
      ...copyOnly,
      entrypoint: ["./server"],
      workingDirectory: "/srv/$RELEASE",
      start: starting(["program", "/srv/$RELEASE/server", "./server"]),
    },
  ],
  [
    "a script of a package of Node.js",
    {
      ...base("node:22"),
      command: ["serve", "-s", "build"],
      start: starting(
        ["script", "/usr/local/lib/node_modules/serve/build/main.js", "serve"],
        ["interpreter", "/usr/bin/env"],
        glibc,
        node,
        glibc,
      ),
    },
  ],
  ["a shell itself", { command: ["bash"], start: starting(["program", "/usr/bin/bash", "bash"], glibc) }],
])("says nothing where another base image may not start: %s", ([, image]) => {
  expect(toldOf(image)).toBe("");
});

test("names packages only if some were installed, and a share only if it is small", () => {
  const said = (...own: readonly InspectedLayer[]) =>
    toldOf({
      ...server,
      layers: [...baseLayers("debian", 80_000_000), ...own],
      start: starting(["program", "/app/server"]),
    });
  expect(said(layer("RUN npm ci", 9_000_000))).toMatch(
    / Only 9\.00 MB of this image is not from its base image\.$/,
  );
  expect(said(layer("RUN apt-get install -y curl", 5_000_000), layer("COPY a /", 1_000_000))).toMatch(
    / Only 1\.00 MB of this image is neither base image nor packages\.$/,
  );
  expect(said(layer("RUN npm ci", 90_000_000))).not.toMatch(/MB/);
});

test("does not make an image smaller by saying that it needs a shell", () => {
  const image = { entrypoint: ["/entrypoint.sh"], start: starting(["script", "/entrypoint.sh"], busybox) };
  expect(toldOf(image)).toMatch(/needs a shell/);
  expect(toldOf(image, slimmed)).toBe(
    "Start from a smaller base image: debian:12 alone is 80.0 MB of 89.0 MB.",
  );
});

test.for<[what: string, image: Partial<Inspection>, says: RegExp]>([
  [
    "nginx",
    {
      ...base("nginx:1.27"),
      layers: [...baseLayers("nginx", 80_000_000), layer("COPY site /usr/share/nginx/html", 9_000_000)],
      entrypoint: ["/docker-entrypoint.sh"],
      command: ["nginx", "-g", "daemon off;"],
      start: starting(["script", "/docker-entrypoint.sh"], busybox),
    },
    /^Start from nginx:1\.27-alpine, a smaller base image: nginx:1\.27 alone is 80\.0 MB of 89\.0 MB\.$/m,
  ],
  [
    "nginx with a main configuration of its own",
    {
      ...base("nginx:1.27"),
      layers: [...baseLayers("nginx", 80_000_000), layer("COPY nginx.conf /etc/nginx/nginx.conf", 9_000_000)],
      entrypoint: ["/docker-entrypoint.sh"],
      command: ["nginx", "-g", "daemon off;"],
      start: starting(["script", "/docker-entrypoint.sh"], busybox),
    },
    /^Start from a smaller base image: nginx:1\.27 alone/m,
  ],
  [
    ".NET as its own account",
    {
      ...copyOnly,
      ...base("mcr.microsoft.com/dotnet/aspnet:8.0", "mcr.microsoft.com/dotnet/aspnet:8.0"),
      user: "app",
      entrypoint: ["dotnet", "app.dll"],
      start: starting(["program", "/usr/share/dotnet/dotnet", "dotnet"], glibc),
    },
    /^Start from mcr\.microsoft\.com\/dotnet\/aspnet:8\.0-noble-chiseled-extra, a smaller base image/m,
  ],
])("names a smaller base image of the same family: %s", ([, image, says]) => {
  expect(toldOf(image, slimmed)).toMatch(says);
});

test("names the bytes that package lists leave, though a later layer deletes them", () => {
  const install = layer("RUN apt-get update && apt-get install -y x", 90_000_000, { line: 2 });
  const start = starting(["program", "/usr/bin/x"]);
  const head = inspection({ layers: [...baseLayers("debian", 80_000_000), install], start });
  const { comparison } = auditedImage({
    head,
    base: inspection({ layers: baseLayers("debian", 80_000_000) }),
    headFiles: filesystem({ "var/lib/apt/lists/a": [63_600_000, 1], "usr/bin/x": [26_400_000, 1] }),
  });
  const said = slimming({ head, base: null, baseMissing: null, comparison }).map(plainText);
  expect(said).toContain(
    "In line 2, use apt-get install --no-install-recommends (and name the recommended packages that are needed) and rm -rf /var/lib/apt/lists/*. It now leaves 63.6 MB of /var/lib/apt/lists in the image.",
  );
});

/** Returns the advice on an image of 100 MB, by the caches that it has. */
function onCaches(createdBy: string, packageCaches: Inspection["packageCaches"]): readonly string[] {
  const layers = [
    ...baseLayers("debian", 50_000_000),
    layer("COPY app /app", 30_000_000, { line: 3 }),
    layer(createdBy, 20_000_000, { line: 9 }),
  ];
  const head = inspection({ layers, packageCaches });
  return slimmed(head).map(plainText);
}

test.for([
  ["/var/lib/apt/lists", "run rm -rf /var/lib/apt/lists/* in the same instruction"],
  ["/root/.npm/_cacache", "run npm cache clean --force in the same instruction"],
  ["/root/.cache/pip", "use pip install --no-cache-dir in the same instruction"],
])("says how much %s takes, and how to leave it out", ([path = "", remedy]) => {
  const cache = { path, bytes: 6_360_000, layer: 2 };
  expect(onCaches("RUN ./install", [cache])).toContain(
    `Line 9 leaves 6.36 MB in ${path}, which nothing needs at run time: ${remedy}.`,
  );
  expect(onCaches("RUN ./install", [{ ...cache, bytes: 900_000 }]).join()).not.toMatch(/nothing needs/);
  expect(onCaches("RUN ./install", [{ ...cache, layer: 0 }]).join()).not.toMatch(/nothing needs/);
});

test("does not ask to leave out a cache that is not there", () => {
  const head = (bytes: number) =>
    inspection({
      layers: [...baseLayers("debian", 9_000_000), layer("RUN pip install x", 90_000_000, { line: 2 })],
      packageCaches: bytes === 0 ? [] : [{ path: "/root/.cache/pip", bytes, layer: 1 }],
    });
  const said = (bytes: number) => slimmed(head(bytes)).map(plainText).join("\n");
  expect(said(0)).not.toMatch(/no-cache-dir/);
  expect(said(30_000_000)).toBe(
    "In line 2, use pip install --no-cache-dir. It now leaves 30.0 MB of /root/.cache/pip in the image.",
  );
});
