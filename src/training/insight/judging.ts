import { findSeasons } from '../../data/analysis/season.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import { verdictOf, type ForecasterName, type Insight, type InsightRequest, type ScoresOfAll } from '../../shared/insight.ts';
import { splitNames, type SplitName, type StartRange } from '../../shared/plan.ts';
import { drift, movingAverage, persistence, seasonalNaive, type NaiveForecast } from './baselines.ts';
import { conformalIntervals } from './conformal.ts';
import { residualFacts } from './residuals.ts';
import { maseScale, scoresOf } from './scores.ts';
import { suspicionsOf } from './suspicions.ts';

/** What a network forecast, and of what. */
export interface Forecasted {
  /** [rows], in the data's unit. */
  target: Float64Array;
  time: SeriesTable['time'];
  /** Windows of each part. */
  starts: Record<SplitName, StartRange>;
  trainEnd: number; sequenceLength: number; horizon: number;
  /** The forecast of row `next + h` by the window that ends before row `next`. */
  predicted(next: number, h: number): number;
  levels: readonly number[];
}

export type Judged = Pick<Insight, 'secondsPerStep' | 'season' | 'averaged' | 'judged' | 'verdict' | 'scores' | 'bySteps' | 'suspicions' | 'residuals' | 'intervals'>;

/** A forecast beside naive ones on every part, what looks suspicious in it, what is left over, and how wide its errors are; `calibration` are the residuals of the validation part, [windows * horizon]. */
export function judgeForecast({ target, time, starts, trainEnd, sequenceLength: T, horizon, predicted, levels }: Forecasted, request: Pick<InsightRequest, 'season' | 'averaged'>): { facts: Judged; calibration: Float64Array } {
  const step = secondsPerStep(time);
  // The strongest one, in whole rows.
  const [season] = findSeasons(target.subarray(0, trainEnd), step).seasons;
  const detected = season === undefined ? null : Math.max(2, Math.round(season.period));
  const used = request.season ?? detected ?? 1;
  const averaged = request.averaged ?? T;
  const forecasts: Record<Exclude<ForecasterName, 'model'>, NaiveForecast> = {
    persistence, seasonal: seasonalNaive(used), drift, movingAverage: movingAverage(averaged),
  };
  const scale = maseScale(target, trainEnd, used);
  /** Truth and every forecast of a part, [windows * horizon]; `step` picks one step of the horizon. */
  const scoresOn = (part: StartRange, which: number | null): ScoresOfAll => {
    const pairs = pairsOf(part, T, horizon, which);
    const truth = pairs.map(({ next, h }) => target[next + h]!);
    const score = (values: number[]) => (values.some(Number.isNaN) ? null : scoresOf(truth, values, scale));
    return {
      model: score(pairs.map(({ next, h }) => predicted(next, h))),
      ...Object.fromEntries(Object.entries(forecasts).map(([name, forecast]) => [name, score(pairs.map(({ next, h }) => forecast(target, next, h)))])),
    } as ScoresOfAll;
  };
  const judged = (['test', 'validation', 'train'] as const).find((part) => starts[part].count > 0) ?? null;
  const ofParts = <V>(of: (part: StartRange) => V) => Object.fromEntries(splitNames.map((part) => [part, starts[part].count === 0 ? null : of(starts[part])])) as Record<SplitName, V | null>;
  const scores = ofParts((part) => scoresOn(part, null));
  const residualsOf = (part: SplitName) => Float64Array.from(pairsOf(starts[part], T, horizon, null), ({ next, h }) => target[next + h]! - predicted(next, h));
  const calibration = starts.validation.count > 0 ? residualsOf('validation') : new Float64Array(0);
  const facts = {
    secondsPerStep: step, season: { used, detected }, averaged, judged, verdict: verdictOf(judged, scores), scores,
    bySteps: ofParts((part) => Array.from({ length: horizon }, (_, h) => scoresOn(part, h))),
    ...leftOver(judged === null ? [] : pairsOf(starts[judged], T, horizon, 0), target, predicted, time),
    intervals: calibration.length === 0 ? [] : levels.map((level) => conformalIntervals(calibration, starts.test.count > 0 ? residualsOf('test') : new Float64Array(0), horizon, level)),
  };
  return { facts, calibration };
}

interface Pair { next: number; h: number }

/** The first forecast row of each window of a part, with each step of the horizon or the one asked for. */
function pairsOf({ first, step: stride, count }: StartRange, T: number, horizon: number, step: number | null): Pair[] {
  return Array.from({ length: count }, (_, w) => first + w * stride + T)
    .flatMap((next) => (step === null ? Array.from({ length: horizon }, (_, h) => ({ next, h })) : [{ next, h: step }]))
    // With a target at every step the first windows of a part begin before it and forecast from their last step on.
    .filter(({ next }) => next - T >= 0);
}

function leftOver(pairs: Pair[], target: Float64Array, predictedAt: Forecasted['predicted'], time: SeriesTable['time']): Pick<Insight, 'suspicions' | 'residuals'> {
  const truth = pairs.map(({ next }) => target[next]!);
  const predicted = pairs.map(({ next }) => predictedAt(next, 0));
  const values = Float64Array.from(truth, (value, i) => value - predicted[i]!);
  return {
    suspicions: suspicionsOf(truth, predicted, pairs.map(({ next }) => target[next - 1]!)),
    residuals: pairs.length === 0 ? null : { time: Float64Array.from(pairs, ({ next }) => time.values[next]!), values, ...residualFacts(values) },
  };
}

/** Median seconds from row to row; null where the time is no date. */
function secondsPerStep(time: SeriesTable['time']): number | null {
  if (time.kind !== 'date' || time.values.length < 2) return null;
  const gaps = time.values.slice(1).map((value, i) => value - time.values[i]!).sort();
  return gaps[Math.floor(gaps.length / 2)]! / 1000;
}
