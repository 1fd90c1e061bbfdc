/** What every call promises beside the numbers: where data may live, what is written, what stays as it was. */
import { describe, expect, it } from 'vitest';
import { PATHS } from '../src/backends/paths.js';
import { createPooling } from '../src/gradients.js';
import type { ImageLike, Pooling, Tensor } from '../src/index.js';
import { dataOf, random, sameBytes } from './cases.js';

const POISON = -12345;

/** A plane of seeded numbers. */
function plane(...shape: number[]): Tensor<Float32Array> {
  const next = random(shape.join().length);
  const count = shape.reduce((product, length) => product * length, 1);
  return { data: Float32Array.from({ length: count }, () => next() - 0.5), shape };
}

describe.each(['ts', 'wasm'] as const)('%s', (backend) => {
  const pooling = createPooling({ backend });
  const window = { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 } as const;
  const x = plane(2, 3, 17, 13);
  const want = createPooling({ backend: 'ts' }).maxPool2d(x, window);

  it('takes parts of buffers, at any element', () => {
    for (const offset of [1, 2, 3, 4, 7]) {
      const buffer = new Float32Array(x.data.length + offset + 5).fill(POISON);
      const data = buffer.subarray(offset, offset + x.data.length);
      data.set(x.data);
      expect(pooling.maxPool2d({ data, shape: x.shape }, window).data).toEqual(want.data);
    }
  });

  it('writes out and nothing beside it', () => {
    for (const offset of [1, 3, 4]) {
      const buffer = new Float32Array(want.data.length + 2 * offset).fill(POISON);
      const out = buffer.subarray(offset, offset + want.data.length);
      const y = pooling.maxPool2d(x, { ...window, out });
      expect(y.data).toBe(out);
      expect(out).toEqual(want.data);
      expect(buffer.subarray(0, offset).every((value) => value === POISON)).toBe(true);
      expect(buffer.subarray(offset + want.data.length).every((value) => value === POISON)).toBe(true);
    }
  });

  it('returns the out tensor itself', () => {
    const out = { data: new Float32Array(want.data.length), shape: want.shape };
    expect(pooling.maxPool2d(x, { ...window, out })).toBe(out);
    const plan = pooling.planMaxPool2d(x.shape, window);
    expect(plan.run(x, out)).toBe(out);
    expect(plan.run(x.data).data).toEqual(want.data);
  });

  it('gives results that own their memory', () => {
    const first = pooling.maxPool2d(x, window);
    const copy = first.data.slice();
    pooling.maxPool2d(plane(2, 3, 17, 14), window);
    expect(first.data).toEqual(copy);
    expect(first.data.buffer.byteLength).toBe(first.data.byteLength);
  });

  it('takes resident and external tensors in every combination', () => {
    const residentX = pooling.alloc('float32', x.shape);
    const residentY = pooling.alloc('float32', want.shape);
    residentX.data.set(x.data);
    for (const input of [x, residentX]) {
      for (const out of [{ data: new Float32Array(want.data.length), shape: want.shape }, residentY]) {
        out.data.fill(POISON);
        expect(pooling.maxPool2d(input, { ...window, out })).toBe(out);
        expect(out.data.slice()).toEqual(want.data);
      }
    }
    residentX.free();
    residentY.free();
  });

  it('keeps what is beside resident tensors', () => {
    const names = backend === 'wasm' ? PATHS.map(({ name }) => name) : [undefined];
    for (const path of names) {
      const own = createPooling({ backend, ...(path && { path }) });
      for (const [shape, options] of [
        [[1, 1, 7, 5], { layout: 'nchw', kernelSize: 2 }],
        [[1, 3, 9, 11], { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 }],
        [[1, 3, 21, 23], { layout: 'nchw', kernelSize: 9, stride: 1, padding: 4 }],
        [[1, 5, 7, 6], { layout: 'nhwc', kernelSize: 2 }],
        [[1, 5, 7, 5], { layout: 'nhwc', kernelSize: 3, stride: 2, padding: 1 }],
        [[1, 2, 5, 7], { layout: 'nchw', kernelSize: [5, 7] }],
      ] as const) {
        const input = plane(...shape);
        const before = own.alloc('float32', [16]);
        const a = own.alloc('float32', shape);
        const between = own.alloc('float32', [16]);
        const plan = own.planMaxPool2d(shape, options);
        const b = own.alloc('float32', plan.outputShape);
        const after = own.alloc('float32', [16]);
        for (const canary of [before, between, after]) canary.data.fill(POISON);
        a.data.set(input.data);
        plan.run(a, b);
        expect(b.data.slice()).toEqual(createPooling({ backend: 'ts' }).maxPool2d(input, options).data);
        expect(a.data.slice()).toEqual(input.data);
        for (const canary of [before, between, after]) {
          expect(
            canary.data.every((value) => value === POISON),
            `${path} ${shape}`,
          ).toBe(true);
        }
      }
    }
  });

  it('keeps views of other tensors good while more are made', () => {
    const own = createPooling({ backend });
    const tensors = Array.from({ length: 20 }, (_, i) => {
      const tensor = own.alloc(i % 2 ? 'float32' : 'float64', [1 + i * 5000]);
      expect(tensor.data.every((value) => value === 0)).toBe(true);
      tensor.data.fill(i + 1);
      return tensor;
    });
    tensors.forEach((tensor, i) => {
      expect(tensor.data.length).toBe(1 + i * 5000);
      expect(tensor.data.every((value) => value === i + 1)).toBe(true);
      expect(tensor.byteOffset % 16).toBe(0);
    });
  });

  it.each([true, false])('runs when the call itself makes the memory grow, out resident: %s', (residentOut) => {
    // Two maxima over tensors that end where the memory does: the workspace has to come from behind them.
    const own = createPooling({ backend });
    const options = { layout: 'nchw', kernelSize: 9, stride: 1, padding: 4 } as const;
    const input = plane(1, 2, 61, 67);
    const tensor = own.alloc('float32', input.shape);
    const result = own.alloc('float32', input.shape);
    const filler = own.alloc('uint8', [65536]);
    tensor.data.set(input.data);
    const bytes = own.memory?.buffer.byteLength;
    const out = residentOut ? result : { data: new Float32Array(input.data.length), shape: input.shape };
    const expected = createPooling({ backend: 'ts' }).maxPool2d(input, options).data;
    expect(own.maxPool2d(tensor, { ...options, out })).toBe(out);
    if (bytes !== undefined) expect(own.memory?.buffer.byteLength).toBeGreaterThan(bytes);
    expect(out.data.slice()).toEqual(expected);
    expect(tensor.data.slice()).toEqual(input.data);
    expect(filler.data.every((value) => value === 0)).toBe(true);
  });

  it('survives growth of the memory between planning and running', () => {
    const plan = pooling.planMaxPool2d(x.shape, window);
    const resident = pooling.alloc('float32', x.shape);
    resident.data.set(x.data);
    const stale = resident.data;
    pooling.alloc('float32', [4 * 1024 * 1024]).free();
    expect(resident.data.slice()).toEqual(x.data);
    expect(plan.run(resident).data).toEqual(want.data);
    if (backend === 'wasm') expect(stale.length).toBe(0);
    resident.free();
  });

  it('gives freed memory out again, zeroed', () => {
    const first = pooling.alloc('float64', [100]);
    first.data.fill(7);
    const { byteOffset } = first;
    first.free();
    first.free();
    expect(() => first.data).toThrow(/freed/);
    const second = pooling.alloc('float32', [200]);
    expect(second.data.every((value) => value === 0)).toBe(true);
    if (backend === 'wasm') expect(second.byteOffset).toBe(byteOffset);
    second.free();
  });

  it('takes no channels at the end, and writes nothing into an empty out', () => {
    const out = { data: new Float32Array(0), shape: [1, 4, 4, 0] };
    const none = { data: new Float32Array(0), shape: [1, 8, 8, 0] };
    for (const fn of ['maxPool2d', 'avgPool2d'] as const) {
      expect(pooling[fn](none, { layout: 'nhwc', kernelSize: 2, out })).toBe(out);
    }
    expect(pooling.globalAvgPool2d(none, { layout: 'nhwc' }).shape).toEqual([1, 1, 1, 0]);
    const plan = pooling.planMaxPool2d([0, 3, 8, 8], { layout: 'nchw', kernelSize: 2 });
    expect(plan.run(new Float32Array(0)).data.length).toBe(0);
  });

  it('gives empty results for empty batches and no channels', () => {
    for (const shape of [
      [0, 3, 8, 8],
      [2, 0, 8, 8],
    ]) {
      const y = pooling.maxPool2d({ data: new Float32Array(0), shape }, { layout: 'nchw', kernelSize: 2 });
      expect(y.shape).toEqual([shape[0], shape[1], 4, 4]);
      expect(y.data.length).toBe(0);
      const last = pooling.avgPool2d(
        { data: new Float32Array(0), shape: [0, 8, 8, 3] },
        { layout: 'nhwc', kernelSize: 2 },
      );
      expect(last.shape).toEqual([0, 4, 4, 3]);
    }
  });

  it('pools planes of one pixel', () => {
    for (const options of [{ kernelSize: 1 }, { kernelSize: 3, padding: 1 }, { kernelSize: 31, padding: 15 }]) {
      const y = pooling.maxPool2d(
        { data: Float32Array.of(5, -6), shape: [1, 2, 1, 1] },
        { layout: 'nchw', ...options },
      );
      expect([...y.data]).toEqual([5, -6]);
    }
  });

  it('gives what empty windows have', () => {
    const one = { data: Float32Array.of(5), shape: [1, 1] };
    const around = { kernelSize: 1, padding: 1 } as const;
    const infinity = Infinity;
    expect([...pooling.maxPool2d(one, around).data][0]).toBe(-infinity);
    expect([...pooling.minPool2d(one, around).data][0]).toBe(infinity);
    expect([...pooling.sumPool2d(one, around).data][0]).toBe(0);
    expect([...pooling.avgPool2d(one, around).data][0]).toBeNaN();
    expect([...pooling.avgPool2d(one, { ...around, countIncludePad: true }).data][0]).toBe(0);
    const lowest = new Float32Array(9).fill(-infinity);
    expect([...pooling.maxPool2d({ data: lowest, shape: [3, 3] }, { kernelSize: 3 }).data]).toEqual([-infinity]);
  });

  it('takes arrays of another realm, shapes in any list, and frozen tensors', async () => {
    const data = (await evaluateElsewhere('Float32Array.of(1, 2, 3, 4)')) as Float32Array;
    expect(data instanceof Float32Array).toBe(false);
    const input = Object.freeze({ data, shape: Int32Array.of(2, 2) as unknown as number[] });
    expect([...pooling.maxPool2d(input, { kernelSize: 2 }).data]).toEqual([4]);
    const frozen = Object.freeze({ data, shape: Object.freeze([2, 2]) as readonly number[] });
    expect([...pooling.avgPool2d(frozen, Object.freeze({ kernelSize: Object.freeze([2, 2] as const) })).data]).toEqual([
      2.5,
    ]);
  });

  it('does not take a changed option for the one of the call before', () => {
    const kernelSize: [number, number] = [2, 2];
    const options = { kernelSize };
    const input = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
    expect(pooling.maxPool2d(input, options).shape).toEqual([1, 1]);
    kernelSize[0] = 1;
    expect(pooling.maxPool2d(input, options).shape).toEqual([2, 1]);
  });

  it('pools an ImageData as it is', () => {
    const image = { data: Uint8ClampedArray.from({ length: 4 * 4 * 4 }, (_, i) => i), width: 4, height: 4 };
    const y = pooling.maxPool2d(image, { layout: 'hwc', kernelSize: 2 });
    expect(y.shape).toEqual([2, 2, 4]);
    expect(y.data).toBeInstanceOf(Uint8ClampedArray);
    expect([...y.data]).toEqual([20, 21, 22, 23, 28, 29, 30, 31, 52, 53, 54, 55, 60, 61, 62, 63]);
  });

  it('gives the same for a plan run a thousand times', () => {
    const plan = pooling.planAvgPool2d(x.shape, window);
    const first = plan.run(x).data.slice();
    const out = new Float32Array(first.length);
    for (let i = 0; i < 1000; i++) plan.run(x, out);
    expect(out).toEqual(first);
  });
});

