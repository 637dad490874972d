import type { BackendFactory, ModelSpec } from '../../engine/backend.ts';
import { initialParameters, Rng } from '../../engine/index.ts';
import { directionsOf } from '../../engine/parameters.ts';
import type { LessonRequest, LessonResult, LessonTensor } from '../../shared/lessons.ts';

type Request = Extract<LessonRequest, { lesson: 'shapes' }>;
type Result = Extract<LessonResult, { lesson: 'shapes' }>;

/** Numbers of a tensor that are shown. */
const SHOWN = 48;

/**
 * Lesson 6: what goes through nn.RNN and a linear head, with the shape of every tensor, (batch, time, feature) with
 * batch_first=True; a 2-D input is one unbatched sequence. Where the target has another shape than the output there is no loss.
 */
export async function shapesLesson(reference: BackendFactory, request: Request): Promise<Result> {
  const { batch, time: T, features: F, hiddenSize: H, layers, bidirectional, cell, head, target, outputs: O, seed } = request;
  const model: ModelSpec = { cell, inputSize: F, hiddenSize: H, layers, bidirectional, dropout: 0, outputSize: O, headSteps: head };
  const parameters = initialParameters(model, 'pytorch', seed);
  const backend = await reference.create(model, parameters, { seed, loss: { kind: 'mse' }, optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 } });
  const rng = new Rng(seed, 6);
  const B = batch ?? 1;
  const lead = batch === null ? [] : [batch];
  const normals = (count: number) => Float32Array.from({ length: count }, () => rng.normal());
  const x = normals(B * T * F);
  const { output, hN, cN } = await backend.run({ shape: [...lead, T, F], values: x });
  const predicted = headOf(parameters['head.weight']!.values, parameters['head.bias']!.values, output.values, { B, T, width: H * directionsOf(model), O, every: head === 'every' });
  const steps = (kind: 'last' | 'every') => (kind === 'every' ? [T] : []);
  const y = normals(B * (target === 'every' ? T : 1) * O);
  const shapes = { output: [...lead, ...steps(head), O], target: [...lead, ...steps(target), O] };
  const fits = shapes.output.join() === shapes.target.join();
  const shown = (name: string, shape: number[], values: ArrayLike<number>): LessonTensor => ({ name, shape, values: Array.from(values).slice(0, SHOWN) });
  return {
    lesson: 'shapes',
    tensors: [
      shown('X', [...lead, T, F], x), shown('output', output.shape, output.values), shown('h_n', hN.shape, hN.values),
      ...(cN === null ? [] : [shown('c_n', cN.shape, cN.values)]), shown('y_hat', shapes.output, predicted), shown('y', shapes.target, y),
    ],
    loss: fits ? y.reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0) / y.length : null,
    mismatch: fits ? null : shapes,
  };
}

/** The linear head on every step's states or the last one's, [B, T or 1, O]. @param states [B, T, width] */
function headOf(weight: Float32Array, bias: Float32Array, states: Float32Array, { B, T, width, O, every }: { B: number; T: number; width: number; O: number; every: boolean }): Float64Array {
  const steps = every ? T : 1;
  const result = new Float64Array(B * steps * O);
  for (let b = 0; b < B; b++) {
    for (let s = 0; s < steps; s++) {
      const row = (b * T + (every ? s : T - 1)) * width;
      for (let o = 0; o < O; o++) {
        let sum = bias[o]!;
        for (let j = 0; j < width; j++) sum += weight[o * width + j]! * states[row + j]!;
        result[(b * steps + s) * O + o] = sum;
      }
    }
  }
  return result;
}
