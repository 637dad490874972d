import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultSpec } from '../shared/defaults.ts';
import { rolesOf } from '../shared/roles.ts';
import { openStorage } from '../storage/index.ts';
import { compareRuns } from './compare.ts';

let folder: string;
let db: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-compare-'));
  db = join(folder, 'unroll.db');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { storage } = openStorage({ file: db });
  const judged = (rmse: number) => ({ train: null, validation: null, test: { mae: rmse, rmse, r2: 0.5, count: 3 } });
  for (const [i, name] of ['one <b>', '=two'].entries()) {
    const spec = defaultSpec(rolesOf('day', 'x'), 100, null);
    spec.model.hiddenSize = 8 + i;
    storage.runs.create({ id: `run-${name.slice(0, 1) === 'o' ? 'a' : 'b'}1`, name, datasetId: null, datasetName: 'd.csv', unit: '', spec, ownerPid: process.pid });
  }
  for (const [i, id] of ['run-a1', 'run-b1'].entries()) {
    storage.runs.appendEpochs(id, [{ epoch: 1, trainLoss: 2 + i, validationLoss: 3, gradientNorm: 1, learningRate: 0.1, seconds: 1 }]);
    storage.runs.finish(id, 'done', {
      metrics: judged(1 + i), persistence: judged(2), evaluations: { best: { epoch: 1, metrics: judged(1 + i) }, last: { epoch: 1, metrics: judged(5) } }, seconds: 1,
      predictions: { time: { kind: 'row', name: '', values: Float64Array.of(0, 1, 2) }, truth: Float64Array.of(1, 2, 3), predicted: Float64Array.of(NaN, 2.5, 3.5), trainEnd: 1, validationEnd: 2, horizon: null },
    });
  }
  storage.close();
});
afterEach(() => { vi.restoreAllMocks(); rmSync(folder, { recursive: true, force: true }); });

it('writes every number of a comparison as one table, and a picture', () => {
  const [csv, svg] = [join(folder, 'c.csv'), join(folder, 'c.svg')];
  expect(compareRuns({ values: { db, out: csv }, positionals: ['run-a', 'run-b'] })).toBe(0);
  const lines = readFileSync(csv, 'utf8').split('\r\n');
  expect(lines).toContain('result,test.rmse,run-b1,\'=two,,2');
  expect(lines).toContain('setting,model.hiddenSize,run-a1,one <b>,,8');
  expect(lines).toContain('curve,train loss,run-b1,\'=two,1,3');
  expect(lines).toContain('prediction,x,run-a1,one <b>,1,2.5');
  expect(lines.filter((line) => line.startsWith('prediction,x,run-a1'))).toHaveLength(2);
  compareRuns({ values: { db, out: csv, last: true }, positionals: ['run-a', 'run-b'] });
  expect(readFileSync(csv, 'utf8')).toContain('result,test.rmse,run-b1,\'=two,,5');

  compareRuns({ values: { db, out: svg }, positionals: ['run-a', 'run-b'] });
  const picture = readFileSync(svg, 'utf8');
  expect(picture).toContain('one &lt;b&gt;');
  expect(picture).not.toContain('<b>');
  expect(picture.match(/<svg/g)).toHaveLength(1 + 3 * 2);
});

it('refuses another kind of file before anything is read', () => {
  expect(() => compareRuns({ values: { db, out: 'c.png' }, positionals: ['run-a', 'run-b'] })).toThrow(/\.csv .* or \.svg/);
});
