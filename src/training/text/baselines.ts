import type { Plan, StartRange } from '../../shared/plan.ts';
import type { TextBaselines, TokenText } from '../../shared/text.ts';

/** What counting alone makes of a character, in bits. */
export interface Baselines { unigram(token: number): number; bigram(before: number, token: number): number }

/** Counted in the training part, with one added to every count (Laplace), so that nothing is impossible. */
export function countedBaselines({ ids, characters }: TokenText, plan: Plan): Baselines {
  const V = characters.length;
  const end = plan.split.trainEnd;
  const single = new Float64Array(V);
  const pairs = new Map<number, number>();
  const firsts = new Float64Array(V);
  for (let i = 0; i < end; i++) {
    single[ids[i]!]! += 1;
    if (i === 0) continue;
    const key = ids[i - 1]! * V + ids[i]!;
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
    firsts[ids[i - 1]!]! += 1;
  }
  return {
    unigram: (token) => -Math.log2((single[token]! + 1) / (end + V)),
    bigram: (before, token) => -Math.log2(((pairs.get(before * V + token) ?? 0) + 1) / (firsts[before]! + V)),
  };
}

/** Characters that the baselines of the watched part are taken over at most. */
const MOST = 200_000;

/** What the baselines reach on the validation part, or on the training part where there is none: the lines under the curves of the training. */
export function watchedBaselines(text: TokenText, plan: Plan, starts: { train: StartRange; validation: StartRange }, sequenceLength: number): { part: TextBaselines['part']; baselines: Baselines; summary: TextBaselines } {
  const part = starts.validation.count > 0 ? 'validation' : 'train';
  const baselines = countedBaselines(text, plan);
  const from = part === 'validation' ? plan.split.trainEnd : Math.min(sequenceLength, plan.split.trainEnd - 1);
  const to = part === 'validation' ? plan.split.validationEnd : plan.split.trainEnd;
  const step = Math.max(1, Math.ceil((to - from) / MOST));
  let [unigramBits, bigramBits, count] = [0, 0, 0];
  for (let row = Math.max(1, from); row < to; row += step) {
    unigramBits += baselines.unigram(text.ids[row]!);
    bigramBits += baselines.bigram(text.ids[row - 1]!, text.ids[row]!);
    count += 1;
  }
  return { part, baselines, summary: { part, unigramBits: unigramBits / count, bigramBits: bigramBits / count } };
}
