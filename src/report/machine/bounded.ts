/** Where a record holds only a part of what there is. */
export interface Omission {
  /** the way to it, such as images.0.head.shells */
  readonly at: string;
  /** how many items or characters there are */
  readonly of: number;
}

/**
 * A record that is no longer than can be written, read and looked at: of long lists the beginning, of long texts both
 * ends, and what there was in all. A hostile image has millions of files, each with a name of thousands of characters.
 * @returns the same object where nothing is left out
 */
export function bounded<T extends object>(record: T, max = maxCharacters): T {
  for (const level of levels) {
    const cut = cutTo(record, level, max);
    if (cut === null) continue;
    return cut.omitted.length === 0 ? record : { ...cut.record, omitted: cut.omitted };
  }
  throw new Error("the last level fits whatever there is");
}

interface Level {
  /** of one list */
  readonly items: number;
  /** of one text */
  readonly characters: number;
}

/** Of JSON, roughly. */
const maxCharacters = 32_000_000;

/** Lists are nested four deep at most, so that the last level has no more than 81 texts of each kind. */
const levels: readonly Level[] = [
  { items: 10_000, characters: 65_536 },
  { items: 1000, characters: 4096 },
  { items: 100, characters: 1024 },
  { items: 10, characters: 512 },
  { items: 3, characters: 256 },
];

/** How many omissions are told of: each list of each of a thousand images may have one. */
const maxOmissions = 1000;

/** Null where that would be too much. */
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
