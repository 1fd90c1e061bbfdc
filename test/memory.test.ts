/** How much memory pooling takes: tensors of any size pass through a small part of it. */
import { describe, expect, it } from 'vitest';
import { createPooling, type Tensor } from '../src/index.js';
import { sameBytes } from './cases.js';

const MOST_GROWTH = 16 * 1024 * 1024;

interface Case {
  fn: 'maxPool2d' | 'globalMaxPool2d';
  shape: number[];
  layout: 'nchw' | 'nhwc' | 'hw';
  /** Of both axes, or of each. */
  window: number | [number, number];
  stride: number | [number, number];
  padding: number;
}

/**
 * Pools zeros with a few marked spots, and holds the whole result to them: a window gives the largest mark in it. The
 * marks are put into `data` and taken out again.
 */
function check(data: Float32Array, { fn, shape, layout, window, stride, padding }: Case): void {
  const pooling = createPooling({ backend: 'wasm' });
  // What is there already is not growth.
  const before = pooling.memory?.buffer.byteLength ?? 0;
  const marks = [0, 12_345_678, data.length / 2 + 1, data.length - 1];
  marks.forEach((at, i) => {
    data[at] = i + 1;
  });
  const options = fn === 'globalMaxPool2d' ? { layout } : { layout, kernelSize: window, stride, padding };
  const y = (pooling[fn] as (x: Tensor<Float32Array>, options: object) => Tensor<Float32Array>)(
    { data, shape },
    options,
  );
  for (const at of marks) data[at] = 0;
  expect((pooling.memory?.buffer.byteLength ?? 0) - before).toBeLessThan(MOST_GROWTH);

  const each = (value: number | [number, number]) => (Array.isArray(value) ? value : [value, value]);
  const want = new Map<number, number>();
  const first = layout === 'nchw' ? 2 : layout === 'nhwc' ? 1 : 0;
  marks.forEach((at, i) => {
    // The mark's place on each axis, last axis first.
    let rest = at;
    const place = shape
      .map((_, axis) => shape[shape.length - 1 - axis])
      .map((length) => {
        const here = rest % length;
        rest = (rest - here) / length;
        return here;
      })
      .reverse();
    // The outputs whose windows reach it, by their flat index.
    let outputs = [0];
    place.forEach((here, axis) => {
      let reached = [here];
      if (axis === first || axis === first + 1) {
        const s = each(stride)[axis - first];
        const k = each(window)[axis - first];
        const low = Math.max(0, Math.ceil((here + padding - k + 1) / s));
        const high = Math.min(y.shape[axis] - 1, Math.floor((here + padding) / s));
        reached = Array.from({ length: Math.max(0, high - low + 1) }, (_, o) => low + o);
      }
      outputs = outputs.flatMap((index) => reached.map((o) => index * y.shape[axis] + o));
    });
    for (const index of outputs) want.set(index, Math.max(i + 1, want.get(index) ?? 0));
  });
  expect(want.size).toBeGreaterThan(0);
  for (const [index, value] of want) expect([index, y.data[index]]).toEqual([index, value]);
  let marked = 0;
  for (let i = 0; i < y.data.length; i++) if (y.data[i] !== 0) marked++;
  expect(marked).toBe(want.size);
}

describe('a tensor of 1 GB', () => {
  // One for all cases: what is not written to takes no memory.
  const data = new Float32Array(2 ** 28);

  it.each<Case>([
    { fn: 'maxPool2d', shape: [64, 64, 256, 256], layout: 'nchw', window: 2, stride: 2, padding: 0 },
    { fn: 'maxPool2d', shape: [64, 64, 256, 256], layout: 'nchw', window: 3, stride: 2, padding: 1 },
    { fn: 'maxPool2d', shape: [16, 512, 512, 64], layout: 'nhwc', window: 2, stride: 2, padding: 0 },
    { fn: 'maxPool2d', shape: [16, 512, 512, 64], layout: 'nhwc', window: 3, stride: 2, padding: 1 },
    { fn: 'maxPool2d', shape: [16384, 16384], layout: 'hw', window: 2, stride: 2, padding: 0 },
    // Rows that no band holds.
    { fn: 'maxPool2d', shape: [1, 2 ** 28], layout: 'hw', window: [1, 64], stride: [1, 64], padding: 0 },
    { fn: 'maxPool2d', shape: [4, 2 ** 26], layout: 'hw', window: [2, 48], stride: [1, 32], padding: 1 },
    { fn: 'maxPool2d', shape: [1, 1, 2 ** 24, 16], layout: 'nhwc', window: [1, 9], stride: [1, 8], padding: 0 },
    // Windows that no band holds.
    { fn: 'globalMaxPool2d', shape: [4, 4, 4096, 4096], layout: 'nchw', window: 4096, stride: 1, padding: 0 },
    { fn: 'globalMaxPool2d', shape: [1, 16384, 16384, 1], layout: 'nhwc', window: 16384, stride: 1, padding: 0 },
    // A row, or a column, that is all of it.
    { fn: 'globalMaxPool2d', shape: [1, 2 ** 28], layout: 'hw', window: [1, 2 ** 28], stride: 1, padding: 0 },
    { fn: 'globalMaxPool2d', shape: [2 ** 28, 1], layout: 'hw', window: [2 ** 28, 1], stride: 1, padding: 0 },
  ])('$fn of $shape in $layout, window $window, stride $stride', (pooling) => check(data, pooling));
});

