import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../setup/lock.mjs';
import { toolingEnvironment, toolingNode } from '../setup/node.mjs';
import { root, userCache } from '../setup/paths.mjs';
import { capture } from '../setup/run.mjs';
import { say, step } from '../setup/say.mjs';

/**
 * TensorFlow for the processor, put into the user's cache by the studio's own installer, so that the tests of that engine can
 * run; the command line must have been built. Where it cannot be had (no network, another system) those tests are skipped, visibly.
 *
 * @returns {Promise<Record<string, string>>} what the environment of the tests gains
 */
export async function testTensorFlow() {
  if (process.env.UNROLL_TENSORFLOW) return { UNROLL_TENSORFLOW: process.env.UNROLL_TENSORFLOW };
  const engines = join(userCache(), 'engines');
  const folder = join(engines, 'tensorflow');
  const isThere = () => existsSync(join(folder, 'engine.json'));
  if (!isThere()) {
    const result = await withLock('tensorflow', () => (isThere() ? Promise.resolve({ code: 0, output: '' })
      : step('Installing TensorFlow for the tests of that engine', () => capture(toolingNode(), [join(root, 'out/cli/unroll.js'), 'engine', 'install', '--device', 'cpu'], { cwd: root, env: toolingEnvironment({ ...process.env, UNROLL_ENGINES: engines }) }))));
    if (result.code !== 0) {
      say(`The tests of the tensorflow engine will be skipped: ${result.output.trim().split('\n').at(-1)}`);
      return {};
    }
  }
  return { UNROLL_TENSORFLOW: folder };
}
