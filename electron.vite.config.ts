import { resolve } from 'node:path';
import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

// The oldest runtime that the app is started on is Electron 33 (Node 20, Chromium 130); see docs/adr.
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      rollupOptions: {
        // The trainer is a utility process, its crew and the reader are worker threads: scripts of their own.
        input: { index: resolve('src/main/index.ts'), trainer: resolve('src/trainer/utility.ts'), crew: resolve('src/trainer/crew.ts'), installer: resolve('src/installer/utility.ts'), exporter: resolve('src/exporter/utility.ts'), importer: resolve('src/importer/utility.ts'), reader: resolve('src/main/reader/worker.ts'), care: resolve('src/main/care/worker.ts') },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
      rollupOptions: {
        input: { index: resolve('src/preload/index.ts'), gpu: resolve('src/preload/gpu.ts') },
        // A sandboxed preload script must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue(), ui({
      colorMode: true,
      ui: {
        colors: { primary: 'blue', neutral: 'zinc' },
        // A button under the pointer keeps its contrast: its own hover is 75 % see-through, under 4.5:1.
        button: { compoundVariants: [{ color: 'primary', variant: 'solid', class: 'hover:bg-primary active:bg-primary hover:brightness-110 active:brightness-95' }] },
      },
      // Icons are bundled: the window has no net, and its CSP would refuse one.
      icon: { clientBundle: { scan: { globInclude: ['**/*.vue', '**/*.ts'], globExclude: ['node_modules', '**/*.test.ts'] } } },
    })],
    build: {
      target: 'chrome130',
      minify: true,
      rollupOptions: { input: { index: resolve('src/renderer/index.html'), gpu: resolve('src/renderer/gpu.html') } },
    },
  },
});
