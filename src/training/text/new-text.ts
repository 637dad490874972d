import type { Parameters } from '../../engine/parameters.ts';
import type { JudgedText, NewText } from '../../shared/new-file.ts';
import type { CharSpec } from '../../shared/spec.ts';
import type { Engines } from '../choose.ts';
import { countedBaselines } from './baselines.ts';
import { characterMetrics } from './metrics.ts';
import { prepareText } from './prepare.ts';

interface Question { spec: CharSpec; alphabet: { characters: string[]; unknown: number | null }; parameters: Parameters; text: NewText; pause: () => Promise<boolean> }

/**
 * How well a network tells the characters of a text that it has not seen.
 * @returns null when cancelled
 * @throws inputError for a text that is shorter than a window
 */
export async function judgeText(engines: Engines, { spec, alphabet, parameters, text, pause }: Question): Promise<JudgedText | null> {
  const tokens = { ids: text.ids, characters: alphabet.characters, unknown: alphabet.unknown, counts: alphabet.characters.map(() => 0) };
  const whole: CharSpec = { ...spec, model: { ...spec.model, dropout: 0 }, split: { train: 1, validation: 0, test: 0 } };
  const prepared = prepareText(whole, tokens);
  const backend = await engines.wasm.create(prepared.model, parameters, { loss: { kind: 'crossEntropy' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 }, seed: 0 });
  try {
    await backend.load(prepared.data);
    const metrics = await characterMetrics(backend, prepared, countedBaselines(tokens, prepared.plan), { first: 0, step: 1, count: text.ids.length - spec.window.sequenceLength }, pause);
    return metrics === null ? null : { task: 'char', ...metrics, unknown: text.unknown.count, characters: text.characters };
  } finally {
    backend.dispose();
  }
}
