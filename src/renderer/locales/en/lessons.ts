/** The article as lessons. */
export const lessons = {
  lessons: {
    range: '{min} to {max}', sequence: 'Sequence length', features: 'Features', hidden: 'Hidden size', steps: 'Steps', seed: 'Seed',
    memory: {
      title: 'Memory and time steps', recurrent: 'Recurrent weight', chart: 'How much of each step is still there', curve: 'Memory', lag: 'Steps back', relative: 'Share of the strongest',
      p1: 'A recurrent network reads a sequence one step at a time and keeps a state. The nearer an event, the clearer the memory of it: at each step the old state is weighed anew, so what came long ago has been weighed many times.',
      p2: 'Change the recurrent weight: below 1 the memory fades, at 1 it stays, above 1 it grows until nothing else counts. The sequence length cuts it off: what lies before the window is not seen at all.',
      half: 'The memory halves every {steps} steps, and nothing is known of what came more than {length} steps ago.', stays: 'The memory does not halve within these {length} steps.',
      explodes: 'The oldest step counts most: a weight above 1 explodes.',
    },
    unrolled: {
      title: 'The network, unrolled', inputs: 'Inputs x, one per step', activation: 'f', picture: 'The unit at every step, with its input below and its output above', f: { rnn_tanh: 'tanh', rnn_relu: 'relu', handwritten: 'identity' },
      inputProblem: '1 to 12 numbers, separated by commas', p1: 'One cell, used at every step: the new state is made from the input and the state before, h_t = f(x_t, h_t−1); the output is made from the state, o_t = g(h_t).',
      p2: 'Drawn once per step, the loop becomes a chain. The same five numbers w, u, b, v, c serve at every step; only the state travels.',
      note: 'Set u to 0 and the chain is cut: every step forgets the one before.',
    },
    handwritten: {
      title: 'A cell written by hand', own: 'By hand', library: 'nn.RNN without tanh', what: 'At this step', p1: 'The simplest recurrent cell puts the input and the hidden state side by side and gives both to one linear layer, i2h, whose output is the next hidden state. A second linear layer, i2o, makes the output.',
      p2: 'nn.RNN does the same with two weight matrices, weight_ih and weight_hh, which are i2h cut in two, and a tanh around the sum. Without the tanh both give the same numbers, step by step.',
      same: 'The largest difference between the two, over all steps: {difference}.',
    },
    hello: {
      title: 'Classification: hello world', text: 'Text', prompt: 'Prompt', length: 'Characters to add', vocabulary: '{n} distinct characters:', windows: 'Windows: what goes in and what comes next', lossAxis: 'Cross-entropy, nats', next: 'What comes next, step by step:', generated: 'Generated:',
      p1: 'From two characters the network predicts the next. “hello world” has 8 distinct characters; each goes in as a one-hot vector of 8 numbers, and 8 numbers come out, one score per character.',
      p2: 'Training raises the score of the character that really came next (softmax cross-entropy). Then the network writes: the likeliest character is appended, and the last two go in again.',
    },
    gs10: {
      title: 'Regression: the US 10-year yield', windows: 'The first two windows: six months go in, the next one comes out (percent)', open: 'Open GS10 and train',
      p1: 'GS10 is the monthly yield of ten-year US government bonds. Six values go in and the next one comes out: a number, so the head is linear and the loss is the squared error.',
      p2: 'The window moves along the series one month at a time, and each position is one example.', scale: 'The scaler is fitted on the training part alone; the network sees values near 0 with spread 1.',
      split: 'The rows are split by time: what is tested on lies after what was learnt from.', naive: 'A forecast is worth something when it beats repeating the last value. For a yield that is hard; the run says honestly how close it comes.',
    },
    shapes: {
      title: 'Shapes and targets', batched: 'Batch', batch: 'Batch size', outputs: 'Outputs', head: 'Output from', target: 'Target for', kind: { last: 'the last step', every: 'every step' }, code: 'The same in PyTorch',
      p1: 'Sequences come as (batch, time, feature). X (5, 3, 10) with hidden size 20 gives output (5, 3, 20), the state after every step, and h_n (1, 5, 20), the state after the last. An input with two dimensions is one unbatched sequence.',
      p2: 'A linear head turns every state into a prediction (5, 3, 1), or the last state alone into (5, 1). The target must have the same shape: last step with last step, every step with every step.',
      X: 'batch, time, feature', Xone: 'time, feature: one unbatched sequence', output: 'state of the last layer after every step', hn: 'last state: layers × directions, batch, hidden size', cn: 'last cell state of the LSTM', yhat: 'what the head predicts', y: 'what it is compared with',
      mismatch: 'The output has the shape ({output}) and the target ({target}). PyTorch refuses them or, where the shapes happen to broadcast, warns and trains on nonsense; here it is an error. Let both be the last step, or both every step.', fits: 'Output and target have the same shape; the mean squared error is {loss}.',
    },
    weaknesses: {
      title: 'Weaknesses', train: 'Train 15 small networks', progress: '{n} of {of} trained', accuracy: 'Recall by distance', accuracyAxis: 'Right answers', distance: 'Distance', memory: 'Memory at the longest distance so far', empty: 'Train to see it.',
      p1: 'The task: a symbol is shown, then distractions, and at the end the symbol must be said. Guessing is right in one of four cases. The farther the symbol lies back, the longer the chain through which the gradient must pass.',
      p2: 'The plain tanh RNN multiplies by its weights at each step, and the gradient vanishes. LSTM and GRU have gates that can carry a value along unchanged (theirs begin open for about as long as the distance).',
      said: 'More than 9 in 10 right up to a distance of {rnn} with the tanh RNN, {lstm} with the LSTM, {gru} with the GRU.',
      gradient: 'Vanishing gradients make it forget; exploding ones make training jump. Clipping the gradient norm helps against the second only.', slow: 'The steps wait for each other, so a long sequence is slow on any device: no step can be computed before the one before it.',
      gates: 'What to try: a shorter sequence, LSTM or GRU, clipping, an orthogonal start, a smaller rate.',
    },
  },
};
