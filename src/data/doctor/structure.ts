import type { Finding } from '../../shared/findings.ts';
import type { Table } from '../table.ts';
import { counted, finding } from './finding.ts';

/** What was mended when the file was read, so that it could be read at all. */
export function structureFindings({ repairs }: Table): Finding[] {
  const found: Finding[] = [];
  if (repairs === undefined) return found;
  const { renamed, columns, line } = repairs;
  if (renamed.length > 0) {
    const shown = renamed.slice(0, 5).map(({ name, now }) => `"${name}" is now "${now}"`).join(', ');
    found.push(finding('repeatedNames', 'info', null, renamed.length, `Line ${line}: ${counted(renamed.length, 'column')} ${renamed.length === 1 ? 'has' : 'have'} a name that was there before: ${shown}${renamed.length > 5 ? ` and ${renamed.length - 5} more` : ''}.`, {
      places: renamed.slice(0, 5).map(({ name, now }) => ({ line, row: 0, text: `${name} → ${now}` })), details: { line, shown },
    }));
  }
  if (columns !== null) {
    found.push(finding('columnsLeftOut', 'warning', null, columns.all - columns.kept, `The file has ${columns.all} columns; the first ${columns.kept} are read.`, { details: { all: columns.all, kept: columns.kept } }));
  }
  return found;
}
