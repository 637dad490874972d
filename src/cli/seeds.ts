import { randomBytes } from 'node:crypto';
import { AppError, inputError } from '../shared/errors.ts';
import { makeId } from '../shared/ids.ts';
import { MAX_SEEDS } from '../shared/queue.ts';
import { seedMetrics, summariseSeeds, type SeedMetric } from '../shared/seeds.ts';
import type { Spread } from '../shared/welch.ts';
import type { Storage } from '../storage/index.ts';
import { numberOr, type Options } from './options.ts';
import { figure, table } from './tables.ts';
import { isCancelled, print } from './train-command.ts';

/** --seeds as a number, 1 without it. @throws inputError */
export function seedsOf(given: Options['values'][string]): number {
  if (given === undefined) return 1;
  const seeds = numberOr(String(given));
  if (typeof seeds === 'number' && Number.isInteger(seeds) && seeds >= 1 && seeds <= MAX_SEEDS) return seeds;
  throw inputError('cli.usage', `--seeds must be a whole number from 1 to ${MAX_SEEDS} (got ${String(given)}).`, { field: '--seeds' });
}

export interface SeedJob { storage: Storage; base: string; seeds: number; seed: number; json: boolean }

/**
 * Trains one run, or several that differ in their seed alone as one group; one that fails does not end the others.
 * @param trainOne trains the run of a seed under this id. @returns its exit code
 * @returns the exit code: 130 when it was cancelled, that of the last failure when any run failed
 */
export async function trainSeeds({ storage, base, seeds, seed, json }: SeedJob, trainOne: (seed: number, runId: string, groupId: string | null) => Promise<number>): Promise<number> {
  const newId = () => makeId('run', randomBytes(10));
  if (seeds === 1) return trainOne(seed, newId(), null);
  const groupId = makeId('group', randomBytes(10));
  storage.queue.addGroup(groupId, base);
  const ids: string[] = [];
  let failed = 0;
  for (let i = 0; i < seeds && !isCancelled(); i++) {
    const id = newId();
    const own = (seed + i) % 2 ** 32;
    if (!json) process.stdout.write(`\nSeed ${own} (${i + 1} of ${seeds})\n`);
    try {
      ids.push(id);
      if ((await trainOne(own, id, groupId)) === 130) break;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed = error.data.fault === 'ours' ? 1 : 2;
      if (json) print({ event: 'error', runId: id, ...error.data });
      process.stderr.write(`unroll: ${error.data.message}${error.data.hint === undefined ? '' : ` ${error.data.hint}`}\n`);
    }
  }
  tell(storage, groupId, base, ids, seeds, json);
  return isCancelled() ? 130 : failed;
}

const metricNames: Record<SeedMetric, string> = { rmse: 'RMSE', mae: 'MAE', r2: 'R2', bitsPerCharacter: 'bits a character', perplexity: 'perplexity', accuracy: 'accuracy', f1: 'F1', precision: 'precision', recall: 'recall' };

function tell(storage: Storage, groupId: string, name: string, ids: readonly string[], seeds: number, json: boolean): void {
  const runs = ids.map((id) => storage.runs.summary(id));
  const summary = summariseSeeds(runs, 'best');
  if (json) {
    print({ event: 'group', groupId, name, seeds, runs: runs.map((run) => ({ id: run.id, seed: run.spec.training.seed, status: run.status })), ...summary });
    return;
  }
  if (summary.split === null) return;
  const row = (label: string, spread: Spread | undefined) => (spread === undefined ? [] : [[label, figure(spread.mean), spread.count < 2 ? 'n/a' : figure(spread.deviation), figure(spread.min), figure(spread.max)]]);
  const best = runs.find((run) => run.id === summary.bestId)!;
  process.stdout.write(`\n${name}: ${summary.judged} of ${seeds} seeds, on the ${summary.split} part\n${table(['', 'mean', 'deviation', 'least', 'most'], seedMetrics.flatMap((metric) => row(metricNames[metric], summary[metric])))}\n`
    + `Best: seed ${best.spec.training.seed} (${best.id}).\n`);
}
