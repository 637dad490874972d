import { steps } from '../../data/sequences.ts';
import { probabilitiesOf } from '../../engine/index.ts';
import type { Parameters } from '../../engine/parameters.ts';
import type { Classified, Reading } from '../../shared/classify.ts';
import type { ClassifySpec } from '../../shared/spec.ts';
import type { Engines } from '../choose.ts';
import { classModel, readingInput } from './prepare.ts';

/** What a trained network makes of one sequence that a person typed. @throws inputError 'classify.no-sequence', 'classify.not-number' */
export async function classifyOne(engines: Engines, spec: ClassifySpec, reading: Reading, parameters: Parameters, typed: string): Promise<Classified> {
  const found = steps(typed, spec.kind, spec.sequence, null);
  const T = spec.window.sequenceLength;
  const backend = await engines.wasm.create(classModel({ ...spec, model: { ...spec.model, dropout: 0 } }, reading), parameters, { loss: { kind: 'crossEntropy' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 }, seed: 0 });
  try {
    await backend.load({ input: readingInput(spec.kind, reading, T, [found]), targets: { kind: 'classes', ids: new Int32Array(T + 1) }, sequenceLength: T, horizon: 1 });
    const probabilities = probabilitiesOf(await backend.predict(Int32Array.of(0)));
    const known = new Set(reading.characters);
    return {
      classes: reading.classes.map((name, c) => ({ name, probability: probabilities[c]! })).sort((a, b) => b.probability - a.probability),
      read: Math.min(T, found.length), steps: found.length,
      unknown: spec.kind === 'text' ? [...new Set(found.map((code) => String.fromCodePoint(code)))].filter((character) => !known.has(character)) : [],
    };
  } finally {
    backend.dispose();
  }
}
