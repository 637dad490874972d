import type { ClassResult } from '../shared/classify.ts';
import type { TextResult } from '../shared/text.ts';
import { splitNames } from '../shared/plan.ts';
import type { Metrics, RunSummary, SplitMetrics } from '../shared/run.ts';
import { judge, judgeText } from '../shared/verdict.ts';
import { unitOf } from '../shared/units.ts';

/** Columns padded to their widest cell; numbers to the right. */
export function table(head: string[], rows: string[][], rightFrom = 1): string {
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  const line = (cells: string[]) => cells.map((cell, c) => (c >= rightFrom ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!))).join('  ').trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** Four significant digits, never 0.30000000000000004. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return 'n/a';
  if (value === 0) return '0';
  return Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4 ? value.toExponential(3) : Number(value.toPrecision(4)).toString();
}

/** MAE, RMSE and R2 of each part beside naive persistence on the same windows. */
/** How well a network tells the characters of each part, beside the baselines in bits a character. */
export function textTable({ metrics }: TextResult): string {
  const rows = splitNames.flatMap((part) => {
    const m = metrics?.[part];
    return m === null || m === undefined ? [] : [[part, figure(m.loss), figure(m.perplexity), figure(m.bitsPerCharacter), figure(m.unigramBits), figure(m.bigramBits), `${(m.accuracy * 100).toFixed(1)} %`, String(m.count)]];
  });
  return table(['part', 'loss', 'perplexity', 'bits', 'unigram bits', 'bigram bits', 'accuracy', 'characters'], rows, 1);
}

const percent = (share: number | null) => (share === null ? 'n/a' : `${(share * 100).toFixed(1)} %`);

/** Each part, then the classes of the last part that has examples with its confusion matrix. */
export function classTable({ metrics, classes }: ClassResult): string {
  if (metrics === null) return '';
  const judged = splitNames.flatMap((part) => (metrics[part] === null ? [] : [{ part, score: metrics[part] }]));
  const { part, score } = judged.at(-1)!;
  const named = classes.map((name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name));
  return [
    table(['part', 'loss', 'accuracy', 'always the most frequent', 'precision', 'recall', 'F1', 'examples'], judged.map(({ part: name, score: s }) => [name, figure(s.loss), percent(s.accuracy), percent(s.baseline), percent(s.precision), percent(s.recall), percent(s.f1), String(s.count)])),
    '', `classes of the ${part} part`,
    table(['class', 'precision', 'recall', 'F1', 'examples'], named.map((name, c) => { const s = score.classes[c]!; return [name, percent(s.precision), percent(s.recall), percent(s.f1), String(s.support)]; })),
    ...(classes.length > 20 ? [] : ['', `confusion of the ${part} part: each row is a true class, each column what it was taken for`, table(['', ...named], named.map((name, c) => [name, ...score.confusion[c]!.map(String)]))]),
  ].join('\n');
}

export function metricsTable(metrics: Metrics, persistence: Metrics, unit: string): string {
  const rows: string[][] = [];
  for (const part of splitNames) {
    const add = (who: string, m: SplitMetrics | null) => rows.push([part, who, ...(m === null ? ['n/a', 'n/a', 'n/a', '0'] : [figure(m.mae), figure(m.rmse), figure(m.r2), String(m.count)])]);
    add('model', metrics[part]);
    add('persistence', persistence[part]);
  }
  const of = unit === '' ? '' : ` (${unit})`;
  return table(['part', 'forecast', `MAE${of}`, `RMSE${of}`, 'R2', 'values'], rows, 2);
}

/** The table of a run; of several targets each one's, in its own unit, and all together in scaled units. */
export function runMetrics({ metrics, persistence, targets, unit, units }: Pick<RunSummary, 'metrics' | 'persistence' | 'targets' | 'unit' | 'units'>): string {
  if (metrics === null || persistence === null) return '';
  if (targets === null) return metricsTable(metrics, persistence, unit);
  return [`all ${targets.length} targets together (scaled units)`, metricsTable(metrics, persistence, ''), ...targets.flatMap((target) => ['', target.name, metricsTable(target.metrics, target.persistence, unitOf({ unit, units }, target.name)), verdict(target.metrics, target.persistence)])].join('\n');
}

/** One honest sentence: does it beat repeating the last value, and by how much. */
export function verdict(metrics: Metrics, persistence: Metrics): string {
  const judged = judge(metrics, persistence);
  if (judged.kind === 'none') return 'There are no windows to judge the model on.';
  const rmse = `On the ${judged.split} part its RMSE is ${figure(judged.rmse)}`;
  if (judged.kind === 'unjudged') return `${rmse}; there is no error of naive persistence to hold it against.`;
  const on = `${rmse} against ${figure(judged.persistence)} of naive persistence`;
  if (judged.kind === 'equal') return `${on}: no better and no worse than repeating the last value.`;
  return judged.kind === 'better' ? `${on}: ${judged.percent.toFixed(1)} % better.` : `${on}: ${judged.percent.toFixed(1)} % worse. Repeating the last value is the better forecast here.`;
}

export function runsTable(runs: RunSummary[]): string {
  return table(
    ['id', 'name', 'status', 'epochs', 'test RMSE', 'persistence', 'seconds', 'created'],
    runs.map((run) => [
      run.id, run.name, run.status, `${run.epochsDone}/${run.spec.training.epochs}`,
      ...errorsOf(run), run.seconds === null ? 'n/a' : run.seconds.toFixed(1), run.createdAt.slice(0, 16).replace('T', ' '),
    ]),
    3,
  );
}

/** RMSE beside that of persistence; of a text bits a character beside those of the character before, on the last part that has windows. */
function errorsOf(run: RunSummary): [string, string] {
  if (run.classes) return [`${figure((run.classes.best.test?.accuracy ?? NaN) * 100)} % right`, 'n/a'];
  if (run.text === null) return [figure(run.metrics?.test?.rmse), figure(run.persistence?.test?.rmse)];
  const judged = judgeText(run.text.final);
  return judged.kind === 'none' ? ['n/a', 'n/a'] : [`${figure(judged.bits)} bits`, `${figure(judged.bigram)} bits`];
}
