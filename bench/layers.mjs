// The tensorflow backend against tf.layers, both on the same TensorFlow libraries in this process, in one interleaved run.
//   node bench/layers.mjs [--json]     UNROLL_TENSORFLOW: folder of an installed engine (unroll engine install)
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { tensorflowWith } from '../src/engine/index.ts';
import { loadTensorFlow } from '../src/trainer/tensorflow.ts';
import { layersModel } from './peers/tfjs.mjs';
import { unrollOn } from './peers/unroll.mjs';

const ROUNDS = 9;
const STEPS = 3;
const json = process.argv.includes('--json');
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const workload = (cell, batch, time, features, hidden) => ({ workload: 'layers', cell, batch, time, features, hidden, outputs: 1, everyStep: false });
const workloads = [
  workload('lstm', 32, 100, 8, 128), workload('gru', 32, 100, 8, 128), workload('rnn_tanh', 32, 100, 8, 128),
  workload('lstm', 64, 24, 8, 64), workload('rnn_tanh', 32, 6, 1, 20),
];

const runtime = await loadTensorFlow(process.env.UNROLL_TENSORFLOW ?? join(homedir(), '.cache/unroll/engines/tensorflow'));
if ('reason' in runtime) {
  console.error(runtime.reason);
  process.exit(2);
}
// The layers of the same version, on the tfjs-core that carries TensorFlow's kernels.
const tf = { ...runtime.tf, ...createRequire(import.meta.url)('@tensorflow/tfjs-layers') };
if (!json) console.log(`TensorFlow ${runtime.version}, ${runtime.device}. Milliseconds a step, median of ${ROUNDS} interleaved rounds of ${STEPS} steps.`);
for (const w of workloads) {
  const contenders = [
    { name: 'ours', net: await unrollOn(tensorflowWith(() => Promise.resolve(runtime)), w), times: [] },
    { name: 'layers', net: layersModel(tf, w), times: [] },
  ];
  for (const { net } of contenders) await net.steps(2);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { net, times } of contenders) {
      const began = performance.now();
      await net.steps(STEPS);
      times.push((performance.now() - began) / STEPS);
    }
  }
  for (const { net } of contenders) net.close();
  const [ours, layers] = contenders.map(({ times }) => median(times));
  const { cell, batch, time, features, hidden } = w;
  if (json) console.log(JSON.stringify({ cell, batch, time, features, hidden, gpu: runtime.gpu, ours, layers, ratio: layers / ours }));
  else console.log(`${cell.padEnd(8)} batch ${batch}, time ${time}, input ${features}, hidden ${hidden}: ours ${ours.toFixed(2)}, tf.layers ${layers.toFixed(2)}: ${(layers / ours).toFixed(1)} times`);
}
