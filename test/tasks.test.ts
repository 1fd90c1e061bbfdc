/**
 * Indices, gathering, unpooling and gradients of every case against their definitions. A failure names the case as a line
 * of JSON.
 */
import { describe, expect, it } from 'vitest';
import { createPooling, type IndicesBackwardPlan, type LinearBackwardPlan } from '../src/gradients.js';
import type { DType, IndicesPlan, Pooling, Tensor, TensorWithIndices, TypedArray } from '../src/index.js';
import { DTYPES } from '../src/tensor.js';
import {
  boundaryCases,
  type Case,
  dataOf,
  halfValue,
  LAYOUTS,
  poolingOf,
  random,
  randomCases,
  sameBytes,
  shapeOf,
} from './cases.js';
import {
  type AnyPooling,
  gradient,
  INDEXINGS,
  indexOf,
  listWindows,
  pick,
  type Tap,
  type Windows,
} from './task-oracle.js';

type Indices = Tensor<Int32Array>;
type Loose = Record<string, (...args: unknown[]) => TensorWithIndices>;

const library = createPooling({ backend: 'ts' }) as unknown as Loose;
const convert = (await import('../src/index.js')).convertIndices as (indices: Indices, options: object) => Indices;

/** Where sums run in WebAssembly, streamed in bands of different sizes. */
const kernels = [undefined, 300].map(
  (bandBytes) =>
    createPooling({ backend: 'wasm', ...(bandBytes && { bandBytes }) }) as unknown as Loose & Pick<Pooling, 'alloc'>,
);
const planName = (fn: string) => `plan${fn[0].toUpperCase()}${fn.slice(1)}`;

/** Elements as numbers. */
const numbersOf = (dtype: DType, data: TypedArray): ArrayLike<number> =>
  dtype === 'float16' ? Float64Array.from(data, halfValue) : data;

const same = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

function ulp(value: number, digits: number, least: number): number {
  return 2 ** Math.max(least, Math.floor(Math.log2(Math.abs(value) || 2 ** -1074)) + digits);
}

/** How far a gradient may be off: float32 is added up in 64 bits, but by kernels. */
function tolerance(dtype: DType, value: number, size: number, byKernel: boolean): number {
  if (dtype === 'float32' && byKernel) return 2 * ulp(value, -23, -149) + 1e-6 * size;
  if (dtype === 'float32') return 0.51 * ulp(value, -23, -149) + 1e-9 * size;
  if (dtype === 'float64') return 2 * ulp(value, -52, -1074) + 1e-12 * size;
  return 0.51 * ulp(value, -10, -24) + 1e-9 * size;
}

/** How many gradients each path of the kernels has made. */
const byKernel = new Map<string, number>();

/** One case in the definition's words and in the library's. */
class Trial {
  readonly pooling: AnyPooling;
  readonly windows: Windows;
  readonly x: Tensor;
  readonly values: ArrayLike<number>;
  readonly options: Record<string, unknown>;
  readonly one: Case;

  constructor(one: Case, pooling: AnyPooling, windows: Windows) {
    this.one = one;
    this.pooling = pooling;
    this.windows = windows;
    this.x = { data: dataOf(one), shape: one.shape };
    this.values = numbersOf(one.dtype, this.x.data);
    this.options = one.dtype === 'float16' ? { ...one.options, dtype: 'float16' } : one.options;
  }

  fail(what: string): never {
    expect.fail(`${what}\n${JSON.stringify(this.one)}`);
  }

  call(suffix: string, ...args: unknown[]): TensorWithIndices {
    return library[this.one.fn + suffix](...args);
  }

  /** A tensor of other numbers of the case's dtype. */
  tensor(shape: readonly number[], seed: number): Tensor {
    return { data: dataOf({ ...this.one, shape: shape.slice(), data: 'random', seed }), shape };
  }

  compare(what: string, got: Tensor, shape: readonly number[], want: (i: number) => number): void {
    if (got.shape.join() !== shape.join()) this.fail(`${what} has shape ${got.shape}, should have ${shape}`);
    const values = numbersOf(this.one.dtype, got.data);
    for (let i = 0; i < values.length; i++) {
      if (!same(values[i], want(i))) this.fail(`${what}[${i}] is ${values[i]}, should be ${want(i)}`);
    }
  }

