// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is Dockerfile syntax for variables
import fc from "fast-check";
import type { OracleRequest } from "./buildkit-oracle.ts";
import { builtInstructions } from "./dockerfile-corpus.ts";

/** Generates plausible Dockerfiles and words, with common mistakes: the same ones for the same seed. */
export function generateRequests(seed: number, count: number): readonly OracleRequest[] {
  return fc.sample(
    fc.oneof({ weight: 3, arbitrary: dockerfileRequest }, { weight: 1, arbitrary: wordRequest }),
    {
      seed,
      numRuns: count,
    },
  );
}

const seldom = <T>(common: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 40, arbitrary: common }, { weight: 1, arbitrary: rare });

const stageName = seldom(
  fc.constantFrom("build", "base", "deps", "final", "a", "test_1", "x.y"),
  fc.constantFrom("Build", "FINAL", "scratch", "1st", "a-", "a..b", "a__b", "context", "SCRATCH", "ä"),
);

const image = seldom(
  fc.constantFrom(
    "alpine",
    "golang:1.24",
    "ghcr.io/o/app:v1",
    "localhost:5000/x",
    "scratch",
    "docker.io/library/debian:12",
  ),
  fc.constantFrom(
    "Alpine",
    "foo/Bar",
    "a:b:c",
    "-x",
    "a@sha256:1234",
    `a@sha256:${"0a".repeat(32)}`,
    `a:1@sha256:${"0a".repeat(32)}`,
    "Foo/bar",
    "my_reg.io/x",
    "docker.io/y",
    "index.docker.io/z",
    "0a".repeat(32),
    "a_-b",
    "[::1]:80/q",
    "x/../y",
    "scratch:latest",
    "SCRATCH",
  ),
);

const variable = fc.constantFrom(
  "A",
  "B",
  "BASE",
  "TARGETARCH",
  "TARGETPLATFORM",
  "BUILDPLATFORM",
  "TARGETSTAGE",
  "UNSET",
  "X_1",
);

const literal = seldom(
  fc.constantFrom("1.24", "alpine", "x", "a/b", "foobar", "foo.tar.gz", "v1", ""),
  fc.constantFrom(
    "'q'",
    '"d q"',
    "\\$",
    "\\",
    "*",
    "?",
    "\\*",
    "ü",
    "a b",
    "'",
    '"',
    "$",
    "{",
    "}",
    "/",
    "\\/",
    "$$",
    "\\}",
  ),
);

const word: fc.Arbitrary<string> = fc.letrec<{ word: string; reference: string }>((tie) => ({
  word: fc
    .array(fc.oneof({ depthSize: "small" }, literal, tie("reference")), { maxLength: 3 })
    .map((parts) => parts.join("")),
  reference: fc.oneof(
    { depthSize: "small" },
    variable.map((name) => `$${name}`),
    variable.map((name) => `\${${name}}`),
    fc
      .tuple(
        variable,
        seldom(
          fc.constantFrom("-", ":-", "+", ":+", "?", ":?", "#", "##", "%", "%%"),
          fc.constantFrom(":#", ":", "=", "^"),
        ),
        tie("word"),
      )
      .map(([name, operator, rest]) => `\${${name}${operator}${rest}}`),
    fc
      .tuple(variable, fc.constantFrom("/", "//"), tie("word"), tie("word"))
      .map(([name, operator, pattern, text]) => `\${${name}${operator}${pattern}/${text}}`),
    fc.constantFrom("${", "${}", "$", "${A", "$1", "${1}", "$@", '"$A"', "'$A'"),
  ),
})).word;

const variables = fc.dictionary(
  variable,
  fc.constantFrom("", "alpine", "foo/bar/baz", "a.b.c", "x y", "foofoo", "$0", "*", "é", "a\nb", "\\a"),
  {
    maxKeys: 5,
  },
);

const wordRequest: fc.Arbitrary<OracleRequest> = fc
  .tuple(word, variables, fc.constantFrom("\\", "\\", "`"))
  .map(([text, values, token]) => ({ word: text, variables: { ...values }, escape: token }));

