/**
 * PyTorch's and Flax' arguments. Golden values keep the call that computed them, which is read here, so that it is the
 * arguments' own defaults that are held to the values.
 */
import { describe, expect, it } from 'vitest';
import { type FlaxFunction, fromFlax } from '../src/adapters/flax.js';
import { fromTorch, type TorchFunction } from '../src/adapters/torch.js';
import {
  adaptiveAvgPool2d,
  avgPool2d,
  createPooling,
  lpPool1d,
  maxPool3d,
  maxUnpool1d,
  minPool1d,
  type Tensor,
} from '../src/index.js';
import { DTYPES } from '../src/tensor.js';
import jax from './fixtures/golden/jax.json' with { type: 'json' };
import pytorch from './fixtures/golden/pytorch.json' with { type: 'json' };

interface GoldenTensor {
  dtype: keyof typeof DTYPES;
  shape: number[];
  data: (number | string)[];
}

interface Golden {
  id: string;
  op: string;
  mode: string;
  layout: 'NCHW' | 'NHWC';
  dims: number;
  attrs: { allowEmptyOutput?: boolean };
  inputs: { x: GoldenTensor; samples?: GoldenTensor; indices?: GoldenTensor };
  outputs: { y?: GoldenTensor };
  check: { exact?: true; rtol: number; atol: number };
  expect?: 'throw';
  call: string;
}

type Call = (x: Tensor, ...rest: object[]) => Tensor;
const functions = createPooling() as unknown as Record<string, Call>;

const casesOf = (golden: { cases: unknown[] }) => golden.cases as Golden[];

function tensorOf({ dtype, shape, data }: GoldenTensor): Tensor {
  const elements = new DTYPES[dtype].Elements(data.length);
  data.forEach((value, i) => {
    elements[i] = Number(value);
  });
  return { data: elements, shape };
}

/** A literal of Python. */
function literal(text: string): unknown {
  const json = text
    .replace(/'(\w+)'/g, '"$1"')
    .replace(/\(/g, '[')
    .replace(/,?\)/g, ']')
    .replace('True', 'true')
    .replace('False', 'false')
    .replace('None', 'null');
  return text === 'inf' || text === "float('inf')" ? Infinity : JSON.parse(json);
}

/** Arguments of a call, positional ones by the names given. */
function argumentsOf(list: string, names: readonly string[]): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  let depth = 0;
  const parts = [''];
  for (const letter of list) {
    if ('[('.includes(letter)) depth++;
    if ('])'.includes(letter)) depth--;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  parts.forEach((part, i) => {
    const [, name, value] = /^(?:(\w+)=)?(.*)$/.exec(part.trim()) as RegExpExecArray;
    if (value !== 'x') args[name ?? names[i]] = value === 'samples' || value === 'indices' ? value : literal(value);
  });
  return args;
}

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Leaves out arguments that are what is taken without them, so that defaults are held to the values as well. */
function withoutDefaults(args: Record<string, unknown>, defaults: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).filter(([name, value]) => {
      const otherwise = defaults[name];
      const list = Array.isArray(value) && !Array.isArray(otherwise) ? value.map(() => otherwise) : otherwise;
      return !(name in defaults && equal(value, list));
    }),
  );
}

function expectSame(golden: Golden, got: Tensor): void {
  const want = golden.outputs.y as GoldenTensor;
  expect(got.shape, `${golden.id} ${golden.call}`).toEqual(want.shape);
  tensorOf(want).data.forEach((value, i) => {
    const { exact, atol, rtol } = golden.check;
    const off = exact ? 0 : atol + rtol * Math.abs(value);
    const close = Object.is(got.data[i], value) || Math.abs(got.data[i] - value) <= off;
    if (!close) expect.fail(`${golden.id} ${golden.call}: element ${i} is ${got.data[i]}, should be ${value}`);
  });
}

