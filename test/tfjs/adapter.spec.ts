/** `wasm-pooling/tfjs`: what TensorFlow.js gets wrong comes out right, on either backend; and registering itself. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerPooling } from '../../src/adapters/tfjs.js';
import { random } from '../cases.ts';
import { pool } from '../oracle.ts';

/** As Emscripten's module is seen from outside. */
interface Module {
  asm: Record<string, unknown>;
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

const moduleOf = () => (tf.backend() as unknown as { wasm: Module }).wasm;

/** Elements that are copied from array to array while `body` runs. */
function copiedBy(body: () => void): number {
  const set = vi.spyOn(Object.getPrototypeOf(Float32Array.prototype), 'set');
  body();
  const copied = set.mock.calls.reduce((sum, [from]) => sum + (from as Float32Array).length, 0);
  set.mockRestore();
  return copied;
}

/** A tensor of numbers from -1 to 0, since TensorFlow.js' wasm kernels go wrong on those. */
function negative(shape: number[], seed: number): tf.Tensor {
  const next = random(seed);
  const count = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, () => next() - 1),
    shape,
  );
}

/** Any of the four operators, which TypeScript knows for lists of a fixed length only. */
function run(
  op: 'max' | 'avg',
  x: tf.Tensor,
  kernelSize: readonly number[],
  stride: readonly number[],
  pad: 'same' | 'valid' | number,
  mode?: 'floor' | 'round' | 'ceil',
): tf.Tensor {
  const args = [x, kernelSize, stride, pad, mode] as never as Parameters<typeof tf.maxPool>;
  if (x.rank === 4) return op === 'max' ? tf.maxPool(...args) : tf.avgPool(...args);
  const deep = args as never as Parameters<typeof tf.maxPool3d>;
  return op === 'max' ? tf.maxPool3d(...deep) : tf.avgPool3d(...deep);
}

type Any4D = (x: tf.Tensor4D) => tf.Tensor;
type Any5D = (x: tf.Tensor5D) => tf.Tensor;

/** The gradient at `x` of `f`, weighted by `dy`. */
const gradient = (f: Any4D | Any5D, x: tf.Tensor, dy?: tf.Tensor) => tf.grad(f as (x: tf.Tensor) => tf.Tensor)(x, dy);

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

const HOSTS = [
  { name: 'cpu', backend: 'cpu', memory: true },
  { name: 'wasm', backend: 'wasm', memory: true },
  { name: 'wasm whose memory is out of reach', backend: 'wasm', memory: false },
] as const;

