import type { ModelSpec } from '../../engine/backend.ts';
import { probabilitiesOf, ruledProbabilities } from '../../engine/index.ts';
import type { Parameters } from '../../engine/parameters.ts';
import type { Looked, LookRequest, WriteRequest, Written } from '../../shared/playground.ts';
import type { CharSpec } from '../../shared/spec.ts';
import type { Engines } from '../choose.ts';
import { tokenInput } from '../text/prepare.ts';
import { encodePrompt, type Alphabet } from './alphabet.ts';
import { generate, type GenerateHost } from './generate.ts';
import { readerOf, type Reader } from './reader.ts';

/** A trained network that writes, with what is needed to read a person's text. */
export interface Writer { reader: Reader; alphabet: Alphabet; spec: CharSpec; epoch: number }

/** What a checkpoint of a run on a text is: its model, without the weights. */
export function textModel(spec: CharSpec, vocabulary: number): ModelSpec {
  const { cell, hiddenSize, layers, bidirectional } = spec.model;
  return { cell, hiddenSize, layers, bidirectional, dropout: 0, outputSize: vocabulary, headSteps: spec.window.targets, ...tokenInput(vocabulary, spec.text.embedding) };
}

export async function openWriter(engines: Engines, spec: CharSpec, alphabet: Alphabet, parameters: Parameters, epoch: number): Promise<Writer> {
  const reader = await readerOf(textModel(spec, alphabet.characters.length), parameters, spec.window.sequenceLength, engines.wasm ?? engines.reference);
  return { reader, alphabet, spec, epoch };
}

/** A person's text as tokens, and as it is read. @throws inputError 'generate.unknown-character' */
function read({ alphabet, spec }: Writer, text: string, policy: WriteRequest['strange']): { tokens: number[]; text: string } {
  const { normalization } = spec.text;
  const { tokens } = encodePrompt(normalization === 'none' ? text : text.normalize(normalization), alphabet, policy);
  return { tokens, text: tokens.map((token) => alphabet.characters[token]!).join('') };
}

/** Writes on after a prompt. @param host hears the pieces, and breaks it off */
export async function writeOn(writer: Writer, { prompt, strange, length, rule, seed, stop }: WriteRequest, host: GenerateHost & { now(): number }): Promise<Written> {
  const start = read(writer, prompt, strange);
  const began = host.now();
  const { text, ended, drawn } = await generate(writer.reader, writer.alphabet, start.tokens, { ...rule, length, seed, stop }, host);
  return { read: start.text, text, ended, drawn, seconds: (host.now() - began) / 1000, epoch: writer.epoch };
}

/** Reads a text and looks at the states after its last characters and at what comes next, as the network and as the rule has it. */
export async function lookAhead(writer: Writer, { text, strange, rule, steps, candidates }: LookRequest): Promise<Looked> {
  const { reader, alphabet: { characters, unknown }, epoch } = writer;
  const { tokens, text: asRead } = read(writer, text, strange);
  reader.reset();
  const first = Math.max(0, tokens.length - steps);
  const states: Float32Array[] = [];
  let logits: Float32Array | null = null;
  for (const [i, token] of tokens.entries()) {
    logits = await reader.take(token);
    if (i >= first) states.push(...await reader.hidden());
  }
  const shown = tokens.length - first;
  const width = shown === 0 ? 0 : states.reduce((sum, h) => sum + h.length, 0) / shown;
  const hidden = new Float32Array(shown * width);
  let at = 0;
  for (const h of states) {
    hidden.set(h, at);
    at += h.length;
  }
  const base = { read: asRead, characters: tokens.slice(first).map((token) => characters[token]!), hidden, width, epoch };
  if (logits === null) return { ...base, next: null, rest: 0 };
  const own = probabilitiesOf(logits);
  // The unknown symbol is read, never written.
  const ruled = logits.slice();
  if (unknown !== null && characters.length > 1) ruled[unknown] = -Infinity;
  const drawn = ruledProbabilities(ruled, rule);
  const order = [...own.keys()].sort((a, b) => own[b]! - own[a]! || a - b).slice(0, candidates);
  const next = order.map((token) => ({ character: characters[token]!, probability: own[token]!, drawn: drawn[token]!, unknown: token === unknown }));
  return { ...base, next, rest: Math.max(0, 1 - next.reduce((sum, { probability }) => sum + probability, 0)) };
}
