/** What a column holds: the tabs over the table of rows. */
export const seeing = {
  seeing: {
    tabs: { series: 'Series', histogram: 'Histogram', correlation: 'Autocorrelation', season: 'Seasonality', summary: 'Summary' },
    columns: 'Columns in the chart', columnCount: '{n} columns',
    stat: { count: 'Count', missing: 'Missing', distinct: 'Distinct', min: 'Min', q1: 'Lower quartile', median: 'Median', mean: 'Mean', q3: 'Upper quartile', max: 'Max', sd: 'Deviation', first: 'First', last: 'Last', zeros: 'Zeros' },
    statHelp: {
      count: 'Cells that hold a value', missing: 'Cells that hold none', distinct: 'Values that differ', min: 'Smallest value', q1: 'A quarter of the values lies below', median: 'Half of the values lies below', mean: 'Sum divided by count',
      q3: 'Three quarters of the values lie below', max: 'Largest value', sd: 'Standard deviation of the sample', first: 'Value of the first row that has one', last: 'Value of the last row that has one', zeros: 'Share of values that are exactly 0',
    },
    histogram: { title: 'Distribution of {name}', count: 'Rows', values: '{n} row | {n} rows' },
    correlation: {
      lag: 'Lag (rows)', auto: 'Autocorrelation', partial: 'Partial autocorrelation', autoTitle: 'Autocorrelation of {name}', partialTitle: 'Partial autocorrelation',
      beyond: 'beyond what noise does (±{band})', within: 'within what noise does (±{band})', none: 'A column that does not vary, or has too few rows, has no autocorrelation.',
    },
    season: {
      rows: '{n} row | {n} rows', ofCycle: '{length} ({cycle})', explains: 'explains {percent} of the variance', help: 'Share of the variance around the moving mean of one period', list: 'Seasons of {name}',
      noneFound: '{name} has no season that stands out of the noise.', tooFew: 'There are too few rows to tell a season from noise.', none: 'Without a season there is no mean course.',
      spectrum: 'Spectrum of {name}', power: 'Power', limit: 'Limit of noise', period: 'Period (rows)', profile: 'Mean course of {period}', profileNone: 'Mean course of a season', place: 'Row of the season', deviation: 'Deviation from the level',
    },
    cycle: { year: 'a year', quarter: 'a quarter', month: 'a month', week: 'a week', day: 'a day', hour: 'an hour', minute: 'a minute' },
    suggestion: {
      season: 'One season of {period} fits into a sequence of {n}.', partial: 'Lag {lag} is the last that tells something beyond the lags before it.', none: 'No lag tells anything: the series is like noise, and no sequence length is better than another.',
      use: 'Use {n} as sequence length', used: 'Sequence length is {n}',
    },
    summary: { title: 'Every column in numbers', column: 'Column' },
  },
};