describe('fromTorch', () => {
  it('means what PyTorch computes', () => {
    const counts: Record<string, number> = {};
    for (const golden of casesOf(pytorch)) {
      const match = /^F\.(\w+pool[123]d)\((.*)\)$/.exec(golden.call);
      if (match === null) {
        counts['not these functions'] = (counts['not these functions'] ?? 0) + 1;
        continue;
      }
      const name = match[1] as TorchFunction;
      const first = name.startsWith('lp')
        ? ['norm_type', 'kernel_size', 'stride']
        : name.startsWith('adaptive')
          ? ['output_size']
          : ['kernel_size', 'stride', 'padding'];
      const unpools = name.startsWith('max_unpool');
      const { indices: _, ...all } = argumentsOf(match[2], ['input', ...(unpools ? ['indices'] : []), ...first]);
      const args = withoutDefaults(all, {
        stride: all.kernel_size,
        padding: 0,
        dilation: 1,
        ceil_mode: false,
        count_include_pad: true,
        return_indices: false,
        divisor_override: null,
      });
      if (args._random_samples !== undefined) args._random_samples = golden.inputs.samples;
      const x = tensorOf(golden.inputs.x);
      // What PyTorch keeps in memory in the order of channels last is in the order of its shape to its functions, and not
      // in these files.
      const layout =
        golden.layout === 'NHWC'
          ? {
              layout:
                x.shape.length === golden.dims + 2 ? `n${'dhw'.slice(-golden.dims)}c` : `${'dhw'.slice(-golden.dims)}c`,
            }
          : {};
      const fn = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const call = () => {
        const options = { ...fromTorch(name, args as never, x.shape.length), ...layout };
        if (!unpools) return functions[fn](x, options);
        const { data, shape } = golden.inputs.indices as GoldenTensor;
        return functions[fn](x, { data: Int32Array.from(data, Number), shape }, options);
      };
      if (golden.expect === 'throw') {
        expect(call, `${golden.id} ${golden.call}`).toThrow(RangeError);
        counts['refused by both'] = (counts['refused by both'] ?? 0) + 1;
        continue;
      }
      if (name.startsWith('lp') && (Number(args.norm_type) % 2 > 0 || args.ceil_mode === true)) {
        expect(call, `${golden.id} ${golden.call}`).toThrow(/since PyTorch/);
        counts['norms that are none here'] = (counts['norms that are none here'] ?? 0) + 1;
        continue;
      }
      counts.run = (counts.run ?? 0) + 1;
      expectSame(golden, call());
    }
    expect(counts).toEqual({
      run: 196,
      'refused by both': 37,
      'norms that are none here': 9,
      'not these functions': 67,
    });
  });

  it.each([
    [
      'max_pool1d',
      { kernel_size: 3 },
      undefined,
      { layout: 'ncw', kernelSize: [3], stride: [3], padding: [0], dilation: [1], ceilMode: false },
    ],
    [
      'max_pool2d',
      { kernel_size: [3, 2], stride: [], padding: [1, 0], dilation: 2, ceil_mode: true, return_indices: true },
      3,
      { layout: 'chw', kernelSize: [3, 2], stride: [3, 2], padding: [1, 0], dilation: [2, 2], ceilMode: true },
    ],
    [
      'avg_pool3d',
      { kernel_size: 2, stride: null, divisor_override: null },
      5,
      {
        layout: 'ncdhw',
        kernelSize: [2, 2, 2],
        stride: [2, 2, 2],
        padding: [0, 0, 0],
        ceilMode: false,
        countIncludePad: true,
        rounding: 'trunc',
      },
    ],
    [
      'avg_pool2d',
      { kernel_size: 2, stride: 1, padding: 1, count_include_pad: false, divisor_override: -3 },
      undefined,
      {
        layout: 'nchw',
        kernelSize: [2, 2],
        stride: [1, 1],
        padding: [1, 1],
        ceilMode: false,
        countIncludePad: false,
        rounding: 'trunc',
        divisorOverride: -3,
      },
    ],
    [
      'lp_pool2d',
      { norm_type: Infinity, kernel_size: 2, ceil_mode: false },
      undefined,
      { layout: 'nchw', kernelSize: [2, 2], stride: [2, 2], p: Infinity },
    ],
    [
      'max_unpool2d',
      { kernel_size: 2, stride: 3, output_size: [1, 5, 8, 9] },
      undefined,
      { layout: 'nchw', kernelSize: [2, 2], stride: [3, 3], padding: [0, 0], outputSize: [8, 9] },
    ],
    ['max_unpool1d', { kernel_size: [2] }, 2, { layout: 'cw', kernelSize: [2], stride: [2], padding: [0] }],
    ['adaptive_max_pool3d', { output_size: [2, null, 3] }, 4, { layout: 'cdhw', outputSize: [2, null, 3] }],
    ['adaptive_avg_pool2d', { output_size: null }, undefined, { layout: 'nchw', outputSize: [null, null] }],
    [
      'fractional_max_pool2d',
      { kernel_size: 2, output_ratio: [0.5, 0.7] },
      undefined,
      { layout: 'nchw', kernelSize: [2, 2], outputRatio: [0.5, 0.7] },
    ],
    [
      'fractional_max_pool3d',
      { kernel_size: 2, output_size: 3, output_ratio: null },
      undefined,
      { layout: 'ncdhw', kernelSize: [2, 2, 2], outputSize: [3, 3, 3] },
    ],
  ] as const)('%s of %j', (name, args, axes, options) => {
    expect(fromTorch(name, args as never, axes)).toEqual(options);
  });

  it('gives options that are typed', () => {
    const x = { data: Int32Array.of(-1, -2, -4, 0), shape: [1, 1, 2, 2] };
    // PyTorch rounds averages of integers towards zero.
    const y: Tensor<Int32Array> = avgPool2d(x, fromTorch('avg_pool2d', { kernel_size: 2 }));
    expect([...y.data]).toEqual([-1]);
    expect(adaptiveAvgPool2d(x, fromTorch('adaptive_avg_pool2d', { output_size: [null, 1] })).shape).toEqual([
      1, 1, 2, 1,
    ]);
    const row = { data: Float32Array.of(3, 4, 0, -5), shape: [1, 4] };
    expect([...lpPool1d(row, fromTorch('lp_pool1d', { norm_type: 2, kernel_size: 2 }, 2)).data]).toEqual([5, 5]);
    const indices = { data: Int32Array.of(0, 3), shape: [1, 2] };
    const unpooled = maxUnpool1d(
      { data: Float32Array.of(5, 6), shape: [1, 2] },
      indices,
      fromTorch('max_unpool1d', { kernel_size: 2 }, 2),
    );
    expect([...unpooled.data]).toEqual([5, 0, 0, 6]);
    const volume = { data: new Float32Array(8), shape: [1, 2, 2, 2] };
    expect(maxPool3d(volume, fromTorch('max_pool3d', { kernel_size: 2 }, 4)).shape).toEqual([1, 1, 1, 1]);
  });

  it.each([
    [
      'max_pool4d',
      {},
      undefined,
      RangeError,
      /^fromTorch: name must be a pooling function of PyTorch, such as 'max_pool2d', got "max_pool4d"$/,
    ],
    ['fractional_max_pool1d', {}, undefined, RangeError, /^fromTorch: name must be .*, got "fractional_max_pool1d"$/],
    ['max_pool2d', null, undefined, TypeError, /^max_pool2d: arguments must be an object, got null$/],
    ['max_pool2d', {}, undefined, TypeError, /^max_pool2d: kernel_size is required$/],
    [
      'max_pool2d',
      { kernelSize: 2 },
      undefined,
      TypeError,
      /^max_pool2d: there is no argument 'kernelSize'; the arguments are kernel_size, /,
    ],
    [
      'max_pool2d',
      { kernel_size: [2] },
      undefined,
      RangeError,
      /^max_pool2d: kernel_size must have 2 numbers, got \[2\]$/,
    ],
    [
      'max_pool2d',
      { kernel_size: '2' },
      undefined,
      TypeError,
      /^max_pool2d: kernel_size must be a list of 2 numbers, got "2"$/,
    ],
    [
      'max_pool2d',
      { kernel_size: 3, padding: 2 },
      undefined,
      RangeError,
      /^max_pool2d: padding must be at most half of kernel_size \[3, 3\], got \[2, 2\]$/,
    ],
    [
      'max_pool2d',
      { kernel_size: 3, ceil_mode: 1 },
      undefined,
      TypeError,
      /^max_pool2d: ceil_mode must be true or false, got 1$/,
    ],
    ['max_pool2d', { kernel_size: 3 }, 2, RangeError, /^max_pool2d: the input must have 3 or 4 axes, got 2$/],
    [
      'avg_pool1d',
      { kernel_size: 3, divisor_override: 2 },
      undefined,
      TypeError,
      /^avg_pool1d: there is no argument 'divisor_override'/,
    ],
    ['lp_pool2d', { kernel_size: 3 }, undefined, TypeError, /^lp_pool2d: norm_type must be a number, got undefined$/],
    [
      'lp_pool2d',
      { kernel_size: 3, norm_type: 3 },
      undefined,
      RangeError,
      /^lp_pool2d: norm_type must be even or Infinity, .*, got 3; .* lpPool2d/,
    ],
    [
      'lp_pool2d',
      { kernel_size: 3, norm_type: -2 },
      undefined,
      RangeError,
      /^lp_pool2d: norm_type must be even or Infinity, .*, got -2/,
    ],
    [
      'lp_pool2d',
      { kernel_size: 3, norm_type: 2, ceil_mode: true },
      undefined,
      RangeError,
      /^lp_pool2d: ceil_mode must be false, .*, got true$/,
    ],
    ['adaptive_avg_pool2d', {}, undefined, TypeError, /^adaptive_avg_pool2d: output_size is required$/],
    [
      'max_unpool2d',
      { kernel_size: 2, output_size: [9] },
      undefined,
      RangeError,
      /^max_unpool2d: output_size must be a list of 2 to 4 numbers, got \[9\]$/,
    ],
    [
      'adaptive_avg_pool2d',
      { output_size: [1] },
      undefined,
      RangeError,
      /^adaptive_avg_pool2d: output_size must have 2 numbers, got \[1\]$/,
    ],
    [
      'adaptive_avg_pool2d',
      { output_size: -1 },
      undefined,
      RangeError,
      /^adaptive_avg_pool2d: output_size must hold whole numbers of at least 0/,
    ],
  ] as const)('refuses %s of %j', (name, args, axes, type, message) => {
    const call = () => fromTorch(name as TorchFunction, args as never, axes);
    expect(call).toThrow(type);
    expect(call).toThrow(message);
  });
});

