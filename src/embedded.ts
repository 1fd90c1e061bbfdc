/**
 * The kernels as they ship inside the library: decoded and compiled on first use, synchronously, once. The entry `core` is
 * built without them, and is given them.
 */
import { wasmBase64 } from './generated/wasm.js';
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
  module ??= new WebAssembly.Module(decode(wasmBase64));
  return module;
}

/** Throws unless `module` is a compiled one. */
export function checkModule(fn: string, module: unknown): asserts module is WebAssembly.Module {
  if (!(module instanceof WebAssembly.Module)) {
    throw new TypeError(`${fn}: module must be a WebAssembly.Module, got ${describe(module)}`);
  }
}

interface Decoders {
  /** Newer engines' own. */
  readonly Uint8Array: { fromBase64?(base64: string): Uint8Array<ArrayBuffer> };
  /** Node's. Taken from globalThis, so that no bundler takes it for a reason to bring one along. */
  readonly Buffer?: { from(base64: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
}

/** The first loop over a text takes 5 ms where what engines have of their own takes a twentieth of one. */
function decode(base64: string): Uint8Array<ArrayBuffer> {
  if (base64 === '') throw new Error('no WebAssembly.Module was given to setModule or createPooling');
  const { Uint8Array: Bytes, Buffer: NodeBuffer } = globalThis as unknown as Decoders;
  if (Bytes.fromBase64 !== undefined) return Bytes.fromBase64(base64);
  if (NodeBuffer !== undefined) return NodeBuffer.from(base64, 'base64');
  // A plain loop: Uint8Array.from with a function takes twenty times as long.
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
