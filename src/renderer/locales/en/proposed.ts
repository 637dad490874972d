/** What goes into the network, and what is proposed beside it. */
export const proposed = {
  proposed: {
    onlyPast: 'Only the past of {targets} goes in.', past: 'the past of {targets}', now: 'Inputs: {inputs}.', offered: 'Also proposed: {inputs}.', words: '{name} (words)', calendar: '{list} (from the time)', and: ', ', use: 'Use the proposed inputs',
  },
};
