import { randomBytes } from 'node:crypto';
import type { Place, ViewRange } from '../data/index.ts';
import type { DatasetSummary, Sampling, SavedDataset, SeriesTable, SeriesView } from '../shared/dataset.ts';
import { inputError, toErrorData } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import type { Roles } from '../shared/spec.ts';
import type { Storage } from '../storage/index.ts';
import type { ReaderClient } from './reader/client.ts';
import type { OpenedFacts, ReaderCall, ReaderCalls } from './reader/protocol.ts';
import type { SampleEntry } from './samples.ts';

/** Opens files into stored datasets, and hands out what their tables hold. */
export class Datasets {
  readonly #storage: Storage;
  readonly #reader: ReaderClient;
  readonly #tooLarge = new Map<string, string>();

  constructor(storage: Storage, reader: ReaderClient) {
    this.#storage = storage;
    this.#reader = reader;
  }

  /** Breaks off the file that is read now. */
  cancelReading(): void {
    this.#reader.cancel();
  }

  /** @param listener hears how far the reading of a large file is, 0 to 1 */
  onProgress(listener: (share: number) => void): void {
    this.#reader.onProgress = listener;
  }

  /** @param sample the shipped sample that lies at this path, null for a person's file */
  async open(path: string, sample: SampleEntry | null, sampling: Sampling | null = null): Promise<DatasetSummary> {
    try {
      return this.#save(await this.#reader.call('open', { path, sampling }), sample === null ? path : null, sample, sampling);
    } catch (error) {
      const { code, details } = toErrorData(error);
      if (code === 'file.choose-sample') this.#tooLarge.set(String(details?.['name']), path);
      throw error;
    }
  }

  /** Some rows of the last file of this name that was too large: the page knows no paths. */
  openSampled(name: string, sampling: Sampling): Promise<DatasetSummary> {
    const path = this.#tooLarge.get(name);
    if (path === undefined) throw inputError('dataset.no-source', `"${name}" has no file that could be read again.`, { details: { name } });
    return this.open(path, null, sampling);
  }

  /** A table that was pasted. */
  async openText(text: string, name: string): Promise<DatasetSummary> {
    return this.#save(await this.#reader.call('openText', { text, name }), null, null, null);
  }

  #save({ key, name, facts, size, modifiedAt, content }: OpenedFacts, sourcePath: string | null, sample: SampleEntry | null, sampling: Sampling | null): DatasetSummary {
    const roles = sample === null ? facts.roles : { time: sample.time, target: sample.target, inputs: [sample.target] };
    return this.#storage.datasets.save({
      ...facts, id: makeId('data', randomBytes(10)), name, sourcePath, sample: sample?.id ?? null, sha256: key,
      sourceSize: size, sourceModifiedAt: modifiedAt, sampling, roles, unit: sample?.unit ?? '', openedAt: new Date().toISOString(),
    }, content);
  }

  /** The source as it is now, as a dataset of its own where it has changed. @throws inputError 'dataset.no-source' for one without a file */
  async readAgain(id: string): Promise<DatasetSummary> {
    const { sourcePath, sampling, name } = this.#storage.datasets.get(id);
    if (sourcePath === null) throw inputError('dataset.no-source', `"${name}" has no file that could be read again.`, { details: { name } });
    return this.open(sourcePath, null, sampling);
  }

  /** What the saved datasets are used for, what they take, and whether their files are still the same. */
  async saved(): Promise<SavedDataset[]> {
    const uses = this.#storage.datasets.uses();
    const datasets = uses.map(({ id }) => this.#storage.datasets.get(id));
    const filed = datasets.filter((dataset) => dataset.sourcePath !== null);
    const states = await this.#reader.call('checkSources', {
      sources: filed.map((dataset) => ({ path: dataset.sourcePath!, size: dataset.sourceSize, modifiedAt: dataset.sourceModifiedAt, sha256: dataset.sha256, sampling: dataset.sampling })),
    });
    return uses.map((use, i) => ({ ...use, source: states[filed.indexOf(datasets[i]!)] ?? null }));
  }

  /** Rows and sparkline of a file, without storing it: for the sample cards. */
  async peek(path: string, target: string): Promise<{ rows: number; sparkline: (number | null)[] }> {
    const { facts } = await this.#reader.call('open', { path, sampling: null });
    return { rows: facts.rows, sparkline: facts.columns.find((column) => column.name === target)?.sparkline ?? [] };
  }

  rows(id: string, start: number, count: number): Promise<ReaderCalls['rows']['response']> {
    return this.#onTable(id, 'rows', (key) => ({ key, start, count }));
  }

  column(id: string, column: string, time: string | null): Promise<ReaderCalls['column']['response']> {
    return this.#onTable(id, 'column', (key) => ({ key, column, time }));
  }

  view(id: string, column: string, time: string | null, range: ViewRange): Promise<SeriesView> {
    return this.#onTable(id, 'view', (key) => ({ key, column, time, range }));
  }

  analysis(id: string, column: string, time: string | null): Promise<ReaderCalls['analysis']['response']> {
    return this.#onTable(id, 'analysis', (key) => ({ key, column, time }));
  }

  summaries(id: string, columns: string[]): Promise<ReaderCalls['summaries']['response']> {
    return this.#onTable(id, 'summaries', (key) => ({ key, columns }));
  }

  point(id: string, column: string, time: string | null, at: Place): Promise<ReaderCalls['point']['response']> {
    return this.#onTable(id, 'point', (key) => ({ key, column, time, at }));
  }

  series(id: string, roles: Roles): Promise<SeriesTable> {
    return this.#onTable(id, 'series', (key) => ({ key, roles }));
  }

  async setRoles(id: string, roles: Roles, unit: string): Promise<DatasetSummary> {
    const dataset = this.#storage.datasets.get(id);
    for (const name of [roles.target, ...roles.inputs, ...(roles.time === null ? [] : [roles.time])]) {
      if (!dataset.columns.some((column) => column.name === name)) {
        throw inputError('data.unknown-column', `The data has no column "${name}".`, { field: 'roles', details: { column: name } });
      }
    }
    const secondsPerRow = await this.#onTable(id, 'secondsPerRow', (key) => ({ key, time: roles.time }));
    return this.#storage.datasets.updateRoles(id, roles, unit, secondsPerRow);
  }

  /** Calls the reader with the dataset's table, which is parsed again from the stored file when it is not in memory. */
  async #onTable<C extends ReaderCall>(id: string, call: C, request: (key: string) => ReaderCalls[C]['request']): Promise<ReaderCalls[C]['response']> {
    const { sha256: key, name, sourcePath: path, sampling } = this.#storage.datasets.get(id);
    if (!(await this.#reader.call('has', { key }))) {
      await this.#reader.call('restore', { key, name, content: this.#storage.datasets.content(id), path, sampling });
    }
    return this.#reader.call(call, request(key));
  }
}