  /** Indices of maxima on the wasm backend, where there is a kernel: the very same as on ts. */
  checkPlaces(): void {
    const { one, options, x, windows } = this;
    for (const pooling of kernels) {
      const planned = { ...options, dtype: one.dtype };
      const find = pooling[planName(`${one.fn}WithIndices`)](one.shape, planned) as unknown as IndicesPlan;
      if (find.backend === 'ts') return;
      byKernel.set(find.path, (byKernel.get(find.path) ?? 0) + 1);
      const want = this.call('WithIndices', x, options);
      const got = find.run(x);
      if (got.indices.data.some((index, i) => index !== want.indices.data[i])) this.fail('other indices by the kernel');
      this.compare('the result of the kernel', got, windows.shape, (i) => want.data[i]);
      const input = pooling.alloc('float32', one.shape);
      const output = pooling.alloc('float32', windows.shape);
      const indices = pooling.alloc('int32', windows.shape);
      input.data.set(x.data as never);
      find.run(input as never, output as never, indices as never);
      if (indices.data.some((index: number, i: number) => index !== want.indices.data[i]))
        this.fail('other indices in place');
      this.compare('the result in place', output, windows.shape, (i) => want.data[i]);
      for (const tensor of [input, output, indices]) tensor.free();
    }
  }

  /** Gradients of maxima on the wasm backend, from the input and from indices: the very same as on ts. */
  checkScatters(dy: Tensor, places: Indices, indexing: (typeof INDEXINGS)[number]): void {
    const { one, options, x, windows } = this;
    for (const pooling of kernels) {
      const planned = { ...options, dtype: one.dtype, indexing };
      const back = pooling[planName(`${one.fn}Backward`)](one.shape, planned) as unknown as IndicesBackwardPlan;
      if (back.backend === 'ts') return;
      byKernel.set(back.path, (byKernel.get(back.path) ?? 0) + 1);
      const { Elements } = DTYPES[one.dtype];
      const tensors = [
        pooling.alloc(one.dtype, one.shape),
        pooling.alloc('int32', windows.shape),
        pooling.alloc(one.dtype, windows.shape),
        pooling.alloc(one.dtype, one.shape),
      ];
      const [input, indices, output, gradient] = tensors;
      input.data.set(x.data as never);
      indices.data.set(places.data as never);
      output.data.set(dy.data as never);
      for (const from of ['the input', 'indices']) {
        const [outside, inside] = from === 'indices' ? [places, indices] : [x, input];
        const args = from === 'indices' ? { indices: places, indexing, inputShape: one.shape } : { x };
        const dx = this.call('Backward', dy, { ...options, ...args });
        const given = back.run(dy as never, outside as never, new Elements(x.data.length).fill(-77) as never);
        this.compare(`the gradient of the kernel from ${from}`, given, one.shape, (i) => dx.data[i]);
        for (const [what, g, of] of [
          ['in place', output, inside],
          ['half in place', dy, inside],
          ['in place of others', output, outside],
        ] as const) {
          gradient.data.fill(-77);
          back.run(g as never, of as never, gradient as never);
          this.compare(`the gradient ${what} from ${from}`, gradient, one.shape, (i) => dx.data[i]);
        }
      }
      for (const tensor of tensors) tensor.free();
    }
  }

  checkIndices(turn: number): void {
    const { windows, values, options, one, x } = this;
    const picked = windows.taps.map((taps) => pick(this.pooling, taps, values));
    const indexing = INDEXINGS[turn % INDEXINGS.length];
    const other = INDEXINGS[(turn + 1 + (turn % 4)) % INDEXINGS.length];
    const before = x.data.slice();
    const y = this.call('WithIndices', x, { ...options, indexing });
    const pooled = numbersOf(one.dtype, library[one.fn](x, options).data);
    this.compare('the result', y, windows.shape, (i) => pooled[i]);
    const list = (name: (typeof INDEXINGS)[number]) =>
      picked.map((tap) => (tap === undefined ? -1 : indexOf(name, one.options.layout as string, one.shape, tap)));
    const want = list(indexing);
    y.indices.data.forEach((index, i) => {
      if (index !== want[i]) this.fail(`the '${indexing}' index ${i} is ${index}, should be ${want[i]}`);
    });
    if (y.indices.shape.join() !== windows.shape.join()) this.fail(`indices have shape ${y.indices.shape}`);

    const pool = { ...options, pool: one.fn, dtype: undefined, inputShape: one.shape };
    const converted = convert(y.indices, { ...pool, from: indexing, to: other }).data;
    list(other).forEach((index, i) => {
      if (converted[i] !== index) this.fail(`${indexing} to ${other}: ${i} is ${converted[i]}, should be ${index}`);
    });

    const v = this.tensor(one.shape, turn);
    const elements = numbersOf(one.dtype, v.data);
    const gathered = this.call('Gather', v, y.indices, { ...options, indexing });
    this.compare('the gather', gathered, windows.shape, (i) => elements[(picked[i] as Tap)?.offset] ?? 0);
    this.checkUnpool(y, indexing, picked);
    this.checkPlaces();
    if (!sameBytes(before, x.data)) this.fail('the input was written to');
  }

