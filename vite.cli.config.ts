import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// The command line: one Node program, dependencies left in node_modules.
export default defineConfig({
  build: {
    ssr: resolve('src/cli/unroll.ts'),
    outDir: 'out/cli',
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'unroll.js' } },
  },
});
