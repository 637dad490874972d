/** The shell: what is there on every place. */
export const studio = {
  places: { home: 'Home', data: 'Data', train: 'Train', runs: 'Runs', lessons: 'Lessons', engines: 'Engines', settings: 'Settings' },
  common: {
    yes: 'yes', no: 'no', on: 'on', off: 'off', undo: 'Undo', undone: 'Undone: {what}', redone: 'Done again: {what}', dismiss: 'Dismiss',
    retry: 'Try again', unexpected: 'Unroll itself failed: {message}.', copyDetails: 'Copy details', copied: 'Copied', remove: 'Remove',
  },
  actions: { open: 'Open a file', train: 'Train', stop: 'Stop', go: 'Go to {place}', light: 'Light theme', dark: 'Dark theme', language: '切换到中文' },
  shell: {
    places: 'Places', search: 'Search and commands', drop: 'Drop the files to open them', hardware: 'Hardware and training', idle: 'No run is training',
    training: 'A run is training', steps: '{n} steps/s', memory: '{used} of {total}', memoryOf: { system: 'The process that trains has {used} of the {total} of memory of this machine.', gpu: '{used} of the {total} of memory of the GPU are in use.' },
  },
  palette: { actions: 'Actions', data: 'Data', runs: 'Runs', placeholder: 'An action, a file or a run' },
  status: { running: 'training', paused: 'paused', done: 'done', cancelled: 'cancelled', interrupted: 'interrupted', failed: 'failed' },
  split: {
    train: 'Train', validation: 'Validation', test: 'Test',
    on: { train: 'On the training part', validation: 'On the validation part', test: 'On the test part' },
  },
  verdict: {
    better: '{split} the RMSE is {rmse}, {percent} lower than repeating the last known value ({persistence}).',
    worse: '{split} the RMSE is {rmse}, {percent} higher than repeating the last known value ({persistence}). The naive forecast does better here.',
    equal: '{split} the RMSE is {rmse}, as good as repeating the last known value ({persistence}). The network adds nothing yet.',
    unjudged: '{split} the RMSE is {rmse}. There is no naive forecast to compare it with.',
    seen: ' The network has learnt from these rows, so this says nothing about new ones.',
    short: { better: '{percent} better than persistence', worse: '{percent} worse than persistence', equal: 'as good as persistence' },
  },
  device: { pinned: '{backend}, chosen in the settings', fastest: '{backend}, the fastest engine here', measured: '{backend}, the fastest here (milliseconds a step: {detail})', fallback: '{backend}, in place of a faster engine ({detail})' },
  charts: {
    png: 'Save as PNG', svg: 'Save as SVG', csv: 'Save the values as CSV', export: 'Export {name}', reset: 'Whole range', epoch: 'Epoch', row: 'Row', truth: 'Truth', prediction: 'Prediction',
    predictionTitle: '{target}: prediction and truth', liveTitle: 'Prediction and truth by now', noLive: 'What the network predicts is drawn here while it trains.', noPrediction: 'There are no predictions: the run did not end.', log: 'Log axis', loss: 'Loss',
    nats: 'Cross-entropy (nats)', lossAxis: '{loss}, scaled units', noLoss: 'The loss of each epoch is drawn here.', gradient: 'Gradient norm', gradientAxis: 'L2 norm', noGradient: 'The size of the gradient is drawn here.',
  },
  steps: {
    second: 'one second | {n} seconds', minute: 'one minute | {n} minutes', hour: 'one hour | {n} hours', day: 'one day | {n} days', week: 'one week | {n} weeks',
    month: 'one month | {n} months', quarter: 'one quarter | {n} quarters', year: 'one year | {n} years',
  },
};
