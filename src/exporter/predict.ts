import { backends } from '../engine/index.ts';
import { decodeCheckpoint } from '../formats/checkpoint.ts';
import { isoTime } from '../formats/report/index.ts';
import { csvText, type Cell } from '../shared/csv.ts';
import type { PredictWhat, PredictJob } from '../shared/exporter-protocol.ts';
import type { ClassifiedFile, JudgedText, NewSequences, Predicted, PredictedSeries } from '../shared/new-file.ts';
import type { ClassifySpec } from '../shared/spec.ts';
import type { Engines } from '../training/choose.ts';
import { classifyFile, sequenceText } from '../training/classify/new-file.ts';
import { predictFile } from '../training/new-file.ts';
import { judgeText } from '../training/text/new-text.ts';
import { marked } from './tables.ts';
import { assertFree, writeFileWhole } from './write.ts';
import type { ExportHost } from './run.ts';

/** With more cells only as many steps of the horizon are shown as fit; the CSV has them all. */
const SHOWN_CELLS = 4_000_000;

/** Its process is ended where somebody cancels. */
const pause = (): Promise<boolean> => Promise.resolve(false);

export interface Prediction { predicted: Predicted; csv(): string }

const named = (target: string, level: number, end: 'lower' | 'upper') => `${target} ${end} ${Math.round(level * 100)}%`;

/** One line a row of the file, then one a step beyond its end. */
function seriesCsv({ rows, targets, beyond, time, horizon }: PredictedSeries): string {
  const cell = (value: number): Cell => (time.kind === 'date' ? isoTime(value) : value);
  const header = [time.name === '' ? 'row' : time.name, 'kind', ...targets.flatMap(({ name, bands }) => [
    name, ...Array.from({ length: horizon }, (_, h) => (h === 0 ? `${name} predicted` : `${name} predicted ${h + 1} ahead`)), ...bands.flatMap(({ level }) => [named(name, level, 'lower'), named(name, level, 'upper')]),
  ])];
  const ends = (value: number, half: number) => [value - half, value + half];
  return csvText(header, (function* lines(): Generator<Cell[]> {
    for (let row = 0; row < rows; row++) {
      yield [cell(time.values[row]!), 'row', ...targets.flatMap(({ truth, ahead, bands }) => [truth[row]!, ...ahead.map((values) => values[row]!), ...bands.flatMap(({ halfWidths }) => ends(ahead[0]![row]!, halfWidths[0]!))])];
    }
    for (let step = 0; step < (beyond?.time.length ?? 0); step++) {
      yield [cell(beyond!.time[step]!), `beyond (${beyond!.method})`, ...beyond!.targets.flatMap(({ values, bands }) => [
        null, values[step]!, ...Array.from({ length: horizon - 1 }, () => null), ...bands.flatMap(({ halfWidths }) => ends(values[step]!, halfWidths[step]!)),
      ])];
    }
  })());
}

function classesCsv({ classes, lines, predicted, probability, truth }: ClassifiedFile, probabilities: Float64Array, { values, offsets }: NewSequences, spec: ClassifySpec): string {
  return csvText(['line', spec.sequence, ...(truth === null ? [] : [spec.label]), 'predicted', 'probability', ...classes.map((name) => `p(${name})`)], (function* rows(): Generator<Cell[]> {
    for (let i = 0; i < lines.length; i++) {
      yield [
        lines[i]!, sequenceText(spec.kind, values.subarray(offsets[i]!, offsets[i + 1]!)), ...(truth === null ? [] : [classes[truth[i]!] ?? null]),
        classes[predicted[i]!]!, probability[i]!, ...classes.map((_, c) => probabilities[i * classes.length + c]!),
      ];
    }
  })());
}

const textCsv = ({ task: _task, ...metrics }: JudgedText): string => csvText(['measure', 'value'], Object.entries(metrics));

/** What a trained network says of a file that it has not seen. @throws inputError for what is wrong with it */
export async function predictionOf(checkpoint: Uint8Array, what: PredictWhat, engines: Engines = backends): Promise<Prediction> {
  const { parameters } = decodeCheckpoint(checkpoint);
  if (what.task === 'forecast') {
    const predicted = (await predictFile(engines, { ...what, parameters, pause }))!;
    return { predicted, csv: () => seriesCsv(predicted) };
  }
  if (what.task === 'classify') {
    const { classified, probabilities } = (await classifyFile(engines, { ...what, parameters, pause }))!;
    return { predicted: classified, csv: () => classesCsv(classified, probabilities, what.sequences, what.spec) };
  }
  const predicted = (await judgeText(engines, { ...what, parameters, pause }))!;
  return { predicted, csv: () => textCsv(predicted) };
}

/** As many steps of the horizon as a page can hold, the first one always. */
function shownOf(predicted: Predicted): Predicted {
  if (predicted.task !== 'forecast') return predicted;
  const most = Math.max(1, Math.floor(SHOWN_CELLS / (predicted.rows * predicted.targets.length)));
  return { ...predicted, targets: predicted.targets.map((target) => ({ ...target, ahead: target.ahead.slice(0, most) })) };
}

/** Predicts, and writes the CSV where one is asked for. @throws what keeps it from being predicted or written: nothing is left behind then */
export async function runPredict({ checkpoint, what, out }: PredictJob, host: ExportHost): Promise<{ predicted: Predicted; path: string | null }> {
  // The system's dialog has asked whether it may be replaced.
  if (out !== null) assertFree(out, true);
  host.stage('making');
  const { predicted, csv } = await predictionOf(checkpoint, what);
  if (out === null) return { predicted: shownOf(predicted), path: null };
  const text = marked(csv());
  await host.beforeWriting();
  host.stage('writing');
  return { predicted: shownOf(predicted), path: await writeFileWhole(out, text, true) };
}