/** Poolings that between them take every path, with widths on both sides of its vectors. */
function* everyPath(): Generator<{
  fn: 'maxPool2d' | 'avgPool2d' | 'globalMaxPool2d';
  shape: number[];
  options: object;
}> {
  for (const width of [1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 19, 31, 33]) {
    for (const fn of ['maxPool2d', 'avgPool2d'] as const) {
      for (const [kernelSize, stride, padding] of [
        [1, 1, 0],
        [2, 2, 1],
        [2, 1, 1],
        [3, 2, 1],
        [3, 1, 1],
        [5, 3, 2],
        [9, 1, 4],
        [21, 2, 10],
      ]) {
        yield { fn, shape: [2, 5, width], options: { layout: 'chw', kernelSize, stride, padding } };
        yield { fn, shape: [4, width, 5], options: { layout: 'hwc', kernelSize, stride, padding } };
      }
      yield { fn, shape: [2, 4, width], options: { layout: 'chw', kernelSize: [4, width] } };
      // Channels last, where positions are loaded and stored beyond their end, or share what was folded.
      if (width > 3) yield { fn, shape: [4, width, 3], options: { layout: 'hwc', kernelSize: 2 } };
      for (const c of [8, 35]) {
        for (const stride of [1, 2, 3]) {
          yield { fn, shape: [5, width, c], options: { layout: 'hwc', kernelSize: 3, stride, padding: 1 } };
        }
      }
    }
    yield { fn: 'globalMaxPool2d', shape: [3, 3, width], options: { layout: 'chw' } };
  }
}

