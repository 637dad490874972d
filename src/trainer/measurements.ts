import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Measurements, StepTimes } from '../training/measure.ts';

interface Kept { machine: string; kinds: Record<string, StepTimes> }

/**
 * What was measured on this machine, in measured.json of the engines' folder. It is advice: a file that cannot be read or
 * written, or is another machine's, is measured anew and no error.
 */
export function keptMeasurements(folder: string): Measurements {
  const path = join(folder, 'measured.json');
  const machine = `${cpus()[0]?.model ?? process.arch}, ${cpus().length} threads`;
  const read = (): Kept => {
    try {
      const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept;
      return kept.machine === machine && typeof kept.kinds === 'object' ? kept : { machine, kinds: {} };
    } catch {
      return { machine, kinds: {} };
    }
  };
  return {
    get: (kind) => read().kinds[kind] ?? null,
    all: () => read().kinds,
    set(kind, times) {
      try {
        const kept = read();
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${path}.${process.pid}`, JSON.stringify({ ...kept, kinds: { ...kept.kinds, [kind]: times } }, null, 1));
        renameSync(`${path}.${process.pid}`, path);
      } catch {
        // Without it the next run measures again.
      }
    },
  };
}
