import { startsOf } from '../data/preparing/windows.ts';
import type { Engines } from '../training/choose.ts';
import { forecastBeyond } from '../training/insight/forecast.ts';
import { withBackend } from '../training/open.ts';
import { chunkOf, ofTarget, windowOutputs } from '../training/outputs.ts';
import type { Parameters } from '../engine/parameters.ts';
import { forecastCsv, mistakesCsv, predictedSeries, predictionsCsv, samplesCsv, type ForecastTable, type PredictedSeries } from '../formats/report/index.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import type { Files } from './formats.ts';
import type { RunRecord } from './record.ts';

/** With more cells only the first step of the horizon is told of each row; a spreadsheet holds far fewer. */
const MOST_CELLS = 10_000_000;
/** Steps beyond the end where predictions may go in again. */
const STEPS = 12;
const LEVELS = [0.8, 0.95];

interface Told { predictions: PredictedSeries; forecast: ForecastTable | null; problem: string | null }

/** Its process is ended where somebody cancels. */
const pause = (): Promise<boolean> => Promise.resolve(false);

/** What the network says of every row it was shown, and of those that follow. */
function tell(engines: Engines, spec: ForecastSpec, table: SeriesTable, parameters: Parameters): Promise<Told> {
  // It is only asked: whichever engine is at hand will do.
  return withBackend(engines, { ...spec, backend: 'auto' }, table, async ({ backend, prepared }): Promise<Told> => {
    const { data: { sequenceLength: T, horizon }, plan: { split: { rows, trainEnd, validationEnd } }, targets, starts } = prepared;
    const every = startsOf({ first: 0, step: 1, count: Math.max(0, rows - T - horizon + 1) });
    const all = (await windowOutputs(backend, prepared, every, chunkOf(prepared), pause))!;
    const K = targets.length;
    const told = rows * K * (horizon + 1) > MOST_CELLS ? 1 : horizon;
    const said = targets.map((_, k) => ofTarget(all, k, K));
    const predictions: PredictedSeries = {
      time: table.time, trainEnd, validationEnd,
      targets: targets.map(({ name, values }, k) => ({
        name, truth: values,
        ahead: Array.from({ length: told }, (_, h) => Float64Array.from({ length: rows }, (_row, row) => {
          const window = row - T - h;
          return window >= 0 && window < every.length ? said[k]![window * horizon + h]! : NaN;
        })),
      })),
    };
    const steps = spec.roles.inputs.every((name) => spec.roles.targets.includes(name)) ? Math.max(STEPS, horizon) : horizon;
    const { validation } = starts;
    const beyond: ForecastTable['targets'] = [];
    let method: ForecastTable['method'] = 'direct';
    let time = new Float64Array(0);
    for (let k = 0; k < K; k++) {
      const calibration = Float64Array.from(startsOf(validation)).filter((start) => start >= 0);
      const residuals = Float64Array.from({ length: calibration.length * horizon }, (_, i) => {
        const start = calibration[Math.floor(i / horizon)]!;
        return targets[k]!.values[start + T + (i % horizon)]! - said[k]![start * horizon + (i % horizon)]!;
      });
      const answer = (await forecastBeyond({ backend, spec, table, prepared, target: k, calibration: residuals, known: {}, steps, levels: LEVELS, pause }))!;
      if (answer.forecast === null) return { predictions, forecast: null, problem: answer.forecastProblem };
      ({ method, time } = answer.forecast as { method: ForecastTable['method']; time: Float64Array<ArrayBuffer> });
      beyond.push({ name: targets[k]!.name, values: answer.forecast.values, bands: answer.forecast.bands });
    }
    return { predictions, forecast: { time: { ...table.time, values: time }, method, targets: beyond }, problem: null };
  }, parameters);
}

/** So that spreadsheets read it as UTF-8; plain ASCII needs none. */
export const marked = (csv: string): string => (/[^\u0000-\u007f]/.test(csv) ? `\uFEFF${csv}` : csv);

/**
 * Predictions and forecasts as CSV with a README; of a text what it wrote as it learnt, of classes what was taken for another.
 * @throws inputError 'export.no-predictions' for a run that has none
 */
export async function tableFiles({ run, parameters, table, predictions, samples, classes }: RunRecord, engines: Engines): Promise<Files> {
  const { spec } = run;
  if (spec.task === 'char' && samples.length > 0) return { 'samples.csv': marked(samplesCsv(samples)), 'README.md': readme(run.name, [['samples.csv', 'What the network wrote as it learnt, by epoch.']], null) };
  if (classes !== null && classes.metrics !== null) return { 'mistakes.csv': marked(mistakesCsv(classes)), 'README.md': readme(run.name, [['mistakes.csv', `Examples of the ${classes.mistakesPart ?? 'judged'} part that were taken for another class, the surest first.`]], null) };
  const target = spec.task === 'forecast' ? spec.roles.targets[0]! : '';
  const told = spec.task === 'forecast' && table !== null && parameters !== null ? await tell(engines, spec, table, parameters)
    : predictions === null || spec.task !== 'forecast' ? null : { predictions: predictedSeries(predictions, target), forecast: null, problem: 'The data of the run is gone: these are the predictions stored with it.' };
  if (told === null) throw inputError('export.no-predictions', `The run "${run.name}" has no predictions to write.`, { hint: 'Choose a run that is done.', details: { name: run.name } });
  return {
    'predictions.csv': marked(predictionsCsv(told.predictions)),
    ...(told.forecast === null ? {} : { 'forecast.csv': marked(forecastCsv(told.forecast)) }),
    'README.md': readme(run.name, [
      ['predictions.csv', 'One line a row: its time, the part it lies in, and for each target its truth and what was predicted for this row so many steps before. The first rows have no prediction: a whole window comes before one.'],
      ...(told.forecast === null ? [] : [['forecast.csv', `${told.forecast.time.values.length} steps beyond the last row (${told.forecast.method}), with intervals from the errors in the validation part.`] as [string, string]]),
    ], told.problem),
  };
}

function readme(name: string, files: [string, string][], problem: string | null): string {
  return `# ${name.replace(/[\r\n]/g, ' ')}\n\n${files.map(([file, what]) => `- \`${file}\`: ${what}`).join('\n')}\n${problem === null ? '' : `\nThere is no forecast beyond the last row. ${problem}\n`}\nNumbers are in the unit of the data. Text that a spreadsheet would run as a formula begins with an apostrophe.\n`;
}
