import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Before the unit tests: the WebAssembly kernels as their source is now (nothing is done where it has not changed). */
export default function setup() {
  const script = join(import.meta.dirname, '../build-wasm.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The WebAssembly kernels could not be built:\n${stderr}`);
}
