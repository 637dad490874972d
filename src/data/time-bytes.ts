// Times read straight from a file's bytes: the plain ISO 8601 forms, which nearly every long file has. What is not one of
// them is left to `readTime`, so that both give the same time for the same cell.

/** Of 1970-01-01 and the proleptic Gregorian calendar, days from the epoch (H. Hinnant, days_from_civil). */
function daysFromCivil(y: number, m: number, d: number): number {
  const year = m <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const yoe = year - era * 400;
  const doy = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

const last = { y: 0, m: 0, d: 0, at: NaN };

/** Milliseconds of a day's beginning; rows of one day follow one another. */
function sameDay(y: number, m: number, d: number): number {
  if (d !== last.d || m !== last.m || y !== last.y) {
    last.at = daysFromCivil(y, m, d) * 86_400_000;
    last.y = y;
    last.m = m;
    last.d = d;
  }
  return last.at;
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysOfMonth(y: number, m: number): number {
  return m === 2 && y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0) ? 29 : lengths[m - 1]!;
}

/** Two digits at `at`; -1 where they are none. */
function two(bytes: Uint8Array, at: number): number {
  const a = bytes[at]! - 48;
  const b = bytes[at + 1]! - 48;
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1;
}

/**
 * Epoch milliseconds of 2024-01-31, 2024-01-31 23:59, 2024-01-31T23:59:59.123456 and, where `zoned`, those with a Z at their end.
 * @returns NaN for any other form
 */
export function quickIso(bytes: Uint8Array, start: number, end: number, zoned: boolean): number {
  let to = end;
  if (zoned) {
    if (bytes[to - 1] !== 90) return NaN;
    to -= 1;
  }
  const length = to - start;
  const separator = bytes[start + 4];
  if (length < 10 || (separator !== 45 && separator !== 47) || bytes[start + 7] !== separator) return NaN;
  const century = two(bytes, start);
  const y2 = two(bytes, start + 2);
  const m = two(bytes, start + 5);
  const d = two(bytes, start + 8);
  if (century < 1 || y2 < 0 || m < 1 || m > 12 || d < 1) return NaN;
  const y = century * 100 + y2;
  if (d > 28 && d > daysOfMonth(y, m)) return NaN;
  const day = sameDay(y, m, d);
  if (length === 10) return zoned ? NaN : day;
  const between = bytes[start + 10];
  if (length < 16 || (between !== 84 && between !== 32) || bytes[start + 13] !== 58) return NaN;
  const h = two(bytes, start + 11);
  const minute = two(bytes, start + 14);
  if (h < 0 || h > 23 || minute < 0 || minute > 59) return NaN;
  let ms = (h * 60 + minute) * 60_000;
  if (length > 16) {
    const s = two(bytes, start + 17);
    if (length < 19 || bytes[start + 16] !== 58 || s < 0 || s > 59) return NaN;
    ms += s * 1000;
    if (length > 19) {
      if (bytes[start + 19] !== 46 || length < 21 || length > 29) return NaN;
      let fraction = 0;
      let scale = 1;
      for (let at = start + 20; at < to; at++) {
        const digit = bytes[at]! - 48;
        if (digit < 0 || digit > 9) return NaN;
        fraction = fraction * 10 + digit;
        scale *= 10;
      }
      ms += (fraction / scale) * 1000;
    }
  }
  return day + ms;
}
