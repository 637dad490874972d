import { z } from 'zod';
import { classifiedSchema, classResultSchema, sequenceFactsSchema } from './classify.ts';
import { analysisSchema, columnSummarySchema, pointSchema } from './analysis.ts';
import { bytes, float64Array } from './arrays.ts';
import { datasetSummarySchema, sampleSchema, samplingSchema, savedDatasetSchema, seriesViewSchema } from './dataset.ts';
import { exportedSchema, exportFormats, exportStages } from './export.ts';
import { examinationSchema, findingSchema } from './findings.ts';
import { recipeSchema, stepChangeSchema, stepSchema } from './recipe.ts';
import { engineKinds, engineStateSchema, installProgressSchema } from './engine-install.ts';
import { backtestRequestSchema, backtestSchema, experimentProgressSchema, sweepRequestSchema, sweepSchema } from './experiments.ts';
import { gradientRecordSchema } from './gradients.ts';
import { careTaskSchema, checkResultSchema, compactResultSchema, exportResultSchema, importResultSchema, keepPolicies, storageFactsSchema, trimResultSchema } from './care.ts';
import { appErrorSchema, type AppErrorData } from './errors.ts';
import { comparisonSchema, predictionsSchema, rateSearchSchema, runDetailSchema, runEventSchema, runMarksSchema, runSummarySchema } from './run.ts';
import { sequenceInsightSchema, sequenceTraceSchema } from './sequence-insight.ts';
import { insightRequestSchema, insightSchema, windowTraceSchema } from './insight.ts';
import { lessonRequestSchema, lessonResultSchema } from './lessons.ts';
import { limits } from './limits.ts';
import { importedSchema } from './parcel.ts';
import { MAX_SEEDS, queueSchema } from './queue.ts';
import { runHistorySchema } from './run-log.ts';
import { beyondAskSchema, mappingSchema, newFileFactsSchema, predictedSchema } from './new-file.ts';
import { measuredSchema, memorySchema, workSizesSchema } from './preflight.ts';
import { backendChoices, normalizationKinds, rolesSchema, sequenceKinds } from './spec.ts';
import { checkpointsSchema, lookedSchema, lookRequestSchema, writeRequestSchema, writtenSchema } from './playground.ts';
import { textAccuracySchema, textResultSchema, textSampleSchema, vocabularySchema } from './text.ts';
import { preparedSchema } from './preparing.ts';
import { MAX_UNIT, unitsSchema } from './units.ts';

/** The one IPC contract: every channel stands here once, with the shape of its request and of its response. */

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  locale: z.enum(['system', 'en', 'zh-CN']),
  /** Whether the system tells the end of a run while the window is not in front; left out: it does. */
  notify: z.boolean().optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Something that happened to the person's data or machine and that they must be told once, for example a database set aside. */
export const noticeSchema = appErrorSchema;

