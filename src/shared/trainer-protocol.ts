import type { Classified, ClassMetrics, ClassResult, LabelledSequences, Mistake, Reading } from './classify.ts';
import type { EngineStatus } from './contract.ts';
import type { EngineProbe } from './engine-install.ts';
import type { SeriesTable } from './dataset.ts';
import type { AppErrorData } from './errors.ts';
import type { Backtest, BacktestRequest, ExperimentProgress, Sweep, SweepRequest } from './experiments.ts';
import type { GradientRecord } from './gradients.ts';
import type { SequenceInsight, SequenceTrace } from './sequence-insight.ts';
import type { Insight, InsightRequest, WindowTrace } from './insight.ts';
import type { LessonRequest, LessonResult } from './lessons.ts';
import type { Plan, SplitName } from './plan.ts';
import type { Measured, WorkSizes } from './preflight.ts';
import type { Looked, LookRequest, WriteRequest, Written } from './playground.ts';
import type { DeviceChoice, EpochRecord, Evaluations, HorizonErrors, Metrics, Predictions, RateSearch, TargetMetrics } from './run.ts';
import type { CharSpec, ClassifySpec, ForecastSpec, RunSpec } from './spec.ts';
import type { TextAccuracy, TextBaselines, TextEvaluations, TextMetrics, TextSample, TokenText } from './text.ts';

/** Where a run goes on: its last checkpoint, and the records of its epochs. */
export interface Resume { checkpoint: Uint8Array; records: EpochRecord[] }

/** What the supervisor (main, or the command line) says to a trainer. Both sides are our own code: types, no zod. */
export type TrainerCommand =
  /** Answered by `answer` with the same number, as often as asked. */
  | { type: 'ask'; id: number; question: Question }
  | { type: 'start'; spec: ForecastSpec; table: SeriesTable; resume?: Resume }
  | { type: 'startText'; spec: CharSpec; text: TokenText; resume?: Resume }
  | { type: 'startClasses'; spec: ClassifySpec; sequences: LabelledSequences; resume?: Resume }
  | { type: 'cancel' }
  /** Keeps a checkpoint and ends with `paused`. */
  | { type: 'pause' }
  /** Breaks off what was asked under this number, where that can be broken off. */
  | { type: 'cancelAsk'; id: number }
  /** Answered by `probed`, instead of a run. */
  | { type: 'probe' }
  /** Answered by `engineProbed`: tries the installed engine of a folder. */
  | { type: 'probeEngine'; folder: string }
  /** Answered by `measured` or `failed`, instead of a run. */
  | { type: 'measure'; sizes: WorkSizes; backend: RunSpec['backend'] }
  /** Answered by `rates` or `failed`, instead of a run. */
  | { type: 'findRate'; spec: ForecastSpec; table: SeriesTable };

/** Codes of the errors when the GPU went away or is full: the run is interrupted, not failed, for it can go on elsewhere. */
export const deviceGone = ['engine.deviceLost', 'engine.deviceFull'] as const;

/** What is left of one target: its errors and the prediction of every row, as in `Predictions`. */
export interface TargetResult extends TargetMetrics { predicted: Float64Array; horizon: HorizonErrors }

/** What a trainer says. Exactly one of finished, cancelled, paused, failed comes last. */
export type TrainerEvent =
  | { type: 'started'; device: DeviceChoice; plan: Plan }
  | { type: 'epochs'; records: EpochRecord[] }
  /** The gradient after some of the epochs. */
  | { type: 'gradients'; records: GradientRecord[] }
  | { type: 'progress'; epoch: number; epochs: number; batch: number; batches: number; secondsLeft: number | null; stepsPerSecond: number | null }
  /** Predictions of some rows, [targets][rows.length], while it trains; first step of the horizon. Not stored. */
  | { type: 'preview'; epoch: number; rows: Int32Array; predicted: Float64Array[] }
  /** last: to go on from; best: the weights of the best epoch so far, without the state of the optimizer. */
  | { type: 'checkpoint'; kind: 'last' | 'best'; epoch: number; bytes: Uint8Array }
  | { type: 'finished'; metrics: Metrics; persistence: Metrics; evaluations: Evaluations; targets: TargetResult[]; epoch: number; checkpoint: Uint8Array; seconds: number }
  /** Of a text: the characters it knows and what it is held against, how often it guesses right, what it wrote after an epoch and with which weights, its end. */
  | { type: 'alphabet'; characters: string[]; unknown: number | null; baselines: TextBaselines }
  | { type: 'accuracy'; accuracy: TextAccuracy }
  | { type: 'sample'; sample: TextSample; weights: Uint8Array | null }
  | { type: 'finishedText'; metrics: TextMetrics; evaluations: TextEvaluations; epoch: number; checkpoint: Uint8Array; seconds: number }
  /** Of labelled sequences: the classes with their examples, and what is needed to read a sequence; its end. */
  | { type: 'classes'; reading: Reading; counts: Record<SplitName, number[]> }
  | { type: 'finishedClasses'; metrics: ClassMetrics; evaluations: NonNullable<ClassResult['evaluations']>; mistakes: Mistake[]; mistakesPart: SplitName; epoch: number; checkpoint: Uint8Array; seconds: number }
  | { type: 'cancelled'; epoch: number }
  | { type: 'paused'; epoch: number }
  /** Steps whose gradient was clipped, of all steps of the epochs with such since the last message; `epoch` is the first of them. */
  | { type: 'clipped'; epoch: number; steps: number; of: number }
  | { type: 'failed'; error: AppErrorData };

