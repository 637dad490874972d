import type { Reading } from '../shared/classify.ts';
import { inputError, toErrorData, type AppErrorData } from '../shared/errors.ts';
import type { Examination } from '../shared/findings.ts';
import { MOST_STEPS, type Mapping, type NewFileFacts, type NewSequences, type NewText } from '../shared/new-file.ts';
import type { Recipe, Step, StepChange } from '../shared/recipe.ts';
import { categoriesOf } from '../shared/roles.ts';
import type { CharSpec, ClassifySpec, ForecastSpec } from '../shared/spec.ts';
import { applyRecipe } from './recipe/apply.ts';
import { seriesTable } from './series.ts';
import { steps } from './sequences.ts';
import { cellAt, columnIndex, type Table } from './table.ts';

/** A table that a run has not seen, its columns named as the run knows them; after the run's recipe where that could be replayed. */
export interface FittedFile { table: Table; facts: NewFileFacts }

/** Columns that the file itself must have: those of the roles, but for what the recipe makes, and what it makes them of. */
function neededOf({ roles, recipe }: ForecastSpec): string[] {
  const needed = new Set([...(roles.time === null ? [] : [roles.time]), ...roles.targets, ...roles.inputs]);
  for (const step of [...recipe.steps].reverse()) {
    if (step.kind === 'window' && needed.has(step.into)) {
      if (step.into !== step.column) needed.delete(step.into);
      needed.add(step.column);
    }
    if ('time' in step && step.time !== null) needed.add(step.time);
  }
  return [...needed];
}

/** The recipe without what it did to columns that this file lacks and nobody asks for. */
function replayable({ steps: all, ...recipe }: Recipe, names: readonly string[]): Recipe {
  const there = new Set(names);
  return {
    ...recipe,
    steps: all.flatMap((step): Step[] => {
      if ('columns' in step) {
        const columns = step.columns.filter((name) => there.has(name));
        if (step.kind === 'dropColumns') for (const name of columns) there.delete(name);
        return columns.length === 0 ? [] : [{ ...step, columns }];
      }
      if (step.kind === 'window') {
        if (!there.has(step.column)) return [];
        there.add(step.into);
        return [step];
      }
      return step.kind === 'dayMonth' && !there.has(step.column) ? [] : [step];
    }),
  };
}

/** A name without what a spelling changes: case, blanks, signs. */
const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** What a column that is missing may be called now. */
function proposalsFor(missing: readonly string[], free: readonly string[]): NewFileFacts['missing'] {
  const left = new Set(free);
  const take = (name: string | undefined) => { if (name !== undefined) left.delete(name); return name ?? null; };
  const same = missing.map((column) => take([...left].find((name) => plain(name) === plain(column))));
  const nearest = missing.map((column, i) => {
    const near = (name: string) => plain(name) !== '' && plain(column) !== '' && (plain(name).includes(plain(column)) || plain(column).includes(plain(name)));
    return same[i] ?? take([...left].find(near));
  });
  // One column that is sought and one that is left belong together.
  const alone = left.size === 1 && nearest.filter((name) => name === null).length === 1 ? [...left][0]! : null;
  return missing.map((column, i) => ({ column, proposed: nearest[i] ?? alone }));
}

/** The table with columns named as the run knows them. Only names that the file lacks are given to other columns. */
function renamed(file: Table, mapping: Mapping): { table: Table; used: Mapping } {
  const used: Mapping = {};
  for (const [column, called] of Object.entries(mapping)) {
    if (called === '' || file.names.includes(column)) continue;
    if (!file.names.includes(called)) throw inputError('predict.unknown-column', `"${file.file}" has no column "${called}".`, { field: called, hint: `It has: ${file.names.join(', ')}.`, details: { column: called, name: file.file } });
    if (Object.values(used).includes(called)) throw inputError('predict.mapped-twice', `The column "${called}" cannot stand for two columns of the run.`, { field: called, hint: 'Choose another one for one of them.', details: { column: called } });
    used[column] = called;
  }
  const now = new Map(Object.entries(used).map(([column, called]) => [called, column]));
  return { table: now.size === 0 ? file : { ...file, names: file.names.map((name) => now.get(name) ?? name) }, used };
}

