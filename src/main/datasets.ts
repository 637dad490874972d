import { randomBytes } from 'node:crypto';
import type { Place, ViewRange } from '../data/index.ts';
import type { DatasetSummary, SeriesTable, SeriesView } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import type { Roles } from '../shared/spec.ts';
import type { Storage } from '../storage/index.ts';
import type { ReaderClient } from './reader/client.ts';
import type { ReaderCall, ReaderCalls } from './reader/protocol.ts';
import type { SampleEntry } from './samples.ts';

/** Opens files into stored datasets, and hands out what their tables hold. */
export class Datasets {
  readonly #storage: Storage;
  readonly #reader: ReaderClient;

  constructor(storage: Storage, reader: ReaderClient) {
    this.#storage = storage;
    this.#reader = reader;
  }

  /** @param sample the shipped sample that lies at this path, null for a person's file */
  async open(path: string, sample: SampleEntry | null): Promise<DatasetSummary> {
    const { key, name, facts, content } = await this.#reader.call('open', { path });
    const roles = sample === null ? facts.roles : { time: sample.time, target: sample.target, inputs: [sample.target] };
    return this.#storage.datasets.save({
      ...facts, id: makeId('data', randomBytes(10)), name, sourcePath: sample === null ? path : null, sample: sample?.id ?? null,
      sha256: key, roles, unit: sample?.unit ?? '', openedAt: new Date().toISOString(),
    }, content);
  }

  /** Rows and sparkline of a file, without storing it: for the sample cards. */
  async peek(path: string, target: string): Promise<{ rows: number; sparkline: (number | null)[] }> {
    const { facts } = await this.#reader.call('open', { path });
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
    const { sha256: key, name } = this.#storage.datasets.get(id);
    if (!(await this.#reader.call('has', { key }))) {
      await this.#reader.call('restore', { key, name, content: this.#storage.datasets.content(id) });
    }
    return this.#reader.call(call, request(key));
  }
}
