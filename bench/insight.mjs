// How long it takes to look into a network: the memory curve over 1,000 windows of 64 steps at hidden 64, what watching the
// gradient adds to training, and the pixels of a window of 128 units by 200 steps.
//   node bench/insight.mjs [--json]
import { performance } from 'node:perf_hooks';
import { backends, initialParameters, Rng } from '../src/engine/index.ts';
import { heatPixels } from '../src/renderer/lib/heat.ts';
import { GradientWatch } from '../src/training/gradient-watch.ts';
import { memoryCurve } from '../src/training/insight/memory.ts';

const json = process.argv.includes('--json');
const [WINDOWS, STEPS, HIDDEN, ROUNDS] = [1000, 64, 64, 5];
const never = { aborted: false };
const rng = new Rng(1);
const rows = 20_000;
const values = Float32Array.from({ length: rows }, () => rng.normal());
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const say = (measure, words) => console.log(json ? JSON.stringify(measure) : words);

async function opened(cell) {
  const model = { cell, inputSize: 1, hiddenSize: HIDDEN, layers: 1, bidirectional: false, dropout: 0, outputSize: 1, headSteps: 'last' };
  const backend = await backends.wasm.create(model, initialParameters(model, 'pytorch', 1), { seed: 1, loss: { kind: 'mse' }, optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 } });
  const data = { input: { kind: 'dense', values, features: 1 }, targets: { kind: 'values', values, width: 1 }, sequenceLength: STEPS, horizon: 1 };
  await backend.load(data);
  return { backend, data };
}

for (const cell of ['rnn_tanh', 'gru', 'lstm']) {
  const { backend } = await opened(cell);
  const starts = Int32Array.from({ length: WINDOWS }, (_, i) => i * 19);
  const seconds = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    await memoryCurve(backend, starts, STEPS, [0], never, () => Promise.resolve());
    if (round > 0) seconds.push((performance.now() - start) / 1000);
  }
  say({ measure: 'memory curve', cell, windows: WINDOWS, steps: STEPS, hidden: HIDDEN, seconds: median(seconds) }, `memory curve, ${cell}: ${median(seconds).toFixed(3)} s for ${WINDOWS} windows of ${STEPS} steps at hidden ${HIDDEN}`);
}

for (const cell of ['rnn_tanh', 'gru', 'lstm']) {
  for (const windows of [1000, 8000]) {
    const { backend, data } = await opened(cell);
    const order = Int32Array.from({ length: windows }, (_, i) => i * 2);
    const epochs = 20;
    const watch = new GradientWatch(backend, data, order, epochs);
    let [training, watching] = [0, 0];
    for (let epoch = 0; epoch <= epochs; epoch++) {
      const start = performance.now();
      const { position } = await backend.trainEpoch(order, { batchSize: 32, learningRate: 0.001, clipNorm: null, signal: never });
      const between = performance.now();
      // The first epoch warms both up.
      await watch.after(Math.max(1, epoch), position, epoch === epochs);
      if (epoch === 0) continue;
      training += between - start;
      watching += performance.now() - between;
    }
    say({ measure: 'gradient watch', cell, windows, share: watching / training }, `gradient watched, ${cell}, ${windows} windows, ${epochs} epochs: ${((100 * watching) / training).toFixed(2)} % on top of training`);
  }
}

const [UNITS, LENGTH] = [128, 200];
const state = Float32Array.from({ length: UNITS * LENGTH }, () => rng.normal());
const milliseconds = Array.from({ length: 50 }, () => {
  const start = performance.now();
  heatPixels(state, LENGTH, UNITS, 3, false);
  return performance.now() - start;
});
say({ measure: 'heatmap', units: UNITS, steps: LENGTH, milliseconds: median(milliseconds) }, `heatmap of ${UNITS} units by ${LENGTH} steps: ${median(milliseconds).toFixed(2)} ms for its pixels`);
