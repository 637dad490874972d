import type { CalendarKind, Roles } from './roles.ts';

/** One number of each row that goes in. */
export type Feature = {
  /** As the window and the command line show it: "price", "weather=rain", "promo +1", "sin month". */
  name: string;
} & (
  /** The column `lead` rows ahead; `category` of a one-hot, null for the number, code or boolean itself. `scaled`: by the scaler of its column. */
  | { kind: 'column'; column: string; lead: number; category: number | null; scaled: boolean }
  | { kind: 'calendar'; of: CalendarKind; wave: 'sin' | 'cos' }
);

/**
 * What each row of X holds, in order: the inputs, then the calendar.
 *
 * Row r carries the value of row r itself for an input of the past and for the calendar. An input that is known in the future is
 * carried ahead instead: row r holds its values of the rows r + 1 .. r + horizon, which are the rows that are predicted from r. So the
 * last row of a window (s + T - 1) knows the input at every step that comes out, and the row before it has told its present value.
 */
export function featuresOf(roles: Pick<Roles, 'inputs' | 'encodings' | 'calendar' | 'known'>, horizon: number): Feature[] {
  const features: Feature[] = [];
  for (const column of roles.inputs) {
    const encoding = roles.encodings[column];
    const leads = roles.known.includes(column) ? Array.from({ length: horizon }, (_, h) => h + 1) : [0];
    for (const lead of leads) {
      const ahead = lead === 0 ? '' : ` +${lead}`;
      if (encoding?.kind === 'onehot') encoding.categories.forEach((word, category) => features.push({ kind: 'column', name: `${column}=${word}${ahead}`, column, lead, category, scaled: false }));
      else features.push({ kind: 'column', name: column + ahead, column, lead, category: null, scaled: encoding?.kind !== 'boolean' });
    }
  }
  for (const of of roles.calendar) features.push({ kind: 'calendar', name: `sin ${of}`, of, wave: 'sin' }, { kind: 'calendar', name: `cos ${of}`, of, wave: 'cos' });
  return features;
}

/** How many they are, without making them. */
export function inputSizeOf({ inputs, encodings, calendar, known }: Pick<Roles, 'inputs' | 'encodings' | 'calendar' | 'known'>, horizon: number): number {
  return inputs.reduce((sum, column) => {
    const encoding = encodings[column];
    return sum + (encoding?.kind === 'onehot' ? encoding.categories.length : 1) * (known.includes(column) ? horizon : 1);
  }, calendar.length * 2);
}
