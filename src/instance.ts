/**
 * Instances: those that users make, and the default one, made on first use, with its methods as functions.
 */
import {
  type GradientFunctions,
  makePooling,
  type Pooling,
  type PoolingFunctions,
  type PoolingOptions,
} from './pooling.js';
import { addIndices } from './task-calls.js';

/**
 * Makes a set of pooling functions with its own backend and memory.
 *
 * @param options `backend`, `'auto'` unless it is given: WebAssembly, or TypeScript where that cannot be had; `module`, the
 * kernels inside the library unless it is given; `memory`, a new one unless it is given; `bandBytes`, 524288 bytes; `path`.
 * @returns The functions of this entry as methods, `alloc` for tensors in its memory, and what it runs on: `backend`,
 * `fallbackReason`.
 * @throws TypeError and RangeError for options; with `backend: 'wasm'`, what kept WebAssembly from starting.
 * @example
 * const pooling = createPooling({ backend: 'wasm' });
 * const x = pooling.alloc('float32', [1, 4]);
 * x.data.set([1, 5, 2, 4]);
 * pooling.maxPool2d(x, { kernelSize: [1, 2] }).data; // → [5, 4]
 */
export function createPooling(options: PoolingOptions = {}): Pooling {
  addIndices();
  return makePooling(options);
}

let instance: Pooling | undefined;

type Functions = PoolingFunctions & GradientFunctions;

/** A method of the default instance, as a function; `add` gives instances the methods that not all of them have. */
export function bound<N extends keyof Functions>(name: N, add?: () => void): Functions[N] {
  const call = (...args: unknown[]) => {
    add?.();
    instance ??= makePooling();
    return ((instance as Partial<Functions>)[name] as (...args: unknown[]) => unknown)(...args);
  };
  return call as Functions[N];
}
