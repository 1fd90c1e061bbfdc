import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * TensorFlow.js ships its specs beside its modules, which import each other without extensions: vite resolves those. The
 * backends have to find the same modules, not the bundle for Node.
 */
export default defineConfig({
  root: path('.'),
  resolve: {
    alias: [
      { find: /^@tensorflow\/tfjs-core$/, replacement: path('node_modules/@tensorflow/tfjs-core/dist/index.js') },
    ],
  },
  test: {
    include: ['*.spec.ts'],
    testTimeout: 60_000,
    server: { deps: { inline: [/@tensorflow/] } },
  },
});
