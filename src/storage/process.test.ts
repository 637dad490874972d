import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isProcessAlive } from './process.ts';

it('knows this process alive, and one that ended not', async () => {
  expect(isProcessAlive(process.pid)).toBe(true);
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  expect(isProcessAlive(child.pid!)).toBe(false);
});

it.skipIf(process.platform !== 'linux')('takes a process that ended and that nobody waited for as gone', async () => {
  // The shell becomes sleep, which never asks after the child that the shell had begun.
  const parent = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [text] = await once(parent.stdout, 'data') as [Buffer];
    await expect.poll(() => isProcessAlive(Number(text.toString()))).toBe(false);
    expect(isProcessAlive(parent.pid!)).toBe(true);
  } finally {
    parent.kill();
  }
});
