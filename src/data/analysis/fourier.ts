/**
 * The discrete Fourier transform in place, sum x[j] e^(-2 pi i j k / n), by Cooley and Tukey's radix-2 scheme
 * (J. W. Cooley, J. W. Tukey, Mathematics of Computation 19, 1965).
 *
 * @param re real parts, [n], n a power of two  @param im imaginary parts, [n]
 */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  reverseBits(re, im);
  const { cos, sin } = twiddles(n);
  for (let size = 2; size <= n; size *= 2) {
    const half = size >> 1;
    const stride = n / size;
    for (let start = 0; start < n; start += size) {
      for (let j = 0, t = 0; j < half; j++, t += stride) {
        const a = start + j;
        const b = a + half;
        const [wr, wi] = [cos[t]!, sin[t]!];
        const xr = re[b]! * wr + im[b]! * wi;
        const xi = im[b]! * wr - re[b]! * wi;
        re[b] = re[a]! - xr;
        im[b] = im[a]! - xi;
        re[a] = re[a]! + xr;
        im[a] = im[a]! + xi;
      }
    }
  }
}

/** The smallest power of two that is not below `n`. */
export function powerOfTwo(n: number): number {
  let size = 1;
  while (size < n) size *= 2;
  return size;
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const [r, m] = [re[i]!, im[i]!];
    re[i] = re[j]!;
    im[i] = im[j]!;
    re[j] = r;
    im[j] = m;
  }
}

interface Twiddles { cos: Float64Array; sin: Float64Array }
/** The last table: blocks of one size follow one another. */
let last: Twiddles = { cos: new Float64Array(), sin: new Float64Array() };

function twiddles(n: number): Twiddles {
  const half = n >> 1;
  if (last.cos.length !== half) {
    last = { cos: new Float64Array(half), sin: new Float64Array(half) };
    for (let i = 0; i < half; i++) {
      last.cos[i] = Math.cos((2 * Math.PI * i) / n);
      last.sin[i] = Math.sin((2 * Math.PI * i) / n);
    }
  }
  return last;
}