/** The answer to `probe`: what every engine finds on this machine. */
export interface ProbedEvent { type: 'probed'; engines: EngineStatus[] }
export interface EngineProbedEvent { type: 'engineProbed'; probe: EngineProbe }
/** The answer to `measure`. */
export interface MeasuredEvent { type: 'measured'; measured: Measured }
/** The answer to `findRate`. */
export interface RatesEvent { type: 'rates'; search: RateSearch }

/** A trained network that reads characters or sequences, and what it learnt on. */
export type SequenceJob = { task: 'char'; spec: CharSpec; text: TokenText } | { task: 'classify'; spec: ClassifySpec; sequences: LabelledSequences };

/** What is asked of a process that stays while somebody looks. */
export type Question =
  | { kind: 'lesson'; request: LessonRequest }
  /** Opens a trained run; the questions after it are about it. */
  | { kind: 'open'; spec: ForecastSpec; table: SeriesTable; checkpoint: Uint8Array }
  | { kind: 'trace'; start: number; gates: boolean }
  | { kind: 'insight'; request: InsightRequest }
  /** The same of a network that learnt a text or classes. */
  | { kind: 'openSequences'; job: SequenceJob; checkpoint: Uint8Array }
  | { kind: 'sequenceInsight' }
  | { kind: 'sequenceTrace'; window: number; gates: boolean }
  /** Of a run whose data or weights are gone: nothing is open. */
  | { kind: 'storedInsight'; spec: ForecastSpec; predictions: Predictions; request: InsightRequest; lacking: AppErrorData }
  /** Short runs on the data and the settings of what is open; null: cancelled. */
  | { kind: 'backtest'; request: BacktestRequest }
  | { kind: 'sweep'; request: SweepRequest }
  /** A network that has learnt a text, under a key; a few of them stay. */
  | { kind: 'openText'; key: string; spec: CharSpec; characters: string[]; unknown: number | null; checkpoint: Uint8Array }
  /** The class of one sequence that a person typed. */
  | { kind: 'classify'; spec: ClassifySpec; reading: Reading; checkpoint: Uint8Array; typed: string }
  | { kind: 'write'; key: string; request: WriteRequest }
  | { kind: 'look'; key: string; request: LookRequest };
export type Answer =
  | { kind: 'lesson'; result: LessonResult }
  | { kind: 'open'; windows: number }
  | { kind: 'trace'; trace: WindowTrace }
  | { kind: 'insight'; insight: Insight }
  | { kind: 'storedInsight'; insight: Insight }
  | { kind: 'openSequences' }
  | { kind: 'sequenceInsight'; insight: SequenceInsight }
  | { kind: 'sequenceTrace'; trace: SequenceTrace }
  | { kind: 'backtest'; backtest: Backtest | null }
  | { kind: 'sweep'; sweep: Sweep | null }
  | { kind: 'openText' }
  | { kind: 'classify'; classified: Classified }
  | { kind: 'write'; written: Written }
  | { kind: 'look'; looked: Looked }
  | { kind: 'failed'; error: AppErrorData };
export interface AnswerEvent { type: 'answer'; id: number; answer: Answer }

/** What an answer has come to so far. */
export interface PieceEvent { type: 'answerPiece'; id: number; text: string }

/** How far an experiment has come. */
export interface AnswerProgressEvent { type: 'answerProgress'; id: number; progress: ExperimentProgress }

export type TrainerMessage = TrainerEvent | ProbedEvent | EngineProbedEvent | MeasuredEvent | RatesEvent | AnswerEvent | PieceEvent | AnswerProgressEvent;
