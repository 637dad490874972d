import { findRate } from '../training/find-rate.ts';
import { engines } from './engines.ts';
import { readJob } from './job.ts';
import type { Options } from './options.ts';
import { figure, table } from './tables.ts';

/** `unroll find-rate FILE`: a hundred steps with growing learning rates, and a suggestion. Nothing is stored. */
export async function findRateOf(options: Options): Promise<number> {
  const { spec, table: series } = await readJob('find-rate', options);
  const search = await findRate(engines, spec, series, { aborted: false }, () => new Promise((resolve) => { setImmediate(resolve); }));
  if (options.values['json'] === true) {
    process.stdout.write(`${JSON.stringify({ event: 'rates', ...search })}\n`);
    return 0;
  }
  const every = Math.ceil(search.rates.length / 20);
  const rows = search.rates.flatMap((rate, i) => (i % every === 0 ? [[figure(rate), figure(search.losses[i])]] : []));
  process.stdout.write(`${table(['rate', 'loss'], rows, 0)}\n\n${search.suggestion === null
    ? 'The loss did not fall at any rate.' : `A tenth of the rate with the lowest loss: --lr ${search.suggestion}`}\n`);
  return 0;
}