describe.each<{ backend: 'ts' | 'wasm'; path?: string; bandBytes?: number }>([
  { backend: 'ts' },
  ...PATHS.filter(({ name }) => name !== 'bytes').flatMap(({ name: path }) => [
    { backend: 'wasm' as const, path },
    // Bands of a row or two, and strips of a few columns.
    { backend: 'wasm' as const, path, bandBytes: 128 },
  ]),
])('whatever runs it, such as %j', (where) => {
  const pooling = createPooling(where);
  const ts = createPooling({ backend: 'ts' });

  it('reads x, writes out, and touches nothing else', () => {
    let ran = 0;
    for (const { fn, shape, options } of everyPath()) {
      const plan = `plan${fn[0].toUpperCase()}${fn.slice(1)}` as 'planMaxPool2d';
      const planned = pooling[plan](shape, options as { kernelSize: number });
      if (where.backend === 'wasm' && planned.path !== where.path) continue;
      ran++;
      const { data } = plane(...shape);
      for (const withNaN of [false, true]) {
        if (withNaN) data[data.length >> 1] = NaN;
        const want = ts[fn]({ data, shape }, options as never);
        const n = want.data.length;
        for (const offset of [1, 4, 6]) {
          const label = `${fn} of ${shape} ${JSON.stringify({ options, withNaN, offset })}`;
          // One buffer: poison, x, poison, out, poison. x is at 4 mod 16 bytes in the first round.
          const buffer = new Float32Array(3 * offset + data.length + n).fill(POISON);
          const x = buffer.subarray(offset, offset + data.length);
          x.set(data);
          const before = buffer.slice();
          const at = 2 * offset + data.length;
          const out = buffer.subarray(at, at + n);
          planned.run(x, out);
          expectClose(out, want.data, label);
          out.fill(POISON);
          expectSameBytes(buffer, before, label);
        }
        // The same in the memory of the kernels, right beside the poison, and with one of the two outside.
        const gap = 5;
        const block = pooling.alloc('float32', [3 * gap + data.length + n]);
        const outAt = 2 * gap + data.length;
        const label = `resident ${fn} of ${shape} ${JSON.stringify({ options, withNaN })}`;
        for (const [inside, into] of [
          [true, true],
          [false, true],
          [true, false],
        ]) {
          block.data.fill(POISON);
          block.data.set(data, gap);
          const before = block.data.slice();
          const external = new Float32Array(n).fill(POISON);
          const x = inside ? block.data.subarray(gap, gap + data.length) : data;
          planned.run(x, into ? block.data.subarray(outAt, outAt + n) : external);
          // A call may make the memory grow, and so leave its arguments without a buffer.
          const out = into ? block.data.subarray(outAt, outAt + n) : external;
          expectClose(out, want.data, label);
          out.fill(POISON);
          expectSameBytes(block.data, before, label);
        }
        block.free();
      }
    }
    expect(ran).toBeGreaterThan(0);
  });
});

