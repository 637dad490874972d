import type { Backend, EpochPosition, SequenceData } from '../engine/backend.ts';
import type { Parameters } from '../engine/parameters.ts';
import { GRADIENT_STEPS, type GradientRecord } from '../shared/gradients.ts';

/** Share of the training's multiplications that measuring may take (so few windows at once cost twice as much time); a record takes about so many training steps of its windows. */
const SHARE = 0.01;
const PASSES = 3;
/** Windows of a record. */
const [LEAST, MOST] = [3, 16];
/** Records of a run: a short one on little data is looked at so often all the same. */
const [FEWEST, RECORDS] = [12, 100];

/**
 * Looks at the gradient after some of the epochs: on the same few windows every time, so that records can be compared, and so
 * seldom that training is held up by 2 % at most (a run too short for that is looked at a dozen times). How often follows from the settings alone. Nothing that is learnt changes.
 */
export class GradientWatch {
  readonly #backend: Backend;
  readonly #data: SequenceData;
  readonly #starts: Int32Array;
  readonly #every: number;
  #clipped = 0;
  #steps = 0;

  /** @param train starts of the training windows, at least one */
  constructor(backend: Backend, data: SequenceData, train: Int32Array, epochs: number) {
    this.#backend = backend;
    this.#data = data;
    const { every, windows } = cadence(train.length, epochs);
    this.#every = every;
    this.#starts = Int32Array.from({ length: windows }, (_, i) => train[Math.floor((i * train.length) / windows)]!);
  }

  /** @param last no epoch follows; @returns null where this epoch is not one of those that are looked at */
  async after(epoch: number, { clipped, steps }: EpochPosition, last: boolean): Promise<GradientRecord | null> {
    this.#clipped += clipped;
    this.#steps += steps;
    if ((epoch - 1) % this.#every !== 0 && !last) return null;
    const T = this.#data.sequenceLength;
    const flow = await this.#backend.gradientFlow(this.#starts); // [layers * directions, T]
    const { gradients } = await this.#backend.gradients(this.#starts);
    const width = Math.min(T, GRADIENT_STEPS);
    const rows = flow.length / T;
    const kept = new Float32Array(rows * width);
    for (let row = 0; row < rows; row++) kept.set(narrowed(flow.subarray(row * T, (row + 1) * T), width), row * width);
    const record: GradientRecord = { epoch, width, flow: kept, layers: layerNorms(gradients), memory: narrowed(await this.#memory(), width), clipped: this.#clipped, steps: this.#steps };
    this.#clipped = this.#steps = 0;
    return record;
  }

  /** Mean norm of d output / d x by lag, [T]; of classes the output is the one that is right. */
  async #memory(): Promise<Float32Array> {
    const { sequenceLength: T, targets } = this.#data;
    const sums = new Float64Array(T);
    const byOutput = new Map<number, number[]>();
    for (const start of this.#starts) {
      const output = targets.kind === 'values' ? 0 : targets.ids[start + T]!;
      byOutput.set(output, [...byOutput.get(output) ?? [], start]);
    }
    for (const [output, starts] of byOutput) {
      const norms = await this.#backend.sensitivity(Int32Array.from(starts), output); // [N, T]
      for (let i = 0; i < norms.length; i++) sums[T - 1 - (i % T)]! += norms[i]!;
    }
    return Float32Array.from(sums, (sum) => sum / this.#starts.length);
  }
}

/** How often is looked, and at how many windows. */
function cadence(train: number, epochs: number): { every: number; windows: number } {
  const affordable = Math.ceil((PASSES * LEAST) / (SHARE * train));
  const every = Math.max(Math.ceil(epochs / RECORDS), Math.min(affordable, Math.ceil(epochs / FEWEST)));
  return { every, windows: Math.min(train, MOST, Math.max(LEAST, Math.floor((SHARE * train * every) / PASSES))) };
}

/** Means of neighbours. @returns [width] */
function narrowed(values: Float32Array, width: number): Float32Array {
  if (values.length === width) return values;
  return Float32Array.from({ length: width }, (_, i) => {
    const [from, to] = [Math.floor((i * values.length) / width), Math.floor(((i + 1) * values.length) / width)];
    let sum = 0;
    for (let k = from; k < to; k++) sum += values[k]!;
    return sum / (to - from);
  });
}

/** Norm of the gradient of each layer's parameters (an embedding belongs to the first), and last of the head's. */
function layerNorms(gradients: Parameters): Float32Array {
  const squares: number[] = [];
  let head = 0;
  for (const [name, { values }] of Object.entries(gradients)) {
    let sum = 0;
    for (const value of values) sum += value * value;
    const layer = /_l(\d+)(_reverse)?$/.exec(name)?.[1];
    if (name.startsWith('head.')) head += sum;
    else squares[Number(layer ?? 0)] = (squares[Number(layer ?? 0)] ?? 0) + sum;
  }
  return Float32Array.from([...squares, head], Math.sqrt);
}
