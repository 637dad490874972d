import type { BackendOptions, InitialState, ModelSpec, SequenceCall, SequenceData } from './backend.ts';
import { EngineError, tooLarge } from './errors.ts';
import { countParameters, directionsOf } from './parameters.ts';

/** Numbers that one typed array can hold in every runtime that we target. */
const LARGEST_ARRAY = 2 ** 31 - 1;

function requireWhole(name: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new EngineError('model.invalid', `${name} must be a whole number from 1 to ${max} (got ${value}).`, { name, value: String(value), max });
  }
}

/** @throws EngineError 'model.invalid'; 'memory.tooLarge' when the parameters alone could never be held */
export function checkModel(model: ModelSpec): void {
  requireWhole('The number of layers', model.layers, 8);
  requireWhole('The hidden size', model.hiddenSize, 2 ** 24);
  requireWhole('The input size', model.inputSize, 2 ** 24);
  if (model.vocabulary !== undefined) requireWhole('The vocabulary', model.vocabulary, 2 ** 24);
  requireWhole('The output size', model.outputSize, 2 ** 24);
  if (!(model.dropout >= 0 && model.dropout < 1)) {
    throw new EngineError('model.invalid', `Dropout must be at least 0 and below 1 (got ${model.dropout}).`, { name: 'dropout', value: String(model.dropout) });
  }
  if (model.dropout > 0 && model.layers === 1) {
    throw new EngineError('model.invalid', 'Dropout stands between layers: a model with one layer has no place for it.', { name: 'dropout', value: String(model.dropout) });
  }
  const numbers = countParameters(model);
  if (numbers > LARGEST_ARRAY) throw tooLarge('The model', numbers * 4, LARGEST_ARRAY * 4);
}

/** @throws EngineError 'model.invalid' for a number of the optimizer or the loss out of its range */
export function checkOptions(options: BackendOptions): void {
  const wrong = (name: string, value: number): EngineError =>
    new EngineError('model.invalid', `${name} is out of its range (got ${value}).`, { name, value: String(value) });
  const { loss, optimizer } = options;
  if (loss.kind === 'huber' && !(loss.delta > 0)) throw wrong('Delta of the Huber loss', loss.delta);
  if (!(optimizer.weightDecay >= 0)) throw wrong('Weight decay', optimizer.weightDecay);
  if ('momentum' in optimizer && !(optimizer.momentum >= 0 && optimizer.momentum < 1)) throw wrong('Momentum', optimizer.momentum);
  if ('alpha' in optimizer && !(optimizer.alpha >= 0 && optimizer.alpha < 1)) throw wrong('Alpha', optimizer.alpha);
  if ('beta1' in optimizer && !(optimizer.beta1 >= 0 && optimizer.beta1 < 1)) throw wrong('Beta 1', optimizer.beta1);
  if ('beta2' in optimizer && !(optimizer.beta2 >= 0 && optimizer.beta2 < 1)) throw wrong('Beta 2', optimizer.beta2);
  if ('epsilon' in optimizer && !(optimizer.epsilon > 0)) throw wrong('Epsilon', optimizer.epsilon);
  if (!Number.isInteger(options.seed) || options.seed < 0 || options.seed > 4294967295) throw wrong('The seed', options.seed);
}

/** Rows of the input. */
export function rowsOf(data: SequenceData): number {
  return data.input.kind === 'tokens' ? data.input.ids.length : data.input.values.length / data.input.features;
}

/** Rows of the targets. */
function targetRows(data: SequenceData): number {
  return data.targets.kind === 'classes' ? data.targets.ids.length : data.targets.values.length / data.targets.width;
}

/**
 * Checks that a series fits the model and the loss, before memory is taken.
 * @throws EngineError 'data.shape' with both shapes, or 'data.invalid'
 */