  /** Unpools to the shape of the input; the windows do not matter but for their own indices. */
  checkUnpool(y: TensorWithIndices, indexing: (typeof INDEXINGS)[number], picked: readonly (Tap | undefined)[]): void {
    const { one, windows } = this;
    if (indexing === 'window') return;
    const letters = [...(one.options.layout as string)];
    const spatial = letters.flatMap((letter, place) => ('dhw'.includes(letter) ? [place] : []));
    const outputSize = spatial.map((place) => one.shape[place]);
    if (outputSize.includes(0)) return;
    const options = { layout: one.options.layout, indexing, outputSize, dtype: this.options.dtype };
    const name = `maxUnpool${spatial.length}d`;
    if (picked.includes(undefined)) {
      expect(() => library[name](y, y.indices, options)).toThrow(RangeError);
      return;
    }
    const small = this.tensor(windows.shape, 5);
    const from = numbersOf(one.dtype, small.data);
    const want = new Array<number>(this.values.length).fill(0);
    picked.forEach((tap, i) => {
      want[(tap as Tap).offset] = from[i];
    });
    this.compare('the unpooling', library[name](small, y.indices, options), one.shape, (i) => want[i]);
    const dy = this.tensor(one.shape, 6);
    const elements = numbersOf(one.dtype, dy.data);
    const back = library[`${name}Backward`](dy, y.indices, options);
    this.compare('the gradient of the unpooling', back, windows.shape, (i) => elements[(picked[i] as Tap).offset]);
  }

  checkGradient(turn: number): void {
    const { one, windows, options, x, pooling } = this;
    const dy = this.tensor(windows.shape, turn + 7);
    const ordered = pooling.op === 'max' || pooling.op === 'min';
    const linear = pooling.op === 'avg' || pooling.op === 'sum';
    const from = linear ? { inputShape: one.shape } : { x };
    if (!DTYPES[one.dtype].float) {
      expect(() => this.call('Backward', dy, { ...options, ...from })).toThrow(TypeError);
      return;
    }
    for (const ties of ordered ? (['first', 'share'] as const) : (['first'] as const)) {
      const want = gradient(pooling, windows, this.values, numbersOf(one.dtype, dy.data), ties);
      const given = { ...options, ...(ordered && { ties }) };
      this.compareGradient(`the gradient, ${ties}`, this.call('Backward', dy, { ...given, ...from }), want);
      if (linear) this.checkKernels(dy, want);
      if (!ordered || ties === 'share') continue;
      const indexing = INDEXINGS[turn % INDEXINGS.length];
      const { indices } = this.call('WithIndices', x, { ...options, indexing });
      const by = this.call('Backward', dy, { ...given, indices, indexing, inputShape: one.shape });
      this.compareGradient(`the gradient by '${indexing}'`, by, want);
      if (one.dtype !== 'float16') this.checkScatters(dy, indices, indexing);
    }
  }

  /** Sums on the wasm backend, where they run in WebAssembly. */
  checkKernels(dy: Tensor, want: ReturnType<typeof gradient>): void {
    const { one, options } = this;
    const fn = `${one.fn}Backward`;
    for (const pooling of kernels) {
      const plan = pooling[planName(fn)](one.shape, { ...options, dtype: one.dtype }) as unknown as LinearBackwardPlan;
      if (plan.backend === 'ts') return;
      byKernel.set(plan.path, (byKernel.get(plan.path) ?? 0) + 1);
      const stale = new DTYPES[one.dtype].Elements(this.x.data.length).fill(-77);
      this.compareGradient(`the gradient, ${plan.path}`, plan.run(dy as never, stale as never), want, true);
      if (one.dtype !== 'float32') continue;
      const gradient = pooling.alloc(one.dtype, one.shape);
      const results = pooling.alloc(one.dtype, this.windows.shape);
      gradient.data.fill(-77);
      results.data.set(dy.data as never);
      this.compareGradient(
        `the gradient in place, ${plan.path}`,
        plan.run(results as never, gradient as never),
        want,
        true,
      );
      gradient.data.fill(-77);
      this.compareGradient(
        `the gradient half in place, ${plan.path}`,
        plan.run(dy as never, gradient as never),
        want,
        true,
      );
      for (const tensor of [gradient, results]) tensor.free();
    }
  }

  compareGradient(what: string, got: Tensor, { values, sizes }: ReturnType<typeof gradient>, kernel = false): void {
    const { dtype, shape } = this.one;
    if (got.shape.join() !== shape.join()) this.fail(`${what} has shape ${got.shape}, should have ${shape}`);
    const found = numbersOf(dtype, got.data);
    for (let i = 0; i < values.length; i++) {
      const close =
        same(found[i], values[i]) || Math.abs(found[i] - values[i]) <= tolerance(dtype, values[i], sizes[i], kernel);
      if (!close) this.fail(`${what}[${i}] is ${found[i]}, should be ${values[i]}`);
    }
  }
}