it.each([undefined, 128])('averages of bytes touch nothing else, in bands of %j bytes', (bandBytes) => {
  const pooling = createPooling({ backend: 'wasm', ...(bandBytes && { bandBytes }) });
  const ts = createPooling({ backend: 'ts' });
  for (const c of [1, 4]) {
    for (let width = 32 / c; width < 80 / c; width++) {
      const shape = [5, width, c];
      const options = { layout: 'hwc', kernelSize: 2 } as const;
      const planned = pooling.planAvgPool2d(shape, { ...options, dtype: 'uint8' });
      expect(planned.path).toBe('bytes');
      const data = Uint8Array.from({ length: 5 * width * c }, (_, i) => (i * 37) % 251);
      const want = ts.avgPool2d({ data, shape }, options).data;
      const block = pooling.alloc('uint8', [3 * 7 + data.length + want.length]);
      const outAt = 2 * 7 + data.length;
      block.data.fill(0xa5);
      block.data.set(data, 7);
      const expected = block.data.slice();
      expected.set(want, outAt);
      planned.run(block.data.subarray(7, 7 + data.length), block.data.subarray(outAt, outAt + want.length));
      expect(block.data, `${shape}`).toEqual(expected);
      const out = new Uint8Array(want.length);
      planned.run(data, out);
      expect(out, `${shape}, external`).toEqual(want);
      block.free();
    }
  }
});

