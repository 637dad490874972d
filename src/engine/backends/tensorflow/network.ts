import type { ModelSpec } from '../../backend.ts';
import { directionsOf, layerSuffix } from '../../parameters.ts';
import { cudnnLayer, cudnnModes, lastCudnnCell } from './cudnn-layer.ts';
import { gruLayer } from './gru-layer.ts';
import type { Kernels } from './kernels.ts';
import type { LastCell, LayerStart, LayerWeights, RecurrentLayer } from './layer.ts';
import { lastLstmCell, lstmLayer } from './lstm-layer.ts';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from './runtime.ts';
import { simpleLayer } from './simple-layer.ts';

/** Every parameter by its name. */
export type Weights = Record<string, Tensor>;

/** The factors of what layer `layer` gives, [T, B, H * directions]; null: nothing is dropped. */
export type Masks = (layer: number) => Tensor3D | null;

export interface States { output: Tensor3D; hN: Tensor2D[]; cN: Tensor2D[] }

/** The stack of recurrent layers and its head, in tfjs tensors; call everything inside tf.tidy. */
export class Network {
  readonly #kernels: Kernels;
  readonly #model: ModelSpec;
  readonly #layer: RecurrentLayer;
  readonly #lastCell: LastCell;
  /** Which kernels the layers are made of, for a person. */
  readonly kernelNames: string;

  constructor(kernels: Kernels, model: ModelSpec, gpu: boolean) {
    this.#kernels = kernels;
    this.#model = model;
    const mode = gpu ? cudnnModes[model.cell] : undefined;
    this.#layer = mode !== undefined ? cudnnLayer(kernels, mode)
      : model.cell === 'lstm' ? lstmLayer(kernels)
        : model.cell === 'gru' ? gruLayer(kernels)
          : simpleLayer(kernels, model.cell === 'rnn_tanh' ? 'tanh' : model.cell === 'rnn_relu' ? 'relu' : 'none');
    this.#lastCell = mode !== undefined ? lastCudnnCell(kernels) : lastLstmCell(kernels);
    this.kernelNames = mode !== undefined ? 'CudnnRNNV3' : model.cell === 'lstm' ? 'BlockLSTMV2' : 'MatMul';
  }

  /** x [T, B, F] -> states of the last layer [T, B, H * directions]. */
  top(weights: Weights, x: Tensor3D, starts: readonly LayerStart[], masks: Masks): Tensor3D {
    return this.#through(weights, x, starts, masks, () => {});
  }

  /** As nn.RNN: states of the last layer, and the last state of each layer and direction, [B, H] each. */
  states(weights: Weights, x: Tensor3D, starts: readonly LayerStart[]): States {
    const hN: Tensor2D[] = [];
    const cN: Tensor2D[] = [];
    const { tf } = this.#kernels;
    const output = this.#through(weights, x, starts, () => null, (input, own, start, y) => {
      const [T, B, H] = y.shape;
      hN.push(tf.reshape(tf.slice(y, [T - 1, 0, 0], [1, B, H]), [B, H]));
      if (start.c !== null) cN.push(this.#lastCell(input, own, start));
    });
    return { output, hN, cN };
  }

  /** Head of states [T, B, H * directions]: [B, O] of the last step, or [B, T, O] of every one. */
  head(weights: Weights, top: Tensor3D): Tensor {
    const { tf } = this.#kernels;
    const [T, B, W] = top.shape;
    const O = this.#model.outputSize;
    const last = this.#model.headSteps === 'last';
    const read = tf.reshape(last ? tf.slice(top, [T - 1, 0, 0], [1, B, W]) : tf.transpose(top, [1, 0, 2]), [last ? B : B * T, W]);
    const outputs = tf.add(tf.matMul(read, weights['head.weight'] as Tensor2D, false, true), weights['head.bias']!);
    return tf.reshape(outputs, last ? [B, O] : [B, T, O]);
  }

  #through(weights: Weights, x: Tensor3D, starts: readonly LayerStart[], masks: Masks, seen: (input: Tensor3D, own: LayerWeights, start: LayerStart, y: Tensor3D) => void): Tensor3D {
    const { tf } = this.#kernels;
    const D = directionsOf(this.#model);
    let below = x;
    for (let layer = 0; layer < this.#model.layers; layer++) {
      const parts: Tensor3D[] = [];
      for (let direction = 0; direction < D; direction++) {
        const suffix = layerSuffix(layer, direction);
        const own: LayerWeights = {
          ih: weights[`rnn.weight_ih_${suffix}`] as Tensor2D, hh: weights[`rnn.weight_hh_${suffix}`] as Tensor2D,
          bih: weights[`rnn.bias_ih_${suffix}`] as Tensor1D, bhh: weights[`rnn.bias_hh_${suffix}`] as Tensor1D,
        };
        const start = starts[layer * D + direction]!;
        const input = direction === 0 ? below : tf.reverse(below, 0);
        const y = this.#layer(input, own, start);
        seen(input, own, start, y);
        parts.push(direction === 0 ? y : tf.reverse(y, 0));
      }
      const joined = D === 1 ? parts[0]! : tf.concat(parts, 2);
      const mask = layer === this.#model.layers - 1 ? null : masks(layer);
      below = mask === null ? joined : tf.mul(joined, mask);
    }
    return below;
  }
}
