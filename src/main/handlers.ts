import { writeFileSync } from 'node:fs';
import { app, dialog } from 'electron';
import { settingsSchema, type AppInfo, type Settings } from '../shared/contract.ts';
import { environmentError, inputError } from '../shared/errors.ts';
import type { ExperimentProgress } from '../shared/experiments.ts';
import type { RunEvent } from '../shared/run.ts';
import type { Storage } from '../storage/index.ts';
import type { Care } from './care/client.ts';
import { careHandlers } from './handlers-care.ts';
import type { Datasets } from './datasets.ts';
import type { Engines } from './engines.ts';
import type { Exporter } from './exporter.ts';
import { exportHandlers } from './handlers-export.ts';
import type { Installer } from './installer.ts';
import type { Handlers } from './ipc.ts';
import { runHandlers } from './handlers-runs.ts';
import { importHandlers } from './handlers-import.ts';
import { classifyHandlers } from './handlers-classify.ts';
import { doctorHandlers } from './handlers-doctor.ts';
import { engineHandlers } from './handlers-engines.ts';
import { insightHandlers } from './handlers-insight.ts';
import { newFileHandlers } from './handlers-new-file.ts';
import type { NewFiles } from './new-files.ts';
import { preparingHandlers } from './handlers-preparing.ts';
import { seeingHandlers } from './handlers-seeing.ts';
import { sourceHandlers } from './handlers-sources.ts';
import { textHandlers } from './handlers-text.ts';
import { trainingHandlers } from './handlers-training.ts';
import type { RunQueue } from './queue.ts';
import { machineMemory } from './memory-watch.ts';
import { findRate, measureWork, startRun } from './runs.ts';
import type { Samples } from './samples.ts';
import type { Supervisor } from './supervisor.ts';
import type { Words } from './words.ts';

export interface Studio {
  storage: Storage;
  datasets: Datasets;
  samples: Samples;
  supervisor: Supervisor;
  queue: RunQueue;
  care: Care;
  engines: Engines;
  installer: Installer;
  exporter: Exporter;
  newFiles: NewFiles;
  enginesFolder: string;
  dataFolder: string;
  /** Path of the trainer's script. */
  trainer: string;
  /** Path of the importer's script, and of the database that it opens for itself. */
  importerEntry: string;
  databaseFile: string;
  /** Tells the window of a run. */
  tell(event: RunEvent): void;
  notices: AppInfo['notices'];
  /** Tells the window what the playground has written. */
  tellPiece(ask: string, text: string): void;
  /** Tells the window how far an experiment is. */
  tellExperiment(progress: ExperimentProgress): void;
  words(): Words;
  /** The shown language, a BCP 47 tag. */
  locale(): string;
  settings(): Settings;
  applySettings(settings: Settings): void;
  /** Before the app ends: the run in training keeps a checkpoint, for which a few seconds are waited at most. */
  rest(): Promise<void>;
  /** Last of all. */
  close(): void;
}

/** What main does for each channel of the contract. */
export function makeHandlers(studio: Studio): Handlers {
  const { storage, datasets, samples, supervisor } = studio;
  return {
    'app.info': () => ({
      version: app.getVersion(), electron: process.versions.electron ?? '', platform: process.platform,
      dataFolder: studio.dataFolder, systemLocale: app.getLocale(), notices: studio.notices,
    }),
    'settings.get': () => studio.settings(),
    'settings.set': (change) => {
      const settings = settingsSchema.parse({ ...studio.settings(), ...change });
      storage.settings.set('app', settings);
      studio.applySettings(settings);
      return settings;
    },
    ...engineHandlers(studio),

    'samples.list': () => Promise.all(samples.entries.map(async (entry) => ({
      ...entry, ...(await datasets.peek(samples.find(entry.id).path, entry.target)), ...(entry.sparkline.length === 0 ? {} : { sparkline: entry.sparkline }),
    }))),
    'dataset.openSample': ({ sample }) => {
      const { entry, path } = samples.find(sample);
      return datasets.open(path, entry);
    },
    ...sourceHandlers(studio),
    ...insightHandlers(studio),
    'dataset.list': () => storage.datasets.list(),
    'dataset.get': ({ id }) => storage.datasets.get(id),
    'dataset.rows': ({ id, start, count }) => datasets.rows(id, start, count),
    'dataset.series': ({ id, column, time }) => datasets.column(id, column, time),
    'dataset.view': ({ id, column, time, ...range }) => datasets.view(id, column, time, range),
    ...seeingHandlers(datasets),
    ...preparingHandlers(datasets),
    ...doctorHandlers(datasets),
    'dataset.setRoles': ({ id, roles, unit, units }) => datasets.setRoles(id, roles, unit, units),
    'dataset.remove': ({ id }) => storage.datasets.remove(id),
    'dataset.restore': ({ id }) => storage.datasets.restore(id),

    'run.start': ({ datasetId, spec }) => startRun(studio, datasetId, spec),
    'rate.find': ({ datasetId, spec }) => findRate(datasets, studio.trainer, datasetId, spec),
    'machine.memory': () => machineMemory(),
    'train.measure': ({ sizes, backend }) => measureWork(studio.trainer, sizes, backend),
    'run.cancel': ({ id }) => supervisor.cancel(id),
    ...textHandlers(studio),
    ...classifyHandlers(studio),
    ...trainingHandlers(studio),
    ...careHandlers(studio),
    ...exportHandlers(studio),
    ...importHandlers(studio),
    ...newFileHandlers(studio),
    'run.get': ({ id }) => storage.runs.get(id),
    'run.predictions': ({ id }) => storage.runs.predictions(id),
    'run.rename': ({ id, name }) => storage.runs.rename(id, name),
    'run.remove': ({ id }) => {
      // Out of the list it would train on where nobody can stop it.
      if (supervisor.runningId === id) throw inputError('run.training', 'The run is training.', { hint: 'Stop it, then remove it.' });
      storage.runs.remove(id);
    },
    'run.restore': ({ id }) => storage.runs.restore(id),
    ...runHandlers(studio),
    'file.save': async ({ name, bytes }, window) => {
      const { filePath } = await dialog.showSaveDialog(window, { title: studio.words().saveTitle, defaultPath: name });
      if (filePath === '') return null;
      try {
        writeFileSync(filePath, bytes);
      } catch (error) {
        throw environmentError('file.not-saved', `The file could not be saved: ${(error as Error).message}.`, { hint: 'Choose another folder.', details: { path: filePath } });
      }
      return { path: filePath };
    },
  };
}
