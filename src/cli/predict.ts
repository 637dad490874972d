import { applyRecipe, columnCells, examine, fitForecast, fitSequences, newSequences, newText, ofTraining, questionOf, seriesTable, textFactsOf, type Table } from '../data/index.ts';
import { marked, predictionOf, writeFileWhole } from '../exporter/index.ts';
import { AppError, inputError } from '../shared/errors.ts';
import type { PredictWhat } from '../shared/exporter-protocol.ts';
import { MOST_STEPS, type Mapping, type NewFileFacts, type Predicted } from '../shared/new-file.ts';
import { openSource, openText } from '../sources/index.ts';
import type { RunDetail } from '../shared/run.ts';
import type { CharSpec, ClassifySpec, ForecastSpec } from '../shared/spec.ts';
import type { Storage } from '../storage/index.ts';
import { engines } from './engines.ts';
import { readFileOf } from './job.ts';
import { numberOr, type Options } from './options.ts';
import { openStore, tableOfDataset } from './store.ts';
import { figure, table as tableText } from './tables.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
export const predictOptions = { steps: text, known: text, map: text, out: text, force: flag, first: text, every: text, db: text, json: flag } as const;

interface Asked { facts: NewFileFacts; what: PredictWhat }

const EXAMPLE = 'unroll predict ID FILE --out predictions.csv';

/** --map "column of the run=column of the file", several with commas between. */
function mappingFrom(given: Options['values'][string]): Mapping {
  if (typeof given !== 'string') return {};
  return Object.fromEntries(given.split(',').map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0) throw inputError('cli.usage', `--map takes pairs like "value=price" (got "${pair}").`, { field: '--map', hint: 'The name that the run knows comes first, then the one in the file; commas between pairs.' });
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  }));
}

function refuse({ problem }: NewFileFacts): void {
  if (problem === null) return;
  const hint = problem.code === 'predict.missing-columns' ? `${problem.hint ?? ''} (--map "${problem.field ?? 'value'}=its name there")` : problem.hint;
  throw new AppError(problem.fault, problem.code, problem.message, { ...problem, ...(hint === undefined ? {} : { hint }) });
}

function stepsFrom(values: Options['values'], spec: ForecastSpec): number {
  // Inputs that must be given are not guessed: without them nothing is said beyond the end.
  if (values['steps'] === undefined) return spec.roles.known.length > 0 && values['known'] === undefined ? 0 : spec.window.horizon;
  const asked = numberOr(String(values['steps']));
  if (typeof asked === 'number' && Number.isInteger(asked) && asked >= 0 && asked <= MOST_STEPS) return asked;
  throw inputError('cli.usage', `--steps must be a whole number from 0 to ${MOST_STEPS} (got ${String(values['steps'])}).`, { field: '--steps' });
}

async function forecastAsked(storage: Storage, run: RunDetail, spec: ForecastSpec, file: Table, { values }: Options): Promise<Asked> {
  const { table, facts } = fitForecast(file, spec, mappingFrom(values['map']));
  refuse(facts);
  const findings = examine(table, questionOf(spec)).filter(({ code }) => !ofTraining.has(code));
  let own: Extract<PredictWhat, { task: 'forecast' }>['own'] = null;
  try {
    own = run.datasetId === null ? null : seriesTable(applyRecipe(await tableOfDataset(storage, run.datasetId), spec.recipe).table, spec.roles);
  } catch (error) {
    // Without the data that it learnt there are no intervals; the scalers are stored with the run.
    if (!(error instanceof AppError)) throw error;
  }
  const known = typeof values['known'] === 'string' ? columnCells((await openSource(values['known'], null)).table, spec.roles.known, MOST_STEPS) : {};
  return { facts: { ...facts, findings }, what: { task: 'forecast', spec, scalers: run.plan?.scalers ?? null, own, table: seriesTable(table, spec.roles), steps: stepsFrom(values, spec), known } };
}

function sequencesAsked(storage: Storage, run: RunDetail, spec: ClassifySpec, file: Table, { values }: Options): Asked {
  const result = storage.classResults.get(run.id);
  if (result === null) throw inputError('classify.no-run', `The run ${run.id} has learnt no classes.`, { hint: 'Choose a run that has.', details: { id: run.id } });
  const { table, facts } = fitSequences(file, spec, mappingFrom(values['map']));
  refuse(facts);
  const { classes, characters, offset, scale, counts } = result;
  return { facts, what: { task: 'classify', spec, reading: { classes, characters, offset, scale }, frequent: counts.train.indexOf(Math.max(...counts.train)), sequences: newSequences(table, spec, { classes }) } };
}

function textAsked(storage: Storage, run: RunDetail, spec: CharSpec, [path, ...more]: string[]): Asked {
  if (path === undefined || more.length > 0) throw inputError('cli.usage', 'unroll predict ID needs one file.', { hint: EXAMPLE });
  const result = storage.texts.get(run.id);
  if (result === null) throw inputError('generate.no-text', `The run ${run.id} has learnt no text.`, { hint: 'Choose a run that has.' });
  const { file, decoded } = openText(path, null);
  const alphabet = { characters: result.characters, unknown: result.unknown };
  const made = newText(decoded.text, spec.text, alphabet);
  const facts = textFactsOf(file.name, made, spec.window.sequenceLength);
  refuse(facts);
  return { facts, what: { task: 'char', spec, alphabet, text: made } };
}

