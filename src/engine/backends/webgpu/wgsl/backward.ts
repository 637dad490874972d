import type { LayerPlaces } from '../places.ts';
import { inRoom, type Subject } from './common.ts';

/** Floats of workgroup memory that `backwardLayer` needs; the derivatives by the gates' sums only where they fit. */
export function backwardFloats({ places, model }: Subject, rows: number, withGates: boolean): number {
  return rows * places.H * (1 + (model.cell === 'lstm' ? 1 : 0) + (withGates ? places.G : 0));
}

/** d loss / d the output of unit j of this layer and direction at q, from what stands above. */
function fromAbove({ model, places }: Subject, layer: number, direction: number): string {
  const { H, D, L } = places;
  const unit = `${direction * H}u + j`;
  if (layer < L - 1) {
    const parts = Array.from({ length: D }, (_, d) => inRoom(places.layers[(layer + 1) * D + d]!.dInput, H * D, 'q', unit)).join(' + ');
    return `dh += (${parts})${model.dropout > 0 ? ` * kept(${layer}u, (q * ${D}u + ${direction}u) * H + j)` : ''};`;
  }
  const sum = (row: string) => `for (var o = 0u; o < O; o++) { dh += room[slopeAt(${row}, o)] * parameters[${places.headWeight}u + o * ${H * D}u + ${unit}]; }`;
  return model.headSteps === 'every' ? sum('q') : `if (t == step.time - 1u) { ${sum('b')} }`;
}

/** From `dh` to the derivatives by the gates' sums, by the step's equations in reference/cells. */
function cellBackward({ model, places }: Subject, here: LayerPlaces, hBefore: string, cBefore: string, gates: (g: number, value: string) => string): string {
  const { H, G } = places;
  const gate = (g: number) => inRoom(here.gates, G * H, 'q', `${g * H}u + j`);
  switch (model.cell) {
    case 'rnn_tanh': return `let h = ${gate(0)}; ${gates(0, 'dh * (1.0 - h * h)')}`;
    case 'rnn_relu': return `${gates(0, `select(0.0, dh, ${gate(0)} > 0.0)`)}`;
    case 'handwritten': return gates(0, 'dh');
    case 'lstm': return `let i = ${gate(0)}; let f = ${gate(1)}; let g = ${gate(2)}; let o = ${gate(3)}; let squashed = squash(${inRoom(here.cell, H, 'q', 'j')});
        let dc = dCell[i0] + dh * o * (1.0 - squashed * squashed); ${cBefore}
        ${gates(0, 'dc * g * i * (1.0 - i)')} ${gates(1, 'dc * before * f * (1.0 - f)')} ${gates(2, 'dc * i * (1.0 - g * g)')} ${gates(3, 'dh * squashed * o * (1.0 - o)')}
        dCell[i0] = dc * f;`;
    case 'gru': return `let r = ${gate(0)}; let z = ${gate(1)}; let n = ${gate(2)}; ${hBefore}
        let dn = dh * (1.0 - z) * (1.0 - n * n); let hn = ${inRoom(here.cell, H, 'q', 'j')};
        ${gates(0, 'dn * hn * r * (1.0 - r)')} ${gates(1, 'dh * (before - n) * z * (1.0 - z)')} ${gates(2, 'dn')}
        dState[i0] = dh * z;`;
  }
}

/**
 * Backpropagation through time of one layer and direction for the windows row0 .. row0 + rows - 1, by one workgroup.
 * @param withGates whether the derivatives by the gates' sums stand in the workgroup's memory, or are read from the room
 */
export function backwardLayer(subject: Subject, layer: number, direction: number, rows: number, threads: number, withGates: boolean): string {
  const { model, places } = subject;
  const { H, G, D } = places;
  const here = places.layers[layer * D + direction]!;
  const lstm = model.cell === 'lstm';
  const gru = model.cell === 'gru';
  const backwards = direction === 1;
  const earlier = backwards ? 'q + step.batch' : 'q - step.batch';
  const before = (from: number, at: number) => `var before = parameters[${from}u + j]; if (s > 0u) { before = ${inRoom(at, H, earlier, 'j')}; }`;
  // What goes back to the state: of a GRU's third gate what stands behind the reset gate.
  const toState = (g: number, value: string) => `{ let d = ${value}; ${inRoom(here.dGates, G * H, 'q', `${g * H}u + j`)} = d;
          ${gru && g === 2 ? `let back = d * r; ${inRoom(here.dFromState, H, 'q', 'j')} = back; ${withGates ? `dGate[(i0 / H) * GH + ${g * H}u + j] = back;` : ''}` : withGates ? `dGate[(i0 / H) * GH + ${g * H}u + j] = d;` : ''} }`;
  const gateNow = (m: string) => withGates ? `dGate[r * GH + ${m}]` : inRoom(here.dGates, G * H, 'q', m);
  const products = withGates || !gru
    ? `for (var m = 0u; m < GH; m++) { sum += ${gateNow('m')} * parameters[${here.weightHh}u + m * H + k]; }`
    : `for (var m = 0u; m < ${2 * H}u; m++) { sum += ${gateNow('m')} * parameters[${here.weightHh}u + m * H + k]; }
        for (var m = 0u; m < H; m++) { sum += ${inRoom(here.dFromState, H, 'q', 'm')} * parameters[${here.weightHh}u + (${2 * H}u + m) * H + k]; }`;
  const toInput = here.dInput === 0 && !(layer > 0 || model.vocabulary !== undefined) ? '' : `
    for (var i0 = lane; i0 < ${rows}u * ${here.inputs}u; i0 += ${threads}u) {
      let k = i0 % ${here.inputs}u; let b = row0 + i0 / ${here.inputs}u;
      if (b < step.batch) {
        let q = t * step.batch + b;
        var sum = 0.0;
        for (var m = 0u; m < GH; m++) { sum += ${inRoom(here.dGates, G * H, 'q', 'm')} * parameters[${here.weightIh}u + m * ${here.inputs}u + k]; }
        ${inRoom(here.dInput, here.inputs, 'q', 'k')} = sum;
      }
    }`;
  return `
  for (var i0 = lane; i0 < ${rows}u * H; i0 += ${threads}u) { dState[i0] = 0.0; ${lstm ? 'dCell[i0] = 0.0;' : ''} }
  for (var back = 0u; back < step.time; back++) {
    let s = step.time - 1u - back; // steps after the first in this direction
    let t = ${backwards ? 'step.time - 1u - s' : 's'};
    for (var i0 = lane; i0 < ${rows}u * H; i0 += ${threads}u) {
      let j = i0 % H; let b = row0 + i0 / H;
      if (b < step.batch) {
        let q = t * step.batch + b;
        var dh = dState[i0];
        ${fromAbove(subject, layer, direction)}
        ${cellBackward(subject, here, before(here.h0, here.out), before(here.c0, here.cell), toState)}
      }
    }
    workgroupBarrier(); storageBarrier();
    for (var i0 = lane; i0 < ${rows}u * H; i0 += ${threads}u) {
      let k = i0 % H; let r = i0 / H; let b = row0 + r;
      if (b < step.batch) {
        let q = t * step.batch + b;
        var sum = ${gru ? 'dState[i0]' : '0.0'};
        ${products}
        dState[i0] = sum;
      }
    }${toInput}
    workgroupBarrier();
  }
  storageBarrier();`;
}
