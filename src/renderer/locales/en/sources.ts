/** Words of files and saved datasets. */
export const sources = {
  sources: {
    above: 'Above the header', lines: '{n} line left out | {n} lines left out', format: 'Format', formats: { text: 'Text', parquet: 'Parquet', json: 'JSON', excel: 'Excel' },
    paste: 'Paste a table or a text', pasted: 'Pasted {time}', opened: '{n} file was opened. {name} is shown. | {n} files were opened. {name} is shown.',
    all: 'Saved datasets', title: 'Saved datasets', count: '{n} dataset | {n} datasets',
    tooLarge: '{name} is too large to be read whole', which: 'Rows to open', every: 'Every n-th row', everyHelp: 'Spread over the whole file: each row then stands for n.', first: 'The first rows', firstHelp: 'From the beginning of the file on, without gaps.',
    everyN: 'One row in', firstN: 'Number of rows', wholeNumber: 'A whole number from {min} to {max}.', openRows: 'Open these rows', notNow: 'Cancel',
    sampledEvery: 'every {n}th row', sampledFirst: 'the first {n} rows', sampled: 'Rows read',
    columns: { name: 'Name', source: 'Source', rows: 'Rows', size: 'Size', hash: 'SHA-256', runs: 'Runs', opened: 'Opened' },
    emptyTitle: 'No datasets yet', emptyText: 'Every file that you open is kept here, with its runs.', noRuns: 'none', runsOf: '{n} run | {n} runs', moreRuns: 'and {n} more',
    shipped: 'Sample', pastedSource: 'Pasted', filter: 'Filter by name or source', noMatch: 'No dataset matches “{text}”.',
    state: {
      same: 'unchanged', changed: 'The file has changed since it was read.', missing: 'The file was moved or deleted.', unreadable: 'The file can no longer be read.',
    },
    keeps: 'The dataset here stays as it was.', cancelReading: 'Cancel', readAgain: 'Read again', find: 'Find it', open: 'Open {name}', rename: 'Rename {name}', renamed: 'Name {name}', copyHash: 'Copy the whole hash', copied: 'Copied', check: 'Check the files again',
    name: 'Name of the dataset', actions: 'Actions for {name}',
  },
};
