/** Runs in time: pausing, going on, the queue, seeds, what a run has been through. */
export const queue = {
  queue: {
    title: 'Queue', empty: 'Nothing waits', emptyText: 'Set up a training and add it to the queue: its settings are frozen, and it begins when the one before it has ended, however that ended.',
    add: 'Add to the queue', seeds: 'Seeds', seedsHelp: 'How many runs with the same settings: this seed and those after it. Together they tell how much chance there is in the result.', added: '{name} waits in the queue | {n} runs wait in the queue',
    waiting: '{n} run waits | {n} runs wait', held: 'The queue is paused: nothing of it begins until it goes on.', hold: 'Pause the queue', goOn: 'Let the queue go on', show: 'Show the queue',
    up: 'Move {name} up', down: 'Move {name} down', remove: 'Take {name} out of the queue', retry: 'Try again', seed: 'seed {n}', resumes: 'goes on after a break', now: 'In training now', help: 'Drag the rows, or use Alt with the arrow keys.',
    position: '{n} of {of}', moved: '{name} is now number {n} of {of}', willGoOn: '{name} goes on when its turn comes', leftover: 'The queue is paused; {n} run waits in it. | The queue is paused; {n} runs wait in it.',
    epochLeft: 'epoch {time}', pause: 'Pause', pausing: 'Pausing…', resume: 'Go on', resumeAll: 'Go on with all', waits: 'Waits in the queue to go on.', later: 'Not now',
    interrupted: '{n} run was interrupted and can go on exactly where its last checkpoint is. | {n} runs were interrupted and can go on exactly where their last checkpoints are.',
    repeat: 'Repeat with other seeds', repeatText: 'The same settings and data with other seeds, beside this run: one group with mean, spread and best.', repeatCount: 'Further runs', repeatGo: 'Add to the queue', cancel: 'Cancel',
  },
  seeds: {
    title: 'Seeds', of: '{n} run of a group | {n} runs of a group', mean: 'Mean', deviation: 'Standard deviation', least: 'Lowest', most: 'Highest', best: 'Best', bestIs: 'Best: {name}', spread: '{mean} ± {deviation}', on: 'over {n} judged run | over {n} judged runs',
    done: '{n} of {of} done', bestEpochs: 'the best epoch of each', open: 'Show the runs of {name}', close: 'Hide the runs of {name}', compare: 'Compare the seeds', none: 'None of them is judged yet.', waiting: '{n} of them waits in the queue | {n} of them wait in the queue',
  },
  history: {
    title: 'What happened', checkpoint: 'Last checkpoint: after epoch {epoch}, {when}', none: 'Nothing was written down: an older version trained this run.', size: 'Takes {size}',
    kind: {
      queued: 'Waited in the queue', imported: 'Imported', started: 'Started on {device}', resumed: 'Went on after epoch {epoch}', engine: 'Goes on with the engine {to} in place of {from}: not the same bits, the same training', anew: 'Began anew: there was no checkpoint', rate: 'Learning rate lowered from {from} to {to} in epoch {epoch}', clipped: 'Gradient clipped in {steps} of {of} steps, first in epoch {epoch}',
      checkpoint: 'Checkpoint after epoch {epoch}', checkpoints: '{times} checkpoints, the last after epoch {epoch}', 'early-stop': 'Stopped early after epoch {epoch}: no better loss for {patience} epochs', paused: 'Paused after epoch {epoch}', cancelled: 'Cancelled after epoch {epoch}',
      killed: 'Its process did not answer and was ended', interrupted: 'Interrupted after epoch {epoch}', failed: 'Failed after epoch {epoch}', done: 'Done after epoch {epoch}', trimmed: 'Checkpoints removed to save {size}',
    },
    cause: { step: 'by the schedule “in steps”', plateau: 'because the loss no longer fell (schedule “on a plateau”)' },
  },
};
