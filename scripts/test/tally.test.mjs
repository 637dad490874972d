import { describe, expect, it } from 'vitest';
import { closingLine, endToEndTally, sum, unitTally } from './tally.mjs';

describe('the tally of the unit tests', () => {
  it('counts each state and keeps the reason of a skip', () => {
    const tally = unitTally({
      tests: [{ name: 'a', state: 'passed' }, { name: 'b', state: 'failed' }, { name: 'c', state: 'skipped', reason: 'no GPU' }, { name: 'd', state: 'skipped' }],
      brokenFiles: [], unhandledErrors: 0,
    });
    expect(tally).toEqual({
      passed: 1,
      failed: [{ name: 'b', reason: '' }],
      skipped: [{ name: 'c', reason: 'no GPU' }, { name: 'd', reason: 'the test gives no reason' }],
    });
  });

  it('counts what did not run, a broken file and stray errors as failures', () => {
    const { failed } = unitTally({ tests: [{ name: 'a', state: 'pending' }], brokenFiles: ['x.test.ts'], unhandledErrors: 2 });
    expect(failed.map(({ name }) => name)).toEqual(['a', 'x.test.ts', 'unit tests']);
  });
});

describe('the tally of the end-to-end tests', () => {
  const suites = (tests) => [{ title: 'journey.spec.ts', specs: [], suites: [{ title: 'home', specs: tests.map(([status, annotations = []], i) => ({ title: `t${i}`, tests: [{ status, annotations }] })) }] }];

  it('tells an asked-for skip from a test that did not run', () => {
    const tally = endToEndTally({ suites: suites([['expected'], ['unexpected'], ['skipped', [{ type: 'skip', description: 'root reads every file' }]], ['skipped'], ['flaky']]), errors: [] });
    expect(tally.passed).toBe(1);
    expect(tally.skipped).toEqual([{ name: 'journey.spec.ts: home: t2', reason: 'root reads every file' }]);
    expect(tally.failed.map(({ reason }) => reason)).toEqual(['', 'it did not run', 'it passed only when tried again']);
  });

  it('counts an error outside of any test as a failure', () => {
    expect(endToEndTally({ suites: [], errors: [{ message: 'no config\nat x' }] }).failed).toEqual([{ name: 'end-to-end tests', reason: 'no config' }]);
  });
});

describe('the closing line', () => {
  it('adds up', () => {
    expect(closingLine(sum([{ passed: 2, failed: [], skipped: [] }, { passed: 1, failed: [{ name: 'a', reason: '' }], skipped: [] }]))).toBe('3 passed, 1 failed, 0 skipped');
  });
});
