import { describe, expect, it } from 'vitest';
import type { Insight } from '../../shared/insight.ts';
import type { Predictions, RunDetail } from '../../shared/run.ts';
import { defaultSpec } from '../../shared/defaults.ts';
import { rolesOf } from '../../shared/roles.ts';
import { escape } from './escape.ts';
import { forecastCsv, lossChart, predictedSeries, predictionsCsv, reportHtml, reportLocales, samplesCsv, svgChart, wordsOf } from './index.ts';
import { dateTicks, isoTime, numberTicks } from './ticks.ts';

const evil = `<img src=x onerror=alert(1)>"'&\u0000\ud800`;
const day = 86_400_000;
const split = { mae: 1.5, rmse: 2, r2: 0.9, count: 3 };
const metrics = { train: split, validation: null, test: { ...split, rmse: 1 } };

const run: RunDetail = {
  id: 'run-1', name: evil, status: 'done', color: 0, datasetId: 'd', datasetName: evil, unit: evil, spec: defaultSpec(rolesOf('day', evil), 100, null), device: { backend: 'wasm', device: evil, reason: 'fastest', detail: '' },
  createdAt: '2026-11-01T00:00:00.000Z', finishedAt: null, seconds: 1.25, epochsDone: 2, metrics, persistence: { train: split, validation: null, test: split }, text: null, classes: null, targets: null, evaluations: null, curve: { train: [], validation: [] },
  error: { code: 'x', message: evil, fault: 'ours' }, removedAt: null, tags: [], starred: false, note: evil, archivedAt: null, bytes: 0, group: null, plan: null, hasPredictions: true,
  epochs: [1, 2].map((epoch) => ({ epoch, trainLoss: 1 / epoch, validationLoss: null, gradientNorm: 1, learningRate: 0.1, seconds: epoch })),
};
const predictions: Predictions = {
  time: { kind: 'date', name: 'day', values: Float64Array.from([0, day, 2 * day]) }, truth: Float64Array.from([1, -2, 3]), predicted: Float64Array.from([NaN, 2.5, 3.5]), trainEnd: 1, validationEnd: 2, horizon: null,
};
const insight = {
  memory: { slopes: { relative: [1], halfLife: 2.5, windows: 1, norms: [1] }, occlusion: null }, judged: 'test', target: 'x', bySteps: [],
  scores: { test: { model: { ...split, smape: 3, mase: null }, persistence: null, seasonal: null, drift: null, movingAverage: null } },
  forecast: { method: 'direct', time: Float64Array.of(3 * day), values: Float64Array.of(4), bands: [{ level: 0.95, halfWidths: Float64Array.of(NaN) }] },
} as unknown as Insight;

describe('the report of a run', () => {
  it.each(reportLocales)('in %s needs nothing from elsewhere and runs nothing that a name holds', (locale) => {
    const html = reportHtml({ run, predictions, insight, samples: [{ epoch: 1, prompt: evil, text: evil }], classes: null, madeBy: '0.1.0', madeAt: '2026-11-23T00:00:00.000Z', locale });
    expect(html).not.toMatch(/<img|<script|onerror=alert\(1\)>"|\u0000|\ud800/);
    expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '').replaceAll(escape(evil), '')).not.toMatch(/(src|href)=|url\(|https?:/);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).toContain(`lang="${locale}"`);
    expect(html.match(/<svg/g)?.length).toBe(3);
    expect(html).toContain('1970-01-04');
    expect(html).not.toMatch(/\{\w+\}(?![^<]*<\/style>)|undefined|\[object/);
  });

  it('says what the run is worth', () => {
    const bare = { ...run, name: 'a run', unit: '%' };
    expect(reportHtml({ run: bare, predictions: null, insight: null, samples: [], classes: null, madeBy: '', madeAt: '', locale: 'en' })).toContain('On the test part its RMSE is 1 %, 50 % less than that of repeating the last value (2 %).');
    const bits = { loss: 1, perplexity: 2, bitsPerCharacter: 3, accuracy: 0.5, unigramBits: 4, bigramBits: 2, count: 9 };
    const text = { train: bits, validation: null, test: null };
    expect(reportHtml({ run: { ...bare, metrics: null, text: { best: text, last: text, final: text } }, predictions: null, insight: null, samples: [], classes: null, madeBy: '', madeAt: '', locale: 'zh-CN' })).toContain('每个字符需要 3 比特，比只看前一个字符的猜测（2）多 50 %');
  });
});

