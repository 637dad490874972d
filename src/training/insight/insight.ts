import type { Backend } from '../../engine/backend.ts';
import type { Parameters } from '../../engine/parameters.ts';
import { findSeasons } from '../../data/analysis/season.ts';
import { startsOf } from '../../data/preparing/windows.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import { verdictOf, type ForecasterName, type Insight, type InsightRequest, type Memory, type ScoresOfAll } from '../../shared/insight.ts';
import { splitNames, type SplitName, type StartRange } from '../../shared/plan.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import type { CancelSignal } from '../../engine/backend.ts';
import type { Engines } from '../choose.ts';
import { withBackend } from '../open.ts';
import { chunkOf, ofTarget, windowOutputs } from '../outputs.ts';
import type { Prepared } from '../prepare.ts';
import { drift, movingAverage, persistence, seasonalNaive, type NaiveForecast } from './baselines.ts';
import { conformalIntervals } from './conformal.ts';
import { forecastBeyond } from './forecast.ts';
import { memoryCurve } from './memory.ts';
import { occlusionCurve } from './occlusion.ts';
import { residualFacts } from './residuals.ts';
import { maseScale, scoresOf } from './scores.ts';
import { suspicionsOf } from './suspicions.ts';

export interface InsightHost { engines: Engines; signal: CancelSignal; breathe(): Promise<void> }

/** Windows of the memory curve and, dearer, of the occlusion, spread evenly over what there is. */
const MEMORY_WINDOWS = 1000;
const OCCLUSION_WINDOWS = 200;
/** Longest window that is occluded lag by lag. */
const OCCLUSION_STEPS = 256;
const LEVELS = [0.8, 0.95];

/**
 * Looks into a trained network: what it remembers, how its forecast does against naive ones, what is left over, and what comes
 * next. A run without validation or test part is looked at on what it has.
 *
 * @param parameters the trained weights
 * @returns null when it was cancelled
 * @throws what cannot be opened: bad data, no engine
 */
export function insightOf(spec: ForecastSpec, table: SeriesTable, parameters: Parameters, request: InsightRequest, host: InsightHost): Promise<Insight | null> {
  return withBackend(host.engines, spec, table, async ({ backend, prepared }) => {
    const pause = async () => { await host.breathe(); return host.signal.aborted; };
    const { sequenceLength: T, horizon } = prepared.data;
    const { rows } = prepared.plan.split;
    const every = startsOf({ first: 0, step: 1, count: Math.max(0, rows - T - horizon + 1) });
    const { starts, plan, targets } = prepared;
    const k = Math.min(request.target ?? 0, targets.length - 1);
    const { name, values: target } = targets[k]!;
    const memory = await memoryOf(backend, prepared, k, every, host);
    if (memory === null) return null;
    const all = await windowOutputs(backend, prepared, every, chunkOf(prepared), pause);
    if (all === null) return null;
    const outputs = ofTarget(all, k, targets.length);
    const step = secondsPerStep(table);
    // The strongest one, in whole rows.
    const [season] = findSeasons(target.subarray(0, plan.split.trainEnd), step).seasons;
    const detected = season === undefined ? null : Math.max(2, Math.round(season.period));
    const used = request.season ?? detected ?? 1;
    const averaged = request.averaged ?? T;
    const forecasts: Record<Exclude<ForecasterName, 'model'>, NaiveForecast> = {
      persistence, seasonal: seasonalNaive(used), drift, movingAverage: movingAverage(averaged),
    };
    const scale = maseScale(target, plan.split.trainEnd, used);
    /** Truth and every forecast of a part, [windows * horizon]; `step` picks one step of the horizon. */
    const scoresOn = (part: StartRange, step: number | null): ScoresOfAll => {
      const pairs = pairsOf(part, T, horizon, step);
      const truth = pairs.map(({ next, h }) => target[next + h]!);
      const score = (predicted: number[]) => (predicted.some(Number.isNaN) ? null : scoresOf(truth, predicted, scale));
      return {
        model: score(pairs.map(({ next, h }) => outputs[(next - T) * horizon + h]!)),
        ...Object.fromEntries(Object.entries(forecasts).map(([name, forecast]) => [name, score(pairs.map(({ next, h }) => forecast(target, next, h)))])),
      } as ScoresOfAll;
    };
    const judged = (['test', 'validation', 'train'] as const).find((part) => starts[part].count > 0) ?? null;
    const ofParts = <V>(of: (part: StartRange) => V) => Object.fromEntries(splitNames.map((part) => [part, starts[part].count === 0 ? null : of(starts[part])])) as Record<SplitName, V | null>;
    const scores = ofParts((part) => scoresOn(part, null));
    const residualsOf = (part: SplitName) => Float64Array.from(pairsOf(starts[part], T, horizon, null), ({ next, h }) => target[next + h]! - outputs[(next - T) * horizon + h]!);
    const calibration = starts.validation.count > 0 ? residualsOf('validation') : new Float64Array(0);
    const forecast = await forecastBeyond({ backend, spec, table, prepared, target: k, calibration, known: request.known ?? {}, steps: request.steps, levels: LEVELS, pause });
    if (forecast === null) return null;
    return {
      memory, secondsPerStep: step, season: { used, detected }, averaged, judged, target: name, verdict: verdictOf(judged, scores), scores,
      bySteps: ofParts((part) => Array.from({ length: horizon }, (_, h) => scoresOn(part, h))),
      ...leftOver(judged === null ? [] : pairsOf(starts[judged], T, horizon, 0), target, outputs, T, horizon, table),
      intervals: calibration.length === 0 ? [] : LEVELS.map((level) => conformalIntervals(calibration, starts.test.count > 0 ? residualsOf('test') : new Float64Array(0), horizon, level)),
      ...forecast,
    };
  }, parameters);
}

