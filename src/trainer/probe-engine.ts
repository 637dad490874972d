import { conformanceCase, distance, prepared } from '../engine/conformance.ts';
import { reference, tensorflowWith } from '../engine/index.ts';
import type { EngineProbe } from '../shared/engine-install.ts';
import { loadTensorFlow } from './tensorflow.ts';

/** What float32 may lose against float64 in one step's gradients. */
const TOLERANCE = 1e-3;

/**
 * Loads the engine of a folder in this process, which is thrown away afterwards, and tries it: one matrix product, the device it
 * ran on, one fused LSTM step, and its gradients against the reference.
 */
export async function probeEngine(folder: string): Promise<EngineProbe> {
  const probe: EngineProbe = { ok: false, version: null, device: null, gpu: false, gradientDistance: null, stepMilliseconds: null, reason: null, at: new Date().toISOString() };
  try {
    const runtime = await loadTensorFlow(folder);
    if ('reason' in runtime) return { ...probe, reason: runtime.reason };
    const { tf, version, device, gpu } = runtime;
    Object.assign(probe, { version, device, gpu });
    const product = tf.matMul([[1, 2], [3, 4]], [[5], [6]]).dataSync();
    if (product[0] !== 17 || product[1] !== 39) return { ...probe, reason: `a matrix product gave ${product.join(', ')} in place of 17, 39` };
    const problem = conformanceCase({ cell: 'lstm', time: 12, batch: 8, inputSize: 4, hiddenSize: 16 });
    const [fused, right] = await Promise.all([prepared(tensorflowWith(() => Promise.resolve(runtime)), problem), prepared(reference, problem)]);
    const [got, expected] = await Promise.all([fused.gradients(problem.starts), right.gradients(problem.starts)]);
    probe.gradientDistance = Math.max(...Object.entries(expected.gradients).map(([name, { values }]) => distance(got.gradients[name]!.values, values)));
    const step = () => fused.trainEpoch(problem.starts, { batchSize: problem.starts.length, learningRate: 0.01, clipNorm: null, signal: { aborted: false } });
    await step();
    const began = performance.now();
    await step();
    probe.stepMilliseconds = performance.now() - began;
    if (!(probe.gradientDistance < TOLERANCE)) return { ...probe, reason: `its gradients lie ${probe.gradientDistance.toPrecision(2)} from the reference, more than ${TOLERANCE}` };
    return { ...probe, ok: true };
  } catch (error) {
    return { ...probe, reason: (error as Error).message.split('\n')[0]! };
  }
}
