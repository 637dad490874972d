import type { Backend, BackendFactory, ModelSpec } from '../../engine/backend.ts';
import { Stepper } from '../../engine/index.ts';
import type { Parameters } from '../../engine/parameters.ts';

/**
 * Reads tokens and tells what comes next. How follows from how the model was trained, always from a zero state at the start:
 *   targets at every step: the state is carried on from token to token, however many there are;
 *   target at the last step: the network has only ever seen windows of T, so it reads the last T tokens anew each time;
 *   bidirectional: the same, by a whole backend, since the backward direction starts at the end of the window.
 */
export interface Reader {
  /** Forgets what it has read. */
  reset(): void;
  /** Takes one token in. @returns logits [vocabulary], which stand until the next call */
  take(token: number): Float32Array | Promise<Float32Array>;
  /** h of each layer (and direction) after the last token, [H] each: copies. */
  hidden(): Promise<Float32Array[]> | Float32Array[];
  dispose(): void;
}

/** @param factory runs bidirectional models */
export async function readerOf(model: ModelSpec, parameters: Parameters, sequenceLength: number, factory: BackendFactory): Promise<Reader> {
  if (model.bidirectional) return bothWays(model, parameters, sequenceLength, factory);
  const stepper = new Stepper(model, parameters);
  return model.headSteps === 'every' ? carried(stepper) : windowed(stepper, sequenceLength);
}

function carried(stepper: Stepper): Reader {
  return {
    reset: () => stepper.reset(),
    take: (token) => stepper.step(token),
    hidden: () => stepper.hidden.map((h) => h.slice()),
    dispose: () => undefined,
  };
}

function windowed(stepper: Stepper, sequenceLength: number): Reader {
  let window: number[] = [];
  return {
    reset() { window = []; stepper.reset(); },
    take(token) {
      if (window.length === sequenceLength) window.shift();
      window.push(token);
      stepper.reset();
      let logits = stepper.logits;
      for (const earlier of window) logits = stepper.step(earlier);
      return logits;
    },
    hidden: () => stepper.hidden.map((h) => h.slice()),
    dispose: () => undefined,
  };
}

async function bothWays(model: ModelSpec, parameters: Parameters, sequenceLength: number, factory: BackendFactory): Promise<Reader> {
  const backend: Backend = await factory.create(model, parameters, { loss: { kind: 'crossEntropy' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 }, seed: 0 });
  let window: number[] = [];
  return {
    reset() { window = []; },
    async take(token) {
      if (window.length === sequenceLength) window.shift();
      window.push(token);
      // The rows behind the window are targets, which a prediction does not look at.
      const ids = Int32Array.from([...window, 0]);
      await backend.load({ input: { kind: 'tokens', ids, vocabulary: model.outputSize }, targets: { kind: 'classes', ids }, sequenceLength: window.length, horizon: 1 });
      return (await backend.predict(Int32Array.of(0))).slice(-model.outputSize);
    },
    hidden: async () => (window.length === 0 ? [] : (await backend.trace(0)).hidden.map((steps) => steps.at(-1)!)),
    dispose: () => backend.dispose(),
  };
}
