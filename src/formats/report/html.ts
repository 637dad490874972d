import type { ClassResult } from '../../shared/classify.ts';
import type { Insight } from '../../shared/insight.ts';
import type { Predictions, RunDetail } from '../../shared/run.ts';
import { targetOf } from '../../shared/spec.ts';
import type { TextSample } from '../../shared/text.ts';
import { judge, judgeText } from '../../shared/verdict.ts';
import { unitOf } from '../../shared/units.ts';
import { svgChart, type Chart } from './chart.ts';
import { escape } from './escape.ts';
import { classTables, forecastTable, metricsTable, naiveTable, paragraph, section, settingsTable, stepsTable, textTable } from './sections.ts';
import { figure } from './ticks.ts';
import { filled, wordsOf, type ReportLocale, type ReportWords } from './words.ts';

/** What a report tells of. */
export interface ReportSource {
  run: RunDetail;
  predictions: Predictions | null;
  /** Of its first target; null where the network could not be asked. */
  insight: Insight | null;
  samples: readonly TextSample[];
  classes: ClassResult | null;
  /** Of Unroll, and when: ISO 8601. */
  madeBy: string;
  madeAt: string;
  locale: ReportLocale;
}

/** Samples in a report: the first ones show little that the later ones do not. */
const SAMPLES = 12;
/** Charts of further targets in a report. */
const TARGETS = 8;
/** Rows before the forecast that its chart shows. */
const TAIL = 120;

const style = `:root{color-scheme:light dark;--text:#27272a;--muted:#52525b;--line:#e4e4e7;--paper:#fff;--soft:#f4f4f5}@media (prefers-color-scheme:dark){:root{--text:#e4e4e7;--muted:#a1a1aa;--line:#3f3f46;--paper:#18181b;--soft:#27272a}}
body{margin:0 auto;max-width:960px;padding:32px 24px;background:var(--paper);color:var(--text);font:14px/1.5 system-ui,sans-serif}h1{font-size:22px;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:16px;margin:0 0 8px}section{margin-top:32px}.muted,footer{color:var(--muted);font-size:12px}
.verdict{border:1px solid var(--line);border-radius:8px;padding:12px 16px;font-size:15px;font-weight:500}dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:16px 0}dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:4px 16px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600}.n{text-align:right}svg{width:100%;height:auto;display:block}pre{background:var(--soft);border-radius:6px;padding:8px 12px;white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0 12px}footer{margin-top:40px;border-top:1px solid var(--line);padding-top:8px}@media print{body{max-width:none}section{break-inside:avoid}}`;

function verdictOf(w: ReportWords, { run, classes }: ReportSource): string {
  const judged = classes?.metrics ?? null;
  const part = judged === null ? undefined : (['test', 'validation', 'train'] as const).find((name) => judged[name] !== null);
  if (judged !== null && part !== undefined) return filled(w.verdict.classes, { part: w.parts[part]!, accuracy: figure(judged[part]!.accuracy * 100, 4), naive: figure(judged[part]!.baseline * 100, 4) });
  if (run.text !== null) {
    const verdict = judgeText(run.text.final);
    if (verdict.kind === 'none') return w.verdict.none;
    const sentence = { better: w.verdict.textBetter, worse: w.verdict.textWorse, equal: w.verdict.textEqual }[verdict.kind];
    return filled(sentence, { part: w.parts[verdict.split]!, bits: figure(verdict.bits, 4), naive: figure(verdict.bigram, 4), percent: figure(verdict.percent, 3) });
  }
  const verdict = judge(run.metrics, run.persistence);
  if (verdict.kind === 'none') return w.verdict.none;
  const unit = run.unit === '' || run.targets !== null ? '' : ` ${run.unit}`;
  const known = { part: w.parts[verdict.split]!, rmse: `${figure(verdict.rmse, 4)}${unit}` };
  return filled(w.verdict[verdict.kind], verdict.kind === 'unjudged' ? known : { ...known, naive: `${figure(verdict.persistence, 4)}${unit}`, percent: figure(verdict.percent, 3) });
}

/** Truth and prediction of each target, as charts. */
export function predictionCharts(w: ReportWords, run: RunDetail, { time, trainEnd, validationEnd, truth, predicted, others }: Predictions): Chart[] {
  const first = run.spec.task === 'forecast' ? run.spec.roles.targets[0]! : targetOf(run.spec);
  const at = (row: number) => time.values[row] ?? Infinity;
  const rows = time.values.length;
  const parts = [{ name: w.parts['train']!, from: at(0) }, ...(validationEnd > trainEnd ? [{ name: w.parts['validation']!, from: at(trainEnd) }] : []), ...(rows > validationEnd ? [{ name: w.parts['test']!, from: at(validationEnd) }] : [])];
  return [{ name: first, truth, predicted }, ...(others ?? [])].slice(0, TARGETS).map((target): Chart => ({
    title: filled(w.prediction, { target: target.name }), x: { kind: time.kind, name: time.name === '' ? w.row : time.name }, y: unitOf(run, target.name), parts, empty: w.nothing,
    lines: [{ name: w.truth, meaning: 'truth', x: time.values, y: target.truth }, { name: w.predicted, meaning: 'prediction', x: time.values, y: target.predicted }],
  }));
}

