import { inputError } from '../../shared/errors.ts';

/** The characters that a model knows, by token; `unknown` is the token that stands for every other, null without one. */
export interface Alphabet { characters: readonly string[]; unknown: number | null }

/** What to do with characters that a model does not know: say so, leave them out, or take what is nearest. */
export const unknownPolicies = ['refuse', 'drop', 'map'] as const;
export type UnknownPolicy = (typeof unknownPolicies)[number];

const codeOf = (character: string): string => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
/** Quotes, dashes and blanks that stand for a plain one. */
const plainForms: Record<string, string> = { '‘': "'", '’': "'", '“': '"', '”': '"', '–': '-', '—': '-', '…': '.', '\t': ' ', '\u00a0': ' ', '\r': '\n', '\u3000': ' ' };

/** A character that the model knows and that a reader takes for this one: its plain form, its letter without accent, its other case. */
export function nearest(character: string, known: ReadonlyMap<string, number>): number | null {
  const forms = [character, plainForms[character] ?? character, character.normalize('NFC'), [...character.normalize('NFKD')][0] ?? character];
  for (const form of forms) for (const candidate of [form, form.toLowerCase(), form.toUpperCase()]) {
    const token = known.get(candidate);
    if (token !== undefined) return token;
  }
  return null;
}

/**
 * A prompt as tokens, one a code point.
 * @returns `unknown`: characters that the model does not know, each once; `lost`: those that 'map' found nothing near for and left out
 * @throws inputError 'generate.unknown-character' with 'refuse', which names them
 */
export function encodePrompt(prompt: string, { characters, unknown }: Alphabet, policy: UnknownPolicy): { tokens: number[]; unknown: string[]; lost: string[] } {
  const known = new Map(characters.flatMap((character, token) => (token === unknown ? [] : [[character, token] as const])));
  const strange = new Set<string>();
  const lost = new Set<string>();
  const tokens: number[] = [];
  for (const character of prompt) {
    const token = known.get(character);
    if (token !== undefined) {
      tokens.push(token);
      continue;
    }
    strange.add(character);
    const instead = policy === 'map' ? nearest(character, known) ?? unknown : null;
    if (instead === null) lost.add(character);
    else tokens.push(instead);
  }
  if (policy === 'refuse' && strange.size > 0) throw unknownCharacters([...strange]);
  return { tokens, unknown: [...strange], lost: [...lost] };
}

function unknownCharacters(strange: string[]): Error {
  const named = strange.slice(0, 5).map((character) => `${JSON.stringify(character)} (${codeOf(character)})`).join(', ') + (strange.length > 5 ? ` and ${strange.length - 5} more` : '');
  return inputError('generate.unknown-character', `The prompt has ${strange.length === 1 ? 'a character' : 'characters'} that the model has not learnt: ${named}.`, {
    field: 'prompt', hint: 'Leave them out (drop) or take the nearest known ones (map).', details: { characters: named, count: strange.length },
  });
}
