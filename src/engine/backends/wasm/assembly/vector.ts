// Vectors of four float32, and the few functions that the cells need of them.

/** a * b + c; one rounding where the runtime has relaxed SIMD and the machine a fused multiply-add. */
@inline export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(f32x4.mul(a, b), c);
}
@inline export function splat(x: f32): v128 { return f32x4.splat(x); }
@inline export function mul(a: v128, b: v128): v128 { return f32x4.mul(a, b); }
@inline export function add(a: v128, b: v128): v128 { return f32x4.add(a, b); }
@inline export function sub(a: v128, b: v128): v128 { return f32x4.sub(a, b); }
/** Address of the i-th float32 from p. */
@inline export function at(p: usize, i: i32): usize { return p + (<usize>i << 2); }
@inline export function get(p: usize, i: i32): v128 { return v128.load(at(p, i)); }
@inline export function put(p: usize, i: i32, v: v128): void { v128.store(at(p, i), v); }
@inline export function smaller(a: i32, b: i32): i32 { return a < b ? a : b; }

@inline export function lanesSum(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/**
 * tanh as a rational function of degrees 13 and 6, exact to about 3 units in the last place (coefficients of Eigen's
 * ptanh, MPL2; beyond 7.9 float32 rounds to 1). NaN stays NaN.
 */
@inline export function tanh4(x0: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(x0, splat(-7.90531110763549805)), splat(7.90531110763549805));
  const x2 = mul(x, x);
  let p = madd(x2, splat(-2.76076847742355e-16), splat(2.00018790482477e-13));
  p = madd(x2, p, splat(-8.60467152213735e-11));
  p = madd(x2, p, splat(5.12229709037114e-08));
  p = madd(x2, p, splat(1.48572235717979e-05));
  p = madd(x2, p, splat(6.37261928875436e-04));
  p = madd(x2, p, splat(4.89352455891786e-03));
  p = mul(p, x);
  let q = madd(x2, splat(1.19825839466702e-06), splat(1.18534705686654e-04));
  q = madd(x2, q, splat(2.26843463243900e-03));
  q = madd(x2, q, splat(4.89352518554385e-03));
  return f32x4.div(p, q);
}

/** 1 / (1 + e^-x) = tanh(x / 2) / 2 + 1 / 2 */
@inline export function sigmoid4(x: v128): v128 {
  return madd(tanh4(mul(x, splat(0.5))), splat(0.5), splat(0.5));
}

/** e^x for x from -87 to 88: 2^n times a polynomial of degree 6 on the rest (coefficients of Cephes expf, public domain). */
@inline export function exp4(x0: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(x0, splat(-87)), splat(88));
  const shifted = f32x4.add(mul(x, splat(1.44269504)), splat(12582912)); // adding 1.5 * 2^23 rounds to a whole number
  const n = sub(shifted, splat(12582912));
  let r = madd(n, splat(-0.693359375), x);
  r = madd(n, splat(2.12194440e-4), r);
  let p = madd(r, splat(1.9875691500e-4), splat(1.3981999507e-3));
  p = madd(p, r, splat(8.3334519073e-3));
  p = madd(p, r, splat(4.1665795894e-2));
  p = madd(p, r, splat(1.6666665459e-1));
  p = madd(p, r, splat(5.0000001201e-1));
  p = add(madd(p, mul(r, r), r), splat(1));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}
