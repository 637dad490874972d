// Characters a second that are learnt from a text of 1 MB (Moby-Dick): sequence 64, hidden 128, batch 64, a target at every step.
//   UNROLL_PYTHON=python node bench/text.mjs [--json] [--quick] [--single] [CELL ...]
// --quick: three rounds; --single: one thread only, where others load the machine.
// Ours and PyTorch's rounds take turns, each with one and with two threads, so that what disturbs the machine disturbs both.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { tokenize } from '../src/data/text.ts';
import { initialParameters, Rng, wasmWith } from '../src/engine/index.ts';

const json = process.argv.includes('--json');
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const [CHARACTERS, TIME, HIDDEN, BATCH, STRIDE, ROUNDS, STEPS] = [1_000_000, 64, 128, 64, 16, process.argv.includes('--quick') ? 3 : 9, 24];
const THREADS = process.argv.includes('--single') ? [1] : [1, 2];
const file = new URL('../resources/samples/moby-dick.txt', import.meta.url).pathname;
const { ids, characters } = tokenize(readFileSync(file, 'utf8').slice(0, CHARACTERS), { normalization: 'none', minCount: 1 });
const signal = { aborted: false };
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function ours(cell, threads) {
  const V = characters.length;
  const model = { cell, inputSize: V, hiddenSize: HIDDEN, layers: 1, bidirectional: false, dropout: 0, outputSize: V, headSteps: 'every' };
  const spawnThread = (order) => { new Worker(new URL('peers/unroll-thread.mjs', import.meta.url), { workerData: order }).unref(); };
  const backend = await wasmWith({ threads, spawn: spawnThread }).create(model, initialParameters(model, 'pytorch', 1), {
    loss: { kind: 'crossEntropy' }, optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }, seed: 1,
  });
  await backend.load({ input: { kind: 'tokens', ids, vocabulary: V }, targets: { kind: 'classes', ids }, sequenceLength: TIME, horizon: 1 });
  const starts = Int32Array.from({ length: Math.floor((ids.length - TIME - 1) / STRIDE) }, (_, i) => i * STRIDE);
  new Rng(1).shuffle(starts);
  let at = 0;
  return {
    name: 'wasm', threads, times: [], close: () => backend.dispose(),
    async run() {
      if (at + STEPS * BATCH > starts.length) at = 0;
      const order = starts.subarray(at, at + STEPS * BATCH);
      at += STEPS * BATCH;
      const began = performance.now();
      await backend.trainEpoch(order, { batchSize: BATCH, learningRate: 2e-3, clipNorm: 1, signal });
      return (performance.now() - began) / 1000;
    },
  };
}

function pytorch(python) {
  const child = spawn(python, [new URL('peers/pytorch_text.py', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (command) => {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      return JSON.parse((await lines.next()).value);
    },
    close: () => child.stdin.end(),
  };
}

const torch = process.env.UNROLL_PYTHON === undefined ? null : pytorch(process.env.UNROLL_PYTHON);
if (torch === null) console.error('PyTorch: set UNROLL_PYTHON to a Python that has it; the rest follows.');
for (const cell of ['rnn_tanh', 'lstm', 'gru']) {
  if (wanted.length > 0 && !wanted.includes(cell)) continue;
  const contenders = [];
  for (const threads of THREADS) contenders.push(await ours(cell, threads));
  if (torch !== null) {
    await torch.ask({ make: { file, characters: CHARACTERS, cell, hidden: HIDDEN, time: TIME, batch: BATCH } });
    for (const threads of THREADS) contenders.push({ name: 'pytorch', threads, times: [], close: () => undefined, run: async () => (await torch.ask({ steps: STEPS, threads })).seconds });
  }
  // The first round warms up and does not count.
  for (let round = 0; round <= ROUNDS; round++) for (const contender of contenders) {
    const seconds = await contender.run();
    if (round > 0) contender.times.push(seconds);
  }
  contenders.forEach(({ close }) => close());
  const rateOf = ({ times }) => (STEPS * BATCH * TIME) / median(times);
  const best = (name) => Math.max(...contenders.filter((c) => c.name === name).map(rateOf));
  // Round by round, each at its best: the median of the ratios is what noise leaves of the truth.
  const fastest = (name, round) => Math.min(...contenders.filter((c) => c.name === name).map(({ times }) => times[round]));
  const ratio = torch === null ? null : median(Array.from({ length: ROUNDS }, (_, round) => fastest('pytorch', round) / fastest('wasm', round)));
  if (json) console.log(JSON.stringify({ measure: 'text', cell, charactersPerSecond: best('wasm'), pytorch: torch === null ? null : best('pytorch'), ratioToPyTorch: ratio }));
  else {
    console.log(`${cell}: ${contenders.map((c) => `${c.name} ${c.threads} thread${c.threads > 1 ? 's' : ''} ${Math.round(rateOf(c))}`).join(', ')} characters a second${ratio === null ? '' : `; ${ratio.toFixed(2)} times PyTorch, each at its best`}`);
  }
}
torch?.close();
