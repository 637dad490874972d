import { describe, expect, it } from 'vitest';
import type { BackendFactory } from './backend.ts';
import { reference } from './backends/reference/reference-backend.ts';
import { conformanceCases, distance, embeddingCases, everyNumber } from './conformance.ts';

/** What float32 may lose against float64: gradients of RMSprop and Adam near zero decide the sign of a whole step. */
const TOLERANCE = 2e-4;

/**
 * The one suite, for one backend, inside a test file.
 * @param missing why it cannot run here, which is shown; null: it can
 * @param timeout milliseconds of a case, where shaders have to be compiled
 */
export function conform(name: string, factory: BackendFactory, missing: string | null, timeout = 20_000): void {
  describe.skipIf(missing !== null)(`${name}${missing === null ? '' : ` (skipped: ${missing})`} gives the numbers of the reference`, () => {
    it.each([...conformanceCases(), ...embeddingCases()])('$name', async (problem) => {
      const expected = await everyNumber(reference, problem);
      const got = await everyNumber(factory, problem);
      expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
      const far = Object.entries(expected).map(([key, values]) => ({ key, distance: distance(got[key]!, values) })).filter((d) => !(d.distance < TOLERANCE));
      expect(far).toEqual([]);
    }, timeout);
  });
}
