import pc from "picocolors";
import type { Verdict } from "../../policy/finding.ts";

/** How wide a terminal is in columns, and whether it shows colours. */
export interface Looks {
  readonly columns: number;
  readonly colour: boolean;
}

/** What writes to a terminal. */
export interface Pen {
  readonly columns: number;
  readonly paint: ReturnType<typeof pc.createColors>;
  /** how names, paths and instructions are set off */
  readonly code: (text: string) => string;
}

export function makePen({ columns, colour }: Looks): Pen {
  const paint = pc.createColors(colour);
  return {
    columns: Math.min(Math.max(columns, 40), 120),
    paint,
    code: (text) => paint.cyan(text.length > maxUnbroken ? text : text.replaceAll(" ", "\u00a0")),
  };
}

/** Maximum length of a name or command that is never broken. Its no-break spaces become plain later. */
const maxUnbroken = 48;

/** Returns a verdict as a sign and a word, in colour. */
export function mark(verdict: Verdict, { paint }: Pen): string {
  switch (verdict) {
    case "pass":
      return paint.green("✓ pass");
    case "warn":
      return paint.yellow("! warning");
    case "fail":
      return paint.red("✗ fail");
    case "inconclusive":
      return paint.magenta("? inconclusive");
  }
}
