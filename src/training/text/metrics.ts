import type { Backend } from '../../engine/backend.ts';
import { likeliest } from '../../engine/index.ts';
import type { StartRange } from '../../shared/plan.ts';
import type { CharacterMetrics } from '../../shared/text.ts';
import type { Baselines } from './baselines.ts';
import type { PreparedText } from './prepare.ts';

/** Characters that are judged of a part at most, evenly spread: a book has millions. */
const MOST = 200_000;
/** Numbers of the head at once. */
const CHUNK = 2_000_000;

/**
 * How well one part's characters are told, beside the baselines on the very same characters.
 * With targets at every step windows that do not overlap are taken, so that each character counts once.
 * @param most characters that are judged at most
 * @returns null for a part without windows, or when `pause` says that it was cancelled
 */
export async function characterMetrics(backend: Backend, prepared: PreparedText, baselines: Baselines, range: StartRange, pause: () => Promise<boolean>, most = MOST): Promise<CharacterMetrics | null> {
  if (range.count === 0) return null;
  const { text: { ids, characters }, data: { sequenceLength: T }, model } = prepared;
  const V = characters.length;
  const every = model.headSteps === 'every';
  const per = every ? T : 1;
  const step = Math.max(every ? Math.max(1, Math.ceil(T / range.step)) : 1, Math.ceil((range.count * per) / most));
  const starts = Int32Array.from({ length: Math.ceil(range.count / step) }, (_, i) => range.first + i * step * range.step);
  const sums = { loss: 0, right: 0, unigram: 0, bigram: 0 };
  const chunk = Math.max(1, Math.floor(CHUNK / (per * V)));
  for (let from = 0; from < starts.length; from += chunk) {
    const part = starts.subarray(from, from + chunk);
    const outputs = await backend.predict(part);
    for (let w = 0; w < part.length; w++) for (let t = 0; t < per; t++) {
      const row = part[w]! + (every ? t + 1 : T);
      const logits = outputs.subarray((w * per + t) * V, (w * per + t + 1) * V);
      let max = -Infinity;
      for (const y of logits) max = Math.max(max, y);
      let total = 0;
      for (const y of logits) total += Math.exp(y - max);
      sums.loss += Math.log(total) + max - logits[ids[row]!]!;
      sums.right += likeliest(logits) === ids[row] ? 1 : 0;
      sums.unigram += baselines.unigram(ids[row]!);
      sums.bigram += baselines.bigram(ids[row - 1]!, ids[row]!);
    }
    if (await pause()) return null;
  }
  const count = starts.length * per;
  const loss = sums.loss / count;
  return { loss, perplexity: Math.exp(loss), bitsPerCharacter: loss / Math.LN2, accuracy: sums.right / count, unigramBits: sums.unigram / count, bigramBits: sums.bigram / count, count };
}
