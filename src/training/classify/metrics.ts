import type { ClassScore, PartScore } from '../../shared/classify.ts';

/**
 * Scores of a part from its confusion matrix [truth][predicted], as scikit-learn has them: the macro means are over the classes
 * that occur or are predicted, and what cannot be told counts 0 in them.
 * @param loss mean of the part @param frequent the class that is most frequent in the training part
 */
export function scoresOf(confusion: number[][], loss: number, frequent: number): PartScore {
  const support = confusion.map((row) => row.reduce((a, b) => a + b, 0));
  const predicted = confusion.map((_, c) => confusion.reduce((sum, row) => sum + row[c]!, 0));
  const count = support.reduce((a, b) => a + b, 0);
  const right = confusion.reduce((sum, row, c) => sum + row[c]!, 0);
  const classes = confusion.map((row, c): ClassScore => {
    const hits = row[c]!;
    const [all, named] = [support[c]!, predicted[c]!];
    return { support: all, precision: named === 0 ? null : hits / named, recall: all === 0 ? null : hits / all, f1: all + named === 0 ? null : (2 * hits) / (all + named) };
  });
  const seen = classes.filter((_, c) => support[c]! + predicted[c]! > 0);
  const mean = (of: 'precision' | 'recall' | 'f1') => seen.reduce((sum, score) => sum + (score[of] ?? 0), 0) / seen.length;
  return { loss, accuracy: right / count, baseline: support[frequent]! / count, precision: mean('precision'), recall: mean('recall'), f1: mean('f1'), count, confusion, classes };
}