/** The value of an expression in a realm of its own, with other constructors of the same names: a context or a frame. */
async function evaluateElsewhere(expression: string): Promise<unknown> {
  if (typeof document === 'undefined') return (await import('node:vm')).runInNewContext(expression);
  const frame = document.body.appendChild(document.createElement('iframe'));
  return (frame.contentWindow as unknown as { eval(text: string): unknown }).eval(expression);
}

function expectClose(got: Float32Array, want: Float32Array, label: string): void {
  expect(got.length).toBe(want.length);
  for (let i = 0; i < want.length; i++) {
    const same = Object.is(got[i], want[i]) || Math.abs(got[i] - want[i]) <= 1e-6;
    if (!same) expect.fail(`${label}: ${got[i]} instead of ${want[i]} at ${i}`);
  }
}

/** Of views that may hold NaN; without the cost of a matcher for each of many thousands. */
function expectSameBytes(got: Float32Array, want: Float32Array, label: string): void {
  if (sameBytes(got, want)) return;
  expect(got, label).toEqual(want);
  expect.fail(`${label}: another NaN`);
}

it('uses only what it grew of a memory that it was given', () => {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 100 });
  const theirs = memory.buffer.byteLength;
  new Uint8Array(memory.buffer).fill(0x5a);
  const pooling = createPooling({ backend: 'wasm', memory });
  expect(pooling.memory).toBe(memory);
  // The host's own tensor is as good as one from alloc, and the host may grow its memory as well.
  const x = plane(1, 3, 40, 41);
  const options = { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 } as const;
  const want = createPooling({ backend: 'ts' }).maxPool2d(x, options);
  for (let round = 0; round < 3; round++) {
    const at = memory.grow(1) * 65536;
    const host = new Uint8Array(memory.buffer, at, 65536).fill(0x5b);
    new Float32Array(memory.buffer, at + 4, x.data.length).set(x.data);
    const copy = host.slice();
    const resident = pooling.alloc('float32', x.shape);
    resident.data.set(x.data);
    const mine = new Float32Array(memory.buffer, at + 4, x.data.length);
    expect(pooling.maxPool2d(resident, options).data).toEqual(want.data);
    expect(pooling.maxPool2d(x, options).data).toEqual(want.data);
    const fromHost = pooling.maxPool2d({ data: mine, shape: x.shape }, options);
    expect(fromHost.data).toEqual(want.data);
    expect(new Uint8Array(memory.buffer, at, 65536)).toEqual(copy);
    expect(new Uint8Array(memory.buffer, 0, theirs).every((byte) => byte === 0x5a)).toBe(true);
    // Kept, so that the next round's alloc has to grow behind the host's page.
    expect(resident.byteOffset).toBeGreaterThanOrEqual(theirs);
  }
});

it('makes the same of a case when it is asked again', () => {
  const one = { fn: 'maxPool2d', dtype: 'float16', shape: [3, 3], options: {}, data: 'random', seed: 3 } as const;
  expect(dataOf({ ...one, shape: [3, 3] })).toEqual(dataOf({ ...one, shape: [3, 3] }));
});

