import type { ModelSpec, SequenceData } from '../../engine/backend.ts';
import type { Plan, SplitName, StartRange } from '../../shared/plan.ts';
import type { CharSpec } from '../../shared/spec.ts';
import type { TokenText } from '../../shared/text.ts';
import { makeTextPlan, textStarts } from '../../shared/text-plan.ts';

export interface PreparedText { text: TokenText; model: ModelSpec; data: SequenceData; plan: Plan; starts: Record<SplitName, StartRange> }

/** How tokens go in: as rows of a learnt table of so many numbers each, or (null) as one-hot vectors. */
export function tokenInput(vocabulary: number, embedding: number | null): Pick<ModelSpec, 'inputSize' | 'vocabulary'> {
  return embedding === null ? { inputSize: vocabulary } : { inputSize: embedding, vocabulary };
}

/** @throws inputError for a text that is shorter than a window, or a training part without one */
export function prepareText(spec: CharSpec, text: TokenText): PreparedText {
  const V = text.characters.length;
  const { plan, problem } = makeTextPlan(text.ids.length, V, spec);
  if (problem !== null) throw problem;
  const { cell, hiddenSize, layers, bidirectional, dropout } = spec.model;
  const model: ModelSpec = { cell, hiddenSize, layers, bidirectional, dropout: layers > 1 ? dropout : 0, outputSize: V, headSteps: spec.window.targets, ...tokenInput(V, spec.text.embedding) };
  return {
    text, model, plan, starts: textStarts(plan.split, spec.window),
    data: { input: { kind: 'tokens', ids: text.ids, vocabulary: V }, targets: { kind: 'classes', ids: text.ids }, sequenceLength: spec.window.sequenceLength, horizon: 1 },
  };
}
