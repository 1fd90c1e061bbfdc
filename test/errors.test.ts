/** What is refused, with what message, and that nothing has happened then. */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/index.js';

interface Refused {
  name: string;
  value: unknown;
  type: typeof TypeError | typeof RangeError;
  message: RegExp;
}

const refused = (name: string, type: Refused['type'], message: RegExp, values: unknown[]): Refused[] =>
  values.map((value) => ({ name, value, type, message }));

/** What no number of positions may be, alone or for one axis. */
const sizes = (name: string, least: number): Refused[] => {
  const kind = new RegExp(`${name} must be a number, got `);
  const range = new RegExp(`${name} must be a whole number of at least ${least} and under 2\\^31, got `);
  const words = ['2', true, {}, 2n, Symbol('2'), () => 2, new Int32Array(2)];
  const numbers = [-1, 1.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53, ...(least > 0 ? [0] : [])];
  return [
    ...refused(name, TypeError, kind, words),
    ...refused(
      name,
      TypeError,
      kind,
      words.map((word) => [1, word]),
    ),
    ...refused(name, TypeError, kind, [new Array(2), [2, undefined]]),
    ...refused(name, RangeError, range, numbers),
    ...refused(
      name,
      RangeError,
      range,
      numbers.map((number) => [number, 1]),
    ),
    ...refused(name, RangeError, new RegExp(`${name} must be a number or \\[height, width\\], got \\[`), [
      [],
      [1],
      [1, 1, 1],
    ]),
  ];
};

const LAYOUT = [
  ...refused('layout', TypeError, /layout must be a string, got /, [4, null, ['nchw']]),
  ...refused('layout', TypeError, /layout is required for 4 axes: 'nchw' or 'nhwc'/, [undefined]),
  ...refused('layout', RangeError, /layout must be 'nchw', 'nhwc', 'chw', 'hwc' or 'hw', got /, [
    '',
    'NCHW',
    'ncw',
    'ncdhw',
  ]),
  ...refused('layout', RangeError, /layout '\w+' has \d axes but the input has 4/, ['hw', 'chw', 'hwc']),
];

const WINDOW = [
  ...LAYOUT,
  ...sizes('kernelSize', 1),
  ...refused('kernelSize', TypeError, /kernelSize is required/, [undefined]),
  ...refused('kernelSize', RangeError, /window of extent \d+ does not fit a (height|width) of 4/, [
    5,
    [1, 5],
    [5, 1],
    2 ** 31 - 1,
  ]),
  ...sizes('stride', 1),
  ...refused('stride', TypeError, /stride must be a number, got null/, [null]),
  ...sizes('dilation', 1),
  ...refused('dilation', TypeError, /dilation must be a number, got null/, [null]),
  ...refused('dilation', RangeError, /window of extent \d+ does not fit a height of 4/, [4, 2 ** 31 - 1]),
  ...refused('padding', TypeError, /padding must be a number, got /, [
    null,
    {},
    true,
    [1, '1'],
    [
      [0, null],
      [0, 0],
    ],
  ]),
  ...refused('padding', RangeError, /padding must be 'valid', 'same', 'same-lower' or numbers, got /, ['full', '']),
  ...refused('padding', RangeError, /padding must be a whole number and under 2\^31, got /, [
    0.5,
    NaN,
    2 ** 31,
    [0, -(2 ** 31)],
  ]),
  ...refused(
    'padding',
    RangeError,
    /padding must be a number or \[height, width\] or \[\[before, after\], \[before, after\]\], got /,
    [[], [1], [1, 1, 1, 1]],
  ),
  ...refused('padding', RangeError, /one \[before, after\] pair for each of 2 axes, got /, [
    [[1, 1]],
    [[1, 1], 1],
    Object.assign(new Array(2), { 0: [1, 1] }),
    [
      [1, 1],
      [1, 1, 1],
    ],
  ]),
  ...refused('padding', RangeError, /window of extent 2 does not fit a height of 4 elements with padding /, [
    -2,
    -(2 ** 30),
  ]),
  ...refused('padding', RangeError, /output of shape .* needs \d+ elements, at most \d+ can be held/, [2 ** 30]),
  ...refused('ceilMode', TypeError, /ceilMode must be true or false, got /, [1, 'true', null]),
  ...sizes('outputSize', 1),
  ...refused('outputSize', RangeError, /output of shape .* needs \d+ elements/, [2 ** 31 - 1]),
];

