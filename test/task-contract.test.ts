/** What indices, unpooling and gradients promise besides their values: what is written where, and what is refused when. */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/gradients.js';
import { convertIndices, type Tensor, type TensorWithIndices } from '../src/index.js';
import { taskFunctions } from '../src/ops.js';

type Loose = Record<string, (...args: unknown[]) => TensorWithIndices>;

const of = (shape: number[], ...values: number[]) => ({ data: Float32Array.from(values), shape });
const indicesOf = (shape: number[], ...values: number[]) => ({ data: Int32Array.from(values), shape });
const zeros = (...shape: number[]) => ({ data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape });

describe.each(['ts', 'wasm'] as const)('%s', (backend) => {
  const pooling = createPooling({ backend });
  const loose = pooling as unknown as Loose;
  const x = { data: Float32Array.of(0, 9, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
  const window = { kernelSize: 2, stride: 1 } as const;

  it('writes into out and outIndices, and gives them back', () => {
    const out = zeros(2, 2);
    const outIndices = indicesOf([2, 2], 0, 0, 0, 0);
    const y = pooling.maxPool2dWithIndices(x, { ...window, out, outIndices });
    expect([...out.data]).toEqual([9, 9, 7, 8]);
    expect([...outIndices.data]).toEqual([1, 1, 7, 8]);
    expect(y).toEqual({ ...out, indices: outIndices });
    expect(y.indices).toBe(outIndices);
    const bare = pooling.maxPool2dWithIndices(x, { ...window, out: out.data, outIndices: outIndices.data });
    expect(bare.data).toBe(out.data);
    expect(bare.indices.data).toBe(outIndices.data);
    // A whole result takes the next one.
    const again = pooling.minPool2dWithIndices(x, { ...window, out: y });
    expect(again).toBe(y);
    expect([...y.data]).toEqual([0, 2, 3, 4]);
    expect([...y.indices.data]).toEqual([0, 2, 3, 4]);
    const plan = pooling.planMaxPool2dWithIndices([3, 3], window);
    expect(plan.run(x, y)).toBe(y);
    expect([...y.data, ...y.indices.data]).toEqual([9, 9, 7, 8, 1, 1, 7, 8]);
    expect(plan.run(x.data, out, outIndices).indices).toBe(outIndices);
  });

  it('takes resident tensors', () => {
    const input = pooling.alloc('float32', [3, 3]);
    const out = pooling.alloc('float32', [2, 2]);
    const outIndices = pooling.alloc('int32', [2, 2]);
    const dx = pooling.alloc('float32', [3, 3]);
    input.data.set(x.data);
    pooling.maxPool2dWithIndices(input, { ...window, out, outIndices });
    expect([...out.data, ...outIndices.data]).toEqual([9, 9, 7, 8, 1, 1, 7, 8]);
    const from = { ...window, indices: outIndices, inputShape: [3, 3], out: dx };
    expect(pooling.maxPool2dBackward(out, from)).toBe(dx);
    expect([...dx.data]).toEqual([0, 18, 0, 0, 0, 0, 0, 7, 8]);
    pooling.maxUnpool2d(out, outIndices, { ...window, out: dx });
    expect([...dx.data]).toEqual([0, 9, 0, 0, 0, 0, 0, 7, 8]);
    for (const tensor of [input, out, outIndices, dx]) tensor.free();
  });

  it('reads and writes views, and nothing beside them', () => {
    const buffer = new Float32Array(40).fill(-77);
    const input = { data: buffer.subarray(3, 12), shape: [3, 3] };
    input.data.set(x.data);
    const numbers = new Int32Array(10).fill(-77);
    const outIndices = { data: numbers.subarray(3, 7), shape: [2, 2] };
    const out = { data: buffer.subarray(14, 18), shape: [2, 2] };
    pooling.maxPool2dWithIndices(input, { ...window, out, outIndices });
    const dx = { data: buffer.subarray(20, 29), shape: [3, 3] };
    pooling.maxPool2dBackward(out, { ...window, x: input, out: dx });
    const unpooled = { data: buffer.subarray(30, 39), shape: [3, 3] };
    pooling.maxUnpool2d(out, outIndices, { ...window, out: unpooled });
    expect([...buffer]).toEqual([
      ...[-77, -77, -77, 0, 9, 2, 3, 4, 5, 6, 7, 8, -77, -77, 9, 9, 7, 8, -77, -77],
      ...[0, 18, 0, 0, 0, 0, 0, 7, 8, -77, 0, 9, 0, 0, 0, 0, 0, 7, 8, -77],
    ]);
    expect([...numbers]).toEqual([-77, -77, -77, 1, 1, 7, 8, -77, -77, -77]);
  });

  it('gives the first of equals and the last NaN', () => {
    const indices = (values: number[], nan: 'propagate' | 'ignore' = 'propagate') => {
      const options = { kernelSize: [1, values.length], nan } as const;
      return ['maxPool2dWithIndices', 'minPool2dWithIndices'].map(
        (fn) => loose[fn](of([1, values.length], ...values), options).indices.data[0],
      );
    };
    expect(indices([5, 5, 5])).toEqual([0, 0]);
    expect(indices([-0, 0, -0])).toEqual([0, 0]);
    expect(indices([NaN, 1, NaN, 3])).toEqual([2, 2]);
    expect(indices([NaN, 1, NaN, 3], 'ignore')).toEqual([3, 1]);
    expect(indices([NaN, -Infinity], 'ignore')).toEqual([1, 1]);
    expect(indices([NaN, Infinity], 'ignore')).toEqual([1, 1]);
    expect(indices([NaN, NaN], 'ignore')).toEqual([-1, -1]);
    expect(indices([-Infinity, -Infinity])).toEqual([0, 0]);
    // In the order of rows, not of columns.
    const square = of([2, 2], 0, 7, 7, 0);
    expect(pooling.maxPool2dWithIndices(square, { kernelSize: 2 }).indices.data[0]).toBe(1);
  });

  it('gives −1 for windows without elements, in every convention, and no gradient to them', () => {
    const one = of([1, 1, 1, 1], 5);
    const options = { layout: 'nchw', kernelSize: 1, padding: 1 } as const;
    for (const indexing of ['plane', 'image', 'tensor', 'tensor-column-major', 'window'] as const) {
      const y = pooling.maxPool2dWithIndices(one, { ...options, indexing });
      expect([...y.indices.data]).toEqual([-1, -1, -1, -1, 0, -1, -1, -1, -1]);
      expect(y.data[0]).toBe(-Infinity);
      const dy = of([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9);
      const { indices } = y;
      const dx = pooling.maxPool2dBackward(dy, { ...options, indexing, indices, inputShape: one.shape });
      expect([...dx.data]).toEqual([5]);
      expect([...pooling.maxPool2dGather(one, indices, { ...options, indexing }).data]).toEqual([
        0, 0, 0, 0, 5, 0, 0, 0, 0,
      ]);
      const unpool = () => pooling.maxUnpool2d(y, indices, { ...options, indexing });
      expect(unpool).toThrow(/^maxUnpool2d: indices\[0\] is -1, which is not .* in its plane of 1 elements$/);
    }
  });

  it('gives one index in each convention, by hand', () => {
    // The second image, second channel, row 1, column 2 of 2 x 3, out of windows of 2 x 2 that begin one outside.
    const data = new Float32Array(24);
    const first = { data: data.slice(), shape: [2, 2, 2, 3] };
    first.data[((1 * 2 + 1) * 2 + 1) * 3 + 2] = 1;
    const last = { data: data.slice(), shape: [2, 2, 3, 2] };
    last.data[((1 * 2 + 1) * 3 + 2) * 2 + 1] = 1;
    const options = {
      kernelSize: 2,
      padding: [
        [1, 1],
        [0, 1],
      ],
    } as const;
    const index = (layout: 'nchw' | 'nhwc', indexing: string) => {
      const input = layout === 'nchw' ? first : last;
      const y = loose.maxPool2dWithIndices(input, { ...options, layout, indexing });
      return y.indices.data[y.data.indexOf(1)];
    };
    expect(index('nchw', 'plane')).toBe(1 * 3 + 2);
    expect(index('nhwc', 'plane')).toBe(1 * 3 + 2);
    expect(index('nchw', 'image')).toBe(1 * 6 + 5);
    expect(index('nhwc', 'image')).toBe(5 * 2 + 1);
    expect(index('nchw', 'tensor')).toBe(12 + 6 + 5);
    expect(index('nhwc', 'tensor')).toBe(12 + 5 * 2 + 1);
    expect(index('nchw', 'tensor-column-major')).toBe(3 * 6 + 1 + 2 * 2);
    expect(index('nhwc', 'tensor-column-major')).toBe(12 + (1 + 2 * 2) * 2 + 1);
    // Row 1 is the first of the second window, column 2 the first of its.
    expect(index('nchw', 'window')).toBe(0);
    expect(index('nhwc', 'window')).toBe(0);
  });

  it('unpools in row-major order, so that the last of several stays', () => {
    const y = pooling.maxUnpool2d(of([1, 3], 1, 2, 3), indicesOf([1, 3], 0, 2, 0), { outputSize: [1, 3] });
    expect([...y.data]).toEqual([3, 0, 2]);
  });

  it('works out the size of an unpooling, or takes one that can have been', () => {
    const small = zeros(1, 1, 2, 3);
    const indices = indicesOf([1, 1, 2, 3], 0, 0, 0, 0, 0, 0);
    const shape = (options: object) => loose.maxUnpool2d(small, indices, { layout: 'nchw', ...options }).shape;
    expect(shape({ kernelSize: 2 })).toEqual([1, 1, 4, 6]);
    expect(shape({ kernelSize: 3, stride: 2, padding: 1 })).toEqual([1, 1, 3, 5]);
    expect(shape({ kernelSize: 3, stride: 2, dilation: 2 })).toEqual([1, 1, 7, 9]);
    expect(
      shape({
        kernelSize: [2, 3],
        padding: [
          [0, 1],
          [1, 1],
        ],
      }),
    ).toEqual([1, 1, 3, 7]);
    expect(shape({ kernelSize: 2, outputSize: [5, 7] })).toEqual([1, 1, 5, 7]);
    expect(shape({ kernelSize: 2, outputSize: [3, 5] })).toEqual([1, 1, 3, 5]);
    expect(shape({ kernelSize: 2, padding: 'same', outputSize: [4, 5] })).toEqual([1, 1, 4, 5]);
    expect(shape({ outputSize: 9 })).toEqual([1, 1, 9, 9]);
    const back = (options: object) =>
      loose.maxUnpool2dBackward(zeros(1, 1, 4, 7), indices, { layout: 'nchw', ...options });
    expect(back({}).shape).toEqual([1, 1, 2, 3]);
    expect(() => back({ kernelSize: 2 })).toThrow(/^maxUnpool2dBackward: dy must have shape \[1, 1, 4, 6\], got/);
    expect(pooling.planMaxUnpool2d([2, 3], { kernelSize: 2 }).inputShape).toEqual([4, 6]);
  });

  it('shares among equals where it is asked to', () => {
    const input = of([1, 4], 5, 5, NaN, NaN);
    const dy = of([1, 2], 6, 8);
    const options = { x: input, kernelSize: [1, 2] } as const;
    expect([...pooling.maxPool2dBackward(dy, options).data]).toEqual([6, 0, 0, 8]);
    expect([...pooling.maxPool2dBackward(dy, { ...options, ties: 'share' }).data]).toEqual([3, 3, 4, 4]);
    const ignoring = pooling.maxPool2dBackward(dy, { ...options, ties: 'share', nan: 'ignore' });
    expect([...ignoring.data]).toEqual([3, 3, 0, 0]);
    expect([...pooling.maxPool2dBackward(dy, { ...options, nan: 'ignore' }).data]).toEqual([6, 0, 0, 0]);
  });

  it('divides as the pooling did, with what it did with padding', () => {
    // [1, 2, 3, 4, 5, 6], window 3, stride 2, padding 1, one window more by ceilMode.
    const dy = of([4], 6, 6, 6, 6);
    const back = (options: object) => [
      ...loose.avgPool1dBackward(dy, {
        inputShape: [6],
        kernelSize: 3,
        stride: 2,
        padding: 1,
        ceilMode: true,
        ...options,
      }).data,
    ];
    expect(back({})).toEqual([3, 5, 2, 4, 2, 8]);
    expect(back({ countIncludePad: true })).toEqual([2, 4, 2, 4, 2, 5]);
    expect(back({ divisorOverride: -2 })).toEqual([-3, -6, -3, -6, -3, -6]);
  });

  it('rounds the gradient of half-precision floats once', () => {
    // 2048 + 1 + 1 is 2050 in halves, but 2048 if each sum is rounded.
    const half = { data: Uint16Array.of(0x6800, 0x3c00, 0x3c00), shape: [3] };
    const options = { kernelSize: 1, stride: 1, dtype: 'float16' } as const;
    const wide = { ...options, padding: 1, kernelSize: 3 };
    const sums = loose.sumPool1dBackward(half, { ...wide, inputShape: [3] });
    expect(sums.data).toEqual(Uint16Array.of(0x6800, 0x6801, 0x4000));
    const peaks = loose.maxPool1dBackward(half, { ...wide, x: { data: Uint16Array.of(0, 0x3c00, 0), shape: [3] } });
    expect(peaks.data).toEqual(Uint16Array.of(0, 0x6801, 0));
  });

  it('gives the gradient of norms at 0, in 0 and in windows of 0', () => {
    for (const p of [0.5, 1, 1.5, 2, 3, Infinity]) {
      const input = of([1, 4], 0, -2, 0, 0);
      const dx = pooling.lpPool2dBackward(of([1, 2], 10, 10), { x: input, kernelSize: [1, 2], p });
      expect([...dx.data]).toEqual([0, -10, 0, 0]);
    }
  });

  it('takes an image', () => {
    const image = { data: Uint8ClampedArray.from({ length: 4 * 4 * 4 }, (_, i) => i), width: 4, height: 4 };
    const y = pooling.maxPool2dWithIndices(image, { kernelSize: 4, indexing: 'image' });
    expect([...y.data]).toEqual([60, 61, 62, 63]);
    expect([...y.indices.data]).toEqual([60, 61, 62, 63]);
    expect(y.data).toBeInstanceOf(Uint8ClampedArray);
  });

  it('has empty results of empty batches', () => {
    for (const [shape, result] of [
      [
        [0, 3, 8, 8],
        [0, 3, 4, 4],
      ],
      [
        [2, 0, 8, 8],
        [2, 0, 4, 4],
      ],
    ]) {
      const none = { data: new Float32Array(0), shape };
      const options = { layout: 'nchw', kernelSize: 2 } as const;
      for (const indexing of ['plane', 'image', 'tensor', 'tensor-column-major', 'window'] as const) {
        const y = pooling.maxPool2dWithIndices(none, { ...options, indexing });
        expect(y.shape).toEqual(result);
        expect(y.indices.shape).toEqual(result);
        expect(
          pooling.maxPool2dBackward(y, { ...options, indexing, indices: y.indices, inputShape: shape }).shape,
        ).toEqual(shape);
        expect(pooling.maxUnpool2d(y, y.indices, { ...options, indexing }).shape).toEqual(shape);
      }
      const dy = { data: new Float32Array(0), shape: result };
      expect(pooling.avgPool2dBackward(dy, { ...options, inputShape: shape }).shape).toEqual(shape);
      expect(pooling.lpPool2dBackward(dy, { ...options, x: none }).shape).toEqual(shape);
      expect(pooling.maxPool2dBackward(dy, { ...options, x: none, ties: 'share' }).shape).toEqual(shape);
    }
    // No results of an input that is there: no gradient.
    const dy = { data: new Float32Array(0), shape: [0, 2] };
    const back = pooling.adaptiveAvgPool2dBackward(dy, { inputShape: [2, 2], outputSize: [0, 2] });
    expect([...back.data]).toEqual([0, 0, 0, 0]);
    const most = pooling.adaptiveMaxPool2dBackward(dy, { x: of([2, 2], 1, 2, 3, 4), outputSize: [0, 2] });
    expect([...most.data]).toEqual([0, 0, 0, 0]);
    // As many channels as the kernels take.
    const none = { data: new Float32Array(0), shape: [0, 0, 8] };
    const wide = pooling.adaptiveAvgPool2dBackward(none, { layout: 'hwc', inputShape: [2, 2, 8], outputSize: 0 });
    expect([...wide.data]).toEqual(new Array(32).fill(0));
  });

  it('does not take the plan of other shapes or options for that of a call', () => {
    const dy = of([1, 1], 4);
    for (const inputShape of [
      [1, 2],
      [1, 3],
    ]) {
      expect(pooling.avgPool2dBackward(dy, { inputShape, kernelSize: [1, 2] }).shape).toEqual(inputShape);
      const input = zeros(...inputShape);
      expect(pooling.maxPool2dBackward(dy, { x: input, kernelSize: [1, 2] }).shape).toEqual(inputShape);
      expect(pooling.lpPool2dBackward(dy, { x: input, kernelSize: [1, 2] }).shape).toEqual(inputShape);
    }
    // An option that was good beside another is refused without it, or where there is no such option.
    const wrong = { x: of([1, 2], 1, 2), kernelSize: [1, 2], indices: indicesOf([1, 1], 0) };
    expect(() => loose.maxPool2dBackward(dy, wrong)).toThrow(TypeError);
    pooling.maxPool2d(of([1, 2], 1, 2), { kernelSize: [1, 2] });
    expect(() => loose.maxPool2d(of([1, 2], 1, 2), { kernelSize: [1, 2], x: dy })).toThrow(/no option 'x'/);
  });

  it('gives the same for a plan run a thousand times', () => {
    const input = { data: Float32Array.from({ length: 1200 }, (_, i) => Math.sin(i)), shape: [1, 3, 20, 20] };
    const options = { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 } as const;
    const y = pooling.maxPool2dWithIndices(input, options);
    const max = pooling.planMaxPool2dBackward(input.shape, options);
    const avg = pooling.planAvgPool2dBackward(input.shape, options);
    const lp = pooling.planLpPool2dBackward(input.shape, options);
    const first = [max.run(y, input).data, avg.run(y).data, lp.run(y, input).data];
    const [a, b, c] = first.map((data) => new Float32Array(data.length));
    for (let i = 0; i < 300; i++) {
      max.run(y.data, i % 2 ? y.indices : input.data, a);
      avg.run(y.data, b);
      lp.run(y.data, input.data, c);
    }
    expect([a, b, c]).toEqual(first);
  });

  const two = { kernelSize: [1, 2] } as const;
  const dy = of([1, 1], 1);
  const both = of([1, 2], 1, 2);
  const zero = indicesOf([1, 1], 0);
  const same = new Float32Array(8);
  const sameInts = new Int32Array(same.buffer);
  const rows: [string, () => unknown, typeof TypeError | typeof RangeError, RegExp][] = [
    [
      'no dy',
      () => loose.maxPool2dBackward(undefined, two),
      TypeError,
      /^maxPool2dBackward: dy must be a tensor.*got undefined$/,
    ],
    [
      'neither x nor indices',
      () => loose.maxPool2dBackward(dy, two),
      TypeError,
      /^maxPool2dBackward: either x, the pooling's input, or its indices must be given, got neither$/,
    ],
    [
      'both x and indices',
      () => loose.maxPool2dBackward(dy, { ...two, x: both, indices: zero }),
      TypeError,
      /^maxPool2dBackward: either x, the pooling's input, or its indices must be given, got both$/,
    ],
    [
      'indices alone',
      () => loose.maxPool2dBackward(dy, { ...two, indices: zero }),
      TypeError,
      /inputShape.* is required with indices$/,
    ],
    [
      'x and inputShape',
      () => loose.maxPool2dBackward(dy, { ...two, x: both, inputShape: [1, 2] }),
      TypeError,
      /inputShape has no use$/,
    ],
    [
      'x that is none',
      () => loose.maxPool2dBackward(dy, { ...two, x: 3 }),
      TypeError,
      /^maxPool2dBackward: x must be a tensor.*got 3$/,
    ],
    [
      'no x',
      () => loose.lpPool2dBackward(dy, two),
      TypeError,
      /^lpPool2dBackward: x, the pooling's input, is required$/,
    ],
    [
      'no inputShape',
      () => loose.avgPool2dBackward(dy, two),
      TypeError,
      /^avgPool2dBackward: inputShape.* is required$/,
    ],
    [
      'no options',
      () => loose.avgPool2dBackward(dy, null),
      TypeError,
      /^avgPool2dBackward: options must be an object, got null$/,
    ],
    [
      'x of averages',
      () => loose.avgPool2dBackward(dy, { ...two, inputShape: [1, 2], x: both }),
      TypeError,
      /there is no option 'x'/,
    ],
    [
      'ties of averages',
      () => loose.avgPool2dBackward(dy, { ...two, inputShape: [1, 2], ties: 'first' }),
      TypeError,
      /no option 'ties'/,
    ],
    [
      'unknown ties',
      () => loose.maxPool2dBackward(dy, { ...two, x: both, ties: 'last' }),
      RangeError,
      /ties must be 'first' or 'share', got "last"$/,
    ],
    [
      'shared ties by indices',
      () => loose.maxPool2dBackward(dy, { ...two, indices: zero, inputShape: [1, 2], ties: 'share' }),
      TypeError,
      /ties: 'share' needs x, got indices$/,
    ],
    [
      'an unknown convention',
      () => loose.maxPool2dWithIndices(both, { ...two, indexing: 'flat' }),
      RangeError,
      /indexing must be 'plane', .* or 'window', got "flat"$/,
    ],
    [
      'a convention that is no word',
      () => loose.maxPool2dWithIndices(both, { ...two, indexing: 1 }),
      TypeError,
      /indexing must be a string, got 1$/,
    ],
    [
      'a gradient of integers',
      () =>
        loose.maxPool2dBackward(
          { data: Int8Array.of(1), shape: [1, 1] },
          { ...two, x: { data: new Int8Array(2), shape: [1, 2] } },
        ),
      TypeError,
      /^maxPool2dBackward: gradients are of float32, float64, float16, got int8$/,
    ],
    [
      'a gradient plan of integers',
      () => loose.planAvgPool2dBackward([1, 2], { ...two, dtype: 'uint8' }),
      TypeError,
      /^planAvgPool2dBackward: gradients are of/,
    ],
    [
      'dy of another shape',
      () => loose.maxPool2dBackward(both, { ...two, x: both }),
      RangeError,
      /dy must have shape \[1, 1\], got \[1, 2\]$/,
    ],
    [
      'x of another type',
      () => loose.maxPool2dBackward(dy, { ...two, x: { data: new Float64Array(2), shape: [1, 2] } }),
      TypeError,
      /x must be float32, got float64$/,
    ],
    [
      'indices of another type',
      () => loose.maxPool2dGather(both, dy, two),
      TypeError,
      /indices must be int32, got float32$/,
    ],
    [
      'no indices',
      () => loose.maxUnpool2d(dy, undefined, two),
      TypeError,
      /^maxUnpool2d: indices must be a tensor.*got undefined$/,
    ],
    [
      'an index over',
      () => loose.maxUnpool2d(dy, indicesOf([1, 1], 2), two),
      RangeError,
      /indices\[0\] is 2, which is not a place in its plane of 2 elements$/,
    ],
    [
      'an index under',
      () => loose.maxPool2dBackward(dy, { ...two, indices: indicesOf([1, 1], -2), inputShape: [1, 2] }),
      RangeError,
      /indices\[0\] is -2/,
    ],
    [
      'an index in another plane',
      () =>
        loose.maxUnpool2d(of([2, 1, 1], 1, 1), indicesOf([2, 1, 1], 0, 1), {
          ...two,
          layout: 'chw',
          indexing: 'tensor',
        }),
      RangeError,
      /indices\[1\] is 1, which is not one of 'tensor'/,
    ],
    [
      'an index of another channel',
      () =>
        loose.maxUnpool2d(of([1, 1, 2], 1, 1), indicesOf([1, 1, 2], 1, 1), {
          ...two,
          layout: 'hwc',
          indexing: 'image',
        }),
      RangeError,
      /indices\[0\] is 1/,
    ],
    [
      'a tap in the padding',
      () =>
        loose.maxPool2dGather(both, indicesOf([1, 2], 0, 0), {
          ...two,
          padding: [
            [0, 0],
            [1, 1],
          ],
          indexing: 'window',
        }),
      RangeError,
      /indices\[0\] is 0, which is not one of 'window'/,
    ],
    [
      'a tap over',
      () => loose.maxPool2dGather(both, indicesOf([1, 1], 2), { ...two, indexing: 'window' }),
      RangeError,
      /indices\[0\] is 2/,
    ],
    [
      'more elements than indices',
      () =>
        loose.planMaxPool2dWithIndices([3, 2 ** 15, 2 ** 15], {
          layout: 'chw',
          kernelSize: 2 ** 14,
          indexing: 'tensor',
          dtype: 'uint8',
        }),
      RangeError,
      /^planMaxPool2dWithIndices: 'tensor' indices of 3221225472 elements do not fit 31 bits$/,
    ],
    [
      'out over x',
      () => loose.maxUnpool2d({ data: same.subarray(0, 1), shape: [1, 1] }, zero, { ...two, out: same.subarray(0, 2) }),
      RangeError,
      /^maxUnpool2d: out overlaps x in memory$/,
    ],
    [
      'out over indices',
      () =>
        loose.maxUnpool2d(dy, { data: sameInts.subarray(0, 1), shape: [1, 1] }, { ...two, out: same.subarray(0, 2) }),
      RangeError,
      /out overlaps indices in memory$/,
    ],
    [
      'outIndices over the input',
      () =>
        loose.maxPool2dWithIndices(
          { data: same.subarray(0, 2), shape: [1, 2] },
          { ...two, outIndices: sameInts.subarray(1, 2) },
        ),
      RangeError,
      /outIndices overlaps the input in memory$/,
    ],
    [
      'outIndices over out',
      () => loose.maxPool2dWithIndices(both, { ...two, out: same.subarray(0, 1), outIndices: sameInts.subarray(0, 1) }),
      RangeError,
      /outIndices overlaps out in memory$/,
    ],
    [
      'out over dy',
      () =>
        loose.avgPool2dBackward(
          { data: same.subarray(0, 1), shape: [1, 1] },
          { ...two, inputShape: [1, 2], out: same.subarray(0, 2) },
        ),
      RangeError,
      /out overlaps dy in memory$/,
    ],
    [
      'out over x of a gradient',
      () =>
        loose.lpPool2dBackward(dy, {
          ...two,
          x: { data: same.subarray(0, 2), shape: [1, 2] },
          out: same.subarray(0, 2),
        }),
      RangeError,
      /out overlaps x in memory$/,
    ],
    [
      'outIndices of another type',
      () => loose.maxPool2dWithIndices(both, { ...two, outIndices: new Uint32Array(1) }),
      TypeError,
      /outIndices must be int32, got uint32$/,
    ],
    [
      'outIndices of another shape',
      () => loose.maxPool2dWithIndices(both, { ...two, outIndices: indicesOf([1], 0) }),
      RangeError,
      /outIndices must have shape \[1, 1\], got \[1\]$/,
    ],
    [
      'an unpooling of no size',
      () => loose.maxUnpool2d(dy, zero, { layout: 'hw' }),
      TypeError,
      /^maxUnpool2d: kernelSize is required$/,
    ],
    [
      'a stride without a window',
      () => loose.maxUnpool2d(dy, zero, { outputSize: 2, stride: 2 }),
      TypeError,
      /stride has no use without kernelSize$/,
    ],
    [
      'taps without a window',
      () => loose.maxUnpool2d(dy, zero, { outputSize: 2, indexing: 'window' }),
      TypeError,
      /kernelSize is required for indexing: 'window'$/,
    ],
    [
      'a size that cannot have been',
      () => loose.maxUnpool2d(dy, zero, { ...two, outputSize: [1, 4] }),
      RangeError,
      /outputSize must be from 1 to 3 for a width of 1 windows, got 4$/,
    ],
    [
      'unknown padding',
      () => loose.maxUnpool2d(dy, zero, { ...two, padding: 'same' }),
      RangeError,
      /outputSize is required for padding: 'same'$/,
    ],
    [
      'a size for other windows',
      () => loose.maxUnpool2d(dy, zero, { ...two, padding: 'same', outputSize: [1, 4] }),
      RangeError,
      /a width of 4 elements has 2 windows, indices are of 1$/,
    ],
    [
      'padding of more than there is',
      () => loose.maxUnpool2d(dy, zero, { ...two, padding: 1 }),
      RangeError,
      /come from a height of -?\d+$/,
    ],
    [
      'ceilMode of an unpooling',
      () => loose.maxUnpool2d(dy, zero, { ...two, ceilMode: true }),
      TypeError,
      /there is no option 'ceilMode'/,
    ],
    [
      'an option that is data in a plan',
      () => loose.planMaxPool2dBackward([1, 2], { ...two, x: both }),
      TypeError,
      /^planMaxPool2dBackward: there is no option 'x'/,
    ],
    [
      'an unknown option',
      () => loose.maxPool2dGather(both, zero, { ...two, kernalSize: 2 }),
      TypeError,
      /^maxPool2dGather: there is no option 'kernalSize'; the options are layout, .*indexing, out; did you mean kernelSize\?$/,
    ],
  ];

  it.each(rows)('refuses %s', (_, call, type, message) => {
    expect(call).toThrow(type);
    expect(call).toThrow(message);
    expect(same.every((value) => value === 0)).toBe(true);
  });

  it('writes nothing when the last index is wrong', () => {
    const out = { data: new Float32Array(8).fill(-77), shape: [2, 4] };
    const small = of([2, 2], 1, 2, 3, 4);
    const wrong = indicesOf([2, 2], 0, 3, 4, 8);
    for (const indexing of ['plane', 'tensor'] as const) {
      expect(() => pooling.maxUnpool2d(small, wrong, { outputSize: [2, 4], indexing, out })).toThrow(RangeError);
      const gradient = { kernelSize: [1, 2], indices: wrong, inputShape: [2, 4], indexing, out } as const;
      expect(() => pooling.maxPool2dBackward(small, gradient)).toThrow(RangeError);
    }
    expect(out.data.every((value) => value === -77)).toBe(true);
  });

  it('has a method and a plan for every task', () => {
    for (const { name } of Object.values(taskFunctions())) {
      expect(loose[name], name).toBeTypeOf('function');
      expect(loose[`plan${name[0].toUpperCase()}${name.slice(1)}`], name).toBeTypeOf('function');
    }
    expect(Object.keys(taskFunctions()).length).toBe(20 + 47 + 20 + 3 + 3);
  });
});

describe('the kernels', () => {
  const ts = createPooling({ backend: 'ts' });
  const shapes: [layout: 'chw' | 'hwc', shape: number[], options: { kernelSize: number; padding?: number }][] = [];
  for (let width = 8; width <= 20; width++) {
    shapes.push(['chw', [2, 5, width], { kernelSize: 2 }], ['chw', [2, 5, width], { kernelSize: 3, padding: 1 }]);
    shapes.push(
      ['hwc', [5, 4, width - 4], { kernelSize: 2 }],
      ['hwc', [5, 4, width - 4], { kernelSize: 3, padding: 1 }],
    );
  }

  it.each(shapes)('read to the end of the memory and write nothing beside: %s, %j, %j', (layout, shape, options) => {
    const memory = new WebAssembly.Memory({ initial: 2 });
    const pooling = createPooling({ backend: 'wasm', memory });
    const rules = { layout, stride: 2, ...options } as const;
    const plan = pooling.planMaxPool2dWithIndices(shape, rules);
    const back = pooling.planMaxPool2dBackward(shape, rules);
    expect(plan.path).toBe('argmax');
    const n = shape.reduce((product, length) => product * length, 1);
    const outputs = plan.outputShape.reduce((product, length) => product * length, 1);
    new Int32Array(memory.buffer).fill(0x5a5a5a5a);
    const end = memory.buffer.byteLength;
    // x ends where the memory does; y, indices and dx lie behind gaps at its start.
    const x = new Float32Array(memory.buffer, end - 4 * n, n);
    x.forEach((_, i) => {
      x[i] = Math.sin(3 * i);
    });
    const starts = [12, 12 + 4 * (outputs + 5), 12 + 8 * (outputs + 5)];
    const y = new Float32Array(memory.buffer, starts[0], outputs);
    const indices = new Int32Array(memory.buffer, starts[1], outputs);
    const dx = new Float32Array(memory.buffer, starts[2], n);
    const want = ts.maxPool2dWithIndices({ data: x.slice(), shape }, rules);
    plan.run(x, y, indices);
    expect(y).toEqual(want.data);
    expect(indices).toEqual(want.indices.data);
    const input = { data: x.slice(), shape };
    // What gradients need besides comes from behind the tensors, which are given back as they are then.
    expect(back.run(y, x, dx).data).toEqual(ts.maxPool2dBackward(want, { ...rules, x: input }).data);
    const untouched = new Int32Array(memory.buffer, 0, end / 4).filter((_, i) => {
      const at = 4 * i;
      const inside = starts.some((start, k) => at >= start && at < start + 4 * (k === 2 ? n : outputs));
      return !inside && at < end - 4 * n;
    });
    expect(untouched.every((word) => word === 0x5a5a5a5a)).toBe(true);
  });
});

it('indices that change while a gradient reads them, as another thread may, are refused', () => {
  const shape = [64, 48];
  const pooling = createPooling({ backend: 'wasm', bandBytes: 4096 });
  const plan = pooling.planMaxPool2dBackward(shape, { kernelSize: 3, stride: 2 });
  const beside = pooling.alloc('uint8', [100_000]);
  const [rows, columns] = plan.outputShape;
  const indices = Int32Array.from(
    { length: rows * columns },
    (_, i) => (i % columns) * 2 + Math.floor(i / columns) * 96,
  );
  let reads = 0;
  /** Its parts are read after all indices have been checked. */
  class Meddling extends Float32Array {
    override subarray(from?: number, to?: number): Meddling {
      if (reads++ === 2) indices[indices.length - 1] = 60_000;
      return super.subarray(from, to) as Meddling;
    }
  }
  const dy = new Meddling(indices.length).fill(1);
  expect(() => plan.run(dy, indices)).toThrow(
    /^planMaxPool2dBackward\.run: indices\[712\] is 60000, which is not a place/,
  );
  expect(reads).toBeGreaterThan(3);
  expect(beside.data.every((value) => value === 0)).toBe(true);
});

describe('convertIndices', () => {
  const indices: Tensor<Int32Array> = { data: Int32Array.of(3, -1), shape: [1, 1, 2, 1] };

  it('converts what the windows have no part in from shapes alone', () => {
    const at = { inputShape: [1, 2, 3, 1], layout: 'nhwc' };
    const by = (from: string, to: string) => [...convertIndices(indices, { ...at, from, to } as never).data];
    expect(by('plane', 'plane')).toEqual([3, -1]);
    expect(by('plane', 'tensor-column-major')).toEqual([1, -1]);
    expect(by('tensor-column-major', 'image')).toEqual([4, -1]);
    expect([...indices.data]).toEqual([3, -1]);
  });

  it('needs the windows of the pooling for their taps', () => {
    const at = { inputShape: [1, 2, 3, 1], layout: 'nhwc', from: 'plane', to: 'window' } as const;
    expect([...convertIndices(indices, { ...at, kernelSize: [2, 1], outputSize: [1, 2] }).data]).toEqual([1, -1]);
    const whole = convertIndices(indices, { ...at, pool: 'adaptiveMaxPool2d', outputSize: [1, 2] });
    expect([...whole.data]).toEqual([2, -1]);
    expect(() => convertIndices(indices, at)).toThrow(/^convertIndices: kernelSize is required$/);
  });

  it('writes into out', () => {
    const out = { data: new Int32Array(2), shape: [1, 1, 2, 1] };
    const options = { inputShape: [1, 2, 3, 1], layout: 'nhwc', to: 'tensor-column-major', out } as const;
    expect(convertIndices(indices, options)).toBe(out);
    expect([...out.data]).toEqual([1, -1]);
  });

  const at = { inputShape: [1, 2, 3, 1], layout: 'nhwc' };
  it.each([
    [TypeError, /indices must be a tensor.*got 3$/, 3, at],
    [TypeError, /options must be an object, got null$/, indices, null],
    [TypeError, /inputShape is required$/, indices, {}],
    [TypeError, /layout is required for 4 axes$/, indices, { inputShape: [1, 2, 3, 1] }],
    [RangeError, /layout must be 'ncw', .* or 'dhw', got "nhw"$/, indices, { ...at, layout: 'nhw' }],
    [RangeError, /from must be 'plane', .* or 'window', got "flat"$/, indices, { ...at, from: 'flat' }],
    [RangeError, /to must be 'plane', .* or 'window', got "flat"$/, indices, { ...at, to: 'flat' }],
    [
      RangeError,
      /pool must be a maximum or minimum over 2 axes, got "avgPool2d"$/,
      indices,
      { ...at, pool: 'avgPool2d' },
    ],
    [RangeError, /pool must be .*got "maxPool1d"$/, indices, { ...at, pool: 'maxPool1d' }],
    [TypeError, /pool must be a string, got 2$/, indices, { ...at, pool: 2 }],
    [RangeError, /indices\[0\] is 6, which is not a place/, { ...indices, data: Int32Array.of(6, 0) }, at],
    [TypeError, /indices must be int32, got float32$/, { ...indices, data: new Float32Array(2) }, at],
    [RangeError, /indices must have shape/, { data: new Int32Array(4), shape: [2, 1, 2, 1] }, at],
    [RangeError, /out overlaps indices/, indices, { ...at, out: indices.data }],
    [TypeError, /there is no option 'strides'/, indices, { ...at, strides: 2 }],
  ])('%o %s', (kind, message, given, options) => {
    const call = () => convertIndices(given as never, options as never);
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
    expect(call).toThrow(/^convertIndices: /);
  });
});
