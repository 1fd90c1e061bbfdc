/** The kernels on a host's own memory. */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/index.js';
import { createRaw } from '../src/raw.js';
import { random, sameBytes } from './cases.js';

const POISON = 0x5a;
const align = (n: number) => Math.ceil(n / 16) * 16;

describe.each(['unshared', 'shared'])('on %s memory that is full of other things', (kind) => {
  const cases = [
    ['maxPool2d', [1, 2, 7, 5], { layout: 'nchw', kernelSize: 2 }],
    ['maxPool2d', [1, 3, 9, 11], { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 }],
    ['avgPool2d', [2, 3, 15, 14], { layout: 'nchw', kernelSize: 3, stride: 1, padding: 1, countIncludePad: true }],
    ['maxPool2d', [1, 30, 31], { layout: 'chw', kernelSize: 13, stride: 1, padding: 6 }],
    ['avgPool2d', [1, 30, 31], { layout: 'chw', kernelSize: 21, stride: 1, padding: 10 }],
    ['maxPool2d', [1, 9, 9, 5], { layout: 'nhwc', kernelSize: 3, stride: 2 }],
    ['maxPool2d', [7, 7, 3], { layout: 'hwc', kernelSize: [3, 2], dilation: [2, 1] }],
    ['globalAvgPool2d', [1, 5, 7, 7], { layout: 'nchw' }],
    ['adaptiveMaxPool2d', [1, 5, 7, 9], { layout: 'nchw', outputSize: 4 }],
    ['maxPool1d', [2, 3, 33], { layout: 'ncw', kernelSize: 3, stride: 2, padding: 1 }],
    ['maxPool3d', [1, 2, 5, 6, 7], { layout: 'ncdhw', kernelSize: 2 }],
  ] as const;

  it.each(cases)('%s of %j with %j', (fn, shape, options) => {
    const next = random(shape.length);
    const count = shape.reduce((product: number, length) => product * length, 1);
    for (const holds of ['numbers', 'NaN'] as const) {
      const data = Float32Array.from({ length: count }, (_, i) =>
        holds === 'NaN' && i === count >> 1 ? NaN : next() - 0.5,
      );
      const memory = new WebAssembly.Memory({ initial: 16, maximum: 16, shared: kind === 'shared' });
      const bytes = new Uint8Array(memory.buffer).fill(POISON);
      const raw = createRaw(memory) as unknown as Record<
        string,
        (shape: readonly number[], options: object) => ReturnType<ReturnType<typeof createRaw>['maxPool2d']>
      >;
      const pool = raw[fn](shape, options);
      // Out of order, with gaps, and at multiples of nothing more than what is asked for.
      const y = 52;
      const workspace = 48 + align(pool.outputBytes) + 24;
      const x = workspace + align(pool.workspaceBytes) + 12;
      new Float32Array(memory.buffer, x, count).set(data);
      pool.run(x, y, workspace);
      const want = (
        createPooling({ backend: 'ts' }) as unknown as Record<
          string,
          (x: object, options: object) => { data: Float32Array; shape: number[] }
        >
      )[fn]({ data, shape }, options);
      expect(pool.outputShape).toEqual(want.shape);
      const got = new Float32Array(memory.buffer, y, want.data.length);
      want.data.forEach((value, i) => {
        if (Number.isNaN(value)) expect(got[i]).toBeNaN();
        else expect(got[i]).toBeCloseTo(value, 5);
      });
      expect(new Float32Array(memory.buffer, x, count)).toEqual(data);
      const regions = [
        [x, pool.inputBytes],
        [y, pool.outputBytes],
        [workspace, pool.workspaceBytes],
      ];
      for (let at = 0; at < bytes.length; at++) {
        const inside = regions.some(([start, length]) => at >= start && at < start + length);
        if (!inside && bytes[at] !== POISON) expect.fail(`byte ${at} was written to`);
      }
    }
  });
});

