import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['*.spec.ts'],
    testTimeout: 60_000,
    // TensorFlow.js ships its specs as modules that import each other without extensions: vite resolves those, Node does not.
    server: { deps: { inline: [/@tensorflow/] } },
  },
});
