/**
 * Pooling on somebody else's memory: a library that has a WebAssembly heap of its own (C, C++, Rust, AssemblyScript) runs
 * the kernels on its tensors where they are. Nothing is copied, and nothing outside the three regions is touched.
 *
 *   npm run build && npx tsx examples/raw.ts
 */
import { deepEqual, throws } from 'node:assert/strict';
import { maxPool2d } from 'wasm-pooling';
import { createRaw } from 'wasm-pooling/raw';

/** Stands for the host's heap: it hands out addresses and never takes them back, like the simplest malloc. */
class Heap {
  readonly memory = new WebAssembly.Memory({ initial: 1 });
  #top = 1024; // the host's own data and stack would be below

  malloc(bytes: number): number {
    const address = this.#top;
    this.#top = Math.ceil((address + bytes) / 16) * 16;
    const missing = this.#top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65536));
    return address;
  }

  // Made anew each time, since a view is dead once the memory has grown.
  floats(address: number, bytes: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, bytes / 4);
  }
}

const heap = new Heap();
const raw = createRaw(heap.memory);

// The same words as everywhere; sizes in bytes say what the host has to allocate.
const shape = [1, 8, 24, 24];
const pool = raw.maxPool2d(shape, { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 });
const x = heap.malloc(pool.inputBytes);
const y = heap.malloc(pool.outputBytes);
const workspace = heap.malloc(pool.workspaceBytes);
console.log(
  `x at ${x} (${pool.inputBytes} bytes), y at ${y} (${pool.outputBytes}), workspace at ${workspace} (${pool.workspaceBytes})`,
);

const input = heap.floats(x, pool.inputBytes);
for (let i = 0; i < input.length; i++) input[i] = Math.sin(i * i);
const before = new Uint8Array(heap.memory.buffer.slice(0));

pool.run(x, y, workspace);

// The result is that of the function, and every other byte of the heap is what it was.
const expected = maxPool2d({ data: input.slice(), shape }, { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 });
deepEqual(heap.floats(y, pool.outputBytes).slice(), expected.data);
const after = new Uint8Array(heap.memory.buffer);
const written = (at: number): boolean =>
  (at >= y && at < y + pool.outputBytes) || (at >= workspace && at < workspace + pool.workspaceBytes);
const strays = before.findIndex((byte, at) => byte !== after[at] && !written(at));
deepEqual(strays, -1, `byte ${strays} was touched`);
console.log(`pooled to [${pool.outputShape}], as maxPool2d does; no byte outside y and the workspace has changed`);

// Addresses are checked before anything runs.
throws(() => pool.run(x, x, workspace), RangeError);
throws(() => pool.run(x, y + 1, workspace), RangeError);
console.log('an overlap and an address off by one are refused');