describe('fromFlax', () => {
  it('means what Flax computes', () => {
    const counts: Record<string, number> = {};
    for (const golden of casesOf(jax)) {
      const match = /^flax (\w+)\((.*)\)$/.exec(golden.call);
      const reason = match === null ? 'not these functions' : golden.attrs.allowEmptyOutput ? 'empty output' : 'run';
      counts[reason] = (counts[reason] ?? 0) + 1;
      if (match === null || reason !== 'run') continue;
      const name = match[1] as FlaxFunction;
      const all = argumentsOf(match[2], ['inputs', 'window_shape', 'strides', 'padding']);
      const args = withoutDefaults(all, { strides: 1, padding: 'VALID', count_include_pad: true });
      const x = tensorOf(golden.inputs.x);
      const fn = `${name.slice(0, 3)}Pool${golden.dims}d`;
      const call = () => functions[fn](x, fromFlax(name, args as never, x.shape.length));
      if (golden.expect === 'throw') expect(call, `${golden.id} ${golden.call}`).toThrow(RangeError);
      else expectSame(golden, call());
    }
    expect(counts).toEqual({ run: 53, 'empty output': 2, 'not these functions': 61 });
  });

  it.each([
    ['max_pool', { window_shape: [3] }, undefined, { layout: 'nwc', kernelSize: [3], stride: [1], padding: 'valid' }],
    [
      'avg_pool',
      { window_shape: [3, 2], strides: null, padding: 'SAME' },
      3,
      { layout: 'hwc', kernelSize: [3, 2], stride: [1, 1], padding: 'same', countIncludePad: true },
    ],
    [
      'avg_pool',
      { window_shape: [2, 2], strides: [2, 1], padding: 'SAME_LOWER', count_include_pad: false },
      4,
      { layout: 'nhwc', kernelSize: [2, 2], stride: [2, 1], padding: 'same-lower', countIncludePad: false },
    ],
    [
      'min_pool',
      {
        window_shape: [1, 2, 3],
        padding: [
          [0, 1],
          [-1, 0],
          [2, 3],
        ],
      },
      undefined,
      {
        layout: 'ndhwc',
        kernelSize: [1, 2, 3],
        stride: [1, 1, 1],
        padding: [
          [0, 1],
          [-1, 0],
          [2, 3],
        ],
      },
    ],
  ] as const)('%s of %j', (name, args, axes, options) => {
    expect(fromFlax(name, args as never, axes)).toEqual(options);
  });

  it('gives options that are typed', () => {
    const x = { data: Float32Array.of(3, 1, 2), shape: [3, 1] };
    const y: Tensor<Float32Array> = minPool1d(x, fromFlax('min_pool', { window_shape: [2] }, 2));
    expect(y).toEqual({ data: Float32Array.of(1, 1), shape: [2, 1] });
  });

  it.each([
    ['pool', {}, undefined, RangeError, /^fromFlax: name must be "max_pool", "min_pool" or "avg_pool", got "pool"$/],
    ['max_pool', {}, undefined, TypeError, /^max_pool: window_shape is required$/],
    [
      'max_pool',
      { window_shape: 2 },
      undefined,
      RangeError,
      /^max_pool: window_shape must be a list of 1 to 3 numbers, got 2$/,
    ],
    [
      'max_pool',
      { window_shape: [2, 0] },
      undefined,
      RangeError,
      /^max_pool: window_shape must hold whole numbers of at least 1/,
    ],
    [
      'max_pool',
      { window_shape: [2, 2], strides: 2 },
      undefined,
      TypeError,
      /^max_pool: strides must be a list of 2 numbers, got 2$/,
    ],
    [
      'max_pool',
      { window_shape: [2, 2], padding: 'same' },
      undefined,
      RangeError,
      /^max_pool: padding must be "VALID" or "SAME" or "SAME_LOWER", got "same"$/,
    ],
    [
      'max_pool',
      { window_shape: [2, 2], padding: [[1, 1]] },
      undefined,
      RangeError,
      /^max_pool: padding must have 2 pairs of numbers, got \[\[1, 1\]\]$/,
    ],
    [
      'max_pool',
      { window_shape: [2, 2], padding: [1, 1] },
      undefined,
      TypeError,
      /^max_pool: padding must be a list of 2 numbers, got 1$/,
    ],
    [
      'max_pool',
      { window_shape: [2, 2], count_include_pad: true },
      undefined,
      TypeError,
      /^max_pool: there is no argument 'count_include_pad'/,
    ],
    [
      'avg_pool',
      { window_shape: [2, 2], count_include_pad: 1 },
      undefined,
      TypeError,
      /^avg_pool: count_include_pad must be true or false, got 1$/,
    ],
    ['avg_pool', { window_shape: [2, 2] }, 5, RangeError, /^avg_pool: the input must have 3 or 4 axes, got 5$/],
  ] as const)('refuses %s of %j', (name, args, axes, type, message) => {
    const call = () => fromFlax(name as FlaxFunction, args as never, axes);
    expect(call).toThrow(type);
    expect(call).toThrow(message);
  });
});
