import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { svgChart, type Chart, type ChartLine } from '../formats/report/index.ts';
import { comparisonHeader, comparisonRows, isResult, isSetting, type CompareChoice, type ComparedRun } from '../shared/compare-csv.ts';
import { csvText } from '../shared/csv.ts';
import { environmentError, inputError } from '../shared/errors.ts';
import { againstFirst, groupRuns } from '../shared/groups.ts';
import { splitNames } from '../shared/plan.ts';
import { knownFields, runFields, type FieldValue } from '../shared/run-fields.ts';
import { sheetSvg, type SheetPart } from '../shared/sheet.ts';
import { findRuns, withStore } from './manage-runs.ts';
import type { Options } from './options.ts';
import { figure, table } from './tables.ts';

const flag = { type: 'boolean' } as const;
export const compareOptions = { all: flag, last: flag, out: { type: 'string' }, json: flag, db: { type: 'string' } } as const;

/** `unroll compare A B ...`: what came of the runs, and only the settings that differ (all of them with --all); with --out as a file too. */
export function compareRuns({ values, positionals }: Options): number {
  const out = values['out'];
  const kind = typeof out === 'string' ? extname(out).toLowerCase() : null;
  if (kind !== null && kind !== '.csv' && kind !== '.svg') throw inputError('cli.usage', `--out must end in .csv (every number) or .svg (a picture), got "${String(out)}".`, { field: '--out', hint: 'The window saves a comparison as PNG too.' });
  return withStore(values['db'], (storage) => {
    const runs = findRuns(storage, positionals, 'compare', 'unroll compare run-4f run-9k');
    if (runs.length < 2) throw inputError('cli.usage', 'unroll compare needs two runs or more.', { hint: 'unroll runs lists them.' });
    const choice: CompareChoice = { epoch: values['last'] === true ? 'last' : 'best', all: values['all'] === true, by: '', metric: 'test.rmse' };
    const fields = runs.map((run) => runFields(run, choice.epoch));
    choice.metric = ['test.rmse', 'test.bitsPerCharacter', 'test.accuracy'].find((metric) => fields.some((one) => typeof one[metric] === 'number')) ?? choice.metric;
    const skipped = new Set(['id', 'name', 'note', 'size', 'date', 'finished']);
    const rows = knownFields(fields).filter((field) => !skipped.has(field)).map((field) => ({ field, values: fields.map((run) => run[field] ?? null) }));
    const differing = rows.filter((row) => choice.all || row.values.some((value) => JSON.stringify(value) !== JSON.stringify(row.values[0])));
    if (kind !== null) {
      const compared = runs.map((run) => ({ run, epochs: storage.runs.get(run.id).epochs, predictions: storage.runs.predictions(run.id) }));
      save(String(out), kind === '.csv' ? `\uFEFF${csvText(comparisonHeader, comparisonRows(compared, choice))}` : picture(compared, choice, differing));
    }
    if (values['json'] === true) {
      process.stdout.write(`${JSON.stringify({ runs: runs.map(({ id, name }) => ({ id, name })), epoch: choice.epoch, differences: Object.fromEntries(differing.map((row) => [row.field, row.values])), ...(kind === null ? {} : { saved: out }) })}\n`);
    } else {
      process.stdout.write(`${table(['', ...runs.map((run) => run.id)], [['name', ...runs.map((run) => run.name)], ...differing.map((row) => [row.field, ...row.values.map(words)])])}\n${kind === null ? '' : `\nSaved ${String(out)}\n`}`);
    }
    return 0;
  });
}

function words(value: FieldValue | undefined): string {
  return value === undefined || value === null ? 'n/a' : Array.isArray(value) ? value.join(', ') : typeof value === 'number' ? figure(value) : String(value);
}

function save(path: string, content: string): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw environmentError('file.not-saved', `The file could not be saved: ${(error as Error).message}.`, { hint: 'Choose another folder.', details: { path } });
  }
}

/** The colours of the window on white, and after one round of them the dash. */
const colors = ['#0072b2', '#c24e00', '#00735a', '#a8377f', '#7a5c00', '#1b7f9c', '#b3261e', '#5b4bb7'];
const dashes = ['none', '6 3', '2 3'];
const lookOf = (index: number): { color: string; dash: string } => ({ color: colors[index % colors.length]!, dash: dashes[Math.floor(index / colors.length) % dashes.length]! });

