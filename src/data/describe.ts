import type { Column, DatasetSummary } from '../shared/dataset.ts';
import { inputError } from '../shared/errors.ts';
import { describeColumn } from './column.ts';
import { proposeRoles } from './propose.ts';
import type { Table } from './table.ts';
import { medianSeconds } from './time-column.ts';

/** What a table tells about itself, before a person says anything. */
export type TableFacts = Pick<DatasetSummary, 'rows' | 'text' | 'columns' | 'dialect' | 'roles' | 'problem' | 'secondsPerRow'>;

/** Types and problems of every column, and the roles that they suggest. */
export function describeTable(table: Table): TableFacts {
  const described = table.names.map((_, c) => describeColumn(table, c));
  const columns = described.map(({ column }) => column);
  const roles = proposeRoles(described);
  const time = described.find(({ column }) => column.name === roles?.time);
  return {
    rows: table.rows, text: null, columns, dialect: table.dialect, roles,
    problem: roles === null ? whyNone(table.file, columns) : null,
    secondsPerRow: time === undefined ? null : medianSeconds(time.time),
  };
}

/** The problem of the column that is nearly one of numbers, else that there is none. */
function whyNone(file: string, columns: readonly Column[]): DatasetSummary['problem'] {
  const nearly = columns.findLast((column) => column.type === 'number' && column.numberProblem !== null);
  if (nearly !== undefined) return nearly.numberProblem;
  const besideTime = columns.some((column) => column.timeProblem === null);
  return inputError('data.no-numeric-column', `"${file}" has no column of numbers to predict${besideTime ? ' beside the time' : ''}.`, {
    hint: 'Open a file with at least one column of numbers.', details: { name: file, besideTime },
  }).data;
}
