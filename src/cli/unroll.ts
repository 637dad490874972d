import { inputError } from '../shared/errors.ts';
import { classifyOptions, classifyText } from './classify.ts';
import { dataCommand } from './data-inspect.ts';
import { engineCommand } from './engine.ts';
import { exportOptions, exportRun, version } from './export.ts';
import { backtestOptions, backtestRun, sweepOptions, sweepRun } from './experiments.ts';
import { findRateOf } from './find-rate.ts';
import { importRun } from './import.ts';
import { insightRun } from './insight.ts';
import { generateOptions, generateText } from './generate.ts';
import { listDevices, showRun } from './inspect-runs.ts';
import { compareOptions, compareRuns } from './compare.ts';
import { listOptions, listRuns, moveRuns, noteRun, tagRuns } from './manage-runs.ts';
import { parseOptions } from './options.ts';
import { predictOptions, predictRun } from './predict.ts';
import { traceRun } from './trace.ts';
import { resumeCommand } from './resume.ts';
import { backupCommand, storageCommand } from './storage.ts';
import { report, train } from './train.ts';
import { trainOptions } from './train-spec.ts';
import { usage } from './usage.ts';

const json = { type: 'boolean' } as const;
const db = { type: 'string' } as const;

async function main(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help' || rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  if (command === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  switch (command) {
    case 'train': return train(parseOptions(rest, trainOptions));
    case 'find-rate': return findRateOf(parseOptions(rest, trainOptions));
    case 'insight': return insightRun(parseOptions(rest, { json, db, season: { type: 'string' }, averaged: { type: 'string' }, steps: { type: 'string' }, target: { type: 'string' }, known: { type: 'string' } }));
    case 'backtest': return backtestRun(parseOptions(rest, backtestOptions));
    case 'sweep': return sweepRun(parseOptions(rest, sweepOptions));
    case 'trace': return traceRun(parseOptions(rest, { json, db, window: { type: 'string' } }));
    case 'resume': return resumeCommand(parseOptions(rest, { json, db }));
    case 'generate': return generateText(parseOptions(rest, generateOptions));
    case 'classify': return classifyText(parseOptions(rest, classifyOptions));
    case 'runs': return listRuns(parseOptions(rest, listOptions));
    case 'compare': return compareRuns(parseOptions(rest, compareOptions));
    case 'tag': {
      // "-old" takes a tag away; it is no option.
      const changes = rest.filter((word) => /^[+-][^-]/.test(word));
      const { values, positionals } = parseOptions(rest.filter((word) => !changes.includes(word)), { json, db });
      return tagRuns([...positionals, ...changes], { values, positionals });
    }
    case 'note': return noteRun(parseOptions(rest, { json, db }));
    case 'archive': case 'restore': return moveRuns(command, parseOptions(rest, { json, db }));
    case 'delete': return moveRuns(command, parseOptions(rest, { json, db, forever: json }));
    case 'show': return showRun(parseOptions(rest, { json, db }));
    case 'data': return dataCommand(parseOptions(rest, { ...trainOptions, out: { type: 'string' }, save: { type: 'string' } }));
    case 'predict': return predictRun(parseOptions(rest, predictOptions));
    case 'export': return exportRun(parseOptions(rest, exportOptions));
    case 'import': return importRun(parseOptions(rest, { json, db, again: json }));
    case 'engine': return engineCommand(parseOptions(rest, { json, device: { type: 'string' }, from: { type: 'string' } }));
    case 'backup': return backupCommand(parseOptions(rest, { json, db }));
    case 'storage': return storageCommand(parseOptions(rest, { json, db, keep: db }));
    case 'devices': return listDevices(parseOptions(rest, { json }));
    default: throw inputError('cli.usage', `unroll has no command "${command}".`, { hint: 'unroll --help lists them.' });
  }
}

const args = process.argv.slice(2);
// A reader that went away (unroll runs | head) is no fault; what trains hears of it and cancels (train.ts).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    if (args[0] !== 'train' && args[0] !== 'resume') process.exit(0);
    return;
  }
  if (process.exitCode === 2) return;
  process.exitCode = 2;
  process.stderr.write(`unroll: The output cannot be written (${error.code ?? error.message}).\n`);
});
// Without anybody who reads the progress, the work goes on.
process.stderr.on('error', () => undefined);

main(args).catch((error: unknown) => report(error, args.includes('--json'))).then((code) => { process.exitCode = code === 0 ? process.exitCode ?? 0 : code; });
