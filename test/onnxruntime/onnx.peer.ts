/**
 * `wasm-pooling/onnx` beside onnxruntime-node, on seeded random attributes of every opset. Run by `npm run test:onnx`, which
 * installs what it needs; a case that differs prints the operator, its attributes and the dims and seed of its input.
 */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as onnx from '../../src/adapters/onnx.js';
import { createPooling, type Pooling } from '../../src/index.js';
import { random } from '../cases.js';
import { encodeModel } from './model.js';

/** Installed for this file alone, and so without types where it is not. */
const { InferenceSession, Tensor } = createRequire(import.meta.url)('onnxruntime-node');

type OrtTensor = onnx.OnnxResult;

const CASES = 300;
const SEED = 20;

type Attributes = Record<string, number | string | number[]>;
type Operator = (x: onnx.OnnxTensor, attributes: object, options: onnx.OnnxOptions) => onnx.OnnxResult;
const operators = onnx as unknown as Record<string, Operator>;

interface Case {
  operator: string;
  opset: number;
  attributes: Attributes;
  type: 'float32' | 'float64' | 'int8' | 'uint8';
  dims: number[];
  seed: number;
}

/** The opsets that changed an operator, and the attributes that each has added. onnxruntime has no kernels for opset 1 of all. */
const OPSETS: Record<string, Record<number, string[]>> = {
  MaxPool: { 1: [], 8: ['storage_order'], 10: ['ceil_mode', 'dilations'], 11: [], 12: [], 22: [] },
  AveragePool: { 7: ['count_include_pad'], 10: ['ceil_mode'], 11: [], 19: ['dilations'], 22: [] },
  LpPool: { 2: ['p'], 11: [], 18: ['ceil_mode', 'dilations'], 22: [] },
  GlobalMaxPool: { 1: [], 22: [] },
  GlobalAveragePool: { 1: [], 22: [] },
  GlobalLpPool: { 2: ['p'] },
};

const some = (value: unknown, test: (n: number, axis: number) => boolean): boolean =>
  Array.isArray(value) && value.some(test);

/** Where onnxruntime is known to differ. Each has to be met by a case in which it does, or is no reason any more. */
const DEVIATIONS: Record<string, (c: Case) => boolean> = {
  // ONNX: the pads of SAME are for the extent of a window. onnxruntime takes its size.
  'SAME ignores dilations': ({ attributes: a }) =>
    String(a.auto_pad).startsWith('SAME') && some(a.dilations, (d) => d > 1),
  // ONNX: there are no pads where windows leave elements out. onnxruntime: "padding values must be non-negative".
  'SAME refuses strides above the window': ({ attributes: a }) =>
    String(a.auto_pad).startsWith('SAME') && some(a.strides, (s, axis) => s > (a.kernel_shape as number[])[axis]),
};

function makeCase(operator: string, seed: number): Case {
  const next = random(seed);
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)];
  const opset = Number(pick(Object.keys(OPSETS[operator])));
  const known = Object.entries(OPSETS[operator]).flatMap(([since, names]) => (Number(since) <= opset ? names : []));
  const rank = 1 + below(3);
  const each = (make: () => number) => Array.from({ length: rank }, make);
  const spatial = each(() => 1 + below(rank === 3 ? 7 : 20));
  const types =
    operator === 'MaxPool' && opset >= 12 ? (['float32', 'float64', 'int8', 'uint8'] as const) : (['float32'] as const);
  const attributes: Attributes = {};
  if (known.includes('p') && next() < 0.7) attributes.p = 1 + below(4);
  if (!operator.startsWith('Global')) {
    const kernel = spatial.map((length) => 1 + below(Math.min(5, length)));
    attributes.kernel_shape = kernel;
    if (next() < 0.8) attributes.strides = each(() => 1 + below(4));
    if (known.includes('dilations') && next() < 0.4) {
      attributes.dilations = kernel.map((k, axis) => 1 + below(k > 1 ? Math.floor((spatial[axis] - 1) / (k - 1)) : 3));
    }
    // onnxruntime refuses pads that are not smaller than the window.
    const pads = [...kernel, ...kernel].map((k) => below(k));
    const kind = next();
    if (kind < 0.5) attributes.pads = pads;
    else if (kind < 0.8) attributes.auto_pad = pick(['SAME_UPPER', 'SAME_LOWER', 'VALID', 'NOTSET']);
    for (const flag of ['ceil_mode', 'count_include_pad', 'storage_order']) {
      if (known.includes(flag) && next() < 0.6) attributes[flag] = below(2);
    }
  }
  return { operator, opset, attributes, type: pick(types), dims: [1 + below(2), 1 + below(3), ...spatial], seed };
}

const ARRAYS = { float32: Float32Array, float64: Float64Array, int8: Int8Array, uint8: Uint8Array };

function inputOf({ type, dims, seed }: Case): OrtTensor {
  const next = random(seed + 1);
  const count = dims.reduce((product, length) => product * length, 1);
  const data = new ARRAYS[type](count);
  for (let i = 0; i < count; i++) data[i] = type.startsWith('float') ? (next() - 0.5) * 20 : Math.floor(next() * 256);
  return new Tensor(type, data, dims);
}

