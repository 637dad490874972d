import { fitScaler } from '../../data/preparing/scaler.ts';
import type { ModelSpec, SequenceData } from '../../engine/backend.ts';
import type { LabelledSequences, Reading } from '../../shared/classify.ts';
import { classifyOrder, makeClassifyPlan } from '../../shared/classify-plan.ts';
import { inputError } from '../../shared/errors.ts';
import { splitNames, type Plan, type SplitName } from '../../shared/plan.ts';
import type { ClassifySpec } from '../../shared/spec.ts';
import { tokenInput } from '../text/prepare.ts';

export interface PreparedClasses {
  plan: Plan; model: ModelSpec; data: SequenceData; reading: Reading;
  /** Example of the file at each place, and its class: the places are training, validation, test, one after the other. */
  order: Int32Array; labels: Int32Array;
  /** Starts of the windows of each part. */
  starts: Record<SplitName, Int32Array>;
  counts: Record<SplitName, number[]>;
}

/** The model of a spec that knows so many characters (of a text) and classes. */
export function classModel(spec: ClassifySpec, { characters, classes }: Pick<Reading, 'characters' | 'classes'>): ModelSpec {
  const { cell, hiddenSize, layers, bidirectional, dropout } = spec.model;
  const input = spec.kind === 'numbers' ? { inputSize: 1 } : tokenInput(characters.length + 2, spec.embedding);
  return { cell, hiddenSize, layers, bidirectional, dropout: layers > 1 ? dropout : 0, outputSize: classes.length, headSteps: 'last', ...input };
}

/**
 * The last T steps of each sequence as the network reads them, one sequence after the other; shorter ones are padded at their
 * start: a text with a symbol of its own, numbers with zeros after scaling.
 * @param parts steps of each sequence @returns the input [sequences * T]
 */
export function readingInput(kind: ClassifySpec['kind'], { characters, offset, scale }: Reading, T: number, parts: readonly ArrayLike<number>[]): SequenceData['input'] {
  const tokens = new Map(characters.map((character, token) => [character.codePointAt(0)!, token]));
  const ids = new Int32Array(kind === 'text' ? parts.length * T : 0).fill(characters.length + 1);
  const values = new Float32Array(kind === 'numbers' ? parts.length * T : 0);
  parts.forEach((part, i) => {
    const from = Math.max(0, part.length - T);
    const to = (i + 1) * T - (part.length - from);
    for (let k = from; k < part.length; k++) {
      if (kind === 'text') ids[to + k - from] = tokens.get(part[k]!) ?? characters.length;
      else values[to + k - from] = (part[k]! - offset) / scale;
    }
  });
  return kind === 'text' ? { kind: 'tokens', ids, vocabulary: characters.length + 2 } : { kind: 'dense', values, features: 1 };
}

/** @throws inputError 'classify.unlearnt-label' for a label that the training part does not have, 'classify.too-large' */
export function prepareClasses(spec: ClassifySpec, given: LabelledSequences): PreparedClasses {
  const { values, offsets, classes, lines } = given;
  const order = classifyOrder(given.labels, classes.length, spec.split);
  const labels = order.map((example) => given.labels[example]!);
  const totals = classes.map(() => 0);
  for (const c of labels) totals[c]! += 1;
  const characters = spec.kind === 'text' ? [...new Set(values)].sort((a, b) => a - b).map((code) => String.fromCodePoint(code)) : [];
  const { plan, problem } = makeClassifyPlan(totals, characters.length, spec);
  if (problem !== null) throw problem;
  const { trainEnd, validationEnd, rows } = plan.split;
  const bounds = { train: [0, trainEnd], validation: [trainEnd, validationEnd], test: [validationEnd, rows] } as const;
  const counts = Object.fromEntries(splitNames.map((part) => {
    const of = classes.map(() => 0);
    for (let i = bounds[part][0]; i < bounds[part][1]; i++) of[labels[i]!]! += 1;
    return [part, of];
  })) as Record<SplitName, number[]>;
  const unlearnt = counts.train.indexOf(0);
  if (unlearnt >= 0) {
    const line = lines[order[labels.indexOf(unlearnt)]!]!;
    throw inputError('classify.unlearnt-label', `The label "${classes[unlearnt]!}" stands only in the validation or test part (first on line ${line}), so it cannot be learnt.`, { field: 'split.order', hint: 'Choose the stratified split, which takes a part of each class, or a larger training share.', details: { label: classes[unlearnt]!, line } });
  }
  const parts = Array.from(order, (example) => values.subarray(offsets[example]!, offsets[example + 1]!));
  const T = spec.window.sequenceLength;
  const known = Float64Array.from(spec.kind === 'numbers' ? parts.slice(0, trainEnd).flatMap((part) => Array.from(part.subarray(-T))) : []);
  const reading: Reading = { classes, characters, ...fitScaler(spec.kind === 'numbers' ? spec.scaling : 'none', known, known.length) };
  // The target of a window is the row behind it.
  const targets = new Int32Array(rows * T + 1);
  labels.forEach((c, i) => { targets[(i + 1) * T] = c; });
  return {
    plan: spec.kind === 'numbers' ? { ...plan, scalers: [{ column: spec.sequence, offset: reading.offset, scale: reading.scale }] } : plan,
    model: classModel(spec, reading), reading, order, labels, counts,
    data: { input: readingInput(spec.kind, reading, T, parts), targets: { kind: 'classes', ids: targets }, sequenceLength: T, horizon: 1 },
    starts: Object.fromEntries(splitNames.map((part) => [part, Int32Array.from({ length: bounds[part][1] - bounds[part][0] }, (_, i) => (bounds[part][0] + i) * T)])) as Record<SplitName, Int32Array>,
  };
}
