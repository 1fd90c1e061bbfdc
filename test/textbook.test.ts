/** The pooling chapter of Dive into Deep Learning (d2l.ai), to the number. */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/index.js';

describe.each(['ts', 'wasm'] as const)('%s', (backend) => {
  const { maxPool2d, avgPool2d } = bind(createPooling({ backend }));
  const X = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
  const arange = { data: Float32Array.from({ length: 16 }, (_, i) => i), shape: [1, 1, 4, 4] };
  const two = {
    data: Float32Array.from({ length: 32 }, (_, i) => (i < 16 ? i : i - 15)),
    shape: [1, 2, 4, 4],
  };

  it('maximum and average of 2 × 2 windows, one apart', () => {
    expect([...maxPool2d(X, { kernelSize: 2, stride: 1 }).data]).toEqual([4, 5, 7, 8]);
    expect([...avgPool2d(X, { kernelSize: 2, stride: 1 }).data]).toEqual([2, 3, 5, 6]);
  });

  it('the stride is the window unless it is given', () => {
    const y = maxPool2d(arange, { layout: 'nchw', kernelSize: 3 });
    expect(y.shape).toEqual([1, 1, 1, 1]);
    expect([...y.data]).toEqual([10]);
  });

  it('padding and stride', () => {
    const y = maxPool2d(arange, { layout: 'nchw', kernelSize: 3, padding: 1, stride: 2 });
    expect([...y.data]).toEqual([5, 7, 13, 15]);
  });

  it('a rectangular window with strides and paddings of its own', () => {
    const y = maxPool2d(arange, { layout: 'nchw', kernelSize: [2, 3], stride: [2, 3], padding: [0, 1] });
    expect(y.shape).toEqual([1, 1, 2, 2]);
    expect([...y.data]).toEqual([5, 7, 13, 15]);
  });

  it('channels are pooled separately', () => {
    const y = maxPool2d(two, { layout: 'nchw', kernelSize: 3, padding: 1, stride: 2 });
    expect(y.shape).toEqual([1, 2, 2, 2]);
    expect([...y.data]).toEqual([5, 7, 13, 15, 6, 8, 14, 16]);
  });

  it('and the same with channels last', () => {
    const last = { data: Float32Array.from({ length: 32 }, (_, i) => (i >> 1) + (i & 1)), shape: [1, 4, 4, 2] };
    const y = maxPool2d(last, { layout: 'nhwc', kernelSize: 3, padding: 1, stride: 2 });
    expect([...y.data]).toEqual([5, 6, 7, 8, 13, 14, 15, 16]);
  });

  it('a maximum does not mind a small translation', () => {
    for (const row of [
      [0, 1, 3, 4],
      [1, 0, 4, 0],
    ]) {
      const x = { data: Float32Array.from(row), shape: [1, 4] };
      expect([...maxPool2d(x, { kernelSize: [1, 4] }).data]).toEqual([4]);
    }
  });
});

function bind(pooling: ReturnType<typeof createPooling>) {
  return { maxPool2d: pooling.maxPool2d.bind(pooling), avgPool2d: pooling.avgPool2d.bind(pooling) };
}
