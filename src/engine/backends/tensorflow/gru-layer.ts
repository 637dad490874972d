import type { Kernels } from './kernels.ts';
import type { LayerGradients, RecurrentLayer } from './layer.ts';
import type { Tensor, Tensor2D, Tensor3D } from './runtime.ts';
import { statesBefore } from './simple-layer.ts';

/**
 * r, z = sigmoid(...), n = tanh(W_in x + b_in + r (W_hn h + b_hn)), h' = (1 - z) n + z h (PyTorch docs of nn.GRU).
 * TensorFlow's GRUBlockCell applies the reset gate before the product, which is another function, so nn.GRU cannot be made
 * of it; this is a loop of 13 kernels a step forward and 5 back.
 */
export function gruLayer(kernels: Kernels): RecurrentLayer {
  const { tf, float32 } = kernels;
  const product = [float32, kernels.bool('transpose_a', false), kernels.bool('transpose_b', false)];
  const productTransposed = [float32, kernels.bool('transpose_a', false), kernels.bool('transpose_b', true)];
  const unpack = (T: number) => [float32, kernels.int('num', T), kernels.int('axis', 0)];
  const pack = (T: number) => [float32, kernels.int('N', T), kernels.int('axis', 0)];
  const split3 = [float32, kernels.int('num_split', 3)];
  const join3 = [float32, kernels.int('N', 3), kernels.type('Tidx', kernels.binding.TF_INT32)];
  const biasAdd = [float32, kernels.string('data_format', 'NHWC')];

  return (x, weights, { h: h0 }) => {
    const [T, B, I] = x.shape;
    const H = weights.hh.shape[1];
    const run = tf.customGrad((...given: unknown[]) => {
      const [x, ih, hh, bih, bhh, save] = given as [Tensor3D, Tensor2D, Tensor2D, Tensor, Tensor, (tensors: Tensor[]) => void];
      const fromX = tf.reshape(tf.add(tf.matMul(tf.reshape(x, [T * B, I]), ih, false, true), bih), [T, B, 3 * H]);
      const axis = tf.scalar(1, 'int32');
      // [5][T, B, H]: the states, r, z, n, and W_hn h + b_hn.
      const [y, r, z, n, hn] = kernels.loop((ids) => {
        const steps = ids.call('Unpack', unpack(T), [ids.of(fromX)], T);
        const recurrent = ids.of(hh);
        const bias = ids.of(bhh);
        const one = ids.of(axis);
        const add = (a: number, b: number): number => ids.call('AddV2', [float32], [a, b])[0]!;
        const mul = (a: number, b: number): number => ids.call('Mul', [float32], [a, b])[0]!;
        const all: number[][] = [[], [], [], [], []];
        let h = ids.of(h0);
        for (const step of steps) {
          const [productOfH] = ids.call('MatMul', productTransposed, [h, recurrent]);
          const [fromH] = ids.call('BiasAdd', biasAdd, [productOfH!, bias]);
          const [hr, hz, hn] = ids.call('Split', split3, [one, fromH!], 3);
          const [xr, xz, xn] = ids.call('Split', split3, [one, step], 3);
          const [r] = ids.call('Sigmoid', [float32], [add(xr!, hr!)]);
          const [z] = ids.call('Sigmoid', [float32], [add(xz!, hz!)]);
          const [n] = ids.call('Tanh', [float32], [add(xn!, mul(r!, hn!))]);
          const [difference] = ids.call('Sub', [float32], [h, n!]);
          h = add(n!, mul(z!, difference!));
          [h, r!, z!, n!, hn!].forEach((id, k) => all[k]!.push(id));
        }
        return all.map((states) => ids.tensor('Pack', pack(T), states));
      }) as [Tensor3D, Tensor3D, Tensor3D, Tensor3D, Tensor3D];
      save([x, ih, hh, y, r, z, n, hn]);
      const gradFunc = (dy: Tensor, saved: Tensor[]): LayerGradients => {
        const [x, ih, hh, y, r, z, n, hn] = saved as [Tensor3D, Tensor2D, Tensor2D, Tensor3D, Tensor3D, Tensor3D, Tensor3D, Tensor3D];
        const before = statesBefore(kernels, y, h0);
        // Whatever does not depend on the gradient, for all steps at once: d sums of each gate / d h_t.
        const byN = tf.mul(tf.sub(1, z), tf.sub(1, tf.square(n)));
        const byZ = tf.mul(tf.sub(before, n), tf.mul(z, tf.sub(1, z)));
        const byR = tf.mul(byN, tf.mul(hn, tf.mul(r, tf.sub(1, r))));
        const factors = tf.concat([byR, byZ, tf.mul(byN, r)], 2); // [T, B, 3 * H]
        const axis = tf.scalar(1, 'int32');
        const [dGates, dStates] = kernels.loop((ids) => {
          const dys = ids.call('Unpack', unpack(T), [ids.of(dy)], T);
          const factor = ids.call('Unpack', unpack(T), [ids.of(factors)], T);
          const kept = ids.call('Unpack', unpack(T), [ids.of(z)], T);
          const recurrent = ids.of(hh);
          const one = ids.of(axis);
          const gates: number[] = [];
          const states: number[] = [];
          let dh = dys[T - 1]!;
          for (let t = T - 1; t >= 0; t--) {
            states[t] = dh;
            const [three] = ids.call('ConcatV2', join3, [dh, dh, dh, one]);
            const [gate] = ids.call('Mul', [float32], [three!, factor[t]!]);
            gates[t] = gate!;
            if (t === 0) break;
            const [back] = ids.call('MatMul', product, [gate!, recurrent]);
            const [direct] = ids.call('Mul', [float32], [dh, kept[t]!]);
            dh = ids.call('AddN', [float32, kernels.int('N', 3)], [dys[t - 1]!, back!, direct!])[0]!;
          }
          return [ids.tensor('Pack', pack(T), gates), ids.tensor('Pack', pack(T), states)];
        }) as [Tensor3D, Tensor3D];
        const fromH = tf.reshape(dGates, [T * B, 3 * H]) as Tensor2D;
        // The candidate's part that comes from x does not pass through r.
        const fromX = tf.reshape(tf.concat([tf.slice(dGates, [0, 0, 0], [T, B, 2 * H]), tf.mul(dStates, byN) as Tensor3D], 2), [T * B, 3 * H]) as Tensor2D;
        return [
          tf.reshape(tf.matMul(fromX, ih), [T, B, I]), tf.matMul(fromX, tf.reshape(x, [T * B, I]), true),
          tf.matMul(fromH, tf.reshape(before, [T * B, H]), true), tf.sum(fromX, 0), tf.sum(fromH, 0),
        ];
      };
      return { value: y, gradFunc };
    });
    return run(x, weights.ih, weights.hh, weights.bih, weights.bhh) as Tensor3D;
  };
}
