import { join } from 'node:path';
import { defaultDataFolder } from '../storage/location.ts';
import { localEngines } from '../trainer/engines.ts';

/** The folder of engines in the data folder; the trainer's code looks there for what was installed. */
export const enginesFolder = process.env['UNROLL_ENGINES'] ??= join(defaultDataFolder(), 'engines');

/** The engines of the command line, in its own process. */
export const engines = localEngines(import.meta.dirname);
