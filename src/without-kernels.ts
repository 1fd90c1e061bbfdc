/**
 * What `wasm-pooling/core` has in place of packed.ts: it is given its kernels.
 */
export function unpackPoolings(): never {
  throw new Error('no WebAssembly.Module was given to setModule or createPooling');
}

export const unpackGradients: typeof unpackPoolings = unpackPoolings;
