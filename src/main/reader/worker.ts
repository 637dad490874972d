import { gunzipSync, gzipSync } from 'node:zlib';
import { parentPort, workerData } from 'node:worker_threads';
import { analyseColumn, applyRecipe, causalRecipe, columnCells, columnSeries, describeTable, examining, fitForecast, fitSequences, newSequences, newText, ofTraining, questionOf, textFactsOf, rolesAfter, secondsPerRow, labelledSequences, sequenceFacts, seriesTable, pointAt, seriesView, preparedFacts, splitOfTable, summaryOfColumn, tableRows, tokenize, vocabularyOf, type Table, type TableFacts } from '../../data/index.ts';
import { environmentError, inputError, toErrorData } from '../../shared/errors.ts';
import type { Examination, Finding } from '../../shared/findings.ts';
import { checkSource, isProse, isTextFile, keepTable, MAX_IN_DATABASE, openSource, restoreTable, sha256, sweepKept, tableOf as readBytes } from '../../sources/index.ts';
import { Texts } from './texts.ts';
import type { OpenedFacts, ReaderCall, ReaderCalls, ReaderData, ReaderProgress, ReaderRequest, ReaderReply } from './protocol.ts';

// The reader thread: files are read and parsed here, so that main never waits for them.

/** Tables kept in memory: at most so many, and so many bytes but for the last one; the least recently used goes first. */
const KEPT = 8;
const KEPT_BYTES = 400_000_000;
const tables = new Map<string, Table>();
const { tables: folder } = workerData as ReaderData;
const texts = new Texts(folder);

function keep(key: string, table: Table): void {
  tables.delete(key);
  tables.set(key, table);
  let bytes = [...tables.values()].reduce((sum, each) => sum + weight(each), 0);
  for (const [oldest, each] of tables) {
    if (tables.size === 1 || (tables.size <= KEPT && bytes <= KEPT_BYTES)) break;
    tables.delete(oldest);
    bytes -= weight(each);
  }
}

/** Bytes of the text, of the places of its cells and of columns read as numbers; a table that a recipe made shares the text. */
function weight({ cells, rows, names, made }: Table): number {
  return (made === undefined ? cells.bytes.length : 0) + rows * 8 + rows * names.length * 12;
}

function tableOf(key: string): Table {
  const table = tables.get(key);
  if (table === undefined) throw environmentError('reader.unknown-table', 'The table is no longer in memory.', { hint: 'Open the dataset again.' });
  keep(key, table);
  return table;
}

/** The number of the examination that goes on. */
let examination = 0;

const described = new WeakMap<Table, TableFacts>();

/** Types and ranges of the columns, worked out once for each table. */
function factsOf(table: Table): TableFacts {
  const facts = described.get(table) ?? describeTable(table);
  described.set(table, facts);
  return facts;
}

type Calls = { [C in ReaderCall]: (request: ReaderCalls[C]['request']) => ReaderCalls[C]['response'] | Promise<ReaderCalls[C]['response']> };

/** Small files are stored in the database by main; the table of a large one is written here, after the answer: nobody waits for it. */
function opened(key: string, name: string, table: Table, bytes: Uint8Array | null, size: number, modifiedAt: string | null): OpenedFacts {
  keep(key, table);
  const small = bytes !== null && bytes.length <= MAX_IN_DATABASE;
  // Without its copy, for a full disk say, the dataset is read from its source again as long as that is the same.
  if (!small) setTimeout(() => { keepTable(folder, key, table).catch(() => undefined); }, 1000);
  return { key, name, facts: factsOf(table), size, modifiedAt, content: small ? gzipSync(bytes, { level: 1 }) : null };
}

/** Tells main each further hundredth of a file. */
function tellProgress(of: ReaderProgress['of'] = 'reading'): (share: number) => void {
  let told = 0;
  return (share) => {
    if (share - told < 0.01) return;
    told = share;
    const progress: ReaderProgress = { progress: share, of };
    parentPort?.postMessage(progress);
  };
}

/** What the data doctor finds; another examination breaks this one off. */
async function examined(table: Table, question: Examination | null): Promise<Finding[]> {
  const mine = ++examination;
  const tell = tellProgress('doctor');
  const looking = examining(table, question, factsOf(table));
  for (let step = looking.next(); ; step = looking.next()) {
    if (step.done === true) return step.value;
    tell(step.value);
    // A chart that is zoomed meanwhile waits for one column, not for all.
    await new Promise((resolve) => { setImmediate(resolve); });
    if (mine !== examination) throw inputError('reader.cancelled', 'The examination was broken off.');
  }
}

