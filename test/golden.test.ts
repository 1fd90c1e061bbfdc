/**
 * Values that PyTorch, JAX and onnxruntime computed. What a case needs that the library does not have is counted, so that
 * no case is left out without being noticed.
 */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/gradients.js';
import type { DType, Tensor, TypedArray } from '../src/index.js';
import { DTYPES } from '../src/tensor.js';

interface GoldenTensor {
  dtype: string;
  shape: number[];
  data: (number | string)[];
}

interface Golden {
  id: string;
  op: string;
  mode?: string;
  dims: number;
  layout: 'NCHW' | 'NHWC';
  batched: boolean;
  attrs: {
    kernel: number[];
    strides: number[];
    dilations: number[];
    pads?: { begin: number[]; end: number[] };
    autoPad?: 'same-upper' | 'same-lower' | 'valid';
    ceil?: 'none' | 'torch';
    outputSizes?: number[];
    countIncludePad?: boolean;
    divisorOverride?: number;
    p?: number;
    nan?: string;
    allowEmptyOutput?: boolean;
    indexBase?: 'plane' | 'onnx' | 'onnx1';
  };
  inputs: { x: GoldenTensor; samples?: GoldenTensor; dy?: GoldenTensor; indices?: GoldenTensor };
  outputs: { y?: GoldenTensor; indices?: GoldenTensor; dx?: GoldenTensor };
  check: { exact?: true; rtol: number; atol: number };
  expect?: 'throw';
  profile?: string;
}

/** How many cases run, and why the others do not. */
const COUNTS: Record<string, Record<string, number>> = {
  pytorch: { run: 299, 'refused by pytorch alone': 6, 'refused crop': 4 },
  jax: { run: 114, 'empty output': 2 },
  onnxruntime: { run: 114, 'refused by onnx alone': 4 },
};

/** How many of them say where results came from, give gradients, unpool. */
const KINDS: Record<string, Record<string, number>> = {
  pytorch: { indices: 104, gradient: 67, unpooling: 12 },
  jax: { gradient: 26 },
  onnxruntime: { indices: 25, unpooling: 6 },
};

const INDEXINGS = { plane: 'plane', onnx: 'tensor', onnx1: 'tensor-column-major' } as const;

const LETTERS = ['', 'w', 'hw', 'dhw'];

function layoutOf({ dims, layout, batched }: Golden): string {
  const spatial = LETTERS[dims];
  return (batched ? 'n' : '') + (layout === 'NCHW' ? `c${spatial}` : `${spatial}c`);
}

/** Why a case cannot be run, if it cannot. */
function missing(golden: Golden): string | undefined {
  // One framework's refusals are not ours: padding of more than half the window, say.
  if (golden.expect === 'throw' && golden.profile !== undefined) return `refused by ${golden.profile} alone`;
  if (golden.expect === 'throw' && golden.attrs.pads?.begin.some((n) => n < 0)) return 'refused crop';
  // An empty axis where we refuse a window that fits nowhere.
  if (golden.attrs.allowEmptyOutput) return 'empty output';
  return undefined;
}

function optionsOf(golden: Golden): Record<string, unknown> {
  const { attrs } = golden;
  const op = golden.op.replace('Grad', '');
  const options: Record<string, unknown> = { layout: layoutOf(golden) };
  if (golden.mode === 'lp') options.p = attrs.p;
  if (op === 'globalPool') return options;
  if (op === 'adaptivePool') return { ...options, outputSize: attrs.outputSizes };
  options.kernelSize = attrs.kernel;
  if (op === 'fractionalPool') {
    return { ...options, outputSize: attrs.outputSizes, samples: golden.inputs.samples };
  }
  options.stride = attrs.strides;
  options.dilation = attrs.dilations;
  if (attrs.pads) options.padding = attrs.pads.begin.map((n, axis) => [n, attrs.pads?.end[axis]]);
  if (attrs.autoPad) options.padding = attrs.autoPad === 'same-upper' ? 'same' : attrs.autoPad;
  if (attrs.ceil === 'torch') options.ceilMode = true;
  if (attrs.countIncludePad) options.countIncludePad = true;
  if (attrs.divisorOverride !== undefined) options.divisorOverride = attrs.divisorOverride;
  if (op === 'maxUnpool') {
    delete options.ceilMode;
    options.outputSize = attrs.outputSizes;
  }
  return options;
}

