/**
 * Poolings to try, as plain data: sweeps along the boundaries of kernels, and seeded random ones. Every case can be
 * printed as a line of JSON and run again from it.
 */
import type { DType, TypedArray } from '../src/index.js';
import { DTYPES } from '../src/tensor.js';
import type { Op, Pooling } from './oracle.js';

export interface Case {
  fn: string;
  dtype: DType;
  shape: number[];
  options: Record<string, unknown>;
  data: DataStyle;
  seed: number;
}

const STYLES = ['random', 'ties', 'nan', 'infinities', 'zeros', 'huge', 'lowest', 'constant'] as const;
export type DataStyle = (typeof STYLES)[number];

/** A seeded source of numbers in [0, 1). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Finds what a function does from its name. */
export function parse(fn: string): { kind: Pooling['kind']; op: Op; rank: number } {
  const [, kind, op, rank] = /^(global|adaptive)?(\w+)Pool([123])d$/.exec(fn) as RegExpExecArray;
  return { kind: (kind ?? 'window') as Pooling['kind'], op: op.toLowerCase() as Op, rank: Number(rank) };
}

const each = (value: unknown, rank: number): unknown[] => (Array.isArray(value) ? value : new Array(rank).fill(value));

/** A case in the oracle's words. */
export function poolingOf({ fn, options }: Pick<Case, 'fn' | 'options'>): Pooling {
  const { kind, op, rank } = parse(fn);
  const pooling: Record<string, unknown> = { ...options, op, kind };
  for (const name of ['kernelSize', 'stride', 'dilation', 'outputSize']) {
    if (options[name] !== undefined) pooling[name] = each(options[name], rank);
  }
  const { padding } = options;
  if (padding !== undefined && typeof padding !== 'string') {
    pooling.padding = each(padding, rank).map((item) => (Array.isArray(item) ? item : [item, item]));
  }
  return pooling as unknown as Pooling;
}

/** The elements of a case's input. */
export function dataOf({ dtype, shape, data, seed }: Case): TypedArray {
  const count = shape.reduce((product, length) => product * length, 1);
  const next = random(seed);
  const { float, lowest, highest, Elements } = DTYPES[dtype];
  const spread = float ? 10 : Math.min(highest, 1e9);
  const value = (): number => {
    const x = float ? (next() * 2 - 1) * spread : Math.round(lowest + next() * (highest - lowest));
    const kind = next();
    switch (data) {
      case 'random':
        return x;
      case 'ties':
        return Math.round(next() * 3);
      case 'nan':
        return kind < 0.05 ? NaN : x;
      case 'infinities':
        return kind < 0.05 ? Infinity : kind < 0.1 ? -Infinity : x;
      case 'zeros':
        return kind < 0.4 ? 0 : kind < 0.8 ? -0 : -Math.abs(x);
      case 'huge':
        return float
          ? x * (dtype === 'float64' ? 1e300 : dtype === 'float32' ? 1e37 : 1000)
          : kind < 0.5
            ? lowest
            : highest;
      case 'lowest':
        return float ? -Infinity : lowest;
      case 'constant':
        return float ? 0.1 : 7;
    }
  };
  const array = new Elements(count);
  const bits = dtype === 'float16' ? halfBits : undefined;
  for (let i = 0; i < count; i++) array[i] = bits ? bits(value()) : value();
  return array;
}

/** The nearest half's bits, by search among all of them: slow and obvious. */
function halfBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e01;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  let low = 0;
  let high = 0x7c00;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (halfValue(middle) <= Math.abs(value)) low = middle;
    else high = middle;
  }
  const size = Math.abs(value);
  if (size === Infinity) return sign | 0x7c00;
  return sign | (size - halfValue(low) <= halfValue(high) - size ? low : high);
}

