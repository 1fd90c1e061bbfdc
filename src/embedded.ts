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

interface Decoders {
  /** Newer engines' own. */
  readonly Uint8Array: { fromBase64?(base64: string): Uint8Array<ArrayBuffer> };
  /** Node's. Taken from globalThis, so that no bundler takes it for a reason to bring one along. */
  readonly Buffer?: { from(base64: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
}

/** The first loop over a text takes 5 ms where what engines have of their own takes a twentieth of one. */
function decode(base64: string): Uint8Array<ArrayBuffer> {
  const { Uint8Array: Bytes, Buffer: NodeBuffer } = globalThis as unknown as Decoders;
  if (Bytes.fromBase64 !== undefined) return Bytes.fromBase64(base64);
  if (NodeBuffer !== undefined) return NodeBuffer.from(base64, 'base64');
  // A plain loop: Uint8Array.from with a function takes twenty times as long.
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
