/** Views with strides: read as what they show, a band at a time, on both backends. */
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { avgPool2d, createPooling, type DType, maxPool2d, type Tensor, type TypedArray } from '../src/index.js';
import { DTYPES } from '../src/tensor.js';
import { random } from './cases.js';

interface View {
  data: TypedArray;
  shape: number[];
  stride: number[];
  offset: number;
}

/** The same elements, packed, by the definition. */
function packed({ data, shape, stride, offset }: View): Tensor {
  const count = shape.reduce((product, length) => product * length, 1);
  const Elements = data.constructor as new (length: number) => TypedArray;
  const elements = new Elements(count);
  const position = shape.map(() => 0);
  for (let i = 0; i < count; i++) {
    elements[i] = data[position.reduce((place, at, axis) => place + at * stride[axis], offset)];
    for (let axis = shape.length - 1; axis >= 0 && ++position[axis] === shape[axis]; axis--) position[axis] = 0;
  }
  return { data: elements, shape };
}

/** A view of `shape` with axes in any order in memory, turned around, with gaps, or broadcast. */
function randomView(shape: number[], dtype: DType, seed: number): View {
  const next = random(seed);
  const order = shape.map((_, axis) => axis).sort(() => next() - 0.5);
  const stride = shape.map(() => 0);
  let step = 1 + Math.floor(next() * 2);
  let offset = Math.floor(next() * 5);
  for (const axis of order) {
    if (next() < 0.15) continue;
    const backwards = next() < 0.3;
    stride[axis] = backwards ? -step : step;
    if (backwards) offset += (shape[axis] - 1) * step;
    step *= shape[axis] + Math.floor(next() * 2);
  }
  const { Elements, float } = DTYPES[dtype];
  const data = new Elements(step + 10);
  // Of half floats, whose bits these are, all that are finite.
  for (let i = 0; i < data.length; i++) {
    data[i] =
      dtype === 'float16' ? Math.floor(next() * 0x7c00) : float ? (next() - 0.5) * 20 : Math.floor(next() * 256);
  }
  return { data, shape, stride, offset };
}

type Call = (x: object, options: object) => Tensor;

