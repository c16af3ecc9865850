import type { Exception } from "../exception.ts";
import { pathPattern } from "../path-pattern.ts";
import { type RuleId, rules } from "../rules/rules.ts";
import { oneOf } from "../words.ts";
import { MapReader } from "./map-reader.ts";
import type { Mistake } from "./mistake.ts";
import type { Value } from "./yaml.ts";

const keys = ["rule", "image", "paths", "reason", "expires"];

/**
 * Reads the exceptions of a policy file.
 * @param images the names of the file's images
 */
export function readExceptions(
  items: readonly Value[],
  images: readonly string[],
  mistakes: Mistake[],
): readonly Exception[] {
  return items.flatMap((item) => {
    const before = mistakes.length;
    const map = new MapReader(item, mistakes, "An exception", keys);
    const rule = map.parsed("rule", (text) => oneOf(ruleIds)(text, "rule"));
    const image = map.parsed("image", (text) => (images.length === 0 ? text : oneOf(images)(text, "image")));
    const paths = map.texts("paths", (path) => pathPattern(path, "paths"));
    const reason = map.text("reason");
    const expires = map.text("expires");
    if (mistakes.length > before) return [];
    if (rule === null) map.mistake("This exception needs a rule, such as rule: distroless.");
    else if (paths !== null && !isByPath(rule))
      map.mistake(`${rule} is not about single paths. Leave paths out to accept what it finds.`, "paths");
    if (reason === null) map.mistake("This exception needs a reason, for those who read it later.");
    if (expires === null)
      map.mistake("This exception needs the last day on which it counts, such as expires: 2027-03-31.");
    else if (!isDay(expires))
      map.mistake(`expires is "${expires}", which is not a day: write it as 2027-03-31.`, "expires");
    if (mistakes.length > before || rule === null || reason === null || expires === null) return [];
    return [{ rule, image, paths, reason, expires }];
  });
}

const ruleIds: readonly RuleId[] = rules.map(({ id }) => id);

function isByPath(id: RuleId): boolean {
  return rules.some((rule) => rule.id === id && rule.listsEveryPath === true);
}

/** Reports whether a text is a day of the calendar, as YYYY-MM-DD. */
function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}
