import type { Backend, BackendFactory, CancelSignal, ModelSpec, SequenceData } from '../../engine/backend.ts';
import type { Parameters } from '../../engine/parameters.ts';
import { relativeCurve } from '../../shared/half-life.ts';
import type { Memory } from '../../shared/insight.ts';
import { affordableWindows } from './occlusion.ts';

interface Occluded { model: ModelSpec; parameters: Parameters; data: SequenceData; /** Starts of the training part: the mean is theirs. */ train: Int32Array; /** Starts that are judged. */ windows: Int32Array }

/**
 * Each lag in turn is replaced by the mean of what goes in over the training part: of characters the mean of their one-hot vectors, or
 * of their embeddings, which no single character is. Compared is the mean cross-entropy of the last step, in nats.
 * @returns null when it was cancelled
 */
export async function hiddenSymbols(factory: BackendFactory, { model, parameters, data, train, windows }: Occluded, signal: CancelSignal, breathe: () => Promise<void>): Promise<Memory['occlusion']> {
  const T = data.sequenceLength;
  const F = model.inputSize;
  const dense = { ...model };
  delete dense.vocabulary;
  const weights = Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'embedding.weight'));
  const vectorAt = vectorsOf(data.input, parameters['embedding.weight']?.values ?? null, F);
  const means = new Float32Array(F);
  const counted = Math.min(train.length, 2_000);
  for (let i = 0; i < counted; i++) {
    const start = train[Math.floor((i * train.length) / counted)]!;
    for (let t = 0; t < T; t++) vectorAt(start + t, (f, value) => { means[f]! += value / (counted * T); });
  }
  const N = affordableWindows(model, T, windows.length);
  const chosen = Int32Array.from({ length: N }, (_, i) => windows[Math.floor((i * windows.length) / N)]!);
  const laid = new Float32Array((N * T + 1) * F);
  const targets = new Int32Array(N * T + 1);
  const ids = (data.targets as Extract<SequenceData['targets'], { kind: 'classes' }>).ids;
  chosen.forEach((start, n) => {
    for (let t = 0; t < T; t++) vectorAt(start + t, (f, value) => { laid[(n * T + t) * F + f] = value; });
    targets[(n + 1) * T] = ids[start + T]!;
  });
  const starts = Int32Array.from(chosen, (_, n) => n * T);
  const backend = await factory.create(dense, weights, { loss: { kind: 'crossEntropy' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 }, seed: 0 });
  try {
    const entropy = async (values: Float32Array): Promise<number> => {
      await backend.load({ input: { kind: 'dense', values, features: F }, targets: { kind: 'classes', ids: targets }, sequenceLength: T, horizon: 1 });
      return meanEntropy(await backend.predict(starts), model.outputSize, N, (n) => targets[(n + 1) * T]!);
    };
    const error = await entropy(laid);
    const changes: number[] = [];
    for (let lag = 1; lag <= T; lag++) {
      const hidden = laid.slice();
      for (let n = 0; n < N; n++) hidden.set(means, (n * T + T - lag) * F);
      changes.push(await entropy(hidden) - error);
      await breathe();
      if (signal.aborted) return null;
    }
    return { error, changes, ...relativeCurve(changes), windows: N };
  } finally {
    backend.dispose();
  }
}

/** What goes in at a row, number by number; zeros of a one-hot vector are left out. */
function vectorsOf(input: SequenceData['input'], embedding: Float32Array | null, F: number): (row: number, put: (feature: number, value: number) => void) => void {
  if (input.kind === 'dense') return (row, put) => { for (let f = 0; f < F; f++) put(f, input.values[row * F + f]!); };
  if (embedding === null) return (row, put) => put(input.ids[row]!, 1);
  return (row, put) => { for (let f = 0; f < F; f++) put(f, embedding[input.ids[row]! * F + f]!); };
}

/** Of the last step of each window; outputs [N, O] or [N, T, O]. */
function meanEntropy(outputs: Awaited<ReturnType<Backend['predict']>>, O: number, N: number, classOf: (window: number) => number): number {
  const width = outputs.length / N;
  let sum = 0;
  for (let n = 0; n < N; n++) {
    const logits = outputs.subarray((n + 1) * width - O, (n + 1) * width);
    const largest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
    sum += Math.log(logits.reduce((total, value) => total + Math.exp(value - largest), 0)) + largest - logits[classOf(n)]!;
  }
  return sum / N;
}
