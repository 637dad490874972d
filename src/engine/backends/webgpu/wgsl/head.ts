import { float, outputOf, type Subject } from './common.ts';

/** Loss of a row of outputs and its derivative, each as in src/engine/loss.ts; the derivative is that of the mean. */
function rowLoss({ loss, places }: Subject): string {
  if (loss.kind === 'crossEntropy') {
    return `
      let target0 = wanted[first];
      var most = room[outputAt(row, 0u)];
      for (var o = 1u; o < O; o++) { most = max(most, room[outputAt(row, o)]); }
      var total = 0.0;
      for (var o = 0u; o < O; o++) { total += exp(room[outputAt(row, o)] - most); }
      for (var o = 0u; o < O; o++) { room[slopeAt(row, o)] = (exp(room[outputAt(row, o)] - most) / total - select(0.0, 1.0, o == target0)) * step.perTerm; }
      sum = log(total) + most - room[outputAt(row, target0)];`;
  }
  const [value, slope] = loss.kind === 'mse' ? ['e * e', '2.0 * e'] : loss.kind === 'mae' ? ['abs(e)', 'sign(e)']
    : [`select(${float(loss.delta)} * (abs(e) - ${float(0.5 * loss.delta)}), 0.5 * e * e, abs(e) <= ${float(loss.delta)})`, `clamp(e, ${float(-loss.delta)}, ${float(loss.delta)})`];
  return `
      for (var o = 0u; o < ${places.O}u; o++) {
        let e = room[outputAt(row, o)] - wanted[first + o];
        sum += ${value};
        room[slopeAt(row, o)] = (${slope}) * step.perTerm;
      }`;
}

/** Outputs, losses and their derivatives for the windows row0 .. row0 + rows - 1; reads what every thread of the workgroup has left in the room. */
export function head(subject: Subject, rows: number, threads: number, targetWidth: string): string {
  const { model, places, classes } = subject;
  const every = model.headSteps === 'every';
  const HD = places.H * places.D;
  const steps = every ? 'step.time' : '1u';
  // Item i: window i % rows, step of the head i / rows.
  const place = (i: string) => `let b = row0 + ${i} % ${rows}u; let t = ${every ? `${i} / ${rows}u` : 'step.time - 1u'}; let q = t * step.batch + b; let row = ${every ? 'q' : 'b'};`;
  return `
  for (var i0 = lane; i0 < ${rows}u * ${steps} * O; i0 += ${threads}u) {
    let o = i0 % O; ${place('(i0 / O)')}
    if (b < step.batch) {
      var y = parameters[${places.headBias}u + o];
      for (var k = 0u; k < ${HD}u; k++) { y += parameters[${places.headWeight}u + o * ${HD}u + k] * ${outputOf(subject, places.L - 1, 'q', 'k')}; }
      room[outputAt(row, o)] = y;
    }
  }
  storageBarrier();
  for (var i0 = lane; i0 < ${rows}u * ${steps}; i0 += ${threads}u) {
    ${place('i0')}
    if (b < step.batch) {
      let first = (startOf(b) + t + 1u) * ${classes ? '1u' : targetWidth};
      var sum = 0.0;
      ${rowLoss(subject)}
      room[lossAt(row)] = sum;
    }
  }
  storageBarrier();`;
}
