import type { Place, TableFacts, ViewRange } from '../../data/index.ts';
import type { Analysis, ColumnSummary, Point } from '../../shared/analysis.ts';
import type { SeriesTable, SeriesView } from '../../shared/dataset.ts';
import type { AppErrorData } from '../../shared/errors.ts';
import type { Roles } from '../../shared/spec.ts';

/** What the reader thread does. A table stays in its memory under the hash of its file, the last few used. */
export interface ReaderCalls {
  /** Reads and parses a file; `content` is the file, gzip'd, to be stored. */
  open: { request: { path: string }; response: { key: string; name: string; facts: TableFacts; content: Uint8Array } };
  /** Whether the table of this key is in memory. */
  has: { request: { key: string }; response: boolean };
  /** Parses stored content again. */
  restore: { request: { key: string; name: string; content: Uint8Array }; response: TableFacts };
  rows: { request: { key: string; start: number; count: number }; response: { line: number; cells: string[] }[] };
  column: { request: { key: string; column: string; time: string | null }; response: { kind: 'date' | 'number' | 'row'; time: Float64Array; values: Float64Array } };
  view: { request: { key: string; column: string; time: string | null; range: ViewRange }; response: SeriesView };
  analysis: { request: { key: string; column: string; time: string | null }; response: Analysis };
  summaries: { request: { key: string; columns: string[] }; response: ColumnSummary[] };
  point: { request: { key: string; column: string; time: string | null; at: Place }; response: Point };
  series: { request: { key: string; roles: Roles }; response: SeriesTable };
  secondsPerRow: { request: { key: string; time: string | null }; response: number | null };
}

export type ReaderCall = keyof ReaderCalls;
export interface ReaderRequest { id: number; call: ReaderCall; request: ReaderCalls[ReaderCall]['request'] }
export type ReaderReply = { id: number } & ({ ok: true; value: unknown } | { ok: false; error: AppErrorData });