/** One thread, since starting more takes many times as long as a case; errors are what is asked for. */
const SESSION = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 } as const;

/** What differs, if anything. */
function difference(c: Case, x: OrtTensor, want: OrtTensor | Error, pooling: Pooling): string | undefined {
  let got: onnx.OnnxResult;
  try {
    got = operators[c.operator](x, c.attributes, { pooling });
  } catch (error) {
    // Both refuse a window that fits nowhere.
    if (error instanceof RangeError && want instanceof Error) return undefined;
    return `it is refused: ${(error as Error).message}`;
  }
  if (want instanceof Error) return `onnxruntime refuses it: ${want.message}`;
  if (String(got.dims) !== String(want.dims)) return `dims are ${got.dims}, onnxruntime's are ${want.dims}`;
  if (got.type !== want.type) return `type is ${got.type}, onnxruntime's is ${want.type}`;
  const values = want.data as Float32Array;
  for (let i = 0; i < values.length; i++) {
    // A window without elements: the maximum of nothing is −Infinity, the mean of nothing NaN. onnxruntime: the lowest
    // finite number, and 0.
    if (c.type.startsWith('float') && got.data[i] === -Infinity && values[i] < -3e38) continue;
    if (c.operator === 'AveragePool' && Number.isNaN(got.data[i]) && values[i] === 0) continue;
    const off = c.operator.endsWith('MaxPool') ? 0 : 1e-5 * (10 + Math.abs(values[i]));
    if (!(Math.abs(got.data[i] - values[i]) <= off)) {
      return `element ${i} is ${got.data[i]}, onnxruntime's is ${values[i]}`;
    }
  }
  return undefined;
}

const deviating: Record<string, number> = Object.fromEntries(Object.keys(DEVIATIONS).map((name) => [name, 0]));

it('MaxPool gives the indices that onnxruntime does', async () => {
  const poolings = [createPooling({ backend: 'ts' }), createPooling({ backend: 'wasm' })];
  let computed = 0;
  for (let i = 0; i < CASES; i++) {
    const c = makeCase('MaxPool', SEED + i);
    // Opset 8 was the first with indices. Deviations are looked at below.
    if (c.opset < 8 || Object.values(DEVIATIONS).some((deviates) => deviates(c))) continue;
    // Few different values, so that there are ties.
    const x = inputOf(c);
    for (let at = 0; at < x.data.length; at++)
      x.data[at] = Math.round(x.data[at] / (c.type.startsWith('float') ? 5 : 60));
    const model = encodeModel(c.operator, c.opset, c.attributes, c.type, c.dims.length, ['y', 'indices']);
    const session = await InferenceSession.create(model, SESSION);
    const want: { indices: onnx.OnnxIndices } | Error = await session.run({ x }).catch((error: Error) => error);
    await session.release();
    if (want instanceof Error) continue;
    computed++;
    // What onnxruntime gives for a window without elements depends on the channel.
    const indicesOf = (data: BigInt64Array, y: ArrayLike<number>) =>
      Array.from(data, (index, at) => (y[at] < -3e38 ? 'none' : String(index)));
    for (const pooling of poolings) {
      const { y, indices } = onnx.MaxPoolWithIndices(x, c.attributes as never, { pooling });
      expect([indices.dims, indices.type]).toEqual([want.indices.dims, want.indices.type]);
      const line = `${JSON.stringify(c)} on ${pooling.backend}`;
      expect(indicesOf(indices.data, y.data), line).toEqual(indicesOf(want.indices.data, y.data));
    }
  }
  expect(computed).toBeGreaterThan(CASES / 2);
});

describe.each(Object.keys(OPSETS))('%s', (operator) => {
  it('does what onnxruntime does', async () => {
    const poolings = [createPooling({ backend: 'ts' }), createPooling({ backend: 'wasm' })];
    const opsets = new Set<number>();
    let computed = 0;
    for (let i = 0; i < CASES; i++) {
      const c = makeCase(operator, SEED + i);
      const line = JSON.stringify(c);
      const x = inputOf(c);
      const model = encodeModel(c.operator, c.opset, c.attributes, c.type, c.dims.length);
      const session = await InferenceSession.create(model, SESSION);
      const want: OrtTensor | Error = await session.run({ x }).then(
        ({ y }: { y: OrtTensor }) => y,
        (error: Error) => error,
      );
      await session.release();
      const names = Object.keys(DEVIATIONS).filter((name) => DEVIATIONS[name](c));
      for (const pooling of poolings) {
        const differs = difference(c, x, want, pooling);
        if (differs !== undefined && names.length === 0) expect.fail(`${line} on ${pooling.backend}: ${differs}`);
        for (const name of names) deviating[name] += Number(differs !== undefined);
      }
      opsets.add(c.opset);
      computed += Number(!(want instanceof Error));
    }
    expect(computed).toBeGreaterThan(0.8 * CASES);
    expect([...opsets].sort((a, b) => a - b)).toEqual(Object.keys(OPSETS[operator]).map(Number));
  });
});

it.each(Object.keys(DEVIATIONS))('onnxruntime still differs where %s', (name) => {
  expect(deviating[name]).toBeGreaterThan(0);
});
