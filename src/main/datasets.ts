import { createHash, randomBytes } from 'node:crypto';
import type { Place, ViewRange } from '../data/index.ts';
import type { LabelledSequences, SequenceFacts } from '../shared/classify.ts';
import type { DatasetSummary, Sampling, SavedDataset, SeriesTable, SeriesView } from '../shared/dataset.ts';
import { inputError, toErrorData } from '../shared/errors.ts';
import type { Examination, Finding } from '../shared/findings.ts';
import type { Replaced } from '../shared/experiments.ts';
import { makeId } from '../shared/ids.ts';
import { emptyRecipe, type Recipe, type Step, type StepChange } from '../shared/recipe.ts';
import { rolesProblem } from '../shared/roles.ts';
import type { SplitRows } from '../shared/plan.ts';
import { rolesOf, type Roles, type ClassifySpec, type ForecastSpec, type SeriesSplit } from '../shared/spec.ts';
import type { PreparedFacts } from '../shared/preparing.ts';
import type { TokenText, Vocabulary } from '../shared/text.ts';
import { unitsOf, withUnit, type Units } from '../shared/units.ts';
import type { Storage } from '../storage/index.ts';
import type { ReaderClient } from './reader/client.ts';
import type { OpenedFacts, ReadAs, ReaderCall, ReaderCalls, SequenceChoice, TextChoice } from './reader/protocol.ts';
import type { SampleEntry } from './samples.ts';

/** Opens files into stored datasets, and hands out what their tables hold. */
export class Datasets {
  readonly #storage: Storage;
  readonly #reader: ReaderClient;
  readonly #tooLarge = new Map<string, { path: string; as: ReadAs }>();

  constructor(storage: Storage, reader: ReaderClient) {
    this.#storage = storage;
    this.#reader = reader;
  }

  /** Breaks off the file that is read now. */
  cancelReading(): void {
    this.#reader.cancel();
  }

  /** @param listener hears how far the reading of a large file, or the look of the doctor at it, is: 0 to 1 */
  onProgress(listener: (share: number, of: 'reading' | 'doctor') => void): void {
    this.#reader.onProgress = listener;
  }

  /** @param sample the shipped sample that lies at this path, null for a person's file */
  async open(path: string, sample: SampleEntry | null, sampling: Sampling | null = null, as: ReadAs = 'auto'): Promise<DatasetSummary> {
    try {
      return this.#save(await this.#reader.call('open', { path, sampling, as }), sample === null ? path : null, sample, sampling);
    } catch (error) {
      const { code, details } = toErrorData(error);
      if (code === 'file.choose-sample') this.#tooLarge.set(String(details?.['name']), { path, as: details?.['text'] === true ? 'text' : 'table' });
      throw error;
    }
  }

  /** Some rows of the last file of this name that was too large: the page knows no paths. */
  openSampled(name: string, sampling: Sampling): Promise<DatasetSummary> {
    const known = this.#tooLarge.get(name);
    if (known === undefined) throw inputError('dataset.no-source', `"${name}" has no file that could be read again.`, { details: { name } });
    return this.open(known.path, null, sampling, known.as);
  }

  /** A table or a text that was pasted. */
  async openPasted(text: string, name: string): Promise<DatasetSummary> {
    return this.#save(await this.#reader.call('openPasted', { text, name, as: 'auto' }), null, null, null);
  }

