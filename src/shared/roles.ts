import { z } from 'zod';
import { inputError, type AppError } from './errors.ts';

/** Categories of a column at most, and the longest of them. */
export const MAX_CATEGORIES = 1_000;
const category = z.string().max(400);
const words = z.array(category).min(1).max(100);

/**
 * How a column whose cells are no numbers goes in. Its categories are fixed when it is chosen and stored with the run: a new file
 * with another one is refused with its line (`data.unknown-category`). Cells are compared without the blanks around them;
 * those of a boolean in either case.
 */
export const encodingSchema = z.discriminatedUnion('kind', [
  /** 1 for one of `true`, 0 for one of `false`; never scaled. */
  z.strictObject({ kind: z.literal('boolean'), true: words, false: words }),
  /** One feature for each category, 1 where the cell is it, else 0; never scaled. */
  z.strictObject({ kind: z.literal('onehot'), categories: z.array(category).min(2).max(MAX_CATEGORIES) }),
  /** The place of the category, 0, 1, 2, ...: one feature, scaled like a number. */
  z.strictObject({ kind: z.literal('code'), categories: z.array(category).min(2).max(MAX_CATEGORIES) }),
]);
export type Encoding = z.infer<typeof encodingSchema>;
export const encodingKinds = ['boolean', 'onehot', 'code'] as const;

/** The categories as a sentence lists them. */
export function categoriesOf(encoding: Encoding): string[] {
  return encoding.kind === 'boolean' ? [...encoding.true, ...encoding.false] : encoding.categories;
}

/** What is made of a row's time (UTC), each as sine and cosine of its place in its cycle. */
export const calendarKinds = ['minute', 'hour', 'weekday', 'dayOfMonth', 'dayOfYear', 'month', 'quarter'] as const;
export type CalendarKind = (typeof calendarKinds)[number];

const column = z.string().min(1);

/** Roles as versions 1 and 2 of the spec, and datasets of their time, wrote them. */
function converted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('target' in value)) return value;
  const { target, ...others } = value;
  return { ...others, targets: [target], ...noExtras };
}

/** What roles have beside time, targets and inputs of numbers: nothing. */
export const noExtras = { encodings: {}, calendar: [], known: [] } as const satisfies Partial<Record<string, unknown>>;

/** Which column plays which part. */
export const rolesSchema = z.preprocess(converted, z.strictObject({
  time: column.nullable(),
  /** Predicted together, each step of the horizon in this order. */
  targets: z.array(column).min(1).max(100),
  /** Columns that go in, in order; the targets' own past is among them by default. */
  inputs: z.array(column).max(2_000),
  /** Of the inputs that are no numbers. */
  encodings: z.record(z.string(), encodingSchema),
  calendar: z.array(z.enum(calendarKinds)),
  /** Inputs whose values are known before they come to pass (a promotion, a holiday): see `featuresOf`. */
  known: z.array(column),
}));
export type Roles = z.infer<typeof rolesSchema>;

/** One target that is predicted from its own past. */
export function rolesOf(time: string | null, target: string): Roles {
  return { time, targets: [target], inputs: [target], encodings: {}, calendar: [], known: [] };
}

function twiceIn(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}

/** What contradicts itself in the roles, before any data is asked; `field` is the path in the spec. null: nothing. */
export function rolesProblem({ time, targets, inputs, encodings, calendar, known }: Roles): AppError | null {
  const wrong = (field: string, sentence: string, reason: string, details = {}) => inputError('spec.invalid', sentence, { field: `roles.${field}`, details: { reason, ...details } });
  for (const [field, names, said] of [['targets', targets, 'targets'], ['inputs', inputs, 'inputs'], ['known', known, 'inputs known in the future'], ['calendar', calendar, 'calendar inputs']] as const) {
    const twice = twiceIn(names);
    if (twice !== undefined) return wrong(field, `The column "${twice}" stands among the ${said} twice.`, `"${twice}" stands there twice`);
  }
  if (time !== null && targets.includes(time)) return wrong('time', `The column "${time}" cannot be both time and target.`, `"${time}" is a target too`);
  if (inputs.length + calendar.length === 0) return wrong('inputs', 'Nothing goes in: choose at least one input.', 'at least one input is needed');
  if (calendar.length > 0 && time === null) return wrong('calendar', 'Calendar inputs are made from the time, and there is no time column.', 'they need a time column');
  const stray = known.find((name) => !inputs.includes(name));
  if (stray !== undefined) return wrong('known', `"${stray}" is marked as known in the future and is no input.`, `"${stray}" is no input`);
  const future = known.find((name) => targets.includes(name));
  if (future !== undefined) return wrong('known', `The target "${future}" cannot be known in the future: it is what is predicted.`, `"${future}" is a target`);
  const coded = Object.keys(encodings).find((name) => targets.includes(name) || !inputs.includes(name));
  if (coded !== undefined) return wrong('encodings', `The encoding of "${coded}" has no input that it is for.`, `"${coded}" is ${targets.includes(coded) ? 'a target' : 'no input'}`);
  for (const [name, encoding] of Object.entries(encodings)) {
    const given = encoding.kind === 'boolean' ? [...encoding.true, ...encoding.false].map((word) => word.toLowerCase()) : encoding.categories;
    const same = twiceIn(given);
    if (same !== undefined) return wrong('encodings', `The category "${same}" of "${name}" stands there twice.`, `"${same}" of "${name}" stands there twice`);
  }
  return null;
}

const HOUR = 3600;

/** Cycles that the rows are fine enough to show and that are longer than one of their steps. @param secondsPerRow median; null without a time that is a date */
export function proposeCalendar(secondsPerRow: number | null): CalendarKind[] {
  if (secondsPerRow === null || secondsPerRow > 200 * 24 * HOUR) return [];
  if (secondsPerRow > 6 * 24 * HOUR) return ['month'];
  if (secondsPerRow > 20 * HOUR) return ['weekday', 'month'];
  return secondsPerRow >= 0.9 * HOUR ? ['hour', 'weekday', 'month'] : ['hour', 'weekday'];
}
