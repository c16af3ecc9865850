import pc from "picocolors";
import type { Verdict } from "../../policy/finding.ts";

/** How wide a terminal is, and whether it shows colours. */
export interface Looks {
  readonly columns: number;
  readonly colour: boolean;
}

/** What a terminal is written with. */
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

/** Of a name or a command that is to stay in one line; the renderer makes plain spaces of the hard ones. */
const maxUnbroken = 48;

/** A verdict in a sign, words and a colour. */
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
