/** Words of the table of runs, of their marks, and of comparisons. */
export const manage = {
  manage: {
    filter: 'Filter: words, or cell:lstm hidden > 32 tag:good rmse < 0.2 star:yes', suggestions: 'Completions', dropTerm: 'Take {term} out of the filter', clear: 'Clear the filter',
    columns: 'Columns', best: 'Best epoch', last: 'Last epoch', epochHelp: 'Whose metrics are shown: those of the epoch with the lowest validation loss, or of the last one.', archived: 'Show archived', trash: 'Trash', leaveTrash: 'Back to the runs', emptyTrash: 'Empty the trash', trashEmpty: 'The trash is empty.',
    askEmpty: 'Delete {n} run for good? | Delete {n} runs for good?', askEmptyText: 'Their settings, losses, predictions and weights cannot be brought back.', cancel: 'Cancel', erase: 'Delete for good',
    tag: 'Tag', newTag: 'Add a tag', dropTag: 'Take the tag {tag} away', addTag: 'A tag to add, or -tag to take away', badTag: 'A tag is one word of letters, digits and . _ / + - with at most {limit} characters.', archive: 'Archive', unarchive: 'Out of the archive', restore: 'Restore', star: 'Star {name}', unstar: 'Take the star off {name}', csv: 'Save the rows as CSV', json: 'Save the rows as JSON', export: 'Export',
    did: { tag: '{n} run tagged | {n} runs tagged', archived: '{n} run archived | {n} runs archived', unarchived: '{n} run out of the archive | {n} runs out of the archive', restored: '{n} run restored | {n} runs restored', starred: 'Star changed', note: 'Note changed' },
    note: 'Note', noteEmpty: 'No note yet.', edit: 'Edit', keep: 'Keep', notePlaceholder: 'What was tried, what came of it. Markdown works.',
    fields: {
      name: 'Name', id: 'Id', status: 'Status', dataset: 'Data', device: 'Device', backend: 'Engine', date: 'Created', finished: 'Finished', seconds: 'Took', epochs: 'Epochs', 'best-epoch': 'Best epoch', gain: 'Better by', tag: 'Tags', star: 'Star', note: 'Note', archived: 'Archived', size: 'Size', group: 'Group', task: 'Task',
    },
    of: '{split} {metric}', persistence: 'Persistence {metric}', metricNames: { f1: 'F1', precision: 'precision', recall: 'recall', bitsPerCharacter: 'bits a character', unigramBits: 'bits by frequency', bigramBits: 'bits by the character before', mae: 'MAE', rmse: 'RMSE', r2: 'R²', count: 'values', accuracy: 'accuracy', perplexity: 'perplexity', loss: 'loss' },
  },
  comparing: {
    export: 'Export', exportPng: 'Everything as one picture (PNG)', exportSvg: 'Everything as one picture (SVG)', exportCsv: 'Every number as one table (CSV)', resultsBest: 'Results of the best epoch', resultsLast: 'Results of the last epoch', of: '{n} runs, {when}',
    curves: 'Curves', what: 'Curve', x: 'Axis', smooth: 'Smoothing', curve: { validation: 'Validation loss', train: 'Training loss', gradient: 'Gradient norm', rate: 'Learning rate' }, axis: { epoch: 'Epoch', step: 'Step', seconds: 'Seconds' }, smoothed: '{name} (smoothed)',
    predictions: 'Predictions on the same truth', otherTruth: 'Left out, for they predict another series: {names}.', noPredictions: 'None of the runs has predictions.', horizon: 'Error by step of the horizon', step: 'Step', worst: 'Windows that went worst', worstOf: 'First predicted row {row}: RMSE {rmse}', noHorizon: 'These runs were judged by an older version, or predict one step.',
    all: 'Show all settings', csv: 'Save the table as CSV', settings: 'Settings against a metric', metric: 'Metric', setting: 'Setting', scatter: 'Each run is a point', parallel: 'Each run is a line through its settings', noSettings: 'The settings of these runs are alike.',
    groups: 'Groups', groupBy: 'Grouped by', allButSeed: 'all settings but the seed', mean: 'Mean', deviation: 'Standard deviation', bestOf: 'Best', count: 'Runs', band: '{name}: mean, with the band from lowest to highest',
    noise: '{a} and {b}: the difference of {difference} is within the noise of the seeds (95 % interval by Welch: {low} to {high}).', real: '{a} and {b}: the difference of {difference} is larger than the noise of the seeds (95 % interval by Welch: {low} to {high}).', tooFew: 'A group of one run says nothing about the noise of the seeds. Train it again with other seeds.',
    save: 'Save the comparison', name: 'Name of the comparison', saved: 'Saved comparisons', saved1: 'Saved: {name}', remove: 'Remove {name}', removed: 'Comparison {name} was removed', none: 'None saved yet', missing: '{n} run of this comparison is no longer in the list. | {n} runs of this comparison are no longer in the list.',
  },
};
