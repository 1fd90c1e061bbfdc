import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: path('.'),
  // Documentation's code imports the package by its name.
  resolve: { alias: { 'wasm-pooling/tfjs': path('../../dist/adapters/tfjs.js') } },
  test: {
    include: ['*.spec.ts'],
    testTimeout: 60_000,
    // TensorFlow.js ships its specs as modules that import each other without extensions: vite resolves those, Node does not.
    server: { deps: { inline: [/@tensorflow/] } },
  },
});
