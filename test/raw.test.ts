/** The kernels on a host's own memory. */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/index.js';
import { createRaw } from '../src/raw.js';
import { random } from './cases.js';

const POISON = 0x5a;
const align = (n: number) => Math.ceil(n / 16) * 16;

describe('on a memory that is full of other things', () => {
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
      const memory = new WebAssembly.Memory({ initial: 16 });
      const bytes = new Uint8Array(memory.buffer).fill(POISON);
      const raw = createRaw(memory) as unknown as Record<
        string,
        (shape: readonly number[], options: object) => ReturnType<ReturnType<typeof createRaw>['maxPool2d']>
      >;
      const pool = raw[fn](shape, options);
      // With gaps of 16 bytes, out of order.
      const y = 48;
      const workspace = y + align(pool.outputBytes) + 16;
      const x = workspace + align(pool.workspaceBytes) + 16;
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

describe('refuses', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const pool = createRaw(memory).maxPool2d([4, 4], { kernelSize: 2 });

  it.each([
    ['addresses that are not aligned', 4, 256, 512, /x must be an address that is a multiple of 16, got 4/],
    ['fractions', 0.5, 256, 512, /x must be an address/],
    ['regions behind the end', 0, 65536 - 16, 65536, /behind the memory's 65536 bytes/],
    ['regions that overlap', 0, 48, 512, /x overlaps y/],
  ])('%s', (_, x, y, workspace, message) => {
    new Uint8Array(memory.buffer).fill(POISON);
    expect(() => pool.run(x, y, workspace)).toThrow(message);
    expect(new Uint8Array(memory.buffer).every((byte) => byte === POISON)).toBe(true);
  });

  it('what is no memory', () => {
    expect(() => createRaw({} as never)).toThrow(/createRaw: memory must be a WebAssembly.Memory/);
  });

  it('nothing at address 0', () => {
    new Float32Array(memory.buffer, 0, 16).fill(3);
    pool.run(0, 64, 128);
    expect([...new Float32Array(memory.buffer, 64, 4)]).toEqual([3, 3, 3, 3]);
  });
});
