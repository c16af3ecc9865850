import fc from "fast-check";
import { expect, test } from "vitest";
import { inByteOrder } from "../../src/image/filesystem/filesystem.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import type { LayerEntry } from "../../src/image/layer/entry.ts";
import { candidateKinds, candidatesIn } from "../../src/inspect/candidates.ts";
import { denseMarker, packedMarker, unreadMarker } from "../../src/inspect/programs/unread.ts";
import { fileEntry, madeUpReading } from "../helpers/reading.ts";

const entries: fc.Arbitrary<LayerEntry> = fc
  .record(
    {
      path: fc.constantFrom("bin/sh", "bin/apt", "bin/npm", "bin/app", "sh", "usr/lib/x"),
      type: fc.constantFrom("file", "symlink", "fifo"),
      mode: fc.constantFrom(0o644, 0o755, 0o010, 0),
      size: fc.constantFrom(0, 5),
      content: fc.record(
        {
          format: fc.constantFrom("elf", "script", "other"),
          interpreter: fc.constantFrom("/bin/sh", "/usr/bin/python3"),
          markers: fc.subarray(["dash", "busybox", "apt", packedMarker, denseMarker, unreadMarker]),
        },
        { requiredKeys: ["format"], noNullPrototype: true },
      ),
    },
    { requiredKeys: ["path", "type", "mode", "size"], noNullPrototype: true },
  )
  .map((entry) => ({ ...fileEntry(entry.path), ...entry }));

test("finds candidates of every kind", () => {
  fc.assert(
    fc.property(fc.uniqueArray(entries, { selector: ({ path }) => path }), (entries) => {
      const filesystem = mergeLayers([madeUpReading(entries)]);
      const all = [...inByteOrder(filesystem)];
      const expected = Object.entries(candidateKinds).map(([kind, isOne]) => [kind, all.filter(isOne)]);
      expect(candidatesIn(filesystem)).toEqual(Object.fromEntries(expected));
    }),
    { numRuns: 1000 },
  );
});
