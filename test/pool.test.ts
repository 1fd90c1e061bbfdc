/**
 * Every case on every backend and path against the oracle. A failure names the case as a line of JSON; to run it alone:
 * CASE='{…}' npx vitest run test/pool.test.ts
 */
import { describe, expect, it } from 'vitest';
import { PATHS } from '../src/backends/paths.js';
import { createPooling, type Pooling, type PoolPlan, type Tensor, type TypedArray } from '../src/index.js';
import { DTYPES, elementsOf } from '../src/tensor.js';
import {
  boundaryCases,
  type Case,
  dataOf,
  elementCases,
  halfValue,
  poolingOf,
  random,
  randomCases,
  sameBytes,
} from './cases.js';
import { pool, type Result } from './oracle.js';

const BAND_BYTES = [1, 300, 5000, undefined];

/** A way to run a case. */
interface Way {
  readonly name: string;
  readonly path: string | undefined;
  readonly pooling: Pooling;
  readonly resident: boolean;
}

const TS: Way = { name: 'ts', path: 'ts', pooling: createPooling({ backend: 'ts' }), resident: false };
const WASM: Way = { name: 'wasm', path: undefined, pooling: createPooling({ backend: 'wasm' }), resident: false };
/** Every path, with bands of every size, on external and resident tensors. */
const FORCED: Way[] = PATHS.flatMap(({ name: path }) =>
  BAND_BYTES.flatMap((bandBytes) => {
    const pooling = createPooling({ backend: 'wasm', path, ...(bandBytes && { bandBytes }) });
    return [false, true].map((resident) => ({
      name: `${path}, bands of ${bandBytes ?? 'the usual'} bytes, ${resident ? 'resident' : 'external'}`,
      path,
      pooling,
      resident,
    }));
  }),
);

/** Each path once, as it usually runs. */
const EACH_PATH = PATHS.map(({ name }) => FORCED.find(({ path }) => path === name) as Way).map(
  (way): Way => ({
    ...way,
    name: `${way.path} alone`,
    pooling: createPooling({ backend: 'wasm', path: way.path as string }),
  }),
);

type Call = (x: Tensor, options: object) => Tensor;
const call = (pooling: Pooling, fn: string): Call =>
  (pooling as unknown as Record<string, Call>)[fn].bind(pooling) as Call;
const planOf = (pooling: Pooling, { fn, shape, options, dtype }: Case): PoolPlan =>
  (pooling as unknown as Record<string, (shape: number[], options: object) => PoolPlan>)[
    `plan${fn[0].toUpperCase()}${fn.slice(1)}`
  ](shape, { ...options, dtype });

