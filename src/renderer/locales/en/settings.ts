/** The settings of a run: their names, what they do, their options. Keys are the paths of the spec. */
export const settings = {
  fields: {
    roles: { target: { label: 'Target', help: 'The column that is predicted.' }, inputs: { label: 'Inputs', help: 'The columns that the network sees.' }, time: { label: 'Time', help: 'The column of the time axis.' } },
    window: {
      sequenceLength: { label: 'Sequence length', help: 'How many rows the network sees before it predicts. Longer reaches further back and trains slower.' },
      horizon: { label: 'Horizon', help: 'How many rows ahead are predicted at once. 1 predicts the next row.' },
      stride: { label: 'Stride', help: 'Rows between the starts of two training windows. 1 uses every window; more is faster and uses fewer.' },
      targets: { label: 'Targets', help: 'The last step alone: one target a window, y (N, horizon). Every step: each step predicts what follows it, y (N, T, horizon); the forecast is the last step’s.' },
    },
    split: {
      train: { label: 'Train share', help: 'The share of the rows, from the beginning, that the network learns from.' },
      validation: { label: 'Validation share', help: 'The share after it that watches the learning. Early stopping looks at it.' },
      test: { label: 'Test share', help: 'The last share, never seen while learning: the verdict is spoken on it.' },
    },
    scaling: { label: 'Scaling', help: 'How values are brought to a common size. Fitted on the training part alone.' },
    model: {
      cell: { label: 'Cell', help: 'What computes the next state from the last one. LSTM and GRU have gates and remember longer.' },
      hiddenSize: { label: 'Hidden size', help: 'Units of the state. More can hold more; parameters grow with its square.' },
      layers: { label: 'Layers', help: 'Recurrent layers on top of one another. One is enough for most series.' },
      bidirectional: { label: 'Bidirectional', help: 'Reads each window forwards and backwards. Doubles the state.' },
      dropout: { label: 'Dropout', help: 'Share of values dropped between layers while training, against overfitting.' },
      initialization: { label: 'Initialization', help: 'How the weights begin.' },
    },
    training: {
      epochs: { label: 'Epochs', help: 'Passes over the training windows.' },
      batchSize: { label: 'Batch size', help: 'Windows in one step. Larger is faster for each epoch and takes fewer steps.' },
      loss: { label: 'Loss', help: 'What training makes small. MSE punishes large errors most, MAE all alike, Huber in between.' },
      huberDelta: { label: 'Huber delta', help: 'The error from which the Huber loss grows in a straight line.' },
      optimizer: { label: 'Optimizer', help: 'How gradients become steps. Adam is a good start.' },
      learningRate: { label: 'Learning rate', help: 'The size of a step. Too large diverges, too small crawls.' },
      momentum: { label: 'Momentum', help: 'The share of the last step that is kept.' },
      weightDecay: { label: 'Weight decay', help: 'Pulls the weights towards 0, against overfitting.' },
      clipNorm: { label: 'Clip norm', help: 'The largest gradient norm that is let through. Empty: no clipping.' },
      schedule: { label: 'Schedule', help: 'How the learning rate changes over the epochs.' },
      patience: { label: 'Patience', help: 'Epochs without a better validation loss before training stops and the best weights return. Empty: never.' },
      seed: { label: 'Seed', help: 'The same seed, data and engine give the same run, number for number.' },
    },
    text: {
      column: { label: 'Column', help: 'The column whose cells are the text.' },
      normalization: { label: 'Normalisation', help: 'Whether letters that are written in several ways (é as one or as two code points) become one. NFKC also makes wide and small forms plain.' },
      minCount: { label: 'Least count', help: 'Characters that come less often become one unknown symbol. 1 keeps all.' },
      embedding: { label: 'Embedding', help: 'Numbers that the network learns for each character. Empty: its one-hot vector.' },
    },
    samples: {
      every: { label: 'Sample every', help: 'Epochs between two samples of its writing. Empty: after 1, 2, 5, 10, 20, 50 and so on.' },
      prompt: { label: 'Sample prompt', help: 'What each sample goes on from.' },
      length: { label: 'Sample length', help: 'Characters of a sample.' },
      temperature: { label: 'Sample temperature', help: '0 writes the likeliest character always, higher is bolder.' },
    },
    backend: { label: 'Engine', help: 'What computes. Auto takes the fastest one here.' },
  },
  limits: {
    sequenceLength: 'the window needs at least one value, and memory grows with its length', horizon: 'the model predicts at least the next value', stride: 'windows start at least one row apart',
    hiddenSize: 'the state needs at least one unit, and time grows with its square', layers: 'a recurrent network has 1 to 8 stacked layers here', dropout: 'it is the share of values dropped between layers',
    epochs: 'training passes over the data at least once', batchSize: 'a step uses at least one window', learningRate: 'a rate of 0 learns nothing and one above 10 diverges', momentum: 'it is the share of the last step that is kept',
    weightDecay: 'it is the share of each weight taken away per unit of learning rate', clipNorm: 'it is the largest gradient norm that is let through', huberDelta: 'it is where the loss turns from squared to linear',
    minCount: 'it counts how often a character comes', embedding: 'a character needs at least one number', sampleLength: 'a sample is a glimpse, kept for each chosen epoch', temperature: '0 takes the likeliest character, and above 10 all are about as likely', patience: 'it counts epochs without improvement', seed: 'the generator takes a 32-bit seed', trainShare: 'a network needs some rows to learn from', share: 'it is a share of the rows',
  },
  options: {
    window: { targets: { last: 'last step', every: 'every step' } },
    text: { normalization: { none: 'none', NFC: 'NFC', NFKC: 'NFKC' } },
    scaling: { none: 'none', standard: 'mean 0, deviation 1', minmax: '0 to 1' },
    model: {
      cell: { rnn_tanh: 'RNN (tanh)', rnn_relu: 'RNN (ReLU)', handwritten: 'handwritten', lstm: 'LSTM', gru: 'GRU' },
      initialization: { pytorch: 'PyTorch’s (uniform)', orthogonal: 'orthogonal' },
    },
    training: {
      loss: { mse: 'MSE', mae: 'MAE', huber: 'Huber' }, optimizer: { sgd: 'SGD', rmsprop: 'RMSprop', adam: 'Adam', adamw: 'AdamW' },
      schedule: { constant: 'constant', step: 'in steps', cosine: 'cosine', plateau: 'on a plateau' },
    },
    backend: { auto: 'auto', wasm: 'WebAssembly', tensorflow: 'TensorFlow', reference: 'reference (float64)' },
  },
};
