import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeText, textFacts, tokenize, type DecodedText } from '../data/index.ts';
import { cellAt, columnIndex } from '../data/table.ts';
import type { Sampling } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import { emptyRecipe } from '../shared/recipe.ts';
import { runName, seedName } from '../shared/run-name.ts';
import { checkSpec, type CharSpec } from '../shared/spec.ts';
import { defaultTextSpec } from '../shared/text-defaults.ts';
import { keepText, MAX_IN_DATABASE, openSource, openText, sha256 } from '../sources/index.ts';
import type { Storage } from '../storage/index.ts';
import { prepareText } from '../training/text/prepare.ts';
import { numberOr, type Options } from './options.ts';
import { preflight } from './preflight.ts';
import { seedsOf, trainSeeds } from './seeds.ts';
import { openStore } from './store.ts';
import { TrainCommand } from './train-command.ts';
import { fields, named, namedErrors } from './train-spec.ts';

/** Options of train that have no meaning for a text. */
const meaningless = ['target', 'time', 'inputs', 'unit', 'horizon', 'scaling', 'loss', 'every', 'recipe'];

/** A text with what is kept of where it came from. */
interface Source { name: string; path: string | null; column: string | null; decoded: DecodedText; sha256: string; size: number; modifiedAt: string | null; sampling: Sampling | null; bytes: Uint8Array }

/** `unroll train FILE.txt --task char`: learns to tell the next character. @returns the exit code */
export async function trainText({ values, positionals: [path, ...more] }: Options): Promise<number> {
  if (path === undefined || more.length > 0) throw inputError('cli.usage', 'unroll train --task char needs one text file.', { hint: 'unroll train hello.txt --task char --sequence 2' });
  const unfit = meaningless.find((name) => values[name] !== undefined);
  if (unfit !== undefined) throw inputError('cli.usage', `--${unfit} has no meaning for a text.`, { field: `--${unfit}`, hint: 'Leave it out.' });
  const source = await read(path, values);
  const spec = specOf(values, source);
  // Said before a run is stored: an empty text, one character, a text shorter than the sequence.
  const text = tokenize(source.decoded.text, spec.text);
  const { plan } = namedErrors(() => prepareText(spec, text));
  if (!await preflight(spec, plan, values)) return 0;
  const storage = openStore(values['db']);
  try {
    const datasetId = await keep(storage, source);
    const base = typeof values['name'] === 'string' && values['name'].trim() !== '' ? values['name'].trim().slice(0, 200) : runName(source.name, spec);
    const none = { rows: 0, time: { kind: 'row' as const, name: '', values: new Float64Array(0) }, columns: [] };
    const json = values['json'] === true;
    return await trainSeeds({ storage, base, seeds: seedsOf(values['seeds']), seed: spec.training.seed, json }, (seed, runId, groupId) => {
      const seeded = { ...spec, training: { ...spec.training, seed } };
      const run = storage.runs.create({ id: runId, name: groupId === null ? base : seedName(base, seed), datasetId, datasetName: source.name, unit: '', spec: seeded, ownerPid: process.pid, groupId });
      return new TrainCommand(storage, run, none, json).run({ type: 'startText', spec: seeded, text });
    });
  } finally {
    storage.close();
  }
}

/** The file as a text, its first characters (--first), or a column of a table (--column). */
async function read(path: string, values: Options['values']): Promise<Source> {
  const { column, first } = values;
  if (typeof column === 'string') {
    if (first !== undefined) throw inputError('cli.usage', '--first and --column do not go together.', { field: '--first', hint: 'Leave one of them out.' });
    const { file, table } = await openSource(path);
    const c = columnIndex(table, column);
    const bytes = new TextEncoder().encode(Array.from({ length: table.rows }, (_, row) => cellAt(table, row, c)).join('\n'));
    const name = `${file.name} · ${column}`;
    return { name, path: null, column, decoded: decodeText(bytes, name), sha256: sha256(bytes), size: bytes.length, modifiedAt: null, sampling: null, bytes };
  }
  const count = first === undefined ? null : numberOr(String(first));
  if (count !== null && !(typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= 100_000_000)) {
    throw inputError('cli.usage', `--first must be a whole number from 1 to 100000000 (got ${String(first)}).`, { field: '--first' });
  }
  const { file, ...opened } = openText(path, count === null ? null : { first: count as number });
  return { ...opened, name: file.name, path: resolve(path), column: null, size: file.size, modifiedAt: file.modifiedAt };
}

/** Stores the text as a dataset, as the window does. @returns its id */
async function keep(storage: Storage, { name, path, column, decoded, sha256: key, size, modifiedAt, sampling, bytes }: Source): Promise<string> {
  const text = textFacts(decoded, column);
  const small = bytes.length <= MAX_IN_DATABASE;
  const { id } = storage.datasets.save({
    id: makeId('data', randomBytes(10)), name, sourcePath: path, sample: null, sha256: key, sourceSize: size, sourceModifiedAt: modifiedAt, sampling,
    recipe: emptyRecipe, changes: [], rows: text.characters, text, columns: [], dialect: { delimiter: ',', decimal: '.', header: false, encoding: decoded.encoding, format: 'text', skippedLines: 0 },
    roles: null, problem: null, secondsPerRow: null, unit: '', openedAt: new Date().toISOString(),
  }, small ? gzipSync(bytes, { level: 1 }) : null);
  if (!small) await keepText(storage.tablesFolder, key, bytes);
  return id;
}

function specOf(values: Options['values'], { decoded: { text }, column }: Source): CharSpec {
  const standard = defaultTextSpec(text.length, text.slice(0, 100), column);
  const spec = structuredClone(standard) as unknown as Record<string, Record<string, unknown>>;
  for (const [option, [group, key, kind]] of Object.entries(fields)) {
    const given = values[option];
    if (typeof given === 'string') spec[group]![key] = kind === 'number' ? numberOr(given) : given;
  }
  if (values['bidirectional'] === true) spec['model']!['bidirectional'] = true;
  if (typeof values['split'] === 'string') {
    const [train, validation, test, ...rest] = values['split'].split(',').map(numberOr);
    if (test === undefined || rest.length > 0) throw inputError('split.form', `--split takes three shares, for example 0.7,0.15,0.15 (got "${values['split']}").`, { field: '--split' });
    spec['split'] = { train, validation, test };
  }
  const every = values['sample-every'];
  const checked = checkSpec({
    ...spec,
    text: { ...standard.text, normalization: values['normalization'] ?? standard.text.normalization, minCount: numberOr(String(values['min-count'] ?? standard.text.minCount)), embedding: values['embedding'] === undefined ? null : numberOr(String(values['embedding'])) },
    samples: { ...standard.samples, every: every === undefined ? null : numberOr(String(every)) },
    backend: values['backend'] ?? 'auto',
  });
  if (!checked.ok) throw named(checked.errors[0]!);
  if (checked.spec.task !== 'char') throw new Error('The spec of a text is of another task.');
  return checked.spec;
}
