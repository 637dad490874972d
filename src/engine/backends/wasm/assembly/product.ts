// Matrix products on row-major float32, widths multiples of 4. The right-hand side is packed first: blocks of DEPTH
// rows, in them panels of PANEL columns, so that a kernel reads it straight on.
import { ADD, SET, TILE_ROWS, tileOfPacked, tileOfRows } from './kernels';
import { add, at, smaller, splat } from './vector';

/** Rows of the right-hand side at once: a panel of them stays in the first-level cache. */
export const DEPTH: i32 = 256;
const PANEL: i32 = 8;

/** Into how many tiles M rows are cut, as evenly as it goes. */
@inline function tilesOf(M: i32): i32 { return (M + TILE_ROWS - 1) / TILE_ROWS; }

/** C [M, N] (mode: set, add, bias +) A [M, K] B [K, N]; `packed` is B by pack or packTransposed; lda, ldc in floats. */
export function multiply(M: i32, N: i32, K: i32, A: usize, lda: i32, packed: usize, C: usize, ldc: i32, mode: i32, bias: usize): void {
  const tiles = tilesOf(M);
  const base = M / tiles;
  const larger = M % tiles;
  for (let k0 = 0; k0 < K; k0 += DEPTH) {
    const depth = smaller(K - k0, DEPTH);
    const B = at(packed, k0 * N);
    const how = k0 > 0 ? ADD : mode;
    for (let j = 0; j < N; j += PANEL) {
      const vectors = smaller(N - j, PANEL) >> 2;
      let i = 0;
      for (let tile = 0; tile < tiles; tile++) {
        const rows = base + i32(tile < larger);
        tileOfRows(rows, vectors, depth, at(A, i * lda + k0), <usize>lda << 2, at(B, j * depth), at(C, i * ldc + j), <usize>ldc << 2, how, at(bias, j));
        i += rows;
      }
    }
  }
}

/** Packs B [K, N], its rows ldb floats apart. */
export function pack(K: i32, N: i32, B: usize, ldb: i32, packed: usize): void {
  const stride = <usize>ldb << 2;
  for (let k0 = 0; k0 < K; k0 += DEPTH) {
    const depth = smaller(K - k0, DEPTH);
    for (let j = 0; j < N; j += PANEL) {
      let from = at(B, k0 * ldb + j);
      let to = at(packed, k0 * N + j * depth);
      if (N - j >= PANEL) {
        for (let k = 0; k < depth; k++) {
          v128.store(to, v128.load(from));
          v128.store(to, v128.load(from, 16), 16);
          from += stride;
          to += 32;
        }
      } else {
        for (let k = 0; k < depth; k++) {
          v128.store(to, v128.load(from));
          from += stride;
          to += 16;
        }
      }
    }
  }
}

/** Packs the transposed of S [N, K], its rows lds floats apart, as a B [K, N]. */
export function packTransposed(K: i32, N: i32, S: usize, lds: i32, packed: usize): void {
  for (let k0 = 0; k0 < K; k0 += DEPTH) {
    const depth = smaller(K - k0, DEPTH);
    for (let j = 0; j < N; j += PANEL) {
      const width = smaller(N - j, PANEL);
      const step = <usize>width << 2;
      const panel = at(packed, k0 * N + j * depth);
      for (let n = 0; n < width; n++) {
        let from = at(S, (j + n) * lds + k0);
        let to = at(panel, n);
        for (let k = 0; k < depth; k++) {
          store<f32>(to, load<f32>(from));
          from += 4;
          to += step;
        }
      }
    }
  }
}

/**
 * C [M, N] (set when `first`, else added to) A^T B, with A [depth, M] and at most DEPTH rows of B, packed already; of a wider B
 * the first N columns are taken. A is packed on the way.
 */
export function multiplyTransposedBlock(M: i32, N: i32, depth: i32, A: usize, lda: i32, packed: usize, C: usize, ldc: i32, first: bool, scratchA: usize): void {
  const tiles = tilesOf(M);
  const base = M / tiles;
  const larger = M % tiles;
  const how = first ? SET : ADD;
  let i = 0;
  for (let tile = 0; tile < tiles; tile++) {
    const rows = base + i32(tile < larger);
    packColumns(rows, depth, at(A, i), lda, at(scratchA, i * depth));
    i += rows;
  }
  for (let j = 0; j < N; j += PANEL) {
    const vectors = smaller(N - j, PANEL) >> 2;
    i = 0;
    for (let tile = 0; tile < tiles; tile++) {
      const rows = base + i32(tile < larger);
      tileOfPacked(rows, vectors, depth, at(scratchA, i * depth), 0, at(packed, j * depth), at(C, i * ldc + j), <usize>ldc << 2, how, 0);
      i += rows;
    }
  }
}

/** Packs `count` columns of A [depth, ...] as [depth, count]. */
@inline function packColumns(count: i32, depth: i32, A: usize, lda: i32, packed: usize): void {
  let from = A;
  let to = packed;
  if (count === 6) {
    for (let k = 0; k < depth; k++) {
      v128.store(to, v128.load(from));
      store<u64>(to, load<u64>(from, 16), 16);
      to += 24;
      from = at(from, lda);
    }
  } else if (count === 4) {
    for (let k = 0; k < depth; k++) {
      v128.store(to, v128.load(from));
      to += 16;
      from = at(from, lda);
    }
  } else {
    for (let k = 0; k < depth; k++) {
      for (let c = 0; c < count; c++) store<f32>(at(to, c), load<f32>(at(from, c)));
      to = at(to, count);
      from = at(from, lda);
    }
  }
}

/** sums [N] (set when `first`, else added to) the sums of the columns of a packed B of at most DEPTH rows. */
export function sumPacked(depth: i32, N: i32, packed: usize, sums: usize, first: bool): void {
  for (let j = 0; j < N; j += PANEL) {
    const width = smaller(N - j, PANEL);
    for (let v = 0; v < width; v += 4) {
      let even = first ? splat(0) : v128.load(at(sums, j + v));
      let odd = splat(0);
      let z = at(packed, j * depth + v);
      let k = 0;
      for (; k + 2 <= depth; k += 2) {
        even = add(even, v128.load(z));
        odd = add(odd, v128.load(at(z, width)));
        z = at(z, 2 * width);
      }
      if (k < depth) even = add(even, v128.load(z));
      v128.store(at(sums, j + v), add(even, odd));
    }
  }
}
