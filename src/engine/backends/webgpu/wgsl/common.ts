import type { LossSpec, ModelSpec } from '../../../backend.ts';
import type { Places } from '../places.ts';

/** What a shader is written for: sizes are constants of it, the batch and the length of the sequence are not. */
export interface Subject { model: ModelSpec; loss: LossSpec; places: Places; tokens: boolean; classes: boolean }

/** A number as WGSL's f32. */
export function float(value: number): string {
  const text = String(Math.fround(value));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * Bindings and helpers of every shader. Rows of the room lie [time, batch]: row q = t * batch + b. The head has a row for each
 * window (it reads the last step) or for each (time, window).
 */
export function header({ model, places, tokens, classes }: Subject): string {
  const every = model.headSteps === 'every';
  return `
struct Step {
  batch: u32, first: u32, time: u32, capacity: u32,   // windows of this batch; its place in the order; T; time * windows that there is room for
  headCapacity: u32, log: u32, dropout: u32, perTerm: f32, // head rows that there is room for; place in the log; 1: values are dropped; 1 / terms of the mean
  rate: f32, correction1: f32, correction2: f32, clip: f32,
  keys: array<vec4u, 2>,                               // of the dropout masks, by layer
}
@group(0) @binding(0) var<uniform> step: Step;
@group(0) @binding(1) var<storage, read_write> parameters: array<f32>; // learnt, transposed copies, first states
@group(0) @binding(2) var<storage, read_write> series: array<${tokens ? 'u32' : 'f32'}>;
@group(0) @binding(3) var<storage, read_write> wanted: array<${classes ? 'u32' : 'f32'}>;
@group(0) @binding(4) var<storage, read_write> order: array<u32>;      // where each parameter's copy is [P], then starts of windows
@group(0) @binding(5) var<storage, read_write> room: array<f32>;
@group(0) @binding(6) var<storage, read_write> gradient: array<f32>;   // [P], then a sum of squares for each tile
@group(0) @binding(7) var<storage, read_write> slots: array<f32>;      // what the optimizer remembers, [slots, P]
@group(0) @binding(8) var<storage, read_write> journal: array<f32>;        // [0]: 1 when a step was not finite; then loss and norm of each step

const H = ${places.H}u; const GH = ${places.G * places.H}u; const O = ${places.O}u;
fn startOf(b: u32) -> u32 { return order[${places.parameters}u + step.first + b]; }
fn headRows() -> u32 { return ${every ? 'step.time * step.batch' : 'step.batch'}; }
fn outputAt(row: u32, o: u32) -> u32 { return ${places.width}u * step.capacity + row * O + o; }
fn slopeAt(row: u32, o: u32) -> u32 { return ${places.width}u * step.capacity + (step.headCapacity + row) * O + o; }
fn lossAt(row: u32) -> u32 { return ${places.width}u * step.capacity + 2u * O * step.headCapacity + row; }
`;
}

/** A number of the room: of region `at` with `width` floats a row. */
export function inRoom(at: number, width: number, row: string, column: string): string {
  return `room[${at}u * step.capacity + (${row}) * ${width}u + (${column})]`;
}

/** A number of what the layer above reads of layer `layer` (states after dropout where there is any), by unit of H * directions. */
export function outputOf({ places, model }: Subject, layer: number, row: string, unit: string): string {
  const at = (d: number) => {
    const { out, dropped } = places.layers[layer * places.D + d]!;
    return model.dropout > 0 && layer < places.L - 1 ? dropped : out;
  };
  if (places.D === 1) return inRoom(at(0), places.H, row, unit);
  return `room[select(${at(0)}u, ${at(1)}u, (${unit}) >= H) * step.capacity + (${row}) * H + (${unit}) % H]`;
}