describe.each([
  ['ts', { backend: 'ts' }],
  ['wasm', { backend: 'wasm' }],
  ['wasm in bands of 300 bytes', { backend: 'wasm', bandBytes: 300 }],
  ['wasm in bands of 5000 bytes', { backend: 'wasm', bandBytes: 5000 }],
] as const)('%s', (_, settings) => {
  const pooling = createPooling(settings);
  const functions = pooling as unknown as Record<string, Call>;

  it.each([
    ['maxPool2d', 'nchw', { kernelSize: 2 }],
    ['maxPool2d', 'nhwc', { kernelSize: 3, stride: 2, padding: 1 }],
    ['avgPool2d', 'nchw', { kernelSize: 3, stride: 1, padding: 1, countIncludePad: true }],
    ['maxPool2d', 'chw', { kernelSize: 11, stride: 1, padding: 5 }],
    ['avgPool2d', 'hwc', { kernelSize: [9, 2], stride: 1, dilation: [1, 2] }],
    ['minPool1d', 'ncw', { kernelSize: 3, stride: 3 }],
    ['sumPool3d', 'ncdhw', { kernelSize: 2 }],
    ['lpPool3d', 'dhwc', { kernelSize: 2, stride: 1 }],
    ['globalAvgPool2d', 'nchw', {}],
    ['globalMaxPool1d', 'nwc', {}],
    ['adaptiveMaxPool2d', 'nhwc', { outputSize: [3, 4] }],
    ['fractionalMaxPool2d', 'nhwc', { kernelSize: 2, outputSize: 4, seed: 3 }],
  ])('%s of %s with %j', (fn, layout, options) => {
    for (let seed = 0; seed < 12; seed++) {
      const next = random(seed);
      const shape = [...layout].map((letter) =>
        letter === 'n'
          ? 2
          : letter === 'c'
            ? 1 + Math.floor(next() * 5)
            : (layout.includes('d') ? 4 : 12) + Math.floor(next() * 6),
      );
      const dtypes: DType[] = fn.startsWith('lp')
        ? ['float32', 'float64', 'float16']
        : ['float32', 'float64', 'float16', 'uint8', 'int16', 'int32'];
      const dtype = dtypes[seed % dtypes.length];
      const view = randomView(shape, dtype, seed);
      const all = { layout, dtype, ...options };
      const want = functions[fn](packed(view), all);
      const before = view.data.slice();
      const line = `${fn} seed ${seed} ${dtype} ${JSON.stringify({ ...view, data: view.data.length })}`;
      // The same bits: what is packed is what the kernel sees.
      expect(functions[fn](view, all), line).toEqual(want);
      // As @stdlib has it, by getters.
      const { data, stride, offset } = view;
      class Named {
        get data() {
          return data;
        }
        get shape() {
          return shape;
        }
        get strides() {
          return stride;
        }
        get offset() {
          return offset;
        }
      }
      expect(functions[fn](new Named(), all), line).toEqual(want);
      expect(view.data, line).toEqual(before);
    }
  });

  it('reads scijs ndarrays', () => {
    const data = Float32Array.from({ length: 2 * 6 * 7 }, (_, i) => (i * 37) % 84);
    const array = ndarray(data, [2, 6, 7]);
    const options = { layout: 'chw', kernelSize: 2 } as const;
    const views = {
      whole: array,
      transposed: array.transpose(0, 2, 1),
      flipped: array.step(1, -1, 1),
      everySecond: array.step(1, 1, 2),
      part: array.lo(1, 1, 2).hi(1, 4, 4),
      flippedPart: array.lo(0, 1, 1).hi(2, 5, 5).step(-1, 1, -2),
    };
    for (const [name, view] of Object.entries(views)) {
      const elements: number[] = [];
      for (let c = 0; c < view.shape[0]; c++) {
        for (let h = 0; h < view.shape[1]; h++) {
          for (let w = 0; w < view.shape[2]; w++) elements.push(view.get(c, h, w));
        }
      }
      const want = pooling.maxPool2d({ data: Float32Array.from(elements), shape: view.shape }, options);
      expect(pooling.maxPool2d(view, options), name).toEqual(want);
    }
  });

  it('reads one axis again and again', () => {
    // A row as an image: strides of 0.
    const row = { data: Float32Array.of(3, 1, 2), shape: [4, 3], stride: [0, 1], offset: 0 };
    expect([...pooling.sumPool2d(row, { kernelSize: [4, 1] }).data]).toEqual([12, 4, 8]);
  });

  it('reads views of its own memory, which grows on the way', () => {
    const own = createPooling(settings);
    const x = own.alloc('float32', [200, 300]);
    x.data.forEach((_, i, data) => {
      data[i] = (i * 7919) % 60000;
    });
    const view = { data: x.data, shape: [300, 200], stride: [1, 300], offset: 0 };
    const want = pooling.maxPool2d(packed(view), { kernelSize: 5, stride: 2 });
    expect(own.maxPool2d(view, { kernelSize: 5, stride: 2 })).toEqual(want);
  });

  it('reads native half floats', () => {
    const { Float16Array } = globalThis as unknown as { Float16Array?: new (values: number[]) => TypedArray };
    const numbers = [1, -2, 3, 4, 0.5, 6];
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x4200, 0x4400, 0x3800, 0x4600);
    const view = (data: TypedArray) => ({ data, shape: [3, 2], stride: [1, 3], offset: 0 });
    expect([...pooling.maxPool2d(view(bits), { kernelSize: [1, 2], dtype: 'float16' }).data]).toEqual([
      0x4400, 0x3800, 0x4600,
    ]);
    if (Float16Array === undefined) return;
    expect([...pooling.maxPool2d(view(new Float16Array(numbers)), { kernelSize: [1, 2] }).data]).toEqual([4, 0.5, 6]);
  });
});

describe('what is packed', () => {
  const data = Float32Array.from({ length: 24 }, (_, i) => i);
  const want = [5, 7, 13, 15].map((value) => value + 4);

  it.each([
    ['row-major strides', { data: data.subarray(4, 20), shape: [4, 4], stride: [4, 1], offset: 0 }],
    ['an offset', { data, shape: [4, 4], stride: [4, 1], offset: 4 }],
    ['an offset alone', { data, shape: [4, 4], offset: 4 }],
    ['an axis of one position', { data, shape: [1, 4, 4], stride: [-99, 4, 1], offset: 4 }],
    ['strides in an Int32Array', { data, shape: [4, 4], strides: Int32Array.of(4, 1) as never, offset: 4 }],
  ])('by %s is read where it is', (_, x) => {
    const layout = x.shape.length === 3 ? 'chw' : 'hw';
    expect([...maxPool2d(x, { layout, kernelSize: 2 } as never).data]).toEqual(want);
    // A plan that is given packed elements makes views of them and nothing else.
    const out = { data: new Float32Array(30), shape: x.shape.length === 3 ? [1, 2, 2] : [2, 2], offset: 3 };
    maxPool2d(x, { layout, kernelSize: 2, out } as never);
    expect([...out.data.subarray(0, 8)]).toEqual([0, 0, 0, ...want, 0]);
  });

  it('has no elements', () => {
    const x = { data, shape: [0, 4, 4], stride: [0, 4, 1], offset: 0 };
    expect(maxPool2d(x, { layout: 'chw', kernelSize: 2 }).shape).toEqual([0, 2, 2]);
  });
});

