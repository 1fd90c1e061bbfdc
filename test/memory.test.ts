/** How much memory pooling takes: tensors of any size pass through a small part of it. */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/index.js';

const MOST_GROWTH = 16 * 1024 * 1024;

describe('a tensor of 1 GB', () => {
  // One for all cases: what is not written to takes no memory.
  const data = new Float32Array(2 ** 28);
  const marks = [0, 12_345_678, 2 ** 27 + 1, 2 ** 28 - 1];
  marks.forEach((at, i) => {
    data[at] = i + 1;
  });

  it.each([
    ['maxPool2d', [64, 64, 256, 256], { layout: 'nchw', kernelSize: 2 }],
    ['maxPool2d', [64, 64, 256, 256], { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 }],
    ['maxPool2d', [16, 512, 512, 64], { layout: 'nhwc', kernelSize: 2 }],
    ['maxPool2d', [16384, 16384], { layout: 'hw', kernelSize: 2 }],
    ['maxPool2d', [1, 2 ** 28], { layout: 'hw', kernelSize: [1, 4] }],
    ['maxPool2d', [4, 2 ** 26], { layout: 'hw', kernelSize: [2, 2] }],
    ['globalMaxPool2d', [4, 4, 4096, 4096], { layout: 'nchw' }],
    ['globalMaxPool2d', [1, 16384, 16384, 1], { layout: 'nhwc' }],
    ['globalMaxPool2d', [1, 2 ** 28], { layout: 'hw' }],
    ['globalMaxPool2d', [2 ** 28, 1], { layout: 'hw' }],
  ] as const)('%s of %j with %j', (fn, shape, options) => {
    const pooling = createPooling({ backend: 'wasm' });
    const call = pooling[fn] as unknown as (x: object, options: object) => { data: Float32Array };
    const y = call.call(pooling, { data, shape }, options);
    expect(pooling.memory?.buffer.byteLength).toBeLessThan(MOST_GROWTH);
    // Each mark is the largest of the windows that it is in, unless a later one is in them as well.
    const found = new Set(y.data.filter((value) => value > 0));
    expect(found.has(marks.length)).toBe(true);
    if (y.data.length > 1000) expect([...found].sort()).toEqual(marks.map((_, i) => i + 1));
  });
});

it('large windows over 256 MB', () => {
  const size = 8192;
  const data = new Float32Array(size * size);
  const at = [4000, 5000];
  data[at[0] * size + at[1]] = 1;
  const pooling = createPooling({ backend: 'wasm' });
  const y = pooling.maxPool2d({ data, shape: [size, size] }, { kernelSize: 31, stride: 16, padding: 15 });
  expect(pooling.memory?.buffer.byteLength).toBeLessThan(MOST_GROWTH);
  const width = y.shape[1];
  y.data.forEach((value, i) => {
    const [h, w] = [Math.floor(i / width), i % width];
    const inside = [h, w].every((o, axis) => Math.abs(o * 16 - at[axis]) <= 15);
    if (value !== (inside ? 1 : 0)) expect.fail(`${h}, ${w} is ${value}`);
  });
});
