// What TypeScript calls. Every call takes the Net that it has filled in; nothing here allocates.
import { backward } from './backward';
import { Net } from './fields';
import { forward, packWeights } from './forward';
import { gatherBatch } from './gather';
import { BLOCK, headBackward, headForward, headGradient, headRows } from './head';
import { layerAt, stepSize } from './net';
import { lossRows } from './loss';
import { SET } from './kernels';
import { multiply, pack, packTransposed } from './product';
import { gradientNorm, update } from './optimizer';
import { add, at, get, put, smaller } from './vector';

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

/** Loss and gradients of shards `first`, first + stride and so on, after packParameters; each into its own place. */
export function runShards(net: usize, first: i32, stride: i32): void {
  const n = changetype<Net>(net);
  const base = n.wholeBatch / n.shards;
  const larger = n.wholeBatch % n.shards;
  for (let shard = first; shard < n.shards; shard += stride) {
    n.batch = base + i32(shard < larger);
    n.batchOffset = shard * base + smaller(shard, larger);
    n.starts = at(n.wholeStarts, n.batchOffset);
    n.gradients = at(n.shardGradients, shard * n.parameterFloats);
    n.lossSum = 0;
    gradientOfShard(n);
    store<f64>(n.shardLosses + (<usize>shard << 3), n.lossSum);
  }
}

function gradientOfShard(n: Net): void {
  const dense = isDense(n);
  const scale = <f32>(1.0 / n.terms);
  const all = headRows(n);
  gatherBatch(n);
  forward(n, n.dropoutStep);
  if (dense && !n.everyStep) clearTop(n);
  for (let first = 0; first < all; first += BLOCK) {
    const rows = smaller(all - first, BLOCK);
    headForward(n, first, rows);
    lossRows(n, first, rows, true, scale);
    headGradient(n, first, rows);
    headBackward(n, first, rows, dense);
  }
  backward(n, n.dropoutStep, dense, true);
}

/** Adds the shards up: the sum of the gradients, their norm in gradNorm, and the sum of the loss, which is returned. */
export function addShards(net: usize): f64 {
  const n = changetype<Net>(net);
  n.gradients = n.shardGradients;
  let loss = load<f64>(n.shardLosses);
  for (let shard = 1; shard < n.shards; shard++) {
    const from = at(n.shardGradients, shard * n.parameterFloats);
    for (let i = 0; i < n.parameterFloats; i += 4) put(n.gradients, i, add(get(n.gradients, i), get(from, i)));
    loss += load<f64>(n.shardLosses + (<usize>shard << 3));
  }
  n.gradNorm = gradientNorm(n);
  return loss;
}

/**
 * The end of a training step: adds the shards up and updates. Where loss or gradient are not finite nothing is updated.
 * @param step number of the update, from 1; @param clipNorm 0: no clipping
 * @returns the sum of the loss
 */
export function finishStep(net: usize, step: f64, learningRate: f64, clipNorm: f64): f64 {
  const n = changetype<Net>(net);
  const loss = addShards(net);
  if (!isFinite(loss) || !isFinite(n.gradNorm)) return loss;
  update(n, step, learningRate, clipNorm > 0 ? <f32>min(1.0, clipNorm / (n.gradNorm + 1e-6)) : 1);
  return loss;
}

/** A whole training step on one thread; the parameters as in finishStep. */
export function trainStep(net: usize, step: f64, learningRate: f64, clipNorm: f64): f64 {
  packParameters(net);
  runShards(net, 0, 1);
  return finishStep(net, step, learningRate, clipNorm);
}

/** After forwardBatch of one window: d (sum of the last step's outputs) / d h_t into dOutput of every layer. */
export function traceBack(net: usize): void {
  const n = changetype<Net>(net);
  n.gradients = n.shardGradients;
  for (let o = 0; o < n.outputsPadded; o++) store<f32>(at(n.logits, o), o < n.outputs ? 1 : 0);
  clearTop(n);
  headBackward(n, n.everyStep ? n.time - 1 : 0, 1, true);
  backward(n, 0, true, false);
}

/**
 * After forwardBatch of at most a block: d output `output` of the last step, of every window, by what each gate adds up before
 * its nonlinearity, into the gates of every layer (of a GRU's candidate on the input's side into dCandidate).
 */
export function outputBack(net: usize, output: i32): void {
  const n = changetype<Net>(net);
  const dense = isDense(n);
  n.gradients = n.shardGradients;
  if (dense) clearTop(n);
  memory.fill(n.logits, 0, <usize>(n.batch * n.outputsPadded) << 2);
  for (let b = 0; b < n.batch; b++) store<f32>(at(n.logits, b * n.outputsPadded + output), 1);
  headBackward(n, n.everyStep ? (n.time - 1) * n.batch : 0, n.batch, dense);
  backward(n, 0, dense, false);
}

/**
 * After forwardBatch of at most a block: d loss of the last step / d h_t of every window into dOutput of every layer.
 * @param scale one over the terms of a row's mean loss
 */
export function lossBack(net: usize, scale: f64): void {
  const n = changetype<Net>(net);
  const first = n.everyStep ? (n.time - 1) * n.batch : 0;
  n.gradients = n.shardGradients;
  clearTop(n);
  headForward(n, first, n.batch);
  lossRows(n, first, n.batch, true, <f32>scale);
  headBackward(n, first, n.batch, true);
  backward(n, 0, true, false);
}

/** Packs a weight S [N, K] for multiplyVector; N a multiple of 4, padded with rows of zeros. */
export function packWeight(N: i32, K: i32, S: usize, packed: usize): void { packTransposed(K, N, S, K, packed); }

/** y [N] = S [N, K] x [K], of a weight that packWeight has packed: what generating one token after the other needs. */
export function multiplyVector(N: i32, K: i32, x: usize, packed: usize, y: usize): void { multiply(1, N, K, x, K, packed, y, N, SET, 0); }

/** The matrix product alone, `times` times, for the guard of the code generation: C [M, N] = A [M, K] B [K, N]. */
export function benchProduct(M: i32, N: i32, K: i32, A: usize, B: usize, packed: usize, C: usize, times: i32): void {
  pack(K, N, B, N, packed);
  for (let i = 0; i < times; i++) multiply(M, N, K, A, K, packed, C, N, 0, 0);
}
