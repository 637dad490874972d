import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { inputError, toErrorData } from '../shared/errors.ts';
import type { PredictJob, PredictWhat } from '../shared/exporter-protocol.ts';
import { MOST_STEPS, type BeyondAsk, type Mapping, type NewFileFacts, type Predicted } from '../shared/new-file.ts';
import type { Storage } from '../storage/index.ts';
import type { Datasets } from './datasets.ts';
import type { Exporter } from './exporter.ts';
import type { ReaderClient } from './reader/client.ts';

/** The file at hand of one run: where it lies, and under which keys the reader has its table. */
interface AtHand { run: string; path: string; name: string; mapping: Mapping; key: string; as: string; text: Extract<PredictWhat, { task: 'char' }>['text'] | null }

interface Parts { storage: Storage; datasets: Datasets; reader: ReaderClient; predictor: Exporter }

/** Files that a trained run has not seen: read in the reader thread, predicted in a process of their own, never stored. */
export class NewFiles {
  readonly #parts: Parts;
  #atHand: AtHand | null = null;
  /** What was asked last. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) { this.#parts = parts; }

  /** Reads a file for a run. @throws what keeps it from being read; what the run cannot do with it is in the facts */
  async open(run: string, path: string): Promise<NewFileFacts> {
    const { spec } = this.#parts.storage.runs.get(run);
    const { key, name } = await this.#parts.reader.call('open', { path, sampling: null, as: spec.task === 'char' ? 'text' : 'table' });
    this.#atHand = { run, path, name: name === '' ? basename(path) : name, mapping: {}, key, as: `new ${randomBytes(8).toString('hex')}`, text: null };
    return this.#facts({});
  }

  /** @param mapping columns of the run by what they are called in the file */
  map(run: string, mapping: Mapping): Promise<NewFileFacts> {
    this.#of(run);
    return this.#facts(mapping);
  }

  /** The rows that follow the file, as cells: the inputs that are known in the future. */
  async future(run: string, path: string): Promise<Record<string, string[]>> {
    const { spec } = this.#parts.storage.runs.get(run);
    const { key } = await this.#parts.reader.call('open', { path, sampling: null, as: 'table' });
    return this.#parts.reader.call('cells', { key, columns: spec.task === 'forecast' ? spec.roles.known : [], most: MOST_STEPS });
  }

  /** @param out the CSV that is written; null: none @returns null when cancelled */
  predict(run: string, ask: BeyondAsk, out: string | null): Promise<{ predicted: Predicted; path: string | null } | null> {
    this.#of(run);
    // Whoever asks anew does not wait for what was asked before; only files that are being written are written to their end.
    this.#parts.predictor.cancel();
    const asked = this.#last.catch(() => undefined).then(() => this.#parts.predictor.predict(() => this.#job(run, ask, out)));
    this.#last = asked;
    return asked;
  }

  cancel(): void { this.#parts.predictor.cancel(); }

  #of(run: string): AtHand {
    if (this.#atHand?.run !== run) throw inputError('predict.no-file', 'No file is open for this run.', { hint: 'Choose or drop one.' });
    return this.#atHand;
  }

  async #facts(mapping: Mapping): Promise<NewFileFacts> {
    const at = this.#atHand!;
    const { reader, storage } = this.#parts;
    const { spec } = storage.runs.get(at.run);
    if (spec.task === 'char') {
      const result = storage.texts.get(at.run);
      if (result === null) throw inputError('generate.no-text', 'The run has learnt no text.', { hint: 'Choose a run that has.' });
      const { facts, text } = await reader.call('newText', { key: at.key, name: at.name, spec, alphabet: { characters: result.characters, unknown: result.unknown } });
      at.text = text;
      return facts;
    }
    if (!(await reader.call('has', { key: at.key }))) at.key = (await reader.call('open', { path: at.path, sampling: null, as: 'table' })).key;
    const facts = await reader.call('newFile', { key: at.key, spec, mapping, as: at.as });
    at.mapping = facts.mapping;
    return facts;
  }

  async #job(run: string, ask: BeyondAsk, out: string | null): Promise<PredictJob> {
    const { storage } = this.#parts;
    const checkpoint = storage.checkpoints.get(run);
    if (checkpoint === null) throw inputError('generate.no-weights', 'The run has no stored weights.', { hint: 'Choose a run that is done.', details: { id: run } });
    return { type: 'predict', checkpoint: checkpoint.bytes, what: await this.#what(run, ask), out };
  }

  async #what(id: string, ask: BeyondAsk): Promise<PredictWhat> {
    const at = this.#of(id);
    const { reader, storage, datasets } = this.#parts;
    const run = storage.runs.get(id);
    const { spec } = run;
    if (spec.task === 'char') {
      const { characters, unknown } = storage.texts.get(id)!;
      return { task: 'char', spec, alphabet: { characters, unknown }, text: at.text! };
    }
    // The reader keeps the last few tables only.
    if (!(await reader.call('has', { key: at.as }))) {
      const { problem } = await this.#facts(at.mapping);
      if (problem !== null) throw inputError(problem.code, problem.message, problem);
    }
    if (spec.task === 'classify') {
      const result = storage.classResults.get(id);
      if (result === null) throw inputError('classify.no-run', `The run ${id} has learnt no classes.`, { hint: 'Choose a run that has.', details: { id } });
      const { classes, characters, offset, scale, counts } = result;
      return { task: 'classify', spec, reading: { classes, characters, offset, scale }, frequent: counts.train.indexOf(Math.max(...counts.train)), sequences: await reader.call('newSequences', { key: at.as, spec, reading: { classes } }) };
    }
    const table = await reader.call('series', { key: at.as, roles: spec.roles });
    let own: Extract<PredictWhat, { task: 'forecast' }>['own'] = null;
    try {
      own = run.datasetId === null ? null : await datasets.series(run.datasetId, spec.roles, spec.recipe);
    } catch (error) {
      // Without the data that it learnt there are no intervals; the scalers are stored with the run.
      if (toErrorData(error).fault === 'ours') throw error;
    }
    return { task: 'forecast', spec, scalers: run.plan?.scalers ?? null, own, table, ...ask };
  }
}
