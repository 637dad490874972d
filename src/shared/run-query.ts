import { inputError, type AppError } from './errors.ts';
import { runStatuses } from './run.ts';
import { fieldNamed, type FieldValue, type RunFields } from './run-fields.ts';

/**
 * The query language of the runs: `cell:lstm hidden>32 tag:good rmse<0.2 date>=2026-01 star:yes -status:failed "free text"`.
 * Every term must hold, and blanks may stand around its operator (`rmse < 0.2`). `:` finds a part of a text, `=` the whole of it; `none` is a value that is missing; a minus turns a term around.
 * A date is compared as far as it is written: `date>2026-01` is after January 2026, `date:2026-01` within it, in local time.
 */
export interface Term {
  /** null: text that is looked for in the name, dataset, tags, note, id and every setting that is a word. */
  field: string | null;
  op: ':' | '=' | '!=' | '<' | '<=' | '>' | '>=';
  value: string;
  negated: boolean;
  /** Where it stands in the query. */
  from: number;
  to: number;
}

export type ParsedQuery = { ok: true; terms: Term[] } | { ok: false; error: AppError; from: number };

const TERM = /^(-?)([\p{L}_][\p{L}\p{N}_.]*)(\s*)(<=|>=|!=|[:=<>])(\s*)/u;
/** A term at the end of what was typed so far, with as much of its value as there is. */
const LAST_TERM = /(?:^|\s)(-?[\p{L}_][\p{L}\p{N}_.]*\s*(?:<=|>=|!=|[:=<>])\s*)([^\s:=<>]*)$/u;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const DATE = /^\d{4}(-\d{2}(-\d{2}([T ]\d{2}(:\d{2}(:\d{2})?)?)?)?)?$/;
const yes = new Set(['yes', 'true', 'on', '1']);
const no = new Set(['no', 'false', 'off', '0']);
const dateFields = new Set(['date', 'finished']);
const booleanFields = new Set(['star', 'archived']);

/**
 * Reads a query.
 * @param known fields that there are; a field that is not among them is an error that names the nearest ones
 * @param sample one value of a field, to tell whether numbers are compared; null where no run has one
 */
export function parseQuery(query: string, known: readonly string[], sample: (field: string) => FieldValue): ParsedQuery {
  const terms: Term[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at]!)) { at += 1; continue; }
    const from = at;
    const head = headAt(query, at, known);
    const negatedText = head === null && query[at] === '-' && query.length > at + 1;
    // A blank behind the operator does not make the next term its value: in "tag: star:yes" the tag is missing.
    if (head !== null) at += head[5] !== '' && headAt(query, at + head[0].length, known) !== null ? head[0].trimEnd().length : head[0].length;
    else if (negatedText) at += 1;
    let value: string;
    if (query[at] === '"') {
      const end = query.indexOf('"', at + 1);
      if (end < 0) return wrong('query.quote', 'A quotation mark is not closed.', from, {});
      value = query.slice(at + 1, end);
      at = end + 1;
    } else {
      const end = /\s|$/.exec(query.slice(at))!.index;
      value = query.slice(at, at + end);
      at += end;
    }
    if (head === null) {
      terms.push({ field: null, op: ':', value, negated: negatedText, from, to: at });
      continue;
    }
    const [, minus, word, , op] = head as unknown as [string, string, string, string, Term['op']];
    const field = fieldNamed(word, known);
    if (field === null) return wrong('query.field', `There is no field "${word}".${near(word, known)}`, from, { field: word, near: near(word, known) });
    if (value === '') return wrong('query.value', `"${word}${op}" needs a value.`, from, { term: `${word}${op}` });
    const problem = valueProblem(field, op, value, sample(field));
    if (problem !== null) return wrong(problem.code, problem.message, from, { field: word, value });
    terms.push({ field, op, value, negated: minus === '-', from, to: at });
  }
  return { ok: true, terms };
}

/** The field and the operator of the term that begins at `at`; null where free text stands. A colon by itself between words is text too, unless a field stands before it. */
function headAt(query: string, at: number, known: readonly string[]): RegExpExecArray | null {
  const head = TERM.exec(query.slice(at));
  if (head === null || head[3] === '' || head[4] !== ':') return head;
  return fieldNamed(head[2]!, known) === null ? null : head;
}

function wrong(code: string, message: string, from: number, details: Record<string, string>): ParsedQuery {
  return { ok: false, from, error: inputError(code, message, { field: 'filter', details }) };
}

