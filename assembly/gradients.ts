// Exports only: the kernels of gradients, which are a module of their own inside the library. The names are those of
// src/backends/gradient-kernels.ts.
export { divide, expand } from './expand';
export { inside, scatter, settle, space } from './scatter';