/** Runs a case; undefined if it is refused. */
function run({ pooling, resident }: Way, one: Case, data: TypedArray): Tensor | undefined {
  const options = one.dtype === 'float16' ? { ...one.options, dtype: 'float16' } : one.options;
  try {
    if (!resident) return call(pooling, one.fn)({ data, shape: one.shape }, options);
    const plan = planOf(pooling, one);
    const x = pooling.alloc(one.dtype, one.shape);
    const y = pooling.alloc(plan.resultDType, plan.outputShape);
    // Halves are given and compared as bits; resident ones are numbers in engines that have an array of them.
    elementsOf(x.data).set(data as never);
    const out = plan.run(x, y);
    const result = { data: elementsOf(out.data).slice() as TypedArray, shape: out.shape };
    x.free();
    y.free();
    return result;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How far a result may be from the oracle's. */
function tolerance({ fn, dtype }: Case, want: number, size: number): number {
  if (/max|min/i.test(fn)) return 0;
  if (dtype === 'float32') return 2 * ulp(want, -23, -149) + 1e-6 * size;
  if (dtype === 'float64') return 2 * ulp(want, -52, -1074) + 1e-13 * size;
  if (dtype === 'float16') return 0.501 * ulp(want, -10, -24) + 1e-6 * size;
  return 0;
}

function ulp(value: number, digits: number, least: number): number {
  return 2 ** Math.max(least, Math.floor(Math.log2(Math.abs(value) || 2 ** -1074)) + digits);
}

/** What the oracle's value is in the type of the result. */
function rounded(one: Case, want: number): number {
  const row = DTYPES[one.dtype];
  if (/max|min/i.test(one.fn)) return row.float ? want : Math.max(row.lowest, Math.min(row.highest, want));
  if (/sum/i.test(one.fn) || row.float) return want;
  if (Number.isNaN(want)) return 0;
  return Math.max(row.lowest, Math.min(row.highest, toInteger(want, one.options.rounding)));
}

function toInteger(value: number, rounding: unknown): number {
  const whole = Math.floor(Math.abs(value));
  const rest = Math.abs(value) - whole;
  const up =
    rounding === 'trunc' ? false : rest > 0.5 || (rest === 0.5 && (rounding !== 'half-even' || whole % 2 === 1));
  return Math.sign(value) * (up ? whole + 1 : whole);
}

const LARGEST: Record<string, number> = { float16: 65520, float32: 3.4028235677973366e38 };

function agrees(one: Case, got: number, value: number, size: number, reach: number): boolean {
  const want = rounded(one, value);
  if (Number.isNaN(want)) return Number.isNaN(got);
  // Where partial sums leave the type, an infinity or what comes of two is as good.
  if (!/max|min/i.test(one.fn) && reach >= (LARGEST[one.dtype] ?? 1e308) / 2 && DTYPES[one.dtype].float) return true;
  // Sums of a few whole numbers have no error, and a division, unlike a product with a reciprocal, rounds once.
  if (one.data === 'ties' && /avg|sum/i.test(one.fn) && /float(32|64)/.test(one.dtype)) {
    return got === (one.dtype === 'float32' ? Math.fround(want) : want);
  }
  return got === want || Math.abs(got - want) <= tolerance(one, want, size);
}

/** The first difference between a result and the oracle's, if there is one. */
function differs(one: Case, got: Tensor | undefined, want: Result | undefined): string | undefined {
  if (got === undefined || want === undefined) {
    return got === want ? undefined : `${got === undefined ? 'refused' : 'not refused'}`;
  }
  if (got.shape.join() !== want.shape.join()) return `shape ${got.shape.join()}, should be ${want.shape.join()}`;
  const values = one.dtype === 'float16' ? Array.from(got.data, halfValue) : got.data;
  for (let i = 0; i < want.values.length; i++) {
    if (!agrees(one, values[i], want.values[i], want.sizes[i], want.reaches[i])) {
      return `element ${i} is ${values[i]}, should be ${want.values[i]}`;
    }
  }
  return undefined;
}

/** Whether a sum of integers could leave its type: it is refused, which the oracle knows nothing of. */
function refusesSums(one: Case): boolean {
  return /sum/i.test(one.fn) && !DTYPES[one.dtype].float;
}

/** Runs cases on ts, wasm and a few forced ways each, and counts how many each path served. */
function check(cases: Iterable<Case>): Map<string, number> {
  const served = new Map<string, number>();
  let turn = 0;
  for (const one of cases) {
    const data = dataOf(one);
    const values = one.dtype === 'float16' ? Float64Array.from(data, halfValue) : data;
    const want = pool(poolingOf(one), values, one.shape);
    const before = data.slice();
    const ways = [TS, WASM];
    // Every path that serves it, and one band size after the other.
    for (const way of EACH_PATH) if (want !== undefined && planOf(way.pooling, one).path === way.path) ways.push(way);
    for (let i = 0; i < 4; i++) ways.push(FORCED[turn++ % FORCED.length]);
    for (const way of ways) {
      const got = run(way, one, data);
      if (got === undefined && refusesSums(one)) continue;
      const difference = differs(one, got, want);
      if (difference !== undefined) expect.fail(`${way.name}: ${difference}\n${JSON.stringify(one)}`);
      if (got !== undefined && way.path !== undefined) {
        const { path } = planOf(way.pooling, one);
        served.set(path, (served.get(path) ?? 0) + 1);
      }
    }
    if (!sameBytes(before, data)) {
      expect.fail(`the input was written to\n${JSON.stringify(one)}`);
    }
  }
  return served;
}

const FLOATS = ['float32', 'float64'] as const;
const OTHERS = ['float16', 'int8', 'uint8', 'uint8-clamped', 'int16', 'uint16', 'int32', 'uint32'] as const;

if (import.meta.env.CASE === undefined)
  describe('against the oracle', () => {
    it('at the boundaries of the kernels', () => {
      const served = check(boundaryCases());
      // Every path has met many.
      for (const { name } of PATHS) {
        if (name !== 'whole' && name !== 'bytes') expect(served.get(name), name).toBeGreaterThan(100);
      }
    });

    it('of every op and dtype, at the boundaries of vectors', () => {
      const served = check(elementCases());
      for (const name of ['bytes', 'planes', 'channels', 'sliding', 'universal'])
        expect(served.get(name), name).toBeGreaterThan(100);
    });

    it.each([1, 2, 3, 4])('random maxima and averages of 32 and 64 bits, seed %i', (seed) => {
      const served = check(randomCases(700, seed, { ops: ['max', 'avg'], ranks: [1, 2, 2, 3], dtypes: FLOATS }));
      for (const { name } of PATHS) if (name !== 'bytes') expect(served.get(name), name).toBeGreaterThan(10);
    });

    it.each([5, 6])('random poolings of every op and rank, seed %i', (seed) => {
      const served = check(
        randomCases(600, seed, { ops: ['max', 'min', 'avg', 'sum', 'lp'], ranks: [1, 2, 3], dtypes: FLOATS }),
      );
      expect(served.get('ts')).toBeGreaterThan(100);
    });

    it.each([7, 8])('random poolings of every dtype, seed %i', (seed) => {
      const served = check(
        randomCases(600, seed, { ops: ['max', 'min', 'avg', 'sum', 'lp'], ranks: [1, 2, 3], dtypes: OTHERS }),
      );
      expect(served.get('ts')).toBeGreaterThan(100);
    });
  });

if (import.meta.env.CASE !== undefined)
  it('the case that the environment names', () => {
    const one = JSON.parse(import.meta.env.CASE ?? '') as Case;
    const data = dataOf(one);
    const values = one.dtype === 'float16' ? Float64Array.from(data, halfValue) : data;
    const want = pool(poolingOf(one), values, one.shape);
    for (const way of [TS, WASM, ...FORCED]) {
      expect(differs(one, run(way, one, data), want), way.name).toBeUndefined();
    }
  });

describe('on planes that begin with windows in the padding', () => {
  it.each(FORCED.map((way) => [way.name, way] as const))('%s', (_, way) => {
    // The second plane's largest are less than the first's.
    const data = Float32Array.of(100, 101, 102, 103, 104, 105, 106, 7, 8, 9, 10, 11, 12, 13);
    for (const [before, after] of [
      [7, 0],
      [9, 2],
      [20, 20],
    ]) {
      for (const fn of ['maxPool2d', 'avgPool2d']) {
        const padding = [
          [before, after],
          [0, 7],
        ];
        const options = { layout: 'nchw', kernelSize: 7, stride: 1, padding };
        const one: Case = { fn, dtype: 'float32', shape: [1, 2, 1, 7], options, data: 'random', seed: 0 };
        expect(differs(one, run(way, one, data), pool(poolingOf(one), data, one.shape))).toBeUndefined();
      }
    }
  });
});

describe('on volumes whose slices are divided by different numbers of taps', () => {
  it.each(FORCED.map((way) => [way.name, way] as const))('%s', (_, way) => {
    // The windows of the first slice lack none of theirs that is not padding; those of the second one are clipped.
    const padding = [
      [1, 0],
      [0, 0],
      [0, 1],
    ];
    const options = { layout: 'ncdhw', kernelSize: 2, stride: 2, padding, ceilMode: true, countIncludePad: true };
    for (const width of [3, 7, 8, 9, 15, 16, 17]) {
      const shape = [2, 2, 2, 5, width];
      const one: Case = { fn: 'avgPool3d', dtype: 'float32', shape, options, data: 'random', seed: width };
      const data = dataOf(one) as Float32Array;
      expect(differs(one, run(way, one, data), pool(poolingOf(one), data, one.shape)), `${width}`).toBeUndefined();
    }
  });
});

describe('windows that are as far apart as can be said', () => {
  it('are like any single ones', () => {
    const x = { data: Float32Array.from({ length: 40 }, (_, i) => (i * 7) % 11), shape: [5, 8] };
    for (const { pooling, name } of [TS, WASM]) {
      // Leaves larger numbers behind than there are in x.
      pooling.maxPool2d({ data: new Float32Array(400).fill(99), shape: [20, 20] }, { kernelSize: 5, stride: 3 });
      expect(pooling.maxPool2d(x, { kernelSize: 2, stride: 2 ** 31 - 1 }).data[0], name).toBe(8);
    }
  });

  it('with a single tap are not dilated, whatever is said', () => {
    const x = { data: new Float32Array(40 * 30).fill(1), shape: [40, 30] };
    for (const { pooling, name } of [TS, WASM]) {
      const y = pooling.avgPool2d(x, { kernelSize: [13, 1], stride: 1, dilation: [1, 2 ** 31 - 1] });
      expect(
        y.data.findIndex((value) => value !== 1),
        name,
      ).toBe(-1);
    }
  });
});

describe('on short rows whose windows are their elements', () => {
  it.each([TS, WASM, ...FORCED].map((way) => [way.name, way] as const))('%s', (_, way) => {
    for (const [layout, shape, kernelSize] of [
      ['chw', [3, 19, 1], [3, 1]],
      ['chw', [3, 19, 5], [2, 1]],
      ['hwc', [19, 3, 2], [3, 1]],
      ['chw', [2, 17, 64], [2, 1]],
      ['cdhw', [2, 9, 7, 1], [3, 2, 1]],
      ['cdhw', [2, 9, 3, 2], [3, 1, 1]],
      ['dhwc', [9, 3, 2, 3], [3, 1, 1]],
      ['cdhw', [2, 3, 2, 2], [1, 1, 1]],
      ['cw', [3, 5], [1]],
    ] as const) {
      for (const op of ['max', 'avg', 'sum']) {
        for (const [stride, before] of [
          [1, 0],
          [2, 1],
        ]) {
          const fn = `${op}Pool${kernelSize.length}d`;
          const strides = kernelSize.map((k) => (k > 1 ? stride : 1));
          const padding = kernelSize.map((k) => (k > 1 ? [before, 0] : [0, 0]));
          const options = { layout, kernelSize, stride: strides, padding };
          const one: Case = { fn, dtype: 'float32', shape: [...shape], options, data: 'random', seed: shape[1] };
          const data = dataOf(one) as Float32Array;
          expect(differs(one, run(way, one, data), pool(poolingOf(one), data, one.shape)), fn).toBeUndefined();
        }
      }
    }
  });

  it('they are rows of the next axis', () => {
    const pooling = createPooling({ backend: 'wasm' });
    const window = { layout: 'chw', stride: 1 } as const;
    expect(pooling.planMaxPool2d([64, 912, 1], { ...window, kernelSize: [3, 1] }).path).toBe('planes');
    expect(pooling.planMaxPool2d([64, 912, 4], { ...window, kernelSize: [2, 1] }).path).toBe('channels');
  });
});

describe('a single NaN that is ignored, wherever it is', () => {
  const planes: [string, number[]][] = [
    ['hw', [7, 11]],
    ['chw', [2, 6, 19]],
    ['hwc', [6, 7, 4]],
    ['hwc', [5, 9, 9]],
  ];
  it.each(EACH_PATH.map((way) => [way.name, way] as const))('%s', (_, way) => {
    for (const [layout, shape] of planes) {
      const numbers = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => ((i * 37) % 101) / 8 - 3);
      for (const kernelSize of [2, 3, 4]) {
        for (const stride of [1, 2]) {
          for (const fn of ['maxPool2d', 'minPool2d']) {
            const options = { layout, kernelSize, stride, nan: 'ignore' };
            for (const padding of [0, 1]) {
              const one: Case = {
                fn,
                dtype: 'float32',
                shape,
                options: { ...options, padding },
                data: 'random',
                seed: 0,
              };
              for (let at = 0; at < numbers.length; at += 5) {
                const data = numbers.slice();
                data[at] = NaN;
                const failure = differs(one, run(way, one, data), pool(poolingOf(one), data, shape));
                expect(failure, JSON.stringify({ ...one, at })).toBeUndefined();
              }
            }
          }
        }
      }
    }
  });
});

/** Bits of a result, with one for all NaN; both zeros are one where they are compared, but not where they are added up. */
function bitsOf({ fn }: Case, data: TypedArray): string {
  const ordered = /max|min/i.test(fn);
  const plain = data.map((x: number) => (Number.isNaN(x) ? NaN : x === 0 && ordered ? 0 : x) as never) as TypedArray;
  return new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength).join();
}

