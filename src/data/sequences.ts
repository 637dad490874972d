import { MAX_CLASSES, type LabelledSequences, type SequenceFacts } from '../shared/classify.ts';
import { inputError } from '../shared/errors.ts';
import { cellAt, columnIndex, type Table } from './table.ts';
import { shortened } from './words.ts';

/** Rows that decide what a column is. */
const SAMPLE = 200;

export interface SequenceChoice { sequence: string; label: string; kind: 'text' | 'numbers' }

/**
 * The numbers of one cell: a JSON array, or numbers with blanks, commas, semicolons or bars between.
 * @returns the word that is none, where there is one
 */
export function parseNumbers(cell: string): number[] | { word: string } {
  const inner = cell.trim().replace(/^\[([\s\S]*)\]$/, '$1').trim();
  const numbers: number[] = [];
  for (const word of inner.split(/\s*[,;|]\s*|\s+/)) {
    const number = Number(word);
    if (word === '' || !Number.isFinite(number)) return { word };
    numbers.push(number);
  }
  return numbers;
}

const isSeveral = (cell: string) => { const found = parseNumbers(cell); return Array.isArray(found) && found.length > 1; };

/** What a column of cells looks like: several numbers in most cells, or text. */
function kindOf(table: Table, column: number): { kind: 'text' | 'numbers'; long: number; distinct: number; filled: number } {
  const rows = Math.min(table.rows, SAMPLE);
  const cells = Array.from({ length: rows }, (_, i) => cellAt(table, Math.floor((i * table.rows) / rows), column).trim()).filter((cell) => cell !== '');
  const several = cells.filter(isSeveral).length;
  return { kind: cells.length > 0 && several >= cells.length / 2 ? 'numbers' : 'text', long: cells.filter((cell) => [...cell].length > 1).length, distinct: new Set(cells).size, filled: cells.length };
}

/** Which columns can be the sequence and which the label, the likeliest first; `proposed`: the table looks made for it. */
function candidates(table: Table): { sequences: string[]; labels: string[]; proposed: boolean } {
  const columns = table.names.map((name, c) => ({ name, ...kindOf(table, c), isNumber: false }));
  for (const [c, column] of columns.entries()) {
    column.isNumber = column.kind === 'text' && Array.from({ length: Math.min(20, table.rows) }, (_, r) => cellAt(table, r, c).trim()).every((cell) => cell === '' || Number.isFinite(Number(cell.replace(',', '.'))));
  }
  const sequences = columns.filter(({ kind, long, filled, isNumber }) => kind === 'numbers' || (!isNumber && long > filled / 2))
    .sort((a, b) => Number(b.kind === 'numbers') - Number(a.kind === 'numbers') || b.distinct - a.distinct);
  const named = (name: string) => Number(/label|class|categor|target|kind|type|langu|标签|类/i.test(name));
  const labels = columns.filter(({ kind, distinct }) => kind === 'text' && distinct <= MAX_CLASSES)
    .sort((a, b) => named(b.name) - named(a.name) || Number(a.isNumber) - Number(b.isNumber) || a.distinct - b.distinct);
  const [sequence] = sequences;
  const label = labels.find(({ name }) => name !== sequence?.name);
  const repeats = label !== undefined && label.distinct >= 2 && label.distinct <= label.filled / 2;
  return {
    sequences: sequences.map(({ name }) => name), labels: labels.map(({ name }) => name),
    // A time and a few words beside numbers is a series with a category, not a table of sequences.
    proposed: repeats && sequence !== undefined && (sequence.kind === 'numbers' || (!label.isNumber && columns.length <= 3 && sequence.distinct > sequence.filled / 2 && !sequence.isNumber && !columns.some(({ isNumber }) => isNumber))),
  };
}

/**
 * What the table offers for classification, and what the chosen columns hold; those that are not given are proposed.
 * @throws inputError 'classify.no-columns', and what `labelledSequences` throws
 */
export function sequenceFacts(table: Table, given: { sequence: string | null; label: string | null; kind: 'text' | 'numbers' | null }): SequenceFacts {
  const { sequences, labels, proposed } = candidates(table);
  const sequence = given.sequence ?? sequences[0];
  const label = given.label ?? labels.find((name) => name !== sequence);
  if (sequence === undefined || label === undefined) {
    throw inputError('classify.no-columns', `"${table.file}" has no column of ${sequence === undefined ? 'sequences (texts, or several numbers in a cell)' : 'labels'}.`, { field: sequence === undefined ? 'sequence' : 'label', hint: 'Open a table with a column of texts or number sequences and a column of labels.', details: { name: table.file } });
  }
  const kind = given.kind ?? kindOf(table, columnIndex(table, sequence)).kind;
  const { values, offsets, labels: of, classes } = labelledSequences(table, { sequence, label, kind });
  const lengths = Int32Array.from(of, (_, i) => offsets[i + 1]! - offsets[i]!).sort();
  const counts = classes.map(() => 0);
  for (const c of of) counts[c]! += 1;
  return {
    sequences, labels, sequence, label, kind, proposed, examples: of.length, classes: classes.map((name, c) => ({ name, count: counts[c]! })),
    shortest: lengths[0]!, median: lengths[lengths.length >> 1]!, longest: lengths.at(-1)!, characters: kind === 'text' ? new Set(values).size : 0,
  };
}

