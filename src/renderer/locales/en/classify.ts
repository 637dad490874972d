/** Classification of labelled sequences. */
export const classify = {
  classify: {
    title: 'Labelled sequences', found: '{sequence} → {label}: {examples} sequences of {shortest} to {longest} steps, {classes} classes.', learn: 'Learn the classes', forecast: 'Forecast a series instead', possible: 'Learn classes instead', only: 'No column can be forecast as a series. The table fits classification: which label goes with which sequence.', setUp: 'Set up learning the classes',
    columns: 'Columns', none: 'Choose columns and start: loss and accuracy appear here.', accuracy: 'Accuracy', trainLoss: 'Training loss', validationLoss: 'Validation loss',
    metrics: 'Scores', part: 'Part', loss: 'Loss', baseline: 'Always the most frequent', baselineHelp: 'Accuracy of always guessing the class that is most frequent in the training part.', precision: 'Precision', precisionHelp: 'Of what was taken for this class, the share that is.', recall: 'Recall', recallHelp: 'Of this class, the share that was recognised.', f1: 'F1', f1Help: 'Harmonic mean of precision and recall.', examples: 'Sequences', macro: 'mean of the classes',
    best: 'Best epoch ({n})', last: 'Last epoch ({n})', which: 'Weights of', confusion: 'Confusion matrix', confusionHelp: 'Each row is a true class, each column what it was taken for; the shade is the share of the row.', truth: 'true ↓, taken for →', perClass: 'Classes', className: 'Class',
    cell: '{truth} taken for {predicted}: {count} ({share})', mistakes: 'Mistakes', mistakesHelp: 'Of the part “{part}”, the surest first.', noMistakes: 'No sequence of this part was taken for another class.', line: 'Line', sequence: 'Sequence', is: 'is', taken: 'taken for', sure: 'sure',
    tryTitle: 'Try it', tryHelp: 'Type a sequence and see what it is taken for.', tryText: 'A text', tryNumbers: 'Numbers, with blanks or commas between', go: 'Classify', read: 'The last {read} of {steps} steps are read.', unknown: 'Never seen while it learnt: {characters}', later: 'Scores appear here when the run is done.',
    verdict: {
      better: '{split} {accuracy} of the sequences are recognised, against {baseline} by always guessing the most frequent class.', worse: '{split} {accuracy} of the sequences are recognised: always guessing the most frequent class reaches {baseline}.', equal: '{split} {accuracy} of the sequences are recognised, as many as by always guessing the most frequent class.', seen: ' It has learnt from these very sequences.',
      short: '{accuracy} right',
    },
  },
};
