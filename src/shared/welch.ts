/** Mean, sample standard deviation and count of some numbers. */
export interface Spread { mean: number; deviation: number; count: number; min: number; max: number }

export function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)), count, min: Math.min(...values), max: Math.max(...values) };
}

/**
 * The 95 % confidence interval of the difference of two means, b less a (Welch 1947: unequal variances, degrees of freedom of
 * Welch and Satterthwaite). An interval that holds 0 means that the seeds alone could make such a difference.
 * @returns null when a group has fewer than two values
 */
export function welchInterval(a: readonly number[], b: readonly number[]): { difference: number; low: number; high: number; withinNoise: boolean } | null {
  if (a.length < 2 || b.length < 2) return null;
  const [x, y] = [spreadOf(a), spreadOf(b)];
  const [va, vb] = [x.deviation ** 2 / x.count, y.deviation ** 2 / y.count];
  const difference = y.mean - x.mean;
  if (va + vb === 0) return { difference, low: difference, high: difference, withinNoise: difference === 0 };
  const freedom = (va + vb) ** 2 / (va ** 2 / (x.count - 1) + vb ** 2 / (y.count - 1));
  const half = studentQuantile(0.975, freedom) * Math.sqrt(va + vb);
  return { difference, low: difference - half, high: difference + half, withinNoise: Math.abs(difference) <= half };
}

/** The quantile of Student's t for p above one half, by bisection of its distribution. */
export function studentQuantile(p: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (studentBelow(high, freedom) < p) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (studentBelow(middle, freedom) < p) low = middle; else high = middle;
  }
  return (low + high) / 2;
}

/** P(T <= t) for t >= 0: 1 - I_x(freedom / 2, 1 / 2) / 2 with x = freedom / (freedom + t^2) (Abramowitz and Stegun 26.7.1). */
function studentBelow(t: number, freedom: number): number {
  return 1 - incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
}

/** The regularized incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22, evaluated by Lentz's method). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 300; m++) {
    for (const term of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      result *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * result;
}

/** ln Gamma(x) for x > 0: Stirling's series (DLMF 5.11.1) after raising x to at least 10. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z += 1) shift += Math.log(z);
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5) - shift;
}
