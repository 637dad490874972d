import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../setup/build.mjs';
import { toolingEnvironment, toolingNode } from '../setup/node.mjs';
import { callersNpm } from '../setup/npm.mjs';
import { root } from '../setup/paths.mjs';
import { passThrough } from '../setup/run.mjs';
import { endToEndTally, unitTally } from './tally.mjs';
import { testTensorFlow } from './tensorflow.mjs';
import { testWebGpu } from './webgpu.mjs';

/** @typedef {{ name: string, kind: 'lint' | 'unit' | 'e2e', run: (args: string[]) => Promise<import('./tally.mjs').Tally> }} Step */

const reports = join(root, 'test-results');

/**
 * One npm script that passes or fails as a whole.
 * @param {string} name
 * @param {string} script
 * @param {import('../setup/build.mjs').Target[]} built what has to be built before it
 * @returns {Step}
 */
function check(name, script, built) {
  return {
    name,
    kind: 'lint',
    run: async () => {
      await ensureBuilt(built);
      const npm = callersNpm();
      const code = await passThrough(npm.program, [...npm.args, 'run', '--silent', script], { cwd: root, env: npm.env, shell: npm.shell });
      return code === 0 ? { passed: 1, failed: [], skipped: [] } : { passed: 0, failed: [{ name, reason: `npm run ${script} ended with exit code ${code}` }], skipped: [] };
    },
  };
}

/** Runs a test runner and reads the report that it leaves; without one, the step failed. */
async function withReport(name, report, read, run) {
  mkdirSync(reports, { recursive: true });
  rmSync(report, { force: true });
  const code = await run();
  if (!existsSync(report)) return { passed: 0, failed: [{ name, reason: `it left no report and ended with exit code ${code}` }], skipped: [] };
  const tally = read(JSON.parse(readFileSync(report, 'utf8')));
  if (code !== 0 && tally.failed.length === 0) tally.failed.push({ name, reason: `it ended with exit code ${code}` });
  if (tally.passed + tally.failed.length === 0) tally.failed.push({ name, reason: 'no test ran' });
  return tally;
}

/** @type {Step} */
const unit = {
  name: 'Unit tests',
  kind: 'unit',
  run: async (args) => {
    await ensureBuilt(['wasm', 'cli']);
    const engines = { ...await testTensorFlow(), ...await testWebGpu() };
    const report = join(reports, 'unit.json');
    return withReport('unit tests', report, unitTally, () =>
      passThrough(toolingNode(), [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', `--reporter=${join(root, 'scripts/test/vitest-report.mjs')}`, ...args],
        { cwd: root, env: toolingEnvironment({ ...process.env, ...engines, UNROLL_UNIT_REPORT: report }) }));
  },
};

// A screen of its own, also where there is one: the same size and no other windows, whoever runs it.
const virtualScreen = ['--auto-servernum', '--server-args=-screen 0 1600x1000x24 -nolisten tcp'];

/** @type {Step} */
const endToEnd = {
  name: 'End-to-end tests',
  kind: 'e2e',
  run: async (args) => {
    await ensureBuilt(['wasm', 'app', 'cli']);
    const tensorflow = await testTensorFlow();
    const report = join(reports, 'e2e.json');
    const playwright = [toolingNode(), join(root, 'node_modules/@playwright/test/cli.js'), 'test', ...args];
    const [program, ...rest] = process.platform === 'linux' ? ['xvfb-run', ...virtualScreen, ...playwright] : playwright;
    const env = toolingEnvironment({ ...process.env, ...tensorflow, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
    delete env.WAYLAND_DISPLAY;
    return withReport('end-to-end tests', report, endToEndTally, () =>
      passThrough(program, rest, { cwd: root, env }));
  },
};

/** All that npm test does, in its order. @type {Step[]} */
export const steps = [
  check('Lint', 'lint', ['wasm']),
  // The build of the studio writes the types of the components that templates name.
  check('Types', 'typecheck', ['wasm', 'app']),
  check('Import directions', 'deps:check', ['wasm']),
  unit,
  endToEnd,
];
