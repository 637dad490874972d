import { applyRecipe, seriesTable, tableRows } from '../data/index.ts';
import { writeFileWhole } from '../exporter/index.ts';
import { decodeCheckpoint } from '../formats/checkpoint.ts';
import { isoTime } from '../formats/report/index.ts';
import { csvText, type Cell } from '../shared/csv.ts';
import { inputError } from '../shared/errors.ts';
import type { ColumnScaler } from '../shared/plan.ts';
import { forecastSpec, type ForecastSpec } from '../shared/spec.ts';
import { openSource } from '../sources/index.ts';
import type { RunDetail } from '../shared/run.ts';
import type { Storage } from '../storage/index.ts';
import { predictFile, type PredictedFile } from '../training/new-file.ts';
import { prepare } from '../training/prepare.ts';
import { engines } from './engines.ts';
import { readFileOf } from './job.ts';
import { numberOr, type Options } from './options.ts';
import { openStore, tableOfDataset } from './store.ts';
import { figure, table as tableText } from './tables.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
export const predictOptions = { steps: text, known: text, out: text, force: flag, first: text, every: text, db: text, json: flag } as const;

/** Steps beyond the end at most. */
const MOST_STEPS = 100_000;

/** The scalers that the run fitted; an older run's are fitted again on the data that it learnt. */
async function scalersOf(storage: Storage, run: RunDetail, spec: ForecastSpec): Promise<readonly ColumnScaler[]> {
  if (run.plan?.scalers !== undefined) return run.plan.scalers;
  if (run.datasetId === null) throw inputError('predict.no-scalers', `The data of the run ${run.id} is gone, and with it the numbers that its columns were scaled by.`, { hint: 'Train again.' });
  return prepare(spec, seriesTable(applyRecipe(await tableOfDataset(storage, run.datasetId), spec.recipe).table, spec.roles)).plan.scalers ?? [];
}

/** Values of the inputs that are known in the future, from the rows of a file. */
async function knownFrom(path: string, spec: ForecastSpec): Promise<Record<string, string[]>> {
  const { table } = await openSource(path, null);
  return Object.fromEntries(spec.roles.known.map((column) => {
    if (!table.names.includes(column)) throw inputError('data.unknown-column', `${path} has no column "${column}".`, { field: '--known', hint: `It has: ${table.names.join(', ')}.`, details: { column } });
    const c = table.names.indexOf(column);
    return [column, tableRows(table, 0, table.rows).map(({ cells }) => cells[c]!)];
  }));
}

/** One line a row of the file, then one a step beyond its end. */
function csvOf({ rows, targets, beyond }: PredictedFile, time: { kind: string; name: string; values: Float64Array }): string {
  const cell = (value: number): Cell => (time.kind === 'date' ? isoTime(value) : value);
  const horizon = targets[0]!.ahead.length;
  const header = [time.name === '' ? 'row' : time.name, 'kind', ...targets.flatMap(({ name }) => [name, ...Array.from({ length: horizon }, (_, h) => (h === 0 ? `${name} predicted` : `${name} predicted ${h + 1} ahead`))])];
  return csvText(header, (function* lines(): Generator<Cell[]> {
    for (let row = 0; row < rows; row++) yield [cell(time.values[row]!), 'row', ...targets.flatMap(({ truth, ahead }) => [truth[row]!, ...ahead.map((values) => values[row]!)])];
    for (let step = 0; step < (beyond?.time.length ?? 0); step++) {
      yield [cell(beyond!.time[step]!), `beyond, ${beyond!.method}`, ...beyond!.targets.flatMap(({ values }) => [null, values[step]!, ...Array.from({ length: horizon - 1 }, () => null)])];
    }
  })());
}

