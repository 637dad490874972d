// What TypeScript calls. Every call takes the Net that it has filled in; nothing here allocates.
import { backward } from './backward';
import { Net } from './fields';
import { forward, packWeights } from './forward';
import { gatherBatch } from './gather';
import { BLOCK, headBackward, headForward, headGradient, headRows } from './head';
import { layerAt, stepSize } from './net';
import { lossRows } from './loss';
import { multiply, pack } from './product';
import { gradientNorm, update } from './optimizer';
import { add, at, lanesSum, madd, smaller, splat } from './vector';

/** First byte that the module itself does not use. */
export function heapBase(): usize { return __heap_base; }

export function packParameters(net: usize): void { packWeights(changetype<Net>(net)); }

/** Gathers the batch and runs it forward, without dropout. */
export function forwardBatch(net: usize): void {
  const n = changetype<Net>(net);
  gatherBatch(n);
  forward(n, 0);
}

/** Runs what already stands in x forward, without dropout. */
export function forwardGiven(net: usize): void { forward(changetype<Net>(net), 0); }

/** Logits of `rows` rows from `first` on; at most a block. */
export function outputRows(net: usize, first: i32, rows: i32): void { headForward(changetype<Net>(net), first, rows); }

/** Adds the loss of the whole batch, after forwardBatch, to lossSum. */
export function addLoss(net: usize): void {
  const n = changetype<Net>(net);
  const all = headRows(n);
  for (let first = 0; first < all; first += BLOCK) {
    const rows = smaller(all - first, BLOCK);
    headForward(n, first, rows);
    lossRows(n, first, rows, false, 0);
  }
}

/** Whether d loss / d output of the last layer is needed for more than the last step of one direction. */
@inline function isDense(n: Net): bool { return n.everyStep !== 0 || n.directions === 2; }

function clearTop(n: Net): void {
  for (let d = 0; d < n.directions; d++) memory.fill(layerAt(n, n.layers - 1, d).dOutput, 0, <usize>(n.time * stepSize(n)) << 2);
}

/**
 * Loss and gradients of the batch; the global norm of the gradient in gradNorm.
 * @param terms that the mean is over; @param step that dropout belongs to, 0: none
 * @returns the sum of the loss
 */
export function gradientOfBatch(net: usize, terms: f64, step: i32): f64 {
  const n = changetype<Net>(net);
  const dense = isDense(n);
  const scale = <f32>(1.0 / terms);
  const all = headRows(n);
  packWeights(n);
  gatherBatch(n);
  forward(n, step);
  n.lossSum = 0;
  if (dense && !n.everyStep) clearTop(n);
  for (let first = 0; first < all; first += BLOCK) {
    const rows = smaller(all - first, BLOCK);
    headForward(n, first, rows);
    lossRows(n, first, rows, true, scale);
    headGradient(n, first, rows);
    headBackward(n, first, rows, dense);
  }
  backward(n, step, dense);
  n.gradNorm = gradientNorm(n);
  return n.lossSum;
}

/**
 * A whole training step. Where loss or gradient are not finite nothing is updated.
 * @param step number of the update, from 1; @param clipNorm 0: no clipping
 * @returns the sum of the loss
 */
export function trainStep(net: usize, terms: f64, step: f64, learningRate: f64, clipNorm: f64): f64 {
  const n = changetype<Net>(net);
  const loss = gradientOfBatch(net, terms, <i32>(<i64>step));
  if (!isFinite(loss) || !isFinite(n.gradNorm)) return loss;
  update(n, step, learningRate, clipNorm > 0 ? <f32>min(1.0, clipNorm / (n.gradNorm + 1e-6)) : 1);
  return loss;
}

/** After forwardBatch of one window: d (sum of the last step's outputs) / d h_t into dOutput of every layer. */
export function traceBack(net: usize): void {
  const n = changetype<Net>(net);
  for (let o = 0; o < n.outputsPadded; o++) store<f32>(at(n.logits, o), o < n.outputs ? 1 : 0);
  clearTop(n);
  headBackward(n, n.everyStep ? n.time - 1 : 0, 1, true);
  backward(n, 0, true);
}

/** The matrix product alone, `times` times, for the guard of the code generation: C [M, N] = A [M, K] B [K, N]. */
export function benchProduct(M: i32, N: i32, K: i32, A: usize, B: usize, packed: usize, C: usize, times: i32): void {
  pack(K, N, B, N, packed);
  for (let i = 0; i < times; i++) multiply(M, N, K, A, K, packed, C, N, 0, 0);
}

/** `times` rounds of 12 independent vector multiply-adds in registers: 96 floating-point operations each, the most that a core does here. */
export function benchPeak(times: i32, x: f32): f32 {
  const a = splat(x);
  const b = splat(<f32>0.5);
  let c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
  for (let i = 0; i < times; i++) {
    c0 = madd(a, b, c0); c1 = madd(a, b, c1); c2 = madd(a, b, c2); c3 = madd(a, b, c3);
    c4 = madd(a, b, c4); c5 = madd(a, b, c5); c6 = madd(a, b, c6); c7 = madd(a, b, c7);
    c8 = madd(a, b, c8); c9 = madd(a, b, c9); c10 = madd(a, b, c10); c11 = madd(a, b, c11);
  }
  return lanesSum(add(add(add(c0, c1), add(c2, c3)), add(add(add(c4, c5), add(c6, c7)), add(add(c8, c9), add(c10, c11)))));
}
