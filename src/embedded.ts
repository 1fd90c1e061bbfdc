/**
 * The kernels as they ship inside the library: unpacked and compiled on first use, synchronously, once. The entry `core` is
 * built without them, and is given them. Those of gradients are apart: backends/gradient-kernels.ts.
 */
import { unpackPoolings } from './packed.js';
import { importingShared } from './sharing.js';
import { describe } from './tensor.js';

let module: WebAssembly.Module | undefined;
/** The module has been asked for, so that setting another would split the library in two. */
let asked = false;

/**
 * Gives the library its kernels, compiled already, for runtimes that forbid to compile bytes. To be called before anything
 * is pooled; without it, `wasm-pooling/core` runs in TypeScript.
 *
 * @param compiled What `wasm-pooling/pooling.wasm` compiles to.
 * @throws TypeError for anything else than a `WebAssembly.Module`; Error when the library has had to do without it before.
 * @example
 * import module from 'wasm-pooling/pooling.wasm';
 * import { maxPool2d, setModule } from 'wasm-pooling/core';
 *
 * setModule(module);
 */
export function setModule(compiled: WebAssembly.Module): void {
  checkModule('setModule', compiled);
  if (asked && compiled !== module) throw new Error('setModule: must be called before anything is pooled');
  module = compiled;
}

/** The compiled kernels; throws where WebAssembly, SIMD or compiling at run time is not to be had. */
export function embeddedModule(): WebAssembly.Module {
  asked = true;
  module ??= new WebAssembly.Module(unpackPoolings());
  return module;
}

/** Throws unless `module` is a compiled one with the kernels. */
export function checkModule(fn: string, module: unknown): asserts module is WebAssembly.Module {
  if (!(module instanceof WebAssembly.Module)) {
    throw new TypeError(`${fn}: module must be a WebAssembly.Module, got ${describe(module)}`);
  }
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === 'universal')) {
    throw new TypeError(`${fn}: module must be that of wasm-pooling/pooling.wasm, which exports its kernels`);
  }
}

let sharing: WebAssembly.Module | undefined;

/** The same kernels, importing a memory that is shared between threads: no module can import both kinds. */
export function embeddedSharingModule(): WebAssembly.Module {
  sharing ??= new WebAssembly.Module(importingShared(unpackPoolings()));
  return sharing;
}
