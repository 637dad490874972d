import { format as text } from 'echarts/core';
import type { XAxis } from './options.ts';

interface Point { seriesName?: string; color?: unknown; value?: unknown }

/** The values under the crosshair. Names come from files, so everything is escaped. */
export function tooltipHtml(params: unknown, x: XAxis, format: (value: number, name?: string) => string): string {
  const points = (Array.isArray(params) ? params : [params]) as Point[];
  const rows = points.flatMap((point) => {
    const [, value] = (Array.isArray(point.value) || ArrayBuffer.isView(point.value) ? Array.from(point.value as ArrayLike<number>) : []) as number[];
    if (value === undefined || !Number.isFinite(value)) return [];
    const color = typeof point.color === 'string' ? point.color : 'currentColor';
    return [`<div style="display:flex;gap:12px;justify-content:space-between"><span><span style="display:inline-block;width:10px;height:3px;margin-right:6px;vertical-align:middle;background:${text.encodeHTML(color)}"></span>${text.encodeHTML(point.seriesName ?? '')}</span><b style="font-variant-numeric:tabular-nums">${text.encodeHTML(format(value, point.seriesName))}</b></div>`];
  });
  const first = points[0]?.value as ArrayLike<number> | undefined;
  return rows.length === 0 || first === undefined ? '' : `<div style="margin-bottom:4px">${text.encodeHTML(x.format(Number(first[0])))}</div>${rows.join('')}`;
}
