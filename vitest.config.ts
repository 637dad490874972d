import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs'],
    environment: 'node',
    // The kernels of the wasm backend are not in the repository; they are made anew where their source has changed.
    globalSetup: ['scripts/test/kernels.mjs'],
    testTimeout: 20_000,
  },
});