const base = fc.oneof(
  { weight: 4, arbitrary: image },
  { weight: 3, arbitrary: stageName },
  { weight: 1, arbitrary: variable.map((name) => `\${${name}}`) },
  { weight: 1, arbitrary: fc.tuple(image, word).map(([name, rest]) => `${name}:${rest}`) },
  { weight: 1, arbitrary: fc.tuple(variable, image).map(([name, rest]) => `\${${name}:-${rest}}`) },
);

const platformFlag = seldom(
  fc.constantFrom(
    "",
    "",
    "--platform=$BUILDPLATFORM ",
    "--platform=linux/amd64 ",
    "--platform=linux/arm64/v8 ",
    "--platform=$TARGETPLATFORM ",
  ),
  fc.constantFrom(
    "--platform=$UNSET ",
    "--platform=linux ",
    "--platform=amd64 ",
    "--platform=a/b/c/d ",
    "--platform=x ",
    "--platform= ",
    "--foo=1 ",
  ),
);

const from = fc
  .tuple(
    fc.constantFrom("FROM", "from", "From"),
    platformFlag,
    base,
    fc.option(fc.tuple(fc.constantFrom("AS", "as", "As"), stageName), { freq: 3 }),
  )
  .map(
    ([keyword, platform, name, as]) =>
      `${keyword} ${platform}${name}${as === null ? "" : ` ${as[0]} ${as[1]}`}`,
  );

const copyFrom = fc.oneof(
  stageName,
  image,
  seldom(
    fc.constantFrom("0", "1", "2"),
    fc.constantFrom("+0", "00", "-1", "9", "99999999999999999999", "$A", "-0"),
  ),
);

const mount = seldom(
  fc.oneof(
    fc.constantFrom("type=cache,target=/c", "type=secret,id=s", "type=tmpfs,target=/t", "target=/m"),
    copyFrom.map((name) => `type=bind,from=${name},target=/m`),
    copyFrom.map((name) => `from=${name},target=/m`),
  ),
  fc.constantFrom('type=cache,"target=/c"', '"', "from=a$", "from=$A", "", 'a"b', "FROM=build,target=/m"),
);

const command = seldom(
  fc.constantFrom(
    "make",
    "echo $A > /x",
    "apt-get update \\\n  && apt-get install -y curl",
    "echo a  b",
    '["echo", "x"]',
    "true # no comment",
  ),
  fc.constantFrom(
    "a \\\n# comment\n  b",
    "a \\\n\n  b",
    "[1]",
    '["a"',
    "a \\\\\nENV b c",
    "echo 'a",
    "a\\",
    "\\\n\\\n x",
    "",
    "[]",
    "a \\ \t\nb",
  ),
);

const heredoc = seldom(
  fc.constantFrom(
    "RUN <<EOF\necho hi\nEOF",
    "RUN <<-EOT bash\n\techo hi\n\tEOT",
    'COPY <<"EOF" /x\n$A\nEOF',
    "RUN cat <<A <<B\n1\nA\n2\nB",
    "RUN <<EOF\n#!/bin/sh\nx\nEOF",
    "ONBUILD RUN <<EOF\nx\nEOF",
    "COPY a <<B c /d/\nq\nB",
  ),
  fc.constantFrom(
    "RUN <<EOF\nno end",
    "RUN echo '<<EOF'",
    "RUN echo 3<<E\nE",
    "COPY a <<B\nB",
    'RUN ["a", "<<B"]',
    "RUN << EOF\nx\nEOF",
    "RUN a <<E\\ F\nE F",
    "RUN x<<E\ny",
    "RUN x <<<E",
    "ADD <<'a b' /q\nz\na b",
    "RUN <<E${A:-b}\nE${A:-b}",
    "RUN <<E\nEnv\n E\nE",
  ),
);

