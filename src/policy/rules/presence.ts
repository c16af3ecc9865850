import type { Inspection } from "../../inspect/inspection.ts";
import { havingBase } from "../advice/missing-base.ts";
import { type FindingOf, isOwnWarning, type Subject } from "../finding.ts";
import { firstWithOrigin, ownFirst } from "../origin.ts";
import { type Sentence, say } from "../sentence.ts";
import { atLevel, type Level, type LevelReason, levelReasons, levelType, moreOfAKind } from "./level.ts";
import type { Explanation, Fact, Rule } from "./rule.ts";

/** A file or directory that an image should not have. */
interface Unwanted {
  readonly path: string;
  readonly pathBase64?: string;
  /** index of the layer that holds it */
  readonly layer: number;
}

/** A rule about files that an image should not have. */
interface Presence<Id extends string, Item extends Unwanted> {
  readonly id: Id;
  readonly about: Fact;
  readonly title: string;
  readonly meaning: string;
  readonly description: string;
  /** what it is about, in the plural: `build tools` */
  readonly what: string;
  /** Returns what an image has. */
  readonly of: (image: Inspection) => readonly Item[];
  /** Returns what the ratchet counts an item as. */
  readonly kindOf: (item: Item) => string;
  readonly nameOf?: (item: Item) => Sentence;
  readonly advice: (items: readonly Item[], subject: Subject) => readonly Sentence[];
}

/** Returns a rule with the levels fail, warn, ratchet and off, which is off by default. */
export function presenceRule<Id extends string, Item extends Unwanted>(
  presence: Presence<Id, Item>,
): Rule<Id, Level, null, LevelReason> {
  const { id, about, title, meaning, description, of, kindOf } = presence;
  return {
    id,
    about,
    title,
    meaning: `${meaning} \`fail\` fails, \`warn\` only warns, and \`off\`, the default, skips the rule. \`ratchet\` fails only for kinds of which the image has more than the base; for a new Dockerfile it only warns, and without a base it is inconclusive.`,
    input: { description, value: "level", default: "off", type: levelType },
    reasons: levelReasons,
    listsEveryPath: true,
    evaluate: (subject, level) => {
      const worse = (head: Inspection, base: Inspection) =>
        moreOfAKind(of(head), of(base), { kindOf, placeOf: ({ path, pathBase64 }) => pathBase64 ?? path });
      const outcome = atLevel(level, subject, { of, worse });
      if (outcome === null) return null;
      const { verdict, reason, items, count } = outcome;
      const paths = ownFirst(items, subject.head).map(({ path }) => path);
      return {
        rule: id,
        verdict,
        actual: count,
        limit: null,
        ...(reason === undefined ? {} : { reason }),
        ...(paths.length === 0 ? {} : { paths }),
      };
    },
    explain: (finding, subject) => explainPresence(presence, finding, subject),
  };
}

function explainPresence<Id extends string, Item extends Unwanted>(
  { of, what, nameOf, advice }: Presence<Id, Item>,
  finding: FindingOf<Id, null, LevelReason>,
  subject: Subject,
): Explanation {
  const { head } = subject;
  const about = new Set(finding.paths);
  const items = of(head).filter(({ path }) => about.has(path));
  const named = firstWithOrigin(items, head, nameOf);
  switch (finding.reason) {
    case undefined:
      return {
        remark: say`none`,
        short: say`without ${[what]}`,
        sentence: say`The image has no ${[what]}.`,
        advice: [],
      };
    case "no-worse-than-base":
      return {
        remark: say`no more than before`,
        short: say`with no more ${[what]} than before`,
        sentence: say`The image has ${[what]}, but no more than before.`,
        advice: [],
      };
    case "worse-than-base":
      return {
        remark: say`more than before`,
        short: say`with more ${[what]} than before`,
        sentence: say`The image has more ${[what]} than before: ${named}.`,
        advice: advice(items, subject),
      };
    case "no-base":
      return {
        remark: say`may be more than before`,
        short: say`with ${[what]}, maybe more than before`,
        sentence: say`The image has ${[what]}: ${named}. Without a base, it is unknown whether that is more than before.`,
        advice: [...havingBase(subject), ...advice(items, subject)],
      };
    case "present-in-new":
      return {
        remark: say`its Dockerfile is new`,
        short: say`with ${[what]}`,
        sentence: say`The new image has ${[what]}: ${named}. From now on, the rule fails only for more.`,
        advice: advice(items, subject),
      };
    default:
      return {
        remark: isOwnWarning(finding) ? say`not wanted` : say`not allowed`,
        short: say`with ${[what]}`,
        sentence: say`The image has ${[what]}: ${named}.`,
        advice: advice(items, subject),
      };
  }
}
