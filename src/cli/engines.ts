import { localEngines } from '../trainer/engines.ts';

/** The engines of the command line, in its own process. */
export const engines = localEngines(import.meta.dirname);