export function halfValue(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

/** Layouts of a rank, with the number of axes in front of the spatial ones. */
export const LAYOUTS: Record<number, string[]> = {
  1: ['ncw', 'nwc', 'cw', 'wc', 'w'],
  2: ['nchw', 'nhwc', 'chw', 'hwc', 'hw'],
  3: ['ncdhw', 'ndhwc', 'cdhw', 'dhwc', 'dhw'],
};

/** A shape of `layout`. */
export function shapeOf(layout: string, n: number, c: number, spatial: readonly number[]): number[] {
  let axis = 0;
  return [...layout].map((letter) => (letter === 'n' ? n : letter === 'c' ? c : spatial[axis++]));
}

/** Widths around every multiple of a vector, windows and strides around every switch of paths, in both layouts. */
export function* boundaryCases(): Generator<Case> {
  let seed = 1;
  const windows = [
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [2, 3],
    [3, 1],
    [3, 2],
    [3, 3],
    [4, 1],
    [5, 2],
    [7, 1],
    [8, 3],
    [9, 1],
    [13, 2],
    [16, 1],
    [17, 4],
    [31, 1],
  ];
  for (const fn of ['maxPool2d', 'avgPool2d']) {
    for (const [kernelSize, stride] of windows) {
      const most = Math.floor(kernelSize / 2);
      const paddings = [...new Set([0, most, kernelSize])];
      for (const before of paddings) {
        for (const after of paddings) {
          for (let width = 1; width <= 40; width += 1 + (seed % 3)) {
            const height = 1 + (seed % 9) + (kernelSize > 8 ? 12 : 0);
            yield {
              fn,
              dtype: seed % 4 ? 'float32' : 'float64',
              shape: [1, 2, height, width],
              options: {
                layout: 'nchw',
                kernelSize,
                stride,
                padding: [
                  [before, after],
                  [after, before],
                ],
              },
              data: STYLES[seed % STYLES.length],
              seed: seed++,
            };
          }
        }
      }
    }
    // Planes of rows that are a vector or two, one after the other, whose last windows have any of their rows and columns.
    for (const stride of [1, 2]) {
      for (let width = 7; width <= 18; width++) {
        for (const [before, after] of [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
          [0, 2],
        ]) {
          yield {
            fn,
            dtype: 'float32',
            shape: [3, 3 + (seed % 12), width],
            options: {
              layout: 'chw',
              kernelSize: 3,
              stride,
              padding: [
                [before, after],
                [seed % 2, (seed >> 1) % 2],
              ],
            },
            data: STYLES[seed % STYLES.length],
            seed: seed++,
          };
        }
      }
    }
    // Channels last, with less and more channels than a vector has lanes.
    for (let c = 1; c <= 17; c++) {
      for (const [kernelSize, stride] of windows.slice(0, 12)) {
        yield {
          fn,
          dtype: seed % 5 ? 'float32' : 'float64',
          shape: [1, 5 + (seed % 5), 3 + (seed % 11), c],
          options: { layout: 'nhwc', kernelSize, stride, padding: kernelSize >> 1 },
          data: STYLES[seed % STYLES.length],
          seed: seed++,
        };
      }
    }
    // Channels that fill two vectors, several, or overlap, and windows that share columns, rows or neither.
    for (const c of [3, 8, 32, 33, 35, 64]) {
      for (const [kernelSize, stride] of [
        [2, 2],
        [3, 1],
        [3, 2],
        [3, 3],
      ]) {
        for (const dilation of [1, 2, [1, 2]]) {
          for (let width = 1; width <= 11; width += 1 + (seed % 2)) {
            yield {
              fn: seed % 7 ? fn : 'lpPool2d',
              dtype: 'float32',
              shape: [1, 1 + (seed % 6), width, c],
              options: {
                layout: 'nhwc',
                kernelSize,
                stride,
                dilation,
                padding: [
                  [seed % 3, seed % 2],
                  // Of three channels, windows that are whole along the rows.
                  c === 3 ? [0, 0] : [1, seed % 3],
                ],
                ...(seed % 7 === 0 && { p: 2 }),
              },
              data: STYLES[seed % STYLES.length],
              seed: seed++,
            };
          }
        }
      }
    }
    // Channels last in several slices: windows that share rows, slices, columns or none, clipped on every side.
    for (const c of [3, 4, 6, 8, 16, 33]) {
      for (const kernelSize of [2, 3, [2, 3, 3], [3, 2, 2], [3, 1, 3], [2, 1, 2]]) {
        for (const stride of [1, 2, [1, 2, 3]]) {
          for (const padding of [0, 1]) {
            yield {
              fn: seed % 5 ? fn.replace('2', '3') : 'minPool3d',
              dtype: 'float32',
              shape: [2, 3 + (seed % 3), 3 + (seed % 4), 3 + (seed % 7), c],
              options: {
                layout: 'ndhwc',
                kernelSize,
                stride,
                padding,
                dilation: seed % 3 ? 1 : [1 + (seed % 2), 2, 1],
              },
              data: STYLES[seed % STYLES.length],
              seed: seed++,
            };
          }
        }
      }
    }
    // Wide enough for two vectors and a rest in every kernel.
    for (const width of [63, 64, 65, 111, 112, 113]) {
      for (const [kernelSize, stride] of windows) {
        yield {
          fn,
          dtype: 'float32',
          shape: [2, 1, 35, width],
          options: { layout: 'nchw', kernelSize, stride, padding: kernelSize >> 1 },
          data: STYLES[seed % STYLES.length],
          seed: seed++,
        };
      }
    }
  }
}

/** Every op on every dtype along the boundaries of vectors and of what is converted a few elements at a time. */
export function* elementCases(): Generator<Case> {
  const windows: [kernelSize: number, stride: number, padding: number][] = [
    [2, 2, 0],
    [3, 2, 1],
    [3, 1, 1],
    [5, 1, 2],
    [9, 1, 4],
    [4, 3, 2],
  ];
  let seed = 1;
  for (const dtype of Object.keys(DTYPES) as DType[]) {
    for (const op of ['max', 'min', 'avg', 'sum', 'lp']) {
      if (op === 'lp' && !DTYPES[dtype].float) continue;
      // Windows of so many elements side by side that they are joined by quarters, once or twice, with every rest.
      for (const taps of [20, 22, 23, 24, 25, 26, 27, 95, 96, 97, 98, 99]) {
        yield {
          fn: `adaptive${op[0].toUpperCase()}${op.slice(1)}Pool2d`,
          dtype,
          shape: [3, 2 * taps],
          options: { layout: 'hw', outputSize: [2, 2], ...(op === 'lp' && { p: 1 + (seed % 2) }) },
          data: STYLES[seed % STYLES.length],
          seed: seed++,
        };
      }
      // Averages of four bytes: fewer than a vector, one, and more that overlap; windows that are cut off or begin further in.
      if (op === 'avg' && /uint8/.test(dtype)) {
        for (const c of [1, 2, 4, 8]) {
          for (let width = 28 / c; width <= 100 / c; width += 1 + (seed % 2)) {
            yield {
              fn: `${op}Pool2d`,
              dtype,
              shape: [2 + (seed % 5), Math.floor(width), c],
              options: {
                layout: 'hwc',
                kernelSize: 2,
                stride: [1 + (seed % 3), 2],
                dilation: [1 + (seed % 2), 1],
                padding: [
                  [0, 0],
                  [-(seed % 3), seed % 4 ? 0 : 1],
                ],
                rounding: ['half-away', 'trunc', 'half-even'][seed % 3],
              },
              data: STYLES[seed % STYLES.length],
              seed: seed++,
            };
          }
        }
      }
      for (const [kernelSize, stride, padding] of windows) {
        for (const layout of ['hw', 'hwc']) {
          for (let width = 1 + (seed % 3); width <= 40; width += 3 + (seed % 4)) {
            const options: Record<string, unknown> = { layout, kernelSize, stride, padding };
            if (op === 'lp') options.p = [1, 2, Infinity][seed % 3];
            if (op === 'max' || op === 'min') options.nan = seed % 3 ? 'propagate' : 'ignore';
            if (op === 'avg' && !DTYPES[dtype].float) options.rounding = ['half-away', 'trunc', 'half-even'][seed % 3];
            const shape = [3 + (seed % 8), width];
            yield {
              fn: `${op}Pool2d`,
              dtype,
              // Pixels, and channels that fill no vector, one, or more.
              shape: layout === 'hw' ? shape : [...shape, [4, 1, 3, 4, 8, 17][seed % 6]],
              options,
              data: STYLES[seed % STYLES.length],
              seed: seed++,
            };
          }
        }
      }
    }
  }
}

/** What random cases are drawn from. */
export interface Draw {
  ops: readonly string[];
  ranks: readonly number[];
  dtypes: readonly DType[];
}

export function* randomCases(count: number, seed: number, { ops, ranks, dtypes }: Draw): Generator<Case> {
  const next = random(seed);
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)];
  for (let i = 0; i < count; i++) {
    const rank = pick(ranks);
    const op = pick(ops);
    const dtype = pick(dtypes);
    if (op === 'lp' && !DTYPES[dtype].float) continue;
    const layout = pick(LAYOUTS[rank]);
    const kind = next() < 0.7 ? '' : pick(['global', 'adaptive']);
    const axes = <T>(make: () => T): T[] => Array.from({ length: rank }, make);
    const large = next() < 0.3;
    const most = rank === 3 ? 9 : large ? 48 : 16;
    const options: Record<string, unknown> = { layout };
    if (kind === 'adaptive') options.outputSize = axes(() => (next() < 0.1 ? null : int(0, 12)));
    if (kind === '') {
      const kernelSize = axes(() => int(1, next() < 0.2 ? most : 5));
      options.kernelSize = kernelSize;
      if (next() < 0.8) options.stride = axes(() => int(1, 4));
      if (next() < 0.3) options.dilation = axes(() => int(1, 3));
      const form = next();
      if (form < 0.1) options.padding = pick(['same', 'same-lower', 'valid']);
      else if (form < 0.7) options.padding = kernelSize.map((k) => [int(-2, k + 1), int(-2, k + 1)]);
      else if (form < 0.8) options.padding = int(0, 2);
      if (next() < 0.3) options.ceilMode = true;
      if (next() < 0.1) options.outputSize = axes(() => int(1, 9));
      if (op === 'avg') {
        if (next() < 0.4) options.countIncludePad = true;
        if (next() < 0.15) options.divisorOverride = pick([1, 2, 3, 7.5, -4]);
      }
    }
    if (/max|min/i.test(op) && next() < 0.3) options.nan = 'ignore';
    if (op === 'avg' && !DTYPES[dtype].float && next() < 0.6)
      options.rounding = pick(['half-away', 'trunc', 'half-even']);
    if (/lp/i.test(op)) options.p = pick([0.5, 1, 1.5, 2, 3, Infinity]);
    const capital = op[0].toUpperCase() + op.slice(1);
    yield {
      fn: kind === '' ? `${op}Pool${rank}d` : `${kind}${capital}Pool${rank}d`,
      dtype,
      shape: shapeOf(
        layout,
        int(0, 2) || 1,
        int(1, next() < 0.2 ? 18 : 5),
        axes(() => int(1, most)),
      ),
      options,
      data: pick(STYLES),
      seed: i,
    };
  }
}

/** Whether two views hold the same bytes, NaN and signs of zero included. */
export function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const [x, y] = [a, b].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}