describe.each(HOSTS)('on $name', ({ backend, memory }) => {
  let undo: () => void;
  let asm: Record<string, unknown>;

  beforeAll(async () => {
    await tf.setBackend(backend);
    if (!memory) {
      asm = moduleOf().asm;
      moduleOf().asm = { ...asm, memory: undefined };
    }
    undo = registerPooling(tf, { backend });
  });
  afterAll(() => {
    undo();
    if (!memory) moduleOf().asm = asm;
  });
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it('sizes of rectangular windows with a numeric padding are each axis own', () => {
    const x = negative([1, 6, 9, 2], 1) as tf.Tensor4D;
    expect(tf.maxPool(x, [4, 1], [2, 1], 0).shape).toEqual([1, 2, 9, 2]);
    expect(tf.avgPool(x, [4, 1], [2, 1], 1).shape).toEqual([1, 3, 11, 2]);
    expect(tf.maxPool(x, [1, 5], [1, 3], 2).shape).toEqual([1, 10, 3, 2]);
    const want = pool(
      {
        op: 'avg',
        layout: 'nhwc',
        kind: 'window',
        kernelSize: [4, 2],
        stride: [2, 1],
        padding: [
          [1, 1],
          [1, 1],
        ],
      },
      x.dataSync(),
      x.shape,
    );
    const got = tf.avgPool(x, [4, 2], [2, 1], 1);
    expect(got.shape).toEqual(want?.shape);
    tf.test_util.expectArraysClose(got.dataSync(), want?.values ?? [], 1e-6);
  });

  it('windows of one element with padding keep to it', () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const none = -Infinity;
    expect(numbers(tf.maxPool(x, 1, 1, 1))).toEqual([
      none,
      none,
      none,
      none,
      none,
      1,
      2,
      none,
      none,
      3,
      4,
      none,
      none,
      none,
      none,
      none,
    ]);
    expect(numbers(tf.maxPool(x, 1, 2, 1))).toEqual([none, none, none, 4]);
    expect(numbers(tf.avgPool(x, 1, 2, 1))).toEqual([0, 0, 0, 4]);
    expect(numbers(tf.maxPool(x, 1, 2, 'same'))).toEqual([1]);
    expect(numbers(tf.maxPool(x, 1, 1, 'valid'))).toEqual([1, 2, 3, 4]);
  });

  it('windows larger than the input give empty results, or what of it they hold', () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    for (const [height, width] of [
      [3, 2],
      [2, 4],
      [9, 9],
    ] as const) {
      const shape = [1, Math.max(0, 3 - height), Math.max(0, 3 - width), 1];
      expect(tf.maxPool(x, [height, width], 1, 'valid').shape).toEqual(shape);
      expect(tf.avgPool(x, [height, width], 1, 0).shape).toEqual(shape);
    }
    const deep = tf.tensor5d([1, 2], [1, 2, 1, 1, 1]);
    expect(tf.maxPool3d(deep, [3, 1, 1], 1, 'valid').shape).toEqual([1, 0, 1, 1, 1]);
    expect(tf.avgPool3d(deep, [9, 9, 9], 2, 0).shape).toEqual([1, 0, 0, 0, 1]);
    expect(numbers(tf.maxPool(x, 5, 1, 'same'))).toEqual([4, 4, 4, 4]);
    expect(numbers(tf.avgPool(x, 4, 1, 1))).toEqual([2.5]);
    expect(numbers(tf.avgPool(x, 5, 1, 2))).toEqual([2.5, 2.5, 2.5, 2.5]);
  });

  it('rounding up and to the nearest adds windows that are pooled', () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    expect(numbers(tf.maxPool(x, 2, 2, 0, 'ceil'))).toEqual([5, 6, 8, 9]);
    expect(numbers(tf.avgPool(x, 2, 2, 0, 'ceil'))).toEqual([3, 4.5, 7.5, 9]);
    expect(numbers(tf.maxPool(x, 2, 2, 0, 'round'))).toEqual([5, 6, 8, 9]);
    expect(numbers(tf.maxPool(x, 2, 2, 0, 'floor'))).toEqual([5]);
    expect(numbers(tf.maxPool(x, 2, 2, 0))).toEqual([5]);
    const deep = tf.tensor5d([-1, -2, -3], [1, 3, 1, 1, 1]);
    expect(numbers(tf.maxPool3d(deep, [2, 1, 1], [2, 1, 1], 0, 'ceil'))).toEqual([-1, -3]);
  });

  it('maxima of negative numbers in three dimensions are negative', () => {
    const x = negative([2, 3, 4, 5, 3], 2) as tf.Tensor5D;
    const want = pool(
      { op: 'max', layout: 'ndhwc', kind: 'window', kernelSize: [2, 2, 2], stride: [1, 1, 1] },
      x.dataSync(),
      x.shape,
    );
    const got = tf.maxPool3d(x, 2, 1, 'valid');
    expect(got.shape).toEqual(want?.shape);
    expect(numbers(got)).toEqual(want?.values);
  });

  it("'same' in three dimensions starts at the first element where the stride is larger than the window", () => {
    const x = tf.tensor5d([1, 2, 3, 4, 5, 6], [1, 1, 1, 6, 1]);
    expect(numbers(tf.maxPool3d(x, 1, [1, 1, 3], 'same'))).toEqual([1, 4]);
    expect(numbers(tf.maxPool(tf.reshape(x, [1, 1, 6, 1]) as tf.Tensor4D, 1, [1, 3], 'same'))).toEqual([1, 4]);
  });

  it('NaN never is the maximum, wherever it stands', () => {
    for (const values of [
      [NaN, 1, 2, 3],
      [1, 2, 3, NaN],
      [1, NaN, 3, 2],
      [NaN, NaN, NaN, 3],
    ]) {
      expect(numbers(tf.maxPool(tf.tensor4d(values, [1, 2, 2, 1]), 2, 1, 'valid'))).toEqual([3]);
      expect(numbers(tf.maxPool3d(tf.tensor5d(values, [1, 1, 2, 2, 1]), [1, 2, 2], 1, 'valid'))).toEqual([3]);
    }
    const nothing = tf.tensor4d([NaN, NaN, NaN, NaN], [1, 2, 2, 1]);
    expect(numbers(tf.maxPool(nothing, 2, 1, 'valid'))).toEqual([-Infinity]);
    expect(numbers(tf.avgPool(nothing, 2, 1, 'valid'))).toEqual([NaN]);
  });

  it('averages are as exact as float64 adds up', () => {
    const x = tf.fill([1, 512, 512, 1], 0.1) as tf.Tensor4D;
    expect(numbers(tf.avgPool(x, 512, 1, 'valid'))).toEqual([Math.fround(0.1)]);
  });

  it('averages of nothing are 0', () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    expect(numbers(tf.avgPool(x, 1, 3, 3))).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
    const deep = tf.tensor5d([1, 2], [1, 1, 1, 1, 2]);
    expect(numbers(tf.avgPool3d(deep, 1, 1, 1)).filter((value) => value !== 0)).toEqual([1, 2]);
    expect(tf.avgPool3d(deep, 1, 1, 1).shape).toEqual([1, 3, 3, 3, 2]);
  });

  it('maxima of int32 and bool keep their type', () => {
    const x = tf.tensor4d([-7, 3, 2 ** 31 - 1, -(2 ** 31), 5, 16777217, -5, -6], [1, 2, 4, 1], 'int32');
    const y = tf.maxPool(x, [2, 2], [1, 2], 'valid');
    expect([y.dtype, numbers(y)]).toEqual(['int32', [16777217, 2 ** 31 - 1]]);
    const deep = tf.maxPool3d(tf.reshape(x, [1, 1, 2, 4, 1]) as tf.Tensor5D, [1, 2, 2], [1, 1, 2], 'valid');
    expect([deep.dtype, numbers(deep)]).toEqual(['int32', [16777217, 2 ** 31 - 1]]);
    const flags = tf.maxPool(tf.tensor4d([0, 1, 0, 0, 0, 0], [1, 1, 6, 1], 'bool'), [1, 2], [1, 2], 0);
    expect([flags.dtype, numbers(flags)]).toEqual(['bool', [1, 0, 0]]);
  });

  it('the gradient of an average is divided by what the average was', () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    expect(numbers(gradient((z: tf.Tensor4D) => tf.avgPool(z, 3, 1, 'same'), x))).toEqual([1, 1, 1, 1]);
    const row = tf.tensor4d([1, 2, 3], [1, 1, 3, 1]);
    const dy = tf.tensor4d([6, 12, 18], [1, 1, 3, 1]);
    expect(numbers(gradient((z: tf.Tensor4D) => tf.avgPool(z, [1, 3], 1, 'same'), row, dy))).toEqual([7, 16, 13]);
    const deep = tf.tensor5d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2, 1]);
    expect(numbers(gradient((z: tf.Tensor5D) => tf.avgPool3d(z, 3, 1, 'same'), deep))).toEqual(new Array(8).fill(1));
  });

  it('the gradient of a maximum goes to it in windows of any shape, of negative numbers too', () => {
    const values = [-9, -8, -7, -6, -1, -5, -4, -3, -2, -10, -11, -12];
    const deep = tf.tensor5d(values, [1, 1, 4, 3, 1]);
    const dx = gradient((z: tf.Tensor5D) => tf.maxPool3d(z, [1, 2, 3], [1, 2, 3], 'valid'), deep);
    expect(numbers(dx)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    const flat = tf.tensor4d(values, [1, 4, 3, 1]);
    expect(numbers(gradient((z: tf.Tensor4D) => tf.maxPool(z, [2, 3], [2, 3], 'valid'), flat))).toEqual(numbers(dx));
  });

  it('the gradient of a maximum goes to the first of several, and to no NaN', () => {
    const max = (z: tf.Tensor4D) => tf.maxPool(z, 2, 1, 'valid');
    const deepMax = (z: tf.Tensor5D) => tf.maxPool3d(z, [1, 2, 2], 1, 'valid');
    for (const [values, want] of [
      [
        [5, 5, 5, 5],
        [1, 0, 0, 0],
      ],
      [
        [-7, -5, -5, -6],
        [0, 1, 0, 0],
      ],
      [
        [5, NaN, NaN, 7],
        [0, 0, 0, 1],
      ],
      [
        [NaN, -3, NaN, -3],
        [0, 1, 0, 0],
      ],
      [
        [NaN, NaN, NaN, NaN],
        [0, 0, 0, 0],
      ],
    ]) {
      expect(numbers(gradient(max, tf.tensor4d(values, [1, 2, 2, 1])))).toEqual(want);
      expect(numbers(gradient(deepMax, tf.tensor5d(values, [1, 1, 2, 2, 1])))).toEqual(want);
    }
  });

  it('windows that rounding up adds have gradients', () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const dx = gradient((z: tf.Tensor4D) => tf.maxPool(z, 2, 2, 0, 'ceil'), x);
    expect(numbers(dx)).toEqual([0, 0, 0, 0, 1, 1, 0, 1, 1]);
    const average = gradient((z: tf.Tensor4D) => tf.avgPool(z, 2, 2, 0, 'ceil'), x);
    expect(numbers(average)).toEqual([0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1]);
  });

  it('indices of maxima are right among negative numbers, and the first of several', () => {
    const x = tf.tensor4d([-4, -40, -3, -30, -2, -20, -5, -50], [1, 2, 2, 2]);
    const { result, indexes } = tf.maxPoolWithArgmax(x, 2, 1, 'valid');
    expect([numbers(result), numbers(indexes)]).toEqual([
      [-2, -20],
      [4, 5],
    ]);
    expect([indexes.dtype, indexes.shape]).toEqual(['int32', [1, 1, 1, 2]]);
    const same = tf.maxPoolWithArgmax(tf.fill([1, 2, 2, 1], 5) as tf.Tensor4D, 2, 1, 'valid');
    expect([numbers(same.result), numbers(same.indexes)]).toEqual([[5], [0]]);
    const padded = tf.maxPoolWithArgmax(tf.tensor4d([-1, -2, -3, -4], [2, 1, 2, 1]), [1, 1], 1, 1, true);
    expect(numbers(padded.indexes).filter((index) => index >= 0)).toEqual([0, 1, 2, 3]);
    expect(padded.indexes.shape).toEqual([2, 3, 4, 1]);
  });

  it('batches, channels and axes of 0 give empty results', () => {
    expect(tf.maxPool(tf.zeros([0, 4, 4, 2]) as tf.Tensor4D, 2, 2, 'valid').shape).toEqual([0, 2, 2, 2]);
    expect(tf.avgPool(tf.zeros([2, 4, 4, 0]) as tf.Tensor4D, 2, 2, 'same').shape).toEqual([2, 2, 2, 0]);
    expect(tf.maxPool(tf.zeros([1, 0, 4, 2]) as tf.Tensor4D, 2, 2, 'same').shape).toEqual([1, 0, 2, 2]);
    expect(numbers(tf.maxPool(tf.zeros([1, 0, 1, 1]) as tf.Tensor4D, 1, 1, 1))).toEqual(new Array(6).fill(-Infinity));
  });

  it('results are tensors of their own', () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const y = tf.maxPool(x, 1, 1, 'valid');
    x.dispose();
    expect(numbers(y)).toEqual([1, 2, 3, 4]);
  });

  it('makes no tensors but the results', () => {
    const x = negative([1, 9, 9, 3], 3) as tf.Tensor4D;
    const before = tf.memory();
    const y = tf.tidy(() => tf.avgPool(tf.maxPool(x, 3, 2, 1, 'ceil'), 2, 1, 'same'));
    expect([tf.memory().numTensors, tf.memory().numDataBuffers]).toEqual([
      before.numTensors + 1,
      before.numDataBuffers + 1,
    ]);
    y.dispose();
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  });

  it('results are those of the definition', () => {
    const next = random(4);
    const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
    for (let i = 0; i < 300; i++) {
      const rank = whole(2, 3);
      const op = next() < 0.5 ? 'max' : 'avg';
      const list = (from: number, to: number) => Array.from({ length: rank }, () => whole(from, to));
      const [sizes, kernelSize, stride] = [list(1, 9), list(1, 4), list(1, 3)];
      const shape = [whole(1, 2), ...sizes, whole(1, 9)];
      const pad = [0, 1, 2, 'same', 'valid'][whole(0, 4)] as 'same' | 'valid' | number;
      const mode = typeof pad === 'number' ? ([undefined, 'floor', 'round', 'ceil'] as const)[whole(0, 3)] : undefined;
      const label = JSON.stringify({ rank, op, shape, kernelSize, stride, pad, mode });
      const x = negative(shape, i);
      const got = run(op, x, kernelSize, stride, pad, mode);

      const padding = typeof pad === 'number' ? list(0, 0).map(() => [pad, pad] as const) : pad;
      const windows = {
        op,
        layout: rank === 2 ? 'nhwc' : 'ndhwc',
        kind: 'window',
        kernelSize,
        stride,
        padding,
      } as const;
      const rounding = { floor: Math.floor, round: Math.round, ceil: Math.ceil }[mode ?? 'floor'];
      const outputSize = sizes.map((size, axis) => {
        if (pad === 'same') return Math.ceil(size / stride[axis]);
        const room = size + (pad === 'valid' ? 0 : 2 * pad) - kernelSize[axis];
        return Math.max(0, rounding(room / stride[axis] + 1));
      });
      expect(got.shape, label).toEqual([shape[0], ...outputSize, shape[rank + 1]]);
      if (outputSize.includes(0)) continue;
      const want = pool({ ...windows, outputSize }, x.dataSync(), shape);
      // An average of nothing is 0 here.
      const wrong = numbers(got).findIndex((value, j) => {
        const expected = want?.values[j] as number;
        return op === 'max' ? value !== expected : !(Math.abs(value - (Number.isNaN(expected) ? 0 : expected)) < 1e-6);
      });
      expect(wrong, `first wrong element of ${label}`).toBe(-1);
    }
  });

  it('gradients are those of the definition', () => {
    const next = random(5);
    const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
    for (let i = 0; i < 150; i++) {
      const rank = whole(2, 3);
      const op = next() < 0.5 ? 'max' : 'avg';
      const list = (from: number, to: number) => Array.from({ length: rank }, () => whole(from, to));
      const [sizes, kernelSize, stride] = [list(3, 7), list(1, 3), list(1, 3)];
      const shape = [whole(1, 2), ...sizes, whole(1, 3)];
      const pad = [0, 1, 'same'][whole(0, 2)] as 'same' | number;
      const mode = typeof pad === 'number' && next() < 0.5 ? 'ceil' : undefined;
      const label = JSON.stringify({ rank, op, shape, kernelSize, stride, pad, mode });
      const x = negative(shape, i);
      const f = (z: tf.Tensor) => run(op, z, kernelSize, stride, pad, mode);
      const y = f(x);
      const dy = negative(y.shape, i + 1000);
      const dx = gradient(f, x, dy);
      expect(dx.shape, label).toEqual(shape);
      if (op === 'max') {
        // All elements differ, so each maximum tells where it is from.
        const values = numbers(x);
        const want = new Array<number>(values.length).fill(0);
        const weights = numbers(dy);
        numbers(y).forEach((value, j) => {
          if (value > -Infinity) want[values.indexOf(value)] += weights[j];
        });
        tf.test_util.expectArraysClose(numbers(dx), want, 1e-5);
      } else {
        // An average is linear: its gradient is its transpose.
        const v = negative(shape, i + 2000);
        const product = (a: tf.Tensor, b: tf.Tensor) => {
          const right = numbers(b);
          return numbers(a).reduce((sum, value, j) => sum + value * right[j], 0);
        };
        expect(product(f(v), dy), label).toBeCloseTo(product(v, dx), 3);
      }
    }
  });

  it('gradients at integers are floats', () => {
    const x = tf.tensor4d([2 ** 30, 2 ** 30 + 1, -5, -6], [1, 1, 4, 1], 'int32');
    const dy = tf.tensor4d([0.5, 0.25], [1, 1, 2, 1]);
    const attrs = { filterSize: [1, 2], strides: [1, 2], pad: 0 };
    const dx = tf.engine().runKernel('MaxPoolGrad', { dy, input: x, output: dy }, attrs) as tf.Tensor;
    expect([dx.dtype, numbers(dx)]).toEqual(['float32', [0, 0.5, 0.25, 0]]);
  });

  it('refuses what is none of its words', () => {
    const x = tf.zeros([1, 4, 4, 1]) as tf.Tensor4D;
    const attrs = { filterSize: 2, strides: 1, pad: 0 };
    const run = (given: object, input: tf.Tensor = x, name = 'MaxPool') =>
      tf.engine().runKernel(name, { x: input }, { ...attrs, ...given } as never);
    const cases: [() => unknown, RegExp][] = [
      [() => run({ filterSize: 0 }), /^MaxPool: filterSize must be one or 2 whole numbers of at least 1, got 0$/],
      [() => run({ filterSize: [2] }), /^MaxPool: filterSize must be .*got \[2\]$/],
      [() => run({ strides: [1, 0.5] }), /^MaxPool: strides must be .*got \[1, 0\.5\]$/],
      [() => run({ pad: 'some' }), /^MaxPool: pad must be 'same', 'valid', .*got "some"$/],
      [() => run({ pad: 1.5 }), /^MaxPool: pad must be .*got 1\.5$/],
      [
        () =>
          run({
            pad: [
              [0, 0],
              [1, 1],
            ],
          }),
        /^MaxPool: pad must be .*got \[\[0, 0\], \[1, 1\]\]$/,
      ],
      [() => run({ dimRoundingMode: 'up' }), /^MaxPool: dimRoundingMode must be .*got "up"$/],
      [() => run({ dataFormat: 'NCHW' }), /^MaxPool: dataFormat must have channels last, got "NCHW"$/],
      [() => run({}, tf.zeros([4, 4, 1])), /^MaxPool: tensors must have 4 axes, got shape \[4, 4, 1\]$/],
      [() => run({}, tf.zeros([1, 4, 4, 1], 'int32'), 'AvgPool'), /^AvgPool: the input must be float32, got int32$/],
      [
        () => run({}, tf.zeros([1, 4, 4, 1], 'complex64' as 'int32')),
        /^MaxPool: the input must be float32 or int32 or bool, got complex64$/,
      ],
    ];
    for (const [body, message] of cases) {
      if (backend === 'wasm' && `${message}`.includes('complex64')) continue;
      expect(body).toThrow(message);
    }
    expect(numbers(tf.maxPool(tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]), 2, 1, 0))).toEqual([4]);
  });

  it('keeps nothing of a call that failed', () => {
    const inputs = { dy: tf.zeros([2, 3, 3, 1]), input: tf.zeros([1, 4, 4, 1]) };
    const before = tf.backend().numDataIds();
    const call = () => tf.engine().runKernel('AvgPoolGrad', inputs, { filterSize: 2, strides: 1, pad: 0 });
    expect(call).toThrow(/^planAvgPool2dBackward\.run: dy has 18 elements but shape \[1, 3, 3, 1\] needs 9$/);
    expect(tf.backend().numDataIds()).toBe(before);
  });

  if (backend === 'cpu') return;

  it(memory ? 'copies nothing' : 'copies bands', () => {
    const x = negative([1, 256, 256, 16], 5) as tf.Tensor4D;
    const deep = tf.reshape(x, [1, 16, 16, 256, 16]);
    // Kernels alone: tf.avgPool casts its result once more, which copies it.
    const kernel = (name: string, input: tf.Tensor, filterSize: number, strides: number) =>
      tf.engine().runKernel(name, { x: input }, { filterSize, strides, pad: 'same' });
    const copied = copiedBy(() => {
      kernel('MaxPool', x, 2, 2);
      kernel('AvgPool', x, 3, 1);
      kernel('MaxPool3D', deep, 2, 2);
      kernel('AvgPool3D', deep, 2, 1);
    });
    // Plans are written down in the heap.
    if (memory) expect(copied).toBeLessThan(20_000);
    else expect(copied).toBeGreaterThan(x.size);
  });

  it('goes on while the heap grows', () => {
    const x = negative([1, 256, 1024, 8], 6) as tf.Tensor4D;
    const row = x.dataSync().slice(0, 1024 * 8);
    const { byteLength } = moduleOf().HEAPU8.buffer;
    let y = x;
    let columns = 1;
    while (moduleOf().HEAPU8.buffer.byteLength === byteLength && columns < 50) {
      y = tf.maxPool(y, [1, 2], 1, 'valid');
      columns++;
    }
    expect(moduleOf().HEAPU8.buffer.byteLength).toBeGreaterThan(byteLength);
    const want = pool(
      { op: 'max', layout: 'nhwc', kind: 'window', kernelSize: [1, columns], stride: [1, 1] },
      row,
      [1, 1, 1024, 8],
    );
    expect(y.shape).toEqual([1, 256, 1025 - columns, 8]);
    expect(Array.from(y.dataSync().subarray(0, want?.values.length))).toEqual(want?.values);
  });
});
