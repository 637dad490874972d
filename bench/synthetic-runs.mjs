// node bench/synthetic-runs.mjs FOLDER [COUNT]: makes a database with COUNT runs (5,000), as years of work would leave it, and prints,
// as JSON, the milliseconds of reading them in pages (the longest page is what main is held up for) and of a filter over all.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { defaultSpec } from '../src/shared/defaults.ts';
import { knownFields, runFields, sortByField } from '../src/shared/run-fields.ts';
import { matches, parseQuery } from '../src/shared/run-query.ts';
import { openStorage } from '../src/storage/index.ts';

const [folder, countText = '5000'] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('node bench/synthetic-runs.mjs FOLDER [COUNT]\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const count = Number(countText);
let now = Date.UTC(2024, 0, 1);
const { storage } = openStorage({ file: join(folder, 'unroll.db'), clock: () => new Date(now) });
const cells = ['rnn_tanh', 'lstm', 'gru'];
const errors = (rmse) => ({ mae: rmse * 0.8, rmse, r2: 1 - rmse, count: 100 });
for (let i = 0; i < count; i++) {
  now += 3_600_000;
  const spec = defaultSpec({ time: 'Date', targets: ['Rate'], inputs: ['Rate'], encodings: {}, calendar: [], known: [] }, 880, 2_629_800);
  spec.model.cell = cells[i % 3];
  spec.model.hiddenSize = 8 * (1 + (i % 16));
  spec.training.seed = i % 5;
  const id = `run-${String(i).padStart(10, '0')}`;
  storage.runs.create({ id, name: `synthetic ${i}`, datasetId: null, datasetName: `rates-${i % 7}.csv`, unit: '%', spec, ownerPid: process.pid });
  storage.runs.appendEpochs(id, Array.from({ length: 3 }, (_, e) => ({ epoch: e + 1, trainLoss: 1 / (e + 1 + (i % 10)), validationLoss: 2 / (e + 2), gradientNorm: 0.5, learningRate: 0.001, seconds: e + 1 })));
  const rmse = 0.1 + ((i * 7919) % 1000) / 1000;
  const metrics = { train: errors(rmse * 0.9), validation: errors(rmse), test: errors(rmse * 1.1) };
  storage.runs.finish(id, 'done', { metrics, persistence: { train: errors(1), validation: errors(1), test: errors(1) }, evaluations: { best: { epoch: 2, metrics }, last: { epoch: 3, metrics } }, seconds: 3 });
  if (i % 10 === 0) storage.marks.change([id], { addTags: ['good'], starred: i % 20 === 0 });
}

const pages = [];
const runs = [];
let before = null;
do {
  const began = performance.now();
  const page = storage.runs.page(before, 60, false);
  pages.push(performance.now() - began);
  runs.push(...page.runs);
  before = page.next;
} while (before !== null);
const time = (work) => { const began = performance.now(); work(); return Number((performance.now() - began).toFixed(1)); };
let fields;
let sorted;
const fieldsMs = time(() => { fields = new Map(runs.map((run) => [run, runFields(run, 'best')])); });
const known = knownFields(fields.values());
const sortMs = time(() => { sorted = sortByField(runs, (run) => fields.get(run), 'test.rmse', false, 'en'); });
const parsed = parseQuery('cell:lstm hidden>32 rmse<0.5 tag:good synthetic', known, (field) => fields.get(runs[0])[field] ?? null);
let found;
const filterMs = time(() => { found = sorted.filter((run) => matches(fields.get(run), parsed.terms)).length; });
process.stdout.write(`${JSON.stringify({ runs: runs.length, pages: pages.length, medianPageMs: Number([...pages].sort((a, b) => a - b)[Math.floor(pages.length / 2)].toFixed(1)), longestPageMs: Number(Math.max(...pages).toFixed(1)), fieldsMs, sortMs, filterMs, found })}\n`);
storage.close();