function lacking(file: Table, missing: NewFileFacts['missing']): AppErrorData | null {
  if (missing.length === 0) return null;
  const listed = missing.map(({ column }) => `"${column}"`).join(', ');
  return inputError('predict.missing-columns', `"${file.file}" has no column ${listed}, which the run learnt from.`, {
    field: missing[0]!.column, hint: `It has: ${file.names.join(', ')}. If a column is called otherwise there, say which one it is.`, details: { name: file.file, columns: missing.map(({ column }) => column).join(', '), count: missing.length },
  }).data;
}

const nothing = { changes: [], findings: [], needs: [], mostSteps: 0, unknown: null };

/**
 * A table as a forecast run reads it: columns renamed, the run's recipe replayed. Nothing is fitted to it.
 * @throws inputError for a mapping that cannot be; everything else that is wrong is told in `facts.problem`
 */
export function fitForecast(file: Table, spec: ForecastSpec, mapping: Mapping): FittedFile {
  const { roles, window: { sequenceLength, horizon } } = spec;
  const { table, used } = renamed(file, mapping);
  const needed = neededOf(spec);
  const absent = needed.filter((name) => !table.names.includes(name));
  const extra = table.names.filter((name) => !needed.includes(name));
  const missing = proposalsFor(absent, extra);
  const free = roles.inputs.every((name) => roles.targets.includes(name) || roles.known.includes(name));
  const facts: NewFileFacts = {
    ...nothing, name: file.file, task: 'forecast', fileRows: file.rows, rows: null, columns: file.names, missing, extra, mapping: used, labelled: true, problem: lacking(file, missing),
    needs: roles.known.map((column) => ({ column, categories: roles.encodings[column] === undefined ? null : categoriesOf(roles.encodings[column]) })),
    mostSteps: free ? MOST_STEPS : horizon,
  };
  if (facts.problem !== null) return { table, facts };
  let made = table;
  let changes: StepChange[] = [];
  try {
    ({ table: made, changes } = applyRecipe(table, replayable(spec.recipe, table.names)));
    seriesTable(made, roles);
  } catch (error) {
    const problem = toErrorData(error);
    if (problem.fault === 'ours') throw error;
    return { table: made, facts: { ...facts, changes, problem } };
  }
  const short = made.rows >= sequenceLength ? null : inputError('data.too-few-rows', `The data has ${made.rows} ${made.rows === 1 ? 'row' : 'rows'}, and a sequence length of ${sequenceLength} needs at least ${sequenceLength}.`, {
    hint: 'Give a file with more rows: what comes before the first row that is wanted as well.', details: { rows: made.rows, sequenceLength, horizon, needed: sequenceLength },
  }).data;
  return { table: made, facts: { ...facts, rows: made.rows, changes, problem: short } };
}

/** What the data doctor is asked about a new file: it is not split, and not trained on. */
export function questionOf({ roles, window }: ForecastSpec): Examination {
  return { time: roles.time, targets: roles.targets, inputs: roles.inputs, split: { by: 'share', train: 1, validation: 0, test: 0 }, window };
}
/** Findings that are about training alone. */
export const ofTraining: ReadonlySet<string> = new Set(['tooFewRows', 'levelShift', 'constant']);

/** A table as a run on labelled sequences reads it. @throws as `fitForecast` */
export function fitSequences(file: Table, spec: ClassifySpec, mapping: Mapping): FittedFile {
  const { table, used } = renamed(file, mapping);
  const extra = table.names.filter((name) => name !== spec.sequence && name !== spec.label);
  const missing = proposalsFor([spec.sequence].filter((name) => !table.names.includes(name)), [...extra, ...table.names.filter((name) => name === spec.label)]);
  return { table, facts: { ...nothing, name: file.file, task: 'classify', fileRows: file.rows, rows: file.rows, columns: file.names, missing, extra, mapping: used, labelled: table.names.includes(spec.label), problem: lacking(file, missing) } };
}

