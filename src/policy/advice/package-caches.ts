import type { Inspection } from "../../inspect/inspection.ts";
import { type Sentence, say } from "../sentence.ts";
import { isWorthIt } from "./own-layers.ts";

/**
 * Returns how to keep the caches of package managers out of the image, the largest first. Leaves out those of the
 * base image, and those below a hundredth of the image.
 * @param said layers of which other advice already says it
 */
export function withoutCaches(head: Inspection, said: ReadonlySet<number>): readonly Sentence[] {
  return head.packageCaches
    .filter(({ layer, bytes }) => !said.has(layer) && isWorthIt(bytes, head))
    .filter(({ layer }) => head.layers[layer]?.origin !== "base-image")
    .slice(0, maxAdvice)
    .map(({ path, bytes, layer }) => {
      const line = head.layers[layer]?.line ?? null;
      const where = line === null ? ["An instruction leaves"] : say`Line ${line} leaves`;
      return say`${where} ${{ bytes }} in ${path}, which nothing needs at run time: ${remedies.get(path) ?? say`remove it`} in the same instruction.`;
    });
}

const maxAdvice = 2;

const remedies: ReadonlyMap<string, Sentence> = new Map([
  ["/var/lib/apt/lists", say`run ${"rm -rf /var/lib/apt/lists/*"}`],
  ["/var/cache/apt", say`run ${"apt-get clean"}`],
  ["/var/cache/apk", say`use ${"apk add --no-cache"}`],
  ["/var/cache/dnf", say`run ${"dnf clean all"}`],
  ["/var/cache/libdnf5", say`run ${"dnf clean all"}`],
  ["/var/cache/yum", say`run ${"yum clean all"}`],
  ["/root/.cache/pip", say`use ${"pip install --no-cache-dir"}`],
  ["/root/.cache/uv", say`use ${"uv --no-cache"}`],
  ["/root/.npm/_cacache", say`run ${"npm cache clean --force"}`],
  ["/usr/local/share/.cache/yarn", say`run ${"yarn cache clean"}`],
]);
