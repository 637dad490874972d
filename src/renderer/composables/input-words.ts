import type { ProposedInputs } from '../../shared/proposed.ts';
import type { Roles } from '../../shared/roles.ts';
import { useWords } from './words.ts';

/** What goes in and what could, as a sentence each. */
export function useInputWords() {
  const { t } = useWords();
  const list = (names: readonly string[]) => names.join(t('proposed.and'));
  const calendarWords = (kinds: Roles['calendar']) => list(kinds.map((kind) => t(`prep.calendars.${kind}`)));

  /** The targets' own past by itself is the usual beginning, and is said so. */
  function now({ inputs, targets, calendar }: Roles): string {
    const others = inputs.filter((name) => !targets.includes(name));
    const past = targets.filter((name) => inputs.includes(name));
    if (others.length + calendar.length === 0) return t('proposed.onlyPast', { targets: list(past) });
    const parts = [...(past.length === 0 ? [] : [t('proposed.past', { targets: list(past) })]), ...others, ...(calendar.length === 0 ? [] : [calendarWords(calendar)])];
    return t('proposed.now', { inputs: list(parts) });
  }
  const offered = ({ numbers, words, calendar }: ProposedInputs) => t('proposed.offered', {
    inputs: list([...numbers, ...words.map(({ name }) => t('proposed.words', { name })), ...(calendar.length === 0 ? [] : [t('proposed.calendar', { list: calendarWords(calendar) })])]),
  });
  return { now, offered };
}
