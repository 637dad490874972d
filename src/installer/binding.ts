import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { environmentError } from '../shared/errors.ts';

const locate = createRequire(import.meta.url);
const compilers = ['g++', 'c++', 'clang++'];

function run(program: string, args: string[], signal: AbortSignal): Promise<{ missing: boolean; output: string; ok: boolean }> {
  return new Promise((resolve) => {
    execFile(program, args, { signal, maxBuffer: 2 ** 24 }, (error, stdout, stderr) =>
      resolve({ ok: error === null, missing: (error as NodeJS.ErrnoException | null)?.code === 'ENOENT', output: `${stdout}${stderr}` }));
  });
}

/**
 * Compiles tfjs-node's own binding, unchanged, against the unpacked libraries; it finds them beside itself wherever the folder lies.
 * @param folder holds tensorflow/
 * @returns the path of the binding, relative to the folder
 * @throws environmentError 'engine.no-compiler' or 'engine.not-built'
 */
export async function buildBinding(folder: string, signal: AbortSignal): Promise<string> {
  const sources = join(dirname(locate.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'binding');
  const nodeHeaders = join(dirname(locate.resolve('node-api-headers/package.json')), 'include');
  const binding = join('binding', 'tfjs_binding.node');
  await mkdir(join(folder, 'binding'), { recursive: true });
  const args = [
    '-O2', '-fPIC', '-shared', '-std=c++17', '-DNAPI_VERSION=8', `-I${join(folder, 'tensorflow/include')}`, `-I${nodeHeaders}`, `-I${sources}`,
    join(sources, 'tfjs_backend.cc'), join(sources, 'tfjs_binding.cc'), '-o', join(folder, binding),
    join(folder, 'tensorflow/libtensorflow_cc.so.2'), join(folder, 'tensorflow/libtensorflow_framework.so.2'), '-Wl,-rpath,$ORIGIN/../tensorflow',
  ];
  for (const compiler of compilers) {
    const { ok, missing, output } = await run(compiler, args, signal);
    signal.throwIfAborted();
    if (ok) return binding;
    if (!missing) {
      const first = output.split('\n').find((line) => /error|not found|undefined/i.test(line)) ?? output.split('\n')[0] ?? '';
      throw environmentError('engine.not-built', `The binding to TensorFlow could not be compiled: ${first.trim()}`, { hint: 'A C++17 compiler is needed, g++ 9 or later. Until then the built-in engine trains.', details: { reason: first.trim() } });
    }
  }
  throw environmentError('engine.no-compiler', 'There is no C++ compiler to build the small binding to TensorFlow.', { hint: 'Install g++ (for example "apt install g++") and install again; what was fetched is kept. Until then the built-in engine trains.' });
}
