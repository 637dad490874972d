import { splitNames, type SplitName } from './plan.ts';
import { metricsOf, type EpochChoice } from './run-fields.ts';
import type { RunSummary } from './run.ts';
import { spreadOf, type Spread } from './welch.ts';

/** Metrics of a group, each by its name; what the runs are judged by stands first. */
export const seedMetrics = ['rmse', 'mae', 'r2', 'bitsPerCharacter', 'perplexity', 'accuracy', 'f1', 'precision', 'recall'] as const;
export type SeedMetric = (typeof seedMetrics)[number];

/** Runs of the same settings with different seeds, as one. */
export interface SeedSummary extends Partial<Record<SeedMetric, Spread>> {
  /** The last part on which all that were judged have windows; null before the first is. */
  split: SplitName | null;
  /** The run of the lowest RMSE, of the fewest bits a character, or that recognises most. */
  bestId: string | null;
  judged: number;
}

type Parts = Record<SplitName, Partial<Record<SeedMetric, number | null>> | null>;
const tasks: Record<RunSummary['spec']['task'], { of(run: RunSummary, epoch: EpochChoice): Parts | null; metrics: readonly [SeedMetric, ...SeedMetric[]]; high: boolean }> = {
  forecast: { of: metricsOf, metrics: ['rmse', 'mae', 'r2'], high: false },
  char: { of: (run, epoch) => run.text?.[epoch] ?? null, metrics: ['bitsPerCharacter', 'perplexity', 'accuracy'], high: false },
  classify: { of: (run, epoch) => run.classes?.[epoch] ?? null, metrics: ['accuracy', 'f1', 'precision', 'recall'], high: true },
};

/** Spreads over the judged runs, in the data's unit; a metric is left out where it is not defined for all of them. */
export function summariseSeeds(runs: readonly RunSummary[], epoch: EpochChoice): SeedSummary {
  const { of, metrics, high } = tasks[runs[0]?.spec.task ?? 'forecast'];
  const judged = runs.flatMap((run) => {
    const parts = of(run, epoch);
    return parts === null ? [] : [{ id: run.id, parts }];
  });
  const split = [...splitNames].reverse().find((name) => judged.length > 0 && judged.every(({ parts }) => parts[name] !== null)) ?? null;
  if (split === null) return { split, bestId: null, judged: judged.length };
  const valuesOf = (metric: SeedMetric) => judged.flatMap(({ parts }) => parts[split]![metric] ?? []);
  const own = valuesOf(metrics[0]);
  return {
    split, judged: judged.length,
    ...Object.fromEntries(metrics.flatMap((metric) => { const values = valuesOf(metric); return values.length === judged.length ? [[metric, spreadOf(values)]] : []; })),
    bestId: judged[own.indexOf(high ? Math.max(...own) : Math.min(...own))]?.id ?? null,
  };
}
