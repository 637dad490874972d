import type { LossSpec, ModelSpec, SequenceData } from '../../backend.ts';
import { crossEntropyLoss, regressionLoss, type RowLoss } from '../../loss.ts';

/**
 * The input of the window that starts at `start`, [time][F]; a token as its row of the embedding, or as its one-hot vector.
 * @param embedding [vocabulary, F]; left out: the model has none
 */
export function inputOf(data: SequenceData, start: number, embedding?: Float64Array): Float64Array[] {
  const { input, sequenceLength } = data;
  return Array.from({ length: sequenceLength }, (_, t) => {
    const row = start + t;
    if (input.kind === 'dense') return Float64Array.from(input.values.subarray(row * input.features, (row + 1) * input.features));
    if (embedding !== undefined) return embedding.slice(...rowOf(embedding, input.vocabulary, input.ids[row]!));
    const oneHot = new Float64Array(input.vocabulary);
    oneHot[input.ids[row]!] = 1;
    return oneHot;
  });
}

/** First number of a token's row of the embedding, and the one after its last. */
function rowOf(embedding: Float64Array, vocabulary: number, token: number): [number, number] {
  const width = embedding.length / vocabulary;
  return [token * width, (token + 1) * width];
}

/** Adds d loss / d x [time][F] of the window that starts at `start` to the gradient of the embedding, in the rows of its tokens. */
export function addEmbeddingGradient(data: SequenceData, start: number, dx: Float64Array[], gradient: Float64Array): void {
  const { ids, vocabulary } = data.input as Extract<SequenceData['input'], { kind: 'tokens' }>;
  dx.forEach((d, t) => {
    const [from] = rowOf(gradient, vocabulary, ids[start + t]!);
    d.forEach((value, k) => { gradient[from + k]! += value; });
  });
}

/** d y / d x_t as the derivative by the token's one-hot vector, [vocabulary]: embedding d y / d (its row). */
export function throughEmbedding(embedding: Float64Array, dx: Float64Array): Float64Array {
  return Float64Array.from({ length: embedding.length / dx.length }, (_, v) => dx.reduce((sum, d, k) => sum + d * embedding[v * dx.length + k]!, 0));
}

/** Loss and derivative of the head's outputs [steps of the head][O] of one window, each summed over its row. */
export function rowLosses(model: ModelSpec, loss: LossSpec, data: SequenceData, start: number, outputs: Float64Array[]): RowLoss[] {
  const first = model.headSteps === 'last' ? data.sequenceLength - 1 : 0;
  return outputs.map((output, k) => {
    const row = start + first + k + 1; // the row after the step
    if (loss.kind === 'crossEntropy') return crossEntropyLoss(output, (data.targets as { ids: Int32Array }).ids[row]!);
    const { values, width } = data.targets as { values: Float32Array; width: number };
    return regressionLoss(loss, output, values.subarray(row * width, (row + data.horizon) * width));
  });
}
