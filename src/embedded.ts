/**
 * The kernels as they ship inside the library: decoded and compiled on first use, synchronously, once. The entry `core` is
 * built without them, and is given them.
 */
import { wasmHex } from './generated/wasm.js';
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
  module ??= new WebAssembly.Module(decode(wasmHex));
  return module;
}

/** Throws unless `module` is a compiled one. */
export function checkModule(fn: string, module: unknown): asserts module is WebAssembly.Module {
  if (!(module instanceof WebAssembly.Module)) {
    throw new TypeError(`${fn}: module must be a WebAssembly.Module, got ${describe(module)}`);
  }
}

let sharing: WebAssembly.Module | undefined;

/** The same kernels, importing a memory that is shared between threads: no module can import both kinds. */
export function embeddedSharingModule(): WebAssembly.Module {
  sharing ??= new WebAssembly.Module(importingShared(decode(wasmHex)));
  return sharing;
}

interface Decoders {
  /** Newer engines' own. */
  readonly Uint8Array: { fromHex?(hex: string): Uint8Array<ArrayBuffer> };
  /** Node's. Taken from globalThis, so that no bundler takes it for a reason to bring one along. */
  readonly Buffer?: { from(hex: string, encoding: 'hex'): Uint8Array<ArrayBuffer> };
}

/** The first loop over a text takes 5 ms where what engines have of their own takes a tenth of one. */
function decode(hex: string): Uint8Array<ArrayBuffer> {
  if (hex === '') throw new Error('no WebAssembly.Module was given to setModule or createPooling');
  const { Uint8Array: Bytes, Buffer: NodeBuffer } = globalThis as unknown as Decoders;
  if (Bytes.fromHex !== undefined) return Bytes.fromHex(hex);
  if (NodeBuffer !== undefined) return NodeBuffer.from(hex, 'hex');
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (digit(hex, 2 * i) << 4) | digit(hex, 2 * i + 1);
  return bytes;
}

/** The value of a hexadecimal digit, 0 to 9 or a to f. */
function digit(hex: string, at: number): number {
  const code = hex.charCodeAt(at);
  return code < 0x60 ? code & 15 : (code & 15) + 9;
}
