import type { Backend, OptimizerSpec } from '../../engine/backend.ts';
import { initialParameters, Rng, scheduledRate } from '../../engine/index.ts';
import { startsOf } from '../../data/windows.ts';
import { inputError } from '../../shared/errors.ts';
import type { EpochRecord } from '../../shared/run.ts';
import type { CharSpec } from '../../shared/spec.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { chooseBackend } from '../choose.ts';
import { EarlyStopping } from '../early-stopping.ts';
import { explained } from '../engine-error.ts';
import { encodePrompt } from '../generation/alphabet.ts';
import { generate } from '../generation/generate.ts';
import { readerOf } from '../generation/reader.ts';
import { Throttle, TimeLeft } from '../pace.ts';
import type { TrainingHost } from '../session.ts';
import { characterMetrics } from './metrics.ts';
import { prepareText, type PreparedText } from './prepare.ts';

type LastEvent = Extract<TrainerEvent, { type: 'finishedText' | 'cancelled' }>;

const [EPOCHS_EVERY, PROGRESS_EVERY, CHECKPOINT_EVERY, BREATHE_EVERY] = [34, 100, 3000, 8];
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

/** Trains one run on a text, writes samples at the chosen epochs and judges it. @throws an AppError for bad input */
export async function trainText(spec: CharSpec, source: string, host: TrainingHost): Promise<LastEvent> {
  const prepared = prepareText(spec, source);
  const { factory, device } = await chooseBackend(host.engines, spec.backend);
  let backend: Backend | null = null;
  try {
    backend = await factory.create(prepared.model, initialParameters(prepared.model, spec.model.initialization, spec.training.seed), {
      loss: { kind: 'crossEntropy' }, optimizer: optimizerOf(spec.training), seed: spec.training.seed,
    });
    await backend.load(prepared.data);
    host.emit({ type: 'started', device, plan: prepared.plan });
    const { characters, unknown } = prepared.text;
    host.emit({ type: 'alphabet', characters, unknown });
    return await new TextSession(spec, prepared, backend, host).run();
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
  readonly #rng: Rng;
  readonly #began: number;
  #breathed: number;

  constructor(spec: CharSpec, prepared: PreparedText, backend: Backend, host: TrainingHost) {
    [this.#spec, this.#prepared, this.#backend, this.#host] = [spec, prepared, backend, host];
    this.#rng = new Rng(spec.training.seed, 1);
    this.#began = this.#breathed = host.now();
  }

  async run(): Promise<LastEvent> {
    const { epochs, patience, batchSize, clipNorm, schedule, learningRate } = this.#spec.training;
    const [epochsDue, progressDue, checkpointDue] = [EPOCHS_EVERY, PROGRESS_EVERY, CHECKPOINT_EVERY].map((ms) => new Throttle(ms)) as [Throttle, Throttle, Throttle];
    checkpointDue.due(this.#began);
    const left = new TimeLeft(epochs, this.#began);
    const stopping = new EarlyStopping(patience);
    const order = startsOf(this.#prepared.starts.train);
    const validation = startsOf(this.#prepared.starts.validation);
    const losses: number[] = [];
    let unsent: EpochRecord[] = [];
    let best = await this.#backend.parameters();
    let done = 0;
    const flush = () => {
      if (unsent.length > 0) this.#host.emit({ type: 'epochs', records: unsent });
      unsent = [];
    };
    const cancelled = async (): Promise<LastEvent> => {
      flush();
      await this.#checkpoint(done);
      return { type: 'cancelled', epoch: done };
    };
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const rate = scheduledRate(schedule, learningRate, epoch - 1, epochs, losses);
      this.#rng.shuffle(order);
      const result = await this.#backend.trainEpoch(order, {
        batchSize, learningRate: rate, clipNorm, signal: this.#host.signal,
        onBatch: (batch, batches) => {
          const now = this.#host.now();
          if (progressDue.due(now)) this.#host.emit({ type: 'progress', epoch, epochs, batch, batches, secondsLeft: left.estimate(epoch - 1 + batch / batches, now), stepsPerSecond: null });
          return this.#breathe();
        },
      });
      if (this.#host.signal.aborted) return cancelled();
      const validationLoss = validation.length === 0 ? null : await this.#meanLoss(validation);
      if (this.#host.signal.aborted) return cancelled();
      if (result.nonFiniteStep !== null || (validationLoss !== null && !Number.isFinite(validationLoss))) {
        flush();
        await this.#checkpoint(done);
        throw inputError('training.diverged', `The loss is no longer a finite number since epoch ${epoch}.`, { field: 'training.learningRate', hint: 'Choose a smaller learning rate, or clip the gradient norm to 1.', details: { epoch, step: (result.nonFiniteStep ?? 0) + 1 } });
      }
      const watched = validationLoss ?? result.loss;
      losses.push(watched);
      done = epoch;
      unsent.push({ epoch, trainLoss: result.loss, validationLoss, gradientNorm: result.gradNorm, learningRate: rate, seconds: (this.#host.now() - this.#began) / 1000 });
      if (epochsDue.due(this.#host.now())) flush();
      const { improved, stop } = stopping.observe(epoch, watched);
      if (improved && patience !== null) best = await this.#backend.parameters();
      if (stop || epoch === epochs || isSampled(epoch, this.#spec.samples.every)) await this.#sample(epoch);
      if (checkpointDue.due(this.#host.now())) await this.#checkpoint(epoch);
      if (stop) break;
    }
    flush();
    if (patience !== null) await this.#backend.setParameters(best);
    const { train, validation: middle, test } = this.#prepared.starts;
    const pause = async () => { await this.#breathe(); return this.#host.signal.aborted; };
    const judged = (range: typeof train) => characterMetrics(this.#backend, this.#prepared, range, pause);
    const metrics = { train: await judged(train), validation: await judged(middle), test: await judged(test) };
    if (this.#host.signal.aborted) return cancelled();
    return { type: 'finishedText', metrics, epoch: done, checkpoint: await this.#encoded(done), seconds: (this.#host.now() - this.#began) / 1000 };
  }

  async #sample(epoch: number): Promise<void> {
    const { samples: { prompt, length, temperature }, training: { seed }, window } = this.#spec;
    const { model, text } = this.#prepared;
    const reader = await readerOf(model, await this.#backend.parameters(), window.sequenceLength, this.#host.engines.reference);
    const { tokens } = encodePrompt(prompt, text, 'drop');
    const { text: written } = await generate(reader, text, tokens, { temperature, topK: null, topP: null, length, seed, stop: '' }, { signal: this.#host.signal });
    reader.dispose();
    this.#host.emit({ type: 'sample', sample: { epoch, prompt, text: written } });
  }

  async #meanLoss(starts: Int32Array): Promise<number> {
    let sum = 0;
    for (let from = 0; from < starts.length && !this.#host.signal.aborted; from += CHUNK) {
      const chunk = starts.subarray(from, from + CHUNK);
      sum += (await this.#backend.evaluate(chunk)) * chunk.length;
      await this.#breathe();
    }
    return sum / starts.length;
  }

  async #breathe(): Promise<void> {
    if (this.#host.now() - this.#breathed < BREATHE_EVERY) return;
    await this.#host.breathe();
    this.#breathed = this.#host.now();
  }

  async #encoded(epoch: number): Promise<Uint8Array> {
    return this.#host.encode({ epoch, parameters: await this.#backend.parameters(), optimizer: await this.#backend.optimizerState(), generator: this.#rng.state() });
  }

  async #checkpoint(epoch: number): Promise<void> {
    this.#host.emit({ type: 'checkpoint', kind: 'last', epoch, bytes: await this.#encoded(epoch) });
  }
}
