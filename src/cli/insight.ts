import { applyRecipe, seriesTable } from '../data/index.ts';
import { decodeCheckpoint } from '../formats/checkpoint.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import { AppError, inputError } from '../shared/errors.ts';
import { gradientVerdict, type GradientVerdict } from '../shared/gradients.ts';
import { forecasterNames, insightRequestSchema, lacksOf, type ForecasterName, type Insight, type InsightRequest, type InsightVerdict, type Lack, type ScoresOfAll } from '../shared/insight.ts';
import { forecastSpec, type ForecastSpec } from '../shared/spec.ts';
import { splitNames } from '../shared/plan.ts';
import type { RunSummary } from '../shared/run.ts';
import type { Storage } from '../storage/index.ts';
import { unitOf } from '../shared/units.ts';
import { insightOf } from '../training/insight/insight.ts';
import { sequenceInsight, withSequences } from '../training/insight/sequences.ts';
import { storedInsight } from '../training/insight/stored.ts';
import { engines } from './engines.ts';
import { numberOr, type Options } from './options.ts';
import { sequenceJob } from './resume.ts';
import { openStore, tableOfDataset } from './store.ts';
import { figure, table } from './tables.ts';

/** `unroll insight ID`: what a trained network remembers, how it does against naive forecasts, and what comes next. */
export async function insightRun({ values, positionals: [id, ...more] }: Options): Promise<number> {
  if (id === undefined || more.length > 0) throw inputError('cli.usage', 'unroll insight needs one run id.', { hint: 'unroll runs lists them.' });
  const request = insightRequestSchema.safeParse({
    season: values['season'] === undefined ? null : numberOr(String(values['season'])), steps: values['steps'] === undefined ? 12 : numberOr(String(values['steps'])),
    ...(typeof values['known'] === 'string' ? { known: knownFrom(values['known']) } : {}),
    ...(values['averaged'] === undefined ? {} : { averaged: numberOr(String(values['averaged'])) }),
  });
  if (!request.success) {
    const option = `--${String(request.error.issues[0]!.path[0])}`;
    throw inputError('cli.usage', `${option} must be a whole number from 1 on, and not too large (got ${String(values[option.slice(2)])}).`, { field: option });
  }
  const storage = openStore(values['db']);
  try {
    const run = storage.runs.find(id);
    if (run.spec.task !== 'forecast') return await sequences(storage, run, values['json'] === true);
    const spec = forecastSpec(run.spec);
    const asked = { ...request.data, target: targetFrom(values['target'], spec) };
    const insight = await lookInto(storage, run, spec, asked);
    const gradients = storage.gradients.all(run.id);
    process.stdout.write(values['json'] === true ? `${JSON.stringify({ event: 'insight', runId: run.id, ...insight, ...summary(insight), lacks: lacksOf(insight), gradients: { verdict: gradientVerdict(gradients, spec), records: gradients } }, plain)}\n` : `${inWords(insight, run)}\n${gradientWords(gradientVerdict(gradients, spec), spec)}\n`);
    return 0;
  } finally {
    storage.close();
  }
}

/** Of a run on a text or on labelled sequences: what it remembers, by slopes and by hiding. */
async function sequences(storage: Storage, run: RunSummary, json: boolean): Promise<number> {
  const checkpoint = storage.checkpoints.get(run.id);
  if (checkpoint === null) throw inputError('insight.no-weights', `The run ${run.id} has no stored weights.`, { hint: 'Choose a run that is done.' });
  if (run.datasetId === null) throw inputError('insight.no-data', 'The data of this run is gone, so the network has nothing to look at.', { hint: 'Open the file again and train again.' });
  const job = await sequenceJob(storage, run, run.datasetId);
  const insight = (await withSequences(engines, job, decodeCheckpoint(checkpoint.bytes).parameters, (opened) => sequenceInsight(opened, { engines, signal: { aborted: false }, breathe: () => new Promise((resolve) => { setImmediate(resolve); }) })))!;
  if (json) process.stdout.write(`${JSON.stringify({ event: 'insight', runId: run.id, ...insight }, plain)}\n`);
  else {
    const { memory, outputs, part } = insight;
    process.stdout.write(`${[...memoryWords(memory, null), '', `By slopes of ${outputs.map((output) => JSON.stringify(output)).join(', ')}, a mean over ${memory.slopes.windows} windows of the ${part} part.`,
      memory.occlusion === null ? 'By occlusion it is measured for windows of at most 256 steps.' : `By occlusion: how much the cross-entropy (${figure(memory.occlusion.error)} nats) grows over ${memory.occlusion.windows} windows when that step is replaced by the mean of what goes in.`].join('\n')}\n`);
  }
  return 0;
}

