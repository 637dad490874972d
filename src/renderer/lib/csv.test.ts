import { expect, it } from 'vitest';
import { bytesOfDataUrl, toCsv } from './csv.ts';

it('quotes what needs it and leaves gaps empty', () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(toCsv(['Time', 'a "b", c'], [[1, NaN], ['x\ny', null]]));
  expect(text).toBe('\uFEFFTime,"a ""b"", c"\r\n1,\r\n"x\ny",\r\n');
});

it('reads the bytes of a data address', () => {
  expect([...bytesOfDataUrl('data:image/png;base64,iVBO')]).toEqual([0x89, 0x50, 0x4e]);
});

it('keeps a spreadsheet from running a text as a formula, and leaves numbers alone', () => {
  const text = new TextDecoder().decode(toCsv(['a'], [['=1+1'], ['@x'], [-3], ['plain']]));
  expect(text.split('\r\n').slice(1, 5)).toEqual(["'=1+1", "'@x", '-3', 'plain']);
});
