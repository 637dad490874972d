import { expect, it } from 'vitest';
import { inPieces, Pieces } from './pieces.ts';

const long = Float64Array.from({ length: 200_000 }, (_, i) => i / 3);
const message = { type: 'start', spec: { a: [1, null, 'x'] }, table: { rows: 200_000, time: { values: long }, columns: [{ name: 'x', values: long.map((v) => -v) }, { name: 'y', values: Float64Array.of(1, 2) }, { name: 'again', values: long }] } };

it('a message with long arrays comes through in pieces as it was sent', () => {
  const cut = inPieces(message);
  expect(cut.pieces).toHaveLength(8);
  expect(cut.pieces.every(({ values }) => values.length <= 65_536)).toBe(true);
  const end = new Pieces();
  for (const piece of cut.pieces) expect(end.take(structuredClone({ ...piece, values: piece.values.slice() }))).toBeNull();
  expect(end.take(structuredClone(cut.message))).toEqual(message);
  expect(end.take({ type: 'probe' })).toEqual({ type: 'probe' });
});

it('a message without long arrays is the message, and one that overtakes the pieces leaves them', () => {
  expect(inPieces({ type: 'cancel' })).toEqual({ pieces: [], message: { type: 'cancel' } });
  const cut = inPieces(message);
  const end = new Pieces();
  cut.pieces.forEach((piece) => end.take(piece));
  expect(end.take({ type: 'cancel' })).toEqual({ type: 'cancel' });
  expect(end.take(cut.message)).toEqual(message);
});
