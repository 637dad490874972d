import type { ClassResult } from '../../shared/classify.ts';
import { splitNames } from '../../shared/plan.ts';
import { forecasterNames, type Insight } from '../../shared/insight.ts';
import type { HorizonErrors, Metrics, RunDetail, SplitMetrics } from '../../shared/run.ts';
import type { TextMetrics } from '../../shared/text.ts';
import { escape } from './escape.ts';
import { figure, isoTime } from './ticks.ts';
import { filled, type ReportWords } from './words.ts';

/** A table; the first `words` columns are text, the others numbers. Every cell is escaped here. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[], words = 1): string {
  const cell = (tag: 'th' | 'td') => (text: string, c: number) => `<${tag}${c < words ? '' : ' class="n"'}>${escape(text)}</${tag}>`;
  return `<div class="wide"><table><thead><tr>${head.map(cell('th')).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('')}</tbody></table></div>`;
}

export const section = (title: string, content: string): string => (content === '' ? '' : `<section><h2>${escape(title)}</h2>${content}</section>`);
export const paragraph = (text: string): string => `<p>${escape(text)}</p>`;

function row(name: string, who: string, m: SplitMetrics): string[] {
  return [name, who, figure(m.mae), figure(m.rmse), figure(m.r2), String(m.count)];
}

/** MAE, RMSE and R2 of each part, beside repeating the last value. */
export function metricsTable(w: ReportWords, metrics: Metrics, persistence: Metrics | null, unit: string): string {
  const of = unit === '' ? '' : ` (${unit})`;
  return tableOf([w.part, w.who, `MAE${of}`, `RMSE${of}`, 'R²', w.windows], splitNames.flatMap((part) => {
    const [own, naive] = [metrics[part], persistence?.[part] ?? null];
    return [...(own === null ? [] : [row(w.parts[part]!, w.model, own)]), ...(naive === null ? [] : [row(w.parts[part]!, w.persistence, naive)])];
  }), 2);
}

export function textTable(w: ReportWords, metrics: TextMetrics): string {
  return tableOf([w.part, w.bits, w.bigram, w.perplexity, w.accuracy, w.characters], splitNames.flatMap((part) => {
    const m = metrics[part];
    return m === null ? [] : [[w.parts[part]!, figure(m.bitsPerCharacter), figure(m.bigramBits), figure(m.perplexity), `${figure(m.accuracy * 100, 4)} %`, String(m.count)]];
  }));
}

const share = (value: number | null): string => (value === null ? '–' : `${figure(value * 100, 4)} %`);

/** How well each part is told, each class of the last one, and what was taken for what; titles with their tables. */
export function classTables(w: ReportWords, { metrics, classes }: ClassResult): [string, string][] {
  const judged = splitNames.flatMap((part) => (metrics?.[part] ? [{ part, score: metrics[part] }] : []));
  const last = judged.at(-1);
  if (last === undefined) return [];
  return [
    [w.metrics, tableOf([w.part, w.accuracy, w.most, w.precision, w.recall, 'F1', w.examples], judged.map(({ part, score: s }) => [w.parts[part]!, share(s.accuracy), share(s.baseline), share(s.precision), share(s.recall), share(s.f1), String(s.count)]))],
    [filled(w.classesOf, { part: w.parts[last.part]! }), tableOf([w.class, w.precision, w.recall, 'F1', w.examples], classes.map((name, c) => { const s = last.score.classes[c]!; return [name, share(s.precision), share(s.recall), share(s.f1), String(s.support)]; }))],
    ...(classes.length > 40 ? [] : [[w.confusion, tableOf(['', ...classes], classes.map((name, c) => [name, ...last.score.confusion[c]!.map(String)]))] as [string, string]]),
  ];
}

/** Errors at each step of the horizon, of the last part that has any. */
export function stepsTable(w: ReportWords, horizon: HorizonErrors): string {
  const part = (['test', 'validation', 'train'] as const).find((name) => horizon.steps[name] !== null);
  const steps = part === undefined ? null : horizon.steps[part];
  if (part === undefined || steps === null || steps.mae.length < 2) return '';
  return paragraph(filled(w.naiveOn, { part: w.parts[part]! })) + tableOf([w.step, 'MAE', 'RMSE'], steps.mae.map((mae, h) => [`+${h + 1}`, figure(mae), figure(steps.rmse[h])]));
}

export function naiveTable(w: ReportWords, { judged, scores }: Insight): string {
  const all = judged === null ? null : scores[judged];
  if (judged === null || all === null || all === undefined) return '';
  return paragraph(filled(w.naiveOn, { part: w.parts[judged]! })) + tableOf([w.who, 'MAE', 'RMSE', 'sMAPE %', 'MASE', 'R²'], forecasterNames.flatMap((name) => {
    const s = all[name];
    return s === null ? [] : [[w.forecasters[name]!, figure(s.mae), figure(s.rmse), figure(s.smape), figure(s.mase), figure(s.r2)]];
  }));
}

/** What comes next, step by step; of many steps the first 200. */
export function forecastTable(w: ReportWords, { time, values, bands }: NonNullable<Insight['forecast']>, kind: 'date' | 'number' | 'row'): string {
  return tableOf([w.step, w.time, w.value, ...bands.map(({ level }) => filled(w.interval, { level: level * 100 }))], Array.from(values.slice(0, 200), (value, i) => [
    `+${i + 1}`, kind === 'date' ? isoTime(time[i]!) : figure(time[i], 9), figure(value),
    ...bands.map(({ halfWidths }) => (Number.isNaN(halfWidths[i]!) ? '–' : `${figure(value - halfWidths[i]!)} … ${figure(value + halfWidths[i]!)}`)),
  ]), 2);
}

function settingValue(w: ReportWords, path: string, value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return path === 'training.patience' ? w.never : '–';
  if (typeof value === 'boolean') return value ? w.yes : w.no;
  if (typeof value === 'number') return figure(value, 9);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function splitWords(w: ReportWords, split: RunDetail['spec']['split']): string {
  if ('by' in split && split.by === 'date') return [split.validationFrom === null ? '' : `${w.parts['validation']!} ≥ ${split.validationFrom}`, split.testFrom === null ? '' : `${w.parts['test']!} ≥ ${split.testFrom}`].filter(Boolean).join(', ') || w.parts['train']!;
  return splitNames.map((part) => `${w.parts[part]!} ${figure(split[part] * 100, 3)} %`).join(', ');
}

/** What it was trained with. */
export function settingsTable(w: ReportWords, run: RunDetail): string {
  const at = (path: string): unknown => path.split('.').reduce<unknown>((value, key) => (value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined), run.spec);
  const rows = Object.entries(w.fields).flatMap(([path, name]) => {
    const value = at(path);
    return value === undefined ? [] : [[name, path === 'split' ? splitWords(w, run.spec.split) : settingValue(w, path, value)]];
  });
  if (run.plan !== null) {
    const { shapes, parameters } = run.plan;
    rows.push([w.parameters, String(parameters)], [w.shapes, `X (${shapes.X.join(', ')}), output (${shapes.output.join(', ')}), h_n (${shapes.hN.join(', ')}), y (${shapes.y.join(', ')})`]);
  }
  return tableOf([w.settings, w.value], rows, 2);
}
