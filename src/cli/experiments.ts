import { applyRecipe, causalRecipe, seriesTable, type Table } from '../data/index.ts';
import { inputError } from '../shared/errors.ts';
import { backtestRequestSchema, sweepRequestSchema, type Backtest, type Replaced, type Sweep } from '../shared/experiments.ts';
import type { Recipe } from '../shared/recipe.ts';
import { forecastSpec } from '../shared/spec.ts';
import { unitOf } from '../shared/units.ts';
import type { RunSummary } from '../shared/run.ts';
import { backtest } from '../training/insight/backtest.ts';
import type { ExperimentHost, Job } from '../training/insight/short-runs.ts';
import { sweepLengths } from '../training/insight/sweep.ts';
import { engines } from './engines.ts';
import { numberOr, type Options } from './options.ts';
import { clock, ProgressLine } from './progress.ts';
import { openStore, tableOfDataset } from './store.ts';
import { figure, table } from './tables.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
export const backtestOptions = { json: flag, db: text, folds: text, epochs: text } as const;
export const sweepOptions = { json: flag, db: text, lengths: text, epochs: text } as const;

/** Ctrl+C. */
const CANCELLED = 130;
const asNumber = (value: Options['values'][string]) => (value === undefined ? null : numberOr(String(value)));

/** @throws inputError naming the option that is wrong */
function checked<T>(parsed: { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[] }[] } }, values: Options['values'], words: string): T {
  if (parsed.success) return parsed.data;
  const option = `--${String(parsed.error.issues[0]!.path[0])}`;
  throw inputError('cli.usage', `${option} must be ${words} (got ${String(values[option.slice(2)])}).`, { field: option });
}

/** Runs an experiment on the settings and the data of a stored run. @returns the exit code */
async function experiment<T>(command: string, { values, positionals: [id, ...more] }: Options, run: (job: Job & { replaced: Replaced[] }, host: ExperimentHost) => Promise<T | null>, inWords: (result: T, run: Pick<RunSummary, 'unit' | 'units'>) => string, prepare: (table: Table, recipe: Recipe) => { recipe: Recipe; replaced: Replaced[] } = (_table, recipe) => ({ recipe, replaced: [] })): Promise<number> {
  if (id === undefined || more.length > 0) throw inputError('cli.usage', `unroll ${command} needs one run id.`, { hint: 'unroll runs lists them.' });
  const storage = openStore(values['db']);
  const line = new ProgressLine(process.stderr);
  const signal = { aborted: false };
  const cancel = () => { signal.aborted = true; };
  process.once('SIGINT', cancel);
  try {
    const stored = storage.runs.find(id);
    const spec = forecastSpec(stored.spec);
    if (stored.datasetId === null) throw inputError('insight.no-data', 'The data of this run is gone, so that nothing can be trained on it.', { hint: 'Open the file again and train again.' });
    const table = await tableOfDataset(storage, stored.datasetId);
    const { recipe, replaced } = prepare(table, spec.recipe);
    const series = seriesTable(applyRecipe(table, recipe).table, spec.roles);
    const result = await run({ spec: { ...spec, recipe }, table: series, replaced }, {
      engines, signal, breathe: () => new Promise((resolve) => { setImmediate(resolve); }), now: () => performance.now(),
      onProgress: ({ done, of, share, secondsLeft }) => { line.show(share, `run ${Math.min(done + 1, of)} of ${of}, ${clock(secondsLeft)} left`); },
    });
    line.end();
    if (result === null) {
      process.stderr.write('unroll: Cancelled.\n');
      return CANCELLED;
    }
    process.stdout.write(values['json'] === true ? `${JSON.stringify({ event: command, runId: stored.id, ...result }, plain)}\n` : `${inWords(result, stored)}\n`);
    return 0;
  } finally {
    process.off('SIGINT', cancel);
    storage.close();
  }
}

/** Typed arrays as JSON's arrays; what is not there as null. */
function plain(_key: string, value: unknown): unknown {
  return value instanceof Float64Array ? Array.from(value, (v) => (Number.isFinite(v) ? v : null)) : value;
}

/** `unroll backtest ID`: trained anew at several origins, each with its scalers fitted on what was known by then. */
export function backtestRun(options: Options): Promise<number> {
  const { values } = options;
  const request = checked(backtestRequestSchema.safeParse({ folds: values['folds'] === undefined ? 5 : asNumber(values['folds']), epochs: asNumber(values['epochs']) }), values, values['folds'] === undefined ? 'a whole number from 1 on' : 'a whole number in its range: folds 2 to 20, epochs from 1 on');
  return experiment<Backtest>('backtest', options, ({ spec, table: series, replaced }, host) => backtest(spec, series, request, host, replaced), ({ target, folds, mean, deviation, persistence, better, replaced }, run) => [
    table(['fold', 'trained on rows', 'judged on rows', 'epochs', 'RMSE', 'persistence', `offset of ${target}`, 'scale'], folds.map(({ trainEnd, from, to, epochs, model, persistence: naive, scalers }, i) => {
      const scaler = scalers.find(({ column }) => column === target);
      return [String(i + 1), `0-${trainEnd - 1}`, `${from}-${to - 1}`, String(epochs), figure(model.rmse), figure(naive.rmse), figure(scaler?.offset), figure(scaler?.scale)];
    }), 0), '',
    `RMSE over ${folds.length} folds: ${figure(mean)} +- ${figure(deviation)}${unitOf(run, target) === '' ? '' : ` ${unitOf(run, target)}`} (persistence ${figure(persistence)}); better than persistence in ${better} of ${folds.length}. The scalers were fitted again in each fold.`,
    ...replaced.map(({ step, kind, by }) => `Step ${step} of the recipe (${kind}) looks at later rows; here ${{ before: 'the last value before stands in its place', known: 'its limits come from the rows known at the first origin', nothing: 'it is left out' }[by]}.`),
  ].join('\n'), causalRecipe);
}

/** `unroll sweep ID`: the error against the sequence length. */
export function sweepRun(options: Options): Promise<number> {
  const { values } = options;
  const lengths = values['lengths'] === undefined ? null : String(values['lengths']).split(',').map((part) => numberOr(part));
  const request = checked(sweepRequestSchema.safeParse({ lengths, epochs: asNumber(values['epochs']) }), values, values['lengths'] === undefined ? 'a whole number from 1 on' : 'whole numbers from 1 on');
  return experiment<Sweep>('sweep', options, ({ spec, table: series }, host) => sweepLengths(spec, series, request, host), ({ part, epochs, points, skipped, suggestion }) => [
    table(['sequence', `RMSE, ${part}`, 'RMSE, train', 'seconds'], points.map(({ length, rmse, train, seconds }) => [String(length), figure(rmse), figure(train), figure(seconds)]), 0), '',
    `After ${epochs} epochs each: a sequence length of ${suggestion} is the shortest within 2 % of the lowest error (--sequence ${suggestion}).`,
    ...(skipped.length === 0 ? [] : [`Too long for this data: ${skipped.join(', ')}.`]),
  ].join('\n'));
}