/** What came of it, in a few lines. */
function told(predicted: Predicted, { unknown }: NewFileFacts, path: string): string {
  if (predicted.task === 'char') {
    const { bitsPerCharacter, perplexity, accuracy, count, unigramBits, bigramBits } = predicted;
    return [
      `${count} characters told: ${path}`,
      tableText(['forecast', 'bits a character', 'perplexity', 'guessed right'], [['model', figure(bitsPerCharacter), figure(perplexity), `${(accuracy * 100).toFixed(2)} %`], ['counting single characters here', figure(unigramBits), figure(2 ** unigramBits), ''], ['counting pairs here', figure(bigramBits), figure(2 ** bigramBits), '']], 1),
      ...(unknown === null || unknown.count === 0 ? [] : [`Never learnt: ${unknown.count} characters of ${unknown.kinds} kinds (${unknown.characters.slice(0, 10).join(' ')}).`]),
    ].join('\n');
  }
  if (predicted.task === 'classify') {
    const { score, lines, strange, cut } = predicted;
    return [
      `${lines.length} sequences classified: ${path}`,
      ...(score === null ? [] : [`Accuracy ${(score.accuracy * 100).toFixed(2)} % of ${score.count} with a label (the most frequent class alone: ${(score.baseline * 100).toFixed(2)} %), macro F1 ${figure(score.f1)}.`]),
      ...(strange.length === 0 ? [] : [`Labels that were not learnt: ${strange.slice(0, 10).join(', ')}.`]),
      ...(cut === 0 ? [] : [`Only the last steps were read of ${cut} sequences that are longer than the network reads.`]),
    ].join('\n');
  }
  const { rows, firstRow, beyond, targets } = predicted;
  return [
    `${rows - firstRow} of ${rows} rows predicted, ${beyond?.time.length ?? 0} steps beyond the end${beyond === null ? '' : ` (${beyond.method})`}: ${path}`,
    tableText(['target', 'forecast', 'MAE', 'RMSE', 'R2', 'rows'], targets.flatMap(({ name, errors, persistence }) => [[name, 'model', errors], [name, 'persistence', persistence]] as const)
      .flatMap(([name, who, errors]) => (errors === null ? [] : [[name, who, figure(errors.mae), figure(errors.rmse), figure(errors.r2), String(errors.count)]])), 2),
    ...targets.flatMap(({ name, bands }) => bands.flatMap(({ level, halfWidths, coverage }) => (coverage === null ? [] : [`${name}: ${Math.round(level * 100)} % interval of ± ${figure(halfWidths[0]!)}, which held the truth in ${(coverage * 100).toFixed(1)} % of these rows.`]))),
    'The scalers and categories are those of the run; nothing was fitted to this file.',
  ].join('\n');
}

/** JSON has no typed arrays and no NaN. */
const plain = (_key: string, value: unknown): unknown => (value instanceof Float64Array || value instanceof Int32Array ? Array.from(value, (number) => (Number.isFinite(number) ? number : null)) : value);

/** `unroll predict ID FILE`: a trained network on a file that it has not seen; the run's recipe, scalers and categories are replayed. */
export async function predictRun(options: Options): Promise<number> {
  const { values, positionals: [id, ...files] } = options;
  if (id === undefined) throw inputError('cli.usage', 'unroll predict needs a run id and a file.', { hint: EXAMPLE });
  const storage = openStore(values['db']);
  try {
    const run = storage.runs.get(storage.runs.find(id).id);
    const { spec } = run;
    if (spec.task === 'forecast') stepsFrom(values, spec);
    const checkpoint = storage.checkpoints.get(run.id);
    if (checkpoint === null) throw inputError('export.no-weights', `The run ${run.id} has no weights.`, { hint: 'Choose a run that is done.', details: { id: run.id } });
    const read = async () => (await readFileOf('predict ID', EXAMPLE, { values, positionals: files })).source.table;
    const { facts, what } = spec.task === 'char' ? textAsked(storage, run, spec, files)
      : spec.task === 'classify' ? sequencesAsked(storage, run, spec, await read(), options) : await forecastAsked(storage, run, spec, await read(), options);
    const json = values['json'] === true;
    if (!json) for (const { severity, message } of facts.findings) process.stderr.write(`${severity}: ${message}\n`);
    const { predicted, csv } = await predictionOf(checkpoint.bytes, what, engines);
    const out = values['out'];
    const path = typeof out === 'string' ? await writeFileWhole(out, marked(csv()), values['force'] === true) : null;
    if (json) process.stdout.write(`${JSON.stringify({ event: 'predicted', runId: run.id, file: facts.name, path, facts, ...predicted }, plain)}\n`);
    else process.stdout.write(path === null ? csv() : `${told(predicted, facts, path)}\n`);
    return 0;
  } finally {
    storage.close();
  }
}
