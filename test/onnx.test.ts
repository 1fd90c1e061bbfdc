/** ONNX' operators: what onnxruntime computed, the words in front of the library, and errors in ONNX' words. */
import { describe, expect, it } from 'vitest';
import * as onnx from '../src/adapters/onnx.js';
import { createPooling } from '../src/index.js';
import onnxruntime from './fixtures/golden/onnxruntime.json' with { type: 'json' };

interface Values {
  shape: number[];
  data: (number | string)[];
}

interface Golden {
  id: string;
  op: string;
  mode: string;
  attrs: { p?: number };
  inputs: { x: Values; indices?: Values };
  outputs: { y?: Values; indices?: Values };
  check: { exact?: true; rtol: number; atol: number };
  expect?: 'throw';
  profile?: string;
  call: string;
}

type Operator = (x: onnx.OnnxTensor, attributes: object, options?: onnx.OnnxOptions) => onnx.OnnxResult;
const operators = onnx as unknown as Record<string, Operator>;

/** `MaxPool-22(kernel_shape=[3], auto_pad=VALID)` as an operator and its attributes. */
function read(call: string): { operator: string; attributes: Record<string, unknown> } {
  const [, operator, list] = /^(\w+)-\d+\((.*)\)/.exec(call) as RegExpExecArray;
  const attributes: Record<string, unknown> = {};
  for (const [, name, value] of list.matchAll(/(\w+)=(\[.*?\]|[^,]+)/g)) {
    attributes[name] = /^[[\d]/.test(value) ? JSON.parse(value) : value;
  }
  return { operator, attributes };
}

const cases = (onnxruntime as { cases: unknown[] }).cases as Golden[];

describe.each(['ts', 'wasm'] as const)('%s', (backend) => {
  const pooling = createPooling({ backend });

  it('computes what onnxruntime does', () => {
    const counts: Record<string, number> = {};
    let indexed = 0;
    for (const golden of cases) {
      const { operator, attributes } = read(golden.call);
      // onnxruntime alone refuses padding as large as the window.
      const reason = golden.profile === 'onnx' ? 'refused' : operator;
      counts[reason] = (counts[reason] ?? 0) + 1;
      if (reason !== operator) continue;
      const { shape, data } = golden.inputs.x;
      const x = { data: Float32Array.from(data, Number), dims: shape };
      const call = () => (operator === 'MaxUnpool' ? unpool() : operators[operator](x, attributes, { pooling }));
      const unpool = () => {
        const { indices } = golden.inputs;
        const outputShape = golden.call.includes('output_shape') ? golden.outputs.y?.shape : undefined;
        const places = { data: BigInt64Array.from((indices as Values).data, BigInt), dims: (indices as Values).shape };
        return onnx.MaxUnpool(x, places, attributes as never, { pooling, outputShape });
      };
      if (golden.expect === 'throw') {
        expect(call, golden.id).toThrow(RangeError);
        continue;
      }
      const want = golden.outputs.y as Values;
      const y = call();
      expect([y.dims, y.type], `${golden.id} ${golden.call}`).toEqual([want.shape, 'float32']);
      Float32Array.from(want.data, Number).forEach((value, i) => {
        const { exact, atol, rtol } = golden.check;
        const off = exact ? 0 : atol + rtol * Math.abs(value);
        const close = Object.is(y.data[i], value) || Math.abs(y.data[i] - value) <= off;
        if (!close) expect.fail(`${golden.id} ${golden.call}: element ${i} is ${y.data[i]}, should be ${value}`);
      });
      const { indices } = golden.outputs;
      if (indices === undefined) continue;
      indexed++;
      const both = onnx.MaxPoolWithIndices(x, attributes as never, { pooling });
      expect(both.indices, `${golden.id} ${golden.call}`).toEqual({
        data: BigInt64Array.from(indices.data, BigInt),
        dims: indices.shape,
        type: 'int64',
      });
      // Which zero it is is not specified.
      const unsigned = ({ data }: onnx.OnnxResult) => Array.from(data as Float32Array, (value) => value + 0);
      expect(unsigned(both.y), `${golden.id} ${golden.call}`).toEqual(unsigned(y));
    }
    expect(indexed).toBe(25);
    expect(counts).toEqual({
      MaxPool: 57,
      AveragePool: 29,
      LpPool: 13,
      GlobalMaxPool: 3,
      GlobalAveragePool: 3,
      GlobalLpPool: 3,
      refused: 4,
      MaxUnpool: 6,
    });
  });

  it('keeps the element type', () => {
    const dims = [1, 1, 4];
    const of = (data: onnx.OnnxTensor['data'], type?: string) => {
      const y = onnx.MaxPool(
        { data, dims, ...(type === undefined ? {} : { type }) },
        { kernel_shape: [4] },
        { pooling },
      );
      return [y.data.constructor, [...y.data], y.type];
    };
    expect(of(Float64Array.of(1, 2, 4, 3))).toEqual([Float64Array, [4], 'float64']);
    expect(of(Int8Array.of(-1, -2, -4, -3), 'int8')).toEqual([Int8Array, [-1], 'int8']);
    expect(of(Uint8Array.of(1, 200, 4, 3), 'uint8')).toEqual([Uint8Array, [200], 'uint8']);
    // onnxruntime takes this array as one of uint8 as well.
    expect(of(Uint8ClampedArray.of(1, 200, 4, 3), 'uint8')).toEqual([Uint8ClampedArray, [200], 'uint8']);
    // 1, -2, 1.5, 0.5: as numbers, the bits of -2 are the largest.
    expect(of(Uint16Array.of(0x3c00, 0xc000, 0x3e00, 0x3800), 'float16')).toEqual([Uint16Array, [0x3e00], 'float16']);
    expect(of(Uint16Array.of(0x3c00, 0xc000, 0x3e00, 0x3800))).toEqual([Uint16Array, [0xc000], 'uint16']);
  });

  it('writes to out', () => {
    const x = { data: Float32Array.of(1, 2, 3, 4, 5, 6), dims: [1, 1, 2, 3] };
    const out = { data: new Float32Array(2), dims: [1, 1, 1, 2] };
    expect(onnx.MaxPool(x, { kernel_shape: [2, 2] }, { out, pooling })).toEqual({ ...out, type: 'float32' });
    expect([...out.data]).toEqual([5, 6]);
    const one = { data: new Float32Array(1), dims: [1, 1, 1, 1] };
    expect(onnx.GlobalAveragePool(x, {}, { out: one, pooling }).data).toBe(one.data);
    expect([...one.data]).toEqual([3.5]);
  });

  it('pools channels of any number of axes', () => {
    const data = Float32Array.from({ length: 64 }, (_, i) => i);
    const y = onnx.GlobalMaxPool({ data, dims: [1, 2, 2, 2, 2, 2, 2] }, {}, { pooling });
    expect(y).toEqual({ data: Float32Array.of(31, 63), dims: [1, 2, 1, 1, 1, 1, 1], type: 'float32' });
    expect(onnx.GlobalMaxPool({ data: new Float32Array(0), dims: [0, 2, 3] }, {}, { pooling }).dims).toEqual([0, 2, 1]);
  });
});

const x = { data: Float32Array.from({ length: 32 }, (_, i) => i), dims: [1, 2, 4, 4] };

it('runs on the pooling of the package unless it is given one', () => {
  expect(onnx.MaxPool(x, { kernel_shape: [4, 4] }).data).toEqual(Float32Array.of(15, 31));
});

it.each([
  ['VALID', 0, [1, 2, 1, 2]],
  // As no pads, which is what the shape inference of ONNX makes of it.
  ['VALID', 1, [1, 2, 2, 2]],
  ['SAME_UPPER', 0, [1, 2, 2, 2]],
  ['SAME_UPPER', 1, [1, 2, 2, 2]],
  ['SAME_LOWER', 1, [1, 2, 2, 2]],
] as const)('auto_pad %s with ceil_mode %i', (auto_pad, ceil_mode, dims) => {
  expect(onnx.MaxPool(x, { kernel_shape: [3, 1], strides: [2, 3], auto_pad, ceil_mode }).dims).toEqual(dims);
});

describe('MaxPoolWithIndices', () => {
  it('gives int64 that count rows or columns, and -1 for nothing', () => {
    const indices = (storage_order: 0 | 1) =>
      onnx.MaxPoolWithIndices(x, { kernel_shape: [2, 4], strides: [2, 1], storage_order }).indices;
    expect(indices(0)).toEqual({ data: BigInt64Array.of(7n, 15n, 23n, 31n), dims: [1, 2, 2, 1], type: 'int64' });
    expect(indices(1).data).toEqual(BigInt64Array.of(13n, 15n, 29n, 31n));
    const y = onnx.MaxPoolWithIndices(
      { data: Float32Array.of(1), dims: [1, 1, 1] },
      { kernel_shape: [2], dilations: [2], pads: [1, 1] },
    );
    expect([...y.y.data, ...y.indices.data]).toEqual([-Infinity, -1n]);
  });

  it('writes to out, and keeps bits of half floats', () => {
    const out = { data: new Uint16Array(1), dims: [1, 1, 1] };
    const halves = { data: Uint16Array.of(0xc000, 0x3c00), dims: [1, 1, 2], type: 'float16' };
    const { y, indices } = onnx.MaxPoolWithIndices(halves, { kernel_shape: [2] }, { out });
    expect([y.data === out.data, y.type, ...out.data, ...indices.data]).toEqual([true, 'float16', 0x3c00, 1n]);
  });
});

describe('MaxUnpool', () => {
  const small = { data: Float32Array.of(5, 6), dims: [1, 1, 2] };
  const at = (...indices: bigint[]) => ({ data: BigInt64Array.from(indices), dims: [1, 1, 2] });

  it('undoes MaxPool', () => {
    const attributes = { kernel_shape: [2, 2], strides: [2, 2] };
    const { y, indices } = onnx.MaxPoolWithIndices(x, attributes);
    const back = onnx.MaxUnpool(y, indices, attributes);
    expect(back).toEqual({ data: x.data.map((v) => (y.data.includes(v) ? v : 0)), dims: x.dims, type: 'float32' });
    const narrow = { data: Int32Array.from(indices.data, Number), dims: indices.dims };
    expect(onnx.MaxUnpool(y, narrow, attributes)).toEqual(back);
  });

  it('has the shape that it is given', () => {
    const out = { data: new Float32Array(9).fill(7), dims: [1, 1, 9] };
    const options = { outputShape: [1, 1, 9], out };
    const y = onnx.MaxUnpool(small, at(0n, 8n), { kernel_shape: [2], strides: [2] }, options);
    expect(y).toEqual({ data: Float32Array.of(5, 0, 0, 0, 0, 0, 0, 0, 6), dims: [1, 1, 9], type: 'float32' });
    expect(y.data).toBe(out.data);
  });

  it.each([
    [3, { kernel_shape: [2] }, {}, TypeError, /indices must be a tensor { data, dims }, got 3$/],
    [
      { ...at(0n, 1n), dims: [2] },
      { kernel_shape: [2] },
      {},
      RangeError,
      /indices must have the dims of x, \[1, 1, 2\], got \[2\]$/,
    ],
    [{ ...small }, { kernel_shape: [2] }, {}, TypeError, /indices must be int64 or int32, got Float32Array$/],
    [at(0n, 2n ** 32n), { kernel_shape: [2] }, {}, RangeError, /indices must be under 2\^31, got 4294967296$/],
    [at(0n, 4n), { kernel_shape: [2], strides: [2] }, {}, RangeError, /indices/],
    [at(0n, 1n), {}, {}, TypeError, /kernel_shape is required$/],
    [at(0n, 1n), { kernel_shape: [2], dilations: [1] }, {}, TypeError, /there is no attribute 'dilations'; /],
    [
      at(0n, 1n),
      { kernel_shape: [2] },
      { outputShape: [9] },
      RangeError,
      /outputShape must have 3 numbers, got \[9\]$/,
    ],
    [
      at(0n, 1n),
      { kernel_shape: [2] },
      { outputShape: [1, 2, 9] },
      RangeError,
      /outputShape must begin with \[1, 1\] as x does, got \[1, 2, 9\]$/,
    ],
    [
      at(0n, 1n),
      { kernel_shape: [2] },
      { output_shape: 1 },
      TypeError,
      /there is no option 'output_shape'; the options are out, pooling, outputShape$/,
    ],
  ])('refuses %#', (indices, attributes, options, type, message) => {
    const call = () => onnx.MaxUnpool(small, indices as never, attributes as never, options as never);
    expect(call).toThrow(type);
    expect(call).toThrow(/^MaxUnpool: /);
    expect(call).toThrow(message);
  });
});

it('storage_order changes nothing but indices', () => {
  const [y, z] = ([0, 1] as const).map((storage_order) => onnx.MaxPool(x, { kernel_shape: [2, 3], storage_order }));
  expect(y).toEqual(z);
});

describe('refuses', () => {
  const kernel_shape = [2, 2];
  const out = (data: onnx.OnnxTensor['data'], dims: number[]) => ({ out: { data, dims } });

  it.each([
    ['MaxPool', [3], TypeError, /x must be a tensor { data, dims }, got 3$/],
    [
      'MaxPool',
      [{ data: x.data, shape: [1, 2, 4, 4] }],
      TypeError,
      /x must be a tensor { data, dims }, got an object of data, shape$/,
    ],
    ['MaxPool', [{ ...x, dims: 4 }], TypeError, /shape must be an array of axis lengths, got 4$/],
    ['GlobalMaxPool', [{ ...x, dims: [4, 8] }], RangeError, /x must have dims \[n, c, d1, …\], got \[4, 8\]$/],
    [
      'LpPool',
      [{ ...x, dims: [1, 2, 2, 2, 2, 2] }, { kernel_shape: [1, 1, 1, 1] }],
      RangeError,
      /x must have 1 to 3 spatial axes, got dims \[1, 2, 2, 2, 2, 2\]$/,
    ],
    ['MaxPool', [{ ...x, data: [1] }, { kernel_shape }], TypeError, /data must be a typed array of .*, got \[1\]$/],
    [
      'MaxPool',
      [{ ...x, data: new BigInt64Array(32) }, { kernel_shape }],
      TypeError,
      /data must be a typed array of .*, got BigInt64Array$/,
    ],
    ['MaxPool', [{ ...x, type: 'float64' }], TypeError, /data of type "float64" cannot be a Float32Array$/],
    [
      'MaxPool',
      [{ ...x, dims: [1, 2, 4, 5] }, { kernel_shape }],
      RangeError,
      /data has 32 elements but shape \[1, 2, 4, 5\] needs 40$/,
    ],
    [
      'GlobalLpPool',
      [{ ...x, dims: [1, 2, -4, -4] }],
      RangeError,
      /shape must hold whole numbers of at least 0, got \[1, 2, -4, -4\]$/,
    ],
    ['MaxPool', [x], TypeError, /kernel_shape is required$/],
    ['MaxPool', [x, null], TypeError, /attributes must be an object, got null$/],
    ['MaxPool', [x, [2, 2]], TypeError, /attributes must be an object, got \[2, 2\]$/],
    ['MaxPool', [x, { kernel_shape: 2 }], TypeError, /kernel_shape must be a list of 2 numbers, got 2$/],
    ['MaxPool', [x, { kernel_shape: [2] }], RangeError, /kernel_shape must have 2 numbers, got \[2\]$/],
    ['MaxPool', [x, { kernel_shape: [2, '2'] }], TypeError, /kernel_shape must hold numbers, got "2"$/],
    [
      'MaxPool',
      [x, { kernel_shape: [2, 0] }],
      RangeError,
      /kernel_shape must hold whole numbers of at least 1 .*, got 0$/,
    ],
    ['MaxPool', [x, { kernel_shape, strides: [0, 1] }], RangeError, /strides must hold .*, got 0$/],
    ['MaxPool', [x, { kernel_shape, dilations: [1.5, 1] }], RangeError, /dilations must hold .*, got 1.5$/],
    ['MaxPool', [x, { kernel_shape, pads: [1, 1] }], RangeError, /pads must have 4 numbers, got \[1, 1\]$/],
    ['MaxPool', [x, { kernel_shape, pads: [0, 0, 0, -1] }], RangeError, /pads must hold .* at least 0 .*, got -1$/],
    ['MaxPool', [x, { kernel_shape, auto_pad: 'SAME' }], RangeError, /auto_pad must be "NOTSET" or .*, got "SAME"$/],
    ['MaxPool', [x, { kernel_shape, auto_pad: 1 }], TypeError, /auto_pad must be "NOTSET" or .*, got 1$/],
    [
      'MaxPool',
      [x, { kernel_shape, auto_pad: 'VALID', pads: [0, 0, 1, 0] }],
      RangeError,
      /pads must be absent where auto_pad is VALID, got \[0, 0, 1, 0\]$/,
    ],
    ['MaxPool', [x, { kernel_shape, ceil_mode: 2 }], RangeError, /ceil_mode must be 0 or 1, got 2$/],
    ['MaxPool', [x, { kernel_shape, ceil_mode: true }], TypeError, /ceil_mode must be 0 or 1, got true$/],
    ['MaxPool', [x, { kernel_shape, storage_order: 2 }], RangeError, /storage_order must be 0 or 1, got 2$/],
    ['MaxPool', [x, { kernel_shape, p: 2 }], TypeError, /there is no attribute 'p'; the attributes are kernel_shape, /],
    [
      'AveragePool',
      [x, { kernel_shape, count_include_pad: 3 }],
      RangeError,
      /count_include_pad must be 0 or 1, got 3$/,
    ],
    ['AveragePool', [x, { kernel_shape, storage_order: 0 }], TypeError, /there is no attribute 'storage_order'; /],
    ['LpPool', [x, { kernel_shape, p: 0 }], RangeError, /p must be above 0, got 0$/],
    ['GlobalLpPool', [x, { p: 0 }], RangeError, /p must be above 0, got 0$/],
    ['GlobalMaxPool', [x, { kernel_shape }], TypeError, /there is no attribute 'kernel_shape'; it has none$/],
    ['MaxPool', [x, { kernel_shape: [5, 5] }], RangeError, /a window of extent 5 does not fit a height of 4 elements/],
    [
      'MaxPool',
      [x, { kernel_shape }, { outs: 1 }],
      TypeError,
      /there is no option 'outs'; the options are out, pooling$/,
    ],
    ['MaxPool', [x, { kernel_shape }, { pooling: 1 }], TypeError, /pooling must be what createPooling gives, got 1$/],
    ['MaxPool', [x, { kernel_shape }, { out: 1 }], TypeError, /out must be a tensor { data, dims }, got 1$/],
    [
      'MaxPool',
      [x, { kernel_shape }, out(new Float32Array(18), [1, 2, 9])],
      RangeError,
      /out must have shape \[1, 2, 3, 3\], got \[1, 2, 9\]$/,
    ],
    [
      'GlobalMaxPool',
      [x, {}, out(new Float32Array(2), [1, 2, 1])],
      RangeError,
      /out must have dims \[1, 2, 1, 1\], got \[1, 2, 1\]$/,
    ],
    ['GlobalMaxPool', [x, {}, out(new Float64Array(2), [1, 2, 1, 1])], TypeError, /out must be float32, got float64$/],
  ])('%s: %#', (operator, args, type, message) => {
    let thrown: unknown;
    try {
      operators[operator](...(args as [never, never]));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(type);
    expect((thrown as Error).message).toMatch(new RegExp(`^${operator}: `));
    expect((thrown as Error).message).toMatch(message);
  });
});