/** Losses by epoch, as a chart. */
export function lossChart(w: ReportWords, { epochs, spec }: RunDetail): Chart {
  const x = epochs.map(({ epoch }) => epoch);
  const validation = epochs.map(({ validationLoss }) => validationLoss ?? NaN);
  return {
    title: `${w.loss} (${spec.training.loss})`, x: { kind: 'row', name: w.epoch }, y: '', empty: w.nothing,
    lines: [{ name: w.lossTrain, meaning: 'train', x, y: epochs.map(({ trainLoss }) => trainLoss) }, ...(validation.every(Number.isNaN) ? [] : [{ name: w.lossValidation, meaning: 'validation' as const, x, y: validation }])],
  };
}

function forecastChart(w: ReportWords, run: RunDetail, { forecast, target }: Insight, { time, truth }: Predictions): Chart | null {
  if (forecast === null) return null;
  const from = Math.max(0, time.values.length - TAIL);
  const band = forecast.bands.at(-1);
  return {
    title: filled(w.forecast, { target }), x: { kind: time.kind, name: time.name === '' ? w.row : time.name }, y: unitOf(run, target), empty: w.nothing,
    lines: [{ name: w.truth, meaning: 'truth', x: time.values.subarray(from), y: truth.subarray(from) }, { name: w.forecastLine, meaning: 'forecast', x: forecast.time, y: forecast.values }],
    ...(band === undefined ? {} : { area: { name: filled(w.interval, { level: band.level * 100 }), x: forecast.time, low: forecast.values.map((v, i) => v - band.halfWidths[i]!), high: forecast.values.map((v, i) => v + band.halfWidths[i]!) } }),
  };
}

function judgedSection(w: ReportWords, { run, insight, predictions, classes }: ReportSource): string {
  const parts = [
    classes === null ? '' : classTables(w, classes).map(([title, content]) => section(title, content)).join(''),
    run.text === null ? '' : section(w.metrics, textTable(w, run.text.final)),
    run.metrics === null ? '' : section(run.targets === null ? w.metrics : w.together, metricsTable(w, run.metrics, run.persistence, run.targets === null ? run.unit : w.scaled)),
    ...(run.targets ?? []).map(({ name, metrics, persistence }) => section(filled(w.ofTarget, { target: name }), metricsTable(w, metrics, persistence, unitOf(run, name)))),
    predictions?.horizon ? section(w.byStep, stepsTable(w, predictions.horizon)) : '',
    insight === null ? '' : section(w.naive, naiveTable(w, insight)),
  ];
  return parts.join('');
}

function facts(w: ReportWords, run: RunDetail): string {
  const target = targetOf(run.spec);
  const pairs: [string, string][] = [
    [w.dataset, run.datasetName], ...(target === '' ? [] : [[w.target, run.unit === '' ? target : `${target} (${run.unit})`] as [string, string]]), [w.status, w.statuses[run.status] ?? run.status], [w.created, run.createdAt.slice(0, 16).replace('T', ' ')],
    [w.epochs, `${run.epochsDone} / ${run.spec.training.epochs}`], ...(run.seconds === null ? [] : [[w.duration, `${figure(run.seconds, 4)} s`] as [string, string]]), ...(run.device === null ? [] : [[w.device, `${run.device.device} (${run.device.backend})`] as [string, string]]), ...(run.tags.length === 0 ? [] : [[w.tags, run.tags.join(', ')] as [string, string]]),
  ];
  return `<dl>${pairs.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`;
}

/** A page of its own about a run: no script, nothing from elsewhere, in both themes, everything that came from outside escaped. */
export function reportHtml(source: ReportSource): string {
  const { run, predictions, insight, samples, madeBy, madeAt, locale } = source;
  const w = wordsOf(locale);
  const coming = insight === null || predictions === null ? null : forecastChart(w, run, insight, predictions);
  const halfLife = insight?.memory?.slopes.halfLife ?? null;
  const body = [
    `<p class="muted">${escape(w.report)}</p><h1>${escape(run.name)}</h1>`, facts(w, run), `<p class="verdict">${escape(verdictOf(w, source))}</p>`,
    run.error === null ? '' : section(w.error, paragraph(`${run.error.message} ${run.error.hint ?? ''}`.trim())),
    predictions === null ? '' : predictionCharts(w, run, predictions).map((chart) => section(chart.title, svgChart(chart))).join(''),
    coming === null || insight === null || insight.forecast === null ? '' : section(coming.title, svgChart(coming) + paragraph(w.methods[insight.forecast.method]!) + forecastTable(w, insight.forecast, predictions!.time.kind)),
    judgedSection(w, source),
    insight === null ? '' : section(w.memory, paragraph(halfLife === null ? w.lasts : filled(w.halves, { n: figure(halfLife, 3) }))),
    run.epochs.length === 0 ? '' : section(w.loss, svgChart(lossChart(w, run))),
    samples.length === 0 ? '' : section(w.samples, samples.slice(-SAMPLES).map(({ epoch, prompt, text }) => `<p class="muted">${escape(`${w.epoch} ${epoch}${prompt === '' ? '' : `, ${w.prompt} “${prompt}”`}`)}</p><pre>${escape(text)}</pre>`).join('')),
    run.note === '' ? '' : section(w.note, `<pre>${escape(run.note)}</pre>`),
    section(w.settings, settingsTable(w, run) + (run.spec.task === 'forecast' && run.spec.recipe.steps.length > 0 ? paragraph(filled(w.recipe, { n: run.spec.recipe.steps.length })) : '')),
    `<footer>${escape(filled(w.made, { version: madeBy, at: madeAt.slice(0, 16).replace('T', ' ') }))}</footer>`,
  ];
  return `<!doctype html>
<html lang="${w.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(run.name)}</title>
<style>${style}</style>
</head>
<body>
${body.filter((part) => part !== '').join('\n')}
</body>
</html>
`;
}
