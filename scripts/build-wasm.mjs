// Builds the kernels of the wasm backend: src/engine/backends/wasm/assembly with plain and with relaxed SIMD, each for a
// memory of one thread and for one that threads share, as base64 in build/*.generated.ts, so that no file is looked for at run time.
//   node scripts/build-wasm.mjs [--force]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { assemblyFields, typescriptFields } from '../src/engine/backends/wasm/generate/fields.mjs';
import { assemblyKernels } from '../src/engine/backends/wasm/generate/kernels.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'src/engine/backends/wasm');
const out = join(folder, 'build');

/** With fused multiply-add 6 x 8 sums fit the 16 registers; without it 4 x 8, since the product needs one too. */
const variants = [
  { name: 'plain', rows: 4, options: [] },
  { name: 'relaxed', rows: 6, options: ['--enable', 'relaxed-simd'] },
].flatMap((variant) => [
  variant,
  { ...variant, name: `${variant.name}-shared`, options: [...variant.options, '--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'] },
]);

function filesIn(path) {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

function hashOfInputs() {
  const hash = createHash('sha256');
  const files = [fileURLToPath(import.meta.url), ...filesIn(join(folder, 'assembly')), ...filesIn(join(folder, 'generate')), join(root, 'node_modules/assemblyscript/package.json')];
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Compiles one variant; the generated sources exist only in memory. */
async function compile({ name, rows, options }) {
  const generated = new Map([
    ['src/engine/backends/wasm/assembly/kernels.ts', assemblyKernels(rows)],
    ['src/engine/backends/wasm/assembly/fields.ts', assemblyFields()],
  ]);
  let binary = null;
  const { error, stderr } = await asc.main([
    'src/engine/backends/wasm/assembly/index.ts', '-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--initialMemory', '1',
    '--use', 'abort=', '--enable', 'simd', ...options, '--outFile', 'net.wasm',
  ], {
    readFile(file, base) {
      const path = join(base, file);
      return generated.get(relative(root, path).replaceAll('\\', '/')) ?? (existsSync(path) ? readFileSync(path, 'utf8') : null);
    },
    writeFile(file, contents) { if (file === 'net.wasm') binary = contents; },
    listFiles: (dir, base) => (existsSync(join(base, dir)) ? readdirSync(join(base, dir)).filter((file) => file.endsWith('.ts')) : null),
  });
  if (error) throw new Error(`AssemblyScript, ${name}: ${error.message}\n${stderr.toString()}`);
  return binary;
}

process.chdir(root);
const stamp = join(out, 'inputs.sha256');
const inputs = hashOfInputs();
if (!process.argv.includes('--force') && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) {
  console.log('WebAssembly kernels: unchanged');
} else {
  mkdirSync(out, { recursive: true });
  for (const variant of variants) {
    const binary = await compile(variant);
    const text = `// Made by scripts/build-wasm.mjs.\nexport const ${variant.name.replace('-shared', 'Shared')}Binary = '${Buffer.from(binary).toString('base64')}';\n`;
    writeFileSync(join(out, `${variant.name}.generated.ts`), text);
    console.log(`WebAssembly kernels, ${variant.name}: ${binary.length} bytes`);
  }
  writeFileSync(join(out, 'fields.generated.ts'), typescriptFields());
  writeFileSync(stamp, inputs);
}
