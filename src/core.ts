/**
 * wasm-pooling/core: the library without its kernels inside, for runtimes that have them as a compiled
 * `WebAssembly.Module` from elsewhere. It is built from the same files as the main entry and that of gradients; only
 * the embedded bytes are left out.
 */
export { setModule } from './embedded.js';
export * from './gradients.js';
export { createPooling } from './gradients.js';
export * from './index.js';
