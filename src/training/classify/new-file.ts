import { probabilitiesOf } from '../../engine/index.ts';
import type { Parameters } from '../../engine/parameters.ts';
import { PREVIEW, type Reading } from '../../shared/classify.ts';
import { MOST_PREVIEWS, type ClassifiedFile, type NewSequences } from '../../shared/new-file.ts';
import type { ClassifySpec } from '../../shared/spec.ts';
import type { Engines } from '../choose.ts';
import { scoresOf } from './metrics.ts';
import { classModel, readingInput } from './prepare.ts';

/** Sequences told at once. */
const CHUNK = 256;
/** Unseen characters that are named. */
const NAMED = 50;

interface Question {
  spec: ClassifySpec; reading: Reading; parameters: Parameters; sequences: NewSequences;
  /** The class that is most frequent in the run's training part. */
  frequent: number;
  pause: () => Promise<boolean>;
}

/** A sequence as a person reads it. */
export function sequenceText(kind: ClassifySpec['kind'], values: ArrayLike<number>): string {
  return kind === 'text' ? Array.from(values, (code) => String.fromCodePoint(code)).join('') : Array.from(values, String).join(' ');
}

/**
 * The class of every sequence of a new file, and how often it is the file's own label.
 * @returns with the probabilities of all classes, [sequences * classes]; null when cancelled
 */
export async function classifyFile(engines: Engines, { spec, reading, parameters, sequences, frequent, pause }: Question): Promise<{ classified: ClassifiedFile; probabilities: Float64Array } | null> {
  const { values, offsets, lines, labels, strange } = sequences;
  const T = spec.window.sequenceLength;
  const N = lines.length;
  const C = reading.classes.length;
  const part = (i: number) => values.subarray(offsets[i]!, offsets[i + 1]!);
  const probabilities = new Float64Array(N * C);
  const predicted = new Int32Array(N);
  const confusion = Array.from({ length: C }, () => new Array<number>(C).fill(0));
  let [loss, judged] = [0, 0];
  const backend = await engines.wasm.create(classModel({ ...spec, model: { ...spec.model, dropout: 0 } }, reading), parameters, { loss: { kind: 'crossEntropy' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 }, seed: 0 });
  try {
    for (let from = 0; from < N; from += CHUNK) {
      const count = Math.min(CHUNK, N - from);
      await backend.load({ input: readingInput(spec.kind, reading, T, Array.from({ length: count }, (_, n) => part(from + n))), targets: { kind: 'classes', ids: new Int32Array(count * T + 1) }, sequenceLength: T, horizon: 1 });
      const outputs = await backend.predict(Int32Array.from({ length: count }, (_, n) => n * T));
      for (let n = 0; n < count; n++) {
        const of = probabilitiesOf(outputs.subarray(n * C, (n + 1) * C));
        probabilities.set(of, (from + n) * C);
        const said = of.indexOf(Math.max(...of));
        predicted[from + n] = said;
        const truth = labels?.[from + n] ?? -1;
        if (truth < 0) continue;
        judged += 1;
        loss -= Math.log(Math.max(of[truth]!, 1e-45));
        confusion[truth]![said]! += 1;
      }
      if (await pause()) return null;
    }
  } finally {
    backend.dispose();
  }
  const known = new Set(reading.characters.map((character) => character.codePointAt(0)!));
  return {
    probabilities,
    classified: {
      task: 'classify', classes: reading.classes, lines, predicted, truth: labels, probability: Float64Array.from(predicted, (c, i) => probabilities[i * C + c]!),
      previews: Array.from({ length: Math.min(N, MOST_PREVIEWS) }, (_, i) => sequenceText(spec.kind, part(i).subarray(0, PREVIEW))),
      score: judged === 0 ? null : scoresOf(confusion, loss / judged, frequent), strange,
      cut: lines.reduce((cut, _, i) => cut + (offsets[i + 1]! - offsets[i]! > T ? 1 : 0), 0),
      unknown: spec.kind === 'text' ? [...new Set(values)].filter((code) => !known.has(code)).slice(0, NAMED).map((code) => String.fromCodePoint(code)) : [],
    },
  };
}
