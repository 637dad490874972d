import type { Column } from './dataset.ts';
import { proposeCalendar, type CalendarKind, type Encoding, type Roles } from './roles.ts';

/** Proposed columns at most: with more, which of them help is a question for a person. */
const MOST = 30;
/** Names of what only counts the rows. */
const counters = /^(?:id|idx|index|row|rownum|no|nr|n|#|unnamed: 0|序号|编号)$/i;

export interface ProposedInputs { numbers: string[]; words: { name: string; encoding: Encoding }[]; calendar: CalendarKind[] }

/**
 * What could go in beside the targets' own past: columns of numbers that vary and miss nothing, words of few categories, and the
 * cycles that the step of the time can show. Nothing of it goes in before somebody says so.
 */
export function proposedInputs(columns: readonly Column[], roles: Roles, secondsPerRow: number | null): ProposedInputs {
  const free = columns.filter(({ name }) => name !== roles.time && !roles.targets.includes(name) && !roles.inputs.includes(name) && !counters.test(name.trim()));
  // A second column of times says what the first one does.
  const numbers = free.filter(({ type, numberProblem, min, max, timeProblem }) => type === 'number' && numberProblem === null && min !== max && (timeProblem !== null || roles.time === null));
  const words = free.flatMap(({ name, type, missing, encoding }) => (type === 'text' && missing === 0 && encoding !== null && encoding.kind !== 'code' ? [{ name, encoding }] : []));
  const calendar = roles.time === null ? [] : proposeCalendar(secondsPerRow).filter((kind) => !roles.calendar.includes(kind));
  const kept = words.slice(0, MOST);
  return { numbers: numbers.map(({ name }) => name).slice(0, MOST - kept.length), words: kept, calendar };
}

/** How many there are together. */
export const proposals = ({ numbers, words, calendar }: ProposedInputs): number => numbers.length + words.length + calendar.length;

/** The roles with all of that going in. */
export function withProposed(roles: Roles, { numbers, words, calendar }: ProposedInputs): Roles {
  return {
    ...roles, inputs: [...roles.inputs, ...numbers, ...words.map(({ name }) => name)], calendar: [...roles.calendar, ...calendar],
    encodings: { ...roles.encodings, ...Object.fromEntries(words.map(({ name, encoding }) => [name, encoding])) },
  };
}