/**
 * The sequences of a new file, with the classes of its labels where it has them.
 * @throws inputError 'classify.no-sequence', 'classify.not-number' with the line
 */
export function newSequences(table: Table, { sequence, label, kind }: Pick<ClassifySpec, 'sequence' | 'label' | 'kind'>, { classes }: Pick<Reading, 'classes'>): NewSequences {
  const s = columnIndex(table, sequence);
  const parts = Array.from({ length: table.rows }, (_, row) => steps(cellAt(table, row, s), kind, sequence, table.lines[row]!));
  const offsets = new Int32Array(table.rows + 1);
  parts.forEach((part, row) => { offsets[row + 1] = offsets[row]! + part.length; });
  const values = new Float64Array(offsets.at(-1)!);
  parts.forEach((part, row) => values.set(part, offsets[row]));
  const l = table.names.indexOf(label);
  if (l < 0) return { values, offsets, lines: table.lines.slice(0, table.rows), labels: null, strange: [] };
  const index = new Map(classes.map((name, c) => [name, c]));
  const strange = new Set<string>();
  const labels = Int32Array.from({ length: table.rows }, (_, row) => {
    const name = cellAt(table, row, l).trim();
    const known = index.get(name);
    if (known === undefined && name !== '') strange.add(name);
    return known ?? -1;
  });
  return { values, offsets, lines: table.lines.slice(0, table.rows), labels, strange: [...strange] };
}

/** Kinds of characters that are named. */
const NAMED = 50;

/** A new text as the tokens of a run. @throws inputError 'text.empty' */
export function newText(text: string, { normalization }: Pick<CharSpec['text'], 'normalization'>, { characters, unknown }: { characters: readonly string[]; unknown: number | null }): NewText {
  const source = normalization === 'none' ? text : text.normalize(normalization);
  if (source === '') throw inputError('text.empty', 'The text is empty.', { hint: 'Choose a file with some text.' });
  const tokens = new Map(characters.flatMap((character, token) => (token === unknown ? [] : [[character, token] as const])));
  const strange = new Map<string, number>();
  const ids = new Int32Array(source.length);
  let [length, all] = [0, 0];
  for (const character of source) {
    all += 1;
    const token = tokens.get(character);
    if (token === undefined) strange.set(character, (strange.get(character) ?? 0) + 1);
    const taken = token ?? unknown;
    if (taken !== null) ids[length++] = taken;
  }
  return { ids: ids.slice(0, length), characters: all, unknown: { count: [...strange.values()].reduce((sum, n) => sum + n, 0), kinds: strange.size, characters: [...strange.keys()].slice(0, NAMED) } };
}

/** What a new text is to a run on a text. */
export function textFactsOf(name: string, { ids, characters, unknown }: NewText, sequenceLength: number): NewFileFacts {
  const needed = sequenceLength + 1;
  const problem = ids.length >= needed ? null : inputError('predict.short-text', `The text has ${ids.length} characters that the run knows, and a sequence length of ${sequenceLength} needs at least ${needed}.`, { hint: 'Choose a longer text.', details: { count: ids.length, sequenceLength, needed } }).data;
  return { ...nothing, name, task: 'char', fileRows: characters, rows: ids.length, columns: [], missing: [], extra: [], mapping: {}, labelled: true, problem, unknown };
}

/** Cells of columns as they stand, from the first row on: what is known in the future. @throws inputError 'predict.unknown-column' */
export function columnCells(table: Table, columns: readonly string[], most: number): Record<string, string[]> {
  return Object.fromEntries(columns.map((column) => {
    const c = table.names.indexOf(column);
    if (c < 0) throw inputError('predict.unknown-column', `"${table.file}" has no column "${column}".`, { field: '--known', hint: `It has: ${table.names.join(', ')}.`, details: { column, name: table.file } });
    return [column, Array.from({ length: Math.min(most, table.rows) }, (_, row) => cellAt(table, row, c))];
  }));
}
