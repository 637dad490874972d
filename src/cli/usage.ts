export const usage = `unroll: recurrent neural networks without a window

  unroll train FILE --target NAME [options]   train on a CSV file and store the run
  unroll train FILE.txt --task char [options] learn the next character of a text
  unroll train FILE --task classify [options] learn the class of labelled sequences
  unroll resume ID [--json] [--db FILE]       goes on with a run that ended early, exactly where its last checkpoint is
  unroll generate ID --prompt TEXT [options]  write on with a network that learnt a text
  unroll classify ID --text SEQUENCE [--json] the probability of each class for one sequence
  unroll runs [options of runs]               list the stored runs, newest first
  unroll compare ID ID ... [--all] [--last]   results of the runs and the settings that differ; --out FILE.csv (every number) or .svg
  unroll tag ID ... +good -old                adds and takes away tags
  unroll note ID [TEXT]                       keeps a note (Markdown), or prints it
  unroll archive|restore ID ...               out of the list, and back into it
  unroll delete ID ... [--forever]            into the trash, or deleted for good
  unroll show ID [--json] [--db FILE]         one run; the start of its id is enough
  unroll trace ID [--window N] [--json]       states and gradient through time of one window
  unroll insight ID [options of insight]      memory, gradient, naive forecasts, verdict, intervals, forecast
  unroll backtest ID [--folds N] [--epochs N] trains anew at N origins (default 5), scalers fitted again in each, and judges
  unroll sweep ID [--lengths A,B] [--epochs N] error against sequence length by short runs, and the length that follows
  unroll find-rate FILE [options of train]    tries growing learning rates and suggests one
  unroll data inspect FILE [--json]           how a file is read: dialect, columns, roles, findings
  unroll data doctor FILE [--json]            what is wrong with a file, where, and the steps that mend it
  unroll data apply FILE --recipe R --out F   does the steps of a recipe and writes a CSV
  unroll backup [FILE]                        copies the database while it stays in use
  unroll storage info|check|compact           how much is stored; is it whole; gives empty space back
  unroll storage export|import FILE           everything as one file, and what such a file or a backup holds
  unroll storage trim [--keep POLICY]         weights of runs that are done: all, best-and-last, best or none are kept
  unroll devices [--json]                     this machine, its memory, the engines and what was measured on them
  unroll predict ID FILE [--steps N] --out F  a trained network on a new file, and N steps beyond its end; --known FILE
                                              has the inputs known there; --map "value=price" where a column is called
                                              otherwise. Of sequences: their classes; of a text: bits a character
  unroll export ID --format NAME --out DIR    the trained model: onnx, tfjs, pytorch, keras; proven equal, with its scalers;
                                              report: a page about the run; predictions: tables with what comes next
  unroll export ID --format unroll --out F    the whole run as one .unroll file, which any Unroll imports and goes on with exactly
  unroll import FILE.unroll [--again]         such a file becomes a run here; --again: also where it is here already
  unroll engine status                        which GPU there is, what is installed, what could be and its size
  unroll engine install [--device cpu|cuda]   fetches TensorFlow (with CUDA where it can run); --from FOLDER: from wheels there
  unroll engine probe|remove                  tries the installed one again; takes it away

Options of insight
  --averaged N        rows of the moving average (default: the sequence length)
  --steps N           steps beyond the end that are forecast (default 12)
  --season N          rows of a season (default: detected)
  --target NAME       which of several targets (default: the first)
  --known A=V,V;B=V,V values of the inputs known in the future, at those steps
  --json, --db FILE   as below

Options of runs
  --filter QUERY      for example 'cell:lstm hidden > 32 tag:good status:done rmse<0.2 date>=2026-01 star:yes "some words"'
  --sort FIELD        any field; -FIELD is downwards
  --limit N           the first N of them
  --last              metrics of the last epoch (default: of the best one)
  --all               archived runs too
  --trash             runs that were deleted
  --json, --db FILE   as below

Options of train
  --target A,B        columns to predict, one or several (default: proposed from the file)
  --time NAME         column with the time; "none" for row numbers (default: proposed from the file)
  --inputs A,B        columns that go in, words too (default: the targets' own past); "proposed": all that unroll data inspect proposes; --input is the same
  --encoding A=KIND,B=KIND  how words or whole numbers go in: number, boolean, onehot or code (default: from the data)
  --calendar A,B      inputs made from the time, as sine and cosine: minute, hour, weekday, dayOfMonth, dayOfYear, month, quarter
  --known A,B         inputs whose values are known in the future: row r carries those of r+1 .. r+horizon
  --unit TEXT         unit of the targets, for tables, charts and exports; of each: A=kW,B=°C
  --sequence N        values that go in (default: from the data)
  --horizon N         values that come out (default 1)
  --stride N          rows between two training windows (default 1)
  --targets NAME      last (one target a window) or every (one a step; default last)
  --hidden N          hidden size (default 20)
  --cell NAME         rnn_tanh, rnn_relu, handwritten, lstm or gru (default rnn_tanh)
  --layers N          stacked layers (default 1)
  --bidirectional     read each window in both directions
  --dropout P         share dropped between layers (default 0)
  --init NAME         pytorch or orthogonal (default pytorch)
  --epochs N          passes over the training part (default: from the data)
  --batch N           windows a step (default: from the data)
  --lr X              learning rate (default 0.001)
  --optimizer NAME    adam, adamw, rmsprop or sgd (default adam)
  --momentum X        for sgd and rmsprop (default 0.9)
  --weight-decay X    (default 0)
  --clip X            largest gradient norm (default: none)
  --schedule NAME     constant, step, cosine or plateau (default constant)
  --patience N        epochs without improvement until it stops (default: never)
  --loss NAME         mse, mae or huber (default mse)
  --scaling NAME      standard, minmax, robust or none, fitted on the training part alone (default standard)
  --split A,B,C       shares of train, validation, test (default 0.7,0.15,0.15)
  --split-date A,B    first time of the validation part and of the test part; one alone: of the test part
  --seed N            seed of the generator (default 7)
  --seeds N           as many runs, with this seed and those after it: one group with mean, spread and best
  --task NAME         forecast, char or classify (default forecast)
  --sample-every N    of a text: epochs between two samples (default: 1, 2, 5, 10, 20, ...)
  --normalization N   of a text: none, NFC or NFKC (default NFC)
  --min-count N       of a text: rarer characters become one unknown symbol (default 1)
  --embedding N       of a text: characters as N learnt numbers (default: one-hot vectors)
  --sequence-column C of classify: texts, or numbers with blanks, commas, semicolons or bars between, or a JSON array
  --label NAME        of classify: the column with the class
  --kind NAME         of classify: text or numbers (default: from the cells)
  --split-order NAME  of classify: stratified (a part of each class, by lot) or chronological (default stratified)
  --column NAME       of a text: the column of a table whose cells are the text, one a line
  --backend NAME      auto, wasm, tensorflow or reference (default auto)
  --estimate          trains nothing and says how long it would take, measured here, and how much memory
  --anyway            trains though the memory that is free will not do
  --first N           of a file that is too large: its first N rows; of a text its first N characters
  --every N           of a file that is too large: every N-th row
  --recipe FILE       steps that are done before (JSON, as data doctor --save writes it)
  --name TEXT         name of the run
  --db FILE           database (default: the studio's own)
  --json              one JSON object a line

Options of data doctor
  --recipe FILE       looks at the table after these steps
  --save FILE         writes a recipe of the first remedy of each finding
  --target, --time, --inputs, --sequence, --horizon, --stride, --split as those of train: what the data is for

Options of export
  --format NAME       onnx, tfjs, pytorch, keras, unroll, report or predictions
  --out DIR           the folder that is written; it is made
  --force             replaces a folder that is there, with everything in it
  --checkpoint NAME   final, best or last (default: the final one, else the best, else the last)
  --db FILE, --json

Options of generate
  --prompt TEXT       what is continued (default: empty)
  --length N          characters to write (default 200)
  --temperature X     0 takes the likeliest always (default 0.8)
  --top-k N           only the N likeliest (default: all)
  --top-p X           only the likeliest that add up to X (default: all)
  --seed N            seed of the draw (default 7)
  --stop TEXT         ends before this text
  --unknown NAME      characters that were not learnt: refuse, drop or map (default refuse)
  --checkpoint NAME   final, best or last (default: the final one, else the best, else the last)
  --db FILE, --json

Exit codes: 0 done, 2 bad input or usage, 1 a fault of ours, 130 cancelled.
`;
