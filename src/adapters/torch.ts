/**
 * `wasm-pooling/torch`: the arguments of PyTorch's pooling functions as options of this library, with PyTorch's defaults
 * and PyTorch's refusals.
 */
import type { Rank } from '../ops.js';
import type { PlanOptions, Samples, UnpoolPlanOptions } from '../options.js';
import { describe, isArrayLike } from '../tensor.js';
import { readBoolean, readInteger, readIntegers, readNames } from './attributes.js';

/** A number for each axis, or one for all. */
type PerAxis = number | readonly number[];

interface WindowArguments {
  /** Size of the window. */
  kernel_size: PerAxis;
  /** Default: `kernel_size`. */
  stride?: PerAxis | null;
  /** At most half the window. Default 0. */
  padding?: PerAxis;
  /** Default false. */
  ceil_mode?: boolean;
}

interface MaxArguments extends WindowArguments {
  /** Default 1. */
  dilation?: PerAxis;
  /** Not an option here: `maxPool2dWithIndices` is a function. */
  return_indices?: boolean;
}

interface AvgArguments extends WindowArguments {
  /** Default true. */
  count_include_pad?: boolean;
  /** In two and three dimensions. Default: the number of elements. */
  divisor_override?: number | null;
}

interface LpArguments {
  /** An even whole number, or Infinity: PyTorch does not take |x| to other powers, but x. */
  norm_type: number;
  /** Size of the window. */
  kernel_size: PerAxis;
  /** Default: `kernel_size`. */
  stride?: PerAxis | null;
  /** Only false: PyTorch scales windows that it clips. */
  ceil_mode?: boolean;
}

interface AdaptiveArguments {
  /** `null` keeps an axis as it is. */
  output_size: number | null | readonly (number | null)[];
  /** Of maxima; not an option here: `adaptiveMaxPool2dWithIndices` is a function. */
  return_indices?: boolean;
}

interface FractionalArguments {
  /** Size of the window. */
  kernel_size: PerAxis;
  /** Either this or `output_ratio` is required. */
  output_size?: PerAxis | null;
  /** Above 0 and under 1. */
  output_ratio?: PerAxis | null;
  /** Not an option here: `fractionalMaxPool2dWithIndices` is a function. */
  return_indices?: boolean;
  /** `[n, c, 2]` or `[n, c, 3]`. Default: drawn by this library, not as PyTorch does. */
  _random_samples?: Samples | null;
}

interface UnpoolArguments {
  /** Size of the window. */
  kernel_size: PerAxis;
  /** Default: `kernel_size`. */
  stride?: PerAxis | null;
  /** Default 0. */
  padding?: PerAxis;
  /** Sizes of the spatial axes, or of all; less than a stride off from what the other arguments give. */
  output_size?: readonly number[] | null;
}

/** A function of `torch.nn.functional`, or its module's. */
export type TorchFunction =
  | `${'max' | 'avg' | 'lp' | 'adaptive_max' | 'adaptive_avg'}_pool${Rank}d`
  | `max_unpool${Rank}d`
  | `fractional_max_pool${2 | 3}d`;

/** The keyword arguments of a function. */
export type TorchArguments<N extends TorchFunction> = N extends `max_unpool${string}`
  ? UnpoolArguments
  : N extends `max_${string}`
    ? MaxArguments
    : N extends `avg_${string}`
      ? AvgArguments
      : N extends `lp_${string}`
        ? LpArguments
        : N extends `adaptive_${string}`
          ? AdaptiveArguments
          : FractionalArguments;

type RankOf<N extends TorchFunction> = N extends `${string}1d` ? 1 : N extends `${string}2d` ? 2 : 3;

/** Options of the function of the same name here: `avg_pool2d` is `avgPool2d`. */
export type TorchOptions<N extends TorchFunction> = Omit<
  N extends `max_unpool${string}`
    ? UnpoolPlanOptions<RankOf<N>>
    : N extends `max_${string}`
      ? PlanOptions<'max', 'window', RankOf<N>>
      : N extends `avg_${string}`
        ? PlanOptions<'avg', 'window', RankOf<N>>
        : N extends `lp_${string}`
          ? PlanOptions<'lp', 'window', RankOf<N>>
          : N extends `adaptive_max_${string}`
            ? PlanOptions<'max', 'adaptive', RankOf<N>>
            : N extends `adaptive_${string}`
              ? PlanOptions<'avg', 'adaptive', RankOf<N>>
              : PlanOptions<'max', 'fractional', RankOf<N>>,
  'dtype'
>;

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  max: ['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode', 'return_indices'],
  avg: ['kernel_size', 'stride', 'padding', 'ceil_mode', 'count_include_pad', 'divisor_override'],
  lp: ['norm_type', 'kernel_size', 'stride', 'ceil_mode'],
  unpool: ['kernel_size', 'stride', 'padding', 'output_size'],
  adaptive_max: ['output_size', 'return_indices'],
  adaptive_avg: ['output_size'],
  fractional_max: ['kernel_size', 'output_size', 'output_ratio', 'return_indices', '_random_samples'],
};
const LETTERS = ['', 'w', 'hw', 'dhw'];

/**
 * The options that mean what `args` mean to function `name` of `torch.nn.functional`.
 *
 * @param name `'max_pool2d'`, say, whose function here is `maxPool2d`.
 * @param args Keyword arguments, by their names; `null` is None. Defaults are PyTorch's.
 * @param axes Number of axes of the input: as many as spatial ones and two (default), or one without the batch.
 * @returns Options, with the layout of `[n, c, …]` or `[c, …]`, which another may replace.
 * @throws TypeError and RangeError for what PyTorch refuses, and for norms that are none here.
 * @example
 * const options = fromTorch('avg_pool2d', { kernel_size: 3, stride: 2, padding: 1 });
 * options.padding; // → [1, 1]
 * options.countIncludePad; // → true
 * avgPool2d({ data: new Float32Array(48), shape: [1, 3, 4, 4] }, options).shape; // → [1, 3, 2, 2]
 * @see https://pytorch.org/docs/stable/nn.functional.html#pooling-functions
 */
