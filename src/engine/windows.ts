import type { LossSpec, ModelSpec, SequenceData } from './backend.ts';
import { EngineError } from './errors.ts';

/** Rows that the data has. */
export function rowsOf({ input }: SequenceData): number {
  return input.kind === 'tokens' ? input.ids.length : input.values.length / input.features;
}

/** The window's input, [T][F]; a token is its one-hot vector. */
export function windowOf({ input, sequenceLength }: SequenceData, start: number): Float64Array[] {
  return Array.from({ length: sequenceLength }, (_, t) => {
    if (input.kind === 'dense') return Float64Array.from(input.values.subarray((start + t) * input.features, (start + t + 1) * input.features));
    const oneHot = new Float64Array(input.vocabulary);
    oneHot[input.ids[start + t]!] = 1;
    return oneHot;
  });
}

/** What step t of the window is compared with: [O] numbers, or one class. See SequenceData for the rows. */
export function targetOf({ targets, sequenceLength, horizon }: SequenceData, model: ModelSpec, start: number, t: number): ArrayLike<number> {
  const row = model.headSteps === 'every' ? start + t + 1 : start + sequenceLength;
  if (targets.kind === 'classes') return targets.ids.subarray(row, row + 1);
  return targets.values.subarray(row * targets.width, (row + horizon) * targets.width);
}

/**
 * Whether data, model and loss fit each other; a mismatch names both shapes.
 * @throws EngineError 'data.shape'
 */
export function checkData(model: ModelSpec, loss: LossSpec, data: SequenceData): void {
  const features = data.input.kind === 'tokens' ? data.input.vocabulary : data.input.features;
  if (features !== model.inputSize) {
    throw new EngineError('data.shape', `The data has ${features} features a step, and the model takes ${model.inputSize}.`, { features, inputSize: model.inputSize });
  }
  const classes = data.targets.kind === 'classes';
  if (classes !== (loss.kind === 'crossEntropy')) {
    throw new EngineError('data.shape', classes ? `The targets are class numbers, and the loss ${loss.kind} compares numbers.` : 'The loss crossEntropy needs class numbers as targets.', { loss: loss.kind });
  }
  if (data.targets.kind === 'values') {
    const width = data.horizon * data.targets.width;
    if (width !== model.outputSize) {
      const steps = model.headSteps === 'every' ? `${data.sequenceLength}, ` : '';
      throw new EngineError('data.shape', `The targets have the shape (N, ${steps}${width}), and the head gives (N, ${steps}${model.outputSize}).`, { target: width, output: model.outputSize });
    }
  }
}
