import fc from "fast-check";
import type { OracleRequest } from "./buildkit-oracle.ts";

export interface Pair {
  readonly head: OracleRequest;
  readonly base: OracleRequest;
  /** whether the pull request changed files of the build context */
  readonly contextChanged: boolean;
}

/** Generates pairs of Dockerfiles that differ in a few edits: the same pairs for the same seed. */
export function generatePairs(seed: number, count: number): readonly Pair[] {
  return fc.sample(pair, { seed, numRuns: count });
}

/** Each text has two variants. BuildKit does something different for them, or the same. */
const variants = fc.constantFrom("1", "2");

const instruction: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      "RUN make",
      "RUN make $N",
      "RUN  make",
      "RUN ma\\\n# comment\nke",
      'RUN ["make"]',
    ),
  },
  {
    weight: 4,
    arbitrary: variants.chain((n) =>
      fc.constantFrom(
        `RUN make ${n}`,
        `RUN <<E\nmake ${n}\nE`,
        `RUN <<"E F"\nmake ${n}\nE F`,
        `RUN <<-E\n\tmake ${n}\n\tE`,
        `RUN <<E\n#!/bin/sh\nmake ${n}\nE`,
        `RUN cat <<A <<B\n${n}\nA\n2\nB`,
        `RUN ["make", "${n}"]`,
        `RUN --network=none make ${n}`,
        `RUN --network=host make ${n}`,
        `RUN --network=default make`,
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom("--mount", '--"mount"', "--mo\\unt", "--mou\\\nnt"),
        fc.constantFrom(
          "target=/m",
          "type=cache,type=bind,target=/m",
          "TYPE=cache,target=/c",
          "type=cache,target=/c,from=lib",
          "type=tmpfs,target=/t",
          "type=secret,id=s",
          "type=secret,id=s,env=S",
          "type=ssh",
          "from=lib,target=/m",
          "from=other,target=/m",
        ),
      )
      .map(([flag, mount]) => `RUN ${flag}=${mount} make`),
  },
  {
    weight: 6,
    arbitrary: variants.chain((n) =>
      fc.constantFrom(
        `ENV N=${n}`,
        `ENV N ${n}`,
        `ENV "N"='${n}'`,
        `ENV M=\${N:-${n}}`,
        `ARG N=${n}`,
        "ARG N",
        `ARG M=${n}$N`,
        `WORKDIR /w${n}`,
        `WORKDIR w${n}`,
        `USER ${n}`,
        `SHELL ["/bin/sh", "-c", "${n}"]`,
        `LABEL n=${n}`,
        `CMD ["${n}"]`,
        `EXPOSE ${n}`,
        `COPY <<E /e\n${n}$N\nE`,
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "COPY a b",
      "COPY . .",
      "COPY --link a b",
      "COPY --from=lib /a /b",
      "COPY --from=other /a /b",
      "COPY --chown=1 a b",
      "ADD https://example.com/a /b",
    ),
  },
);

const instructions = fc.array(instruction, { minLength: 1, maxLength: 4 });

interface Text {
  readonly head: string;
  readonly lib: string[];
  readonly parent: string[];
  readonly triggers: string[];
  readonly last: string[];
  readonly from: string;
}

const text: fc.Arbitrary<Text> = fc.record({
  head: fc.constantFrom(
    "",
    "",
    "# check=skip=all\n",
    "# escape=\\\n",
    "# comment\n",
    "ARG N=1\n",
    "ARG N=2\n",
  ),
  lib: fc.array(instruction, { maxLength: 2 }),
  parent: fc.array(instruction, { maxLength: 2 }),
  triggers: fc.array(instruction, { maxLength: 1 }),
  last: instructions,
  from: fc.constantFrom("base", "base", "other", "parent", "parent"),
});

function written({ head, lib, parent, triggers, last, from }: Text): string {
  return [
    `${head}FROM base AS lib`,
    ...lib,
    "FROM base AS parent",
    ...parent,
    ...triggers.map((trigger) => `ONBUILD ${trigger}`),
    `FROM ${from}`,
    ...last,
    "",
  ].join("\n");
}

/** An edit anywhere: inserts, removes or replaces an instruction. */
const edit = fc.tuple(
  fc.constantFrom("lib" as const, "parent" as const, "triggers" as const, "last" as const, "last" as const),
  fc.nat(4),
  fc.nat(1),
  fc.option(instruction),
);

const pair: fc.Arbitrary<Pair> = fc
  .record({
    base: text,
    edits: fc.oneof(fc.constant([]), fc.array(edit, { maxLength: 2 })),
    other: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: text }),
    arg: fc.tuple(fc.constantFrom("", "", "1", "2"), fc.constantFrom(true, true, true, false)),
    contextChanged: fc.boolean(),
  })
  .map(({ base, edits, other, arg: [value, same], contextChanged }) => {
    const head = structuredClone(other ?? base);
    for (const [part, at, removed, inserted] of edits) {
      head[part].splice(at, removed, ...(inserted === null ? [] : [inserted]));
    }
    const request = (dockerfile: string, n: string): OracleRequest => ({
      dockerfile,
      steps: true,
      ...(n === "" ? {} : { buildArgs: { N: n } }),
    });
    return {
      head: request(written(head), same ? value : "3"),
      base: request(written(base), value),
      contextChanged,
    };
  });
