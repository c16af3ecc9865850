import { debianSlimRoot, dependenciesRoot, distrolessStaticRoot, type Fill, packagesRoot } from "./debian.ts";
import { goRoot } from "./go.ts";
import { javaPackages, javaRoot, temurinRoot } from "./java.ts";
import { nginxRoot } from "./nginx.ts";
import { nodeRoot } from "./node.ts";
import { distrolessPythonRoot, pythonRoot } from "./python.ts";

/** How an image is made. */
export interface Recipe {
  /** another image with a recipe; null for scratch */
  readonly from: string | null;
  /** fills the layer that the image adds; null if it adds none */
  readonly fill: Fill | null;
  readonly lines: readonly string[];
}

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const distroless = (name: string) => `gcr.io/distroless/${name}-debian13`;

function recipe(from: string | null, fill: Fill | null, ...lines: readonly string[]): Recipe {
  return { from, fill, lines };
}

const distrolessImages: Readonly<Record<string, Recipe>> = {
  [distroless("static")]: recipe(
    null,
    distrolessStaticRoot,
    "USER 0",
    "WORKDIR /",
    `ENV PATH=${path} SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt`,
  ),
  [distroless("base")]: recipe(
    distroless("static"),
    packagesRoot(["libc6", "libssl3t64", "libzstd1", "zlib1g"]),
  ),
  [distroless("cc")]: recipe(
    distroless("base"),
    packagesRoot(["libgomp1", "libstdc++6", "libgcc-s1", "gcc-14-base"]),
  ),
  [distroless("python3")]: recipe(
    distroless("cc"),
    distrolessPythonRoot,
    "ENV LANG=C.UTF-8",
    'ENTRYPOINT ["/usr/bin/python3.13"]',
  ),
  ...Object.fromEntries(
    ([17, 21, 25] as const).map((version) => [
      distroless(`java${version}`),
      recipe(
        distroless("static"),
        javaRoot(version, ["libc6", ...javaPackages]),
        "ENV LANG=C.UTF-8",
        'ENTRYPOINT ["/usr/bin/java", "-jar"]',
      ),
    ]),
  ),
  ...Object.fromEntries(
    ([22, 24] as const).map((version) => [
      distroless(`nodejs${version}`),
      recipe(distroless("cc"), nodeRoot(version, "nodejs", false), 'ENTRYPOINT ["/nodejs/bin/node"]'),
    ]),
  ),
};

const nonroot = Object.fromEntries(
  Object.keys(distrolessImages).map((name) => [
    `${name}:nonroot`,
    recipe(name, null, "USER 65532", "WORKDIR /home/nonroot"),
  ]),
);

const slim = "debian:trixie-slim";

/** The images that have a stand-in. Those without a tag are `latest`. */
export const recipes: ReadonlyMap<string, Recipe> = new Map(
  Object.entries({
    ...distrolessImages,
    ...nonroot,
    [slim]: recipe(null, debianSlimRoot, `ENV PATH=${path}`, 'CMD ["bash"]'),
    "python:3.13-slim": recipe(slim, pythonRoot, "ENV LANG=C.UTF-8 PYTHON_VERSION=3.13", 'CMD ["python3"]'),
    "python:3.13": recipe("python:3.13-slim", null),
    "python:3.13-slim-trixie": recipe("python:3.13-slim", null),
    ...Object.fromEntries(
      ([22, 24] as const).flatMap((version) => [
        [
          `node:${version}`,
          recipe(
            slim,
            nodeRoot(version, "usr/local", true),
            "RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node",
            'ENTRYPOINT ["docker-entrypoint.sh"]',
            'CMD ["node"]',
          ),
        ],
        [`node:${version}-slim`, recipe(`node:${version}`, null)],
        [`node:${version}-trixie-slim`, recipe(`node:${version}`, null)],
      ]),
    ),
    ...Object.fromEntries(
      (["jre", "jdk"] as const).map((kind) => [
        kind === "jdk" ? "eclipse-temurin:21" : "eclipse-temurin:21-jre",
        recipe(
          slim,
          temurinRoot(21, kind),
          `ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:${path} LANG=en_US.UTF-8`,
          'ENTRYPOINT ["/__cacert_entrypoint.sh"]',
          ...(kind === "jdk" ? ['CMD ["jshell"]'] : []),
        ),
      ]),
    ),
    "nginx:1.26": recipe(
      slim,
      nginxRoot,
      "STOPSIGNAL SIGQUIT",
      "EXPOSE 80",
      'ENTRYPOINT ["/docker-entrypoint.sh"]',
      'CMD ["nginx", "-g", "daemon off;"]',
    ),
    "gcc:14": recipe(slim, dependenciesRoot(["gcc", "g++", "libc6-dev", "libsqlite3-dev", "libssl-dev"])),
    "golang:1.24": recipe(
      "gcc:14",
      goRoot,
      `ENV GOPATH=/go GOTOOLCHAIN=local PATH=/go/bin:/usr/local/go/bin:${path}`,
      "WORKDIR /go",
    ),
  }),
);
