import type { ModelSpec, SequenceData } from '../../engine/backend.ts';
import { countParameters } from '../../engine/index.ts';
import { tokenize, type TokenText } from '../../data/text.ts';
import { inputError } from '../../shared/errors.ts';
import { splitNames, splitRows, windowStarts, type Plan, type SplitName, type StartRange } from '../../shared/plan.ts';
import type { CharSpec } from '../../shared/spec.ts';

export interface PreparedText { text: TokenText; model: ModelSpec; data: SequenceData; plan: Plan; starts: Record<SplitName, StartRange> }

/** @throws inputError for a text that is empty, of one character or shorter than a window */
export function prepareText(spec: CharSpec, source: string): PreparedText {
  if (spec.text.embedding !== null) throw inputError('engine.backend.unsupported', 'No engine reads characters as learnt numbers yet.', { field: 'text.embedding', hint: 'Leave the embedding out: characters go in as one-hot vectors.' });
  const text = tokenize(source, spec.text);
  const rows = text.ids.length;
  const V = text.characters.length;
  const { sequenceLength: T, targets } = spec.window;
  if (rows < T + 1) {
    throw inputError('text.too-short', `The text has ${rows} ${rows === 1 ? 'character' : 'characters'}, and a sequence length of ${T} needs at least ${T + 1} (${T} in, 1 out).`, {
      field: 'window.sequenceLength', hint: `Choose a sequence length of at most ${rows - 1} or a longer text.`, details: { rows, sequenceLength: T, needed: T + 1 },
    });
  }
  const { cell, hiddenSize, layers, bidirectional, dropout } = spec.model;
  const model: ModelSpec = { cell, hiddenSize, layers, bidirectional, dropout: layers > 1 ? dropout : 0, inputSize: V, outputSize: V, headSteps: targets };
  const split = splitRows(rows, spec.split);
  const window = { ...spec.window, horizon: 1 };
  const starts = Object.fromEntries(splitNames.map((part) => [part, windowStarts(split, part, window)])) as Record<SplitName, StartRange>;
  const N = starts.train.count;
  if (N === 0) throw inputError('data.no-training-window', `The training part has ${split.trainEnd} characters, and one window needs ${T + 1}.`, { field: 'window.sequenceLength', hint: 'Choose a shorter sequence length or a larger training share.' });
  const directions = bidirectional ? 2 : 1;
  return {
    text, model, starts,
    data: { input: { kind: 'tokens', ids: text.ids, vocabulary: V }, targets: { kind: 'classes', ids: text.ids }, sequenceLength: T, horizon: 1 },
    plan: {
      split, windows: { train: N, validation: starts.validation.count, test: starts.test.count },
      shapes: { X: [N, T, V], output: [N, T, hiddenSize * directions], hN: [layers * directions, N, hiddenSize], y: targets === 'every' ? [N, T] : [N] },
      parameters: countParameters(model),
    },
  };
}