describe.each<[shape: [number, number, number], window: object]>([
  [[2, 9, 7], { kernelSize: 3, stride: 2 }],
  // The first window begins before the tensor does.
  [[2, 9, 7], { kernelSize: 3, stride: 2, padding: 1 }],
  [[2, 9, 7], { kernelSize: 3, stride: 1, padding: 1 }],
  [[2, 9, 7], { kernelSize: 2, stride: 1, padding: 1 }],
  [[2, 9, 7], { kernelSize: 9, stride: 1, padding: 4 }],
  // Rows that are read on behind their end, if there is something.
  [[2, 14, 14], { kernelSize: 3, stride: 2, padding: 1 }],
  [[2, 12, 12], { kernelSize: 3, stride: 2 }],
  [[2, 10, 27], { kernelSize: 3, stride: 2 }],
  [
    [2, 11, 12],
    {
      kernelSize: 3,
      stride: 2,
      padding: [
        [0, 2],
        [0, 0],
      ],
    },
  ],
])('at address 0, %j with %j', (shape, window) => {
  const options = { layout: 'chw', kernelSize: 1, ...window } as const;
  const next = random(7);
  const data = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, () => next() - 0.5);
  const want = createPooling({ backend: 'ts' }).maxPool2d({ data, shape }, options);

  it.each([
    ['x', ['x', 'y', 'workspace']],
    ['y', ['y', 'workspace', 'x']],
    ['the workspace', ['workspace', 'x', 'y']],
  ])('is %s', (_, order) => {
    // The last region ends where the memory does.
    const memory = new WebAssembly.Memory({ initial: 1 });
    const pool = createRaw(memory).maxPool2d(shape, options);
    const bytes: Record<string, number> = {
      x: pool.inputBytes,
      y: pool.outputBytes,
      workspace: pool.workspaceBytes,
    };
    new Uint8Array(memory.buffer).fill(POISON);
    const at: Record<string, number> = { [order[0]]: 0 };
    at[order[1]] = align(bytes[order[0]]);
    at[order[2]] = 65536 - align(bytes[order[2]]);
    new Float32Array(memory.buffer, at.x, data.length).set(data);
    for (let again = 0; again < 2; again++) pool.run(at.x, at.y, at.workspace);
    expect(new Float32Array(memory.buffer, at.y, want.data.length)).toEqual(want.data);
    expect(new Float32Array(memory.buffer, at.x, data.length)).toEqual(data);
    const between = new Uint8Array(memory.buffer).subarray(at[order[1]] + align(bytes[order[1]]), at[order[2]]);
    expect(between.every((byte) => byte === POISON)).toBe(true);
  });
});

it.each([
  ['its memory', false],
  ['a memory shared between threads', true],
])('goes on when the host has grown %s, and shares one with other poolings', (_, shared) => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared });
  const raw = createRaw(memory);
  expect(raw.memory).toBe(memory);
  const max = raw.maxPool2d([4, 4], { kernelSize: 2 });
  const avg = raw.avgPool2d([4, 4], { kernelSize: 2, dtype: 'float64' });
  const workspace = 65536;
  expect(() => max.run(0, 64, workspace)).toThrow(/behind the memory's 65536 bytes/);
  memory.grow(1);
  for (let round = 0; round < 3; round++) {
    // Each finds in the workspace what the other has left there.
    new Float32Array(memory.buffer, 0, 16).set(Float32Array.from({ length: 16 }, (_, i) => i + round));
    max.run(0, 64, workspace);
    expect([...new Float32Array(memory.buffer, 64, 4)]).toEqual([5, 7, 13, 15].map((value) => value + round));
    new Float64Array(memory.buffer, 256, 16).set(Float64Array.from({ length: 16 }, (_, i) => i + round));
    avg.run(256, 512, workspace);
    expect([...new Float64Array(memory.buffer, 512, 4)]).toEqual([2.5, 4.5, 10.5, 12.5].map((value) => value + round));
  }
  expect([max.dtype, avg.dtype]).toEqual(['float32', 'float64']);
  expect([max.inputBytes, max.outputBytes, avg.inputBytes, avg.outputBytes]).toEqual([64, 16, 128, 32]);
});

it('does large windows in bands as large as an instance has', () => {
  const shape = [1080, 1920];
  const raw = createRaw(new WebAssembly.Memory({ initial: 200 }));
  const options = { kernelSize: 101, stride: 1, dtype: 'uint8' } as const;
  const pool = raw.avgPool2d(shape, options);
  // The rows of three windows, as float32.
  expect(pool.workspaceBytes).toBeGreaterThan(3 * 101 * 1920 * 4);
  const [x, y, workspace] = [0, align(pool.inputBytes), align(pool.inputBytes) + align(pool.outputBytes)];
  const data = Uint8Array.from({ length: 1080 * 1920 }, (_, i) => (i * 7919) % 251);
  new Uint8Array(raw.memory.buffer, x, data.length).set(data);
  pool.run(x, y, workspace);
  const want = createPooling({ backend: 'wasm' }).avgPool2d({ data, shape }, { kernelSize: 101, stride: 1 });
  // So many elements take long to compare one by one.
  expect(sameBytes(new Uint8Array(raw.memory.buffer, y, pool.outputBytes), want.data)).toBe(true);
});

