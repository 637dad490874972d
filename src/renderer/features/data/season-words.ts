import type { Analysis, Season } from '../../../shared/analysis.ts';
import { useWords } from '../../composables/words.ts';
import { stepWords } from '../../lib/step.ts';

/** Seasons and the suggested sequence length in words, in the data's own unit of time. */
export function useSeasonWords() {
  const { t, number } = useWords();

  /** "12 months (a year)", "24 hours (a day)", "12 rows". */
  function periodWords({ period, cycle }: Season, secondsPerRow: number | null): string {
    const step = secondsPerRow === null ? null : stepWords(secondsPerRow);
    const n = number(period, 4);
    // A calendar that leaves a day out now and then still has rows of one day.
    const length = step === null || Math.abs(step.n - 1) > 0.05 ? t('seeing.season.rows', { n }, period) : t(`steps.${step.unit}`, { n }, period);
    return cycle === null ? length : t('seeing.season.ofCycle', { length, cycle: t(`seeing.cycle.${cycle}`) });
  }

  /** Why this sequence length. */
  function reason({ suggestion, secondsPerRow }: Analysis): string {
    if (suggestion === null) return t('seeing.suggestion.none');
    return suggestion.reason === 'season'
      ? t('seeing.suggestion.season', { period: periodWords(suggestion.season, secondsPerRow), n: suggestion.length })
      : t('seeing.suggestion.partial', { lag: suggestion.lag });
  }

  return { periodWords, reason };
}