/** Whether norms of the case may leave float64, where there is no gradient to speak of. */
const beyond = ({ fn, data }: Case): boolean => /lp/i.test(fn) && ['infinities', 'huge', 'lowest'].includes(data);

/** Checks cases, and counts those of each kind. */
function check(cases: Iterable<Case>): { indices: number; gradients: number; refused: number } {
  const counts = { indices: 0, gradients: 0, refused: 0 };
  let turn = 0;
  for (const one of cases) {
    turn++;
    const pooling = poolingOf(one);
    const windows = listWindows(pooling, one.shape);
    if (windows === undefined) {
      counts.refused++;
      const trial = { data: dataOf(one), shape: one.shape };
      const options = one.dtype === 'float16' ? { ...one.options, dtype: 'float16' } : one.options;
      if (/max|min/i.test(one.fn)) expect(() => library[`${one.fn}WithIndices`](trial, options)).toThrow(RangeError);
      continue;
    }
    const trial = new Trial(one, pooling, windows);
    if (/max|min/i.test(one.fn)) {
      counts.indices++;
      trial.checkIndices(turn);
    }
    if (beyond(one)) continue;
    counts.gradients++;
    trial.checkGradient(turn);
  }
  return counts;
}

const EVERY = { ops: ['max', 'min', 'avg', 'sum', 'lp'], ranks: [1, 2, 3] } as const;
const OTHERS: readonly DType[] = ['float16', 'int8', 'uint8', 'uint8-clamped', 'int16', 'uint16', 'int32', 'uint32'];

/** Every so many of the cases. */
function* some(cases: Iterable<Case>, step: number): Generator<Case> {
  let i = 0;
  for (const one of cases) if (i++ % step === 0) yield one;
}

