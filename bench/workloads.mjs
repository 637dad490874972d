// What is timed: whole training steps (forward, backpropagation through time, Adam) of a recurrent layer and a linear head.

/**
 * @typedef {{ workload: string, cell: 'rnn_tanh' | 'lstm' | 'gru', batch: number, time: number, features: number, hidden: number,
 *   outputs: number, everyStep: boolean }} Workload
 */

const of = (workload, cell, batch, time, features, hidden, outputs = 1, everyStep = false) =>
  ({ workload, cell, batch, time, features, hidden, outputs, everyStep });

/** `everyStep`: one character in, the next one's class out, at every step; else numbers in and one number out after the last. */
export const workloads = [
  of('GS10', 'rnn_tanh', 32, 6, 1, 20),
  ...['rnn_tanh', 'lstm', 'gru'].map((cell) => of('hourly', cell, 64, 24, 8, 64)),
  // A book: 81 characters in windows of 64, as Moby-Dick is learnt by the defaults.
  ...['rnn_tanh', 'lstm', 'gru'].map((cell) => of('char', cell, 64, 64, 81, 128, 81, true)),
  ...['rnn_tanh', 'lstm', 'gru'].map((cell) => of('large', cell, 128, 96, 16, 256)),
];

const GATES = { rnn_tanh: 1, lstm: 4, gru: 3 };

/**
 * Floating-point operations that a step needs in its matrix products: forward, by the weights, and by the states. Tokens
 * need no product with the input, and nothing needs the derivative by the input.
 * @param {Workload} w
 */
export function operationsOf(w) {
  const width = GATES[w.cell] * w.hidden;
  const inputs = w.everyStep ? 0 : w.features;
  const steps = w.batch * w.time;
  const recurrent = 2 * steps * width * (3 * w.hidden + 2 * inputs);
  const head = 6 * (w.everyStep ? steps : w.batch) * w.hidden * w.outputs;
  return recurrent + head;
}

/** Numbers between -1 and 1 that look random and are the same everywhere. */
export function wave(count, seed = 1) {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898 + seed * 78.233));
}

/** Whole numbers below `below`, likewise. */
export function choices(count, below) {
  return Int32Array.from({ length: count }, (_, i) => Math.abs(Math.imul(i + 1, 0x9e3779b9) >> 8) % below);
}