export function checkData(model: ModelSpec, options: BackendOptions, data: SequenceData): void {
  const { input, targets, sequenceLength, horizon } = data;
  if (!Number.isInteger(sequenceLength) || sequenceLength < 1) throw new EngineError('data.invalid', `The sequence length must be a whole number from 1 on (got ${sequenceLength}).`, { sequenceLength });
  if (!Number.isInteger(horizon) || horizon < 1) throw new EngineError('data.invalid', `The horizon must be a whole number from 1 on (got ${horizon}).`, { horizon });
  const features = input.kind === 'dense' ? input.features : input.vocabulary;
  const expected = model.vocabulary ?? model.inputSize;
  if (model.vocabulary !== undefined && input.kind === 'dense') {
    throw new EngineError('data.shape', 'The model has an embedding: tokens go in, not numbers.', { got: features, expected });
  }
  if (features !== expected) {
    throw new EngineError('data.shape', `The input is [rows, ${features}] but the model reads [rows, ${expected}].`, { got: features, expected });
  }
  if (!Number.isInteger(rowsOf(data)) || !Number.isInteger(targetRows(data))) {
    throw new EngineError('data.shape', 'The number of values is no multiple of the number of columns.', {});
  }
  if (input.kind === 'tokens') checkIds('token', input.ids, input.vocabulary);
  const time = model.headSteps === 'every' ? `${sequenceLength}, ` : '';
  const output = `[batch, ${time}${model.outputSize}]`;
  if (targets.kind === 'classes') {
    if (options.loss.kind !== 'crossEntropy') {
      throw new EngineError('data.shape', `Class targets need the cross-entropy loss; ${options.loss.kind} compares the output ${output} with values.`, { loss: options.loss.kind });
    }
    if (horizon !== 1) throw new EngineError('data.invalid', `Class targets are one step ahead: the horizon must be 1 (got ${horizon}).`, { horizon });
    checkIds('class', targets.ids, model.outputSize);
  } else {
    const target = `[batch, ${time}${horizon * targets.width}]`;
    if (options.loss.kind === 'crossEntropy') throw new EngineError('data.shape', `Cross-entropy needs class numbers [batch${model.headSteps === 'every' ? ', time' : ''}], not values ${target}.`, { got: target });
    if (target !== output) throw new EngineError('data.shape', `The targets are ${target} but the head's output is ${output}.`, { got: target, expected: output });
  }
  if (data.initialState !== undefined) checkInitialState(model, data.initialState, 1);
}

function checkIds(what: string, ids: Int32Array, count: number): void {
  const wrong = ids.findIndex((id) => id < 0 || id >= count);
  if (wrong >= 0) throw new EngineError('data.invalid', `The ${what} ${ids[wrong]!} in row ${wrong} is not one of 0 to ${count - 1}.`, { row: wrong, id: ids[wrong]!, count });
}

/** @throws EngineError 'state.shape' when h or c are not [layers * directions, batch, H], or c is given to a cell without one */
export function checkInitialState(model: ModelSpec, state: InitialState, batch: number): void {
  const size = model.layers * directionsOf(model) * batch * model.hiddenSize;
  for (const [name, values] of [['h', state.h], ['c', state.c]] as const) {
    if (values !== undefined && values.length !== size) {
      throw new EngineError('state.shape', `The initial ${name} has ${values.length} values where [${model.layers * directionsOf(model)}, ${batch}, ${model.hiddenSize}] has ${size}.`, { name, got: values.length, expected: size });
    }
  }
  if (state.c !== undefined && model.cell !== 'lstm') throw new EngineError('state.shape', `The cell ${model.cell} has no cell state c.`, { cell: model.cell });
}

/** @throws EngineError 'data.invalid' when a window (with its targets, where `withTargets`) does not lie inside the series */
export function checkStarts(data: SequenceData, starts: Int32Array, withTargets: boolean): void {
  const { sequenceLength, horizon } = data;
  const last = Math.min(rowsOf(data) - sequenceLength, withTargets ? targetRows(data) - sequenceLength - horizon : Infinity);
  for (const start of starts) {
    if (start < 0 || start > last) {
      throw new EngineError('data.invalid', `The window that starts at row ${start} does not lie inside the series: starts are 0 to ${last}.`, { start, last });
    }
  }
}

/** Sizes of a call of `run`. @throws EngineError 'input.shape' or 'state.shape' */
export function checkCall(model: ModelSpec, call: SequenceCall): { batch: number; time: number; unbatched: boolean } {
  const shape = `[${call.shape.join(', ')}]`;
  const unbatched = call.shape.length === 2;
  const [batch, time, features] = unbatched ? [1, ...call.shape] : call.shape;
  if (call.shape.length < 2 || call.shape.length > 3 || features !== model.inputSize || !call.shape.every((n) => Number.isInteger(n) && n >= 1)) {
    throw new EngineError('input.shape', `The input is ${shape} but the model reads [batch, time, ${model.inputSize}] or, unbatched, [time, ${model.inputSize}].`, { got: shape, features: model.inputSize });
  }
  if (call.values.length !== batch! * time! * features) {
    throw new EngineError('input.shape', `The input ${shape} has ${call.values.length} values.`, { got: shape, values: call.values.length });
  }
  if (call.initialState !== undefined) checkInitialState(model, call.initialState, batch!);
  return { batch: batch!, time: time!, unbatched };
}

/** @throws EngineError 'output.range' where the head has no such output */
export function checkOutput(model: ModelSpec, output: number): void {
  if (!Number.isInteger(output) || output < 0 || output >= model.outputSize) {
    throw new EngineError('output.range', `The head has the outputs 0 to ${model.outputSize - 1} (asked for ${output}).`, { output, outputs: model.outputSize });
  }
}

/** Room for the outputs of many windows. @throws EngineError 'memory.tooLarge' when this runtime has no such room */
export function outputArray(numbers: number): Float32Array {
  try {
    return new Float32Array(numbers);
  } catch {
    throw tooLarge('The outputs of so many windows', numbers * 4, LARGEST_ARRAY);
  }
}
