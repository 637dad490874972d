import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describeTable, labelledSequences, sequenceFacts } from '../data/index.ts';
import { defaultClassifySpec } from '../shared/classify-defaults.ts';
import type { SequenceFacts } from '../shared/classify.ts';
import { inputError } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import { emptyRecipe } from '../shared/recipe.ts';
import { runName, seedName } from '../shared/run-name.ts';
import { checkSpec, sequenceKinds, type ClassifySpec } from '../shared/spec.ts';
import { keepTable, MAX_IN_DATABASE } from '../sources/index.ts';
import { prepareClasses } from '../training/classify/prepare.ts';
import { readFileOf } from './job.ts';
import { numberOr, type Options } from './options.ts';
import { preflight } from './preflight.ts';
import { seedsOf, trainSeeds } from './seeds.ts';
import { openStore } from './store.ts';
import { TrainCommand } from './train-command.ts';
import { fields, named, namedErrors } from './train-spec.ts';

/** Options of train that have no meaning for labelled sequences. */
const meaningless = ['target', 'time', 'inputs', 'input', 'encoding', 'calendar', 'known', 'unit', 'horizon', 'stride', 'targets', 'loss', 'recipe', 'split-date', 'column', 'normalization', 'min-count', 'sample-every'];

/** `unroll train FILE --task classify`: learns the class of whole sequences. @returns the exit code */
export async function trainClassify(options: Options): Promise<number> {
  const { values } = options;
  const unfit = meaningless.find((name) => values[name] !== undefined);
  if (unfit !== undefined) throw inputError('cli.usage', `--${unfit} has no meaning for labelled sequences.`, { field: `--${unfit}`, hint: 'Leave it out.' });
  const { path, source } = await readFileOf('train', 'unroll train FILE --task classify --sequence-column NAME --label NAME', options);
  const { table, file: { name, size, modifiedAt }, sha256, sampling, bytes } = source;
  const kind = sequenceKinds.find((one) => one === values['kind']) ?? null;
  if (values['kind'] !== undefined && kind === null) throw inputError('cli.usage', `--kind must be text or numbers (got ${String(values['kind'])}).`, { field: '--kind' });
  const given = (option: string) => (typeof values[option] === 'string' ? values[option] : null);
  const facts = namedErrors(() => sequenceFacts(table, { sequence: given('sequence-column'), label: given('label'), kind }));
  const spec = specOf(values, facts);
  const sequences = labelledSequences(table, spec);
  // Said before a run is stored.
  const { plan } = namedErrors(() => prepareClasses(spec, sequences));
  if (!await preflight(spec, plan, values)) return 0;
  const storage = openStore(values['db']);
  try {
    const small = bytes !== null && bytes.length <= MAX_IN_DATABASE;
    const dataset = storage.datasets.save({
      ...describeTable(table), id: makeId('data', randomBytes(10)), name, sourcePath: resolve(path), sample: null, sha256, sourceSize: size, sourceModifiedAt: modifiedAt, sampling, recipe: emptyRecipe, changes: [], unit: '', openedAt: new Date().toISOString(),
    }, small ? gzipSync(bytes, { level: 1 }) : null);
    if (!small) await keepTable(storage.tablesFolder, sha256, table);
    const base = given('name')?.trim().slice(0, 200) || runName(name, spec);
    const json = values['json'] === true;
    const none = { rows: 0, time: { kind: 'row' as const, name: '', values: new Float64Array(0) }, columns: [] };
    return await trainSeeds({ storage, base, seeds: seedsOf(values['seeds']), seed: spec.training.seed, json }, (seed, runId, groupId) => {
      const seeded = { ...spec, training: { ...spec.training, seed } };
      const run = storage.runs.create({ id: runId, name: groupId === null ? base : seedName(base, seed), datasetId: dataset.id, datasetName: name, unit: '', spec: seeded, ownerPid: process.pid, groupId });
      return new TrainCommand(storage, run, none, json).run({ type: 'startClasses', spec: seeded, sequences });
    });
  } finally {
    storage.close();
  }
}

function specOf(values: Options['values'], facts: SequenceFacts): ClassifySpec {
  const standard = defaultClassifySpec(facts);
  const spec = structuredClone(standard) as unknown as Record<string, Record<string, unknown>>;
  for (const [option, [group, key, kind]] of Object.entries(fields)) {
    const given = values[option];
    if (typeof given === 'string') spec[group]![key] = kind === 'number' ? numberOr(given) : given;
  }
  if (values['bidirectional'] === true) spec['model']!['bidirectional'] = true;
  let [train, validation, test] = [standard.split.train, standard.split.validation, standard.split.test] as (number | string | undefined)[];
  if (typeof values['split'] === 'string') {
    let rest: unknown[];
    [train, validation, test, ...rest] = values['split'].split(',').map(numberOr);
    if (test === undefined || rest.length > 0) throw inputError('split.form', `--split takes three shares, for example 0.7,0.15,0.15 (got "${values['split']}").`, { field: '--split' });
  }
  const checked = checkSpec({
    ...spec, split: { train, validation, test, order: values['split-order'] ?? standard.split.order },
    embedding: values['embedding'] === undefined ? null : numberOr(String(values['embedding'])),
    scaling: values['scaling'] ?? standard.scaling, backend: values['backend'] ?? 'auto',
  });
  if (!checked.ok) throw named(checked.errors[0]!);
  if (checked.spec.task !== 'classify') throw new Error('The spec of labelled sequences is of another task.');
  return checked.spec;
}
