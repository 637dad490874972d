import type { RunSpec } from './spec.ts';

const cellWords: Record<RunSpec['model']['cell'], string> = {
  rnn_tanh: 'RNN', rnn_relu: 'RNN relu', handwritten: 'handwritten', lstm: 'LSTM', gru: 'GRU',
};

/** A name that tells runs apart at a glance until the person gives a better one, for example "us-treasury RNN 6×20". */
export function runName(datasetName: string, spec: RunSpec): string {
  const stem = datasetName.replace(/\.[^.]{1,5}$/, '');
  const layers = spec.model.layers > 1 ? ` ${spec.model.layers} layers` : '';
  return `${stem} ${cellWords[spec.model.cell]} ${spec.window.sequenceLength}×${spec.model.hiddenSize}${layers}`;
}

/** Name of one of several runs that differ in their seed alone. */
export function seedName(name: string, seed: number): string {
  return `${name.slice(0, 180)} · seed ${seed}`;
}
