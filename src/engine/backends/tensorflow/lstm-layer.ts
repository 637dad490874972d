import type { Kernels } from './kernels.ts';
import type { LastCell, LayerStart, LayerWeights, RecurrentLayer } from './layer.ts';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from './runtime.ts';

/** [I + H, 4 * H] and [4 * H], as BlockLSTMV2 wants them; its gates i, c, f, o stand in the order i, f, g, o of PyTorch. */
function packed({ tf }: Kernels, { ih, hh, bih, bhh }: LayerWeights): { w: Tensor2D; b: Tensor1D } {
  return { w: tf.transpose(tf.concat([ih, hh], 1)), b: tf.add(bih, bhh) };
}

/** i, cs, f, o, ci, co, h of every step, [T, B, H] each. */
function forward(kernels: Kernels, x: Tensor3D, w: Tensor2D, b: Tensor1D, { h, c }: LayerStart): Tensor[] {
  const { tf, float32 } = kernels;
  const none = tf.zeros([h.shape[1]]); // no peepholes
  return kernels.call('BlockLSTMV2', [float32, kernels.float('cell_clip', 0), kernels.bool('use_peephole', false)],
    [kernels.length64(x.shape[0]), x, c!, h, w, none, none, none, b], 7);
}

/** nn.LSTM on the CPU: the whole sequence in one kernel, its gradient in another. */
export function lstmLayer(kernels: Kernels): RecurrentLayer {
  const { tf, float32 } = kernels;
  return (x, weights, start) => {
    const { w, b } = packed(kernels, weights);
    const run = tf.customGrad((...given: unknown[]) => {
      const [x, w, b, save] = given as [Tensor3D, Tensor2D, Tensor1D, (tensors: Tensor[]) => void];
      const made = forward(kernels, x, w, b, start);
      save([x, w, b, ...made]);
      const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
        const [x, w, b, ...made] = saved as [Tensor3D, Tensor2D, Tensor1D, ...Tensor[]];
        const none = tf.zeros([start.h.shape[1]]);
        const [dx, , , dw, , , , db] = kernels.call('BlockLSTMGradV2', [float32, kernels.bool('use_peephole', false)],
          [kernels.length64(x.shape[0]), x, start.c!, start.h, w, none, none, none, b, ...made, tf.zerosLike(dy), dy], 8);
        return [dx!, dw!, db!];
      };
      return { value: made[6]!, gradFunc };
    });
    return run(x, w, b) as Tensor3D;
  };
}

export function lastLstmCell(kernels: Kernels): LastCell {
  return (x, weights, start) => {
    const { w, b } = packed(kernels, weights);
    const cells = forward(kernels, x, w, b, start)[1] as Tensor3D;
    const [T, B, H] = cells.shape;
    return kernels.tf.reshape(kernels.tf.slice(cells, [T - 1, 0, 0], [1, B, H]), [B, H]);
  };
}
