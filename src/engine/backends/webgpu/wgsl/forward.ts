import type { LayerPlaces } from '../places.ts';
import { float, inRoom, outputOf, type Subject } from './common.ts';

/**
 * Beyond 80, e to the power of it is no float32 any more; sigmoid and tanh are 0, 1 or -1 long before. What is not a number stays so
 * (WGSL's clamp and max may drop it), so that a broken input is never learnt from in silence.
 */
const helpers = `
fn orNan(x: f32, y: f32) -> f32 { return select(y, x, (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u); }
fn sigmoid(x: f32) -> f32 { return orNan(x, 1.0 / (1.0 + exp(-clamp(x, -80.0, 80.0)))); }
fn squash(x: f32) -> f32 { return orNan(x, tanh(clamp(x, -20.0, 20.0))); }
`;

/** The same hash as src/engine/dropout.ts. */
const dropoutHelpers = (dropout: number) => `
fn mixed(x: u32) -> u32 { var h = x; h = (h ^ (h >> 16u)) * 0x85ebca6bu; h = (h ^ (h >> 13u)) * 0xc2b2ae35u; return h ^ (h >> 16u); }
fn kept(layer: u32, place: u32) -> f32 {
  if (step.dropout == 0u) { return 1.0; }
  let hash = mixed(step.keys[layer / 4u][layer % 4u] + place * 0x9e3779b9u);
  return select(0.0, ${float(1 / (1 - dropout))}, (hash >> 8u) >= ${Math.round(dropout * 16777216)}u);
}
`;

export function forwardHelpers({ model }: Subject): string {
  return helpers + (model.dropout > 0 ? dropoutHelpers(model.dropout) : '');
}

/** Floats of workgroup memory that `forwardLayer` needs. */
export function forwardFloats(H: number, rows: number): number { return 2 * rows * H; }

/** Adds W_ih x of one (row, unit) to the sums `z`: x is a number of the series, a row of the embedding, or what the layer below gives. */
function fromInput(subject: Subject, layer: number, here: LayerPlaces): string {
  const { model, places, tokens } = subject;
  const add = (k: string, x: string) => Array.from({ length: places.G }, (_, g) => `x${g} += ${x} * parameters[${here.turnedIh}u + ${k} * GH + ${g * places.H}u + j];`).join(' ');
  if (layer === 0 && tokens && model.vocabulary === undefined) {
    return `let token = series[startOf(b) + t]; ${add('token', '1.0')}`;
  }
  const x = layer > 0 ? outputOf(subject, layer - 1, 'q', 'k') : model.vocabulary !== undefined ? `parameters[${places.embedding}u + series[startOf(b) + t] * ${model.inputSize}u + k]` : `series[(startOf(b) + t) * ${model.inputSize}u + k]`;
  return `for (var k = 0u; k < ${here.inputs}u; k++) { let x = ${x}; ${add('k', 'x')} }`;
}

/** From the sums x0.. (of the input) and h0.. (of the state) to the gates, the new state `h`, and what the way back needs. */
function cellForward({ model, places }: Subject, here: LayerPlaces, before: string): string {
  const { H } = places;
  const gate = (g: number, value: string) => `${inRoom(here.gates, places.G * H, 'q', `${g * H}u + j`)} = ${value};`;
  switch (model.cell) {
    case 'rnn_tanh': return `let h = squash(x0 + h0); ${gate(0, 'h')}`;
    case 'rnn_relu': return `let sum = x0 + h0; let h = orNan(sum, max(sum, 0.0)); ${gate(0, 'h')}`;
    case 'handwritten': return `let h = x0 + h0; ${gate(0, 'h')}`;
    case 'lstm': return `let i = sigmoid(x0 + h0); let f = sigmoid(x1 + h1); let g = squash(x2 + h2); let o = sigmoid(x3 + h3);
        let c = f * ${before} + i * g; ${inRoom(here.cell, H, 'q', 'j')} = c; let h = o * squash(c);
        ${gate(0, 'i')} ${gate(1, 'f')} ${gate(2, 'g')} ${gate(3, 'o')}`;
    case 'gru': return `let r = sigmoid(x0 + h0); let z = sigmoid(x1 + h1); let n = squash(x2 + r * h2); ${inRoom(here.cell, H, 'q', 'j')} = h2;
        let h = (1.0 - z) * n + z * held[now + i0]; ${gate(0, 'r')} ${gate(1, 'z')} ${gate(2, 'n')}`;
  }
}

/**
 * All steps of one layer and direction for the windows row0 .. row0 + rows - 1, by one workgroup; the state is kept in its memory.
 * Leaves the workgroup at a barrier.
 */
export function forwardLayer(subject: Subject, layer: number, direction: number, rows: number, threads: number): string {
  const { model, places } = subject;
  const { H, G, D } = places;
  const here = places.layers[layer * D + direction]!;
  const bias = (g: number) => `parameters[${here.biasIh + g * H}u + j]`;
  const biasState = (g: number) => `parameters[${here.biasHh + g * H}u + j]`;
  const backwards = direction === 1;
  const first = backwards ? 'step.time - 1u' : '0u';
  const previous = backwards ? 'q + step.batch' : 'q - step.batch';
  const cellBefore = model.cell !== 'lstm' ? '' : `var cBefore = parameters[${here.c0}u + j]; if (s > 0u) { cBefore = ${inRoom(here.cell, H, previous, 'j')}; }`;
  const drop = here.dropped === 0 && !(model.dropout > 0 && layer < places.L - 1) ? '' : `${inRoom(here.dropped, H, 'q', 'j')} = h * kept(${layer}u, (q * ${D}u + ${direction}u) * H + j);`;
  return `
  for (var i0 = lane; i0 < ${rows}u * H; i0 += ${threads}u) { held[i0] = parameters[${here.h0}u + i0 % H]; }
  workgroupBarrier();
  for (var s = 0u; s < step.time; s++) {
    let t = ${backwards ? `${first} - s` : 's'};
    let now = (s & 1u) * ${rows}u * H; let next = ${rows}u * H - now;
    for (var i0 = lane; i0 < ${rows}u * H; i0 += ${threads}u) {
      let j = i0 % H; let b = row0 + i0 / H;
      if (b < step.batch) {
        let q = t * step.batch + b;
        ${Array.from({ length: G }, (_, g) => `var x${g} = ${bias(g)}; var h${g} = ${biasState(g)};`).join(' ')}
        ${fromInput(subject, layer, here)}
        let mine = now + (i0 / H) * H;
        for (var k = 0u; k < H; k++) { let hk = held[mine + k]; ${Array.from({ length: G }, (_, g) => `h${g} += hk * parameters[${here.turnedHh}u + k * GH + ${g * H}u + j];`).join(' ')} }
        ${cellBefore}
        ${cellForward(subject, here, 'cBefore')}
        held[next + i0] = h; ${inRoom(here.out, H, 'q', 'j')} = h; ${drop}
      }
    }
    workgroupBarrier();
  }
  storageBarrier();`;
}
