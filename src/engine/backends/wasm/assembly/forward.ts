// Every layer and direction of a batch, forward.
import { GRU, gruForward } from './cells/gru';
import { LSTM, lstmForward } from './cells/lstm';
import { plainForward } from './cells/plain';
import { dropOutput } from './dropout';
import { Layer, Net } from './fields';
import { addTokenRows } from './gather';
import { ADD, BIAS, SET } from './kernels';
import { gatesAt, inputAt, layerAt, slotAfter, slotBefore, stepSize, timeOf } from './net';
import { multiply, pack, packTransposed } from './product';
import { add, at, get, put } from './vector';

/** Packs every weight for its products and adds the two biases up; due after each change of the parameters. */
export function packWeights(n: Net): void {
  const H = n.hiddenPadded;
  const G = n.gateWidth;
  for (let layer = 0; layer < n.layers; layer++) {
    for (let direction = 0; direction < n.directions; direction++) {
      const L = layerAt(n, layer, direction);
      for (let part = 0; part < L.parts; part++) {
        const weight = at(L.weightIh, part * L.inputWidth * G);
        if (layer > 0 || !n.tokens) pack(L.inputWidth, G, weight, G, at(L.packedIh, part * L.inputWidth * G));
        if (layer > 0 || n.embedding) packIhTransposed(n, L.inputWidth, weight, at(L.packedIhT, part * L.inputWidth * G));
      }
      pack(H, G, L.weightHh, G, L.packedHh);
      packTransposed(G, H, L.weightHh, G, L.packedHhT);
      // The bias of a GRU's W_hn h stays inside the reset gate's product.
      const summed = n.cell === GRU ? 2 * H : G;
      for (let j = 0; j < G; j += 4) put(L.bias, j, j < summed ? add(get(L.biasIh, j), get(L.biasHh, j)) : get(L.biasIh, j));
    }
  }
  for (let part = 0; part < n.directions; part++) {
    const weight = at(n.headWeight, part * H * n.outputsPadded);
    pack(H, n.outputsPadded, weight, n.outputsPadded, at(n.packedHead, part * H * n.outputsPadded));
    packTransposed(n.outputsPadded, H, weight, n.outputsPadded, at(n.packedHeadT, part * H * n.outputsPadded));
  }
}

/** A GRU's derivatives of the input side lie in two places, so its transposed weights are packed in two pieces. */
function packIhTransposed(n: Net, width: i32, weight: usize, packed: usize): void {
  const H = n.hiddenPadded;
  if (n.cell !== GRU) return packTransposed(n.gateWidth, width, weight, n.gateWidth, packed);
  packTransposed(2 * H, width, weight, n.gateWidth, packed);
  packTransposed(H, width, at(weight, 2 * H), n.gateWidth, at(packed, 2 * H * width));
}

/** The initial state of a layer and direction into its slot. */
function setInitial(n: Net, L: Layer, index: i32, given: usize, slots: usize): void {
  const H = n.hiddenPadded;
  const bytes = <usize>H << 2;
  let to = slotBefore(n, L, slots, timeOf(n, L, 0));
  if (given === 0) {
    memory.fill(to, 0, bytes * n.batch);
    return;
  }
  let from = given + (n.initialStride ? <usize>(index * n.batch) * bytes : <usize>index * bytes);
  for (let b = 0; b < n.batch; b++) {
    memory.copy(to, from, bytes);
    to += bytes;
    from += n.initialStride;
  }
}

/** x -> states, gates and cells of every step. @param step that dropout belongs to; 0: nothing is dropped */
export function forward(n: Net, step: i32): void {
  for (let layer = 0; layer < n.layers; layer++) {
    for (let direction = 0; direction < n.directions; direction++) {
      const L = layerAt(n, layer, direction);
      setInitial(n, L, layer * n.directions + direction, n.initialH, L.states);
      if (n.cell === LSTM) setInitial(n, L, layer * n.directions + direction, n.initialC, L.cells);
      for (let s = 0; s < n.time; s++) forwardStep(n, L, layer, timeOf(n, L, s), s > 0 || n.initialH !== 0);
      if (L.dropped) dropOutput(n, L, layer, direction, step);
    }
  }
}

/** @param fromState whether the state before is not zero */
function forwardStep(n: Net, L: Layer, layer: i32, t: i32, fromState: bool): void {
  const B = n.batch;
  const H = n.hiddenPadded;
  const G = n.gateWidth;
  const z = gatesAt(n, L, t);
  const before = slotBefore(n, L, L.states, t);
  const after = slotAfter(n, L, L.states, t);
  if (layer === 0 && n.tokens) addTokenRows(B, G, at(n.x, t * B), L.weightIh, L.bias, z);
  else {
    for (let part = 0; part < L.parts; part++) {
      multiply(B, G, L.inputWidth, inputAt(n, layer, part, t), L.inputWidth, at(L.packedIh, part * L.inputWidth * G), z, G, part === 0 ? BIAS : ADD, L.bias);
    }
  }
  if (n.cell === GRU) {
    multiply(B, G, H, before, H, L.packedHh, n.fromState, G, SET, 0);
    gruForward(B, H, z, n.fromState, at(L.biasHh, 2 * H), at(L.candidate, t * stepSize(n)), before, after);
    return;
  }
  if (fromState) multiply(B, G, H, before, H, L.packedHh, z, G, ADD, 0);
  if (n.cell === LSTM) lstmForward(B, H, z, slotBefore(n, L, L.cells, t), slotAfter(n, L, L.cells, t), at(L.squashed, t * stepSize(n)), after);
  else plainForward(n.cell, B * H, z, after);
}
