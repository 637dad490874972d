/** Roles beyond one target, and how data is made ready for the network. */
export const preparing = {
  prep: {
    title: 'Split and scaling', rows: '{n} row | {n} rows', and: '; ', more: '; {n} more',
    handle: { validation: 'Where the validation part begins', test: 'Where the test part begins' },
    unscaled: 'Values go in as they are.', fitted: '{column}: (value − {offset}) / {scale}',
    scaled: {
      standard: 'Mean 0, deviation 1, fitted on the training part alone.', minmax: 'From 0 to 1, fitted on the training part alone.', robust: 'Median 0, quartiles 1 apart, fitted on the training part alone.',
    },
    window: 'One window', noWindow: 'There is no window with these settings.', which: 'Which window', before: 'The window before', after: 'The next window', at: 'from row {n} of 0 to {last}', across: 'across parts', target: 'Target that is drawn',
    drawn: '{target}: {steps} values go in, {horizon} come out', goesIn: 'In: {steps} rows of {features} values (before scaling).', comesOut: 'Out: the next {horizon} of {targets}.', comesOutEvery: 'Out: at each step the next {horizon} of {targets}; the last step’s are marked.',
    omitted: 'The first {n} row is not listed. | The first {n} rows are not listed.', values: 'Values of the window',
    encoding: 'How {column} goes in', encodings: { number: 'as numbers', boolean: 'yes = 1, no = 0', onehot: 'one-hot', code: 'as a code' }, categories: '{n} categories: {list}', is: '1: {yes} · 0: {no}',
    known: 'Known in the future', knownHelp: 'A promotion or a holiday, say: each row then carries the values at the steps that are predicted from it.',
    further: 'Predicted together with {targets}.', calendar: 'Calendar inputs', calendarHelp: 'Made from the time, each as sine and cosine, so that the end of a cycle is next to its beginning.', calendarProposed: 'These suit the step of the data: {list}', useProposed: 'Use these',
    calendars: { minute: 'Minute', hour: 'Hour', weekday: 'Weekday', dayOfMonth: 'Day of the month', dayOfYear: 'Day of the year', month: 'Month', quarter: 'Quarter' },
    changedInputs: 'Inputs changed', together: 'All targets together, in scaled units', scaledUnits: 'scaled', chooseTarget: 'Target',
    needed: 'The forecast needs the values that are known in the future.', knownNext: 'The next {n} values of {column}', knownNextHelp: 'With commas between them', knownCategories: 'One of: {list}', forecastNow: 'Forecast',
  },
};
