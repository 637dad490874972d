import type { SeriesTable } from '../../shared/dataset.ts';
import { inputError } from '../../shared/errors.ts';
import { KNOWN_SHARE, type Backtest, type BacktestRequest, type Fold, type Replaced } from '../../shared/experiments.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import { quick, shortRuns, type ExperimentHost, type Job } from './short-runs.ts';

/** Of the known rows, those that early stopping watches. */
const WATCHED = 0.15;

/** The table as it stood when its first `rows` rows were known: what comes later is not even there. */
export function knownTable({ time, columns }: SeriesTable, rows: number): SeriesTable {
  return {
    rows, time: { ...time, values: time.values.slice(0, rows) },
    columns: columns.map(({ name, values, inverse }) => ({
      name, values: values.slice(0, rows), ...(inverse === undefined ? {} : {
        inverse: {
          ...inverse, truth: inverse.truth.slice(0, rows),
          steps: inverse.steps.map((step) => (step.kind === 'difference' ? { ...step, before: step.before.slice(0, step.lag + rows) } : step)),
        },
      }),
    })),
  };
}

/**
 * Where the folds begin and end: the second half of the rows (or what the windows leave), in equal parts, one after the other.
 * @throws inputError 'backtest.too-few-rows'
 */
export function foldsOf(rows: number, { sequenceLength, horizon }: ForecastSpec['window'], folds: number): { from: number; to: number }[] {
  const first = Math.max(Math.floor(rows * KNOWN_SHARE), sequenceLength + 2 * horizon);
  const least = Math.max(horizon, 2);
  if (rows - first < folds * least) {
    const most = Math.floor((rows - first) / least);
    throw inputError('backtest.too-few-rows', `The data has ${rows} rows, too few for ${folds} folds with a sequence length of ${sequenceLength} and a horizon of ${horizon}.`, {
      field: 'folds', hint: most >= 2 ? `Choose at most ${most} folds.` : 'Choose a shorter sequence or a longer file.', details: { rows, folds, sequenceLength, horizon, most },
    });
  }
  const at = (i: number) => first + Math.round((i * (rows - first)) / folds);
  return Array.from({ length: folds }, (_, i) => ({ from: at(i), to: at(i + 1) }));
}

function jobOf(spec: ForecastSpec, table: SeriesTable, { from, to }: { from: number; to: number }): Job & { trainEnd: number } {
  const watched = spec.training.patience === null ? 0 : Math.min(Math.floor(from * WATCHED), from - spec.window.sequenceLength - spec.window.horizon);
  const trainEnd = from - Math.max(0, watched);
  return { trainEnd, table: knownTable(table, to), spec: { ...spec, split: { by: 'share', train: trainEnd / to, validation: (from - trainEnd) / to, test: (to - from) / to } } };
}

/**
 * Rolling-origin backtest (Tashman 2000): at each origin a network of its own is trained, with its scalers fitted again, on what
 * was known by then, and judged on the rows that follow. Origins move forward, the known part grows.
 *
 * @param table made by a recipe that looks at nothing later (`causalRecipe`), else the future leaks through its steps
 * @param replaced what stands in the recipe for steps that do
 * @returns null when it was cancelled
 * @throws too few rows, and what cannot be trained
 */
export async function backtest(given: ForecastSpec, table: SeriesTable, { folds, epochs }: BacktestRequest, host: ExperimentHost, replaced: Replaced[] = []): Promise<Backtest | null> {
  const spec: ForecastSpec = { ...quick(given), training: { ...given.training, epochs: epochs ?? given.training.epochs } };
  const spans = foldsOf(table.rows, spec.window, folds);
  const jobs = spans.map((span) => jobOf(spec, table, span));
  const runs = await shortRuns(jobs, host);
  if (runs === null) return null;
  const made = runs.map(({ finished, started }, i): Fold => {
    const { from, to } = spans[i]!;
    const pick = ({ mae, rmse }: { mae: number; rmse: number }) => ({ mae, rmse });
    return {
      ...spans[i]!, trainEnd: started.plan.split.trainEnd, scalers: started.plan.scalers ?? [], epochs: finished.epoch,
      model: pick(finished.metrics.test!), persistence: pick(finished.persistence.test!), predicted: finished.targets[0]!.predicted.slice(from, to),
    };
  });
  const mean = average(made.map(({ model }) => model.rmse));
  const [target] = spec.roles.targets as [string];
  const column = table.columns.find(({ name }) => name === target)!;
  return {
    target, time: table.time, truth: column.inverse?.truth ?? column.values, folds: made, mean,
    deviation: Math.sqrt(average(made.map(({ model }) => (model.rmse - mean) ** 2))), persistence: average(made.map(({ persistence }) => persistence.rmse)),
    better: made.filter(({ model, persistence }) => model.rmse < persistence.rmse).length, replaced,
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
