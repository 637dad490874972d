import { describe, expect, it } from 'vitest';
import type { ModelSpec } from './backend.ts';
import { dropoutFactor, dropoutKey } from './dropout.ts';
import { bytesInWords } from './errors.ts';
import { countParameters, initialParameters, Rng, scheduledRate } from './index.ts';
import { stepFromFloats, stepToFloats } from './optimizer.ts';

const model: ModelSpec = { cell: 'lstm', inputSize: 3, hiddenSize: 16, layers: 2, bidirectional: true, dropout: 0.5, outputSize: 2, headSteps: 'last' };

describe('the generator', () => {
  it('is xoshiro128**', () => {
    // First outputs for the state 1, 2, 3, 4, from the authors' C code.
    const rng = new Rng(0);
    rng.setState([1, 2, 3, 4]);
    expect(Array.from({ length: 4 }, () => rng.next())).toEqual([11520, 0, 5927040, 70819200]);
  });

  it('goes on from its state, and differs by seed and by stream', () => {
    const rng = new Rng(7);
    rng.next();
    const other = new Rng(8, 3);
    other.setState(rng.state());
    expect(other.next()).toBe(rng.next());
    expect(new Set([new Rng(7).next(), new Rng(8).next(), new Rng(7, 1).next(), new Rng(8, 1).next()]).size).toBe(4);
    expect(() => rng.setState([0, 0, 0, 0])).toThrow(RangeError);
    expect(() => rng.setState([1, 2, 3])).toThrow(RangeError);
  });

  it('is uniform, normal and fair', () => {
    const rng = new Rng(1);
    const n = 50_000;
    const uniforms = Array.from({ length: n }, () => rng.uniform());
    expect(uniforms.every((u) => u >= 0 && u < 1)).toBe(true);
    expect(uniforms.reduce((a, b) => a + b) / n).toBeCloseTo(0.5, 2);
    const normals = Array.from({ length: n }, () => rng.normal());
    expect(normals.reduce((a, b) => a + b * b, 0) / n).toBeCloseTo(1, 1);
    const counts = [0, 0, 0];
    const draws = 300_000;
    for (let i = 0; i < draws; i++) counts[rng.below(3)]!++;
    for (const count of counts) expect(count / draws).toBeCloseTo(1 / 3, 2);
  });

  it('shuffles without losing any', () => {
    const values = Int32Array.from({ length: 100 }, (_, i) => i);
    new Rng(2).shuffle(values);
    expect(values).not.toEqual(values.toSorted());
    expect([...values.toSorted()]).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});

describe('first weights', () => {
  it('are uniform within 1 / sqrt(H), and the head within 1 / sqrt(2 H) for both directions', () => {
    for (const [name, { values }] of Object.entries(initialParameters(model, 'pytorch', 1))) {
      const bound = 1 / Math.sqrt(name.startsWith('head') ? 32 : 16);
      expect(values.every((v) => Math.abs(v) <= bound), name).toBe(true);
      if (values.length > 100) expect(Math.max(...values), name).toBeGreaterThan(0.9 * bound);
    }
  });

  it('are orthogonal where asked for', () => {
    const { values } = initialParameters(model, 'orthogonal', 1)['rnn.weight_hh_l1_reverse']!;
    for (let gate = 0; gate < 4; gate++) {
      for (let a = 0; a < 16; a++) {
        for (let b = 0; b < 16; b++) {
          let dot = 0;
          for (let k = 0; k < 16; k++) dot += values[(gate * 16 + a) * 16 + k]! * values[(gate * 16 + b) * 16 + k]!;
          expect(dot).toBeCloseTo(a === b ? 1 : 0, 5);
        }
      }
    }
  });

  it('are as many as PyTorch has', () => {
    // sum(p.numel() for p in nn.LSTM(3, 16, 2, bidirectional=True).parameters()) + nn.Linear(32, 2)
    expect(countParameters(model)).toBe(2 * 64 * (3 + 16 + 2) + 2 * 64 * (32 + 16 + 2) + 66);
  });
});

describe('schedules', () => {
  it('are constant, a tenth from one half and three quarters on, a cosine, or halved on a plateau', () => {
    expect(scheduledRate('constant', 0.1, 50, 100, [])).toBe(0.1);
    expect([49, 50, 75].map((epoch) => scheduledRate('step', 1, epoch, 100, []))).toEqual([1, 0.1, expect.closeTo(0.01, 12)]);
    expect([0, 50, 100].map((epoch) => scheduledRate('cosine', 1, epoch, 100, []))).toEqual([1, expect.closeTo(0.5, 12), expect.closeTo(0, 12)]);
    const flat = Array.from({ length: 24 }, () => 1);
    expect([11, 12, 22, 23].map((n) => scheduledRate('plateau', 1, n, 100, flat.slice(0, n)))).toEqual([1, 0.5, 0.5, 0.25]);
    expect(scheduledRate('plateau', 1, 24, 100, flat.map((_, i) => 1 / (i + 1)))).toBe(1);
    expect(scheduledRate({ kind: 'plateau', factor: 0.1, patience: 2, threshold: 0, minimum: 0.05 }, 1, 9, 100, flat)).toBe(0.05);
  });
});

it('dropout keeps its share and the mean, and differs by step, layer and place', () => {
  const n = 40_000;
  const factors = Array.from({ length: n }, (_, place) => dropoutFactor(dropoutKey(7, 1, 0), place, 0.3));
  expect(factors.filter((f) => f === 0).length / n).toBeCloseTo(0.3, 2);
  expect(factors.reduce((a, b) => a + b) / n).toBeCloseTo(1, 1);
  for (const key of [dropoutKey(7, 2, 0), dropoutKey(7, 1, 1), dropoutKey(8, 1, 0)]) {
    const same = factors.filter((f, place) => f === dropoutFactor(key, place, 0.3)).length / n;
    expect(same).toBeCloseTo(0.7 ** 2 + 0.3 ** 2, 1);
  }
});

it('step counts beyond float32 stay whole', () => {
  for (const step of [0, 1, 2 ** 24 + 1, 10 ** 9 + 7]) expect(stepFromFloats(stepToFloats(step))).toBe(step);
  expect(stepFromFloats(Float32Array.of(5))).toBe(5);
});

it('bytes in words', () => {
  expect([512, 2048, 3 * 2 ** 30].map(bytesInWords)).toEqual(['512 bytes', '2.0 KiB', '3.0 GiB']);
});