describe('refuses', () => {
  const x = { data: new Float32Array(16), shape: [4, 4], stride: [1, 4], offset: 0 };

  it.each([
    [{ ...x, stride: [1] }, RangeError, /strides of input must be 2 whole numbers, got \[1\]$/],
    [{ ...x, stride: [1.5, 4] }, RangeError, /strides of input must be 2 whole numbers, got \[1.5, 4\]$/],
    [{ ...x, stride: ['1', 4] }, RangeError, /strides of input must be 2 whole numbers, got \["1", 4\]$/],
    [{ ...x, stride: 4 }, TypeError, /strides of input must be a list of numbers, got 4$/],
    [{ ...x, offset: '0' }, TypeError, /offset of input must be a number, got "0"$/],
    [{ ...x, offset: -1 }, RangeError, /offset of input must be a whole number of at least 0, got -1$/],
    [{ ...x, offset: 1 }, RangeError, /reaches from element 1 to 16 of an array of 16$/],
    [
      { ...x, stride: [-1, 4] },
      RangeError,
      /strides \[-1, 4\] and offset 0 reaches from element -3 to 12 of an array of 16$/,
    ],
    [{ ...x, data: new Array(16) }, TypeError, /data must be a typed array of /],
    [{ ...x, data: new BigInt64Array(16) }, TypeError, /data must be a typed array of .*, got BigInt64Array$/],
    [{ ...x, shape: [4, 5] }, RangeError, /reaches from element 0 to 19 of an array of 16$/],
    [
      { data: x.data, shape: [4, 4], offset: 4 },
      RangeError,
      /strides \[4, 1\] and offset 4 reaches from element 4 to 19 of an array of 16$/,
    ],
  ])('%#', (view, type, message) => {
    const out = new Float32Array(4).fill(7);
    const call = () => avgPool2d(view as never, { kernelSize: 2, out });
    expect(call).toThrow(type);
    expect(call).toThrow(/^avgPool2d: /);
    expect(call).toThrow(message);
    expect([...out]).toEqual([7, 7, 7, 7]);
  });

  it('a view of a detached buffer', () => {
    const data = new Float32Array(16);
    structuredClone(data, { transfer: [data.buffer] });
    expect(() => maxPool2d({ ...x, data }, { kernelSize: 2 })).toThrow(
      new TypeError('maxPool2d: data is an array whose buffer was detached'),
    );
  });

  it('a plan of another shape, and a plan of another dtype', () => {
    const plan = createPooling().planMaxPool2d([2, 8], { kernelSize: 2 });
    expect(() => plan.run(x)).toThrow(new RangeError('planMaxPool2d.run: input must have shape [2, 8], got [4, 4]'));
    const doubles = createPooling().planMaxPool2d([4, 4], { kernelSize: 2, dtype: 'float64' });
    expect(() => doubles.run(x as never)).toThrow(
      new TypeError('planMaxPool2d.run: data must be float64, got float32'),
    );
  });

  it('to write to strides, and over what it reads', () => {
    const out = { data: new Float32Array(4), shape: [2, 2], stride: [1, 2], offset: 0 };
    expect(() => maxPool2d(x, { kernelSize: 2, out })).toThrow(
      new RangeError('maxPool2d: out must be packed in row-major order, got strides [1, 2]'),
    );
    const data = new Float32Array(32);
    const low = { ...x, data };
    expect(() => maxPool2d(low, { kernelSize: 2, out: data.subarray(15, 19) })).toThrow(
      'maxPool2d: out overlaps the input',
    );
    expect(maxPool2d(low, { kernelSize: 2, out: data.subarray(16, 20) }).data.byteOffset).toBe(64);
  });

  it('strides where packed elements are asked for', () => {
    expect(() => createPooling().maxPool2dWithIndices(x, { kernelSize: 2 })).toThrow(
      /^maxPool2dWithIndices: \w+ must be packed in row-major order, got strides \[1, 4\]$/,
    );
  });
});

it('keeps no packed copy: bands are all that the memory holds', () => {
  const pooling = createPooling({ backend: 'wasm' });
  const [rows, columns] = [1024, 4096];
  const data = new Float32Array(rows * columns);
  const transposed = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = (row * 7919 + column * 104729) % 65521;
      data[column * rows + row] = value;
      transposed[row * columns + column] = value;
    }
  }
  const y = pooling.maxPool2d({ data, shape: [rows, columns], stride: [1, rows], offset: 0 }, { kernelSize: 2 });
  const want = pooling.maxPool2d({ data: transposed, shape: [rows, columns] }, { kernelSize: 2 });
  expect(y.data.findIndex((value, i) => value !== want.data[i])).toBe(-1);
  expect(pooling.memory?.buffer.byteLength).toBeLessThan(3 * 1024 * 1024);
});
