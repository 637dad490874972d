import readWorkbook from 'read-excel-file/node';
import { inputError } from '../shared/errors.ts';

/** A sheet as the text of a CSV, and the row of the sheet for each of its records. */
export interface SheetText { text: Uint8Array; lines: Int32Array }

/** Of a workbook, unpacked: it is held in memory whole. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The first sheet of an .xlsx workbook that holds a table. Empty rows and columns around it are left out; dates are
 * written in ISO 8601, a time of day only where there is one.
 *
 * @throws inputError 'file.excel' when it is damaged or locked, 'file.excel-large', 'data.empty' when every sheet is empty
 */
export async function sheetText(bytes: Uint8Array, name: string): Promise<SheetText> {
  if (bytes.length > MAX_BYTES) {
    throw inputError('file.excel-large', `"${name}" has ${Math.ceil(bytes.length / 1024 / 1024)} MB; workbooks up to ${MAX_BYTES / 1024 / 1024} MB can be opened.`, { hint: 'Save the sheet as CSV, then open that.', details: { name } });
  }
  let sheets: { sheet: string; data: unknown[][] }[];
  try {
    sheets = await readWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) as typeof sheets;
  } catch {
    throw inputError('file.excel', `"${name}" is a damaged or locked Excel workbook.`, { hint: 'Open it in a spreadsheet and save it again, without a password, or as CSV.', details: { name } });
  }
  const filled = sheets.find(({ data }) => data.some((row) => row.some(isFilled)));
  if (filled === undefined) throw inputError('data.empty', `"${name}" is empty.`, { hint: 'Open a file with a header line and rows of numbers.', details: { name } });
  return toText(filled.data);
}

const isFilled = (value: unknown) => value !== null && value !== undefined && value !== '';

function toText(rows: unknown[][]): SheetText {
  const width = Math.max(...rows.map((row) => row.findLastIndex(isFilled) + 1));
  const first = Math.min(...rows.map((row) => row.findIndex(isFilled)).filter((c) => c >= 0));
  const lines: number[] = [];
  const records: string[] = [];
  rows.forEach((row, r) => {
    if (!row.some(isFilled)) return;
    lines.push(r + 1);
    records.push(Array.from({ length: width - first }, (_, c) => cellText(row[first + c])).join(','));
  });
  // A record of one empty cell would be an empty line.
  return { text: new TextEncoder().encode(`${records.join('\n')}\n`), lines: Int32Array.from(lines) };
}

function cellText(value: unknown): string {
  if (!isFilled(value)) return '';
  const text = value instanceof Date ? dateText(value) : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  // Excel counts days in float64: a full second comes out as 59.9999 of the one before.
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}