interface Pair { next: number; h: number }

/** The first forecast row of each window of a part, with each step of the horizon or the one asked for. */
function pairsOf({ first, step: stride, count }: StartRange, T: number, horizon: number, step: number | null): Pair[] {
  return Array.from({ length: count }, (_, w) => first + w * stride + T)
    .flatMap((next) => (step === null ? Array.from({ length: horizon }, (_, h) => ({ next, h })) : [{ next, h: step }]))
    // With a target at every step the first windows of a part begin before it and forecast from their last step on.
    .filter(({ next }) => next - T >= 0);
}

function leftOver(pairs: Pair[], target: Float64Array, outputs: Float64Array, T: number, horizon: number, table: SeriesTable): Pick<Insight, 'suspicions' | 'residuals'> {
  const truth = pairs.map(({ next }) => target[next]!);
  const predicted = pairs.map(({ next }) => outputs[(next - T) * horizon]!);
  const values = Float64Array.from(truth, (value, i) => value - predicted[i]!);
  return {
    suspicions: suspicionsOf(truth, predicted, pairs.map(({ next }) => target[next - 1]!)),
    residuals: pairs.length === 0 ? null : { time: Float64Array.from(pairs, ({ next }) => table.time.values[next]!), values, ...residualFacts(values) },
  };
}

/** Of one target's predictions; what hiding a row costs is measured on all of them. */
async function memoryOf(backend: Backend, prepared: Prepared, target: number, every: Int32Array, { signal, breathe }: InsightHost): Promise<Memory | null> {
  const { data, plan, targets } = prepared;
  const outputs = Array.from({ length: data.horizon }, (_, h) => h * targets.length + target);
  const slopes = await memoryCurve(backend, spread(every, MEMORY_WINDOWS), data.sequenceLength, outputs, signal, breathe);
  if (slopes === null) return null;
  if (data.sequenceLength > OCCLUSION_STEPS || data.input.kind !== 'dense') return { slopes, occlusion: null };
  const { values, features } = data.input;
  const means = new Float32Array(features);
  for (let row = 0; row < plan.split.trainEnd; row++) for (let f = 0; f < features; f++) means[f]! += values[row * features + f]! / plan.split.trainEnd;
  const occlusion = await occlusionCurve(backend, data, means, spread(every, OCCLUSION_WINDOWS), signal, breathe);
  return occlusion === null ? null : { slopes, occlusion };
}

/** At most `most` of the starts, evenly. */
function spread(starts: Int32Array, most: number): Int32Array {
  const count = Math.min(starts.length, most);
  return Int32Array.from({ length: count }, (_, i) => starts[Math.floor((i * starts.length) / count)]!);
}

/** Median seconds from row to row; null where the time is no date. */
function secondsPerStep({ time }: SeriesTable): number | null {
  if (time.kind !== 'date' || time.values.length < 2) return null;
  const gaps = time.values.slice(1).map((value, i) => value - time.values[i]!).sort();
  return gaps[Math.floor(gaps.length / 2)]! / 1000;
}