  #save({ key, name, facts, size, modifiedAt, content }: OpenedFacts, sourcePath: string | null, sample: SampleEntry | null, sampling: Sampling | null): DatasetSummary {
    const roles = sample === null || sample.kind !== 'series' ? facts.roles : rolesOf(sample.time, sample.target);
    return this.#storage.datasets.save({
      ...facts, id: makeId('data', randomBytes(10)), name, sourcePath, sample: sample?.id ?? null, sha256: key,
      sourceSize: size, sourceModifiedAt: modifiedAt, sampling, roles, recipe: emptyRecipe, changes: [], unit: sample?.unit ?? '', openedAt: new Date().toISOString(),
    }, content);
  }

  /**
   * The source as it is now, as a dataset of its own where it has changed; the recipe is replayed on it.
   * @throws inputError 'dataset.no-source' for one without a file, and what keeps the recipe from being replayed: the file is then open without it
   */
  async readAgain(id: string): Promise<DatasetSummary> {
    const { sourcePath, sampling, name, recipe, text } = this.#storage.datasets.get(id);
    if (sourcePath === null) throw inputError('dataset.no-source', `"${name}" has no file that could be read again.`, { details: { name } });
    const again = await this.open(sourcePath, null, sampling, text === null ? 'table' : 'text');
    return again.id === id || recipe.steps.length === 0 ? again : this.setRecipe(again.id, recipe);
  }

  /** Stores another recipe, with what the table is after it. @throws inputError of the step that cannot be done; nothing is changed then */
  async setRecipe(id: string, recipe: Recipe): Promise<DatasetSummary> {
    const dataset = this.#storage.datasets.get(id);
    const { facts, changes, roles } = await this.#prepare(dataset, recipe);
    return this.#storage.datasets.setRecipe(id, { ...facts, recipe, changes, roles, problem: roles === null ? facts.problem : null });
  }

  /** What the data doctor finds after the recipe. */
  findings(id: string, question: Examination | null): Promise<Finding[]> {
    return this.#onTable(id, 'examine', (key) => ({ key, question }));
  }

  async stopDoctor(): Promise<void> {
    await this.#reader.call('stopExamining', null);
  }

  /** A column of the file, or after the recipe, beside the column `into` after further steps; null where there are no numbers to show. */
  async preview(id: string, { steps, column, into, points, from }: { steps: readonly Step[]; column: string; into: string; points: number; from: 'file' | 'recipe' }): Promise<{ before: SeriesView | null; after: SeriesView | null; changes: StepChange[] }> {
    const dataset = this.#storage.datasets.get(id);
    const range = { from: null, to: null, points };
    const longer = { ...dataset.recipe, steps: [...dataset.recipe.steps, ...steps] };
    const { facts, changes } = await this.#prepare(dataset, longer);
    const time = facts.roles?.time ?? dataset.roles?.time ?? null;
    const viewOf = (recipe: Recipe, name: string) => this.#onRecipe(dataset, recipe, 'view', (key) => ({ key, column: name, time, range })).catch(() => null);
    return { before: await viewOf(from === 'file' ? emptyRecipe : dataset.recipe, column), after: facts.columns.some(({ name }) => name === into) ? await viewOf(longer, into) : null, changes };
  }

  /** Removed datasets that nobody can take back any more leave the disk: what was removed before the app was started. */
  async sweep(): Promise<void> {
    const now = Date.now();
    await this.#reader.call('sweep', { keys: this.#storage.datasets.sweep(new Date(now).toISOString()), before: now });
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
  async peek(path: string, target: string): Promise<{ rows: number; sparkline: (number | null)[]; beginning: string | null }> {
    const { facts } = await this.#reader.call('open', { path, sampling: null, as: 'auto' });
    return { rows: facts.rows, beginning: facts.text?.beginning ?? null, sparkline: facts.columns.find((column) => column.name === target)?.sparkline ?? [] };
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

  /** @param recipe the one that the run was started with; left out: that of the dataset */
  series(id: string, roles: Roles, recipe?: Recipe): Promise<SeriesTable> {
    const dataset = this.#storage.datasets.get(id);
    return this.#onRecipe(dataset, recipe ?? dataset.recipe, 'series', (key) => ({ key, roles }));
  }

  /** The recipe of a run without its looks at later rows, for a backtest. */
  causal(id: string, recipe: Recipe): Promise<{ recipe: Recipe; replaced: Replaced[] }> {
    return this.#onFile(id, 'causal', (key) => ({ key, recipe }));
  }

  /** The rows of each part, with the recipe of a run or, left out, of the dataset. @throws inputError where a date lies outside the data */
  splitRows(id: string, time: string | null, split: SeriesSplit, recipe?: Recipe): Promise<SplitRows> {
    const dataset = this.#storage.datasets.get(id);
    return this.#onRecipe(dataset, recipe ?? dataset.recipe, 'splitRows', (key) => ({ key, time, split }));
  }

  /** What settings make of the data; a problem is part of the answer. */
  prepared(id: string, spec: ForecastSpec, start: number | null): Promise<PreparedFacts> {
    return this.#onRecipe(this.#storage.datasets.get(id), spec.recipe, 'prepared', (key) => ({ key, spec, start }));
  }

  /** @param units by column; without them `unit` is the first target's and the others keep theirs */
  async setRoles(id: string, roles: Roles, unit: string, units: Units | undefined): Promise<DatasetSummary> {
    const dataset = this.#storage.datasets.get(id);
    const wrong = rolesProblem(roles);
    if (wrong !== null) throw wrong;
    for (const name of [...roles.targets, ...roles.inputs, ...(roles.time === null ? [] : [roles.time])]) {
      if (!dataset.columns.some((column) => column.name === name)) {
        throw inputError('data.unknown-column', `The data has no column "${name}".`, { field: 'roles', details: { column: name } });
      }
    }
    const secondsPerRow = await this.#onTable(id, 'secondsPerRow', (key) => ({ key, time: roles.time }));
    return this.#storage.datasets.updateRoles(id, roles, units ?? withUnit(unitsOf(dataset, dataset.roles?.targets[0]), roles.targets[0]!, unit), secondsPerRow);
  }

  /** The file of a dataset read as the other kind, as a dataset of its own; the runs of this one stay with it. */
  async readAs(id: string, as: 'text' | 'table'): Promise<DatasetSummary> {
    const { sha256: key, name, sourcePath: path, sampling, text } = this.#storage.datasets.get(id);
    if (text !== null && text.column !== null) throw inputError('text.no-table', `"${name}" is the text of one column.`, { hint: 'Open the table that it comes from.', details: { name } });
    if (path !== null && sampling === null) return this.open(path, null, null, as);
    return this.#save(await this.#reader.call('openStored', { key, name, content: this.#storage.datasets.content(id), path, sampling, as }), null, null, null);
  }

  /** The cells of a column as a text of its own. */
  async columnText(id: string, column: string): Promise<DatasetSummary> {
    const { name } = this.#storage.datasets.get(id);
    return this.#save(await this.#onTable(id, 'columnText', (key) => ({ key, column, name: `${name} · ${column}` })), null, null, null);
  }

  vocabulary(id: string, choice: TextChoice): Promise<Vocabulary> {
    return this.#onText(id, 'vocabulary', (key) => ({ key, choice }));
  }

  /** What the file offers for classification, before any recipe. */
  sequenceFacts(id: string, choice: SequenceChoice): Promise<SequenceFacts> {
    return this.#onFile(id, 'sequenceFacts', (key) => ({ key, choice }));
  }

  labelled(id: string, spec: ClassifySpec): Promise<LabelledSequences> {
    const { sequence, label, kind } = spec;
    return this.#onFile(id, 'labelled', (key) => ({ key, spec: { sequence, label, kind } }));
  }

  /** Calls the reader with the dataset's table as it stands in the file. */
  async #onFile<C extends 'sequenceFacts' | 'labelled' | 'causal'>(id: string, call: C, request: (key: string) => ReaderCalls[C]['request']): Promise<ReaderCalls[C]['response']> {
    const dataset = this.#storage.datasets.get(id);
    if (dataset.text !== null) throw inputError('text.no-table', `"${dataset.name}" is a text, no table.`, { hint: 'Read its file as a table first.', details: { name: dataset.name } });
    return this.#onRecipe(dataset, emptyRecipe, call, request);
  }

  tokens(id: string, choice: TextChoice): Promise<TokenText> {
    return this.#onText(id, 'tokens', (key) => ({ key, choice }));
  }

  textPart(id: string, start: number, count: number): Promise<ReaderCalls['textPart']['response']> {
    return this.#onText(id, 'textPart', (key) => ({ key, start, count }));
  }

  /** Calls the reader with the dataset's text, which is decoded again from the stored file when it is not in memory. */
  async #onText<C extends 'vocabulary' | 'tokens' | 'textPart'>(id: string, call: C, request: (key: string) => ReaderCalls[C]['request']): Promise<ReaderCalls[C]['response']> {
    const { sha256: key, name, sourcePath: path, sampling, text } = this.#storage.datasets.get(id);
    if (text === null) throw inputError('text.none', `"${name}" is a table, no text.`, { hint: 'Read it, or one of its columns, as a text first.', details: { name } });
    if (!(await this.#reader.call('hasText', { key }))) await this.#reader.call('restoreText', { key, name, content: this.#storage.datasets.content(id), path, sampling });
    return this.#reader.call(call, request(key));
  }

  /** Calls the reader with the dataset's table after its recipe. */
  async #onTable<C extends ReaderCall>(id: string, call: C, request: (key: string) => ReaderCalls[C]['request']): Promise<ReaderCalls[C]['response']> {
    const dataset = this.#storage.datasets.get(id);
    return this.#onRecipe(dataset, dataset.recipe, call, request);
  }

  /** The same with a table that is parsed again from the stored file, and prepared again, when it is not in memory. */
  async #onRecipe<C extends ReaderCall>(dataset: DatasetSummary, recipe: Recipe, call: C, request: (key: string) => ReaderCalls[C]['request']): Promise<ReaderCalls[C]['response']> {
    const key = keyOf(dataset.sha256, recipe);
    if (!(await this.#reader.call('has', { key }))) {
      if (recipe.steps.length === 0) await this.#restore(dataset);
      else await this.#prepare(dataset, recipe);
    }
    return this.#reader.call(call, request(key));
  }

  async #restore({ id, sha256: key, name, sourcePath: path, sampling }: DatasetSummary): Promise<void> {
    if (await this.#reader.call('has', { key })) return;
    await this.#reader.call('restore', { key, name, content: this.#storage.datasets.content(id), path, sampling });
  }

  async #prepare(dataset: DatasetSummary, recipe: Recipe): Promise<ReaderCalls['prepare']['response']> {
    await this.#restore(dataset);
    return this.#reader.call('prepare', { key: dataset.sha256, recipe, as: keyOf(dataset.sha256, recipe), roles: dataset.roles, before: dataset.columns });
  }
}

/** Under which the reader keeps a table: the hash of its file, and of the recipe that made it. */
function keyOf(sha256: string, recipe: Recipe): string {
  return recipe.steps.length === 0 ? sha256 : `${sha256}#${createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 16)}`;
}
