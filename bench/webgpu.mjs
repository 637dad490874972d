// The webgpu backend against our wasm and against TensorFlow.js layers on its WebGPU backend, in one interleaved run.
//   node bench/webgpu.mjs [--json] [--quick] [WORKLOAD ...]     UNROLL_TEST_GPU=1: the system's GPU, not the SwiftShader of Electron
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { create, globals } from 'webgpu';
import { testWebGpu } from '../scripts/test/webgpu.mjs';
import { webgpuWith } from '../src/engine/backends/webgpu/webgpu-backend.ts';
import { tfjsOnWebGpu } from './peers/tfjs-webgpu.mjs';
import { unroll, unrollOn } from './peers/unroll.mjs';
import { workloads } from './workloads.mjs';

// Dawn's driver is chosen by the environment that a process starts with.
if (!process.env.UNROLL_BENCH_CHILD) {
  const env = { ...process.env, ...await testWebGpu(), UNROLL_BENCH_CHILD: '1' };
  const { status } = spawnSync(process.execPath, ['--no-warnings', fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit', env });
  process.exit(status ?? 1);
}

const json = process.argv.includes('--json');
const quick = process.argv.includes('--quick');
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const ROUNDS = quick ? 3 : 7;
/** Milliseconds that a contender's turn is meant to take. */
const TURN = quick ? 150 : 400;
const threads = availableParallelism();
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds in which this thread recorded commands, and handed them to the device, so far. SwiftShader computes in the latter. */
const host = { record: 0, submit: 0 };
{
  let began = 0;
  const { GPUDevice, GPUQueue } = globals;
  const { createCommandEncoder } = GPUDevice.prototype;
  const { submit } = GPUQueue.prototype;
  GPUDevice.prototype.createCommandEncoder = function (...given) {
    began = performance.now();
    return createCommandEncoder.apply(this, given);
  };
  GPUQueue.prototype.submit = function (...given) {
    const recorded = performance.now();
    submit.apply(this, given);
    host.record += recorded - began;
    host.submit += performance.now() - recorded;
  };
}

// It has to be referenced until the end: Dawn's objects do not outlive it.
const gpu = create([]);
const factory = webgpuWith(() => Promise.resolve(gpu));
const adapter = await factory.probe();
if (!adapter.available) {
  console.error(adapter.reason);
  process.exit(2);
}
const layers = await tfjsOnWebGpu(gpu, globals);
if (!json) {
  console.log(`${adapter.device}. Steps a second, medians of ${ROUNDS} interleaved turns of ${TURN} ms; host: milliseconds a step in which our backend records commands, and submits them.`);
  if ('reason' in layers) console.log(layers.reason);
}

/** Steps that take about a turn, after what a first step compiles. */
async function stepsOfATurn(net) {
  await net.steps(2);
  let count = 1;
  for (;;) {
    const began = performance.now();
    await net.steps(count);
    const took = performance.now() - began;
    if (took > TURN / 3) return Math.max(1, Math.round((count * TURN) / took));
    count *= 3;
  }
}

for (const w of workloads.filter(({ workload }) => names.length === 0 || names.includes(workload))) {
  const contenders = [{ name: 'webgpu', net: await unrollOn(factory, w) }, { name: 'wasm', net: await unroll(w, threads) }];
  if ('make' in layers) contenders.push({ name: 'tfjs', net: layers.make(w) });
  for (const contender of contenders) Object.assign(contender, { count: await stepsOfATurn(contender.net), walls: [], records: [], submits: [] });
  for (let round = 0; round < ROUNDS; round++) {
    for (const { net, count, walls, records, submits } of contenders) {
      const [began, before] = [performance.now(), { ...host }];
      await net.steps(count);
      walls.push((performance.now() - began) / count);
      records.push((host.record - before.record) / count);
      submits.push((host.submit - before.submit) / count);
    }
  }
  const { workload, cell, batch, time, features, hidden } = w;
  const results = Object.fromEntries(contenders.map(({ name, net, walls, records, submits }) => {
    net.close();
    return [name, { stepsPerSecond: 1000 / median(walls), ...(name === 'webgpu' ? { recordMilliseconds: median(records), submitMilliseconds: median(submits) } : {}) }];
  }));
  if (json) {
    console.log(JSON.stringify({ device: adapter.device, software: adapter.facts.software, workload, cell, batch, time, features, hidden, threads, results }));
    continue;
  }
  const told = Object.entries(results).map(([name, { stepsPerSecond }]) => `${name} ${stepsPerSecond.toPrecision(3)}/s`);
  const ratio = 'tfjs' in results ? `: ${(results.webgpu.stepsPerSecond / results.tfjs.stepsPerSecond).toFixed(1)} times tfjs` : '';
  console.log(`${workload.padEnd(7)} ${cell.padEnd(8)} batch ${batch}, time ${time}, input ${features}, hidden ${hidden}: ${told.join(', ')}${ratio}; host ${results.webgpu.recordMilliseconds.toPrecision(2)} + ${results.webgpu.submitMilliseconds.toPrecision(2)} ms`);
}
process.exit(0);
