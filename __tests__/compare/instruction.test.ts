import { expect, test } from "vitest";
import { readInstruction } from "../../src/compare/instruction.ts";

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
])("%j is read as %s", ([createdBy, keyword, text]) => {
  expect(readInstruction(createdBy)).toEqual({ keyword, text });
});
