import { describe, expect, it } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

const sample = () => encodeSafetensors({
  tensors: { b: { shape: [2, 3], values: new Float32Array([1, -2, 3.5, 0, Number.NaN, Infinity]) }, a: { shape: [], values: new Float32Array([7]) } },
  metadata: { made: 'by a test' },
});

describe('safetensors', () => {
  it('reads back what it wrote, bit for bit', () => {
    const { tensors, metadata } = decodeSafetensors(sample());
    expect(metadata).toEqual({ made: 'by a test' });
    expect(tensors['b']!.shape).toEqual([2, 3]);
    expect([...tensors['b']!.values]).toEqual([1, -2, 3.5, 0, Number.NaN, Infinity]);
    expect([...tensors['a']!.values]).toEqual([7]);
  });

  it('begins its tensors on a multiple of 8', () => {
    expect(Number(new DataView(sample().buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  it.each([
    ['cut in the tensors', (b: Uint8Array) => b.subarray(0, b.length - 4)],
    ['cut in the header', (b: Uint8Array) => b.subarray(0, 20)],
    ['empty', () => new Uint8Array()],
    ['a header length beyond the file', (b: Uint8Array) => { const c = b.slice(); new DataView(c.buffer).setBigUint64(0, 2n ** 60n, true); return c; }],
    ['a header that is not JSON', (b: Uint8Array) => { const c = b.slice(); c[8] = 0x7b + 1; return c; }],
  ])('refuses a file that is %s', (_name, spoil) => {
    expect(() => decodeSafetensors(spoil(sample()))).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'safetensors.damaged' }) }));
  });

  it('carries a checkpoint there and back', () => {
    const checkpoint = {
      epoch: 12, parameters: { 'rnn.bias_ih_l0': { shape: [2], values: new Float32Array([0.1, 0.2]) } },
      optimizer: { step: new Float32Array([3]) }, generator: [1, 2, 3, 4294967295],
      position: { steps: 3, lossSum: 0.1 + 0.2, normSum: 1e-300, clipped: 2 }, seconds: 1.25, best: { epoch: 11, parameters: { 'rnn.bias_ih_l0': { shape: [2], values: new Float32Array([0.3, 0.4]) } } },
    };
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
    const atBest = { ...checkpoint, position: { steps: 0, lossSum: 0, normSum: 0, clipped: 0 }, best: { epoch: 12, parameters: checkpoint.parameters } };
    expect(decodeCheckpoint(encodeCheckpoint(atBest))).toEqual(atBest);
    expect(encodeCheckpoint(atBest).length).toBeLessThan(encodeCheckpoint(checkpoint).length);
  });

  it('reads a checkpoint of version 1 to predict with, and refuses one that does not tell its place', () => {
    const metadata = { format: 'unroll-checkpoint', version: '1', epoch: '4', generator: '[1,2,3,4]' };
    expect(decodeCheckpoint(encodeSafetensors({ tensors: {}, metadata }))).toMatchObject({ epoch: 4, position: null, best: null });
    for (const change of [{ epoch: 'x' }, { position: '{"steps":-1}' }, { generator: '[0.5]' }, { version: '3' }]) {
      expect(() => decodeCheckpoint(encodeSafetensors({ tensors: {}, metadata: { ...metadata, ...change } }))).toThrow(/checkpoint/);
    }
  });
});
