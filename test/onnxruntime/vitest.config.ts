import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { root: import.meta.dirname, include: ['*.peer.ts'], testTimeout: 300_000 },
});
