/**
 * The bytes of the kernels, which are text in a bundle. Nothing else is in this file, and it is the first one: what comes
 * before and after so long a text is too far apart for gzip to compare.
 */
import { packedParts, packedWasm, unpackHex } from './generated/wasm.js';

/**
 * The module's bytes, where the entry has them. They are unpacked by a module of 333 bytes, since engines take some
 * milliseconds for the first loop over a text in JavaScript, and a tenth of one for both of these.
 */
export function unpackWasm(): Uint8Array<ArrayBuffer> {
  if (packedWasm === '') throw new Error('no WebAssembly.Module was given to setModule or createPooling');
  const memory = new WebAssembly.Memory({ initial: Math.ceil((3 * packedWasm.length) / 65536) });
  const bytes = new Uint8Array(memory.buffer);
  // Audio worklets have no TextEncoder.
  if (typeof TextEncoder === 'function') new TextEncoder().encodeInto(packedWasm, bytes);
  else for (let i = 0; i < packedWasm.length; i++) bytes[i] = packedWasm.charCodeAt(i);
  const code = Uint8Array.from(unpackHex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  const unpack = exports.unpack as (length: number, ...starts: number[]) => number;
  const [variables, constants, shuffles, size] = packedParts;
  const begin = unpack(packedWasm.length, variables, constants, shuffles);
  return bytes.subarray(begin, begin + size);
}
