// Long series cross from main to a trainer in pieces: one message of many megabytes would hold main up for longer than a frame.

type LongArray = Float64Array | Int32Array;

/** Values of a longer array; they follow before the message that has the array. */
export interface Piece { type: 'piece'; array: number; length: number; at: number; values: LongArray }
/** Stands in a message for an array that came in pieces. */
interface Hole { hole: number }

/** Values in a piece: half a megabyte. */
const PIECE = 65_536;

/** A message with its long arrays taken out, and those arrays in pieces, to be posted before it. */
export function inPieces(message: unknown): { pieces: Piece[]; message: unknown } {
  const arrays: LongArray[] = [];
  const without = (value: unknown): unknown => {
    if (value instanceof Float64Array || value instanceof Int32Array) {
      if (value.length <= PIECE) return value;
      const known = arrays.indexOf(value);
      const hole: Hole = { hole: known < 0 ? arrays.push(value) - 1 : known };
      return hole;
    }
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map(without);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, without(inner)]));
  };
  const bare = without(message);
  const pieces = arrays.flatMap((values, array) => Array.from({ length: Math.ceil(values.length / PIECE) }, (_, i): Piece => (
    // A view of the array: whoever posts it takes a copy, or the whole buffer would go along.
    { type: 'piece', array, length: values.length, at: i * PIECE, values: values.subarray(i * PIECE, (i + 1) * PIECE) })));
  return { pieces, message: bare };
}

/** The other end: puts the pieces together again. */
export class Pieces {
  #arrays: LongArray[] = [];

  /** The message as it was sent; null for a piece of one that is still to come. */
  take(message: unknown): unknown {
    if ((message as Piece).type === 'piece') {
      const { array, length, at, values } = message as Piece;
      (this.#arrays[array] ??= values instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)).set(values, at);
      return null;
    }
    if (this.#arrays.length === 0) return message;
    const arrays = this.#arrays;
    const filled = (value: unknown): unknown => {
      if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
      if (Array.isArray(value)) return value.map(filled);
      if ('hole' in value) return arrays[(value as Hole).hole];
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
    };
    // A cancel overtakes the pieces and needs none of them.
    const whole = filled(message);
    if ((message as { type?: string }).type !== 'cancel') this.#arrays = [];
    return whole;
  }
}
