import { choices, wave } from '../workloads.mjs';

/**
 * The same step by TensorFlow.js layers on its pure JavaScript backend; null where the packages are not installed.
 * @returns {Promise<null | ((w: import('../workloads.mjs').Workload) => { steps(count: number): Promise<void>, close(): void })>}
 */
export async function tfjs() {
  let tf;
  try {
    ({ default: tf } = await import('@tensorflow/tfjs'));
  } catch {
    return null;
  }
  console.warn = () => {}; // it advertises its native package, and says that orthogonal weights take long
  await tf.setBackend('cpu');
  return (w) => layersModel(tf, w);
}

/**
 * The workload in layers of TensorFlow.js, on whatever backend is set.
 * @param {import('../workloads.mjs').Workload} w
 */
export function layersModel(tf, w) {
  const make = { rnn_tanh: tf.layers.simpleRNN, lstm: tf.layers.lstm, gru: tf.layers.gru }[w.cell];
  const model = tf.sequential();
  model.add(make({ units: w.hidden, inputShape: [w.time, w.features], returnSequences: w.everyStep, ...(w.cell === 'rnn_tanh' ? {} : { recurrentActivation: 'sigmoid' }) }));
  model.add(tf.layers.dense({ units: w.outputs, ...(w.everyStep ? { activation: 'softmax' } : {}) }));
  model.compile({ optimizer: tf.train.adam(1e-3), loss: w.everyStep ? 'categoricalCrossentropy' : 'meanSquaredError' });
  const count = w.batch * w.time;
  const oneHot = (width, shape) => tf.tidy(() => tf.oneHot(tf.tensor1d(choices(count, width), 'int32'), width).toFloat().reshape(shape));
  const x = w.everyStep ? oneHot(w.features, [w.batch, w.time, w.features]) : tf.tensor3d(wave(count * w.features), [w.batch, w.time, w.features]);
  const y = w.everyStep ? oneHot(w.outputs, [w.batch, w.time, w.outputs]) : tf.tensor2d(wave(w.batch, 2), [w.batch, 1]);
  return {
    async steps(times) { for (let i = 0; i < times; i++) await model.trainOnBatch(x, y); },
    close() {
      model.dispose();
      x.dispose();
      y.dispose();
    },
  };
}