describe('views of a memory that grows for the very call they are given to', () => {
  const shape = [2, 60, 70];
  const options = { layout: 'chw', kernelSize: 3, stride: 2 } as const;
  const x = { data: Float32Array.from({ length: 2 * 60 * 70 }, random(31)), shape };
  // The same bits as there.
  const elsewhere = createPooling({ backend: 'wasm' });
  const want = elsewhere.maxPool2dWithIndices(x, options);
  const sums = elsewhere.sumPool2dBackward(want, { ...options, inputShape: shape });
  const gradient = elsewhere.maxPool2dBackward(want, { ...options, x });

  /** A memory that is full of what is given, and an instance on it. */
  function inside(...arrays: (Float32Array | Int32Array)[]) {
    const bytes = arrays.reduce((total, { byteLength }) => total + byteLength, 0);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65536) });
    let at = 0;
    const views = arrays.map((array) => {
      const Elements = array.constructor as new (buffer: ArrayBuffer, at: number, length: number) => typeof array;
      const view = new Elements(memory.buffer, at, array.length);
      view.set(array);
      at += array.byteLength;
      return view;
    });
    return { memory, views, pooling: createPooling({ backend: 'wasm', memory }) };
  }

  const zeros = (of: { readonly length: number }) => new Float32Array(of.length);
  /** The same with fields that are a prototype's, and can only be read, as those of an ImageData are. */
  const accessors = (fields: object): object =>
    Object.create(
      Object.create(
        null,
        Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { get: () => value }])),
      ),
    );
  type Run = (...given: unknown[]) => Tensor;

  it.each([
    ['planMaxPool2d', [x.data], want.data],
    ['planMaxPool2dWithIndices', [x.data], want.data],
    ['planSumPool2dBackward', [want.data], sums.data],
    ['planMaxPool2dBackward', [want.data, x.data], gradient.data],
    ['planMaxPool2dBackward', [want.data, want.indices.data], gradient.data],
  ] as const)('%s gives arrays, and leaves tensors, that are alive: case %#', (name, given, result) => {
    for (const how of ['arrays', 'tensors', 'frozen', 'accessors'] as const) {
      const { memory, views, pooling } = inside(...given, zeros(result));
      const plan = (pooling[name] as Pooling['planMaxPool2d'])(shape, options);
      const small = { shape: plan.outputShape };
      const large = { shape: plan.inputShape };
      const tensors = views.map((data) => ({ ...(data.length === want.data.length ? small : large), data }));
      if (how === 'frozen') tensors.forEach(Object.freeze);
      const args = how === 'arrays' ? views : how === 'accessors' ? tensors.map(accessors) : tensors;
      const before = memory.buffer;
      const got = (plan.run as Run).apply(plan, args);
      expect(memory.buffer).not.toBe(before);
      expect(got.data).toEqual(result);
      expect(got.data.buffer).toBe(memory.buffer);
      if (how !== 'tensors') continue;
      if (name !== 'planMaxPool2dWithIndices') expect(got).toBe(tensors.at(-1));
      expect(tensors.map(({ data }) => data)).toEqual([...given, result]);
    }
  });

  it.each([false, true])('a whole result with indices is given back, and both are alive, frozen: %s', (frozen) => {
    const { memory, views, pooling } = inside(x.data, zeros(want.data), new Int32Array(want.data.length));
    const plan = pooling.planMaxPool2dWithIndices(shape, options);
    const indices = { data: views[2] as Int32Array, shape: plan.outputShape };
    const out = { data: views[1] as Float32Array, shape: plan.outputShape, indices };
    if (frozen) Object.freeze(indices);
    const got = plan.run(views[0] as Float32Array, out);
    if (!frozen) expect(got).toBe(out);
    expect(got.data.buffer).toBe(memory.buffer);
    expect(got.indices.data.buffer).toBe(memory.buffer);
    expect(got).toEqual(want);
  });

  it("an image whose fields are a prototype's is pooled", () => {
    const bytes = Uint8ClampedArray.from({ length: 65536 }, (_, i) => i % 251);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const data = new Uint8ClampedArray(memory.buffer);
    data.set(bytes);
    const image = accessors({ data, width: 128, height: 128 }) as ImageLike<Uint8ClampedArray>;
    const plan = createPooling({ backend: 'wasm', memory }).planMaxPool2d([128, 128, 4], {
      layout: 'hwc',
      kernelSize: 3,
      dtype: 'uint8-clamped',
    });
    const here = { data: bytes, width: 128, height: 128 };
    expect(plan.run(image)).toEqual(elsewhere.maxPool2d(here, { layout: 'hwc', kernelSize: 3 }));
    expect(data.buffer).not.toBe(memory.buffer);
  });
});
