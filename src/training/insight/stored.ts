import type { AppErrorData } from '../../shared/errors.ts';
import type { Insight, InsightRequest } from '../../shared/insight.ts';
import type { Predictions } from '../../shared/run.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import { judgeForecast } from './judging.ts';

const LEVELS = [0.8, 0.95];

/**
 * What can still be said of a run whose data or weights are gone: all that follows from the predictions that it stored, which are
 * those of the first step of its horizon. Memory, states and what comes next need the network and its data.
 *
 * @param lacking why they are not there
 */
export function storedInsight(spec: ForecastSpec, predictions: Predictions, request: InsightRequest, lacking: AppErrorData): Insight {
  const k = Math.min(request.target ?? 0, predictions.others?.length ?? 0);
  const { truth, predicted } = k === 0 ? predictions : predictions.others![k - 1]!;
  const { time, trainEnd, validationEnd } = predictions;
  const { sequenceLength } = spec.window;
  const part = (from: number, to: number) => {
    const first = Math.max(from, sequenceLength);
    return { first: first - sequenceLength, step: 1, count: Math.max(0, to - first) };
  };
  const { facts } = judgeForecast({
    target: truth, time, starts: { train: part(0, trainEnd), validation: part(trainEnd, validationEnd), test: part(validationEnd, truth.length) }, trainEnd, sequenceLength, horizon: 1,
    predicted: (next) => predicted[next]!, levels: LEVELS,
  }, request);
  return { memory: null, target: spec.roles.targets[k]!, lacking, ...facts, forecast: null, forecastProblem: null, forecastNeeds: [] };
}
