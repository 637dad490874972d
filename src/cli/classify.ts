import { decodeCheckpoint } from '../formats/checkpoint.ts';
import { inputError } from '../shared/errors.ts';
import { classifyOne } from '../training/classify/classify.ts';
import { engines } from './engines.ts';
import type { Options } from './options.ts';
import { openStore } from './store.ts';
import { table } from './tables.ts';

export const classifyOptions = { text: { type: 'string' }, checkpoint: { type: 'string' }, json: { type: 'boolean' }, db: { type: 'string' } } as const;

/** `unroll classify ID --text SEQUENCE`: the probability of each class for one sequence. @returns the exit code */
export async function classifyText({ values, positionals: [id, ...more] }: Options): Promise<number> {
  if (id === undefined || more.length > 0) throw inputError('cli.usage', 'unroll classify needs one run id.', { hint: 'unroll classify ID --text SEQUENCE' });
  if (typeof values['text'] !== 'string') throw inputError('cli.usage', 'unroll classify needs a sequence.', { field: '--text', hint: 'Give it with --text: a text, or numbers with blanks or commas between.' });
  const kind = (['final', 'best', 'last'] as const).find((one) => one === values['checkpoint']);
  if (values['checkpoint'] !== undefined && kind === undefined) throw inputError('cli.usage', `--checkpoint must be final, best or last (got ${String(values['checkpoint'])}).`, { field: '--checkpoint' });
  const storage = openStore(values['db']);
  try {
    const { id: run, spec } = storage.runs.find(id);
    const result = storage.classResults.get(run);
    if (spec.task !== 'classify' || result === null) throw inputError('classify.no-run', `The run ${run} has learnt no classes.`, { hint: 'unroll train FILE --task classify makes one that has.', details: { id: run } });
    const checkpoint = storage.checkpoints.get(run, kind);
    if (checkpoint === null) throw inputError('generate.no-weights', `The run ${run} has no ${kind === undefined ? '' : `${kind} `}weights.`, { hint: kind === undefined ? 'Choose a run that is done.' : 'Leave --checkpoint out.' });
    const classified = await classifyOne(engines, spec, result, decodeCheckpoint(checkpoint.bytes).parameters, values['text']);
    if (values['json'] === true) {
      process.stdout.write(`${JSON.stringify({ event: 'classified', runId: run, checkpoint: checkpoint.kind, epoch: checkpoint.epoch, class: classified.classes[0]!.name, ...classified })}\n`);
      return 0;
    }
    process.stdout.write(`${table(['class', 'probability'], classified.classes.map(({ name, probability }) => [name, `${(probability * 100).toFixed(2)} %`]))}\n`);
    if (classified.read < classified.steps) process.stdout.write(`The last ${classified.read} of ${classified.steps} steps were read.\n`);
    if (classified.unknown.length > 0) process.stdout.write(`Never seen while it learnt: ${classified.unknown.join(' ')}\n`);
    return 0;
  } finally {
    storage.close();
  }
}
