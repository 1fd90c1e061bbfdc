/**
 * Fractional max pooling, against its definition. PyTorch's own values are in golden.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { createPooling, type Tensor } from '../src/index.js';
import { LAYOUTS, random, shapeOf } from './cases.js';

/** Starts of the windows of one axis. */
function starts(L: number, k: number, O: number, u: number): number[] {
  const alpha = (L - k) / (O - 1);
  const list = Array.from({ length: O - 1 }, (_, i) => Math.trunc((i + u) * alpha) - Math.trunc(u * alpha));
  return [...list, L - k];
}

/** Element by element, from the names of the axes. */
function expected(x: Tensor, layout: string, k: number[], O: number[], samples: number[]): number[] {
  const letters = [...layout];
  const spatial = letters.flatMap((letter, place) => ('dhw'.includes(letter) ? [place] : []));
  const rank = spatial.length;
  const shape = x.shape.slice();
  spatial.forEach((place, axis) => {
    shape[place] = O[axis];
  });
  const size = (letter: string) => x.shape[letters.indexOf(letter)] ?? 1;
  const values: number[] = [];
  const count = shape.reduce((product, length) => product * length, 1);
  for (let i = 0; i < count; i++) {
    const position: number[] = [];
    for (let place = shape.length - 1, rest = i; place >= 0; place--) {
      position[place] = rest % shape[place];
      rest = Math.floor(rest / shape[place]);
    }
    const at = (letter: string) => position[letters.indexOf(letter)] ?? 0;
    const plane = at('n') * size('c') + at('c');
    let taps = [position.slice()];
    spatial.forEach((place, axis) => {
      const u = samples[plane * rank + (rank === 2 ? 1 - axis : axis)];
      const start = starts(x.shape[place], k[axis], O[axis], u)[position[place]];
      taps = taps.flatMap((tap) =>
        Array.from({ length: k[axis] }, (_, t) => tap.map((p, q) => (q === place ? start + t : p))),
      );
    });
    const offset = (tap: number[]) => tap.reduce((sum, p, place) => sum * x.shape[place] + p, 0);
    values.push(Math.max(...taps.map((tap) => x.data[offset(tap)])));
  }
  return values;
}

describe.each(['ts', 'wasm'] as const)('%s', (backend) => {
  const pooling = createPooling({ backend });

  it.each([...LAYOUTS[2], ...LAYOUTS[3]])('as defined, %s', (layout) => {
    const rank = [...layout].filter((letter) => 'dhw'.includes(letter)).length as 2 | 3;
    const next = random(layout.length);
    const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
    for (let i = 0; i < 40; i++) {
      const k = Array.from({ length: rank }, () => int(1, 3));
      const O = Array.from({ length: rank }, () => int(1, 4));
      const shape = shapeOf(
        layout,
        int(1, 2),
        int(1, 5),
        k.map((size, axis) => O[axis] + size - 1 + int(0, 6)),
      );
      const count = shape.reduce((product, length) => product * length, 1);
      const x = { data: Int16Array.from({ length: count }, () => int(-999, 999)), shape };
      const n = layout.includes('n') ? shape[0] : 1;
      const c = layout.includes('c') ? shape[layout.indexOf('c')] : 1;
      const data = Array.from({ length: n * c * rank }, () => next());
      const options = { layout, kernelSize: k, outputSize: O, samples: { data, shape: [n, c, rank] } } as never;
      const y = rank === 2 ? pooling.fractionalMaxPool2d(x, options) : pooling.fractionalMaxPool3d(x, options);
      expect(Array.from(y.data), JSON.stringify({ shape, k, O, data })).toEqual(expected(x, layout, k, O, data));
    }
  });

  const x = { data: Float32Array.from({ length: 2 * 3 * 81 }, (_, i) => (i * 37) % 101), shape: [2, 3, 9, 9] };
  const options = { layout: 'nchw', kernelSize: 2, outputSize: 5 } as const;

  it('draws the same windows from the same seed, others from another', () => {
    const first = pooling.fractionalMaxPool2d(x, { ...options, seed: 1 }).data;
    expect(pooling.fractionalMaxPool2d(x, { ...options, seed: 1 }).data).toEqual(first);
    expect(createPooling({ backend: 'ts' }).fractionalMaxPool2d(x, { ...options, seed: 1 }).data).toEqual(first);
    expect(pooling.fractionalMaxPool2d(x, { ...options, seed: 2 }).data).not.toEqual(first);
    expect(pooling.planFractionalMaxPool2d(x.shape, { ...options, seed: 1 }).run(x).data).toEqual(first);
  });

  it('takes a ratio for a size', () => {
    expect(pooling.fractionalMaxPool2d(x, { layout: 'nchw', kernelSize: 2, outputRatio: 0.6 }).shape).toEqual([
      2, 3, 5, 5,
    ]);
    const uneven = pooling.fractionalMaxPool2d(x, { layout: 'nchw', kernelSize: 2, outputRatio: [0.5, 0.8] });
    expect(uneven.shape).toEqual([2, 3, 4, 7]);
  });

  it('reads samples anew on each call', () => {
    const samples = { data: new Float32Array(12), shape: [2, 3, 2] };
    const before = pooling.fractionalMaxPool2d(x, { ...options, samples }).data;
    samples.data.fill(0.9);
    expect(pooling.fractionalMaxPool2d(x, { ...options, samples }).data).not.toEqual(before);
  });

  it('pools nothing of an empty batch', () => {
    const none = { data: new Float32Array(0), shape: [0, 3, 9, 9] };
    expect(pooling.fractionalMaxPool2d(none, options).shape).toEqual([0, 3, 5, 5]);
  });

  it.each([
    [TypeError, {}],
    [TypeError, { outputSize: 5, outputRatio: 0.5 }],
    [RangeError, { outputSize: 9 }],
    [RangeError, { outputRatio: 1 }],
    [RangeError, { outputRatio: 0.01 }],
    [RangeError, { outputSize: 5, samples: { data: new Float32Array(12), shape: [3, 2, 2] } }],
    [RangeError, { outputSize: 5, samples: { data: new Float32Array(12).fill(1), shape: [2, 3, 2] } }],
    [RangeError, { outputSize: 5, samples: { data: new Float32Array(11), shape: [2, 3, 2] } }],
    [TypeError, { outputSize: 5, samples: new Float32Array(12) }],
    [TypeError, { outputSize: 5, samples: { data: new Float32Array(12), shape: [2, 3, 2] }, seed: 1 }],
    [RangeError, { outputSize: 5, seed: 1.5 }],
    [TypeError, { outputSize: 5, stride: 1 }],
  ])('%o for %j', (kind, wrong) => {
    const call = () => pooling.fractionalMaxPool2d(x, { layout: 'nchw', kernelSize: 2, ...wrong } as never);
    expect(call).toThrow(kind);
    expect(call).toThrow(/^fractionalMaxPool2d: /);
  });

  it('says what of size and ratio was given, and which axis is too short', () => {
    const call = (options: object) => () =>
      pooling.fractionalMaxPool2d(x, { layout: 'nchw', kernelSize: 2, ...options } as never);
    expect(call({})).toThrow(/: either outputSize or outputRatio must be given, got neither$/);
    expect(call({ outputSize: 5, outputRatio: 0.5 })).toThrow(/got both$/);
    expect(call({ outputSize: [5, 9] })).toThrow(
      /9 windows of 2 elements, each one further on, do not fit a width of 9$/,
    );
    expect(call({ outputSize: [9, 5] })).toThrow(/do not fit a height of 9$/);
  });
});
