/** A list or text that was cut. */
export interface Omission {
  /** where it is in the record, such as images.0.head.shells */
  readonly at: string;
  /** how many items or characters it had */
  readonly of: number;
}

/**
 * Cuts a record to a length that can be written, read and looked at. Keeps the beginning of long lists and
 * both ends of long texts, and records their full length. A hostile image may have millions of files, each
 * with a name of thousands of characters.
 * @param max characters of JSON, roughly
 * @returns the same object if nothing was cut
 */
export function bounded<T extends object>(record: T, max = maxCharacters): T {
  for (const level of levels) {
    const cut = cutTo(record, level, max);
    if (cut === null) continue;
    return cut.omitted.length === 0 ? record : { ...cut.record, omitted: cut.omitted };
  }
  throw new Error("the last level fits any record");
}

interface Level {
  /** kept of one list */
  readonly items: number;
  /** kept of one text */
  readonly characters: number;
}

/** Of JSON, roughly. */
const maxCharacters = 32_000_000;

/** Lists are nested at most four deep, so the last level keeps no more than 81 texts of each kind. */
const levels: readonly Level[] = [
  { items: 10_000, characters: 65_536 },
  { items: 1000, characters: 4096 },
  { items: 100, characters: 1024 },
  { items: 10, characters: 512 },
  { items: 3, characters: 256 },
];

/** Limits the omissions that are recorded: each list of each of a thousand images may have one. */
const maxOmissions = 1000;

/** Cuts a record to one level; null if it is still too long. */
function cutTo<T>(
  record: T,
  { items, characters }: Level,
  max: number,
): { readonly record: T; readonly omitted: readonly Omission[] } | null {
  const omitted: Omission[] = [];
  let left = max;

  function omit(at: string, of: number): void {
    if (omitted.length < maxOmissions) omitted.push({ at, of });
  }

  function cut(value: unknown, at: string): unknown {
    if (left < 0) return null;
    if (typeof value === "string") {
      left -= Math.min(value.length, characters) + 3;
      if (value.length <= characters) return value;
      omit(at, value.length);
      return bothEnds(value, characters);
    }
    if (typeof value !== "object" || value === null) {
      left -= 8;
      return value;
    }
    if (!Array.isArray(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => {
          left -= key.length + 6;
          return [key, cut(item, at === "" ? key : `${at}.${key}`)];
        }),
      );
    }
    if (value.length > items) omit(at, value.length);
    return value.slice(0, items).map((item, index) => cut(item, `${at}.${index}`));
  }

  const result = cut(record, "") as T;
  return left < 0 ? null : { record: result, omitted };
}

function bothEnds(text: string, characters: number): string {
  const end = Math.floor((characters - 1) / 2);
  return `${text.slice(0, end)}…${text.slice(-end)}`.toWellFormed();
}
