import type { Place, TableFacts, ViewRange } from '../../data/index.ts';
import type { Analysis, ColumnSummary, Point } from '../../shared/analysis.ts';
import type { LabelledSequences, Reading, SequenceFacts } from '../../shared/classify.ts';
import type { Column, Sampling, SeriesTable, SeriesView } from '../../shared/dataset.ts';
import type { AppErrorData } from '../../shared/errors.ts';
import type { Examination, Finding } from '../../shared/findings.ts';
import type { Replaced } from '../../shared/experiments.ts';
import type { Mapping, NewFileFacts, NewSequences, NewText } from '../../shared/new-file.ts';
import type { Recipe, StepChange } from '../../shared/recipe.ts';
import type { SplitRows } from '../../shared/plan.ts';
import type { ClassifySpec, CharSpec, Roles, ForecastSpec, SeriesSplit } from '../../shared/spec.ts';
import type { PreparedFacts } from '../../shared/preparing.ts';
import type { TokenText, Vocabulary } from '../../shared/text.ts';
import type { NotedSource, SourceState, StoredSource } from '../../sources/index.ts';

/** What a file holds. `content` is the file, gzip'd, to be stored; null where the thread keeps its table in a file of its own, once it has answered. */
export interface OpenedFacts { key: string; name: string; facts: TableFacts; size: number; modifiedAt: string | null; content: Uint8Array | null }

/** What the thread is started with. */
export interface ReaderData { /** Folder of the tables of large files. */ tables: string }

/** As which kind something is read; auto: by what it is. */
export type ReadAs = 'auto' | 'text' | 'table';
export type TextChoice = Pick<CharSpec['text'], 'normalization' | 'minCount'>;

export interface SequenceChoice { sequence: string | null; label: string | null; kind: ClassifySpec['kind'] | null }

/** What the reader thread does. A table stays in its memory under the hash of its file, the last few used. */
export interface ReaderCalls {
  /** Reads and parses a file, or some rows of one that is too large. */
  open: { request: { path: string; sampling: Sampling | null; as: ReadAs }; response: OpenedFacts };
  /** The same of a text that was pasted; `name` stands in for the file's. */
  openPasted: { request: { text: string; name: string; as: ReadAs }; response: OpenedFacts };
  /** The stored copy of a dataset, read as the other kind. */
  openStored: { request: StoredSource & { as: ReadAs }; response: OpenedFacts };
  /** The cells of a column as a text, one a line. */
  columnText: { request: { key: string; column: string; name: string }; response: OpenedFacts };
  hasText: { request: { key: string }; response: boolean };
  restoreText: { request: StoredSource; response: null };
  vocabulary: { request: { key: string; choice: TextChoice }; response: Vocabulary };
  tokens: { request: { key: string; choice: TextChoice }; response: TokenText };
  textPart: { request: { key: string; start: number; count: number }; response: { text: string; start: number; length: number } };
  /** Whether the table of this key is in memory. */
  has: { request: { key: string }; response: boolean };
  /** Brings a table back from what was stored, else from its source where that is still the same. */
  restore: { request: StoredSource; response: null };
  /** Applies a recipe to a table in memory; what it makes stays under the key `as`. `roles`: those of the columns `before`, as far as they still can be. */
  prepare: { request: { key: string; recipe: Recipe; as: string; roles: Roles | null; before: Column[] }; response: { facts: TableFacts; changes: StepChange[]; roles: Roles | null } };
  /** What the data doctor finds; another examination ends this one with 'reader.cancelled', and so does `stopExamining`. */
  examine: { request: { key: string; question: Examination | null }; response: Finding[] };
  stopExamining: { request: null; response: null };
  /** Removes the kept tables of datasets that are gone (src/sources/kept.ts). */
  sweep: { request: { keys: string[]; before: number }; response: string[] };
  /** What became of source files, in their order. */
  checkSources: { request: { sources: NotedSource[] }; response: SourceState[] };
  rows: { request: { key: string; start: number; count: number }; response: { line: number; cells: string[] }[] };
  column: { request: { key: string; column: string; time: string | null }; response: { kind: 'date' | 'number' | 'row'; time: Float64Array; values: Float64Array } };
  view: { request: { key: string; column: string; time: string | null; range: ViewRange }; response: SeriesView };
  analysis: { request: { key: string; column: string; time: string | null }; response: Analysis };
  summaries: { request: { key: string; columns: string[] }; response: ColumnSummary[] };
  point: { request: { key: string; column: string; time: string | null; at: Place }; response: Point };
  /** What the table offers for classification; null: proposed. */
  sequenceFacts: { request: { key: string; choice: SequenceChoice }; response: SequenceFacts };
  labelled: { request: { key: string; spec: Pick<ClassifySpec, 'sequence' | 'label' | 'kind'> }; response: LabelledSequences };
  series: { request: { key: string; roles: Roles }; response: SeriesTable };
  /** A recipe without its looks at later rows, for the table as it stands in the file. */
  /** What the table of a new file is to a run; as the run reads it, it stays under the key `as`. */
  newFile: { request: { key: string; spec: ForecastSpec | ClassifySpec; mapping: Mapping; as: string }; response: NewFileFacts };
  newSequences: { request: { key: string; spec: ClassifySpec; reading: Pick<Reading, 'classes'> }; response: NewSequences };
  newText: { request: { key: string; name: string; spec: CharSpec; alphabet: { characters: string[]; unknown: number | null } }; response: { facts: NewFileFacts; text: NewText } };
  /** Cells of columns as they stand, from the first row on. */
  cells: { request: { key: string; columns: string[]; most: number }; response: Record<string, string[]> };
  causal: { request: { key: string; recipe: Recipe }; response: { recipe: Recipe; replaced: Replaced[] } };
  /** The plan of settings with their fitted scalers, and one window. */
  prepared: { request: { key: string; spec: ForecastSpec; start: number | null }; response: PreparedFacts };
  /** The rows of each part of a split, by shares or by date. */
  splitRows: { request: { key: string; time: string | null; split: SeriesSplit }; response: SplitRows };
  secondsPerRow: { request: { key: string; time: string | null }; response: number | null };
}

export type ReaderCall = keyof ReaderCalls;
export interface ReaderRequest { id: number; call: ReaderCall; request: ReaderCalls[ReaderCall]['request'] }
/** How far the reading of a large file, or the look of the doctor at it, is: 0 to 1. */
export interface ReaderProgress { progress: number; of: 'reading' | 'doctor' }
export type ReaderReply = { id: number } & ({ ok: true; value: unknown } | { ok: false; error: AppErrorData });
