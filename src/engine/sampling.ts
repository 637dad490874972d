import type { Rng } from './rng.ts';

/** How the next token is drawn from what the head says. */
export interface SamplingRule {
  /** The logits are divided by it; 0: the most likely token always (greedy). */
  temperature: number;
  /** Only the k most likely tokens; null: all. */
  topK: number | null;
  /** Only the fewest most likely tokens whose probabilities add up to at least p; null: all. */
  topP: number | null;
}

/** softmax(logits / temperature), [O], in float64: adds up to 1. Temperature 0 shows the network's own (temperature 1). */
export function probabilitiesOf(logits: Float32Array, temperature = 1): Float64Array {
  const scale = temperature === 0 ? 1 : 1 / temperature;
  let max = -Infinity;
  for (const y of logits) max = Math.max(max, y);
  const result = new Float64Array(logits.length);
  let total = 0;
  for (let o = 0; o < logits.length; o++) {
    result[o] = Math.exp((logits[o]! - max) * scale);
    total += result[o]!;
  }
  for (let o = 0; o < result.length; o++) result[o]! /= total;
  return result;
}

/** The most likely token; the first of equals. */
export function likeliest(logits: ArrayLike<number>): number {
  let best = 0;
  for (let o = 1; o < logits.length; o++) if (logits[o]! > logits[best]!) best = o;
  return best;
}

/**
 * What is drawn from: temperature first, then the k most likely, then of these the fewest that reach p (nucleus sampling,
 * Holtzman et al. 2020), scaled to add up to 1 again; of equals the earlier token comes first.
 * @returns probabilities [O]
 */
export function ruledProbabilities(logits: Float32Array, { temperature, topK, topP }: SamplingRule): Float64Array {
  if (temperature === 0) {
    const certain = new Float64Array(logits.length);
    certain[likeliest(logits)] = 1;
    return certain;
  }
  const all = probabilitiesOf(logits, temperature);
  if (topK === null && topP === null) return all;
  // Sorted without a comparator, which is ten times as fast; equals are told apart below.
  const sorted = all.toSorted().reverse().subarray(0, topK ?? all.length);
  let within = 0;
  for (const p of sorted) within += p;
  let kept = 0;
  let sum = 0;
  while (kept < sorted.length && (topP === null || kept === 0 || sum < topP * within)) sum += sorted[kept++]!;
  const least = sorted[kept - 1]!;
  let equals = 0;
  while (equals < kept && sorted[kept - 1 - equals] === least) equals++;
  for (let token = 0; token < all.length; token++) {
    const p = all[token]!;
    all[token] = p > least || (p === least && equals-- > 0) ? p / sum : 0;
  }
  return all;
}

/** Draws the next token. Greedy takes nothing from the generator. */
export function sampleToken(logits: Float32Array, rule: SamplingRule, rng: Rng): number {
  if (rule.temperature === 0) return likeliest(logits);
  const probabilities = ruledProbabilities(logits, rule);
  let left = rng.uniform();
  let last = 0;
  for (let token = 0; token < probabilities.length; token++) {
    const p = probabilities[token]!;
    if (p === 0) continue;
    last = token;
    if (left < p) return token;
    left -= p;
  }
  // Rounding left a rest behind the last one.
  return last;
}
