// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Dockerfile syntax for variables
import { expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/parse/dockerfile.ts";
import { resolveStages } from "../../src/dockerfile/stages/stages.ts";
import { withLeftBehind } from "../../src/inspect/left-behind/left-behind.ts";
import type { LeftBehind, StartProblem } from "../../src/inspect/start/start.ts";

const flask = module("flask");
const libpq: StartProblem = {
  class: "library-missing",
  path: "/app/server",
  needs: "libpq.so.5",
  found: "no directory that the loader searches has it",
};

/** Lines of the first stage, from line 2, and how they end up. */
type Case = readonly [lines: readonly string[], problem: StartProblem, left: string | null];

const sitePackages = "/usr/local/lib/python3.9/site-packages";

test.for<Case>([
  [["RUN pip install flask"], flask, `2 package flask ${sitePackages}`],
  [["RUN pip3 install --no-cache-dir Flask==3.0 gunicorn"], flask, `2 package Flask ${sitePackages}`],
  [["RUN python3 -m pip install -U flask[async]"], flask, `2 package flask ${sitePackages}`],
  [["RUN uv pip install --system flask"], flask, `2 package flask ${sitePackages}`],
  [["RUN pip install --user flask"], flask, "2 package flask /root/.local"],
  [["WORKDIR /build", "RUN pip install --target=deps flask"], flask, "3 package flask /build/deps"],
  [["RUN pip install -t /deps flask"], flask, "2 package flask /deps"],
  [["RUN pip install --prefix /install flask"], flask, "2 package flask /install"],
  [["RUN apt-get update && \\", "  pip install flask"], flask, `2 package flask ${sitePackages}`],
  [
    ["RUN <<EOF", "# packages", "set -e", "pip install flask >/dev/null 2>&1", "EOF"],
    flask,
    `2 package flask ${sitePackages}`,
  ],
  [['RUN ["pip", "install", "flask"]'], flask, `2 package flask ${sitePackages}`],
  [["RUN pip install -r requirements.txt"], flask, `2 list requirements.txt ${sitePackages}`],
  [["RUN pip install flask", "RUN pip install -r dev.txt"], flask, `2 package flask ${sitePackages}`],
  [
    ["RUN python -m venv /opt/venv", 'ENV PATH="/opt/venv/bin:$PATH"', "RUN pip install flask"],
    flask,
    "4 package flask /opt/venv",
  ],
  [
    ["ENV VIRTUAL_ENV=/opt/venv", "RUN python -m venv $VIRTUAL_ENV && /opt/venv/bin/pip install flask"],
    flask,
    "3 package flask /opt/venv",
  ],
  [["RUN python -m venv /v && . /v/bin/activate && pip install flask"], flask, "2 package flask /v"],
  [["RUN python -m venv /v && /v/bin/pip install flask"], flask, "2 package flask /v"],
  [["RUN pip install django"], flask, null],
  [["RUN pip install flask-cors"], flask, null],
  [["RUN pip install --root /x flask"], flask, null],
  [["RUN pip install $PACKAGES flask"], flask, null],
  [["RUN pip install flask || true"], flask, null],
  [["RUN if test -e x; then pip install flask; fi"], flask, null],
  [["ENV PIP_TARGET=/deps", "RUN pip install flask"], flask, null],
  [["ENV D=/deps", "RUN D=/x && pip install -t $D flask"], flask, null],
  [["ARG D=/deps", "RUN pip install -t $D flask"], flask, null],
  [["ARG PIP_USER", "RUN pip install flask"], flask, null],
  [["USER app", "RUN pip install flask"], flask, null],
  [["ENV PATH=/conda/bin:$PATH", "RUN pip install flask"], flask, null],
  [["RUN pip install flask && cp -r /usr/local/lib/python3.9/site-packages /deps"], flask, null],
  [["RUN pip install flask", "RUN (cd / && tar c usr)"], flask, null],
  [["RUN pip install flask", "RUN pip uninstall -y flask"], flask, null],
  [
    ["RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev=16"],
    libpq,
    "2 package libpq-dev /usr/lib",
  ],
  [["RUN apk add --no-cache libpq"], libpq, "2 package libpq /usr/lib"],
  [["RUN apt-get install -y libpq5"], { ...libpq, found: "/x/libpq.so.5 is a Git LFS pointer" }, null],
  [["RUN apt-get install -y libpq5 && apt-get purge -y libpq5"], libpq, null],
  [["RUN apt-get install -s libpq5"], libpq, null],
  [["RUN dnf install -y --installroot /mnt libpq"], libpq, null],
  [["RUN apt-get install -y tini"], program("tini"), "2 package tini /usr/bin"],
  [["RUN pip install gunicorn"], program("gunicorn"), "2 package gunicorn /usr/local/bin"],
  [["RUN npm install -g pm2@5"], program("pm2"), "2 package pm2 /usr/local/bin"],
  [["RUN npm install pm2"], program("pm2"), null],
  [["RUN go build -o /out/server ./cmd/server"], program("/app/server"), "2 file /out/server /out/server"],
  [
    ["WORKDIR /src", "RUN CGO_ENABLED=0 go build -ldflags='-s -w' -o server ."],
    program("server"),
    "3 file /src/server /src/server",
  ],
  [["RUN go build -o /out/ ./..."], program("/out/server"), null],
  [
    ["RUN go build -o /out/server"],
    { ...program("/app/server"), found: "its mode 0644 has no execute bit" },
    null,
  ],
  [
    ["WORKDIR /src", "RUN cargo build --release"],
    program("/app/server"),
    "3 directory /src/target /src/target",
  ],
  [["RUN cargo build --release"], program("/bin/sh"), null],
  [["WORKDIR /src", "RUN ./mvnw -B package"], jar("app.jar"), "3 directory /src /src"],
  [["WORKDIR /app", "WORKDIR ../src/.", "RUN ./mvnw package"], jar("app.jar"), "4 directory /src /src"],
  [["WORKDIR /src", "RUN gradle clean bootJar"], jar("/app/app.jar"), "3 directory /src /src"],
  [["RUN python -m venv /opt/venv"], program("/opt/venv/bin/python"), "2 file /opt/venv /opt/venv"],
])("%j", ([lines, problem, left]) => {
  expect(shown(leftBehind([...first, ...lines, ...last("/srv")], problem))).toBe(left);
});

test.for([
  ["golang:1.24", "RUN go install example.com/cmd/tool/v2@v2.1.0", "tool", "/go/bin"],
  ["golang:1.24", "RUN GOBIN=/x go install example.com/tool@latest", "tool", null],
  ["debian:13", "RUN go install example.com/tool@latest", "tool", null],
  ["rust:1", "RUN cargo install ripgrep", "ripgrep", "/usr/local/cargo/bin"],
  ["rust:1", "RUN cargo install --root /x ripgrep", "ripgrep", null],
  ["ruby:3", "RUN gem install -N puma", "puma", "/usr/local/bundle/bin"],
  ["ruby:3", "RUN bundle install", "puma", null],
] as const)("FROM %s, %s", ([image, run, name, into]) => {
  const lines = [`FROM ${image} AS build`, run, ...last("/srv")];
  expect(leftBehind(lines, program(name))?.into ?? null).toBe(into);
});

test.for<[source: string, isTaken: boolean]>([
  ["/", true],
  [".", true],
  ["/usr/local", true],
  ["usr/local/lib/", true],
  [sitePackages, true],
  [`${sitePackages}/flask`, true],
  ["/usr/local/lib/python*", true],
  ["$DIRECTORY", true],
  ["/usr/local/${X}/y", true],
  ["/srv/../usr", true],
  ["/usr/local/bin", false],
  ["/usr/local/library", false],
  ["/srv/*", false],
])("a copy of %s", ([source, isTaken]) => {
  const lines = [...first, "RUN pip install flask", ...last(source)];
  expect(leftBehind(lines, flask) === null).toBe(isTaken);
});

test("a copy of one library leaves the others behind", () => {
  const lines = (source: string) => [...first, "RUN apt-get install -y libpq5", ...last(source)];
  expect(leftBehind(lines("/usr/lib/x86_64-linux-gnu/libz.so.1"), libpq)).not.toBeNull();
  expect(leftBehind(lines("/lib/x86_64-linux-gnu/libpq.so.5.16"), libpq)).toBeNull();
  expect(leftBehind(lines("/usr/lib/x86_64-linux-gnu"), libpq)).toBeNull();
});

test.for<[what: string, lines: readonly string[], left: string | null]>([
  [
    "a stage built from it is copied",
    ["FROM build AS more", "FROM scratch", "COPY --from=more /usr /usr"],
    null,
  ],
  [
    "a stage built from it may move it",
    ["FROM build AS more", "RUN cp -r /usr /x", "FROM scratch", "COPY --from=more /srv /"],
    null,
  ],
  [
    "another stage copies it",
    ["FROM scratch AS other", "COPY --from=build /usr /usr", "FROM scratch", "COPY --from=other /srv /"],
    null,
  ],
  ["a mount may take it", ["FROM debian", "RUN --mount=from=build,target=/m true"], null],
  [
    "it is copied by number",
    ["FROM scratch", "COPY --from=0 /usr /usr", "COPY --from=build /srv /srv"],
    null,
  ],
  [
    "it is copied by a number of many digits",
    ["FROM scratch", "COPY --from=-0000000000 /usr /usr", "COPY --from=build /srv /srv"],
    null,
  ],
  [
    "a number takes something else",
    ["FROM scratch", "COPY --from=0 /srv /srv"],
    `2 package flask ${sitePackages}`,
  ],
  ["the last stage is built from it", ["FROM build", "COPY --from=build /srv /srv"], null],
  ["the target does not need it", ["FROM scratch"], null],
])("%s", ([, lines, left]) => {
  expect(shown(leftBehind([...first, "RUN pip install flask", ...lines], flask))).toBe(left);
});

test("a named context in place of the stage, and an image in FROM that is not known, tell nothing", () => {
  const lines = [...first, "RUN pip install flask", ...last("/srv")];
  expect(leftBehind(lines, flask, new Map([["build", "./dir"]]))).toBeNull();
  expect(leftBehind(["FROM company/python:3.9 AS build", ...lines.slice(1)], flask)).toBeNull();
});

test("a Dockerfile larger than people write is not searched", () => {
  const padded = (lines: readonly string[]) => [...first, "RUN pip install flask", ...lines, ...last("/srv")];
  const many = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, at) => line(at));
  expect(leftBehind(padded(many(900, (at) => `ENV V${at}=x`)), flask)).not.toBeNull();
  expect(leftBehind(padded(many(1000, (at) => `ENV V${at}=x`)), flask)).toBeNull();
  expect(leftBehind(padded(many(3, () => `LABEL a=${"x".repeat(60_000)}`)), flask)).toBeNull();
  const stages = many(100, (at) => `FROM scratch AS s${at}`);
  expect(leftBehind([...stages, ...padded([])], flask)).toBeNull();
  // Each variable is looked up in a text that names it often.
  expect(leftBehind(padded([`RUN ${"$A ".repeat(20_000)}`]), flask)).toBeNull();
});

