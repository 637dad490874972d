// The linear head on the states of the last layer, in blocks of rows so that the outputs stay in the cache.
import { Net } from './fields';
import { ADD, BIAS, SET } from './kernels';
import { gradientOf, layerAt, outputAt, stepSize } from './net';
import { DEPTH, multiply, multiplyTransposedBlock, pack, sumPacked } from './product';
import { at } from './vector';

/** Rows of a block; `logits` has room for so many. */
export const BLOCK: i32 = DEPTH;

/** Rows that the head reads: B, or T * B. */
@inline export function headRows(n: Net): i32 { return n.everyStep ? n.time * n.batch : n.batch; }

/** Row `first` of what the head reads of a direction, [.., H]. */
@inline function readAt(n: Net, direction: i32, first: i32): usize {
  return at(outputAt(n, layerAt(n, n.layers - 1, direction), n.everyStep ? 0 : n.time - 1), first * n.hiddenPadded);
}

/** logits [rows, O] of the rows from `first` on */
export function headForward(n: Net, first: i32, rows: i32): void {
  const H = n.hiddenPadded;
  const O = n.outputsPadded;
  for (let d = 0; d < n.directions; d++) {
    multiply(rows, O, H, readAt(n, d, first), H, at(n.packedHead, d * H * O), n.logits, O, d === 0 ? BIAS : ADD, n.headBias);
  }
}

/** From the derivative in logits: the head's gradient (set in the first block, then added to). */
export function headGradient(n: Net, first: i32, rows: i32): void {
  const H = n.hiddenPadded;
  const O = n.outputsPadded;
  pack(rows, O, n.logits, O, n.scratchB);
  for (let d = 0; d < n.directions; d++) {
    multiplyTransposedBlock(H, O, rows, readAt(n, d, first), H, n.scratchB, at(gradientOf(n, n.headWeight), d * H * O), O, first === 0, n.scratchA);
  }
  sumPacked(rows, O, n.scratchB, gradientOf(n, n.headBias), first === 0);
}

/** From the derivative in logits: d loss / d states, into dOutput of the last layer or, not `dense`, the first half of dFlow. */
export function headBackward(n: Net, first: i32, rows: i32, dense: bool): void {
  const H = n.hiddenPadded;
  const O = n.outputsPadded;
  for (let d = 0; d < n.directions; d++) {
    const dOutput = at(layerAt(n, n.layers - 1, d).dOutput, n.everyStep ? 0 : (n.time - 1) * stepSize(n));
    multiply(rows, H, O, n.logits, O, at(n.packedHeadT, d * H * O), at(dense ? dOutput : n.dFlow, first * H), H, SET, 0);
  }
}