/** The whole of it, or, where the data or the weights are gone, what the stored predictions still tell. @throws what is missing where there are none either */
async function lookInto(storage: Storage, run: RunSummary, spec: ForecastSpec, request: InsightRequest): Promise<Insight> {
  let series: SeriesTable;
  const checkpoint = storage.checkpoints.get(run.id);
  try {
    if (checkpoint === null) throw inputError('insight.no-weights', `The run ${run.id} has no stored weights.`, { hint: 'Choose a run that is done.' });
    if (run.datasetId === null) throw inputError('insight.no-data', 'The data of this run is gone, so the network has nothing to look at.', { hint: 'Open the file again and train again.' });
    series = seriesTable(applyRecipe(await tableOfDataset(storage, run.datasetId), spec.recipe).table, spec.roles);
  } catch (error) {
    const predictions = storage.runs.predictions(run.id);
    if (!(error instanceof AppError) || error.data.fault === 'ours' || predictions === null) throw error;
    return storedInsight(spec, predictions, request, error.data);
  }
  return (await insightOf(spec, series, decodeCheckpoint(checkpoint!.bytes).parameters, request, { engines, signal: { aborted: false }, breathe: () => new Promise((resolve) => { setImmediate(resolve); }) }))!;
}

/** The place of the target that is asked about. @throws inputError naming those there are */
function targetFrom(given: Options['values'][string], { roles: { targets } }: ForecastSpec): number {
  if (given === undefined) return 0;
  const place = targets.indexOf(String(given));
  if (place >= 0) return place;
  throw inputError('cli.usage', `The run has no target "${String(given)}" (--target).`, { field: '--target', hint: `It has: ${targets.join(', ')}.` });
}

/** "promo=1,0,1;holiday=yes,no,no": the next values of each column. @throws inputError */
function knownFrom(given: string): Record<string, string[]> {
  return Object.fromEntries(given.split(';').map((part): [string, string[]] => {
    const at = part.indexOf('=');
    if (at < 1) throw inputError('cli.usage', `--known cannot read "${part.trim()}".`, { field: '--known', hint: 'Write NAME=VALUE,VALUE,... for each column, with a semicolon between two columns.' });
    return [part.slice(0, at).trim(), part.slice(at + 1).split(',').map((value) => value.trim())];
  }));
}

/** The naive forecasts alone, and the measured coverage of each level at the first step. */
function summary({ scores, intervals }: Insight) {
  const naive = (all: ScoresOfAll | null) => all === null ? null : Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'model'));
  return {
    baselines: Object.fromEntries(splitNames.map((part) => [part, naive(scores[part])])),
    coverage: intervals.map(({ level, coverage, tested }) => ({ level, covered: coverage[0] ?? null, tested })),
  };
}

