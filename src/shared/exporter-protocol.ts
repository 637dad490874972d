import type { ClassResult, Reading } from './classify.ts';
import type { SeriesTable } from './dataset.ts';
import type { AppErrorData } from './errors.ts';
import type { Exported, ExportFormat, ExportStage } from './export.ts';
import type { NewSequences, NewText, Predicted } from './new-file.ts';
import type { ColumnScaler } from './plan.ts';
import type { StoredParcel } from './parcel.ts';
import type { Predictions, RunDetail } from './run.ts';
import type { CharSpec, ClassifySpec, ForecastSpec } from './spec.ts';
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
  /** Everything of the run, for a file of ours; left out for the other formats. */
  parcel?: StoredParcel;
}

/** A file that a run has not seen, as the run reads it. */
export type PredictWhat =
  /** `scalers` null: those of an older run are fitted again on `own`, what it learnt; `own` null where that is gone. */
  | { task: 'forecast'; spec: ForecastSpec; scalers: ColumnScaler[] | null; own: SeriesTable | null; table: SeriesTable; steps: number; known: Record<string, string[]> }
  | { task: 'classify'; spec: ClassifySpec; reading: Reading; frequent: number; sequences: NewSequences }
  | { task: 'char'; spec: CharSpec; alphabet: { characters: string[]; unknown: number | null }; text: NewText };

/** What a trained network says of a new file; `out`: the CSV that is written, null: none. */
export interface PredictJob { type: 'predict'; checkpoint: Uint8Array; what: PredictWhat; out: string | null }

/** What main says to the process; `write`: nobody has cancelled, the files may be written. */
export type ExporterCommand = ExportJob | PredictJob | { type: 'write' };

/** What it says. Exactly one of done, predicted and failed comes last; after `ready` it waits for `write`. */
export type ExporterMessage =
  | { type: 'stage'; stage: ExportStage }
  | { type: 'ready' }
  | { type: 'done'; exported: Exported }
  | { type: 'predicted'; predicted: Predicted; path: string | null }
  | { type: 'failed'; error: AppErrorData };
