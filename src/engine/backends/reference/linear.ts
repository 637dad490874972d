/** A matrix [rows, columns] and a bias [rows] of one linear map, in float64, or their gradients. */
export interface Linear { rows: number; columns: number; weight: Float64Array; bias: Float64Array }

/** y = W x + b: x [columns] -> y [rows]. */
export function applyLinear(l: Linear, x: ArrayLike<number>): Float64Array {
  const y = Float64Array.from(l.bias);
  for (let r = 0; r < l.rows; r++) {
    for (let c = 0; c < l.columns; c++) y[r]! += l.weight[r * l.columns + c]! * x[c]!;
  }
  return y;
}

/** From dy = d loss / d y: adds d loss / d W = dy x^T and d loss / d b = dy to `gradient`; returns d loss / d x = W^T dy. */
export function backLinear(l: Linear, gradient: Linear, x: ArrayLike<number>, dy: ArrayLike<number>): Float64Array {
  const dx = new Float64Array(l.columns);
  for (let r = 0; r < l.rows; r++) {
    gradient.bias[r]! += dy[r]!;
    for (let c = 0; c < l.columns; c++) {
      gradient.weight[r * l.columns + c]! += dy[r]! * x[c]!;
      dx[c]! += l.weight[r * l.columns + c]! * dy[r]!;
    }
  }
  return dx;
}
