// Backpropagation through time of every layer and direction.
import { GRU, gruBackward } from './cells/gru';
import { LSTM, lstmBackward } from './cells/lstm';
import { plainBackward } from './cells/plain';
import { dropGradient } from './dropout';
import { Layer, Net } from './fields';
import { scatterEmbedded, scatterTokenRows } from './gather';
import { ADD, SET } from './kernels';
import { gatesAt, gradientOf, inputAt, layerAt, slotAfter, slotBefore, stepSize, timeOf } from './net';
import { DEPTH, multiply, multiplyTransposedBlock, pack, sumPacked } from './product';
import { at, smaller } from './vector';

/**
 * Needs d loss / d output of the last layer: in its dOutput (`dense`), or of the last step alone in the first half of dFlow.
 * Leaves the gradients of the weights (with `weights`), and in the dOutput of every dense layer d loss / d h_t in full.
 */
export function backward(n: Net, step: i32, dense: bool, weights: bool): void {
  if (n.embedding) memory.fill(gradientOf(n, n.embedding), 0, n.gradients + (<usize>n.parameterFloats << 2) - gradientOf(n, n.embedding));
  for (let layer = n.layers - 1; layer >= 0; layer--) {
    for (let direction = 0; direction < n.directions; direction++) backwardLayer(n, layer, direction, dense || layer < n.layers - 1, weights);
    if (layer > 0 && layerAt(n, layer - 1, 0).dropped) dropGradient(n, layer - 1, step);
  }
}

function backwardLayer(n: Net, layer: i32, direction: i32, dense: bool, weights: bool): void {
  const L = layerAt(n, layer, direction);
  const B = n.batch;
  const H = n.hiddenPadded;
  const size = stepSize(n);
  const other = at(n.dFlow, size);
  // Steps whose weight gradients are made in one product.
  const together = B >= DEPTH ? 1 : DEPTH / B;
  let waiting = 0;
  let first = true;
  let dh = dense ? at(L.dOutput, timeOf(n, L, n.time - 1) * size) : n.dFlow;
  if (n.cell === LSTM) memory.fill(n.dCell, 0, <usize>size << 2);
  for (let s = n.time - 1; s >= 0; s--) {
    const t = timeOf(n, L, s);
    // Where d loss / d h of the step before is made: dense, on top of what its own output got; else in turns.
    const dhBefore = dense ? (s > 0 ? at(L.dOutput, timeOf(n, L, s - 1) * size) : n.dFlow) : (dh === n.dFlow ? other : n.dFlow);
    const accumulate = dense && s > 0;
    backwardStep(n, L, t, dh, dhBefore, accumulate);
    if (s > 0) multiply(B, H, n.gateWidth, gatesAt(n, L, t), n.gateWidth, L.packedHhT, dhBefore, H, accumulate || n.cell === GRU ? ADD : SET, 0);
    waiting++;
    if (waiting === together || s === 0) {
      addGradients(n, L, layer, direction, L.reverse ? t - waiting + 1 : t, waiting, first, weights);
      first = false;
      waiting = 0;
    }
    dh = dhBefore;
  }
  if (weights) copyBiasGradient(n, L);
}

/** The gates of step t become their derivatives. */
function backwardStep(n: Net, L: Layer, t: i32, dh: usize, dhBefore: usize, accumulate: bool): void {
  const B = n.batch;
  const H = n.hiddenPadded;
  const place = t * stepSize(n);
  const z = gatesAt(n, L, t);
  if (n.cell === LSTM) lstmBackward(B, H, z, slotBefore(n, L, L.cells, t), at(L.squashed, place), dh, n.dCell);
  else if (n.cell === GRU) gruBackward(B, H, z, at(L.candidate, place), slotBefore(n, L, L.states, t), at(L.dCandidate, place), dh, dhBefore, accumulate);
  else plainBackward(n.cell, B * H, slotAfter(n, L, L.states, t), dh, z);
}

/** Adds what `count` steps from `low` on bring: to the weights' and biases' gradients where they are wanted, and to the layer below's dOutput. */
function addGradients(n: Net, L: Layer, layer: i32, direction: i32, low: i32, count: i32, first: bool, weights: bool): void {
  const rows = count * n.batch;
  if (weights) for (let from = 0; from < rows; from += DEPTH) addBlock(n, L, layer, low, from, smaller(rows - from, DEPTH), first && from === 0);
  if (layer > 0) addBelow(n, L, layer, direction, low, rows);
  else if (n.embedding) addEmbedded(n, L, low, rows);
}

