import type { Backend, SequenceData } from '../../engine/backend.ts';

/**
 * Forecasts further than the horizon: each prediction goes in again as if it had been seen. For models whose only input is
 * their target.
 *
 * @param data the run's own series; the backend's series is replaced and put back
 * @param origins first row that is forecast, at least sequenceLength each (may be the row after the last)
 * @returns [origins, steps] in scaled units, or null when cancelled
 */
export async function recursiveForecast(backend: Backend, data: SequenceData, origins: Int32Array, steps: number, pause: () => Promise<boolean>): Promise<Float64Array | null> {
  if (data.input.kind !== 'dense' || data.input.features !== 1) throw new TypeError('A recursive forecast has one input, the target.');
  const { sequenceLength: T, horizon } = data;
  const { values } = data.input;
  // Whole horizons are predicted at once and cut in the end.
  const rows = T + Math.ceil(steps / horizon) * horizon;
  const laid = new Float32Array(origins.length * rows);
  origins.forEach((origin, n) => { laid.set(values.subarray(origin - T, origin), n * rows); });
  try {
    for (let done = 0; done < steps; done += horizon) {
      await backend.load({ ...data, input: { kind: 'dense', values: laid, features: 1 }, targets: { kind: 'values', values: new Float32Array(laid.length), width: 1 } });
      const outputs = await backend.predict(Int32Array.from(origins, (_, n) => n * rows + done));
      const size = outputs.length / origins.length;
      for (let n = 0; n < origins.length; n++) laid.set(outputs.subarray((n + 1) * size - horizon, (n + 1) * size), n * rows + T + done);
      if (await pause()) return null;
    }
  } finally {
    await backend.load(data);
  }
  const forecast = new Float64Array(origins.length * steps);
  for (let n = 0; n < origins.length; n++) forecast.set(laid.subarray(n * rows + T, n * rows + T + steps), n * steps);
  return forecast;
}
