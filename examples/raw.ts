/**
 * Pooling on somebody else's memory: a program that has a WebAssembly heap of its own (C, C++, Rust, AssemblyScript) has its
 * tensors pooled where they are. Nothing is copied, and nothing outside the three regions is touched.
 *
 * The host here is such a program: it exports its memory, malloc and free, and has code that works on tensors by their
 * addresses. With Emscripten these are `Module.wasmMemory`, `Module._malloc` and `Module._free`.
 *
 *   npm run build && npx tsx examples/raw.ts
 */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { compileString } from 'assemblyscript/asc';
import { maxPool2d } from 'wasm-pooling';
import { createRaw } from 'wasm-pooling/raw';

/** The host's own source. Its heap grows when it has to; blocks are aligned as malloc aligns them. */
const source = `
  export function malloc(bytes: usize): usize { return heap.alloc(bytes); }
  export function free(address: usize): void { heap.free(address); }

  // What the host does before and after: it makes a picture, and sums up what is left of it.
  export function paint(x: usize, count: i32): void {
    for (let i = 0; i < count; i++) store<f32>(x + (<usize>i << 2), <f32>(i % 977));
  }
  export function sum(y: usize, count: i32): f32 {
    let total: f32 = 0;
    for (let i = 0; i < count; i++) total += load<f32>(y + (<usize>i << 2));
    return total;
  }`;

interface Host {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  free(address: number): void;
  paint(x: number, count: number): void;
  sum(y: number, count: number): number;
}

async function startHost(): Promise<Host> {
  const { binary, stderr } = await compileString(source, { optimizeLevel: 3, runtime: 'minimal' });
  if (binary === null) throw new Error(`the host does not compile: ${stderr}`);
  const env = {
    abort() {
      throw new Error('the host has no memory left');
    },
  };
  const { instance } = await WebAssembly.instantiate(new Uint8Array(binary), { env });
  return instance.exports as unknown as Host;
}

const host = await startHost();
const raw = createRaw(host.memory);

// The same words as everywhere; sizes in bytes say what the host has to allocate.
const shape = [1, 8, 240, 240];
const pool = raw.maxPool2d(shape, { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 });
const x = host.malloc(pool.inputBytes);
const y = host.malloc(pool.outputBytes);
const workspace = host.malloc(pool.workspaceBytes);
console.log(
  `x at ${x} (${pool.inputBytes} bytes), y at ${y} (${pool.outputBytes}), workspace at ${workspace} (${pool.workspaceBytes})`,
);

host.paint(x, pool.inputBytes / 4);
const before = new Uint8Array(host.memory.buffer.slice(0));

pool.run(x, y, workspace);

// The host goes on with the result, which is what the function gives.
const floats = (address: number, bytes: number) => new Float32Array(host.memory.buffer, address, bytes / 4);
const input = { data: floats(x, pool.inputBytes).slice(), shape };
const expected = maxPool2d(input, { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 });
deepEqual(floats(y, pool.outputBytes).slice(), expected.data);
equal(
  host.sum(y, pool.outputBytes / 4),
  expected.data.reduce((total, value) => Math.fround(total + value), 0),
);

// Every other byte of the heap is what it was, the headers of malloc's blocks included.
const after = new Uint8Array(host.memory.buffer);
const written = (at: number): boolean =>
  (at >= y && at < y + pool.outputBytes) || (at >= workspace && at < workspace + pool.workspaceBytes);
const stray = before.findIndex((byte, at) => byte !== after[at] && !written(at));
equal(stray, -1, `byte ${stray} was touched`);
console.log(`pooled to [${pool.outputShape}], as maxPool2d does; no byte outside y and the workspace has changed`);

// One workspace serves all pools that never run at the same time; what is freed can be used again. A plan stays as it is
// when the heap grows: it knows addresses, not views.
const bytes = host.memory.buffer.byteLength;
const next = raw.avgPool2d(pool.outputShape, { layout: 'nchw', kernelSize: 120 });
host.free(x);
const means = host.malloc(next.outputBytes);
const shared = host.malloc(Math.max(pool.workspaceBytes, next.workspaceBytes));
const large = host.malloc(bytes);
next.run(y, means, shared);
console.log(`the heap has grown from ${bytes} to ${host.memory.buffer.byteLength} bytes; means ${floats(means, 32)}`);
equal(host.memory.buffer.byteLength > bytes, true);
for (const block of [y, workspace, means, shared, large]) host.free(block);

// Addresses are checked before anything runs.
throws(() => pool.run(x, x, workspace), RangeError);
throws(() => pool.run(x, y + 1, workspace), RangeError);
console.log('an overlap and an address off by one are refused');
