import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { inputError } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import { runName } from '../shared/run-name.ts';
import { checkSpec, SPEC_VERSION, type CharSpec } from '../shared/spec.ts';
import { readWhole, statSource } from '../sources/file.ts';
import { prepareText } from '../training/text/prepare.ts';
import { numberOr, type Options } from './options.ts';
import { openStore } from './store.ts';
import { TrainCommand } from './train-command.ts';
import { fields, named } from './train-spec.ts';

/** Options of train that have no meaning for a text. */
const meaningless = ['target', 'time', 'inputs', 'unit', 'horizon', 'scaling', 'loss', 'first', 'every'];

/** `unroll train FILE.txt --task char`: learns to tell the next character. @returns the exit code */
export async function trainText({ values, positionals: [path, ...more] }: Options): Promise<number> {
  if (path === undefined || more.length > 0) throw inputError('cli.usage', 'unroll train --task char needs one text file.', { hint: 'unroll train hello.txt --task char --sequence 2' });
  const unfit = meaningless.find((name) => values[name] !== undefined);
  if (unfit !== undefined) throw inputError('cli.usage', `--${unfit} has no meaning for a text.`, { field: `--${unfit}`, hint: 'Leave it out.' });
  const text = readText(path);
  const spec = specOf(values, text);
  // Said before a run is stored: an empty text, one character, a text shorter than the sequence.
  prepareText(spec, text);
  const storage = openStore(values['db']);
  try {
    const name = basename(path);
    const run = storage.runs.create({
      id: makeId('run', randomBytes(10)), name: typeof values['name'] === 'string' && values['name'].trim() !== '' ? values['name'].trim().slice(0, 200) : runName(name, spec),
      datasetId: null, datasetName: name, unit: '', spec, ownerPid: process.pid,
    });
    const none = { rows: 0, time: { kind: 'row' as const, name: '', values: new Float64Array(0) }, columns: [] };
    return await new TrainCommand(storage, run, none, values['json'] === true).run({ type: 'startText', spec, text });
  } finally {
    storage.close();
  }
}

/** UTF-8 with or without a mark, or UTF-16 with one; gzip of these. */
function readText(path: string): string {
  const file = statSource(path);
  let bytes = readWhole(file);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // The line feed that an editor puts at the very end is no part of the text.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/\r\n/g, '\n').replace(/\n$/, '');
  } catch {
    throw inputError('text.encoding', `"${file.name}" is no text in UTF-8.`, { hint: 'Save it as UTF-8, then open it again.', details: { name: file.name } });
  }
}

function specOf(values: Options['values'], text: string): CharSpec {
  const small = text.length < 1000;
  const spec: Record<string, Record<string, unknown>> = {
    window: { sequenceLength: small ? 2 : 64, stride: small ? 1 : 16, targets: small ? 'last' : 'every' },
    model: { cell: 'rnn_tanh', hiddenSize: small ? 20 : 128, layers: 1, bidirectional: values['bidirectional'] === true, dropout: 0, initialization: 'pytorch' },
    training: {
      epochs: small ? 200 : 20, batchSize: small ? 4 : 64, loss: 'crossEntropy', huberDelta: 1, optimizer: 'adam', learningRate: small ? 0.01 : 0.002, momentum: 0.9, weightDecay: 0,
      clipNorm: small ? null : 1, schedule: 'constant', patience: null, seed: 7,
    },
  };
  for (const [option, [group, key, kind]] of Object.entries(fields)) {
    const given = values[option];
    if (typeof given === 'string') spec[group]![key] = kind === 'number' ? numberOr(given) : given;
  }
  const shares = typeof values['split'] === 'string' ? values['split'].split(',').map(numberOr) : small ? [1, 0, 0] : [0.9, 0.05, 0.05];
  const every = values['sample-every'];
  const first = [...text].slice(0, small ? 2 : 20).join('');
  const checked = checkSpec({
    version: SPEC_VERSION, task: 'char', ...spec,
    text: { column: null, normalization: values['normalization'] ?? 'NFC', minCount: numberOr(String(values['min-count'] ?? '1')), embedding: null },
    split: { train: shares[0], validation: shares[1], test: shares[2] },
    // What the text itself begins with, greedily: the first samples of a small text show it learn to the letter.
    samples: { every: every === undefined ? null : numberOr(String(every)), prompt: first, length: small ? 20 : 200, temperature: small ? 0 : 0.8 },
    backend: values['backend'] ?? 'auto',
  });
  if (!checked.ok) throw named(checked.errors[0]!);
  if (checked.spec.task !== 'char') throw new Error('The spec of a text is of another task.');
  return checked.spec;
}
