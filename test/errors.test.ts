/** What is refused, with what message, and that nothing has happened then. */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/index.js';

type Loose = (x: unknown, options?: unknown) => unknown;

describe.each(['ts', 'wasm'] as const)('%s', (backend) => {
  const pooling = createPooling({ backend });
  const maxPool2d = pooling.maxPool2d.bind(pooling) as Loose;
  const avgPool2d = pooling.avgPool2d.bind(pooling) as Loose;
  const planMaxPool2d = pooling.planMaxPool2d.bind(pooling) as unknown as (
    shape: unknown,
    options?: unknown,
  ) => unknown;
  const ones = () => new Float32Array(16).fill(1);
  const x = () => ({ data: ones(), shape: [1, 1, 4, 4] });
  const two = { layout: 'nchw', kernelSize: 2 };
  const detached = () => {
    const data = ones();
    structuredClone(data.buffer, { transfer: [data.buffer] });
    return data;
  };
  const same = ones();

  const rows: [string, () => unknown, typeof TypeError | typeof RangeError, RegExp][] = [
    ['no input', () => maxPool2d(undefined, two), TypeError, /^maxPool2d: input must be a tensor.*got undefined/],
    ['an array alone', () => maxPool2d(ones(), two), TypeError, /^maxPool2d: input must be a tensor.*got Float32Array/],
    [
      'a plain list',
      () => maxPool2d({ data: [1, 2], shape: [1, 2] }, two),
      TypeError,
      /data must be a typed array.*got \[1, 2\]/,
    ],
    [
      'a DataView',
      () => maxPool2d({ data: new DataView(new ArrayBuffer(8)), shape: [1, 2] }, two),
      TypeError,
      /data must be/,
    ],
    ['bigints', () => maxPool2d({ data: new BigInt64Array(16), shape: [4, 4] }, two), TypeError, /got BigInt64Array/],
    ['no shape', () => maxPool2d({ data: ones() }, two), TypeError, /input must be a tensor/],
    [
      'a shape that is none',
      () => maxPool2d({ data: ones(), shape: 16 }, two),
      TypeError,
      /shape must be an array.*got 16/,
    ],
    ['a shape of words', () => maxPool2d({ data: ones(), shape: ['4', 4] }, two), TypeError, /shape must hold numbers/],
    [
      'a fractional shape',
      () => maxPool2d({ data: ones(), shape: [1, 1, 4, 4.5] }, two),
      RangeError,
      /whole numbers.*4\.5/,
    ],
    ['NaN in a shape', () => maxPool2d({ data: ones(), shape: [1, 1, 4, NaN] }, two), RangeError, /whole numbers.*NaN/],
    ['a negative shape', () => maxPool2d({ data: ones(), shape: [1, 1, -4, 4] }, two), RangeError, /at least 0.*-4/],
    [
      'data that does not fill the shape',
      () => maxPool2d({ data: new Float32Array(12), shape: [1, 2, 2, 4] }, two),
      RangeError,
      /^maxPool2d: data has 12 elements but shape \[1, 2, 2, 4\] needs 16$/,
    ],
    ['an axis of 2^31', () => maxPool2d({ data: ones(), shape: [1, 1, 1, 2 ** 31] }, two), RangeError, /2147483647/],
    [
      'more elements than can be counted',
      () => maxPool2d({ data: ones(), shape: [2 ** 30, 2 ** 30, 2 ** 30, 1] }, two),
      RangeError,
      /needs 1237940039285380274899124224 elements/,
    ],
    [
      'an output that cannot be held',
      () => planMaxPool2d([1, 1, 4, 4], { ...two, stride: 1, padding: 2 ** 30 }),
      RangeError,
      /^planMaxPool2d: output of shape .* needs \d+ elements/,
    ],
    ['a detached buffer', () => maxPool2d({ data: detached(), shape: [1, 1, 4, 4] }, two), TypeError, /detached/],
    ['no options', () => maxPool2d(x(), null), TypeError, /options must be an object, got null/],
    [
      'a misspelt option',
      () => maxPool2d(x(), { layout: 'nchw', kernalSize: 2 }),
      TypeError,
      /no option 'kernalSize'.*kernelSize/,
    ],
    [
      'an option of another op',
      () => maxPool2d(x(), { ...two, countIncludePad: true }),
      TypeError,
      /no option 'countIncludePad'/,
    ],
    ['no window', () => maxPool2d(x(), { layout: 'nchw' }), TypeError, /^maxPool2d: kernelSize is required$/],
    [
      'no layout',
      () => maxPool2d(x(), { kernelSize: 2 }),
      TypeError,
      /layout is required for 4 axes: 'nchw' or 'nhwc'/,
    ],
    [
      'an unknown layout',
      () => maxPool2d(x(), { ...two, layout: 'ncwh' }),
      RangeError,
      /layout must be one of .*got "ncwh"/,
    ],
    [
      'a layout of another rank',
      () => maxPool2d(x(), { ...two, layout: 'chw' }),
      RangeError,
      /'chw' has 3 axes but the input has 4/,
    ],
    [
      'a window of 0',
      () => maxPool2d(x(), { ...two, kernelSize: 0 }),
      RangeError,
      /kernelSize must be a whole number of at least 1.*got 0/,
    ],
    [
      'a window of words',
      () => maxPool2d(x(), { ...two, kernelSize: '2' }),
      TypeError,
      /kernelSize must be a number, got "2"/,
    ],
    ['a fractional window', () => maxPool2d(x(), { ...two, kernelSize: [2, 1.5] }), RangeError, /kernelSize.*got 1\.5/],
    [
      'three sizes',
      () => maxPool2d(x(), { ...two, kernelSize: [2, 2, 2] }),
      RangeError,
      /one number or 2, got \[2, 2, 2\]/,
    ],
    ['a stride of 0', () => maxPool2d(x(), { ...two, stride: 0 }), RangeError, /stride/],
    ['a dilation of NaN', () => maxPool2d(x(), { ...two, dilation: NaN }), RangeError, /dilation.*NaN/],
    [
      'a padding that is no form',
      () => maxPool2d(x(), { ...two, padding: 'full' }),
      RangeError,
      /padding must be 'valid'/,
    ],
    ['a flat list of paddings', () => maxPool2d(x(), { ...two, padding: [1, 1, 1, 1] }), RangeError, /padding/],
    [
      'a pair too few',
      () => maxPool2d(x(), { ...two, padding: [[1, 1]] }),
      RangeError,
      /one \[before, after\] pair for each/,
    ],
    [
      'ceilMode that is no boolean',
      () => maxPool2d(x(), { ...two, ceilMode: 1 }),
      TypeError,
      /ceilMode must be true or false, got 1/,
    ],
    [
      'a window that fits nowhere',
      () => maxPool2d(x(), { ...two, kernelSize: 5 }),
      RangeError,
      /extent 5 does not fit an axis of 4/,
    ],
    [
      'an unknown rule for NaN',
      () => maxPool2d(x(), { ...two, nan: 'drop' }),
      RangeError,
      /nan must be 'propagate' or 'ignore'/,
    ],
    ['averages that ignore NaN', () => avgPool2d(x(), { ...two, nan: 'ignore' }), RangeError, /maxima and minima only/],
    ['a divisor of 0', () => avgPool2d(x(), { ...two, divisorOverride: 0 }), RangeError, /divisorOverride.*got 0/],
    ['an infinite divisor', () => avgPool2d(x(), { ...two, divisorOverride: Infinity }), RangeError, /divisorOverride/],
    [
      'out of another length',
      () => maxPool2d(x(), { ...two, out: new Float32Array(5) }),
      RangeError,
      /^maxPool2d: out has 5 elements but shape \[1, 1, 2, 2\] needs 4/,
    ],
    [
      'out of another type',
      () => maxPool2d(x(), { ...two, out: new Float64Array(4) }),
      TypeError,
      /out must be float32, got float64/,
    ],
    [
      'out of another shape',
      () => maxPool2d(x(), { ...two, out: { data: new Float32Array(4), shape: [4] } }),
      RangeError,
      /out must have shape \[1, 1, 2, 2\], got \[4\]/,
    ],
    [
      'out over the input',
      () => maxPool2d({ data: same, shape: [1, 1, 4, 4] }, { ...two, out: same.subarray(6, 10) }),
      RangeError,
      /out overlaps the input/,
    ],
    [
      'an unknown dtype',
      () => planMaxPool2d([4, 4], { kernelSize: 2, dtype: 'float8' }),
      RangeError,
      /dtype must be one of float32.*got "float8"/,
    ],
    [
      'an unknown backend',
      () => createPooling({ backend: 'webgl' as never }),
      RangeError,
      /backend must be 'auto', 'wasm' or 'ts', got "webgl"/,
    ],
    [
      'an unknown option of createPooling',
      () => createPooling({ bandbytes: 1 } as never),
      TypeError,
      /no option 'bandbytes'/,
    ],
    [
      'a module that is none',
      () => createPooling({ module: {} as never }),
      TypeError,
      /module must be a WebAssembly.Module/,
    ],
    [
      'lp of integers',
      () => (pooling.lpPool2d as Loose)({ data: new Uint8Array(16), shape: [4, 4] }, { kernelSize: 2 }),
      TypeError,
      /^lpPool2d: data must be float32.*got uint8/,
    ],
    ['p of 0', () => (pooling.lpPool2d as Loose)(x(), { ...two, p: 0 }), RangeError, /p must be/],
  ];

  it.each(rows)('%s', (_, call, type, message) => {
    expect(call).toThrow(type);
    expect(call).toThrow(message);
  });

  it('leaves out and the input as they were, and the next call works', () => {
    const input = x();
    const out = new Float32Array(4).fill(77);
    const bad = [
      { ...two, out, stride: 0 },
      { ...two, out, kernelSize: 9 },
      { ...two, out, kernalSize: 2 },
      { ...two, out: new Float32Array(3).fill(77) },
    ];
    for (const options of bad) {
      expect(() => maxPool2d(input, options)).toThrow();
      expect(input.data).toEqual(ones());
      expect(options.out.every((value) => value === 77)).toBe(true);
    }
    expect(maxPool2d(input, { ...two, out })).toMatchObject({ data: new Float32Array(4).fill(1) });
  });

  it('lets out lie beside the input in one buffer', () => {
    const buffer = new Float32Array(20).fill(1);
    const y = maxPool2d({ data: buffer.subarray(0, 16), shape: [1, 1, 4, 4] }, { ...two, out: buffer.subarray(16) });
    expect((y as { data: Float32Array }).data).toEqual(new Float32Array(4).fill(1));
  });

  it('names the plan in the errors of its runs', () => {
    const plan = pooling.planMaxPool2d([1, 1, 4, 4], { layout: 'nchw', kernelSize: 2 });
    expect(() => plan.run(new Float32Array(3))).toThrow(/^planMaxPool2d\.run: data has 3 elements/);
    expect(() => plan.run({ data: ones(), shape: [4, 4] })).toThrow(
      /input must have shape \[1, 1, 4, 4\], got \[4, 4\]/,
    );
    expect(() => plan.run(new Float64Array(16) as never)).toThrow(/data must be float32, got float64/);
  });
});
