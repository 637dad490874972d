import { describe, expect, it } from 'vitest';
import { loadTensorFlow } from '../../../trainer/tensorflow.ts';
import { conformanceCases, distance, embeddingCases, everyNumber } from '../../conformance.ts';
import { reference } from '../reference/reference-backend.ts';
import { tensorflowWith } from './tensorflow-backend.ts';

const TOLERANCE = 2e-4;
/** An installed engine: npm test puts one here where the package index can be reached. */
const folder = process.env['UNROLL_TENSORFLOW'] ?? null;
const factory = tensorflowWith(() => loadTensorFlow(folder));
const probe = await factory.probe();

describe.skipIf(!probe.available)(`tensorflow${probe.available ? ` on ${probe.device}` : ` (skipped: ${probe.reason})`} gives the numbers of the reference`, () => {
  it.each([...conformanceCases(), ...embeddingCases()])('$name', async (problem) => {
    const expected = await everyNumber(reference, problem);
    const got = await everyNumber(factory, problem);
    expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
    const far = Object.entries(expected).map(([key, values]) => ({ key, distance: distance(got[key]!, values) })).filter((d) => !(d.distance < TOLERANCE));
    expect(far).toEqual([]);
  });
});
