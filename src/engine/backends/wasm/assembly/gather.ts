// The batch's input, gathered from the one series by the windows' starts.
import { Net } from './fields';
import { add, at, get, put } from './vector';

/** x [T, B, F], or [T, B] tokens. */
export function gatherBatch(n: Net): void {
  if (n.embedding) return gatherEmbedded(n);
  const width = n.tokens ? 1 : n.features;
  const bytes = <usize>width << 2;
  let to = n.x;
  for (let t = 0; t < n.time; t++) {
    for (let b = 0; b < n.batch; b++) {
      const row = load<i32>(at(n.starts, b)) + t;
      const from = at(n.series, row * width);
      if (width === 1) store<u32>(to, load<u32>(from));
      else memory.copy(to, from, bytes);
      to += bytes;
    }
  }
}

/** x [T, B, F]: the rows of the embedding that the tokens choose. */
function gatherEmbedded(n: Net): void {
  const bytes = <usize>n.features << 2;
  let to = n.x;
  for (let t = 0; t < n.time; t++) {
    for (let b = 0; b < n.batch; b++) {
      memory.copy(to, at(n.embedding, tokenOf(n, t, b) * n.features), bytes);
      to += bytes;
    }
  }
}

/** Token of window b at step t. */
@inline function tokenOf(n: Net, t: i32, b: i32): i32 { return load<i32>(at(n.series, load<i32>(at(n.starts, b)) + t)); }

/** gradient of the embedding [vocabulary, F] += dInput [rows, F], whose first row is window 0 at step `low`, in the rows of the tokens. */
export function scatterEmbedded(n: Net, low: i32, rows: i32, gradient: usize): void {
  let from = n.dInput;
  for (let r = 0; r < rows; r++) {
    const row = at(gradient, tokenOf(n, low + r / n.batch, r % n.batch) * n.features);
    for (let j = 0; j < n.features; j += 4) put(row, j, add(get(row, j), get(from, j)));
    from = at(from, n.features);
  }
}

/** z [B, width] = bias + the rows of `weight` [vocabulary, width] that the tokens [B] choose: the product with one-hot vectors. */
export function addTokenRows(B: i32, width: i32, tokens: usize, weight: usize, bias: usize, z: usize): void {
  for (let b = 0; b < B; b++) {
    const row = at(weight, load<i32>(at(tokens, b)) * width);
    for (let j = 0; j < width; j += 4) put(z, j, add(get(bias, j), get(row, j)));
    z = at(z, width);
  }
}

/** gradient [vocabulary, stride], from column `column` on, += dz [rows, width] in the rows that the tokens [rows] chose. */
export function scatterTokenRows(rows: i32, width: i32, tokens: usize, dz: usize, dzStride: i32, gradient: usize, stride: i32, column: i32): void {
  for (let r = 0; r < rows; r++) {
    const row = at(gradient, load<i32>(at(tokens, r)) * stride + column);
    for (let j = 0; j < width; j += 4) put(row, j, add(get(row, j), get(dz, j)));
    dz = at(dz, dzStride);
  }
}
