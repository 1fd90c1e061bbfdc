/**
 * Kernels as bytes again, which are text in a bundle.
 */
import { gradients } from './generated/gradients.js';
import { poolings } from './generated/poolings.js';
import { unpackHex } from './generated/unpack.js';

/**
 * A module as scripts/embed-wasm.mjs writes it: its text, how many bytes it has, and where the kinds of them begin that
 * assembly/unpack.ts tells of.
 */
export type Packed = readonly [text: string, size: number, ...starts: number[]];

/** The bytes of the kernels of poolings and indices. */
export const unpackPoolings = (): Uint8Array<ArrayBuffer> => unpackWasm(poolings);

/** The bytes of those of gradients. */
export const unpackGradients = (): Uint8Array<ArrayBuffer> => unpackWasm(gradients);

/**
 * The bytes of a module. They are unpacked by a small module, since engines take some milliseconds for the first loop over a
 * text in JavaScript, and a tenth of one for both of these.
 */
function unpackWasm([text, size, ...starts]: Packed): Uint8Array<ArrayBuffer> {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((3 * text.length) / 65536) });
  const bytes = new Uint8Array(memory.buffer);
  // Audio worklets have no TextEncoder.
  if (typeof TextEncoder === 'function') new TextEncoder().encodeInto(text, bytes);
  else for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const code = Uint8Array.from(unpackHex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  const unpack = exports.unpack as (length: number, ...starts: number[]) => number;
  const begin = unpack(text.length, ...starts);
  return bytes.subarray(begin, begin + size);
}
