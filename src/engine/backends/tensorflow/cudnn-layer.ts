import type { ModelSpec } from '../../backend.ts';
import type { Kernels } from './kernels.ts';
import type { LastCell, LayerStart, LayerWeights, RecurrentLayer } from './layer.ts';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from './runtime.ts';

/** The cells that cuDNN has; the hand-written one, without a nonlinearity, is none of them. */
export const cudnnModes: Partial<Record<ModelSpec['cell'], string>> = { rnn_tanh: 'rnn_tanh', rnn_relu: 'rnn_relu', lstm: 'lstm', gru: 'gru' };

/** cuDNN's parameter buffer: each gate's input matrix, each gate's recurrent matrix, then both biases; gates as PyTorch orders them. */
function buffer({ tf }: Kernels, { ih, hh, bih, bhh }: LayerWeights): Tensor1D {
  return tf.concat([tf.reshape(ih, [-1]), tf.reshape(hh, [-1]), bih, bhh] as Tensor1D[]);
}

/** Sequence lengths, all T: [B]. */
function lengths({ tf }: Kernels, x: Tensor3D): Tensor {
  return tf.fill([x.shape[1]], x.shape[0], 'int32');
}

function attributes(kernels: Kernels, mode: string) {
  return [
    kernels.float32, kernels.string('rnn_mode', mode), kernels.string('input_mode', 'linear_input'), kernels.string('direction', 'unidirectional'),
    kernels.float('dropout', 0), kernels.int('seed', 0), kernels.int('seed2', 0), kernels.int('num_proj', 0), kernels.bool('time_major', true),
  ];
}

/** output, output_h, output_c, reserve_space, host_reserved (int8). */
function forward(kernels: Kernels, mode: string, x: Tensor3D, params: Tensor1D, { h, c }: LayerStart, training: boolean): Tensor[] {
  const first = kernels.tf.expandDims(h, 0);
  const cell = c === null ? first : kernels.tf.expandDims(c, 0);
  return kernels.call('CudnnRNNV3', [...attributes(kernels, mode), kernels.bool('is_training', training)], [x, first, cell, params, lengths(kernels, x)], 5);
}

/** One layer by CudnnRNNV3 and CudnnRNNBackpropV3: nn.RNN, nn.LSTM and nn.GRU on an NVIDIA GPU. */
export function cudnnLayer(kernels: Kernels, mode: string): RecurrentLayer {
  const { tf } = kernels;
  return (x, weights, start) => {
    const run = tf.customGrad((...given: unknown[]) => {
      const [x, params, save] = given as [Tensor3D, Tensor1D, (tensors: Tensor[]) => void];
      const made = forward(kernels, mode, x, params, start, true);
      save([x, params, ...made]);
      const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
        const [x, params, y, hN, cN, reserve, host] = saved as [Tensor3D, Tensor1D, Tensor, Tensor, Tensor, Tensor, Tensor];
        const first = tf.expandDims(start.h, 0);
        const cell = start.c === null ? first : tf.expandDims(start.c, 0);
        const [dx, , , dParams] = kernels.call('CudnnRNNBackpropV3', attributes(kernels, mode),
          [x, first, cell, params, lengths(kernels, x), y, hN, cN, dy, tf.zerosLike(hN), tf.zerosLike(cN), reserve, host], 4);
        return [dx!, dParams!];
      };
      return { value: made[0]!, gradFunc };
    });
    return run(x, buffer(kernels, weights)) as Tensor3D;
  };
}

export function lastCudnnCell(kernels: Kernels): LastCell {
  return (x, weights, start) => {
    const last = forward(kernels, 'lstm', x, buffer(kernels, weights), start, false)[2]!;
    return kernels.tf.reshape(last, start.h.shape) as Tensor2D;
  };
}
