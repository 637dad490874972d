import type { Backend, ModelSpec } from '../../engine/backend.ts';
import type { Parameters } from '../../engine/parameters.ts';
import { startsOf } from '../../data/preparing/windows.ts';
import type { SeriesTable } from '../../shared/dataset.ts';
import type { Insight, InsightRequest, Memory } from '../../shared/insight.ts';
import type { ForecastSpec } from '../../shared/spec.ts';
import type { CancelSignal } from '../../engine/backend.ts';
import type { Engines } from '../choose.ts';
import { modelOf } from '../model.ts';
import { withBackend } from '../open.ts';
import { chunkOf, ofTarget, windowOutputs } from '../outputs.ts';
import type { Prepared } from '../prepare.ts';
import { forecastBeyond } from './forecast.ts';
import { judgeForecast } from './judging.ts';
import { memoryCurve } from './memory.ts';
import { affordableWindows, occlusionCurve } from './occlusion.ts';

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
    const memory = await memoryOf(backend, modelOf(spec), prepared, k, every, host);
    if (memory === null) return null;
    const all = await windowOutputs(backend, prepared, every, chunkOf(prepared), pause);
    if (all === null) return null;
    const outputs = ofTarget(all, k, targets.length);
    const { facts, calibration } = judgeForecast({ target, time: table.time, starts, trainEnd: plan.split.trainEnd, sequenceLength: T, horizon, predicted: (next, h) => outputs[(next - T) * horizon + h]!, levels: LEVELS }, request);
    const forecast = await forecastBeyond({ backend, spec, table, prepared, target: k, calibration, known: request.known ?? {}, steps: request.steps, levels: LEVELS, pause });
    if (forecast === null) return null;
    return { memory, target: name, lacking: null, ...facts, ...forecast };
  }, parameters);
}

/** Of one target's predictions; what hiding a row costs is measured on all of them. */
async function memoryOf(backend: Backend, model: ModelSpec, prepared: Prepared, target: number, every: Int32Array, { signal, breathe }: InsightHost): Promise<Memory | null> {
  const { data, plan, targets } = prepared;
  const outputs = Array.from({ length: data.horizon }, (_, h) => h * targets.length + target);
  const slopes = await memoryCurve(backend, spread(every, MEMORY_WINDOWS), data.sequenceLength, outputs, signal, breathe);
  if (slopes === null) return null;
  if (data.sequenceLength > OCCLUSION_STEPS || data.input.kind !== 'dense') return { slopes, occlusion: null };
  const { values, features } = data.input;
  const means = new Float32Array(features);
  for (let row = 0; row < plan.split.trainEnd; row++) for (let f = 0; f < features; f++) means[f]! += values[row * features + f]! / plan.split.trainEnd;
  const occlusion = await occlusionCurve(backend, data, means, spread(every, affordableWindows(model, data.sequenceLength, OCCLUSION_WINDOWS)), signal, breathe);
  return occlusion === null ? null : { slopes, occlusion };
}

/** At most `most` of the starts, evenly. */
function spread(starts: Int32Array, most: number): Int32Array {
  const count = Math.min(starts.length, most);
  return Int32Array.from({ length: count }, (_, i) => starts[Math.floor((i * starts.length) / count)]!);
}