/** `unroll predict ID FILE`: a trained network on a file that it has not seen; the run's recipe and scalers are replayed. */
export async function predictRun(options: Options): Promise<number> {
  const { values, positionals: [id, ...files] } = options;
  if (id === undefined) throw inputError('cli.usage', 'unroll predict needs a run id and a file.', { hint: 'unroll predict ID FILE --out predictions.csv' });
  const asked = values['steps'] === undefined ? null : numberOr(String(values['steps']));
  if (asked !== null && (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 0 || asked > MOST_STEPS)) throw inputError('cli.usage', `--steps must be a whole number from 0 to ${MOST_STEPS} (got ${String(values['steps'])}).`, { field: '--steps' });
  const storage = openStore(values['db']);
  try {
    const run = storage.runs.get(storage.runs.find(id).id);
    if (run.spec.task === 'char') throw inputError('predict.text', `The run ${run.id} learnt a text: it writes on, and predicts no file.`, { hint: 'unroll generate ID --prompt TEXT' });
    if (run.spec.task === 'classify') throw inputError('predict.classes', `The run ${run.id} tells classes of single sequences.`, { hint: 'unroll classify ID --text SEQUENCE' });
    const spec = forecastSpec(run.spec);
    const checkpoint = storage.checkpoints.get(run.id);
    if (checkpoint === null) throw inputError('export.no-weights', `The run ${run.id} has no weights.`, { hint: 'Choose a run that is done.', details: { id: run.id } });
    const { source: { table: read, file } } = await readFileOf('predict ID', 'unroll predict ID FILE --out predictions.csv', { values, positionals: files });
    const made = applyRecipe(read, spec.recipe).table;
    const absent = [...new Set([...(spec.roles.time === null ? [] : [spec.roles.time]), ...spec.roles.targets, ...spec.roles.inputs])].filter((name) => !made.names.includes(name));
    if (absent.length > 0) {
      throw inputError('data.unknown-column', `${file.name} has no column ${absent.map((name) => `"${name}"`).join(', ')}, which the run learnt from.`, { field: absent[0]!, hint: `It has: ${made.names.join(', ')}.`, details: { column: absent[0]! } });
    }
    const series = seriesTable(made, spec.roles);
    const known = typeof values['known'] === 'string' ? await knownFrom(values['known'], spec) : {};
    // Inputs that must be given are not guessed: without them nothing is said beyond the end.
    const steps = asked ?? (spec.roles.known.length > 0 && values['known'] === undefined ? 0 : spec.window.horizon);
    const said = (await predictFile(engines, {
      spec, parameters: decodeCheckpoint(checkpoint.bytes).parameters, scalers: await scalersOf(storage, run, spec), table: series, steps, known, pause: () => Promise.resolve(false),
    }))!;
    const out = values['out'];
    const path = typeof out === 'string' ? await writeFileWhole(out, csvOf(said, series.time), values['force'] === true) : null;
    if (values['json'] === true) {
      const plain = (numbers: Float64Array) => Array.from(numbers, (value) => (Number.isFinite(value) ? value : null));
      process.stdout.write(`${JSON.stringify({ event: 'predicted', runId: run.id, file: file.name, path, rows: said.rows, firstRow: said.firstRow, targets: said.targets.map((target) => ({ ...target, truth: plain(target.truth), ahead: target.ahead.map(plain) })), beyond: said.beyond === null ? null : { method: said.beyond.method, time: plain(said.beyond.time), targets: said.beyond.targets.map((target) => ({ name: target.name, values: plain(target.values) })) } })}\n`);
    } else if (path === null) {
      process.stdout.write(csvOf(said, series.time));
    } else {
      process.stdout.write(`${[
        `${said.rows - said.firstRow} of ${said.rows} rows predicted, ${said.beyond?.time.length ?? 0} steps beyond the end${said.beyond === null ? '' : ` (${said.beyond.method})`}: ${path}`,
        tableText(['target', 'forecast', 'MAE', 'RMSE', 'R2', 'rows'], said.targets.flatMap(({ name, errors, persistence }) => [[name, 'model', errors], [name, 'persistence', persistence]] as const)
          .flatMap(([name, who, errors]) => (errors === null ? [] : [[name, who, figure(errors.mae), figure(errors.rmse), figure(errors.r2), String(errors.count)]])), 2),
      ].join('\n')}\n`);
    }
    return 0;
  } finally {
    storage.close();
  }
}
