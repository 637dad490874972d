import { useWords } from '../../composables/words.ts';

const DAY = 86_400;
const units = [['year', 365.25 * DAY], ['month', 30.4375 * DAY], ['day', DAY], ['hour', 3600], ['minute', 60], ['second', 1]] as const;

/** A stretch of time, in seconds, in its natural unit and the shown language. */
export function useSpan(): (seconds: number) => string {
  const { t, number } = useWords();
  return (seconds) => {
    const [unit, size] = units.find(([, s]) => seconds >= s) ?? units[5];
    return t(`insight.spans.${unit}`, { n: number(seconds / size, 2) });
  };
}