const instruction = fc.oneof(
  { weight: 5, arbitrary: command.map((text) => `RUN ${text}`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(mount, { maxLength: 2 }), command)
      .map(([mounts, text]) => `RUN ${mounts.map((value) => `--mount=${value} `).join("")}${text}`),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom("", "--link ", "--chown=1:1 ", "--chmod=755 "), copyFrom)
      .map(([flag, name]) => `COPY ${flag}--from=${name} /a /b`),
  },
  { weight: 2, arbitrary: heredoc },
  { weight: 1, arbitrary: fc.constantFrom(...builtInstructions) },
  { weight: 1, arbitrary: copyFrom.map((name) => `ONBUILD COPY --from=${name} /a /b`) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "COPY . .",
      "COPY a b c/",
      'COPY ["a b", "c"]',
      "ADD https://example.com/x /y",
      "ADD --chown=$U:$G a $D",
      "WORKDIR /src",
      "WORKDIR app",
      "WORKDIR /",
      "WORKDIR $W/x",
      "ENV A=1 B='2 3'",
      "ENV A 1 2",
      "LABEL a.b=c",
      "ARG A",
      "ARG A=1 B=$A",
      "ARG SECRET=x",
      "USER 1000",
      "EXPOSE 80 443",
      'CMD ["a"]',
      "CMD a b",
      'ENTRYPOINT ["a"]',
      "VOLUME /v",
      'SHELL ["/bin/bash", "-c"]',
      "STOPSIGNAL SIGTERM",
      "HEALTHCHECK --interval=5s CMD x",
      "HEALTHCHECK NONE",
      "MAINTAINER me",
      "ONBUILD RUN make",
      "ONBUILD ENV a=b",
      "COPY --parents ./a/b /c/",
      "COPY 'a' \"b c\" /d/",
      "add a b",
      "WORKDIR a/../b/",
      "WORKDIR '/q r'",
      "COPY --link a b",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "RUNN x",
      "ENV",
      "ENV A",
      "ENV =x",
      "ENV A=1 B",
      "LABEL a",
      "COPY a",
      "COPY --foo a b",
      "COPY --link=maybe a b",
      "COPY --from a b",
      "COPY --from= a b",
      "COPY --chown=1 --chown=2 a b",
      "COPY -- a b",
      "RUN --network=none x",
      "RUN --network=x y",
      "RUN --security=insecure x",
      "RUN --device=a x",
      "RUN --device=a,b x",
      "SHELL sh",
      "SHELL []",
      "VOLUME []",
      'VOLUME [""]',
      "HEALTHCHECK CMD",
      "HEALTHCHECK X y",
      "HEALTHCHECK --interval=1 CMD x",
      "HEALTHCHECK --retries=-1 CMD x",
      "HEALTHCHECK --timeout=1us CMD x",
      "HEALTHCHECK --timeout=1.5h2m CMD x",
      "ONBUILD",
      "ONBUILD FROM x",
      "ONBUILD ONBUILD RUN x",
      "ONBUILD FOO x",
      "ONBUILD ENV a",
      "WORKDIR",
      "USER a b",
      "EXPOSE",
      "ARG",
      "ARG =1",
      "ARG a b=c",
      "ARG 'a=b c'",
      "CMD [1]",
      "CMD --x y",
      "\tRUN x",
      "RUN",
      "RU\\\nN x",
      "\u00a0RUN x",
      "RUN\u00a0x",
      "RUN\u000bx",
      "# escape=`",
      "# comment",
      "",
      "  ",
      "\\",
      "LABEL a=b\\\n c=d",
      'COPY --from="build" a b',
      "COPY --fr\\om=build a b",
      "COPY --from=à a b",
      'COPY "--from=build" a b',
      "STOPSIGNAL",
      "HEALTHCHECK",
      "WORKD\u0130R /x",
      "ONBUILD --x RUN y",
      "ONBUILD COPY a",
    ),
  },
);

