import type { Limit } from "../../policy/limit.ts";

/**
 * `1.27 GB`: three digits, decimal units (MB = 10^6). Exact below 1 kB. Here and below, a no-break space
 * precedes the unit, so that no table breaks there; a terminal shows a plain one.
 */
export function formatBytes(bytes: number): string {
  const unit = unitOf(bytes);
  return `${inUnit(bytes, unit, digitsFor(bytes, unit))}\u00a0${unit.name}`;
}

/** Like formatBytes, but with enough digits to differ from another, unequal size; if need be, in bytes. */
export function formatBytesUnlike(bytes: number, other: number): string {
  if (bytes === other) return formatRound(bytes);
  const unit = unitOf(bytes);
  for (let digits = digitsFor(bytes, unit); digits <= digitsFor(bytes, unit) + 2; digits++) {
    const text = inUnit(bytes, unit, digits);
    if (text !== inUnit(other, unit, digits)) return `${trimmed(bytes, unit, text)}\u00a0${unit.name}`;
  }
  return `${grouped(bytes)}\u00a0B`;
}

/** Formats a row's sizes in the unit of the largest, unless another would lose digits. Null stays null. */
export function formatRow(sizes: readonly (number | null)[]): readonly (string | null)[] {
  const known = sizes.filter((size) => size !== null);
  const unit = unitOf(Math.max(0, ...known));
  const isOne = known.every((size) => size === 0 || size * 10 >= unit.factor);
  if (!isOne) return sizes.map((size) => (size === null ? null : formatBytes(size)));
  return sizes.map((size) =>
    size === null ? null : `${inUnit(size, unit, digitsFor(size, unit))}\u00a0${unit.name}`,
  );
}

/** `+1.26 GB`, `−12.3 kB`, `±0`: the sign is always shown, and minus is U+2212. */
export function formatChange(bytes: number): string {
  return bytes === 0 ? "±0\u00a0B" : `${signOf(bytes)}${formatBytes(Math.abs(bytes))}`;
}

/** `+3`, `−1`, `±0` */
export function formatCountChange(count: number): string {
  return count === 0 ? "±0" : `${signOf(count)}${Math.abs(count)}`;
}

/** `+0.7%`, and `<0.1%` beside a change that has the sign; null if it is too large to be useful. */
export function formatPercentChange(percent: number): string | null {
  const size = Math.abs(percent);
  if (size >= 1000) return null;
  if (size < 0.05) return size === 0 ? "±0%" : "<0.1%";
  // Almost everything is not everything.
  if (size > 99 && size < 100) return `${signOf(percent)}${Math.min(size, 99.9).toFixed(1)}%`;
  return `${signOf(percent)}${size.toFixed(size < 10 ? 1 : 0)}%`;
}

/** `10 MB`, `5%`, `5% and 10 MB` */
export function formatLimit(limit: Limit): string {
  switch (limit.kind) {
    case "bytes":
      return formatRound(limit.bytes);
    case "percent":
      return `${limit.percent}%`;
    case "and":
    case "or":
      return `${limit.percent}% ${limit.kind} ${formatRound(limit.bytes)}`;
  }
}

/** Returns the first characters of a commit, as git shows them. */
export function formatCommit(commit: string): string {
  return commit.slice(0, 7);
}

interface Unit {
  readonly name: string;
  readonly factor: number;
}

const bytesUnit: Unit = { name: "B", factor: 1 };

const units: readonly Unit[] = [
  { name: "TB", factor: 1e12 },
  { name: "GB", factor: 1e9 },
  { name: "MB", factor: 1e6 },
  { name: "kB", factor: 1e3 },
];

/** 999,600 bytes are 1.00 MB, not 1000 kB: a unit begins where its rounding does. */
function unitOf(bytes: number): Unit {
  return units.find(({ factor }) => bytes >= factor * 0.9995) ?? bytesUnit;
}

function digitsFor(bytes: number, unit: Unit): number {
  if (unit.factor === 1) return 0;
  const value = bytes / unit.factor;
  if (value < 9.995) return 2;
  return value < 99.95 ? 1 : 0;
}

function inUnit(bytes: number, unit: Unit, digits: number): string {
  return (bytes / unit.factor).toFixed(digits);
}

/** Formats a size that somebody wrote, such as a limit: 10 MB, not 10.0 MB. */
function formatRound(bytes: number): string {
  const unit = unitOf(bytes);
  return `${trimmed(bytes, unit, inUnit(bytes, unit, digitsFor(bytes, unit)))}\u00a0${unit.name}`;
}

function trimmed(bytes: number, unit: Unit, text: string): string {
  return bytes % unit.factor === 0 ? String(bytes / unit.factor) : text;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function signOf(value: number): string {
  return value < 0 ? "−" : "+";
}
