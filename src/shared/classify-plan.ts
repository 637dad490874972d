import { MAX_STEPS } from './classify.ts';
import { inputError, type AppError } from './errors.ts';
import { parameterCount, type Plan, type SplitRows } from './plan.ts';
import type { ClassifySpec } from './spec.ts';

/** Always the same, so that runs with other seeds are judged on the same examples. */
const SHUFFLE = 20_240_229;

/** Numbers from 0 to below 1 (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Examples of a class in the training and validation part; whatever else happens one is learnt from. */
function partsOf(count: number, { train, validation }: ClassifySpec['split']): [number, number] {
  const first = Math.min(count, Math.max(1, Math.round(count * train)));
  return [first, Math.min(count - first, Math.round(count * (train + validation)) - first)];
}

/** How many examples each part has. @param counts examples of each class */
export function classifySplit(counts: readonly number[], split: ClassifySpec['split']): SplitRows {
  const rows = counts.reduce((sum, n) => sum + n, 0);
  const parts = (split.order === 'stratified' ? counts : [rows]).map((n) => partsOf(n, split));
  const trainEnd = parts.reduce((sum, [n]) => sum + n, 0);
  return { trainEnd, validationEnd: parts.reduce((sum, [, n]) => sum + n, trainEnd), rows };
}

/**
 * The examples in the order training, validation, test. Stratified: each class is shared out by itself, drawn by lot;
 * chronological: as they stand in the file.
 */
export function classifyOrder(labels: Int32Array, classes: number, split: ClassifySpec['split']): Int32Array {
  if (split.order === 'chronological') return labels.map((_, i) => i);
  const random = uniform(SHUFFLE);
  const parts: [number[], number[], number[]] = [[], [], []];
  for (let c = 0; c < classes; c++) {
    const mine: number[] = [];
    labels.forEach((label, i) => { if (label === c) mine.push(i); });
    for (let i = mine.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [mine[i], mine[j]] = [mine[j]!, mine[i]!];
    }
    const [train, validation] = partsOf(mine.length, split);
    mine.forEach((example, i) => { parts[i < train ? 0 : i < train + validation ? 1 : 2].push(example); });
  }
  return Int32Array.from(parts.flat());
}

/**
 * What the settings make of labelled sequences.
 * @param counts examples of each class @param vocabulary distinct characters of a text; 0 for numbers
 * @throws never; what cannot be trained comes back as the sentence that says why
 */
export function makeClassifyPlan(counts: readonly number[], vocabulary: number, spec: ClassifySpec): { plan: Plan; problem: AppError | null } {
  const T = spec.window.sequenceLength;
  const split = classifySplit(counts, spec.split);
  const N = split.trainEnd;
  const directions = spec.model.bidirectional ? 2 : 1;
  // The characters, one for all that were not learnt, one for the padding.
  const tokens = vocabulary + 2;
  const width = spec.kind === 'numbers' ? 1 : spec.embedding ?? tokens;
  const plan: Plan = {
    split, windows: { train: N, validation: split.validationEnd - N, test: split.rows - split.validationEnd },
    shapes: { X: [N, T, width], output: [N, T, spec.model.hiddenSize * directions], hN: [spec.model.layers * directions, N, spec.model.hiddenSize], y: [N] },
    parameters: parameterCount(spec.model, width, counts.length) + (spec.kind === 'text' && spec.embedding !== null ? tokens * spec.embedding : 0),
  };
  const steps = split.rows * T;
  if (steps > MAX_STEPS) {
    return { plan, problem: inputError('classify.too-large', `${split.rows} sequences of ${T} steps are ${steps} steps, and at most ${MAX_STEPS} go in.`, {
      field: 'window.sequenceLength', hint: `Choose a sequence length of at most ${Math.max(1, Math.floor(MAX_STEPS / split.rows))}.`, details: { rows: split.rows, sequenceLength: T, steps, limit: MAX_STEPS, most: Math.max(1, Math.floor(MAX_STEPS / split.rows)) },
    }) };
  }
  return { plan, problem: null };
}
