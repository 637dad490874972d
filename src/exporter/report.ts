import { lossChart, predictionCharts, reportHtml, svgChart, wordsOf } from '../formats/report/index.ts';
import { AppError } from '../shared/errors.ts';
import type { Insight } from '../shared/insight.ts';
import type { Engines } from '../training/choose.ts';
import { insightOf } from '../training/insight/insight.ts';
import type { Files } from './formats.ts';
import type { RunRecord } from './record.ts';

/** A large network is asked no longer than this, in milliseconds; its report then goes without what it remembers and what comes next. */
const PATIENCE = 30_000;
const STEPS = 12;

async function insightFor({ run: { spec }, table, parameters }: RunRecord, engines: Engines): Promise<Insight | null> {
  if (spec.task !== 'forecast' || table === null || parameters === null) return null;
  const until = performance.now() + PATIENCE;
  const steps = spec.roles.inputs.every((name) => spec.roles.targets.includes(name)) ? Math.max(STEPS, spec.window.horizon) : spec.window.horizon;
  try {
    return await insightOf({ ...spec, backend: 'auto' }, table, parameters, { season: null, steps }, {
      engines, signal: { get aborted() { return performance.now() > until; } }, breathe: () => Promise.resolve(),
    });
  } catch (error) {
    // The rest of the report needs none of it: data that has changed since, say.
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The page about a run, and its charts as SVG files beside it. */
export async function reportFiles(record: RunRecord, engines: Engines): Promise<Files> {
  const { run, predictions, samples, classes, madeBy, madeAt, locale } = record;
  const w = wordsOf(locale);
  const charts = predictions === null ? [] : predictionCharts(w, run, predictions);
  return {
    'report.html': reportHtml({ run, predictions, insight: await insightFor(record, engines), samples, classes, madeBy, madeAt, locale }),
    ...Object.fromEntries(charts.map((chart, k) => [charts.length === 1 ? 'prediction.svg' : `prediction-${k + 1}.svg`, svgChart(chart)])),
    ...(run.epochs.length === 0 ? {} : { 'loss.svg': svgChart(lossChart(w, run)) }),
  };
}
