import type { Backend, Trace } from '../../engine/backend.ts';
import { inputError } from '../../shared/errors.ts';
import { invertPath } from '../../shared/inverse.ts';
import type { WindowTrace } from '../../shared/insight.ts';
import { ofTarget } from '../outputs.ts';
import type { Prepared } from '../prepare.ts';

/**
 * What the network holds at each step of the window that starts at `start`, with what goes in and what comes out of one target.
 * @throws inputError 'trace.window' where the series has no such window
 */
export async function traceOf(backend: Backend, { data, plan, targets }: Prepared, start: number, targetNumber = 0): Promise<WindowTrace> {
  const { sequenceLength: T, horizon } = data;
  const k = Math.min(targetNumber, targets.length - 1);
  const { values: target, scaler: { offset, scale }, inverse } = targets[k]!;
  const last = plan.split.rows - T;
  if (start < 0 || start > last) throw inputError('trace.window', `The window must start at a row from 0 to ${last} (got ${start}).`, { field: 'start', details: { last, start } });
  const { output, ...states } = await backend.trace(start);
  const sensitivity = await backend.sensitivity(Int32Array.of(start), k);
  const said = ofTarget(Float64Array.from(output.subarray(output.length - horizon * targets.length)), k, targets.length).map((value) => value * scale + offset);
  return {
    start, ...flatStates(states, T), sensitivity,
    inputs: target.slice(start, start + T),
    predicted: inverse === undefined ? said : invertPath(inverse, start + T, said),
    truth: Float64Array.from({ length: horizon }, (_, h) => target[start + T + h] ?? Number.NaN),
  };
}

/** States and gates of all layers end to end, [rows, T, H] each, and the norms, [rows, T]. */
export function flatStates({ hidden, gates, gradientNorms }: Omit<Trace, 'output'>, T: number): Pick<WindowTrace, 'rows' | 'steps' | 'hiddenSize' | 'hidden' | 'gates' | 'gradientNorms'> {
  const flat = (states: Float32Array[][]) => {
    const H = states[0]![0]!.length;
    const all = new Float32Array(states.length * T * H);
    states.forEach((byTime, row) => byTime.forEach((state, t) => { all.set(state, (row * T + t) * H); }));
    return all;
  };
  const norms = new Float32Array(gradientNorms.length * T);
  gradientNorms.forEach((byTime, row) => { norms.set(byTime, row * T); });
  return {
    rows: hidden.length, steps: T, hiddenSize: hidden[0]![0]!.length, hidden: flat(hidden),
    gates: Object.fromEntries(Object.entries(gates).map(([name, states]) => [name, flat(states)])), gradientNorms: norms,
  };
}
