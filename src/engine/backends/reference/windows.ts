import type { LossSpec, ModelSpec, SequenceData } from '../../backend.ts';
import { crossEntropyLoss, regressionLoss, type RowLoss } from '../../loss.ts';

/** The input of the window that starts at `start`, [time][F]; a token as its one-hot vector. */
export function inputOf(data: SequenceData, start: number): Float64Array[] {
  const { input, sequenceLength } = data;
  return Array.from({ length: sequenceLength }, (_, t) => {
    const row = start + t;
    if (input.kind === 'dense') return Float64Array.from(input.values.subarray(row * input.features, (row + 1) * input.features));
    const oneHot = new Float64Array(input.vocabulary);
    oneHot[input.ids[row]!] = 1;
    return oneHot;
  });
}

/** Loss and derivative of the head's outputs [steps of the head][O] of one window, each summed over its row. */
export function rowLosses(model: ModelSpec, loss: LossSpec, data: SequenceData, start: number, outputs: Float64Array[]): RowLoss[] {
  const first = model.headSteps === 'last' ? data.sequenceLength - 1 : 0;
  return outputs.map((output, k) => {
    const row = start + first + k + 1; // the row after the step
    if (loss.kind === 'crossEntropy') return crossEntropyLoss(output, (data.targets as { ids: Int32Array }).ids[row]!);
    const { values, width } = data.targets as { values: Float32Array; width: number };
    return regressionLoss(loss, output, values.subarray(row * width, (row + data.horizon) * width));
  });
}
