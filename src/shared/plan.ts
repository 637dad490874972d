import { inputError, type AppError } from './errors.ts';
import { inputSizeOf } from './features.ts';
import type { Architecture, ForecastSpec, SplitShares } from './spec.ts';

/** Rows of each part: train [0, trainEnd), validation [trainEnd, validationEnd), test [validationEnd, rows). */
export interface SplitRows { trainEnd: number; validationEnd: number; rows: number }

export const splitNames = ['train', 'validation', 'test'] as const;
export type SplitName = (typeof splitNames)[number];

/** Chronological split: boundaries rounded to whole rows; nothing is shuffled across them. */
export function splitRows(rows: number, shares: SplitShares): SplitRows {
  const trainEnd = Math.min(rows, Math.round(rows * shares.train));
  const validationEnd = shares.test === 0 ? rows : Math.min(rows, Math.max(trainEnd, Math.round(rows * (shares.train + shares.validation))));
  return { trainEnd, validationEnd, rows };
}

/** Window starts are first, first + step, ... (count of them). */
export interface StartRange { first: number; step: number; count: number }

/**
 * Window starts of one part. A window that starts at s takes the rows s .. s+T-1 in and the rows
 * s+T .. s+T+horizon-1 out; it belongs to the part that holds ALL its target rows. Inputs may reach back into
 * the part before (they are known by then), targets never cross a boundary. With a target at every step the first
 * target is row s+1.
 */
export function windowStarts(split: SplitRows, part: SplitName, { sequenceLength, horizon, stride, targets }: ForecastSpec['window']): StartRange {
  const from = part === 'train' ? 0 : part === 'validation' ? split.trainEnd : split.validationEnd;
  const to = part === 'train' ? split.trainEnd : part === 'validation' ? split.validationEnd : split.rows;
  const first = Math.max(0, from - (targets === 'every' ? 1 : sequenceLength));
  const last = to - horizon - sequenceLength;
  const step = part === 'train' ? stride : 1;
  return { first, step, count: last < first ? 0 : Math.floor((last - first) / step) + 1 };
}

/** Number of gates: how many blocks of hiddenSize rows a weight has. */
export function gateCount(cell: Architecture['cell']): number {
  return cell === 'lstm' ? 4 : cell === 'gru' ? 3 : 1;
}

/** Trainable numbers of the recurrent layers (two biases each, as in PyTorch) and the linear head. */
export function parameterCount(model: Architecture, inputSize: number, outputSize: number): number {
  const directions = model.bidirectional ? 2 : 1;
  const rows = gateCount(model.cell) * model.hiddenSize;
  let count = 0;
  for (let layer = 0; layer < model.layers; layer++) {
    const width = layer === 0 ? inputSize : model.hiddenSize * directions;
    count += directions * rows * (width + model.hiddenSize + 2);
  }
  return count + outputSize * (model.hiddenSize * directions + 1);
}

/** What the settings make of this very data; every shape is [batch, time, feature] in PyTorch's words. */
export interface Plan {
  split: SplitRows;
  windows: Record<SplitName, number>;
  shapes: { X: [number, number, number]; output: [number, number, number]; hN: [number, number, number]; y: number[] };
  parameters: number;
  /** How each column is scaled, fitted on the training part alone; of a run that has started. */
  scalers?: ColumnScaler[] | undefined;
}

/** scaled = (value - offset) / scale */
export interface ColumnScaler { column: string; offset: number; scale: number }

/** Numbers of X at most: an array of 2 GB. */
const MAX_VALUES = 2 ** 29;

/**
 * @param split of the rows: `splitRows` by shares, `splitOf` (src/data) by any split
 * @throws never; a plan that cannot be trained comes back as the sentence that says why.
 */
export function makePlan(split: SplitRows, spec: ForecastSpec): { plan: Plan; problem: AppError | null } {
  const { sequenceLength: T, horizon, targets } = spec.window;
  const { rows } = split;
  const inputSize = inputSizeOf(spec.roles, horizon);
  const width = spec.roles.targets.length;
  const out = width === 1 ? [horizon] : [horizon, width];
  const count = (part: SplitName) => windowStarts(split, part, spec.window).count;
  const windows = { train: count('train'), validation: count('validation'), test: count('test') };
  const N = windows.train;
  const directions = spec.model.bidirectional ? 2 : 1;
  const H = spec.model.hiddenSize;
  const plan: Plan = {
    split, windows,
    shapes: {
      X: [N, T, inputSize], output: [N, T, H * directions], hN: [spec.model.layers * directions, N, H], y: targets === 'every' ? [N, T, ...out] : [N, ...out],
    },
    parameters: parameterCount(spec.model, inputSize, horizon * width),
  };
  if (rows * inputSize > MAX_VALUES) {
    return { plan, problem: inputError('data.too-many-features', `${rows} rows of ${inputSize} inputs each are more than the ${MAX_VALUES} numbers that can go in.`, {
      field: 'roles.inputs', hint: 'Choose fewer inputs, codes in place of one-hot categories, or a shorter horizon for inputs that are known in the future.', details: { rows, features: inputSize, limit: MAX_VALUES },
    }) };
  }
  const needed = T + horizon;
  if (rows < needed) {
    return { plan, problem: inputError('data.too-few-rows',
      `The data has ${rows} ${rows === 1 ? 'row' : 'rows'}, and a sequence length of ${T} needs at least ${needed} (${T} in, ${horizon} out).`,
      { field: 'window.sequenceLength', hint: split.trainEnd > horizon ? `Choose a sequence length of at most ${split.trainEnd - horizon} or a longer file.` : horizon > 1 && rows > 1 ? `Choose a horizon of at most ${rows - 1} or a longer file.` : 'Open a longer file.', details: { rows, sequenceLength: T, horizon, needed } }) };
  }
  if (N === 0) {
    return { plan, problem: inputError('data.no-training-window',
      `The training part has ${split.trainEnd} ${split.trainEnd === 1 ? 'row' : 'rows'}, and one window needs ${needed} (${T} in, ${horizon} out).`,
      { field: 'window.sequenceLength', hint: 'Choose a shorter sequence length or a larger training share.', details: { rows: split.trainEnd, sequenceLength: T, horizon, needed } }) };
  }
  return { plan, problem: null };
}