describe('charts', () => {
  const w = wordsOf('en');
  it('keep every peak of a long series in few points, break at gaps and draw a point alone', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, i) => i);
    const y = x.map((i) => (i === 54_321 ? 100 : Math.sin(i)));
    const svg = svgChart({ title: 't', x: { kind: 'row', name: 'row' }, y: '', empty: '', lines: [{ name: 'a', meaning: 'truth', x, y }] });
    expect(svg.length).toBeLessThan(100_000);
    const ys = [...svg.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map((match) => Number(match[1]));
    expect(Math.min(...ys)).toBeLessThan(60);
    const gap = svgChart({ title: 't', x: { kind: 'row', name: 'row' }, y: '', empty: '', lines: [{ name: 'a', meaning: 'truth', x: [0, 1, 2, 3], y: [1, NaN, 2, 3] }] });
    expect(/class="truth" d="M[^M]+M[^M"]+"/.test(gap)).toBe(true);
    expect(/class="truth" d="M[\d.]+ [\d.]+h0M/.test(gap)).toBe(true);
  });
  it('draw a constant, numbers near the largest one, and say where there is nothing', () => {
    const of = (y: number[]) => svgChart({ title: 't', x: { kind: 'number', name: 'n' }, y: '', empty: 'nothing here', lines: [{ name: 'a', meaning: 'truth', x: y.map((_, i) => i), y }] });
    for (const y of [[5, 5], [-1.7e308, 1.7e308], [0, 0], [1e-300, 2e-300]]) expect(of(y)).not.toMatch(/NaN|Infinity/);
    expect(of([NaN])).toContain('nothing here');
    expect(svgChart(lossChart(w, { ...run, epochs: [] }))).toContain(w.nothing);
  });
  it('mark an axis with round numbers and dates', () => {
    expect(numberTicks(0.13, 0.97, 5).map(({ label }) => label)).toEqual(['0.2', '0.4', '0.6', '0.8']);
    expect(dateTicks(Date.UTC(1990, 5, 3), Date.UTC(2024, 1, 1), 7).map(({ label }) => label)).toEqual(['1995', '2000', '2005', '2010', '2015', '2020']);
    expect(dateTicks(Date.UTC(2024, 0, 15), Date.UTC(2024, 5, 20), 7).map(({ label }) => label)).toEqual(['2024-02', '2024-03', '2024-04', '2024-05', '2024-06']);
    expect(dateTicks(Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2), 7).map(({ label }) => label)[1]).toBe('01-01 06:00');
    expect(isoTime(day)).toBe('1970-01-02');
    expect(isoTime(day + 500)).toBe('1970-01-02T00:00:00.500Z');
    expect(isoTime(NaN)).toBe('');
  });
});

describe('tables as CSV', () => {
  it('tell each row with its part, gaps empty and formulas off', () => {
    expect(predictionsCsv(predictedSeries(predictions, '=1+1'))).toBe(`day,part,'=1+1,=1+1 predicted\r\n1970-01-01,train,1,\r\n1970-01-02,validation,-2,2.5\r\n1970-01-03,test,3,3.5\r\n`.replace(',=1+1 p', ",'=1+1 p"));
    const several = { ...predictedSeries(predictions, 'a'), targets: [{ name: 'a', truth: predictions.truth, ahead: [predictions.predicted, [NaN, NaN, 7]] }] };
    expect(predictionsCsv(several).split('\r\n').slice(0, 4)).toEqual(['day,part,a,a predicted 1 ahead,a predicted 2 ahead', '1970-01-01,train,1,,', '1970-01-02,validation,-2,2.5,', '1970-01-03,test,3,3.5,7']);
  });
  it('tell the steps beyond the end with their intervals', () => {
    expect(forecastCsv({ time: { kind: 'row', name: '', values: Float64Array.of(4, 5) }, method: 'recursive', targets: [{ name: 'a', values: [1, 2], bands: [{ level: 0.8, halfWidths: [0.5, NaN] }] }] }))
      .toBe('step,row,method,a,a low 80%,a high 80%\r\n1,4,recursive,1,0.5,1.5\r\n2,5,recursive,2,,\r\n');
  });
  it('neutralise what a network wrote', () => {
    expect(samplesCsv([{ epoch: 1, prompt: '@x', text: '\t"=1"' }, { epoch: 2, prompt: '＝1', text: 'a\nb' }])).toBe('epoch,prompt,text\r\n1,\'@x,"\'\t""=1"""\r\n2,\'＝1,"a\nb"\r\n');
  });
});

it('escapes what markup would take for its own', () => {
  expect(escape(`<a b="c">&'\u0001\ud800 😀`)).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&#39;\ufffd\ufffd 😀');
});
