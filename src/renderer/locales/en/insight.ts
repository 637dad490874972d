/** What a trained network remembers and is worth. */
export const insight = {
  insight: {
    open: 'Insight', busy: 'Looking into the network',
    spans: { second: '{n} seconds', minute: '{n} minutes', hour: '{n} hours', day: '{n} days', month: '{n} months', year: '{n} years' },
    memory: {
      title: 'What it remembers', chart: 'Memory by distance', slopes: 'by slopes', occlusion: 'by hiding',
      half: 'The memory halves every {steps} steps; the window shows it {length}.', halfTime: 'The memory halves every {steps} steps ({time}); the window shows it {length} steps.', never: 'The memory does not halve within the {length} steps of the window.',
      shorter: 'Beyond {reached} steps back hardly anything counts: a shorter sequence would do and train faster.', longer: 'The oldest step still counts: a longer sequence may help.',
      view: 'Which curves', views: { now: 'by two methods', epochs: 'as it learnt', runs: 'beside other runs' }, choose: 'Runs on the same data', steps: '{n} steps', outlives: 'does not halve within the window',
      noOthers: 'There is no other run on this data yet: train an LSTM or a GRU to compare.', notMeasured: 'Nothing was measured while it trained.', aboutLearning: 'By slopes, as measured while training on a few windows of the training part. The number is the half-life.',
      about: 'By slopes: how much the prediction changes with the input so many steps back, a mean over {windows} windows. By hiding: how much the error grows when that input is replaced by its mean, over {hidden} windows. Each against its largest value.',
    },
    sequences: {
      text: 'What it remembers of the text', about: 'Move the window along the text and watch what each unit holds after each character, and how strongly the next character still depends on it.', aboutClasses: 'Move from sequence to sequence and watch what each unit holds at each step, and how strongly the class still depends on it.',
      how: 'By slopes: how much the outputs {outputs} change with what went in so many steps back, a mean over {windows} windows. By hiding: how much the cross-entropy ({error} nats) grows over {hidden} windows when that step is replaced by the mean of all that goes in, which is none of them. Each against its largest value.', movedText: 'Window', movedClasses: 'Sequence',
      goesIn: 'What goes in', window: 'from character {n}', sequence: 'sequence {n}', said: 'Likeliest: {said}. What came: {truth}.', padding: 'padding', value: 'Value',
    },
    lacking: {
      rest: 'What follows from the stored predictions and measurements is shown; they are those of the first step of the horizon.', memory: 'What it remembers now cannot be measured without its data and weights; what was measured while it trained is below.',
      states: 'Needs the data and the weights of the run: the network has to read a window again.', backtest: 'Needs the data of the run: networks are trained anew on it.', sweep: 'Needs the data of the run: networks are trained anew on it.', forecast: 'Needs the data and the weights of the run: the last window goes in.',
    },
    states: {
      title: 'Its state, step by step', about: 'Move the window along the series and watch what each unit holds at each step, and how strongly the prediction still depends on it.', window: 'Window ends', layer: 'Layer {n}', forwards: 'Layer {n}, forwards', backwards: 'Layer {n}, backwards',
      layerChoice: 'Layer', quantity: 'What is shown', quantities: { h: 'hidden state h', c: 'cell state c', i: 'input gate i', f: 'forget gate f', g: 'candidate g', o: 'output gate o', r: 'reset gate r', z: 'update gate z', n: 'candidate n' },
      heat: '{units} units over {steps} steps', oldest: 'oldest step', newest: 'newest step', input: 'What goes in', step: 'Step of the window', gradient: 'How much the prediction depends on each step', byState: 'on the state', byInput: 'on the input',
      said: 'It predicts {predicted}; what came was {truth}.', unknown: 'not known yet',
    },
    worth: {
      title: 'Is it any good?', nothing: 'There is no window to judge the network on.', alone: '{on} its RMSE is {rmse}; there is no naive forecast to hold it against.',
      better: '{on} its RMSE is {rmse}, {percent} lower than the best naive forecast ({best}, {naive}).', worse: '{on} its RMSE is {rmse}, {percent} higher than the best naive forecast ({best}, {naive}). The naive one is the better forecast here.',
      equal: '{on} its RMSE is {rmse}, as good as the best naive forecast ({best}, {naive}).',
      difference: 'Train again with differences',
      lag: 'The prediction repeats the last value, one step late: it lies nearer to the value before than to the truth, and its steps say little about the true steps (correlation {skill}). Try to predict differences, add other inputs, or lengthen the horizon.',
      flat: 'The prediction is nearly a flat line. Try a larger learning rate, more epochs, or other inputs.', season: 'Season in rows', noSeason: 'No season was detected, so the seasonal forecast is persistence.', detected: 'Detected: {n} rows.', forecast: 'Forecast',
      forecasters: { model: 'this network', persistence: 'persistence', seasonal: 'seasonal naive ({n})', drift: 'drift', movingAverage: 'moving average ({n})' },
      measures: { mae: 'MAE', rmse: 'RMSE', smape: 'sMAPE', mase: 'MASE', r2: 'R²' },
      help: { mae: 'Mean absolute error', rmse: 'Root mean squared error', smape: 'Symmetric mean absolute percentage error, 0 to 200 %', mase: 'Mean absolute error over that of the seasonal naive forecast in the training part; below 1 is better than naive', r2: 'Share of the variance that is explained' },
      bySteps: 'Error by step of the horizon', measure: 'Measure', step: 'Step ahead', averaged: 'Rows of the moving average',
      exact: '{on} its RMSE is {rmse}, while a naive forecast ({best}) makes no error at all: no network is needed for this.',
      lacks: {
        intervals: 'Some intervals are missing: a level needs as many residuals of the validation part as level / (1 − level), 19 for 95 %.', season: 'The seasonal naive forecast has nothing to say where less than a season ({n} rows) lies before the first window.', mase: 'MASE has no value: within the training part the seasonal naive forecast makes no error, or the part is shorter than a season.',
        r2: 'R² has no value: the truth does not vary in this part.', validation: 'There is no validation part: no intervals can be made, and the best epoch is that of the lowest training loss.', test: 'There is no test part: the network is judged on data that it has seen, or that chose its best epoch.',
      },
    },
    residuals: {
      title: 'What is left over', name: 'Truth − prediction', overTime: 'Residuals over time', histogram: 'How they are spread', count: 'Windows', acf: 'Autocorrelation', lag: 'Lag', correlation: 'Correlation', bandUpper: 'chance, upper', bandLower: 'chance, lower',
      noise: 'The residuals look like noise: {n} of {of} autocorrelations leave the band of chance.', pattern: 'The residuals remember themselves: {n} of {of} autocorrelations leave the band of chance, so there is something left to learn.',
    },
    forecast: {
      title: 'What comes next', steps: 'Steps beyond the end', chart: '{target}: forecast', line: 'Forecast', upper: '{level} upper', lower: '{level} lower', direct: 'The next {n} steps, predicted at once.', recursive: 'The next {n} steps: each prediction goes in again, so errors add up and the intervals widen.',
      none: 'Its other inputs are not known beyond the end, so the network cannot go further than its horizon.', noIntervals: 'Without a validation part there are no residuals to make intervals from.',
      width: '{level} interval for the first step: ± {width}.', covered: '{level} interval for the first step: ± {width}. On the test part it held the truth {coverage} of the time ({n} windows).',
    },
  },
};