/** Rows of every length around a vector or two, channels alike, with padding on every side and rests of windows. */
function* placeCases(): Generator<Case> {
  let seed = 0;
  const styles = ['random', 'ties', 'nan', 'infinities', 'zeros', 'lowest'] as const;
  const next = (fn: string, shape: number[], options: Record<string, unknown>): Case => ({
    fn,
    dtype: 'float32',
    shape,
    options,
    data: styles[seed % styles.length],
    seed: seed++,
  });
  for (let width = 1; width <= 36; width++) {
    for (const [kernelSize, padding] of [
      [2, 0],
      [2, 1],
      [3, 0],
      [3, 1],
      [3, 3],
    ]) {
      if (width + 2 * padding < kernelSize) continue;
      const fn = seed % 3 ? 'maxPool2d' : 'minPool2d';
      const height = 3 + (seed % 4);
      const sides = [
        [padding, seed % 2],
        [padding, (seed >> 1) % 3],
      ];
      const options = { layout: 'chw', kernelSize, stride: 2, padding: padding && sides, ceilMode: seed % 2 === 1 };
      yield next(fn, [2, height, width], options);
    }
    yield next('maxPool2d', [3, 4 + (width % 3), width + 1], { layout: 'chw', kernelSize: 2 });
    const averages = { layout: 'chw', kernelSize: 2, divisorOverride: [undefined, 3, 0.1][width % 3] };
    if (width > 1) yield next('avgPool2d', [3, 4 + (width % 3), width], averages);
    // Divisors that differ at the ends.
    const differing = { layout: 'chw', kernelSize: 3, stride: 1, padding: 1, countIncludePad: false };
    yield next('avgPool2d', [2, 2 + (width % 3), width], differing);
    // Windows some positions apart, with and without clipped ones.
    for (const [kernelSize, stride, padding] of [
      [3, 2, width % 2],
      [2, 1 + (width % 4), 0],
      [5, [2, 3], [1, width % 3]],
    ] as const) {
      if (width < 5) continue;
      const fn = seed % 3 ? 'avgPool2d' : 'sumPool2d';
      const spaced = { layout: 'chw', kernelSize, stride, padding, ceilMode: seed % 2 === 0 };
      const counted = fn === 'avgPool2d' && { countIncludePad: seed % 4 === 1 };
      yield next(fn, [2, 7 + (width % 3), width], { ...spaced, ...counted });
    }
    yield next('maxPool1d', [2, width + 2], { layout: 'cw', kernelSize: 3, stride: 2 });
    const overlapping = {
      layout: 'chw',
      kernelSize: [3, 1 + (width % 5)],
      stride: [1 + (width % 4), 1],
      padding: [1, 0],
    };
    if (width > 4) yield next(seed % 2 ? 'maxPool2d' : 'minPool2d', [2, 9, width], overlapping);
    yield { ...next('maxPool2d', [2, 9, width + 2], { layout: 'chw', kernelSize: 3, stride: 2 }), dtype: 'float64' };
  }
  for (let c = 3; c <= 13; c++) {
    for (const [kernelSize, stride, padding] of [
      [2, 2, 0],
      [3, 2, 1],
      [3, 1, 2],
      [5, 3, 4],
    ]) {
      const shape = [2, 5 + (seed % 3), 4 + (seed % 5), c];
      yield next(seed % 3 ? 'maxPool2d' : 'minPool2d', shape, { layout: 'nhwc', kernelSize, stride, padding });
    }
    const differing = { layout: 'nhwc', kernelSize: 3, stride: 1 + (c % 2), padding: 1, countIncludePad: false };
    yield next('avgPool2d', [2, 3 + (c % 2), 5 + (c % 3), c], differing);
    yield next('sumPool2d', [2, 5 + (c % 2), 4 + (c % 3), c], { layout: 'nhwc', kernelSize: 2 });
  }
  // Over one slice of a volume, the kernels know nothing of the windows' depth.
  for (const [kernelSize, stride, padding] of [
    [3, 1, 1],
    [3, 2, 1],
    [2, 2, 'same'],
    [
      [1, 2, 2],
      [5, 2, 2],
      [
        [1, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      [1, 3, 3],
      [5, 2, 2],
      [
        [1, 0],
        [1, 1],
        [1, 1],
      ],
    ],
    [[1, 3, 3], [1, 2, 2], 0],
  ] as const) {
    for (const fn of ['maxPool3d', 'minPool3d', 'avgPool3d', 'sumPool3d'] as const) {
      const options = { kernelSize, stride, padding, ...(fn === 'avgPool3d' && { countIncludePad: seed % 2 === 0 }) };
      yield next(fn, [1, 2, 1, 9, 8], { layout: 'ncdhw', ...options });
      yield next(fn, [1, 1, 9, 8, 5], { layout: 'ndhwc', ...options });
    }
  }
}

/** Windows that share most of their taps: rows of every length around vectors, channels, strides, and more than a strip of columns. */
function* sharingCases(): Generator<Case> {
  let seed = 0;
  const styles = ['random', 'ties', 'nan', 'infinities', 'zeros', 'lowest'] as const;
  const next = (shape: number[], layout: string, window: Record<string, unknown>): Case => ({
    fn: seed % 3 ? 'maxPool2d' : 'minPool2d',
    dtype: 'float32',
    shape,
    options: { layout, ...window },
    data: styles[seed % styles.length],
    seed: seed++,
  });
  for (let width = 1; width <= 21; width++) {
    const [h, w] = [4 + (width % 5), Math.min(width, 3 + (width % 7))];
    const padding = [
      [h - 1, width % 3],
      [width % 2, w - 1],
    ];
    yield next([2, 11, width], 'chw', { kernelSize: [h, w], stride: 1, padding });
    yield next([2, 9, width + 3], 'chw', { kernelSize: [8, 4], stride: [1 + (width % 3), 1], padding: [7, 2] });
    yield next([1, 12, width + 6], 'chw', { kernelSize: [11, 7], stride: [1 + (width % 2), 3], ceilMode: true });
    yield next([1, 1, width + 20], 'chw', { kernelSize: [1, 10 + width], stride: 1, padding: [0, width % 4] });
    yield next([1, width + 20, 2], 'chw', { kernelSize: [10 + width, 1], stride: 1, padding: [width % 4, 0] });
    const channels = 2 + (width % 9);
    yield next([6, 5 + (width % 4), channels], 'hwc', { kernelSize: [5, 4], stride: 1, padding: [4, width % 4] });
    yield next([7, 9, channels], 'hwc', { kernelSize: [6, 8], stride: [1, 1 + (width % 3)], padding: 3 });
    // Too few channels for a vector of each position.
    const few = 2 + (width % 2);
    yield next([2, 6, width, few], 'nhwc', { kernelSize: [5, Math.min(width, 6)], stride: 1, padding: [2, 0] });
    yield next([5, width + 2, few], 'hwc', { kernelSize: [2, 3], stride: 1 + (width % 3), padding: [0, width % 3] });
  }
  // A strip holds 72 columns of so high windows, 64 of these channels, and as many as wide windows have.
  yield next([1, 460, 150], 'chw', { kernelSize: [455, 2], stride: 1 });
  yield next([1, 31, 90, 16], 'nhwc', { kernelSize: [30, 2], stride: 1 });
  yield next([1, 500, 170], 'chw', { kernelSize: [499, 80], stride: [1, 2] });
  // Some windows have no elements; there is no kernel for these.
  yield next([1, 5, 5], 'chw', { kernelSize: 5, stride: 1, padding: 6 });
}

describe('against the definitions', () => {
  it('at the boundaries of windows', () => {
    const { indices, gradients } = check(some(boundaryCases(), 13));
    expect(indices).toBeGreaterThan(120);
    expect(gradients).toBeGreaterThan(240);
    for (const path of ['planes', 'sliding', 'universal']) expect(byKernel.get(path), path).toBeGreaterThan(4);
  });

  it('at the boundaries of the kernels that find and expand', () => {
    const before = new Map(byKernel);
    let seed = 1;
    for (const one of placeCases()) {
      const pooling = poolingOf(one);
      const trial = new Trial(one, pooling, listWindows(pooling, one.shape) as Windows);
      if (pooling.op === 'max' || pooling.op === 'min') trial.checkIndices(seed);
      trial.checkGradient(seed++);
    }
    for (const [path, least] of [
      ['argmax', 300],
      ['expand', 60],
      ['spread', 50],
      ['scatter', 60],
      ['planes', 120],
    ] as const) {
      expect((byKernel.get(path) ?? 0) - (before.get(path) ?? 0), path).toBeGreaterThan(least);
    }
  });

  it('where windows share their taps, which are joined once', () => {
    const before = new Map(byKernel);
    let seed = 1;
    for (const one of sharingCases()) {
      const pooling = poolingOf(one);
      const trial = new Trial(one, pooling, listWindows(pooling, one.shape) as Windows);
      trial.checkIndices(seed);
      trial.checkGradient(seed++);
    }
    expect((byKernel.get('argmax') ?? 0) - (before.get('argmax') ?? 0)).toBe(768);
  });

  it.each([
    ['max', 'x', { kernelSize: 2 }],
    ['max', 'x', { kernelSize: 3, stride: 2 }],
    ['max', 'indices', { kernelSize: 2 }],
    ['min', 'indices', { kernelSize: 3, stride: 1 }],
    ['avg', undefined, { kernelSize: 2 }],
    ['avg', undefined, { kernelSize: 3, stride: 2 }],
    ['avg', undefined, { kernelSize: 3, stride: 1, padding: 1 }],
    ['avg', undefined, { kernelSize: 3, stride: 2, padding: 1 }],
  ] as const)('gradients in a new memory, which grows while they are there: %s from %s, %j', (op, from, window) => {
    const shape = [3, 40, 44];
    const options = { layout: 'chw', dtype: 'float32', ...window };
    const next = random(7);
    const x = { data: Float32Array.from({ length: 3 * 40 * 44 }, next), shape };
    const pooled = library[`${op}Pool2d`](x, { layout: 'chw', ...window });
    const dy = { data: Float32Array.from(pooled.data, next), shape: pooled.shape };
    const pooling = createPooling({ backend: 'wasm' }) as unknown as (typeof kernels)[number];
    const plan = pooling[planName(`${op}Pool2dBackward`)](shape, options) as unknown as {
      run(...tensors: unknown[]): Tensor;
      backend: string;
    };
    expect(plan.backend).toBe('wasm');
    const dx = pooling.alloc('float32', shape);
    const given = pooling.alloc('float32', dy.shape);
    given.data.set(dy.data);
    const inputs: Tensor[] = [];
    const args: Record<string, unknown> = { layout: 'chw', ...window, ...(from !== 'x' && { inputShape: shape }) };
    if (from !== undefined) {
      const { indices } = library[`${op}Pool2dWithIndices`](x, { layout: 'chw', ...window });
      args[from] = from === 'x' ? x : indices;
      const tensor = from === 'x' ? pooling.alloc('float32', shape) : pooling.alloc('int32', dy.shape);
      tensor.data.set((from === 'x' ? x : indices).data as never);
      inputs.push(tensor as Tensor);
    }
    const want = library[`${op}Pool2dBackward`](dy, args).data;
    let first: number[] | undefined;
    for (let call = 0; call < 3; call++) {
      dx.data.fill(-77);
      expect(plan.run(given, ...inputs, dx)).toBe(dx);
      // The same bits, however the first call found the memory.
      first ??= [...dx.data];
      expect([...dx.data]).toEqual(first);
      dx.data.forEach((value, i) => {
        if (!(Math.abs(value - want[i]) <= 1e-6))
          expect.fail(`call ${call}: dx[${i}] is ${value}, should be ${want[i]}`);
      });
    }
  });

  it.each([
    ['chw', [2, 5, 3000], { kernelSize: 3, stride: 1, padding: 1 }],
    ['chw', [2, 6, 3000], { kernelSize: 3, stride: 2 }],
    ['chw', [2, 6, 3000], { kernelSize: [3, 5], stride: [2, 3], padding: [1, 2] }],
    ['chw', [1, 4, 70_000], { kernelSize: 3, stride: 1, padding: 1 }],
    ['chw', [1, 4, 3000], { kernelSize: 3, stride: 1 }],
    ['hwc', [5, 700, 5], { kernelSize: 3, stride: 1, padding: 1 }],
    ['hwc', [5, 700, 5], { kernelSize: 3, stride: 2, padding: 1, countIncludePad: true }],
  ] as const)('gradients of averages have the same bits in bands of any size: %s, %j, %j', (layout, shape, window) => {
    let want: Float32Array | undefined;
    for (const bandBytes of [undefined, 500, 4096, 100_000]) {
      const pooling = createPooling({ backend: 'wasm', ...(bandBytes && { bandBytes }) });
      const plan = pooling.planAvgPool2dBackward(shape, { layout, ...window });
      const count = plan.outputShape.reduce((product, length) => product * length, 1);
      const dx = plan.run(Float32Array.from({ length: count }, random(count))).data;
      want ??= dx;
      expect(sameBytes(dx, want), `${plan.backend} in bands of ${bandBytes} bytes`).toBe(true);
    }
  });

  it.each([
    ['its own window, but for one', 'chw', 2, 2, 'float32'],
    ['any window', 'chw', 2, 2, 'float32'],
    ['any window', 'hwc', 2, 2, 'float32'],
    ['any window', 'chw', 3, 2, 'float32'],
    ['any window', 'hwc', 3, 1, 'float64'],
  ] as const)('gradients by indices of %s, %s, %i by %i, %s', (which, layout, kernelSize, stride, dtype) => {
    const channels = 5;
    const shapeFor = (rows: number, columns: number) =>
      layout === 'chw' ? [channels, rows, columns] : [rows, columns, channels];
    const next = random(kernelSize + stride);
    for (const [rows, columns] of [
      [8, 8],
      [9, 13],
      [40, 40],
    ]) {
      const shape = shapeFor(rows, columns);
      const options = { layout, kernelSize, stride, dtype } as const;
      const size = (length: number) => Math.floor((length - kernelSize) / stride) + 1;
      const small = shapeFor(size(rows), size(columns));
      const count = small.reduce((product, length) => product * length, 1);
      const Elements = (dtype === 'float64' ? Float64Array : Float32Array) as typeof Float32Array;
      const dy = { data: Elements.from({ length: count }, () => next() - 0.5), shape: small };
      const x = { data: Elements.from({ length: shape[0] * shape[1] * shape[2] }, next), shape };
      const { indices } = library.maxPool2dWithIndices(x, options);
      const last = rows * columns - 1;
      const one = Math.floor(next() * count);
      if (which === 'any window') indices.data.set(indices.data.map(() => Math.floor(next() * (last + 2)) - 1));
      else indices.data[one] = indices.data[one] === last ? 0 : last;

      // By definition, in 64-bit floats and rounded once.
      const want = new Float64Array(x.data.length);
      const results = count / channels;
      indices.data.forEach((place, i) => {
        if (place < 0) return;
        const channel = layout === 'chw' ? Math.floor(i / results) : i % channels;
        want[layout === 'chw' ? channel * (last + 1) + place : place * channels + channel] += dy.data[i];
      });
      const rounded = Elements.from(want);
      for (const pooling of kernels) {
        const plan = pooling.planMaxPool2dBackward(shape, options) as unknown as IndicesBackwardPlan;
        expect(plan.backend).toBe('wasm');
        const tensors = [
          pooling.alloc(dtype, small),
          pooling.alloc('int32', small),
          pooling.alloc(dtype, shape),
        ] as const;
        const [gradients, places, dx] = tensors;
        gradients.data.set(dy.data);
        places.data.set(indices.data);
        dx.data.fill(-77);
        expect(plan.run(dy, indices).data, `${shape}`).toEqual(rounded);
        plan.run(gradients as never, places, dx as never);
        expect(Elements.from(dx.data), `${shape}, in place`).toEqual(rounded);

        // Those of no element at all are refused before anything is written.
        for (const wrong of [last + 1, -2, 2 ** 31 - 1, -(2 ** 31)]) {
          const kept = indices.data[one];
          indices.data[one] = wrong;
          places.data[one] = wrong;
          dx.data.fill(-77);
          expect(() => plan.run(dy, indices, dx as never)).toThrow(RangeError);
          expect(() => plan.run(gradients as never, places, dx as never)).toThrow(`indices[${one}] is ${wrong}`);
          expect(dx.data.every((value) => value === -77)).toBe(true);
          indices.data[one] = kept;
          places.data[one] = kept;
        }
        for (const tensor of tensors) tensor.free();
      }
    }
  });

  it.each([
    ['w', [200_000], { kernelSize: 500, stride: 2, padding: 250 }],
    ['wc', [30_000, 5], { kernelSize: 9, stride: 4 }],
    ['hw', [20, 40_000], { kernelSize: 3, stride: 2, padding: 1 }],
    ['hwc', [31, 50, 3], { kernelSize: 9, stride: [4, 2], padding: 2 }],
    ['nhwc', [3, 20, 30, 2], { kernelSize: [5, 4], stride: [2, 5], padding: [1, 3] }],
    ['hwc', [31, 50, 18], { kernelSize: [7, 9], stride: 3, countIncludePad: true, padding: 3 }],
  ] as const)('gradients of averages of windows apart are sums of kernels: %s, %j, %j', (layout, shape, window) => {
    const [onTs, ...inBands] = [library, ...kernels].map((pooling) => {
      const planned = pooling[layout.includes('h') ? 'planAvgPool2dBackward' : 'planAvgPool1dBackward'];
      return planned.call(pooling, shape, { layout, ...window }) as unknown as LinearBackwardPlan<Float32Array>;
    });
    const count = onTs.outputShape.reduce((product, length) => product * length, 1);
    const dy = Float32Array.from({ length: count }, random(count));
    const want = onTs.run(dy).data;
    const [dx, same] = inBands.map((plan) => {
      expect(plan.backend).toBe('wasm');
      return plan.run(dy).data;
    });
    expect(dx.every((value, i) => Math.abs(value - want[i]) <= 2e-6 * want[i])).toBe(true);
    expect(sameBytes(dx, same)).toBe(true);
  });

  it.each([21, 22, 23])('random cases of floats, seed %i', (seed) => {
    const { indices, gradients } = check(
      randomCases(500, seed, { ...EVERY, dtypes: ['float32', 'float64', 'float16'] }),
    );
    expect(indices).toBeGreaterThan(100);
    expect(gradients).toBeGreaterThan(250);
  });

  it.each([24, 25])('random cases of every dtype, seed %i', (seed) => {
    expect(
      check(randomCases(500, seed, { ...EVERY, ops: ['max', 'min', 'sum'], dtypes: OTHERS })).indices,
    ).toBeGreaterThan(200);
  });

  it.each([...LAYOUTS[2], ...LAYOUTS[3]])('fractional pooling, %s', (layout) => {
    const rank = [...layout].filter((letter) => 'dhw'.includes(letter)).length;
    const next = random(layout.length);
    const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
    for (let i = 0; i < 30; i++) {
      const kernelSize = Array.from({ length: rank }, () => int(1, 3));
      const outputSize = Array.from({ length: rank }, () => int(1, 4));
      const spatial = kernelSize.map((size, axis) => outputSize[axis] + size - 1 + int(0, 5));
      const shape = shapeOf(layout, int(1, 2), int(1, 3), spatial);
      const n = layout.includes('n') ? shape[0] : 1;
      const c = layout.includes('c') ? shape[layout.indexOf('c')] : 1;
      const data = Array.from({ length: n * c * rank }, () => next());
      const dtype = (['float32', 'float64', 'float16', 'int16'] as const)[i % 4];
      const style = (['random', 'ties', 'nan'] as const)[i % 3];
      const options = { layout, kernelSize, outputSize, samples: { data, shape: [n, c, rank] } };
      const one: Case = { fn: `fractionalMaxPool${rank}d`, dtype, shape, options, data: style, seed: i };
      const pooling: AnyPooling = { op: 'max', kind: 'fractional', layout, kernelSize, outputSize, samples: data };
      const trial = new Trial(one, pooling, listWindows(pooling, shape) as Windows);
      trial.checkIndices(i);
      trial.checkGradient(i);
    }
  });
});

describe('of numbers as large as options may be', () => {
  const poolings = (['ts', 'wasm'] as const).map((backend) => createPooling({ backend }));
  const x = { data: Float32Array.from({ length: 40 }, (_, i) => (i * 7) % 11), shape: [5, 8] };

  it('indices of windows far away in the padding are -1', () => {
    const padding = [
      [0, 0],
      [2 ** 31 - 10, 0],
    ] as const;
    for (const pooling of poolings) {
      const options = { kernelSize: [2, 20], stride: [1, 20], padding, outputSize: [2, 3] } as const;
      expect([...pooling.maxPool2dWithIndices(x, options).indices.data]).toEqual(new Array(6).fill(-1));
    }
  });

  it('averages of windows of more than 2^31 taps, most of them padding, have a gradient', () => {
    const kernelSize = [2 ** 31 - 1, 2] as const;
    const padding = [
      [2 ** 31 - 4, 1],
      [0, 0],
    ] as const;
    // Of four rows of windows the first has three rows of the input, and the others one more, as long as there are any.
    const taps = [6, 8, 10, 10];
    const dy = { data: Float32Array.from({ length: 28 }, (_, i) => taps[Math.floor(i / 7)]), shape: [4, 7] };
    const rows = [4, 4, 4, 3, 2];
    for (const pooling of poolings) {
      const dx = pooling.avgPool2dBackward(dy, { kernelSize, stride: 1, padding, inputShape: [5, 8] });
      dx.data.forEach((value, i) => {
        expect(value).toBeCloseTo(rows[Math.floor(i / 8)] * (i % 8 === 0 || i % 8 === 7 ? 1 : 2), 5);
      });
    }
  });
});
