import type { Finding, FindingCode, FindingPlace, Remedy } from '../../shared/findings.ts';
import type { Step } from '../../shared/recipe.ts';
import { cellAt, type Table } from '../table.ts';
import { shortened } from '../words.ts';

/** Places that a finding names. */
const PLACES = 5;

/** The first few of these rows, with what stands in the column there. @param text in place of the cell */
export function placesOf(table: Table, rows: ArrayLike<number>, c: number, text: (row: number) => string = (row) => cellAt(table, row, c)): FindingPlace[] {
  return Array.from({ length: Math.min(PLACES, rows.length) }, (_, i) => ({ row: rows[i]!, line: table.lines[rows[i]!]!, text: shortened(text(rows[i]!)) }));
}

/** " (line 5)", " (lines 5, 9 and 3 more)" */
export function linesOf(places: readonly FindingPlace[], count: number): string {
  if (places.length === 0) return '';
  const more = count - places.length;
  return ` (${count === 1 ? 'line' : 'lines'} ${places.map(({ line }) => line).join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

export const remedy = (id: string, ...steps: Step[]): Remedy => ({ id, steps });

type Rest = Partial<Pick<Finding, 'places' | 'details' | 'remedies'>>;

export function finding(code: FindingCode, severity: Finding['severity'], column: string | null, count: number, message: string, { places = [], details = {}, remedies = [] }: Rest): Finding {
  return { code, severity, column, count, message, places, remedies, details: { ...details, ...(column === null ? {} : { column }), count } };
}

/** "1 row", "2 rows" */
export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