test("no value of a build argument is shown", () => {
  const lines = ["FROM python:3.9 AS build", "ARG HOME_OF=/s3cret", "ENV D=$HOME_OF/x", "WORKDIR $D"];
  const run = "RUN pip install --target=deps flask && pip install -t $D flask";
  expect(leftBehind([...lines, run, ...last("/srv")], flask)).toBeNull();
});

const first = ["FROM python:3.9-slim AS build"];

function last(source: string): readonly string[] {
  return ["FROM scratch", `COPY --from=build ${source} /x/`];
}

function module(name: string): StartProblem {
  return {
    class: "runtime",
    path: "/usr/bin/python3.13",
    needs: `the module ${name}`,
    found: "no directory that Python 3.13 searches has it",
  };
}

function program(needs: string): StartProblem {
  const found = needs.includes("/") ? "it does not exist" : "no directory in PATH has it";
  return { class: "entrypoint", path: needs, needs, found };
}

function jar(needs: string): StartProblem {
  return { class: "runtime", path: "/usr/bin/java", needs, found: "/app/app.jar does not exist" };
}

function leftBehind(
  lines: readonly string[],
  problem: StartProblem,
  buildContexts: ReadonlyMap<string, string> = new Map(),
): LeftBehind | null {
  const dockerfile = parseDockerfile(lines.join("\n"));
  const stages = resolveStages(dockerfile, { buildContexts });
  const start = {
    verdict: "no",
    command: [],
    chain: [],
    problems: [problem],
    unproven: [],
    hints: [],
  } as const;
  return withLeftBehind(start, dockerfile, stages).problems[0]?.leftBehind ?? null;
}

function shown(left: LeftBehind | null): string | null {
  return left === null ? null : `${left.line} ${left.kind} ${left.what} ${left.into}`;
}
