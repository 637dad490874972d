import type { Finding } from '../../shared/findings.ts';
import type { Table } from '../table.ts';
import { counted, finding } from './finding.ts';

/** What was mended when the file was read, so that it could be read at all. */
export function structureFindings({ repairs }: Table): Finding[] {
  const found: Finding[] = [];
  if (repairs === undefined) return found;
  const { renamed, columns, line } = repairs;
  if (renamed.length > 0) {
    const some = renamed.slice(0, 5);
    const more = renamed.length > 5 ? ` and ${renamed.length - 5} more` : '';
    found.push(finding('repeatedNames', 'info', null, renamed.length, `Line ${line}: ${counted(renamed.length, 'column')} ${renamed.length === 1 ? 'has' : 'have'} a name that was there before: ${some.map(({ name, now }) => `"${name}" is now "${now}"`).join(', ')}${more}.`, {
      details: { line, shown: `${some.map(({ name, now }) => `${name} → ${now}`).join(', ')}${renamed.length > 5 ? ' …' : ''}` },
    }));
  }
  if (columns !== null) {
    found.push(finding('columnsLeftOut', 'warning', null, columns.all - columns.kept, `The file has ${columns.all} columns; the first ${columns.kept} are read.`, { details: { all: columns.all, kept: columns.kept } }));
  }
  return found;
}
