import type { Kernels } from './kernels.ts';
import type { LayerGradients, RecurrentLayer } from './layer.ts';
import type { Tensor, Tensor2D, Tensor3D } from './runtime.ts';

/** The states before each step, [T, B, H]: the first one, then y without its last. */
export function statesBefore({ tf }: Kernels, y: Tensor3D, h0: Tensor2D): Tensor3D {
  const [T, B, H] = y.shape;
  const first: Tensor3D = tf.reshape(h0, [1, B, H]);
  return T === 1 ? first : tf.concat([first, tf.slice(y, [0, 0, 0], [T - 1, B, H])], 0);
}

const kernelOf = { tanh: 'Tanh', relu: 'Relu', none: null } as const;

/**
 * h_t = f(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh) with f = tanh, relu, or nothing (the hand-written cell). TensorFlow has no fused
 * kernel of it on the CPU: all inputs go through one product, then 2 or 3 kernels a step in each direction of time.
 */
export function simpleLayer(kernels: Kernels, activation: keyof typeof kernelOf): RecurrentLayer {
  const { tf, float32 } = kernels;
  const product = [float32, kernels.bool('transpose_a', false), kernels.bool('transpose_b', false)];
  const productTransposed = [float32, kernels.bool('transpose_a', false), kernels.bool('transpose_b', true)];
  const unpack = (T: number) => [float32, kernels.int('num', T), kernels.int('axis', 0)];
  const pack = (T: number) => [float32, kernels.int('N', T), kernels.int('axis', 0)];
  const f = kernelOf[activation];

  return (x, weights, { h: h0 }) => {
    const [T, B, I] = x.shape;
    const H = weights.hh.shape[1];
    const run = tf.customGrad((...given: unknown[]) => {
      const [x, ih, hh, bih, bhh, save] = given as [Tensor3D, Tensor2D, Tensor2D, Tensor, Tensor, (tensors: Tensor[]) => void];
      const fromX = tf.reshape(tf.add(tf.matMul(tf.reshape(x, [T * B, I]), ih, false, true), tf.add(bih, bhh)), [T, B, H]);
      const y = kernels.loop((ids) => {
        const steps = ids.call('Unpack', unpack(T), [ids.of(fromX)], T);
        const recurrent = ids.of(hh);
        let h = ids.of(h0);
        const states = steps.map((step) => {
          const [fromH] = ids.call('MatMul', productTransposed, [h, recurrent]);
          const [sum] = ids.call('AddV2', [float32], [step, fromH!]);
          h = f === null ? sum! : ids.call(f, [float32], [sum!])[0]!;
          return h;
        });
        return ids.tensor('Pack', pack(T), states);
      }) as Tensor3D;
      save([x, ih, hh, y]);
      const gradFunc = (dy: Tensor, saved: Tensor[]): LayerGradients => {
        const [x, ih, hh, y] = saved as [Tensor3D, Tensor2D, Tensor2D, Tensor3D];
        // f' by what f gave: 1 - y^2 for tanh, y > 0 for relu.
        const slope = activation === 'tanh' ? tf.sub(1, tf.square(y)) : activation === 'relu' ? tf.cast(tf.greater(y, 0), 'float32') : null;
        const dz = kernels.loop((ids) => {
          const dys = ids.call('Unpack', unpack(T), [ids.of(dy)], T);
          const slopes = slope === null ? null : ids.call('Unpack', unpack(T), [ids.of(slope)], T);
          const recurrent = ids.of(hh);
          const all: number[] = [];
          let dh = dys[T - 1]!;
          for (let t = T - 1; t >= 0; t--) {
            const d = slopes === null ? dh : ids.call('Mul', [float32], [dh, slopes[t]!])[0]!;
            all[t] = d;
            if (t === 0) break;
            const [back] = ids.call('MatMul', product, [d, recurrent]);
            dh = ids.call('AddV2', [float32], [dys[t - 1]!, back!])[0]!;
          }
          return ids.tensor('Pack', pack(T), all);
        });
        const flat = tf.reshape(dz, [T * B, H]) as Tensor2D;
        const before = tf.reshape(statesBefore(kernels, y, h0), [T * B, H]) as Tensor2D;
        const bias = tf.sum(flat, 0);
        return [
          tf.reshape(tf.matMul(flat, ih), [T, B, I]), tf.matMul(flat, tf.reshape(x, [T * B, I]), true), tf.matMul(flat, before, true), bias, tf.clone(bias),
        ];
      };
      return { value: y, gradFunc };
    });
    return run(x, weights.ih, weights.hh, weights.bih, weights.bhh) as Tensor3D;
  };
}
