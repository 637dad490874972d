import type { Backend, OptimizerSpec } from '../../engine/backend.ts';
import { initialParameters } from '../../engine/index.ts';
import { startsOf } from '../../data/windows.ts';
import type { CharSpec } from '../../shared/spec.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { chooseBackend } from '../choose.ts';
import { explained } from '../engine-error.ts';
import { encodePrompt } from '../generation/alphabet.ts';
import { generate } from '../generation/generate.ts';
import { readerOf } from '../generation/reader.ts';
import { EpochLoop, type TrainingHost } from '../loop.ts';
import type { Resumption } from '../state.ts';
import { characterMetrics } from './metrics.ts';
import { prepareText, type PreparedText } from './prepare.ts';

type LastEvent = Extract<TrainerEvent, { type: 'finishedText' | 'cancelled' }>;

/** Validation windows evaluated at once. */
const CHUNK = 512;

function optimizerOf({ optimizer, momentum, weightDecay }: CharSpec['training']): OptimizerSpec {
  if (optimizer === 'sgd') return { kind: 'sgd', momentum, weightDecay };
  return optimizer === 'rmsprop' ? { kind: 'rmsprop', alpha: 0.99, epsilon: 1e-8, momentum, weightDecay } : { kind: optimizer, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay };
}

/** Whether a sample is written after this epoch: each n-th, or 1, 2, 5, 10, 20, 50 and so on. */
export function isSampled(epoch: number, every: number | null): boolean {
  if (every !== null) return epoch % every === 0;
  const digits = 10 ** Math.floor(Math.log10(epoch));
  return [1, 2, 5].includes(epoch / digits);
}

/**
 * Trains one run on a text, writes samples at the chosen epochs and judges it.
 * @param resumption null: from the first epoch; a run that goes on ends as if it had never stopped
 * @throws an AppError for bad input
 */
export async function trainText(spec: CharSpec, source: string, host: TrainingHost, resumption: Resumption | null = null): Promise<LastEvent> {
  const prepared = prepareText(spec, source);
  const { factory, device } = await chooseBackend(host.engines, spec.backend);
  let backend: Backend | null = null;
  try {
    backend = await factory.create(prepared.model, resumption?.state.parameters ?? initialParameters(prepared.model, spec.model.initialization, spec.training.seed), {
      loss: { kind: 'crossEntropy' }, optimizer: optimizerOf(spec.training), seed: spec.training.seed,
    });
    await backend.load(prepared.data);
    if (resumption !== null) await backend.setOptimizerState(resumption.state.optimizer);
    host.emit({ type: 'started', device, plan: prepared.plan });
    const { characters, unknown } = prepared.text;
    host.emit({ type: 'alphabet', characters, unknown });
    return await new TextSession(spec, prepared, backend, host, resumption).run();
  } catch (error) {
    throw explained(error);
  } finally {
    backend?.dispose();
  }
}

class TextSession {
  readonly #spec: CharSpec;
  readonly #prepared: PreparedText;
  readonly #backend: Backend;
  readonly #host: TrainingHost;
  readonly #loop: EpochLoop;

  constructor(spec: CharSpec, prepared: PreparedText, backend: Backend, host: TrainingHost, resumption: Resumption | null) {
    [this.#spec, this.#prepared, this.#backend, this.#host] = [spec, prepared, backend, host];
    const { train, validation } = prepared.starts;
    this.#loop = new EpochLoop({ training: spec.training, train: startsOf(train), validation: startsOf(validation), chunk: CHUNK }, backend, host, resumption);
  }

  async run(): Promise<LastEvent> {
    const { patience } = this.#spec.training;
    const sampled = (epoch: number, last: boolean) => (last || isSampled(epoch, this.#spec.samples.every) ? this.#sample(epoch) : Promise.resolve());
    const done = this.#loop.epochsDone;
    // What was to be written after the epoch that a checkpoint holds may have been broken off; the same is written again.
    if (done > 0 && this.#loop.betweenEpochs) await sampled(done, this.#loop.ended);
    if (!(await this.#loop.run(sampled))) return this.#loop.cancelled();
    const { best, epochsDone } = this.#loop;
    if (patience !== null && best.epoch !== epochsDone && best.epoch !== 0) {
      await this.#loop.checkpoint();
      await this.#backend.setParameters(best.parameters);
    }
    const { train, validation: middle, test } = this.#prepared.starts;
    const pause = async () => { await this.#loop.breathe(); return this.#host.signal.aborted; };
    const judged = (range: typeof train) => characterMetrics(this.#backend, this.#prepared, range, pause);
    const metrics = { train: await judged(train), validation: await judged(middle), test: await judged(test) };
    if (this.#host.signal.aborted) return { type: 'cancelled', epoch: epochsDone };
    return { type: 'finishedText', metrics, epoch: epochsDone, checkpoint: await this.#loop.final(patience === null), seconds: this.#loop.seconds };
  }

  async #sample(epoch: number): Promise<void> {
    const { samples: { prompt, length, temperature }, training: { seed }, window } = this.#spec;
    const { model, text } = this.#prepared;
    const reader = await readerOf(model, await this.#backend.parameters(), window.sequenceLength, this.#host.engines.reference);
    const { tokens } = encodePrompt(prompt, text, 'drop');
    const { text: written } = await generate(reader, text, tokens, { temperature, topK: null, topP: null, length, seed, stop: '' }, { signal: this.#host.signal });
    reader.dispose();
    // Half a sample is none: it is written when the run goes on.
    if (!this.#host.signal.aborted) this.#host.emit({ type: 'sample', sample: { epoch, prompt, text: written } });
  }
}
