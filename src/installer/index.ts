export { defaultIndex, type Origin } from './fetch.ts';
export { engineFolder, engineState, installedEngine, installEngine, probeAgain, removeEngine } from './install.ts';
