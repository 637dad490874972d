import { join } from 'node:path';
import { app, nativeTheme } from 'electron';
import { settingsSchema, type Settings } from '../shared/contract.ts';
import type { RunEvent } from '../shared/run.ts';
import { isProcessAlive, openStorage } from '../storage/index.ts';
import { Datasets } from './datasets.ts';
import { Engines } from './engines.ts';
import type { Studio } from './handlers.ts';
import { ReaderClient } from './reader/client.ts';
import { Samples } from './samples.ts';
import { Supervisor } from './supervisor.ts';
import { wordsFor } from './words.ts';

const defaults: Settings = { theme: 'system', locale: 'system' };

/** A run whose owner has not been heard of for so many seconds reads interrupted. */
const STALE_SECONDS = 60;

/**
 * Gathers everything that lives as long as the app.
 * @param tell hears of every change of a run
 * @throws environmentError when the database cannot be used: newer, read-only, disk full
 */
export function openStudio(dataFolder: string, tell: (event: RunEvent) => void): Studio {
  const nativeBinding = process.env['UNROLL_SQLITE_BINDING'];
  const { storage, notices } = openStorage({ file: join(dataFolder, 'unroll.db'), ...(nativeBinding === undefined ? {} : { nativeBinding }) });
  storage.runs.markInterrupted(isProcessAlive, STALE_SECONDS);
  const trainer = join(import.meta.dirname, 'trainer.js');
  const resources = process.env['UNROLL_RESOURCES'] ?? join(import.meta.dirname, '../../resources');
  const settings = () => storage.settings.get('app', settingsSchema, defaults);
  const localeOf = (chosen: Settings) => (chosen.locale === 'system' ? app.getLocale() : chosen.locale);
  return {
    storage, notices, dataFolder, settings,
    datasets: new Datasets(storage, new ReaderClient(join(import.meta.dirname, 'reader.js'))),
    samples: new Samples(resources),
    engines: new Engines(trainer),
    supervisor: new Supervisor(trainer, { tell, heartbeat: (runId) => storage.runs.heartbeat(runId) }),
    words: () => wordsFor(localeOf(settings())),
    applySettings: ({ theme }) => { nativeTheme.themeSource = theme; },
  };
}