function functionOf({ op, mode, dims }: Golden): string {
  const capital = `${mode?.[0].toUpperCase()}${mode?.slice(1)}`;
  const kind = op.replace('Pool', '').replace('pool', '').replace('Grad', '');
  return `${kind}${kind ? capital : mode}Pool${dims}d`;
}

type Loose = Record<string, (...args: unknown[]) => Tensor & { indices?: Tensor }>;

/** What the library makes of a case, by the name of the golden output. */
function resultsOf(pooling: Loose, golden: Golden): Record<string, Tensor | undefined> {
  const { op, mode, dims, inputs, outputs, attrs } = golden;
  const options = optionsOf(golden);
  const indexing = attrs.indexBase && INDEXINGS[attrs.indexBase];
  const indices = inputs.indices && { ...inputs.indices, data: Int32Array.from(inputs.indices.data, Number) };
  const dy = inputs.dy && tensorOf(inputs.dy);
  if (op === 'maxUnpool') {
    return { y: pooling[`maxUnpool${dims}d`](tensorOf(inputs.x), indices, { ...options, indexing }) };
  }
  if (op === 'maxUnpoolGrad')
    return { dx: pooling[`maxUnpool${dims}dBackward`](dy, indices, { ...options, indexing }) };
  const fn = functionOf(golden);
  const x = tensorOf(inputs.x);
  if (op.endsWith('Grad')) {
    const linear = mode === 'avg' || mode === 'sum';
    const dx = pooling[`${fn}Backward`](dy, { ...options, ...(linear ? { inputShape: x.shape } : { x }) });
    if (linear || mode === 'lp') return { dx };
    // The same by way of the indices.
    const found = pooling[`${fn}WithIndices`](x, options).indices;
    expect(pooling[`${fn}Backward`](dy, { ...options, indices: found, inputShape: x.shape })).toEqual(dx);
    return { dx };
  }
  if (outputs.indices === undefined) return { y: pooling[fn](x, options) };
  const y = pooling[`${fn}WithIndices`](x, { ...options, indexing });
  return { y, indices: y.indices };
}

function tensorOf({ dtype, shape, data }: GoldenTensor): Tensor {
  const { Elements } = DTYPES[dtype as DType];
  const array = new Elements(data.length) as TypedArray;
  data.forEach((value, i) => {
    array[i] = Number(value);
  });
  return { data: array, shape };
}

describe.each(['ts', 'wasm'] as const)('%s', (backend) => {
  const pooling = createPooling({ backend }) as unknown as Loose;

  it.each(Object.keys(COUNTS))('%s', async (framework) => {
    const { cases } = (await import(`./fixtures/golden/${framework}.json`)) as { cases: Golden[] };
    const counts: Record<string, number> = { run: 0 };
    const kinds: Record<string, number> = {};
    const count = (kind: string, is: boolean) => {
      if (is) kinds[kind] = (kinds[kind] ?? 0) + 1;
    };
    for (const golden of cases) {
      const reason = missing(golden);
      counts[reason ?? 'run'] = (counts[reason ?? 'run'] ?? 0) + 1;
      if (reason !== undefined) continue;
      count('indices', golden.outputs.indices !== undefined);
      count('gradient', golden.op.endsWith('Grad'));
      count('unpooling', golden.op === 'maxUnpool');
      if (golden.expect === 'throw') {
        expect(() => resultsOf(pooling, golden), golden.id).toThrow(RangeError);
        continue;
      }
      const got = resultsOf(pooling, golden);
      const outputs = Object.entries(golden.outputs);
      expect(outputs.length, golden.id).toBeGreaterThan(0);
      for (const [name, want] of outputs) compare(golden, name, got[name], want);
    }
    expect(counts).toEqual(COUNTS[framework]);
    expect(kinds).toEqual(KINDS[framework]);
  });
});

function compare({ id, check }: Golden, name: string, got: Tensor | undefined, want: GoldenTensor): void {
  if (got === undefined) expect.fail(`${id}: there is no ${name}`);
  expect(got.shape, `${id}: ${name}`).toEqual(want.shape);
  // Indices are whole numbers of 64 bits.
  const values = want.dtype === 'int64' ? want.data.map(Number) : Array.from(tensorOf(want).data, Number);
  values.forEach((value, i) => {
    const off = check.exact || name === 'indices' ? 0 : check.atol + check.rtol * Math.abs(value);
    const close = Number.isNaN(value)
      ? Number.isNaN(got.data[i])
      : got.data[i] === value || Math.abs(got.data[i] - value) <= off;
    if (!close) expect.fail(`${id}: element ${i} of ${name} is ${got.data[i]}, should be ${value}`);
  });
}