const calls: Calls = {
  open: async ({ path, sampling, as }) => {
    if (as === 'text' || (as === 'auto' && isTextFile(path))) return texts.openFile(path, sampling);
    const { file, table, sha256: key, bytes } = await openSource(path, sampling, tellProgress());
    return opened(key, file.name, table, bytes, file.size, file.modifiedAt);
  },
  openPasted: async ({ text, name, as }) => {
    const bytes = new TextEncoder().encode(text);
    if (as === 'text' || (as === 'auto' && isProse(bytes, name))) return texts.openPasted(text, name);
    return opened(sha256(bytes), name, await readBytes(bytes, name), bytes, bytes.length, null);
  },
  openStored: async ({ as, ...stored }) => {
    if (as === 'text') return texts.openStored(stored);
    if (stored.content === null) throw inputError('dataset.no-source', `"${stored.name}" has no file that could be read again.`, { details: { name: stored.name } });
    const bytes = new Uint8Array(gunzipSync(stored.content));
    return opened(stored.key, stored.name, await readBytes(bytes, stored.name), bytes, bytes.length, null);
  },
  columnText: ({ key, column, name }) => texts.ofColumn(tableOf(key), column, name),
  hasText: ({ key }) => texts.has(key),
  restoreText: (request) => texts.restore(request),
  vocabulary: ({ key, choice }) => vocabularyOf(texts.get(key), choice),
  tokens: ({ key, choice }) => tokenize(texts.get(key), choice),
  textPart: ({ key, start, count }) => texts.part(key, start, count),
  has: ({ key }) => tables.has(key),
  restore: async (request) => {
    keep(request.key, await restoreTable(folder, request));
    return null;
  },
  prepare: ({ key, recipe, as, roles, before }) => {
    const { table, changes } = applyRecipe(tableOf(key), recipe);
    keep(as, table);
    const facts = factsOf(table);
    return { facts, changes, roles: rolesAfter(roles, before, facts) };
  },
  examine: ({ key, question }) => examined(tableOf(key), question),
  stopExamining: () => { examination += 1; return null; },
  sweep: ({ keys, before }) => sweepKept(folder, keys, before),
  checkSources: ({ sources }) => sources.map(checkSource),
  rows: ({ key, start, count }) => tableRows(tableOf(key), start, count),
  column: ({ key, column, time }) => columnSeries(tableOf(key), column, time),
  view: ({ key, column, time, range }) => seriesView(columnSeries(tableOf(key), column, time), range),
  analysis: ({ key, column, time }) => analyseColumn(columnSeries(tableOf(key), column, time)),
  summaries: ({ key, columns }) => columns.map((column) => summaryOfColumn(tableOf(key), column)),
  point: ({ key, column, time, at }) => pointAt(columnSeries(tableOf(key), column, time), at),
  sequenceFacts: ({ key, choice }) => sequenceFacts(tableOf(key), choice),
  labelled: ({ key, spec }) => labelledSequences(tableOf(key), spec),
  series: ({ key, roles }) => seriesTable(tableOf(key), roles),
  newFile: async ({ key, spec, mapping, as }) => {
    const { table, facts } = spec.task === 'forecast' ? fitForecast(tableOf(key), spec, mapping) : fitSequences(tableOf(key), spec, mapping);
    keep(as, table);
    if (spec.task !== 'forecast' || facts.missing.length > 0) return facts;
    const findings = (await examined(table, questionOf(spec))).filter(({ code }) => !ofTraining.has(code));
    return { ...facts, findings };
  },
  newSequences: ({ key, spec, reading }) => newSequences(tableOf(key), spec, reading),
  newText: ({ key, name, spec, alphabet }) => {
    const text = newText(texts.get(key), spec.text, alphabet);
    return { facts: textFactsOf(name, text, spec.window.sequenceLength), text };
  },
  cells: ({ key, columns, most }) => columnCells(tableOf(key), columns, most),
  causal: ({ key, recipe }) => causalRecipe(tableOf(key), recipe),
  prepared: ({ key, spec, start }) => preparedFacts(tableOf(key), spec, start),
  splitRows: ({ key, time, split }) => splitOfTable(tableOf(key), time, split),
  secondsPerRow: ({ key, time }) => secondsPerRow(tableOf(key), time),
};

async function answer({ id, call, request }: ReaderRequest): Promise<ReaderReply> {
  try {
    return { id, ok: true, value: await (calls[call] as (request: unknown) => unknown)(request) };
  } catch (error) {
    return { id, ok: false, error: toErrorData(error) };
  }
}

/** Longer arrays are handed over as copies that main takes as they are: unpacking them there would block it. */
const HANDED_OVER = 100_000;

function post(reply: ReaderReply): void {
  const transfer: ArrayBuffer[] = [];
  const handOver = (value: unknown): unknown => {
    if ((value instanceof Float64Array || value instanceof Int32Array) && value.length > HANDED_OVER) {
      const copy = value.slice();
      transfer.push(copy.buffer);
      return copy;
    }
    if (Array.isArray(value)) return value.length > 1000 ? value : value.map(handOver);
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, handOver(inner)]));
  };
  const value = handOver(reply);
  parentPort?.postMessage(value, transfer);
}

parentPort?.on('message', (request: ReaderRequest) => { void answer(request).then(post); });