const NAN = [
  ...refused('nan', TypeError, /nan must be a string, got /, [true, null, NaN]),
  ...refused('nan', RangeError, /nan must be 'propagate' or 'ignore', got /, ['', 'skip']),
];

const UNKNOWN = (names: string[]): Refused[] =>
  names.flatMap((name) =>
    refused(name, TypeError, new RegExp(`there is no option '${name}'; the options are .*layout`), [2]),
  );

const GOOD = {
  maxPool2d: { layout: 'nchw', kernelSize: 2 },
  avgPool2d: { layout: 'nchw', kernelSize: 2 },
  globalMaxPool2d: { layout: 'nchw' },
  adaptiveAvgPool2d: { layout: 'nchw', outputSize: 2 },
} as const;

const REFUSED: Record<keyof typeof GOOD, Refused[]> = {
  maxPool2d: [
    ...WINDOW,
    ...NAN,
    ...UNKNOWN(['kernalSize', 'strides', 'pad', 'p', 'countIncludePad', 'divisorOverride']),
  ],
  avgPool2d: [
    ...WINDOW,
    ...refused('nan', RangeError, /nan: 'ignore' is for maxima and minima only/, ['ignore']),
    ...refused('countIncludePad', TypeError, /countIncludePad must be true or false, got /, [0, 'no', null]),
    ...refused('divisorOverride', TypeError, /divisorOverride must be a number, got /, ['4', true, null]),
    ...refused('divisorOverride', RangeError, /divisorOverride must be a finite number other than 0, got /, [
      0,
      -0,
      NaN,
      Infinity,
    ]),
    ...UNKNOWN(['count_include_pad', 'Layout']),
  ],
  globalMaxPool2d: [...LAYOUT, ...NAN, ...UNKNOWN(['kernelSize', 'outputSize'])],
  adaptiveAvgPool2d: [
    ...LAYOUT,
    ...sizes('outputSize', 0),
    ...refused('outputSize', TypeError, /outputSize is required/, [undefined]),
    ...refused('outputSize', RangeError, /output of shape .* needs \d+ elements/, [2 ** 31 - 1]),
    ...UNKNOWN(['kernelSize', 'countIncludePad']),
  ],
};

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
  const freed = (shape: number[]) => {
    const tensor = pooling.alloc('float32', shape);
    tensor.free();
    return tensor;
  };
  const alloc = pooling.alloc.bind(pooling) as (dtype: unknown, shape: unknown) => unknown;
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
      /layout must be 'nchw', .* or 'hw', got "ncwh"/,
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
      /a number or \[height, width\], got \[2, 2, 2\]/,
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
      /extent 5 does not fit a height of 4/,
    ],
    [
      'a window that is too wide',
      () => maxPool2d(x(), { ...two, kernelSize: [4, 5] }),
      RangeError,
      /extent 5 does not fit a width of 4 elements with padding \[0, 0\]$/,
    ],
    [
      'a window that is too long',
      () => (pooling.maxPool1d as Loose)({ data: new Float32Array(4), shape: [4] }, { kernelSize: 5 }),
      RangeError,
      /does not fit a width of 4 /,
    ],
    ...(
      [
        ['strides', 'stride'],
        ['pad', 'padding'],
        ['kernel_size', 'kernelSize'],
        ['ceil', 'ceilMode'],
        ['Dilation', 'dilation'],
      ] as const
    ).map(([name, meant]): (typeof rows)[number] => [
      `${name} for ${meant}`,
      () => maxPool2d(x(), { ...two, [name]: 2 }),
      TypeError,
      new RegExp(`^maxPool2d: there is no option '${name}'; .*; did you mean ${meant}\\?$`),
    ]),
    [
      'an option that is like none',
      () => maxPool2d(x(), { ...two, size: 2 }),
      TypeError,
      /^maxPool2d: there is no option 'size'; the options are layout, .*, outputSize, out$/,
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
      /dtype must be 'float32', .* or 'uint32', got "float8"/,
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
      'a module of something else',
      () => createPooling({ module: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) }),
      TypeError,
      /^createPooling: module must be that of wasm-pooling\/pooling.wasm/,
    ],
    [
      'lp of integers',
      () => (pooling.lpPool2d as Loose)({ data: new Uint8Array(16), shape: [4, 4] }, { kernelSize: 2 }),
      TypeError,
      /^lpPool2d: data must be float32.*got uint8/,
    ],
    [
      'an unknown path',
      () => createPooling({ path: 'plane' }),
      RangeError,
      /^createPooling: path must be .*'planes', .*got "plane"$/,
    ],
    ['options that are none', () => createPooling(null as never), TypeError, /^createPooling: .*object, got null$/],
    [
      'a memory that is none',
      () => createPooling({ memory: {} as never }),
      TypeError,
      /WebAssembly\.Memory, got an object of nothing$/,
    ],
    ['bands of no bytes', () => createPooling({ bandBytes: 0 }), RangeError, /bandBytes .* at least 1, got 0$/],
    ['bands of NaN bytes', () => createPooling({ bandBytes: NaN }), RangeError, /bandBytes .*got NaN$/],
    ['alloc of no dtype', () => alloc(undefined, [4]), TypeError, /^alloc: dtype must be a string, got undefined$/],
    [
      'alloc of no shape',
      () => alloc('float32', undefined),
      TypeError,
      /^alloc: shape must be an array.*got undefined$/,
    ],
    ['alloc of a negative shape', () => alloc('float32', [-1]), RangeError, /^alloc: .* at least 0, got \[-1\]$/],
    [
      'alloc of too much',
      () => alloc('float32', [2 ** 20, 2 ** 20]),
      RangeError,
      /^alloc: .* needs 1099511627776 elements/,
    ],
    ['a freed input', () => maxPool2d(freed([1, 1, 4, 4]), two), TypeError, /freed/],
    ['a freed out', () => maxPool2d(x(), { ...two, out: freed([1, 1, 2, 2]) }), TypeError, /freed/],
    [
      'a detached out',
      () => maxPool2d(x(), { ...two, out: detached() }),
      TypeError,
      /^maxPool2d: out is an array whose buffer was detached$/,
    ],
    [
      'a detached array of no elements',
      () => maxPool2d({ data: detached(), shape: [1, 1, 0, 4] }, { ...two, padding: 1 }),
      TypeError,
      /detached/,
    ],
    [
      'out that is a list',
      () => maxPool2d(x(), { ...two, out: [0, 0, 0, 0] }),
      TypeError,
      /^maxPool2d: out must be a typed/,
    ],
    ['out that is null', () => maxPool2d(x(), { ...two, out: null }), TypeError, /^maxPool2d: out .*got null$/],
    [
      'out of a shape that is none',
      () => maxPool2d(x(), { ...two, out: { data: new Float32Array(4), shape: null } }),
      TypeError,
      /^maxPool2d: shape must be an array of axis lengths, got null$/,
    ],
    [
      'out over all of the input',
      () => maxPool2d({ data: same, shape: [1, 1, 4, 4] }, { ...two, kernelSize: 1, out: same }),
      RangeError,
      /^maxPool2d: out overlaps the input/,
    ],
    [
      'out over one byte of the input',
      () => {
        const buffer = new ArrayBuffer(79);
        const data = new Float32Array(buffer, 12, 16);
        return maxPool2d({ data, shape: [1, 1, 4, 4] }, { ...two, out: new Float32Array(buffer, 0, 4) });
      },
      RangeError,
      /^maxPool2d: out overlaps the input/,
    ],
    [
      'a resident tensor pooled into itself',
      () => {
        const both = pooling.alloc('float32', [1, 1, 4, 4]);
        return maxPool2d(both, { ...two, kernelSize: 1, out: both });
      },
      RangeError,
      /^maxPool2d: out overlaps the input/,
    ],
    ['p of 0', () => (pooling.lpPool2d as Loose)(x(), { ...two, p: 0 }), RangeError, /p must be/],
  ];

  it.each(rows)('%s', (_, call, type, message) => {
    expect(call).toThrow(type);
    expect(call).toThrow(message);
  });

  // Every option of every kind of function with every value that it must not have. `out` and the input lie between
  // poison in one buffer; none of it changes.
  describe.each(Object.keys(REFUSED) as (keyof typeof REFUSED)[])('%s refuses', (fn) => {
    const call = (pooling[fn] as Loose).bind(pooling);
    const good = GOOD[fn];

    it.each(REFUSED[fn])('$name: $value', ({ name, value, type, message }) => {
      const buffer = new Float32Array(44).fill(-77);
      const input = { data: buffer.subarray(3, 19).fill(1), shape: [1, 1, 4, 4] };
      const { shape } = pooling[fn]({ data: ones(), shape: [1, 1, 4, 4] }, good as never);
      const out = { data: buffer.subarray(23, 23 + shape[2] * shape[3]), shape };
      const before = buffer.slice();
      for (let again = 0; again < 2; again++) {
        const error = thrownBy(() => call(input, { ...good, [name]: value, out }));
        expect(error).toBeInstanceOf(type);
        expect(error?.message).toMatch(/^\w+: /);
        expect(error?.message.startsWith(`${fn}: `), error?.message).toBe(true);
        expect(error?.message).toMatch(message);
        expect(buffer).toEqual(before);
      }
      expect(call(input, { ...good, out })).toBe(out);
      expect([...out.data]).toEqual(new Array(out.data.length).fill(1));
      out.data.fill(-77);
      expect(buffer).toEqual(before);
    });
  });

  it('lets out lie beside the input in one buffer', () => {
    const buffer = new Float32Array(20).fill(1);
    const y = maxPool2d({ data: buffer.subarray(0, 16), shape: [1, 1, 4, 4] }, { ...two, out: buffer.subarray(16) });
    expect((y as { data: Float32Array }).data).toEqual(new Float32Array(4).fill(1));
  });

  it('names the plan in the errors of its runs', () => {
    const plan = pooling.planMaxPool2d([1, 1, 4, 4], { layout: 'nchw', kernelSize: 2 });
    const run = plan.run.bind(plan) as (x?: unknown, out?: unknown) => unknown;
    expect(() => run()).toThrow(/^planMaxPool2d\.run: data must be a typed array.*got undefined$/);
    expect(() => run({ data: ones(), shape: null })).toThrow(/^planMaxPool2d\.run: shape must be an array/);
    expect(() => run(ones(), new Float32Array(5))).toThrow(/^planMaxPool2d\.run: out has 5 elements .* needs 4$/);
    expect(() => run(same, same.subarray(12))).toThrow(/^planMaxPool2d\.run: out overlaps the input/);
    expect(() => pooling.planMaxPool2d([4, 4], { kernelSize: 2, out: ones() } as never)).toThrow(
      /^planMaxPool2d: there is no option 'out'/,
    );
    expect(() => plan.run(new Float32Array(3))).toThrow(/^planMaxPool2d\.run: data has 3 elements/);
    expect(() => plan.run({ data: ones(), shape: [4, 4] })).toThrow(
      /input must have shape \[1, 1, 4, 4\], got \[4, 4\]/,
    );
    expect(() => plan.run(new Float64Array(16) as never)).toThrow(/data must be float32, got float64/);
  });
});

function thrownBy(call: () => unknown): Error | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
