// npm test [-- --only lint|unit|e2e [arguments for that test runner]]: sets everything up and runs every check.
import { resolveElectron } from './electron/resolve.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { exitWith, SetupFailure } from './setup/failure.mjs';
import { seconds } from './setup/say.mjs';
import { steps } from './test/steps.mjs';
import { closingLine, sum } from './test/tally.mjs';

const print = (text) => process.stdout.write(`${text}\n`);

/** @param {string[]} args */
function chosen(args) {
  if (args.length === 0) return { wanted: steps, rest: [] };
  const [flag, kind, ...rest] = args;
  const wanted = steps.filter((step) => step.kind === kind);
  if (flag !== '--only' || wanted.length === 0) throw new SetupFailure('npm test takes nothing, or: npm test -- --only lint|unit|e2e [arguments for the test runner]', 2);
  return { wanted, rest };
}

/** A step that could not run is a failure, and the others still run. */
async function attempt(step, rest) {
  const start = Date.now();
  print(`\n== ${step.name}`);
  let tally;
  try {
    tally = await step.run(rest);
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    print(error.message);
    tally = { passed: 0, failed: [{ name: step.name, reason: 'it could not run' }], skipped: [] };
  }
  print(`== ${step.name}: ${closingLine(tally)} (${seconds(Date.now() - start)})`);
  return tally;
}

const listed = (title, named) => {
  if (named.length === 0) return;
  print(`\n${title}:`);
  for (const { name, reason } of named) print(`  ${name}${reason ? ` (${reason})` : ''}`);
};

await exitWith(async () => {
  const { wanted, rest } = chosen(process.argv.slice(2));
  await ensureDependencies();
  // First, so that a machine that lacks something says so at once and not after ten minutes of other tests.
  if (wanted.some(({ kind }) => kind === 'e2e')) await resolveElectron({ virtualScreen: true });
  const tallies = [];
  for (const step of wanted) tallies.push(await attempt(step, rest));
  const total = sum(tallies);
  listed('Skipped, with the reason', total.skipped);
  listed('Failed', total.failed);
  print('');
  print(closingLine(total));
  return total.failed.length > 0 || total.passed === 0 ? 1 : 0;
});
