/** What stands on the places. */
export const places = {
  home: {
    dropTitle: 'Drop a file with a sequence or a text here', dropText: 'CSV, TSV, gzip, Parquet, JSON lines or Excel, one row per point in time; .txt and .md as texts; or paste cells or a text with Ctrl+V. Files stay where they are and are only read.', file: 'the file', reading: 'Reading {name}',
    samples: 'Samples', recentData: 'Recent data', recentRuns: 'Recent runs', allRuns: 'All runs', noData: 'Files that were opened are listed here. A sample is a quick start.',
    noRuns: 'Runs are listed here as soon as one was trained, each with its loss curve.', hasProblem: 'cannot be used yet', sparkline: 'Course of {name}', lossCurve: 'Loss of train and validation',
  },
  samples: {
    waveforms: { name: 'Waveforms', text: '480 short waves as numbers, made by a generator: tell sine, square, sawtooth and noise apart.' },
    gs10: { name: 'US Treasury, 10 years', text: 'Monthly yield since 1953, in percent: a slow series that is hard to beat with a naive forecast in hand.' },
    airline: { name: 'Airline passengers', text: 'Monthly totals 1949 to 1960, in thousands: a trend and a clear season.' },
    hello: { name: 'hello world', text: 'The lesson’s text: from two characters tell the next. After training, “he” goes on to “hello w”.' },
    moby: { name: 'Moby-Dick', text: 'Herman Melville’s novel of 1851, 1.2 million characters: a network learns to spell, then words, then its tone.' },
    melbourne: { name: 'Melbourne temperatures', text: 'Daily minimum 1981 to 1990, in °C: a season under much noise.' },
  },
  roles: { time: 'Time', target: 'Target', further: 'Further target', input: 'Input', ignored: 'Ignored' },
  columnTypes: { number: 'number', time: 'time', text: 'text', empty: 'empty' },
  dialect: { comma: 'comma', semicolon: 'semicolon', tab: 'tab', bar: 'vertical bar', point: 'point', headerYes: 'names in the first line', headerNo: 'none, columns are numbered' },
  data: {
    columns: 'Columns', filter: 'Filter the columns', noColumn: 'No column has “{text}” in its name.', content: 'Chart and table', facts: 'About the file', table: 'Rows of the file', line: 'Line', empty: 'empty', rowCount: '{n} row | {n} rows',
    emptyTitle: 'No data is open', emptyText: 'Drop a CSV file anywhere in this window, open one, or begin with a sample.', trySample: 'Open a sample',
    chart: '{name} over time', noChart: 'The column has no values.', noTarget: 'Choose a target column to see its course.', noNumbers: 'There is no column of numbers to draw.', roleOf: 'Role of {column}', min: 'Min', mean: 'Mean', max: 'Max',
    missing: '{n} cell is empty | {n} cells are empty', ownPast: 'Its own past is an input', ownPastOnly: 'It is the only input, so it stays one.',
    source: 'Source', shipped: 'shipped sample', rows: 'Rows', step: 'Step', delimiter: 'Delimiter', decimal: 'Decimal sign', header: 'Header', encoding: 'Encoding', hash: 'SHA-256', howRead: 'How the file was read',
    unit: 'Unit of {target}', unitHelp: 'Stands beside every error and axis.', unitExample: 'for example °C or kWh', setUp: 'Set up training',
    cannotTrain: 'A target column of numbers is needed before training can be set up.', remove: 'Remove {name} from the list', removed: '{name} was removed from the list', changedRole: 'role of {column}', changedUnit: 'unit of {target}',
  },
  train: {
    target: 'Target', further: 'Further target', settings: 'Settings', live: 'Training', progress: 'Progress of the training', levels: { essentials: 'Essentials', more: 'More', expert: 'Expert' },
    wrong: '{n} to mend | {n} to mend', defaultIs: 'Default: {value}.', useDefault: 'Back to the default, {value}', about: '{name}: {help}', start: 'Train', cancel: 'Cancel training', cancelling: 'Stopping', reset: 'All settings to their defaults',
    blocked: 'Training cannot start. {reason}', notStarted: 'Loss and gradient are drawn here while the network trains.', preparing: 'Preparing the data', epochOf: 'epoch {n} of {of}', left: '{time} left', timeLeft: 'Time left', took: 'Took',
    trainLoss: 'Train loss', validationLoss: 'Validation loss', speed: 'Steps/s', emptyTitle: 'No data to train on', emptyText: 'Open a file or a sample first; its settings are proposed here.',
    noRolesTitle: 'The target is not chosen', toData: 'Choose the columns',
  },
  rate: {
    find: 'Find a learning rate', finding: 'Trying learning rates', help: 'Trains a hundred steps with growing learning rates and looks how far the loss still falls. Nothing is stored.', chart: 'Loss by learning rate',
    suggestion: 'Suggested: {rate}', none: 'The loss never fell, so there is nothing to suggest.', use: 'Use it',
  },
  shapes: {
    title: 'Shapes', X: 'Input of the network: windows, sequence length, features', output: 'Hidden states of the last layer: windows, sequence length, hidden size', hN: 'State after the last step: layers and directions, windows, hidden size',
    y: 'What is predicted: windows, horizon', parameters: 'Parameters', parametersHelp: 'Trainable numbers of the recurrent layers and the linear head', windows: 'Windows', windowsOf: '{split} windows',
    head: 'Linear', legend: '{hidden} hidden units a step, {features} feature in | {hidden} hidden units a step, {features} features in', diagram: 'The network unrolled over {steps} steps, {layers} layers, hidden size {hidden}',
  },
  runs: {
    open: 'Open the run', done: 'done', emptyTitle: 'No runs yet', emptyText: 'Every training is kept here with its settings, losses and predictions.', filter: 'Filter by name, data, target', count: '{n} run | {n} runs', countOf: '{n} of {of} runs',
    selected: '{n} selected', compare: 'Compare', compareHint: 'Select two or more runs to compare them', select: 'Select {name}', selectAll: 'Select all', noMatch: 'No run matches “{text}”.', rename: 'Rename', renamed: 'name {name}',
    removed: '{name} was removed', removedMany: '{n} runs were removed',
    ended: { running: '{name} is training', paused: '{name} is paused', done: '{name} is done', cancelled: '{name} was cancelled', interrupted: '{name} was interrupted', failed: '{name} failed' },
    columns: {
      name: 'Name', status: 'Status', dataset: 'Data', target: 'Target', sequence: 'Sequence', hidden: 'Hidden', cell: 'Cell', epochs: 'Epochs', rmse: 'Test RMSE', persistence: 'Persistence', gain: 'Better by', seconds: 'Took', created: 'Created',
    },
    columnHelp: {
      name: 'Name of the run', status: 'How the run ended', dataset: 'File it was trained on', target: 'Column that is predicted', sequence: 'Rows that go in', hidden: 'Units of the state', cell: 'Recurrent cell', epochs: 'Epochs done of epochs set',
      rmse: 'Root mean squared error on the test part, in the unit of the target', persistence: 'The same error of repeating the last known value', gain: 'How much lower the test RMSE is than that of persistence', seconds: 'Time the training took', created: 'When it was started',
    },
  },
  run: {
    doneText: 'The run is done. How well it tells the next character, beside counting characters and pairs, stands below.', back: 'Runs', again: 'Train again with these settings', verdict: 'Verdict', running: 'Training: epoch {n} of {of}. The verdict follows when it is done.', predictionsLater: 'Predictions are drawn when the training is done.',
    onCpu: 'Go on on the CPU', onCpuHelp: 'From the last checkpoint with the built-in engine. Its last digits differ from those of the GPU, the training is the same.',
    without: {
      running: 'Training.', done: 'The run is done and has no part to be judged on.', cancelled: 'Cancelled after {n} of {of} epochs; it was not judged.',
      paused: 'Paused after {n} of {of} epochs. It can go on at any time, exactly where it stopped.',
      interrupted: 'Interrupted after {n} of {of} epochs. It can go on from its last checkpoint, exactly as if it had never stopped.', failed: 'Failed after {n} of {of} epochs.',
    },
    device: 'Device', data: 'Data', targetIs: 'Target {target}', dataGone: 'The data of this run is no longer in the list.', settings: 'Settings',
  },
  metrics: {
    title: 'Errors against the naive forecast', part: 'Part', mae: 'MAE', rmse: 'RMSE', r2: 'R²', maeHelp: 'Mean absolute error', rmseHelp: 'Root mean squared error', r2Help: 'Share of the variance that is explained; 1 is perfect, 0 is as good as the mean',
    windows: 'Windows', persistence: 'Persistence', note: 'Persistence repeats the last known value. A network is worth its while when its errors on the test part are lower.',
  },
  compare: {
    title: 'Compare', chart: 'Validation loss', trainOnly: '{name} (train)', results: 'Results on the test part', differ: 'Settings that differ', same: 'All settings are alike', best: 'best', testRmse: 'RMSE', testMae: 'MAE', testR2: 'R²', persistence: 'RMSE of persistence',
    otherData: 'The runs predict different series, so only “better by” and R² can be compared.', otherLoss: 'The runs were trained with different losses, so their curves cannot be compared directly.', emptyTitle: 'Two runs are needed', emptyText: 'Select two or more runs in the table, then choose Compare.',
  },
  settings: {
    looks: 'Looks', theme: 'Theme', language: 'Language', themes: { system: 'as the system', light: 'light', dark: 'dark' }, keys: 'Keys', about: 'About', dataFolder: 'Data folder', version: 'Version',
    keyWords: { pause: 'Pause the training, or go on',
      palette: 'search and commands', open: 'open a file', train: 'train', stop: 'stop the training', undo: 'undo', redo: 'redo', places: 'Home, Data, Train, Runs, Lessons', settings: 'settings', rename: 'rename a run', filter: 'filter the runs', close: 'close what is on top',
    },
  },
};
