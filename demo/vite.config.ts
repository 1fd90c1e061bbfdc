import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  // Paths are relative, so that the built folder can be served from anywhere.
  base: './',
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: { alias: { 'wasm-pooling': fileURLToPath(new URL('../dist/index.js', import.meta.url)) } },
  server: { host: '127.0.0.1', fs: { allow: [fileURLToPath(new URL('..', import.meta.url))] } },
  preview: { host: '127.0.0.1' },
  // Found only once it is asked for, it would reload the page.
  optimizeDeps: {
    include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-cpu'],
  },
  // TensorFlow.js comes in the lazily loaded part; nothing else is large.
  build: { target: 'es2022', chunkSizeWarningLimit: 1500, rolldownOptions: { checks: { pluginTimings: false } } },
  worker: { format: 'es' },
});
