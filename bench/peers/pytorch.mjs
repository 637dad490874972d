import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('pytorch.py', import.meta.url));

/**
 * PyTorch in a process of its own, spoken to line by line.
 * @param {string} python
 * @returns {Promise<{ version: string, ask(command: object): Promise<any>, close(): void } | { missing: string }>}
 */
export async function pytorch(python) {
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let failed = null;
  child.stderr.on('data', (data) => { said += data; });
  child.on('error', (error) => { failed = error; });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`PyTorch has stopped: ${failed?.message ?? said.trim().split('\n').at(-1)}`);
    return JSON.parse(value);
  };
  try {
    const { torch } = await next();
    return {
      version: torch,
      ask(command) {
        child.stdin.write(`${JSON.stringify(command)}\n`);
        return next();
      },
      close() { child.stdin.end(); },
    };
  } catch (error) {
    return { missing: error.message };
  }
}