describe('large windows over 256 MB', () => {
  const data = new Float32Array(2 ** 26);

  it.each<Case>([
    { fn: 'maxPool2d', shape: [8192, 8192], layout: 'hw', window: 31, stride: 16, padding: 15 },
    { fn: 'maxPool2d', shape: [8192, 8192], layout: 'hw', window: 31, stride: 1, padding: 15 },
    { fn: 'maxPool2d', shape: [1, 2048, 2048, 16], layout: 'nhwc', window: 31, stride: 8, padding: 0 },
  ])('$shape in $layout, stride $stride', (pooling) => check(data, pooling));
});

it('windows beside each other need no more room than one of them', () => {
  const pooling = createPooling({ backend: 'wasm' });
  const x = { data: new Float32Array(40_000_000), shape: [40_000_000] };
  const [k, most] = [4_000_000, 64 * 2 ** 20];
  expect(pooling.maxPool1d(x, { kernelSize: k }).shape).toEqual([10]);
  expect(pooling.adaptiveMaxPool1d(x, { outputSize: 10 }).shape).toEqual([10]);
  expect(pooling.memory?.buffer.byteLength).toBeLessThan(most);
});

it('pools resident tensors in strips while the memory grows', () => {
  const pooling = createPooling({ backend: 'wasm', bandBytes: 200_000 });
  const shape = [4, 300_000];
  const options = { kernelSize: 2, stride: 2, dtype: 'uint8' } as const;
  const x = pooling.alloc('uint8', shape);
  const y = pooling.alloc('uint8', [2, 150_000]);
  for (let i = 0; i < x.data.length; i++) x.data[i] = Math.imul(i, 2654435761) >>> 24;
  const before = pooling.memory?.buffer.byteLength;
  pooling.planAvgPool2d(shape, options).run(x, y);
  expect(pooling.memory?.buffer.byteLength).not.toBe(before);
  const want = createPooling({ backend: 'ts' }).planAvgPool2d(shape, options).run(x.data.slice());
  expect(y.data).toEqual(want.data);
});

it.each([
  ['planes', [4_000_000], { layout: 'w', kernelSize: 3, stride: 2 }],
  ['channels', [100_000, 64], { layout: 'wc', kernelSize: 3, stride: 1 }],
  ['universal', [100_000, 64], { layout: 'wc', kernelSize: 4, stride: 2 }],
] as const)('resident tensors of long rows need little more memory than they take: %s', (path, shape, options) => {
  const pooling = createPooling({ backend: 'wasm' });
  const plan = pooling.planMaxPool1d(shape, options);
  expect(plan.path).toBe(path);
  const x = pooling.alloc('float32', shape);
  const y = pooling.alloc('float32', plan.outputShape);
  for (let i = 0; i < x.data.length; i++) x.data[i] = Math.imul(i, 2654435761);
  const before = pooling.memory?.buffer.byteLength as number;
  plan.run(x, y);
  expect((pooling.memory?.buffer.byteLength as number) - before).toBeLessThan(4 * 2 ** 20);
  const want = createPooling({ backend: 'ts' }).planMaxPool1d(shape, options).run(x.data.slice());
  // So many elements take long to compare one by one.
  expect(sameBytes(y.data, want.data)).toBe(true);
});
