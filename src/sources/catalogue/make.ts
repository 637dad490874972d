import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';

// Files of every kind made by code, for the catalogue of broken and odd ones.

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bytes of texts and numbers one after another. */
export const bytes = (...parts: (string | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8(part)] : part)));

export function utf16(text: string, order: 'le' | 'be', marked = true): Uint8Array {
  return Uint8Array.from([...`${marked ? '\ufeff' : ''}${text}`].flatMap((character) => {
    const code = character.charCodeAt(0);
    return order === 'le' ? [code & 255, code >> 8] : [code >> 8, code & 255];
  }));
}

/** Text in a single-byte encoding: each character is the byte of its code. */
export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

export const gzip = (text: string | Uint8Array): Uint8Array => new Uint8Array(gzipSync(text));

/** Rows "2024-01-01,1.5", a day each, after a header. */
export function daily(count: number, header = 'Date,Value'): string {
  return `${header}\n${Array.from({ length: count }, (_, i) => `${new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)},${(i * 7) % 5}.5`).join('\n')}\n`;
}

/** A file with these bytes in place of those at `at`. */
export function edited(file: Uint8Array, at: number, ...replaced: number[]): Uint8Array {
  const copy = file.slice();
  copy.set(replaced, at < 0 ? file.length + at : at);
  return copy;
}

type Cell = string | number | boolean | null | { day: number };

/** An .xlsx workbook; `{ day }` is a date in Excel's days since 1900. */
export function workbook(sheets: Record<string, Cell[][]>): Uint8Array {
  const names = Object.keys(sheets);
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8(`${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`),
    '_rels/.rels': strToU8(`${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    'xl/workbook.xml': strToU8(`${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`${head}<Relationships xmlns="${packages}/relationships">${names.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rId99" Type="${relations}/styles" Target="styles.xml"/></Relationships>`),
    'xl/styles.xml': strToU8(`${head}<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`),
  };
  names.forEach((name, i) => { files[`xl/worksheets/sheet${i + 1}.xml`] = strToU8(`${head}<worksheet xmlns="${main}"><sheetData>${sheets[name]!.map(rowXml).join('')}</sheetData></worksheet>`); });
  return zipSync(files);
}

function rowXml(row: Cell[], r: number): string {
  const cells = row.map((cell, c) => {
    const at = `r="${String.fromCharCode(65 + c)}${r + 1}"`;
    if (cell === null) return '';
    if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`;
    if (typeof cell === 'boolean') return `<c ${at} t="b"><v>${cell ? 1 : 0}</v></c>`;
    if (typeof cell === 'object') return `<c ${at} s="1"><v>${cell.day}</v></c>`;
    return `<c ${at} t="inlineStr"><is><t>${cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`;
  });
  return `<row r="${r + 1}">${cells.join('')}</row>`;
}
