import type { Cell } from './csv.ts';
import { againstFirst, groupRuns } from './groups.ts';
import { splitNames } from './plan.ts';
import type { EpochRecord, HorizonErrors, Predictions, RunSummary } from './run.ts';
import { runFields, type EpochChoice, type FieldValue } from './run-fields.ts';

/** A run of a comparison, with what is stored beside its summary. */
export interface ComparedRun { run: RunSummary; epochs: readonly EpochRecord[]; predictions: Predictions | null }
export interface CompareChoice {
  epoch: EpochChoice;
  /** Settings that are alike in all runs too. */
  all: boolean;
  /** The field that groups the runs ('': all but the seed), and the metric that is held against them. */
  by: string;
  metric: string;
}

export const comparisonHeader = ['part', 'what', 'run', 'name', 'at', 'value'] as const;

const settings = /^(dataset|backend|task|(window|split|model|training|roles|scaling|recipe|text|sequence|label|kind|data)(\.|$))/;
const results = /^(seconds|epochs|best\.epoch|gain|(persistence\.)?(train|validation|test)\.)/;
/** "split.train" is a setting, "train.rmse" a result. */
export const isResult = (field: string): boolean => results.test(field);
export const isSetting = (field: string): boolean => settings.test(field);

/**
 * Everything that a comparison shows, as one long table: a row for each number, with the part of the comparison, what it is, whose it
 * is, where it stands (epoch, time or row, step of the horizon) and the value. Units are those of the data, losses are in scaled units.
 */
export function* comparisonRows(compared: readonly ComparedRun[], { epoch, all, by, metric }: CompareChoice): Generator<readonly Cell[]> {
  const fields = new Map(compared.map(({ run }) => [run, runFields(run, epoch)]));
  const paths = [...new Set([...fields.values()].flatMap((one) => Object.keys(one)))];
  const texts = (path: string) => compared.map(({ run }) => cell(fields.get(run)![path] ?? null));
  for (const [part, wanted] of [['result', isResult], ['setting', isSetting]] as const) {
    for (const path of paths.filter(wanted)) {
      const values = texts(path);
      if (part === 'setting' && !all && values.every((value) => value === values[0])) continue;
      for (const [i, { run }] of compared.entries()) yield [part, path, run.id, run.name, null, values[i]!];
    }
  }
  for (const { run, epochs } of compared) {
    const curves = [['train loss', (r: EpochRecord) => r.trainLoss], ['validation loss', (r: EpochRecord) => r.validationLoss], ['gradient norm', (r: EpochRecord) => r.gradientNorm], ['learning rate', (r: EpochRecord) => r.learningRate], ['seconds', (r: EpochRecord) => r.seconds]] as const;
    for (const [what, read] of curves) for (const record of epochs) yield ['curve', what, run.id, run.name, record.epoch, read(record)];
  }
  for (const { run, predictions } of compared) if (predictions !== null) yield* predictedRows(run, predictions);
  const groups = groupRuns(compared.map(({ run }) => run), (run) => fields.get(run)!, by, metric);
  for (const { name, runs, spread } of groups) {
    const its = runs.map(({ id }) => id).join(' ');
    for (const what of spread === null ? [] : ['count', 'mean', 'deviation', 'min', 'max'] as const) yield ['group', `${metric} ${what}`, its, name, null, spread![what]];
  }
  for (const { a, b, interval } of againstFirst(groups)) {
    if (interval === null) continue;
    for (const what of ['difference', 'low', 'high'] as const) yield ['noise', `${metric} ${what}`, b.runs.map(({ id }) => id).join(' '), `${b.name} - ${a.name}`, null, interval[what]];
    yield ['noise', `${metric} within the noise of the seeds`, b.runs.map(({ id }) => id).join(' '), `${b.name} - ${a.name}`, null, interval.withinNoise ? 'yes' : 'no'];
  }
}

/** Truth, prediction, errors over the horizon and worst windows of each target. */
function* predictedRows(run: RunSummary, { time, truth, predicted, horizon, others }: Predictions): Generator<readonly Cell[]> {
  const at = (row: number): Cell => { const value = time.values[row]; return value === undefined || Number.isNaN(value) ? row : time.kind === 'date' && Math.abs(value) < 8.64e15 ? new Date(value).toISOString() : value; };
  const first = run.spec.task === 'forecast' ? run.spec.roles.targets[0]! : '';
  for (const target of [{ name: first, truth, predicted, horizon: horizon ?? null }, ...(others ?? [])]) {
    for (let row = 0; row < target.truth.length; row++) yield ['truth', target.name, run.id, run.name, at(row), target.truth[row]!];
    for (let row = 0; row < target.predicted.length; row++) if (Number.isFinite(target.predicted[row])) yield ['prediction', target.name, run.id, run.name, at(row), target.predicted[row]!];
    if (target.horizon !== null) yield* horizonRows(run, target.name, target.horizon, at);
  }
}

function* horizonRows(run: RunSummary, name: string, { steps, worst }: HorizonErrors, at: (row: number) => Cell): Generator<readonly Cell[]> {
  for (const part of splitNames) for (const [step, rmse] of (steps[part]?.rmse ?? []).entries()) yield ['horizon', `${name} ${part} rmse`, run.id, run.name, step + 1, rmse];
  for (const { row, rmse } of worst) yield ['worst window', `${name} rmse`, run.id, run.name, at(row), rmse];
}

function cell(value: FieldValue): Cell {
  return value === null || typeof value === 'number' || typeof value === 'string' ? value : typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value as readonly string[]).join(' ');
}
