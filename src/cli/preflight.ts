import { bytesInWords } from '../engine/errors.ts';
import { environmentError } from '../shared/errors.ts';
import type { Plan } from '../shared/plan.ts';
import { bytesNeeded, obstaclesOf, secondsNeeded, workSizes } from '../shared/preflight.ts';
import type { RunSpec } from '../shared/spec.ts';
import { measureWork } from '../training/preflight.ts';
import { engines } from './engines.ts';
import { machineMemory } from './machine.ts';
import type { Options } from './options.ts';
import { clock } from './progress.ts';
import { figure } from './tables.ts';
import { print } from './train-command.ts';

/**
 * Before a run begins: says that it would not fit, or, with --estimate, what it would take.
 * @returns whether to train
 * @throws environmentError 'preflight.memory' where it needs more than is free, and --anyway is not given
 */
export async function preflight(spec: RunSpec, plan: Plan, values: Options['values']): Promise<boolean> {
  const sizes = workSizes(spec, plan);
  const bytes = bytesNeeded(sizes);
  const memory = machineMemory();
  const short = obstaclesOf({ bytes, seconds: null }, memory).length > 0;
  if (values['estimate'] !== true) {
    if (short && values['anyway'] !== true) {
      throw environmentError('preflight.memory', `This run would need about ${bytesInWords(bytes)} of memory, and ${bytesInWords(memory.freeBytes)} are free.`, {
        hint: 'Choose a smaller batch, sequence length or hidden size, or train all the same with --anyway.', details: { bytes, freeBytes: memory.freeBytes },
      });
    }
    return true;
  }
  // What does not fit is not tried.
  const measured = short ? null : await measureWork(engines, sizes, spec.backend);
  const seconds = measured === null ? null : secondsNeeded(sizes, measured.milliseconds);
  if (values['json'] === true) print({ event: 'estimate', seconds, millisecondsPerStep: measured?.milliseconds ?? null, device: measured?.device ?? null, bytes, ...memory, fits: !short });
  else {
    const time = measured === null ? 'Its time was not measured, for it would not fit.' : `About ${lasting(seconds!)} on ${measured.device.device} (${measured.device.backend}), ${figure(measured.milliseconds)} ms a step of ${sizes.batchSize} windows.`;
    process.stdout.write(`${time}\nAbout ${bytesInWords(bytes)} of memory; ${bytesInWords(memory.freeBytes)} of ${bytesInWords(memory.totalBytes)} are free.\n`);
  }
  return false;
}

function lasting(seconds: number): string {
  if (seconds < 1) return 'a second';
  return seconds > 172_800 ? `${Math.round(seconds / 86_400)} days` : clock(seconds);
}
