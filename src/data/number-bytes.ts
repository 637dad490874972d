// Numbers read straight from a file's bytes: a million cells are read without a million strings. What these functions
// are not sure of is left to `parseNumber`, so that both give the same number for the same cell.

const MOST = 2 ** 53;
/** 10 ** k is exact in float64 up to here, and so is a product or quotient of it and an exact whole number, rounded once. */
const EXACT = 22;
const powers = Float64Array.from({ length: EXACT + 1 }, (_, k) => Number(`1e${k}`));

/**
 * The number of the cell at [start, end), correctly rounded (W. D. Clinger, How to read floating point numbers accurately, 1990).
 * @param decimal character code of the decimal mark
 * @returns NaN where the cell is no number or needs another look
 */
export function quickNumber(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let at = start;
  let to = end;
  if (bytes[at] === 34 && to - at > 1 && bytes[to - 1] === 34) { at += 1; to -= 1; }
  while (at < to && bytes[at] === 32) at += 1;
  while (to > at && bytes[to - 1] === 32) to -= 1;
  let code = bytes[at];
  const negative = code === 45;
  if (negative || code === 43) code = bytes[++at];
  let value = 0;
  let digits = 0;
  let exponent = 0;
  let fraction = false;
  for (; at < to; code = bytes[++at]) {
    if (code! >= 48 && code! <= 57) {
      value = value * 10 + (code! - 48);
      if (value > MOST) return NaN;
      digits += 1;
      if (fraction) exponent -= 1;
    } else if (code === decimal && !fraction) {
      fraction = true;
    } else {
      break;
    }
  }
  if (digits === 0) return NaN;
  if (at < to) {
    if ((code! | 32) !== 101) return NaN;
    code = bytes[++at];
    const less = code === 45;
    if (less || code === 43) code = bytes[++at];
    if (at >= to || to - at > 3) return NaN;
    let power = 0;
    for (; at < to; code = bytes[++at]) {
      if (code! < 48 || code! > 57) return NaN;
      power = power * 10 + (code! - 48);
    }
    exponent += less ? -power : power;
  }
  if (exponent < -EXACT || exponent > EXACT) return NaN;
  value = exponent < 0 ? value / powers[-exponent]! : value * powers[exponent]!;
  return negative ? -value : value;
}

/** Whether a cell is certainly neither empty, a number, nor what stands for an infinite one: it holds a sign that none of them has. */
export function surelyWord(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0;
  for (let at = start; at < end; at++) {
    const code = bytes[at]!;
    if (code >= 48 && code <= 57) digits += 1;
    // A colon or a slash, or a minus between digits.
    else if (digits > 0 && (code === 58 || code === 47 || (code === 45 && (bytes[at - 1]! | 32) !== 101))) return true;
    // Letters but those of e, inf and nan.
    else if (code >= 65 && code <= 122) {
      const letter = code | 32;
      if (letter >= 97 && letter <= 122 && letter !== 101 && letter !== 105 && letter !== 110 && letter !== 102 && letter !== 97 && letter !== 116 && letter !== 121) return true;
    }
  }
  return false;
}