/** Curves, predictions, errors over the horizon and the tables, as one picture. */
function picture(compared: readonly ComparedRun[], choice: CompareChoice, differing: readonly { field: string; values: FieldValue[] }[]): string {
  const chart = (given: Omit<Chart, 'empty'>): SheetPart[] => {
    const drawn: Chart = { ...given, empty: '' };
    return drawn.lines.length === 0 ? [] : [{ kind: 'chart', title: drawn.title, half: false, height: 445, draw: () => svgChart(drawn, 'light') }];
  };
  const line = (name: string, index: number, x: ArrayLike<number>, y: ArrayLike<number>): ChartLine => ({ name, meaning: 'prediction', x, y, look: lookOf(index) });
  const predicted = compared.flatMap(({ run, predictions }, index) => (predictions === null ? [] : [{ run, predictions, index }]));
  const first = predicted[0];
  const alike = predicted.filter(({ predictions: { truth } }) => truth.length === first!.predictions.truth.length && truth.every((value, i) => Object.is(value, first!.predictions.truth[i])));
  const steps = predicted.flatMap(({ run, predictions: { horizon }, index }) => {
    const part = splitNames.findLast((name) => horizon?.steps[name]);
    const rmse = part === undefined ? [] : horizon!.steps[part]!.rmse;
    return rmse.length < 2 ? [] : [line(`${run.name} (${part!})`, index, rmse.map((_, step) => step + 1), rmse)];
  });
  const fields = new Map(compared.map(({ run }) => [run, runFields(run, choice.epoch)]));
  const groups = groupRuns(compared.map(({ run }) => run), (run) => fields.get(run)!, choice.by, choice.metric);
  const head = ['', ...compared.map(({ run }) => run.name)];
  const rowsOf = (wanted: (field: string) => boolean) => differing.filter(({ field }) => wanted(field)).map(({ field, values }) => [field, ...values.map(words)]);
  const curve = (title: string, read: (epoch: ComparedRun['epochs'][number]) => number) => chart({
    title, y: 'loss', x: { kind: 'row', name: 'epoch' }, lines: compared.map(({ run, epochs }, i) => line(run.name, i, epochs.map(({ epoch }) => epoch), epochs.map(read))).filter(({ y }) => Array.from(y).some(Number.isFinite)),
  });
  return sheetSvg({
    title: 'Comparison of runs', subtitle: `${compared.length} runs, metrics of the ${choice.epoch} epoch`, legend: compared.map(({ run }, i) => ({ name: run.name, color: lookOf(i).color })),
    parts: [
      ...curve('Validation loss', (epoch) => epoch.validationLoss ?? Number.NaN), ...curve('Training loss', (epoch) => epoch.trainLoss),
      { kind: 'table', title: 'Results', head, rows: rowsOf(isResult), notes: [] }, { kind: 'table', title: 'Settings that differ', head, rows: rowsOf(isSetting), notes: [] },
      ...(first === undefined ? [] : chart({ title: 'Predictions on the same truth', y: '', x: { kind: first.predictions.time.kind, name: first.predictions.time.name || 'row' }, lines: [{ name: 'truth', meaning: 'truth', x: first.predictions.time.values, y: first.predictions.truth }, ...alike.map(({ run, predictions, index }) => line(run.name, index, predictions.time.values, predictions.predicted))] })),
      ...chart({ title: 'Error by step of the horizon', y: 'RMSE', x: { kind: 'row', name: 'step' }, lines: steps }),
      {
        kind: 'table', title: `Groups of all settings but the seed: ${choice.metric}`, head: ['', 'runs', 'mean', 'deviation'], rows: groups.map(({ name, runs, spread }) => [name, String(runs.length), words(spread?.mean), words(spread?.deviation)]),
        notes: againstFirst(groups).flatMap(({ a, b, interval }) => (interval === null ? [] : [`${b.name} less ${a.name}: ${figure(interval.difference)}, ${interval.withinNoise ? 'within' : 'larger than'} the noise of the seeds (95 % interval by Welch: ${figure(interval.low)} to ${figure(interval.high)}).`])),
      },
    ],
  }, { text: '#3f3f46', muted: '#52525b', grid: '#e4e4e7', background: '#ffffff' }).svg;
}
