/** Short runs on the spot, on the page of insight. */
export const experiments = {
  experiments: {
    progress: 'run {done} of {of}, {left} left', epochs: 'Epochs of each run',
    backtest: {
      title: 'Would it have worked before?', about: 'A rolling-origin backtest: a network of its own is trained at each origin on what was known by then, with its scaling fitted again on those rows alone, and judged on the rows that follow.',
      folds: 'Folds', start: 'Run the backtest', fold: 'fold {n}', foldName: 'Fold', drawn: 'The folds along the series: each knows the rows before it and is judged on those that follow', parts: { train: 'trained on', validation: 'watched for early stopping', test: 'judged on' },
      chart: '{target}: truth and the predictions of each fold', known: 'Rows trained on', judged: 'Rows judged', rmse: 'RMSE{unit}', naive: 'Persistence{unit}', offset: 'Offset of its scaling', scale: 'Scale',
      replaced: {
        before: '“{step}” looks at later rows. Here the last value before stands in its place, as it would have at the time.', known: '“{step}” looks at the whole column. Here its limits come from the rows known at the first origin.',
        nothing: '“{step}” looks at later rows, and nothing could stand in its place at the time: it is left out here.',
      },
      said: 'Over {n} folds the RMSE is {mean} ± {deviation}; that of persistence is {naive}. The network is better in {better} of {n}.',
    },
    sweep: {
      title: 'How long should the window be?', about: 'Short runs with several sequence lengths, on the same rows and from the same seed. Compared is the error on the validation part; the test part stays unseen.',
      lengths: 'Sequence lengths', proposed: 'as proposed', wrong: 'Whole numbers from 1 on, with commas between them, 20 at most.', start: 'Try the lengths', chart: 'Error against sequence length', length: 'Sequence length',
      same: 'The length of this run, {own}, is the shortest that is as good as any ({part} RMSE {rmse} after {epochs} epochs).', shorter: 'A sequence length of {length} is as good as longer ones ({part} RMSE {rmse} after {epochs} epochs) and trains faster than {own}.', longer: 'A longer sequence pays: {length} in place of {own} ({part} RMSE {rmse} after {epochs} epochs).',
      use: 'Train with {length}', took: 'The runs took {seconds}.', skipped: 'Too long for this data: {lengths}.',
    },
  },
};
