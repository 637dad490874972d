import type { Column } from '../../shared/dataset.ts';
import type { Finding } from '../../shared/findings.ts';
import type { OutlierRule, Step } from '../../shared/recipe.ts';
import { readNumberColumn } from '../number-column.ts';
import { isMissing } from '../numbers.ts';
import { outlierRows, outliersApart } from '../recipe/outliers.ts';
import { cellAt, type Table } from '../table.ts';
import { counted, finding, linesOf, placesOf, remedy } from './finding.ts';

/** What is wrong with one column beside the time. @param use how it is used: what keeps a run from starting is an error @param time along which is interpolated, null: by row */
export function columnFindings(table: Table, c: number, { type, name }: Column, use: 'target' | 'input' | 'none', time: string | null): Finding[] {
  const severity = use === 'none' ? 'warning' : 'error';
  if (type === 'empty') {
    return [finding('constant', severity, name, table.rows, `Column "${name}" is empty.`, { details: { empty: true }, remedies: table.names.length === 1 ? [] : [remedy('dropColumn', { kind: 'dropColumns', columns: [name] })] })];
  }
  if (type !== 'number') return type === 'text' && use !== 'none' ? missingWords(table, c, name, severity) : [];
  const { values, missing, words } = readNumberColumn(table, c);
  const found: Finding[] = [];
  /** Without another column of numbers there would be nothing to predict. */
  const others = table.names.some((_name, other) => { if (other === c || table.names[other] === time) return false; const read = readNumberColumn(table, other); return read.words + read.missing < table.rows; });
  const asMissing: Step[] = words > 0 ? [{ kind: 'words', columns: [name] }] : [];
  const fill = (method: 'interpolate' | 'forward' | 'drop'): Step => ({ kind: 'fill', columns: [name], method, time: method === 'interpolate' ? time : null });
  if (words > 0) {
    const places = placesOf(table, rowsWhere(table, values, (row) => !isMissing(cellAt(table, row, c))), c);
    found.push(finding('words', severity, name, words, `Column "${name}" has ${counted(words, 'word')} among its numbers${linesOf(places, words)}.`, {
      places, details: { example: places[0]?.text ?? '' }, remedies: [remedy('words-interpolate', ...asMissing, fill('interpolate')), remedy('words-forward', ...asMissing, fill('forward')), remedy('words-drop', ...asMissing, fill('drop')), remedy('words', ...asMissing)],
    }));
  }
  if (missing > 0) {
    const places = placesOf(table, rowsWhere(table, values, (row) => words === 0 || isMissing(cellAt(table, row, c))), c);
    found.push(finding('missing', severity, name, missing, `Column "${name}" misses ${counted(missing, 'value')}${linesOf(places, missing)}.`, {
      places, details: { percent: Number(((missing / table.rows) * 100).toPrecision(2)) },
      remedies: (['interpolate', 'forward', 'drop'] as const).map((method) => remedy(method, ...asMissing, fill(method))),
    }));
  }
  if (isConstant(values)) {
    found.push(finding('constant', use === 'target' ? 'error' : 'warning', name, table.rows, `Column "${name}" holds ${values.find((value) => !Number.isNaN(value))!} in every row: there is nothing to learn from it.`, {
      details: { empty: false, value: values.find((value) => !Number.isNaN(value))! }, remedies: others ? [remedy('dropColumn', { kind: 'dropColumns', columns: [name] })] : [],
    }));
    return found;
  }
  return words > 0 ? found : [...found, ...outlierFindings(table, c, name, values, time)];
}

/** Cells of words that are empty, in a column that is used. */
function missingWords(table: Table, c: number, name: string, severity: Finding['severity']): Finding[] {
  const empty: number[] = [];
  for (let row = 0; row < table.rows; row++) if (isMissing(cellAt(table, row, c))) empty.push(row);
  if (empty.length === 0) return [];
  const places = placesOf(table, empty, c);
  return [finding('missing', severity, name, empty.length, `Column "${name}" misses ${counted(empty.length, 'value')}${linesOf(places, empty.length)}.`, {
    places, details: { percent: Number(((empty.length / table.rows) * 100).toPrecision(2)) },
    remedies: (['forward', 'drop'] as const).map((method) => remedy(method, { kind: 'fill', columns: [name], method, time: null })),
  })];
}

/** The first few rows without a number that a look at the text confirms; the others are only counted. */
function rowsWhere(table: Table, values: Float64Array, holds: (row: number) => boolean): number[] {
  const found: number[] = [];
  for (let row = 0; row < table.rows && found.length < 5; row++) if (Number.isNaN(values[row]) && holds(row)) found.push(row);
  return found;
}

function isConstant(values: Float64Array): boolean {
  const first = values.findIndex((value) => !Number.isNaN(value));
  return first >= 0 && values.length > 1 && values.every((value) => Number.isNaN(value) || value === values[first]);
}

/** What loggers write for a value that is none. */
const STANDINS = [-9999, -999, -99.99, -99, 999.9, 9999, 99999, -1e30, 1e30, -32768];
/** A value is called an outlier when it is so many robust standard deviations away from the rows around it. */
const RULE = { by: 'neighbours', k: 10, rows: 5 } as const satisfies OutlierRule;
/** More of them than this are the way the series is. */
const RARE = 0.01;
/** Fewer rows, or fewer different values, tell no outliers. */
const FEW = 20;
const FEW_VALUES = 8;

function outlierFindings(table: Table, c: number, name: string, values: Float64Array, time: string | null): Finding[] {
  if (values.length < FEW || fewValues(values)) return [];
  const [rule, rows] = standIns(values) ?? [RULE, outliersApart(values, RULE)];
  if (rows.length === 0 || (rule.by === 'neighbours' && rows.length > Math.max(1, RARE * values.length))) return [];
  const places = placesOf(table, rows, c);
  const blank: Step = { kind: 'outliers', columns: [name], rule, action: 'blank' };
  const fill: Step = { kind: 'fill', columns: [name], method: 'interpolate', time };
  const what = rule.by === 'equals' ? `${rule.values[0]!}, which stands for a value that was not measured` : `${counted(rows.length, 'value')} far from the rows around ${rows.length === 1 ? 'it' : 'them'}`;
  return [finding('outliers', 'warning', name, rows.length, `Column "${name}" has ${what}${linesOf(places, rows.length)}.`, {
    places, details: { rule: rule.by, value: rule.by === 'equals' ? rule.values[0]! : null, k: rule.by === 'neighbours' ? rule.k : null },
    remedies: [remedy('blank-interpolate', blank, fill), ...(rule.by === 'equals' ? [] : [remedy('clip', { ...blank, action: 'clip' })]), remedy('blank', blank)],
  })];
}

function fewValues(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    seen.add(value);
    if (seen.size > FEW_VALUES) return false;
  }
  return true;
}

/** A value that comes several times, far from all others: its rows, and the rule that names it. */
function standIns(values: Float64Array): [OutlierRule, Int32Array] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) { if (value < low) low = value; if (value > high) high = value; }
  const candidate = STANDINS.find((value) => value === low || value === high);
  if (candidate === undefined) return null;
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) { if (value === candidate) continue; if (value < least) least = value; if (value > most) most = value; }
  const away = Math.max(least - candidate, candidate - most);
  if (!(away > 2 * (most - least))) return null;
  const rule: OutlierRule = { by: 'equals', values: [candidate] };
  return [rule, outlierRows(values, rule)];
}
