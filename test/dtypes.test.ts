/**
 * What only some dtypes have: half-precision floats as bits, rounding of integers, sums that need room, images.
 */
import { describe, expect, it } from 'vitest';
import { createPooling, type DType, type Rounding } from '../src/index.js';
import { DTYPES } from '../src/tensor.js';
import { halfValue, random } from './cases.js';

describe.each(['ts', 'wasm'] as const)('%s', (backend) => {
  const pooling = createPooling({ backend });

  describe('float16 as bits', () => {
    const every = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
    const isNaNBits = (bits: number) => (bits & 0x7fff) > 0x7c00;
    const half = { dtype: 'float16' } as const;

    it.each(['maxPool1d', 'minPool1d', 'avgPool1d', 'sumPool1d'] as const)('%s of one element is the element', (fn) => {
      const { data } = pooling[fn]({ data: every, shape: [65536] }, { ...half, kernelSize: 1 });
      expect(data).toBeInstanceOf(Uint16Array);
      for (let bits = 0; bits < 65536; bits++) {
        if (isNaNBits(bits)) expect(isNaNBits(data[bits]), `${bits}`).toBe(true);
        // The sign of zero is open.
        else if (data[bits] !== bits && (bits & 0x7fff) !== 0) expect.fail(`${bits} became ${data[bits]}`);
      }
    });

    it('orders every half as its value', () => {
      const next = random(1);
      const data = every.map(() => next() * 65536);
      for (const fn of ['maxPool1d', 'minPool1d'] as const) {
        const got = pooling[fn]({ data, shape: [65536] }, { ...half, kernelSize: 2 }).data;
        for (let i = 0; i < got.length; i++) {
          const want = Math[fn === 'maxPool1d' ? 'max' : 'min'](halfValue(data[2 * i]), halfValue(data[2 * i + 1]));
          const value = halfValue(got[i]);
          if (value !== want && !(value !== value && want !== want)) expect.fail(`${fn}, ${i}: ${value}, not ${want}`);
        }
      }
    });

    it('rounds what is halfway between two halves to the even one, once', () => {
      for (const sign of [0, 0x8000]) {
        const pairs = new Uint16Array(2 * 0x7bff);
        for (let bits = 0; bits < 0x7bff; bits++) pairs.set([sign | bits, sign | (bits + 1)], 2 * bits);
        const got = pooling.avgPool1d({ data: pairs, shape: [pairs.length] }, { ...half, kernelSize: 2 }).data;
        for (let bits = 0; bits < 0x7bff; bits++) {
          const want = sign | (bits + (bits & 1));
          if (got[bits] !== want && (want & 0x7fff) !== 0) expect.fail(`between ${bits} and the next: ${got[bits]}`);
        }
        const closer = new Uint16Array(3 * 0x7bff);
        for (let bits = 0; bits < 0x7bff; bits++) {
          closer.set([sign | bits, sign | bits, sign | (bits + 1)], 3 * bits);
        }
        const near = pooling.avgPool1d({ data: closer, shape: [closer.length] }, { ...half, kernelSize: 3 }).data;
        for (let bits = 1; bits < 0x7bff; bits++) expect(near[bits]).toBe(sign | bits);
      }
    });

    it('overflows to infinity from halfway to the next power of two', () => {
      const sum = (...values: number[]) =>
        pooling.globalSumPool1d({ data: Uint16Array.from(values), shape: [values.length] }, half).data[0];
      // 65504 + 8 + 4 is 65516 and nearest to 65504, 65504 + 16 is 65520 and as near to 65536.
      expect(sum(0x7bff, 0x4800, 0x4400)).toBe(0x7bff);
      expect(sum(0x7bff, 0x4c00)).toBe(0x7c00);
      expect(sum(0xfbff, 0xcc00)).toBe(0xfc00);
    });

    it('writes bits to a given array, and the plan of the same takes them', () => {
      const out = new Uint16Array(2);
      const x = { data: Uint16Array.of(0x3c00, 0x4000, 0xbc00, 0x8000), shape: [4] };
      expect(pooling.maxPool1d(x, { ...half, kernelSize: 2, out }).data).toBe(out);
      expect([...out]).toEqual([0x4000, 0x8000]);
      expect([...pooling.planMaxPool1d([4], { ...half, kernelSize: 2 }).run(x).data]).toEqual([0x4000, 0x8000]);
    });
  });

  describe('averages of integers', () => {
    const shapes: [DType, number[]][] = [
      ['int8', [-128, 127, -1, 1, 0]],
      ['uint8', [0, 255, 1, 2]],
      ['int32', [-2147483648, 2147483647, -1, 1]],
      ['uint32', [4294967295, 4294967294, 0, 1]],
    ];

    it.each(shapes)('of %s are exact before they are rounded', (dtype, values) => {
      const next = random(2);
      for (let count = 1; count <= 60; count++) {
        const list = Array.from({ length: count }, () => values[Math.floor(next() * values.length)]);
        const data = new DTYPES[dtype].Elements(count);
        (data as Int32Array).set(list);
        for (const rounding of ['half-away', 'trunc', 'half-even'] satisfies Rounding[]) {
          const [got] = pooling.globalAvgPool1d({ data, shape: [count] }, { rounding }).data;
          expect(got, `${rounding} of ${list.join()}`).toBe(Number(mean(list, rounding)));
        }
      }
    });

    it('stay within their type whatever the divisor', () => {
      const x = { data: Uint8Array.of(200, 200), shape: [2] };
      expect([...pooling.avgPool1d(x, { kernelSize: 2, divisorOverride: 1 }).data]).toEqual([255]);
      expect([...pooling.avgPool1d(x, { kernelSize: 2, divisorOverride: -2 }).data]).toEqual([0]);
    });

    it('are 0 of nothing', () => {
      const x = { data: Int16Array.of(5), shape: [1] };
      expect([...pooling.avgPool1d(x, { kernelSize: 1, padding: 1 }).data]).toEqual([0, 5, 0]);
    });
  });

  describe('sums of integers', () => {
    it.each([
      ['int8', 'int32'],
      ['int16', 'int32'],
      ['uint8', 'uint32'],
      ['uint8-clamped', 'uint32'],
      ['uint16', 'uint32'],
      ['int32', 'float64'],
      ['uint32', 'float64'],
    ] as const)('of %s are %s', (dtype, result) => {
      const { Elements, highest } = DTYPES[dtype];
      const data = (new Elements(4) as Int32Array).fill(highest);
      const plan = pooling.planSumPool1d([4], { dtype, kernelSize: 4 });
      expect(plan.resultDType).toBe(result);
      const y = plan.run({ data: data as never, shape: [4] });
      expect(y.data).toBeInstanceOf(DTYPES[result].Elements);
      expect(y.data[0]).toBe(4 * highest);
    });

    it('refuse windows whose sum may not fit', () => {
      const plan = (count: number) => pooling.planSumPool1d([count], { dtype: 'int16', kernelSize: count });
      expect(plan(65536).run(new Int16Array(65536).fill(-32768)).data[0]).toBe(-(2 ** 31));
      expect(() => plan(65537)).toThrow(RangeError);
    });
  });

  it('norms are of floats only', () => {
    const x = { data: new Int8Array(4), shape: [4] };
    expect(() => pooling.lpPool1d(x, { kernelSize: 2 })).toThrow(TypeError);
  });

  it('an image goes in as it is', () => {
    const image = { data: Uint8ClampedArray.from({ length: 4 * 2 * 4 }, (_, i) => i), width: 4, height: 2 };
    const y = pooling.maxPool2d(image, { kernelSize: 2 });
    expect(y.shape).toEqual([1, 2, 4]);
    expect(y.data).toEqual(Uint8ClampedArray.of(20, 21, 22, 23, 28, 29, 30, 31));
    expect(pooling.maxPool2d(image, { layout: 'hwc', kernelSize: 2 }).data).toEqual(y.data);
    expect(() => pooling.maxPool2d(image, { layout: 'chw', kernelSize: 2 })).toThrow(RangeError);
    expect(() => pooling.maxPool2d({ ...image, height: 3 }, { kernelSize: 2 })).toThrow(RangeError);
    // Three axes, but not three that are pooled.
    expect(() => pooling.maxPool3d(image, { kernelSize: 2 })).toThrow(
      /^maxPool3d: an image has 2 spatial axes, not 3$/,
    );
    expect(() => pooling.globalMaxPool1d(image, { layout: 'nwc' })).toThrow(/: an image has 2 spatial axes, not 1$/);
  });

  it('norms of values whose squares float32 does not hold are exact but for some windows in WebAssembly', () => {
    const norm = (value: number, kernelSize: number) => {
      const x = { data: new Float32Array(20 * 20).fill(value), shape: [20, 20] };
      return pooling.lpPool2d(x, { kernelSize }).data[0] / (Math.fround(value) * kernelSize);
    };
    for (const kernelSize of [2, 3, 10, 11, 20]) {
      // Up to 10 x 10, and a whole plane.
      const loses = backend === 'wasm' && kernelSize !== 11;
      for (const value of [1e-19, 1, 1e17]) expect(Math.abs(norm(value, kernelSize) - 1)).toBeLessThan(1e-6);
      for (const value of [1e-20, 1e-24, 1e20, 1e30]) {
        const got = norm(value, kernelSize);
        if (!loses) expect(Math.abs(got - 1), `${value}`).toBeLessThan(1e-6);
        else if (value === 1e-24) expect(got).toBe(0);
        else if (value > 1) expect(got).toBe(Infinity);
        else expect(Math.abs(got - 1)).toBeLessThan(1e-4);
      }
    }
  });

  it('a call like the one before, with the same objects changed, is a new call', () => {
    const x = { data: Float32Array.from({ length: 16 }, (_, i) => i), shape: [4, 4] };
    const kernelSize: [number, number] = [2, 2];
    const options = { kernelSize };
    expect(pooling.maxPool2d(x, options).shape).toEqual([2, 2]);
    kernelSize[0] = 4;
    expect(pooling.maxPool2d(x, options).shape).toEqual([1, 2]);
    expect(() => pooling.maxPool2d(x, { ...options, dilatoin: 1 } as never)).toThrow(TypeError);
    x.shape[1] = 2;
    expect(() => pooling.maxPool2d(x, options)).toThrow(RangeError);
  });
});

/** The rounded mean, in exact integers. */
function mean(list: readonly number[], rounding: Rounding): bigint {
  const sum = list.reduce((total, x) => total + BigInt(x), 0n);
  const count = BigInt(list.length);
  const size = sum < 0n ? -sum : sum;
  const whole = size / count;
  const twice = 2n * (size % count);
  const up =
    rounding !== 'trunc' && (twice > count || (twice === count && (rounding === 'half-away' || whole % 2n === 1n)));
  return (sum < 0n ? -1n : 1n) * (up ? whole + 1n : whole);
}
