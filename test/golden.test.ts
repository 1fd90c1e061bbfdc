/**
 * Values that PyTorch, JAX and onnxruntime computed. What a case needs that the library does not have is counted, so that
 * no case is left out without being noticed.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPooling, type DType, type Tensor, type TypedArray } from '../src/index.js';
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
  };
  inputs: { x: GoldenTensor; samples?: GoldenTensor };
  outputs: { y?: GoldenTensor };
  check: { exact?: true; rtol: number; atol: number };
  expect?: 'throw';
  profile?: string;
}

/** How many cases run, and why the others do not. */
const COUNTS: Record<string, Record<string, number>> = {
  pytorch: {
    run: 220,
    poolGrad: 52,
    adaptivePoolGrad: 9,
    fractionalPoolGrad: 3,
    maxUnpool: 12,
    maxUnpoolGrad: 3,
    'refused by pytorch alone': 6,
    'refused crop': 4,
  },
  jax: { run: 88, poolGrad: 23, globalPoolGrad: 3, 'empty output': 2 },
  onnxruntime: { run: 108, maxUnpool: 6, 'refused by onnx alone': 4 },
};

const LETTERS = ['', 'w', 'hw', 'dhw'];

function layoutOf({ dims, layout, batched }: Golden): string {
  const spatial = LETTERS[dims];
  return (batched ? 'n' : '') + (layout === 'NCHW' ? `c${spatial}` : `${spatial}c`);
}

/** Why a case cannot be run, if it cannot. */
function missing(golden: Golden): string | undefined {
  if (!['pool', 'globalPool', 'adaptivePool', 'fractionalPool'].includes(golden.op)) return golden.op;
  // One framework's refusals are not ours: padding of more than half the window, say.
  if (golden.expect === 'throw' && golden.profile !== undefined) return `refused by ${golden.profile} alone`;
  if (golden.expect === 'throw' && golden.attrs.pads?.begin.some((n) => n < 0)) return 'refused crop';
  // An empty axis where we refuse a window that fits nowhere.
  if (golden.attrs.allowEmptyOutput) return 'empty output';
  return undefined;
}

function optionsOf(golden: Golden): Record<string, unknown> {
  const { attrs, op } = golden;
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
  return options;
}

function functionOf({ op, mode, dims }: Golden): string {
  const capital = `${mode?.[0].toUpperCase()}${mode?.slice(1)}`;
  const kind = op === 'pool' ? '' : op.slice(0, -'Pool'.length);
  return `${kind}${kind ? capital : mode}Pool${dims}d`;
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
  const pooling = createPooling({ backend }) as unknown as Record<string, (x: Tensor, options: object) => Tensor>;

  it.each(Object.keys(COUNTS))('%s', (framework) => {
    const file = new URL(`./fixtures/golden/${framework}.json`, import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Golden[] };
    const counts: Record<string, number> = { run: 0 };
    for (const golden of cases) {
      const reason = missing(golden);
      counts[reason ?? 'run'] = (counts[reason ?? 'run'] ?? 0) + 1;
      if (reason !== undefined) continue;
      const call = () => pooling[functionOf(golden)](tensorOf(golden.inputs.x), optionsOf(golden));
      if (golden.expect === 'throw') {
        expect(call, golden.id).toThrow(RangeError);
        continue;
      }
      const want = golden.outputs.y as GoldenTensor;
      const got = call();
      expect(got.shape, golden.id).toEqual(want.shape);
      tensorOf(want).data.forEach((value, i) => {
        const { exact, atol, rtol } = golden.check;
        const off = exact ? 0 : atol + rtol * Math.abs(value);
        const close = Number.isNaN(value)
          ? Number.isNaN(got.data[i])
          : got.data[i] === value || Math.abs(got.data[i] - value) <= off;
        if (!close) expect.fail(`${golden.id}: element ${i} is ${got.data[i]}, should be ${value}`);
      });
    }
    expect(counts).toEqual(COUNTS[framework]);
  });
});
