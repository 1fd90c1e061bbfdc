/**
 * Instances: those that users make, and the default one, made on first use, with its methods as functions.
 */
import { makePooling, type Pooling, type PoolingFunctions, type PoolingOptions } from './pooling.js';
import { addIndices } from './task-calls.js';

/**
 * Makes a set of pooling functions with its own backend and memory.
 *
 * @param options `backend`, `'auto'` unless it is given: WebAssembly, or TypeScript where that cannot be had; `module`, the
 * kernels inside the library unless it is given; `memory`, a new one unless it is given; `bandBytes`, 524288 bytes; `path`.
 * @returns The functions of this entry as methods, `alloc` for tensors in its memory, and what it runs on: `backend`, `fallbackReason`.
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

/** A method of the default instance, as a function. */
export function bound<N extends keyof PoolingFunctions>(name: N): PoolingFunctions[N] {
  return boundAfter(() => {}, name) as PoolingFunctions[N];
}

/** The same for a method that `add` gives all instances. */
export function boundAfter(add: () => void, name: string): unknown {
  return (...args: unknown[]) => {
    add();
    instance ??= makePooling();
    return (instance as unknown as Record<string, (...args: unknown[]) => unknown>)[name](...args);
  };
}
