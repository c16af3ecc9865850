import { expect, test } from "vitest";
import { readableInstruction, readHistory } from "../../../src/dockerfile/history/readable.ts";

test.each([
  [
    "RUN /bin/sh -c apt-get update &&   apt-get install x # buildkit",
    "RUN apt-get update && apt-get install x",
  ],
  ["/bin/sh -c make", "RUN make"],
  ["/bin/sh -c #(nop) COPY dir:abc in /x ", "COPY dir:abc in /x"],
  ['/bin/sh -c #(nop)  CMD ["bash"]', 'CMD ["bash"]'],
  ["COPY /a /b # buildkit", "COPY /a /b"],
  ["WORKDIR /x", "WORKDIR /x"],
  ["RUN /bin/sh -c set -e\nmake\n # buildkit", "RUN set -e make"],
  ["RUN /bin/bash -o pipefail -c a | b # buildkit", "RUN /bin/bash -o pipefail -c a | b"],
  ["bazel build //x", "bazel build //x"],
  ["", ""],
])("shows %j as %j", (createdBy, readable) => {
  expect(readableInstruction(createdBy)).toBe(readable);
});

test.each([
  ["RUN |2 A=s3cret B=2 /bin/sh -c make # buildkit", "RUN make"],
  ["|1 A=s3cret /bin/sh -c make", "RUN make"],
  ["RUN |1 A=x /bin/sh -c s3cret /bin/sh -c make # buildkit", "RUN make"],
  ["RUN |1 A=x s3cret make # buildkit", "RUN …"],
  ["ARG A=s3cret", "ARG A=…"],
  ["/bin/sh -c #(nop)  ARG A=s3cret", "ARG A=…"],
  ["ENV A=s3cret B=2", "ENV A=…"],
])("shows no value of a build argument: %j", (createdBy, readable) => {
  expect(readableInstruction(createdBy)).toBe(readable);
});

test.for<[string, string | null, string]>([
  ["RUN /bin/sh -c make all # buildkit", "RUN", "RUN make all"],
  ["RUN |2 A=1 TOKEN=secret /bin/sh -c make # buildkit", "RUN", "RUN make"],
  ["COPY --from=build /out/ / # buildkit", "COPY", "COPY --from=build /out/ /"],
  ["WORKDIR /app", "WORKDIR", "WORKDIR /app"],
  ["/bin/sh -c #(nop) COPY dir:0a1b in /app ", "COPY", "COPY dir:0a1b in /app"],
  ["|1 A=1 /bin/sh -c apt-get\n  update", "RUN", "RUN apt-get update"],
  ["RUN make", "RUN", "RUN make"],
  ["bazel build //image", null, "bazel build //image"],
  ["", null, ""],
])("%j is read as the instruction %s", ([createdBy, keyword, text]) => {
  expect(readHistory(createdBy)).toEqual({ keyword, text });
});
