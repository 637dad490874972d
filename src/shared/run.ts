import { z } from 'zod';
import { float64Array } from './arrays.ts';
import { classBriefSchema } from './classify.ts';
import { appErrorSchema } from './errors.ts';
import { gradientRecordSchema } from './gradients.ts';
import { runOriginSchema } from './origin.ts';
import { runSpecSchema } from './spec.ts';
import { textAccuracySchema, textMetricsSchema, textSampleSchema } from './text.ts';
import { unitsSchema } from './units.ts';

export const runStatuses = ['running', 'paused', 'done', 'cancelled', 'interrupted', 'failed'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** A run that ended before its last epoch can go on from its last checkpoint; one that failed would fail again. */
export const resumableStatuses: readonly RunStatus[] = ['paused', 'cancelled', 'interrupted'];

/** One epoch: losses are means over windows in scaled units. */
export const epochRecordSchema = z.object({
  epoch: z.int(),
  trainLoss: z.number(),
  validationLoss: z.number().nullable(),
  /** Mean over the steps of the global gradient norm, before clipping. */
  gradientNorm: z.number(),
  learningRate: z.number(),
  /** Seconds since the start of training, at the end of this epoch. */
  seconds: z.number(),
});
export type EpochRecord = z.infer<typeof epochRecordSchema>;

/** Errors of one part in the data's own unit; null fields where they are not defined (R2 of a constant truth). */
export const splitMetricsSchema = z.object({ mae: z.number(), rmse: z.number(), r2: z.number().nullable(), count: z.int() });
export type SplitMetrics = z.infer<typeof splitMetricsSchema>;

/** null for a part without windows. */
export const metricsSchema = z.object({
  train: splitMetricsSchema.nullable(), validation: splitMetricsSchema.nullable(), test: splitMetricsSchema.nullable(),
});
export type Metrics = z.infer<typeof metricsSchema>;

/** What the weights that an epoch left are worth; `best` is the epoch of the lowest validation loss (training loss without a validation part). */
export const evaluationSchema = z.object({ epoch: z.int(), metrics: metricsSchema });
export const evaluationsSchema = z.object({ best: evaluationSchema, last: evaluationSchema });
export type Evaluations = z.infer<typeof evaluationsSchema>;

/** Errors at each step of the horizon, [horizon] from the next row on, in the data's unit. */
export const stepErrorsSchema = z.object({ mae: z.array(z.number()), rmse: z.array(z.number()) });
export const horizonErrorsSchema = z.object({
  /** null for a part without windows. */
  steps: z.object({ train: stepErrorsSchema.nullable(), validation: stepErrorsSchema.nullable(), test: stepErrorsSchema.nullable() }),
  /** The windows that went worst, of the last part that has windows: `row` is the first row that they predict, `predicted` [horizon]. */
  worst: z.array(z.object({ row: z.int(), rmse: z.number(), predicted: z.array(z.number()) })),
});
export type HorizonErrors = z.infer<typeof horizonErrorsSchema>;

export const planSchema = z.object({
  split: z.object({ trainEnd: z.int(), validationEnd: z.int(), rows: z.int() }),
  windows: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  shapes: z.object({
    X: z.tuple([z.int(), z.int(), z.int()]), output: z.tuple([z.int(), z.int(), z.int()]), hN: z.tuple([z.int(), z.int(), z.int()]), y: z.array(z.int()),
  }),
  parameters: z.int(),
  /** scaled = (value - offset) / scale, fitted on the training part alone. */
  scalers: z.array(z.object({ column: z.string(), offset: z.number(), scale: z.number() })).optional(),
});

/** What a run with several targets is worth on each of them, in that target's unit. */
export const targetMetricsSchema = z.object({ name: z.string(), metrics: metricsSchema, persistence: metricsSchema });
export type TargetMetrics = z.infer<typeof targetMetricsSchema>;

/** Which backend trains, and why this one. */
export const deviceReasons = ['pinned', 'fastest', 'measured', 'fallback'] as const;
export const deviceSchema = z.object({
  backend: z.string(), device: z.string(), reason: z.enum(deviceReasons),
  /** With a fallback: what was missing; measured: milliseconds a step of every engine. */
  detail: z.string(),
});
export type DeviceChoice = z.infer<typeof deviceSchema>;

/** Memory in bytes: of the process that trains and the machine's (system), or what is taken of the GPU and its whole. */
export const deviceMemorySchema = z.object({ kind: z.enum(['system', 'gpu']), usedBytes: z.number(), totalBytes: z.number() });
export type DeviceMemory = z.infer<typeof deviceMemorySchema>;

export const runSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(runStatuses),
  color: z.int(),
  datasetId: z.string().nullable(),
  datasetName: z.string(),
  unit: z.string(),
  /** Of each target that has one; see `unitOf`. */
  units: unitsSchema.optional(),
  spec: runSpecSchema,
  device: deviceSchema.nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  seconds: z.number().nullable(),
  epochsDone: z.int(),
  /**
   * Of several targets together: errors in scaled units (each target's divided by the scale of its scaler), so that each counts the
   * same: the mean of the MAE, the root of the mean of the squared RMSE, the mean of the R2.
   */
  metrics: metricsSchema.nullable(),
  /** Persistence: the last known value repeated. */
  persistence: metricsSchema.nullable(),
  /** Of a run on a text, of its best and its last epoch; null for others and until it is judged. */
  text: z.object({ best: textMetricsSchema, last: textMetricsSchema, final: textMetricsSchema }).nullable().default(null),
  /** Of a run on labelled sequences, likewise. */
  classes: z.object({ best: classBriefSchema, last: classBriefSchema, final: classBriefSchema }).nullable().default(null),
  /** Each of several targets alone; null for a run with one, or without metrics. */
  targets: z.array(targetMetricsSchema).nullable(),
  /** null for a run that was not judged, or that an older version judged. */
  evaluations: evaluationsSchema.nullable(),
  /** At most 60 losses for the little curve: train and validation. */
  curve: z.object({ train: z.array(z.number()), validation: z.array(z.number()) }),
  error: appErrorSchema.nullable(),
  removedAt: z.string().nullable(),
  // What a person put on it.
  tags: z.array(z.string()),
  starred: z.boolean(),
  /** Markdown. */
  note: z.string(),
  /** Out of the way, but not removed. */
  archivedAt: z.string().nullable(),
  /** Bytes of its predictions and checkpoints. */
  bytes: z.int(),
  /** Runs of the same settings with different seeds. */
  group: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Left out: it was begun here, with weights drawn by lot. */
  origin: runOriginSchema.optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runDetailSchema = runSummarySchema.extend({
  plan: planSchema.nullable(),
  epochs: z.array(epochRecordSchema),
  hasPredictions: z.boolean(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

/**
 * Truth and prediction of the whole series, each [rows], in the data's unit. `predicted` is NaN where no window
 * ends before the row (the first sequenceLength rows); with a horizon above 1 it is the first step of the horizon.
 */
export const predictionsSchema = z.object({
  time: z.object({ kind: z.enum(['date', 'number', 'row']), name: z.string(), values: float64Array }),
  truth: float64Array,
  predicted: float64Array,
  trainEnd: z.int(),
  validationEnd: z.int(),
  horizon: horizonErrorsSchema.nullable().optional(),
  /** Of a run with several targets: the ones after the first, which is the one above. */
  others: z.array(z.object({ name: z.string(), truth: float64Array, predicted: float64Array, horizon: horizonErrorsSchema.nullable() })).optional(),
});
export type Predictions = z.infer<typeof predictionsSchema>;

/** The longest tag and note, and the most tags of a run. */
export const markLimits = { tag: 40, tags: 50, note: 20_000 } as const;
/** Letters of any script, digits and a few signs: a tag is one word of the query language. */
export const tagSchema = z.string().min(1).max(markLimits.tag).regex(/^[\p{L}\p{N}_./+-]+$/u);

/** What can be done to several runs at once; what is left out stays as it is. */
export const runMarksSchema = z.strictObject({
  addTags: z.array(tagSchema).max(markLimits.tags).optional(), removeTags: z.array(z.string()).max(markLimits.tags).optional(),
  starred: z.boolean().optional(), archived: z.boolean().optional(), removed: z.boolean().optional(),
});
export type RunMarks = z.infer<typeof runMarksSchema>;

/** A comparison that was kept: which runs, and how its page is set. */
export const comparisonSchema = z.object({
  id: z.string(), name: z.string(), runIds: z.array(z.string()), view: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  createdAt: z.string(), removedAt: z.string().nullable(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** A search for a learning rate: the smoothed training loss at each rate tried; `suggestion` null where it never fell. */
export const rateSearchSchema = z.object({ rates: z.array(z.number()), losses: z.array(z.number()), suggestion: z.number().nullable() });
export type RateSearch = z.infer<typeof rateSearchSchema>;

/** What the renderer hears of a run while it goes on; batches of epochs, at most 30 messages a second. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('created'), run: runSummarySchema }),
  z.object({ type: z.literal('started'), runId: z.string(), device: deviceSchema, plan: planSchema }),
  z.object({ type: z.literal('epochs'), runId: z.string(), records: z.array(epochRecordSchema) }),
  z.object({ type: z.literal('gradients'), runId: z.string(), records: z.array(gradientRecordSchema) }),
  z.object({
    type: z.literal('progress'), runId: z.string(),
    epoch: z.int(), epochs: z.int(), batch: z.int(), batches: z.int(),
    /** null until it can be told. */
    secondsLeft: z.number().nullable(), stepsPerSecond: z.number().nullable(),
  }),
  /** Every two seconds. */
  z.object({ type: z.literal('memory'), runId: z.string(), memory: deviceMemorySchema }),
  /** What the network predicts by now, for some of the rows: at most one a second. */
  z.object({ type: z.literal('preview'), runId: z.string(), epoch: z.int(), predictions: predictionsSchema }),
  z.object({ type: z.literal('sample'), runId: z.string(), sample: textSampleSchema }),
  z.object({ type: z.literal('accuracy'), runId: z.string(), accuracy: textAccuracySchema }),
  z.object({ type: z.literal('ended'), run: runSummarySchema }),
  /** The run ended and its end could not be written (disk full, say); it reads interrupted at the next start. */
  z.object({ type: z.literal('unsaved'), runId: z.string(), error: appErrorSchema }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
