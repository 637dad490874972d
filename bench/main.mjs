// Times of whole training steps, against PyTorch and TensorFlow.js on this machine. Started by bench/run.mjs.
//   --json    one JSON object a line
//   --quick   fewer and shorter rounds, and without the large workloads of TensorFlow.js
import { performance } from 'node:perf_hooks';
import { pytorch } from './peers/pytorch.mjs';
import { tfjs } from './peers/tfjs.mjs';
import { kernelRate, unroll } from './peers/unroll.mjs';
import { operationsOf, workloads } from './workloads.mjs';

const json = process.argv.includes('--json');
const quick = process.argv.includes('--quick');
const only = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const ROUNDS = quick ? 3 : 7;
/** Seconds that one round of one contender lasts at least, where a step is shorter. */
const ROUND_SECONDS = quick ? 0.05 : 0.2;
/** Seconds that all rounds of TensorFlow.js on one workload may take; where a step is slower it gets fewer rounds, said aloud. */
const TFJS_SECONDS = quick ? 5 : 60;
/** Of PyTorch as of us; our own takes fewer where more do not pay. */
const THREADS = [1, 2];

const tell = (text) => { if (!json) console.log(text); };
const print = (object) => { if (json) console.log(JSON.stringify(object)); };
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function seconds(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** A contender warmed up, with the number of steps that fill a round. */
async function readied(name, threads, run, warmUps) {
  let step = await run(1);
  for (let i = 0; i < warmUps; i++) step = Math.min(step, (await run(Math.max(1, Math.round(0.02 / step)))) / Math.max(1, Math.round(0.02 / step)));
  return { name, threads, run, count: Math.max(1, Math.round(ROUND_SECONDS / step)), step, rounds: ROUNDS, times: [] };
}

/** First step: binary compiled, memory taken, weights packed; each from nothing. */
async function firstStep() {
  const w = workloads[0];
  const started = performance.now();
  const net = await unroll(w);
  const ready = performance.now();
  await net.steps(1);
  const done = performance.now();
  net.close();
  const result = { measure: 'firstStep', workload: w.workload, milliseconds: { create: ready - started, step: done - ready } };
  print(result);
  tell(`First step of ${w.workload}: ${(ready - started).toFixed(1)} ms to compile the kernels and take the memory, ${(done - ready).toFixed(2)} ms for the step.`);
}

/** Memory over 10,000 steps. */
async function memoryOverTime() {
  const net = await unroll(workloads[0]);
  await net.steps(200);
  const now = () => {
    globalThis.gc?.();
    return { wasm: net.bytes(), heap: process.memoryUsage().heapUsed };
  };
  const before = now();
  await net.steps(10_000);
  const after = now();
  net.close();
  print({ measure: 'memory', workload: workloads[0].workload, steps: 10_000, before, after });
  tell(`Memory over 10,000 steps: kernels ${before.wasm} -> ${after.wasm} bytes, JavaScript heap ${(before.heap / 2 ** 20).toFixed(2)} -> ${(after.heap / 2 ** 20).toFixed(2)} MiB.`);
}

async function measure(w, torch, makeTfjs, peak) {
  const closers = [];
  const contenders = [];
  for (const threads of THREADS) {
    const net = await unroll(w, threads);
    closers.push(() => net.close());
    contenders.push(await readied('wasm', threads, (n) => seconds(() => net.steps(n)), 4));
  }
  if (torch) {
    await torch.ask({ make: w });
    for (const threads of THREADS) {
      contenders.push(await readied('pytorch', threads, async (n) => (await torch.ask({ steps: n, threads })).seconds, 2));
    }
  }
  if (makeTfjs && !(quick && w.workload === 'large')) {
    const model = makeTfjs(w);
    closers.push(() => model.close());
    const contender = await readied('tfjs', 1, (n) => seconds(() => model.steps(n)), w.workload === 'large' ? 0 : 1);
    contender.rounds = Math.max(1, Math.min(ROUNDS, Math.floor(TFJS_SECONDS / (contender.step * contender.count))));
    contenders.push(contender);
  }
  // Interleaved: what disturbs the machine disturbs all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const c of contenders) if (round < c.rounds) c.times.push((await c.run(c.count)) / c.count);
  }
  closers.forEach((close) => close());
  return report(w, contenders, peak);
}

function report(w, contenders, peak) {
  const best = (name) => {
    const times = contenders.filter((c) => c.name === name).map((c) => median(c.times));
    return times.length === 0 ? null : Math.min(...times);
  };
  const [ours, torchTime, tfjsTime] = ['wasm', 'pytorch', 'tfjs'].map(best);
  for (const c of contenders) {
    const step = median(c.times);
    const gflops = operationsOf(w) / step / 1e9;
    const ratio = (time) => (c.name === 'wasm' && time !== null ? time / step : null);
    print({
      workload: w.workload, cell: w.cell, backend: c.name, threads: c.threads, microsecondsPerStep: step * 1e6,
      ratioToPyTorch: ratio(torchTime), ratioToTfjs: ratio(tfjsTime), gflops, shareOfPeak: gflops / (peak * c.threads), rounds: c.times.length,
    });
    tell(`  ${c.name.padEnd(8)} ${c.threads} thread${c.threads > 1 ? 's' : ' '} ${(step * 1e6).toFixed(1).padStart(12)} us a step  ${gflops.toFixed(1).padStart(6)} GFLOP/s  ${(100 * gflops / (peak * c.threads)).toFixed(0).padStart(3)} % of peak${c.times.length < ROUNDS ? `  (median of ${c.times.length})` : ''}`);
  }
  const against = [torchTime && `${(torchTime / ours).toFixed(2)} times PyTorch`, tfjsTime && `${(tfjsTime / ours).toFixed(0)} times tfjs layers`].filter(Boolean);
  if (against.length > 0) tell(`  -> wasm is ${against.join(', ')} (each at its best)`);
}

const python = process.env.UNROLL_PYTHON ?? 'python3';
await firstStep();
await memoryOverTime();
const torch = await pytorch(python);
const makeTfjs = await tfjs();
const kernel = kernelRate();
let peak = kernel;
if (torch.missing) tell(`PyTorch: not to be had from ${python} (${torch.missing}); set UNROLL_PYTHON. The rest follows.`);
else {
  const { gflops } = await torch.ask({ peak: true });
  peak = Math.max(peak, gflops);
  tell(`PyTorch ${torch.version} from ${python}.`);
}
if (!makeTfjs) tell('TensorFlow.js: not installed; the rest follows.');
print({ measure: 'peak', gflops: peak, kernelGflops: kernel, pytorch: torch.missing ? null : torch.version, tfjs: makeTfjs !== null });
tell(`Peak of one core, float32: ${peak.toFixed(1)} GFLOP/s (${peak > kernel ? 'PyTorch\'s matrix product' : 'our matrix kernel'}); our matrix kernel alone: ${kernel.toFixed(1)}.`);
for (const w of workloads) {
  if (only.length > 0 && !only.includes(w.workload)) continue;
  tell(`${w.workload}, ${w.cell}: batch ${w.batch}, time ${w.time}, input ${w.features}, hidden ${w.hidden}`);
  await measure(w, torch.missing ? null : torch, makeTfjs, peak);
}
if (!torch.missing) torch.close();
