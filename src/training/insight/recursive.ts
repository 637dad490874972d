import type { Backend } from '../../engine/backend.ts';
import type { Feature } from '../../shared/features.ts';

/** What goes in, also beyond the last row: [rows, features] scaled, and the name of each feature. */
export interface Inputs { values: Float32Array; features: readonly Feature[] }

/**
 * Forecasts of any length: each prediction of a target goes in again as if it had been seen, and what is known of the future (the
 * calendar, inputs known in the future) is read from the rows beyond. Up to the horizon it is the network's direct forecast.
 * For models whose other inputs are all known.
 *
 * @param inputs rows up to the last one that is forecast, rounded up to whole horizons; what the targets hold beyond an origin is not read
 * @param targets in the order of the outputs
 * @param origins first row that is forecast, at least sequenceLength each
 * @returns [origins, steps, targets] in scaled units, or null when cancelled. Another series is loaded afterwards: the caller puts its own back.
 */
export async function recursiveForecast(
  backend: Backend, { values, features }: Inputs, targets: readonly string[], { sequenceLength: T, horizon }: { sequenceLength: number; horizon: number },
  origins: Int32Array, steps: number, pause: () => Promise<boolean>,
): Promise<Float64Array | null> {
  const F = features.length;
  const K = targets.length;
  // Whole horizons are predicted at once and cut in the end.
  const ahead = Math.ceil(steps / horizon) * horizon;
  const rows = T + ahead;
  const laid = new Float32Array(origins.length * rows * F);
  origins.forEach((origin, n) => { laid.set(values.subarray((origin - T) * F, (origin + ahead) * F), n * rows * F); });
  const fed = features.flatMap((feature, f) => (feature.kind === 'column' && targets.includes(feature.column) ? [{ f, k: targets.indexOf(feature.column) }] : []));
  const said = new Float64Array(origins.length * ahead * K);
  const nothing = { kind: 'values' as const, values: new Float32Array(origins.length * rows * K), width: K };
  const size = horizon * K;
  for (let done = 0; done < steps; done += horizon) {
    await backend.load({ input: { kind: 'dense', values: laid, features: F }, targets: nothing, sequenceLength: T, horizon });
    const outputs = await backend.predict(Int32Array.from(origins, (_, n) => n * rows + done));
    const width = outputs.length / origins.length;
    for (let n = 0; n < origins.length; n++) {
      const last = outputs.subarray((n + 1) * width - size, (n + 1) * width);
      said.set(last, (n * ahead + done) * K);
      for (let h = 0; h < horizon; h++) for (const { f, k } of fed) laid[(n * rows + T + done + h) * F + f] = last[h * K + k]!;
    }
    if (await pause()) return null;
  }
  const forecast = new Float64Array(origins.length * steps * K);
  for (let n = 0; n < origins.length; n++) forecast.set(said.subarray(n * ahead * K, (n * ahead + steps) * K), n * steps * K);
  return forecast;
}
