/**
 * The kernels as they ship inside the library: decoded and compiled on first use, synchronously, once.
 */
import { wasmBase64 } from './generated/wasm.js';

let module: WebAssembly.Module | undefined;

/** The compiled kernels; throws where WebAssembly, SIMD or compiling at run time is not to be had. */
export function embeddedModule(): WebAssembly.Module {
  module ??= new WebAssembly.Module(decode(wasmBase64));
  return module;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  // A plain loop: Uint8Array.from with a function takes twenty times as long.
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
