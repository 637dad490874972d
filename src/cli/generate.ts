import { decodeCheckpoint } from '../formats/checkpoint.ts';
import { inputError } from '../shared/errors.ts';
import { limits } from '../shared/limits.ts';
import { checkpointKinds, type CheckpointKind } from '../storage/checkpoints.ts';
import { encodePrompt, unknownPolicies, type UnknownPolicy } from '../training/generation/alphabet.ts';
import { generate } from '../training/generation/generate.ts';
import { readerOf } from '../training/generation/reader.ts';
import { textModel } from '../training/generation/written.ts';
import { engines } from './engines.ts';
import { numberOr, type Options } from './options.ts';
import { openStore } from './store.ts';

const text = { type: 'string' } as const;
export const generateOptions = {
  prompt: text, length: text, temperature: text, 'top-k': text, 'top-p': text, seed: text, stop: text, unknown: text, checkpoint: text, db: text, json: { type: 'boolean' },
} as const;

/** Characters at most, of one answer. */
const MOST = 1_000_000;

/** `unroll generate ID --prompt TEXT`: a network that learnt a text writes on. @returns the exit code */
export async function generateText({ values, positionals: [id, ...more] }: Options): Promise<number> {
  if (id === undefined || more.length > 0) throw inputError('cli.usage', 'unroll generate needs one run id.', { hint: 'unroll runs lists them.' });
  const options = {
    length: number(values, 'length', 200, 1, MOST, true)!, temperature: number(values, 'temperature', 0.8, limits.temperature.min, limits.temperature.max, false)!,
    topK: number(values, 'top-k', null, 1, 1_000_000, true), topP: number(values, 'top-p', null, 1e-6, 1, false),
    seed: number(values, 'seed', 7, limits.seed.min, limits.seed.max, true)!, stop: String(values['stop'] ?? ''),
  };
  const policy = choice(values, 'unknown', unknownPolicies) ?? 'refuse';
  const kind = choice(values, 'checkpoint', checkpointKinds);
  const storage = openStore(values['db']);
  try {
    const run = storage.runs.find(id);
    const { spec } = run;
    const result = storage.texts.get(run.id);
    const checkpoint = storage.checkpoints.get(run.id, kind);
    if (spec.task !== 'char' || result === null) throw inputError('generate.no-text', `The run ${run.id} has learnt no text.`, { hint: 'unroll train FILE.txt --task char makes one that has.' });
    if (checkpoint === null) throw inputError('generate.no-weights', `The run ${run.id} has no ${kind === undefined ? '' : `${kind} `}weights.`, { hint: kind === undefined ? 'Choose a run that is done.' : 'Leave --checkpoint out.' });
    const reader = await readerOf(textModel(spec, result.characters.length), decodeCheckpoint(checkpoint.bytes).parameters, spec.window.sequenceLength, engines.wasm);
    const given = String(values['prompt'] ?? '');
    const { normalization } = spec.text;
    const { tokens, unknown } = encodePrompt(normalization === 'none' ? given : given.normalize(normalization), result, policy);
    const read = tokens.map((token) => result.characters[token]).join('');
    const signal = { aborted: false };
    const cancel = () => { signal.aborted = true; };
    process.on('SIGINT', cancel);
    if (values['json'] !== true) process.stdout.write(read);
    const began = performance.now();
    const made = await generate(reader, result, tokens, options, { signal, onText: () => new Promise((resolve) => { setImmediate(resolve); }) });
    const seconds = (performance.now() - began) / 1000;
    reader.dispose();
    if (values['json'] === true) {
      process.stdout.write(`${JSON.stringify({
        event: 'generated', runId: run.id, checkpoint: checkpoint.kind, epoch: checkpoint.epoch, prompt: read, generated: made.text, text: read + made.text,
        ended: made.ended, ...options, unknown, seconds, charactersPerSecond: made.drawn / seconds,
      })}\n`);
    } else {
      process.stdout.write(`${made.text}\n`);
    }
    return made.ended === 'cancelled' ? 130 : 0;
  } finally {
    storage.close();
  }
}

function number(values: Options['values'], name: string, fallback: number | null, min: number, max: number, integer: boolean): number | null {
  const given = values[name];
  if (given === undefined) return fallback;
  const value = numberOr(String(given));
  if (typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value))) return value;
  const field = `--${name}`;
  throw inputError('cli.usage', `${field} must be a ${integer ? 'whole number' : 'number'} from ${min} to ${max} (got ${String(given)}).`, { field });
}

function choice<T extends UnknownPolicy | CheckpointKind>(values: Options['values'], name: string, choices: readonly T[]): T | undefined {
  const given = values[name];
  if (given === undefined) return undefined;
  const found = choices.find((value) => value === given);
  if (found === undefined) throw inputError('cli.usage', `--${name} must be ${choices.join(', ')} (got ${String(given)}).`, { field: `--${name}` });
  return found;
}
