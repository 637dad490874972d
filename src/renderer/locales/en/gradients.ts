/** The gradient while a network trains. */
export const gradients = {
  gradients: {
    title: 'Gradient through time', heat: 'Norm of the gradient by step (down) and epoch (right)', byLayer: 'Gradient norm by layer', head: 'head',
    soon: 'The gradient is looked at after the first epoch.', none: 'Nothing was measured for this run: it was trained by an older version, or ended in its first epoch.',
    healthy: 'The gradient reaches back: after epoch {epoch} its norm at the oldest step is {ratio} times that at the newest.',
    vanishing: 'The gradient vanishes, since epoch {since}: at the oldest step its norm is {ratio} times that at the newest, and beyond {reach} of {length} steps back less than a hundredth is left. What lies further back is hardly learnt.',
    exploding: 'The gradient explodes, since epoch {since}: at the oldest step its norm is {ratio} times that at the newest. Training may jump about or diverge.',
    infinite: 'infinitely many', try: 'What to try:',
    remedies: { shorter: 'a shorter sequence (the gradient reaches {reach} steps back)', clip: 'clipping the gradient norm, at 1 say', gated: 'an LSTM or a GRU, whose gates let the gradient through', rate: 'a smaller learning rate', orthogonal: 'an orthogonal start of the weights' },
    clipped: 'Clipped at a norm of {norm}: {n} of {of} steps ({percent}).', unclipped: 'No step had to be clipped at a norm of {norm}.', clipMarks: 'orange: share of clipped steps', epoch: 'epoch {n}', pointed: 'epoch {epoch}, step {step} of {of}: {norm}',
    about: 'Measured after {n} of the epochs, on the same few windows of the training part each time; it takes 2 % of the work at most (more only in runs of a moment). The colours are logarithmic.',
  },
};
