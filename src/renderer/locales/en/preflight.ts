/** What a run would take, before it begins. */
export const preflight = {
  preflight: {
    time: 'About {time} on {device}, {step} ms a step', measure: 'Estimate the time', measuring: 'Measuring a few batches…',
    memory: 'about {needed} of memory', memoryOf: 'about {needed} of {free} free memory', memoryHelp: 'An estimate from above: parameters, what the optimizer remembers, the series, the states of one batch and the predictions.',
    title: 'Train all the same?', text: 'The estimate from this machine stands against it.',
    tooLarge: 'The run would need about {needed} of memory, and {free} are free.', tooLong: 'It would take about {time}.',
    advice: { memory: 'A smaller batch, sequence length or hidden size needs less. Where memory runs out, the system may end the training process; its last checkpoint stays.', time: 'Fewer epochs, a smaller model or a larger batch take less. You can pause at any time and go on later.' },
    change: 'Change the settings', anyway: 'Train anyway',
  },
};
