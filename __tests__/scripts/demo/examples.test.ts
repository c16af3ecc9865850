import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { examples } from "../../../scripts/demo/examples.ts";

test.each(examples)(
  "the Dockerfiles of the $name are complete",
  async ({ name, sources, changes, baseImages }) => {
    const directory = `examples/${name}`;
    const dockerfiles = new Set(changes.flatMap(({ from, to }) => [from, to]));
    expect((await readdir(directory)).filter((file) => file.startsWith("Dockerfile")).toSorted()).toEqual(
      [...dockerfiles].toSorted(),
    );
    const named = new Set<string>();
    for (const dockerfile of dockerfiles) {
      const text = await readFile(`${directory}/${dockerfile}`, "utf8");
      for (const [, image = ""] of text.matchAll(/^FROM (\S+)/gm)) if (image !== "scratch") named.add(image);
      const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = ""]) =>
        files.split(" "),
      );
      expect(sources).toEqual(expect.arrayContaining(copied));
    }
    expect(baseImages.map(({ reference }) => reference).toSorted()).toEqual([...named].toSorted());
  },
);

test("each pull request of an example has a branch and a base of its own", () => {
  for (const { changes } of examples) {
    const branches = changes.flatMap(({ name, base }) => [name, base]);
    expect(new Set(branches).size).toBe(branches.length);
  }
});