/**
 * The sequences and labels of two columns.
 * @throws inputError 'classify.same-column', 'classify.no-label', 'classify.no-sequence', 'classify.not-number', 'classify.one-class',
 *   'classify.too-many-classes', 'classify.single-examples'; each names the line or the labels
 */
export function labelledSequences(table: Table, { sequence, label, kind }: SequenceChoice): LabelledSequences {
  if (sequence === label) throw inputError('classify.same-column', `The column "${label}" cannot be both the sequence and its label.`, { field: 'label', hint: 'Choose another column for one of them.', details: { column: label } });
  const [s, l] = [columnIndex(table, sequence), columnIndex(table, label)];
  const names = Array.from({ length: table.rows }, (_, row) => cellAt(table, row, l).trim());
  const unlabelled = names.flatMap((name, row) => (name === '' ? [row] : []));
  if (unlabelled.length > 0) {
    const line = table.lines[unlabelled[0]!]!;
    throw inputError('classify.no-label', `${unlabelled.length} ${unlabelled.length === 1 ? 'row has' : 'rows have'} no label in the column "${label}", the first on line ${line}.`, { field: 'label', hint: 'Fill the labels in, or take these rows out of the file.', details: { count: unlabelled.length, column: label, line } });
  }
  const classes = [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
  if (classes.length > MAX_CLASSES) {
    throw inputError('classify.too-many-classes', `The column "${label}" has ${classes.length} different labels, and at most ${MAX_CLASSES} classes can be learnt.`, { field: 'label', hint: 'Choose a column with fewer labels.', details: { column: label, count: classes.length, limit: MAX_CLASSES } });
  }
  if (classes.length < 2) {
    throw inputError('classify.one-class', `All rows have the same label "${shortened(classes[0]!)}" in the column "${label}": there is nothing to tell apart.`, { field: 'label', hint: 'Choose a column with at least two different labels.', details: { column: label, label: shortened(classes[0]!) } });
  }
  if (classes.length === table.rows) {
    throw inputError('classify.single-examples', `Every label in the column "${label}" comes once: a class is learnt from several examples.`, { field: 'label', hint: 'Choose a column whose labels come again, or add examples.', details: { column: label } });
  }
  const index = new Map(classes.map((name, c) => [name, c]));
  const offsets = new Int32Array(table.rows + 1);
  const parts: number[][] = [];
  for (let row = 0; row < table.rows; row++) {
    const found = steps(cellAt(table, row, s), kind, sequence, table.lines[row]!);
    parts.push(found);
    offsets[row + 1] = offsets[row]! + found.length;
  }
  const values = new Float64Array(offsets.at(-1)!);
  parts.forEach((part, row) => values.set(part, offsets[row]));
  return { kind, values, offsets, labels: Int32Array.from(names, (name) => index.get(name)!), classes, lines: table.lines.slice(0, table.rows) };
}

/** The steps of one cell: code points, or numbers. @param line of the file; null: what a person typed */
export function steps(cell: string, kind: 'text' | 'numbers', column: string, line: number | null): number[] {
  const at = line === null ? '' : `Line ${line}: `;
  if (cell.trim() === '') {
    throw inputError('classify.no-sequence', `${at}${line === null ? 'There is no sequence.' : `there is no sequence in the column "${column}".`}`, { field: 'sequence', hint: line === null ? 'Type a text, or numbers with blanks or commas between.' : 'Fill it in, or take this row out of the file.', details: { line: line ?? 0, column } });
  }
  if (kind === 'text') return Array.from(cell.normalize('NFC'), (character) => character.codePointAt(0)!);
  const found = parseNumbers(cell);
  if (Array.isArray(found)) return found;
  throw inputError('classify.not-number', `${at}"${shortened(found.word)}" ${line === null ? '' : `in the column "${column}" `}is no number.`, { field: 'sequence', hint: 'Numbers stand with blanks, commas, semicolons or bars between, or as a JSON array.', details: { line: line ?? 0, column, word: shortened(found.word) } });
}
