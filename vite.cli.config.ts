import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// The command line: one Node program, dependencies left in node_modules.
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'out/cli',
    target: 'node20',
    rollupOptions: {
      // The crew is the script of the engine's worker threads.
      input: { unroll: resolve('src/cli/unroll.ts'), crew: resolve('src/trainer/crew.ts') },
      output: { entryFileNames: '[name].js' },
    },
  },
});
