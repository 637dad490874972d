/** What a comparison is made of, as one picture: charts and tables below one another, in the order of the page. */
export type SheetPart =
  | { kind: 'chart'; title: string; /** Half as wide as the page: two of them stand side by side. */ half: boolean; height: number; draw: (width: number, height: number) => string }
  | { kind: 'table'; title: string; head: readonly string[]; rows: readonly (readonly string[])[]; notes: readonly string[] };
export interface Sheet { title: string; subtitle: string; legend: readonly { name: string; color: string }[]; parts: readonly SheetPart[] }
export interface SheetLook { text: string; muted: string; grid: string; background: string }

const FONT = 'ui-sans-serif, system-ui, Segoe UI, Noto Sans, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif';
const EDGE = 32;
const GAP = 24;
const ROW = 22;
const FIRST = 240;
/** What XML has no room for: control characters but tab and line ends, halves of a pair. */
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(IMPOSSIBLE, '').replace(/[&<>"]/g, (sign) => entities[sign]!);

/** Wide signs take about two narrow ones. */
const widthOf = (text: string, size: number): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? size : size * 0.56), 0);
function fitted(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  let short = text;
  while (short !== '' && widthOf(`${short}…`, size) > width) short = [...short].slice(0, -1).join('');
  return `${short}…`;
}

/** The picture as SVG text, with its size in pixels: as wide as its widest table, at least 1,400. */
export function sheetSvg({ title, subtitle, legend, parts }: Sheet, look: SheetLook): { svg: string; width: number; height: number } {
  const columns = Math.max(0, ...parts.map((part) => (part.kind === 'table' ? part.head.length - 1 : 0)));
  const width = Math.max(1_400, EDGE * 2 + FIRST + columns * 130);
  const inner = width - EDGE * 2;
  const out: string[] = [];
  const text = (x: number, y: number, words: string, { size = 12, color = look.text, weight = 400, end = false, room = inner }: { size?: number; color?: string; weight?: number; end?: boolean; room?: number } = {}) =>
    out.push(`<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}"${end ? ' text-anchor="end"' : ''}>${escape(fitted(words, room, size))}</text>`);
  let y = EDGE + 14;
  text(EDGE, y, title, { size: 20, weight: 600 });
  y += 20;
  text(EDGE, y, subtitle, { color: look.muted });
  y += 18;
  let x = EDGE;
  for (const { name, color } of legend) {
    const room = Math.min(260, widthOf(name, 12) + 6);
    if (x + room + 34 > width - EDGE) { x = EDGE; y += ROW; }
    out.push(`<circle cx="${x + 5}" cy="${y}" r="5" fill="${color}"/>`);
    text(x + 16, y + 4, name, { room });
    x += room + 34;
  }
  y += GAP;
  let right = false;
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'chart') {
      const next = parts[i + 1];
      const beside: boolean = part.half && (right || (next?.kind === 'chart' && next.half));
      const wide = beside ? (inner - GAP) / 2 : inner;
      const left = right ? EDGE + wide + GAP : EDGE;
      text(left, y + 14, part.title, { size: 14, weight: 600, room: wide });
      out.push(`<svg x="${left}" y="${y + 24}" width="${wide}" height="${part.height}">${part.draw(Math.round(wide), part.height)}</svg>`);
      right = beside && !right;
      if (!right) y += part.height + 24 + GAP;
      continue;
    }
    right = false;
    text(EDGE, y + 14, part.title, { size: 14, weight: 600 });
    y += 24;
    const wide = Math.min(270, (inner - FIRST) / Math.max(1, part.head.length - 1));
    const line = (cells: readonly string[], weight: number) => {
      cells.forEach((words, column) => text(column === 0 ? EDGE : EDGE + FIRST + column * wide - 8, y + 15, words, { weight, color: column === 0 ? look.muted : look.text, end: column > 0, room: column === 0 ? FIRST - 8 : wide - 12 }));
      y += ROW;
      out.push(`<line x1="${EDGE}" x2="${EDGE + FIRST + wide * (part.head.length - 1)}" y1="${y}" y2="${y}" stroke="${look.grid}"/>`);
    };
    if (part.head.length > 0) line(part.head, 600);
    for (const cells of part.rows) line(cells, 400);
    for (const note of part.notes) { text(EDGE, y + 16, note, { color: look.muted }); y += ROW - 2; }
    y += GAP;
  }
  const height = Math.ceil(y + EDGE - GAP);
  return { width, height, svg: `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}"><title>${escape(title)}</title><rect width="${width}" height="${height}" fill="${look.background}"/>${out.join('')}</svg>\n` };
}