export const appInfoSchema = z.object({
  version: z.string(), electron: z.string(), platform: z.string(), dataFolder: z.string(),
  /** The system's language, a BCP 47 tag. */
  systemLocale: z.string(),
  notices: z.array(noticeSchema),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const engineStatusSchema = z.object({
  name: z.string(),
  available: z.boolean(),
  device: z.string().nullable(),
  reason: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

/** One file that was to be opened. */
export const openedSchema = z.union([z.object({ ok: z.literal(true), dataset: datasetSummarySchema }), z.object({ ok: z.literal(false), error: appErrorSchema })]);
export type Opened = z.infer<typeof openedSchema>;

/** How the table of runs is set: columns by the name of their field, in order. */
export const runsViewSchema = z.object({
  columns: z.array(z.string().max(100)).max(100), sort: z.object({ field: z.string().max(100), descending: z.boolean() }),
  /** Whose metrics are shown. */
  epoch: z.enum(['best', 'last']),
});
export type RunsView = z.infer<typeof runsViewSchema>;
export const defaultRunsView: RunsView = {
  columns: ['status', 'dataset', 'roles.targets', 'model.cell', 'model.hiddenSize', 'window.sequenceLength', 'epochs', 'test.rmse', 'gain', 'tag', 'seconds', 'date'],
  sort: { field: 'date', descending: true }, epoch: 'best',
};

const id = z.string().min(1).max(100);
const filePath = z.string().min(1).max(32_768);
const nothing = z.void();

export const channels = {
  'app.info': { request: nothing, response: appInfoSchema },
  'settings.get': { request: nothing, response: settingsSchema },
  'settings.set': { request: settingsSchema.partial(), response: settingsSchema },
  'engines.list': { request: nothing, response: z.array(engineStatusSchema) },
  // Engines that can be installed; null: it was cancelled.
  'engine.state': { request: nothing, response: z.object({ state: engineStateSchema, progress: installProgressSchema.nullable() }) },
  /** Fetches TensorFlow; `fromFolder`: a dialog asks for the folder with the wheels. Answers at the end. */
  'engine.install': { request: z.object({ kind: z.enum(['auto', ...engineKinds]), fromFolder: z.boolean() }), response: engineStateSchema.nullable() },
  'engine.cancelInstall': { request: nothing, response: nothing },
  'engine.probe': { request: nothing, response: engineStateSchema.nullable() },
  'engine.remove': { request: nothing, response: engineStateSchema.nullable() },
  /** The next run with the engine "auto" measures again. */
  'engine.forgetMeasurements': { request: nothing, response: nothing },

  'samples.list': { request: nothing, response: z.array(sampleSchema) },
  'dataset.openSample': { request: z.object({ sample: id }), response: datasetSummarySchema },
  /** Shows the system's dialog; an answer for each file that was chosen, in their order, and none when the person closes it. */
  'dataset.openDialog': { request: nothing, response: z.array(openedSchema) },
  /** Only the preload script calls this, with the paths that Electron gives for really dropped files. */
  'dataset.openDropped': { request: z.object({ path: filePath }), response: datasetSummarySchema },
  /** The table that was copied in a spreadsheet or a text; `name` is what the dataset is called. */
  'dataset.openClipboard': { request: z.object({ name: z.string().min(1).max(200) }), response: datasetSummarySchema },
  /** Some rows of a file that was too large: the one that the last 'file.choose-sample' of this name was about. */
  'dataset.openSampled': { request: z.object({ name: z.string(), sampling: samplingSchema }), response: datasetSummarySchema },
  /** The source of a dataset as it is now: another dataset where it has changed, and the runs of the old one stay with it. */
  'dataset.readAgain': { request: z.object({ id }), response: datasetSummarySchema },
  /** Breaks off the file that is read now; whoever waits for it is refused with 'reader.cancelled'. */
  'dataset.cancelReading': { request: nothing, response: nothing },
  'dataset.saved': { request: nothing, response: z.array(savedDatasetSchema) },
  /** Puts the whole hash of a dataset on the clipboard. */
  'dataset.copyHash': { request: z.object({ id }), response: nothing },
  'dataset.rename': { request: z.object({ id, name: z.string().trim().min(1).max(200) }), response: datasetSummarySchema },
  'dataset.list': { request: nothing, response: z.array(datasetSummarySchema) },
  'dataset.get': { request: z.object({ id }), response: datasetSummarySchema },
  /** Cells as they stand in the file, rows `start` .. `start + count - 1`; `line` is the line of the file, from 1. */
  'dataset.rows': {
    request: z.object({ id, start: z.int().min(0), count: z.int().min(1).max(1000) }),
    response: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })),
  },
  /** The target over time, for the chart: gaps are NaN. */
  'dataset.series': {
    request: z.object({ id, column: z.string(), time: z.string().nullable() }),
    response: z.object({ kind: z.enum(['date', 'number', 'row']), time: float64Array, values: float64Array }),
  },
  /** A stretch of a column for a chart, of a series of any length: `from` and `to` on its time axis, null for its ends. */
  'dataset.view': {
    request: z.object({ id, column: z.string(), time: z.string().nullable(), from: z.number().nullable(), to: z.number().nullable(), points: z.int().min(4).max(20_000) }),
    response: seriesViewSchema,
  },
  // Seeing: what a column holds.
  'dataset.analysis': { request: z.object({ id, column: z.string(), time: z.string().nullable() }), response: analysisSchema },
  'dataset.summaries': { request: z.object({ id, columns: z.array(z.string()).max(50) }), response: z.array(columnSummarySchema) },
  /** The row at a place of the time axis, or the place of a row: exactly one of both is given. */
  'dataset.point': { request: z.object({ id, column: z.string(), time: z.string().nullable(), at: z.union([z.object({ row: z.int().min(0) }), z.object({ x: z.number() })]) }), response: pointSchema },
  // The data doctor and the recipe. `question` null: what is proposed for the file.
  'dataset.doctor': { request: z.object({ id, question: examinationSchema.nullable() }), response: z.array(findingSchema) },
  'dataset.stopDoctor': { request: nothing, response: nothing },
  'dataset.setRecipe': { request: z.object({ id, recipe: recipeSchema }), response: datasetSummarySchema },
  /** A column of the file, or after the recipe so far, beside the column `into` after further steps. null where there are no numbers to show. */
  'dataset.preview': {
    request: z.object({ id, steps: z.array(stepSchema).max(20), column: z.string(), into: z.string(), points: z.int().min(4).max(20_000), from: z.enum(['file', 'recipe']) }),
    response: z.object({ before: seriesViewSchema.nullable(), after: seriesViewSchema.nullable(), changes: z.array(stepChangeSchema) }),
  },
  // Preparing: what settings make of a dataset.
  /** The plan with the fitted scalers, and the window that begins at row `start` (null: one at the end of the training part). */
  'dataset.prepared': { request: z.object({ id, spec: z.unknown(), start: z.int().min(0).nullable() }), response: preparedSchema },
  'dataset.setRoles': { request: z.object({ id, roles: rolesSchema, unit: z.string().max(MAX_UNIT), units: unitsSchema.optional() }), response: datasetSummarySchema },
  'dataset.remove': { request: z.object({ id }), response: nothing },
  'dataset.restore': { request: z.object({ id }), response: nothing },

  /** The spec is checked in main by `checkSpec`, so that its errors name their field. */
  'run.start': { request: z.object({ datasetId: id, spec: z.unknown() }), response: runSummarySchema },
  /** Tries a hundred steps with growing learning rates; nothing is stored. */
  'rate.find': { request: z.object({ datasetId: id, spec: z.unknown() }), response: rateSearchSchema },
  // Preflight: what a run would take, before it is begun.
  'machine.memory': { request: nothing, response: memorySchema },
  /** How long a step of such work takes on this machine; in a throwaway trainer, remembered by kind of work. */
  'train.measure': { request: z.object({ sizes: workSizesSchema, backend: z.enum(backendChoices) }), response: measuredSchema },
  'run.cancel': { request: z.object({ id }), response: nothing },
  // Texts: the characters a run knows, its metrics and what it wrote as it learnt.
  'run.text': { request: z.object({ id }), response: z.object({ result: textResultSchema.nullable(), samples: z.array(textSampleSchema), accuracies: z.array(textAccuracySchema) }) },
  // Texts as datasets.
  /** Reads the file of a dataset as the other kind: a table as one text, a text as a table; another dataset comes of it. */
  'dataset.readAs': { request: z.object({ id, as: z.enum(['text', 'table']) }), response: datasetSummarySchema },
  /** The cells of a column, one a line, as a text. */
  'dataset.columnText': { request: z.object({ id, column: z.string() }), response: datasetSummarySchema },
  'dataset.vocabulary': { request: z.object({ id, normalization: z.enum(normalizationKinds), minCount: z.int().min(1).max(limits.minCount.max) }), response: vocabularySchema },
  /** A part of the text; `start` and `count` in UTF-16 units, no pair is cut; `length` of the whole. */
  'dataset.text': { request: z.object({ id, start: z.int().min(0), count: z.int().min(1).max(100_000) }), response: z.object({ text: z.string(), start: z.int(), length: z.int() }) },
  // Playground: a trained network writes on.
  'playground.checkpoints': { request: z.object({ run: id }), response: checkpointsSchema },
  'playground.write': { request: writeRequestSchema, response: writtenSchema },
  'playground.look': { request: lookRequestSchema, response: lookedSchema },
  'playground.cancel': { request: z.object({ ask: z.string().max(100) }), response: nothing },
  'run.get': { request: z.object({ id }), response: runDetailSchema },
  'run.predictions': { request: z.object({ id }), response: predictionsSchema.nullable() },
  'run.rename': { request: z.object({ id, name: z.string().trim().min(1).max(200) }), response: runSummarySchema },
  'run.remove': { request: z.object({ id }), response: nothing },
  'run.restore': { request: z.object({ id }), response: nothing },
  // Runs as a table: pages of the list, marks, the trash, saved comparisons.
  /** Runs older than `before` (null: from the newest on), the newest first; `next` is the `before` of the page that follows, null after the last. */
  'run.page': { request: z.object({ before: id.nullable(), limit: z.int().min(1).max(500), removed: z.boolean() }), response: z.object({ runs: z.array(runSummarySchema), next: id.nullable() }) },
  'run.mark': { request: z.object({ ids: z.array(id).min(1).max(500), marks: runMarksSchema }), response: z.array(runSummarySchema) },
  'run.note': { request: z.object({ id, note: z.string() }), response: runSummarySchema },
  /** Deletes for good, out of the trash alone. */
  'run.erase': { request: z.object({ ids: z.array(id).min(1).max(50) }), response: nothing },
  'runs.view.get': { request: nothing, response: runsViewSchema },
  'runs.view.set': { request: runsViewSchema, response: nothing },
  'comparison.list': { request: nothing, response: z.array(comparisonSchema) },
  /** `id` null makes a new one. */
  'comparison.save': { request: z.object({ id: id.nullable(), name: z.string().trim().min(1).max(200), runIds: z.array(id).min(1).max(5_000), view: comparisonSchema.shape.view }), response: comparisonSchema },
  'comparison.remove': { request: z.object({ id }), response: nothing },
  'comparison.restore': { request: z.object({ id }), response: nothing },
  // Runs in time: pausing, going on, waiting for their turn.
  /** Keeps a checkpoint and ends the trainer; the run reads paused, also after a restart. */
  'run.pause': { request: z.object({ id }), response: nothing },
  /** From the last checkpoint, exactly; a run without one begins anew. Where another run trains, it waits in the queue. */
  /** `onCpu`: on the engine that every machine has, in place of the one that it began on. */
  'run.resume': { request: z.object({ id, onCpu: z.boolean().optional() }), response: z.object({ run: runSummarySchema, queued: z.boolean() }) },
  'run.history': { request: z.object({ id }), response: runHistorySchema },
  'queue.get': { request: nothing, response: queueSchema },
  /** Several seeds (the spec's own and those that follow it) are runs of one group; its id is answered. */
  'queue.add': { request: z.object({ datasetId: id, spec: z.unknown(), seeds: z.int().min(1).max(MAX_SEEDS) }), response: z.object({ groupId: id.nullable() }) },
  /** As many runs of other seeds beside a run that is there already: one group. */
  'queue.repeat': { request: z.object({ id, seeds: z.int().min(1).max(MAX_SEEDS) }), response: z.object({ groupId: id }) },
  /** `index`: place among all that wait, from 0. */
  'queue.move': { request: z.object({ id, index: z.int().min(0) }), response: queueSchema },
  'queue.remove': { request: z.object({ id }), response: queueSchema },
  /** Tries one again whose turn had passed without a run. */
  'queue.retry': { request: z.object({ id }), response: queueSchema },
  'queue.hold': { request: z.object({ held: z.boolean() }), response: queueSchema },
  // Looking after the database. Export and import show the system's dialog: null when the person closes it.
  'storage.facts': { request: nothing, response: storageFactsSchema },
  'storage.keep': { request: z.object({ keep: z.enum(keepPolicies) }), response: storageFactsSchema },
  'storage.trim': { request: nothing, response: trimResultSchema },
  'storage.check': { request: nothing, response: checkResultSchema },
  'storage.compact': { request: nothing, response: compactResultSchema },
  /** Into the folder "backups" beside the database. */
  'storage.backup': { request: nothing, response: exportResultSchema },
  'storage.export': { request: nothing, response: exportResultSchema.nullable() },
  'storage.import': { request: nothing, response: importResultSchema.nullable() },
  // Runs leave the studio, into a folder that a dialog names: the page knows no paths of its own.
  'export.folder': { request: nothing, response: z.object({ folder: z.string() }) },
  /** Shows the system's dialog; the folder stays as it was where the person closes it. */
  'export.chooseFolder': { request: nothing, response: z.object({ folder: z.string() }) },
  /** Refused with 'export.exists' where there is one already, unless it is to be replaced; null: it was cancelled. */
  'export.start': { request: z.object({ id, format: z.enum(exportFormats), replace: z.boolean() }), response: exportedSchema.nullable() },
  'export.cancel': { request: nothing, response: nothing },
  /** Puts the snippet of the last export in this language on the clipboard. */
  'export.copy': { request: z.object({ language: z.string().max(40) }), response: nothing },
  /** Shows what was written last in the system's file manager. */
  'export.show': { request: nothing, response: nothing },
  // Labelled sequences. null: the column, or how its cells are read, is proposed.
  'dataset.sequences': { request: z.object({ id, sequence: z.string().nullable(), label: z.string().nullable(), kind: z.enum(sequenceKinds).nullable() }), response: sequenceFactsSchema },
  'run.classes': { request: z.object({ id }), response: z.object({ result: classResultSchema.nullable(), accuracies: z.array(textAccuracySchema) }) },
  /** The class of one sequence, with the weights that the run ended with. */
  'run.classify': { request: z.object({ id, text: z.string().max(100_000) }), response: classifiedSchema },
  // Insight and lessons.
  'run.insight': { request: z.object({ id, request: insightRequestSchema }), response: insightSchema },
  /** Without `gates` these come as names alone: most of what would be sent is not looked at. */
  'run.trace': { request: z.object({ id, start: z.int().min(0), gates: z.boolean() }), response: windowTraceSchema },
  /** The same of a run on a text or on labelled sequences. */
  'run.sequenceInsight': { request: z.object({ id }), response: sequenceInsightSchema },
  'run.sequenceTrace': { request: z.object({ id, window: z.int().min(0), gates: z.boolean() }), response: sequenceTraceSchema },
  /** The gradient while it trained; none for a run of an older version. */
  'run.gradients': { request: z.object({ id }), response: z.array(gradientRecordSchema) },
  /** Short runs on the settings and the data of a run, one experiment at a time; null: cancelled. */
  'insight.backtest': { request: z.object({ id, request: backtestRequestSchema }), response: backtestSchema.nullable() },
  'insight.sweep': { request: z.object({ id, request: sweepRequestSchema }), response: sweepSchema.nullable() },
  'insight.cancelExperiment': { request: nothing, response: nothing },
  'insight.stop': { request: nothing, response: nothing },
  'lesson.run': { request: lessonRequestSchema, response: lessonResultSchema },

  // Runs as .unroll files.
  'run.import': { request: nothing, response: importedSchema.nullable() },
  /** Only the preload script calls this, as with 'dataset.openDropped'. */
  'run.importDropped': { request: z.object({ path: filePath }), response: importedSchema },
  /** The file that was refused last, because its run is here already, as a run of its own. */
  'run.importAgain': { request: nothing, response: importedSchema },

  // A file that a run has not seen. Paths come from a dialog or a drop, and stay in main.
  'newFile.choose': { request: z.object({ id }), response: newFileFactsSchema.nullable() },
  /** Only the preload script calls this, as with 'dataset.openDropped'. */
  'newFile.dropped': { request: z.object({ id, path: filePath }), response: newFileFactsSchema },
  'newFile.map': { request: z.object({ id, mapping: mappingSchema }), response: newFileFactsSchema },
  /** The rows that follow, for inputs known in the future: a dialog asks for their file. */
  'newFile.future': { request: z.object({ id }), response: z.record(z.string(), z.array(z.string())).nullable() },
  /** null: cancelled. */
  'newFile.predict': { request: beyondAskSchema.extend({ id }), response: predictedSchema.nullable() },
  'newFile.save': { request: beyondAskSchema.extend({ id, name: z.string().min(1).max(200) }), response: z.object({ path: z.string() }).nullable() },
  'newFile.cancel': { request: nothing, response: nothing },

  /** Saves a chart or table that the renderer made; shows the system's save dialog; null when the person closes it. */
  'file.save': {
    request: z.object({ name: z.string().min(1).max(200), bytes }),
    response: z.object({ path: z.string() }).nullable(),
  },
} as const;

export type Channel = keyof typeof channels;
/** Channels that take a path: the page cannot call them itself. */
export type DropChannel = 'dataset.openDropped' | 'newFile.dropped' | 'run.importDropped';
export type Request<C extends Channel> = z.infer<(typeof channels)[C]['request']>;
export type Response<C extends Channel> = z.infer<(typeof channels)[C]['response']>;

/** Every call answers with data, also when it fails: Electron would flatten a thrown error to its message. */
export type Reply<C extends Channel> = { ok: true; value: Response<C> } | { ok: false; error: AppErrorData };

/** What main tells the renderer without being asked. */
export const appCommands = ['open', 'paste', 'train', 'stop', 'pause', 'backup', 'place.home', 'place.data', 'place.train', 'place.runs', 'place.lessons', 'place.engines', 'place.settings', 'palette', 'undo', 'redo'] as const;
export const pushes = {
  'run.event': runEventSchema,
  'queue.changed': queueSchema,
  'storage.task': careTaskSchema.nullable(),
  /** A notification of the system was clicked. */
  'run.show': z.object({ id }),
  /** A file came in by argument, double-click or a second start: opened, or the reason why not. */
  'dataset.opened': openedSchema,
  /** How far the reading of a large file is, 0 to 1. */
  'dataset.reading': z.number(),
  /** How far the data doctor is, 0 to 1. */
  'dataset.examined': z.number(),
  /** What the playground has written since the last piece. */
  'playground.piece': z.object({ ask: z.string(), text: z.string() }),
  /** How far the install of an engine is; null at its end. */
  'engine.progress': installProgressSchema.nullable(),
  /** How far the experiment is that somebody waits for. */
  'insight.progress': experimentProgressSchema,
  'export.stage': z.enum(exportStages),
  'app.command': z.enum(appCommands),
} as const;
export type Push = keyof typeof pushes;
export type PushPayload<P extends Push> = z.infer<(typeof pushes)[P]>;

/** What the preload script puts on `window.unroll`. */
export interface UnrollApi {
  invoke<C extends Exclude<Channel, DropChannel>>(channel: C, request: Request<C>): Promise<Reply<C>>;
  /** Opens a file that was really dropped (or chosen in an input); a File that has no path on disk is refused. */
  openDropped(file: DroppedFile): Promise<Reply<'dataset.openDropped'>>;
  /** The same for a .unroll file. */
  importDropped(file: DroppedFile): Promise<Reply<'run.importDropped'>>;
  /** The same for a file that a run is to predict. */
  dropForRun(run: string, file: DroppedFile): Promise<Reply<'newFile.dropped'>>;
  /** Listens; the returned function stops. */
  on<P extends Push>(push: P, listener: (payload: PushPayload<P>) => void): () => void;
}

/** A DOM File; the shared folder knows no DOM. */
export interface DroppedFile { readonly name: string; readonly size: number }
