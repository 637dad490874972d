// Writes out the register-blocked kernels of the matrix product: a tile of `rows` x 4 * `vectors` sums is held in
// registers while k runs. Written out because locals must be single registers and offsets immediate; not unrolled
// over k, which was measured at half the speed.

const VECTORS = 2;

/**
 * One kernel. C[rows, 4 * vectors] (= or +=) A[rows, K] B[K, 4 * vectors], B packed.
 * @param {boolean} packedA A is packed [K, rows]; otherwise its rows lie `lda` bytes apart
 */
function kernel(rows, vectors, packedA) {
  const R = [...Array(rows).keys()];
  const V = [...Array(vectors).keys()];
  const all = (make) => R.flatMap((r) => V.map((v) => make(r, v))).join(' ');
  return `
function ${nameOf(rows, vectors, packedA)}(K: i32, A: usize, lda: usize, B: usize, C: usize, ldc: usize, mode: i32, bias: usize): void {
  ${R.map((r) => `let row${r}: usize = ${r === 0 ? 'C' : `row${r - 1} + ldc`};`).join(' ')}
  ${all((r, v) => `let c${r}_${v}: v128 = f32x4.splat(0);`)}
  if (mode === ADD) { ${all((r, v) => `c${r}_${v} = v128.load(row${r}, ${16 * v});`)} }
  else if (mode === BIAS) { ${all((r, v) => (r === 0 ? `c0_${v} = v128.load(bias, ${16 * v});` : `c${r}_${v} = c0_${v};`))} }
  ${packedA ? '' : R.map((r) => `let a${r}: usize = ${r === 0 ? 'A' : `a${r - 1} + lda`};`).join(' ')}
  ${V.map((v) => `let b${v}: v128;`).join(' ')} let s: v128;
  for (let k = K; k > 0; k--) {
    ${V.map((v) => `b${v} = v128.load(B, ${16 * v});`).join(' ')}
    ${R.map((r) => `s = v128.load_splat<f32>(${packedA ? `A, ${4 * r}` : `a${r}`}); ${V.map((v) => `c${r}_${v} = madd(s, b${v}, c${r}_${v});`).join(' ')}`).join('\n    ')}
    ${packedA ? `A += ${4 * rows};` : R.map((r) => `a${r} += 4;`).join(' ')} B += ${16 * vectors};
  }
  ${all((r, v) => `v128.store(row${r}, c${r}_${v}, ${16 * v});`)}
}`;
}

function nameOf(rows, vectors, packedA) {
  return `${packedA ? 'packed' : 'rows'}${rows}x${vectors}`;
}

function chooser(maxRows, packedA) {
  const cases = (vectors) => Array.from({ length: maxRows }, (_, i) => maxRows - i)
    .map((rows) => `      case ${rows}: ${nameOf(rows, vectors, packedA)}(K, A, lda, B, C, ldc, mode, bias); break;`).join('\n');
  return `
@inline export function ${packedA ? 'tileOfPacked' : 'tileOfRows'}(rows: i32, vectors: i32, K: i32, A: usize, lda: usize, B: usize, C: usize, ldc: usize, mode: i32, bias: usize): void {
  if (vectors === 2) {
    switch (rows) {
${cases(2)}
    }
  } else {
    switch (rows) {
${cases(1)}
    }
  }
}`;
}

/**
 * AssemblyScript source of every kernel.
 * @param {number} maxRows rows of the largest tile: 6 with fused multiply-add, 4 without (16 vector registers)
 */
export function assemblyKernels(maxRows) {
  const parts = [
    "import { madd } from './vector';",
    '/** Rows of the largest tile. */',
    `export const TILE_ROWS: i32 = ${maxRows};`,
    '/** What happens to C: set, added to, or set to the bias plus the product. */',
    'export const SET: i32 = 0;', 'export const ADD: i32 = 1;', 'export const BIAS: i32 = 2;',
  ];
  for (const packedA of [true, false]) {
    for (let vectors = 1; vectors <= VECTORS; vectors++) {
      for (let rows = 1; rows <= maxRows; rows++) parts.push(kernel(rows, vectors, packedA));
    }
    parts.push(chooser(maxRows, packedA));
  }
  return parts.join('\n');
}
