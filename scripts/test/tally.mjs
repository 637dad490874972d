/**
 * @typedef {{ name: string, reason: string }} Named
 * @typedef {{ passed: number, failed: Named[], skipped: Named[] }} Tally
 */

/** @returns {Tally} */
export const nothing = () => ({ passed: 0, failed: [], skipped: [] });

/** @param {Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.flatMap(({ failed }) => failed),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}

/** What a whole run ends with, alone on its line. @param {Tally} tally */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}

/**
 * @param {{ tests: { name: string, state: string, reason?: string }[], brokenFiles: string[], unhandledErrors: number }} report by vitest-report.mjs
 * @returns {Tally}
 */
export function unitTally({ tests, brokenFiles, unhandledErrors }) {
  const named = (state, reason) => tests.filter((test) => test.state === state).map((test) => ({ name: test.name, reason: test.reason ?? reason }));
  const broken = brokenFiles.map((name) => ({ name, reason: 'the file itself failed' }));
  const stray = unhandledErrors > 0 ? [{ name: 'unit tests', reason: `${unhandledErrors} errors outside of any test` }] : [];
  return {
    passed: tests.filter((test) => test.state === 'passed').length,
    failed: [...named('failed', ''), ...named('pending', 'it did not run'), ...broken, ...stray],
    skipped: named('skipped', 'the test gives no reason'),
  };
}

/** Every spec of Playwright's JSON report. */
function specsOf(suites, path = []) {
  return suites.flatMap((suite) => {
    const here = [...path, suite.title];
    return [...(suite.specs ?? []).map((spec) => ({ spec, path: here })), ...specsOf(suite.suites ?? [], here)];
  });
}

/**
 * A test that Playwright calls skipped without anybody having asked for that did not run (an earlier one of a series
 * failed, a worker died): that is a failure.
 * @param {{ suites: any[], errors: { message?: string }[] }} report Playwright's JSON report
 * @returns {Tally}
 */
export function endToEndTally({ suites, errors }) {
  const tally = nothing();
  for (const { spec, path } of specsOf(suites)) {
    for (const test of spec.tests) {
      const name = [...path, spec.title].join(': ');
      const skip = test.annotations.find((annotation) => annotation.type === 'skip' || annotation.type === 'fixme');
      if (test.status === 'expected') tally.passed += 1;
      else if (test.status === 'skipped' && skip) tally.skipped.push({ name, reason: skip.description ?? 'the test gives no reason' });
      else tally.failed.push({ name, reason: test.status === 'skipped' ? 'it did not run' : test.status === 'flaky' ? 'it passed only when tried again' : '' });
    }
  }
  for (const error of errors) tally.failed.push({ name: 'end-to-end tests', reason: (error.message ?? 'an error outside of any test').split('\n')[0] });
  return tally;
}