const metaArg = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(variable, image).map(([name, value]) => `ARG ${name}=${value}`) },
  { weight: 3, arbitrary: fc.tuple(variable, word).map(([name, value]) => `ARG ${name}=${value}`) },
  { weight: 1, arbitrary: variable.map((name) => `ARG ${name}`) },
  {
    weight: 1,
    arbitrary: fc.tuple(variable, variable, literal).map(([a, b, value]) => `ARG ${a}=1 ${b}=$${a}${value}`),
  },
);

const head = seldom(
  fc.constantFrom("", "", "# syntax=docker/dockerfile:1\n", "# escape=\\\n", "# a comment\n\n"),
  fc.constantFrom(
    "# escape=`\n",
    "#escape = `  \n",
    "# escape=x\n",
    "# escape=\n",
    "# escape= \n",
    "# escape=\\\n# escape=\\\n",
    "# syntax=a\n# escape=`\n",
    "# foo=bar\n# escape=`\n",
    "\n# escape=`\n",
    "\uFEFF",
    "\uFEFF# escape=`\n",
    "\uFEFF\uFEFF",
    "#!/bin/x\n# escape=`\n",
    "  # ESCAPE=`\n",
    "RUN x\n",
    "ENV a=b\n",
  ),
);

const stage = fc
  .tuple(from, fc.array(instruction, { maxLength: 5 }))
  .map(([first, rest]) => [first, ...rest]);

const dockerfileText = fc
  .tuple(
    head,
    fc.array(metaArg, { maxLength: 3 }),
    fc.array(stage, { minLength: 1, maxLength: 4 }),
    seldom(fc.constant("\n"), fc.constant("\r\n")),
    fc.boolean(),
  )
  .map(([first, args, stages, lineEnd, ended]) => {
    const text = first + [...args, ...stages.flat()].join("\n") + (ended ? "\n" : "");
    return lineEnd === "\n" ? text : text.replaceAll("\n", lineEnd);
  });

/** What a typo, or an attacker, inserts anywhere. */
const slip = fc.constantFrom(
  ..."\\ ` \" ' $ { } < << <<E <<-E - -- = # \n \r \t \v \f [ ] , @ : / \u00a0 \u0085 \ufeff \u2028 \u3000 é 😀 \0 \\\n \\\r\n".split(
    " ",
  ),
  " ",
  "  ",
  "\n\n",
  "\n#x\n",
  " \\ \n",
  "EOF\n",
  "--from=a ",
  "\u0130",
);

const slippedText = fc
  .tuple(dockerfileText, fc.array(fc.tuple(fc.nat(), fc.nat(2), slip), { minLength: 1, maxLength: 4 }))
  .map(([text, slips]) =>
    slips.reduce((slipped, [position, removed, inserted]) => {
      const at = position % (slipped.length + 1);
      return slipped.slice(0, at) + inserted + slipped.slice(at + removed);
    }, text),
  )
  .map((text) => text.toWellFormed());

const contexts = fc.dictionary(
  fc.constantFrom("build", "base", "alpine", "golang:1.24", "deps", "a"),
  fc.constantFrom(
    "docker-image://busybox",
    "docker-image://scratch",
    "local:dir",
    "docker-image://ghcr.io/o/x:1",
  ),
  { maxKeys: 2 },
);

const dockerfileRequest: fc.Arbitrary<OracleRequest> = fc
  .record({
    dockerfile: fc.oneof({ weight: 2, arbitrary: dockerfileText }, { weight: 1, arbitrary: slippedText }),
    target: fc.oneof(
      { weight: 5, arbitrary: fc.constant("") },
      { weight: 1, arbitrary: stageName },
      { weight: 1, arbitrary: fc.constantFrom("0", "BUILD", "nope") },
    ),
    buildArgs: fc.dictionary(variable, fc.oneof(image, literal), { maxKeys: 2 }),
    contexts: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: contexts }),
    platform: fc.constantFrom("", "", "", "linux/arm64", "linux/arm/v7", "windows/amd64"),
  })
  .map(({ platform, buildArgs, contexts: given, ...rest }) => ({
    ...rest,
    buildArgs: { ...buildArgs },
    contexts: { ...given },
    ...(platform === "" ? {} : { platform }),
  }));
