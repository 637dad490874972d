import type { ClassBrief } from './classify.ts';
import type { Metrics } from './run.ts';
import type { SplitName } from './plan.ts';
import type { TextMetrics } from './text.ts';

/** How a run stands against persistence (the last known value repeated), on the last part that has windows. */
export type Verdict =
  | { kind: 'better' | 'worse' | 'equal'; split: SplitName; rmse: number; persistence: number; percent: number }
  | { kind: 'unjudged'; split: SplitName; rmse: number }
  | { kind: 'none' };

/** Below this share of persistence's error the two are called equal: half a percent. */
const EQUAL = 0.005;

export function judge(metrics: Metrics | null, persistence: Metrics | null): Verdict {
  if (metrics === null) return { kind: 'none' };
  const split = (['test', 'validation', 'train'] as const).find((name) => metrics[name] !== null);
  if (split === undefined) return { kind: 'none' };
  const rmse = metrics[split]?.rmse ?? NaN;
  const naive = persistence?.[split]?.rmse;
  if (naive === undefined || naive === 0 || !Number.isFinite(rmse)) return { kind: 'unjudged', split, rmse };
  const gain = (naive - rmse) / naive;
  const kind = Math.abs(gain) < EQUAL ? 'equal' : gain > 0 ? 'better' : 'worse';
  return { kind, split, rmse, persistence: naive, percent: Math.abs(gain) * 100 };
}

/** How much better than persistence on the test part, in percent of its RMSE; negative when worse, null when it cannot be told. */
export function gainPercent(metrics: Metrics | null, persistence: Metrics | null): number | null {
  const verdict = judge(metrics, persistence);
  if (verdict.kind === 'none' || verdict.kind === 'unjudged' || verdict.split !== 'test') return null;
  return ((verdict.persistence - verdict.rmse) / verdict.persistence) * 100;
}

/** How a run on labelled sequences stands against always guessing the most frequent class, on the last part that has examples. */
export type ClassVerdict = { kind: 'better' | 'worse' | 'equal'; split: SplitName; accuracy: number; baseline: number } | { kind: 'none' };

export function judgeClasses(metrics: ClassBrief | null): ClassVerdict {
  const split = metrics === null ? undefined : (['test', 'validation', 'train'] as const).find((name) => metrics[name] !== null);
  if (metrics === null || split === undefined) return { kind: 'none' };
  const { accuracy, baseline } = metrics[split]!;
  const kind = Math.abs(accuracy - baseline) < EQUAL ? 'equal' : accuracy > baseline ? 'better' : 'worse';
  return { kind, split, accuracy, baseline };
}

/** How a run on a text stands against guessing by the character before alone, on the last part that has windows; bits are of a character. */
export type TextVerdict = { kind: 'better' | 'worse' | 'equal'; split: SplitName; bits: number; bigram: number; percent: number } | { kind: 'none' };

export function judgeText(metrics: TextMetrics | null): TextVerdict {
  const split = metrics === null ? undefined : (['test', 'validation', 'train'] as const).find((name) => metrics[name] !== null);
  if (metrics === null || split === undefined) return { kind: 'none' };
  const { bitsPerCharacter: bits, bigramBits: bigram } = metrics[split]!;
  const gain = bigram === 0 ? 0 : (bigram - bits) / bigram;
  const kind = Math.abs(gain) < EQUAL ? 'equal' : gain > 0 ? 'better' : 'worse';
  return { kind, split, bits, bigram, percent: Math.abs(gain) * 100 };
}
