import { inputError, type AppError } from './errors.ts';
import { parameterCount, splitNames, splitRows, windowStarts, type Plan, type SplitName, type SplitRows, type StartRange } from './plan.ts';
import type { CharSpec } from './spec.ts';

/** Window starts of each part of a text. */
export function textStarts(split: SplitRows, window: CharSpec['window']): Record<SplitName, StartRange> {
  return Object.fromEntries(splitNames.map((part) => [part, windowStarts(split, part, { ...window, horizon: 1 })])) as Record<SplitName, StartRange>;
}

/**
 * What the settings make of a text: as `makePlan` of series, with the characters as rows and one-hot vectors or embeddings as features.
 * @param length characters of the text @param vocabulary distinct ones that are kept, the unknown symbol among them
 * @throws never; what cannot be trained comes back as the sentence that says why
 */
export function makeTextPlan(length: number, vocabulary: number, spec: CharSpec): { plan: Plan; problem: AppError | null } {
  const { sequenceLength: T, targets } = spec.window;
  const split = splitRows(length, spec.split);
  const starts = textStarts(split, spec.window);
  const N = starts.train.count;
  const directions = spec.model.bidirectional ? 2 : 1;
  const { embedding } = spec.text;
  const width = embedding ?? vocabulary;
  const plan: Plan = {
    split, windows: { train: N, validation: starts.validation.count, test: starts.test.count },
    shapes: { X: [N, T, width], output: [N, T, spec.model.hiddenSize * directions], hN: [spec.model.layers * directions, N, spec.model.hiddenSize], y: targets === 'every' ? [N, T] : [N] },
    parameters: parameterCount(spec.model, width, vocabulary) + (embedding === null ? 0 : vocabulary * embedding),
  };
  if (length < T + 1) {
    return { plan, problem: inputError('text.too-short', `The text has ${length} ${length === 1 ? 'character' : 'characters'}, and a sequence length of ${T} needs at least ${T + 1} (${T} in, 1 out).`, {
      field: 'window.sequenceLength', hint: length > 1 ? `Choose a sequence length of at most ${length - 1} or a longer text.` : 'Choose a longer text.', details: { rows: length, sequenceLength: T, needed: T + 1, most: length - 1 },
    }) };
  }
  if (N === 0) {
    return { plan, problem: inputError('text.no-training-window', `The training part has ${split.trainEnd} ${split.trainEnd === 1 ? 'character' : 'characters'}, and one window needs ${T + 1}.`, {
      field: 'window.sequenceLength', hint: 'Choose a shorter sequence length or a larger training share.', details: { rows: split.trainEnd, needed: T + 1 },
    }) };
  }
  return { plan, problem: null };
}
