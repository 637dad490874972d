import { splitNames, type SplitName } from './plan.ts';
import { metricsOf, type EpochChoice } from './run-fields.ts';
import type { RunSummary } from './run.ts';
import { spreadOf, type Spread } from './welch.ts';

/** Runs of the same settings with different seeds, as one. */
export interface SeedSummary {
  /** The last part on which all that were judged have windows; null before the first is. */
  split: SplitName | null;
  /** Over the judged runs, in the data's unit; R2 where it is defined for all of them. */
  rmse: Spread | null;
  mae: Spread | null;
  r2: Spread | null;
  /** The run of the lowest RMSE. */
  bestId: string | null;
  judged: number;
}

export function summariseSeeds(runs: readonly RunSummary[], epoch: EpochChoice): SeedSummary {
  const judged = runs.flatMap((run) => {
    const metrics = metricsOf(run, epoch);
    return metrics === null ? [] : [{ id: run.id, metrics }];
  });
  const split = [...splitNames].reverse().find((name) => judged.length > 0 && judged.every(({ metrics }) => metrics[name] !== null)) ?? null;
  if (split === null) return { split, rmse: null, mae: null, r2: null, bestId: null, judged: judged.length };
  const values = judged.map(({ id, metrics }) => ({ id, ...metrics[split]! }));
  const r2 = values.map((value) => value.r2).filter((value) => value !== null);
  return {
    split, judged: judged.length, rmse: spreadOf(values.map(({ rmse }) => rmse)), mae: spreadOf(values.map(({ mae }) => mae)), r2: r2.length === values.length ? spreadOf(r2) : null,
    bestId: values.reduce((best, value) => (value.rmse < best.rmse ? value : best)).id,
  };
}