export function fromTorch<N extends TorchFunction>(name: N, args: TorchArguments<N>, axes?: number): TorchOptions<N> {
  const match = /^(?:(max|avg|lp|adaptive_max|adaptive_avg|fractional_max)_pool|max_(unpool))([123])d$/.exec(name);
  if (match === null || (name as string) === 'fractional_max_pool1d') {
    throw new RangeError(
      `fromTorch: name must be a pooling function of PyTorch, such as 'max_pool2d', got ${describe(name)}`,
    );
  }
  const [, pools, unpools, digit] = match;
  const kind = pools ?? unpools;
  const rank = Number(digit);
  const known = ARGUMENTS[kind].filter((argument) => argument !== 'divisor_override' || rank > 1);
  const given = readNames(name, 'argument', args, known);
  return { layout: readLayout(name, rank, axes), ...optionsOf(name, kind, rank, given) } as TorchOptions<N>;
}

function optionsOf(fn: string, kind: string, rank: number, given: Readonly<Record<string, unknown>>): object {
  const each = (name: string, least: number) => readEach(fn, name, given[name], rank, least);
  const has = (name: string) => given[name] !== undefined && given[name] !== null;
  readBoolean(fn, 'return_indices', given.return_indices, false);
  if (kind.startsWith('adaptive')) return { outputSize: readOutputSize(fn, rank, given.output_size) };

  const kernelSize = each('kernel_size', 1);
  if (kind.startsWith('fractional')) {
    return {
      kernelSize,
      ...(has('output_size') ? { outputSize: each('output_size', 1) } : {}),
      ...(has('output_ratio') ? { outputRatio: given.output_ratio } : {}),
      ...(has('_random_samples') ? { samples: given._random_samples } : {}),
    };
  }
  // An empty list is PyTorch's default as well.
  const hasStride = has('stride') && !(Array.isArray(given.stride) && given.stride.length === 0);
  const stride = hasStride ? each('stride', 1) : kernelSize;
  const ceilMode = readBoolean(fn, 'ceil_mode', given.ceil_mode, false);
  if (kind === 'lp') {
    if (ceilMode) {
      throw new RangeError(`${fn}: ceil_mode must be false, since PyTorch scales the windows that it clips, got true`);
    }
    return { kernelSize, stride, p: readNorm(fn, given.norm_type) };
  }
  const padding = given.padding === undefined ? new Array(rank).fill(0) : each('padding', 0);
  if (kind === 'unpool') {
    return {
      kernelSize,
      stride,
      padding,
      ...(has('output_size') ? { outputSize: readSizes(fn, rank, given.output_size) } : {}),
    };
  }
  const wide = padding.findIndex((n, axis) => 2 * n > kernelSize[axis]);
  if (wide >= 0) {
    throw new RangeError(
      `${fn}: padding must be at most half of kernel_size ${describe(kernelSize)}, got ${describe(padding)}`,
    );
  }
  const window = { kernelSize, stride, padding, ceilMode };
  if (kind === 'max') {
    return { ...window, dilation: given.dilation === undefined ? new Array(rank).fill(1) : each('dilation', 1) };
  }
  return {
    ...window,
    countIncludePad: readBoolean(fn, 'count_include_pad', given.count_include_pad, true),
    ...(has('divisor_override') ? { divisorOverride: given.divisor_override } : {}),
    // Of integers.
    rounding: 'trunc',
  };
}

function readLayout(fn: string, rank: number, axes: unknown): string {
  if (axes === undefined || axes === rank + 2) return `nc${LETTERS[rank]}`;
  if (axes === rank + 1) return `c${LETTERS[rank]}`;
  throw new RangeError(`${fn}: the input must have ${rank + 1} or ${rank + 2} axes, got ${describe(axes)}`);
}

/** One number for each axis. */
function readEach(fn: string, name: string, value: unknown, rank: number, least: number): number[] {
  if (value === undefined || value === null) throw new TypeError(`${fn}: ${name} is required`);
  if (typeof value === 'number') return new Array(rank).fill(readInteger(fn, name, value, least));
  return readIntegers(fn, name, value, rank, least);
}

function readOutputSize(fn: string, rank: number, value: unknown): (number | null)[] {
  if (value === undefined) throw new TypeError(`${fn}: output_size is required`);
  const list: readonly unknown[] = Array.isArray(value) ? value : new Array(rank).fill(value);
  if (list.length !== rank) {
    throw new RangeError(`${fn}: output_size must have ${rank} numbers, got ${describe(value)}`);
  }
  return list.map((item) => (item === null ? null : readInteger(fn, 'output_size', item, 0)));
}

/** Sizes of the spatial axes, in front of which those of the others may be. */
function readSizes(fn: string, rank: number, value: unknown): number[] {
  const most = rank + 2;
  if (!isArrayLike(value) || value.length < rank || value.length > most) {
    throw new RangeError(`${fn}: output_size must be a list of ${rank} to ${most} numbers, got ${describe(value)}`);
  }
  return readIntegers(fn, 'output_size', value, value.length, 0).slice(-rank);
}

function readNorm(fn: string, value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`${fn}: norm_type must be a number, got ${describe(value)}`);
  if (value === Infinity || (value > 0 && value % 2 === 0)) return value;
  throw new RangeError(
    `${fn}: norm_type must be even or Infinity, since PyTorch sums powers of x, not of |x|, got ${value}; where x is never negative, give lpPool2d p yourself`,
  );
}
