import { join } from 'node:path';
import { app, nativeTheme } from 'electron';
import { settingsSchema, type Settings } from '../shared/contract.ts';
import type { InstallProgress } from '../shared/engine-install.ts';
import type { ExportStage } from '../shared/export.ts';
import type { Queue } from '../shared/queue.ts';
import type { RunEvent } from '../shared/run.ts';
import type { CareTask } from '../shared/care.ts';
import { inputError, toErrorData } from '../shared/errors.ts';
import { isProcessAlive, openStorage } from '../storage/index.ts';
import { Care } from './care/client.ts';
import { Datasets } from './datasets.ts';
import { Engines } from './engines.ts';
import { Exporter } from './exporter.ts';
import { NewFiles } from './new-files.ts';
import { Installer } from './installer.ts';
import type { Studio } from './handlers.ts';
import { RunQueue } from './queue.ts';
import { ReaderClient } from './reader/client.ts';
import { Samples } from './samples.ts';
import { Supervisor } from './supervisor.ts';
import { wordsFor } from './words.ts';

const defaults: Settings = { theme: 'system', locale: 'system' };

/** A run whose owner has not been heard of for so many seconds reads interrupted. */
const STALE_SECONDS = 60;

/** Who hears what the studio says unasked. */
export interface StudioHost {
  /** Every change of a run. */
  tell(event: RunEvent): void;
  /** Every change of what waits. */
  tellQueue(queue: Queue): void;
  /** Work on the database that is under way. */
  tellTask(task: CareTask | null): void;
  tellPiece: Studio['tellPiece'];
  tellExperiment: Studio['tellExperiment'];
  /** How far the install of an engine is. */
  tellInstall(progress: InstallProgress | null): void;
  /** What an export is at. */
  tellExport(stage: ExportStage): void;
}

/**
 * Gathers everything that lives as long as the app.
 * @throws environmentError when the database cannot be used: newer, read-only, disk full
 */
export function openStudio(dataFolder: string, { tell, tellQueue, tellTask, tellPiece, tellExperiment, tellInstall, tellExport }: StudioHost): Studio {
  // Trainers inherit it: there they look for what was installed.
  const enginesFolder = process.env['UNROLL_ENGINES'] ??= join(dataFolder, 'engines');
  const nativeBinding = process.env['UNROLL_SQLITE_BINDING'];
  const { storage, notices } = openStorage({ file: join(dataFolder, 'unroll.db'), ...(nativeBinding === undefined ? {} : { nativeBinding }) });
  const trainer = join(import.meta.dirname, 'trainer.js');
  const resources = process.env['UNROLL_RESOURCES'] ?? join(import.meta.dirname, '../../resources');
  const settings = () => storage.settings.get('app', settingsSchema, defaults);
  const localeOf = (chosen: Settings) => (chosen.locale === 'system' ? app.getLocale() : chosen.locale);
  const heartbeat = (runId: string) => {
    try {
      storage.runs.heartbeat(runId);
    } catch {
      // A beat that cannot be written is no news: the next epoch that cannot be stored ends the run, with its reason.
    }
  };
  const supervisor = new Supervisor(trainer, { tell, heartbeat, idle: () => { if (!closing) queue.advance(); } });
  const reader = new ReaderClient(join(import.meta.dirname, 'reader.js'), { tables: storage.tablesFolder });
  const datasets = new Datasets(storage, reader);
  const queue = new RunQueue({ storage, datasets, supervisor, tell, tellQueue });
  const care = new Care({ entry: join(import.meta.dirname, 'care.js'), file: join(dataFolder, 'unroll.db'), nativeBinding, tell: tellTask });
  supervisor.blocked = () => (care.doing === 'compact' ? inputError('care.compacting', 'The database is being compacted.', { hint: 'Wait until that is done.' }) : null);
  let closing = false;
  /** Runs whose owner is gone, here or on the command line, read interrupted. */
  const sweep = () => {
    try {
      // The machine may have slept: our own run is heard of first.
      if (supervisor.runningId !== null) heartbeat(supervisor.runningId);
      supervisor.settle();
      for (const run of storage.runs.markInterrupted(isProcessAlive, STALE_SECONDS)) tell({ type: 'ended', run });
    } catch (error) {
      if (!notices.some((notice) => notice.code === toErrorData(error).code)) notices.push(toErrorData(error));
    }
  };
  sweep();
  const sweeper = setInterval(sweep, STALE_SECONDS * 1000);
  // What cannot be removed now is removed at the next start.
  datasets.sweep().catch(() => undefined);
  return {
    storage, notices, tellPiece, tellExperiment, dataFolder, trainer, tell, settings, supervisor, datasets, queue, care,
    rest: () => {
      closing = true;
      return supervisor.rest();
    },
    close: () => {
      closing = true;
      clearInterval(sweeper);
      supervisor.close();
      storage.close();
    },
    samples: new Samples(resources),
    engines: new Engines(trainer),
    installer: new Installer({ installer: join(import.meta.dirname, 'installer.js'), trainer }, enginesFolder, tellInstall),
    enginesFolder,
    importerEntry: join(import.meta.dirname, 'importer.js'),
    databaseFile: join(dataFolder, 'unroll.db'),
    exporter: new Exporter(join(import.meta.dirname, 'exporter.js'), tellExport),
    newFiles: new NewFiles({ storage, datasets, reader, predictor: new Exporter(join(import.meta.dirname, 'exporter.js'), () => undefined) }),
    locale: () => localeOf(settings()),
    words: () => wordsFor(localeOf(settings())),
    applySettings: ({ theme }) => { nativeTheme.themeSource = theme; },
  };
}
