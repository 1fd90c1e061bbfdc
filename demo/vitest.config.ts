import { defineConfig, mergeConfig } from 'vitest/config';
import page from './vite.config.ts';

export default mergeConfig(
  page,
  defineConfig({ test: { include: ['*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 } }),
);
