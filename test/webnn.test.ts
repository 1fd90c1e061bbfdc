/** WebNN's operations: sizes that the web platform tests expect, values beside the oracle, and errors. */
import { describe, expect, it } from 'vitest';
import * as webnn from '../src/adapters/webnn.js';
import { createPooling } from '../src/index.js';
import { random } from './cases.js';
import { pool } from './oracle.js';

type Operation = (input: object, options?: object, own?: object) => { data: Float32Array; shape: number[] };
const operations = webnn as unknown as Record<string, Operation>;
const plans = webnn as Pick<typeof webnn, 'planMaxPool2d' | 'planAveragePool2d' | 'planL2Pool2d'>;
const OPS = { maxPool2d: 'max', averagePool2d: 'avg', l2Pool2d: 'lp' } as const;
const FUNCTIONS = Object.keys(OPS) as (keyof typeof OPS)[];

describe.each(FUNCTIONS)('%s', (fn) => {
  const plan = `plan${fn[0].toUpperCase()}${fn.slice(1)}` as keyof typeof plans;

  it.each([
    [[1, 3, 4, 4], undefined, [1, 3, 1, 1]],
    [[1, 3, 4, 4], { windowDimensions: [3, 3] }, [1, 3, 2, 2]],
    [[1, 3, 5, 5], { windowDimensions: [5, 5], padding: [2, 2, 2, 2] }, [1, 3, 5, 5]],
    [[1, 3, 5, 5], { windowDimensions: [2, 2], strides: [2, 2] }, [1, 3, 2, 2]],
    // Height's two ends, then width's.
    [[1, 3, 7, 7], { windowDimensions: [4, 4], padding: [2, 1, 2, 1], strides: [2, 2] }, [1, 3, 4, 4]],
    [[1, 3, 7, 7], { windowDimensions: [4, 4], padding: [4, 3, 0, 0] }, [1, 3, 11, 4]],
    [[1, 3, 7, 7], { windowDimensions: [4, 4], padding: [1, 1, 1, 1], strides: [2, 2] }, [1, 3, 3, 3]],
    [
      [1, 3, 7, 7],
      { windowDimensions: [4, 4], padding: [1, 1, 1, 1], strides: [2, 2], outputShapeRounding: 'ceil' },
      [1, 3, 4, 4],
    ],
    [
      [1, 3, 7, 7],
      { windowDimensions: [4, 4], padding: [1, 1, 1, 1], strides: [2, 2], roundingType: 'ceil' },
      [1, 3, 4, 4],
    ],
    // Padding counts, and the rounding does not.
    [
      [1, 3, 7, 7],
      { windowDimensions: [4, 4], padding: [1, 1, 1, 1], strides: [2, 2], outputSizes: [4, 4], label: 'pool' },
      [1, 3, 4, 4],
    ],
    [
      [1, 3, 7, 7],
      {
        windowDimensions: [4, 4],
        padding: [1, 1, 1, 1],
        strides: [2, 2],
        outputSizes: [3, 3],
        outputShapeRounding: 'ceil',
      },
      [1, 3, 3, 3],
    ],
    [[1, 5, 5, 2], { windowDimensions: [3, 3], layout: 'nhwc' }, [1, 3, 3, 2]],
    [[1, 3, 4, 4], { windowDimensions: [2, 2], dilations: [2, 1] }, [1, 3, 2, 3]],
    // PyTorch and ONNX would leave out the windows that begin behind the input.
    [[1, 1, 5, 5], { windowDimensions: [1, 1], strides: [3, 3], outputShapeRounding: 'ceil' }, [1, 1, 3, 3]],
  ] as const)('of %j with %j has shape %j', (shape, options, expected) => {
    const settings = options as webnn.MLPool2dOptions | undefined;
    const planned = plans[plan]({ dataType: 'float32', shape }, settings);
    expect(planned.outputShape).toEqual(expected);
    const input = {
      data: Float32Array.from({ length: planned.inputShape.reduce((a, b) => a * b) }, (_, i) => i),
      shape,
    };
    const y = operations[fn](input, settings);
    expect(y.shape).toEqual(expected);
    expect(planned.run(input).data).toEqual(y.data);
  });

  it.each(['ts', 'wasm'] as const)('on %s does what the oracle does', (backend) => {
    const pooling = createPooling({ backend });
    let partial = 0;
    for (let seed = 0; seed < 300; seed++) {
      const next = random(seed);
      const below = (n: number) => Math.floor(next() * n);
      const pair = (make: (axis: number) => number): [number, number] => [make(0), make(1)];
      const layout = next() < 0.5 ? 'nchw' : 'nhwc';
      const spatial = pair(() => 5 + below(8));
      const channels = 1 + below(5);
      const shape = layout === 'nchw' ? [2, channels, ...spatial] : [2, ...spatial, channels];
      const options: Record<string, unknown> = { layout };
      const k = next() < 0.8 ? pair(() => 1 + below(3)) : spatial;
      const s = pair(() => 1 + below(4));
      const d = k === spatial ? [1, 1] : pair(() => 1 + below(2));
      const p = Array.from({ length: 4 }, () => below(3));
      const rounding = next() < 0.5 ? 'floor' : 'ceil';
      if (k !== spatial || next() < 0.5) options.windowDimensions = k;
      if (s.some((n) => n > 1) || next() < 0.5) options.strides = s;
      if (d.some((n) => n > 1)) options.dilations = d;
      if (p.some((n) => n > 0)) options.padding = p;
      const sizes = pair((axis) => {
        const exact = (spatial[axis] + p[2 * axis] + p[2 * axis + 1] - (d[axis] * (k[axis] - 1) + 1)) / s[axis] + 1;
        return rounding === 'floor' ? Math.floor(exact) : Math.ceil(exact);
      });
      partial += Number(rounding === 'ceil');
      if (next() < 0.3) options.outputSizes = sizes;
      else options.outputShapeRounding = rounding;
      const data = Float32Array.from({ length: 2 * channels * spatial[0] * spatial[1] }, () => next() * 20 - 10);
      const want = pool(
        {
          op: OPS[fn],
          layout,
          kind: 'window',
          kernelSize: k,
          stride: s,
          dilation: d,
          padding: [
            [p[0], p[1]],
            [p[2], p[3]],
          ],
          outputSize: sizes,
        },
        data,
        shape,
      );
      const y = operations[fn]({ data, shape }, options, { pooling });
      const line = `seed ${seed}: ${JSON.stringify(shape)} ${JSON.stringify(options)}`;
      expect(y.shape, line).toEqual(want?.shape);
      want?.values.forEach((value, i) => {
        const close = Object.is(y.data[i], value) || Math.abs(y.data[i] - value) <= 1e-5 * Math.abs(value) + 1e-5;
        if (!close) expect.fail(`${line}: element ${i} is ${y.data[i]}, should be ${value}`);
      });
    }
    expect(partial).toBeGreaterThan(50);
  });

  it('writes to out, and takes half floats', () => {
    const shape = [1, 1, 1, 2];
    const out = { data: new Float32Array(1), shape: [1, 1, 1, 1] };
    expect(operations[fn]({ data: Float32Array.of(3, 3), shape }, {}, { out })).toBe(out);
    expect(out.data[0]).toBeCloseTo({ maxPool2d: 3, averagePool2d: 3, l2Pool2d: Math.sqrt(18) }[fn], 5);
    const halves = { data: Uint16Array.of(0x4000, 0x4000), shape, dataType: 'float16' };
    // 2, 2 and √8.
    const bits = { maxPool2d: 0x4000, averagePool2d: 0x4000, l2Pool2d: 0x41a8 }[fn];
    expect([...operations[fn](halves).data]).toEqual([bits]);
    const planned = plans[plan]({ dataType: 'float16', shape });
    expect([...planned.run(halves.data).data]).toEqual([bits]);
  });

  const input = { data: new Float32Array(16), shape: [1, 1, 4, 4] };

  it.each([
    [undefined, undefined, /input must be a tensor { data, shape }, got undefined$/],
    [{ ...input, shape: [1, 4, 4] }, {}, /input must have 4 axes, got shape \[1, 4, 4\]$/],
    [{ ...input, shape: [1, 1, 4, 5] }, {}, /data has 16 elements but shape \[1, 1, 4, 5\] needs 20$/],
    [{ ...input, data: new BigInt64Array(16) }, {}, /data type must be float32, float16.*, got "BigInt64Array"$/],
    [{ ...input, dataType: 'int64' }, {}, /data type must be float32, float16.*, got "int64"$/],
    [{ ...input, dataType: 'float16' }, {}, /data must be float16, got float32$/],
    [input, 3, /options must be an object, got 3$/],
    [input, { windowSize: 2 }, /there is no option 'windowSize'; the options are windowDimensions, /],
    [input, { windowDimensions: 2 }, /windowDimensions must be a list of 2 numbers, got 2$/],
    [input, { windowDimensions: [2] }, /windowDimensions must have 2 numbers, got \[2\]$/],
    [input, { windowDimensions: [0, 2] }, /windowDimensions must hold whole numbers of at least 1 .*, got 0$/],
    [
      input,
      { windowDimensions: [5, 1] },
      /a window of extent 5 does not fit a height of 4 elements with padding \[0, 0\]$/,
    ],
    [input, { strides: [0, 1] }, /strides must hold .*, got 0$/],
    [input, { dilations: [1, 1.5] }, /dilations must hold .*, got 1.5$/],
    [input, { padding: [1, 1] }, /padding must have 4 numbers, got \[1, 1\]$/],
    [input, { padding: [1, 1, 1, -1] }, /padding must hold whole numbers of at least 0 .*, got -1$/],
    [input, { layout: 'hwcn' }, /layout must be "nchw" or "nhwc", got "hwcn"$/],
    [input, { outputShapeRounding: 'round' }, /outputShapeRounding must be "floor" or "ceil", got "round"$/],
    [
      input,
      { windowDimensions: [3, 3], strides: [2, 2], outputSizes: [1, 2] },
      /outputSizes must be \[1, 1\] or \[2, 2\], got \[1, 2\]$/,
    ],
    [input, { outputSizes: [0, 0] }, /outputSizes must hold .*, got 0$/],
  ])('refuses %#', (given, options, message) => {
    const own = { out: new Float32Array(16) };
    let thrown: unknown;
    try {
      operations[fn](given as object, options as object, own);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expect((thrown as Error).message).toMatch(new RegExp(`^${fn}: `));
    expect((thrown as Error).message).toMatch(message);
  });

  it('refuses what is no pooling, and a plan of what is no descriptor', () => {
    expect(() => operations[fn](input, {}, { pooling: 1 })).toThrow(
      /: pooling must be what createPooling gives, got 1$/,
    );
    expect(() => operations[fn](input, {}, { pool: 1 })).toThrow(
      /: there is no option 'pool'; the options are out, pooling$/,
    );
    expect(() => operations[plan](input)).toThrow(
      `${fn}: input must be a descriptor { dataType, shape }, got an object of data, shape`,
    );
  });
});

it.each(['averagePool2d', 'l2Pool2d'] as const)('%s is for floats', (fn) => {
  const input = { data: new Int8Array(4), shape: [1, 1, 2, 2] };
  expect(() => operations[fn](input)).toThrow(new TypeError(`${fn}: data type must be float32, float16, got "int8"`));
  expect([...webnn.maxPool2d({ ...input, data: Int8Array.of(-3, -2, -4, -5) }).data]).toEqual([-2]);
});