function near(word: string, known: readonly string[]): string {
  const wanted = word.toLowerCase();
  const found = known.filter((field) => field.toLowerCase().includes(wanted.slice(0, 3))).slice(0, 3);
  return found.length === 0 ? '' : ` (${found.join(', ')}?)`;
}

function valueProblem(field: string, op: Term['op'], value: string, sample: FieldValue): { code: string; message: string } | null {
  if (value.toLowerCase() === 'none') return null;
  if (dateFields.has(field)) return DATE.test(value) ? null : { code: 'query.date', message: `"${value}" is not a date: write 2026, 2026-01, 2026-01-31 or 2026-01-31T12:00.` };
  if (booleanFields.has(field) || typeof sample === 'boolean') {
    return yes.has(value.toLowerCase()) || no.has(value.toLowerCase()) ? null : { code: 'query.boolean', message: `"${field}" is yes or no (got "${value}").` };
  }
  if (field === 'status' && !runStatuses.some((status) => status.includes(value.toLowerCase()))) return { code: 'query.status', message: `"${value}" is no status: ${runStatuses.join(', ')}.` };
  const compares = op !== ':' && op !== '=' && op !== '!=';
  if ((compares || typeof sample === 'number') && !NUMBER.test(value)) return { code: 'query.number', message: `"${field}" is compared with a number (got "${value}").` };
  return null;
}

/** Whether a run fits every term. */
export function matches(fields: RunFields, terms: readonly Term[]): boolean {
  return terms.every((term) => holds(fields, term) !== term.negated);
}

function holds(fields: RunFields, { field, op, value }: Term): boolean {
  const wanted = value.toLowerCase();
  if (field === null) return textOf(fields).includes(wanted);
  const actual = fields[field] ?? null;
  const isNone = actual === null || actual === '' || (Array.isArray(actual) && actual.length === 0);
  if (op === '!=') return !holds(fields, { field, op: '=', value, negated: false, from: 0, to: 0 });
  if (wanted === 'none') return isNone;
  if (actual === null) return false;
  if (typeof actual === 'boolean') return actual === yes.has(wanted);
  if (typeof actual === 'number') return compared(actual, Number(value), op);
  if (Array.isArray(actual)) return actual.some((item) => item.toLowerCase() === wanted);
  if (dateFields.has(field)) return compared(localTime(String(actual)).slice(0, value.length), value.replace(' ', 'T'), op);
  const text = String(actual).toLowerCase();
  return op === ':' ? text.includes(wanted) : op === '=' ? text === wanted : compared(Number(text), Number(value), op);
}

function compared<T extends number | string>(a: T, b: T, op: Term['op']): boolean {
  switch (op) {
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    case '>=': return a >= b;
    default: return a === b;
  }
}

/** ISO 8601 without a zone, on the clock of this machine. */
function localTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
}

const texts = new WeakMap<RunFields, string>();
/** The words of a run that free text is looked for in, gathered once for each record. */
export function textOf(fields: RunFields): string {
  let text = texts.get(fields);
  if (text === undefined) {
    text = Object.entries(fields).flatMap(([field, value]) => (dateFields.has(field) ? [] : typeof value === 'string' ? [value] : Array.isArray(value) ? value as string[] : [])).join('\n').toLowerCase();
    texts.set(fields, text);
  }
  return text;
}

/**
 * What the last word of a query can become.
 * @param valuesOf values that the runs have in a field
 * @returns whole queries, each with the word that completes it
 */
export function completions(query: string, known: readonly string[], valuesOf: (field: string) => readonly string[]): { query: string; word: string }[] {
  const term = LAST_TERM.exec(query);
  const word = term === null ? /\S*$/.exec(query)![0] : term[1]! + term[2]!;
  const before = query.slice(0, query.length - word.length);
  const head = TERM.exec(word);
  if (head === null) {
    const wanted = word.replace(/^-/, '').toLowerCase();
    if (wanted === '') return [];
    const minus = word.startsWith('-') ? '-' : '';
    return known.filter((field) => field.toLowerCase().includes(wanted)).sort((a, b) => Number(b.toLowerCase().startsWith(wanted)) - Number(a.toLowerCase().startsWith(wanted)))
      .slice(0, 8).map((field) => ({ query: `${before}${minus}${field}:`, word: `${field}:` }));
  }
  const field = fieldNamed(head[2]!, known);
  if (field === null) return [];
  const typed = word.slice(head[0].length).toLowerCase();
  return valuesOf(field).filter((value) => value.toLowerCase().includes(typed) && value.toLowerCase() !== typed).slice(0, 8)
    .map((value) => ({ query: `${before}${head[0]}${/\s/.test(value) ? `"${value}"` : value} `, word: value }));
}
