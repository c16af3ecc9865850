// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Dockerfile syntax for variables
import type { OracleRequest } from "./buildkit-oracle.ts";

const lines = (...text: readonly string[]) => `${text.join("\n")}\n`;

/** Dockerfiles that each show one thing that BuildKit does and that is easy to get wrong. */
export const corpus: Readonly<Record<string, OracleRequest>> = {
  "a multi-stage build": {
    dockerfile: lines(
      "# syntax=docker/dockerfile:1",
      "ARG GO=1.24",
      "FROM --platform=$BUILDPLATFORM golang:${GO} AS build",
      "WORKDIR /src",
      "COPY go.mod go.sum ./",
      "RUN --mount=type=cache,target=/go/pkg go mod download",
      "COPY . .",
      "ARG TARGETOS TARGETARCH",
      "RUN GOOS=$TARGETOS go build -o /out/app \\",
      "    # static",
      "    -ldflags=-s",
      "FROM scratch",
      "COPY --from=build --link /out/app /app",
      'ENTRYPOINT ["/app"]',
    ),
    buildArgs: { GO: "1.25" },
  },
  "stages that nothing needs": {
    dockerfile: lines(
      "FROM a AS one",
      "FROM b AS two",
      "FROM one AS three",
      "COPY --from=nginx:1 / /",
      "FROM two",
    ),
    target: "THREE",
  },
  "a target that is a number": { dockerfile: lines("FROM a", "FROM b"), target: "0" },
  "a stage named twice": {
    dockerfile: lines("FROM a AS x", "FROM x AS y", "FROM b AS x", "FROM x AS z", "COPY --from=x / /"),
  },
  "FROM in the case of the stage's name": { dockerfile: lines("FROM a AS Base", "FROM Base") },
  "FROM in lower case": { dockerfile: lines("FROM a AS Base", "FROM base") },
  "COPY --from in another case": { dockerfile: lines("FROM a AS base", "FROM b", "COPY --from=BASE / /") },
  "FROM a later stage": { dockerfile: lines("FROM later", "FROM a AS later", "FROM b") },
  "COPY from a later stage": {
    dockerfile: lines("FROM a", "COPY --from=later / /", "FROM b AS later"),
    target: "",
  },
  "COPY from a later stage, reached": {
    dockerfile: lines("FROM a AS first", "COPY --from=later / /", "FROM b AS later"),
    target: "first",
  },
  "COPY from itself": { dockerfile: lines("FROM a AS x", "COPY --from=x / /") },
  "a circle of copies that nothing needs": {
    dockerfile: lines("FROM a AS x", "COPY --from=y / /", "FROM b AS y", "COPY --from=x / /", "FROM c"),
  },
  "COPY --from numbers count images too": {
    dockerfile: lines("FROM a", "COPY --from=nginx / /", "FROM b", "COPY --from=2 / /"),
  },
  "COPY --from numbers count mounts of scratch too": {
    dockerfile: lines("FROM a", "RUN --mount=type=cache,target=/c x", "COPY --from=1 / /"),
  },
  "COPY --from numbers beyond": { dockerfile: lines("FROM a", "COPY --from=1 / /") },
  "COPY --from +0": { dockerfile: lines("FROM a", "FROM b", "COPY --from=+0 / /", "COPY --from=00 / /") },
  "COPY --from a variable": { dockerfile: lines("ARG A=b", "FROM a AS b", "FROM c", "COPY --from=$A / /") },
  "COPY --from with other flags": {
    dockerfile: lines("FROM a AS b", "FROM c", "COPY --link --chown=1:1 --from=b --chmod=755 / /"),
  },
  "COPY --from in quotes": {
    dockerfile: lines("FROM a AS b", "FROM c", 'COPY --from="b" / /', 'COPY --"from"=b / /'),
  },
  "RUN --mount from a number is an image": { dockerfile: lines("FROM a", "RUN --mount=from=0,target=/m x") },
  "RUN --mount from a stage": {
    dockerfile: lines("FROM a AS b", "FROM c", "RUN --mount=type=bind,FROM=B,target=/m x"),
  },
  "RUN --mount with quotes": {
    dockerfile: lines("FROM a AS b", "FROM c", `RUN --mount='"from=b","target=/m,n"' x`),
  },
  "a stage named scratch": {
    dockerfile: lines("FROM a AS scratch", "FROM scratch", "RUN --mount=type=tmpfs,target=/t x"),
  },
  "a stage named scratch that mounts": {
    dockerfile: lines("FROM a AS scratch", "RUN --mount=type=cache,target=/c x"),
  },
  "FROM SCRATCH": { dockerfile: lines("FROM SCRATCH") },
  "FROM scratch with a tag": { dockerfile: lines("FROM scratch:latest") },
  "a stage's name that no context can have": { dockerfile: lines("FROM a AS a..b") },
  "a stage's name that begins with a number": { dockerfile: lines("FROM a AS 1a") },
  "names of images": {
    dockerfile: lines(
      "FROM localhost/a AS s1",
      "FROM index.docker.io/x/y:1 AS s2",
      "FROM Registry/z AS s3",
      `FROM a:1@sha256:${"0".repeat(64)} AS s4`,
      "FROM my_registry.example/a AS s5",
      "FROM scratch",
      "COPY --from=s1 / /",
      "COPY --from=s2 / /",
      "COPY --from=s3 / /",
      "COPY --from=s4 / /",
      "COPY --from=s5 / /",
    ),
  },
  "an upper-case repository that nothing needs": { dockerfile: lines("FROM Foo/Bar", "FROM a") },
  "a blank base that nothing needs": { dockerfile: lines("ARG X", "FROM $X", "FROM a") },
  "a default for a blank base": { dockerfile: lines("ARG X", "FROM ${X:-a:${Y:-1}}") },
  "a build argument is not expanded": {
    dockerfile: lines("ARG A=1", "ARG B=$A", "FROM x:$B"),
    buildArgs: { B: "$A" },
  },
  "ENV is not in scope of FROM": { dockerfile: lines("FROM a", "ENV B=b", "FROM x${B}") },
  "ARG with several names": { dockerfile: lines("ARG A=1 B=$A-$A C", "FROM x:$B$C") },
  "ARG may override the platform": {
    dockerfile: lines("ARG TARGETARCH=mine", "FROM x:$TARGETARCH"),
    platform: "linux/arm64",
  },
  "ARG without value keeps the platform": {
    dockerfile: lines("ARG TARGETARCH", "ARG TARGETPLATFORM", "FROM x:$TARGETARCH-$TARGETVARIANT"),
    platform: "linux/arm/v7",
  },
  TARGETSTAGE: { dockerfile: lines("FROM a:$TARGETSTAGE AS one", "FROM b:$TARGETSTAGE"), target: "One" },
  "TARGETSTAGE of the last stage": { dockerfile: lines("FROM a:$TARGETSTAGE", "FROM a:$TARGETSTAGE AS Two") },
  "a platform that is none": { dockerfile: lines("FROM --platform=$NONE a", "FROM b") },
  "a platform of one word": { dockerfile: lines("FROM --platform=arm64 a") },
  "quotes in FROM": { dockerfile: lines(`FROM "a":'1'`) },
  "blanks in a variable are no blanks of FROM": { dockerfile: lines('ARG X="a AS b"', "FROM $X") },
  "a named context for an image": {
    dockerfile: lines("FROM golang", "COPY --from=docker.io/library/alpine / /"),
    contexts: { golang: "docker-image://ghcr.io/o/go:1", alpine: "local:dir" },
  },
  "a named context for a stage": {
    dockerfile: lines("FROM a AS build", "RUN x", "FROM b", "COPY --from=build / /"),
    contexts: { build: "docker-image://ghcr.io/o/built:1" },
  },
  "a named context for a stage that comes later": {
    dockerfile: lines("FROM b AS first", "COPY --from=later / /", "FROM a AS later"),
    target: "first",
    contexts: { later: "docker-image://scratch" },
  },
  "ONBUILD of a stage runs in the next": {
    dockerfile: lines(
      "FROM a AS lib",
      "FROM b AS base",
      "ONBUILD COPY --from=lib / /",
      "ONBUILD RUN x",
      "FROM base",
      "RUN y",
    ),
  },
  "ONBUILD does not run twice": {
    dockerfile: lines("FROM a AS b", "ONBUILD RUN x", "FROM b AS c", "FROM c", "RUN y"),
  },
  "ONBUILD with an inline document": {
    dockerfile: lines("FROM a AS b", "ONBUILD RUN <<EOF", "x", "EOF", "FROM b"),
  },
  "ONBUILD with an unknown instruction": { dockerfile: lines("FROM a", "ONBUILD FOO x") },
  "ONBUILD with an unknown instruction, triggered": {
    dockerfile: lines("FROM a AS b", "ONBUILD FOO x", "FROM b"),
  },
  "the escape directive": {
    dockerfile: lines("# escape=`", "FROM a", "RUN x `", "  y", "RUN c:\\", "USER z"),
  },
  "the escape directive behind a comment": {
    dockerfile: lines("# hello", "# escape=`", "FROM a", "RUN x `", "USER z"),
  },
  "the escape directive behind a shebang": {
    dockerfile: lines("#!/usr/bin/docker", "# escape=`", "FROM a", "RUN x `", "USER z"),
  },
  "the escape directive behind an unknown one": {
    dockerfile: lines("# foo=bar", "# escape=`", "FROM a", "RUN x `", "USER z"),
  },
  "a directive given twice": { dockerfile: lines("# syntax=a", "# syntax=b", "FROM a") },
  "an escape that is none": { dockerfile: lines("# escape=x", "FROM a") },
  "a byte-order mark": { dockerfile: `\uFEFF${lines("# escape=`", "FROM a")}` },
  "two byte-order marks": { dockerfile: `\uFEFF\uFEFF${lines("FROM a")}` },
  "Windows line ends": { dockerfile: "FROM a\r\nRUN x \\\r\n  y\r\nRUN <<EOF\r\nz\r\nEOF\r\n" },
  "comments and empty lines inside a continuation": {
    dockerfile: lines("FROM a", "RUN x \\", "  # c \\", "", "   ", "  y", "USER z"),
  },
  "two escape characters at the end of a line": { dockerfile: lines("FROM a", "RUN x \\\\", "USER z") },
  "three escape characters at the end of a line": { dockerfile: lines("FROM a", "RUN x \\\\\\", "USER z") },
  "a keyword across lines": { dockerfile: lines("FR\\", "OM a") },
  "a continuation at the end of the file": { dockerfile: "FROM a\nRUN x \\" },
  "a line of 65535 bytes": { dockerfile: `FROM a\nRUN ${"x".repeat(65535 - 4)}\n` },
  "a line of 65536 bytes": { dockerfile: `FROM a\nRUN ${"x".repeat(65536 - 4)}` },
  "inline documents": {
    dockerfile: lines(
      "FROM a",
      "RUN <<EOF bash",
      "x",
      "EOF",
      'COPY <<A <<-"B" /d/',
      "1",
      "A",
      "\t2",
      "\tB",
      "USER z",
    ),
  },
  "an inline document without end": { dockerfile: lines("FROM a", "RUN <<EOF", "x", " EOF") },
  "no inline document in JSON": { dockerfile: lines("FROM a", 'RUN ["cat", "<<EOF"]', "USER z") },
  "no inline document in quotes": { dockerfile: lines("FROM a", 'RUN echo "<<EOF"', "USER z") },
  "an inline document as destination": { dockerfile: lines("FROM a", "COPY x <<EOF", "EOF") },
  "an inline document that runs itself": {
    dockerfile: lines("FROM a", "RUN <<EOF", "#!/bin/sh", "x", "EOF"),
  },
  "JSON that is none": { dockerfile: lines("FROM a", "RUN ['x']", 'CMD ["a",]', 'ENTRYPOINT ["\\u0041"]') },
  "JSON with a number": { dockerfile: lines("FROM a", "CMD [1]") },
  "flags with escapes and quotes": {
    dockerfile: lines("FROM a AS b", "FROM c", `COPY --fr\\om='b' --chown="1:1" -- --x /`),
  },
  "flags with characters beyond ASCII": {
    dockerfile: lines("FROM a", "COPY --chown=ü x y", "COPY --chown=à x y"),
  },
  "a flag given twice": { dockerfile: lines("FROM a", "COPY --chown=1 --chown=2 x y") },
  "an unknown flag": { dockerfile: lines("FROM a", "COPY --form=x x y") },
  "a mount that is no list": { dockerfile: lines("FROM a", `RUN --mount='a"b' x`) },
  "a mount that is empty": { dockerfile: lines("FROM a", "RUN --mount= x") },
  "a mount from a variable": { dockerfile: lines("FROM a", "RUN --mount=from=$A,target=/m x") },
  "a mount from a name that ends in a dollar": {
    dockerfile: lines("FROM a", "FROM b", "RUN --mount=from=a$ x"),
  },
  devices: { dockerfile: lines("FROM a", "RUN --device=v/c=d,required --device=name=x,required=true y") },
  "a device of two names": { dockerfile: lines("FROM a", "RUN --device=name=x,name=y z") },
  "a device that is required perhaps": { dockerfile: lines("FROM a", "RUN --device=x,required=perhaps z") },
  "health checks": {
    dockerfile: lines(
      "FROM a",
      "HEALTHCHECK --interval=1h2m3.5s --timeout=0 --start-period=1ms --retries=+3 CMD x",
      'HEALTHCHECK --start-interval= CMD ["x"]',
      "HEALTHCHECK NONE []",
      "HEALTHCHECK --anything NONE",
    ),
  },
  "a health check sooner than a millisecond": {
    dockerfile: lines("FROM a", "HEALTHCHECK --interval=999us CMD x"),
  },
  "a health check before now": { dockerfile: lines("FROM a", "HEALTHCHECK --interval=-5s CMD x") },
  "a health check without a unit": { dockerfile: lines("FROM a", "HEALTHCHECK --interval=5 CMD x") },
  "a health check with too many retries": {
    dockerfile: lines("FROM a", "HEALTHCHECK --retries=2147483648 CMD x"),
  },
  "a line that cannot be split has no inline document": {
    dockerfile: lines("FROM a", `RUN echo "it's" ' <<EOF`, "USER x"),
  },
  "names of platforms": {
    dockerfile: lines(
      "FROM --platform=linux/x86_64 a",
      "FROM --platform=macOS/aarch64/8 a",
      "FROM --platform='windows(10.0)/amd64' a",
      "FROM --platform=linux/armhf a",
      "FROM --platform=LINUX/i386 a",
      "FROM --platform=freebsd a",
    ),
  },
  "a platform with a wildcard": { dockerfile: lines("FROM --platform=linux/* a") },
  "an unknown instruction": { dockerfile: lines("FROM a", "RUNN x") },
  "an instruction before FROM": { dockerfile: lines("RUN x", "FROM a") },
  "no FROM": { dockerfile: lines("ARG a") },
  nothing: { dockerfile: "" },
  "only comments": { dockerfile: lines("# a", "", "# b") },
  "FROM with two arguments": { dockerfile: lines("FROM a b") },
  "ENV in the old form": { dockerfile: lines("FROM a", "ENV A b c=d", "ENV B=$A C='x y'") },
  "ENV without a value": { dockerfile: lines("FROM a", "ENV A") },
  "WORKDIR in many forms": {
    dockerfile: lines(
      "FROM a",
      "WORKDIR x",
      "WORKDIR ../y/",
      "WORKDIR /a//b/./c",
      "WORKDIR /",
      'WORKDIR "/q r"',
    ),
  },
  "build arguments in the history": {
    dockerfile: lines(
      "FROM a",
      "ARG TOKEN",
      "ARG B='x  y'",
      "RUN make $TOKEN",
      "COPY --chown=$B:1 --chmod=755 $TOKEN x/",
    ),
    buildArgs: { TOKEN: "secret value" },
  },
  "another shell in the history": {
    dockerfile: lines("FROM a", 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]', "RUN a | b", 'RUN ["c"]'),
  },
  "everything in the history": {
    dockerfile: lines(
      "FROM scratch",
      "LABEL a=b c='d e'",
      "MAINTAINER me",
      "EXPOSE 80 443",
      "VOLUME /a /b",
      "USER u",
      "STOPSIGNAL SIGTERM",
      "HEALTHCHECK --interval=5s CMD x",
      "ENTRYPOINT a b",
      'CMD ["c"]',
      "ADD --link x /",
      "COPY --parents x y /d/",
    ),
  },
};

/** Instructions that BuildKit parses, but refuses or accepts only when it builds their stage. */
export const builtInstructions: readonly string[] = [
  ...[
    "80",
    "abc",
    "80/tcp",
    "80/TCP",
    "80/foo",
    "80/",
    "/tcp",
    "8000-8010/udp",
    "8010-8000",
    "70000",
    "-1",
    "+80",
  ],
  ...[
    "80:81",
    "x:81",
    "127.0.0.1:80:81",
    "1.2.3:80:81",
    "[::1]:80:81",
    "8000-8001:81",
    "8000-8001:80-82",
    "1-2:1-2",
  ],
  ...["$P", "80 $P abc", '"80 81"', "80 ''", "80-", "${P:-80}", "${P!80}"],
]
  .map((port) => `EXPOSE ${port}`)
  .concat(
    [
      ...[
        "type=foo,target=/m",

        "TYPE=Bind,target=/m",
        "type=bind",
        "type=cache",
        "type=tmpfs",
      ],
      ...["target=/", "target=//.", "target=/$T", "target=", "dst=/m", "destination=/m", "x=y,target=/m"],
      ...[
        "target=/m,ro",
        "target=/m,ro=1",
        "target=/m,ro=maybe",
        "target=/m,rw=$T",
        "target=/m,x",
        "target=/m,from",
      ],
      ...[
        "target=/m,required",
        "type=secret,required",
        "type=secret,id=s,required",
        "type=secret,id=s,required=x",
      ],
      ...["required,type=secret,id=s", "type=secret", "type=secret,target=/m", "type=secret,source=a,id=b"],
      ...[
        "type=secret,id=s,from=a",
        "type=secret,id=s,sharing=shared",
        "type=secret,id=$T",
        "type=secret,env=A",
      ],
      ...["type=ssh", "type=ssh,source=/a", "type=ssh,required,mode=0600,uid=1", "type=ssh,mode=9"],
      ...[
        "type=cache,target=/c,sharing=locked",
        "type=cache,target=/c,sharing=LOCKED",
        "type=cache,target=/c,sharing=x",
      ],
      ...[
        "target=/m,sharing=shared",
        "type=cache,target=/c,mode=0755,uid=1,gid=2",
        "type=cache,target=/c,uid=-1",
      ],
      ...[
        "type=cache,target=/c,gid=4294967296",
        "target=/m,mode=0755",
        "type=tmpfs,target=/t,size=10m",
        "target=/m,size=1",
      ],
      ...[
        "type=tmpfs,target=/t,size=x",
        "size=1,type=tmpfs,target=/t",
        "target=/m,source=${T:x}",
        "target=/m,id=a,env=b",
      ],
    ].map((mount) => `RUN --mount=${mount} x`),
  )
  .concat(
    [
      "9",
      "0",
      "TERM",
      "SIGTERM",
      "sigterm",
      "FOO",
      "$T",
      "RTMIN+15",
      "RTMIN+16",
      "RTMAX-14",
      "RTMAX-15",
      '"KILL"',
    ].map((signal) => `STOPSIGNAL ${signal}`),
  )
  .concat(
    ["755", "0755", "7777", "17777", "888", "u+x", "$M", "${M:x}"].map((mode) => `COPY --chmod=${mode} a b`),
  )
  .concat([
    ...[
      "ARG A=${a:b}",
      "ARG A=$a B=${a:b}",
      "ARG ${a:b}=1",
      "ARG A='${a:b}'",
      'ARG A="x',
      "ARG X=${a:b}",
      "ARG A=${a#\\q}",
    ],
    ...[
      "ENV A=${a:b}",
      "ENV A ${a:b}",
      "ENV ${a:b}=1",
      "LABEL a=${a:b}",
      "LABEL a ${",
      "USER ${a:b}",
      "WORKDIR ${a:b}",
    ],
    ...[
      "VOLUME ${a:b}",
      'VOLUME ["${a:b}"]',
      "COPY ${a:b} c",
      "COPY a ${a:b}",
      "COPY --chown=${a:b} a b",
      "ADD ${a:b} c",
    ],
    ...[
      "ADD --checksum=${a:b} https://example.com/a /b",
      "CMD ${a:b}",
      "RUN ${a:b}",
      "ENTRYPOINT ${a:b}",
      "ONBUILD ENV A=${a:b}",
    ],
    ...[
      "COPY <<E /a\n${a:b}\nE",
      "COPY <<'E' /a\n${a:b}\nE",
      'COPY <<"E" /a\n${a:b}\nE',
      "COPY <<E /a\nit's ${a}\nE",
    ],
    ...["RUN <<E\n${a:b}\nE", "HEALTHCHECK CMD ${a:b}", 'SHELL ["${a:b}"]', "MAINTAINER ${a:b}"],
  ]);

export const builtCorpus: Readonly<Record<string, OracleRequest>> = Object.fromEntries([
  ...builtInstructions.map((instruction) => [
    `built: ${instruction}`,
    { dockerfile: lines("FROM a", "ENV T=1", instruction), buildArgs: { X: "1" } },
  ]),
  ...["EXPOSE abc", "RUN --mount=type=foo,target=/m x", "ARG A=${a:b}", "ENV A=${a:b}"].flatMap(
    (instruction) => [
      [
        `built: ${instruction}, in a stage that nothing needs`,
        { dockerfile: lines("FROM a", instruction, "FROM b") },
      ],
      [
        `built: ${instruction}, in a stage that is copied from`,
        { dockerfile: lines("FROM a AS x", instruction, "FROM b", "COPY --from=x / /") },
      ],
      [
        `built: ${instruction}, triggered`,
        { dockerfile: lines("FROM a AS x", `ONBUILD ${instruction}`, "FROM x") },
      ],
      [
        `built: ${instruction}, not triggered`,
        { dockerfile: lines("FROM a AS x", `ONBUILD ${instruction}`) },
      ],
      [
        `built: ${instruction}, replaced`,
        {
          dockerfile: lines("FROM a AS x", instruction, "FROM x"),
          contexts: { x: "docker-image://busybox" },
        },
      ],
    ],
  ),
  [
    "built: a mount of the directory",
    { dockerfile: lines("FROM a", "WORKDIR /d", "RUN --mount=type=bind x") },
  ],
  [
    "built: a mount of the parent's directory",
    { dockerfile: lines("FROM a AS p", "WORKDIR /d", "FROM p", "RUN --mount=type=bind x") },
  ],
]);