describe('averages of four bytes', () => {
  // Four bytes of every sum there is.
  const sums = Array.from({ length: 4 * 255 + 1 }, (_, sum) => sum);
  const byteOf = (sum: number, place: number) => Math.min(255, Math.max(0, sum - 255 * place));
  it.each(['half-away', 'half-even', 'trunc'] as const)('%s', (rounding) => {
    const rows = [0, 1].map((row) => sums.flatMap((sum) => [byteOf(sum, 2 * row), byteOf(sum, 2 * row + 1)]));
    for (const { pooling, name } of [TS, WASM]) {
      const plan = pooling.planAvgPool2d([2, 2 * sums.length], { kernelSize: 2, dtype: 'uint8', rounding });
      if (name === 'wasm') expect(plan.path).toBe('bytes');
      expect([...plan.run(Uint8Array.from(rows.flat())).data], name).toEqual(
        sums.map((sum) => toInteger(sum / 4, rounding)),
      );
    }
  });
});

describe('the same bits', () => {
  it('of one plan, however it is run', () => {
    let plans = 0;
    // Made once: engines take their time for thousands of memories.
    const ways = [undefined, ...PATHS.map(({ name }) => name)].map((path) => ({
      path,
      poolings: BAND_BYTES.map((bandBytes) =>
        createPooling({ backend: 'wasm', ...(path && { path }), ...(bandBytes && { bandBytes }) }),
      ),
    }));
    for (const one of randomCases(150, 9, { ops: ['max', 'avg'], ranks: [2, 3], dtypes: FLOATS })) {
      if (one.data === 'nan') continue;
      const data = dataOf(one);
      for (const { path, poolings } of ways) {
        const bits = new Set<string>();
        for (const pooling of poolings) {
          for (const resident of [false, true, false]) {
            const result = run({ name: '', path, pooling, resident }, one, data);
            if (result !== undefined) bits.add(bitsOf(one, result.data));
          }
        }
        expect(bits.size, JSON.stringify({ path, one })).toBeLessThan(2);
        plans += bits.size;
      }
    }
    expect(plans).toBeGreaterThan(500);
  });

  it('of large windows, over whole rows and over strips of them', () => {
    const shape = [90, 2000];
    const data = Float32Array.from({ length: 90 * 2000 }, random(12));
    for (const fn of ['maxPool2d', 'avgPool2d'] as const) {
      const want = TS.pooling[fn]({ data, shape }, { kernelSize: 31, stride: 1 }).data;
      const [whole, strips] = [undefined, 100_000].map((bandBytes) => {
        const pooling = createPooling({ backend: 'wasm', path: 'sliding', ...(bandBytes && { bandBytes }) });
        return pooling[fn]({ data, shape }, { kernelSize: 31, stride: 1 }).data;
      });
      expect(whole).toEqual(strips);
      for (let i = 0; i < want.length; i++) {
        if (Math.abs(whole[i] - want[i]) > 2 * ulp(want[i], -23, -149))
          expect.fail(`${fn}, ${i}: ${whole[i]}, ${want[i]}`);
      }
    }
  });

  it('of windows so large that a band of them is no small part of the tensor', () => {
    const data = Float32Array.from({ length: 1_200_000 }, random(13));
    const x = { data, shape: [data.length] };
    const options = { kernelSize: 200_000, stride: 1 };
    const pooling = createPooling({ backend: 'wasm' });
    // Another path would have a strip for each column.
    expect(pooling.planMaxPool1d(x.shape, options).path).toBe('sliding');
    expect(pooling.planAvgPool1d(x.shape, options).path).toBe('sliding');
    expect(pooling.planMaxPool2d([1080, 1920], { kernelSize: 501, stride: 1 }).path).toBe('sliding');
    // Here none are one above the other: most of the work is to fold their rows into one.
    expect(pooling.planMaxPool2d([500, 66], { kernelSize: [500, 33], stride: 1 }).path).toBe('universal');
    expect(pooling.planMaxPool2d([5, 1000], { kernelSize: [5, 20], stride: 1 }).path).toBe('sliding');
    for (const fn of ['maxPool1d', 'avgPool1d'] as const) {
      const want = TS.pooling[fn](x, options).data;
      const got = pooling[fn](x, options).data;
      let worst = 0;
      for (let i = 0; i < want.length; i++) {
        const off = Math.abs(got[i] - want[i]) / ulp(want[i], -23, -149);
        if (!(off <= worst)) worst = off;
      }
      expect(worst, fn).toBeLessThanOrEqual(fn === 'maxPool1d' ? 0 : 2);
    }
  });

  it('of sums of zeros of either sign', () => {
    const poolings = [undefined, 1, 300].map((bandBytes) =>
      createPooling({ backend: 'wasm', ...(bandBytes && { bandBytes }) }),
    );
    for (const boundary of boundaryCases()) {
      if (boundary.fn !== 'avgPool2d' || (boundary.options.kernelSize as number) > 5) continue;
      const one: Case = { ...boundary, data: 'zeros' };
      const data = dataOf(one);
      const bits = new Set<string>();
      for (const pooling of poolings) {
        const result = run({ name: '', path: undefined, pooling, resident: false }, one, data);
        if (result !== undefined) bits.add(bitsOf(one, result.data));
      }
      expect(bits.size, JSON.stringify(one)).toBeLessThan(2);
    }
  });

  it('of a small input, which auto leaves to TypeScript', () => {
    const auto = createPooling();
    const x = { data: Float32Array.of(0.1, 0.2, 0.7, 0.3), shape: [2, 2] };
    expect(auto.planAvgPool2d([2, 2], { kernelSize: 2 }).backend).toBe('ts');
    expect(auto.planAvgPool2d([8, 8], { kernelSize: 2 }).backend).toBe('wasm');
    expect(auto.avgPool2d(x, { kernelSize: 2 }).data).toEqual(TS.pooling.avgPool2d(x, { kernelSize: 2 }).data);
  });
});

