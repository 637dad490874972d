// npm run kill-test [-- COUNT]: the app or its trainer is killed at random moments, a hundred times unless told otherwise.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const count = process.argv[2] ?? '100';
const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'test.mjs'), '--only', 'e2e', 'e2e/kill.spec.ts'], { stdio: 'inherit', env: { ...process.env, UNROLL_KILLS: count } });
process.exit(status ?? 1);