describe('refuses', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const pool = createRaw(memory).maxPool2d([4, 4], { kernelSize: 2 });

  it.each([
    ['an x that is not aligned', 2, 256, 512, /^maxPool2d: x must be an address that is a multiple of 4, got 2$/],
    ['a y that is not aligned', 0, 258, 512, /^maxPool2d: y must be an address .*multiple of 4, got 258$/],
    ['a workspace that is not aligned', 0, 256, 516, /^maxPool2d: workspace must be an .*multiple of 8, got 516$/],
    ['a fraction', 0.5, 256, 512, /x must be an address .*got 0\.5$/],
    ['a negative address', -16, 256, 512, /x must be an address .*got -16$/],
    ['NaN', 0, NaN, 512, /y must be an address .*got NaN$/],
    ['an address that is none', 0, 256, '512', /workspace must be a number, got "512"$/],
    ['no workspace', 0, 256, undefined, /workspace must be a number, got undefined$/],
    ['an address that wraps around', 2 ** 32, 256, 512, /x ends at 4294967360, behind the memory's 65536 bytes$/],
    ['an x behind the end', 65536 - 48, 256, 512, /x ends at 65552, behind the memory's 65536 bytes$/],
    ['a y behind the end', 0, 65536, 512, /y ends at 65552, behind the memory's 65536 bytes$/],
    ['a workspace behind the end', 0, 256, 65536 - 16, /workspace ends at \d+, behind the memory's 65536 bytes$/],
    ['an x that overlaps y', 0, 48, 512, /x overlaps y$/],
    ['a y before x that overlaps it', 64, 112, 512, /x overlaps y$/],
    ['an x that overlaps the workspace', 512, 0, 512, /x overlaps workspace$/],
    ['a y that overlaps the workspace', 0, 528, 512, /y overlaps workspace$/],
  ])('%s', (_, x, y, workspace, message) => {
    new Uint8Array(memory.buffer).fill(POISON);
    const error = thrownBy(() => pool.run(x, y, workspace as number));
    expect(error).toBeInstanceOf(typeof workspace === 'number' ? RangeError : TypeError);
    expect(error?.message).toMatch(message);
    expect(new Uint8Array(memory.buffer).every((byte) => byte === POISON)).toBe(true);
  });

  it.each([
    [
      'what is no memory',
      () => createRaw({} as never),
      TypeError,
      /^createRaw: memory must be a .*, got an object of nothing$/,
    ],
    [
      'no options',
      () => createRaw(memory, null as never),
      TypeError,
      /^createRaw: options must be an object, got null$/,
    ],
    [
      'a misspelt option',
      () => createRaw(memory, { modul: 1 } as never),
      TypeError,
      /^createRaw: there is no option 'modul'; the only option is module$/,
    ],
    [
      'a module that is none',
      () => createRaw(memory, { module: 1 as never }),
      TypeError,
      /^createRaw: module must be a WebAssembly.Module, got 1$/,
    ],
    [
      'an op without a kernel',
      () => createRaw(memory).lpPool2d([4, 4], { kernelSize: 2, p: 3 }),
      RangeError,
      /^lpPool2d: there is no WebAssembly kernel for norms with p of 3; /,
    ],
    [
      'windows that differ from plane to plane',
      () => createRaw(memory).fractionalMaxPool2d([4, 4], { kernelSize: 2, outputSize: 2 }),
      RangeError,
      /^fractionalMaxPool2d: there is no WebAssembly kernel for fractional windows; /,
    ],
    [
      'what every pooling refuses',
      () => createRaw(memory).maxPool2d([4, 4], { kernelSize: 5 }),
      RangeError,
      /^maxPool2d: a window of extent 5 does not fit/,
    ],
  ])('%s', (_, call, type, message) => {
    const error = thrownBy(call);
    expect(error).toBeInstanceOf(type);
    expect(error?.message).toMatch(message);
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
