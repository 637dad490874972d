/** Looking after what is stored. */
export const care = {
  care: {
    title: 'Storage', notify: 'Notify when a run ends', notifyHelp: 'By the system, while the window is not in front.',
    facts: { database: 'Database', checkpoints: 'Weights of runs', predictions: 'Predictions', contents: 'Copies of data files', free: 'Empty pages', tables: 'Tables of large files', backups: 'Backups', runs: 'Holds' },
    runsOf: '{n} run, {trash} in the trash; datasets: {data} | {n} runs, {trash} in the trash; datasets: {data}',
    keep: 'Kept of the weights of runs that are done', keepHelp: 'A run that can still go on keeps all it needs. Losses, metrics and predictions always stay.',
    policy: { all: 'everything', 'best-and-last': 'the best and the last', best: 'the best alone', none: 'nothing' },
    trim: 'Trim now ({size})', trimmed: 'Weights of {n} run removed: {size}. Compacting gives the space back to the disk. | Weights of {n} runs removed: {size}. Compacting gives the space back to the disk.',
    do: { backup: 'Back up', export: 'Export everything…', import: 'Import…', compact: 'Compact', check: 'Check' },
    help: {
      backup: 'A copy of the database in the folder “backups” beside it.', export: 'All runs, data, weights and comparisons as one file, for another machine or for keeping.', import: 'Adds the runs, data and comparisons of an exported file or a backup; what is here already stays as it is.',
      compact: 'Gives empty pages back to the disk. Not while a run trains.', check: 'Looks at every page of the database.',
    },
    doing: { backup: 'The database is copied…', export: 'Everything is written to one file…', import: 'The file is taken in…', compact: 'The database is compacted…', check: 'The database is checked…' },
    whole: 'The database is whole.', broken: 'The database is damaged: {problems}. Back it up, then start Unroll again: it keeps the damaged one and begins a new one.', backedUp: 'Backed up to {path} ({size}).', compacted: 'Compacted: {won} given back, {size} left.',
    exported: 'Exported to {path} ({size}): {n} run, datasets: {data}. | Exported to {path} ({size}): {n} runs, datasets: {data}.', imported: '{n} run came in, datasets: {data}, comparisons: {comparisons}; here already: {known}. | {n} runs came in, datasets: {data}, comparisons: {comparisons}; here already: {known}.',
  },
};
