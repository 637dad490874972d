import { probabilitiesOf } from '../../engine/index.ts';
import type { Alphabet } from './alphabet.ts';
import type { Reader } from './reader.ts';

/** What the network makes of one text, step by step. */
export interface Look {
  /** h after each of the last characters, [steps][H of all layers side by side]. */
  hidden: Float32Array[];
  /** The characters of these steps. */
  characters: string[];
  /** The next character: the most likely first, at most `candidates`; null before any character was read. */
  next: { token: number; character: string; probability: number }[] | null;
  /** Probability of all that is not listed. */
  rest: number;
}

/** Reads a text and looks at its last `steps` characters and at what comes next. */
export async function lookAt(reader: Reader, { characters }: Alphabet, tokens: readonly number[], { steps, candidates, temperature }: { steps: number; candidates: number; temperature: number }): Promise<Look> {
  reader.reset();
  const first = Math.max(0, tokens.length - steps);
  const look: Look = { hidden: [], characters: tokens.slice(first).map((token) => characters[token]!), next: null, rest: 0 };
  for (const [i, token] of tokens.entries()) {
    const logits = await reader.take(token);
    if (i >= first) look.hidden.push(sideBySide(await reader.hidden()));
    if (i < tokens.length - 1) continue;
    const probabilities = probabilitiesOf(logits, temperature);
    const order = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]! || a - b).slice(0, candidates);
    look.next = order.map((t) => ({ token: t, character: characters[t]!, probability: probabilities[t]! }));
    look.rest = Math.max(0, 1 - look.next.reduce((sum, { probability }) => sum + probability, 0));
  }
  return look;
}

function sideBySide(states: Float32Array[]): Float32Array {
  const all = new Float32Array(states.reduce((sum, h) => sum + h.length, 0));
  let at = 0;
  for (const h of states) {
    all.set(h, at);
    at += h.length;
  }
  return all;
}
