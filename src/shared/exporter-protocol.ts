import type { ClassResult } from './classify.ts';
import type { SeriesTable } from './dataset.ts';
import type { AppErrorData } from './errors.ts';
import type { Exported, ExportFormat, ExportStage } from './export.ts';
import type { Predictions, RunDetail } from './run.ts';
import type { TextSample } from './text.ts';

/** Everything that an export is made of, as it crosses to the process that makes it; long arrays go before it in pieces. */
export interface ExportJob {
  type: 'export';
  format: ExportFormat;
  /** The folder that is written, and whether one that is there already is replaced. */
  out: string; force: boolean;
  run: RunDetail;
  /** Null: it has no weights. */
  checkpoint: Uint8Array | null;
  /** Of a forecast, after its recipe; null where its data is gone. */
  table: SeriesTable | null;
  vocabulary: { characters: string[]; unknown: number | null } | null;
  predictions: Predictions | null;
  samples: TextSample[];
  /** Of a run on labelled sequences. */
  classes: ClassResult | null;
  /** Of Unroll, and when: ISO 8601. */
  madeBy: string; madeAt: string;
  locale: 'en' | 'zh-CN';
}

/** What main says to the process; `write`: nobody has cancelled, the files may be written. */
export type ExporterCommand = ExportJob | { type: 'write' };

/** What it says. Exactly one of done and failed comes last; after `ready` it waits for `write`. */
export type ExporterMessage =
  | { type: 'stage'; stage: ExportStage }
  | { type: 'ready' }
  | { type: 'done'; exported: Exported }
  | { type: 'failed'; error: AppErrorData };
