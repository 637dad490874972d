import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inputError } from '../shared/errors.ts';

/** Of a series its columns are named; a text has none. */
const entrySchema = z.object({ id: z.string(), kind: z.enum(['series', 'text', 'sequences']).default('series'), file: z.string(), time: z.string().default(''), target: z.string().default(''), unit: z.string().default(''), sparkline: z.array(z.number()).default([]) });
export type SampleEntry = z.infer<typeof entrySchema>;

/** The samples that ship with the studio, as resources/samples/samples.json lists them. */
export class Samples {
  readonly #folder: string;
  readonly entries: readonly SampleEntry[];

  constructor(resources: string) {
    this.#folder = join(resources, 'samples');
    this.entries = z.array(entrySchema).parse(JSON.parse(readFileSync(join(this.#folder, 'samples.json'), 'utf8')));
  }

  /** @throws inputError when there is no such sample */
  find(id: string): { entry: SampleEntry; path: string } {
    const entry = this.entries.find((sample) => sample.id === id);
    if (entry === undefined) throw inputError('sample.unknown', `There is no sample "${id}".`, { details: { id } });
    return { entry, path: join(this.#folder, entry.file) };
  }
}
