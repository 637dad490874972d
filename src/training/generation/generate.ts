import { Rng, sampleToken, type SamplingRule } from '../../engine/index.ts';
import type { CancelSignal } from '../../engine/backend.ts';
import type { Alphabet } from './alphabet.ts';
import type { Reader } from './reader.ts';

export interface GenerateOptions extends SamplingRule {
  /** Characters to make, by code point. */
  length: number;
  seed: number;
  /** Ends before this text comes; '': only by length. */
  stop: string;
}

export interface Generated {
  /** What was made, without the prompt and without the stop string. */
  text: string;
  ended: 'length' | 'stop' | 'cancelled';
  /** Characters drawn, those of the stop string too. */
  drawn: number;
}

export interface GenerateHost {
  signal: CancelSignal;
  /** Called with what came since the last call; a promise lets the host's events in. */
  onText?(piece: string): Promise<void> | void;
}

/** Characters between two calls of the host: 64 take 3 ms at 20,000 a second. */
const PIECE = 64;

/**
 * Continues a prompt. After an empty one the network says nothing yet:
 * the first character is drawn evenly with the seed (the first of the alphabet when greedy).
 */
export async function generate(reader: Reader, alphabet: Alphabet, prompt: readonly number[], options: GenerateOptions, host: GenerateHost): Promise<Generated> {
  const { characters, unknown } = alphabet;
  const rng = new Rng(options.seed);
  reader.reset();
  let text = '';
  let sent = 0;
  let drawn = 0;
  let logits: Float32Array | null = null;
  for (const token of prompt) {
    const given = reader.take(token);
    logits = given instanceof Promise ? await given : given;
  }
  while (drawn < options.length) {
    if (drawn % PIECE === 0) {
      if (host.signal.aborted) return { text, ended: 'cancelled', drawn };
      if (text.length > sent) {
        await host.onText?.(text.slice(sent));
        sent = text.length;
      }
    }
    // The unknown symbol is no character: it is read, never written.
    if (logits !== null && unknown !== null && characters.length > 1) logits[unknown] = -Infinity;
    const token = logits === null ? firstToken(alphabet, options, rng) : sampleToken(logits, options, rng);
    text += characters[token]!;
    drawn += 1;
    if (options.stop !== '' && text.endsWith(options.stop)) return { text: text.slice(0, -options.stop.length), ended: 'stop', drawn };
    if (drawn === options.length) break;
    const given = reader.take(token);
    logits = given instanceof Promise ? await given : given;
  }
  if (text.length > sent) await host.onText?.(text.slice(sent));
  return { text, ended: 'length', drawn };
}

function firstToken({ characters, unknown }: Alphabet, { temperature }: SamplingRule, rng: Rng): number {
  const known = [...characters.keys()].filter((token) => token !== unknown);
  return known[temperature === 0 ? 0 : rng.below(known.length)]!;
}
