import type { RunParcel } from '../../shared/parcel.ts';
import { svgChart } from '../report/chart.ts';

/** A picture of the run: what it predicted beside the truth, or how its loss fell. */
export function previewOf({ run, predictions }: RunParcel): string {
  const empty = 'Nothing was learnt yet.';
  if (predictions !== null) {
    const { time, truth, predicted } = predictions;
    return svgChart({ title: run.name, x: { kind: time.kind, name: time.name }, y: run.unit, empty, lines: [{ name: 'truth', meaning: 'truth', x: time.values, y: truth }, { name: 'prediction', meaning: 'prediction', x: time.values, y: predicted }] });
  }
  const x = run.epochs.map(({ epoch }) => epoch);
  return svgChart({
    title: run.name, x: { kind: 'row', name: 'epoch' }, y: 'loss', empty,
    lines: [{ name: 'training', meaning: 'train', x, y: run.epochs.map(({ trainLoss }) => trainLoss) }, { name: 'validation', meaning: 'validation', x, y: run.epochs.map(({ validationLoss }) => validationLoss ?? NaN) }],
  });
}
