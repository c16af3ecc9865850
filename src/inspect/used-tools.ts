import type { ImageConfig } from "../image/documents/config.ts";
import type { BuildTool, Shell } from "./inspection.ts";
import type { Start } from "./start/start.ts";

/** What shows which tools an image uses. */
interface Uses {
  readonly config: Pick<ImageConfig, "entrypoint" | "cmd" | "healthcheck">;
  readonly start: Start;
  readonly shells: readonly Shell[];
}

/**
 * Says of each tool whether the image's command starts it, or ENTRYPOINT, CMD or HEALTHCHECK name it. If a shell runs
 * the command, its script may use any other tool, and so may a command that is not known.
 */
export function withUses(
  tools: readonly Omit<BuildTool, "isUsed">[],
  { config, start, shells }: Uses,
): readonly BuildTool[] {
  const opened = new Set(start.chain.map(({ path }) => path));
  const mayUseAny = start.verdict === "unknown" || shells.some(({ path }) => opened.has(path));
  const texts = [...(config.entrypoint ?? []), ...(config.cmd ?? []), ...(config.healthcheck ?? [])];
  const words = new Set(
    texts.slice(0, maxTexts).flatMap((text) => text.slice(0, maxLength).split(/[^\w.+-]+/)),
  );
  return tools.map((tool) => {
    const isNamed = (opened.has(tool.path) && tool.pathBase64 === undefined) || words.has(tool.name);
    return { ...tool, isUsed: isNamed ? true : mayUseAny ? null : false };
  });
}

/** Words of a command, and characters of each, that are looked at. */
const maxTexts = 1000;
const maxLength = 10_000;