describe('accuracy of averages', () => {
  const next = random(10);

  it.each([0.1, 1 / 3, 1e30, 1.7e-30])('a plane of %d averages to itself', (value) => {
    const constant = Math.fround(value);
    const off = 2 * ulp(constant, -23, -149);
    const data = new Float32Array(160 * 160).fill(constant);
    for (const kernelSize of [1, 2, 3, 5, 7, 11, 12, 16, 17, 23, 31, 33, 47, 63, 64, 65, 77, 95, 101]) {
      for (const { pooling, name } of [TS, WASM]) {
        const y = pooling.avgPool2d({ data, shape: [160, 160] }, { kernelSize, stride: 1, padding: kernelSize >> 1 });
        const worst = y.data.reduce((most, x) => Math.max(most, Math.abs(x - constant)), 0);
        expect(worst, `${name}, ${kernelSize}`).toBeLessThanOrEqual(off);
      }
    }
  });

  it('narrow windows of any length keep a constant', () => {
    const data = new Float32Array(40 * 40).fill(0.1);
    const off = 2 * ulp(Math.fround(0.1), -23, -149);
    let windows = 0;
    const lengths = Array.from({ length: 40 }, (_, i) => i + 1);
    for (const kernelSize of lengths.flatMap((k) => [2, 3, 9, 15].flatMap((l) => [[k, l] as const, [l, k] as const]))) {
      for (const { pooling, name, path, resident } of [TS, WASM, ...FORCED]) {
        if (resident) continue;
        const plan = pooling.planAvgPool2d([40, 40], { kernelSize, stride: 1 });
        // A way that does not serve the window is the same as the usual one.
        if (path !== undefined && path !== plan.path) continue;
        windows++;
        const y = plan.run(data);
        const worst = y.data.reduce((most, x) => Math.max(most, Math.abs(x - Math.fround(0.1))), 0);
        expect(worst, `${name}, ${kernelSize}`).toBeLessThanOrEqual(off);
      }
    }
    expect(windows).toBeGreaterThan(1000);
  });

  it.each([512, 2048])('a whole plane %i wide', (size) => {
    const data = Float32Array.from({ length: size * size }, () => next());
    const constant = new Float32Array(size * size).fill(0.1);
    let sum = 0;
    for (const x of data) sum += x;
    const mean = sum / data.length;
    for (const { pooling, name } of [TS, WASM]) {
      for (const layout of ['nchw', 'nhwc'] as const) {
        const shape = layout === 'nchw' ? [1, 1, size, size] : [1, size, size, 1];
        const ways = [
          (x: Float32Array) => pooling.globalAvgPool2d({ data: x, shape }, { layout }),
          (x: Float32Array) => pooling.avgPool2d({ data: x, shape }, { layout, kernelSize: size }),
          (x: Float32Array) => pooling.adaptiveAvgPool2d({ data: x, shape }, { layout, outputSize: 1 }),
        ];
        for (const way of ways) {
          expect(Math.abs(way(data).data[0] - mean), name).toBeLessThanOrEqual(2 * ulp(mean, -23, -149) + 1e-6 * mean);
          expect(Math.abs(way(constant).data[0] - Math.fround(0.1)), name).toBeLessThanOrEqual(2 * ulp(0.1, -23, -149));
        }
      }
    }
  });

  it('of windows of many sizes, strides and layouts, of numbers of every size', () => {
    const random11 = random(11);
    for (let turn = 0; turn < 30; turn++) {
      const pick = (most: number) => 1 + Math.floor(random11() * most);
      const kernelSize = [pick(40), pick(turn % 10 === 0 ? 300 : 40)] as const;
      const shape = [1, kernelSize[0] + pick(30), kernelSize[1] + pick(60), [1, 1, 3, 16, 20][turn % 5]];
      const options = {
        layout: 'nhwc',
        kernelSize,
        stride: [pick(2), pick(3)],
        padding: [pick(kernelSize[0]) >> 1, pick(kernelSize[1]) >> 1],
        countIncludePad: turn % 2 === 0,
      } as const;
      // From the smallest float32 on to the largest, of either sign.
      const scale = 2 ** (turn % 6 === 0 ? 128 : turn % 6 === 1 ? -135 : 40 - pick(80));
      const offset = turn % 3 === 0 ? 0.5 : 0;
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () =>
        Math.fround((random11() - offset) * scale * (1 - 2 ** -24)),
      );
      const want = pool(
        poolingOf({ fn: 'avgPool2d', dtype: 'float32', shape, options } as unknown as Case),
        data,
        shape,
      );
      const what = JSON.stringify({ turn, shape, options, scale });
      if (want === undefined) throw new Error(what);
      for (const { pooling, name } of [TS, WASM, ...FORCED.filter(({ path }) => path === 'sliding')]) {
        const y = pooling.avgPool2d({ data, shape }, options).data;
        for (let i = 0; i < y.length; i++) {
          const off = 2 * ulp(want.values[i], -23, -149) + 1e-6 * want.sizes[i];
          if (!(Math.abs(y[i] - want.values[i]) <= off))
            expect.fail(`${name}, ${i}: ${y[i]}, ${want.values[i]}, ${what}`);
        }
      }
    }
  });

  it('of sums that leave float32 on the way and come back, with the same bits in bands of any size', () => {
    const shape = [40, 60];
    const huge = Float32Array.from({ length: 2400 }, (_, i) => (i % 60 < 30 ? next() : i % 2 === 0 ? 3e38 : -3e38));
    for (const kernelSize of [16, 20]) {
      const kinds = [
        (pooling: typeof WASM.pooling) => pooling.sumPool2d({ data: huge, shape }, { kernelSize, stride: 1 }).data,
        (pooling: typeof WASM.pooling) =>
          pooling.avgPool2d({ data: huge, shape }, { kernelSize, stride: 1, divisorOverride: 2 }).data,
      ];
      for (const kind of kinds) {
        const want = kind(TS.pooling);
        const results = [undefined, 1, 3000, 100_000].map((bandBytes) =>
          kind(createPooling({ backend: 'wasm', path: 'sliding', ...(bandBytes && { bandBytes }) })),
        );
        for (const result of results) expect(result).toEqual(results[0]);
        let alternating = 0;
        for (let i = 0; i < want.length; i++) {
          const column = i % (61 - kernelSize);
          if (column >= 30) {
            alternating++;
            expect(results[0][i]).toBe(0);
          } else if (column + kernelSize <= 30) {
            expect(Math.abs(results[0][i] - want[i])).toBeLessThanOrEqual(2 * ulp(want[i], -23, -149));
          }
        }
        expect(alternating).toBeGreaterThan(100);
      }
    }
  });

  it('keeps NaN, infinities and huge values to the windows that hold them', () => {
    const size = 64;
    const data = Float32Array.from({ length: size * size }, () => next());
    data[32 * size + 32] = NaN;
    data[10 * size + 5] = Infinity;
    data[50 * size + 50] = 3e38;
    for (const kernelSize of [3, 7, 17, 31]) {
      for (const { pooling, name } of [TS, WASM]) {
        const y = pooling.avgPool2d({ data, shape: [size, size] }, { kernelSize, stride: 1 });
        const n = size - kernelSize + 1;
        for (let i = 0; i < n * n; i++) {
          const [h, w] = [Math.floor(i / n), i % n];
          const holds = (a: number, b: number) => a >= h && a < h + kernelSize && b >= w && b < w + kernelSize;
          const got = y.data[i];
          const what = `${name}, ${kernelSize}, ${h}, ${w}: ${got}`;
          if (holds(32, 32)) expect(Number.isNaN(got), what).toBe(true);
          else if (holds(10, 5)) expect(got === Infinity, what).toBe(true);
          else if (holds(50, 50)) expect(got > 1e34, what).toBe(true);
          else if (!(got > 0 && got < 1)) expect.fail(what);
        }
      }
    }
  });
});