/** The gradients of `depth` rows, a row being one window at one step, `from` rows behind the step `low`. The derivatives are packed once for all products. */
function addBlock(n: Net, L: Layer, layer: i32, low: i32, from: i32, depth: i32, first: bool): void {
  const H = n.hiddenPadded;
  const G = n.gateWidth;
  const isGru = n.cell === GRU;
  const own = isGru ? 2 * H : G; // columns whose derivative is the same on the input's side
  const z = at(gatesAt(n, L, low), from * G);
  const dn = at(L.dCandidate, low * stepSize(n) + from * H);
  const gradientIh = gradientOf(n, L.weightIh);
  const isToken = layer === 0 && n.tokens;
  const tokens = at(n.x, low * n.batch + from);
  const K = L.inputWidth;
  if (isToken && first) memory.fill(gradientIh, 0, <usize>(n.features * G) << 2);

  pack(depth, G, z, G, n.scratchB);
  sumPacked(depth, G, n.scratchB, gradientOf(n, L.biasHh), first);
  multiplyTransposedBlock(H, G, depth, at(slotBefore(n, L, L.states, low), from * H), H, n.scratchB, gradientOf(n, L.weightHh), G, first, n.scratchA);
  if (isToken) scatterTokenRows(depth, own, tokens, z, G, gradientIh, G, 0);
  else {
    for (let part = 0; part < L.parts; part++) {
      multiplyTransposedBlock(K, own, depth, at(inputAt(n, layer, part, low), from * K), K, n.scratchB, at(gradientIh, part * K * G), G, first, n.scratchA);
    }
  }
  if (!isGru) return;
  pack(depth, H, dn, H, n.scratchB);
  sumPacked(depth, H, n.scratchB, at(gradientOf(n, L.biasIh), 2 * H), first);
  if (isToken) scatterTokenRows(depth, H, tokens, dn, H, gradientIh, G, 2 * H);
  else {
    for (let part = 0; part < L.parts; part++) {
      multiplyTransposedBlock(K, H, depth, at(inputAt(n, layer, part, low), from * K), K, n.scratchB, at(gradientIh, part * K * G + 2 * H), G, first, n.scratchA);
    }
  }
}

/** d loss / d output of the layer below, from `rows` rows of this layer and direction; set by the first direction, added to by the second. */
function addBelow(n: Net, L: Layer, layer: i32, direction: i32, low: i32, rows: i32): void {
  const H = n.hiddenPadded;
  const G = n.gateWidth;
  const isGru = n.cell === GRU;
  for (let part = 0; part < L.parts; part++) {
    const packed = at(L.packedIhT, part * H * G);
    const dBelow = at(layerAt(n, layer - 1, part).dOutput, low * stepSize(n));
    multiply(rows, H, isGru ? 2 * H : G, gatesAt(n, L, low), G, packed, dBelow, H, direction === 0 ? SET : ADD, 0);
    if (isGru) multiply(rows, H, H, at(L.dCandidate, low * stepSize(n)), H, at(packed, 2 * H * H), dBelow, H, ADD, 0);
  }
}

/** The gradient of the embedding, from `rows` rows of one direction of the first layer. */
function addEmbedded(n: Net, L: Layer, low: i32, rows: i32): void {
  const H = n.hiddenPadded;
  const G = n.gateWidth;
  const F = L.inputWidth;
  const isGru = n.cell === GRU;
  multiply(rows, F, isGru ? 2 * H : G, gatesAt(n, L, low), G, L.packedIhT, n.dInput, F, SET, 0);
  if (isGru) multiply(rows, F, H, at(L.dCandidate, low * stepSize(n)), H, at(L.packedIhT, 2 * H * F), n.dInput, F, ADD, 0);
  scatterEmbedded(n, low, rows, gradientOf(n, n.embedding));
}

/** Both biases stand in one sum, so they share their gradient, but for the candidate of a GRU. */
function copyBiasGradient(n: Net, L: Layer): void {
  const shared = n.cell === GRU ? 2 * n.hiddenPadded : n.gateWidth;
  memory.copy(gradientOf(n, L.biasIh), gradientOf(n, L.biasHh), <usize>shared << 2);
}
