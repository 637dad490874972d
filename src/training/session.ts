import type { Backend } from '../engine/backend.ts';
import { startsOf } from '../data/preparing/windows.ts';
import type { SeriesTable } from '../shared/dataset.ts';
import type { Evaluations } from '../shared/run.ts';
import type { ForecastSpec } from '../shared/spec.ts';
import type { TargetResult, TrainerEvent } from '../shared/trainer-protocol.ts';
import { horizonErrors, judge, overall } from './judge.ts';
import { EpochLoop, type TrainingHost } from './loop.ts';
import { withBackend } from './open.ts';
import { chunkOf, ofTarget, windowOutputs } from './outputs.ts';
import { Throttle } from './pace.ts';
import type { Prepared } from './prepare.ts';
import type { Resumption } from './state.ts';

type LastEvent = Extract<TrainerEvent, { type: 'finished' | 'cancelled' }>;

/** Milliseconds between two pictures of what the network predicts by now. */
const PREVIEW_EVERY = 1000;
/** Rows predicted for a preview, spread evenly over the series. */
const PREVIEW_ROWS = 600;

/**
 * Trains one run from the first epoch to the last and judges it.
 * @param resumption null: from the first epoch. A run that goes on ends, on the same backend, as if it had never stopped.
 * @returns the last event: finished or cancelled
 * @throws what cannot be trained: an AppError for bad input, anything else is a fault of ours
 */
export function trainRun(spec: ForecastSpec, table: SeriesTable, host: TrainingHost, resumption: Resumption | null = null): Promise<LastEvent> {
  return withBackend(host.engines, spec, table, async ({ backend, prepared, device }) => {
    if (resumption !== null) await backend.setOptimizerState(resumption.state.optimizer);
    host.emit({ type: 'started', device, plan: prepared.plan });
    return new Session(spec, prepared, backend, host, resumption).run();
  }, resumption?.state.parameters);
}

class Session {
  readonly #prepared: Prepared;
  readonly #backend: Backend;
  readonly #host: TrainingHost;
  readonly #loop: EpochLoop;
  readonly #chunk: number;
  readonly #previewDue = new Throttle(PREVIEW_EVERY);

  constructor(spec: ForecastSpec, prepared: Prepared, backend: Backend, host: TrainingHost, resumption: Resumption | null) {
    this.#prepared = prepared;
    this.#backend = backend;
    this.#host = host;
    this.#chunk = chunkOf(prepared);
    this.#loop = new EpochLoop({
      training: spec.training, train: startsOf(prepared.starts.train), validation: startsOf(prepared.starts.validation), chunk: this.#chunk, data: prepared.data,
      ...(spec.scaling === 'none' ? { hintAtFirstStep: 'Scale the data, for its values are too large as they are.' } : {}),
    }, backend, host, resumption);
  }

  async run(): Promise<LastEvent> {
    const done = await this.#loop.run(async (epoch) => {
      if (this.#previewDue.due(this.#host.now())) await this.#preview(epoch);
    });
    return done ? this.#finish() : this.#loop.cancelled();
  }

  /** Outputs of the windows' last step in the data's unit, [N * horizon * targets]; null when cancelled. */
  #outputs(starts: Int32Array): Promise<Float64Array | null> {
    return windowOutputs(this.#backend, this.#prepared, starts, this.#chunk, async () => {
      await this.#loop.breathe();
      return this.#host.signal.aborted;
    });
  }

  /** What the network predicts by now, so that a person sees it learn. */
  async #preview(epoch: number): Promise<void> {
    const { data: { sequenceLength, horizon }, plan, targets } = this.#prepared;
    const count = plan.split.rows - sequenceLength - horizon + 1;
    const step = Math.ceil(count / PREVIEW_ROWS);
    const starts = startsOf({ first: 0, step, count: Math.ceil(count / step) });
    const outputs = await this.#outputs(starts);
    if (outputs === null) return;
    this.#host.emit({ type: 'preview', epoch, rows: starts.map((start) => start + sequenceLength), predicted: targets.map((_, k) => Float64Array.from(starts, (_start, i) => outputs[i * horizon * targets.length + k]!)) });
  }

  async #finish(): Promise<LastEvent> {
    const done = await this.#loop.conclude(() => this.#judged());
    if (done.type === 'cancelled') return done;
    const { epochsDone, seconds } = this.#loop;
    const { last, best, bestEpoch, ended: { metrics, persistence, targets }, checkpoint } = done;
    const evaluations: Evaluations = { best: { epoch: bestEpoch, metrics: best.metrics }, last: { epoch: epochsDone, metrics: last.metrics } };
    return { type: 'finished', metrics, persistence, evaluations, targets, epoch: epochsDone, checkpoint, seconds };
  }

  /** What the present weights are worth; null when cancelled. */
  async #judged() {
    const { data: { sequenceLength, horizon }, targets, plan, starts } = this.#prepared;
    const every = Math.max(0, plan.split.rows - sequenceLength - horizon + 1);
    const outputs = await this.#outputs(startsOf({ first: 0, step: 1, count: every }));
    if (outputs === null) return null;
    await this.#preview(this.#loop.epochsDone);
    const results: TargetResult[] = targets.map(({ name, values }, k) => {
      const said = ofTarget(outputs, k, targets.length);
      return { name, ...judge(values, said, starts, sequenceLength, horizon), horizon: horizonErrors(values, said, starts, sequenceLength, horizon) };
    });
    const scales = targets.map(({ spread }) => spread);
    return { metrics: overall(results.map(({ metrics }) => metrics), scales), persistence: overall(results.map(({ persistence }) => persistence), scales), targets: results };
  }
}
