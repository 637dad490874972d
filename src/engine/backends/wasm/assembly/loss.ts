// Losses of rows of outputs, and their derivatives in the outputs' place. Definitions: src/engine/loss.ts.
import { Net } from './fields';
import { at, exp4, get, lanesSum, mul, put, splat, sub } from './vector';

const MAE: i32 = 1;
const HUBER: i32 = 2;
const CROSS_ENTROPY: i32 = 3;

/**
 * Adds the losses of `rows` rows of logits to lossSum and, with `derive`, turns the logits into `scale` times the derivative.
 * @param first number of the first row: time * batch + window, the time counted from the first step that the head reads
 */
export function lossRows(n: Net, first: i32, rows: i32, derive: bool, scale: f32): void {
  const firstTime = n.everyStep ? 0 : n.time - 1;
  for (let r = 0; r < rows; r++) {
    const y = at(n.logits, r * n.outputsPadded);
    const t = firstTime + (first + r) / n.batch;
    const row = load<i32>(at(n.starts, (first + r) % n.batch)) + t + 1;
    if (n.loss === CROSS_ENTROPY) n.lossSum += crossEntropy(n, y, load<i32>(at(n.targets, row)), derive, scale);
    else n.lossSum += regression(n, y, at(n.targets, row * n.targetWidth), derive, scale);
  }
}

function regression(n: Net, y: usize, target: usize, derive: bool, scale: f32): f64 {
  const delta = <f32>n.delta;
  let sum: f64 = 0;
  for (let o = 0; o < n.outputs; o++) {
    const e = load<f32>(at(y, o)) - load<f32>(at(target, o));
    let slope: f32;
    if (n.loss === MAE) {
      sum += abs<f32>(e);
      slope = e > 0 ? <f32>1 : e < 0 ? <f32>-1 : e; // at 0: 0; NaN stays NaN
    } else if (n.loss === HUBER) {
      const size = abs<f32>(e);
      sum += size <= delta ? <f32>0.5 * e * e : delta * (size - <f32>0.5 * delta);
      slope = size <= delta ? e : delta * copysign<f32>(1, e);
    } else {
      sum += e * e;
      slope = 2 * e;
    }
    if (derive) store<f32>(at(y, o), slope * scale);
  }
  if (derive) for (let o = n.outputs; o < n.outputsPadded; o++) store<f32>(at(y, o), 0);
  return sum;
}

function crossEntropy(n: Net, y: usize, target: i32, derive: bool, scale: f32): f64 {
  let max = load<f32>(y);
  for (let o = 1; o < n.outputs; o++) {
    const value = load<f32>(at(y, o));
    if (!(value <= max)) max = value; // NaN gets through
  }
  for (let o = n.outputs; o < n.outputsPadded; o++) store<f32>(at(y, o), -1e30);
  const shifted = load<f32>(at(y, target)) - max;
  let total4 = splat(0);
  for (let o = 0; o < n.outputsPadded; o += 4) {
    const e = exp4(sub(get(y, o), splat(max)));
    put(y, o, e);
    total4 = f32x4.add(total4, e);
  }
  const total = lanesSum(total4);
  if (derive) {
    const factor = splat(scale / total);
    for (let o = 0; o < n.outputsPadded; o += 4) put(y, o, mul(get(y, o), factor));
    store<f32>(at(y, target), load<f32>(at(y, target)) - scale);
  }
  return <f64>(Mathf.log(total) - shifted);
}