/** Typed arrays as JSON's arrays; what is not there as null. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array || value instanceof Float32Array) return Array.from(value as Float64Array, (v) => (Number.isFinite(v) ? v : null));
  return value;
}

const names: Record<ForecasterName, string> = { model: 'model', persistence: 'persistence', seasonal: 'seasonal naive', drift: 'drift', movingAverage: 'moving average' };

const outcomes: Record<InsightVerdict['outcome'], (verdict: InsightVerdict) => string> = {
  nothing: () => 'There is no window to judge the network on.',
  alone: ({ part, rmse }) => `RMSE ${figure(rmse)} on the ${part} part; there is no naive forecast to hold it against.`,
  better: (verdict) => beside(verdict, `${figure(verdict.gain! * 100)} % lower than`),
  worse: (verdict) => `${beside(verdict, `${figure(-verdict.gain! * 100)} % higher than`)} The naive one is the better forecast here.`,
  equal: (verdict) => beside(verdict, 'as good as'),
  exact: (verdict) => beside(verdict, 'worse than'),
};

function beside({ part, rmse, best }: InsightVerdict, words: string): string {
  return `RMSE ${figure(rmse)} on the ${part} part, ${words} the best naive forecast (${names[best!.forecaster]}, ${figure(best!.rmse)}).`;
}

const remedyWords: Record<GradientVerdict['remedies'][number], string> = {
  shorter: 'a shorter sequence', clip: 'clipping (--clip 1)', gated: 'an LSTM or a GRU (--cell lstm)', rate: 'a smaller learning rate', orthogonal: 'an orthogonal start (--init orthogonal)',
};

function gradientWords(verdict: GradientVerdict | null, { window }: ForecastSpec): string {
  if (verdict === null) return 'The gradient was not measured while it trained.';
  const { health, since, epoch, ratio, reach, remedies } = verdict;
  if (health === 'healthy') return `Gradient: healthy after epoch ${epoch}; at the oldest step its norm is ${figure(ratio)} times that at the newest.`;
  return `Gradient: ${health} since epoch ${since}; at the oldest step its norm is ${figure(ratio)} times that at the newest, and it reaches ${reach} of ${window.sequenceLength} steps back. Try ${remedies.map((remedy) => remedyWords[remedy]).join(', ')}.`;
}

const lackWords: Record<Lack, string> = {
  season: 'The seasonal naive forecast has nothing to say: less than a season lies before the first window.', mase: 'MASE has no value: within the training part the seasonal naive forecast makes no error, or the part is shorter than a season.',
  r2: 'R2 has no value: the truth does not vary in this part.', validation: 'There is no validation part, so that no intervals can be made.', test: 'There is no test part: the network is judged on data that it has seen, or that chose its best epoch.',
  intervals: 'Some intervals are missing: a level needs as many residuals of the validation part as level / (1 - level), 19 for 95 %.',
};

function memoryWords(memory: Insight['memory'], secondsPerStep: number | null): string[] {
  if (memory === null) return ['Memory, states and forecast need the data and the weights of the run; the rest is of the first step of its horizon.'];
  const half = memory.slopes.halfLife;
  return [
    half === null ? 'Memory: it does not halve within the window.' : `Memory: it halves every ${figure(half)} steps${secondsPerStep === null ? '' : ` (${figure((half * secondsPerStep) / 86_400)} days)`}.`,
    table(['lag', 'memory', ...(memory.occlusion === null ? [] : ['by occlusion'])], memory.slopes.relative.slice(0, 24).map((value, k) => [String(k + 1), figure(value), ...(memory.occlusion === null ? [] : [figure(memory.occlusion.relative[k])])]), 0),
  ];
}

function inWords(insight: Insight, run: RunSummary): string {
  const { target, verdict, memory, lacking, season, averaged, scores, suspicions, intervals, forecast, forecastProblem, secondsPerStep } = insight;
  const lines = [
    ...(lacking === null ? [] : [`${lacking.message} ${lacking.hint ?? ''}`.trim()]), ...memoryWords(memory, secondsPerStep), '',
    outcomes[verdict.outcome](verdict),
    season.detected === null ? 'No season was detected.' : `Season: ${season.used} rows (detected: ${season.detected}).`,
    table(['part', 'forecast', 'MAE', 'RMSE', 'sMAPE %', 'MASE', 'R2'], splitNames.flatMap((part) => {
      const all = scores[part];
      return all === null || all === undefined ? [] : forecasterNames.map((name) => {
        const s = all[name];
        const label = name === 'movingAverage' ? `${names[name]} (${averaged})` : names[name];
        return s === null ? [part, label, 'n/a', 'n/a', 'n/a', 'n/a', 'n/a'] : [part, label, figure(s.mae), figure(s.rmse), figure(s.smape), figure(s.mase), figure(s.r2)];
      });
    }), 2), '',
  ];
  if (suspicions.lag?.fires === true) lines.push('The prediction repeats the last value, shifted by a step. Predict differences, add inputs or lengthen the horizon.');
  if (suspicions.flat?.fires === true) lines.push('The prediction is nearly a flat line.');
  for (const lack of lacksOf(insight)) lines.push(lackWords[lack]);
  for (const { level, halfWidths, coverage, tested } of intervals) {
    if (halfWidths[0] === null) continue;
    lines.push(`${level * 100} % interval: +-${figure(halfWidths[0])}${unitOf(run, target) === '' ? '' : ` ${unitOf(run, target)}`}, ${coverage[0] === null || coverage[0] === undefined ? 'its coverage cannot be measured' : `covered ${(coverage[0] * 100).toFixed(1)} % of ${tested} test windows`}.`);
  }
  if (forecast === null) lines.push(...(forecastProblem === null ? [] : [forecastProblem]));
  else {
    lines.push(`Forecast (${forecast.method}):`, table(['step', target, ...forecast.bands.map((band) => `+-${band.level * 100} %`)],
      Array.from(forecast.values, (value, i) => [String(i + 1), figure(value), ...forecast.bands.map((band) => (Number.isNaN(band.halfWidths[i]) ? 'n/a' : figure(band.halfWidths[i])))]), 0));
  }
  return lines.join('\n');
}
